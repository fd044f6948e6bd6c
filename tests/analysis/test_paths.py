"""Status-quo analysis and shortest ways, held against the naive definitions, and on a million states."""

from __future__ import annotations

from random import Random
from typing import get_args

import pytest

from detente.analysis import images as images_module
from detente.analysis import path as path_module
from detente.analysis.certificate import Checker, Kind
from detente.analysis.images import Images
from detente.analysis.path import shortest
from detente.analysis.reach import reach, turns_matter
from detente.errors import LimitError
from detente.explain.routes import path
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Taken
from detente.model.preference import Statement
from detente.preference.order import Comparison
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from detente.testing.models import Shape
from detente.testing.models import random_conflict as random_model
from tests.certificates.conflicts import elmira, plain_model, random_conflict
from tests.conformance.seeds import FIXED, fresh
from tests.definitions import paths
from tests.definitions.adapter import plain_model as all_in_all
from tests.definitions.sequences import reachable

KINDS: tuple[Kind, ...] = get_args(Kind)


def million() -> StateSpace:
    """2**20 states of four decision makers; everybody wants their own options taken, the first most."""
    keys = [f"o{place}" for place in range(20)]
    wants = {dm: OptionPrioritization(tuple(Statement(Taken(keys[5 * i + k])) for k in range(5))) for i, dm in enumerate("ABCD")}
    options = tuple(Option(key, key, ("ABCD"[place // 5],)) for place, key in enumerate(keys))
    return StateSpace(Conflict("million", tuple(DecisionMaker(dm, dm, wants[dm]) for dm in "ABCD"), options))


@pytest.mark.parametrize("block", range(4))
def test_images_are_the_moves_of_every_member(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        random, space = Random(seed), StateSpace(random_conflict(Random(seed)))
        images, checker, states = Images(space), Checker(space), list(space.states.each())
        chosen = random.sample(states, random.randint(1, len(states)))
        bits = space.set_of(*chosen).bits
        among = space.set_of(*random.sample(states, random.randint(1, len(states)))).bits
        for dm in images.orders:
            for kind in KINDS:
                wanted = space.set_of(*(t for s in chosen for t in checker.moves(dm, s, kind))).bits
                assert images.better(dm, bits, kind) == wanted
                assert images.better(dm, bits, kind, among) == wanted & among
            sources = space.set_of(*(s for s in states if set(checker.moves(dm, s)) & set(chosen))).bits
            assert images.image(dm, bits, backward=True) == sources


@pytest.mark.parametrize("block", range(4))
def test_status_quo_analysis_is_the_definition(block: int) -> None:
    for seed in range(block * 30, block * 30 + 30):
        conflict = random_conflict(Random(seed))
        space, plain = StateSpace(conflict), plain_model(conflict)
        start = space.status_quo
        assert start is not None
        for kind in KINDS:
            found = reach(space, start, kind)
            assert Checker(space).check_reached(start, found.movers, kind, found.pairs()) is None
            assert found.states.count + found.unreached.count + (start not in found.states) == space.states.count
            if kind == "no loss":
                continue
            for h in range(min(found.length + 2, 6)):
                naive = paths.status_quo(plain, space.number(start), h, kind == "improving")
                assert {dm: {space.number(s) for s in found.v(dm, h).each()} for dm in found.movers} == naive


@pytest.mark.parametrize("block", range(4))
def test_shortest_ways_are_those_of_the_definition(block: int) -> None:
    for seed in range(block * 30, block * 30 + 30):
        conflict, random = random_conflict(Random(seed)), Random(seed)
        space, plain = StateSpace(conflict), plain_model(conflict)
        states = list(space.states.each())
        start = random.choice(states)
        for goal in random.sample(states, min(4, len(states))):
            for kind in KINDS[:2]:
                naive = paths.shortest_paths(plain, space.number(start), space.number(goal), kind == "improving")
                found = shortest(space, start, goal, kind, listed=10**6)
                listed = [tuple((leg.mover, space.number(leg.to)) for leg in way.legs) for way in found.routes]
                assert (set(listed), len(listed), found.count) == (naive, len(naive), len(naive))
                assert found.steps == (len(listed[0]) if naive else None)
                if found.steps:
                    groups = {dm: [other for other in plain.decision_makers if other != dm] for dm in plain.decision_makers}
                    lost = {
                        dm
                        for dm in groups
                        if space.number(goal) not in reachable(plain, groups[dm], space.number(start), kind == "improving")
                    }
                    assert set(found.needed) == lost
                way = found.reach.way(goal)
                assert (way is None) == (not naive)
                assert way is None or tuple((leg.mover, space.number(leg.to)) for leg in way.legs) in naive


@pytest.mark.parametrize("seed", [FIXED, None])
def test_that_nobody_moves_twice_in_a_row_is_said_where_it_makes_a_difference(seed: int | None) -> None:
    """With merged states or bans two moves of one party need not be one: then no sequence leads there only as sequences are meant."""
    random, farther = Random(fresh() if seed is None else seed), 0
    for _ in range(60):
        conflict = random_model(random, Shape(most_decision_makers=3, most_options=4, most_states=16, merged=0.5))
        space, plain = StateSpace(conflict), all_in_all(conflict)
        for start in space.states.each():
            kind: Kind = random.choice(KINDS[:2])
            found, freely = reach(space, start, kind), paths.distances(plain, space.number(start), kind == "improving")
            legally = {space.number(state): found.distance(state) for state in (start, *found.states.each())}
            assert turns_matter(found) == (legally != freely)
            for goal in random.choices(list(space.states.each()), k=2):
                told = path(routes := shortest(space, start, goal, kind)).verdict.text
                if routes.steps != freely.get(space.number(goal)):
                    assert ", nobody moving twice in a row" in told
                    farther += 1
    assert farther or seed is None


def test_no_loss_lies_between_moves_and_improvements() -> None:
    for seed in range(100):
        space = StateSpace(random_conflict(Random(seed)))
        start = space.states.first(1)[0]
        improving, no_loss, moves = (reach(space, start, kind).states for kind in ("improving", "no loss", "any"))
        assert not improving - no_loss
        assert not no_loss - moves


def test_the_published_table_of_elmira() -> None:
    space = StateSpace(elmira())
    found = reach(space, space.state(1), "improving")
    assert [(space.number(row.state), row.distance, row.movers) for row in found.rows()] == [(5, 1, (("Local",),))]
    moves = reach(space, space.state(1))
    assert moves.unreached.count == 0
    assert moves.lengths(space.state(9)) == {"Uniroyal": 1}
    assert moves.distance(space.state(8)) == 3
    assert [space.number(row.state) for row in moves.rows()] == [2, 3, 5, 9, 4, 6, 7, 8]
    assert moves.v("MoE", 0).count == 0


def test_a_way_and_what_its_movers_make_of_it() -> None:
    space = StateSpace(elmira())
    found = shortest(space, space.state(5), space.state(8))
    assert (found.steps, found.count) == (2, 2)
    way = found.routes[0]
    assert [(leg.mover, space.number(leg.start), space.number(leg.to)) for leg in way.legs] == [("MoE", 5, 6), ("Uniroyal", 6, 8)]
    assert [leg.mover for leg in way.regretted] == ["MoE"]
    assert way.regretted_at_end == ()
    assert way.movers == ("MoE", "Uniroyal")
    assert list(found.needed) == ["MoE", "Uniroyal"]
    assert way.outcome == {"MoE": Comparison.BETTER, "Uniroyal": Comparison.BETTER, "Local": Comparison.WORSE}
    assert shortest(space, space.state(5), space.state(8), "improving").steps is None


def test_only_those_may_move_who_are_asked() -> None:
    space = StateSpace(elmira())
    found = reach(space, space.state(1), movers=["Local", "MoE"])
    assert found.movers == ("MoE", "Local")
    assert [space.number(s) for s in found.states.each()] == [2, 5, 6]
    alone = reach(space, space.state(1), movers=["Uniroyal"])
    assert [space.number(s) for s in alone.states.each()] == [3, 9]


def test_a_way_that_ends_where_it_begins() -> None:
    space = StateSpace(elmira())
    here = shortest(space, space.state(1), space.state(1))
    assert (here.steps, here.count, here.routes[0].legs, here.routes[0].end) == (0, 1, (), space.state(1))
    assert reach(space, space.state(1)).way(space.state(1), last="Local") is None
    nothing = reach(space, space.state(1)).way(space.state(1))
    assert nothing is not None
    assert nothing.legs == ()
    assert reach(space, space.state(9)).way(space.state(1)) is None


def test_a_way_back() -> None:
    deciders = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    space = StateSpace(Conflict("two", deciders, (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    way = reach(space, 0).way(0, last="B")
    assert way is not None
    assert [(leg.mover, leg.to) for leg in way.legs] == [("A", 1), ("B", 3), ("A", 2), ("B", 0)]


def test_any_state_of_a_set_will_do() -> None:
    space = StateSpace(elmira())
    found = shortest(space, space.state(1), space.set_of(space.state(8), space.state(5)))
    assert [[space.number(leg.to) for leg in way.legs] for way in found.routes] == [[5]]


def test_a_million_states() -> None:
    space = million()
    top = (1 << 20) - 1
    for kind in ("any", "improving"):
        found = shortest(space, 0, top, kind)
        assert (found.steps, found.count, len(found.routes)) == (4, 24, 3)
    back = shortest(space, top, 0, "improving")
    assert (back.steps, back.reach.states.count, back.reach.complete) == (None, 0, True)
    assert reach(space, 0).unreached.count == 0


def test_ways_over_too_many_states_are_listed_but_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_module, "MAX_COUNTED", 1)
    space = StateSpace(elmira())
    found = shortest(space, space.state(5), space.state(8))
    assert (found.count, len(found.routes)) == (None, 2)


def test_too_many_groups_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images_module, "MAX_IMAGES", 2)
    space = StateSpace(elmira())
    with pytest.raises(LimitError, match="more than 2 groups") as refused:
        Images(space).better("Local", space.states.bits, "improving")
    assert refused.value.diagnostics[0].code == "S304"


def test_where_it_is_too_much_to_look_it_is_said_that_nobody_moves_twice_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(elmira())
    found = reach(space, space.state(1), "improving")
    assert not turns_matter(found)

    def refused(*_: object) -> int:
        raise LimitError.of("S304", "too many groups of states")

    monkeypatch.setattr(Images, "better", refused)
    assert turns_matter(found)
