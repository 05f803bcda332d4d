// What the reader sees, and how it is written into the address, so that a view can be shared.
import type { FactKind, Kind, Lang, Payload } from "./types.ts";

export type View = "graph" | "table" | "timeline" | "levels" | "sums" | "unsure" | "places";
export const VIEWS: View[] = ["graph", "table", "timeline", "levels", "sums", "unsure", "places"];

export type Selection =
  | { type: "node"; id: number }
  | { type: "edge"; id: number }
  | { type: "facts"; ids: number[] }
  | { type: "figure"; id: string }
  | { type: "path"; from: number; to: number };

export interface State {
  view: View;
  selection: Selection | null;
  centre: number; // of the neighbourhood that alone is shown; -1: everything
  steps: number; // how far it reaches
  open: Set<number>; // nodes in it whose own neighbours are shown too
  kinds: Set<Kind>; // these four are what is left out
  relations: Set<FactKind>;
  levels: Set<string>;
  hidden: Set<number>;
  years: [number, number] | null;
  confidence: number;
  inferred: boolean; // containment by codes is drawn too
  group: number; // of a large graph; OVERVIEW or EVERYTHING
  lang: Lang;
  theme: "auto" | "light" | "dark";
}

export const OVERVIEW = -1;
export const EVERYTHING = -2;

export function start(): State {
  return {
    view: "graph", selection: null, centre: -1, steps: 0, open: new Set(), kinds: new Set(), relations: new Set(), levels: new Set(),
    hidden: new Set(), years: null, confidence: 0, inferred: false, group: OVERVIEW, lang: "zh", theme: "auto",
  };
}

function selectionText(selection: Selection | null, data: Payload): [string, string] | null {
  if (!selection) return null;
  const key = (n: number) => data.entities[n].key;
  switch (selection.type) {
    case "node": return ["n", key(selection.id)];
    case "edge": {
      const more = data.inferred[selection.id - data.edges.length];
      const [from, to, relation] = more ? [more[0], more[1], "inferred"] : data.edges[selection.id];
      return ["e", JSON.stringify([key(from), relation, key(to)])];
    }
    case "facts": return ["f", selection.ids.map((n) => `${data.facts[n].ev[0]}/${data.facts[n].id}`).join(" ")];
    case "figure": return ["g", selection.id];
    case "path": return ["p", JSON.stringify([key(selection.from), key(selection.to)])];
  }
}

/** The state as a fragment without '#'; what is as at the start is left out. */
export function encode(state: State, data: Payload): string {
  const parts = new URLSearchParams();
  if (state.view !== "graph") parts.set("v", state.view);
  const chosen = selectionText(state.selection, data);
  if (chosen) parts.set(...chosen);
  if (state.centre >= 0) {
    parts.set("s", String(state.steps));
    if (state.selection?.type !== "node" || state.selection.id !== state.centre) parts.set("a", data.entities[state.centre].key);
    if (state.open.size) parts.set("x", JSON.stringify([...state.open].map((n) => data.entities[n].key)));
  }
  if (state.kinds.size) parts.set("k", [...state.kinds].join(" "));
  if (state.relations.size) parts.set("r", [...state.relations].join(" "));
  if (state.levels.size) parts.set("l", [...state.levels].join(" "));
  if (state.hidden.size) parts.set("h", JSON.stringify([...state.hidden].map((n) => data.entities[n].key)));
  if (state.years) parts.set("y", state.years.join("-"));
  if (state.confidence) parts.set("c", String(state.confidence));
  if (state.inferred) parts.set("i", "1");
  if (state.group !== OVERVIEW) parts.set("o", String(state.group));
  if (state.lang !== "zh") parts.set("lang", state.lang);
  if (state.theme !== "auto") parts.set("theme", state.theme);
  return parts.toString();
}

function list(text: string | null): string[] {
  return text ? text.split(" ").filter(Boolean) : [];
}

function parsed(text: string | null): string[] {
  if (!text) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
  } catch {
    return [];
  }
}

function selectionFrom(parts: URLSearchParams, data: Payload): Selection | null {
  const node = (key: string) => data.entities.findIndex((entity) => entity.key === key);
  const single = parts.get("n");
  if (single) return node(single) >= 0 ? { type: "node", id: node(single) } : null;
  const figure = parts.get("g");
  if (figure) {
    const [name, part] = figure.split(".");
    const known = data.figures.find((one) => one.id === name);
    return known && (part === undefined || known.parts?.some((one) => one.id === part)) ? { type: "figure", id: figure } : null;
  }
  const [from, relation, to] = parsed(parts.get("e"));
  if (to !== undefined) {
    const same = (edge: { 0: number; 1: number }) => edge[0] === node(from) && edge[1] === node(to);
    const more = relation === "inferred" ? data.inferred.findIndex(same) : -1;
    const id = more >= 0 ? data.edges.length + more : data.edges.findIndex((edge) => same(edge) && edge[2] === relation);
    return id >= 0 ? { type: "edge", id } : null;
  }
  const [first, last] = parsed(parts.get("p"));
  if (last !== undefined && node(first) >= 0 && node(last) >= 0) return { type: "path", from: node(first), to: node(last) };
  const ids = list(parts.get("f"));
  if (!ids.length) return null;
  const places = new Map(data.facts.map((fact, n) => [`${fact.ev[0]}/${fact.id}`, n]));
  const found = ids.map((id) => places.get(id)).filter((n): n is number => n !== undefined);
  return found.length ? { type: "facts", ids: found } : null;
}

/** Whatever a fragment says that makes sense; the rest is as at the start. */
export function decode(fragment: string, data: Payload): State {
  const state = start();
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const view = parts.get("v") as View | null;
  if (view && VIEWS.includes(view)) state.view = view;
  state.selection = selectionFrom(parts, data);
  const steps = Math.min(Math.max(Math.trunc(Number(parts.get("s")) || 0), 0), 3);
  const about = parts.get("a");
  const centre = about ? data.entities.findIndex((entity) => entity.key === about) : state.selection?.type === "node" ? state.selection.id : -1;
  if (steps && centre >= 0) {
    [state.steps, state.centre] = [steps, centre];
    const open = new Set(parsed(parts.get("x")));
    if (open.size) data.entities.forEach((entity, n) => open.has(entity.key) && state.open.add(n));
  }
  state.kinds = new Set(list(parts.get("k")) as Kind[]);
  state.relations = new Set(list(parts.get("r")) as FactKind[]);
  state.levels = new Set(list(parts.get("l")));
  const hidden = new Set(parsed(parts.get("h")));
  if (hidden.size) data.entities.forEach((entity, n) => hidden.has(entity.key) && state.hidden.add(n));
  const years = /^(\d{4})-(\d{4})$/.exec(parts.get("y") ?? "");
  if (years) state.years = [Number(years[1]), Number(years[2])];
  state.confidence = Math.min(Math.max(Number(parts.get("c")) || 0, 0), 1);
  state.inferred = parts.get("i") === "1";
  const group = Number(parts.get("o") ?? OVERVIEW);
  const groups = data.picture.overview?.groups.length ?? 0;
  if (Number.isInteger(group) && group >= EVERYTHING && group < groups && groups) state.group = group;
  if (parts.get("lang") === "en") state.lang = "en";
  const theme = parts.get("theme");
  if (theme === "dark" || theme === "light") state.theme = theme;
  return state;
}
