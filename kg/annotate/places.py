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
_COMMON = re.compile(r"(?:乡|农|山|新|示范|行政|自然|帮扶|贫困|文明|生态|美丽|特色|试点|典型|先进|服务|重点|入选|全国|旅游|城市|城镇|一个|每个)(?:村|社区)$")
SUBTYPE = {"province": "Province", "city": "City", "county": "County", "township": "Township", "village": "Village"}


# sites that a name stands before; gardens, bases and yards are as often common nouns
_LANDMARK = "陈列馆|纪念馆|故居|旧居|旧址|遗址|博物馆|纪念碑|纪念堂|烈士陵园|陵园|展览馆|科技馆|美术馆|规划馆|会堂|体育馆|大剧院|机场|火车站|国家公园|湿地公园|森林公园|地质公园"


@cache
def _sites() -> re.Pattern[str]:
    return re.compile(alternation(s for s in site_suffixes() if re.search(_LANDMARK, s)))


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


_LEVELS = (
    ("Province", r"[\u4e00-\u9fff]{2,3}(?:省|(?:壮族|回族|维吾尔)?自治区)|(?:北京|上海|天津|重庆)市|内蒙古(?:自治区)?"),
    ("City", r"[\u4e00-\u9fff]{1,8}?(?:自治州|地区|盟|州|市)"),
    ("County", r"[\u4e00-\u9fff]{1,8}?(?:自治县|县|区|旗|市)"),
    ("Township", r"[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|苏木)"),
    ("Village", r"[\u4e00-\u9fff]{1,6}?(?:村|社区|嘎查|屯)"),
)


def chain_of(name: str) -> list[tuple[int, str]]:
    """Where the divisions of a chain end and of which level they are, by their suffixes, known or not.

    >>> chain_of("桑溪县龙门坪镇泥湾村")
    [(3, 'County'), (7, 'Township'), (10, 'Village')]
    >>> chain_of("泥湾村党总支")
    [(3, 'Village')]
    """
    found, at = [], 0
    for level, pattern in _LEVELS:
        m = re.compile(pattern).match(name, at)
        if m and len(m[0]) >= 2 and not (level in ("City", "County") and name[m.end() : m.end() + 1] in tuple("场民政直级属委中内外")):
            found.append((m.end(), level))
            at = m.end()
    return found
