"""Where things stand in the picture: groups as tidy fields around the publisher, labels that never pile up.

The layout is a pure function of its input: no random numbers, no clock, no hash order. Coordinates are
screen pixels at scale 1 for a picture of ``WIDTH`` x ``HEIGHT``; labels are drawn at a constant size on screen, so
the fields are laid out for the scale at which they will first be shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 844.0, 592.0
NARROW = 340.0  # the width of the picture on a telephone
FONT, SMALL = 13.0, 12.0
ROW = 39.0  # a node, its label below, and air
LOW_ROW = 36.0  # a row whose labels may be left out
TITLE = 22.0
PAD = 9.0
GAP = 9.0
TOP = 30  # so many labels are certain to be readable at first view
CLIP = 11.0  # em; longer labels end in an ellipsis until they are looked at

COLUMNS: tuple[tuple[str, ...], ...] = (
    ("units", "people", "organizations"),
    ("activities", "publisher", "places", "groups"),
    ("honours", "media", "works"),
)

STACK = (
    "publisher",
    "places",
    "units",
    "people",
    "honours",
    "activities",
    "organizations",
    "media",
    "works",
    "groups",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A node to be placed: its label, its group, how important it is, and what it is sorted by in its group."""

    id: int
    label: str
    group: str
    weight: float
    order: tuple[float | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """The rectangle of a group."""

    group: str
    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions by node id, the fields of the groups, the outer bounds (x, y, width, height)."""

    positions: Mapping[int, tuple[float, float]]
    fields: tuple[Field, ...]
    bounds: tuple[float, float, float, float]
    scale: float = 1.0
    top: tuple[int, ...] = field(default=())


def ems(text: str) -> float:
    """The width of a text in em: ideographs and full-width signs are one em, all else about half of one.

    >>> ems("何家湾村"), ems("ab")
    (4.0, 1.16)
    """
    return round(sum(1.0 if ord(char) >= 0x2E80 else 0.58 for char in text), 2)


def label_width(label: str) -> float:
    """Pixels that a label takes, clipped as the picture clips it."""
    return min(ems(label), CLIP + 1) * FONT + 14


def most_important(items: Sequence[Item], count: int = TOP) -> tuple[int, ...]:
    """Ids of the most important nodes, first the most important."""
    return tuple(item.id for item in sorted(items, key=lambda item: (-item.weight, item.id))[:count])


@dataclass(frozen=True, slots=True)
class _Cells:
    """The room that each node wants, and the measures that depend on the scale of first view."""

    width: Mapping[int, float]
    height: Mapping[int, float]
    title: float

    def rows(self, items: Sequence[Item], width: float) -> list[list[Item]]:
        rows: list[list[Item]] = [[]]
        used = 0.0
        for item in items:
            if rows[-1] and used + self.width[item.id] > width:
                rows.append([])
                used = 0.0
            rows[-1].append(item)
            used += self.width[item.id]
        return rows

    def row_height(self, row: Sequence[Item]) -> float:
        return max(self.height[item.id] for item in row)

    def block_height(self, items: Sequence[Item], width: float) -> float:
        return self.title + sum(map(self.row_height, self.rows(items, width - 2 * PAD))) + PAD / 2

    def column_height(self, blocks: Sequence[Sequence[Item]], width: float) -> float:
        return sum(self.block_height(block, width) for block in blocks) + GAP * (len(blocks) - 1)

    def narrowest(self, blocks: Sequence[Sequence[Item]], limit: float) -> float:
        """The least width at which the column is not higher than the limit (or its widest label)."""
        low = max(self.width[item.id] for block in blocks for item in block) + 2 * PAD
        if self.column_height(blocks, low) <= limit:
            return math.ceil(low)
        high = low + sum(self.width[item.id] for block in blocks for item in block)
        while high - low > 2:
            middle = (low + high) / 2
            if self.column_height(blocks, middle) <= limit:
                high = middle
            else:
                low = middle
        return math.ceil(high)


def _columns(items: Sequence[Item], names: Sequence[Sequence[str]]) -> list[list[list[Item]]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    for group in groups.values():
        group.sort(key=lambda item: (item.order, -item.weight, item.id))
    columns = [[groups.pop(name) for name in column if name in groups] for column in names]
    columns[len(columns) // 2].extend(groups[name] for name in sorted(groups))
    return [column for column in columns if column]


def stack(items: Sequence[Item]) -> Layout:
    """All groups one below the other, for a narrow screen.

    >>> stack([Item(0, "某局", "publisher", 9), Item(1, "下坪村", "places", 5)]).bounds[2]
    340.0
    """
    columns = _columns(items, (STACK,))
    if not columns:
        return Layout({}, (), (0.0, 0.0, NARROW, HEIGHT))
    cells = _cells(items, {item.id for item in items}, CLIP, 1.0)
    positions: dict[int, tuple[float, float]] = {}
    fields: list[Field] = []
    top = 0.0
    for block in columns[0]:
        height = cells.block_height(block, NARROW)
        fields.append(Field(block[0].group, 0.0, round(top, 1), NARROW, round(height, 1), len(block)))
        rows = cells.rows(block, NARROW - 2 * PAD)
        _fill(rows, cells, (PAD, top + cells.title, NARROW - 2 * PAD, 0.0), positions)
        top += height + GAP
    return Layout(positions, tuple(fields), (0.0, 0.0, NARROW, round(top - GAP, 1)))


def _place(
    columns: Sequence[Sequence[Sequence[Item]]], cells: _Cells
) -> tuple[dict[int, tuple[float, float]], list[Field]]:
    low, high = 1.0, 2 * sum(cells.height.values()) + 4 * len(cells.height) * GAP
    while high - low > 2:
        limit = (low + high) / 2
        total = sum(cells.narrowest(column, limit) + GAP for column in columns) - GAP
        if total / limit > WIDTH / HEIGHT:
            low = limit
        else:
            high = limit
    widths = [cells.narrowest(column, high) for column in columns]
    tallest = max(cells.column_height(column, width) for column, width in zip(columns, widths, strict=True))
    positions: dict[int, tuple[float, float]] = {}
    fields: list[Field] = []
    left = 0.0
    for column, width in zip(columns, widths, strict=True):
        spare = tallest - cells.column_height(column, width)
        lines = sum(len(cells.rows(block, width - 2 * PAD)) for block in column)
        top = 0.0
        for block in column:
            rows = cells.rows(block, width - 2 * PAD)
            height = cells.block_height(block, width) + len(rows) * spare / lines
            fields.append(
                Field(block[0].group, round(left, 1), round(top, 1), width, round(height, 1), len(block))
            )
            _fill(rows, cells, (left + PAD, top + cells.title, width - 2 * PAD, spare / lines), positions)
            top += height + GAP
        left += width + GAP
    return positions, fields


def _fill(
    rows: Sequence[Sequence[Item]],
    cells: _Cells,
    area: tuple[float, float, float, float],
    positions: dict[int, tuple[float, float]],
) -> None:
    left, y, width, extra = area
    for row in rows:
        step = cells.row_height(row) + extra
        spare = (width - sum(cells.width[item.id] for item in row)) / len(row)
        x = left
        for item in row:
            own = cells.width[item.id] + spare
            positions[item.id] = (round(x + own / 2, 1), round(y + 0.36 * step, 1))
            x += own
        y += step


def _cells(items: Sequence[Item], sure: set[int], clip: float, scale: float) -> _Cells:
    """Sure labels get their room on the screen at that scale; the others may have to wait for a closer look."""
    width = {
        item.id: label_width(item.label) / scale
        if item.id in sure
        else min(ems(item.label), clip) * SMALL + 10
        for item in items
    }
    height = {item.id: ROW / scale if item.id in sure else LOW_ROW for item in items}
    return _Cells(width, height, TITLE / scale)


def arrange(items: Sequence[Item]) -> Layout:
    """Place all items.

    >>> layout = arrange([Item(0, "某局", "publisher", 9), Item(1, "下坪村", "places", 5)])
    >>> sorted(layout.positions), [field.group for field in layout.fields]
    ([0, 1], ['publisher', 'places'])
    """
    if not items:
        return Layout({}, (), (0.0, 0.0, WIDTH, HEIGHT))
    columns = _columns(items, COLUMNS)
    top = most_important(items)
    scale, clip = 1.0, CLIP
    for _ in range(40):
        positions, fields = _place(columns, _cells(items, set(top), clip, scale))
        width = max(field.x + field.width for field in fields)
        height = max(field.y + field.height for field in fields)
        fit = min(WIDTH / width, HEIGHT / height, 1.0)
        if fit >= scale * 0.985:
            break
        if clip > 3:
            clip -= 0.5
        else:
            scale = max(fit, scale * 0.7)
    return Layout(positions, tuple(fields), (0.0, 0.0, round(width, 1), round(height, 1)), round(fit, 4), top)
