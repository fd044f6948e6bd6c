"""Preference shifts in words: who would have to prefer what to what, what follows, and whether anything smaller would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.analysis.claims.comparisons import RedLines
from detente.analysis.claims.joint import joint
from detente.analysis.claims.separate import ALONE
from detente.analysis.claims.shifted import Shifts, differences
from detente.analysis.claims.smallest import Smallest
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Lever, Levers
from detente.analysis.unlock.search.found import ShiftLevers
from detente.concepts.witness import AnyWitness, Closed, Covers, JointAnswer, Leaves, Stays, Worked
from detente.explain.glosses import gloss
from detente.explain.levers.shared import assured, parties, placed, shares
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.explain.worked import worked_line
from detente.preference.order import Comparison
from detente.preference.shifted import shifted_orders
from detente.space.states import StateSpace
from detente.text import listing, plural

MAX_CLAUSES = 3
"""Most shifts that are named in the first sentence."""
MAX_LISTED = 3
"""Most states that are named together in the first sentence."""
MAX_NAMED = 8
"""Most states that are named together elsewhere."""


def told(space: StateSpace, lever: Lever[Shifts]) -> Explanation:
    """What would follow if some parties came to compare states differently: which pairs, what then holds or is left, and if less would do.

    Parameters
    ----------
    space
        The space.
    lever
        One of those that `shift_levers` gives.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.shifts import shift_levers
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> goal = Goal(space.state(1), dict.fromkeys(("Iraq", "Syria"), "SEQ"), "hold", space.set_of(space.state(2)))
    >>> print(told(space, shift_levers(space, goal).found[0]).verdict)
    In this model, if Syria came to prefer state 2 (“release”) to state 6 (“war”), state 2 (“release”) would hold under SEQ.
    """
    claim = lever.claim
    assured(space, claim)
    words = Words(space)
    parts = [*_changes(words, claim), *_then(words, claim), *_apart(words, claim), Part(tuple(_proof(words, claim)))]
    return Explanation(_verdict(words, claim), tuple(part for part in parts if part.lead or part.items))


# -- the first sentence --------------------------------------------------------------------------------------------------
def _verdict(words: Words, claim: Shifts) -> Sentence:
    if not claim.shifts:
        return Sentence(f"In this model {_result(words, claim, 'as it is')}: no preference would have to change.")
    clauses, states = [], dict[int, None]()
    for dm, grouped in _grouped(words.space, claim).items():
        for (state, _, now), others in grouped.items():
            clauses.append(_clause(words, dm, state, now, others))
            states.update(dict.fromkeys((state, *others[:MAX_LISTED])))
    if len(clauses) <= MAX_CLAUSES:
        condition = ", and ".join(clauses)
    else:
        whose = [dm for dm, burden in zip(words.decision_makers, claim.burdens, strict=True) if burden]
        condition = f"if {parties(words, whose)} came to compare {plural(sum(claim.burdens), 'pair')} of states differently"
        states.clear()
    return Sentence(f"In this model, {condition}, {_result(words, claim)}.", tuple(states))


def _clause(words: Words, dm: str, state: int, now: Comparison, others: list[int]) -> str:
    """How a party would come to compare a state with others, as a condition."""
    party, one = words.party(dm), words.named(state)
    rest = words.named(others[0]) if len(others) == 1 else _some(words, others, MAX_LISTED)
    match now:
        case Comparison.BETTER:
            return f"if {party} came to prefer {one} to {rest}"
        case Comparison.WORSE:
            return f"if {party} came to prefer {rest} to {one}"
        case Comparison.EQUAL:
            return f"if {party} came to find {one} no better and no worse than {rest}"


def _result(words: Words, claim: Shifts, now: str = "") -> str:
    """What is so then; `now` where nothing has to change for it."""
    outcome, asis = claim.outcome, f" {now}" if now else ""
    holds, leave, lead = ("holds", "leave", "lead") if now else ("would hold", "would leave", "would lead")
    under = _under(words, claim)
    start = placed(words, outcome.start)
    if outcome.target is None:
        who = parties(words, outcome.leavers)
        leave = ("leaves" if len(outcome.leavers) == 1 else "leave") if now else leave
        return f"{who} {leave} {start} under {under}{asis}"
    text = f"{words.named(outcome.target)} {holds} under {under}{asis}"
    only = f", and improvements {lead} from there to nothing else that holds" if outcome.together else ", and to nothing else that holds"
    if outcome.want == "hold":
        return text
    if outcome.together:
        can = "can" if now else "could"
        text += f", and {parties(words, outcome.together)} {can} bring it about together from {start}, to the gain of each"
    else:
        text += f", and improvements {lead} there from {start}"
    return text + (only if outcome.want == "only" else "")


def _under(words: Words, claim: Shifts) -> str:
    """The concepts: "SEQ", or "SEQ for A and Nash for B"."""
    keys = dict.fromkeys(key for _, key in claim.outcome.profile)
    return next(iter(keys)) if len(keys) == 1 else listing(f"{key} for {words.party(dm)}" for dm, key in claim.outcome.profile)


# -- what changes ----------------------------------------------------------------------------------------------------
_HOW = {
    (Comparison.WORSE, Comparison.BETTER): "would be preferred to {} (now the other way round)",
    (Comparison.EQUAL, Comparison.BETTER): "would be preferred to {} (now level)",
    (Comparison.BETTER, Comparison.WORSE): "would be less preferred than {} (now the other way round)",
    (Comparison.EQUAL, Comparison.WORSE): "would be less preferred than {} (now level)",
    (Comparison.BETTER, Comparison.EQUAL): "would be level with {} (now preferred)",
    (Comparison.WORSE, Comparison.EQUAL): "would be level with {} (now less preferred)",
}
"""How a state then compares with others, and how it does now."""


Groups = dict[tuple[int, Comparison, Comparison], list[int]]
"""For a state that is moved, and how it compares with others now and then, these others."""


def _grouped(space: StateSpace, claim: Shifts) -> dict[str, Groups]:
    """For each party whose order changes what it comes to compare differently; of the others those it passes last come first."""
    after = shifted_orders(space, claim.shifts)
    before = shifted_orders(space, ())
    found: dict[str, Groups] = {}
    for (dm, _), burden in zip(claim.outcome.profile, claim.burdens, strict=True):
        groups: Groups = {}
        for state, other, was, now in differences(space, dm, claim.shifts, after[dm]) if burden else ():
            groups.setdefault((state, was, now), []).append(other)
        for (_, _, now), others in groups.items():
            others.sort(key=before[dm].key, reverse=now is Comparison.BETTER)
        found[dm] = groups
    return found


def _changes(words: Words, claim: Shifts) -> Iterator[Part]:
    """For each party whose order changes the pairs that it comes to compare differently; then whose orders stay."""
    space = words.space
    pairs = space.states.count * (space.states.count - 1) // 2
    grouped = _grouped(space, claim)
    for dm, burden in zip(words.decision_makers, claim.burdens, strict=True):
        if burden:
            items = tuple(
                Sentence(f"{words.state(state)} {_HOW[was, now].format(_some(words, others))}", (state, *others[:MAX_NAMED]))
                for (state, was, now), others in grouped[dm].items()
            )
            text = f"{words.party(dm)} would compare {plural(burden, 'pair')} of states differently, of {pairs:,}:"
            yield Part((Sentence(text, (), (f"decision makers/{dm}",)),), items)
    target = [claim.outcome.target] if claim.outcome.target is not None else []
    last = [state for groups in grouped.values() for (one, _, _), others in groups.items() for state in (one, others[0])]
    spelt = tuple(Sentence(words.full(state), (state,)) for state in dict.fromkeys((claim.outcome.start, *target, *last)))
    if len(spelt) <= MAX_NAMED:
        yield Part((Sentence("The states:"),), spelt)
    same = [dm for dm, burden in zip(words.decision_makers, claim.burdens, strict=True) if not burden]
    if same and claim.shifts:
        whose = "preference" if len(same) == 1 else "preferences"
        verb = "stays as it is" if len(same) == 1 else "stay as they are"
        yield Part((Sentence(f"The {whose} of {parties(words, same)} {verb}."),))


def _some(words: Words, states: list[int], most: int = MAX_NAMED) -> str:
    """States by their numbers; of many the first, and how many more there are."""
    if len(states) <= most:
        return words.states(states)
    shown = ", ".join(words.number(one) for one in states[: most - 1])
    return f"states {shown} and {len(states) - most + 1:,} others"


# -- what follows ----------------------------------------------------------------------------------------------------
def _then(words: Words, claim: Shifts) -> Iterator[Part]:
    """Why everybody stays at the target, who leaves the start, and the way."""
    outcome = claim.outcome
    glosses = tuple(Sentence(gloss(key)) for key in dict.fromkeys(key for _, key in outcome.profile))
    if outcome.ends and outcome.target is not None:
        lead = Sentence(f"Then nobody leaves {words.named(outcome.target)}.", (outcome.target,))
        yield Part((lead, *glosses), tuple(_line(words, witness) for witness in outcome.ends))
    if outcome.starts:
        lead = Sentence(f"Then {parties(words, outcome.leavers)} would leave {placed(words, outcome.start)}.", (outcome.start,))
        yield Part((lead, *(glosses if not outcome.ends else ())), tuple(_line(words, witness) for witness in outcome.starts))
    if outcome.target is not None and (outcome.way or outcome.together):
        yield _way(words, claim, outcome.target)
    if outcome.want == "only":
        if outcome.left:
            text = "Improvements lead from the start to these states too, each of which somebody then leaves:"
            lines = (f"{words.state(w.state)}: {words.party(w.dm)}, {words.move(w.state, w.improvement)}" for w in outcome.left)
            yield Part((Sentence(text),), tuple(Sentence(line, (w.state,)) for line, w in zip(lines, outcome.left, strict=True)))
        else:
            yield Part((Sentence("Improvements lead from the start to no other state."),))


def _way(words: Words, claim: Shifts, target: int) -> Part:
    """The moves to the target: improvements, or those of a group that gains by the last."""
    outcome, items, now = claim.outcome, list[Sentence](), claim.outcome.start
    for step in outcome.way:
        gain = "" if outcome.together else ", a gain then"
        text = f"{words.party(step.mover)} {words.move(now, step.to)} by {words.by(now, step.to, step.mover)}{gain}"
        items.append(Sentence(text, (now, step.to), words.options(now, step.to, step.mover)))
        now = step.to
    change = joint(words.space, outcome.together, now, target) if not outcome.way else None
    items += shares(words, outcome.together, *change) if change is not None else ()
    lead = "They would change these options at once:" if len(items) > 1 and not outcome.way else "The way there:"
    if outcome.together:
        lead = f"{parties(words, outcome.together)} would each prefer where it leads to where it begins. {lead}"
    return Part((Sentence(lead, (outcome.start, target)),), tuple(items))


def _line(words: Words, witness: AnyWitness) -> Sentence:
    """What one party's verdict under the changed preferences rests on."""
    party = words.party(witness.dm)
    if isinstance(witness, Worked):
        return worked_line(words, witness, party)
    if isinstance(witness, Leaves | Closed):
        to = witness.improvement
        text = f"{party}: leaves it, {words.move(witness.state, to)} by {words.by(witness.state, to, witness.dm)}"
        return Sentence(text, (witness.state, to), words.options(witness.state, to, witness.dm))
    if isinstance(witness, Covers):
        return Sentence(
            f"{party}: stays, {'for every gain has an answer' if witness.groups else 'without a gain to be had'}", (witness.state,)
        )
    if not witness.answers:
        return Sentence(f"{party}: stays, for no move of its own would be a gain", (witness.state,))
    each = "to which there is an answer" if len(witness.answers) == 1 else "to each of which there is an answer"
    gains = listing(words.move(witness.state, answer.improvement) for answer in witness.answers[:MAX_NAMED])
    more = f" and {len(witness.answers) - MAX_NAMED:,} more" if len(witness.answers) > MAX_NAMED else ""
    return Sentence(f"{party}: stays; {plural(len(witness.answers), 'move')} would be a gain, {gains}{more}, {each}", (witness.state,))


