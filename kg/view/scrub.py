"""What a shared page must not show: telephone and identity numbers, and, if asked, personal names."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "█"
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"  # identity card, 18
    r"|[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"  # identity card, 15
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile telephone
    r"|\(?0\d{2,3}\)?[-—– ]\d{7,8}(?:[-—–转]\d{1,6})?"  # fixed line with area code
    r"|400[- ]?\d{3}[- ]?\d{4}"
    r")(?![0-9A-Za-z])"
)


def scrub(text: str) -> str:
    """Black out telephone and identity numbers; the length stays, so that offsets stay.

    >>> scrub("联系人电话13812345678,投入98万元")
    '联系人电话███████████,投入98万元'
    >>> scrub("证号42010619800101123X、027-87654321")
    '证号██████████████████、████████████'
    """
    return _NUMBERS.sub(lambda found: HIDDEN * len(found[0]), text)


def mask_name(name: str) -> str:
    """Keep the family name, hide the rest; the length stays.

    >>> mask_name("胡道银"), mask_name("欧阳明"), mask_name("Hu Daoyin")
    ('胡××', '欧阳×', 'H××××××××')
    """
    keep = 2 if name[:2] in _DOUBLE and len(name) > 2 else 1
    return name[:keep] + "×" * (len(name) - keep)


_DOUBLE = {
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "尉迟",
    "皇甫",
    "令狐",
    "慕容",
    "东方",
    "夏侯",
    "公孙",
    "司徒",
    "端木",
}


class Masker:
    """Replaces personal names and numbers in any text.

    >>> Masker(["胡道银"])("书记胡道银")
    '书记胡××'
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        known = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
        self._names = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        clean = scrub(text)
        return self._names.sub(lambda found: mask_name(found[0]), clean) if self._names else clean
