"""The conclusions that a sweep counts: each a value with a function of a cell of a frame.

Every kind stands here once; a conclusion that is asked of each completion by itself (`detente.analysis.viewpoints.conclude`,
`detente.analysis.deadlock.diagnose`) gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.frame import Frame
from detente.analysis.sweep.play import Play, members_by
from detente.analysis.sweep.tree import Value
from detente.model.formula import Formula


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conclusion is about.

    Parameters
    ----------
    kind
        Which kind; the function of this name in `KINDS` works it out.
    concept
        Key of a concept, for "holds".
    dm
        Key of a decision maker, for "stays".
    where
        A condition of states, for gains; None for any.
    state
        The name of a named state; None for the status quo.

    Examples
    --------
    >>> Subject("holds", concept="SEQ").kind
    'holds'
    """

    kind: str
    concept: str | None = None
    dm: str | None = None
    where: Formula | None = None
    state: str | None = None


@dataclass(frozen=True)
class Question:
    """A subject asked in a frame.

    Parameters
    ----------
    subject
        What is asked.
    play
        The play of the frame.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    """

    subject: Subject
    play: Play
    profile: Mapping[str, str]

    @property
    def frame(self) -> Frame:
        """The frame."""
        return self.play.frame

    @property
    def state(self) -> int | None:
        """The state that it is about; None where it can't occur."""
        if self.subject.state is None:
            return self.frame.start
        conflict = self.frame.conflict
        named = next(one for one in conflict.named_states if one.name == self.subject.state)
        return self.frame.space.state_of(conflict.combination(named.taken))

    def conclude(self, cell: Cell) -> Value:
        """The value in a cell; None where the state that it is about can't occur."""
        if self.frame.start is None or self.state is None:
            return None
        return KINDS[self.subject.kind](self, cell)


def holds(question: Question, cell: Cell) -> bool:
    """Whether a state holds: everybody stays, under one concept or each under theirs."""
    key = question.subject.concept
    profile = question.profile if key is None else dict.fromkeys(question.profile, key)
    assert question.state is not None
    return question.play.holds(cell, profile, question.state)


def stays(question: Question, cell: Cell) -> bool:
    """Whether one decision maker stays at a state."""
    dm = question.subject.dm
    assert dm is not None
    assert question.state is not None
    return question.play.stays(cell, question.subject.concept or question.profile[dm], dm, question.state)


def gain(question: Question, cell: Cell) -> bool:
    """Whether something that meets the condition is better for everybody than the state."""
    state, certain = question.state, -1
    assert state is not None
    wanted = _wanted(question)
    for dm in question.profile:
        certain &= cell.certain(dm, lambda orders: orders.better(state))
    return bool(certain & wanted) or any(
        _better(question, cell, other) for other in members_by(cell, question.profile, state) if wanted >> other & 1
    )


def kept_gain(question: Question, cell: Cell) -> bool:
    """Whether something that meets the condition is better for everybody than the state, and holds."""
    assert question.state is not None
    wanted = _wanted(question)
    near = [other for other in members_by(cell, question.profile, question.state) if wanted >> other & 1]
    return any(_better(question, cell, other) and question.play.holds(cell, question.profile, other) for other in near)


def _wanted(question: Question) -> int:
    where, space = question.subject.where, question.frame.space
    return space.states.bits if where is None else space.where(where).bits


def _better(question: Question, cell: Cell, other: int) -> bool:
    """Whether everybody prefers another state to the state."""
    state = question.state
    assert state is not None
    return all(cell.ask(dm, lambda orders: orders.prefers(other, state)) for dm in question.profile)


KINDS: dict[str, Callable[[Question, Cell], Value]] = {"holds": holds, "stays": stays, "gain": gain, "kept gain": kept_gain}
"""The function of each kind of subject."""
