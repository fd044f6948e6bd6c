"""The tables of a report: states, the status quo, and equilibria by concept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from detente.model.conflict import Conflict
from detente.report.content import Described, Group, Held, Mark, Mixed, Standing, StandingRow, StateRow, StatesTable, Tallied, Verdict
from detente.report.gathering import Data, Notes
from detente.report.neighbourhood import changes
from detente.report.palette import Party
from detente.space.states import StateSpace
from detente.text import counted, listing

LISTED = 24
"""How many equilibria are named by number in the table of concepts."""


def states_table(analysis: Data, conflict: Conflict, parties: Sequence[Party]) -> StatesTable:
    """The states that the analysis shows, with their options grouped by owner, ranks and marks."""
    by_key = {party.key: party for party in parties}
    concepts = tuple(c["key"] for c in analysis["concepts"])
    groups = [
        Group(by_key.get(owner or ""), tuple(option["name"] for option in options))
        for owner, options in groupby(analysis["options"], key=lambda option: option["owner"])
    ]
    shown = analysis.get("shown", ())
    now = analysis["conflict"]["status_quo"]
    return StatesTable(
        groups=tuple(groups),
        parties=tuple(parties) if all(state["rank"] for state in shown) else (),
        concepts=concepts,
        rows=tuple(_row(state, now, parties, concepts) for state in shown),
        of=analysis.get("shown_of", len(shown)),
        all_states=len(shown) == analysis["conflict"]["feasible"],
    )


def _row(state: Data, now: int | None, parties: Sequence[Party], concepts: Sequence[str]) -> StateRow:
    letters = {party.key: party.letter for party in parties}
    marks = [
        Mark(key in state["equilibrium_under"], tuple(letters[dm] for dm in state["leavers"].get(key, ())), key in state["leavers"])
        for key in concepts
    ]
    ranks = tuple(state["rank"][party.key] for party in parties if state["rank"])
    return StateRow(state["id"], state.get("name"), state["id"] == now, state["choice"], ranks, tuple(marks))


def standing(analysis: Data, space: StateSpace, parties: Sequence[Party]) -> Standing | None:
    """Who stays at the status quo under which concept, and to where the others would leave; None without a status quo.

    Also which states everybody prefers to it, or some prefer and nobody likes less.
    """
    found = analysis.get("status_quo")
    if not found:
        return None
    number, concepts = found["state"]["id"], tuple(found["verdicts"])
    goals = {(leave["by"], key): leave["to"] for leave in found["leaves"] for key in leave["under"]}
    counts = found.get("improvement_counts") or {key: len(ids) for key, ids in found["improvements"].items()}
    rows = tuple(
        StandingRow(
            party,
            found["moves"].get(party.key),
            counts.get(party.key, 0),
            party.key in found.get("crosses_red_line_of", ()),
            tuple(Verdict(found["verdicts"][key].get(party.key), goals.get((party.key, key))) for key in concepts),
        )
        for party in parties
    )
    kinds = (
        ("all states", analysis["conflict"]["feasible"], analysis["counts"]["equilibria"]),
        ("better than the status quo for everybody", found["better_for_all"], found["better_for_all_and_equilibrium"]),
        ("better for somebody, worse for nobody", found["worse_for_none"], found["worse_for_none_and_equilibrium"]),
    )
    near = found["nearest"]
    steps = None if near is None else (near, tuple(changes(space, space.state(number), space.state(near))))
    return Standing(
        number,
        concepts,
        rows,
        tuple(_held(found, key, parties) for key in concepts),
        tuple(
            Tallied(kind, count, tuple(held.get(key) for key in concepts))
            for kind, count, held in kinds
            if count is not None or any(key in held for key in concepts)
        ),
        "one that is better for everybody"
        if found["better_for_all"] or found.get("some_better_for_all")
        else "one that is worse for nobody",
        steps,
    )


def _held(found: Data, key: str, parties: Sequence[Party]) -> bool | None:
    """Whether the status quo is an equilibrium under a concept; None if a verdict is missing and nobody is known to leave."""
    stays = found["verdicts"][key]
    return False if not all(stays.values()) else True if len(stays) == len(parties) else None


def not_known(analysis: Data) -> tuple[str, ...]:
    """What was asked about and not found, a sentence for each reason."""
    together: dict[str, dict[str, dict[str, None]]] = {}
    for one in analysis.get("not_known") or ():
        together.setdefault(one["reason"], {}).setdefault(one["what"], {})[one["under"]] = None
    words = {"stable states": "which states are stable", "status quo": "who stays at the status quo"}
    return tuple(
        f"Not known: {'; '.join(f'{words[what]} under {listing(keys)}' for what, keys in found.items())} ({reason})."
        for reason, found in together.items()
    )


def held_under(analysis: Data, conflict: Conflict) -> tuple[Held, ...]:
    """The equilibria under each concept that was asked for, in the order asked."""
    result = []
    for concept in analysis["concepts"]:
        key = concept["key"]
        common = analysis["common"].get(key, {"taken": (), "not_taken": ()})
        result.append(
            Held(
                key=key,
                name=concept["name"],
                count=analysis["counts"]["equilibria"].get(key),
                listed=tuple(analysis["equilibria"].get(key, ())[:LISTED]),
                taken=tuple(_option_name(conflict, option) for option in common["taken"]),
                not_taken=tuple(_option_name(conflict, option) for option in common["not_taken"]),
            )
        )
    return tuple(result)


def _option_name(conflict: Conflict, key: str) -> str:
    """An option by its name; with its owners where several options have the same name."""
    option = conflict.option(key)
    alone = sum(other.name == option.name for other in conflict.options) == 1
    return option.name if alone or not option.owners else f"{option.name} ({listing(option.owners)})"


def described_sets(analysis: Data, notes: Notes) -> tuple[Described, ...]:
    """The sets of equilibria that are too large for a table, in sentences."""
    return tuple(
        Described(f"The {counted(int(found['count']))} equilibria under {listing(found['under'])}", notes.blocks(found["said"][1:]))
        for found in analysis.get("described", ())
    )


def mixed(analysis: Data, parties: Sequence[Party]) -> Mixed | None:
    """The equilibria of a mixed profile, if one was asked for."""
    found = analysis.get("mixed")
    if not found:
        return None
    profile = tuple((party, found["profile"][party.key]) for party in parties)
    return Mixed(profile, found["count"], tuple((found.get("equilibria") or ())[:LISTED]))
