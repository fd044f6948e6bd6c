"""Hypergames: every decision maker acts in the conflict as they see it.

Of the first level (Bennett 1977): decision maker i acts in G_i, the conflict as the viewpoint has it that names i among those who hold
it, or else as it is written, G_0.  A state holds if it is stable for every i in G_i.  Of the second level (Wang, Hipel and Fraser 1988):
those who hold a viewpoint also believe of every other decision maker j on which viewpoint j acts; by default on their own.  What i expects
of j is what j does there.

One common conflict in which each decision maker lacks the moves that they do not perceive is not a hypergame: in it somebody would be
deterred by an answer that they know nothing of.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from detente.analysis.claims.as_seen import AsSeen
from detente.analysis.hypergame.found import Acting, Key, Perceived, expected_view
from detente.analysis.hypergame.found import holders as holders
from detente.concepts.registry import concept
from detente.concepts.witness import AnyWitness
from detente.engines.base import Engine
from detente.engines.choose import choose
from detente.engines.single import SingleEngine
from detente.model.correction import Corrections
from detente.space.sets import StateSet
from detente.space.states import StateSpace


class Hypergame(Acting, Perceived):
    """A conflict in which decision makers act on viewpoints; works out what is asked for, and keeps it.

    Parameters
    ----------
    space
        The space of the conflict as it is written.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    views
        On which viewpoint each acts (`holders`).

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> seen = Viewpoint("v", "v", held_by=("A",), unperceived_options=("x",))
    >>> one = Conflict("one", (a,), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> game = Hypergame(StateSpace(one), {"A": "Nash"}, holders(one))
    >>> game.holds.first(2), game.holds_as_written.first(2), game.breaks.first(2), game.level
    ((0, 1), (1,), (0,), 1)
    """

    def __init__(self, space: StateSpace, profile: Mapping[str, str], views: Mapping[str, Key]) -> None:
        super().__init__(space, profile, views)
        self._engines: dict[tuple[Key, Corrections, str], Engine] = {}
        self._singles: dict[tuple[Key, Corrections], SingleEngine] = {}
        self._stable: dict[tuple[str, Key, Corrections], StateSet] = {}
        self._witnesses: dict[tuple[str, Key, Corrections, int], AnyWitness] = {}

    # -- one viewpoint ---------------------------------------------------------------------------------------------
    def stable(self, dm: str, key: Key, made: Corrections = ()) -> StateSet:
        """The states that are stable for a decision maker (`dm`) in the conflict as a viewpoint has it, by their concept.

        Parameters
        ----------
        dm
            Key of the decision maker.
        key
            Key of the viewpoint; None for the conflict as written.
        made
            Corrections of it.

        Raises
        ------
        LimitError, Cannot
            The states can't be listed, or no engine answers for all of them.
        """
        seen = (None, ()) if key is None else (key, made)
        if (dm, *seen) not in self._stable:
            space, asked = self.space_of(*seen), concept(self.profile[dm])
            if (*seen, asked.key) not in self._engines:
                self._engines[(*seen, asked.key)] = choose(space, [asked])[0]
            found = self._engines[(*seen, asked.key)].stable(asked, dm)
            self._stable[(dm, *seen)] = StateSet(self.space, found.bits)
        return self._stable[(dm, *seen)]

    def witness(self, dm: str, state: int, key: Key, made: Corrections = ()) -> AnyWitness:
        """Why a decision maker stays at a state or leaves it in the conflict as a viewpoint has it.

        Parameters
        ----------
        dm
            Key of the decision maker.
        state
            The state.
        key
            Key of the viewpoint; None for the conflict as written.
        made
            Corrections of it.

        Raises
        ------
        LimitError
            S303 if the play after an improvement is too large to be listed.
        """
        seen = (None, ()) if key is None else (key, made)
        if (dm, *seen, state) not in self._witnesses:
            if seen not in self._singles:
                self._singles[seen] = SingleEngine(self.space_of(*seen))
            self._witnesses[(dm, *seen, state)] = self._singles[seen].verdict(concept(self.profile[dm]), dm, state)
        return self._witnesses[(dm, *seen, state)]

    # -- all together ----------------------------------------------------------------------------------------------
    def _all(self, views: Mapping[str, Key]) -> StateSet:
        found = self.space.states
        for dm in self.parties:
            found &= self.stable(dm, views[dm])
        return found

    @cached_property
    def holds(self) -> StateSet:
        """The states that hold: stable for everybody in the conflict as they see it."""
        return self._all(self.views)

    @cached_property
    def holds_as_written(self) -> StateSet:
        """The states that would hold if everybody saw the conflict as it is written."""
        return self._all(dict.fromkeys(self.parties))

    def foreseen(self, dm: str) -> StateSet:
        """The states that hold as a decision maker (`dm`) expects: they would stay, and believe that everybody else would."""
        return self._all({other: expected_view(self.conflict, self.views, dm, other) for other in self.parties})

    def as_seen(self, state: int) -> AsSeen:
        """The claim about who stays at a state, each in the conflict as they see it.  Raises `LimitError` (S303) as `witness` does."""
        witnesses = tuple(self.witness(dm, state, self.views[dm]) for dm in self.parties)
        return AsSeen(state, self.behaviour, self.as_views, witnesses)

    def alike(self, state: int, key: Key) -> AsSeen:
        """The claim about who would stay at a state if everybody saw the conflict as a viewpoint (`key`) has it, None: as it is written.

        Raises `LimitError` (S303) as `witness` does.
        """
        witnesses = tuple(self.witness(dm, state, key) for dm in self.parties)
        return AsSeen(state, self.behaviour, tuple((dm, key) for dm in self.parties), witnesses)
