"""Which candidates become mentions: the declared policy between rules and model.

In each layer candidates are taken in order of rank (the table ``RANK``, then length, then probability); one that
crosses a taken one is dropped, one inside a taken one of its own tag is dropped too, except where names nest:
prefixes of organisations and of chains of places, and persons anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.annotate import organizations, people
from kg.annotate.honours import in_title, names_honour, split_honours, strip
from kg.annotate.lexis import is_word
from kg.annotate.places import chain_of
from kg.annotate.reading import (
    KINDS,
    Candidate,
    candidates,
    document_of,
    sentence_at,
    sentences_of,
)
from kg.lexicons import given_name_characters, surnames
from kg.model import Mention
from kg.rules import load
from kg.rules.cues import words

_HONOUR, _ORGANIZATION, _PLACE = load("honour"), load("organization"), load("place")
_SCOPE, _CONTEST = _HONOUR.pattern("honour.scope"), _HONOUR.pattern("honour.contest")
_UNIT, _NOT_ONE = _ORGANIZATION.pattern("organization.unit"), _ORGANIZATION.pattern("organization.not-one")
_BROKEN = _ORGANIZATION.pattern("organization.broken")
_GENERIC_PLACE, _SEAT = _PLACE.pattern("place.generic"), _PLACE.pattern("place.seat")
_NOT_FOREIGN, _PRESENTS = load("person").pattern("person.not-foreign"), load("person").pattern("person.presented")

# rules that overrule the model, then the model, then rules that only fill its gaps
RANK = {
    "alias.self": 0, "alias.publisher": 0, "organ.of-publisher": 0,
    "person.before-memorial": 2, "person.before-post": 2, "person.after-title": 1, "person.in-list": 2, "person.before-address": 2, "person.byline": 2,
    "honour.notice": 0, "work.title": 0, "organization.lexicon": 4,
    "model.P": 3, "model.O": 3, "model.L": 3, "model.T": 3, "model.H": 1, "model.A": 3, "model.W": 2,
    "place.site": 2, "place.division": 4, "honour.frame": 3, "organization.suffix": 5, "work.quoted": 3, "title.lexicon": 5,
    "user.pipeline": 6,
}  # fmt: skip


def select(doc: Doc) -> tuple[Mention, ...]:
    """The mentions of the document, outer before inner, in order of position."""
    text = document_of(doc).text
    pool = [c for group in candidates(doc).values() for c in group]
    by = {tag: [c for c in pool if c.tag == tag] for tag in "POLTHAW"}
    noticed = [Candidate(w.start + at[0], w.start + at[1], "H", "honour.notice", 0.8) for w in by["W"] if (at := in_title(text[w.start : w.end]))]
    honours = _take(part for h in [*noticed, *by["H"]] for part in _honour_parts(doc, h))
    honours = [h for h in honours if names_honour(text[h.start : h.end])]
    names = _names(doc, by, honours)
    works = [w for w in _take(by["W"]) if not _media_title(text, w)]
    acts = _take([*by["A"], *_contests(doc, honours)], blocked=[*honours])
    mentions = [_mention(text, c) for c in [*names, *works, *honours, *acts]]
    doc.user_data["titles"] = tuple(sorted((t.start, t.end) for t in _take(by["T"])))
    order = {"Organization": 0, "Place": 1, "Person": 2, "Honour": 3, "Activity": 4, "Work": 5}
    unique = {(m.start, m.end, m.kind): m for m in mentions}
    return tuple(sorted(unique.values(), key=lambda m: (m.start, -m.end, order.get(m.kind, 9))))


def _honour_parts(doc: Doc, c: Candidate) -> Iterator[Candidate]:
    """An honour without its count and closing words; adjacent or listed names in quotation marks one by one."""
    sentence = sentence_at(doc, c.start)
    if sentence is None or c.end > sentence.end:
        return
    base = sentence.start
    first, last = strip(sentence.text, c.start - base, c.end - base)
    scope = _SCOPE.search(sentence.text[:first])
    if scope and sentence.text[first] in "“「『":
        first = scope.start()
    for start, end in split_honours(sentence.lexis, first, last):
        if end - start >= 2:
            yield replace(c, start=base + start, end=base + end)


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


def _contests(doc: Doc, honours: list[Candidate]) -> list[Candidate]:
    """The contest that an honour's name begins with: 市青年教师基本功大赛 of …大赛特等奖."""
    out = []
    for h in honours:
        m = _CONTEST.match(document_of(doc).text[h.start : h.end])
        if m and m[0].count("“") == m[0].count("”"):
            out.append(Candidate(h.start, h.start + m.end(), "A", "activity.of-honour", 0.7))
    return out


