"""Activities, coverage by media, assistance to villages, cooperation, visits."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.reading import Sentence
from kg.extract.scene import Scene, group
from kg.model import (
    ActivityFact,
    Assistance,
    Cooperation,
    Coverage,
    Measure,
    Mention,
    Visit,
)
from kg.rules import load

_RULES = load("event")
_REPORTED, _DATELINE = _RULES.pattern("coverage.reported"), _RULES.pattern("coverage.dateline")
_HELP, _AWARDED = _RULES.pattern("assistance.given"), _RULES.pattern("assistance.award")
_WENT, _LEARN, _COUNTED = _RULES.pattern("visit.went"), _RULES.pattern("visit.learn"), _RULES.pattern("visitor.counted")
_CONTRACT, _DOCUMENT, _SIGNS = (_RULES.pattern(f"cooperation.{name}") for name in ("contract", "document", "signs"))
_COUNTERPART, _PARTNER = _RULES.pattern("cooperation.counterpart"), _RULES.pattern("cooperation.partner")
_AT, _JOINED = _RULES.pattern("activity.place"), _RULES.pattern("activity.joined")
_LISTED, _SITES = _RULES.pattern("event.listed"), _RULES.pattern("event.listed-sites")


def activities(scene: Scene) -> Iterator[ActivityFact]:
    """Every activity, with what its own clause and sentence say of it."""
    for s in scene.sentences:
        for a in scene.within(s.start, s.end, ("Activity",)):
            clause = scene.clause_of(s, a.start)
            date, _ = scene.time(s, a.start, a.end)
            yield ActivityFact(
                activity=a,
                date=date,
                places=tuple(_places(scene, s, a, clause)),
                participants=tuple(_participants(scene, s, a, clause)),
                evidence=scene.evidence(s, a.rule, a.confidence, (a.start, a.end)),
                unsure="" if a.confidence >= 0.5 else "活动名称把握不大 | not sure of the activity's name",
            )


def _places(scene: Scene, s: Sentence, a: Mention, clause: tuple[int, int]) -> list[Mention]:
    out = []
    for p in scene.within(clause[0], s.end, ("Place",)):
        before = scene.text[max(s.start, p.start - 2) : p.start]
        if _AT.search(before) and not a.start <= p.start < a.end:
            out += scene.run(p, s.start) if p.start > clause[0] else [p]
            for q in scene.within(p.end, s.end, ("Place",)):
                if _LISTED.fullmatch(scene.text[out[-1].end : q.start]):
                    out.append(q)
    return list(dict.fromkeys(out))


def _participants(scene: Scene, s: Sentence, a: Mention, clause: tuple[int, int]) -> list[Mention]:
    near = scene.within(clause[0], clause[1], ("Person", "Organization"))
    out = [m for m in near if not (a.start <= m.start < a.end) and m.subtype != "Media"]
    if not out and _JOINED.search(scene.text[clause[0] : a.start]):
        out = [m for m in [scene.inherited(s, clause[0])] if m is not None and m.kind in ("Person", "Organization")]
    return out


def coverage(scene: Scene) -> Iterator[Coverage]:
    """Outlets that are said to have reported."""
    seen: set[str] = set()
    for s in scene.sentences:
        if s.kind == "byline" or not _REPORTED.search(s.text):
            continue
        for m in scene.within(s.start, s.end, ("Organization",)):
            if m.subtype == "Media" and m.name not in seen and not _dateline(scene, m):
                seen.add(m.name)
                yield Coverage(media=m, subject=scene.publisher, evidence=scene.evidence(s, "coverage.reported", 0.9, (m.start, m.end)))


def _dateline(scene: Scene, m: Mention) -> bool:
    return bool(_DATELINE.match(scene.text[m.end : m.end + 4]))


def assistance(scene: Scene, measures: list[Measure]) -> Iterator[Assistance]:
    """What a body gives a village: the quantities of sentences about help, and of those that go on."""
    helper, village, block = scene.publisher, None, -1
    for s in scene.sentences:
        if s.block != block:
            village, block = None, s.block
        village = _helped(scene, s) or village
        if helper is None or village is None or _AWARDED.search(s.text):
            continue
        for m in measures:
            if s.start <= m.quantity.start < s.end:
                yield Assistance(
                    helper=helper, village=village, what=m.indicator, quantity=m.quantity, year=m.year, evidence=m.evidence
                )


def _helped(scene: Scene, s: Sentence) -> Mention | None:
    """The last village that a sentence of a paragraph about help names."""
    villages = [m for m in scene.within(s.start, s.end, ("Place",)) if m.subtype == "Village"]
    paragraph = scene.text[scene.document.blocks[s.block].start : s.end]
    return villages[-1] if villages and _HELP.search(paragraph) else None


def cooperation(scene: Scene, measures: list[Measure]) -> Iterator[Cooperation]:
    """Counted or named partners of a contract or a standing link."""
    party = scene.publisher
    if party is None:
        return
    for s in scene.sentences:
        for a, b in scene.clauses(s):
            contract = _CONTRACT.search(scene.text, a, b)
            if not contract:
                continue
            document = _DOCUMENT.search(scene.text[contract.start() : b])
            kind = _SIGNS.sub("", document[0]) if document else contract[0]
            for m in measures:
                if a <= m.quantity.start < b and _COUNTERPART.match(m.indicator):
                    yield _with_counted(scene, party, m, (a, b), kind)
            if document:
                yield from _with_named(scene, s, party, (a, b), kind)


def _with_counted(scene: Scene, party: Mention, m: Measure, clause: tuple[int, int], kind: str) -> Cooperation:
    at = scene.text.find(m.indicator, clause[0], clause[1] + len(m.indicator))
    at = at if at >= 0 else m.quantity.start
    partner = group(scene.text, at, at + len(m.indicator), "partner.counted")
    return Cooperation(party=party, partner=partner, what=kind, quantity=m.quantity, year=m.year, evidence=m.evidence)


def _with_named(scene: Scene, s: Sentence, party: Mention, clause: tuple[int, int], kind: str) -> Iterator[Cooperation]:
    a, b = clause
    for partner in scene.within(a, b, ("Organization", "Place")):
        if _PARTNER.search(scene.text[max(a, partner.start - 1) : partner.start]):
            evidence = scene.evidence(s, "cooperation.contract", 0.8, clause)
            yield Cooperation(party=party, partner=partner, what=kind, year=scene.time(s, a, b)[1], evidence=evidence)


def visits(scene: Scene) -> Iterator[Visit]:
    """Sites that somebody went to in order to learn there."""
    for s in scene.sentences:
        if not _LEARN.search(s.text):
            continue
        previous: Mention | None = None
        for p in scene.within(s.start, s.end, ("Place",)):
            before = scene.text[max(s.start, p.start - 3) : p.start]
            listed = previous is not None and _SITES.fullmatch(scene.text[previous.end : p.start])
            if not _WENT.search(before) and not listed:
                previous = None
                continue
            previous = p
            visitor = _visitor(scene, s, p)
            if visitor:
                yield Visit(visitor=visitor, site=p, date=scene.time(s, p.start, p.end)[0], evidence=scene.evidence(s, "visit.went", 0.75, (p.start, p.end)))


def _visitor(scene: Scene, s: Sentence, p: Mention) -> Mention | None:
    for q in reversed(scene.amounts(s.start, p.start)):
        if q.unit in ("名", "人", "位", "余人"):
            m = _COUNTED.match(scene.text[q.end : p.start])
            if m:
                return group(scene.text, q.end, q.end + m.end(), "visitor.counted")
    found = scene.candidates(s.start, p.start)
    return found[-1] if found and found[-1].kind in ("Person", "Organization") else scene.publisher
