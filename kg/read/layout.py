"""What each stretch of a report's text is: title, sections, paragraphs, captions, bylines, furniture of the page.

A text is cut into pieces (lines, and lines into the metadata, body and signature that run together on them); each piece
gets its kind from the rules of ``kg/rules/layout.toml`` and from where it stands.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.model import Block, BlockKind, Document, Section
from kg.normalize import halfwidth, number
from kg.read.about import period, published, publisher
from kg.read.page import Hints
from kg.rules import Rule, load

_LINE = re.compile(r"[^\n]+")
_MARGIN = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u200c\u200d\ufeff"
_MARKDOWN = re.compile(r"#{1,6}\s+|>\s+")
_FINAL = re.compile(r"[。!?…;:,、](?:[”’」』》)])*$")
_PROSE = re.compile(r"。|[!?](?=.{8})|[,;].*[,;]")
_STRONG = re.compile(r"[\[【(]?\s?(?:发布|发稿|更新|时间|日期|来源|信息来源|文章来源|稿件来源|作者|阅读|浏览|点击|访问|人气|责任编辑|编辑|本文来源|(?:19|20|21)\d\d)")
_TAIL = re.compile(r"(?<=[。!?”)…])\s*([(【\[][^()【】\[\]]{2,60}[)】\]])\s*。?$")
_LEAD = re.compile(r"^([(【\[][^()【】\[\]]{2,40}[)】\]])\s*(?=\S)")
_DATELINE = re.compile(r"^(?:(?:19|20|21)\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?|[一二][〇○零Oo一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)$")
_DATED = re.compile(r"(?:19|20|21)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_NAME = re.compile(r"^[\u4e00-\u9fff]{1,2} ?[\u4e00-\u9fff]{1,2}$")
_HEADING_END = re.compile(r"[。!?:;]")
_SUBTITLE = re.compile(r"^[—–―─-]{1,3}\s*(?=[\u4e00-\u9fff“《\d])")
_SENTENCE_START = re.compile(r"(?<=[。!?;…”])\s*|(?<=\s)")
_TEASER = re.compile(r"(?:相关|推荐|延伸)(?:新闻|链接|阅读|文章|报道)\s?[:>»]\s?\S{4,}")
_BODY = re.compile(r"^[^\n]{40,}。[^\n]{0,4}$", re.MULTILINE)
_POINT = 5  # the level of 一是
_LONGEST_TITLE, _LONGEST_CAPTION, _LONGEST_HEADING = 90, 60, 60


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    kind: BlockKind | None = None  # None: not decided yet
    last: bool = False  # nothing after it belongs to the report
    dated: bool = False


def layout(text: str, *, id: str, source: str, hints: Hints) -> Document:
    """The document that ``text`` is: its blocks and sections, title, publisher, dates."""
    wide = halfwidth(text)
    pieces = list(_pieces(wide, hints))
    pieces, title = _place_titles(pieces, wide, hints)
    pieces = _place_body(pieces, wide, hints, title)
    heads = _section_heads(pieces, wide)
    pieces = _cut(pieces, heads, wide)
    sections = _sections(heads, pieces, text, wide)
    blocks = tuple(Block(p.start, p.end, p.kind or "paragraph", _inside(p.start, sections)) for p in pieces)
    return _described(Document(id=id, text=text, blocks=blocks, sections=sections, source=source), title, hints)


def _described(document: Document, title: _Piece | None, hints: Hints) -> Document:
    text = document.text
    name = text[title.start : title.end] if title else next(iter(hints.titles), None)
    subtitle = next((text[b.start : b.end] for b in document.blocks if b.kind == "subtitle"), None)
    document = replace(document, title=name, subtitle=_SUBTITLE.sub("", subtitle) if subtitle else None)
    document = replace(document, publisher=publisher(document, hints.source))
    document = replace(document, published=hints.published or published(document))
    return replace(document, period=period(document))


# -- pieces --------------------------------------------------------------------------------------------------------
@cache
def _rules(reads: str) -> tuple[Rule, ...]:
    return load("layout").where(reads=reads)


def _pieces(text: str, hints: Hints) -> Iterator[_Piece]:
    """Lines, and what runs together on them, each without its margins."""
    for line in _LINE.finditer(text):
        start, end = _trim(text, *line.span())
        if mark := _MARKDOWN.match(text, start, end):
            start = mark.end()
        if start < end:
            yield from _line(text, start, end, linked=line.start() in hints.linked)


def _line(text: str, start: int, end: int, *, linked: bool) -> Iterator[_Piece]:
    line = text[start:end]
    kinds: tuple[BlockKind, ...] = ("byline", "caption", "boilerplate")
    if any(rule.pattern.search(line) for rule in _rules("end")):
        teaser = _TEASER.match(line) and _BODY.search(text, end)  # one foreign headline inside the body
        yield _Piece(start, end, "boilerplate", last=not teaser)
        return
    if _DATELINE.match(line.strip("()[]【】 ")):
        yield _Piece(start, end, "meta", dated=True)
        return
    for kind in kinds:
        if any(rule.pattern.search(line) for rule in _rules(kind)):
            dated = kind == "byline" and bool(_DATED.search(line))
            yield _Piece(start, end, "meta" if dated else kind, dated=dated)
            return
    pieces = list(_runs(text, start, end))
    if linked and len(pieces) == 1 and pieces[0].kind is None and not (len(line) > 40 and "。" in line):
        yield replace(pieces[0], kind="boilerplate")
        return
    yield from pieces


def _runs(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Title, metadata, body and signature that stand on one line."""
    first = _first_item(text, start, end)
    if first is None:
        yield from _prose(text, start, end)
        return
    yield from _text(text, start, first)
    after, kind, dated = _items(text, first, end)
    a, b = _trim(text, first, after)
    yield _Piece(a, b, kind, dated=dated)
    rest = _trim(text, after, end)
    if rest[0] < rest[1]:
        yield from _runs(text, *rest) if _item(text, rest[0], rest[1]) else _prose(text, *rest)


