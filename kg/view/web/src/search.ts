import type { Payload } from "./types.ts";

export interface Hit { type: "node" | "fact"; index: number; by: string; score: number }

const FOLDED = 20_000; // more facts than this are searched as they are

interface Entry { index: number; names: string[]; pinyin: string; initials: string; weight: number }

/** Lower case, full-width letters and digits to half width, without spaces, quotes and dots. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[\s"'“”‘’「」《》·•()()]/g, "");
}

/** Finds entities by name, alias, pinyin or initials, and facts by what they quote. */
export class Search {
  private readonly entries: Entry[];
  private quotes: string[] | null = null;

  constructor(private readonly data: Payload, private readonly quote: (fact: number) => string) {
    this.entries = data.entities.map((entity, index) => {
      const syllables = (entity.py ?? "").split(" ").filter(Boolean);
      return {
        index,
        names: [entity.label, ...(entity.labels ?? [])].map(fold),
        pinyin: [syllables.join(""), fold(entity.pinyin ?? "")].join("|"),
        initials: syllables.map((syllable) => syllable[0]).join(""),
        weight: entity.weight,
      };
    });
  }

  find(query: string, limit = 30): Hit[] {
    const wanted = fold(query);
    if (!wanted) return [];
    const hits: Hit[] = [];
    const latin = /^[a-z]+$/.test(wanted);
    for (const entry of this.entries) {
      const score = this.score(entry, wanted, latin);
      if (score) hits.push({ type: "node", index: entry.index, by: "", score: score + Math.min(entry.weight, 100) / 1000 });
    }
    hits.sort((a, b) => b.score - a.score || a.index - b.index);
    const kept = hits.slice(0, limit);
    if (kept.length < limit && wanted.length > 1) kept.push(...this.facts(wanted, limit - kept.length));
    return kept;
  }

  private score(entry: Entry, wanted: string, latin: boolean): number {
    let best = 0;
    entry.names.forEach((name, place) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      const exact = name === wanted ? 4 : at === 0 ? 3 : 2;
      best = Math.max(best, exact - (place ? 0.4 : 0));
    });
    if (best || !latin) return best;
    if (entry.initials.startsWith(wanted)) return 1.8;
    const at = entry.pinyin.indexOf(wanted);
    if (at === 0) return 1.7;
    if (wanted.length > 1 && entry.initials.includes(wanted)) return 1.4;
    return at > 0 && wanted.length > 2 ? 1.2 : 0;
  }

  private facts(wanted: string, limit: number): Hit[] {
    if (this.data.facts.length > FOLDED) return this.plain(wanted, limit);
    this.quotes ??= this.data.facts.map((fact, n) => fold(`${fact.zh} ${fact.en} ${this.quote(n)}`));
    const found: Hit[] = [];
    for (let n = 0; n < this.quotes.length && found.length < limit; n++) {
      if (this.quotes[n].includes(wanted)) found.push({ type: "fact", index: n, by: "", score: 0.5 });
    }
    return found;
  }

  private plain(wanted: string, limit: number): Hit[] {
    const found: Hit[] = [];
    const { facts } = this.data;
    for (let n = 0; n < facts.length && found.length < limit; n++) {
      if (facts[n].zh.includes(wanted)) found.push({ type: "fact", index: n, by: "", score: 0.5 });
    }
    return found;
  }
}
