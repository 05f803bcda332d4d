"""Works: titles in 《》, and quoted names of columns, series, brands and the like."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.lexis import Lexis
from kg.rules import load

_RULES = load("event")


def works(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Spans of works with the rule that found each: inside 《》, or a quotation with its kind.

    >>> text = "印发《航标十条》,推出“潮信”专栏"
    >>> [(text[s:e], rule) for s, e, rule in works(Lexis(text), 0, len(text))]
    [('航标十条', 'work.title'), ('“潮信”专栏', 'work.quoted')]
    """
    for rule in ("work.title", "work.quoted"):
        for m in _RULES.pattern(rule).finditer(lexis.text, start, end):
            yield m.start(), m.end(), rule
