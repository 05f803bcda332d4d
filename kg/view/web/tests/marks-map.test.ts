import assert from "node:assert/strict";
import { test } from "node:test";
import { degrees, frame, gather, project } from "../src/map.ts";
import { Model } from "../src/model.ts";
import { Review } from "../src/review.ts";
import { whole } from "../src/scenes.ts";
import { decode, encode, start } from "../src/state.ts";
import type { Payload } from "../src/types.ts";
import { payload } from "./fixture.ts";

function marked(): Payload {
  const data = payload();
  data.facts[0].mark = ["wrong", "错"];
  data.facts[2].mark = ["right", "", "旧话"];
  data.lost = [{ report: "r/0", start: 1, end: 2, kind: "post", rule: "", fact: "甲", verdict: "right", note: "走" }];
  return data;
}

test("marks of a build are there, and none is lost on the way to a file and back", () => {
  const review = new Review(marked());
  assert.ok(review.wrong(0) && !review.wrong(2));
  assert.deepEqual(review.stale, [2]);
  assert.equal(review.late([0]), 0);
  const lines = review.save().trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map((line) => [line.kind, line.fact, line.verdict]), [["award", "下坪村 — 获 — 示范村 (2031, 省级)", "wrong"], ["post", "旧话", "right"], ["post", "甲", "right"]]);
  const again = new Review(payload());
  assert.deepEqual(again.load(review.save()), { found: 2, lost: 1 });
  assert.equal(again.late([0]), 1);
  assert.equal(again.save(), review.save());
  assert.deepEqual(again.load("nonsense\n{}\n[1]\n"), { found: 0, lost: 0 });
  review.set(2, "right", "新");
  assert.deepEqual(review.stale, []);
});

test("an edge that only wrong facts tell is not drawn", () => {
  const model = new Model(marked());
  model.wrong = (n) => n === 0;
  const scope = model.scope(start());
  assert.deepEqual([...scope.edges], [0, 1]);
  assert.ok(scope.facts.includes(0));
});

test("containment by codes is drawn on demand and has an address", () => {
  const data = payload();
  data.inferred = [[0, 3, "990301104201", "990301000000"]];
  const model = new Model(data);
  assert.equal(whole(model, false).links.length, 2);
  const drawn = whole(model, false, true).links[2];
  assert.deepEqual([drawn.id, drawn.from, drawn.to, drawn.dashes], [2, 0, 3, true]);
  assert.deepEqual(model.edge(2), [0, 3, "inferred", []]);
  const state = { ...start(), inferred: true, selection: { type: "edge" as const, id: 2 } };
  const back = decode(encode(state, data), data);
  assert.ok(back.inferred);
  assert.deepEqual(back.selection, state.selection);
  const scope = model.scope(back);
  assert.deepEqual([[...scope.litNodes], [...scope.litEdges], scope.chosen], [[0, 3], [2], []]);
});

test("a frame holds its points, wherever they are", () => {
  for (const points of [[[38.6, 103.1]], [[38.6, 103.1], [38.6, 103.1]], [[20, 75], [53, 134]], [[0, -179], [0, 179]], [[89.9, 0], [-89.9, 0]]] as [number, number][][]) {
    const view = frame(points, 800, 420);
    for (const point of points) {
      const [x, y] = project(view, 800, 420, point);
      if (view.scale > 4) assert.ok(x >= 30 && x <= 770 && y >= 30 && y <= 390, `${x} ${y}`);
      assert.ok(Number.isFinite(x) && Number.isFinite(y));
    }
  }
});

test("the grid has round degrees, not too many", () => {
  assert.deepEqual(degrees(99.3, 104.9, 100), [100, 101, 102, 103, 104]);
  assert.deepEqual(degrees(38.61, 38.74, 1000), [38.7]);
  assert.deepEqual(degrees(-7, 12, 10), [0, 10]);
});

test("dots that lie on each other are one group, the heaviest first", () => {
  assert.deepEqual(gather([[0, 0], [3, 0], [100, 0], [3, 4]], [1, 5, 2, 1]), [[1, 0, 3], [2]]);
  const many = Array.from({ length: 5000 }, (_, n): [number, number] => [n % 100, Math.floor(n / 100)]);
  assert.equal(gather(many, many.map(() => 1)).flat().length, 5000);
});
