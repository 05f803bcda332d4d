// Other views of the same selection, all drawn from the one payload.
import { csv } from "./csv.ts";
import { button, download, h, s } from "./dom.ts";
import { subtype } from "./i18n.ts";
import { place as coordinates } from "./detail.ts";
import { PlaceMap, type Dot, type Tie } from "./map.ts";
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
  private readonly map: PlaceMap;

  constructor(private readonly page: Page) {
    this.map = new PlaceMap({ select: (id) => page.select({ type: "node", id }), t: (key, ...args) => page.t(key, ...args) });
  }

  /** What was drawn no longer holds. */
  stale(): void { this.key = ""; }

  /** A place that is chosen does not empty the map around it. */
  private get placeFacts(): number[] {
    const { scope, state } = this.page;
    return state.selection?.type === "figure" ? scope.chosen : scope.facts;
  }

  /** A chosen sentence or row does not narrow the list in which it stands; anything else that is selected does. */
  private get facts(): number[] {
    const { scope, state } = this.page;
    return state.selection?.type === "facts" ? scope.facts : scope.chosen;
  }

  render(view: View): void {
    const facts = view === "places" ? this.placeFacts : this.facts;
    const places = view === "places" ? this.page.scope.nodes.reduce((sum, on) => sum + on, 0) : 0;
    const key = `${view} ${this.page.state.lang} ${places}`;
    const same = key === this.key && facts.length === this.drawn.length && facts.every((fact, n) => fact === this.drawn[n]);
    if (!same) this.draw(view);
    [this.key, this.drawn] = [key, facts];
    this.highlight();
  }

  private highlight(): void {
    const { selection } = this.page.state;
    const node = selection?.type === "node" ? selection.id : -1;
    this.map.choose(node);
    this.element.querySelectorAll<HTMLElement>("[data-place]").forEach((row) => row.classList.toggle("chosen", row.dataset.place === String(node)));
    const ids = new Set(selection?.type === "facts" ? selection.ids.map(String) : []);
    this.element.querySelectorAll<HTMLElement>("[data-fact]").forEach((row) => row.classList.toggle("chosen", ids.has(row.dataset.fact ?? "")));
  }

  private draw(view: View): void {
    this.element.setAttribute("aria-labelledby", `tab-${view}`);
    if (!this.key.startsWith(`${view} `) && this.key) this.element.scrollTop = 0;
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
    const { page } = this;
    const marks = page.review.size > page.review.lost.length; // a column of its own where anything is marked
    const mark = (n: number) => {
      const found = page.review.get(n);
      return found ? [[page.t(found.verdict), found.note].filter(Boolean).join(": ")] : [""];
    };
    return [[...COLUMNS.map((column) => this.heading(column)), ...(marks ? [page.t("markColumn")] : [])], ...this.ordered(facts).map((n) => {
      const cells = this.cells(n);
      return [...COLUMNS.map((column) => cells[column]), ...(marks ? mark(n) : [])];
    })];
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
      if (column === "fact") cell.append(...this.named(n));
      else if (column === "kind") cell.append(h("span", { class: `dot f-${fact.kind}` }), cells.kind);
      else cell.append(cells[column]);
      row.append(cell);
    }
    return row;
  }

  /** A fact in words, struck through if it is wrong. */
  private named(n: number): Node[] {
    const { page } = this;
    const wrong = page.review.wrong(n);
    const name = button(wrong ? "" : page.words(page.model.data.facts[n]), () => page.select({ type: "facts", ids: [n] }), { class: "link" });
    if (wrong) name.append(h("s", {}, page.words(page.model.data.facts[n])));
    return wrong ? [name, h("span", { class: "tag" }, page.t("wrong"))] : [name];
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
        list.append(h("li", { class: `f-${fact.kind}`, "data-fact": n }, h("span", { class: `dot f-${fact.kind}` }), ...this.named(n)));
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
    const awards = this.facts.filter((n) => facts[n].kind === "award" && !page.review.wrong(n));
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
      if (who < 0 || page.review.wrong(n)) continue;
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
    const { review } = page;
    const { facts } = page.model.data;
    const there = new Set(this.facts);
    const doubtful = this.facts.filter((n) => (facts[n].unsure || facts[n].conf < 0.7) && !review.get(n));
    const stale = review.stale.filter((n) => there.has(n));
    if (!doubtful.length && !stale.length && !review.lost.length) return [h("p", { class: "hint" }, page.t("none"))];
    const list = h("ol", { class: "unsure" });
    for (const n of doubtful.slice(0, ROWS)) {
      list.append(h("li", { "data-fact": n }, ...this.named(n), h("p", { class: "doubt" }, `${facts[n].unsure ?? ""} (${page.t("conf")} ${Math.round(facts[n].conf * 100)}%)`),
        h("blockquote", {}, page.model.quote(facts[n].ev))));
    }
    const found: Node[] = doubtful.length ? [list] : [];
    const verdict = (mark: { verdict: string; note: string }) => `${page.t(mark.verdict)}${mark.note ? `: ${mark.note}` : ""}`;
    if (stale.length) {
      found.push(h("h2", {}, `${page.t("staleTitle")} `, h("span", { class: "count" }, String(stale.length))), h("ol", { class: "unsure" }, ...stale.map((n) =>
        h("li", { "data-fact": n }, ...this.named(n), h("p", { class: "doubt" }, page.t("changed", review.get(n)?.said ?? "")), h("p", { class: "sub" }, verdict(review.get(n)!))))));
    }
    if (review.lost.length) {
      found.push(h("h2", {}, `${page.t("lostTitle")} `, h("span", { class: "count" }, String(review.lost.length))), h("ol", { class: "unsure lost" }, ...review.lost.map((mark) =>
        h("li", {}, h("b", {}, mark.fact || page.t(mark.kind)), h("p", { class: "sub" }, `${verdict(mark)} · ${mark.report} [${mark.start}, ${mark.end})`)))));
    }
    return found;
  }

  /** A map, and the table that says the same: each place under what it belongs to. */
  private places(): Node[] {
    const { page } = this;
    const { entities } = page.model.data;
    const shown = entities.map((_, n) => n).filter((n) => entities[n].kind === "Place" && page.scope.nodes[n]);
    if (!shown.length) return [h("p", { class: "hint" }, page.t("none"))];
    const wanted = new Set(this.placeFacts);
    const count = new Map(shown.map((n) => [n, page.model.factsOf[n].filter((fact) => wanted.has(fact)).length]));
    const parent = this.parents(new Set(shown));
    const dots = shown.filter((n) => entities[n].at).map((n): Dot => ({
      id: n, at: entities[n].at!, near: entities[n].near !== undefined, weight: count.get(n)!, label: entities[n].label,
      about: `${page.t("factCount", count.get(n)!)}${entities[n].near ? `, ${this.nearness(n)}` : ""}`,
    }));
    const placed = new Set(dots.map((dot) => dot.id));
    const same = (a: number, b: number) => entities[a].at!.join() === entities[b].at!.join();
    const ties = [...parent].filter(([child, above]) => placed.has(child) && placed.has(above[0]) && !same(child, above[0]))
      .map(([from, [to, dashes]]): Tie => ({ from, to, dashes }));
    const { selection } = page.state;
    const table = this.placeTable(shown, parent, count);
    if (!dots.length) return [table];
    setTimeout(() => this.map.show(dots, ties, selection?.type === "node" ? selection.id : -1)); // once it has a size
    return [this.map.element, this.map.here, h("p", { class: "map-legend" }, page.t("mapLegend")), table];
  }

  private nearness(n: number): string {
    const { near } = this.page.model.data.entities[n];
    return near ? this.page.t("nearPoint", this.page.t(`of:${near}`)) : "";
  }

  /** What each place belongs to, and whether only its code says so. */
  private parents(shown: Set<number>): Map<number, [parent: number, inferred: boolean]> {
    const { edges, inferred } = this.page.model.data;
    const found = new Map<number, [number, boolean]>();
    for (const [from, to] of inferred) if (shown.has(from) && shown.has(to)) found.set(from, [to, true]);
    for (const [from, to, relation] of edges) if (relation === "part-of" && shown.has(from) && shown.has(to)) found.set(from, [to, false]);
    return found;
  }

  private placeTable(shown: number[], parent: Map<number, [number, boolean]>, count: Map<number, number>): HTMLElement {
    const { page } = this;
    const { entities } = page.model.data;
    const inside = new Map<number, number[]>();
    for (const n of shown) {
      const above = parent.get(n)?.[0] ?? -1;
      const list = inside.get(above);
      if (list) list.push(n);
      else inside.set(above, [n]);
    }
    const order: [number, number][] = [];
    const seen = new Set<number>();
    const walk = (n: number, depth: number) => {
      if (seen.has(n)) return;
      seen.add(n);
      order.push([n, depth]);
      for (const below of inside.get(n) ?? []) walk(below, depth + 1);
    };
    (inside.get(-1) ?? []).forEach((n) => walk(n, 0));
    shown.forEach((n) => walk(n, 0)); // those that contain each other in a ring
    const body = h("tbody", {});
    const add = (from: number) => {
      for (const [n, depth] of order.slice(from, from + ROWS)) {
        const { at, code } = entities[n];
        const above = parent.get(n);
        const name = button(entities[n].label, () => page.select({ type: "node", id: n }), { class: "link" });
        const indent = h("span", { class: "depth" });
        indent.style.width = `${Math.min(depth, 6) * 16}px`;
        body.append(h("tr", { "data-place": n }, h("td", {}, indent, name), h("td", {}, subtype(page.state.lang, entities[n].sub)),
          h("td", {}, above ? `${entities[above[0]].label}${above[1] ? ` (${page.t("byCode")})` : ""}` : ""),
          h("td", { class: "c-code" }, code ?? ""),
          h("td", {}, at ? coordinates(at) : page.t("noPoint"), at && this.nearness(n) ? h("span", { class: "sub" }, ` ${this.nearness(n)}`) : ""),
          h("td", { class: "number" }, count.get(n) ?? 0)));
      }
      const left = order.length - from - ROWS;
      if (left > 0) {
        const more = h("tr", {}, h("td", { colspan: 6 }, button(page.t("more", Math.min(left, ROWS)), () => { more.remove(); add(from + ROWS); })));
        body.append(more);
      }
    };
    add(0);
    const head = ["place", "kind", "partOf", "code", "point", "facts"].map((key) => h("th", { scope: "col", class: key === "facts" ? "number" : key === "code" ? "c-code" : "" }, page.t(key)));
    return h("table", { class: "places" }, h("caption", {}, page.t("mapTitle")), h("thead", {}, h("tr", {}, ...head)), body);
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
