"""How recorded forecasts did: proper scores, beside those of baselines that anybody could have given.

The *Brier score* of a forecast is the sum over its outcomes of (p - o)^2, with o = 1 for what came and 0 otherwise: 0 is best, 2 worst
(Brier 1950).  The *logarithmic score* is -ln of the probability of what came: 0 is best, and it is infinite where that was 0 (Good
1952).  Both are proper: nobody expects to gain by stating another probability than the one that they believe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, log
from typing import Literal

from detente.model.forecast import Forecast

Baseline = Literal["uniform", "status quo"]
"""What anybody could have said: every outcome equally probable; or that nothing changes."""
LEAST_DECOMPOSED = 20
"""Fewest forecasts of two outcomes whose score is decomposed."""
BINS = 10
"""Into how many ranges of probability forecasts are put for that."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A forecast whose outcome is known, with its scores.

    Parameters
    ----------
    place
        Its place in the file, from 1.
    forecast
        The forecast.
    brier
        Its Brier score, from 0 (best) to 2.
    logarithmic
        Its logarithmic score; infinite where what came had the probability 0.
    """

    place: int
    forecast: Forecast
    brier: Fraction
    logarithmic: float


@dataclass(frozen=True, slots=True)
class Against:
    """Some forecasts beside a baseline for the same questions: the mean scores of both.

    Parameters
    ----------
    baseline
        Which baseline.
    count
        How many forecasts it can be given for.
    brier, baseline_brier
        The mean Brier scores.
    logarithmic, baseline_logarithmic
        The mean logarithmic scores.
    better, worse
        How many of the forecasts have a lesser, and how many a greater, Brier score than the baseline.
    """

    baseline: Baseline
    count: int
    brier: Fraction
    baseline_brier: Fraction
    logarithmic: float
    baseline_logarithmic: float
    better: int
    worse: int

    @property
    def skill(self) -> Fraction | None:
        """1 less the ratio of the Brier scores: above 0 where the forecasts did better; None where the baseline made no mistake."""
        return 1 - self.brier / self.baseline_brier if self.baseline_brier else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same probability: how many, their mean probability, and how often the event came."""

    count: int
    forecast: Fraction
    frequency: Fraction


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The mean of (f - o)^2 over forecasts f of one event each, in parts (Murphy 1973; with bins Stephenson, Coelho and Jolliffe 2008).

    It is reliability - resolution + uncertainty + within_variance - within_covariance.

    Parameters
    ----------
    count
        How many forecasts.
    score
        The mean of (f - o)^2.
    reliability
        How far the forecasts of a bin are from how often the event came: 0 is best.
    resolution
        How far the frequencies of the bins are from that of all: more is better.
    uncertainty
        The frequency of all times its complement: what the questions themselves leave open.
    within_variance, within_covariance
        What forecasts that differ within a bin add and take.
    bins
        The bins, by ascending probability.
    """

    count: int
    score: Fraction
    reliability: Fraction
    resolution: Fraction
    uncertainty: Fraction
    within_variance: Fraction
    within_covariance: Fraction
    bins: tuple[Bin, ...]


def brier(probability: Callable[[str], Fraction], outcomes: Sequence[str], came: str) -> Fraction:
    """The Brier score.

    Parameters
    ----------
    probability
        The probability of each outcome.
    outcomes
        The outcomes.
    came
        The one that came.

    Examples
    --------
    >>> brier({"yes": Fraction(3, 4), "no": Fraction(1, 4)}.__getitem__, ["yes", "no"], "yes")
    Fraction(1, 8)
    """
    return sum(((probability(one) - int(one == came)) ** 2 for one in outcomes), Fraction(0))


def logarithmic(probability: Fraction) -> float:
    """The logarithmic score of the probability of what came.

    >>> logarithmic(Fraction(1)), round(logarithmic(Fraction(1, 2)), 3), logarithmic(Fraction(0))
    (0.0, 0.693, inf)
    """
    return log(1 / probability) if probability else inf


def scored(forecasts: Sequence[Forecast]) -> tuple[Scored, ...]:
    """The forecasts whose outcome is known, with their scores, in the order of the file.

    >>> scored(())
    ()
    """
    found = []
    for place, one in enumerate(forecasts, start=1):
        if one.resolved is not None:
            came, outcomes = one.resolved.outcome, [name for name, _ in one.outcomes]
            found.append(Scored(place, one, brier(one.probability, outcomes, came), logarithmic(one.probability(came))))
    return tuple(found)


def against(found: Sequence[Scored], baseline: Baseline) -> Against | None:
    """Forecasts beside a baseline, over those that it can be given for; None where there is none.

    Parameters
    ----------
    found
        The forecasts whose outcome is known.
    baseline
        "uniform" for the same probability for each outcome; "status quo" for the probability 1 that nothing changes, where a forecast
        says which outcome that is.

    Examples
    --------
    >>> from detente.model.forecast import Resolution
    >>> sure = (("yes", Fraction(9, 10)), ("no", Fraction(1, 10)))
    >>> one = Forecast("Does it hold?", "2024-03-01", "a guess", sure, resolved=Resolution("yes", "2024-04-01"))
    >>> beside = against(scored([one]), "uniform")
    >>> beside.brier, beside.baseline_brier, beside.skill
    (Fraction(1, 50), Fraction(1, 2), Fraction(24, 25))
    """
    usable = [one for one in found if baseline == "uniform" or one.forecast.status_quo is not None]
    if not usable:
        return None
    other = [_baseline(one.forecast, baseline) for one in usable]
    pairs = [(one.brier, base) for one, (base, _) in zip(usable, other, strict=True)]
    return Against(
        baseline,
        len(usable),
        _mean([one.brier for one in usable]),
        _mean([base for base, _ in other]),
        sum(one.logarithmic for one in usable) / len(usable),
        sum(base for _, base in other) / len(usable),
        sum(mine < theirs for mine, theirs in pairs),
        sum(mine > theirs for mine, theirs in pairs),
    )


def _baseline(forecast: Forecast, baseline: Baseline) -> tuple[Fraction, float]:
    """The scores that a baseline has for a question whose outcome is known."""
    outcomes = [name for name, _ in forecast.outcomes]
    assert forecast.resolved is not None

    def probability(outcome: str) -> Fraction:
        return Fraction(1, len(outcomes)) if baseline == "uniform" else Fraction(int(outcome == forecast.status_quo))

    came = forecast.resolved.outcome
    return brier(probability, outcomes, came), logarithmic(probability(came))


def decomposed(found: Sequence[Scored]) -> Decomposition | None:
    """The score of the forecasts of two outcomes in parts; None where there are fewer than `LEAST_DECOMPOSED`.

    The event of each is the outcome that means that nothing has changed, or the first where none is named.

    >>> decomposed(()) is None
    True
    """
    pairs = [_event(one.forecast) for one in found if len(one.forecast.outcomes) == 2]
    return parts_of(pairs) if len(pairs) >= LEAST_DECOMPOSED else None


def parts_of(pairs: Sequence[tuple[Fraction, int]]) -> Decomposition:
    """The mean of (f - o)^2 of some forecasts in parts.

    Parameters
    ----------
    pairs
        For each forecast its probability f of the event, and o: 1 if the event came, else 0.  At least one.

    Examples
    --------
    >>> made = parts_of([(Fraction(1, 4), 0), (Fraction(3, 4), 1), (Fraction(3, 4), 0)])
    >>> made.score == made.reliability - made.resolution + made.uncertainty + made.within_variance - made.within_covariance
    True
    """
    groups: dict[int, list[tuple[Fraction, int]]] = {}
    for forecast, came in pairs:
        groups.setdefault(min(int(forecast * BINS), BINS - 1), []).append((forecast, came))
    count, base = len(pairs), _mean([Fraction(came) for _, came in pairs])
    bins, reliability, resolution, variance, covariance = [], Fraction(0), Fraction(0), Fraction(0), Fraction(0)
    for _, group in sorted(groups.items()):
        mean, often = _mean([forecast for forecast, _ in group]), _mean([Fraction(came) for _, came in group])
        bins.append(Bin(len(group), mean, often))
        reliability += len(group) * (mean - often) ** 2
        resolution += len(group) * (often - base) ** 2
        variance += sum(((forecast - mean) ** 2 for forecast, _ in group), Fraction(0))
        covariance += 2 * sum(((forecast - mean) * (came - often) for forecast, came in group), Fraction(0))
    score = _mean([(forecast - came) ** 2 for forecast, came in pairs])
    return Decomposition(
        count, score, reliability / count, resolution / count, base * (1 - base), variance / count, covariance / count, tuple(bins)
    )


def _event(forecast: Forecast) -> tuple[Fraction, int]:
    assert forecast.resolved is not None
    event = forecast.status_quo or forecast.outcomes[0][0]
    return forecast.probability(event), int(forecast.resolved.outcome == event)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
