"""Guesses: the parts of a conflict that are not certain, each with the alternatives that are looked at.

A *completion* settles every guess by one of its alternatives.  The first alternative of each is the conflict as it is written, so that
naming guesses changes nothing.  What a completion is, is said once, in `detente.model.completed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, permutations
from typing import Literal, TypeAlias

from detente.model.direction import Direction
from detente.model.evidence import Basis
from detente.model.formula import Formula, renamed
from detente.model.rule import Rule, rename_rule

GuessKind = Literal["order", "statement", "red line", "relation", "rule", "direction", "viewpoint"]
"""What is not certain: in which order statements stand; whether, or how, a statement, a red line or a rule holds; how states are compared
of which the file says that it is not known; which changes an option allows; whose account is right."""

MAX_GUESSES = 64
"""Most guesses of a conflict."""
MAX_ORDERED = 7
"""Most statements whose order is open in one guess (5,040 orders)."""
MAX_ALTERNATIVES = 5_040
"""Most alternatives of a guess, what is written among them."""


@dataclass(frozen=True, slots=True)
class AsWritten:
    """The element as the conflict has it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Without the element."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The statements of an order in another order: their places in the conflict, the most important first.

    >>> Ordered((2, 1)).places
    (2, 1)
    """

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A comparison that is not known, decided: the states of the first condition are preferred, those of the second, or they are the same.

    >>> Decided("first").preferred
    'first'
    """

    preferred: Literal["first", "second", "neither"]


@dataclass(frozen=True, slots=True)
class SeenFrom:
    """The conflict as a viewpoint has it.

    >>> SeenFrom("reader").viewpoint
    'reader'
    """

    viewpoint: str


