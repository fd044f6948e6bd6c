"""Coalition stability in words: for which coalitions a state is stable, what they could bring about, and how others answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.analysis.claims.coalition_holds import Answered, CoalitionHolds
from detente.analysis.claims.coalition_leaves import CoalitionLeaves
from detente.analysis.claims.coalition_terms import CONCEPTS, Group, Moved, Terms, Turn
from detente.analysis.claims.joint import joint
from detente.analysis.coalitional.found import Coalitional, ForCoalition
from detente.analysis.coalitional.play import by_nearness
from detente.analysis.coalitional.stability import Verdict
from detente.explain.levers.shared import assured, parties, placed
from detente.explain.prefer import deciding
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.text import capital, listing, plural

NAMED = 4
"""Most coalitions that one sentence names."""
TOLD = 15
"""Most coalitions with improvements that are told of one by one."""
LISTED = 30
"""Most states whose numbers one sentence gives."""


def account(found: Coalitional) -> Explanation:
    """For which coalitions a state is stable, under each concept, and why; every verdict is checked before a word is written of it.

    Parameters
    ----------
    found
        What `analyse_coalitions` found.

    Raises
    ------
    UsageError
        U423 if a claim is refused.

    Examples
    --------
    >>> from detente.analysis.claims.coalition_terms import Terms
    >>> from detente.analysis.coalitional.found import analyse_coalitions
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> print(account(analyse_coalitions(space, space.state(5), Terms())).verdict)
    In this model state 5 is not stable for 1 of the 7 coalitions (MoE and Uniroyal) under each of CNash, CGMR, CSMR and CSEQ.
    """
    words = Words(found.space)
    for verdict in found.checked:
        assert verdict.claim is not None
        assured(found.space, verdict.claim)
    improving = [one for one in found.coalitions if one.improvements]
    parts = [
        Part((Sentence(f"{capital(words.full(found.state))}.", (found.state,)),)),
        Part(tuple(_terms(words, found.terms))),
        *(_coalition(words, found, one) for one in improving[:TOLD]),
        *_rest(words, found, improving),
        *(_parties(words, found) if found.every and len(found.coalitions) > 1 else ()),
        *_everywhere(words, found),
        Part((_checked(found),)),
    ]
    return Explanation(_verdict(words, found), tuple(parts))


# -- the verdict ---------------------------------------------------------------------------------------------------------
def _verdict(words: Words, found: Coalitional) -> Sentence:
    """Under which concepts the state is stable for all that were looked at, and for whom it is not under the others."""
    clauses = []
    for concepts, leaving, unsettled in _outcomes(found):
        which = listing(concepts) if len(concepts) < len(CONCEPTS) else f"each of {listing(concepts)}"
        said = [f"not stable for {_some(words, found, leaving)}"] if leaving else []
        said += [f"not known to be stable for {_some(words, found, unsettled)}"] if unsettled else []
        clauses.append((f"{listing(said) if said else f'stable for {_looked(words, found)}'}", f"under {which}"))
    first, *others = clauses
    text = f"In this model {placed(words, found.state)} is {first[0]} {first[1]}"
    text += "".join(f"; {which} it is {said}" for said, which in others)
    return Sentence(f"{text}.", (found.state,))


def _outcomes(found: Coalitional) -> list[tuple[list[str], tuple[Group, ...], tuple[Group, ...]]]:
    """The concepts, those with the same verdicts together: for whom the state is not stable, for whom it is open."""
    groups: dict[tuple[tuple[Group, ...], tuple[Group, ...]], list[str]] = {}
    for concept in CONCEPTS:
        said = {one.members: one.verdicts[concept].stable for one in found.coalitions}
        leaving = tuple(members for members, stable in said.items() if stable is False)
        unsettled = tuple(members for members, stable in said.items() if stable is None)
        groups.setdefault((leaving, unsettled), []).append(concept)
    return [(concepts, *outcome) for outcome, concepts in groups.items()]


def _looked(words: Words, found: Coalitional) -> str:
    """All coalitions that were looked at, as what follows "for"."""
    count = len(found.coalitions)
    if count == 1:
        return _of(words, found.coalitions[0].members)
    if found.partition:
        return f"each of the {count} blocks of the partition ({_names(words, [one.members for one in found.coalitions])})"
    return f"each of the {count} coalitions" + ("" if found.every else " that were asked about")


def _some(words: Words, found: Coalitional, groups: Sequence[Group]) -> str:
    """Some of the coalitions that were looked at, as what follows "for"."""
    count = len(found.coalitions)
    if count == 1:
        return _of(words, groups[0])
    what = "blocks of the partition" if found.partition else "coalitions" if found.every else "coalitions that were asked about"
    return f"{'any' if len(groups) == count else len(groups)} of the {count} {what} ({_names(words, groups)})"


def _of(words: Words, group: Group) -> str:
    return f"the coalition of {parties(words, group)}" if len(group) > 1 else f"{parties(words, group)} alone"


def _names(words: Words, groups: Sequence[Group]) -> str:
    """Coalitions by their members, at most `NAMED` of them."""
    named = "; ".join(parties(words, group) for group in groups[:NAMED])
    return named if len(groups) <= NAMED else f"{named}; and {len(groups) - NAMED} more"


# -- what counts -----------------------------------------------------------------------------------------------------------
def _terms(words: Words, terms: Terms) -> Iterable[Sentence]:
    """What an improvement is, who can move in one step, and what the concepts count as an answer."""
    better = "that each of them prefers to where it began"
    if terms.improvement == "weak":
        better = "that none of them finds worse than where it began and at least one prefers"
    yield Sentence(
        "An improvement for a coalition is a state that its members can bring about by moves one after the other, nobody twice in a row "
        f"and each state on the way feasible, and {better}."
    )
    together = "the members of any coalition" if terms.everyone else listing(parties(words, group) for group in terms.joint)
    if together:
        asked = "as was asked for" if terms.everyone else "as the conflict declares"
        yield Sentence(f"{capital(together)} can also change options of theirs in one step, {asked}; then no state lies between.")
    whose = "blocks of the partition" if terms.blocks else "coalitions of the others"
    yield Sentence(
        "CNash looks at no answer. CGMR counts every answer that the others could give, whatever it costs them; CSMR only one after "
        f"which the coalition can bring about nothing that is better for it; CSEQ only one by turns of {whose}, each an improvement for "
        "those who take it."
    )


# -- one coalition ---------------------------------------------------------------------------------------------------------
def _coalition(words: Words, found: Coalitional, one: ForCoalition) -> Part:
    """What a coalition can bring about, and its verdicts, those with the same reason together."""
    improvements = one.improvements
    count, first = improvements.count, improvements.first(LISTED)
    prefer = {1: "it prefers", 2: "both prefer"}.get(len(one.members), "each of them prefers")
    if found.terms.improvement == "weak" and len(one.members) > 1:
        prefer = f"{'is' if count == 1 else 'are'} better for one of them at least, and worse for none of them"
    nearest = by_nearness(found.space, found.state, improvements.bits)[0]
    shown = ", ".join(map(words.number, first)) if count <= LISTED else f"{words.number(nearest)} is one"
    lead = f"{parties(words, one.members)} can bring about {plural(count, 'state')} that {prefer}: {shown}."
    reasons: dict[Sentence, list[str]] = {}
    for concept in CONCEPTS:
        reasons.setdefault(_reason(words, found, one, one.verdicts[concept]), []).append(concept)
    items = tuple(Sentence(f"under {listing(concepts)} {said.text}", said.states, said.elements) for said, concepts in reasons.items())
    return Part((Sentence(lead, (found.state, nearest)),), items)


def _reason(words: Words, found: Coalitional, one: ForCoalition, verdict: Verdict) -> Sentence:
    """Why a coalition stays or leaves."""
    claim = verdict.claim
    if verdict.stable is None:
        return Sentence("it is not settled: too many turns would have to be looked at")
    they = "it" if len(one.members) == 1 else "they"
    if isinstance(claim, CoalitionLeaves):
        options = _options(words, found.state, claim.steps)
        elements = dict.fromkeys(element for dm in one.members for element in deciding(words, dm, claim.improvement, found.state))
        way = _way(words, found.state, claim.steps)
        them = "it" if they == "it" else "them"
        text = f"{they} would leave for {words.named(claim.improvement)}, from which no answer that counts deters {them}: {way}"
        return Sentence(text, (found.state, claim.improvement), (*elements, *options))
    if isinstance(claim, CoalitionHolds) and claim.answers:
        answer, count = claim.answers[0], len(claim.answers)
        one_of = f"each of the {count} is answered, {words.number(answer.improvement)} for instance by"
        each = one_of if count > 1 else "that is answered by"
        return _answered(words, one.members, found.state, answer, f"{they} would stay; {each}")
    return Sentence(f"{they} would {'stay; so many answers are not listed' if verdict.stable else 'leave'}", (found.state,))


def _answered(words: Words, members: Group, state: int, answer: Answered, lead: str) -> Sentence:
    """One answer, with whom of the coalition it deters."""
    now, said, options = answer.improvement, [], list[str]()
    for turn in answer.turns:
        said.append(_turn(words, now, turn))
        options += _options(words, now, turn.steps)
        now = turn.steps[-1].to
    order = words.orders
    deterred = [dm for dm in members if not order[dm].prefers(now, state)]
    worse = [dm for dm in members if order[dm].prefers(state, now)]
    elements = tuple(dict.fromkeys(element for dm in worse for element in deciding(words, dm, now, state)))
    do = "does" if len(deterred) == 1 else "do"
    text = f"{lead} {', then '.join(said)}, and {parties(words, deterred)} {do} not prefer {words.state(now)} to {words.state(state)}"
    return Sentence(text, (answer.improvement, now, state), (*elements, *dict.fromkeys(options)))


def _turn(words: Words, now: int, turn: Turn) -> str:
    """What one coalition does in an answer; those who move are named with each move."""
    return _way(words, now, turn.steps)


def _way(words: Words, start: int, steps: Sequence[Moved]) -> str:
    """A legal sequence: "MoE 5 ▸ 6, taking up “modify”, then Uniroyal 6 ▸ 8, giving up “delay”"."""
    said, now = [], start
    for step in steps:
        if len(step.by) == 1:
            how = words.by(now, step.to, step.by[0])
        else:
            change = joint(words.space, step.by, now, step.to)
            assert change is not None
            how = f"in one step, {words.by_change(*change)}"
        said.append(f"{parties(words, step.by)} {words.move(now, step.to)}, {how}")
        now = step.to
    return ", then ".join(said)


def _options(words: Words, start: int, steps: Sequence[Moved]) -> tuple[str, ...]:
    """The paths of the options that a way changes."""
    found, now = list[str](), start
    for step in steps:
        if len(step.by) == 1:
            found += words.options(now, step.to, step.by[0])
        else:
            change = joint(words.space, step.by, now, step.to)
            assert change is not None
            found += words.options_in(change[1])
        now = step.to
    return tuple(dict.fromkeys(found))


# -- all of them -----------------------------------------------------------------------------------------------------------
def _rest(words: Words, found: Coalitional, improving: Sequence[ForCoalition]) -> Iterable[Part]:
    """The coalitions that are not told of one by one."""
    if len(improving) > TOLD:
        text = f"{plural(len(improving) - TOLD, 'more coalition')} can bring about an improvement; the document (--json) lists them."
        yield Part((Sentence(text, (found.state,)),))
    idle = [one.members for one in found.coalitions if not one.improvements]
    if not idle:
        return
    if len(found.coalitions) == 1:
        text = f"{parties(words, idle[0])} can bring about no improvement."
    elif not improving:
        text = f"{'Neither' if len(idle) == 2 else 'None'} of the {len(idle)} can bring about an improvement."
    elif len(idle) == 1:
        text = f"The remaining one, {parties(words, idle[0])}, can bring about no improvement."
    else:
        text = f"The remaining {len(idle)} can bring about no improvement."
    yield Part((Sentence(text, (found.state,)),))


def _parties(words: Words, found: Coalitional) -> Iterable[Part]:
    """For each decision maker under which concepts the state is stable for every coalition with them."""
    items = []
    for dm in words.decision_makers:
        holds = {concept: found.stable(concept, found.of(dm)) for concept in CONCEPTS}
        stable = [concept for concept, value in holds.items() if value]
        unsettled = [concept for concept, value in holds.items() if value is None]
        text = f"under {'each of ' if len(stable) == len(CONCEPTS) else ''}{listing(stable)}" if stable else "under none of the four"
        text += f" (not settled under {listing(unsettled)})" if unsettled else ""
        items.append(Sentence(f"{words.party(dm)}: {text}", (found.state,)))
    lead = "For each decision maker, the concepts under which the state is stable for every coalition that they belong to:"
    yield Part((Sentence(lead, (found.state,)),), tuple(items))


def _everywhere(words: Words, found: Coalitional) -> Iterable[Part]:
    """The states that are stable for all coalitions that were looked at."""
    if found.everywhere is None:
        return
    groups: dict[int, list[str]] = {}
    for concept, states in found.everywhere.items():
        groups.setdefault(states.bits, []).append(concept)
    items = []
    for bits, concepts in groups.items():
        states = found.everywhere[concepts[0]]
        shown = [words.number(state) for state in states.first(LISTED)]
        more = [f"{states.count - LISTED:,} more"] if states.count > LISTED else []
        items.append(Sentence(f"under {listing(concepts)}: {listing([*shown, *more]) if bits else 'none'}", ()))
    lead = f"Of all {found.space.states.count} states these are stable for {_looked(words, found)}:"
    yield Part((Sentence(lead),), tuple(items))


def _checked(found: Coalitional) -> Sentence:
    """What was checked of what is said of the state."""
    every = sum(len(one.verdicts) for one in found.coalitions)
    checked = len(found.checked)
    worked_out = "" if found.everywhere is None else " Which of all states are stable was only worked out."
    if checked == every:
        return Sentence(f"Each verdict on this state lists all its cases, and was checked move by move.{worked_out}", (found.state,))
    was = "1 was" if checked == 1 else f"{checked} were"
    text = (
        f"Of the {every} verdicts on this state {was} checked move by move, with all cases listed; for the others that would take too long."
        f"{worked_out}"
    )
    return Sentence(text, (found.state,))
