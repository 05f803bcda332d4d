// The selection as a paragraph with its sources, to be pasted into a document.
import type { Model } from "./model.ts";
import type { Lang } from "./types.ts";

/** Each fact in words, each sentence once in the notes: '…[1]' and '[1] “原句”(报告,日期)'. */
export function prose(model: Model, facts: number[], title: string, lang: Lang): string {
  const { documents } = model.data;
  const notes = new Map<string, number>();
  const sources: string[] = [];
  const said = facts.filter((n) => !model.wrong(n)).map((n) => {
    const fact = model.data.facts[n];
    const key = fact.ev.slice(0, 3).join();
    let number = notes.get(key);
    if (number === undefined) {
      number = notes.size + 1;
      notes.set(key, number);
      const one = documents[fact.ev[0]];
      const name = one.title || one.id;
      const where = lang === "zh" ? `《${name}》` : name;
      const when = one.published ? `,${one.published}` : "";
      sources.push(`[${number}] “${model.quote(fact.ev).trim()}”(${where}${when})`);
    }
    return `${sentence(fact[lang], lang)}[${number}]`;
  });
  const body = lang === "zh" ? `${said.join(";")}。` : `${said.join("; ")}.`;
  return `${title ? `${title}${lang === "zh" ? ":" : ": "}` : ""}${body}\n\n${sources.join("\n")}\n`;
}

/** '何家湾村 — 获 — 示范村 (2023)' as running text. */
function sentence(words: string, lang: Lang): string {
  return lang === "zh" ? words.replace(/ — /g, "").replace(/ \(/, "(").replace(/\)$/, ")") : words.replace(/ — /g, " ");
}
