"""From files and pages to documents: clean text, its blocks and sections, and what the layout says of the report.

>>> document = read_text("州图书馆2031年工作亮点\\n发布日期:2031-12-27 点击次数:\\n  一年来,我馆办展12场。\\n(州图书馆供稿)", source="a.txt")
>>> document.title, document.publisher, document.published, document.period
('州图书馆2031年工作亮点', '州图书馆', '2031-12-27', 2031)
>>> [(block.kind, document.text[block.start:block.end]) for block in document.blocks][2:]
[('paragraph', '一年来,我馆办展12场。'), ('byline', '(州图书馆供稿)')]
"""

from __future__ import annotations

from kg.normalize import sentences
from kg.read.files import SUFFIXES, expand, identify, named, read, read_all, read_text

__all__ = ["SUFFIXES", "expand", "identify", "named", "read", "read_all", "read_text", "sentences"]
