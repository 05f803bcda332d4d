"""The packed tables: how bytes become divisions. Memory-mapped, so that opening costs next to nothing.

``divisions.bin`` and ``villages.bin`` share one container: an eight-byte magic, then a directory of named
sections, then the sections. Numbers are little-endian; ``u24`` is three bytes. Texts are keys of marisa tries:
``divisions.marisa`` (every form of a name down to townships) and ``villages.marisa`` (village names spelt backwards,
so that all names that end at a position are the prefixes of the reversed text).

========================  ==================================================================================
section                   per row
========================  ==================================================================================
divisions: ``code``       u32, first nine digits of the code
divisions: ``record``     u16 parent + 1 (0: none), u24 key of the name,
                          u16 latitude, u16 longitude (thousandths of a degree, longitude from 70; 0: none), u8 level,
                          u8 vintage
divisions: ``bycode``     u16 record numbers in order of code, the newest vintage first
divisions: ``offset``     u24 first posting of a key (one more than there are keys)
divisions: ``first``      UTF-8, every character that a name begins with
divisions: ``posting``    u16 record, u8 form (0 full name, 1 short form, 2 former name, 3 short form of a former name)
villages: ``town``        u32 code (nine digits, 2023), ascending
villages: ``record``      u16 division record of the town
villages: ``first``       u32 first village row of the town; then the number of rows
villages: ``place``       u16 number + 1 in ``town`` of each division record; 0: none of 2023 is joined to it
villages: ``renumbered``  u16 division record, u32 its code of 2023, where that was another one
villages: ``delta``       u8 step from the code of the row before in the same town; 0: see ``jump``
villages: ``jump``        u24 row, u16 last three digits of its code
villages: ``name``        u24 key of the village's name
villages: ``count``       u8 rows with a key's name; 255: see ``many``
villages: ``many``        u24 key, u16 rows
villages: ``block``       u24 first posting of every 64th key
villages: ``posting``     u24 rows of each key, ascending
========================  ==================================================================================
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any, Final, NamedTuple

import marisa_trie

from kg.errors import RuleError

MAGIC: Final = b"KGGAZ\x00\x001"
VINTAGES: Final = ("2025-12-31", "2023-06-30", "")
FULL, SHORT, FORMER, FORMER_SHORT = range(4)

RECORD: Final = struct.Struct("<HHBHHBB")  # the key of the name is split into u16 and u8
_DIRECTORY: Final = struct.Struct("<16sII")
_BLOCK: Final = 64
_LONGITUDE_ORIGIN: Final = 70.0


class Record(NamedTuple):
    """One row of ``record``, numbers only."""

    parent: int | None
    key: int
    latitude: float | None
    longitude: float | None
    level: int
    vintage: int


def pack_record(record: Record) -> bytes:
    """The bytes of a record; ``unpack_record`` reads them."""
    lat = 0 if record.latitude is None else round(record.latitude * 1000)
    lon = 0 if record.longitude is None else round((record.longitude - _LONGITUDE_ORIGIN) * 1000)
    parent = 0 if record.parent is None else record.parent + 1
    return RECORD.pack(parent, record.key & 0xFFFF, record.key >> 16, lat, lon, record.level, record.vintage)


def unpack_record(data: memoryview | bytes, index: int) -> Record:
    """Row ``index`` of ``record``.

    >>> row = Record(7, 70000, 32.268, 110.09, 3, 0)
    >>> unpack_record(pack_record(row), 0) == row
    True
    """
    parent, low, high, lat, lon, level, vintage = RECORD.unpack_from(data, index * RECORD.size)
    known = bool(lat)
    return Record(
        parent - 1 if parent else None,
        high << 16 | low,
        lat / 1000 if known else None,
        round(lon / 1000 + _LONGITUDE_ORIGIN, 3) if known else None,
        level,
        vintage,
    )


def u24(data: memoryview, index: int) -> int:
    """The three-byte number at row ``index``."""
    return int.from_bytes(data[index * 3 : index * 3 + 3], "little")


def pack_u24(numbers: list[int]) -> bytes:
    """Three bytes for each number.

    >>> u24(memoryview(pack_u24([1, 70000])), 1)
    70000
    """
    return b"".join(number.to_bytes(3, "little") for number in numbers)


def write_container(path: Path, sections: dict[str, bytes]) -> None:
    """Write named sections behind a directory."""
    position = len(MAGIC) + 1 + _DIRECTORY.size * len(sections)
    directory, body = [], []
    for name, data in sections.items():
        directory.append(_DIRECTORY.pack(name.encode(), position, len(data)))
        body.append(data)
        position += len(data)
    path.write_bytes(MAGIC + bytes([len(sections)]) + b"".join(directory) + b"".join(body))


def read_container(path: Path) -> dict[str, memoryview]:
    """Memory-map the sections that ``write_container`` wrote."""
    with path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise RuleError(
            "不是地名数据文件;请运行 python -m kg.gazetteer.build",
            "not a gazetteer file; run: python -m kg.gazetteer.build",
            where=path,
        )
    sections = {}
    for index in range(data[len(MAGIC)]):
        name, start, size = _DIRECTORY.unpack_from(data, len(MAGIC) + 1 + index * _DIRECTORY.size)
        sections[name.rstrip(b"\0").decode()] = data[start : start + size]
    return sections


def open_trie(path: Path) -> Any:
    """Memory-map a trie of texts."""
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


class DivisionTable:
    """Provinces to townships."""

    def __init__(self, folder: Path) -> None:
        sections = read_container(folder / "divisions.bin")
        self._code, self._record = sections["code"].cast("I"), sections["record"]
        self._bycode = sections["bycode"].cast("H")
        self._offset, self._posting = sections["offset"], sections["posting"]
        self.first = bytes(sections["first"]).decode()
        self.trie = open_trie(folder / "divisions.marisa")

    def record(self, index: int) -> Record:
        return unpack_record(self._record, index)

    def code(self, index: int) -> int:
        """Nine digits of a record's code."""
        return self._code[index]

    def parent(self, index: int) -> int | None:
        at = index * RECORD.size
        return (self._record[at] | self._record[at + 1] << 8) - 1 if any(self._record[at : at + 2]) else None

    def level(self, index: int) -> int:
        return self._record[index * RECORD.size + RECORD.size - 2]

    def name(self, key: int) -> str:
        return str(self.trie.restore_key(key))

    def postings(self, key: int) -> list[tuple[int, int]]:
        """(record, form) of every division that a key names, by level and then by code."""
        start, end = u24(self._offset, key), u24(self._offset, key + 1)
        at = self._posting
        return [(at[3 * i] | at[3 * i + 1] << 8, at[3 * i + 2]) for i in range(start, end)]

    def by_code(self, code: int) -> list[int]:
        """The records of a nine-digit code, the newest vintage first."""
        first = bisect_left(self._bycode, code, key=self._code.__getitem__)
        last = bisect_right(self._bycode, code, lo=first, key=self._code.__getitem__)
        return self._bycode[first:last].tolist()


