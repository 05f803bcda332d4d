"""Bytes to text: byte order marks, UTF-8, then GB18030, then what charset-normalizer finds."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {b"%PDF": "PDF", b"PK\x03\x04": "docx/zip", b"\xd0\xcf\x11\xe0": "doc/xls", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG",
          b"GIF8": "GIF", b"\x1f\x8b": "gzip", b"{\\rtf": "RTF", b"Rar!": "RAR", b"7z\xbc\xaf": "7z"}  # fmt: skip
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """The text of ``data``; InputError if it is empty, binary, or in no known encoding.

    >>> decode("荣获先进".encode("gbk"), where="a.txt")
    '荣获先进'
    >>> decode(b"%PDF-1.7", where="a.txt")
    Traceback (most recent call last):
    ...
    kg.errors.InputError: a.txt: 内容是 PDF,不是文本;请改成正确的扩展名或另存为 UTF-8 文本 | it holds PDF, not text; give it its proper suffix or save it as UTF-8 text
    """
    if not data.strip():
        raise InputError("文件是空的", "the file is empty; choose a file with a report in it", where=where)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"内容是 {kind},不是文本;请改成正确的扩展名或另存为 UTF-8 文本",
                             f"it holds {kind}, not text; give it its proper suffix or save it as UTF-8 text", where=where)  # fmt: skip
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data, encoding), where).removeprefix("\ufeff")
    return _checked(next(filter(None, _attempts(data, declared)), None), where)


def html_charset(data: bytes) -> str | None:
    """The charset that a page declares in its first 4 KB.

    >>> html_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb18030'
    """
    found = _CHARSET.search(data[:4096])
    return _widen(found[1].decode("ascii")) if found else None


def _widen(encoding: str) -> str:
    """gb2312 and gbk are read as their superset, which pages mean when they say either."""
    return "gb18030" if encoding.lower().replace("_", "-") in ("gb2312", "gbk", "gb-2312", "hz", "gb18030", "x-gbk") else encoding.lower()


def _attempts(data: bytes, declared: str | None) -> list[str | None]:
    if b"\x00" in data:  # no text of one byte a letter holds it: UTF-16 without its mark, or no text at all
        wide = [_strict(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
        return sorted(wide, key=lambda text: -len(_HANZI.findall(text or "")))
    tries = [_strict(data, "utf-8")]
    if tries[0] is None and declared:
        tries.append(_strict(data, declared))
    if not any(tries):
        tries.append(_strict(data, "gb18030"))
    if not any(tries) or not _HANZI.search(next(filter(None, tries), "")):
        tries.insert(0, _guess(data) if not any(tries) else None)
    return tries


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["utf_8", "gb18030", "big5", "utf_16", "utf_16_le", "utf_16_be"]).best()
    return _strict(data, _widen(best.encoding)) if best else None


def _checked(text: str | None, where: str) -> str:
    if text is None:
        raise InputError("无法识别文字编码;请另存为 UTF-8 文本", "its encoding is unknown; save it as UTF-8 text", where=where)
    if len(_CONTROL.findall(text)) > len(text) // 200 or text.count("\ufffd") > max(2, len(text) // 100):
        raise InputError("内容是二进制或乱码,不是文本;请另存为 UTF-8 文本", "it is binary or garbled, not text; save it as UTF-8 text", where=where)
    return text
