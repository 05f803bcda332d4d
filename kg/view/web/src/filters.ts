// Legend and filters: what is on the page, how much of it, and what to leave out.
import { button, h } from "./dom.ts";
import type { Page } from "./page.ts";
import { icon } from "./shapes.ts";
import { FACT_KINDS, KINDS, LEVELS } from "./types.ts";

function toggled<T>(set: Set<T>, value: T): Set<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

function counts<T, K extends string>(items: T[], name: (item: T) => K): Map<K, number> {
  const found = new Map<K, number>();
  for (const item of items) found.set(name(item), (found.get(name(item)) ?? 0) + 1);
  return found;
}

export class Filters {
  readonly legend = h("div", { class: "legend", role: "group" });
  readonly relations = h("div", { class: "relations", role: "group" });
  readonly panel = h("div", { class: "filters", id: "filters" });
  private readonly kindCounts;
  private readonly factCounts;
  private readonly levelCounts;
  private readonly opener = h("button", { type: "button", class: "opener", "aria-expanded": "false", "aria-controls": "filters" });

  constructor(private readonly page: Page) {
    const { data } = page.model;
    this.kindCounts = counts(data.entities, (entity) => entity.kind);
    this.factCounts = counts(data.facts, (fact) => fact.kind);
    this.levelCounts = counts(data.facts.filter((fact) => fact.kind === "award"), (fact) => fact.level ?? "nolevel");
    this.panel.hidden = true;
    this.opener.addEventListener("click", () => this.open(this.panel.hidden));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.close();
        event.stopPropagation();
      }
    });
  }

  /** True if there was something to close. */
  close(): boolean {
    if (this.panel.hidden) return false;
    this.open(false);
    this.opener.focus();
    return true;
  }

  private open(yes: boolean): void {
    this.panel.hidden = !yes;
    this.opener.setAttribute("aria-expanded", String(yes));
    if (yes) this.renderPanel();
  }

  render(): void {
    const { page } = this;
    const focused = document.activeElement?.getAttribute("data-key");
    this.legend.setAttribute("aria-label", page.t("kinds"));
    const active = this.active();
    this.opener.replaceChildren(`${page.t("filter")}${active ? ` · ${active}` : ""}`);
    this.opener.classList.toggle("on", active > 0);
    const items: HTMLElement[] = [];
    for (const kind of KINDS) {
      const count = this.kindCounts.get(kind);
      if (!count) continue;
      const chip = button("", () => page.set({ kinds: toggled(page.state.kinds, kind) }, true), {
        "aria-pressed": String(!page.state.kinds.has(kind)), class: "chip", "data-key": `kind-${kind}`,
      });
      chip.append(icon(kind), page.t(kind), h("span", { class: "count" }, String(count)));
      items.push(chip);
    }
    items.push(this.opener);
    if (page.state.hidden.size) {
      items.push(button(`${page.t("hiddenNodes", page.state.hidden.size)} · ${page.t("unhide")}`, () => page.set({ hidden: new Set() }), { class: "link" }));
    }
    this.legend.replaceChildren(...items);
    this.renderRelations();
    if (!this.panel.hidden) this.renderPanel();
    if (focused) document.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  /** The colours of the text: one kind of fact each. */
  private renderRelations(): void {
    const { page } = this;
    this.relations.setAttribute("aria-label", page.t("relations"));
    this.relations.replaceChildren(...FACT_KINDS.filter((kind) => this.factCounts.get(kind)).map((kind) => {
      const on = !page.state.relations.has(kind);
      const chip = button("", () => page.set({ relations: toggled(page.state.relations, kind) }, true), { class: `chip f-${kind}`, "aria-pressed": String(on), "data-key": `relation-${kind}` });
      chip.append(h("span", { class: "swatch" }), page.t(kind), h("span", { class: "count" }, String(this.factCounts.get(kind))));
      return chip;
    }));
  }

  private active(): number {
    const { state } = this.page;
    return state.relations.size + state.levels.size + (state.years ? 1 : 0) + (state.confidence ? 1 : 0) + state.kinds.size;
  }

  private renderPanel(): void {
    const { page } = this;
    const { state } = page;
    const focused = this.panel.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    const relations = this.boxes("relation", page.t("relations"), FACT_KINDS, this.factCounts, state.relations, (kind) => `f-${kind}`,
      (kind) => page.set({ relations: toggled(state.relations, kind) }, true));
    const levels = this.boxes("level", page.t("level"), [...LEVELS, "nolevel"], this.levelCounts, state.levels, () => "",
      (level) => page.set({ levels: toggled(state.levels, level) }, true));
    this.panel.replaceChildren(relations, levels, this.numbers(), ...this.more(), button(page.t("reset"), () =>
      page.set({ kinds: new Set(), relations: new Set(), levels: new Set(), hidden: new Set(), years: null, confidence: 0, inferred: false, centre: -1, steps: 0, open: new Set() }), { "data-key": "reset" }));
    if (focused) this.panel.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  /** What is not a fact: containment by codes. */
  private more(): HTMLElement[] {
    const { page } = this;
    const count = page.model.data.inferred.length;
    if (!count) return [];
    const box = h("input", { type: "checkbox", "data-key": "inferred" });
    box.checked = page.state.inferred;
    box.addEventListener("change", () => page.set({ inferred: box.checked }, true));
    const label = h("label", { class: "wide" }, box, h("span", { class: "swatch dashes" }), page.t("inferredLine"), h("span", { class: "count" }, String(count)));
    return [h("fieldset", {}, h("legend", {}, page.t("inferredTitle")), label)];
  }

  private boxes<K extends string>(
    key: string, title: string, names: readonly K[], count: Map<string, number>, left: Set<K>, style: (name: K) => string, change: (name: K) => void,
  ): HTMLElement {
    const set = h("fieldset", {}, h("legend", {}, title));
    for (const name of names) {
      if (!count.get(name)) continue;
      const box = h("input", { type: "checkbox", "data-key": `box-${key}-${name}` });
      box.checked = !left.has(name);
      box.addEventListener("change", () => change(name));
      set.append(h("label", { class: style(name) }, box, style(name) && h("span", { class: "swatch" }), this.page.t(name), h("span", { class: "count" }, String(count.get(name)))));
    }
    return set;
  }

  private numbers(): HTMLElement {
    const { page } = this;
    const { state, model } = page;
    const set = h("fieldset", {}, h("legend", {}, page.t("years")));
    if (model.years) {
      const [low, high] = model.years;
      const now = state.years ?? [low, high];
      const change = (place: 0 | 1, value: number) => {
        const years: [number, number] = [...now];
        years[place] = value;
        if (years[0] > years[1]) years[1 - place] = value;
        page.set({ years: years[0] === low && years[1] === high ? null : years }, true);
      };
      for (const place of [0, 1] as const) {
        const input = h("input", { type: "range", min: low, max: high, step: 1, value: now[place], "data-key": `year-${place}`, "aria-label": `${page.t("years")} ${page.t(place ? "to" : "from")}` });
        input.addEventListener("input", () => change(place, Number(input.value)));
        set.append(h("label", { class: "wide" }, page.t(place ? "to" : "from"), input, h("output", {}, String(now[place]))));
      }
    }
    const slider = h("input", { type: "range", min: 0, max: 1, step: 0.05, value: state.confidence, "data-key": "confidence", "aria-label": page.t("confidence") });
    slider.addEventListener("input", () => page.set({ confidence: Number(slider.value) }, true));
    set.append(h("label", { class: "wide" }, page.t("confidence"), slider, h("output", {}, `${Math.round(state.confidence * 100)}%`)));
    return set;
  }
}
