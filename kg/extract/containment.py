"""Part-of: direct containment that the text's own words state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.annotate.reading import Sentence
from kg.extract.scene import Scene
from kg.model import Mention, PartOf
from kg.rules import load
from kg.rules.cues import alternation

_RULES = load("containment")
_HAS, _LIES, _LISTED = (_RULES.pattern(f"part-of.{name}") for name in ("has", "lies-in", "list"))
_OF_VILLAGE = _RULES.pattern("part-of.of-village")
_SCHOOLS = ("学院", "大学", "学校", "中学", "小学")


def containments(scene: Scene) -> Iterator[PartOf]:
    """Nested names, organs of the publisher, and 下辖 or 位于."""
    seen: set[tuple[str, str]] = set()
    for s in scene.sentences:
        for part in [*_nested(scene, s), *_organs(scene, s), *_villages(scene, s), *_stated(scene, s)]:
            key = (part.child.name, part.parent.name)
            if key not in seen and key[0] != key[1]:
                seen.add(key)
                yield part


def _nested(scene: Scene, s: Sentence) -> Iterator[PartOf]:
    """A name that begins with another is part of it: an organisation of the next shorter one, a place likewise,
    a branch of the village that its name begins with."""
    inside = [m for m in scene.mentions if s.start <= m.start and m.end <= s.end and m.kind in ("Organization", "Place")]
    for child in inside:
        shorter = [m for m in inside if m.start == child.start and m.end < child.end]
        parents = [m for m in shorter if m.kind == child.kind] or [m for m in shorter if m.rule == "place.seat"]
        if parents:
            parent = max(parents, key=lambda m: m.end)
            yield _part(scene, s, child, parent, "part-of.nested-name", 0.9)


def _organs(scene: Scene, s: Sentence) -> Iterator[PartOf]:
    """局党委 and 局规划科 are part of the publisher, whose noun is 局; 该局一分局 of what 该局 means."""
    publisher, noun = scene.publisher, scene.noun
    if not publisher or not noun:
        return
    organ = _organ(publisher, noun)
    for m in scene.within(s.start, s.end, ("Organization",)):
        found = organ.fullmatch(m.text)
        if found and m.name != publisher.name and not m.rule.startswith("alias") and m.subtype != "Media":
            yield _part(scene, s, m, publisher, "part-of.organ", 0.9)


def _organ(publisher: Mention, noun: str) -> re.Pattern[str]:
    """What an organ of the publisher is called: 局党委, 我局规划科, 校工会."""
    short = {noun, noun[-1]} | ({"校"} if noun in _SCHOOLS else set())
    short |= {word for word in ("公司", "集团") if publisher.name.endswith(word) or (word == "集团" and word in publisher.name)}
    return re.compile(f"[我本]?{alternation(short)}属?(?P<organ>[\u4e00-\u9fff“”]{{2,16}})")


def _villages(scene: Scene, s: Sentence) -> Iterator[PartOf]:
    """村“童伴之家” and 村党支部 are of the village named last."""
    for m in scene.within(s.start, s.end, ("Organization",)):
        named = [p for p in scene.within(scene.document.blocks[s.block].start, m.start, ("Place",)) if p.subtype == "Village"]
        if named and _OF_VILLAGE.match(m.text):
            yield _part(scene, s, m, named[-1], "part-of.of-village", 0.85)


def _stated(scene: Scene, s: Sentence) -> Iterator[PartOf]:
    """'甲下设乙、丙' and '乙位于甲'."""
    found = scene.within(s.start, s.end, ("Organization", "Place"))
    for i, (a, b) in enumerate(pairwise(found)):
        gap = scene.text[a.end : b.start]
        if _LIES.match(gap):
            yield _part(scene, s, a, b, "part-of.lies-in", 0.85)
        elif _HAS.match(gap) and len(gap) <= 8:
            for child in _list(scene, found[i + 1 :]):
                yield _part(scene, s, child, a, "part-of.has", 0.85)


def _list(scene: Scene, found: list[Mention]) -> list[Mention]:
    """The first mention and those coordinated with it."""
    listed = found[:1]
    for m in found[1:]:
        if not _LISTED.fullmatch(scene.text[listed[-1].end : m.start]):
            break
        listed.append(m)
    return listed


def _part(scene: Scene, s: Sentence, child: Mention, parent: Mention, rule: str, confidence: float) -> PartOf:
    return PartOf(child=child, parent=parent, evidence=scene.evidence(s, rule, confidence, (child.start, child.end)))
