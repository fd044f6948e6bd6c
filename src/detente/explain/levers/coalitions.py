"""What groups can bring about together, in words."""

from __future__ import annotations

from detente.analysis.claims.joint import joint, needed
from detente.analysis.claims.together import NothingElse, Together
from detente.analysis.unlock.grouped import CoalitionMove, CoalitionMoves, limit_claim
from detente.analysis.unlock.lever import Lever
from detente.explain.glosses import gloss
from detente.explain.levers.shared import assured, effects, goes, parties, placed, shares, staying, under
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.space.states import StateSpace
from detente.text import capital, listing, plural

MAX_CHECKED = 50_000
"""Most states and members of all groups for which it is checked again, move by move, that a group can bring about nothing else."""
MAX_SHOWN = 1_000
"""Most states that are listed for a group."""


def told(space: StateSpace, lever: Lever[Together]) -> Explanation:
    """What a group can bring about together: the way, what it is for each member and for the others, and whether it then holds.

    Parameters
    ----------
    space
        The space.
    lever
        What `coalition_lever` made.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.coalitions import coalition_levers
    >>> from detente.analysis.unlock.goal import Goal
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> goal = Goal(space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"), "reach", space.set_of(space.state(8)))
    >>> print(told(space, coalition_levers(space, goal).found[0]).verdict)
    In this model MoE and Uniroyal could go together from state 5 to state 8, which both prefer; nobody would then leave it under SEQ.
    """
    claim = lever.claim
    assured(space, claim)
    words = Words(space)
    start, to, group = claim.start, claim.to, claim.coalition
    others = [dm for dm in words.decision_makers if dm not in group]
    ends = tuple(Sentence(f"{capital(words.full(state))}.", (state,)) for state in (start, to))
    views = effects(words, words.decision_makers, start, to)
    by_dm = dict(zip(words.decision_makers, views, strict=True))
    parts = [Part(ends), _way(words, claim)]
    parts.append(Part((Sentence(f"For {_all_of(group)} it is better:", (start, to)),), tuple(by_dm[dm] for dm in group)))
    if others:
        lead = "For the others:" if len(others) > 1 else "For whom it takes no move:"
        parts.append(Part((Sentence(lead, (start, to)),), tuple(by_dm[dm] for dm in others)))
    parts += _needed(words, claim)
    if claim.ends:
        parts.append(_afterwards(words, claim))
    return Explanation(_verdict(words, claim), tuple(parts))


def _all_of(group: tuple[str, ...]) -> str:
    return {1: "its only member", 2: "both members"}.get(len(group), f"all {len(group)} members")


def _verdict(words: Words, claim: Together) -> Sentence:
    group = parties(words, claim.coalition)
    how = "could go" if len(claim.coalition) == 1 else "could go together"
    prefer = {1: "which it prefers", 2: "which both prefer"}.get(len(claim.coalition), "which each of them prefers")
    after = ""
    if claim.holds:
        after = f"; nobody would then leave it under {under(claim.ends)}"
    elif claim.leaving:
        after = f"; it would not hold under {under(claim.ends)}, because {listing(goes(words, leaves) for leaves in claim.leaving)}"
    text = f"In this model {group} {how} from {placed(words, claim.start)} to {words.named(claim.to)}, {prefer}{after}."
    return Sentence(text, (claim.start, claim.to))


def _way(words: Words, claim: Together) -> Part:
    """The joint move, share by share, or the sequence, move by move."""
    states = (claim.start, claim.to)
    if claim.steps:
        items, now = [], claim.start
        for step in claim.steps:
            effect = words.effect(step.mover, now, step.to)
            text = f"{words.party(step.mover)} {words.move(now, step.to)} by {words.by(now, step.to, step.mover)}: {effect} at once"
            items.append(Sentence(text, (now, step.to), words.options(now, step.to, step.mover)))
            now = step.to
        lead = f"They would move one after the other, {plural(len(items), 'move')}:" if len(items) > 1 else "It takes one move:"
        return Part((Sentence(lead, states),), tuple(items))
    change = joint(words.space, claim.coalition, claim.start, claim.to)
    assert change is not None
    lead = "They would change their options at once, as by signing an agreement:" if len(claim.coalition) > 1 else "It takes one move:"
    return Part((Sentence(lead, states),), shares(words, claim.coalition, *change))


def _needed(words: Words, claim: Together) -> list[Part]:
    """That no member can be left out, where options that nobody else can change show it for each."""
    if len(claim.coalition) == 1:
        return []
    keys = needed(words.space, claim.coalition, claim.start, claim.to)
    if not all(keys.values()):
        return []
    text = "None of them can be left out: each has an option to change that no other member can change."
    return [Part((Sentence(text, (claim.start, claim.to), tuple(f"options/{key[0]}" for key in keys.values())),))]


