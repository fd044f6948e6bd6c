"""Ways out, conclusions and doubts, against their definitions written out on the naive statement of the model."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.conclusions import WaysOut, ways_out, weigh
from detente.analysis.doubts import answers_about, doubts
from detente.cases import load
from detente.model.conflict import Conflict
from detente.model.edit import Edit, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement
from detente.model.formula import Formula, holds
from detente.model.question import Conclusion
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict, random_formula
from tests.definitions.adapter import plain_model
from tests.definitions.bargain import better_for_all
from tests.definitions.behaviour import Profile
from tests.definitions.behaviour import holds as plain_holds
from tests.definitions.plain import PlainModel
from tests.definitions.together import coalition_improvements, groups, joint_moves

SEEDS = range(60)
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")


class Side:
    """A random conflict on both sides: the program's space, and the naive model, with a start and a profile."""

    def __init__(self, seed: int) -> None:
        draw = Random(seed)
        self.conflict = random_conflict(draw, Shape(most_options=4, most_states=12))
        self.space = StateSpace(self.conflict)
        self.profile = {dm.key: draw.choice(KEYS) for dm in self.conflict.decision_makers}
        self.start = draw.choice(list(self.space.states.each()))
        self.condition = random_formula(draw, [option.key for option in self.conflict.options])
        self.then = random_formula(draw, [option.key for option in self.conflict.options])
        self.plain = plain_model(self.conflict)

    def ways(self) -> WaysOut:
        return ways_out(self.space, self.start, self.profile)

    def meets(self, formula: Formula, number: int) -> bool:
        state = self.space.state(number)
        index = self.conflict.option_index
        return holds(formula, lambda option: bool(state >> index[option] & 1))

    def out(self) -> set[int]:
        return plain_out(self.plain, self.profile, self.space.number(self.start))


def plain_out(model: PlainModel, profile: Profile, s: int) -> set[int]:
    """Every state that holds and that some group can bring about and prefers."""
    return {t for group in groups(model) for t in coalition_improvements(model, group, s) if plain_holds(model, profile, t)}


@pytest.mark.parametrize("seed", SEEDS)
def test_ways_out_are_what_groups_can_bring_about_and_what_holds(seed: int) -> None:
    side = Side(seed)
    ways = side.ways()
    expected = side.out()
    assert {side.space.number(state) for state in ways.out.each()} == expected
    assert ways.stuck == plain_holds(side.plain, side.profile, side.space.number(side.start))
    assert {side.space.number(s) for s in ways.better.each()} == better_for_all(side.plain, side.space.number(side.start))
    for state in ways.out.each():
        lever = ways.lever(state)
        assert refusal(side.space, lever.claim) is None
        assert lever.claim.holds
        smaller = [g for g in groups(side.plain) if len(g) < len(lever.by)]
        assert not any(side.space.number(state) in coalition_improvements(side.plain, g, side.space.number(side.start)) for g in smaller)


@pytest.mark.parametrize("seed", SEEDS)
def test_ends_only_if(seed: int) -> None:
    side = Side(seed)
    found = weigh(side.ways(), Conclusion("ends only if", "so it is said", condition=side.condition), None)
    lacking = {t for t in side.out() if not side.meets(side.condition, t)}
    assert found.against is not None
    assert {side.space.number(state) for state in found.against.each()} == lacking
    assert found.result == ("differs" if lacking else "agrees" if side.out() else "open")
    if found.example is not None:
        assert refusal(side.space, found.example.claim) is None
        assert side.space.number(found.example.claim.to) in lacking


@pytest.mark.parametrize("seed", SEEDS)
def test_where(seed: int) -> None:
    side = Side(seed)
    found = weigh(side.ways(), Conclusion("where", "so it is said", condition=side.condition, then=side.then), None)
    every = {s for s in side.plain.numbers if side.meets(side.condition, s)}
    held = {s for s in every if plain_holds(side.plain, side.profile, s)}
    if held:
        assert found.result == ("agrees" if all(side.meets(side.then, s) for s in held) else "differs")
        return
    lacking = {s for s in every if not side.meets(side.then, s)}
    followed = {
        s
        for s in lacking
        if any(
            t in every and side.meets(side.then, t) and side.plain.better(i, t, s)
            for i in side.plain.decision_makers
            for t in side.plain.moves(i, s)
        )
    }
    assert found.followed is not None
    assert {side.space.number(state) for state in found.followed.each()} == followed
    expected = "open" if not every or (followed and followed != lacking) else "agrees" if followed == lacking else "differs"
    assert found.result == expected


