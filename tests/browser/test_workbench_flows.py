"""Every panel and flow of the workbench's page by mouse and by keyboard alone, on Elmira and on the talks; most among the long tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.flows import ELMIRA, FLOWS, TALKS, Case, Work
from tests.browser.flows_of_change import CHANGES
from tests.browser.flows_of_forms import FORMS
from tests.browser.flows_of_guesses import GUESSES
from tests.browser.flows_of_steps import STEPS
from tests.browser.hands import HANDS
from tests.browser.walking import faults, settled
from tests.browser.workbench import PAGE, watched
from tests.workbench.served import Served

pytestmark = PAGE
SHORT = {
    "mouse": ("opening", "filtering", "reasons", "leading", "leaving", "reporting", "unlocking"),
    "keyboard": ("filtering", "comparing", "extending"),
}
"""Walks on Elmira that are not kept for the long tests: other tests of the page go the other ways."""
ALL = [(case, hand, flow) for case in (ELMIRA, TALKS) for hand in HANDS for flow in (*FLOWS, *GUESSES, *CHANGES, *FORMS, *STEPS)]
SOME = [(case, hand, flow) for case, hand, flow in ALL if case is ELMIRA and flow.__name__ in SHORT[hand]]
WALKS = [
    pytest.param(*walk, id=f"{walk[2].__name__}-{walk[1]}-{walk[0].file.split('.')[0]}", marks=() if walk in SOME else pytest.mark.long)
    for walk in ALL
]


@pytest.mark.parametrize(("case", "hand", "flow"), WALKS)
def test_walk(browser: Browser, bench: Served, case: Case, hand: str, flow: Callable[[Work], None]) -> None:
    with watched(browser, bench) as seen:
        flow(Work(seen, HANDS[hand](seen.page), case))
        settled(seen.page, "#view [aria-busy=true]")
        assert faults(seen.page, "#view") == []  # with what was asked for in it, as it is when a view is only opened elsewhere


def test_no_walk_is_forgotten() -> None:
    assert {(hand, name) for hand, names in SHORT.items() for name in names} == {(hand, flow.__name__) for _, hand, flow in SOME}
