"""Organisations: by lexicon, by the speaker's own short names, and by their last word with an anchor before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.annotate.lexis import SPLIT, Lexis
from kg.lexicons import media, org_suffixes, organizations
from kg.rules import load
from kg.rules.cues import alternation, words

ORGANS = (
    "机关党委|直属机关党委|党委|党组|党工委|党总支|机关党支部|党支部|团委|团支部|团总支|工会|妇联|妇委会|纪委|纪检组|机关纪委|工会委员会|青年理论学习小组|驻村工作队"
)
_RULES = load("organization")
_SELF, _CONTINUES = _RULES.pattern("alias.self"), _RULES.pattern("organization.continues")
_NUMBERED, _OF_SELF = _RULES.pattern("organization.numbered"), _RULES.pattern("organ.of-self")
_PROPER = frozenset({"省", "市", "县", "区", "州", "省直", "市直", "团省", "团市", "中共", "中国", "国家", "全国"})


@cache
def _suffixes() -> re.Pattern[str]:
    return re.compile(alternation(org_suffixes()))


_OUTLET = ("报", "网", "社", "台", "刊", "杂志", "客户端", "频道", "新闻", "网站", "强国", "卫视", "公众号", "时报", "在线", "之声", "电视")


@cache
def _known() -> re.Pattern[str]:
    names = [n for n in (*organizations(), *media()) if len(n) >= 3]
    titled = [n for n in media() if not n.endswith(_OUTLET)]  # 《共产党员》 only in its marks
    plain = alternation(n for n in names if n not in set(titled))
    return re.compile(f"{plain}|(?<=《){alternation(titled)}(?=》)")


def known(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Organisations and media outlets of the lexicons, where no longer name goes on."""
    for m in _known().finditer(lexis.text, start, end):
        if m.end() in lexis.boundaries or m.end() - m.start() >= 4:
            yield m.start(), m.end()


def selves(lexis: Lexis, start: int, end: int, noun: str | None) -> Iterator[tuple[int, int, str]]:
    """The speaker's own short names: 我局, 该院, 局 as a word of its own, 局党委.

    ``noun`` is the last word of the publisher's name ('局'), None where it is not known.
    """
    text = lexis.text
    for m in _SELF.finditer(text[start:end]):
        s, e = start + m.start(), start + m.end()
        if s in lexis.boundaries or text[s] in "我该本":
            yield s, e, "alias.self"
    if noun:
        for m in _own_names(noun).finditer(text, start, end):
            if m["bare"] is None or m.end() in lexis.boundaries:
                yield m.start(), m.end(), "organ.of-publisher" if m["organ"] else "alias.publisher"


_CALLED = {
    "中学": ("学校", "校"), "小学": ("学校", "校"), "学院": ("学校", "学院", "校", "院"), "大学": ("学校", "校"), "学校": ("学校", "校"),
    "医院": ("医院", "院"), "法院": ("法院", "院"), "人民法院": ("法院", "院"), "人民检察院": ("检察院", "院"), "检察院": ("检察院", "院"),
    "公司": ("公司", "集团"), "集团": ("集团", "公司"), "支行": ("支行", "行"), "分行": ("分行", "行"), "大队": ("大队",), "支队": ("支队",),
    "中心": ("中心",), "分局": ("分局", "局"), "社区": ("社区",), "协会": ("协会",),
}  # fmt: skip


@cache
def _own_names(noun: str) -> re.Pattern[str]:
    """What a body with this noun calls itself, alone before a verb or with an organ after it."""
    stems = alternation(_CALLED.get(noun, (noun,)))
    return re.compile(
        f"(?<![\u4e00-\u9fff]){stems}(?P<organ>{ORGANS})"
        f"|(?<![\u4e00-\u9fff“])(?P<bare>{stems})(?={_OF_SELF.pattern.removeprefix('^')})"
    )


