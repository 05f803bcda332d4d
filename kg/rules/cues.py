"""Word lists that several rule files and annotators share, from ``cues.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.errors import RuleError


@cache
def _file() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))


@cache
def words(table: str, name: str) -> frozenset[str]:
    """The words of one list.

    >>> "荣获" in words("awards", "active")
    True
    """
    try:
        return frozenset(_file()[table][name].split())
    except KeyError:
        raise RuleError(f"没有词表 {table}.{name}", f"no word list {table}.{name}", where="cues.toml") from None


def alternation(items: Iterable[str]) -> str:
    """A regular expression that matches one of ``items``, the longest first.

    >>> alternation(["获", "获评"])
    '(?:获评|获)'
    """
    return "(?:" + "|".join(re.escape(w) for w in sorted(items, key=lambda w: (-len(w), w))) + ")"
