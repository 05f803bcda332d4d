"""An archive: a folder whose graph is always what a fresh build of its reports would be.

    kg add DIR INPUT...        new reports, and new versions of known ones
    kg remove DIR REPORT...    reports by id

Reports that have not changed are not read again. The three files of an archive are links into ``.kg/current``, itself a
link to a folder that is never changed: one rename of that link changes all three at once, so that a killed command leaves
the archive as it was or as it should be.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kg import annotate, cache, read, resolve
from kg.cache import FOLDER, MANIFEST, Kept, Manifest
from kg.errors import GraphError, InputError
from kg.graph import GRAPH_FILE, Mark
from kg.model import Document, Extraction
from kg.pipeline import FILES, Progress, Report, compose
from kg.process import extract_each
from kg.restore import restore

_CURRENT: Final = "current"


@dataclass(frozen=True, slots=True)
class Change:
    """What a command changed: ids of reports, and the archive as it now is."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    report: Report | None = None


def add(
    place: str | Path, inputs: Iterable[str | Path] | str | Path = (), *, progress: Progress | None = None
) -> Change:
    """Add reports to an archive, or replace those that it knows in an older version.

    ``place`` is made if it is not there. Without inputs the archive is only brought up to date with ``identity.toml``
    and the installed rules. Raises InputError, with nothing changed, if an input cannot be read.
    """
    folder = Path(place)
    items = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    with _lock(folder):
        known = _manifest(folder)
        read_now = _read(folder, items, known)
        documents = {document.id: (document, source) for document, source in read_now if document is not None}
        same = {name for _, name in read_now if name in known}
        kept = dict(known)
        new = {id: Kept(cache.key_of(document), source) for id, (document, source) in documents.items()}
        changed = [id for id, k in new.items() if id in known and known[id].extraction != k.extraction]
        kept.update(new)
        report = _update(folder, kept, [d for d, _ in documents.values()], progress)
    unchanged = sorted({*same, *(id for id in new if id in known and id not in changed)})
    added = sorted(id for id in new if id not in known)
    return Change(tuple(added), tuple(sorted(changed)), (), tuple(unchanged), report)


def remove(place: str | Path, reports: Sequence[str], *, progress: Progress | None = None) -> Change:
    """Take reports out of an archive. InputError for an id that it does not hold, or if none would be left."""
    folder = Path(place)
    if not folder.is_dir():
        raise GraphError("这里没有归档", "no archive here; run kg add DIR INPUT first", where=folder)
    with _lock(folder):
        known = _manifest(folder)
        gone = [_named(report, known) for report in reports]
        kept = {id: k for id, k in known.items() if id not in gone}
        if not kept:
            raise InputError("不能移除最后一份报告", "this would remove the last report; delete the folder instead", where=folder)
        report = _update(folder, kept, [], progress)
    return Change(removed=tuple(sorted(set(gone))), report=report)


def reports(place: str | Path) -> tuple[str, ...]:
    """The ids of the reports in an archive."""
    return tuple(sorted(_manifest(Path(place))))


def _named(report: str, known: dict[str, Kept]) -> str:
    bare = report.rpartition("id/report/")[2]
    stem = bare[: -len(Path(bare).suffix)] if Path(bare).suffix.lower() in read.SUFFIXES else bare
    for name in (bare, stem):
        if name in known:
            return name
    close = ", ".join(get_close_matches(bare, known, n=3, cutoff=0.4)) or ", ".join(sorted(known)[:5])
    raise InputError(f"归档里没有报告 {report};有:{close}", f"the archive has no report {report}; it has {close}")


# --- reading -------------------------------------------------------------------------------------------------


def _manifest(folder: Path) -> dict[str, Kept]:
    """What the folder holds; an error if its graph is not the one that was made of it."""
    known = cache.manifest(folder)
    if known is None:
        if (folder / GRAPH_FILE).exists():
            raise GraphError(
                "这个图没有留下缓存;请重新运行 kg build", "this graph has no cache; run kg build again", where=folder
            )
        return {}
    if cache.graph_hash(folder) != known.graph:
        raise GraphError(
            "graph.trig 与归档清单不符(构建中断或被改过);请重新运行 kg build",
            "graph.trig is not the one of the manifest (an interrupted build, or edited); run kg build again",
            where=folder,
        )
    return dict(known.reports)


def _read(folder: Path, items: Sequence[str | Path], known: dict[str, Kept]) -> list[tuple[Document | None, str]]:
    """Each input as (document, hash of its file); (None, report) for one that is in the archive as it is."""
    by_hash = {k.input: id for id, k in known.items() if k.input}
    found: list[tuple[Document | None, str]] = []
    seen: dict[str, str] = {}
    for path, name in read.named(items):
        digest = cache.hash_of(path, name)
        document = None if digest in by_hash else read.read(path, id=name)
        id = by_hash[digest] if document is None else document.id
        if id in seen:
            raise InputError(
                f"与 {seen[id]} 是同一份报告({id});请只留一份",
                f"the same report ({id}) as {seen[id]}; keep one of them",
                where=str(path),
            )
        seen[id] = str(path)
        found.append((document, digest if document is not None else id))
    return found


