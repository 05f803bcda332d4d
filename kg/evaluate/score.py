"""Precision, recall and F1 per kind over pairs of annotations, with every error in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from kg.evaluate.kinds import AWARD_ATTRIBUTES, HEADLINE, KINDS, Kind, attribute_agrees
from kg.evaluate.match import Item

Annotation = dict[str, Any]
Pairs = tuple[list[tuple[Item, Item]], list[Item], list[Item]]
_SENTENCE: Final = re.compile(r"[^。！!？?；;\n]*[。！!？?；;]?")
_NAME_KEYS: Final = (
    "sentence",
    "recipient",
    "name",
    "person",
    "indicator",
    "child",
    "media",
    "village",
    "site",
    "with",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items were found rightly, missed, and found wrongly.

    >>> t = Tally(right=8, missed=2, wrong=0)
    >>> t.precision, t.recall, round(t.f1, 3), t.gold, t.found
    (1.0, 0.8, 0.889, 10, 8)
    """

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def gold(self) -> int:
        """Items of the annotation."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """Items that the graph states."""
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """Which part of the found is right; 0 if nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Which part of the annotation was found; 0 if it is empty."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)


@dataclass(frozen=True, slots=True)
class Error:
    """One item that was missed, or found and wrong, or right with a wrong attribute."""

    report: str
    kind: str
    what: Literal["missed", "wrong", "attribute"]
    item: Item
    sentence: str  # '' where the item's words do not stand together in the text
    note: str = ""  # for attributes: 'year: 2023 → 2024'


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What comes out of an evaluation. ``attributes`` counts matched awards only."""

    reports: tuple[str, ...] = ()
    kinds: dict[str, Tally] = field(default_factory=dict)
    attributes: dict[str, Tally] = field(default_factory=dict)
    errors: tuple[Error, ...] = ()

    @property
    def headline(self) -> dict[str, float]:
        """F1 of those of the nine kinds that the annotations hold."""
        return {k: self.kinds[k].f1 for k in HEADLINE if k in self.kinds and self.kinds[k].gold}

    @property
    def macro_f1(self) -> float:
        """The mean F1 over the headline kinds; 0 if there is none."""
        values = self.headline.values()
        return sum(values) / len(values) if values else 0.0


def pair(gold: Sequence[Item], found: Sequence[Item], kind: Kind) -> Pairs:
    """Pair items one to one, most alike first, earlier items first where equally alike."""
    candidates = [
        (-likeness, i, j)
        for i, wanted in enumerate(gold)
        for j, got in enumerate(found)
        if (likeness := kind.score(wanted, got)) > 0
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    matched = [(gold[i], found[j]) for i, j in partner.items()]
    missed = [item for i, item in enumerate(gold) if i not in partner]
    return matched, missed, [item for j, item in enumerate(found) if j not in taken]


def score(report: str, gold: Annotation, found: Annotation, *, text: str = "") -> Evaluation:
    """Compare what was found in one report with its annotation; ``text`` lets errors show their sentence."""
    kinds: dict[str, Tally] = {}
    attributes = dict.fromkeys(AWARD_ATTRIBUTES, Tally())
    errors: list[Error] = []
    for kind in KINDS:
        if kind.optional and kind.key not in gold:
            continue
        matched, missed, wrong = pair(kind.items(gold), kind.items(found), kind)
        matched = [(g, f) for g, f in matched if not g.get("optional")]
        missed = [g for g in missed if not g.get("optional")]
        kinds[kind.name] = Tally(len(matched), len(missed), len(wrong))
        errors += [Error(report, kind.name, "missed", item, sentence_of(item, text)) for item in missed]
        errors += [Error(report, kind.name, "wrong", item, sentence_of(item, text)) for item in wrong]
        if kind.key == "awards":
            for g, f in matched:
                errors += _attributes(report, g, f, attributes, text)
    return Evaluation((report,), kinds, attributes, tuple(errors))


def _attributes(
    report: str, gold: Item, found: Item, tallies: dict[str, Tally], text: str
) -> Iterable[Error]:
    for key in AWARD_ATTRIBUTES:
        agrees = attribute_agrees(gold, found, key)
        if agrees is None:
            continue
        tallies[key] += Tally(right=int(agrees), missed=int(not agrees))
        if not agrees:
            note = f"{key}: {_shown(gold.get(key))} → {_shown(found.get(key))}"
            yield Error(report, "award", "attribute", gold, sentence_of(gold, text), note)


def total(evaluations: Iterable[Evaluation]) -> Evaluation:
    """All evaluations as one: counts are added, not averaged."""
    parts = tuple(evaluations)
    return Evaluation(
        tuple(r for part in parts for r in part.reports),
        _added(part.kinds for part in parts),
        _added(part.attributes for part in parts),
        tuple(e for part in parts for e in part.errors),
    )


def _added(tables: Iterable[dict[str, Tally]]) -> dict[str, Tally]:
    added: dict[str, Tally] = {}
    for table in tables:
        for key, tally in table.items():
            added[key] = added.get(key, Tally()) + tally
    return added


def sentence_of(item: Item, text: str) -> str:
    """The sentence of ``text`` that states an item: its own quote, else where one of its words stands.

    >>> sentence_of({"media": ["“湖北日报”", "湖北日报"]}, "全年工作有序。获湖北日报报道。")
    '获湖北日报报道。'
    """
    if item.get("quote"):
        return str(item["quote"])
    for key in _NAME_KEYS:
        value = item.get(key)
        for words in value if isinstance(value, list) else [value]:
            if words and (at := text.find(str(words))) >= 0:
                return _sentence_at(text, at)
    return ""


def _sentence_at(text: str, at: int) -> str:
    return next((m[0].strip() for m in _SENTENCE.finditer(text) if m.start() <= at < m.end()), "")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "/".join(map(str, value)) or "-"
    return "-" if value is None else str(value)
