"""Renamed bodies: dated predecessor links, never merges, from a table, from identity.toml and from the texts' own words."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from kg.model import Entity, Inference, Mention
from kg.resolve.bodies import canonical
from kg.resolve.identity import Identity
from kg.resolve.names import fold
from kg.resolve.report import Cast

_RENAMED: Final = re.compile(r"^[^。;!?\n]{0,14}?(?:正式)?(?:更名|改名|改称|更名组建|改组|改制|改建|整合组建|转制)(?:为|成)[“]?$")
_FORMERLY: Final = re.compile(r"^[((](?:原|前身为|原名|前身是|原为|曾用名)[“]?$")
_DATE: Final = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月)?")


@dataclass(frozen=True, slots=True)
class Rename:
    """One body took another name."""

    old: str
    new: str
    date: str | None = None
    source: str = ""


@cache
def table() -> tuple[Rename, ...]:
    """The renames known beforehand, by full name."""
    with Path(__file__).with_name("renames.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(Rename(r["old"], r["new"], r["date"] or None, r["source"]) for r in csv.DictReader(stream))


def pairs(identity: Identity) -> Iterator[tuple[str, str]]:
    """The renames of the table and of identity.toml as full names, old and new."""
    for rename in (*table(), *(Rename(*r) for r in identity.renames)):
        yield canonical(fold(rename.old)), canonical(fold(rename.new))


def renames(
    casts: Sequence[Cast],
    entities: Mapping[str, Entity],
    meaning: Mapping[tuple[str, Mention], str],
    identity: Identity,
) -> dict[str, Entity]:
    """The entities, each renamed one with a link to what it was before."""
    out = dict(entities)
    for rename in (*table(), *(Rename(*r) for r in identity.renames)):
        old, new = (f"organization/{canonical(fold(n))}" for n in (rename.old, rename.new))
        if old in out and new in out and old != new:
            _link(out, new, Inference("predecessor", old, "table", 1.0, date=rename.date))
    for found in casts:
        for old_mention, new_mention, date in stated(found):
            report = found.extraction.document.id
            old, new = meaning[report, old_mention], meaning[report, new_mention]
            if old != new:
                note = Inference("predecessor", old, "renamed", 0.9, report, old_mention.start, new_mention.end, date)
                _link(out, new, note)
    return out


def _link(entities: dict[str, Entity], key: str, note: Inference) -> None:
    """Add a link, in place of one to the same predecessor that has no date."""
    known = entities[key]
    same = [i for i in known.inferences if i.what == "predecessor" and i.value == note.value]
    if not same:
        entities[key] = replace(known, inferences=(*known.inferences, note))
    elif note.date and not same[0].date:
        entities[key] = replace(known, inferences=tuple(note if i is same[0] else i for i in known.inferences))


def stated(found: Cast) -> Iterator[tuple[Mention, Mention, str | None]]:
    """Neighbouring mentions that the text joins by 更名为 or (原…): old, new, date."""
    text = found.extraction.document.text
    bodies = sorted((m for c in found.of("Organization") for m, _ in c.mentions), key=lambda m: (m.start, -m.end))
    for at, first in enumerate(bodies):
        for second in bodies[at + 1 : at + 4]:
            between = text[first.end : second.start] if second.start >= first.end else ""
            if _RENAMED.match(between):
                yield first, second, _date(text[max(0, first.start - 20) : second.end])
            elif _FORMERLY.match(between):
                yield second, first, None


def _date(words: str) -> str | None:
    found = _DATE.search(words)
    if found is None:
        return None
    return f"{found[1]}-{int(found[2]):02d}" if found[2] else found[1]
