"""Ways out of a state, and what the sources conclude of them, asked of cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from detente.analysis.groups import Groups
from detente.analysis.sweep.cell import Asked, Cell
from detente.analysis.sweep.sought import Sought, better_than, for_groups
from detente.errors import Cannot
from detente.space.sets import bits_of

if TYPE_CHECKING:
    from detente.analysis.sweep.asked import Question


class Led:
    """What improvements lead to from a state, followed as far as it is asked for.

    Parameters
    ----------
    cell
        The cell.
    parties
        The decision makers (keys).
    start
        The state.
    """

    def __init__(self, cell: Cell, parties: Iterable[str], start: int) -> None:
        self._cell, self._parties = cell, tuple(parties)
        self._waiting: list[tuple[int, str]] = [(start, "")]
        self._seen: set[tuple[int, str]] = set()
        self.reached: dict[int, None] = {}
        """The states that they are known to lead to, in the order in which they were found."""

    def to(self, state: int) -> bool:
        """Whether they lead to a state."""
        while state not in self.reached and self._waiting:
            self._follow()
        return state in self.reached

    def everywhere(self) -> tuple[int, ...]:
        """All states that they lead to."""
        while self._waiting:
            self._follow()
        return tuple(self.reached)

    def _follow(self) -> None:
        now, last = self._waiting.pop(0)
        for dm in self._parties:
            gains: tuple[int, ...] = self._cell.ask(dm, lambda orders: orders.gains(now)) if dm != last else ()
            self.reached |= dict.fromkeys(gains)
            new = [(to, dm) for to in gains if (to, dm) not in self._seen]
            self._seen |= set(new)
            self._waiting += new


def onward(question: Question, cell: Cell) -> bool:
    """Whether a way out leads on from a state: some group can bring about what all of it prefers and what then holds."""
    assert question.state is not None
    return _leads_out(question, cell, question.state, question.play.frame.space.states.bits)


def _leads_out(question: Question, cell: Cell, state: int, wanted: int) -> bool:
    """Whether a way out of a state leads to one of some states."""
    play, profile = question.play, question.profile
    groups = play.frame.once(("groups", state), lambda: Groups(play.frame.space, state, play.frame.images))
    able = play.frame.once(("ways out", state, wanted), lambda: for_groups(groups, 1, wanted))
    return Sought(cell, dict.fromkeys(profile, better_than(state)), able, state, (play, profile)).any() is not None


def concluded(question: Question, cell: Cell) -> str:
    """Whether a conclusion of the sources agrees with what the model gives ("agrees", "differs") or can't be told from it ("open").

    Raises `Cannot` (S354) for what a conclusion turns on, and for what the model leaves out.
    """
    frame, place = question.play.frame, question.subject.place
    assert place is not None
    assert frame.start is not None
    one = frame.conflict.conclusions[place - 1]
    if one.kind == "stuck":
        return "agrees" if question.play.holds(cell, question.profile, frame.start) == one.stuck else "differs"
    if one.kind not in ("ends only if", "where"):
        message = f"conclusion {place} says what it turns on or what the model leaves out; a sweep does not look at it"
        raise Cannot.of("S354", message, value=str(place), help="ask about single completions with detente answer")
    assert one.condition is not None
    meeting, states = frame.space.where(one.condition).bits, frame.space.states.bits
    if one.kind == "ends only if":
        if _leads_out(question, cell, frame.start, states & ~meeting):
            return "differs"
        return "agrees" if _leads_out(question, cell, frame.start, meeting) else "open"
    sets = where_of(question)
    assert sets is not None
    return _where(question, cell, *sets)


def where_of(question: Question) -> tuple[int, int] | None:
    """The states that meet the condition of a conclusion of the sources, and those that have what it says of them; None of other kinds.

    Parameters
    ----------
    question
        The conclusion.
    """
    frame, place = question.play.frame, question.subject.place
    one = None if place is None else frame.conflict.conclusions[place - 1]
    if one is None or one.kind != "where" or one.condition is None or one.then is None:
        return None
    return frame.space.where(one.condition).bits, frame.space.where(one.then).bits


def _where(question: Question, cell: Cell, meeting: int, then: int) -> str:
    """Whether what meets a condition and holds has something else as well; or, if none of it holds, whether improvements lead there."""
    if _holds_among(question, cell, meeting & ~then):
        return "differs"
    if not meeting or _holds_among(question, cell, meeting & then):
        return "agrees" if meeting else "open"
    return led_on(question, cell, meeting, then)


def led_on(question: Question, cell: Cell, meeting: int, then: int) -> str:
    """Whether improvements lead from what meets a condition to what has something else as well, where none of it holds.

    Parameters
    ----------
    question
        The conclusion.
    cell
        The cell.
    meeting
        The states that meet the condition, as an integer.
    then
        The states that have something else.
    """
    there, led = meeting & then, set[bool]()

    def leads(gains: object) -> bool:
        assert isinstance(gains, tuple)
        return any(there >> to & 1 for to in gains)

    def leading(state: int) -> Asked:
        return lambda orders: orders.derived(("led", state, there), orders.gains(state), leads)

    for state in bits_of(meeting & ~then):
        led.add(any(cell.ask(dm, leading(state)) for dm in question.profile))
        if len(led) > 1:
            return "open"
    return "differs" if led == {False} else "agrees"


def _holds_among(question: Question, cell: Cell, states: int) -> bool:
    """Whether one of some states holds."""
    play, profile = question.play, question.profile
    start = play.frame.start
    assert start is not None
    return Sought(cell, {}, lambda _: states, start, (play, profile)).any() is not None