def _names(doc: Doc, by: dict[str, list[Candidate]], honours: list[Candidate]) -> list[Candidate]:
    text = document_of(doc).text
    persons = _take(p for c in by["P"] if (p := _person(doc, c)) is not None)
    persons = _take([*persons, *_listed(doc, persons)])
    persons += _again(doc, persons)
    tagged = any(c.rule.startswith("model") for c in by["O"] + by["L"] + by["T"])  # without a model rules must do
    orgs = [c for c in by["O"] if (c.rule != "organization.suffix" or not tagged) and _good_organization(text[c.start : c.end], c)]
    places = [_without_verb(doc, c) for c in by["L"]]
    places = [c for c in places if text[c.start : c.end] not in words("organizations", "common")]
    orgs = [_with_unit(doc, _without_verb(doc, _balanced(doc, c))) for c in orgs]
    orgs = [_behind_person(text, c, persons) for c in orgs if not _generic(doc, c)]
    orgs = [c for c in orgs if text[c.start : c.end] not in words("organizations", "common")]
    flat = _take([*orgs, *_outer_places(places)])
    flat = [c for c in flat if not (c.tag == "O" and _inside(c, persons, equal=True))]
    kept: list[Candidate] = list(persons)
    for c in flat:
        if c.tag == "L":
            if _GENERIC_PLACE.match(text[c.start : c.end]):
                continue
            if _inside(c, honours, equal=True):
                continue
            kept += _chain(doc, c, by["L"])
        else:
            kept.append(c)
            kept += _prefixes(doc, c)
            kept += _seat(doc, c)
    return kept


def _without_verb(doc: Doc, c: Candidate) -> Candidate:
    """A name of the model without a governing verb that ran into it: 组建|工作专班, 凤凰支部|紧紧围绕…."""
    sentence = sentence_at(doc, c.start) if c.rule.startswith("model") else None
    if sentence is None:
        return c
    base, bare = sentence.start, words("verbs", "stop") - words("verbs", "inner")
    head = sentence.lexis.at(c.start - base)
    if c.tag == "O" and head is not None and head.start + base < c.start and is_word(head.text):
        c = replace(c, start=head.start + base)  # 基|层团委 begins a word earlier
    for word in sentence.lexis.between(c.start - base, c.end - base):
        if word.text not in bare or sentence.lexis.quoted(word.start, c.start - base) is not None:
            continue
        first = word.start + base == c.start
        if first and c.end - c.start - len(word.text) >= (2 if len(word.text) > 1 else 4):
            c = replace(c, start=c.start + len(word.text))
        elif not first and len(word.text) > 1 and c.tag == "O" and word.start + base - c.start >= 3 and c.end - (word.end + base) >= 2:
            return replace(c, end=word.start + base)
        else:
            break
    return c


def _behind_person(text: str, c: Candidate, persons: list[Candidate]) -> Candidate:
    """A name of the model without the person and the verb before it: 罗听澜任|青槐县气象局."""
    for p in persons:
        taken = people.takes_post(text, p.end) if p.start == c.start and p.end < c.end else None
        if taken is not None and taken < c.end - 1:
            return replace(c, start=taken)
    return c


def _balanced(doc: Doc, c: Candidate) -> Candidate:
    """A name with the quotation mark that it closes, and the word of its host before it: 村“沙枣花”合作社."""
    sentence = sentence_at(doc, c.start)
    if sentence is None:
        return c
    text, base = sentence.text, sentence.start
    for at in range(c.start - base, c.end - base):
        opened = sentence.lexis.partner.get(at, at)
        if text[at] in "”」』" and opened < c.start - base:
            host = opened - 1 if opened and text[opened - 1] in "村局校院所队镇县市区站厂" else opened
            return replace(c, start=base + (host if host in sentence.lexis.boundaries else opened))
    return c


def _with_unit(doc: Doc, c: Candidate) -> Candidate:
    """A name of the model with the unit that follows it: 桃江县税务局|办税厅."""
    if not c.rule.startswith("model") and c.rule != "organization.lexicon":
        return c
    m = _UNIT.match(document_of(doc).text, c.end)
    sentence = sentence_at(doc, c.start)
    if not m or sentence is None or m.end() > sentence.end or _BROKEN.search(m["unit"]):
        return c
    parts = sentence.lexis.between(c.end - sentence.start, m.end() - sentence.start)
    good = bool(parts) and parts[-1].end == m.end() - sentence.start and not any(
        w.text in words("verbs", "stop") - words("verbs", "inner") or w.pos[0] in "pdur" for w in parts
    )
    return replace(c, end=m.end()) if good else c


