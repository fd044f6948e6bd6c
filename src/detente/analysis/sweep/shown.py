"""What shows an exact count: all cases with witnesses or states, for a checker that goes through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from time import monotonic

import numpy as np
import numpy.typing as npt

from detente.analysis.claims.cases import MAX_CASES, MAX_WAYS, Case
from detente.analysis.claims.counted import CountedCompletions
from detente.analysis.claims.counted_edits import CountedEdits, EditedPart, edited_parts
from detente.analysis.claims.whether import Whether, WhetherStaying
from detente.analysis.claims.whether_gain import WhetherGain
from detente.analysis.claims.whether_kept import WhetherKeptGain
from detente.analysis.sweep.asked import Question
from detente.analysis.sweep.cell import Cell, Look, Within, present
from detente.analysis.sweep.near_found import Point, Tipped
from detente.analysis.sweep.nearby import Base, Nearby
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.sought import Sought, better_than, for_all
from detente.analysis.sweep.spread import Counted
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tally import Swept, Tally
from detente.analysis.sweep.tree import Tree
from detente.concepts.witness import Witness
from detente.errors import Cannot, LimitError
from detente.model.edit import apply_all
from detente.model.formula import written
from detente.model.near import Near
from detente.space.sets import bits_of

SHOWN = ("holds", "stays", "gain", "kept gain")
"""The kinds of conclusions whose counts can be shown."""
MAX_SHOWN = 100_000
"""Most witnesses of a claim."""
MAX_CHECKED = 1 << 18
"""Most ways to settle guesses about single decision makers, in all choices of what concerns the whole together, that are checked."""


class _TooMuchError(Exception):
    """There are too many cases, or the time is over."""


def whether(subject: Subject, profile: Mapping[str, str]) -> Whether | None:
    """A conclusion (`subject`) as a question that a checker knows; None where it knows none.

    `profile` has for each decision maker the concept that describes their behaviour.

    >>> whether(Subject("gain"), {"A": "SEQ"}), whether(Subject("type"), {"A": "SEQ"})
    (WhetherGain(state=None, where=None), None)
    """
    where = None if subject.where is None else written(subject.where)
    match subject.kind:
        case "holds" | "stays":
            asked = {subject.dm: profile[subject.dm]} if subject.dm is not None else dict(profile)
            behaviour = asked if subject.concept is None else dict.fromkeys(asked, subject.concept)
            return WhetherStaying(subject.state, tuple(behaviour.items()))
        case "gain":
            return WhetherGain(subject.state, where)
        case "kept gain":
            return WhetherKeptGain(subject.state, where, tuple(profile.items()))
    return None


def shown(swept: Swept, tally: Tally, seconds: float | None = 30.0) -> CountedCompletions | None:
    """A claim with all cases of a count; None where there is none: only conclusions of some kinds (`SHOWN`) can be shown in this way.

    There is none, either, where the completions were drawn, there are too many ways to settle the guesses about a decision maker, the
    verdicts fall into too many cases, or the time is over.

    Parameters
    ----------
    swept
        The sweep.
    tally
        What it found of the conclusion.
    seconds
        How long it may take, about; None for no limit.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.analysis.claims.base import refusal
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> from detente.space.states import StateSpace
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> found = sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [Subject("holds"), Subject("gain")])
    >>> claims = [shown(found, tally) for tally in found.tallies]
    >>> [(claim.yes, claim.no, claim.nowhere, refusal(StateSpace(lake), claim)) for claim in claims]
    [(5, 11, 0, None), (1, 15, 0, None)]
    """
    spread, asked = tally.spread, whether(tally.subject, swept.profile)
    if asked is None or not isinstance(spread, Counted) or any(guess.kind == "relation" for guess in swept.conflict.guesses):
        return None
    ways = [axis.count for axis in spread.open.axes.values()]
    if max(ways) > MAX_WAYS or sum(ways) * spread.open.whole.count > MAX_CHECKED:
        return None
    making = _Making(tally.subject, swept.profile, asked, seconds)
    try:
        for frame, whole in zip(spread.open.frames(), spread.open.whole.numbers().tolist(), strict=True):
            making.add(Play(frame), tuple(whole))
    except _TooMuchError:
        return None
    counts = {True: 0, False: 0, None: 0, **tally.counts}
    return CountedCompletions(asked, counts[True], counts[False], counts[None], tuple(making.cases))


def shown_edits(tipped: Tipped, point: Point, edits: int, seconds: float | None = 30.0) -> CountedEdits | None:
    """A claim with all cases of what single edits of a conflict, or pairs, make of a conclusion; None where there is none, as of `shown`.

    Parameters
    ----------
    tipped
        What was found of edits.
    point
        What was found of the conclusion.
    edits
        1 for single edits, 2 for pairs.
    seconds
        How long it may take, about; None for no limit.

    Examples
    --------
    >>> from detente.analysis.claims.base import refusal
    >>> from detente.analysis.sweep.tipping import tipping
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> river = load("euphrates-1975")
    >>> found = tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds"), Subject("gain")])
    >>> claims = [shown_edits(found, point, 1) for point in found.points]
    >>> [(claim.yes, claim.no, claim.nowhere, refusal(StateSpace(found.conflict), claim)) for claim in claims]
    [(12, 32, 0, None), (5, 39, 0, None)]
    """
    asked, given = whether(point.subject, tipped.profile), point.singles if edits == 1 else point.pairs
    if asked is None or given is None:
        return None
    parts = edited_parts(tipped.conflict, edits)
    if max((len(found) for part in parts for found in part.variants.values()), default=0) > MAX_WAYS:
        return None
    making = _Making(point.subject, tipped.profile, asked, seconds)
    base = Base(tipped.conflict)
    try:
        for number, part in enumerate(parts):
            making.add(Play(_nearby(base, part)), (number,))
    except _TooMuchError:
        return None
    counts = {True: 0, False: 0, None: 0, **given}
    return CountedEdits(asked, edits, counts[True], counts[False], counts[None], tuple(making.cases))


def _nearby(base: Base, part: EditedPart) -> Nearby:
    there = base if not part.rules else Base(apply_all(part.rules, base.conflict))
    return Nearby(there, {dm: [Near(one) for one in found] for dm, found in part.variants.items()})


@dataclass(frozen=True)
class _Why:
    """What shows the answer in a cell, as far as it is asked for."""

    better: int | None = None
    witnesses: tuple[Witness, ...] = ()


class _Making:
    """Makes the cases of one claim, frame by frame."""

    def __init__(self, subject: Subject, profile: Mapping[str, str], asked: Whether, seconds: float | None) -> None:
        self.subject, self.profile, self.asked = subject, profile, asked
        self.until = None if seconds is None else monotonic() + seconds
        self.cases: list[Case] = []
        self.held = 0

    def _tick(self) -> None:
        if self.until is not None and monotonic() > self.until:
            raise _TooMuchError

    def add(self, play: Play, whole: tuple[int, ...]) -> None:
        """The cases of one frame; raises `_TooMuchError` if there are too many or the time is over."""
        frame, asking = play.frame, _Asking(Question(self.subject, play, self.profile), self.asked)
        try:
            for leaf in Tree(frame.orders, asking.why, self._tick).leaves(MAX_CASES):
                self._tick()
                ways = tuple(_ways(frame.orders[dm].of, within) for dm, within in leaf.within.items())
                self.cases.append(asking.case(Case(whole, ways, ()), leaf.value, partial(_some, frame.orders, leaf.within)))
                self.held += len(self.cases[-1].witnesses)
                if len(self.cases) > MAX_CASES or self.held > MAX_SHOWN:
                    raise _TooMuchError
        except (Cannot, LimitError):
            raise _TooMuchError from None


def _ways(of: npt.NDArray[np.int32], within: npt.NDArray[np.int64]) -> int:
    """The ways that give some orders, as an integer with a bit for each."""
    return sum(1 << way for way in np.flatnonzero(np.isin(of, within)).tolist())


def _some(orders: Mapping[str, PartyOrders], within: Within, dm: str, state: int) -> int:
    """What a decision maker prefers to a state in some order of a case."""
    split = orders[dm].better(state)
    return reduce(or_, (answer for label in present(split.labels, within[dm]) if isinstance(answer := split.answers[label], int)), 0)


class _Asking:
    """Asks a cell what shows the answer to a question."""

    def __init__(self, question: Question, asked: Whether) -> None:
        self.question, self.asked = question, asked

    def why(self, cell: Cell) -> _Why:
        """What shows the answer, in all completions of a cell; nothing where the state can't occur."""
        question, asked = self.question, self.asked
        state, play = question.state, question.play
        if state is None or play.frame.start is None:
            return _Why()
        if isinstance(asked, WhetherStaying):
            return _Why(witnesses=self._witnesses(cell, dict(asked.behaviour), state))
        sets = dict.fromkeys(question.profile, better_than(state))
        kept = (play, question.profile) if isinstance(asked, WhetherKeptGain) else None
        better = Sought(cell, sets, for_all(question.wanted), state, kept).any()
        if kept is None:
            return _Why(better)
        if better is not None:
            return _Why(better, tuple(play.witness(cell, key, dm, better) for dm, key in question.profile.items()))
        left = cell.survey(partial(self._left, state))
        return _Why(None, tuple(witness for other in bits_of(left) for witness in self._leaving(cell, state, other)))

    def _witnesses(self, cell: Cell, behaviour: Mapping[str, str], state: int) -> tuple[Witness, ...]:
        """A witness for each who stays, or one for the first who leaves."""
        play = self.question.play
        for dm, key in behaviour.items():
            if not play.stays(cell, key, dm, state):
                return (play.witness(cell, key, dm, state),)
        return tuple(play.witness(cell, key, dm, state) for dm, key in behaviour.items())

    def _left(self, state: int, look: Look) -> int:
        """The states that each decision maker prefers in some completion, if not all in the same."""
        return for_all(self.question.wanted)(
            {dm: reduce(or_, look(dm, lambda orders: orders.better(state)), 0) for dm in self.question.profile}
        )

    def _leaving(self, cell: Cell, state: int, other: int) -> Iterator[Witness]:
        """That somebody leaves a state, unless somebody does not prefer it to the state that is asked about."""
        play, profile, has = self.question.play, self.question.profile, better_than(state).has(other)
        gone = cell.survey(lambda look: next((dm for dm, key in profile.items() if play.judged(look, key, dm, other) is False), None))
        if gone is None:
            if cell.survey(lambda look: any(look(dm, has) == [False] for dm in profile)):
                return
            for dm in profile:
                if not cell.ask(dm, has):
                    return
            gone = next(dm for dm, key in profile.items() if not play.stays(cell, key, dm, other))
        yield play.witness(cell, profile[gone], gone, other)

    def case(self, bare: Case, why: _Why, some: Callable[[str, int], int]) -> Case:
        """A case with what shows its answer; `some` gives what decision makers prefer to a state in some order of it."""
        state, question = self.question.state, self.question
        if isinstance(self.asked, WhetherStaying) or why.better is not None or state is None or question.play.frame.start is None:
            return Case(bare.whole, bare.ways, why.witnesses, why.better)
        left, against = question.wanted, list[int]()
        for dm in question.profile:
            against.append(left & ~some(dm, state))
            left &= ~against[-1]
        witnesses = tuple(witness for witness in why.witnesses if left >> witness.state & 1)
        return Case(bare.whole, bare.ways, witnesses, None, tuple(against))
