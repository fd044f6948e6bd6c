"""What shows an exact count: all cases with witnesses, for a checker that goes through them."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

import numpy as np
import numpy.typing as npt

from detente.analysis.claims.counted import MAX_CASES, MAX_WAYS, Case, CountedCompletions
from detente.analysis.sweep.asked import Question
from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.orders import Labels
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.spread import Counted
from detente.analysis.sweep.tally import Swept, Tally
from detente.analysis.sweep.tree import Tree
from detente.concepts.witness import Witness
from detente.errors import LimitError


def shown(swept: Swept, tally: Tally, seconds: float | None = 30.0) -> CountedCompletions | None:
    """A claim with all cases of a count; None where there is none: only who stays at a state can be shown in this way.

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
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> from detente.space.states import StateSpace
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> found = sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [Subject("holds")])
    >>> claim = shown(found, found.tallies[0])
    >>> claim.staying, claim.leaving, claim.nowhere, refusal(StateSpace(lake), claim)
    (5, 11, 0, None)
    """
    spread, subject = tally.spread, tally.subject
    can = subject.kind in ("holds", "stays") and isinstance(spread, Counted)
    if not can or any(guess.kind == "relation" for guess in swept.conflict.guesses):
        return None
    assert isinstance(spread, Counted)
    if max(axis.count for axis in spread.open.axes.values()) > MAX_WAYS:
        return None
    asked = {subject.dm: swept.profile[subject.dm]} if subject.dm is not None else dict(swept.profile)
    behaviour = asked if subject.concept is None else dict.fromkeys(asked, subject.concept)
    cases: list[Case] = []
    until = None if seconds is None else monotonic() + seconds
    for frame, whole in zip(spread.open.frames(), spread.open.whole.numbers().tolist(), strict=True):
        asking = _Asking(Question(subject, Play(frame), swept.profile), behaviour)
        try:
            for leaf in Tree(frame.orders, asking.witnesses).leaves(MAX_CASES):
                ways = tuple(_ways(frame.orders[dm].of, within) for dm, within in leaf.within.items())
                cases.append(Case(tuple(whole), ways, leaf.value))
                if until is not None and monotonic() > until:
                    return None
        except LimitError:
            return None
        if len(cases) > MAX_CASES:
            return None
    counts = {True: 0, False: 0, None: 0, **tally.counts}
    return CountedCompletions(subject.state, tuple(behaviour.items()), counts[True], counts[False], counts[None], tuple(cases))


def _ways(of: Labels, within: npt.NDArray[np.int64]) -> int:
    """The ways that give some orders, as an integer with a bit for each."""
    return sum(1 << way for way in np.flatnonzero(np.isin(of, within)).tolist())


class _Asking:
    """Asks a cell why everybody stays, or why somebody leaves."""

    def __init__(self, question: Question, behaviour: Mapping[str, str]) -> None:
        self.question, self.behaviour = question, behaviour

    def witnesses(self, cell: Cell) -> tuple[Witness, ...]:
        """A witness for each who stays, or one for the first who leaves; none where the state can't occur."""
        state, play = self.question.state, self.question.play
        if state is None or play.frame.start is None:
            return ()
        for dm, key in self.behaviour.items():
            if not play.stays(cell, key, dm, state):
                return (play.witness(cell, key, dm, state),)
        return tuple(play.witness(cell, key, dm, state) for dm, key in self.behaviour.items())
