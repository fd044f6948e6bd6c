"""Priority shifts in words: who would have to value what above what, what would follow, and what it does not depend on."""

from __future__ import annotations

from detente.analysis.claims.joint import joint
from detente.analysis.claims.outcome import Outcome
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.claims.statement_edits import changed_space
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.priority_found import PriorityLevers
from detente.concepts.witness import Closed, Leaves
from detente.explain.equilibrium import stays_line
from detente.explain.glosses import gloss
from detente.explain.levers.shared import assured, goes, parties, placed, shares, under
from detente.explain.levers.statements import Edited
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.space.states import StateSpace
from detente.text import capital, listing, plural

OWN_ONLY = frozenset({"Nash", "GMR", "SMR"})
"""Concepts under which it does not matter to a party's verdict what the others prefer."""


def told(space: StateSpace, lever: Lever[PriorityShift]) -> Explanation:
    """What would follow if parties ordered their statements otherwise: the condition, who moves first, whether the end holds.

    Parameters
    ----------
    space
        The space of the conflict as it is.
    lever
        What `priority_levers` found.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.goal import Goal
    >>> from detente.analysis.unlock.priority import priority_levers
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> goal = Goal(space.state(1), {"Syria": "SEQ", "Iraq": "SEQ"}, "hold", space.set_of(space.state(2)))
    >>> why = told(space, priority_levers(space, goal, most=1).found[0])
    >>> why.verdict.text.partition(", state 2")[0]
    'If Syria came to value “Iraq does not attack” above “Syria escalates”'
    >>> why.verdict.text.partition(", state 2")[2]
    ' (“release”) would in this model hold: nobody would leave it under SEQ.'
    """
    claim = lever.claim
    assured(space, claim)
    edited = Edited(space.conflict, claim.edits)
    after = Words(changed_space(space, claim.edits))
    outcome = claim.outcome
    parts = [Part((Sentence("It is about these statements:", (), edited.elements),), edited.grounds())] if claim.edits else []
    if claim.also:
        parts.append(Part((_further(edited, claim),)))
    parts += _following(after, edited, outcome)
    parts.append(_end(after, outcome))
    parts.append(Part(_apart(after, edited, outcome)))
    return Explanation(_verdict(after, edited, outcome), tuple(parts))


# -- the headline ------------------------------------------------------------------------------------------------------
def _verdict(words: Words, edited: Edited, outcome: Outcome) -> Sentence:
    if edited.edits:
        text = f"{capital(edited.condition())}, {_consequence(words, outcome, 'would in this model')}."
    else:
        text = f"In this model no priority needs to change: {_consequence(words, outcome, 'would')}."
    states = (outcome.start,) if outcome.target is None else (outcome.start, outcome.target)
    return Sentence(text, states, edited.elements)


def _consequence(words: Words, outcome: Outcome, would: str) -> str:
    """What would be so."""
    if outcome.target is None:
        return _leaving(words, outcome, would)
    end, concepts = words.named(outcome.target), under(outcome.ends)
    if outcome.want == "hold":
        return f"{end} {would} hold: nobody would leave it under {concepts}"
    here = placed(words, outcome.start)
    only = ", and improvements would lead to nothing else that holds" if outcome.want == "only" else ""
    after = f"nobody would then leave it under {concepts}{only}"
    if outcome.together:
        group = parties(words, outcome.together)
        prefer = "both prefer" if len(outcome.together) == 2 else "all prefer"
        how = "together, one after the other" if outcome.way else "together, by one joint move"
        return f"{group} {would} {prefer} {end} to {here} and could go there {how}; {after}"
    first, steps = words.party(outcome.way[0].mover), len(outcome.way)
    if steps == 1:
        return f"{first} {would} go from {here} to {end}; {after}"
    return f"{first} {would} move first on a way of {steps} improvements from {here} to {end}; {after}"


def _leaving(words: Words, outcome: Outcome, would: str) -> str:
    """Who would leave the start and for where, and whether that would then hold."""
    leaves = outcome.leaving
    first = leaves[0]
    by = words.by(first.state, first.improvement, first.dm)
    text = f"{words.party(first.dm)} {would} leave {placed(words, first.state)} for {words.named(first.improvement)}, {by}"
    if len(leaves) > 1:
        text += f" ({parties(words, [witness.dm for witness in leaves[1:]])} would leave it as well)"
    if outcome.ends:
        again = next((witness for witness in outcome.ends if isinstance(witness, Leaves | Closed)), None)
        text += (
            f"; {goes(words, again)}"
            if again
            else f"; nobody would then leave {words.state(first.improvement)} under {under(outcome.ends)}"
        )
    return text


