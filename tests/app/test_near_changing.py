"""What a change changes where states can't be listed: the same verdicts on the status quo as where they can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from detente import cases
from detente.app.changing import ChangingDocument, changing
from detente.app.near_changing import near_changing, near_looked
from detente.errors import ConflictError
from detente.model.conflict import Conflict
from detente.model.edit import Edit, MoveStatement, RemoveRule, RenameDecisionMaker, ReverseStatement, SetStatusQuo
from detente.model.edit_rankings import PlaceRanked, levels_of
from tests.workbench.served import Served, served

UNDER = ["Nash", "SEQ", "GMR"]


def edits(conflict: Conflict, rng: Random) -> list[Edit]:
    """Some changes."""
    found: list[Edit] = [SetStatusQuo(None), SetStatusQuo(frozenset(rng.sample([one.key for one in conflict.options], 1)))]
    found += [PlaceRanked(dm.key, levels_of(dm)[-1][0], 1) for dm in conflict.decision_makers if levels_of(dm)]
    found += [RemoveRule(place) for place in range(1, len(conflict.rules) + 1)]
    for dm in conflict.decision_makers:
        count = len(dm.preference.statements()) if dm.preference is not None else 0
        if count > 1:
            found += [MoveStatement(dm.key, count, 1), ReverseStatement(dm.key, 1)]
    return found


def near(before: Conflict, after: Conflict) -> ChangingDocument:
    """The comparison of the status quo alone."""
    return near_changing(near_looked(before, under=UNDER), near_looked(after, under=UNDER))


@pytest.mark.parametrize("name", ["elmira", "cuban-missile-crisis", "euphrates-1975"])
def test_the_status_quo_is_judged_as_where_states_are_listed(name: str) -> None:
    conflict, compared = cases.load(name), 0
    for edit in edits(conflict, Random(1)):
        try:
            after = edit.apply(conflict)
            whole = changing(conflict, after, under=UNDER)
        except ConflictError:  # rankings that leave out what is a state without a rule
            continue
        found = near(conflict, after)
        assert (found.status_quo, found.status_quo_moved, found.listed, found.equilibria) == (
            whole.status_quo, whole.status_quo_moved, False, {},
        )  # fmt: skip
        verdicts = (whole.status_quo.before, whole.status_quo.after)
        assert found.same == (not whole.status_quo_moved and verdicts[0] == verdicts[1])
        compared += 1
    assert compared > 1


def sentences(found: ChangingDocument) -> list[str]:
    """All that is said."""
    return [one.text for part in found.said for one in (*part.sentences, *part.items)]


def test_what_is_said() -> None:
    elmira = cases.load("elmira")
    large = "The states are too many to be listed, so that only the status quo is asked about"
    assert sentences(near(elmira, elmira)) == [f"{large}: everybody's verdict on it under Nash, SEQ and GMR is the same as before."]
    up = PlaceRanked("Local", frozenset({"Delay"}), 1).apply(elmira)
    assert sentences(near(elmira, up)) == [
        f"{large}: something is different there.",
        "The status quo is an equilibrium now under Nash and SEQ, and was not before.",
        "Local would stay now, and would have left before, under Nash and SEQ",
    ]
    assert sentences(near(up, elmira))[1:] == [
        "The status quo is no equilibrium now under Nash and SEQ, and was before.",
        "Local would leave now, and would have stayed before, under Nash and SEQ",
    ]
    none = SetStatusQuo(None).apply(elmira)
    assert sentences(near(elmira, none)) == [f"{large}; there is no status quo now, and there was one before."]
    assert sentences(near(none, elmira)) == [f"{large}; there is a status quo now, and there was none before."]
    assert sentences(near(none, none)) == [f"{large}; there is none, before or now."]
    moved = SetStatusQuo(frozenset({"Delay", "Insist"})).apply(elmira)
    assert "The status quo is another state now: NYNNY." in sentences(near(elmira, moved))


def test_each_is_judged_by_its_own_parties() -> None:
    elmira = cases.load("elmira")
    renamed = RenameDecisionMaker("Local", "Town").apply(elmira)
    up = PlaceRanked("Town", frozenset({"Delay"}), 1).apply(renamed)
    for other, held in ((renamed, []), (up, ["The status quo is an equilibrium now under Nash and SEQ, and was not before."])):
        told = sentences(near(elmira, other))[1:]
        assert told == held
    (alike,) = sentences(near(elmira, renamed))
    assert alike.endswith(
        "asked about: the verdict on it of every decision maker there is before and now under Nash, SEQ and GMR is the same as before."
    )
    assert not near(elmira, renamed).same
    apart = sentences(near(elmira, cases.load("chicken")))
    assert not [text for text in apart if "not known" in text]


def test_what_is_known_of_one_only_is_no_difference() -> None:
    """As where the time was over for a verdict before, and not after."""
    found = near_looked(cases.load("elmira"), under=UNDER)
    assert found.judged is not None
    fewer = replace(found, judged=replace(found.judged, verdicts={"SEQ": {"Local": False}}))
    other = replace(found, judged=replace(found.judged, verdicts={"SEQ": {"Local": True}}))
    assert near_changing(fewer, found).same
    assert not near_changing(other, found).same


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench."""
    with served(tmp_path_factory.mktemp("near")) as found:
        yield found


def test_a_conflict_of_28_options_over_the_socket(bench: Served) -> None:
    keys = [f"o{number}" for number in range(28)]
    parties = {"A": keys[:14], "B": keys[14:]}
    text = json.dumps(
        {
            "detente": 1,
            "title": "Large",
            "decision makers": {party: {"options": {key: {} for key in own}, "prefers": own} for party, own in parties.items()},
            "status quo": keys,
        }
    )
    asked = {"name": "large.json", "text": text, "under": ["Nash", "SEQ", "SIM"]}
    told = bench.post("changing", asked).data
    assert (told["listed"], told["same"], told["concepts"]) == (False, True, ["Nash", "SEQ", "SIM"])
    said = [one["text"] for part in told["said"] for one in part["sentences"]]
    assert said[0].endswith("every verdict on it that is known before and now under Nash, SEQ and SIM is the same as before.")
    assert said[1:] == ["2 verdicts on the status quo are not known now.", "2 verdicts on the status quo are not known before."]
    turned = {"change": "reverse statement", "dm": "A", "place": 1}
    told = bench.post("changing", {**asked, "changes": [turned]}).data
    assert told["status_quo"]["before"]["verdicts"]["Nash"] == {"A": True, "B": True}
    assert told["status_quo"]["after"]["verdicts"]["Nash"] == {"A": False, "B": True}
    assert not told["same"]
    shown = bench.post("changeable", {**asked, "changes": [turned], "state": "status quo"} | {"under": None}).codes
    assert shown == ["U544"], "that verb takes no concept"
    told = bench.post("changeable", {"name": "large.json", "text": text, "changes": [turned], "state": "status quo"}).data
    assert (told["moves_in_all"], len(told["moves"]), told["here"]) == (2 * (2**14 - 1), 400, keys)
