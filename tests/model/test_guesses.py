"""Guesses are carried along: by edits and their inverses, new keys, viewpoints and narrower conflicts."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from detente import cases, io
from detente.errors import ConflictError, EditError
from detente.explain.edits import describe
from detente.model.completed import completed, completions
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, RedLine
from detente.model.edit import (
    AddRule,
    AddStatement,
    Edit,
    MoveStatement,
    RemoveRule,
    RemoveStatement,
    RenameDecisionMaker,
    RenameOption,
    ReplaceStatement,
    ReverseStatement,
    SetDirection,
    SetPreference,
)
from detente.model.edit_beliefs import RemovePair, SetViewpoints
from detente.model.edit_guesses import SetGuesses
from detente.model.edit_options import RemoveOption
from detente.model.formula import And, Formula, Not, Taken
from detente.model.front import Front
from detente.model.guess import Alternative, AsWritten, Guess, LeftOut, orders
from detente.model.narrowed import leave_out
from detente.model.opened import opened
from detente.model.preference import Statement
from detente.model.rule import Infeasible, Merged
from detente.model.viewpoint import seen_from
from detente.preference.prioritization import OptionPrioritization
from tests.io.test_guesses import GOOD


def keys_and_places(conflict: Conflict) -> dict[str, tuple[int, ...]]:
    """The guesses of a conflict with the numbers that they name."""
    return {guess.key: guess.places for guess in conflict.guesses}


@pytest.mark.parametrize(
    ("edit", "gone", "moved"),
    [
        (AddStatement("A", 1, Statement(Taken("y"))), (), {"what comes first": (2, 3, 4)}),
        (AddStatement("A", 2, Statement(Taken("y"))), (), {"what comes first": (1, 3, 4)}),
        (RemoveStatement("A", 2), (), {"what comes first": (1, 2)}),
        (RemoveStatement("B", 1), ("the first of B",), {"what B wants": (1,)}),
        (MoveStatement("B", 1, 2), (), {"the first of B": (2,), "what B wants": (1,)}),
        (ReplaceStatement("B", 1, Statement(Not(Taken("z")))), ("the first of B",), {}),
        (ReverseStatement("B", 1), ("the first of B",), {}),
        (SetPreference("A", None), ("what comes first",), {}),
        (AddRule(1, Infeasible(Taken("z"))), (), {"what it means": (2,), "the other rule": (3,)}),
        (AddRule(3, Merged(Taken("x"))), ("what it means", "the other rule"), {}),
        (RemoveRule(1), ("what it means",), {"the other rule": (1,)}),
        (RemovePair("A", 1), ("how they compare",), {}),
        (SetDirection("z", Direction.ONLY_OFF), ("for good",), {}),
        (SetViewpoints(()), ("whose account",), {}),
        (RenameOption("z", "w"), (), {}),
        (RenameDecisionMaker("A", "C"), (), {}),
    ],
)
def test_edits_carry_guesses_along_and_bring_them_back(edit: Edit, gone: tuple[str, ...], moved: dict[str, tuple[int, ...]]) -> None:
    before = io.loads(GOOD).conflict
    after = edit.apply(before)
    assert keys_and_places(after) == {key: moved.get(key, places) for key, places in keys_and_places(before).items() if key not in gone}
    back = edit.inverted(before)
    assert back.apply(after) == before
    assert back.inverted(after).apply(before) == after
    assert describe(back, after).endswith(".")


def test_an_edit_of_guesses_that_do_not_fit_is_refused() -> None:
    before = io.loads(GOOD).conflict
    with pytest.raises(EditError) as caught:
        SetGuesses((replace(before.guesses[2], of="A", places=(9,)),)).apply(before)
    assert [d.code for d in caught.value.diagnostics] == ["M180"]
    assert describe(SetGuesses(()), before) == "Nothing is uncertain."
    assert describe(SetGuesses(before.guesses[:1]), before) == "What is uncertain is “what comes first”."


def test_a_new_key_reaches_guesses() -> None:
    before = io.loads(GOOD).conflict
    after = RenameDecisionMaker("A", "C").apply(RenameOption("z", "w").apply(before))
    assert {guess.of for guess in after.guesses} == {"C", "B", "w", None}
    assert "'z'" not in repr(after.guesses)
    assert io.loads(io.dumps(after)).conflict == after


def test_an_option_of_which_only_an_alternative_speaks_goes_with_the_guess() -> None:
    options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    doubt = Guess("g", "statement", "A", (1,), (Alternative(AsWritten()), Alternative(Taken("y"))))
    one = Conflict("one", (DecisionMaker("A", "A", OptionPrioritization((Statement(Taken("x")),))),), options, guesses=(doubt,))
    edit = RemoveOption("y")
    assert edit.apply(one).guesses == ()
    assert edit.inverted(one).apply(edit.apply(one)) == one


def test_a_viewpoint_leaves_open_what_it_does_not_settle() -> None:
    conflict = io.loads(GOOD).conflict
    assert set(keys_and_places(conflict)) - set(keys_and_places(seen_from(conflict, "north"))) == {"what comes first", "whose account"}
    assert set(keys_and_places(conflict)) - set(keys_and_places(seen_from(conflict, "south"))) == {"whose account"}


def wide_conflict(rng: Random) -> Conflict:
    """A conflict with a front, and guesses about what the front touches."""
    options = tuple(Option(key, key, (key[0],)) for key in ("A1", "A2", "B1", "B2"))

    def some() -> Statement:
        one, two = rng.sample(["A1", "A2", "B1", "B2"], 2)
        choices: list[Formula] = [Taken(one), Not(Taken(one)), And((Taken(one), Taken(two)))]
        return Statement(rng.choice(choices))

    def party(key: str) -> DecisionMaker:
        return DecisionMaker(key, key, OptionPrioritization(tuple(some() for _ in range(3))), (RedLine(some().when),))

    rules = (Infeasible(And((Taken("A1"), Taken("B1")))), Infeasible(And((Not(Taken("A2")), some().when))))
    quo = frozenset(rng.sample(["A1", "A2", "B2"], 2))
    one = Conflict("wide", (party("A"), party("B")), options, rules, quo, fronts=(Front("side", "side", ("A2",)),))
    held = Alternative(AsWritten())
    guesses = (
        Guess("order", "order", "A", (1, 2, 3), (held, *map(Alternative, orders((1, 2, 3))))),
        Guess("statement", "statement", "A", (2,), (held, Alternative(LeftOut()), Alternative(some().when))),
        Guess("other", "statement", "B", (1,), (held, Alternative(some().when))),
        Guess("line", "red line", "B", (1,), (held, Alternative(LeftOut()))),
        Guess("rule", "rule", None, (2,), (held, Alternative(Infeasible(some().when)))),
        Guess("good", "direction", "A1", (), (held, Alternative(Direction.ONLY_ON))),
    )
    try:
        return replace(one, guesses=tuple(rng.sample(guesses, 3)))
    except ConflictError:  # an alternative that is what is written anyway
        return wide_conflict(rng)


def said(conflict: Conflict) -> Conflict:
    """A conflict in which to want nothing, and to have no preference, are one and the same."""
    nothing = OptionPrioritization(())
    return replace(conflict, decision_makers=tuple(replace(dm, preference=dm.preference or nothing) for dm in conflict.decision_makers))


def test_a_narrower_conflict_is_completed_as_the_wider_one_is() -> None:
    """Leaving a front out and settling the guesses that stay: in whichever order, the result is the same."""
    kept = compared = 0
    for seed in range(150):
        wide = wide_conflict(Random(seed))
        try:
            narrow = leave_out(wide, ["side"])
        except EditError:  # the status quo breaks a rule
            continue
        left = {guess.key for guess in narrow.conflict.guesses}
        assert set(narrow.dropped) & {f"uncertain/{guess.key}" for guess in wide.guesses} == {
            f"uncertain/{guess.key}" for guess in wide.guesses if guess.key not in left
        }
        kept += len(left)
        for chosen in completions(wide):
            if any(number and key not in left for key, number in chosen.items()) or "order" in left & set(chosen):
                continue
            one = completed(wide, chosen)
            try:
                first = leave_out(one, ["side"]).conflict
            except EditError:
                continue
            assert said(completed(narrow.conflict, {k: n for k, n in chosen.items() if k in left})) == said(first)
            compared += 1
    assert kept > 100
    assert compared > 200


@pytest.mark.parametrize("name", ["elmira", "cuban-missile-crisis", "shared-lake", "gaza-hostage-talks"])
def test_what_is_opened_by_its_basis_can_be_open(name: str) -> None:
    """Beside a list of states no statement and no rule is opened, so that the conflict can hold all that is."""
    conflict = replace(cases.load(name), guesses=())
    found = opened(conflict, lambda path, basis: True)[:64]
    assert replace(conflict, guesses=found).guesses == found
    assert bool(found) == (name != "elmira")
