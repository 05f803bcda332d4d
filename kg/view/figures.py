"""The figures that matter, for the top of the page; each knows the facts behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from kg.model import LEVELS
from kg.view.words import LEVEL_ZH, number

Payload = dict[str, Any]
LEVEL_EN = {
    "national": "national",
    "provincial": "provincial",
    "municipal": "municipal",
    "county": "county",
    "township": "township",
    "unit": "own",
}


def wrong(fact: Payload) -> bool:
    """Whether a person marked it as wrong: then it is in no figure."""
    return bool(fact.get("mark", ("",))[0] == "wrong")


def _value(value: str, unit: str) -> Payload:
    return {"value": {"zh": value, "en": value}, "unit": {"zh": unit, "en": ""}}


def honours(facts: Sequence[Payload]) -> tuple[int, list[int], Counter[str]]:
    """How many honours were received: the number, the facts, and the number by level ('' if unsaid)."""
    chosen = [n for n, fact in enumerate(facts) if fact["kind"] == "award" and not fact.get("given") and not wrong(fact)]
    levels: Counter[str] = Counter()
    for n in chosen:
        levels[facts[n].get("level", "")] += facts[n].get("count", 1)
    return sum(levels.values()), chosen, levels


def _honours(facts: Sequence[Payload]) -> Payload | None:
    total, chosen, levels = honours(facts)
    if not chosen:
        return None
    said = [level for level in LEVELS if levels[level]]
    return {
        "id": "honours",
        "zh": "荣誉",
        "en": "honours",
        **_value(str(total), "项"),
        "note": {
            "zh": " · ".join(f"{LEVEL_ZH[level]} {levels[level]}" for level in said),
            "en": " · ".join(f"{LEVEL_EN[level]} {levels[level]}" for level in said),
        },
        "facts": chosen,
        "parts": [
            {
                "id": level,
                "zh": f"{LEVEL_ZH[level]} {levels[level]}",
                "en": f"{LEVEL_EN[level]} {levels[level]}",
                "facts": [n for n in chosen if facts[n].get("level") == level],
            }
            for level in said
        ],
    }


def _money(facts: Sequence[Payload]) -> Payload | None:
    seen: set[tuple[int, ...]] = set()
    chosen: list[int] = []
    total = 0.0
    for n, fact in enumerate(facts):
        if fact.get("unit") != "元" or fact.get("part") or wrong(fact):
            continue
        if fact["kind"] not in ("measure", "assistance"):
            continue
        chosen.append(n)
        same = (fact["ev"][0], *fact["q"])
        if same not in seen:  # one sum may be told both as a measure and as assistance
            seen.add(same)
            total += float(fact["value"])
    if not chosen:
        return None
    large = total >= 1e8
    return {
        "id": "money",
        "zh": "金额",
        "en": "money named",
        "value": {
            "zh": number(round(total / (1e8 if large else 1e4), 2)),
            "en": f"¥{number(round(total / 1e6, 2))}M",
        },
        "unit": {"zh": "亿元" if large else "万元", "en": ""},
        "note": {"zh": f"{len(seen)} 笔,不含“其中”", "en": f"{len(seen)} sums, parts left out"},
        "facts": chosen,
    }


def _told(facts: Sequence[Payload], wanted: Callable[[int], bool]) -> list[int]:
    return [
        n
        for n, fact in enumerate(facts)
        if not wrong(fact) and any(who >= 0 and wanted(who) for _, who, *_ in fact.get("roles", ()))
    ]


def _entities(
    entities: Sequence[Payload],
    facts: Sequence[Payload],
    label: tuple[str, str, str, str],
    wanted: Callable[[Payload], bool],
) -> Payload | None:
    name, zh, en, unit = label
    found = [n for n, entity in enumerate(entities) if wanted(entity)]
    if not found:
        return None
    members = set(found)
    names = [entities[n]["label"] for n in found]
    note = "、".join(names[:2]) + ("…" if len(names) > 2 else "")
    return {
        "id": name,
        "zh": zh,
        "en": en,
        **_value(str(len(found)), unit),
        "note": {"zh": note, "en": note},
        "facts": _told(facts, members.__contains__),
        "nodes": found,
    }


def _measures(facts: Sequence[Payload]) -> Payload | None:
    chosen = [n for n, fact in enumerate(facts) if fact["kind"] == "measure" and not wrong(fact)]
    if not chosen:
        return None
    return {
        "id": "measures",
        "zh": "数据",
        "en": "quantities",
        **_value(str(len(chosen)), "条"),
        "note": {"zh": "次数、人数、面积等", "en": "times, people, areas …"},
        "facts": chosen,
    }


def _unsure(facts: Sequence[Payload]) -> Payload | None:
    chosen = [n for n, fact in enumerate(facts) if fact.get("unsure") and not fact.get("mark")]
    if not chosen:
        return None
    return {
        "id": "unsure",
        "zh": "待核",
        "en": "to be checked",
        **_value(str(len(chosen)), "条"),
        "note": {"zh": "机器没有把握", "en": "the program is not sure"},
        "facts": chosen,
    }


def figures(entities: Sequence[Payload], facts: Sequence[Payload]) -> list[Payload]:
    """What the page says first: honours, money, villages, activities, media, quantities, doubts."""
    media = {
        who
        for fact in facts
        if fact["kind"] == "coverage" and not wrong(fact)
        for role, who, *_ in fact["roles"]
        if role == "media"
    }
    keys = {id(entity): n for n, entity in enumerate(entities)}
    told = [
        _honours(facts),
        _money(facts),
        _entities(
            entities, facts, ("villages", "村(社区)", "villages", "个"), lambda e: e["sub"] == "Village"
        ),
        _entities(
            entities, facts, ("activities", "活动", "activities", "场"), lambda e: e["kind"] == "Activity"
        ),
        _entities(
            entities, facts, ("media", "报道媒体", "media outlets", "家"), lambda e: keys[id(e)] in media
        ),
        _measures(facts),
        _unsure(facts),
    ]
    return [figure for figure in told if figure]
