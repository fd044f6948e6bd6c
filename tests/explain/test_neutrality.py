"""Explanations take no side: other names and another order of the parties change the names and the order, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest

from detente.concepts.registry import all_concepts
from detente.concepts.witness import Answer, JointAnswer, JointCase, Leaves, Reached, Stays, Step, Witness
from detente.engines.single import SingleEngine
from detente.explain.sentence import Explanation
from detente.explain.verdict import verdict
from detente.model.conflict import Conflict, in_owner_order
from detente.space.states import StateSpace
from tests.certificates.conflicts import elmira, random_conflict

NEW_NAMES = {"A": "Zulu", "B": "Yankee", "C": "Xray", "D": "Whisky", "E": "Victor"}


def every_witness(conflict: Conflict, random: Random, count: int) -> Iterator[Witness]:
    """Witnesses of a conflict, drawn at random."""
    engine = SingleEngine(StateSpace(conflict))
    asked = [(c, dm, state) for c in all_concepts() for dm in engine.decision_makers for state in engine.space.states.each()]
    for c, dm, state in random.sample(asked, min(count, len(asked))):
        yield engine.witness(c, dm, state)


def mapped(witness: Witness, state: Callable[[int], int], party: Callable[[str], str], flip: Callable[[int], int]) -> Witness:
    """The same witness with other names of states, parties and changes."""

    def answer(one: Answer | JointAnswer) -> Answer | JointAnswer:
        if isinstance(one, Answer):
            steps = tuple(Step(party(s.mover), state(s.to)) for s in one.steps)
            return Answer(state(one.improvement), steps, tuple(map(state, one.escapes)))
        others = tuple((party(who), flip(bits), state(to)) for who, bits, to in one.steps)
        return JointAnswer(state(one.improvement), state(one.origin), flip(one.flip), others, state(one.result))

    def reached(one: Reached) -> Reached:
        return Reached(state(one.state), tuple(map(party, one.last)), one.after, None if one.escape is None else state(one.escape))

    def case(one: JointCase) -> JointCase:
        flips = tuple((party(who), flip(bits)) for who, bits in one.flips)
        return JointCase(state(one.origin), flip(one.flip), flips, None if one.result is None else state(one.result))

    if isinstance(witness, Stays):
        return Stays(witness.concept, party(witness.dm), state(witness.state), tuple(map(answer, witness.answers)))
    shown = tuple(map(reached, witness.reached)), tuple(map(case, witness.cases))
    return Leaves(witness.concept, party(witness.dm), state(witness.state), state(witness.improvement), *shown)


def same(number: int) -> int:
    """Nothing is changed."""
    return number


@pytest.mark.parametrize("block", range(4))
def test_other_names(block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        conflict = random_conflict(Random(seed))
        deciders = tuple(replace(dm, key=NEW_NAMES[dm.key]) for dm in conflict.decision_makers)
        options = tuple(replace(option, owners=tuple(NEW_NAMES[o] for o in option.owners)) for option in conflict.options)
        renamed = replace(conflict, decision_makers=deciders, options=options)
        one, other = StateSpace(conflict), StateSpace(renamed)
        for witness in every_witness(conflict, Random(seed), 15):
            text = verdict(one, witness).text(limit=None, width=10**6)
            again = verdict(other, mapped(witness, same, NEW_NAMES.__getitem__, same)).text(limit=None, width=10**6)
            for old, new in NEW_NAMES.items():
                again = re.sub(rf"\b{new}\b", old, again)
            assert again == text


def skeleton(told: Explanation) -> Counter[tuple[str, ...]]:
    """The words of each sentence in alphabetical order, without numbers and choices, which follow the order of the options."""
    found: Counter[tuple[str, ...]] = Counter()
    for sentence in told.sentences():
        words = re.sub(r"\([YN-]+", "(", sentence.text)
        found[tuple(sorted(re.findall(r"[^\W\d]+", words)))] += 1
    return found


def reordered(conflict: Conflict, random: Random) -> Conflict:
    """The conflict with its parties, and with them their options, in another order."""
    deciders = list(conflict.decision_makers)
    random.shuffle(deciders)
    return replace(conflict, decision_makers=tuple(deciders), options=in_owner_order(tuple(deciders), conflict.options))


@pytest.mark.parametrize("block", range(4))
def test_another_order(block: int) -> None:
    compared = 0
    for seed in range(block * 25, block * 25 + 25):
        conflict = random_conflict(Random(seed)) if seed else elmira()
        other = reordered(conflict, Random(seed))
        space, moved = StateSpace(conflict), StateSpace(other)
        if space.classes and seed:  # which member stands for a merged state depends on the order of the options
            continue

        def flip(bits: int, one: Conflict = conflict, two: Conflict = other) -> int:
            return two.combination(one.taken(bits))

        def state(combination: int, flip: Callable[[int], int] = flip, moved: StateSpace = moved) -> int:
            found = moved.state_of(flip(combination))
            assert found is not None
            return found

        for witness in every_witness(conflict, Random(seed), 15):
            if space.classes and witness.concept == "SIM":
                continue
            told, again = verdict(space, witness), verdict(moved, mapped(witness, state, str, flip))
            assert skeleton(again) == skeleton(told)
            assert set(again.elements) == set(told.elements)
            assert Counter(again.states) == Counter(map(state, told.states))
            compared += 1
    assert compared > 100
