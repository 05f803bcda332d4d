"""Where a body is at home: the province, city and county that its name, or its report, puts it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.gazetteer import Division, Gazetteer
from kg.lexicons import PROVINCES
from kg.model import Mention
from kg.resolve.names import fold

_PREFIX: Final = re.compile(r"^(?:中共|中国共产党|共青团|国家税务总局|国网|中国人民银行|政协|团)")
_PROVINCE_NAMES: Final = "|".join(sorted({*PROVINCES.values()}, key=len, reverse=True))
_SHORT_NAMES: Final = "|".join(sorted(PROVINCES, key=len, reverse=True))
_CITY: Final = r"[\u4e00-\u9fff]{1,6}?(?:市|自治州|州|盟|地区)"
_COUNTY: Final = r"[\u4e00-\u9fff]{1,7}?(?:县|(?<![社小园校景矿城林灾片地发新库牧])区|旗|市)"
_TOWN: Final = r"[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道)"
_ADDRESS: Final = re.compile(
    rf"^(?P<province>{_PROVINCE_NAMES}|{_SHORT_NAMES}|[\u4e00-\u9fff]{{2,3}}省)?(?P<city>{_CITY})?(?P<county>{_COUNTY})?(?P<town>{_TOWN})?"
)
_NO_PLACE: Final = re.compile(r"^[省市县区州旗盟镇乡全我本该]|[省市县区州旗][市县区州旗]|[局院校队司厅委办所站馆]")


@dataclass(frozen=True, slots=True)
class Home:
    """Names of the divisions that a body belongs to, None where unknown, and what tells the province."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None
    rule: str = ""
    score: float = 0.0
    evidence: Mention | None = None

    def at(self, level: str) -> str | None:
        """The division that a name beginning with 省, 市, 州, 县, 区, 旗 or 镇 is relative to.

        >>> Home("江西省", "赣州市", "瑞金市").at("市"), Home("湖北省").at("县") is None
        ('瑞金市', True)
        """
        if level == "省":
            return self.province
        if level in "市州盟":
            return next((p for p in (self.county, self.city) if p and p.endswith(level)), self.city)
        if level in "县区旗":
            return self.county if self.county and self.county.endswith(level) else None
        return self.town

    @property
    def narrowest(self) -> str | None:
        """The smallest division known."""
        return self.town or self.county or self.city or self.province

    @property
    def context(self) -> tuple[str, ...]:
        """The divisions, smallest first, as the gazetteer wants them."""
        return tuple(p for p in (self.town, self.county, self.city, self.province) if p)


@lru_cache(maxsize=8192)
def home_of_name(name: str) -> Home:
    """What a body's own name says of its place, completed upward by the gazetteer.

    >>> home = home_of_name("竹山县气象局")
    >>> home.county, home.city, home.province
    ('竹山县', '十堰市', '湖北省')
    >>> home_of_name("青槐县气象局").county, home_of_name("青槐县气象局").province, home_of_name("第六地质大队").narrowest
    ('青槐县', None, None)
    """
    bare = _PREFIX.sub("", fold(name))
    found = _ADDRESS.match(bare)
    if found is None or not found[0]:
        return Home()
    parts = {k: v for k, v in found.groupdict().items() if v}
    for level in ("city", "county", "town"):
        if level in parts and _NO_PLACE.search(parts[level]):
            return _upward({k: v for k, v in parts.items() if k == "province"})
    if found.end() == len(bare) and not parts.get("county") and not parts.get("city") and not parts.get("province"):
        parts = {}
    return _upward(parts)


def _upward(parts: dict[str, str]) -> Home:
    """The divisions above a named one, where the gazetteer knows only one of that name."""
    province = parts.get("province")
    province = PROVINCES.get(province or "", province)
    city, county = parts.get("city"), parts.get("county")
    if county and county.endswith("旗") and not Gazetteer.load().divisions(county):  # 五四红旗
        return _upward({level: name for level, name in parts.items() if level in ("province", "city")})
    if city and not county and (division := _one(city, "county", province, None)) and _one(city, "city", province, None) is None:
        city, county = None, city
        city, province = _names_above(division, city, province)
    elif county and (division := _one(county, "county", province, city)):
        city, province = _names_above(division, city, province)
    elif city and (division := _one(city, "city", province, None)):
        city, province = division.name, _names_above(division, None, province)[1]
    return Home(province, city, county, parts.get("town"), "publisher-name", 1.0) if parts else Home()


def _one(name: str, level: str, province: str | None, city: str | None) -> Division | None:
    gazetteer = Gazetteer.load()
    found = [d for d in gazetteer.divisions(name) if d.level == level and d.former is None]
    above = {part for part in (province, city) if part}
    if above and len(found) > 1:
        found = [d for d in found if above <= {up.name for up in gazetteer.chain(d.code)}]
    return found[0] if len(found) == 1 else None


def _names_above(division: Division, city: str | None, province: str | None) -> tuple[str | None, str | None]:
    chain = Gazetteer.load().chain(division.code)
    by_level = {d.level: d.name for d in chain}
    return city or by_level.get("city"), province or by_level.get("province")


def province_by_vote(votes: Iterable[tuple[str, Mention]]) -> Home:
    """The province that most of a report's names lie in, if most of them agree."""
    ballots = list(votes)
    count = Counter(province for province, _ in ballots)
    if not count:
        return Home()
    (top, most), total = count.most_common(1)[0], sum(count.values())
    if most / total < 0.65:
        return Home()
    witness = min((m for p, m in ballots if p == top), key=lambda m: m.start)
    return Home(top, rule="province-of-report", score=0.9 if most >= 3 else 0.75, evidence=witness)


def province_of_code(code: str) -> str | None:
    """The province that a division code lies in.

    >>> province_of_code("420323101205")
    '湖北省'
    """
    found = Gazetteer.load().division(code[:2])
    return found.name if found else None


def province_of_name(name: str) -> str | None:
    """The province that a name begins with, or that the county or city at its beginning lies in.

    >>> province_of_name("湖北日报"), province_of_name("竹山县何家湾村工作队"), province_of_name("三分公司")
    ('湖北省', '湖北省', None)
    """
    short = next((full for short, full in PROVINCES.items() if name.startswith(short)), None)
    return short or home_of_name(name).province
