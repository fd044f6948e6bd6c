"""The page of the workbench in a browser: how soon a conflict is there to be looked at, and how a million states are to be worked with.

    python bench/page_ready.py            five servers for each conflict
    python bench/page_ready.py --short    one of them; nothing is kept

For each run `detente open` is begun anew, and a page without anything kept is opened as soon as the address is printed.  Seconds are those
of the clock on the wall: until the program prints its address (`up`), and from then until the rows of the table of states are on the screen
(`seconds`).  On the conflict of 2^20 states the last row is gone to, a condition is asked for, and a state selected, each until the figures
on the screen have changed.  All figures that are waited for are asserted to be those of the library.  It needs the page (`make workbench`)
and Debian's chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from common import RESULTS, machine
from playwright.sync_api import Browser, Page, sync_playwright

from detente import cases, states
from detente.cases import FLAGSHIP

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
GRID = "[role=grid] tbody tr"
SLOW = 300_000
"""Milliseconds after which something is wrong."""
OPTIONS = 20
"""Of the conflict with very many states."""
CHECKED = "the rows on the screen, their ranks and the number of states asserted to be those of the library"


def many() -> str:
    """A conflict with two to the power of `OPTIONS` states."""
    keys = [f"o{number}" for number in range(OPTIONS)]
    parties = {"A": keys[: OPTIONS // 2], "B": keys[OPTIONS // 2 :]}
    deciding = {party: {"options": {key: {} for key in own}, "prefers": own} for party, own in parties.items()}
    return json.dumps({"detente": 1, "title": "Very many states", "decision makers": deciding, "status quo": []})


@contextmanager
def opened(path: Path) -> Iterator[tuple[str, float]]:
    """A workbench that serves a file: the address that it prints, and the seconds until then."""
    program = str(Path(sys.executable).with_name("detente"))
    began = time.perf_counter()
    with subprocess.Popen(
        [program, "open", str(path), "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        up = time.perf_counter() - began
        assert address.startswith("http://127.0.0.1:"), address
        try:
            yield address, up
        finally:
            server.terminate()


SHOWN = f"""() => [...document.querySelectorAll("{GRID}")].filter((row) => row.querySelector("th")).map((row) => [
    row.querySelector("th"), ...row.querySelectorAll("td.rank")].map((cell) => Number(cell.textContent.replace(/[^0-9]/g, ""))))"""
"""The rows that are there: the number of each state, and its ranks."""


def until(page: Page, happens: str, *given: object) -> None:
    """Wait until the page says that something is so, looked at with each of its frames."""
    page.wait_for_function(happens, arg=list(given), timeout=SLOW)


def ready(browser: Browser, path: Path) -> tuple[float, float]:
    """The seconds until a workbench that is begun prints its address, and until its page shows the rows, which are asserted."""
    with opened(path) as (address, up):
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(SLOW)
        began = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_selector("tr.selected td.rank")
        took = time.perf_counter() - began
        told = page.evaluate(SHOWN)
        rows = [number for number, *_ in told]
        expected = states(str(path), offset=rows[0] - 1, limit=len(rows))
        assert rows == [row.id for row in expected.rows], rows
        assert expected.conflict.status_quo in rows, rows
        keys = [party.key for party in expected.decision_makers]
        assert [ranks for _, *ranks in told] == [[row.rank[key] for key in keys] for row in expected.rows], told
        count = int(page.locator("[role=grid]").get_attribute("aria-rowcount") or 0)
        assert count == (expected.total or 0) + 2, count  # and two rows of headings
        page.context.close()
    return up, took


def worked(browser: Browser, path: Path) -> dict[str, float]:
    """Seconds of what is done on the page with very many states."""
    last, where = 1 << OPTIONS, "o0 and not o9"
    found = states(str(path), where=where, limit=1)
    seconds: dict[str, float] = {}

    def timed(name: str, act: Callable[[], Any], happens: str, *given: object) -> None:
        began = time.perf_counter()
        act()
        until(page, happens, *given)
        seconds[name] = round(time.perf_counter() - began, 3)

    with opened(path) as (address, _):
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(SLOW)
        page.goto(address)
        page.wait_for_selector(GRID)
        page.wait_for_selector("#stability[aria-busy=false] .standing")
        grid = page.locator("[role=grid]")
        grid.focus()
        chosen = "([number]) => document.querySelector('tr.selected th')?.textContent.replace(/[^0-9]/g, '') === number"
        timed("scroll", lambda: page.keyboard.press("End"), chosen, str(last))
        page.get_by_label("Where").fill(where)
        counts = "([count]) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === count"
        timed("filter", lambda: page.get_by_label("Where").press("Enter"), counts, str((found.total or 0) + 2))
        page.get_by_label("Where").fill("")
        page.get_by_label("Where").press("Enter")
        until(page, counts, str(last + 2))
        page.get_by_label("Go to").fill("700001")
        says = "([words]) => document.querySelector('#stability[aria-busy=false] h2')?.textContent.includes(words)"
        timed("select", lambda: page.get_by_label("Go to").press("Enter"), says, "State 700,001")
        page.context.close()
    return seconds


def measure(short: bool) -> list[dict[str, Any]]:
    """Open, measure and check."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert program, "no chromium was found: scripts/install --browser"
    rows = []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        (wide := Path(place, "many.json")).write_text(many(), encoding="utf-8")
        for name, path in (("elmira", cases.path("elmira")), (FLAGSHIP, cases.path(FLAGSHIP)), (f"2^{OPTIONS} states", wide)):
            copied = Path(place, path.name)
            if copied != path:
                copied.write_bytes(path.read_bytes())
            ups, times = zip(*(ready(browser, copied) for _ in range(1 if short else 5)), strict=True)
            row = {"conflict": name, "up": round(statistics.median(ups), 3), "seconds": round(statistics.median(times), 3)}
            row |= {"slowest": round(max(times), 3), "load": round(os.getloadavg()[0], 1)}
            row |= worked(browser, copied) if copied == wide else {}
            rows.append(row | {"checked": CHECKED})
            print(", ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
        browser.close()
    return rows


def main() -> None:
    """Measure, print, and keep the result of a whole run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="one server for each conflict; nothing is kept")
    given = parser.parse_args()
    rows = measure(given.short)
    if not given.short:
        about = "The page of the workbench: seconds of the clock from its address until its rows are on the screen."
        kept = {"about": about, "machine": machine(), "rows": rows}
        (RESULTS / "page_ready.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
