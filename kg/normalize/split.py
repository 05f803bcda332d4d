"""Sentences of a stretch of text."""

from __future__ import annotations

import re

from kg.normalize.width import halfwidth

_END = re.compile(
    r"[。!?…][。!?…]*[”’」』》)]*"  # stops, with the quotes that close on them
    r"|(?<=[\u4e00-\u9fff”》)%])\.(?=[\u4e00-\u9fff\s“《]|\Z)"  # a half-width stop after a hanzi
    r"|[\r\n]+"
)
_CLOSED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,60}》|\([^()\n]{1,60}\)|「[^「」\n]{1,60}」")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences in ``text[start:end]``, without the blanks around them.

    Sentences end at 。!? and at line ends, not at semicolons, and not inside short quotations, titles and brackets
    (at most 60 characters); a half-width stop ends one only after a hanzi and before a hanzi, a blank or the end.

    >>> text = "获评先进。总长3.5公里;写出“我们来了!”一文。\\n第二段."
    >>> [text[a:b] for a, b in sentences(text)]
    ['获评先进。', '总长3.5公里;写出“我们来了!”一文。', '第二段.']
    """
    end = len(text) if end is None else end
    text = halfwidth(text)
    closed = [m.span() for m in _CLOSED.finditer(text, start, end)]
    out: list[tuple[int, int]] = []
    first, i = start, 0
    for stop in _END.finditer(text, start, end):
        while i < len(closed) and closed[i][1] <= stop.start():
            i += 1
        if i < len(closed) and closed[i][0] < stop.start() and not _closes(stop, closed[i], text):
            continue
        _keep(text, first, stop.end(), out)
        first = stop.end()
    _keep(text, first, end, out)
    return out


def _closes(stop: re.Match[str], closed: tuple[int, int], text: str) -> bool:
    """Whether a stop inside a short quotation ends the sentence: only a full stop at the end of quoted speech does."""
    return stop.end() >= closed[1] and text[closed[0]] == "“" and "。" in stop[0]


def _keep(text: str, start: int, end: int, out: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if end > start:
        out.append((start, end))
