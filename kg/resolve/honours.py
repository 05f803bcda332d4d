"""Honours across reports: the series, its edition and its place; local variants are linked to the series, not merged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.levels import level_of
from kg.lexicons import match_honour
from kg.model import Level
from kg.resolve.bodies import Speaker
from kg.resolve.homes import home_of_name
from kg.resolve.names import fold

_EDITION: Final = re.compile(
    r"^(?:(?:(?:19|20)\d\d(?:[-—–~至](?:19|20)?\d\d)?年?度?|第[一二三四五六七八九十百\d]+[届批次]|[首本]届|首批)(?:、|暨)?)+"
)
_SCOPE: Final = re.compile(
    r"^(?:(?P<province>全省|省级|本省|我省|省直机关|省直|省|自治区级|自治区)|(?P<city>全市|市级|市直机关|市直|市|全州|州级|州直|州|全盟|盟级)|"
    r"(?P<county>全县|县级|县直|县|全区|区级|区直|区|全旗|旗级))"
)
_LEVELS: Final = {"province": "省", "city": "市", "county": "县"}
_KEPT: Final = ("直", "直机关")


@dataclass(frozen=True, slots=True)
class HonourName:
    """An honour as all reports know it: key name, edition words, the series that it is of, its level."""

    name: str
    edition: str = ""
    series: str | None = None
    level: Level | None = None
    conferred_by: str | None = None
    rule: str = ""


def honour_name(label: str, speaker: Speaker, conferrer: str | None = None) -> HonourName:
    """What an honour is called across reports.

    The place of a relative name is the publisher's; an honour that says nothing of its scope is its conferrer's, or
    stays the publisher's own.

    >>> hubei = Speaker("湖北省地质局", home_of_name("湖北省地质局"), "r1")
    >>> honour_name("2022年度省级文明单位", hubei).name, honour_name("湖北省文明单位", hubei).name
    ('湖北省文明单位', '湖北省文明单位')
    >>> honour_name("第五届全国文明单位", hubei).edition, honour_name("优秀共产党员", hubei).name
    ('第五届', '湖北省地质局·优秀共产党员')
    """
    plain = fold(label)
    edition = (_EDITION.match(plain) or [""])[0]
    bare = plain[len(edition) :] or plain
    known = match_honour(bare)
    level = level_of(bare) or (known.level if known else None)
    body = known.conferred_by if known else None
    series = _series(bare)
    scope = _SCOPE.match(bare)
    if scope and scope.lastgroup and not home_of_name(bare).city:
        char = _LEVELS[scope.lastgroup]
        place = speaker.home.at(char) or speaker.home.at({"市": "州", "县": "区"}.get(char, char))
        word = scope[0]
        kept = next((k for k in ("直机关", "直") if word.endswith(k)), "")
        rest = kept + bare[scope.end() :]
        if place:
            return HonourName(place + rest, edition, series, level, body, "place-of-publisher")
        return HonourName(f"{speaker.scope}·{bare}", edition, series, level, body, "own")
    if level in ("national",) or (known and known.level == "national"):
        return HonourName(known.name if known and known.level == "national" else bare, edition, None, level, body)
    if home_of_name(bare).narrowest:
        return HonourName(bare, edition, series, level, body)
    owner = conferrer or speaker.scope
    return HonourName(f"{owner}·{bare}", edition, series, level, body, "own")


def _series(bare: str) -> str | None:
    """The name without its place: 文明单位 of 湖北省文明单位, if the lexicon knows it as one of a series."""
    home = home_of_name(bare)
    place = "".join(p for p in (home.province if bare.startswith(home.province or "-") else "", home.city if home.city and home.city in bare else "", home.county if home.county and home.county in bare else "") if p)
    rest = bare.removeprefix(place)
    rest = _SCOPE.sub("", rest)
    return rest if rest and rest != bare and len(rest) >= 2 else None
