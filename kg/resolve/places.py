"""Which division a place is: its official code by its own chain, then by what stands around it, nearest first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.gazetteer import Gazetteer
from kg.model import Document, Extraction, Mention
from kg.resolve.homes import Home
from kg.resolve.names import fold

DIVISIONS: Final = ("Province", "City", "County", "Township", "Village", "Community")
_STOPS: Final = re.compile(r"[。!?;!?;\n]")
_UNITS: Final = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|省|市|州|盟|县|(?<![社小园校景矿城林灾片地])区|旗|镇|乡|街道|社区|新村|村)"
)
_COUNTY_LIKE: Final = re.compile(r"(?:县|区|市|旗|镇|乡|街道)$")


@dataclass(frozen=True, slots=True)
class Coded:
    """The official code of a place, or the codes that it may have."""

    code: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""


class Around:
    """The places named in a report, by where they stand."""

    def __init__(self, extraction: Extraction, home: Home) -> None:
        self.document: Document = extraction.document
        self.home = home
        self.places = sorted({(m.start, m.end, m.name) for m in extraction.mentions if m.kind == "Place"})
        self.stops = [-1, *(m.start() for m in _STOPS.finditer(self.document.text)), len(self.document.text)]
        self.starts = [b.start for b in self.document.blocks]

    def context(self, first: Mention) -> list[str]:
        """Names around a mention: of its sentence, its paragraph, the title, the publisher's divisions."""
        at = bisect_right(self.stops, first.start) - 1
        sentence = self._within(first, self.stops[at] + 1, self.stops[at + 1])
        paragraph = self._within(first, *self._block(first.start))
        title = [name for part in (self.document.title, self.document.subtitle) for name in _named(part or "")]
        names = [*sentence, *(n for n in paragraph if n not in sentence), *title, *self.home.context]
        return list(dict.fromkeys(names))

    def _block(self, at: int) -> tuple[int, int]:
        index = bisect_right(self.starts, at) - 1
        block = self.document.blocks[index] if index >= 0 else None
        return (block.start, block.end) if block else (0, len(self.document.text))

    def _within(self, first: Mention, start: int, end: int) -> list[str]:
        """The last named before the mention first; what follows it after that."""
        inside = [(s, e, n) for s, e, n in self.places if start <= s < end and not (s < first.end and first.start < e)]
        before = [n for s, _, n in reversed(inside) if s < first.start]
        names = before + [n for s, _, n in inside if s >= first.end]
        return [part for name in names for part in reversed(_parts(fold(name)))]


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[str, ...]:
    return tuple(text[f.start : f.end] for f in Gazetteer.load().scan(text))


@lru_cache(maxsize=16384)
def _parts(label: str) -> tuple[str, ...]:
    """The levels of a chain, outermost first.

    >>> _parts("竹山县溢水镇何家湾村"), _parts("青槐县石鼓镇下坪村"), _parts("湖北")
    (('竹山县', '溢水镇', '何家湾村'), ('青槐县', '石鼓镇', '下坪村'), ('湖北',))
    """
    found: list[str] = []
    at = 0
    for f in Gazetteer.load().scan(label):
        if f.start > at:
            found += _by_unit(label[at : f.start])
        found.append(label[f.start : f.end])
        at = f.end
    return (*found, *_by_unit(label[at:]))


def _by_unit(text: str) -> list[str]:
    cut = [m[0] for m in _UNITS.finditer(text)]
    rest = text[sum(map(len, cut)) :] if "".join(cut) == text[: sum(map(len, cut))] else ""
    return [*cut, *([rest] if rest else [])] if cut else ([text] if text else [])


def chain(label: str) -> tuple[str, ...]:
    """The levels of a place's name, outermost first."""
    return _parts(fold(label))


def code_of(label: str, subtype: str, first: Mention, around: Around) -> Coded:
    """The code of a division by its own chain, then by its context; candidates where that leaves several."""
    if subtype not in DIVISIONS:
        return Coded()
    parts = chain(label)
    own, outer = parts[-1], [*reversed(parts[:-1])]
    if _foreign(outer):
        return Coded(reason="unknown-chain")
    context = [*outer, *around.context(first)]
    village = subtype in ("Village", "Community")
    if (village or subtype == "Township") and not outer and _foreign([c for c in context if _COUNTY_LIKE.search(c)][:1]):
        return Coded(reason="unknown-context")
    gazetteer = Gazetteer.load()
    found = gazetteer.resolve(own, "village" if village else None, context)
    if found.code is not None and outer and not _within(found.code, outer):
        return Coded(reason="contradiction")
    if found.code is not None or village:
        return Coded(found.code, found.candidates if found.reason != "contradiction" else (), found.reason)
    return _division(own, found.candidates, outer)


def _within(code: str, outer: Sequence[str]) -> bool:
    """Whether a division lies in the nearest one that its own chain names."""
    above_it = {d.code for d in Gazetteer.load().chain(code)[1:]}
    return any(d.code in above_it for d in Gazetteer.load().divisions(outer[0]))


def _division(own: str, candidates: tuple[str, ...], outer: Sequence[str]) -> Coded:
    """A division whose context says nothing of it: the highest of its name, if that is one."""
    named = Gazetteer.load().divisions(own)
    if outer or not named:
        return Coded(None, candidates if outer else ())
    now = [d for d in named if d.former is None] or list(named)
    top = [d for d in now if d.level == now[0].level and d.level in ("province", "city", "county")]
    if len(top) == 1:
        return Coded(top[0].code, (), "only")
    return Coded(None, tuple(d.code for d in now[:20]), "tie")


def _foreign(names: Sequence[str]) -> bool:
    """Whether a name that should be a division is none that the gazetteer knows: an invented or foreign county."""
    gazetteer = Gazetteer.load()
    return any(_COUNTY_LIKE.search(name) and not gazetteer.divisions(name) for name in names)


def point_of(code: str | None) -> tuple[tuple[float, float] | None, str | None]:
    """Where a division is, and the level of the division whose point that is."""
    point = Gazetteer.load().point(code) if code else None
    return ((point.lat, point.lon), point.level) if point else (None, None)


def above(code: str) -> Iterator[tuple[str, str, str]]:
    """Code, name and class of each division around one, up to the province."""
    classes = {"province": "Province", "city": "City", "county": "County", "township": "Township"}
    for division in Gazetteer.load().chain(code)[1:]:
        yield division.code, division.name, classes[division.level]
