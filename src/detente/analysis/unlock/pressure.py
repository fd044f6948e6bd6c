"""Pressure: a statement that rises, or falls, in a decision maker's list, and what a state comes to at every place that it can have.

Pressure from outside or from within makes a party value something more.  The places at which the state that the conflict is in gives way,
and those at which it holds, need not lie on two sides of one threshold: pressure can also harden a deadlock.  So every place is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic

from detente.analysis.claims.pressure import Pressed
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.priority_found import PRESSURE as KIND
from detente.analysis.unlock.priority_found import Pressures
from detente.concepts.registry import concept
from detente.concepts.witness import Witness
from detente.engines.single import SingleEngine
from detente.errors import ConflictError
from detente.model.edit import AddStatement, MoveStatement
from detente.model.formula import written
from detente.model.preference import Statement
from detente.preference.order import Order
from detente.space.states import StateSpace


def pressures(
    space: StateSpace,
    start: int,
    profile: Mapping[str, str],
    *,
    added: Sequence[tuple[str, Statement]] = (),
    parties: Sequence[str] | None = None,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Pressures:
    """For each statement, at each place that it can have in its list, who leaves a state and who stays.

    Parameters
    ----------
    space
        The space.
    start
        The state, the one that the conflict is in.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    added
        Statements that a decision maker (key) may come to hold; each is tried at every place, too.
    parties
        Whose statements; by default everybody's.
    seconds
        How long to go on; None for as long as it takes.
    progress
        Told of each statement that is begun.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("cuban-missile-crisis"))
    >>> found = pressures(space, space.state(7), {"US": "SEQ", "USSR": "SEQ"})
    >>> len(found.found), len(found.idle)
    (6, 11)
    """
    deadline = None if seconds is None else monotonic() + seconds
    deciders = [dm.key for dm in space.conflict.decision_makers]
    asked = [dm for dm in deciders if parties is None or dm in parties]
    having = [dm for dm in asked if _statements(space, dm)]
    trial = _Trial(space, start, tuple((dm, concept(profile[dm]).key) for dm in deciders))
    levers: list[Lever[Pressed]] = []
    unfit: list[tuple[str, int]] = []
    stopped = ""
    try:
        for dm, place, statement in _each(space, having, added):
            if deadline is not None and monotonic() > deadline:
                stopped = "time"
                break
            if progress is not None:
                which = f"statement {place} of {len(_statements(space, dm))}" if place else "a statement to be added"
                progress(f"pressure: {dm}, {which}")
            try:
                levers.append(trial.lever(dm, place, statement))
            except ConflictError:
                unfit.append((dm, place))
    except KeyboardInterrupt:
        stopped = "interrupted"
    idle = tuple(lever for lever in levers if not lever.cost)
    moving = sorted((lever for lever in levers if lever.cost), key=lambda lever: lever.cost)
    without = tuple(dm for dm in asked if dm not in having)
    return Pressures(tuple(moving), idle, without, tuple(unfit), stopped)


def _statements(space: StateSpace, dm: str) -> tuple[Statement, ...]:
    preference = space.conflict.decision_maker(dm).preference
    return preference.statements() if preference is not None else ()


def _each(space: StateSpace, parties: Sequence[str], added: Sequence[tuple[str, Statement]]) -> Iterator[tuple[str, int, Statement | None]]:
    """Every statement of some decision makers, by its number; then those to be added, with number 0."""
    for dm in parties:
        for place in range(1, len(_statements(space, dm)) + 1):
            yield dm, place, None
        for key, statement in added:
            if key == dm:
                yield dm, 0, statement


class _Trial:
    """Tries statements in their places; remembers what each list of statements came to."""

    def __init__(self, space: StateSpace, state: int, profile: tuple[tuple[str, str], ...]) -> None:
        self.space, self.state, self.profile = space, state, profile
        self.engine = SingleEngine(space)
        self.usual = dict(self.engine.orders)
        self._known: dict[tuple[str, tuple[Statement, ...]], tuple[Witness, ...]] = {}

    def verdicts(self, dm: str, place: int, to: int, statement: Statement | None) -> tuple[Witness, ...]:
        """Why each decision maker stays or leaves when a statement stands at a place (`to`); 0 if it is to be added and is not."""
        conflict = self.space.conflict
        if statement is not None and to:
            conflict = AddStatement(dm, to, statement).apply(conflict)
        elif statement is None and to != place:
            conflict = MoveStatement(dm, place, to).apply(conflict)
        preference = conflict.decision_maker(dm).preference
        key = dm, preference.statements() if preference is not None else ()
        if key not in self._known:
            changed = conflict is not self.space.conflict
            self.engine.orders.update(self.usual)
            if changed:
                self.engine.orders[dm] = Order(StateSpace(conflict), dm)
            self._known[key] = tuple(self.engine.witness(concept(held), who, self.state) for who, held in self.profile)
        return self._known[key]

    def lever(self, dm: str, place: int, statement: Statement | None) -> Lever[Pressed]:
        """One statement at all of its places; its cost is 0 if they make no difference."""
        count = len(_statements(self.space, dm)) + (statement is not None)
        places = range(1 if place else 0, count + 1)
        verdicts = tuple(self.verdicts(dm, place, to, statement) for to in places)
        words = (written(statement.when), statement.says or "") if statement is not None else ("", "")
        claim = Pressed(dm, place, self.state, self.profile, verdicts, *words)
        leaving = dict(claim.left)
        away = [self._distance(place, to, count) for to, leavers in leaving.items() if leavers != leaving[place]]
        return Lever(KIND, min(away, default=0), (dm,), None, claim)

    @staticmethod
    def _distance(place: int, to: int, count: int) -> int:
        """How far a place is from where the statement is; one to be added comes in at the end and rises."""
        return abs(place - to) if place else count + 1 - to
