"""Awards: which honour, whose, of which grade, level, year and count, and who confers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotate.honours import split_grade
from kg.annotate.reading import Sentence
from kg.extract.frames import Frame, frame_of, groups
from kg.extract.levels import level_of, rank_of
from kg.extract.recipients import conferrers, is_publisher, pairs, recipients
from kg.extract.scene import Scene
from kg.model import Award, Level, Mention
from kg.rules import load

_RULES = load("award")
_WHOLE_REGION, _CONTEST, _SCOPE = (_RULES.pattern(f"award.{n}") for n in ("whole-region", "contest", "scope-of-contest"))
_COUNT_GAP, _YEAR_IN, _YEAR_BEFORE = (_RULES.pattern(f"award.{n}") for n in ("count-gap", "year-in-name", "year-before"))
_COUNTERS = frozenset("项个名枚次块座篇件人家所支位面封幅部届份") | {"人次"}
_UNSURE = "荣誉名称由模型给出,把握不大 | the model is not sure of the honour's name"


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of honours with all that its awards share."""

    sentence: Sentence
    frame: Frame
    honours: list[Mention]
    conferrers: list[Mention]
    contest: Mention | None
    conferred: bool  # whether the publisher's side confers
    count: int | None  # of an anonymous recipient
    shared: int | None  # '一等奖、三等奖各1项' gives each one
    each_one: bool  # '2位馆员分获甲、乙'


def awards(scene: Scene) -> Iterator[Award]:
    """All awards of the document, in order."""
    for s in scene.sentences:
        if s.kind == "byline":
            continue
        for honours in groups(scene, s):
            frame = frame_of(scene, s, honours)
            if frame:
                yield from _read(scene, s, frame, honours)


def _read(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Iterator[Award]:
    by = conferrers(scene, s, frame, honours[0])
    won_by, count = recipients(scene, s, frame, honours)
    both = pairs(scene, frame, won_by, honours)
    contest = _contest(scene, s, frame, honours[0])
    conferred = frame.kind == "confer" and is_publisher(scene, by) and not is_publisher(scene, won_by)
    each_one = count == len(honours) > 1 and "分" in frame.word
    g = _Group(s, frame, honours, by, contest, conferred, count, _shared_count(scene, honours), each_one)
    for recipient, honour in both:
        yield _award(scene, g, recipient, honour)


def _award(scene: Scene, g: _Group, recipient: Mention, honour: Mention) -> Award:
    count = _count(scene, g.frame, honour) or g.shared
    if count is None and g.each_one:
        count = 1
    elif count is None and recipient.kind == "Group":
        count = g.count
    named, grade = _name(honour, g.contest)
    level = _level(scene, g, honour, named)
    date, year = _year(scene, g.sentence, g.frame, honour)
    span = (g.frame.start, g.honours[-1].end)
    return Award(
        recipient=recipient,
        honour=named,
        grade=grade,
        level=level,
        rank=rank_of(level),
        rank_source="inferred" if level else None,
        direction="conferred" if g.conferred else "received",
        conferrers=tuple(g.conferrers),
        date=date,
        year=year,
        count=count,
        evidence=scene.evidence(g.sentence, f"award.{g.frame.kind}", 0.9, span),
        unsure="" if honour.confidence >= 0.6 else _UNSURE,
    )


def _level(scene: Scene, g: _Group, honour: Mention, named: Mention) -> Level | None:
    """The level by the honour's own words, else by its conferrers, its group, its clause, its contest."""
    unit: Level | None = "unit" if g.conferred else None
    level = (
        level_of(named.name)
        or unit
        or level_of("".join(c.text for c in g.conferrers))
        or _context_level(scene, g, honour)
        or (level_of(g.contest.text) if g.contest and len(honour.name) <= 8 else None)
    )
    if level in (None, "county") and "全区" in named.name + g.sentence.text and _WHOLE_REGION.search(scene.text):
        return "provincial"
    return level


def _context_level(scene: Scene, g: _Group, honour: Mention) -> Level | None:
    """The scope that another honour of the group, or the words before it in the clause, state."""
    first, *rest = g.honours
    if honour is not first and len(honour.text) <= 8 and not any(level_of(h.text) for h in rest):
        inherited = level_of(first.text)
        if inherited:
            return inherited
    found = [m["scope"] for m in _SCOPE.finditer(scene.text[g.sentence.start : first.start])]
    return level_of(found[-1]) if found else None


def _name(honour: Mention, contest: Mention | None) -> tuple[Mention, str | None]:
    """The honour without its grade; a grade alone is completed by its contest."""
    name, grade = split_grade(honour.name)
    if grade and (name == grade or len(name) <= 4) and contest is not None:
        return replace(honour, name=contest.name + honour.name, implied=True), grade
    return replace(honour, name=name), grade


def _contest(scene: Scene, s: Sentence, frame: Frame, first: Mention) -> Mention | None:
    """The contest that a bare grade belongs to: the nearest one named before it, in its sentence or earlier."""
    near = scene.within(s.start, first.start, ("Activity",))
    if near:
        return near[-1]
    stop = first.start if frame.kind in ("list", "plain", "caption") else min(frame.start, first.start)
    before = [m for m in scene.within(0, stop, ("Activity",)) if _CONTEST.search(m.name)]
    return before[-1] if before else None


def _count(scene: Scene, frame: Frame, honour: Mention) -> int | None:
    """The count that stands at the honour: '金奖2项', '3个红旗党支部'."""
    text = scene.text
    for q in scene.quantities:
        if q.indefinite:
            continue
        gap = text[honour.end : q.start]
        after = honour.end <= q.start <= honour.end + 5 and (not gap or _COUNT_GAP.fullmatch(gap))
        before = honour.start - 2 <= q.end <= honour.start and q.start >= frame.end
        if q.unit in _COUNTERS and (after or (before and not text[q.end : honour.start].strip(" “的"))):
            scene.used.add(q.start)
            return int(q.value)
        if q.start >= honour.start and q.end <= honour.end:
            scene.used.add(q.start)
    return None


def _shared_count(scene: Scene, honours: list[Mention]) -> int | None:
    """'一等奖、三等奖各1项' gives each one."""
    last = honours[-1]
    if len(honours) > 1 and scene.text[last.end : last.end + 1] == "各":
        return _count(scene, Frame("active", 0, 0, ""), last)
    return None


def _year(scene: Scene, s: Sentence, frame: Frame, honour: Mention) -> tuple[str | None, int | None]:
    """The date and year: in the honour's name, right before it, else of what governs it."""
    near = scene.text[max(s.start, honour.start - 8) : honour.start]
    m = _YEAR_IN.search(honour.text) or _YEAR_BEFORE.search(near)
    if m:
        return m["year"], int(m["year"])
    return scene.time(s, min(frame.start, honour.start), honour.start)
