"""What the components hand to one another: sentences with their lexical view, and candidate spans."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import cast

from spacy.tokens import Doc

from kg.annotate.lexis import Lexis
from kg.model import BlockKind, Document, EntityKind

KINDS: dict[str, EntityKind] = {"P": "Person", "O": "Organization", "L": "Place", "H": "Honour", "A": "Activity", "W": "Work"}


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a block; offsets are the document's, those of ``lexis`` the sentence's own."""

    start: int
    end: int
    text: str
    block: int
    kind: BlockKind
    section: int | None
    lexis: Lexis

    @classmethod
    def of(cls, document: Document, block: int, start: int, end: int) -> Sentence:
        text = document.text[start:end]
        of = document.blocks[block]
        return cls(start, end, text, block, of.kind, of.section, Lexis(text))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that a component proposes. ``part`` is where its own last part starts in a chain of places."""

    start: int
    end: int
    tag: str
    rule: str
    confidence: float
    subtype: str = ""
    part: int | None = None


def document_of(doc: Doc) -> Document:
    """The document that the Doc was made from."""
    return cast(Document, doc.user_data["document"])


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences, in order."""
    return cast("tuple[Sentence, ...]", doc.user_data["sentences"])


def sentence_at(doc: Doc, offset: int) -> Sentence | None:
    """The sentence that holds the character at ``offset``, None outside of all."""
    found = sentences_of(doc)
    i = bisect_right(found, offset, key=lambda s: s.start) - 1
    return found[i] if i >= 0 and offset < found[i].end else None


def candidates(doc: Doc) -> dict[str, list[Candidate]]:
    """Candidates by component."""
    return cast("dict[str, list[Candidate]]", doc.user_data.setdefault("candidates", {}))
