"""The claim that certain sets of moves are all the minimal ones without which a decision maker leaves a state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.fear import Grouping, Removed, SanctionCore, kinds_of
from detente.analysis.claims.hitting import TooManyError, hitting
from detente.concepts.witness import Answer, JointAnswer, Stays
from detente.space.states import StateSpace


def steps_of(state: int, answer: Answer | JointAnswer) -> Iterator[tuple[str, int, int]]:
    """The moves of the others that an answer to an improvement from a state is made of: who, from, to.

    >>> from detente.concepts.witness import Step
    >>> list(steps_of(0, Answer(1, (Step("B", 3), Step("C", 7)))))
    [('B', 1, 3), ('C', 3, 7)]
    """
    if isinstance(answer, JointAnswer):
        for who, _, to in answer.steps:
            yield who, state, to
        return
    now = answer.improvement
    for step in answer.steps:
        yield step.mover, now, step.to
        now = step.to


def groups_of(space: StateSpace, grouping: Grouping, state: int, answer: Answer | JointAnswer) -> frozenset[Removed]:
    """All groups of moves any of which takes an answer away."""
    found: frozenset[Removed] = frozenset()
    for who, start, to in steps_of(state, answer):
        found |= kinds_of(space, grouping, who, start, to)
    return found


@dataclass(frozen=True)
class AllCores(Claim):
    """Whoever takes moves from others so that a decision maker leaves a state takes all of one of these sets, or more.

    Parameters
    ----------
    cores
        The sets, each with its own proof.
    now
        Witnesses that the decision maker stays, each with an answer to every improvement.  A set of moves that leaves an improvement
        without an answer has a move of each answer to it that is listed, and every minimal such set holds one of the cores.
    grouping
        By what moves are taken away.
    """

    kind: ClassVar[str] = "all sanction cores"
    grouping: Grouping
    cores: tuple[SanctionCore, ...]
    now: tuple[Stays, ...]

    def check(self, space: StateSpace) -> None:
        """Check the cores and the witnesses, and work out for each improvement the minimal sets that meet all its listed answers."""
        need(bool(self.now), "now: no witness")
        first, checker = self.now[0], Checker(space)
        for witness in self.now:
            need(isinstance(witness, Stays), "now: they leave")
            need((witness.dm, witness.state, witness.concept) == (first.dm, first.state, first.concept), "now: of different verdicts")
            refused = checker.check(witness)
            need(refused is None, f"now: {refused}")
        found = []
        for core in self.cores:
            about = (core.grouping, core.now.dm, core.now.state, core.now.concept)
            need(about == (self.grouping, first.dm, first.state, first.concept), "cores: of another verdict")
            core.check(space)
            found.append(frozenset(core.removed))
        need(len(set(found)) == len(found), "cores: one is listed twice")
        answers: dict[int, set[frozenset[Removed]]] = {}
        for witness in self.now:
            for answer in witness.answers:
                answers.setdefault(answer.improvement, set()).add(groups_of(space, self.grouping, first.state, answer))
        for improvement, listed in answers.items():
            self._covered(improvement, listed, found)

    def _covered(self, improvement: int, listed: set[frozenset[Removed]], found: list[frozenset[Removed]]) -> None:
        groups = sorted({group for one in listed for group in one})
        place = {group: 1 << k for k, group in enumerate(groups)}
        cores = [sum(place[group] for group in core) for core in found if core <= set(groups)]
        try:
            minimal = hitting(sum(place[group] for group in one) for one in listed)
        except TooManyError:
            need(False, f"size: too many sets take all answers to {improvement} away")
            return
        for mask in minimal:
            need(any(core & mask == core for core in cores), f"cores: one that takes all answers to {improvement} away is missing")
