"""The viewer's page of a graph that was built before: ``kg view DIR -o FILE.html``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.graph import replacing
from kg.model import Document
from kg.read import read_text
from kg.restore import restore
from kg.view import render


def view(
    place: str | Path,
    out: str | Path,
    *,
    share: bool = False,
    mask_names: bool = False,
    documents: Iterable[Document] = (),
) -> Path:
    """Write one offline HTML file that shows the graph of an output folder; gives its path.

    With ``share`` the page carries the quoted sentences but not the full texts; ``mask_names`` hides personal names.
    ``documents`` spares laying out the reports again.
    """
    held = restore(place)
    known = {document.id: document for document in documents}
    extractions = [replace(e, document=known.get(e.document.id) or _laid_out(e.document)) for e in held.once]
    html = render(extractions, held.resolution, marks=held.marks, share=share, mask_names=mask_names)
    target = Path(out)
    with replacing(target) as temporary:
        temporary.write_text(html, encoding="utf-8", newline="\n")
    return target


def _laid_out(document: Document) -> Document:
    """With the roles of the lines (title, caption, …), which the graph does not keep, read from the text again."""
    again = read_text(document.text, source=document.source or document.id)
    return replace(document, blocks=again.blocks) if again.text == document.text else document
