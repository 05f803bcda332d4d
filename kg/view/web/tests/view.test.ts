import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, csv } from "../src/csv.ts";
import { Graph } from "../src/graph.ts";
import { subtype, translate } from "../src/i18n.ts";
import { overlap, place, type Wish } from "../src/labels.ts";
import { Model } from "../src/model.ts";
import { prose } from "../src/prose.ts";
import { Review } from "../src/review.ts";
import { fold, Search } from "../src/search.ts";
import { decode, encode, start } from "../src/state.ts";
import { segments, Text } from "../src/text.ts";
import { escapeSegment, literal, turtle } from "../src/turtle.ts";
import { payload } from "./fixture.ts";

test("offsets count code points", () => {
  const text = new Text("𬭎县a");
  assert.equal(text.length, 3);
  assert.equal(text.slice(1, 2), "县");
  assert.equal(text.slice(0, 1), "𬭎");
});

test("the sentence around a span", () => {
  const text = new Text("前一句。他说,获奖了;后一句。");
  assert.equal(text.slice(...text.sentence(7, 9)), "他说,获奖了;");
  assert.equal(text.slice(...text.sentence(4, 11)), "他说,获奖了;");
  assert.equal(text.slice(...text.sentence(0, 1)), "前一句。");
});

test("segments know what covers them", () => {
  const found = segments(0, 10, [{ start: 2, end: 6, value: "a" }, { start: 4, end: 12, value: "b" }]);
  assert.deepEqual(found.map((one) => [one.start, one.end, one.values.join("")]), [[0, 2, ""], [2, 4, "a"], [4, 6, "ab"], [6, 10, "b"]]);
  assert.deepEqual(segments(0, 3, []).length, 1);
});

test("search by name, alias, pinyin, initials, quote", () => {
  const data = payload();
  const search = new Search(data, (n) => ["下坪村获示范村。", "𬭎县投入98万元;", "罗听澜任书记。"][n]);
  const names = (query: string) => search.find(query).map((hit) => (hit.type === "node" ? data.entities[hit.index].label : data.facts[hit.index].zh));
  assert.equal(names("下坪")[0], "下坪村");
  assert.equal(names("石鼓镇下坪村")[0], "下坪村");
  for (const query of ["xpc", "xiaping", "Xiaping Cun", "xp"]) assert.equal(names(query)[0], "下坪村");
  assert.equal(names("ltl")[0], "罗听澜");
  assert.deepEqual(names("98万元"), ["𬭎县 — 投入 — 98万元"]);
  assert.deepEqual(names("  "), []);
  assert.deepEqual(names("没有的"), []);
});

test("folding", () => {
  assert.equal(fold("“ABC”(x)"), "abcx");
});

test("neighbourhoods and paths", () => {
  const graph = new Graph(5, [[0, 1, "r", []], [1, 2, "r", []], [2, 3, "r", []]]);
  assert.deepEqual([...graph.within(0, 1)], [0, 1]);
  assert.deepEqual([...graph.within(0, 3)], [0, 1, 2, 3]);
  assert.deepEqual(graph.path(3, 0), { nodes: [3, 2, 1, 0], edges: [2, 1, 0] });
  assert.equal(graph.path(0, 4), null);
  assert.equal(graph.path(0, 3, (node) => node !== 2), null);
});

test("cells never run as formulas", () => {
  for (const bad of ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "=1", "\u202e=1", "|cmd", "%x", "\r=1"]) {
    assert.match(cell(bad), /^"?'/, bad);
  }
  assert.equal(cell("-16.5"), "-16.5");
  assert.equal(cell(12), "12");
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(csv([["a", undefined]]), "\ufeffa,\r\n");
});

test("labels never overlap", () => {
  const wishes: Wish[] = Array.from({ length: 300 }, (_, id) => ({
    id, x: 20 + ((id * 137) % 760), y: 20 + ((id * 71) % 560), r: 7, text: String(id), width: 60 + (id % 5) * 12, height: 16, font: 13, must: false,
  }));
  const placed = place(wishes, wishes, { x: 0, y: 0, w: 800, h: 600 });
  assert.ok(placed.length > 40);
  placed.forEach((a, n) => placed.slice(n + 1).forEach((b) => assert.ok(!overlap(a, b))));
});

