"""Claims that no state of a space of any size has some property: a formula that cannot be met, with a proof in clauses.

The checker writes the formula itself, from the conflict, and accepts the proof by unit propagation alone (Goldberg and Novikov 2003).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.red_lines import Elements
from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.analysis.propagation import proves
from detente.model.asserted import Clause, asserted
from detente.model.conflict import Conflict
from detente.model.formula import TRUE, And, Const, Formula, If, Iff, Not, Or, Taken, holds, walk
from detente.preference.conditions import better
from detente.space.conditions import at_least_two, both, either, jointly, near, occurs, opposite
from detente.space.states import StateSpace

ANYTHING = TRUE
"""The condition that every state meets."""
KINDS = ("gain", "weak gain", "gain in reach", "shared gain", "possible gain")
"""The properties that can be asked about."""


@dataclass(frozen=True)
class Question:
    """A property of states, compared with a start.

    Parameters
    ----------
    kind
        "gain": everybody prefers it.  "weak gain": nobody finds it worse, somebody prefers it, and not everybody.  "gain in reach":
        everybody prefers it, and all together bring it about by a joint move.  "shared gain": two or more prefer it, and bring it
        about by a joint move.  "possible gain": everybody would prefer it if the right ones of their red lines were dropped.
    dropped
        Red lines and rules that are dropped; of "gain" only.
    rules
        Whether rules are dropped: of a "possible gain" all of them.
    within
        At most so many options are otherwise than in the start; None for any number.
    """

    kind: str
    dropped: Elements = ()
    rules: bool = False
    within: int | None = None


def asked(space: StateSpace, start: int, question: Question, where: Formula) -> Formula:
    """The formula that just those combinations meet that can occur, meet a condition (`where`) and have a property (`question`).

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.formula import written
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> written(asked(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),))), 0, Question("gain"), TRUE))
    'x'
    """
    conflict = space.conflict
    where = where if question.within is None else both(where, near(conflict, start, question.within))
    keys = [dm.key for dm in conflict.decision_makers]
    match question.kind:
        case "gain":
            lines = frozenset((dm, n) for dm, n in question.dropped if dm is not None)
            there = without(conflict, lines, frozenset(n for dm, n in question.dropped if dm is None))
            return both(where, occurs(there), *(better(there, dm, start) for dm in keys))
        case "weak gain":
            gains = [better(conflict, dm, start) for dm in keys]
            no_worse = (better(conflict, dm, start, strictly=False) for dm in keys)
            return both(where, occurs(conflict), *no_worse, either(*gains), opposite(both(*gains)))
        case "gain in reach":
            everybody: dict[str, Formula] = dict.fromkeys(keys, TRUE)
            gains = [better(conflict, dm, start) for dm in keys]
            return both(where, occurs(conflict), *gains, jointly(space, everybody, start))
        case "shared gain":
            gaining = {dm: better(conflict, dm, start) for dm in keys}
            return both(where, occurs(conflict), at_least_two(gaining.values()), jointly(space, gaining, start))
        case "possible gain":
            bare = without(conflict, None, None if question.rules else frozenset())
            return both(where, occurs(bare), *(_possibly(conflict, bare, dm, start) for dm in keys))
        case _:
            need(False, f"question: {question.kind}")
            raise AssertionError


def _possibly(conflict: Conflict, bare: Conflict, dm: str, start: int) -> Formula:
    """That somebody prefers a combination to the start without red lines, or with one kept that the start crosses and it does not."""
    meets = conflict.taken(start).__contains__
    crossed = [line.never for line in conflict.decision_maker(dm).red_lines if holds(line.never, meets)]
    return either(better(bare, dm, start), *map(opposite, crossed))


def known(space: StateSpace, where: Formula) -> None:
    """Refuse what is no condition on the options of a conflict.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> known(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), TRUE)
    """
    for part in walk(where):
        need(isinstance(part, Const | Taken | Not | And | Or | If | Iff), "where: no condition")
        need(not isinstance(part, Taken) or part.option in space.conflict.option_index, "where: of unknown options")


@dataclass(frozen=True)
class NoneSuch(Claim):
    """No combination that can occur and meets a condition has a property.

    Parameters
    ----------
    start
        The start that combinations are compared with.
    question
        The property.
    where
        The condition.
    proof
        Clauses, each of which follows from the formula's and those before it by unit propagation, until nothing can be true.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> NoneSuch(0, Question("gain"), TRUE, ()).check(StateSpace(one, list_up_to=0))
    """

    kind: ClassVar[str] = "none such"
    start: int
    question: Question
    where: Formula
    proof: tuple[Clause, ...]

    def check(self, space: StateSpace) -> None:
        """Write the formula and follow the proof."""
        need(space.state_of(self.start) == self.start, f"start: {self.start} is no state")
        known(space, self.where)
        need(self.question.kind == "gain" or not self.question.dropped, "dropped: not asked for")
        need(self.question.kind == "possible gain" or not self.question.rules, "rules: not asked for")
        rules = self.question.rules or any(dm is None for dm, _ in self.question.dropped)
        need(not rules or can_drop_rules(space.conflict), "rules: the preferences say nothing of what they exclude")
        need(proves(clauses_of(space, self.start, self.question, self.where), self.proof), "proof: it does not show it")


def clauses_of(space: StateSpace, start: int, question: Question, where: Formula) -> tuple[Clause, ...]:
    """The clauses that can be met together just if a combination that meets a condition has a property; see `asked`."""
    return asserted(asked(space, start, question, where), space.conflict.option_index)
