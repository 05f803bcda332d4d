"""Dates in running text, as precise as they are stated, resolved against the report's own date and year.

The patterns and their examples are data (``kg/rules/date.toml``); this module turns what they match into days. A date
without a year takes the year stated before it in the same sentence, else the report's period, else the year of
publication; the year before, if that day would be more than a week after the publication (reports look back; but news
of 28 January that says 1月31日 means the coming one, not one a year ago).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.normalize.numerals import number
from kg.normalize.scan import places, scan
from kg.normalize.width import halfwidth
from kg.rules import Rule, load

PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
CONGRESSES = {"十七大": date(2007, 10, 15), "十八大": date(2012, 11, 8), "十九大": date(2017, 10, 18), "二十大": date(2022, 10, 16)}
RELATIVE = {
    "今年": 0, "本年": 0, "本年度": 0, "当年": 0, "同年": 0, "去年": -1, "上年": -1, "上年度": -1, "上一年度": -1,
    "前年": -2, "明年": 1, "次年": 1, "翌年": 1,
}  # fmt: skip
AHEAD = timedelta(days=7)  # so far after its publication a report may tell of a day without a year
DAYS = {"今": 0, "昨": -1, "前": -2, "明": 1}
THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "中": (11, 20), "底": (21, 31), "末": (21, 31)}
PARTS = {
    "上半年": (1, 6), "下半年": (7, 12), "前半年": (1, 6), "前三季度": (1, 9), "前两季度": (1, 6), "前3季度": (1, 9), "前2季度": (1, 6), "年初": (1, 1),
    "初": (1, 1), "年中": (6, 6), "年底": (12, 12), "年末": (12, 12), "岁末": (12, 12), "底": (12, 12), "末": (12, 12),
    "年内": (1, 12), "全年": (1, 12),
}  # fmt: skip

_OPENING = re.compile(r"(?:截[至止]到?|截[至止]于|直[至到])\s?$")
_SINCE = re.compile(r"\s?(?:以来|至今|起|开始)")
_PLANNED = re.compile(r"(?:将于|定于|拟于|将在|计划于|预计)$")
_STOP = re.compile(r"[。!?\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMatch:
    """A date, a span or a relative time where it stands.

    ``iso`` is as precise as the words ('2023', '2023-06', '2023-06-15'; of a span, its beginning); ``first`` and
    ``last`` are the days that it covers, None where it is open. ``relative`` marks words that count from the day of
    publication (去年, 近日), ``inferred`` a year that the words themselves do not give.
    """

    start: int
    end: int
    iso: str | None
    first: str | None
    last: str | None
    rule: str
    relative: bool = False
    inferred: bool = False

    @property
    def year(self) -> int | None:
        """The year, if it is one year.

        >>> [d.year for d in dates("2023年,2021—2023年")]
        [2023, None]
        """
        return int(self.iso[:4]) if self.iso else None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a date is read against."""

    base: date | None
    period: int | None
    stated: int | None  # the year stated before it in the sentence
    planned: bool  # 将于, 定于 stands before it

    @property
    def year(self) -> int | None:
        return self.period if self.period is not None else self.base.year if self.base else None


@dataclass(frozen=True, slots=True)
class _Time:
    iso: str | None
    first: date | None
    last: date | None
    relative: bool = False
    inferred: bool = False


