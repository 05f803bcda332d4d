"""The command: help, exit codes, output, errors, as people meet them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample_build import GOLD, ROOT, SAMPLE, SAMPLES, built, kg

import kg as package
from kg.cli import ERROR, LOOK, OK, _Progress, main

COMMANDS = ("build", "ask", "check", "view", "export", "explain", "evaluate", "bench", "demo")


def chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


# --- help ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == OK
    text = capsys.readouterr().out
    assert text.startswith(f"usage: kg {command}")
    zh, en = text.split("\n\n")[1].splitlines()
    assert chinese(zh)
    assert not chinese(en)
    assert "kg " + command in text.split("examples:")[1]


def test_help_lists_every_command_and_the_exit_codes() -> None:
    done = kg("--help")
    assert done.returncode == OK
    for command in COMMANDS:
        assert f"\n    {command} " in done.stdout
    assert "0 正常" in done.stdout


def test_help_needs_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "heavy = {'spacy', 'rdflib', 'pyoxigraph', 'pyvis', 'networkx', 'numpy'} & set(sys.modules)\nassert not heavy, heavy"
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - start < 2


def test_version() -> None:
    done = kg("--version")
    assert (done.returncode, done.stdout) == (OK, f"kg {package.__version__}\n")


@pytest.mark.parametrize(
    "arguments", [(), ("nothing",), ("build",), ("ask",), ("ask", "x", "y", "--format", "xml")]
)
def test_wrong_arguments(arguments: tuple[str, ...]) -> None:
    done = kg(*arguments)
    assert done.returncode == ERROR
    assert "参数有误 | wrong arguments" in done.stderr
    assert not done.stdout


# --- building -----------------------------------------------------------------------------------------------------


def test_build_says_what_it_found_and_where(tmp_path: Path) -> None:
    done = kg("build", SAMPLE, "-o", tmp_path / "out")
    assert done.returncode in (OK, LOOK), done.stderr
    assert (done.returncode == LOOK) == ("to look at" in done.stdout)
    assert "1 份报告" in done.stdout
    assert "1 reports" in done.stdout
    assert str(tmp_path / "out" / "graph.html") in done.stdout


def test_demo_builds_the_sample_and_says_where_to_look(tmp_path: Path) -> None:
    done = kg("demo", cwd=tmp_path)
    assert done.returncode == OK, done.stderr
    page = tmp_path / "kg-demo" / "graph.html"
    assert page.is_file()
    assert page.as_uri() in done.stdout
    told = re.findall(r" (ask|explain) (\S+) (\S+)$", done.stdout, re.MULTILINE)
    assert len(told) == 2
    for words in told:  # what it tells people to type works
        assert kg(*words, cwd=tmp_path).returncode == OK


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 8),
        ("pdf.txt", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"),
        ("nothing.html", b"<html><body><a href='/'>Home</a></body></html>"),
    ],
)
def test_bad_input_gives_one_line_and_keeps_the_earlier_output(
    name: str, content: bytes | None, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "graph.trig").write_text("earlier", "utf-8")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = kg("build", tmp_path / name, "-o", out)
    assert done.returncode == ERROR
    assert not done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith("kg: ")
    assert name in line
    zh, _, en = line.partition(" | ")
    assert chinese(zh)
    assert not chinese(en)
    assert "Traceback" not in done.stderr
    assert [p.name for p in out.iterdir()] == ["graph.trig"]
    assert (out / "graph.trig").read_text("utf-8") == "earlier"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = kg("build", SAMPLE, "-o", tmp_path / "out")
    assert done.returncode == ERROR
    assert "cannot be read or written" in done.stderr


def test_an_output_below_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    done = kg("build", SAMPLE, "-o", tmp_path / "file" / "out")
    assert done.returncode == ERROR
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


# --- asking -------------------------------------------------------------------------------------------------------


def test_ask_without_a_question_lists_them() -> None:
    done = kg("ask", built())
    assert done.returncode == OK
    for name in ("awards", "posts", "measures", "unsure"):
        assert f"\n{name} " in "\n" + done.stdout


def test_ask_in_every_format() -> None:
    texts = {
        form: kg("ask", built(), "awards", "--format", form).stdout
        for form in ("table", "csv", "json", "tsv", "ttl")
    }
    rows = list(csv.DictReader(io.StringIO(texts["csv"])))
    assert (
        len(rows)
        == len(json.loads(texts["json"])["results"]["bindings"])
        == len(texts["tsv"].splitlines()) - 1
    )
    assert "全国模范职工之家" in texts["table"]
    assert "ResultSet" in texts["ttl"]


def test_ask_in_sparql_from_the_line_a_file_and_stdin(tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?award a kg:Award }"
    file = tmp_path / "mine.rq"
    file.write_text(query, "utf-8")
    answers = [
        kg("ask", built(), query, "--format", "csv"),
        kg("ask", built(), file, "--format", "csv"),
        kg("ask", built(), "-", "--format", "csv", stdin=query),
    ]
    assert len({answer.stdout for answer in answers}) == 1
    assert int(answers[0].stdout.splitlines()[1]) > 10


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("award", "did you mean"),
        ("SELECT ?x WHERE {", "cannot run"),
        ("DELETE WHERE { ?s ?p ?o }", "queries only"),
    ],
)
def test_a_wrong_question(question: str, said: str) -> None:
    done = kg("ask", built(), question)
    assert done.returncode == ERROR
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", [("ask",), ("check",), ("explain", "局"), ("view", "-o", "x.html"), ("export", "-o", "x.ttl")]
)
def test_a_folder_without_a_graph(command: tuple[str, ...], tmp_path: Path) -> None:
    name, *rest = command
    done = kg(name, tmp_path, *(["awards"] if name == "ask" else rest), cwd=tmp_path)
    assert done.returncode == ERROR
    assert "kg build" in done.stderr
    assert not list(tmp_path.iterdir())


# --- the other commands -------------------------------------------------------------------------------------------


def test_the_sample_conforms() -> None:
    done = kg("check", built())
    assert (done.returncode, done.stdout) == (OK, "没有发现问题 | conforms\n")


def test_explain_a_name_and_two_names() -> None:
    one = kg("explain", built(), "沙井湾村")
    assert one.returncode == OK
    assert "原文 quote" in one.stdout
    two = kg("explain", built(), "沙井湾村", "民勤县")
    assert (two.returncode, "是两个" in two.stdout) == (OK, True)
    none = kg("explain", built(), "沙井弯村")
    assert none.returncode == ERROR
    assert "沙井湾村" in none.stderr


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml", "gexf", "csv"])
def test_export(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"graph.{suffix}"
    done = kg("export", built(), "-o", target)
    assert done.returncode == OK, done.stderr
    assert target.stat().st_size > 1000
    assert str(target) in done.stdout


def test_view_writes_the_page_again(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert kg("view", built(), "-o", target).returncode == OK
    assert target.read_bytes() == (built() / "graph.html").read_bytes()


def test_a_shared_page_holds_no_full_text_and_no_names(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert kg("view", built(), "-o", target, "--share", "--mask-names").returncode == OK
    page = target.read_text("utf-8")
    assert "韩立冬" not in page
    assert "现将全年十大亮点盘点如下" not in page


def test_evaluate_prints_figures_errors_and_floors(tmp_path: Path) -> None:
    for suffix in ("txt", "json"):
        (tmp_path / f"one.{suffix}").write_bytes((GOLD / f"sample-highlights.{suffix}").read_bytes())
    done = kg("evaluate", tmp_path, "--errors", "--write-floors")
    assert done.returncode == OK, done.stderr
    assert "macro F1" in done.stdout
    assert "award.conferrer" in done.stdout
    floors = json.loads((tmp_path / "floors.json").read_text("utf-8"))
    assert 0 < floors["macro"] <= 1
    (tmp_path / "floors.json").write_text(json.dumps({"post": 1.5}), "utf-8")
    below = kg("evaluate", tmp_path)
    assert below.returncode == LOOK
    assert "低于下限 below its floor: post" in below.stdout
    assert json.loads((tmp_path / "floors.json").read_text("utf-8")) == {"post": 1.5}
    kept = kg("evaluate", tmp_path, "--write-floors")
    assert kept.returncode == OK
    assert json.loads((tmp_path / "floors.json").read_text("utf-8"))["post"] == 1.5
    kg("evaluate", tmp_path, "--lower-floors")
    assert json.loads((tmp_path / "floors.json").read_text("utf-8"))["post"] <= 1


def test_bench_prints_speed_and_ratio() -> None:
    done = kg("bench", "--seconds", "0.1")
    assert done.returncode == OK, done.stderr
    for words in ("loading", "end to end", "rjieba.tag", "jieba.posseg"):
        assert words in done.stdout


# --- the terminal -------------------------------------------------------------------------------------------------


def test_output_is_utf8_whatever_the_locale_says() -> None:
    done = kg("ask", built(), "posts", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == OK
    assert "祁怀远" in done.stdout
    failed = kg("explain", built(), "zzzz", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "图里没有" in failed.stderr


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = f"{sys.executable} -m kg ask {built()} mentions --format csv | head -n 1"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", env=environment)
    assert done.stderr == ""


def test_control_characters_of_a_report_never_reach_the_terminal(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text(
        "省治沙局2024年亮点\n\n  2024年,局团委获评全省共青团工作先进单位\x1b[31m,局工会获评全国模范职工之家。\n",
        "utf-8",
    )
    built_here = kg("build", report, "-o", tmp_path / "out")
    shown = kg("explain", tmp_path / "out", "局团委")
    assert "\x1b" not in built_here.stdout + built_here.stderr + shown.stdout + shown.stderr


def test_internal_errors_are_one_line_unless_debugging(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by \x1b[31mzero")

    monkeypatch.setattr("kg.check.check", broken)
    monkeypatch.delenv("KG_DEBUG", raising=False)
    assert main(["check", "x"]) == ERROR
    assert "ZeroDivisionError" in (message := capsys.readouterr().err)
    assert "\x1b" not in message
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check", "x"])


def test_progress_is_quiet_when_it_is_quick_and_rewrites_one_line_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    plain, terminal = io.StringIO(), Terminal()
    for stream in (plain, terminal):
        with _Progress(stream) as progress:
            progress("a\x1bb", 0, 2)
            progress("c", 1, 2)
    assert plain.getvalue() == ""
    assert terminal.getvalue() == "\r[0/2] a�b\x1b[K\r[1/2] c\x1b[K\r\x1b[K"
    slow = io.StringIO()
    with _Progress(slow, every=0) as progress:
        progress("a", 0, 1)
    assert slow.getvalue() == "[0/1] a\n"


# --- the package --------------------------------------------------------------------------------------------------


def test_the_package_exports_its_verbs() -> None:
    assert package.__all__ == sorted(package.__all__)
    for name in package.__all__:
        assert callable(getattr(package, name))
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError):
        package.nothing  # noqa: B018


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import kg, sys; print(sorted(m for m in sys.modules if m.startswith('kg') or m in ('spacy', 'rdflib')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stdout == "['kg']\n"


def test_verbs_stay_callable_whatever_was_imported_before() -> None:
    code = (
        "import kg, inspect, kg.check, kg.explain, kg.network, kg.view\n"
        "from kg.view import render\n"
        "assert kg.check.check and kg.view.render is render\n"
        "for name in kg.__all__: assert callable(getattr(kg, name)), name\n"
        "assert list(inspect.signature(kg.check).parameters) == ['place']\n"
        "assert 'mask_names' in inspect.signature(kg.view).parameters\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def test_the_python_api_does_what_the_command_does(tmp_path: Path) -> None:
    package.build(SAMPLES / "news.html", tmp_path)
    assert package.ask(tmp_path, "awards").records()
    assert package.check(tmp_path) == []
    assert "蒲正川" in str(package.explain(tmp_path, "蒲正川"))
    assert package.export(tmp_path, tmp_path / "g.ttl").is_file()
    assert package.view(tmp_path, tmp_path / "p.html").is_file()
    assert len(package.load(tmp_path)) > 100
    assert package.network(tmp_path).number_of_nodes() > 5
