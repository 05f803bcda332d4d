"""Files, folders and globs to documents."""

from __future__ import annotations

import glob
import io
import logging
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError, MissingExtra
from kg.model import Document
from kg.normalize import halfwidth
from kg.read.decode import decode
from kg.read.layout import layout
from kg.read.page import Hints, page

SUFFIXES = (".docx", ".htm", ".html", ".md", ".pdf", ".txt")

_UNSAFE = re.compile(r"[^\w.\-/~()《》“”、·]+")
_PAGE_NUMBER = re.compile(r"^\s*[-—–]?\s*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*\d+\s*页?)?\s*[-—–]?\s*$")
_NUMBERED = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、]|[①-⑳])")
_STOP = "。!?:;.”)》"


def read(path: str | Path, *, id: str | None = None) -> Document:
    """The report in a file. ``id`` names it, unless the page itself gives its address; else the file's stem does.

    Raises InputError for what is no readable report, MissingExtra if python-docx or pypdf is needed and absent.
    """
    path = Path(path)
    where = str(path)
    if not _exists(path):
        raise InputError("没有这个文件", "there is no such file; check the path", where=where)
    if path.is_dir():
        raise InputError("这是文件夹;请用 read_all 或给出文件", "this is a folder; use read_all, or name a file", where=where)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"不支持 {suffix or '没有扩展名'} 的文件;可用:{' '.join(SUFFIXES)}",
                         f"{suffix or 'no suffix'} is not supported; use one of {' '.join(SUFFIXES)}", where=where)  # fmt: skip
    data = path.read_bytes()
    if not data.strip():
        raise InputError("文件是空的", "the file is empty; choose a file with a report in it", where=where)
    if suffix in (".html", ".htm"):
        text, hints = page(data, where=where)
    elif suffix == ".docx":
        text, hints = _docx(data, where)
    elif suffix == ".pdf":
        text, hints = _pdf(data, where), Hints()
    else:
        text, hints = decode(data, where=where), Hints()
        if re.match(r"\s*(?:<!doctype html|<html)", text, re.I):
            text, hints = page(data, where=where)
    name = identify(hints.url) if hints.url else id or identify(path.stem)
    return _document(text, id=name, source=hints.url or path.name, hints=hints, where=where)


def read_text(text: str, *, source: str) -> Document:
    r"""The report in a string; ``source`` (a file name or an address) names it.

    >>> read_text("我馆获评先进集体。", source="notes/我馆 喜报.txt").id
    'notes/我馆-喜报'
    >>> read_text("  \n", source="a.txt")
    Traceback (most recent call last):
    ...
    kg.errors.InputError: a.txt: 没有内容 | there is no text in it
    """
    if not text.strip():
        raise InputError("没有内容", "there is no text in it", where=source)
    stem = source[: -len(Path(source).suffix)] if Path(source).suffix.lower() in SUFFIXES and "://" not in source else source
    return _document(text, id=identify(stem), source=source, hints=Hints(), where=source)


def read_all(inputs: Iterable[str | Path]) -> Iterator[Document]:
    """The reports of files, folders and globs, in the order of ``expand``, each with an id of its own."""
    for path, name in named(inputs):
        yield read(path, id=name)


def expand(inputs: Iterable[str | Path]) -> list[Path]:
    """The report files that files, folders (with all below them) and globs name, sorted, each once.

    >>> expand(["no/such/*.txt"])
    Traceback (most recent call last):
    ...
    kg.errors.InputError: no/such/*.txt: 没有匹配的文件(.docx .htm .html .md .pdf .txt) | no file matches (.docx .htm .html .md .pdf .txt)
    """
    return [path for path, _ in named(inputs)]


def named(inputs: Iterable[str | Path]) -> list[tuple[Path, str]]:
    """The files that ``expand`` lists, each with its id: relative to the folder that was given, without suffix.

    Two files that would share an id keep their suffix in it.
    """
    found: dict[Path, str] = {}
    for item in inputs:
        for path, relative in _below(item):
            found.setdefault(path, relative)
    shared: dict[str, int] = {}
    for path, relative in found.items():
        stem = identify(relative[: -len(path.suffix)])
        shared[stem] = shared.get(stem, 0) + 1
    out = []
    for path in sorted(found):
        relative = found[path]
        stem = identify(relative[: -len(path.suffix)])
        out.append((path, identify(relative) if shared[stem] > 1 else stem))
    return out


def identify(source: str) -> str:
    """A readable identifier of a source: letters of any script, digits and - . / stay.

    >>> identify("http://www.example.gov.cn/a/t20231227_1.shtml?x=1"), identify("报告 2023")
    ('www.example.gov.cn/a/t20231227_1.shtml-x-1', '报告-2023')
    """
    plain = unicodedata.normalize("NFC", re.sub(r"^[a-z]+://", "", source.strip(), flags=re.I)).replace("\\", "/")
    parts = [part for part in _UNSAFE.sub("-", plain).split("/") if part not in ("", ".", "..")]
    return "/".join(parts).strip("-") or "report"


