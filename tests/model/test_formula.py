"""Conditions: what they mean, how they are written, and that what is written reads back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.evaluate import evaluator
from detente.model.formula import (
    FALSE,
    TRUE,
    And,
    Formula,
    If,
    Iff,
    Not,
    Or,
    Taken,
    all_of,
    any_of,
    holds,
    options_in,
    quoted_key,
    renamed,
    truth_table,
    walk,
    written,
)
from detente.model.parse import MAX_DEPTH, MAX_LENGTH, FormulaError, KeyUse, parse_formula, parse_with_uses
from detente.model.rule import Infeasible, permits, required
from detente.space.states import StateSpace
from detente.testing.models import random_formula
from tests.dressed import KEYS
from tests.model.test_edit import random_rule

A, B, C = Taken("a"), Taken("b"), Taken("c")
FORMS: list[tuple[str, Formula, Callable[[bool, bool, bool], bool]]] = [
    ("a and b and c", And((A, B, C)), lambda a, b, c: a and b and c),
    ("a or b and c", Or((A, And((B, C)))), lambda a, b, c: a or (b and c)),
    ("not a or b", Or((Not(A), B)), lambda a, b, c: not a or b),
    ("not (a or b)", Not(Or((A, B))), lambda a, b, c: not (a or b)),
    ("not not a", Not(Not(A)), lambda a, b, c: a),
    ("a if b", If(A, B), lambda a, b, c: a or not b),
    ("(a or b) if c", If(Or((A, B)), C), lambda a, b, c: a or b or not c),
    ("(a if b) if c", If(If(A, B), C), lambda a, b, c: a or not b or not c),
    ("a iff b", Iff(A, B), lambda a, b, c: a == b),
    ("a if b iff c", Iff(If(A, B), C), lambda a, b, c: (a or not b) == c),
    ("a iff (b iff c)", Iff(A, Iff(B, C)), lambda a, b, c: a == (b == c)),
    ("true", TRUE, lambda a, b, c: True),
    ("a and false", And((A, FALSE)), lambda a, b, c: False),
]


@pytest.mark.parametrize(("text", "formula", "meaning"), FORMS)
def test_a_form_is_read_written_and_means_what_it_says(text: str, formula: Formula, meaning: Callable[[bool, bool, bool], bool]) -> None:
    assert parse_formula(text) == formula
    assert written(formula) == text
    for a, b, c in product((False, True), repeat=3):
        assert holds(formula, {"a": a, "b": b, "c": c}.__getitem__) == meaning(a, b, c)


OTHER_WAYS = [
    ("a & b | !c", "a and b or not c"),
    ("a ∧ b ∨ ¬c", "a and b or not c"),
    ("~a", "not a"),
    ("A AND b", "A and b"),
    ("a -> b", "b if a"),
    ("a => b", "b if a"),
    ("a only if b", "b if a"),
    ("a <-> b", "a iff b"),
    ("a <=> b", "a iff b"),
    ("((a))", "a"),
    ('"a"', "a"),
    ("'no deal'", '"no deal"'),
    ("a->b", "b if a"),
    ("a-b->c", "c if a-b"),
    ("  a\n and\tb ", "a and b"),
]


@pytest.mark.parametrize(("text", "usual"), OTHER_WAYS)
def test_there_are_other_ways_to_write_it(text: str, usual: str) -> None:
    assert written(parse_formula(text)) == usual


MISTAKES = [
    ("", "M111", 0, 1),
    ("   ", "M111", 0, 1),
    ("a b", "M111", 2, 1),
    ("a and", "M111", 5, 1),
    ("a and or b", "M111", 6, 2),
    ("(a", "M111", 2, 1),
    ("a)", "M111", 1, 1),
    ("a if b if c", "M111", 7, 2),
    ("a iff b iff c", "M111", 8, 3),
    ("a if b iff c if d iff e", "M111", 18, 3),
    ("a only b", "M111", 7, 1),
    ("a + b", "M110", 2, 1),
    ('a and "b', "M110", 6, 1),
    ("1", "M110", 0, 1),
    ("not " * (MAX_DEPTH + 1) + "a", "M112", 4 * MAX_DEPTH, 1),
    ("a" * (MAX_LENGTH + 1), "M112", 0, 1),
]


@pytest.mark.parametrize(("text", "code", "offset", "length"), MISTAKES)
def test_a_mistake_is_told_at_its_place(text: str, code: str, offset: int, length: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    (found,) = caught.value.diagnostics
    assert (found.code, caught.value.offset, caught.value.length) == (code, offset, length)
    assert found.help


def test_the_places_of_keys() -> None:
    _, uses = parse_with_uses("not a and (\"b\" or 'c d')")
    assert uses == [KeyUse("a", 4, 1), KeyUse("b", 11, 3), KeyUse("c d", 18, 5)]


@given(st.integers(0, 2**32), st.integers(0, 6))
def test_what_is_written_reads_back(seed: int, depth: int) -> None:
    formula = random_formula(Random(seed), KEYS, depth)
    assert parse_formula(written(formula)) == formula


@given(st.text(min_size=1).filter(lambda key: key.isprintable() and not ('"' in key and "'" in key)))
def test_any_key_reads_back(key: str) -> None:
    assert parse_formula(quoted_key(key)) == Taken(key)
    assert parse_formula(f"not {quoted_key(key)}") == Not(Taken(key))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        formula, uses = parse_with_uses(text)
    except FormulaError as problem:
        places = [problem.offset]
    else:
        assert options_in(formula) == {use.key for use in uses}
        places = [place for use in uses for place in (use.offset, use.offset + use.length)]
    assert all(0 <= place <= len(text) for place in places)


def test_conditions_of_one_part_or_none_are_written_as_what_they_mean() -> None:
    one = And((Iff(A, B),))
    assert written(one) == "a iff b"
    assert written(Or((one, C))) == "(a iff b) or c"
    assert written(Not(Or((And((A, B)),)))) == "not (a and b)"
    assert written(And(())) == "true"
    assert written(Or(())) == "false"
    assert written(And((Or(()), A))) == "false and a"


@given(st.integers(0, 2**32))
def test_all_ways_to_evaluate_agree(seed: int) -> None:
    """One combination by its options, all combinations at once, and the test of an order."""
    keys = ["p", "q", "r"]
    formula = random_formula(Random(seed), keys, 3)
    index = {key: place for place, key in enumerate(keys)}
    columns = {key: sum(1 << c for c in range(8) if c >> place & 1) for key, place in index.items()}
    table, test = truth_table(formula, columns, 0xFF), evaluator(formula, index)
    for combination in range(8):
        value = holds(formula, {key: bool(combination >> place & 1) for key, place in index.items()}.__getitem__)
        assert (table >> combination & 1, test(combination)) == (value, value)


@given(st.integers(0, 2**32))
def test_a_rule_permits_what_its_condition_says(seed: int) -> None:
    rng = Random(seed)
    keys = ["p", "q", "r"]
    rule = random_rule(rng, keys)
    taken = frozenset(key for key in keys if rng.random() < 0.5)
    condition = required(rule)
    assert permits(rule, taken) == (condition is None or holds(condition, taken.__contains__))


def test_the_deepest_condition_can_be_used_everywhere() -> None:
    text = "a"
    for level in range(MAX_DEPTH - 1):
        text = f"({text} {'and' if level % 2 else 'if'} b)"
    formula = parse_formula(text)
    assert parse_formula(written(formula)) == formula
    assert options_in(renamed(formula, {"a": "c"})) == {"b", "c"}
    assert sum(1 for _ in walk(formula)) == 2 * MAX_DEPTH - 1
    options = (Option("a", "a", ("A",)), Option("b", "b", ("A",)))
    conflict = Conflict("deep", (DecisionMaker("A", "A"),), options, (Infeasible(formula),))
    assert len(conflict.digest) == 64
    assert StateSpace(conflict).states.count == sum(not holds(formula, set(some).__contains__) for some in ("", "a", "b", "ab"))
    assert hash(formula) == hash(parse_formula(text))


def test_small_helpers() -> None:
    assert (all_of(), any_of(), all_of(A), any_of(A)) == (TRUE, FALSE, A, A)
    assert all_of(A, B) == And((A, B))
    assert any_of(A, B) == Or((A, B))
