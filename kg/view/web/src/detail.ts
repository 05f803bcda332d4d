// What is known of the selection: its facts in words, each with rule, confidence and source sentence.
import { button, h } from "./dom.ts";
import { subtype } from "./i18n.ts";
import { selectionTitle, type Page } from "./page.ts";
import { icon } from "./shapes.ts";
import { segments, type Span } from "./text.ts";
import { FACT_KINDS, type Spot } from "./types.ts";

/** 38.63°N 103.09°E */
export function place([lat, lon]: [number, number]): string {
  return `${Math.abs(lat).toFixed(2)}°${lat < 0 ? "S" : "N"} ${Math.abs(lon).toFixed(2)}°${lon < 0 ? "W" : "E"}`;
}

const PIECE = 24; // facts at a time: more are a click away, and a selection must not wait for them

export class Detail {
  readonly element = h("section", { class: "detail", id: "detail", tabindex: "-1" });

  private key = "";

  constructor(private readonly page: Page) {}

  render(): void {
    const { page } = this;
    const { selection } = page.state;
    const focused = this.element.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    const key = JSON.stringify(selection);
    const stay = key === this.key;
    this.key = key;
    this.element.setAttribute("aria-label", page.t("detail"));
    this.element.hidden = !selection;
    if (!selection) {
      this.element.replaceChildren();
      return;
    }
    const head = h("header", {}, this.heading(), button("×", () => page.select(null), { class: "close", "aria-label": page.t("close"), title: page.t("close") }));
    const facts = page.scope.chosen;
    const body = h("div", { class: "facts" });
    if (selection.type === "path" && !facts.length) body.append(h("p", { class: "hint" }, page.t("noPath")));
    if (selection.type === "edge" && selection.id >= page.model.inferredBase) body.append(h("p", { class: "why" }, this.why(selection.id - page.model.inferredBase)));
    this.list(body, facts);
    this.element.replaceChildren(head, ...(selection.type === "node" ? [this.about(selection.id), this.tools(selection.id)] : []), body);
    if (!stay) this.element.scrollTop = 0;
    if (focused) this.element.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  private heading(): HTMLElement {
    const { page } = this;
    const { selection } = page.state;
    const inferred = selection?.type === "edge" && selection.id >= page.model.inferredBase;
    const title = h("h2", {}, selectionTitle(page));
    if (selection?.type === "node") title.prepend(icon(page.model.data.entities[selection.id].kind), " ");
    return h("div", { class: "what" }, title, h("p", { class: "count" }, inferred ? page.t("noFact") : page.t("factCount", page.scope.chosen.length)));
  }

  private about(id: number): HTMLElement {
    const { page } = this;
    const entity = page.model.data.entities[id];
    const list = h("dl", { class: "about" });
    const add = (term: string, ...values: (string | Node)[]) => list.append(h("dt", {}, term), h("dd", {}, ...values));
    const kind = subtype(page.state.lang, entity.sub);
    const level = entity.level ? ` · ${page.t(entity.level)}` : "";
    add(page.t("kind"), `${page.t(entity.kind)} · ${kind}${level}`);
    if (entity.pinyin) add(page.t("pinyin"), entity.pinyin);
    if (entity.labels?.length) add(page.t("aliases"), entity.labels.join("、"));
    if (entity.code) add(page.t("code"), entity.code);
    if (entity.codes?.length) add(page.t("codes"), entity.codes.slice(0, 8).join(", ") + (entity.codes.length > 8 ? " …" : ""));
    for (const n of page.model.inferredOf[id]) {
      const [, parent] = page.model.data.inferred[n];
      const show = button(page.t(page.state.inferred ? "drawn" : "draw"), () => page.set({ inferred: !page.state.inferred }, true), { class: "link", "aria-pressed": String(page.state.inferred), "data-key": "draw" });
      add(page.t("r:inferred"), button(page.model.label(parent), () => page.select({ type: "edge", id: page.model.inferredBase + n }), { class: "name" }), ` · ${page.t("byCode")} `, show);
    }
    if (entity.at) add(page.t("point"), place(entity.at), entity.near ? ` · ${page.t("nearPoint", page.t(`of:${entity.near}`))}` : "");
    if (entity.merges?.length) {
      const reasons = h("ul", {}, ...entity.merges.map(([text, rule, score]) => h("li", {}, `${text} → ${entity.label} (${rule}, ${score})`)));
      add(page.t("whyOne"), h("details", {}, h("summary", {}, String(entity.merges.length)), reasons));
    }
    return list;
  }

  private why(n: number): string {
    const { page } = this;
    const [child, parent, code, above] = page.model.data.inferred[n];
    return page.t("whyCode", page.model.label(child), code, page.model.label(parent), above);
  }

  private tools(id: number): HTMLElement {
    const { page } = this;
    const steps = h("span", { class: "steps", role: "group", "aria-label": page.t("steps") }, h("span", {}, page.t("steps")));
    const { centre, steps: reach, open } = page.state;
    for (const step of [0, 1, 2, 3]) {
      const label = step ? page.t("step", step) : page.t("all");
      const on = step ? centre === id && reach === step : centre < 0;
      steps.append(button(label, () => page.around(step ? id : -1, step), { "aria-pressed": String(on), "data-key": `step-${step}` }));
    }
    const widen = centre >= 0 && centre !== id;
    return h("div", { class: "tools" }, steps,
      widen && button(page.t(open.has(id) ? "collapse" : "expand"), () => page.widen(id), { "aria-pressed": String(open.has(id)), "data-key": "widen" }),
      button(page.t("hide"), () => page.hide(id)),
      button(page.t("pathFrom"), () => page.askPath(id)));
  }

  private list(body: HTMLElement, facts: number[]): void {
    const { page } = this;
    const { data } = page.model;
    const rank = new Map<string, number>(FACT_KINDS.map((name, n) => [name, n]));
    const ordered = [...facts].sort((a, b) => rank.get(data.facts[a].kind)! - rank.get(data.facts[b].kind)! || a - b);
    let kind = "";
    const counts = new Map<string, number>();
    for (const n of facts) counts.set(data.facts[n].kind, (counts.get(data.facts[n].kind) ?? 0) + 1);
    const add = (from: number) => {
      ordered.slice(from, from + PIECE).forEach((n) => {
        if (data.facts[n].kind !== kind) {
          kind = data.facts[n].kind;
          body.append(h("h3", { class: `fk f-${kind}` }, `${page.t(kind)} `, h("span", { class: "count" }, String(counts.get(kind)))));
        }
        body.append(this.fact(n));
      });
      const left = ordered.length - from - PIECE;
      if (left > 0) {
        const more = button(page.t("more", Math.min(left, PIECE)), () => { more.remove(); add(from + PIECE); }, { class: "more" });
        body.append(more);
      }
    };
    add(0);
  }

  private fact(n: number): HTMLElement {
    const { page } = this;
    const fact = page.model.data.facts[n];
    const verdict = page.review.get(n);
    const element = h("article", { class: `fact f-${fact.kind}${verdict ? ` v-${verdict.verdict}` : ""}`, "data-fact": n });
    const wrong = verdict?.verdict === "wrong";
    element.append(h("p", { class: "words" }, wrong ? h("s", {}, page.words(fact)) : page.words(fact), wrong && h("span", { class: "tag" }, page.t("wrong"))));
    if (verdict?.said !== undefined) element.append(h("p", { class: "doubt" }, page.t("changed", verdict.said)));
    element.append(this.quote(n, fact.ev));
    for (const spot of fact.more ?? []) element.append(this.quote(n, spot));
    const meta = [`${page.t("rule")} ${fact.rule}`, `${page.t("conf")} ${Math.round(fact.conf * 100)}%`];
    if (fact.rank) meta.push(fact.ranked === "text" || !fact.ranked ? fact.rank : `${fact.rank} (${page.t(fact.ranked)})`);
    element.append(h("p", { class: "meta" }, h("span", {}, meta.join(" · ")), button(page.t("toText"), () => page.showFact(n), { class: "link" }), this.verdicts(n)));
    if (fact.unsure) element.append(h("p", { class: "doubt" }, `? ${fact.unsure}`));
    return element;
  }

  private verdicts(n: number): HTMLElement {
    const { page } = this;
    const verdict = page.review.get(n);
    const group = h("span", { class: "verdict" });
    for (const value of ["right", "wrong"] as const) {
      const on = verdict?.verdict === value;
      group.append(button(page.t(value), () => {
        page.review.set(n, on ? null : value, verdict?.note ?? "");
        this.replace(n);
        page.marked(n);
      }, { "aria-pressed": String(on), class: "link" }));
    }
    if (verdict) {
      const note = h("input", { type: "text", value: verdict.note, placeholder: page.t("note"), "aria-label": page.t("note") });
      note.addEventListener("input", () => page.review.annotate(n, note.value));
      group.append(note);
    }
    return group;
  }

  private replace(n: number): void {
    const old = this.element.querySelector(`[data-fact="${n}"]`);
    const next = this.fact(n);
    old?.replaceWith(next);
    next.querySelector<HTMLElement>(".verdict button")?.focus();
  }

  /** The sentence around the evidence, the exact span marked, names of those who take part as buttons. */
  private quote(n: number, spot: Spot): HTMLElement {
    const { page } = this;
    const { model } = page;
    const fact = model.data.facts[n];
    const quote = h("blockquote", {});
    const text = model.texts[spot[0]];
    if (!text) {
      quote.append(h("mark", {}, model.quote(spot)));
      return quote;
    }
    const [from, to] = text.sentence(spot[1], spot[2]);
    const mark = h("mark", {});
    const names: Span<number>[] = (fact.roles ?? [])
      .filter((role) => role[1] >= 0 && role[2] >= spot[1] && role[3] <= spot[2] && role[3] - role[2] < spot[2] - spot[1])
      .map((role) => ({ start: role[2], end: role[3], value: role[1] }));
    for (const piece of segments(spot[1], spot[2], names)) {
      const words = text.slice(piece.start, piece.end);
      const who = piece.values[piece.values.length - 1];
      mark.append(who === undefined ? words : button(words, () => page.select({ type: "node", id: who }), { class: "name" }));
    }
    quote.append(text.slice(from, spot[1]), mark, text.slice(spot[2], to));
    return quote;
  }
}
