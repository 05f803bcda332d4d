"""Activities: what is held, from its verb or quotation mark to its last word."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.lexis import SPLIT, Lexis
from kg.rules import load
from kg.rules.cues import words

_RULES = load("event")
_HEAD, _HELD = _RULES.pattern("activity.head"), _RULES.pattern("activity.held")
_GOES_ON, _IN, _COUNTED = (_RULES.pattern(f"activity.{name}") for name in ("goes-on", "in", "counted"))


def activities(lexis: Lexis, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Spans of individuated activities with the rule that found each."""
    text = lexis.text
    for s, e in lexis.split(start, end, SPLIT + "、"):
        for m in _HEAD.finditer(text, s, e):
            if not _ends(lexis, m.start(), m.end(), e):
                continue
            found = _start(lexis, s, m.start()) or _in(lexis, s, m.start(), m.end())
            if found is None:
                continue
            at, rule = found
            if _named(lexis, at, m.start(), m.end(), rule):
                yield at, m.end(), rule


def _ends(lexis: Lexis, start: int, end: int, stop: int) -> bool:
    """A head ends the name if the word ends there and no longer head goes on."""
    word = lexis.before(end)
    if word is None or word.end != end or lexis.quoted(start, max(0, start - 60)) is not None:
        return False
    rest = lexis.text[end:stop]
    return not _GOES_ON.match(rest) or rest.startswith(("上", "中", "期间", "在"))


def _start(lexis: Lexis, start: int, head: int) -> tuple[int, str] | None:
    """Where the name of an activity starts: after its verb, else with a quotation before its head."""
    for m in _HELD.finditer(lexis.text, start, head):
        if lexis.quoted(m.start(), start) is None and m.start() in lexis.boundaries:
            if head - m.end() <= 45:
                return lexis.trim(m.end(), head, "了过 \u3000")[0], "activity.held"
            break
    quote = lexis.text.rfind("“", start, head)
    if quote >= 0 and lexis.partner.get(quote, -1) <= head:
        return _modifiers(lexis, start, quote), "activity.quoted"
    return None


def _modifiers(lexis: Lexis, start: int, quote: int) -> int:
    """Where the words that belong to a quotation on its left start."""
    at = quote
    while at > start:
        word = lexis.before(at)
        if word is None or word.start < start or word.text in words("verbs", "stop") or word.pos[0] in "pcudv":
            break
        at = word.start
    return at


def _in(lexis: Lexis, start: int, head: int, end: int) -> tuple[int, str] | None:
    """'在全市法院庭审观摩评比中': what stands between 在 and 中."""
    if not _IN.match(lexis.text[end:]):
        return None
    at = lexis.text.rfind("在", start, head)
    return (at + 1, "activity.in") if at >= 0 and at in lexis.boundaries and head - at <= 40 else None


def _named(lexis: Lexis, at: int, head: int, end: int, rule: str) -> bool:
    name = lexis.text[at:end]
    if len(name) < 4 or len(name) > 50 or any(name.startswith(g) for g in words("activities", "generic")):
        return False
    if _COUNTED.match(name):
        return False
    if "“" in name or rule == "activity.quoted":
        return True
    if lexis.text[head:end] in words("activities", "weak"):
        return len(name) >= 8 or any(w.pos in ("ns", "nt", "nz", "nr") for w in lexis.between(at, head))
    return len(name) >= 5
