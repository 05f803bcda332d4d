"""The closed vocabulary: namespaces, prefixes, and what the ontology says of each class.

The terms are generated from ``ontology/`` into ``kg/_terms.py`` by ``python -m kg.vocab``; a misspelt term raises.

>>> KG.recipient
rdflib.term.URIRef('https://w3id.org/achievement-kg/ontology#recipient')
>>> superclasses("PartyBranch")
('PartyOrganization', 'Organization', 'Entity')
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg._terms import KG, LABELS, PARENTS
from kg.errors import RuleError

__all__ = ["KG", "LABELS", "PARENTS", "PREFIXES", "is_class", "ontology_dir", "superclasses"]

BASE = "https://w3id.org/achievement-kg/"
KG_BASE = BASE + "ontology#"
ID = Namespace(BASE + "id/")
NIF_IS_STRING = URIRef("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString")

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "kg": KG_BASE,
        "kgid": str(ID),
        "kggraph": BASE + "graph/",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "qudt": "http://qudt.org/schema/qudt/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "http://www.w3.org/2006/time#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


@lru_cache(maxsize=1)
def ontology_dir() -> Path:
    """The folder of the ontology: inside an installed package, or beside ``kg/`` in a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "ontology", here.parent / "ontology"):
        if (folder / "core.ttl").is_file():
            return folder
    raise RuleError(
        "找不到本体文件;请重新安装 achievement-kg",
        "the ontology files are missing; reinstall achievement-kg",
        where=here,
    )


def modules() -> tuple[Path, ...]:
    """The ontology's modules in order of name, without alignments."""
    return tuple(p for p in sorted(ontology_dir().glob("*.ttl")) if p.name != "alignments.ttl")


def is_class(name: str) -> bool:
    """Whether the ontology has a class of that local name.

    >>> is_class("Village"), is_class("Vilage")
    (True, False)
    """
    return name in PARENTS


@lru_cache(maxsize=512)
def superclasses(name: str) -> tuple[str, ...]:
    """Local names of every class above this one, nearest first.

    >>> superclasses("Entity")
    ()
    """
    found: dict[str, None] = {}
    queue = list(PARENTS[name])
    while queue:
        parent = queue.pop(0)
        found.setdefault(parent)
        queue += PARENTS[parent]
    return tuple(found)


def _local(term: object) -> str:
    return str(term).removeprefix(KG_BASE)


def _own(graph: Graph, kinds: tuple[URIRef, ...]) -> list[URIRef]:
    """Terms of our namespace with one of these types, by name."""
    found = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return sorted(term for term in found if term.startswith(KG_BASE))


def _label(graph: Graph, term: URIRef, language: str) -> str:
    labels = [o for o in graph.objects(term, RDFS.label) if isinstance(o, Literal) and o.language == language]
    if len(labels) != 1:
        raise RuleError(f"需要恰好一个 {language} 标签", f"needs exactly one label in {language}", where=term)
    return str(labels[0])


def _lines(graph: Graph) -> Iterator[str]:
    classes = _own(graph, (OWL.Class,))
    properties = _own(graph, (OWL.ObjectProperty, OWL.DatatypeProperty))
    concepts = _own(graph, (SKOS.Concept, SKOS.ConceptScheme))
    yield '"""Generated from ontology/ by ``python -m kg.vocab``; do not edit."""'
    yield "\n# ruff: noqa: N815\nfrom __future__ import annotations\n"
    yield "from rdflib import Namespace, URIRef\nfrom rdflib.namespace import DefinedNamespace\n\n"
    yield "class KG(DefinedNamespace):"
    yield '    """Terms of the achievement-kg ontology: a misspelt one raises AttributeError."""\n'
    yield f'    _NS = Namespace("{KG_BASE}")\n    _fail = True\n'
    for comment, terms in (("classes", classes), ("properties", properties), ("concepts", concepts)):
        yield f"    # {comment}"
        yield from (f"    {_local(term)}: URIRef" for term in terms)
    yield "\n\nPARENTS: dict[str, tuple[str, ...]] = {"
    for term in classes:
        above = sorted(_local(o) for o in graph.objects(term, RDFS.subClassOf) if str(o).startswith(KG_BASE))
        yield f'    "{_local(term)}": ({"".join(f"{chr(34)}{name}{chr(34)}, " for name in above).rstrip()}),'
    yield "}\n\nLABELS: dict[str, tuple[str, str]] = {"
    for term in (*classes, *properties, *concepts):
        yield f'    "{_local(term)}": ("{_label(graph, term, "zh")}", "{_label(graph, term, "en")}"),'
    yield "}"


def terms_source() -> str:
    """What ``kg/_terms.py`` must hold for the ontology as it stands."""
    graph = Graph()
    for path in modules():
        graph.parse(path, format="turtle")
    return "\n".join(_lines(graph)) + "\n"


def main() -> None:
    """Write ``kg/_terms.py`` afresh."""
    target = Path(__file__).with_name("_terms.py")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as out:
        out.write(terms_source())
    Path(out.name).chmod(0o644)
    Path(out.name).replace(target)


if __name__ == "__main__":
    main()
