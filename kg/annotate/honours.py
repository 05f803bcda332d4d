"""Honours read from frames: what stands after a verb of winning, or between a verb of conferring and its end."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.lexis import CLAUSE_END, Lexis
from kg.rules import load
from kg.rules.cues import words

_AWARD, _HONOUR = load("award"), load("honour")
_GRADE, _TAIL, _LEAD = (_HONOUR.pattern(f"honour.{name}") for name in ("grade", "tail", "lead"))
_CONJUNCTION, _COUNT, _HEAD = (_HONOUR.pattern(f"honour.{name}") for name in ("conjunction", "count", "head"))
_LISTED, _ADJACENT = _HONOUR.pattern("honour.listed-in-quotes"), _HONOUR.pattern("honour.adjacent-quotes")
_WEAK_QUOTED, _NOTICE = _HONOUR.pattern("honour.weak-quoted"), _HONOUR.pattern("honour.notice")
_NEVER, _BARE = _HONOUR.pattern("honour.never"), _HONOUR.pattern("honour.bare")

# verbs of winning and conferring; the group that matched says which: passive, active or confer
TRIGGER = _AWARD.union("award.passive", "award.active", "award.confer")


def honours(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of honours in one sentence that frames point out."""
    for m in TRIGGER.finditer(lexis.text, start, end):
        if m.lastgroup == "passive" or lexis.quoted(m.start(), start) is not None:
            continue
        if not whole_word(lexis, m.start(), m.end()):
            continue
        stop = object_end(lexis, m.end(), end)
        weak = m[0] in words("awards", "weak")
        for s, e in items(lexis, m.end(), stop):
            if is_honour(lexis.text[s:e], weak=weak):
                yield s, e


def whole_word(lexis: Lexis, start: int, end: int) -> bool:
    """A verb of one character counts only as a word of its own ('获', not in '获得者' or '收获')."""
    if end - start > 1:
        return lexis.text[end : end + 1] != "者"
    word = lexis.at(start)
    return word is not None and word.end - word.start == 1


def object_end(lexis: Lexis, start: int, end: int) -> int:
    """Where the object of a verb that ends at ``start`` is over: the end of its clause."""
    i = start
    while i < end and lexis.text[i] not in CLAUSE_END:
        close = lexis.partner.get(i, -1)
        i = close + 1 if i < close < end else i + 1
    return i


def in_title(title: str) -> tuple[int, int] | None:
    """The honour that the title of a notice names.

    >>> title = "关于公布2023年度全省美丽乡村名单的通知"
    >>> title[slice(*in_title(title))]
    '2023年度全省美丽乡村'
    """
    m = _NOTICE.search(title)
    return m.span("honour") if m else None


def items(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The coordinated parts of an object, each without counts and without a closing '等荣誉称号'."""
    lead = _LEAD.match(lexis.text[start:end])
    start += lead.end() if lead else 0
    for s, e in lexis.split(start, end, "、"):
        for a, b in _conjuncts(lexis, s, e):
            a, b = strip(lexis.text, a, b)
            if b > a:
                yield from _adjacent_quotes(lexis, a, b)


def _conjuncts(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _CONJUNCTION.finditer(lexis.text, start, end):
        left = strip(lexis.text, at, m.start())
        if lexis.quoted(m.start(), start) is None and _HEAD.search(lexis.text[left[0] : left[1]]):
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
        count = _COUNT.match(text[start:end])
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
        inner = _LISTED.fullmatch(text)
        parts = inner["list"].split("、") if inner else []
        if inner and all(len(p) >= 4 and (p[:2] == parts[0][:2] or _HEAD.search(p)) for p in parts):
            at = a + inner.start("list")
            for part in parts:
                yield at, at + len(part)
                at += len(part) + 1
        else:
            yield a, b


def _adjacent_quotes(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """'“书香之家”“书香校园”' names two."""
    at = start
    for m in _ADJACENT.finditer(lexis.text[start:end]):
        yield at, start + m.start() + 1
        at = start + m.start() + 1
    yield at, end


def is_honour(text: str, *, weak: bool) -> bool:
    """Whether the object of a verb of winning names an honour."""
    if not 2 <= len(text.strip("“”")) <= 60:
        return False
    closed = _HEAD.search(text)
    if weak:
        return bool(closed and (not text.endswith(("”", "」", "』")) or _WEAK_QUOTED.search(text)))
    return bool(closed or _GRADE.search(text[-6:]) or text.startswith("“"))


def split_grade(text: str) -> tuple[str, str | None]:
    """An honour's name without its grade, and the grade.

    >>> split_grade("省科学技术奖二等奖")
    ('省科学技术奖', '二等奖')
    >>> split_grade("集体三等功")
    ('集体三等功', '三等功')
    >>> split_grade("金奖")
    ('金奖', '金奖')
    """
    found = list(_GRADE.finditer(text))
    if not found:
        return text, None
    m = found[-1]
    rest = (text[: m.start()] + text[m.end() :]).strip(" 的")
    if m[0].endswith("功") or len(rest) < 4 or m.end() < len(text) - 6:
        return text, m[0]
    return rest, m[0]


def names_honour(text: str) -> bool:
    """Whether the characters name an honour, not its bare kind ('荣誉称号') or what is none ('先进事迹')."""
    bare = text.strip("“”《》 ")
    return len(bare) >= 2 and not _NEVER.search(bare) and not _BARE.fullmatch(bare)
