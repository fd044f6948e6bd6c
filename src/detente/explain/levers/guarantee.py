"""Guarantees in words: what is kept from happening, or made possible, so that a wanted state holds and is reached."""

from __future__ import annotations

from detente.analysis.claims.changed import exactly
from detente.analysis.claims.guarantee import Guarantee
from detente.analysis.claims.joint import joint
from detente.analysis.unlock.goal import Want
from detente.analysis.unlock.lever import Lever
from detente.concepts.witness import Leaves
from detente.explain.glosses import gloss
from detente.explain.levers.shared import assured, parties, placed, shares, staying, under
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.model.formula import TRUE
from detente.model.measure import Measure, NewBan, NewOwner
from detente.model.trying import tried
from detente.space.states import StateSpace
from detente.text import capital, listing, plural


def told(space: StateSpace, lever: Lever[Guarantee]) -> Explanation:
    """One minimal set of means with which a wanted state holds, and is reached where that was asked for.

    Parameters
    ----------
    space
        The space.
    lever
        What `guarantee_levers` found.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.goal import Goal
    >>> from detente.analysis.unlock.guarantee import guarantee_levers
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> goal = Goal(3, dict.fromkeys(space.masks, "Nash"), "hold", space.set_of(0))
    >>> print(told(space, guarantee_levers(space, goal).found[0]).verdict)
    In this model, if Row and Column were kept from leaving state 1 (“CC”), it would hold under Nash.
    """
    claim = lever.claim
    assured(space, claim)
    words, there = Words(space), Words(StateSpace(tried(space.conflict, claim.measures)))
    parts = [Part((Sentence(f"{capital(words.full(claim.target))}.", (claim.target,)),))]
    if claim.measures:
        parts.append(_needed(space, words, claim))
    if claim.outcome.want == "reach":
        parts.append(_way(there, claim))
    glosses = tuple(Sentence(gloss(key)) for key in dict.fromkeys(witness.concept for witness in claim.outcome.ends))
    lead = Sentence("Nobody would then leave it on their own:" if claim.measures else "Nobody leaves it on their own:", (claim.target,))
    parts.append(Part((*glosses, lead), tuple(_plain(sentence) for sentence in staying(there, claim.outcome.ends))))
    if any(isinstance(change, NewBan) for measure in claim.measures for change in measure.changes):
        parts.append(Part((Sentence("Whether somebody can watch such a ban, and would keep it, is not part of the model."),)))
    return Explanation(_verdict(words, claim), tuple(parts))


def _plain(sentence: Sentence) -> Sentence:
    """A sentence about the changed conflict, whose states and options may be others."""
    return Sentence(sentence.text)


def _verdict(words: Words, claim: Guarantee) -> Sentence:
    target, concepts = words.named(claim.target), under(claim.outcome.ends)
    if not claim.measures:
        text = f"In this model {target} holds under {concepts} as things are"
    else:
        conditions, said = _conditions(words, claim)
        text = f"In this model, if {conditions}, {'it' if said else target} would hold under {concepts}"
    if claim.outcome.want == "reach":
        text += _reached(words, claim)
    elements = tuple(element for measure in claim.measures for element in _elements(words, measure))
    return Sentence(f"{text}.", (claim.target, *((claim.start,) if claim.outcome.want == "reach" else ())), elements)


def _reached(words: Words, claim: Guarantee) -> str:
    start, group = placed(words, claim.start), claim.outcome.together
    be = "can" if not claim.measures else "could"
    if group:
        how = "by one joint move" if not claim.outcome.way else "by moves of theirs"
        gain = "which both prefer" if len(group) == 2 else "which each of them prefers"
        return f", and {parties(words, group)} {be} go there from {start} {how}, {gain}"
    return f", and improvements {'lead' if not claim.measures else 'would lead'} there from {start}"


def _conditions(words: Words, claim: Guarantee) -> tuple[str, bool]:
    """What has to be done, as conditions, and whether they name the wanted state."""
    target, found = words.named(claim.target), []
    kept = [measure for measure in claim.measures if _is_ban(words, measure, claim.target)]
    if kept:
        who = parties(words, [change.by for measure in kept for change in measure.changes if isinstance(change, NewBan)])
        found.append(f"{who} were kept from leaving {target}")
    for measure in claim.measures:
        if measure not in kept:
            found.append(_condition(words, measure))
    return listing(found), bool(kept)


