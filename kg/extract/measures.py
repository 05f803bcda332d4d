"""Measures: what a quantity counts, whose it is, which year it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.lexis import SPLIT, Lexis, Word
from kg.annotate.reading import Sentence
from kg.extract.scene import Scene, quantity
from kg.model import Measure, Mention
from kg.normalize import QuantityMatch
from kg.rules import load
from kg.rules.cues import words

_RULES = load("measure")
_LEAD, _TRAIL, _FIGURE = (_RULES.pattern(f"measure.{name}") for name in ("lead", "trail", "figure"))
_STOP, _FUNCTION, _AFTER_SUBJECT = (_RULES.pattern(f"measure.{name}") for name in ("stop", "function-word", "after-subject"))
# what is measured with these stands before the number, not after it
_SIZES = frozenset(
    ["元", "美元", "%", "倍", "亩", "公顷", "米", "千米", "平方米", "平方千米", "吨", "千瓦", "千瓦时", "小时", "天", "个月", "年"]
)


def measures(scene: Scene) -> Iterator[Measure]:
    """All measures of the document, in order; quantities that awards carry as counts are left out."""
    for s in scene.sentences:
        if s.kind == "byline":
            continue
        amounts = [q for q in scene.amounts(s.start, s.end) if q.start not in scene.used and not q.indefinite]
        total: int | None = None
        last = ""
        for i, q in enumerate(amounts):
            floor = amounts[i - 1].end if i else s.start
            indicator = "" if _in_name(scene, q) else _indicator(scene, s, q, floor) or last
            if not indicator:
                continue
            last = indicator
            gap = scene.text[floor : q.start]
            part = total if "其中" in gap else None
            if part is None and "、" not in gap:
                total = q.start
            yield _measure(scene, s, q, indicator, part)


def _measure(scene: Scene, s: Sentence, q: QuantityMatch, indicator: str, part: int | None) -> Measure:
    return Measure(
        indicator=indicator,
        quantity=quantity(q),
        subject=_subject(scene, s, q),
        year=scene.time(s, q.start, q.end)[1],
        part_of=part,
        evidence=scene.evidence(s, q.rule, 0.9, (q.start, q.end)),
    )


def _in_name(scene: Scene, q: QuantityMatch) -> bool:
    """Whether the quantity is part of a name: 302钻机, “1+3”工作法."""
    if scene.covered(q.end, ("Honour",)):
        return False
    return any(m.start <= q.start and q.end <= m.end for m in scene.mentions if m.kind in ("Honour", "Work", "Organization"))


def _indicator(scene: Scene, s: Sentence, q: QuantityMatch, floor: int) -> str:
    after, before = _after(scene, s, q), _before(scene, s, q, floor)
    if q.unit in _SIZES and (q.unit == "%" or len(_bare(before)) >= 2):
        return before or after
    return after or before


def _after(scene: Scene, s: Sentence, q: QuantityMatch) -> str:
    """The noun phrase that the quantity counts, if it follows."""
    text, start = scene.text, q.end
    if text[start : start + 1] == "的":
        return ""
    limit = _limit(scene, s, q)
    end = start
    for w in Lexis(text[start:limit]).words:
        if _FUNCTION.fullmatch(w.text) or (w.text in words("verbs", "stop") and w.pos[0] != "n"):
            break
        if _ends_phrase(w, end - start):
            break
        end = start + w.end
    if text[limit - 1 : limit] in "）)" and limit - 12 <= end < limit:
        end = limit
    return text[start:end].strip(" “”")


def _limit(scene: Scene, s: Sentence, q: QuantityMatch) -> int:
    """How far the counted phrase may reach: to a mark, a short bracket included, or to the next quantity."""
    mark = _STOP.search(scene.text, q.end, s.end)
    limit = mark.start() if mark else s.end
    if mark and mark[0] in "(（" and limit > q.end:
        close = s.lexis.partner.get(limit - s.start)
        if close is not None and close + s.start - limit <= 10:
            limit = close + s.start + 1
    following = next((x for x in scene.quantities if x.start >= q.end), None)
    return following.start if following and following.start < limit else limit


def _ends_phrase(w: Word, size: int) -> bool:
    """Whether a word does not open, or not go on with, a noun phrase of ``size`` characters so far."""
    if w.start == 0:
        return w.pos[0] in "pcudrf" or (w.pos[0] == "v" and w.pos != "vn" and len(w.text) < 2)
    return w.pos in ("p", "d", "ul") or (w.pos == "v" and size >= 2)


def _before(scene: Scene, s: Sentence, q: QuantityMatch, floor: int) -> str:
    """The phrase before the quantity: from the clause's start, or from the last item of a list."""
    text = scene.text
    parts = s.lexis.split(0, q.start - s.start, SPLIT)
    start = max(floor, s.start + parts[-1][0])
    phrase = text[start : q.start]
    if "、" in phrase and floor > s.start and text[floor : floor + 1] == "、":
        phrase = phrase.split("、")[-1]
    phrase = _TRAIL.sub("", _LEAD.sub("", phrase))
    phrase = _without_subject(scene, s, start, phrase)
    bare = _bare(phrase)
    short = len(bare) < 2
    if len(parts) > 1 and ((q.unit == "%" and len(phrase) <= 5) or short or bare in words("verbs", "stop")):
        a, b = parts[-2]
        earlier = _without_subject(scene, s, s.start + a, text[s.start + a : s.start + b])
        earlier = _FIGURE.sub("", _LEAD.sub("", earlier))
        if q.unit == "%" or short:
            return (_bare(earlier)[:20] + bare).strip(" ,，“") or phrase
    return (phrase if short else bare)[-60:].strip(" ,，“")


def _without_subject(scene: Scene, s: Sentence, start: int, phrase: str) -> str:
    """The phrase after the organisation, person or place that it opens with, where enough is left."""
    for m in scene.within(start, s.end, ("Organization", "Person", "Place")):
        at = phrase.find(m.text)
        if at < 0 or at > 8:
            continue
        rest = _AFTER_SUBJECT.sub("", phrase[at + len(m.text) :])
        if len(rest) >= 2:
            phrase = rest
    return phrase


def _bare(phrase: str) -> str:
    """The phrase without its leading verb."""
    for size in (4, 3, 2):
        if phrase[:size] in words("verbs", "stop") or phrase[:size] in words("activities", "trigger"):
            return _bare(phrase[size:].lstrip("了过")) if len(phrase) - size >= 2 else phrase[size:].lstrip("了过")
    return phrase


def _subject(scene: Scene, s: Sentence, q: QuantityMatch) -> Mention | None:
    """Whose the quantity is: the body or place named in its clause, else the one taken over, else the publisher."""
    clause = scene.clause_of(s, q.start)
    found = [m for m in scene.candidates(clause[0], q.start) if m.kind in ("Organization", "Place")]
    if found:
        return found[0]
    inherited = scene.inherited(s, clause[0])
    return inherited if inherited and inherited.kind in ("Organization", "Place") else scene.publisher
