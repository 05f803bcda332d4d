"""The archive graph: entities, what mentions mean, roles of facts projected onto entities, merges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from pyoxigraph import Literal, NamedNode

from kg.errors import GraphError, RuleError
from kg.graph.claims import write_claims
from kg.graph.facts import LOW_CONFIDENCE, SPECS, ReportGraph, arguments, quantity_of
from kg.graph.iris import ARCHIVE, entity_iri, outside, report_iri
from kg.graph.terms import Sink, date
from kg.model import Entity, Fact, Inference, Mention, Merge, PartOf, Resolution
from kg.vocab import ID, is_class, superclasses

_IDENTIFYING = ("grade", "direction", "year", "count", "title", "indicator", "what")
_PREF, _ALT = outside("skos:prefLabel"), outside("skos:altLabel")


def classes(entity: Entity) -> tuple[str, ...]:
    """Every class of an entity, its own first; a group is nothing but a group.

    >>> classes(Entity("organization/甲支部", "Organization", "PartyBranch", "甲支部"))
    ('PartyBranch', 'PartyOrganization', 'Organization', 'Entity')
    """
    subtype = "Group" if entity.kind == "Group" else entity.subtype or entity.kind
    if not is_class(subtype):
        raise RuleError(
            f"本体里没有类 {subtype};请加到 ontology/ 或改正规则",
            f"the ontology has no class {subtype}; add it to ontology/ or mend the rule",
            where=entity.key,
        )
    return tuple(dict.fromkeys((subtype, *superclasses(subtype), entity.kind, *superclasses(entity.kind))))


def code12(code: str) -> str:
    """A division code with its 12 digits: '420323' is '420323000000'.

    >>> code12("420323")
    '420323000000'
    """
    return code.ljust(12, "0")


def ancestors(code: str) -> Iterator[str]:
    """Codes of the divisions around one, nearest first.

    >>> list(ancestors("420323105203"))
    ['420323105000', '420323000000', '420300000000', '420000000000']
    """
    full = code12(code)
    for digits in (9, 6, 4, 2):
        above = full[:digits].ljust(12, "0")
        if above != full:
            yield above


class ArchiveGraph:
    """Writes what a resolution says of the reports that it covers."""

    def __init__(self, reports: Sequence[ReportGraph], resolution: Resolution) -> None:
        self.sink = Sink(ARCHIVE)
        self.reports, self.resolution = reports, resolution
        self.entities = {e.key: e for e in sorted(resolution.entities, key=lambda e: e.key)}
        self.nodes = {key: entity_iri(key) for key in self.entities}
        self._by_name: dict[str, list[Entity]] = {}
        self.publishers: dict[str, str] = {}
        self.repeated: set[NamedNode] = set()
        for entity in self.entities.values():
            self._write_entity(entity)
        for report in reports:
            self._write_projection(report)
            self._write_publisher(report)
            self._write_repeats(report)
            self._write_ambiguous(report)
        write_claims(self)
        self._write_merges()
        self._write_inferences()
        self._write_inferred()

    def key(self, report: ReportGraph, mention: Mention) -> str:
        """The key of the entity that a mention means."""
        key = self.resolution.meaning.get((report.document.id, mention))
        if key is None or key not in self.entities:
            raise GraphError(
                f"“{mention.text}”({mention.start}-{mention.end})没有对应的实体",
                f"{mention.text!r} at {mention.start}-{mention.end} means no entity of the resolution",
                where=report.document.id,
            )
        return key

    def _write_entity(self, entity: Entity) -> None:
        node = self.nodes[entity.key]
        for name in (entity.label, *entity.labels) if entity.kind != "Group" else ():
            self._by_name.setdefault(name, []).append(entity)
        self.sink.types(node, *classes(entity))
        self.sink.put(node, kind=entity.kind, level=entity.level)
        self.sink.add(node, _PREF, Literal(entity.label, language="zh"))
        if entity.pinyin:
            self.sink.add(node, _PREF, Literal(entity.pinyin, language="zh-Latn-pinyin"))
        for label in entity.labels:
            if label.strip() and label != entity.label:
                self.sink.add(node, _ALT, Literal(label, language="zh"))
        self.sink.put(node, divisionCode=code12(entity.code) if entity.code else None)
        if entity.point is not None:
            latitude, longitude = entity.point
            self.sink.put(node, latitude=latitude, longitude=longitude, pointOf=entity.point_of)
        for candidate in () if entity.code else entity.candidates:
            self.sink.put(node, candidateCode=code12(candidate))

    def _write_projection(self, report: ReportGraph) -> None:
        for mention, node in report.mentions.items():
            self.sink.put(node, means=self.nodes[self.key(report, mention)])
        for fact, node in report.facts.items():
            for role, mention in arguments(fact):
                self.sink.put(node, **{role: self.nodes[self.key(report, mention)]})

    def _write_publisher(self, report: ReportGraph) -> None:
        """The entity that the page's publisher names, preferably one that the report itself mentions."""
        name = report.document.publisher
        meant = {self.key(report, mention) for mention in report.mentions}
        named = self._by_name.get(name or "", ())
        if named:
            best = min(
                named, key=lambda e: (e.key not in meant, e.kind != "Organization", e.label != name, e.key)
            )
            self.publishers[report.document.id] = best.key
            self.sink.put(report.report, publisher=self.nodes[best.key])

    def _write_repeats(self, report: ReportGraph) -> None:
        """A report often says a thing twice (heading, text, caption): all but the fullest point to that one."""
        alike: dict[tuple[object, ...], list[Fact]] = {}
        for fact in report.facts:
            alike.setdefault(self._gist(report, fact), []).append(fact)
        for facts in alike.values():
            fullest = max(facts, key=_fullness)  # the first of the fullest
            for fact in facts:
                if fact is not fullest:
                    self.repeated.add(report.facts[fact])
                    self.sink.put(report.facts[fact], repeats=report.facts[fullest])

    def _gist(self, report: ReportGraph, fact: Fact) -> tuple[object, ...]:
        """What makes two facts of a report the same: entities in the main roles, and the values that identify."""
        spec = SPECS[type(fact)]
        main = ("activity", "place", "furtherPlace", "participant") if spec.slug == "activity" else spec.roles
        roles = frozenset((role, self.key(report, m)) for role, m in arguments(fact) if role in main)
        named = tuple(getattr(fact, name, None) for name in _IDENTIFYING)
        quantity = quantity_of(fact)
        amount = None if quantity is None else (quantity.value, quantity.unit, quantity.approximate)
        return (spec.slug, roles, named, amount)

    def _write_ambiguous(self, report: ReportGraph) -> None:
        """The first mention of a place that may be any of several divisions is worth a look."""
        seen: set[str] = set()
        for mention, node in report.mentions.items():
            entity = self.entities[self.key(report, mention)]
            if entity.code is None and len(entity.candidates) > 1 and entity.key not in seen:
                seen.add(entity.key)
                codes = "、".join(entity.candidates[:4]) + ("……" if len(entity.candidates) > 4 else "")
                self.sink.put(
                    node, unsure=f"“{entity.label}”可能是 {len(entity.candidates)} 个地方之一:{codes}"
                )

    def _write_merges(self) -> None:
        places = {report.document.id: _by_place(report.mentions) for report in self.reports}
        written = {report.document.id: report for report in self.reports}
        for entity in self.entities.values():
            for merge in entity.merges:
                report = written.get(merge.report)
                if report is not None:
                    self._write_merge(entity, merge, report, places[merge.report])

    def _write_merge(
        self,
        entity: Entity,
        merge: Merge,
        report: ReportGraph,
        places: Mapping[tuple[int, int], list[Mention]],
    ) -> None:
        node = report.name("merge", merge.start, merge.end)
        quote = report.quote(merge.start, merge.end)
        self.sink.types(node, "Merge")
        self.sink.put(node, kind="merge", inReport=report_iri(merge.report), start=merge.start, end=merge.end)
        self.sink.put(node, quote=quote, rule=merge.rule, confidence=float(merge.score))
        self.sink.put(node, mergedInto=self.nodes[entity.key])
        if merge.score < LOW_CONFIDENCE:
            self.sink.put(node, unsure=f"“{quote}”是否就是“{entity.label}”")
        for mention in places.get((merge.start, merge.end), ()):
            if self.key(report, mention) == entity.key:
                self.sink.put(node, mergedMention=report.mentions[mention])

    def _write_inferences(self) -> None:
        """What the resolver adds: each with its rule, and the words that it rests on."""
        for entity in self.entities.values():
            for number, inference in enumerate(entity.inferences, 1):
                node = entity_iri(f"inference/{entity.key}/{inference.what}-{number}")
                self._write_inference(entity, inference, node)

    def _write_inference(self, entity: Entity, inference: Inference, node: NamedNode) -> None:
        about = self.nodes[entity.key]
        name = inference.value.rpartition("/")[2]
        if inference.what == "full-name":
            self.sink.put(about, fullName=inference.value)
        elif inference.what == "predecessor":
            self.sink.put(node, leadsTo=self.nodes[inference.value])
            self.sink.put(about, predecessor=self.nodes[inference.value])
            name = self.entities[inference.value].label
        else:
            series = entity_iri(inference.value)
            self.sink.types(series, "HonourSeries")
            self.sink.add(series, _PREF, Literal(name, language="zh"))
            self.sink.put(node, leadsTo=series)
            self.sink.put(about, inSeries=series)
        self.sink.types(node, "Inference")
        self.sink.put(node, about=about, kind=inference.what, inferred=name, rule=inference.rule)
        self.sink.put(node, confidence=float(inference.score), date=date(inference.date) if inference.date else None)
        report = next((r for r in self.reports if r.document.id == inference.report), None)
        if report is not None and inference.start is not None and inference.end is not None:
            self.sink.put(node, inReport=report.report, start=inference.start, end=inference.end)
            self.sink.put(node, quote=report.quote(inference.start, inference.end))

    def _write_inferred(self) -> None:
        """Containment by official codes, where no text states it: each division in the nearest one known."""
        coded = {code12(e.code): e.key for e in self.entities.values() if e.code and e.kind == "Place"}
        stated = set(self._stated())
        for code, child in coded.items():
            parent = next((coded[above] for above in ancestors(code) if above in coded), None)
            if parent is None or (child, parent) in stated:
                continue
            node = NamedNode(f"{ID}containment/{code}")
            self.sink.types(node, "InferredContainment")
            self.sink.put(node, child=self.nodes[child], parent=self.nodes[parent], source="division-code")

    def _stated(self) -> Iterator[tuple[str, str]]:
        for report in self.reports:
            for fact in report.facts:
                if isinstance(fact, PartOf):
                    yield self.key(report, fact.child), self.key(report, fact.parent)


def _fullness(fact: Fact) -> int:
    """How many of its fields say something."""
    return sum(getattr(fact, f.name) not in (None, "", ()) for f in fields(fact))


def _by_place(mentions: Iterable[Mention]) -> dict[tuple[int, int], list[Mention]]:
    places: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        places.setdefault((mention.start, mention.end), []).append(mention)
    return places
