"""The chain in memory: documents in; extractions and what their mentions mean out.

    read → **annotate → extract → resolve** → graph → check → (query | view | export | …)

What builds, evaluates and measures all goes through here, so that all of them see the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from kg import annotate, extract, resolve
from kg.model import Document, Extraction, Resolution

Progress = Callable[[str, int, int], None]  # (what is being done, how much is done, of how much)


@dataclass(frozen=True, slots=True)
class Processed:
    """What was found in some documents, and which entities their mentions mean."""

    extractions: tuple[Extraction, ...]
    resolution: Resolution


def process(
    documents: Sequence[Document],
    *,
    nlp: Language | None = None,
    progress: Progress | None = None,
    identity: resolve.Identity | None = None,
) -> Processed:
    """Find the facts of documents and resolve them together.

    ``nlp`` spares loading the annotator again; ``progress`` is told before each document; ``identity`` is what an
    ``identity.toml`` says.
    """
    extractions = tuple(extract_each(documents, nlp=nlp or annotate.load(), progress=progress))
    return Processed(extractions, resolve.resolve(extractions, identity))


def extract_each(
    documents: Sequence[Document], *, nlp: Language, progress: Progress | None = None
) -> Iterable[Extraction]:
    """The extraction of each document, in order."""
    for done, document in enumerate(documents):
        if progress:
            progress(document.id, done, len(documents))
        found = extract.extract(annotate.annotate(document, nlp))
        yield replace(found, facts=tuple(dict.fromkeys(found.facts)))  # what two rules find alike is one fact
