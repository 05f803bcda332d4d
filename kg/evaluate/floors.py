"""The ratchet: the least F1 of each kind, raised by hand, lowered only explicitly.

``floors.json`` beside the gold reports holds ``{"macro": 0.9, "award": 0.85, "award.year": 0.8, ...}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.evaluate.score import Evaluation

NAME: Final = "floors.json"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure below its floor."""

    name: str
    floor: float
    value: float


def figures(evaluation: Evaluation) -> dict[str, float]:
    """The figures that floors are set for: macro F1, F1 per kind, accuracy per attribute of awards.

    >>> from kg.evaluate.score import Tally
    >>> figures(Evaluation(kinds={"award": Tally(9, 1, 1)}, attributes={"year": Tally(1, 1, 0)}))
    {'macro': 0.9, 'award': 0.9, 'award.year': 0.5}
    """
    return {
        "macro": evaluation.macro_f1,
        **{kind: tally.f1 for kind, tally in evaluation.kinds.items() if tally.gold},
        **{f"award.{key}": tally.recall for key, tally in evaluation.attributes.items() if tally.gold},
    }


def read(path: Path) -> dict[str, float]:
    """The floors of a file; none if there is no such file."""
    if not path.is_file():
        return {}
    try:
        floors = json.loads(path.read_text("utf-8"))
        return {str(k): float(v) for k, v in floors.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise InputError("不是有效的下限文件", f"not a valid floors file: {error}", where=path) from error


def shortfalls(evaluation: Evaluation, floors: Mapping[str, float]) -> list[Shortfall]:
    """What is below its floor; a kind that vanished from the gold reports counts as 0.

    >>> from kg.evaluate.score import Tally
    >>> shortfalls(Evaluation(kinds={"award": Tally(9, 1, 1)}), {"award": 0.95})
    [Shortfall(name='award', floor=0.95, value=0.9)]
    """
    values = figures(evaluation)
    return [
        Shortfall(k, least, values.get(k, 0.0)) for k, least in floors.items() if values.get(k, 0.0) < least
    ]


def raised(evaluation: Evaluation, floors: Mapping[str, float], *, lower: bool = False) -> dict[str, float]:
    """New floors at the figures measured, rounded down to hundredths; lower ones only with ``lower``.

    >>> from kg.evaluate.score import Tally
    >>> worse = Evaluation(kinds={"award": Tally(1, 1, 1)})
    >>> raised(worse, {"award": 0.9})["award"], raised(worse, {"award": 0.9}, lower=True)["award"]
    (0.9, 0.5)
    """
    now = {name: floor(value * 100 + 1e-9) / 100 for name, value in figures(evaluation).items()}
    return now if lower else {**floors, **{name: max(v, floors.get(name, 0.0)) for name, v in now.items()}}


def write(path: Path, floors: Mapping[str, float]) -> None:
    """Write floors, sorted."""
    path.write_text(json.dumps(dict(sorted(floors.items())), ensure_ascii=False, indent=1) + "\n", "utf-8")