class VillageTable:
    """Villages and residents' communities by name, by code, and by the division that they stand in."""

    def __init__(self, folder: Path) -> None:
        sections = read_container(folder / "villages.bin")
        self._town, self._first = sections["town"].cast("I"), sections["first"].cast("I")
        self._record = sections["record"].cast("H")
        self._delta, self._name = bytes(sections["delta"]), sections["name"]
        self._count, self._block, self._posting = sections["count"], sections["block"], sections["posting"]
        jump, many = sections["jump"], sections["many"]
        pack = struct.Struct("<HBH")
        self._jump: dict[int, int] = {low | high << 16: tail for low, high, tail in pack.iter_unpack(jump)}
        self._many: dict[int, int] = {low | high << 16: rows for low, high, rows in pack.iter_unpack(many)}
        self._place = sections["place"].cast("H")
        self.renumbered: dict[int, int] = dict(struct.Struct("<HI").iter_unpack(sections["renumbered"]))
        self.trie = open_trie(folder / "villages.marisa")
        self.count = len(self._delta)

    def record_of(self, row: int) -> int:
        """The division record of the town that a village row stands in."""
        return int(self._record[bisect_right(self._first, row) - 1])

    def code(self, row: int) -> int:
        """The twelve-digit code of a village row, as a number."""
        town = bisect_right(self._first, row) - 1
        anchor = self._delta.rfind(0, self._first[town], row + 1)
        if anchor < 0:
            return int(self._town[town]) * 1000 + sum(self._delta[self._first[town] : row + 1])
        return int(self._town[town]) * 1000 + self._jump[anchor] + sum(self._delta[anchor + 1 : row + 1])

    def row(self, code: int) -> int | None:
        """The row of a twelve-digit village code."""
        town = bisect_left(self._town, code // 1000)
        if town >= len(self._town) or self._town[town] != code // 1000:
            return None
        rows = range(self._first[town], self._first[town + 1])
        found = bisect_left(rows, code, key=self.code)
        return rows[found] if found < len(rows) and self.code(rows[found]) == code else None

    def name(self, row: int) -> str:
        return str(self.trie.restore_key(u24(self._name, row)))[::-1]

    def rows(self, name: str) -> list[int]:
        """Every village row of a name in its folded form, ascending."""
        key = self.trie.get(name[::-1])
        if key is None:
            return []
        start, rows = self._span(key)
        data = bytes(self._posting[start * 3 : (start + rows) * 3])
        return [int.from_bytes(data[i : i + 3], "little") for i in range(0, len(data), 3)]

    def rows_named(self, name: str) -> int:
        """How many villages have a name."""
        key = self.trie.get(name[::-1])
        return 0 if key is None else self._span(int(key))[1]

    def _span(self, key: int) -> tuple[int, int]:
        first = key - key % _BLOCK
        start = u24(self._block, key // _BLOCK) + sum(self._count[first:key])
        if self._many and 255 in self._count[first:key].tolist():
            start += sum(self._many[k] - 255 for k in range(first, key) if self._count[k] == 255)
        return start, self._many.get(key, self._count[key])

    def rows_of_record(self, record: int) -> tuple[int, int]:
        """The village rows of a township, by its division record; an empty range if none is known."""
        town = self._place[record] - 1 if record < len(self._place) else -1
        return (0, 0) if town < 0 else (self._first[town], self._first[town + 1])

    def rows_under(self, low: int, high: int) -> tuple[int, int]:
        """The village rows whose town code of 2023 is in [low, high): one range, as rows stand in order of code."""
        return self._first[bisect_left(self._town, low)], self._first[bisect_left(self._town, high)]
