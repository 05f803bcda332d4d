"""Part-of: direct containment that the text's own words state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.reading import Sentence
from kg.extract.scene import Scene
from kg.model import Mention, PartOf

_HAS = re.compile(r"^(?:现)?(?:下辖|下设|所属|辖有|辖|管辖|下属|设有|内设|所辖)")
_LIES = re.compile(r"^(?:位于|坐落于|坐落在|地处|隶属于|隶属|是[^,，。]{0,4}(?:下属|所属|直属)|属于)$")


def containments(scene: Scene) -> Iterator[PartOf]:
    """Nested names, organs of the publisher, and 下辖 or 位于."""
    seen: set[tuple[str, str]] = set()
    for s in scene.sentences:
        for part in [*_nested(scene, s), *_organs(scene, s), *_stated(scene, s)]:
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
    short = {noun, noun[-1]} | ({"公司"} if publisher.name.endswith("公司") else set()) | ({"集团"} if "集团" in publisher.name else set())
    short |= {"校"} if noun in ("学院", "大学", "学校", "中学", "小学") else set()
    organ = re.compile(f"(?:我|本)?(?:{'|'.join(sorted(map(re.escape, short), key=lambda n: -len(n)))})(?:属)?(?P<organ>[\u4e00-\u9fff“”]{{2,16}})")
    for m in scene.within(s.start, s.end, ("Organization",)):
        found = organ.fullmatch(m.text)
        if found and m.name != publisher.name and not m.rule.startswith("alias") and m.subtype != "Media":
            yield _part(scene, s, m, publisher, "part-of.organ", 0.9)


def _stated(scene: Scene, s: Sentence) -> Iterator[PartOf]:
    found = scene.within(s.start, s.end, ("Organization", "Place"))
    for a, b in zip(found, found[1:], strict=False):
        gap = scene.text[a.end : b.start]
        if _LIES.match(gap):
            yield _part(scene, s, a, b, "part-of.lies-in", 0.85)
        elif _HAS.match(gap) and len(gap) <= 8:
            listed = [b]
            for m in found[found.index(b) + 1 :]:
                if not re.fullmatch("[、和及与]", scene.text[listed[-1].end : m.start]):
                    break
                listed.append(m)
            for child in listed:
                yield _part(scene, s, child, a, "part-of.has", 0.85)


def _part(scene: Scene, s: Sentence, child: Mention, parent: Mention, rule: str, confidence: float) -> PartOf:
    return PartOf(child=child, parent=parent, evidence=scene.evidence(s, rule, confidence, (child.start, child.end)))
