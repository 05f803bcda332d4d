"""Activities, coverage by media, assistance to villages, cooperation, visits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.reading import Sentence
from kg.extract.scene import Scene, group, quantity
from kg.model import ActivityFact, Assistance, Cooperation, Coverage, Measure, Mention, Visit

_REPORTED = re.compile(r"报道|刊发|刊登|刊载|转载|转发|关注|发表|播出|播发|专访|采访|推介|聚焦|点赞|登上|上稿|刊用|采用|登载|宣传|直播|报导|登出|发布|推出")
_HELP = re.compile(r"驻村|帮扶|对口支援|结对|定点扶贫|扶贫|乡村振兴|联村|包村|援建|捐赠|助农|帮助")
_GO = re.compile(r"(?:赴|到|前往|走进|来到|深入|参观|瞻仰|走访)$")
_LEARN = re.compile(r"参观|学习|实践|锻炼|考察|调研|研学|瞻仰|祭扫|交流|体验|观摩|走访|慰问|接受.{0,6}教育|重温")
_CONTRACT = re.compile(r"签订|签署|签约|合作|共建|结对|联系服务|联系|对接|战略")
_COUNTERPART = re.compile(r"^(?:企业|社区|县|村|高校|院校|单位|部门|市|区|医院|学校|银行|地方|科研|机构|公司|基地|项目|乡镇|街道|党支部|支部)")


def activities(scene: Scene) -> Iterator[ActivityFact]:
    """Every activity, with what its own clause and sentence say of it."""
    for s in scene.sentences:
        for a in scene.within(s.start, s.end, ("Activity",)):
            clause = scene.clause_of(s, a.start)
            date, _ = scene.time(s, a.start, a.end)
            yield ActivityFact(
                activity=a,
                date=date,
                places=tuple(_places(scene, s, a, clause)),
                participants=tuple(_participants(scene, s, a, clause)),
                evidence=scene.evidence(s, f"activity.{a.rule}", a.confidence, (a.start, a.end)),
                unsure="" if a.confidence >= 0.5 else "活动名称把握不大 | not sure of the activity's name",
            )


def _places(scene: Scene, s: Sentence, a: Mention, clause: tuple[int, int]) -> list[Mention]:
    out = []
    for p in scene.within(clause[0], s.end, ("Place",)):
        before = scene.text[max(s.start, p.start - 2) : p.start]
        if re.search(r"(?:在|于|到|赴|走进|来到)$", before) and not a.start <= p.start < a.end:
            out += scene.run(p, s.start) if p.start > clause[0] else [p]
            for q in scene.within(p.end, s.end, ("Place",)):
                if re.fullmatch("[、和及]", scene.text[out[-1].end : q.start]):
                    out.append(q)
    return list(dict.fromkeys(out))


def _participants(scene: Scene, s: Sentence, a: Mention, clause: tuple[int, int]) -> list[Mention]:
    near = scene.within(clause[0], clause[1], ("Person", "Organization"))
    out = [m for m in near if not (a.start <= m.start < a.end) and m.subtype != "Media"]
    if not out and re.search(r"参加|组织|举办|开展|召开|举行|完成", scene.text[clause[0] : a.start]):
        out = [m for m in [scene.inherited(s, clause[0])] if m is not None and m.kind in ("Person", "Organization")]
    return out


def coverage(scene: Scene) -> Iterator[Coverage]:
    """Outlets that are said to have reported."""
    seen: set[str] = set()
    for s in scene.sentences:
        if s.kind == "byline" or not _REPORTED.search(s.text):
            continue
        for m in scene.within(s.start, s.end, ("Organization",)):
            if m.subtype == "Media" and m.name not in seen and not _dateline(scene, m):
                seen.add(m.name)
                yield Coverage(media=m, subject=scene.publisher, evidence=scene.evidence(s, "coverage.reported", 0.9, (m.start, m.end)))


def _dateline(scene: Scene, m: Mention) -> bool:
    return bool(re.match(r"(?:讯|消息|记者|客户端讯|\()", scene.text[m.end : m.end + 4]))


def assistance(scene: Scene, measures: list[Measure]) -> Iterator[Assistance]:
    """What a body gives a village: the quantities of sentences about help, and of those that go on."""
    village: Mention | None = None
    block = -1
    for s in scene.sentences:
        here = [m for m in scene.within(s.start, s.end, ("Place",)) if m.subtype == "Village"]
        if s.block != block:
            village, block = None, s.block
        paragraph = scene.text[scene.document.blocks[s.block].start : s.end]
        if here and _HELP.search(paragraph):
            village = here[-1]
        if village is None or (here and s.start > village.start and here[0].rule == "x"):
            continue
        helper = scene.publisher
        if helper is None or re.search(r"被评为|被命名|荣获|获评", s.text):
            continue
        for m in measures:
            if s.start <= m.quantity.start < s.end:
                yield Assistance(helper=helper, village=village, what=m.indicator, quantity=m.quantity, year=m.year, evidence=m.evidence)


def cooperation(scene: Scene, measures: list[Measure]) -> Iterator[Cooperation]:
    """Counted or named partners of a contract or a standing link."""
    for s in scene.sentences:
        for a, b in scene.clauses(s):
            words = _CONTRACT.search(scene.text, a, b)
            if not words or scene.publisher is None:
                continue
            what = re.search(r"[\u4e00-\u9fff]{2,8}(?:协议|合同|备忘录)", scene.text[words.start() : b])
            kind = re.sub(r"^(?:签订|签署)", "", what[0]) if what else words[0]
            for m in measures:
                if a <= m.quantity.start < b and _COUNTERPART.match(m.indicator):
                    at = scene.text.find(m.indicator, a, b + len(m.indicator))
                    at = at if at >= 0 else m.quantity.start
                    yield Cooperation(
                        party=scene.publisher,
                        partner=group(scene.text, at, at + len(m.indicator), "partner.counted"),
                        what=kind,
                        quantity=m.quantity,
                        year=m.year,
                        evidence=m.evidence,
                    )
            for o in scene.within(a, b, ("Organization", "Place")):
                if re.search(r"(?:与|和|同)$", scene.text[max(a, o.start - 1) : o.start]) and what:
                    yield Cooperation(party=scene.publisher, partner=o, what=kind, year=scene.time(s, a, b)[1], evidence=scene.evidence(s, "cooperation.contract", 0.8, (a, b)))


def visits(scene: Scene) -> Iterator[Visit]:
    """Sites that somebody went to in order to learn there."""
    for s in scene.sentences:
        if not _LEARN.search(s.text):
            continue
        previous: Mention | None = None
        for p in scene.within(s.start, s.end, ("Place",)):
            before = scene.text[max(s.start, p.start - 3) : p.start]
            listed = previous is not None and re.fullmatch("[、和及与]", scene.text[previous.end : p.start])
            if not _GO.search(before) and not listed:
                previous = None
                continue
            previous = p
            visitor = _visitor(scene, s, p)
            if visitor:
                yield Visit(visitor=visitor, site=p, date=scene.time(s, p.start, p.end)[0], evidence=scene.evidence(s, "visit.went", 0.75, (p.start, p.end)))


def _visitor(scene: Scene, s: Sentence, p: Mention) -> Mention | None:
    for q in reversed(scene.amounts(s.start, p.start)):
        if q.unit in ("名", "人", "位", "余人"):
            m = re.match(r"[\u4e00-\u9fff]{2,10}?(?=开展|到|赴|前往|参加|来到|走进|[,，])", scene.text[q.end : p.start])
            if m:
                return group(scene.text, q.end, q.end + m.end(), "visitor.counted")
    found = scene.candidates(s.start, p.start)
    return found[-1] if found and found[-1].kind in ("Person", "Organization") else scene.publisher
