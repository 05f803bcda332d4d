"""Mentions → entities: within a report by its own names, across reports by the fullest name and its place.

Every merge carries its rule. Nothing is merged through a third name: a mention joins the one entity that its own
words point to, or stands alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.annotate.organizations import unit_noun
from kg.extract.levels import level_of
from kg.gazetteer import Division, Gazetteer
from kg.model import Entity, Extraction, Mention, Merge, Post, Resolution
from kg.names import pinyin, pinyin_name

_FOLD = re.compile(r"[\s\u3000“”‘’\"'「」『』《》〈〉·•・]+")
_ALIASES = ("alias.self", "alias.publisher")
_RELATIVE = re.compile(r"^(?:省|市|县|区|州|镇|乡|村|局|院|校|队|公司|集团|团省委|团市委|团县委|该|我|本|机关|驻村|全)")
_SUFFIX_KINDS = ("Organization", "Place", "Honour", "Activity")
_FOLDERS = {
    "Person": "person", "Organization": "organization", "Place": "place", "Honour": "honour",
    "Activity": "activity", "Work": "work", "Group": "group",
}  # fmt: skip


@dataclass
class _Cluster:
    """Mentions of one report that mean one thing."""

    kind: str
    label: str
    mentions: list[tuple[Mention, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(m.name for m, _ in self.mentions))


def resolve(extractions: Sequence[Extraction]) -> Resolution:
    """Entities of all reports, and the entity that each mention means.

    The result does not depend on the order of the reports.
    """
    merged: dict[str, list[tuple[str, _Cluster]]] = defaultdict(list)
    meaning: dict[tuple[str, Mention], str] = {}
    codes: dict[str, tuple[str | None, tuple[str, ...]]] = {}
    for extraction in sorted(extractions, key=lambda e: e.document.id):
        report = extraction.document.id
        clusters = _clusters(extraction)
        homes = _homes(extraction, clusters)
        for cluster in clusters:
            code = _code(extraction, cluster) if cluster.kind == "Place" else (None, ())
            key = _key(extraction, cluster, homes, code[0])
            codes.setdefault(key, code)
            merged[key].append((report, cluster))
            for mention, _ in cluster.mentions:
                meaning[report, mention] = key
    entities = tuple(_entity(key, merged[key], codes[key]) for key in sorted(merged))
    return Resolution(entities, meaning)


# --- within a report -----------------------------------------------------------------------------------------


def _clusters(extraction: Extraction) -> list[_Cluster]:
    groups: dict[tuple[str, str], _Cluster] = {}
    publisher = _publisher(extraction)
    for m in extraction.mentions:
        if publisher is not None and m.kind == "Organization":
            rule = _speaks(m, publisher.name)
            if rule:
                key = ("Organization", fold(publisher.name))
                groups.setdefault(key, _Cluster("Organization", publisher.name)).mentions.append((m, rule))
                continue
        # an anonymous group is what one fact speaks of: two facts never share it
        name = f"{m.name}@{m.start}" if m.kind == "Group" else fold(m.name)
        cluster = groups.setdefault((m.kind, name), _Cluster(m.kind, m.name))
        cluster.mentions.append((m, "same-name"))
    return _join_suffixes(list(groups.values()))


def _speaks(m: Mention, publisher: str) -> str | None:
    """By which rule an organisation's mention means the publisher: its name, '我局', or a place and its field."""
    if m.name == publisher:
        return "same-name"
    if m.rule in _ALIASES:
        return "publisher-alias"
    field_ = re.sub(r"^.*?[省市县区州]", "", publisher)[: -len(unit_noun(publisher) or "")]
    if len(field_) >= 2 and m.name.endswith(field_) and len(m.name) - len(field_) in (2, 3):
        found = Gazetteer.load().divisions(m.name[: -len(field_)])
        return "place-and-field" if found else None
    return None


def _publisher(extraction: Extraction) -> Mention | None:
    name = extraction.document.publisher
    orgs = [m for m in extraction.mentions if m.kind == "Organization"]
    if name:
        named = next((m for m in orgs if m.name == name), None)
        if named:
            return named
    noun = next((m.text[1:] for m in orgs if m.rule == "alias.self"), None)
    if noun:
        return next((m for m in orgs if m.rule not in _ALIASES and m.text.endswith(noun)), None)
    return None


def fold(name: str) -> str:
    """A name without quotation marks, spaces and dots, for comparison.

    >>> fold("“双争”活动")
    '双争活动'
    """
    return _FOLD.sub("", name)


def _join_suffixes(clusters: list[_Cluster]) -> list[_Cluster]:
    """A short name joins the one longer name that it ends; where two could be meant it stands alone."""
    by_kind: dict[str, list[_Cluster]] = defaultdict(list)
    for c in clusters:
        by_kind[c.kind].append(c)
    out = [c for kind, cs in by_kind.items() if kind not in _SUFFIX_KINDS for c in cs]
    for kind in _SUFFIX_KINDS:
        kept: list[_Cluster] = []
        for c in sorted(by_kind[kind], key=lambda c: -len(fold(c.label))):
            homes = [k for k in kept if _continues(kind, fold(c.label), fold(k.label))]
            longest = [k for k in homes if not any(k is not o and _continues(kind, fold(k.label), fold(o.label)) for o in homes)]
            if len(longest) == 1:
                longest[0].mentions += [(m, "suffix" if r == "same-name" else r) for m, r in c.mentions]
            else:
                kept.append(c)
        out += kept
    return out


