"""Extractions and resolution to quads, to disk and back."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import small_graph
from hypothesis import example, given
from hypothesis import strategies as st

from kg import graph
from kg.errors import GraphError, RuleError
from kg.graph.iris import ARCHIVE, Namer, entity_iri, escape, graph_iri, outside, report_iri, term
from kg.model import Entity, Evidence, Extraction, Measure, Merge, Quantity, Resolution
from kg.network import network
from kg.vocab import KG_BASE

QUADS = graph.build([small_graph.extraction()], small_graph.resolution())


def objects(subject: ox.NamedNode | None, name: str) -> list[str]:
    wanted = term(name)
    return [q.object.value for q in QUADS if q.predicate == wanted and subject in (None, q.subject)]


def of_kind(slug: str) -> list[ox.NamedNode]:
    return sorted(
        (q.subject for q in QUADS if q.predicate == term("kind") and q.object.value == slug), key=str
    )


# --- the shape of the graph ------------------------------------------------------------------------------------


def test_every_fact_becomes_a_node_with_one_evidence() -> None:
    facts = [q.subject for q in QUADS if q.predicate == term("evidence")]
    assert len(facts) == len(set(facts)) == len(small_graph.FACTS)


def test_no_triple_stands_in_two_graphs() -> None:
    places = Counter(q.triple for q in QUADS)
    assert max(places.values()) == 1


def test_no_blank_nodes_and_only_terms_of_the_vocabulary() -> None:
    for quad in QUADS:
        assert isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode)
        if quad.predicate.value.startswith(KG_BASE):
            term(quad.predicate.value.removeprefix(KG_BASE))


def test_a_report_graph_does_not_depend_on_the_resolution() -> None:
    """Merging two entities changes the archive graph only."""
    known = small_graph.resolution()
    merged = {
        key: "organization/云岭省委" if v == "organization/云岭省政府" else v
        for key, v in known.meaning.items()
    }
    other = graph.build([small_graph.extraction()], replace(known, meaning=merged))
    name = graph_iri(small_graph.REPORT)
    assert [q for q in QUADS if q.graph_name == name] == [q for q in other if q.graph_name == name]
    assert set(QUADS) != set(other)


def test_quotes_stand_at_their_offsets() -> None:
    spans = [q.subject for q in QUADS if q.predicate == term("quote")]
    assert len(spans) > 50
    for span in spans:
        start, end = int(objects(span, "start")[0]), int(objects(span, "end")[0])
        assert objects(span, "quote") == [small_graph.TEXT[start:end]]


def test_values_are_plain() -> None:
    assert sorted(objects(None, "value"), key=float) == ["12", "100", "300000", "980000"]
    assert all("e" not in value.lower() for value in objects(None, "confidence"))


def test_an_award_says_all_that_is_known() -> None:
    award = next(node for node in of_kind("award") if objects(node, "documentNumber"))
    said = {
        name: objects(award, name)
        for name in ("grade", "level", "rank", "rankSource", "direction", "year", "date")
    }
    assert said == {
        "grade": ["一等奖"],
        "level": ["provincial"],
        "rank": ["省部级"],
        "rankSource": ["lexicon"],
        "direction": ["received"],
        "year": ["2023"],  # from the date
        "date": ["2023-06-15"],
    }
    assert objects(award, "conferrer") == [entity_iri("organization/云岭省委").value]
    assert objects(award, "jointConferrer") == [entity_iri("organization/云岭省政府").value]
    assert len(objects(award, "support")) == 1


def test_classes_reach_up_to_entity() -> None:
    branch = entity_iri("organization/云岭省林业局勘察院第一党支部")
    types = {
        q.object.value.removeprefix(KG_BASE)
        for q in QUADS
        if q.subject == branch and q.predicate == outside("rdf:type")
    }
    assert types == {"PartyBranch", "PartyOrganization", "Organization", "Entity"}


def test_labels() -> None:
    person = entity_iri("person/沈青禾")
    labels = {
        (o.value, o.language) for q in QUADS if q.subject == person and isinstance(o := q.object, ox.Literal)
    }
    assert {("沈青禾", "zh"), ("Shen Qinghe", "zh-latn-pinyin")} <= labels


def test_part_of_measurement_links_a_part_to_its_total() -> None:
    (part,) = [q for q in QUADS if q.predicate == term("partOfMeasurement")]
    assert "128-132" in part.object.value


def test_shortcuts_are_derived_into_the_archive_graph() -> None:
    names = (
        "hasHonour",
        "worksFor",
        "partOf",
        "assists",
        "covers",
        "participatesIn",
        "heldAt",
        "visited",
        "conferred",
    )
    for name in (*names, "cooperatesWith"):
        found = [q for q in QUADS if q.predicate == term(name)]
        assert found and {q.graph_name for q in found} == {ARCHIVE}, name


def test_containment_by_code_where_no_text_states_it() -> None:
    inferred = [q.subject for q in QUADS if q.object == term("InferredContainment")]
    assert [i.value.rpartition("/")[2] for i in inferred] == ["990101105000"]  # the village's is stated


def test_merges_are_data() -> None:
    merges = [q.subject for q in QUADS if q.object == term("Merge")]
    wanted = sum(len(mentions) - 1 for mentions in small_graph.KEYS.values())
    assert len(merges) == wanted
    assert all(
        objects(m, "mergedInto") and objects(m, "mergedMention") and objects(m, "rule") for m in merges
    )


def test_the_publisher_is_an_entity() -> None:
    assert objects(report_iri(small_graph.REPORT), "publisher") == [
        entity_iri("organization/云岭省林业局").value
    ]


# --- errors ----------------------------------------------------------------------------------------------------


def test_a_mention_without_meaning_is_an_error() -> None:
    known = small_graph.resolution()
    meaning = dict(known.meaning)
    meaning.pop((small_graph.REPORT, small_graph.village))
    with pytest.raises(GraphError, match="杨柳村"):
        graph.build([small_graph.extraction()], replace(known, meaning=meaning))


def test_an_unknown_class_is_an_error() -> None:
    known = small_graph.resolution()
    wrong = (*known.entities, Entity("place/某地", "Place", "Vilage", "某地"))
    with pytest.raises(RuleError, match="Vilage"):
        graph.build([small_graph.extraction()], replace(known, entities=wrong))


def test_two_reports_with_one_id_are_an_error() -> None:
    with pytest.raises(GraphError, match="same id"):
        graph.build([small_graph.extraction()] * 2, small_graph.resolution())


def test_a_span_outside_the_text_is_an_error() -> None:
    known = small_graph.extraction()
    wrong = replace(known.facts[0], evidence=Evidence(0, 10_000, "r"))
    with pytest.raises(GraphError, match="10000"):
        graph.build([replace(known, facts=(wrong,))], small_graph.resolution())


def test_a_number_that_is_none_is_an_error() -> None:
    known = small_graph.extraction()
    quantity = Quantity(float("nan"), "元", False, None, None, 0, 2)
    wrong = Measure(evidence=Evidence(0, 5, "r"), indicator="某", quantity=quantity)
    with pytest.raises(GraphError, match="nan"):
        graph.build([replace(known, facts=(wrong,))], small_graph.resolution())


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe nothing", b"kg:award {"])
def test_a_missing_or_damaged_graph_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / graph.GRAPH_FILE).write_bytes(content)
    if content == b"":
        assert len(graph.store(tmp_path)) == 0
        return
    with pytest.raises(GraphError):
        graph.store(tmp_path)


# --- empty, more and odd input ---------------------------------------------------------------------------------


def test_nothing_gives_nothing() -> None:
    assert graph.build([], Resolution(())) == []
    assert network([]).number_of_nodes() == 0


def test_a_report_without_facts() -> None:
    quads = graph.build([Extraction(small_graph.document())], Resolution(()))
    assert {q.subject for q in quads if q.object == term("Report")} == {report_iri(small_graph.REPORT)}


def test_merges_of_reports_that_are_not_there_are_left_out() -> None:
    known = small_graph.resolution()
    other = replace(known.entities[0], merges=(Merge("another report", 0, 3, "某某局", "same-name", 1.0),))
    quads = graph.build([small_graph.extraction()], replace(known, entities=(other, *known.entities[1:])))
    assert not any("another" in str(q) for q in quads)


@given(st.text(min_size=1, max_size=12))
@example("\r\n\u2028\u0085\x0b")
@example("\"\\'<>{}|^`")
@example("𠮷🏆\ufffd\ufeff")
def test_any_text_survives_the_file(text: str) -> None:
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        return
    from kg.model import Document

    quads = graph.build([Extraction(Document("x", text + "终"))], Resolution(()))
    data = graph.files.pretty(graph.ordered(quads), ox.RdfFormat.TRIG)
    assert set(ox.parse(data, format=ox.RdfFormat.TRIG)) == set(quads)


# --- IRIs ------------------------------------------------------------------------------------------------------


@given(st.text(max_size=20))
@example("..")
@example("a/../b")
@example("何家湾村 (二) 100%")
@example("\u202eevil\u3000\ue000\ufdd0\U0001fffe")
def test_escaped_text_is_a_valid_iri_segment(text: str) -> None:
    iri = report_iri(text).value
    segment = iri.rpartition("/report/")[2]
    assert "/" not in segment and not any(char.isspace() for char in segment)
    assert segment not in (".", "..")
    parsed = list(ox.parse(f"<{iri}> <{iri}> <{iri}> .", format=ox.RdfFormat.N_TRIPLES))
    assert parsed[0].subject.value == iri


@given(st.text(max_size=8), st.text(max_size=8))
@example("a%2Fb", "a/b")
@example(".", "%2E")
def test_escaping_is_one_for_one(one: str, other: str) -> None:
    assert (escape(one) == escape(other)) == (one == other)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=20))
def test_chinese_stays_readable(text: str) -> None:
    assert escape(text) == text


def test_names_do_not_collide() -> None:
    name = Namer("r")
    made = [name("award", 1, 2), name("award", 1, 2), name("award", 12, 2), name("post", 1, 2)]
    assert len(set(made)) == 4


# --- determinism and files ---------------------------------------------------------------------------------------


def test_order_of_input_does_not_matter() -> None:
    known, found = small_graph.resolution(), small_graph.extraction()
    shuffled = random.Random(1)
    entities, mentions = list(known.entities), list(found.mentions)
    shuffled.shuffle(entities)
    shuffled.shuffle(mentions)
    meaning = dict(reversed(known.meaning.items()))
    again = graph.build([replace(found, mentions=tuple(mentions))], Resolution(tuple(entities), meaning))
    assert graph.ordered(QUADS) == graph.ordered(again)


def test_files_are_the_same_byte_for_byte_in_another_process(tmp_path: Path) -> None:
    path = graph.write(QUADS, tmp_path / "here")
    code = (
        "import small_graph; from kg import graph;"
        f"graph.write(graph.build([small_graph.extraction()], small_graph.resolution()), {str(tmp_path / 'there')!r})"
    )
    folders = [str(Path(__file__).parent), str(Path(graph.__file__).parents[2])]
    environment = {"PYTHONPATH": ":".join(folders), "PYTHONHASHSEED": "77"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert path.read_bytes() == (tmp_path / "there" / graph.GRAPH_FILE).read_bytes()


def test_the_file_reads_back_and_nothing_else_stays(tmp_path: Path) -> None:
    path = graph.write(QUADS, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [graph.GRAPH_FILE]
    assert set(graph.quads(path)) == set(QUADS)
    assert len(graph.store(tmp_path)) == len(graph.graphs(tmp_path)) == len(QUADS)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = graph.write(QUADS, tmp_path)
    before = path.read_bytes()
    with pytest.raises(RuntimeError), graph.replacing(path) as temporary:
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_load_gives_a_dataset_whose_default_is_the_union(tmp_path: Path) -> None:
    graph.write(QUADS, tmp_path)
    dataset = graph.load(tmp_path)
    assert len(dataset) == len(QUADS)
    found = dataset.query("SELECT ?o { ?s kg:recipient ?o }")
    assert len(found) == 5
    names = {str(g.identifier) for g in dataset.graphs() if len(g)}
    assert {ARCHIVE.value, graph_iri(small_graph.REPORT).value} == names & {
        ARCHIVE.value,
        graph_iri(small_graph.REPORT).value,
    }


def test_flat_graph_keeps_the_lexical_forms(tmp_path: Path) -> None:
    graph.write(QUADS, tmp_path)
    flat = graph.flat_graph(tmp_path)
    assert isinstance(flat, rdflib.Graph) and len(flat) == len(QUADS)
    assert {str(o) for o in flat.objects(None, rdflib.URIRef(KG_BASE + "value"))} == set(
        objects(None, "value")
    )


# --- the network -----------------------------------------------------------------------------------------------


def test_the_network_is_typed(tmp_path: Path) -> None:
    graph.write(QUADS, tmp_path)
    net = network(tmp_path)
    assert net.number_of_nodes() == len(small_graph.KEYS)
    person, bureau = entity_iri("person/沈青禾").value, entity_iri("organization/云岭省林业局").value
    assert net.nodes[person] == {
        "kind": "Person",
        "subtype": "Person",
        "subtype_zh": "人",
        "label": "沈青禾",
        "labels": ["沈青禾"],
        "pinyin": "Shen Qinghe",
        "measures": [],
    }
    edges = net.get_edge_data(person, bureau).values()
    assert sorted(edge["label"] for edge in edges) == ["党委书记", "局长"]
    assert all(
        edge["kind"] == "post" and edge["evidence"]["quote"] == small_graph.SENTENCES["post"]
        for edge in edges
    )
    assert [m["value"] for m in net.nodes[bureau]["measures"]] == [980000.0]
    assert [r["title"] for r in net.graph["reports"].values()] == [small_graph.SENTENCES["title"]]


def test_the_network_has_an_edge_for_every_pair_of_roles() -> None:
    kinds = Counter(data["kind"] for _, _, data in network(QUADS).edges(data=True))
    assert kinds == {
        "award": 5,
        "conferred": 2,
        "post": 2,
        "part-of": 3,
        "participates": 3,
        "held-at": 2,
        "coverage": 1,
        "assistance": 2,
        "cooperation": 1,
        "visit": 1,
    }
