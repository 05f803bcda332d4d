// Places on a plain grid of latitude and longitude: no tiles, no boundaries, nothing from the network.
import { button, h, s } from "./dom.ts";
import { place, type Wish } from "./labels.ts";
import { ems } from "./scenes.ts";

export interface Dot { id: number; at: [lat: number, lon: number]; near: boolean; weight: number; label: string; about: string }
export interface Tie { from: number; to: number; dashes: boolean }
export interface Frame { lat: number; lon: number; scale: number } // the middle; pixels per degree of latitude
export interface MapEvents { select(id: number): void; t(key: string, ...args: (string | number)[]): string }

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45];
const [APART, MARGIN, FONT, NEAR, LONG] = [90, 52, 12.5, 15, 12];
const [LEAST, MOST] = [4, 12_000]; // of scale
const KM = 111.2; // a degree of latitude

const squeeze = (lat: number) => Math.max(Math.cos((lat * Math.PI) / 180), 0.05);

/** The frame that holds all points with a margin. */
export function frame(points: [number, number][], width: number, height: number): Frame {
  const [lats, lons] = [points.map((point) => point[0]), points.map((point) => point[1])];
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  const lat = (south + north) / 2;
  const across = Math.max((east - west) * squeeze(lat), 0.2);
  const room = (pixels: number) => Math.max(pixels - 2 * MARGIN, 40);
  const scale = Math.min(room(width) / across, room(height) / Math.max(north - south, 0.2));
  return { lat, lon: (west + east) / 2, scale: Math.min(Math.max(scale, LEAST), MOST) };
}

export function project(view: Frame, width: number, height: number, [lat, lon]: [number, number]): [number, number] {
  return [width / 2 + (lon - view.lon) * squeeze(view.lat) * view.scale, height / 2 - (lat - view.lat) * view.scale];
}

/** Round degrees between two, far enough apart. */
export function degrees(low: number, high: number, pixels: number): number[] {
  const step = STEPS.find((one) => one * pixels >= APART) ?? 90;
  const found: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) found.push(+(n * step).toFixed(2));
  return found;
}

/** Dots that would lie on each other, together: the heaviest of each first. */
export function gather(points: [number, number][], weight: number[], near = NEAR): number[][] {
  const cells = new Map<string, number[]>();
  const groups: number[][] = [];
  const order = points.map((_, n) => n).sort((a, b) => weight[b] - weight[a] || a - b);
  for (const n of order) {
    const [x, y] = points[n];
    const [i, j] = [Math.floor(x / near), Math.floor(y / near)];
    let home: number[] | undefined;
    for (let a = i - 1; a <= i + 1 && !home; a++) {
      for (let b = j - 1; b <= j + 1 && !home; b++) {
        home = cells.get(`${a},${b}`)?.map((group) => groups[group]).find(([first]) => Math.hypot(points[first][0] - x, points[first][1] - y) < near);
      }
    }
    if (home) home.push(n);
    else {
      groups.push([n]);
      const key = `${i},${j}`;
      const list = cells.get(key);
      if (list) list.push(groups.length - 1);
      else cells.set(key, [groups.length - 1]);
    }
  }
  return groups;
}

function short(label: string): string {
  if (ems(label) <= LONG) return label;
  const chars = Array.from(label);
  return `${chars.slice(0, 4).join("")}…${chars.slice(-6).join("")}`;
}

export class PlaceMap {
  readonly element = h("div", { class: "map" });
  readonly here = h("div", { class: "map-here", role: "status" });
  private readonly svg = s("svg", { role: "group" });
  private readonly tools = h("div", { class: "map-tools", role: "group" });
  private dots: Dot[] = [];
  private ties: Tie[] = [];
  private view: Frame | null = null;
  private key = "";
  private chosen = -1;
  private groups: number[][] = [];
  private spots: SVGElement[] = [];
  private focus = 0;
  private moved = false;

  constructor(private readonly events: MapEvents) {
    this.element.append(this.svg, this.tools);
    this.svg.addEventListener("keydown", (event) => this.pressed(event as KeyboardEvent));
    this.svg.addEventListener("wheel", (event) => {
      const { ctrlKey, deltaY, offsetX, offsetY } = event as WheelEvent;
      if (!ctrlKey) return; // the page scrolls
      event.preventDefault();
      this.zoom(deltaY < 0 ? 1.25 : 0.8, [offsetX, offsetY]);
    }, { passive: false });
    this.svg.addEventListener("pointerdown", (event) => this.drag(event as PointerEvent));
    if (typeof ResizeObserver !== "undefined") new ResizeObserver(() => this.resized()).observe(this.element);
  }

