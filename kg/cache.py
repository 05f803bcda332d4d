"""What was found in each report, kept beside its graph in ``DIR/.kg``, so that unchanged reports are not read again.

    .kg/extractions/HASH.json.gz   one extraction, named by its document's content and the version of what finds facts
    .kg/archive.json               the reports of a folder that ``kg build`` wrote, and the graph that they belong to
    .kg/current/                   the same for an archive (see kg.archive), beside its three files

An extraction is plain JSON: nothing is run when it is loaded.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from kg import model
from kg.errors import GraphError
from kg.graph import GRAPH_FILE
from kg.model import Document, Extraction

FOLDER: Final = ".kg"
MANIFEST: Final = "archive.json"
_FORMAT: Final = 1
_FINDERS: Final = (
    "annotate", "extract", "normalize", "rules", "lexicons", "models", "gazetteer", "names.py", "model.py", "process.py",
)  # fmt: skip
_CODE: Final = (".py", ".toml", ".csv", ".txt", ".crf", ".bin", ".marisa")
_CLASSES: Final = {
    name: kind for name, kind in vars(model).items() if isinstance(kind, type) and is_dataclass(kind)
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One report of a folder: the name of its extraction's file, and the hash of the file it was read from."""

    extraction: str
    input: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The reports of a folder by id, and the hash of the graph that was made of them."""

    reports: Mapping[str, Kept]
    graph: str


@cache
def version() -> str:
    """A hash of everything that decides what is found in a document: code, rules, lexicons, models.

    >>> len(version())
    16
    """
    home = Path(__file__).parent
    digest = hashlib.sha256(str(_FORMAT).encode())
    for name in _FINDERS:
        place = home / name
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.suffix in _CODE and "training" not in path.parts and path.is_file():
                digest.update(path.relative_to(home).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def key_of(document: Document) -> str:
    """The name of the file of a document's extraction: its content and the version of what finds facts."""
    digest = hashlib.sha256(json.dumps(_plain(document), ensure_ascii=False, sort_keys=True).encode())
    return f"{digest.hexdigest()[:32]}-{version()}"


def hash_of(path: Path, name: str) -> str:
    """A hash of a file's bytes and of the name that it is to have."""
    return hashlib.sha256(name.encode() + b"\0" + path.name.encode() + b"\0" + path.read_bytes()).hexdigest()


def dumps(extraction: Extraction) -> bytes:
    """An extraction as compressed JSON; the same extraction always gives the same bytes.

    >>> found = Extraction(Document("r1", "我局获奖。", published="2023-01-02"))
    >>> loads(dumps(found)) == found
    True
    """
    text = json.dumps(_plain(extraction), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def loads(data: bytes) -> Extraction:
    """The extraction of ``dumps``."""
    found = _alive(json.loads(gzip.decompress(data)))
    if not isinstance(found, Extraction):
        raise TypeError("no extraction")
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        known = {f.name: _plain(getattr(value, f.name)) for f in fields(kind)}
        return {"": kind.__name__, **known}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _alive(value: Any) -> Any:
    if isinstance(value, dict):
        return _CLASSES[value[""]](**{name: _alive(item) for name, item in value.items() if name})
    return tuple(_alive(item) for item in value) if isinstance(value, list) else value


# --- on disk -------------------------------------------------------------------------------------------------


def keep(folder: Path, extraction: Extraction) -> str:
    """Keep an extraction in the cache of a folder; gives its name there."""
    key = key_of(extraction.document)
    target = _file(folder, key)
    if not target.exists():
        write_whole(target, dumps(extraction))
    return key


def load(folder: Path, key: str) -> Extraction:
    """A kept extraction; GraphError if it is gone or damaged."""
    path = _file(folder, key)
    try:
        return loads(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise GraphError(
            "缓存缺失或已损坏;请重新运行 kg build", "the cache is gone or damaged; run kg build again", where=path
        ) from error


def has(folder: Path, key: str) -> bool:
    """Whether an extraction is kept."""
    return _file(folder, key).is_file()


def current(key: str) -> bool:
    """Whether a kept extraction is what this version would find."""
    return key.endswith("-" + version())


def remember(folder: Path, extractions: Iterable[Extraction]) -> None:
    """Keep what a fresh build found, and that the graph in the folder is made of it."""
    kept = {e.document.id: Kept(keep(folder, e)) for e in extractions}
    write_whole(folder / FOLDER / MANIFEST, manifest_bytes(Manifest(kept, graph_hash(folder))))


def graph_hash(folder: Path) -> str:
    """The hash of the graph file in a folder."""
    return hashlib.sha256((folder / GRAPH_FILE).read_bytes()).hexdigest()


def manifest_bytes(manifest: Manifest) -> bytes:
    """A manifest as JSON, in order of report."""
    reports = {id: {"extraction": k.extraction, "input": k.input} for id, k in sorted(manifest.reports.items())}
    data = {"format": _FORMAT, "graph": manifest.graph, "reports": reports}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def manifest(folder: Path) -> Manifest | None:
    """The reports of a folder, None if nothing is kept of it."""
    archive = (folder / GRAPH_FILE).is_symlink()
    path = folder / FOLDER / ("current/" + MANIFEST if archive else MANIFEST)
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        kept = {id: Kept(row["extraction"], row["input"]) for id, row in data["reports"].items()}
        return Manifest(kept, cast(str, data["graph"]))
    except (ValueError, KeyError, TypeError) as error:
        raise GraphError("归档清单已损坏;请重新运行 kg build", "damaged manifest; run kg build again", where=path) from error


def forget(folder: Path, wanted: Iterable[str]) -> None:
    """Remove kept extractions that are not wanted, and what a killed run left."""
    names = {f"{key}.json.gz" for key in wanted}
    for path in _files(folder):
        if path.name not in names:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    place = folder / FOLDER / "extractions"
    return iter(list(place.iterdir()) if place.is_dir() else [])


def _file(folder: Path, key: str) -> Path:
    return folder / FOLDER / "extractions" / f"{key}.json.gz"


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, even if the machine stops."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".tmp-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
