// One shape per kind, the same on the canvas, in the legend and in SVG: kinds never differ by colour alone.
import { s } from "./dom.ts";
import type { Kind } from "./types.ts";

type Point = [x: number, y: number];

function polygon(corners: number, turn: number, inner = 1): Point[] {
  const count = inner === 1 ? corners : corners * 2;
  return Array.from({ length: count }, (_, n) => {
    const radius = inner !== 1 && n % 2 ? inner : 1;
    const angle = turn + (n * 2 * Math.PI) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

const UP = -Math.PI / 2;
/** Outlines on the unit disc; null is a circle. */
export const OUTLINES: Record<Kind, Point[] | null> = {
  Person: null,
  Organization: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  Place: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  Honour: polygon(5, UP, 0.5).map(([x, y]) => [x * 1.3, y * 1.3]),
  Activity: polygon(6, 0).map(([x, y]) => [x * 1.08, y * 1.08]),
  Work: polygon(3, UP).map(([x, y]) => [x * 1.2, y * 1.2 + 0.15]),
  Group: polygon(3, -UP).map(([x, y]) => [x * 1.2, y * 1.2 - 0.15]),
};

export function trace(ctx: CanvasRenderingContext2D, kind: Kind, x: number, y: number, r: number): void {
  const outline = OUTLINES[kind];
  ctx.beginPath();
  if (!outline) ctx.arc(x, y, r, 0, 2 * Math.PI);
  else outline.forEach(([a, b], n) => (n ? ctx.lineTo(x + a * r, y + b * r) : ctx.moveTo(x + a * r, y + b * r)));
  ctx.closePath();
}

export function shapeElement(kind: Kind, x: number, y: number, r: number, props: Record<string, string> = {}): SVGElement {
  const outline = OUTLINES[kind];
  if (!outline) return s("circle", { cx: x, cy: y, r, ...props });
  const points = outline.map(([a, b]) => `${(x + a * r).toFixed(1)},${(y + b * r).toFixed(1)}`).join(" ");
  return s("polygon", { points, ...props });
}

/** A small picture of the kind for legends and lists. */
export function icon(kind: Kind): SVGElement {
  return s("svg", { viewBox: "-12 -12 24 24", class: `icon k-${kind}`, "aria-hidden": "true", focusable: "false" },
    shapeElement(kind, 0, 0, 8));
}
