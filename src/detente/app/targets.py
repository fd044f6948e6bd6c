"""What `unlock` is asked for: wanted states, read from text, or those that a mediator would ask about first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from detente.analysis.overview import preferred, worse
from detente.app import asking
from detente.app.parts import Described
from detente.errors import ConflictError, UsageError
from detente.model.formula import written
from detente.space.sets import StateSet
from detente.space.states import StateSpace

NEAREST = 2
"""How many of the states that everybody prefers are asked about where no target is named."""


@dataclass(frozen=True, slots=True)
class Target:
    """Wanted states, any of which will do.

    Parameters
    ----------
    states
        The states.
    condition
        The condition that they meet, as it is written, where one was given; None for a single state.
    bargain
        Whether it is asked about because everybody prefers it to the start.
    """

    states: StateSet
    condition: str | None = None
    bargain: bool = False

    @property
    def state(self) -> int | None:
        """The wanted state, where one state is wanted and not a condition."""
        return self.states.first(1)[0] if self.condition is None else None


def target(text: str, space: StateSpace) -> Target:
    """A target as a user names it: a state, or a condition over options.

    Parameters
    ----------
    text
        A number, a choice pattern, the name of a state, options joined by commas or `+` that are all that is taken; anything else, and the
        key of a single option, is a condition.
    space
        The states.

    Raises
    ------
    UsageError
        U441 if it is neither, or if no feasible state meets the condition.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), options))
    >>> target("2", space).state, target("not x", space).states.count, target("x", space).condition
    (1, 2, 'x')
    """
    if text.strip() not in space.conflict.option_index:
        try:
            return Target(space.set_of(asking.state(text, space)))
        except UsageError as no_state:
            problem = no_state
    try:
        formula, states = asking.condition(text, space)
    except ConflictError as no_condition:
        found = no_condition.diagnostics[0]
        help = f"as a state: {problem.diagnostics[0].help or ''}; as a condition: {found.message}"
        raise UsageError.of("U441", f"“{text}” is neither a state nor a condition over options", value=text, help=help) from None
    if not states:
        raise UsageError.of("U441", f"no feasible state meets “{text}”", value=text, help="name a condition that some state meets")
    return Target(states, written(formula))


def usual_targets(described: Described, start: int, equilibria: StateSet) -> tuple[Target, ...]:
    """What is asked about where no target is named: the states with names, and the nearest that everybody prefers to the start.

    Of the latter first one that is an equilibrium, where there is one.  Near means that few options differ from the start.
    """
    space = described.space
    named = [state for state in described.named if state != start]
    better = bargain(space, start)
    layers = (better & equilibria, better)
    chosen: list[int] = []
    for layer in layers:
        rest = [state for state in layer.each() if state not in (*named, *chosen)]
        if rest and len(chosen) < NEAREST:
            chosen.append(min(rest, key=lambda state: _how_near(described, start, state)))
    return (*(Target(space.set_of(state)) for state in named), *(Target(space.set_of(state), bargain=True) for state in chosen))


def bargain(space: StateSpace, start: int) -> StateSet:
    """The states that every decision maker prefers to one; where there is none, those that some prefer and that are worse for nobody.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> bargain(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), 0).count
    0
    """
    keys = [dm.key for dm in space.conflict.decision_makers]
    gains = [preferred(space, dm, start) for dm in keys]
    better = reduce(StateSet.__and__, gains)
    if better:
        return better
    return reduce(StateSet.__sub__, (worse(space, dm, start) for dm in keys), space.states) & reduce(StateSet.__or__, gains)


def _how_near(described: Described, start: int, state: int) -> tuple[int, list[int], int]:
    """How few options differ, then how good the state is for whoever it is worst for."""
    ranks = sorted((described.ranks.of(dm, state) for dm in described.keys), reverse=True)
    return (state ^ start).bit_count(), ranks, state


def amounts(entries: Sequence[str], known: Sequence[str], flag: str) -> dict[str, int]:
    """Entries such as "Israel=3" as numbers by name.

    Raises `UsageError` (U442) for an entry that is not of that form, or names something unknown.

    >>> amounts(["A=3"], ["A", "B"], "--weight")
    {'A': 3}
    """
    found: dict[str, int] = {}
    for entry in entries:
        name, _, number = entry.rpartition("=")
        if not name or not number.strip().isdigit() or len(number) > 9:
            raise UsageError.of("U442", f"{flag} {entry} is not of the form NAME=N", value=entry, help=f"e.g. {flag} {known[0]}=3")
        matches = [one for one in known if one.lower() == name.strip().lower()]
        if len(matches) != 1:
            raise UsageError.of("U442", f'{flag} names "{name}", which is not known', value=entry, help=f"there are {', '.join(known)}")
        found[matches[0]] = int(number)
    return found
