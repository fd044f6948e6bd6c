"""D7: a group could have what all of it prefer, but an outsider would turn it into something that harms a member."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_

from detente.analysis.claims.spoiler import Spoiled
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.analysis.groups import Group
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.space.sets import StateSet


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """One who alone leaves what a group improves to has an unanswered improvement there that a member likes less than the start."""
    found, silent = [], False
    for spoiler in standstill.bargain.better:
        try:
            claim = _spoiled(standstill, spoiler)
        except LimitError:
            silent = True
        else:
            found += [claim] if claim else []
    if silent:
        yield Silence("D7", "answers")
    if found:
        states = standstill.space.set_of(*(claim.gain.to for claim in found))
        yield Finding("D7", tuple(found), states, tuple(claim.spoiler for claim in found))


def _spoiled(standstill: Standstill, spoiler: str) -> Spoiled | None:
    """What one decision maker spoils; None if nothing."""
    around, space = standstill.bargain, standstill.space
    others = [standstill.staying(dm) for dm in around.better if dm != spoiler]
    alone = reduce(and_, others, space.states) - standstill.staying(spoiler)
    waiting: list[tuple[int, Group]] = []
    for gainers, part in around.by_gainers():
        group = tuple(dm for dm in gainers if dm != spoiler)
        states = StateSet(space, around.groups.brought_about(group) & part.bits & alone.bits) if len(group) > 1 else space.set_of()
        waiting += [(state, group) for state in states.each()]
    waiting.sort(key=lambda item: ((item[0] ^ standstill.start).bit_count(), item[0]))
    engine = OneImprovement(standstill.holding.single, spoiler)
    for state, group in waiting:
        for to in standstill.holding.single.improvements(spoiler, state):
            harmed = next((dm for dm in group if to not in around.no_worse[dm]), None)
            leaves = engine.unanswered(standstill.profile[spoiler], state, to) if harmed is not None else None
            if harmed is not None and leaves is not None:
                ends = tuple(leaves if dm == spoiler else standstill.holding.witness(dm, state) for dm in around.better)
                return Spoiled(standstill.together(group, state, ends), harmed)
    return None


class OneImprovement(SingleEngine):
    """Asks of single improvements of a decision maker whether they are unanswered; for all else it is the engine that it is made from.

    Parameters
    ----------
    engine
        The engine.
    dm
        The decision maker (key).
    """

    def __init__(self, engine: SingleEngine, dm: str) -> None:
        super().__init__(engine.space, engine.most_reached, engine.orders)
        self._dm = dm
        self._from: int | None = None
        self._to = 0

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        """The improvements, at the state asked about only the one asked about."""
        return (self._to,) if dm == self._dm and state == self._from else super().improvements(dm, state)

    def unanswered(self, key: str, state: int, to: int) -> Leaves | None:
        """The witness that an improvement from a state is unanswered under a concept (`key`); None if it is answered."""
        self._from, self._to = state, to
        witness = self.witness(concept(key), self._dm, state)
        return witness if isinstance(witness, Leaves) else None


TYPE = DeadlockType(
    key="D7",
    name="spoiler",
    asks="Could a group have something that all of it prefer, if one outsider did not turn it against a member?",
    formula=r"\exists H,\ |H|\ge 2,\ k\notin H,\ x\in R_H^{++}(s_0):\ \text{all but}\ k\ \text{stay at}\ x,\ "
    r"k\ \text{leaves it for}\ y,\ s_0\succ_h y\ \text{for some}\ h\in H",
    source="this project's synthesis; spoilers after Stedman 1997",
    test=test,
)
