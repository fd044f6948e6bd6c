"""Blocks of changes: all choices of one list for each decision maker, settled many at a time by reasons.

A block is an array with an axis for each decision maker.  A change that no reason settles yet is tried; either it gives what is asked for,
or the reasons found on the way settle it and all others like it.  So every change of a block is settled when the block is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.analysis.claims.outcome import Outcome
from detente.analysis.unlock.priority_orders import Mask
from detente.analysis.unlock.priority_trials import CameFrom, Change, Failed, Masks, Trials, lengths_of, steps_to
from detente.concepts.witness import Leaves, Witness

MAX_CLOSED = 2_000
"""Most states reached by improvements for which a reason is made of that nothing else is reached."""
FEW = 4
"""Up to so many wanted states it is looked first whether they hold."""

Places = tuple[npt.NDArray[np.int64], ...]


@dataclass
class Target:
    """What is settled of one wanted state: for which changes it does not do, improvements do not lead there, and a group gains by it."""

    left: Mask
    unled: Mask
    gained: Mask


class Block:
    """One block.

    Parameters
    ----------
    trials
        Gives verdicts.
    places
        For each decision maker which of their lists.
    known
        What earlier blocks have shown.
    targets
        The wanted states, none for leaving the start.
    """

    def __init__(self, trials: Trials, places: Places, known: Iterable[Failed], targets: Iterable[int]) -> None:
        self.trials, self.places, self.want = trials, places, trials.goal.want
        self.shape = tuple(part.size for part in places)
        self.open = np.ones(self.shape, np.bool_)
        self.stays = {dm: self._none() for dm in trials.parties}
        self.targets = {state: Target(self._none(), self._none(), self._gained(state)) for state in targets}
        self.sizes = reduce(np.add, (self._along(n, self._sizes(dm)[places[n]]) for n, dm in enumerate(trials.parties)))
        for failed in known:
            self._note(failed)
        self.alive = np.zeros(self.shape, np.int64)
        for state in self.targets:
            self.alive += ~self._failed(state)

    def _none(self) -> Mask:
        return np.zeros(self.shape, np.bool_)

    def _sizes(self, dm: str) -> npt.NDArray[np.int64]:
        return np.array([made.size for made in self.trials.lists[dm]])

    def _along(self, axis: int, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Values of one decision maker's lists, laid along their axis."""
        return values.reshape([-1 if n == axis else 1 for n in range(len(self.shape))])

    def spread(self, masks: Masks) -> Mask:
        """For which changes of the block the list of each decision maker is one of some."""
        found: Mask = np.ones(self.shape, np.bool_)
        for axis, mask in enumerate(masks):
            if mask is not None:
                found &= self._along(axis, mask[self.places[axis]])
        return found

    def _gained(self, state: int) -> Mask:
        """For which changes some group can bring a state about from the start and gains by it."""
        found = self._none()
        if self.want in ("reach", "only"):
            for group in self.trials.groups_to(state):
                found |= self.spread(tuple(self.trials.gains(dm, state) if dm in group else None for dm in self.trials.parties))
        return found

    # -- what is settled -------------------------------------------------------------------------------------------------
    @property
    def stuck(self) -> Mask:
        """For which changes it is shown that nobody leaves the start."""
        return reduce(and_, self.stays.values())

    def _failed(self, state: int) -> Mask:
        """For which changes it is shown that a wanted state is not had."""
        target = self.targets[state]
        if self.want == "hold":
            return target.left.copy()
        return target.left | (~target.gained & (self.stuck | target.unled))

    def unsettled(self) -> Mask:
        """The changes that are neither settled nor left out."""
        if self.want == "break":
            return self.open & ~self.stuck
        return self.open & (self.alive > 0)

    def _note(self, failed: Failed) -> tuple[int, ...]:
        """Enter what is shown; returns the wanted states that it is about."""
        where = self.spread(failed.masks)
        match failed.part:
            case "leaves":
                if failed.target in self.targets:
                    self.targets[failed.target].left |= where
                return (failed.target,) if failed.target in self.targets else ()
            case "stays":
                self.stays[failed.dm] |= where
                return tuple(self.targets)
            case "closed":
                others = tuple(state for state in self.targets if state not in failed.led)
                for state in others:
                    self.targets[state].unled |= where
                return others
            case "holds":
                others = tuple(state for state in self.targets if state != failed.target)
                for state in others:
                    self.targets[state].left |= where
                return others

    def note(self, failed: Failed) -> None:
        """Enter what is shown, and count what is left."""
        touched = (failed.target,) if failed.part == "leaves" else tuple(self.targets)
        before = {state: self._failed(state) for state in touched}
        for state in self._note(failed):
            self.alive += before[state].astype(np.int64) - self._failed(state)

    def leave_out(self, masks: Masks) -> None:
        """Leave changes out that need not be looked at."""
        self.open &= ~self.spread(masks)

    # -- trying ----------------------------------------------------------------------------------------------------------
    def run(self, new: Callable[[Failed], None], stop: Callable[[], bool]) -> Iterator[tuple[Change, Outcome]]:
        """Try what is not settled, small changes first, and give each that does with what is so then.

        Parameters
        ----------
        new
            Told of each thing that is shown on the way.
        stop
            Asked before each trial; the run ends when it says so.
        """
        while not stop():
            left = np.flatnonzero(self.unsettled())
            if not left.size:
                return
            cell = np.unravel_index(left[self.sizes.flat[left].argmin()], self.shape)
            change = tuple(int(part[at]) for part, at in zip(self.places, cell, strict=True))
            trial = _Trial(self, change, tuple(int(at) for at in cell))
            outcome = trial.outcome()
            for failed in trial.shown:
                self.note(failed)
                new(failed)
            if outcome is not None:
                yield change, outcome
            if outcome is not None or trial.large:
                self.open[cell] = False
            assert not self.unsettled()[cell]


