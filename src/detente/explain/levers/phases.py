"""Phases in words: an order of steps, why there is none, where the best order breaks down, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.claims.changed import changed
from detente.analysis.claims.phase_steps import Phase, Spent
from detente.analysis.claims.phases import Phased
from detente.analysis.claims.unravels import Broken, Repaired, Unravels
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.phased import LISTED, MOST, Phases
from detente.explain.glosses import gloss
from detente.explain.levers.shared import assured, effects, goes, parties, placed, shares, staying, under, would_prefer
from detente.explain.prefer import deciding
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.space.states import StateSpace
from detente.text import capital, listing, plural


def told(space: StateSpace, lever: Lever[Phased]) -> Explanation:
    """An order of phases: each step, who takes it and gains by it, that every state on the way holds, and whose leverage is spent.

    Parameters
    ----------
    space
        The space.
    lever
        One order, as `phase_levers` gives it.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.phases import phase_levers
    >>> from detente.analysis.unlock.goal import Goal
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> goal = Goal(space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"), "reach", space.set_of(space.state(8)))
    >>> print(told(space, phase_levers(space, goal).found[0]).verdict)
    In this model state 8 could be carried out from state 5 in one step, a gain for all who take it, and nobody would leave it under SEQ.
    """
    claim = lever.claim
    assured(space, claim)
    words = Words(space)
    return Explanation(_verdict(words, claim), (*_order(words, claim), *_spent(words, claim)))


def _verdict(words: Words, claim: Phased) -> Sentence:
    count = len(claim.phases)
    how = "in one step, a gain" if count == 1 else f"in {count} steps, each a gain"
    held = "nobody would leave it" if count == 1 else "nobody would leave it, or a state on the way,"
    text = (
        f"In this model {words.named(claim.package)} could be carried out from {placed(words, claim.start)} {how} for all who take it, and"
    )
    return Sentence(f"{text} {held} under {under(claim.holds[-1])}.", (claim.start, claim.package))


def _order(words: Words, claim: Phased) -> list[Part]:
    """Step by step: who changes what, what it is for those who take it, and that the state after it holds."""
    space, found = words.space, []
    glosses = [Sentence(gloss(key)) for key in dict.fromkeys(w.concept for w in claim.holds[-1])]
    for place, (phase, holds) in enumerate(zip(claim.phases, claim.holds, strict=True), start=1):
        before, after = _state(space, phase.start), _state(space, phase.to)
        lead = [
            Sentence(f"Step {place}, {words.state(before)} to {words.named(after)}, by {parties(words, phase.movers)}:", (before, after))
        ]
        items = (*shares(words, phase.movers, phase.start, phase.start ^ phase.to), *effects(words, phase.movers, before, after))
        found.append(Part(tuple(lead), items))
        text = f"{capital(words.state(after))} would hold:"
        found.append(Part((Sentence(text, (after,)), *(glosses if place == 1 else ())), staying(words, holds)))
    if len(claim.phases) > 1:
        text = f"Nobody prefers a state on the way to {words.named(claim.package)}, so nobody would rather stop there."
        found.append(Part((Sentence(text, (claim.package,)),)))
    return found


def _spent(words: Words, claim: Phased) -> list[Part]:
    """Steps that can't be taken back and with which a party gives up what it held over another."""
    if len(claim.phases) == 1:
        return []
    items = tuple(_spending(words, claim.phases, spent) for spent in claim.spent)
    if not items:
        return []
    lead = "The order matters, because some steps can't be taken back:"
    return [Part((Sentence(lead, (claim.start, claim.package)),), items)]


def _spending(words: Words, phases: Sequence[Phase], spent: Spent) -> Sentence:
    by, over = words.party(spent.by), words.party(spent.over)
    given = listing(_options(words, spent.bits))
    rest = listing(_options(words, spent.rest))
    text = (
        f"with step {spent.phase + 1} {by} gives up what it held over {over}: once {given} is done, {over} would gain nothing by its own "
        f"part, {rest}, though it would have gained by exchanging the two"
    )
    return Sentence(text, (_state(words.space, phases[spent.phase].to),), (*words.options_in(spent.bits), *words.options_in(spent.rest)))


def _options(words: Words, bits: int) -> list[str]:
    return [quoted(option.name) for k, option in enumerate(words.conflict.options) if bits >> k & 1]


def _state(space: StateSpace, combination: int) -> int:
    state = space.state_of(combination)
    assert state is not None  # the claim has been checked
    return state


# -- all orders --------------------------------------------------------------------------------------------------------
def account(space: StateSpace, found: Phases, unravels: Unravels | None = None, repaired: Repaired | None = None) -> Explanation:
    """In how many orders a package can be carried out, the shortest; or why in none, where the best breaks down, and what mends it.

    Parameters
    ----------
    space
        The space.
    found
        What `phases` found.
    unravels
        Where there is no order: the one in which the fewest conditions fail (`least_broken`).
    repaired
        Changes that mend that order (`repaired`), or None.

    Raises
    ------
    UsageError
        U423 if a claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.phases import phases
    >>> from detente.analysis.unlock.unravel import least_broken, repaired
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> profile = dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")
    >>> found = phases(space, space.state(1), space.state(8), profile)
    >>> broken = least_broken(found.steps)
    >>> print(account(space, found, broken, repaired(space, broken, profile)).text())
    In this model state 8 can't be carried out in any order of steps from the status quo (state 1).
    <BLANKLINE>
      Every step that is a gain for those who would have to take it was looked at, from everywhere that
      such steps lead. Everywhere the next step fails, because somebody needed for it gains nothing by
      it, somebody would leave the state after it, or somebody would rather stop there.
    <BLANKLINE>
      Of all orders one of 2 steps comes closest, because the fewest conditions fail in it: 1 condition,
      in step 1.
        step 1, state 1 to state 5, by Local: Local would rather stop at state 5 than come to state 8
          (3rd to 5th choice)
        step 2, state 5 to state 8, by MoE and Uniroyal: meets what is asked of it
    <BLANKLINE>
      That order would meet all that is asked of it with this change:
        if Local came to prefer state 8 to state 5
    """
    words = Words(space)
    where = f"from {placed(words, found.start)}"
    if found.count is None:
        text = (
            f"In this model {words.named(found.package)} differs from {words.state(found.start)} in {found.steps.options} options; "
            f"orders of steps are looked at for at most {MOST}."
        )
        return Explanation(Sentence(text, (found.start, found.package)))
    if found.none is not None:
        return _no_order(words, found, unravels, repaired, where)
    for claim in (*found.shortest, *found.finest):
        assured(space, claim)
    return _orders(words, found, where)


def _orders(words: Words, found: Phases, where: str) -> Explanation:
    assert found.count is not None
    assert found.fewest is not None
    orders = "in one order" if found.count == 1 else f"in {found.count:,} orders"
    steps = (
        "one step"
        if found.most == 1
        else f"{found.fewest} steps"
        if found.fewest == found.most
        else f"{found.fewest} to {found.most} steps"
    )
    text = f"In this model {words.named(found.package)} can be carried out {where} {orders} of {steps}."
    if found.most == 1:
        text = f"In this model {words.named(found.package)} can be carried out {where} only all at once."
    parts = []
    for title, claims in (("shortest", found.shortest), ("finest", found.finest)):
        if claims and (title == "shortest" or found.most != found.fewest):
            lead = f"The {title} {'order' if len(claims) == 1 else 'orders'}{', the first of them' if len(claims) >= LISTED else ''}:"
            parts.append(Part((Sentence(lead, (found.start, found.package)),), tuple(_line(words, claim) for claim in claims)))
    return Explanation(Sentence(text, (found.start, found.package)), tuple(parts))


def _line(words: Words, claim: Phased) -> Sentence:
    """An order in one line of numbers: "1 ─Local▸ 5 ─MoE, Uniroyal▸ 8"."""
    text, states = words.number(claim.start), [claim.start]
    for phase in claim.phases:
        states.append(_state(words.space, phase.to))
        text += f" ─{', '.join(map(words.party, phase.movers))}▸ {words.number(states[-1])}"
    return Sentence(text, tuple(states))


def _no_order(words: Words, found: Phases, unravels: Unravels | None, repaired: Repaired | None, where: str) -> Explanation:
    assert found.none is not None
    assured(words.space, found.none)
    text = f"In this model {words.named(found.package)} can't be carried out in any order of steps {where}."
    why = (
        "Every step that is a gain for those who would have to take it was looked at, from everywhere that such steps lead. "
        "Everywhere the next step fails, because somebody needed for it gains nothing by it, somebody would leave the state after it, "
        "or somebody would rather stop there."
    )
    parts = [Part((Sentence(why, (found.start,)),))]
    if unravels is not None:
        assured(words.space, unravels)
        parts.append(_breaking(words, unravels))
        if repaired is not None:
            assured(words.space, repaired)
            parts.append(_mending(words, repaired))
        else:
            text_none = "Changing just the comparisons and moves that fail does not mend that order."
            parts.append(Part((Sentence(text_none, (found.package,)),)))
    return Explanation(Sentence(text, (found.start, found.package)), tuple(parts))


def _breaking(words: Words, claim: Unravels) -> Part:
    """The order in which the fewest conditions fail, step by step, with what fails."""
    count = len(claim.broken)
    steps = "one step" if len(claim.phases) == 1 else f"{len(claim.phases)} steps"
    first = f", {'' if count == 1 else 'the first '}in step {claim.at + 1}" if len(claim.phases) > 1 else ""
    lead = f"Of all orders one of {steps} comes closest, because the fewest conditions fail in it: {plural(count, 'condition')}{first}."
    items = []
    for place, phase in enumerate(claim.phases):
        before, after = _state(words.space, phase.start), _state(words.space, phase.to)
        failing = [broken for broken in claim.broken if broken.phase == place]
        said = [_failing(words, claim, broken) for broken in failing]
        elements = [element for broken in failing for element in _resting(words, claim, broken)]
        head = f"step {place + 1}, {words.state(before)} to {words.named(after)}, by {parties(words, phase.movers)}"
        items.append(Sentence(f"{head}: {'; '.join(said) or 'meets what is asked of it'}", (before, after), tuple(elements)))
    return Part((Sentence(lead, (claim.start, claim.package)),), tuple(items))


def _failing(words: Words, claim: Unravels, broken: Broken) -> str:
    """One condition that fails, as a clause."""
    phase, party = claim.phases[broken.phase], words.party(broken.by)
    before, after = _state(words.space, phase.start), _state(words.space, phase.to)
    ranks = f" ({words.change(broken.by, before, after)})" if words.ranked else ""
    if broken.condition == "gain":
        return f"{words.effect(broken.by, before, after)} for {party}{ranks}, without whom it can't be taken"
    if broken.condition == "stop":
        ranks = f" ({words.change(broken.by, after, claim.package)})" if words.ranked else ""
        return f"{party} would rather stop at {words.state(after)} than come to {words.state(claim.package)}{ranks}"
    assert broken.leaves is not None
    return f"{words.state(after)} would not hold: {goes(words, broken.leaves)}"


def _resting(words: Words, claim: Unravels, broken: Broken) -> tuple[str, ...]:
    """The elements that a condition fails by."""
    phase = claim.phases[broken.phase]
    before, after = _state(words.space, phase.start), _state(words.space, phase.to)
    if broken.leaves is not None:
        return deciding(words, broken.by, broken.leaves.improvement, broken.leaves.state)
    return deciding(words, broken.by, after, before if broken.condition == "gain" else claim.package)


def _mending(words: Words, claim: Repaired) -> Part:
    """The changes that mend an order."""
    space, items = words.space, []
    for shift in claim.shifts:
        items.append(would_prefer(words, shift))
    after, _ = changed(space, claim.edits)
    for ban in after.conflict.bans[len(space.conflict.bans) :]:
        leaving, reaching = after.where(ban.leaving), after.where(ban.reaching)
        kept = f" for {words.state(reaching.first(1)[0])}" if reaching.count == 1 else ""
        rest = "" if kept else " by any other move than the next step" if claim.order.package != leaving.first(1)[0] else ""
        text = f"if {words.party(ban.by)} were kept from leaving {words.named(leaving.first(1)[0])}{kept}{rest}"
        items.append(Sentence(text, (leaving.first(1)[0], *(reaching.first(1) if kept else ()))))
    change = "this change" if len(items) == 1 else "these changes"
    lead = f"That order would meet all that is asked of it with {change}:"
    return Part((Sentence(lead, (claim.order.start, claim.order.package)),), tuple(items))
