// Puts the page together.
import { button, h } from "./dom.ts";
import { Detail } from "./detail.ts";
import { Exports } from "./exports.ts";
import { Filters } from "./filters.ts";
import { Finder } from "./finder.ts";
import { translate } from "./i18n.ts";
import { Model, type Scope } from "./model.ts";
import { relationName, selectionTitle, type Page } from "./page.ts";
import { Picture, type Palette } from "./picture.ts";
import { Report } from "./report.ts";
import { Review } from "./review.ts";
import { everything, groups, nodeSize, part, whole } from "./scenes.ts";
import { decode, encode, EVERYTHING, OVERVIEW, VIEWS, type Selection, type State, type View } from "./state.ts";
import { KINDS, type Fact, type Kind, type Payload } from "./types.ts";
import { Views } from "./views.ts";

interface Large {
  draw(host: HTMLElement, whole: object, click: (node: number) => void): { kill(): void; zoom(factor: number): void; fit(): void; show(shown: Uint8Array): void } | null;
}
declare const kgLarge: Large | undefined;

const ALL = { centre: -1, steps: 0, open: new Set<number>() };

class App implements Page {
  readonly model: Model;
  readonly review: Review;
  state: State;
  scope: Scope;
  private history: string[];
  private place = 0;
  private pathFrom = -1;
  private readonly live = h("div", { class: "offscreen", role: "status", "aria-live": "polite" });
  private readonly toast = h("div", { class: "toast", "aria-hidden": "true", hidden: true });
  private readonly header = h("header", { class: "top" });
  private readonly figures = h("section", { class: "figures" });
  private readonly tabs = h("div", { class: "tabs", role: "tablist" });
  private readonly pane = h("div", { class: "pane", id: "pane-graph", role: "tabpanel", "aria-labelledby": "tab-graph" });
  private readonly canvas = h("div", { class: "canvas", tabindex: "0", role: "application" });
  private readonly field = h("div", { class: "canvas all", hidden: true });
  private every: ReturnType<Large["draw"]> = null;
  private readonly controls = h("div", { class: "controls", role: "group" });
  private readonly bar = h("div", { class: "selection-bar", hidden: true });
  private readonly mobile = h("nav", { class: "mobile" });
  private readonly main = h("main", { class: "main" });
  private readonly hint = h("p", { class: "side-hint" });
  private readonly sheet = h("div", { class: "print-only" });
  private readonly side = h("aside", { class: "side" });
  readonly picture: Picture;
  readonly report: Report;
  readonly detail: Detail;
  readonly filters: Filters;
  readonly finder: Finder;
  readonly views: Views;
  readonly exports: Exports;