def tried(trials: Trials, change: Change, targets: Iterable[int]) -> Outcome | None:
    """What is so after one change, if it is what is asked for.

    Parameters
    ----------
    trials
        Gives verdicts.
    change
        The change.
    targets
        The wanted states.
    """
    block = Block(trials, tuple(np.array([place]) for place in change), (), targets)
    return next((outcome for _, outcome in block.run(lambda _: None, bool)), None)


class _Trial:
    """One change, tried: what is so then, or all that shows that it does not do."""

    def __init__(self, block: Block, change: Change, cell: tuple[int, ...]) -> None:
        self.block, self.trials, self.change, self.cell = block, block.trials, change, cell
        self.shown: list[Failed] = []
        self.large = False
        """Whether it is not worth while to make a reason of what was found, so that only this change is settled."""
        self._reached: CameFrom | None = None
        self._ends: dict[int, tuple[Witness, ...]] = {}

    @property
    def reached(self) -> CameFrom:
        """What improvements reach from the start."""
        if self._reached is None:
            self._reached = self.trials.improvements(self.change)
        return self._reached

    def outcome(self) -> Outcome | None:
        """What is so, if it is what was asked for."""
        goal, want = self.trials.goal, self.block.want
        if want == "break":
            if not self._leave():
                return None
            starts = self.trials.witnesses(self.change, goal.start)
            to = next(witness.improvement for witness in starts if isinstance(witness, Leaves))
            return Outcome("break", goal.start, self.trials.profile, 0, None, self.trials.witnesses(self.change, to), starts)
        asked = [state for state, target in self.block.targets.items() if not target.left[self.cell]]
        if want == "hold":
            state = next((state for state in asked if self._holds(state)), None)
            return self._had(state, self._ends[state], led=False) if state is not None else None
        if len(asked) <= FEW:  # whether they hold is sooner seen, and shows more, than whether a way leads there
            asked = [state for state in asked if self._holds(state)]
            if not asked:
                return None
        left = self._leave()
        led = frozenset(state for state, _ in self.reached) if left else frozenset[int]()
        for state in asked:
            if state in led or self.block.targets[state].gained[self.cell]:
                ends = self._ends.get(state) or (self._ends[state] if self._holds(state) else ())
                if ends and (outcome := self._had(state, ends, state in led)) is not None:
                    return outcome
        if left:
            self.large = len(led) > MAX_CLOSED
            if not self.large:
                self.shown.append(self.trials.closed(self.reached, led & frozenset(self.block.targets)))
        return None

    def _holds(self, state: int) -> bool:
        """Whether a wanted state holds; otherwise it is shown that somebody leaves it."""
        ends = self.trials.leaves(self.change, state)
        if isinstance(ends, Failed):
            self.shown.append(ends)
            return False
        self._ends[state] = ends
        return True

    def _leave(self) -> bool:
        """Whether somebody leaves the start; otherwise it is shown that everybody stays."""
        for dm in self.trials.parties:
            if not self.block.stays[dm][self.cell]:
                failed = self.trials.stays(self.change, dm)
                if failed is None:
                    return True
                self.shown.append(failed)
        return False

    def _had(self, state: int, ends: tuple[Witness, ...], led: bool) -> Outcome | None:
        """What is so when a wanted state holds and there is a way; None if improvements must lead to nothing else that holds, and do."""
        goal, trials = self.trials.goal, self.trials
        assert goal.targets is not None
        outcome = Outcome(self.block.want, goal.start, trials.profile, goal.targets.bits, state, ends)
        if self.block.want == "hold":
            return outcome
        if led:
            outcome = replace(outcome, way=steps_to(self.reached, state), starts=trials.witnesses(self.change, goal.start))
        else:
            group = trials.together(self.change, state)
            outcome = replace(outcome, way=trials.group_steps(group, state), together=group)
        if self.block.want == "only":
            left = trials.other_holding(self.change, self.reached, state)
            if isinstance(left, Failed):
                self.shown.append(left)
                return None
            lengths, place = lengths_of(self.reached), {dm: n for n, dm in enumerate(trials.parties)}
            in_order = sorted(lengths, key=lambda pair: (pair[0], place[pair[1]]))  # not by keys: names change nothing
            return replace(outcome, left=left, reached=tuple((*pair, lengths[pair]) for pair in in_order))
        return outcome
