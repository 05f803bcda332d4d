"""The scorer: what counts as the same, pairing, attributes, floors; and the quality of the product itself."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_build import GOLD

from kg.errors import InputError
from kg.evaluate import (
    HEADLINE,
    KINDS,
    Error,
    Evaluation,
    Tally,
    evaluate,
    floors,
    gold_reports,
    score,
    total,
)
from kg.evaluate.facts import annotation
from kg.evaluate.match import base_value, forms, name, phrase, plain, same_value, title
from kg.evaluate.score import pair

GOLDS = {gold.stem: json.loads(gold.read_text("utf-8")) for _, gold in gold_reports(GOLD)}


def kind(name: str) -> Any:
    return next(k for k in KINDS if k.name == name)


def counts(gold: dict[str, Any], found: dict[str, Any], name: str) -> tuple[int, int, int]:
    tally = score("r", gold, found).kinds[name]
    return tally.right, tally.missed, tally.wrong


# --- forms and likeness -------------------------------------------------------------------------------------------


@given(st.text())
def test_plain_forgets_blanks_and_quotation_marks(text: str) -> None:
    assert plain(f" “{text}” ") == plain(text)
    assert not set(plain(text)) & set("“”《》 \n,,")


@given(st.text(min_size=1), st.text(min_size=1))
def test_likeness_is_symmetric_and_between_0_and_1(a: str, b: str) -> None:
    for similarity in (phrase, name, title):
        assert similarity(a, b) == similarity(b, a)
        assert 0 <= similarity(a, b) <= 1
        assert similarity(a, a) == 1


@pytest.mark.parametrize(
    ("a", "b", "like"),
    [
        ("沙井湾村", "民勤县红柳泉镇沙井湾村", True),
        ("沙井湾", "沙井湾村", True),
        ("柳泉", "红柳泉镇", False),
        ("局", "省地质局", False),  # one character says nothing
    ],
)
def test_names_are_alike_at_their_ends_only(a: str, b: str, like: bool) -> None:
    assert (name(a, b) > 0) is like


@pytest.mark.parametrize(
    ("said", "base"),
    [
        ({"value": 2.15, "unit": "亿元"}, ("元", 215000000)),
        ({"value": 3, "unit": "万人次"}, ("人次", 30000)),
        ({"value": 5, "unit": "千瓦"}, ("千瓦", 5)),
        ({"value": 12, "unit": "位"}, ("人", 12)),
        ({"value": 7, "unit": "平方公里"}, ("平方千米", 7)),
        ({"value": 1.5, "unit": "个百分点"}, ("%", 1.5)),
    ],
)
def test_units_in_base_form(said: dict[str, Any], base: tuple[str, float]) -> None:
    unit, value = base_value(said)
    assert (unit, value) == (base[0], pytest.approx(base[1]))


def test_values_that_are_none_never_match() -> None:
    assert not same_value({"value": None, "unit": "元"}, {"value": None, "unit": "元"})


def test_at_most_twelve_forms() -> None:
    assert len(forms([f"名{i}" for i in range(30)])) == 12


# --- kinds --------------------------------------------------------------------------------------------------------


def test_people_need_every_character() -> None:
    gold = {"entities": [{"type": "Person", "name": "温若瑜", "aliases": []}]}
    found = {"entities": [{"type": "Person", "name": "温若", "aliases": []}]}
    assert counts(gold, found, "entity:Person") == (0, 1, 1)


def test_a_deputy_is_not_the_head() -> None:
    gold = {"posts": [{"person": "柳成荫", "title": "副局长", "organization": ["局"]}]}
    found = {"posts": [{"person": "柳成荫", "title": "局长", "organization": ["局"]}]}
    assert counts(gold, found, "post") == (0, 1, 1)


def test_a_post_whose_organisation_is_open_matches_any() -> None:
    gold = {"posts": [{"person": "柳成荫", "title": "教授", "organization": []}]}
    found = {"posts": [{"person": "柳成荫", "title": "教授", "organization": ["某校"]}]}
    assert counts(gold, found, "post") == (1, 0, 0)


def test_measures_need_value_unit_and_indicator() -> None:
    gold = {"measures": [{"indicator": ["投入帮扶资金"], "value": 1260000, "unit": "元"}]}
    right = {"measures": [{"indicator": "帮扶资金", "value": 126, "unit": "万元"}]}
    other = {"measures": [{"indicator": "机井", "value": 1260000, "unit": "元"}]}
    assert counts(gold, right, "measure") == (1, 0, 0)
    assert counts(gold, other, "measure") == (0, 1, 1)
    assert counts(gold, other, "measure:value") == (1, 0, 0)


def test_anonymous_recipients_are_compared_as_phrases() -> None:
    gold = {"awards": [{"recipient": ["基层党支部"], "honour": ["标准化党支部"], "count": 2}]}
    found = {"awards": [{"recipient": ["个基层党支部"], "honour": ["标准化党支部"], "count": 2}]}
    assert counts(gold, found, "award") == (1, 0, 0)


def test_equal_attributes_decide_between_equal_awards() -> None:
    gold = {
        "awards": [
            {"recipient": ["队"] * 2 + ["代表队"], "honour": ["大赛"], "grade": g, "count": 1}
            for g in ("一等奖", "二等奖")
        ]
    }
    found = {
        "awards": [
            {"recipient": ["代表队"], "honour": ["大赛"], "grade": g, "count": 1}
            for g in ("二等奖", "一等奖")
        ]
    }
    matched, _, _ = pair(gold["awards"], found["awards"], kind("award"))
    assert all(g["grade"] == f["grade"] for g, f in matched)


def test_pairing_is_one_to_one_and_takes_the_best_first() -> None:
    gold = [{"media": ["甘肃日报"]}, {"media": ["日报"]}]
    found = [{"media": ["甘肃日报"]}, {"media": ["每日甘肃"]}]
    matched, missed, wrong = pair(gold, found, kind("coverage"))
    assert matched == [(gold[0], found[0])]
    assert (missed, wrong) == ([gold[1]], [found[1]])


def test_optional_items_count_neither_way() -> None:
    gold = {"coverage": [{"media": ["新华社"], "optional": True}]}
    assert counts(gold, {"coverage": [{"media": ["新华社"]}]}, "coverage") == (0, 0, 0)
    assert counts(gold, {}, "coverage") == (0, 0, 0)


def test_kinds_that_an_annotation_has_no_list_of_are_not_scored() -> None:
    found = {"visits": [{"who": ["甲"], "site": ["乙馆"]}]}
    assert "visit" not in score("r", {}, found).kinds
    assert score("r", {"visits": []}, found).kinds["visit"].wrong == 1


def test_attributes_of_matched_awards_with_their_errors() -> None:
    base = {"recipient": ["局团委"], "honour": ["甘肃省五四红旗团委"], "count": None}
    gold = {"awards": [{**base, "grade": None, "year": 2024, "level": "?", "conferrer": ["共青团甘肃省委"]}]}
    found = {"awards": [{**base, "grade": None, "year": 2023, "level": "county", "conferrer": ["甘肃省委"]}]}
    evaluation = score("r", gold, found, text="局团委被共青团甘肃省委授予“甘肃省五四红旗团委”。")
    accuracy = {key: (t.right, t.gold) for key, t in evaluation.attributes.items()}
    assert accuracy == {
        "grade": (1, 1),
        "year": (0, 1),
        "level": (0, 0),
        "count": (1, 1),
        "conferrer": (1, 1),
    }
    (error,) = evaluation.errors
    assert (error.what, error.note, error.sentence[:3]) == ("attribute", "year: 2024 → 2023", "局团委")


# --- whole annotations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("report", GOLDS)
def test_an_annotation_scores_perfectly_against_itself(report: str) -> None:
    gold = {
        k: [i for i in v if not i.get("optional")] if isinstance(v, list) else v
        for k, v in GOLDS[report].items()
    }
    evaluation = score(report, gold, copy.deepcopy(gold))
    assert evaluation.macro_f1 == pytest.approx(1)
    assert not evaluation.errors


@pytest.mark.parametrize("seed", range(5))
def test_what_is_left_out_is_missed_and_what_is_added_is_wrong(seed: int) -> None:
    chance = random.Random(seed)
    for report, gold in GOLDS.items():
        found = {k: [i for i in v if chance.random() < 0.7] for k, v in gold.items() if isinstance(v, list)}
        found["coverage"] = [*found.get("coverage", []), {"media": ["并无此报"]}]
        evaluation = score(report, gold, found)
        assert any(e.what == "wrong" and e.item == {"media": ["并无此报"]} for e in evaluation.errors)
        for tally in evaluation.kinds.values():
            assert 0 <= tally.f1 <= 1
        missed = sum(t.missed for t in evaluation.kinds.values())
        assert missed == sum(e.what == "missed" for e in evaluation.errors)


def test_totals_add_counts() -> None:
    one = Evaluation(("a",), {"award": Tally(1, 1, 0)}, {}, ())
    two = Evaluation(("b",), {"award": Tally(3, 0, 1)}, {}, (Error("b", "award", "wrong", {}, ""),))
    both = total([one, two])
    assert (both.reports, both.kinds["award"], len(both.errors)) == (("a", "b"), Tally(4, 1, 1), 1)


def test_the_macro_average_is_over_the_headline_kinds_that_occur() -> None:
    evaluation = Evaluation(
        ("a",), {"award": Tally(1, 0, 0), "post": Tally(0, 1, 0), "coverage": Tally(0, 9, 0)}
    )
    assert evaluation.macro_f1 == pytest.approx(0.5)
    assert len(HEADLINE) == 9


def test_answers_become_items() -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "entities": [
            {"entity": "v", "kind": "Place", "name": "民勤县 沙井湾村", "preferred": True},
            {"entity": "v", "kind": "Place", "name": "沙井湾村", "preferred": False},
            {"entity": "v", "kind": "Place", "name": "Shajingwan Cun", "preferred": False},
        ],
        "awards": [
            {"award": "a", "recipient": "v", "recipientName": "民勤县 沙井湾村", "honour": "h", "honourName": "文化村",
             "year": 2024, "count": None, "quote": "获评文化村。"},
        ],
        "measures": [{"measure": "m", "indicator": "机井", "value": "3.0", "unit": "眼", "approximate": "false"}],
        "part-of": [{"child": "v", "childName": "民勤县 沙井湾村", "parent": "c", "parentName": "民勤县"}] * 2,
    }  # fmt: skip
    found = annotation(lambda question: rows.get(question, []), "民勤县沙井湾村获评文化村。")
    (entity,) = found["entities"]
    assert (entity["name"], entity["aliases"]) == (
        "民勤县 沙井湾村",
        ["沙井湾村"],
    )  # no pinyin: the text has none
    (award,) = found["awards"]
    assert (award["recipient"], award["year"], award["count"]) == (
        ["民勤县 沙井湾村", "沙井湾村"],
        2024,
        None,
    )
    assert found["measures"][0]["value"] == 3
    assert len(found["part_of"]) == 1


# --- gold reports and floors --------------------------------------------------------------------------------------


def test_every_annotation_has_its_report_and_the_other_way_round() -> None:
    annotated = {text.stem for text, _ in gold_reports(GOLD)}
    alone = (
        {path.stem for path in GOLD.iterdir() if path.suffix in (".txt", ".json")} - annotated - {"floors"}
    )
    assert not alone
    assert "sample-highlights" in annotated


def test_the_annotated_sample_is_the_packaged_one() -> None:
    packaged = GOLD.parent.parent / "kg" / "samples" / "highlights-2024.txt"
    assert (GOLD / "sample-highlights.txt").read_bytes() == packaged.read_bytes()


@pytest.mark.parametrize("report", GOLDS)
def test_annotations_quote_their_report(report: str) -> None:
    text = plain((GOLD / f"{report}.txt").read_text("utf-8"))
    for award in GOLDS[report].get("awards", []):
        assert plain(award["sentence"]) in text, award
    for entity in GOLDS[report].get("entities", []):
        if entity["type"] != "Honour":  # an honour's name may be put together from several places
            assert any(plain(name) in text for name in (entity["name"], *entity["aliases"])), entity


def test_no_pair_in_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "alone.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match=r"NAME\.txt"):
        evaluate(tmp_path)


def test_floors_rise_by_themselves_and_fall_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / floors.NAME
    assert floors.read(path) == {}
    better = Evaluation(kinds={"award": Tally(9, 1, 0)})
    worse = Evaluation(kinds={"award": Tally(5, 5, 0)})
    floors.write(path, floors.raised(better, {}))
    known = floors.read(path)
    assert known["award"] == 0.94
    assert floors.raised(worse, known)["award"] == 0.94
    assert floors.raised(worse, known, lower=True)["award"] == 0.66
    assert [fall.name for fall in floors.shortfalls(worse, known)] == ["award", "macro"]
    assert not floors.shortfalls(better, known)


def test_a_kind_that_vanishes_from_the_gold_reports_is_below_its_floor() -> None:
    assert floors.shortfalls(Evaluation(), {"award": 0.5})[0].value == 0


def test_a_damaged_floors_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / floors.NAME
    path.write_text("[1]", "utf-8")
    with pytest.raises(InputError, match="floors"):
        floors.read(path)


def test_quality_is_at_its_floors() -> None:
    """The ratchet. Raise it with: kg evaluate tests/gold --write-floors"""
    known = floors.read(GOLD / floors.NAME)
    assert {"macro", "award", "measure", "award.year"} <= set(known)
    evaluation = evaluate(GOLD)
    assert len(evaluation.reports) == len(GOLDS)
    assert not floors.shortfalls(evaluation, known)
