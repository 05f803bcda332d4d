"""Statements of several reports that say one thing: grouped, with the reason and the one that totals count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.model import Award, Fact, Measure
from kg.vocab import ID

if TYPE_CHECKING:
    from kg.graph.entities import ArchiveGraph

_REASONS: Final[dict[type[Fact], str]] = {
    Award: "同一获奖者、同一荣誉、同一年份",
    Measure: "同一主体、同一指标、同一年份、同一数值",
}
_UNDATED: Final = ";其中未写年份的按仅有的一年计"


@dataclass(frozen=True, slots=True)
class _Claim:
    node: NamedNode
    fact: Fact
    year: int | None
    own: bool  # whether the recipient itself reports it


def write_claims(archive: ArchiveGraph) -> None:
    """The groups of an archive's awards and measures that say one thing, in its archive graph."""
    groups: dict[tuple[object, ...], list[_Claim]] = defaultdict(list)
    for key, claim in _claims(archive):
        groups[key].append(claim)
    for key, claims in groups.items():
        for members, undated in _by_year(claims):
            if len(members) > 1:
                _write(archive, str(key[0]), members, undated)


def _claims(archive: ArchiveGraph) -> Iterator[tuple[tuple[object, ...], _Claim]]:
    """Each named award and measure, once in its report, with what it says."""
    for report in archive.reports:
        publisher = archive.publishers.get(report.document.id)
        for fact, node in report.facts.items():
            if node in archive.repeated:
                continue
            if isinstance(fact, Award) and fact.count is None and fact.recipient.kind != "Group":
                who = archive.key(report, fact.recipient)
                said = ("award", who, archive.key(report, fact.honour), fact.grade)
                yield said, _Claim(node, fact, _year(fact), who == publisher)
            elif isinstance(fact, Measure) and fact.subject is not None and fact.subject.kind != "Group":
                who = archive.key(report, fact.subject)
                amount = fact.quantity
                measured = ("measure", who, fact.indicator, amount.value, amount.unit, amount.approximate, fact.year)
                yield measured, _Claim(node, fact, fact.year, who == publisher)


def _year(fact: Award) -> int | None:
    return int(fact.date[:4]) if fact.year is None and fact.date else fact.year


def _by_year(claims: list[_Claim]) -> Iterator[tuple[list[_Claim], bool]]:
    """Claims of one year; those without a year go with the only year that there is."""
    years = sorted({c.year for c in claims if c.year is not None})
    undated = [c for c in claims if c.year is None]
    if len(years) <= 1:
        yield claims, bool(undated) and bool(years)
        return
    for year in years:
        yield [c for c in claims if c.year == year], False


def _write(archive: ArchiveGraph, kind: str, members: list[_Claim], undated: bool) -> None:
    best = max(members, key=lambda c: (c.own, _received(c.fact), _fullness(c.fact), _reverse(c.node.value)))
    node = NamedNode(f"{ID}claim/{best.node.value.removeprefix(str(ID) + 'report/')}")
    archive.sink.types(node, "ClaimGroup")
    reason = _REASONS[type(best.fact)] + (_UNDATED if undated else "")
    archive.sink.put(node, kind=kind, counts=best.node, reason=reason)
    for claim in members:
        archive.sink.put(node, member=claim.node)
        if claim.node != best.node:
            archive.sink.put(claim.node, countedAs=best.node)


def _received(fact: Fact) -> bool:
    return getattr(fact, "direction", "received") == "received"


def _fullness(fact: Fact) -> int:
    return sum(getattr(fact, f.name) not in (None, "", ()) for f in fields(fact))


def _reverse(iri: str) -> tuple[int, ...]:
    """So that of equals the first by name is the greatest."""
    return tuple(-ord(char) for char in iri)
