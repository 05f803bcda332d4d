"""Which candidates become mentions: the declared policy between rules and model.

In each layer candidates are taken in order of rank (the table ``RANK``, then length, then probability); one that
crosses a taken one is dropped, one inside a taken one of its own tag is dropped too, except where names nest:
prefixes of organisations and of chains of places, and persons anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.annotate import organizations, people
from kg.annotate.cues import words
from kg.annotate.honours import GRADE
from kg.annotate.places import SUBTYPE
from kg.annotate.reading import KINDS, Candidate, Sentence, candidates, document_of, sentences_of
from kg.model import Mention

# rules that overrule the model, then the model, then rules that only fill its gaps
RANK = {
    "alias.self": 0, "alias.publisher": 0, "organ.of-publisher": 0,
    "person.after-title": 1, "person.in-list": 2, "person.before-address": 2, "person.byline": 2,
    "work.title": 0, "organization.lexicon": 4,
    "model.P": 3, "model.O": 3, "model.L": 3, "model.T": 3, "model.H": 1, "model.A": 3, "model.W": 2,
    "place.division": 4, "honour.frame": 3, "organization.suffix": 5, "work.quoted": 3, "title.lexicon": 5,
    "user.pipeline": 6,
}  # fmt: skip
_GENERIC_PLACE = re.compile(r"^(?:全|各|本|我|该|每)?(?:省|市|县|区|镇|乡|村|社区|地区|全国|基层)$")


def select(doc: Doc) -> tuple[Mention, ...]:
    """The mentions of the document, outer before inner, in order of position."""
    text = doc.text
    pool = [c for group in candidates(doc).values() for c in group]
    by = {tag: [c for c in pool if c.tag == tag] for tag in "POLTHAW"}
    honours = _take(by["H"])
    honours = [h for h in honours if _good_honour(text[h.start : h.end])]
    names = _names(doc, by, honours)
    works = [w for w in _take(by["W"]) if not _media_title(text, w)]
    acts = _take(by["A"], blocked=[*honours])
    mentions = [_mention(text, c) for c in [*names, *works, *honours, *acts]]
    doc.user_data["titles"] = tuple(sorted((t.start, t.end) for t in _take(by["T"])))
    order = {"Organization": 0, "Place": 1, "Person": 2, "Honour": 3, "Activity": 4, "Work": 5}
    unique = {(m.start, m.end, m.kind): m for m in mentions}
    return tuple(sorted(unique.values(), key=lambda m: (m.start, -m.end, order.get(m.kind, 9))))


def _rank(c: Candidate) -> tuple[int, int, float, int]:
    return (RANK.get(c.rule, 5), c.start - c.end, -c.confidence, c.start)


def _take(pool: Iterable[Candidate], blocked: Iterable[Candidate] = ()) -> list[Candidate]:
    kept: list[Candidate] = []
    walls = list(blocked)
    for c in sorted(pool, key=_rank):
        if all(c.end <= k.start or c.start >= k.end for k in kept) and not any(
            (w.start < c.start < w.end < c.end) or (c.start < w.start < c.end < w.end) or (w.start == c.start and w.end == c.end) for w in walls
        ):
            kept.append(c)
    return sorted(kept, key=lambda c: c.start)


def _names(doc: Doc, by: dict[str, list[Candidate]], honours: list[Candidate]) -> list[Candidate]:
    text = doc.text
    persons = [c for c in by["P"] if _good_person(text[c.start : c.end]) and c.confidence > 0.4]
    persons = _take(persons)
    persons += _again(doc, persons)
    orgs = [c for c in by["O"] if _good_organization(text[c.start : c.end], c)]
    flat = _take([*orgs, *_outer_places(by["L"])])
    flat = [c for c in flat if not (c.tag == "O" and _inside(c, persons, equal=True))]
    kept: list[Candidate] = list(persons)
    for c in flat:
        if c.tag == "L":
            if c.rule != "place.division" and _GENERIC_PLACE.match(text[c.start : c.end]):
                continue
            if _inside(c, honours, equal=True) and not c.rule == "model.L":
                continue
            kept += _chain(c, by["L"])
        else:
            kept.append(c)
            kept += _prefixes(doc, c)
    return kept


def _outer_places(places: list[Candidate]) -> list[Candidate]:
    """Chains as one candidate: only the longest of those that share a start."""
    best: dict[int, Candidate] = {}
    for c in places:
        if c.rule == "place.division" and (c.start not in best or best[c.start].end < c.end):
            best[c.start] = c
    return [*best.values(), *(c for c in places if c.rule != "place.division")]


def _chain(outer: Candidate, places: list[Candidate]) -> list[Candidate]:
    inner = [c for c in places if c.rule == "place.division" and c.start == outer.start and c.end < outer.end]
    return [outer, *inner]


def _prefixes(doc: Doc, c: Candidate) -> list[Candidate]:
    """The units that a nested organisation's name passes through."""
    sentence = next((s for s in sentences_of(doc) if s.start <= c.start < s.end), None)
    if sentence is None:
        return []
    ends = organizations.prefixes(sentence.lexis, c.start - sentence.start, c.end - sentence.start)
    return [Candidate(c.start, sentence.start + e, "O", "organization.prefix", c.confidence) for e in ends]


