"""Text with inline tags, as the training sentences are written, to characters and spans.

>>> parse("<O><L>青槐县</L>气象局</O><T>局长</T><P>罗听澜</P>")[0]
'青槐县气象局局长罗听澜'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import RuleError

TAGS = {"P": "Person", "O": "Organization", "L": "Place", "H": "Honour", "A": "Activity", "W": "Work", "T": "Title"}
_TAG = re.compile(r"<(/?)([POLHAWT])>")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One tagged span; ``depth`` is 0 for an outermost one."""

    start: int
    end: int
    tag: str
    depth: int


def parse(line: str, *, where: str = "") -> tuple[str, list[Tagged]]:
    """The characters of a tagged line, and its spans in order of their ends.

    Raises RuleError if tags do not balance.
    """
    text, spans, stack, at = "", [], [], 0
    for m in _TAG.finditer(line):
        text += line[at : m.start()]
        at = m.end()
        if not m[1]:
            stack.append((m[2], len(text)))
            continue
        if not stack or stack[-1][0] != m[2]:
            raise RuleError(f"标签不配对:{m[0]}", f"unbalanced tag {m[0]}", where=where or line[:40])
        tag, start = stack.pop()
        spans.append(Tagged(start, len(text), tag, len(stack)))
    if stack:
        raise RuleError(f"标签没有关闭:<{stack[-1][0]}>", f"unclosed tag <{stack[-1][0]}>", where=where or line[:40])
    return text + line[at:], spans
