"""Places: divisions by the gazetteer, chained where they stand together, and sites by their last word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.annotate.lexis import SPLIT, Lexis
from kg.gazetteer import Gazetteer
from kg.lexicons import site_suffixes
from kg.rules import load
from kg.rules.cues import alternation, words

_RULES = load("place")
_VILLAGE, _COMMON = _RULES.pattern("place.division"), _RULES.pattern("place.common-noun")
_CHAIN = tuple((str(rule.extra["subtype"]), rule.pattern) for rule in _RULES.rules if "subtype" in rule.extra)
_NOT_A_DIVISION = _RULES.pattern("place.not-a-division")
_JUNK = frozenset("各本该全每某我同此外邻农山乡新老驻帮扶到在的和与及对向")
SUBTYPE = {"province": "Province", "city": "City", "county": "County", "township": "Township", "village": "Village"}


@cache
def _sites() -> re.Pattern[str]:
    """Last words of sites that a name stands before; gardens, bases and yards are as often common nouns."""
    landmark = _RULES.pattern("place.site")
    return re.compile(alternation(s for s in site_suffixes() if landmark.search(s)))


def divisions(lexis: Lexis) -> list[tuple[int, int, str]]:
    """Administrative divisions with their level, longest first, villages by what ends in 村, 社区 and so on."""
    gazetteer = Gazetteer.load()
    text = lexis.text
    found = [(s[0], s[1], str(s[2])) for s in gazetteer.scan(text)]
    for m in _VILLAGE.finditer(text):
        start = village_start(lexis, m.start(), m.end())
        if start is not None:
            found.append((start, m.end(), "village"))
    found.sort(key=lambda f: (f[0] - f[1], f[0]))
    kept: list[tuple[int, int, str]] = []
    for f in found:
        if all(f[1] <= k[0] or f[0] >= k[1] for k in kept):
            kept.append(f)
    return sorted(kept)


def village_start(lexis: Lexis, head: int, end: int) -> int | None:
    """Where the name of a village that ends at ``end`` starts, by the gazetteer; None where no such village is known."""
    start = Gazetteer.load().village_before(lexis.text, end)
    if start is None or head - start < 2 or lexis.text[start] in _JUNK or _COMMON.search(lexis.text[start:end]):
        return None
    return int(start) if start in lexis.boundaries or head - start >= 3 else None


def chains(parts: list[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """Divisions that stand directly after one another, outer first: 竹山县 + 溢水镇 + 何家湾村."""
    order = list(SUBTYPE)
    run: list[tuple[int, int, str]] = []
    for part in parts:
        level = order.index(part[2]) if part[2] in order else 2
        if run and part[0] == run[-1][1] and level > (order.index(run[-1][2]) if run[-1][2] in order else 2):
            run.append(part)
            continue
        if run:
            yield run
        run = [part]
    if run:
        yield run


def sites(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Museums, memorials, parks, mines: a proper modifier and a site's last word."""
    for m in _sites().finditer(lexis.text, start, end):
        word = lexis.before(m.end())
        if word is None or word.end != m.end():
            continue
        at = m.start()
        while at > start:
            w = lexis.before(at)
            if w is None or w.text in words("verbs", "stop") or w.text[0] in SPLIT + "、“”《》()（） " or w.pos[0] in "pcudmrqf":
                break
            at = w.start
        if m.start() - at >= 2 and any(w.pos in ("nr", "ns", "nz", "nrt", "nt") for w in lexis.between(at, m.start())):
            yield at, m.end()


def chain_of(name: str) -> list[tuple[int, str]]:
    """Where the divisions of a chain end and of which level they are, by their suffixes, known or not.

    >>> chain_of("桑溪县龙门坪镇泥湾村")
    [(3, 'County'), (7, 'Township'), (10, 'Village')]
    >>> chain_of("泥湾村党总支")
    [(3, 'Village')]
    """
    found, at = [], 0
    for level, pattern in _CHAIN:
        m = pattern.match(name, at)
        if m and len(m[0]) >= 2 and not (level in ("City", "County") and _NOT_A_DIVISION.match(name[m.end() :])):
            found.append((m.end(), level))
            at = m.end()
    return found
