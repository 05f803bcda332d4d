"""Mentions → entities of an archive: what each report's clusters are across reports, by full name, code, place and time.

The result depends on the set of reports, not on their order. A cluster goes to an entity by its own full name; nothing is
merged through a third name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.model import Award, Extraction, Inference, Mention, Resolution
from kg.resolve import people
from kg.resolve.bodies import FullName, Speaker, anchored, canonical, full_name, relative_name
from kg.resolve.entities import Part, ancestors, entity
from kg.resolve.homes import Home, home_of_name, province_by_vote, province_of_code, province_of_name
from kg.resolve.honours import HonourName, honour_name
from kg.resolve.identity import Identity
from kg.resolve.names import fold
from kg.resolve.places import Around, Coded, chain, code_of
from kg.resolve.renames import pairs as identity_pairs
from kg.resolve.renames import renames, stated
from kg.resolve.report import Cast, Cluster, cast

_FOLDERS = {
    "Person": "person", "Organization": "organization", "Place": "place", "Honour": "honour",
    "Activity": "activity", "Work": "work", "Group": "group",
}  # fmt: skip
_EVERYWHERE = ("Country", "Region", "Province")


@dataclass
class Known:
    """One report with what is known of its clusters."""

    cast: Cast
    speaker: Speaker
    codes: dict[int, Coded]
    names: dict[int, FullName] = field(default_factory=dict)
    honours: dict[int, HonourName] = field(default_factory=dict)

    @property
    def report(self) -> str:
        """The report's id."""
        return self.cast.extraction.document.id


def resolve(extractions: Sequence[Extraction], identity: Identity | None = None) -> Resolution:
    """Entities of all reports, and the entity that each mention means.

    The result does not depend on the order of the reports. ``identity`` forces and forbids merges and names labels.
    """
    identity = identity or Identity()
    ordered = sorted(extractions, key=lambda e: e.document.id)
    known = [_know(e) for e in ordered]
    areas = _areas(known)
    known = [_know(k.cast.extraction, areas) if _lacking(k, areas) else k for k in known]
    renamed = _renamed(known, identity)
    persons = people.person_keys((s for k in known for s in _standings(k)), renamed)
    parts = [part for k in known for part in _parts(k, persons)]
    parts = identity.apply(_chains(_tails(parts)))
    merged: dict[str, list[Part]] = defaultdict(list)
    meaning: dict[tuple[str, Mention], str] = {}
    for part in parts:
        merged[part.key].append(part)
        for mention, _ in part.mentions:
            meaning[part.report, mention] = part.key
    labels = identity.labels(parts)
    entities = {key: entity(key, merged[key], labels.get(key)) for key in sorted(merged)}
    entities = renames([k.cast for k in known], entities, meaning, identity)
    for extra in ancestors(entities):
        entities[extra.key] = extra
    return Resolution(tuple(entities[key] for key in sorted(entities)), meaning)


Areas = dict[str, tuple[str | None, str | None]]  # county or city: city, province


def _areas(known: Sequence[Known]) -> Areas:
    """In which city and province the counties lie that the gazetteer does not know, where all reports agree on it."""
    told: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for k in known:
        home = k.speaker.home
        for name in (home.county, home.city):
            if name and home.province:
                told[name][1].add(home.province)
        for c in k.cast.of("Place"):
            levels = chain(c.label)
            for above, below in pairwise(levels):
                if below[-1] in "县区旗市" and above[-1] in "市州盟":
                    told[below][0].add(above)
                elif above[-1] == "省" or above.endswith("自治区"):
                    told[below][1].add(above)
    return {
        name: (next(iter(cities)) if len(cities) == 1 else None, next(iter(provinces)) if len(provinces) == 1 else None)
        for name, (cities, provinces) in told.items()
    }


def _lacking(known: Known, areas: Areas) -> bool:
    """Whether other reports know more of where a report's publisher is at home."""
    home = known.speaker.home
    city, province = areas.get(home.county or home.city or "", (None, None))
    return bool((city and not home.city) or (province and not home.province))


