"""Why a verdict lasts: of which comparisons of states a witness makes use.

A witness found for some orders of the decision makers shows the same verdict for all orders that make the same comparisons.  What it
needs of each decision maker are patterns (see `priority_orders`) whose second state is better, and patterns whose second state is not.
So one witness settles very many changes of statements at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from detente.analysis.unlock.priority_orders import Pattern, Statements
from detente.concepts.registry import concept
from detente.concepts.witness import Answer, JointAnswer, Leaves, Stays, Step, Witness
from detente.engines.single import SingleEngine


@dataclass
class Reason:
    """Comparisons that suffice for something.

    Parameters
    ----------
    better
        For some decision makers (keys) patterns whose second state must be better.
    not_better
        For some decision makers patterns whose second state must not be better.
    """

    better: dict[str, set[Pattern]] = field(default_factory=dict)
    not_better: dict[str, set[Pattern]] = field(default_factory=dict)

    def joined(self, other: Reason) -> Reason:
        """What suffices for both."""
        found = Reason()
        for part in (self, other):
            for dm, patterns in part.better.items():
                found.better.setdefault(dm, set()).update(patterns)
            for dm, patterns in part.not_better.items():
                found.not_better.setdefault(dm, set()).update(patterns)
        return found


class Reasons:
    """Takes reasons from witnesses.

    Parameters
    ----------
    engine
        The engine that gave them; gives the moves, and the orders as they were then.
    statements
        For each decision maker (key) the statements.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("euphrates-1975"))
    >>> engine = SingleEngine(space)
    >>> reasons = Reasons(engine, {dm: Statements(space, dm) for dm in engine.decision_makers})
    >>> reason = reasons.of(engine.witness(concept("Nash"), "Syria", space.state(2)))
    >>> reason.better
    {'Syria': {(9, 0, 0)}}
    """

    def __init__(self, engine: SingleEngine, statements: Mapping[str, Statements]) -> None:
        self.engine = engine
        self.statements = statements

    def of(self, witness: Witness) -> Reason:
        """What suffices for the verdict of a witness."""
        reason = Reason()
        if isinstance(witness, Stays):
            self._stays(reason, witness)
        else:
            self._leaves(reason, witness)
        return reason

    def _better(self, reason: Reason, dm: str, state: int, others: Iterable[int]) -> None:
        if found := {self.statements[dm].pattern(state, other) for other in others}:
            reason.better.setdefault(dm, set()).update(found)

    def _not_better(self, reason: Reason, dm: str, state: int, others: Iterable[int]) -> None:
        if found := {self.statements[dm].pattern(state, other) for other in others}:
            reason.not_better.setdefault(dm, set()).update(found)

    def _stays(self, reason: Reason, witness: Stays) -> None:
        dm, state = witness.dm, witness.state
        answered = {answer.improvement for answer in witness.answers}
        self._not_better(reason, dm, state, (t for t in self.engine.moves(dm, state) if t not in answered))
        credible = concept(witness.concept).answers == "improving"
        for answer in witness.answers:
            if isinstance(answer, JointAnswer):
                self._not_better(reason, dm, state, (answer.result,))
                for who, _, to in answer.steps:
                    self._better(reason, who, state, (to,))
                continue
            self._not_better(reason, dm, state, (answer.steps[-1].to, *answer.escapes))
            if credible:
                self._steps(reason, answer)

    def _steps(self, reason: Reason, answer: Answer) -> None:
        """Each step is an improvement of its mover."""
        reason_of = self.way(answer.improvement, answer.steps)
        for dm, patterns in reason_of.better.items():
            reason.better.setdefault(dm, set()).update(patterns)

    def way(self, start: int, steps: Iterable[Step]) -> Reason:
        """What suffices for a sequence to be one of improvements."""
        reason, now = Reason(), start
        for step in steps:
            self._better(reason, step.mover, now, (step.to,))
            now = step.to
        return reason

    def _leaves(self, reason: Reason, witness: Leaves) -> None:
        dm, state = witness.dm, witness.state
        wanted = [case.state if case.escape is None else case.escape for case in witness.reached]
        results = [case.result for case in witness.cases if case.result is not None]
        self._better(reason, dm, state, (witness.improvement, *wanted, *results))
        asked = concept(witness.concept)
        others = [other for other in self.engine.decision_makers if other != dm]
        if asked.answers == "improving":
            self.closed(reason, witness.improvement, others, {(case.state, last) for case in witness.reached for last in case.last})
        elif asked.rule is not None:
            for other in others:
                order = self.engine.orders[other]
                self._not_better(reason, other, state, (t for t in self.engine.moves(other, state) if not order.prefers(t, state)))

    def closed(self, reason: Reason, start: int, movers: Iterable[str], reached: set[tuple[int, str]]) -> None:
        """Add what suffices for legal sequences of improvements of some decision makers to reach nothing else.

        Parameters
        ----------
        reason
            What is added to.
        start
            Where the sequences begin.
        movers
            Who makes them (keys).
        reached
            What they reach, with who moves last.
        """
        lasts: dict[int, set[str]] = {}
        for state, last in reached:
            lasts.setdefault(state, set()).add(last)
        for mover in movers:
            sources = {start, *(state for state, last in lasts.items() if last != {mover})}
            for source in sources:
                outside = (to for to in self.engine.moves(mover, source) if (to, mover) not in reached)
                self._not_better(reason, mover, source, outside)
