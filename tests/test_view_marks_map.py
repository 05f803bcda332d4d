"""In a real browser: marks that a build read back, the map of places, containment by codes, and large texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import browser_sample
import pytest
from browser import Watched, launch, opened, shoot, tab_to
from playwright.sync_api import Browser, sync_playwright

from kg.graph import Mark
from kg.model import Entity, Extraction, Resolution
from kg.view import build, render
from kg.view.data import where

CODES = {"澜江市": "420300000000", "青槐县": "420323000000", "石鼓镇": "420323105000", "下坪村": "420323105203"}
POINTS = {"澜江市": (32.65, 110.79), "青槐县": (32.22, 110.23), "石鼓镇": (32.26, 110.09), "下坪村": (32.26, 110.09)}
LEVELS = {"澜江市": "city", "青槐县": "county", "石鼓镇": "township", "下坪村": "township"}


def report() -> tuple[list[Extraction], Resolution]:
    """The invented bureau with places that have codes and points."""
    extractions, resolution = browser_sample.report()

    def placed(entity: Entity) -> Entity:
        name = entity.label
        if name not in CODES:
            return entity
        return replace(entity, code=CODES[name], point=POINTS[name], point_of=LEVELS[name])

    return extractions, replace(resolution, entities=tuple(map(placed, resolution.entities)))


def marked() -> str:
    """Its page after a build with marks: one right, one wrong, one whose words have changed, one that finds nothing."""
    extractions, resolution = report()
    (found,) = extractions
    told = build(extractions, resolution)["facts"]
    awards = [n for n, fact in enumerate(told) if fact["kind"] == "award" and "下坪村 — 获" in fact["zh"]]
    post = next(n for n, fact in enumerate(told) if fact["kind"] == "post")

    def mark(n: int, verdict: Any, note: str, said: str = "") -> tuple[Mark, tuple[Any, ...]]:
        _, start, end = told[n]["ev"][:3]
        kind, rule = told[n]["kind"], told[n]["rule"]
        return Mark(found.document.id, start, end, kind, verdict, note, said or told[n]["zh"], rule), (found.facts[n],)

    gone = Mark("旧报告", 7, 12, "award", "wrong", "查无此奖", "某村 — 获 — 某奖")
    marks = [mark(awards[0], "wrong", "应为市级"), mark(awards[1], "right", ""), mark(post, "right", "", "旧的说法"), (gone, ())]
    return render(extractions, resolution, marks=marks)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("marks") / "graph.html"
    path.write_text(marked(), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def view(browser: Browser, file: Path) -> Iterator[Watched]:
    with opened(browser, file) as watched:
        yield watched
        watched.assert_clean()


def test_wrong_facts_are_struck_through_and_in_no_sum(view: Watched) -> None:
    wrong = "下坪村 — 获 — 省级乡村振兴示范村 (2031, 省级)"
    view.page.locator("#search").fill("下坪村")
    view.page.keyboard.press("Enter")
    fact = view.page.locator(".fact.v-wrong")
    assert fact.locator("s").inner_text() == wrong
    assert fact.get_by_role("textbox").input_value() == "应为市级"
    shoot(view, "11-marks")
    edge = view.js("() => { const d = kg.app.model.data; const e = d.edges.findIndex(e => d.entities[e[1]].label === '省级乡村振兴示范村'); return kg.app.scope.edges[e]; }")
    assert edge == 0
    view.page.keyboard.press("Escape")
    view.page.keyboard.press("Escape")
    view.page.locator("#tab-table").click()
    assert view.page.locator(".view s").all_inner_texts() == [wrong]
    view.page.locator("#tab-levels").click()
    honours = next(f for f in view.js("() => kg.app.model.data.figures") if f["id"] == "honours")
    given = view.js("() => kg.app.model.data.facts.filter(f => f.kind === 'award' && f.given).reduce((s, f) => s + (f.count ?? 1), 0)")
    assert sum(map(int, view.page.locator(".bar-value").all_text_contents())) == int(honours["value"]["zh"]) + given
    assert view.page.locator(".bullets s").count() == 0


def test_marks_that_no_longer_fit_are_listed_and_saved_again(view: Watched) -> None:
    view.page.locator("#tab-unsure").click()
    listed = view.page.locator(".view").inner_text()
    assert "某村 — 获 — 某奖" in listed and "查无此奖" in listed and "旧的说法" in listed
    shoot(view, "12-unsure")
    lines = [json.loads(line) for line in view.js("() => kg.app.review.save()").splitlines()]
    assert [(line["verdict"], line["note"]) for line in lines if line["report"] == "旧报告"] == [("wrong", "查无此奖")]
    assert sorted(line["fact"] for line in lines if line["verdict"] == "right")[-1] == "旧的说法"
    assert len(lines) == 4


def test_a_mark_made_now_is_told_at_the_figure(view: Watched) -> None:
    view.page.locator("[data-figure=honours]").click()
    view.page.locator(".fact:not(.v-wrong)").first.get_by_role("button", name="有误").click()
    assert "其中 1 条已标为有误" in view.page.locator(".figure.is-honours").inner_text()
    assert "--marks" in view.page.locator(".toast").inner_text()
    assert view.js("() => document.activeElement.closest('.fact') !== null")


def test_the_map_shows_the_places_and_the_table_says_the_same(view: Watched) -> None:
    view.page.locator("#tab-places").click()
    view.page.locator(".map .spot").first.wait_for()
    shoot(view, "13-map")
    names = [one.get_attribute("aria-label") or "" for one in view.page.locator(".map .spot").all()]
    assert any(name.startswith(("下坪村 等 ", "石鼓镇 等 ")) for name in names)
    rows = {row.locator("td").nth(0).inner_text().strip(): row.inner_text() for row in view.page.locator(".places tbody tr").all()}
    assert "32.26°N 110.09°E" in rows["下坪村"] and "大概:所属乡镇的位置" in rows["下坪村"]
    assert "大概" not in rows["青槐县"] and "420323000000" in rows["青槐县"]
    assert "青槐县" in rows["石鼓镇"]
    assert len(rows) == view.js("() => kg.app.model.data.entities.filter(e => e.kind === 'Place').length")
    boxes = [box for one in view.page.locator(".map .spot-label").all() if (box := one.bounding_box())]
    assert boxes
    for place, a in enumerate(boxes):
        for b in boxes[place + 1 :]:
            apart = a["x"] + a["width"] <= b["x"] + 6 or b["x"] + b["width"] <= a["x"] + 6
            assert apart or a["y"] + a["height"] <= b["y"] + 6 or b["y"] + b["height"] <= a["y"] + 6


def test_dots_open_their_places_by_mouse_and_by_keyboard(view: Watched) -> None:
    view.page.locator("#tab-places").click()
    view.page.locator(".map .spot[aria-label^='澜江市']").click()
    assert view.page.locator(".detail h2").inner_text().strip() == "澜江市"
    assert view.page.locator(".map .spot.on").get_attribute("aria-label", timeout=2000) is not None
    before = view.js("() => kg.app.views.map.view.scale")
    view.page.locator(".map-tools button").first.click()
    assert view.js("() => kg.app.views.map.view.scale") > before
    view.page.locator(".map-tools button").last.click()
    assert view.js("() => kg.app.views.map.view.scale") == before
    view.js("() => document.activeElement.blur()")
    tab_to(view, ".map .spot", limit=200)
    for _ in range(12):
        if (view.js("() => document.activeElement.getAttribute('aria-label')") or "").find(" 等 ") > 0:
            break
        view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("Enter")
    for _ in range(6):  # drawn apart, until the dots share one point and are named
        if view.page.locator(".map-here button").count():
            break
        view.page.keyboard.press("Enter")
    named = view.page.locator(".map-here button").all_inner_texts()
    assert "下坪村" in named and "石鼓镇" in named
    view.page.keyboard.press("Enter")
    assert view.page.locator(".detail h2").inner_text().strip() in named


def test_containment_by_codes_is_drawn_on_demand_with_its_reason(view: Watched) -> None:
    inferred = view.js("() => kg.app.model.data.inferred.map(([a, b]) => [kg.app.model.label(a), kg.app.model.label(b)])")
    assert ["青槐县", "澜江市"] in inferred and ["石鼓镇", "青槐县"] not in inferred
    assert not any(link.get("dashes") for link in view.js("() => kg.app.picture.shownLinks"))
    view.page.locator(".opener").click()
    view.page.locator("[data-key=inferred]").check()
    view.page.keyboard.press("Escape")
    assert sum(bool(link.get("dashes")) for link in view.js("() => kg.app.picture.shownLinks")) == len(inferred)
    assert "i=1" in view.page.url
    view.page.locator("#search").fill("青槐县")
    view.page.keyboard.press("Enter")
    view.page.locator(".about .name", has_text="澜江市").click()
    why = view.page.locator(".why").inner_text()
    assert "由区划代码得出" in why and "420323000000" in why and "420300000000" in why
    shoot(view, "14-inferred")
    fragment = view.page.url.partition("#")[2]
    assert "inferred" in fragment


def test_shared_address_of_an_inferred_edge(browser: Browser, file: Path) -> None:
    with opened(browser, file, 'i=1&e=["place/青槐县","inferred","place/澜江市"]') as view:
        assert "由区划代码得出" in view.page.locator(".why").inner_text()
        view.assert_clean()


def test_axe_on_the_map_and_the_marks(browser: Browser, file: Path) -> None:
    from importlib.resources import files

    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    run = "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160)).slice(0, 4)])"
    for lang, theme in (("zh", "light"), ("en", "dark")):
        with opened(browser, file, f"lang={lang}&theme={theme}&i=1") as view:
            view.js(source)
            for name in ("places", "unsure", "table"):
                view.js("name => kg.app.set({view: name, selection: null})", name)
                view.page.wait_for_timeout(50)
                assert view.js(run) == [], (name, lang)
            view.js("() => kg.app.select({type: 'edge', id: kg.app.model.inferredBase})")
            assert view.js(run) == []
            view.js("() => kg.app.select({type: 'figure', id: 'honours'})")
            assert view.js(run) == []
            view.assert_clean()


def test_a_long_text_is_marked_in_pieces_and_at_once_where_it_is_wanted(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    path.write_text(render(*browser_sample.synthetic(3000, 1)), encoding="utf-8", newline="\n")
    with opened(browser, path) as view:
        last = view.js("() => kg.app.model.data.facts.length - 1")
        view.js("id => kg.app.select({type: 'facts', ids: [id]})", last)
        seen = "() => { const box = document.querySelector('.report .m.lit').getBoundingClientRect(); return box.top > 0 && box.bottom < 800; }"
        view.wait(seen)
        view.wait("() => kg.app.report.blocks.every(block => block.marks)")
        told = view.js("() => new Set(kg.app.report.marks.flatMap(mark => mark.facts)).size")
        assert told == last + 1
        assert view.js(seen)
        view.assert_clean()


def test_a_slip_of_the_gazetteer_does_not_move_a_county_across_the_country() -> None:
    wrong = Entity("place/x", "Place", "County", "磴口县", code="150822000000", point=(46.567, 122.483), point_of="county")
    found = where(wrong)
    assert found["near"] == "city" and 105 < found["at"][1] < 110


def test_places_without_a_code_stand_by_what_they_belong_to() -> None:
    data = build(*report())
    entities = {entity["label"]: entity for entity in data["entities"]}
    parents = {data["entities"][a]["label"]: data["entities"][b]["label"] for a, b, kind, _ in data["edges"] if kind == "part-of"}
    child = next((c for c, p in parents.items() if c in entities and c not in CODES and p in CODES and entities[c]["kind"] == "Place"), None)
    if child:
        assert entities[child]["near"] == "parent" and entities[child]["at"] == entities[parents[child]]["at"]


def test_the_plain_table_strikes_too(file: Path) -> None:
    table = file.read_text("utf-8").partition("<noscript>")[2].partition("</noscript>")[0]
    assert re.findall(r"<s>(.*?)</s>", table) == ["下坪村 — 获 — 省级乡村振兴示范村 (2031, 省级)"]
