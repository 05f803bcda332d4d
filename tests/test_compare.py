"""An archive as a whole: claims that repeat or disagree, years compared, who has not reported, why two are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.archive import add
from kg.cli import main
from kg.compare import compare, roster
from kg.errors import QueryError
from kg.explain import explain
from kg.query import ask

REPORTS = Path(__file__).parent / "small_archive"
REPORT = "{name}{year}年工作总结\n来源:{name} {next}-01-05\n\n{year}年,{text}\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    add(folder, REPORTS)
    return folder


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("figures")
    told = {
        "a": ("青槐县图书馆", 2022, "青槐县图书馆接待读者12万人次,举办讲座26场。"),
        "b": ("青槐县文化局", 2022, "青槐县图书馆接待读者13万人次,举办讲座26场。"),
        "c": ("青槐县图书馆", 2023, "青槐县图书馆接待读者15万人次,举办讲座30场。"),
    }
    for file, (name, year, text) in told.items():
        (source / f"{file}.txt").write_text(REPORT.format(name=name, year=year, next=year + 1, text=text), "utf-8")
    add(folder, source)
    return folder


def test_one_honour_told_by_two_reports_is_one_group_and_counts_once(archive: Path) -> None:
    rows = [r for r in ask(archive, "duplicates").records() if r["kind"] == "award"]
    told = [(str(r["report"]).rpartition("/")[2], r["counts"]) for r in rows if "claim" in str(r["group"])]
    assert told == [("hb-geo6-2022", True), ("hb-geo-2022", False)]
    assert all(r["reason"] for r in rows)
    told = [r for r in ask(archive, "awards").records() if r["honourName"] == "2022年度省级文明单位"]
    counted = [r for r in ask(archive, "honours-of-year").records() if r["honourName"] == "2022年度省级文明单位"]
    assert (len(told), len(counted)) == (2, 1)


def test_who_else_won_it_across_provinces(archive: Path) -> None:
    rows = ask(archive, "who-else-won").records()
    pairs = {(r["recipientName"], r["otherName"]) for r in rows if "文明单位" in str(r["honourName"])}
    assert ("湖北省地质局第六地质大队", "河南省地质局") in pairs
    honours = {r["honour"] for r in rows if "文明单位" in str(r["honourName"])}
    assert len(honours) >= 3  # one series, not one honour


def test_figures_that_disagree_stand_side_by_side(figures: Path) -> None:
    (row,) = ask(figures, "conflicts").records()
    assert {int(str(row["value"])), int(str(row["otherValue"]))} == {120000, 130000}
    totals = {(r["indicator"], r["year"]): r for r in ask(figures, "measure-totals").records()}
    lectures = [r for (indicator, year), r in totals.items() if "讲座" in str(indicator) and str(year) == "2022"]
    assert [(int(str(r["total"])), r["statements"]) for r in lectures] == [(26, 1)]


def test_years_compared(archive: Path, figures: Path) -> None:
    found = compare(archive, [2021, 2022])
    assert {row[0] for row in found.honours} >= {"provincial", "county"}
    some = compare(archive, [2021, 2022], "湖北省地质局")
    assert sum(int(str(n or 0)) for row in some.honours for n in row[1:]) < sum(
        int(str(n or 0)) for row in found.honours for n in row[1:]
    )
    lectures = [row for row in compare(figures, [2022, 2023]).measures if "讲座" in str(row[1])]
    assert [row[-2:] for row in lectures] == [(26, 30)]
    with pytest.raises(QueryError):
        compare(archive, [2021], "不存在的局")


def test_not_reported_is_not_zero(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(QueryError):
        roster(archive, [2022])
    (archive / "roster.csv").write_text("unit,from,to\n湖北省地质局,2021,\n青槐县图书馆,,\n蓟棠博物馆,2022,\n", "utf-8")
    found = {(e.unit, e.year): e.reports for e in roster(archive, [2021, 2022])}
    assert found["湖北省地质局", 2022] == ("hb-geo-2022",)
    assert found["青槐县图书馆", 2021] == () == found["蓟棠博物馆", 2022]
    assert ("蓟棠博物馆", 2021) not in found
    assert main(["roster", str(archive), "--year", "2022"]) == 1
    assert "未报" in capsys.readouterr().out


def test_why_two_are_one_or_not(archive: Path) -> None:
    one = str(explain(archive, "organization/湖北省总工会", "湖北省总工会"))
    assert "推得的全称" in one and "publisher-province" in one
    two = str(explain(archive, "湖北省地矿局", "湖北省地质局"))
    assert "前身" in two and "2019-03" in two
    people = str(explain(archive, "person/王伟/湖北省地质局", "person/王伟/河南省地质局"))
    assert "所属单位不同" in people
    assert explain(archive, "王伟").outcome == "ambiguous"
