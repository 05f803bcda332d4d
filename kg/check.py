"""Findings on a built graph: what the SHACL shapes and the violation queries of the ontology say, zh and en.

>>> sorted(checks())[:2]
['code-parent-violation', 'foreign-evidence-violation']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from rdflib import SH, URIRef

from kg.errors import RuleError
from kg.graph import flat_graph, graphs
from kg.vocab import ID, KG, KG_BASE, ontology_dir


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. ``check`` names the shape ('shape kg:AwardShape') or query ('check quote-violation')."""

    check: str
    node: str
    zh: str
    en: str
    quote: str | None = None
    detail: str | None = None

    def __str__(self) -> str:
        where = self.node.removeprefix(str(ID))
        detail = f" [{self.detail}]" if self.detail else ""
        quote = f" “{self.quote}”" if self.quote else ""
        return f"{where}: {self.zh} | {self.en}{detail}{quote} ({self.check})"


def check(place: Path | str) -> list[Finding]:
    """Every finding on the graph of an output folder, in order of check and node; none if all is well."""
    found = [*_shapes(flat_graph(place)), *_violations(graphs(place))]
    return sorted(dict.fromkeys(found), key=lambda f: (f.check, f.node, f.en, f.detail or ""))


def checks() -> Mapping[str, Path]:
    """The violation queries by name."""
    return {path.stem: path for path in sorted((ontology_dir() / "checks").glob("*-violation.rq"))}


@lru_cache(maxsize=1)
def shapes() -> rdflib.Graph:
    """All shapes as one graph."""
    graph = rdflib.Graph()
    for path in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def _shapes(data: rdflib.Graph) -> Iterator[Finding]:
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none", inplace=True)
    if conforms:
        return
    if not isinstance(results, rdflib.Graph):
        raise RuleError(f"形状无法运行:{results}", f"the shapes cannot run: {results}")
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        node = results.value(result, SH.focusNode)
        messages = {
            m.language: str(m)
            for m in results.objects(result, SH.resultMessage)
            if isinstance(m, rdflib.Literal)
        }
        value = results.value(result, SH.value)
        yield Finding(
            f"shape kg:{_owner(results.value(result, SH.sourceShape))}",
            str(node),
            messages.get("zh", ""),
            messages.get("en", ""),
            _quote(data, node),
            None if value is None else str(value),
        )


def _owner(shape: rdflib.term.Node | None) -> str:
    """The node shape that a property shape belongs to, without prefix."""
    found = shape
    while found is not None and not isinstance(found, URIRef):
        found = next(shapes().subjects(None, found), None)
    return str(found).removeprefix(KG_BASE)


def _quote(data: rdflib.Graph, node: rdflib.term.Node | None) -> str | None:
    """What the text says: the node's own quote, or that of its evidence."""
    for subject in (node, data.value(node, KG.evidence)):
        quote = data.value(subject, KG.quote) if subject is not None else None
        if quote is not None:
            return str(quote)
    return None


def _violations(store: Store) -> Iterator[Finding]:
    for name, path in checks().items():
        text = path.read_text("utf-8")
        zh, en = _messages(text, path)
        result = store.query(text, use_default_graph_as_union=True)
        if not isinstance(result, QuerySolutions):
            raise RuleError("检查必须是 SELECT", "a check must be a SELECT", where=path)
        names = [variable.value for variable in result.variables]
        for row in result:
            values = {
                n: t.value for n, t in zip(names, row, strict=True) if isinstance(t, NamedNode | Literal)
            }
            yield Finding(f"check {name}", values["node"], zh, en, values.get("quote"), values.get("detail"))


def _messages(text: str, path: Path) -> tuple[str, str]:
    found: dict[str, str] = dict(re.findall(r"^# (zh|en): (.*)$", text, re.MULTILINE))
    if set(found) != {"zh", "en"}:
        raise RuleError(
            "开头需要 # zh: 和 # en: 两行", "needs the lines # zh: and # en: at the top", where=path
        )
    return found["zh"], found["en"]


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings each shape or query has."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.check] = counts.get(finding.check, 0) + 1
    return counts
