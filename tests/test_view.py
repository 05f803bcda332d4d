"""The page in Python: payload, words, layout, sharing, the file's bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import browser_sample
import pytest

from kg.model import Award, Document, Entity, Evidence, Extraction, Mention, Resolution
from kg.view import build, render
from kg.view.layout import FONT, ROW, Item, Layout, arrange, label_width, stack
from kg.view.page import EvidenceNetwork, script_json
from kg.view.picture import picture

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def page() -> str:
    return render(*browser_sample.report())


def payload_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="kg-data">(.*?)</script>', page, re.S)
    assert found
    value = json.loads(found[1])
    assert isinstance(value, dict)
    return value


def test_every_quote_stands_at_its_offsets() -> None:
    extractions, resolution = browser_sample.report()
    data = build(extractions, resolution)
    facts = [fact for extraction in extractions for fact in extraction.facts]
    assert len(data["facts"]) == len(facts) > 100
    for fact, told in zip(facts, data["facts"], strict=True):
        assert told["ev"] == [0, fact.evidence.start, fact.evidence.end]
    text = data["documents"][0]["text"]
    for entity in data["entities"]:
        for report, start, end in entity.get("spots", []):
            assert report == 0
            assert text[start:end] in (entity["label"], *entity.get("labels", []))


def test_facts_in_words() -> None:
    data = build(*browser_sample.report())
    said = {fact["zh"]: fact["en"] for fact in data["facts"]}
    assert said["下坪村 — 获 — 省级乡村振兴示范村 (2031, 省级)"] == "下坪村 — received — 省级乡村振兴示范村 (2031, provincial)"
    assert "罗听澜 — 任 — 云泽省航道管理局党委书记" in said
    assert "驻村工作队 — 帮扶 — 下坪村 (2031, 投入资金, 98万元)" in said
    assert "党员 — 获 — 省直机关优秀共产党员 (2031, 省级, 3个/项)" in said


def test_edges_join_what_facts_join() -> None:
    data = build(*browser_sample.report())
    label = [entity["label"] for entity in data["entities"]]
    edges = {(label[a], relation, label[b]): facts for a, b, relation, facts in data["edges"]}
    assert ("下坪村", "received", "省级乡村振兴示范村") in edges
    assert ("省总工会", "conferred", "全省五一劳动奖状") in edges
    assert len(edges["驻村工作队", "assists", "下坪村"]) == 3
    assert len(edges) == len(data["edges"])


def test_figures_add_up() -> None:
    data = build(*browser_sample.report())
    figures = {figure["id"]: figure for figure in data["figures"]}
    awards = [fact for fact in data["facts"] if fact["kind"] == "award" and not fact.get("given")]
    assert figures["honours"]["value"]["zh"] == str(sum(fact.get("count", 1) for fact in awards))
    assert len(figures["honours"]["facts"]) == len(awards)
    # 98万元 is told twice in one sentence, as a measure and as assistance, and counts once
    assert figures["money"]["value"] == {"zh": "2.25", "en": "¥224.62M"}
    assert figures["villages"]["value"]["zh"] == "4"
    assert all(figure["facts"] for figure in figures.values())


def test_parts_are_not_added_to_their_total() -> None:
    def measure(value: float, part: bool) -> dict[str, Any]:
        where: dict[str, Any] = {"ev": [0, 0, 9], "q": [3, 6], "roles": []}
        return {"kind": "measure", "unit": "元", "value": value, "part": part or None, **where}

    from kg.view.figures import figures

    told = figures([], [measure(1e6, False), measure(4e5, True)])
    assert [figure["value"]["zh"] for figure in told if figure["id"] == "money"] == ["100"]


@pytest.mark.parametrize("nodes", [1, 12, 114, 400, 1000])
def test_labels_of_the_most_important_never_overlap(nodes: int) -> None:
    kinds = ["publisher", "units", "people", "organizations", "activities", "places", "honours", "media", "works"]
    items = [
        Item(n, "全国交通运输行业文明单位"[: 3 + n * 7 % 10], kinds[0] if n == 0 else kinds[1 + n % 8], 1000 / (n + 1))
        for n in range(nodes)
    ]
    layout = arrange(items)
    assert len(layout.positions) == nodes
    assert layout.top == tuple(range(min(30, nodes)))
    scale = layout.scale

    def box(n: int) -> tuple[float, float, float, float]:
        x, y = layout.positions[n]
        width = label_width(items[n].label) - 14
        return x * scale - width / 2, y * scale + 10, width, FONT + 3

    for first, second in combinations(layout.top, 2):
        a, b = box(first), box(second)
        apart = a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
        assert apart, (items[first].label, items[second].label, a, b)


def test_groups_do_not_overlap_and_hold_their_nodes() -> None:
    data = build(*browser_sample.report())
    shown = picture(data)
    for ground in (shown, shown["narrow"]):
        for a, b in combinations(ground["fields"], 2):
            assert (
                a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"] or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
            )
    fields = {field["id"]: field for field in shown["fields"]}
    assert {"publisher", "units", "honours", "activities", "places"} <= set(fields)
    for node, entity in zip(shown["nodes"], data["entities"], strict=True):
        field = fields[entity["group"]]
        assert field["x"] <= node["x"] <= field["x"] + field["w"]
        assert field["y"] <= node["y"] <= field["y"] + field["h"]


def test_layout_of_nothing() -> None:
    empty = Layout({}, (), (0.0, 0.0, 844.0, 592.0))
    assert arrange([]) == empty
    assert stack([]).positions == {}
    assert ROW > FONT


def test_page_of_nothing() -> None:
    page = render([Extraction(Document("空", ""))], Resolution(()))
    assert payload_of(page)["facts"] == []


def test_policy_names_exactly_the_scripts_that_are_there(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert rules["script-src"].split() == [digest(script) for script in scripts]
    styles = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert rules["style-src"].split() == [digest(style) for style in styles]
    assert "unsafe" not in policy[1]


def test_markup_asks_for_nothing(page: str) -> None:
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.S)
    assert not re.search(r"\b(src|href|srcset|action|on\w+)\s*=", markup)
    assert "<link" not in markup
    assert "@import" not in page.partition("</style>")[0]
    assert "url(" not in page.partition("</style>")[0]


def test_json_cannot_end_its_script() -> None:
    text = str(script_json({"a": "</script><!--&\u2028\u2029"}))
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == {"a": "</script><!--&\u2028\u2029"}


def test_size(page: str) -> None:
    assert len(page.encode()) <= 1_000_000


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import sys, hashlib, browser_sample, kg.view; "
        "sys.stdout.write(hashlib.sha256(kg.view.render(*browser_sample.report()).encode()).hexdigest())"
    )
    seen = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        seen.add(run.stdout)
    assert len(seen) == 1


def test_written_as_utf8_whatever_the_locale(tmp_path: Path) -> None:
    data = build(*browser_sample.report())
    data["picture"] = picture(data)
    network = EvidenceNetwork(data)
    network.write_html(str(tmp_path / "a.html"))
    assert (tmp_path / "a.html").read_bytes() == network.generate_html().encode("utf-8")


def small(text: str, person: str) -> tuple[list[Extraction], Resolution]:
    at = text.index(person)
    who = Mention(at, at + len(person), person, "Person", "Person", person, "r")
    honour = Mention(text.index("劳模"), text.index("劳模") + 2, "劳模", "Honour", "Honour", "劳模", "r")
    fact = Award(evidence=Evidence(0, text.index("。") + 1, "r"), recipient=who, honour=honour)
    extraction = Extraction(Document("r", text, title=f"{person}的事迹", source="/home/某人/r.txt"), (who, honour), (fact,))
    entities = (
        Entity(f"person/{person}", "Person", "Person", person, pinyin="Hu Daoyin"),
        Entity("honour/劳模", "Honour", "Honour", "劳模"),
    )
    return [extraction], Resolution(entities, {("r", who): entities[0].key, ("r", honour): entities[1].key})


def test_shared_page_leaves_out_text_numbers_and_names() -> None:
    text = "胡道银(电话13812345678)获劳模。另一句不是事实,证号42010619800101123X。"
    full = render(*small(text, "胡道银"))
    assert "13812345678" in full and "另一句不是事实" in full
    shared = render(*small(text, "胡道银"), share=True)
    assert "13812345678" not in shared and "另一句不是事实" not in shared and "42010619800101123X" not in shared
    assert "/home/某人" not in shared
    assert "胡道银" in shared
    masked = render(*small(text, "胡道银"), share=True, mask_names=True)
    assert "胡道银" not in masked and "Hu Daoyin" not in masked and "hu dao yin" not in masked
    assert "胡××" in masked


def test_hostile_text_stays_out_of_the_markup() -> None:
    for payload in ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u2028\u2029\u202e", "<!--", "]]>"):
        page = render(*browser_sample.hostile(payload))
        assert len(re.findall(r"<script\b", page.partition('id="kg-data"')[0])) == 1
        assert "<img src=x" not in page
        assert payload_of(page)["facts"]


def test_without_script_there_is_a_table(page: str) -> None:
    table = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert table.count("<tr>") == len(browser_sample.report()[0][0].facts) + 1
    assert "下坪村 — 获 — 省级乡村振兴示范村 (2031, 省级)" in table


def test_large_graphs_open_on_groups() -> None:
    data = build(*browser_sample.synthetic(2000, 2))
    shown = picture(data)
    groups = shown["overview"]["groups"]
    assert shown["nodes"] == []
    assert sum(group["n"] for group in groups) == len(data["entities"]) == len(shown["overview"]["of"])
    assert 8 <= len(groups) <= 250
    names = {data["entities"][group["lead"]]["label"] for group in groups}
    assert {"第0局", "第1局", "第0局0队"} <= names
    assert sum(sum(group["kinds"].values()) for group in groups) == len(data["entities"])
    for group, members in enumerate(groups):
        assert members["n"] == shown["overview"]["of"].count(group)
    assert len(shown["top"]) == 30


def test_a_chain_of_any_length_is_cut_into_groups() -> None:
    from kg.view.overview import communities

    weights = [float(n) for n in range(5000)]
    top = communities(weights, [(n, n + 1) for n in range(4999)], 50)
    assert len(set(top)) == 100
    assert all(weights[head] >= weights[node] for node, head in enumerate(top))


def test_masked_people_stay_apart() -> None:
    extractions, resolution = browser_sample.report()
    data = build(extractions, resolution, share=True, mask_names=True)
    keys = [entity["key"] for entity in data["entities"]]
    assert len(set(keys)) == len(keys)
    shown = json.dumps(data, ensure_ascii=False)
    for entity in resolution.entities:
        if entity.kind == "Person":
            assert entity.label not in shown
