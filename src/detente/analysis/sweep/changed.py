"""The completions of a frame after a lever: every statement, red line and rule keeps its number from the conflict as it is written.

A statement that a lever moves down comes to stand below all that it passes there, and one that it moves up above them; in a completion in
which it stands so already, nothing is moved.  What a completion lacks can be neither moved nor dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.attempt import Attempt
from detente.analysis.sweep.frame import Frame
from detente.analysis.sweep.lists import Lists
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.worlds import Worlds
from detente.analysis.sweep.worths import Worths
from detente.errors import Cannot, EditError
from detente.model.completed import kept
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.edit import AddStatement, Edit, MoveStatement, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement
from detente.model.edit_bans import AddBan, SetMeasures
from detente.model.edit_options import AddOption, SetOwners
from detente.model.formula import Formula, Not
from detente.model.guess import AsWritten, Guess, LeftOut, SeenFrom, What
from detente.model.preference import Listed, Statement
from detente.model.viewpoint import Altered, viewpoint
from detente.preference.order import criteria_of

STATEMENTS = AddStatement | MoveStatement | RemoveStatement | ReverseStatement
PARTS = AddBan | SetMeasures | AddOption | SetOwners


class Listing:
    """A list of numbered statements, and what edits of the list as it is written make of it.

    Parameters
    ----------
    written
        How many statements are written.
    now
        The statements that there are, each with its number; numbers below 1 for what is not written.

    Examples
    --------
    >>> from detente.model.formula import Taken
    >>> listing = Listing(3, [(number, Statement(Taken(key))) for number, key in ((3, "z"), (1, "x"))])
    >>> listing.edit(MoveStatement("A", 1, 3))
    >>> listing.edit(AddStatement("A", 1, Statement(Taken("w"))))
    >>> [statement.when.option for statement in listing.statements]
    ['w', 'z', 'x']
    """

    def __init__(self, written: int, now: Iterable[tuple[int, Statement]]) -> None:
        self._written = list(range(1, written + 1))
        self._now = list(now)
        self._new = -1_000_000

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that there are."""
        return tuple(statement for _, statement in self._now)

    def edit(self, edit: STATEMENTS) -> None:
        """Make one edit of the list as it is written."""
        match edit:
            case MoveStatement(place=place, to=to):
                number = self._written.pop(place - 1)
                self._written.insert(to - 1, number)
                passed = self._written[place - 1 : to - 1] if to > place else self._written[to:place]
                self._move(number, set(passed), down=to > place)
            case RemoveStatement(place=place):
                number = self._written.pop(place - 1)
                self._now = [one for one in self._now if one[0] != number]
            case ReverseStatement(place=place):
                number = self._written[place - 1]
                self._now = [(n, _reversed(statement) if n == number else statement) for n, statement in self._now]
            case AddStatement(place=place, statement=statement):
                self._new -= 1
                self._written.insert(place - 1, self._new)
                self._put((self._new, statement), self._written[place:])

    def _move(self, number: int, passed: set[int], *, down: bool) -> None:
        numbers = [n for n, _ in self._now]
        beyond = [place for place, n in enumerate(numbers) if n in passed]
        if number not in numbers or not beyond:
            return
        at = numbers.index(number)
        one = self._now[at]
        if down and at < max(beyond):
            self._now.insert(max(beyond) + 1, one)
            del self._now[at]
        elif not down and at > min(beyond):
            del self._now[at]
            self._now.insert(min(beyond), one)

    def _put(self, one: tuple[int, Statement], below: Sequence[int]) -> None:
        """Put a statement directly before the first of some that is there; last if none is."""
        numbers = [n for n, _ in self._now]
        self._now.insert(next((numbers.index(n) for n in below if n in numbers), len(numbers)), one)


def _reversed(statement: Statement) -> Statement:
    return Statement(statement.when.part if isinstance(statement.when, Not) else Not(statement.when))


