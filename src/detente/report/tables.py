"""The tables of a report: states, the status quo, and equilibria by concept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from detente.model.conflict import Conflict
from detente.report.content import Group, Held, Mark, Standing, StateRow, StatesTable, Verdict
from detente.report.gathering import Data
from detente.report.palette import Party

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
        parties=tuple(parties),
        concepts=concepts,
        rows=tuple(_row(state, now, parties, concepts) for state in shown),
        of=analysis.get("shown_of", len(shown)),
        all_states=len(shown) == analysis["conflict"]["feasible"],
    )


def _row(state: Data, now: int | None, parties: Sequence[Party], concepts: Sequence[str]) -> StateRow:
    letters = {party.key: party.letter for party in parties}
    marks = [Mark(key in state["equilibrium_under"], tuple(letters[dm] for dm in state["leavers"].get(key, ()))) for key in concepts]
    ranks = tuple(state["rank"][party.key] for party in parties)
    return StateRow(state["id"], state.get("name"), state["id"] == now, state["choice"], ranks, tuple(marks))


def standing(analysis: Data, parties: Sequence[Party]) -> Standing | None:
    """Who stays at the status quo under which concept, and to where the others would leave; None without a status quo."""
    found = analysis.get("status_quo")
    if not found:
        return None
    goals = {(leave["by"], key): leave["to"] for leave in found["leaves"] for key in leave["under"]}
    concepts = tuple(found["verdicts"])
    rows = tuple(
        (party, tuple(Verdict(found["verdicts"][key][party.key], goals.get((party.key, key))) for key in concepts)) for party in parties
    )
    return Standing(found["state"]["id"], concepts, rows, tuple(key in found["equilibrium_under"] for key in concepts))


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
                count=analysis["counts"]["equilibria"][key],
                listed=tuple(analysis["equilibria"].get(key, ())[:LISTED]),
                taken=tuple(conflict.option(option).name for option in common["taken"]),
                not_taken=tuple(conflict.option(option).name for option in common["not_taken"]),
            )
        )
    return tuple(result)
