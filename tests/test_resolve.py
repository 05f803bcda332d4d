"""One identity for each person, organisation, place and honour: within a report and across an archive."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from kg.annotate import load
from kg.model import Extraction, Resolution
from kg.process import extract_each
from kg.read import read, read_text
from kg.resolve import Identity, resolve
from kg.resolve.identity import parse
from kg.resolve.names import called, related

REPORTS = Path(__file__).parent / "small_archive"


@cache
def archive() -> tuple[Extraction, ...]:
    return tuple(extract_each([read(path) for path in sorted(REPORTS.glob("*.txt"))], nlp=load()))


@cache
def resolved() -> Resolution:
    return resolve(archive())


def of(text: str, source: str = "r.txt") -> Resolution:
    return resolve(list(extract_each([read_text(text, source=source)], nlp=load())))


def key(resolution: Resolution, report: str, name: str) -> str:
    """The entity that the first mention of a name in a report means."""
    found = sorted((m.start, k) for (r, m), k in resolution.meaning.items() if r == report and name in (m.text, m.name))
    assert found, f"{name} is not mentioned in {report}"
    return found[0][1]


ONE = (
    [("hb-geo-2021", "湖北省地质局"), ("hb-geo-2022", "省地质局"), ("hb-geo6-2022", "湖北省地质局")],
    [("hb-geo-2021", "第六地质大队"), ("hb-geo6-2022", "我队"), ("hb-geo-2022", "第六地质大队")],
    [("hb-geo-2021", "省总工会"), ("hb-geo-2022", "省总工会"), ("zs-met-2022", "省总工会")],
    [("qh-met-2021", "县局"), ("qh-met-2022", "青槐县气象局"), ("qh-met-2022", "县气象局")],
    [("qh-met-2021", "县总工会"), ("qh-lib-2022", "县总工会")],
    [("qh-met-2022", "县委"), ("qh-lib-2022", "县委")],
    [("hb-geo-2021", "沈砚秋"), ("hb-geo-2022", "沈砚秋")],
    [("hb-geo-2021", "王伟"), ("hb-geo6-2022", "王伟")],
    [("hn-geo-2021", "王伟"), ("hn-geo-2023", "王伟")],
    [("qh-met-2022", "邹秉南"), ("qh-lib-2022", "邹秉南")],
    [("hb-geo-2021", "竹山县溢水镇何家湾村"), ("zs-met-2022", "溢水镇何家湾村")],
    [("hn-geo-2021", "省级文明单位"), ("hn-geo-2023", "省级文明单位")],
    [("hb-mine-2018", "沈砚秋"), ("hb-geo-2021", "沈砚秋")],
    [("hb-town-2023", "省总工会"), ("hb-geo-2021", "省总工会")],
    [("hb-town-2023", "县气象局"), ("qh-met-2021", "青槐县气象局")],
    [("hb-town-2023", "青槐县下坪村"), ("qh-met-2021", "石鼓镇下坪村")],
)
TWO = (
    [("hb-geo-2021", "省总工会"), ("hn-geo-2021", "省总工会")],
    [("hb-geo-2021", "局团委"), ("hn-geo-2021", "局团委")],
    [("hb-geo-2021", "王伟"), ("hn-geo-2021", "王伟")],
    [("qh-met-2022", "谢怀石"), ("qh-lib-2022", "谢怀石")],
    [("qh-met-2021", "罗听澜"), ("zs-met-2022", "罗听澜")],
    [("hb-geo6-2022", "2022年度省级文明单位"), ("hn-geo-2021", "省级文明单位")],
    [("hb-mine-2019", "湖北省地矿局"), ("hb-mine-2019", "湖北省地质局")],
)


@pytest.mark.parametrize("names", ONE, ids=lambda n: n[0][1])
def test_one_across_reports(names: list[tuple[str, str]]) -> None:
    assert len({key(resolved(), *name) for name in names}) == 1


@pytest.mark.parametrize("names", TWO, ids=lambda n: n[0][1])
def test_two_across_reports(names: list[tuple[str, str]]) -> None:
    assert len({key(resolved(), *name) for name in names}) == len(names)


def test_completed_names_are_inferences_and_never_labels() -> None:
    (union,) = [e for e in resolved().entities if e.key == "organization/湖北省总工会"]
    assert union.label == "省总工会"
    assert {i.value for i in union.inferences} == {"湖北省总工会"}
    assert all(i.report and i.rule == "publisher-province" and i.score <= 1 for i in union.inferences)


def test_a_renaming_is_a_link_and_no_merge() -> None:
    bureau = next(e for e in resolved().entities if e.key == "organization/湖北省地质局")
    assert [i.value for i in bureau.inferences if i.what == "predecessor"] == ["organization/湖北省地矿局"]


def test_the_order_of_the_reports_does_not_matter() -> None:
    some = archive()[:4]
    assert all(resolve(order) == resolve(some) for order in permutations(some))


def test_every_mention_means_an_entity_and_every_merge_has_its_rule() -> None:
    keys = {e.key for e in resolved().entities}
    mentions = {(e.document.id, m) for e in archive() for m in e.mentions}
    assert mentions == set(resolved().meaning) and set(resolved().meaning.values()) <= keys
    merges = [m for e in resolved().entities for m in e.merges]
    assert len(merges) == len(mentions) > 100
    assert all(m.rule and 0 < m.score <= 1 for m in merges)


def test_containment_reaches_the_province() -> None:
    codes = {e.code for e in resolved().entities}
    assert {"420323101205", "420323101000", "420323000000", "420300000000", "420000000000"} <= codes
    village = next(e for e in resolved().entities if e.code == "420323101205")
    assert village.point is not None and village.point_of == "township"


# --- within a report -----------------------------------------------------------------------------------------

SHORT = (
    ("Organization", "县气象局", "青槐县气象局", "suffix"),
    ("Organization", "县局", "青槐县气象局", "ladder"),
    ("Organization", "青槐气象", "青槐县气象局", "clipped"),
    ("Organization", "团县委", "共青团岫岭县委", "league"),
    ("Organization", "云岭农商行", "云岭农村商业银行", "abbreviation"),
    ("Organization", "中交一公局", "中交一公局集团有限公司", "company"),
    ("Organization", "市消防救援大队", "瑞金消防救援大队", "level-dropped"),
    ("Organization", "三分公司", "武基公司三分公司", "suffix"),
    ("Place", "青槐", "青槐县", "suffix-dropped"),
    ("Place", "何家湾村", "溢水镇何家湾村", "suffix"),
    ("Honour", "红旗党支部", "省直机关红旗党支部", "suffix"),
)


@pytest.mark.parametrize(("kind", "short", "long", "rule"), SHORT)
def test_a_short_name_and_its_rule(kind: str, short: str, long: str, rule: str) -> None:
    found = related(kind, short, long)
    assert found is not None and found.rule == rule


@pytest.mark.parametrize(
    ("kind", "short", "long"),
    [
        ("Organization", "党支部", "测报股党支部"),
        ("Organization", "公司", "港务集团公司"),
        ("Organization", "甲县医院", "甲县中医医院"),
        ("Organization", "县委", "共青团青槐县委"),
        ("Honour", "技术发明一等奖", "技术发明"),
        ("Person", "王伟", "李王伟"),
    ],
)
def test_no_short_name(kind: str, short: str, long: str) -> None:
    assert related(kind, short, long) is None


def test_who_may_be_called_what() -> None:
    assert called("大队", "第六地质大队") and called("校", "青槐县第一中学") and called("行", "云岭农商行")
    assert not called("局", "青槐县图书馆") and not called("集团", "港务集团第七工程公司")


def test_a_bare_village_is_the_chain_named_before_it() -> None:
    found = of(
        "竹山县气象局2022年工作总结\n来源:竹山县气象局 2022-12-30\n\n工作队到溢水镇何家湾村走访。随后在何家湾村召开座谈会。"
    )
    villages = [e for e in found.entities if e.kind == "Place" and "何家湾" in e.label]
    assert [e.code for e in villages] == ["420323101205"]


def test_an_ambiguous_village_keeps_its_candidates() -> None:
    found = of("某某公司工作总结\n\n2022年,工作队到何家湾村走访慰问。")
    (village,) = [e for e in found.entities if e.kind == "Place" and "何家湾" in e.label]
    assert village.code is None and len(village.candidates) > 5


# --- identity.toml -------------------------------------------------------------------------------------------


def decided(**tables: list[dict[str, object]]) -> Resolution:
    return resolve(archive(), parse(dict(tables)))


def test_a_merge_can_be_forced_and_named() -> None:
    found = decided(same=[{"names": ["青槐县图书馆", "竹山县气象局"], "label": "竹山县气象局"}])
    assert key(found, "qh-lib-2022", "我馆") == key(found, "zs-met-2022", "竹山县气象局")
    merged = next(e for e in found.entities if e.key == key(found, "zs-met-2022", "竹山县气象局"))
    assert merged.label == "竹山县气象局" and "identity.toml" in {m.rule for m in merged.merges}


def test_a_merge_can_be_forbidden() -> None:
    found = decided(different=[{"names": ["沈砚秋@hb-geo-2021", "沈砚秋@hb-geo-2022"]}])
    assert key(found, "hb-geo-2021", "沈砚秋") != key(found, "hb-geo-2022", "沈砚秋")
    assert key(found, "hb-geo-2021", "王伟") == key(resolved(), "hb-geo-2021", "王伟")


def test_an_empty_identity_changes_nothing() -> None:
    assert resolve(archive(), Identity()) == resolved()


# --- how good ------------------------------------------------------------------------------------------------


def b_cubed(gold: dict[object, object], found: dict[object, object]) -> tuple[float, float]:
    """Precision and recall of clusters by the B-cubed measure of Bagga and Baldwin (1998).

    Both map items to cluster ids and hold the same items.
    """
    assert gold.keys() == found.keys() and gold
    groups: dict[str, defaultdict[object, set[object]]] = {"gold": defaultdict(set), "found": defaultdict(set)}
    for item in gold:
        groups["gold"][gold[item]].add(item)
        groups["found"][found[item]].add(item)
    shared = [len(groups["gold"][gold[i]] & groups["found"][found[i]]) for i in gold]
    precision = sum(n / len(groups["found"][found[i]]) for n, i in zip(shared, gold, strict=True)) / len(gold)
    recall = sum(n / len(groups["gold"][gold[i]]) for n, i in zip(shared, gold, strict=True)) / len(gold)
    return precision, recall


def test_b_cubed_itself() -> None:
    gold: dict[object, object] = dict(enumerate("aaab"))
    assert b_cubed(gold, gold) == (1.0, 1.0)
    assert b_cubed(gold, dict.fromkeys(gold, 1))[1] == 1.0
    assert b_cubed(gold, dict.fromkeys(gold, 1))[0] == pytest.approx((3 * 3 / 4 + 1 / 4) / 4)
    assert Counter(gold.values())["a"] == 3
