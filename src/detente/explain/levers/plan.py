"""Plans in words: what it takes and costs, the steps, what can go wrong at each, and who would break the result."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.claims.changed import changed
from detente.analysis.claims.joint import joint
from detente.analysis.claims.phases import Phased
from detente.analysis.claims.plan import Lapse, Stage
from detente.analysis.unlock.planned import BAN, JOINT, MEASURE, PREFERENCE, PRIORITY, RED_LINE, Means, Plan, Plans
from detente.concepts.witness import Leaves, Stays
from detente.explain.bans import ban_words
from detente.explain.edits import taken_words
from detente.explain.levers.shared import assured, effects, goes, parties, placed, shares, staying, under, would_prefer
from detente.explain.levers.statements import Edited
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.model.formula import TRUE, written
from detente.model.measure import WithoutRedLine
from detente.preference.order import Ordering
from detente.space.states import StateSpace
from detente.text import capital, listing, plural

_UNITS = {
    MEASURE: ("unit of measures", "units of measures"),
    BAN: ("ban", "bans"),
    PREFERENCE: ("pair of states compared otherwise", "pairs of states compared otherwise"),
    PRIORITY: ("edit of statements", "edits of statements"),
    RED_LINE: ("red line dropped", "red lines dropped"),
    JOINT: ("joint move", "joint moves"),
}


class _Teller:
    """The words of one plan: before and after its changes."""

    def __init__(self, space: StateSpace, plan: Plan, prices: Mapping[str, int]) -> None:
        self.plan, self.claim, self.prices = plan, plan.claim, prices
        self.before = Words(space)
        after, orders = changed(space, self.claim.edits, self.claim.shifts)
        self.after = Words(after)
        shifted = {shift.dm for shift in self.claim.shifts}
        self.orders: Mapping[str, Ordering] = {dm: order for dm, order in (orders or {}).items() if dm in shifted}

    @property
    def renumbered(self) -> bool:
        """Whether states may have other numbers after the changes: with other options, or without some rule."""
        one, other = self.before.conflict, self.after.conflict
        return (one.option_index, one.rules) != (other.option_index, other.rules)

    def on_the_way(self, state: int) -> str:
        """A state after the changes, where it is named among states before them."""
        if not self.renumbered:
            return self.after.state(state)
        return f"the state in which {taken_words(self.after.conflict, self.after.conflict.taken(state))}"


def told(space: StateSpace, plan: Plan, prices: Mapping[str, int] | None = None) -> Explanation:
    """A plan: what it takes, its steps, what can go wrong at each, and who would break the result.

    Parameters
    ----------
    space
        The space, before the changes.
    plan
        What `plans` found.
    prices
        What one unit of each kind of means was taken to cost; 1 for those that are not named.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.goal import Goal
    >>> from detente.analysis.unlock.plan import plans
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> goal = Goal(space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"), "reach", space.set_of(space.state(8)))
    >>> print(told(space, plans(space, goal).found[0]).verdict)
    In this model MoE and Uniroyal could move together from state 5 to state 8, which nobody would then leave under SEQ.
    """
    assured(space, plan.claim)
    teller = _Teller(space, plan, prices or {})
    after = [part for place, stage in enumerate(plan.claim.stages, start=1) for part in _step(teller, place, stage)]
    after += [_result(teller), *_breakers(teller)]
    return Explanation(_verdict(teller), (_cost(teller), *_takes(teller), *(map(_plain, after) if teller.renumbered else after)))


def _plain(part: Part) -> Part:
    """What is said of states and options that may be others than those before the changes, so that nothing can lead to them."""
    lead, items = (tuple(Sentence(sentence.text) for sentence in some) for some in (part.lead, part.items))
    return Part(lead, items)


def _verdict(teller: _Teller) -> Sentence:
    claim, words = teller.claim, teller.before
    target = teller.plan.target
    assert target is not None
    changes = [text for one in teller.plan.means for text in _means(teller, one)]
    given = f", if {listing(changes)}," if changes else ""
    if not claim.stages:
        text = f"In this model{given} nobody would leave {placed(words, target)} under {under(claim.ends)}; nothing has to move."
        return Sentence(text, (target,))
    steps, here = [], f" from {placed(words, claim.start)}"
    for place, stage in enumerate(claim.stages):
        last = place + 1 == len(claim.stages)
        where = words.named(target) if last else teller.on_the_way(stage.to)
        could = " could move" if place == 0 else ""
        how = "alone" if stage.leaves is not None else "together"
        steps.append(f"{parties(teller.after, stage.movers)}{could} {how}{here} to {where}")
        here = " from there"
    text = f"In this model{given} {', then '.join(steps)}, which nobody would then leave under {under(claim.ends)}."
    return Sentence(text, (claim.start, target))


def _means(teller: _Teller, one: Means) -> list[str]:
    """What a means changes, as clauses that follow "if"."""
    words, found = teller.before, []
    if one.edits:
        found.append(Edited(words.conflict, one.edits).condition().removeprefix("if "))
    for ban in one.bans:
        leaving = words.space.where(ban.leaving)
        where = words.named(leaving.first(1)[0]) if leaving.count == 1 else f"any of {plural(leaving.count, 'state')}"
        found.append(f"{words.party(ban.by)} were kept from leaving {where} alone" if ban.reaching == TRUE else ban_words(ban))
    found += [would_prefer(words, shift).text.removeprefix("if ") for shift in one.shifts]
    if one.measure is not None and one.kind == MEASURE:
        found.append(f"the measure {quoted(one.measure.name)} were taken")
    elif one.measure is not None:
        dropped = [change for change in one.measure.changes if isinstance(change, WithoutRedLine)]
        found += [f"{words.party(change.party)} dropped the red line {_line_of(words, change)}" for change in dropped]
    return found


def _line_of(words: Words, change: WithoutRedLine) -> str:
    line = words.conflict.decision_maker(change.party).red_lines[change.place - 1]
    return quoted(line.says or written(line.never))


# -- what it takes -----------------------------------------------------------------------------------------------------
def _cost(teller: _Teller) -> Part:
    """The cost, item by item, and on whom it falls."""
    plan, items = teller.plan, []
    for one in plan.means:
        price = teller.prices.get(one.kind, 1)
        falls = f", falling on {parties(teller.before, one.by)}" if one.by else ""
        items.append(Sentence(f"{_units(one.kind, one.cost)}{_priced(one.cost, price)}{falls}", (), _elements(teller, one)))
    if plan.joint:
        price = teller.prices.get(JOINT, 1)
        who = dict.fromkeys(dm for stage in plan.claim.stages if stage.leaves is None for dm in stage.movers)
        items.append(Sentence(f"{_units(JOINT, plan.joint)}{_priced(plan.joint, price)}, falling on {parties(teller.before, who)}"))
    lead = f"It costs {plan.cost:,}:" if items else "It costs nothing."
    return Part((Sentence(lead, (plan.claim.start,)),), tuple(items))


def _units(kind: str, count: int) -> str:
    one, several = _UNITS.get(kind, (kind, kind))
    return f"{count:,} {one if count == 1 else several}"


def _priced(count: int, price: int) -> str:
    return f" at {price:,} each, {count * price:,}" if price != 1 and count > 1 else f" at {price:,}" if price != 1 else ""


def _elements(teller: _Teller, one: Means) -> tuple[str, ...]:
    if one.edits:
        return Edited(teller.before.conflict, one.edits).elements
    return tuple(f"decision makers/{dm}" for dm in one.by if dm in teller.before.decision_makers)


def _takes(teller: _Teller) -> list[Part]:
    """The changes, numbered as the sentences on what could break the result call them."""
    items = []
    for place, one in enumerate(teller.plan.means, start=1):
        states = tuple(state for shift in one.shifts for state in (shift.state, shift.past))
        items.append(Sentence(f"{place}. if {listing(_means(teller, one))}", states, _elements(teller, one)))
    lead = "It takes one change:" if len(items) == 1 else f"It takes {len(items)} changes:"
    parts = [Part((Sentence(lead, (teller.claim.start,)),), tuple(items))] if items else []
    if teller.renumbered:
        parts.append(Part((Sentence("States are numbered below as they are after these changes."),)))
    return parts


# -- the steps ---------------------------------------------------------------------------------------------------------
def _step(teller: _Teller, place: int, stage: Stage) -> list[Part]:
    """One step: who takes it, what it is for them, and what can go wrong after it."""
    words = teller.after
    group, where = parties(words, stage.movers), f"{words.state(stage.start)} to {words.named(stage.to)}"
    if stage.leaves is not None:
        lead = f"Step {place}, {where}: {group} could move alone, an improvement that has no answer under {stage.leaves.concept}:"
        items = [
            Sentence(
                f"{group}: {words.by(stage.start, stage.to, stage.movers[0])}", (), words.options(stage.start, stage.to, stage.movers[0])
            )
        ]
    else:
        lead = f"Step {place}, {where}: {group} could move together, as by signing an agreement:"
        change = joint(words.space, stage.movers, stage.start, stage.to)
        assert change is not None
        items = [*shares(words, stage.movers, *change)]
    items += effects(words, stage.movers, stage.start, stage.to, teller.orders)
    parts = [Part((Sentence(lead, (stage.start, stage.to)),), tuple(items))]
    parts += [_in_phases(teller, order) for at, order in teller.claim.phased if at == place - 1]
    if place < len(teller.claim.stages):
        parts.append(_between(teller, stage))
    return parts


def _in_phases(teller: _Teller, order: Phased) -> Part:
    """That a joint move can also be made in several steps, each a gain, with states on the way that hold and where nobody would stop."""
    words, states = teller.after, [order.start]
    text = words.number(order.start)
    for phase in order.phases:
        state = words.space.state_of(phase.to)
        assert state is not None  # the claim has been checked
        states.append(state)
        text += f" ─{', '.join(map(words.party, phase.movers))}▸ {words.number(state)}"
    lead = f"It could also be made in {len(order.phases)} steps, each a gain for all who take it, over states that hold: {text}."
    return Part((Sentence(lead, tuple(states)),))


def _between(teller: _Teller, stage: Stage) -> Part:
    """What can go wrong at a state on the way: who could leave it to elsewhere, and what it is to stop there."""
    words, here = teller.after, teller.after.state(stage.to)
    leaving = [witness for witness in stage.ends if isinstance(witness, Leaves)]
    if not leaving:
        lead = f"What can go wrong there: {here} would hold, so the parties could also stop there."
    else:
        lead = f"What can go wrong there: {here} would not hold."
    items = tuple(
        Sentence(f"{goes(words, witness)}{_planned(teller, witness)}", (witness.state, witness.improvement)) for witness in leaving
    )
    views = effects(words, words.decision_makers, teller.claim.begin, stage.to, teller.orders)
    worse = [view.text.partition(":")[0] for view in views if ": a loss" in view.text]
    stop = f"If it stopped there, {listing(worse) or 'nobody'} would be worse off than at the start."
    return Part((Sentence(lead, (stage.to,)), Sentence(stop, (stage.to, teller.claim.begin))), items)


def _planned(teller: _Teller, witness: Leaves) -> str:
    """A remark where a move away is the next step of the plan."""
    following = {(stage.start, stage.to) for stage in teller.claim.stages}
    return " (the next step)" if (witness.state, witness.improvement) in following else ""


# -- the result --------------------------------------------------------------------------------------------------------
def _result(teller: _Teller) -> Part:
    words, claim = teller.after, teller.claim
    return Part((Sentence(f"{capital(words.state(claim.end))} would hold:", (claim.end,)),), staying(words, claim.ends))


def _breakers(teller: _Teller) -> list[Part]:
    """Who would break the result: those whom only an answer keeps, and those whom only a change of the plan keeps."""
    words, claim = teller.after, teller.claim
    items = []
    for witness in claim.ends:
        if isinstance(witness, Stays) and witness.answers:
            party, each = words.party(witness.dm), "with an answer" if len(witness.answers) == 1 else "each with an answer"
            text = f"{party}: {plural(len(witness.answers), 'improvement')} from it, {each}; if an answer failed, {party} would leave"
            items.append(Sentence(text, (claim.end,)))
    items += [_lapsing(teller, lapse) for lapse in claim.lapses]
    if not items:
        text = f"Nobody has an improvement from {words.state(claim.end)}, so no answer and no change is needed to keep anybody there."
        return [Part((Sentence(text, (claim.end,)),))]
    return [Part((Sentence("What could break it:", (claim.end,)),), tuple(items))]


def _lapsing(teller: _Teller, lapse: Lapse) -> Sentence:
    """Who would leave the result, or not gain by a step, without one of the changes."""
    words, said = teller.after if teller.renumbered else teller.before, []
    for place in dict.fromkeys(place for place, _ in lapse.lost):
        who = parties(words, [dm for at, dm in lapse.lost if at == place])
        said.append(f"step {place + 1} would be no gain for {who}")
    said += [f"at {words.state(leaves.state)}, {goes(words, leaves)}" for leaves in lapse.leaves]
    states = tuple(state for leaves in lapse.leaves for state in (leaves.state, leaves.improvement))
    return Sentence(f"without change {lapse.means + 1}: {'; '.join(said)}", states or (teller.claim.end,))


# -- all plans ---------------------------------------------------------------------------------------------------------
def account(space: StateSpace, found: Plans, *, listed: bool = True) -> Explanation:
    """The cheapest plan, and the others that were found, with what was considered.

    Parameters
    ----------
    space
        The space, before any change.
    found
        What `plans` found.
    listed
        Whether the plans are listed; not, where each is told by itself.

    Raises
    ------
    UsageError
        U423 if a claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.goal import Goal
    >>> from detente.analysis.unlock.plan import plans
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> goal = Goal(space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"), "reach", space.set_of(space.state(8)))
    >>> print(account(space, plans(space, goal)).text())
    In this model the cheapest plan, out of joint moves alone, costs 1.
    <BLANKLINE>
      Plans, cheapest first:
        1: MoE and Uniroyal could move together from state 5 to state 8, which nobody would then leave
          under SEQ
    <BLANKLINE>
      Every set of means that costs less was tried. Each joint move counts 1.
    """
    for plan in found.found:
        assured(space, plan.claim)
    items = tuple(_line(_verdict(_Teller(space, plan, found.prices)), plan) for plan in found.found if listed)
    parts = [Part((Sentence("Plans, cheapest first:"),), items)] if items else []
    return Explanation(_cheapest(found), (*parts, Part((Sentence(_proof(found)), Sentence(_counted(found))))))


def _counted(found: Plans) -> str:
    """What one unit of each kind counted in the costs."""
    kinds = dict.fromkeys((*(one.kind for plan in found.found for one in plan.means), JOINT))
    counts: dict[int, list[str]] = {}
    for kind in kinds:
        counts.setdefault(found.prices.get(kind, 1), []).append(_UNITS.get(kind, (kind, kind))[0])
    said = [f"each {listing(units, 'or')} counts {price:,}" for price, units in sorted(counts.items())]
    return f"{capital(listing(said))}."


def _line(verdict: Sentence, plan: Plan) -> Sentence:
    return Sentence(
        f"{plan.cost:,}: {verdict.text.removeprefix('In this model').lstrip(', ').rstrip('.')}", verdict.states, verdict.elements
    )


def _cheapest(found: Plans) -> Sentence:
    out = f"out of {found.considered:,} means considered and joint moves" if found.considered else "out of joint moves alone"
    if found.found:
        cheapest = "the cheapest plan" if found.proven else "the cheapest plan found"
        return Sentence(f"In this model {cheapest}, {out}, costs {found.found[0].cost:,}.")
    if found.least is None:
        return Sentence(f"In this model there is no plan {out}.")
    return Sentence(f"In this model no plan was found {out}.")


def _proof(found: Plans) -> str:
    limits = f"of at most {plural(found.most_means, 'means', 'means')} and {plural(found.most_joint, 'joint move')}"
    if found.found and found.proven:
        return "Every set of means that costs less was tried."
    if found.least is None:
        return (
            f"Every set {limits} was tried: {found.tried:,}."
            if found.considered
            else f"Ways of at most {plural(found.most_joint, 'joint move')} were tried."
        )
    why = {"time": "the time was over", "cut": "some ways led over more states than were followed"}.get(
        found.stopped, "the search was ended"
    )
    tried = "1 set of means was" if found.tried == 1 else f"{found.tried:,} sets of means were"
    return f"It is shown only that no plan costs less than {found.least:,}, because {why}; {tried} tried."
