// What the parts of the page share.
import { translate, type Key } from "./i18n.ts";
import type { Model, Scope } from "./model.ts";
import type { Review } from "./review.ts";
import type { Selection, State } from "./state.ts";
import type { Fact } from "./types.ts";

export interface Page {
  readonly model: Model;
  readonly state: State;
  readonly scope: Scope;
  readonly review: Review;
  t(key: Key | string, ...args: (string | number)[]): string;
  set(change: Partial<State>, keep?: boolean): void;
  select(selection: Selection | null): void;
  around(centre: number, steps: number): void;
  widen(node: number): void;
  toDetail(): void;
  showFact(fact: number): void;
  askPath(from: number): void;
  hide(node: number): void;
  marked(fact: number): void;
  say(text: string): void;
  notice(text: string): void;
  words(fact: Fact): string;
}

export function relationName(page: Page, relation: string): string {
  const lang = page.state.lang;
  return translate(lang, relation === "part-of" || relation === "post" || relation === "inferred" ? `r:${relation}` : relation);
}

/** What is selected, in words. */
export function selectionTitle(page: Page): string {
  const { selection } = page.state;
  const { data } = page.model;
  if (!selection) return "";
  const label = (n: number) => data.entities[n].label;
  switch (selection.type) {
    case "node": return label(selection.id);
    case "edge": {
      const [from, to, relation] = page.model.edge(selection.id);
      return `${label(from)} — ${relationName(page, relation)} — ${label(to)}`;
    }
    case "facts": {
      const place = (n: number) => data.facts[n].ev.slice(0, 3).join();
      const one = selection.ids.every((n) => place(n) === place(selection.ids[0]));
      return page.t(one ? "sentenceFacts" : "chosenFacts");
    }
    case "figure": return page.model.figure(selection.id)?.title[page.state.lang] ?? "";
    case "path": return page.t("pathTitle", label(selection.from), label(selection.to));
  }
}
