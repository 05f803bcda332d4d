"""Document → spaCy Doc: one explicit, ordered list of components, each a function Doc → Doc.

The Doc has one token per character. ``doc.spans`` holds a layer per component; ``doc.spans["kg"]`` what was selected,
nested where names nest; ``doc.ents`` the outermost of these. Each span's label is its kind, its ``id_`` the rule or
model that found it.
"""

from __future__ import annotations

from datetime import date

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate import (
    activities,
    honours,
    organizations,
    people,
    places,
    tagger,
    works,
)
from kg.annotate.reading import (
    Candidate,
    Sentence,
    candidates,
    document_of,
    sentences_of,
)
from kg.annotate.select import select
from kg.model import Document
from kg.normalize import dates, quantities, sentences

COMPONENTS = (
    "kg_sentences",
    "kg_quantities",
    "kg_dates",
    "kg_model",
    "kg_places",
    "kg_works",
    "kg_organizations",
    "kg_people",
    "kg_honours",
    "kg_activities",
    "kg_select",
)
READ_KINDS = ("title", "subtitle", "heading", "paragraph", "caption", "byline")


def load(name: str | None = None, *, without: tuple[str, ...] = ()) -> Language:
    """The pipeline, over ``spacy.blank("zh")`` or over a user's own pipeline, whose entities join as candidates.

    ``without`` leaves components out ("kg_model" for the rules alone).
    """
    nlp = spacy.blank("zh") if name is None else spacy.load(name)
    for component in COMPONENTS:
        if component not in without:
            nlp.add_pipe(component)
    return nlp


def annotate(document: Document, nlp: Language) -> Doc:
    """Run every component over one document."""
    doc = nlp.make_doc(document.text)
    doc.user_data["document"] = document
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


@Language.component("kg_sentences", assigns=["token.is_sent_start"])
def kg_sentences(doc: Doc) -> Doc:
    """Sentences of the blocks that are part of the report; boilerplate and metadata are left out."""
    document = document_of(doc)
    found = []
    for index, block in enumerate(document.blocks):
        if block.kind in READ_KINDS:
            found += [
                Sentence.of(document, index, s, e) for s, e in sentences(document.text, block.start, block.end)
            ]
    doc.user_data["sentences"] = tuple(found)
    starts = {0} | {s.start for s in found} | {s.end for s in found}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


@Language.component("kg_quantities", assigns=["doc.spans"])
def kg_quantities(doc: Doc) -> Doc:
    """Numbers with their unit or classifier."""
    doc.user_data["quantities"] = tuple(
        (s.start, q) for s in sentences_of(doc) if s.kind != "byline" for q in quantities(s.text)
    )
    spans = [(o + q.start, o + q.end, q.rule) for o, q in doc.user_data["quantities"]]
    doc.spans["quantities"] = _spans(doc, spans, "Quantity")
    return doc


@Language.component("kg_dates", assigns=["doc.spans"])
def kg_dates(doc: Doc) -> Doc:
    """Dates, relative ones resolved by the report's own date and period."""
    document = document_of(doc)
    base, period = document.published, document.period
    doc.user_data["dates"] = tuple(
        (s.start, d) for s in sentences_of(doc) for d in dates(s.text, base=_date(base), period=period)
    )
    doc.spans["dates"] = _spans(doc, [(o + d.start, o + d.end, d.rule) for o, d in doc.user_data["dates"]], "Date")
    return doc


@Language.component("kg_model", assigns=["doc.spans"])
def kg_model(doc: Doc) -> Doc:
    """Spans of the trained tagger, and entities of a user's own pipeline if it has run before."""
    model = tagger.load()
    found = []
    for s in sentences_of(doc):
        found += [
            Candidate(s.start + f.start, s.start + f.end, f.tag, f"model.{f.tag}", f.probability)
            for f in model.tag(s.lexis)
        ]
    own = {"PERSON": "P", "ORG": "O", "GPE": "L", "LOC": "L", "FAC": "L", "WORK_OF_ART": "W", "EVENT": "A"}
    found += [
        Candidate(e.start_char, e.end_char, own[e.label_], "user.pipeline", 0.5) for e in doc.ents if e.label_ in own
    ]
    candidates(doc)["model"] = found
    return doc


