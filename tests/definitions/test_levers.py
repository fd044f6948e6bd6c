"""The second statement of deadlocks and levers, against published conflicts and cases made to decide one point each."""

import pytest

from tests.definitions.bargain import alone, better_for_all, by_improvements, by_moves, jointly, within_reach, worse_for_none
from tests.definitions.behaviour import everybody, holds, leavers, unanswered
from tests.definitions.deadlock import attrition, commitment, coordination, fear, no_bargain, out_of_reach, spoilers, types
from tests.definitions.drafts import Draft, label
from tests.definitions.fear import sanction_cores
from tests.definitions.inverse import (
    Verdicts,
    cheapest,
    one_holds,
    orders_of,
    start_breaks,
)
from tests.definitions.orders import changed_pairs, compared, distance, keys, levels, strict_rankings, weak_orders
from tests.definitions.phases import failing, phase_orders
from tests.definitions.plain import PlainModel
from tests.definitions.published import dilemma, elmira, euphrates, north_korea, two_by_two
from tests.definitions.raising import cheapest_drop, cheapest_raise, lowered, past, raised
from tests.definitions.together import brought_about, coalition_improvements, equilibrium_jumps, groups, joint_moves

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")


def by_label(model: PlainModel, number: int) -> int:
    """The state with a label."""
    return next(state.number for state in model.states if label(state.combination) == number)


def labels(model: PlainModel, states: set[int]) -> set[int]:
    return {label(model.state(s).combination) for s in states}


class TestOrders:
    def test_how_many_there_are(self) -> None:
        assert [len(list(weak_orders(m))) for m in range(1, 6)] == [1, 3, 13, 75, 541]
        assert [len(list(strict_rankings(m))) for m in range(1, 5)] == [1, 2, 6, 24]

    def test_distance_is_kendalls_on_rankings(self) -> None:
        """Neighbours exchanged cost one, a ranking turned round all pairs."""
        assert distance((3, 2, 1, 0), (2, 3, 1, 0)) == 1
        assert distance((3, 2, 1, 0), (0, 1, 2, 3)) == 6
        assert distance((1, 0), (0, 0)) == distance((0, 0), (0, 1)) == distance((0, 1), (1, 0)) == 1
        assert changed_pairs((2, 1, 0), (1, 1, 0)) == {(1, 2)}

    def test_distance_is_a_metric(self) -> None:
        orders = list(weak_orders(3))
        for a in orders:
            for b in orders:
                assert (distance(a, b) == 0) == (a == b)
                assert distance(a, b) == distance(b, a)
                assert all(distance(a, c) <= distance(a, b) + distance(b, c) for c in orders)

    def test_levels_and_keys(self) -> None:
        assert levels({1: "b", 2: "a", 3: "b"}) == (1, 0, 1)
        assert keys((1, 0, 1)) == {1: 1, 2: 0, 3: 1}
        assert (compared((1, 0, 1), 1, 2), compared((1, 0, 1), 1, 3), compared((1, 0, 1), 2, 3)) == (1, 0, -1)

    def test_raising_and_dropping(self) -> None:
        order = (0, 0, 1, 2)
        assert raised(order, 1, 0) == (1, 0, 2, 3)
        assert raised(order, 1, 1) == (2, 0, 1, 3)
        assert lowered(order, 4, 1) == (0, 0, 2, 1)
        assert past(order, 1, 0, 1) == 2
        assert distance(order, raised(order, 1, 1)) == 2
        assert cheapest_raise(order, 1, lambda new: compared(new, 1, 3) > 0) == 2
        assert cheapest_raise(order, 1, lambda new: compared(new, 1, 3) < 0) == 0
        assert cheapest_drop(order, 4, lambda new: compared(new, 4, 2) < 0) == 3
        assert cheapest_drop(order, 4, lambda new: False) is None


