"""What statements about pairs of states say of two states: which statement counts for them, and which way round.

A statement covers a pair when one state meets its first condition and the other its second.  Where both could be either, it says nothing of
them, since it would say the same both ways round; what is unknown has no direction, and covers them all the same.  Of several statements of
one kind that cover a pair the first counts.  No statement covers a state and itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.model.evaluate import evaluator
from detente.model.pairs import PairStatement
from detente.space.states import StateSpace

UNKNOWN = "unknown"
"""The kind of statement that says that a comparison is not known."""


@dataclass(frozen=True, slots=True)
class Said:
    """What counts for a state and another.

    Parameters
    ----------
    statement
        The statement.
    place
        Its place among all statements about pairs of the decision maker, from 1.
    turned
        Whether it speaks of the other state over the first.

    Examples
    --------
    >>> from detente.model.formula import Taken
    >>> Said(PairStatement("unknown", Taken("x"), Taken("y")), 1, False).element("A")
    'decision makers/A/pairs/1'
    """

    statement: PairStatement
    place: int
    turned: bool

    def element(self, dm: str) -> str:
        """The path of the statement in a conflict file, for a decision maker (`dm`, a key)."""
        return f"decision makers/{dm}/pairs/{self.place}"


class Pairs:
    """The statements about pairs of one decision maker, for looking up what they say of two states.

    Parameters
    ----------
    space
        The space that the states belong to.
    dm
        Key of the decision maker.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> x, sure = Taken("x"), (Fraction(1, 4),)
    >>> said = [PairStatement("certainty", x, Not(x), sure), PairStatement("unknown", x, Not(x))]
    >>> one = DecisionMaker("A", "A", pairs=tuple(said))
    >>> pairs = Pairs(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), "A")
    >>> pairs.said("certainty", 1, 0).turned, pairs.said("certainty", 0, 1).turned, pairs.said("certainty", 1, 1)
    (False, True, None)
    >>> pairs.unknown(0, 1), pairs.unknown(1, 1), pairs.said("unknown", 0, 1).place
    (True, False, 2)
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        self.space, self.dm = space, space.conflict.decision_maker(dm)
        index = space.conflict.option_index
        self._tests = [(evaluator(pair.of, index), evaluator(pair.over, index)) for pair in self.dm.pairs]
        self._roles: dict[int, tuple[tuple[int, int], ...]] = {}

    def roles(self, state: int) -> tuple[tuple[int, int], ...]:
        """For each statement whether a state meets its first condition, and whether its second, as 1 or 0."""
        found = self._roles.get(state)
        if found is None:
            found = self._roles[state] = tuple((of(state), over(state)) for of, over in self._tests)
        return found

    def said(self, kind: str, state: int, other: int) -> Said | None:
        """What a statement of a kind says of a state and another (`other`), either way round; None if none covers them."""
        return next(self.covering(kind, state, other), None)

    def covering(self, kind: str, state: int, other: int) -> Iterator[Said]:
        """All statements of a kind that cover a state and another (`other`), in their order; the first counts."""
        if state == other:
            return
        mine, theirs = self.roles(state), self.roles(other)
        for place, statement in enumerate(self.dm.pairs):
            if statement.kind != kind:
                continue
            forward, backward = mine[place][0] and theirs[place][1], theirs[place][0] and mine[place][1]
            if (forward or backward) if kind == UNKNOWN else forward != backward:
                yield Said(statement, place + 1, not forward)

    def unknown(self, state: int, other: int) -> bool:
        """Whether it is not known how the decision maker compares a state and another (`other`)."""
        return self.said(UNKNOWN, state, other) is not None


def has_pairs(space: StateSpace, kind: str) -> bool:
    """Whether any decision maker of a space has a statement about pairs of a kind.

    Parameters
    ----------
    space
        The space.
    kind
        The kind of statement.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> has_pairs(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), "unknown")
    False
    """
    return any(pair.kind == kind for dm in space.conflict.decision_makers for pair in dm.pairs)
