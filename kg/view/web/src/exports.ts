// What people take away.
import { button, download, h } from "./dom.ts";
import type { Page } from "./page.ts";
import { selectionTitle } from "./page.ts";
import type { Palette, Picture } from "./picture.ts";
import { prose } from "./prose.ts";
import { svg } from "./svg.ts";
import { turtle } from "./turtle.ts";
import { copy, type Views } from "./views.ts";

const PRINTED = 400;

export class Exports {
  private readonly menu = h("div", { class: "menu", id: "export-menu", hidden: true });
  private readonly opener = h("button", { type: "button", class: "plain", "aria-expanded": "false", "aria-controls": "export-menu", "data-key": "menu" });
  private readonly file = h("input", { type: "file", accept: ".jsonl,.json,.txt", class: "offscreen", tabindex: "-1" });

  constructor(private readonly page: Page, private readonly parts: { picture(): Picture; views(): Views; changed(): void; light(): Palette }) {
    this.opener.addEventListener("click", () => this.toggle(this.menu.hidden));
    this.menu.addEventListener("focusout", (event) => {
      const next = event.relatedTarget as Node | null;
      if (next && !this.menu.contains(next) && next !== this.opener) this.toggle(false, false);
    });
    document.addEventListener("pointerdown", (event) => {
      const target = event.target as Node;
      if (!this.menu.hidden && !this.menu.contains(target) && !this.opener.contains(target)) this.toggle(false, false);
    });
    this.file.addEventListener("change", () => void this.load());
  }

  private toggle(open: boolean, focus = true): void {
    this.menu.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open && focus) this.menu.querySelector<HTMLElement>("button")?.focus();
  }

  /** True if there was something to close. */
  close(): boolean {
    if (this.menu.hidden) return false;
    this.toggle(false);
    this.opener.focus();
    return true;
  }

  private async load(): Promise<void> {
    const chosen = this.file.files?.[0];
    if (!chosen) return;
    const { found, lost } = this.page.review.load(await chosen.text());
    this.file.value = "";
    this.parts.changed();
    this.page.notice(`${this.page.t("marksRead", found)}${lost ? this.page.t("marksLost", lost) : ""}`);
  }

  private name(suffix: string): string {
    const title = selectionTitle(this.page) || this.page.model.data.documents[0]?.title || "graph";
    return `${title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40).replace(/^-|-$/g, "") || "graph"}.${suffix}`;
  }

  private png(): void {
    this.parts.picture().canvas().toBlob((blob) => blob && download(this.name("png"), blob, "image/png"));
  }

  private svg(): void {
    const { page } = this;
    download(this.name("svg"), new XMLSerializer().serializeToString(svg(page.model, page.scope, this.parts.picture(), this.parts.picture().colours)), "image/svg+xml");
  }

  /** What goes on paper: the picture, what is selected, its facts with their sentences. */
  sheet(): Node[] {
    const { page } = this;
    const picture = this.parts.picture();
    const drawn = picture.drawsVectors ? svg(page.model, page.scope, picture, this.parts.light()) : null;
    if (drawn) {
      drawn.removeAttribute("width");
      drawn.removeAttribute("height");
    }
    const facts = page.scope.chosen.slice(0, PRINTED);
    const head = ["fact", "year", "sentence"].map((key) => h("th", { scope: "col" }, page.t(key)));
    const rows = facts.map((n) => {
      const fact = page.model.data.facts[n];
      return h("tr", {}, h("td", {}, page.model.wrong(n) ? h("s", {}, page.words(fact)) : page.words(fact)), h("td", {}, fact.year ?? ""), h("td", {}, page.model.quote(fact.ev)));
    });
    const title = selectionTitle(page);
    const count = page.t("factCount", page.scope.chosen.length);
    return [...(drawn ? [drawn] : []), h("h2", {}, title || page.t("table")), h("table", {}, h("caption", {}, count), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows))];
  }

  render(): HTMLElement {
    const { page } = this;
    const { model } = page;
    this.opener.textContent = page.t("menu");
    this.file.setAttribute("aria-label", page.t("loadMarks"));
    const add = (key: string, run: () => void) => button(page.t(key), () => {
      this.toggle(false, false);
      this.opener.focus();
      run();
    });
    const items = [
      add("prose", () => void copy(page, prose(model, page.scope.chosen, selectionTitle(page), page.state.lang))),
      add("link", () => void copy(page, location.href)),
      add("csv", () => this.parts.views().csv()),
      add("ttl", () => download(this.name("ttl"), turtle(model, page.scope.chosen), "text/turtle")),
      ...(this.parts.picture().drawsVectors ? [add("png", () => this.png()), add("svg", () => this.svg())] : [add("png", () => this.png())]),
      add("saveMarks", () => download("review.jsonl", page.review.save(), "application/jsonl")),
      add("loadMarks", () => this.file.click()),
      add("print", () => print()),
    ];
    this.menu.replaceChildren(...items);
    return h("div", { class: "exports" }, this.opener, this.menu, this.file);
  }
}
