// The report's own text, every fact's quote marked in the colour of its kind.
import { h } from "./dom.ts";
import { translate } from "./i18n.ts";
import type { Model, Scope } from "./model.ts";
import { segments, type Span, type Text } from "./text.ts";
import type { Lang } from "./types.ts";

interface Mark { fact?: number; entity?: number; heading?: true }
export interface ReportEvents { facts(ids: number[]): void; entity(id: number): void; document(n: number): void }

export class Report {
  readonly element = h("div", { class: "report", role: "document", tabindex: "0" });
  private marks: { element: HTMLElement; facts: number[]; entity: number; start: number; end: number }[] = [];
  private lit: HTMLElement[] = [];
  private byFact = new Map<number, HTMLElement[]>();
  document = -1;
  private filtered = false;

  constructor(private readonly model: Model, private readonly events: ReportEvents) {
    this.element.addEventListener("click", (event) => this.clicked(event.target as HTMLElement));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  show(number: number, lang: Lang): void {
    this.document = number;
    this.element.replaceChildren();
    this.marks = [];
    this.byFact.clear();
    this.lit = [];
    const { documents } = this.model.data;
    if (documents.length > 1) this.element.append(this.chooser(number, lang));
    const one = documents[number];
    const text = this.model.texts[number];
    if (!one || !text) {
      this.element.append(h("p", { class: "hint" }, translate(lang, "noText")));
      this.quotes(number);
      return;
    }
    const spans = [...this.spans(number), ...this.headings(number)].sort((a, b) => a.start - b.start);
    if (one.sections?.length) this.element.append(this.contents(number, lang));
    const blocks = one.blocks?.length ? one.blocks : lines(text);
    let at = 0;
    for (const [start, end, kind] of blocks) {
      if (start > at) this.gap(text.slice(at, start));
      this.element.append(this.block(number, kind, start, end, spans));
      at = end;
    }
    this.gap(text.slice(at, text.length));
    const first = this.marks[0];
    if (first) first.element.tabIndex = 0;
    this.strike();
  }

  private gap(words: string): void {
    if (words.trim()) this.element.append(h("p", { class: "b-boilerplate" }, words.trim()));
  }

  private chooser(number: number, lang: Lang): HTMLElement {
    const select = h("select", { "aria-label": translate(lang, "document") });
    this.model.data.documents.forEach((one, n) => select.append(h("option", { value: n, selected: n === number }, one.title || one.id)));
    select.addEventListener("change", () => this.events.document(Number(select.value)));
    return h("p", { class: "chooser" }, select);
  }

  private spans(number: number): Span<Mark>[] {
    const found: Span<Mark>[] = [];
    for (const n of this.model.factsIn[number] ?? []) {
      const fact = this.model.data.facts[n];
      for (const spot of [fact.ev, ...(fact.more ?? [])]) found.push({ start: spot[1], end: spot[2], value: { fact: n } });
    }
    this.model.data.entities.forEach((entity, n) => {
      for (const [doc, start, end] of entity.spots ?? []) {
        if (doc === number) found.push({ start, end, value: { entity: n } });
      }
    });
    return found;
  }

  /** Headings that stand in a paragraph, before its first sentence. */
  private headings(number: number): Span<Mark>[] {
    const text = this.model.texts[number]!;
    return (this.model.data.documents[number].sections ?? []).flatMap(([start, end, mark, heading]): Span<Mark>[] => {
      const words = text.slice(start, Math.min(end, start + heading.length + mark.length + 6));
      const at = heading ? words.indexOf(heading) : -1;
      return at < 0 ? [] : [{ start, end: start + Array.from(words.slice(0, at + heading.length)).length, value: { heading: true } }];
    });
  }

  private contents(number: number, lang: Lang): HTMLElement {
    const list = h("ol", {});
    for (const [start, end, mark, heading, level] of this.model.data.documents[number].sections ?? []) {
      const facts = (this.model.factsIn[number] ?? []).filter((n) => {
        const { ev } = this.model.data.facts[n];
        return ev[1] >= start && ev[1] < end;
      });
      const go = h("button", { type: "button", class: "link" }, `${mark}${/[一二三四五六七八九十\d]$/.test(mark) ? "、" : ""}${heading} `, h("span", { class: "count" }, String(facts.length)));
      go.addEventListener("click", () => {
        if (facts.length) this.events.facts(facts);
        this.goto(start);
      });
      list.append(h("li", { class: `level-${level}` }, go));
    }
    return h("details", { class: "contents" }, h("summary", {}, translate(lang, "contents")), list);
  }

  private block(number: number, kind: string, start: number, end: number, spans: Span<Mark>[]): HTMLElement {
    const tag = kind === "title" ? "h2" : kind === "heading" ? "h3" : "p";
    const element = h(tag, { class: `b-${kind}` });
    const text = this.model.texts[number]!;
    const inside = spans.filter((span) => span.start < end && span.end > start);
    for (const piece of segments(start, end, inside)) {
      const words = text.slice(piece.start, piece.end);
      const facts = piece.values.flatMap((mark) => (mark.fact === undefined ? [] : [mark.fact]));
      const entities = piece.values.filter((mark) => mark.entity !== undefined);
      const entity = entities.length ? entities[entities.length - 1].entity! : -1;
      const heading = kind !== "heading" && piece.values.some((mark) => mark.heading);
      if (!facts.length && entity < 0) element.append(heading ? h("b", {}, words) : words);
      else element.append(this.mark(words, [...new Set(facts)], entity, piece.start, piece.end));
    }
    return element;
  }

  /** Quotes whose facts a person has all marked wrong are no longer underlined as found. */
  strike(): void {
    for (const { element, facts } of this.marks) if (facts.length) element.classList.toggle("wrong", facts.every((fact) => this.model.wrong(fact)));
  }

  private mark(words: string, facts: number[], entity: number, start: number, end: number): HTMLElement {
    const kinds = [...new Set(facts.map((n) => this.model.data.facts[n].kind))];
    const element = h("span", { class: `m${entity >= 0 ? " e" : ""}${kinds.length ? ` f-${kinds[0]}` : ""}`, role: "button", tabindex: "-1" }, words);
    if (kinds.length > 1) {
      const step = 100 / kinds.length;
      const stripes = kinds.map((kind, n) => `var(--f-${kind}) ${n * step}% ${(n + 1) * step}%`);
      element.style.setProperty("--stripes", `linear-gradient(90deg, ${stripes.join(", ")})`);
      element.classList.add("many");
    }
    this.marks.push({ element, facts, entity, start, end });
    for (const fact of facts) {
      const list = this.byFact.get(fact);
      if (list) list.push(element);
      else this.byFact.set(fact, [element]);
    }
    return element;
  }

  /** Without the full text, the quoted sentences stand in their order. */
  private quotes(number: number): void {
    const seen = new Map<string, number[]>();
    for (const n of this.model.factsIn[number] ?? []) {
      const fact = this.model.data.facts[n];
      const key = `${fact.ev[1]}-${fact.ev[2]}`;
      seen.set(key, [...(seen.get(key) ?? []), n]);
    }
    const order = [...seen.values()].sort((a, b) => this.model.data.facts[a[0]].ev[1] - this.model.data.facts[b[0]].ev[1]);
    for (const facts of order) {
      const spot = this.model.data.facts[facts[0]].ev;
      this.element.append(h("p", { class: "b-paragraph" }, this.mark(this.model.quote(spot), facts, -1, spot[1], spot[2])));
    }
    if (this.marks[0]) this.marks[0].element.tabIndex = 0;
    this.strike();
  }

  private index(target: HTMLElement): number {
    return this.marks.findIndex((mark) => mark.element === target);
  }

  private clicked(target: HTMLElement): void {
    const mark = this.marks[this.index(target)];
    if (!mark) return;
    if (mark.entity >= 0 && (!mark.facts.length || target.classList.contains("e"))) this.events.entity(mark.entity);
    else this.events.facts(mark.facts);
  }

  private key(event: KeyboardEvent): void {
    const at = this.index(event.target as HTMLElement);
    if (at < 0) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (event.key in steps) {
      event.preventDefault();
      const next = this.marks[at + steps[event.key]];
      if (!next) return;
      this.marks[at].element.tabIndex = -1;
      next.element.tabIndex = 0;
      next.element.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const mark = this.marks[at];
      if (event.shiftKey && mark.entity >= 0) this.events.entity(mark.entity);
      else if (mark.facts.length) this.events.facts(mark.facts);
      else this.events.entity(mark.entity);
    }
  }

  /** Light the quotes of these facts, grey out the rest of the marks that the filters leave out. */
  light(scope: Scope, active: boolean, entity: number): void {
    for (const element of this.lit) element.classList.remove("lit", "who");
    this.lit = [];
    this.element.classList.toggle("selected", active);
    const all = scope.facts.length === this.model.data.facts.length;
    if (!all || this.filtered) {
      const left = new Set(scope.facts);
      for (const mark of this.marks) mark.element.classList.toggle("off", mark.facts.length > 0 && !mark.facts.some((fact) => left.has(fact)));
      this.filtered = !all;
    }
    if (!active) return;
    for (const fact of scope.chosen) {
      for (const element of this.byFact.get(fact) ?? []) {
        element.classList.add("lit");
        this.lit.push(element);
      }
    }
    for (const mark of this.marks) {
      if (entity >= 0 && mark.entity === entity) {
        mark.element.classList.add("who");
        this.lit.push(mark.element);
      }
    }
  }

  /** Scroll to a fact's quote. */
  scroll(fact: number): void {
    const element = this.byFact.get(fact)?.[0];
    if (!element) return;
    const box = element.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    if (box.top < own.top + 20 || box.bottom > own.bottom - 40) this.element.scrollTop += box.top - own.top - own.height / 3;
  }

  goto(start: number): void {
    for (const block of this.marks) {
      if (block.start >= start) {
        this.element.scrollTop += block.element.getBoundingClientRect().top - this.element.getBoundingClientRect().top - 40;
        return;
      }
    }
  }
}

/** The lines of a text whose layout is not known, as paragraphs. */
function lines(text: Text): [number, number, string][] {
  const found: [number, number, string][] = [];
  let at = 0;
  for (const line of text.raw.split("\n")) {
    const end = at + Array.from(line).length;
    if (line.trim()) found.push([at, end, "paragraph"]);
    at = end + 1;
  }
  return found;
}
