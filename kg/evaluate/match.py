"""When two annotations mean the same: forms of names and phrases, and how alike they are.

A field of an annotation holds one form or several acceptable ones; two fields are as alike as their best pair of
forms. Everything is compared without blanks, punctuation, quotation marks and letter case.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

Item = Mapping[str, Any]
Similarity = Callable[[str, str], float]
Score = Callable[[Item, Item], float]  # 0 where two items cannot be the same

MOST_FORMS: Final = 12
_IGNORED: Final = frozenset("\"'“”‘’《》〈〉「」『』【】()（）[],，、;；:：·•.。!！?？—-…~～\u200b")
_SAME_UNIT: Final = {
    **dict.fromkeys(("名", "位", "余人"), "人"),
    **dict.fromkeys(("百分点", "个百分点"), "%"),
    "元人民币": "元",
    "平方公里": "平方千米",
    "公里": "千米",
    "km": "千米",
    "m": "米",
    "t": "吨",
    "场次": "场",
}
_POWERS: Final = {"千": 1e3, "万": 1e4, "亿": 1e8}
_SCALED: Final = frozenset(
    ["亿元", "万元", "千元", "万亩", "万人", "万吨", "万人次", "万平方米", "亿吨", "万户", "万千瓦"]
)  # '千瓦' is a unit of its own: only what is listed is taken apart


def plain(value: object) -> str:
    """A value without what people write differently; '' for None.

    >>> plain("“红旗 党支部”"), plain("ＡＢ（一）"), plain(None), plain(2024)
    ('红旗党支部', 'ab一', '', '2024')
    """
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return "".join(c for c in text if c not in _IGNORED and not c.isspace()).lower()


def forms(value: object) -> tuple[str, ...]:
    """The acceptable forms of a field, at most 12.

    >>> forms(["局", "“省地质局”", "，"]), forms("局"), forms(None)
    (('局', '省地质局'), ('局',), ())
    """
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(form for form in map(plain, values) if form)[:MOST_FORMS]


def exact(a: str, b: str) -> float:
    """1 for the same characters, else 0."""
    return float(a == b)


def phrase(a: str, b: str) -> float:
    """Honours, indicators, activities: the share that one contains of the other, or Dice over pairs of characters.

    >>> phrase("文明单位", "省直机关文明单位"), round(phrase("读书班", "专题读书会"), 3)
    (0.6, 0.333)
    """
    if a == b:
        return 1.0
    left, right = _pairs(a), _pairs(b)
    dice = 2 * len(left & right) / (len(left) + len(right))
    return max(_share(a, b), dice) if a in b or b in a else dice


def name(a: str, b: str) -> float:
    """Organisations, places, recipients: the share of a form that ends or begins the other, from two characters on.

    >>> name("局团委", "省地质局团委"), name("局", "省地质局"), name("地质", "省地质局")
    (0.5, 0.0, 0.0)
    """
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    return _share(a, b) if len(short) >= 2 and (long.endswith(short) or long.startswith(short)) else 0.0


def title(a: str, b: str) -> float:
    """Titles of posts: one ends the other, and both are deputies or none is.

    >>> title("书记", "党委书记"), title("局长", "副局长")
    (0.5, 0.0)
    """
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    return _share(a, b) if long.endswith(short) and ("副" in short) == ("副" in long) else 0.0


def best(gold: Iterable[str], found: Iterable[str], similarity: Similarity) -> float:
    """The best pair's similarity; 0 where one side has no form."""
    others = tuple(found)
    return max((similarity(a, b) for a in gold for b in others), default=0.0)


def alike(gold: Item, found: Item, key: str, similarity: Similarity) -> float:
    """How alike one field of two items is."""
    return best(forms(gold.get(key)), forms(found.get(key)), similarity)


def same(gold: Item, found: Item, key: str) -> bool:
    """Whether one plain field of two items is equal, both absent included."""
    return plain(gold.get(key)) == plain(found.get(key))


def base_value(item: Item) -> tuple[str, object]:
    """Unit and value of a measure in base form.

    >>> base_value({"value": 98, "unit": "万元"}), base_value({"value": 120, "unit": "名"})
    (('元', 980000.0), ('人', 120))
    """
    unit, value = plain(item.get("unit")), item.get("value")
    if unit in _SCALED and isinstance(value, int | float):
        return unit[1:], value * _POWERS[unit[0]]
    return _SAME_UNIT.get(unit, unit), value


def same_value(gold: Item, found: Item) -> bool:
    """Whether two measures hold the same quantity, up to one in a million."""
    (unit, value), (other_unit, other) = base_value(gold), base_value(found)
    a, b = _number(value), _number(other)
    return unit == other_unit and a is not None and b is not None and math.isclose(a, b, rel_tol=1e-6)


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def _share(a: str, b: str) -> float:
    short, long = sorted((len(a), len(b)))
    return short / long


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}
