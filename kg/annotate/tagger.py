"""The trained span tagger: two linear-chain conditional random fields over characters.

One finds names (persons, organisations, places, post titles), the other things (honours, activities, works), so
that a name inside a thing, as the contest's sponsor inside the contest's name, is found as well.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from kg.annotate.features import Features, features
from kg.annotate.lexis import Lexis

LAYERS = {"names": "POLT", "things": "HAW"}
MODELS = Path(__file__).parents[1] / "models"


class Found(NamedTuple):
    """A span that the model found, with the mean of its characters' marginal probabilities."""

    start: int
    end: int
    tag: str
    probability: float


class Tagger:
    """The two models, loaded once.

    A missing model file is no error: the rules then work alone (``kg build`` says so in its report).
    """

    def __init__(self, folder: Path = MODELS) -> None:
        self._models = []
        for layer in LAYERS:
            path = folder / f"{layer}.crf"
            if path.exists():
                model = pycrfsuite.Tagger()
                model.open(str(path))
                self._models.append(model)

    def __bool__(self) -> bool:
        return bool(self._models)

    def tag(self, lexis: Lexis, rows: Features | None = None) -> list[Found]:
        """Spans of one text, by both models, in order of position."""
        if not self._models or not lexis.text:
            return []
        items = pycrfsuite.ItemSequence(rows if rows is not None else features(lexis))
        found: list[Found] = []
        for model in self._models:
            labels = model.tag(items)
            found += [
                Found(s, e, t, sum(model.marginal(labels[i], i) for i in range(s, e)) / (e - s))
                for s, e, t in decode(labels)
            ]
        return sorted(found)


@cache
def load() -> Tagger:
    """The shipped tagger."""
    return Tagger()


def encode(n: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """BIOES labels of non-overlapping spans over ``n`` characters.

    >>> encode(4, [(0, 3, "P")])
    ['B-P', 'I-P', 'E-P', 'O']
    """
    labels = ["O"] * n
    for start, end, tag in spans:
        if end - start == 1:
            labels[start] = "S-" + tag
            continue
        labels[start:end] = ["B-" + tag, *["I-" + tag] * (end - start - 2), "E-" + tag]
    return labels


def decode(labels: list[str]) -> list[tuple[int, int, str]]:
    """Spans of BIOES labels; a broken sequence yields what it clearly says.

    >>> decode(['B-P', 'I-P', 'E-P', 'O', 'S-O'])
    [(0, 3, 'P'), (4, 5, 'O')]
    """
    spans, start = [], None
    for i, label in enumerate(labels):
        mark, _, tag = label.partition("-")
        if mark == "S":
            spans.append((i, i + 1, tag))
            start = None
        elif mark == "B":
            start = i
        elif mark == "E" and start is not None:
            spans.append((start, i + 1, tag))
            start = None
        elif mark == "O":
            start = None
    return spans