def _first_item(text: str, start: int, end: int) -> int | None:
    """Where the metadata of a line begins: at its start, or behind a title."""
    if _item(text, start, end):
        return start
    limit = min(end, start + _LONGEST_TITLE + 40)
    places = sorted({m.start() for rule in _rules("item") for m in rule.pattern.finditer(text, start, limit)})
    for place in places:
        before = text[start:place]
        if "。" in before or len(before) > _LONGEST_TITLE:
            return None
        item = _item(text, place, end)
        if item and _STRONG.match(item[0]) and (":" in item[0] or (place > start and text[place - 1] in _MARGIN)):
            return place
    return None


def _item(text: str, start: int, end: int) -> re.Match[str] | None:
    found = (rule.pattern.match(text, start, end) for rule in _rules("item"))
    return max((m for m in found if m), key=lambda m: m.end(), default=None)


def _items(text: str, start: int, end: int) -> tuple[int, BlockKind, bool]:
    """The end of a run of metadata, what it is on the whole, and whether it gives a date."""
    position, names, dated = start, False, False
    while item := _item(text, position, end):
        if item.end() == position:
            break
        words = item[0]
        dated = dated or (bool(re.search(r"\d{2}|年", words)) and any(r.id == "item.date" and r.pattern.match(text, position, end) for r in _rules("item")))
        names = names or any(r.id == "item.label" and r.pattern.match(text, position, end) for r in _rules("item"))
        position = item.end()
        while position < end and text[position] in _MARGIN + "|┃/;":
            position += 1
    return position, ("meta" if dated else "byline" if names else "boilerplate"), dated


def _text(text: str, start: int, end: int) -> Iterator[_Piece]:
    start, end = _trim(text, start, end)
    if start < end:
        yield _Piece(start, end)


def _prose(text: str, start: int, end: int) -> Iterator[_Piece]:
    """A line of running text, without a signature in brackets at its end or its start."""
    line = text[start:end]
    lead, tail = _LEAD.match(line), _TAIL.search(line)
    if lead and _signs(lead[1]):
        yield _Piece(start, start + lead.end(1), "byline")
        start, line = start + lead.end(), line[lead.end() :]
        tail = _TAIL.search(line)
    if tail and _signs(tail[1]):
        yield from _titled(text, start, start + tail.start(1))
        yield _Piece(start + tail.start(1), end, "byline")
        return
    yield from _titled(text, start, end)


def _signs(bracketed: str) -> bool:
    return any(rule.id == "line.byline.bracket" and rule.pattern.search(bracketed) for rule in _rules("byline"))


