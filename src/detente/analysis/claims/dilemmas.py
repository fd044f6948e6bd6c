"""The claim that, with what the parties demand and what is threatened, exactly these dilemmas of drama theory arise.

The six dilemmas are those of the first version of drama theory (Howard 1999), each a preference between two states or a unilateral
improvement from one, so that they can be read off a graph model.  With positions p_i, a fallback t, and parties i and j:

- cooperation: i has an improvement from p_i;
- trust: another party j has an improvement from p_i;
- deterrence: another party j prefers t to p_i;
- inducement: i prefers p_j to t;
- threat: i has an improvement from t;
- positioning: i prefers p_j to p_i.

The last four belong to a confrontation: deterrence, inducement and positioning are asked only between positions that differ, threat only
where not all positions are the same.  A party without a stated position faces no dilemma, but others may face one with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal, TypeAlias

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import Claim, need
from detente.space.states import StateSpace

Kind: TypeAlias = Literal["cooperation", "trust", "deterrence", "inducement", "threat", "positioning"]
KINDS: tuple[Kind, ...] = ("cooperation", "trust", "deterrence", "inducement", "threat", "positioning")
"""The dilemmas, in the order in which they are told: first those of keeping a position, then those of a confrontation."""


@dataclass(frozen=True, slots=True)
class Dilemma:
    """One dilemma of one party.

    Parameters
    ----------
    kind
        Which of the six.
    by
        The party that faces it.
    of
        The party that it faces it with; the same party where it is a matter of its own (cooperation and threat).
    better
        The states that whoever is tempted (`of` in trust and deterrence, `by` otherwise) prefers: all targets of improvements, in
        ascending order, or the one state that is compared.
    than
        The state that they are preferred to: the position or the fallback.
    """

    kind: Kind
    by: str
    of: str
    better: tuple[int, ...]
    than: int


@dataclass(frozen=True, slots=True)
class Dilemmas(Claim):
    """Exactly these dilemmas arise, if these are the positions and this is the fallback.

    Parameters
    ----------
    positions
        The parties with a position, in the order of the conflict, each with the state; `stated` gives those that the conflict states.
    fallback
        The state that comes about if no position is accepted; None if there is none.
    orders
        For each decision maker, in the order of the conflict, the positions and the fallback in levels, the most preferred first, the
        states of a level in ascending order.
    found
        The dilemmas: kind by kind in the order of `KINDS`, and within a kind by the order of the conflict.
    """

    kind: ClassVar[str] = "dilemmas"
    positions: tuple[tuple[str, int], ...]
    fallback: int | None
    orders: tuple[tuple[str, tuple[tuple[int, ...], ...]], ...]
    found: tuple[Dilemma, ...]

    def check(self, space: StateSpace) -> None:
        """Look up each improvement and compare each two states again."""
        checker, at = Checker(space), dict(self.positions)
        need(tuple(dm for dm in checker.decision_makers if dm in at) == tuple(dm for dm, _ in self.positions), "positions: whose they are")
        states = {*at.values(), *_some(self.fallback)}
        need(all(space.state_of(state) == state for state in states), f"state: not all of {sorted(states)} are")
        need(tuple(dm for dm, _ in self.orders) == checker.decision_makers, "orders: not of every decision maker")
        for dm, levels in self.orders:
            _check_levels(checker, dm, levels, states)
        found = tuple(arising(checker, self.positions, self.fallback))
        need(self.found == found, f"dilemmas: listed {len(self.found)}, there are {len(found)}, or others")


def stated(space: StateSpace) -> tuple[tuple[str, int], ...]:
    """The stated positions that can occur, in the order of the decision makers, each with its state.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> stated(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    ()
    """
    conflict = space.conflict
    positions = ((dm.key, conflict.position_of(dm.key)) for dm in conflict.decision_makers)
    states = ((dm, space.state_of(conflict.combination(position.taken))) for dm, position in positions if position is not None)
    return tuple((dm, state) for dm, state in states if state is not None)


def fallback_of(space: StateSpace) -> int | None:
    """The state of the stated fallback, or where none is stated the status quo; None if it can't occur or there is none.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> fallback_of(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset({"x"}))))
    1
    """
    stated = space.conflict.fallback
    return space.status_quo if stated is None else space.state_of(space.conflict.combination(stated.taken))


def arising(checker: Checker, positions: tuple[tuple[str, int], ...], fallback: int | None) -> Iterator[Dilemma]:
    """The dilemmas, each from one look at the moves from a state or one comparison of two states.

    Parameters
    ----------
    checker
        Gives moves and preferences.
    positions
        Who demands which state.
    fallback
        What comes about if no position is accepted.
    """
    at = dict(positions)
    for kind in KINDS:
        for by, own in positions:
            for of in checker.decision_makers:
                if (of == by) == (kind in ("cooperation", "threat")):
                    better, than = _test(checker, kind, (by, own), (of, at.get(of)), fallback)
                    if better and not (kind == "threat" and len(set(at.values())) < 2):
                        yield Dilemma(kind, by, of, better, than)


def _test(
    checker: Checker, kind: Kind, by: tuple[str, int], of: tuple[str, int | None], fallback: int | None
) -> tuple[tuple[int, ...], int]:
    """What is preferred to what, if a dilemma of a kind arises for one party with another; nothing if it does not."""
    (me, own), (other, theirs) = by, of
    if kind in ("cooperation", "trust"):
        return checker.moves(other, own, "improving"), own
    if kind == "threat":
        return (() if fallback is None else checker.moves(me, fallback, "improving")), own if fallback is None else fallback
    pairs: dict[Kind, tuple[str, int | None, int | None]] = {
        "deterrence": (other, fallback, own),
        "inducement": (me, theirs, fallback),
        "positioning": (me, theirs, own),
    }
    who, better, than = pairs[kind]
    asked = theirs != own and better is not None and than is not None
    return ((better,), than) if asked and better is not None and than is not None and checker.prefers(who, better, than) else ((), own)


def _check_levels(checker: Checker, dm: str, levels: tuple[tuple[int, ...], ...], states: set[int]) -> None:
    listed = [state for level in levels for state in level]
    need(sorted(listed) == sorted(states) and all(levels), f"orders: {dm} compares other states")
    need(all(list(level) == sorted(level) for level in levels), f"orders: a level of {dm} is not in order")
    for level in levels:
        need(not any(checker.prefers(dm, a, b) for a in level for b in level), f"orders: {dm} is not indifferent within a level")
    for above, below in pairwise(levels):
        need(checker.prefers(dm, above[0], below[0]), f"orders: {dm} does not prefer a level to the next")


def _some(state: int | None) -> tuple[int, ...]:
    return () if state is None else (state,)
