"""The visible text of a saved web page, line by line, and what its head says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from kg.read.decode import decode, html_charset

BLOCKS = frozenset(["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "option"])
HIDDEN = frozenset(["script", "style", "noscript", "template", "head", "nav", "footer", "iframe", "object", "embed", "select", "button", "input", "textarea", "svg", "canvas", "video", "audio", "map"])

_TITLE_META = ("articletitle", "og:title", "twitter:title", "title")
_DATE_META = ("pubdate", "publishdate", "article:published_time", "publishtime", "dc.date", "date", "og:release_date", "datepublished")
_SOURCE_META = ("contentsource", "source", "articlesource")
_SITE_SUFFIX = re.compile(r"\s*[-_|—–>·»]+\s*[^-_|—–>·»]{2,40}$")
_DATE = re.compile(r"((?:19|20|21)\d{2})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLANK = re.compile(r"[ \r\n\f\u00a0]+")
_CELLS = re.compile(r" *\t[\t ]*")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a container says of the report beside its text."""

    titles: tuple[str, ...] = ()
    published: str | None = None
    source: str | None = None  # who the page names as its source
    url: str | None = None
    linked: frozenset[int] = field(default_factory=frozenset)  # starts of lines that are nothing but links


def page(data: bytes, *, where: str) -> tuple[str, Hints]:
    """The visible lines of a page and its hints.

    >>> page(b"<title>A</title><p>x <b>y</b></p><p>z<br>w</p>", where="a.html")[0]
    'x y\\nz\\nw'
    """
    source = decode(data, where=where, declared=html_charset(data))
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        root = html.document_fromstring(source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", Hints()
    lines = list(_lines(root))
    text = "\n".join(line for line, _ in lines)
    return text, _hints(root, _linked(lines))


def _linked(lines: list[tuple[str, float]]) -> frozenset[int]:
    starts, position = set(), 0
    for line, share in lines:
        if share > 0.8:
            starts.add(position)
        position += len(line) + 1
    return frozenset(starts)


def _lines(root: html.HtmlElement) -> Iterator[tuple[str, float]]:
    """Each visible line with the share of its characters that belongs to links."""
    parts: list[tuple[str, bool]] = []

    def flush() -> Iterator[tuple[str, float]]:
        raw = "".join(text for text, _ in parts)
        line = _CELLS.sub("\t", _BLANK.sub(" ", raw)).strip()
        if line:
            inside = sum(len(text.strip()) for text, linked in parts if linked)
            yield line, inside / max(1, len(raw.strip()))
        parts.clear()

    for kind, value, linked in _events(root):
        if kind == "text":
            parts.append((value, linked))
        else:
            yield from flush()
    yield from flush()


def _events(element: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    """Text and breaks in document order, without recursion (saved pages nest deeply)."""
    stack: list[tuple[html.HtmlElement, bool, bool]] = [(element, False, False)]
    while stack:
        node, linked, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if leaving:
            if _breaks(node, tag):
                yield "break", "", False
            if node.tail:
                yield "text", node.tail.replace("\t", " "), linked
            continue
        if _hidden(node, tag):
            if node.tail and node is not element:
                yield "text", node.tail.replace("\t", " "), linked
            continue
        inside = linked or tag == "a"
        if tag == "br" or _breaks(node, tag):
            yield "break", "", False
        elif tag in ("td", "th"):
            yield "text", "\t", linked
        if node.text:
            yield "text", node.text.replace("\t", " "), inside
        stack.append((node, linked, True))
        stack.extend((child, inside, False) for child in reversed(node))


def _hidden(node: html.HtmlElement, tag: str) -> bool:
    return not tag or tag in HIDDEN or "hidden" in node.attrib or bool(_INVISIBLE.search(node.get("style", "")))


def _breaks(node: html.HtmlElement, tag: str) -> bool:
    if tag in ("td", "th"):  # a layout table breaks lines, a table of figures does not
        return any(child.tag in BLOCKS or child.tag == "br" for child in node)
    return tag in BLOCKS


def _hints(root: html.HtmlElement, linked: frozenset[int]) -> Hints:
    meta: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (node.get("name") or node.get("property") or node.get("itemprop") or "").lower()
        if name and node.get("content"):
            meta.setdefault(name, node.get("content").strip())
    return Hints(
        titles=tuple(dict.fromkeys(t for t in _titles(root, meta) if t)),
        published=next(filter(None, (_date(meta.get(name, "")) for name in _DATE_META)), None),
        source=next((meta[name] for name in _SOURCE_META if meta.get(name)), None),
        url=_url(root, meta),
        linked=linked,
    )


def _titles(root: html.HtmlElement, meta: dict[str, str]) -> Iterator[str]:
    for name in _TITLE_META:
        yield _clean(meta.get(name, ""))
    named = _clean(root.findtext(".//title") or "")
    yield named
    while (shorter := _SITE_SUFFIX.sub("", named)) != named:
        yield shorter
        named = shorter
    for tag in ("h1", "h2"):
        for node in root.iter(tag):
            yield _clean(node.text_content())


def _clean(words: str) -> str:
    return " ".join(words.split())


def _url(root: html.HtmlElement, meta: dict[str, str]) -> str | None:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    return meta.get("og:url") or meta.get("url")


def _date(words: str) -> str | None:
    found = _DATE.search(words)
    if not found:
        return None
    year, month, day = (int(n) for n in found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
