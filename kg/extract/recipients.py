"""Who an award is given to: named recipients, anonymous groups with their count, subjects taken over."""

from __future__ import annotations

from collections.abc import Callable
from re import finditer, fullmatch

from kg.annotate.honours import split_grade
from kg.annotate.reading import Sentence
from kg.extract.frames import Frame
from kg.extract.scene import Scene, group
from kg.model import Mention
from kg.rules import load
from kg.rules.cues import words

Found = tuple[list[Mention], int | None]  # recipients, and the count of an anonymous group

RECIPIENTS = ("Person", "Organization", "Place", "Work")
_RULES = load("award")
_ADVERBS, _AGENT, _LISTED, _PRONOUN = (_RULES.pattern(f"award.{n}") for n in ("adverbs", "agent", "listed", "pronoun"))
_CONFERRED_AFTER, _NEW, _APART = (_RULES.pattern(f"award.{n}") for n in ("conferred-after", "new", "apart"))
_ANNOUNCED, _AT_MEETING = _RULES.pattern("award.announced"), _RULES.pattern("award.at-meeting")
_ALREADY, _LIST_TAIL, _LEAD = (_RULES.pattern(f"recipient.{n}") for n in ("already", "list-tail", "lead"))
_OF_HONOUR, _PEOPLE = _RULES.pattern("recipient.of-honour"), _RULES.pattern("recipient.people-of-honour")
_QUOTED, _ROLE, _UNIT = (_RULES.pattern(f"recipient.{n}") for n in ("quoted", "role", "unit"))
_QUOTES, _FIGURES = _RULES.pattern("recipient.quotes"), _RULES.pattern("recipient.figures")
_DESCRIBED, _MADE = _RULES.pattern("recipient.described"), _RULES.pattern("recipient.made")
_COUNTED = frozenset("名人个家项件位支篇所座户对组批种款部台条幅首场") | {"名次", "人次"}


