"""The conclusions on a conflict whose states are not listed: by satisfiability, with a limit of time, each shown by checked claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.analysis.claims.base import Claim
from detente.analysis.claims.none_such import Question
from detente.analysis.claims.red_lines import all_elements
from detente.analysis.fronts.found import Asked, Headline, Value, in_order
from detente.analysis.fronts.headline import type_value
from detente.analysis.large.diagnose import large_diagnosis
from detente.analysis.large.holding import Holding
from detente.analysis.large.proving import proved
from detente.analysis.large.red_lines import large_red_lines
from detente.analysis.large.seek import Seek
from detente.analysis.large.verdicts import Verdicts
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.model.formula import TRUE, Formula
from detente.space.states import StateSpace


def sought(
    space: StateSpace, profile: Mapping[str, str], asked: Sequence[Asked], seconds: float | None = None, hints: Sequence[int] = ()
) -> Headline:
    """The conclusions on the status quo of a conflict, without a list of its states.

    Parameters
    ----------
    space
        The space, without merged states; it has a status quo that can occur.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    asked
        The conclusions.
    seconds
        How long it may take, about; None for no limit.
    hints
        States that are tried first as such that are better and that hold.

    Raises
    ------
    MissingExtra
        S331 if python-sat is not installed.

    Examples
    --------
    >>> from detente.analysis.fronts.headline import asked_of
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), 0)
    >>> list(sought(space, {"Syria": "GMR", "Iraq": "GMR"}, asked_of((), ("SEQ",))).answers.values())
    [False, 'D1', False, False, frozenset()]
    """
    return _Sought(space, profile, asked, seconds, hints).headline()


class _Sought:
    """One conflict that is asked about."""

    def __init__(
        self, space: StateSpace, profile: Mapping[str, str], asked: Sequence[Asked], seconds: float | None, hints: Sequence[int]
    ) -> None:
        assert space.status_quo is not None
        self.space, self.start, self.profile, self.asked = space, space.status_quo, profile, asked
        self.clock = Clock(seconds)
        self.hints = list(hints)
        concepts = tuple(one.concept for one in asked if one.concept is not None)
        share = None if seconds is None else seconds * 0.5
        self.found = large_diagnosis(space, self.start, profile, concepts=concepts, seconds=share, hints=tuple(hints))
        together = self.found.finding("D4")
        self.held = list(together.states) if together else []
        self.verdicts = Verdicts(space, profile, self.rest())
        self.claims: list[Claim] = [] if self.found.standing is None else [self.found.standing]
        self.claims += [*self.found.better.claims, *(claim for finding in self.found.found for claim in finding.claims)]
        self.answers: dict[Asked, Value | None] = {}
        self.gained: dict[Formula | None, int] = {None: self.found.better.states[0]} if self.found.better.states else {}

    def headline(self) -> Headline:
        """The conclusions."""
        for one in self.asked:
            match one.kind:
                case "holds":
                    self.answers[one] = self.holds(one.concept or "")
                case "type":
                    settled = not self.found.found and not any(silence.reason != "beliefs" for silence in self.found.silent)
                    self.answers[one] = type_value(self.found.stuck, self.found.primary, settled)
                case "gain":
                    self.answers[one] = self.found.better.exists if one.where is None else self.gain(one.where)
                case "kept gain":
                    none = self.answers.get(Asked("gain", where=one.where)) is False
                    self.answers[one] = False if none else self.kept(one.where)
                case "red lines":
                    self.answers[one] = self.red_lines(one.where)
        leaving = {key: tuple(dm for dm, stays in verdicts.items() if not stays) for key, verdicts in self.found.stable.items()}
        return Headline(self.answers, leaving, self.gained, tuple(dict.fromkeys(self.held)), tuple(self.claims), self.space)

    def rest(self, parts: int = 2) -> Clock:
        """A clock for half, or a smaller part, of the time that is left, with a little for what is begun."""
        return Clock() if self.clock.seconds is None else Clock(max(0.2, (self.clock.seconds - self.clock.spent) / parts))

    def holds(self, key: str) -> bool | None:
        """Whether everybody stays at the start under a concept."""
        verdicts = self.found.stable.get(key, {})
        return False if not all(verdicts.values()) else True if len(verdicts) == len(self.profile) else None

    def gain(self, where: Formula) -> bool | None:
        """Whether a state that meets a condition is better for everybody; that none is, is proved."""
        try:
            seek = Seek(self.space, self.start, self.rest(), where)
            found = seek.find(seek.better_for_all)
        except LimitError:
            return None
        if found.state is not None:
            self.gained[where] = found.state
            return True
        claim = proved(self.space, self.start, Question("gain"), where, self.rest()) if found.sure else None
        self.claims += [] if claim is None else [claim]
        return False if found.sure else None

    def kept(self, where: Formula | None) -> bool | None:
        """Whether some state that meets a condition is better for everybody and holds."""
        try:
            seek = Seek(self.space, self.start, self.rest(5), where or TRUE)
            self.verdicts.clock = seek.clock
            for state in (*self.held, *self.hints):
                here = seek.code.is_state(seek.state, state)
                if seek.find(seek.better_for_all, *here).state is not None and self.verdicts.holds(state):
                    self.held.append(state)
                    return True
            found = Holding(seek, self.verdicts).among(seek.better_for_all)
        except LimitError:
            return None
        self.held += found.states
        return True if found.states else False if found.complete else None

    def red_lines(self, where: Formula | None) -> Value | None:
        """The minimal sets of red lines that exclude all that would be better, each with a proof that it does."""
        gain = self.answers.get(Asked("gain", where=where))
        lines = all_elements(self.space, rules=False)
        if gain is None or gain or not lines:
            return None if gain is None else frozenset()
        found = large_red_lines(self.space, self.start, where=where or TRUE, clock=self.rest())
        if not found.complete:
            return None
        for kept in filter(None, found.emptying):
            dropped = tuple(element for element in lines if element not in kept)
            claim = proved(self.space, self.start, Question("gain", dropped), where or TRUE, self.rest())
            self.claims += [] if claim is None else [claim]
        return in_order(found.emptying)
