"""Rows of values as text: an aligned table for people, CSV and TSV for spreadsheets.

Spreadsheets run text that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and reports are written by others:
such text gets an apostrophe in front. Numbers stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

Value = str | int | float | Decimal | bool | None

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def cell(value: Value) -> str:
    """A value as plain text.

    >>> cell(None), cell(True), cell(Decimal("980000")), cell("党委书记")
    ('', 'true', '980000', '党委书记')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def safe(value: Value) -> str:
    """A value as text that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe(-5), safe("何家湾村")
    ("'=1+1", '-5', '何家湾村')
    """
    text = cell(value)
    if not isinstance(value, str):
        return text
    return "'" + text if text.startswith(_FORMULA) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """RFC 4180 text with a header.

    >>> csv_text(["a", "b"], [["x,y", 1]])
    'a,b\\r\\n"x,y",1\\r\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(value) for value in row] for row in rows)
    return out.getvalue()


def tsv_text(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """One line per row, tabs and line breaks inside a value written as ``\\t``, ``\\n``, ``\\r``.

    >>> tsv_text(["a"], [["x\\ty"]])
    'a\\nx\\\\ty\\n'
    """

    def flat(value: Value) -> str:
        text = safe(value)
        for raw, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
            text = text.replace(raw, written)
        return text

    lines = ["\t".join(header), *("\t".join(map(flat, row)) for row in rows)]
    return "\n".join(lines) + "\n"


def width(text: str) -> int:
    """Columns that a terminal gives to a text: two for a Chinese character.

    >>> width("abc"), width("何家湾村")
    (3, 8)
    """
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clip(text: str, limit: int) -> str:
    """One line of at most ``limit`` columns, without control characters.

    >>> clip("召开学习会议\\n并讨论", 8)
    '召开学…'
    """
    text = _CONTROL.sub("\ufffd", " ".join(text.split()))
    if width(text) <= limit:
        return text
    kept, used = [], 0
    for char in text:
        used += _char_width(char)
        if used > limit - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def table_text(header: Sequence[str], rows: Iterable[Sequence[Value]], *, limit: int = 40) -> str:
    """Columns aligned for a terminal; long values are cut to ``limit`` columns.

    >>> print(table_text(["name", "n"], [["何家湾村", 3], ["a", 12]]))
    name      n
    --------  --
    何家湾村  3
    a         12
    """
    shown = [[clip(cell(value), limit) for value in row] for row in rows]
    widths = [max(width(name), *(width(row[i]) for row in shown), 0) for i, name in enumerate(header)]
    lines = [
        _line(header, widths),
        _line(["-" * w for w in widths], widths),
        *(_line(row, widths) for row in shown),
    ]
    return "\n".join(lines)


def _line(values: Sequence[str], widths: Sequence[int]) -> str:
    padded = (value + " " * (size - width(value)) for value, size in zip(values, widths, strict=True))
    return "  ".join(padded).rstrip()
