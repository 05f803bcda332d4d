"""The viewer's page of a graph that was built before: ``kg view DIR -o FILE.html``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.graph import replacing
from kg.model import Document, Extraction
from kg.read import read_text
from kg.restore import restore
from kg.view import render


def view(place: str | Path, out: str | Path, *, share: bool = False, mask_names: bool = False) -> Path:
    """Write one offline HTML file that shows the graph of an output folder; gives its path.

    With ``share`` the page carries the quoted sentences but not the full texts; ``mask_names`` hides personal names.
    """
    held = restore(place)
    extractions = list(_laid_out(held.extractions))
    html = render(extractions, held.resolution, share=share, mask_names=mask_names)
    target = Path(out)
    with replacing(target) as temporary:
        temporary.write_text(html, encoding="utf-8", newline="\n")
    return target


def _laid_out(extractions: Sequence[Extraction]) -> Iterator[Extraction]:
    """With the roles of the lines (title, caption, …), which the graph does not keep, read from the text again."""
    for extraction in extractions:
        document: Document = extraction.document
        again = read_text(document.text, source=document.source or document.id)
        same = again.text == document.text
        yield replace(extraction, document=replace(document, blocks=again.blocks)) if same else extraction
