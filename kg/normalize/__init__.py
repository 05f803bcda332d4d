"""From words to values: numbers, quantities, dates, sentences. Pure functions over strings.

>>> quantities("投入资金98万元")[0].value
980000.0
>>> dates("6月17日", base=None, period=2024)[0].iso
'2024-06-17'
>>> number("十二")
12
"""

from __future__ import annotations

from kg.normalize.amounts import QuantityMatch, quantities
from kg.normalize.numerals import number
from kg.normalize.split import sentences
from kg.normalize.times import DateMatch, dates
from kg.normalize.width import halfwidth

__all__ = ["DateMatch", "QuantityMatch", "dates", "halfwidth", "number", "quantities", "sentences"]