def by_suffix(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names that end in an organisation's last word and begin at an anchor, the last one first."""
    for m in sorted(_suffixes().finditer(lexis.text, start, end), key=lambda m: -m.end()):
        head, stop = m.span()
        word = lexis.before(stop)
        if word is None or word.end != stop or _CONTINUES.match(lexis.text[stop:]):
            continue
        at = left(lexis, start, head)
        if at < head and _proper(lexis, at, head, stop):
            yield at, stop


def left(lexis: Lexis, start: int, head: int) -> int:
    """Walk left from an organisation's last word over the words that may belong to its name."""
    at = head
    while at > start:
        word = lexis.before(at)
        if word is None or word.start < start or word.text[0] in SPLIT + "、“”《》 \u3000·":
            break
        if word.text[-1] in ")）" and lexis.partner.get(word.end - 1, -1) >= start:
            at = lexis.partner[word.end - 1]
            continue
        if word.text in words("verbs", "inner"):
            at = word.start
            continue
        if word.text in words("verbs", "stop") or word.text in words("organizations", "generic") or word.pos[0] in "pcudyr(（":
            break
        if word.pos in ("v", "vd", "vi", "d", "ad", "f") and len(word.text) > 1:
            break
        at = word.start
    while at < head and lexis.text[at] in "个家名位所支(（":
        at += 1
    return at


def _proper(lexis: Lexis, at: int, head: int, end: int) -> bool:
    """Whether the modifier makes the name specific: a place, a relative prefix, a number, a proper noun."""
    parts = lexis.between(at, head)
    if not parts or end - at > 40:
        return False
    first = parts[0]
    if first.text in words("organizations", "generic"):
        return False
    if first.pos in ("ns", "nt", "nz", "nr") or first.text in _PROPER:
        return True
    return bool(_NUMBERED.match(lexis.text[at:head]))


def prefixes(lexis: Lexis, start: int, end: int) -> list[int]:
    """Where shorter organisations within a nested name end, outermost unit first.

    The boundaries of '湖北城市地质工程院武基公司三分公司党支部' lie after 工程院, 武基公司 and 三分公司.
    """
    text = lexis.text
    ends: list[int] = []
    for m in _suffixes().finditer(text, start, end):
        at = m.end()
        if m.start() == start or end - at < 2 or at - start < 3 or at not in lexis.boundaries:
            continue
        if _CONTINUES.match(text[at:]) or lexis.quoted(at, start) is not None:
            continue
        word = lexis.before(at)
        if word is None or (word.text in words("organizations", "not_names") and m.end() - m.start() == 1):
            continue
        if m[0] == "中心" and text.startswith(_AFTER_CENTRE, at):
            continue
        ends.append(at)
    return [e for i, e in enumerate(ends) if i == 0 or e - ends[i - 1] >= 2]


_AFTER_CENTRE = ("支行", "分行", "医院", "小学", "中学", "学校", "幼儿园", "卫生院", "血站", "法庭", "敬老院")


@cache
def _by_length() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(org_suffixes().items(), key=lambda kv: (-len(kv[0]), kv[0])))


def subtype(name: str) -> str:
    """The class of an organisation by its name.

    >>> subtype("局党委"), subtype("青槐县气象局")
    ('PartyCommittee', 'Bureau')
    """
    bare = name.strip("《》“”")
    if bare in media():
        return "Media"
    for suffix, kind in _by_length():
        if bare.endswith(suffix):
            return kind
    return "Organization"


def unit_noun(name: str | None) -> str | None:
    """The last word of an organisation's name by which it calls itself: '局' of 省地质局.

    >>> unit_noun("省地质局"), unit_noun("青槐县人民医院"), unit_noun("省总工会")
    ('局', '医院', '工会')
    """
    if not name:
        return None
    nouns = ("人民法院", "人民检察院", "法院", "检察院", "医院", "学院", "大学", "中学", "小学", "学校", "公司", "集团", "支行", "分行", "大队", "支队", "总队", "中心", "工会", "协会", "学会", "妇联", "团委", "分局")
    return next((n for n in nouns if name.endswith(n)), name[-1])
