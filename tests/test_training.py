"""Tagged text, the labels that a tagger learns, and training itself."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.lexis import Lexis
from kg.annotate.markup import Tagged, parse
from kg.annotate.tagger import LAYERS, MODELS, Tagger, decode, encode
from kg.annotate.train import generate, layer_spans, lines, score, sentences, train, vary
from kg.errors import RuleError

NESTED = "<O><L>青槐县</L>气象局</O><T>局长</T><P>罗听澜</P>荣获<H>全省先进个人</H>"


def test_nested_tags() -> None:
    text, spans = parse(NESTED)
    assert text == "青槐县气象局局长罗听澜荣获全省先进个人"
    assert [(text[s.start : s.end], s.tag, s.depth) for s in spans] == [
        ("青槐县", "L", 1), ("青槐县气象局", "O", 0), ("局长", "T", 0), ("罗听澜", "P", 0), ("全省先进个人", "H", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("<P>罗听澜", "unclosed tag <P>"),
        ("罗听澜</P>", "unbalanced tag </P>"),
        ("<O><L>青槐县</O></L>", "unbalanced tag </O>"),
        ("<P>罗听澜</P><T>局长</P>", "unbalanced tag </P>"),
    ],
)
def test_tags_that_do_not_balance_are_told_with_their_line(line: str, says: str) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        parse(line, where="news.txt:7")
    assert "news.txt:7" in str(caught.value)


def test_text_without_tags_and_foreign_brackets() -> None:
    assert parse("水位<3米,<X>不是标签</X>") == ("水位<3米,<X>不是标签</X>", [])
    assert parse("") == ("", [])


@st.composite
def labelled(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    """A length and spans that do not overlap in it."""
    n = draw(st.integers(0, 40))
    cuts = sorted(draw(st.sets(st.integers(0, n), max_size=12)))
    tags = draw(st.lists(st.sampled_from(["P", "O", "L", "T", ""]), min_size=len(cuts), max_size=len(cuts)))
    return n, [(a, b, tag) for (a, b), tag in zip(pairwise(cuts), tags, strict=False) if tag]


@given(labelled())
def test_labels_keep_every_span(case: tuple[int, list[tuple[int, int, str]]]) -> None:
    n, spans = case
    labels = encode(n, spans)
    assert len(labels) == n
    assert decode(labels) == spans


@given(st.lists(st.sampled_from(["O", "S-P", "B-P", "I-P", "E-P", "B-O", "I-O", "E-O", "S-O"]), max_size=30))
def test_broken_labels_never_give_overlapping_or_empty_spans(labels: list[str]) -> None:
    spans = decode(labels)
    assert all(0 <= s < e <= len(labels) for s, e, _ in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_layers_take_the_outermost_of_their_tags() -> None:
    text, spans = parse(NESTED)
    names = [(text[s:e], tag) for s, e, tag in layer_spans(spans, LAYERS["names"])]
    assert names == [("青槐县气象局", "O"), ("局长", "T"), ("罗听澜", "P")]
    assert [text[s:e] for s, e, _ in layer_spans(spans, LAYERS["things"])] == ["全省先进个人"]


def structure(line: str) -> list[str]:
    return re.findall(r"</?[A-Z]>", line)


def test_vary_keeps_the_tags_and_changes_the_names() -> None:
    source = [NESTED, "走进<L>柳坞村</L>,<P>让·米勒</P>与<P>韩予舟</P>同行", "没有名字的一句"]
    changed = vary(source, random.Random(3))
    assert [structure(line) for line in changed] == [structure(source[0]), structure(source[1])]
    assert all(new != old for new, old in zip(changed, source, strict=False))
    assert "<P>让·米勒</P>" in changed[1]  # a foreign name is left alone
    assert re.search(r"<L>..村</L>", changed[1])  # a village stays a village
    assert vary(source, random.Random(3)) == changed


def test_generate_fills_every_slot() -> None:
    templates = ["{P}到{L}走访{n}户,{occ}{P}荣获{H},{O}的{T}说"]
    tagged = [NESTED, "到<L>柳坞村</L>", "<A>读书节</A>的<W>潮信</W>"]
    made = generate(tagged, templates, random.Random(1), each=4)
    assert len(made) == 4 and not any("{" in line for line in made)
    for line in made:
        assert {"P", "L", "H", "O", "T"} <= {s.tag for s in parse(line)[1]}
    assert sum("，" in line for line in made) == 2  # half of them in full width


def test_the_shipped_sentences_all_parse() -> None:
    found = sentences(MODELS / "training")
    assert len(found) >= 1000
    assert {s.tag for _, spans in found for s in spans} == set("POLTHAW")


TINY = [
    "<O>青槐县气象局</O><T>局长</T><P>罗听澜</P>荣获<H>全省先进个人</H>称号",
    "<O>石鼓县水利局</O><T>局长</T><P>韩予舟</P>荣获<H>全省先进工作者</H>称号",
    "<O>柳坞县审计局</O><T>副局长</T><P>陆问溪</P>荣获<H>全市先进个人</H>称号",
    "<O>桑溪县财政局</O><T>局长</T><P>方听雨</P>荣获<H>全国先进工作者</H>称号",
] * 3


def test_a_tiny_model_beats_nothing(tmp_path: Path) -> None:
    train([parse(line) for line in TINY], tmp_path, iterations=30)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["names.crf", "things.crf"]
    unseen = [parse("<O>泥湾县民政局</O><T>局长</T><P>罗予溪</P>荣获<H>全省先进个人</H>称号")]
    tagger, nothing = Tagger(tmp_path), Tagger(tmp_path / "nowhere")
    assert tagger and not nothing
    assert nothing.tag(Lexis(unseen[0][0])) == []
    trained, none = score(tagger, unseen), score(nothing, unseen)
    assert all(none[tag][2] == 0 for tag in "POTH")
    assert sum(trained[tag][2] for tag in "POTH") >= 2
    assert all(0 < f.probability <= 1 + 1e-9 for f in tagger.tag(Lexis(unseen[0][0])))


def test_training_twice_gives_the_same_model(tmp_path: Path) -> None:
    data = [parse(line) for line in TINY[:4]]
    for name in ("a", "b"):
        train(data, tmp_path / name, iterations=10)
    assert (tmp_path / "a" / "names.crf").read_bytes() == (tmp_path / "b" / "names.crf").read_bytes()


def test_lines_come_in_a_fixed_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("乙\n\n", "utf-8")
    (tmp_path / "a.txt").write_text("  甲  \n", "utf-8")
    assert lines(tmp_path) == ["甲", "乙"]


def test_tagged_is_a_plain_value() -> None:
    assert Tagged(0, 2, "P", 0) == parse("<P>若松</P>")[1][0]
