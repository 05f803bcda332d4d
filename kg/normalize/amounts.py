"""Quantities in running text: a number, its multipliers and decorations, and the unit or classifier that it counts.

The patterns and their examples are data (``kg/rules/quantity.toml``). A scan has three steps: what only looks like a
quantity is blanked out (names, ordinals, dates), the rules run over the rest, and of overlapping matches the longest
stays. Values come out in base form: multipliers are multiplied out, units have one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.model import Quantity
from kg.normalize import times
from kg.normalize.numerals import LARGE, SMALL, number
from kg.normalize.scan import places, scan
from kg.normalize.width import halfwidth
from kg.rules import Rule, load

Bound = Literal["exact", "lower", "upper", "about", "between"]

BLANK = "\ue000"  # stands for a character that belongs to a name or a date

# one spelling for each unit; classifiers stay as they are said
UNITS: dict[str, str] = {
    "元人民币": "元", "人民币元": "元", "人民币": "元", "元整": "元", "块钱": "元", "美金": "美元",
    "平方公里": "平方千米", "km2": "平方千米", "km²": "平方千米", "m2": "平方米", "m²": "平方米", "㎡": "平方米",
    "平米": "平方米", "平方": "平方米", "ha": "公顷", "立方": "立方米", "方": "立方米", "m3": "立方米", "m³": "立方米",
    "公里": "千米", "km": "千米", "m": "米", "cm": "厘米", "mm": "毫米", "延长米": "延米",
    "公斤": "千克", "kg": "千克", "mg": "毫克", "g": "克", "t": "吨", "mL": "毫升", "ml": "毫升", "L": "升", "l": "升",
    "度电": "千瓦时", "千瓦·时": "千瓦时", "kWh": "千瓦时", "KWh": "千瓦时", "kwh": "千瓦时", "Kwh": "千瓦时",
    "kW·h": "千瓦时", "kW": "千瓦", "KW": "千瓦", "kw": "千瓦", "Kw": "千瓦", "MW": "兆瓦", "MWh": "兆瓦时",
    "GW": "吉瓦", "GWh": "吉瓦时", "kV": "千伏", "kVA": "千伏安", "kV·A": "千伏安", "dB": "分贝",
    "℃": "摄氏度", "°C": "摄氏度", "个百分点": "%", "百分点": "%", "个点": "%", "百分之": "%", "成": "%", "分之": "%",
    "千分之": "‰", "万分之": "‱", "名师傅": "名", "个小时": "小时", "个星期": "星期",
}  # fmt: skip

_SCALES = {**{c: float(n) for c, n in SMALL.items()}, **{c: float(n) for c, n in LARGE.items()}}
_MORE = re.compile(r"[余多几来]")
_TRAILING_SCALE = re.compile(r"[十百千万亿]+$")
_CLAUSE_END = re.compile(r"\s*(?:[,。;、:)!?]|$)")
_BEFORE = 5  # characters in front of a number that may decorate it


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMatch:
    """A quantity where it stands. ``start`` and ``end`` take in its decorations (近, 以上).

    ``value`` and ``unit`` are in base form; ``classifier`` is the unit as written and ``multiplier`` what 万, 亿 ...
    stand for. ``indefinite`` marks 一个, 一项 ... where it may be no count ('是一项系统工程').
    """

    value: float
    unit: str
    approximate: bool
    lower: float | None
    upper: float | None
    start: int
    end: int
    number_start: int
    number_end: int
    unit_start: int
    unit_end: int
    multiplier: float
    classifier: str
    rule: str
    indefinite: bool = False

    @property
    def quantity(self) -> Quantity:
        """What the model keeps of it.

        >>> quantities("近万件")[0].quantity
        Quantity(value=10000.0, unit='件', approximate=True, lower=None, upper=10000.0, start=0, end=3)
        """
        return Quantity(self.value, self.unit, self.approximate, self.lower, self.upper, self.start, self.end)


def quantities(text: str) -> list[QuantityMatch]:
    """All quantities of ``text``, in order, without overlap.

    >>> [(q.value, q.unit) for q in quantities("惠及407户1533人,2023年投入98万元,增长16.5%")]
    [(407.0, '户'), (1533.0, '人'), (980000.0, '元'), (16.5, '%')]
    >>> [(q.value, q.lower, q.upper) for q in quantities("近37 万吨、9万余册、3至5名")]
    [(370000.0, None, 370000.0), (90000.0, 90000.0, None), (4.0, 3.0, 5.0)]
    >>> quantities("第七届运动会获一等奖,沿316国道到“五一”广场")
    []
    """
    wide = halfwidth(text)
    masked = _blank(wide, _names(wide))
    numbers = places(masked)
    found = [match for rule, produce in _producers() for match in _run(rule, produce, masked, numbers)]
    return _longest_first(found)


def unit(written: str) -> str:
    """The one spelling of a unit; rates keep their denominator.

    >>> unit("平方公里"), unit("吨/年"), unit("名")
    ('平方千米', '吨/年', '名')
    """
    head, slash, tail = written.partition("/")
    return UNITS.get(head, head) + (f"/{UNITS.get(tail, tail)}" if slash else "")


# -- names and dates -----------------------------------------------------------------------------------------------
def _names(text: str) -> Iterator[tuple[int, int]]:
    yield from times.spans(text)
    numbers = places(text)
    for rule in _name_rules():
        yield from (m.span() for m in scan(rule, text, numbers))


@cache
def _name_rules() -> tuple[Rule, ...]:
    return load("quantity").where(reads="name")


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    out: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if end > last:
            start = max(start, last)
            out += (text[last:start], BLANK * (end - start))
            last = end
    out.append(text[last:])
    return "".join(out)


# -- productions ---------------------------------------------------------------------------------------------------
def _run(rule: Rule, produce: Callable[[re.Match[str], str], _Read | None], text: str, numbers: list[int]) -> Iterator[QuantityMatch]:
    for match in scan(rule, text, numbers):
        if (read := produce(match, text)) and (finished := _finish(rule, match, read, text)):
            yield finished


@dataclass(frozen=True, slots=True)
class _Read:
    """What a production makes of a match, before decorations."""

    value: float
    multiplier: float = 1.0
    bound: Bound = "exact"
    lower: float | None = None
    upper: float | None = None
    bare: bool = False  # 百, 万 alone: a count only if something decorates it


def _plain(match: re.Match[str], text: str) -> _Read | None:
    return _figure(match["number"])


def _percent(match: re.Match[str], text: str) -> _Read | None:
    return _figure(match["number"])


def _tenths(match: re.Match[str], text: str) -> _Read | None:
    read = _figure(match["number"])
    return read and _Read(read.value * 10, 1.0, read.bound)


def _fraction(match: re.Match[str], text: str) -> _Read | None:
    below, above = number(match["number"]), number(match["number2"])
    return _Read(100 * above / below) if below and above is not None else None


def _range(match: re.Match[str], text: str) -> _Read | None:
    first, second = _figure(match["number"]), _figure(match["number2"])
    if not first or not second:
        return None
    low = first.value
    if first.multiplier == 1 and low < second.value / second.multiplier:
        low *= second.multiplier  # 3至5万元
    if low >= second.value:
        return None
    return _Read((low + second.value) / 2, second.multiplier, "between", low, second.value)


def _adjacent(match: re.Match[str], text: str) -> _Read | None:
    low, high = (float(number(c) or 0) for c in match["number"])
    scale = float(number(match["scale"]) or 1)
    return _Read((low + high) / 2 * scale, scale, "between", low * scale, high * scale)


def _more(match: re.Match[str], text: str) -> _Read | None:
    read = _figure(match["number"])
    return read and replace(read, bound="lower")


def _vague(match: re.Match[str], text: str) -> _Read | None:
    words = match["number"]
    tens = re.sub(r"[数几上成余多来]", "", words)
    value = float(number(tens) or 0)
    if not value:
        return None
    if words[0] in "数几":
        return _Read(value, value, "between", value, value * 10)
    bare = tens == words
    return _Read(value, value, "exact" if bare else "lower", bare=bare)


def _figure(words: str) -> _Read | None:
    """A number with its multipliers and inner 余, 多: '640余万', '9万余', '37 万'."""
    plain = _MORE.sub("", words).strip()
    value = number(plain)
    if value is None:
        return None
    tail = _TRAILING_SCALE.search(plain) if plain[0] in "0123456789" else None
    multiplier = 1.0
    for c in tail[0] if tail else "":
        multiplier *= _SCALES[c]
    more = _MORE.search(words)
    bound: Bound = "exact" if not more else "about" if more[0] == "来" else "lower"
    return _Read(float(value), multiplier, bound)


_PRODUCTIONS: dict[str, Callable[[re.Match[str], str], _Read | None]] = {
    "count": _plain,
    "physical": _plain,
    "percent": _percent,
    "tenths": _tenths,
    "fraction": _fraction,
    "range": _range,
    "vague": _vague,
    "adjacent": _adjacent,
    "more": _more,
}


@cache
def _producers() -> tuple[tuple[Rule, Callable[[re.Match[str], str], _Read | None]], ...]:
    rules = load("quantity").rules
    return tuple((r, _PRODUCTIONS[r.extra["reads"]]) for r in rules if r.extra["reads"] in _PRODUCTIONS)


# -- decorations ---------------------------------------------------------------------------------------------------
@cache
def _decorations(side: str) -> tuple[tuple[re.Pattern[str], Bound], ...]:
    return tuple((rule.pattern, rule.extra["bound"]) for rule in load("quantity").where(reads=side))


def _before(text: str, start: int) -> tuple[int, Bound | None]:
    window = text[max(0, start - _BEFORE) : start]
    for pattern, bound in _decorations("before"):
        if match := pattern.search(window):
            return start - (len(window) - match.start()), bound
    return start, None


def _after(text: str, end: int) -> tuple[int, Bound | None]:
    for pattern, bound in _decorations("after"):
        if match := pattern.match(text, end):
            return match.end(), bound
    return end, None


def _finish(rule: Rule, match: re.Match[str], read: _Read, text: str) -> QuantityMatch | None:
    start, before = _before(text, match.start())
    if before == "exact":
        start = match.start()
    end, after = _after(text, match.end())
    if read.bare and before is None and after is None:
        return None
    bounds = [b for b in (after, before, read.bound) if b not in (None, "exact")]
    bound: Bound = bounds[0] if bounds and bounds[0] else "exact"
    lower, upper = _limits(bound, read)
    written = match["unit"] + (match.groupdict().get("tail") or "")
    first, last = match.span("number")
    return QuantityMatch(
        value=read.value, unit=unit(written), approximate=bound != "exact", lower=lower, upper=upper,
        start=start, end=end, number_start=first, number_end=last, unit_start=match.start("unit"),
        unit_end=match.end("unit"), multiplier=read.multiplier, classifier=written, rule=f"quantity.{rule.id}",
        indefinite=match["number"].strip() == "一" and not _CLAUSE_END.match(text, end),
    )  # fmt: skip


def _limits(bound: Bound, read: _Read) -> tuple[float | None, float | None]:
    if read.bound == "between":
        return read.lower, read.upper
    return {
        "exact": (read.value, read.value),
        "lower": (read.value, None),
        "upper": (None, read.value),
    }.get(bound, (None, None))


def _longest_first(found: list[QuantityMatch]) -> list[QuantityMatch]:
    """Without overlap: the longer number-and-unit wins, then the rule that stands first."""
    kept: list[QuantityMatch] = []
    order = sorted(range(len(found)), key=lambda i: (-_core(found[i]), i))
    occupied: set[int] = set()
    for i in order:
        cells = range(found[i].start, found[i].end)
        if occupied.isdisjoint(cells):
            occupied.update(cells)
            kept.append(found[i])
    return sorted(kept, key=lambda q: q.start)


def _core(match: QuantityMatch) -> int:
    return max(match.unit_end, match.number_end) - min(match.unit_start, match.number_start)
