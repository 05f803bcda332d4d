"""Frames of awards: which words govern a group of honours, and whether they state an award at all.

Honours stand in groups ('A、B和C'). A group is read by its frame: the verb of winning or conferring before it, the
list after its colon, or the caption that it closes. The frame says where its recipients stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.honours import TRIGGER
from kg.annotate.reading import Sentence
from kg.extract.scene import Scene
from kg.model import Mention
from kg.rules import load
from kg.rules.cues import words

_RULES = load("award")
_BETWEEN, _WHO_WINS, _CEREMONY = (_RULES.pattern(f"award.{n}") for n in ("between", "who-wins", "ceremony"))
_BY, _LIST, _HOLDER, _STATE = (_RULES.pattern(f"award.{n}") for n in ("by", "list", "holder", "state"))
_CAPTION, _STRONG = _RULES.pattern("award.caption-conferred"), _RULES.pattern("award.strong")
_AIM, _WON, _AIM_AFTER = (_RULES.pattern(f"award.{n}") for n in ("aim", "won", "aim-after"))
_MENTIONED_AFTER, _MENTIONED_BEFORE = _RULES.pattern("award.mentioned-after"), _RULES.pattern("award.mentioned-before")
_NAMES = ("Honour", "Organization", "Person", "Work")


@dataclass(frozen=True, slots=True)
class Frame:
    """How a group of honours is governed: by what, from where to where the verb stands.

    ``kind`` is the last part of the rule's id: active, passive, confer, by, list, holder, state, notice, caption, plain.
    """

    kind: str
    start: int
    end: int
    word: str


def groups(scene: Scene, s: Sentence) -> list[list[Mention]]:
    """Honours of the sentence that stand coordinated; those that only say who wins are left out."""
    found: list[list[Mention]] = []
    for h in scene.within(s.start, s.end, ("Honour",)):
        if _names_ceremony(scene, h):
            continue
        gap = scene.text[found[-1][-1].end : h.start] if found else ""
        if found and not set(gap) & set(";；。:：") and (not gap or _BETWEEN.fullmatch(gap)):
            found[-1].append(h)
        else:
            found.append([h])
    return [g for g in found if not _WHO_WINS.match(scene.text[g[-1].end : s.end])]


def _names_ceremony(scene: Scene, h: Mention) -> bool:
    """Whether the honour only names its own ceremony or selection: “全国文明单位”授牌仪式."""
    around = scene.within(max(0, h.start - 60), h.end + 40, ("Activity",))
    return any(a.start <= h.start and h.end < a.end and _CEREMONY.search(a.text) for a in around)


def frame_of(scene: Scene, s: Sentence, honours: list[Mention]) -> Frame | None:
    """The frame of a group of honours, None if the words state no award."""
    first, last = honours[0], honours[-1]
    if first.rule == "honour.notice":
        frame: Frame | None = Frame("notice", first.start, last.end, "")
    else:
        start = _reach(scene, s, first)
        verb = _verb(scene, s, start, first)
        if verb and _near(scene, verb, first):
            frame = verb
        else:
            frame = _followed(scene, s, last) or _standing(scene, s, start, honours)
    return frame if frame and not _aims(scene, s, frame, honours) else None


def _reach(scene: Scene, s: Sentence, first: Mention) -> int:
    """Where the clause of a group starts; a clause of bare honours belongs to the one before it."""
    clauses = scene.clauses(s)
    i = max((k for k, c in enumerate(clauses) if c[0] <= first.start), default=0)
    if i and not scene.text[clauses[i][0] : first.start].strip(" 和及与") and scene.text[clauses[i][0] - 1] in ",，":
        i -= 1
    return clauses[i][0] if clauses else s.start


def _verb(scene: Scene, s: Sentence, start: int, first: Mention) -> Frame | None:
    """The last verb of winning or conferring before the group; after 被 any verb makes a passive."""
    best: Frame | None = None
    for m in TRIGGER.finditer(scene.text, start, first.start):
        if s.lexis.quoted(m.start() - s.start, 0) is not None or scene.covered(m.start(), _NAMES):
            continue
        kind = m.lastgroup or "active"
        whole = kind == "passive" or _whole(s, m.start(), m.end())
        if not whole and not (len(m[0]) == 1 and scene.starts(m.end())):
            continue
        if best and best.kind == "passive" and kind != "passive":
            best = Frame("passive", best.start, m.end(), m[0])
        else:
            best = Frame(kind, m.start(), m.end(), m[0])
    return best


def _whole(s: Sentence, start: int, end: int) -> bool:
    """Whether the verb is a word of its own ('获', not in '获得者' or '收获')."""
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


def _followed(scene: Scene, s: Sentence, last: Mention) -> Frame | None:
    """The frame that the words after the group make: 获得者, 由…摘得, a colon."""
    after = scene.text[last.end : s.end]
    if m := _HOLDER.match(after):
        return Frame("holder", last.end, last.end + m.end(), "获得者")
    if m := _BY.match(after):
        return Frame("by", last.end, last.end + m.end("who"), m["verb"])
    if m := _LIST.match(after):
        return Frame("list", last.end, last.end + m.end(), ":")
    return None


def _standing(scene: Scene, s: Sentence, start: int, honours: list[Mention]) -> Frame | None:
    """The frame of a group without such words: a statement, a caption, or its bare name."""
    first, after = honours[0], scene.text[honours[-1].end : s.end]
    before = scene.text[start : first.start]
    strong = first.confidence >= 0.5 and bool(_STRONG.search(first.text))
    m = _STATE.search(before)
    if m and strong:
        return Frame("state", start + m.start(), start + m.end(), m[0])
    if s.kind == "caption" or _CAPTION.match(after):
        return Frame("caption", first.start, first.start, "")
    if not strong or _MENTIONED_AFTER.match(after) or _MENTIONED_BEFORE.search(before):
        return None
    return Frame("plain", first.start, first.start, "")


def _aims(scene: Scene, s: Sentence, frame: Frame, honours: list[Mention]) -> bool:
    """Whether the clause only aims at, recommends or applies for the honour."""
    clause = scene.clause_of(s, honours[0].start)
    before = scene.text[max(clause[0], frame.start - 14) : honours[0].start]
    if _AIM.search(before) and not _WON.search(before):
        return frame.kind not in ("active", "passive") or frame.word in words("awards", "weak")
    return bool(_AIM_AFTER.match(scene.text[honours[-1].end : honours[-1].end + 6]))
