"""From the payload to what is drawn: importance, groups, positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.model import LEVELS
from kg.view.layout import Item, Layout, arrange, most_important, stack
from kg.view.overview import MANY, overview

Payload = dict[str, Any]
GROUP_NAMES: Mapping[str, tuple[str, str]] = {
    "publisher": ("发布单位", "Publisher"),
    "units": ("所属单位和组织", "Its units"),
    "people": ("人物", "People"),
    "organizations": ("其他单位", "Other organizations"),
    "activities": ("活动", "Activities"),
    "places": ("地方", "Places"),
    "honours": ("荣誉", "Honours"),
    "media": ("媒体", "Media"),
    "works": ("作品和文件", "Works"),
    "groups": ("人群", "Groups"),
}
KIND_GROUP = {
    "Person": "people",
    "Organization": "organizations",
    "Place": "places",
    "Honour": "honours",
    "Activity": "activities",
    "Work": "works",
    "Group": "groups",
}


def network(data: Payload) -> nx.MultiDiGraph:
    """The payload's nodes and edges as a networkx graph."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(data["entities"])))
    graph.add_edges_from((edge[0], edge[1], {"relation": edge[2]}) for edge in data["edges"])
    return graph


def _units(data: Payload, graph: nx.MultiDiGraph) -> set[int]:
    """Everything that is, at any depth, part of a publisher."""
    parts = nx.DiGraph((a, b) for a, b, kind in graph.edges(data="relation") if kind == "part-of")
    found: set[int] = set()
    for publisher in data["publishers"]:
        if publisher in parts:
            found |= nx.ancestors(parts, publisher)
    return found - set(data["publishers"])


def groups(data: Payload, graph: nx.MultiDiGraph) -> list[str]:
    """The group of each entity."""
    units = _units(data, graph)
    media = {
        who
        for fact in data["facts"]
        if fact["kind"] == "coverage"
        for role, who, *_ in fact["roles"]
        if role == "media"
    }
    found = []
    for number, entity in enumerate(data["entities"]):
        if number in data["publishers"]:
            found.append("publisher")
        elif entity["kind"] == "Organization" and number in units:
            found.append("units")
        elif number in media:
            found.append("media")
        else:
            found.append(KIND_GROUP.get(entity["kind"], "groups"))
    return found


def importance(data: Payload, graph: nx.MultiDiGraph) -> list[float]:
    """How much an entity matters: neighbours, facts, and a little for honours of a high level and for villages."""
    told: Counter[int] = Counter(
        who for fact in data["facts"] for who in {role[1] for role in fact.get("roles", ())} if who >= 0
    )
    weights = []
    undirected = nx.Graph(graph)
    for number, entity in enumerate(data["entities"]):
        weight = undirected.degree(number) + 0.5 * told[number]
        if number in data["publishers"]:
            weight += 1000
        if entity["kind"] == "Honour" and entity.get("level") in LEVELS:
            weight += (len(LEVELS) - LEVELS.index(entity["level"])) * 0.5
        if entity["sub"] == "Village":
            weight += 2
        weights.append(round(weight, 3))
    return weights


def honour_levels(data: Payload) -> dict[int, str]:
    """The highest level at which each honour was awarded."""
    found: dict[int, str] = {}
    for fact in data["facts"]:
        if fact["kind"] == "award" and fact.get("level"):
            for role, who, *_ in fact["roles"]:
                if role == "honour" and who >= 0:
                    old = found.get(who)
                    if old is None or LEVELS.index(fact["level"]) < LEVELS.index(old):
                        found[who] = fact["level"]
    return found


def _order(
    number: int, entity: Payload, graph: nx.MultiDiGraph, weights: list[float]
) -> tuple[float | str, ...]:
    """Honours stand by level, then beside those of the same recipient; all others by importance."""
    if entity["kind"] != "Honour":
        return ()
    level = entity.get("level")
    holders = sorted(graph.predecessors(number), key=lambda holder: (weights[holder], holder))
    return (float(LEVELS.index(level)) if level in LEVELS else 9.0, float(holders[0]) if holders else -1.0)


def picture(data: Payload) -> Payload:
    """Nodes with places and sizes, fields of groups, bounds; adds group, degree and level to the entities."""
    graph = network(data)
    for number, level in honour_levels(data).items():
        data["entities"][number].setdefault("level", level)
    weights = importance(data, graph)
    names = groups(data, graph)
    items = [
        Item(number, entity["label"], names[number], weights[number], _order(number, entity, graph, weights))
        for number, entity in enumerate(data["entities"])
    ]
    for number, entity in enumerate(data["entities"]):
        entity["group"] = names[number]
        entity["weight"] = weights[number]
    shown: Payload = {"names": {name: {"zh": zh, "en": en} for name, (zh, en) in GROUP_NAMES.items()}}
    if len(items) > MANY:
        return shown | {
            "nodes": [],
            "narrow": None,
            "top": list(most_important(items)),
            "overview": overview(data, weights),
        }
    layout = arrange(items)
    nodes = [
        {"id": number, "x": x, "y": y}
        for number, (x, y) in ((item.id, layout.positions[item.id]) for item in items)
    ]
    return shown | {
        "nodes": nodes,
        **_ground(layout),
        "narrow": _narrow(items),
        "scale": layout.scale,
        "top": list(layout.top),
        "overview": None,
    }


def _ground(layout: Layout) -> Payload:
    fields = [
        {"id": f.group, "x": f.x, "y": f.y, "w": f.width, "h": f.height, "n": f.count} for f in layout.fields
    ]
    return {"fields": fields, "bounds": list(layout.bounds)}


def _narrow(items: list[Item]) -> Payload:
    layout = stack(items)
    return {"at": [layout.positions[item.id] for item in items], **_ground(layout)}
