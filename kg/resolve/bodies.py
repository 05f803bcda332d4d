"""The full name of an organisation, by which reports of many bodies know it as one.

A relative name (省总工会, 县局, 局党委, 三分公司) is completed by its publisher or host; the completion is an inference and
stands beside the name that the text supports, never in its place. A name that nothing completes stays its publisher's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.gazetteer import Gazetteer
from kg.lexicons import complete, match_media, match_organization, media
from kg.resolve.homes import Home, home_of_name
from kg.resolve.names import fold, gaps
from kg.resolve.report import Cluster

_RELATIVE: Final = re.compile(
    r"^(?:中共)?(?:团(?P<league>[省市县区州旗盟])委|(?P<level>省|市|县|区|州|旗|盟|镇|乡)(?P<rest>[\u4e00-\u9fffA-Za-z0-9“”]+))$"
)
_NOT_RELATIVE: Final = re.compile(r"^(?:市场|市政|市民|区域|乡村|乡贤|县域|县城|省会|旗舰|州际|镇流|区块|市北|市南|市中|乡土|乡镇)")
_NATIONAL: Final = re.compile(r"^(?:中国|全国|国家|中华|中共中央|国务院|最高人民|中央|国际|世界|亚洲)")
_UNIT: Final = re.compile(
    r"(?:科|股|室|处|队|站|所|班|组|车间|分公司|项目部|支部|党委|党组|党总支|团委|工会|妇联|部|系|分局|支行|分行|中心|办公室|办|"
    r"分院|学院|科室|作业区|工区|营业厅|网点|事业部|机关|委员会|分会|女工委|纪委|站点|实验室)$"
)
_GENERIC: Final = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+|实验|人民|中心|中医|妇幼|城关|机关|直属)?(?:中学|小学|幼儿园|医院|中医院|卫生院|法院|检察院|公安局|派出所|敬老院|福利院|图书馆|文化馆|博物馆|党校|高中|初中|人民政府|政府)$"
)
_TAX: Final = re.compile(r"^国家税务总局(?=[\u4e00-\u9fff]{2,}税务局)")
_PARTY: Final = re.compile(r"^(?:中国共产党|中共)(?P<place>[\u4e00-\u9fff]{2,12}?[市县区州旗盟镇乡])委(?:员会)?$")
_LEVEL_WORD: Final = {"省": "省", "市": "市", "县": "县", "区": "区", "州": "州", "旗": "旗", "盟": "盟", "镇": "镇", "乡": "乡"}


@dataclass(frozen=True, slots=True)
class FullName:
    """A body's full name, None where nothing completes it; by which rule, and how sure."""

    name: str | None
    rule: str = ""
    score: float = 1.0
    scope: str = ""  # whose own an incomplete name is


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who publishes a report: full name (None where unknown), home and the report's id."""

    name: str | None
    home: Home
    report: str

    @property
    def scope(self) -> str:
        """What keeps an incomplete name apart from its like."""
        return self.name or self.report


def full_name(cluster: Cluster, speaker: Speaker, speaking: Cluster | None) -> FullName:
    """The full name of an organisation of a report."""
    if cluster is speaking:
        return FullName(speaker.name, scope=speaker.report) if speaker.name else FullName(None, scope=speaker.report)
    if cluster.host is not None and cluster.host is not cluster:
        host = full_name(cluster.host, speaker, speaking)
        name = None if host.name is None else host.name + fold(cluster.tail)
        return FullName(name, "organ-of-host", 0.9, host.scope or speaker.scope)
    return complete_name(fold(cluster.label), speaker)


def complete_name(name: str, speaker: Speaker) -> FullName:
    """The full name behind a name, as a publisher uses it.

    >>> hubei = Speaker("湖北省地质局", Home("湖北省"), "r1")
    >>> complete_name("省总工会", hubei).name, complete_name("第六地质大队", hubei).name
    ('湖北省总工会', '湖北省地质局第六地质大队')
    >>> complete_name("团省委", Speaker(None, Home(), "r1")).name is None, complete_name("中国科协", hubei).rule
    (True, '')
    """
    relative = relative_name(name, speaker.home)
    if relative is not None:
        return FullName(relative.name, relative.rule, relative.score, speaker.scope)
    if anchored(name):
        return FullName(canonical(name))
    if _GENERIC.match(name):
        area = speaker.home.narrowest
        return FullName(area + name if area else None, "place-of-publisher", 0.8, speaker.scope)
    if _UNIT.search(name) and len(name) <= 14:
        if speaker.name is None:
            return FullName(None, scope=speaker.report)
        return FullName(speaker.name + name, "unit-of-publisher", 0.8, speaker.scope)
    return FullName(canonical(name))


