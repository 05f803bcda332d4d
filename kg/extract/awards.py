"""Awards: which honour, whose, of which grade, level, year and count, and who confers it.

Honours stand in groups ('A、B和C'). A group is read by its frame: the verb of winning or conferring before it, the
list after its colon, or the caption that it closes. The frame says where its recipients stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotate.cues import alternation, words
from kg.annotate.honours import GRADE, split_grade, trigger
from kg.annotate.lexis import CLAUSE_END
from kg.annotate.reading import Sentence
from kg.extract.levels import level_of, rank_of
from kg.extract.scene import Scene, group
from kg.model import Award, Evidence, Mention
from kg.normalize import QuantityMatch

_BETWEEN = re.compile(
    r"(?:[、,，\s”“]|和|及|与|以及|并|还|等|称号|荣誉|各?[\d一二三四五六七八九十两]+[余多]?[项个名枚次块座篇件人家所支位]|（[^）]*）|\([^)]*\)|奖牌)*"
)
_ADVERBS = re.compile(
    r"(?:先后|还|又|也|均|都|双双|分别|相继|连续[\d一二三四五六七八九十两]+[年届次]|首次|再次|再度|成功|一举|光荣|荣幸|近日|日前|今年|同年|当年|去年|随后|最终|现场|共计|累计|共|已|曾经|曾|多次|连年|每年|同时|更是|并|且|而|则|就|便|一并|共同|继续|陆续|其中|此外|另外|喜|于?(?:19|20|21)\d\d年度?(?:\d+月)?(?:\d+日)?|\d+月(?:\d+日)?|等|[,，、:：\s]|一项|多项|(?<![\u4e00-\u9fff])以[^,，。;；]{1,16}(?:成绩|总分|票数|优势)|(?<![\u4e00-\u9fff])经[^,，。;；]{1,12}|在[^,，。;；]{1,40}(?:中|上|里|时|期间))+$"
)
_LIST_TAIL = re.compile(r"等(?:\d+|[一二三四五六七八九十两]+)?(?:余|多)?(?:名|个|家|位|人|所|支|件|项)?[\u4e00-\u9fff]{0,8}$")
_AFTER_LIST = re.compile(r"^(?:获得者|得主|获奖者|名单|[(（](?P<n>\d+|[一二三四五六七八九十]+)[名个项家人位件篇支所][)）])*[:：]")
_HOLDER = re.compile(r"^(?:称号|荣誉称号|荣誉)?(?:的)?(?:获得者|得主|获奖者)")
_BY = re.compile(r"”?(?:称号|大奖)?(?:花落|[则均]?由)(?P<who>[^,，。;；]{2,120}?)(?P<verb>摘得|获得|夺得|斩获|捧得|摘取|荣获|收入囊中)")
_LISTED = re.compile(r"(?:上榜|登榜|榜上有名|在列|入列|名列其中|位列其中|入选|获此殊荣|获得表彰|受到表彰)")
_STATE = re.compile(r"(?:是|为|系|属|属于|成为|成了)(?:了)?(?:全[国省市县]唯一|唯一|首批|首个|首家|一家|一个)?$")
_PASSIVE_AGENT = re.compile(r"(?:被|由|受到?|经|获得?|荣获)$")


@dataclass(frozen=True, slots=True)
class Frame:
    """How a group of honours is governed: by what, from where to where the verb stands."""

    kind: str  # active, passive, confer, list, holder, state, caption
    start: int
    end: int
    word: str


def awards(scene: Scene) -> Iterator[Award]:
    """All awards of the document, in order."""
    for s in scene.sentences:
        if s.kind == "byline":
            continue
        for honours in _groups(scene, s):
            if _wins(scene.text[honours[-1].end : s.end]):
                continue
            frame = _frame(scene, s, honours)
            if frame and not _aim(scene, s, frame, honours):
                yield from _read(scene, s, frame, honours)


def _ceremony(scene: Scene, h: Mention) -> bool:
    """Whether the honour only names its own ceremony or selection: “全国文明单位”授牌仪式."""
    return any(a.start <= h.start and h.end < a.end and re.search("仪式|大会|会议|评选|活动|典礼|创建|工作$", a.text) for a in scene.within(max(0, h.start - 60), h.end + 40, ("Activity",)))


def _wins(after: str) -> bool:
    """Whether the words name who wins, not what is won: '一批先进集体和个人荣获…'."""
    return bool(re.match(r"(?:[和及、][\u4e00-\u9fff]{2,4})?(?:等)?(?:先后|分别|还|均|都)?(?:荣获|获评|获得|喜获|被评|被授)", after))


def _groups(scene: Scene, s: Sentence) -> list[list[Mention]]:
    """Honours of the sentence that stand coordinated."""
    found = [h for h in scene.within(s.start, s.end, ("Honour",)) if not _ceremony(scene, h)]
    groups: list[list[Mention]] = []
    for h in found:
        gap = scene.text[groups[-1][-1].end : h.start] if groups else ""
        if groups and _BETWEEN.fullmatch(gap) and not re.search("[;；。:：]", gap):
            groups[-1].append(h)
        else:
            groups.append([h])
    return groups


def _frame(scene: Scene, s: Sentence, honours: list[Mention]) -> Frame | None:
    first, last = honours[0], honours[-1]
    text = scene.text
    if first.rule == "honour.notice":
        return Frame("notice", first.start, last.end, "")
    start = _reach(scene, s, first)
    best: Frame | None = None
    for m in trigger().finditer(text, start, first.start):
        if s.lexis.quoted(m.start() - s.start, 0) is not None or scene.covered(m.start(), ("Honour", "Organization", "Person", "Work")):
            continue
        if m.lastgroup == "passive" or _whole(s, m.start(), m.end()) or (len(m[0]) == 1 and scene.starts(m.end())):
            if best and best.kind == "passive" and m.lastgroup == "active":
                best = Frame("passive", best.start, m.end(), m[0])
            elif best and best.kind == "passive" and m.lastgroup == "confer":
                best = Frame("passive", best.start, m.end(), m[0])
            else:
                best = Frame(m.lastgroup or "active", m.start(), m.end(), m[0])
    if best and _near(scene, best, first):
        return best
    after = text[last.end : s.end]
    if _HOLDER.match(after):
        return Frame("holder", last.end, last.end + _HOLDER.match(after).end(), "获得者")  # type: ignore[union-attr]
    m = _BY.match(after)
    if m:
        return Frame("by", last.end, last.end + m.end("who"), m["verb"])
    m = _AFTER_LIST.match(after)
    if m:
        return Frame("list", last.end, last.end + m.end(), ":")
    m = _STATE.search(text[start : first.start])
    if m and _strong(first):
        return Frame("state", start + m.start(), start + m.end(), m[0])
    if s.kind == "caption" or re.match(r"^(?:称号|荣誉称号)?(?:被)?授予", after):
        return Frame("caption", first.start, first.start, "")
    if _mere_mention(text, start, first, after) or not _strong(first):
        return None
    return Frame("plain", first.start, first.start, "")


def _reach(scene: Scene, s: Sentence, first: Mention) -> int:
    """Where the clause of a group starts; a clause of bare honours belongs to the one before it."""
    clauses = scene.clauses(s)
    i = max((k for k, c in enumerate(clauses) if c[0] <= first.start), default=0)
    if i and not scene.text[clauses[i][0] : first.start].strip(" 和及与") and scene.text[clauses[i][0] - 1] in ",，":
        i -= 1
    return clauses[i][0] if clauses else s.start


def _whole(s: Sentence, start: int, end: int) -> bool:
    if end - start > 1:
        return s.text[end - s.start : end - s.start + 1] != "者"
    word = s.lexis.at(start - s.start)
    return word is not None and word.end - word.start == 1


def _near(scene: Scene, frame: Frame, first: Mention) -> bool:
    """Between a verb of winning and its honour stand only counts, conferrers and scopes."""
    gap = scene.text[frame.end : first.start]
    if frame.kind in ("confer", "passive"):
        return len(gap) <= 160
    for m in scene.within(frame.end, first.start):
        gap = gap.replace(m.text, "")
    return len(gap) <= 14


def _strong(h: Mention) -> bool:
    """Whether the words alone show an honour, without a verb of winning."""
    return h.confidence >= 0.5 and bool(
        re.search("全国|国家级|省级|全省|市级|先进|示范|文明|优秀|模范|百强|十强|唯一|奖|功$|标兵|能手|称号|五星|冠军|亚军|季军|第[一二三]|前[三十]", h.text)
    )


def _mere_mention(text: str, start: int, first: Mention, after: str) -> bool:
    """Whether a name of an honour is only spoken of: its ceremony, its rules, its holders in general."""
    return bool(
        re.match(r"(?:[”」])?(?:评选|评审|评比|申报|颁奖|表彰大?会|推荐|创建|候选|办法|条件|标准|事迹|代表|精神|活动|工作|奖金|奖项|设|共?设|是)", after)
        or re.search(r"(?:设立?|设置|评选|评出|颁发|以|按照|对照|围绕|参评|参加|角逐|竞争|获得过)$", text[start : first.start])
    )


def _aim(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> bool:
    """Whether the clause only aims at, recommends or applies for the honour."""
    clause = scene.clause_of(s, honours[0].start)
    before = scene.text[max(clause[0], frame.start - 14) : honours[0].start]
    if re.search(alternation(words("awards", "aims")), before) and not re.search(alternation(words("awards", "won")), before):
        return not (frame.kind in ("active", "passive") and frame.word not in words("awards", "weak"))
    return bool(re.match(r"(?:候选|评选活动|评选工作|申报|创建工作|创建活动|推荐|提名人选|的?(?:通知|办法|条件|标准))", scene.text[honours[-1].end : honours[-1].end + 6]))


def _read(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Iterator[Award]:
    conferrers = _conferrers(scene, s, frame, honours[0])
    recipients, count = _recipients(scene, s, frame, honours)
    pairs = _pairs(scene, frame, recipients, honours)
    contest = _contest(scene, s, frame, honours[0])
    direction = "conferred" if frame.kind == "confer" and _is_publisher(scene, conferrers) and not _is_publisher(scene, recipients) else "received"
    evidence = scene.evidence(s, f"award.{frame.kind}", 0.9, (frame.start, honours[-1].end))
    shared = _shared_count(scene, honours)
    apart = count == len(honours) > 1 and "分" in frame.word  # '2位馆员分获甲、乙': one each
    for recipient, honour in pairs:
        own = _count(scene, frame, honour) or shared
        named, grade = _name(scene, honour, contest)
        level = (
            level_of(named.name)
            or ("unit" if direction == "conferred" else None)
            or level_of("".join(c.text for c in conferrers))
            or _context_level(scene, s, frame, honours, honour)
            or (level_of(contest.text) if contest and len(honour.name) <= 8 else None)
        )
        if level in (None, "county") and "全区" in named.name + s.text and _REGION.search(scene.text):
            level = "provincial"
        date, year = _year(scene, s, frame, honour)
        yield Award(
            recipient=recipient,
            honour=named,
            grade=grade,
            level=level,
            rank=rank_of(level),
            rank_source="inferred" if level else None,
            direction=direction,  # type: ignore[arg-type]
            conferrers=tuple(conferrers),
            date=date,
            year=year,
            count=1 if apart and own is None else own if own is not None else count if recipient.kind == "Group" else None,
            evidence=evidence,
            unsure="" if honour.confidence >= 0.6 else "荣誉名称由模型给出,把握不大 | the model is not sure of the honour's name",
        )


_REGION = re.compile("自治区|内蒙古|广西|宁夏|西藏|新疆")  # there 全区 is the whole region


def _name(scene: Scene, honour: Mention, contest: Mention | None) -> tuple[Mention, str | None]:
    """The honour without its grade; a grade alone is completed by its contest."""
    name, grade = split_grade(honour.name)
    if grade and (name == grade or len(name) <= 4) and contest is not None:
        return replace(honour, name=contest.name + honour.name, implied=True), grade
    return replace(honour, name=name), grade


_CONTEST = re.compile(r"(?:赛|比武|运动会|评选(?:活动)?|展播(?:活动)?|展评|评比(?:活动)?|评审|评价|征文(?:活动)?|大会|推介|博览会|竞答活动|竞答|锦标赛|联赛|演讲比赛|活动)$")


def _contest(scene: Scene, s: Sentence, frame: Frame, first: Mention) -> Mention | None:
    """The contest that a bare grade belongs to: the nearest one named before it, in its sentence or earlier."""
    stop = first.start if frame.kind in ("list", "plain", "caption") else min(frame.start, first.start)
    near = scene.within(s.start, first.start, ("Activity",))
    if near:
        return near[-1]
    before = [m for m in scene.within(0, stop, ("Activity",)) if _CONTEST.search(m.name)]
    return before[-1] if before else None


# --- recipients ----------------------------------------------------------------------------------------------


def _recipients(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> tuple[list[Mention], int | None]:
    first, last = honours[0], honours[-1]
    if frame.kind == "notice":
        listed = _listed(scene, s, last.end)
        return listed or scene.within(last.end, s.end, ("Person", "Place", "Organization")), None
    if frame.kind == "by":
        found = scene.within(frame.start, frame.end, ("Person", "Organization", "Place", "Work"))
        return (scene.run(found[-1], frame.start) if found else _fallback(scene, s, honours)), None
    if frame.kind in ("plain", "confer"):
        listed = _listed(scene, s, last.end)
        if listed:
            return listed, None
    if frame.kind in ("list", "holder"):
        stop = next((b for a, b in scene.clauses(s) if a <= frame.end <= b), s.end)
        stop = _semicolon(scene.text, frame.end, s.end) if frame.kind == "list" else stop
        found = scene.within(frame.end, stop, ("Person", "Organization", "Place", "Work"))
        if frame.kind == "holder":
            found = found[:1]
        return found or _fallback(scene, s, honours), None
    if frame.kind == "confer":
        found, count = _between(scene, s, frame.end, first.start)
        if not found:
            found, count = _after(scene, s, last)
        if found:
            return found, count
        if _PASSIVE_AGENT.search(scene.text[max(s.start, frame.start - 3) : frame.start]):
            return subjects(scene, s, frame.start - 1)
        if re.match(r"(?:其|该|他|她|它|我)", scene.text[frame.end : frame.end + 1]) or not _is_publisher(scene, _conferrers(scene, s, frame, first)):
            found_ = scene.inherited(s, scene.clause_of(s, frame.start)[0])
            if found_:
                return [found_], None
        return [_class_of(first)], None
    if frame.kind == "plain":
        after = scene.within(last.end, s.end, ("Person", "Organization"))
        if after and re.fullmatch(r"[”」\s]{0,2}(?:称号)?", scene.text[last.end : after[0].start]):
            return after[:1], None
        return subjects(scene, s, frame.start)
    if frame.kind == "caption":
        found = scene.candidates(s.start, first.start) or scene.within(s.start, first.start, ("Person", "Organization", "Place", "Work"))
        if not found:
            found = scene.within(last.end, s.end, ("Person", "Organization", "Place", "Work"))
        return found[-1:] or _fallback(scene, s, honours), None
    return subjects(scene, s, frame.start)


def _listed(scene: Scene, s: Sentence, start: int) -> list[Mention]:
    """Who is said, after the honour, to be on its list: '…公布全国文明村名单,甲、乙上榜'."""
    m = _LISTED.search(scene.text, start, s.end)
    if not m:
        return []
    found = [x for x in scene.within(start, m.start(), ("Person", "Organization", "Place", "Work")) if not re.search("获|被|评为", scene.text[x.end : m.start()])]
    return scene.run(found[-1], start) if found else []


def _semicolon(text: str, start: int, end: int) -> int:
    return next((i for i in range(start, end) if text[i] in ";；。"), end)


def _fallback(scene: Scene, s: Sentence, honours: list[Mention]) -> list[Mention]:
    found = scene.inherited(s, honours[0].start)
    return [found] if found else [_class_of(honours[0])]


def _class_of(h: Mention) -> Mention:
    """The kind of recipient that an honour's own last word names: 支部 of 十佳红旗支部."""
    bare = h.text.rstrip("”」』")
    lead = re.search(r"(党员|青年|职工|教师|团员|村民|干部|员工|学生|巾帼)(?:先锋|标兵|能手|模范|楷模|之星|榜样)$", bare)
    if lead:
        return Mention(h.start + lead.start(1), h.start + lead.end(1), lead[1], "Group", "Group", lead[1], "recipient.of-honour", 0.6)
    m = re.search(r"(党支部|支部|岗|大队|所|站|队|号|单位|集体|个人|党员|工作者|家庭|企业|学校|村|社区|班组|窗口|团委|教师|干部|项目|标兵|先锋|能手)$", bare)
    size = len(m[1]) if m and len(m[1]) > 1 else min(2, len(bare))
    end = h.start + len(bare)
    return Mention(end - size, end, bare[-size:], "Group", "Group", bare[-size:], "recipient.of-honour", 0.6)


