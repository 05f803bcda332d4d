// The network: vis-network moves and hits, we draw nodes, fields and labels, so that labels never pile up.
import { overlap, place, type Box, type Placed, type Wish } from "./labels.ts";
import type { Model, Scope } from "./model.ts";
import { ems, type Link, type Scene } from "./scenes.ts";
import { OUTLINES, trace } from "./shapes.ts";
import type { Field, Kind, Lang } from "./types.ts";

export interface Palette {
  ink: string; soft: string; paper: string; field: string; line: string; lit: string; font: string;
  kinds: Record<Kind, string>;
}

export interface Events { node(id: number): void; edge(id: number): void; nothing(): void; }

/* eslint-disable @typescript-eslint/no-explicit-any */
declare const vis: any;
const FONT = 13;
const SMALL = 12;
const CLIP = 11;

export class Picture {
  private readonly network: any;
  private readonly edges: any;
  private readonly nodes: any;
  private size: number[] = []; // these four by id
  private x: number[] = [];
  private y: number[] = [];
  private links = new Map<number, Link>();
  private scene!: Scene;
  private order: number[] = [];
  private readonly top: Set<number>;
  private readonly widths = new Map<string, number>();
  private palette!: Palette;
  private scope!: Scope;
  private lang: Lang = "zh";
  private selected = -1;
  private hovered = -1;
  private hoveredEdge = -1;
  private cursor = -1;
  placed: Placed[] = [];
  drawn = false;

