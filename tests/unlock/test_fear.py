"""Minimal sets of others' moves that hold somebody who would gain by leaving, against trying every set."""

from __future__ import annotations

from random import Random

import pytest

from detente import cases
from detente.analysis.claims.base import refusal
from detente.analysis.claims.fear import Grouping, Removed, kinds_of
from detente.analysis.unlock.fear import SanctionCores, sanction_cores
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Leaves
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.definitions.behaviour import stays
from tests.definitions.changed import Changed
from tests.definitions.fear import arcs_of
from tests.definitions.minimal import minimal_sets
from tests.unlock.ground import Ground

TINY = Shape(most_decision_makers=3, most_options=4, most_states=8, bans=0.3, merged=0.2, shared=0.15)
GROUPINGS: tuple[Grouping, ...] = ("move", "state", "option", "party")
CONCEPTS = [concept.key for concept in all_concepts()]


def expected(ground: Ground, dm: str, start: int, concept: str, grouping: Grouping) -> set[frozenset[Removed]] | None:
    """All minimal sets by trying every one; None if there are too many to try."""
    model = ground.model
    arcs = [(j, a, b) for j in model.others(dm) for a, b in sorted(model.arcs[j])]
    groups = {arc: kinds_of(ground.space, grouping, arc[0], ground.state(arc[1]), ground.state(arc[2])) for arc in arcs}
    every = sorted({group for found in groups.values() for group in found})
    if len(every) > 9:
        return None
    profile = dict.fromkeys(ground.parties, concept)

    def leaves(chosen: frozenset[Removed]) -> bool:
        gone = frozenset(arc for arc in arcs if groups[arc] & chosen)
        return not stays(Changed(model, without=arcs_of(gone)), profile, dm, ground.number(start))

    return minimal_sets(every, leaves)


def accepted(found: SanctionCores) -> None:
    for lever in found.cores.found:
        assert refusal(found.space, lever.claim) is None
    if found.every is not None:
        assert refusal(found.space, found.every) is None


@pytest.mark.parametrize("concept", CONCEPTS)
def test_all_minimal_sets_of_moves_are_found(concept: str) -> None:
    held, several = 0, 0
    for seed, (name, conflict) in enumerate(random_conflicts(500 if concept != "Nash" else 50, CONCEPTS.index(concept), TINY)):
        ground, random, grouping = Ground(conflict), Random(name), GROUPINGS[seed % 4]
        asked = [(dm, ground.state(s)) for dm in ground.parties for s in ground.model.numbers]
        for dm, start in random.sample(asked, min(len(asked), 8)):
            found = sanction_cores(ground.space, start, dm, concept, grouping=grouping)
            sets = expected(ground, dm, start, concept, grouping) if found.held or random.random() < 0.1 else None
            if sets is None:
                continue
            listed = {frozenset(lever.claim.removed) for lever in found.cores.found}
            assert found.cores.complete, name
            assert found.held or not listed, name
            assert sets == ({frozenset()} if isinstance(found.witness, Leaves) else listed), name
            accepted(found)
            held += found.held
            several += len(listed) > 1
    assert concept == "Nash" or (held > 8 and several > 0), (held, several)


def test_a_search_that_is_stopped_says_so() -> None:
    space = StateSpace(cases.load("elmira"))
    whole = [sanction_cores(space, state, dm.key, "GMR") for state in space.states.each() for dm in space.conflict.decision_makers]
    found = next(found for found in whole if found.held and len(found.cores.found) > 1)
    cut = sanction_cores(space, found.witness.state, found.witness.dm, "GMR", most=1)
    assert (cut.cores.stopped, cut.cores.complete, cut.every) == ("many", False, None)
    assert cut.cores.least is not None
    assert cut.cores.least <= found.cores.found[0].cost


def test_the_moves_that_hold_the_united_states() -> None:
    """Cuba 1962: what keeps a party from a gain is taken away as a whole, and the party leaves."""
    space = StateSpace(cases.load("cuban-missile-crisis"))
    held = [
        found
        for state in space.states.each()
        for dm in space.conflict.decision_makers
        if (found := sanction_cores(space, state, dm.key, "SEQ", grouping="option")).held
    ]
    assert held
    for found in held:
        accepted(found)
        assert found.cores.found, "without any move of others there is no answer"