def _between(scene: Scene, s: Sentence, start: int, end: int) -> tuple[list[Mention], int | None]:
    """Recipients that stand between a verb of conferring and the honour."""
    found = scene.within(start, end, ("Person", "Organization", "Place", "Work"))
    found = [m for m in found if not m.text.startswith("全") and not any(o is not m and o.kind == "Person" and m.end <= o.start and _post_gap(scene.text[m.end : o.start]) for o in found)]
    if found:
        return found, None
    return _counted(scene, s, start, end)


def _post_gap(gap: str) -> bool:
    """An organisation directly before a title and a name is the person's, not a recipient."""
    return 0 < len(gap) <= 10 and not re.search("[、,，和及与;；]", gap)


def _after(scene: Scene, s: Sentence, last: Mention) -> tuple[list[Mention], int | None]:
    m = re.match(r"(?:称号|荣誉称号|荣誉)?(?:授予|颁给|颁发给|授给)", scene.text[last.end : s.end])
    if not m:
        return [], None
    return _between(scene, s, last.end + m.end(), scene.clause_of(s, last.end)[1])


def _counted(scene: Scene, s: Sentence, start: int, end: int) -> tuple[list[Mention], int | None]:
    amounts = scene.amounts(start, end)
    if not amounts or amounts[-1].unit == "%":
        return [], None
    q = amounts[-1]
    a, b = s.lexis.trim(q.end - s.start, end - s.start, " 的\u3000“")
    if b - a < 1 or b - a > 24:
        return [], None
    scene.used.add(q.start)
    return [group(scene.text, s.start + a, s.start + b, "recipient.counted")], int(q.value)


