"""Names that reports use: honours, organisations, media, posts, surnames, classifiers. Facts only, as tables.

Every table is a small file beside this module, read once and lazily; a row marked ``checked`` was confirmed against a
published source, the others are general knowledge (see SOURCES.md). All lookups fold quotation marks, blanks and
full-width forms first, so that “红旗党支部” and 红旗党支部 are one name.

>>> entry = match_honour('湖北省三八红旗手')
>>> entry and (entry.conferred_by, entry.level, entry.rank)
('湖北省妇女联合会', 'provincial', '市厅级')
>>> media()['学习强国'].kind, organizations()['团省委'].subtype, organization_subtype('局团委')
('platform', 'YouthLeague', 'YouthLeague')
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from kg.errors import RuleError
from kg.model import Level

__all__ = [
    "PROVINCES",
    "HonourEntry",
    "MediaEntry",
    "OrganizationEntry",
    "classifiers",
    "complete",
    "fold",
    "given_name_characters",
    "honours",
    "match_honour",
    "match_media",
    "match_organization",
    "media",
    "org_suffixes",
    "organization_subtype",
    "organizations",
    "site_subtype",
    "site_suffixes",
    "surnames",
    "title_parts",
    "titles",
]

_HERE: Final = Path(__file__).parent
_QUOTES: Final = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉·•・")

PROVINCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "北京": "北京市",
        "天津": "天津市",
        "上海": "上海市",
        "重庆": "重庆市",
        "河北": "河北省",
        "山西": "山西省",
        "辽宁": "辽宁省",
        "吉林": "吉林省",
        "黑龙江": "黑龙江省",
        "江苏": "江苏省",
        "浙江": "浙江省",
        "安徽": "安徽省",
        "福建": "福建省",
        "江西": "江西省",
        "山东": "山东省",
        "河南": "河南省",
        "湖北": "湖北省",
        "湖南": "湖南省",
        "广东": "广东省",
        "海南": "海南省",
        "四川": "四川省",
        "贵州": "贵州省",
        "云南": "云南省",
        "陕西": "陕西省",
        "甘肃": "甘肃省",
        "青海": "青海省",
        "台湾": "台湾省",
        "内蒙古": "内蒙古自治区",
        "广西": "广西壮族自治区",
        "西藏": "西藏自治区",
        "宁夏": "宁夏回族自治区",
        "新疆": "新疆维吾尔自治区",
        "香港": "香港特别行政区",
        "澳门": "澳门特别行政区",
    }
)
_PROVINCE_NAMES: Final = "|".join(
    sorted(
        {*PROVINCES, *PROVINCES.values(), "内蒙古自治区", "广西自治区", "宁夏自治区", "新疆自治区"},
        key=len,
        reverse=True,
    )
)
_PREFIX: Final = re.compile(
    rf"(?:(?P<province>{_PROVINCE_NAMES})(?:级)?|(?P<wholeprovince>全省|全区|本省|我省|省级|自治区级|自治区|省)"
    r"|(?P<city>(?!城市)[\u4e00-\u9fffX×]{2,8}?(?:市|自治州|州|盟|地区))(?:级)?|(?P<wholecity>全市|全州|本市|我市|市级|州级|市|州)"
    r"|(?P<county>(?!全县|全区|全旗|本县|我县|本区|我区)[\u4e00-\u9fffX×]{1,7}?(?:县|区|旗))(?:级)?|(?P<wholecounty>全县|全区|县级|区级|县|区|旗))"
)
_PLACEHOLDER: Final = {"province": "{省}", "city": "{市}", "county": "{县}"}
_LEVEL: Final[dict[str, Level]] = {"province": "provincial", "city": "municipal", "county": "county"}
_BELOW: Final = {"省部级": "市厅级", "市厅级": "县处级", "县处级": "乡科级"}
_EDITION: Final = re.compile(
    r"^(?:(?:19|20)\d\d(?:[-—–~至](?:19|20)?\d\d)?年?度?|第[一二三四五六七八九十百\d]+[届批次]|首[届批])+"
)


@dataclass(frozen=True, slots=True)
class HonourEntry:
    """An honour. ``level`` is the scope that its name states, ``rank`` the standing of the body that confers it.

    ``rank`` is None where it depends on who confers it (a bare 先进集体), and for honours of societies and media.
    ``grade`` marks words that grade another honour (一等奖, 金奖) and are none of their own.
    """

    name: str
    aliases: tuple[str, ...]
    level: Level | None
    rank: str | None
    scope: str
    conferred_by: str
    recipient_kind: str
    subtype: str
    grade: bool = False
    checked: bool = False
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationEntry:
    """An organisation. ``name`` holds {省} for one that every province has; ``subtype`` is a class of the ontology."""

    name: str
    aliases: tuple[str, ...]
    subtype: str
    level: Level | None
    checked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class MediaEntry:
    """A media outlet. ``kind``: newspaper, magazine, agency, broadcast, web, app, platform, programme."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    level: str
    region: str
    checked: bool = False
    note: str = ""