# -- the paragraphs ----------------------------------------------------------------------------------------------------
def _further(edited: Edited, claim: PriorityShift) -> Sentence:
    """The threshold: at which further places the moved statement does the same."""
    edit, count = claim.edits[0], len(edited.before[claim.edits[0].dm])
    down = edit.to > edit.place
    end = count if down else 1
    places = [edit.to, *(place for place, _ in claim.also)]
    tag = edited.before[edit.dm][edit.place - 1]
    if places == list(range(edit.to, end + (1 if down else -1), 1 if down else -1)):
        beyond = f"at each {'later' if down else 'earlier'} place, to place {end}" if len(places) > 2 else f"at place {end}"
    else:
        beyond = f"at {listing(f'place {place}' for place in places[1:])}"
    text = f"{tag.label} would be in place {edit.to} of {count} instead of {edit.place}; what is asked for would be so as well {beyond}."
    return Sentence(text, (), tag.elements)


def _following(words: Words, edited: Edited, outcome: Outcome) -> list[Part]:
    """Who would leave, or the way, step by step."""
    if outcome.target is None:
        leaves = outcome.leaving
        items = [_left(words, edited, witness) for witness in leaves]
        lead = f"Who would then leave {placed(words, outcome.start)}, and why:"
        return [Part((Sentence(lead, (outcome.start,)),), tuple(items))]
    if outcome.want == "hold":
        return []
    if outcome.together:
        return _group(words, edited, outcome)
    items, now = [], outcome.start
    for step in outcome.way:
        items.append(_gain(words, edited, step.mover, now, step.to))
        now = step.to
    there = Sentence("The way there, each step a gain, when it is taken, for whoever takes it:", (outcome.start, now))
    return [Part((there,), tuple(items))]


def _group(words: Words, edited: Edited, outcome: Outcome) -> list[Part]:
    """What the group would do, and why each of it gains."""
    start, to = outcome.start, outcome.target
    assert to is not None
    gains = []
    for dm in outcome.together:
        label, elements = edited.why(words, dm, to, start)
        gains.append(Sentence(f"{words.party(dm)}: a gain, because of {label}", (start, to), elements))
    parts = [Part((Sentence("Why each of them would gain:", (start, to)),), tuple(gains))]
    change = joint(words.space, outcome.together, start, to)
    if not outcome.way and change is not None:
        lead = Sentence("They would change their options at once, as by signing an agreement:", (start, to))
        parts.insert(0, Part((lead,), shares(words, outcome.together, *change)))
    if outcome.way:
        items, now = [], start
        for step in outcome.way:
            by = words.by(now, step.to, step.mover)
            items.append(Sentence(f"{words.party(step.mover)} {words.move(now, step.to)} by {by}", (now, step.to)))
            now = step.to
        parts.append(Part((Sentence("The moves, one after the other; a step may cost its mover something on the way:"),), tuple(items)))
    return parts


def _gain(words: Words, edited: Edited, dm: str, start: int, to: int) -> Sentence:
    """A move, how it is made, and which statement makes it a gain."""
    label, elements = edited.why(words, dm, to, start)
    text = f"{words.party(dm)} {words.move(start, to)} by {words.by(start, to, dm)}: a gain, because of {label}"
    return Sentence(text, (start, to), (*words.options(start, to, dm), *elements))


def _left(words: Words, edited: Edited, witness: Leaves | Closed) -> Sentence:
    """An improvement that nothing answers, and why nothing does."""
    gain = _gain(words, edited, witness.dm, witness.state, witness.improvement)
    return Sentence(f"{gain.text}; {_unanswered(words, witness)}", gain.states, gain.elements)


def _unanswered(words: Words, witness: Leaves | Closed) -> str:
    """Why nothing that the others could do would deter."""
    party, here = words.party(witness.dm), words.state(witness.state)
    if witness.concept == "Nash":
        return "Nash looks at no answer"
    if isinstance(witness, Closed):
        how = " by improvements" if witness.concept in ("SEQ", "SSEQ") else ""
        on = ", or could move on to a state that it prefers" if witness.escapes else ""
        return f"however the others went on{how} from there, {party} would prefer to {here} what comes of it{on}"
    if witness.cases or witness.concept == "SIM":
        many = plural(len(witness.cases), "choice of improvements", "choices of improvements")
        return (
            f"none of the {many} that others have at the same moment would deter it"
            if witness.cases
            else "no other has an improvement then"
        )
    credible = " by improvements" if witness.concept in ("SEQ", "SSEQ") else ""
    if not witness.reached:
        return f"from there the others can do nothing{credible}"
    count = len(witness.reached)
    escaping = any(case.escape is not None for case in witness.reached)
    each = "the one state" if count == 1 else f"each of the {count} states"
    on = f", or could move on from {'it' if count == 1 else 'there'} to one that it prefers" if escaping else ""
    return f"{party} prefers to {here} {each} that the others could bring about{credible} from there{on}"