def subjects(scene: Scene, s: Sentence, pos: int) -> tuple[list[Mention], int | None]:
    """Who a verb at ``pos`` is said of, with the count of an anonymous group."""
    clause = scene.clause_of(s, pos)
    start, end = clause[0], pos
    text = scene.text
    m = _ADVERBS.search(text[start:end])
    while m and m.start() >= 0 and m.end() > m.start():
        end = start + m.start()
        m = _ADVERBS.search(text[start:end])
    tail = _LIST_TAIL.search(text[start:end])
    found = scene.candidates(start, end)
    amounts = [q for q in scene.amounts(start, end) if q.unit in _PEOPLE_OR_THINGS and not q.indefinite]
    if tail and found and found[-1].end <= start + tail.start() + 1:
        listed = scene.run(found[-1], start)
        if amounts and amounts[-1].start >= found[-1].end:
            scene.used.add(amounts[-1].start)
        return listed, None
    if amounts and (not found or found[-1].end <= amounts[-1].start):
        got, count = _counted(scene, s, amounts[-1].start, end)
        if got and not re.search(r"^(?:的|，|,)", got[0].text):
            return got, count
    if found:
        last = found[-1]
        rest = text[last.end : end]
        if not rest.strip() or len(rest) > 14 or not _nominal(s, last.end, end):
            return scene.run(last, start), None
        if re.fullmatch(r"(?:的)?[\u4e00-\u9fff]{2,10}", rest) and last.kind in ("Organization", "Place"):
            a, b = last.end + (1 if rest[0] == "的" else 0), end
            if _UNIT.search(rest):
                return [group(text, last.start, b, "recipient.unit")], None
            return [group(text, a, b, "recipient.role")], None
        return scene.run(last, start), None
    a = start
    while a < end and text[a] in " \u3000,，、":
        a += 1
    lead = re.match(r"(?:一批|多个|多名|一大批|部分|全部|\d+多?个?)", text[a:end])
    a += lead.end() if lead else 0
    if 2 <= end - a <= 24 and re.fullmatch(r"[\u4e00-\u9fff]{0,10}“[^”]+”[\u4e00-\u9fff]{0,6}", text[a:end]):
        return [group(text, a, end, "recipient.quoted")], None
    if 2 <= end - a <= 16 and _nominal(s, a, end):
        return [group(text, a, end, "recipient.common-noun")], None
    built = _described(scene, s, start)
    if built:
        return [built], None
    made = bool(re.search("创建|创成|新增|入列", text[pos : pos + 5]))
    inherited = scene.inherited(s, start, direct=not made and end - s.start <= 3, people=not made)
    return ([inherited] if inherited else []), None


