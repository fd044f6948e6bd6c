"""Attitudes: how a decision maker stands toward others, and toward themselves (Inohara, Hipel and Walker 2007)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from detente.model.evidence import Basis


class Stance(StrEnum):
    """How somebody stands toward somebody.

    >>> [stance.value for stance in Stance]
    ['positive', 'neutral', 'negative']
    """

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Attitude:
    """How a decision maker stands toward one other, or toward themselves.

    Parameters
    ----------
    toward
        Key of the decision maker.
    stance
        Positive: wants what they want.  Neutral: does not mind.  Negative: wants the opposite.
    basis
        What it rests on, or None.

    Examples
    --------
    >>> Attitude("B", Stance.NEGATIVE).stance.value
    'negative'
    """

    toward: str
    stance: Stance
    basis: Basis | None = None


def rename_attitude(attitude: Attitude, decision_makers: Mapping[str, str]) -> Attitude:
    """The attitude with keys of decision makers replaced; keys that the mapping lacks stay.

    >>> rename_attitude(Attitude("B", Stance.NEGATIVE), {"B": "C"}).toward
    'C'
    """
    return replace(attitude, toward=decision_makers.get(attitude.toward, attitude.toward))
