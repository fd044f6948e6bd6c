"""Whether anything is better than a start for everybody, or worse for nobody: examples, the nearest, what all have in common."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import islice
from operator import and_, or_

from detente.analysis.claims.none_such import Question
from detente.analysis.large.found import Existence
from detente.analysis.large.proving import proved
from detente.analysis.large.seek import Seek
from detente.errors import LimitError
from detente.model.formula import Formula, Taken
from detente.space.conditions import both, either, exactly, opposite

LISTED = 200
"""Most states of a kind that are counted and given; of more there are some examples."""
EXAMPLES = 12
"""How many of more are given."""


def existence(seek: Seek, literal: int, question: Question, where: Formula, *, common: bool = True) -> Existence:
    """Whether there is a state with a property, and what is said of it.

    Parameters
    ----------
    seek
        The search, of states that meet `where`.
    literal
        The property, as a literal of the search.
    question
        The same property, as claims name it.
    where
        The condition that counted states meet.
    common
        Whether it is looked for what all have in common.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.formula import TRUE
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> seek = Seek(space, space.status_quo)
    >>> existence(seek, seek.better_for_all, Question("gain"), TRUE).exists
    False
    """
    space, start, clock = seek.space, seek.start, seek.clock
    conflict = space.conflict
    found = seek.nearest(literal)
    if found.state is None:
        none = proved(space, start, question, where, clock) if found.sure else None
        return Existence(False if found.sure else None, all_listed=found.sure, none=none)
    distance = (found.state ^ start).bit_count()
    nearer = proved(space, start, replace(question, within=distance - 1), where, clock) if found.sure else None
    states, every = [found.state], False
    try:
        listed = list(islice(seek.each(literal), LISTED + 1))
        every = len(listed) <= LISTED
        states = [found.state, *(state for state in listed if state != found.state)][: LISTED if every else EXAMPLES]
    except LimitError:
        pass
    other = [opposite(exactly(conflict, conflict.taken(state))) for state in states]
    shared = (_and(states, len(conflict.options)) if every else seek.in_common(states, literal)) if common else None
    keys = [option.key for option in conflict.options]
    taken, not_taken = (tuple(key for k, key in enumerate(keys) if bits >> k & 1) for bits in shared or (0, 0))
    unlike = either(*(opposite(Taken(key)) for key in taken), *map(Taken, not_taken))
    return Existence(
        exists=True,
        states=tuple(sorted(states, key=lambda state: ((state ^ start).bit_count(), state))),
        all_listed=every,
        nearest=distance if found.sure else None,
        taken=taken,
        not_taken=not_taken,
        others=proved(space, start, question, both(where, *other), clock) if every else None,
        nearer=nearer,
        otherwise=proved(space, start, question, both(where, unlike), clock) if taken or not_taken else None,
    )


def _and(states: list[int], width: int) -> tuple[int, int]:
    """The options that are taken, and those that are not, in each of some states, as bits."""
    return reduce(and_, states), ~reduce(or_, states) & ((1 << width) - 1)