def _listed(doc: Doc, persons: list[Candidate]) -> list[Candidate]:
    """Names that stand in a list with a name that was found."""
    out = []
    for s in sentences_of(doc):
        for c in persons:
            if s.start <= c.start < s.end:
                right = people.listed(s.lexis, c.end - s.start, len(s.text))
                left = people.listed_before(s.lexis, c.start - s.start)
                out += [Candidate(s.start + b, s.start + e, "P", "person.in-list", 0.8) for b, e in [*right, *left]]
    return out


def _outer_places(places: list[Candidate]) -> list[Candidate]:
    """Chains as one candidate: only the longest of those that share a start."""
    best: dict[int, Candidate] = {}
    for c in places:
        if c.rule == "place.division" and (c.start not in best or best[c.start].end < c.end):
            best[c.start] = c
    return [*best.values(), *(c for c in places if c.rule != "place.division")]


def _chain(doc: Doc, outer: Candidate, places: list[Candidate]) -> list[Candidate]:
    """A place and the places that its name passes through, by the gazetteer, else by their suffixes."""
    known = [c for c in places if c.rule == "place.division" and c.start == outer.start and c.end < outer.end]
    parts = [(e, level) for e, level in chain_of(document_of(doc).text[outer.start : outer.end]) if outer.start + e < outer.end]
    spelt = [Candidate(outer.start, outer.start + e, "L", "place.chain", 0.85, level) for e, level in parts]
    return [outer, *(spelt if len(spelt) > len(known) else known)]


def _seat(doc: Doc, c: Candidate) -> list[Candidate]:
    """The village that an organisation's name begins with: 泥湾村 of 泥湾村党总支."""
    name = document_of(doc).text[c.start : c.end]
    ends = chain_of(name)
    if not ends or ends[-1][1] != "Village" or ends[-1][0] >= len(name) or not _SEAT.match(name[ends[-1][0] :]):
        return []
    return [Candidate(c.start, c.start + e, "L", "place.seat", 0.85, level) for e, level in ends]


def _prefixes(doc: Doc, c: Candidate) -> list[Candidate]:
    """The units that a nested organisation's name passes through."""
    sentence = sentence_at(doc, c.start)
    if sentence is None:
        return []
    ends = organizations.prefixes(sentence.lexis, c.start - sentence.start, c.end - sentence.start)
    return [Candidate(c.start, sentence.start + e, "O", "organization.prefix", c.confidence) for e in ends]


def _again(doc: Doc, persons: list[Candidate]) -> list[Candidate]:
    names = {document_of(doc).text[c.start : c.end] for c in persons}
    names = {n for n in names if len(n) > 2 or not is_word(n)}  # 高峰 is a person once, not everywhere
    taken = {(c.start, c.end) for c in persons}
    out = []
    for s in sentences_of(doc):
        for b, e in people.again(s.text, names):
            at = (s.start + b, s.start + e)
            if at not in taken and not any(at[0] < t[1] and t[0] < at[1] for t in taken):
                c = Candidate(*at, "P", "person.again", 0.9)
                out += [] if _broken_word(doc, c) else [c]
    return out


def _inside(c: Candidate, outer: Iterable[Candidate], *, equal: bool) -> bool:
    return any(o.start <= c.start and c.end <= o.end and (equal or (o.start, o.end) != (c.start, c.end)) for o in outer)


_NEVER_LAST = frozenset("和与及等都也在被获为是将说同向分")  # no given name ends so; the next word ran in
_PLACE_LAST = frozenset("县市州镇村区省河馆站局院校厂队路桥湖委党树菊床球港盟语赛街乡室")


def _person(doc: Doc, c: Candidate) -> Candidate | None:
    """A candidate person whose characters can be a name, without a word that ran into it; else None."""
    text = document_of(doc).text
    name = text[c.start : c.end]
    if "·" in name or "•" in name:
        return c if not _NOT_FOREIGN.search(name) else None
    if not 2 <= len(name) <= 4 or not re.fullmatch("[\u4e00-\u9fff]+", name) or c.confidence <= 0.4 or text[c.end : c.end + 1] in ("〔", "["):
        return None
    compound = name[:2] in surnames()
    joined = name[-1] in "和与" and text[c.end : c.end + 1] in tuple("被获在为荣说是任主作介,，。、")  # 马景和被…: part of the name
    if len(name) > 2 and ((name[-1] in _NEVER_LAST and not joined) or (len(name) == 4 and not compound and name[0] in surnames()) or (len(name) == 3 and _runs_on(doc, c))):
        c = replace(c, end=c.end - 1)
        name = name[:-1]
    if not c.rule.startswith("model"):
        return c
    if name[-1] in _PLACE_LAST or (len(name) == 4 and not compound):
        return None
    if _broken_word(doc, c) and not (c.confidence >= 0.97 and _presented(doc, c)):
        return None
    if is_word(name):  # 李四光, but neither 温泉 nor 望远镜
        common = len(name) == 2 or surnames().get(name[0], 0) < 0.0005 or not _tagged_name(doc, c)
        return c if not common or _titled(text, c) else None
    return c if c.confidence >= 0.97 or _presented(doc, c) or _plausible(name) else None


