"""Walks through what can be changed in the workbench, each gone by a hand, on a case; what comes of it is the server's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from detente.explain.unlocking import KINDS
from tests.browser.flows import Work
from tests.browser.test_workbench_model import READY, part
from tests.browser.test_workbench_unlock import SHOWN, card, comes_to_try
from tests.browser.test_workbench_unlock import shown as cards
from tests.browser.walking import WAIT
from tests.browser.workbench import plain, sentences, without_analysis

TRIED = "before => (new URLSearchParams(location.search).get('tried') ?? '[]') !== before"


def own(work: Work, flow: str = "own", text: str | None = None) -> str:
    """A copy of the conflict that may be written over, or this text, named after the walk and the hand."""
    name = f"{flow}-{type(work.hand).__name__.lower()}-{work.case.file}"
    assert work.seen.bench.put(name, held(work, work.case.file)["text"] if text is None else text, None).status == 200
    return name


def held(work: Work, name: str) -> Any:
    """What stands in a file of the folder."""
    return work.seen.bench.get(f"/api/files/{name}").data


def modelling(work: Work) -> None:
    """Change text and form, take it back and do it again, save, and save over what another has saved."""
    name, page, hand, bench = own(work), work.page, work.hand, work.seen.bench
    work.seen.open(f"?file={name}", READY)
    area, save = page.locator("#text textarea"), page.get_by_role("button", name="Save", exact=True)
    first = held(work, name)["text"]
    more = first + "# a word more\n"
    hand.add(area, "# a word more\n")
    expect(page.locator("#model [role=status]").first).to_contain_text("Changed, and not saved.")
    for button, text in (("Undo", first), ("Redo", more)):
        hand.press(page.get_by_role("button", name=re.compile(f"^{button}")))
        expect(area).to_have_value(text)
    hand.write(part(page, ["title"], "value"), "Another title")
    page.keyboard.press("Enter")
    made = bench.post("form", {"name": name, "text": more, "at": ["title"], "do": "set", "value": "Another title"}).data["text"]
    expect(area).to_have_value(made)
    hand.press(save)
    expect(save).to_be_disabled()
    there = held(work, name)
    assert there["text"] == made

    assert bench.put(name, made + "# another window\n", there["digest"]).status == 200
    hand.add(area, "# this window\n")
    hand.press(save)
    expect(page.locator("#model .refused")).to_contain_text("U542")
    assert held(work, name)["text"] == made + "# another window\n"
    hand.press(page.get_by_role("button", name="Save over what is there now"))
    expect(save).to_be_disabled()
    assert held(work, name)["text"] == made + "# this window\n"


def tried(page: Page) -> Any:
    """What the address says is tried."""
    return json.loads(parse_qs(urlsplit(page.url).query).get("tried", ["[]"])[0])


def then(work: Work, act: Callable[[], None], **asked: object) -> None:
    """Do something that changes what is tried, and see that what is said of it is the server's, which is `asked` this besides."""
    page = work.page
    act_on = page.evaluate("new URLSearchParams(location.search).get('tried') ?? '[]'")
    act()
    page.wait_for_function(TRIED, arg=act_on)
    told = work.told("changing", changes=tried(page), **asked)
    expect(page.locator("#whatif .changed[aria-busy=false] .paragraph").first).to_be_visible()
    expect(page.locator("#whatif .changed .sentence").first).to_contain_text(told["said"][0]["sentences"][0]["text"])
    assert plain(page.locator("#whatif .changed .sentence")) == sentences(told["said"])
    expect(page.locator(".tried-list")).to_have_attribute("aria-busy", "false")  # which is another answer than what is said
    assert [text.rpartition("Take back")[0].strip() for text in work.seen.texts(".tried-list li")] == told["changes"]


