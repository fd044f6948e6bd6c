"""Pictures of the workbench's screens, to be looked at: every view, light and dark, wide and narrow, and on paper.

    scripts/screens                     all, into build/screens
    scripts/screens --case elmira       of one conflict
    scripts/screens --view moves,path   some views
    scripts/screens --picture           renew the picture in the README instead

The conflicts are copies of packaged cases in a folder of their own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "build/screens"
PICTURE = ROOT / "docs/images/workbench.png"
CASES = ("elmira", "gaza-hostage-talks")
THEMES = ("light", "dark")
WIDTHS = (1280, 400)
HEIGHT = 900
WAIT = 120_000.0
"""Longest time for a view, in milliseconds."""
SHOWN = "?file=elmira.yaml&view=moves&state=1&by=Local&under=SEQ"
"""What the picture in the README shows."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of a workbench on copies of the cases, without its query, and the token, until the end of a block."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "conflicts"
        folder.mkdir()
        for case in CASES:
            shutil.copyfile(ROOT / f"src/detente/cases/{case}.yaml", folder / f"{case}.yaml")
        command = [str(Path(sys.executable).with_name("detente")), "open", ".", "--no-browser"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout is not None
            try:
                yield process.stdout.readline().strip()
            finally:
                process.send_signal(signal.SIGINT)


def opened(page: Page, address: str, asked: str) -> None:
    """Open what an address selects, and wait until all that is shown was answered, or as long as is waited for a view."""
    parts = urlsplit(address)
    page.goto(f"{parts.scheme}://{parts.netloc}/{asked}&{parts.query}")
    page.wait_for_selector("#view [role=tab]", timeout=WAIT)
    try:
        page.wait_for_selector("body:not(:has(main [aria-busy=true])):not(:has(ul.running))", timeout=WAIT)
        page.wait_for_timeout(500)  # what comes in one by one
    except TimeoutError:
        print(f"screens: {asked}: still being worked out", file=sys.stderr)


def taken(browser: Browser, address: str, cases: list[str], views: list[str], under: Path) -> Iterator[Path]:
    """Take all pictures; gives where each was put."""
    under.mkdir(parents=True, exist_ok=True)
    for case in cases:
        for theme in THEMES:
            for width in WIDTHS:
                with browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=theme) as context:  # type: ignore[arg-type]  # one of two words
                    page = context.new_page()
                    opened(page, address, f"?file={case}.yaml")
                    every = [one.removeprefix("tab-") for one in page.locator("#view [role=tab]").evaluate_all("all => all.map(e => e.id)")]
                    for view in [one for one in every if not views or one in views]:
                        opened(page, address, f"?file={case}.yaml&view={view}")
                        path = under / f"{case}-{view}-{theme}-{width}.png"
                        page.screenshot(path=path, full_page=True)
                        yield path
        with browser.new_context(viewport={"width": WIDTHS[0], "height": HEIGHT}) as context:
            page = context.new_page()
            opened(page, address, f"?file={case}.yaml")
            path = under / f"{case}.pdf"
            page.pdf(path=path, format="A4")
            yield path


def main() -> int:
    """Take the pictures that are asked for; return 1 if there is no chromium."""
    parser = argparse.ArgumentParser(prog="scripts/screens", description="pictures of the workbench's screens")
    parser.add_argument("--case", choices=CASES, help="of one conflict")
    parser.add_argument("--view", default="", help="some views, by the words of their addresses, with commas")
    parser.add_argument("--picture", action="store_true", help="renew the picture of the workbench in the README, nothing else")
    wanted = parser.parse_args()
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        print("screens: no chromium was found: scripts/install --browser", file=sys.stderr)
        return 1
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        if wanted.picture:
            with browser.new_context(viewport={"width": WIDTHS[0], "height": 940}, device_scale_factor=1.25) as context:
                page = context.new_page()
                opened(page, address, SHOWN)
                page.screenshot(path=PICTURE)
            print(f"screens: {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size:,} bytes")
        else:
            cases = [wanted.case] if wanted.case else list(CASES)
            for path in taken(browser, address, cases, [one for one in wanted.view.split(",") if one], SCREENS):
                print(path.relative_to(ROOT), flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
