"""Look up divisions by name, by code, in running text, and in context."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from kg.gazetteer.forms import LEVELS, DivisionLevel, clean, township_form, village_form
from kg.gazetteer.store import FORMER, FULL, SHORT, VINTAGES, DivisionTable, VillageTable

VILLAGE_VINTAGE: Final = VINTAGES[1]
VILLAGE_ENDINGS: Final = ("村", "社区", "嘎查", "村委会", "居委会", "村民委员会", "居民委员会")
WEIGHTS: Final = {"township": 8, "county": 4, "city": 2, "province": 1}

_SUFFIXES: Final = (
    "省",
    "自治区",
    "特别行政区",
    "市",
    "州",
    "地区",
    "盟",
    "县",
    "区",
    "旗",
    "镇",
    "乡",
    "街道",
    "苏木",
)
_PLAIN_SUFFIX: Final = {"州": 1, "县": 2, "旗": 2, "乡": 3, "镇": 3}
_RANK: Final = {level: index for index, level in enumerate(LEVELS)}
_LONGEST: Final = 24  # characters that a name may have in text
_CANDIDATES: Final = 50  # how many an ambiguous answer lists at most

_NAMED_SO: Final = ("镇", "乡", "街道", "苏木")
_ZONE: Final = ("开发区", "园区", "新区", "管理区", "度假区", "农场", "林场", "牧场", "渔场", "风景区")


class _Words(NamedTuple):
    """words.toml: everyday words that are names of divisions too."""

    divisions: frozenset[str]
    short: frozenset[str]
    villages: frozenset[str]
    decoys: re.Pattern[str]
    not_after: dict[str, str]
    not_after_short: dict[str, str]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    divisions, short, villages = (
        frozenset(data[name].split()) for name in ("divisions", "short", "villages")
    )
    decoys = re.compile("|".join(sorted(data["decoys"].split(), key=len, reverse=True)))
    return _Words(divisions, short, villages, decoys, data["not_after"], data["not_after_short"])


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division, or a village.

    ``code`` has twelve digits; ``parent`` is the code of the division that contains it. ``former`` is the old name that
    it was found by (襄樊市 for 襄阳市), None if it was found by a name that it has. ``vintage`` is the date that its source
    describes. A village has no point of its own: see ``Gazetteer.point``.
    """

    code: str
    name: str
    level: DivisionLevel
    parent: str | None
    lat: float | None = None
    lon: float | None = None
    vintage: str = VINTAGES[0]
    former: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name in a context means: ``code`` if that is certain, else None with the candidates that are left."""

    code: str | None
    candidates: tuple[str, ...] = ()
    score: int = 0
    reason: str = ""  # 'unknown', 'only', 'context', 'tie', 'contradiction'


class Found(NamedTuple):
    """A name of a division in a text. ``short`` is true for a name without its suffix (湖北, 武汉)."""

    start: int
    end: int
    level: DivisionLevel
    short: bool = False


class Point(NamedTuple):
    """A coordinate (WGS 84) and the level of the division whose it is."""

    lat: float
    lon: float
    level: DivisionLevel


class _Area(NamedTuple):
    """A division named in the context, as what containment is tested with."""

    level: str
    record: int
    rows: tuple[int, int]  # village rows of its own


class Gazetteer:
    """All of China's administrative divisions and villages, from memory-mapped files.

    >>> places = Gazetteer.load()
    >>> [(d.name, d.level) for d in places.divisions('竹山') if d.level == 'county']
    [('竹山县', 'county')]
    >>> places.resolve('何家湾村', 'village', ['溢水镇', '竹山县']).code
    '420323101205'
    >>> [d.name for d in places.chain('420323101205')]
    ['何家湾村', '溢水镇', '竹山县', '十堰市', '湖北省']
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(__file__).parent / "data"
        self._table = DivisionTable(self._folder)
        self._areas = lru_cache(maxsize=4096)(self._areas_of)

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of the installed package; the same object every time."""
        return _load()

    @cached_property
    def _village(self) -> VillageTable:
        return VillageTable(self._folder)

    # -- by name and by code --

    def divisions(self, name: str) -> tuple[Division, ...]:
        """Provinces to townships that a name means, with or without its suffix, by its present or a former name.

        The largest first; by code within a level; former names last.

        >>> [d.name for d in Gazetteer.load().divisions('湖北') if d.level == 'province']
        ['湖北省']
        >>> [(d.name, d.former) for d in Gazetteer.load().divisions('襄樊市')]
        [('襄阳市', '襄樊市')]
        """
        return tuple(
            self._division(record, name if form >= FORMER else None) for record, form in self._postings(name)
        )

    def villages(self, name: str) -> tuple[Division, ...]:
        """Every village of a name, in order of code.

        >>> len(Gazetteer.load().villages('何家湾村')), Gazetteer.load().villages('何家湾村委会')[0].name
        (14, '何家湾村')
        """
        name = village_form(name)
        return tuple(self._village_division(row, name) for row in self._village.rows(name))

    def is_village(self, name: str) -> bool:
        """Whether any village has this name.

        >>> Gazetteer.load().is_village('何家湾村'), Gazetteer.load().is_village('这不是一个村')
        (True, False)
        """
        return self._village.rows_named(village_form(name)) > 0

    def division(self, code: str) -> Division | None:
        """The division or village of an official code of 2, 4, 6, 9 or 12 digits; None if it is unknown.

        >>> found = Gazetteer.load().division('420323')
        >>> found and (found.name, found.parent)
        ('竹山县', '420300000000')
        """
        if not (code.isascii() and code.isdigit()) or len(code) > 12:
            return None
        if len(code) == 12 and not code.endswith("000"):
            row = self._village.row(int(code))
            return None if row is None else self._village_division(row)
        record = self._record(code)
        return None if record is None else self._division(record)

    def chain(self, code: str) -> tuple[Division, ...]:
        """The division of a code and all that contain it, up to the province; empty for an unknown code."""
        code = code.ljust(12, "0")
        own: tuple[Division, ...] = ()
        if not code.endswith("000"):
            row = self._village.row(int(code)) if code.isascii() and code.isdigit() else None
            if row is None:
                return ()
            own = (self._village_division(row),)
            record: int | None = self._village.record_of(row)
        else:
            record = self._record(code)
        return own + tuple(self._division(up) for up in self._upward(record))

    def point(self, code: str) -> Point | None:
        """Where a division is: its own point, or that of the smallest division around it that has one.

        >>> found = Gazetteer.load().point('420323101205')
        >>> found and found.level
        'township'
        """
        for division in self.chain(code):
            if division.lat is not None and division.lon is not None:
                return Point(division.lat, division.lon, division.level)
        return None

    # -- in text --

    def scan(self, text: str) -> list[Found]:
        """Names of provinces, cities, counties and townships in a text, longest first, without overlaps.

        A name counts with its suffix; provinces and cities also without it, where that is not an everyday word. Words
        such as 城区 or 开发区, which are names of divisions too, count right after the division that contains them.

        >>> [(f.start, f.end, f.level, f.short) for f in Gazetteer.load().scan('聚力推动竹山县溢水镇何家湾村发展')]
        [(4, 7, 'county', False), (7, 10, 'township', False)]
        >>> [f.short for f in Gazetteer.load().scan('湖北地质的品牌')]
        [True]
        """
        found: list[Found] = []
        above: frozenset[int] = frozenset()  # what the name before may mean
        at, trie, first = 0, self._table.trie, self._first_characters
        hidden = {index for decoy in _words().decoys.finditer(text) for index in range(*decoy.span())}
        while at < len(text):
            if text[at] not in first or at in hidden:
                at += 1
                continue
            best = None
            for name in sorted(trie.prefixes(text[at : at + _LONGEST]), key=len, reverse=True):
                adjoining = above if found and found[-1].end == at else frozenset()
                if best := self._accept(text, at, name, adjoining):
                    break
            if best is None:
                at += 1
            else:
                found.append(best[0])
                above, at = best[1], best[0].end
        return found

    def longest_name_ending_at(
        self, text: str, end: int, levels: Sequence[DivisionLevel] = ("county", "township", "village")
    ) -> int | None:
        """Where the longest known full name that ends at ``end`` begins; None if none does.

        >>> Gazetteer.load().longest_name_ending_at('推动竹山县溢水镇', 8, ['township'])
        5
        """
        best: int | None = None
        if "village" in levels:
            best = self.village_before(text, end)
        wanted = {_RANK[level] for level in levels if level != "village"}
        if wanted:
            for start in range(max(0, end - _LONGEST), end - 1 if best is None else best):
                key = self._table.trie.get(text[start:end])
                if key is not None and any(
                    form in (FULL, FORMER) and self._table.level(record) in wanted
                    for record, form in self._table.postings(key)
                ):
                    return start
        return best

    def village_before(self, text: str, end: int) -> int | None:
        """Where the longest known village name that ends at ``end`` begins; None if none does.

        Common nouns that some village has for a name (中心村, 文明社区) do not count.

        >>> Gazetteer.load().village_before('推动何家湾村', 6)
        2
        >>> Gazetteer.load().village_before('建设美丽乡村', 6) is None
        True
        """
        text_before = text[max(0, end - _LONGEST) : end]
        ending = next((e for e in VILLAGE_ENDINGS[3:] if text_before.endswith(e)), "")
        if ending:
            return self._committee_before(text, end, ending)
        common = _words().villages
        nouns = [size for size in range(2, len(text_before) + 1) if text_before[-size:] in common]
        names = self._village.trie.prefixes(text_before[::-1])
        for name in sorted(names, key=len, reverse=True):
            if len(name) <= max(nouns, default=1):
                return None
            start = end - len(name)
            if name[-1] not in _SUFFIXES or self.longest_name_ending_at(text, start + 1, LEVELS[:4]) is None:
                return start
        return None

    # -- in context --

    def resolve(
        self, name: str, level: DivisionLevel | None = None, context: Sequence[Division | str] = ()
    ) -> Resolution:
        """The one division that a name means among what is named around it, nearest first.

        A candidate scores 8 inside a township of the context, 4 inside a county, 2 inside a city, 1 inside a province;
        at each level the nearest item that contains any candidate decides. An item that names several divisions means those
        inside another item, if there are such. Only a single best candidate is an
        answer; a tie, or a context that contains none of them, is left open with its candidates.

        >>> Gazetteer.load().resolve('何家湾村', 'village', ['湖北省']).reason
        'tie'
        >>> Gazetteer.load().resolve('燕窝湾村', 'village', ['罗田县'])
        Resolution(code='421123101206', candidates=(), score=4, reason='context')
        """
        areas = [
            self._areas(*(item, None) if isinstance(item, str) else (item.code, item.name))
            for item in context
        ]
        areas = self._narrowed([item for item in areas if item])
        if level == "village" or (level is None and not self._postings(name)):
            return self._resolve_village(village_form(name), areas)
        records = [
            r for r, _ in self._postings(name) if level is None or self._table.level(r) == _RANK[level]
        ]
        return self._resolve_division(list(dict.fromkeys(records)), areas)

    def _narrowed(self, areas: list[tuple[_Area, ...]]) -> list[tuple[_Area, ...]]:
        """Of the meanings of each item, those inside a division that another item names, if there are any.

        溢水镇 is a township of two counties; beside 竹山县 it is the one there.
        """
        if len(areas) < 2 or all(len(item) == 1 for item in areas):
            return areas
        named = [{area.record for area in item} for item in areas]
        out = []
        for index, item in enumerate(areas):
            others = set().union(*named[:index], *named[index + 1 :])
            inside = tuple(a for a in item if others.intersection(self._upward(self._table.parent(a.record))))
            out.append(inside if len(item) > 1 and inside else item)
        return out

    def _resolve_division(self, records: list[int], areas: list[tuple[_Area, ...]]) -> Resolution:
        above = {record: frozenset(self._upward(record)) for record in records}

        def inside(area: _Area) -> list[int]:
            return [record for record in records if area.record in above[record] and area.record != record]

        return _decide(records, areas, inside, lambda record: _twelve(self._table.code(record)))

    def _resolve_village(self, name: str, areas: list[tuple[_Area, ...]]) -> Resolution:
        rows = self._village.rows(name)

        def inside(area: _Area) -> list[int]:
            return rows[bisect_left(rows, area.rows[0]) : bisect_left(rows, area.rows[1])]

        if areas and areas[0][0].level == "township" and self._contradicts(areas[0], rows):
            return Resolution(None, self._codes(rows), reason="contradiction" if rows else "unknown")
        return _decide(rows, areas, inside, lambda row: f"{self._village.code(row):012d}")

    def _contradicts(self, nearest: tuple[_Area, ...], rows: list[int]) -> bool:
        """Whether the nearest place named is a township whose villages are known, with no candidate among them."""
        known = [area for area in nearest if area.level == "township" and area.rows[0] < area.rows[1]]
        return bool(known) and not any(
            bisect_left(rows, area.rows[0]) < bisect_left(rows, area.rows[1]) for area in known
        )

    def _codes(self, rows: Iterable[int]) -> tuple[str, ...]:
        return tuple(f"{self._village.code(row):012d}" for row in list(rows)[:_CANDIDATES])

    def _areas_of(self, item: str, name: str | None) -> tuple[_Area, ...]:
        """What an item of the context may mean; of a name without suffix, only the highest level."""
        if item.isascii() and item.isdigit():
            record = self._record(item.ljust(12, "0"), name)
            if record is None and (row := self._village.row(int(item.ljust(12, "0")))) is not None:
                record = self._village.record_of(row)
            records = [] if record is None else [record]
        else:
            postings = self._postings(item)
            records = [record for record, _ in postings]
            if records and not (
                item.endswith(_SUFFIXES) and any(form in (FULL, FORMER) for _, form in postings)
            ):
                top = min(self._table.level(record) for record in records)
                records = [record for record in records if self._table.level(record) == top]
        return tuple(_Area(LEVELS[self._table.level(r)], r, self._rows_of(r)) for r in records)

    def _rows_of(self, record: int) -> tuple[int, int]:
        """The village rows of a division, as its 2023 codes have them."""
        level, code = self._table.level(record), self._table.code(record)
        if level == _RANK["township"]:
            return self._village.rows_of_record(record)
        code = self._village.renumbered.get(record, code)
        size = {0: 10**7, 1: 10**5, 2: 10**3}[level]
        return self._village.rows_under(code - code % size, code - code % size + size)

    # -- inside --

    @cached_property
    def _first_characters(self) -> frozenset[str]:
        return frozenset(self._table.first)

    def _postings(self, name: str) -> list[tuple[int, int]]:
        for form in (name, clean(name), township_form(name)):
            key = self._table.trie.get(form)
            if key is not None:
                return sorted(
                    self._table.postings(key), key=lambda posting: (posting[1] >= FORMER, posting[0])
                )
        return []

    def _record(self, code: str, name: str | None = None) -> int | None:
        """The record of a code; of two vintages that give it to different places, the one of that name or the newer."""
        if not (code.isascii() and code.isdigit()) or code[9:].strip("0") != "":
            return None
        records = self._table.by_code(int(code[:9].ljust(9, "0")))
        named = [record for record in records if self._table.name(self._table.record(record).key) == name]
        return next(iter(named + records), None)

    def _upward(self, record: int | None) -> Iterator[int]:
        while record is not None:
            yield record
            record = self._table.parent(record)

    def _division(self, record: int, former: str | None = None) -> Division:
        row = self._table.record(record)
        return Division(
            _twelve(self._table.code(record)),
            self._table.name(row.key),
            LEVELS[row.level],
            None if row.parent is None else _twelve(self._table.code(row.parent)),
            row.latitude,
            row.longitude,
            VINTAGES[row.vintage],
            former,
        )

    def _village_division(self, row: int, name: str | None = None) -> Division:
        town = self._table.code(self._village.record_of(row))
        code = f"{self._village.code(row):012d}"
        return Division(
            code, name or self._village.name(row), "village", _twelve(town), vintage=VILLAGE_VINTAGE
        )

    def _accept(
        self, text: str, start: int, name: str, above: frozenset[int]
    ) -> tuple[Found, frozenset[int]] | None:
        """The find that a name at a place of the text makes, if it is one, with the divisions that it may mean.

        ``above`` is what the name right before it may mean.
        """
        end = start + len(name)
        following = text[end : end + 1]
        postings = self._table.postings(self._table.trie[name])
        words = _words()
        plain = _PLAIN_SUFFIX.get(name[-1]) if len(name) > 2 else None  # 恩施州, 长阳县
        full = [
            r
            for r, form in postings
            if form in (FULL, FORMER) or (form == SHORT and plain == self._table.level(r))
        ]
        if full:
            level = LEVELS[min(self._table.level(record) for record in full)]
            if name in words.divisions and not any(
                above.intersection(self._upward(record)) for record in full
            ):
                return None
            blocked = words.not_after.get(name[-1], "")
            if (level == "township" and not _like_a_township(name)) or (following and following in blocked):
                return None
            return Found(start, end, level), frozenset(full)
        short = [
            record
            for record, form in postings
            if form == SHORT and self._table.level(record) <= _RANK["city"]
        ]
        if (
            not short
            or name in words.short
            or (following and following in words.not_after_short.get(name, ""))
        ):
            return None
        return Found(start, end, LEVELS[min(self._table.level(record) for record in short)], True), frozenset(
            short
        )

    def _committee_before(self, text: str, end: int, ending: str) -> int | None:
        """``village_before`` for a name that ends in its committee: 何家湾村委会, 城关居委会."""
        bare = text[max(0, end - _LONGEST) : end - len(ending)]
        for size in range(len(bare), 0, -1):
            name = village_form(bare[-size:] + ending)
            if name not in _words().villages and self._village.rows_named(name):
                return end - len(ending) - size
        return None


def _like_a_township(name: str) -> bool:
    """Whether a name of that level is recognisable as one in a text (地质大队 is the name of a place, too)."""
    return name.endswith(_NAMED_SO) or (len(name) >= 5 and name.endswith(_ZONE))


def _twelve(code: int) -> str:
    return f"{code * 1000:012d}"


def _decide(
    candidates: Sequence[int],
    areas: Sequence[tuple[_Area, ...]],
    inside: Callable[[_Area], list[int]],
    code: Callable[[int], str],
) -> Resolution:
    """The candidate that the context singles out (see ``Gazetteer.resolve``)."""
    if not candidates:
        return Resolution(None, reason="unknown")
    if not areas and len(candidates) == 1:
        return Resolution(code(candidates[0]), reason="only")
    score: dict[int, int] = {}
    for level, weight in WEIGHTS.items():
        for item in areas:
            found = {candidate for area in item if area.level == level for candidate in inside(area)}
            if found:
                for candidate in found:
                    score[candidate] = score.get(candidate, 0) + weight
                break
    if areas and not score:
        return Resolution(None, tuple(map(code, candidates[:_CANDIDATES])), reason="contradiction")
    top = max(score.values(), default=0)
    best = sorted(candidate for candidate, value in score.items() if value == top) or list(candidates)
    if len(best) == 1:
        return Resolution(code(best[0]), (), top, "context")
    return Resolution(None, tuple(map(code, best[:_CANDIDATES])), top, "tie")


@cache
def _load() -> Gazetteer:
    return Gazetteer()