class TestEuphrates:
    """Smallest changes after the notes of the case: target 2, one reversal for Syria under GMR, SMR and SEQ, three under Nash."""

    @pytest.mark.parametrize(("key", "cost"), [("Nash", 3), ("GMR", 1), ("SMR", 1), ("SEQ", 1)])
    def test_release_without_attack(self, key: str, cost: int) -> None:
        model = euphrates()
        verdicts = Verdicts(model, everybody(model, key))
        assert verdicts.stays("Iraq", 2, orders_of(model))
        found = cheapest(verdicts, one_holds({2}))
        assert found is not None
        assert found[0] == cost
        if cost == 1:
            assert {
                (*changed_pairs(levels(model.keys["Syria"]), syria), compared(syria, 2, 6), iraq == levels(model.keys["Iraq"]))
                for syria, iraq in found[1]
            } == {((2, 6), 1, True), ((2, 6), 0, True)}, "Syria prefers release to war, or has no preference between the two"

    @pytest.mark.parametrize(("key", "iraq"), [("Nash", 2), ("GMR", 0), ("SMR", 1), ("SEQ", 1)])
    def test_no_release_and_no_attack(self, key: str, iraq: int) -> None:
        """Target 1: Iraq must put it above 6, above 4 and 6 under Nash, nothing under GMR. Syria stays as it is."""
        model = euphrates()
        verdicts = Verdicts(model, everybody(model, key))
        assert verdicts.stays("Syria", 1, orders_of(model))
        found = cheapest(verdicts, one_holds({1}))
        assert found is not None
        assert found[0] == iraq

    @pytest.mark.parametrize("key", ["Nash", "SEQ"])
    def test_breaking_the_war(self, key: str) -> None:
        """Syria must drop 6 below 2 and 4, or Iraq below 1, 5 and 3."""
        model = euphrates()
        verdicts = Verdicts(model, everybody(model, key))
        assert verdicts.holds(6, orders_of(model))
        found = cheapest(verdicts, start_breaks(6))
        assert found is not None
        assert found[0] == 2
        assert all(iraq == levels(model.keys["Iraq"]) for _, iraq in found[1])
        order = levels(model.keys["Iraq"])
        assert cheapest_drop(order, 6, lambda new: not verdicts.stays("Iraq", 6, (orders_of(model)[0], new))) == 3

    def test_the_way_out_of_4(self) -> None:
        model = euphrates()
        assert coalition_improvements(model, ("Syria", "Iraq"), 4) == {2}


class TestElmira:
    """Coalition improvements after Kilgour, Hipel, Fang & Peng 2001: MoE and Uniroyal go from 5 to 8, and that is what happened."""

    @pytest.mark.parametrize(
        ("group", "improvements"),
        [
            (("MoE", "Uniroyal"), {(2, 4), (5, 8), (6, 8)}),
            (("MoE", "Local"), {(1, 5), (3, 7)}),
            (("Uniroyal", "Local"), {(2, 4), (2, 8), (6, 8)}),
            (("MoE", "Uniroyal", "Local"), {(2, 4), (2, 8), (6, 8)}),
        ],
    )
    def test_coalition_improvements(self, group: tuple[str, ...], improvements: set[tuple[int, int]]) -> None:
        model = elmira()
        assert {(s, t) for s in model.numbers for t in coalition_improvements(model, group, s)} == improvements

    @pytest.mark.parametrize("key", CONCEPTS)
    def test_5_is_a_deadlock_of_coordination(self, key: str) -> None:
        model = elmira()
        profile = everybody(model, key)
        assert holds(model, profile, 5)
        assert coordination(model, profile, 5) == {(("MoE", "Uniroyal"), 8)}
        assert (("MoE", "Uniroyal"), 5, 8) in equilibrium_jumps(model, profile)
        assert "D4" in types(model, profile, 5, bargain_if_dropped=False)

    def test_nobody_else_gains_at_8(self) -> None:
        """Local likes 8 less than 5, so that no state is better for everybody."""
        assert better_for_all(elmira(), 5) == set()
        assert no_bargain(elmira(), 5)

    def test_the_order_of_steps_from_5_to_8(self) -> None:
        """Uniroyal accepts and MoE modifies at once; either alone loses by it."""
        model = elmira()
        profile = everybody(model, "SEQ")
        start, end = model.state(5).combination, model.state(8).combination
        assert phase_orders(model, profile, start, end) == {(frozenset({"Modify", "Delay", "Accept"}),)}
        assert failing(model, profile, start, (frozenset({"Modify"}), frozenset({"Delay", "Accept"})), 8) == "gain"
        assert failing(model, profile, start, (frozenset({"Delay", "Accept"}), frozenset({"Modify"})), 8) == "gain"
        assert failing(model, profile, start, (frozenset({"Delay"}), frozenset({"Modify", "Accept"})), 8) == "infeasible"


