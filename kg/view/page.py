"""One HTML file that needs nothing else: pyvis's network and vis-network inside our own template.

pyvis's own template asks two servers for style sheets, and runs script from titles (research: A). Here the data
are JSON in a script element that is never executed, the few scripts are named by their hashes in a content security
policy that allows nothing else, and the page builds its text with ``textContent``.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.graph import Marked
from kg.model import Extraction, Resolution
from kg.view.data import Payload, build
from kg.view.picture import picture

LARGE = 10_000  # from so many nodes on the page also carries sigma.js, which can draw them all
_JSON_ESCAPES: dict[str, str | int | None] = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def script_json(value: object) -> Markup:
    """JSON that can stand in a script element.

    >>> str(script_json({"a": "</script>"}))
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(str.maketrans(_JSON_ESCAPES)))


def digest(text: str) -> str:
    """The CSP source of an inline script or style.

    >>> digest("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    text = (files("kg.view") / "static" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _vis() -> str:
    source = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    text = source.read_text(encoding="utf-8").replace("\r\n", "\n")
    return (
        text.partition("//# sourceMappingURL=")[0].replace("</script", "<\\/script").replace("<!--", "<\\!--")
    )


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kg.view", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class EvidenceNetwork(Network):  # type: ignore[misc]
    """A pyvis network whose page comes from our template; nodes and edges are added as in pyvis."""

    def __init__(self, data: Payload) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.data = data
        self.templateEnv = _environment()
        self.path = "page.html.j2"
        for node in data["picture"]["nodes"]:
            self.nodes.append(node)  # add_node() and add_edge() compare with all earlier ones
            self.node_ids.append(node["id"])
            self.node_map[node["id"]] = node
        self.edges.extend({"from": e[0], "to": e[1], "id": n} for n, e in enumerate(data["edges"]))
        self.toggle_physics(False)

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """The page. The arguments are pyvis's and change nothing."""
        large = len(self.data["entities"]) >= LARGE
        scripts = (_asset("boot.js"), _vis(), *((_asset("large.js"),) if large else ()), _asset("app.js"))
        style = _asset("app.css")
        self.html = self.templateEnv.get_template(self.path).render(
            title=title(self.data),
            style=Markup(style),
            scripts=[Markup(script) for script in scripts],
            script_hashes=Markup(" ".join(map(digest, scripts))),
            style_hash=Markup(digest(style)),
            payload=script_json(self.data),
            facts=plain_facts(self.data),
        )
        return str(self.html)

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Write the page as UTF-8, whatever the locale says."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")


def title(data: Payload) -> str:
    """What the browser's tab says."""
    documents = data["documents"]
    if len(documents) == 1:
        return str(documents[0].get("title") or documents[0]["id"])
    return f"{len(documents)} 份报告 · 知识图谱"


def plain_facts(data: Payload, limit: int = 2000) -> list[dict[str, Any]]:
    """The facts for a browser without script: words, level, year, sentence."""
    texts = [document.get("text", "") for document in data["documents"]]
    return [
        {
            "zh": fact["zh"],
            "wrong": fact.get("mark", ("",))[0] == "wrong",
            "level": fact.get("level", ""),
            "year": fact.get("year", ""),
            "quote": _quote(fact, texts),
        }
        for fact in data["facts"][:limit]
    ]


def _quote(fact: Payload, texts: Sequence[str]) -> str:
    spot = fact["ev"]
    return str(spot[3]) if len(spot) > 3 else texts[spot[0]][spot[1] : spot[2]]


def render(
    extractions: Sequence[Extraction],
    resolution: Resolution,
    *,
    marks: Sequence[Marked] = (),
    share: bool = False,
    mask_names: bool = False,
) -> str:
    """One HTML page with the graph, the reports' texts and every fact's evidence.

    The same input gives the same characters. With ``share`` the page carries the quoted sentences but not the full texts,
    and telephone and identity numbers are blacked out; ``mask_names`` also hides personal names. ``marks`` is what people
    said of facts: wrong ones are struck through and are in no figure.
    """
    data = build(extractions, resolution, marks=marks, share=share, mask_names=mask_names)
    data["picture"] = picture(data)
    return EvidenceNetwork(data).generate_html()
