"""Spans: what rules and model find on invented sentences, how they are chosen, and exact offsets."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate import (
    COMPONENTS,
    READ_KINDS,
    activities,
    annotate,
    honours,
    load,
    organizations,
    people,
    places,
)
from kg.annotate.lexis import Lexis
from kg.annotate.reading import sentence_at, sentences_of
from kg.model import Block, Document
from kg.read import read_text


@cache
def pipeline(*without: str) -> Language:
    return load(without=without)


def whole(text: str) -> Document:
    return Document("r", text, (Block(0, len(text), "paragraph"),))


def found(text: str, kind: str, *, without: tuple[str, ...] = ()) -> list[str]:
    doc = annotate(read_text(text, source="a.txt"), pipeline(*without))
    return [m.text for m in doc.user_data["mentions"] if m.kind == kind]


# --- the pipeline ---------------------------------------------------------------------------------------------------


def test_components_stand_in_the_declared_order() -> None:
    assert tuple(pipeline().pipe_names) == COMPONENTS
    assert pipeline("kg_model").pipe_names == [c for c in COMPONENTS if c != "kg_model"]
    assert COMPONENTS[-1] == "kg_select"


def test_ents_are_the_outermost_of_nested_spans() -> None:
    doc = annotate(whole("船员走进竹山县溢水镇何家湾村。"), pipeline())
    nested = {s.text for s in doc.spans["kg"]}
    assert {"竹山县", "竹山县溢水镇", "竹山县溢水镇何家湾村"} <= nested
    assert [e.text for e in doc.ents if e.label_ == "Place"] == ["竹山县溢水镇何家湾村"]
    assert all(s.id_ and s.label_ for s in doc.spans["kg"])


def test_only_blocks_of_the_report_are_read() -> None:
    text = "青槐县气象局召开会议。\n版权所有 石鼓县水利局"
    blocks = (Block(0, 11, "paragraph"), Block(12, len(text), "boilerplate"))
    doc = annotate(Document("r", text, blocks), pipeline())
    assert "boilerplate" not in READ_KINDS
    assert {m.text for m in doc.user_data["mentions"] if m.kind == "Organization"} == {"青槐县气象局"}
    assert sentence_at(doc, 3) is sentences_of(doc)[0] and sentence_at(doc, 15) is None


def test_sentences_are_marked_on_the_doc() -> None:
    doc = annotate(whole("我站办展。市民称赞。"), pipeline())
    assert [s.text for s in doc.sents] == ["我站办展。", "市民称赞。"]


def test_a_users_own_pipeline_joins(tmp_path: object) -> None:
    own = spacy.blank("zh")
    own.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "苏合香"}])  # type: ignore[attr-defined]
    folder = f"{tmp_path}/own"
    own.to_disk(folder)
    doc = annotate(whole("灯塔下,苏合香在看海。"), load(folder, without=("kg_people",)))
    assert any(c.rule == "user.pipeline" for c in doc.user_data["candidates"]["model"])


# --- kinds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青槐县气象局局长罗听澜主持会议。", ["罗听澜"]),
        ("局长罗听澜、韩予舟、陆问溪参加会议。", ["罗听澜", "韩予舟", "陆问溪"]),
        ("韩予舟同志先后到渡口和码头慰问。", ["韩予舟"]),
        ("局长罗听澜到会。会后罗听澜看望了船员。", ["罗听澜", "罗听澜"]),
        ("站长室里挂着一张航道图,局长办公会每周一召开。", []),
    ],
)
def test_people_by_rules(text: str, expected: list[str]) -> None:
    assert found(text, "Person", without=("kg_model",)) == expected
    assert found(text, "Person") == expected


COMMON = ["温泉", "高峰期", "黄金周", "白天", "金秋十月", "马路", "方向盘", "高铁站", "万里长江", "石榴", "雷雨", "周末", "和平", "向阳花", "安全帽", "江湖", "金属", "花生", "包裹", "丁香", "水泥"]


def test_hardly_a_person_from_common_words() -> None:
    text = "{0}格外引人注意。人们说起{0},总有许多话。"
    invented = [w for w in COMMON if found(text.format(w), "Person")]
    assert len(invented) <= 2, invented  # 黄金周 and 向阳花, as of today


def test_chain_of_a_place() -> None:
    assert found("船员走进竹山县溢水镇何家湾村。", "Place") == ["竹山县溢水镇何家湾村", "竹山县溢水镇", "竹山县"]
    assert places.chain_of("云渡市场监督管理局") == []
    assert places.chain_of("桑溪县直机关") == []


@pytest.mark.parametrize("words", ["全市", "各县区", "乡村", "示范村", "本村"])
def test_generic_places_are_none(words: str) -> None:
    assert found(f"{words}的茶园都返青了。", "Place", without=("kg_model",)) == []


def test_the_speakers_own_names() -> None:
    lexis = Lexis("我局荣获先进,局党委召开会议,我们的船靠岸")
    spans = {(lexis.text[s:e], rule) for s, e, rule in organizations.selves(lexis, 0, len(lexis.text), "局")}
    assert spans == {("我局", "alias.self"), ("局党委", "organ.of-publisher")}


def test_units_of_a_nested_name() -> None:
    text = "湖北城市地质工程院武基公司三分公司党支部"
    ends = organizations.prefixes(Lexis(text), 0, len(text))
    assert [text[:e] for e in ends] == ["湖北城市地质工程院", "湖北城市地质工程院武基公司", "湖北城市地质工程院武基公司三分公司"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我站荣获全省先进集体、全市文明单位等荣誉称号", ["全省先进集体", "全市文明单位"]),
        ("我站获评“书香之家”“护航先锋岗”", ["“书香之家”", "“护航先锋岗”"]),
        ("罗听澜被授予全国五一劳动奖章", ["全国五一劳动奖章"]),
        ("项目组荣获金锚奖2项", ["金锚奖"]),
        ("奖学金获得者罗听澜收获掌声", []),
        ("我站获得群众好感", []),
    ],
)
def test_honours_by_frames(text: str, expected: list[str]) -> None:
    lexis = Lexis(text)
    assert [text[s:e] for s, e in honours.honours(lexis, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "name", "grade"),
    [
        ("省科学技术奖二等奖", "省科学技术奖", "二等奖"), ("集体三等功", "集体三等功", "三等功"), ("金奖", "金奖", "金奖"),
        ("全国文明单位", "全国文明单位", None), ("海图绘制大赛第2名", "海图绘制大赛", "第2名"), ("银帆奖提名奖", "银帆奖提名奖", "提名奖"),
    ],
)  # fmt: skip
def test_grades(text: str, name: str, grade: str | None) -> None:
    assert honours.split_grade(text) == (name, grade)


def test_listed_honours_in_one_pair_of_quotation_marks() -> None:
    text = "全州“十佳船员、十佳船嫂”"
    assert [text[s:e] for s, e in honours.split_honours(Lexis(text), 0, len(text))] == ["十佳船员", "十佳船嫂"]


@pytest.mark.parametrize("text", ["荣誉称号", "先进", "守灯人先进事迹", "发明专利"])
def test_what_names_no_honour(text: str) -> None:
    assert not honours.names_honour(text)


def test_honour_of_a_notice() -> None:
    text = "关于命名2031年度全州最美驿站的决定"
    span = honours.in_title(text)
    assert span is not None and text[slice(*span)] == "2031年度全州最美驿站"
    assert honours.in_title("关于召开年度工作会议的通知") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我站举办航标维护技能比武", ["航标维护技能比武"]),
        ("党支部开展“潮头”主题党日", ["“潮头”主题党日"]),
        ("船员参加3次演练", []),
        ("组织开展各类活动", []),
    ],
)
def test_activities(text: str, expected: list[str]) -> None:
    lexis = Lexis(text)
    assert [text[s:e] for s, e, _ in activities.activities(lexis, 0, len(text))] == expected


def test_works_but_no_outlet() -> None:
    text = "罗听澜编写《航标十条》,推出“潮信”专栏,《湖北日报》作了报道。"
    assert found(text, "Work") == ["航标十条", "“潮信”专栏"]
    assert "湖北日报" in found(text, "Organization")


def test_names_end_where_they_may() -> None:
    text = "局长罗听澜荣获金奖"
    assert people.name_end(Lexis(text), 2, len(text)) == 5
    assert people.name_end(Lexis("灯塔旁边"), 0, 4) is None


# --- offsets --------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
def test_offsets_are_exact_on_any_text(text: str) -> None:
    doc = annotate(whole(text), pipeline())
    assert doc.text == text
    for layer in doc.spans.values():
        for span in layer:
            assert text[span.start_char : span.end_char] == span.text
    for m in doc.user_data["mentions"]:
        assert text[m.start : m.end] == m.text


@given(st.text(alphabet="“”《》()、,。甲乙丙\n", max_size=40), st.sampled_from(["、", ",。", "、,"]))
def test_split_covers_the_text(text: str, marks: str) -> None:
    parts = Lexis(text).split(0, len(text), marks)
    assert parts[0][0] == 0 and parts[-1][1] == len(text)
    assert all(text[a[1]] in marks and a[1] + 1 == b[0] for a, b in pairwise(parts))