class TestNorthKorea:
    def test_nothing_is_better_for_both_than_the_status_quo(self) -> None:
        model = north_korea("base", "both")
        quo = by_label(model, 0)
        assert holds(model, everybody(model, "Nash"), quo)
        assert better_for_all(model, quo) == set()
        assert types(model, everybody(model, "Nash"), quo, bargain_if_dropped=False) == ["D1"]

    def test_nuclear_war_is_a_trap(self) -> None:
        model = north_korea("base", "both")
        war = by_label(model, 5)
        assert labels(model, better_for_all(model, war)) == {0, 10, 12}
        assert not any(within_reach(model, war, x) for x in better_for_all(model, war))
        assert out_of_reach(model, war)
        assert "D3" in types(model, everybody(model, "SEQ"), war, bargain_if_dropped=False)

    def test_conventional_war_is_held_by_fear(self) -> None:
        """State 4 is stable under GMR and SMR, not under SEQ, and both improve by going to 0 or 10 together."""
        model = north_korea("base", "both")
        war = by_label(model, 4)
        assert fear(model, everybody(model, "SMR"), war) == {"US", "NK"} - {i for i in ("US", "NK") if not model.improvements(i, war)}
        assert fear(model, everybody(model, "SMR"), war) != set()
        assert not holds(model, everybody(model, "SEQ"), war)
        assert labels(model, coalition_improvements(model, ("US", "NK"), war)) == {0, 10}

    @pytest.mark.parametrize(("key", "price"), [("GMR", 3), ("SMR", 3), ("SEQ", 6), ("Nash", 6)])
    def test_what_disarming_would_take(self, key: str, price: int) -> None:
        model = north_korea("base", "both")
        verdicts = Verdicts(model, everybody(model, key))
        us, nk = orders_of(model)
        s = by_label(model, 8)
        assert cheapest_raise(nk, s, lambda new: verdicts.stays("NK", s, (us, new))) == price

    def test_what_breaks_the_status_quo(self) -> None:
        model = north_korea("base", "both")
        verdicts = Verdicts(model, everybody(model, "SEQ"))
        us, nk = orders_of(model)
        s = by_label(model, 0)
        assert cheapest_drop(nk, s, lambda new: not verdicts.stays("NK", s, (us, new))) == 2


