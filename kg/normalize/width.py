"""Half width, one character for one, so that offsets hold."""

from __future__ import annotations

_TABLE: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # the full-width ASCII block
    **dict.fromkeys(map(ord, "‐‑−"), "-"),
    **dict.fromkeys(map(ord, "〜∼"), "~"),
    **dict.fromkeys(map(ord, "○◯"), "〇"),  # typed for the zero of a year in hanzi
    ord("∶"): ":",
}


def halfwidth(text: str) -> str:
    r"""``text`` with full-width letters, digits and signs in half width, of the same length.

    >>> halfwidth("增长\uff11\uff16.\uff15\uff05")
    '增长16.5%'
    """
    return text.translate(_TABLE)
