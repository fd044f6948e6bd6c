"""Walks through what the workbench says of how sure it is and how it would go on, each gone by a hand, on a case; all is the server's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from playwright.sync_api import Locator, expect

from tests.browser.flows import Work
from tests.browser.test_workbench_asked import as_json
from tests.browser.test_workbench_sure import CELLS, see_tables
from tests.browser.walking import WAIT, settled
from tests.browser.workbench import plain, sentences

FEW: dict[str, object] = {"levers": False, "without": False, "seconds": 1, "draws": 2}
"""What is asked where much is open: the conclusions alone, and of the completions so few that it is over within minutes."""
LONGEST = 8 * WAIT


def unfold(work: Work, fold: Locator) -> None:
    """Open what is folded."""
    if fold.get_attribute("open") is None:
        work.hand.press(fold.locator("summary").first)
    expect(fold).to_have_attribute("open", "")
    settled(work.page)


def tables(work: Work, name: str, told: Any) -> None:
    """Open all tables and pictures of an answer, and see that they are those of its document; save the first of each."""
    page = work.page
    for table in told["tables"]:
        unfold(work, page.locator(f"#{name}-{table['key'].replace(' ', '-')}"))
    see_tables(page, name, told["tables"])
    first = told["tables"][0]
    texts = [["; ".join(line["text"] for line in cell) for cell in row] for row in first["rows"]]
    work.sheets(f"#{name}-{first['key'].replace(' ', '-')}", first["columns"], texts)
    if not told["pictures"]:
        return
    pictures = page.locator(f"#{name}-pictures")
    unfold(work, pictures)
    expect(pictures.locator("h4")).to_have_text([one["title"] for one in told["pictures"]])
    for shown, one in zip(pictures.locator("svg[role=img]").all(), told["pictures"], strict=True):
        assert [text.strip() for text in shown.locator("text").all_text_contents()] == written(one["svg"])
    assert work.saved("Save drawing (SVG)", f"#{name}-pictures").startswith(b"<?xml")


def written(svg: str) -> list[str]:
    """What is written in a drawing."""
    return ["".join(one.itertext()).strip() for one in ElementTree.fromstring(svg).iter() if one.tag.rpartition("}")[2] == "text"]


def counting(work: Work) -> None:
    """Count how sure the conclusions are; where much is open begin, give that up, and ask for less."""
    work.open()
    page, hand = work.page, work.hand
    work.view("sure", "#sure[aria-busy=false] form")
    before = work.told("guesses")
    count = page.get_by_role("button", name="Count", exact=True)
    asked: dict[str, object] = {"levers": True, "without": True}
    if before["guesses"]:
        expect(page.locator("#sure form > p")).to_have_text(
            f"{before['guesses']} guesses, which can be settled in {int(before['completions']):,} ways, the completions of this model."
        )
        assert page.locator("#how-sure-open table").evaluate(CELLS)[1:] == [
            [[line["text"].strip() for line in cell] for cell in row] for row in before["tables"][0]["rows"]
        ]
        hand.press(count)
        page.wait_for_selector("#sure .going")
        hand.press(page.locator("#sure .going").get_by_role("button", name="Give up"))
        expect(page.locator("#sure [role=status]", has_text="Given up.")).to_be_visible()
        asking_less(work)
        asked = FEW
    hand.press(count)
    page.wait_for_selector("#sure .shown > .tools", timeout=LONGEST)
    told = work.told("sure", under="SEQ", **asked)
    assert as_json(work.seen)["jobs"]["sure"]["answer"] == told, "the job whose answer the page shows"
    counted(work, told)


def asking_less(work: Work) -> None:
    """Choose what takes least."""
    sure, hand = work.page.locator("#sure"), work.hand
    for name in ("which levers still work", "what hangs on single voices"):
        hand.press(sure.get_by_label(name))
        expect(sure.get_by_label(name)).not_to_be_checked()
    hand.write(sure.get_by_label("Seconds for counting"), f"{FEW['seconds']}")
    hand.press(sure.locator("details.more > summary"))
    hand.write(sure.get_by_label("Completions drawn"), f"{FEW['draws']}")


def counted(work: Work, told: Any) -> None:
    """See that everything that was counted is shown as in the document, and save that."""
    page, sweep = work.page, told["sweep"]
    assert page.locator("#sure .short").all_inner_texts() == ([sweep["in_short"]] if sweep["in_short"] else [])
    first, *others = sweep["paragraphs"]
    assert plain(page.locator("#sure .verdict .sentence")) == [one["text"] for one in first["sentences"]]
    tables(work, "how-sure", told)
    if others:
        unfold(work, page.locator("#how-sure-sentences"))
        assert plain(page.locator("#how-sure-sentences .sentence")) == sentences(others)
    if sweep["evidence"]:
        unfold(work, page.locator("#how-sure-rests"))
        shown = page.locator("#how-sure-rests .rests > li").all_inner_texts()
        assert [text.split(":")[0] for text in shown] == [one["called"] for one in sweep["evidence"]]
    assert json.loads(work.saved("Save the document (JSON)", "#sure")) == sweep


def going_on(work: Work) -> None:
    """Follow how it would go on from the status quo."""
    work.open()
    work.view("sure", "#going-on form")
    work.hand.press(work.page.get_by_role("button", name="Follow", exact=True))
    work.page.wait_for_selector("#going-on .shown", timeout=WAIT)
    told = work.told("going-on")
    assert plain(work.page.locator("#going-on .verdict .sentence")) == sentences(told["evolution"]["paragraphs"][:1])
    tables(work, "going-on", told)


GUESSES: tuple[Callable[[Work], None], ...] = (counting, going_on)
"""Both."""
