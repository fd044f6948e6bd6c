"""States that are looked for in spaces of any size: better than a start for some or all, within reach, near; or a proof of none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from detente.engines.sat.encoding import Copy, Encoding
from detente.engines.sat.solver import Clock, Solver
from detente.errors import LimitError
from detente.model.formula import TRUE, Formula
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search for a state gave.

    Parameters
    ----------
    state
        A state that meets what was asked; None if there is none, or none was found in time.
    sure
        Whether the search was brought to its end: there is none, or none is nearer.
    """

    state: int | None
    sure: bool


class Seek:
    """Looks for states with given properties; what was learned in one search is kept for the next.

    Parameters
    ----------
    space
        The space, listed or not, without merged states.
    start
        The state that all is compared with.
    clock
        Limits each search.
    where
        The condition that counted states meet.

    Raises
    ------
    MissingExtra
        S331 if python-sat is not installed.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> seek = Seek(space, space.state(4))
    >>> space.number(seek.find(seek.better_for_all).state), seek.find(seek.better_for_all, -seek.state[0], seek.state[1])
    (1, Sought(state=None, sure=True))
    """

    def __init__(self, space: StateSpace, start: int, clock: Clock | None = None, where: Formula = TRUE) -> None:
        self.space, self.start = space, start
        self.solver = Solver(clock)
        self.code = Encoding(space, self.solver)
        self.state: Copy = self.code.copy()
        """The state that is looked for."""
        self.here: Copy = self.code.known(start)
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        self.solver.add(self.code.feasible(self.state))
        self.solver.add(self.code.meets(where, self.state))
        self._differences = [-x if start >> k & 1 else x for k, x in enumerate(self.state)]
        self._rows: list[list[int]] = []

    @property
    def clock(self) -> Clock:
        """Limits each search."""
        return self.solver.clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self.solver.clock = clock

    # -- properties of the state -----------------------------------------------------------------------------------
    @cached_property
    def better(self) -> dict[str, int]:
        """For each decision maker (key) the literal that they prefer the state to the start."""
        return {dm: self.code.prefers(dm, self.state, self.here) for dm in self.decision_makers}

    @cached_property
    def no_worse(self) -> dict[str, int]:
        """For each decision maker the literal that they find the state no worse than the start."""
        return {dm: self.code.no_worse(dm, self.state, self.here) for dm in self.decision_makers}

    @cached_property
    def better_for_all(self) -> int:
        """The literal that everybody prefers the state to the start: it is in Z."""
        return self.code.every(self.better.values())

    @cached_property
    def worse_for_none(self) -> int:
        """The literal that the state is better for somebody and worse for nobody, and not better for all: in W and not in Z."""
        some = self.code.some(self.better.values())
        return self.code.every([*self.no_worse.values(), some, -self.better_for_all])

    @cached_property
    def shared_gain(self) -> int:
        """The literal that those who prefer the state are two or more, and can bring it about by a joint move."""
        return self.code.every((self.two_gain, self.jointly(self.better)))

    @cached_property
    def shared_gain_at_most(self) -> int:
        """The same for all that they may bring about if neither bans nor perceptions stood in the way: it holds all that they can."""
        return self.code.every((self.two_gain, self.jointly(self.better, freely=True)))

    @cached_property
    def alone(self) -> int:
        """The literal that somebody prefers the state to the start and brings it about by a single move."""
        each = ((gains, self.jointly({dm: Solver.TRUE})) for dm, gains in self.better.items())
        return self.code.some(self.code.every(both) for both in each)

    @cached_property
    def two_gain(self) -> int:
        """The literal that two or more prefer the state to the start."""
        two, one = Solver.FALSE, Solver.FALSE
        for gains in self.better.values():
            two = self.code.some((two, self.code.every((one, gains))))
            one = self.code.some((one, gains))
        return two

    @cached_property
    def within_reach(self) -> int:
        """The literal that everybody together can bring the state about by a joint move, or it is the start."""
        return self.jointly(dict.fromkeys(self.decision_makers, Solver.TRUE))

    @cached_property
    def within_reach_at_most(self) -> int:
        """The same if neither bans nor perceptions stood in the way: true of everything that any sequence of moves reaches."""
        return self.jointly(dict.fromkeys(self.decision_makers, Solver.TRUE), freely=True)

    def jointly(self, members: dict[str, int], *, freely: bool = False) -> int:
        """The literal that a group brings the state about at once; `members` says under which literal each belongs to it.

        With `freely` neither bans nor perceptions keep anybody from moving.
        """
        code, able = self.code, dict(members)
        for dm, taking_part in members.items() if not freely else ():
            perceived = (code.perceives(dm, self.here), code.perceives(dm, self.state))
            able[dm] = code.every((taking_part, *perceived, -code.banned(dm, self.here, self.state)))
        parts = [code.may_change(self.here, self.state)]
        for k, differs in enumerate(self._differences):
            parts.append(code.some((-differs, *(able[dm] for dm in able if self.space.masks[dm] >> k & 1))))
        return code.every(parts)

    def at_least(self, count: int) -> int:
        """The literal that at least so many options are otherwise than at the start."""
        if count <= 0:
            return Solver.TRUE
        if count > len(self._differences):
            return Solver.FALSE
        while len(self._rows) < count:
            before = self._rows[-1] if self._rows else [Solver.TRUE] * (len(self._differences) + 1)
            row = [Solver.FALSE]
            for k, differs in enumerate(self._differences):
                row.append(self.code.some((row[k], self.code.every((before[k], differs)))))
            self._rows.append(row)
        return self._rows[count - 1][-1]

    def exclude(self, state: int, *unless: int) -> None:
        """Leave a state out of all further searches, or (`unless`) out of those under the opposite of some literals."""
        self.solver.add(*unless, *(-literal for literal in self.code.is_state(self.state, state)))

    # -- searches --------------------------------------------------------------------------------------------------
    def find(self, *assumed: int) -> Sought:
        """Any state with these properties."""
        try:
            found = self.solver.solve(*assumed)
        except LimitError:
            return Sought(None, False)
        return Sought(self.code.read(self.state) if found else None, True)

    def nearest(self, *assumed: int, known: int | None = None) -> Sought:
        """A state with these properties of those that differ from the start in the fewest options; `sure` if none is nearer.

        `known` is a state that has them, if there is one already.
        """
        first = self.find(*assumed) if known is None else Sought(known, True)
        best, sure = first.state, first.sure
        while sure and best is not None and (distance := (best ^ self.start).bit_count()):
            nearer = self.find(*assumed, -self.at_least(distance))
            if nearer.state is None:
                return Sought(best, nearer.sure)
            best = nearer.state
        return Sought(best, sure)

    def each(self, *assumed: int) -> Iterator[int]:
        """All states with these properties, the nearest first; raises `LimitError` (S330) when the time is over."""
        given, asked = self.solver.new(), list(assumed)
        distance = 0
        while distance <= len(self._differences):
            within = () if distance == len(self._differences) else (-self.at_least(distance + 1),)
            if not self.solver.solve(*asked, given, *within):
                if not self.solver.solve(*asked, given):
                    return
                distance += 1
                continue
            state = self.code.read(self.state)
            self.exclude(state, -given)
            yield state

    def in_common(self, states: Iterable[int], *assumed: int) -> tuple[int, int] | None:
        """The options that are taken, and those that are not, in every state with these properties, as bits; None if time is over.

        `states` are some that have them.
        """
        always, never = -1, 0
        for state in states:
            always, never = always & state, never | state
        width = len(self.state)
        always, never = always & ((1 << width) - 1), ~never & ((1 << width) - 1)
        for k in range(width):
            while (always | never) >> k & 1:
                found = self.find(*assumed, -self.state[k] if always >> k & 1 else self.state[k])
                if not found.sure:
                    return None
                if found.state is None:
                    break
                always, never = always & found.state, never & ~found.state
        return always, never
