"""Moves of others without which somebody would leave."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import get_args

from detente.analysis.claims.base import Claim
from detente.analysis.claims.fear import Grouping, Removed, SanctionCore
from detente.analysis.claims.fear_sets import AllCores
from detente.analysis.unlock.fear import sanction_cores
from detente.concepts.registry import all_concepts
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import verdict
from tests.definitions.behaviour import everybody, stays
from tests.definitions.changed import Changed
from tests.definitions.fear import Arc, arcs_of
from tests.definitions.minimal import minimal_sets
from tests.unlock.ground import Ground

MOST = 10
"""Most groups of moves of which every set is tried."""


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """What holds somebody at a few states."""
    asked = [(i, s) for i in ground.parties for s in ground.model.numbers if ground.model.improvements(i, s)]
    for i, s in random.sample(asked, min(8, len(asked))):
        concept, grouping = random.choice(all_concepts()).key, random.choice(get_args(Grouping))
        found = sanction_cores(ground.space, ground.state(s), i, concept, grouping=grouping)
        for lever in found.cores.found[:3]:
            yield lever.claim
        if found.every is not None and len(every_group(ground, i, grouping)) <= MOST:
            yield found.every


def takes(ground: Ground, arc: Arc, option: str, taken: bool) -> bool:
    """Whether every change that makes a move takes up (or gives up) an option."""
    j, s, t = arc
    model = ground.model
    pairs = [(a, b) for a in model.state(s).members for b in model.state(t).members if model.may_change(j, a, b)]
    return all(a[option] != b[option] and b[option] == taken for a, b in pairs)


def within(ground: Ground, grouping: str, arc: Arc) -> set[Removed]:
    """The groups of moves that a move is in."""
    j, s, t = arc
    match grouping:
        case "move":
            return {Removed(j, "move", ground.state(s), ground.state(t))}
        case "state":
            return {Removed(j, "state", ground.state(s))}
        case "party":
            return {Removed(j, "party")}
    keys = [option.key for option in ground.conflict.options]
    up = {Removed(j, "take", option=key) for key in keys if takes(ground, arc, key, True)}
    return up | {Removed(j, "give up", option=key) for key in keys if takes(ground, arc, key, False)}


def others_arcs(ground: Ground, i: str) -> list[Arc]:
    """All moves of the others."""
    return [(j, a, b) for j in ground.model.others(i) for a, b in sorted(ground.model.arcs[j])]


def every_group(ground: Ground, i: str, grouping: str) -> set[Removed]:
    """All groups of moves of the others."""
    return {group for arc in others_arcs(ground, i) for group in within(ground, grouping, arc)}


def stays_without(ground: Ground, claim: SanctionCore, gone: frozenset[Removed]) -> bool:
    """Whether the decision maker stays when these are taken away."""
    i, s = claim.now.dm, ground.number(claim.now.state)
    arcs = frozenset(arc for arc in others_arcs(ground, i) if within(ground, claim.grouping, arc) & gone)
    return stays(Changed(ground.model, without=arcs_of(arcs)), everybody(ground.model, claim.now.concept), i, s)


def core(ground: Ground, claim: SanctionCore) -> bool:
    """The decision maker has an improvement and stays, leaves without all of these, and stays without any part of them."""
    removed = frozenset(claim.removed)
    i, s = claim.now.dm, ground.number(claim.now.state)
    if len(removed) != len(claim.removed) or not removed <= every_group(ground, i, claim.grouping) or not ground.model.improvements(i, s):
        return False
    told = verdict(ground, ground.model, claim.now)
    return told and minimal_sets(sorted(removed), lambda gone: not stays_without(ground, claim, gone)) == {removed}


def true(ground: Ground, claim: SanctionCore | AllCores) -> bool:
    """It is one of the minimal sets, or these are all of them."""
    if isinstance(claim, SanctionCore):
        return core(ground, claim)
    first = claim.cores[0]
    groups = sorted(every_group(ground, first.now.dm, claim.grouping))
    assert len(groups) <= MOST
    alike = all((one.now.dm, one.now.state, one.now.concept) == (first.now.dm, first.now.state, first.now.concept) for one in claim.cores)
    sets = minimal_sets(groups, lambda gone: not stays_without(ground, first, gone))
    return alike and all(core(ground, one) for one in claim.cores) and {frozenset(one.removed) for one in claim.cores} == sets


FAMILY = Family((SanctionCore, AllCores), made, true)
