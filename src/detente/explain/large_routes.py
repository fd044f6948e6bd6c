"""How one state leads to another in a space too large to be listed, in words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.certificate import Checker
from detente.analysis.large.routes import MOST_STEPS, LargeRoutes, needed_for
from detente.errors import Diagnostic, UsageError
from detente.explain.route_ends import IN_TURN, follow, nothing_to_do, places
from detente.explain.routes import MOVES, told_way
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.space.states import StateSpace
from detente.text import listing, plural

_OUT = " (worked out, not certified)"


def large_path(
    space: StateSpace,
    moves: LargeRoutes,
    improving: LargeRoutes,
    no_loss: LargeRoutes,
    limit: str,
    movers: Sequence[str] | None = None,
) -> Explanation:
    """How one state leads to another: a shortest way by moves, one by improvements, who must move, and what was not settled.

    Parameters
    ----------
    space
        The space.
    moves, improving, no_loss
        What `detente.analysis.large.path.shortest_large` gives for the same two states and each kind of move.
    limit
        What was allowed, as it is told where something was not settled: "within 60 seconds".
    movers
        Who may move (keys); None for everybody.

    Raises
    ------
    UsageError
        U423 if a way is none.

    Examples
    --------
    >>> from detente.analysis.large.path import shortest_large
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "open a door", ("A",)),)), list_up_to=0)
    >>> kinds = [shortest_large(space, 0, 1, kind) for kind in ("any", "improving", "no loss")]
    >>> print(large_path(space, *kinds, "within 60 seconds").verdict)
    In this model 1 move leads from state 1 to state 2.
    """
    words = Words(space)
    by = "" if movers is None or len(movers) == len(words.decision_makers) else f" by {listing(map(words.party, movers))} alone"
    for routes in (moves, improving, no_loss):
        assured(space, routes, movers)
    where = f"from {words.state(moves.start)} to {words.state(moves.goal)}"
    states = (moves.start, moves.goal)
    parts = [places(words, *states)]
    ways = [len(one.way.legs) for one in (improving, no_loss) if one.way is not None]
    verdict = _verdict(words, moves, where, limit, by, min(ways, default=None))
    if moves.way is not None and moves.way.legs:
        parts.append(told_way(words, moves.way))
        needed = needed_for(space, moves.start, moves.goal)
        if needed:
            each = "each of " if len(needed) > 1 else ""
            text = f"No way leads there without a move by {each}{listing(map(words.party, needed))}: nobody else owns what has to change."
            parts.append(Part((Sentence(text, states),)))
    if moves.steps != 0:  # that there are no improvements comes last, as it does where states are listed
        kinds = (no_loss, improving) if improving.way is None else (improving, no_loss)
        parts += [part for other in kinds for part in _other(words, moves, other, where, limit, by, improving.steps)]
    return Explanation(Sentence(verdict, states), tuple(parts))


def assured(space: StateSpace, routes: LargeRoutes, movers: Sequence[str] | None = None) -> None:
    """Follow a way step by step; raises `UsageError` (U423) where a step is none, or it does not end where it should.

    `movers` are those who may move (keys), None for everybody.

    >>> from detente.analysis.large.path import shortest_large
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> assured(space, shortest_large(space, 0, 1))
    """
    checker = Checker(space)
    acting = checker.decision_makers if movers is None else tuple(dm for dm in checker.decision_makers if dm in movers)
    if routes.lengths or routes.why_none == "listed":
        lengths = {(state, dm): length for state, dm, length in routes.lengths}
        refused = checker.check_reached(routes.start, acting, routes.kind, lengths)
        shortest = min((length for (state, _), length in lengths.items() if state == routes.goal), default=None)
        if refused or shortest != routes.steps:
            raise UsageError([Diagnostic("U423", f"what is said to be reached is not ({refused})", help="explain what was found")])
    if routes.way is None:
        return
    if follow(checker, routes.start, routes.way.legs, routes.kind, acting, "what was found") != routes.goal:
        raise UsageError([Diagnostic("U423", "a way does not end where it should", help="explain what was found")])


def _verdict(words: Words, moves: LargeRoutes, where: str, limit: str, by: str, known: int | None) -> str:
    """Whether, and in how many moves; `known` is the number of moves of a way of a narrower kind."""
    turns = _in_turn(words, moves)
    if moves.way is None and moves.none:
        return f"In this model no sequence of moves{by} leads {where}{turns}{_none_because(words, moves, by)}."
    if moves.way is None and known is not None:
        return f"In this model {plural(known, 'move')}{by} lead{'s' if known == 1 else ''} {where}{_fewer(moves, known, limit, turns)}."
    if moves.way is None:
        text = f"In this model it is not known whether moves{by} lead {where}: no sequence of up to {moves.looked} does{turns}{_OUT}"
        return f"{text}, and longer ones were not looked at{'' if moves.looked >= MOST_STEPS else f' {limit}'}."
    if not moves.steps:
        return nothing_to_do(words, moves.start)
    if moves.steps == 1:
        return f"In this model 1 move{by} leads {where}."
    shown = moves.lengths or moves.steps <= len(needed_for(words.space, moves.start, moves.goal))
    return f"In this model it takes at least {moves.steps} moves{by} {where}{turns}{'' if shown else _OUT}; one way of that length:"


def _in_turn(words: Words, routes: LargeRoutes) -> str:
    """That nobody moves twice in a row, where bans could make that a difference, and it is not an option that stands in the way."""
    return "" if words.space.moves_compose or routes.why_none == "options" else IN_TURN


def _fewer(routes: LargeRoutes, known: int, limit: str, turns: str) -> str:
    """Whether fewer moves than those of a way that is `known` would do, where no shortest way was found."""
    if routes.looked >= known - 1:
        return f", and no fewer do{turns}{_OUT}" if known > 1 else ""
    told = f"; whether fewer do was not {'looked at' if routes.looked >= MOST_STEPS else f'settled {limit}'}"
    return f"{told}: no sequence of up to {routes.looked} does{turns}{_OUT}" if routes.looked else told


def _none_because(words: Words, routes: LargeRoutes, by: str) -> str:
    """Why there is none, where that can be seen from an option; otherwise that it was worked out."""
    if routes.why_none == "listed":
        return ""
    if routes.why_none != "options":
        return _OUT
    space, flip = words.space, routes.start ^ routes.goal
    owned = 0
    for mask in space.masks.values():
        owned |= mask
    for k, option in enumerate(words.conflict.options):
        if flip >> k & 1:
            taken = routes.start >> k & 1
            if not owned >> k & 1:
                return f": “{option.name}” would have to change, and is nobody's to decide"
            if (space.only_on if taken else space.only_off) >> k & 1:
                return f": “{option.name}” would have to be {'given up' if taken else 'taken up'}, and can't be any more"
    return ": not all that would have to change is theirs to change" if by else _OUT


def _other(words: Words, moves: LargeRoutes, other: LargeRoutes, where: str, limit: str, by: str, known: int | None) -> list[Part]:
    """Whether moves of a narrower kind lead there, and how; so many improvements are `known` to."""
    kind = f"{MOVES[other.kind]}{by}"
    states = (other.start, other.goal)
    if other.way is not None:
        lead = Sentence(f"By {kind} it can be reached in {plural(other.steps or 0, 'move')}.", states)
        same = moves.way is not None and [leg.to for leg in moves.way.legs] == [leg.to for leg in other.way.legs]
        return [Part((lead,))] if same else [Part((lead,)), told_way(words, other.way)]
    turns = _in_turn(words, other)
    if other.none:
        out = _OUT if other.why_none not in ("options", "listed") else ""
        return [Part((Sentence(f"By {kind} it cannot be reached{turns}{out}.", states),))]
    if known is not None:
        text = f"By {kind} it can be reached in {plural(known, 'move')}, by these improvements{_fewer(other, known, limit, turns)}."
        return [Part((Sentence(text, states),))]
    looked = f"no sequence of up to {plural(other.looked, 'move')} leads {where}{turns}"
    if other.looked >= MOST_STEPS:
        text = f"Whether it can be reached by {kind} is not known: {looked}, and longer ones were not looked at."
    else:
        text = f"Whether it can be reached by {kind} was not settled {limit}: {looked}."
    return [Part((Sentence(text, states),))]
