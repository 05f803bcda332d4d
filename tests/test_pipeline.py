"""The build: what it writes, that it writes it twice alike, and that bad input costs nothing."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from sample_build import GOLD, ROOT, SAMPLE, SAMPLES, built, kg

from kg import graph, query
from kg.errors import InputError
from kg.model import Award
from kg.pipeline import FILES, build
from kg.report import LOW_CONFIDENCE, count_by_kind, findings, plain
from kg.restore import restore

EVIDENCE = (
    "awards",
    "posts",
    "measures",
    "activities",
    "coverage",
    "assistance",
    "cooperation",
    "visits",
    "part-of",
)
REPORTS = sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.html"), *GOLD.rglob("*.txt")])


def test_a_build_writes_three_files_and_says_what_it_found(tmp_path: Path) -> None:
    report = build(SAMPLE, tmp_path / "new" / "out")
    assert sorted(p.name for p in report.out.iterdir() if p.name != ".kg") == sorted(FILES)
    assert report.facts == sum(report.counts.values()) > 50
    assert report.counts["awards"] > 10
    (row,) = query.ask(report.out, "reports").records()
    assert (row["title"], row["year"], row["facts"]) == ("锁住流沙护绿洲 实干争先谱新篇", 2024, report.facts)


def test_report_md_counts_quotes_and_doubts() -> None:
    text = (built() / "report.md").read_text("utf-8")
    held = restore(built())
    (found,) = held.once
    awards = sum(isinstance(fact, Award) for fact in found.facts)
    assert f"## 荣誉 · Awards ({awards})" in text
    assert "organisations' own claims" in text
    doubts = findings(held.once, held.resolution)
    assert f"## 存疑 · Unsure ({len(doubts)})" in text
    assert all(plain(doubt.quote) in text for doubt in doubts)
    low = [f for f in found.facts if f.unsure or f.evidence.confidence < LOW_CONFIDENCE]
    assert len(doubts) >= len(low)


def test_the_graph_gives_back_what_it_was_built_from() -> None:
    """Restored extractions build the same quads: nothing that the graph says gets lost on the way back."""
    held = restore(built())
    again = graph.build(held.extractions, held.resolution)
    assert {str(q) for q in again} == {str(q) for q in graph.quads(built())}


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_quote_stands_at_its_offsets(path: Path, tmp_path: Path) -> None:
    report = build(path, tmp_path)
    store = graph.store(tmp_path)
    (text,) = (document.text for document in report.documents)
    rows = [row for name in EVIDENCE for row in query.ask(store, name).records()]
    rows += query.ask(store, "mentions").records()
    assert len(rows) >= report.facts > 0
    for row in rows:
        start, end = int(str(row["start"])), int(str(row["end"]))
        assert text[start:end] == row["quote"]
        assert 0 < len(str(row["quote"])) <= 400


@pytest.mark.parametrize("question", [q for q in EVIDENCE if q != "activities"])
def test_every_fact_is_in_an_answer(question: str) -> None:
    """What report.md counts is what the question answers, row for row."""
    held = restore(built())
    rows = query.ask(built(), question).records()
    facts = {
        tuple(sorted(map(str, (row["report"], row["start"], row["end"], *row.values())))) for row in rows
    }
    assert len(facts) == count_by_kind(held.once)[question]


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    digests = []
    for seed in ("1", "4242"):
        out = tmp_path / seed
        done = kg("build", SAMPLE, SAMPLES / "news.html", "-o", out, PYTHONHASHSEED=seed)
        assert done.returncode in (0, 1), done.stderr
        digests.append([hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES])
    assert digests[0] == digests[1]


def test_the_order_of_inputs_changes_nothing(tmp_path: Path) -> None:
    page = SAMPLES / "news.html"
    build([SAMPLE, page], tmp_path / "a")
    build([page, SAMPLE], tmp_path / "b")
    build([SAMPLES], tmp_path / "c")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()


def test_a_page_is_read_without_its_boilerplate(tmp_path: Path) -> None:
    build(SAMPLES / "news.html", tmp_path)
    names = {row["name"] for row in query.ask(tmp_path, "entities").records()}
    assert {"沱溪水库管理处", "蒲正川", "屈明岚"} <= {str(name) for name in names}
    assert not {"云岭县水利局", "白果灌区管理站", "某某科技有限公司"} & names


# --- bad input ----------------------------------------------------------------------------------------------------

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BAD: dict[str, bytes | None] = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": " \n\u3000\n".encode(),
    "binary.txt": bytes(range(256)) * 40,
    "pdf-named.txt": PDF,
    "utf16-named.txt": "省治沙局获评先进集体。".encode("utf-16-le")[:-1],
    "broken.txt": "省治沙局2024年工作亮点。".encode("gb18030") + b"\xff\xfe\x81" * 60,
    "no-report.html": b"<html><head><title>404</title></head><body><a href='/'>Home</a> Not found</body></html>",
    "english.txt": b"This page holds no report in Chinese.\n",
    "photo.jpg": b"\xff\xd8\xff\xe0JFIF",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_says_so_in_both_languages_and_changes_nothing(name: str, tmp_path: Path) -> None:
    path, out = tmp_path / name, tmp_path / "out"
    content = BAD[name]
    if content is not None:
        path.write_bytes(content)
    out.mkdir()
    before = {file: f"earlier {file}" for file in FILES}
    for file, text in before.items():
        (out / file).write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        build([SAMPLE, path], out)
    error = caught.value
    assert name in str(error)
    assert any("\u4e00" <= c <= "\u9fff" for c in error.zh)
    assert error.en.isascii()
    assert "\n" not in str(error)
    assert {p.name: p.read_text("utf-8") for p in out.iterdir() if p.is_file()} == before


def test_an_output_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine", "utf-8")
    with pytest.raises(InputError):
        build(SAMPLE, taken)
    assert taken.read_text("utf-8") == "mine"


def test_the_same_report_twice_is_an_error(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.html").write_bytes((SAMPLES / "news.html").read_bytes())
    with pytest.raises(InputError, match="same report"):
        build([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_failure_while_writing_leaves_the_earlier_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(SAMPLE, tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}

    def fail(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.report.render", fail)
    with pytest.raises(OSError, match="No space"):
        build(SAMPLES / "news.html", tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_files_are_written_with_the_usual_permissions(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        build(SAMPLE, tmp_path)
    finally:
        os.umask(old)
    assert {oct((tmp_path / name).stat().st_mode & 0o777) for name in FILES} == {"0o644"}


def test_output_holds_no_path_of_the_machine() -> None:
    for name in FILES:
        assert str(ROOT).encode() not in (built() / name).read_bytes()