class Changed(Frame):
    """A frame after a lever.

    Parameters
    ----------
    frame
        The frame.
    edits
        What the lever changes, as in the conflict as it is written.

    Raises
    ------
    Cannot
        S354 if it can't be said what an edit means in other completions.

    Examples
    --------
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.cases import load
    >>> frame = next(Open(load("euphrates-1975")).frames())
    >>> after = Changed(frame, (RemoveStatement("Syria", 1),))
    >>> [len(party.preference.statements()) for there in (frame, after) for party in there.parties("Syria")]
    [4, 3]
    """

    def __init__(self, frame: Frame, edits: Sequence[Edit]) -> None:
        if type(frame).parties is not Frame.parties:
            raise Cannot.of("S354", "levers are tried in completions only", help="sweep completions, or try the lever by itself")
        self.axes, self.chosen, self.number, self.base = frame.axes, frame.chosen, frame.number, frame
        self.written, self.open = frame.written, frame.open
        self._edits = tuple(edits)
        self._refuse()
        self.is_possible = True
        """Whether the lever can be used in these completions at all."""
        try:
            self.conflict = self._conflict()
        except EditError:
            self.conflict, self.is_possible = frame.conflict, False
        self.space = frame.space if self.conflict is frame.conflict else frame.space.of(self.conflict)

    def _refuse(self) -> None:
        """Refuse edits whose meaning in other completions can't be told."""
        for edit in self._edits:
            if isinstance(edit, STATEMENTS):
                party = self.base.conflict.decision_maker(edit.dm)
                known = not any(isinstance(criterion, Listed) for criterion in criteria_of(party))
            else:
                known = isinstance(edit, RemoveRedLine | RemoveRule | PARTS)
            if not known:
                message = f"what {type(edit).__name__} changes can't be told in every completion"
                raise Cannot.of("S354", message, value=type(edit).__name__, help="try the lever in single completions")

    def _conflict(self) -> Conflict:
        """The conflict of the frame after the edits that are about no preference."""
        conflict = self.base.conflict
        written = list(range(1, len(self.written.rules) + 1))
        left_out = {g.places[0] for g in self.written.guesses if g.kind == "rule" and isinstance(_what(self, g), LeftOut)}
        now = [number for number in written if number not in left_out]
        for edit in self._edits:
            if isinstance(edit, RemoveRule):
                number = written.pop(edit.place - 1)
                if number in now:
                    conflict = RemoveRule(now.index(number) + 1).apply(conflict)
                    now.remove(number)
            elif isinstance(edit, PARTS):
                conflict = edit.apply(conflict)
        return conflict

    # -- decision makers -----------------------------------------------------------------------------------------------
    @cached_property
    def orders(self) -> dict[str, PartyOrders]:
        """For each decision maker (key) their orders after the lever; the very ones from before it where it changes nothing of them."""
        kept = self.space is self.base.space
        return {
            dm: before if kept and not any(self._of(dm)) else PartyOrders(self.space, dm, self.worths(dm))
            for dm, before in self.base.orders.items()
        }

    def worths(self, dm: str) -> Worths:
        """What states are worth after the lever: where it leaves the rules as they are, the states of all frames."""
        before = self.base.orders[dm].worths
        return Worths.shared(self.space, self.lists(dm), before.states if self.space is self.base.space else self.space.states.bits)

    def lists(self, dm: str) -> Lists:
        """What criteria each way to settle the guesses about a decision maker (`dm`, a key) gives them after the lever."""
        before, edits = self.base.lists(dm), self._of(dm)
        if not any(edits):
            return before
        own = super().lists
        return before.once(("after", dm, edits, self._altered(dm)), lambda: own(dm))

    def ways(self, dm: str) -> npt.NDArray[np.integer]:
        """The ways to settle the guesses about a decision maker (`dm`) that are looked at: the same as before the lever."""
        return self.base.ways(dm)

    def _of(self, dm: str) -> tuple[tuple[STATEMENTS, ...], tuple[RemoveRedLine, ...]]:
        """The edits of the statements of a decision maker, and those of their red lines."""
        statements = tuple(edit for edit in self._edits if isinstance(edit, STATEMENTS) and edit.dm == dm)
        return statements, tuple(edit for edit in self._edits if isinstance(edit, RemoveRedLine) and edit.dm == dm)

    def parties(self, dm: str) -> Iterator[DecisionMaker]:
        """A decision maker (`dm`, a key) in each completion, after the lever."""
        statements, lines = self._of(dm)
        axis, there = self.axes[dm], self.base.conflict.decision_maker(dm)
        numbers, written = self._statement_numbers(dm) if statements and there.preference is not None else (), self._written(dm)
        for party, row in zip(self.base.parties(dm), self.base.ways(dm).tolist(), strict=True):
            made = {guess.key: guess.alternatives[number].what for guess, number in zip(axis.guesses, row, strict=True)}
            live = [guess for guess in axis.guesses if guess.key in self.base.open and not isinstance(made[guess.key], AsWritten)]
            if statements and party.preference is not None:
                present = tuple(numbers[place - 1] for place in kept(there, made, live))
                listing = Listing(written, zip(present, party.preference.statements(), strict=True))
                for edit in statements:
                    listing.edit(edit)
                party = replace(party, preference=party.preference.with_statements(listing.statements) or party.preference)
            if lines:
                gone = {guess.places[0] for guess in live if guess.kind == "red line" and isinstance(made[guess.key], LeftOut)}
                party = self._without_lines(party, lines, gone)
            yield party

    def _written(self, dm: str) -> int:
        """How many statements of a decision maker are written."""
        preference = self.written.decision_maker(dm).preference
        return 0 if preference is None else len(preference.statements())

    def _altered(self, dm: str) -> Altered | None:
        """What the viewpoint of these completions has otherwise about a decision maker."""
        whats = (_what(self, guess) for guess in self.written.guesses)
        seen = next((what.viewpoint for what in whats if isinstance(what, SeenFrom)), None)
        return None if seen is None else viewpoint(self.written, seen).altered(dm)

    def _statement_numbers(self, dm: str) -> tuple[int, ...]:
        """The number of each statement that a decision maker has in the frame; those of a viewpoint are known by their conditions."""
        there, written = (c.decision_maker(dm).preference for c in (self.base.conflict, self.written))
        altered = self._altered(dm)
        assert there is not None
        if altered is None or altered.preference is None:
            return tuple(range(1, len(there.statements()) + 1))
        return _matched([one.when for one in there.statements()], [one.when for one in written.statements()] if written else [])

    def _without_lines(self, party: DecisionMaker, edits: Sequence[RemoveRedLine], gone: set[int]) -> DecisionMaker:
        """A decision maker without some red lines; `gone` are those that a completion lacks."""
        written = [line.never for line in self.written.decision_maker(party.key).red_lines]
        altered, numbers = self._altered(party.key), list(range(1, len(written) + 1))
        if altered is None or altered.red_lines is None:
            present = [number for number in numbers if number not in gone]
        else:
            present = list(_matched([line.never for line in party.red_lines], written))
        dropped = {numbers.pop(edit.place - 1) for edit in edits}
        left = (line for number, line in zip(present, party.red_lines, strict=True) if number not in dropped)
        return replace(party, red_lines=tuple(left))