def fold(name: str) -> str:
    """A name without quotation marks, book marks, middle dots and blanks, in plain-width characters.

    >>> fold('省直机关“红旗党支部”'), fold('《党员 生活》')
    ('省直机关红旗党支部', '党员生活')
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name).translate(_QUOTES))


def _rows(file: str) -> list[dict[str, str]]:
    path = _HERE / file
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if any(None in row or None in row.values() for row in rows):
        raise RuleError("有的行列数不对", "a row has too many or too few columns", where=path)
    return rows


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


# ---- honours -------------------------------------------------------------------------------------------------------


@cache
def _honour_rows() -> tuple[HonourEntry, ...]:
    return tuple(
        HonourEntry(
            row["name"],
            _split(row["aliases"]),
            cast("Level | None", row["level"] or None),
            row["rank"] or None,
            row["scope"],
            row["conferred_by"],
            row["recipient"],
            row["subtype"],
            row["subtype"] == "Grade",
            row["checked"] == "yes",
            row["source"],
            row["note"],
        )
        for row in _rows("honours.csv")
    )


@cache
def honours() -> Mapping[str, HonourEntry]:
    """Honours by every name that they have; {省}, {市} and {县} stand for the place in the name of a series.

    >>> honours()['全国五一劳动奖状'].conferred_by
    '中华全国总工会'
    """
    entries = _honour_rows()
    index = {fold(alias): entry for entry in entries for alias in entry.aliases}
    index.update({fold(entry.name): entry for entry in entries})
    return MappingProxyType(index)


def match_honour(name: str) -> HonourEntry | None:
    """The honour of a name, with its place filled in if it is one of a series; None if it is not known.

    Years and editions before the name do not matter. A series that only has a row for provinces is recognised for
    cities and counties too, a rank lower.

    >>> match_honour('2022年度湖北省“三八红旗集体”').conferred_by
    '湖北省妇女联合会'
    >>> match_honour('随州市文明单位').level, match_honour('全省先进基层党组织').name
    ('municipal', '全省先进基层党组织')
    >>> match_honour('并不存在的称号') is None
    True
    """
    wanted = _EDITION.sub("", fold(name))
    index = honours()
    exact = index.get(wanted)
    if exact is not None and "{" not in exact.name:
        return exact
    for place, kind, rest in _places(wanted):
        for placeholder in dict.fromkeys((_PLACEHOLDER[kind], "{省}")):
            entry = index.get(placeholder + rest)
            if entry is not None and entry.name.startswith("{"):
                return _placed(entry, wanted, place, kind, placeholder)
    return None if exact is None or "{" in wanted else _placed(exact, wanted, "省", "province", "{省}")


def _placed(entry: HonourEntry, name: str, place: str, kind: str, placeholder: str) -> HonourEntry:
    """A row of a series at one place."""
    rank = entry.rank
    for _ in range(0 if placeholder == _PLACEHOLDER[kind] else 1 + (kind == "county")):
        rank = _BELOW.get(rank or "")
    body = re.sub("自治区委(?!员)", "自治区委员会", entry.conferred_by.replace(placeholder, place))
    if placeholder != _PLACEHOLDER[kind]:
        body = body.replace("厅", "局")
    return replace(entry, name=name, aliases=(), level=_LEVEL[kind], rank=rank, conferred_by=body)


def _places(name: str) -> list[tuple[str, str, str]]:
    """(place, kind, rest) for each way in which a name may begin with a place; the place of 全省 is 省.

    >>> _places('湖北五一劳动奖章')[0], _places('全省示范')[0]
    (('湖北省', 'province', '五一劳动奖章'), ('省', 'province', '示范'))
    """
    found = _PREFIX.match(name)
    if found is None:
        return []
    kind = str(found.lastgroup)
    text, rest = found[kind], name[found.end() :]
    if kind == "province":
        return [(PROVINCES.get(text, text), "province", rest)]
    if kind.startswith("whole"):
        kind = kind.removeprefix("whole")
        short = next((unit for unit in ("自治区", "省", "市", "州", "县", "旗", "区") if unit in text), text)
        return [({"province": "省"}.get(kind, short) if short == "区" else short, kind, rest)]
    return [(text, kind, rest)]


# ---- organisations -------------------------------------------------------------------------------------------------


@cache
def _organization_rows() -> tuple[OrganizationEntry, ...]:
    return tuple(
        OrganizationEntry(
            row["name"],
            _split(row["aliases"]),
            row["subtype"],
            cast("Level | None", row["level"] or None),
            row["checked"] == "yes",
            row["note"],
        )
        for row in _rows("organizations.csv")
    )


@cache
def organizations() -> Mapping[str, OrganizationEntry]:
    """Organisations by every name that they have, among them the relative names of a province's bodies.

    >>> organizations()['全总'].name, organizations()['省总工会'].name
    ('中华全国总工会', '{省}总工会')
    """
    entries = _organization_rows()
    index = {fold(alias): entry for entry in entries for alias in entry.aliases}
    index.update({fold(entry.name): entry for entry in entries})
    return MappingProxyType(index)


@cache
def _relative_names() -> Mapping[str, OrganizationEntry]:
    """What follows the place in the names of bodies that every province has: 总工会, 委组织部, 教育厅."""
    index: dict[str, OrganizationEntry] = {}
    for entry in _organization_rows():
        for name in (*entry.aliases, entry.name):
            base = re.sub("^(?:(?:中共|中国共产党)?{省}|省)", "", name)
            if "{省}" in entry.name and base != name:
                index.setdefault(fold(base), entry)
    return MappingProxyType(index)


def match_organization(name: str) -> OrganizationEntry | None:
    """The organisation of a name: a listed one, or the body of that kind at the place that the name begins with.

    >>> match_organization('湖北省总工会').name, match_organization('团市委').subtype
    ('湖北省总工会', 'YouthLeague')
    >>> match_organization('随州市教育局').level, match_organization('某某协会') is None
    ('municipal', True)
    """
    wanted = fold(name)
    entry = organizations().get(wanted)
    if entry is not None and "{" not in wanted:
        return entry
    if league := re.fullmatch(r"(?:共青团(.+?)委(?:员会)?|团(.+?)委)", wanted):
        found = _places(league[1] or league[2])
        if not found or found[0][2]:
            return None
        return OrganizationEntry(f"共青团{found[0][0]}委员会", (), "YouthLeague", _LEVEL[found[0][1]])
    for place, kind, rest in _places(wanted.removeprefix("中共")):
        for base in (rest, re.sub("局$", "厅", rest), re.sub("^党委", "委", rest)):
            if entry := _relative_names().get(base):
                title = entry.name.replace("{省}", place)
                if kind != "province":
                    title = title.replace("厅", "局")
                return replace(entry, name=title, aliases=(), level=_LEVEL[kind])
    return None


def complete(name: str, province: str) -> str | None:
    """The full name of a province's body that a report names by its relative name; None if it is not such a name.

    >>> complete('省总工会', '湖北省'), complete('团省委', '湖北'), complete('省直机关工委', '湖北省')
    ('湖北省总工会', '共青团湖北省委员会', '中共湖北省委直属机关工作委员会')
    >>> complete('省总工会', '广西'), complete('武汉大学', '湖北') is None
    ('广西壮族自治区总工会', True)
    """
    entry = organizations().get(fold(name))
    if entry is None or "{省}" not in entry.name:
        return None
    return entry.name.replace("{省}", PROVINCES.get(province, province))


@cache
def org_suffixes() -> Mapping[str, str]:
    """Heads of organisation names, longest first, each with the class of the ontology that it tells.

    >>> org_suffixes()['党支部'], org_suffixes()['有限公司'], next(iter(org_suffixes())) in org_suffixes()
    ('PartyBranch', 'Enterprise', True)
    """
    return _suffix_table("organization-suffixes.csv")


@cache
def site_suffixes() -> Mapping[str, str]:
    """Heads of the names of sites, longest first, each with its class.

    >>> site_suffixes()['陈列馆'], site_suffixes()['故居']
    ('Museum', 'FormerResidence')
    """
    return _suffix_table("site-suffixes.csv")


def _suffix_table(file: str) -> Mapping[str, str]:
    rows = sorted(_rows(file), key=lambda row: (-len(row["suffix"]), row["suffix"]))
    return MappingProxyType({row["suffix"]: row["subtype"] for row in rows})


def organization_subtype(name: str) -> str | None:
    """The class that the end of an organisation's name tells.

    >>> organization_subtype('湖北城市地质工程院武基公司三分公司党支部'), organization_subtype('省直机关工委')
    ('PartyBranch', 'PartyWorkCommittee')
    >>> organization_subtype('青槐') is None
    True
    """
    return _by_ending(fold(name), org_suffixes())


def site_subtype(name: str) -> str | None:
    """The class that the end of a site's name tells.

    >>> site_subtype('大别山革命历史文化陈列馆'), site_subtype('党性教育基地')
    ('Museum', 'Base')
    """
    return _by_ending(fold(name), site_suffixes())


def _by_ending(name: str, table: Mapping[str, str]) -> str | None:
    for size in range(min(len(name), 14), 0, -1):
        if subtype := table.get(name[-size:]):
            return subtype
    return None


# ---- media ---------------------------------------------------------------------------------------------------------


@cache
def media() -> Mapping[str, MediaEntry]:
    """Media outlets by every name that they have.

    >>> media()['央视'].name, media()['党员生活'].kind
    ('中央电视台', 'magazine')
    """
    entries = [
        MediaEntry(
            row["name"],
            _split(row["aliases"]),
            row["kind"],
            row["level"],
            row["region"],
            row["checked"] == "yes",
            row["note"],
        )
        for row in _rows("media.csv")
    ]
    index = {fold(alias): entry for entry in entries for alias in entry.aliases}
    index.update({fold(entry.name): entry for entry in entries})
    return MappingProxyType(index)


_LOCAL_MEDIA: Final = re.compile(
    rf"(?P<place>{_PROVINCE_NAMES}|[\u4e00-\u9fff]{{2,8}}?(?:市|县|区|州|盟|旗)|[\u4e00-\u9fff]{{2,3}})"
    r"(?:(?P<newspaper>日报社?|晚报|晨报|都市报|商报|青年报|工人报|农民报|法治报|教育报)"
    r"|(?P<broadcast>广播电视台|电视台|卫视|人民广播电台|交通广播|融媒体中心|广电)"
    r"|(?P<web>人民政府(?:门户)?网(?:站)?|政府(?:门户)?网(?:站)?|文明网|长安网|机关党建网|先锋网|党建网|新闻网|日报网)"
    r"|(?P<app>发布|日报客户端|融媒))"
)


def match_media(name: str) -> MediaEntry | None:
    """The outlet of a name: a listed one, or a local one whose name says what it is.

    >>> match_media('湖北省人民政府网').kind, match_media('随州市融媒体中心').kind, match_media('《光明日报》').level
    ('web', 'broadcast', 'central')
    >>> match_media('驻村工作队') is None
    True
    """
    wanted = fold(name)
    if (entry := media().get(wanted)) and "{" not in wanted:
        return entry
    found = _LOCAL_MEDIA.fullmatch(wanted)
    if found is None:
        return None
    kind = next(k for k in ("newspaper", "broadcast", "web", "app") if found[k])
    return MediaEntry(wanted, (), kind, "local", found["place"])


# ---- people --------------------------------------------------------------------------------------------------------


@cache
def title_parts() -> Mapping[str, tuple[str, ...]]:
    """The parts that titles of posts are composed of: modifiers, hosts with their roles, ranks, qualifications.

    >>> '兼' in title_parts()['before'], '党组' in title_parts()['party']
    (True, True)
    """
    data = tomllib.loads((_HERE / "titles.toml").read_text("utf-8"))
    return MappingProxyType({name: tuple(words.split()) for name, words in data.items()})


@cache
def titles() -> Mapping[str, str]:
    """Titles, longest first, each with its kind: post, rank (一级调研员), qualification (高级工程师) or role (党员).

    >>> titles()['党委副书记'], titles()['副总工程师'], titles()['一级调研员'], titles()['第一书记']
    ('post', 'post', 'rank', 'post')
    """
    parts = title_parts()
    found = {title: kind for kind in ("role", "qualification", "rank") for title in parts[kind]}
    posts = {*parts["post"]}
    posts.update(host + role for host in ("", *parts["party"]) for role in parts["partyrole"])
    posts.update(host + role for host in parts["committee"] for role in parts["committeerole"])
    posts.update(vice + head for head in parts["head"] for vice in ("", *parts["vice"]))
    found.update(dict.fromkeys(posts, "post"))
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))))


@cache
def surnames() -> Mapping[str, float]:
    """Surnames, single and compound, with their share of the population; 0.0 where only the surname is known.

    >>> surnames()['李'] > 0.07, '欧阳' in surnames(), '尉迟' in surnames()
    (True, True, True)
    """
    return MappingProxyType({row["surname"]: float(row["share"] or 0) for row in _rows("surnames.csv")})


@cache
def given_name_characters() -> frozenset[str]:
    """Characters in use for given names (a set: no source with frequencies had a clear licence).

    >>> '银' in given_name_characters(), '的' in given_name_characters()
    (True, False)
    """
    return frozenset((_HERE / "given-name-characters.txt").read_text("utf-8").replace("\n", ""))


@cache
def classifiers() -> Mapping[str, str]:
    """Classifiers and units, longest first, each with its kind: count, event, person, money, area, length, mass, ....

    >>> classifiers()['人次'], classifiers()['亩'], classifiers()['万元']
    ('person', 'area', 'money')
    """
    rows = sorted(_rows("classifiers.csv"), key=lambda row: (-len(row["classifier"]), row["classifier"]))
    return MappingProxyType({row["classifier"]: row["kind"] for row in rows})
