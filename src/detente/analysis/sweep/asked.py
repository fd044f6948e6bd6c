"""The conclusions that a sweep counts: each a value with a function of a cell of a frame.

Every kind stands here once; a conclusion that is asked of each completion by itself (`detente.analysis.viewpoints.conclude`,
`detente.analysis.deadlock.diagnose`, `detente.analysis.conclusions.weigh`) gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.analysis.sweep.asked_levers import cheapest, lever
from detente.analysis.sweep.asked_types import deadlock, red_lines
from detente.analysis.sweep.asked_ways import concluded, onward
from detente.analysis.sweep.attempt import Attempt
from detente.analysis.sweep.bare import with_bare
from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.changed import after, with_changed
from detente.analysis.sweep.frame import Frame
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.sought import Sought, better_than, for_all
from detente.analysis.sweep.subject import Subject as Subject
from detente.analysis.sweep.tree import Tree, Value
from detente.analysis.viewpoints.conclude import topics_of
from detente.model.conflict import Conflict
from detente.model.formula import Formula


@dataclass(frozen=True)
class Question:
    """A subject asked in a frame.

    Parameters
    ----------
    subject
        What is asked.
    play
        The play of the frame; one for all subjects, because it remembers what several of them need.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    """

    subject: Subject
    play: Play
    profile: Mapping[str, str]

    @cached_property
    def frame(self) -> Frame:
        """The frame with the orders that the subject needs: those of the play, or orders that stand for several worlds each."""
        match self.subject.kind:
            case "type" | "red lines":
                return with_bare(self.play, rules=self.subject.kind == "type")
            case "lever":
                return after(self.play, self.subject.attempts[0]).frame
            case "cheapest":
                return with_changed(self.play, self.subject.attempts)
        return self.play.frame

    @property
    def orders(self) -> Mapping[str, PartyOrders]:
        """For each decision maker (key) the orders of the frame."""
        return self.frame.orders

    @cached_property
    def tree(self) -> Tree:
        """The conclusion over all orders."""
        return Tree(self.orders, self.conclude)

    @property
    def state(self) -> int | None:
        """The state that it is about; None where it can't occur."""
        frame = self.play.frame
        if self.subject.state is None:
            return frame.start
        named = next(one for one in frame.conflict.named_states if one.name == self.subject.state)
        return frame.space.state_of(frame.conflict.combination(named.taken))

    @property
    def wanted(self) -> int:
        """The states that meet the condition, as an integer."""
        space = self.play.frame.space
        return space.states.bits if self.subject.where is None else space.where(self.subject.where).bits

    def conclude(self, cell: Cell) -> Value:
        """The value in a cell; None where the state that it is about can't occur."""
        if self.play.frame.start is None or self.state is None:
            return None
        return KINDS[self.subject.kind](self, cell)


def subjects_of(
    conflict: Conflict, profile: Mapping[str, str], wheres: Sequence[Formula] = (), attempts: Sequence[Attempt] = ()
) -> tuple[Subject, ...]:
    """What a sweep asks of a conflict: what is asked where viewpoints are compared, who stays at the status quo, and levers.

    Parameters
    ----------
    conflict
        The conflict.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    wheres
        Conditions; gains that meet each are asked about as well.
    attempts
        Levers to try, of each kind the cheapest first; which is the cheapest that works is asked for each kind by itself.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> [subject.kind for subject in subjects_of(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers})][6:]
    ['type', 'gain', 'kept gain', 'red lines', 'stays', 'stays', 'stays']
    """
    kinds = {"state": "holds"}
    found = [
        Subject(kinds.get(one.kind, one.kind), one.concept, where=one.where, state=one.name, place=one.place)
        for one in topics_of(conflict, profile, wheres)
    ]
    if len(set(profile.values())) > 1:
        found.insert(0, Subject("holds"))
    found += [Subject("stays", dm=dm) for dm in profile]
    found += [Subject("lever", attempts=(attempt,)) for attempt in attempts]
    for kind in dict.fromkeys(attempt.kind for attempt in attempts):  # costs of several kinds can't be compared
        alike = tuple(attempt for attempt in attempts if attempt.kind == kind)
        found += [Subject("cheapest", attempts=alike)] if len(alike) > 1 else []
    return tuple(found)


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
    return _gains(question, cell, holding=False)


def kept_gain(question: Question, cell: Cell) -> bool:
    """Whether something that meets the condition is better for everybody than the state, and holds."""
    return _gains(question, cell, holding=True)


def _gains(question: Question, cell: Cell, *, holding: bool) -> bool:
    state = question.state
    assert state is not None
    sets = dict.fromkeys(question.profile, better_than(state))
    kept = (question.play, question.profile) if holding else None
    return Sought(cell, sets, for_all(question.wanted), state, kept).any() is not None


KINDS: dict[str, Callable[[Question, Cell], Value]] = {
    "holds": holds,
    "stays": stays,
    "gain": gain,
    "kept gain": kept_gain,
    "type": deadlock,
    "red lines": red_lines,
    "onward": onward,
    "concluded": concluded,
    "lever": lever,
    "cheapest": cheapest,
}
"""The function of each kind of subject."""
