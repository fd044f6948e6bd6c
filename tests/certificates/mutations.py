"""Falsified certificates, each wrong for a reason that is read off the naive definitions, not off the checker.

A falsifier gets an accepted witness and yields witnesses that prove nothing; where a change could happen to leave a valid certificate it
is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Answer, JointAnswer, Leaves, Reached, Stays, Step, Witness
from detente.space.states import StateSpace
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel
from tests.definitions.sequences import last_movers, sequences


@dataclass
class Facts:
    """A conflict as the naive definitions see it; states are the program's (combinations)."""

    space: StateSpace
    plain: PlainModel
    random: Random

    def __post_init__(self) -> None:
        self.states = tuple(self.space.states.each())
        self.deciders = tuple(self.plain.decision_makers)
        self._verdicts: dict[tuple[str, str, int], bool] = {}

    def number(self, state: int) -> int:
        """The number of a state."""
        return self.states.index(state) + 1

    def state(self, number: int) -> int:
        """The state with a number."""
        return self.states[number - 1]

    def moves(self, dm: str, state: int, improving: bool = False) -> set[int]:
        """R_i, or R_i^+."""
        return {self.state(n) for n in self.plain.steps(dm, self.number(state), improving)}

    def better(self, dm: str, state: int, than: int) -> bool:
        """Strict preference."""
        return self.plain.better(dm, self.number(state), self.number(than))

    def stable(self, concept: str, dm: str, state: int) -> bool:
        """The verdict of the naive definition."""
        key = (concept, dm, state)
        if key not in self._verdicts:
            self._verdicts[key] = DEFINITIONS[concept](self.plain, dm, self.number(state))
        return self._verdicts[key]

    def omega(self, dm: str, start: int, improving: bool) -> dict[int, set[str]]:
        """Everything that the others reach from a state, with the last movers."""
        group = [other for other in self.deciders if other != dm]
        found = last_movers(self.plain, group, self.number(start), improving)
        return {self.state(n): who for n, who in found.items()}

    def one_of(self, items: Any) -> Iterator[Any]:
        """One item at random, or none if there are none."""
        listed = sorted(items, key=repr)
        if listed:
            yield self.random.choice(listed)


Falsifier = Callable[[Facts, SolutionConcept, Any], Iterator[Witness]]
FOR_STAYS: dict[str, Falsifier] = {}
FOR_LEAVES: dict[str, Falsifier] = {}
FOR_ALL: dict[str, Falsifier] = {}


def into(table: dict[str, Falsifier]) -> Callable[[Falsifier], Falsifier]:
    """Enter a falsifier in a table, by its name."""

    def enter(falsifier: Falsifier) -> Falsifier:
        table[falsifier.__name__.replace("_", " ")] = falsifier
        return falsifier

    return enter


def with_answer(stays: Stays, place: int, answer: Answer | JointAnswer) -> Stays:
    """The witness with one answer replaced."""
    return replace(stays, answers=(*stays.answers[:place], answer, *stays.answers[place + 1 :]))


def answers(stays: Stays) -> Iterator[tuple[int, Answer]]:
    """The answers by sequences, with their places."""
    return ((place, answer) for place, answer in enumerate(stays.answers) if isinstance(answer, Answer))