def _matched(there: Sequence[Formula], written: Sequence[Formula]) -> tuple[int, ...]:
    """For each condition the number of the first written one that is the same and was not matched yet; below 1 where there is none."""
    free, found = dict(enumerate(written, start=1)), []
    for place, one in enumerate(there):
        number = next((number for number, other in free.items() if other == one), -place)
        free.pop(number, None)
        found.append(number)
    return tuple(found)


def _what(frame: Frame, guess: Guess) -> What:
    """What a guess about the whole is settled as in a frame; as written where it is about a decision maker."""
    return guess.alternatives[frame.chosen.get(guess.key, 0)].what


def after(play: Play, attempt: Attempt) -> Play:
    """The play after a lever; the play itself if the lever changes nothing of the model.

    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.cases import load
    >>> play = Play(next(Open(load("elmira")).frames()))
    >>> after(play, Attempt("coalition", 2, (), "together")) is play
    True
    """
    if not attempt.edits:
        return play
    return play.once(("after", attempt.edits), lambda: Play(Changed(play.frame, attempt.edits)))


def with_changed(play: Play, attempts: Sequence[Attempt]) -> Worlds:
    """The frame of a play, and as its further worlds the same after each of some levers."""
    return play.once(("levers", tuple(attempts)), lambda: Worlds([play.frame, *(after(play, one).frame for one in attempts)]))
