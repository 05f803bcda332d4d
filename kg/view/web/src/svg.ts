// The picture as SVG, drawn from the same data and positions as the canvas.
import { s } from "./dom.ts";
import type { Model, Scope } from "./model.ts";
import type { Palette, Picture } from "./picture.ts";
import { shapeElement } from "./shapes.ts";

export function svg(model: Model, scope: Scope, picture: Picture, colours: Palette): SVGElement {
  const { paper, ink, soft, field, line, lit, font, kinds } = colours;
  const { ground } = picture;
  const [, , width, height] = ground.bounds;
  const root = s("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `-10 -10 ${width + 20} ${height + 20}`, width: width + 20, height: height + 20,
    "font-family": font, role: "img",
  });
  root.append(s("rect", { x: -10, y: -10, width: width + 20, height: height + 20, fill: paper }));
  for (const one of ground.fields) {
    root.append(s("rect", { x: one.x, y: one.y, width: one.w, height: one.h, rx: 10, fill: field }),
      s("text", { x: one.x + 10, y: one.y + 17, "font-size": 12, "font-weight": 600, fill: soft }, `${picture.groupName(one.id)} ${one.n}`));
  }
  for (const { id, from, to, width: thick, dashes } of picture.shownLinks) {
    const [x1, y1] = picture.position(from);
    const [x2, y2] = picture.position(to);
    const on = scope.litEdges.has(id);
    root.append(s("line", { x1, y1, x2, y2, stroke: on ? lit : line, "stroke-width": on ? 2 : thick, ...(dashes ? { "stroke-dasharray": "7 5" } : {}) }));
  }
  const dim = (n: number) => scope.litNodes.size > 0 && !scope.litNodes.has(n);
  for (const n of picture.shown) {
    const kind = model.kind(n);
    const [x, y] = picture.position(n);
    const shape = shapeElement(kind, x, y, picture.nodeSize(n), { fill: kinds[kind], stroke: paper, ...(dim(n) ? { opacity: "0.28" } : {}) });
    shape.append(s("title", {}, model.label(n)));
    root.append(shape);
  }
  for (const label of picture.everyLabel()) {
    root.append(s("text", {
      x: label.x + label.w / 2, y: label.y + label.h - 4, "text-anchor": "middle", "font-size": label.font, fill: ink,
      stroke: paper, "stroke-width": 3, "paint-order": "stroke", ...(dim(label.id) ? { opacity: "0.35" } : {}),
    }, label.text));
  }
  return root;
}
