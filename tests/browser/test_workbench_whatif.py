"""The view What if, in a browser: what is tried by mouse and by keyboard is what the server makes of it, said at once, and kept.

Pictures of what was seen are left in build/workbench.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from detente import io
from tests.browser.walking import reach, still
from tests.browser.workbench import LONG, MARKUP, PAGE, Watched, document, picture, sentences, watched, without_analysis
from tests.workbench.served import Served
from tests.workbench.test_what_if import MIXED

pytestmark = PAGE
ELMIRA, SMALL = "?file=elmira.yaml&view=what-if&by=Local", "?file=mixed.yaml&view=what-if&by=A"
READY = "#whatif .ordered"
UP = {"change": "place ranked state", "dm": "Local", "taken": ["Delay"], "to": 3, "tied": False}


@pytest.fixture(scope="module")
def folder(folder: Path) -> Path:
    """The folder, with a conflict of all kinds of preferences as well."""
    (folder / "mixed.yaml").write_text(MIXED, encoding="utf-8")
    return folder


@contextmanager
def trying(browser: Browser, bench: Served, width: int = 1280, theme: Literal["light", "dark"] = "light") -> Iterator[Watched]:
    """A page that is watched, and begins no analysis: it would take a process after every change, and is not looked at here."""
    with watched(browser, bench, width, theme) as found:
        without_analysis(found.page)
        yield found


def tried(page: Page) -> Any:
    """What the address says is tried."""
    return json.loads(parse_qs(urlsplit(page.url).query).get("tried", ["[]"])[0])


def settled(page: Page, changes: list[Any]) -> None:
    """Wait until this is tried, and what changes by it is said."""
    page.wait_for_function(
        "wanted => (new URLSearchParams(location.search).get('tried') ?? '[]') === wanted", arg=json.dumps(changes, separators=(",", ":"))
    )
    page.wait_for_selector("#whatif .changed[aria-busy=false] .paragraph" if changes else "#whatif .comes-of-it:not(:has(.changed))")


def said(seen: Watched) -> list[str]:
    """The sentences on what changes, as the page shows them."""
    return [re.sub(r"\s*→.*", "", text) for text in seen.texts("#whatif .changed .sentence")]


def row(page: Page, text: str) -> Locator:
    """A row of what can be changed."""
    return page.locator("#whatif .changes li", has_text=text).first


def part(page: Page, name: str) -> Locator:
    """A part of what can be changed, unfolded."""
    found = page.locator("#whatif .changes > details", has=page.locator("summary", has_text=re.compile(name)))
    if found.get_attribute("open") is None:
        found.locator("summary").first.click()
    return found


def ranked(page: Page, best: list[str]) -> None:
    """See that these states come to stand first."""
    for place, state in enumerate(best):
        expect(page.locator(f"{READY} button.state").nth(place)).to_have_text(state)


def test_dragged_with_the_mouse(browser: Browser, bench: Served) -> None:
    told = document(bench, "changing", "elmira.yaml", changes=[UP])
    with watched(browser, bench) as seen:
        page = seen.open(ELMIRA, READY)
        assert seen.texts(f"{READY} .handle") == [str(place) for place in range(1, 10)]
        start, end = (still(page.locator(f"{READY} .handle").nth(place)) for place in (3, 2))
        page.mouse.move(start["x"] + 8, start["y"] + 8)
        page.mouse.down()
        page.mouse.move(start["x"] + 8, start["y"] - 6)
        page.mouse.move(end["x"] + 8, end["y"] + 2, steps=3)
        expect(page.locator(f"{READY} li.gap-before button.state")).to_have_text("5")
        page.mouse.up()
        settled(page, [UP])
        assert said(seen) == sentences(told["said"])
        assert [text.removesuffix("Take back").strip() for text in seen.texts(".tried-list li")] == told["changes"]
        ranked(page, ["7", "3", "1", "5"])
        expect(row(page, "Delay, Insist")).to_contain_text("was 3")
        figures(page, told)
        expect(page.locator("#states")).to_contain_text(f"{told['equilibria']['SEQ']['after']} equilibria under SEQ among them")
        page.locator("#whatif .changed .paragraph li", has_text="gained: state 1").get_by_role("button", name="state 1").click()
        expect(page.locator("#stability h2")).to_contain_text("State 1")
        page.get_by_role("button", name="Take back change 1").click()
        settled(page, [])
        ranked(page, ["7", "3", "5", "1"])
        page.get_by_role("button", name=re.compile("^Undo")).click()
        settled(page, [UP])
        page.get_by_role("button", name=re.compile("^Undo")).click()
        settled(page, [])
        end = still(page.locator(f"{READY} .handle").nth(0))
        page.mouse.move(start["x"] + 8, start["y"] + 8)
        page.mouse.down()
        page.mouse.move(end["x"] + 8, end["y"], steps=3)
        page.keyboard.press("Escape")
        page.mouse.up()
        assert tried(page) == []


def figures(page: Page, told: Any) -> None:
    """The figures are those of the document."""
    page.locator("#whatif .figures > summary").click()
    rows = [
        [cell.strip() for cell in line.split("\t")]
        for line in page.locator("#whatif .figures table").first.locator("tbody tr").all_inner_texts()
    ]
    sets = [told["states"], told["better_for_all"], told["worse_for_none"], *told["equilibria"].values()]
    for (_, before, after, gained, lost), one in zip(rows, sets, strict=True):
        assert (int(before), int(after), int(gained.split(":")[0]), int(lost.split(":")[0])) == (
            one["before"], one["after"], one["gained"], one["lost"],
        )  # fmt: skip
        assert gained.split()[1:] == [str(state["after"]) for state in one["gained_states"]]
    stays = [line.split("\t")[1:] for line in page.locator("#whatif .turned tbody tr").all_inner_texts()]
    wanted = [[told["verdicts"][key][party["key"]] for key in told["concepts"]] for party in PARTIES]
    for cells, ones in zip(stays, wanted, strict=True):
        assert [cell.strip().split(" (")[0] for cell in cells] == [f"{one['before']} → {one['after']}" for one in ones]


FOCUSED = "said => document.activeElement.ariaLabel?.startsWith(said)"
"""Whether what has the focus is called so."""
PARTIES = [{"key": key} for key in ("MoE", "Uniroyal", "Local")]


def test_by_keyboard_alone(browser: Browser, bench: Served) -> None:
    told = document(bench, "changing", "elmira.yaml", changes=[UP])
    with trying(browser, bench) as seen:
        page = seen.open("?file=elmira.yaml&view=path&by=Local", wait="[role=tab]")
        reach(page, "[role=tab][aria-selected=true]")
        for _ in range(12):
            page.keyboard.press("ArrowLeft")
            if page.evaluate("document.activeElement.id") == "tab-what-if":
                break
        page.wait_for_selector(READY)
        reach(page, "#whatif .handle")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        page.wait_for_function(FOCUSED, arg="state 1: place 4 of 9")
        page.keyboard.press("Alt+ArrowUp")
        settled(page, [UP])
        page.wait_for_function(FOCUSED, arg="state 1: place 3 of 9")
        expect(page.locator(f"{READY} + [role=status]")).to_have_text("state 1: one step up")
        expect(page.locator("#whatif .changed > [role=status]")).to_have_text(sentences(told["said"])[0])
        page.keyboard.press("Alt+ArrowUp")
        settled(page, [{**UP, "to": 2}])
        page.keyboard.press("Alt+ArrowDown")
        settled(page, [UP])
        page.keyboard.press("Control+z")
        settled(page, [{**UP, "to": 2}])
        page.keyboard.press("Control+Shift+z")
        settled(page, [UP])
        reach(page, ".tried-list button")
        page.keyboard.press("Enter")
        settled(page, [])


def test_everything_is_tried_and_taken_back(browser: Browser, bench: Served) -> None:
    with trying(browser, bench) as seen:
        page = seen.open(SMALL, READY)
        third = page.locator(f"{READY} li").nth(2)
        third.get_by_role("checkbox").click()
        changes: list[Any] = [{"dm": "A", "place": 3, "change": "remove statement"}]
        settled(page, changes)
        expect(row(page, "left out")).to_have_class(re.compile("gone"))
        page.locator(f"{READY} [data-control=down]").nth(0).click()
        page.locator(f"{READY} [data-control=down]").nth(1).click()  # before the first was answered
        changes += [{"dm": "A", "place": 1, "change": "move statement", "to": 3}]
        settled(page, changes)
        assert [line.split("\n")[0] for line in seen.texts(f"{READY} li .item")] == ["y was 2", "z left out", "w was 4", "x was 1"]
        page.locator(f"{READY} [data-control=turn]").nth(0).click()
        changes += [{"dm": "A", "place": 1, "change": "reverse statement"}]
        settled(page, changes)
        page.locator(f"{READY} [data-control=edit]").nth(1).click()
        page.get_by_label("Instead of “w”").fill("w or v")
        page.keyboard.press("Enter")
        changes += [{"dm": "A", "place": 2, "change": "replace statement", "when": "w or v", "says": None}]
        settled(page, changes)
        lines = part(page, "^A A").locator("ul[aria-label='Red lines of A']")
        lines.get_by_role("checkbox").first.click()
        changes += [{"dm": "A", "place": 1, "change": "remove red line"}]
        settled(page, changes)
        part(page, "^A A").get_by_label("x can be").select_option("both")
        changes += [{"change": "set direction", "option": "x", "direction": "both"}]
        settled(page, changes)
        part(page, "^B B").get_by_role("spinbutton").nth(4).fill("7")
        page.keyboard.press("Tab")
        changes += [{"change": "set weight", "dm": "B", "option": "v", "weight": 7}]
        settled(page, changes)
        rules = part(page, "Rules, coalitions, status quo")
        rules.locator("ul[aria-label=Rules] input").nth(1).click()
        changes += [{"change": "remove rule", "place": 2}]
        settled(page, changes)
        rules.get_by_role("button", name="Add a rule").click()
        page.get_by_label("Add a rule: what can't be").fill("v and nothing")
        page.keyboard.press("Enter")
        expect(page.get_by_label("What could not be tried")).to_contain_text("nothing")
        page.get_by_label("Add a rule: what can't be").fill("v and w")
        page.keyboard.press("Enter")
        changes += [{"change": "add rule", "place": 3, "never": "v and w", "says": None}]
        settled(page, changes)
        rules.locator("ul[aria-label=Coalitions] input").click()
        changes += [{"change": "set joint", "place": 1, "joint": True}]
        settled(page, changes)
        told = document(bench, "changing", "mixed.yaml", changes=changes)
        assert said(seen) == sentences(told["said"])
        listed = seen.texts(".tried-list li")
        assert [text.rpartition("Take back")[0].strip() for text in listed] == told["changes"]
        row(page, "y and z and w").get_by_role("checkbox").click()  # comes back by taking that change back
        settled(page, [*changes[:7], {**changes[8], "place": 4}, changes[9]])
        page.locator(".tried").get_by_role("button", name="Drop them").click()
        settled(page, [])


def test_moves_are_forbidden(browser: Browser, bench: Served) -> None:
    with trying(browser, bench) as seen:
        page = seen.open("?file=mixed.yaml&view=what-if&by=C", "#whatif details")
        moves = part(page, "Moves")
        told = document(bench, "changeable", "mixed.yaml", state=2)["moves"]
        expect(moves.locator("ul[aria-label='Moves from state 2'] li")).to_have_count(len(told))
        box = moves.get_by_role("checkbox", name=f"{told[0]['by']}: to state {told[0]['state']}")
        expect(box).to_be_enabled()
        box.click()
        settled(page, [told[0]["ban"]])
        expect(moves.locator("ul[aria-label='Moves from state 2'] li")).to_have_count(len(told) - 1)
        moves.locator("ul[aria-label=Bans] input").first.click()
        gone = {"change": "remove ban", "place": 1}
        settled(page, [told[0]["ban"], gone])
        moves.get_by_role("button", name="Forbid moves by conditions").click()
        moves.get_by_label("No move of").select_option("B")
        moves.get_by_label("to states with", exact=True).fill("w")
        page.keyboard.press("Enter")
        ban = {"change": "add ban", "place": 2, "by": "B", "leaving": "true", "reaching": "w", "says": None, "basis": None}
        settled(page, [told[0]["ban"], gone, ban])


def test_kept_as_a_file_and_as_a_viewpoint(browser: Browser, bench: Served, folder: Path) -> None:
    change = {"dm": "C", "place": 1, "change": "reverse statement"}
    with trying(browser, bench) as seen:
        page = seen.open(f"?file=mixed.yaml&view=what-if&by=C&tried={json.dumps([change])}", "#whatif .changed[aria-busy=false] .paragraph")
        page.locator(".keep > summary").click()
        page.locator(".keep").get_by_label("Title").fill("The other way")
        page.locator(".keep").get_by_role("button", name="Keep", exact=True).click()
        expect(page.locator(".keep [role=status]")).to_contain_text("mixed-what-if.yaml")
        kept = io.read(folder / "mixed-what-if.yaml").conflict
        assert kept.title == "The other way"
        assert bench.post("text", {"name": "mixed.yaml", "text": MIXED, "changes": [change], "title": "The other way"}).data["text"] == (
            folder / "mixed-what-if.yaml"
        ).read_text(encoding="utf-8")
        page.locator(".keep").get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_label("Why it was not kept")).to_contain_text("mixed-what-if.yaml")
        page.get_by_label("as a viewpoint of this file").check()
        page.locator(".keep").get_by_label("Name").fill("As somebody has it")
        page.locator(".keep").get_by_role("button", name="Keep", exact=True).click()
        page.wait_for_function("() => location.search.includes('viewpoint=as-somebody-has-it')")
        settled(page, [])
        expect(page.locator("#text textarea")).to_have_value(re.compile("as-somebody-has-it:"))
        expect(row(page, "not v")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Undo")).click()
        settled(page, [change])
        assert (folder / "mixed.yaml").read_text(encoding="utf-8") == MIXED


def test_what_can_not_be_analysed_is_told_and_taken_back(browser: Browser, bench: Served) -> None:
    with trying(browser, bench) as seen:
        page = seen.open(ELMIRA, READY)
        rules = part(page, "Rules, coalitions, status quo")
        rules.locator("ul[aria-label=Rules] input").nth(1).click()
        expect(page.locator("#whatif .changed .problems")).to_contain_text("ranking")
        rules.locator("ul[aria-label=Rules] input").nth(1).click()
        settled(page, [])
        expect(page.locator("#states tr.selected")).to_be_visible()


def test_hostile_names_at_400_pixels(browser: Browser, bench: Served) -> None:
    with trying(browser, bench, 400, "dark") as seen:
        page = seen.open("?file=hostile.json&view=what-if&by=B", READY)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        text = page.locator("#whatif .changes").inner_text()
        assert MARKUP in text
        assert LONG in text
        row(page, MARKUP).get_by_role("checkbox").click()
        settled(page, [{"dm": "B", "place": 1, "change": "remove statement"}])
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        page.goto(bench.guard.address(ELMIRA))
        page.wait_for_selector(READY)
        page.locator(f"{READY} [data-control=up]").nth(3).click()
        settled(page, [UP])
        for name in ("figures", "keep"):
            page.locator(f"#whatif .{name} > summary").click()
        part(page, "Moves")
        part(page, "Rules")
        page.wait_for_selector("#whatif ul[aria-label^='Moves from']")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        picture(seen, "what-if-400-dark", "#whatif")


def test_buttons_at_the_ends_look_as_they_are(browser: Browser, bench: Served) -> None:
    with trying(browser, bench) as seen:
        page = seen.open(ELMIRA, READY)
        ups, downs = (page.locator(f"{READY} [data-control={way}]") for way in ("up", "down"))
        last = ups.count() - 1
        ends = (ups.first, downs.nth(last))
        for button in ends:
            expect(button).to_have_attribute("aria-disabled", "true")
        page.locator(f"{READY} [data-control=tie]").first.click()  # the second with the first
        expect(row(page, "Accept, Insist")).to_contain_text("tied, level 1")
        page.locator(f"{READY} [data-control=tie]").last.click()  # the last with what is above
        expect(page.locator(f"{READY} > li").nth(last)).to_contain_text("tied")
        for button in ends:
            expect(button).to_have_attribute("aria-disabled", "false")
            assert button.evaluate("one => getComputedStyle(one).color") == ups.nth(3).evaluate("one => getComputedStyle(one).color")
        for button, end, best in zip(ends, (ups.first, downs.nth(last)), (0, last), strict=True):
            tried_before = len(tried(page))
            button.click()
            page.wait_for_function(
                "count => JSON.parse(new URLSearchParams(location.search).get('tried')).length > count", arg=tried_before
            )
            expect(page.locator(f"{READY} > li").nth(best)).not_to_contain_text("tied")
            expect(end).to_have_attribute("aria-disabled", "true")