def _again(doc: Doc, persons: list[Candidate]) -> list[Candidate]:
    names = {doc.text[c.start : c.end] for c in persons}
    taken = {(c.start, c.end) for c in persons}
    out = []
    for s in sentences_of(doc):
        for b, e in people.again(s.text, names):
            at = (s.start + b, s.start + e)
            if at not in taken and not any(at[0] < t[1] and t[0] < at[1] for t in taken):
                out.append(Candidate(*at, "P", "person.again", 0.9))
    return out


def _inside(c: Candidate, outer: Iterable[Candidate], *, equal: bool) -> bool:
    return any(o.start <= c.start and c.end <= o.end and (equal or (o.start, o.end) != (c.start, c.end)) for o in outer)


def _good_person(name: str) -> bool:
    return 2 <= len(name) <= 4 or "·" in name or "•" in name


def _good_organization(name: str, c: Candidate) -> bool:
    if c.rule.startswith("alias"):
        return True
    return len(name) >= 2 and name not in words("organizations", "generic") and not re.match(r"各|有关|相关|多家|一批|\d+(?:个|家|名)", name)


def _good_honour(name: str) -> bool:
    bare = name.strip("“”《》 ")
    return len(bare) >= 2 and not re.fullmatch(r"(?:荣誉|称号|荣誉称号|奖项|先进|表彰|奖励|奖|优秀|品牌|基地|示范|模范|标兵)", bare)


def _media_title(text: str, c: Candidate) -> bool:
    """《湖北日报》 is an outlet, not a work."""
    return organizations.subtype(text[c.start : c.end]) == "Media"


def _mention(text: str, c: Candidate) -> Mention:
    words_ = text[c.start : c.end]
    kind = KINDS[c.tag]
    subtype, name = kind, words_
    if c.tag == "O":
        subtype = organizations.subtype(words_)
    elif c.tag == "L":
        subtype = c.subtype or _place_subtype(words_)
    elif c.tag == "H":
        name = re.sub(r"[“”「」『』\"]", "", words_)
    elif c.tag in "AW":
        name = words_[1:-1] if words_[:1] in "“《" and words_[-1:] in "”》" and not re.search("[”》]", words_[1:-1]) else words_
    return Mention(c.start, c.end, words_, kind, subtype, name, c.rule, round(c.confidence, 3))  # type: ignore[arg-type]


def _place_subtype(name: str) -> str:
    for suffix, kind in (
        ("省", "Province"), ("自治区", "Province"), ("市", "City"), ("州", "City"), ("县", "County"), ("旗", "County"), ("区", "County"),
        ("镇", "Township"), ("乡", "Township"), ("街道", "Township"), ("村", "Village"), ("社区", "Village"), ("屯", "Village"),
    ):  # fmt: skip
        if name.endswith(suffix):
            return kind
    return "Site"


__all__ = ["GRADE", "SUBTYPE", "Sentence", "document_of", "select"]
