// The payload with everything derived from it that does not change, and what a state lets through.
import { Graph } from "./graph.ts";
import { Search } from "./search.ts";
import type { Selection, State } from "./state.ts";
import { Text } from "./text.ts";
import type { Edge, Fact, Kind, Lang, Payload, Spot } from "./types.ts";

export interface Scope {
  nodes: Uint8Array; // 1: shown
  edges: Uint8Array;
  facts: number[]; // pass the filters
  chosen: number[]; // of those, the ones that the selection is about; all if nothing is selected
  litNodes: Set<number>;
  litEdges: Set<number>;
}

export class Model {
  readonly graph: Graph;
  private finder: Search | null = null;
  readonly texts: (Text | null)[];
  private readonly cast: number[][]; // the entities of each fact
  readonly factsIn: number[][]; // by document
  readonly factsOf: number[][]; // by entity
  readonly edgesOf: number[][]; // by fact
  readonly years: [number, number] | null;
  wrong: (fact: number) => boolean = () => false; // marked so by a person: its edges are not drawn
  marked = false; // whether anything is
  readonly inferredOf: number[][]; // what the codes say of each entity as a child

  constructor(readonly data: Payload) {
    this.graph = new Graph(data.entities.length, data.edges);
    this.texts = data.documents.map((one) => (one.text === undefined ? null : new Text(one.text)));
    this.factsOf = data.entities.map(() => []);
    this.factsIn = data.documents.map(() => []);
    this.cast = data.facts.map((fact) => this.members(fact));
    this.edgesOf = data.facts.map(() => []);
    let low = Infinity;
    let high = -Infinity;
    data.facts.forEach((fact, n) => {
      for (const who of this.cast[n]) this.factsOf[who].push(n);
      this.factsIn[fact.ev[0]]?.push(n);
      if (fact.year !== undefined) {
        low = Math.min(low, fact.year);
        high = Math.max(high, fact.year);
      }
    });
    data.edges.forEach((edge, n) => edge[3].forEach((fact) => this.edgesOf[fact].push(n)));
    this.inferredOf = data.entities.map(() => []);
    data.inferred.forEach(([child], n) => this.inferredOf[child].push(n));
    this.years = low <= high ? [low, high] : null;
  }

  /** Made when it is first needed, or when there is time. */
  get search(): Search { return (this.finder ??= new Search(this.data, (n) => this.quote(this.data.facts[n].ev))); }

  members(fact: Fact): number[] {
    const found: number[] = [];
    for (const role of fact.roles ?? []) if (role[1] >= 0 && !found.includes(role[1])) found.push(role[1]);
    return found;
  }

  /** An edge; ids from ``inferredBase`` on are containments by code, which no fact states. */
  get inferredBase(): number { return this.data.edges.length; }
  edge(id: number): Edge {
    if (id < this.inferredBase) return this.data.edges[id];
    const [child, parent] = this.data.inferred[id - this.inferredBase];
    return [child, parent, "inferred", []];
  }

  quote(spot: Spot): string {
    return spot[3] ?? this.texts[spot[0]]?.slice(spot[1], spot[2]) ?? "";
  }

  /** A figure, or a part of one: 'honours', 'honours.national'. */
  figure(id: string): { title: Record<Lang, string>; facts: number[] } | null {
    const [name, place] = id.split(".");
    const figure = this.data.figures.find((one) => one.id === name);
    if (!figure) return null;
    if (place === undefined) {
      const title = (lang: Lang) => `${figure[lang]} ${figure.value[lang]}${figure.unit[lang]}`;
      return { title: { zh: title("zh"), en: title("en") }, facts: figure.facts };
    }
    const part = figure.parts?.find((one) => one.id === place);
    return part ? { title: { zh: `${figure.zh} · ${part.zh}`, en: `${figure.en} · ${part.en}` }, facts: part.facts } : null;
  }

  factsAbout(selection: Selection | null): number[] | null {
    if (!selection) return null;
    switch (selection.type) {
      case "node": return this.factsOf[selection.id];
      case "edge": return this.edge(selection.id)[3];
      case "facts": return selection.ids;
      case "figure": return this.figure(selection.id)?.facts ?? [];
      case "path": {
        const path = this.graph.path(selection.from, selection.to);
        return path ? [...new Set(path.edges.flatMap((edge) => this.data.edges[edge][3]))] : [];
      }
    }
  }

  /** Ids from here on are groups of a large graph. */
  get groupBase(): number { return this.data.entities.length; }
  get large(): boolean { return this.data.picture.overview !== null; }

