"""Decision diagrams of one conflict: conditions, vectors of them as numbers, and their export as tables of nodes.

A number that depends on the state is a *vector* of diagrams, one for each bit, the most significant first.  Two variables stand for each
option: whether it is taken, and whether it is taken after a move (`primed`).  Only the worker imports this module, because it needs OxiDD
(Husung, Dubslaff, Hermanns and Köhl 2024).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from oxidd.bcdd import BCDDFunction, BCDDManager, BCDDSubstitution
from oxidd.util import BooleanOperator

from detente.engines.symbolic.table import Table
from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken

AND = BooleanOperator.AND
Diagram: TypeAlias = BCDDFunction
"""A set of combinations."""
Substitution: TypeAlias = BCDDSubstitution
"""Puts variables for variables."""
Vector: TypeAlias = list[Diagram]
"""A number for each state: its bits, the most significant first."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much a set of diagrams may hold: nodes, and results of operations that are remembered."""

    nodes: int
    remembered: int


class Diagrams:
    """The diagrams over the options of one conflict, in one order.

    Parameters
    ----------
    places
        The place of each option by its key.
    order
        The places in the order of the variables, the top first.
    room
        How much they may hold.
    """

    def __init__(self, places: Mapping[str, int], order: Sequence[int], room: Room) -> None:
        self.places, self.order, self.options = places, tuple(order), len(order)
        self._manager = BCDDManager(room.nodes, room.remembered, 1)
        self._manager.add_vars(2 * self.options)
        self._level = {place: level for level, place in enumerate(order)}
        self.true, self.false = self._manager.true(), self._manager.false()
        self._taken = {place: self._manager.var(2 * level) for place, level in self._level.items()}
        self._primed = {place: self._manager.var(2 * level + 1) for place, level in self._level.items()}

    def taken(self, place: int) -> Diagram:
        """Whether an option is taken."""
        return self._taken[place]

    def primed(self, place: int) -> Diagram:
        """Whether an option is taken after a move."""
        return self._primed[place]

    def priming(self, places: Iterable[int]) -> Substitution:
        """Puts what is taken after a move for what is taken, for some options."""
        return Diagram.make_substitution((2 * self._level[place], self._primed[place]) for place in places)

    def all_of(self, parts: Iterable[Diagram]) -> Diagram:
        """The conjunction of some diagrams."""
        found = self.true
        for part in parts:
            found &= part
        return found

    def formula(self, formula: Formula) -> Diagram:
        """The diagram of a condition."""
        match formula:
            case Const(value):
                return self.true if value else self.false
            case Taken(option):
                return self._taken[self.places[option]]
            case Not(part):
                return ~self.formula(part)
            case And(parts):
                return self.all_of(map(self.formula, parts))
            case Or(parts):
                return ~self.all_of(~self.formula(part) for part in parts)
            case If(then, condition):
                return self.formula(condition).imp(self.formula(then))
            case Iff(left, right):
                return self.formula(left).equiv(self.formula(right))

    def total(self, weights: Iterable[tuple[int, int]]) -> Vector:
        """The sum of the weights of the options taken, less the least possible sum."""
        found: Vector = []
        for place, weight in sorted(weights, key=lambda pair: self._level[pair[0]]):
            taken = self._taken[place] if weight > 0 else ~self._taken[place]
            bits = [taken if digit == "1" else self.false for digit in f"{abs(weight):b}"]
            found = self._plus(found, bits)
        return found

    def _plus(self, one: Vector, other: Vector) -> Vector:
        width = max(len(one), len(other))
        one, other = ([self.false] * (width - len(vector)) + vector for vector in (one, other))
        found, carry = [], self.false
        for a, b in zip(reversed(one), reversed(other), strict=True):
            half = a ^ b
            found.append(half ^ carry)
            carry = half.ite(carry, a)
        return [*([carry] if carry != self.false else []), *reversed(found)]

    # -- vectors ---------------------------------------------------------------------------------------------------
    def less(self, one: Vector, other: Vector) -> Diagram:
        """Where the first of two numbers is less than the second."""
        found = self.false
        for a, b in zip(reversed(one), reversed(other), strict=True):
            if a != b:
                found = a.equiv(b).ite(found, b)
        return found

    def choose(self, where: Diagram, one: Vector, other: Vector) -> Vector:
        """The first of two numbers where a condition holds, otherwise the second."""
        return [a if a == b else where.ite(a, b) for a, b in zip(one, other, strict=True)]

    def least(self, one: Vector, other: Vector) -> Vector:
        """The lesser of two numbers."""
        return self.choose(self.less(one, other), one, other)

    def halves(self, vector: Vector, place: int) -> tuple[Vector, Vector]:
        """A number where an option is not taken, and where it is, as numbers that don't depend on the option."""
        taken = self._taken[place]
        return [bit.apply_exists(AND, ~taken, taken) for bit in vector], [bit.apply_exists(AND, taken, taken) for bit in vector]

    @property
    def made(self) -> int:
        """About how many nodes there are, those that nothing needs any more included."""
        return self._manager.approx_num_inner_nodes()

    # -- export ----------------------------------------------------------------------------------------------------
    def count(self, states: Diagram) -> int:
        """How many combinations a diagram holds for."""
        return states.sat_count(2 * self.options) >> self.options

    def table(self, states: Diagram) -> Table:
        """The nodes of a diagram without primed variables, children before parents."""
        index = {self.false: 0, self.true: 1}
        levels: list[int] = []
        lows: list[int] = []
        highs: list[int] = []
        stack = [states]
        while stack:
            node = stack[-1]
            if node in index:
                stack.pop()
                continue
            children = node.cofactors()
            variable = node.node_var()
            assert children is not None, "a diagram that is no constant has children"
            assert variable is not None, "a diagram that is no constant has a variable"
            missing = [child for child in children if child not in index]
            if missing:
                stack += missing
                continue
            stack.pop()
            high, low = children
            index[node] = len(levels) + 2
            levels.append(variable // 2)
            lows.append(index[low])
            highs.append(index[high])
        return Table(self.order, levels, lows, highs, index[states])

    def loaded(self, table: Table, look: Callable[[], None] = lambda: None) -> Diagram:
        """The diagram of a table, which may have been made in another order; `look` is called on the way, and may raise to end it."""
        nodes = [self.false, self.true]
        for level, low, high in zip(table.levels, table.lows, table.highs, strict=True):
            nodes.append(self._taken[table.order[level]].ite(nodes[high], nodes[low]))
            look()
        return nodes[table.root]
