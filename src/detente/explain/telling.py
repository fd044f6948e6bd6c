"""The words for the two sides of a comparison: all that differs between telling of a change, and of two accounts side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from detente.analysis.changing import Changing
from detente.explain.words import Words, quoted

Side = Literal[0, 1]
"""The first of two sides, or what was before; and the second, or what is after."""
Pair = tuple[str, str]
"""Words for the one side, and for the other."""


@dataclass(frozen=True, slots=True)
class At:
    """A state of one side, as sentences name it.

    Parameters
    ----------
    state
        The state by its number there: "state 4".
    choice
        Which options are taken.
    named
        The same, with its name if it has one.

    Examples
    --------
    >>> "{0.state} ({0.named})".format(At("state 4", "YY", "YY, “deal”"))
    'state 4 (YY, “deal”)'
    """

    state: str
    choice: str
    named: str

    @staticmethod
    def of(words: Words, state: int) -> At:
        """A state in the words of its side.

        >>> from detente.cases import load
        >>> from detente.space.states import StateSpace
        >>> At.of(Words(StateSpace(load("elmira"))), 2).choice
        'NYNNN'
        """
        name, choice = words.name(state), words.space.choice(state)
        return At(words.state(state), choice, f"{choice}, {quoted(name)}" if name else choice)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a comparison is told.

    All words are templates.  What they are about stands in braces: 0 and 1 are the two sides wherever both are meant.  Of a pair of
    templates the one is for what is so on the one side only, and the other for what is so on the other side only.

    Parameters
    ----------
    order
        Which side is told first.
    where
        The two sides: "in the first".
    only
        What is on one side only, in a list.
    shown
        A state that goes by its number on that side.
    numbers, numbers_only
        How many there are on the sides, and on one only.
    numbered
        By whose numbers states go.
    nothing
        That nothing differs; of what is the same.
    apart
        Why single states are not compared.
    alike, other, rest
        That all equilibria are the same states though other things differ; under what they are not; under what they are then.
    quo_only, quo_moved, quo_alike, quo_judged
        That one side only has a status quo; that it is another state; that all verdicts on it are the same (None if that is not told); what
        leads the verdicts that are not.
    held, stays
        What is an equilibrium on one side only; who stays on one side only.
    no_state, turned
        Why a state is an equilibrium on one side only: it is no state on the other, or who would leave it there.
    state_only, name_only, name_moved
        What has a name in both and is a state on one side only; a name that only one side has; one that is another state.
    verdicts, verdict, stays_at, between
        What leads the numbers of verdicts that differ; one decision maker; at how many states they stay on one side only; what stands
        between the two.
    near_none, near_quo_only, near_moved, near_known, near_shared, near_alike, near_differs
        Where only the status quo is asked about: that there is none; that one side only has one; which state it is; what is compared where
        some verdicts are not known, and where the decision makers are not the same; that all is the same; that something is not.
    """

    order: tuple[Side, Side]
    where: Pair
    only: Pair
    shown: Pair
    numbers: str
    numbers_only: str
    numbered: str
    nothing: str
    apart: Callable[[Changing], str]
    alike: str
    other: str
    rest: str
    quo_only: Pair
    quo_moved: str
    quo_alike: str | None
    quo_judged: str
    held: Pair
    stays: Pair
    no_state: Pair
    turned: Pair
    state_only: Pair
    name_only: Pair
    name_moved: str
    verdicts: str
    verdict: str
    stays_at: Pair
    between: str
    near_none: str
    near_quo_only: Pair
    near_moved: str
    near_known: str
    near_shared: str
    near_alike: str
    near_differs: str
