"""The gazetteer: its figures on sampled villages, its scanner, its folding of names."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import RuleError
from kg.gazetteer import Division, Gazetteer
from kg.gazetteer.forms import clean, stem, township_form, variants, village_form
from kg.gazetteer.store import read_container, write_container

Chain = tuple[Division, ...]
Context = Callable[[Chain], list[Division | str]]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def sample(places: Gazetteer) -> list[Chain]:
    """4,000 villages, each with its chain of divisions."""
    table = places._village
    rows = random.Random(20261124).sample(range(table.count), 4000)
    return [places.chain(f"{table.code(row):012d}") for row in rows]


def _level(chain: Chain, level: str) -> list[Division | str]:
    return [division.name for division in chain if division.level == level]


def _outcomes(places: Gazetteer, sample: list[Chain], context: Context) -> tuple[float, float]:
    """Shares of the sample that are uniquely right and uniquely wrong."""
    count = Counter(
        "open" if answer is None else "right" if answer == chain[0].code else "wrong"
        for chain in sample
        for answer in [places.resolve(chain[0].name, "village", context(chain)).code]
    )
    return count["right"] / len(sample), count["wrong"] / len(sample)


def test_it_collected_everything(places: Gazetteer) -> None:
    table = places._table
    levels = Counter(table.level(record) for record in range(len(table._code)))
    assert (levels[0], levels[1]) == (34, 333)
    assert levels[2] >= 2845 and levels[3] >= 38_723
    assert places._village.count == 620_573


def test_the_files_stay_under_eight_megabytes() -> None:
    data = Path(__file__).parent.parent / "kg" / "gazetteer" / "data"
    assert sum(path.stat().st_size for path in data.iterdir()) < 8_000_000


@pytest.mark.parametrize(
    ("context", "floor"),
    [
        (lambda chain: _level(chain, "county"), 0.96),
        (lambda chain: _level(chain, "township") + _level(chain, "county"), 0.995),
        (lambda chain: _level(chain, "township") + _level(chain, "province"), 0.99),
        (lambda chain: _level(chain, "township"), 0.985),
        (lambda chain: [d for d in chain if d.level == "township"], 0.99),
        (lambda chain: _level(chain, "city"), 0.75),
        (lambda chain: _level(chain, "province"), 0.55),
        (lambda chain: [], 0.35),
    ],
    ids=[
        "county",
        "township+county",
        "township+province",
        "township name",
        "township",
        "city",
        "province",
        "none",
    ],
)
def test_resolving_a_village(places: Gazetteer, sample: list[Chain], context: Context, floor: float) -> None:
    right, wrong = _outcomes(places, sample, context)
    assert right >= floor
    assert wrong == 0


def test_a_wrong_context_gives_no_answer(places: Gazetteer, sample: list[Chain]) -> None:
    """A village named beside divisions that do not contain it is not silently one of another place."""
    elsewhere = [chain for chain in sample if chain[-1].name != "湖北省" and len(chain) > 2]
    for chain in elsewhere[:500]:
        answer = places.resolve(chain[0].name, "village", ["溢水镇", "竹山县", "湖北省"])
        assert answer.code is None or answer.code.startswith("42")


def test_lookups_are_fast(places: Gazetteer, sample: list[Chain]) -> None:
    contexts = [(chain[0].name, _level(chain, "township") + _level(chain, "county")) for chain in sample]
    start = time.perf_counter()
    for name, context in contexts:
        places.resolve(name, "village", context)
    assert (time.perf_counter() - start) / len(contexts) < 200e-6  # twice the promise, for slow machines
    text = "聚力推动竹山县溢水镇何家湾村发展。" * 200
    start = time.perf_counter()
    places.scan(text)
    assert time.perf_counter() - start < 0.2


def test_loading_is_fast() -> None:
    code = (
        "import time; from kg.gazetteer import Gazetteer; t = time.perf_counter();"
        "g = Gazetteer.load(); g.is_village('何家湾村'); g.scan('湖北省'); import sys;"
        "sys.exit(time.perf_counter() - t > 0.1)"
    )
    root = Path(__file__).parent.parent
    assert any(subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0 for _ in range(3))


def test_the_villages_of_the_real_report(places: Gazetteer) -> None:
    assert places.resolve("何家湾村", "village", ["溢水镇", "竹山县"]).code == "420323101205"
    assert places.resolve("燕窝湾村", "village", ["罗田县"]).code == "421123101206"
    assert [d.name for d in places.chain("420323101205")] == [
        "何家湾村",
        "溢水镇",
        "竹山县",
        "十堰市",
        "湖北省",
    ]
    tie = places.resolve("何家湾村", "village", ["湖北省"])
    assert tie.code is None and len(tie.candidates) == 5
    where = places.point("420323101205")
    assert where is not None and where.level == "township" and abs(where.lat - 32.27) < 0.05


def test_the_nearest_place_decides(places: Gazetteer) -> None:
    assert places.resolve("何家湾村", "village", ["竹山县", "红安县"]).code == "420323101205"
    assert places.resolve("何家湾村", "village", ["红安县", "竹山县"]).code == "421122105227"


def test_a_township_that_lacks_the_village_contradicts(places: Gazetteer) -> None:
    result = places.resolve("何家湾村", "village", ["宝丰镇", "竹山县"])
    assert result.code is None and result.reason == "contradiction"


def test_divisions_resolve_too(places: Gazetteer) -> None:
    assert places.resolve("城关镇", "township", ["竹山县"]).code == "420323100000"
    assert places.resolve("鼓楼区", "county", ["南京"]).code == "320106000000"
    assert places.resolve("鼓楼区", "county").code is None
    assert places.resolve("不存在镇", "township", ["竹山县"]).reason == "unknown"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("襄樊市", "襄阳市"),
        ("襄樊", "襄阳市"),
        ("郧县", "郧阳区"),
        ("蒲圻市", "赤壁市"),
        ("京山县", "京山市"),
        ("沙市市", "沙市区"),
    ],
)
def test_former_names(places: Gazetteer, old: str, new: str) -> None:
    assert [(d.name, d.former) for d in places.divisions(old)] == [(new, old)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("推动竹山县溢水镇何家湾村发展", ["竹山县", "溢水镇"]),
        ("湖北省十堰市竹山县", ["湖北省", "十堰市", "竹山县"]),
        ("省地质局2023年党建工作", []),
        ("建设美丽乡村,推进城区和开发区工作", []),
        ("沿海城市", []),
        ("长治久安", []),
        ("上海市场监管局", ["上海"]),
        ("山东地矿局第六地质大队", ["山东"]),
        ("阳泉市郊区", ["阳泉市", "郊区"]),
        ("武汉经济技术开发区", ["武汉"]),
        ("恩施州利川市", ["恩施州", "利川市"]),
        ("47个县(市、区)", []),
        ("和县历阳镇", ["和县", "历阳镇"]),
    ],
)
def test_scan(places: Gazetteer, text: str, names: list[str]) -> None:
    assert [text[found.start : found.end] for found in places.scan(text)] == names


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("推动何家湾村", "何家湾村"),
        ("竹山县溢水镇何家湾村", "何家湾村"),
        ("走进何家湾村委会", "何家湾村委会"),
        ("走进何家湾村村民委员会", "何家湾村村民委员会"),
        ("到罗田县燕窝湾村", "燕窝湾村"),
        ("省级乡村振兴示范村", None),
        ("建设美丽乡村", None),
        ("参加智慧社区", None),
    ],
)
def test_village_before(places: Gazetteer, text: str, village: str | None) -> None:
    start = places.village_before(text, len(text))
    assert (None if start is None else text[start:]) == village


def test_longest_name_ending_at(places: Gazetteer) -> None:
    text = "聚力推动竹山县溢水镇何家湾村发展"
    assert places.longest_name_ending_at(text, 7, ["county"]) == 4
    assert places.longest_name_ending_at(text, 10, ["township"]) == 7
    assert places.longest_name_ending_at(text, 14) == 10
    assert places.longest_name_ending_at(text, 16) is None


def test_every_level_leads_up_to_a_province(places: Gazetteer) -> None:
    table = places._table
    for record in range(0, len(table._code), 37):
        chain = list(places._upward(record))
        assert table.level(chain[-1]) == 0
        assert [table.level(r) for r in chain] == sorted({table.level(r) for r in chain}, reverse=True)


def test_codes_lead_back(places: Gazetteer, sample: list[Chain]) -> None:
    for chain in sample[:500]:
        assert places.division(chain[0].code) == chain[0]
        assert chain[0].code in {village.code for village in places.villages(chain[0].name)}
    for code in ("", "x", "999999", "420323101999", "4203231012051", "４２０３２３"):
        assert places.division(code) is None
        assert places.chain(code) == ()


names = st.text(alphabet="何家湾新大石东西南北河山村社区镇乡县市委会居民员街道办事处()一二 ", max_size=14)


@given(names)
def test_folding_a_village_is_idempotent(name: str) -> None:
    folded = village_form(name)
    assert village_form(folded) == folded or folded.endswith(("委会", "员会", "居委", "村委", ")"))
    assert clean(clean(name)) == clean(name)


@given(st.text(alphabet="何家湾新大石东西南北河山", min_size=2, max_size=6))
def test_committees_are_their_village(base: str) -> None:
    assert {
        village_form(base + tail) for tail in ("村", "村委会", "村民委员会", "村村委会", "村村民委员会")
    } == {base + "村"}
    assert {village_form(base + tail) for tail in ("社区", "社区居委会", "居委会", "居民委员会")} == {
        base + "社区"
    }
    assert township_form(base + "街道办事处") == base + "街道"
    assert stem(base + "县", "county") == base and base in variants(base + "镇", "township")


@given(names)
@settings(max_examples=200, deadline=None)
def test_lookups_never_fail(name: str) -> None:
    places = Gazetteer.load()
    (
        places.divisions(name),
        places.villages(name),
        places.is_village(name),
        places.resolve(name, "village", [name]),
    )
    for found in places.scan(name):
        assert 0 <= found.start < found.end <= len(name)
    for end in range(len(name) + 1):
        start = places.village_before(name, end)
        assert start is None or 0 <= start < end


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    write_container(file, {"a": b"xyz", "b": b""})
    assert {name: bytes(data) for name, data in read_container(file).items()} == {"a": b"xyz", "b": b""}
    file.write_bytes(b"something else entirely")
    with pytest.raises(RuleError, match="gazetteer"):
        read_container(file)
