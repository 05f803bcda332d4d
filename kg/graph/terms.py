"""Python values to RDF literals, and the sink that quads of one graph go into."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import GraphError
from kg.graph.iris import outside, term
from kg.tables import Value
from kg.vocab import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple

_TYPE = outside("rdf:type")
_DECIMAL, _INTEGER, _BOOLEAN = outside("xsd:decimal"), outside("xsd:integer"), outside("xsd:boolean")
_DATES = (
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), outside("xsd:date")),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])"), outside("xsd:gYearMonth")),
    (re.compile(r"\d{4}"), outside("xsd:gYear")),
)


def plain(value: float) -> str:
    """A number without exponent, trailing zeros or a bare point.

    >>> plain(980000.0), plain(16.5), plain(2.15e8), plain(1e-07), plain(-0.0)
    ('980000', '16.5', '215000000', '0.0000001', '0')
    """
    if not math.isfinite(value):
        raise GraphError(f"数值无效:{value}", f"{value} is no number; mend the rule that produced it")
    text = format(Decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def decimal(value: float) -> Literal:
    """An ``xsd:decimal``.

    >>> str(decimal(980000.0))
    '"980000"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return Literal(plain(value), datatype=_DECIMAL)


def date(value: str) -> Literal:
    """A date as precise as it is; a plain string if it is no ISO date, so that the shapes find it.

    >>> [str(date(d)).rpartition("#")[2] for d in ("2023", "2023-06", "2023-06-15")]
    ['gYear>', 'gYearMonth>', 'date>']
    """
    for pattern, datatype in _DATES:
        if pattern.fullmatch(value):
            return Literal(value, datatype=datatype)
    return Literal(value)


def literal(value: str | int | float | bool) -> Literal:
    """A plain string, boolean, integer or decimal.

    >>> str(literal("received")), str(literal(True)).rpartition("#")[2]
    ('"received"', 'boolean>')
    """
    if isinstance(value, str):
        return Literal(value)
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=_BOOLEAN)
    if isinstance(value, int):
        return Literal(str(value), datatype=_INTEGER)
    return decimal(value)


class Sink:
    """The quads of one named graph, without repeats and in order."""

    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self._quads: dict[Quad, None] = {}

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """One statement."""
        self._quads[Quad(subject, predicate, value, self.graph)] = None

    def types(self, subject: NamedNode, *names: str) -> None:
        """``rdf:type`` for each local name of a class."""
        for name in names:
            self.add(subject, _TYPE, term(name))

    def put(
        self, subject: NamedNode, /, **values: str | int | float | bool | NamedNode | Literal | None
    ) -> None:
        """Statements with terms of our own vocabulary; None says nothing."""
        for name, value in values.items():
            if value is None:
                continue
            known = value if isinstance(value, NamedNode | Literal) else literal(value)
            self.add(subject, term(name), known)

    def triples(self) -> Iterable[Triple]:
        """The statements without their graph."""
        return (quad.triple for quad in self._quads)

    def quads(self) -> Iterable[Quad]:
        """The statements in the order in which they came."""
        return self._quads.keys()


def python_value(term: Term | None) -> Value:
    """A term as a Python value: IRIs and texts as str, numbers as int, Decimal or float.

    >>> python_value(decimal(980000.0)), python_value(literal(True)), python_value(None)
    (Decimal('980000'), True, None)
    """
    if term is None or isinstance(term, NamedNode | BlankNode):
        return None if term is None else term.value
    if isinstance(term, Triple):
        return str(term)
    convert = _PYTHON.get(term.datatype.value)
    try:
        return term.value if convert is None else convert(term.value)
    except (ValueError, ArithmeticError):
        return term.value


_XSD = PREFIXES["xsd"]
_PYTHON: Mapping[str, Callable[[str], Value]] = {
    f"{_XSD}integer": int,
    f"{_XSD}decimal": Decimal,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
}
