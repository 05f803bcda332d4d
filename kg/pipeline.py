"""The whole build on one page: reports in; ``graph.trig``, ``graph.html`` and ``report.md`` out.

    read → annotate → extract → resolve → graph → page, report

Every input is read before anything is written, everything is made before the first file is replaced, and each file
is replaced at once: an error leaves an earlier output as it was.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from kg import annotate, cache, graph, process, read, report, resolve
from kg.errors import InputError
from kg.marks import match as match_marks
from kg.marks import read as read_marks
from kg.model import Document, Extraction
from kg.page import view
from kg.restore import restore

Progress = Callable[[str, int, int], None]
FILES = (graph.GRAPH_FILE, "graph.html", "report.md")


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and where it stands."""

    out: Path
    documents: tuple[Document, ...]
    counts: dict[str, int] = field(default_factory=dict)  # facts per question: {'awards': 41, ...}
    entities: int = 0
    findings: tuple[report.Finding, ...] = ()  # what a person should look at

    @property
    def facts(self) -> int:
        """How many facts the graph holds."""
        return sum(self.counts.values())


def build(
    inputs: Iterable[str | Path] | str | Path,
    out: str | Path,
    *,
    marks: str | Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build the graph of some reports in the folder ``out``.

    ``inputs`` are files, folders or globs. Raises InputError, before anything is written, if one of them cannot be
    read or holds no report. ``marks`` is a file that the page saved: what its reader found right or wrong goes into the
    graph, the page and the report. ``progress`` is told (what, done, of how many).
    """
    target = Path(out)
    documents = read_all([inputs] if isinstance(inputs, str | Path) else inputs)
    if target.exists() and not target.is_dir():
        raise InputError(
            "输出位置不是文件夹", "the output is not a folder; choose another with -o", where=target
        )
    identity = resolve.load(target)
    marked = () if marks is None else read_marks(marks)
    extractions = list(process.extract_each(documents, nlp=annotate.load(), progress=progress))
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        built = compose(extractions, identity, Path(folder), out=target, marks=marked, progress=progress)
        _publish(Path(folder), target)
    cache.remember(target, extractions)
    return built


def compose(
    extractions: Sequence[Extraction],
    identity: resolve.Identity,
    folder: Path,
    *,
    out: Path,
    marks: Sequence[graph.Mark] = (),
    progress: Progress | None = None,
) -> Report:
    """Write the three files of these reports in ``folder``; what is told of them says that they stand in ``out``."""
    documents = [extraction.document for extraction in extractions]
    if progress:
        progress("graph", len(documents), len(documents))
    resolution = resolve.resolve(extractions, identity)
    matched = match_marks(marks, extractions, resolution)
    graph.write(graph.build(extractions, resolution, matched), folder)
    held = restore(folder)  # the page and the list say what the graph says
    view(folder, folder / "graph.html", documents=documents)
    (folder / "report.md").write_text(report.render(held.once, held.resolution, held.marks), "utf-8", newline="\n")
    return Report(
        out=out,
        documents=tuple(documents),
        counts=report.count_by_kind(held.once),
        entities=sum(e.kind != "Group" and bool(e.merges) for e in held.resolution.entities),
        findings=tuple(report.findings(held.once, held.resolution, held.marks)),
    )


def read_all(inputs: Iterable[str | Path]) -> list[Document]:
    """Every report that the inputs name, in order of id; InputError for the first that cannot be read."""
    by_id: dict[str, Document] = {}
    for document in read.read_all(inputs):
        if document.id in by_id:
            raise InputError(
                f"与 {by_id[document.id].source} 是同一份报告({document.id});请只留一份",
                f"the same report ({document.id}) as {by_id[document.id].source}; keep one of them",
                where=document.source,
            )
        by_id[document.id] = document
    return [by_id[key] for key in sorted(by_id)]


def _publish(staging: Path, target: Path) -> None:
    """Copy each file beside its place, then rename all of them, so that none is ever half there."""
    with ExitStack() as stack:
        for name in FILES:
            temporary: Path = stack.enter_context(graph.replacing(target / name))
            shutil.copyfile(staging / name, temporary)
