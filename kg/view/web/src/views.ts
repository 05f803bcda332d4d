// Other views of the same selection, all drawn from the one payload.
import { csv } from "./csv.ts";
import { button, download, h, s } from "./dom.ts";
import { subtype } from "./i18n.ts";
import type { Page } from "./page.ts";
import type { View } from "./state.ts";
import { icon } from "./shapes.ts";
import { FACT_KINDS, LEVELS, type Fact } from "./types.ts";

const ROWS = 200;
type Column = "fact" | "kind" | "level" | "year" | "conf" | "sentence";
const COLUMNS: Column[] = ["fact", "kind", "level", "year", "conf", "sentence"];

export function money(value: number, lang: "zh" | "en"): string {
  if (lang === "en") return `¥${value.toLocaleString("en")}`;
  if (value >= 1e8) return `${+(value / 1e8).toFixed(4)}亿元`;
  return value >= 1e4 ? `${+(value / 1e4).toFixed(2)}万元` : `${value}元`;
}

export class Views {
  readonly element = h("div", { class: "view", id: "view", role: "tabpanel", tabindex: "0" });
  private sort: { column: Column; down: boolean } = { column: "fact", down: false };
  private filter = "";
  private key = "";
  private drawn: number[] = [];

  constructor(private readonly page: Page) {}

  /** A chosen sentence or row does not narrow the list in which it stands; anything else that is selected does. */
  private get facts(): number[] {
    const { scope, state } = this.page;
    return state.selection?.type === "facts" ? scope.facts : scope.chosen;
  }

  render(view: View): void {
    const { facts } = this;
    const key = `${view} ${this.page.state.lang}`;
    const same = key === this.key && facts.length === this.drawn.length && facts.every((fact, n) => fact === this.drawn[n]);
    if (!same) this.draw(view);
    [this.key, this.drawn] = [key, facts];
    this.highlight();
  }

  private highlight(): void {
    const { selection } = this.page.state;
    const ids = new Set(selection?.type === "facts" ? selection.ids.map(String) : []);
    this.element.querySelectorAll<HTMLElement>("[data-fact]").forEach((row) => row.classList.toggle("chosen", ids.has(row.dataset.fact ?? "")));
  }

  private draw(view: View): void {
    this.element.setAttribute("aria-labelledby", `tab-${view}`);
    this.element.scrollTop = 0;
    const make: Record<string, () => Node[]> = {
      table: () => this.table(this.facts, true),
      timeline: () => this.timeline(),
      levels: () => this.levels(),
      sums: () => this.sums(),
      unsure: () => this.unsure(),
      places: () => this.places(),
    };
    this.element.replaceChildren(...(make[view]?.() ?? []));
  }

  /** Cells of one fact, the same for the screen, the clipboard and CSV. */
  cells(n: number): Record<Column, string> {
    const { page } = this;
    const fact = page.model.data.facts[n];
    return {
      fact: page.words(fact),
      kind: page.t(fact.kind),
      level: fact.kind === "award" ? page.t(fact.level ?? "nolevel") : "",
      year: fact.year === undefined ? "" : String(fact.year),
      conf: `${Math.round(fact.conf * 100)}%`,
      sentence: page.model.quote(fact.ev),
    };
  }

  private heading(column: Column): string {
    return this.page.t(column === "conf" ? "conf" : column);
  }

  private ordered(facts: number[]): number[] {
    const wanted = this.filter.toLowerCase();
    if (!wanted && this.sort.column === "fact" && !this.sort.down) return facts;
    const rows = facts.map((n) => [n, this.cells(n)] as const)
      .filter(([, cells]) => !wanted || COLUMNS.some((column) => cells[column].toLowerCase().includes(wanted)));
    const { column, down } = this.sort;
    if (column === "fact" && !down) return rows.map(([n]) => n);
    const data = this.page.model.data.facts;
    const value = (n: number, cells: Record<Column, string>): string | number => {
      if (column === "level") return data[n].level ? LEVELS.indexOf(data[n].level!) : 9;
      if (column === "conf") return data[n].conf;
      if (column === "kind") return FACT_KINDS.indexOf(data[n].kind);
      return cells[column];
    };
    const keys = new Map(rows.map(([n, cells]) => [n, value(n, cells)]));
    const compare = (a: string | number, b: string | number) =>
      typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
    return rows.map(([n]) => n).sort((a, b) => compare(keys.get(a)!, keys.get(b)!) * (down ? -1 : 1) || a - b);
  }

