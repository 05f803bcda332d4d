"""Shortcut edges: the CONSTRUCT rules of ``ontology/rules`` applied to a set of quads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg.errors import RuleError
from kg.graph.iris import ARCHIVE
from kg.vocab import ontology_dir


@lru_cache(maxsize=1)
def rules() -> tuple[tuple[Path, str], ...]:
    """The rules as (path, SPARQL), in order of name."""
    return tuple((path, path.read_text("utf-8")) for path in sorted((ontology_dir() / "rules").glob("*.rq")))


def flat(quads: Iterable[Quad]) -> Store:
    """One set of triples, without graphs: what every question and rule runs on."""
    store = Store()
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    return store


def derive(quads: Iterable[Quad], graph: NamedNode = ARCHIVE) -> list[Quad]:
    """Every triple that a rule yields and the quads do not hold, in ``graph``."""
    store = flat(quads)
    found: dict[Quad, None] = {}
    for path, text in rules():
        result = store.query(text)
        if not isinstance(result, QueryTriples):
            raise RuleError("规则必须是 CONSTRUCT", "a rule must be a CONSTRUCT", where=path)
        for triple in result:
            plain = Quad(triple.subject, triple.predicate, triple.object)
            if plain not in store:
                found[Quad(triple.subject, triple.predicate, triple.object, graph)] = None
    return list(found)
