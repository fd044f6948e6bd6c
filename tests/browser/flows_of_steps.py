"""Walks through who may act on a path, and through what else can be tried, each gone by a hand, on a case; all is the server's."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from playwright.sync_api import expect

from tests.browser.flows import Work
from tests.browser.flows_of_change import then, tried
from tests.browser.test_workbench_routes import drawn, strip
from tests.browser.test_workbench_unlock import comes_to_try
from tests.browser.walking import WAIT, settled
from tests.browser.workbench import plain, sentences, without_analysis


def ungrouped(route: tuple[list[str], list[list[str]]]) -> tuple[list[str], list[list[str]]]:
    """A strip without the commas within its numbers."""
    states, ranks = route
    return [one.replace(",", "") for one in states], [[one.replace(",", "") for one in row] for row in ranks]


def led(work: Work, start: int, goal: int, **asked: object) -> None:
    """See that the way from one state to another is the server's, which is `asked` this besides."""
    told = work.told("path", states=[start, goal], **asked)
    expect(work.page.locator("#path .paragraph.verdict").first).to_contain_text(told["paragraphs"][0]["sentences"][0]["text"], timeout=WAIT)
    if told["moves"] is None:
        expect(work.page.locator("#path .found h3")).to_contain_text("Stuck, because")
    else:
        expect(work.page.locator("#path .found h3")).to_contain_text("A shortest way by steps of any kind")
        assert ungrouped(strip(work.page)) == drawn(told["moves"], told["decision_makers"])


def acting(work: Work) -> None:
    """Look at the way there and back, with fewer who may act, with some who act at once, and to the selected state."""
    work.open()
    page, hand, goal = work.page, work.hand, work.case.goal
    head = work.told("states", limit=0)
    quo, (first, *others) = head["conflict"]["status_quo"], [party["key"] for party in head["decision_makers"]]
    path = page.locator("#path")
    work.view("path", "#path input[name=to]")
    hand.write(path.locator("input[name=to]"), f"{goal}")
    hand.press(path.get_by_role("button", name="Show"))
    led(work, quo, goal)
    for start, end in ((goal, quo), (quo, goal)):
        hand.press(path.get_by_role("button", name="The other way"))
        led(work, start, end)
    may = path.get_by_role("group", name="Who may act").get_by_role("checkbox").first
    hand.press(may)
    led(work, quo, goal, by=[[key] for key in others])
    hand.press(path.get_by_role("button", name="all of them"))
    led(work, quo, goal, by=[others])
    hand.press(may)
    led(work, quo, goal, by=[[first], others])
    for state in (quo + 1, quo + 2):
        hand.next_row()
        expect(page.locator("#stability h2")).to_contain_text(f"State {state:,}")
    hand.press(path.get_by_role("button", name="To the selected state"))
    led(work, quo, quo + 2, by=[[first], others])


def planning(work: Work) -> None:
    """Look for plans that lead to a state, see the steps of each, and try what the first asks for, where it asks for changes."""
    work.open()
    page, hand, quo, goal = work.page, work.hand, work.told("states", limit=0)["conflict"]["status_quo"], work.case.planned
    work.view("path", "#path input[name=to]")
    hand.write(page.locator("#path input[name=to]"), f"{goal}")
    hand.press(page.locator("#path").get_by_role("button", name="Show"))
    led(work, quo, goal)
    hand.press(page.get_by_role("button", name="Look for a plan"))
    page.wait_for_selector("#path .plan .strip", timeout=WAIT)
    told = work.told("unlock", target=f"{goal}", start=quo, under="SEQ", kinds="plan", seconds=30.0)
    plans = [plan for reached in told["goals"] for search in reached["searches"] for plan in search["levers"]]
    for place, plan in enumerate(plans):
        shown, changes = page.locator("#path .plan").nth(place), plan["tries"][0]["changes"] if plan["tries"] else []
        assert plain(shown.locator("> p").first.locator(".sentence")) == sentences(plan["paragraphs"][:1])
        hand.press(shown.locator("details summary"))
        assert plain(shown.locator("details .sentence")) == sentences(plan["paragraphs"][1:])
        if not plan["way"]:
            expect(shown).to_contain_text("Its states are other ones")
            continue
        steps = [{"by": step["by"], "to": step["to"]} for step in plan["way"]]
        route = work.told("route", start=quo, steps=steps, changes=changes)
        expect(shown.locator(".strip thead .at .state")).to_have_text(
            [f"{state['id']:,}" for state in route["route"]["states"]], timeout=WAIT
        )
        assert ungrouped(strip(page, f"#path .plan >> nth={place} >> .strip")) == drawn(route["route"], route["decision_makers"])
    if plans[0]["tries"] and plans[0]["tries"][0]["changes"]:
        hand.press(page.get_by_role("button", name="Try its changes").first)
        comes_to_try(page, plans[0]["tries"][0]["changes"])
        expect(page.locator("main .tried")).to_be_visible()
        settled(page)
        led(work, quo, goal, changes=tried(page))


def settling(work: Work) -> None:
    """Let another state be the status quo, and change coalitions, directions, ties and moves by conditions; see it without all that."""
    party, page, hand = work.case.party, work.page, work.hand
    head = work.told("states", limit=0)
    work.open(f"&by={party}")
    without_analysis(page)
    work.view("what-if", "#whatif .ordered")
    whatif, step = page.locator("#whatif"), partial(then, work)
    hand.press(whatif.locator("summary", has_text="Rules, coalitions, status quo"))
    hand.next_row()
    step(partial(hand.press, whatif.get_by_role("button", name=re.compile(f"^Let it be state {head['conflict']['status_quo'] + 1:,}$"))))
    joint = whatif.get_by_role("list", name="Coalitions").get_by_role("checkbox")
    if joint.count():
        step(partial(hand.press, joint.first))
    ways = whatif.get_by_role("list", name="Directions of options").locator("select")
    both = next(one for one in ways.all() if one.input_value() == "both")
    step(partial(hand.choose, both, "given up, not"))
    entries = whatif.locator(".ordered").first.locator("> li")
    if entries.nth(1).locator("[data-control=tie]").count():  # states that are ranked
        for place in (1, 0):
            step(partial(hand.press, entries.nth(place).locator("[data-control=tie]")))
    hand.press(whatif.locator("summary", has_text=re.compile("^Moves")))
    hand.press(whatif.get_by_role("button", name="Forbid moves by conditions"))
    hand.choose(whatif.locator("select[name=by]"), work.name_of(party))
    hand.write(whatif.get_by_label("to states with", exact=True), work.case.where)
    step(partial(page.keyboard.press, "Enter"))
    left: list[Any] = []
    for changes in (left, tried(page)):
        hand.press(page.get_by_label("show it without"))
        told = work.told("states", limit=0, changes=changes)
        count = told["equilibria"]["SEQ"]
        expect(page.locator("#states p.quiet").first).to_contain_text(
            f"{told['total']:,} states; {count:,} equilibri{'um' if count == 1 else 'a'} under SEQ among them", timeout=WAIT
        )


STEPS: tuple[Callable[[Work], None], ...] = (acting, planning, settling)
"""All of them."""