def _end(words: Words, outcome: Outcome) -> Part:
    """Who would stay at the end."""
    state = outcome.target
    if state is None:
        state = outcome.leaving[0].improvement
    glosses = tuple(Sentence(gloss(key)) for key in dict.fromkeys(key for _, key in outcome.profile))
    several = len(glosses) > 1
    lead = Sentence(f"{capital(words.full(state))}. There:", (state,))
    return Part((*glosses, lead), tuple(stays_line(words, witness, several) for witness in outcome.ends))


def _apart(words: Words, edited: Edited, outcome: Outcome) -> tuple[Sentence, ...]:
    """What the answer does not depend on, and what is not shown."""
    said = []
    changed = [dm for dm in words.decision_makers if any(edit.dm == dm for edit in edited.edits)]
    rest = [dm for dm in words.decision_makers if dm not in changed]
    if edited.edits:
        others = f" and of the preferences of {parties(words, rest)}" if rest else ""
        said.append(Sentence(f"Nothing is changed of the moves, of what can occur, of red lines{others}."))
    leaves = outcome.leaving if outcome.target is None else ()
    free = [witness for witness in leaves if witness.concept in OWN_ONLY]
    if free:
        who = parties(words, [witness.dm for witness in free])
        concepts = listing(dict.fromkeys(witness.concept for witness in free))
        said.append(Sentence(f"Whether {who} would leave does not depend, under {concepts}, on what the others prefer."))
    if outcome.ends and outcome.target is not None and all(witness.concept in OWN_ONLY for witness in outcome.ends):
        concepts = listing(dict.fromkeys(witness.concept for witness in outcome.ends))
        said.append(Sentence(f"Under {concepts} each party stays whatever the others prefer."))
    if edited.edits:
        said.append(Sentence("This says what would follow from other priorities, not that anybody will come to hold them."))
    return tuple(said)


# -- all levers --------------------------------------------------------------------------------------------------------
def account(levers: PriorityLevers) -> Sentence:
    """What was tried, what is shown by it, and whose priorities could not be changed.

    Parameters
    ----------
    levers
        What a search found.

    Examples
    --------
    >>> account(PriorityLevers("priority shift", (), 2, True, "", (1, 478), 1)).text.partition(". ")[0]
    'All 478 changes by 1 edit were settled: none does it'
    """
    tried = levers.tried[1:]
    found = [sum(lever.cost == n for lever in levers.found) for n in range(1, len(tried) + 1)]
    said = ["What is asked for is so already, so that no change was tried."] if levers.found and not levers.found[0].cost else []
    for n, (count, does) in enumerate(zip(tried, found, strict=True), start=1):
        result = "none does it" if not does else plural(does, "lever does it", "levers do it")
        said.append(f"All {count:,} changes by {plural(n, 'edit')} were settled: {result}.")
    said += _not_by_order(levers)
    if any(found[1:]):
        said.append("Changes that contain a smaller one that does it are not listed again.")
    if levers.stopped:
        why = {"time": "the time was up", "interrupted": "it was interrupted"}.get(levers.stopped, "there are too many")
        what = plural(len(levers.tried), "edit")
        said.append(f"Changes by {what} were not all settled: {why}; those told are not shown to be all, nor the smallest.")
    if said and tried:
        said.append("This was computed; what a certificate shows is that each change that is told does it.")
    if levers.without:
        verb = "has" if len(levers.without) == 1 else "have"
        said.append(f"{listing(levers.without)} {verb} no ordered statements, so none of theirs could be changed.")
    return Sentence(" ".join(said))


def _not_by_order(levers: PriorityLevers) -> list[str]:
    """That no mere re-ordering does it, where that is so and something else does; for as many edits as were all settled."""
    settled = len(levers.tried) - 1
    told = [lever for lever in levers.found if 0 < lever.cost <= settled]
    if not told or any(all(edit.action == "move" for edit in lever.claim.edits) for lever in told):
        return []
    reversing = all(any(edit.action == "reverse" for edit in lever.claim.edits) for lever in told)
    what = "want the opposite of something that it wants now" if reversing else "drop, add or reverse something"
    many = "one move" if settled == 1 else f"up to {settled} moves"
    return [f"No mere re-ordering of what the parties want already does it, with {many}: each lever has a party {what}."]
