"""Writing `.gmcr` files: what can't be held is said before it is lost, and what is written means the same."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from detente.errors import ConflictError, LimitError, Severity
from detente.io import write
from detente.io.gmcr import read_gmcr
from detente.io.gmcr_conditions import MAX_TERMS, as_terms, disjunction, formula_of
from detente.io.gmcr_write import gmcr_text
from detente.model.conflict import Coalition, Conflict, DecisionMaker, Direction, NamedState, Option, RedLine
from detente.model.evidence import Asserter, Basis, BasisKind, Evidence, Missing, Source
from detente.model.formula import FALSE, TRUE, And, Formula, If, Iff, Not, Or, Taken, truth_table
from detente.model.parse import parse_formula
from detente.model.preference import Preference, Statement
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule
from detente.preference.mixture import StatementsThenRanking
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import Levels, StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace

ASSUMED = Basis(BasisKind.ASSUMED, why="for the test")


def wants(*texts: str) -> OptionPrioritization:
    return OptionPrioritization(tuple(Statement(parse_formula(text)) for text in texts))


def conflict_of(preference: Preference | None = None, *rules: Rule, **maker: object) -> Conflict:
    a = replace(DecisionMaker("A", "A", preference), **maker)  # type: ignore[arg-type]  # fields by name
    options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)), Option("z", "z", ("B",)))
    return Conflict("text", (a, DecisionMaker("B", "B")), options, rules)


def losses(conflict: Conflict) -> list[str]:
    """What would be lost: told as errors without leave, as warnings with it."""
    with pytest.raises(ConflictError) as caught:
        gmcr_text(conflict)
    refused = [d.message for d in caught.value.diagnostics if d.severity is Severity.ERROR]
    text, notes = gmcr_text(conflict, allow_loss=True)
    assert [n.message for n in notes if n.severity is Severity.WARNING] == refused
    assert all(d.code == "I720" and d.help for d in caught.value.diagnostics if d.severity is Severity.ERROR)
    read_gmcr(text)
    return refused


# -- conditions --------------------------------------------------------------------------------------------------------
def random_formula(draw: random.Random, depth: int) -> Formula:
    if depth == 0 or draw.random() < 0.15:
        plain: list[Formula] = [Taken("x"), Taken("y"), Taken("z"), Taken("w"), TRUE, FALSE]
        return draw.choice(plain)
    parts = tuple(random_formula(draw, depth - 1) for _ in range(draw.randint(0, 3)))
    one, two = random_formula(draw, depth - 1), random_formula(draw, depth - 1)
    forms: list[Formula] = [And(parts), Or(parts), Not(one), If(one, two), Iff(one, two)]
    return draw.choice(forms)


@pytest.mark.parametrize("seed", range(20))
def test_disjunction_means_the_same(seed: int) -> None:
    draw, keys = random.Random(seed), ["w", "x", "y", "z"]
    columns = {key: sum(1 << c for c in range(16) if c >> i & 1) for i, key in enumerate(keys)}
    everything = (1 << 16) - 1
    for _ in range(50):
        formula = random_formula(draw, 4)
        terms = disjunction(formula, keys.index)
        assert truth_table(formula_of(terms), columns, everything) == truth_table(formula, columns, everything)
        assert disjunction(formula_of(terms), keys.index) == terms
        assert as_terms(formula_of(terms)) == terms


@pytest.mark.parametrize(
    "text", ["x", "not x", "x and not y", "x or y and not z", "x or not x", "x and not x", "true", "false", "x or true"]
)
def test_conditions_that_have_the_form_already(text: str) -> None:
    terms = as_terms(parse_formula(text))
    assert terms is not None
    assert formula_of(terms) == parse_formula(text)


@pytest.mark.parametrize("text", ["x if y", "not (x or y)", "x iff y", "x and (y or z)", "not not x", "x or (y and (z or x))"])
def test_conditions_that_have_another_form(text: str) -> None:
    assert as_terms(parse_formula(text)) is None


def test_a_condition_that_becomes_too_long() -> None:
    keys = [f"o{i}" for i in range(12)]
    parity: Formula = Taken(keys[0])
    for key in keys[1:]:
        parity = Iff(parity, Taken(key))
    assert MAX_TERMS < 2**11
    options = tuple(Option(key, key, ("A",)) for key in keys)
    conflict = Conflict("t", (DecisionMaker("A", "A", OptionPrioritization((Statement(parity),))),), options)
    with pytest.raises(ConflictError) as caught:
        gmcr_text(conflict)
    assert [(d.code, d.element) for d in caught.value.diagnostics] == [("I723", "decision makers/A/prefers/1")]


# -- losses ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("conflict", "said"),
    [
        (replace(conflict_of(), status_quo=frozenset({"x"})), "can't hold the status quo"),
        (replace(conflict_of(), question="?", about="!"), "texts about the conflict: question and about"),
        (replace(conflict_of(), named_states=(NamedState("deal", frozenset()),)), "names of states: states/deal"),
        (replace(conflict_of(), evidence=Evidence((Source("s", "S"),))), "1 source"),
        (replace(conflict_of(), evidence=Evidence(asserters=(Asserter("s", "S"),))), "1 asserter"),
        (replace(conflict_of(), evidence=Evidence(missing=(Missing("a"), Missing("b")))), "2 entries of what is missing"),
        (conflict_of(description="who"), "descriptions: decision makers/A"),
        (conflict_of(basis=ASSUMED), "what elements rest on: decision makers/A"),
        (conflict_of(None, AtMostOne(("x", "y"), ASSUMED)), "what elements rest on: rules/1"),
        (conflict_of(None, Infeasible(Taken("x"), says="never")), "the wording of elements: rules/1"),
        (conflict_of(OptionPrioritization((Statement(Taken("x"), ASSUMED),))), "what elements rest on: decision makers/A/prefers/1"),
        (conflict_of(OptionPrioritization((Statement(Taken("x"), says="x!"),))), "the wording of elements: decision makers/A/prefers/1"),
        (conflict_of(OptionWeighting((("x", 2),), ASSUMED)), "what elements rest on: decision makers/A/weights"),
        (conflict_of(red_lines=(RedLine(Taken("z")),)), "the red lines of A are written into its preference"),
        (conflict_of(OptionWeighting((("x", 2), ("z", -1)))), "the preference of A (weights) is written as the ranking"),
        (conflict_of(wants("x"), spare_preferences=(wants("y"),)), "these preferences of A that are not in use: prefers"),
        (conflict_of(None, spare_preferences=(wants("y"),)), "these preferences of A that are not in use: prefers"),
        (conflict_of(None, Merged(FALSE)), "rules that merge states (these merge nothing): rules/1"),
        (replace(conflict_of(), title=""), "is not equal to this one"),
    ],
)  # fmt: skip
def test_losses_are_said_and_need_leave(conflict: Conflict, said: str) -> None:
    assert any(said in message for message in losses(conflict)), losses(conflict)


def test_keys_beside_names() -> None:
    conflict = Conflict("t", (DecisionMaker("A", "The A"),), (Option("x", "An x", ("A",)),))
    assert losses(conflict) == [
        'a .gmcr file can\'t hold keys beside names; decision makers get: "The A" for A',
        'a .gmcr file can\'t hold keys beside names; options get: "An x" for x',
    ]


def test_decision_makers_of_one_name() -> None:
    conflict = Conflict("t", (DecisionMaker("A", "A"), DecisionMaker("B", "A")), (Option("x", "x", ("A",)),))
    assert 'two decision makers are called "A"; one becomes "A (2)"' in losses(conflict)


def test_statements_give_way_to_a_ranking_that_another_needs() -> None:
    """One key of the file says for all decision makers whether rankings count."""
    levels: Levels = ((frozenset({"x"}), frozenset({"y"})), (frozenset(), frozenset({"x", "y"})))
    makers = (DecisionMaker("A", "A", wants("x")), DecisionMaker("B", "B", StateRanking(levels)), DecisionMaker("C", "C"))
    conflict = Conflict("t", makers, (Option("x", "x", ("A",)), Option("y", "y", ("B",))))
    assert [m for m in losses(conflict) if "statements of A are kept, but the ranking that they give counts" in m]
    again = read_gmcr(gmcr_text(conflict, allow_loss=True)[0]).conflict
    assert [type(m.preference) for m in again.decision_makers] == [StateRanking] * 3
    assert again.decision_makers[0].spare_preferences == (wants("x"),)
    assert again.decision_makers[1].preference == makers[1].preference
    assert any("C has no preference" in d.message for d in gmcr_text(conflict, allow_loss=True)[1])


def test_merged_states_are_refused_even_with_leave() -> None:
    for allow in (False, True):
        with pytest.raises(ConflictError) as caught:
            gmcr_text(conflict_of(None, Merged(Taken("x"))), allow_loss=allow)
        assert [(d.code, d.element) for d in caught.value.diagnostics] == [("I722", "rules/1")]


def test_red_lines_come_first() -> None:
    conflict = conflict_of(wants("x"), red_lines=(RedLine(parse_formula("x and z")), RedLine(Taken("y"))))
    again = read_gmcr(gmcr_text(conflict, allow_loss=True)[0]).conflict
    preference = again.decision_maker("A").preference
    assert preference is not None
    assert len(preference.statements()) == 2
    assert_same_orders(conflict, again)


def test_other_words_are_notes_and_need_no_leave() -> None:
    conflict = conflict_of(wants("x if z"), ExactlyOne(("x", "y")), OnlyIf(Taken("z"), Taken("y")))
    text, notes = gmcr_text(conflict)
    assert [(n.code, n.severity, n.element) for n in notes] == [
        ("I721", Severity.NOTE, "decision makers/A/prefers/1"),
        ("I721", Severity.NOTE, "rules/1"),
        ("I721", Severity.NOTE, "rules/2"),
    ]
    assert StateSpace(read_gmcr(text).conflict).feasible == StateSpace(conflict).feasible


def test_an_empty_list_of_statements_is_no_preference_in_the_file() -> None:
    text, notes = gmcr_text(conflict_of(OptionPrioritization(())))
    assert [note.code for note in notes] == ["I721"]
    assert read_gmcr(text).conflict.decision_maker("A").preference is None


def test_coalitions_that_gmcr_plus_would_not_take() -> None:
    conflict = replace(conflict_of(), coalitions=(Coalition(("A", "B"), "both"), Coalition(("A",))))
    text, notes = gmcr_text(conflict)
    assert [note.code for note in notes] == ["I724"]
    assert read_gmcr(text).conflict.coalitions == conflict.coalitions


def test_what_does_not_fit_at_all() -> None:
    with pytest.raises(ConflictError) as caught:
        gmcr_text(Conflict("t", (DecisionMaker("A", "A" * 5000),), (Option("x", "x", ("A",)),)), allow_loss=True)
    assert [d.code for d in caught.value.diagnostics] == ["I725"]
    options = tuple(Option(f"o{i}", f"o{i}", ("A",)) for i in range(18))
    with pytest.raises(ConflictError) as caught:
        gmcr_text(Conflict("t", (DecisionMaker("A", "A", OptionWeighting((("o1", 1),))),), options), allow_loss=True)
    assert [d.code for d in caught.value.diagnostics] == ["I725"]
    options = tuple(Option(f"o{i}", f"o{i}", ("A",)) for i in range(30))
    with pytest.raises(LimitError):
        gmcr_text(Conflict("t", (DecisionMaker("A", "A", OptionWeighting((("o1", 1),))),), options), allow_loss=True)
    assert gmcr_text(Conflict("t", (DecisionMaker("A", "A", wants("o1")),), options))[1] == ()


def test_a_wrong_ranking_is_not_written() -> None:
    with pytest.raises(ConflictError) as caught:
        gmcr_text(conflict_of(StateRanking(((frozenset({"x"}),),))), allow_loss=True)
    assert [d.code for d in caught.value.diagnostics] == ["P201"]
    impossible = conflict_of(wants("x"), Infeasible(Taken("y")), spare_preferences=(StateRanking(((frozenset({"y"}),),)),))
    assert any("lists combinations that can't occur" in message for message in losses(impossible))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "c.gmcr"
    assert write(conflict_of(wants("x")), path) == ()
    before = path.read_bytes()
    with pytest.raises(ConflictError):
        write(replace(conflict_of(), question="?"), path)
    assert path.read_bytes() == before
    assert [note.code for note in write(replace(conflict_of(), question="?"), path, allow_loss=True)] == ["I720"]


# -- random conflicts --------------------------------------------------------------------------------------------------
KEYS = ["o0", "o1", "o2", "o3", "o4"]


def random_conflict(seed: int) -> Conflict:
    """Shared options, options without owner, one-way options, every kind of rule but merges, every kind of preference, red lines."""
    draw = random.Random(seed)
    makers = ("A", "B", "C")[: draw.randint(1, 3)]
    owners = sorted((tuple(sorted(draw.sample(makers, draw.choice([0, 1, 1, 1, min(2, len(makers))])))) for _ in KEYS), key=lambda o: o[:1])
    options = tuple(Option(key, key, own, draw.choice(list(Direction))) for key, own in zip(KEYS, owners, strict=True))
    three = tuple(draw.sample(KEYS, 3))
    lists: list[Rule] = [AtMostOne(three), ExactlyOne(three), AtLeastOne(three)]
    rules = draw.sample(lists, draw.randint(0, 1))
    rules += [Infeasible(draw_formula(draw)) for _ in range(draw.randint(0, 1))]
    rules += [OnlyIf(draw_formula(draw), draw_formula(draw)) for _ in range(draw.randint(0, 1))]
    bare = Conflict("text", tuple(DecisionMaker(key, key) for key in makers), options, tuple(rules))
    space = StateSpace(bare)

    def preference() -> Preference | None:
        kind = draw.randrange(5)
        if kind == 1:
            return OptionWeighting(tuple((key, draw.randint(-3, 3)) for key in draw.sample(KEYS, 3)))
        levels: list[list[frozenset[str]]] = [[]]
        for state in draw.sample(list(space.states.each()), space.states.count):
            if levels[-1] and draw.random() < 0.6:
                levels.append([])
            levels[-1].append(bare.taken(state))
        ranking = tuple(map(tuple, levels)) if levels[0] else ()
        ordered = tuple(Statement(draw_formula(draw)) for _ in range(draw.randint(1, 4)))
        return [None, None, StateRanking(ranking), StatementsThenRanking(ordered, ranking), OptionPrioritization(ordered)][kind]

    def maker(key: str) -> DecisionMaker:
        red = tuple(RedLine(draw_formula(draw)) for _ in range(draw.choice([0, 0, 1, 2])))
        unseen = draw_formula(draw) if draw.random() < 0.2 else None
        return DecisionMaker(key, key, preference(), red, unperceived=unseen)

    return replace(bare, decision_makers=tuple(map(maker, makers)))


def draw_formula(draw: random.Random, depth: int = 2) -> Formula:
    if depth == 0:
        return Taken(draw.choice(KEYS))
    one, two = draw_formula(draw, depth - 1), draw_formula(draw, depth - 1)
    forms: list[Formula] = [And((one, two)), Or((one, two)), Not(one), If(one, two), Iff(one, two)]
    return draw.choice(forms)


def assert_same_orders(one: Conflict, two: Conflict) -> None:
    first, second = StateSpace(one), StateSpace(two)
    assert first.feasible == second.feasible
    assert first.masks == second.masks
    assert (first.only_on, first.only_off) == (second.only_on, second.only_off)
    for maker in one.decision_makers:
        assert Order(first, maker.key).ranks == Order(second, maker.key).ranks
        assert all(first.moves(maker.key, s) == second.moves(maker.key, s) for s in first.states.each())


@pytest.mark.parametrize("seed", range(200))
def test_what_is_written_means_the_same(seed: int) -> None:
    """States, moves and orders are the same, whatever had to be said in other words; and the second time nothing changes."""
    conflict = random_conflict(seed)
    text, _ = gmcr_text(conflict, allow_loss=True)
    again = read_gmcr(text).conflict
    assert_same_orders(conflict, again)
    assert read_gmcr(gmcr_text(again)[0]).conflict == again
