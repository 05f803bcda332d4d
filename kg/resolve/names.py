"""How two names of one kind may be one: string relations, each with a rule and a score, without context.

A relation is between a shorter name and a longer one; which of several longer names is meant is for the report to say.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from kg.extract.levels import level_of
from kg.gazetteer import Gazetteer
from kg.lexicons import org_suffixes

LEVEL_CHARS: Final = "省市县区州旗盟镇乡"
_FOLD: Final = re.compile(r"[\s\u3000“”‘’\"'「」『』《》〈〉·•・]+")
_BARE: Final = frozenset(
    ["党支部", "党委", "团委", "工会", "支部", "团支部", "营业所", "铁路局", "办公室", "公司", "分公司", "总公司", "子公司", "集团公司", "总工会", "委员会", "服务队", "工作队", "妇联", "党总支", "党组", "人民政府", "政府", "党校"]
)
_TAILS: Final = (
    "社", "集团有限公司", "股份有限公司", "有限责任公司", "集团股份有限公司", "有限公司", "集团公司", "集团", "公司",
)  # fmt: skip
_UNIT_HEADS: Final = "局院校队司团厅委办所站馆心行厂矿处社台会部"
CALLED: Final[dict[str, tuple[str, ...]]] = {
    "中学": ("学校", "校"), "小学": ("学校", "校"), "学院": ("学校", "校", "院"), "大学": ("学校", "校"),
    "学校": ("校",), "医院": ("院",), "法院": ("院",), "检察院": ("院",), "公司": ("集团", "集团公司", "企业"), "集团": ("公司", "集团公司", "企业"),
    "支行": ("行",), "分行": ("行",), "银行": ("行",), "信用社": ("社",), "分局": ("局",), "研究所": ("所",), "研究院": ("院",),
    "博物馆": ("馆",), "图书馆": ("馆",), "中心": ("中心",), "支队": ("队",), "大队": ("队",), "总队": ("队",), "农商行": ("行",),
}  # fmt: skip


class Relation(NamedTuple):
    """By which rule a short name is a longer one's, and how sure that is on its own."""

    rule: str
    score: float


def fold(name: str) -> str:
    """A name without quotation marks, spaces and dots, for comparison.

    >>> fold("“双争”活动")
    '双争活动'
    """
    return _FOLD.sub("", name)


def related(kind: str, short: str, long: str) -> Relation | None:
    """Whether ``short`` is a shorter name of what ``long`` names (both folded).

    >>> related("Organization", "县局", "青槐县气象局"), related("Place", "何家湾村", "竹山县溢水镇何家湾村")
    (Relation(rule='ladder', score=0.8), Relation(rule='suffix', score=0.9))
    >>> related("Honour", "红旗党支部", "省直机关红旗党支部").rule, related("Organization", "公司", "甲公司")
    ('suffix', None)
    """
    if short == long or len(short) < 2 or (len(short) >= len(long) and kind != "Organization"):
        return None
    found: Relation | None = _BY_KIND[kind](short, long) if kind in _BY_KIND else None
    return found


# --- organisations -------------------------------------------------------------------------------------------


def _organization(short: str, long: str) -> Relation | None:
    if long.startswith("共青团") and re.fullmatch(r"[省市县区州旗]委", short):
        return None
    if long.endswith(short):
        relative = short[0] in LEVEL_CHARS and len(short) >= 3
        if relative or (len(short) >= 4 and not is_bare(short)):
            return Relation("suffix", 0.9)
    for rule, score, test in _ORGANIZATION_RULES:
        if test(short, long):
            return Relation(rule, score)
    return None


def _ladder(short: str, long: str) -> bool:
    """'县局' of '青槐县气象局', '省厅' of '省文化和旅游厅'."""
    return (
        len(short) == 2
        and short[0] in LEVEL_CHARS
        and short[1] in "局厅院办站行所馆"
        and len(long) > 3
        and 0 <= long.find(short[0]) <= 6
        and long.endswith(short[1])
        and not re.search(rf"[{LEVEL_CHARS}]", long[long.find(short[0]) + 1 :])
    )


def _level_dropped(short: str, long: str) -> bool:
    """'市消防救援大队' of '瑞金消防救援大队'."""
    field = short[1:]
    place = long[: -len(field)]
    return (
        short[0] in LEVEL_CHARS
        and len(field) >= 3
        and long.endswith(field)
        and 2 <= len(place) <= 3
        and place[0] not in LEVEL_CHARS + "中国全该我本"
        and place[-1] not in _UNIT_HEADS + LEVEL_CHARS
    )


def _league(short: str, long: str) -> bool:
    """'团县委' of '共青团岫岭县委'."""
    found = re.fullmatch(r"团([省市县区州旗盟])委", short)
    return bool(found and re.fullmatch(rf"共青团.+{found[1]}委(?:员会)?", long))


def _committee(short: str, long: str) -> bool:
    """'县委' of '中共青槐县委' or '中共青槐县委员会'."""
    found = re.fullmatch(r"([省市县区州旗盟镇乡])委", short)
    return bool(found and re.fullmatch(rf"(?:中共|中国共产党)?[\u4e00-\u9fff]{{2,8}}{found[1]}委(?:员会)?", long))


def _company(short: str, long: str) -> bool:
    """'中交一公局' of '中交一公局集团有限公司'."""
    return len(short) >= 4 and long.startswith(short) and long[len(short) :] in _TAILS


