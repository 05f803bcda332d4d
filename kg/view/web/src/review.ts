// What a person has checked. Kept in memory; saved to and read from a file, never sent anywhere.
import type { Payload } from "./types.ts";

export interface Verdict { verdict: "right" | "wrong"; note: string }

export class Review {
  private readonly marks = new Map<number, Verdict>();

  constructor(private readonly data: Payload) {}

  get(fact: number): Verdict | undefined { return this.marks.get(fact); }
  get size(): number { return this.marks.size; }

  set(fact: number, verdict: Verdict["verdict"] | null, note: string): void {
    if (verdict) this.marks.set(fact, { verdict, note });
    else this.marks.delete(fact);
  }

  /** One JSON object per line, each with what is needed to find the fact again in a later build. */
  save(): string {
    return [...this.marks].sort((a, b) => a[0] - b[0]).map(([n, { verdict, note }]) => {
      const fact = this.data.facts[n];
      const document = this.data.documents[fact.ev[0]];
      return `${JSON.stringify({
        report: document.id, start: fact.ev[1], end: fact.ev[2], kind: fact.kind, rule: fact.rule, fact: fact.zh, verdict, note,
      })}\n`;
    }).join("");
  }

  /** Reads what save() wrote; returns how many marks found their fact. */
  load(text: string): number {
    const places = new Map<string, number>();
    this.data.facts.forEach((fact, n) => {
      places.set(JSON.stringify([this.data.documents[fact.ev[0]].id, fact.ev[1], fact.ev[2], fact.kind, fact.zh]), n);
    });
    let found = 0;
    for (const line of text.split("\n")) {
      if (!line.trim()) continue;
      try {
        const mark = JSON.parse(line) as Record<string, unknown>;
        const fact = places.get(JSON.stringify([mark.report, mark.start, mark.end, mark.kind, mark.fact]));
        if (fact === undefined || (mark.verdict !== "right" && mark.verdict !== "wrong")) continue;
        this.set(fact, mark.verdict, typeof mark.note === "string" ? mark.note : "");
        found++;
      } catch {
        continue;
      }
    }
    return found;
  }
}