def trying(work: Work) -> None:
    """Forbid a move, leave parts of the model out, put what somebody wants in another order; keep it, and take some of it back."""
    party = work.case.party
    work.open(f"&by={party}")
    page, hand = work.page, work.hand
    without_analysis(page)
    work.view("what-if", "#whatif .ordered")
    hand.press(page.locator("#whatif summary", has_text=re.compile("^Moves")))
    moves = page.locator("#whatif ul[aria-label^='Moves from'][aria-busy=false] input:enabled")
    then(work, lambda: hand.press(moves.first))
    entries = page.locator("#whatif .ordered").first.locator("> li")
    lists = []
    if entries.get_by_role("checkbox").count():  # statements; where states are ranked, a rule that is left out leaves states without a rank
        lists = [page.locator("#whatif ul[aria-label=Rules]"), entries, page.get_by_role("list", name=f"Red lines of {party}")]
        hand.press(page.locator("#whatif summary", has_text="Rules, coalitions, status quo"))
    for boxes in lists:
        then(work, partial(hand.press, boxes.get_by_role("checkbox").last))
    then(work, lambda: hand.lower(entries))
    then(work, lambda: hand.press(entries.nth(2).locator("[data-control=down]")))
    then(work, lambda: hand.press(entries.nth(1).locator("[data-control=up]")))
    keeping(work, page.locator(".keep"))


def keeping(work: Work, keep: Locator) -> None:
    """Keep what is tried as a file; and what somebody wants otherwise, the rest taken back, as a viewpoint of this one."""
    page, hand = work.page, work.hand
    name = f"kept-{type(hand).__name__.lower()}-{work.case.file}"
    asked = {"name": work.case.file, "text": held(work, work.case.file)["text"]}
    hand.press(keep.locator("summary"))
    hand.write(keep.get_by_label("File", exact=True), name)
    hand.write(keep.get_by_label("Title"), "The other way")
    hand.press(keep.get_by_role("button", name="Keep", exact=True))
    expect(keep.get_by_role("status")).to_contain_text(name)
    made = work.seen.bench.post("text", {**asked, "changes": tried(page), "title": "The other way"}).data["text"]
    assert held(work, name)["text"] == made
    hand.pick(keep.locator("input[name=how][value=viewpoint]"))
    hand.write(keep.get_by_label("Name"), "As somebody has it")
    hand.press(keep.get_by_role("button", name="Keep", exact=True))
    expect(page.get_by_label("Why it was not kept")).to_contain_text("U565")  # a viewpoint has no moves of its own
    for button in ["Take back change 1"] * sum(one["change"] in ("add ban", "remove rule") for one in tried(page)) + ["^Undo", "^Redo"]:
        then(work, partial(hand.press, page.get_by_role("button", name=re.compile(button))))
    changes = tried(page)
    hand.press(keep.get_by_role("button", name="Keep", exact=True))
    page.wait_for_function("() => location.search.includes('viewpoint=as-somebody-has-it')")
    made = work.seen.bench.post("text", {**asked, "changes": changes, "keep_as": {"name": "As somebody has it"}}).data["text"]
    expect(page.locator("#text textarea")).to_have_value(made)
    assert tried(page) == []


def unlocking(work: Work) -> None:
    """Look for levers of one kind, and try the first."""
    work.open()
    page, hand = work.page, work.hand
    work.view("unlock", "#unlock form")
    hand.press(page.locator("#unlock .question summary"))
    target, kind = work.case.lever
    hand.press(page.locator(".kinds").get_by_label(KINDS[kind]))
    hand.write(page.locator("#unlock").get_by_label("Wanted"), target)
    hand.press(page.get_by_role("button", name="Look for levers"))
    page.wait_for_selector("#unlock .lever", timeout=WAIT)
    told = work.told("unlock", under="SEQ", seconds=30.0, kinds=kind, target=target or None)
    wanted = [card(lever, told["decision_makers"]) for goal in told["goals"] for one in goal["searches"] for lever in one["levers"][:SHOWN]]
    for row, want in zip(cards(page), wanted, strict=True):
        assert row[: len(want)] == want
    found = [lever for goal in told["goals"] for one in goal["searches"] for lever in one["levers"][:SHOWN]]
    first = next(part for lever in found for part in (*lever["tries"], lever["goes"]) if part)
    hand.press(page.locator("#unlock .lever .tools button").first)
    expect(page.locator("#tab-what-if")).to_have_attribute("aria-selected", "true")
    comes_to_try(page, first["changes"])
    after = work.told("changing", changes=first["changes"])
    expect(page.locator("#whatif .comes-of-it .verdict p").first).to_contain_text(after["said"][0]["sentences"][0]["text"])


CHANGES: tuple[Callable[[Work], None], ...] = (modelling, trying, unlocking)
"""All of them."""
