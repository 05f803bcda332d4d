"""The command ``kg``: arguments in, lines out. The only module that prints or exits.

Exit codes::

    0   done, nothing to look at
    1   done, with something to look at: unsure facts, findings, floors not reached, an ambiguous term
    2   an error; nothing was changed
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.archive import Change
    from kg.bench import Bench
    from kg.evaluate import Error, Evaluation
    from kg.pipeline import Report

OK, LOOK, ERROR = 0, 1, 2
Handler = Callable[[argparse.Namespace], int]
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MOST_FINDINGS: Final = 10
EXPORT_FORMATS: Final = "ttl nt nq trig jsonld rdf graphml gexf csv"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives its exit code."""
    _speak_utf8()
    arguments = _parser().parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
        return code
    except KgError as error:
        return _fail(str(error))
    except BrokenPipeError:  # kg ask … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return _fail("已中断 | interrupted", code=130)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}无法读写({error.strerror}) | cannot be read or written ({error.strerror})")
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return _fail(
            f"内部错误 {what};请报告(KG_DEBUG=1 显示详情) | internal error {what}; please report it (KG_DEBUG=1 shows where)"
        )


# --- commands ---------------------------------------------------------------------------------------------------


def _build(arguments: argparse.Namespace) -> int:
    from kg.pipeline import build

    with _Progress() as progress:
        built = build(arguments.inputs, arguments.output, marks=arguments.marks, progress=progress)
    _say_built(built)
    return LOOK if built.findings else OK


def _add(arguments: argparse.Namespace) -> int:
    from kg.archive import add

    with _Progress() as progress:
        changed = add(arguments.dir, arguments.inputs, progress=progress)
    return _say_changed(changed)


def _remove(arguments: argparse.Namespace) -> int:
    from kg.archive import remove

    with _Progress() as progress:
        changed = remove(arguments.dir, arguments.reports, progress=progress)
    return _say_changed(changed)


def _demo(arguments: argparse.Namespace) -> int:
    from kg.bench import SAMPLE
    from kg.pipeline import build

    with _Progress() as progress:
        built = build(SAMPLE, arguments.output, progress=progress)
    _say_built(built)
    page = (built.out / "graph.html").resolve()
    _say("")
    _say(f"看图:双击 {page}")
    _say(f"look: open  {page.as_uri()}")
    _say(f"查询 ask:   {_program()} ask {arguments.output} awards")
    _say(f"出处 source: {_program()} explain {arguments.output} 沙井湾村")
    return OK


def _program() -> str:
    """How people can type this command again: kg if their shell finds it, else the way they ran it."""
    if shutil.which("kg"):
        return "kg"
    return sys.argv[0] if Path(sys.argv[0]).name == "kg" else f"{sys.executable} -m kg"


def _ask(arguments: argparse.Namespace) -> int:
    from kg.query import about, ask, questions

    if arguments.question is None:
        for name in questions():
            zh, en = about(name)
            _say(f"{name:24} {zh}\n{'':24} {en}")
        return OK
    text = sys.stdin.read() if arguments.question == "-" else arguments.question
    answer = ask(arguments.dir, text)
    sys.stdout.write(answer.text(arguments.format))
    return OK


def _check(arguments: argparse.Namespace) -> int:
    from kg.check import check

    found = check(arguments.dir)
    for finding in found:
        _say(str(finding))
    _say("没有发现问题 | conforms" if not found else f"发现 {len(found)} 处 | {len(found)} findings")
    return LOOK if found else OK


def _view(arguments: argparse.Namespace) -> int:
    from kg.page import view

    page = view(arguments.dir, arguments.output, share=arguments.share, mask_names=arguments.mask_names)
    _say(f"已写出 | written: {page}")
    return OK


def _export(arguments: argparse.Namespace) -> int:
    from kg.export import export

    _say(f"已写出 | written: {export(arguments.dir, arguments.output) or arguments.output}")
    return OK


