"""Documentation that cannot rot: the README's commands exist, its example is true, its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
from sample_build import ROOT, SAMPLE, built, kg

import kg as package
from kg import query
from kg.cli import _parser

README = (ROOT / "README.md").read_text("utf-8")
REFERENCE = README.partition("<!-- commands:")[2].partition("<!-- /commands -->")[0]


def commands() -> dict[str, str]:
    """The commands of the program with their usage."""
    actions = [action for action in _parser()._actions if action.choices]
    (subparsers,) = actions
    return {name: parser.format_usage() for name, parser in dict(subparsers.choices).items()}


def test_the_reference_lists_exactly_the_commands_that_exist() -> None:
    documented = re.findall(r"^\| `kg (\w+)", REFERENCE, re.MULTILINE)
    assert documented == list(commands())


@pytest.mark.parametrize("row", re.findall(r"^\| `(kg [^`]*)`", REFERENCE, re.MULTILINE))
def test_the_reference_gives_the_arguments_that_a_command_takes(row: str) -> None:
    usage = " ".join(commands()[row.split()[1]].split())
    for word in re.findall(r"[A-Z_]{3,}", row.replace("SPARQL", "")):
        assert word in usage
    for option in re.findall(r" (-\w) ", row):
        assert option in usage


def test_options_that_the_readme_names_exist() -> None:
    every = " ".join(commands().values())
    options = set(re.findall(r"`(--[\w-]+)", README))
    assert {"--format", "--share", "--mask-names"} <= options
    assert all(option in every for option in options)


def test_the_first_screen_speaks_to_everyone() -> None:
    first = README.splitlines()[:28]
    assert any("\u4e00" <= c <= "\u9fff" for c in first[2])
    for words in ("own claims", "kg demo", "bash .ci/run", "graph.html", "SPARQL", "notebooks/"):
        assert any(words in line for line in first), words


def test_the_paragraph_of_the_readme_has_the_facts_that_it_shows() -> None:
    (quoted,) = re.findall(r"^> (.*)$", README, re.MULTILINE)
    text = SAMPLE.read_text("utf-8").replace("，", ",")
    assert quoted in text
    shown = re.findall(r"^\| (.*?) — 获 received — (.*?) \| (\w+) \| (\d+) \|", README, re.MULTILINE)
    assert len(shown) == 3
    rows = query.ask(built(), "awards").records()
    stated = {(r["recipientName"], r["honourName"], r["level"], r["year"]) for r in rows}
    village = {name for name, *_ in stated if "沙井湾村" in str(name)}
    for recipient, honour, level, year in shown:
        names = (
            village if recipient == "沙井湾村" else {recipient, recipient.removeprefix("村"), "沙枣花合作社"}
        )
        assert any((name, honour, level, int(year)) in stated for name in names), (recipient, honour)


def test_links_of_the_readme_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        if target != "output/overview.png":  # drawn by the browser test
            assert (ROOT / target).exists(), target


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == package.__version__
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_the_ci_script_parses_and_prints_pytest_last() -> None:
    script = ROOT / ".ci" / "run"
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert script.stat().st_mode & 0o111
    last = script.read_text("utf-8").rstrip().splitlines()[-1]
    assert "pytest" in last


def test_what_the_help_shows_as_example_parses() -> None:
    import shlex

    parser = _parser()
    for name in commands():
        text = kg(name, "--help").stdout
        examples = [
            line.strip() for line in text.split("examples:")[1].splitlines() if line.strip().startswith("kg ")
        ]
        assert examples
        for line in examples:
            words = shlex.split(line.partition(">")[0])
            assert parser.parse_args(words[1:]).run
