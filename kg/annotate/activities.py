"""Activities: what is held, from its verb or quotation mark to its last word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.annotate.cues import alternation, words
from kg.annotate.lexis import Lexis, SPLIT

_QUOTED = re.compile(r"“[^“”\n]{2,40}”")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(alternation(words("activities", "heads")))


@cache
def _triggers() -> re.Pattern[str]:
    return re.compile(alternation(words("activities", "trigger") - {"在", "赴"}))


def activities(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Spans of individuated activities with the rule that found each."""
    text = lexis.text
    for s, e in lexis.split(start, end, SPLIT + "、"):
        for m in _heads().finditer(text, s, e):
            if not _ends(lexis, m.start(), m.end(), e):
                continue
            found = _start(lexis, s, m.start()) or _in(lexis, s, m.start(), m.end())
            if found is None:
                continue
            at, rule = found
            if _named(lexis, at, m.start(), m.end(), rule):
                yield at, m.end(), rule


def _ends(lexis: Lexis, start: int, end: int, stop: int) -> bool:
    """A head ends the name if the word ends there and no longer head goes on."""
    word = lexis.before(end)
    if word is None or word.end != end or lexis.quoted(start, max(0, start - 60)) is not None:
        return False
    rest = lexis.text[end:stop]
    return not re.match(r"(?:暨|[\u4e00-\u9fff]{0,12}(?:会议|大会|培训班|比赛|竞赛|活动|仪式|论坛|讲座)(?![\u4e00-\u9fff]))", rest) or rest.startswith(
        ("上", "中", "期间", "在")
    )


def _start(lexis: Lexis, start: int, head: int) -> tuple[int, str] | None:
    text = lexis.text
    last = None
    for m in _triggers().finditer(text, start, head):
        if lexis.quoted(m.start(), start) is None and m.start() in lexis.boundaries:
            last = m if last is None or m.start() >= last.end() else last
            break
    if last is not None and head - last.end() <= 45:
        return lexis.trim(last.end(), head, "了过 \u3000")[0], "activity.held"
    quote = text.rfind("“", start, head)
    if quote >= 0 and lexis.partner.get(quote, -1) <= head:
        at = quote
        while at > start:
            w = lexis.before(at)
            if w is None or w.start < start or w.text in words("verbs", "stop") or w.pos[0] in "pcudv":
                break
            at = w.start
        return at, "activity.quoted"
    return None


def _in(lexis: Lexis, start: int, head: int, end: int) -> tuple[int, str] | None:
    """'在全市法院庭审观摩评比中': what stands between 在 and 中."""
    if not re.match(r"(?:中|上|里|期间|活动中)", lexis.text[end:]):
        return None
    at = lexis.text.rfind("在", start, head)
    return (at + 1, "activity.in") if at >= 0 and at in lexis.boundaries and head - at <= 40 else None


def _named(lexis: Lexis, at: int, head: int, end: int, rule: str) -> bool:
    name = lexis.text[at:end]
    if len(name) < 4 or len(name) > 50 or any(name.startswith(g) for g in words("activities", "generic")):
        return False
    if re.match(r"[\d一二三四五六七八九十两多百千余]+(?:次|场|期|项|个|批|名|人|余)", name):
        return False
    if "“" in name or rule == "activity.quoted":
        return True
    if lexis.text[head:end] in words("activities", "weak"):
        return len(name) >= 8 or any(w.pos in ("ns", "nt", "nz", "nr") for w in lexis.between(at, head))
    return len(name) >= 5