def _explain(arguments: argparse.Namespace) -> int:
    from kg.explain import explain

    explanation = explain(arguments.dir, arguments.term, arguments.other)
    _say(str(explanation))
    return LOOK if explanation.outcome == "ambiguous" else OK


def _compare(arguments: argparse.Namespace) -> int:
    from kg.compare import compare

    _say(compare(arguments.dir, arguments.year, arguments.of).text())
    return OK


def _roster(arguments: argparse.Namespace) -> int:
    from kg.compare import roster

    expected = roster(arguments.dir, arguments.year)
    for row in expected:
        _say(f"{row.year}  {row.unit}  {'、'.join(row.reports) or '未报 not reported'}")
    missing = sum(not row.reports for row in expected)
    _say(f"{len(expected)} 项应报,{missing} 项未报;未报不等于零 | {missing} of {len(expected)} not reported, which is not zero")
    return LOOK if missing else OK


def _evaluate(arguments: argparse.Namespace) -> int:
    from kg.evaluate import evaluate, floors

    with _Progress() as progress:
        evaluation = evaluate(arguments.dir, only=arguments.only or (), progress=progress)
    if arguments.errors:
        for error in evaluation.errors:
            _say(_error_line(error))
    _say_evaluation(evaluation)
    path = Path(arguments.dir) / floors.NAME
    known = floors.read(path)
    if arguments.write_floors or arguments.lower_floors:
        floors.write(path, floors.raised(evaluation, known, lower=arguments.lower_floors))
        _say(f"下限已写入 | floors written: {path}")
        return OK
    short = [] if arguments.only else floors.shortfalls(evaluation, known)
    for fall in short:
        _say(f"低于下限 below its floor: {fall.name} {fall.value:.3f} < {fall.floor:.3f}")
    return LOOK if short else OK


def _bench(arguments: argparse.Namespace) -> int:
    from kg.bench import bench

    _say_bench(bench(arguments.inputs, seconds=arguments.seconds))
    return OK


# --- output -----------------------------------------------------------------------------------------------------


def _say(text: str) -> None:
    """One line or several to people: control characters of a report never reach the terminal."""
    print(_CONTROL.sub("\ufffd", text))


def _fail(message: str, *, code: int = ERROR) -> int:
    print(f"kg: {_CONTROL.sub('�', message)}", file=sys.stderr)
    return code


def _say_built(built: Report) -> None:
    reports = len(built.documents)
    _say(
        f"{reports} 份报告,{built.facts} 条事实,{built.entities} 个实体 | {reports} reports, {built.facts} facts, {built.entities} entities"
    )
    if built.facts:
        _say("  " + " · ".join(f"{name} {count}" for name, count in built.counts.items() if count))
    _say(f"  {built.out / 'graph.html'}   {built.out / 'report.md'}   {built.out / 'graph.trig'}")
    found = built.findings
    if not found:
        return
    _say(f"{len(found)} 处存疑,详见 report.md | {len(found)} to look at, see report.md")
    for finding in found[:_MOST_FINDINGS]:
        _say(f"  {finding.what}: {finding.why}")
    if len(found) > _MOST_FINDINGS:
        _say("  …")


def _say_changed(changed: Change) -> int:
    """Which reports a command changed, and the archive as it now is."""
    for zh, en, ids in (
        ("新增", "added", changed.added),
        ("替换", "replaced", changed.replaced),
        ("移除", "removed", changed.removed),
    ):
        for name in ids:
            _say(f"{zh} {en}: {name}")
    if changed.unchanged:
        _say(f"{len(changed.unchanged)} 份未变 | {len(changed.unchanged)} unchanged")
    if changed.report is not None:
        _say_built(changed.report)
    return LOOK if changed.report is not None and changed.report.findings else OK


