"""What becomes of a state when beliefs change: which changes would break it, and which would make it worse.

What a decision maker does at a state depends on the conflict as they see it and on nobody else's viewpoint.  So changes of different
decision makers' beliefs do not interact: a state holds after them if and only if everybody stays in the conflict as they then see it, and
every minimal change of beliefs that breaks a state that holds is of one decision maker's.
"""

from __future__ import annotations

from math import comb

from detente.analysis.claims.as_seen import AsSeen, BetterAsSeen
from detente.analysis.claims.belief import BeliefCorrected, NoSmallCorrection, ViewChanged, sets_without
from detente.analysis.hypergame.found import MOST_SHOWN, Beliefs, Effect, Key, expected_view, nearest
from detente.analysis.hypergame.views import Hypergame
from detente.concepts.witness import AnyWitness, is_staying
from detente.model.correction import Correction, Corrections, corrections
from detente.preference.compared import compared
from detente.preference.order import criteria_of
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_SETS = 1_100
"""Most sets of corrections of one viewpoint that are tried; the sets of as many corrections as stay below it are all looked at."""
ONE_BY_ONE = 200
"""So many states better for everybody are asked about one by one; beyond, all states at once."""


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
        others = [key for key in (None, *(one.key for one in game.conflict.viewpoints)) if key != view]
        whole += [_effect(game, dm, view, key, (), state, better) for key in others]
        made = () if view is None else corrections(game.conflict, view)
        if view is None or not made:
            continue
        elements[dm] = len(made)
        found, limit = _sets(game, dm, view, made, state)
        limits.append(limit)
        sets += [claim for claim in found if len(claim.made) > 1]
        single += [_effect(game, dm, view, view, (one,), state, better) for one in made]
    expected = {dm: _expected(game, dm, state) for dm in game.parties} if game.level else {}
    return Beliefs(
        game=game,
        state=state,
        seen=game.as_seen(state),
        written=game.alike(state, None),
        alike=tuple(game.alike(state, one.key) for one in game.conflict.viewpoints),
        expected=expected,
        better_claim=BetterAsSeen(state, game.as_views, better.bits),
        better=better,
        whole=tuple(effect for effect in whole if effect.matters),
        single=tuple(effect for effect in single if effect.matters),
        sets=tuple(sets),
        limits=tuple(limits),
        elements=elements,
        holds=game.holds,
        holds_as_written=game.holds_as_written,
        foreseen={dm: game.foreseen(dm) for dm in game.parties},
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


def _effect(game: Hypergame, dm: str, view: Key, to: Key, made: Corrections, state: int, better: StateSet) -> Effect:
    def claim(at: int) -> BeliefCorrected | ViewChanged | None:
        before, after = game.witness(dm, at, view), game.witness(dm, at, to, made)
        if is_staying(before) == is_staying(after):
            return None
        return BeliefCorrected(view, made, before, after) if made and view is not None else ViewChanged(view, to, before, after)

    others = game.space.states
    for other in game.parties:
        if other != dm:
            others &= game.stable(other, game.views[other])
    wanted = better & others
    now, then = _staying(game, dm, wanted, view, ()), _staying(game, dm, wanted, to, made)
    shown = [
        (at, game.as_seen(at), shows)
        for part in (now - then, then - now)
        for at in nearest(part, state)[:MOST_SHOWN]
        if (shows := claim(at)) is not None
    ]
    own = _own(game.space_of(view), dm) != _own(game.space_of(to, made), dm)
    return Effect(dm, view, to, made, claim(state), now - then, then - now, own, tuple(shown))


def _own(space: StateSpace, dm: str) -> tuple[object, ...]:
    """What a decision maker wants in a conflict, without words and bases."""
    of = space.conflict.decision_maker(dm)
    pairs = [(pair.kind, pair.of, pair.over, pair.values) for pair in of.pairs]
    return (
        criteria_of(of),
        [one.degree for one in of.preference.statements()] if of.preference else [],
        pairs,
        [(one.toward, one.stance) for one in of.attitudes],
    )


def _staying(game: Hypergame, dm: str, states: StateSet, view: Key, made: Corrections) -> StateSet:
    """At which of some states a decision maker stays, in the conflict as a viewpoint has it after corrections."""
    if not states:
        return states
    if not made or states.count > ONE_BY_ONE:
        return states & game.stable(dm, view, made)
    return game.space.set_of(*(state for state in states.each() if is_staying(game.witness(dm, state, view, made))))


def _sets(game: Hypergame, dm: str, view: str, made: Corrections, state: int) -> tuple[list[BeliefCorrected], NoSmallCorrection]:
    """The minimal sets of corrections that change what a decision maker does at a state, and that there are no others of that size."""
    most, before = _most(len(made)), game.witness(dm, state, view)
    same: dict[frozenset[Correction], tuple[Corrections, AnyWitness]] = {}
    found: list[BeliefCorrected] = []
    for size in range(1, most + 1):
        holding = [frozenset(claim.made) for claim in found]
        for part in (part for part in sets_without(made, size, holding) if len(part) == size):
            after = game.witness(dm, state, view, part)
            if is_staying(after) == is_staying(before):
                same[frozenset(part)] = part, after
            else:
                fewer = tuple(same[frozenset(less)] for less in sets_without(part, size - 1, ()))
                found.append(BeliefCorrected(view, part, before, after, fewer))
    return found, NoSmallCorrection(view, most, before, tuple(claim.made for claim in found), tuple(same.values()))


def _most(count: int) -> int:
    """How many corrections the sets have at most of which all are tried."""
    tried, most = 0, 0
    while most < count and (tried := tried + comb(count, most + 1)) <= MAX_SETS:
        most += 1
    return max(most, 1)
