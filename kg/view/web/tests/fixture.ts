import type { Payload } from "../src/types.ts";

export function payload(): Payload {
  const text = "下坪村获示范村。𬭎县投入98万元;罗听澜任书记。";
  const entity = (key: string, kind: string, label: string, py: string, extra = {}) =>
    ({ key, kind, sub: kind, label, py, group: "x", weight: 1, ...extra }) as Payload["entities"][number];
  return {
    share: false,
    documents: [{ id: "r/1", title: "标题", text, published: "2031-01-02" }],
    entities: [
      entity("place/下坪村", "Place", "下坪村", "xia ping cun", { labels: ["石鼓镇下坪村"], pinyin: "Xiaping Cun" }),
      entity("honour/示范村", "Honour", "示范村", "shi fan cun"),
      entity("person/罗听澜", "Person", "罗听澜", "luo ting lan"),
      entity("place/孤岛", "Place", "孤岛", "gu dao"),
    ],
    facts: [
      { id: "award:0-8:0", kind: "award", zh: "下坪村 — 获 — 示范村 (2031, 省级)", en: "下坪村 — received — 示范村 (2031, provincial)", roles: [["recipient", 0, 0, 3], ["honour", 1, 4, 7]], level: "provincial", year: 2031, conf: 0.9, rule: "award.x", ev: [0, 0, 8] },
      { id: "measure:8-17:1", kind: "measure", zh: "𬭎县 — 投入 — 98万元", en: "𬭎县 — 投入 — 98万元", conf: 0.5, rule: "m", ev: [0, 8, 17], value: 980000, unit: "元", unsure: "谁" },
      { id: "post:17-24:2", kind: "post", zh: "罗听澜 — 任 — 书记", en: "罗听澜 — holds — 书记", roles: [["person", 2, 17, 20], ["organization", 0, 0, 3]], year: 2029, conf: 0.8, rule: "p", ev: [0, 17, 24] },
    ],
    edges: [[0, 1, "received", [0]], [2, 0, "post", [2]]],
    inferred: [], lost: [], publishers: [],
    figures: [{ id: "honours", zh: "荣誉", en: "honours", value: { zh: "1", en: "1" }, unit: { zh: "项", en: "" }, note: { zh: "", en: "" }, facts: [0] }],
    picture: { nodes: [], fields: [], names: {}, bounds: [0, 0, 1, 1], scale: 1, top: [], narrow: null, overview: null },
  };
}