What: TypeAlias = AsWritten | LeftOut | Ordered | Decided | SeenFrom | Formula | Rule | Direction
"""What an alternative makes of the element: another condition for a statement or a red line, another rule, another direction ..."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a guess may come out.

    Parameters
    ----------
    what
        What it makes of the element.
    weight
        How much it counts beside the other alternatives, if there is a source that says so; None where nothing is said.
    says
        The alternative in words, or None.

    Examples
    --------
    >>> Alternative(LeftOut()).weight is None
    True
    """

    what: What
    weight: Fraction | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A part of the conflict that is not certain.

    Parameters
    ----------
    key
        Short name, unique among the guesses of the conflict.
    kind
        What is not certain.
    of
        Key of the decision maker whose statements, red line or comparison it is, or of the option whose direction; None for rules and
        viewpoints.
    places
        The numbers (from 1) of the statements, or of the one statement, red line, statement about pairs or rule; empty otherwise.
    alternatives
        At least two; the first is `AsWritten`.  Either each has a weight or none has.
    says
        What is guessed, in words, or None.
    basis
        Why it is open, or None.
    weighed
        What the weights rest on; None without weights.

    Examples
    --------
    >>> held = Guess("resolve", "statement", "A", (2,), (Alternative(AsWritten()), Alternative(LeftOut())))
    >>> held.element, len(held.alternatives)
    ('decision makers/A/prefers/2', 2)
    """

    key: str
    kind: GuessKind
    of: str | None
    places: tuple[int, ...]
    alternatives: tuple[Alternative, ...]
    says: str | None = None
    basis: Basis | None = None
    weighed: Basis | None = None

    @property
    def elements(self) -> tuple[str, ...]:
        """The paths of the elements that it is about, as in diagnostics."""
        match self.kind:
            case "order" | "statement":
                return tuple(f"decision makers/{self.of}/prefers/{place}" for place in self.places)
            case "red line":
                return tuple(f"decision makers/{self.of}/red lines/{place}" for place in self.places)
            case "relation":
                return tuple(f"decision makers/{self.of}/pairs/{place}" for place in self.places)
            case "rule":
                return tuple(f"rules/{place}" for place in self.places)
            case "direction":
                return (f"options/{self.of}",)
            case "viewpoint":
                return tuple(f"viewpoints/{key}" for key in self.viewpoints)

    @property
    def viewpoints(self) -> tuple[str, ...]:
        """The keys of the viewpoints that may be right instead."""
        return tuple(one.what.viewpoint for one in self.alternatives if isinstance(one.what, SeenFrom))

    @property
    def element(self) -> str:
        """The path of the first element that it is about."""
        return self.elements[0]

    @property
    def party(self) -> str | None:
        """The decision maker whose order of the states it bears on; None where it bears on the conflict as a whole."""
        return self.of if self.kind in ("order", "statement", "red line", "relation") else None

    @property
    def is_weighted(self) -> bool:
        """Whether its alternatives have weights."""
        return any(one.weight is not None for one in self.alternatives)

    @property
    def weights(self) -> tuple[Fraction, ...]:
        """The weight of each alternative, 1 together; the same for each where none is said."""
        given = [one.weight for one in self.alternatives if one.weight is not None]
        if len(given) < len(self.alternatives):
            return (Fraction(1, len(self.alternatives)),) * len(self.alternatives)
        return tuple(weight / sum(given) for weight in given)


def orders(places: tuple[int, ...]) -> tuple[Ordered, ...]:
    """All orders of some statements (their `places`) but the one in which they stand, each once.

    >>> [order.places for order in orders((1, 2, 3))]
    [(1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)]
    """
    return tuple(map(Ordered, islice(permutations(places), 1, None))) if len(places) <= MAX_ORDERED else ()


def rename_guess(guess: Guess, options: Mapping[str, str], decision_makers: Mapping[str, str]) -> Guess:
    """A guess with keys of options and decision makers replaced; keys that the mappings lack stay.

    >>> rename_guess(Guess("g", "red line", "A", (1,), (Alternative(AsWritten()), Alternative(LeftOut()))), {}, {"A": "B"}).of
    'B'
    """
    keys = options if guess.kind == "direction" else decision_makers
    of = None if guess.of is None else keys.get(guess.of, guess.of)
    made = map_guess(guess, lambda formula: renamed(formula, options), lambda rule: rename_rule(rule, options))
    return replace(made, of=of)


def map_guess(guess: Guess, formula: Callable[[Formula], Formula], rule: Callable[[Rule], Rule]) -> Guess:
    """A guess with a change made to each condition (`formula`), and to each rule (`rule`), that its alternatives put in.

    >>> from detente.model.formula import Not, Taken
    >>> one = Guess("g", "statement", "A", (1,), (Alternative(AsWritten()), Alternative(Taken("x"))))
    >>> map_guess(one, Not, lambda rule: rule).alternatives[1].what
    Not(part=Taken(option='x'))
    """

    def changed(what: What) -> What:
        if isinstance(what, AsWritten | LeftOut | Ordered | Decided | SeenFrom | Direction):
            return what
        return rule(what) if isinstance(what, Rule) else formula(what)

    return replace(guess, alternatives=tuple(replace(one, what=changed(one.what)) for one in guess.alternatives))


COUNTED: dict[str, tuple[GuessKind, ...]] = {
    "statement": ("order", "statement"),
    "red line": ("red line",),
    "pair": ("relation",),
    "rule": ("rule",),
}
"""By what is counted from 1 in a conflict, the kinds of guesses that name its numbers."""


def shifted(guesses: tuple[Guess, ...], noun: str, of: str | None, to: Callable[[int], int | None]) -> tuple[Guess, ...]:
    """Guesses where the numbers of something have changed; those about what is gone are left out.

    Parameters
    ----------
    guesses
        The guesses.
    noun
        What has other numbers: "statement", "red line", "pair" or "rule".
    of
        The decision maker (key) whose it is; None for rules.
    to
        For each old number the new one, or None for what is gone.

    Examples
    --------
    >>> doubt = Guess("g", "red line", "A", (2,), (Alternative(AsWritten()), Alternative(LeftOut())))
    >>> shifted((doubt,), "red line", "A", lambda place: place - 1 if place > 1 else None)[0].places
    (1,)
    """
    found = []
    for guess in guesses:
        if guess.of != of or guess.kind not in COUNTED[noun]:
            found.append(guess)
            continue
        places = tuple(sorted(now for place in guess.places if (now := to(place)) is not None))
        if guess.kind == "order" and len(places) > 1:
            first = guess.alternatives[0]
            found.append(replace(guess, places=places, alternatives=(first, *map(Alternative, orders(places)))))
        elif guess.kind != "order" and places:
            found.append(replace(guess, places=places))
    return tuple(found)


def after_adding(place: int) -> Callable[[int], int]:
    """The new number of what had an old one, after something came to stand at a `place`.

    >>> after_adding(2)(1), after_adding(2)(2)
    (1, 3)
    """
    return lambda old: old + 1 if old >= place else old


def after_removing(place: int) -> Callable[[int], int | None]:
    """The new number of what had an old one, after what stood at a `place` was taken away; None for that itself.

    >>> after_removing(2)(1), after_removing(2)(2), after_removing(2)(3)
    (1, None, 2)
    """
    return lambda old: None if old == place else old - 1 if old > place else old


def after_moving(place: int, to: int) -> Callable[[int], int]:
    """The new number of what had an old one, after what stood at a `place` was moved `to` another.

    >>> [after_moving(1, 3)(old) for old in (1, 2, 3, 4)]
    [3, 1, 2, 4]
    """

    def moved(old: int) -> int:
        if old == place:
            return to
        rest = old - 1 if old > place else old
        return rest + 1 if rest >= to else rest

    return moved