def dates(text: str, base: date | None = None, period: int | None = None) -> list[DateMatch]:
    """All dates of ``text``, in order, without overlap. ``base`` is the day of publication, ``period`` the report's year.

    >>> [(d.iso, d.first, d.last) for d in dates("6月12日—16日、上半年", date(2023, 12, 27), 2023)]
    [('2023-06-12', '2023-06-12', '2023-06-16'), ('2023', '2023-01-01', '2023-06-30')]
    >>> [d.iso for d in dates("2029年8月开工,11月竣工;昨日", date(2031, 3, 20))]
    ['2029-08', '2029-11', '2031-03-19']
    >>> [d.iso for d in dates("6月17日")]
    [None]
    """
    wide = halfwidth(text)
    out: list[DateMatch] = []
    stated, since = None, 0
    for rule, match in _matches(wide):
        if stated is not None and _STOP.search(wide, since, match.start()):
            stated = None
        planned = bool(_PLANNED.search(wide, max(0, match.start() - 4), match.start()))
        time = _read(rule, match, _Frame(base, period, stated, planned))
        if time is None:
            continue
        out.append(_finish(rule, match, time, wide, base))
        if time.iso and not time.inferred:
            stated, since = int(time.iso[:4]), match.end()
    return out


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where dates and clock times stand in half-width ``text``; they may overlap.

    >>> list(spans("2023年6月"))
    [(0, 7), (5, 7), (0, 5)]
    """
    numbers = places(text)
    for rule in load("date").rules:
        for match in scan(rule, text, numbers):
            yield match.span()


# -- finding -------------------------------------------------------------------------------------------------------
def _matches(text: str) -> list[tuple[Rule, re.Match[str]]]:
    """Longest first, then the order of the rules; in order of position."""
    numbers = places(text)
    found = [(rule, match) for rule in load("date").rules for match in scan(rule, text, numbers)]
    found.sort(key=lambda pair: pair[1].start() - pair[1].end())  # stable: the order of the file decides
    taken: set[int] = set()
    kept = []
    for rule, match in found:
        cells = range(match.start(), match.end())
        if taken.isdisjoint(cells):
            taken.update(cells)
            kept.append((rule, match))
    return sorted(kept, key=lambda pair: pair[1].start())


def _finish(rule: Rule, match: re.Match[str], time: _Time, text: str, base: date | None) -> DateMatch:
    first, last = time.first, time.last
    if _OPENING.search(text, max(0, match.start() - 4), match.start()):
        first = None
    elif first and _SINCE.match(text, match.end()):
        last = base
    return DateMatch(
        start=match.start(), end=match.end(), iso=time.iso, first=first.isoformat() if first else None,
        last=last.isoformat() if last else None, rule=f"date.{rule.id}", relative=time.relative, inferred=time.inferred,
    )  # fmt: skip


def _read(rule: Rule, match: re.Match[str], frame: _Frame) -> _Time | None:
    try:
        return _PRODUCTIONS[rule.extra["reads"]](match, frame)
    except (ValueError, OverflowError):  # no such day, as 2月30日
        return None


# -- productions ---------------------------------------------------------------------------------------------------
def _int(words: str | None) -> int:
    return int(number(words or "") or 0)


def _year(words: str | None, frame: _Frame) -> tuple[int | None, bool]:
    """The year that the words give, and whether they give it relative to the day of publication."""
    if not words:
        return None, False
    if words in RELATIVE:
        if words in ("当年", "同年", "次年", "翌年") and frame.stated:
            return frame.stated + RELATIVE[words], False
        return (frame.year + RELATIVE[words] if frame.year else None), True
    return _int(words.replace("零", "〇").replace("O", "〇")), False


def _inferred_year(month: int, day: int | None, frame: _Frame) -> int | None:
    """The year of a day, or of a month that begins in it, that states none."""
    if frame.stated:
        return frame.stated
    year = frame.year
    if year and frame.base and not frame.planned:
        when = date(year, month, min(day or 1, calendar.monthrange(year, month)[1]))
        return year - (when - frame.base > (AHEAD if day else timedelta(0)))
    return year


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(match: re.Match[str], frame: _Frame) -> _Time | None:
    groups = match.groupdict()
    month, day = _int(groups["m"]), _int(groups["d"])
    year, relative = _year(groups.get("y"), frame)
    inferred = not groups.get("y")
    if inferred:
        year = _inferred_year(month, day, frame)
    if year is None:
        date(2000, month, day)  # is there such a day?
        return _Time(None, None, None, relative, inferred)
    when = date(year, month, day)
    return _Time(when.isoformat(), when, when, relative, inferred)


def _iso(match: re.Match[str], frame: _Frame) -> _Time | None:
    get = match.groupdict()
    when = date(int(get["y"] or get["y2"]), int(get["m"] or get["m2"]), int(get["d"] or get["d2"]))
    return _Time(when.isoformat(), when, when)


def _dayonly(match: re.Match[str], frame: _Frame) -> _Time | None:
    if not frame.base:
        return _Time(None, None, None, False, True)
    when = frame.base.replace(day=1)
    day = int(match["d"])
    if day > frame.base.day:
        when = (when - timedelta(days=1)).replace(day=1)
    when = when.replace(day=day)
    return _Time(when.isoformat(), when, when, False, True)


def _month(match: re.Match[str], frame: _Frame) -> _Time | None:
    get = match.groupdict()
    month, part = _int(get["m"] or get.get("m2")), get.get("x") or get.get("x2")
    year, relative = _year(get.get("y"), frame)
    inferred = not get.get("y")
    if inferred:
        year = _inferred_year(month, None, frame)
    if year is None:
        return _Time(None, None, None, relative, inferred)
    first, last = date(year, month, 1), _month_end(year, month)
    if part:
        low, high = THIRDS[part]
        first, last = first.replace(day=low), min(last, first.replace(day=high) if high < 29 else last)
    return _Time(f"{year:04d}-{month:02d}", first, last, relative, inferred)


def _span(match: re.Match[str], frame: _Frame) -> _Time | None:
    get = match.groupdict()
    year, relative = _year(get.get("y"), frame)
    inferred = not get.get("y")
    month, day = _int(get["m"]), _int(get.get("d"))
    month2 = _int(get.get("m2")) or month
    if inferred:
        year = _inferred_year(month, day or None, frame)
    if year is None:
        return _Time(None, None, None, relative, inferred)
    year2 = _year(get.get("y2"), frame)[0] or year + (month2 < month)
    first = date(year, month, day or 1)
    last = date(year2, month2, _int(get["d2"])) if get.get("d2") else _month_end(year2, month2)
    iso = first.isoformat() if day else f"{year:04d}-{month:02d}"
    return _Time(iso, first, last, relative, inferred) if first <= last else None


def _part(match: re.Match[str], frame: _Frame) -> _Time | None:
    if quarter := match["p"]:
        numbers = [_int(c) for c in re.findall(r"[一二三四1-4]", quarter)]
        months = (3 * numbers[0] - 2, 3 * numbers[-1])
    else:
        months = PARTS[match["p2"] or match["p3"]]
    year, relative = _year(match["y"], frame)
    inferred = not match["y"]
    if inferred:  # 年底 looks ahead as often as back
        year = (frame.stated or frame.year) if match["p3"] else _inferred_year(months[0], None, frame)
    if year is None:
        return _Time(None, None, None, relative or inferred, inferred)
    return _Time(f"{year:04d}", date(year, months[0], 1), _month_end(year, months[1]), relative, inferred)


def _whole_year(year: int | None, *, relative: bool = False, inferred: bool = False) -> _Time:
    if year is None:
        return _Time(None, None, None, relative, inferred)
    return _Time(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), relative, inferred)


def _plain_year(match: re.Match[str], frame: _Frame) -> _Time | None:
    return _whole_year(_year(match["y"], frame)[0])


def _relative_year(match: re.Match[str], frame: _Frame) -> _Time | None:
    year, relative = _year(match["y"], frame)
    time = _whole_year(year, relative=relative)
    if match[0].endswith("以来"):
        return _Time(time.iso, time.first, frame.base, relative)
    return time


def _year_span(match: re.Match[str], frame: _Frame) -> _Time | None:
    first, second = _year(match["y"], frame)[0], _year(match["y2"], frame)[0]
    if first is None or second is None or first >= second:
        return None
    return _Time(None, date(first, 1, 1), date(second, 12, 31))


def _decade(match: re.Match[str], frame: _Frame) -> _Time | None:
    century = _int(match["c"]) or (21 if match[0].startswith("本世纪") else 20)
    first = (century - 1) * 100 + _int(match["n"])
    return _Time(None, date(first, 1, 1), date(first + 9, 12, 31))


def _relative_day(match: re.Match[str], frame: _Frame) -> _Time | None:
    if not frame.base:
        return _Time(None, None, None, True)
    when = frame.base + timedelta(days=DAYS[match["w"][0]])
    return _Time(when.isoformat(), when, when, True)


def _vague(match: re.Match[str], frame: _Frame) -> _Time | None:
    recent = match[0] in ("近日", "日前", "日内", "近期", "上周", "本周", "连日来", "目前", "当前", "本月")
    iso = f"{frame.base.year:04d}" if recent and frame.base else None
    return _Time(iso, None, frame.base, True, True)


def _last(match: re.Match[str], frame: _Frame) -> _Time | None:
    count, unit = _int(match["n"] or match["n2"]), match["u"] or match["u2"]
    base = frame.base
    if not base or not count:
        return _Time(None, None, base, True)
    if unit in ("周", "天"):
        return _Time(None, base - timedelta(days=count * (7 if unit == "周" else 1)), base, True)
    months = base.year * 12 + base.month - 1 - (count * 12 if unit == "年" else count)
    year, month = divmod(months, 12)
    first = date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))
    return _Time(None, first, base, True)


def _plan(match: re.Match[str], frame: _Frame) -> _Time | None:
    first = PLANS[match["f"]]
    return _Time(None, date(first, 1, 1), date(first + 4, 12, 31))


def _congress(match: re.Match[str], frame: _Frame) -> _Time | None:
    return _Time(None, CONGRESSES[match["f"]], frame.base, True)


def _until(match: re.Match[str], frame: _Frame) -> _Time | None:
    return _Time(None, None, frame.base, True)


def _nothing(match: re.Match[str], frame: _Frame) -> _Time | None:
    return None


_PRODUCTIONS: dict[str, Callable[[re.Match[str], _Frame], _Time | None]] = {
    "day": _day,
    "iso": _iso,
    "dayonly": _dayonly,
    "month": _month,
    "span": _span,
    "part": _part,
    "year": _plain_year,
    "relyear": _relative_year,
    "yearspan": _year_span,
    "decade": _decade,
    "relday": _relative_day,
    "vague": _vague,
    "last": _last,
    "plan": _plan,
    "congress": _congress,
    "until": _until,
    "clock": _nothing,
}