  show(dots: Dot[], ties: Tie[], chosen: number): void {
    [this.dots, this.ties, this.chosen] = [dots, ties, chosen];
    const { t } = this.events;
    this.svg.setAttribute("aria-label", t("mapHelp", dots.length));
    this.tools.setAttribute("aria-label", t("map"));
    const tool = (text: string, key: string, run: () => void) => button(text, run, { title: t(key), "aria-label": t(key) });
    this.tools.replaceChildren(tool("+", "zoomIn", () => this.zoom(1.5)), tool("−", "zoomOut", () => this.zoom(1 / 1.5)), tool("⤢", "fitMap", () => this.fit()));
    const key = dots.map((dot) => dot.id).join();
    if (key !== this.key) {
      this.view = null;
      this.here.replaceChildren();
    }
    this.key = key;
    this.draw();
  }

  /** Ring the dot of a place. */
  choose(id: number): void {
    if (id === this.chosen) return;
    this.chosen = id;
    this.groups.forEach((group, n) => this.spots[n].classList.toggle("on", group.some((dot) => this.dots[dot].id === id)));
  }

  fit(): void {
    this.view = null;
    this.draw();
  }

  zoom(factor: number, about?: [number, number]): void {
    if (!this.view) return;
    const [w, hh] = this.room;
    const { view } = this;
    const scale = Math.min(Math.max(view.scale * factor, LEAST), MOST);
    const [x, y] = about ?? [w / 2, hh / 2];
    const shift = 1 / view.scale - 1 / scale;
    this.view = { lat: view.lat - (y - hh / 2) * shift, lon: view.lon + ((x - w / 2) * shift) / squeeze(view.lat), scale };
    this.draw();
  }

  private get room(): [number, number] { return [this.element.clientWidth || 640, this.element.clientHeight || 400]; }

  private size = "";
  private resized(): void {
    const size = this.room.join();
    if (size === this.size || !this.dots.length) return;
    this.view = null;
    this.draw();
  }

