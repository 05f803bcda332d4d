// The selection as Turtle: entities, facts and their evidence in the terms of ontology/.
import type { Model } from "./model.ts";
import type { Fact } from "./types.ts";

const BASE = "https://w3id.org/achievement-kg/";
const CLASS: Record<string, string> = {
  award: "Award", post: "Post", measure: "Measurement", "part-of": "PartOfStatement", activity: "ActivityStatement",
  coverage: "Coverage", assistance: "Assistance", cooperation: "Cooperation", visit: "Visit",
};
const PLAIN = /[A-Za-z0-9\-._~:@()+,=]/;

/** One segment of an IRI, percent-encoded where it must be, Chinese left readable. */
export function escapeSegment(text: string): string {
  if (!text.replace(/\./g, "")) return text.replace(/\./g, "%2E");
  return Array.from(text).map((char) => {
    if (PLAIN.test(char)) return char;
    if (char.codePointAt(0)! >= 0xa0 && /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char)) return char;
    return [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  }).join("");
}

/** A string of Turtle. */
export function literal(text: string, lang = ""): string {
  const escaped = text.replace(/[\\"\u0000-\u001f\u007f]/g, (char) => {
    const known: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
    return known[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
  return `"${escaped}"${lang ? `@${lang}` : ""}`;
}

export function turtle(model: Model, facts: number[]): string {
  const { entities, documents } = model.data;
  const iri = (key: string) => `<${BASE}id/${key.split("/").map(escapeSegment).join("/")}>`;
  const report = (doc: number) => `${BASE}id/report/${escapeSegment(documents[doc].id)}`;
  const lines = [
    `@prefix kg: <${BASE}ontology#> .`,
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    "",
  ];
  const told = new Set<number>();
  const spans = new Map<string, string>();
  for (const n of facts) {
    if (model.wrong(n)) continue;
    const fact = model.data.facts[n];
    model.members(fact).forEach((who) => told.add(who));
    const [doc, start, end] = fact.ev;
    const span = `<${report(doc)}/evidence/${start}-${end}>`;
    const say: string[] = [`a kg:${CLASS[fact.kind]}`, `rdfs:label ${literal(fact.zh, "zh")}, ${literal(fact.en, "en")}`];
    for (const [role, who] of fact.roles ?? []) if (who >= 0) say.push(`kg:${role} ${iri(entities[who].key)}`);
    say.push(...values(fact), `kg:evidence ${span}`, `kg:rule ${literal(fact.rule)}`, `kg:confidence ${fact.conf.toFixed(3)}`);
    lines.push(`<${report(doc)}/selection/${escapeSegment(fact.id)}> ${say.join(" ;\n    ")} .`);
    spans.set(span, `${span} a kg:Evidence ;\n    kg:inReport <${report(doc)}> ;\n    kg:start ${start} ;\n    kg:end ${end} ;\n    kg:quote ${literal(model.quote(fact.ev))} .`);
  }
  const people = [...told].sort((a, b) => a - b).map((n) => {
    const entity = entities[n];
    const labels = [`skos:prefLabel ${literal(entity.label, "zh")}`];
    if (entity.pinyin) labels.push(`skos:prefLabel ${literal(entity.pinyin, "zh-Latn-pinyin")}`);
    for (const other of entity.labels ?? []) labels.push(`skos:altLabel ${literal(other, "zh")}`);
    return `${iri(entity.key)} a kg:${entity.kind} ;\n    ${labels.join(" ;\n    ")} .`;
  });
  return [...lines, ...spans.values(), ...people].join("\n") + "\n";
}

function values(fact: Fact): string[] {
  const found: string[] = [];
  if (fact.year !== undefined) found.push(`kg:year ${fact.year}`);
  if (fact.date) found.push(`kg:date ${literal(fact.date)}`);
  if (fact.count !== undefined) found.push(`kg:count ${fact.count}`);
  if (fact.what) found.push(`kg:${fact.kind === "measure" ? "indicator" : "what"} ${literal(fact.what)}`);
  if (fact.value !== undefined) found.push(`kg:value ${fact.value}`, `kg:unit ${literal(fact.unit ?? "")}`);
  return found;
}
