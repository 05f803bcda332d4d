"""Running a rule over a text, everywhere or only where a number begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.rules import Rule

_PLACE = re.compile(r"[0-9]+|[〇零一二两三四五六七八九十百千万亿]+|[数几上成](?=[十百千万亿])|[今去上前明次翌本当同]年")


def places(text: str) -> list[int]:
    """Where a number may begin, and the years that words name (今年, 去年).

    >>> places("去年走访37户,数十家")
    [0, 4, 8, 9]
    """
    return [match.start() for match in _PLACE.finditer(text)]


def scan(rule: Rule, text: str, numbers: list[int]) -> Iterator[re.Match[str]]:
    """The matches of a rule, left to right without overlap; those of ``at = "number"`` are tried at ``numbers`` only."""
    if rule.extra.get("at") != "number":
        yield from rule.pattern.finditer(text)
        return
    match_at, end = rule.pattern.match, 0
    for place in numbers:
        if place >= end and (match := match_at(text, place)):
            yield match
            end = match.end()
