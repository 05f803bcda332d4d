"""``output/`` is generated: what is committed there is what one command builds from the packaged sample."""

from __future__ import annotations

import struct
from itertools import zip_longest
from pathlib import Path

import pytest
from make_overview import overview
from sample_build import ROOT, kg

OUTPUT = ROOT / "output"
FILES = ("graph.trig", "graph.html", "report.md")
PICTURE = "overview.png"
REBUILD = "kg demo -o output && python tests/make_overview.py"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "output"
    done = kg("demo", "-o", folder)
    assert done.returncode == 0, done.stderr
    return folder


def committed(name: str) -> Path:
    path = OUTPUT / name
    if not path.is_file():
        pytest.fail(f"output/{name} is missing; run: {REBUILD}", pytrace=False)
    return path


def difference(old: bytes, new: bytes) -> str:
    """The first line that differs, as short as it can be shown.

    >>> difference(b"a\\nb\\n", b"a\\nc\\n")
    "line 2: committed 'b', built 'c'"
    """
    pairs = zip_longest(old.split(b"\n"), new.split(b"\n"), fillvalue=b"")
    number, (was, now) = next((n, p) for n, p in enumerate(pairs, 1) if p[0] != p[1])
    at = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    around = slice(max(0, at - 30), at + 60)
    shown = [repr(line[around].decode("utf-8", "replace")) for line in (was, now)]
    return f"line {number}: committed {shown[0]}, built {shown[1]}"


@pytest.mark.parametrize("name", FILES)
def test_output_is_what_one_command_builds(name: str, fresh: Path) -> None:
    old, new = committed(name).read_bytes(), (fresh / name).read_bytes()
    if old != new:
        told = difference(old, new)
        pytest.fail(f"output/{name} is not what the sample builds ({told}); run: {REBUILD}", pytrace=False)


def test_output_holds_these_files_only() -> None:
    committed(PICTURE)
    assert sorted(path.name for path in OUTPUT.iterdir() if path.name != ".kg") == sorted([*FILES, PICTURE])


def test_the_committed_picture_is_one() -> None:
    assert_picture(committed(PICTURE))


def test_the_script_draws_the_picture(fresh: Path) -> None:
    assert_picture(overview(fresh))


def test_the_script_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="kg demo -o"):
        overview(tmp_path)


def test_the_readme_says_how_to_rebuild() -> None:
    assert REBUILD in (ROOT / "README.md").read_text("utf-8")


def assert_picture(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n"), f"{path} is no PNG; run: {REBUILD}"
    assert len(data) > 20_000, f"{path} is nearly empty; run: {REBUILD}"
    width, height = struct.unpack(">II", data[16:24])
    assert (width, height) >= (1000, 600)
