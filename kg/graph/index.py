"""Quads by subject and predicate, for code that walks the graph node by node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.terms import python_value
from kg.tables import Value
from kg.vocab import KG_BASE, PREFIXES

PREF, ALT = PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel"
_TYPE = PREFIXES["rdf"] + "type"


class Index:
    """A graph in memory by IRI; names are local names of our vocabulary."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._nodes: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                node = self._nodes.setdefault(quad.subject.value, {})
                node.setdefault(quad.predicate.value, []).append(quad.object)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._nodes))

    def terms(self, iri: str, predicate: str) -> Sequence[NamedNode | Literal]:
        """Every object of a predicate (a full IRI)."""
        return self._nodes.get(iri, {}).get(predicate, ())

    def all(self, iri: str, *names: str) -> list[str]:
        """Every object of these properties, in order of name."""
        return [value for name in names for value in sorted(t.value for t in self.terms(iri, KG_BASE + name))]

    def one(self, iri: str, name: str) -> Value:
        """The value of a property, None if there is none."""
        terms = self.terms(iri, KG_BASE + name)
        return python_value(min(terms, key=str)) if terms else None

    def link(self, iri: str, name: str) -> str:
        """The IRI that a property leads to, '' if there is none."""
        return str(self.one(iri, name) or "")

    def types(self, iri: str) -> list[str]:
        """Local names of a node's classes."""
        return [term.value.removeprefix(KG_BASE) for term in self.terms(iri, _TYPE)]

    def having(self, type_: str) -> list[str]:
        """Every node of a class, by IRI."""
        return [iri for iri in self if type_ in self.types(iri)]

    def labels(self, iri: str) -> dict[str, str]:
        """Preferred labels by language tag."""
        return {t.language or "": t.value for t in self.terms(iri, PREF) if isinstance(t, Literal)}

    def label(self, iri: str) -> str:
        """The preferred Chinese label, the IRI if there is none, '' for ''."""
        return self.labels(iri).get("zh", iri)

    def others(self, iri: str) -> list[str]:
        """Alternative labels in order."""
        return sorted(term.value for term in self.terms(iri, ALT))
