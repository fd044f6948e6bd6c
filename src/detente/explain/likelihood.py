"""Words for likelihoods, each with its range, and words for confidence, which are kept apart from them.

The words and ranges are those of Intelligence Community Directive 203, Analytic Standards (Office of the Director of National
Intelligence, 2015), which also asks that a likelihood and a confidence do not stand in one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from detente.analysis.evolution.passage import Number
from detente.explain.shares import percent, percent_of
from detente.model.evidence import Basis, BasisKind

SCALE = (
    ("almost no chance", 1, 5),
    ("very unlikely", 5, 20),
    ("unlikely", 20, 45),
    ("roughly even chance", 45, 55),
    ("likely", 55, 80),
    ("very likely", 80, 95),
    ("almost certain", 95, 99),
)
"""The words, each with the least and the greatest probability, in percent, that it stands for."""
SCALE_SOURCE = "ICD 203"
"""Where the words are from."""


Level = Literal["low", "moderate"]
"""How much confidence inputs allow.  None is called high: a model is not compared with what came."""


def likelihood(probability: Number) -> str | None:
    """The word for a probability, with its range; None below 1% and above 99%, for which the scale has no word.

    A probability at which one range ends and the next begins takes the word nearer to an even chance.

    Parameters
    ----------
    probability
        From 0 to 1.

    Examples
    --------
    >>> [likelihood(Fraction(one, 100)) for one in (0, 5, 20, 50, 62, 95)]
    [None, 'very unlikely (5-20%)', 'unlikely (20-45%)', 'roughly even chance (45-55%)', 'likely (55-80%)', 'very likely (80-95%)']
    """
    hundredths = Fraction(probability) * 100
    if not 1 <= hundredths <= 99:
        return None
    for word, low, high in SCALE:
        if hundredths < high or (hundredths == high and low >= 45):
            return f"{word} ({low}-{high}%)"
    return None


def chance(probability: Number) -> str:
    """A probability in percent: never 0% or 100% of what is not certain.

    >>> chance(Fraction(1, 3)), chance(0.25), chance(Fraction(1))
    ('33.3%', '25%', '100%')
    """
    return percent_of(probability) if isinstance(probability, float) else percent(probability)


def between(low: float, high: float) -> str:
    """A range of probabilities: "from 8.3% to 91.7%", or the one that both are.

    >>> between(0.25, 0.75), between(0.5, 0.5)
    ('from 25% to 75%', '50%')
    """
    first, last = chance(low), chance(high)
    return first if first == last else f"from {first} to {last}"


def confidence(basis: Basis | None, spread: float | None, given: bool = False) -> tuple[Level, str]:
    """How much confidence the inputs of a probability allow, and why: "low" or "moderate", never "high".

    Parameters
    ----------
    basis
        What the weights of the movers rest on; None where nobody states them.
    spread
        How far the probability of an end moves over the weights that were tried: the greatest less the least; None where none were.
    given
        Whether somebody gives weights without a basis.

    Examples
    --------
    >>> confidence(None, 0.1)[0], confidence(Basis(BasisKind.INFERRED), 0.1)[0], confidence(Basis(BasisKind.INFERRED), 0.8)[0]
    ('low', 'moderate', 'low')
    """
    reasons: list[str] = []
    if basis is None:
        reasons.append("nothing says what the weights given rest on" if given else "nobody states how often each moves")
    elif basis.kind is BasisKind.ASSUMED:
        reasons.append("how often each moves is assumed")
    if spread is None:
        reasons.append("other weights were not tried")
    elif spread > 0.5:
        reasons.append("the probability of an end changes by more than half over the weights that were tried")
    if reasons:
        return "low", _both(reasons)
    kind = "reported" if basis is not None and basis.kind is BasisKind.REPORTED else "inferred"
    steady = "no probability of an end changes by more than half over the weights that were tried"
    return "moderate", f"how often each moves is {kind}, and {steady}"


def _both(reasons: Sequence[str]) -> str:
    return ", and ".join(reasons)