def _afterwards(words: Words, claim: Together) -> Part:
    """Who would stay at the end, and who would leave."""
    leaving = claim.leaving
    if leaving:
        lead = f"{capital(words.state(claim.to))} would not hold: {parties(words, [w.dm for w in leaving])} would leave it."
    else:
        lead = f"{capital(words.state(claim.to))} would hold: nobody would leave it on their own."
    glosses = tuple(Sentence(gloss(key)) for key in dict.fromkeys(witness.concept for witness in claim.ends))
    return Part((Sentence(lead, (claim.to,)), *glosses), staying(words, claim.ends))


# -- all groups --------------------------------------------------------------------------------------------------------
def account(space: StateSpace, found: CoalitionMoves) -> Explanation:
    """What all groups that were looked at can bring about, which of it holds, and that they can bring about nothing else.

    Parameters
    ----------
    space
        The space.
    found
        What `coalition_moves` found.

    Raises
    ------
    UsageError
        U423 if a group can bring about more than is said.

    Examples
    --------
    >>> from detente.analysis.unlock.coalitions import coalition_moves
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> print(account(space, coalition_moves(space, space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"))).text())
    In this model one group of the 7 could bring about a state that each of its members prefers to
    state 5: MoE and Uniroyal. It could bring about one that nobody would then leave.
    <BLANKLINE>
      MoE and Uniroyal could bring about 1 state that both prefer; nobody would leave it:
        state 8
    <BLANKLINE>
      That no group could bring about anything else that all of it prefers was checked move by move.
    """
    words = Words(space)
    claims = [limit_claim(found, move) for move in found.moves]
    checked = _size(claims) <= MAX_CHECKED
    for claim in claims if checked else ():
        assured(space, claim)
    parts = [_group(words, found, move) for move in found.improving]
    text = "That no group could bring about anything else that all of it prefers was checked move by move."
    if not checked:
        text = "So many states can be reached that it was not checked again, move by move, that no group could bring about anything else."
    return Explanation(_summary(words, found), (*parts, Part((Sentence(text, (found.start,)),))))


def _size(claims: list[NothingElse]) -> int:
    return sum(bits.bit_count() for claim in claims for _, bits in claim.last)


def _summary(words: Words, found: CoalitionMoves) -> Sentence:
    here, count = placed(words, found.start), len(found.moves)
    looked = f"{count} groups that were looked at" if count > 1 else "group that was looked at"
    every = f"the {count}" if count == (1 << len(words.decision_makers)) - 1 else f"the {looked}"
    if not found.improving:
        return Sentence(
            f"In this model none of {every} could bring about a state that each of its members prefers to {here}.", (found.start,)
        )
    groups = [parties(words, move.members) for move in found.improving]
    one = len(groups) == 1
    holding = [move for move in found.improving if move.holding]
    after = ""
    if found.profile is not None:
        if not holding:
            after = " Each of these states would be left again by somebody."
        elif one:
            after = " It could bring about one that nobody would then leave."
        else:
            some = "Each" if len(holding) == len(groups) else str(len(holding))
            after = f" {some} of them could bring about one that nobody would then leave."
    lead = f"one group of {every}" if one else f"{len(groups)} of {every} groups"
    lead = lead.replace("groups that were looked at groups", "groups that were looked at")
    could = "each of its members prefers" if one else "all their members prefer"
    text = f"In this model {lead} could bring about a state that {could} to {here}: {'; '.join(groups)}.{after}"
    return Sentence(text, (found.start,))


def _group(words: Words, found: CoalitionMoves, move: CoalitionMove) -> Part:
    """What one group can bring about: first what holds, then the rest."""
    group, count = parties(words, move.members), move.improvements.count
    prefer = {1: "it prefers", 2: "both prefer"}.get(len(move.members), "each of them prefers")
    lead = f"{group} could bring about {plural(count, 'state')} that {prefer}"
    if found.profile is not None:
        held = move.holding.count
        kept = {0: "somebody would leave each of them", count: "nobody would leave any of them"}.get(
            held, f"nobody would leave {held} of them"
        )
        kept = ("nobody would leave it" if held else "somebody would leave it") if count == 1 else kept
        lead += f"; {kept}"
    idle = move.improvements - move.minimal
    if idle and len(move.members) > 1:
        some = "all of them" if idle.count == count else f"{idle.count} of them" if count > 1 else "it"
        lead += f"; for {some} a part of the group suffices"
    states = [*move.holding.first(MAX_SHOWN), *(move.improvements - move.holding).first(MAX_SHOWN)]
    items = tuple(Sentence(f"{words.named(state)}{_marks(move, state)}", (state,)) for state in states[:MAX_SHOWN])
    whole = ":" if len(items) == count else f"; the first {len(items):,}:"
    return Part((Sentence(f"{lead}{whole}", (found.start,)),), items)


def _marks(move: CoalitionMove, state: int) -> str:
    """What is to be said of one of the states, where the states of a group differ in it."""
    said = []
    if move.holding and move.holding.count < move.improvements.count:
        said.append("nobody would leave it" if move.holding.contains(state) else "somebody would leave it")
    if not move.jointly.contains(state):
        said.append("only by moves one after the other")
    return f": {listing(said)}" if said else ""
