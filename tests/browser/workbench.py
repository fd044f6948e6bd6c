"""What the tests of the workbench's page share: a folder with conflicts, a server, and a page that is watched."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route

from detente.workbench.server import STATIC
from tests.workbench.served import CASES, Served

UNBUILT = not (STATIC / "index.html").is_file() and os.environ.get("CI") != "true"  # CI has to build it
BUILT = pytest.mark.skipif(UNBUILT, reason="the page was not built: make workbench, with Node and npm")
"""What a test of the page needs."""
PAGE = [BUILT]
"""The marks of a module that tests the page."""
PICTURES = Path(__file__).parents[2] / "build" / "workbench"
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
TURNED = "\u202etxet desrever"
LONG = "Donaudampfschifffahrt" * 477  # ten thousand characters


def hostile() -> str:
    """A conflict whose names are markup, turn the direction of text, and are very long."""
    return json.dumps(
        {
            "detente": 1,
            "title": f"{MARKUP} {TURNED}",
            "question": LONG,
            "decision makers": {
                "A": {"name": MARKUP, "options": {"one": {"name": TURNED}, "two": {"name": LONG}}, "prefers": ["one", "two"]},
                "B": {"name": LONG, "options": {"three": {"name": MARKUP}}, "prefers": [{"when": "not three", "says": MARKUP}]},
            },
            "status quo": ["two"],
            "states": {MARKUP: ["three"]},
        }
    )


def many(options: int = 10) -> str:
    """A conflict with two to the power of so many states."""
    keys = [f"o{number}" for number in range(options)]
    half = options // 2
    parties = {"A": keys[:half], "B": keys[half:]}
    return json.dumps(
        {
            "detente": 1,
            "title": "Many states",
            "decision makers": {party: {"options": {key: {} for key in own}, "prefers": own} for party, own in parties.items()},
            "status quo": [],
        }
    )


def fill(folder: Path) -> None:
    """Put conflict files into a folder."""
    (folder / "elmira.yaml").write_text((CASES / "elmira.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "hostile.json").write_text(hostile(), encoding="utf-8")
    text = (CASES / "gaza-hostage-talks.yaml").read_text(encoding="utf-8")
    (folder / "talks.yaml").write_text(text, encoding="utf-8")
    (folder / "many.json").write_text(many(), encoding="utf-8")


@dataclass
class Watched:
    """A page, and what must not happen on it."""

    page: Page
    bench: Served
    said: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def open(self, path: str, wait: str = "#evidence[aria-busy=false] .paragraph") -> Page:
        """Open the workbench at what an address selects, by the address that carries the token."""
        self.page.goto(self.bench.guard.address(path))
        self.page.wait_for_selector(wait)
        return self.page

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep what the console is told, but for answers that are refused on purpose, which the browser writes there itself."""
        if "the server responded with a status of 4" not in message.text:
            self.said.append(message.text)

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements."""
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]


@contextmanager
def watched(browser: Browser, bench: Served, width: int = 1280, theme: Literal["light", "dark"] = "light") -> Iterator[Watched]:
    """A page that asks nobody but the server, writes nothing on the console, and has no element without a name."""
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme) as context:
        found = Watched(context.new_page(), bench)
        found.page.on("request", lambda request: _note(found, request.url))
        found.page.on("console", found.on_console)
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("dialog", lambda dialog: found.said.append(dialog.message))
        yield found
        unnamed = found.page.evaluate(UNNAMED)
        assert not unnamed, unnamed
        noticed = [*found.left, *found.said]
        assert not noticed, noticed


def _note(found: Watched, url: str) -> None:
    if urlsplit(url).netloc != f"127.0.0.1:{found.bench.port}":
        found.left.append(url)


UNNAMED = """() => {
    const named = (e) => e.getAttribute("aria-label") || e.labels?.length || e.textContent.trim()
        || document.getElementById(e.getAttribute("aria-labelledby"));
    const live = (e) => ["status", "alert"].includes(e.getAttribute("role"));
    return [...document.querySelectorAll("button, input, select, textarea, a, summary, [tabindex], [role]")]
        .filter((e) => !named(e) && !live(e)).map((e) => e.outerHTML.slice(0, 200));
}"""
"""What can be worked, or means something, and has no name."""


class Held:
    """A process that tells what it found so far, and goes on until it is ended."""

    said = 0
    """How much it has told."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self.found, self.last = found, Event()

    def answers(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """What it tells."""
        yield {"so far": self.found}
        yield {"progress": "still at work"}
        self.last.wait(60)

    def end(self) -> None:
        """It is ended."""
        self.last.set()

    def ended(self) -> int:
        """By a signal."""
        return -9


def document(bench: Served, verb: str, name: str, **more: object) -> Any:
    """The document that the server answers with about a file of the folder."""
    text = bench.get(f"/api/files/{name}").data["text"]
    return bench.answered(verb, {"name": name, "text": text, **more}).data


def sentences(paragraphs: Any) -> list[str]:
    """All sentences of a document's paragraphs, in order."""
    return [one["text"] for part in paragraphs for one in (*part["sentences"], *part["items"])]


def picture(seen: Watched, name: str, part: str = "") -> None:
    """Leave a picture of a part of the page, or of all of it."""
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    if part:
        seen.page.locator(part).screenshot(path=path)
    else:
        seen.page.screenshot(path=path, full_page=True)


PLAIN = """es => es.map((e) => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll(".links").forEach((links) => links.remove());
    return copy.textContent.trim();
})"""


def plain(found: Locator) -> list[str]:
    """Sentences without the states that follow them as links."""
    said: list[str] = found.evaluate_all(PLAIN)
    return said


def caught(page: Page, held: list[Route]) -> Route:
    """The first request that is held up, once there is one: the page may look busy before it has asked."""
    while not held:
        page.wait_for_timeout(20)
    return held[0]


def without_analysis(page: Page) -> None:
    """Let no analysis begin from now on: it would take a process after every change, and is not looked at."""
    given_up = {"schema": "detente.job/1", "number": 1, "state": "given up", "progress": "", "told": 0, "seconds": 0, "answer": None}
    page.route("**/api/analysis", lambda route: route.fulfill(status=202, json=given_up))
