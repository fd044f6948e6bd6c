"""Who can move and what counts as an improvement where decision makers act together; and the look-ups that both claims share.

The *movers* of a group H are its members, each alone, and each coalition within H that is declared to change options in one step, as one
mover by a joint move.  R_H(s) is what legal sequences of these movers reach: no mover moves twice in a row.  Kilgour, Hipel, Fang and
Peng 2001; declared joint moves are this project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import chain, combinations
from operator import or_

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import need
from detente.analysis.claims.joint import joint
from detente.space.sets import bits_of

Group = tuple[str, ...]
"""Decision makers (keys)."""
Lasts = tuple[tuple[Group, int], ...]
"""For each mover of a group states, as an integer, at which legal sequences may end with this mover last."""
IMPROVEMENTS = ("strict", "weak")
"""What counts as an improvement for a group: for all of its members, or for some while it is worse for none."""
CONCEPTS = ("CNash", "CGMR", "CSMR", "CSEQ")
"""The concepts of coalition stability."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One move: the mover, who may be several at once, and the state that it leads to.

    >>> Moved(("A", "B"), 3).to
    3
    """

    by: Group
    to: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one coalition does: a legal sequence of its movers, at least one move.

    >>> Turn(("A", "B"), (Moved(("A",), 1), Moved(("B",), 3))).steps[-1].to
    3
    """

    by: Group
    steps: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How coalition stability is asked about.

    Parameters
    ----------
    improvement
        "strict": a state is better for a group if each member prefers it.  "weak": if no member finds it worse and some member prefers it.
    joint
        The coalitions (keys) whose members can change their options in one step.
    everyone
        Whether the members of every coalition can.
    blocks
        The coalitions that act, where these are the blocks of a partition; empty if any may.

    Examples
    --------
    >>> Terms(joint=(("A", "B"),)).movers(("A", "B", "C"))
    (('A',), ('B',), ('C',), ('A', 'B'))
    >>> Terms().acting(("A", "B", "C"), against=("C",))
    (('A',), ('B',), ('A', 'B'))
    """

    improvement: str = "strict"
    joint: tuple[Group, ...] = ()
    everyone: bool = False
    blocks: tuple[Group, ...] = ()

    def movers(self, group: Group) -> tuple[Group, ...]:
        """The movers of a group: each member, then those who can move in one step together."""
        single = tuple((dm,) for dm in group)
        if self.everyone:
            return (*single, *chain.from_iterable(combinations(group, size) for size in range(2, len(group) + 1)))
        together = dict.fromkeys(tuple(dm for dm in group if dm in found) for found in self.joint if set(found) <= set(group))
        return (*single, *(found for found in together if len(found) > 1))

    def acting(self, everybody: Group, against: Group) -> tuple[Group, ...]:
        """The coalitions that may act against a group: those of the others, or the blocks without a member of the group."""
        if self.blocks:
            return tuple(block for block in self.blocks if not set(block) & set(against))
        others = [dm for dm in everybody if dm not in against]
        return tuple(chain.from_iterable(combinations(others, size) for size in range(1, len(others) + 1)))


def gains(checker: Checker, terms: Terms, group: Group, state: int, origin: int) -> bool:
    """Whether a state is an improvement on `origin` for a group, as far as preferences go.

    Parameters
    ----------
    checker
        Compares the states.
    terms
        What counts.
    group
        The group (keys).
    state, origin
        Two states.
    """
    if terms.improvement == "strict":
        return all(checker.prefers(dm, state, origin) for dm in group)
    return not any(checker.prefers(dm, origin, state) for dm in group) and any(checker.prefers(dm, state, origin) for dm in group)


def targets(checker: Checker, mover: Group, state: int) -> Iterator[int]:
    """The states that a mover reaches by one move.

    Parameters
    ----------
    checker
        Looks up moves.
    mover
        One decision maker, or several who move in one step (keys).
    state
        Where they move from.
    """
    if len(mover) == 1:
        yield from checker.moves(mover[0], state)
    else:
        yield from (to for to in checker.space.states.each() if joint(checker.space, mover, state, to) is not None)


def is_move(checker: Checker, mover: Group, state: int, to: int) -> bool:
    """Whether a mover can go from one state to another by one move.

    Parameters
    ----------
    checker
        Looks up moves.
    mover
        One decision maker, or several who move in one step (keys).
    state, to
        Two states.
    """
    return to in checker.moves(mover[0], state) if len(mover) == 1 else joint(checker.space, mover, state, to) is not None


def follow(checker: Checker, terms: Terms, group: Group, start: int, steps: Iterable[Moved]) -> int:
    """Where a legal sequence of a group's movers leads from a start; refused if it is none, or has no move.

    Parameters
    ----------
    checker
        Looks up moves.
    terms
        Who moves together.
    group
        The group (keys).
    start
        Where it begins.
    steps
        Its moves.
    """
    now, last = start, Group()
    movers = terms.movers(group)
    for step in steps:
        need(step.by in movers and step.by != last, f"sequence: {step.by} can't move here")
        need(is_move(checker, step.by, now, step.to), f"step: {step.by} has no move from {now} to {step.to}")
        now, last = step.to, step.by
    need(bool(last), "sequence: no move")
    return now


def closed(checker: Checker, terms: Terms, group: Group, start: int, last: Lasts) -> int:
    """All states, as an integer, that are listed as ends of a group's legal sequences; refused if a move leads out of the list.

    Parameters
    ----------
    checker
        Looks up moves.
    terms
        Who moves together.
    group
        The group (keys).
    start
        Where the sequences begin.
    last
        What is listed.
    """
    space = checker.space
    need(tuple(mover for mover, _ in last) == terms.movers(group), "last: not a set for each mover")
    need(all(bits >= 0 and not bits & ~space.states.bits for _, bits in last), "last: not sets of states")
    for mover, bits in last:
        before = 1 << start
        for other, states in last:
            before |= states if other != mover else 0
        for state in bits_of(before):
            for to in targets(checker, mover, state):
                need(bool(bits >> to & 1), f"last: {mover} moves from {state} to {to}")
    return reduce(or_, (bits for _, bits in last), 0)


def asked(checker: Checker, terms: Terms, concept: str, group: Group, state: int) -> None:
    """Refuse what is about no concept, no group, no state, or on terms that are none.

    Parameters
    ----------
    checker
        Knows the conflict.
    terms
        The terms.
    concept
        Key of the concept.
    group
        The group (keys).
    state
        The state.
    """
    known = set(checker.decision_makers)
    need(concept in CONCEPTS, f"concept: {concept}")
    need(terms.improvement in IMPROVEMENTS, f"improvement: {terms.improvement}")
    for members in (group, *terms.joint, *terms.blocks):
        need(bool(members) and len(set(members)) == len(members) and set(members) <= known, f"coalition: {members}")
    need(checker.space.states.contains(state), f"state: {state} is none")
