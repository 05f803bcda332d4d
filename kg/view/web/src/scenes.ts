// What the picture shows at one time: everything, the groups of a large graph, or a part of it.
import type { Model } from "./model.ts";
import type { Field } from "./types.ts";

export interface Link { id: number; from: number; to: number; width: number; dashes?: boolean }
export interface Scene {
  key: string;
  ids: number[]; // entities; from ``model.groupBase`` on, groups
  at: [number, number][];
  size: number[];
  fields: Field[];
  bounds: [number, number, number, number];
  links: Link[]; // negative ids: between groups
}

export const SHOWN = 300;
const [ROW, TITLE, PAD, GAP, FONT, CLIP] = [44, 26, 12, 10, 13, 11];
const ORDER = ["selected", "publisher", "places", "units", "people", "honours", "activities", "organizations", "media", "works", "groups"];

export function ems(text: string): number {
  let sum = 0;
  for (const char of text) sum += char.charCodeAt(0) >= 0x2e80 ? 1 : 0.58;
  return sum;
}

export function nodeSize(weight: number): number {
  return weight >= 1000 ? 15 : Math.min(5.5 + 1.5 * Math.sqrt(weight), 11);
}

interface Cell { id: number; width: number }

/** Rows of cells in a field of a given width; returns the field's height and the places. */
function rows(cells: Cell[], width: number, top: number, pitch: number): { height: number; at: Map<number, [number, number]> } {
  const lines: Cell[][] = [[]];
  let used = 0;
  for (const cell of cells) {
    if (used + cell.width > width - 2 * PAD && lines[lines.length - 1].length) {
      lines.push([]);
      used = 0;
    }
    lines[lines.length - 1].push(cell);
    used += cell.width;
  }
  const at = new Map<number, [number, number]>();
  lines.forEach((line, row) => {
    const spare = (width - 2 * PAD - line.reduce((sum, cell) => sum + cell.width, 0)) / line.length;
    const even = lines.length > 1 && row === lines.length - 1 ? Math.min(spare, 12) : spare;
    let x = PAD;
    for (const cell of line) {
      at.set(cell.id, [x + (cell.width + even) / 2, top + TITLE + row * pitch + pitch * 0.36]);
      x += cell.width + even;
    }
  });
  return { height: TITLE + lines.length * pitch + PAD / 2, at };
}

type Group = [id: string, cells: Cell[], count: number];

type Ground = Pick<Scene, "ids" | "at" | "fields" | "bounds">;
const natural = (cells: Cell[]) => Math.max(110, cells.reduce((sum, cell) => sum + cell.width, 2 * PAD));

/** Fields in shelves, small ones side by side; of several widths the one that lets the whole be drawn largest. */
function stacked(groups: Group[], aspect: number, pitch = ROW): Ground {
  const area = groups.reduce((sum, [, cells]) => sum + (natural(cells) + GAP) * (pitch + TITLE / (1 + cells.length / 10)), 0);
  const widest = Math.max(240, ...groups.flatMap(([, cells]) => cells.map((cell) => cell.width + 2 * PAD)));
  const first = Math.max(widest, Math.sqrt(area * aspect) * 1.05);
  const tried = [1, 1.3, 1.7, 2.2, 2.8].map((factor) => shelved(groups, first * factor, pitch));
  const scale = ({ bounds }: Ground) => Math.min(aspect / bounds[2], 1 / bounds[3]);
  return tried.reduce((best, one) => (scale(one) > scale(best) * 1.04 ? one : best), tried[0]);
}

/** Fields in shelves of a width; the selected node has a shelf of its own. */
function shelved(groups: Group[], width: number, pitch: number): Ground {
  const shelves: Group[][] = [];
  let used = Infinity;
  for (const group of groups) {
    const own = Math.min(natural(group[1]), width);
    const alone = group[0] === "selected";
    if (alone || used + GAP + own > width) {
      shelves.push([]);
      used = -GAP;
    }
    shelves[shelves.length - 1].push(group);
    used = alone ? Infinity : used + GAP + own;
  }
  const [ids, at, fields]: [number[], [number, number][], Field[]] = [[], [], []];
  let top = 0;
  let side = 1;
  for (const shelf of shelves) {
    const sizes = shelf.map(([, cells]) => Math.min(natural(cells), width));
    const spare = (width - sizes.reduce((sum, size) => sum + size, GAP * (shelf.length - 1))) / shelf.length;
    const done = shelf.map(([, cells], n) => rows(cells, sizes[n] + spare, top, pitch));
    const height = Math.max(...done.map((one) => one.height));
    let left = 0;
    const lone = shelf.length === 1 && shelf[0][1].length === 1 && shelf[0][0] !== "selected";
    if (lone) side = -side;
    const sway = lone ? side * width * 0.2 : 0; // not all in one line below the chosen node
    shelf.forEach(([id, , n], place) => {
      const w = sizes[place] + spare;
      fields.push({ id, x: left, y: top, w, h: height, n });
      for (const [node, [x, y]] of done[place].at) {
        ids.push(node);
        at.push([left + x + sway, y]);
      }
      left += w + GAP;
    });
    top += height + GAP;
  }
  return { ids, at, fields, bounds: [0, 0, width, Math.max(top - GAP, 60)] };
}

