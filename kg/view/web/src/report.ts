// The report's own text, every fact's quote marked in the colour of its kind.
import { h } from "./dom.ts";
import { translate } from "./i18n.ts";
import type { Model, Scope } from "./model.ts";
import { segments, type Span, type Text } from "./text.ts";
import type { Lang } from "./types.ts";

interface Mark { fact?: number; entity?: number; heading?: true }
interface Marked { element: HTMLElement; facts: number[]; entity: number; start: number; end: number }
interface Block { element: HTMLElement; kind: string; start: number; end: number; spans: Span<Mark>[]; marks: Marked[] | null }

const AT_ONCE = 1500; // spans that are marked before the page is shown; of a longer text the rest follows in pieces
const PIECE = 8; // milliseconds
export interface ReportEvents { facts(ids: number[]): void; entity(id: number): void; document(n: number): void }

export class Report {
  readonly element = h("div", { class: "report", role: "document", tabindex: "0" });
  private blocks: Block[] = [];
  private all: Marked[] | null = null; // the marks of all blocks that are filled, in order
  private bright = new Set<number>(); // facts, and below an entity, that are lit
  private who = -1;
  private left: Set<number> | null = null; // facts that the filters leave; null: all
  private lit: HTMLElement[] = [];
  private byFact = new Map<number, HTMLElement[]>();
  document = -1;
  private shown: unknown[] = []; // what light() was last called with

