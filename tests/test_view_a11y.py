"""Everyone can use the page: axe-core over all views, languages and themes; the keyboard alone; print; marks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import browser_sample
import pytest
from browser import Watched, focus, launch, opened, tab_to
from playwright.sync_api import Browser, sync_playwright

from kg.view import render

VIEWS = ("graph", "table", "timeline", "levels", "sums", "unsure", "places")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "graph.html"
    path.write_text(render(*browser_sample.report()), encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(browser: Browser, file: Path, lang: str, theme: str) -> None:
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    with opened(browser, file, f"lang={lang}&theme={theme}") as view:
        view.js(source)
        for name in VIEWS:
            view.js("([view, id]) => kg.app.set({view, selection: {type: 'node', id}, steps: 0})", [name, 1])
            if name == "graph":
                view.page.locator(".opener").click()
            found = view.js("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160)).slice(0, 4)])")
            assert found == [], (name, lang, theme, found)
            if name == "graph":
                view.page.locator(".opener").click()
        view.assert_clean()


def test_axe_on_a_telephone_with_search_and_menu_open(browser: Browser, file: Path) -> None:
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    with opened(browser, file, "n=place/下坪村", viewport={"width": 360, "height": 740}) as view:
        view.js(source)
        run = "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160)).slice(0, 4)])"
        for pane in ("graph", "text", "detail"):
            view.page.locator(f"[data-pane={pane}]").click()
            assert view.js(run) == [], pane
        view.page.locator("[aria-controls=export-menu]").click()
        assert view.js(run) == []
        view.page.keyboard.press("Escape")
        view.page.locator("#search").fill("党支部")
        assert view.page.locator("#hits .hit").count() > 3
        assert view.js(run) == []
        view.assert_clean()


def test_ten_tasks_without_a_mouse(browser: Browser, file: Path) -> None:
    with opened(browser, file, permissions=["clipboard-read", "clipboard-write"]) as view:
        keys = view.page.keyboard
        # 1 find the village and its honours
        keys.press("/")
        keys.type("xpc")
        keys.press("Enter")
        assert "省级乡村振兴示范村" in view.page.locator(".detail").inner_text()
        # 2 which branch won the red flag, and where is that said
        keys.press("/")
        keys.type("红旗党支部")
        keys.press("Enter")
        assert "澜江航标站党支部 — 获 — 省直机关红旗党支部" in view.page.locator(".detail").inner_text()
        tab_to(view, ".fact .meta .link")
        keys.press("Enter")
        assert view.page.locator(".report .m.lit").first.is_visible()
        # 3 how much money went to the village
        keys.press("/")
        keys.type("下坪村")
        keys.press("Enter")
        detail = view.page.locator(".detail").inner_text()
        assert all(sum_ in detail for sum_ in ("98万元", "150万元", "74万元"))
        # 4 who is the secretary
        keys.press("/")
        keys.type("党委书记")
        keys.press("Enter")
        assert "罗听澜 — 任 — 云泽省航道管理局党委书记" in view.page.locator(".detail").inner_text()
        # 5 what happened in section six: walk the marked text
        keys.press("Escape")
        tab_to(view, ".report .m")
        for _ in range(30):
            keys.press("ArrowDown")
        keys.press("Enter")
        assert view.page.locator(".fact").count() >= 1
        # 6 which media covered it: the figure on top
        keys.press("Escape")
        tab_to(view, "[data-figure=media]")
        keys.press("Enter")
        assert "云泽日报 — 报道 — 云泽省航道管理局" in view.page.locator(".detail").inner_text()
        # 7 only national honours
        keys.press("Escape")
        tab_to(view, ".opener")
        keys.press("Enter")
        while True:
            tab_to(view, "#filters input[type=checkbox]")
            key = view.js("() => document.activeElement.dataset.key")
            if key.startswith("box-level-") and key != "box-level-national":
                keys.press("Space")
            if key == "box-level-nolevel":
                break
        keys.press("Escape")
        shown = view.js("() => kg.app.scope.facts.map(n => kg.app.model.data.facts[n]).filter(f => f.kind === 'award')")
        assert {fact["level"] for fact in shown} == {"national"}
        # 8 the table, and out of the page
        view.js("() => document.activeElement.blur()")
        tab_to(view, "[role=tab]")
        keys.press("ArrowRight")
        assert view.js("() => kg.app.state.view") == "table"
        tab_to(view, ".view-tools button")
        keys.press("Enter")
        copied = view.js("() => navigator.clipboard.readText()")
        assert copied.startswith("事实\t种类")
        # 9 share the view
        tab_to(view, "[aria-controls=export-menu]", "Shift+Tab")
        keys.press("Enter")
        keys.press("Tab")
        keys.press("Enter")
        view.wait("async () => (await navigator.clipboard.readText()).startsWith('file:')")
        assert "v=table" in view.js("() => navigator.clipboard.readText()")
        # 10 the picture by arrow keys
        view.js("() => kg.app.set({view: 'graph'})")
        tab_to(view, ".canvas")
        keys.press("ArrowDown")
        keys.press("ArrowDown")
        keys.press("Enter")
        assert view.page.locator(".detail h2").is_visible()
        view.assert_clean()


def test_focus_is_seen(browser: Browser, file: Path) -> None:
    with opened(browser, file) as view:
        for _ in range(12):
            view.page.keyboard.press("Tab")
            outline = view.js("() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; }")
            assert outline == ["solid", "2px"], focus(view)


def test_print_sheet(browser: Browser, file: Path) -> None:
    with opened(browser, file, "n=place/下坪村&theme=dark") as view:
        view.js("() => dispatchEvent(new Event('beforeprint'))")
        view.page.emulate_media(media="print")
        sheet = view.page.locator(".print-only")
        assert "下坪村 — 获 — 省级乡村振兴示范村 (2031, 省级)" in sheet.inner_text()
        assert sheet.locator("svg text").count() > 60
        assert not view.page.locator(".report").is_visible()
        assert view.js("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        pdf = view.page.pdf(prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF")
        view.js("() => dispatchEvent(new Event('afterprint'))")
        assert sheet.inner_text() == ""
        view.assert_clean()


def menu(view: Watched, item: str) -> None:
    view.page.get_by_role("button", name="导出").click()
    view.page.locator("#export-menu").get_by_role("button", name=item, exact=True).click()


def test_marks_go_to_a_file_and_come_back(browser: Browser, file: Path, tmp_path: Path) -> None:
    saved = tmp_path / "review.jsonl"
    with opened(browser, file, "n=place/下坪村") as view:
        first = view.page.locator(".fact").first
        first.get_by_role("button", name="有误").click()
        first.get_by_role("textbox", name="备注").fill("应为“省级”=1")
        with view.page.expect_download() as download:
            menu(view, "保存核对记录")
        download.value.save_as(saved)
        view.assert_clean()
    lines = [json.loads(line) for line in saved.read_text(encoding="utf-8").splitlines()]
    assert [(line["verdict"], line["note"], line["kind"]) for line in lines] == [("wrong", "应为“省级”=1", "award")]
    with opened(browser, file, "n=place/下坪村") as again:
        again.page.locator("input[type=file]").set_input_files(saved)
        again.page.locator(".fact.v-wrong").wait_for()
        assert again.page.get_by_role("textbox", name="备注").input_value() == "应为“省级”=1"
        again.assert_clean()


def test_prose_svg_png_and_turtle(browser: Browser, file: Path, tmp_path: Path) -> None:
    import rdflib

    with opened(browser, file, "n=place/下坪村", permissions=["clipboard-read", "clipboard-write"]) as view:
        menu(view, "复制成文")
        view.wait("async () => (await navigator.clipboard.readText()).includes('[1] “')")
        text = view.js("() => navigator.clipboard.readText()")
        assert "下坪村获省级乡村振兴示范村(2031, 省级)" in text
        assert "(《党旗引航 碧水争先》,2031-12-26)" in text
        for item, suffix in (("图片 SVG", "svg"), ("图片 PNG", "png"), ("Turtle(RDF)", "ttl")):
            with view.page.expect_download() as download:
                menu(view, item)
            assert download.value.suggested_filename == f"下坪村.{suffix}"
            download.value.save_as(tmp_path / f"a.{suffix}")
        view.assert_clean()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg") and "下坪村</text>" in svg and "script" not in svg
    graph = rdflib.Graph().parse(tmp_path / "a.ttl", format="turtle")
    quotes = {str(quote) for quote in graph.objects(None, rdflib.URIRef("https://w3id.org/achievement-kg/ontology#quote"))}
    assert any("省级乡村振兴示范村" in quote for quote in quotes)


def test_hostile_turtle_still_parses(browser: Browser, tmp_path: Path) -> None:
    import rdflib

    path = tmp_path / "x.html"
    path.write_text(render(*browser_sample.hostile("\"'\\\n\u2028</script>\u202e<a> . ;")), encoding="utf-8", newline="\n")
    with opened(browser, path) as view:
        with view.page.expect_download() as download:
            menu(view, "Turtle(RDF)")
        rdflib.Graph().parse(data=Path(download.value.path()).read_text(encoding="utf-8"), format="turtle")
        view.assert_clean()


def test_reduced_motion_and_forced_size(browser: Browser, file: Path) -> None:
    with opened(browser, file, reduced_motion="reduce") as view:
        assert view.js("() => getComputedStyle(document.querySelector('.chip')).transitionDuration") == "0s"
        small = view.js(
            "() => [...document.querySelectorAll('button, input:not(.offscreen), select, a')].filter(e => e.offsetParent).map(e => [e.outerHTML.slice(0, 90),"
            " e.getBoundingClientRect()]).filter(([, b]) => b.height < 24 || b.width < 20).map(([html]) => html)"
        )
        assert small == []
