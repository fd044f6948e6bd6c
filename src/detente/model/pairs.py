"""Statements about pairs of states: what is known of how a decision maker compares states of one kind with states of another.

An order says of every two states which is preferred.  A statement about pairs says something else of those that it covers: that it is
not known, how strongly one is preferred, how certainly, or how probably.  What it may say, and what that means, is for the preference
structures on the floor above (`detente.concepts.readings`); the model only carries it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from detente.model.evidence import Basis
from detente.model.formula import Formula, renamed

KINDS = ("unknown", "degree", "certainty", "grey", "probability")
"""What a statement about pairs may say."""
THRESHOLDS = ("certainty", "grey")
"""The kinds of statements about pairs that thresholds belong to."""
MAX_DEGREE = 1_000
"""The greatest degree of a preference."""


@dataclass(frozen=True, slots=True)
class PairStatement:
    """What is known of each pair of a state that meets one condition and a state that meets another.

    Of several that cover a pair the first counts.  A pair in which either state could be the one is not covered, except by what says
    nothing of a direction.

    Parameters
    ----------
    kind
        What is said: "unknown", "degree", "certainty", "grey" or "probability".
    of
        The condition of the state that is spoken of.
    over
        The condition of the state that it is compared with.
    values
        What is said, in numbers: none where it is unknown; a degree; a certainty or a probability from 0 to 1; for grey the ends of
        intervals, one after the other.
    basis
        What it rests on, or None.
    says
        The statement in words, or None.

    Examples
    --------
    >>> from detente.model.formula import Taken
    >>> PairStatement("degree", Taken("x"), Taken("y"), (Fraction(2),)).values
    (Fraction(2, 1),)
    """

    kind: str
    of: Formula
    over: Formula
    values: tuple[Fraction, ...] = ()
    basis: Basis | None = None
    says: str | None = None

    @property
    def value(self) -> Fraction:
        """The one number that is said: a degree, a certainty or a probability."""
        return self.values[0]

    @property
    def whole(self) -> int:
        """The degree that is said, as a whole number."""
        return int(self.values[0])

    def decided(self, preferred: Literal["first", "second", "neither"]) -> PairStatement:
        """The statement with the comparison decided (`preferred`), and no doubt left: certainty 1, 0 or 1/2.

        >>> from detente.model.formula import Taken
        >>> PairStatement("unknown", Taken("x"), Taken("y")).decided("second").value
        Fraction(0, 1)
        """
        certainty = {"first": Fraction(1), "second": Fraction(0), "neither": Fraction(1, 2)}[preferred]
        return replace(self, kind="certainty", values=(certainty,))


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on a decision maker acts on what is uncertain.

    Parameters
    ----------
    kind
        The kind of statement about pairs that it belongs to ("certainty", "grey").
    value
        The threshold.
    basis
        What it rests on, or None.

    Examples
    --------
    >>> Threshold("certainty", Fraction(1, 2)).kind
    'certainty'
    """

    kind: str
    value: Fraction
    basis: Basis | None = None


def rename_pair(statement: PairStatement, options: Mapping[str, str]) -> PairStatement:
    """The statement with keys of options replaced; keys that the mapping lacks stay.

    >>> from detente.model.formula import Taken
    >>> rename_pair(PairStatement("unknown", Taken("x"), Taken("y")), {"x": "z"}).of
    Taken(option='z')
    """
    return replace(statement, of=renamed(statement.of, options), over=renamed(statement.over, options))


def is_long(value: Fraction) -> bool:
    """Whether a number (`value`) has more than 18 digits as a decimal or as a ratio; none that long can be written in a conflict file.

    >>> is_long(Fraction(1, 3)), is_long(Fraction(1, 10**19))
    (False, True)
    """
    return max(abs(value.numerator), value.denominator) > 10**18
