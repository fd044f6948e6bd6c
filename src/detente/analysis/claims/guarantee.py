"""Claims about guarantees: with some measures taken a wanted state holds and can be had, and with just a part of them it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.outcome import Outcome
from detente.analysis.claims.together import NothingElse, verdicts
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Leaves, Stays, Witness
from detente.errors import ConflictError
from detente.model.measure import Measure
from detente.model.trying import tried
from detente.space.states import StateSpace


def carried(before: StateSpace, after: StateSpace, state: int) -> int:
    """What a state has become in a changed conflict: the state in which the same options are taken, new ones not.

    Raises `RefusedError` where that can't occur.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> carried(space, space, 1)
    1
    """
    found = after.state_of(after.conflict.combination(before.conflict.taken(state)))
    need(found is not None, f"state: {state} can't occur there")
    assert found is not None
    return found


@dataclass(frozen=True)
class Unreached(Claim):
    """No way of improvements that somebody would begin, and no group that gains, leads from one state to another.

    Parameters
    ----------
    start, to
        The states.
    profile
        For each decision maker (key) the key of a concept.
    starts
        That everybody stays at the start, so that improvements lead nowhere; or empty.
    reached
        Where somebody leaves: all that improvements reach from the start, as (state, last mover, length of a shortest sequence).
    limit
        That the group of all who prefer the end to the start can't bring it about; None where there are not two of them.
    """

    kind: ClassVar[str] = "unreached"
    start: int
    to: int
    profile: tuple[tuple[str, str], ...]
    starts: tuple[Witness, ...]
    reached: tuple[tuple[int, str, int], ...]
    limit: NothingElse | None

    def check(self, space: StateSpace) -> None:
        """Check that everybody stays, or that improvements reach nothing else, and what the greatest group that gains can do."""
        checker = Checker(space)
        need(space.states.contains(self.start) and space.states.contains(self.to), "states: not both are states")
        known = {concept.key for concept in all_concepts()}
        need(tuple(dm for dm, _ in self.profile) == checker.decision_makers, "profile: not one concept for each decision maker")
        need(all(key in known for _, key in self.profile), f"profile: {self.profile}")
        if self.starts:
            verdicts(checker, self.starts, self.start)
            need(all(isinstance(witness, Stays) for witness in self.starts), "starts: somebody leaves")
            need({(witness.dm, witness.concept) for witness in self.starts} == set(self.profile), "starts: under other concepts")
        else:
            lengths = {(state, mover): length for state, mover, length in self.reached}
            refused = checker.check_reached(self.start, checker.decision_makers, "improving", lengths)
            need(refused is None, f"reached: {refused}")
            need(all(state != self.to for state, _ in lengths), "reached: the end is among them")
        group = tuple(dm for dm in checker.decision_makers if checker.prefers(dm, self.to, self.start))
        if self.limit is None:
            need(len(group) < 2, f"limit: {group} may bring it about")
            return
        need((self.limit.coalition, self.limit.start) == (group, self.start), "limit: of another group")
        self.limit.check(space)
        need(not self.limit.improvements >> self.to & 1, "limit: they can bring it about")


@dataclass(frozen=True)
class Guarantee(Claim):
    """With measures taken, a wanted state holds (and is reached); with none, or just some of them, it does not.

    Parameters
    ----------
    target
        The wanted state, in the conflict as it is.
    wanted
        All wanted states there, as an integer.
    start
        The start there.
    measures
        The measures: bans, new owners of options, and what the analyst listed.
    outcome
        That it holds (and is reached) in the conflict with all of them; states as they are there.
    lacking
        For every proper part of the measures, by their places from 0, somebody who leaves the state, or that nothing leads there.
    """

    kind: ClassVar[str] = "guarantee"
    target: int
    wanted: int
    start: int
    measures: tuple[Measure, ...]
    outcome: Outcome
    lacking: tuple[tuple[tuple[int, ...], Leaves | Unreached], ...]

    @property
    def cost(self) -> int:
        """What the measures cost together, and one for a move that a group has to make together."""
        return sum(measure.cost for measure in self.measures) + (1 if self.outcome.together else 0)

    def check(self, space: StateSpace) -> None:
        """Check the outcome in the conflict with the measures, and each part of them in the conflict with just that part."""
        need(space.states.contains(self.target) and space.states.contains(self.start), "states: no states")
        need(self.outcome.want in ("hold", "reach"), f"want: {self.outcome.want}")
        need(bool(self.wanted >> self.target & 1) and not self.wanted & ~space.states.bits, "wanted: the target is not")
        after = self._after(space, tuple(range(len(self.measures))))
        need((self.outcome.target, self.outcome.start) == self._ends(space, after), "outcome: of other states")
        need(self.outcome.targets == 1 << carried(space, after, self.target), "outcome: of other wanted states")
        self.outcome.verify(after)
        places = range(len(self.measures))
        parts = list(chain.from_iterable(combinations(places, n) for n in range(len(self.measures))))
        need([part for part, _ in self.lacking] == parts, f"lacking: there are {len(parts)} parts")
        profile: Mapping[str, str] = dict(self.outcome.profile)
        for part, shown in self.lacking:
            there = self._after(space, part)
            target, start = self._ends(space, there)
            if isinstance(shown, Leaves):
                need((shown.state, shown.concept) == (target, profile.get(shown.dm)), f"lacking: of another verdict, for {part}")
                refused = Checker(there).check(shown)
                need(refused is None, f"lacking: {refused}")
            else:
                need(self.outcome.want == "reach", f"lacking: {part} is not asked to lead there")
                need((shown.start, shown.to, shown.profile) == (start, target, self.outcome.profile), "lacking: of another way")
                shown.check(there)

    def _after(self, space: StateSpace, part: tuple[int, ...]) -> StateSpace:
        try:
            return StateSpace(tried(space.conflict, [self.measures[place] for place in part]))
        except ConflictError as problem:
            need(False, f"measures: {problem.diagnostics[0].message}")
            raise

    def _ends(self, space: StateSpace, after: StateSpace) -> tuple[int, int]:
        return carried(space, after, self.target), carried(space, after, self.start)
