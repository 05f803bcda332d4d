"""Name forms of administrative divisions: what is folded together, and which short forms a full name has.

Pure functions, shared by the builder and by the lookups, so that both sides always agree.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

DivisionLevel = Literal["province", "city", "county", "township", "village"]

LEVELS: Final[tuple[DivisionLevel, ...]] = ("province", "city", "county", "township", "village")

# The 55 minority peoples as they stand in names of autonomous areas, longest first.
_PEOPLES: Final = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|乌孜别克|俄罗斯|鄂温克|鄂伦春|达斡尔|塔塔尔|东乡族|保安族|裕固族|撒拉族|朝鲜族|"
    "锡伯族|锡伯|满族|蒙古族|蒙古|回族|藏族|苗族|彝族|壮族|布依族|侗族|瑶族|白族|土家族|哈尼族|傣族|黎族|傈僳族|佤族|"
    "畲族|高山族|拉祜族|水族|纳西族|景颇族|土族|仫佬族|羌族|布朗族|毛南族|仡佬族|阿昌族|普米族|怒族|德昂族|独龙族|"
    "京族|基诺族|门巴族|珞巴族|赫哲族|各族|满|回|壮"
)
_AUTONOMOUS: Final = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族?)+(?P<suffix>自治区|自治州|自治县|自治旗|民族乡|乡|镇)"
)
_PLAIN: Final[dict[DivisionLevel, re.Pattern[str]]] = {
    "province": re.compile(r"(.{2,}?)(?:特别行政区|自治区|省|市)"),
    "city": re.compile(r"(.{2,}?)(?:地区|自治州|市|盟|州)"),
    "county": re.compile(r"(.{2,}?)(?:林区|矿区|特区|新区|自治县|自治旗|县|市|区|旗)"),
    "township": re.compile(r"(.{2,}?)(?:街道|民族乡|苏木|地区|镇|乡)"),
    "village": re.compile(r"(.{2,}?)(?:社区|村|嘎查)"),
}
_SHORT_SUFFIX: Final = {
    "自治区": "",
    "自治州": "州",
    "自治县": "县",
    "自治旗": "旗",
    "民族乡": "乡",
    "乡": "乡",
    "镇": "镇",
}

_SPACE: Final = re.compile(r"[\s\u200b\ufeff]+")
_NOTE: Final = re.compile(r"^([^()]+?)(?:\([^()]*\))+$")
_LEADING_NOTE: Final = re.compile(r"^\([^()]*\)(?=[^()]{2})")
_VILLAGE_COMMITTEE: Final = re.compile(r"(.+?)(?:村?村民委员会|村?村委员?会?|村?民委员会|村委)")
_RESIDENTS_COMMITTEE: Final = re.compile(r"(.+?)(?:社区居民委员会|居民委员会|居委员?会|居委|社区委员会)")
_HAS_KIND: Final = re.compile(r".+(?:村|社区|嘎查|生活区|管理区|分场|农场|林场|牧场|渔场|小区|居委|连|队)")


def clean(name: str) -> str:
    """The name in plain characters: NFKC, without blanks.

    >>> clean('竹山 县')
    '竹山县'
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", name))


def _without_notes(name: str) -> str:
    if "(" not in name:
        return name
    name = _LEADING_NOTE.sub("", name)
    found = _NOTE.fullmatch(name)
    return found[1] if found else name


def village_form(name: str) -> str:
    """One form for a village, whether named as a place or as its committee.

    >>> village_form('何家湾村委会'), village_form('何家湾村村民委员会'), village_form('何家湾村')
    ('何家湾村', '何家湾村', '何家湾村')
    >>> village_form('多福巷社区居委会'), village_form('城关居委会'), village_form('巴彦嘎查村民委员会')
    ('多福巷社区', '城关社区', '巴彦嘎查')
    >>> village_form('城关居民委员会')
    '城关社区'
    """
    name = _without_notes(clean(name))
    if found := _RESIDENTS_COMMITTEE.fullmatch(name):
        return found[1] if _HAS_KIND.fullmatch(found[1]) else found[1] + "社区"
    if found := _VILLAGE_COMMITTEE.fullmatch(name):
        return found[1] if _HAS_KIND.fullmatch(found[1]) else found[1] + "村"
    return name


def township_form(name: str) -> str:
    """One form for a township: the office that runs it is the place.

    >>> township_form('民族街街道办事处'), township_form('南磨房地区办事处'), township_form('三星镇(家纺园区)')
    ('民族街街道', '南磨房地区', '三星镇')
    """
    name = _without_notes(clean(name))
    return re.sub(r"(?<=街道|地区)办事处$", "", name)


def stem(name: str, level: DivisionLevel) -> str | None:
    """The name without its suffix, at least two characters long; None if it has no such form.

    >>> stem('湖北省', 'province'), stem('恩施土家族苗族自治州', 'city'), stem('竹山县', 'county'), stem('溢水镇', 'township')
    ('湖北', '恩施', '竹山', '溢水')
    >>> stem('内蒙古自治区', 'province'), stem('房县', 'county'), stem('广西壮族自治区', 'province')
    ('内蒙古', None, '广西')
    """
    found = _PLAIN[level].fullmatch(name)
    if (name.endswith(("自治州", "自治县", "自治旗", "自治区")) or level == "township") and (
        autonomous := _AUTONOMOUS.fullmatch(name)
    ):
        return autonomous["stem"]
    return found[1] if found else None


def variants(name: str, level: DivisionLevel) -> tuple[str, ...]:
    """Other names in use for a division: its stem, and the stem with the plain suffix.

    >>> variants('恩施土家族苗族自治州', 'city'), variants('长阳土家族自治县', 'county')
    (('恩施', '恩施州'), ('长阳', '长阳县'))
    >>> variants('双堰街道', 'township'), variants('房县', 'county')
    (('双堰', '双堰街道办事处', '双堰街道办'), ())
    """
    short = stem(name, level)
    out = [] if short is None else [short]
    autonomous = _AUTONOMOUS.fullmatch(name)
    if (
        autonomous
        and short is not None
        and short == autonomous["stem"]
        and (suffix := _SHORT_SUFFIX[autonomous["suffix"]])
    ):
        out.append(short + suffix)
    if name.endswith("街道"):
        out += [name + "办事处", name + "办"]
    return tuple(dict.fromkeys(form for form in out if form != name))
