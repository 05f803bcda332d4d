"""A fact in one line of words, in Chinese and in English: '何家湾村 — 获 — 省级乡村振兴示范村 (2023, 省级)'.

Names are never translated; only the verb, the level and the bounds are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.model import (
    ActivityFact,
    Assistance,
    Award,
    Cooperation,
    Coverage,
    Fact,
    Measure,
    Mention,
    PartOf,
    Post,
    Quantity,
    Visit,
)

LEVEL_ZH = {
    "national": "国家级",
    "provincial": "省级",
    "municipal": "市级",
    "county": "县级",
    "township": "乡镇级",
    "unit": "本单位",
}
Name = Callable[[Mention], str]


@dataclass(frozen=True, slots=True)
class Words:
    """One fact in words."""

    zh: str
    en: str


def number(value: float) -> str:
    """A number without a needless fraction.

    >>> number(37.0), number(16.5), number(980000.0)
    ('37', '16.5', '980000')
    """
    return str(int(value)) if float(value).is_integer() else f"{value:.6f}".rstrip("0").rstrip(".")


def amount(quantity: Quantity) -> str:
    """A quantity as people write it, with 万 or 亿 for large sums of money.

    >>> amount(Quantity(980000, "元", False, 980000, 980000, 0, 4))
    '98万元'
    >>> amount(Quantity(215000000, "元", True, None, None, 0, 4))
    '约2.15亿元'
    >>> amount(Quantity(30, "人", True, 30, None, 0, 4))
    '30余人'
    """
    value, unit = quantity.value, quantity.unit
    scale, suffix = 1.0, ""
    if unit == "元" and abs(value) >= 1e8:
        scale, suffix = 1e8, "亿"
    elif unit == "元" and abs(value) >= 1e4:
        scale, suffix = 1e4, "万"
    digits = number(value / scale) + suffix
    if not quantity.approximate:
        return digits + unit
    if quantity.lower == value and quantity.upper is None:
        return f"{digits}余{unit}"
    if quantity.upper == value and quantity.lower is None:
        return f"近{digits}{unit}"
    return f"约{digits}{unit}"


def _line(parts: Iterable[str | None], notes: Iterable[str | None]) -> str:
    told = [note for note in notes if note]
    line = " — ".join(part for part in parts if part)
    return f"{line} ({', '.join(told)})" if told else line


def _join(mentions: Iterable[Mention], name: Name) -> str:
    return "、".join(name(mention) for mention in mentions)


def _award(fact: Award, name: Name) -> Words:
    honour = name(fact.honour)
    graded = honour if not fact.grade or fact.grade in honour else f"{honour} {fact.grade}"
    year = None if fact.date is None and fact.year is None else fact.date or str(fact.year)
    by = _join(fact.conferrers, name)
    conferred = fact.direction == "conferred"
    zh = [
        year,
        LEVEL_ZH.get(fact.level or ""),
        f"{fact.count}个/项" if fact.count else None,
        f"{by}授予" if by else None,
        fact.document_number,
    ]
    en = [
        year,
        fact.level,
        f"count {fact.count}" if fact.count else None,
        f"by {by}" if by else None,
        fact.document_number,
    ]
    who = name(fact.recipient)
    return Words(
        _line((who, "被授予" if conferred else "获", graded), zh),
        _line((who, "was given" if conferred else "received", graded), en),
    )


def _post(fact: Post, name: Name) -> Words:
    where = name(fact.organization) if fact.organization else ""
    return Words(
        _line((name(fact.person), "任", where + fact.title), (fact.date,)),
        _line((name(fact.person), "holds the post", f"{where} {fact.title}".strip()), (fact.date,)),
    )


def _measure(fact: Measure, name: Name) -> Words:
    who = name(fact.subject) if fact.subject else None
    notes = (None if fact.year is None else str(fact.year),)
    zh = (*notes, "其中项" if fact.part_of is not None else None)
    en = (*notes, "part of another figure" if fact.part_of is not None else None)
    parts = (who, fact.indicator, amount(fact.quantity))
    return Words(_line(parts, zh), _line(parts, en))


def _part_of(fact: PartOf, name: Name) -> Words:
    child, parent = name(fact.child), name(fact.parent)
    return Words(_line((child, "隶属于", parent), ()), _line((child, "is part of", parent), ()))


def _activity(fact: ActivityFact, name: Name) -> Words:
    who, where, what = _join(fact.participants, name), _join(fact.places, name), name(fact.activity)
    return Words(
        _line((who, "参加" if who else None, what), (fact.date, f"在{where}" if where else None)),
        _line((who, "took part in" if who else None, what), (fact.date, f"at {where}" if where else None)),
    )


def _coverage(fact: Coverage, name: Name) -> Words:
    subject = name(fact.subject) if fact.subject else None
    notes = (amount(fact.count) if fact.count else None,)
    media = name(fact.media)
    return Words(
        _line((media, "报道", subject or "本报告所述工作"), notes),
        _line((media, "reported on", subject or "the work described"), notes),
    )


def _assistance(fact: Assistance, name: Name) -> Words:
    notes = (
        None if fact.year is None else str(fact.year),
        fact.what,
        amount(fact.quantity) if fact.quantity else None,
    )
    helper, village = name(fact.helper), name(fact.village)
    return Words(_line((helper, "帮扶", village), notes), _line((helper, "assists", village), notes))


def _cooperation(fact: Cooperation, name: Name) -> Words:
    notes = (
        None if fact.year is None else str(fact.year),
        fact.what,
        amount(fact.quantity) if fact.quantity else None,
    )
    party, partner = name(fact.party), name(fact.partner)
    return Words(_line((party, "合作", partner), notes), _line((party, "cooperates with", partner), notes))


def _visit(fact: Visit, name: Name) -> Words:
    visitor, site = name(fact.visitor), name(fact.site)
    return Words(
        _line((visitor, "到访学习", site), (fact.date,)),
        _line((visitor, "visited", site), (fact.date,)),
    )


def words(fact: Fact, name: Name) -> Words:
    """Say a fact in both languages; ``name`` gives the label of what a mention means."""
    match fact:
        case Award():
            return _award(fact, name)
        case Post():
            return _post(fact, name)
        case Measure():
            return _measure(fact, name)
        case PartOf():
            return _part_of(fact, name)
        case ActivityFact():
            return _activity(fact, name)
        case Coverage():
            return _coverage(fact, name)
        case Assistance():
            return _assistance(fact, name)
        case Cooperation():
            return _cooperation(fact, name)
        case Visit():
            return _visit(fact, name)
        case _:
            return Words(type(fact).__name__, type(fact).__name__)
