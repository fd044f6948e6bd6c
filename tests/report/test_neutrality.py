"""The report takes no side: who is called what, and who is named first, changes names and places and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from detente.model.conflict import Conflict, in_owner_order
from tests.report.conflicts import elmira, four_parties, prisoners
from tests.report.documents import report
from tests.report.page import Node, read


def without_digest(text: str) -> str:
    """The page without what identifies the model."""
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=· model )[0-9a-f]{12}", "digest", text)


def called(text: str, names: Mapping[str, str]) -> str:
    """The text with names replaced all at once, and with them the letters that stand for them."""
    letters = {old[0]: new[0] for old, new in names.items()}
    changed = re.sub("|".join(names), lambda hit: names[hit[0]], text)
    return re.sub(rf"\b[{''.join(letters)}]\b", lambda hit: letters[hit[0]], changed)


def test_other_names_change_names_alone() -> None:
    names, others = ("Aaa", "Bbb", "Ccc", "Ddd"), ("Eee", "Nnn", "Ooo", "Sss")  # of the same width in drawings
    one, other = (without_digest(report(four_parties(keys))) for keys in (names, others))
    assert one != other
    assert called(other, dict(zip(others, names, strict=True))) == one


def test_two_in_the_same_position_are_spoken_of_alike() -> None:
    page = read(report(prisoners("Eee", "Nnn")))
    mirror = {"Eee": "Nnn", "Nnn": "Eee"}
    for one, other in (page.by_class("party"), page.by_class("explained")):
        assert called(one.words, mirror) == other.words
        assert [node.name for node in one.all()] == [node.name for node in other.all()]
    rows = page.by_id("brief").all("table")[0].all("tbody")[0].all("tr")
    states = {"2": "3", "3": "2"}  # only the first has done it; only the second has
    first, second = ([cell.words for cell in row.all("td")] for row in rows[:2])
    assert [re.sub("[23]", lambda hit: states[hit[0]], words) for words in first] == second


def reordered(conflict: Conflict) -> Conflict:
    """The same conflict with the decision makers in the opposite order."""
    parties = conflict.decision_makers[::-1]
    options = in_owner_order(parties, tuple(replace(o, owners=o.owners[::-1]) for o in conflict.options))
    return replace(conflict, decision_makers=parties, options=options)


def sections(page: Node) -> dict[str, str]:
    """What the model says of each decision maker, without the numbers of states."""
    return {view.all("h3")[0].words: re.sub(r"\d+(; )?", "", view.words) for view in page.by_class("party")}


def standing(page: Node) -> dict[str, list[str]]:
    """Who stays at the status quo, without the numbers of states."""
    rows = page.by_id("brief").all("table")[0].all("tbody")[0].all("tr")
    return {row.all("th")[0].words: [re.sub(r"\d+", "", cell.words) for cell in row.all("td")] for row in rows}


def states(page: Node) -> dict[tuple[tuple[str, str], ...], dict[str, str]]:
    """The table of states: for each choice of options the ranks by decision maker and the marks by concept."""
    table = page.by_id("states").all("table")[0]
    owners, names = table.all("thead")[0].all("tr")
    headers = [node.words for node in names.all("th")]
    options = [node.words for node in names.by_class("up")]
    assert len(owners.all("th")) > len(headers) - len(options) - 6 - 3
    found = {}
    for row in table.all("tbody")[0].all("tr"):
        cells = [cell.words for cell in row.all("td")]
        choice = tuple(sorted(zip(options, cells, strict=False)))
        marks = {name: " ".join(sorted(cell.split())) for name, cell in zip(headers[len(options) :], cells[len(options) :], strict=True)}
        found[choice] = marks
    return found


def test_another_order_permutes() -> None:
    for conflict in (elmira(), four_parties(), prisoners()):
        one, other = read(report(conflict)), read(report(reordered(conflict)))
        assert sections(one) == sections(other)
        assert standing(one) == standing(other)
        assert list(sections(one)) == list(sections(other))[::-1]
        if conflict.title != "A circle":
            assert states(one) == states(other)
        counts = [
            sorted(cell.words for cell in page.by_id("stability").all("table")[-1].all("td") if cell.words.isdigit())
            for page in (one, other)
        ]
        assert counts[0] == counts[1]


def test_every_party_has_the_same_weight() -> None:
    style = read(report(elmira())).all("style")[0].text
    for i in range(1, 9):
        rules = re.findall(rf"[^{{}}]*\.p{i}\b[^{{}}]*{{[^}}]*}}", style)
        assert [re.sub(r"\d", "n", rule).strip() for rule in rules] == [".pn { --c: var(--pn-line); }"]
