"""Falsified `Covers` and `Closed`, each wrong for a reason that is read off lists of states, not off the checker's tables.

A falsifier gets an accepted certificate and yields certificates that prove nothing; where a change could happen to leave a valid one it is
not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from detente.concepts.base import SolutionConcept
from detente.concepts.witness import Closed, Covers, Group, Proof, Stays
from detente.engines.single import SingleEngine
from detente.model.formula import TRUE, And, Formula, Not, Taken, holds
from detente.space.states import StateSpace


@dataclass
class Facts:
    """A listed conflict as the reference engine sees it."""

    space: StateSpace
    random: Random

    def __post_init__(self) -> None:
        self.engine = SingleEngine(self.space)

    def gains(self, witness: Covers | Closed) -> tuple[int, ...]:
        """The improvements from the state of a certificate."""
        return self.engine.improvements(witness.dm, witness.state)

    def members(self, covers: Covers, group: Group) -> list[int]:
        """The improvements in a group."""
        return [t for t in self.gains(covers) if not (group.taken & ~t or group.not_taken & t)]

    def follows(self, concept: SolutionConcept, covers: Covers, improvement: int, steps: tuple[tuple[str, int], ...]) -> bool:
        """Whether a sequence answers an improvement."""
        now, last = improvement, ""
        for mover, bits in steps:
            able = self.engine.improvements if concept.answers == "improving" else self.engine.moves
            if mover in (last, covers.dm) or mover not in self.space.masks or now ^ bits not in able(mover, now):
                return False
            now, last = now ^ bits, mover
        if not steps or not self.engine.no_better(covers.dm, now, covers.state):
            return False
        return not concept.counters or all(self.engine.no_better(covers.dm, v, covers.state) for v in self.engine.moves(covers.dm, now))

    def kept(self, concept: SolutionConcept, closed: Closed, invariant: Formula) -> bool:
        """Whether a condition does what that of a certificate has to do."""
        index, engine = self.space.conflict.option_index, self.engine

        def meets(state: int) -> bool:
            return holds(invariant, lambda key: bool(state >> index[key] & 1))

        able = engine.improvements if concept.answers == "improving" else engine.moves
        for state in filter(meets, self.space.states.each()):
            if any(not meets(to) for dm in engine.decision_makers if dm != closed.dm for to in able(dm, state)):
                return False
            own = self.space.masks[closed.dm]
            ways = [v for v in engine.moves(closed.dm, state) if (v & own) in closed.escapes] if concept.counters else []
            if not any(not engine.no_better(closed.dm, v, closed.state) for v in (state, *ways)):
                return False
        return meets(closed.improvement)

    def stable(self, concept: SolutionConcept, dm: str, state: int) -> bool:
        """The reference verdict."""
        return isinstance(self.engine.witness(concept, dm, state), Stays)


Falsifier = Callable[[Facts, SolutionConcept, Covers], Iterator[Covers]]
ForClosed = Callable[[Facts, SolutionConcept, Closed], Iterator[Closed]]
FOR_COVERS: dict[str, Falsifier] = {}
FOR_CLOSED: dict[str, ForClosed] = {}


def for_covers(falsifier: Falsifier) -> Falsifier:
    """Enter a falsifier of `Covers`, by its name."""
    FOR_COVERS[falsifier.__name__.replace("_", " ")] = falsifier
    return falsifier


def for_closed(falsifier: ForClosed) -> ForClosed:
    """Enter a falsifier of `Closed`, by its name."""
    FOR_CLOSED[falsifier.__name__.replace("_", " ")] = falsifier
    return falsifier


def with_group(covers: Covers, place: int, group: Group) -> Covers:
    """The certificate with one group replaced."""
    return replace(covers, groups=(*covers.groups[:place], group, *covers.groups[place + 1 :]))


# -- groups ------------------------------------------------------------------------------------------------------------
@for_covers
def group_left_out(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    for place, group in enumerate(covers.groups):
        others = {t for other in covers.groups if other is not group for t in facts.members(covers, other)}
        if set(facts.members(covers, group)) - others:
            yield replace(covers, groups=(*covers.groups[:place], *covers.groups[place + 1 :]))


@for_covers
def group_made_smaller(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    own = facts.space.masks[covers.dm]
    for place, group in enumerate(covers.groups):
        for k in range(own.bit_length()):
            if own & ~(group.taken | group.not_taken) >> k & 1:
                for smaller in (replace(group, taken=group.taken | 1 << k), replace(group, not_taken=group.not_taken | 1 << k)):
                    wrong = with_group(covers, place, smaller)
                    held = {t for other in wrong.groups for t in facts.members(covers, other)}
                    if held != set(facts.gains(covers)):
                        yield wrong


@for_covers
def group_that_is_answered_only_in_part(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    for place, group in enumerate(covers.groups):
        for k in range(facts.space.masks[covers.dm].bit_length()):
            bit = 1 << k
            if (group.taken | group.not_taken) & bit:
                wider = replace(group, taken=group.taken & ~bit, not_taken=group.not_taken & ~bit)
                if not all(facts.follows(concept, covers, t, group.steps) for t in facts.members(covers, wider)):
                    yield with_group(covers, place, wider)


@for_covers
def empty_group(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    own = facts.space.masks[covers.dm]
    steps = covers.groups[0].steps if covers.groups else (("A", 1),)
    yield replace(covers, groups=(*covers.groups, Group(own, own, steps)))


@for_covers
def group_by_options_of_others(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    others = (facts.space.conflict.combinations - 1) & ~facts.space.masks[covers.dm]
    for place, group in enumerate(covers.groups if others else ()):
        yield with_group(covers, place, replace(group, taken=group.taken | others & -others))


@for_covers
def no_step(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    for place, group in enumerate(covers.groups):
        yield with_group(covers, place, replace(group, steps=()))


@for_covers
def other_steps(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    movers = [dm for dm, own in facts.space.masks.items() if own]
    for place, group in enumerate(covers.groups):
        for _ in range(6):
            steps = []
            for _ in range(facts.random.choice((1, 1, 2))):
                mover = facts.random.choice(movers)
                steps.append((mover, facts.space.masks[mover] & facts.random.randrange(1, facts.space.conflict.combinations)))
            wrong = replace(group, steps=tuple(steps))
            if not all(facts.follows(concept, covers, t, wrong.steps) for t in facts.members(covers, group)):
                yield with_group(covers, place, wrong)


@for_covers
def step_by_somebody_else(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    for place, group in enumerate(covers.groups):
        for k, (mover, bits) in enumerate(group.steps):
            for other in (*facts.space.masks, "nobody"):
                steps = (*group.steps[:k], (other, bits), *group.steps[k + 1 :])
                members = facts.members(covers, group)
                if other != mover and not all(facts.follows(concept, covers, t, steps) for t in members):
                    yield with_group(covers, place, replace(group, steps=steps))


@for_covers
def step_of_a_ban_or_direction(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    for place, group in enumerate(covers.groups):
        for k, (mover, bits) in enumerate(group.steps):
            more = facts.space.masks[mover] & ~bits
            for bit in (1 << j for j in range(more.bit_length()) if more >> j & 1):
                steps = (*group.steps[:k], (mover, bits | bit), *group.steps[k + 1 :])
                if not all(facts.follows(concept, covers, t, steps) for t in facts.members(covers, group)):
                    yield with_group(covers, place, replace(group, steps=steps))


@for_covers
def staying_where_they_leave(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    for state in facts.random.sample(facts.space.states.first(50), min(4, facts.space.states.count)):
        if not facts.stable(concept, covers.dm, state):
            yield replace(covers, state=state)


@for_covers
def staying_of_another_party(facts: Facts, concept: SolutionConcept, covers: Covers) -> Iterator[Covers]:
    yield replace(covers, dm="nobody")
    for dm in facts.space.masks:
        if not facts.stable(concept, dm, covers.state):
            yield replace(covers, dm=dm)


# -- conditions --------------------------------------------------------------------------------------------------------
@for_closed
def part_of_the_condition_left_out(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    parts = closed.invariant.parts if isinstance(closed.invariant, And) else (closed.invariant,)
    for place in range(len(parts)):
        rest = (*parts[:place], *parts[place + 1 :])
        weaker: Formula = And(rest) if len(rest) > 1 else rest[0] if rest else TRUE
        if not facts.kept(concept, closed, weaker):
            yield replace(closed, invariant=weaker)


@for_closed
def opposite_condition(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    if not facts.kept(concept, closed, Not(closed.invariant)):
        yield replace(closed, invariant=Not(closed.invariant))


@for_closed
def another_condition(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    from detente.testing.models import random_formula

    keys = [option.key for option in facts.space.conflict.options]
    for _ in range(4):
        invariant = random_formula(facts.random, keys)
        if not facts.kept(concept, closed, invariant):
            yield replace(closed, invariant=invariant)
    yield replace(closed, invariant=Taken("no such option"))


@for_closed
def improvement_that_is_none(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    gains = facts.gains(closed)
    for state in facts.space.states.first(6):
        if state not in gains:
            yield replace(closed, improvement=state)


@for_closed
def leaving_where_they_stay(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    for state in facts.random.sample(facts.space.states.first(50), min(5, facts.space.states.count)):
        if facts.stable(concept, closed.dm, state):
            yield replace(closed, state=state)
            for to in facts.engine.improvements(closed.dm, state)[:2]:
                yield replace(closed, state=state, improvement=to)


@for_closed
def escape_left_out(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    for place in range(len(closed.escapes)):
        wrong = replace(closed, escapes=(*closed.escapes[:place], *closed.escapes[place + 1 :]))
        if not facts.kept(concept, wrong, wrong.invariant):
            yield wrong


@for_closed
def escape_that_is_none(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    own = facts.space.masks[closed.dm]
    yield replace(closed, escapes=(*closed.escapes, ~own & facts.space.conflict.combinations - 1 | 1 << own.bit_length() + 20))
    if not concept.counters:
        yield replace(closed, escapes=(0,))


@for_closed
def proof_left_out(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    for place in range(len(closed.proofs)):
        yield replace(closed, proofs=(*closed.proofs[:place], *closed.proofs[place + 1 :]))


@for_closed
def proof_twice_or_of_nobody(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    yield replace(closed, proofs=(*closed.proofs, closed.proofs[0]))
    yield replace(closed, proofs=(*closed.proofs, Proof("nobody")))
    yield replace(closed, proofs=(*closed.proofs, Proof(closed.dm)))


@for_closed
def proof_of_what_does_not_follow(facts: Facts, concept: SolutionConcept, closed: Closed) -> Iterator[Closed]:
    index = facts.space.conflict.option_index
    weak = [(place, key) for place in range(len(closed.proofs)) for key in index]
    for place, key in facts.random.sample(weak, min(3, len(weak))):
        literal = (index[key] + 1) * facts.random.choice((1, -1))
        if not facts.kept(concept, closed, TRUE):  # then nothing follows from no condition, whatever is put into the proofs
            proofs = [replace(proof, clauses=((literal,), (-literal,))) if k == place else proof for k, proof in enumerate(closed.proofs)]
            yield replace(closed, invariant=TRUE, proofs=tuple(proofs))