  constructor(readonly host: HTMLElement, private readonly model: Model, events: Events) {
    const { data } = model;
    this.top = new Set(data.picture.top);
    this.nodes = new vis.DataSet([]);
    this.edges = new vis.DataSet([]);
    this.network = new vis.Network(host, { nodes: this.nodes, edges: this.edges }, {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false },
      nodes: { shape: "custom", chosen: false, labelHighlightBold: false },
      edges: {
        smooth: false, width: 1, hoverWidth: 0, selectionWidth: 0, chosen: false, arrowStrikethrough: false,
      },
      interaction: { hover: true, keyboard: false, tooltipDelay: 1e9, hideEdgesOnDrag: !model.large && data.edges.length > 1500, selectConnectedEdges: false },
    });
    const network = this.network;
    network.body.emitter.off("fit"); // vis would fit by itself whenever a node is added or hidden
    network.on("beforeDrawing", (ctx: CanvasRenderingContext2D) => this.drawFields(ctx));
    network.on("afterDrawing", (ctx: CanvasRenderingContext2D) => {
      this.drawLit(ctx);
      this.drawLabels(ctx);
    });
    network.on("click", (event: any) => {
      if (event.nodes.length) events.node(event.nodes[0]);
      else if (event.edges.length) events.edge(event.edges[0]);
      else events.nothing();
    });
    network.on("hoverNode", (event: any) => this.hover(event.node, -1));
    network.on("blurNode", () => this.hover(-1, -1));
    network.on("hoverEdge", (event: any) => this.hover(-1, event.edge));
    network.on("blurEdge", () => this.hover(-1, -1));
    for (const name of ["dragging", "dragEnd"]) network.on(name, (event: any) => {
      for (const id of event.nodes as number[]) {
        const at = network.getPositions([id])[id];
        [this.x[id], this.y[id]] = [at.x, at.y];
      }
    });
  }

  /** Change what is shown; the view then fits it. */
  show(scene: Scene): void {
    if (scene.key === this.scene?.key) return;
    const bare = (key = "") => key.replace(" inferred", "");
    const stay = bare(scene.key) === bare(this.scene?.key); // the same places: the reader's view stays
    this.scene = scene;
    this.placed = [];
    [this.hovered, this.hoveredEdge, this.cursor] = [-1, -1, -1];
    [this.x, this.y, this.size] = [[], [], []];
    scene.ids.forEach((id, n) => {
      [this.x[id], this.y[id]] = scene.at[n];
      this.size[id] = scene.size[n];
    });
    const weight = (id: number) => this.model.data.entities[id]?.weight ?? this.size[id];
    this.order = [...scene.ids].sort((a, b) => weight(b) - weight(a) || a - b);
    this.links = new Map(scene.links.map((link) => [link.id, link]));
    this.fresh = true;
    this.edges.clear();
    this.nodes.clear();
    this.nodes.add(scene.ids.map((id) => ({ id, x: this.x[id], y: this.y[id], ctxRenderer: this.drawNode })));
    this.edges.add(scene.links.map(({ id, from, to, dashes }) => ({ id, from, to, ...(dashes ? { dashes: [7, 5] } : {}) })));
    this.drawn = false;
    if (!stay) this.fit();
  }
  private fresh = true;

  get ground(): { fields: Field[]; bounds: number[] } { return this.scene; }
  get shown(): number[] { return this.scene.ids.filter((id) => this.visible(id)); }
  get shownLinks(): Link[] { return this.scene.links.filter((link) => this.linkVisible(link.id)); }
  private visible(id: number): boolean { return id >= this.model.groupBase || this.scope.nodes[id] === 1; }
  private linkVisible(id: number): boolean { 
    if (id < this.model.inferredBase) return id < 0 || this.scope.edges[id] === 1;
    const [from, to] = this.model.edge(id);
    return this.scope.nodes[from] === 1 && this.scope.nodes[to] === 1;
  }

  private hover(node: number, edge: number): void {
    [this.hovered, this.hoveredEdge] = [node, edge];
    this.host.style.cursor = node >= 0 || edge >= 0 ? "pointer" : "";
    this.network.redraw();
  }

  get scale(): number { return this.network.getScale(); }

  /** Show what the state lets through; ``again`` repaints all edges (after a change of theme). */
  update(scope: Scope, palette: Palette, lang: Lang, selected: number, again = false): void {
    const before: Scope | undefined = this.fresh ? undefined : this.scope;
    [this.scope, this.palette, this.lang, this.selected] = [scope, palette, lang, selected];
    this.fresh = false;
    const touchedNodes: any[] = [];
    if (before?.nodes !== scope.nodes) for (const id of this.scene.ids) {
      if (id < this.model.groupBase && (!before || before.nodes[id] !== scope.nodes[id])) touchedNodes.push({ id, hidden: !scope.nodes[id] });
    }
    const touched: any[] = [];
    const moved = before?.nodes !== scope.nodes || before?.edges !== scope.edges;
    for (const { id, width, dashes } of before && !again && !moved ? [] : this.scene.links) {
      if (!before || again || dashes || before.edges[id] !== scope.edges[id]) {
        const color = dashes ? palette.soft : palette.line;
        touched.push({ id, hidden: !this.linkVisible(id), width, color: { color, hover: palette.lit, highlight: palette.lit, inherit: false } });
      }
    }
    if (touchedNodes.length) this.nodes.update(touchedNodes);
    if (touched.length) this.edges.update(touched);
    if (again) this.widths.clear();
    this.network.redraw();
  }

  fit(): void {
    if (!this.scene) return;
    this.network.setSize("100%", "100%"); // else vis scales the view itself once it sees that the canvas has changed
    const [, , width, height] = this.scene.bounds;
    const room = { w: this.host.clientWidth, h: this.host.clientHeight };
    if (room.w > 0 && room.w < 520 && height > room.h * 1.4) {
      const wide = (room.w - 12) / width;
      this.network.moveTo({ position: { x: width / 2, y: (room.h / 2 - 6) / wide }, scale: wide, animation: false });
      return;
    }
    const full = this.scene.key.startsWith("whole");
    const below = full ? 12 : 54; // room for the line that says what is selected
    const scale = Math.min((room.w - 12) / width, (room.h - below) / height, full ? 2.5 : 1.8);
    if (scale > 0) this.network.moveTo({ position: { x: width / 2, y: height / 2 + (below - 12) / 2 / scale }, scale, animation: false });
  }

  /** Bring nodes into view; moves only if one of them stands outside. */
  reveal(ids: Iterable<number>): void {
    const view = this.window();
    const all = [...ids].filter((n) => this.x[n] !== undefined && this.visible(n));
    if (!this.host.clientWidth) return; // another view is open
    const outside = all.some((n) => this.x[n] < view.x || this.x[n] > view.x + view.w || this.y[n] < view.y || this.y[n] > view.y + view.h);
    if (!all.length || !outside) return;
    const xs = all.map((n) => this.x[n]);
    const ys = all.map((n) => this.y[n]);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(this.scale, (this.host.clientWidth * 0.8) / (x1 - x0 + 1), (this.host.clientHeight * 0.8) / (y1 - y0 + 1));
    this.network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale });
  }

  private window() {
    const at = this.network.getViewPosition();
    const [w, h] = [this.host.clientWidth / this.scale, this.host.clientHeight / this.scale];
    return { x: at.x - w / 2, y: at.y - h / 2, w, h };
  }

  zoom(factor: number): void {
    this.network.moveTo({ scale: Math.min(Math.max(this.scale * factor, 0.02), 8), animation: false });
  }

  resize(): void {
    this.network.setSize("100%", "100%");
    this.network.redraw();
  }

  /** Where a node stands on the page, in CSS pixels. */
  at(id: number): { x: number; y: number } {
    const point = this.network.canvasToDOM({ x: this.x[id], y: this.y[id] });
    const box = this.host.getBoundingClientRect();
    return { x: box.left + point.x, y: box.top + point.y };
  }

  private readonly drawNode = ({ ctx, id, x, y }: any) => {
    const r = this.radius(id);
    return {
      drawNode: () => {
        if (!this.scope) return;
        const kind = this.model.kind(id);
        const { litNodes } = this.scope;
        const dim = litNodes.size > 0 && !litNodes.has(id) && id < this.model.groupBase;
        const pixel = 1 / this.scale;
        ctx.save();
        ctx.globalAlpha = dim ? 0.28 : 1;
        trace(ctx, kind, x, y, r);
        ctx.fillStyle = this.palette.kinds[kind];
        ctx.strokeStyle = this.palette.paper;
        ctx.lineWidth = 1.5 * pixel;
        ctx.fill();
        ctx.stroke();
        if (id === this.selected || id === this.hovered || id === this.cursor) {
          ctx.globalAlpha = 1;
          trace(ctx, OUTLINES[kind] ? kind : "Person", x, y, r + 4 * pixel);
          ctx.strokeStyle = id === this.selected ? this.palette.lit : this.palette.ink;
          ctx.lineWidth = 2 * pixel;
          ctx.stroke();
        }
        ctx.restore();
      },
      nodeDimensions: { width: 2 * r + 6, height: 2 * r + 6 },
    };
  };

  private radius(id: number): number {
    const { scale } = this;
    return scale < 1 ? this.size[id] * Math.max(scale, 0.02) ** -0.55 : this.size[id] / Math.min(scale, 1.4);
  }

  /** The edges of the selection, over the others, each with its arrow; vis need not hear of them. */
  private drawLit(ctx: CanvasRenderingContext2D): void {
    if (!this.scope?.litEdges.size || !this.scene) return;
    const pixel = 1 / this.scale;
    const many = this.scope.litEdges.size > 24;
    const tip = (many ? 6 : 9) * pixel;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = this.palette.lit;
    ctx.lineWidth = (many ? 1.2 : 2) * pixel;
    for (const id of this.scope.litEdges) {
      const link = this.links.get(id);
      if (!link || !this.linkVisible(id)) continue;
      const { from, to, dashes } = link;
      const [x0, y0, x1, y1] = [this.x[from], this.y[from], this.x[to], this.y[to]];
      const long = Math.hypot(x1 - x0, y1 - y0) || 1;
      const [dx, dy] = [(x1 - x0) / long, (y1 - y0) / long];
      const [first, last] = [this.radius(from), Math.max(long - this.radius(to) - pixel, 0)];
      const neck = last - tip;
      ctx.setLineDash(dashes ? [7 * pixel, 5 * pixel] : []);
      ctx.beginPath();
      ctx.moveTo(x0 + dx * first, y0 + dy * first);
      ctx.lineTo(x0 + dx * neck, y0 + dy * neck);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(x0 + dx * last, y0 + dy * last);
      ctx.lineTo(x0 + dx * neck - dy * tip * 0.42, y0 + dy * neck + dx * tip * 0.42);
      ctx.lineTo(x0 + dx * neck + dy * tip * 0.42, y0 + dy * neck - dx * tip * 0.42);
      ctx.fill();
    }
    ctx.restore();
  }

  private drawFields(ctx: CanvasRenderingContext2D): void {
    if (!this.scene || !this.palette) return;
    const { fields } = this.ground;
    const pixel = 1 / this.scale;
    ctx.save();
    for (const field of fields) {
      rounded(ctx, field.x, field.y, field.w, field.h, 10 * pixel);
      ctx.fillStyle = this.palette.field;
      ctx.fill();
      ctx.font = `600 ${12 * pixel}px ${this.palette.font}`;
      ctx.fillStyle = this.palette.soft;
      ctx.textBaseline = "top";
      ctx.textAlign = "left";
      ctx.fillText(`${this.groupName(field.id)} ${field.n}`, field.x + 10 * pixel, field.y + 7 * pixel, field.w - 20 * pixel);
    }
    ctx.restore();
  }

  private text(id: number): string {
    const label = this.model.label(id);
    if (id >= this.model.groupBase) return `${clip(label)} ${this.model.data.picture.overview!.groups[id - this.model.groupBase].n}`;
    return id === this.selected || id === this.hovered || id === this.cursor || this.scope.litNodes.has(id) ? label : clip(label);
  }

  private width(text: string, ctx: CanvasRenderingContext2D): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      ctx.font = `${FONT}px ${this.palette.font}`; // widths are kept for this size and scaled
      width = ctx.measureText(text).width;
      this.widths.set(text, width);
    }
    return width;
  }

  private drawLabels(ctx: CanvasRenderingContext2D): void {
    if (!this.scope || !this.scene) return;
    ctx.save();
    const scale = this.scale;
    const view = this.window();
    const dpr = window.devicePixelRatio || 1;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    const zoom = Math.min(Math.max(scale, 1), 1.25);
    const bounds = { x: 0, y: 0, w: this.host.clientWidth, h: this.host.clientHeight };
    const wishes: Wish[] = [];
    const { litNodes } = this.scope;
    for (const id of this.order) {
      if (!this.visible(id)) continue;
      const x = (this.x[id] - view.x) * scale;
      const y = (this.y[id] - view.y) * scale;
      if (x < -20 || y < -20 || x > bounds.w + 20 || y > bounds.h + 20) continue;
      const text = this.text(id);
      const must = id === this.selected || id === this.hovered || id === this.cursor;
      const font = (must || litNodes.has(id) || this.top.has(id) ? FONT : SMALL) * zoom;
      wishes.push({ id, x, y, r: this.radius(id) * scale, text, must, font, width: this.width(text, ctx) * (font / FONT) + 4, height: font + 3 });
    }
    const rank = (wish: Wish) => (wish.must ? 0 : litNodes.has(wish.id) ? 1 : 2);
    const ordered = litNodes.size || this.hovered >= 0 || this.cursor >= 0
      ? [0, 1, 2].flatMap((level) => wishes.filter((wish) => rank(wish) === level)) : wishes;
    this.placed = place(ordered, wishes, bounds, this.titles(ctx, view));
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    ctx.lineJoin = "round";
    for (const label of this.placed) {
      const lit = litNodes.size === 0 || litNodes.has(label.id) || label.id === this.hovered || label.id === this.cursor;
      ctx.globalAlpha = lit ? 1 : 0.35;
      ctx.font = `${label.font}px ${this.palette.font}`;
      const [x, y] = [label.x + label.w / 2, label.y + label.h / 2];
      ctx.strokeStyle = this.palette.paper;
      ctx.lineWidth = 3.5;
      ctx.strokeText(label.text, x, y);
      ctx.fillStyle = this.palette.ink;
      ctx.fillText(label.text, x, y);
    }
    this.drawEdgeLabels(ctx, view, scale);
    ctx.restore();
    if (!this.drawn) performance.mark("kg-first-picture");
    this.drawn = true;
  }

  /** Where the names of the fields stand: labels keep off them. */
  private titles(ctx: CanvasRenderingContext2D, view: { x: number; y: number }): Box[] {
    ctx.font = `600 12px ${this.palette.font}`;
    return this.ground.fields.map((field) => ({
      x: (field.x - view.x) * this.scale + 8, y: (field.y - view.y) * this.scale + 5,
      w: Math.min(ctx.measureText(`${this.groupName(field.id)} ${field.n}`).width + 6, field.w * this.scale), h: 16,
    }));
  }

  private drawEdgeLabels(ctx: CanvasRenderingContext2D, view: { x: number; y: number }, scale: number): void {
    const { litEdges } = this.scope;
    const wanted = [...(this.hoveredEdge >= 0 ? [this.hoveredEdge] : []), ...(litEdges.size <= 24 ? litEdges : [])];
    const boxes: Box[] = [...this.placed, ...this.titles(ctx, view)];
    for (const id of this.scope.litNodes) {
      if (this.x[id] === undefined) continue;
      const r = this.radius(id) * scale + 2;
      boxes.push({ x: (this.x[id] - view.x) * scale - r, y: (this.y[id] - view.y) * scale - r, w: 2 * r, h: 2 * r });
    }
    ctx.font = `12px ${this.palette.font}`;
    for (const id of wanted) {
      const link = this.links.get(id);
      if (!link || id < 0) continue;
      const { from, to } = link;
      const text = this.relation(this.model.edge(id)[2]);
      const w = ctx.measureText(text).width + 8;
      const spots = [0.5, 0.4, 0.6, 0.3, 0.7].map((part) => {
        const x = (this.x[from] + (this.x[to] - this.x[from]) * part - view.x) * scale;
        const y = (this.y[from] + (this.y[to] - this.y[from]) * part - view.y) * scale;
        return { x: x - w / 2, y: y - 8, w, h: 16 };
      });
      const box = spots.find((spot) => !boxes.some((other) => overlap(spot, other))) ?? (id === this.hoveredEdge ? spots[0] : null);
      if (!box) continue;
      boxes.push(box);
      ctx.globalAlpha = 1;
      rounded(ctx, box.x, box.y, w, 16, 4);
      ctx.fillStyle = this.palette.paper;
      ctx.fill();
      ctx.fillStyle = this.palette.lit;
      ctx.fillText(text, box.x + w / 2, box.y + 8.5);
    }
  }

  relation: (name: string) => string = (name) => name;

  /** Arrow keys: the nearest shown node in that direction. */
  move(dx: number, dy: number): number {
    const from = this.cursor >= 0 ? this.cursor : this.x[this.selected] !== undefined ? this.selected : -1;
    if (from < 0) {
      this.cursor = this.order.find((n) => this.visible(n)) ?? -1;
    } else {
      let best = Infinity;
      let next = from;
      for (const n of this.scene.ids) {
        if (n === from || !this.visible(n)) continue;
        const [a, b] = [this.x[n] - this.x[from], this.y[n] - this.y[from]];
        const ahead = a * dx + b * dy;
        const aside = Math.abs(a * dy) + Math.abs(b * dx);
        if (ahead <= 0 || aside > ahead * 2) continue;
        const cost = ahead + 2 * aside;
        if (cost < best) [best, next] = [cost, n];
      }
      this.cursor = next;
    }
    if (this.cursor >= 0) this.reveal([this.cursor]);
    this.network.redraw();
    return this.cursor;
  }

  get current(): number { return this.cursor; }
  leave(): void { this.cursor = -1; this.network.redraw(); }

  readonly drawsVectors = true;
  get colours(): Palette { return this.palette; }
  groupName(id: string): string {
    if (id === "overview" || id === "selected") return this.named(id);
    return this.model.data.picture.names[id]?.[this.lang] ?? id;
  }
  named: (key: string) => string = (key) => key;

  /** Labels of everything shown, in the coordinates of the layout at scale 1. */
  everyLabel(): Placed[] {
    const ctx = this.canvas().getContext("2d")!;
    const wishes = this.order.filter((id) => this.visible(id)).map((id): Wish => {
      const text = this.text(id);
      const font = this.top.has(id) || this.scope.litNodes.has(id) ? FONT : SMALL;
      return { id, x: this.x[id], y: this.y[id], r: this.size[id], text, must: false, font, width: this.width(text, ctx) * (font / FONT) + 4, height: font + 3 };
    });
    const [x, y, w, h] = this.ground.bounds;
    return place(wishes, wishes, { x: x - 8, y: y - 8, w: w + 16, h: h + 16 });
  }

  canvas(): HTMLCanvasElement { return this.host.querySelector("canvas") as HTMLCanvasElement; }
  position(id: number): [number, number] { return [this.x[id], this.y[id]]; }
  nodeSize(id: number): number { return this.size[id]; }
}

/** Long names keep their beginning and their end, which tells what they are: '湖北城市…三分公司党支部'. */
export function clip(label: string): string {
  if (ems(label) <= CLIP + 1) return label;
  const chars = Array.from(label);
  const take = (from: string[], room: number) => {
    let used = 0;
    let n = 0;
    while (n < from.length && used + ems(from[n]) <= room) used += ems(from[n++]);
    return from.slice(0, n);
  };
  const head = take(chars, 4);
  const tail = take([...chars].reverse(), CLIP - 4 - 1).reverse();
  return `${head.join("")}…${tail.join("")}`;
}

function rounded(ctx: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, r: number): void {
  ctx.beginPath();
  ctx.moveTo(x + r, y);
  ctx.arcTo(x + w, y, x + w, y + h, r);
  ctx.arcTo(x + w, y + h, x, y + h, r);
  ctx.arcTo(x, y + h, x, y, r);
  ctx.arcTo(x, y, x + w, y, r);
  ctx.closePath();
}