  label(id: number): string {
    if (id < this.groupBase) return this.data.entities[id].label;
    const { lead } = this.data.picture.overview!.groups[id - this.groupBase];
    return lead < 0 ? "…" : this.data.entities[lead].label;
  }

  kind(id: number): Kind {
    if (id < this.groupBase) return this.data.entities[id].kind;
    const { lead } = this.data.picture.overview!.groups[id - this.groupBase];
    return lead < 0 ? "Group" : this.data.entities[lead].kind;
  }

  private passes(fact: Fact, state: State): boolean {
    if (state.relations.has(fact.kind)) return false;
    if (state.confidence && fact.conf < state.confidence) return false;
    if (fact.kind === "award" && state.levels.has(fact.level ?? "nolevel")) return false;
    if (state.years && (fact.year === undefined || fact.year < state.years[0] || fact.year > state.years[1])) return false;
    return true;
  }

  private seen: { key: unknown[]; shown: Pick<Scope, "nodes" | "edges" | "facts"> } | null = null;
  /** What people marked has changed: nothing of a scope holds. */
  forget(): void { this.seen = null; }

  scope(state: State): Scope {
    const key = [state.kinds, state.relations, state.levels, state.hidden, state.years, state.confidence, state.centre, state.steps, state.open];
    if (!this.seen || key.some((one, n) => one !== this.seen!.key[n])) this.seen = { key, shown: this.shown(state) };
    const { shown } = this.seen;
    return { ...shown, ...this.lit(state.selection, shown.facts, shown.edges) };
  }

  /** What the filters and the neighbourhood let through. */
  private shown(state: State): Pick<Scope, "nodes" | "edges" | "facts"> {
    const { entities, edges, facts } = this.data;
    const strict = state.relations.size > 0 || state.confidence > 0 || state.levels.size > 0 || state.years !== null;
    const good = new Uint8Array(facts.length);
    facts.forEach((fact, n) => { good[n] = this.passes(fact, state) ? 1 : 0; });
    const nodes = new Uint8Array(entities.length);
    entities.forEach((entity, n) => {
      nodes[n] = state.kinds.has(entity.kind) || state.hidden.has(n) ? 0 : 1;
      if (strict && nodes[n] && !this.factsOf[n].some((fact) => good[fact])) nodes[n] = 0;
    });
    if (state.centre >= 0) {
      const allowed = (node: number, edge: number) => nodes[node] === 1 && edges[edge][3].some((fact) => good[fact]);
      const near = this.graph.within(state.centre, state.steps, allowed);
      for (const node of state.open) if (near.has(node)) this.graph.within(node, 1, allowed).forEach((other) => near.add(other));
      for (let n = 0; n < nodes.length; n++) if (!near.has(n)) nodes[n] = 0;
      nodes[state.centre] = 1;
    }
    const shownEdges = new Uint8Array(edges.length);
    edges.forEach(([from, to, , told], n) => {
      shownEdges[n] = nodes[from] && nodes[to] && told.some((fact) => good[fact] && !this.wrong(fact)) ? 1 : 0;
    });
    const left: number[] = [];
    facts.forEach((_, n) => {
      if (good[n] && this.cast[n].every((who) => nodes[who])) left.push(n);
    });
    return { nodes, edges: shownEdges, facts: left };
  }

  private lit(selection: Selection | null, left: number[], shown: Uint8Array) {
    const about = this.factsAbout(selection);
    const litNodes = new Set<number>();
    const litEdges = new Set<number>();
    if (!selection || !about) return { chosen: left, litNodes, litEdges };
    const wanted = new Set(about);
    const chosen = left.filter((fact) => wanted.has(fact));
    if (selection.type === "node") {
      litNodes.add(selection.id);
      for (const [other, edge] of this.graph.beside[selection.id]) {
        if (!shown[edge]) continue;
        litNodes.add(other);
        litEdges.add(edge);
      }
    } else if (selection.type === "edge") {
      litEdges.add(selection.id);
      const [from, to] = this.edge(selection.id);
      litNodes.add(from).add(to);
    } else if (selection.type === "path") {
      const path = this.graph.path(selection.from, selection.to);
      path?.nodes.forEach((node) => litNodes.add(node));
      path?.edges.forEach((edge) => litEdges.add(edge));
    } else {
      for (const fact of chosen) {
        this.cast[fact].forEach((who) => litNodes.add(who));
        this.edgesOf[fact].forEach((edge) => litEdges.add(edge));
      }
    }
    return { chosen, litNodes, litEdges };
  }
}
