"""Extractions and their resolution to RDF, and back from disk.

One named graph per report holds its text, mentions, evidence and facts; the archive graph holds entities, what
each mention means, the roles of facts projected onto entities, merges, and edges that the rules derive. No triple
stands in two graphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pyoxigraph import Quad

from kg.errors import GraphError
from kg.graph.derive import derive, flat
from kg.graph.entities import ArchiveGraph
from kg.graph.facts import LOW_CONFIDENCE, ReportGraph
from kg.graph.files import GRAPH_FILE, find, flat_graph, graphs, load, ordered, quads, replacing, store, write
from kg.graph.iris import ARCHIVE, entity_iri, escape, graph_iri, report_iri
from kg.graph.marks import Mark, Marked, write_marks
from kg.model import Extraction, PartOf, Resolution

__all__ = [
    "ARCHIVE",
    "GRAPH_FILE",
    "LOW_CONFIDENCE",
    "Mark",
    "Marked",
    "build",
    "derive",
    "entity_iri",
    "escape",
    "find",
    "flat",
    "flat_graph",
    "graph_iri",
    "graphs",
    "load",
    "ordered",
    "quads",
    "replacing",
    "report_iri",
    "store",
    "write",
]


def build(
    extractions: Sequence[Extraction], resolution: Resolution, marks: Sequence[Marked] = ()
) -> list[Quad]:
    """Every quad of these reports, with what people marked: pure, deterministic, without blank nodes.

    Raises GraphError for a mention that means nothing, a span outside its text, or two reports with one id.
    """
    by_id = {extraction.document.id: extraction for extraction in extractions}
    if len(by_id) != len(extractions):
        ids = sorted(e.document.id for e in extractions)
        twice = next(a for a, b in pairwise(ids) if a == b)
        raise GraphError("两份报告的编号相同", "two reports have the same id", where=twice)
    reports = [ReportGraph(_of_two(by_id[key], resolution)) for key in sorted(by_id)]
    archive = ArchiveGraph(reports, resolution)
    write_marks(archive, marks)
    found = [quad for report in reports for quad in report.sink.quads()]
    found += archive.sink.quads()
    return found + derive(found)


def _of_two(extraction: Extraction, resolution: Resolution) -> Extraction:
    """The extraction without containments whose two names mean one: 兰州 in 兰州市."""
    meant, report = resolution.meaning, extraction.document.id
    facts = tuple(
        fact
        for fact in extraction.facts
        if not isinstance(fact, PartOf)
        or meant.get((report, fact.child)) != meant.get((report, fact.parent))
        or (report, fact.child) not in meant
    )
    return extraction if len(facts) == len(extraction.facts) else replace(extraction, facts=facts)