def _know(extraction: Extraction, areas: Areas | None = None) -> Known:
    found = cast(extraction)
    label = found.speaker.label if found.speaker else extraction.document.publisher or ""
    own = home_of_name(label)
    if areas:
        city, province = areas.get(own.county or own.city or "", (None, None))
        own = replace(own, city=own.city or city, province=own.province or province, rule="place-in-archive", score=0.85)
    around = Around(extraction, own)
    codes = {id(c): code_of(c.label, _subtype(c), c.first, around) for c in found.of("Place")}
    home = own if own.province else _with_province(own, _vote(found, codes))
    speaker = Speaker(_speaker_name(label, home), home, extraction.document.id)
    if home.province and not own.province:
        around = Around(extraction, home)
        codes = {id(c): codes[id(c)] if codes[id(c)].code else code_of(c.label, _subtype(c), c.first, around) for c in found.of("Place")}
    known = Known(found, speaker, codes)
    for c in found.of("Organization"):
        known.names[id(c)] = full_name(c, speaker, found.speaker)
    _name_honours(known)
    return known


def _with_province(own: Home, voted: Home) -> Home:
    if voted.province is None:
        return own
    return replace(own, province=voted.province, rule=voted.rule, score=voted.score, evidence=voted.evidence)


def _speaker_name(label: str, home: Home) -> str | None:
    if not label:
        return None
    relative = relative_name(fold(label), home)
    return relative.name if relative is not None else canonical(fold(label))


def _vote(found: Cast, codes: dict[int, Coded]) -> Home:
    """The province that the report's coded places and the provinces in its organisations' names speak for."""

    def ballots() -> Iterator[tuple[str, Mention]]:
        for c in found.of("Place"):
            code = codes[id(c)].code
            province = province_of_code(code) if code else None
            if province:
                yield from ((province, m) for m, _ in c.mentions)
        for kind in ("Organization", "Honour"):
            for c in found.of(kind):
                province = province_of_name(fold(c.label))
                if province and c is not found.speaker:
                    yield from ((province, m) for m, _ in c.mentions)

    return province_by_vote(ballots())


def _subtype(c: Cluster) -> str:
    return max(c.mentions, key=lambda x: len(x[0].name))[0].subtype


def _name_honours(known: Known) -> None:
    conferrers: dict[Mention, Mention] = {}
    for fact in known.cast.extraction.facts:
        if isinstance(fact, Award) and fact.conferrers:
            conferrers.setdefault(fact.honour, fact.conferrers[0])
    body = {m: known.names[id(c)] for c in known.cast.of("Organization") for m, _ in c.mentions}
    for c in known.cast.of("Honour"):
        given = next((conferrers[m] for m, _ in c.mentions if m in conferrers), None)
        name = body[given].name if given is not None and given in body else None
        known.honours[id(c)] = honour_name(c.label, known.speaker, name)


def _standings(known: Known) -> Iterator[people.Standing]:
    posts = people.bodies_of(known.cast.extraction)
    body = {m: c for c in known.cast.of("Organization") for m, _ in c.mentions}
    document = known.cast.extraction.document
    for c in known.cast.of("Person"):
        found: list[str] = []
        for name in c.names:
            for m in posts.get(name, ()):
                full = known.names[id(body[m])].name if m in body else None
                found += [full] if full else []
        own = known.speaker.scope
        ordered = [f for f in found if people.root(f) == people.root(own)] or found
        yield people.Standing(fold(c.label), known.report, document.period, (*ordered, own))


def _parts(known: Known, persons: dict[tuple[str, str], tuple[str, str, float]]) -> Iterator[Part]:
    for c in known.cast.clusters:
        coded = known.codes.get(id(c), Coded())
        key, notes = _key(known, c, persons, coded)
        tail = fold(c.label) if c is known.cast.speaker and not anchored(fold(c.label)) else ""
        yield Part(key, known.report, c, coded, notes, known.honours.get(id(c)), tail, known.speaker.home.province)


