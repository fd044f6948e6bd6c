"""What is asked by pressing a button, in a browser: it stands in the address, where a link, a reload and the page's JSON ask it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.walking import WAIT
from tests.browser.workbench import MARKUP, PAGE, Watched, watched
from tests.workbench.served import CASES, Served

pytestmark = PAGE
QUARRY = "half-known-objection"
UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with conflicts of few states, guesses and viewpoints as well."""
    for name in (QUARRY, "chicken", "misread-neighbours"):
        shutil.copy(CASES / f"{name}.yaml", folder)
    return folder


@dataclass(frozen=True)
class View:
    """Something that is asked by pressing a button: what the bar calls it, where, what is chosen, what is pressed, and what is shown."""

    verb: str
    name: str
    address: str
    choose: Callable[[Page], Any]
    chosen: Callable[[Page], Any]
    button: str
    part: str
    shown: str
    figures: Callable[[Any], list[str]]
    asks: str | None = None
    """The verb that is asked, where it is another."""

    def asking(self, page: Page) -> None:
        """Choose, and press."""
        self.choose(page)
        page.locator(self.part).get_by_role("button", name=self.button, disabled=False).click()

    def answered(self, page: Page, told: Any) -> None:
        """See that an answer is shown."""
        expect(page.locator(f"{self.part} {self.shown}")).to_have_text(self.figures(told), timeout=WAIT)


def levers(told: Any) -> list[str]:
    """What the levers cost that are shown at once."""
    return [lever["counted"] for goal in told["goals"] for search in goal["searches"] for lever in search["levers"][:3]]


def hangs(told: Any) -> list[str]:
    """The conclusions that hang on the viewpoint."""
    return [topic["label"] for topic in told["topics"] if topic["same"] is not True]


def in_short(told: Any) -> list[str]:
    """How sure it is."""
    return [told["sweep"]["in_short"]]


def verdict(told: Any) -> list[str]:
    """Where it would go on to."""
    return [told["evolution"]["paragraphs"][0]["sentences"][0]["text"]]


def planned(told: Any) -> list[str]:
    """What each plan does."""
    return [
        lever["paragraphs"][0]["sentences"][0]["text"]
        for goal in told["goals"]
        for search in goal["searches"]
        for lever in search["levers"]
    ]


def aim(page: Page) -> None:
    page.get_by_label("Wanted").fill("4")
    page.get_by_label("so that").select_option("reach")


def aimed(page: Page) -> Any:
    return page.get_by_label("Wanted").input_value(), page.get_by_label("so that").input_value()


def open_more(page: Page) -> None:
    page.get_by_label("the nearest changes").check()
    page.get_by_label("which levers still work").uncheck()
    page.get_by_label("Behaviour").select_option("Nash")


def opened(page: Page) -> Any:
    ticked = page.get_by_label("the nearest changes").is_checked(), page.get_by_label("which levers still work").is_checked()
    return *ticked, page.get_by_label("Behaviour").input_value()


def weigh(page: Page) -> None:
    page.locator("#going-on form select").first.select_option("1")
    page.locator("#going-on").get_by_label("Who moves next").select_option("own")
    page.locator("#going-on fieldset input").first.fill("2")


def weighed(page: Page) -> Any:
    start = page.locator("#going-on form select").first.input_value()
    return start, [field.input_value() for field in page.locator("#going-on fieldset input").all()]


