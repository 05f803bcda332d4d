"""Findings: none on what we build, clear ones on what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_graph

from kg import graph
from kg.check import Finding, check, checks, summary
from kg.errors import GraphError
from kg.vocab import ontology_dir

BAD = ontology_dir() / "examples" / "bad"


def test_what_we_build_conforms(tmp_path: Path) -> None:
    graph.write(graph.build([small_graph.extraction()], small_graph.resolution()), tmp_path)
    assert check(tmp_path) == []


def test_a_finding_says_what_where_and_quotes_the_text() -> None:
    (finding,) = check(BAD / "fact-bad-date.trig")
    assert finding.check == "shape kg:FactShape" and finding.detail == "去年"
    assert finding.zh.startswith("日期") and finding.en.startswith("The date")
    assert finding.quote is not None and finding.quote.startswith("石桥县柳溪村")
    assert (
        "report/example-1/award" in str(finding) and finding.zh in str(finding) and finding.en in str(finding)
    )


def test_an_altered_quote_is_found_with_both_texts() -> None:
    (finding,) = check(BAD / "quote-altered.trig")
    assert finding.check == "check quote-violation"
    assert "柳溪乡" in (finding.quote or "") and "柳溪村" in (finding.detail or "")


def test_findings_come_in_the_same_order(tmp_path: Path) -> None:
    path = BAD / "two-places-one-code.trig"
    assert check(path) == check(path)


def test_summary_counts_by_check() -> None:
    found = [Finding("check a", "n", "中", "e"), Finding("check a", "m", "中", "e")]
    assert summary(found) == {"check a": 2}


def test_there_are_checks() -> None:
    assert len(checks()) >= 10


def test_a_folder_without_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        check(tmp_path)
