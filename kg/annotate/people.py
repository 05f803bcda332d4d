"""Persons and posts by their grammar: title + name, name + title, lists of names, names seen before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.annotate.lexis import Lexis
from kg.lexicons import surnames, titles
from kg.rules import load
from kg.rules.cues import alternation

RARE = 0.0001  # share of the population below which a character is taken for a surname by the model only
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BREAK = re.compile(r"[\s,，.。;；:：、!！?？()（）“”《》/\d]|$")
_RULES = load("person")
_FOLLOWED_BY, _STRONG = _RULES.pattern("person.followed-by"), _RULES.pattern("person.after-title")
_ADDRESS, _BYLINE = _RULES.pattern("person.before-address"), _RULES.pattern("person.byline")
_MEMORIAL = _RULES.pattern("person.before-memorial")


@cache
def title_pattern() -> re.Pattern[str]:
    """Posts and ranks, composed: body, deputy, office; the longest first."""
    return re.compile(f"(?:{load('post').pattern('title.prefix').pattern})?{alternation(titles())}")


_TAKES_POST = re.compile(r"(?:同志)?(?:现任|担任|兼任|出任|历任|当选|任(?![务何职期性]))")


def takes_post(text: str, at: int) -> int | None:
    """Where a verb of taking a post that starts at ``at`` ends, None if there is none."""
    m = _TAKES_POST.match(text, at)
    return m.end() if m else None


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
        good = bool(_BREAK.match(text, stop) or title_pattern().match(text, stop) or _FOLLOWED_BY.match(text, stop))
        if good and (stop in lexis.boundaries or _BREAK.match(text, stop)):
            return stop
        if good and best is None:
            best = stop
    return best


def name_end_free(text: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` is a common surname with one or two given names."""
    size = 2 if text[start : start + 2] in surnames() and end - start > 2 else 1
    return surnames().get(text[start : start + size], 0) > RARE and 1 <= end - start - size <= 2 and bool(_HAN.fullmatch(text, start, end))


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
    for m in _ADDRESS.finditer(text[start:end]):
        stop = start + m.start()
        for size in (3, 2, 4):
            at = stop - size
            if at >= start and name_end(lexis, at, end) == stop and (at in lexis.boundaries) and not _word_like(lexis, at, stop):
                yield at, stop, "person.before-address"
                break
    for at in (start, *(start + m.end() for m in re.finditer("[,，。;；]", text[start:end]))):
        stop = name_end(lexis, at, end)
        if stop and _TAKES_POST.match(text, stop) and not _word_like(lexis, at, stop):
            yield at, stop, "person.before-post"
    for m in _MEMORIAL.finditer(text, start, end):
        for size in (3, 2, 4):
            at = m.start() - size
            if at >= start and at in lexis.boundaries and name_end_free(text, at, m.start()):
                yield at, m.start(), "person.before-memorial"
                break
    for m in _BYLINE.finditer(text, start, end):
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
    return at == 0 or lexis.text[at - 1] in "、,，。;；:： \u3000\n)）" or (bool(title_pattern().search(lexis.text[max(0, at - 8) : at])) and at in lexis.boundaries)


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
