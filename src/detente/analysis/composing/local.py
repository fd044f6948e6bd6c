"""The order of a decision maker in a local conflict, in a form that still means the same in a larger conflict."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from detente.errors import Problems
from detente.model.composition import Component
from detente.model.conflict import Conflict
from detente.model.evidence import Basis
from detente.model.formula import Formula, Not, Taken, all_of, any_of
from detente.model.preference import Preference, Statement
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace

MOST_LOCAL = 256
"""Most states of a local conflict whose order is written out."""


def levels_of(component: Component, dm: str) -> tuple[tuple[int, ...], ...]:
    """The states of a local conflict in the order of a decision maker (`dm`, a key of it), red lines left aside, best first, ties together.

    Raises `ConflictError` (M175) for more than `MOST_LOCAL` states.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> one = Conflict("one", (DecisionMaker("A", "A", OptionWeighting((("x", 1),))),), options)
    >>> levels_of(Component("north", "north", one), "A")
    ((1, 3), (0, 2))
    """
    space = StateSpace(_without_red_lines(component.conflict, dm))
    if space.states.count > MOST_LOCAL:
        problems = Problems()
        problems.error(
            "M175",
            f'"{component.key}" has {space.states.count:,} states, and {dm} orders them neither by statements nor by weights',
            value=component.key,
            element=f"compose/{component.key}",
            help=f"give {dm} ordered statements there; an order is written out up to {MOST_LOCAL} states",
        )
        problems.raise_errors()
    order = Order(space, dm)
    ordered = sorted(space.states.each(), key=lambda state: (order.key(state), -state), reverse=True)
    return tuple(tuple(level) for _, level in groupby(ordered, key=order.key))


def statements_of(component: Component, dm: str) -> tuple[Statement, ...]:
    """Statements over the options of a local conflict that order its states as a decision maker (`dm`, a key of it) does, red lines aside.

    Ordered statements stay as they are.  Of another order statement k says that the state is of the k best levels.

    Raises `ConflictError` (M175) as `levels_of` does.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.formula import written
    >>> from detente.preference.weighting import OptionWeighting
    >>> one = Conflict("one", (DecisionMaker("A", "A", OptionWeighting((("x", 1),))),), (Option("x", "x", ("A",)),))
    >>> [written(statement.when) for statement in statements_of(Component("north", "north", one), "A")]
    ['x']
    """
    preference = component.conflict.decision_maker(dm).preference
    if preference is None:
        return ()
    if isinstance(preference, OptionPrioritization):
        return preference.statements()
    levels = levels_of(component, dm)
    everything = [state for level in levels for state in level]
    return tuple(
        Statement(_one_of(component.conflict, [s for level in levels[:k] for s in level], everything), basis_of(preference))
        for k in range(1, len(levels))
    )


def preference_of(component: Component, dm: str) -> Preference | None:
    """The order of a decision maker (`dm`, a key of the local conflict) who is on this front alone, as it stands in the whole.

    Raises `ConflictError` (M175) as `levels_of` does.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A", OptionWeighting((("x", 1),))),), (Option("x", "x", ("A",)),))
    >>> preference_of(Component("north", "north", one), "A").weights
    (('x', 1),)
    """
    preference = component.conflict.decision_maker(dm).preference
    if preference is None or isinstance(preference, OptionPrioritization | OptionWeighting):
        return preference
    found = statements_of(component, dm)
    return OptionPrioritization(found) if found else None


def basis_of(preference: Preference) -> Basis | None:
    """What a preference as a whole rests on, or None.

    >>> basis_of(OptionWeighting((("x", 1),))) is None
    True
    """
    return getattr(preference, "basis", None)


def _one_of(conflict: Conflict, wanted: list[int], everything: list[int]) -> Formula:
    """A condition that of the states of a conflict (`everything`) just the wanted ones meet, over options in which they differ."""
    same = ~0
    for state in everything:
        same &= ~(state ^ everything[0])
    telling = [place for place in range(len(conflict.options)) if not same >> place & 1]
    cubes = _merged({(sum(1 << place for place in telling), state) for state in wanted}, everything, wanted)
    parts = [_cube(conflict, care, taken) for care, taken in sorted(cubes)]
    return any_of(*parts)


Cube = tuple[int, int]
"""Which options are looked at, as bits, and which of these are taken."""


def _merged(cubes: set[Cube], everything: list[int], wanted: list[int]) -> set[Cube]:
    """Fewer and wider cubes that hold the same of all states: each is widened as far as it holds no other state, and kept if needed."""
    others = [state for state in everything if state not in set(wanted)]
    wide = set()
    for care, taken in sorted(cubes):
        for place in range(care.bit_length()):
            less = care & ~(1 << place)
            if less != care and not any((other ^ taken) & less == 0 for other in others):
                care = less
        wide.add((care, taken & care))
    kept: set[Cube] = set()
    left = set(wanted)
    for care, taken in sorted(wide, key=lambda cube: (cube[0].bit_count(), cube)):
        held = {state for state in left if (state ^ taken) & care == 0}
        if held:
            kept.add((care, taken))
            left -= held
    return kept


def _cube(conflict: Conflict, care: int, taken: int) -> Formula:
    literals: list[Formula] = [
        Taken(option.key) if taken >> place & 1 else Not(Taken(option.key))
        for place, option in enumerate(conflict.options)
        if care >> place & 1
    ]
    return all_of(*literals)


def _without_red_lines(conflict: Conflict, dm: str) -> Conflict:
    parties = tuple(replace(party, red_lines=()) if party.key == dm else party for party in conflict.decision_makers)
    return replace(conflict, decision_makers=parties)
