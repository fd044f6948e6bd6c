"""Policy stability: the others have a plan for every state that keeps the decision maker from ending anywhere better.

A policy says for every state where a decision maker goes from it, or that they stay.  A state is policy stable if there are policies
under which nobody leaves it, and nobody, by any other policy of their own, can bring the play to rest at a state that they prefer to it
(Zeng, Fang, Hipel and Kilgour 2004).  Here the decision maker and the others move in turn, the others by a legal sequence; where the
others' plan is to stay, the decision maker may stay as well, and the play rests, or move on.  There is no greatest number of moves; a
play that never rests brings nobody anything.

With two decision makers the plan that holds one and the plan that holds the other are two parties' own, so that a state that is stable
for both is a policy stable state.  With more, the plans that hold one party and those that hold another may differ; each verdict is then
about one party alone.  `Policy.credible` allows policies whose every move is an improvement for whoever makes it, as the paper's
refinement does.
"""

from __future__ import annotations

from detente.concepts.base import Facts, Ground, Moves, SolutionConcept
from detente.concepts.further.turns import (
    MOST_STATES,
    Key,
    Turns,
    checked,
    demand,
    in_order,
    nearest,
    remembered,
    replies_in,
    steps_in,
    too_many,
    turns_of,
)
from detente.concepts.witness import AnyWitness, Position, Worked


class Plans:
    """Which states the others can keep a decision maker within, for one decision maker and kind of policy.

    Parameters
    ----------
    turns
        The graph.
    dm
        The decision maker.
    kind
        Which moves policies may make.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> Plans(turns_of(SingleEngine(StateSpace(load("elmira")))), "Local", "any").levels(2)
    {4: (0, None), 18: (0, None), 20: (0, None)}
    """

    def __init__(self, turns: Turns, dm: str, kind: Moves) -> None:
        self.turns, self.dm, self.kind = turns, dm, kind
        self.worth = turns.worth[dm]
        self._sure: dict[int, int] | None = None

    def sure(self) -> dict[int, int]:
        """For every state of the whole space the greatest worth at which the decision maker can bring the play to rest from it."""
        if self._sure is None:
            value = dict(self.worth)
            moves = {state: self.turns.steps(self.dm, state, self.kind) for state in self.turns.states}
            grows = True
            while grows:
                least = self._least(value)
                grown = {state: max((least[to] for to in moves[state]), default=value[state]) for state in value}
                grows = any(grown[state] > value[state] for state in value)
                value = {state: max(value[state], grown[state]) for state in value}
            self._sure = value
        return self._sure

    def _least(self, value: dict[int, int]) -> dict[int, int]:
        """For every state the least value of those that the others can make of it, itself included."""
        turns, known = self.turns, dict[object, int]()
        found = {}
        for state in value:
            replies = turns.replies(self.dm, state, self.kind)
            key: object = replies if len(turns.parties) < 3 else turns.mask(self.dm, state, self.kind)
            if key not in known:
                known[key] = min((value[to] for to in replies), default=len(value))
            found[state] = min(value[state], known[key])
        return found

    def region(self, state: int) -> list[int]:
        """Every state at which the decision maker can have a turn, from a state on."""
        found, waiting = {state}, [state]
        while waiting:
            for to in self.turns.steps(self.dm, waiting.pop(), self.kind):
                fresh = {to, *self.turns.replies(self.dm, to, self.kind)} - found
                found |= fresh
                waiting += sorted(fresh)
            if len(found) > MOST_STATES:
                raise too_many(f"the verdict depends on more than {MOST_STATES:,} states")
        return sorted(found)

    def levels(self, origin: int) -> dict[int, tuple[int, int | None]]:
        """Of the states from one (`origin`) on, those from which they get to a better one: how far it is, and by which move."""
        region = self.region(origin)
        found: dict[int, tuple[int, int | None]] = {s: (0, None) for s in region if self.worth[s] > self.worth[origin]}
        level, grows = 0, bool(found)
        while grows:
            level += 2
            fresh = {s: (level, self._way(s, found)) for s in region if s not in found}
            found.update({s: way for s, way in fresh.items() if way[1] is not None})
            grows = any(way[1] is not None for way in fresh.values())
        return found

    def _way(self, state: int, found: dict[int, tuple[int, int | None]]) -> int | None:
        """A move after which whatever the others do leads to states that are known to lead on."""
        steps = self.turns.steps(self.dm, state, self.kind)
        ways = [t for t in steps if t in found and all(u in found for u in self.turns.replies(self.dm, t, self.kind))]
        return nearest(state, ways) if ways else None

    def staying(self, state: int, levels: dict[int, tuple[int, int | None]]) -> list[Position]:
        """The plan that holds them, by `levels`: every state that the decision maker can get to, every move of theirs, one answer each."""
        found: dict[Key, Position] = {}
        waiting = [state]
        while waiting:
            at = waiting.pop()
            if (at, self.dm, 0) in found:
                continue
            found[at, self.dm, 0] = Position(at, self.dm, 0, None, (at,))
            for to in self.turns.steps(self.dm, at, self.kind):
                kept = [u for u in self.turns.replies(self.dm, to, self.kind) if u not in levels]
                answer = None if to not in levels else nearest(to, kept)
                rests = to if answer is None else answer
                found[to, "", 0] = Position(to, "", 0, answer, (rests,))
                waiting.append(rests)
        return in_order(found, (state, self.dm, 0))

    def leaving(self, state: int, levels: dict[int, tuple[int, int | None]]) -> list[Position]:
        """The way out, by `levels`: for each state a move, for each of these everything that the others can make of it."""
        found: dict[Key, Position] = {}
        waiting = [state]
        root = (state, self.dm, levels[state][0])
        while waiting:
            at = waiting.pop()
            level, to = levels[at]
            if (at, self.dm, level) in found:
                continue
            found[at, self.dm, level] = Position(at, self.dm, level, to, (at,) if to is None else ())
            if to is not None:
                after = [to, *self.turns.replies(self.dm, to, self.kind)]
                highest = max(levels[u][0] for u in after) + 1
                found[to, "", highest] = Position(to, "", highest, None, ())
                waiting += after
        return in_order(found, root)