@Language.component("kg_places", assigns=["doc.spans"])
def kg_places(doc: Doc) -> Doc:
    """Administrative divisions, chained, and sites."""
    found = []
    for s in sentences_of(doc):
        for chain in places.chains(places.divisions(s.lexis)):
            first = chain[0][0]
            found += [
                Candidate(s.start + first, s.start + e, "L", "place.division", 0.95, places.SUBTYPE.get(level, "Place"), part=s.start + b)
                for b, e, level in chain
            ]
        found += [
            Candidate(s.start + b, s.start + e, "L", "place.site", 0.7, "Site")
            for b, e in places.sites(s.lexis, 0, len(s.text))
        ]
    candidates(doc)["places"] = found
    return doc


@Language.component("kg_works", assigns=["doc.spans"])
def kg_works(doc: Doc) -> Doc:
    """Titles in 《》 and quoted columns, series and brands."""
    candidates(doc)["works"] = [
        Candidate(s.start + b, s.start + e, "W", rule, 0.9)
        for s in sentences_of(doc)
        for b, e, rule in works.works(s.lexis, 0, len(s.text))
    ]
    return doc


@Language.component("kg_organizations", assigns=["doc.spans"])
def kg_organizations(doc: Doc) -> Doc:
    """Organisations of the lexicons, the speaker's short names, and names with an anchor."""
    noun = organizations.unit_noun(document_of(doc).publisher or _speaker(doc))
    found = []
    for s in sentences_of(doc):
        n = len(s.text)
        found += [Candidate(s.start + b, s.start + e, "O", "organization.lexicon", 0.95) for b, e in organizations.known(s.lexis, 0, n)]
        found += [Candidate(s.start + b, s.start + e, "O", rule, 0.9) for b, e, rule in organizations.selves(s.lexis, 0, n, noun)]
        found += [Candidate(s.start + b, s.start + e, "O", "organization.suffix", 0.6) for b, e in organizations.by_suffix(s.lexis, 0, n)]
    candidates(doc)["organizations"] = found
    return doc


@Language.component("kg_people", assigns=["doc.spans"])
def kg_people(doc: Doc) -> Doc:
    """Persons by their titles and lists."""
    found = []
    for s in sentences_of(doc):
        n = len(s.text)
        found += [Candidate(s.start + b, s.start + e, "P", rule, 0.9) for b, e, rule in people.people(s.lexis, 0, n)]
        found += [Candidate(s.start + b, s.start + e, "T", "title.lexicon", 0.7) for b, e in people.titles_in(s.lexis, 0, n)]
    candidates(doc)["people"] = found
    return doc


@Language.component("kg_honours", assigns=["doc.spans"])
def kg_honours(doc: Doc) -> Doc:
    """Honours pointed out by verbs of winning and conferring."""
    candidates(doc)["honours"] = [
        Candidate(s.start + b, s.start + e, "H", "honour.frame", 0.8)
        for s in sentences_of(doc)
        if s.kind != "byline"
        for b, e in honours.honours(s.lexis, 0, len(s.text))
    ]
    return doc


@Language.component("kg_activities", assigns=["doc.spans"])
def kg_activities(doc: Doc) -> Doc:
    """Activities that are held, or quoted and named."""
    candidates(doc)["activities"] = [
        Candidate(s.start + b, s.start + e, "A", rule, 0.6)
        for s in sentences_of(doc)
        if s.kind != "byline"
        for b, e, rule in activities.activities(s.lexis, 0, len(s.text))
    ]
    return doc


@Language.component("kg_select", requires=["doc.spans"], assigns=["doc.spans", "doc.ents"])
def kg_select(doc: Doc) -> Doc:
    """Choose among candidates by the declared policy (select.py)."""
    chosen = select(doc)
    doc.user_data["mentions"] = chosen
    doc.spans["kg"] = [
        s for m in chosen if (s := doc.char_span(m.start, m.end, label=m.kind, span_id=m.rule)) is not None
    ]
    doc.ents = spacy.util.filter_spans([Span(doc, s.start, s.end, label=s.label_) for s in doc.spans["kg"]])
    return doc


def _speaker(doc: Doc) -> str | None:
    """The organisation that a report without a named publisher opens with, as the model sees it."""
    opening = sentences_of(doc)[:2]
    end = opening[-1].end if opening else 0
    found = [c for c in candidates(doc).get("model", []) if c.tag == "O" and c.end <= end and c.end - c.start >= 4 and c.confidence > 0.6]
    names = [document_of(doc).text[c.start : c.end] for c in found]
    return next((n for n in names if organizations.subtype(n) != "Media"), None)


def _spans(doc: Doc, found: list[tuple[int, int, str]], label: str) -> list[Span]:
    spans = (doc.char_span(s, e, label=label, span_id=rule) for s, e, rule in found)
    return [s for s in spans if s is not None]


def _date(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)
