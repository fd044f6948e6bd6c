"""What becomes of a state when beliefs are corrected: which corrections would break it, and which would make it worse.

What a decision maker does at a state depends on the conflict as they see it and on nobody else's viewpoint.  So corrections of different
decision makers do not interact: a state holds after corrections if and only if everybody stays in the conflict as they then see it, and
every minimal correction that breaks a state that holds is of one decision maker's viewpoint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import comb

from detente.analysis.claims.as_seen import AsSeen
from detente.analysis.claims.base import Claim
from detente.analysis.claims.belief import BeliefCorrected, NoSmallCorrection, sets_without
from detente.analysis.hypergame.views import Hypergame, expected_view
from detente.concepts.witness import AnyWitness, is_staying
from detente.model.correction import Correction, Corrections, corrections
from detente.preference.compared import compared
from detente.space.sets import StateSet

MAX_SETS = 1_100
"""Most sets of corrections of one viewpoint that are tried; the sets of as many corrections as stay below it are all looked at."""
ONE_BY_ONE = 200
"""So many states better for everybody are asked about one by one; beyond, all states at once."""


@dataclass(frozen=True)
class Effect:
    """What correcting a viewpoint, or some elements of it, does.

    Parameters
    ----------
    dm
        Who holds the viewpoint (key).
    view
        The viewpoint (key).
    made
        The corrections; None for all of them.
    claim
        That the decision maker stays at the state before and leaves it after, or the other way round; None if the verdict is the same.
    lost
        States better for everybody that hold before, and that the decision maker would leave after.
    gained
        States better for everybody that the decision maker alone leaves before, and where they would stay after.
    """

    dm: str
    view: str
    made: Corrections | None
    claim: BeliefCorrected | None
    lost: StateSet
    gained: StateSet

    @property
    def breaks(self) -> bool:
        """Whether the decision maker would come to leave the state."""
        return self.claim is not None and self.claim.breaks

    @property
    def binds(self) -> bool:
        """Whether the decision maker, who leaves the state, would come to stay."""
        return self.claim is not None and not self.claim.breaks

    @property
    def worse(self) -> bool:
        """Whether it makes a standstill worse: somebody comes to stay at it, or something better for everybody ceases to hold."""
        return self.binds or bool(self.lost)

    @property
    def matters(self) -> bool:
        """Whether it does any of this."""
        return self.claim is not None or bool(self.lost) or bool(self.gained)


@dataclass(frozen=True)
class Beliefs:
    """A state of a hypergame, and what corrections of beliefs do there.

    Parameters
    ----------
    game
        The hypergame.
    state
        The state.
    seen, written
        Who stays there, each in the conflict as they see it; and where everybody sees it as it is written.
    expected
        For each decision maker (key) who, as they believe, stays there.
    better
        The states that everybody prefers to it, each by the preference on which they act.
    whole
        For each decision maker who acts on a viewpoint that differs from the conflict as written, what correcting all of it does.
    single
        What correcting one element of a viewpoint does, for the elements that do anything.
    sets
        The minimal sets of two or more corrections of one viewpoint that change what its holder does there.
    limits
        For each of these decision makers the claim that there are no further minimal sets of up to so many corrections.
    elements
        For each of these decision makers (key) how many elements of the viewpoint differ.
    """

    game: Hypergame = field(repr=False)
    state: int
    seen: AsSeen
    written: AsSeen
    expected: Mapping[str, AsSeen]
    better: StateSet
    whole: tuple[Effect, ...]
    single: tuple[Effect, ...]
    sets: tuple[BeliefCorrected, ...]
    limits: tuple[NoSmallCorrection, ...]
    elements: Mapping[str, int]

    @property
    def claims(self) -> Iterator[Claim]:
        """All claims that this rests on."""
        yield self.seen
        yield self.written
        yield from self.expected.values()
        yield from (effect.claim for effect in (*self.whole, *self.single) if effect.claim is not None)
        yield from self.sets
        yield from self.limits

    @property
    def misperceived(self) -> bool:
        """Whether it holds as the decision makers see the conflict, and would not if everybody saw it as it is written."""
        return self.seen.holds and not self.written.holds


def at_state(game: Hypergame, state: int) -> Beliefs:
    """What corrections of beliefs do at a state.

    Parameters
    ----------
    game
        The hypergame.
    state
        The state.

    Raises
    ------
    LimitError, Cannot
        The states can't be listed, or no engine answers.

    Examples
    --------
    >>> from detente.analysis.hypergame.views import holders
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> seen = Viewpoint("v", "v", held_by=("A",), unperceived_options=("x",))
    >>> one = Conflict("one", (a,), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> found = at_state(Hypergame(StateSpace(one), {"A": "Nash"}, holders(one)), 0)
    >>> found.misperceived, [(effect.dm, effect.breaks) for effect in found.whole]
    (True, [('A', True)])
    """
    better = _better(game, state)
    whole, single, sets, limits = [], [], [], []
    elements = {}
    for dm, view in game.views.items():
        made = () if view is None else corrections(game.conflict, view)
        if view is None or not made:
            continue
        elements[dm] = len(made)
        whole.append(_effect(game, dm, view, None, state, better))
        found, limit = _sets(game, dm, view, made, state)
        limits.append(limit)
        sets += [claim for claim in found if claim.made is not None and len(claim.made) > 1]
        effects = [_effect(game, dm, view, (one,), state, better) for one in made]
        single += [effect for effect in effects if effect.matters]
    expected = {dm: _expected(game, dm, state) for dm in game.parties} if game.level else {}
    return Beliefs(
        game=game,
        state=state,
        seen=game.as_seen(state),
        written=game.as_written(state),
        expected=expected,
        better=better,
        whole=tuple(whole),
        single=tuple(single),
        sets=tuple(sets),
        limits=tuple(limits),
        elements=elements,
    )


def _better(game: Hypergame, state: int) -> StateSet:
    """The states that everybody prefers, each by the preference on which they act."""
    found = game.space.states
    for dm in game.parties:
        above, _ = compared(game.space_of(game.views[dm]), dm, state)
        found &= StateSet(game.space, above)
    return found


def _expected(game: Hypergame, dm: str, state: int) -> AsSeen:
    views = tuple((other, expected_view(game.conflict, game.views, dm, other)) for other in game.parties)
    return AsSeen(state, game.behaviour, views, tuple(game.witness(other, state, key) for other, key in views))


def _effect(game: Hypergame, dm: str, view: str, made: Corrections | None, state: int, better: StateSet) -> Effect:
    before, after = game.witness(dm, state, view), game.witness(dm, state, view, made)
    changes = is_staying(before) != is_staying(after)
    others = game.space.states
    for other in game.parties:
        if other != dm:
            others &= game.stable(other, game.views[other])
    wanted = better & others
    now, then = _staying(game, dm, wanted, view, ()), _staying(game, dm, wanted, view, made)
    return Effect(dm, view, made, BeliefCorrected(view, made, before, after) if changes else None, now - then, then - now)


def _staying(game: Hypergame, dm: str, states: StateSet, view: str, made: Corrections | None) -> StateSet:
    """At which of some states a decision maker stays, in the conflict as a viewpoint has it after corrections."""
    if not states:
        return states
    if made is None or not made or states.count > ONE_BY_ONE:
        return states & game.stable(dm, view, made)
    return game.space.set_of(*(state for state in states.each() if is_staying(game.witness(dm, state, view, made))))


def _sets(game: Hypergame, dm: str, view: str, made: Corrections, state: int) -> tuple[list[BeliefCorrected], NoSmallCorrection]:
    """The minimal sets of corrections that change what a decision maker does at a state, and that there are no others of that size."""
    most, before = _most(len(made)), game.witness(dm, state, view)
    same: dict[frozenset[Correction], tuple[Corrections, AnyWitness]] = {}
    found: list[BeliefCorrected] = []
    for size in range(1, most + 1):
        holding = [frozenset(claim.made or ()) for claim in found]
        for part in (part for part in sets_without(made, size, holding) if len(part) == size):
            after = game.witness(dm, state, view, part)
            if is_staying(after) == is_staying(before):
                same[frozenset(part)] = part, after
            else:
                fewer = tuple(same[frozenset(less)] for less in sets_without(part, size - 1, ()))
                found.append(BeliefCorrected(view, part, before, after, fewer))
    changing = tuple(claim.made for claim in found if claim.made is not None)
    return found, NoSmallCorrection(view, most, before, changing, tuple(same.values()))


def _most(count: int) -> int:
    """How many corrections the sets have at most of which all are tried."""
    tried, most = 0, 0
    while most < count and (tried := tried + comb(count, most + 1)) <= MAX_SETS:
        most += 1
    return max(most, 1)
