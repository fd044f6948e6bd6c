"""Explanations of what is out of the ordinary: refused witnesses, red lines, weights, ties, large spaces, ways that are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.path import shortest
from detente.analysis.reach import Reach, reach
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import Leaves, Stays
from detente.engines.single import SingleEngine
from detente.errors import UsageError
from detente.explain import replies as replies_module
from detente.explain import routes as routes_module
from detente.explain import words as words_module
from detente.explain.basis import basis_of, basis_words
from detente.explain.equilibrium import equilibrium
from detente.explain.glosses import gloss
from detente.explain.prefer import why_prefers
from detente.explain.routes import path, status_quo
from detente.explain.verdict import verdict
from detente.model.conflict import Conflict, DecisionMaker, NamedState, Option, RedLine
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Source
from detente.model.parse import parse_formula
from detente.model.preference import Preference, Statement
from detente.preference.mixture import StatementsThenRanking
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from tests.certificates.conflicts import elmira


@pytest.fixture
def space() -> StateSpace:
    """Elmira."""
    return StateSpace(elmira())


def alone(preference: Preference | None, *red_lines: str, **more: object) -> StateSpace:
    """One decision maker with two options."""
    lines = tuple(RedLine(parse_formula(line), says=f"never {line}") for line in red_lines)
    options = (Option("x", "open the door", ("A",)), Option("y", "sign", ("A",)))
    return StateSpace(Conflict("one", (DecisionMaker("A", "A", preference, lines),), options, **more))  # type: ignore[arg-type]  # passed on


def one_line(space: StateSpace, state: int, other: int) -> str:
    """How A compares two states, on one line."""
    return why_prefers(space, "A", state, other).text(width=10**6)


def test_red_lines_come_first() -> None:
    wants = OptionPrioritization((Statement(parse_formula("x")),))
    space = alone(wants, "x and y", "y")
    assert one_line(space, 0, 3) == (
        "In this model state 1 (2nd choice) is better for A than state 4 (3rd choice).\n\n"
        "  State 4 crosses the red lines “never x and y” and “never y” of A, and state 1 crosses none."
    )
    told = why_prefers(space, "A", 3, 0)
    assert told.elements == ("decision makers/A/red lines/1", "decision makers/A/red lines/2")


def test_behind_red_lines_statements_count_from_the_first() -> None:
    wants = OptionPrioritization((Statement(parse_formula("x")), Statement(parse_formula("not y"))))
    space = alone(wants, "x and y")
    text = "For A, statement 1 of 2, “x”, holds in state 2 and not in state 1."
    assert text in one_line(space, 1, 0)
    assert "statement 1, “x”: holds in neither" in one_line(space, 0, 2)


def test_weights() -> None:
    space = alone(OptionWeighting((("x", 3), ("y", -1))))
    assert "The weights that A would give to the options taken add up to more: 3 against -1." in one_line(space, 1, 2)
    assert why_prefers(space, "A", 1, 2).elements == ("decision makers/A/weights",)


def test_a_ranking_after_statements() -> None:
    x, y = frozenset({"x"}), frozenset({"y"})
    space = alone(StatementsThenRanking((Statement(parse_formula("x iff not y")),), ((y,), (x,))))
    assert "The ranking of A puts state 3 higher; the statement before it does not tell them apart." in one_line(space, 1, 2)


def test_equally_good_states() -> None:
    assert "The model gives A no preference among states." in one_line(alone(None), 0, 1)
    wants = OptionPrioritization((Statement(parse_formula("x")), Statement(parse_formula("x or y or not y"))))
    assert "The 2 statements of A do not tell them apart." in one_line(alone(wants), 0, 2)
    assert "The 2 statements and red lines of A do not tell them apart." in one_line(alone(wants, "x and y"), 0, 2)
    assert "The preference of A does not tell them apart." in one_line(alone(OptionWeighting((("x", 1),))), 0, 2)


def test_what_a_statement_rests_on() -> None:
    told = Basis(BasisKind.REPORTED, (Citation("paper", "¶1", "rival"), Citation("paper", "¶3", "rival"), Citation("paper", "¶4")))
    guessed = Basis(BasisKind.ASSUMED, why="nobody says so")
    read = Basis(BasisKind.INFERRED, (Citation("paper", "¶2", "rival"),), why="it was done before")
    statements = (Statement(parse_formula("x"), told), Statement(parse_formula("y"), guessed), Statement(parse_formula("x or y"), read))
    evidence = Evidence((Source("paper", "A paper"),), (Asserter("rival", "officials of B", (), ("A",)),))
    space = alone(OptionPrioritization(statements), evidence=evidence)
    words = [basis_words(space.conflict, f"decision makers/A/prefers/{n}") for n in (1, 2, 3)]
    assert words == [
        "reported by officials of B (paper ¶1, ¶3) and in paper ¶4",
        "assumed by whoever made the model: nobody says so",
        "inferred from what is reported by officials of B (paper ¶2): it was done before; everybody cited for it is adverse to A",
    ]
    assert basis_words(space.conflict, "options/x") == "without a stated basis"
    assert basis_words(space.conflict, "nothing") == "without a stated basis"
    assert basis_of(space.conflict, "decision makers/A/prefers/2") == guessed
    assert basis_of(space.conflict, "nothing") is None
    assert "This statement is assumed by whoever made the model: nobody says so." in one_line(space, 2, 0)


def test_names_of_states() -> None:
    space = alone(None, named_states=(NamedState("the deal", frozenset({"x", "y"})),), status_quo=frozenset())
    told = verdict(space, Stays("Nash", "A", 3, ())).text(width=10**6)
    assert "State 4 (YY, “the deal”): A: open the door, sign." in told
    assert "1 (“the deal”)" not in told


def test_other_elements_of_a_pure_equilibrium(space: StateSpace) -> None:
    engine = SingleEngine(space)
    witnesses = [engine.witness(concept("SEQ"), dm, space.state(5)) for dm in engine.decision_makers]
    assert (
        equilibrium(space, witnesses).verdict.text
        == "In this model state 5 is an equilibrium under SEQ: nobody would leave it on their own."
    )
    with pytest.raises(UsageError, match="one certificate for each decision maker"):
        equilibrium(space, witnesses[:2])
    with pytest.raises(UsageError, match="proves nothing here"):
        equilibrium(space, [*witnesses[:2], Leaves("SEQ", "Local", space.state(5), space.state(1))])


def test_refused_witnesses_are_not_explained(space: StateSpace) -> None:
    engine = SingleEngine(space)
    good = engine.witness(concept("SEQ"), "Local", space.state(1))
    for wrong in (Stays("SEQ", "Local", space.state(1), ()), Leaves("SEQ", "Local", space.state(1), space.state(3))):
        with pytest.raises(UsageError, match="proves nothing here") as refused:
            verdict(space, wrong)
        assert refused.value.diagnostics[0].code == "U423"
        with pytest.raises(UsageError, match="proves nothing here"):
            verdict(space, good, [wrong])
    with pytest.raises(UsageError, match="of another decision maker or state"):
        verdict(space, good, [engine.witness(concept("GMR"), "Local", space.state(2))])


def test_replies_must_fit(space: StateSpace) -> None:
    engine = SingleEngine(space)
    witness = engine.witness(concept("SEQ"), "Local", space.state(1))
    assert isinstance(witness, Leaves)
    with pytest.raises(UsageError, match="do not begin at the improvement"):
        verdict(space, witness, (), reach(space, space.state(6), "any", ["MoE", "Uniroyal"]))
    with pytest.raises(UsageError, match="do not begin at the improvement"):
        verdict(space, witness, (), reach(space, witness.improvement))
    right = reach(space, witness.improvement, "any", ["MoE", "Uniroyal"])
    damaged = replace(right, layers=right.layers[:1])
    with pytest.raises(UsageError, match="not listed"):
        verdict(space, witness, (), damaged)


def test_too_many_replies_are_left_out(space: StateSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies_module, "MAX_LISTED", 1)
    witness = SingleEngine(space).witness(concept("SEQ"), "Local", space.state(1))
    assert isinstance(witness, Leaves)
    told = verdict(space, witness, (), reach(space, witness.improvement, "any", ["MoE", "Uniroyal"]))
    assert "Answers that would leave" not in told.text()


@pytest.mark.parametrize("key", [c.key for c in all_concepts()])
def test_large_spaces_are_told_without_ranks(space: StateSpace, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "MAX_RANKED", 5)
    engine = SingleEngine(space)
    for dm in engine.decision_makers:
        for state in space.states.each():
            witness = engine.witness(concept(key), dm, state)
            replies = None
            if isinstance(witness, Leaves):
                replies = reach(space, witness.improvement, "any", [other for other in engine.decision_makers if other != dm])
            text = verdict(space, witness, (), replies).text()
            assert "choice" not in text
            assert "In this model" in text
    assert "choice" not in path(shortest(space, space.state(5), space.state(8))).text()
    assert "choice" not in why_prefers(space, "Local", space.state(1), space.state(5)).text()


def test_long_lists_are_cut_and_counted(space: StateSpace) -> None:
    told = status_quo(reach(space, space.state(9), "improving"), reach(space, space.state(9)))
    assert told.text(limit=2).endswith("    1\n    2\n    6 more: --all")
    assert told.text(limit=None).endswith("    7\n    8")
    assert len(told.states) == 9


def test_ways_must_be_ways(space: StateSpace) -> None:
    found = shortest(space, space.state(5), space.state(8))
    first = found.routes[0]
    jump = replace(first, legs=(replace(first.legs[0], to=space.state(9)), *first.legs[1:]))
    with pytest.raises(UsageError, match="a step that is none"):
        path(replace(found, routes=(jump,)))
    with pytest.raises(UsageError, match="does not end where it should"):
        path(replace(found, routes=(replace(first, legs=first.legs[:1]),)))
    with pytest.raises(UsageError, match="between the same states"):
        path(found, shortest(space, space.state(1), space.state(8), "improving"))
    with pytest.raises(UsageError, match="that Uniroyal is needed is not"):
        path(replace(found, needed={"Uniroyal": found.needed["MoE"]}))
    with pytest.raises(UsageError, match="there is no way is not"):
        path(replace(found, needed={"Local": reach(space, space.state(5), "any", ["MoE", "Uniroyal"])}))
    never = shortest(space, space.state(2), space.state(1))
    with pytest.raises(UsageError, match="is not"):
        path(replace(never, reach=replace(never.reach, layers=never.reach.layers[:1])))
    with pytest.raises(UsageError, match="do not belong together"):
        status_quo(reach(space, space.state(1)), reach(space, space.state(1)))


def test_a_way_that_is_none_and_a_way_to_one_of_many(space: StateSpace) -> None:
    here = path(shortest(space, space.state(1), space.state(1)))
    assert here.verdict.text == "In this model nothing needs to move: state 1 is where it is to lead."
    some = path(shortest(space, space.state(1), space.set_of(space.state(5), space.state(8))))
    assert some.verdict.text == "In this model 1 move leads from state 1 to one of 2 states."
    free = path(shortest(space, space.state(1), space.state(5), "no loss"), shortest(space, space.state(1), space.state(5), "improving"))
    assert free.verdict.text == "In this model 1 move that leaves its mover no worse off leads from state 1 to state 5."
    nowhere = path(shortest(space, space.state(9), space.state(1), "no loss"))
    assert nowhere.verdict.text.startswith("In this model no sequence of moves that leave no mover worse off leads from state 9")
    assert "leads nowhere" in nowhere.text()


def test_what_is_too_much_to_check_or_list_is_said(space: StateSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    moves, gains = reach(space, space.state(2)), reach(space, space.state(2), "improving")
    never = shortest(space, space.state(2), space.state(1))
    counted = replace(shortest(space, space.state(5), space.state(8)), count=None)
    monkeypatch.setattr(routes_module, "MAX_CHECKED", 1)
    told = status_quo(gains, moves).text(width=10**6)
    assert "not checked again move by move" in told
    assert "too many to list" in told
    assert "not checked again" in path(never).text(width=10**6)
    assert ", in more ways than were counted." in path(counted).verdict.text
    monkeypatch.setattr(routes_module, "MAX_CHECKED", 0)
    blocked = shortest(space, space.state(1), space.state(8), "improving")
    assert "not checked again" in path(shortest(space, space.state(1), space.state(8)), blocked).text(width=10**6)


def test_ways_of_some_parties_alone(space: StateSpace) -> None:
    never = path(shortest(space, space.state(1), space.state(8), movers=["MoE", "Local"]))
    assert never.verdict.text == "In this model no sequence of moves by MoE and Local alone leads from state 1 to state 8."
    some = path(shortest(space, space.state(1), space.state(6), movers=["MoE", "Local"]))
    assert some.verdict.text == (
        "In this model it takes at least 2 moves by MoE and Local alone from state 1 to state 6; there are 2 ways of that length."
    )
    with pytest.raises(UsageError, match="do not belong together"):
        status_quo(reach(space, space.state(1), "improving", ["MoE"]), reach(space, space.state(1)))
    blocked = shortest(space, space.state(1), space.state(8), "improving")
    with pytest.raises(UsageError, match="between the same states"):
        path(shortest(space, space.state(1), space.state(8)), shortest(space, space.state(1), space.state(8), "improving", ["MoE"]))
    with pytest.raises(UsageError, match="is not"):
        path(replace(blocked, goal=space.set_of(space.state(5))))


def test_a_state_that_nothing_leaves() -> None:
    space = StateSpace(Conflict("one", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),)))
    told = status_quo(reach(space, 0, "improving"), reach(space, 0))
    assert told.verdict.text.endswith("moves of any kind lead to the 1 other state.")
    assert isinstance(reach(space, 0), Reach)


def test_glosses() -> None:
    for one in all_concepts():
        assert gloss(one.key.lower()).startswith(f"{one.key} counts") or one.key == "Nash"
        assert gloss(one.key).endswith(".")
    with pytest.raises(UsageError):
        gloss("nothing")