def _described(scene: Scene, s: Sentence, start: int) -> Mention | None:
    """'由甲承建的乙工程,获…': the noun that the clause before describes at length."""
    before = [c for c in scene.clauses(s) if c[1] < start]
    if not before or not re.fullmatch(r"[,，\s]*", scene.text[before[-1][1] : start]):
        return None
    a, b = before[-1]
    m = re.search(r"的(?P<noun>[^的,，。;；“”]{3,30})$", scene.text[a:b])
    if not m or not re.search(r"[承参]建|设计|研[制发]|撰写|主编|编写|创作|选送|申报|打造|实施|指导|总承包|完成|牵头|投资|建设", scene.text[a : a + m.start()]):
        return None
    at = a + m.start("noun")
    named = [x for x in scene.within(at, b, ("Place", "Organization", "Work")) if x.end == b]
    return named[0] if named else group(scene.text, at, b, "recipient.described")


_UNIT = re.compile(r"(?:厅|窗口|科|室|股|班|组|站|所|队|部|中心|支部|团委|工会|分局|分会|车间|大厅|岗|工程|项目|大桥|大楼)$")
_PEOPLE_OR_THINGS = frozenset("名 人 个 家 项 件 位 支 篇 所 座 户 对 组 批 种 款 部 台 名次 人次 条 幅 首 场".split())


