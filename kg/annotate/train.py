"""Train the tagger from the tagged sentences in kg/models/training: ``python -m kg.annotate.train``."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from kg.annotate.features import features
from kg.annotate.lexis import Lexis
from kg.annotate.markup import Tagged, parse
from kg.annotate.tagger import LAYERS, MODELS, Tagger, decode, encode

Sentence = tuple[str, list[Tagged]]


def sentences(folder: Path) -> list[Sentence]:
    """Every tagged line of the folder's files, in a fixed order."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                out.append(parse(line.strip(), where=f"{path.name}:{number}"))
    return out


def layer_spans(spans: Iterable[Tagged], tags: str) -> list[tuple[int, int, str]]:
    """The outermost spans among those of ``tags``, in order."""
    kept: list[tuple[int, int, str]] = []
    for s in sorted(spans, key=lambda s: (s.start, -s.end)):
        if s.tag in tags and (not kept or s.start >= kept[-1][1]):
            kept.append((s.start, s.end, s.tag))
    return kept


def train(data: list[Sentence], folder: Path, *, iterations: int = 120, c1: float = 0.08, c2: float = 0.02) -> None:
    """Fit both layers and write ``names.crf`` and ``things.crf``."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [pycrfsuite.ItemSequence(features(Lexis(text))) for text, _ in data]
    for layer, tags in LAYERS.items():
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        for row, (text, spans) in zip(rows, data, strict=True):
            trainer.append(row, encode(len(text), layer_spans(spans, tags)))
        trainer.set_params({"c1": c1, "c2": c2, "max_iterations": iterations, "feature.possible_transitions": True})
        trainer.train(str(folder / f"{layer}.crf"))


def score(tagger: Tagger, data: list[Sentence]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of exact spans for each tag."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for text, spans in data:
        gold = {s for tags in LAYERS.values() for s in layer_spans(spans, tags)}
        pred = {(f.start, f.end, f.tag) for f in tagger.tag(Lexis(text))}
        true.update(s[2] for s in gold)
        said.update(s[2] for s in pred)
        right.update(s[2] for s in gold & pred)
    out = {}
    for tag in "POLTHAW":
        p, r = right[tag] / max(1, said[tag]), right[tag] / max(1, true[tag])
        out[tag] = (p, r, 2 * p * r / (p + r) if p + r else 0.0)
    return out


def main() -> int:
    """Train on nine tenths and report on the rest, then train on everything and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=MODELS / "training")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--check", action="store_true", help="only the held-out tenth, no model written")
    args = parser.parse_args()
    data = sentences(args.data)
    random.Random(7).shuffle(data)
    cut = len(data) // 10
    if args.check:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            train(data[cut:], Path(folder), iterations=args.iterations)
            for tag, (p, r, f) in score(Tagger(Path(folder)), data[:cut]).items():
                sys.stdout.write(f"{tag} P {p:.3f} R {r:.3f} F {f:.3f}\n")
        return 0
    train(data, args.out, iterations=args.iterations)
    return 0


__all__ = ["decode", "layer_spans", "main", "score", "sentences", "train"]

if __name__ == "__main__":
    raise SystemExit(main())
