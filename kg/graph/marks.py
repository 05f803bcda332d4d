"""What people marked in the page, in the archive graph: each mark a node of its own, with the facts that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode

from kg.graph.iris import escape
from kg.model import Fact
from kg.vocab import ID

if TYPE_CHECKING:
    from kg.graph.entities import ArchiveGraph

Verdict = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person said of a fact: where the fact stands, and whether it is right.

    ``said`` is the fact in words as it was when it was marked; '' if the file does not say.
    """

    report: str
    start: int
    end: int
    kind: str
    verdict: Verdict
    note: str = ""
    said: str = ""
    rule: str = ""


Marked = tuple[Mark, tuple[Fact, ...]]  # no fact: none stands there any more


def write_marks(archive: ArchiveGraph, marks: Iterable[Marked]) -> None:
    """Every mark, also one whose fact is gone."""
    reports = {report.document.id: report for report in archive.reports}
    taken: dict[str, int] = {}
    for mark, facts in marks:
        iri = f"{ID}review/{escape(mark.report)}/{mark.kind}/{mark.start}-{mark.end}"
        count = taken[iri] = taken.get(iri, 0) + 1
        node = NamedNode(iri if count == 1 else f"{iri}-{count}")
        archive.sink.types(node, "Review")
        archive.sink.put(node, markedReport=mark.report, markedStart=mark.start, markedEnd=mark.end, kind=mark.kind)
        archive.sink.put(node, verdict=mark.verdict, note=mark.note or None, said=mark.said or None)
        archive.sink.put(node, rule=mark.rule or None)
        report = reports.get(mark.report)
        for fact in facts if report is not None else ():
            archive.sink.put(node, reviews=report.facts.get(fact) if report is not None else None)
