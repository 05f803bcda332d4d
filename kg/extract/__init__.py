"""Doc → mentions and facts, each with evidence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extract.awards import awards
from kg.extract.containment import containments
from kg.extract.events import activities, assistance, cooperation, coverage, visits
from kg.extract.measures import measures
from kg.extract.posts import posts
from kg.extract.scene import Scene
from kg.model import Extraction, Fact, Mention


def extract(doc: Doc) -> Extraction:
    """Everything that an annotated document states, in order of position."""
    scene = Scene(doc)
    won = list(awards(scene))
    counted = list(measures(scene))
    facts: list[Fact] = [
        *won,
        *posts(scene),
        *counted,
        *containments(scene),
        *activities(scene),
        *coverage(scene),
        *assistance(scene, counted),
        *cooperation(scene, counted),
        *visits(scene),
    ]
    facts.sort(key=lambda f: (f.evidence.start, f.evidence.end))
    return Extraction(scene.document, _mentions(scene, facts), tuple(facts))


def _mentions(scene: Scene, facts: list[Fact]) -> tuple[Mention, ...]:
    """What the annotator found and what facts speak of (groups, the publisher), each once.

    An honour that a fact completed ('金奖' by its contest) or shortened stands in its completed form.
    """
    spoken = dict.fromkeys(m for fact in facts for m in arguments(fact))
    named = {(m.start, m.end) for m in spoken if m.kind == "Honour"}
    found = [m for m in scene.mentions if m.kind != "Honour" or (m.start, m.end) not in named]
    every = dict.fromkeys([*found, *spoken, *([scene.publisher] if scene.publisher else [])])
    return tuple(sorted(every, key=lambda m: (m.start, -m.end, m.kind, m.name)))


def arguments(fact: Fact) -> Iterator[Mention]:
    """The mentions that a fact speaks of."""
    for name in fact.__dataclass_fields__:
        value = getattr(fact, name)
        if isinstance(value, Mention):
            yield value
        elif isinstance(value, tuple):
            yield from (v for v in value if isinstance(v, Mention))