# --- making --------------------------------------------------------------------------------------------------


def _update(folder: Path, kept: dict[str, Kept], new: list[Document], progress: Progress | None) -> Report:
    """Make the archive of these reports and put it in place of what is there."""
    extractions, kept = _extractions(folder, kept, new, progress)
    identity = resolve.load(folder)
    inside = folder / FOLDER
    inside.mkdir(exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".new-", dir=inside))
    try:
        staging.chmod(0o755)
        report = compose(extractions, identity, staging, out=folder, marks=_marks(folder), progress=progress)
        digest = hashlib.sha256((staging / GRAPH_FILE).read_bytes()).hexdigest()
        (staging / MANIFEST).write_bytes(cache.manifest_bytes(Manifest(kept, digest)))
        _settle(folder, staging)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    cache.forget(folder, (k.extraction for k in kept.values()))
    return report


def _marks(folder: Path) -> list[Mark]:
    """What people marked in the archive as it is: kept, whatever is added or removed."""
    path = folder / GRAPH_FILE
    if not path.exists() or b"kg:Review" not in path.read_bytes():
        return []
    return [mark for mark, _ in restore(folder).marks]


def _extractions(
    folder: Path, kept: dict[str, Kept], new: list[Document], progress: Progress | None
) -> tuple[list[Extraction], dict[str, Kept]]:
    """The extraction of each report, from the cache where it is there, in order of id."""
    by_id = {document.id: document for document in new}
    found: dict[str, Extraction] = {}
    stale: list[Document] = []
    for id, k in kept.items():
        if id in by_id and not cache.has(folder, k.extraction):
            stale.append(by_id[id])
            continue
        known = cache.load(folder, k.extraction)
        if cache.current(k.extraction):
            found[id] = known
        else:
            stale.append(known.document)  # found by other rules: look again at the same document
    if stale:
        for extraction in extract_each(stale, nlp=annotate.load(), progress=progress):
            key = cache.keep(folder, extraction)
            id = extraction.document.id
            found[id] = cache.load(folder, key)
            kept = {**kept, id: Kept(key, kept[id].input)}
    return [found[id] for id in sorted(found)], kept


# --- putting in place ----------------------------------------------------------------------------------------


def _settle(folder: Path, staging: Path) -> None:
    """Make ``staging`` what the archive's links lead to: everything on disk first, then one rename."""
    inside = folder / FOLDER
    for path in staging.iterdir():
        path.chmod(0o644)
        _sync(path)
    generation = inside / f"g{staging.name.removeprefix('.new-')}"
    staging.rename(generation)
    _sync(inside)
    _convert(folder)
    _link(inside / _CURRENT, generation.name)
    _sync(inside)
    for old in inside.iterdir():
        if old != generation and (old.name.startswith(".new-") or (old.name.startswith("g") and old.is_dir())):
            shutil.rmtree(old, ignore_errors=True)
    (inside / MANIFEST).unlink(missing_ok=True)


def _convert(folder: Path) -> None:
    """Turn the plain files of a build into links to the same bytes; of a new archive, into links to nothing yet."""
    inside = folder / FOLDER
    if all((folder / name).is_symlink() for name in FILES):
        return
    if (folder / GRAPH_FILE).is_file() and not (folder / GRAPH_FILE).is_symlink():
        old = Path(tempfile.mkdtemp(prefix="g", dir=inside))
        for name in FILES:
            shutil.copyfile(folder / name, old / name)
            _sync(old / name)
        shutil.copyfile(inside / MANIFEST, old / MANIFEST)
        _link(inside / _CURRENT, old.name)
    for name in sorted(FILES, key=lambda name: name == GRAPH_FILE):  # the graph last: by it the manifest is found
        _link(folder / name, f"{FOLDER}/{_CURRENT}/{name}")


def _link(path: Path, target: str) -> None:
    """Make a link, in place of what is there, by one rename."""
    temporary = path.with_name(f".tmp-{path.name}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One command at a time changes an archive; the lock goes with the process."""
    if folder.exists() and not folder.is_dir():
        raise InputError("归档位置不是文件夹", "the archive is not a folder; choose another", where=folder)
    import fcntl

    new = not folder.exists()
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    try:
        with (folder / FOLDER / "lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise GraphError("另一个命令正在改动归档", "another command is changing the archive; try again", where=folder) from error
            yield
    except BaseException:
        if new and not (folder / GRAPH_FILE).exists():
            shutil.rmtree(folder, ignore_errors=True)
        raise