class TestTwoByTwo:
    def test_the_dilemma_is_one_of_commitment_under_nash(self) -> None:
        model = dilemma()
        assert better_for_all(model, 4) == {1}
        assert jointly(model, 4, 1) == {("Row", "Column")}
        assert alone(model, 4, 1) == set()
        assert not by_improvements(model, 4, 1)
        assert by_moves(model, 4, 1)
        assert commitment(model, everybody(model, "Nash"), 4)
        assert types(model, everybody(model, "Nash"), 4, bargain_if_dropped=False) == ["D5"]

    def test_under_seq_it_is_one_of_coordination(self) -> None:
        """There 1 holds: whoever leaves it is answered."""
        assert types(dilemma(), everybody(dilemma(), "SEQ"), 4, bargain_if_dropped=False) == ["D4"]

    def test_the_cooperative_state_is_held_by_fear(self) -> None:
        model = dilemma()
        profile = everybody(model, "SEQ")
        assert holds(model, profile, 1)
        assert fear(model, profile, 1) == {"Row", "Column"}
        assert sanction_cores(model, profile, "Row", 1) == {frozenset({("Column", 2, 4)})}
        assert unanswered(model, profile, "Row", 1) == set()
        assert unanswered(model, everybody(model, "Nash"), "Row", 1) == {2}

    def test_where_every_first_step_is_a_gain_nobody_waits(self) -> None:
        """From the worst state of chicken, and of a conflict with a best one, no move is a concession."""
        assert attrition(two_by_two("33,24,42,11"), everybody(dilemma(), "SEQ"), 4) == set()

    def test_a_weak_gain(self) -> None:
        model = Draft((("A", "both"), ("B", "both")), (0, 1, 2, 3), {"A": (0, 1, 0, 0), "B": (0, 0, 1, 0)}).build()
        assert better_for_all(model, 1) == set()
        assert worse_for_none(model, 1) == {2, 3}


def waiting() -> PlainModel:
    """Two sides of whom each would have the other give up an option first: x and y together are the status quo.

    A yields by dropping x, B by dropping y; whoever was yielded to then takes z or w, which suits both, them more.
    """
    options = (("A", "both"), ("A", "both"), ("B", "both"), ("B", "both"))
    feasible = (0b0101, 0b0100, 0b0001, 0b1100, 0b0011)
    # in ascending order: 0001 (B yielded), 0011 (A takes z), 0100 (A yielded), 0101 (start), 1100 (B takes w)
    return Draft(options, feasible, {"A": (1, 4, 0, 2, 3), "B": (0, 3, 1, 2, 4)}).build()


def test_each_waits_for_the_other_to_yield() -> None:
    model = waiting()
    profile = everybody(model, "Nash")
    assert holds(model, profile, 4)
    assert ("A", "B", 2, 5) in attrition(model, profile, 4)
    assert "D9" in types(model, profile, 4, bargain_if_dropped=False)


def spoiled() -> PlainModel:
    """A and B gain by going to 3 together, and C then has a move to 6 that both dread."""
    options = (("A", "both"), ("B", "both"), ("C", "both"))
    return Draft(options, (0, 1, 2, 3, 7), {"A": (2, 1, 1, 3, 0), "B": (2, 1, 1, 3, 0), "C": (0, 0, 0, 0, 1)}).build()


def test_somebody_outside_spoils_it() -> None:
    model = spoiled()
    profile = everybody(model, "SEQ")
    assert holds(model, profile, 1)
    assert spoilers(model, profile, 1) == {(("A", "B"), 4, "C", 5)}
    assert types(model, profile, 1, bargain_if_dropped=False) == ["D5", "D7"]
    assert leavers(model, profile, 4) == {"C"}


def test_a_move_made_together_passes_where_nothing_can_stand() -> None:
    model = Draft((("A", "both"), ("B", "both"), ("C", "only_off")), (0, 3, 7), {"A": (0, 1, 2), "B": (0, 1, 2), "C": (0, 1, 0)}).build()
    assert joint_moves(model, ("A", "B"), 1) == {2}
    assert joint_moves(model, ("A", "B", "C"), 1) == {2}  # C can't take the third
    assert joint_moves(model, ("A", "B", "C"), 3) == {1, 2}
    assert brought_about(model, ("A",), 1) == set()
    assert coalition_improvements(model, ("A", "B"), 1) == {2}
    assert not by_moves(model, 1, 2)
    assert groups(model, least=2) == [("A", "B"), ("A", "C"), ("B", "C"), ("A", "B", "C")]