def _nominal(s: Sentence, start: int, end: int) -> bool:
    """Whether the words of ``[start, end)`` are a noun phrase without verb or adverb."""
    parts = [w for w in s.lexis.between(start - s.start, end - s.start) if w.text not in ("和", "与", "及", "、", "以及")]
    return bool(parts) and parts[-1].pos[0] in "nvjblgsz" and parts[-1].pos not in ("v", "d", "vd") and not any(
        w.pos in ("p", "d", "r", "uj", "ul", "y") or w.text in words("verbs", "stop") for w in parts
    )


def _pairs(scene: Scene, frame: Frame, recipients: list[Mention], honours: list[Mention]) -> list[tuple[Mention, Mention]]:
    """Each recipient with its honours; '分获' and '分别' pair them one to one."""
    if len(recipients) == len(honours) > 1:
        near = scene.text[max(0, frame.start - 4) : frame.end]
        grades = [split_grade(h.name)[1] for h in honours]
        if "分" in near or "依次" in near or (None not in grades and len(set(grades)) == len(grades) and recipients[0].kind == "Person"):
            return list(zip(recipients, honours, strict=True))
    if len(recipients) == 1 and recipients[0].rule == "recipient.of-honour":
        return [(_class_of(h), h) for h in honours]
    return [(r, h) for h in honours for r in recipients]


