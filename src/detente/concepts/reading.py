"""How preferences enter a play: what counts as an improvement, as a deterrent, as a credible step.

The classical concepts read one order for each decision maker in one way.  Preferences of other structures (partly unknown, of several
strengths, fuzzy, grey, probabilistic) and attitudes toward others are *readings*: the same play, and other relations between
states.  A reading stands in a file of its own in `detente.concepts.readings`; with a classical concept it makes a concept that is written
`SEQ:a`, or `SEQ:probable@0.9/0.8/0.7` where it takes parameters.
"""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.preference.order import Ordering


class Relations(ABC):
    """How the preference of one decision maker enters a play; states are (greatest) combinations.

    Every classical concept asks only these questions: the focal decision maker leaves `origin` for a state that gains, unless an answer
    leads to a state by which they are deterred, and from which each further move of theirs holds them.
    """

    @abstractmethod
    def gains(self, state: int, origin: int) -> bool:
        """Whether moving from `origin` to a state is worth leaving for."""

    @abstractmethod
    def deterred(self, state: int, origin: int) -> bool:
        """Whether an answer that ends at a state keeps the decision maker from leaving `origin`."""

    def held(self, state: int, origin: int) -> bool:
        """Whether a further move of their own, to a state, leaves them deterred from leaving `origin`."""
        return self.deterred(state, origin)

    def steps(self, state: int, origin: int) -> bool:
        """Whether a step of theirs from `origin` to a state counts as credible, when they are among those who answer."""
        return self.gains(state, origin)


@dataclass(frozen=True)
class Crisp(Relations):
    """The classical relations: a state gains if it is preferred, and deters if it is not.

    Parameters
    ----------
    order
        The order of the decision maker.
    """

    order: Ordering

    def gains(self, state: int, origin: int) -> bool:
        """Whether a state is preferred to `origin`."""
        return self.order.prefers(state, origin)

    def deterred(self, state: int, origin: int) -> bool:
        """Whether a state is not preferred to `origin`."""
        return not self.order.prefers(state, origin)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a reading takes, from `least` to `most`.

    Parameters
    ----------
    name
        How it is called where a reading is written down ("alpha").
    says
        What it is, as a clause.
    least, most
        Its range.
    above
        Whether `least` itself is too small.
    whole
        Whether it is a whole number.
    concepts
        Keys of the classical concepts for which it counts; empty for all.

    Examples
    --------
    >>> threshold = Parameter("threshold", "the certainty from which on they act", 0, 1, above=True)
    >>> threshold.fits(Fraction(1, 2)), threshold.fits(Fraction(0)), Parameter("k", "a degree", 0, 9, whole=True).fits(Fraction(1, 2))
    (True, False, False)
    """

    name: str
    says: str
    least: int
    most: int
    above: bool = False
    whole: bool = False
    concepts: tuple[str, ...] = ()

    def fits(self, value: Fraction) -> bool:
        """Whether a number (`value`) is one that it may be."""
        within = self.least <= value <= self.most and not (self.above and value == self.least)
        return within and (value.denominator == 1 or not self.whole)

    @property
    def range(self) -> str:
        """The range in words.

        >>> Parameter("k", "a degree", 0, 9, whole=True).range, Parameter("t", "a threshold", 0, 1, above=True).range
        ('a whole number from 0 to 9', 'a number above 0 and up to 1')
        """
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} above {self.least} and up to {self.most}" if self.above else f"{kind} from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A way in which preferences enter a play.

    Parameters
    ----------
    key
        Short name, written after the colon ("a").
    name
        Full name.
    says
        What it does, as one clause that follows the concept's own question.
    source
        Where it is printed.
    relations
        The relations of a decision maker (key) in a space, for parameters.
    concepts
        Keys of the classical concepts that it goes with.
    parameters
        The numbers that it takes, in the order in which they are written.
    optional
        Whether they may all be left out; the conflict then says what they are.
    implies
        Keys of readings under which whatever is stable under this one is stable as well, for each concept (property tests check it).

    Examples
    --------
    >>> Reading("plain", "Plain", "as it stands", "-", lambda space, dm, values: Crisp(None)).concepts
    ('Nash', 'GMR', 'SMR', 'SEQ', 'SSEQ')
    """

    key: str
    name: str
    says: str
    source: str
    relations: Callable[[StateSpace, str, tuple[Fraction, ...]], Relations]
    concepts: tuple[str, ...] = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
    parameters: tuple[Parameter, ...] = ()
    optional: bool = False
    implies: tuple[str, ...] = ()

    def takes(self, key: str) -> tuple[Parameter, ...]:
        """The parameters that count for a classical concept (`key`)."""
        return tuple(parameter for parameter in self.parameters if not parameter.concepts or key in parameter.concepts)


@cache
def all_readings() -> tuple[Reading, ...]:
    """Every reading there is, by key: the `READINGS` of the modules of `detente.concepts.readings`.

    >>> isinstance(all_readings(), tuple)
    True
    """
    package = importlib.import_module(f"{__name__.rpartition('.')[0]}.readings")
    modules = [importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)]
    found = [reading for module in modules for reading in getattr(module, "READINGS", ())]
    return tuple(sorted(found, key=lambda reading: reading.key))
