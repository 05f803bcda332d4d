"""Honours read from frames: what stands after a verb of winning, or between a verb of conferring and its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.annotate.cues import alternation, words
from kg.annotate.lexis import CLAUSE_END, Lexis

GRADE = re.compile(
    r"(?:(?:特|[一二三四五1-5])等(?:奖学金|奖|功)|特别奖|(?:优秀|优胜|鼓励|入围|提名|入选|最佳|最高)奖|[金银铜]奖|[金银铜]牌|[甲乙丙]级|冠军|亚军|季军|"
    r"第[一二三四五六七八九十\d]+名|(?:团体|个人)第[一二三四五六七八九十\d]+)"
)
_TAIL = re.compile(
    r"(?:等)?(?:多项|多个|一系列|\d+项|[一二三四五六七八九十两]+项)?(?:荣誉称号|荣誉|殊荣|称号|奖项|名号)$|等$|(?<!第)(?<![\d第一二三四五六七八九十])(?:各?\d+|各?[一二三四五六七八九十两])(?:项|个|名|枚|次|块|座|篇|件|人|人次|家)$"
)
_HEAD_TAIL = re.compile(r"^(?:了|过|得|为|到|由|:|：|\s|了由)+")
_CONJ = re.compile(r"(?:以及|和|及|与|暨|并)")
_COUNT_HEAD = re.compile(r"^(?:各?(?:\d+|[一二三四五六七八九十两]+)(?:余|多)?(?:项|个|名|枚|次|块|座|篇|件|人|家|所|支|位))")


@cache
def trigger() -> re.Pattern[str]:
    """Verbs of winning and conferring, the longest first, not inside longer words."""
    return re.compile(
        f"(?P<passive>被(?=[^{CLAUSE_END}、被]{{0,24}}(?:授予|评为|命名为|评选为|认定为|表彰为|确定为|列为|列入|评定为|推选为|选为|评)))|"
        f"(?P<active>{alternation(words('awards', 'active'))})|(?P<confer>{alternation(words('awards', 'confer'))})"
    )


@cache
def _head_end() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('awards', 'heads'))}|[”」』])$")


def honours(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of honours in one sentence that frames point out."""
    for m in trigger().finditer(lexis.text, start, end):
        if m.lastgroup == "passive" or lexis.quoted(m.start(), start) is not None:
            continue
        if not _whole_word(lexis, m.start(), m.end()):
            continue
        stop = object_end(lexis, m.end(), end)
        weak = m[0] in words("awards", "weak")
        for s, e in items(lexis, m.end(), stop):
            if is_honour(lexis.text[s:e], weak=weak):
                yield s, e


def _whole_word(lexis: Lexis, start: int, end: int) -> bool:
    """A verb of one character counts only as a word of its own ('获', not in '获得者' or '收获')."""
    if end - start > 1:
        return not (lexis.text[end : end + 1] == "者")
    word = lexis.at(start)
    return word is not None and word.end - word.start == 1


def object_end(lexis: Lexis, start: int, end: int) -> int:
    """Where the object of a verb that ends at ``start`` is over: the end of its clause."""
    i = start
    while i < end and lexis.text[i] not in CLAUSE_END:
        close = lexis.partner.get(i, -1)
        i = close + 1 if i < close < end else i + 1
    return i


NOTICE = re.compile(r"关于(?:公布|命名|表彰|认定|授予|评选|通报表扬|通报表彰|表扬)(?P<honour>[^《》]{4,40}?)(?:评选结果|名单|称号|结果)?的?(?:决定|通知|通报|公告|公示)$")


def in_title(title: str) -> tuple[int, int] | None:
    """The honour that the title of a notice names.

    >>> title = "关于公布2023年度全省美丽乡村名单的通知"
    >>> title[slice(*in_title(title))]
    '2023年度全省美丽乡村'
    """
    m = NOTICE.search(title)
    return m.span("honour") if m else None


def items(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The coordinated parts of an object, each without counts and without a closing '等荣誉称号'."""
    lead = _HEAD_TAIL.match(lexis.text[start:end])
    start += lead.end() if lead else 0
    for s, e in lexis.split(start, end, "、"):
        for a, b in _conjuncts(lexis, s, e):
            a, b = strip(lexis.text, a, b)
            if b > a:
                yield from _adjacent_quotes(lexis, a, b)


def _conjuncts(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _CONJ.finditer(lexis.text, start, end):
        left = strip(lexis.text, at, m.start())
        if lexis.quoted(m.start(), start) is None and _head_end().search(lexis.text[left[0] : left[1]]):
            yield at, m.start()
            at = m.end()
    yield at, end


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """An honour without spaces, leading counts and closing words such as '等荣誉称号'."""
    while True:
        before = (start, end)
        while start < end and text[start] in " \u3000的了":
            start += 1
        while end > start and text[end - 1] in " \u3000的":
            end -= 1
        count = _COUNT_HEAD.match(text[start:end])
        start += count.end() if count and count.end() < end - start else 0
        tail = _TAIL.search(text[start:end])
        if tail and tail.start() > 0:
            end = start + tail.start()
        if (start, end) == before:
            return start, end


def split_honours(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The honours that one stretch names: “甲”“乙”, and “十佳支部、十佳先锋” in one pair of quotation marks."""
    for a, b in _adjacent_quotes(lexis, start, end):
        text = lexis.text[a:b]
        inner = re.fullmatch(r"(?P<scope>[^“]*)“(?P<list>[^“”]+、[^“”]+)”", text)
        parts = inner["list"].split("、") if inner else []
        if inner and all(len(p) >= 4 and (p[:2] == parts[0][:2] or _head_end().search(p)) for p in parts):
            at = a + inner.start("list")
            for part in parts:
                yield at, at + len(part)
                at += len(part) + 1
        else:
            yield a, b


def _adjacent_quotes(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """'“书香之家”“书香校园”' names two."""
    at = start
    for m in re.finditer("”“", lexis.text[start:end]):
        yield at, start + m.start() + 1
        at = start + m.start() + 1
    yield at, end


def is_honour(text: str, *, weak: bool) -> bool:
    """Whether the object of a verb of winning names an honour."""
    if not 2 <= len(text.strip("“”")) <= 60:
        return False
    closed = _head_end().search(text)
    if weak:
        return bool(closed and (not text.endswith(("”", "」", "』")) or re.search("奖|称号|先进|示范|优秀|文明|先锋", text)))
    return bool(closed or GRADE.search(text[-6:]) or text.startswith("“"))


def split_grade(text: str) -> tuple[str, str | None]:
    """An honour's name without its grade, and the grade.

    >>> split_grade("省科学技术奖二等奖")
    ('省科学技术奖', '二等奖')
    >>> split_grade("集体三等功")
    ('集体三等功', '三等功')
    >>> split_grade("金奖")
    ('金奖', '金奖')
    """
    found = list(GRADE.finditer(text))
    if not found:
        return text, None
    m = found[-1]
    rest = (text[: m.start()] + text[m.end() :]).strip(" 的")
    if m[0].endswith("功") or len(rest) < 4 or m.end() < len(text) - 6:
        return text, m[0]
    return rest, m[0]