  private draw(): void {
    const [w, hh] = this.room;
    this.size = `${w},${hh}`;
    const view = (this.view ??= frame(this.dots.map((dot) => dot.at), w, hh));
    const held = this.svg.contains(document.activeElement);
    const at = this.dots.map((dot) => project(view, w, hh, dot.at));
    this.groups = gather(at, this.dots.map((dot) => dot.weight)).filter(([first]) => at[first][0] > -20 && at[first][0] < w + 20 && at[first][1] > -20 && at[first][1] < hh + 20);
    this.focus = Math.min(this.focus, Math.max(this.groups.length - 1, 0));
    const radius = (group: number[]) => Math.min(5 + Math.sqrt(group.reduce((sum, n) => sum + this.dots[n].weight, 0)) * 1.3, 15);
    const place = new Map(this.dots.map((dot, n) => [dot.id, n]));
    const lines = this.ties.map(({ from, to, dashes }) => {
      const [a, b] = [at[place.get(from)!], at[place.get(to)!]];
      return s("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], class: dashes ? "tie dashes" : "tie" });
    });
    this.spots = this.groups.map((group, n) => this.spot(group, at[group[0]], Math.max(radius(group), group.length > 1 ? 9 : 0), n));
    this.svg.setAttribute("viewBox", `0 0 ${w} ${hh}`);
    this.svg.replaceChildren(...this.grid(view, w, hh), ...lines, ...this.spots, ...this.labels(at, radius, w, hh), ...this.ruler(view, hh));
    if (held) (this.spots[this.focus] as SVGElement | undefined)?.focus();
  }

  private grid(view: Frame, w: number, hh: number): SVGElement[] {
    const [up, aside] = [hh / 2 / view.scale, w / 2 / view.scale / squeeze(view.lat)];
    const found: SVGElement[] = [];
    for (const lon of degrees(view.lon - aside, view.lon + aside, view.scale * squeeze(view.lat))) {
      const [x] = project(view, w, hh, [view.lat, lon]);
      found.push(s("line", { x1: x, y1: 0, x2: x, y2: hh, class: "grid" }));
      if (x > 30 && x < w - 120) found.push(s("text", { x, y: 14, class: "grid-label", "text-anchor": "middle" }, `${Math.abs(lon)}°${lon < 0 ? "W" : "E"}`));
    }
    for (const lat of degrees(view.lat - up, view.lat + up, view.scale)) {
      const [, y] = project(view, w, hh, [lat, view.lon]);
      found.push(s("line", { x1: 0, y1: y, x2: w, y2: y, class: "grid" }));
      if (y > 24 && y < hh - 44) found.push(s("text", { x: 5, y: y - 4, class: "grid-label" }, `${Math.abs(lat)}°${lat < 0 ? "S" : "N"}`));
    }
    return found;
  }

  private ruler(view: Frame, hh: number): SVGElement[] {
    const km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter((one) => (one / KM) * view.scale < 120).pop() ?? 1;
    const long = (km / KM) * view.scale;
    return [s("path", { d: `M10 ${hh - 16}v6h${long}v-6`, class: "scale" }), s("text", { x: 16, y: hh - 16, class: "scale-label" }, `${km} km`)];
  }

  private title(group: number[]): string {
    const first = this.dots[group[0]];
    return group.length > 1 ? this.events.t("andMore", first.label, group.length, group.length - 1) : first.label;
  }

  private spot(group: number[], [x, y]: [number, number], r: number, n: number): SVGElement {
    const near = group.every((dot) => this.dots[dot].near);
    const quiet = group.every((dot) => this.dots[dot].weight === 0);
    const on = group.some((dot) => this.dots[dot].id === this.chosen);
    const about = group.length > 1 ? group.slice(0, 6).map((dot) => this.dots[dot].label).join("、") : this.dots[group[0]].about;
    const one = s("g", {
      class: `spot${near ? " near" : ""}${quiet ? " quiet" : ""}${on ? " on" : ""}`, role: "button", tabindex: n === this.focus ? "0" : "-1",
      "aria-label": `${this.title(group)}, ${about}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
    }, s("circle", { r: Math.max(r, 12), class: "hit" }), s("circle", { r: r + 3.5, class: "ring" }), s("circle", { r, class: "disc" }));
    if (group.length > 1) one.append(s("text", { y: 4, class: "number" }, String(group.length)));
    one.append(s("title", {}, `${this.title(group)}\n${about}`));
    one.addEventListener("click", () => { if (!this.moved) this.open(n); });
    one.addEventListener("focus", () => this.point(n));
    return one;
  }

  private labels(at: [number, number][], radius: (group: number[]) => number, w: number, hh: number): SVGElement[] {
    const wishes = this.groups.map((group, id): Wish => {
      const text = group.length > 1 ? this.events.t("andMore", short(this.dots[group[0]].label), group.length, group.length - 1) : short(this.dots[group[0]].label);
      return { id, x: at[group[0]][0], y: at[group[0]][1], r: Math.max(radius(group), group.length > 1 ? 9 : 0) + 2, text, font: FONT, width: ems(text) * FONT + 4, height: 16, must: false };
    });
    return place(wishes, wishes, { x: 2, y: 18, w: w - 4, h: hh - 44 }).map((label) =>
      s("text", { x: label.x + 2, y: label.y + 12.5, class: "spot-label" }, label.text));
  }

  /** A dot is selected; several are first drawn apart, or named where they share one point. */
  private open(n: number): void {
    const group = this.groups[n].map((dot) => this.dots[dot]);
    this.focus = n;
    if (group.length === 1) {
      this.here.replaceChildren();
      this.events.select(group[0].id);
      return;
    }
    const apart = group.some((dot) => Math.hypot(dot.at[0] - group[0].at[0], dot.at[1] - group[0].at[1]) > 0.004);
    if (apart) {
      const [w, hh] = this.room;
      const closer = frame(group.map((dot) => dot.at), w, hh);
      this.view = { ...closer, scale: Math.max(closer.scale, Math.min(this.view!.scale * 2, MOST)) };
      this.draw();
      return;
    }
    const names = group.slice(0, 60).map((dot) => button(dot.label, () => this.events.select(dot.id), { class: "link" }));
    this.here.replaceChildren(h("span", { class: "sub" }, `${this.events.t("here")}:`), ...names);
    names[0].focus();
  }

  private point(n: number): void {
    this.spots[this.focus]?.setAttribute("tabindex", "-1");
    this.focus = n;
    this.spots[n]?.setAttribute("tabindex", "0");
  }

  private pressed(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const { key } = event;
    if (key in steps) {
      const n = Math.min(Math.max(this.focus + steps[key], 0), this.spots.length - 1);
      this.point(n);
      (this.spots[n] as SVGElement | undefined)?.focus();
    } else if (key === "Enter" || key === " ") this.open(this.focus);
    else if (key === "+" || key === "=") this.zoom(1.5);
    else if (key === "-") this.zoom(1 / 1.5);
    else if (key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  private drag(event: PointerEvent): void {
    this.moved = false;
    if (event.button || event.pointerType === "touch" || !this.view) return; // a finger scrolls the page; the buttons zoom
    const from = this.view;
    const move = (now: PointerEvent) => {
      const [dx, dy] = [now.clientX - event.clientX, now.clientY - event.clientY];
      if (!this.moved && Math.hypot(dx, dy) < 5) return;
      this.moved = true;
      this.svg.classList.add("dragging");
      this.view = { ...from, lat: from.lat + dy / from.scale, lon: from.lon - dx / from.scale / squeeze(from.lat) };
      this.draw();
    };
    const end = () => {
      this.svg.classList.remove("dragging");
      removeEventListener("pointermove", move);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end, { once: true });
    addEventListener("pointercancel", end, { once: true });
  }
}
