"""The lexicons: their size, their consistency, and what they say of known names."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lexicons
from kg.errors import RuleError
from kg.model import LEVELS
from kg.vocab import KG

HERE = Path(lexicons.__file__).parent
RANKS = {None, "国家级", "省部级", "市厅级", "县处级", "乡科级"}


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_there_is_enough_of_everything() -> None:
    assert (
        len(_rows("honours.csv")) >= 500
        and len(_rows("organizations.csv")) >= 450
        and len(_rows("media.csv")) >= 400
    )
    assert len(lexicons.titles()) >= 200
    assert len(lexicons.surnames()) >= 500
    assert len(lexicons.org_suffixes()) >= 400 and len(lexicons.site_suffixes()) >= 100
    assert len(lexicons.classifiers()) >= 200 and len(lexicons.given_name_characters()) >= 500


@pytest.mark.parametrize("table", ["honours.csv", "organizations.csv", "media.csv"])
def test_no_name_stands_twice(table: str) -> None:
    names: list[str] = []
    for row in _rows(table):
        names += [row["name"], *filter(None, row["aliases"].split("|"))]
    folded = [lexicons.fold(name) for name in names]
    assert sorted(folded) == sorted(set(folded))
    assert all(name == name.strip() and name for name in names)


def test_cells_hold_known_values() -> None:
    for entry in lexicons.honours().values():
        assert entry.level is None or entry.level in LEVELS
        assert entry.rank in RANKS
        assert entry.subtype in {"HonoraryTitle", "Medal", "Prize", "Certification", "Grade"}
        assert entry.grade == (entry.subtype == "Grade")
        assert set(re.findall(r"{.+?}", entry.conferred_by)) <= {entry.name[:3]}
    for place in ("{省}", "{市}", "{县}"):
        assert any(name.startswith(place) for name in lexicons.honours())
    for outlet in lexicons.media().values():
        assert outlet.kind in {
            "newspaper",
            "magazine",
            "agency",
            "broadcast",
            "web",
            "app",
            "platform",
            "programme",
        }
        assert outlet.level in {"central", "province", "city", "commercial"}


def test_subtypes_are_classes_of_the_ontology() -> None:
    subtypes = {e.subtype for e in lexicons.organizations().values()} | {*lexicons.org_suffixes().values()}
    subtypes |= {*lexicons.site_suffixes().values()}
    subtypes |= {e.subtype for e in lexicons.honours().values()} - {"Grade"}
    for subtype in sorted(subtypes):
        assert str(KG[subtype]).endswith(subtype)


def test_a_series_has_a_head_that_its_name_shows() -> None:
    """Of the organisations with a subtype from their ending, none contradicts the suffix table about the party's organs."""
    organs = {"PartyBranch", "PartyGeneralBranch", "Court", "Procuratorate", "School", "YouthLeague"}
    for entry in lexicons.organizations().values():
        told = lexicons.organization_subtype(re.sub(r"[((].*", "", entry.name))
        assert told not in organs or told == entry.subtype, entry.name


@pytest.mark.parametrize(
    ("name", "level", "rank", "body"),
    [
        ("湖北省三八红旗手", "provincial", "市厅级", "湖北省妇女联合会"),
        ("全国五一劳动奖状", "national", "省部级", "中华全国总工会"),
        ("XX市文明单位", "municipal", "市厅级", "中共XX市委、XX市人民政府"),
        ("2022年度“湖北省生态村”", "provincial", "市厅级", None),
        ("全省离退休干部“示范党支部”", "provincial", "市厅级", None),
        ("省直机关“红旗党支部”", "provincial", "市厅级", "省委直属机关工委"),
        ("湖北五一劳动奖章", "provincial", "市厅级", "湖北省总工会"),
        ("广西壮族自治区劳动模范", "provincial", "省部级", None),
        ("恩施州文明单位", "municipal", "市厅级", None),
        ("全县先进基层党组织", "county", "县处级", "中共县委"),
        ("荆楚工匠", "provincial", "市厅级", "湖北省总工会"),
        ("第十届全国文明单位", "national", "国家级", "中央精神文明建设指导委员会"),
        ("全国最美家庭", "national", "省部级", "中华全国妇女联合会"),
        ("巾帼文明岗", None, None, "授予机关"),
        ("先进集体", None, None, None),
        ("竹山县生态村", "county", None, None),
    ],
)
def test_match_honour(name: str, level: str | None, rank: str | None, body: str | None) -> None:
    entry = lexicons.match_honour(name)
    assert entry is not None
    assert entry.level == level
    assert rank is None or entry.rank == rank
    assert body is None or entry.conferred_by == body
    assert "{" not in entry.conferred_by + entry.name


@pytest.mark.parametrize("name", ["", "湖北省", "党建引领", "{省}文明单位", "何家湾村", "全国"])
def test_what_is_no_honour(name: str) -> None:
    assert lexicons.match_honour(name) is None


def test_grades_are_marked() -> None:
    for name in ("一等奖", "金奖", "优秀奖", "特等奖", "三等奖"):
        entry = lexicons.match_honour(name)
        assert entry is not None and entry.grade


