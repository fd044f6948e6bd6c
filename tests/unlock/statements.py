"""Lists of statements changed, and what that makes of a conflict, by the second statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.model.formula import Not
from detente.model.preference import Preference, Statement
from detente.preference.mixture import StatementsThenRanking
from detente.preference.prioritization import OptionPrioritization
from tests.definitions.adapter import meets, plain_preference
from tests.definitions.edits import Listed
from tests.definitions.orders import Levels, levels
from tests.unlock.ground import Ground


def statements_of(ground: Ground, i: str) -> tuple[Statement, ...]:
    """The ordered statements of a decision maker."""
    preference = ground.conflict.decision_maker(i).preference
    return preference.ordered if isinstance(preference, OptionPrioritization | StatementsThenRanking) else ()


def names(ground: Ground, i: str) -> Listed:
    """The statements under names: their places, from 1."""
    return tuple((str(n), False) for n, _ in enumerate(statements_of(ground, i), 1))


def preference_with(ground: Ground, i: str, listed: Listed, added: Mapping[str, Statement]) -> Preference | None:
    """The preference of a decision maker with a changed list."""
    known = {str(n): statement for n, statement in enumerate(statements_of(ground, i), 1)} | dict(added)
    ordered = tuple(replace(known[name], when=Not(known[name].when)) if turned else known[name] for name, turned in listed)
    preference = ground.conflict.decision_maker(i).preference
    if isinstance(preference, OptionPrioritization | StatementsThenRanking):
        return replace(preference, ordered=ordered)
    return preference


def order_with(ground: Ground, i: str, listed: Listed, added: Mapping[str, Statement]) -> Levels | None:
    """The order that a changed list makes; None if a ranking that breaks its ties would list a part of a tied group."""
    preference = preference_with(ground, i, listed, added)
    if isinstance(preference, StatementsThenRanking) and splits(ground, preference):
        return None
    key = plain_preference(ground.model, replace(ground.conflict.decision_maker(i), preference=preference))
    return levels({state.number: key(state) for state in ground.model.states})


def splits(ground: Ground, preference: StatementsThenRanking) -> bool:
    """Whether the ranking lists some of the states that the statements leave tied and not others, or stands alone and leaves one out."""
    tests = [meets(statement.when) for statement in preference.ordered]
    listed = {
        ground.model.number_of({option.key: option.key in taken for option in ground.conflict.options})
        for level in preference.levels
        for taken in level
    }
    groups: dict[tuple[bool, ...], set[bool]] = {}
    for state in ground.model.states:
        vector = tuple(bool(test(state.combination)) for test in tests)
        groups.setdefault(vector, set()).add(state.number in listed)
    stands_alone = not preference.ordered  # then it must list every state
    return any(len(kinds) > 1 for kinds in groups.values()) or (stands_alone and {False} in groups.values())
