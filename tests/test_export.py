"""Every format reads back as what was written, and is the same byte for byte."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
import small_graph

from kg import graph
from kg.errors import GraphError, QueryError
from kg.export import COLUMNS, FORMATS, export
from kg.model import Document, Extraction, Resolution

QUADS = graph.build([small_graph.extraction()], small_graph.resolution())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("out")
    graph.write(QUADS, place)
    return place


@pytest.mark.parametrize("suffix", FORMATS)
def test_twice_the_same_and_nothing_left_over(folder: Path, tmp_path: Path, suffix: str) -> None:
    one, other = export(folder, tmp_path / f"one{suffix}"), export(folder, tmp_path / f"other{suffix}")
    assert one.read_bytes() == other.read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


QUAD_FORMATS = {".trig": ox.RdfFormat.TRIG, ".nq": ox.RdfFormat.N_QUADS, ".jsonld": ox.RdfFormat.JSON_LD}
TRIPLE_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}


@pytest.mark.parametrize("suffix", QUAD_FORMATS)
def test_formats_with_named_graphs(folder: Path, tmp_path: Path, suffix: str) -> None:
    path = export(folder, tmp_path / f"g{suffix}")
    assert set(ox.parse(path=str(path), format=QUAD_FORMATS[suffix])) == set(QUADS)


@pytest.mark.parametrize("suffix", TRIPLE_FORMATS)
def test_formats_of_triples(folder: Path, tmp_path: Path, suffix: str) -> None:
    path = export(folder, tmp_path / f"g{suffix}")
    assert {q.triple for q in ox.parse(path=str(path), format=TRIPLE_FORMATS[suffix])} == {
        q.triple for q in QUADS
    }


@pytest.mark.parametrize(("suffix", "form"), [(".ttl", "turtle"), (".rdf", "xml"), (".nt", "nt")])
def test_rdflib_reads_them_too(folder: Path, tmp_path: Path, suffix: str, form: str) -> None:
    path = export(folder, tmp_path / f"g{suffix}")
    assert len(rdflib.Graph().parse(path, format=form)) == len(QUADS)


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_networks(folder: Path, tmp_path: Path, suffix: str) -> None:
    path = export(folder, tmp_path / f"g{suffix}")
    read = {".graphml": nx.read_graphml, ".gexf": nx.read_gexf}[suffix]
    net = read(path)
    assert (net.number_of_nodes(), net.number_of_edges()) == (len(small_graph.KEYS), 22)
    quotes = {data["evidence_quote"] for _, _, data in net.edges(data=True)}
    assert small_graph.SENTENCES["village"] in quotes
    assert {data["kind"] for _, data in net.nodes(data=True)} >= {"Person", "Place", "Honour"}


def test_the_csv_has_every_fact_with_its_evidence(folder: Path, tmp_path: Path) -> None:
    with export(folder, tmp_path / "g.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS and len(rows) == len(small_graph.FACTS)
    for row in rows:
        assert small_graph.TEXT[int(row["start"]) : int(row["end"])] == row["quote"]
    award = next(row for row in rows if row["grade"])
    assert (award["subjectName"], award["objectName"], award["others"]) == (
        "云岭省林业局",
        "青松杯竞赛一等奖",
        "云岭省委; 云岭省政府",
    )


def test_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    text = "甲\x00乙\x0b丙\ufffe丁\r\n戊"
    graph.write(graph.build([Extraction(Document("x", text))], Resolution(())), tmp_path)
    path = export(tmp_path, tmp_path / "g.rdf")
    texts = [
        q.object.value for q in ox.parse(path=str(path), format=ox.RdfFormat.RDF_XML) if "甲" in str(q.object)
    ]
    assert [len(t) for t in texts] == [len(text)] and "\ufffd乙" in texts[0]


def test_an_empty_graph_in_every_format(tmp_path: Path) -> None:
    graph.write([], tmp_path)
    for suffix in FORMATS:
        assert export(tmp_path, tmp_path / f"g{suffix}").exists()


def test_an_unknown_suffix_writes_nothing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"\.graphml"):
        export(folder, tmp_path / "g.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_folder_without_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        export(tmp_path, tmp_path / "g.nt")
    assert not list(tmp_path.iterdir())
