"""The claim that a question is answered yes after so many single edits of a conflict, or pairs of edits, and no after so many.

The edits are all that there are: those of `detente.model.near`.  A case is a set of edited conflicts that have the same rules, with for
each decision maker a set of the variants of theirs that edits make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.cases import MAX_CASES, Among, Case
from detente.analysis.claims.whether import Whether
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.edit import apply_all
from detente.model.near import Edits, near_party, near_rules, near_rules_twice, near_twice
from detente.space.states import StateSpace


@dataclass(frozen=True)
class EditedPart:
    """Edited conflicts that have the same rules: some decision makers are any of their variants, the others as written.

    Parameters
    ----------
    rules
        The edits that leave out rules.
    variants
        For decision makers (keys) what edits of theirs make of them.
    """

    rules: Edits
    variants: Mapping[str, tuple[DecisionMaker, ...]]


def edited_parts(conflict: Conflict, edits: int) -> tuple[EditedPart, ...]:
    """All that single edits, or pairs, make of a conflict, in parts that have no conflict in common.

    Parameters
    ----------
    conflict
        The conflict.
    edits
        1 for single edits, 2 for pairs.

    Examples
    --------
    >>> from detente.cases import load
    >>> [{dm: len(found) for dm, found in part.variants.items()} for part in edited_parts(load("chicken"), 1)]
    [{'Row': 3}, {'Column': 3}]
    """
    once = {dm.key: tuple(found.party for found in near_party(dm)) for dm in conflict.decision_makers}
    rules = near_rules(conflict)
    if edits == 1:
        found = [EditedPart((), {dm: variants}) for dm, variants in once.items()]
        found += [EditedPart((rule,), {}) for rule in rules]
    else:
        twice = {dm.key: tuple(found.party for found in near_twice(dm)) for dm in conflict.decision_makers}
        found = [EditedPart((), {one: once[one], other: once[other]}) for one, other in combinations(once, 2)]
        found += [EditedPart((rule,), {dm: variants}) for rule in rules for dm, variants in once.items()]
        found += [EditedPart(two, {}) for two in near_rules_twice(conflict)]
        found += [EditedPart((), {dm: variants}) for dm, variants in twice.items()]
    return tuple(part for part in found if all(part.variants.values()))


@dataclass(frozen=True)
class CountedEdits(Claim):
    """A question about a state is answered yes after so many single edits of the conflict, or pairs of edits, and no after so many.

    Parameters
    ----------
    whether
        The question.
    edits
        1 for single edits, 2 for pairs.
    yes, no, nowhere
        After how many each is the answer, and after how many the state, or the status quo, can't occur.
    cases
        All edited conflicts, each in one of the cases.  `whole` has the number of a part (see `edited_parts`), from 0; ways are counted as
        the variants there; who has none there has one way.

    Examples
    --------
    >>> from detente.analysis.claims.whether_gain import WhetherGain
    >>> from detente.model.conflict import Option
    >>> one = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset()))
    >>> CountedEdits(WhetherGain(None, None), 1, 0, 0, 0, ()).check(one)
    """

    kind: ClassVar[str] = "counted edits"
    whether: Whether
    edits: int
    yes: int
    no: int
    nowhere: int
    cases: tuple[Case, ...]

    def check(self, space: StateSpace) -> None:
        """Go through all parts, and all cases of each."""
        conflict = space.conflict
        self.whether.expect(conflict)
        need(not conflict.guesses, "guesses: edits are of a conflict without any")
        need(self.edits in (1, 2) and len(self.cases) <= MAX_CASES, f"edits: {self.edits} at once")
        parts, counted = edited_parts(conflict, self.edits), {True: 0, False: 0, None: 0}
        need({case.whole for case in self.cases} <= {(number,) for number in range(len(parts))}, "cases: of no such part")
        for number, part in enumerate(parts):
            own = [case for case in self.cases if case.whole == (number,)]
            among = _among(space, part)
            among.parted(own)
            for case in own:
                counted[self.whether.verdict(among, case)] += case.size
        need(counted == {True: self.yes, False: self.no, None: self.nowhere}, f"counts: {counted}")


def _among(space: StateSpace, part: EditedPart) -> Among:
    """The edited conflicts of a part."""
    conflict = apply_all(part.rules, space.conflict)
    variants = {dm.key: part.variants.get(dm.key, (dm,)) for dm in conflict.decision_makers}
    return Among(space.of(conflict), {dm: len(found) for dm, found in variants.items()}, lambda dm: variants[dm])