def _clipped(short: str, long: str) -> bool:
    """'青槐气象' of '青槐县气象局', '湖北地质' of '湖北省地质局'."""
    if len(short) < 4 or long.startswith(short):
        return False
    at = next((i for i in (2, 3) if len(long) > i and long[i] in LEVEL_CHARS), None)
    if at is None:
        return False
    plain = long[:at] + long[at + 1 :]
    return plain.startswith(short) and plain[len(short) :] in ("局", "厅", "队", "院", "所", "站", "大队", "委", "")


def _place_and_field(short: str, long: str) -> bool:
    """'湖北地质' of '省地质局'."""
    head = next((n for n in (2, 3) if long[0] in LEVEL_CHARS and len(short) - n >= 2 and long[1:].startswith(short[n:])), 0)
    if not head or long[1 + len(short) - head :] not in ("局", "厅", "委", "院", "总站", "中心"):
        return False
    return bool(Gazetteer.load().divisions(short[:head]))


def _abbreviation(short: str, long: str) -> bool:
    """'云岭农商行' of '云岭农村商业银行': its characters in order, the same beginning and end, several gaps.

    >>> _abbreviation("云岭农商行", "云岭农村商业银行"), _abbreviation("甲县医院", "甲县中医医院")
    (True, False)
    >>> _abbreviation("甲县医院", "甲县妇幼保健医院")
    False
    """
    if len(short) < 4 or short[:2] != long[:2] or short[-1] != long[-1] or len(long) > 3 * len(short):
        return False
    return gaps(short, long) >= 2 and not long.endswith(short[2:]) and not re.search(r"[一二三四五六七八九十]", "".join(set(long) - set(short)))


def gaps(short: str, long: str) -> int:
    """Into how many runs of left-out characters a subsequence parts a longer name; 0 if it is none.

    >>> gaps("云浦森消大队", "云浦县森林消防大队"), gaps("甲乙", "乙甲")
    (3, 0)
    """
    at, count = -1, 0
    for char in short:
        found = long.find(char, at + 1)
        if found < 0:
            return 0
        count += found > at + 1
        at = found
    return count + (at < len(long) - 1)


def _levels_left_out(short: str, long: str) -> bool:
    """'平溪县分公司城关揽投站' of '中国邮政集团有限公司平溪县分公司投递部城关揽投站'."""
    for at in range(3, len(short) - 2):
        head, tail = short[:at], short[at:]
        if head[-1] in _UNIT_HEADS and long.endswith(tail) and 0 <= long.find(head) <= len(long) - len(short):
            return True
    return False


_ORGANIZATION_RULES: Final = (
    ("ladder", 0.8, _ladder),
    ("league", 0.95, _league),
    ("committee", 0.9, _committee),
    ("company", 0.9, _company),
    ("level-dropped", 0.8, _level_dropped),
    ("clipped", 0.8, _clipped),
    ("place-and-field", 0.8, _place_and_field),
    ("abbreviation", 0.75, _abbreviation),
    ("levels-left-out", 0.8, _levels_left_out),
)


@cache
def is_bare(name: str) -> bool:
    """Whether a name is nothing but an organisation's last word.

    >>> is_bare("派出所"), is_bare("集团公司"), is_bare("望潮供电所")
    (True, True, False)
    """
    if name[:1] in LEVEL_CHARS or re.fullmatch(rf"团[{LEVEL_CHARS}]委", name):
        return False
    return name in _BARE or (name in org_suffixes() and len(name) <= 4)


def called(noun: str, name: str) -> bool:
    """Whether a body of this name may be called by this noun.

    >>> called("校", "青槐县第一中学"), called("集团", "钦南港务集团有限公司"), called("局", "青槐县图书馆")
    (True, True, False)
    """
    if not noun or name == noun:
        return False
    if noun in ("集团", "集团公司"):
        return bool(re.search(r"集团(?:股份|有限|责任|公司)*$", name))
    if name.endswith("学院") and noun in ("校", "学校"):
        return len(name) >= 5 and bool(re.search("职业|师范|技术|工程|医学|警察|市|省", name))
    return name.endswith(noun) or any(name.endswith(end) and noun in nouns for end, nouns in CALLED.items())


# --- places, honours, activities -----------------------------------------------------------------------------


def _place(short: str, long: str) -> Relation | None:
    if len(short) >= 3 and long.endswith(short):
        return Relation("suffix", 0.9)
    if long[: len(short)] == short and long[len(short) :] in (*LEVEL_CHARS, "自治区", "村", "街道", "社区"):
        return Relation("suffix-dropped", 0.9)
    return None


def _honour(short: str, long: str) -> Relation | None:
    same = ("等奖" in short) == ("等奖" in long) and level_of(short) in (None, level_of(long))
    return Relation("suffix", 0.9) if len(short) >= 4 and long.endswith(short) and same else None


def _activity(short: str, long: str) -> Relation | None:
    if len(short) >= 4 and long.endswith(short):
        return Relation("suffix", 0.9)
    alike = len(short) >= 6 and short[-2:] == long[-2:] and short.lstrip("全")[0] in long[:8]
    if alike and gaps(short, long) >= 2 and 2 * len(short) >= len(long) - 5:
        return Relation("abbreviation", 0.75)
    return None


_BY_KIND: Final = {"Organization": _organization, "Place": _place, "Honour": _honour, "Activity": _activity}