def plans_of(ground: Ground, dm: str, kind: Moves) -> Plans:
    """The plans against a decision maker (`dm`) in a graph (`ground`), from its memory, by moves of one `kind`.

    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> engine = SingleEngine(StateSpace(load("elmira")))
    >>> plans_of(engine, "Local", "any") is plans_of(engine, "Local", "any")
    True
    """
    return remembered(ground, f"policy {kind} {dm}", lambda: Plans(turns_of(ground), dm, kind))


def verdict(ground: Ground, dm: str, state: int, *, key: str, kind: Moves) -> Worked:
    """Whether the others have a plan that keeps a decision maker at a state; with the plan, or with the way out.

    Parameters
    ----------
    ground
        The graph.
    dm, state
        Who, and where.
    key
        The concept that the witness is to name.
    kind
        Which moves policies may make.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> verdict(SingleEngine(StateSpace(load("elmira"))), "Local", 2, key="Policy", kind="any").stays
    True
    """
    plans = plans_of(ground, dm, kind)
    levels = plans.levels(state)
    stays = state not in levels
    entries = plans.staying(state, levels) if stays else plans.leaving(state, levels)
    replies = plans.turns.listed(dm, (position.state for position in entries if not position.turn), kind)
    return Worked(key, dm, state, stays, entries[0].to, tuple(entries), replies)


def settled(ground: Ground, dm: str, state: int, *, key: str, kind: Moves) -> bool:
    """The verdict alone; `ground`, `dm`, `state`, `key` and `kind` as for `verdict`.

    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> settled(SingleEngine(StateSpace(load("elmira"))), "Local", 2, key="Policy", kind="any")
    True
    """
    plans = plans_of(ground, dm, kind)
    if not plans.turns.is_whole:
        return verdict(ground, dm, state, key=key, kind=kind).stays
    return bool(plans.sure()[state] <= plans.worth[state])


