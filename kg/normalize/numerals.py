"""The value of a number as written: digits, hanzi, or both ('1.2万', '三百零五', '3万5千')."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.normalize.width import halfwidth

DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
DIGIT |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}

_LONGEST = 32  # characters; what is longer is an identifier
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.", re.S)
_GROUPING = re.compile(r"(?<=\d)[,\u00a0\u2009\u202f ](?=\d)|\s")
_DIGITS_ONLY = re.compile(rf"[{''.join(DIGIT)}]+")
_WELL_FORMED = re.compile(rf"(?:\d+(?:\.\d+)?|[{''.join(DIGIT)}{''.join(SMALL)}{''.join(LARGE)}])+")


@lru_cache(maxsize=4096)
def number(text: str) -> int | float | None:
    """The value of a number in digits or hanzi, None if it is no number.

    >>> number("十二"), number("1,235.8"), number("3万5千"), number("二〇二三"), number("三百零五")
    (12, 1235.8, 35000, 2023, 305)
    >>> number("两亿三千万"), number("百"), number("一点五"), number("12亿3456万"), number("甲")
    (230000000, 100, 1.5, 1234560000, None)
    """
    clean = _GROUPING.sub("", halfwidth(text))
    whole, point, fraction = clean.partition("点")
    if point:
        return _with_fraction(whole, fraction)
    if len(clean) > _LONGEST or not _WELL_FORMED.fullmatch(clean):
        return None
    if len(clean) > 1 and _DIGITS_ONLY.fullmatch(clean):
        return int("".join(str(DIGIT[c]) for c in clean))
    return _integral(_sum(clean))


def _with_fraction(whole: str, fraction: str) -> int | float | None:
    base = number(whole)
    scale = fraction.lstrip("".join(DIGIT))
    digits = fraction[: len(fraction) - len(scale)]
    if base is None or not digits or any(c not in LARGE and c not in SMALL for c in scale):
        return None
    value = float(f"{int(base)}.{''.join(str(DIGIT[c]) for c in digits)}")
    for c in scale:
        value *= LARGE.get(c) or SMALL[c]
    return _integral(round(value, 6))


def _sum(text: str) -> float:
    """Digits times their multipliers, added up: each of 万 and 亿 scales what stands before it."""
    total = section = current = 0.0
    seen = False  # a digit waits for its multiplier
    for token in _TOKEN.findall(text):
        if token in SMALL:
            section += (current if seen else 1) * SMALL[token]
            current, seen = 0.0, False
        elif token in LARGE:
            before = section + current
            section, current, seen = 0.0, 0.0, False
            if token == "亿" or (total == 0 and before == 0):
                total = ((total + before) or 1) * LARGE[token]
            else:
                total += before * LARGE[token]
        else:
            current, seen = float(DIGIT.get(token, token)), True
    return total + section + current


def _integral(value: float) -> int | float:
    value = round(value, 6)
    return int(value) if value == int(value) else value
