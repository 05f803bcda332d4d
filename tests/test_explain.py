"""Where facts come from: every way to name a thing, what is shown of it, and what is said when nothing fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_build import built, kg

from kg import graph, query
from kg.errors import GraphError, QueryError
from kg.explain import explain, key
from kg.model import (
    Award,
    Document,
    Entity,
    Evidence,
    Extraction,
    Measure,
    Mention,
    Merge,
    Post,
    Quantity,
    Resolution,
)

TEXT = "局长林一川说,柳湾村获评文化村。我局投入近9.6万元。民勤县柳湾村与古浪县柳湾村来访。"


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def mention(words: str, kind: str, subtype: str, at: int = 0) -> Mention:
    start = TEXT.index(words, at)
    return Mention(start, start + len(words), words, kind, subtype, words, "test.name")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two villages of one name, a person with pinyin, a bureau with an alias, an approximate sum."""
    person, village = mention("林一川", "Person", "Person"), mention("柳湾村", "Place", "Village")
    one, two = mention("民勤县柳湾村", "Place", "Village"), mention("古浪县柳湾村", "Place", "Village")
    honour, bureau = mention("文化村", "Honour", "Honour"), mention("我局", "Organization", "Bureau")
    start = TEXT.index("近9.6万元")
    money = Quantity(96000, "元", True, None, 96000, start, start + 6)
    facts = (
        Post(person=person, title="局长", organization=bureau, evidence=Evidence(0, 16, "post.before", 0.9)),
        Award(recipient=village, honour=honour, evidence=Evidence(7, 16, "award.passive", 0.5), year=2024,
              support=(Evidence(*span("民勤县柳湾村"), "award.where", 0.7),)),
        Measure(indicator="资金", quantity=money, subject=bureau, evidence=Evidence(16, 26, "measure.money")),
    )  # fmt: skip
    mentions = (person, village, one, two, honour, bureau)
    keys = ("person/林一川", "place/a", "place/a", "place/b", "honour/文化村", "organization/治沙局")
    merge = Merge("r", bureau.start, bureau.end, "我局", "publisher-alias", 0.9)
    entities = (
        Entity("person/林一川", "Person", "Person", "林一川", pinyin="Lin Yichuan"),
        Entity("place/a", "Place", "Village", "柳湾村", ("民勤县柳湾村",), code="620621105203"),
        Entity("place/b", "Place", "Village", "柳湾村", ("古浪县柳湾村",), code="620622105203"),
        Entity("honour/文化村", "Honour", "Honour", "文化村"),
        Entity("organization/治沙局", "Organization", "Bureau", "治沙局", ("我局",), merges=(merge,)),
    )
    resolution = Resolution(entities, {("r", m): k for m, k in zip(mentions, keys, strict=True)})
    folder = tmp_path_factory.mktemp("small")
    graph.write(graph.build([Extraction(Document("r", TEXT), mentions, facts)], resolution), folder)
    return folder


@pytest.mark.parametrize(
    "term", ["林一川", "Lin Yichuan", "linyichuan", "“林一川”", "person/林一川", "kgid:person/林一川"]
)
def test_a_person_by_any_of_the_names(small: Path, term: str) -> None:
    explanation = explain(small, term)
    assert [e.key for e in explanation.entities] == ["person/林一川"]
    assert len(explanation.facts) == 1
    assert "林一川 — 任 — 治沙局局长" in str(explanation)


def test_a_village_by_its_code(small: Path) -> None:
    assert explain(small, "620622105203").entities[0].key == "place/b"


def test_a_fact_shows_words_rule_support_and_triples(small: Path) -> None:
    text = str(explain(small, "文化村"))
    assert "原文 quote: 柳湾村获评文化村。 (r [7, 16))" in text
    assert "规则 rule: award.passive (置信度 confidence 0.50)" in text
    assert "补充 support: 民勤县柳湾村" in text
    assert "recipient: “柳湾村” [7, 10) → 柳湾村" in text
    assert "存疑 unsure" in text
    assert "kg:recipient kgid:place/a ;" in text
    assert "kg:year" in text


def test_a_quantity_shows_what_was_said_and_its_bounds(small: Path) -> None:
    assert "“近9.6万元” → 96000 元 (约数 approximate, ? … 96000)" in str(explain(small, "治沙局"))


def test_merges_show_the_words_and_the_rule(small: Path) -> None:
    assert "“我局” r [16, 18): publisher-alias (0.90)" in str(explain(small, "我局"))


def test_a_fact_by_its_iri(small: Path) -> None:
    (iri,) = explain(small, "林一川").facts
    for term in (iri, f"<{iri}>", iri.removeprefix("https://w3id.org/achievement-kg/id/")):
        assert explain(small, term).facts == (iri,)


def test_a_name_of_two_villages_is_ambiguous(small: Path) -> None:
    explanation = explain(small, "柳湾村")
    assert explanation.outcome == "ambiguous"
    assert {e.key for e in explanation.entities} == {"place/a", "place/b"}
    assert "kgid:place/a" in str(explanation)
    assert kg("explain", small, "柳湾村").returncode == 1


def test_a_full_name_is_not_ambiguous(small: Path) -> None:
    assert explain(small, "民勤县柳湾村").entities[0].key == "place/a"


@pytest.mark.parametrize(
    ("term", "similar"),
    [("林一", "林一川"), ("柳弯村", "柳湾村"), ("治沙", "治沙局"), ("Lin Yichuang", "林一川")],
)
def test_an_unknown_term_suggests_similar_ones(small: Path, term: str, similar: str) -> None:
    with pytest.raises(QueryError) as caught:
        explain(small, term)
    assert similar in caught.value.zh
    assert similar in caught.value.en


def test_a_term_like_nothing_says_where_the_names_are(small: Path) -> None:
    with pytest.raises(QueryError, match="kg ask DIR entities"):
        explain(small, "zzzz")


def test_two_names_of_one_thing(small: Path) -> None:
    text = str(explain(small, "我局", "治沙局"))
    assert "是同一个" in text
    assert "publisher-alias" in text


def test_two_things_with_a_name_in_common(small: Path) -> None:
    explanation = explain(small, "place/a", "place/b")
    assert len(explanation.entities) == 2
    assert "620621105203, 620622105203" in str(explanation)
    assert "context" in str(explanation)


def test_two_things_show_the_facts_about_both(small: Path) -> None:
    explanation = explain(small, "林一川", "治沙局")
    assert len(explanation.facts) == 1
    assert "kinds differ" in str(explanation)


def test_a_folder_without_a_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        explain(tmp_path, "局")


def test_keys_fold_width_case_and_quotation_marks() -> None:
    assert key("“ＡＢ 村”") == key("ab村")


def test_every_entity_of_the_sample_can_be_explained() -> None:
    names = {str(row["entity"]) for row in query.ask(built(), "entities").records()}
    assert len(names) > 50
    explained: set[str] = set()
    for iri in sorted(names)[::10]:
        explanation = explain(built(), iri)
        assert explanation.outcome == "found"
        explained |= set(explanation.facts)
    assert explained


def test_the_village_of_the_sample() -> None:
    text = str(explain(built(), "沙井湾村"))
    assert "全国生态文化村" in text
    assert "1260000 元" in text
