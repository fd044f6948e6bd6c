"""How recorded forecasts did, in words: proper scores, each beside those of baselines for the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isinf

from detente.analysis.forecasts import LEAST_DECOMPOSED, Against, Decomposition, Scored
from detente.explain.likelihood import chance
from detente.explain.sentence import Explanation, Part, Sentence
from detente.model.forecast import Forecasts
from detente.text import plural

FEW = 20
"""Below so many resolved forecasts it is said that the scores are of few."""


def forecasts_account(forecasts: Forecasts, found: Sequence[Scored], beside: Sequence[Against], parts: Decomposition | None) -> Explanation:
    """How the forecasts of a file did.

    Parameters
    ----------
    forecasts
        The file.
    found
        Those whose outcome is known, with their scores.
    beside
        The baselines.
    parts
        The score in parts, or None.

    Examples
    --------
    >>> print(forecasts_account(Forecasts("none yet", ()), (), (), None).text())
    No forecast of this file has come out yet, so that none is scored.
    """
    open_ = len(forecasts.forecasts) - len(found)
    if not found:
        return Explanation(Sentence("No forecast of this file has come out yet, so that none is scored."), tuple(_open(forecasts)))
    mean = sum((one.brier for one in found), Fraction(0)) / len(found)
    verdict = (
        f"{plural(len(found), 'forecast')} of {len(forecasts.forecasts):,} {'has' if len(found) == 1 else 'have'} come out; "
        f"the mean Brier score is {score(mean)}{_first(beside)}."
    )
    told = [Part(tuple(_meaning(found))), Part((Sentence("Beside baselines for the same questions:"),), tuple(map(_against, beside)))]
    if parts is not None:
        told.append(_decomposed(parts))
    else:
        two = sum(len(one.forecast.outcomes) == 2 for one in found)
        have = f"{'is' if two == 1 else 'are'} {two}"
        text = f"The score is not decomposed: that takes {LEAST_DECOMPOSED} resolved forecasts of two outcomes, and there {have}."
        told.append(Part((Sentence(text),)))
    told.append(Part((Sentence("One by one:"),), tuple(_one(one) for one in found)))
    told += _open(forecasts) if open_ else []
    return Explanation(Sentence(verdict), tuple(told))


def score(value: Fraction | float) -> str:
    """A score with three decimals; "infinite" where it is.

    >>> score(Fraction(1, 3)), score(float("inf"))
    ('0.333', 'infinite')
    """
    return "infinite" if isinf(value) else f"{float(value):.3f}"


def _first(beside: Sequence[Against]) -> str:
    uniform = next((one for one in beside if one.baseline == "uniform"), None)
    return "" if uniform is None else f", that of equal probabilities {score(uniform.baseline_brier)}"


def _meaning(found: Sequence[Scored]) -> list[Sentence]:
    told = [
        Sentence("A Brier score is the sum of the squared errors over all outcomes of a question: 0 is best, 2 worst."),
        Sentence("A logarithmic score is -ln of the probability of what came: 0 is best, infinite where it had been 0."),
        Sentence("The skill is 1 less the ratio of the two mean Brier scores: above 0 is better than the baseline, below 0 worse."),
    ]
    if (impossible := sum(isinf(one.logarithmic) for one in found)) > 0:
        told.append(Sentence(f"In {plural(impossible, 'forecast')} what came had the probability 0."))
    if len(found) < FEW:
        told.append(Sentence(f"{plural(len(found), 'forecast')} {'is' if len(found) == 1 else 'are'} few: differences can be chance."))
    return told


def _against(one: Against) -> Sentence:
    names = {"uniform": "every outcome equally probable", "status quo": "nothing changes, with probability 1"}
    skill = "" if one.skill is None else f"; skill {float(one.skill):.3f}"
    beat = f"by Brier score better in {one.better}, worse in {one.worse}"
    text = (
        f"{names[one.baseline]} ({plural(one.count, 'forecast')}): Brier {score(one.brier)} against {score(one.baseline_brier)}{skill}; "
        f"logarithmic {score(one.logarithmic)} against {score(one.baseline_logarithmic)}; {beat}"
    )
    return Sentence(text)


def _decomposed(parts: Decomposition) -> Part:
    text = (
        f"Over the {parts.count} forecasts of two outcomes, of one event each, the mean squared error {score(parts.score)} is reliability "
        f"{score(parts.reliability)} (0 is best), less resolution {score(parts.resolution)} (more is better), plus uncertainty "
        f"{score(parts.uncertainty)} (of the questions themselves), plus {score(parts.within_variance)} less "
        f"{score(parts.within_covariance)} for differences within a range of ten percent."
    )
    items = (
        f"{plural(one.count, 'forecast')} of {chance(one.forecast)} on average: it came in {chance(one.frequency)}" for one in parts.bins
    )
    return Part((Sentence(text),), tuple(map(Sentence, items)))


def _one(one: Scored) -> Sentence:
    forecast, came = one.forecast, one.forecast.resolved
    assert came is not None
    given = chance(forecast.probability(came.outcome))
    text = (
        f"{forecast.question} Recorded {forecast.recorded} from: {forecast.source}. What came: “{came.outcome}” ({came.on}), "
        f"given {given}; Brier {score(one.brier)}, logarithmic {score(one.logarithmic)}"
    )
    return Sentence(text)


def _open(forecasts: Forecasts) -> list[Part]:
    items = []
    for one in forecasts.forecasts:
        if one.resolved is None:
            said = ", ".join(f"“{name}” {chance(probability)}" for name, probability in one.outcomes)
            items.append(Sentence(f"{one.question} Recorded {one.recorded} from: {one.source}. {said}"))
    return [Part((Sentence("Not known yet:"),), tuple(items))] if items else []
