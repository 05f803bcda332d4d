"""Level of an honour from the words that state its scope, and rank from who confers it."""

from __future__ import annotations

import re

from kg.model import Level

_WORDS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("national", re.compile(r"全国|国家级|国家(?!开发|电网|税务总局)|中国|中华|全军|国务院|党中央|中共中央|世界|国际|亚洲|全球|央企|中央(?!部门)")),
    ("provincial", re.compile(r"全省|省级|省直|省部级|省委|省政府|全区级|自治区|全自治区|^省|[\u4e00-\u9fff]省|(?:北京|上海|天津|重庆)市|部级|部优|省(?=“)|(?:教育|公安|司法|财政|农业农村|水利|交通运输|自然资源|生态环境|住房和城乡建设|工业和信息化|科学技术|文化和旅游|民政|应急管理|人力资源和?社会保障)部")),
    ("municipal", re.compile(r"全市|市级|市直|全州|州级|州直|市委|市政府|州委|州政府|全盟|^[市州盟]|[\u4e00-\u9fff]{1,6}[市州盟]")),
    ("county", re.compile(r"全县|县级|县直|区级|区直|县委|县政府|区委|全旗|^[县区旗]|[\u4e00-\u9fff]{1,6}县|(?:左|右|中|前|后|[\u4e00-\u9fff]{2,4}自治)旗|(?<![地社景园校小厂矿库灾山城示范])区(?=[“先优文十最])")),
    ("township", re.compile(r"全镇|镇级|全乡|乡级|街道级|[\u4e00-\u9fff]{1,4}[镇乡](?=[“先优文十最])")),
    ("unit", re.compile(r"全局|局级|全院|院级|全校|校级|全公司|公司级|全系统|本单位|局机关|全队|集团(?!军)|总公司|^[局院校]")),
)  # fmt: skip
_PROVINCES = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
)


def level_of(words: str) -> Level | None:
    """The level that the words state, None if they say nothing of it.

    >>> level_of("省直机关红旗党支部"), level_of("全国文明单位"), level_of("优秀个人")
    ('provincial', 'national', None)
    """
    for level, pattern in _WORDS[:1]:
        if pattern.search(words):
            return level
    if re.search(r"[\u4e00-\u9fff]省(?!会|心|力)|^省|全省|省级|省直", words) and not re.search(r"市“|[\u4e00-\u9fff]{2}市[先优文十最“]", words):
        return "provincial"
    for level, pattern in _WORDS[1:]:
        if pattern.search(words):
            return level
    return "provincial" if _PROVINCES.match(words) else None


def rank_of(level: Level | None) -> str | None:
    """The usual standing of a body that confers at this level."""
    return {None: None, "national": "国家级", "provincial": "省部级", "municipal": "市厅级", "county": "县处级", "township": "乡科级", "unit": None}[level]
