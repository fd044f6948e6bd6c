"""What a file says beside the order of preferences, as the report lists it: of pairs of states, thresholds, attitudes, and viewpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from detente.model.conflict import Conflict
from detente.model.formula import Formula, written
from detente.model.viewpoint import Viewpoint, seen_from
from detente.report.content import Element, Gap, Ground
from detente.report.model_view import beside, order_ground, order_words
from detente.report.palette import Party
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class AlteredView:
    """A decision maker as a viewpoint has them; None where the file counts.

    Parameters
    ----------
    party
        Who.
    description
        Who they are, as the viewpoint has it.
    ground
        What this rests on.
    statements
        What they prefer, most important first.
    order
        Weights or a ranking, in words.
    order_ground
        What weights or the ranking rest on.
    red_lines
        What they never accept; empty: the viewpoint has none of those of the file.
    beside
        What is said of pairs of states, and attitudes.
    """

    party: Party
    description: str | None
    ground: Ground
    statements: tuple[Element, ...]
    order: tuple[str, ...]
    order_ground: Ground | None
    red_lines: tuple[Element, ...] | None
    beside: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class ViewpointView:
    """A viewpoint in full.

    Parameters
    ----------
    key, name
        What it is called.
    facts
        Whose it is, who acts on it, what those believe of others, what is not perceived: names and words.
    says
        The viewpoint in words.
    ground
        What it rests on.
    parties
        Whom it has otherwise.
    gaps
        What this account leaves out.
    """

    key: str
    name: str
    facts: tuple[tuple[str, str], ...]
    says: str | None
    ground: Ground
    parties: tuple[AlteredView, ...]
    gaps: tuple[Gap, ...]


def viewpoint_views(space: StateSpace, parties: Sequence[Party], elements: Mapping[str, Element]) -> tuple[ViewpointView, ...]:
    """Every viewpoint of the conflict of a space in full, with the colours of `parties` and what it rests on from `elements`.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> viewpoint_views(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), (), {})
    ()
    """
    return tuple(_viewpoint(space, seen, parties, elements) for seen in space.conflict.viewpoints)


def _viewpoint(space: StateSpace, seen: Viewpoint, parties: Sequence[Party], elements: Mapping[str, Element]) -> ViewpointView:
    conflict, known = space.conflict, {party.key: party for party in parties}
    return ViewpointView(
        key=seen.key,
        name=seen.name,
        facts=tuple(_facts(conflict, seen)),
        says=seen.says,
        ground=elements[f"viewpoints/{seen.key}"].ground,
        parties=tuple(_altered(space, seen, known[one.party], elements) for one in seen.parties),
        gaps=tuple(Gap(gap.what, conflict.decision_maker(gap.about).name if gap.about else None, gap.matters) for gap in seen.missing),
    )


def _facts(conflict: Conflict, seen: Viewpoint) -> Iterator[tuple[str, str]]:
    if seen.whose:
        yield "whose account", seen.whose
    yield "who acts on it", ", ".join(conflict.decision_maker(key).name for key in seen.held_by) or "nobody"
    named = {one.key: one.name for one in conflict.viewpoints}
    for other, key in seen.believes:
        yield "who, those believe, acts on what", f"{conflict.decision_maker(other).name}: {named[key]}"
    if seen.unperceived_options:
        yield "options not perceived", ", ".join(conflict.option(key).name for key in seen.unperceived_options)
    if seen.unperceived is not None:
        yield "states not perceived", written(seen.unperceived)


def _altered(space: StateSpace, seen: Viewpoint, party: Party, elements: Mapping[str, Element]) -> AlteredView:
    one = next(one for one in seen.parties if one.party == party.key)
    path = f"viewpoints/{seen.key}/decision makers/{party.key}"
    dm = seen_from(space.conflict, seen.key).decision_maker(party.key)
    statements = one.preference.statements() if one.preference else ()
    order = order_words(space, dm) if one.preference else []
    lines = [
        (f"red lines/{place}", line.says or f"never {written(line.never)}", line.never) for place, line in enumerate(one.red_lines or (), 1)
    ]
    stated = [(f"prefers/{place}", each.says or written(each.when), each.when) for place, each in enumerate(statements, 1)]

    def views(these: Sequence[tuple[str, str, Formula]]) -> tuple[Element, ...]:
        return tuple(replace(elements[f"{path}/{part}"], text=text, formula=written(formula)) for part, text, formula in these)

    return AlteredView(
        party=party,
        description=one.description,
        ground=elements[path].ground,
        statements=views(stated),
        order=tuple(order),
        order_ground=order_ground(elements, path) if order else None,
        red_lines=None if one.red_lines is None else views(lines),
        beside=beside(path, dm, elements),
    )
