"""Features of characters for the tagger: neighbours, words, lexicons, and the nearest heads and verbs.

A conditional random field sees only a few characters around each one. What decides where a long name begins or
ends stands further away: the verb that governs it on the left, the head noun that closes it on the right. Both are
handed to it as features.
"""

from __future__ import annotations

import re
from functools import cache

from kg.annotate.lexis import CLAUSE_END, Lexis, Word
from kg.gazetteer import Gazetteer
from kg.lexicons import media, org_suffixes, site_suffixes, surnames, titles
from kg.rules.cues import alternation, words

_KIND = re.compile(r"(?P<d>[0-9０-９]+)|(?P<a>[A-Za-zＡ-Ｚａ-ｚ]+)|(?P<h>[一二三四五六七八九十百千万亿两零〇]+)")
Features = list[list[str]]


def features(lexis: Lexis) -> Features:
    """One list of feature strings for each character of the text."""
    text = lexis.text
    n = len(text)
    kinds = _kinds(text)
    word_of = _word_of(lexis, n)
    place = _bands(n, _place_spans(text))
    known = _bands(n, _known_spans(text))
    heads = _next_head(text)
    verbs = _last_verb(lexis)
    quote = _quotes(text, lexis)
    family = surnames()
    rows: Features = []
    for i in range(n):
        c = text[i]
        p1 = text[i - 1] if i else "^"
        p2 = text[i - 2] if i > 1 else "^"
        n1 = text[i + 1] if i + 1 < n else "$"
        n2 = text[i + 2] if i + 2 < n else "$"
        w, pos = word_of[i]
        pw, ppos = word_of[i - 1] if i else ("^", "^")
        _, npos = word_of[i + 1] if i + 1 < n else ("$", "$")
        row = [
            "b", "c=" + c, "c-1=" + p1, "c-2=" + p2, "c+1=" + n1, "c+2=" + n2,
            "cc-=" + p1 + c, "cc+=" + c + n1, "c-2-1=" + p2 + p1, "c+1+2=" + n1 + n2, "c-+=" + p1 + n1,
            "k=" + kinds[i], "k3=" + (kinds[i - 1] if i else "^") + kinds[i] + (kinds[i + 1] if i + 1 < n else "$"),
            "w=" + w, "t=" + pos, "t-=" + ppos, "t+=" + npos, "tt=" + ppos + ">" + pos, "tt+=" + pos + ">" + npos,
            "pl=" + place[i], "kn=" + known[i], "h=" + heads[i], "v=" + verbs[i], "q=" + quote[i],
            "hv=" + heads[i] + verbs[i], "plh=" + place[i] + heads[i], "qh=" + quote[i] + heads[i],
        ]
        if pos[0] in "BS":
            row.append("pw=" + (word_of[i - 1][0] if i else "^"))
            row.append("pvh=" + verbs[i] + heads[i] + ppos)
        if pos[0] in "ES":
            row.append("nw=" + (word_of[i + 1][0] if i + 1 < n else "$"))
        if place[i] != "O" or known[i] != "O":
            row.append("pk=" + place[i] + known[i])
        if c in family:
            row.append("s0")
            row.append("s0" + pos)
            if i and word_of[i][1][0] in "BS":
                row.append("s0p=" + pw)
        if p1 in family:
            row.append("s-1" + pos)
        if p2 in family:
            row.append("s-2" + pos)
        rows.append(row)
    return rows


def _kinds(text: str) -> list[str]:
    kinds = ["c" if "\u4e00" <= c <= "\u9fff" else "p" for c in text]
    for m in _KIND.finditer(text):
        kinds[m.start() : m.end()] = [m.lastgroup or "c"] * (m.end() - m.start())
    return kinds


def _word_of(lexis: Lexis, n: int) -> list[tuple[str, str]]:
    """The word of each character and its position in it with the part of speech."""
    out: list[tuple[str, str]] = [("", "O")] * n
    for w in lexis.words:
        size = w.end - w.start
        for k in range(size):
            mark = "S" if size == 1 else "B" if k == 0 else "E" if k == size - 1 else "M"
            out[w.start + k] = (w.text, mark + w.pos)
    return out


def _bands(n: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """Spans as one label a character; the longest of overlapping ones wins."""
    out = ["O"] * n
    for start, end, label in sorted(spans, key=lambda s: s[1] - s[0]):
        for k in range(start, end):
            mark = "S" if end - start == 1 else "B" if k == start else "E" if k == end - 1 else "M"
            out[k] = mark + label
    return out


def _place_spans(text: str) -> list[tuple[int, int, str]]:
    return [(s[0], s[1], "L" + s[2][0]) for s in Gazetteer.load().scan(text)]


@cache
def _known() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(alternation(m for m in media() if len(m) > 2)),
        re.compile(alternation(titles())),
        re.compile(alternation(words("awards", "heads"))),
    )


def _known_spans(text: str) -> list[tuple[int, int, str]]:
    outlet, title, honour = _known()
    spans = [(m.start(), m.end(), "m") for m in outlet.finditer(text)]
    spans += [(m.start(), m.end(), "t") for m in title.finditer(text)]
    spans += [(m.start(), m.end(), "h") for m in honour.finditer(text)]
    return spans


@cache
def _heads() -> re.Pattern[str]:
    groups = {
        "H": words("awards", "heads"),
        "A": words("activities", "heads"),
        "T": titles(),
        "O": org_suffixes().keys() - words("awards", "heads"),
        "L": site_suffixes().keys() - words("awards", "heads"),
    }
    return re.compile("|".join(f"(?P<{k}>{alternation(v)})" for k, v in groups.items()))


def _next_head(text: str) -> list[str]:
    """For each character the kind of the nearest head noun that ends at or after it in its clause, and how far."""
    out = ["-"] * len(text)
    for m in _heads().finditer(text):
        for i in range(m.end() - 1, -1, -1):
            if i < m.start() - 30 or text[i] in CLAUSE_END + "、" or out[i] != "-":
                break
            far = m.end() - 1 - i
            out[i] = f"{m.lastgroup}{'0' if i >= m.start() else '1' if far < 8 else '2' if far < 16 else '3'}"
    return out


def _last_verb(lexis: Lexis) -> list[str]:
    """For each character the class of the last governing verb before it in its clause."""
    text = lexis.text
    out = ["-"] * len(text)
    classes = dict.fromkeys(words("awards", "active"), "r") | dict.fromkeys(words("awards", "confer"), "c")
    classes |= dict.fromkeys(words("activities", "trigger"), "a") | dict.fromkeys(words("awards", "aims"), "m")
    now, wait = "-", 0
    by_start: dict[int, Word] = {w.start: w for w in lexis.words}
    for i, c in enumerate(text):
        if c in CLAUSE_END:
            now = "-"
        out[i] = now + ("0" if wait == 0 and now != "-" else "")
        wait = max(0, wait - 1)
        if i in by_start:
            w = by_start[i]
            two = text[i : i + 2]
            kind = classes.get(w.text) or classes.get(two)
            if kind:
                now, wait = kind, 0
    return out


def _quotes(text: str, lexis: Lexis) -> list[str]:
    """Whether a character stands in quotation marks, and whether at their edge."""
    out = ["O"] * len(text)
    for i, close in lexis.partner.items():
        if i < close and text[i] in "“《「":
            mark = "b" if text[i] == "《" else "q"
            out[i], out[close] = mark + "(", mark + ")"
            for k in range(i + 1, close):
                out[k] = mark
    return out
