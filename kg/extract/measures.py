"""Measures: what a quantity counts, whose it is, which year it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.cues import words
from kg.annotate.lexis import SPLIT, Lexis
from kg.annotate.reading import Sentence
from kg.extract.scene import Scene, quantity
from kg.model import Measure
from kg.normalize import QuantityMatch

_LEAD = re.compile(
    r"^(?:[\s、,，和及与并共计累计已共约近超达分别各均还又再先后其中全年截至目前今年以来同时]|目前|全年|今年|其中|共计|累计|总计|合计|完成了|已|去年|年内|上半年|\d{4}年(?:\d+月)?(?:\d+日)?|[一二三四五六七八九十]+是)+"
)
_TRAIL = re.compile(r"(?:达到?|约|近|超过?|共计?|累计|总计|合计|为|到|至|了|过|有|等|逾|突破|不低于|最高|各|均|仅|[\s、,，:：])+$")
_FIGURE = re.compile(r"(?:达到?|为|由|约|近|超过?|增?至|实现)?[\d.,]+\s*[\u4e00-\u9fff%]{0,6}$")
_STOP_AFTER = re.compile(r"[,，。;；:：、!！?？\n(（)）]")
_HOUSE = frozenset("其中 分别 等 的 以上 左右 多 余 和 及 与 并 被 在 是 为 获评 荣获 获得 获 入选".split())


def measures(scene: Scene) -> Iterator[Measure]:
    """All measures of the document, in order; quantities that awards carry as counts are left out."""
    for s in scene.sentences:
        if s.kind in ("byline",):
            continue
        amounts = [q for q in scene.amounts(s.start, s.end) if q.start not in scene.used and not q.indefinite]
        total: int | None = None
        last = ""
        for i, q in enumerate(amounts):
            if scene.covered(q.start, ("Honour", "Activity", "Work", "Organization")) and not scene.covered(q.end, ("Honour",)):
                if any(m.start <= q.start and q.end <= m.end for m in scene.mentions if m.kind in ("Honour", "Work", "Organization")):
                    continue
            floor = amounts[i - 1].end if i else s.start
            indicator = _indicator(scene, s, q, floor) or last
            if not indicator:
                continue
            last = indicator
            part = total if "其中" in scene.text[floor : q.start] else None
            if part is None and not re.search("[、]", scene.text[floor : q.start]):
                total = q.start
            _, year = scene.time(s, q.start, q.end)
            subject = _subject(scene, s, q)
            yield Measure(
                indicator=indicator,
                quantity=quantity(q),
                subject=subject,
                year=year,
                part_of=part,
                evidence=scene.evidence(s, q.rule, 0.9, (q.start, q.end)),
            )


def _indicator(scene: Scene, s: Sentence, q: QuantityMatch, floor: int) -> str:
    after = _after(scene, s, q)
    before = _before(scene, s, q, floor)
    money = q.unit in ("元", "%", "美元", "亩", "千米", "平方千米", "平方米", "吨", "千瓦", "千瓦时", "公顷", "倍", "小时", "天", "年", "米", "个月")
    if q.unit == "%":
        return before or after
    if money:
        bare = _bare(before)
        return before if len(bare) >= 2 else (after or before)
    return after or before


def _after(scene: Scene, s: Sentence, q: QuantityMatch) -> str:
    """The noun phrase that the quantity counts, if it follows."""
    text = scene.text
    stop = q.end
    if text[stop : stop + 1] == "的":
        return ""
    end = _STOP_AFTER.search(text, stop, s.end)
    limit = end.start() if end else s.end
    if end and text[limit] in "(（" and limit > stop:
        close = s.lexis.partner.get(limit - s.start)
        if close is not None and close + s.start - limit <= 10:
            limit = close + s.start + 1
    following = next((x for x in scene.quantities if x.start >= q.end), None)
    if following and following.start < limit:
        limit = following.start
    at = stop
    for w in Lexis(text[stop:limit]).words:
        if w.text in _HOUSE or w.text in words("verbs", "stop") and w.pos[0] != "n":
            break
        started = w.start > 0
        if not started and (w.pos[0] in "pcudrf" or (w.pos[0] == "v" and w.pos != "vn" and len(w.text) < 2)):
            break
        if started and w.pos in ("v", "p", "d", "ul") and (w.pos != "v" or at - stop >= 2):
            break
        at = stop + w.end
    if text[limit - 1 : limit] in "）)" and at < limit and at >= limit - 12:
        at = limit
    return text[stop:at].strip(" “”")


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
    if (q.unit == "%" and len(phrase) <= 5 or len(bare) < 2 or bare in words("verbs", "stop")) and len(parts) > 1:
        earlier = _without_subject(scene, s, s.start + parts[-2][0], text[s.start + parts[-2][0] : s.start + parts[-2][1]])
        earlier = _FIGURE.sub("", _LEAD.sub("", earlier))
        if q.unit == "%" or len(bare) < 2:
            return (_bare(earlier)[:20] + bare).strip(" ,，“") or phrase
    return (bare if len(bare) >= 2 else phrase)[-60:].strip(" ,，“")


def _without_subject(scene: Scene, s: Sentence, start: int, phrase: str) -> str:
    """The phrase after the organisation, person or place that it opens with, where enough is left."""
    for m in scene.within(start, s.end, ("Organization", "Person", "Place")):
        at = phrase.find(m.text)
        if at < 0 or at > 8:
            continue
        rest = re.sub(r"^(?:[、和及与]|从|在|由|的|现有|现|共|已)+", "", phrase[at + len(m.text) :])
        if len(rest) >= 2:
            phrase = rest
    return phrase


def _bare(phrase: str) -> str:
    """The phrase without its leading verb."""
    for size in (4, 3, 2):
        if phrase[:size] in words("verbs", "stop") or phrase[:size] in words("activities", "trigger"):
            return _bare(phrase[size:].lstrip("了过")) if len(phrase) - size >= 2 else phrase[size:].lstrip("了过")
    return phrase


def _subject(scene: Scene, s: Sentence, q: QuantityMatch):  # type: ignore[no-untyped-def]
    clause = scene.clause_of(s, q.start)
    found = [m for m in scene.candidates(clause[0], q.start) if m.kind in ("Organization", "Place")]
    if found:
        return found[0]
    inherited = scene.inherited(s, clause[0])
    return inherited if inherited and inherited.kind in ("Organization", "Place") else scene.publisher
