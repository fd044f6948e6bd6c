"""Whether there is a state with certain properties in every completion of a cell, asked so that few answers have to be settled.

What all completions of a cell agree on needs no question; what none of them has needs none either.  Only for what lies between are
questions put, one state after the other, each time to what then can still be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from operator import and_, or_

from detente.analysis.groups import Groups
from detente.analysis.sweep.cell import Asked, Cell, Look
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.worths import Split, members
from detente.analysis.unlock.grouped import every_group

WAITING = 32
"""So many states of which it is open whether they hold are looked at before one is asked about."""

Combine = Callable[[Mapping[str, int]], int]
"""Makes one set of states of one set for each decision maker; larger sets never give a smaller one."""


@dataclass(frozen=True)
class SetOf:
    """A set of states for each order of a decision maker.

    Parameters
    ----------
    key
        What is asked; different questions have different keys.
    question
        The question; its answers are sets as integers.

    Examples
    --------
    >>> SetOf(("better", 3), lambda orders: orders.better(3)).key
    ('better', 3)
    """

    key: tuple[object, ...]
    question: Asked

    def has(self, state: int) -> Asked:
        """Whether a state is in the set."""

        def within(found: object) -> bool:
            assert isinstance(found, int)
            return bool(found >> state & 1)

        def asked(orders: PartyOrders) -> Split:
            return orders.derived(("has", state, *self.key), self.question(orders), within)

        return asked


def better_than(state: int) -> SetOf:
    """What is preferred to a state.

    >>> better_than(0).key
    ('better', 0)
    """
    return SetOf(("better", state), lambda orders: orders.better(state))


def for_all(wanted: int) -> Combine:
    """What is in all sets, and among some states.

    >>> bin(for_all(0b110)({"A": 0b111, "B": 0b011}))
    '0b10'
    """
    return lambda sets: reduce(and_, sets.values(), wanted)


def for_groups(groups: Groups, least: int, wanted: int) -> Combine:
    """What some group of so many members or more can bring about and has in all its sets, and is among some states.

    Raises `LimitError` (S308) if there are too many decision makers for every group to be looked at.

    Parameters
    ----------
    groups
        What groups can bring about.
    least
        The least number of members, those counted who own no option.
    wanted
        The states.
    """
    able = [(group, groups.brought_about(group) & wanted) for group in every_group(groups.space) if len(group) >= least]

    def combine(sets: Mapping[str, int]) -> int:
        return reduce(or_, (reduce(and_, (sets[dm] for dm in group), states) for group, states in able), 0)

    return combine


@dataclass(frozen=True)
class Sought:
    """Looks for states in a cell.

    Parameters
    ----------
    cell
        The cell.
    sets
        For each decision maker (key) the set that is asked for.
    combine
        The states that are looked for, as they follow from these sets.
    near
        States near to this one are tried first.
    holding
        If they are to hold as well: the play, and for each decision maker the key of a concept.
    """

    cell: Cell
    sets: Mapping[str, SetOf]
    combine: Combine
    near: int
    holding: tuple[Play, Mapping[str, str]] | None = None

    def any(self, without: int = 0) -> int | None:
        """A state that is one in every completion of the cell, other than some; None if there is none in any.

        Raises `Undecided` where completions differ.
        """
        left = ~without
        state: int | None
        while True:
            state, is_sure, left = self.cell.survey(partial(self._next, left))
            if state is None or is_sure or self._asked(state):
                return state
            left &= ~(1 << state)

    def _asked(self, state: int) -> bool:
        """Whether a state is one, by questions about it."""
        known: dict[str, bool | None] = self.cell.survey(lambda look: self._known(look, state))
        for dm, each in self.sets.items():
            if (decided := self._decided(known, state)) is not None:
                break
            if known[dm] is None:
                known = {**known, dm: self.cell.ask(dm, each.has(state))}
        else:
            decided = self._decided(known, state)
        return bool(decided) and (self.holding is None or self.holding[0].holds(self.cell, self.holding[1], state))

    def _known(self, look: Look, state: int) -> dict[str, bool | None]:
        """For each decision maker whether a state is in their set; None where that is open."""
        return {dm: _one(look(dm, each.has(state))) for dm, each in self.sets.items()}

    def _decided(self, known: Mapping[str, bool | None], state: int) -> bool | None:
        """Whether a state is one of the combined set, by whose sets it is known to be in; None if that does not settle it."""
        if self.combine({dm: int(inside is True) << state for dm, inside in known.items()}) >> state & 1:
            return True
        return None if self.combine({dm: int(inside is not False) << state for dm, inside in known.items()}) >> state & 1 else False

    def _next(self, among: int, look: Look) -> tuple[int | None, bool, int]:
        """A state that is one for sure, or one to ask about; and all that can still be one."""
        answers = {dm: look(dm, each.question) for dm, each in self.sets.items()}
        possible = self.combine({dm: reduce(or_, found) for dm, found in answers.items()}) & among
        sure = self.combine({dm: reduce(and_, found) for dm, found in answers.items()}) & possible
        if self.holding is None:
            return next(iter(self._by_nearness(sure or possible)), None), bool(sure), possible
        play, profile = self.holding
        waiting: list[tuple[int, int]] = []
        parties = list(profile)
        for state in (*self._by_nearness(sure), *self._by_nearness(possible & ~sure)):
            open_for = 0
            for dm in parties:
                stays = play.judged(look, profile[dm], dm, state)
                if stays is False:
                    possible &= ~(1 << state)
                    parties = [dm, *(other for other in parties if other != dm)]  # who leaves one state often leaves the next
                    break
                open_for += stays is None
            else:
                if not open_for and sure >> state & 1:
                    return state, True, possible
                waiting.append((open_for, state))
            if len(waiting) == WAITING:
                break
        chosen = min(waiting, key=lambda one: one[0], default=None)
        return (None if chosen is None else chosen[1]), False, possible

    def _by_nearness(self, states: int) -> tuple[int, ...]:
        return tuple(sorted(members(states), key=lambda state: ((state ^ self.near).bit_count(), state)))


def _one(answers: list[bool]) -> bool | None:
    """The answer that is given by all; None where there are two."""
    return answers[0] if len(answers) == 1 else None