# -- answers by sequences ----------------------------------------------------------------------------------------------
@into(FOR_STAYS)
def missing_improvement(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place in range(len(stays.answers)):
        yield replace(stays, answers=stays.answers[:place] + stays.answers[place + 1 :])


@into(FOR_STAYS)
def improvement_twice(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for answer in stays.answers[:1]:
        yield replace(stays, answers=(*stays.answers, answer))


@into(FOR_STAYS)
def improvement_that_is_none(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    gains = facts.moves(stays.dm, stays.state, improving=True)
    for place, answer in answers(stays):
        for wrong in facts.one_of(set(facts.states) - gains):
            yield with_answer(stays, place, replace(answer, improvement=wrong))


@into(FOR_STAYS)
def move_that_is_none(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays):
        now = answer.improvement
        for k, step in enumerate(answer.steps):
            for wrong in facts.one_of(set(facts.states) - facts.moves(step.mover, now)):
                steps = (*answer.steps[:k], Step(step.mover, wrong), *answer.steps[k + 1 :])
                yield with_answer(stays, place, replace(answer, steps=steps))
            now = step.to


@into(FOR_STAYS)
def no_step(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays):
        yield with_answer(stays, place, replace(answer, steps=()))


@into(FOR_STAYS)
def answer_by_the_same_party(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays):
        for to in facts.one_of(facts.moves(stays.dm, answer.improvement)):
            yield with_answer(stays, place, replace(answer, steps=(Step(stays.dm, to),)))


@into(FOR_STAYS)
def twice_in_a_row(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays):
        for other in facts.deciders:
            if other != stays.dm:
                for first in facts.one_of(facts.moves(other, answer.improvement)):
                    for second in facts.one_of(facts.moves(other, first)):
                        yield with_answer(stays, place, replace(answer, steps=(Step(other, first), Step(other, second))))


@into(FOR_STAYS)
def sanction_that_is_preferred(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    group = [other for other in facts.deciders if other != stays.dm]
    for place, answer in answers(stays):
        walks = sequences(facts.plain, group, facts.number(answer.improvement), concept.answers == "improving", 2)
        hurting = [walk for walk in walks if facts.better(stays.dm, facts.state(walk[-1][1]), stays.state)]
        for walk in facts.one_of(hurting):
            steps = tuple(Step(who, facts.state(n)) for who, n in walk)
            escapes = tuple(sorted(facts.moves(stays.dm, steps[-1].to))) if concept.counters else ()
            yield with_answer(stays, place, Answer(answer.improvement, steps, escapes))


@into(FOR_STAYS)
def step_that_is_no_improvement(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays) if concept.answers == "improving" else ():
        for other in facts.deciders:
            if other != stays.dm:
                losing = facts.moves(other, answer.improvement) - facts.moves(other, answer.improvement, improving=True)
                for to in facts.one_of(losing):
                    escapes = tuple(sorted(facts.moves(stays.dm, to))) if concept.counters else ()
                    yield with_answer(stays, place, Answer(answer.improvement, (Step(other, to),), escapes))


@into(FOR_STAYS)
def sanction_that_is_escaped(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays) if concept.counters else ():
        for other in facts.deciders:
            for to in facts.one_of(facts.moves(other, answer.improvement, concept.answers == "improving")) if other != stays.dm else ():
                escapes = facts.moves(stays.dm, to)
                if any(facts.better(stays.dm, v, stays.state) for v in escapes):
                    for listed in (escapes, {v for v in escapes if not facts.better(stays.dm, v, stays.state)}):
                        yield with_answer(stays, place, Answer(answer.improvement, (Step(other, to),), tuple(sorted(listed))))


@into(FOR_STAYS)
def escape_left_out(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays):
        for out in facts.one_of(answer.escapes):
            yield with_answer(stays, place, replace(answer, escapes=tuple(v for v in answer.escapes if v != out)))


@into(FOR_STAYS)
def escape_that_is_none(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in answers(stays):
        there = facts.moves(stays.dm, answer.steps[-1].to) if concept.counters else set()
        for wrong in facts.one_of(set(facts.states) - there):
            yield with_answer(stays, place, replace(answer, escapes=tuple(sorted((*answer.escapes, wrong)))))


# -- leaving for want of an answer -------------------------------------------------------------------------------------
def listed(facts: Facts, dm: str, improvement: int, concept: SolutionConcept, like: tuple[Reached, ...]) -> tuple[Reached, ...]:
    """What the others reach, by the naive definition, with lengths and escapes as another witness has them, else 1 and none."""
    known = {case.state: case for case in like}
    result = []
    for state, who in sorted(facts.omega(dm, improvement, concept.answers == "improving").items()):
        old = known.get(state)
        lengths = dict(zip(old.last, old.after, strict=True)) if old else {}
        last = tuple(other for other in facts.deciders if other in who)
        result.append(Reached(state, last, tuple(lengths.get(other, 1) for other in last), old.escape if old else None))
    return tuple(result)


@into(FOR_LEAVES)
def improvement_that_is_no_improvement(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for wrong in facts.one_of(set(facts.states) - facts.moves(leaves.dm, leaves.state, improving=True)):
        yield replace(leaves, improvement=wrong)
    for worse in facts.one_of(facts.moves(leaves.dm, leaves.state) - facts.moves(leaves.dm, leaves.state, improving=True)):
        yield replace(leaves, improvement=worse)


@into(FOR_LEAVES)
def reached_state_left_out(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place in range(len(leaves.reached)):
        yield replace(leaves, reached=leaves.reached[:place] + leaves.reached[place + 1 :])


@into(FOR_LEAVES)
def last_mover_left_out(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place, case in enumerate(leaves.reached):
        for k in range(len(case.last)):
            fewer = replace(case, last=case.last[:k] + case.last[k + 1 :], after=case.after[:k] + case.after[k + 1 :])
            yield replace(leaves, reached=(*leaves.reached[:place], fewer, *leaves.reached[place + 1 :]))


@into(FOR_LEAVES)
def state_that_is_not_reached(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    omega = facts.omega(leaves.dm, leaves.improvement, concept.answers == "improving") if concept.answers else {}
    wanted = {s for s in facts.states if facts.better(leaves.dm, s, leaves.state)}  # would deter nobody, so nothing else is wrong
    for wrong in facts.one_of(wanted - omega.keys()):
        for other in facts.one_of(set(facts.deciders) - {leaves.dm}):
            extra = Reached(wrong, (other,), (facts.random.randint(1, 3),))
            yield replace(leaves, reached=tuple(sorted((*leaves.reached, extra), key=lambda case: case.state)))


@into(FOR_LEAVES)
def last_mover_that_is_none(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    omega = facts.omega(leaves.dm, leaves.improvement, concept.answers == "improving") if concept.answers else {}
    for place, case in enumerate(leaves.reached):
        for other in facts.one_of(set(facts.deciders) - omega[case.state]):
            more = replace(case, last=(*case.last, other), after=(*case.after, facts.random.randint(1, 3)))
            yield replace(leaves, reached=(*leaves.reached[:place], more, *leaves.reached[place + 1 :]))


@into(FOR_LEAVES)
def wrong_length(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place, case in enumerate(leaves.reached):
        k = facts.random.randrange(len(case.after))
        change = facts.random.choice([-2, -1, 1, 2])
        wrong = replace(case, after=(*case.after[:k], case.after[k] + change, *case.after[k + 1 :]))
        yield replace(leaves, reached=(*leaves.reached[:place], wrong, *leaves.reached[place + 1 :]))


@into(FOR_LEAVES)
def wrong_escape(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place, case in enumerate(leaves.reached):
        good = {v for v in facts.moves(leaves.dm, case.state) if facts.better(leaves.dm, v, leaves.state)}
        wrong: set[int | None] = {None, *facts.states} - good if case.escape is not None else set(facts.states)
        for escape in facts.one_of(wrong):
            yield replace(leaves, reached=(*leaves.reached[:place], replace(case, escape=escape), *leaves.reached[place + 1 :]))


@into(FOR_LEAVES)
def improvement_that_is_answered(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    if concept.answers and not concept.counters:
        for other in facts.moves(leaves.dm, leaves.state, improving=True):
            omega = facts.omega(leaves.dm, other, concept.answers == "improving")
            if any(not facts.better(leaves.dm, u, leaves.state) for u in omega):
                yield replace(leaves, improvement=other, reached=listed(facts, leaves.dm, other, concept, leaves.reached))


# -- of any kind -------------------------------------------------------------------------------------------------------
@into(FOR_ALL)
def other_concept(facts: Facts, concept: SolutionConcept, witness: Witness) -> Iterator[Witness]:
    for other in all_concepts():
        if facts.stable(other.key, witness.dm, witness.state) != isinstance(witness, Stays):
            yield replace(witness, concept=other.key)


@into(FOR_ALL)
def other_party(facts: Facts, concept: SolutionConcept, witness: Witness) -> Iterator[Witness]:
    for other in facts.deciders:
        if facts.stable(concept.key, other, witness.state) != isinstance(witness, Stays):
            yield replace(witness, dm=other)
    yield replace(witness, dm="nobody")


@into(FOR_ALL)
def other_state(facts: Facts, concept: SolutionConcept, witness: Witness) -> Iterator[Witness]:
    opposite = [s for s in facts.states if facts.stable(concept.key, witness.dm, s) != isinstance(witness, Stays)]
    for state in facts.one_of(opposite):
        yield replace(witness, state=state)
    for nowhere in facts.one_of(set(range(facts.space.conflict.combinations + 1)) - set(facts.states)):
        yield replace(witness, state=nowhere)


@into(FOR_ALL)
def other_verdict(facts: Facts, concept: SolutionConcept, witness: Witness) -> Iterator[Witness]:
    if isinstance(witness, Leaves):
        yield Stays(witness.concept, witness.dm, witness.state, ())
        gains = sorted(facts.moves(witness.dm, witness.state, improving=True))
        steps: list[tuple[Step, ...]] = [(Step(o, t),) for o in facts.deciders for t in facts.moves(o, gains[0]) if o != witness.dm]
        yield Stays(witness.concept, witness.dm, witness.state, tuple(Answer(t, facts.random.choice(steps or [()])) for t in gains))
    else:
        for improvement in facts.moves(witness.dm, witness.state):
            reached = listed(facts, witness.dm, improvement, concept, ()) if concept.answers else ()
            yield Leaves(witness.concept, witness.dm, witness.state, improvement, reached)
