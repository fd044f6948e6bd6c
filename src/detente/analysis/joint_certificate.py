"""The checker of certificates for simultaneous sanctioning: all changes are made at once from one combination."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal, Protocol

from detente.analysis.refused import need
from detente.concepts.witness import JointAnswer, Leaves, Stays
from detente.space.states import StateSpace


class Facts(Protocol):
    """What is looked up."""

    space: StateSpace
    decision_makers: tuple[str, ...]

    def moves(self, dm: str, state: int, kind: Literal["any", "improving"] = "any") -> tuple[int, ...]:
        """The states that a decision maker can move to."""
        ...

    def prefers(self, dm: str, state: int, other: int) -> bool:
        """Whether a decision maker prefers a state to another."""
        ...

    def state(self, state: int) -> None:
        """Refuse what is no state."""
        ...


def _joint(facts: Facts, dm: str, state: int, origin: int, flip: int) -> Iterator[tuple[frozenset[tuple[str, int]], int | None]]:
    """Every non-empty choice of one improvement each by some of the others, with the state that all changes give."""
    menus: list[list[tuple[str, int]]] = []
    for other in facts.decision_makers:
        gains = facts.moves(other, state, "improving") if other != dm else ()
        menus.append([("", 0), *((other, f) for f, t in facts.space.flips(other, origin) if facts.space.state_of(t) in gains)])
    for choice in product(*menus):
        made = frozenset(change for change in choice if change[0])
        together = flip
        for _, bits in made:
            together |= bits
        if made:
            yield made, facts.space.state_of(origin ^ together)


def check_joint_answer(facts: Facts, stays: Stays, answer: JointAnswer) -> None:
    """Refuse an answer by several at once that does not deter the decision maker from its improvement."""
    origin, together = answer.origin, answer.flip
    need(origin in facts.space.members(stays.state), f"origin: {origin} is not in {stays.state}")
    _change(facts, stays.dm, origin, answer.flip, answer.improvement)
    movers = [who for who, _, _ in answer.steps]
    need(bool(movers) and len(set(movers)) == len(movers) and stays.dm not in movers, f"joint: {movers} change at once")
    for who, bits, to in answer.steps:
        need(who in facts.decision_makers and to in facts.moves(who, stays.state, "improving"), f"step: {to} is no improvement of {who}")
        _change(facts, who, origin, bits, to)
        together |= bits
    facts.state(answer.result)
    need(facts.space.state_of(origin ^ together) == answer.result, f"joint: the changes do not give {answer.result}")
    need(not facts.prefers(stays.dm, answer.result, stays.state), f"sanction: {stays.dm} prefers {answer.result}")


def _change(facts: Facts, dm: str, origin: int, flip: int, to: int) -> None:
    need(facts.space.may_change(dm, origin, flip), f"change: {dm} can't change {flip} from {origin}")
    need(facts.space.state_of(origin ^ flip) == to, f"change: {flip} from {origin} does not lead to {to}")


def check_cases(facts: Facts, leaves: Leaves) -> None:
    """Refuse cases that are not all choices of changes by the others, or one of which would deter."""
    listed = [(case.origin, case.flip, frozenset(case.flips), case.result) for case in leaves.cases]
    expected = {
        (origin, flip, made, result)
        for origin in facts.space.members(leaves.state)
        for flip, target in facts.space.flips(leaves.dm, origin)
        if facts.space.state_of(target) == leaves.improvement
        for made, result in _joint(facts, leaves.dm, leaves.state, origin, flip)
    }
    need(len(listed) == len(expected) and set(listed) == expected, f"cases: {len(listed)} listed, there are {len(expected)}")
    for _, _, _, result in listed:
        need(result is None or facts.prefers(leaves.dm, result, leaves.state), f"deterred: {leaves.dm} does not prefer {result}")
