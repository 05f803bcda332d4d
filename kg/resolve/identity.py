"""identity.toml: what the owner of an archive says of identities. It stands beside the archive and survives rebuilds.

    [[same]]                      # two that are one
    names = ["蓟棠博物馆", "蓟棠县博物馆"]
    label = "蓟棠县博物馆"          # optional: the preferred label
    why = "..."

    [[different]]                 # a name that is not what its report's rules made of it
    names = ["王伟@2022-report", "王伟@2023-report"]

    [[renamed]]                   # a dated predecessor link, not a merge
    old = "..."
    new = "..."
    date = "2020-06"

A name is a label, a surface form, an entity's key ('organization/湖北省地质局') or either with ``@REPORT``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError
from kg.resolve.names import fold

if TYPE_CHECKING:
    from kg.resolve.entities import Part

FILE: Final = "identity.toml"
_TABLES: Final = {
    "same": {"names", "label", "why", "kind"},
    "different": {"names", "why", "kind"},
    "renamed": {"old", "new", "date", "why"},
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Names that are one, or are not."""

    names: tuple[str, ...]
    kind: str | None = None
    label: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What identity.toml says."""

    same: tuple[Decision, ...] = ()
    different: tuple[Decision, ...] = ()
    renames: tuple[tuple[str, str, str | None], ...] = ()

    def labels(self, parts: Iterable[Part]) -> dict[str, str]:
        """The preferred labels that decisions give, by the key of the entity."""
        named = [d for d in self.same if d.label]
        return {p.key: d.label or "" for p in parts for d in named if any(_meant(p, name, d.kind) for name in d.names)}

    def apply(self, parts: list[Part]) -> list[Part]:
        """The parts with forbidden merges undone, then forced ones made."""
        for decision in self.different:
            parts = _apart(parts, decision)
        for decision in self.same:
            parts = _together(parts, decision)
        return parts


def load(folder: Path | str) -> Identity:
    """The identity.toml of a folder; an empty one if there is none. InputError for what it cannot mean."""
    path = Path(folder) / FILE
    if not path.is_file():
        return Identity()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"不是 TOML({error})", f"not TOML ({error})", where=path) from error
    return parse(data, where=path)


def parse(data: dict[str, Any], *, where: Path | str = FILE) -> Identity:
    """The decisions of a parsed file.

    >>> parse({"same": [{"names": ["甲局", "乙局"], "label": "甲局"}]}).same[0].label
    '甲局'
    """
    for table, rows in data.items():
        if table not in _TABLES or not isinstance(rows, list):
            raise InputError(f"不认识 [[{table}]];可用:{' '.join(_TABLES)}", f"no table [[{table}]]; use {' '.join(_TABLES)}", where=where)
        for row in rows:
            unknown = set(row) - _TABLES[table]
            short = table != "renamed" and len(row.get("names", ())) < 2
            if unknown or short or (table == "renamed" and not {"old", "new"} <= set(row)):
                wrong = "、".join(sorted(unknown)) or ("old, new" if table == "renamed" else "names")
                raise InputError(f"[[{table}]] 写错了:{wrong}", f"[[{table}]] is wrong: {wrong}", where=where)
    return Identity(
        tuple(_decision(row) for row in data.get("same", ())),
        tuple(_decision(row) for row in data.get("different", ())),
        tuple((row["old"], row["new"], row.get("date")) for row in data.get("renamed", ())),
    )


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(tuple(row["names"]), row.get("kind"), row.get("label"), row.get("why", ""))


def _meant(part: Part, name: str, kind: str | None) -> set[str]:
    """The folded names of a part that a name of a decision means: all of them for its label or key."""
    bare, _, report = name.partition("@")
    if (report and report != part.report) or (kind and kind != part.cluster.kind) or part.cluster.kind == "Group":
        return set()
    own = {fold(m.name) for m, _ in part.mentions}
    if bare == part.key or fold(bare) == fold(part.cluster.label):
        return own
    return {fold(bare)} & own


def _apart(parts: list[Part], decision: Decision) -> list[Part]:
    """Where two names of a decision stand under one key, all but the first get keys of their own."""
    out = list(parts)
    for index, name in enumerate(decision.names):
        if index == 0:
            continue
        first = {p.key for p in out if _meant(p, decision.names[0], decision.kind)}
        moved: list[Part] = []
        for part in out:
            meant = _meant(part, name, decision.kind)
            if not meant or part.key not in first:
                moved.append(part)
                continue
            moved += _split(part, meant, f"{part.key}/{name.replace('/', '-')}", decision.names[0])
        out = moved
    return out


def _split(part: Part, meant: set[str], key: str, first: str) -> list[Part]:
    own = {fold(m.name) for m, _ in part.mentions}
    meant = meant - {fold(first.partition("@")[0])} or meant
    rest = own - meant
    new = replace(part, key=key, rule="identity.toml", only=frozenset(meant))
    return [new, replace(part, only=frozenset(rest))] if rest else [new]


def _together(parts: list[Part], decision: Decision) -> list[Part]:
    keys = sorted({p.key for p in parts for name in decision.names if _meant(p, name, decision.kind)})
    if len({k.partition("/")[0] for k in keys}) > 1 or len(keys) < 2:
        return parts
    wanted = fold(decision.label or decision.names[0])
    target = next((k for k in keys if k.endswith("/" + wanted)), None) or keys[0]
    return [p.moved(target, "identity.toml") if p.key in keys and p.key != target else p for p in parts]
