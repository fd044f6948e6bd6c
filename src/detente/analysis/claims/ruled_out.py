"""Claims about red lines and rules: that nothing would be better for everybody, whichever of them were dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.model.conflict import Conflict
from detente.model.preference import Listed
from detente.model.rule import Merged
from detente.preference.compared import compared
from detente.preference.order import criteria_of
from detente.space.states import StateSpace

Line = tuple[str, int]
"""A red line: whose (key), and its place among theirs, from 1."""


def can_drop_rules(conflict: Conflict) -> bool:
    """Whether a conflict says what everybody prefers where its rules are dropped.

    A ranking over states says nothing of states that a rule excludes; and merged states would become others.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> can_drop_rules(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    True
    """
    ranked = any(isinstance(criterion, Listed) for dm in conflict.decision_makers for criterion in criteria_of(dm))
    return not ranked and not any(isinstance(rule, Merged) for rule in conflict.rules)


def without(conflict: Conflict, lines: frozenset[Line] | None, rules: frozenset[int] | None) -> Conflict:
    """A conflict without some red lines and some rules (places from 1), nothing of it open; None for all of them.

    >>> from detente.model.conflict import DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> one = Conflict("one", (DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),)),), (Option("x", "x", ("A",)),))
    >>> without(one, None, None).decision_makers[0].red_lines
    ()
    """
    parties = tuple(
        replace(dm, red_lines=tuple(line for n, line in enumerate(dm.red_lines, 1) if lines is not None and (dm.key, n) not in lines))
        for dm in conflict.decision_makers
    )
    kept = tuple(rule for n, rule in enumerate(conflict.rules, 1) if rules is not None and n not in rules)
    return replace(conflict, decision_makers=parties, rules=kept, guesses=())


@dataclass(frozen=True)
class NoBargain(Claim):
    """Nothing is better for everybody than the start, whichever red lines are dropped, and whichever rules.

    Parameters
    ----------
    start
        The start.
    rules
        Whether rules are dropped too; otherwise nothing is said of them.
    against
        For each decision maker (key) combinations that they do not prefer to the start, whichever of their red lines are dropped, as
        an integer; together these are all that can occur (without rules: all combinations).

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> NoBargain(0, True, (("A", 0b11),)).check(space)
    """

    kind: ClassVar[str] = "no bargain"
    start: int
    rules: bool
    against: tuple[tuple[str, int], ...]

    def check(self, space: StateSpace) -> None:
        """Compare every combination with the start, for each decision maker, without red lines and with each one that the start crosses."""
        need(space.states.contains(self.start), f"start: {self.start} is no state")
        need(not self.rules or can_drop_rules(space.conflict), "rules: the preferences say nothing of what they exclude")
        need([dm for dm, _ in self.against] == [dm.key for dm in space.conflict.decision_makers], "against: not one for each")
        bare = StateSpace(without(space.conflict, None, None if self.rules else frozenset()))
        covered = 0
        for dm, bits in self.against:
            need(bits >= 0 and not bits & ~bare.states.bits, f"against: not a set of states for {dm}")
            need(not bits & compared(bare, dm, self.start)[0], f"against: {dm} prefers a state of theirs")
            for line in space.conflict.decision_maker(dm).red_lines:
                crossed = bare.where_bits(line.never)
                need(not crossed >> self.start & 1 or not bits & ~crossed, f"against: {dm} prefers what does not cross a red line")
            covered |= bits
        need(covered == bare.states.bits, "against: a state is left out")