def check(facts: Facts, witness: AnyWitness, *, kind: Moves) -> str | None:
    """None if a witness shows its verdict; otherwise what is wrong with it.

    Parameters
    ----------
    facts
        Moves and comparisons.
    witness
        What is checked.
    kind
        Which moves policies may make.

    Examples
    --------
    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> elmira = StateSpace(load("elmira"))
    >>> check(Checker(elmira), verdict(SingleEngine(elmira), "Local", 2, key="Policy", kind="any"), kind="any") is None
    True
    """

    def work(worked: Worked, table: dict[Key, Position]) -> None:
        demand(not worked.repeats, "repeats: not of this concept")
        at = {(position.state, position.turn): position for position in worked.entries}
        demand(len(at) == len(table), "position: listed twice")
        replies = replies_in(facts, worked, kind)
        for position in worked.entries:
            demand(position.turn in (worked.dm, ""), f"turn: {position.turn} acts with the others")
            reached = frozenset(steps_in(facts, worked.dm, position.state, kind)) if position.turn else replies(position.state)
            (_held if worked.stays else _leads_out)(facts, worked, position, reached, at)
        root = worked.entries[0]
        demand(worked.improvement == root.to and worked.stays == (root.to is None), "verdict: not that of the first position")

    return checked(facts, witness, work)


Places = dict[tuple[int, str], Position]


def _held(facts: Facts, worked: Worked, position: Position, reached: frozenset[int], at: Places) -> None:
    """Refuse a position of a plan: a state that is better, a move without an answer, or an answer that the others can't give."""
    here, dm = position.state, worked.dm
    rests = here if position.to is None else position.to
    demand(position.left == 0 and position.ends == (rests,), f"plan: {here} is not told as one")
    if position.turn:
        demand(position.to is None and not facts.prefers(dm, here, worked.state), f"plan: {here} is better, or is left")
        for to in reached:
            demand((to, "") in at, f"plan: no answer to the move to {to}")
    else:
        demand(position.to is None or position.to in reached, f"plan: the others have no way from {here} to {position.to}")
        demand((rests, dm) in at, f"plan: {rests} is not kept within")


def _leads_out(facts: Facts, worked: Worked, position: Position, reached: frozenset[int], at: Places) -> None:
    """Refuse a position of a way out that does not lead to earlier ones, whatever the others do."""
    here, dm, left = position.state, worked.dm, position.left

    def leads(to: int, turn: str) -> None:
        demand((to, turn) in at and at[to, turn].left < left, f"way out: {to} does not lead on from {here}")

    if position.turn and position.to is None:
        demand(facts.prefers(dm, here, worked.state) and position.ends == (here,) and left == 0, f"way out: {here} is not better")
        return
    demand(not position.ends, f"way out: the play does not rest at {here}")
    if position.turn:
        demand(position.to in reached, f"way out: no move from {here} to {position.to}")
        leads(position.to if position.to is not None else here, "")
    else:
        demand(position.to is None, "way out: it holds whatever the others do")
        for to in (here, *reached):
            leads(to, dm)


def member(kind: Moves) -> SolutionConcept:
    """The concept with policies of one `kind`.

    >>> member("improving").key
    'Policy.credible'
    """
    credible = kind == "improving"
    key = "Policy.credible" if credible else "Policy"
    plus = "^+" if credible else ""
    return SolutionConcept(
        key=key,
        name="Policy stability" + (", credible policies" if credible else ""),
        asks=f"Do the others have {'credible ' if credible else ''}plans for every state that keep the play from resting anywhere better?",
        plies=(),
        formula=rf"s\in W,\quad W=\max\{{W: u\preceq_i s\ \forall u\in W,\ (\{{t\}}\cup R{plus}_{{N-i}}(t))\cap W\ne\emptyset"
        rf"\ \forall u\in W,t\in R{plus}_i(u)\}}",
        source="Zeng, Fang, Hipel and Kilgour 2004, 2007 (abstracts seen); how plays go on is the project's reading",
        rule=lambda ground, dm, state: verdict(ground, dm, state, key=key, kind=kind),
        settle=lambda ground, dm, state: settled(ground, dm, state, key=key, kind=kind),
        check=lambda facts, witness: check(facts, witness, kind=kind),
    )


CONCEPTS = (member("any"), member("improving"))
