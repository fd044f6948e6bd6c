"""The conclusions on conflicts with and without fronts, as values that can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from detente.analysis.claims.base import Claim
from detente.analysis.claims.red_lines import Elements
from detente.model.conflict import Conflict
from detente.model.formula import Formula
from detente.model.narrowed import Narrowed
from detente.space.states import StateSpace

Kind = Literal["holds", "type", "gain", "kept gain", "red lines"]
Value = bool | str | frozenset[Elements]


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the conclusions that are compared.

    Parameters
    ----------
    kind
        "holds": does everybody stay; "type": the first type of deadlock that applies; "gain": is anything better for everybody;
        "kept gain": does such a state hold; "red lines": the minimal sets of red lines that exclude all such states.
    concept
        For "holds" the key of the concept.
    where
        For the last three the condition that counted states meet; None for any.

    Examples
    --------
    >>> Asked("holds", concept="SEQ").kind
    'holds'
    """

    kind: Kind
    concept: str | None = None
    where: Formula | None = None


@dataclass(frozen=True)
class Headline:
    """The conclusions on one conflict.

    Parameters
    ----------
    answers
        For each conclusion its value; None where it was not settled.  A type is the key of one, "" where none applies, "-" where the status
        quo is not stuck.  Sets of red lines are given by whose they are and their places.
    leaving
        For each concept (key) the decision makers who leave the status quo, as far as it is known.
    gained
        A state that is better for everybody, for each condition (None for none) where one was found: the nearest that is known.
    held
        States that hold and that two or more could have together; tried first in larger conflicts.
    claims
        What shows it; all claims of one conflict are checked in its space.
    space
        The space.
    """

    answers: Mapping[Asked, Value | None]
    leaving: Mapping[str, tuple[str, ...]]
    gained: Mapping[Formula | None, int]
    held: tuple[int, ...]
    claims: tuple[Claim, ...]
    space: StateSpace


def in_order(sets: Iterable[Elements]) -> frozenset[Elements]:
    """Sets of red lines as a value: each in one order, without the empty one.

    >>> in_order([(("B", 1), ("A", 2)), ()])
    frozenset({(('A', 2), ('B', 1))})
    """
    return frozenset(tuple(sorted(elements, key=lambda element: (element[0] or "", element[1]))) for elements in sets if elements)


Fronts = frozenset[str]


@dataclass(frozen=True)
class FrontSet:
    """The conclusions with some of the fronts in the model, and the others left out.

    Parameters
    ----------
    fronts
        The keys of the fronts that are in the model.
    narrowed
        The narrower conflict.
    headline
        Its conclusions; None where it was not looked at, because the time was over or the conflict too large.
    answers
        For each conclusion its value; None where it was not settled.  Red lines are named by their places in the wider conflict.
    reason
        The code of what kept it from being looked at; None if it was.
    """

    fronts: Fronts
    narrowed: Narrowed
    headline: Headline | None
    answers: Mapping[Asked, Value | None]
    reason: str | None = None


@dataclass(frozen=True)
class Compared:
    """The conclusions for sets of fronts.

    Parameters
    ----------
    conflict
        The wider conflict.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    asked
        The conclusions that are compared.
    sets
        The sets that were looked at, those with fewer fronts first.
    every
        Whether these are all sets of fronts.
    """

    conflict: Conflict
    profile: Mapping[str, str]
    asked: tuple[Asked, ...]
    sets: tuple[FrontSet, ...]
    every: bool

    @property
    def whole(self) -> FrontSet:
        """The set of all fronts."""
        return self.sets[-1]

    @property
    def bare(self) -> FrontSet:
        """The set without any."""
        return self.sets[0]

    @property
    def settled(self) -> tuple[Asked, ...]:
        """The conclusions that are known with all fronts in the model."""
        return tuple(one for one in self.asked if self.whole.answers.get(one) is not None)

    def same(self, found: FrontSet, *asked: Asked) -> bool | None:
        """Whether a set gives the same conclusions as all fronts, or the same to some of them (`asked`); None where that is not known."""
        wanted = asked or self.settled
        pairs = [(found.answers.get(one), self.whole.answers.get(one)) for one in wanted]
        if any(one is not None and other is not None and one != other for one, other in pairs):
            return False
        return None if not pairs or any(None in pair for pair in pairs) else True

    def enough(self, *asked: Asked) -> tuple[FrontSet, ...]:
        """The smallest sets that give the same conclusions as all fronts: no part of them that was looked at is known to do so."""
        same = [found for found in self.sets if self.same(found, *asked)]
        return tuple(found for found in same if not any(other.fronts < found.fronts for other in same))

    def doubtful(self, *asked: Asked) -> tuple[FrontSet, ...]:
        """The sets of which it is not known whether they give the same conclusions as all fronts."""
        return tuple(found for found in self.sets if self.same(found, *asked) is None)

    def needed(self, *asked: Asked) -> tuple[str, ...]:
        """The fronts that change a conclusion when they alone are left out, in the order of the conflict."""
        everything = self.whole.fronts
        changed = {
            next(iter(everything - f.fronts)) for f in self.sets if len(everything - f.fronts) == 1 and self.same(f, *asked) is False
        }
        return tuple(front.key for front in self.conflict.fronts if front.key in changed)

    def at(self, fronts: Fronts) -> FrontSet | None:
        """The set with these fronts, if it was looked at."""
        return next((found for found in self.sets if found.fronts == fronts), None)
