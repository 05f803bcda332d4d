"""An archive is always what a fresh build of its reports would be, and a killed command leaves it whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import archive, query
from kg.archive import add, remove
from kg.errors import GraphError, InputError
from kg.graph import GRAPH_FILE
from kg.pipeline import FILES, build

LONG = bool(os.environ.get("KG_LONG"))
REPORTS = Path(__file__).parent / "small_archive"
NAMES = ("hb-geo-2021", "hb-geo-2022", "hn-geo-2021", "qh-met-2021", "zs-met-2022")
MORE = "局办公室主任秦观澜获评全省先进个人。"


@cache
def versions() -> Path:
    """A folder for each version of the reports."""
    home = Path(mkdtemp(prefix="kg-versions-"))
    for version in ("1", "2"):
        (home / version).mkdir()
        for name in NAMES:
            text = (REPORTS / f"{name}.txt").read_text("utf-8")
            (home / version / f"{name}.txt").write_text(text + (MORE if version == "2" else ""), "utf-8")
    return home


def file(name: str, version: str) -> Path:
    return versions() / version / f"{name}.txt"


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


@cache
def fresh(held: frozenset[tuple[str, str]]) -> dict[str, bytes]:
    """The files of a fresh build of these versions of these reports."""
    folder = Path(mkdtemp(prefix="kg-fresh-"))
    build([file(name, version) for name, version in sorted(held)], folder)
    found = contents(folder)
    shutil.rmtree(folder)
    return found


STEP = st.tuples(
    st.sampled_from(["add", "add", "add", "remove"]),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from("12")), min_size=1, max_size=3, unique_by=lambda x: x[0]),
)


@settings(
    max_examples=200 if LONG else 20,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(STEP, min_size=1, max_size=6))
def test_any_sequence_gives_the_bytes_of_a_fresh_build(steps: list[tuple[str, list[tuple[str, str]]]]) -> None:
    folder = Path(mkdtemp(prefix="kg-archive-"))
    held: dict[str, str] = {}
    try:
        for what, reports in steps:
            if what == "add":
                add(folder, [file(name, version) for name, version in reports])
                held.update(reports)
            elif 0 < len(gone := [name for name, _ in reports if name in held]) < len(held):
                remove(folder, gone)
                held = {name: version for name, version in held.items() if name not in gone}
        if held:
            assert archive.reports(folder) == tuple(sorted(held))
            assert contents(folder) == fresh(frozenset(held.items()))
    finally:
        shutil.rmtree(folder)


def test_unchanged_reports_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = add(tmp_path / "a", [file(NAMES[0], "1"), file(NAMES[1], "1")])
    assert (first.added, first.unchanged) == (NAMES[:2], ())
    before = contents(tmp_path / "a")

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("kg.read.read", fail)
    monkeypatch.setattr("kg.extract.extract", fail)
    again = add(tmp_path / "a", [file(NAMES[1], "1"), file(NAMES[0], "1")])
    assert (again.added, again.replaced, again.unchanged) == ((), (), NAMES[:2])
    assert contents(tmp_path / "a") == before
    remove(tmp_path / "a", [NAMES[0]])


def test_a_new_version_replaces(tmp_path: Path) -> None:
    add(tmp_path, [file(NAMES[0], "1"), file(NAMES[1], "1")])
    changed = add(tmp_path, file(NAMES[0], "2"))
    assert (changed.added, changed.replaced) == ((), NAMES[:1])
    assert any(row["personName"] == "秦观澜" for row in query.ask(tmp_path, "posts").records())


def test_a_built_folder_can_grow(tmp_path: Path) -> None:
    build([file(name, "1") for name in NAMES[:3]], tmp_path)
    assert add(tmp_path, [file(NAMES[3], "1"), file(NAMES[0], "1")]).unchanged == NAMES[:1]
    assert contents(tmp_path) == fresh(frozenset((name, "1") for name in NAMES[:4]))
    build([file(name, "1") for name in NAMES[:2]], tmp_path)  # and be built again
    assert contents(tmp_path) == fresh(frozenset((name, "1") for name in NAMES[:2]))
    assert archive.reports(tmp_path) == tuple(sorted(NAMES[:2]))


def test_each_report_is_a_named_graph(tmp_path: Path) -> None:
    add(tmp_path, [file(name, "1") for name in NAMES])
    rows = query.ask(tmp_path, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?r a kg:Report } }").rows
    assert len(rows) == len(NAMES)


def test_errors_change_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        add(tmp_path / "new", tmp_path / "nothing.txt")
    assert not (tmp_path / "new").exists()
    folder = tmp_path / "a"
    add(folder, file(NAMES[0], "1"))
    before = contents(folder)
    (tmp_path / "empty.txt").write_text(" ", "utf-8")
    for wrong in ([tmp_path / "empty.txt"], [file(NAMES[0], "1"), file(NAMES[0], "2")]):
        with pytest.raises(InputError):
            add(folder, wrong)
    with pytest.raises(InputError, match="hb-geo-2021"):
        remove(folder, ["hb-geo-2012"])
    with pytest.raises(InputError, match="last report"):
        remove(folder, [NAMES[0]])
    (folder / "identity.toml").write_text("[[sane]]\n", "utf-8")
    with pytest.raises(InputError, match=r"identity\.toml"):
        add(folder, file(NAMES[1], "1"))
    assert contents(folder) == before
    with pytest.raises(GraphError):
        remove(tmp_path / "none", ["x"])


def test_a_graph_that_was_edited_is_not_taken_for_the_archive(tmp_path: Path) -> None:
    build(file(NAMES[0], "1"), tmp_path)
    with (tmp_path / GRAPH_FILE).open("a", encoding="utf-8") as stream:
        stream.write("# mine\n")
    with pytest.raises(GraphError, match="kg build"):
        add(tmp_path, file(NAMES[1], "1"))


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_add_leaves_the_archive_as_before_or_as_after(tmp_path: Path) -> None:
    old = frozenset((name, "1") for name in NAMES[:2])
    new = old | {(NAMES[2], "1")}
    before, after = fresh(old), fresh(new)
    seconds = _time_of_add(tmp_path / "timed", old)
    dice = random.Random(4)
    seen = set()
    for number in range(50 if LONG else 8):
        folder = tmp_path / str(number)
        add(folder, [file(name, version) for name, version in sorted(old)])
        child = _add_elsewhere(folder, file(NAMES[2], "1"))
        time.sleep(dice.uniform(0.3 * seconds, 1.02 * seconds))
        child.send_signal(signal.SIGKILL)
        child.wait()
        left = contents(folder)
        assert left in (before, after), number
        seen.add(left == after)
        add(folder, file(NAMES[2], "1"))  # and works on
        assert contents(folder) == after
        shutil.rmtree(folder)


def _add_elsewhere(folder: Path, report: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg", "add", str(folder), str(report)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _time_of_add(folder: Path, old: frozenset[tuple[str, str]]) -> float:
    add(folder, [file(name, version) for name, version in sorted(old)])
    start = time.monotonic()
    assert _add_elsewhere(folder, file(NAMES[2], "1")).wait() in (0, 1)
    return time.monotonic() - start
