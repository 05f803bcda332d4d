"""From a graph on disk back to the extractions and entities that it was written from.

What the graph does not keep comes back simplified: one paragraph per line of the stored text, and for a mention
the class of the entity that it means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph import quads
from kg.graph.facts import SPECS, Spec
from kg.graph.marks import Mark, Marked
from kg.model import (
    Block,
    Document,
    Entity,
    Evidence,
    Extraction,
    Fact,
    Inference,
    Measure,
    Mention,
    Merge,
    Quantity,
    Resolution,
    Section,
)
from kg.vocab import ID, KG_BASE, PREFIXES, superclasses

_TYPE: Final = PREFIXES["rdf"] + "type"
_TEXT: Final = PREFIXES["nif"] + "isString"
_PREF: Final = PREFIXES["skos"] + "prefLabel"
_ALT: Final = PREFIXES["skos"] + "altLabel"
_DCTERMS: Final = PREFIXES["dcterms"]

Term = NamedNode | Literal
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a graph holds; ``facts``, ``entities`` and ``triples`` are by IRI."""

    extractions: tuple[Extraction, ...]
    resolution: Resolution
    facts: dict[str, tuple[str, Fact]] = field(default_factory=dict)  # IRI → (report id, fact)
    entities: dict[str, Entity] = field(default_factory=dict)
    triples: dict[str, tuple[Triple, ...]] = field(default_factory=dict)  # by subject, in N-Triples notation
    repeats: frozenset[str] = frozenset()  # facts that only say again what another of the report says
    marks: tuple[Marked, ...] = ()  # what people marked, each with its facts; none if they are gone

    @property
    def once(self) -> tuple[Extraction, ...]:
        """The extractions without what is only said again, as the questions count."""
        again = {id(self.facts[iri][1]) for iri in self.repeats}
        return tuple(
            replace(e, facts=tuple(f for f in e.facts if id(f) not in again)) for e in self.extractions
        )


def restore(place: Path | str) -> Restored:
    """Read the graph of an output folder; GraphError if there is none, or it is damaged."""
    try:
        return _Reader(quads(place)).restored()
    except (KeyError, StopIteration, IndexError) as error:
        raise GraphError(
            f"图不完整(缺 {error});请重新运行 kg build",
            f"the graph is incomplete (no {error}); run kg build again",
            where=place,
        ) from error


class _Node(dict[str, list[Term]]):
    """The values of one subject by predicate; terms of our own vocabulary by local name."""

    def one(self, name: str) -> Term | None:
        values = self.get(name)
        return values[0] if values else None

    def text(self, name: str) -> str | None:
        value = self.one(name)
        return None if value is None else value.value

    def must(self, name: str) -> str:
        return self[name][0].value

    def number(self, name: str) -> int | None:
        value = self.text(name)
        return None if value is None else int(value)

    def real(self, name: str) -> float | None:
        value = self.text(name)
        return None if value is None else float(value)

    def true(self, name: str) -> bool:
        return self.text(name) == "true"

    @property
    def types(self) -> frozenset[str]:
        return frozenset(t.value.removeprefix(KG_BASE) for t in self.get(_TYPE, ()))


