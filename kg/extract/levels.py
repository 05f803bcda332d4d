"""Level of an honour from the words that state its scope, and rank from who confers it."""

from __future__ import annotations

from typing import cast

from kg.model import Level
from kg.rules import load

_RULES = load("level").rules
_RANKS = {rule.extra["level"]: str(rule.extra["rank"]) for rule in _RULES if "rank" in rule.extra}


def level_of(words: str) -> Level | None:
    """The level that the words state, None if they say nothing of it. The first rule that finds its words decides.

    >>> level_of("省直机关红旗党支部"), level_of("全国文明单位"), level_of("优秀个人")
    ('provincial', 'national', None)
    """
    return next((cast(Level, rule.extra["level"]) for rule in _RULES if rule.pattern.search(words)), None)


def rank_of(level: Level | None) -> str | None:
    """The usual standing of a body that confers at this level.

    >>> rank_of("municipal"), rank_of("unit"), rank_of(None)
    ('市厅级', None, None)
    """
    return _RANKS.get(level)
