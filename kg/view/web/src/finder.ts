// The search box: a combobox that is driven by the keyboard as well as by the mouse.
import { h } from "./dom.ts";
import { subtype } from "./i18n.ts";
import type { Page } from "./page.ts";
import type { Hit } from "./search.ts";
import { icon } from "./shapes.ts";

export class Finder {
  readonly input = h("input", {
    type: "search", id: "search", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": "hits", "aria-autocomplete": "list",
  });
  readonly list = h("div", { id: "hits", role: "listbox", hidden: true });
  readonly element = h("div", { class: "finder", role: "search" }, this.input, this.list);
  private hits: Hit[] = [];
  private at = -1;

  constructor(private readonly page: Page) {
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("focus", () => this.input.value && this.find());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.close();
    });
    document.addEventListener("keydown", (event) => {
      const target = event.target as HTMLElement;
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
        event.preventDefault();
        this.input.focus();
        this.input.select();
      }
    });
  }

  render(): void {
    this.input.placeholder = this.page.t("search");
    this.input.setAttribute("aria-label", this.page.t("searchLabel"));
    this.list.setAttribute("aria-label", this.page.t("searchLabel"));
  }

  private find(): void {
    const { page } = this;
    this.hits = page.model.search.find(this.input.value);
    this.at = this.hits.length ? 0 : -1;
    const { data } = page.model;
    const items = this.hits.map((hit, n) => {
      const item = h("div", { role: "option", id: `hit-${n}`, "aria-selected": String(n === this.at), class: "hit" });
      if (hit.type === "node") {
        const entity = data.entities[hit.index];
        item.append(icon(entity.kind), h("span", { class: "name" }, entity.label), h("span", { class: "sub" }, subtype(page.state.lang, entity.sub)));
      } else {
        const fact = data.facts[hit.index];
        item.append(h("span", { class: `dot f-${fact.kind}` }), h("span", { class: "name" }, page.words(fact)), h("span", { class: "sub" }, page.t("factWord")));
      }
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        this.choose(n);
      });
      return item;
    });
    if (!items.length && this.input.value.trim()) items.push(h("div", { class: "hit none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, page.t("nothing")));
    this.list.replaceChildren(...items);
    this.list.hidden = !items.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.point();
    page.say(this.hits.length ? page.t("results", this.hits.length) : page.t("nothing"));
  }

  private point(): void {
    this.list.querySelectorAll(".hit").forEach((item, n) => item.setAttribute("aria-selected", String(n === this.at)));
    const current = this.at >= 0 ? this.list.querySelector(`#hit-${this.at}`) : null;
    if (current) {
      this.input.setAttribute("aria-activedescendant", current.id);
      current.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return; // an input method is still at work
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.find();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (this.hits.length) this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.point();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.at >= 0 && !this.list.hidden) this.choose(this.at);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (this.list.hidden) this.input.blur();
      this.close();
    }
  }

  private choose(n: number): void {
    const hit = this.hits[n];
    this.close();
    this.page.select(hit.type === "node" ? { type: "node", id: hit.index } : { type: "facts", ids: [hit.index] });
    this.page.toDetail();
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
