"""The notebooks run from a fresh kernel, offline, in a temporary folder, and are committed with their outputs.

``python tests/test_notebooks.py`` runs them all and writes their outputs back.
"""

from __future__ import annotations

import base64
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "notebooks"
NAMES = ("01-one-report", "02-ask-the-graph", "03-add-a-rule")
PLOTS = {"01-one-report": {"picture"}, "02-ask-the-graph": {"q3-plot", "q6-plot", "q7-plot"}}
TIMEOUT = 300  # seconds for one cell, on a busy machine
PNG = b"\x89PNG\r\n\x1a\n"
OFFLINE = '''
"""Refuses every connection that leaves this machine."""
import socket

_connect = socket.socket.connect


def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a notebook asked for the network: {address}")
    return _connect(self, address)


socket.socket.connect = connect
'''

each = pytest.mark.parametrize("name", NAMES)


def committed(name: str) -> NotebookNode:
    """A notebook as it stands in the repository."""
    found: NotebookNode = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    return found


def run(name: str, folder: Path) -> NotebookNode:
    """The notebook with new outputs, run by a fresh kernel in a folder; CellExecutionError if a cell fails."""
    notebook = committed(name)
    for cell in code(notebook):
        cell.outputs, cell.execution_count = [], None
    guard = folder / ".guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(OFFLINE, "utf-8")
    paths = [str(guard), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "random"}
    environment.pop("MPLBACKEND", None)
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env=environment)
    return notebook


def code(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def cell_of(notebook: NotebookNode, id: str) -> NotebookNode:
    """The cell with an id."""
    found: NotebookNode = next(cell for cell in notebook.cells if cell.id == id)
    return found


def shown(cell: NotebookNode, kind: str) -> list[str]:
    """What a cell shows, of one MIME type."""
    data = [output.data for output in cell.outputs if "data" in output]
    return [str(found[kind]) for found in data if kind in found]


def texts(notebook: NotebookNode) -> Iterator[str]:
    """Every piece of text in the outputs, without pictures."""
    for cell in code(notebook):
        for output in cell.outputs:
            yield from (str(value) for kind, value in output.get("data", {}).items() if kind != "image/png")
            yield str(output.get("text", ""))


def rows(notebook: NotebookNode, id: str) -> int:
    """How many rows the table of a cell has."""
    (table,) = shown(cell_of(notebook, id), "text/html")
    return table.partition("<tbody>")[2].count("<tr>")


def plots(notebook: NotebookNode) -> set[str]:
    """The ids of the cells that show a picture of some size."""
    drawn = set()
    for cell in code(notebook):
        for picture in shown(cell, "image/png"):
            data = base64.b64decode(picture)
            width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
            assert data.startswith(PNG) and width > 400 and height > 150 and len(data) > 5_000, cell.id
            drawn.add(cell.id)
    return drawn


def check(name: str, notebook: NotebookNode) -> None:
    """What holds for a notebook with its outputs, whatever the extractor finds."""
    for cell in code(notebook):
        assert not [o for o in cell.outputs if o.output_type in ("error", "stream")], cell.id
    assert plots(notebook) == PLOTS.get(name, set())
    CHECKS[name](notebook)
    for text in texts(notebook):
        assert not re.search(r"/tmp/|/home/|/root/|/work/|/Users/|[A-Z]:\\| at 0x[0-9a-f]{6,}", text), text[
            :300
        ]


def check_one_report(notebook: NotebookNode) -> None:
    (marks,) = shown(cell_of(notebook, "marks"), "text/html")
    assert marks.count("<mark") == marks.count("</mark>") > 80
    assert all(f">{kind}</sup>" in marks for kind in ("人", "组织", "地方", "荣誉", "数量", "日期"))
    assert re.search(r"<mark[^>]*>(?:(?!</mark>).)*<mark", marks), "no nested names"
    for id, least in (
        ("layout", 10),
        ("annotate", 8),
        ("spans", 10),
        ("facts", 10),
        ("kinds", 6),
        ("build", 6),
    ):
        assert rows(notebook, id) >= least, id
    (quotes,) = shown(cell_of(notebook, "offsets"), "text/plain")
    exact, every = map(int, re.findall(r"\d+", quotes))
    assert exact == every > 50
    (trig,) = shown(cell_of(notebook, "trig"), "text/plain")
    assert all(
        words in trig for words in ("a kg:Award", "a kg:Evidence", "kg:quote", "kg:start", "kg:honour")
    )
    (page,) = shown(cell_of(notebook, "page"), "text/html")
    assert '<iframe src="out/graph.html"' in page


def check_ask_the_graph(notebook: NotebookNode) -> None:
    asked = [cell.id for cell in code(notebook) if re.fullmatch(r"q\d+", cell.id)]
    assert asked == [f"q{number}" for number in range(1, 11)]
    for id in (*asked, "questions", "network", "components", "path"):
        assert rows(notebook, id) >= 1, id
    assert rows(notebook, "q2") >= 2 and rows(notebook, "q3") >= 3 and rows(notebook, "q7") >= 5


def check_add_a_rule(notebook: NotebookNode) -> None:
    assert rows(notebook, "after") == rows(notebook, "missing") + 1
    (fails,) = shown(cell_of(notebook, "fails"), "text/plain")
    assert fails.startswith("count: ") and "12万穴" in fails and "found []" in fails
    (skip,) = shown(cell_of(notebook, "skip"), "text/plain")
    assert skip.startswith("count: ") and "should find nothing, found ['五穴']" in skip
    (why,) = shown(cell_of(notebook, "explain"), "text/plain")
    assert "quantity.count" in why and "“12万穴” → 120000 穴" in why and "kg:indicator" in why
    (errors,) = shown(cell_of(notebook, "errors"), "text/plain")
    assert errors.count("quantity.toml: ") == errors.count(" | ") == 4


CHECKS = dict(zip(NAMES, (check_one_report, check_ask_the_graph, check_add_a_rule), strict=True))


def test_collected() -> None:
    assert tuple(path.stem for path in sorted(FOLDER.glob("*.ipynb"))) == NAMES


@each
def test_runs_from_a_fresh_kernel(name: str, tmp_path: Path) -> None:
    notebook = run(name, tmp_path)
    check(name, notebook)
    if name == "01-one-report":  # the page that it shows stands beside it
        assert (tmp_path / "out" / "graph.html").stat().st_size > 100_000
    left = {path.name for path in tmp_path.iterdir()} - {".guard"}
    assert left == ({"out"} if name == "01-one-report" else set())


@each
def test_is_committed_with_its_outputs(name: str) -> None:
    notebook = committed(name)
    nbformat.validate(notebook)
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))  # run once, from top to bottom
    check(name, notebook)


