"""``report.md``: what was found, with the sentences that say it, and what was unsure, for people to read.

Chinese and English; the same input gives the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from kg.graph import LOW_CONFIDENCE, Mark, Marked
from kg.model import (
    ENTITY_KINDS,
    LEVELS,
    ActivityFact,
    Assistance,
    Award,
    Cooperation,
    Coverage,
    Document,
    Entity,
    Extraction,
    Fact,
    Measure,
    Mention,
    PartOf,
    Post,
    Resolution,
    Visit,
)
from kg.view.words import words

MOST_FACTS: Final = 20  # of one kind; the rest is in the graph
Name = Callable[[Mention], str]

# kind of fact → its question, its name in Chinese and in English
FACT_KINDS: Final[dict[type[Fact], tuple[str, str, str]]] = {
    Award: ("awards", "荣誉", "Awards"),
    Post: ("posts", "职务", "Posts"),
    Assistance: ("assistance", "帮扶", "Assistance"),
    Measure: ("measures", "数量", "Measures"),
    ActivityFact: ("activities", "活动", "Activities"),
    Cooperation: ("cooperation", "合作", "Cooperation"),
    Visit: ("visits", "参观学习", "Visits"),
    Coverage: ("coverage", "媒体报道", "Media coverage"),
    PartOf: ("part-of", "隶属", "Part of"),
}
_ENTITY_ZH: Final = {
    "Person": "人物",
    "Organization": "组织",
    "Place": "地方",
    "Honour": "荣誉名称",
    "Activity": "活动",
    "Work": "作品",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at: a fact, a merge or a place, why, and where it stands."""

    report: str
    start: int
    end: int
    what: str
    why: str
    quote: str


def findings(
    extractions: Sequence[Extraction], resolution: Resolution, marks: Sequence[Marked] = ()
) -> list[Finding]:
    """What was unsure and nobody has checked, and marks that no longer fit, in order of report and position."""
    checked = {(mark.report, fact) for mark, facts in marks for fact in facts}
    found = [
        *_doubtful_facts(extractions, resolution, checked),
        *_doubtful_entities(extractions, resolution),
        *_doubtful_marks(extractions, resolution, marks),
    ]
    return sorted(found, key=lambda f: (f.report, f.start, f.end, f.what, f.why))


def render(extractions: Sequence[Extraction], resolution: Resolution, marks: Sequence[Marked] = ()) -> str:
    """The text of ``report.md``. What people marked wrong is listed on its own and counts nowhere."""
    told, extractions = extractions, without_wrong(extractions, marks)
    lines = [
        "# 找到了什么 · What was found",
        "",
        "内容是发布单位自己的说法,未经核实;每条事实都附原文。 "
        "The contents are the organisations' own claims, unverified; every fact stands with its words.",
        "",
        *_reports(extractions),
        *_counts(extractions, resolution),
    ]
    for kind in FACT_KINDS:
        lines += _section(kind, extractions, resolution)
    lines += _marked(told, resolution, marks)
    lines += _unsure(findings(told, resolution, marks))
    return "\n".join(lines) + "\n"


def without_wrong(extractions: Sequence[Extraction], marks: Sequence[Marked]) -> Sequence[Extraction]:
    """The extractions without the facts whose last mark is 'wrong'."""
    last = {(mark.report, fact): mark.verdict for mark, facts in marks for fact in facts}
    if "wrong" not in last.values():
        return extractions
    return [
        replace(e, facts=tuple(f for f in e.facts if last.get((e.document.id, f)) != "wrong")) for e in extractions
    ]


def label_of(report: str, resolution: Resolution) -> Name:
    """How the mentions of one report are called: by the label of what they mean."""
    labels = {entity.key: entity.label for entity in resolution.entities}

    def name(mention: Mention) -> str:
        return labels.get(resolution.meaning.get((report, mention), ""), mention.name)

    return name