UNLOCK = View(
    "unlock", "Unlock", "?file=chicken.yaml&view=unlock&state=1", aim, aimed, "Look for levers", "#unlock", ".lever .cost strong", levers
)
COMPARE = View(
    "compare",
    "Compare",
    "?file=misread-neighbours.yaml&view=compare",
    lambda _: None,
    lambda _: None,
    "Compare 2 viewpoints",
    ".all-views",
    "table >> nth=0 >> tbody th",
    hangs,
)
SURE = View("sure", "How sure", f"?file={QUARRY}.yaml&view=sure", open_more, opened, "Count", "#sure", ".shown > .short", in_short)
GOING_ON = View(
    "going-on",
    "How it would go on",
    "?file=chicken.yaml&view=sure&state=1",
    weigh,
    weighed,
    "Follow",
    "#going-on",
    ".verdict .sentence bdi",
    verdict,
)
PLAN = View(
    "plan",
    "Unlock",
    "?file=elmira.yaml&view=path&state=1&to=8",
    lambda _: None,
    lambda _: None,
    "Look for a plan",
    "#path .plans",
    ".plan > p:first-child .sentence",
    planned,
    "unlock",
)
VIEWS = [UNLOCK, COMPARE, SURE, GOING_ON, PLAN]
each = pytest.mark.parametrize("view", VIEWS, ids=[view.verb for view in VIEWS])


def as_json(seen: Watched) -> Any:
    """The JSON of the page, at the address that its own link names."""
    link = seen.page.get_by_role("link", name="This page as JSON").get_attribute("href")
    assert link == f"?{urlsplit(seen.page.url).query}&as=json"
    return seen.bench.get(f"/{link}&wait=20").data


def asked(page: Page) -> Any:
    """What the address says was asked."""
    return json.loads(parse_qs(urlsplit(page.url).query).get("asked", ["{}"])[0])


@each
def test_what_was_asked_is_there_after_a_reload_and_in_the_json(browser: Browser, bench: Served, view: View) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(view.address, f"{view.part} button")
        view.asking(page)
        page.wait_for_selector(f"{view.part} {view.shown}", timeout=WAIT)
        told = as_json(seen)["jobs"][view.verb]
        view.answered(page, told["answer"])
        assert list(asked(page)) == [view.verb]
        chosen = view.chosen(page)
        page.reload()
        view.answered(page, told["answer"])
        assert view.chosen(page) == chosen
        assert as_json(seen)["jobs"][view.verb] == told, "the same job"
        page.get_by_role("tab", name="What if").click()
        assert view.verb not in as_json(seen)["jobs"]
        page.go_back()
        view.answered(page, told["answer"])


@each
def test_what_is_given_up_is_not_asked_again(browser: Browser, bench: Served, view: View) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"{view.address}&by=x", f"{view.part} button")
        held: list[Route] = []
        page.route(f"**/api/{view.asks or view.verb}", lambda route: held.append(route))
        runs = page.locator(".running li", has_text=view.name)
        for place, stop in enumerate([page.locator(view.part), runs]):  # beside the question, and in the bar
            view.asking(page)
            expect(runs).to_have_count(1)
            assert list(asked(page)) == [view.verb]
            if place == 1:
                page.get_by_role("tab", name="What if").click()
            stop.get_by_role("button", name="Stop" if view is UNLOCK and place == 0 else "Give up").click()
            expect(runs).to_have_count(0)
            page.wait_for_function("() => !location.search.includes('asked')")
        page.go_back()
        expect(page.locator(view.part)).to_contain_text("iven up.")
        page.wait_for_function("() => !location.search.includes('asked')")  # where it was asked, too
        for route in held:
            with page.expect_request(lambda request: request.method == "DELETE"):
                route.continue_()
        page.unroute(f"**/api/{view.asks or view.verb}")
        page.reload()
        expect(page.get_by_role("button", name=view.button)).to_be_visible(timeout=WAIT)
        page.wait_for_selector("#evidence[aria-busy=false]")
        assert page.locator(f"{view.part} {view.shown}").count() == 0
        assert as_json(seen)["jobs"].keys() <= {"analysis", "path"}


