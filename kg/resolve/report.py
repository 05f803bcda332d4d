"""Within one report: which mentions mean one thing.

First names are grouped as they are written; then a short name joins the one longer name that it belongs to; then words
that only point (我局, 该站, 公司, 局党委) go to the body that they point at. A name joins by its own words, never through
a third name, and where two could be meant it stands alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.lexicons import org_suffixes
from kg.model import Extraction, Mention
from kg.resolve.names import LEVEL_CHARS, Relation, called, fold, is_bare, related

_ALIASES: Final = ("alias.self", "alias.publisher")
_POINTS: Final = re.compile(r"^(我|本|该|全|此)(.{1,4})$")
_AREA: Final = re.compile(rf"^(?:我|本|全|该)([{LEVEL_CHARS}])$")
_HONORIFIC: Final = re.compile(r"(?:同志|先生|女士|院士|教授|老师|烈士)$")
_TOO_HIGH: Final = re.compile(r"^(?:中国|国家|全国|中华|中央|人民银行|省|自治区)")
_BRANCHES: Final = ("支部", "党支部", "团支部")
_ORGAN: Final = re.compile(
    r"^(我|该|本)?(局|院|校|队|厅|所|站|馆|行|厂|矿|社|台|处|园|会|镇|乡|村|公司|集团|集团公司|医院|学校|法院|检察院|大队|支队|总队|中心|市局|县局|区局|省局|州局|分局|分公司|市院|县院)"
    r"([\u4e00-\u9fff“”]{2,14})$"
)
_ORGANS: Final = re.compile(
    "^(?:机关|直属机关)?(?:党委|党组|党工委|党总支|党支部|团委|团支部|团总支|工会|妇联|妇委会|纪委|纪检组|工会委员会|纪检监察组)$"
)
_BEFORE_SUBJECT: Final = "。!?;!?;\n,,::\u3000 "
_SPEAKER_KINDS: Final = ("title", "subtitle", "byline", "meta")


@dataclass
class Cluster:
    """Mentions of one report that mean one thing, each with the relation by which it came."""

    kind: str
    label: str
    mentions: list[tuple[Mention, Relation]] = field(default_factory=list)
    host: Cluster | None = None  # the body whose organ this is
    tail: str = ""  # what follows the host's name: 党委

    @property
    def names(self) -> list[str]:
        """Every name written, in order of appearance."""
        return list(dict.fromkeys(m.name for m, _ in self.mentions))

    @property
    def first(self) -> Mention:
        """The first mention."""
        return min((m for m, _ in self.mentions), key=lambda m: (m.start, m.end))

    def add(self, mention: Mention, rule: str, score: float) -> None:
        """One more mention."""
        self.mentions.append((mention, Relation(rule, score)))


@dataclass
class Cast:
    """All clusters of a report, and which of them speaks."""

    extraction: Extraction
    clusters: list[Cluster]
    speaker: Cluster | None

    def of(self, kind: str) -> Iterator[Cluster]:
        """The clusters of one kind."""
        return (c for c in self.clusters if c.kind == kind)


def cast(extraction: Extraction) -> Cast:
    """The clusters of a report."""
    by_kind: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(extraction.mentions, key=lambda m: (m.start, -m.end, m.name, m.rule)):
        by_kind[mention.kind].append(mention)
    bodies = _Bodies(extraction, by_kind.pop("Organization", []))
    clusters = list(bodies.clusters)
    for kind, mentions in by_kind.items():
        if kind == "Place":
            clusters += _places(mentions, bodies.speaker)
        else:
            clusters += _join(_grouped(kind, mentions))
    return Cast(extraction, clusters, bodies.speaker)


def _grouped(kind: str, mentions: Iterable[Mention]) -> list[Cluster]:
    """Mentions of one name; an anonymous group is what one fact speaks of, so two facts never share it."""
    groups: dict[str, Cluster] = {}
    for m in mentions:
        name = _HONORIFIC.sub("", m.name) if kind == "Person" and len(m.name) > 3 else m.name
        key = f"{name}@{m.start}" if kind == "Group" else fold(name)
        groups.setdefault(key, Cluster(kind, name)).add(m, "same-name", 1.0)
    return list(groups.values())


def _join(clusters: list[Cluster], speaker: Cluster | None = None) -> list[Cluster]:
    """Each short name to the longer one that it belongs to."""
    kept: list[Cluster] = []
    for c in sorted(clusters, key=lambda c: (-len(fold(c.label)), c.first.start)):
        target, relation = _target(c, kept, speaker)
        if target is None or relation is None:
            kept.append(c)
        else:
            target.mentions += [(m, _weaker(r, relation)) for m, r in c.mentions]
    return kept


def _weaker(own: Relation, joined: Relation) -> Relation:
    return joined if own.rule == "same-name" else own


def _target(c: Cluster, kept: Sequence[Cluster], speaker: Cluster | None) -> tuple[Cluster | None, Relation | None]:
    short = fold(c.label)
    found = [(k, r) for k in kept if (r := related(c.kind, short, fold(k.label))) is not None]
    if not found:
        return None, None
    top = max(r.score for _, r in found)
    best = [(k, r) for k, r in found if r.score == top]
    outer = [(k, r) for k, r in best if not any(k is not o and related(c.kind, fold(k.label), fold(o.label)) for o, _ in best)]
    best = outer or best
    if len(best) > 1 and speaker is not None:
        best = [(k, r) for k, r in best if k is speaker] or best
    if len(best) > 1 and short[0] in LEVEL_CHARS:
        most = max(len(k.mentions) for k, _ in best)
        best = [(k, r) for k, r in best if len(k.mentions) == most]
    if len(best) > 1 and best[0][1].rule in ("ladder", "committee"):
        best = _nearest(c, best)
    return best[0] if len(best) == 1 else (None, None)


def _nearest(c: Cluster, found: Sequence[tuple[Cluster, Relation]]) -> list[tuple[Cluster, Relation]]:
    """The one last named before the first mention."""
    before = [(max(m.start for m, _ in k.mentions if m.start < c.first.start), k, r) for k, r in found if k.first.start < c.first.start]
    return [max(((at, k, r) for at, k, r in before), key=lambda x: x[0])[1:]] if before else list(found)


# --- organisations -------------------------------------------------------------------------------------------


class _Bodies:
    """The organisations of a report."""

    def __init__(self, extraction: Extraction, mentions: list[Mention]) -> None:
        self.extraction = extraction
        self.text = extraction.document.text
        self.honours = [(m.start, m.end) for m in extraction.mentions if m.kind == "Honour"]
        self._unnamed: dict[str, Cluster] = {}
        points = [m for m in mentions if _pointing(m) is not None]
        organs = [m for m in mentions if _pointing(m) is None and _organ(m) is not None]
        aside = {id(m) for m in (*points, *organs)}
        named = _grouped("Organization", (m for m in mentions if id(m) not in aside))
        self._nouns = {noun for m in mentions if m.rule == "alias.self" for noun in [m.text[1:]] if m.text[0] in "我本"}
        self.speaker = self._speaker(named)
        self.clusters = _join(named, self.speaker)
        if self.speaker is not None and self.speaker not in self.clusters:
            self.speaker = next((c for c in self.clusters if any(m in [x for x, _ in self.speaker.mentions] for m, _ in c.mentions)), None)
        for m in points:
            self._point(m)
        for m in organs:
            self._place_organ(m)

    def _speaker(self, named: list[Cluster]) -> Cluster | None:
        """Who publishes: as the page says, else a body that its title names and that may say 我局, else the one that may."""
        name = fold(self.extraction.document.publisher or "")
        if name:
            same = [c for c in named if fold(c.label) == name]
            longer = [c for c in named if related("Organization", name, fold(c.label))]
            if same or len(longer) == 1:
                return (same or longer)[0]
            return Cluster("Organization", self.extraction.document.publisher or name)
        able = [c for c in named if any(called(noun, fold(c.label)) for noun in self._nouns) and not _TOO_HIGH.match(c.label)]
        titled = [c for c in able if any(self._in_title(m) for m, _ in c.mentions)]
        if not titled and (believed := self._believed(able)) is not None:
            return believed
        opening = [c for c in able if self._opens(c.first)]
        return min(titled or opening, key=lambda c: c.first.start) if titled or opening else None

    def _believed(self, able: list[Cluster]) -> Cluster | None:
        """Whom the extractor takes for the speaker: its elided subjects are facts of that body (see kg.extract.scene)."""
        noun = next((m.text[1:] for m in self.extraction.mentions if m.rule == "alias.self" and m.text[0] in "我本该"), None)
        return next((c for c in sorted(able, key=lambda c: c.first.start) if noun and c.first.text.endswith(noun)), None)

    def _opens(self, m: Mention) -> bool:
        """Whether a mention begins one of the first sentences."""
        return m.start < 120 and (m.start == 0 or self.text[m.start - 1] in _BEFORE_SUBJECT)

    def _in_title(self, m: Mention) -> bool:
        return any(b.start <= m.start < b.end and b.kind in _SPEAKER_KINDS for b in self.extraction.document.blocks)

    def _point(self, m: Mention) -> None:
        pointer, noun = _pointing(m) or ("", m.name)
        target = self._pointed(pointer, noun, m)
        if target is None:
            self._alone(m)
            return
        self._keep(target).add(m, "publisher-alias" if target is self.speaker else "last-named", 0.9 if target is self.speaker else 0.8)

    def _keep(self, target: Cluster) -> Cluster:
        """A publisher that only the page names stands among the clusters once somebody points at it."""
        if target not in self.clusters:
            self.clusters.append(target)
        return target

    def _pointed(self, pointer: str, noun: str, m: Mention) -> Cluster | None:
        mine = self.speaker is not None and called(noun, fold(self.speaker.label))
        last = self._last(noun, m.start) or self._only(noun)
        if noun in _BRANCHES:
            return last
        if pointer in ("该", "此"):
            return last or (self.speaker if mine else None)
        if mine:
            return self.speaker
        if self.speaker is None and m.rule == "alias.self" and pointer in ("我", "本"):
            return self._nameless(m, noun)
        if pointer and (last is None or _TOO_HIGH.match(last.label)):
            return self.speaker
        if last is None and m.rule in _ALIASES:
            return self.speaker
        return last

    def _nameless(self, m: Mention, noun: str) -> Cluster:
        """A speaker that no text names: 我院, 全院 and 本院 are one."""
        if noun not in self._unnamed:
            self._unnamed[noun] = Cluster("Organization", m.name)
        return self._unnamed[noun]

    def _last(self, noun: str, before: int) -> Cluster | None:
        """The body last named before an offset that may be called so, of those that began a clause if there are such."""
        able = self._able(noun, before)
        named = [(m.start, i) for i, c in enumerate(self.clusters) if c in able for m, _ in c.mentions if m.start < before]
        subjects = [(at, i) for at, i in named if at == 0 or self.text[at - 1] in _BEFORE_SUBJECT]
        found = max(subjects or named, default=None)
        return None if found is None else self.clusters[found[1]]

    def _only(self, noun: str) -> Cluster | None:
        """The one body of the report that may be called so."""
        found = [c for c in self._able(noun, len(self.text)) if not _TOO_HIGH.match(c.label)]
        return found[0] if len(found) == 1 else None

    def _able(self, noun: str, before: int) -> list[Cluster]:
        """The bodies named before an offset that may be called so: those that end so, if there are any."""
        found = [c for c in self.clusters if self._is_body(c) and called(noun, fold(c.label)) and c.first.start < before]
        exact = [c for c in found if fold(c.label).endswith(noun)]
        local = [c for c in exact or found if not _TOO_HIGH.match(c.label)]
        return local or exact or found

    def _is_body(self, c: Cluster) -> bool:
        """Whether a cluster is more than a bare noun or the words of an honour."""
        if is_bare(fold(c.label)) or not c.mentions:
            return False
        return not all(any(s <= m.start and m.end <= e for s, e in self.honours) for m, _ in c.mentions)

    def _alone(self, m: Mention) -> None:
        same = next((c for c in self.clusters if fold(c.label) == fold(m.name)), None)
        if same is None:
            same = Cluster("Organization", m.name)
            self.clusters.append(same)
        same.add(m, "same-name", 1.0)

    def _place_organ(self, m: Mention) -> None:
        """局党委: the organ of the body that 局 points at, or a cluster of its own with that host."""
        pointer, noun, tail = _organ(m) or ("", "", "")
        tail = tail.removeprefix("属")
        host = self._pointed(pointer, noun[-2:] if noun[0] in LEVEL_CHARS and len(noun) == 2 else noun, m) or self._by_ladder(noun)
        if host is None:
            self._alone(m)
            return
        full = fold(host.label + tail)
        target = next((c for c in self.clusters if fold(c.label) == full or (c.host is host and c.tail == tail)), None)
        if target is None:
            ends = [c for c in self.clusters if fold(c.label).endswith(fold(tail)) and fold(c.label).startswith(fold(host.label)[:4])]
            target = ends[0] if len(ends) == 1 and host is not ends[0] else None
        if target is None and len(fold(tail)) >= 4:
            target = next((c for c in self.clusters if fold(c.label) == fold(tail)), None)
        if target is None:
            target = Cluster("Organization", m.name, host=host, tail=tail)
            self.clusters.append(target)
        if len(target.label) < len(m.name):
            target.label = m.name
        if target.host is None and target.label == m.name:
            target.host, target.tail = host, tail
        target.add(m, "organ-of-host" if fold(target.label) != fold(m.name) else "same-name", 0.9)

    def _by_ladder(self, noun: str) -> Cluster | None:
        found = [c for c in self.clusters if len(noun) == 2 and related("Organization", noun, fold(c.label))]
        return found[0] if len(found) == 1 else None


def _pointing(m: Mention) -> tuple[str, str] | None:
    """The pronoun and noun of words that only point at a body: ('我', '局'), ('', '公司').

    >>> _pointing(Mention(0, 2, "我局", "Organization", "Bureau", "我局", "alias.self"))
    ('我', '局')
    >>> _pointing(Mention(0, 4, "县气象局", "Organization", "Bureau", "县气象局", "model.O")) is None
    True
    """
    name = fold(m.name)
    found = _POINTS.match(name)
    if found and (m.rule in _ALIASES or found[2] in org_suffixes() or len(found[2]) <= 2):
        return found[1], found[2]
    if m.rule in _ALIASES or is_bare(name):
        return "", name
    return None


def _organ(m: Mention) -> tuple[str, str, str] | None:
    """Pronoun, noun of the host and organ: ('', '局', '党委') of 局党委.

    >>> _organ(Mention(0, 5, "局机关党委", "Organization", "PartyCommittee", "局机关党委", "model.O"))
    ('', '局', '机关党委')
    """
    found = _ORGAN.match(fold(m.name))
    if found is None:
        return None
    ends_so = bool(_ORGANS.match(found[3])) or found[3][-1] in "科室处部队站所心股组办社"
    return (found[1] or "", found[2], found[3]) if ends_so and not is_bare(fold(m.name)) else None


# --- places --------------------------------------------------------------------------------------------------


def _places(mentions: list[Mention], speaker: Cluster | None) -> list[Cluster]:
    areas = [m for m in mentions if _AREA.match(m.name)]
    aside = {id(m) for m in areas}
    kept = _nearest_chains(_join(_grouped("Place", (m for m in mentions if id(m) not in aside))))
    for m in areas:
        level = m.name[-1]
        found = [c for c in kept if c.label.endswith(level)]
        mine = [c for c in found if speaker is not None and fold(speaker.label).find(fold(c.label)) in range(5)]
        target = mine[0] if len(mine) == 1 else found[0] if len(found) == 1 else None
        if target is None:
            target = next((c for c in kept if c.label == m.name), None) or Cluster("Place", m.name)
            if target not in kept:
                kept.append(target)
        target.add(m, "area-of-publisher" if target.label != m.name else "same-name", 0.8)
    return kept


def _nearest_chains(clusters: list[Cluster]) -> list[Cluster]:
    """A short name that two chains end in goes, mention by mention, to the chain last named before it."""
    out: list[Cluster] = []
    for c in sorted(clusters, key=lambda c: (-len(fold(c.label)), c.first.start)):
        longer = [k for k in out if len(fold(c.label)) >= 3 and fold(k.label).endswith(fold(c.label))]
        if len(longer) < 2:
            out.append(c)
            continue
        left = [(m, r) for m, r in c.mentions if not _to_last(m, longer)]
        if left:
            out.append(Cluster(c.kind, c.label, left))
    return out


def _to_last(m: Mention, longer: Sequence[Cluster]) -> bool:
    before = [(max(starts), i) for i, k in enumerate(longer) if (starts := [x.start for x, _ in k.mentions if x.start < m.start])]
    if not before:
        return False
    longer[max(before)[1]].add(m, "suffix-last-named", 0.75)
    return True
