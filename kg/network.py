"""The graph as a typed networkx ``MultiDiGraph``: entities are nodes, facts are edges.

    node   IRI      kind, subtype, label, labels, pinyin, level, code, measures
    edge   key      kind ('award', 'conferred', 'post', …), label, fact, evidence, and what the fact says:
                    title, grade, level, rank, direction, date, year, count, what, value, unit, approximate, unsure
    graph           reports: {IRI: {title, publisher, published, period, text}}

``evidence`` is {report, start, end, quote, rule, confidence}. Measurements are no edges but a node's ``measures``.
A fact that only repeats another of its report is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import networkx as nx
from pyoxigraph import Quad

from kg.graph import quads as read_quads
from kg.graph.index import Index
from kg.model import ENTITY_KINDS
from kg.vocab import LABELS, PARENTS, PREFIXES

EDGES: Mapping[str, tuple[tuple[str, str, str], ...]] = MappingProxyType(
    {
        "award": (
            ("recipient", "honour", "award"),
            ("conferrer", "honour", "conferred"),
            ("jointConferrer", "honour", "conferred"),
        ),
        "post": (("person", "organization", "post"),),
        "part-of": (("child", "parent", "part-of"),),
        "activity": (
            ("participant", "activity", "participates"),
            ("activity", "place", "held-at"),
            ("activity", "furtherPlace", "held-at"),
        ),
        "coverage": (("media", "subject", "coverage"),),
        "assistance": (("helper", "village", "assistance"),),
        "cooperation": (("party", "partner", "cooperation"),),
        "visit": (("visitor", "site", "visit"),),
    }
)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "award": "荣获",
        "conferred": "授予",
        "post": "任职",
        "part-of": "隶属于",
        "participates": "参加",
        "held-at": "举办于",
        "coverage": "报道",
        "assistance": "帮扶",
        "cooperation": "合作",
        "visit": "参访",
        "measure": "数量",
    }
)
_SAID = (
    "title",
    "grade",
    "level",
    "rank",
    "direction",
    "date",
    "year",
    "count",
    "what",
    "indicator",
    "unsure",
)
_QUANTITY = ("value", "unit", "approximate", "lower", "upper")
_KINDS = frozenset({*ENTITY_KINDS, "Group"})


def network(source: Path | str | Iterable[Quad]) -> nx.MultiDiGraph[str]:
    """Nodes and edges of an output folder, a graph file, or quads in hand."""
    index = Index(read_quads(source) if isinstance(source, Path | str) else source)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph["reports"] = {iri: _report(index, iri) for iri in index.having("Report")}
    for iri in index:
        if index.one(iri, "kind") in _KINDS and index.labels(iri):
            graph.add_node(iri, **_node(index, iri))
    for iri in index.having("Fact"):
        if index.one(iri, "repeats") is None:
            _add_fact(graph, index, iri)
    return graph


def _present(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without what is None; decimals as floats."""
    plain = {key: float(value) if isinstance(value, Decimal) else value for key, value in record.items()}
    return {key: value for key, value in plain.items() if value is not None}


def _report(index: Index, iri: str) -> dict[str, Any]:
    outside = {
        "title": PREFIXES["dcterms"] + "title",
        "published": PREFIXES["dcterms"] + "issued",
        "text": PREFIXES["nif"] + "isString",
    }
    found = {
        name: terms[0].value for name, predicate in outside.items() if (terms := index.terms(iri, predicate))
    }
    return found | _present(
        {"publisher": index.one(iri, "publisherName"), "period": index.one(iri, "period")}
    )


def _subtype(types: Sequence[str]) -> str:
    """The most specific class: the one that is nobody's parent here.

    >>> _subtype(["Entity", "Organization", "PartyBranch", "PartyOrganization"])
    'PartyBranch'
    """
    above = {parent for name in types for parent in PARENTS.get(name, ())}
    return min((name for name in types if name not in above), default="Entity")


def _node(index: Index, iri: str) -> dict[str, Any]:
    names = index.labels(iri)
    label = names.pop("zh", iri)
    subtype = _subtype(index.types(iri))
    node = {
        "kind": index.one(iri, "kind"),
        "subtype": subtype,
        "subtype_zh": LABELS[subtype][0],
        "label": label,
        "labels": [label, *index.others(iri)],
        "pinyin": next(iter(names.values()), None),
        "level": index.one(iri, "level"),
        "code": index.one(iri, "divisionCode"),
        "measures": [],
    }
    return _present(node)


def _evidence(index: Index, fact: str) -> dict[str, Any]:
    iri = index.link(fact, "evidence")
    names = {"report": "inReport"} | {n: n for n in ("start", "end", "quote", "rule", "confidence")}
    return _present({key: index.one(iri, name) for key, name in names.items()})


def _said(index: Index, fact: str) -> dict[str, Any]:
    """What a fact says besides its roles, without what it leaves unsaid."""
    quantity = index.link(fact, "quantity")
    said = {name: index.one(fact, name) for name in _SAID}
    return _present(said | {name: index.one(quantity, name) for name in _QUANTITY if quantity})


def _label(kind: str, said: Mapping[str, Any]) -> str:
    """Words for an edge: the post's title, the help given, else what kind of edge it is.

    >>> _label("post", {"title": "局长"}), _label("award", {"grade": "一等奖"}), _label("visit", {})
    ('局长', '荣获 一等奖', '参访')
    """
    if kind == "post" and said.get("title"):
        return str(said["title"])
    detail = said.get("grade") if kind == "award" else said.get("what")
    return WORDS[kind] + (f" {detail}" if detail else "")


def _add_fact(graph: nx.MultiDiGraph[str], index: Index, fact: str) -> None:
    slug = index.link(fact, "kind")
    said, evidence = _said(index, fact), _evidence(index, fact)
    subject = index.link(fact, "subject")
    if slug == "measure" and subject in graph:
        graph.nodes[subject]["measures"].append({"fact": fact, **said, "evidence": evidence})
    for source_role, target_role, kind in EDGES.get(slug, ()):
        about = {"kind": kind, "label": _label(kind, said), "fact": fact, "evidence": evidence}
        for source in index.all(fact, source_role):
            for target in index.all(fact, target_role):
                graph.add_edge(source, target, key=f"{fact}#{source_role}-{target_role}", **(said | about))