def _is_ban(words: Words, measure: Measure, target: int) -> bool:
    """Whether a measure is a ban on leaving the wanted state, which the search makes itself."""
    match measure.changes:
        case (NewBan(_, leaving, reaching),):
            return reaching == TRUE and leaving == exactly(words.space, target) and measure not in words.conflict.measures
        case _:
            return False


def _condition(words: Words, measure: Measure) -> str:
    match measure.changes:
        case (NewOwner(owner, option),) if measure not in words.conflict.measures:
            return f"{words.party(owner)} could change {quoted(words.conflict.option(option).name)} too"
        case _:
            by = f" by {measure.by}" if measure.by else ""
            return f"the measure {quoted(measure.name)} were taken{by}"


def _elements(words: Words, measure: Measure) -> tuple[str, ...]:
    if measure in words.conflict.measures:
        return (f"measures/{words.conflict.measures.index(measure) + 1}",)
    return tuple(f"options/{change.option}" for change in measure.changes if isinstance(change, NewOwner))


def _needed(space: StateSpace, words: Words, claim: Guarantee) -> Part:
    """What would happen without each of the means alone."""
    items, places = [], range(len(claim.measures))
    for place, measure in enumerate(claim.measures):
        part = tuple(other for other in places if other != place)
        shown = next(found for chosen, found in claim.lacking if chosen == part)
        there = Words(StateSpace(tried(space.conflict, [claim.measures[other] for other in part])))
        if isinstance(shown, Leaves):
            by = there.by(shown.state, shown.improvement, shown.dm)
            would = f"{words.party(shown.dm)} would leave it by {by} ({there.change(shown.dm, shown.state, shown.improvement)})"
        else:
            would = "it would hold, but neither improvements nor a group that gains would lead there"
        items.append(Sentence(f"without {_called(words, measure, claim.target)}: {would}", (), _elements(words, measure)))
    lead = "Each of these means is needed, given the others:" if len(items) > 1 else "It is needed:"
    return Part((Sentence(lead, (claim.target,)),), tuple(items))


def _called(words: Words, measure: Measure, target: int) -> str:
    """A means as a noun."""
    match measure.changes:
        case (NewBan(by),) if _is_ban(words, measure, target):
            return f"the ban on moves of {words.party(by)} from there"
        case _:
            return quoted(measure.name)


def _way(there: Words, claim: Guarantee) -> Part:
    """The way in the conflict with the means taken."""
    outcome = claim.outcome
    assert outcome.target is not None
    if outcome.together and not outcome.way:
        change = joint(there.space, outcome.together, outcome.start, outcome.target)
        assert change is not None
        lead = "They would change their options at once, as by signing an agreement:"
        return Part((Sentence(lead),), tuple(_plain(share) for share in shares(there, outcome.together, *change)))
    items, now = [], outcome.start
    for step in outcome.way:
        effect = there.effect(step.mover, now, step.to)
        items.append(Sentence(f"{there.party(step.mover)}, by {there.by(now, step.to, step.mover)}: {effect} at once"))
        now = step.to
    return Part((Sentence("The way there:"),), tuple(items))


def account(space: StateSpace, want: Want) -> Explanation:
    """Which means were tried together, for a goal (`want`).

    >>> from detente.cases import load
    >>> print(account(StateSpace(load("chicken")), "hold").verdict)
    Tried were bans on leaving a wanted state, in any number; the conflict lists no measure to try with them.
    """
    count = len(space.conflict.measures)
    measures = f"with none or one of the {plural(count, 'measure')} that the conflict lists" if count > 1 else ""
    if count == 1:
        measures = "with the measure that the conflict lists and without it"
    text = "Tried were bans on leaving a wanted state, in any number"
    text += f", {measures}" if count else "; the conflict lists no measure to try with them"
    if want == "reach":
        text += "; a way there is one of improvements, or a move of a group all of which gain, which counts as one more"
    return Explanation(Sentence(f"{text}.", (), tuple(f"measures/{n}" for n in range(1, count + 1))))
