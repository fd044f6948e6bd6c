"""A local conflict with the keys of the whole, and whether local conflicts fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detente.errors import Problems
from detente.model.composition import Component, Composition
from detente.model.conflict import Conflict, Option
from detente.model.mover import check_movers
from detente.model.renaming import with_renamed_decision_maker, with_renamed_option
from detente.model.rule import Merged
from detente.text import listing


@dataclass(frozen=True, slots=True)
class Renamed:
    """A component whose conflict has the keys of the whole, and the paths of what of it has no place there."""

    component: Component
    dropped: tuple[str, ...]


def renamed_component(component: Component, same: Sequence[str]) -> Renamed:
    """A local conflict with the keys of the whole: options prefixed (not those that are the `same` everywhere), decision makers renamed.

    Raises `ConflictError` (M103, M102) where a key can't be used, or two become one.

    >>> from detente.model.conflict import DecisionMaker
    >>> local = Conflict("north", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> renamed_component(Component("north", "north", local, "N_", (("A", "B"),)), ()).component.conflict.options
    (Option(key='N_x', name='x', owners=('B',), direction=<Direction.BOTH: 'both'>, description=None, basis=None),)
    """
    conflict = component.conflict
    dropped = tuple(_dropped(conflict))
    conflict = replace(
        conflict,
        named_states=(),
        positions=(),
        fallback=None,
        measures=(),
        questions=(),
        conclusions=(),
        fronts=(),
        viewpoints=(),
        guesses=(),
        movers=None,
    )
    if component.prefix:
        # The longest prefix first: a key that another becomes is then already something else.
        for key in sorted((option.key for option in conflict.options if option.key not in same), key=len, reverse=True):
            conflict = with_renamed_option(conflict, key, component.prefix + key)
    for old, new in component.renamed:
        if old != new:
            conflict = with_renamed_decision_maker(conflict, old, new)
    return Renamed(replace(component, conflict=conflict), dropped)


def _dropped(conflict: Conflict) -> Iterator[str]:
    """The paths of what speaks of a local conflict as a whole, or of its single states."""
    yield from (f"states/{named.name}" for named in conflict.named_states)
    yield from (f"positions/{position.party}" for position in conflict.positions)
    yield from ["fallback"] if conflict.fallback is not None else []
    yield from (f"measures/{place}" for place, _ in enumerate(conflict.measures, start=1))
    yield from (f"questions/{place}" for place, _ in enumerate(conflict.questions, start=1))
    yield from (f"conclusions/{place}" for place, _ in enumerate(conflict.conclusions, start=1))
    yield from (f"fronts/{front.key}" for front in conflict.fronts)
    yield from (f"viewpoints/{seen.key}" for seen in conflict.viewpoints)
    yield from (f"uncertain/{guess.key}" for guess in conflict.guesses)
    yield from ["movers"] if conflict.movers is not None else []
    for dm in conflict.decision_makers:
        yield from (f"decision makers/{dm.key}/spare preferences/{place}" for place, _ in enumerate(dm.spare_preferences, start=1))


def checked(composition: Composition, renamed: Sequence[Renamed]) -> None:
    """Raise `ConflictError` (M170 to M174, M176) with everything that keeps local conflicts with the keys of the whole from being one."""
    problems = Problems()
    fronts = [one.component for one in renamed]
    _check_options(composition, fronts, problems)
    _check_sources(fronts, problems)
    _check_common(composition, fronts, problems)
    check_movers(composition.movers, problems)
    if merging := [front for front in fronts if any(isinstance(rule, Merged) for rule in front.conflict.rules)]:
        names = listing([f'"{front.key}"' for front in merging])
        message = f"states are merged on {names}; in the whole that would merge what happens on other fronts too"
        problems.error("M172", message, value=merging[0].key, help="write it without a merge", element=f"compose/{merging[0].key}")
    for place, link in enumerate(composition.links, start=1):
        if isinstance(link, Merged):
            problems.error("M172", f"link {place} merges states", help="link fronts by what can't happen", element=f"links/{place}")
    problems.raise_errors()


def _check_options(composition: Composition, fronts: Sequence[Component], problems: Problems) -> None:
    """Note options on two fronts that are not said to be the same, and options said to be the same that are not."""
    seen: dict[str, tuple[str, Option]] = {}
    twice: dict[tuple[str, str], list[str]] = {}
    for front in fronts:
        for option in front.conflict.options:
            before = seen.setdefault(option.key, (front.key, option))
            if before[0] != front.key and option.key in composition.same:
                _check_same(fronts, front, option, before, problems)
            elif before[0] != front.key:
                twice.setdefault((before[0], front.key), []).append(option.key)
    for (first, second), keys in twice.items():
        named = listing([f'"{key}"' for key in keys])
        problems.error(
            "M171", f'{named} {"stands" if len(keys) == 1 else "stand"} on "{first}" and on "{second}"', value=keys[0],
            help="give one of the fronts a `prefix`, or name options under `same options` that are one and the same",
            element=f"compose/{second}",
        )  # fmt: skip
    for key in composition.same:
        if [key in front.conflict.option_index for front in fronts].count(True) < 2:
            problems.error(
                "M174", f'"{key}" does not stand on two fronts', value=key,
                help="`same options` names options that are one and the same on several fronts", element="same options",
            )  # fmt: skip


def _check_same(fronts: Sequence[Component], front: Component, option: Option, before: tuple[str, Option], problems: Problems) -> None:
    """Note an option that is to be the same as one before and differs in its owners, its direction or how it stands."""
    quo = front.conflict.status_quo
    if (before[1].owners, before[1].direction) != (option.owners, option.direction):
        problems.error(
            "M174", f'"{option.key}" has other owners, or another direction, on "{front.key}" than on "{before[0]}"',
            value=option.key, help="make them alike, or make two options of them", element="same options",
        )  # fmt: skip
    elif quo is not None and (option.key in quo) != _taken(fronts, before[0], option.key, option.key in quo):
        problems.error(
            "M174", f'"{option.key}" stands otherwise in the status quo of "{front.key}" than in that of "{before[0]}"',
            value=option.key, help="a common option stands in one way", element="same options",
        )  # fmt: skip


def _taken(fronts: Sequence[Component], front: str, option: str, otherwise: bool) -> bool:
    """Whether an option is taken in the status quo of a front, if it has one."""
    quo = next(one.conflict.status_quo for one in fronts if one.key == front)
    return otherwise if quo is None else option in quo


def _check_sources(fronts: Sequence[Component], problems: Problems) -> None:
    """Note sources and asserters of one key that are not the same."""
    for noun in ("sources", "asserters"):
        seen: dict[str, tuple[str, object]] = {}
        for front in fronts:
            for one in getattr(front.conflict.evidence, noun):
                before = seen.setdefault(one.key, (front.key, one))
                if before[1] != one:
                    problems.error(
                        "M171", f'"{one.key}" among the {noun} is not the same on "{front.key}" as on "{before[0]}"', value=one.key,
                        help="give one of them another key", element=f"compose/{front.key}",
                    )  # fmt: skip


def _check_common(composition: Composition, fronts: Sequence[Component], problems: Problems) -> None:
    """Note fronts without anybody in common, and common decision makers whose combination is not said, or said of other fronts."""
    on: dict[str, list[str]] = {}
    for front in fronts:
        for dm in front.conflict.decision_makers:
            on.setdefault(dm.key, []).append(front.key)
    common = {key: keys for key, keys in on.items() if len(keys) > 1}
    if alone := [front.key for front in fronts if not any(front.key in keys for keys in common.values())]:
        names = listing([f'"{key}"' for key in alone])
        problems.error(
            "M170", f"{names} {'has' if len(alone) == 1 else 'have'} no decision maker in common with another front", value=alone[0],
            help="use the same key on both, or say under `decision makers` whom a local key stands for", element=f"compose/{alone[0]}",
        )  # fmt: skip
    said = {one.party: one for one in composition.common}
    for party, keys in common.items():
        names = listing([f'"{key}"' for key in keys])
        if party not in said:
            problems.error(
                "M173", f"it is not said how {party} combines {names}", value=party,
                help=f"write {party} under `common`, with `lexicographic` (fronts, most important first) or `weighted`", element="common",
            )  # fmt: skip
        elif sorted(said[party].fronts) != sorted(keys) or bool(said[party].order) == bool(said[party].weights):
            problems.error(
                "M173", f"{party} takes part on {names}; how these are combined must name each of them once", value=party,
                help="either `lexicographic` or `weighted`, over just these fronts", element=f"common/{party}",
            )  # fmt: skip
    for party in said:
        if party not in common:
            problems.error(
                "M173",
                f"{party} does not take part on two fronts",
                value=party,
                help="leave them out of `common`",
                element=f"common/{party}",
            )
