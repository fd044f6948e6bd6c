"""The model in full: decision makers, options, rules and preferences as the report lists them, each with its basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from detente.explain.edits import pair_words
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
BESIDE = ("pairs", "thresholds", "attitudes")
"""The parts of a decision maker that stand beside the order of preferences."""


def party_views(space: StateSpace, parties: Sequence[Party], elements: Mapping[str, Element]) -> tuple[PartyView, ...]:
    """Every decision maker with options, preference and red lines, in the order of the conflict."""
    return tuple(_party_view(space, party, elements) for party in parties)


def _party_view(space: StateSpace, party: Party, elements: Mapping[str, Element]) -> PartyView:
    conflict = space.conflict
    dm = conflict.decision_maker(party.key)
    path = f"decision makers/{dm.key}"
    statements = dm.preference.statements() if dm.preference else ()
    order = tuple(order_words(space, dm))
    return PartyView(
        party=party,
        description=dm.description,
        ground=elements[path].ground,
        options=tuple(_option(conflict, option, elements) for option in conflict.options if option.owners[:1] == (dm.key,)),
        statements=tuple(with_degree(elements[f"{path}/prefers/{i}"], one.degree) for i, one in enumerate(statements, 1)),
        order=order,
        order_ground=order_ground(elements, path) if order else None,
        red_lines=tuple(elements[f"{path}/red lines/{i}"] for i in range(1, len(dm.red_lines) + 1)),
        beside=beside(path, dm, elements),
        unperceived=written(dm.unperceived) if dm.unperceived is not None else None,
    )


def beside(path: str, dm: DecisionMaker, elements: Mapping[str, Element]) -> tuple[Element, ...]:
    """What is said beside the order of a decision maker (`dm`) at a path, from the elements of the conflict.

    >>> beside("decision makers/A", DecisionMaker("A", "A"), {})
    ()
    """
    pairs = {f"{path}/pairs/{place}": pair_words(pair) for place, pair in enumerate(dm.pairs, start=1)}
    found = [elements[key] for part in BESIDE for key in elements if key.startswith(f"{path}/{part}/")]
    return tuple(replace(one, formula=pairs.get(one.path, one.text)) for one in found)


def with_degree(element: Element, degree: int | None) -> Element:
    """A statement (`element`) as it is listed, with the strength that it is given (`degree`), if any.

    >>> with_degree(Element("p", "l", "text", "x", Ground("no basis")), 2).formula
    'x, degree 2'
    """
    return element if degree is None else replace(element, formula=f"{element.formula}, degree {degree}")


def order_ground(elements: Mapping[str, Element], path: str) -> Ground:
    """What the weights or the ranking of the decision maker at a path rest on, from the elements of the conflict.

    >>> order_ground({}, "decision makers/A").kind
    'no basis'
    """
    found = [elements[f"{path}/{kind}"].ground for kind in ("ranking", "weights") if f"{path}/{kind}" in elements]
    return found[0] if found else Ground("no basis")


def order_words(space: StateSpace, dm: DecisionMaker) -> list[str]:
    """Weights or a ranking in words: one entry a weight, or a level of the ranking, best first.

    >>> from detente.preference.weighting import OptionWeighting
    >>> one = DecisionMaker("A", "A", OptionWeighting((("x", 2),)))
    >>> order_words(StateSpace(Conflict("one", (one,), (Option("x", "leave", ("A",)),))), one)
    ['leave +2']
    """
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
