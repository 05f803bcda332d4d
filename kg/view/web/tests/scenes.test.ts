import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../src/model.ts";
import { everything, groups, part, SHOWN, whole } from "../src/scenes.ts";
import type { Edge, Payload } from "../src/types.ts";
import { payload } from "./fixture.ts";

function large(count: number): Payload {
  const data = payload();
  const kinds = ["Organization", "Place", "Honour"] as const;
  data.entities = Array.from({ length: count }, (_, n) => ({
    key: `k/${n}`, kind: kinds[n % 3], sub: "x", label: `名称${n}`, group: ["units", "places", "honours"][n % 3], weight: count - n,
  }));
  data.edges = Array.from({ length: count - 1 }, (_, n): Edge => [n + 1, Math.floor(n / 10), "part-of", []]);
  data.facts = [];
  data.figures = [];
  data.picture.top = [0];
  data.picture.overview = {
    of: data.entities.map((_, n) => n % 4),
    groups: [0, 1, 2, 3].map((lead) => ({ lead: lead === 3 ? -1 : lead, n: count / 4, kinds: {} })),
    links: [[0, 1, 5], [1, 2, 1]],
  };
  return data;
}

test("a part stands in the fields of its groups, the chosen node first", () => {
  const model = new Model(large(1200));
  const scene = part(model, "k", model.graph.within(0, 2), 1.4, 0);
  assert.equal(new Set(scene.ids).size, scene.ids.length);
  assert.equal(scene.fields[0].id, "selected");
  scene.ids.forEach((id, n) => {
    const name = id === 0 ? "selected" : model.data.entities[id].group;
    const field = scene.fields.find((one) => one.id === name)!;
    const [x, y] = scene.at[n];
    assert.ok(x >= field.x && x <= field.x + field.w && y >= field.y && y <= field.y + field.h);
  });
  scene.fields.forEach((a, n) => scene.fields.slice(n + 1).forEach((b) => {
    assert.ok(a.x + a.w <= b.x + 0.01 || b.x + b.w <= a.x + 0.01 || a.y + a.h <= b.y + 0.01 || b.y + b.h <= a.y + 0.01);
  }));
  const inside = new Set(scene.ids);
  scene.links.forEach((link) => assert.ok(inside.has(link.from) && inside.has(link.to)));
});

test("no more than can be read is shown, the most important of them", () => {
  const model = new Model(large(1200));
  const scene = part(model, "k", model.data.entities.keys(), 1.4);
  assert.equal(scene.ids.length, SHOWN);
  assert.equal(Math.max(...scene.ids), SHOWN - 1);
  assert.equal(scene.fields.reduce((sum, field) => sum + field.n, 0), 1200);
});

test("groups of a large graph", () => {
  const model = new Model(large(1200));
  const scene = groups(model, 1.4);
  assert.deepEqual(scene.ids, [1200, 1201, 1202, 1203]);
  assert.equal(model.label(1201), "名称1");
  assert.equal(model.label(1203), "…");
  assert.equal(model.kind(1203), "Group");
  assert.deepEqual(scene.links.map((link) => [link.from, link.to]), [[1200, 1201], [1201, 1202]]);
});

test("every node has a place of its own", () => {
  const model = new Model(large(1200));
  const { x, y } = everything(model);
  assert.equal(new Set([...x].map((value, n) => `${value.toFixed(3)} ${y[n].toFixed(3)}`)).size, 1200);
});

test("a small graph is shown whole", () => {
  const data = payload();
  data.picture.nodes = data.entities.map((_, id) => ({ id, x: id, y: id }));
  assert.deepEqual(whole(new Model(data), false).ids, [0, 1, 2, 3]);
  assert.equal(whole(new Model(data), true).key, "narrow");
});
