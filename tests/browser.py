"""A real browser for tests of the page: found on the machine, cut off from the network, watched.

``KG_CHROMIUM`` names the executable; otherwise the usual names are tried.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, Request

NAMES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str:
    """The path of a Chromium, or a clear failure."""
    wanted = os.environ.get("KG_CHROMIUM")
    for name in (wanted,) if wanted else NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError(
        f"no Chromium: {wanted or ', '.join(NAMES)} not found. Install one (apt-get install chromium) "
        "or let KG_CHROMIUM name its executable."
    )


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium."""
    return playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))


@dataclass
class Watched:
    """A page with everything that it did wrong."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def js(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def wait(self, script: str, argument: Any = None) -> None:
        """Wait until a function of the page returns something true."""
        self.page.wait_for_function(script, arg=argument, timeout=20_000)

    def assert_clean(self) -> None:
        assert not self.errors, self.errors
        assert not self.requests, self.requests
        assert not self.dialogs, self.dialogs


@contextmanager
def opened(browser: Browser, path: Path, fragment: str = "", **options: Any) -> Iterator[Watched]:
    """Open a file with the network off; the page is closed afterwards."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **options})
    context.set_offline(True)
    page = context.new_page()
    watched = Watched(page)
    page.on("console", lambda message: message.type in ("error", "warning") and watched.errors.append(message.text))
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("dialog", lambda dialog: (watched.dialogs.append(dialog.message), dialog.dismiss()))
    own = path.as_uri()

    def asked(request: Request) -> None:
        if not request.url.startswith(("blob:", "data:")) and request.url.partition("#")[0] != own:
            watched.requests.append(request.url)

    page.on("request", asked)
    try:
        page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        if options.get("java_script_enabled", True):
            watched.wait("() => window.kg && (kg.app.state.view !== 'graph' || kg.ready())")
        yield watched
    finally:
        context.close()


def focus(view: Watched) -> str:
    """What has the focus, for messages."""
    return str(view.js("() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName"))


def tab_to(view: Watched, wanted: str, key: str = "Tab", limit: int = 80) -> None:
    """Press Tab until an element that matches the selector has the focus."""
    for _ in range(limit):
        view.page.keyboard.press(key)
        if view.js("s => document.activeElement.matches(s)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab; last was {focus(view)}")


LOOKS = (
    ("zh", "light", 1280, 800),
    ("en", "dark", 1280, 800),
    ("zh", "dark", 360, 740),
    ("en", "light", 360, 740),
)


def shoot(view: Watched, name: str) -> None:
    """Screenshots of what is seen now, in both languages, themes and widths, in the folder that ``KG_SHOTS`` names."""
    folder = os.environ.get("KG_SHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = view.page.viewport_size
    state = view.js("() => ({lang: kg.app.state.lang, theme: kg.app.state.theme})")
    for lang, theme, width, height in LOOKS:
        view.page.set_viewport_size({"width": width, "height": height})
        view.js("([lang, theme]) => kg.app.set({lang, theme}, true)", [lang, theme])
        view.page.wait_for_timeout(250)
        view.page.screenshot(path=Path(folder) / f"{name}-{lang}-{theme}-{width}.png", animations="disabled")
    if before:
        view.page.set_viewport_size(before)
    view.js("state => kg.app.set(state, true)", state)