  constructor(private readonly model: Model, private readonly events: ReportEvents) {
    this.element.addEventListener("click", (event) => this.clicked(event.target as HTMLElement));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  show(number: number, lang: Lang): void {
    this.document = number;
    this.element.replaceChildren();
    [this.blocks, this.all, this.lit] = [[], null, []];
    this.byFact.clear();
    const { documents } = this.model.data;
    if (documents.length > 1) this.element.append(this.chooser(number, lang));
    const one = documents[number];
    const text = this.model.texts[number];
    if (!one || !text) {
      this.element.append(h("p", { class: "hint" }, translate(lang, "noText")));
      this.quotes(number);
      return;
    }
    if (one.sections?.length) this.element.append(this.contents(number, lang));
    let at = 0;
    for (const [start, end, kind] of one.blocks?.length ? one.blocks : lines(text)) {
      if (start > at) this.gap(text.slice(at, start));
      const tag = kind === "title" ? "h2" : kind === "heading" ? "h3" : "p";
      const element = h(tag, { class: `b-${kind}` }, text.slice(start, end));
      this.blocks.push({ element, kind, start, end, spans: [], marks: null });
      this.element.append(element);
      at = end;
    }
    this.gap(text.slice(at, text.length));
    for (const span of [...this.spans(number), ...this.headings(number)]) {
      for (let n = this.blockAt(span.start); n < this.blocks.length && this.blocks[n].start < span.end; n++) this.blocks[n].spans.push(span);
    }
    let room = AT_ONCE;
    for (const block of this.blocks) {
      if (room <= 0) break;
      this.fill(block);
      room -= block.spans.length;
    }
    this.later(this.blocks);
    this.first();
  }

  /** The first block that ends after an offset. */
  private blockAt(offset: number): number {
    let [low, high] = [0, this.blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.blocks[middle].end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The rest of a long text, a little at a time. */
  private later(blocks: Block[]): void {
    if (blocks.every((block) => block.marks)) return;
    setTimeout(() => {
      if (blocks !== this.blocks) return; // another report is shown
      const start = performance.now();
      for (const block of blocks) {
        if (performance.now() - start > PIECE) break;
        if (!block.marks) this.fill(block);
      }
      this.later(blocks);
    }, 30);
  }

  private get marks(): Marked[] {
    return (this.all ??= this.blocks.flatMap((block) => block.marks ?? []));
  }

  private first(): void {
    const first = this.marks[0];
    if (first) first.element.tabIndex = 0;
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

  private fill(block: Block): void {
    const text = this.model.texts[this.document]!;
    block.marks = [];
    this.all = null;
    const parts: (Node | string)[] = [];
    for (const piece of segments(block.start, block.end, block.spans)) {
      const words = text.slice(piece.start, piece.end);
      const facts = piece.values.flatMap((mark) => (mark.fact === undefined ? [] : [mark.fact]));
      const entities = piece.values.filter((mark) => mark.entity !== undefined);
      const entity = entities.length ? entities[entities.length - 1].entity! : -1;
      const heading = block.kind !== "heading" && piece.values.some((mark) => mark.heading);
      if (!facts.length && entity < 0) parts.push(heading ? h("b", {}, words) : words);
      else parts.push(this.mark(block.marks, words, [...new Set(facts)], entity, piece.start, piece.end));
    }
    block.element.replaceChildren(...parts);
  }

  /** Put on a mark what the selection, the filters and the reader's verdicts say. */
  private dress(mark: Marked): void {
    const { classList } = mark.element;
    if (mark.facts.length) {
      if (this.model.marked) classList.toggle("wrong", mark.facts.every((fact) => this.model.wrong(fact)));
      if (this.left) classList.toggle("off", !mark.facts.some((fact) => this.left!.has(fact)));
      if (this.bright.size && mark.facts.some((fact) => this.bright.has(fact))) this.shine(mark, "lit");
    }
    if (this.who >= 0 && mark.entity === this.who) this.shine(mark, "who");
  }

  private shine(mark: Marked, name: "lit" | "who"): void {
    mark.element.classList.add(name);
    this.lit.push(mark.element);
  }

  /** Quotes whose facts a person has all marked wrong are no longer underlined as found. */
  strike(): void {
    this.model.marked = true;
    for (const { element, facts } of this.marks) if (facts.length) element.classList.toggle("wrong", facts.every((fact) => this.model.wrong(fact)));
  }

  private mark(into: Marked[], words: string, facts: number[], entity: number, start: number, end: number): HTMLElement {
    const kinds = [...new Set(facts.map((n) => this.model.data.facts[n].kind))];
    const element = h("span", { class: `m${entity >= 0 ? " e" : ""}${kinds.length ? ` f-${kinds[0]}` : ""}`, role: "button", tabindex: "-1" }, words);
    if (kinds.length > 1) {
      const step = 100 / kinds.length;
      const stripes = kinds.map((kind, n) => `var(--f-${kind}) ${n * step}% ${(n + 1) * step}%`);
      element.style.setProperty("--stripes", `linear-gradient(90deg, ${stripes.join(", ")})`);
      element.classList.add("many");
    }
    const mark = { element, facts, entity, start, end };
    into.push(mark);
    this.dress(mark);
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
    const marks: Marked[] = [];
    for (const facts of order) {
      const spot = this.model.data.facts[facts[0]].ev;
      this.element.append(h("p", { class: "b-paragraph" }, this.mark(marks, this.model.quote(spot), facts, -1, spot[1], spot[2])));
    }
    this.blocks = [{ element: this.element, kind: "paragraph", start: 0, end: Infinity, spans: [], marks }];
    this.first();
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
    const key = [scope.chosen, scope.facts, this.document, active, entity, this.blocks];
    if (key.every((one, n) => one === this.shown[n])) return;
    this.shown = key;
    for (const element of this.lit) element.classList.remove("lit", "who");
    this.lit = [];
    this.bright = new Set(active ? scope.chosen : []);
    this.who = active ? entity : -1;
    const all = scope.facts.length === this.model.data.facts.length;
    if (!all || this.left) {
      const left = new Set(scope.facts);
      for (const mark of this.marks) mark.element.classList.toggle("off", mark.facts.length > 0 && !mark.facts.some((fact) => left.has(fact)));
      this.left = all ? null : left;
    }
    if (!active) return;
    for (const fact of scope.chosen) {
      for (const element of this.byFact.get(fact) ?? []) {
        element.classList.add("lit");
        this.lit.push(element);
      }
    }
    if (entity >= 0) for (const mark of this.marks) if (mark.entity === entity) this.shine(mark, "who");
  }

  /** Marks wait for nobody where somebody looks. */
  private ensure(offset: number): Block | undefined {
    const block = this.blocks[this.blockAt(offset)];
    if (block && !block.marks) this.fill(block);
    return block;
  }

  /** Scroll to a fact's quote. */
  scroll(fact: number): void {
    const spot = this.model.data.facts[fact].ev;
    if (spot[0] === this.document) this.ensure(spot[1]);
    const element = this.byFact.get(fact)?.[0];
    if (!element) return;
    const own = this.element.getBoundingClientRect();
    this.settle(() => {
      const box = element.getBoundingClientRect();
      return box.top >= own.top + 20 && box.bottom <= own.bottom - 40 ? 0 : box.top - own.top - own.height / 3;
    });
  }

  goto(start: number): void {
    const block = this.ensure(start);
    const element = block?.marks?.find((mark) => mark.start >= start)?.element ?? block?.element;
    if (!element) return;
    const top = this.element.getBoundingClientRect().top + 40;
    this.settle(() => element.getBoundingClientRect().top - top);
  }

  /** Scroll by what is left to go, and again in the next frames: text that lay far off has no exact height until it is near. */
  private settle(left: () => number): void {
    const turn = ++this.turn;
    let tries = 5;
    const step = () => {
      if (turn !== this.turn) return;
      const by = left();
      if (Math.abs(by) > 1) this.element.scrollTop += by;
      if (--tries > 0) requestAnimationFrame(step);
    };
    step();
  }
  private turn = 0;
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
