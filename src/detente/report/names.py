"""What states are called: by the names in the conflict file, and by the rules that merge combinations."""

from __future__ import annotations

from collections.abc import Mapping

from detente.model.rule import Merged
from detente.space.states import StateSpace


def names_of(space: StateSpace) -> Mapping[int, str]:
    """The names of the states (greatest combinations) that have one; a named state's own name comes before that of a rule.

    >>> from detente.model.conflict import Conflict, DecisionMaker, NamedState, Option
    >>> deal = NamedState("deal", frozenset("x"))
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), named_states=(deal,))
    >>> dict(names_of(StateSpace(conflict)))
    {1: 'deal'}
    """
    found: dict[int, str] = {}
    for rule in space.conflict.rules:
        if isinstance(rule, Merged) and rule.name:
            merged = space.where_bits(rule.when)
            found.update({state: rule.name for state, members in space.classes.items() if merged >> members[0] & 1})
    for named in space.conflict.named_states:
        place = space.state_of(space.conflict.combination(named.taken))
        if place is not None:
            found[place] = named.name
    return found
