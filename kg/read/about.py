"""Who published a report, when, and which year it is about."""

from __future__ import annotations

import itertools
import re

from kg.model import Document
from kg.normalize import dates, halfwidth

_ORG_END = "局|厅|委|委员会|院|所|站|馆|队|公司|集团|学校|校|大学|中学|小学|幼儿园|中心|处|办|办公室|政府|工会|团委|妇联|支部|党委|党组|总支|协会|学会|部|厂|矿|场|银行|联社|联合会|合作社|基金会|商会|镇|乡|街道|社区|村|县|区|市|州|研究会|工委|台|总队|支队|大队|中队|师范|段|港|所|科|室|园"
_MEDIA = re.compile(r"网|报|本站|原创|转载|杂志|频道|客户端|融媒|新闻|在线|微信|公众号|传媒|电视|广播|电台|客|编辑|投稿|未知|互联|通讯社|新华社|整理|综合")
_ORG = re.compile(rf"[\u4e00-\u9fff“”()·]{{1,38}}?(?:{_ORG_END})$")
_SUPPLIED = re.compile(r"(?:^[(【\[]\s*)?([\u4e00-\u9fff“”·]{2,40}?)\s*(?:供稿|报送|提供|发布)(?:[)】\]]|$)")
_LABELLED = re.compile(r"(?:供稿单位|供稿|发布单位|发布机构|发布机关|发布部门|发文机关|作者单位|稿源|(?:信息|文章|稿件|内容|本文)?来源|单位)\s?:\s*([\u4e00-\u9fff“”()·]{2,40})")
_IN_TITLE = re.compile(rf"^(?:中共)?([\u4e00-\u9fff“”·]{{2,30}}?(?:{_ORG_END}))(?:关于)?\s?(?:(?:19|20|21)\d{{2}}(?:[-—至](?:19|20|21)\d{{2}})?年|年度|上半年|工作总结|工作报告|述职)")
_COMMITTEE = re.compile(r"(中共[\u4e00-\u9fff]{2,30}?委员会)")
_YEAR = re.compile(r"((?:19|20|21)\d{2})\s?(?:[-—–~至、]{1,2}\s?((?:19|20|21)\d{2})\s?)?(?:年|年度)")
_OPENING = re.compile(r"^\W{0,2}((?:19|20|21)\d{2})年(?:度|以来|来)?(?:[,,是]|(?![\d一二三四五六七八九十]))")
_ANNUAL = re.compile(r"年度|年终|总结|亮点|回顾|盘点|述职|全年|一年来|过去(?:的)?一年|工作报告|成绩单|大事记|综述")
_SIGNED = re.compile(r"^(?:(?:19|20|21)\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?|[一二]\w{3}年\w{1,3}月\w{1,3}日)$")
_WHEN = re.compile(r"(?:发布|发稿|发表|公布|成文|时间|日期)")
# a desk of the body that speaks: 省地质局办公室 supplies what 省地质局 says
_DESK = re.compile(r"(?P<body>[\u4e00-\u9fff“”()·]{3,}?(?:局|厅|院|校|队|公司|集团|大学|学院|中学|医院|中心|法院|检察院|银行|支行|分行|馆|站|总工会|政府|管委会))(?:办公室|综合[科处部室]|宣传[科处部]|政工[科处]|党办|党委办公室|人事[科处]|机关党委|组织宣传部|党群工作部|党委宣传部|政治[部处])$")
# of a body that is not named: 公司办公室 may be anyone's
_NAMELESS = re.compile(r"(?:本|我)?(?:局|厅|院|校|公司|集团|中心|馆|站|队|镇|乡|县|市|区)?(?:党政|党委|行政|综合|人事|宣传|政工|机关)?(?:办公室|综合[科处部室]|宣传[科处部]|政工[科处]|党办|[科处部室办])")
_GAP = re.compile(r"(?<=[年月])\s+(?=[\d一二三四五六七八九十])|(?<=\d)\s+(?=[年月日])")
_VERB_INSIDE = re.compile(r"获|评|荣|召开|举办|开展|推进|落实|学习|助力|打造|建设(?!局|厅|委|集团|公司)|加强|深入|全力|奋力")


def publisher(document: Document, source: str | None) -> str | None:
    """The organisation that the page names as its author, as it names it; None if it names none."""
    for words in _candidates(document, source):
        if words:
            return words
    return None


def published(document: Document) -> str | None:
    """The day of publication, from the metadata; else the date that signs the text."""
    pieces = [halfwidth(document.text[b.start : b.end]) for b in document.blocks if b.kind == "meta"]
    for words in pieces:
        if (label := _WHEN.search(words)) and (day := _first_day(words[label.start() :])):
            return day
    return next(filter(None, map(_first_day, pieces)), None)


def period(document: Document) -> int | None:
    """The year that the report is about.

    From the title or subtitle; else from its opening ('2031年,…'); else the year of publication, where annual
    reports of January and February describe the year before.
    """
    for words in (document.title, document.subtitle):
        if words and (found := _YEAR.search(halfwidth(words))):
            return int(found[2] or found[1])
    body = [halfwidth(document.text[b.start : b.end]) for b in document.blocks if b.kind == "paragraph"]
    for words in body[:3]:
        if found := _OPENING.match(words):
            return int(found[1])
    if not document.published:
        return None
    year, month = int(document.published[:4]), int(document.published[5:7])
    annual = any(_ANNUAL.search(words) for words in (document.title or "", document.subtitle or "", *(b[:80] for b in body[:1])))
    return year - 1 if annual and month <= 2 else year


def _first_day(words: str) -> str | None:
    words = _GAP.sub("", words)
    return next((d.iso for d in dates(words) if d.iso and len(d.iso) == 10), None)


def _candidates(document: Document, source: str | None) -> list[str | None]:
    lines = [(b.kind, halfwidth(document.text[b.start : b.end])) for b in document.blocks if b.kind in ("byline", "meta")]
    supplied = [_organisation(m[1]) for kind, words in lines if kind == "byline" and (m := _SUPPLIED.search(words))]
    labelled = [_organisation(m[1]) for _, words in lines for m in _LABELLED.finditer(words)]
    signed = [_organisation(words) for (kind, words), (_, below) in itertools.pairwise(lines)
              if kind == "byline" and _SIGNED.match(below)]  # fmt: skip
    titled = [_in_title(words) for words in (document.subtitle, document.title)]
    return [*supplied, *signed, *titled, *labelled, _organisation(source)]


def _in_title(words: str | None) -> str | None:
    if not words:
        return None
    words = halfwidth(words).lstrip("—–―─- ")
    if found := _COMMITTEE.search(words):
        return found[1]
    found = _IN_TITLE.search(words)
    return _organisation(found[1]) if found and not _VERB_INSIDE.search(found[1]) else None


def _organisation(words: str | None) -> str | None:
    """The words, if they name an organisation that is no outlet of the media."""
    if not words:
        return None
    words = halfwidth(words).strip(" ()[]【】:")
    if not _ORG.fullmatch(words) or _MEDIA.search(words) or len(words) < 3:
        return None
    if _NAMELESS.fullmatch(words):
        return None
    desk = _DESK.match(words)
    return desk["body"] if desk else words
