"""What can be changed, lists of changes with one more or one less, and what was tried kept: over the socket, and stated plainly."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import cases, io
from detente.app.moving import moves
from detente.errors import EditError
from detente.model.conflict import Conflict
from detente.model.edit_rankings import levels_of
from detente.model.formula import written
from detente.model.rule import Infeasible
from detente.model.viewpoint import seen_from
from detente.space.states import StateSpace
from detente.workbench.changes import Change, changed
from detente.workbench.following import joined, without
from detente.workbench.revising import AskChanges
from tests.workbench.served import Served, asked

ELMIRA = {"name": "elmira.yaml", "text": cases.path("elmira").read_text(encoding="utf-8")}
CUBA = {"name": "cuba.yaml", "text": cases.path("cuban-missile-crisis").read_text(encoding="utf-8")}
TALKS = {"name": "talks.yaml", "text": cases.path("gaza-hostage-talks").read_text(encoding="utf-8")}
MIXED = """\
detente: 1
title: t
decision makers:
  A:
    options: {x: {direction: only on}, y: }
    prefers: [x, y, z, w]
    red lines: [x and y, z and w]
  B:
    options: {z: , w: }
    weights: {z: 2, x: -1}
  C:
    options: {v: }
    prefers: [v]
rules: [{infeasible: x and z and w}, {infeasible: y and z and w}, {infeasible: not x and y and w}]
bans: [{by: A, leaving: x}]
coalitions: [[A, B]]
status quo: [x]
"""


def parsed(*changes: dict[str, Any]) -> list[Change]:
    """Changes as requests carry them."""
    return list(AskChanges.model_validate({"name": "", "text": "", "changes": list(changes)}).changes)


def out(dm: str, place: int) -> dict[str, Any]:
    """A statement taken away."""
    return {"change": "remove statement", "dm": dm, "place": place}


def moved(dm: str, place: int, to: int) -> dict[str, Any]:
    """A statement moved."""
    return {"change": "move statement", "dm": dm, "place": place, "to": to}


# -- what can be changed --------------------------------------------------------------------------------------------------
def test_everything_that_can_be_changed_is_told(bench: Served) -> None:
    asked = {"name": "m.yaml", "text": MIXED}
    told = bench.post("changeable", asked).data
    assert (told["same"], told["says"], told["here"], told["moves"], told["moves_in_all"]) == (True, [], None, None, None)
    first, second, third = told["decision_makers"]
    assert [(one["place"], one["was"], one["means"], one["changes"]) for one in first["statements"]] == [
        (1, 1, "x", []), (2, 2, "y", []), (3, 3, "z", []), (4, 4, "w", []),
    ]  # fmt: skip
    assert [one["means"] for one in first["red_lines"]] == ["x and y", "z and w"]
    assert (first["levels"], first["weights"], second["statements"], third["red_lines"]) == (None, None, None, [])
    assert [(one["option"], one["weight"], one["was"]) for one in second["weights"]] == [
        ("x", -1, -1), ("y", 0, 0), ("z", 2, 2), ("w", 0, 0), ("v", 0, 0),
    ]  # fmt: skip
    assert [one["means"] for one in told["rules"]] == [
        "“x and z and w” can't happen", "“y and z and w” can't happen", "“not x and y and w” can't happen",
    ]  # fmt: skip
    assert [(one["by"], one["means"]) for one in told["bans"]] == [("A", "A makes no move from states with “x” to any state")]
    assert [(one["key"], one["owners"], one["direction"], one["was"]) for one in told["options"]][:2] == [
        ("x", ["A"], "only_on", "only_on"), ("y", ["A"], "both", "both"),
    ]  # fmt: skip
    assert told["coalitions"] == [{"place": 1, "members": ["A", "B"], "name": None, "joint": False, "was": False}]
    assert told["status_quo"] == {"taken": ["x"], "was": ["x"]}
    tried = [
        moved("A", 4, 1), out("A", 3), {"change": "reverse statement", "dm": "A", "place": 3}, {"change": "remove rule", "place": 2},
        {"change": "add statement", "dm": "C", "place": 1, "when": "x or y", "says": "words"},
        {"change": "set weight", "dm": "B", "option": "v", "weight": 7}, {"change": "set joint", "place": 1, "joint": True},
        {"change": "set direction", "option": "x", "direction": "both"}, {"change": "remove ban", "place": 1},
        {"change": "set status quo", "taken": ["y"]}, {"change": "remove red line", "dm": "A", "place": 1},
    ]  # fmt: skip
    told = bench.post("changeable", {**asked, "changes": tried}).data
    first, second, third = told["decision_makers"]
    assert [(one["place"], one["was"], one["means"], one["changes"]) for one in first["statements"]] == [
        (1, 4, "w", [1]), (2, 1, "x", []), (None, 2, "y", [2]), (3, 3, "not z", [3]),
    ]  # fmt: skip
    assert [(one["place"], one["was"], one["changes"]) for one in first["red_lines"]] == [(None, 1, [11]), (1, 2, [])]
    assert [(one["place"], one["was"]) for one in told["rules"]] == [(1, 1), (None, 2), (2, 3)]
    assert [(one["place"], one["was"], one["says"], one["means"]) for one in third["statements"]] == [
        (1, None, "words", "x or y"), (2, 1, None, "v"),
    ]  # fmt: skip
    assert [(one["option"], one["weight"], one["was"]) for one in second["weights"]][-1] == ("v", 7, 0)
    assert [(one["place"], one["by"]) for one in told["bans"]] == [(None, "A")]
    assert (told["coalitions"][0]["joint"], told["coalitions"][0]["was"]) == (True, False)
    assert (told["options"][0]["direction"], told["options"][0]["was"]) == ("both", "only_on")
    assert told["status_quo"] == {"taken": ["y"], "was": ["x"]}
    assert (told["same"], len(told["says"])) == (False, len(tried))


def test_rankings_are_told_by_level(bench: Served) -> None:
    up = {"change": "place ranked state", "dm": "Local", "taken": ["Delay"], "to": 1, "tied": True}
    told = bench.post("changeable", {**ELMIRA, "changes": [up]}).data
    conflict = changed(cases.load("elmira"), parsed(up))[0]
    space = StateSpace(conflict)
    for party in told["decision_makers"]:
        levels = levels_of(conflict.decision_maker(party["key"]))
        states = [[space.state_of(conflict.combination(taken)) for taken in level] for level in levels]
        assert [[one["state"] for one in level] for level in party["levels"]] == [[space.number(s or 0) for s in level] for level in states]
        assert (party["ranked"], party["statements"], party["weights"]) == (9, None, None)
    assert [(one["state"], one["was"]) for one in told["decision_makers"][2]["levels"][0]] == [(7, 1), (1, 4)]


def test_a_move_is_forbidden_by_the_ban_that_is_told_with_it(bench: Served) -> None:
    conflict = cases.load("elmira")
    for state in range(1, 10):
        told = bench.post("changeable", {**ELMIRA, "state": state}).data
        before = {(party.by, move.state) for party in moves(conflict, state, drawn="none").moves for move in party.from_.moves}
        assert {(one["by"], one["state"]) for one in told["moves"]} == before
        assert told["moves_in_all"] == len(before)
        assert set(told["here"]) == conflict.taken(StateSpace(conflict).state(state))
        for one in told["moves"]:
            after = changed(conflict, parsed(one["ban"]))[0]
            left = {(party.by, move.state) for party in moves(after, state, drawn="none").moves for move in party.from_.moves}
            assert left == before - {(one["by"], one["state"])}
            others = [other for other in range(1, 10) if other != state]
            assert [moves(after, other, drawn="none").moves[0].from_ for other in others] == [
                moves(conflict, other, drawn="none").moves[0].from_ for other in others
            ]


def test_what_is_asked_of_no_state(bench: Served) -> None:
    assert bench.post("changeable", {**ELMIRA, "state": 77}).codes == ["U411"]
    assert bench.post("changeable", {**ELMIRA, "changes": [out("Local", 1)]}).codes == ["M130"]


# -- one more, one less ---------------------------------------------------------------------------------------------------
def revise(bench: Served, asked: dict[str, Any], changes: list[Any], **step: Any) -> Any:
    """The document of a list of changes after a step."""
    return bench.post("changes", {**asked, "changes": changes, **step}).data


def test_steps_that_say_the_same_are_one(bench: Served) -> None:
    us = [moved("US", 1, 2)]
    told = revise(bench, CUBA, us, also=[moved("US", 2, 4)])
    assert (told["changes"], len(told["says"])) == ([moved("US", 1, 4)], 1)
    assert told["said"].startswith("US puts in place 4 instead of 2")
    assert told["says"][0].startswith("US puts in place 4 instead of 1")
    assert revise(bench, CUBA, us, also=[moved("US", 2, 1)])["changes"] == []
    turned = {"change": "reverse statement", "dm": "US", "place": 1}
    assert revise(bench, CUBA, [turned], also=[turned])["changes"] == []
    rule = {"change": "add rule", "place": 1, "never": "AirStrike", "says": None}
    assert revise(bench, CUBA, [rule], also=[{"change": "remove rule", "place": 1}])["changes"] == []
    assert len(revise(bench, CUBA, [rule], also=[{"change": "remove rule", "place": 2}])["changes"]) == 2
    way = {"change": "set direction", "option": "Escalate", "direction": "only_on"}
    told = revise(bench, CUBA, [way, *us], also=[{**way, "direction": "only_off"}])
    assert told["changes"] == [*us, {**way, "direction": "only_off"}]
    assert revise(bench, CUBA, [way, *us], also=[{**way, "direction": "both"}])["changes"] == us
    ranked = {"change": "place ranked state", "dm": "Local", "taken": ["Delay"], "to": 1, "tied": False}
    assert revise(bench, ELMIRA, [ranked], also=[{**ranked, "to": 2}])["changes"] == [{**ranked, "to": 2}]
    assert revise(bench, ELMIRA, [ranked], also=[{**ranked, "to": 4}])["changes"] == []
    quo = {"change": "set status quo", "taken": ["Delay", "Insist"]}
    assert revise(bench, ELMIRA, [quo, ranked], also=[{**quo, "taken": ["Delay"]}])["changes"] == [ranked]


def test_what_can_not_be_taken_back(bench: Served) -> None:
    assert bench.post("changes", {**CUBA, "changes": [moved("US", 1, 2)], "without": 2}).codes == ["U564"]
    assert bench.post("changes", {**CUBA, "without": 1}).codes == ["U564"]
    assert bench.post("changes", {**CUBA, "also": [moved("US", 1, 20)]}).codes == ["M130"]
    fund = {"change": "add option", "key": "Fund", "owners": ["US"]}
    way = {"change": "set direction", "option": "Fund", "direction": "only_on"}
    (problem,) = bench.post("changes", {**CUBA, "changes": [moved("US", 1, 2), fund, way], "without": 2}).data["diagnostics"]
    assert problem["element"] == "changes/3", "it is the third that can't be made without the second"
    assert problem["message"].startswith("change 3: ")
    tied = {"change": "place ranked state", "dm": "Local", "taken": ["Delay"], "to": 1, "tied": True}
    last = {"change": "place ranked state", "dm": "Local", "taken": ["Accept"], "to": 8, "tied": False}
    untied = {"change": "place ranked state", "dm": "Local", "taken": ["Delay"], "to": 8, "tied": False}
    found = bench.post("changes", {**ELMIRA, "changes": [tied, last, untied], "without": 2}).data
    assert found["changes"] == [tied, untied]


def test_a_change_is_taken_back_though_others_came_after(bench: Served) -> None:
    tried = [out("US", 1), moved("US", 1, 3), {"change": "reverse statement", "dm": "US", "place": 1}]
    told = revise(bench, CUBA, tried, without=1)
    assert told["changes"] == [moved("US", 2, 4), {"change": "reverse statement", "dm": "US", "place": 2}]
    assert told["said"].startswith("US no longer prefers: ")
    added = {"change": "add statement", "dm": "US", "place": 2, "when": "Blockade", "says": None}
    told = revise(bench, CUBA, [added, moved("US", 2, 1), out("US", 3)], without=1)
    assert told["changes"] == [out("US", 2)], "what was done to what is no longer added goes with it"


PLAIN = io.loads(MIXED, "m.yaml").conflict


def some_change(rng: Random, conflict: Conflict) -> dict[str, Any]:
    """A change of a list at random."""
    dm = rng.choice(["A", "C"])
    party = conflict.decision_maker(dm)
    sizes = {
        "statement": len(party.preference.statements()) if party.preference else 0,
        "red line": len(party.red_lines),
        "rule": len(conflict.rules),
    }
    what = rng.choice(["statement", "statement", "red line", "rule"])
    of = {} if what == "rule" else {"dm": dm}
    fresh = rng.choice(["x if y", "z and not x", "v or w", "not v", "x and w"])
    if sizes[what] == 0 or rng.random() < 0.3:
        said = "when" if what == "statement" else "never"
        return {"change": f"add {what}", **of, "place": rng.randint(1, sizes[what] + 1), said: fresh}
    place = rng.randint(1, sizes[what])
    kinds = ["remove", "move", "move", "reverse", "replace"] if what == "statement" else ["remove"]
    kind = rng.choice(kinds)
    more = {"to": rng.randint(1, sizes[what])} if kind == "move" else {"when": fresh} if kind == "replace" else {}
    return {"change": f"{kind} {what}", **of, "place": place, **more}


def contents(conflict: Conflict) -> list[list[str]]:
    """What the lists of a conflict say, in order."""
    parties = [conflict.decision_maker(key) for key in ("A", "C")]
    said = [[written(one.when) for one in party.preference.statements()] if party.preference else [] for party in parties]
    lines = [[written(line.never) for line in party.red_lines] for party in parties]
    return [*said, *lines, [repr(rule) for rule in conflict.rules]]


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_changes_at_random_joined_and_taken_back(seed: int) -> None:
    """Joining changes nothing of what comes of them; what is taken back last is as if it had never been."""
    rng = Random(seed)
    made: list[Change] = []
    kept: tuple[Change, ...] = ()
    now = PLAIN
    for _ in range(rng.randint(1, 7)):
        (change,) = parsed(some_change(rng, now))
        made.append(change)
        kept = joined(lambda changes: changed(PLAIN, changes)[0], kept, change)
        now = changed(PLAIN, made)[0]
        assert contents(changed(PLAIN, kept)[0]) == contents(now)
        assert len(kept) <= len(made)
    assert contents(changed(PLAIN, without(PLAIN, made, len(made)))[0]) == contents(changed(PLAIN, made[:-1])[0])
    number = rng.randint(1, len(made))
    left = changed(PLAIN, without(PLAIN, made, number))[0]
    assert contents(left) == plainly(made, number)


def plainly(changes: list[Change], number: int) -> list[list[str]]:
    """What lists say without one of some changes, told with items that know who they are.

    Two lists are kept of each kind: as it is with all changes, and as it is without the one.
    """
    whole = {key: [(place, word) for place, word in enumerate(words)] for key, words in zip(KEYS, contents(PLAIN), strict=True)}
    kept = {key: list(items) for key, items in whole.items()}
    for at, change in enumerate(changes, 1):
        said = change.model_dump()
        does, what = said["change"].split(" ", 1)
        key = (what, said.get("dm"))
        old = whole[key]
        place = said["place"] - 1
        if does == "add":
            item = (-at, word_of(said))
            old.insert(place, item)
            if at != number:
                behind(kept[key], old, item)
            continue
        item = old[place]
        if does in ("reverse", "replace"):
            new = (item[0], turned(item[1]) if does == "reverse" else word_of(said))
            old[place] = new
            if at != number:
                kept[key][:] = [
                    (one[0], turned(one[1]) if does == "reverse" else new[1]) if one[0] == item[0] else one for one in kept[key]
                ]
            continue
        old.remove(item)
        mine = next((one for one in kept[key] if one[0] == item[0]), None)
        if does == "move":
            old.insert(said["to"] - 1, item)
        if at != number and mine is not None:
            kept[key].remove(mine)
            if does == "move":
                behind(kept[key], old, mine)
    return [[word for _, word in kept[key]] for key in KEYS]


KEYS = [("statement", "A"), ("statement", "C"), ("red line", "A"), ("red line", "C"), ("rule", None)]


def behind(kept: list[tuple[int, str]], old: list[tuple[int, str]], item: tuple[int, str]) -> None:
    """Put an item behind what it stands behind, of what is there."""
    names = [one[0] for one in old]
    there = [one[0] for one in kept]
    before = [name for name in names[: names.index(item[0])] if name in there]
    kept.insert(there.index(before[-1]) + 1 if before else 0, item)


def word_of(said: dict[str, Any]) -> str:
    """What an added or replaced item says."""
    text = said.get("when") or said["never"]
    rule = changed(PLAIN, parsed({"change": "add rule", "place": 1, "never": text}))[0].rules[0]
    assert isinstance(rule, Infeasible)
    return repr(rule) if said["change"].endswith("rule") else written(rule.when)


def turned(word: str) -> str:
    """The contrary of a statement."""
    rule = changed(
        PLAIN,
        parsed(
            {"change": "replace statement", "dm": "C", "place": 1, "when": word}, {"change": "reverse statement", "dm": "C", "place": 1}
        ),
    )[0]
    return contents(rule)[1][0]


# -- kept -----------------------------------------------------------------------------------------------------------------
def test_kept_as_a_file_with_a_title(bench: Served) -> None:
    tried = [moved("US", 1, 2)]
    told = bench.post("text", {**CUBA, "changes": tried, "title": "Another order"}).data
    kept = io.loads(told["text"], "b.yaml").conflict
    assert kept == replace(changed(cases.load("cuban-missile-crisis"), parsed(*tried))[0], title="Another order")
    assert "viewpoint" not in told
    assert bench.post("text", {**CUBA, "changes": tried}).data["text"] != told["text"]
    assert bench.post("text", {**CUBA, "title": ""}).codes == ["U544"]


@pytest.mark.parametrize("seen", [None, "first"])
def test_kept_as_a_viewpoint(bench: Served, seen: str | None) -> None:
    conflict = io.loads(TALKS["text"], "talks.yaml").conflict
    view = None if seen is None else conflict.viewpoints[0].key
    tried = [
        moved("Hamas", 9, 1),
        {"change": "remove red line", "dm": "Israel", "place": 1},
        {"change": "reverse statement", "dm": "Israel", "place": 2},
    ]
    asked = {**TALKS, "viewpoint": view, "changes": tried}
    told = bench.post("text", {**asked, "keep_as": {"name": "As Ärger has it!", "whose": "a commentator"}}).data
    kept = io.loads(told["text"], "talks.yaml").conflict
    assert told["viewpoint"] == "as-rger-has-it"
    *others, last = kept.viewpoints
    assert (tuple(others), replace(kept, viewpoints=conflict.viewpoints)) == (conflict.viewpoints, conflict)
    assert (last.key, last.name, last.whose, last.held_by, last.says) == (
        told["viewpoint"], "As Ärger has it!", "a commentator", (), " ".join(told["changes"]),
    )  # fmt: skip
    start = conflict if view is None else seen_from(conflict, view)
    wanted = changed(start, parsed(*tried))[0]
    shown = seen_from(kept, last.key)
    assert shown.decision_makers == wanted.decision_makers
    assert bench.post("changing", {**TALKS, "text": told["text"], "viewpoint": last.key, "under": "Nash"}).data["same"]
    again = bench.post("text", {**asked, "text": told["text"], "keep_as": {"name": "As rger has it"}}).data
    assert again["viewpoint"] == "as-rger-has-it-2"
    assert bench.post("text", {**asked, "keep_as": {"name": "n", "key": conflict.viewpoints[0].key}}).codes == ["M132"]


def test_what_no_viewpoint_can_say(bench: Served) -> None:
    tried = [moved("US", 1, 2), {"change": "remove rule", "place": 1}]
    found = bench.post("text", {**CUBA, "changes": tried, "keep_as": {"name": "n"}})
    assert found.codes == ["U565"]
    assert found.data["diagnostics"][0]["message"].startswith("a viewpoint can't say change 2: Rule 1 is taken away")
    joint = {"change": "set joint", "place": 1, "joint": True}
    assert bench.post("text", {**ELMIRA, "changes": [joint], "keep_as": {"name": "n"}}).codes == ["U565"]
    fund = {"change": "add option", "key": "Fund", "owners": ["NK"]}  # a ranking then has states with it
    korea = asked("north-korea-2017-bloodthirsty", changes=[fund], keep_as={"name": "n"})
    assert bench.post("text", korea).codes == ["U565"]
    nothing = bench.post("text", {**CUBA, "keep_as": {"name": "水"}}).data
    assert nothing["viewpoint"] == "水"
    assert (
        seen_from(io.loads(nothing["text"], "cuba.yaml").conflict, "水").decision_makers
        == cases.load("cuban-missile-crisis").decision_makers
    )


def test_a_condition_that_can_not_be_read_is_told(bench: Served) -> None:
    for when in ("x and", "x ) y", "nothing"):
        rule = {"change": "add rule", "place": 1, "never": when}
        found = bench.post("changes", {"name": "m.yaml", "text": MIXED, "changes": [moved("A", 1, 2)], "also": [rule]})
        assert found.status == 422
        assert {one["element"] for one in found.data["diagnostics"]} == {"changes/2"}


def test_a_change_without_its_place_is_told() -> None:
    with pytest.raises(EditError, match="change 2: there is no rule number 9"):
        changed(PLAIN, parsed({"change": "remove rule", "place": 1}, {"change": "remove rule", "place": 9}))
