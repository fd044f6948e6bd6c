"""How one state leads to another, and where a conflict can go from a state, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.analysis.certificate import Checker
from detente.analysis.images import Images
from detente.analysis.path import Routes
from detente.analysis.reach import Reach
from detente.analysis.route import Leg, Route
from detente.errors import Diagnostic, UsageError
from detente.explain.prefer import deciding
from detente.explain.route_ends import LOOKED, VIEWS, ended, follow, in_turn, nothing_to_do, places, stopped, strip
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.space.sets import StateSet
from detente.text import listing, plural

MAX_CHECKED = 50_000
"""Most states and last movers for which what is reached is checked again, move by move."""
MAX_WAYS = 1_000
"""Most states reached for which a shortest way is shown."""
MOVES = {"any": "moves", "improving": "improvements", "no loss": "moves that leave no mover worse off"}
"""What moves of each kind are called."""


def assure(reach: Reach) -> bool:
    """Check, move by move, that exactly these states are reached; False if they are more than `MAX_CHECKED` and are not checked.

    Raises `UsageError` (U423) if they are not.
    """
    if _size(reach) > MAX_CHECKED:
        return False
    reason = Checker(reach.space).check_reached(reach.start, reach.movers, reach.kind, reach.pairs())
    if reason:
        message = f"what is said to be reached is not ({reason})"
        raise UsageError([Diagnostic("U423", message, help="explain what `reach` or `shortest` found for the same conflict")])
    return True


def _size(reach: Reach) -> int:
    """How many states and last movers are reached."""
    return sum(bits.bit_count() for layer in reach.layers for bits in layer.values())


def path(routes: Routes, improving: Routes | None = None, no_loss: Routes | None = None) -> Explanation:
    """How one state leads to another: the ways, who must move, which steps their movers regret, and how it ends for each party.

    Parameters
    ----------
    routes
        The shortest ways by the moves that are asked about.
    improving, no_loss
        The shortest ways by improvements, and by moves that leave no mover worse off, between the same states, to say whether a step is
        needed that is no gain, or a loss.

    Raises
    ------
    UsageError
        U423 if a way is none, or what cannot be reached can be.

    Examples
    --------
    >>> from detente.analysis.path import shortest
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "open a door", ("A",)),)))
    >>> print(path(shortest(space, 0, 1)).text())
    In this model 1 move leads from state 1 to state 2.
    <BLANKLINE>
      State 1 (N): A: not open a door. State 2 (Y): A: open a door.
    <BLANKLINE>
      1 ─A▸ 2. At the end, compared with state 1, nobody would be better off and nobody worse off.
        A 1 ▸ 2 by taking up “open a door”: neither gain nor loss for A (1st choice both times)
    <BLANKLINE>
      No such way leads there without a move by A.
    """
    words = Words(routes.space)
    where = f"from {words.state(routes.start)} to {_goal(words, routes)}"
    parts = [places(words, routes.start, *(routes.goal.first(1) if routes.goal.count == 1 else ()))]
    if routes.steps is None:
        _assure_none(routes)
        return Explanation(_no_way(words, routes, where), (*parts, *_stuck(words, routes)))
    checker = Checker(routes.space)
    for way in routes.routes:
        _assure_way(checker, routes, way)
    least = f"{routes.steps} {_of_kind(routes)}{_alone(words, routes.reach)}"
    if routes.steps == 0:
        verdict = nothing_to_do(words, routes.start)
    elif routes.steps == 1:
        verdict = f"In this model {least} leads {where}."
    else:
        verdict = f"In this model it takes at least {least} {where}{in_turn(routes.reach)}{_how_many(routes)}."
    parts += [told_way(words, way) for way in routes.routes if way.legs]
    parts += _needs(words, routes, improving, no_loss)
    return Explanation(Sentence(verdict, (routes.start, *routes.goal.first(1))), tuple(parts))


def _goal(words: Words, routes: Routes) -> str:
    return words.state(routes.goal.first(1)[0]) if routes.goal.count == 1 else f"one of {routes.goal.count:,} states"


def _of_kind(routes: Routes) -> str:
    one = routes.steps == 1
    return {
        "any": "move" if one else "moves",
        "improving": "improvement" if one else "improvements",
        "no loss": "move that leaves its mover no worse off" if one else "moves that leave no mover worse off",
    }[routes.kind]


def _how_many(routes: Routes) -> str:
    if routes.count is None:
        return ", in more ways than were counted"
    shown = (
        "" if routes.count == len(routes.routes) else f", {len(routes.routes)} of which {'is' if len(routes.routes) == 1 else 'are'} shown"
    )
    return f"; there {'is' if routes.count == 1 else 'are'} {plural(routes.count, 'way')} of that length{shown}"


def _assure_way(checker: Checker, routes: Routes, way: Route) -> None:
    if not routes.goal.contains(follow(checker, routes.start, way.legs, routes.kind, routes.reach.movers, "what `shortest` found")):
        raise UsageError([Diagnostic("U423", "a way does not end where it should", help="explain what `shortest` found")])


# -- a way -------------------------------------------------------------------------------------------------------------
def told_way(words: Words, way: Route) -> Part:
    """A way move by move (`way`), what each is for its mover, and how its end compares with its start for everybody."""
    states = (way.start, *(leg.to for leg in way.legs))
    return Part(
        (
            Sentence(f"{_strip(words, way)}.", states),
            ended(words, way.outcome, way.start, way.end),
        ),
        tuple(_leg(words, leg, way.end) for leg in way.legs),
    )


def _leg(words: Words, leg: Leg, end: int) -> Sentence:
    mover = words.party(leg.mover)
    ranks = f" ({words.change(leg.mover, leg.start, leg.to)})" if words.ranked else ""
    effect = f"{words.effect(leg.mover, leg.start, leg.to)} for {mover}{ranks}"
    text = f"{mover} {words.move(leg.start, leg.to)} by {words.by(leg.start, leg.to, leg.mover)}: {effect}"
    if leg.to != end and leg.after is not leg.at_end:
        text += f", but at the end {VIEWS[leg.at_end]} than before this move"
    elements = (*words.options(leg.start, leg.to, leg.mover), *deciding(words, leg.mover, leg.start, leg.to))
    return Sentence(text, (leg.start, leg.to), elements)


def _needs(words: Words, routes: Routes, improving: Routes | None, no_loss: Routes | None) -> list[Part]:
    """Who must move, and whether a step is needed that is no gain, or a loss, for whoever takes it."""
    sentences = []
    if routes.needed:
        checked = [_assure_without(routes, dm, rest) for dm, rest in routes.needed.items()]
        names = ("each of " if len(routes.needed) > 1 else "") + listing(map(words.party, routes.needed))
        noted, turns = "" if all(checked) else _UNCHECKED, max(map(in_turn, routes.needed.values()))
        sentences.append(Sentence(f"No such way leads there without a move by {names}{turns}.{noted}", (routes.start,)))
    by = _alone(words, routes.reach)
    for other, kind, lacking in (
        (improving, f"improvements{by or ' alone'}", f"every way there{by} has a step that is no gain for whoever takes it"),
        (no_loss, f"moves{by} that leave no mover worse off", f"every way there{by} has a step after which whoever takes it is worse off"),
    ):
        if other is None or other.kind == routes.kind or not routes.steps:
            continue
        if (other.start, other.goal) != (routes.start, routes.goal) or other.reach.movers != routes.reach.movers:
            raise UsageError(
                [Diagnostic("U423", "the ways given do not lead between the same states", help="ask for the same start and goal")]
            )
        if other.steps is None:
            _assure_none(other)
            noted, turns = "" if assure(other.reach) else _UNCHECKED, in_turn(other.reach)
            lacking = lacking.replace("every way", "every such way", 1) if turns else lacking
            sentences.append(Sentence(f"By {kind} it cannot be reached{turns}: {lacking}.{noted}", (routes.start,)))
            if other.kind == "improving":
                sentences.append(_improvements_stop(words, other.reach))
        else:
            for way in other.routes:
                _assure_way(Checker(routes.space), other, way)
            sentences.append(Sentence(f"By {kind} it can be reached in {plural(other.steps, 'move')}.", (routes.start,)))
    return [Part(tuple(sentences))] if sentences else []


def _improvements_stop(words: Words, found: Reach) -> Sentence:
    """How far improvements lead, and where nobody of those who may move has any."""
    reached, checker = found.states - found.space.set_of(found.start), Checker(found.space)
    ends = None
    if reached.count <= LOOKED:
        here = (found.start, *reached.each())
        ends = found.space.set_of(*(s for s in here if not any(checker.moves(dm, s, "improving") for dm in found.movers)))
    return stopped(words, f"improvements{_alone(words, found)}", found.start, reached, ends, in_turn(found))


def _assure_none(routes: Routes) -> None:
    found = routes.reach
    if (found.start, found.kind, found.complete) != (routes.start, routes.kind, True) or found.states & routes.goal:
        raise UsageError([Diagnostic("U423", "that there is no way is not what was searched", help="explain what `shortest` found")])


def _assure_without(routes: Routes, dm: str, rest: Reach) -> bool:
    """Check that the others do not reach the goal without a decision maker; False if that is too much to check."""
    _assure_none(replace(routes, reach=rest))
    if rest.movers != tuple(other for other in routes.reach.movers if other != dm):
        raise UsageError([Diagnostic("U423", f"that {dm} is needed is not what was searched", help="explain what `shortest` found")])
    return assure(rest)


def _alone(words: Words, reach: Reach) -> str:
    """By whom, where not everybody may move."""
    if len(reach.movers) == len(words.decision_makers) or not reach.movers:
        return ""
    return f" by {listing(map(words.party, reach.movers))} alone"


_UNCHECKED = " (So many states were searched that this was not checked again move by move.)"


# -- no way ------------------------------------------------------------------------------------------------------------
def _no_way(words: Words, routes: Routes, where: str) -> Sentence:
    noted = "" if assure(routes.reach) else _UNCHECKED
    return Sentence(
        f"In this model no sequence of {MOVES[routes.kind]}{_alone(words, routes.reach)} leads {where}{in_turn(routes.reach)}.{noted}",
        (routes.start, *routes.goal.first(1)),
    )


def _stuck(words: Words, routes: Routes) -> list[Part]:
    """What can be reached instead: all of it."""
    others = routes.reach.states - routes.space.set_of(routes.start)
    if not others:
        text = f"From {words.state(routes.start)} such a sequence leads nowhere: there is none."
        return [Part((Sentence(text, (routes.start,)),))]
    lead = f"Such sequences lead from {words.state(routes.start)} to {plural(others.count, 'other state')}, and to no other"
    return [_list(words, lead, routes.start, _rows(words, routes.reach))]


def _list(words: Words, lead: str, start: int, items: tuple[Sentence, ...] | None) -> Part:
    """A lead with its list; without it where it would be longer than `MAX_CHECKED`."""
    if items is None:
        return Part((Sentence(f"{lead}; they are too many to list.", (start,)),))
    return Part((Sentence(f"{lead}:", (start,)),), items)


def _rows(words: Words, reach: Reach, equilibria: Mapping[str, StateSet] | None = None) -> tuple[Sentence, ...] | None:
    """A line for each state reached other than the start, nearest first, then by number; None if they are too many."""
    if _size(reach) > MAX_CHECKED:
        return None
    lengths: dict[int, dict[str, int]] = {}
    for (state, mover), length in reach.pairs().items():
        lengths.setdefault(state, {})[mover] = length
    lengths.pop(reach.start, None)
    nearest = sorted(lengths, key=lambda state: (min(lengths[state].values()), state))
    images = Images(reach.space)
    ways = {state: reach.way(state, images=images) for state in nearest[:MAX_WAYS]}
    found = []
    for state in nearest:
        movers = listing([words.party(dm) for dm in reach.movers if dm in lengths[state]], "or")
        way = ways.get(state)
        shown = _strip(words, way) if way else f"the last by {movers}"
        moves = plural(min(lengths[state].values()), "move")
        text = f"{_named(words, state)} after {moves} at the least: {shown}{_held(state, equilibria or {})}"
        found.append(Sentence(text, (state, *(leg.to for leg in way.legs)) if way else (state,)))
    return tuple(found)


def _strip(words: Words, way: Route) -> str:
    return strip(words, way.start, (([leg.mover], leg.to) for leg in way.legs))


def _named(words: Words, state: int) -> str:
    name = words.name(state)
    return words.number(state) + (f" (“{name}”)" if name else "")


# -- status-quo analysis -----------------------------------------------------------------------------------------------
def status_quo(improving: Reach, moves: Reach, equilibria: Mapping[str, StateSet] | None = None) -> Explanation:
    """Where a conflict can go from a state: by improvements, by moves of any kind, and what it cannot reach.

    Parameters
    ----------
    improving, moves
        What improvements, and moves of any kind, reach from the same state.
    equilibria
        For each concept (key) its equilibria, as a stability table has them, to say which states reached are equilibria.

    Raises
    ------
    UsageError
        U423 if something else is reached than is given, or the two do not belong together.

    Examples
    --------
    >>> from detente.analysis.reach import reach
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> print(status_quo(reach(space, 0, "improving"), reach(space, 0)).text())
    In this model nobody has an improvement from state 1, and moves of any kind lead to the 1 other
    state.
    """
    space, start = moves.space, moves.start
    everybody = tuple(dm.key for dm in space.conflict.decision_makers)
    fits = improving.start == start and (improving.kind, moves.kind) == ("improving", "any") and improving.complete and moves.complete
    if not fits or improving.movers != everybody or moves.movers != everybody:
        raise UsageError(
            [Diagnostic("U423", "what improvements reach and what moves reach do not belong together", help="reach both from one state")]
        )
    words = Words(space)
    checked = [assure(improving), assure(moves)]
    here = space.set_of(start)
    gains, others, never = improving.states - here, moves.states - here, moves.unreached
    called = "the status quo" if start == space.status_quo else words.state(start)
    first = (
        f"improvements lead from {called} to {plural(gains.count, 'other state')}" if gains else f"nobody has an improvement from {called}"
    )
    if not others:
        second = "no move of any kind leads to another state"
    elif not never:
        second = f"moves of any kind lead to {'the 1 other state' if others.count == 1 else f'all {others.count:,} other states'}"
    else:
        second = f"moves of any kind lead to {others.count:,} of the {others.count + never.count:,} other states"
    noted, turns = "" if all(checked) else _UNCHECKED, in_turn(moves)
    verdict = Sentence(f"In this model {first}, and {second}{max(turns, in_turn(improving))}.{noted}", (start,))
    parts = []
    if gains:
        lead = "By improvements (each step a gain for whoever takes it, nobody moving twice in a row)"
        parts.append(_list(words, lead, start, _rows(words, improving, equilibria)))
    if never:
        lead = f"No sequence of moves{turns}{turns and ','} leads from {called} to {plural(never.count, 'state')}"
        few = never.count <= MAX_CHECKED
        parts.append(_list(words, lead, start, tuple(Sentence(_named(words, s), (s,)) for s in never.each()) if few else None))
    return Explanation(verdict, tuple(parts))


def _held(state: int, equilibria: Mapping[str, StateSet]) -> str:
    """Under which concepts a state is an equilibrium, as a remark."""
    held = [key for key, states in equilibria.items() if states.contains(state)]
    if not equilibria:
        return ""
    if not held:
        return f"; no equilibrium under {listing(equilibria, 'or')}"
    return f"; an equilibrium under {listing(held)}"