def _titled(text: str, start: int, end: int) -> Iterator[_Piece]:
    """A whole report on one line may begin with its title, set off by blanks only."""
    start, end = _trim(text, start, end)
    if start == 0 and end - start > 60 and "。" in text[start:end]:
        line = text[start:end]
        for gap in re.finditer(r"[ \u3000\t]{2,}|(?<=[\u4e00-\u9fff”》])[ \u3000](?=[\u4e00-\u9fff“《\d])", line[: _LONGEST_TITLE]):
            head, rest = line[: gap.start()], line[gap.end() :]
            if len(head) >= 6 and not re.search(r"[。,;]", head) and re.match(r"[^ \u3000\t]{2,60}?[,。;]", rest):
                yield _Piece(start, start + gap.start())
                start += gap.end()
                break
    yield from _text(text, start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _MARGIN:
        start += 1
    while end > start and text[end - 1] in _MARGIN:
        end -= 1
    return start, end


# -- title ---------------------------------------------------------------------------------------------------------
def _place_titles(pieces: list[_Piece], text: str, hints: Hints) -> tuple[list[_Piece], _Piece | None]:
    """Title and subtitle among the pieces in front of the body."""
    body = next((i for i, p in enumerate(pieces) if p.kind is None and _is_prose(text[p.start : p.end])), len(pieces))
    chosen = _named_title(pieces, text, hints)
    if chosen is None:
        chosen = _likely_title(pieces[:body], text)
    if chosen is None:
        return pieces, None
    key = _squeeze(text[pieces[chosen].start : pieces[chosen].end])
    out = []
    for i, piece in enumerate(pieces):
        words = text[piece.start : piece.end]
        if i == chosen or (_squeeze(words) == key and piece.kind in (None, "boilerplate")):
            piece = replace(piece, kind="title", last=False)
        elif i < chosen:
            near = piece.kind is None and not hints.titles and len(words) >= 8
            piece = replace(piece, kind="title" if near else piece.kind or "boilerplate")
        elif i < body and piece.kind is None:
            piece = replace(piece, kind=_front(words))
        out.append(piece)
    return out, out[chosen]


def _front(words: str) -> BlockKind | None:
    if _DATELINE.match(words.strip("() ")):
        return "meta"
    if _SUBTITLE.match(words) or re.fullmatch(r"[(].{4,40}[)]", words):
        return "subtitle"
    if _NAME.match(words):
        return "byline"
    return None


def _named_title(pieces: list[_Piece], text: str, hints: Hints) -> int | None:
    """The piece that the page's head names as its title."""
    for title in hints.titles:
        key = _squeeze(halfwidth(title))
        for i, piece in enumerate(pieces):
            if len(key) >= 5 and piece.kind in (None, "boilerplate") and _squeeze(text[piece.start : piece.end]) == key:
                return i
    return None


def _likely_title(front: list[_Piece], text: str) -> int | None:
    def fits(i: int) -> bool:
        piece = front[i]
        words = text[piece.start : piece.end]
        return piece.kind is None and len(words) <= _LONGEST_TITLE and not _SUBTITLE.match(words) and not _section_at(text, piece.start)

    places = [i for i in range(len(front)) if fits(i)]
    if not places:
        return None
    for i in range(1, len(front)):
        if _SUBTITLE.match(text[front[i].start : front[i].end]) and front[i].kind is None and i - 1 in places:
            return i - 1
    dated = next((i for i, p in enumerate(front) if p.kind in ("meta", "byline") and i > places[0]), None)
    before = [i for i in places if dated is None or i < dated]
    if dated is not None and before:
        return max(before[-2:], key=lambda i: (front[i].end - front[i].start >= 8, i))
    return next((i for i in places if front[i].end - front[i].start >= 8), places[0])


def _is_prose(words: str) -> bool:
    return (bool(_PROSE.search(words)) and not _SUBTITLE.match(words)) or len(words) > _LONGEST_TITLE


def _squeeze(words: str) -> str:
    return re.sub(r"[\s\u3000]+", "", words)


# -- body ----------------------------------------------------------------------------------------------------------
def _place_body(pieces: list[_Piece], text: str, hints: Hints, title: _Piece | None) -> list[_Piece]:
    out: list[_Piece] = []
    written = 0  # characters of running text so far
    over = False
    seen: set[str] = set()  # the metadata so far: where it comes again, another text begins
    undecided = [i for i, p in enumerate(pieces) if p.kind is None]
    for i, piece in enumerate(pieces):
        over = over or (piece.last and (written > 0 or (title is not None and piece.start > title.end and bool(out) and _has_text(out))))
        if over:
            piece = replace(piece, kind="boilerplate")
        elif piece.kind is None:
            words = text[piece.start : piece.end]
            kind = _body_kind(words, text, piece, written, final=i == undecided[-1])
            written += len(words) if kind == "paragraph" else 0
            piece = replace(piece, kind=kind)
        elif piece.dated:
            key = _squeeze(text[piece.start : piece.end])
            over = written > 0 and key in seen and len(key) > 11
            seen.add(key)
        out.append(piece)
    return _signed(out, text)


def _signed(pieces: list[_Piece], text: str) -> list[_Piece]:
    """An organisation on a line of its own, with a date below it, signs the text."""
    out = list(pieces)
    for i, (piece, below) in enumerate(itertools.pairwise(pieces)):
        if piece.kind == "caption" and below.kind == "meta" and _DATELINE.match(text[below.start : below.end]):
            out[i] = replace(piece, kind="byline")
    return out


def _has_text(pieces: list[_Piece]) -> bool:
    return any(p.kind in ("paragraph", "caption", "heading") for p in pieces)


def _body_kind(words: str, text: str, piece: _Piece, written: int, *, final: bool) -> BlockKind:
    if "\t" in words:  # a row of a table
        return "paragraph"
    if _section_at(text, piece.start):
        return "paragraph" if _is_prose(words) or _FINAL.search(words) or len(words) > _LONGEST_HEADING else "heading"
    if final and written and _NAME.match(words):
        return "byline"
    if _FINAL.search(words) or len(words) > _LONGEST_CAPTION or _PROSE.search(words):
        return "paragraph"
    return "caption" if written else "paragraph" if "," in words else "caption"


# -- sections ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    end: int  # of the number
    level: int
    ordinal: int


def _section_at(text: str, position: int) -> _Head | None:
    for rule in _rules("section"):
        if match := rule.pattern.match(text, position):
            return _Head(position, match.end(), rule.extra["level"], _ordinal(match[0]))
    return None


def _ordinal(mark: str) -> int:
    bare = mark.strip("()、. 是")
    if "①" <= bare[:1] <= "⑳":
        return ord(bare[0]) - ord("①") + 1
    return int(number(bare) or 0)


def _section_heads(pieces: list[_Piece], text: str) -> list[_Head]:
    """Numbers in front of pieces, and inside them where they go on counting."""
    heads: list[_Head] = []
    reached: dict[int, int] = {}
    candidates = [h for p in pieces if p.kind in ("paragraph", "heading") for h in _candidates(text, p)]
    starts = {p.start for p in pieces}
    for i, head in enumerate(candidates):
        counts = head.ordinal == reached.get(head.level, 0) + 1
        goes_on = head.ordinal > 1 or any(c.level == head.level and c.ordinal == 2 for c in candidates[i + 1 :])
        if (head.start in starts and (head.level < 3 or counts)) or (counts and goes_on and head.level != 3):
            heads.append(head)
            reached = {level: n for level, n in reached.items() if level < head.level} | {head.level: head.ordinal}
    return heads


def _candidates(text: str, piece: _Piece) -> Iterator[_Head]:
    places = {piece.start} | {m.end() for m in _SENTENCE_START.finditer(text, piece.start, piece.end)}
    heads = [head for place in sorted(places) if place < piece.end and (head := _section_at(text, place))]
    whole = sum(head.level == _POINT for head in heads) == 1  # 一是…;二是… in one paragraph stays one
    return (head for head in heads if head.level != _POINT or (whole and head.start == piece.start))


def _cut(pieces: list[_Piece], heads: list[_Head], text: str) -> list[_Piece]:
    """Pieces cut where a section begins inside them."""
    out: list[_Piece] = []
    for piece in pieces:
        places = [h.start for h in heads if piece.start < h.start < piece.end]
        if not places:
            out.append(piece)
            continue
        for a, b in zip([piece.start, *places], [*places, piece.end], strict=True):
            a, b = _trim(text, a, b)
            if a < b:
                prose = _is_prose(text[a:b]) or _FINAL.search(text[a:b]) or not _section_at(text, a)
                out.append(_Piece(a, b, "paragraph" if prose else "heading"))
    return out


def _sections(heads: list[_Head], pieces: list[_Piece], text: str, wide: str) -> tuple[Section, ...]:
    last = max((p.end for p in pieces if p.kind in ("paragraph", "heading", "caption")), default=0)
    out = []
    for i, head in enumerate(heads):
        end = next((h.start for h in heads[i + 1 :] if h.level <= head.level), last)
        piece = next(p for p in pieces if p.start <= head.start < p.end)
        _, end = _trim(wide, head.start, end)
        out.append(Section(head.start, end, _number(text[head.start : head.end]), _heading(text, wide, head.end, piece.end), head.level))
    return tuple(out)


def _number(mark: str) -> str:
    """'一、' is numbered 一; '(二)', '3.' and '①' as written."""
    return mark.strip().removesuffix("、")


def _heading(text: str, wide: str, start: int, end: int) -> str:
    """The words up to the first stop, if they are short enough for a heading."""
    stop = _HEADING_END.search(wide, start, end)
    last = stop.start() if stop else end
    return text[start:last].strip() if last - start <= _LONGEST_HEADING else ""


def _inside(position: int, sections: tuple[Section, ...]) -> int | None:
    return max((i for i, s in enumerate(sections) if s.start <= position < s.end), default=None)