def plain(text: str) -> str:
    """Text that Markdown takes for text, on one line.

    >>> plain("第*1*名<b>\\n[x](y)")
    '第\\\\*1\\\\*名&lt;b> \\\\[x\\\\](y)'
    """
    return (
        re.sub(r"([\\`*_\[\]|#])", r"\\\1", " ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
    )


def _reports(extractions: Sequence[Extraction]) -> Iterator[str]:
    yield "| 报告 report | 发布单位 publisher | 发布 published | 年份 year | 字数 characters | 事实 facts |"
    yield "| --- | --- | --- | --- | ---: | ---: |"
    for extraction in extractions:
        document: Document = extraction.document
        cells = (
            document.title or document.id,
            document.publisher or "-",
            document.published or "-",
            str(document.period or "-"),
            str(len(document.text)),
            str(len(extraction.facts)),
        )
        yield "| " + " | ".join(map(plain, cells)) + " |"
    yield ""


def _counts(extractions: Sequence[Extraction], resolution: Resolution) -> Iterator[str]:
    facts = [type(fact) for extraction in extractions for fact in extraction.facts]
    entities = [entity.kind for entity in resolution.entities]
    yield "| 事实 facts | 条 | | 实体 entities | 个 |"
    yield "| --- | ---: | --- | --- | ---: |"
    left = [(f"{zh} {en}", facts.count(kind)) for kind, (_, zh, en) in FACT_KINDS.items()]
    right = [(f"{_ENTITY_ZH[kind]} {kind}", entities.count(kind)) for kind in ENTITY_KINDS]
    for row, (name, count) in enumerate(left):
        other, number = right[row] if row < len(right) else ("", "")
        yield f"| {name} | {count} | | {other} | {number} |"
    yield ""


def _section(kind: type[Fact], extractions: Sequence[Extraction], resolution: Resolution) -> Iterator[str]:
    placed = [(e, fact) for e in extractions for fact in e.facts if type(fact) is kind]
    if not placed:
        return
    question, zh, en = FACT_KINDS[kind]
    yield f"## {zh} · {en} ({len(placed)})"
    yield ""
    first = sorted(placed, key=lambda pair: _importance(pair[1]))[:MOST_FACTS]
    for extraction, group in groupby(first, key=lambda pair: pair[0]):
        yield from _facts(extraction, [fact for _, fact in group], resolution)
    if len(placed) > MOST_FACTS:
        yield f"另有 {len(placed) - MOST_FACTS} 条 · {len(placed) - MOST_FACTS} more: `kg ask DIR {question}`"
        yield ""


def _importance(fact: Fact) -> tuple[object, ...]:
    """The highest level first, then the largest sum of money, then the order of the text."""
    level = getattr(fact, "level", None)
    quantity = getattr(fact, "quantity", None)
    money = -quantity.value if quantity is not None and quantity.unit == "元" else 0.0
    return LEVELS.index(level) if level in LEVELS else len(LEVELS), money


def _facts(extraction: Extraction, facts: Sequence[Fact], resolution: Resolution) -> Iterator[str]:
    name = label_of(extraction.document.id, resolution)
    for (start, end), group in groupby(facts, key=lambda f: (f.evidence.start, f.evidence.end)):
        for fact in group:
            told = words(fact, name)
            yield f"- {plain(told.zh)} · *{plain(told.en)}*"
        yield f"  > {plain(extraction.document.text[start:end])} `[{start}, {end})`"
        yield ""


def _unsure(found: Sequence[Finding]) -> Iterator[str]:
    yield f"## 存疑 · Unsure ({len(found)})"
    yield ""
    if not found:
        yield "没有存疑之处。 Nothing was unsure."
    for finding in found:
        yield f"- {plain(finding.what)}: {plain(finding.why)}"
        yield f"  > {plain(finding.quote)} `{plain(finding.report)} [{finding.start}, {finding.end})`"


def _marked(extractions: Sequence[Extraction], resolution: Resolution, marks: Sequence[Marked]) -> Iterator[str]:
    """What people marked: wrong facts struck through, then how many are right, then marks that find nothing."""
    if not marks:
        return
    texts = {e.document.id: e.document.text for e in extractions}
    yield f"## 核对 · Marks ({len(marks)})"
    yield ""
    right = sum(mark.verdict == "right" and bool(facts) for mark, facts in marks)
    wrong = sum(mark.verdict == "wrong" and bool(facts) for mark, facts in marks)
    lost = sum(not facts for _, facts in marks)
    yield (
        f"已核 {right} 条,有误 {wrong} 条(不计入以上数字),事实已不存在 {lost} 条。 "
        f"{right} checked, {wrong} wrong (not counted above), {lost} about facts that are gone."
    )
    yield ""
    for mark, facts in marks:
        name = label_of(mark.report, resolution)
        note = f" ({plain(mark.note)})" if mark.note else ""
        for fact in facts:
            told = plain(words(fact, name).zh)
            yield f"- ~~{told}~~ **有误 wrong**{note}" if mark.verdict == "wrong" else f"- {told} **已核 checked**{note}"
        if not facts:
            yield f"- {_said(mark)} **事实已不存在 gone**,{_VERDICTS[mark.verdict]}{note}"
        yield f"  > {plain(_quote(texts, mark))} `{plain(mark.report)} [{mark.start}, {mark.end})`"
    yield ""


_VERDICTS: Final = {"right": "曾标为已核 was marked right", "wrong": "曾标为有误 was marked wrong"}


def _said(mark: Mark) -> str:
    return plain(mark.said or mark.kind)


def _quote(texts: Mapping[str, str], mark: Mark) -> str:
    return texts.get(mark.report, "")[mark.start : mark.end][:400]


def _doubtful_marks(
    extractions: Sequence[Extraction], resolution: Resolution, marks: Sequence[Marked]
) -> Iterator[Finding]:
    """Marks whose fact is gone, or says something else now."""
    texts = {e.document.id: e.document.text for e in extractions}
    for mark, facts in marks:
        verdict = _VERDICTS[mark.verdict]
        quote = _quote(texts, mark)
        if not facts:
            why = f"核对过的事实已不存在,{verdict};请再核 its fact is gone, check again"
            yield Finding(mark.report, mark.start, mark.end, mark.said or mark.kind, why, quote)
        name = label_of(mark.report, resolution)
        for fact in facts:
            now = words(fact, name).zh
            if mark.said and mark.said != " ".join(now.split()) and mark.said != now:
                why = f"{verdict}时写作“{mark.said}”,说法已变,请再核 its words have changed, check again"
                yield Finding(mark.report, mark.start, mark.end, now, why, quote)


def _doubtful_facts(
    extractions: Sequence[Extraction], resolution: Resolution, checked: Set[tuple[str, Fact]]
) -> Iterator[Finding]:
    for extraction in extractions:
        document = extraction.document
        name = label_of(document.id, resolution)
        for fact in extraction.facts:
            if (document.id, fact) not in checked and (why := reason(fact)):
                start, end = fact.evidence.start, fact.evidence.end
                quote = document.text[start:end]
                yield Finding(document.id, start, end, words(fact, name).zh, why, quote)


def reason(fact: Fact) -> str:
    """Why a fact should be looked at; '' if there is no reason."""
    if fact.unsure:
        return fact.unsure
    confidence = fact.evidence.confidence
    return f"置信度低 low confidence ({confidence:.2f})" if confidence < LOW_CONFIDENCE else ""


def _doubtful_entities(extractions: Sequence[Extraction], resolution: Resolution) -> Iterator[Finding]:
    first: dict[str, tuple[str, Mention]] = {}
    for (report, mention), key in resolution.meaning.items():
        if key not in first or (report, mention.start) < (first[key][0], first[key][1].start):
            first[key] = report, mention
    for entity in resolution.entities:
        if len(entity.candidates) > 1 and not entity.code and entity.key in first:
            report, mention = first[entity.key]
            yield Finding(report, mention.start, mention.end, entity.label, _candidates(entity), mention.text)
        for merge in entity.merges:
            if merge.score < LOW_CONFIDENCE:
                why = f"是否同一个,请核对 perhaps not the same ({merge.rule}, {merge.score:.2f})"
                what = f"{merge.text} = {entity.label}"
                yield Finding(merge.report, merge.start, merge.end, what, why, merge.text)


def _candidates(entity: Entity) -> str:
    count = len(entity.candidates)
    shown = "、".join(entity.candidates[:5]) + ("…" if count > 5 else "")
    return f"同名的地方有 {count} 处 {count} places of this name: {shown}"


def count_by_kind(extractions: Iterable[Extraction]) -> dict[str, int]:
    """How many facts of each kind, by the name of its question."""
    facts = [type(fact) for extraction in extractions for fact in extraction.facts]
    return {question: facts.count(kind) for kind, (question, _, _) in FACT_KINDS.items()}
