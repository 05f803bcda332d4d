import type { Edge } from "./types.ts";

/** Who is beside whom, whichever way the edges point. */
export class Graph {
  readonly beside: [node: number, edge: number][][];

  constructor(readonly size: number, readonly edges: Edge[]) {
    this.beside = Array.from({ length: size }, () => []);
    edges.forEach(([from, to], n) => {
      this.beside[from].push([to, n]);
      this.beside[to].push([from, n]);
    });
  }

  /** All nodes within so many steps, the start included; only over edges and nodes that are allowed. */
  within(start: number, steps: number, allowed: (node: number, edge: number) => boolean = () => true): Set<number> {
    const found = new Set([start]);
    let rim = [start];
    for (let step = 0; step < steps && rim.length; step++) {
      const next: number[] = [];
      for (const node of rim) {
        for (const [other, edge] of this.beside[node]) {
          if (!found.has(other) && allowed(other, edge)) {
            found.add(other);
            next.push(other);
          }
        }
      }
      rim = next;
    }
    return found;
  }

  /** A shortest path as nodes and edges, or null. */
  path(
    from: number, to: number, allowed: (node: number, edge: number) => boolean = () => true,
  ): { nodes: number[]; edges: number[] } | null {
    const came = new Map<number, [node: number, edge: number] | null>([[from, null]]);
    let rim = [from];
    while (rim.length && !came.has(to)) {
      const next: number[] = [];
      for (const node of rim) {
        for (const [other, edge] of this.beside[node]) {
          if (!came.has(other) && allowed(other, edge)) {
            came.set(other, [node, edge]);
            next.push(other);
          }
        }
      }
      rim = next;
    }
    if (!came.has(to)) return null;
    const nodes = [to];
    const edges: number[] = [];
    for (let step = came.get(to); step; step = came.get(step[0])) {
      nodes.unshift(step[0]);
      edges.unshift(step[1]);
    }
    return { nodes, edges };
  }
}
