"""The claim that a coalition stays at a state: it can bring about nothing better for it, or others answer each improvement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.coalition_terms import Group, Lasts, Terms, Turn, asked, closed, follow, gains
from detente.space.sets import bits_of
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Answered:
    """An improvement of a coalition, and how others answer it: under CGMR and CSMR by one turn of all others, under CSEQ by turns.

    >>> from detente.analysis.claims.coalition_terms import Moved
    >>> Answered(1, (Turn(("B",), (Moved(("B",), 3),)),)).turns[0].by
    ('B',)
    """

    improvement: int
    turns: tuple[Turn, ...]

    @property
    def end(self) -> int:
        """Where the answer leads: the sanction."""
        return self.turns[-1].steps[-1].to


@dataclass(frozen=True)
class CoalitionHolds(Claim):
    """A state is stable for a coalition.

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
    last
        For each mover of the coalition the states at which its legal sequences from the state may end.
    answers
        Each improvement with its answer; none under CNash.
    held
        Under CSMR for each state at which an answer ends what the coalition's legal sequences from there reach, as in `last`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> CoalitionHolds("CNash", ("A",), 0, Terms(), ((("A",), 0b10),)).check(space)
    """

    kind: ClassVar[str] = "coalition holds"
    concept: str
    coalition: Group
    state: int
    terms: Terms
    last: Lasts
    answers: tuple[Answered, ...] = ()
    held: tuple[tuple[int, Lasts], ...] = ()

    def check(self, space: StateSpace) -> None:
        """See that no move leads out of what is listed, that every improvement among it is answered, and follow the answers."""
        checker, terms = Checker(space), self.terms
        asked(checker, terms, self.concept, self.coalition, self.state)
        reached = closed(checker, terms, self.coalition, self.state, self.last)
        better = {state for state in bits_of(reached) if gains(checker, terms, self.coalition, state, self.state)}
        need(better == {answer.improvement for answer in self.answers}, "answers: not one for each improvement")
        need(len(better) == len(self.answers), "answers: an improvement is listed twice")
        need(self.concept != "CNash" or not better, "improvement: under CNash nothing answers it")
        need({end for end, _ in self.held} == ({a.end for a in self.answers} if self.concept == "CSMR" else set()), "held: not the ends")
        for answer in self.answers:
            end = self._followed(checker, answer)
            need(not gains(checker, terms, self.coalition, end, self.state), f"sanction: {end} is better for the coalition")
        for end, last in self.held:
            for state in bits_of(closed(checker, terms, self.coalition, end, last)):
                need(not gains(checker, terms, self.coalition, state, self.state), f"escape: {state} is better for the coalition")

    def _followed(self, checker: Checker, answer: Answered) -> int:
        """Where an answer leads; refused unless it is one that the concept counts."""
        everybody, now, last = checker.decision_makers, answer.improvement, Group()
        others = tuple(dm for dm in everybody if dm not in self.coalition)
        acting = self.terms.acting(everybody, self.coalition) if self.concept == "CSEQ" else (others,)
        need(len(answer.turns) == 1 or (self.concept == "CSEQ" and bool(answer.turns)), "answer: not one turn")
        for turn in answer.turns:
            need(turn.by in acting and turn.by != last, f"turn: {turn.by} can't act here")
            end = follow(checker, self.terms, turn.by, now, turn.steps)
            if self.concept == "CSEQ":
                need(gains(checker, self.terms, turn.by, end, now), f"turn: {end} is no improvement for {turn.by}")
            now, last = end, turn.by
        return now