  rows(facts: number[]): string[][] {
    return [COLUMNS.map((column) => this.heading(column)), ...this.ordered(facts).map((n) => COLUMNS.map((column) => this.cells(n)[column]))];
  }

  csv(): void {
    download("facts.csv", csv(this.rows(this.facts)), "text/csv");
  }

  private table(facts: number[], tools: boolean): Node[] {
    const { page } = this;
    const holder = h("div", { class: "table-holder" });
    const draw = () => holder.replaceChildren(this.grid(this.ordered(facts), draw));
    const parts: Node[] = [];
    if (tools) {
      const box = h("input", { type: "search", value: this.filter, placeholder: page.t("filter"), "aria-label": page.t("filter"), class: "table-filter" });
      box.addEventListener("input", () => {
        this.filter = box.value;
        draw();
      });
      parts.push(h("div", { class: "view-tools" }, box,
        button(page.t("copyTable"), () => void copy(page, this.rows(facts).map((row) => row.join("\t")).join("\n"))),
        button(page.t("csv"), () => this.csv())));
    }
    draw();
    return [...parts, holder];
  }

  private grid(rows: number[], redraw: () => void): HTMLElement {
    const { page } = this;
    if (!rows.length) return h("p", { class: "hint" }, page.t("none"));
    const head = h("tr", {});
    for (const column of COLUMNS) {
      const on = this.sort.column === column;
      const label = button(this.heading(column), () => {
        this.sort = { column, down: on ? !this.sort.down : false };
        redraw();
        this.element.querySelector<HTMLElement>(`[data-column="${column}"]`)?.focus();
      }, { "data-column": column });
      head.append(h("th", { scope: "col", "aria-sort": on ? (this.sort.down ? "descending" : "ascending") : "none", class: `c-${column}` }, label));
    }
    const body = h("tbody", {});
    const add = (from: number) => {
      for (const n of rows.slice(from, from + ROWS)) body.append(this.row(n));
      const left = rows.length - from - ROWS;
      if (left > 0) {
        const more = h("tr", {}, h("td", { colspan: COLUMNS.length }, button(page.t("more", Math.min(left, ROWS)), () => { more.remove(); add(from + ROWS); })));
        body.append(more);
      }
    };
    add(0);
    return h("table", {}, h("caption", {}, page.t("factCount", rows.length)), h("thead", {}, head), body);
  }

  private row(n: number): HTMLElement {
    const cells = this.cells(n);
    const fact = this.page.model.data.facts[n];
    const row = h("tr", { "data-fact": n });
    for (const column of COLUMNS) {
      const cell = h("td", { class: `c-${column}` });
      if (column === "fact") cell.append(button(cells.fact, () => this.page.select({ type: "facts", ids: [n] }), { class: "link" }));
      else if (column === "kind") cell.append(h("span", { class: `dot f-${fact.kind}` }), cells.kind);
      else cell.append(cells[column]);
      row.append(cell);
    }
    return row;
  }

  private timeline(): Node[] {
    const { page } = this;
    const { facts } = page.model.data;
    const years = new Map<number, number[]>();
    for (const n of this.facts) {
      const year = facts[n].year ?? 0;
      years.set(year, [...(years.get(year) ?? []), n]);
    }
    const order = [...years.keys()].sort((a, b) => b - a);
    if (!order.length) return [h("p", { class: "hint" }, page.t("none"))];
    const list = h("ol", { class: "timeline" });
    for (const year of order) {
      const told = years.get(year)!;
      const dated = [...told].sort((a, b) => (facts[a].date ?? "").localeCompare(facts[b].date ?? "") || a - b);
      list.append(h("li", {}, h("h2", {}, year ? String(year) : page.t("noYear"), " ", h("span", { class: "count" }, page.t("factCount", told.length))), this.bullets(dated)));
    }
    return [list];
  }