test("the state survives the address", () => {
  const data = payload();
  const state = {
    ...start(), view: "table" as const, selection: { type: "node" as const, id: 0 }, centre: 2, steps: 2, open: new Set([1]), kinds: new Set(["Person" as const]),
    relations: new Set(["post" as const]), levels: new Set(["unit"]), hidden: new Set([3]), years: [2029, 2030] as [number, number], confidence: 0.5,
    lang: "en" as const, theme: "dark" as const,
  };
  assert.deepEqual(decode(encode(state, data), data), state);
  for (const selection of [{ type: "edge" as const, id: 1 }, { type: "facts" as const, ids: [0, 2] }, { type: "figure" as const, id: "honours" }, { type: "path" as const, from: 0, to: 2 }]) {
    assert.deepEqual(decode(encode({ ...start(), selection }, data), data).selection, selection);
  }
  assert.equal(encode(start(), data), "");
  for (const odd of ["n=nobody", "e=[1]", "p={", "f=x", "g=?", "y=1", "c=NaN", "s=-4", "v=<img>"]) {
    assert.deepEqual(decode(odd, data), start(), odd);
  }
});

test("filters", () => {
  const model = new Model(payload());
  assert.deepEqual(model.scope(start()).facts, [0, 1, 2]);
  assert.deepEqual(model.scope({ ...start(), confidence: 0.6 }).facts, [0, 2]);
  assert.deepEqual(model.scope({ ...start(), years: [2030, 2031] }).facts, [0]);
  assert.deepEqual(model.scope({ ...start(), levels: new Set(["provincial"]) }).facts, [1, 2]);
  assert.deepEqual(model.scope({ ...start(), kinds: new Set(["Person"]) }).facts, [0, 1]);
  assert.deepEqual(model.scope({ ...start(), hidden: new Set([1]) }).facts, [1, 2]);
  const near = model.scope({ ...start(), selection: { type: "node", id: 1 }, centre: 1, steps: 1 });
  assert.deepEqual([...near.nodes], [1, 1, 0, 0]);
  assert.deepEqual(near.chosen, [0]);
  const wider = model.scope({ ...start(), centre: 1, steps: 1, open: new Set([0, 3]) });
  assert.deepEqual([...wider.nodes], [1, 1, 1, 0]);
  const path = model.scope({ ...start(), selection: { type: "path", from: 1, to: 2 } });
  assert.deepEqual([[...path.litNodes], path.chosen], [[1, 0, 2], [0, 2]]);
});

test("a paragraph with its sources", () => {
  const model = new Model(payload());
  assert.equal(prose(model, [0, 0], "下坪村", "zh"), "下坪村:下坪村获示范村(2031, 省级)[1];下坪村获示范村(2031, 省级)[1]。\n\n[1] “下坪村获示范村。”(《标题》,2031-01-02)\n");
});

test("turtle escapes what it must", () => {
  assert.equal(escapeSegment("何家湾村"), "何家湾村");
  assert.equal(escapeSegment("a/b 50%<>\u202e"), "a%2Fb%2050%25%3C%3E%E2%80%AE");
  assert.equal(literal('a"\\\n\u0001'), '"a\\"\\\\\\n\\u0001"');
  const text = turtle(new Model(payload()), [0, 1, 2]);
  assert.ok(text.includes("<https://w3id.org/achievement-kg/id/place/下坪村> a kg:Place"));
  assert.ok(text.includes("kg:value 980000"));
});

test("marks are saved and read back", () => {
  const data = payload();
  const first = new Review(data);
  first.set(0, "right", "");
  first.set(1, "wrong", '不对"');
  const second = new Review(data);
  assert.equal(second.load(`${first.save()}\nnot json\n{"report":"x"}\n`).found, 2);
  assert.deepEqual(second.get(1), { verdict: "wrong", note: '不对"' });
  second.set(1, null, "");
  assert.equal(second.size, 1);
});

test("both languages", () => {
  assert.equal(translate("zh", "factCount", 3), "3 条事实");
  assert.equal(translate("en", "factCount", 3), "3 facts");
  assert.equal(translate("en", "factCount", 1), "1 fact");
  assert.equal(translate("en", "nonsense"), "nonsense");
  assert.equal(subtype("zh", "Village"), "村");
  assert.equal(subtype("en", "Odd"), "Odd");
});
