"""Persons across reports: a name and the body that it belongs to, never the name alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.lexicons import org_suffixes
from kg.model import Extraction, Mention, Post

_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stood in one report: the bodies of the posts and of what they did, most telling first."""

    name: str
    report: str
    year: int | None
    bodies: tuple[str, ...]  # full names; of posts first, the publisher last


def root(body: str) -> str:
    """The body that a unit belongs to, by the first head in its name.

    >>> root("湖北省地质局第六地质大队"), root("湖北省地质局党委"), root("青槐县第一中学")
    ('湖北省地质局', '湖北省地质局', '青槐县第一中学')
    """
    heads = org_suffixes()
    for end in range(_SHORTEST, len(body)):
        size = next((n for n in range(min(8, end), 0, -1) if body[end - n : end] in heads), 0)
        if size and end - size >= 2 and _complete(body, end):
            return body[:end]
    return body


_STRONG: Final = (
    "局", "厅", "委员会", "集团", "有限公司", "大学", "学院", "医院", "总工会", "法院", "检察院", "银行", "研究院", "工程院", "中学", "小学", "图书馆", "博物馆"
)
_GOES_ON: Final = ("集团", "有限", "股份", "附属", "总", "公司", "直属机关工作", "直属机关工委")


def _complete(body: str, end: int) -> bool:
    rest = body[end:]
    return body[:end].endswith(_STRONG) and len(rest) >= 2 and not rest.startswith(_GOES_ON)


def bodies_of(extraction: Extraction) -> dict[str, list[Mention]]:
    """For each person's name the organisations of the posts that a report gives it."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for fact in extraction.facts:
        if isinstance(fact, Post) and fact.organization is not None:
            found[fact.person.name].append(fact.organization)
    return found


def person_keys(
    standings: Iterable[Standing], renamed: Mapping[str, str] | None = None
) -> dict[tuple[str, str], tuple[str, str, float]]:
    """For (report, name) the body that tells a person from a namesake, with rule and score.

    Two mentions of a name are one person if their bodies have one root, unless two sibling units have one each in the
    same year. ``renamed`` leads from a body's former full name to its present one.

    >>> a = Standing("王伟", "r1", 2022, ("湖北省地质局第六地质大队",))
    >>> b = Standing("王伟", "r2", 2023, ("湖北省地质局",))
    >>> person_keys([a, b])["r1", "王伟"][0]
    '湖北省地质局'
    >>> c = Standing("王伟", "r3", 2022, ("湖北省地质局第七地质大队",))
    >>> person_keys([a, c])["r1", "王伟"][0]
    '湖北省地质局第六地质大队'
    """
    by_root: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    keys: dict[tuple[str, str], tuple[str, str, float]] = {}
    for s in standings:
        by_root[s.name, _present(root(s.bodies[0]), renamed or {})].append(s)
    for (_, top), group in by_root.items():
        apart = _siblings(group, top)
        for s in group:
            home = s.bodies[0] if apart else top
            rule = "name-and-unit" if apart else "name-and-organization"
            keys[s.report, s.name] = (home, rule, 0.9)
    return keys


def _present(body: str, renamed: Mapping[str, str]) -> str:
    """What a body is called now.

    >>> _present("甲局", {"甲局": "乙局", "乙局": "丙局", "丙局": "乙局"})
    '丙局'
    """
    seen = {body}
    while (later := renamed.get(body)) is not None and later not in seen:
        seen.add(later)
        body = later
    return body


def _siblings(group: list[Standing], top: str) -> bool:
    """Whether two units, neither inside the other, have a person of this name in one year."""
    for i, a in enumerate(group):
        for b in group[i + 1 :]:
            x, y = a.bodies[0], b.bodies[0]
            if a.year == b.year and top not in (x, y) and not x.startswith(y) and not y.startswith(x):
                return True
    return False