def test_turns_on() -> None:
    conflict = load("elmira")
    space = StateSpace(conflict)
    ways = ways_out(space, space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"))
    moe, both = (Conclusion("turns on", "it is up to them", parties=parties) for parties in (("MoE",), ("MoE", "Uniroyal")))
    assert ways.needed == ("MoE", "Uniroyal")
    assert weigh(ways, moe, {"MoE": 1, "Uniroyal": None, "Local": None}).result == "differs"
    assert weigh(ways, both, {"MoE": 1, "Uniroyal": None, "Local": None}).result == "agrees"
    assert weigh(ways, both, {"MoE": 1, "Uniroyal": None, "Local": 2}).result == "differs"
    assert weigh(ways, both, None).result == "open"


def test_stuck_and_what_is_left_out() -> None:
    conflict = load("elmira")
    space = StateSpace(conflict)
    profile = dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")
    for number, held in ((1, False), (5, True)):
        ways = ways_out(space, space.state(number), profile)
        assert weigh(ways, Conclusion("stuck", "it is stuck", stuck=True), None).result == ("agrees" if held else "differs")
        assert weigh(ways, Conclusion("stuck", "it is not stuck", stuck=False), None).result == ("differs" if held else "agrees")
        assert weigh(ways, Conclusion("outside", "it will rain", outside="it has no weather"), None).result == "outside"


def plain_answers(conflict: Conflict, start: int, profile: Profile, condition: Formula) -> tuple[bool, bool, bool, bool]:
    """The main answers, by definition; `start` is a combination."""
    space, model = StateSpace(conflict), plain_model(conflict)
    number = space.number(start)
    better = better_for_all(model, number)
    near = {t for t in better & joint_moves(model, tuple(model.decision_makers), number) if plain_holds(model, profile, t)}
    index = conflict.option_index

    def meets(t: int) -> bool:
        return holds(condition, lambda option: bool(space.state(t) >> index[option] & 1))

    without = {t for t in near if not meets(t)}
    return plain_holds(model, profile, number), bool(better), bool(near), bool(without)


@pytest.mark.parametrize("seed", range(25))
def test_doubts_try_every_element_alone(seed: int) -> None:
    side = Side(1000 + seed)
    conflict = side.conflict
    found = doubts(conflict, side.start, side.profile, side.condition)
    now = answers_about(side.space, side.start, side.profile, side.condition)
    assert found.now == now
    assert (now.stuck, now.better, now.holding, now.without) == plain_answers(conflict, side.start, side.profile, side.condition)
    for doubt in found.tried:
        match doubt.element.split("/"):
            case ["decision makers", key, "prefers", place]:
                edit: Edit = RemoveStatement(key, int(place)) if doubt.change == "left out" else ReverseStatement(key, int(place))
            case ["decision makers", key, "red lines", place]:
                edit = RemoveRedLine(key, int(place))
            case ["rules", place]:
                edit = RemoveRule(int(place))
            case _:
                pytest.fail(doubt.element)
        changed = edit.apply(conflict)
        assert doubt.answers is not None
        got = (doubt.answers.stuck, doubt.answers.better, doubt.answers.holding, doubt.answers.without)
        assert got == plain_answers(changed, side.start, side.profile, side.condition), doubt


def test_doubts_stop_when_there_is_enough() -> None:
    conflict = load("euphrates-1975")
    space = StateSpace(conflict)
    stopped = doubts(conflict, space.state(1), {"Syria": "SEQ", "Iraq": "SEQ"}, enough=lambda: True)
    assert (stopped.tried, stopped.complete) == ((), False)
