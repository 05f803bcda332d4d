"""A built graph in other formats, written whole or not at all; the file's suffix chooses.

.trig .nq .jsonld       with named graphs
.ttl .nt .rdf           one set of triples
.graphml .gexf          the network of entities, for Gephi, Cytoscape and the like
.csv                    one row per fact with its evidence, for spreadsheets
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
from pyoxigraph import Literal, Quad, RdfFormat, Triple

from kg.errors import QueryError
from kg.graph import ordered, quads, replacing
from kg.graph.files import pretty
from kg.graph.index import Index
from kg.network import network
from kg.tables import Value, csv_text

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "award": ("recipient", "honour", ("conferrer", "jointConferrer")),
    "post": ("person", "organization", ()),
    "measure": ("subject", "", ()),
    "part-of": ("child", "parent", ()),
    "activity": ("activity", "place", ("participant", "furtherPlace")),
    "coverage": ("media", "subject", ()),
    "assistance": ("helper", "village", ()),
    "cooperation": ("party", "partner", ()),
    "visit": ("visitor", "site", ()),
}
_FACT = ("title", "indicator", "what", "grade", "level", "rank", "direction", "date", "year", "count")
_QUANTITY = ("value", "unit", "approximate", "lower", "upper")
_EVIDENCE = ("start", "end", "quote", "rule", "confidence")
COLUMNS = (
    *("kind", "fact", "subject", "subjectName", "object", "objectName", "others"),
    *_FACT,
    "documentNumber",
    *_QUANTITY,
    *("report", *_EVIDENCE, "unsure", "repeats"),
)


def export(place: Path | str, target: Path | str) -> Path:
    """Write the graph of an output folder to ``target`` in the format of its suffix; gives the path.

    Raises QueryError for a suffix that is no format, GraphError where there is no graph.
    """
    path = Path(target)
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        known = " ".join(FORMATS)
        raise QueryError(
            f"不能导出为“{path.suffix}”;可用:{known}", f"cannot export as {path.suffix!r}; use {known}"
        )
    data = write(list(quads(place)))
    with replacing(path) as temporary:
        temporary.write_bytes(data)
    return path


def _flat(found: Iterable[Quad]) -> list[Triple]:
    plain = dict.fromkeys(Quad(q.subject, q.predicate, q.object) for q in found)
    return [quad.triple for quad in ordered(plain)]


def _ttl(found: list[Quad]) -> bytes:
    return pretty(_flat(found), RdfFormat.TURTLE)


def _nt(found: list[Quad]) -> bytes:
    return ox.serialize(_flat(found), format=RdfFormat.N_TRIPLES) or b""


def _nq(found: list[Quad]) -> bytes:
    return ox.serialize(ordered(found), format=RdfFormat.N_QUADS) or b""


def _trig(found: list[Quad]) -> bytes:
    return pretty(ordered(found), RdfFormat.TRIG)


def _jsonld(found: list[Quad]) -> bytes:
    return ox.serialize(ordered(found), format=RdfFormat.JSON_LD) or b""


def _rdf(found: list[Quad]) -> bytes:
    """RDF/XML; a character that XML cannot hold becomes U+FFFD, so that offsets still fit."""
    triples = [Triple(t.subject, t.predicate, _for_xml(t.object)) for t in _flat(found)]
    return ox.serialize(triples, format=RdfFormat.RDF_XML) or b""


def _for_xml(term: Any) -> Any:
    if not isinstance(term, Literal) or not _NOT_XML.search(term.value):
        return term
    text = _NOT_XML.sub("\ufffd", term.value)
    return Literal(text, language=term.language) if term.language else Literal(text, datatype=term.datatype)


def _drawn(found: list[Quad]) -> nx.MultiDiGraph[str]:
    """The network with plain attributes only, as GraphML and GEXF want them."""
    full = network(found)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, data in full.nodes(data=True):
        graph.add_node(iri, **_scalars(data | {"measures": len(data["measures"])}))
    for source, target, key, data in full.edges(keys=True, data=True):
        evidence = {f"evidence_{name}": value for name, value in data["evidence"].items()}
        rest = {name: value for name, value in data.items() if name != "evidence"}
        graph.add_edge(source, target, key=key, **_scalars(rest | evidence))
    return graph


def _scalars(data: Mapping[str, Any]) -> dict[str, Any]:
    """Lists joined, texts fit for XML, numbers and booleans as they are."""
    joined = {k: " | ".join(v) if isinstance(v, list) else v for k, v in data.items()}
    return {k: _NOT_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in joined.items()}


def _graphml(found: list[Quad]) -> bytes:
    return "\n".join(nx.generate_graphml(_drawn(found), named_key_ids=True)).encode() + b"\n"


def _gexf(found: list[Quad]) -> bytes:
    """GEXF 1.2 without the day of writing, so that the same graph gives the same bytes."""
    text = "\n".join(nx.generate_gexf(_drawn(found), version="1.2draft"))
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode() + b"\n"


def _csv(found: list[Quad]) -> bytes:
    """With a byte order mark, by which spreadsheets know UTF-8."""
    return csv_text(COLUMNS, rows(found)).encode("utf-8-sig")


def rows(found: Iterable[Quad]) -> Iterator[list[Value]]:
    """One row of COLUMNS per fact, in order of report and place in the text."""
    index = Index(found)
    evidence = {fact: index.link(fact, "evidence") for fact in index.having("Fact")}

    def order(fact: str) -> tuple[str, int, str]:
        span = evidence[fact]
        return index.link(span, "inReport"), int(index.link(span, "start") or 0), fact

    for fact in sorted(evidence, key=order):
        yield _row(index, fact, evidence[fact])


def _row(index: Index, fact: str, span: str) -> list[Value]:
    kind = index.link(fact, "kind")
    subject_role, object_role, other_roles = _PLACES[kind]
    subject, target = index.link(fact, subject_role), index.link(fact, object_role)
    others = "; ".join(index.label(iri) for iri in index.all(fact, *other_roles))
    quantity = index.link(fact, "quantity")
    return [
        *(kind, fact, subject, index.label(subject), target, index.label(target), others),
        *(index.one(fact, name) for name in (*_FACT, "documentNumber")),
        *(index.one(quantity, name) for name in _QUANTITY),
        index.link(span, "inReport"),
        *(index.one(span, name) for name in _EVIDENCE),
        index.one(fact, "unsure"),
        index.one(fact, "repeats"),
    ]


FORMATS: Mapping[str, Callable[[list[Quad]], bytes]] = {
    ".ttl": _ttl,
    ".nt": _nt,
    ".nq": _nq,
    ".trig": _trig,
    ".jsonld": _jsonld,
    ".rdf": _rdf,
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".csv": _csv,
}