def _key(
    known: Known, c: Cluster, persons: dict[tuple[str, str], tuple[str, str, float]], coded: Coded
) -> tuple[str, tuple[Inference, ...]]:
    folder = _FOLDERS[c.kind]
    label = fold(c.label)
    if c.kind == "Group":
        return f"{folder}/{known.report}/{c.first.start}-{c.first.end}", ()
    if c.kind == "Person":
        return f"{folder}/{label}/{persons[known.report, label][0]}", ()
    if c.kind == "Organization":
        return _organization_key(known, c)
    if c.kind == "Place":
        return f"{folder}/{coded.code or _place_name(known, c)}", ()
    if c.kind == "Honour":
        found = known.honours[id(c)]
        owner, _, rest = found.name.rpartition("·")
        return f"{folder}/{owner + '/' if owner else ''}{rest}", ()
    if c.kind == "Activity":
        return f"{folder}/{known.report}/{label}", ()
    return f"{folder}/{label}", ()


def _organization_key(known: Known, c: Cluster) -> tuple[str, tuple[Inference, ...]]:
    full = known.names[id(c)]
    if full.name is None:
        scope = full.scope or known.report
        return f"organization/{scope}/{fold(c.label)}", ()
    notes: tuple[Inference, ...] = ()
    if full.name != fold(c.label):
        rule = full.rule or ("publisher-province" if c is known.cast.speaker else "lexicon")
        m = c.first
        notes = (Inference("full-name", full.name, rule, full.score, known.report, m.start, m.end),)
    return f"organization/{full.name}", notes


def _place_name(known: Known, c: Cluster) -> str:
    """The name of a place without a code: its chain from the county down, or the publisher's area before it."""
    label = fold(c.label)
    subtype, home = _subtype(c), known.speaker.home
    parts = chain(label)
    if subtype in _EVERYWHERE or (len(parts) > 1 and parts[0][-1] in "省市县区州旗"):
        return label
    if subtype in ("City", "County"):
        return label
    if subtype in ("Township", "Village", "Community"):
        area = home.county or home.city or home.province
        return f"{area}{label}" if area else f"{known.speaker.scope}/{label}"
    return f"{home.province or known.speaker.scope}/{label}"


def _renamed(known: Sequence[Known], identity: Identity) -> dict[str, str]:
    """For the full name of each renamed body what it is called now."""
    found = dict(identity_pairs(identity))
    for k in known:
        body = {m: k.names[id(c)].name for c in k.cast.of("Organization") for m, _ in c.mentions}
        for old, new, _ in stated(k.cast):
            before, now = body.get(old), body.get(new)
            if before and now and before != now:
                found.setdefault(before, now)
    return found


def _chains(parts: list[Part]) -> list[Part]:
    """A village of a county that only one chain of the archive ends in is that of the chain."""
    uncoded = {p.key: chain(p.key[6:]) for p in parts if p.key.startswith("place/") and not p.coded.code}
    full = sorted(key for key, levels in uncoded.items() if len(levels) > 2 and "/" not in key[6:])
    out = []
    for part in parts:
        levels = uncoded.get(part.key, ())
        ends = (levels[0], levels[-1]) if len(levels) == 2 and levels[1].endswith(("村", "社区")) else None
        longer = [key for key in full if ends == (uncoded[key][0], uncoded[key][-1])]
        out.append(part.moved(longer[0], "chain-across") if len(longer) == 1 else part)
    return out


def _tails(parts: list[Part]) -> list[Part]:
    """A publisher that calls itself by its last words only is the one full name of its province that ends so."""
    full = sorted({p.key for p in parts if p.cluster.kind == "Organization" and p.key.count("/") == 1})
    out = []
    for part in parts:
        longer = [k for k in full if part.tail and k.endswith(part.tail) and k != f"organization/{part.tail}"] if len(part.tail) >= 4 else []
        longer = [k for k in longer if home_of_name(k.partition("/")[2]).province in (None, part.province)]
        if len(longer) == 1 and part.province:
            out.append(part.moved(longer[0], "publisher-suffix"))
        else:
            out.append(part)
    return out
