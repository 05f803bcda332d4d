"""Where it comes from: every fact about a term with its words, rule, normalised value, triples and merges.

A term is a label or another name ('何家湾村', 'Hu Daoyin'), an official code, or the IRI of an entity or fact. With
two terms: why they are one, or are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from kg import rules
from kg.errors import QueryError
from kg.graph.facts import arguments, quantity_of
from kg.model import Entity, Evidence, Inference, Quantity
from kg.report import label_of, reason
from kg.restore import Restored, Triple, restore
from kg.view.words import number, words
from kg.vocab import ID, LABELS, PREFIXES

_INFERENCES: Final = {
    "full-name": ("推得的全称", "inferred full name"),
    "predecessor": ("前身", "predecessor"),
    "series": ("系列", "series"),
}
_MOST_SUGGESTIONS: Final = 8
_MOST_EXAMPLES: Final = 2
_LEAST_LIKENESS: Final = 0.5
_IRI: Final = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a term. ``outcome`` is 'ambiguous' where the term names several things."""

    outcome: Literal["found", "ambiguous"]
    lines: tuple[str, ...]
    entities: tuple[Entity, ...] = ()
    facts: tuple[str, ...] = field(default=())  # IRIs

    def __str__(self) -> str:
        return "\n".join(self.lines)


def explain(place: str | Path, term: str, other: str | None = None) -> Explanation:
    """Explain a term of the graph in an output folder, or why two terms are one or not.

    Raises QueryError for a term that the graph does not know; the message names similar ones.
    """
    known = _Known(restore(place))
    return known.explain(term) if other is None else known.compare(term, other)


