"""The claim that a question is answered yes in so many completions of guesses, and no in so many, with all cases listed.

A case is a set of completions: one choice of what concerns the conflict as a whole, and for each decision maker a set of ways to settle
the guesses about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.cases import MAX_CASES, Among, Case
from detente.analysis.claims.whether import Whether
from detente.model.completed import completed, party_completed, still_open
from detente.model.conflict import DecisionMaker
from detente.model.guess import AsWritten
from detente.space.states import StateSpace


@dataclass(frozen=True)
class CountedCompletions(Claim):
    """A question about a state is answered yes in so many completions of the guesses, and no in so many.

    Parameters
    ----------
    whether
        The question.
    yes, no, nowhere
        In how many completions each is the answer, and in how many the state, or the status quo, can't occur.
    cases
        All completions, each in one of the cases.  `whole` has for each guess about the conflict as a whole, in their order, the number
        of its alternative; ways are counted as `itertools.product` counts them, the alternatives of the last guess changing fastest.

    Examples
    --------
    >>> from detente.analysis.claims.whether import WhetherStaying
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, Option
    >>> one = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset()))
    >>> stays = Stays("Nash", "A", 0, ())
    >>> CountedCompletions(WhetherStaying(None, (("A", "Nash"),)), 1, 0, 0, (Case((), (1,), (stays,)),)).check(one)
    """

    kind: ClassVar[str] = "counted completions"
    whether: Whether
    yes: int
    no: int
    nowhere: int
    cases: tuple[Case, ...]

    def check(self, space: StateSpace) -> None:
        """Go through all choices of what concerns the whole, and all cases of each."""
        conflict = space.conflict
        self.whether.expect(conflict)
        need(all(guess.kind != "relation" for guess in conflict.guesses), "guesses: of comparisons that are not known")
        need(0 < len(self.cases) <= MAX_CASES, f"cases: {len(self.cases)}")
        counted = {True: 0, False: 0, None: 0}
        whole = [guess for guess in conflict.guesses if guess.party is None]
        choices = list(product(*(range(len(guess.alternatives)) for guess in whole)))
        need({case.whole for case in self.cases} <= set(choices), "cases: of no such choice about the whole")
        for choice in choices:
            own = [case for case in self.cases if case.whole == choice]
            among = _among(space, {guess.key: number for guess, number in zip(whole, choice, strict=True)})
            among.parted(own)
            for case in own:
                counted[self.whether.verdict(among, case)] += case.size
        need(counted == {True: self.yes, False: self.no, None: self.nowhere}, f"counts: {counted}")


def _among(space: StateSpace, chosen: Mapping[str, int]) -> Among:
    """The completions with one choice (`chosen`) of what concerns the whole."""
    written, conflict = space.conflict, completed(space.conflict, chosen)
    own = {dm.key: [guess for guess in written.guesses if guess.party == dm.key] for dm in conflict.decision_makers}
    open_ = {guess.key for guess in still_open(written, chosen)}

    def parties(dm: str) -> Iterator[DecisionMaker]:
        party = conflict.decision_maker(dm)
        for row in product(*(range(len(guess.alternatives)) for guess in own[dm])):
            made = {guess.key: guess.alternatives[number].what for guess, number in zip(own[dm], row, strict=True)}
            live = [guess for guess in own[dm] if guess.key in open_ and not isinstance(made[guess.key], AsWritten)]
            yield party_completed(party, made, live)

    many = {dm: prod(len(guess.alternatives) for guess in guesses) for dm, guesses in own.items()}
    return Among(space.of(conflict), many, parties)