  constructor(root: HTMLElement, model: Model) {
    this.model = model;
    const { data } = model;
    this.review = new Review(data);
    this.model.wrong = (fact) => this.review.wrong(fact);
    this.model.marked = this.review.size > 0;
    this.state = decode(location.hash, data);
    this.scope = this.model.scope(this.state);
    this.history = [encode(this.state, data)];
    this.detail = new Detail(this);
    this.filters = new Filters(this);
    this.finder = new Finder(this);
    this.views = new Views(this);
    this.exports = new Exports(this, { picture: () => this.picture, views: () => this.views, changed: () => { this.detail.render(); this.marked(-1); }, light: () => this.lightPalette() });
    this.report = new Report(this.model, {
      facts: (ids) => this.select({ type: "facts", ids }),
      entity: (id) => this.node(id),
      document: (n) => { this.report.show(n, this.state.lang); this.lightText(false); },
    });
    this.pane.append(this.canvas, this.field);
    const work = h("div", { class: "work" }, h("div", { class: "toolbar" }, this.tabs, this.filters.legend, this.controls, this.filters.panel), this.bar, this.pane, this.views.element);
    this.side.append(this.detail.element, this.hint, this.filters.relations, this.report.element);
    this.main.append(work, this.side);
    root.replaceChildren(this.header, this.figures, this.main, this.sheet, this.mobile, this.live, this.toast);
    this.picture = new Picture(this.canvas, this.model, {
      node: (id) => this.node(id),
      edge: (id) => id >= 0 && this.select({ type: "edge", id }),
      nothing: () => this.state.selection && this.select(null),
    });
    this.picture.named = (key) => this.t(key === "overview" ? "overview" : "selection");
    this.picture.relation = (name) => relationName(this, name);
    this.report.show(this.model.data.documents.length ? 0 : -1, this.state.lang);
    this.canvas.addEventListener("keydown", (event) => this.canvasKey(event));
    this.canvas.addEventListener("blur", () => this.picture.leave());
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => this.readHash());
    addEventListener("beforeprint", () => this.sheet.replaceChildren(...this.exports.sheet()));
    addEventListener("afterprint", () => this.sheet.replaceChildren());
    matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", () => this.render(true));
    this.render(true);
    addEventListener("resize", () => { this.stage(); this.picture.resize(); });
    if (this.state.selection) this.afterSelect();
  }

  t(key: string, ...args: (string | number)[]): string { return translate(this.state.lang, key, ...args); }
  words(fact: Fact): string { return fact[this.state.lang]; }

  say(text: string): void {
    this.live.textContent = text;
  }

  notice(text: string): void {
    this.say(text);
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { this.toast.hidden = true; }, 2500);
  }
  private timer = 0;

  set(change: Partial<State>, keep = false): void {
    const before = this.state;
    this.state = { ...before, ...change };
    this.scope = this.model.scope(this.state);
    this.remember(keep);
    this.render(before.lang !== this.state.lang || before.theme !== this.state.theme);
    if (before.view !== "graph" && this.state.view === "graph" && this.state.selection) this.reveal();
  }

  select(wanted: Selection | null): void {
    const from = this.pathFrom;
    this.pathFrom = -1;
    const selection: Selection | null = from >= 0 && wanted?.type === "node" && wanted.id !== from ? { type: "path", from, to: wanted.id } : wanted;
    const inside = this.detail.element.contains(document.activeElement);
    const { centre } = this.state;
    const inScope = selection?.type === "edge" || selection === null || (selection.type === "node" && this.scope.nodes[selection.id] === 1);
    this.set({ selection, ...(centre >= 0 && !inScope ? ALL : {}) });
    this.afterSelect();
    if (inside && !selection) (this.state.view === "graph" ? this.canvas : this.views.element).focus({ preventScroll: true });
    else if (inside && document.activeElement === document.body) this.toDetail();
  }

  private node(id: number): void {
    if (id >= this.model.groupBase) return this.set({ group: id - this.model.groupBase, ...ALL });
    this.select({ type: "node", id });
  }

  /** Only the neighbourhood of a node, or everything again. */
  around(centre: number, steps: number): void {
    this.set(centre < 0 ? ALL : { centre, steps, open: new Set() });
  }

  /** Show, or no longer show, the neighbours of a node of the neighbourhood. */
  widen(node: number): void {
    const open = new Set(this.state.open);
    if (!open.delete(node)) open.add(node);
    this.set({ open });
  }

  private afterSelect(): void {
    const { selection } = this.state;
    if (!selection) return;
    this.say(`${selectionTitle(this)}, ${this.t("factCount", this.scope.chosen.length)}`);
    this.reveal();
    this.lightText(true);
  }

  private reveal(): void {
    const { selection } = this.state;
    this.picture.reveal(selection?.type === "node" ? [selection.id] : this.scope.litNodes);
  }

  private lightText(scroll: boolean): void {
    const { selection } = this.state;
    const { facts } = this.model.data;
    const before = (a: number, b: number) => facts[a].ev[0] - facts[b].ev[0] || facts[a].ev[1] - facts[b].ev[1];
    const { chosen } = this.scope;
    let first = scroll && selection ? chosen[0] : undefined;
    if (first !== undefined) {
      const here = chosen.filter((fact) => facts[fact].ev[0] === this.report.document); // the open report first
      const near = here.length ? here : chosen;
      first = near.reduce((best, fact) => (before(fact, best) < 0 ? fact : best), near[0]);
      if (!here.length) this.report.show(facts[first].ev[0], this.state.lang);
    }
    this.report.light(this.scope, selection !== null, selection?.type === "node" ? selection.id : -1);
    if (scroll && first !== undefined && selection) this.report.scroll(first);
  }

  /** The keyboard goes on in the details. */
  toDetail(): void {
    if (this.detail.element.offsetParent) this.detail.element.focus({ preventScroll: true });
    else this.finder.input.blur();
  }

  showFact(fact: number): void {
    const spot = this.model.data.facts[fact].ev;
    if (spot[0] !== this.report.document) {
      this.report.show(spot[0], this.state.lang);
      this.lightText(false);
    }
    document.body.dataset.show = "text";
    this.renderMobile();
    this.report.scroll(fact);
  }

  askPath(from: number): void {
    this.pathFrom = from;
    this.notice(this.t("pathPick", this.model.data.entities[from].label));
  }

  hide(node: number): void {
    this.set({ hidden: new Set([...this.state.hidden, node]), selection: null, ...(this.state.centre === node ? ALL : {}) });
  }

  /** A fact has been marked, or (-1) several: everything but the details shows it. */
  marked(fact: number): void {
    this.model.forget();
    this.scope = this.model.scope(this.state);
    this.renderFigures();
    this.renderFigureState();
    this.views.stale();
    if (this.state.view !== "graph") this.views.render(this.state.view);
    else if (!this.every) this.picture.update(this.scope, this.palette(), this.state.lang, this.state.selection?.type === "node" ? this.state.selection.id : -1);
    this.report.strike();
    if (fact >= 0 && this.review.late([fact])) this.notice(this.t("figuresLater"));
  }

  private remember(keep: boolean): void {
    const now = encode(this.state, this.model.data);
    if (now !== this.history[this.place]) {
      if (keep) this.history[this.place] = now;
      else {
        this.history = [...this.history.slice(Math.max(this.place - 99, 0), this.place + 1), now];
        this.place = this.history.length - 1;
      }
    }
    this.writeHash(now);
  }

  private writeHash(fragment: string): void {
    try {
      history.replaceState(null, "", fragment ? `#${fragment}` : "#");
    } catch {
      // a page inside another (a preview) may not write its address
    }
  }

  private readHash(): void {
    const wanted = location.hash.replace(/^#/, "");
    if (wanted === encode(this.state, this.model.data)) return;
    this.set({ ...decode(wanted, this.model.data) });
    this.afterSelect();
  }

  step(by: number): void {
    const fragment = this.history[this.place + by];
    if (fragment === undefined) return;
    this.place += by;
    const before = this.state;
    this.state = decode(fragment, this.model.data);
    this.scope = this.model.scope(this.state);
    this.writeHash(fragment);
    this.render(before.lang !== this.state.lang || before.theme !== this.state.theme);
    this.afterSelect();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented) {
      if (this.exports.close() || this.filters.close()) return;
      if (this.pathFrom >= 0) this.pathFrom = -1;
      else if (this.state.selection) this.select(null);
    } else if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      this.step(event.key === "ArrowLeft" ? -1 : 1);
    }
  }

  private canvasKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const ways: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (way) {
      const id = this.picture.move(...way);
      if (id >= this.model.groupBase) this.say(this.model.label(id));
      else if (id >= 0) this.say(`${this.model.data.entities[id].label}, ${this.t(this.model.data.entities[id].kind)}, ${this.t("factCount", this.model.factsOf[id].length)}`);
    } else if (event.key === "Enter" && this.picture.current >= 0) this.node(this.picture.current);
    else if (event.key === "+" || event.key === "=") this.picture.zoom(1.25);
    else if (event.key === "-") this.picture.zoom(0.8);
    else if (event.key === "0") this.picture.fit();
    else return;
    event.preventDefault();
  }

  /** The colours of the light theme, whatever is on the screen. */
  lightPalette(): Palette {
    const { theme } = document.documentElement.dataset;
    document.documentElement.dataset.theme = "light";
    const found = this.palette();
    document.documentElement.dataset.theme = theme;
    return found;
  }

  palette(): Palette {
    const style = getComputedStyle(document.body);
    const get = (name: string) => style.getPropertyValue(name).trim();
    const kinds = Object.fromEntries(KINDS.map((kind) => [kind, get(`--k-${kind}`)])) as Record<Kind, string>;
    return { ink: get("--ink"), soft: get("--soft"), paper: get("--canvas"), field: get("--field"), line: get("--edge"), lit: get("--lit"), font: style.fontFamily, kinds };
  }

  private render(all: boolean): void {
    const { state } = this;
    if (all) {
      document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
      const dark = state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
      document.documentElement.dataset.theme = dark ? "dark" : "light";
      this.renderHeader(dark);
      this.renderFigures();
      this.finder.render();
      this.renderControls();
      this.hint.textContent = this.t("detailHint");
      this.report.element.setAttribute("aria-label", this.t("text"));
      this.canvas.setAttribute("aria-label", this.t("picture"));
    }
    this.renderTabs();
    this.filters.render();
    this.renderBar();
    this.detail.render();
    this.renderFigureState();
    this.hint.hidden = state.selection !== null;
    this.pane.hidden = state.view !== "graph";
    this.views.element.hidden = state.view === "graph";
    this.controls.classList.toggle("off", state.view !== "graph");
    if (state.view === "graph") {
      const selected = state.selection?.type === "node" ? state.selection.id : -1;
      this.stage();
      if (!this.every) this.picture.update(this.scope, this.palette(), state.lang, selected, all);
    } else this.views.render(state.view);
    this.report.light(this.scope, state.selection !== null, state.selection?.type === "node" ? state.selection.id : -1);
    this.renderMobile();
  }

  /** Which part of the graph the picture shows. */
  private stage(): void {
    const { model, scope, state } = this;
    if (this.stageAll()) return;
    const { clientWidth: w, clientHeight: hh } = this.canvas;
    const { selection } = state;
    const near = state.centre >= 0;
    if (!model.large && !near) return this.picture.show(whole(model, w > 0 && w < 520, state.inferred));
    const aspect = w && hh ? w / hh : 1.4;
    const shape = aspect < 0.9 ? "tall" : "wide";
    if (near) {
      const shown = scope.nodes.reduce<number[]>((all, on, n) => { if (on) all.push(n); return all; }, []);
      const key = `${shape} near ${encode({ ...state, selection: null, lang: "zh", theme: "auto", view: "graph" }, model.data)}`;
      return this.picture.show(part(model, key, shown, aspect, state.centre, state.inferred));
    }
    if (selection) {
      const centre = selection.type === "node" ? selection.id : -1;
      const key = `${shape} ${encode({ ...state, lang: "zh", theme: "auto", view: "graph" }, model.data)}`;
      return this.picture.show(part(model, key, scope.litNodes, aspect, centre, state.inferred));
    }
    const view = model.data.picture.overview!;
    if (state.group >= 0) {
      const members = view.of.reduce<number[]>((all, group, n) => { if (group === state.group && scope.nodes[n]) all.push(n); return all; }, []);
      return this.picture.show(part(model, `${shape} group ${state.group} ${members.length}${state.inferred ? " inferred" : ""}`, members, aspect, view.groups[state.group].lead, state.inferred));
    }
    this.picture.show({ ...groups(model, aspect), key: `overview ${shape}` });
  }

  /** Every node at once, if this is wanted and can be done. */
  private stageAll(): boolean {
    const { model, scope, state } = this;
    const wanted = state.group === EVERYTHING && !state.selection && state.centre < 0 && typeof kgLarge !== "undefined";
    if (!wanted) {
      this.every?.kill();
      this.every = null;
      this.field.hidden = true;
      this.canvas.hidden = false;
      return false;
    }
    this.field.hidden = false;
    if (!this.every) {
      const { entities, edges } = model.data;
      const colours = this.palette();
      this.every = kgLarge!.draw(this.field, {
        ...everything(model), size: entities.map((entity) => nodeSize(entity.weight) / 3), colour: entities.map((entity) => colours.kinds[entity.kind]),
        label: entities.map((entity) => entity.label), edges, ink: colours.ink, line: colours.line, font: colours.font,
      }, (id) => this.node(id));
      if (!this.every) {
        this.field.hidden = true;
        this.notice(this.t("noWebgl"));
        return false;
      }
    }
    this.canvas.hidden = true;
    this.every.show(scope.nodes);
    return true;
  }

  private renderHeader(dark: boolean): void {
    const { documents, publishers, entities } = this.model.data;
    const one = documents[0];
    const publisher = publishers.length ? publishers.map((n) => entities[n].label).slice(0, 3).join("、") : one?.publisher ?? "";
    const year = one?.period ? `${one.period}` : "";
    const about = documents.length === 1
      ? [one.subtitle, publisher && !one.subtitle?.includes(publisher) ? publisher : "", one.subtitle?.includes(year) ? "" : year, one.published ? `${one.published} ${this.t("published")}` : ""]
      : [publisher, this.years()];
    const title = documents.length === 1 ? one.title || one.id : this.t("reports", documents.length);
    const lang = button(this.t("lang"), () => this.set({ lang: this.state.lang === "zh" ? "en" : "zh" }), { class: "plain", lang: this.state.lang === "zh" ? "en" : "zh-CN", "data-key": "lang" });
    const theme = button(this.t(dark ? "light" : "dark"), () => this.set({ theme: dark ? "light" : "dark" }), { class: "plain", "data-key": "theme" });
    const focused = document.activeElement?.getAttribute("data-key");
    this.header.replaceChildren(
      h("div", { class: "titles" }, h("h1", {}, title), h("p", {}, [...about.filter(Boolean), this.t("claim")].join(" · "))),
      this.finder.element,
      h("div", { class: "actions" }, this.exports.render(), lang, theme),
    );
    if (focused) this.header.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  private years(): string {
    const { years } = this.model;
    return years ? years.filter((year, n) => n === 0 || year !== years[0]).join("–") : "";
  }

  private renderFigures(): void {
    this.figures.setAttribute("aria-label", this.t("overview"));
    const { lang } = this.state;
    const open = (id: string) => () => this.select(this.isFigure(id) ? null : { type: "figure", id });
    this.figures.replaceChildren(...this.model.data.figures.map((figure) => {
      const main = h("button", { type: "button", class: "main-figure", "data-figure": figure.id },
        h("span", { class: "value" }, figure.value[lang], h("small", {}, figure.unit[lang])),
        h("span", { class: "name" }, figure[lang]));
      main.addEventListener("click", open(figure.id));
      const note = h("span", { class: "note" });
      if (figure.parts?.length) {
        for (const part of figure.parts) {
          const id = `${figure.id}.${part.id}`;
          note.append(button(part[lang], open(id), { class: "part", "data-figure": id }));
        }
      } else note.append(figure.note[lang]);
      const late = this.review.late(figure.facts);
      if (late) note.prepend(h("b", { class: "late" }, this.t("late", late), " "));
      return h("div", { class: `figure is-${figure.id}` }, main, note);
    }));
  }

  private isFigure(id: string): boolean {
    return this.state.selection?.type === "figure" && this.state.selection.id === id;
  }

  private renderFigureState(): void {
    this.figures.querySelectorAll<HTMLElement>("[data-figure]").forEach((card) => card.setAttribute("aria-pressed", String(this.isFigure(card.dataset.figure ?? ""))));
  }

  private renderTabs(): void {
    const focused = this.tabs.contains(document.activeElement);
    this.tabs.setAttribute("aria-label", this.t("views"));
    this.tabs.replaceChildren(...VIEWS.map((view) => {
      const on = this.state.view === view;
      const tab = button(this.t(view), () => this.set({ view }), { role: "tab", id: `tab-${view}`, "aria-selected": String(on), "aria-controls": view === "graph" ? "pane-graph" : "view", tabindex: on ? "0" : "-1" });
      tab.addEventListener("keydown", (event) => this.tabKey(event, view));
      return tab;
    }));
    const now = this.tabs.querySelector<HTMLElement>('[aria-selected="true"]');
    if (focused) now?.focus();
    if (now && this.tabs.scrollWidth > this.tabs.clientWidth) this.tabs.scrollLeft = now.offsetLeft - this.tabs.offsetLeft - 60; // narrow screens
  }

  private tabKey(event: KeyboardEvent, view: View): void {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    if (!(event.key in steps) || event.altKey) return;
    event.preventDefault();
    const at = (VIEWS.indexOf(view) + steps[event.key] + VIEWS.length) % VIEWS.length;
    this.set({ view: VIEWS[at] });
  }

  private renderControls(): void {
    this.controls.setAttribute("aria-label", this.t("graph"));
    const add = (text: string, key: string, run: () => void, style = "") => button(text, run, { title: this.t(key), "aria-label": this.t(key), class: style });
    const home = this.model.large ? [button(this.t("overview"), () => this.set({ group: OVERVIEW, selection: null, ...ALL }), { class: "home" })] : [];
    if (typeof kgLarge !== "undefined") home.push(button(this.t("everything"), () => this.set({ group: EVERYTHING, selection: null, ...ALL }), { class: "home" }));
    this.controls.replaceChildren(...home,
      add("←", "back", () => this.step(-1)), add("→", "forward", () => this.step(1)),
      add("+", "zoomIn", () => (this.every ?? this.picture).zoom(1.25), "zoom"), add("−", "zoomOut", () => (this.every ?? this.picture).zoom(0.8), "zoom"), add("⤢", "fit", () => (this.every ?? this.picture).fit(), "zoom"));
  }

  private renderBar(): void {
    const title = selectionTitle(this);
    const filtered = this.scope.facts.length < this.model.data.facts.length;
    this.bar.hidden = !title && !filtered;
    this.bar.replaceChildren();
    if (title) this.bar.append(h("span", {}, `${this.t("selection")}: `, h("b", {}, title)), button(this.t("clear"), () => this.select(null), { class: "link" }));
    if (filtered) this.bar.append(h("span", {}, this.t("shown", this.scope.facts.length, this.model.data.facts.length)));
  }

  private renderMobile(): void {
    const now = document.body.dataset.show ?? "graph";
    this.mobile.setAttribute("aria-label", this.t("views"));
    const tab = (name: string, label: string) => button(label, () => {
      document.body.dataset.show = name;
      this.renderMobile();
      this.picture.resize();
    }, { "aria-pressed": String(now === name), "data-pane": name });
    this.mobile.replaceChildren(tab("graph", this.t(this.state.view)), tab("text", this.t("textTab")), ...(this.state.selection ? [tab("detail", `${this.t("detail")} ${this.scope.chosen.length || ""}`)] : []));
  }
}

document.body.dataset.show = "graph";
const source = document.getElementById("kg-data");
const root = document.getElementById("app");
const pause = () => new Promise<void>((done) => { setTimeout(done); });

/** In steps, so that a large page never holds the browser for long. */
async function open(data: string, place: HTMLElement): Promise<void> {
  const payload = JSON.parse(data) as Payload;
  const large = payload.entities.length > 2000;
  if (large) await pause();
  const model = new Model(payload);
  if (large) await pause();
  const app = new App(place, model);
  // for tests and for people who look under the bonnet: what is drawn, and where
  Object.defineProperty(window, "kg", { value: Object.freeze({ app, labels: () => app.picture.placed, ready: () => app.picture.drawn }) });
  setTimeout(() => void model.search, 300);
}

if (source && root) void open(source.textContent ?? "{}", root);