def _say_evaluation(evaluation: Evaluation) -> None:
    from kg.evaluate import HEADLINE

    _say(f"{'kind':22}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}{'found':>7}")
    for name, tally in evaluation.kinds.items():
        figures = f"{tally.precision:8.3f}{tally.recall:8.3f}{tally.f1:8.3f}"
        star = "*" if name in HEADLINE else ""
        _say(f"{name + star:22}{figures}{tally.gold:7}{tally.found:7}")
    for name, tally in evaluation.attributes.items():
        if tally.gold:
            _say(f"{'award.' + name:22}{'accuracy':>16}{tally.recall:8.3f}{tally.gold:7}")
    kinds, reports = len(evaluation.headline), len(evaluation.reports)
    _say(f"macro F1 {evaluation.macro_f1:.3f} (* {kinds} kinds, {reports} reports)")


def _error_line(error: Error) -> str:
    import json

    item = {
        k: v
        for k, v in error.item.items()
        if k not in ("quote", "mention", "sentence") and v not in (None, [])
    }
    shown = error.note or json.dumps(item, ensure_ascii=False)
    return f"{error.report}\t{error.kind}\t{error.what}\t{shown}\t{' '.join(error.sentence.split())}"


def _say_bench(measured: Bench) -> None:
    note = "" if measured.fresh else "(已预先导入 already imported)"
    _say(f"加载 loading             {measured.load_seconds:10.2f} s {note}".rstrip())
    _say(f"端到端 end to end        {measured.speed:10.0f} 字/秒 characters/s")
    _say(
        f"  {measured.reports} 份报告 reports, {measured.characters} 字 characters, {measured.quads} quads, {measured.seconds:.2f} s"
    )
    for name, speed in measured.taggers.items():
        label = f"{'jieba.posseg' if name == 'jieba' else name + '.tag'}"
        if speed is None:
            _say(f"{label:25}{'':9} 未安装 not installed")
        else:
            _say(
                f"{label:25}{speed:9.0f} 字/秒 characters/s; 本程序与它之比 ours to it {measured.ratio(name):.3f}"
            )


class _Progress:
    """Progress on stderr: one line that is rewritten on a terminal, a line every few seconds elsewhere."""

    def __init__(self, stream: TextIO | None = None, *, every: float = 5.0) -> None:
        self.stream = stream or sys.stderr
        self.terminal = self.stream.isatty()
        self.every, self.last, self.shown = every, time.monotonic(), False

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown and self.terminal:
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.terminal and now - self.last < self.every:
            return
        self.last, self.shown = now, True
        line = f"[{done}/{total}] {_CONTROL.sub('�', what)}"
        self.stream.write(f"\r{line}\x1b[K" if self.terminal else line + "\n")
        self.stream.flush()


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="backslashreplace")


# --- arguments --------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line in both languages, exit code 2."""
        self.exit(ERROR, f"{self.prog}: 参数有误 | wrong arguments: {message}\n{self.prog} --help\n")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        from kg import __version__

        _say(f"kg {__version__}")
        parser.exit(OK)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kg",
        description="从单位的成绩报告建知识图谱,每条事实都附原文。\n"
        "Knowledge graphs from achievement reports: every fact stands with its words.",
        epilog="退出码 exit codes: 0 正常 done · 1 有需要看的 done, with something to look at · 2 出错,未改动 error, nothing changed",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="版本 | version")
    commands = parser.add_subparsers(title="命令 commands", metavar="COMMAND", required=True)
    for add in (
        _add_build,
        _add_add,
        _add_remove,
        _add_ask,
        _add_check,
        _add_view,
        _add_export,
        _add_explain,
        _add_compare,
        _add_roster,
        _add_evaluate,
        _add_bench,
        _add_demo,
    ):
        add(commands)
    return parser


