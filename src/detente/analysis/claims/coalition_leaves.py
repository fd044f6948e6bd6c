"""The claim that a coalition leaves a state: it can bring about something better for it, and nothing that others do answers that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.coalition_terms import Group, Lasts, Moved, Terms, asked, closed, follow, gains
from detente.space.sets import bits_of
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Within:
    """What a coalition's legal sequences from a state may end at.

    >>> Within(("B",), 0, ((("B",), 2),)).state
    0
    """

    by: Group
    state: int
    last: Lasts


@dataclass(frozen=True)
class CoalitionLeaves(Claim):
    """A state is not stable for a coalition.

    Parameters
    ----------
    concept
        "CNash", "CGMR", "CSMR" or "CSEQ".
    coalition
        The coalition (keys, in the order of the conflict).
    state
        The state.
    terms
        What counts as an improvement, and who acts together.
    steps
        A legal sequence of the coalition's movers to an improvement that has no answer.
    last
        Under CGMR and CSMR for each mover of the others the states at which their legal sequences from the improvement may end.
    escapes
        Under CSMR for each of these states that is no better for the coalition than the one it leaves a legal sequence of the coalition
        from there to one that is better.
    turns
        Under CSEQ for each coalition that may act the states, as an integer, at which turns that are improvements may end with it last.
    within
        Under CSEQ what each such coalition reaches, from the improvement and from every state at which another's turn may end.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> CoalitionLeaves("CNash", ("A",), 0, Terms(), (Moved(("A",), 1),)).check(space)
    """

    kind: ClassVar[str] = "coalition leaves"
    concept: str
    coalition: Group
    state: int
    terms: Terms
    steps: tuple[Moved, ...]
    last: Lasts = ()
    escapes: tuple[tuple[int, tuple[Moved, ...]], ...] = ()
    turns: tuple[tuple[Group, int], ...] = ()
    within: tuple[Within, ...] = ()

    @property
    def improvement(self) -> int:
        """The state that the coalition brings about."""
        return self.steps[-1].to

    def check(self, space: StateSpace) -> None:
        """Follow the way, see that no move of others leads out of what is listed, and that nothing in it is an answer."""
        checker, terms = Checker(space), self.terms
        asked(checker, terms, self.concept, self.coalition, self.state)
        end = follow(checker, terms, self.coalition, self.state, self.steps)
        need(gains(checker, terms, self.coalition, end, self.state), f"improvement: {end} is not better for the coalition")
        need(self.concept in ("CGMR", "CSMR") or not self.last, "last: not of this concept")
        need(self.concept == "CSMR" or not self.escapes, "escapes: not of this concept")
        need(self.concept == "CSEQ" or not (self.turns or self.within), "turns: not of this concept")
        if self.concept == "CSEQ":
            self._turns(checker, end)
        elif self.concept != "CNash":
            self._sequences(checker, end)

    def _better(self, checker: Checker, state: int) -> bool:
        return gains(checker, self.terms, self.coalition, state, self.state)

    def _sequences(self, checker: Checker, end: int) -> None:
        """No sequence of the others ends in a sanction, or the coalition gets out of it."""
        others = tuple(dm for dm in checker.decision_makers if dm not in self.coalition)
        ways = dict(self.escapes)
        need(len(ways) == len(self.escapes), "escapes: a state is listed twice")
        for state in bits_of(closed(checker, self.terms, others, end, self.last)):
            if self._better(checker, state):
                continue
            need(state in ways, f"deterred: {state} is not better for the coalition")
            out = follow(checker, self.terms, self.coalition, state, ways[state])
            need(self._better(checker, out), f"escape: {out} is not better for the coalition")

    def _turns(self, checker: Checker, end: int) -> None:
        """No turns of the others, each an improvement for those who take it, end in a sanction."""
        acting = self.terms.acting(checker.decision_makers, self.coalition)
        need(tuple(by for by, _ in self.turns) == acting, "turns: not a set for each coalition")
        need(all(bits >= 0 and not bits & ~checker.space.states.bits for _, bits in self.turns), "turns: not sets of states")
        given = {(one.by, one.state): one.last for one in self.within}
        for by, bits in self.turns:
            sources = 1 << end
            for other, states in self.turns:
                sources |= states if other != by else 0
            for state in bits_of(sources):
                need((by, state) in given, f"within: nothing is said of {by} at {state}")
                for to in bits_of(closed(checker, self.terms, by, state, given[by, state])):
                    need(bool(bits >> to & 1) or not gains(checker, self.terms, by, to, state), f"turns: {by} goes from {state} to {to}")
            for state in bits_of(bits):
                need(self._better(checker, state), f"deterred: {state} is not better for the coalition")
