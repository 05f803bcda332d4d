"""How good it is: reports beside their gold annotations, scored through the contract questions.

    evaluation = evaluate("tests/gold")
    evaluation.macro_f1, evaluation.kinds["award"].f1, evaluation.errors[0].sentence

Each ``NAME.txt`` (or .html, .docx, .pdf, .md) is built in memory and asked what users ask; ``NAME.json`` says what is
right, by the rules of ``tests/gold/SCHEMA.md``. Kinds, likeness and pairing stand in the modules of this package.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from kg import annotate, graph, process, query, read
from kg.errors import InputError
from kg.evaluate import floors
from kg.evaluate.facts import annotation
from kg.evaluate.kinds import AWARD_ATTRIBUTES, HEADLINE, KINDS
from kg.evaluate.score import Error, Evaluation, Tally, score, total

__all__ = [
    "AWARD_ATTRIBUTES",
    "HEADLINE",
    "KINDS",
    "Error",
    "Evaluation",
    "Tally",
    "evaluate",
    "floors",
    "found_in",
    "gold_reports",
    "score",
    "total",
]

Progress = Callable[[str, int, int], None]
_SUFFIXES: Final = (".txt", ".html", ".htm", ".md", ".docx", ".pdf")


def evaluate(
    gold_dir: str | Path,
    *,
    only: Iterable[str] = (),
    nlp: Language | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Score every annotated report of a folder, or only those named.

    Raises InputError if the folder holds no report beside its annotation, or an annotation is no valid JSON.
    """
    names = set(only)
    pairs = [(text, gold) for text, gold in gold_reports(gold_dir) if not names or gold.stem in names]
    if not pairs:
        raise InputError(
            "没有成对的报告(NAME.txt)和标注(NAME.json)",
            "no report (NAME.txt) beside its annotation (NAME.json)",
            where=gold_dir,
        )
    return total(_scored(pairs, nlp or annotate.load(), progress))


def gold_reports(gold_dir: str | Path) -> list[tuple[Path, Path]]:
    """The reports of a folder with their annotations, by name; what stands alone is left out."""
    found = []
    for gold in sorted(Path(gold_dir).glob("*.json")):
        texts = [gold.with_suffix(suffix) for suffix in _SUFFIXES]
        if text := next((path for path in texts if path.is_file()), None):
            found.append((text, gold))
    return found


def found_in(path: str | Path, *, nlp: Language | None = None) -> tuple[dict[str, Any], str]:
    """What the graph of one report states, in the form of an annotation, and the report's stored text."""
    document = read.read(Path(path))
    found = process.process([document], nlp=nlp)
    store = graph.flat(graph.build(found.extractions, found.resolution))
    return annotation(lambda question: query.ask(store, question).records(), document.text), document.text


def _scored(pairs: list[tuple[Path, Path]], nlp: Language, progress: Progress | None) -> Iterator[Evaluation]:
    for done, (path, gold) in enumerate(pairs):
        if progress:
            progress(gold.stem, done, len(pairs))
        found, text = found_in(path, nlp=nlp)
        yield score(gold.stem, _read_gold(gold), found, text=text)


def _read_gold(path: Path) -> dict[str, Any]:
    try:
        gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InputError(
            f"标注不是有效的 JSON:{error}", f"the annotation is no valid JSON: {error}", where=path
        ) from error
    return gold
