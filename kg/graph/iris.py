"""IRIs: deterministic, readable, one for one with what they name.

    report      id/report/KEY                       graph/report/KEY is its named graph
    span        id/report/KEY/evidence/START-END    mention, quantity, section, merge likewise
    fact        id/report/KEY/award/START-END       offsets of the words that the fact turns on
    entity      id/organization/省地质局

Two things at the same offsets are told apart by a suffix: ``120-128``, ``120-128-2``.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.vocab import BASE, ID, KG, PREFIXES

ARCHIVE = NamedNode(BASE + "graph/archive")

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:@()+,=")
_HOSTILE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
_RANGES = ((0xA0, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFEF), (0x10000, 0xEFFFD))  # ucschar of RFC 3987


@lru_cache(maxsize=65_536)
def _escape_char(char: str) -> str:
    code = ord(char)
    if char in _PLAIN:
        return char
    if any(low <= code <= high for low, high in _RANGES) and unicodedata.category(char) not in _HOSTILE:
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def escape(text: str) -> str:
    """One path segment: percent-encoded where an IRI needs it, one for one, Chinese left readable.

    >>> escape("何家湾村"), escape("a/b 50%"), escape("..")
    ('何家湾村', 'a%2Fb%2050%25', '%2E%2E')
    """
    if text.strip(".") == "":
        return text.replace(".", "%2E")
    return "".join(map(_escape_char, text))


@lru_cache(maxsize=1024)
def term(name: str) -> NamedNode:
    """A term of the closed vocabulary by its local name; a misspelt one raises AttributeError.

    >>> term("recipient").value
    'https://w3id.org/achievement-kg/ontology#recipient'
    """
    return NamedNode(str(KG[name]))


@lru_cache(maxsize=1024)
def outside(curie: str) -> NamedNode:
    """A term of a vocabulary that is not ours.

    >>> outside("skos:prefLabel").value
    'http://www.w3.org/2004/02/skos/core#prefLabel'
    """
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def report_iri(report: str) -> NamedNode:
    """The node of a report, from ``Document.id``.

    >>> report_iri("hubei-geology-2023").value
    'https://w3id.org/achievement-kg/id/report/hubei-geology-2023'
    """
    return NamedNode(f"{ID}report/{escape(report)}")


def graph_iri(report: str) -> NamedNode:
    """The named graph that holds a report's facts, mentions and evidence."""
    return NamedNode(f"{BASE}graph/report/{escape(report)}")


def entity_iri(key: str) -> NamedNode:
    """The node of an entity, from ``Entity.key``; its slashes stay.

    >>> entity_iri("organization/省地质局").value
    'https://w3id.org/achievement-kg/id/organization/省地质局'
    """
    path = "/".join(escape(part) for part in key.split("/"))
    return NamedNode(f"{ID}{path}")


class Namer:
    """Hands out the IRIs of one report.

    >>> name = Namer("r1")
    >>> [name("award", 3, 9).value.rpartition("/")[2] for _ in range(2)]
    ['3-9', '3-9-2']
    """

    def __init__(self, report: str) -> None:
        self.base = report_iri(report).value
        self._taken: dict[str, int] = {}

    def __call__(self, kind: str, start: int, end: int) -> NamedNode:
        iri = f"{self.base}/{kind}/{start}-{end}"
        count = self._taken[iri] = self._taken.get(iri, 0) + 1
        return NamedNode(iri if count == 1 else f"{iri}-{count}")
