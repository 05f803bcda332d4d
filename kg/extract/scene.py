"""A document ready for the grammar of facts: sentences, clauses, mentions and quantities in absolute offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import cast

from spacy.tokens import Doc

from kg.annotate.lexis import CLAUSE_END
from kg.annotate.organizations import subtype, unit_noun
from kg.annotate.reading import Sentence, document_of, sentences_of
from kg.model import Evidence, Mention, Quantity
from kg.normalize import DateMatch, QuantityMatch
from kg.rules import load

MAX_QUOTE = 400
_RULES = load("subject")
_PREPOSITION, _LEAD, _LED = (_RULES.pattern(f"subject.{name}") for name in ("preposition", "lead", "led"))
_SERIES, _COORDINATED, _ZONE = (_RULES.pattern(f"subject.{name}") for name in ("series", "coordinated", "zone"))
_CONFERS, _PAST, _BACKGROUND = (_RULES.pattern(f"subject.{name}") for name in ("confers", "past", "background"))


class Scene:
    """Everything that the extractors ask about one annotated document."""

    def __init__(self, doc: Doc) -> None:
        self.document = document_of(doc)
        self.text = self.document.text
        self.sentences: tuple[Sentence, ...] = sentences_of(doc)
        self.mentions = cast("tuple[Mention, ...]", doc.user_data["mentions"])
        self.titles = cast("tuple[tuple[int, int], ...]", doc.user_data["titles"])
        self.quantities: tuple[QuantityMatch, ...] = tuple(
            replace(q, start=o + q.start, end=o + q.end) for o, q in doc.user_data["quantities"]
        )
        self.dates: tuple[DateMatch, ...] = tuple(
            replace(d, start=o + d.start, end=o + d.end) for o, d in doc.user_data["dates"]
        )
        self._starts = [m.start for m in self.mentions]
        self.used: set[int] = set()  # starts of quantities that an award carries as its count

    # --- reading ---------------------------------------------------------------------------------------------

    def within(self, start: int, end: int, kinds: Iterable[str] | None = None) -> list[Mention]:
        """Mentions that lie in ``[start, end)``, in order; of nested ones of a kind only the outermost."""
        kinds = None if kinds is None else set(kinds)
        i = bisect_left(self._starts, start)
        found: list[Mention] = []
        for m in self.mentions[i:]:
            if m.start >= end:
                break
            if m.end <= end and (kinds is None or m.kind in kinds) and not any(
                f.kind == m.kind and f.start <= m.start and m.end <= f.end for f in found
            ):
                found.append(m)
        return found

    def starts(self, offset: int) -> bool:
        """Whether a mention starts at ``offset``."""
        i = bisect_left(self._starts, offset)
        return i < len(self._starts) and self._starts[i] == offset

    def covered(self, offset: int, kinds: Iterable[str]) -> bool:
        """Whether a mention of one of ``kinds`` covers the character."""
        kinds = set(kinds)
        return any(m.start <= offset < m.end for m in self.mentions if m.kind in kinds)

    def amounts(self, start: int, end: int) -> list[QuantityMatch]:
        """Quantities that lie in ``[start, end)``."""
        return [q for q in self.quantities if start <= q.start and q.end <= end]

    def clauses(self, s: Sentence) -> list[tuple[int, int]]:
        """Clauses of a sentence, between commas and semicolons outside quotation marks."""
        return [(s.start + a, s.start + b) for a, b in s.lexis.split(0, len(s.text), CLAUSE_END) if b > a]

    def clause_of(self, s: Sentence, offset: int) -> tuple[int, int]:
        """The clause that holds ``offset``."""
        parts = self.clauses(s)
        return next((c for c in parts if c[0] <= offset <= c[1]), parts[-1] if parts else (s.start, s.end))

    def evidence(self, s: Sentence, rule: str, confidence: float, at: tuple[int, int] | None = None) -> Evidence:
        """The sentence as evidence; of a very long one the clauses around ``at``."""
        start, end = s.lexis.trim(0, len(s.text))
        start, end = s.start + start, s.start + end
        if end - start > MAX_QUOTE:
            low, high = at or (start, start)
            start = max(start, min(low, high - MAX_QUOTE + 1) if high - low > 300 else low - 150)
            end = min(end, start + MAX_QUOTE)
        return Evidence(start, end, rule, round(confidence, 3))

    # --- the speaker -----------------------------------------------------------------------------------------

    @cached_property
    def publisher(self) -> Mention | None:
        """The organisation that speaks, as it is named in the text."""
        name = self.document.publisher
        if name:
            at = self.text.find(name)
            if at >= 0:
                return Mention(at, at + len(name), name, "Organization", subtype(name), name, "publisher", 0.95)
        noun = next((m.text[1:] for m in self.mentions if m.rule == "alias.self" and m.text[0] in "我本该"), None)
        orgs = [m for m in self.mentions if m.kind == "Organization" and m.subtype != "Media" and not m.rule.startswith("alias")]
        if noun:
            named = next((m for m in orgs if m.text.endswith(noun)), None)
            if named:
                return named
        first = next((m for m in orgs if len(m.text) >= 4), None)
        return first if first and self._lead(first) else None

    def _lead(self, m: Mention) -> bool:
        return m.start <= (self.sentences[min(2, len(self.sentences) - 1)].end if self.sentences else 0)

    @cached_property
    def noun(self) -> str | None:
        """What the publisher calls itself: '局'."""
        return unit_noun(self.publisher.text) if self.publisher else None

    # --- subjects --------------------------------------------------------------------------------------------

    def zones(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches such as '在…比赛中' in which no subject stands."""
        return [(m.start(), m.end()) for m in _ZONE.finditer(self.text, start, end)]

    def candidates(self, start: int, end: int) -> list[Mention]:
        """Mentions in ``[start, end)`` that may be a subject there."""
        zones = self.zones(start, end)
        return [
            m
            for m in self.within(start, end, ("Person", "Organization", "Place", "Work"))
            if not any(a <= m.start < b for a, b in zones)
            and not _PREPOSITION.search(self.text[max(start, m.start - 4) : m.start])
        ]

    def run(self, last: Mention, start: int) -> list[Mention]:
        """The coordinated mentions of which ``last`` is the last: 'A、B和C', persons each with their own post."""
        out = [last]
        for m in reversed(self.within(start, last.start)):
            gap = self.text[m.end : out[0].start].strip()
            alike = m.kind == last.kind or "Place" in (m.kind, last.kind)
            if alike and gap not in (",", "，") and _COORDINATED.fullmatch(gap):
                out.insert(0, m)
            elif m.kind == last.kind == "Person":
                if not _SERIES.fullmatch(gap):
                    break
                out.insert(0, m)
        return out

    def opens(self, start: int, end: int) -> Mention | None:
        """The mention that opens ``[start, end)`` as its subject: after time and linking words, before a verb."""
        found = self.candidates(start, end)
        if not found:
            return None
        if _CONFERS.search(self.text[found[0].end : end]):
            return None  # who confers does not win what follows
        lead = _LEAD.match(self.text[start:end])
        m = found[0]
        if m.start - start - (lead.end() if lead else 0) <= 2 or _LED.fullmatch(self.text[start : m.start]):
            people = [p for p in found if p.kind == "Person" and p.start - m.end <= 12 and self._title_gap(m.end, p.start)]
            return people[0] if people else m
        return None

    def _title_gap(self, start: int, end: int) -> bool:
        return start == end or any(t[0] <= end and t[1] >= start and t[1] <= end for t in self.titles)

    def inherited(self, s: Sentence, before: int, *, direct: bool = False, people: bool = True) -> Mention | None:
        """The subject that a clause without one takes over.

        First from the clauses before it in its sentence; then a person that the paragraph tells of, or (``direct``:
        the sentence opens with its verb) whatever the sentence before tells of; then the publisher.
        """
        for a, b in reversed([c for c in self.clauses(s) if c[1] <= before]):
            found = self.opens(a, b)
            if found and (people or found.kind != "Person"):
                return found
        for other in self._earlier(s):
            for a, b in self.clauses(other):
                found = self.opens(a, b)
                if found and found.kind == "Person" and people:
                    return found
                if found and found.kind != "Person" and (direct or self.publisher is None):
                    return found
        return self.publisher

    def _earlier(self, s: Sentence) -> Iterator[Sentence]:
        i = self.sentences.index(s)
        for other in reversed(self.sentences[max(0, i - 3) : i]):
            if other.block != s.block:
                return
            yield other

    # --- time ------------------------------------------------------------------------------------------------

    @cached_property
    def annual(self) -> int | None:
        """The year that the report is about, where its own words say so (title or opening)."""
        head = " ".join(t for t in (self.document.title, self.document.subtitle) if t)
        opening = self.sentences[0].text[:60] if self.sentences else ""
        for part in (head, opening):
            m = re.search(r"(?<!\d)((?:19|20|21)\d\d)年(?:度)?(?![\d-]*月)", part)
            if m:
                return int(m[1])
        return self.document.period if self._many_sections() else None

    def _many_sections(self) -> bool:
        return len(self.document.sections) >= 3

    @cached_property
    def event_year(self) -> int | None:
        """The year of what a short report tells: that of its first date that is not background."""
        known = self.document.published or ""
        latest = int(known[:4]) if known else max((int(d.iso[:4]) for d in self.dates if d.iso), default=0)
        for d in self.dates:
            if not d.iso or int(d.iso[:4]) < latest - 1:
                continue
            s = next((x for x in self.sentences if x.start <= d.start < x.end), None)
            if d.iso and s and not _BACKGROUND.search(s.text):
                return int(d.iso[:4])
        return None

    def section_year(self, s: Sentence) -> int | None:
        """The year that the heading of a section around the sentence names, the innermost first."""
        around = [x for x in self.document.sections if x.start <= s.start < x.end]
        for section in sorted(around, key=lambda x: -x.start):
            m = re.search(r"(?<!\d)((?:19|20|21)\d\d)年", section.heading)
            if m:
                return int(m[1])
        return None

    def time(self, s: Sentence, start: int, end: int) -> tuple[str | None, int | None]:
        """The date that governs ``[start, end)``: in it, in its clause, earlier in its sentence; else of its heading,
        of the report's period, of the event that a short report tells (not for what the sentence calls the past)."""
        clause = self.clause_of(s, start)
        for a, b in ((start, end), (clause[0], start), (s.start, clause[0])):
            inside = [(d, d.iso) for d in self.dates if a <= d.start and d.end <= b and d.iso and not self.covered(d.start, ("Work",))]
            if inside and not _PAST.search(self.text[inside[-1][0].end : start]):
                iso = inside[-1][1]
                return iso, int(iso[:4])
        if _PAST.search(s.text) or (not self.annual and _BACKGROUND.search(s.text)):
            return None, None
        year = self.section_year(s) or self.annual or self.event_year
        return (str(year), year) if year else (None, None)


def quantity(q: QuantityMatch) -> Quantity:
    """The model's quantity of a match."""
    return Quantity(q.value, q.unit, q.approximate, q.lower, q.upper, q.start, q.end)


def group(text: str, start: int, end: int, rule: str) -> Mention:
    """An anonymous recipient or party."""
    return Mention(start, end, text[start:end], "Group", "Group", text[start:end], rule, 0.8)
