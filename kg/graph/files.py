"""Graphs on disk: deterministic TriG out, rdflib or Oxigraph in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import rdflib
from pyoxigraph import Quad, RdfFormat, Store, Triple
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import GraphError
from kg.graph.derive import flat
from kg.model import ENTITY_KINDS
from kg.vocab import ID, PREFIXES

GRAPH_FILE = "graph.trig"
_FORMATS = {
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
}
_TYPE = PREFIXES["rdf"] + "type"
_USED = ("kg", "kggraph", "dcterms", "nif", "rdf", "rdfs", "skos", "xsd")
FILE_PREFIXES = {name: PREFIXES[name] for name in _USED} | {
    kind: f"{ID}{kind}/"
    for kind in ("report", "containment", "group", *(kind.lower() for kind in ENTITY_KINDS))
}


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary file beside ``target`` that takes its place if all goes well, else vanishes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=target.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Quads by graph, subject, predicate (types first) and object."""

    def order(quad: Quad) -> tuple[str, str, str, str]:
        predicate = quad.predicate.value
        first = "" if predicate == _TYPE else predicate
        return str(quad.graph_name), str(quad.subject), first, str(quad.object)

    return sorted(quads, key=order)


def pretty(statements: Iterable[Quad] | Iterable[Triple], kind: RdfFormat) -> bytes:
    """Turtle or TriG with prefixes in order of name (Oxigraph writes them in a different order on each run)."""
    data = ox.serialize(statements, format=kind, prefixes=FILE_PREFIXES) or b""
    lines = data.split(b"\n")
    head = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join([*sorted(lines[:head]), *lines[head:]])


def write(quads: Iterable[Quad], folder: Path | str) -> Path:
    """Write ``folder/graph.trig``: the same quads always give the same bytes. Gives the file's path."""
    target = Path(folder) / GRAPH_FILE
    with replacing(target) as temporary:
        temporary.write_bytes(pretty(ordered(quads), RdfFormat.TRIG))
    return target


def find(place: Path | str) -> Path:
    """The graph file of an output folder, or the file itself."""
    path = Path(place)
    candidates = [path] if path.is_file() else [path / f"graph{suffix}" for suffix in _FORMATS]
    for candidate in candidates:
        if candidate.is_file() and candidate.suffix in _FORMATS:
            return candidate
    raise GraphError(
        "这里没有图;请先运行 kg build INPUT -o DIR",
        "no graph here; run kg build INPUT -o DIR first",
        where=path,
    )


def quads(place: Path | str) -> Iterator[Quad]:
    """Every quad of the graph in an output folder, in the order of the file."""
    path = find(place)
    try:
        yield from ox.parse(path=str(path), format=_FORMATS[path.suffix])
    except (SyntaxError, ValueError) as error:
        raise GraphError(
            f"图文件已损坏({error});请重新运行 kg build",
            f"damaged graph file ({error}); run kg build again",
            where=path,
        ) from error


def store(place: Path | str) -> Store:
    """The graph as one set of triples in memory, as the questions want it."""
    return flat(quads(place))


def graphs(place: Path | str) -> Store:
    """The graph with its named graphs in memory."""
    found = Store()
    found.bulk_extend(quads(place))
    return found


def load(place: Path | str) -> rdflib.Dataset:
    """The graph as an rdflib ``Dataset``; its default graph is the union of all, so questions run as they are."""
    dataset = rdflib.Dataset(default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, override=True, replace=True)
    known: dict[str, rdflib.Graph] = {}
    for quad in quads(place):
        where = quad.graph_name
        name = str(DATASET_DEFAULT_GRAPH_ID) if isinstance(where, ox.DefaultGraph) else where.value
        if name not in known:
            known[name] = dataset.graph(rdflib.URIRef(name))
        known[name].add((_node(quad.subject), rdflib.URIRef(quad.predicate.value), _node(quad.object)))
    return dataset


def flat_graph(place: Path | str) -> rdflib.Graph:
    """The graph as one rdflib ``Graph`` without named graphs, for validation."""
    graph = rdflib.Graph()
    for quad in quads(place):
        graph.add((_node(quad.subject), rdflib.URIRef(quad.predicate.value), _node(quad.object)))
    return graph


def _node(term: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        datatype = None if term.language or term.datatype.value.endswith("#string") else term.datatype.value
        return rdflib.Literal(
            term.value, lang=term.language, datatype=datatype and rdflib.URIRef(datatype), normalize=False
        )
    raise TypeError(f"no RDF 1.1 term: {term}")
