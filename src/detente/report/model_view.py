"""The model in full: decision makers, options, rules and preferences as the report lists them, each with its basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import written
from detente.model.preference import Listed, Sums
from detente.report.content import Element, Ground, OptionView, PartyView
from detente.report.elements import DIRECTIONS, taken_words
from detente.report.names import names_of
from detente.report.palette import Party
from detente.space.states import StateSpace

LEVELS = 40
"""How many levels of a ranking are listed."""


def party_views(space: StateSpace, parties: Sequence[Party], elements: Mapping[str, Element]) -> tuple[PartyView, ...]:
    """Every decision maker with options, preference and red lines, in the order of the conflict."""
    return tuple(_party_view(space, party, elements) for party in parties)


def _party_view(space: StateSpace, party: Party, elements: Mapping[str, Element]) -> PartyView:
    conflict = space.conflict
    dm = conflict.decision_maker(party.key)
    path = f"decision makers/{dm.key}"
    statements = dm.preference.statements() if dm.preference else ()
    order = tuple(_order(space, dm))
    return PartyView(
        party=party,
        description=dm.description,
        ground=elements[path].ground,
        options=tuple(_option(conflict, option, elements) for option in conflict.options if option.owners[:1] == (dm.key,)),
        statements=tuple(elements[f"{path}/prefers/{i}"] for i in range(1, len(statements) + 1)),
        order=order,
        order_ground=_order_ground(elements, path) if order else None,
        red_lines=tuple(elements[f"{path}/red lines/{i}"] for i in range(1, len(dm.red_lines) + 1)),
        unperceived=written(dm.unperceived) if dm.unperceived is not None else None,
    )


def _order_ground(elements: Mapping[str, Element], path: str) -> Ground:
    found = [elements[f"{path}/{kind}"].ground for kind in ("ranking", "weights") if f"{path}/{kind}" in elements]
    return found[0] if found else Ground("no basis")


def _order(space: StateSpace, dm: DecisionMaker) -> list[str]:
    """Weights or a ranking in words: one entry a weight, or a level of the ranking, best first."""
    words: list[str] = []
    for criterion in dm.preference.criteria() if dm.preference else ():
        if isinstance(criterion, Sums):
            words += [f"{space.conflict.option(key).name} {weight:+}".replace("-", "−") for key, weight in criterion.weights]
        elif isinstance(criterion, Listed):
            for level in criterion.levels[:LEVELS]:
                states = [space.state_of(space.conflict.combination(taken)) for taken in level]
                words.append(" = ".join(f"{space.number(state):,}" for state in states if state is not None))
            words += [f"and {len(criterion.levels) - LEVELS} more"] if len(criterion.levels) > LEVELS else []
    return words


def _option(conflict: Conflict, option: Option, elements: Mapping[str, Element]) -> OptionView:
    shared = tuple(conflict.decision_maker(key).name for key in option.owners[1:])
    ground = elements[f"options/{option.key}"].ground
    return OptionView(option.key, option.name, DIRECTIONS[option.direction], option.description, shared, ground)


def unowned_options(conflict: Conflict, elements: Mapping[str, Element]) -> tuple[OptionView, ...]:
    """The options that nobody owns."""
    return tuple(_option(conflict, option, elements) for option in conflict.options if not option.owners)


def rules_view(conflict: Conflict, elements: Mapping[str, Element]) -> tuple[Element, ...]:
    """The rules in their order."""
    return tuple(elements[f"rules/{i}"] for i in range(1, len(conflict.rules) + 1))


def bans_view(conflict: Conflict, elements: Mapping[str, Element]) -> tuple[Element, ...]:
    """The bans in their order."""
    return tuple(elements[f"bans/{i}"] for i in range(1, len(conflict.bans) + 1))


def named_states(space: StateSpace) -> tuple[tuple[int | None, str, tuple[str, ...]], ...]:
    """The states with names: number (None if the rules exclude it), name, and the options taken."""
    conflict = space.conflict
    found: list[tuple[int | None, str, tuple[str, ...]]] = []
    for named in conflict.named_states:
        state = space.state_of(conflict.combination(named.taken))
        found.append((space.number(state) if state is not None else None, named.name, (taken_words(conflict, named.taken),)))
    known = {name for _, name, _ in found}
    found += [(space.number(state), name, ()) for state, name in names_of(space).items() if name not in known]
    return tuple(found)
