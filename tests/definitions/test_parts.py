"""The parts on which the definitions rest: combinations, sequences, formulas, preferences, paths."""

import ast
from pathlib import Path
from random import Random

import pytest

from tests.definitions.drafts import Draft, label, random_draft
from tests.definitions.formulas import Formula, holds
from tests.definitions.paths import reached, shortest_paths, status_quo
from tests.definitions.plain import PlainModel
from tests.definitions.preferences import first_then, ranking, red_lines, statements, weights
from tests.definitions.published import elmira
from tests.definitions.sequences import last_movers, reachable, sequences

LONGEST = 5


def test_the_second_statement_knows_nothing_of_the_program() -> None:
    """Only the adapters may import it."""
    imported: set[str] = set()
    adapters = {Path(__file__).with_name(name) for name in ("adapter.py", "believing.py")}
    for path in set(Path(__file__).parent.glob("*.py")) - adapters:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
    assert "tests.definitions.plain" in imported
    assert not {name for name in imported if name.split(".")[0] == "detente"}


def test_combinations_ascend() -> None:
    model = Draft((("A", "both"), ("A", "both"), ("B", "both")), tuple(range(8)), {"A": (0,) * 8, "B": (0,) * 8}).build()
    assert [label(state.combination) for state in model.states] == list(range(8))
    assert list(model.state(2).combination.values()) == [True, False, False]


def test_directions_owners_and_what_is_not_perceived() -> None:
    options = (("A", "only_on"), ("B", "only_off"), ("AB", "both"), ("", "both"))
    draft = Draft(options, tuple(range(16)), {"A": (0,) * 16, "B": (0,) * 16}, hidden={"A": (4, 5)})
    model = draft.build()
    states = {label(state.combination): state.number for state in model.states}
    assert model.moves("A", states[0]) == {states[1]}
    assert model.moves("B", states[0]) == {states[4]}
    assert model.moves("A", states[4]) == set()
    assert model.moves("A", states[10]) == {states[11], states[14], states[15]}
    assert model.moves("B", states[10]) == {states[8], states[14], states[12]}


def test_merges_that_meet_are_one_state() -> None:
    model = PlainModel(
        options=[(name, ["A"], "both") for name in "xyz"],
        decision_makers=["A"],
        prefers={"A": weights({})},
        merges=[lambda c: label(c) in (0, 3), lambda c: label(c) in (3, 5), lambda c: label(c) in (1, 2)],
    )
    assert [[label(member) for member in state.members] for state in model.states] == [[1, 2], [4], [0, 3, 5], [6], [7]]


def test_moves_of_merged_states_are_those_of_a_member() -> None:
    model = Draft(
        options=(("A", "both"), ("B", "only_on")), feasible=(0, 1, 2, 3), merged=(1, 2), levels={"A": (0,) * 3, "B": (0,) * 3}
    ).build()
    assert [[label(member) for member in state.members] for state in model.states] == [[0], [1, 2], [3]]
    assert model.arcs == {"A": {(1, 2), (2, 1), (2, 3), (3, 2)}, "B": {(1, 2), (2, 3)}}


@pytest.mark.parametrize("improving", [False, True])
def test_the_inductive_reachable_list_is_what_enumerated_sequences_reach(improving: bool) -> None:
    """Wherever one step more finds no new (last mover, state), enumeration is complete and must give the same."""
    random = Random(21)
    complete = 0
    for _ in range(60):
        model = random_draft(random, least=2, most=4, size=7).build()
        for s in model.numbers:
            group = random.sample(model.decision_makers, random.randint(1, len(model.decision_makers)))
            ends = [{walk[-1] for walk in sequences(model, group, s, improving, n)} for n in (LONGEST - 1, LONGEST)]
            inductive = {(j, t) for t, movers in last_movers(model, group, s, improving).items() for j in movers}
            assert ends[-1] <= inductive
            if ends[0] == ends[1]:
                complete += 1
                assert ends[-1] == inductive
                assert {t for _, t in ends[-1]} == reachable(model, group, s, improving)
    assert complete > 150


def test_alone_a_group_reaches_its_own_moves() -> None:
    model = elmira()
    for i in model.decision_makers:
        for s in model.numbers:
            assert reachable(model, [i], s) == model.moves(i, s)
            assert reachable(model, [i], s, improving=True) == model.improvements(i, s)


TRUTH: list[tuple[Formula, list[bool]]] = [
    # over (a, b) = (yes, yes), (yes, no), (no, yes), (no, no)
    ("a", [True, True, False, False]),
    (("not", "a"), [False, False, True, True]),
    (("and", "a", "b"), [True, False, False, False]),
    (("or", "a", "b"), [True, True, True, False]),
    (("if", "a", "b"), [True, True, False, True]),
    (("iff", "a", "b"), [True, False, False, True]),
    (("and",), [True] * 4),
    (("or",), [False] * 4),
    (("and", "a", ("not", "b"), True), [False, True, False, False]),
    (("not", ("or", ("not", "a"), ("and", "b", False))), [True, True, False, False]),
    (("if", False, ("iff", "a", "b")), [False, True, True, False]),
]