class _Reader:
    def __init__(self, found: Iterable[Quad]) -> None:
        self.nodes: dict[str, _Node] = defaultdict(_Node)
        for quad in found:
            predicate = quad.predicate.value.removeprefix(KG_BASE)
            self.nodes[cast(NamedNode, quad.subject).value].setdefault(predicate, []).append(
                cast(Term, quad.object)
            )
        self._grouped: dict[str, Mapping[str, list[str]]] = {}
        self.by_type: dict[str, list[str]] = defaultdict(list)
        for iri, node in self.nodes.items():
            for name in node.types:
                self.by_type[name].append(iri)
        self.reports = {iri: self.nodes[iri].must(_DCTERMS + "identifier") for iri in self.by_type["Report"]}
        self.entities = {iri: self._entity(iri) for iri in self.by_type["Entity"]}
        self.mentions = {iri: self._mention(self.nodes[iri]) for iri in self.by_type["Mention"]}
        self.evidence = {iri: self._evidence(self.nodes[iri]) for iri in self.by_type["Evidence"]}
        self.quantities = {iri: self._quantity(self.nodes[iri]) for iri in self.by_type["Quantity"]}

    def restored(self) -> Restored:
        facts = {iri: fact for kind, spec in SPECS.items() for iri, fact in self._facts(kind, spec)}
        extractions = tuple(self._extraction(iri, facts) for iri in sorted(self.reports))
        meaning = {
            (self._report(iri), mention): self.entities[self.nodes[iri].must("means")].key
            for iri, mention in self.mentions.items()
        }
        triples = {iri: tuple(_triples(iri, self.nodes[iri])) for iri in (*facts, *self.entities)}
        resolution = Resolution(tuple(sorted(self.entities.values(), key=lambda e: e.key)), meaning)
        placed = {iri: (self._report(self.nodes[iri].must("evidence")), fact) for iri, fact in facts.items()}
        repeats = frozenset(iri for iri in facts if self.nodes[iri].one("repeats") is not None)
        marks = tuple(self._marks(facts))
        return Restored(extractions, resolution, placed, self.entities, triples, repeats, marks)

    def _marks(self, facts: Mapping[str, Fact]) -> Iterator[Marked]:
        """In order of place; a fact that is only said again stands for the one that it repeats."""
        for iri in sorted(self.by_type["Review"], key=lambda iri: (iri.rpartition("/")[0], _position(iri))):
            node = self.nodes[iri]
            about = [self.nodes[t.value].text("repeats") or t.value for t in node.get("reviews", ())]
            mark = Mark(
                report=node.must("markedReport"),
                start=int(node.must("markedStart")),
                end=int(node.must("markedEnd")),
                kind=node.must("kind"),
                verdict=cast(Any, node.must("verdict")),
                note=node.text("note") or "",
                said=node.text("said") or "",
                rule=node.text("rule") or "",
            )
            yield mark, tuple(facts[name] for name in dict.fromkeys(about) if name in facts)

    def _report(self, iri: str) -> str:
        return self.reports[self.nodes[iri].must("inReport")]

    def _entity(self, iri: str) -> Entity:
        node = self.nodes[iri]
        labels = {t.language: t.value for t in node[_PREF] if isinstance(t, Literal)}
        latitude, longitude = node.real("latitude"), node.real("longitude")
        return Entity(
            key=iri.removeprefix(str(ID)),
            kind=cast(Any, node.must("kind")),
            subtype=_own_class(node.types),
            label=labels["zh"],
            labels=tuple(t.value for t in node.get(_ALT, ())),
            pinyin=labels.get("zh-Latn-pinyin") or labels.get("zh-latn-pinyin"),
            code=node.text("divisionCode"),
            candidates=tuple(t.value for t in node.get("candidateCode", ())),
            level=cast(Any, node.text("level")),
            merges=tuple(self._merges(iri)),
            inferences=tuple(self._inferences(iri)),
            point=None if latitude is None or longitude is None else (latitude, longitude),
            point_of=node.text("pointOf"),
        )

    def _inferences(self, entity: str) -> Iterator[Inference]:
        for iri in self._about().get(entity, ()):
            node = self.nodes[iri]
            value = node.text("leadsTo")
            yield Inference(
                what=cast(Any, node.must("kind")),
                value=value.removeprefix(str(ID)) if value else node.must("inferred"),
                rule=node.must("rule"),
                score=node.real("confidence") or 0.0,
                report=self._report(iri) if node.one("inReport") else None,
                start=node.number("start"),
                end=node.number("end"),
                date=node.text("date"),
            )

    def _about(self) -> Mapping[str, list[str]]:
        """The inferences about each entity, in their order."""
        if "_by_subject" not in self.__dict__:
            self._by_subject: dict[str, list[str]] = defaultdict(list)
            for iri in sorted(self.by_type["Inference"], key=lambda i: int(i.rpartition("-")[2])):
                self._by_subject[self.nodes[iri].must("about")].append(iri)
        return self._by_subject

    def _merges(self, entity: str) -> Iterator[Merge]:
        for iri in self._merged().get(entity, ()):
            node = self.nodes[iri]
            span = int(node.must("start")), int(node.must("end"))
            rule, score = node.must("rule"), node.real("confidence") or 0.0
            yield Merge(self._report(iri), *span, node.must("quote"), rule, score)

    def _merged(self) -> Mapping[str, list[str]]:
        if "_by_entity" not in self.__dict__:
            self._by_entity: dict[str, list[str]] = defaultdict(list)
            for iri in self.by_type["Merge"]:
                self._by_entity[self.nodes[iri].must("mergedInto")].append(iri)
        return self._by_entity

    def _mention(self, node: _Node) -> Mention:
        return Mention(
            start=int(node.must("start")),
            end=int(node.must("end")),
            text=node.must("quote"),
            kind=cast(Any, node.must("kind")),
            subtype=self.entities[node.must("means")].subtype,
            name=node.must("name"),
            rule=node.must("rule"),
            confidence=float(node.must("confidence")),
            implied=node.true("implied"),
        )

    def _evidence(self, node: _Node) -> Evidence:
        span = int(node.must("start")), int(node.must("end"))
        return Evidence(*span, node.must("rule"), float(node.must("confidence")))

    def _quantity(self, node: _Node) -> Quantity:
        return Quantity(
            value=float(node.must("value")),
            unit=node.must("unit"),
            approximate=node.true("approximate"),
            lower=node.real("lower"),
            upper=node.real("upper"),
            start=int(node.must("start")),
            end=int(node.must("end")),
        )

    def _facts(self, kind: type[Fact], spec: Spec) -> Iterator[tuple[str, Fact]]:
        for iri in self.by_type[spec.type]:
            node = self.nodes[iri]
            values = {**self._roles(node, spec), **self._values(kind, node, spec)}
            support = tuple(self.evidence[t.value] for t in node.get("support", ()))
            evidence = self.evidence[node.must("evidence")]
            yield iri, kind(evidence=evidence, support=support, unsure=node.text("unsure") or "", **values)

    def _roles(self, node: _Node, spec: Spec) -> dict[str, Any]:
        def mentions(role: str) -> list[Mention]:
            return [self.mentions[t.value] for t in node.get(f"{role}Mention", ())]

        single = {role: next(iter(mentions(role)), None) for role in spec.roles}
        many = {
            name: tuple(dict.fromkeys([*mentions(first), *mentions(others)]))
            for name, first, others in spec.many
        }
        return {**single, **many}

    def _values(self, kind: type[Fact], node: _Node, spec: Spec) -> dict[str, Any]:
        known = {f.name for f in fields(kind)}
        values: dict[str, Any] = {name: node.text(term) for name, term in spec.values}
        values |= {name: node.text(name) for name in ("date",) if name in known}
        values |= {name: node.number(name) for name in ("year", "count") if name in known}
        if spec.quantity:
            quantity = node.text("quantity")
            values[spec.quantity] = None if quantity is None else self.quantities[quantity]
        total = node.text("partOfMeasurement")
        if kind is Measure and total is not None:
            values["part_of"] = self.quantities[self.nodes[total].must("quantity")].start
        return values

    def _extraction(self, report: str, facts: Mapping[str, Fact]) -> Extraction:
        mentions = [self.mentions[iri] for iri in self._by_report("Mention", "inReport").get(report, ())]
        own = [iri for iri in self._by_report("Fact", "evidence").get(report, ()) if iri in facts]
        return Extraction(
            self._document(report),
            tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.kind, m.name))),
            tuple(facts[iri] for iri in sorted(own, key=_position)),
        )

    def _document(self, iri: str) -> Document:
        node = self.nodes[iri]
        sections = tuple(sorted(self._sections(iri), key=lambda s: (s.start, s.level)))
        return Document(
            id=self.reports[iri],
            text=node.must(_TEXT),
            blocks=tuple(_blocks(node.must(_TEXT), sections)),
            sections=sections,
            title=node.text(_DCTERMS + "title"),
            subtitle=node.text(_DCTERMS + "alternative"),
            publisher=node.text("publisherName"),
            published=node.text(_DCTERMS + "issued"),
            period=node.number("period"),
            source=node.text(_DCTERMS + "source") or "",
        )

    def _sections(self, report: str) -> Iterator[Section]:
        for iri in self._by_report("Section", "inReport").get(report, ()):
            node = self.nodes[iri]
            span = int(node.must("start")), int(node.must("end"))
            heading = node.text("heading") or ""
            yield Section(*span, node.text("number") or "", heading, node.number("depth") or 1)

    def _by_report(self, kind: str, link: str) -> Mapping[str, list[str]]:
        """The nodes of a class by the IRI of their report, to which ``link`` leads straight or by their evidence."""
        if kind not in self._grouped:
            found: dict[str, list[str]] = defaultdict(list)
            for iri in self.by_type[kind]:
                first = self.nodes[iri].must(link)
                found[first if link == "inReport" else self.nodes[first].must("inReport")].append(iri)
            self._grouped[kind] = found
        return self._grouped[kind]


def _position(iri: str) -> tuple[list[int], str]:
    """Offsets at the end of an IRI as numbers, so that '…/9-12' stands before '…/10-12' and '…/9-12-2'."""
    kind, _, place = iri.rpartition("/")
    return [int(part) for part in place.split("-")], kind


def _own_class(types: frozenset[str]) -> str:
    """The most special of an entity's classes.

    >>> _own_class(frozenset({"Entity", "Organization", "PartyBranch", "PartyOrganization"}))
    'PartyBranch'
    """
    above = {parent for name in types for parent in superclasses(name)}
    return min(types - above, default="Entity")


def _blocks(text: str, sections: tuple[Section, ...]) -> Iterator[Block]:
    """One paragraph per line that says something, each in the innermost section that holds it."""
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if line.strip():
            inside = [i for i, s in enumerate(sections) if s.start <= start < s.end]
            yield Block(start, start + len(line.rstrip()), "paragraph", max(inside, default=None))


def _triples(iri: str, node: _Node) -> Iterator[Triple]:
    for predicate, values in node.items():
        full = predicate if "/" in predicate else KG_BASE + predicate
        for value in values:
            yield f"<{iri}>", f"<{full}>", str(value)
