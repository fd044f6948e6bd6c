"""What is not so in a world that a case needs, and clauses for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from detente.analysis.claims.asked import Asked, Case, Source
from detente.analysis.unlock.search import cuts
from detente.analysis.unlock.search.world import Reached, World
from detente.concepts.witness import Step

MAX_TRIED = 12
"""Improvements without an answer for which clauses are compared."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a case needs and a world lacks.

    Parameters
    ----------
    what
        "stays": somebody leaves the target; "leaves": somebody stays at the start; "way": improvements do not lead to the target;
        "other": improvements lead to something else that holds.
    dm
        Who leaves or stays (key).
    steps
        The way to what else holds.
    """

    what: Literal["stays", "leaves", "way", "other"]
    dm: str = ""
    steps: tuple[Step, ...] = ()


def lacking(asked: Asked, case: Case, world: World) -> Iterator[Lack]:
    """Everything that a case of what is asked for needs and a world lacks."""
    profile = dict(asked.profile)
    for dm, key in asked.profile if case.target >= 0 else ():
        if not world.stays(key, dm, case.target):
            yield Lack("stays", dm)
    if case.leaver and world.stays(profile[case.leaver], case.leaver, asked.start):
        yield Lack("leaves", case.leaver)
    for dm in case.group:
        assert world.prefers(dm, case.target, asked.start), "what a case assumes holds in every world of it"
    if asked.want == "only" or (asked.want == "reach" and not case.group):
        came: Reached = {}
        reached = dict.fromkeys(state for state, _ in world.sequences(asked.start, world.decision_makers, True, came))
        if not case.group and case.target not in reached:
            yield Lack("way")
        for state in reached if asked.want == "only" else ():
            if state not in (case.target, asked.start) and all(world.stays(key, dm, state) for dm, key in asked.profile):
                yield Lack("other", steps=cuts.path(came, next(node for node in came if node[0] == state)))


def sources(asked: Asked, case: Case, world: World, lack: Lack, price: cuts.Price) -> Iterator[Source]:
    """Clauses for what a world lacks; several where somebody has several improvements without an answer."""
    profile = dict(asked.profile)
    match lack.what:
        case "stays":
            for to in islice(world.unanswered(profile[lack.dm], lack.dm, case.target), MAX_TRIED):
                yield cuts.unanswered(world, profile[lack.dm], lack.dm, case.target, to, price)
        case "leaves":
            yield cuts.answered(world, profile[lack.dm], lack.dm, asked.start, price)
        case "way":
            yield cuts.closed(world, asked.start, case.target, price)
        case "other":
            yield cuts.elsewhere(world, asked.start, lack.steps, asked.profile, price)