# --- attributes ----------------------------------------------------------------------------------------------


def _conferrers(scene: Scene, s: Sentence, frame: Frame, first: Mention) -> list[Mention]:
    if frame.kind == "passive":
        return scene.within(frame.start, frame.end, ("Organization",))
    if frame.kind == "confer":
        before = [m for m in scene.candidates(scene.clause_of(s, frame.start)[0], frame.start) if m.kind == "Organization"]
        if before:
            return scene.run(before[-1], s.start)
        if _PASSIVE_AGENT.search(scene.text[max(s.start, frame.start - 3) : frame.start]):
            return []
        opening = scene.text[s.start : frame.start]
        if re.search("决定|印发|通知|公布|发文|通报|名单", opening):
            found = [m for m in scene.candidates(s.start, frame.start) if m.kind == "Organization"]
            return found[:1]
        told = re.search("会上|会议|现场|仪式", opening)
        return [scene.publisher] if scene.publisher and scene.annual and not told else []
    if frame.kind == "active":
        return [m for m in scene.within(frame.end, first.start, ("Organization",)) if m.end <= first.start]
    return []


def _is_publisher(scene: Scene, mentions: list[Mention]) -> bool:
    p = scene.publisher
    return bool(p) and any(m.rule.startswith("alias") or m.name == p.name for m in mentions)  # type: ignore[union-attr]