def relative_name(name: str, home: Home) -> FullName | None:
    """A name relative to a province, city or county, completed by where its publisher is; None for another name.

    >>> relative_name("县气象局", Home("湖北省", "十堰市", "竹山县"))
    FullName(name='竹山县气象局', rule='publisher-county', score=0.8, scope='')
    >>> relative_name("团省委", Home("湖北省")).name, relative_name("市场监管局", Home("湖北省")) is None
    ('共青团湖北省委员会', True)
    """
    if _NOT_RELATIVE.match(name):
        return None
    if name.startswith(("自治区", "全区")) and home.province and home.province.endswith("自治区"):
        return FullName(canonical(home.province + name.removeprefix("自治区")), "publisher-province", home.score)
    found = _RELATIVE.match(name)
    if found is None or match_media(name) is not None:
        return None
    level = found["league"] or found["level"]
    rule = {"省": "publisher-province", "市": "publisher-city", "州": "publisher-city", "盟": "publisher-city"}.get(level, "publisher-county")
    place = home.at(level)
    if place is None:
        return FullName(None, rule)
    if level == "省" and (known := complete(name, place)) and _shortens(name, known):
        return FullName(known, rule, min(0.95, home.score or 0.8))
    full = f"共青团{place}委员会" if found["league"] else place + (found["rest"] or "")
    return FullName(canonical(full), rule, min(0.95, home.score or 0.8))


@lru_cache(maxsize=16384)
def anchored(name: str) -> bool:
    """Whether a name tells by itself which body it is.

    >>> [anchored(n) for n in ("湖北省地质局", "青槐县气象局", "中国科协", "三分公司", "党员生活")]
    [True, True, True, False, True]
    """
    if _NATIONAL.match(name) or name in media() or match_media(name) is not None:
        return True
    known = match_organization(name)
    if known is not None and "{" not in known.name:
        return True
    if home_of_name(name).narrowest is not None:
        return True
    found = Gazetteer.load().scan(name)
    return bool(found) and found[0].start == 0


@lru_cache(maxsize=16384)
def canonical(name: str) -> str:
    """One form of a full name: the lexicon's, where it has one, without a province before a city or county.

    >>> canonical("湖北省直机关工委"), canonical("中共青槐县委"), canonical("青槐县委")
    ('中共湖北省委直属机关工作委员会', '中国共产党青槐县委员会', '中国共产党青槐县委员会')
    >>> canonical("湖北省竹山县气象局"), canonical("国家税务总局莲漪区税务局"), canonical("湖北地质局")
    ('竹山县气象局', '国家税务总局莲漪区税务局', '湖北省地质局')
    """
    name = _TAX.sub("", name)
    if (party := _PARTY.match(name)) is not None:
        name = f"{party['place']}委"
    home = home_of_name(name)
    if home.province and name.startswith(home.province) and (home.city or home.county) and len(name) > len(home.province):
        below = name[len(home.province) :]
        name = below if home_of_name(below).narrowest else name
    known = match_organization(name)
    return known.name if known is not None and "{" not in known.name and _shortens(name, known.name) else name


def _shortens(name: str, full: str) -> bool:
    """Whether a name only leaves out characters of a fuller one: 文旅厅 does, a former name (地矿局) does not.

    >>> _shortens("湖北省文旅厅", "湖北省文化和旅游厅"), _shortens("湖北省地矿局", "湖北省地质局")
    (True, False)
    """
    return name in full or gaps(name.replace("党委", "委"), full) > 0 or _twin(name) in full


def _twin(name: str) -> str:
    """A city's bureau where the table has a province's department: 随州市教育局, 教育厅."""
    return re.sub("厅$", "局", name)
