"""States, conditions, preferences and moves as clauses: a question about a conflict of any size becomes one for a SAT solver.

A *copy* of the state is a literal for each option, so that several states of which little is known can stand in one question; a known
state is a copy of constants.  Conditions over a copy become literals (Tseitin 1968), equal ones the same literal, and constants are
worked in at once: a comparison with a known state, or of two copies that share most of their options, is no larger than what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeAlias

from detente.engines.sat.solver import Solver
from detente.model.conflict import Conflict
from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.model.rule import required
from detente.preference.order import criteria_of
from detente.space.states import StateSpace

Copy: TypeAlias = tuple[int, ...]
"""A literal for each option, in the order of the conflict."""

TRUE, FALSE = Solver.TRUE, Solver.FALSE


class Encoding:
    """The clauses of one space, in one solver.

    Parameters
    ----------
    space
        The space, listed or not, without merged states.
    solver
        Where the clauses go.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> one = Encoding(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))), Solver())
    >>> state = one.copy()
    >>> better = one.prefers("A", state, one.known(0))
    >>> one.solver.solve(better), one.read(state) & 1, one.solver.solve(better, -state[0])
    (True, 1, False)
    """

    def __init__(self, space: StateSpace, solver: Solver) -> None:
        self.space, self.solver = space, solver
        self.conflict: Conflict = space.conflict
        self._index = self.conflict.option_index
        self._gates: dict[tuple[int, ...], int] = {}
        self._met: dict[tuple[int, tuple[int, ...]], int] = {}
        self._formulas: dict[int, tuple[Formula, tuple[int, ...]]] = {}
        self._required = tuple(rule for rule in map(required, self.conflict.rules) if rule is not None)
        self._criteria = {dm.key: tuple(_written_out(space, criteria_of(dm))) for dm in self.conflict.decision_makers}

    # -- gates -----------------------------------------------------------------------------------------------------
    def every(self, literals: Iterable[int]) -> int:
        """A literal that is true iff all the given ones are."""
        parts = set(literals)
        parts.discard(TRUE)
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        if len(parts) < 2:
            return parts.pop() if parts else TRUE
        key = tuple(sorted(parts))
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = self.solver.new()
            add = self.solver.add
            for part in key:
                add(-gate, part)
            add(gate, *(-part for part in key))
        return gate

    def some(self, literals: Iterable[int]) -> int:
        """A literal that is true iff at least one of the given ones is."""
        return -self.every(-literal for literal in literals)

    def same(self, left: int, right: int) -> int:
        """A literal that is true iff two literals have the same value."""
        if abs(left) == 1:
            return right if left == TRUE else -right
        if abs(right) == 1:
            return left if right == TRUE else -left
        if abs(left) == abs(right):
            return TRUE if left == right else FALSE
        sign = 1 if (left > 0) == (right > 0) else -1
        low, high = sorted((abs(left), abs(right)))
        key = (0, low, high)
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = self.solver.new()
            for clause in ((-gate, -low, high), (-gate, low, -high), (gate, low, high), (gate, -low, -high)):
                self.solver.add(*clause)
        return sign * gate

    # -- copies of the state ---------------------------------------------------------------------------------------
    def copy(self) -> Copy:
        """A copy of the state of which nothing is known, not even that it is feasible."""
        return tuple(self.solver.new() for _ in self.conflict.options)

    def known(self, combination: int) -> Copy:
        """A known combination, as a copy of constants."""
        return tuple(TRUE if combination >> k & 1 else FALSE for k in range(len(self.conflict.options)))

    def changed(self, copy: Copy, bits: int) -> Copy:
        """A copy with new literals for the options at some bits, the same for all others."""
        return tuple(self.solver.new() if bits >> k & 1 else literal for k, literal in enumerate(copy))

    def mixed(self, copy: Copy, bits: int, other: Copy) -> Copy:
        """A copy with the options at some bits as in another copy."""
        return tuple(other[k] if bits >> k & 1 else literal for k, literal in enumerate(copy))

    def is_state(self, copy: Copy, combination: int, bits: int = -1) -> list[int]:
        """The literals that together say that a copy is a combination, as assumptions; only the options at some bits, by default all."""
        return [x if combination >> k & 1 else -x for k, x in enumerate(copy) if bits >> k & 1]

    def read(self, copy: Copy) -> int:
        """The combination that a copy is in the solution found last."""
        return self.solver.number(copy)

    # -- conditions ------------------------------------------------------------------------------------------------
    def meets(self, formula: Formula, copy: Copy) -> int:
        """A literal that is true iff a copy meets a condition."""
        known = self._formulas.get(id(formula))
        if known is None:
            known = self._formulas[id(formula)] = (formula, self.options_in(formula))
        key = (id(formula), tuple(copy[k] for k in known[1]))
        found = self._met.get(key)
        if found is None:
            found = self._met[key] = self._literal(formula, copy)
        return found

    def options_in(self, formula: Formula) -> tuple[int, ...]:
        """The places of the options that a condition names."""
        match formula:
            case Const():
                return ()
            case Taken(option):
                return (self._index[option],)
            case Not(part):
                return self.options_in(part)
            case And(parts) | Or(parts):
                return tuple(dict.fromkeys(k for part in parts for k in self.options_in(part)))
            case If(one, two) | Iff(one, two):
                return tuple(dict.fromkeys((*self.options_in(one), *self.options_in(two))))

    def _literal(self, formula: Formula, copy: Copy) -> int:
        match formula:
            case Const(value):
                return TRUE if value else FALSE
            case Taken(option):
                return copy[self._index[option]]
            case Not(part):
                return -self._literal(part, copy)
            case And(parts):
                return self.every(self._literal(part, copy) for part in parts)
            case Or(parts):
                return self.some(self._literal(part, copy) for part in parts)
            case If(then, condition):
                return self.some((self._literal(then, copy), -self._literal(condition, copy)))
            case Iff(left, right):
                return self.same(self._literal(left, copy), self._literal(right, copy))

    def feasible(self, copy: Copy) -> int:
        """A literal that is true iff the rules allow a copy."""
        return self.every(self.meets(rule, copy) for rule in self._required)

    # -- preferences -----------------------------------------------------------------------------------------------
    def prefers(self, dm: str, copy: Copy, other: Copy) -> int:
        """A literal that is true iff a decision maker strictly prefers a copy to another; use `known` for a state that is known."""
        return self.compare(dm, copy, other)[0]

    def no_better(self, dm: str, copy: Copy, than: Copy) -> int:
        """A literal that is true iff a decision maker does not prefer a copy to another."""
        return -self.prefers(dm, copy, than)

    def no_worse(self, dm: str, copy: Copy, than: Copy) -> int:
        """A literal that is true iff a decision maker strictly prefers a copy to another or finds them equal."""
        return -self.prefers(dm, than, copy)

    def compare(self, dm: str, copy: Copy, other: Copy) -> tuple[int, int]:
        """Two literals: the decision maker strictly prefers the copy to the other; they are equally good."""
        better, tied = FALSE, TRUE
        for criterion in reversed(self._criteria[dm]):
            if isinstance(criterion, Meets):
                one, two = self.meets(criterion.formula, copy), self.meets(criterion.formula, other)
                if one == two:
                    continue
                above, equal = self.every((one, -two)), self.same(one, two)
            else:
                assert isinstance(criterion, Sums)
                above, equal = self._sums(criterion, copy, other)
            better = self.some((above, self.every((equal, better))))
            tied = self.every((equal, tied))
        return better, tied

    def _sums(self, criterion: Sums, copy: Copy, other: Copy) -> tuple[int, int]:
        """Whether the sum of weights is greater in one copy than in another, and whether it is the same.

        Options that are the same in both count for nothing; a negative weight counts as its amount on the option not taken.
        """
        pairs = [(copy[self._index[key]], other[self._index[key]], weight) for key, weight in criterion.weights if weight]
        pairs = [(one, two, weight) for one, two, weight in pairs if one != two]
        sides = []
        for side in (0, 1):
            sides.append(self._sum([(pair[side] if pair[2] > 0 else -pair[side], abs(pair[2])) for pair in pairs]))
        width = max(map(len, sides), default=0)
        one, two = (side + [FALSE] * (width - len(side)) for side in sides)
        above, equal = FALSE, TRUE
        for a, b in zip(one, two, strict=True):  # the lowest digit first
            same = self.same(a, b)
            above = self.some((self.every((a, -b)), self.every((same, above))))
            equal = self.every((same, equal))
        return above, equal

    def _sum(self, terms: Sequence[tuple[int, int]]) -> list[int]:
        """The binary digits, lowest first, of the sum of the weights of the literals that are true."""
        waiting: dict[int, list[int]] = {}
        for literal, weight in terms:
            for place in range(weight.bit_length()):
                if weight >> place & 1:
                    waiting.setdefault(place, []).append(literal)
        digits, place = [], 0
        while place <= max(waiting, default=-1):
            column = waiting.setdefault(place, [])
            while len(column) > 1:
                a, b, c = column.pop(), column.pop(), column.pop() if column else FALSE
                column.append(self.same(self.same(a, b), c))  # odd many of three: same, twice
                carry = self.some((self.every((a, b)), self.every((a, c)), self.every((b, c))))
                if carry != FALSE:
                    waiting.setdefault(place + 1, []).append(carry)
            digits.append(column[0] if column else FALSE)
            place += 1
        return digits

    # -- moves -----------------------------------------------------------------------------------------------------
    def may_change(self, before: Copy, after: Copy, bits: int = -1) -> int:
        """A literal that is true iff the directions of the options at some bits allow the change from a copy to another."""
        found = []
        for k, (a, b) in enumerate(zip(before, after, strict=True)):
            if bits >> k & 1 and a != b:
                if self.space.only_on >> k & 1:
                    found.append(self.some((-a, b)))
                elif self.space.only_off >> k & 1:
                    found.append(self.some((a, -b)))
        return self.every(found)

    def perceives(self, dm: str, copy: Copy) -> int:
        """A literal that is true iff a decision maker perceives a copy."""
        unperceived = self.conflict.decision_maker(dm).unperceived
        return TRUE if unperceived is None else -self.meets(unperceived, copy)

    def banned(self, dm: str, before: Copy, after: Copy) -> int:
        """A literal that is true iff a ban speaks of a decision maker's move from a copy to another."""
        bans = (ban for ban in self.conflict.bans if ban.by == dm)
        return self.some(self.every((self.meets(ban.leaving, before), self.meets(ban.reaching, after))) for ban in bans)

    def differs(self, before: Copy, after: Copy) -> int:
        """A literal that is true iff two copies are different combinations."""
        return self.some(-self.same(a, b) for a, b in zip(before, after, strict=True) if a != b)

    def move(self, dm: str, before: Copy, after: Copy, *, improving: bool = False) -> int:
        """A literal that is true iff a decision maker has a move from a copy to another, or these are the same combination.

        That is: only own options differ, as their directions allow, the second copy is feasible, the decision maker perceives
        both, and no ban speaks of the move.  That the first is feasible is not part of it.  With `improving` the decision
        maker also prefers the second, which then is another combination.
        """
        own = self.space.masks[dm]
        parts = [self.same(a, b) for k, (a, b) in enumerate(zip(before, after, strict=True)) if not own >> k & 1 and a != b]
        parts += [self.may_change(before, after, own), self.feasible(after), -self.banned(dm, before, after)]
        parts += [self.perceives(dm, before), self.perceives(dm, after)]
        if improving:
            parts.append(self.prefers(dm, after, before))
        return self.every(parts)

    def joint_move(self, members: Sequence[str], before: Copy, after: Copy) -> int:
        """A literal that is true iff a group has a joint move from a copy to another, or these are the same combination.

        See `detente.analysis.claims.joint`: every option that differs may change that way and has an owner in the group who perceives both
        copies and whom no ban keeps from going from one to the other.
        """
        able = {dm: self.every((self.perceives(dm, before), self.perceives(dm, after), -self.banned(dm, before, after))) for dm in members}
        parts = [self.feasible(after), self.may_change(before, after)]
        for k, (a, b) in enumerate(zip(before, after, strict=True)):
            if a != b:
                owners = [able[dm] for dm in members if self.space.masks[dm] >> k & 1]
                parts.append(self.some((self.same(a, b), *owners)))
        return self.every(parts)


MAX_LISTED = 256
"""Most states of an explicit order that are written out as conditions."""


def _written_out(space: StateSpace, criteria: Iterable[Criterion]) -> Iterable[Meets | Sums]:
    """Criteria without explicit orders: each level of such an order becomes a condition, "this level or a higher one"."""
    for criterion in criteria:
        if isinstance(criterion, Listed):
            parts: list[Formula] = []
            for level in criterion.levels:
                parts += [_exactly(space.conflict, taken) for taken in level]
                yield Meets(Or(tuple(parts)))
        else:
            yield criterion


def _exactly(conflict: Conflict, taken: frozenset[str]) -> Formula:
    return And(tuple(_taken(option.key) if option.key in taken else Not(_taken(option.key)) for option in conflict.options))


@cache
def _taken(key: str) -> Taken:
    return Taken(key)