def recipients(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    """Who receives the honours of a group, with the count of an anonymous group."""
    reader = _READERS.get(frame.kind)
    return reader(scene, s, frame, honours) if reader else subjects(scene, s, frame.start)


def pairs(scene: Scene, frame: Frame, won_by: list[Mention], honours: list[Mention]) -> list[tuple[Mention, Mention]]:
    """Each recipient with its honours; '分获' and '分别' pair them one to one."""
    if len(won_by) == len(honours) > 1:
        grades = [split_grade(h.name)[1] for h in honours]
        unlike = None not in grades and len(set(grades)) == len(grades)
        if _APART.search(scene.text[max(0, frame.start - 4) : frame.end]) or (unlike and won_by[0].kind == "Person"):
            return list(zip(won_by, honours, strict=True))
    if len(won_by) == 1 and won_by[0].rule == "recipient.of-honour":
        return [(_class_of(h), h) for h in honours]
    return [(r, h) for h in honours for r in won_by]


def conferrers(scene: Scene, s: Sentence, frame: Frame, first: Mention) -> list[Mention]:
    """Who confers: named at the verb, announced at the sentence's opening, or the publisher itself."""
    if frame.kind in ("passive", "active"):
        start, end = (frame.start, frame.end) if frame.kind == "passive" else (frame.end, first.start)
        return scene.within(start, end, ("Organization",))
    if frame.kind == "notice":
        return [m for m in scene.within(s.start, frame.start, ("Organization",)) if m.subtype != "Media"][:1]
    if frame.kind != "confer":
        return []
    clause = scene.clause_of(s, frame.start)
    before = [m for m in scene.candidates(clause[0], frame.start) if m.kind == "Organization"]
    if before:
        return scene.run(before[-1], s.start)
    if _has_agent(scene, s, frame):
        return []
    opening = scene.text[s.start : frame.start]
    if _ANNOUNCED.search(opening):
        return [m for m in scene.candidates(s.start, frame.start) if m.kind == "Organization"][:1]
    return [scene.publisher] if scene.publisher and scene.annual and not _AT_MEETING.search(opening) else []


def is_publisher(scene: Scene, mentions: list[Mention]) -> bool:
    """Whether the publisher is among the mentions."""
    p = scene.publisher
    return p is not None and any(m.rule.startswith("alias") or m.name == p.name for m in mentions)


# --- by frame ------------------------------------------------------------------------------------------------


def _notice(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    end = honours[-1].end
    return _on_list(scene, s, end) or scene.within(end, s.end, ("Person", "Place", "Organization")), None


def _by(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    found = scene.within(frame.start, frame.end, RECIPIENTS)
    return (scene.run(found[-1], frame.start) if found else _fallback(scene, s, honours)), None


def _list(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    stop = next((i for i in range(frame.end, s.end) if scene.text[i] in ";；。"), s.end)
    return scene.within(frame.end, stop, RECIPIENTS) or _fallback(scene, s, honours), None


def _holder(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    stop = next((b for a, b in scene.clauses(s) if a <= frame.end <= b), s.end)
    return scene.within(frame.end, stop, RECIPIENTS)[:1] or _fallback(scene, s, honours), None


def _confer(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    first, last = honours[0], honours[-1]
    listed = _on_list(scene, s, last.end)
    if listed:
        return listed, None
    found, count = _between(scene, s, frame.end, first.start)
    if not found:
        found, count = _after(scene, s, last)
    if found:
        return found, count
    if _has_agent(scene, s, frame):
        return subjects(scene, s, frame.start - 1)
    told = _PRONOUN.match(scene.text[frame.end : frame.end + 1])
    if not told and frame.word.startswith(("表彰", "评选", "通报")):
        return [_class_of(first)], None
    if told or not is_publisher(scene, conferrers(scene, s, frame, first)):
        inherited = scene.inherited(s, scene.clause_of(s, frame.start)[0])
        if inherited:
            return [inherited], None
    return [_class_of(first)], None


def _plain(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    """An honour without a verb is won only by who stands beside it: on a list, right behind it, or in its clause."""
    end = honours[-1].end
    listed = _on_list(scene, s, end)
    if listed:
        return listed, None
    after = scene.within(end, s.end, ("Person", "Organization"))
    if after and fullmatch(r"[”」\s]{0,2}(?:称号)?", scene.text[end : after[0].start]):
        return after[:1], None
    if not scene.candidates(scene.clause_of(s, frame.start)[0], frame.start):
        return [], None
    return subjects(scene, s, frame.start)


def _caption(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> Found:
    start, end = honours[0].start, honours[-1].end
    found = (
        scene.candidates(s.start, start)
        or scene.within(s.start, start, RECIPIENTS)
        or scene.within(end, s.end, RECIPIENTS)
    )
    return found[-1:] or _fallback(scene, s, honours), None


_READERS: dict[str, Callable[[Scene, Sentence, Frame, list[Mention]], Found]] = {
    "notice": _notice, "by": _by, "list": _list, "holder": _holder, "confer": _confer, "plain": _plain, "caption": _caption,
}  # fmt: skip


def _on_list(scene: Scene, s: Sentence, start: int) -> list[Mention]:
    """Who is said, after the honour, to be on its list: '…公布全国文明村名单,甲、乙上榜'."""
    m = _LISTED.search(scene.text, start, s.end)
    if not m:
        return []
    named = scene.within(start, m.start(), RECIPIENTS)
    found = [x for x in named if not _ALREADY.search(scene.text[x.end : m.start()])]
    return scene.run(found[-1], start) if found else []


def _fallback(scene: Scene, s: Sentence, honours: list[Mention]) -> list[Mention]:
    found = scene.inherited(s, honours[0].start)
    return [found] if found else [_class_of(honours[0])]


def _class_of(h: Mention) -> Mention:
    """The kind of recipient that an honour's own last word names: 支部 of 十佳红旗支部."""
    bare = h.text.rstrip("”」』")
    people = _PEOPLE.search(bare)
    if people:
        start, size = h.start + people.start("who"), len(people["who"])
    else:
        m = _OF_HONOUR.search(bare)
        size = len(m[0]) if m and len(m[0]) > 1 else min(2, len(bare))
        start = h.start + len(bare) - size
    word = h.text[start - h.start : start - h.start + size]
    return Mention(start, start + size, word, "Group", "Group", word, "recipient.of-honour", 0.6)


def _has_agent(scene: Scene, s: Sentence, frame: Frame) -> bool:
    return bool(_AGENT.search(scene.text[max(s.start, frame.start - 3) : frame.start]))


def _between(scene: Scene, s: Sentence, start: int, end: int) -> Found:
    """Recipients that stand between a verb of conferring and the honour."""
    named = scene.within(start, end, RECIPIENTS)
    people = [m for m in named if m.kind == "Person"]
    found = [m for m in named if not m.text.startswith("全") and not any(_employs(scene, m, p) for p in people)]
    return (found, None) if found else _counted(scene, s, start, end)


def _employs(scene: Scene, m: Mention, person: Mention) -> bool:
    """An organisation directly before a title and a name is the person's, not a recipient."""
    gap = scene.text[m.end : person.start]
    return m is not person and 0 < len(gap) <= 10 and not set(gap) & set("、,，和及与;；")


def _after(scene: Scene, s: Sentence, last: Mention) -> Found:
    """Recipients of '将流动红旗授予…'."""
    m = _CONFERRED_AFTER.match(scene.text[last.end : s.end])
    return _between(scene, s, last.end + m.end(), scene.clause_of(s, last.end)[1]) if m else ([], None)


def _counted(scene: Scene, s: Sentence, start: int, end: int) -> Found:
    """An anonymous group with its count: '3名引航员'."""
    amounts = scene.amounts(start, end)
    if not amounts or amounts[-1].unit == "%":
        return [], None
    q = amounts[-1]
    a, b = s.lexis.trim(q.end - s.start, end - s.start, " 的\u3000“")
    if not 1 <= b - a <= 24:
        return [], None
    scene.used.add(q.start)
    return [group(scene.text, s.start + a, s.start + b, "recipient.counted")], int(q.value)


# --- subjects ------------------------------------------------------------------------------------------------


def subjects(scene: Scene, s: Sentence, pos: int) -> Found:
    """Who a verb at ``pos`` is said of, with the count of an anonymous group."""
    start = scene.clause_of(s, pos)[0]
    end = _before_adverbs(scene.text, start, pos)
    quoted = _quoted(scene, start, end)
    if quoted:
        return quoted, None
    found = scene.candidates(start, end)
    amounts = [q for q in scene.amounts(start, end) if q.unit in _COUNTED and not q.indefinite]
    tail = _LIST_TAIL.search(scene.text[start:end])
    if tail and found and found[-1].end <= start + tail.start() + 1:
        if amounts and amounts[-1].start >= found[-1].end:
            scene.used.add(amounts[-1].start)
        return scene.run(found[-1], start), None
    if amounts and (not found or found[-1].end <= amounts[-1].start):
        got, count = _counted(scene, s, amounts[-1].start, end)
        if got and got[0].text[0] not in "的，,":
            return got, count
    if found:
        return _named(scene, s, found[-1], start, end), None
    return _unnamed(scene, s, start, end, pos), None


def _quoted(scene: Scene, start: int, end: int) -> list[Mention]:
    """Quoted results, works and projects that end where a verb begins, each a recipient: “甲系统”、“乙平台”获…."""
    m = _QUOTES.search(scene.text[start:end])
    if not m:
        return []
    parts = finditer("“[^“”]{3,40}”", m["quotes"])
    base = start + m.start("quotes")
    over = base + len(m["quotes"])
    if any(x.start < over < x.end for x in scene.within(start, end, RECIPIENTS)):
        return []  # a name goes on behind the quotation marks: “沙枣花”合作社
    return [group(scene.text, base + p.start(), base + p.end(), "recipient.quoted") for p in parts]


def _before_adverbs(text: str, start: int, end: int) -> int:
    """Where the adverbs, times and contests before a verb begin."""
    m = _ADVERBS.search(text[start:end])
    while m:
        end = start + m.start()
        m = _ADVERBS.search(text[start:end])
    return end


def _named(scene: Scene, s: Sentence, last: Mention, start: int, end: int) -> list[Mention]:
    """The subject that ends in ``last``, or in a unit or role directly after it."""
    rest = scene.text[last.end : end]
    plain = not rest.strip() or len(rest) > 14 or not _nominal(s, last.end, end)
    if plain or last.kind not in ("Organization", "Place") or not _ROLE.fullmatch(rest):
        return scene.run(last, start)
    if _UNIT.search(rest):
        return [group(scene.text, last.start, end, "recipient.unit")]
    return [group(scene.text, last.end + (rest[0] == "的"), end, "recipient.role")]


def _unnamed(scene: Scene, s: Sentence, start: int, end: int, pos: int) -> list[Mention]:
    """The subject of a clause that names nobody: a common noun, a described work, or one taken over."""
    at, text = start, scene.text
    while at < end and text[at] in " \u3000,，、":
        at += 1
    lead = _LEAD.match(text[at:end])
    at += lead.end() if lead else 0
    if 2 <= end - at <= 24 and _QUOTED.fullmatch(text[at:end]):
        return [group(text, at, end, "recipient.quoted")]
    if 2 <= end - at <= 16 and _nominal(s, at, end) and not _FIGURES.search(text[at:end]):
        return [group(text, at, end, "recipient.common-noun")]
    described = _described(scene, s, start)
    if described:
        return [described]
    made = bool(_NEW.search(text[pos : pos + 5]))
    inherited = scene.inherited(s, start, direct=not made and end - s.start <= 3, people=not made)
    return [inherited] if inherited else []


def _described(scene: Scene, s: Sentence, start: int) -> Mention | None:
    """'由甲承建的乙工程,获…': the noun that the clause before describes at length."""
    before = [c for c in scene.clauses(s) if c[1] < start]
    if not before or not fullmatch(r"[,，\s]*", scene.text[before[-1][1] : start]):
        return None
    a, b = before[-1]
    m = _DESCRIBED.search(scene.text[a:b])
    if not m or not _MADE.search(scene.text[a : a + m.start()]):
        return None
    at = a + m.start("noun")
    named = [x for x in scene.within(at, b, ("Place", "Organization", "Work")) if x.end == b]
    return named[0] if named else group(scene.text, at, b, "recipient.described")


def _nominal(s: Sentence, start: int, end: int) -> bool:
    """Whether the words of ``[start, end)`` are a noun phrase without verb or adverb."""
    inside = s.lexis.between(start - s.start, end - s.start)
    parts = [w for w in inside if w.text not in ("和", "与", "及", "、", "以及")]
    if not parts or parts[-1].pos[0] not in "nvjblgsz" or parts[-1].pos in ("v", "d", "vd"):
        return False
    return not any(w.pos in ("p", "d", "r", "uj", "ul", "y") or w.text in words("verbs", "stop") for w in parts)
