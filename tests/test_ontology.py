"""The ontology as it stands: labelled, defined, generated, and proved by its own examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, Literal, URIRef

from kg import vocab
from kg.check import check, checks, shapes, summary
from kg.graph.facts import SPECS
from kg.model import ENTITY_KINDS, LEVELS
from kg.query import about, questions
from kg.vocab import KG, KG_BASE, LABELS, PARENTS, ontology_dir

ONTOLOGY = ontology_dir()
EXAMPLES = sorted((ONTOLOGY / "examples").rglob("*.trig"))
OWN = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in (*vocab.modules(), ONTOLOGY / "alignments.ttl"):
        graph.parse(path, format="turtle")
    return graph


def terms(graph: rdflib.Graph) -> list[URIRef]:
    found = {s for kind in OWN for s in graph.subjects(RDF.type, kind) if str(s).startswith(KG_BASE)}
    assert len(found) > 150
    return sorted(s for s in found if isinstance(s, URIRef))


def languages(graph: rdflib.Graph, term: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(
        str(o.language) for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.strip()
    )


def test_every_term_is_labelled_defined_and_placed(ontology: rdflib.Graph) -> None:
    modules = set(ontology.subjects(RDF.type, OWL.Ontology))
    for term in terms(ontology):
        assert languages(ontology, term, RDFS.label) == ["en", "zh"], term
        assert languages(ontology, term, SKOS.definition) == ["en", "zh"], term
        homes = list(ontology.objects(term, RDFS.isDefinedBy))
        assert len(homes) == 1 and homes[0] in modules, term


def test_each_term_stands_in_one_module() -> None:
    homes: dict[str, str] = {}
    for path in vocab.modules():
        for name in re.findall(r"^kg:(\w+) a ", path.read_text("utf-8"), re.MULTILINE):
            assert homes.setdefault(name, path.name) == path.name, name
            assert f"/{path.stem}>" in path.read_text("utf-8")
    assert len(homes) > 150


def test_labels_of_classes_differ(ontology: rdflib.Graph) -> None:
    for language in (0, 1):
        seen = [LABELS[name][language] for name in PARENTS]
        assert len(seen) == len(set(seen))


def test_domains_ranges_and_parents_exist(ontology: rdflib.Graph) -> None:
    own = set(terms(ontology))
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for subject, found in ontology.subject_objects(predicate):
            assert subject in own, subject
            assert not str(found).startswith(KG_BASE) or found in own, found


def test_the_root_imports_every_module(ontology: rdflib.Graph) -> None:
    root = URIRef("https://w3id.org/achievement-kg/ontology")
    imported = {str(o).rpartition("/")[2] for o in ontology.objects(root, OWL.imports)}
    assert imported == {p.stem for p in vocab.modules()} - {"achievement-kg"}


def test_the_closed_vocabulary_is_current() -> None:
    current = Path(vocab.__file__).with_name("_terms.py").read_text("utf-8")
    assert current == vocab.terms_source(), "run python -m kg.vocab"


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError):
        _ = KG.recipent
    with pytest.raises(AttributeError):
        _ = KG["recipent"]


def test_every_kind_and_level_of_the_model_is_in_the_ontology(ontology: rdflib.Graph) -> None:
    assert set(ENTITY_KINDS) | {"Group"} <= set(PARENTS)
    assert {spec.type for spec in SPECS.values()} <= set(PARENTS)
    in_scheme = ontology.subjects(SKOS.inScheme, KG.LevelScheme)
    assert {str(ontology.value(level, SKOS.notation)) for level in in_scheme} == set(LEVELS)


def test_every_role_has_its_mention_property() -> None:
    for spec in SPECS.values():
        roles = {*spec.roles, *(role for _, *both in spec.many for role in both)}
        assert {f"{role}Mention" for role in roles} | roles <= set(LABELS)


def test_the_projection_check_knows_every_role() -> None:
    text = checks()["projection-violation"].read_text("utf-8")
    listed = set(re.findall(r"\(kg:(\w+) kg:\1Mention\)", text))
    assert listed == {name.removesuffix("Mention") for name in LABELS if name.endswith("Mention")} - {
        "argument",
        "merged",
        "",
    }


def test_messages_are_bilingual_and_shapes_without_sparql() -> None:
    graph = shapes()
    assert not set(graph.subjects(SH.sparql, None)) and not set(graph.subjects(SH.select, None))
    properties = set(graph.objects(None, SH.property))
    assert len(properties) > 50
    for shape in properties:
        messages = [m for m in graph.objects(shape, SH.message) if isinstance(m, Literal)]
        assert sorted(str(m.language) for m in messages) == ["en", "zh"], list(graph.predicate_objects(shape))


def test_shapes_speak_only_of_known_terms() -> None:
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        names = set(re.findall(r"\bkg:(\w+)", path.read_text("utf-8")))
        assert {n for n in names if not n.endswith("Shape")} <= set(LABELS), path


@pytest.mark.parametrize("folder", ["rules", "questions", "checks"])
def test_queries_speak_only_of_known_terms_and_have_headers(folder: str) -> None:
    paths = sorted((ONTOLOGY / folder).glob("*.rq"))
    assert len(paths) >= 10
    for path in paths:
        text = path.read_text("utf-8")
        lines = text.splitlines()
        assert lines[0].startswith("# zh: ") and lines[1].startswith("# en: "), path
        assert set(re.findall(r"\bkg:(\w+)", text)) <= set(LABELS), path


def test_questions_never_need_graph() -> None:
    for name, path in questions().items():
        body = re.sub(r"^#.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        assert not re.search(r"\b(GRAPH|SERVICE|LATERAL)\b", body), name
        assert all(about(name))


def expected(path: Path) -> set[str]:
    return set(re.findall(r"^# fails: (.*)$", path.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_example(path: Path) -> None:
    named = expected(path)
    assert len(named) == (path.parent.name == "bad")
    assert set(summary(check(path))) == named


def test_every_shape_and_check_has_a_bad_example() -> None:
    proved = {name for path in EXAMPLES for name in expected(path)}
    names = {f"check {name}" for name in checks()}
    names |= {f"shape kg:{str(s).removeprefix(KG_BASE)}" for s in shapes().subjects(RDF.type, SH.NodeShape)}
    assert proved == names
