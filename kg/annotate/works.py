"""Works: titles in 《》, and quoted names of columns, series, brands and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.lexis import Lexis

_QUOTED = re.compile(
    r"“[^“”\n]{2,40}”(?:系列)?(?:先进事迹)?(?:栏目|访谈|专访|专栏|专题片|宣传片|微电影|短视频|纪录片|展播|品牌|丛书|小程序|公众号|系统|平台|软件|App|APP|工作法|经验|歌曲|节目|专刊|特刊|画册)"
)
_TITLE = re.compile(r"《([^《》\n]{1,60})》")


def works(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Spans of works: inside 《》, or a quotation with its kind."""
    for m in _TITLE.finditer(lexis.text, start, end):
        yield m.start(1), m.end(1), "work.title"
    for m in _QUOTED.finditer(lexis.text, start, end):
        yield m.start(), m.end(), "work.quoted"
