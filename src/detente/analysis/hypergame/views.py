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

from detente.analysis.claims.as_seen import AsSeen, Views, corrected_space
from detente.analysis.claims.standing import Profile
from detente.concepts.registry import concept
from detente.concepts.witness import AnyWitness
from detente.engines.base import Engine
from detente.engines.choose import choose
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.model.correction import Corrections
from detente.model.viewpoint import viewpoint
from detente.space.sets import StateSet
from detente.space.states import StateSpace

Key = str | None
"""The key of a viewpoint; None for the conflict as it is written."""


def holders(conflict: Conflict, held: Mapping[str, Key] | None = None) -> dict[str, Key]:
    """On which viewpoint each decision maker (key) acts: the one that names them among its holders; None for the conflict as written.

    Parameters
    ----------
    conflict
        The conflict with its viewpoints.
    held
        For some decision makers (keys) another viewpoint than the conflict says, or None for none.

    Raises
    ------
    UsageError
        U470 if `held` names no viewpoint.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> one = Conflict("one", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),),
    ...     viewpoints=(Viewpoint("v", "v", held_by=("A",)),))
    >>> holders(one), holders(one, {"A": None, "B": "v"})
    ({'A': 'v', 'B': None}, {'A': None, 'B': 'v'})
    """
    found: dict[str, Key] = {}
    for dm in (dm.key for dm in conflict.decision_makers):
        if held is not None and dm in held:
            key = held[dm]
            found[dm] = key if key is None else viewpoint(conflict, key).key
        else:  # a conflict lets nobody hold two
            found[dm] = next((one.key for one in conflict.viewpoints if dm in one.held_by), None)
    return found


def expected_view(conflict: Conflict, views: Mapping[str, Key], dm: str, other: str) -> Key:
    """On which viewpoint another decision maker acts, as somebody believes.

    Parameters
    ----------
    conflict
        The conflict with its viewpoints.
    views
        On which each acts.
    dm
        Who believes (key).
    other
        Of whom (key).

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> both = (Viewpoint("v", "v", held_by=("A",), believes=(("B", "w"),)), Viewpoint("w", "w"))
    >>> one = Conflict("one", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),), viewpoints=both)
    >>> expected_view(one, {"A": "v", "B": None}, "A", "B"), expected_view(one, {"A": "v", "B": None}, "A", "A")
    ('w', 'v')
    """
    own = views[dm]
    if own is None or dm == other:
        return own
    return dict(viewpoint(conflict, own).believes).get(other, own)


class Hypergame:
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
    >>> from detente.model.conflict import DecisionMaker, Option
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
        self.space, self.conflict = space, space.conflict
        self.profile, self.views = dict(profile), dict(views)
        self.parties = tuple(dm.key for dm in space.conflict.decision_makers)
        self._spaces: dict[tuple[Key, Corrections], StateSpace] = {}
        self._engines: dict[tuple[Key, Corrections, str], Engine] = {}
        self._singles: dict[tuple[Key, Corrections], SingleEngine] = {}
        self._stable: dict[tuple[str, Key, Corrections], StateSet] = {}
        self._witnesses: dict[tuple[str, Key, Corrections, int], AnyWitness] = {}

    # -- one viewpoint ---------------------------------------------------------------------------------------------
    def space_of(self, key: Key, made: Corrections = ()) -> StateSpace:
        """The space of the conflict as a viewpoint (`key`) has it, after some corrections (`made`).

        Raises `UsageError` (U470) if there is no such viewpoint.
        """
        which = (None, ()) if key is None else (key, made)
        if which not in self._spaces:
            self._spaces[which] = corrected_space(self.space, *which)
        return self._spaces[which]

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
    @property
    def behaviour(self) -> Profile:
        """The profile as claims hold it."""
        return tuple((dm, self.profile[dm]) for dm in self.parties)

    @property
    def as_views(self) -> Views:
        """The viewpoints as claims hold them."""
        return tuple((dm, self.views[dm]) for dm in self.parties)

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

    @property
    def survives(self) -> StateSet:
        """The states that hold and would hold if everybody saw the conflict as it is written."""
        return self.holds & self.holds_as_written

    @property
    def breaks(self) -> StateSet:
        """The states that hold and would not if everybody saw the conflict as it is written."""
        return self.holds - self.holds_as_written

    @property
    def missed(self) -> StateSet:
        """The states that do not hold and would if everybody saw the conflict as it is written."""
        return self.holds_as_written - self.holds

    def foreseen(self, dm: str) -> StateSet:
        """The states that hold as a decision maker (`dm`) expects: they would stay, and believe that everybody else would."""
        return self._all({other: expected_view(self.conflict, self.views, dm, other) for other in self.parties})

    @property
    def level(self) -> int:
        """2 where somebody believes of another that they act on another viewpoint than their own, otherwise 1; 0 where nobody holds any."""
        if all(key is None for key in self.views.values()):
            return 0
        pairs = ((dm, other) for dm in self.parties for other in self.parties)
        second = any(expected_view(self.conflict, self.views, dm, other) != self.views[dm] for dm, other in pairs)
        return 2 if second else 1

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
