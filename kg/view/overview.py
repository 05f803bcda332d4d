"""Groups for graphs that are too large to be shown at once: each node goes with its most important neighbour.

Following the most important neighbour upwards makes a forest whose trees are cut, from the leaves on, wherever
enough nodes have come together. The top of each piece names it: a publisher, one of its units, a town. The result
depends on the graph alone, takes time in proportion to the edges, and unlike modularity it has no random choices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

Payload = dict[str, Any]
MANY = 1000  # more nodes than this are not shown at once
GROUPS, FEW = 60, 8  # about so many groups, and at least so many if there are any
LINKS = 300


def leaders(weights: Sequence[float], edges: Iterable[Sequence[Any]]) -> list[int]:
    """For each node its most important neighbour, if that is more important than itself; else the node.

    >>> leaders([9, 5, 1], [(0, 1), (1, 2)])
    [0, 0, 1]
    """
    found = list(range(len(weights)))

    def rank(node: int) -> tuple[float, int]:
        return weights[node], -node

    for source, target, *_ in edges:
        for node, other in ((source, target), (target, source)):
            if rank(other) > rank(node) and (found[node] == node or rank(other) > rank(found[node])):
                found[node] = other
    return found


def communities(weights: Sequence[float], edges: Iterable[Sequence[Any]], least: int) -> list[int]:
    """For each node the top of its group.

    >>> communities([9, 5, 1, 1, 0], [(0, 1), (1, 2), (1, 3)], 3)
    [0, 1, 1, 1, 4]
    """
    above = leaders(weights, edges)
    order = sorted(range(len(weights)), key=lambda node: (weights[node], -node))
    size = [1] * len(weights)
    top = list(range(len(weights)))
    for node in order:
        leader = above[node]
        if leader != node and size[node] < least:
            size[leader] += size[node]
            top[node] = leader
    for node in reversed(order):
        top[node] = top[top[node]]
    return top


def overview(data: Payload, weights: Sequence[float]) -> Payload | None:
    """The groups of a large graph: their tops, sizes and links; None if all can be shown at once."""
    count = len(weights)
    if count <= MANY:
        return None
    for least in (max(12, count // GROUPS), max(12, count // GROUPS // 3), 12):
        top = communities(weights, data["edges"], least)
        sizes = Counter(top)
        if sum(size >= 3 for size in sizes.values()) >= FEW:
            break
    kept = [head for head, size in sizes.most_common() if size >= 3 or head in data["publishers"]][: 4 * GROUPS]
    kept.sort(key=lambda head: (-sizes[head], head))
    place = {head: number for number, head in enumerate(kept)}
    rest = len(kept)  # the last group: everything that stands alone
    of = [place.get(head, rest) for head in top]
    kinds: list[Counter[str]] = [Counter() for _ in range(rest + 1)]
    for node, group in enumerate(of):
        kinds[group][data["entities"][node]["kind"]] += 1
    groups = [
        {
            "lead": kept[number] if number < rest else -1,
            "n": sum(kinds[number].values()),
            "kinds": dict(sorted(kinds[number].items())),
        }
        for number in range(rest + 1)
        if kinds[number]
    ]
    links = Counter((min(of[a], of[b]), max(of[a], of[b])) for a, b, *_ in data["edges"] if of[a] != of[b])
    strongest = sorted(links.items(), key=lambda item: (-item[1], item[0]))[:LINKS]
    return {"of": of, "groups": groups, "links": [[a, b, n] for (a, b), n in strongest]}