@each
def test_has_nothing_that_changes_from_run_to_run(name: str) -> None:
    notebook = committed(name)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}
    assert not any(cell.metadata for cell in notebook.cells)
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))


@each
def test_explains_in_chinese_first_and_in_english(name: str) -> None:
    told = [cell.source for cell in committed(name).cells if cell.cell_type == "markdown"]
    assert len(told) >= 8
    for text in told:
        chinese, english = re.search(r"[\u4e00-\u9fff]", text), re.search(r"[A-Za-z]{3}", text)
        assert chinese and english and chinese.start() < english.start(), text


@each
def test_every_code_comment_is_english(name: str) -> None:
    for cell in code(committed(name)):
        assert not re.search(r"(?m)(?:^|\s)#\s.*[\u4e00-\u9fff]", cell.source), cell.id


def test_a_missing_font_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    from kg import plots as helper
    from kg.errors import KgError

    assert helper.chinese_font() in helper.FONTS
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    with pytest.raises(KgError, match=r"没有找到中文字体.*no Chinese font found"):
        helper.chinese_font()


def test_a_font_that_matplotlib_has_not_listed_yet_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import font_manager

    from kg import plots as helper

    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    assert helper.chinese_font() in helper.FONTS


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import plots as helper
    from kg.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "matplotlib.font_manager", None)
    with pytest.raises(MissingExtra, match=r"achievement-kg\[notebooks\]"):
        helper.chinese_font()


def refresh() -> None:
    """Run every notebook and write it back with its outputs."""
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            notebook = run(name, Path(folder))
        notebook.metadata.language_info = {"name": "python"}
        nbformat.write(notebook, FOLDER / f"{name}.ipynb")  # type: ignore[no-untyped-call]
        check(name, notebook)


if __name__ == "__main__":
    refresh()
