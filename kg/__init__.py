"""Evidence-first knowledge graphs from the achievement reports of Chinese organisations.

    import kg

    kg.build("report.txt", "out")          # graph.trig, graph.html, report.md
    kg.add("out", "more/")                  # the same graph as a fresh build; kg.remove("out", ["report"])
    kg.ask("out", "awards").records()      # or SPARQL
    kg.explain("out", "何家湾村")            # every fact with its words, rule and triples
    kg.load("out")                         # an rdflib Dataset
    kg.network("out")                      # a typed networkx MultiDiGraph

Everything is imported when it is first used. ``kg.check`` and its like are modules that can be called: ``kg.check(DIR)``
runs ``kg.check.check(DIR)``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from kg.archive import add, remove
    from kg.check import check
    from kg.compare import compare
    from kg.evaluate import evaluate
    from kg.explain import explain
    from kg.export import export
    from kg.graph import load
    from kg.network import network
    from kg.page import view
    from kg.pipeline import build
    from kg.query import ask

__all__ = ["add", "ask", "build", "check", "compare", "evaluate", "explain", "export", "load", "network", "remove", "view"]
__version__ = "0.1.0"

_HOME = {
    "add": "kg.archive",
    "ask": "kg.query",
    "build": "kg.pipeline",
    "check": "kg.check",
    "compare": "kg.compare",
    "evaluate": "kg.evaluate",
    "explain": "kg.explain",
    "export": "kg.export",
    "load": "kg.graph",
    "network": "kg.network",
    "remove": "kg.archive",
    "view": "kg.page",
}


def _function(name: str) -> Callable[..., Any]:
    return cast(Callable[..., Any], getattr(import_module(_HOME[name]), name))


class _Verb(ModuleType):
    """A module of the package that has the name of one of its functions: calling it calls the function."""

    @property
    def __wrapped__(self) -> Callable[..., Any]:  # for inspect.signature and help
        return _function(self.__name__.removeprefix("kg."))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.__wrapped__(*args, **kwargs)


class _Package(ModuleType):
    def __setattr__(self, name: str, value: object) -> None:
        if (
            name in _HOME and type(value) is ModuleType
        ):  # what the import system binds after importing kg.check
            value.__class__ = _Verb
        super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    found = _function(name)
    return globals().get(name, found)  # a module of that name, bound by the import, stays what the name means


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Package
