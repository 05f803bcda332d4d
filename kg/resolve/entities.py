"""One entity from all that is said of it: label, other labels, class, code, merges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from kg.extract.levels import level_of
from kg.model import Entity, Inference, Mention, Merge
from kg.names import pinyin, pinyin_name
from kg.resolve.honours import HonourName
from kg.resolve.names import Relation, fold
from kg.resolve.places import Coded, above, chain, point_of
from kg.resolve.report import Cluster

_ALIASES: Final = ("alias.self", "alias.publisher")
_UNKNOWN: Final = Coded()


@dataclass(frozen=True, slots=True)
class Part:
    """What one report has of an entity."""

    key: str
    report: str
    cluster: Cluster
    coded: Coded = _UNKNOWN
    notes: tuple[Inference, ...] = ()
    honour: HonourName | None = None
    tail: str = ""  # of a publisher that gives only the last words of its name
    province: str | None = None
    only: frozenset[str] | None = None  # names of the cluster that this part has, None for all
    rule: str = ""  # why it was moved to this key

    @property
    def mentions(self) -> list[tuple[Mention, Relation]]:
        """The mentions of this part, with the relation by which each came."""
        found = self.cluster.mentions
        return found if self.only is None else [(m, r) for m, r in found if fold(m.name) in self.only]

    def moved(self, key: str, rule: str) -> Part:
        """The same part of another entity."""
        return replace(self, key=key, rule=rule)


def entity(key: str, parts: Sequence[Part], named: str | None = None) -> Entity:
    """The entity of a key; ``named`` is the label that its owner gave it."""
    kind = parts[0].cluster.kind
    label = named or _label(parts)
    return Entity(
        key=key,
        kind=cast(Any, kind),
        subtype=_subtype(parts, kind),
        label=label,
        labels=tuple(sorted(_others(parts, kind, label))),
        pinyin=_pinyin(kind, label),
        code=next((p.coded.code for p in parts if p.coded.code), None),
        candidates=next((p.coded.candidates for p in parts if p.coded.candidates), ()),
        level=level_of(label) if kind == "Honour" else None,
        merges=tuple(_merges(parts)),
        inferences=tuple(dict.fromkeys(_notes(key, parts))),
        **_place(parts, kind),
    )


def _label(parts: Sequence[Part]) -> str:
    """The fullest name that a text has."""
    labels = {p.cluster.label for p in parts if p.only is None} | {m.name for p in parts if p.only is not None for m, _ in p.mentions}
    return max(labels, key=lambda n: (len(n), n))


def _others(parts: Sequence[Part], kind: str, label: str) -> set[str]:
    names = {m.name for p in parts for m, _ in p.mentions} | {m.text for p in parts for m, _ in p.mentions}
    if kind == "Place":
        levels = chain(label)
        names |= {"".join(levels[i:]) for i in range(1, len(levels))}
    return names - {label}


def _subtype(parts: Sequence[Part], kind: str) -> str:
    count = Counter(m.subtype for p in parts for m, _ in p.mentions if m.rule not in _ALIASES)
    return min(count, key=lambda name: (-count[name], name)) if count else kind


def _pinyin(kind: str, label: str) -> str | None:
    return pinyin_name(label) if kind == "Person" else pinyin(label) if kind == "Place" else None


def _place(parts: Sequence[Part], kind: str) -> dict[str, Any]:
    code = next((p.coded.code for p in parts if p.coded.code), None) if kind == "Place" else None
    point, level = point_of(code)
    return {"point": point, "point_of": level}


def _merges(parts: Sequence[Part]) -> Iterator[Merge]:
    for p in sorted(parts, key=lambda p: p.report):
        for m, relation in sorted(p.mentions, key=lambda x: (x[0].start, x[0].end, x[0].name, x[0].rule)):
            rule = p.rule or relation.rule
            yield Merge(p.report, m.start, m.end, m.text, rule, 0.9 if p.rule else relation.score)


def _notes(key: str, parts: Sequence[Part]) -> Iterator[Inference]:
    for p in sorted(parts, key=lambda p: p.report):
        yield from p.notes
        if p.honour is not None and p.honour.series:
            yield Inference("series", f"honour-series/{p.honour.series}", "series-of", 0.9)


def ancestors(entities: Mapping[str, Entity]) -> Iterator[Entity]:
    """The divisions around coded places that no report names, up to the province."""
    seen = {e.code for e in entities.values() if e.code}
    for e in list(entities.values()):
        for code, name, subtype in above(e.code) if e.code and e.kind == "Place" else ():
            if code not in seen:
                seen.add(code)
                point, level = point_of(code)
                yield Entity(
                    f"place/{code}", "Place", subtype, name, pinyin=pinyin(name), code=code, point=point, point_of=level
                )
