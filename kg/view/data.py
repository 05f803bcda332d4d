"""What the page knows: extractions and their resolution, as one JSON value.

Offsets in the payload are those of the model: Unicode code points of the report's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import cos, radians
from typing import Any

from pypinyin import Style, lazy_pinyin

from kg.gazetteer import Gazetteer
from kg.graph import Mark, Marked
from kg.graph.entities import ancestors, code12
from kg.model import (
    ActivityFact,
    Assistance,
    Award,
    Cooperation,
    Coverage,
    Document,
    Entity,
    Evidence,
    Extraction,
    Fact,
    Measure,
    Mention,
    PartOf,
    Post,
    Quantity,
    Resolution,
    Visit,
)
from kg.view.figures import figures
from kg.view.scrub import Masker
from kg.view.words import amount, words

Payload = dict[str, Any]
KIND: Mapping[type[Fact], str] = {
    Award: "award",
    Post: "post",
    Measure: "measure",
    PartOf: "part-of",
    ActivityFact: "activity",
    Coverage: "coverage",
    Assistance: "assistance",
    Cooperation: "cooperation",
    Visit: "visit",
}


def roles(fact: Fact) -> Iterator[tuple[str, Mention]]:
    """Who and what takes part in a fact, each with its role, in reading order of the sentence pattern."""
    match fact:
        case Award():
            yield "recipient", fact.recipient
            yield "honour", fact.honour
            yield from (("conferrer", mention) for mention in fact.conferrers)
        case Post():
            yield "person", fact.person
            if fact.organization:
                yield "organization", fact.organization
        case Measure():
            if fact.subject:
                yield "subject", fact.subject
        case PartOf():
            yield "child", fact.child
            yield "parent", fact.parent
        case ActivityFact():
            yield "activity", fact.activity
            yield from (("participant", mention) for mention in fact.participants)
            yield from (("place", mention) for mention in fact.places)
        case Coverage():
            yield "media", fact.media
            if fact.subject:
                yield "subject", fact.subject
        case Assistance():
            yield "helper", fact.helper
            yield "village", fact.village
        case Cooperation():
            yield "party", fact.party
            yield "partner", fact.partner
        case Visit():
            yield "visitor", fact.visitor
            yield "site", fact.site


LINKS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "award": (("recipient", "honour", "received"), ("conferrer", "honour", "conferred")),
    "post": (("person", "organization", "post"),),
    "measure": (),
    "part-of": (("child", "parent", "part-of"),),
    "activity": (("participant", "activity", "took-part"), ("activity", "place", "at")),
    "coverage": (("media", "subject", "covered"),),
    "assistance": (("helper", "village", "assists"),),
    "cooperation": (("party", "partner", "cooperates"),),
    "visit": (("visitor", "site", "visited"),),
}


def year_of(fact: Fact) -> int | None:
    """The year that the fact's own words or context give.

    >>> from kg.model import Evidence, Mention
    >>> who = Mention(0, 1, "甲", "Person", "Person", "甲", "r")
    >>> year_of(Visit(evidence=Evidence(0, 1, "r"), visitor=who, site=who, date="2023-06"))
    2023
    """
    year = getattr(fact, "year", None)
    if year is not None:
        return int(year)
    date = getattr(fact, "date", None)
    return int(date[:4]) if date and date[:4].isdigit() else None


@lru_cache(maxsize=100_000)
def syllables(text: str) -> str:
    """Toneless syllables, for search by pinyin and by initials.

    >>> syllables("何家湾村")
    'he jia wan cun'
    """
    return " ".join(lazy_pinyin(text, style=Style.NORMAL, errors="ignore"))


def _quantity(fact: Fact) -> Quantity | None:
    found = getattr(fact, "quantity", None) or (fact.count if isinstance(fact, Coverage) else None)
    return found if isinstance(found, Quantity) else None


def _without_none(record: Payload) -> Payload:
    return {key: value for key, value in record.items() if value not in (None, "", [], ())}


class _Builder:
    """Collects the payload of one page."""

    def __init__(
        self,
        extractions: Sequence[Extraction],
        resolution: Resolution,
        *,
        marks: Sequence[Marked],
        share: bool,
        mask_names: bool,
    ) -> None:
        self.extractions, self.resolution = extractions, resolution
        people = [entity for entity in resolution.entities if entity.kind == "Person"]
        names = [name for entity in people for name in (entity.label, *entity.labels)]
        if mask_names:
            names += [name for entity in people if (name := entity.pinyin)]
            names += [m.text for e in extractions for m in e.mentions if m.kind == "Person"]
            names += [m.name for e in extractions for m in e.mentions if m.kind == "Person"]
        masker = Masker(names if mask_names else ())
        self.mask_names = mask_names
        self.share = share
        self.clean: Callable[[str], str] = masker if share or mask_names else str
        self.index = {entity.key: number for number, entity in enumerate(resolution.entities)}
        shown = {(e.document.id, fact) for e in extractions for fact in e.facts}
        self.marked = {(mark.report, fact): mark for mark, facts in marks for fact in facts}
        self.lost = [mark for mark, facts in marks if not any((mark.report, fact) in shown for fact in facts)]

    def entity_of(self, report: str, mention: Mention) -> int | None:
        key = self.resolution.meaning.get((report, mention))
        return None if key is None else self.index.get(key)

    def name_of(self, report: str, mention: Mention) -> str:
        number = self.entity_of(report, mention)
        return mention.name if number is None else self.resolution.entities[number].label

    def spot(self, evidence: Evidence, report: int) -> list[Any]:
        place: list[Any] = [report, evidence.start, evidence.end]
        if self.share:
            place.append(self.clean(self.extractions[report].document.text[evidence.start : evidence.end]))
        return place

    def document(self, document: Document) -> Payload:
        clean = self.clean
        record: Payload = {
            "id": clean(document.id),
            "title": clean(document.title or ""),
            "subtitle": clean(document.subtitle or ""),
            "publisher": clean(document.publisher or ""),
            "published": document.published,
            "period": document.period,
            "source": "" if self.share else document.source,
        }
        if not self.share:
            record["text"] = clean(document.text)
            record["blocks"] = [[b.start, b.end, b.kind, b.section] for b in document.blocks]
            record["sections"] = [
                [s.start, s.end, s.number, clean(s.heading), s.level] for s in document.sections
            ]
        return _without_none(record)

    def entity(self, number: int, entity: Entity, spots: list[list[int]]) -> Payload:
        masked = self.mask_names and entity.kind == "Person"
        clean = self.clean
        return _without_none(
            {
                "key": f"person/{number}" if masked else clean(entity.key),  # two masked names may be alike
                "kind": entity.kind,
                "sub": entity.subtype,
                "label": clean(entity.label),
                "labels": [clean(label) for label in entity.labels],
                "pinyin": None if masked else entity.pinyin,
                "py": None if masked else syllables(entity.label),
                "code": entity.code,
                "codes": list(entity.candidates),
                "level": entity.level,
                "merges": self.merges(entity),
                "spots": spots,
                **where(entity),
            }
        )

    def merges(self, entity: Entity) -> list[list[Any]]:
        seen: dict[tuple[str, str], list[Any]] = {}
        for merge in entity.merges:
            seen.setdefault(
                (merge.text, merge.rule), [self.clean(merge.text), merge.rule, round(merge.score, 3)]
            )
        return list(seen.values())

    def fact(self, fact: Fact, report: int, number: int) -> Payload:
        document = self.extractions[report].document
        said = words(fact, lambda mention: self.name_of(document.id, mention))
        kind = KIND.get(type(fact), "measure")
        quantity = _quantity(fact)
        taking_part = [
            [
                role,
                -1 if (who := self.entity_of(document.id, mention)) is None else who,
                mention.start,
                mention.end,
            ]
            for role, mention in roles(fact)
        ]
        return _without_none(
            {
                "id": f"{kind}:{fact.evidence.start}-{fact.evidence.end}:{number}",
                "kind": kind,
                "zh": self.clean(said.zh),
                "en": self.clean(said.en),
                "roles": taking_part,
                "level": getattr(fact, "level", None),
                "rank": getattr(fact, "rank", None),
                "ranked": getattr(fact, "rank_source", None),
                "year": year_of(fact),
                "date": getattr(fact, "date", None),
                "conf": round(fact.evidence.confidence, 3),
                "rule": fact.evidence.rule,
                "unsure": self.clean(fact.unsure),
                "ev": self.spot(fact.evidence, report),
                "more": [self.spot(evidence, report) for evidence in fact.support],
                "value": None if quantity is None else quantity.value,
                "q": None if quantity is None else [quantity.start, quantity.end],
                "unit": None if quantity is None else quantity.unit,
                "amount": None if quantity is None else amount(quantity),
                "what": self.clean(getattr(fact, "indicator", "") or getattr(fact, "what", "")),
                "count": fact.count if isinstance(fact, Award) else None,
                "given": True if isinstance(fact, Award) and fact.direction == "conferred" else None,
                "part": True if isinstance(fact, Measure) and fact.part_of is not None else None,
                "mark": self.mark(self.marked.get((document.id, fact)), said.zh),
            }
        )

    def mark(self, mark: Mark | None, said: str) -> list[str] | None:
        """[verdict, note], and the words of that time if they have changed."""
        if mark is None:
            return None
        changed = [self.clean(mark.said)] if mark.said and mark.said != said.strip() else []
        return [mark.verdict, self.clean(mark.note), *changed]

    def gone(self, mark: Mark) -> Payload:
        """A mark whose fact is there no more, as the page saves it."""
        clean = self.clean
        return {
            "report": clean(mark.report),
            "start": mark.start,
            "end": mark.end,
            "kind": mark.kind,
            "rule": mark.rule,
            "fact": clean(mark.said),
            "verdict": mark.verdict,
            "note": clean(mark.note),
        }

    def spots(self) -> list[list[list[int]]]:
        found: list[list[list[int]]] = [[] for _ in self.resolution.entities]
        for report, extraction in enumerate(self.extractions):
            for mention in extraction.mentions:
                number = self.entity_of(extraction.document.id, mention)
                if number is not None and not mention.implied:
                    found[number].append([report, mention.start, mention.end])
        return found

    def payload(self) -> Payload:
        facts = [
            self.fact(fact, report, number)
            for report, extraction in enumerate(self.extractions)
            for number, fact in enumerate(extraction.facts)
        ]
        entities = [
            self.entity(number, entity, spots)
            for number, (entity, spots) in enumerate(zip(self.resolution.entities, self.spots(), strict=True))
        ]
        links = edges(facts)
        beside_parents(entities, links)
        return {
            "share": self.share,
            "documents": [self.document(extraction.document) for extraction in self.extractions],
            "entities": entities,
            "facts": facts,
            "edges": links,
            "inferred": inferred(self.resolution.entities, facts),
            "lost": [self.gone(mark) for mark in self.lost],
            "publishers": self.publishers(),
            "figures": figures(entities, facts),
        }

    def publishers(self) -> list[int]:
        names = [extraction.document.publisher for extraction in self.extractions]
        found: dict[int, None] = {}
        for name in names:
            for number, entity in enumerate(self.resolution.entities):
                if name and (entity.label == name or name in entity.labels):
                    found[number] = None
                    break
        return list(found)


def edges(facts: Sequence[Payload]) -> list[list[Any]]:
    """[from, to, relation, [facts]]: one edge per pair and relation, however many facts state it."""
    seen: dict[tuple[int, int, str], list[int]] = {}
    for number, fact in enumerate(facts):
        for source_role, target_role, relation in LINKS.get(fact["kind"], ()):
            sources = [role[1] for role in fact.get("roles", ()) if role[0] == source_role and role[1] >= 0]
            targets = [role[1] for role in fact.get("roles", ()) if role[0] == target_role and role[1] >= 0]
            for source in sources:
                for target in targets:
                    if source != target:
                        seen.setdefault((source, target, relation), []).append(number)
    return [[*ends, list(dict.fromkeys(told))] for ends, told in seen.items()]


def inferred(entities: Sequence[Entity], facts: Sequence[Payload]) -> list[list[Any]]:
    """[child, parent, child's code, parent's code]: containment by official codes that no text states."""
    stated = {(edge[0], edge[1]) for edge in edges(facts) if edge[2] == "part-of"}
    coded = {code12(e.code): n for n, e in enumerate(entities) if e.code and e.kind == "Place"}
    found: list[list[Any]] = []
    for code, child in coded.items():
        above = next((code for code in ancestors(code) if code in coded), None)
        if above is not None and (child, coded[above]) not in stated:
            found.append([child, coded[above], code, above])
    return found


def _own_level(code: str) -> str:
    """The level of a division, by the zeros of its code.

    >>> [_own_level(code) for code in ("420000000000", "420300000000", "420323000000", "420323105000", "420323105203")]
    ['province', 'city', 'county', 'township', 'village']
    """
    full = code12(code)
    ends = (("province", 2), ("city", 4), ("county", 6), ("township", 9))
    return next((level for level, digits in ends if not full[digits:].strip("0")), "village")


def where(entity: Entity) -> Payload:
    """Latitude and longitude of a place, and 'near': the level of the division whose point it is, if not its own.

    >>> where(Entity("place/x", "Place", "Village", "某村", code="420323105203", point=(32.1, 110.2), point_of="township"))
    {'at': [32.1, 110.2], 'near': 'township'}
    """
    if entity.kind != "Place":
        return {}
    point, level = entity.point, entity.point_of
    if point is None and entity.code:
        known = Gazetteer.load().point(entity.code)
        if known:
            point, level = (known.lat, known.lon), known.level
    if point is None:
        return {}
    if entity.code and (city := _city(entity.code)) and _far(point, city):
        point, level = city, "city"  # a slip of the gazetteer
    place = [round(point[0], 4), round(point[1], 4)]
    own = level is None or (entity.code is not None and level == _own_level(entity.code))
    return {"at": place} if own else {"at": place, "near": level}


def _city(code: str) -> tuple[float, float] | None:
    """The point of the city around a division."""
    for division in Gazetteer.load().chain(code)[1:]:
        if division.level == "city" and division.lat is not None and division.lon is not None:
            return division.lat, division.lon
    return None


def _far(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """No county is so far from its city: 8 degrees of latitude, or as much in longitude."""
    aside = abs(one[1] - other[1]) * cos(radians(one[0]))
    return max(abs(one[0] - other[0]), aside) > 8


def beside_parents(entities: Sequence[Payload], links: Sequence[Sequence[Any]]) -> None:
    """A place without a point stands where that of which it is said to be a part stands, marked as near it."""
    above = {link[0]: link[1] for link in links if link[2] == "part-of" and entities[link[1]]["kind"] == "Place"}
    for number, entity in enumerate(entities):
        if entity["kind"] == "Place" and "at" not in entity:
            seen, parent = {number}, above.get(number)
            while parent is not None and parent not in seen:
                if "at" in entities[parent] and entities[parent].get("near") != "parent":
                    entity |= {"at": entities[parent]["at"], "near": "parent"}
                    break
                seen.add(parent)
                parent = above.get(parent)


def build(
    extractions: Sequence[Extraction],
    resolution: Resolution,
    *,
    marks: Sequence[Marked] = (),
    share: bool = False,
    mask_names: bool = False,
) -> Payload:
    """The payload of one page."""
    builder = _Builder(extractions, resolution, marks=marks, share=share, mask_names=mask_names)
    return builder.payload()
