"""The graph of one report: the report, its sections, mentions, evidence, quantities and facts.

Nothing here depends on what mentions mean, so that identities may be refined without touching a report's graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.graph.iris import Namer, graph_iri, outside, report_iri
from kg.graph.terms import Sink, date, literal
from kg.model import (
    ActivityFact,
    Assistance,
    Award,
    Cooperation,
    Coverage,
    Document,
    Evidence,
    Extraction,
    Fact,
    Measure,
    Mention,
    PartOf,
    Post,
    Quantity,
    Visit,
)

LOW_CONFIDENCE = 0.6
_ASSESSED = re.compile(r"((?:19|20)\d\d)年度[^,。;、]*$")
_EDITION = re.compile(r"(第[一二三四五六七八九十百\d]+[届批]|首[届批])[^,。;、]*$")


@dataclass(frozen=True, slots=True)
class Spec:
    """How a dataclass of facts is written: ``anchor`` names the fields whose offsets name the fact.

    ``many`` holds (field, role of the first, role of the others); ``values`` (field, property).
    """

    slug: str
    type: str
    anchor: tuple[str, ...]
    roles: tuple[str, ...]
    many: tuple[tuple[str, str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    quantity: str | None = None


_AWARD_VALUES = (
    ("grade", "grade"),
    ("level", "level"),
    ("rank", "rank"),
    ("rank_source", "rankSource"),
    ("direction", "direction"),
    ("count", "count"),
    ("document_number", "documentNumber"),
)

SPECS: Mapping[type[Fact], Spec] = MappingProxyType(
    {
        Award: Spec(
            "award",
            "Award",
            ("honour",),
            ("recipient", "honour"),
            many=(("conferrers", "conferrer", "jointConferrer"),),
            values=_AWARD_VALUES,
        ),
        Post: Spec("post", "Post", ("person",), ("person", "organization"), values=(("title", "title"),)),
        Measure: Spec(
            "measure",
            "Measurement",
            ("quantity",),
            ("subject",),
            values=(("indicator", "indicator"),),
            quantity="quantity",
        ),
        PartOf: Spec("part-of", "PartOfStatement", ("child",), ("child", "parent")),
        ActivityFact: Spec(
            "activity",
            "ActivityStatement",
            ("activity",),
            ("activity",),
            many=(("places", "place", "furtherPlace"), ("participants", "participant", "participant")),
        ),
        Coverage: Spec("coverage", "Coverage", ("media",), ("media", "subject"), quantity="count"),
        Assistance: Spec(
            "assistance",
            "Assistance",
            ("quantity", "evidence"),
            ("helper", "village"),
            values=(("what", "what"),),
            quantity="quantity",
        ),
        Cooperation: Spec(
            "cooperation",
            "Cooperation",
            ("quantity", "partner"),
            ("party", "partner"),
            values=(("what", "what"),),
            quantity="quantity",
        ),
        Visit: Spec("visit", "Visit", ("site",), ("visitor", "site")),
    }
)


def arguments(fact: Fact) -> Iterator[tuple[str, Mention]]:
    """Each role of a fact with the mention that fills it: ('recipient', Mention), …"""
    spec = SPECS[type(fact)]
    for role in spec.roles:
        mention = getattr(fact, role)
        if mention is not None:
            yield role, mention
    for field, first, others in spec.many:
        for index, mention in enumerate(dict.fromkeys(getattr(fact, field))):
            yield (others if index else first), mention


def quantity_of(fact: Fact) -> Quantity | None:
    """The quantity that a fact states, if any."""
    field = SPECS[type(fact)].quantity
    return None if field is None else getattr(fact, field)


def _year(fact: Fact) -> int | None:
    year: int | None = getattr(fact, "year", None)
    day: str | None = getattr(fact, "date", None)
    return int(day[:4]) if year is None and day and day[:4].isdecimal() else year


def _why(fact: Fact) -> str | None:
    if fact.unsure:
        return fact.unsure
    low = fact.evidence.confidence < LOW_CONFIDENCE
    return f"置信度低({fact.evidence.confidence:.2f})" if low else None


class ReportGraph:
    """Writes one extraction; keeps the IRIs of its mentions and facts for the projection."""

    def __init__(self, extraction: Extraction) -> None:
        self.document = extraction.document
        self.report = report_iri(self.document.id)
        self.sink = Sink(graph_iri(self.document.id))
        self.name = Namer(self.document.id)
        self.facts: dict[Fact, NamedNode] = {}
        self._sections = self._write_report()
        used = (m for fact in extraction.facts for _, m in arguments(fact))
        self.mentions = self._write_mentions({*extraction.mentions, *used})
        self._evidence: dict[Evidence, NamedNode] = self._write_evidence(extraction.facts)
        self._quantities: dict[Quantity, NamedNode] = self._write_quantities(extraction.facts)
        for fact in dict.fromkeys(extraction.facts):
            self._write_fact(fact)
        self._write_parts()

    def quote(self, start: int, end: int) -> str:
        """The stored text from start to end; offsets outside it are an error."""
        if not 0 <= start < end <= len(self.document.text):
            raise GraphError(
                f"区间 {start}-{end} 超出原文",
                f"span {start}-{end} is outside the text",
                where=self.document.id,
            )
        return self.document.text[start:end]

    def _write_report(self) -> list[tuple[int, int, NamedNode]]:
        """The report's node and its sections; gives the sections as (start, end, node)."""
        document: Document = self.document
        self.sink.types(self.report, "Report")
        described = {
            "nif:isString": document.text,
            "dcterms:identifier": document.id,
            "dcterms:title": document.title,
            "dcterms:alternative": document.subtitle,
            "dcterms:source": document.source or None,
        }
        for curie, value in described.items():
            if value is not None:
                self.sink.add(self.report, outside(curie), literal(value))
        if document.published:
            self.sink.add(self.report, outside("dcterms:issued"), date(document.published))
        self.sink.put(self.report, period=document.period, publisherName=document.publisher)
        return [(s.start, s.end, self._write_section(i)) for i, s in enumerate(document.sections)]

    def _write_section(self, index: int) -> NamedNode:
        section = self.document.sections[index]
        node = self.name("section", section.start, section.end)
        self.sink.types(node, "Section")
        self.sink.put(node, inReport=self.report, start=section.start, end=section.end)
        self.sink.put(node, number=section.number or None, heading=section.heading, depth=section.level)
        return node

    def _span(self, kind: str, type_: str, start: int, end: int) -> NamedNode:
        node = self.name(kind, start, end)
        self.sink.types(node, type_)
        self.sink.put(node, inReport=self.report, start=start, end=end, quote=self.quote(start, end))
        return node

    def _write_mentions(self, mentions: set[Mention]) -> dict[Mention, NamedNode]:
        def order(m: Mention) -> tuple[object, ...]:
            return (m.start, m.end, m.implied, m.kind, m.subtype, m.name, m.text, m.rule, m.confidence)

        nodes: dict[Mention, NamedNode] = {}
        for m in sorted(mentions, key=order):
            nodes[m] = node = self._span("mention", "Mention", m.start, m.end)
            self.sink.put(node, kind=m.kind, name=m.name, rule=m.rule, confidence=float(m.confidence))
            self.sink.put(node, implied=m.implied or None)
        return nodes

    def _write_evidence(self, facts: tuple[Fact, ...]) -> dict[Evidence, NamedNode]:
        found = {e for fact in facts for e in (fact.evidence, *fact.support)}
        nodes: dict[Evidence, NamedNode] = {}
        for e in sorted(found, key=lambda e: (e.start, e.end, e.rule, e.confidence)):
            nodes[e] = node = self._span("evidence", "Evidence", e.start, e.end)
            self.sink.put(
                node, rule=e.rule, confidence=float(e.confidence), inSection=self._section_at(e.start)
            )
        return nodes

    def _section_at(self, offset: int) -> NamedNode | None:
        around = [(start, node) for start, end, node in self._sections if start <= offset < end]
        return max(around, key=lambda pair: pair[0])[1] if around else None

    def _write_quantities(self, facts: tuple[Fact, ...]) -> dict[Quantity, NamedNode]:
        found = {q for fact in facts if (q := quantity_of(fact)) is not None}
        nodes: dict[Quantity, NamedNode] = {}
        for q in sorted(found, key=lambda q: (q.start, q.end, q.value, q.unit, q.approximate)):
            nodes[q] = node = self._span("quantity", "Quantity", q.start, q.end)
            self.sink.put(node, value=float(q.value), unit=q.unit, approximate=q.approximate)
            self.sink.put(node, lower=_float(q.lower), upper=_float(q.upper))
        return nodes

    def _write_fact(self, fact: Fact) -> None:
        spec = SPECS[type(fact)]
        anchor = next(a for field in spec.anchor if (a := getattr(fact, field)) is not None)
        self.facts[fact] = node = self.name(spec.slug, anchor.start, anchor.end)
        self.sink.types(node, spec.type, "Fact")
        self.sink.put(node, kind=spec.slug, unsure=_why(fact), evidence=self._evidence[fact.evidence])
        for support in fact.support:
            self.sink.put(node, support=self._evidence[support])
        for role, mention in arguments(fact):
            self.sink.put(node, **{f"{role}Mention": self.mentions[mention]})
        self.sink.put(node, **{name: getattr(fact, field) for field, name in spec.values})
        self._write_when_and_how_much(fact, node)
        if isinstance(fact, Award):
            self._write_edition(fact, node)

    def _write_edition(self, fact: Award, node: NamedNode) -> None:
        """The year assessed and the edition, where they are written at or right before the honour's name."""
        honour = fact.honour
        words = self.document.text[max(0, honour.start - 8) : honour.end]
        year, edition = _ASSESSED.search(words), _EDITION.search(words)
        self.sink.put(node, assessmentYear=int(year[1]) if year else None, edition=edition[1] if edition else None)

    def _write_when_and_how_much(self, fact: Fact, node: NamedNode) -> None:
        day = getattr(fact, "date", None)
        self.sink.put(node, date=date(day) if day else None, year=_year(fact))
        quantity = quantity_of(fact)
        if quantity is not None:
            self.sink.put(node, quantity=self._quantities[quantity])
            if isinstance(fact, Coverage | Cooperation) and quantity.value == int(quantity.value):
                self.sink.put(node, count=int(quantity.value))

    def _write_parts(self) -> None:
        """'其中': links a measurement to the total that it is a part of."""
        measures = [(fact, node) for fact, node in self.facts.items() if isinstance(fact, Measure)]
        totals = {fact.quantity.start: node for fact, node in reversed(measures)}
        for fact, node in measures:
            total = None if fact.part_of is None else totals.get(fact.part_of)
            if total is not None and total != node:
                self.sink.put(node, partOfMeasurement=total)


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)
