"""Edits of an ordered list of statements, one after the other: move one, drop one, reverse one, add one from a list."""

from collections.abc import Sequence

from .formulas import Formula
from .plain import PlainModel
from .preferences import statements

Listed = tuple[Formula, ...]
Edited = tuple[int, Listed]
"""A list of statements with the size of what led to it: places moved, one for any other edit."""


def reversed_statement(formula: Formula) -> Formula:
    """The statement that the opposite holds."""
    return formula[1] if isinstance(formula, tuple) and formula[0] == "not" else ("not", formula)


def edited_once(listed: Listed, added: Sequence[Formula] = ()) -> set[Edited]:
    """Every list that one edit gives."""
    places = range(len(listed))
    without = {p: (*listed[:p], *listed[p + 1 :]) for p in places}
    moved = {(abs(p - q), (*without[p][:q], listed[p], *without[p][q:])) for p in places for q in places if p != q}
    dropped = {(1, without[p]) for p in places}
    turned = {(1, (*listed[:p], reversed_statement(listed[p]), *listed[p + 1 :])) for p in places}
    new = {(1, (*listed[:q], formula, *listed[q:])) for formula in added for q in range(len(listed) + 1)}
    return moved | dropped | turned | new


def sort_keys(model: PlainModel, listed: Listed, red: Sequence[frozenset[int]] = ()) -> dict[int, tuple[bool, int]]:
    """What the statements say of every state, red lines (the states that cross each) first."""
    key = statements(listed)
    return {state.number: (not any(state.number in crossed for crossed in red), key(state)) for state in model.states}