def test_answers_are_shown_of_the_conflict_that_they_are_about(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=misread-neighbours.yaml&view=sure", "#going-on button")
        page.get_by_role("button", name="Follow").click()
        page.wait_for_selector("#going-on .shown", timeout=WAIT)
        page.locator("header").get_by_label("Viewpoint").select_option("north")
        expect(page.locator("#going-on .shown")).to_have_count(0, timeout=WAIT)
        expect(page.get_by_role("button", name="Follow")).to_be_visible(timeout=WAIT)
        assert "going-on" not in as_json(seen)["jobs"]
        page.reload()
        expect(page.get_by_role("button", name="Follow")).to_be_visible(timeout=WAIT)
        assert list(asked(page)) == ["going-on"]
        assert page.locator("#going-on .shown, #going-on .going").count() == 0
        page.locator("header").get_by_label("Viewpoint").select_option("")
        page.wait_for_selector("#going-on .shown", timeout=WAIT)
        page.locator("#text textarea").fill(page.locator("#text textarea").input_value() + "\n# a word more\n")
        expect(page.locator("#going-on .shown")).to_have_count(0, timeout=WAIT)
        expect(page.get_by_role("button", name="Follow")).to_be_visible(timeout=WAIT)


def test_levers_are_shown_on_top_of_what_they_were_looked_for_with(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open(f"?file=elmira.yaml&view=unlock&target=8&want=reach&tried={quote(json.dumps([UP]))}", "#unlock button")
        page.get_by_text("Kinds of levers, and time").click()
        page.get_by_label("preference shifts").check()
        page.get_by_role("button", name="Look for levers").click()
        page.wait_for_selector("#unlock .lever", timeout=WAIT)
        lever = as_json(seen)["jobs"]["unlock"]["answer"]["goals"][0]["searches"][0]["levers"][0]
        page.locator("#unlock .lever .tools button").first.click()
        page.wait_for_function("() => JSON.parse(new URLSearchParams(location.search).get('tried')).length > 1")
        page.get_by_role("tab", name="Unlock").click()
        page.reload()
        pressed = page.locator("#unlock .lever [aria-pressed=true]").first
        expect(pressed).to_contain_text((lever["goes"] or lever["tries"][0])["says"][0], timeout=WAIT)
        expect(page.locator("#unlock .found")).to_contain_text("They were looked for with 1 change tried")
        assert as_json(seen)["jobs"]["unlock"]["answer"]["goals"][0]["searches"][0]["levers"][0] == lever


def test_what_is_too_long_for_an_address_is_asked_all_the_same(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&view=sure", "#going-on form")
        page.locator("#going-on summary", has_text="More").click()
        field = page.get_by_label("Does it ever come")
        field.fill("Modify")
        page.get_by_role("button", name="Follow").click()
        page.wait_for_selector("#going-on .shown", timeout=WAIT)
        assert asked(page)["going-on"]["to"] == ["Modify"]
        field.fill("\n".join([" or ".join(["Modify"] * 10)] * 99))
        expect(page.locator("#going-on .shown")).to_have_count(0, timeout=WAIT)
        page.get_by_role("button", name="Follow").click()
        page.wait_for_selector("#going-on .shown", timeout=WAIT)
        assert asked(page) == {}
        page.get_by_role("tab", name="What if").click()
        page.get_by_role("tab", name="How sure").click()
        expect(page.locator("#going-on .shown")).to_be_visible()


def test_what_is_chosen_in_a_view_is_there_after_a_reload(browser: Browser, bench: Served) -> None:
    with watched(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&view=diagnosis&state=5", "#diagnosis .paragraph")
        page.locator("#diagnosis").get_by_label("Of").select_option("here")
        title = page.locator("#diagnosis h2")
        expect(title).to_have_text("Diagnosis of state 5", timeout=WAIT)
        page.reload()
        expect(title).to_have_text("Diagnosis of state 5", timeout=WAIT)
        assert as_json(seen)["jobs"]["diagnosis"]["answer"]["start"]["id"] == 5

        page = seen.open("?file=elmira.yaml&view=path&to=8", "#path .found")
        improving = page.get_by_role("radio", name="improvements only")
        improving.check()
        expect(page.locator("#path .found h3").first).to_have_text("Stuck, because")
        page.reload()
        expect(improving).to_be_checked()
        expect(page.locator("#path .found h3").first).to_have_text("Stuck, because", timeout=WAIT)

        page = seen.open(f"?file=elmira.yaml&view=what-if&tried={quote(json.dumps([UP]))}", ".tried")
        without = page.get_by_label("show it without")
        without.check()
        expect(page.locator(".tried")).to_contain_text("left out of what is shown")
        page.reload()
        expect(without).to_be_checked()
        told = as_json(seen)["documents"]
        expect(page.locator("#states p.quiet")).to_contain_text(f"{told['states']['equilibria']['SEQ']} equilibria under SEQ")
        expect(page.locator("#whatif .changed .sentence").first).to_contain_text(told["changing"]["said"][0]["sentences"][0]["text"])
        page.locator(".tried").get_by_role("button", name="Drop it").click()
        page.wait_for_url("**/?file=elmira.yaml&view=what-if")


HOSTILE = [
    *("[", "3", "null", "[]", '"sure"', '{"__proto__": {"sure": {}}}', '{"unlock": 3, "sure": [], "going-on": "x", "compare": null}'),
    *("[" * 3_900 + "]" * 3_900, '{"unlock": ' * 700 + "1" + "}" * 700, f'{{"unlock": {{"target": "{"x" * 9_000}"}}}}'),
    *(json.dumps({verb: {"text": "detente: 1", "name": "a"} for verb in ("unlock", "plan", "compare", "sure", "going-on")}),),
    *(json.dumps({verb: {"changes": [3], "viewpoint": 3} for verb in ("unlock", "plan", "compare", "sure", "going-on")}),),
    json.dumps(
        {
            "unlock": {"red_lines": {"toString": 1, "valueOf": 1}, "want": "toString"},
            "compare": {"under": {"toString": 1}},
            "sure": {"where": {"join": 1}, "seed": 2**60},
            "going-on": {"choice": "toString", "moves": "valueOf"},
        }
    ),
    json.dumps({"unlock": {"kinds": ["x"]}, "sure": {"seconds": "60", "more": 1}, "going-on": {"movers": {"Row": [1]}, "to": [[]]}}),
]
"""What is no question."""


@pytest.mark.parametrize("view", ["unlock", "compare", "sure"])
def test_what_can_not_be_read_is_nothing(browser: Browser, bench: Served, view: str) -> None:
    with watched(browser, bench, 400) as seen:
        for said in HOSTILE:
            page = seen.open(f"?file=misread-neighbours.yaml&view={view}&asked={quote(said)}")
            expect(page.locator(f"#{view} button").first).to_be_visible()
            assert page.locator(".running li:not(:has-text('Analysis')), .found, .shown, .all-views table").count() == 0, said
        name = {"unlock": "Look for levers", "compare": "Compare 2", "sure": "Count"}[view]
        page.locator(f"#{view}").get_by_role("button", name=name, disabled=False).click()
        page.wait_for_function("said => location.search.includes(said)", arg=quote(f'"{view}":{{"viewpoint":null,'))


def test_what_the_server_refuses_is_told_as_text(browser: Browser, bench: Served) -> None:
    wrong = {
        "unlock": {"target": MARKUP, "changes": [{"change": MARKUP}]},
        "sure": {"open": MARKUP, "under": MARKUP, "where": [MARKUP]},
        "going-on": {"start": MARKUP, "movers": {MARKUP: MARKUP, "__proto__": "1"}, "to": [MARKUP]},
    }
    with watched(browser, bench, 400) as seen:
        page = seen.open(f"?file=chicken.yaml&view=unlock&asked={quote(json.dumps(wrong))}", "#unlock button")
        expect(page.locator("#unlock .problems")).to_contain_text("U544", timeout=WAIT)
        page.get_by_role("tab", name="How sure").click()
        expect(page.locator("#going-on .problems")).to_contain_text(MARKUP, timeout=WAIT)
        expect(page.locator("#sure .problems").first).to_contain_text(MARKUP, timeout=WAIT)
        assert page.locator("img[src=x], script:not([src])").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
