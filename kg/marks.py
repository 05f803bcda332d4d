"""The marks 已核 and 有误 that readers save from the page, read back: ``kg build INPUT -o DIR --marks FILE``.

A file of marks has one JSON object per line::

    {"report": "…", "start": 120, "end": 156, "kind": "award", "fact": "甲 — 获 — 乙", "verdict": "wrong", "note": "…"}

A mark finds its fact by report, start, end and kind; where one sentence states several facts of a kind, by its words.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.graph.facts import SPECS
from kg.graph.marks import Mark, Marked
from kg.model import Extraction, Fact, Resolution
from kg.report import label_of
from kg.view.words import words

KINDS: Final = tuple(spec.slug for spec in SPECS.values())
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_EXPECTED: Final = '{"report": …, "start": …, "end": …, "kind": …, "verdict": "right"|"wrong", "note": …}'


def read(path: str | Path) -> tuple[Mark, ...]:
    """The marks of a file, in its order; of two about one fact the later holds.

    Raises InputError, with the line, for a file that is no file of marks.
    """
    where = Path(path)
    try:
        text = where.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "核对记录不是 UTF-8 文本;请用网页“保存核对记录”存下的文件",
            "the marks are not UTF-8 text; give the file that the page saved",
            where=where,
        ) from error
    except OSError as error:
        raise InputError(
            f"核对记录读不了({error.strerror})", f"the marks cannot be read ({error.strerror})", where=where
        ) from error
    found: dict[tuple[object, ...], Mark] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            mark = _mark(line, f"{where}:{number}")
            key = (mark.report, mark.start, mark.end, mark.kind, mark.said)
            found.pop(key, None)
            found[key] = mark
    return tuple(found.values())


def _mark(line: str, where: str) -> Mark:
    try:
        value = json.loads(line)
        line.encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"这一行不是 JSON;应为 {_EXPECTED}", f"this line is no JSON; expected {_EXPECTED}", where=where
        ) from error
    if not isinstance(value, dict):
        raise InputError(
            f"这一行不是一条核对记录;应为 {_EXPECTED}", f"this line is no mark; expected {_EXPECTED}", where=where
        )
    report: Any = value.get("report")
    start: Any = value.get("start")
    end: Any = value.get("end")
    _must(isinstance(report, str) and bool(report), "report", "报告编号", "the id of a report", where)
    _must(_offset(start), "start", "非负整数", "an integer that is not negative", where)
    _must(_offset(end) and end > start, "end", "大于 start 的整数", "an integer above start", where)
    _must(value.get("kind") in KINDS, "kind", f"{'、'.join(KINDS)} 之一", f"one of {', '.join(KINDS)}", where)
    _must(value.get("verdict") in ("right", "wrong"), "verdict", "right(已核)或 wrong(有误)", "right or wrong", where)
    for name in ("note", "fact", "rule"):
        _must(isinstance(value.get(name, ""), str), name, "文字", "a text", where)
    return Mark(
        report=_plain(value["report"], where),
        start=start,
        end=end,
        kind=value["kind"],
        verdict=value["verdict"],
        note=_plain(value.get("note", ""), where),
        said=_plain(value.get("fact", ""), where),
        rule=_plain(value.get("rule", ""), where),
    )


def _must(good: bool, name: str, zh: str, en: str, where: str) -> None:
    if not good:
        raise InputError(f"核对记录的 {name} 应为{zh}", f"{name} of a mark must be {en}", where=where)


def _offset(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _plain(text: str, where: str) -> str:
    """Without characters that move the cursor or turn the reading; half a character is an error."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("这一行含有残缺的字符", "this line holds half a character", where=where) from error
    return _CONTROL.sub(" ", text).strip()


def match(marks: Iterable[Mark], extractions: Sequence[Extraction], resolution: Resolution) -> tuple[Marked, ...]:
    """Each mark with the facts that it is about: none if nothing of its kind stands there any more.

    Marks whose words are still those of a fact come first; then one whose fact has changed its words takes what is left,
    if that is a single fact.
    """
    kept = list(marks)
    reports = {mark.report for mark in kept}
    there: dict[tuple[object, ...], list[tuple[str, Fact]]] = defaultdict(list)
    for extraction in extractions:
        if (report := extraction.document.id) in reports:
            name = label_of(report, resolution)
            for fact in dict.fromkeys(extraction.facts):
                where = (report, fact.evidence.start, fact.evidence.end, SPECS[type(fact)].slug)
                there[where].append((_CONTROL.sub(" ", words(fact, name).zh).strip(), fact))
    found: dict[int, tuple[Fact, ...]] = {}
    taken: set[tuple[str, Fact]] = set()
    for number, mark in enumerate(kept):
        told = there.get((mark.report, mark.start, mark.end, mark.kind), ())
        facts = tuple(fact for said, fact in told if mark.said in (said, ""))
        found[number] = facts
        taken.update((mark.report, fact) for fact in facts)
    for number, mark in enumerate(kept):
        if not found[number]:
            told = there.get((mark.report, mark.start, mark.end, mark.kind), ())
            left = tuple(fact for _, fact in told if (mark.report, fact) not in taken)
            if len(left) == 1:
                found[number] = left
                taken.add((mark.report, left[0]))
    return tuple((mark, found[number]) for number, mark in enumerate(kept))