def _apart(words: Words, claim: Shifts) -> Iterator[Part]:
    """On whose preferences it does not depend, where the witnesses show that."""
    outcome = claim.outcome
    keys = {key for _, key in outcome.profile}
    if outcome.want in ("hold", "break") and keys <= ALONE:
        text = f"Under {listing(sorted(keys))} whether a party stays depends on its own preference alone, and on no other party's."
        yield Part((Sentence(text),))
    elif outcome.want == "hold" and outcome.target is not None:
        movers = set(_movers(outcome.ends))
        idle = [dm for dm in words.decision_makers if not words.space.moves(dm, outcome.target) and dm not in movers]
        if idle:
            text = f"It does not depend on what {parties(words, idle, 'or')} prefers: there is no move of theirs to be made or counted on."
            yield Part((Sentence(text, (outcome.target,)),))


def _movers(witnesses: Iterable[AnyWitness]) -> Iterator[str]:
    """Whoever takes part in an answer."""
    for witness in witnesses:
        for answer in witness.answers if isinstance(witness, Stays) else ():
            yield from (step[0] for step in answer.steps) if isinstance(answer, JointAnswer) else (step.mover for step in answer.steps)


# -- what would be smaller ---------------------------------------------------------------------------------------------
def _proof(words: Words, claim: Shifts) -> Iterator[Sentence]:
    """Whether something smaller would do, as far as the proof shows it."""
    within, proof = _within(words, claim.red_lines), claim.proof
    if not claim.shifts:
        return
    if claim.smallest:
        less = "with fewer pairs for one party and no more for any other"
        if sum(burden > 0 for burden in claim.burdens) == 1:
            less = "with fewer pairs" + (" and the preferences of the others as they are" if len(claim.burdens) > 1 else "")
        yield Sentence(f"It is proven that no change of preferences does it {less}{within}.")
    elif isinstance(proof, Smallest):
        total = proof.total(claim.burdens)
        text = (
            f"It costs {total:,}; it is proven that none costs less than {proof.least or 0:,}{within}. What lies between was not settled."
        )
        yield Sentence(text)