def key(text: str) -> str:
    """What two ways to write a name have in common: width, case, blanks and quotation marks aside.

    >>> key("“Hu Daoyin”") == key("hudaoyin"), key("Ａ 村")
    (True, 'a村')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "\"'“”‘’《》")


class _Known:
    """A graph, by every way to name what it holds."""

    def __init__(self, held: Restored) -> None:
        self.held = held
        self.texts = {e.document.id: e.document.text for e in held.extractions}
        self.iris = {entity.key: iri for iri, entity in held.entities.items()}

    @cached_property
    def names(self) -> Mapping[str, list[Entity]]:
        """Entities by the keys of their names, groups last."""
        names: dict[str, list[Entity]] = {}
        for entity in sorted(self.held.entities.values(), key=lambda e: (e.kind == "Group", e.key)):
            for name in dict.fromkeys(map(key, _names(entity))):
                names.setdefault(name, []).append(entity)
        return names

    @cached_property
    def about(self) -> Mapping[str, list[str]]:
        """IRIs of facts by the keys of the entities that take part, in order of the text."""
        about: dict[str, list[str]] = {}
        ordered = sorted(
            self.held.facts.items(), key=lambda item: (item[1][0], item[1][1].evidence.start, item[0])
        )
        for iri, (report, fact) in ordered:
            for _, mention in arguments(fact):
                facts = about.setdefault(self.held.resolution.meaning[report, mention], [])
                if iri not in facts:
                    facts.append(iri)
        return about

    def explain(self, term: str) -> Explanation:
        """Everything about one term."""
        if (iri := self._fact_iri(term)) is not None:
            return Explanation("found", tuple(self._fact(iri)), facts=(iri,))
        found = self.find(term)
        if len(found) > 1:
            return Explanation("ambiguous", tuple(self._choices(term, found)), tuple(found))
        facts = self.about.get(found[0].key, [])
        return Explanation("found", tuple(self._entity(found[0], facts)), tuple(found), tuple(facts))

    def find(self, term: str) -> list[Entity]:
        """The entities that a term names: one, or several if it is ambiguous; QueryError if none."""
        by_iri = self.held.entities.get(_full(term))
        if by_iri is not None:
            return [by_iri]
        found = self.names.get(key(term), [])
        preferred = [e for e in found if key(e.label) == key(term)]
        for choice in ([e for e in preferred if e.kind != "Group"], preferred, found):
            if choice:
                return choice
        raise self._unknown(term)

    def compare(self, one: str, two: str) -> Explanation:
        """Why two terms are one, or what keeps them apart."""
        left, right = self.find(one), self.find(two)
        for term, found in ((one, left), (two, right)):
            if len(found) > 1:
                return Explanation("ambiguous", tuple(self._choices(term, found)), tuple(found))
        a, b = left[0], right[0]
        if a.key == b.key:
            return Explanation("found", tuple(self._one(one, two, a)), (a,))
        shared = [iri for iri in self.about.get(a.key, []) if iri in self.about.get(b.key, [])]
        return Explanation("found", tuple(self._two(a, b, shared)), (a, b), tuple(shared))

    def _fact_iri(self, term: str) -> str | None:
        full = _full(term)
        return full if full in self.held.facts else None

    def _unknown(self, term: str) -> QueryError:
        wanted = key(term)
        scored = [(_likeness(wanted, name), found[0].label) for name, found in self.names.items()]
        best = sorted((-score, label) for score, label in scored if score >= _LEAST_LIKENESS)
        similar = "、".join(list(dict.fromkeys(label for _, label in best))[:_MOST_SUGGESTIONS])
        if not similar:
            zh = f"图里没有“{term}”;kg ask DIR entities 列出所有名称"
            return QueryError(zh, f"the graph has no {term!r}; kg ask DIR entities lists every name")
        return QueryError(
            f"图里没有“{term}”;相近的有:{similar}", f"the graph has no {term!r}; similar: {similar}"
        )

    def _choices(self, term: str, found: Sequence[Entity]) -> Iterator[str]:
        yield f"“{term}”可以指 {len(found)} 个实体,请用 IRI 选一个 · {term!r} may mean {len(found)} things; choose by IRI:"
        for entity in found:
            yield f"  {_shorten(self.iris[entity.key])}  {_kind(entity)}  {entity.label}"

    def _entity(self, entity: Entity, facts: Sequence[str]) -> Iterator[str]:
        yield f"{entity.label}  ({_kind(entity)})"
        yield f"  IRI: {self.iris[entity.key]}"
        if entity.labels:
            yield f"  别名 also: {'、'.join(entity.labels)}"
        if entity.pinyin:
            yield f"  拼音 pinyin: {entity.pinyin}"
        if entity.code:
            yield f"  区划代码 division code: {entity.code}"
        if entity.candidates and not entity.code:
            yield f"  可能的区划代码 possible division codes: {'、'.join(entity.candidates)}"
        yield from self._inferences(entity)
        yield from self._merges(entity)
        yield f"事实 facts: {len(facts)}"
        for count, iri in enumerate(facts, 1):
            first, *rest = self._fact(iri)
            yield f"{count}. {first}"
            yield from rest

    def _inferences(self, entity: Entity) -> Iterator[str]:
        """What no text says of it: a completed name, a predecessor, a series, each with its rule and words."""
        for found in entity.inferences:
            zh, en = _INFERENCES[found.what]
            known = self.held.entities.get(self.iris.get(found.value, ""))
            name = known.label if known else found.value.rpartition("/")[2]
            when = f" ({found.date})" if found.date else ""
            yield f"  {zh} {en}: {name}{when} · {found.rule} ({found.score:.2f}){self._basis(found)}"

    def _basis(self, found: Inference) -> str:
        if found.report is None or found.start is None or found.end is None:
            return ""
        return f" · “{self.texts[found.report][found.start : found.end]}” {found.report} [{found.start}, {found.end})"

    def _merges(self, entity: Entity) -> Iterator[str]:
        if entity.merges:
            yield f"合并 merges: {len(entity.merges)}"
        for merge in entity.merges:
            where = f"{merge.report} [{merge.start}, {merge.end})"
            quote = self.texts[merge.report][merge.start : merge.end]
            yield f"  “{quote}” {where}: {merge.rule} ({merge.score:.2f})"

    def _fact(self, iri: str) -> Iterator[str]:
        report, fact = self.held.facts[iri]
        told = words(fact, label_of(report, self.held.resolution))
        yield f"{told.zh}  |  {told.en}"
        yield f"     原文 quote: {self._quote(report, fact.evidence)}"
        yield f"     规则 rule: {_rule(fact.evidence)}"
        yield from _examples(fact.evidence.rule)
        for support in fact.support:
            yield f"     补充 support: {self._quote(report, support)} · {_rule(support)}"
        quantity = quantity_of(fact)
        if quantity is not None:
            yield f"     数值 value: {self._value(report, quantity)}"
        for role, mention in arguments(fact):
            span = f"[{mention.start}, {mention.end})"
            implied = " 推得 implied" if mention.implied else ""
            yield f"     {role}: “{mention.text}” {span} → {mention.name} · {mention.rule}{implied}"
        if why := reason(fact):
            yield f"     存疑 unsure: {why}"
        yield "     三元组 triples:"
        yield from (f"       {line}" for line in _turtle(self.held.triples[iri]))

    def _quote(self, report: str, evidence: Evidence) -> str:
        quote = self.texts[report][evidence.start : evidence.end]
        return f"{' '.join(quote.split())} ({report} [{evidence.start}, {evidence.end}))"

    def _value(self, report: str, quantity: Quantity) -> str:
        said = self.texts[report][quantity.start : quantity.end]
        return f"“{said}” → {number(quantity.value)} {quantity.unit}{_bounds(quantity)}"

    def _one(self, one: str, two: str, entity: Entity) -> Iterator[str]:
        yield f"“{one}”与“{two}”是同一个:{entity.label} · {one!r} and {two!r} are one: {entity.label} ({_kind(entity)})"
        yield f"  IRI: {self.iris[entity.key]}"
        yield from self._inferences(entity)
        if entity.merges:
            yield from self._merges(entity)
        else:
            yield "  写法相同,无需合并 · the same name, nothing was merged"

    def _two(self, a: Entity, b: Entity, shared: Sequence[str]) -> Iterator[str]:
        yield f"“{a.label}”与“{b.label}”是两个 · {a.label!r} and {b.label!r} are two:"
        for entity in (a, b):
            yield f"  {_shorten(self.iris[entity.key])}  {_kind(entity)}  {'、'.join(_names(entity))}"
            yield from (f"  {line}" for line in self._inferences(entity))
        yield from (f"  {why}" for why in _differences(a, b))
        yield f"两者都涉及的事实 facts about both: {len(shared)}"
        for count, iri in enumerate(shared, 1):
            first, *rest = self._fact(iri)
            yield f"{count}. {first}"
            yield from rest


def _names(entity: Entity) -> list[str]:
    codes = [entity.code] if entity.code else []
    full = [i.value for i in entity.inferences if i.what == "full-name"]
    return list(dict.fromkeys([entity.label, *entity.labels, *full, *([entity.pinyin] if entity.pinyin else []), *codes]))


def _differences(a: Entity, b: Entity) -> Iterator[str]:
    if a.kind != b.kind:
        yield f"种类不同 kinds differ: {_kind(a)}, {_kind(b)}"
    elif a.subtype != b.subtype:
        yield f"类别不同 classes differ: {_kind(a)}, {_kind(b)}"
    if a.code and b.code and a.code != b.code:
        yield f"区划代码不同 division codes differ: {a.code}, {b.code}"
    yield from _apart(a, b)
    if not {*map(key, _names(a))} & {*map(key, _names(b))}:
        yield "没有共同的写法,也没有规则把它们合并 · no name in common, and no rule merges them"
    else:
        yield "有共同的写法,但上下文没有把它们定为一个 · a name in common, but the context does not make them one"


def _apart(a: Entity, b: Entity) -> Iterator[str]:
    """What tells two of one name apart: the body of a person, the full name of a body, a renaming."""
    if any(i.what == "predecessor" and i.value == other.key for e, other in ((a, b), (b, a)) for i in e.inferences):
        yield "一个是另一个的前身,更名不是合并 · one is the predecessor of the other; a renaming is no merge"
    scopes = [e.key.partition("/")[2].removesuffix(e.label).strip("/") for e in (a, b)]
    if a.kind == b.kind == "Person":
        scopes = [e.key.rpartition("/")[2] for e in (a, b)]
        if scopes[0] != scopes[1]:
            yield f"所属单位不同 their bodies differ: {scopes[0]}, {scopes[1]}"
    elif a.kind == b.kind and a.label == b.label and scopes[0] != scopes[1]:
        yield f"所属不同 they belong to different bodies: {scopes[0]}, {scopes[1]}"


def _kind(entity: Entity) -> str:
    zh, _ = LABELS.get(entity.subtype, ("", ""))
    return f"{zh} {entity.subtype}".strip()


def _rule(evidence: Evidence) -> str:
    about = rule_about(evidence.rule)
    said = f" · {about}" if about else ""
    return f"{evidence.rule} (置信度 confidence {evidence.confidence:.2f}){said}"


def rule_about(rule: str) -> str:
    """What a rule is for, by the id that facts carry; '' for an unknown one.

    >>> rule_about("quantity.percent"), rule_about("model.P"), rule_about("nothing")
    ('百分比:16.5%', '训练的模型给出的人名', '')
    """
    known = rules.note(rule)
    return known.about if known else ""


def _examples(rule: str) -> Iterator[str]:
    """The line that shows what a rule finds, where it has examples."""
    known = rules.note(rule)
    if known and known.examples:
        yield f"     例句 examples: {'；'.join(known.examples[:_MOST_EXAMPLES])}"


def _bounds(quantity: Quantity) -> str:
    if not quantity.approximate:
        return ""
    low = "?" if quantity.lower is None else number(quantity.lower)
    high = "?" if quantity.upper is None else number(quantity.upper)
    return f" (约数 approximate, {low} … {high})"


def _likeness(wanted: str, name: str) -> float:
    if wanted and (wanted in name or name in wanted):
        return 0.5 + 0.5 * min(len(wanted), len(name)) / max(len(wanted), len(name))
    return SequenceMatcher(None, wanted, name, autojunk=False).ratio()


def _full(term: str) -> str:
    """A term as an IRI: in angle brackets, with a prefix, or the end of one of ours.

    >>> _full("kgid:place/何家湾村") == _full("place/何家湾村") == _full(f"<{ID}place/何家湾村>")
    True
    """
    bare = term.strip().removeprefix("<").removesuffix(">")
    prefix, _, rest = bare.partition(":")
    if prefix in PREFIXES and not rest.startswith("//"):
        return PREFIXES[prefix] + rest
    return bare if "://" in bare else f"{ID}{bare}"


def _shorten(iri: str) -> str:
    for prefix, base in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return f"<{iri}>"


def _turtle(triples: Sequence[Triple]) -> Iterator[str]:
    """Triples of one subject, one line per predicate and object."""
    for count, (subject, predicate, value) in enumerate(triples):
        if count == 0:
            yield _short_term(subject)
        end = " ." if count == len(triples) - 1 else " ;"
        yield f"    {_short_term(predicate)} {_short_term(value)}{end}"


def _short_term(term: str) -> str:
    return _IRI.sub(lambda found: _shorten(found[1]), term)