  private bullets(facts: number[]): HTMLElement {
    const { page } = this;
    const list = h("ul", { class: "bullets" });
    const add = (from: number) => {
      for (const n of facts.slice(from, from + ROWS)) {
        const fact = page.model.data.facts[n];
        list.append(h("li", { class: `f-${fact.kind}`, "data-fact": n }, h("span", { class: `dot f-${fact.kind}` }), button(page.words(fact), () => page.select({ type: "facts", ids: [n] }), { class: "link" })));
      }
      const left = facts.length - from - ROWS;
      if (left > 0) {
        const more = h("li", {}, button(page.t("more", Math.min(left, ROWS)), () => { more.remove(); add(from + ROWS); }));
        list.append(more);
      }
    };
    add(0);
    return list;
  }

  private levels(): Node[] {
    const { page } = this;
    const { facts } = page.model.data;
    const awards = this.facts.filter((n) => facts[n].kind === "award");
    const group = (n: number) => (facts[n].given ? "given" : facts[n].level ?? "nolevel");
    const groups = [...LEVELS, "nolevel", "given"].map((level) => [level, awards.filter((n) => group(n) === level)] as const)
      .filter(([, told]) => told.length);
    if (!groups.length) return [h("p", { class: "hint" }, page.t("none"))];
    const total = (told: readonly number[]) => told.reduce((sum, n) => sum + (facts[n].count ?? 1), 0);
    const most = Math.max(...groups.map(([, told]) => total(told)));
    const [width, step] = [640, 44];
    const chart = s("svg", { viewBox: `0 0 ${width} ${groups.length * step}`, class: "bars", role: "img", "aria-label": groups.map(([level, told]) => `${page.t(level)} ${total(told)}`).join(", ") });
    groups.forEach(([level, told], place) => {
      const y = place * step;
      const length = (total(told) / most) * (width - 190);
      chart.append(
        s("text", { x: 116, y: y + 24, class: "bar-label", "text-anchor": "end" }, page.t(level)),
        s("rect", { x: 128, y: y + 7, width: Math.max(length, 3), height: 26, rx: 4, class: "bar" }),
        s("text", { x: 136 + length, y: y + 25, class: "bar-value" }, String(total(told))),
      );
    });
    const lists = groups.flatMap(([level, told]) => [h("h2", {}, `${page.t(level)} `, h("span", { class: "count" }, String(total(told)))), this.bullets([...told])]);
    return [chart, ...lists];
  }

  private owner(fact: Fact): number {
    const role = (fact.roles ?? []).find((one) => ["recipient", "subject", "helper", "party", "person", "child", "visitor", "participant", "media"].includes(one[0]));
    return role ? role[1] : -1;
  }

