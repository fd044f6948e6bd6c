"""The report in a browser: it asks for nothing, fits narrow and wide screens, in both themes, and on paper.

Pictures of what was seen are left in build/report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from detente.model.conflict import Conflict
from tests.flagship import WORKER, flagship_report
from tests.report.conflicts import elmira, four_parties
from tests.report.documents import report

pytestmark = pytest.mark.xdist_group(WORKER)

PICTURES = Path(__file__).parents[2] / "build" / "report"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def with_long_names() -> Conflict:
    """Elmira with names that can't be broken at spaces."""
    conflict = elmira()
    return replace(
        conflict,
        title=LONG,
        question=LONG,
        decision_makers=tuple(replace(dm, name=LONG + dm.key, description=LONG) for dm in conflict.decision_makers),
        options=tuple(replace(option, name=LONG + option.key, description=LONG) for option in conflict.options),
        evidence=replace(conflict.evidence, sources=tuple(replace(source, title=LONG, note=LONG) for source in conflict.evidence.sources)),
    )


REPORTS: dict[str, Callable[[], str]] = {
    "elmira": lambda: report(elmira()),
    "four-parties": lambda: report(four_parties()),
    "long-names": lambda: report(with_long_names()),
    "gaza-hostage-talks": flagship_report,
}


@pytest.fixture(scope="module", params=REPORTS)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report on this computer."""
    file = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    file.write_text(REPORTS[request.param](), encoding="utf-8")
    return file.as_uri()


def opened(browser: Browser, address: str, width: int, theme: Literal["light", "dark"]) -> Iterator[Page]:
    """The page, watched: no request but for itself, and nothing on the console."""
    with browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=theme) as context:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        yield page
        page.wait_for_load_state("networkidle")
        assert (asked, said) == ([address], [])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_screens(browser: Browser, address: str, width: int, theme: Literal["light", "dark"]) -> None:
    for page in opened(browser, address, width, theme):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        paper = page.evaluate("getComputedStyle(document.querySelector('.page')).backgroundColor")
        assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 27)"}[theme]
        PICTURES.mkdir(parents=True, exist_ok=True)
        wanted = ("levers", "questions", "comparison") if "gaza" in address else ()
        for part in ("brief", "diagnosis", *wanted, "states", "drawing"):
            page.locator(f"#{part}").screenshot(path=PICTURES / f"{Path(address).stem}-{part}-{width}-{theme}.png")


def test_a_page_that_is_too_wide_is_noticed(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "wide.html"
    file.write_text(report(elmira()).replace("</main>", '<div style="width:1500px">wide</div></main>'), encoding="utf-8")
    for page in opened(browser, file.as_uri(), 1280, "light"):
        assert page.evaluate("document.documentElement.scrollWidth") > 1280


def test_a_request_is_noticed(browser: Browser, tmp_path: Path) -> None:
    """Without the page's own policy a picture would be asked for; the watch sees that, and the policy prevents it."""
    text = report(elmira()).replace("</main>", '<img src="picture.png" alt=""></main>')
    open_file, closed_file = tmp_path / "open.html", tmp_path / "closed.html"
    open_file.write_text(text.replace("default-src 'none'", "default-src *"), encoding="utf-8")
    closed_file.write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match=r"picture\.png"):
        list(opened(browser, open_file.as_uri(), 1280, "light"))
    with pytest.raises(AssertionError, match=r"Content Security Policy|picture\.png"):
        list(opened(browser, closed_file.as_uri(), 1280, "light"))


def test_paper(browser: Browser, address: str) -> None:
    for page in opened(browser, address, 1280, "dark"):
        pdf = page.pdf(prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF-")
        assert b"/MediaBox [0 0 595" in pdf or b"/MediaBox [0 0 594" in pdf, "A4"
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
        assert page.evaluate("getComputedStyle(document.querySelector('.page')).color") == "rgb(28, 30, 33)", "dark ink, whatever the theme"
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{Path(address).stem}.pdf").write_bytes(pdf)


@pytest.mark.parametrize("address", sorted(REPORTS.keys() - {"long-names"}), indirect=True)
def test_the_brief_fits_one_page_of_paper(browser: Browser, address: str) -> None:
    for page in opened(browser, address, 1280, "light"):
        page.set_viewport_size({"width": 680, "height": 1005})  # A4 less its margins, in CSS pixels
        page.emulate_media(media="print")
        box = page.locator("#brief").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 1005


def test_a_state_of_the_diagnosis_leads_to_where_it_is_shown(browser: Browser, address: str) -> None:
    for page in opened(browser, address, 1280, "light"):
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        links = page.locator("#diagnosis a:not([href^='#e'])")
        assert links.count() > 0
        for place in range(min(links.count(), 8)):
            goal = links.nth(place).get_attribute("href")
            links.nth(place).click()
            assert page.evaluate("location.hash") == goal
            assert page.locator(f'[id="{goal[1:] if goal else ""}"]').bounding_box() is not None


def test_everything_can_be_reached_by_keyboard(browser: Browser, address: str) -> None:
    for page in opened(browser, address, 400, "light"):
        scrolling = page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0).length"
        )
        assert scrolling == 0
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#brief"
        named = page.evaluate(
            "[...document.querySelectorAll('[tabindex]')].every(e => e.getAttribute('aria-label') || e.getAttribute('aria-labelledby'))"
        )
        assert named
