"""The conflicts nearest to one: what single edits make of it, and what pairs of edits make of it.

One edit moves a statement of somebody to another place, leaves one out or turns it round, leaves out a red line or a rule, or moves a
ranked state by one step.  Edits that make the same of a conflict count as one, so that numbers of edits are numbers of changed models.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from detente.model.edit import Edit, MoveStatement, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement
from detente.model.edit_rankings import MoveRanked, levels_of, ranks_states, step, with_levels
from detente.model.formula import Not
from detente.model.preference import Statement
from detente.model.rule import Merged

if TYPE_CHECKING:
    from detente.model.conflict import Conflict, DecisionMaker

Edits: TypeAlias = tuple[Edit, ...]
"""Edits, made one after the other."""

_RANKS = (MoveStatement, MoveRanked, RemoveStatement, RemoveRedLine, RemoveRule, ReverseStatement)


@dataclass(frozen=True)
class Near:
    """A decision maker after edits.

    Parameters
    ----------
    party
        The decision maker.
    edits
        The edits; none for the decision maker as written.
    """

    party: DecisionMaker
    edits: Edits = ()


def near(conflict: Conflict) -> Edits:
    """Every single edit of a conflict that changes it, each as a change of the model; of those that make the same, the first.

    Examples
    --------
    >>> from detente.cases import load
    >>> from collections import Counter
    >>> sorted(Counter(type(edit).__name__ for edit in near(load("euphrates-1975"))).items())
    [('MoveStatement', 25), ('RemoveRule', 1), ('RemoveStatement', 9), ('ReverseStatement', 9)]
    """
    parties = [found.edits[0] for dm in conflict.decision_makers for found in near_party(dm)]
    return (*parties, *near_rules(conflict))


def near_rules(conflict: Conflict) -> tuple[RemoveRule, ...]:
    """The rules of a conflict that can be left out: none if somebody ranks states, or if states are merged, as other states then arise.

    >>> from detente.cases import load
    >>> len(near_rules(load("gaza-hostage-talks"))), near_rules(load("elmira"))
    (8, ())
    """
    if any(map(ranks_states, conflict.decision_makers)) or any(isinstance(rule, Merged) for rule in conflict.rules):
        return ()
    found: dict[Hashable, RemoveRule] = {}
    for place in range(1, len(conflict.rules) + 1):
        found.setdefault(conflict.rules[: place - 1] + conflict.rules[place:], RemoveRule(place))
    return tuple(found.values())


def near_rules_twice(conflict: Conflict) -> tuple[Edits, ...]:
    """The pairs of rules of a conflict that can be left out together, where no single one does; as edits, the later rule first.

    >>> from detente.cases import load
    >>> len(near_rules_twice(load("gaza-hostage-talks")))
    28
    """
    rules = conflict.rules
    found: dict[Hashable, Edits] = {}
    if near_rules(conflict):
        for one, other in combinations(range(len(rules)), 2):
            left = tuple(rule for place, rule in enumerate(rules) if place not in (one, other))
            found.setdefault(left, (RemoveRule(other + 1), RemoveRule(one + 1)))
    return tuple(found.values())


def near_party(dm: DecisionMaker) -> tuple[Near, ...]:
    """A decision maker after each single edit that changes their order.

    Parameters
    ----------
    dm
        The decision maker.

    Examples
    --------
    >>> from detente.cases import load
    >>> len(near_party(load("chicken").decision_makers[0])), len(near_party(load("euphrates-1975").decision_makers[0]))
    (3, 17)
    """
    return _ring((Near(dm),), {_sense(dm)})


def near_twice(dm: DecisionMaker) -> tuple[Near, ...]:
    """A decision maker after each two edits of theirs, where no fewer do; of the ways to make the same, the nearest.

    Parameters
    ----------
    dm
        The decision maker.

    Examples
    --------
    >>> from detente.cases import load
    >>> len(near_twice(load("chicken").decision_makers[0]))
    5
    """
    first = near_party(dm)
    return _ring(first, {_sense(dm), *(_sense(found.party) for found in first)})


def _ring(before: tuple[Near, ...], known: set[Hashable]) -> tuple[Near, ...]:
    """What one more edit makes of decision makers that is not `known`; of the ways to make the same, the nearest, else the first."""
    found: dict[Hashable, Near] = {}
    for start in before:
        for edit, party in _single(start.party):
            sense = _sense(party)
            if sense in known:
                continue
            made, old = Near(party, (*start.edits, edit)), found.get(sense)
            if old is None or nearness(made.edits) < nearness(old.edits):
                found[sense] = made
    return tuple(found.values())


def nearness(edits: Edits) -> tuple[int, ...]:
    """How far edits go, to sort by: how many, moves before what leaves out or turns round, then the number of places that are passed.

    >>> nearness((MoveStatement("A", 1, 3),)) < nearness((RemoveStatement("A", 1),)) < nearness((ReverseStatement("A", 1),))
    True
    """
    kinds = sorted((_RANKS.index(type(edit)) for edit in edits), reverse=True)
    return len(edits), *kinds, sum(abs(edit.place - edit.to) if isinstance(edit, MoveStatement) else 1 for edit in edits)


def _sense(dm: DecisionMaker) -> Hashable:
    """What of a decision maker makes their order."""
    return dm.preference and dm.preference.criteria(), tuple(line.never for line in dm.red_lines)


def _single(dm: DecisionMaker) -> Iterator[tuple[Edit, DecisionMaker]]:
    """Every single edit of a decision maker, with what it makes of them."""
    preference, levels = dm.preference, levels_of(dm)
    statements = preference.statements() if preference is not None else ()
    count = len(statements)

    def having(changed: tuple[Statement, ...]) -> DecisionMaker:
        assert preference is not None
        return replace(dm, preference=preference.with_statements(changed))

    for at, statement in enumerate(statements):
        rest = statements[:at] + statements[at + 1 :]
        for to in range(count):
            if to < at or to > at + 1:
                yield MoveStatement(dm.key, at + 1, to + 1), having((*rest[:to], statement, *rest[to:]))
        if not ranks_states(dm):
            yield RemoveStatement(dm.key, at + 1), having(rest)
        turned = Statement(statement.when.part if isinstance(statement.when, Not) else Not(statement.when))
        yield ReverseStatement(dm.key, at + 1), having((*rest[:at], turned, *rest[at:]))
    for at in range(len(dm.red_lines)):
        yield RemoveRedLine(dm.key, at + 1), replace(dm, red_lines=dm.red_lines[:at] + dm.red_lines[at + 1 :])
    for level in levels:
        for taken in level:
            for up in (True, False):
                moved = step(levels, taken, up)
                if moved is not None:
                    yield MoveRanked(dm.key, taken, up), with_levels(dm, moved)


def not_edited(conflict: Conflict) -> tuple[str, ...]:
    """The elements of a `conflict` (their paths) that no single edit leaves out, though they bear on its conclusions.

    These are statements where a ranking stands with them (they are moved and turned round, not left out), rules where somebody ranks
    states or states are merged, weights, and statements about pairs of states.

    >>> from detente.cases import load
    >>> not_edited(load("elmira"))[-1:], not_edited(load("euphrates-1975"))
    (('rules/2',), ())
    """
    found = []
    for dm in conflict.decision_makers:
        path, statements = f"decision makers/{dm.key}", dm.preference.statements() if dm.preference is not None else ()
        if ranks_states(dm):
            found += [f"{path}/prefers/{place}" for place in range(1, len(statements) + 1)]
        if hasattr(dm.preference, "weights"):
            found.append(f"{path}/weights")
        found += [f"{path}/pairs/{place}" for place in range(1, len(dm.pairs) + 1)]
    if not near_rules(conflict):
        found += [f"rules/{place}" for place in range(1, len(conflict.rules) + 1)]
    return tuple(found)