  private sums(): Node[] {
    const { page } = this;
    const { facts, entities } = page.model.data;
    const found = new Map<number, { facts: number[]; honours: number; money: number; seen: Set<string> }>();
    for (const n of this.facts) {
      const fact = facts[n];
      const who = this.owner(fact);
      if (who < 0) continue;
      const sum = found.get(who) ?? { facts: [], honours: 0, money: 0, seen: new Set<string>() };
      found.set(who, sum);
      sum.facts.push(n);
      if (fact.kind === "award" && !fact.given) sum.honours += fact.count ?? 1;
      if (fact.unit === "元" && !fact.part && fact.value !== undefined) {
        const same = `${fact.ev[0]}:${(fact.q ?? fact.ev).join()}`;
        if (!sum.seen.has(same)) sum.money += fact.value;
        sum.seen.add(same);
      }
    }
    const rows = [...found].sort((a, b) => b[1].honours - a[1].honours || b[1].money - a[1].money || b[1].facts.length - a[1].facts.length || a[0] - b[0]);
    if (!rows.length) return [h("p", { class: "hint" }, page.t("none"))];
    const body = h("tbody", {});
    for (const [who, sum] of rows.slice(0, 500)) {
      const name = button(entities[who].label, () => page.select({ type: "node", id: who }), { class: "link" });
      body.append(h("tr", {}, h("td", {}, icon(entities[who].kind), name), h("td", { class: "number" }, sum.honours || ""), h("td", { class: "number" }, sum.money ? money(sum.money, page.state.lang) : ""), h("td", { class: "number" }, sum.facts.length)));
    }
    const head = ["unitName", "honours", "money", "facts"].map((key, n) => h("th", { scope: "col", class: n ? "number" : "" }, page.t(key)));
    return [h("table", { class: "sums" }, h("caption", {}, page.t("sums")), h("thead", {}, h("tr", {}, ...head)), body)];
  }

  private unsure(): Node[] {
    const { page } = this;
    const doubtful = this.facts.filter((n) => page.model.data.facts[n].unsure || page.model.data.facts[n].conf < 0.7);
    if (!doubtful.length) return [h("p", { class: "hint" }, page.t("none"))];
    const list = h("ol", { class: "unsure" });
    for (const n of doubtful.slice(0, ROWS)) {
      const fact = page.model.data.facts[n];
      list.append(h("li", { "data-fact": n }, button(page.words(fact), () => page.select({ type: "facts", ids: [n] }), { class: "link" }),
        h("p", { class: "doubt" }, `${fact.unsure ?? ""} (${page.t("conf")} ${Math.round(fact.conf * 100)}%)`),
        h("blockquote", {}, page.model.quote(fact.ev))));
    }
    return [list];
  }

  /** Places under what they belong to, with a dot sized by the number of facts. */
  private places(): Node[] {
    const { page } = this;
    const { entities, edges } = page.model.data;
    const shown = entities.map((_, n) => n).filter((n) => entities[n].kind === "Place" && page.scope.nodes[n]);
    if (!shown.length) return [h("p", { class: "hint" }, page.t("none"))];
    const parent = new Map<number, number>();
    for (const [from, to, relation] of edges) {
      if (relation === "part-of" && entities[from].kind === "Place" && entities[to].kind === "Place") parent.set(from, to);
    }
    const wanted = new Set(this.facts);
    const branch = (n: number, above: Set<number>): HTMLElement => {
      const count = page.model.factsOf[n].filter((fact) => wanted.has(fact)).length;
      const r = 4 + Math.sqrt(count) * 3;
      const dot = s("svg", { viewBox: "-20 -20 40 40", class: "place-dot k-Place", "aria-hidden": "true" }, s("circle", { r: Math.min(r, 19) }));
      const item = h("li", {}, dot, button(entities[n].label, () => page.select({ type: "node", id: n }), { class: "link" }), h("span", { class: "sub" }, `${subtype(page.state.lang, entities[n].sub)} · ${page.t("factCount", count)}${entities[n].code ? ` · ${entities[n].code}` : ""}`));
      const inside = shown.filter((other) => parent.get(other) === n && !above.has(other));
      if (inside.length) item.append(h("ul", {}, ...inside.map((other) => branch(other, new Set([...above, other])))));
      return item;
    };
    const roots = shown.filter((n) => !parent.has(n) || !page.scope.nodes[parent.get(n)!]);
    return [h("h2", {}, page.t("mapTitle")), h("ul", { class: "places" }, ...roots.map((n) => branch(n, new Set([n]))))];
  }
}

export async function copy(page: Page, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    page.notice(page.t("copied"));
  } catch {
    const area = h("textarea", { class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    page.notice(page.t(document.execCommand("copy") ? "copied" : "copyFailed"));
    area.remove();
  }
}