def _broken_word(doc: Doc, c: Candidate) -> bool:
    """Whether the candidate begins or ends inside a word of the dictionary: 由[于加拿]大, 依[赖于牛]."""
    sentence = sentence_at(doc, c.start)
    if sentence is None:
        return False
    first = sentence.lexis.at(c.start - sentence.start)
    last = sentence.lexis.at(c.end - 1 - sentence.start)
    cut_left = first is not None and first.start + sentence.start < c.start and is_word(first.text)
    cut_right = last is not None and last.end + sentence.start > c.end and is_word(last.text)
    return cut_left or cut_right


def _tagged_name(doc: Doc, c: Candidate) -> bool:
    """Whether the dictionary has the word as a name."""
    sentence = sentence_at(doc, c.start)
    word = sentence.lexis.at(c.start - sentence.start) if sentence else None
    return word is not None and word.pos.startswith("nr")


def _titled(text: str, c: Candidate) -> bool:
    """Whether a post stands directly before or after."""
    before = [m.end() for m in people.title_pattern().finditer(text, max(0, c.start - 8), c.start)]
    return c.start in before or people.title_pattern().match(text, c.end) is not None


def _presented(doc: Doc, c: Candidate) -> bool:
    """Whether an occupation, a post or a list of names stands directly before, or a post directly after."""
    text = document_of(doc).text
    after = people.title_pattern().match(text, c.end)
    return bool(_PRESENTS.search(text[max(0, c.start - 3) : c.start])) or after is not None


def _plausible(name: str) -> bool:
    """Whether the characters are a known surname and given names."""
    size = 2 if name[:2] in surnames() and len(name) > 2 else 1
    known = size == 2 or surnames().get(name[0], 0) > people.RARE
    return known and (len(name) == 3 or all(g in given_name_characters() for g in name[size:]))


def _runs_on(doc: Doc, c: Candidate) -> bool:
    """Whether the last character begins a word that goes on: 宗懔|现任."""
    sentence = sentence_at(doc, c.start)
    word = sentence.lexis.at(c.end - 1 - sentence.start) if sentence else None
    return bool(sentence and word and word.start + sentence.start == c.end - 1 and word.end - word.start > 1 and word.pos[0] in "vdpcr")


def _good_organization(name: str, c: Candidate) -> bool:
    if c.rule.startswith("alias"):
        return True
    return len(name) >= 2 and name not in words("organizations", "generic") and not _NOT_ONE.match(name)


def _generic(doc: Doc, c: Candidate) -> bool:
    """Whether the first word makes it any body of a kind: 基层团委, 各支部."""
    sentence = sentence_at(doc, c.start) if c.rule.startswith("model") else None
    word = sentence.lexis.at(c.start - sentence.start) if sentence else None
    return word is not None and word.text in _ANY and word.end - word.start < c.end - c.start


_ANY = frozenset(["基层", "各级", "各", "各类", "有关", "相关", "部分", "其他", "其它", "其余", "所属", "下属", "上级", "下级", "多家", "一批", "多个", "全体", "所有", "每个", "兄弟", "周边", "辖区", "成员"])


def _media_title(text: str, c: Candidate) -> bool:
    """《湖北日报》 is an outlet, not a work."""
    return organizations.subtype(text[c.start : c.end]) == "Media"


def _mention(text: str, c: Candidate) -> Mention:
    words_ = text[c.start : c.end]
    kind = KINDS[c.tag]
    subtype: str = kind
    name = words_
    if c.tag == "O":
        subtype = organizations.subtype(words_)
    elif c.tag == "L":
        subtype = c.subtype or _place_subtype(words_)
    elif c.tag == "H":
        name = re.sub(r"[“”「」『』\"]", "", words_)
    elif c.tag in "AW":
        name = words_[1:-1] if words_[:1] in "“《" and words_[-1:] in "”》" and not re.search("[”》]", words_[1:-1]) else words_
    return Mention(c.start, c.end, words_, kind, subtype, name, c.rule, round(c.confidence, 3))


def _place_subtype(name: str) -> str:
    for suffix, kind in (
        ("省", "Province"), ("自治区", "Province"), ("市", "City"), ("州", "City"), ("县", "County"), ("旗", "County"), ("区", "County"),
        ("镇", "Township"), ("乡", "Township"), ("街道", "Township"), ("村", "Village"), ("社区", "Village"), ("屯", "Village"),
    ):  # fmt: skip
        if name.endswith(suffix):
            return kind
    return "Site"