@pytest.mark.parametrize(("formula", "expected"), TRUTH)
def test_truth(formula: Formula, expected: list[bool]) -> None:
    rows = [{"a": a, "b": b} for a in (True, False) for b in (True, False)]
    assert [holds(formula, row) for row in rows] == expected


@pytest.mark.parametrize("formula", [("nor", "a", "b"), ("not", "a", "b"), ("if", "a"), ("iff", "a", "b", "a")])
def test_not_a_formula(formula: Formula) -> None:
    with pytest.raises(ValueError, match="not a formula"):
        holds(formula, {"a": True, "b": True})


def best_first(model: PlainModel) -> list[list[int]]:
    """The labels of the states of decision maker A, the most preferred first, ties together."""
    levels = sorted(set(model.keys["A"].values()), reverse=True)
    return [[label(model.state(s).combination) for s in model.numbers if model.keys["A"][s] == key] for key in levels]


def test_preferences() -> None:
    def two_options(prefers: object) -> list[list[int]]:
        assert callable(prefers)
        return best_first(PlainModel([("x", ["A"], "both"), ("y", ["A"], "both")], ["A"], {"A": prefers}))

    assert two_options(statements(["y", "x"])) == [[3], [2], [1], [0]]
    assert two_options(statements(["y", ("not", ("not", "y"))])) == [[2, 3], [0, 1]]
    assert two_options(statements([("not", "x")])) == [[0, 2], [1, 3]]
    assert two_options(weights({"x": 1, "y": -1})) == [[1], [0, 3], [2]]
    assert two_options(ranking([4, [1, 3], 2])) == [[3], [0, 2], [1]]
    assert two_options(first_then(statements(["x"]), ranking([4, [1, 3], 2]))) == [[3], [1], [0, 2]]
    assert two_options(red_lines([("and", "x", "y"), ("not", "y")], weights({"x": 5, "y": 1}))) == [[2], [3], [1], [0]]


def test_a_merged_state_is_judged_by_its_greatest_member() -> None:
    model = PlainModel(
        [("x", ["A"], "both"), ("y", ["A"], "both")],
        ["A"],
        {"A": statements(["y"])},
        merges=[lambda combination: combination["x"] != combination["y"]],
    )
    assert best_first(model) == [[2, 3], [0]]


def test_statements_are_lexicographic_however_many() -> None:
    """The first outweighs ninety later ones."""
    model = PlainModel([("x", ["A"], "both"), ("y", ["A"], "both")], ["A"], {"A": statements(["x", *["y"] * 90])})
    assert best_first(model) == [[3], [1], [2], [0]]


def test_status_quo_analysis_of_elmira() -> None:
    """No improvement leaves the status quo except Local's to state 5, where nobody has one.

    Moves lead to every other state, but not back: only Local's can be undone, and nobody moves twice in a row.
    """
    model = elmira()
    assert status_quo(model, 1, 0) == {"MoE": set(), "Uniroyal": set(), "Local": set()}
    assert status_quo(model, 1, 1) == {"MoE": {2}, "Uniroyal": {3, 9}, "Local": {5}}
    assert reached(model, 1, 9, improving=True) == {5}
    assert reached(model, 1, 3) == reached(model, 1, 9) == {2, 3, 4, 5, 6, 7, 8, 9}


def test_paths_in_elmira() -> None:
    """From the status quo to 8 in three moves, in any order of the three; from 5 two in either order; none by improvements."""
    model = elmira()
    assert {tuple(mover for mover, _ in path) for path in shortest_paths(model, 1, 8)} == {
        ("MoE", "Uniroyal", "Local"),
        ("MoE", "Local", "Uniroyal"),
        ("Uniroyal", "MoE", "Local"),
        ("Uniroyal", "Local", "MoE"),
        ("Local", "MoE", "Uniroyal"),
        ("Local", "Uniroyal", "MoE"),
    }
    assert shortest_paths(model, 5, 8) == {(("MoE", 6), ("Uniroyal", 8)), (("Uniroyal", 7), ("MoE", 8))}
    assert shortest_paths(model, 5, 8, improving=True) == set()
    assert shortest_paths(model, 6, 8, improving=True) == {(("Uniroyal", 8),)}
    assert shortest_paths(model, 9, 1) == set()
    assert shortest_paths(model, 4, 4) == {()}


@pytest.mark.parametrize("improving", [False, True])
def test_paths_and_status_quo_analysis_are_those_of_enumerated_sequences(improving: bool) -> None:
    random = Random(22)
    compared = 0
    for _ in range(150):
        model = random_draft(random, size=7).build()
        s = random.choice(model.numbers)
        walks = sequences(model, model.decision_makers, s, improving, LONGEST)
        for h in range(LONGEST + 1):
            found = {(i, t) for i, ts in status_quo(model, s, h, improving).items() for t in ts}
            assert found == {walk[-1] for walk in walks if len(walk) <= h}
        for goal in model.numbers:
            arriving = [tuple(walk) for walk in walks if walk[-1][1] == goal]
            if goal != s and arriving:
                compared += 1
                least = min(len(walk) for walk in arriving)
                assert shortest_paths(model, s, goal, improving) == {walk for walk in arriving if len(walk) == least}
    assert compared > 20
