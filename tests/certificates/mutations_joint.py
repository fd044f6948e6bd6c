"""Falsified certificates of simultaneous stability, and all falsifications of a witness of any concept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.concepts.base import SolutionConcept
from detente.concepts.witness import JointAnswer, JointCase, Leaves, Stays, Witness
from tests.certificates.mutations import FOR_ALL, FOR_LEAVES, FOR_STAYS, Facts, Falsifier, into, with_answer

FOR_JOINT: dict[str, Falsifier] = {}
FOR_CASES: dict[str, Falsifier] = {}


def joint(stays: Stays) -> Iterator[tuple[int, JointAnswer]]:
    """The answers by simultaneous changes, with their places."""
    return ((place, answer) for place, answer in enumerate(stays.answers) if isinstance(answer, JointAnswer))


@into(FOR_JOINT)
def nobody_changes(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in joint(stays):
        result = facts.space.state_of(answer.origin ^ answer.flip)
        assert result is not None
        yield with_answer(stays, place, replace(answer, steps=(), result=result))


@into(FOR_JOINT)
def wrong_result(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in joint(stays):
        for wrong in facts.one_of(set(facts.states) - {answer.result}):
            yield with_answer(stays, place, replace(answer, result=wrong))


@into(FOR_JOINT)
def change_that_is_no_improvement(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in joint(stays):
        for other in facts.deciders:
            if other == stays.dm:
                continue
            gains = facts.moves(other, stays.state, improving=True)
            worse = [(f, facts.space.state_of(t)) for f, t in facts.space.flips(other, answer.origin)]
            for flip, to in facts.one_of([(f, t) for f, t in worse if t is not None and t not in gains]):
                result = facts.space.state_of(answer.origin ^ (answer.flip | flip))
                if result is not None:
                    yield with_answer(stays, place, replace(answer, steps=((other, flip, to),), result=result))


@into(FOR_JOINT)
def change_by_the_same_party(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in joint(stays):
        yield with_answer(stays, place, replace(answer, steps=(*answer.steps, (stays.dm, answer.flip, answer.improvement))))


@into(FOR_JOINT)
def changes_twice(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in joint(stays):
        yield with_answer(stays, place, replace(answer, steps=(*answer.steps, answer.steps[0])))


@into(FOR_JOINT)
def change_that_leads_elsewhere(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    for place, answer in joint(stays):
        flip = answer.flip ^ (1 << facts.random.randrange(len(facts.space.conflict.options)))
        if facts.space.state_of(answer.origin ^ flip) != answer.improvement:
            yield with_answer(stays, place, replace(answer, flip=flip))


@into(FOR_JOINT)
def origin_elsewhere(facts: Facts, concept: SolutionConcept, stays: Stays) -> Iterator[Witness]:
    elsewhere = set(range(facts.space.conflict.combinations)) - set(facts.space.members(stays.state))
    for place, answer in joint(stays):
        for origin in facts.one_of(elsewhere):
            yield with_answer(stays, place, replace(answer, origin=origin))


def with_case(leaves: Leaves, place: int, *cases: JointCase) -> Leaves:
    """The witness with one case replaced by others."""
    return replace(leaves, cases=(*leaves.cases[:place], *cases, *leaves.cases[place + 1 :]))


@into(FOR_CASES)
def case_left_out(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place in range(len(leaves.cases)):
        yield with_case(leaves, place)


@into(FOR_CASES)
def case_twice(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place, case in enumerate(leaves.cases):
        yield with_case(leaves, place, case, case)


@into(FOR_CASES)
def case_instead_of_another(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place, case in enumerate(leaves.cases):
        if len(leaves.cases) > 1 and case != leaves.cases[place - 1]:
            yield with_case(leaves, place, leaves.cases[place - 1])


@into(FOR_CASES)
def case_with_a_wrong_result(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for place, case in enumerate(leaves.cases):
        for wrong in facts.one_of({None, *facts.states} - {case.result}):
            yield with_case(leaves, place, replace(case, result=wrong))


@into(FOR_CASES)
def case_that_nobody_can_make(facts: Facts, concept: SolutionConcept, leaves: Leaves) -> Iterator[Witness]:
    for other in facts.deciders:
        if other != leaves.dm and not facts.moves(other, leaves.state, improving=True):
            yield replace(leaves, cases=(*leaves.cases, JointCase(leaves.state, 1, ((other, 1),), None)))


def falsified(facts: Facts, concept: SolutionConcept, witness: Witness) -> Iterator[tuple[str, Witness]]:
    """Every falsification of an accepted witness, with its kind."""
    tables = [FOR_ALL]
    if isinstance(witness, Stays):
        tables += [FOR_JOINT if concept.key == "SIM" else FOR_STAYS]
    else:
        tables += [FOR_LEAVES, *([FOR_CASES] if concept.key == "SIM" else [])]
    for table in tables:
        for kind, falsifier in table.items():
            for wrong in falsifier(facts, concept, witness):
                yield kind, wrong