def test_the_honours_of_the_real_report_are_known() -> None:
    names = (
        "省直机关文明单位,全省离退休干部示范党支部,全省高校样板党支部,省直机关红旗党支部,省级乡村振兴示范村,湖北省生态村,"
        "全国标杆示范童伴之家,全省共青团工作先进单位,省直机关共青团和青年工作先进单位,全国巾帼文明岗,全国最美家庭,荆楚工匠,"
        "湖北省三八红旗手,湖北省女职工建功立业标兵,省直机关最美巾帼奋斗集体"
    )
    assert [name for name in names.split(",") if lexicons.match_honour(name) is None] == []


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("省总工会", "湖北省总工会"),
        ("团省委", "共青团湖北省委员会"),
        ("省直机关工委", "中共湖北省委直属机关工作委员会"),
        ("省委直属机关工委", "中共湖北省委直属机关工作委员会"),
        ("省委党校", "中共湖北省委党校(湖北省行政学院)"),
        ("省地质局", "湖北省地质局"),
        ("省烟草局", "湖北省烟草专卖局"),
        ("省妇联", "湖北省妇女联合会"),
        ("省政府", "湖北省人民政府"),
        ("武汉大学", None),
    ],
)
def test_relative_names_are_completed(name: str, full: str | None) -> None:
    assert lexicons.complete(name, "湖北") == full
    assert lexicons.complete(name, "湖北省") == full


@pytest.mark.parametrize(
    ("name", "full", "subtype"),
    [
        ("全总", "中华全国总工会", "TradeUnion"),
        ("湖北省委组织部", "中共湖北省委组织部", "PartyWorkDepartment"),
        ("共青团湖北省委", "共青团湖北省委员会", "YouthLeague"),
        ("湖北省委直属机关工作委员会", "中共湖北省委直属机关工作委员会", "PartyWorkCommittee"),
        ("竹山县妇联", "竹山县妇女联合会", "WomensFederation"),
        ("随州市教育局", "随州市教育局", "Bureau"),
        ("地大(武汉)", "中国地质大学(武汉)", "School"),
        ("山东地矿局第六地质大队", "山东省地质矿产勘查开发局第六地质大队", "PublicInstitution"),
    ],
)
def test_match_organization(name: str, full: str, subtype: str) -> None:
    entry = lexicons.match_organization(name)
    assert entry is not None and (entry.name, entry.subtype) == (full, subtype)


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("局党委", "PartyCommittee"),
        ("局团委", "YouthLeague"),
        ("机关党委", "PartyCommittee"),
        ("驻村工作队", "Team"),
        ("湖北城市地质工程院", "PublicInstitution"),
        ("武基公司三分公司", "Enterprise"),
        ("第六地质大队", "PublicInstitution"),
        ("省烟草局", "Bureau"),
        ("省委党校", "PartySchool"),
        ("青槐县人民法院", "Court"),
        ("溢水镇中学", "School"),
        ("组织人事处", "Department"),
        ("团省委", "YouthLeague"),
        ("省总工会", "TradeUnion"),
        ("县人民医院", "Hospital"),
    ],
)
def test_organization_subtype(name: str, subtype: str) -> None:
    assert lexicons.organization_subtype(name) == subtype


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("光明日报", "newspaper"),
        ("中国自然资源报", "newspaper"),
        ("湖北日报", "newspaper"),
        ("学习强国", "platform"),
        ("湖北省人民政府网", "web"),
        ("湖北机关党建网", "web"),
        ("《湖北机关党建》", "magazine"),
        ("《党员生活》", "magazine"),
        ("湖北电视台", "broadcast"),
        ("央视", "broadcast"),
        ("人民网", "web"),
        ("新华社", "agency"),
        ("竹山县融媒体中心", "broadcast"),
        ("青槐日报", "newspaper"),
    ],
)
def test_match_media(name: str, kind: str) -> None:
    entry = lexicons.match_media(name)
    assert entry is not None and entry.kind == kind


def test_titles() -> None:
    titles = lexicons.titles()
    for title in (
        "党委书记",
        "局长",
        "副局长",
        "党组书记",
        "第一书记",
        "机关党委专职副书记",
        "总工程师",
        "副主任",
        "总书记",
    ):
        assert titles[title] == "post"
    assert list(titles) == sorted(titles, key=lambda title: (-len(title), title))
    assert "局党委书记" in titles


def test_surnames() -> None:
    surnames = lexicons.surnames()
    for name in "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文":
        assert name in surnames, name
    assert {"欧阳", "司马", "上官", "诸葛", "尉迟", "万俟", "单", "查", "解", "仇"} <= set(surnames)
    assert all(0 <= share < 0.1 for share in surnames.values())
    assert max(map(len, surnames)) <= 5


def test_loading_is_fast() -> None:
    code = (
        "import sys, time; from kg import lexicons as x; t = time.perf_counter(); x.honours(); x.media(); x.organizations();"
        "x.org_suffixes(); x.site_suffixes(); x.titles(); x.surnames(); x.classifiers(); x.match_organization('省总工会');"
        "sys.exit(time.perf_counter() - t > 0.05)"
    )
    root = Path(__file__).parent.parent
    assert any(subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0 for _ in range(5))


def test_a_ragged_table_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1\n", encoding="utf-8")
    monkeypatch.setattr(lexicons, "_HERE", tmp_path)
    with pytest.raises(RuleError, match="columns"):
        lexicons._rows("x.csv")


@given(st.text(alphabet="湖北省市县全级文明单位先进集体团委局“”{}《》 2023年度第三届X", max_size=16))
def test_lookups_never_fail(name: str) -> None:
    entry = lexicons.match_honour(name)
    assert entry is None or "{" not in entry.name
    lexicons.match_organization(name), lexicons.match_media(name), lexicons.organization_subtype(name)
    assert lexicons.fold(lexicons.fold(name)) == lexicons.fold(name)
