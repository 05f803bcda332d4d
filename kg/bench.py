"""How fast it is: loading time, characters per second end to end, and plain tagging of the same text beside it.

read → annotate → extract → resolve → graph → N-Quads, one report after the other, on one core
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Final

SAMPLE: Final = Path(__file__).parent / "samples" / "highlights-2024.txt"
LEAST_SECONDS: Final = 3.0
TAGGERS: Final = ("rjieba", "jieba")  # module names; jieba is no dependency


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured; ``taggers`` gives characters per second, or None for one that is not installed."""

    load_seconds: float
    fresh: bool  # whether nothing of the pipeline was imported before
    reports: int
    characters: int
    seconds: float
    quads: int
    taggers: dict[str, float | None] = field(default_factory=dict)

    @property
    def speed(self) -> float:
        """Characters per second, end to end."""
        return self.characters / self.seconds

    def ratio(self, tagger: str) -> float | None:
        """Our speed as a share of the tagger's: 0.5 means that we take twice as long."""
        speed = self.taggers.get(tagger)
        return self.speed / speed if speed else None


def bench(inputs: Sequence[str | Path] = (), *, seconds: float = LEAST_SECONDS) -> Bench:
    """Measure with some reports (the packaged sample if none is named) for at least so many seconds."""
    fresh = "spacy" not in sys.modules
    start = perf_counter()
    run = _pipeline()
    load_seconds = perf_counter() - start
    texts = _texts(inputs or [SAMPLE])
    run(texts[0], 0)  # what is read on first use is no part of the speed
    count, characters, quads, elapsed = 0, 0, 0, 0.0
    start = perf_counter()
    while elapsed < seconds or count < len(texts):
        text = texts[count % len(texts)]
        quads += run(text, count)
        characters += len(text)
        count += 1
        elapsed = perf_counter() - start
    taggers = {name: _tagging(name, texts) for name in TAGGERS}
    return Bench(load_seconds, fresh, count, characters, elapsed, quads, taggers)


def _pipeline() -> Callable[[str, int], int]:
    """Import and load everything; gives a function from a report's text to the number of its quads."""
    import pyoxigraph as ox

    from kg import annotate, graph, process, read

    nlp = annotate.load()

    def run(text: str, number: int) -> int:
        document = read.read_text(text, source=f"bench-{number}")
        found = process.process([document], nlp=nlp)
        quads = graph.build(found.extractions, found.resolution)
        ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        return len(quads)

    return run


def _texts(inputs: Sequence[str | Path]) -> list[str]:
    from kg import read

    return [document.text for document in read.read_all(inputs)]


def _tagging(name: str, texts: Sequence[str], seconds: float = 1.0) -> float | None:
    """Characters per second of a tagger, after a first run; None if it is not installed."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:  # a folder of that name is no package
        return None
    tag = _tagger(name)
    tag(texts[0])
    characters, elapsed = 0, 0.0
    start = perf_counter()
    while elapsed < seconds:
        for text in texts:
            tag(text)
            characters += len(text)
        elapsed = perf_counter() - start
    return characters / elapsed


def _tagger(name: str) -> Callable[[str], list[Any]]:
    if name == "rjieba":
        import rjieba

        return lambda text: list(rjieba.tag(text))
    import logging

    from jieba import posseg

    logging.getLogger("jieba").setLevel(logging.WARNING)

    return lambda text: list(posseg.cut(text))
