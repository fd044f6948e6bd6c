"""States that hold, looked for among those that have some property: each that is found is confirmed by everybody's witness.

First for states from which nobody has an improvement: a candidate that has one is not only left out, but with it all states from which the
same change of options is an improvement (lazy clauses, as in counterexample-guided refinement).  Then, state by state, for those that
hold because improvements have answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from detente.analysis.large.seek import Seek
from detente.analysis.large.verdicts import Verdicts
from detente.concepts.witness import AnyWitness
from detente.errors import LimitError

MOST_TRIED = 2_000
"""Most candidates that are asked about one by one."""


@dataclass(frozen=True)
class Held:
    """What a search for states that hold gave.

    Parameters
    ----------
    states
        States that hold, the first found first.
    left
        Candidates that somebody leaves, each with the witness of one who does.
    complete
        Whether all candidates were settled: no others hold.
    """

    states: tuple[int, ...]
    left: tuple[tuple[int, AnyWitness], ...]
    complete: bool


class Holding:
    """Looks for states that hold among the candidates of a search.

    Parameters
    ----------
    seek
        The search.
    verdicts
        Who stays where.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("chicken"))
    >>> found = Holding(Seek(space, 0), Verdicts(space, {"Row": "Nash", "Column": "Nash"})).among(most=4)
    >>> sorted(found.states), found.complete
    ([1, 2], True)
    """

    def __init__(self, seek: Seek, verdicts: Verdicts) -> None:
        self.seek, self.verdicts = seek, verdicts
        self._calm = {dm: seek.solver.new() for dm in seek.decision_makers}  # assumed: none of their improvements that were seen elsewhere

    def among(self, *assumed: int, most: int = 1, counts: Callable[[int], bool] = lambda _: True) -> Held:
        """States with these properties that hold, at most so many; if need be all that have them are asked about.

        Parameters
        ----------
        assumed
            Literals of the search's state.
        most
            How many states that hold are enough.
        counts
            Says of a state whether it is a candidate at all; others are passed over.
        """
        found: list[int] = []
        left: list[tuple[int, AnyWitness]] = []
        undecided = False
        try:
            for state in self._calm_states(*assumed):
                if counts(state):
                    found.append(state)
                    if len(found) >= most:
                        return Held(tuple(found), (), False)
            for tried, state in enumerate(self.seek.each(*assumed)):
                if tried >= MOST_TRIED:
                    return Held(tuple(found), tuple(left), False)
                if state in found or not counts(state):
                    continue
                leaver = self.verdicts.leaver(state)
                if leaver is not None:
                    left.append((state, leaver))
                elif self.verdicts.holds(state) is None:
                    undecided = True
                elif counts(state):
                    found.append(state)
                    if len(found) >= most:
                        return Held(tuple(found), tuple(left), False)
        except LimitError:
            return Held(tuple(found), tuple(left), False)
        return Held(tuple(found), tuple(left), not undecided)

    def calm_for(self, decision_makers: Iterable[str]) -> tuple[int, ...]:
        """Literals that leave out states from which one of these has an improvement that was seen elsewhere."""
        return tuple(self._calm[dm] for dm in decision_makers)

    def learn_from(self, state: int, decision_makers: Iterable[str]) -> bool:
        """Whether one of these has an improvement from a state; what is learned of it leaves the state out, and others with it."""
        found = False
        for dm in decision_makers:
            to = self.verdicts.improvement(dm, state)
            if to is not None:
                self._learn(dm, state ^ to)
                found = True
        return found

    def _calm_states(self, *assumed: int) -> Iterator[int]:
        """The states with these properties from which nobody has an improvement."""
        solver, given = self.seek.solver, self.seek.solver.new()
        everybody = self.seek.decision_makers
        while solver.solve(*assumed, *self.calm_for(everybody), given):
            state = self.seek.code.read(self.seek.state)
            if not self.learn_from(state, everybody):
                self.seek.exclude(state, -given)
                yield state

    def _learn(self, dm: str, flip: int) -> None:
        """From now on leave out of the calm states those from which a change is an improvement of a decision maker."""
        after = tuple(-x if flip >> k & 1 else x for k, x in enumerate(self.seek.state))
        self.seek.solver.add(-self._calm[dm], -self.seek.code.move(dm, self.seek.state, after, improving=True))
