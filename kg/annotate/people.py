"""Persons and posts by their grammar: title + name, name + title, lists of names, names seen before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.annotate.cues import alternation
from kg.annotate.lexis import Lexis
from kg.lexicons import surnames, titles

RARE = 0.0001  # share of the population below which a character is taken for a surname by the model only
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_AFTER_NAME = re.compile(
    r"同志|等|一行|先后|分别|荣|获|被|受|在|为|和|与|及|以|作|说|向|对|到|代表|率|带|主持|出席|参加|介绍|表示|强调|指出|讲|宣|的|是|也|还|当|担|任|从|于|由|把|用|就|给|深|前往|来到|赴|陪同|一同|则|均|都|各|总结|传达|作|做|围|要|结|领|教授|研究员|博士|院士|老师|医生|先生|女士|工作室|故居|入选|当选|夺|立|成|组织|携|担任|随|亲|为|组"
)
_BREAK = re.compile(r"[\s,，.。;；:：、!！?？()（）“”《》/\d]|$")
_STRONG = re.compile(r"(?:书记|主席|主任|经理|[\u4e00-\u9fff]长|院士|教授|委员|总监|巡视员|调研员|工程师|会计师|医师|研究员|董事|监事|法官|检察官|民警|干警|同志)$")
_ROLES = re.compile(r"(?:记者|通讯员|特约记者|见习记者|摄影|文/图|图/文|供稿人|撰稿|编辑|责任编辑|作者|来源|供稿)[:：/\s]*")


@cache
def title_pattern() -> re.Pattern[str]:
    """Posts and ranks, composed: body, deputy, office; the longest first."""
    body = "(?:党委|党组|党工委|党总支|总支|党支部|支部|机关党委|机关|团委|团支部|团总支|工会|妇联|纪委|纪检组|政法委|村党支部|村党总支|社区党委|直属机关党委|驻村|大队)"
    return re.compile(f"{body}?(?:常务|专职|第一|执行|名誉|代理|轮值|驻村|联合|原|首席|特聘|荣誉)*(?:{alternation(titles())})")


def name_end(lexis: Lexis, start: int, end: int) -> int | None:
    """Where a person's name that starts at ``start`` ends, or None if none starts there."""
    text = lexis.text
    family = next((n for n in (2, 1) if surnames().get(text[start : start + n], 0) > RARE or (n == 2 and text[start : start + n] in surnames())), 0)
    run = _HAN.match(text, start, min(end, start + family + 4)) if family else None
    if not run:
        return None
    best = None
    for given in (2, 1):
        stop = start + family + given
        if stop > run.end():
            continue
        good = bool(_BREAK.match(text, stop) or title_pattern().match(text, stop) or _AFTER_NAME.match(text, stop))
        if good and (stop in lexis.boundaries or _BREAK.match(text, stop)):
            return stop
        if good and best is None:
            best = stop
    return best


def titles_in(lexis: Lexis, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of post titles that stand next to a name, or end a phrase."""
    return [(m.start(), m.end()) for m in title_pattern().finditer(lexis.text, start, end)]


def people(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Names with the id of the rule that found them."""
    text = lexis.text
    for s, e in titles_in(lexis, start, end):
        if not _STRONG.search(text[s:e]):
            continue
        at = e + 1 if text[e : e + 1] in (" ", "\u3000") and e + 1 < end else e
        stop = name_end(lexis, at, end)
        if stop and not _word_like(lexis, at, stop):
            yield at, stop, "person.after-title"
            yield from _list(lexis, stop, end)
    for m in re.finditer(r"(?:同志|教授|研究员|院士|博士|老师|医生|医师|先生|女士)", text[start:end]):
        stop = start + m.start()
        for size in (3, 2, 4):
            at = stop - size
            if at >= start and name_end(lexis, at, end) == stop and (at in lexis.boundaries) and not _word_like(lexis, at, stop):
                yield at, stop, "person.before-address"
                break
    for m in _ROLES.finditer(text, start, end):
        at = m.end()
        stop = name_end(lexis, at, end)
        if stop and not _word_like(lexis, at, stop):
            yield at, stop, "person.byline"
            yield from _list(lexis, stop, end, seps="、 \u3000")


def _list(lexis: Lexis, at: int, end: int, seps: str = "、") -> Iterator[tuple[int, int, str]]:
    """Names that follow a name in a list."""
    text = lexis.text
    while at < end:
        if text[at] in "(（" and lexis.partner.get(at, 0) > at:
            at = lexis.partner[at] + 1
            continue
        if text[at] not in seps and text[at] not in "和与及":
            return
        stop = name_end(lexis, at + 1, end)
        if not stop or _word_like(lexis, at + 1, stop):
            return
        yield at + 1, stop, "person.in-list"
        at = stop


def listed(lexis: Lexis, at: int, end: int) -> list[tuple[int, int]]:
    """Names that follow a name in a list."""
    return [(s, e) for s, e, _ in _list(lexis, at, end)]


def listed_before(lexis: Lexis, at: int) -> list[tuple[int, int]]:
    """Names that stand before a name in a list."""
    found = []
    while at > 2 and lexis.text[at - 1] == "、":
        stop = at - 1
        start = next((stop - n for n in (3, 2, 4) if stop >= n and name_end(lexis, stop - n, stop) == stop and _edge(lexis, stop - n)), None)
        if start is None or _word_like(lexis, start, stop):
            break
        found.append((start, stop))
        at = start
    return found


def _edge(lexis: Lexis, at: int) -> bool:
    return at == 0 or lexis.text[at - 1] in "、,，。;；:： \u3000\n)）" or bool(title_pattern().search(lexis.text[max(0, at - 8) : at])) and at in lexis.boundaries


def _word_like(lexis: Lexis, start: int, end: int) -> bool:
    """Whether the characters are ordinary words of the dictionary, not a name."""
    parts = lexis.between(start, end)
    if not parts or parts[0].start != start or parts[-1].end != end:
        return False
    if len(parts) == 1:
        return not parts[0].pos.startswith("nr")
    return parts[0].end - parts[0].start > 1 and not parts[0].pos.startswith("nr")


def again(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Every later mention of names already found."""
    known = [n for n in names if len(n) > 1]
    if known:
        for m in re.finditer(alternation(known), text):
            yield m.start(), m.end()
