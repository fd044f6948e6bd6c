"""The engine for single states by satisfiability: verdicts with certificates in spaces of any size, without a list of states.

Does this decision maker stay at this state?  All improvements are one truth table over their own options.  For one of them a
search (`detente.engines.sat.search`) finds a sequence of the others that deters it, or a condition that shows that there is none.  A
sequence is followed from all improvements at once, and answers all those from which it works; the next search begins at one that is
left.  So a few answers together deter millions of improvements.
"""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from detente.concepts.base import Moves, SolutionConcept
from detente.concepts.witness import AnyWitness, Covers, Group, Leaves
from detente.engines.base import ONE_ORDER, Refusal
from detente.engines.sat.deterring import Sanctions
from detente.engines.sat.improving import Improvements
from detente.engines.sat.leaving import Unanswered, certified
from detente.engines.sat.moving import Moving
from detente.engines.sat.search import Flips, Kept, Search
from detente.engines.sat.solver import Clock, library
from detente.errors import Cannot, MissingExtra
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_STATES = 64
"""Most states for which this engine answers for the whole space; single states have no such limit."""


class SatEngine:
    """Stability of single states at any size.

    Parameters
    ----------
    space
        The space, listed or not.

    Raises
    ------
    MissingExtra
        S331 if python-sat is not installed.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a, b = DecisionMaker("A", "A", OptionWeighting((("x", 1), ("y", -2)))), DecisionMaker("B", "B")
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    >>> engine = SatEngine(StateSpace(Conflict("two", (a, b), options), list_up_to=0))
    >>> engine.witness(concept("GMR"), "A", 0)
    Covers(concept='GMR', dm='A', state=0, groups=(Group(taken=0, not_taken=0, steps=(('B', 2),)),))
    >>> engine.witness(concept("SEQ"), "A", 0).improvement
    1
    """

    name: ClassVar[str] = "sat"
    suits: ClassVar[str] = "looked at one at a time, whatever their number"

    def __init__(self, space: StateSpace) -> None:
        library()
        self.space = space
        self._moving: dict[tuple[Moves, bool], Moving] = {}

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        """Refuses concepts by rules of their own, merged states, spaces too large to go through, and to work without python-sat."""
        if concept.reading is not None:
            return Refusal(ONE_ORDER.format(concept.key))
        if concept.rule is not None or not concept.is_classical:
            return Refusal(f"knows an improvement, an answer and a further move; {concept.key} looks at another play")
        if not space.is_listed or space.states.count > MAX_STATES:
            return Refusal(f"looks at one state at a time; for all at once it takes at most {MAX_STATES} states")
        if space.classes:
            return Refusal("looks at single combinations; here rules merge some of them")
        try:
            library()
        except MissingExtra:
            return Refusal('needs python-sat, which is not installed: pip install "detente[sat]"')
        return None

    @classmethod
    def seconds(cls, space: StateSpace, concept: SolutionConcept) -> float:
        """Roughly how long a concept takes for all decision makers: much longer than the other engines where those can answer."""
        return 1 + len(space.masks) * space.states.count * 1e-2

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        """The states that are stable for a decision maker (`dm`, a key) under a concept, one after the other."""
        staying = []
        for state in self.space.states.each():
            gains = Improvements(self.space, dm, state)
            kind = concept.answers
            if not gains.left or (kind and isinstance(self._answers(concept, kind, gains, Clock()), tuple)):
                staying.append(state)
        return self.space.set_of(*staying)

    def witness(self, concept: SolutionConcept, dm: str, state: int, seconds: float | None = None) -> AnyWitness:
        """Why a decision maker stays at a state, or leaves it, under a concept.

        Parameters
        ----------
        concept
            The concept: an improvement, at most one answer, at most one further move.
        dm
            Key of the decision maker.
        state
            The state (combination).
        seconds
            How long it may take; None for no limit.

        Returns
        -------
        Covers, Leaves or Closed
            `Covers` for staying.  For leaving: `Leaves` under Nash, and where what the others can reach is short to list; else `Closed`.

        Raises
        ------
        LimitError
            S330 when the time is over, S309 if the decision maker has too many options.
        Cannot
            S332 if the concept is another play, rules merge states, or no certificate can be written down (only with bans).
        """
        if concept.rule is not None or not concept.is_classical:
            raise Cannot.of("S332", f"the engine sat knows an improvement, an answer and a further move; {concept.key} is another play")
        if self.space.is_listed and self.space.classes:
            why = "the engine sat looks at single combinations; here rules merge some of them"
            raise Cannot.of("S332", why, help="take another engine: --engine single")
        gains = Improvements(self.space, dm, state)
        if concept.answers is None:
            return Leaves(concept.key, dm, state, gains.best()) if gains.left else Covers(concept.key, dm, state, ())
        found = self._answers(concept, concept.answers, gains, Clock(seconds))
        return Covers(concept.key, dm, state, found) if isinstance(found, tuple) else certified(self.space, concept, found)

    def _answers(self, concept: SolutionConcept, kind: Moves, gains: Improvements, clock: Clock) -> tuple[Group, ...] | Unanswered:
        """Groups of all improvements with an answer for each, or an improvement without."""
        groups: list[Group] = []
        if not gains.left:
            return ()
        moving = self._moves(kind, clock)
        sanctions = Sanctions(moving, gains.dm, gains.state, concept.counters)
        while gains.left:
            start = gains.next()
            search = Search(moving, gains.dm, start, sanctions)
            found = search.run()
            if isinstance(found, Kept):
                return Unanswered(search, found, sanctions)
            if _twice(found):  # two moves of one party are not one: with bans alone
                moving = self._moves(kind, clock, keeps_last=True)
                sanctions = Sanctions(moving, gains.dm, gains.state, concept.counters)
            else:
                shorter = gains.shorter(start, found, improving=kind == "improving", counters=concept.counters)
                groups.append(gains.group(start, shorter, improving=kind == "improving", counters=concept.counters))
        return gains.needed(groups)

    def _moves(self, kind: Moves, clock: Clock, *, keeps_last: bool = False) -> Moving:
        found = self._moving.get((kind, keeps_last))
        if found is None or found.worn:
            found = self._moving[kind, keeps_last] = Moving(self.space, kind, clock, keeps_last=keeps_last)
        found.solver.clock = clock
        return found


def _twice(path: Flips) -> bool:
    """Whether somebody moves twice in a row."""
    return any(one == two for (one, _), (two, _) in pairwise(path))


ENGINE = SatEngine
