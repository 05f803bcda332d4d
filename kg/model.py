"""What flows through the pipeline: documents, mentions, facts, entities. Frozen, without behaviour.

All offsets count Unicode code points of ``Document.text``, start inclusive, end exclusive, so that
``document.text[start:end]`` is always the quoted text. ``None`` means "not in the text".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "subtitle", "heading", "paragraph", "caption", "byline", "meta", "boilerplate"]
EntityKind = Literal["Person", "Organization", "Place", "Honour", "Activity", "Work", "Group"]
Level = Literal["national", "provincial", "municipal", "county", "township", "unit"]
Direction = Literal["received", "conferred"]

ENTITY_KINDS: tuple[EntityKind, ...] = ("Person", "Organization", "Place", "Honour", "Activity", "Work")
LEVELS: tuple[Level, ...] = ("national", "provincial", "municipal", "county", "township", "unit")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the stored text with one role in the layout; blocks never overlap and stand in order."""

    start: int
    end: int
    kind: BlockKind
    section: int | None = None  # index into Document.sections, None before the first section


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section, from its heading to the next heading of the same or a higher level."""

    start: int
    end: int
    number: str  # as written: '一', '(二)', '3.', '①', '一是'; '' if the heading carries none
    heading: str  # the heading's words without its number
    level: int  # 1 for 一、, 2 for (一), 3 for 1., 4 for ①


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: its stored text and what its layout says.

    ``id`` identifies the report by its source (its URL if the page names it, else the file's name without
    suffix), never by its content. ``period`` is the year that the report is about (from the title, else from
    the date of publication; a January report describes the year before).
    """

    id: str
    text: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    title: str | None = None
    subtitle: str | None = None
    publisher: str | None = None  # as the page names it: '省地质局'
    published: str | None = None  # ISO date
    period: int | None = None
    source: str = ""  # file name or URL, for people


@dataclass(frozen=True, slots=True)
class Mention:
    """A name (or an anonymous group) in one report.

    ``subtype`` is the local name of a class of the ontology ('Village', 'PartyBranch', ...). ``name`` is the
    normalised form ('省直机关红旗党支部' for '省直机关“红旗党支部”'); ``text`` the characters themselves.
    ``implied`` is true where the words are not a contiguous span of their own but are read out of one, as
    '一等奖' completed to its contest: then start and end give the words that imply it.
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    subtype: str
    name: str
    rule: str
    confidence: float = 1.0
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters that state a fact: one sentence, or the clause of it that is enough, at most 400."""

    start: int
    end: int
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in base form: '98万元' is 980000 元, '近万件' has bounds.

    ``lower``/``upper`` are None where the words set no bound; they equal ``value`` for an exact number.
    """

    value: float
    unit: str
    approximate: bool
    lower: float | None
    upper: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact carries. ``support`` is evidence for arguments that stand in another sentence."""

    evidence: Evidence
    support: tuple[Evidence, ...] = ()
    unsure: str = ""  # why a person should look at it, zh; '' if nothing is unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Fact):
    """One honour of one recipient. ``count`` is None for a single named recipient."""

    recipient: Mention
    honour: Mention
    grade: str | None = None
    level: Level | None = None  # scope that the words state
    rank: str | None = None  # standing of the conferring body: 国家级 省部级 市厅级 县处级 乡科级
    rank_source: Literal["text", "lexicon", "inferred"] | None = None
    direction: Direction = "received"
    conferrers: tuple[Mention, ...] = ()
    date: str | None = None  # ISO, as precise as stated: 2023, 2023-06, 2023-06-15
    year: int | None = None
    count: int | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Fact):
    """A person holds a post: title without the organisation's name."""

    person: Mention
    title: str
    organization: Mention | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Fact):
    """A quantity of something that a body did, got, has or is."""

    indicator: str
    quantity: Quantity
    subject: Mention | None = None
    year: int | None = None
    part_of: int | None = None  # start offset of the quantity that it is a part of ('其中')


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Fact):
    """Direct containment that the text's own words state."""

    child: Mention
    parent: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFact(Fact):
    """An individuated event with what is said of it."""

    activity: Mention
    date: str | None = None
    places: tuple[Mention, ...] = ()
    participants: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Fact):
    """A media outlet reported on, or published about, the subject."""

    media: Mention
    subject: Mention | None = None
    count: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance(Fact):
    """A body helps a village."""

    helper: Mention
    village: Mention
    what: str
    quantity: Quantity | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation(Fact):
    """Two parties work together, by contract or by a standing link."""

    party: Mention
    partner: Mention
    what: str  # '战略合作协议', '联系'
    quantity: Quantity | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Fact):
    """Somebody went to a site to learn there."""

    visitor: Mention
    site: Mention
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document, in order of position."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a mention means an entity: kept in the graph, so that each merge can be seen and undone."""

    report: str
    start: int
    end: int
    text: str
    rule: str  # 'same-name', 'publisher-alias', 'suffix', 'organ-of-host', ...
    score: float


@dataclass(frozen=True, slots=True)
class Inference:
    """What the resolver adds to an entity that no text says of it: a full name, a predecessor, a series.

    ``start`` and ``end`` are the words of ``report`` that it rests on, None if it rests on a table.
    """

    what: Literal["full-name", "predecessor", "series"]
    value: str  # the name, or the key of the entity that it leads to
    rule: str  # 'publisher-province', 'unit-of-publisher', 'renamed', 'series-of', ...
    score: float
    report: str | None = None
    start: int | None = None
    end: int | None = None
    date: str | None = None  # ISO, of a renaming


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions mean. ``key`` is the readable end of its IRI, such as 'organization/省地质局'."""

    key: str
    kind: EntityKind
    subtype: str
    label: str
    labels: tuple[str, ...] = ()  # every other surface form
    pinyin: str | None = None  # 'Hu Daoyin', people and places only
    code: str | None = None  # official 12-digit division code
    candidates: tuple[str, ...] = ()  # official codes that it may be, where the context does not decide
    level: Level | None = None
    merges: tuple[Merge, ...] = ()
    inferences: tuple[Inference, ...] = ()
    point: tuple[float, float] | None = None  # WGS 84: latitude, longitude
    point_of: str | None = None  # level of the division whose point it is


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities of one or more extractions, and which entity each mention means."""

    entities: tuple[Entity, ...]
    meaning: dict[tuple[str, Mention], str] = field(default_factory=dict)  # (report id, mention) -> Entity.key
