"""What a hypergame holds, for whoever tells of it: who acts on what, who stays where, and what other beliefs would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from detente.analysis.claims.as_seen import AsSeen, BetterAsSeen, Views, corrected_space
from detente.analysis.claims.base import Claim
from detente.analysis.claims.belief import BeliefCorrected, NoSmallCorrection, ViewChanged
from detente.analysis.claims.standing import Profile
from detente.model.conflict import Conflict
from detente.model.correction import Corrections
from detente.model.viewpoint import viewpoint
from detente.space.sets import StateSet
from detente.space.states import StateSpace

Key = str | None
"""The key of a viewpoint; None for the conflict as it is written."""
MOST_SHOWN = 3
"""Of so many states that cease to hold, and so many that come to hold, it is shown why."""


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


class Holding(Protocol):
    """What holds as decision makers see a conflict, and what would if everybody saw it as it is written."""

    @property
    def holds(self) -> StateSet:
        """The states that hold."""

    @property
    def holds_as_written(self) -> StateSet:
        """The states that would."""


class Perceived:
    """What the views of the decision makers make of the states that hold."""

    @property
    def survives(self: Holding) -> StateSet:
        """The states that hold and would hold if everybody saw the conflict as it is written."""
        return self.holds & self.holds_as_written

    @property
    def breaks(self: Holding) -> StateSet:
        """The states that hold and would not if everybody saw the conflict as it is written."""
        return self.holds - self.holds_as_written

    @property
    def missed(self: Holding) -> StateSet:
        """The states that do not hold and would if everybody saw the conflict as it is written."""
        return self.holds_as_written - self.holds


class Acting:
    """Who acts on which viewpoint, by which concept, and the conflict as each viewpoint has it.

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
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> Acting(StateSpace(one), {"A": "Nash"}, holders(one)).level
    0
    """

    def __init__(self, space: StateSpace, profile: Mapping[str, str], views: Mapping[str, Key]) -> None:
        self.space, self.conflict = space, space.conflict
        self.profile, self.views = dict(profile), dict(views)
        self.parties = tuple(dm.key for dm in space.conflict.decision_makers)
        self._spaces: dict[tuple[Key, Corrections], StateSpace] = {}

    def space_of(self, key: Key, made: Corrections = ()) -> StateSpace:
        """The space of the conflict as a viewpoint (`key`) has it, after some corrections (`made`).

        Raises `UsageError` (U470) if there is no such viewpoint.
        """
        which = (None, ()) if key is None else (key, made)
        if which not in self._spaces:
            self._spaces[which] = corrected_space(self.space, *which)
        return self._spaces[which]

    @property
    def behaviour(self) -> Profile:
        """The profile as claims hold it."""
        return tuple((dm, self.profile[dm]) for dm in self.parties)

    @property
    def as_views(self) -> Views:
        """The viewpoints as claims hold them."""
        return tuple((dm, self.views[dm]) for dm in self.parties)

    @property
    def level(self) -> int:
        """2 where somebody believes of another that they act on another viewpoint than their own, otherwise 1; 0 where nobody holds any."""
        if all(key is None for key in self.views.values()):
            return 0
        pairs = ((dm, other) for dm in self.parties for other in self.parties)
        second = any(expected_view(self.conflict, self.views, dm, other) != self.views[dm] for dm, other in pairs)
        return 2 if second else 1


@dataclass(frozen=True)
class Effect:
    """What it does that a decision maker comes to see the conflict otherwise: in another way, or with some elements corrected.

    Parameters
    ----------
    dm
        Who (key).
    view
        The viewpoint (key) on which they act; None for the conflict as written.
    to
        The viewpoint to which they come; None for the conflict as written.
    made
        Where they keep their viewpoint (`to` is then the same), the elements of it that are corrected.
    claim
        That the decision maker stays at the state before and leaves it after, or the other way round; None if the verdict is the same.
    lost
        States better for everybody that hold before, and that the decision maker would leave after.
    gained
        States better for everybody that the decision maker alone leaves before, and where they would stay after.
    own
        Whether it has their own preference, red lines, pairs or attitudes otherwise: then it is more than a change of what they believe.
    shown
        For up to `MOST_SHOWN` of each of these, the nearest ones, the state and what shows it: who stays there before, and what the
        decision maker does after.
    """

    dm: str
    view: Key
    to: Key
    made: Corrections
    claim: BeliefCorrected | ViewChanged | None
    lost: StateSet
    gained: StateSet
    own: bool = False
    shown: tuple[tuple[int, AsSeen, BeliefCorrected | ViewChanged], ...] = ()

    @property
    def breaks(self) -> bool:
        """Whether the decision maker would come to leave the state."""
        return self.claim is not None and self.claim.breaks

    @property
    def binds(self) -> bool:
        """Whether the decision maker, who leaves the state, would come to stay."""
        return self.claim is not None and not self.claim.breaks

    def worse(self, ways_out: StateSet) -> bool:
        """Whether it makes a standstill worse: they come to stay at it, or no state better for everybody holds any more.

        `ways_out` are the states better for everybody that hold before.
        """
        return self.binds or (bool(ways_out) and not ways_out - self.lost and not self.gained)

    @property
    def matters(self) -> bool:
        """Whether it does any of this."""
        return self.claim is not None or bool(self.lost) or bool(self.gained)


@dataclass(frozen=True)
class Beliefs(Perceived):
    """A state of a hypergame, and what corrections of beliefs do there.

    Parameters
    ----------
    game
        The hypergame.
    state
        The state.
    seen, written
        Who stays there, each in the conflict as they see it; and where everybody sees it as it is written.
    alike
        For each viewpoint, who would stay if everybody acted on it.
    expected
        For each decision maker (key) who, as they believe, stays there.
    better_claim
        The claim that the states in `better` are those that everybody prefers to it, each by the preference on which they act.
    better
        These states.
    whole
        For each decision maker, and each viewpoint on which they do not act, and the conflict as written if they act on a viewpoint, what
        it does that they come to see it so; those that do anything.
    single
        What correcting one element of a viewpoint does, for the elements that do anything.
    sets
        The minimal sets of two or more corrections of one viewpoint that change what its holder does there.
    limits
        For each of these decision makers the claim that there are no further minimal sets of up to so many corrections.
    elements
        For each of these decision makers (key) how many elements of the viewpoint differ.
    holds, holds_as_written
        All states that hold as the decision makers see the conflict, and all that would if everybody saw it as it is written.
    foreseen
        For each decision maker (key) the states that hold as they expect.
    """

    game: Acting = field(repr=False)
    state: int
    seen: AsSeen
    written: AsSeen
    alike: tuple[AsSeen, ...]
    expected: Mapping[str, AsSeen]
    better_claim: BetterAsSeen
    better: StateSet
    whole: tuple[Effect, ...]
    single: tuple[Effect, ...]
    sets: tuple[BeliefCorrected, ...]
    limits: tuple[NoSmallCorrection, ...]
    elements: Mapping[str, int]
    holds: StateSet
    holds_as_written: StateSet
    foreseen: Mapping[str, StateSet]

    @property
    def ways_out(self) -> StateSet:
        """The states better for everybody that hold as the decision makers see the conflict."""
        return self.better & self.holds

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What other ways of seeing the conflict do, then what single corrections do."""
        return (*self.whole, *self.single)

    @property
    def claims(self) -> Iterator[Claim]:
        """All claims that this rests on."""
        yield self.seen
        yield self.written
        yield from self.alike
        yield self.better_claim
        yield from self.expected.values()
        yield from (claim for effect in self.effects for _, *claims in effect.shown for claim in claims)
        yield from (effect.claim for effect in self.effects if effect.claim is not None)
        yield from self.sets
        yield from self.limits

    @property
    def misperceived(self) -> bool:
        """Whether it holds as the decision makers see the conflict, and would not if everybody saw it as it is written."""
        return self.seen.holds and not self.written.holds


def nearest(states: StateSet, state: int) -> tuple[int, ...]:
    """Some states, those first that differ from a state in the fewest options.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> two = Conflict("two", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> nearest(StateSpace(two).states, 3)
    (3, 1, 2, 0)
    """
    return tuple(sorted(states.each(), key=lambda other: ((other ^ state).bit_count(), other)))
