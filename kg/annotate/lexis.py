"""Words, brackets and clauses of a text: what the annotators lean on, always in character offsets.

Words come from jieba's dictionary (through ``rjieba``); they are hints for where a name may begin, never the
unit of annotation. Brackets and quotation marks are matched within a line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

import rjieba

OPEN = {"“": "”", "《": "》", "(": ")", "（": "）", "「": "」", "『": "』", "‘": "’", "〈": "〉", "【": "】", "[": "]"}
QUOTES = "“「『‘"
CLAUSE_END = ",，;；。!！?？\n"
SPLIT = CLAUSE_END + ":："


@lru_cache(maxsize=1)
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()


def is_word(text: str) -> bool:
    """Whether the dictionary has these characters as one word.

    >>> is_word("陈列馆"), is_word("罗听澜")
    (True, False)
    """
    return bool(_jieba().has_word(text))


@dataclass(frozen=True, slots=True)
class Word:
    """One word with jieba's part of speech."""

    start: int
    end: int
    text: str
    pos: str


class Lexis:
    """The lexical view of one text.

    >>> lexis = Lexis("推动竹山县“童伴之家”发展")
    >>> [w.text for w in lexis.words][:2]
    ['推动', '竹山县']
    >>> lexis.partner[5], lexis.partner[10]
    (10, 5)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        words, at = [], 0
        for part, pos in _jieba().tag(text):
            words.append(Word(at, at + len(part), part, pos))
            at += len(part)
        self.words: tuple[Word, ...] = tuple(words)
        self._starts = [w.start for w in words]
        self.partner = _partners(text)

    @cached_property
    def boundaries(self) -> frozenset[int]:
        """Offsets at which a word starts or ends."""
        return frozenset([*self._starts, len(self.text)])

    def at(self, offset: int) -> Word | None:
        """The word that covers the character at ``offset``."""
        i = bisect_right(self._starts, offset) - 1
        return self.words[i] if 0 <= i < len(self.words) and offset < self.words[i].end else None

    def before(self, offset: int) -> Word | None:
        """The word that ends at, or covers, the character before ``offset``."""
        return self.at(offset - 1) if offset > 0 else None

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie wholly within ``[start, end)``."""
        i, j = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(w for w in self.words[i:j] if w.end <= end)

    def quoted(self, offset: int, start: int) -> int | None:
        """The start of the quotation that encloses ``offset``, searched no further left than ``start``."""
        for i in range(offset - 1, start - 1, -1):
            if self.text[i] in OPEN and self.partner.get(i, -1) >= offset:
                return i
        return None

    def split(self, start: int, end: int, marks: str) -> list[tuple[int, int]]:
        """Parts of ``[start, end)`` between ``marks`` that stand outside brackets and quotation marks.

        >>> text = "“一、二”、三和四"
        >>> [text[a:b] for a, b in Lexis(text).split(0, len(text), "、")]
        ['“一、二”', '三和四']
        """
        parts, at, i = [], start, start
        while i < end:
            char = self.text[i]
            if char in marks:
                parts.append((at, i))
                at = i + 1
            close = self.partner.get(i, -1)
            i = close + 1 if char in OPEN and i < close < end else i + 1
        parts.append((at, end))
        return parts

    def trim(self, start: int, end: int, junk: str = " \u3000\t\n") -> tuple[int, int]:
        """``[start, end)`` without characters of ``junk`` at its ends."""
        while start < end and self.text[start] in junk:
            start += 1
        while end > start and self.text[end - 1] in junk:
            end -= 1
        return start, end


def _partners(text: str) -> dict[int, int]:
    """Offsets of matching brackets, both ways; a line end or a wrong nest forgets what is open."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for i, char in enumerate(text):
        if char in OPEN:
            stack.append(i)
        elif char == "\n":
            stack.clear()
        elif char in _CLOSE:
            while stack and OPEN[text[stack[-1]]] != char:
                stack.pop()
            if stack:
                j = stack.pop()
                found[i], found[j] = j, i
    return found


_CLOSE = frozenset(OPEN.values())