def _below(item: str | Path) -> list[tuple[Path, str]]:
    path = Path(item)
    if _exists(path) and path.is_dir():
        files = [p for p in path.rglob("*") if _wanted(p) and not any(part.startswith(".") for part in p.relative_to(path).parts)]
        found = [(p, p.relative_to(path).as_posix()) for p in files]
    elif _exists(path):
        return [(path, path.name)]
    elif glob.has_magic(str(item)):
        found = [(p, p.name) for p in map(Path, glob.glob(str(item), recursive=True)) if _wanted(p)]  # noqa: PTH207
    else:
        raise InputError("没有这个文件或文件夹", "there is no such file or folder; check the path", where=str(item))
    if not found:
        kinds = " ".join(SUFFIXES)
        raise InputError(f"没有匹配的文件({kinds})", f"no file matches ({kinds})", where=str(item))
    return found


def _exists(path: Path) -> bool:
    """Unlike Path.exists, False for what is too long to be a path, as a text given by mistake."""
    return os.path.exists(path)  # noqa: PTH110


def _wanted(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))


def _document(text: str, *, id: str, source: str, hints: Hints, where: str) -> Document:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    document = layout(text, id=id, source=source, hints=hints)
    kept = "".join(text[b.start : b.end] for b in document.blocks if b.kind not in ("boilerplate", "meta", "byline"))
    if sum("\u4e00" <= c <= "\u9fff" for c in kept) < 4:
        raise InputError("里面没有中文报道(只有导航、页脚或其他文字);请保存文章页面本身",
                         "it holds no Chinese report (only navigation, footers or other text); save the article itself", where=where)  # fmt: skip
    return document


# -- other containers ----------------------------------------------------------------------------------------------
def _docx(data: bytes, where: str) -> tuple[str, Hints]:
    try:
        import docx
    except ImportError:
        raise MissingExtra("docs", "python-docx") from None
    try:
        opened = docx.Document(io.BytesIO(data))
    except Exception as error:  # zipfile, lxml and python-docx each raise their own
        raise InputError(f"不是有效的 docx 文件({type(error).__name__});请在 Word 里另存一次",
                         f"not a valid docx file ({type(error).__name__}); save it again in Word", where=where) from None  # fmt: skip
    lines: list[str] = []
    titles: list[str] = []
    for part in opened.iter_inner_content():
        if hasattr(part, "rows"):
            lines += ["\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in part.rows]
            continue
        lines.append(part.text)
        if part.style is not None and part.style.name in ("Title", "标题") and part.text.strip():
            titles.append(part.text.strip())
    return "\n".join(lines), Hints(titles=tuple(titles))


def _pdf(data: bytes, where: str) -> str:
    try:
        import pypdf
    except ImportError:
        raise MissingExtra("docs", "pypdf") from None
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)  # it tells stderr of every flaw; what matters comes as one InputError
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
    except Exception as error:  # a damaged PDF raises whatever it meets
        raise InputError(f"不是有效的 PDF 文件({type(error).__name__});请重新导出",
                         f"not a valid PDF file ({type(error).__name__}); export it again", where=where) from None  # fmt: skip
    finally:
        log.setLevel(level)
    text = unwrap(line for page in pages for line in page.splitlines())
    if not text.strip():
        raise InputError("PDF 里没有文字(可能是扫描件);请先做文字识别", "the PDF holds no text (a scan?); run OCR first", where=where)
    return text


def unwrap(lines: Iterable[str]) -> str:
    r"""Lines that a page's width broke, joined again; page numbers are dropped.

    >>> unwrap(["州图书馆开展“书香进村”活动十二场,惠及读者", "三千余人次。", "- 1 -", "二、服务"])
    '州图书馆开展“书香进村”活动十二场,惠及读者三千余人次。\n二、服务'
    """
    kept = [line.strip() for line in lines if line.strip() and not _PAGE_NUMBER.match(line)]
    width = max(map(len, kept), default=0)
    out: list[str] = []
    full = False  # the line before was full and did not end a sentence
    for line in kept:
        if out and full and not _NUMBERED.match(halfwidth(line)):
            gap = " " if out[-1][-1].isascii() and line[0].isascii() and out[-1][-1].isalnum() and line[0].isalnum() else ""
            out[-1] += gap + line
        else:
            out.append(line)
        full = len(line) >= 0.8 * width and width >= 15 and halfwidth(line[-1]) not in _STOP
    return "\n".join(out)
