// Everything at once, for the largest graphs: sigma.js on WebGL. Inlined only into pages that need it.
import Graph from "graphology";
import Sigma from "sigma";

export interface Whole {
  x: Float64Array; y: Float64Array; size: number[]; colour: string[]; label: string[];
  edges: [number, number][]; ink: string; line: string; font: string;
}

/** Draw it; returns what the page needs to steer it, or null where there is no WebGL. */
export function draw(host: HTMLElement, whole: Whole, click: (node: number) => void) {
  const probe = document.createElement("canvas");
  if (!probe.getContext("webgl2") && !probe.getContext("webgl")) return null;
  const graph = new Graph({ multi: true, type: "directed" });
  for (let n = 0; n < whole.x.length; n++) {
    graph.addNode(String(n), { x: whole.x[n], y: whole.y[n], size: whole.size[n], color: whole.colour[n], label: whole.label[n] });
  }
  whole.edges.forEach(([from, to]) => graph.addEdge(String(from), String(to), { color: whole.line, size: 0.4 }));
  const sigma = new Sigma(graph, host, {
    labelFont: whole.font, labelColor: { color: whole.ink }, labelSize: 12, labelDensity: 0.3, labelGridCellSize: 180, labelRenderedSizeThreshold: 4.5,
    hideEdgesOnMove: true, defaultEdgeColor: whole.line, minCameraRatio: 0.005, maxCameraRatio: 4,
  });
  sigma.on("clickNode", ({ node }) => click(Number(node)));
  return {
    kill: () => sigma.kill(),
    zoom: (factor: number) => void sigma.getCamera().animate({ ratio: sigma.getCamera().ratio / factor }, { duration: 0 }),
    fit: () => void sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: 0 }),
    show: (shown: Uint8Array) => {
      graph.forEachNode((node) => graph.setNodeAttribute(node, "hidden", shown[Number(node)] === 0));
    },
  };
}
