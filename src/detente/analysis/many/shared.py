"""What all members of a set have in common: options, and how options go together, or which statements are met, in every one of them."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.many.conditions import Condition, GoTogether, IsMet, IsTaken, of_options, of_pairs, of_statements
from detente.analysis.many.looking import Examples, Look
from detente.space.members import Members

MOST_TOGETHER = 4
"""Most conditions, besides single options, that are named as holding of all members."""
_TRIED = 40  # such conditions that are checked on all members


@dataclass(frozen=True, slots=True)
class Shared:
    """What holds of all members of a set, and not of all states.

    Parameters
    ----------
    options
        Options that are taken in all members, or in none.
    together
        How options go together in all members, and statements that are met (or not) in all of them: those that keep out most other
        states, at most `MOST_TOGETHER`; each keeps out some that what stands before it does not.
    """

    options: tuple[IsTaken, ...]
    together: tuple[GoTogether | IsMet, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All of it."""
        return (*self.options, *self.together)


def always(look: Look, members: Members) -> tuple[IsTaken, ...]:
    """The options that are taken in all members and not in all states, and those taken in none and in some state.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> always(Look(space.states), space.set_of(1, 3))
    (IsTaken(key='x', taken=True),)
    """
    if not members:
        return ()
    some = members.sample(32, 0)
    return tuple(
        condition
        for condition in of_options(look.space.conflict)
        if all(look.holds(condition, state) for state in some)
        and not look.clock.is_over
        and not members - look.meeting(members, [condition])
        and look.states - look.meeting(look.states, [condition])
    )


def shared(look: Look, members: Members, options: tuple[IsTaken, ...]) -> Shared:
    """What all members have in common besides single options (`options`, from `always`).

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> [condition.how.value for condition in shared(Look(space.states), space.set_of(0, 3), ()).together]
    ['both or neither']
    """
    conflict = look.space.conflict
    fixed = {condition.key for condition in options}
    outside = look.meeting(look.states, options) - members
    candidates: list[GoTogether | IsMet] = [pair for pair in of_pairs(conflict) if not {pair.first, pair.second} & fixed]
    candidates += of_statements(conflict)
    examples = Examples(look, members, outside, candidates)
    holding = [place for place in range(len(candidates)) if not examples.inside & ~examples.columns[place]]
    found: list[GoTogether | IsMet] = []
    left = examples.outside
    for _ in range(_TRIED):
        if not left or not holding or len(found) == MOST_TOGETHER or look.clock.is_over:
            break
        best = max(holding, key=lambda place: ((left & ~examples.columns[place]).bit_count(), -candidates[place].cost))
        holding.remove(best)
        if not left & ~examples.columns[best]:
            break
        if not members - look.meeting(members, [candidates[best]]):
            found.append(candidates[best])
            left &= examples.columns[best]
    return Shared(options, tuple(found))
