"""Plots with readable Chinese: a font that is installed here and that matplotlib can draw with.

matplotlib is no part of a plain installation: pip install "achievement-kg[notebooks]".
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.errors import KgError, MissingExtra

# Families in order of preference: simplified Chinese sans first, other faces with the same characters last.
FONTS: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
    "Hiragino Sans GB",
    "Noto Serif CJK SC",
    "Songti SC",
    "SimSun",
    "Noto Sans CJK JP",  # all that older matplotlib sees of NotoSansCJK.ttc
    "Noto Serif CJK JP",
    "Arial Unicode MS",
)
# What the files of these families are called, for fonts that came after matplotlib made its list.
FILES: Final = (
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "pingfang",
    "msyh",
    "wqy",
    "simhei",
    "stheiti",
    "hiragino sans gb",
    "notoserifcjk",
    "songti",
    "simsun",
    "arial unicode",
)


def chinese_font() -> str:
    """The name of an installed font family with Chinese characters, known to matplotlib.

    Use it as ``plt.rcParams["font.family"] = chinese_font()``. Raises MissingExtra without matplotlib, and KgError
    if no such font is installed.
    """
    try:
        from matplotlib.font_manager import findSystemFonts, fontManager
    except ModuleNotFoundError:
        raise MissingExtra("notebooks", "matplotlib") from None
    if name := first({font.name for font in fontManager.ttflist}):
        return name
    for path in sorted(findSystemFonts()):
        if Path(path).name.lower().startswith(FILES):
            fontManager.addfont(path)
    if name := first({font.name for font in fontManager.ttflist}):
        return name
    raise KgError(
        "没有找到中文字体;请安装一种,如 apt-get install fonts-noto-cjk,再重新启动笔记本",
        "no Chinese font found; install one, e.g. apt-get install fonts-noto-cjk, and restart the notebook",
    )


def first(families: set[str]) -> str | None:
    """The preferred one of these font families, None if none of them has Chinese characters.

    >>> first({"DejaVu Sans", "SimHei", "Noto Sans CJK SC"}), first({"DejaVu Sans"})
    ('Noto Sans CJK SC', None)
    """
    return next((name for name in FONTS if name in families), None)
