"""Walks through what is added to a conflict by forms and by trying, and then changed, each gone by a hand, on a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.flows import Work, comparing_all
from tests.browser.flows_of_change import held, own, then, tried
from tests.browser.test_workbench_model import READY, part
from tests.browser.walking import WAIT
from tests.browser.workbench import without_analysis

At = Sequence[str | int]
EYES = "eyes"
"""The key of the viewpoint that is added."""


@dataclass
class Writing:
    """A file as forms change it: the walk, the file, and the text that it has come to."""

    work: Work
    name: str
    text: str

    @property
    def page(self) -> Page:
        """The page."""
        return self.work.page

    def made(self, at: At, do: str, **more: object) -> None:
        """The text comes to be what the server makes of the last one."""
        self.text = self.work.seen.bench.post("form", {"name": self.name, "text": self.text, "at": at, "do": do, **more}).data["text"]

    def changed(self, at: At, do: str, **more: object) -> None:
        """The page comes to show what the server makes of the last text."""
        self.made(at, do, **more)
        expect(self.page.locator("#text textarea")).to_have_value(self.text, timeout=WAIT)
        expect(self.page.locator("#model")).to_have_attribute("aria-busy", "false", timeout=WAIT)

    def unfold(self, at: At) -> None:
        """Open a part of the form."""
        opener = part(self.page, at)
        if opener.get_attribute("aria-expanded") == "false":
            self.work.hand.press(opener)
        expect(opener).to_have_attribute("aria-expanded", "true")

    def more(self, within: Locator, key: str) -> None:
        """Choose what else could be said there, and have it put in."""
        self.work.hand.choose(within, key)
        self.work.hand.press(within.locator("xpath=ancestor::span[@class='picker']//button"))

    def offered(self, at: At, key: str) -> None:
        """Open what stands under a key, or have it put in where nothing does."""
        if part(self.page, [*at, key]).count():
            self.unfold([*at, key])
        else:
            self.more(part(self.page, at, "add"), key)

    def draft(self, at: At, name: str) -> Locator:
        """Begin something new there."""
        self.work.hand.press(part(self.page, at, "new"))
        return self.page.get_by_role("group", name=f"New: {name}")

    def put(self, field: Locator, value: str) -> None:
        """Write something into a field, and be done with it."""
        self.work.hand.write(field, value)
        self.page.keyboard.press("Enter")


def counted(data: Any, *at: str) -> int:
    """How many there are in a list of a file."""
    for step in at:
        data = data.get(step) or {}
    return len(data)


def forming(work: Work) -> None:
    """Add statements, a red line, a rule and a viewpoint by the forms, change each, and save."""
    name, bench = own(work, "formed"), work.seen.bench
    writing = Writing(work, name, held(work, name)["text"])
    work.seen.open(f"?file={name}", READY)
    says, added = work.told("outline")["says"], work.case.added
    party = ["decision makers", added.party]
    writing.unfold(party)
    for key, brief, values in (("prefers", "when", added.statements[:2]), ("red lines", "never", added.line[:1])):
        writing.offered(party, key)
        count = counted(says, *party, key)
        for place, value in enumerate(values, count + 1):
            writing.put(writing.draft([*party, key], key).locator("input").first, value)
            writing.changed([*party, key, place], "insert", value={brief: value})
    rule = counted(says, "rules") + 1
    writing.offered([], "rules")
    draft = writing.draft(["rules"], "rules")
    work.hand.choose(draft.locator("select").first, "infeasible")
    writing.put(draft.locator("input").first, added.rule[0])
    writing.changed(["rules", rule], "insert", value={"infeasible": added.rule[0]})
    seeing(writing)
    reforming(writing, says)
    work.hand.press(work.page.get_by_role("button", name="Save", exact=True))
    expect(work.page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    assert bench.get(f"/api/files/{name}").data["text"] == writing.text


def seeing(writing: Writing) -> None:
    """Add a viewpoint that has a decision maker want something else."""
    work, added = writing.work, writing.work.case.added
    writing.offered([], "viewpoints")
    draft = writing.draft(["viewpoints"], "viewpoint")
    work.hand.write(draft.locator("input").first, EYES)
    writing.more(draft.locator(".picker select"), "name")
    writing.put(draft.locator("input").nth(1), "Other eyes")
    view = ["viewpoints", EYES]
    writing.changed(view, "insert", value={"name": "Other eyes"})
    writing.unfold(view)
    writing.offered(view, "decision makers")
    draft = writing.draft([*view, "decision makers"], "decision maker")
    work.hand.choose(draft.locator("select").first, added.party)
    writing.more(draft.locator(".picker select"), "prefers")
    work.hand.press(draft.get_by_role("button", name="Add to prefers"))
    writing.put(draft.get_by_role("group", name="New: prefers").locator("input").first, added.statements[2])
    work.hand.press(draft.get_by_role("button", name="Put it in"))
    writing.changed([*view, "decision makers", added.party], "insert", value={"prefers": [{"when": added.statements[2]}]})


def reforming(writing: Writing, says: Any) -> None:
    """Change what was added: a condition, a place, a name; take the rule out, and take that back."""
    work, page, added = writing.work, writing.page, writing.work.case.added
    party = ["decision makers", added.party]
    rule, line, last = counted(says, "rules") + 1, counted(says, *party, "red lines") + 1, counted(says, *party, "prefers") + 2
    changes: tuple[tuple[At, str, str], ...] = (
        (["rules", rule], "infeasible", added.rule[1]),
        ([*party, "red lines", line], "never", added.line[1]),
        (["viewpoints", EYES], "name", "Quite other eyes"),
    )
    for at, key, value in changes:
        writing.unfold(at)
        place = [*at, key] if part(page, [*at, key], "value").count() else at  # what is written as a condition alone has no keys
        writing.put(part(page, place, "value"), value)
        writing.changed(place, "set", value=value)
    work.hand.press(part(page, [*party, "prefers", last], "up"))
    writing.changed([*party, "prefers", last], "move", to=last - 1)
    kept = writing.text
    work.hand.press(part(page, ["rules", rule], "out"))
    writing.changed(["rules", rule], "remove")
    work.hand.press(page.locator("header").get_by_role("button", name="Undo"))
    expect(page.locator("#text textarea")).to_have_value(kept)
    writing.text = kept


def formed(work: Work) -> str:
    """A file with what the forms add, made by the server, for it to be changed by trying."""
    added, says, copy = work.case.added, work.told("outline")["says"], own(work, "added")
    writing, party = Writing(work, copy, held(work, copy)["text"]), ["decision makers", work.case.added.party]
    for place, when in enumerate(added.statements[:2], counted(says, *party, "prefers") + 1):
        writing.made([*party, "prefers", place], "insert", value={"when": when})
    writing.made([*party, "red lines", counted(says, *party, "red lines") + 1], "insert", value={"never": added.line[0]})
    writing.made(["rules", counted(says, "rules") + 1], "insert", value={"infeasible": added.rule[0]})
    otherwise = {added.party: {"prefers": [{"when": added.statements[2]}]}}
    writing.made(["viewpoints", EYES], "insert", value={"name": "Other eyes", "decision makers": otherwise})
    assert work.seen.bench.put(copy, writing.text, held(work, copy)["digest"]).status == 200
    return copy


def extending(work: Work) -> None:
    """Try other statements, red lines and rules besides, leave out and change those that there are; as a viewpoint has it, too."""
    added = work.case.added
    work = replace(work, case=replace(work.case, file=formed(work)))
    page, hand, step = work.page, work.hand, partial(then, work)
    work.open(f"&by={added.party}")
    without_analysis(page)
    work.view("what-if", "#whatif .ordered")
    hand.press(page.locator("#whatif summary", has_text="Rules, coalitions, status quo"))
    entries = page.locator("#whatif .ordered").first.locator("> li")
    lists = page.locator("#whatif ul[aria-label=Rules]"), page.get_by_role("list", name=f"Red lines of {added.party}")
    for boxes in lists:
        step(partial(hand.press, boxes.get_by_role("checkbox").last))
    step(partial(hand.press, lists[0].get_by_role("checkbox").last))  # what was left out comes back
    for button, text in (
        ("Add a rule: what can't be", added.rule[1]),
        ("Add a red line", added.line[1]),
        ("Add a statement", added.statements[2]),
    ):
        step(partial(also, work, button, text))
    step(partial(hand.press, entries.first.locator("[data-control=turn]")))
    step(partial(edited, work, entries, f"{added.statements[0]} or {added.statements[2]}"))
    step(partial(hand.lower, entries))
    step(partial(hand.press, entries.nth(1).get_by_role("checkbox")))
    hand.press(page.locator("main .tried").get_by_role("button", name="Drop them"))
    page.wait_for_function("() => !location.search.includes('tried')")
    hand.choose(page.locator("header").get_by_label("Viewpoint"), "Other eyes")
    page.wait_for_function("said => location.search.includes(said)", arg=f"viewpoint={EYES}")
    expect(entries).to_have_count(1)
    then(work, partial(hand.press, entries.first.locator("[data-control=turn]")), viewpoint=EYES)
    work.view("compare", ".all-views")
    comparing_all(work, changes=tried(page))


def also(work: Work, button: str, text: str) -> None:
    """Add a condition of one kind."""
    whatif = work.page.locator("#whatif")
    work.hand.press(whatif.get_by_role("button", name=f"{button}…").first)
    work.hand.write(whatif.get_by_label(button, exact=True).first, text)
    work.page.keyboard.press("Enter")


def edited(work: Work, entries: Locator, text: str) -> None:
    """Word the first statement otherwise."""
    work.hand.press(entries.first.locator("[data-control=edit]"))
    field = entries.first.locator(".written input")
    expect(field).to_be_focused()
    work.hand.write(field, text)
    work.page.keyboard.press("Enter")


FORMS: tuple[Callable[[Work], None], ...] = (forming, extending)
"""Both."""