def _command(
    commands: Any, name: str, run: Handler, zh: str, en: str, examples: Iterable[str]
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=f"{zh} | {en}",
        description=f"{zh}\n{en}",
        epilog="例 examples:\n" + "\n".join(f"  {line}" for line in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def _dir(command: argparse.ArgumentParser) -> None:
    command.add_argument("dir", metavar="DIR", help="kg build 的输出文件夹 | a folder that kg build wrote")


def _add_build(commands: Any) -> None:
    command = _command(
        commands, "build", _build, "从报告建图", "build a graph from reports",
        ("kg build report.txt -o out", "kg build reports/ 'pages/*.html' -o out", "kg build report.txt -o out --marks review.jsonl"),
    )  # fmt: skip
    command.add_argument(
        "inputs",
        metavar="INPUT",
        nargs="+",
        help="文件、文件夹或通配符(txt html md docx pdf) | files, folders or globs",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        required=True,
        help="输出文件夹:graph.trig graph.html report.md | output folder",
    )
    command.add_argument(
        "--marks",
        metavar="FILE",
        help="网页保存的核对记录(已核、有误) | marks (right, wrong) saved from the page",
    )


def _add_add(commands: Any) -> None:
    command = _command(
        commands, "add", _add, "把报告加进归档(或换成新版);未变的报告不再读", "add reports to an archive, or replace them by a new version; unchanged ones are not read again",
        ("kg add archive reports/2024", "kg add archive report.txt", "kg add archive"),
    )  # fmt: skip
    command.add_argument("dir", metavar="DIR", help="归档文件夹,没有则新建 | the archive's folder, made if it is not there")
    command.add_argument(
        "inputs", metavar="INPUT", nargs="*", help="文件、文件夹或通配符;不给则只按 identity.toml 更新 | files, folders or globs; none: only apply identity.toml",
    )


def _add_remove(commands: Any) -> None:
    command = _command(
        commands, "remove", _remove, "从归档移除报告", "take reports out of an archive",
        ("kg remove archive hubei-geology-2023", "kg ask archive reports"),
    )  # fmt: skip
    command.add_argument("dir", metavar="DIR", help="归档文件夹 | the archive's folder")
    command.add_argument("reports", metavar="REPORT", nargs="+", help="报告编号或文件名 | ids or file names")


def _add_ask(commands: Any) -> None:
    command = _command(
        commands, "ask", _ask, "提问:问题名或 SPARQL;不给问题则列出所有问题",
        "ask by the name of a question, or in SPARQL; without one, list the questions",
        ("kg ask out", "kg ask out awards", "kg ask out measures --format csv > measures.csv",
         "kg ask out 'SELECT ?b WHERE { ?b a kg:PartyBranch }'"),
    )  # fmt: skip
    _dir(command)
    command.add_argument(
        "question",
        metavar="QUESTION",
        nargs="?",
        help="问题名、.rq 文件、SPARQL,或 - 从标准输入读 | a name, .rq file, SPARQL, or - for stdin",
    )
    formats = ("table", "csv", "json", "tsv", "ttl")
    command.add_argument(
        "--format", choices=formats, default="table", help="输出格式 | output format (table)"
    )


def _add_check(commands: Any) -> None:
    command = _command(
        commands, "check", _check, "按 SHACL 形状和违规查询检查图", "check the graph against SHACL shapes and violation queries",
        ("kg check out",),
    )  # fmt: skip
    _dir(command)


def _add_view(commands: Any) -> None:
    command = _command(
        commands, "view", _view, "写出单文件离线网页", "write the graph as one offline page",
        ("kg view out -o page.html", "kg view out -o shared.html --share --mask-names"),
    )  # fmt: skip
    _dir(command)
    command.add_argument("-o", "--output", metavar="FILE.html", required=True, help="输出文件 | output file")
    command.add_argument(
        "--share",
        action="store_true",
        help="只带引用的句子,不带全文 | quoted sentences only, not the full texts",
    )
    command.add_argument("--mask-names", action="store_true", help="隐去人名 | hide personal names")


def _add_export(commands: Any) -> None:
    command = _command(
        commands, "export", _export, f"导出为其他格式({EXPORT_FORMATS})", f"export to another format ({EXPORT_FORMATS})",
        ("kg export out -o graph.ttl", "kg export out -o graph.graphml"),
    )  # fmt: skip
    _dir(command)
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="输出文件,格式看扩展名 | output file; its suffix is the format",
    )


def _add_explain(commands: Any) -> None:
    command = _command(
        commands, "explain", _explain, "某个名称的每条事实出自哪里;给两个名称,则说明是否同一个",
        "where every fact about a term comes from; with two terms, why they are one or not",
        ("kg explain out 何家湾村", "kg explain out 'Hu Daoyin'", "kg explain out 局 省地质局"),
    )  # fmt: skip
    _dir(command)
    command.add_argument(
        "term",
        metavar="TERM",
        help="名称、别名、拼音、区划代码或 IRI | a name, alias, pinyin, division code or IRI",
    )
    command.add_argument("other", metavar="TERM", nargs="?", help="另一个名称 | another term")


def _add_compare(commands: Any) -> None:
    command = _command(
        commands, "compare", _compare, "几年对照:各级荣誉、指标、帮扶的村、变动的职务", "years side by side: honours by level, measures, villages, posts that changed",
        ("kg compare archive --year 2022 2023", "kg compare archive --year 2022 2023 --of 湖北省地质局"),
    )  # fmt: skip
    _dir(command)
    _years(command)
    command.add_argument("--of", metavar="ORG", help="只看这个单位及其下属 | only this organisation and its units")


def _add_roster(commands: Any) -> None:
    command = _command(
        commands, "roster", _roster, "对照 roster.csv:谁还没有报告", "who of roster.csv has not reported",
        ("kg roster archive --year 2023",),
    )  # fmt: skip
    _dir(command)
    _years(command)


def _years(command: argparse.ArgumentParser) -> None:
    command.add_argument("--year", metavar="YEAR", type=int, nargs="+", required=True, help="年份 | years")


def _add_evaluate(commands: Any) -> None:
    command = _command(
        commands, "evaluate", _evaluate, "按标注评分:各类的准确率、召回率、F1,属性正确率",
        "score against gold annotations: precision, recall and F1 per kind, accuracy of attributes",
        ("kg evaluate tests/gold", "kg evaluate tests/gold --errors --only sample-highlights"),
    )  # fmt: skip
    command.add_argument(
        "dir",
        metavar="GOLD_DIR",
        help="报告 NAME.txt 与标注 NAME.json 所在文件夹 | a folder of reports beside their annotations",
    )
    command.add_argument("--only", metavar="NAME", nargs="+", help="只评这些报告 | only these reports")
    command.add_argument(
        "--errors", action="store_true", help="列出每个错误及其句子 | list every error with its sentence"
    )
    command.add_argument(
        "--write-floors",
        action="store_true",
        help="把 floors.json 提高到本次结果 | raise floors.json to these figures",
    )
    command.add_argument(
        "--lower-floors",
        action="store_true",
        help="把 floors.json 改为本次结果,允许降低 | set floors.json to these figures, lower ones too",
    )


def _add_bench(commands: Any) -> None:
    command = _command(
        commands, "bench", _bench, "测速:加载时间、每秒字数、与分词标注之比", "measure loading time and characters per second, beside plain tagging",
        ("kg bench", "kg bench reports/ --seconds 10"),
    )  # fmt: skip
    command.add_argument(
        "inputs", metavar="INPUT", nargs="*", help="报告,默认自带样例 | reports (the packaged sample)"
    )
    command.add_argument(
        "--seconds", type=float, default=3.0, help="至少测多少秒 | measure at least so long (3)"
    )


def _add_demo(commands: Any) -> None:
    command = _command(
        commands, "demo", _demo, "用自带样例建图,并说明在哪里看", "build the packaged sample and say where to look",
        ("kg demo", "kg demo -o /tmp/demo"),
    )  # fmt: skip
    command.add_argument(
        "-o", "--output", metavar="DIR", default="kg-demo", help="输出文件夹 | output folder (kg-demo)"
    )


if __name__ == "__main__":
    raise SystemExit(main())