def _within(words: Words, red_lines: RedLines) -> str:
    """A remark on red lines, where there are any and they bind."""
    if red_lines == "counted" or not any(dm.red_lines for dm in words.conflict.decision_makers):
        return ""
    return " as long as whatever crosses a party's red line stays worse for it than all that crosses none"


def account(space: StateSpace, goal: Goal, levers: Levers[Shifts]) -> Explanation | None:
    """What the search has shown of all preference shifts together: the least cost, or a bound, or that there is none.

    Parameters
    ----------
    space
        The space.
    goal
        What was asked for.
    levers
        What `shift_levers` gave for it.

    Returns
    -------
    Explanation or None
        None where nothing was searched.

    Raises
    ------
    UsageError
        U423 if the proof is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.shifts import shift_levers
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> goal = Goal(space.state(1), dict.fromkeys(("Iraq", "Syria"), "SEQ"), "hold", space.set_of(space.state(2)))
    >>> print(account(space, goal, shift_levers(space, goal)).verdict)
    No change of preferences gives that at a cost of less than 1 pair of states; this is proven.
    """
    if not isinstance(levers, ShiftLevers) or levers.proof is None:
        return None
    assured(space, levers.proof)
    words = Words(space)
    within = _within(words, levers.red_lines)
    proof = levers.proof
    shown = proof.least if isinstance(proof, Smallest) else levers.least
    if shown is None:
        return Explanation(Sentence(f"No change of preferences gives that{within}; this is proven."))
    if not levers.found:
        least = f" None costs less than {shown:,}{within}; this is proven." if shown else ""
        return Explanation(Sentence(f"No change of preferences that gives that was found; whether there is one was not settled.{least}"))
    cost = proof.total(levers.found[0].claim.burdens) if isinstance(proof, Smallest) else levers.found[0].cost
    if cost == 0:
        return None
    weighted = isinstance(proof, Smallest) and set(proof.weights) != {1}
    unit = f"{cost:,} by the weights given" if weighted else f"{plural(cost, 'pair')} of states"
    if cost == shown:
        lead = f"No change of preferences gives that at a cost of less than {unit}{within}; this is proven."
    else:
        between = f"between {shown:,} and {cost:,}" if shown else f"at most {cost:,}"
        lead = f"The least change of preferences that gives that costs {between}{within}; more was not settled."
    ways = set(proof.minimal)
    if isinstance(proof, Smallest) and proof.bound is not None:
        more = "Other ways, dearer in all but asking less of some party, may exist."
    elif len(ways) == 1:
        more = f"Every change that gives it asks at least as much of every party{within}."
    else:
        more = f"Every change that gives it asks of every party at least as much as one of these {len(ways)} ways{within}."
    return Explanation(Sentence(lead), (Part((Sentence(more),)),))
