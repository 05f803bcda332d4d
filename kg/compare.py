"""Two years side by side: honours by level, measures by indicator, villages helped, posts that changed.

    kg compare DIR --year 2022 2023 --of 湖北省地质局

A statement counts once, parts of a whole are not added to it, and what a publisher itself confers is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph import store
from kg.query import ask
from kg.tables import Value, table_text
from kg.vocab import ID

_LEVELS: Final = ("national", "provincial", "municipal", "county", "township", "unit", "")
_ONCE: Final = "FILTER NOT EXISTS { ?fact kg:repeats ?said } FILTER NOT EXISTS { ?fact kg:countedAs ?counted }"
_NAME: Final = 'skos:prefLabel ?name . FILTER(LANG(?name) = "zh")'


@dataclass(frozen=True, slots=True)
class Comparison:
    """Tables of two years or more; ``None`` in a cell means that no report says anything of it, which is not zero."""

    years: tuple[int, ...]
    honours: tuple[tuple[Value, ...], ...]  # level, one count per year
    measures: tuple[tuple[Value, ...], ...]  # subject, indicator, unit, one total per year
    villages: tuple[tuple[Value, ...], ...]  # village, then ● for each year in which it was helped
    posts: tuple[tuple[Value, ...], ...]  # body, title, then who held it in each year

    def text(self) -> str:
        """The tables for people."""
        years = [str(year) for year in self.years]
        parts = (
            ("荣誉 · Honours received", ["level", *years], self.honours),
            ("数量 · Measures", ["subject", "indicator", "unit", *years], self.measures),
            ("帮扶的村 · Villages", ["village", *years], self.villages),
            ("职务 · Posts", ["organization", "title", *years], self.posts),
        )
        shown = [f"{title}\n{table_text(header, rows)}" for title, header, rows in parts if rows]
        return "\n\n".join(shown) or "这些年份没有可比的内容 | nothing to compare in these years"


def compare(place: str | Path | Store, years: Sequence[int], of: str | None = None) -> Comparison:
    """Compare the years of an archive; with ``of`` only what concerns this organisation and its units.

    Raises QueryError for an organisation that the graph does not know.
    """
    held = place if isinstance(place, Store) else store(place)
    within = None if of is None else _units(held, of)
    return Comparison(
        tuple(years),
        _honours(held, years, within),
        _measures(held, years, within),
        _villages(held, years, within),
        _posts(held, years, within),
    )


def _rows(held: Store, query: str) -> list[tuple[Value, ...]]:
    return list(ask(held, query).rows)


def _units(held: Store, of: str) -> frozenset[str]:
    """The organisation of a name, and all that is part of it by statement or by its full name."""
    wanted = _literal(of)
    found = _rows(
        held,
        f"SELECT DISTINCT ?o WHERE {{ ?o a kg:Organization . {{ ?o skos:prefLabel ?n }} UNION {{ ?o skos:altLabel ?n }}"
        f" UNION {{ ?o kg:fullName ?n }} FILTER(STR(?n) = {wanted}) }}",
    )
    if not found:
        raise QueryError(f"图里没有单位“{of}”", f"the graph has no organization {of!r}; kg ask DIR entities lists all")
    tops = {str(row[0]) for row in found}
    below = _rows(held, "SELECT ?c ?p WHERE { ?c a kg:Organization ; kg:partOf+ ?p . ?p a kg:Organization }")
    every = _rows(held, "SELECT DISTINCT ?o WHERE { ?o a kg:Organization }")
    inside = {str(c) for c, p in below if str(p) in tops}
    return frozenset(tops | inside | {str(o) for (o,) in every if any(str(o).startswith(top) for top in tops)})


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _honours(held: Store, years: Sequence[int], within: frozenset[str] | None) -> tuple[tuple[Value, ...], ...]:
    rows = _rows(
        held,
        f'SELECT ?who ?year ?level ?count WHERE {{ ?fact a kg:Award ; kg:direction "received" ; kg:recipient ?who ; kg:year ?year .'
        f" {_ONCE} OPTIONAL {{ ?fact kg:level ?level }} OPTIONAL {{ ?fact kg:count ?count }} }}",
    )
    cells: dict[tuple[str, ...], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for who, year, level, count in rows:
        if within is None or str(who) in within:
            cells[(str(level or ""),)][_int(year)] += _int(count or 1)
    return _table(sorted(cells.items(), key=lambda item: _LEVELS.index(item[0][0])), years)


def _measures(held: Store, years: Sequence[int], within: frozenset[str] | None) -> tuple[tuple[Value, ...], ...]:
    rows = _rows(
        held,
        f"SELECT ?who ?name ?indicator ?unit ?year ?value WHERE {{ ?fact a kg:Measurement ; kg:subject ?who ; kg:indicator ?indicator ;"
        f" kg:year ?year ; kg:quantity ?q . ?q kg:value ?value ; kg:unit ?unit . {_ONCE}"
        f" FILTER NOT EXISTS {{ ?fact kg:partOfMeasurement ?whole }} ?who {_NAME} }}",
    )
    cells: dict[tuple[str, ...], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for who, name, indicator, unit, year, value in rows:
        if within is None or str(who) in within:
            key = (str(who), str(name), str(indicator), str(unit))
            cells[key][_int(year)] += float(str(value))
    both = ((key[1:], found) for key, found in sorted(cells.items()) if sum(year in found for year in years) > 1)
    return _table(both, years)


def _villages(held: Store, years: Sequence[int], within: frozenset[str] | None) -> tuple[tuple[Value, ...], ...]:
    rows = _rows(
        held,
        f"SELECT ?helper ?village ?name ?year WHERE {{ ?fact a kg:Assistance ; kg:helper ?helper ; kg:village ?village ; kg:year ?year ."
        f" {_ONCE} ?village {_NAME} }}",
    )
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for helper, village, name, year in rows:
        if (within is None or str(helper) in within) and _int(year) in years:
            seen[str(village), str(name)].add(_int(year))
    return tuple((name, *("●" if year in found else None for year in years)) for (_, name), found in sorted(seen.items()))


def _posts(held: Store, years: Sequence[int], within: frozenset[str] | None) -> tuple[tuple[Value, ...], ...]:
    """Posts with other holders in one year than in another."""
    rows = _rows(
        held,
        f"SELECT ?org ?name ?title ?who ?person ?period WHERE {{ ?fact a kg:Post ; kg:organization ?org ; kg:person ?who ; kg:title ?title ;"
        f" kg:evidence ?e . ?e kg:inReport ?report . ?report kg:period ?period . {_ONCE} ?org {_NAME}"
        f' ?who skos:prefLabel ?person . FILTER(LANG(?person) = "zh") }}',
    )
    held_by: dict[tuple[str, str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for org, name, title, _, person, period in rows:
        if within is None or str(org) in within:
            held_by[str(org), str(name), str(title)][_int(period)].add(str(person))
    out = []
    for (_, name, title), found in sorted(held_by.items()):
        known = [found[year] for year in years if year in found]
        if len(known) > 1 and any(holders != known[0] for holders in known):
            out.append((name, title, *("、".join(sorted(found[y])) if y in found else None for y in years)))
    return tuple(out)


def _table(
    cells: Iterable[tuple[tuple[str, ...], Mapping[int, float]]], years: Sequence[int]
) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (*key, *(_number(found[year]) if year in found else None for year in years))
        for key, found in cells
        if any(year in found for year in years)
    )


def _number(value: float) -> Value:
    return int(value) if value == int(value) else value


def _int(value: Value) -> int:
    return int(str(value)[:4]) if isinstance(value, str) else int(value or 0)


# --- who has not reported ------------------------------------------------------------------------------------

ROSTER: Final = "roster.csv"


@dataclass(frozen=True, slots=True)
class Expected:
    """A unit of the roster in a year, with the reports that it has published; none is not zero."""

    unit: str
    year: int
    reports: tuple[str, ...] = ()


def roster(place: str | Path, years: Sequence[int]) -> tuple[Expected, ...]:
    """Each unit that ``roster.csv`` beside the archive expects, with its reports of each year.

    The table has the column ``unit`` and may have ``from`` and ``to``: the first and last year expected.
    """
    import csv

    path = Path(place) / ROSTER
    if not path.is_file():
        raise QueryError(
            f"没有 {ROSTER};请在归档旁放一张表,列 unit, from, to",
            f"there is no {ROSTER} beside the archive; write one with the columns unit, from, to",
        )
    with path.open(encoding="utf-8-sig", newline="") as stream:
        wanted = list(csv.DictReader(stream))
    if wanted and "unit" not in wanted[0]:
        raise QueryError(f"{ROSTER} 没有 unit 列", f"{ROSTER} has no column unit")
    told = _published(store(place))
    return tuple(
        Expected(row["unit"].strip(), year, tuple(sorted(told.get((row["unit"].strip(), year), ()))))
        for row in wanted
        for year in years
        if int(row.get("from") or year) <= year <= int(row.get("to") or year)
    )


def _published(held: Store) -> dict[tuple[str, int], set[str]]:
    """Reports by every name of their publisher and the year that they are about."""
    rows = _rows(
        held,
        "SELECT ?report ?period ?name WHERE { ?report a kg:Report ; kg:period ?period . { ?report kg:publisher ?o ."
        " ?o skos:prefLabel|skos:altLabel|kg:fullName ?name } UNION { ?report kg:publisherName ?name } }",
    )
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for report, period, name in rows:
        found[str(name), _int(period)].add(str(report).removeprefix(f"{ID}report/"))
    return found


__all__ = ["ROSTER", "Comparison", "Expected", "compare", "roster"]
