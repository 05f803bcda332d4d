"""Questions: contract variables, the same rows in two engines, one row per fact; and the safety of free SPARQL."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import small_graph

from kg import graph
from kg.check import check
from kg.errors import GraphError, QueryError
from kg.query import FORMATS, Answer, about, ask, questions, sparql
from kg.tables import csv_text, safe, table_text, width
from kg.vocab import ontology_dir

EVERYTHING = ontology_dir() / "examples" / "good" / "everything.trig"

E = "report start end quote"
CONTRACT = {
    "entities": "entity kind name preferred",
    "mentions": f"entity {E}",
    "awards": "award recipient recipientName honour honourName grade level rank direction conferrer conferrerName date "
    f"year count documentNumber {E}",
    "posts": f"post person personName title organization organizationName date {E}",
    "measures": f"measure indicator value unit approximate lower upper subject subjectName year {E}",
    "part-of": f"child childName parent parentName {E}",
    "part-of-inferred": "child childName parent parentName source",
    "activities": f"activity name date place placeName participant participantName {E}",
    "coverage": f"coverage media mediaName subject subjectName count {E}",
    "assistance": f"assistance helper helperName village villageName what value unit year {E}",
    "cooperation": f"cooperation party partyName partner partnerName kind count year {E}",
    "visits": f"visit visitor visitorName site siteName date {E}",
    "reports": "report title publisher publisherName published year facts",
    "unsure": f"fact kind why confidence {E}",
}
ROWS = {
    "entities": 29,
    "mentions": 28,
    "awards": 5,
    "posts": 2,
    "measures": 2,
    "part-of": 3,
    "part-of-inferred": 3,
    "activities": 4,
    "coverage": 1,
    "assistance": 2,
    "cooperation": 1,
    "visits": 1,
    "reports": 1,
    "unsure": 4,
    "honours-by-level": 4,
    "honours-by-unit": 4,
    "village-honours": 1,
    "assistance-by-village": 2,
    "leaders": 2,
    "branch-honours": 3,
    "trainings": 0,
    "money": 2,
    "where-said": 19,
    "people": 1,
    "conflicts": 0,
    "duplicates": 0,
    "honours-of-year": 4,
    "who-else-won": 0,
    "measure-totals": 1,
    "identities": 0,
    "reviews": 0,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("out")
    graph.write(graph.build([small_graph.extraction()], small_graph.resolution()), place)
    return place


@pytest.fixture(scope="module")
def flat(folder: Path) -> Iterator[rdflib.Graph]:
    yield graph.flat_graph(folder)


def test_every_question_is_counted_here() -> None:
    assert set(ROWS) == set(questions()) and set(CONTRACT) <= set(ROWS)


@pytest.mark.parametrize("name", CONTRACT)
def test_contract_variables(folder: Path, name: str) -> None:
    assert ask(folder, name).variables == tuple(CONTRACT[name].split())


@pytest.mark.parametrize("name", ROWS)
def test_two_engines_give_the_same_rows(folder: Path, flat: rdflib.Graph, name: str) -> None:
    answer = ask(folder, name)
    ours = sorted(str(tuple(None if t is None else t.value for t in row)) for row in answer.terms)
    other = flat.query(sparql(name))
    theirs = sorted(str(tuple(None if t is None else str(t) for t in row)) for row in other)
    assert ours == theirs
    assert len(ours) == ROWS[name]
    assert [str(v) for v in other.vars or ()] == list(answer.variables)


@pytest.mark.parametrize(
    "name", ["awards", "posts", "measures", "part-of", "coverage", "assistance", "visits", "unsure"]
)
def test_one_row_per_fact_even_with_many_labels(folder: Path, name: str) -> None:
    store = graph.store(folder)
    alt = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    entities = {q.subject for q in store.quads_for_pattern(None, ox.NamedNode(rdflib.SKOS.prefLabel), None)}
    store.extend(ox.Quad(e, alt, ox.Literal(f"别名{i}", language="zh")) for e in entities for i in range(5))
    assert len(ask(store, name).rows) == ROWS[name]


@pytest.mark.parametrize("name", [n for n in CONTRACT if "quote" in CONTRACT[n]])
def test_every_quote_stands_at_its_offsets(folder: Path, name: str) -> None:
    for row in ask(folder, name).records():
        start, end = row["start"], row["end"]
        assert isinstance(start, int) and isinstance(end, int)
        assert small_graph.TEXT[start:end] == row["quote"]


def test_entities_leave_out_groups_and_mark_one_preferred_label(folder: Path) -> None:
    rows = ask(folder, "entities").records()
    assert {r["kind"] for r in rows} <= {"Person", "Organization", "Place", "Honour", "Activity", "Work"}
    preferred = [r["entity"] for r in rows if r["preferred"] is True]
    assert len(preferred) == len(set(preferred)) == len({r["entity"] for r in rows})
    assert ("Shen Qinghe", False) in {(r["name"], r["preferred"]) for r in rows}
    assert {r["entity"] for r in ask(folder, "mentions").records()} == {r["entity"] for r in rows}


def test_an_entity_that_no_text_names_is_no_answer(folder: Path) -> None:
    store = graph.store(folder)
    extra = ox.NamedNode("https://w3id.org/achievement-kg/id/place/extra")
    label = ox.Quad(extra, ox.NamedNode(str(rdflib.SKOS.prefLabel)), ox.Literal("某省", language="zh"))
    kind = ox.Quad(extra, ox.NamedNode("https://w3id.org/achievement-kg/ontology#kind"), ox.Literal("Place"))
    store.extend([label, kind])
    assert len(ask(store, "entities").rows) == ROWS["entities"]


def test_literals_that_the_contract_wants_plain(folder: Path) -> None:
    answer = ask(folder, "awards")
    for name in ("level", "direction"):
        column = answer.variables.index(name)
        terms = [row[column] for row in answer.terms if row[column] is not None]
        assert terms and all(isinstance(t, ox.Literal) and not t.language for t in terms)
    measures = ask(folder, "measures").records()
    assert [(m["value"], m["unit"], m["approximate"]) for m in measures] == [
        (Decimal(980000), "元", False),
        (Decimal(300000), "元", False),
    ]


def test_activities_give_one_row_per_participant_and_keep_every_place(folder: Path) -> None:
    rows = [r for r in ask(folder, "activities").records() if r["name"] == "植树日"]
    assert [r["participantName"] for r in rows if r["participant"]] == ["云岭省林业局团委", "沈青禾"]
    assert {r["placeName"] for r in rows} == {"青石县白水镇", "青石县白水镇杨柳村"}
    assert {r["date"] for r in rows} == {"2023-06-17"}


def test_analyst_questions(folder: Path) -> None:
    levels = {(r["level"], r["honours"]) for r in ask(folder, "honours-by-level").records()}
    assert levels == {("national", 1), (None, 3), ("provincial", 2), ("provincial", 1)}
    branches = {r["organizationName"]: r["honours"] for r in ask(folder, "branch-honours").records()}
    assert branches == {"云岭省林业局": 3, "云岭省林业局勘察院": 1, "云岭省林业局勘察院第一党支部": 1}
    help_given = {
        (r["villageName"], r["unit"], r["total"]) for r in ask(folder, "assistance-by-village").records()
    }
    assert ("青石县白水镇杨柳村", "元", Decimal(980000)) in help_given
    assert [r["honourName"] for r in ask(folder, "village-honours").records()] == ["省级乡村振兴示范村"]
    inferred = {
        (r["childName"], r["parentName"], r["source"]) for r in ask(folder, "part-of-inferred").records()
    }
    assert inferred == {
        ("青石县白水镇", "青石县", "division-code"),
        ("青石县白水镇杨柳村", "青石县", "transitive"),
        ("云岭省林业局勘察院第一党支部", "云岭省林业局", "transitive"),
    }


def test_reports(folder: Path) -> None:
    (row,) = ask(folder, "reports").records()
    assert (row["publisherName"], row["published"], row["year"], row["facts"]) == (
        "云岭省林业局",
        "2023-12-27",
        2023,
        len(small_graph.FACTS),
    )


def test_unsure_holds_doubtful_facts_and_merges(folder: Path) -> None:
    kinds = [(r["kind"], r["why"]) for r in ask(folder, "unsure").records()]
    assert kinds == [
        ("measure", "主体不明"),
        ("merge", "“局”是否就是“云岭省林业局”"),
        ("visit", "置信度低(0.50)"),
        ("Place", "“老林场纪念馆”可能是 2 个地方之一:990102000001、990103000001"),
    ]


@pytest.mark.parametrize("name", ROWS)
def test_the_answer_that_stands_beside_each_question(name: str) -> None:
    """NAME.csv is the answer on examples/good/everything.trig."""
    path = questions()[name].with_suffix(".csv")
    assert ask(EVERYTHING, name).text("csv").encode() == path.read_bytes()


def test_a_fact_said_twice_is_one_row_with_the_fullest_wording(tmp_path: Path) -> None:
    found = small_graph.extraction()
    again = replace(
        small_graph.FACTS[3],
        evidence=small_graph.says("title", "award.caption"),
        support=(),
        unsure="",
        conferrers=(small_graph.committee,),  # type: ignore[call-arg]
    )
    other_post = replace(small_graph.FACTS[0], evidence=small_graph.says("title", "post.again"))
    graph.write(
        graph.build([replace(found, facts=(*found.facts, again, other_post))], small_graph.resolution()),
        tmp_path,
    )
    awards = [r for r in ask(tmp_path, "awards").records() if r["honourName"] == "全国绿化先进集体"]
    assert [(r["quote"], r["conferrerName"]) for r in awards] == [
        (small_graph.SENTENCES["title"], "云岭省委")
    ]
    assert len(ask(tmp_path, "posts").rows) == ROWS["posts"]
    assert len(ask(tmp_path, "where-said").rows) == ROWS["where-said"] + 2
    assert ask(tmp_path, "reports").records()[0]["facts"] == len(small_graph.FACTS)
    assert check(tmp_path) == []


# --- free SPARQL ---------------------------------------------------------------------------------------------------


def test_sparql_with_the_usual_prefixes(folder: Path) -> None:
    assert ask(folder, "SELECT (COUNT(*) AS ?n) { ?a kg:hasHonour ?b }").rows == ((5,),)
    assert ask(folder, "ASK { ?a kg:hasHonour ?b }") == Answer(("answer",), ((True,),), form="ASK")
    assert ask(folder, "CONSTRUCT WHERE { ?a kg:worksFor ?b }").variables == (
        "subject",
        "predicate",
        "object",
    )
    assert len(ask(folder, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows) == 2


def test_a_query_file(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?a { ?a a kg:Village }", "utf-8")
    assert len(ask(folder, str(path)).rows) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o<5) SERVICE ?x { ?a ?b ?c } }",
        "# SERVICE\nSELECT * { ?s ?p '#' . SERVICE ?x { ?a ?b ?c } }",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <b:c>\nDELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "SELECT * {",
        "SELECT * { ?s nope:x ?o }",
    ],
)
def test_what_may_not_run(folder: Path, text: str) -> None:
    before = (folder / graph.GRAPH_FILE).read_bytes()
    with pytest.raises(QueryError) as caught:
        ask(folder, text)
    assert caught.value.zh and caught.value.en and len(str(caught.value)) < 400
    assert (folder / graph.GRAPH_FILE).read_bytes() == before


@pytest.mark.parametrize(
    "text", ["SELECT ?service { ?service ?p 'SERVICE <x>' }", "SELECT * { ?s <a:SERVICE> ?o } # SERVICE"]
)
def test_the_word_service_elsewhere_is_no_harm(folder: Path, text: str) -> None:
    assert ask(folder, text).rows == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [("award", "awards"), ("part_of", "part-of"), ("获奖", "awards"), ("帮扶", "assistance")],
)
def test_an_unknown_question_names_close_ones(folder: Path, name: str, meant: str) -> None:
    with pytest.raises(QueryError, match=rf"did you mean: .*{meant}"):
        ask(folder, name)


def test_a_folder_without_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        ask(tmp_path, "awards")


def test_about_is_bilingual() -> None:
    for name in questions():
        zh, en = about(name)
        assert re.search(r"[\u4e00-\u9fff]", zh) and not re.search(r"[\u4e00-\u9fff]", en)


# --- formats -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "query", ["posts", "trainings", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?a kg:worksFor ?b }"]
)
def test_every_format_of_every_answer(folder: Path, form: str, query: str) -> None:
    text = ask(folder, query).text(form)
    assert text.endswith("\n")
    if form == "json":
        json.loads(text)
    if form == "ttl":
        assert list(ox.parse(text, format=ox.RdfFormat.TURTLE))


def test_json_is_the_standard_one(folder: Path) -> None:
    data = json.loads(ask(folder, "posts").text("json"))
    first = data["results"]["bindings"][0]
    assert first["personName"] == {"type": "literal", "value": "沈青禾", "xml:lang": "zh"}
    assert first["start"]["datatype"].endswith("#integer") and first["person"]["type"] == "uri"
    assert "date" not in first


def test_csv_has_all_variables_and_rows(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(folder, "awards").text("csv"))))
    assert list(rows[0]) == CONTRACT["awards"].split() and len(rows) == 5
    assert rows[0]["honourName"] == "全国绿化先进集体"


def test_the_table_is_aligned(folder: Path) -> None:
    lines = ask(folder, "posts").text().splitlines()
    column = lines[1].index("  ") + 2
    starts = {next(i for i in range(len(line) + 1) if width(line[:i]) == column) for line in lines}
    assert all(lines[0][i - 1 : i] in (" ", "") for i in starts) and "党委书记" in lines[2]


def test_an_unknown_format(folder: Path) -> None:
    with pytest.raises(QueryError, match="table, csv"):
        ask(folder, "posts").text("xlsx")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\uff1d1"])
def test_formulas_are_defused(text: str) -> None:
    assert safe(text) == "'" + text
    _, (found,) = csv.reader(io.StringIO(csv_text(["h"], [[text]]), newline=""))
    assert found == "'" + text


def test_numbers_are_not_taken_for_formulas() -> None:
    assert safe(-5) == "-5" and safe(Decimal("-0.5")) == "-0.5"


def test_a_table_shows_no_control_characters() -> None:
    assert "\x1b" not in table_text(["h"], [["\x1b[31m红"]])
