"""The picture of the README, drawn from the page: ``python tests/make_overview.py [DIR]`` (default: output).

It opens ``DIR/graph.html`` in a headless Chromium with the network off and writes ``DIR/overview.png``. Fonts differ from
one machine to the next, so this file, unlike its neighbours, is not the same bytes everywhere.
"""

from __future__ import annotations

import sys
from pathlib import Path

from browser import launch, opened
from playwright.sync_api import sync_playwright

OUTPUT = Path(__file__).resolve().parent.parent / "output"
SIZE = {"width": 1280, "height": 800}


def overview(folder: Path) -> Path:
    """Draw ``overview.png`` beside ``graph.html``; nothing is written if the page reports an error."""
    page = (folder / "graph.html").resolve()
    if not page.is_file():
        raise SystemExit(f"{page} 不存在;请先运行 kg demo -o {folder} | is missing; run kg demo -o {folder} first")
    with sync_playwright() as playwright:
        running = launch(playwright)
        with opened(running, page, "lang=zh&theme=light", viewport=SIZE) as watched:
            picture = watched.page.screenshot(animations="disabled")
            watched.assert_clean()
        running.close()
    target = folder / "overview.png"
    target.write_bytes(picture)
    return target


if __name__ == "__main__":
    written = overview(Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT)
    sys.stdout.write(f"已写出 | written: {written}\n")
