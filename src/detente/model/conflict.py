"""The conflict: who decides, what each can do, what can't happen, what each prefers, and what that rests on.

A graph model in option form (Kilgour, Hipel and Fang 1987; Fang, Hipel and Kilgour 1993): decision makers own binary options, a state
is a feasible choice of options, a decision maker moves by changing their own.  A `Conflict` is an immutable value: equal
conflicts have equal digests, and a change is an `Edit` (see `detente.model.edit`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from detente.errors import Problems
from detente.model.digest import digest_of
from detente.model.evidence import Basis, Evidence
from detente.model.formula import Formula, Taken, options_in
from detente.model.preference import Listed, Meets, Preference, Sums
from detente.model.rule import Rule, formulas_of

MAX_NAME = 200
"""Longest key or name, in characters."""


class Direction(StrEnum):
    """Which changes of an option its owners can make.

    >>> [direction.value for direction in Direction]
    ['both', 'only_on', 'only_off']
    """

    BOTH = "both"
    ONLY_ON = "only_on"
    ONLY_OFF = "only_off"


@dataclass(frozen=True, slots=True)
class Option:
    """A binary option: taken or not.

    Parameters
    ----------
    key
        Short name, unique in the conflict.
    name
        What taking it means, in a few words.
    owners
        Keys of the decision makers who can change it, each alone; without an owner nobody can.
    direction
        Which changes they can make.
    description
        More about it, or None.
    basis
        What it rests on, or None.

    Examples
    --------
    >>> Option("Abandon", "abandon the plant", ("Company",), Direction.ONLY_ON).direction.value
    'only_on'
    """

    key: str
    name: str
    owners: tuple[str, ...]
    direction: Direction = Direction.BOTH
    description: str | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class RedLine:
    """States that a decision maker never accepts: to them, each is worse than every state that crosses no red line of theirs.

    Parameters
    ----------
    never
        The condition that such states meet.
    basis
        What the red line rests on, or None.
    says
        The sentence that explanations use, or None.

    Examples
    --------
    >>> RedLine(Taken("Surrender"), says="surrender").says
    'surrender'
    """

    never: Formula
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """Somebody who decides: preference, red lines and what is known of them.

    Parameters
    ----------
    key
        Short name, unique in the conflict.
    name
        Full name for reports.
    preference
        How they order the states; None means indifferent among all that cross no red line.
    red_lines
        States they never accept.
    description
        Who they are and what they decide, or None.
    basis
        What their place in the model rests on, or None.
    spare_preferences
        Preferences that the file holds but that are not in use (a `.gmcr` file may hold both statements and a ranking).
    unperceived
        A condition: they move neither from nor to states that meet it (from the misperceptions of a `.gmcr` file); None if none.
    """

    key: str
    name: str
    preference: Preference | None = None
    red_lines: tuple[RedLine, ...] = ()
    description: str | None = None
    basis: Basis | None = None
    spare_preferences: tuple[Preference, ...] = ()
    unperceived: Formula | None = None


@dataclass(frozen=True, slots=True)
class Coalition:
    """Decision makers who may act together; kept from the file.

    Parameters
    ----------
    members
        Keys of the decision makers.
    name
        What it is called, or None.

    Examples
    --------
    >>> Coalition(("A", "B"), "both").members
    ('A', 'B')
    """

    members: tuple[str, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class NamedState:
    """A state with a name of its own, given as the set of options taken.

    >>> sorted(NamedState("the deal", frozenset({"Pay", "Open"})).taken)
    ['Open', 'Pay']
    """

    name: str
    taken: frozenset[str]


@dataclass(frozen=True)
class Conflict:
    """A conflict, as a value.

    Parameters
    ----------
    title
        One line.
    decision_makers
        In the order in which they are shown.
    options
        In the order of their owners: decision maker by decision maker, each in their own order; an option without an owner comes
        first, one with several owners stands with the first of them.  `in_owner_order` sorts them so.
    rules
        What can't happen, and which combinations are one state.
    status_quo
        The options taken now, or None when the conflict has no status quo.
    question, about, viewpoint
        What is asked; background; whose account this is.  Plain text.
    evidence
        Sources, asserters, what is missing.
    named_states
        States with names of their own.
    coalitions
        Declared coalitions.

    Raises
    ------
    ConflictError
        M100 to M109: no decision maker, a repeated or empty key, an unknown option or decision maker, options out of order.

    Examples
    --------
    >>> conflict = Conflict("two", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> conflict.digest[:8], conflict.combinations
    ('...', 2)
    """

    title: str
    decision_makers: tuple[DecisionMaker, ...]
    options: tuple[Option, ...]
    rules: tuple[Rule, ...] = ()
    status_quo: frozenset[str] | None = None
    question: str | None = None
    about: str | None = None
    viewpoint: str | None = None
    evidence: Evidence = field(default_factory=Evidence)
    named_states: tuple[NamedState, ...] = ()
    coalitions: tuple[Coalition, ...] = ()

    def __post_init__(self) -> None:
        problems = Problems()
        _check_keys(self, problems)
        _check_references(self, problems)
        problems.raise_errors()

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over everything that the conflict says; equal conflicts have equal digests."""
        return digest_of(self)

    @property
    def combinations(self) -> int:
        """How many combinations of options there are, feasible or not: two to the number of options."""
        return 1 << len(self.options)

    def decision_maker(self, key: str) -> DecisionMaker:
        """The decision maker with this key.  Raises KeyError if there is none."""
        return self.decision_makers[self._dm_index[key]]

    def option(self, key: str) -> Option:
        """The option with this key.  Raises KeyError if there is none."""
        return self.options[self.option_index[key]]

    @cached_property
    def option_index(self) -> dict[str, int]:
        """The place of each option, from 0; also the place of its bit in a combination."""
        return {option.key: i for i, option in enumerate(self.options)}

    @cached_property
    def _dm_index(self) -> dict[str, int]:
        return {dm.key: i for i, dm in enumerate(self.decision_makers)}

    def options_of(self, key: str) -> tuple[Option, ...]:
        """The options that the decision maker with a key owns, alone or with others, in the order of the conflict."""
        return tuple(option for option in self.options if key in option.owners)

    def combination(self, taken: frozenset[str]) -> int:
        """The number of a combination: the sum of 2**k over the options taken, k being an option's place from 0."""
        return sum(1 << self.option_index[key] for key in taken)

    def taken(self, combination: int) -> frozenset[str]:
        """The keys of the options taken in a combination; the inverse of `combination`."""
        return frozenset(option.key for i, option in enumerate(self.options) if combination >> i & 1)

    def name_of(self, taken: frozenset[str]) -> str | None:
        """The name of the state with exactly these options taken, if it has one."""
        return next((named.name for named in self.named_states if named.taken == taken), None)


def in_owner_order(decision_makers: tuple[DecisionMaker, ...], options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options in the order of their owners, as `Conflict` needs them; a stable sort.

    Parameters
    ----------
    decision_makers
        In the order of the conflict.
    options
        In any order.

    Examples
    --------
    >>> a, b = Option("x", "x", ("B",)), Option("y", "y", ("A",))
    >>> [o.key for o in in_owner_order((DecisionMaker("A", "A"), DecisionMaker("B", "B")), (a, b))]
    ['y', 'x']
    """
    place = {dm.key: i for i, dm in enumerate(decision_makers)}
    return tuple(sorted(options, key=lambda option: min((place.get(o, len(place)) for o in option.owners), default=-1)))


def formulas_in(preference: Preference) -> list[Formula]:
    """The conditions and, as one-option conditions, the options that a preference's criteria mention.

    >>> from detente.preference.weighting import OptionWeighting
    >>> formulas_in(OptionWeighting((("deal", 3),)))
    [Taken(option='deal')]
    """
    found: list[Formula] = []
    for criterion in preference.criteria():
        match criterion:
            case Meets(formula):
                found.append(formula)
            case Sums(weights):
                found.extend(Taken(key) for key, _ in weights)
            case Listed(levels):
                found.extend(Taken(key) for key in {key for level in levels for taken in level for key in taken})
    return found


def _check_keys(conflict: Conflict, problems: Problems) -> None:
    if not conflict.decision_makers:
        problems.error("M100", "the conflict has no decision maker", help="add at least one under `decision makers`")
    if not conflict.options:
        problems.error("M101", "the conflict has no option", help="give a decision maker at least one option")
    groups = {
        "decision maker": [dm.key for dm in conflict.decision_makers],
        "option": [option.key for option in conflict.options],
        "source": [source.key for source in conflict.evidence.sources],
        "asserter": [asserter.key for asserter in conflict.evidence.asserters],
        "named state": [named.name for named in conflict.named_states],
    }
    for noun, keys in groups.items():
        for key in sorted({k for k in keys if keys.count(k) > 1}) if len(keys) != len(set(keys)) else ():
            problems.error("M102", f'two {noun}s are called "{key}"', value=key, help="give each its own key")
        for key in keys:
            if not key.strip() or len(key) > MAX_NAME or not key.isprintable():
                problems.error(
                    "M103",
                    f"a {noun} has an unusable key {key[:40]!r}",
                    value=key[:MAX_NAME],
                    help=f"use 1 to {MAX_NAME} printable characters",
                )
    if in_owner_order(conflict.decision_makers, conflict.options) != conflict.options:
        problems.error("M109", "the options are not in the order of their owners", help="sort them with `in_owner_order`")


def _check_references(conflict: Conflict, problems: Problems) -> None:
    options, parties = set(conflict.option_index), {dm.key for dm in conflict.decision_makers}

    def known(formula: Formula, element: str) -> None:
        for key in sorted(options_in(formula) - options):
            problems.error("M104", f'no option is called "{key}"', value=key, element=element)

    for option in conflict.options:
        for owner in option.owners:
            if owner not in parties:
                problems.error("M105", f'no decision maker is called "{owner}"', value=owner, element=f"option {option.key}")
    for i, rule in enumerate(conflict.rules):
        for formula in formulas_of(rule):
            known(formula, f"rule {i + 1}")
    for dm in conflict.decision_makers:
        for red_line in dm.red_lines:
            known(red_line.never, f"red line of {dm.key}")
        if dm.unperceived is not None:
            known(dm.unperceived, f"perception of {dm.key}")
        for preference in (*((dm.preference,) if dm.preference else ()), *dm.spare_preferences):
            for formula in formulas_in(preference):
                known(formula, f"preference of {dm.key}")
    states = [("status quo", conflict.status_quo or frozenset()), *((f"state {n.name}", n.taken) for n in conflict.named_states)]
    for element, taken in states:
        for key in sorted(taken - options):
            problems.error("M104", f'no option is called "{key}"', value=key, element=element)
    for coalition in conflict.coalitions:
        for member in coalition.members:
            if member not in parties:
                problems.error("M105", f'no decision maker is called "{member}"', value=member, element="coalition")
