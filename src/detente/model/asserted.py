"""A formula as clauses that can be met together just where the formula can (Tseitin 1968); small enough to be read and trusted."""

from __future__ import annotations

from collections.abc import Mapping

from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken, children

Clause = tuple[int, ...]
"""Literals at least one of which is true: numbers of variables, negative where the variable is false."""


def asserted(formula: Formula, index: Mapping[str, int]) -> tuple[Clause, ...]:
    """Clauses that can be met together just where a formula can.

    Parameters
    ----------
    formula
        The formula.  A part that is used in several places, as the same object, is written once.
    index
        For each option (key) its place; variable k + 1 stands for the option at place k, further variables for parts of the formula.

    Examples
    --------
    >>> asserted(And((Taken("x"), Not(Taken("y")))), {"x": 0, "y": 1})
    ((3,), (4, 2, -1), (-4, -2), (-4, 1), (4,))
    """
    made = _Clauses(index)
    made.clauses.append((made.true,))
    made.clauses.append((made.literal(formula),))
    return tuple(made.clauses)


class _Clauses:
    """Clauses in the making, and the literal of each part of a formula that was met."""

    def __init__(self, index: Mapping[str, int]) -> None:
        self._index = index
        self.true = len(index) + 1
        self._last = self.true
        self.clauses: list[Clause] = []
        self._known: dict[int, int] = {}
        self._gates: dict[Clause, int] = {}
        self._kept: list[Formula] = []  # so that no other object gets the identity of a part

    def literal(self, formula: Formula) -> int:
        """The literal of a formula; parts first, and without recursion, since a sum may be as deep as the options are many."""
        self._kept.append(formula)
        waiting = [formula]
        while waiting:
            part = waiting[-1]
            if id(part) in self._known:
                waiting.pop()
            elif missing := [inner for inner in children(part) if id(inner) not in self._known]:
                waiting += missing
            else:
                self._known[id(part)] = self._of(part)
                waiting.pop()
        return self._known[id(formula)]

    def _of(self, part: Formula) -> int:
        """The literal of a formula whose parts have theirs."""
        of = self._known
        match part:
            case Const(value):
                return self.true if value else -self.true
            case Taken(option):
                return self._index[option] + 1
            case Not(inner):
                return -of[id(inner)]
            case And(parts):
                return self._every([of[id(inner)] for inner in parts])
            case Or(parts):
                return -self._every([-of[id(inner)] for inner in parts])
            case If(then, condition):
                return -self._every([-of[id(then)], of[id(condition)]])
            case Iff(left, right):
                one, other = of[id(left)], of[id(right)]
                return -self._every([-self._every([one, other]), -self._every([-one, -other])])

    def _every(self, literals: list[int]) -> int:
        """A literal that is true just where all the given ones are."""
        key = tuple(sorted(set(literals)))
        if len(key) == 1:
            return key[0]
        if key not in self._gates:
            self._last += 1
            gate = self._gates[key] = self._last
            self.clauses.append((gate, *(-literal for literal in key)))
            self.clauses += [(-gate, literal) for literal in key]
        return self._gates[key]
