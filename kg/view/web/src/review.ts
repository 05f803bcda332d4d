// What a person has checked: read back by a build, marked here, saved to and read from a file; never sent anywhere.
import type { Fact, Lost, Payload } from "./types.ts";

export interface Verdict { verdict: "right" | "wrong"; note: string; said?: string }

export class Review {
  private readonly marks = new Map<number, Verdict>();
  private readonly built = new Set<number>(); // wrong when the page was built: in no figure
  readonly lost: Lost[] = [];

  constructor(private readonly data: Payload) {
    data.facts.forEach((fact, n) => {
      if (!fact.mark) return;
      const [verdict, note, said] = fact.mark;
      this.marks.set(n, { verdict, note, said });
      if (verdict === "wrong") this.built.add(n);
    });
    this.lost.push(...data.lost);
  }

  get(fact: number): Verdict | undefined { return this.marks.get(fact); }
  get size(): number { return this.marks.size + this.lost.length; }
  wrong(fact: number): boolean { return this.marks.get(fact)?.verdict === "wrong"; }
  /** How many of these were marked wrong after the figures were made. */
  late(facts: number[]): number { return facts.filter((n) => this.wrong(n) && !this.built.has(n)).length; }
  /** Marks on facts whose words have changed since. */
  get stale(): number[] { return [...this.marks].filter(([, mark]) => mark.said !== undefined).map(([n]) => n).sort((a, b) => a - b); }

  set(fact: number, verdict: Verdict["verdict"] | null, note: string): void {
    if (verdict) this.marks.set(fact, { verdict, note });
    else this.marks.delete(fact);
  }

  annotate(fact: number, note: string): void {
    const mark = this.marks.get(fact);
    if (mark) this.marks.set(fact, { ...mark, note });
  }

  /** One JSON object per line, each with what is needed to find the fact again in a later build; none is left out. */
  save(): string {
    const kept = [...this.marks].sort((a, b) => a[0] - b[0]).map(([n, { verdict, note, said }]): Lost => {
      const fact = this.data.facts[n];
      return { report: this.report(fact), start: fact.ev[1], end: fact.ev[2], kind: fact.kind, rule: fact.rule, fact: said ?? fact.zh, verdict, note };
    });
    return [...kept, ...this.lost].map((mark) => `${JSON.stringify(mark)}\n`).join("");
  }

  private report(fact: Fact): string { return this.data.documents[fact.ev[0]].id; }

  /** Reads what save() wrote: a mark finds its fact as in kg/marks.py; one that finds none is kept as lost. */
  load(text: string): { found: number; lost: number } {
    const places = new Map<string, number[]>();
    this.data.facts.forEach((fact, n) => {
      const key = JSON.stringify([this.report(fact), fact.ev[1], fact.ev[2], fact.kind]);
      places.set(key, [...(places.get(key) ?? []), n]);
    });
    let [found, lost] = [0, 0];
    for (const mark of text.split("\n").map(parse)) {
      if (!mark) continue;
      const there = places.get(JSON.stringify([mark.report, mark.start, mark.end, mark.kind])) ?? [];
      const same = there.filter((n) => mark.fact === "" || this.data.facts[n].zh === mark.fact);
      const free = there.filter((n) => !this.marks.has(n));
      const about = same.length ? same : there.length === 1 ? there : free.length === 1 ? free : [];
      for (const n of about) this.marks.set(n, { verdict: mark.verdict, note: mark.note, ...(same.length ? {} : { said: mark.fact }) });
      if (about.length) found++;
      else {
        lost++;
        if (!this.lost.some((one) => JSON.stringify(one) === JSON.stringify(mark))) this.lost.push(mark);
      }
    }
    return { found, lost };
  }
}

function parse(line: string): Lost | null {
  if (!line.trim()) return null;
  try {
    const { report, start, end, kind, rule, fact, verdict, note } = JSON.parse(line) as Record<string, unknown>;
    if ((verdict !== "right" && verdict !== "wrong") || typeof report !== "string" || typeof kind !== "string") return null;
    if (typeof start !== "number" || typeof end !== "number") return null;
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    return { report, start, end, kind, rule: text(rule), fact: text(fact), verdict, note: text(note) };
  } catch {
    return null;
  }
}