def _continues(kind: str, short: str, long: str) -> bool:
    """Whether ``short`` is a shorter name of what ``long`` names."""
    if short == long or len(short) < 2:
        return False
    if kind == "Organization":
        if re.match(r"[省市县区州]", short) and _contracts(short, long):
            return True
        return len(short) >= 4 and long.endswith(short) and not re.fullmatch(r"(?:党支部|党委|团委|工会|支部|办公室|[\u4e00-\u9fff]{0,1}公司)", short)
    if kind == "Place":
        return len(short) >= 3 and long.endswith(short)
    if kind == "Honour":
        return len(short) >= 4 and long.endswith(short) and _same_grade(short, long)
    return len(short) >= 4 and long.endswith(short)


def _contracts(short: str, long: str) -> bool:
    """'县局' and '县气象局' of '青槐县气象局'."""
    at = long.find(short[0])
    return 0 < at and len(short) <= 8 and (long[at:] == short or (len(short) == 2 and long.endswith(short[1])))


def _same_grade(short: str, long: str) -> bool:
    return ("等奖" in short) == ("等奖" in long) and level_of(short) in (None, level_of(long))


# --- keys ----------------------------------------------------------------------------------------------------


def _homes(extraction: Extraction, clusters: list[_Cluster]) -> dict[str, str]:
    """For each person of the report the organisation that tells them from a namesake."""
    label_of = {m: c.label for c in clusters for m, _ in c.mentions}
    homes: dict[str, str] = {}
    for fact in extraction.facts:
        if isinstance(fact, Post) and fact.organization is not None:
            homes.setdefault(fact.person.name, label_of.get(fact.organization, fact.organization.name))
    return homes


def _key(extraction: Extraction, c: _Cluster, homes: dict[str, str], code: str | None) -> str:
    folder = _FOLDERS[c.kind]
    scope = extraction.document.publisher or extraction.document.id
    if c.kind == "Place" and code:
        return f"{folder}/{code}"
    if c.kind == "Group":
        m = c.mentions[0][0]
        return f"{folder}/{extraction.document.id}/{m.start}-{m.end}"
    if c.kind == "Person":
        return f"{folder}/{c.label}/{homes.get(c.label, scope)}"
    if c.kind == "Organization" and _RELATIVE.match(c.label) and fold(c.label) != fold(scope):
        return f"{folder}/{scope}/{c.label}"
    return f"{folder}/{c.label}"


def _code(extraction: Extraction, c: _Cluster) -> tuple[str | None, tuple[str, ...]]:
    """The official code of a division by its own chain, then by what is named near it, then by the publisher."""
    first = c.mentions[0][0]
    if first.subtype not in ("Province", "City", "County", "Township", "Village"):
        return None, ()
    gazetteer = Gazetteer.load()
    chain = [f for f in gazetteer.scan(c.label)]
    own = c.label
    outer: list[str] = []
    if chain:
        outer = [c.label[f.start : f.end] for f in chain if f.end < len(c.label)]
        own = c.label[chain[-1].start :] if chain[-1].end == len(c.label) else c.label[chain[-1].end :]
    near = [m.text for m in sorted(extraction.mentions, key=lambda m: abs(m.start - first.start)) if m.kind == "Place" and m.start != first.start][:6]
    around = [d for part in (extraction.document.publisher, extraction.document.title) if part for d in _named(part)]
    level = first.subtype.lower()
    found = gazetteer.resolve(own, level if level == "village" else None, [*reversed(outer), *near, *around])
    if found.code is None and not found.candidates and level != "village":
        named: tuple[Division, ...] = gazetteer.divisions(own)
        return (named[0].code, ()) if len(named) == 1 else (None, tuple(d.code for d in named[:20]))
    return found.code, found.candidates


def _named(text: str) -> list[str]:
    return [text[f.start : f.end] for f in Gazetteer.load().scan(text)]


# --- entities ------------------------------------------------------------------------------------------------


def _entity(key: str, parts: list[tuple[str, _Cluster]], code: tuple[str | None, tuple[str, ...]]) -> Entity:
    kind = parts[0][1].kind
    label = max((c.label for _, c in parts), key=lambda n: (len(n), n))
    surfaces = Counter(m.text for _, c in parts for m, _ in c.mentions)
    names = dict.fromkeys([*sorted(n for _, c in parts for n in c.names), *sorted(surfaces)])
    labels = [n for n in names if n != label]
    if kind == "Place":
        labels += [n for n in _parts(label) if n not in labels and n != label]
    subtypes = Counter(m.subtype for _, c in parts for m, _ in c.mentions if m.rule not in _ALIASES)
    subtype = sorted(subtypes.items(), key=lambda kv: (-kv[1], kv[0]))[0][0] if subtypes else kind
    return Entity(
        key=key,
        kind=kind,  # type: ignore[arg-type]
        subtype=subtype,
        label=label,
        labels=tuple(sorted(labels)),
        pinyin=pinyin_name(label) if kind == "Person" else pinyin(label) if kind == "Place" else None,
        code=code[0],
        candidates=code[1],
        level=level_of(label) if kind == "Honour" else None,
        merges=tuple(
            Merge(report, m.start, m.end, m.text, rule, 1.0 if rule == "same-name" else 0.9)
            for report, c in parts
            for m, rule in sorted(c.mentions, key=lambda x: (x[0].start, x[0].end))
        ),
    )


def _parts(label: str) -> list[str]:
    """The shorter forms of a chain: 溢水镇何家湾村 and 何家湾村 of 竹山县溢水镇何家湾村."""
    return [label[f.end :] for f in Gazetteer.load().scan(label) if f.end < len(label)] + [
        label[f.start :] for f in Gazetteer.load().scan(label) if f.end == len(label) and f.start > 0
    ]


__all__ = ["fold", "resolve", "unit_noun"]
