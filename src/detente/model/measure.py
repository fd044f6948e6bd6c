"""Measures: what the analyst thinks could be done, and what it would change; no part of the model until they are tried.

`detente.model.trying` makes edits of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from detente.model.direction import Direction
from detente.model.evidence import Basis
from detente.model.formula import TRUE, Formula, renamed


@dataclass(frozen=True, slots=True)
class NewBan:
    """Moves of a party from states that meet `leaving` to states that meet `reaching` are kept from happening.

    >>> NewBan("A").by
    'A'
    """

    by: str
    leaving: Formula = TRUE
    reaching: Formula = TRUE


@dataclass(frozen=True, slots=True)
class NewStatement:
    """A party (key) comes to hold a further statement: that `when` is wanted, in words what it `says`.

    It stands directly before what is now the statement number `place` of the party.

    >>> from detente.model.formula import Taken
    >>> NewStatement(Taken("pay"), "A", 1).place
    1
    """

    when: Formula
    party: str
    place: int
    says: str | None = None


@dataclass(frozen=True, slots=True)
class NewOption:
    """Somebody comes to have a further option, not taken in the status quo, and parties come to hold statements that value it.

    Parameters
    ----------
    key
        Short name, unique in the conflict.
    owners
        Keys of the decision makers who can change it, each alone.
    name
        What taking it means, in a few words; None for the key.
    direction
        Which changes they can make.
    valued
        Statements about it that parties hold from then on.

    Examples
    --------
    >>> NewOption("Escrow", ("A",)).direction.value
    'both'
    """

    key: str
    owners: tuple[str, ...]
    name: str | None = None
    direction: Direction = Direction.BOTH
    valued: tuple[NewStatement, ...] = ()


@dataclass(frozen=True, slots=True)
class NewOwner:
    """A party (`owner`) comes to be able to change an option of others, alone, as its owners can.

    >>> NewOwner("A", "Sanction").option
    'Sanction'
    """

    owner: str
    option: str


@dataclass(frozen=True, slots=True)
class WithoutRedLine:
    """A party drops its red line number `place` (from 1).

    >>> WithoutRedLine(1, "A").party
    'A'
    """

    place: int
    party: str


@dataclass(frozen=True, slots=True)
class WithoutRule:
    """Rule number `place` (from 1) no longer holds.

    >>> WithoutRule(2).place
    2
    """

    place: int


Change: TypeAlias = NewBan | NewOption | NewOwner | NewStatement | WithoutRedLine | WithoutRule


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that could be done.

    Parameters
    ----------
    name
        What it is called, unique in the conflict.
    changes
        What it changes.
    cost
        What it costs, in the analyst's own unit; a positive whole number.
    by
        Who provides it: the key of a decision maker, or any words; None if nothing is said.
    basis
        What it rests on, or None.
    says
        The measure in words, or None.

    Examples
    --------
    >>> Measure("a monitored ban", (NewBan("A"),), cost=2, by="observers").cost
    2
    """

    name: str
    changes: tuple[Change, ...]
    cost: int = 1
    by: str | None = None
    basis: Basis | None = None
    says: str | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """The keys of the options that it brings."""
        return tuple(change.key for change in self.changes if isinstance(change, NewOption))


def statements_of(measure: Measure) -> Iterator[NewStatement]:
    """All statements that a measure makes parties hold, in the order in which they stand.

    >>> list(statements_of(Measure("nothing", ())))
    []
    """
    for change in measure.changes:
        if isinstance(change, NewStatement):
            yield change
        elif isinstance(change, NewOption):
            yield from change.valued


def conditions_of(measure: Measure) -> Iterator[Formula]:
    """All conditions that a measure mentions.

    >>> len(list(conditions_of(Measure("a ban", (NewBan("A"),)))))
    2
    """
    for change in measure.changes:
        if isinstance(change, NewBan):
            yield change.leaving
            yield change.reaching
    yield from (statement.when for statement in statements_of(measure))


def parties_of(measure: Measure) -> Iterator[str]:
    """The keys of all decision makers whom the changes of a measure mention.

    >>> list(parties_of(Measure("a ban", (NewBan("A"),))))
    ['A']
    """
    for change in measure.changes:
        match change:
            case NewBan(by):
                yield by
            case NewOption(owners=owners, valued=valued):
                yield from owners
                yield from (statement.party for statement in valued)
            case NewOwner(owner):
                yield owner
            case NewStatement(party=party) | WithoutRedLine(party=party):
                yield party
            case WithoutRule():
                continue


def rename_measure(measure: Measure, options: Mapping[str, str], decision_makers: Mapping[str, str]) -> Measure:
    """The measure with keys of options and decision makers replaced; keys that the mappings lack stay.

    >>> rename_measure(Measure("a ban", (NewBan("A"),), by="A"), {}, {"A": "B"}).by
    'B'
    """

    def option(key: str) -> str:
        return options.get(key, key)

    def party(key: str) -> str:
        return decision_makers.get(key, key)

    by = None if measure.by is None else party(measure.by)
    return replace(measure, by=by, changes=tuple(_renamed(change, options, option, party) for change in measure.changes))


def _renamed(change: Change, options: Mapping[str, str], option: Callable[[str], str], party: Callable[[str], str]) -> Change:
    def statement(old: NewStatement) -> NewStatement:
        return NewStatement(renamed(old.when, options), party(old.party), old.place, old.says)

    match change:
        case NewBan(by, leaving, reaching):
            return NewBan(party(by), renamed(leaving, options), renamed(reaching, options))
        case NewOption(key, owners, name, direction, valued):
            return NewOption(option(key), tuple(map(party, owners)), name, direction, tuple(map(statement, valued)))
        case NewOwner(owner, key):
            return NewOwner(party(owner), option(key))
        case NewStatement():
            return statement(change)
        case WithoutRedLine(place, key):
            return WithoutRedLine(place, party(key))
        case WithoutRule():
            return change
