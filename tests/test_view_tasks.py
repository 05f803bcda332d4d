"""The ten main tasks of a reader on the page of a real build, each by mouse and by keyboard alone.

What is expected is taken from the page's own data, so that better extraction never breaks a task. With ``KG_SHOTS=DIR`` each
task leaves its screenshots in DIR: both languages, both themes, a desk and a telephone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Watched, launch, opened, shoot, tab_to
from playwright.sync_api import Browser, sync_playwright
from sample_build import built

HANDS = ("mouse", "keyboard")
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def view(browser: Browser) -> Iterator[Watched]:
    with opened(browser, built() / "graph.html", permissions=CLIPBOARD) as watched:
        yield watched
        watched.assert_clean()


@pytest.fixture(params=HANDS)
def hand(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def data(view: Watched) -> dict[str, Any]:
    found = view.js("() => kg.app.model.data")
    assert isinstance(found, dict)
    return found


def facts_of(told: dict[str, Any], who: int, role: str = "") -> list[dict[str, Any]]:
    """The facts in which an entity takes part (in that role)."""
    return [f for f in told["facts"] if any(r[1] == who and role in ("", r[0]) for r in f.get("roles", ()))]


def chosen(told: dict[str, Any], good: Callable[[int, dict[str, Any]], bool]) -> int:
    return next(n for n, entity in enumerate(told["entities"]) if good(n, entity))


def press(view: Watched, selector: str, hand: str) -> None:
    """A click, or Tab to it and Enter."""
    if hand == "mouse":
        view.page.locator(selector).first.click()
    else:
        view.js("() => document.activeElement?.blur()")
        tab_to(view, selector, limit=200)
        view.page.keyboard.press("Enter")


def find(view: Watched, text: str, wanted: str, hand: str) -> None:
    """Search and choose the result of that name."""
    if hand == "mouse":
        view.page.locator("#search").click()
        view.page.keyboard.type(text)
        view.page.locator("#hits .hit", has=view.page.get_by_text(wanted, exact=True)).first.click()
        return
    view.page.keyboard.press("/")
    view.page.keyboard.type(text)
    for _ in range(30):
        if view.page.locator("#hits .hit[aria-selected=true] .name").inner_text() == wanted:
            break
        view.page.keyboard.press("ArrowDown")
    view.page.keyboard.press("Enter")


def words(view: Watched) -> list[str]:
    """The facts that the details list."""
    while (more := view.page.locator(".facts > .more")).count():
        more.click()
    return [text.strip() for text in view.page.locator(".fact .words").all_inner_texts()]


def village_of(told: dict[str, Any]) -> int:
    return chosen(told, lambda n, e: e["sub"] == "Village" and bool(facts_of(told, n, "recipient")))


def test_1_find_the_village_and_its_honours(view: Watched, hand: str) -> None:
    told = data(view)
    village = village_of(told)
    entity = told["entities"][village]
    find(view, "".join(syllable[0] for syllable in entity["py"].split()), entity["label"], hand)
    assert view.page.locator(".detail h2").inner_text().strip() == entity["label"]
    assert {fact["zh"] for fact in facts_of(told, village, "recipient")} <= set(words(view))
    assert view.page.locator(".report .m.lit").count() > 0
    shoot(view, f"01-village-{hand}")


def test_2_who_won_the_honour_of_branches_and_where_is_that_said(view: Watched, hand: str) -> None:
    told = data(view)
    branch = next(
        (
            fact
            for fact in told["facts"]
            if fact["kind"] == "award"
            and any(r[0] == "recipient" and r[1] >= 0 and told["entities"][r[1]]["sub"] == "PartyBranch" for r in fact["roles"])
        ),
        next(fact for fact in told["facts"] if fact["kind"] == "award"),
    )
    honour = told["entities"][next(r[1] for r in branch["roles"] if r[0] == "honour")]["label"]
    find(view, honour, honour, hand)
    assert branch["zh"] in words(view)
    press(view, ".fact .meta .link", hand)
    lit = view.page.locator(".report .m.lit").first
    box = lit.bounding_box()
    assert lit.is_visible() and box and 0 < box["y"] < 800
    shoot(view, f"02-branch-{hand}")


def test_3_how_much_money_went_to_the_village(view: Watched, hand: str) -> None:
    told = data(view)
    village = village_of(told)
    sums = [f for f in facts_of(told, village) if f.get("unit") == "元"]
    assert sums
    find(view, told["entities"][village]["label"], told["entities"][village]["label"], hand)
    detail = " ".join(words(view))
    assert all(fact["amount"] in detail for fact in sums)
    press(view, "[data-figure=money]", hand)
    money = next(figure for figure in told["figures"] if figure["id"] == "money")
    assert len(words(view)) == len(money["facts"])
    shoot(view, f"03-money-{hand}")


def test_4_who_is_the_secretary(view: Watched, hand: str) -> None:
    told = data(view)
    posts = [fact for fact in told["facts"] if fact["kind"] == "post" and "书记" in fact["zh"]]
    person = told["entities"][next(r[1] for r in posts[0]["roles"] if r[0] == "person")]["label"]
    find(view, "书记", posts[0]["zh"], hand)
    assert any(person in one and "书记" in one for one in words(view))
    shoot(view, f"04-secretary-{hand}")


def test_5_what_happened_in_section_six(view: Watched, hand: str) -> None:
    told = data(view)
    start, end, number, heading, _ = next(s for s in told["documents"][0]["sections"] if s[2].startswith("六"))
    inside = [fact["zh"] for fact in told["facts"] if start <= fact["ev"][1] < end]
    press(view, ".contents summary", hand)
    place = 1 + [s[2] for s in told["documents"][0]["sections"]].index(number)
    press(view, f".contents li:nth-child({place}) button", hand)
    assert sorted(words(view)) == sorted(inside)
    shown = view.page.locator(".report b, .report h3", has_text=heading).first.bounding_box()
    assert shown and 0 < shown["y"] < 800
    shoot(view, f"05-section-{hand}")


def test_6_which_media_covered_it(view: Watched, hand: str) -> None:
    told = data(view)
    figure = next(figure for figure in told["figures"] if figure["id"] == "media")
    press(view, "[data-figure=media]", hand)
    said = " ".join(words(view))
    assert all(told["entities"][n]["label"] in said for n in figure["nodes"])
    assert len(figure["nodes"]) == int(figure["value"]["zh"])
    shoot(view, f"06-media-{hand}")


def test_7_only_national_honours(view: Watched, hand: str) -> None:
    press(view, ".opener", hand)
    boxes = "#filters input[data-key^='box-level-']"
    keys = [str(box.get_attribute("data-key")) for box in view.page.locator(boxes).all()]
    for key in keys:
        if key.endswith("-national"):
            continue
        if hand == "mouse":
            view.page.locator(f"[data-key='{key}']").uncheck()
        else:
            tab_to(view, f"[data-key='{key}']")
            view.page.keyboard.press("Space")
    shoot(view, f"07-national-{hand}")
    levels = "() => [...new Set(kg.app.scope.facts.map(n => kg.app.model.data.facts[n]).filter(f => f.kind === 'award').map(f => f.level))]"
    assert view.js(levels) == ["national"]
    view.page.keyboard.press("Escape")
    assert view.page.locator("#filters").is_hidden()


def test_8_the_table_in_a_file(view: Watched, hand: str) -> None:
    told = data(view)
    if hand == "mouse":
        view.page.locator("#tab-table").click()
    else:
        tab_to(view, "[role=tab]")
        view.page.keyboard.press("ArrowRight")
    assert view.page.locator(".view tbody tr").count() == len(told["facts"])
    shoot(view, f"08-table-{hand}")
    with view.page.expect_download() as download:
        press(view, ".view-tools button:last-of-type", hand)
    table = list(csv.reader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig"))))
    assert len(table) == len(told["facts"]) + 1
    assert [row[0] for row in table[1:]] == [fact["zh"] for fact in told["facts"]]


def test_9_share_a_view(browser: Browser, view: Watched, hand: str) -> None:
    told = data(view)
    village = told["entities"][village_of(told)]["label"]
    find(view, village, village, hand)
    press(view, ".steps button:nth-of-type(3)", hand)
    press(view, "[aria-controls=export-menu]", hand)
    if hand == "mouse":
        view.page.locator("#export-menu button").nth(1).click()
    else:
        view.page.keyboard.press("Tab")
        view.page.keyboard.press("Enter")
    view.wait("async () => (await navigator.clipboard.readText()).startsWith('file:')")
    address = view.js("() => navigator.clipboard.readText()")
    shoot(view, f"09-share-{hand}")
    shown = view.js("() => kg.app.picture.shown.length")
    with opened(browser, built() / "graph.html", address.partition("#")[2]) as other:
        assert other.page.locator(".detail h2").inner_text().strip() == village
        assert other.js("() => kg.app.picture.shown.length") == shown > 1
        other.assert_clean()


def test_10_read_it_on_a_telephone(browser: Browser, hand: str) -> None:
    size = {"width": 360, "height": 740}
    with opened(browser, built() / "graph.html", viewport=size, has_touch=True, is_mobile=True) as view:
        told = data(view)
        village = village_of(told)
        label = told["entities"][village]["label"]
        if hand == "mouse":
            shoot(view, "10-telephone-first")
            view.page.locator("#search").tap()
            view.page.keyboard.type(label)
            view.page.locator("#hits .hit", has=view.page.get_by_text(label, exact=True)).first.tap()
            view.page.locator("[data-pane=detail]").tap()
        else:
            find(view, label, label, hand)
            press(view, "[data-pane=detail]", hand)
        assert {fact["zh"] for fact in facts_of(told, village, "recipient")} <= set(words(view))
        assert view.js("() => document.documentElement.scrollWidth") <= 360
        shoot(view, f"10-telephone-{hand}")
        press(view, "[data-pane=text]", hand)
        assert view.page.locator(".report .m.lit").first.is_visible()
        assert view.js("() => document.documentElement.scrollWidth") <= 360
        view.assert_clean()
