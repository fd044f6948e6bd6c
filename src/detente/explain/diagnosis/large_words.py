"""The words of a diagnosis in a space too large to be listed: states by what is changed, and what is proven or only worked out."""

from __future__ import annotations

from detente.analysis.deadlock.found import Diagnosis
from detente.analysis.large.found import LargeDiagnosis
from detente.analysis.overview import Common
from detente.explain.diagnosis.words import DiagnosisWords
from detente.explain.words import Words
from detente.text import listing

WORKED_OUT = " (worked out, not certified)"
"""What is added where something was worked out, and no proof was short enough to be checked."""


class LargeWords(DiagnosisWords):
    """The words for one large diagnosis.

    Parameters
    ----------
    large
        The diagnosis.

    Examples
    --------
    >>> from detente.analysis.large.diagnose import large_diagnosis
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> words = LargeWords(large_diagnosis(space, space.status_quo))
    >>> words.under, words.changes(space.status_quo ^ 1)
    ('under SEQ', 'as in the status quo, except that “release water” is taken')
    """

    found: Diagnosis  # not there: `large` stands for it

    def __init__(self, large: LargeDiagnosis) -> None:
        Words.__init__(self, large.space)
        self.large = large
        self.start = large.start
        self.here = self.state(large.start) if large.start != large.space.status_quo else "the status quo"

    @property
    def under(self) -> str:
        """By which behaviour: "under SEQ", or a concept for each decision maker."""
        concepts = list(dict.fromkeys(self.large.profile.values()))
        if len(concepts) == 1:
            return f"under {concepts[0]}"
        return "under " + listing(f"{key} for {self.party(dm)}" for dm, key in self.large.profile.items())

    @property
    def everybody(self) -> str:
        """All decision makers, by their number: "both", "all nine"."""
        return self.of_all(len(self.decision_makers))

    @property
    def in_time(self) -> str:
        """How long was allowed: "within 60 seconds"."""
        seconds = self.large.seconds
        return "in the time that was allowed" if seconds is None else f"within {seconds if seconds < 2 else round(seconds):.3g} seconds"

    def changes(self, state: int) -> str:
        """How a state differs from the start: "as in the status quo, except that “x” is taken and “y” is not"."""
        options = [(option.key, state >> k & 1) for k, option in enumerate(self.conflict.options) if (state ^ self.start) >> k & 1]
        taken, lacking = ([key for key, on in options if on == wanted] for wanted in (1, 0))
        if not options:
            return f"as in {self.here}"
        return f"as in {self.here}, except that {self.condition(Common(tuple(taken), tuple(lacking)))}"

    def placed(self, state: int) -> str:
        """A state by number, with its name if it has one, and how it differs from the start."""
        return f"{self.named(state)}: {self.changes(state)}"


def certain(shown: bool) -> str:
    """Nothing where a checked proof shows a thing; otherwise that it was only worked out.

    >>> certain(True), certain(False)
    ('', ' (worked out, not certified)')
    """
    return "" if shown else WORKED_OUT