def _count(scene: Scene, frame: Frame, honour: Mention) -> int | None:
    """The count that stands at the honour: '金奖2项', '3个红旗党支部'."""
    text = scene.text
    for q in scene.quantities:
        if q.indefinite:
            continue
        if honour.end <= q.start <= honour.end + 5 and re.fullmatch(r"”?(?:称号|荣誉|荣誉称号|奖牌|共|各|等)?", text[honour.end : q.start]) and q.unit in _COUNTERS:
            scene.used.add(q.start)
            return int(q.value)
        if honour.start - 2 <= q.end <= honour.start and q.start >= frame.end and q.unit in _COUNTERS and not text[q.end : honour.start].strip(" “的"):
            scene.used.add(q.start)
            return int(q.value)
        if q.start >= honour.start and q.end <= honour.end:
            scene.used.add(q.start)
    return None


_COUNTERS = frozenset("项 个 名 枚 次 块 座 篇 件 人 家 所 支 位 人次 面 封 幅 部 届 份".split())


def _shared_count(scene: Scene, honours: list[Mention]) -> int | None:
    """'一等奖、三等奖各1项' gives each one."""
    last = honours[-1]
    if len(honours) > 1 and scene.text[last.end : last.end + 1] == "各":
        return _count(scene, Frame("active", 0, 0, ""), last)
    return None


def _context_level(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention], honour: Mention) -> str | None:
    """The scope that another honour of the group, or the words before it in the clause, state."""
    if honour is not honours[0] and len(honour.text) <= 8 and not any(level_of(h.text) for h in honours[1:]):
        inherited = level_of(honours[0].text)
        if inherited:
            return inherited
    before = scene.text[s.start : honours[0].start]
    found = re.findall(r"(?:在|从|参加|出战|角逐)([^,，。;；]{2,50}?)(?:中|上|里|时|期间|[,，])", before)
    return level_of(found[-1]) if found else None


def _year(scene: Scene, s: Sentence, frame: Frame, honour: Mention) -> tuple[str | None, int | None]:
    m = re.search(r"(?<!\d)((?:19|20|21)\d\d)(?:年|年度)", honour.text)
    if m:
        return m[1], int(m[1])
    near = scene.text[max(s.start, honour.start - 8) : honour.start]
    m = re.search(r"(?<!\d)((?:19|20|21)\d\d)年度?[“]?$", near)
    if m:
        return m[1], int(m[1])
    return scene.time(s, min(frame.start, honour.start), honour.start)


__all__ = ["CLAUSE_END", "GRADE", "Evidence", "QuantityMatch", "awards", "subjects"]
