"""What changes do, against published values and by hand: minimal sets, edits of statements, pressure, burdens."""

from itertools import pairwise

from tests.definitions.behaviour import everybody
from tests.definitions.drafts import Draft, label
from tests.definitions.edits import Listed, Way, had_by_edits, one_edit, reversed_statement, sort_keys
from tests.definitions.inverse import (
    Verdicts,
    cheapest,
    lighter,
    minimal_burdens,
    minimal_changes,
    one_alone_is_reached,
    one_holds,
    one_is_reached,
    start_breaks,
)
from tests.definitions.minimal import minimal_sets
from tests.definitions.orders import levels
from tests.definitions.phases import closest, partitions
from tests.definitions.plain import PlainModel
from tests.definitions.pressure import left_by
from tests.definitions.published import EUPHRATES_STATEMENTS, dilemma, elmira, euphrates, pattern
from tests.definitions.red_lines import emptying, restoring

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")


def by_label(model: PlainModel, number: int) -> int:
    """The state with a label."""
    return next(state.number for state in model.states if label(state.combination) == number)


def labels(model: PlainModel, states: set[int]) -> set[int]:
    return {label(model.state(s).combination) for s in states}


def test_minimal_sets() -> None:
    assert minimal_sets("abc", lambda chosen: "a" in chosen or {"b", "c"} <= chosen) == {frozenset("a"), frozenset("bc")}
    assert minimal_sets("ab", lambda chosen: True) == {frozenset()}
    assert minimal_sets("ab", lambda chosen: False) == set()


def test_red_lines_that_empty_what_all_prefer() -> None:
    """Both prefer 2 and 3 to 1; A's lines are crossed by 2 and by 3, B's by both."""
    model = Draft((("A", "both"), ("B", "both")), (0, 1, 2), {"A": (0, 1, 2), "B": (0, 1, 2)}).build()
    lines = [("A", frozenset({2})), ("A", frozenset({3})), ("B", frozenset({2, 3}))]
    assert emptying(model, model.keys, lines, 1, {1, 2, 3}) == {frozenset({0, 1}), frozenset({2})}
    assert restoring(model, model.keys, lines, 1, {1, 2, 3}) == {frozenset({0, 2}), frozenset({1, 2})}
    assert emptying(model, model.keys, lines, 1, {2}) == {frozenset({0}), frozenset({2})}


def test_edits_of_statements() -> None:
    listed: Listed = (("a", False), ("b", False), ("c", False))
    a, b, c = listed
    once = set(one_edit(listed, ["d"]))
    assert (("c", "up"), 2, (c, a, b)) in once
    assert (("b", "up"), 1, (b, a, c)) in once
    assert (("a", "down"), 2, (b, c, a)) in once
    assert (("b", "drop"), 1, (a, c)) in once
    assert (("b", "reverse"), 1, (a, ("b", True), c)) in once
    assert (("d", "add"), 1, (a, ("d", False), b, c)) in once
    assert len(once) == 4 + 3 + 3 + 4  # a move down by one is the neighbour's move up
    found = had_by_edits(listed, 2)
    assert found[listed] == Way(0, 0, {frozenset()})
    assert found[(c, a, b)] == Way(1, 2, {frozenset({("c", "up")})})
    assert found[(c, b, a)].edits == 2
    assert {len(what) for what in found[(c, b, a)].whats} == {2}
    assert found[(c, b, a)].size == 3


def test_twice_the_same_edit() -> None:
    """Reversed back: the list is had by no edit."""
    assert had_by_edits((("a", False),), 2)[(("a", False),)].edits == 0


def test_statements_after_red_lines() -> None:
    model = euphrates()
    syria = sort_keys(model, tuple(EUPHRATES_STATEMENTS["Syria"]))
    assert levels(syria) == levels(model.keys["Syria"])
    crossing = sort_keys(model, tuple(EUPHRATES_STATEMENTS["Syria"]), [frozenset({1})])
    assert min(crossing, key=crossing.__getitem__) == 1


def test_pressure_for_release() -> None:
    """Releasing water rises through Syria's priorities: the war at 6 gives way at the first place at which 2 or 5 passes it."""
    model = euphrates()
    listed = tuple(EUPHRATES_STATEMENTS["Syria"])
    left = left_by(model, everybody(model, "SEQ"), 6, "Syria", listed, pattern("Y", "-", "-"))
    assert len(left) == 5
    assert left[0] == set()
    assert left[-1] == {"Syria"}
    assert all(before <= after for before, after in pairwise(left))


def test_the_closest_combinations_of_two_states() -> None:
    """To abandon from where the order is modified changes least from delaying or accepting: two options of it."""
    pairs = closest(elmira(), 2, 9)
    assert {a for a, _ in pairs} == {(True, True, False, False, False)}
    assert {b for _, b in pairs} == {(True, False, False, True, False)}


def test_the_opposite_of_a_statement() -> None:
    assert reversed_statement(("not", "a")) == "a"
    assert reversed_statement("a") == ("not", "a")


def test_partitions() -> None:
    assert [len(list(partitions(frozenset("abcd"[:size])))) for size in range(5)] == [1, 1, 3, 13, 75]


def test_reaching_costs_at_least_holding() -> None:
    model = dilemma()
    verdicts = Verdicts(model, everybody(model, "Nash"))
    held, reached = cheapest(verdicts, one_holds({1})), cheapest(verdicts, one_is_reached(4, {1}))
    alone_reached = cheapest(verdicts, one_alone_is_reached(4, {1}))
    assert held is not None
    assert reached is not None
    assert alone_reached is not None
    assert (held[0], reached[0]) == (2, 2)
    assert held[0] <= reached[0] <= alone_reached[0]


def test_all_minimal_changes_that_break_the_dilemma() -> None:
    """Either turns round its preference for 4 over the state that it can move to, with what transitivity then asks."""
    model = dilemma()
    verdicts = Verdicts(model, everybody(model, "Nash"))
    found = minimal_changes(verdicts, start_breaks(4))
    assert {frozenset({i for i, *_ in one}) for one in found} == {frozenset({"Row"}), frozenset({"Column"})}
    least = cheapest(verdicts, start_breaks(4))
    assert least is not None
    assert least[0] == min(map(len, found)) == 1


def test_the_lightest_burdens_that_break_the_dilemma() -> None:
    """One pair of either; what both could do together is heavier than what one does alone."""
    model = dilemma()
    verdicts = Verdicts(model, everybody(model, "Nash"))
    assert minimal_burdens(verdicts, {0: start_breaks(4)}) == {((1, 0), 0), ((0, 1), 0)}
    assert lighter((0, 1), (1, 1))
    assert not lighter((0, 1), (1, 0))


def test_pairs_that_are_kept() -> None:
    model = dilemma()
    verdicts = Verdicts(model, everybody(model, "Nash"))
    free = cheapest(verdicts, start_breaks(4), weights={"Row": 5})
    assert cheapest(verdicts, start_breaks(4), kept={"Row": {(3, 4)}}) == free
    assert free is not None
    assert free[0] == 1
    assert cheapest(verdicts, start_breaks(4), kept={"Row": {(3, 4)}, "Column": {(2, 4)}}) is None
