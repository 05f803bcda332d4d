"""Places: divisions by the gazetteer, chained where they stand together, and sites by their last word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.annotate.cues import alternation, words
from kg.annotate.lexis import SPLIT, Lexis
from kg.gazetteer import Gazetteer
from kg.lexicons import site_suffixes

_VILLAGE = re.compile(r"(?:村|社区|屯|嘎查|村民组|自然村|居委会|苏木)(?![委民级镇庄两务支党集部干口里])")
_JUNK = frozenset("各本该全每某我同此外邻农山乡新老驻帮扶到在的和与及对向")
SUBTYPE = {"province": "Province", "city": "City", "county": "County", "township": "Township", "village": "Village"}


@cache
def _sites() -> re.Pattern[str]:
    return re.compile(alternation(site_suffixes()))


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
    """Where the name of a village that ends at ``end`` starts: by the gazetteer, else by words."""
    start = Gazetteer.load().village_before(lexis.text, end)
    if start is not None and head - start >= 1 and lexis.text[start] not in _JUNK:
        return int(start)
    at = head
    while at > 0:
        word = lexis.before(at)
        if word is None or word.text in words("verbs", "stop") or word.text[0] in SPLIT + "、“”《》()（） " or word.pos[0] in "pcudmrqf":
            break
        at = word.start
        if head - at >= 2:
            break
    return at if 1 <= head - at <= 4 and lexis.text[at] not in _JUNK else None


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
