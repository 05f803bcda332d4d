"""Marks that a reader saved from the page, read back by a build: graph, report, page, archive; and bad files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sample_build import SAMPLE, SAMPLES, built, kg

from kg import archive, graph, marks, query, report
from kg.check import check
from kg.errors import InputError
from kg.graph import Mark
from kg.marks import KINDS
from kg.page import view
from kg.pipeline import build
from kg.restore import restore
from kg.view.data import KIND


def payload(page: Path) -> dict[str, Any]:
    found = re.search(r'id="kg-data">(.*?)</script>', page.read_text("utf-8"), re.S)
    assert found
    value = json.loads(found[1])
    assert isinstance(value, dict)
    return value


def line_of(data: dict[str, Any], number: int, verdict: str, note: str = "") -> dict[str, Any]:
    """What the page writes for a fact."""
    fact = data["facts"][number]
    report, start, end, *_ = fact["ev"]
    where = {"report": data["documents"][report]["id"], "start": start, "end": end}
    return {**where, "kind": fact["kind"], "rule": fact["rule"], "fact": fact["zh"], "verdict": verdict, "note": note}


def written(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def before() -> dict[str, Any]:
    return payload(built() / "graph.html")


@pytest.fixture(scope="module")
def chosen(before: dict[str, Any]) -> tuple[int, int]:
    """A right fact and a wrong one, an award, of one sentence that states several."""
    awards = [n for n, f in enumerate(before["facts"]) if f["kind"] == "award" and not f.get("given") and not f.get("count")]
    first = next(n for n in awards if sum(before["facts"][n]["ev"] == before["facts"][m]["ev"] for m in awards) > 1)
    return next(m for m in awards if m != first and before["facts"][m]["ev"] == before["facts"][first]["ev"]), first


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, before: dict[str, Any], chosen: tuple[int, int]) -> Path:
    folder = tmp_path_factory.mktemp("marked")
    right, wrong = chosen
    gone = {"report": "另一份", "start": 3, "end": 9, "kind": "post", "fact": "甲 — 任 — 乙", "verdict": "right", "note": "走了"}
    lines = [line_of(before, right, "right", "对"), line_of(before, wrong, "wrong", "应为<i>省级</i>|*"), gone]
    build(SAMPLE, folder / "out", marks=written(folder / "marks.jsonl", lines))
    return folder / "out"


def test_the_kinds_of_the_page_are_those_of_the_graph() -> None:
    assert set(KINDS) == set(KIND.values())


def test_verdicts_stand_in_the_graph(marked: Path, before: dict[str, Any], chosen: tuple[int, int]) -> None:
    rows = query.ask(marked, "reviews").records()
    said = {row["said"]: row for row in rows}
    assert len(rows) == 3
    right, wrong = (before["facts"][n] for n in chosen)
    assert (said[right["zh"]]["verdict"], said[right["zh"]]["note"]) == ("right", "对")
    assert said[wrong["zh"]]["verdict"] == "wrong" and said[wrong["zh"]]["fact"]
    assert (said["甲 — 任 — 乙"]["fact"], said["甲 — 任 — 乙"]["note"]) == (None, "走了")
    assert check(marked) == check(built())


def test_restored_marks_build_the_same_graph(marked: Path) -> None:
    held = restore(marked)
    again = graph.build(held.extractions, held.resolution, held.marks)
    assert {str(q) for q in again} == {str(q) for q in graph.quads(marked)}


def test_without_marks_nothing_changes(tmp_path: Path) -> None:
    build(SAMPLE, tmp_path / "out", marks=written(tmp_path / "none.jsonl", []))
    for name in ("graph.trig", "graph.html", "report.md"):
        assert (tmp_path / "out" / name).read_bytes() == (built() / name).read_bytes()


def test_wrong_facts_leave_the_report_and_its_counts(marked: Path, before: dict[str, Any], chosen: tuple[int, int]) -> None:
    text, old = ((place / "report.md").read_text("utf-8") for place in (marked, built()))
    awards = [int(found[1]) for t in (old, text) if (found := re.search(r"## 荣誉 · Awards \((\d+)\)", t))]
    assert awards[1] == awards[0] - 1
    wrong = report.plain(before["facts"][chosen[1]]["zh"])
    assert f"- ~~{wrong}~~ **有误 wrong** (应为&lt;i>省级&lt;/i>\\|\\*)" in text
    assert text.count(wrong) == 1
    assert "甲 — 任 — 乙 **事实已不存在 gone**" in text


def test_wrong_facts_leave_the_figures_of_the_page(marked: Path, before: dict[str, Any], chosen: tuple[int, int]) -> None:
    after = payload(marked / "graph.html")
    honours = [next(f for f in data["figures"] if f["id"] == "honours") for data in (before, after)]
    assert int(honours[1]["value"]["zh"]) == int(honours[0]["value"]["zh"]) - 1
    assert chosen[1] in honours[0]["facts"] and chosen[1] not in honours[1]["facts"]
    assert after["facts"][chosen[1]]["mark"] == ["wrong", "应为<i>省级</i>|*"]
    assert after["facts"][chosen[0]]["mark"] == ["right", "对"]
    assert [(one["report"], one["fact"], one["note"]) for one in after["lost"]] == [("另一份", "甲 — 任 — 乙", "走了")]
    table = (marked / "graph.html").read_text("utf-8").partition("<noscript>")[2].partition("</noscript>")[0]
    assert table.count("<s>") == 1


def test_a_page_written_later_and_shared_knows_the_marks(marked: Path, tmp_path: Path) -> None:
    data = payload(view(marked, tmp_path / "a.html", share=True))
    assert sum("mark" in fact for fact in data["facts"]) == 2 and len(data["lost"]) == 1


def test_marks_stay_when_an_archive_changes(marked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lines = [{"report": "news", "start": 1, "end": 2, "kind": "award", "verdict": "right", "note": "留"}]
    build(SAMPLE, out, marks=written(tmp_path / "m.jsonl", lines))
    archive.add(out, SAMPLES / "news.html")
    assert [row["note"] for row in query.ask(out, "reviews").records()] == ["留"]


def test_words_that_changed_are_told(before: dict[str, Any], chosen: tuple[int, int], tmp_path: Path) -> None:
    posts = [n for n, fact in enumerate(before["facts"]) if fact["kind"] == "post"]
    alone = next(n for n in posts if sum(before["facts"][n]["ev"] == before["facts"][m]["ev"] for m in posts) == 1)
    line = {**line_of(before, alone, "right"), "fact": "旧的说法"}
    several = {**line_of(before, chosen[0], "wrong"), "fact": "旧的说法"}
    found = build(SAMPLE, tmp_path / "out", marks=written(tmp_path / "m.jsonl", [line, several]))
    assert payload(tmp_path / "out" / "graph.html")["facts"][alone]["mark"] == ["right", "", "旧的说法"]
    why = [finding.why for finding in found.findings]
    assert any("说法已变" in one for one in why) and any("已不存在" in one for one in why)


def test_of_two_marks_the_later_holds(tmp_path: Path) -> None:
    mark = {"report": "r", "start": 0, "end": 5, "kind": "award", "fact": "甲"}
    path = written(tmp_path / "m.jsonl", [{**mark, "verdict": "right"}, {**mark, "verdict": "wrong", "note": "x\u202e\ny"}])
    assert marks.read(path) == (Mark("r", 0, 5, "award", "wrong", "x y", "甲"),)


GOOD = '{"report": "r", "start": 0, "end": 5, "kind": "award", "verdict": "right"}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe1", "UTF-8"),
        (b"PK\x03\x04", "JSON"),
        (b"[1]", "no mark"),
        ((GOOD + "\n" + "[" * 100_000).encode(), ":2"),
        (GOOD.replace('"r"', '""').encode(), "report"),
        (GOOD.replace("0,", "-1,").encode(), "start"),
        (GOOD.replace("0,", "true,").encode(), "start"),
        (GOOD.replace("5", "0").encode(), "end"),
        (GOOD.replace("award", "prize").encode(), "kind"),
        (GOOD.replace('"award"', "[]").encode(), "kind"),
        (GOOD.replace("right", "maybe").encode(), "verdict"),
        (GOOD.replace("}", ', "note": 3}').encode(), "note"),
        (GOOD.replace('"r"', '"\\ud800"').encode(), "half a character"),
    ],
)
def test_bad_files_are_named_with_their_line(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "坏.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        build(SAMPLE, tmp_path / "out", marks=path)
    assert said in str(caught.value) and " | " in str(caught.value) and "坏.jsonl" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_the_command_reads_marks_and_refuses_a_missing_file(tmp_path: Path) -> None:
    refused = kg("build", SAMPLE, "-o", tmp_path / "out", "--marks", tmp_path / "none.jsonl")
    assert refused.returncode == 2 and "none.jsonl" in refused.stderr and " | " in refused.stderr
    assert not (tmp_path / "out").exists()
    written(tmp_path / "m.jsonl", [json.loads(GOOD)])
    done = kg("build", SAMPLE, "-o", tmp_path / "out", "--marks", tmp_path / "m.jsonl")
    assert done.returncode == 1 and "核对过的事实已不存在" in done.stdout