/** Containment by codes between nodes that are there. */
function dashed(model: Model, inside: (node: number) => boolean): Link[] {
  return model.data.inferred.flatMap(([from, to], n): Link[] =>
    (inside(from) && inside(to) ? [{ id: model.inferredBase + n, from, to, width: 1.2, dashes: true }] : []));
}

export function whole(model: Model, narrow: boolean, inferred = false): Scene {
  const { picture, edges, entities } = model.data;
  const ground = narrow && picture.narrow ? picture.narrow : picture;
  return {
    key: `${narrow ? "narrow" : "whole"}${inferred ? " inferred" : ""}`,
    ids: entities.map((_, n) => n),
    at: narrow && picture.narrow ? picture.narrow.at : picture.nodes.map((node) => [node.x, node.y]),
    size: entities.map((entity) => nodeSize(entity.weight)),
    fields: ground.fields, bounds: ground.bounds,
    links: [...edges.map(([from, to], id): Link => ({ id, from, to, width: 1 })), ...(inferred ? dashed(model, () => true) : [])],
  };
}

/** The most important of some nodes, one node first if it is what the scene is about. */
export function part(model: Model, key: string, wanted: Iterable<number>, aspect: number, centre = -1, inferred = false): Scene {
  const { entities } = model.data;
  const ids = [...wanted].sort((a, b) => Number(b === centre) - Number(a === centre) || entities[b].weight - entities[a].weight || a - b);
  const total = new Map<string, number>();
  const group = (id: number) => (id === centre ? "selected" : entities[id].group);
  for (const id of ids) total.set(group(id), (total.get(group(id)) ?? 0) + 1);
  const kept = ids.slice(0, SHOWN);
  const cells = new Map<string, Cell[]>();
  for (const id of kept) {
    const width = Math.min(ems(entities[id].label), CLIP) * FONT + 18;
    const list = cells.get(group(id));
    if (list) list.push({ id, width });
    else cells.set(group(id), [{ id, width }]);
  }
  const fields = [...cells].sort((a, b) => ORDER.indexOf(a[0]) - ORDER.indexOf(b[0])).map(([id, list]): Group => [id, list, total.get(id)!]);
  const laid = stacked(fields, aspect);
  const inside = new Set(kept);
  const links: Link[] = [];
  const seen = new Set<number>();
  for (const from of kept) {
    for (const [to, id] of model.graph.beside[from]) {
      if (inside.has(to) && !seen.has(id)) {
        seen.add(id);
        links.push({ id, from: model.data.edges[id][0], to: model.data.edges[id][1], width: 1 });
      }
    }
  }
  if (inferred) links.push(...dashed(model, (node) => inside.has(node)));
  return { key, ...laid, size: laid.ids.map((id) => nodeSize(entities[id].weight)), links };
}

/** The groups of a large graph, the largest first. */
export function groups(model: Model, aspect: number): Scene {
  const view = model.data.picture.overview!;
  const base = model.groupBase;
  const most = Math.max(...view.groups.map((group) => group.n));
  const room = Math.min(1, Math.sqrt(50 / view.groups.length)); // many groups, small discs
  const radius = view.groups.map((group) => (view.groups.length > 60 ? 5 + 5 * room : 6 + 12 * room) * Math.sqrt(group.n / most));
  const cells = view.groups.map((_, n): Cell => ({ id: base + n, width: Math.max(Math.min(ems(model.label(base + n)), CLIP + 1) * 12 + 32, radius[n] * 2 + 12) }));
  const laid = stacked([["overview", cells, model.data.entities.length]], aspect, view.groups.length > 60 ? 37 : ROW);
  const links = view.links.map(([from, to, n], place): Link => ({ id: -1 - place, from: base + from, to: base + to, width: Math.min(1 + Math.log2(n), 6) }));
  return { key: "overview", ...laid, size: laid.ids.map((id) => radius[id - base]), links };
}

/** Places for all nodes of a large graph: each group a disc of its own, its most important nodes in the middle. */
export function everything(model: Model): { x: Float64Array; y: Float64Array } {
  const { entities, picture } = model.data;
  const view = picture.overview!;
  const members: number[][] = view.groups.map(() => []);
  view.of.forEach((group, n) => members[group].push(n));
  const [x, y] = [new Float64Array(entities.length), new Float64Array(entities.length)];
  const across = Math.ceil(Math.sqrt(view.groups.length * 1.4));
  const widest = Math.sqrt(Math.max(...view.groups.map((group) => group.n)));
  members.forEach((list, group) => {
    list.sort((a, b) => entities[b].weight - entities[a].weight || a - b);
    const [left, top] = [(group % across) * widest * 2.3, -Math.floor(group / across) * widest * 2.3];
    list.forEach((id, n) => {
      const angle = n * 2.399963229728653;
      x[id] = left + Math.sqrt(n) * Math.cos(angle);
      y[id] = top + Math.sqrt(n) * Math.sin(angle);
    });
  });
  return { x, y };
}
