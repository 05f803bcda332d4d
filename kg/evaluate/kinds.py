"""What is scored: the kinds of item, and when a found item is the annotated one (tests/gold/SCHEMA.md).

``HEADLINE`` are the nine kinds whose F1 makes the macro average.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kg.evaluate.match import (
    Item,
    Score,
    Similarity,
    alike,
    best,
    exact,
    forms,
    name,
    phrase,
    plain,
    same,
    same_value,
    title,
)

_TIE: Final = 0.05  # an equal attribute decides between otherwise equal candidates
_ANY_INDICATOR: Final = 0.5


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item: where its items stand in an annotation, and how two of them are compared."""

    name: str
    key: str
    score: Score
    headline: bool = False
    optional: bool = False  # scored only where an annotation has a list of them
    type: str | None = None  # of an entity

    def items(self, annotation: dict[str, Any]) -> list[Item]:
        """The annotation's items of this kind."""
        items = annotation.get(self.key, [])
        return items if self.type is None else [i for i in items if i["type"] == self.type]


def _entity(similarity: Similarity, least: float) -> Score:
    def score(gold: Item, found: Item) -> float:
        likeness = best(_names(gold), _names(found), similarity)
        return likeness if likeness >= least else 0.0

    return score


def _names(entity: Item) -> tuple[str, ...]:
    return forms([entity["name"], *entity.get("aliases", [])])


def _fields(*fields: tuple[str, Similarity, float]) -> Score:
    """All fields must be alike enough; the score is their sum."""

    def score(gold: Item, found: Item) -> float:
        parts = [(alike(gold, found, key, similarity), least) for key, similarity, least in fields]
        return sum(part for part, _ in parts) if all(part >= least for part, least in parts) else 0.0

    return score


def _award(gold: Item, found: Item) -> float:
    by = name if gold.get("count") is None else phrase  # a count marks an anonymous group
    honour, recipient = alike(gold, found, "honour", phrase), alike(gold, found, "recipient", by)
    if honour < 0.55 or recipient < 0.5:
        return 0.0
    return honour + recipient + sum(_TIE for key in ("grade", "count", "year") if same(gold, found, key))


def _post(gold: Item, found: Item) -> float:
    if not same(gold, found, "person"):
        return 0.0
    role = alike(gold, found, "title", title)
    where = alike(gold, found, "organization", name) if forms(gold.get("organization")) else 1.0
    return role + where if role >= 0.5 and where >= 0.4 else 0.0


def _value(gold: Item, found: Item) -> float:
    return _ANY_INDICATOR + alike(gold, found, "indicator", phrase) if same_value(gold, found) else 0.0


def _measure(gold: Item, found: Item) -> float:
    score = _value(gold, found)
    return score if score >= _ANY_INDICATOR + 0.34 else 0.0


def _assistance(gold: Item, found: Item) -> float:
    if plain(gold.get("value")) and not same_value(gold, found):
        return 0.0
    return _HELPED(gold, found)


def _cooperation(gold: Item, found: Item) -> float:
    return _PARTNERS(gold, found) if same(gold, found, "count") else 0.0


_HELPED: Final = _fields(("village", name, 0.5), ("what", phrase, 0.34))
_PARTNERS: Final = _fields(("party", name, 0.5), ("with", phrase, 0.5))

_STRICT: Final = _entity(exact, 1.0)
_NAMED: Final = _entity(name, 0.5)
_PHRASED: Final = _entity(phrase, 0.6)

KINDS: Final = (
    Kind("entity:Person", "entities", _STRICT, headline=True, type="Person"),
    Kind("entity:Organization", "entities", _NAMED, headline=True, type="Organization"),
    Kind("entity:Place", "entities", _NAMED, headline=True, type="Place"),
    Kind("entity:Honour", "entities", _PHRASED, headline=True, type="Honour"),
    Kind("entity:Work", "entities", _PHRASED, type="Work"),
    Kind("award", "awards", _award, headline=True),
    Kind("post", "posts", _post, headline=True),
    Kind("measure:value", "measures", _value),
    Kind("measure", "measures", _measure, headline=True),
    Kind("part_of", "part_of", _fields(("child", name, 0.5), ("parent", name, 0.5)), headline=True),
    Kind("coverage", "coverage", _fields(("media", name, 0.6))),
    Kind("activity", "activities", _fields(("name", phrase, 0.55)), headline=True),
    Kind("assistance", "assistance", _assistance, optional=True),
    Kind("cooperation", "cooperation", _cooperation, optional=True),
    Kind("visit", "visits", _fields(("who", phrase, 0.5), ("site", name, 0.5)), optional=True),
)
HEADLINE: Final = tuple(kind.name for kind in KINDS if kind.headline)
AWARD_ATTRIBUTES: Final = ("grade", "year", "level", "count", "conferrer")


def attribute_agrees(gold: Item, found: Item, key: str) -> bool | None:
    """Whether an attribute of two matched awards is the same; None where the annotation leaves it open ('?').

    >>> attribute_agrees({"grade": "一等奖"}, {"grade": None}, "grade")
    False
    >>> attribute_agrees({"conferrer": ["省总工会"]}, {"conferrer": ["甘肃省总工会"]}, "conferrer")
    True
    """
    if gold.get(key) == "?":
        return None
    if key != "conferrer":
        return same(gold, found, key)
    stated = forms(gold.get(key))
    return alike(gold, found, key, name) >= 0.5 if stated else not forms(found.get(key))
