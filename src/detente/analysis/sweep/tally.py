"""What a sweep found: for each conclusion how the completions are spread over its values, and how that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from detente.analysis.sweep.intervals import Interval, binomial_interval, unseen
from detente.analysis.sweep.spread import Counted, Spread
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value
from detente.errors import UsageError
from detente.model.conflict import Conflict

YES_NO = frozenset({True, False, None})
"""The values of conclusions that are so, are not so, or don't apply."""
VALUES = 16
"""For how many values of any other conclusion intervals are made to hold together, at least."""


@dataclass(frozen=True)
class Tally:
    """How the completions are spread over the values of one conclusion.

    Parameters
    ----------
    subject
        The conclusion.
    spread
        The completions, counted or drawn: also among those in which some guesses come out in a given way.
    as_written
        The value in the conflict as it is written; None where the conclusion does not apply there.
    weighed
        Whether shares go by weights, which some guess then has; a guess without weights counts each of its alternatives the same.
    covered
        How many completions were looked at: all of them, or as many as were drawn.
    why_drawn
        None where all were counted; otherwise the code of the reason: S351 too many cases, S352 too many ways to settle the guesses about
        one decision maker or about the whole, U500 the time was over; with any other each drawn completion was analysed by itself.
    intervals
        For each value that was drawn the interval of its share; empty where all were counted.
    unseen
        Where completions were drawn: the greatest share, at the same level, of a value that was not.
    """

    subject: Subject
    spread: Spread
    as_written: Value
    weighed: bool
    covered: int
    why_drawn: str | None = None
    by_itself: bool = False
    intervals: Mapping[Value, Interval] = field(default_factory=dict)
    unseen: float | None = None

    @property
    def is_exact(self) -> bool:
        """Whether all completions were counted."""
        return self.why_drawn is None

    @property
    def is_only_afresh(self) -> bool:
        """Whether it can't be asked of many completions at once."""
        return self.why_drawn not in (None, "S351", "S352", "U500")

    @property
    def cases(self) -> int | None:
        """How many cases all completions fall into, if they were counted."""
        return self.spread.cases if isinstance(self.spread, Counted) else None

    @cached_property
    def shares(self) -> dict[Value, Fraction]:
        """The share of each value that occurs, the commonest first; None stands for completions in which the conclusion does not apply."""
        found = self.spread.shares(weighed=self.weighed)
        return dict(sorted(found.items(), key=lambda item: (-item[1], repr(item[0]))))

    @cached_property
    def counts(self) -> dict[Value, int]:
        """In how many completions each value occurs, each completion counted once; of drawn ones, how often it was drawn."""
        found = self.spread.amounts()
        return {value: found[value] for value in self.shares}

    @property
    def applies(self) -> dict[Value, Fraction]:
        """The shares among the completions in which the conclusion applies; empty where it never does."""
        total = sum((share for value, share in self.shares.items() if value is not None), Fraction(0))
        return {value: share / total for value, share in self.shares.items() if value is not None}

    @property
    def commonest(self) -> Value:
        """The commonest value; of several the first in writing."""
        return next(iter(self.shares))

    @property
    def is_unanimous(self) -> bool:
        """Whether the value is the same in all completions: never said of drawn ones."""
        return self.is_exact and len(self.shares) == 1


@dataclass(frozen=True)
class Swept:
    """What a sweep found.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    tallies
        What was found of each conclusion, in the order in which they were asked.
    count
        How many completions there are.
    seed
        What draws depend on.
    level
        The chance, at least, with which all intervals together cover the true shares.
    """

    conflict: Conflict
    profile: Mapping[str, str]
    tallies: tuple[Tally, ...]
    count: int
    seed: int
    level: float

    @property
    def weighed(self) -> bool:
        """Whether some guess has weights, so that shares go by these."""
        return any(guess.is_weighted for guess in self.conflict.guesses)

    def of(self, subject: Subject) -> Tally:
        """What was found of a conclusion (`subject`).

        Raises `UsageError` (U504) if the sweep did not ask it.
        """
        for tally in self.tallies:
            if tally.subject == subject:
                return tally
        raise UsageError.of("U504", f"the sweep did not ask about {subject.kind}", value=subject.kind, help="ask about it")


def telling(swept: Swept) -> tuple[Tally, ...]:
    """The conclusions of a sweep (`swept`) on the conflict as it is, without those that say nothing beside another.

    Levers are left out; and whether something that is better for everybody also holds, where nothing is better in any completion.

    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> objection, asked = load("half-known-objection"), [Subject("holds"), Subject("gain"), Subject("kept gain")]
    >>> [tally.subject.kind for tally in telling(sweep(objection, {"Quarry": "SEQ", "Village": "SEQ"}, asked))]
    ['holds', 'gain']
    """
    never = {(tally.subject.where, tally.subject.state) for tally in swept.tallies if _is_never_better(tally)}
    told = [tally for tally in swept.tallies if not tally.subject.is_on_levers]
    return tuple(one for one in told if one.subject.kind != "kept gain" or (one.subject.where, one.subject.state) not in never)


def _is_never_better(tally: Tally) -> bool:
    """Whether it was counted that nothing is better for everybody in any completion."""
    return tally.subject.kind == "gain" and tally.is_unanimous and tally.commonest is False


def intervals(swept: Swept) -> tuple[Tally, ...]:
    """What was found (`swept`), with an interval for each share that was drawn.

    Each is an interval of Clopper and Pearson at a level so high that all of them, with the bounds for what was not drawn, cover together
    at the level of the sweep (Bonferroni): the chance to miss is divided by the number of values that could have been drawn.

    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> intervals(sweep(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, [Subject("holds")]))[0].intervals
    {}
    """
    sizes = {tally.subject: 3 if tally.shares.keys() <= YES_NO else max(VALUES, len(tally.shares)) for tally in swept.tallies}
    together = sum(size for subject, size in sizes.items() if not swept.of(subject).is_exact)
    made = []
    for tally in swept.tallies:
        if not tally.is_exact:
            each = 1 - (1 - swept.level) / together
            found = {value: binomial_interval(count, tally.covered, each) for value, count in tally.counts.items()}
            tally = replace(tally, intervals=found, unseen=unseen(tally.covered, each))
        made.append(tally)
    return tuple(made)
