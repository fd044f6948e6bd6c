"""Fear: which moves of others keep a decision maker from an improvement, and the smallest sets of them without which they would take it.

A decision maker who is not Nash stable at a state and stays there is held by answers.  Minimal sets of moves that, taken away, leave some
improvement without an answer are minimal sets that meet every answer to it (hitting sets; Reiter 1987).  Answers are asked for one by
one, each time some set meets all those that are known, until none is left for any set: the list is then complete.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from detente.analysis.claims.fear import Grouping, Removed, SanctionCore, kinds_of
from detente.analysis.claims.fear_sets import AllCores, groups_of
from detente.analysis.claims.hitting import least
from detente.analysis.unlock.lever import Lever, Levers
from detente.concepts.registry import concept as concept_of
from detente.concepts.witness import Answer, JointAnswer, Leaves, Stays, Witness
from detente.engines.single import SingleEngine
from detente.preference.order import Ordering
from detente.space.states import StateSpace

KIND = "fear"
MOST = 1000
"""Most sets of moves that are held for one improvement, unless told otherwise."""


@dataclass(frozen=True)
class SanctionCores:
    """What holds a decision maker at a state.

    Parameters
    ----------
    space
        The space.
    witness
        Why the decision maker stays at the state, or leaves it, as things are.
    grouping
        By what moves are taken away.
    cores
        The minimal sets of others' moves without which they leave, the fewest first; none where they leave as things are, or stay for
        want of an improvement.
    every
        The claim that these are all; None if the search was stopped, or nothing holds the decision maker.
    """

    space: StateSpace
    witness: Witness
    grouping: Grouping
    cores: Levers[SanctionCore]
    every: AllCores | None

    @property
    def held(self) -> bool:
        """Whether fear holds the decision maker: they stay, and have an improvement."""
        return isinstance(self.witness, Stays) and bool(self.witness.answers)


class _Without(SingleEngine):
    """The engine for a conflict from which moves were taken; it asks another for all moves, and for what groups they are in."""

    def __init__(self, whole: _Whole, removed: frozenset[Removed]) -> None:
        super().__init__(whole.space, orders=whole.orders)
        self.whole, self.removed = whole, removed
        self.movers = {group.by for group in removed}

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The moves that are left."""
        found = self.whole.moves(dm, state)
        if dm not in self.movers:
            return found
        return tuple(to for to in found if not self.whole.groups(dm, state, to) & self.removed)


class _Whole(SingleEngine):
    """The engine that remembers which groups each move is in."""

    def __init__(self, space: StateSpace, grouping: Grouping, orders: Mapping[str, Ordering] | None) -> None:
        super().__init__(space, orders=orders)
        self.grouping: Grouping = grouping
        self._groups: dict[tuple[str, int, int], frozenset[Removed]] = {}

    def groups(self, dm: str, state: int, to: int) -> frozenset[Removed]:
        """The groups of moves that a move is in."""
        key = (dm, state, to)
        if key not in self._groups:
            self._groups[key] = kinds_of(self.space, self.grouping, dm, state, to)
        return self._groups[key]


class _Search:
    """The search for the cores of one verdict."""

    def __init__(self, space: StateSpace, now: Stays, grouping: Grouping) -> None:
        self.space, self.now, self.grouping = space, now, grouping
        self.whole = _Whole(space, grouping, None)
        self.parties = tuple(dm.key for dm in space.conflict.decision_makers)
        self.groups: list[Removed] = []
        self.place: dict[Removed, int] = {}
        self.sets: dict[int, list[int]] = {answer.improvement: [0] for answer in now.answers}
        self.listed: dict[int, dict[int, Answer | JointAnswer]] = {answer.improvement: {} for answer in now.answers}
        self.found: dict[int, Leaves] = {}
        self.learn(now)

    def order(self, group: Removed) -> tuple[int, str, int, int, int]:
        """By what groups of moves are ordered: decision makers and options as in the conflict, whatever they are called."""
        option = self.space.conflict.option_index[group.option] if group.option else -1
        return (self.parties.index(group.by), group.kind, group.state, group.to, option)

    def mask(self, answer: Answer | JointAnswer) -> int:
        """The groups any of which takes an answer away, as a bit mask."""
        found = 0
        for group in sorted(groups_of(self.space, self.grouping, self.now.state, answer), key=self.order):
            if group not in self.place:
                self.place[group] = len(self.groups)
                self.groups.append(group)
            found |= 1 << self.place[group]
        return found

    def learn(self, stays: Stays) -> None:
        """Take note of answers: whatever leaves an improvement without an answer takes one of the groups of each."""
        for answer in stays.answers:
            mask, improvement = self.mask(answer), answer.improvement
            if mask in self.listed[improvement]:
                continue
            self.listed[improvement][mask] = answer
            old = self.sets[improvement]
            hit = [one for one in old if one & mask]
            missed = [one | 1 << k for one in old if not one & mask for k in range(mask.bit_length()) if mask >> k & 1]
            self.sets[improvement] = [one for one in least([*hit, *missed]) if one in self.found or not self.covered(one)]

    def covered(self, one: int) -> bool:
        """Whether a set holds a core that is known."""
        return any(core & one == core for core in self.found)

    def open(self) -> int | None:
        """A smallest set that meets all known answers to an improvement, and may not meet all; None if there is none."""
        waiting = (one for sets in self.sets.values() for one in sets if not self.covered(one))
        return min(waiting, key=lambda one: (one.bit_count(), one), default=None)

    def removed(self, mask: int) -> frozenset[Removed]:
        """The groups of a bit mask."""
        return frozenset(group for k, group in enumerate(self.groups) if mask >> k & 1)

    def witness(self, mask: int) -> Witness:
        """The verdict without some groups of moves."""
        engine = _Without(self.whole, self.removed(mask))
        return engine.witness(concept_of(self.now.concept), self.now.dm, self.now.state)

    def cores(self) -> tuple[SanctionCore, ...]:
        """The cores that were found, those that hold no other, with their proofs; the fewest groups first."""
        claims = []
        for mask in least(self.found):
            bits = [k for k in range(len(self.groups)) if mask >> k & 1]
            bits.sort(key=lambda k: self.order(self.groups[k]))
            still = []
            for k in bits:
                witness = self.witness(mask & ~(1 << k))
                assert isinstance(witness, Stays), "a smaller set would have been found"
                still.append(witness)
            claims.append(SanctionCore(self.grouping, tuple(self.groups[k] for k in bits), self.now, self.found[mask], tuple(still)))
        return tuple(sorted(claims, key=lambda claim: (len(claim.removed), list(map(self.order, claim.removed)))))

    def witnesses(self) -> tuple[Stays, ...]:
        """All answers that were met with, as witnesses that each answer every improvement."""
        longest = max(map(len, self.listed.values()), default=0)
        columns = [list(self.listed[answer.improvement].values()) for answer in self.now.answers]
        rows = [tuple(column[min(n, len(column) - 1)] for column in columns) for n in range(longest)]
        return tuple(Stays(self.now.concept, self.now.dm, self.now.state, row) for row in rows)


def sanction_cores(
    space: StateSpace,
    start: int,
    dm: str,
    concept: str,
    *,
    grouping: Grouping = "move",
    most: int = MOST,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> SanctionCores:
    """All minimal sets of others' moves without which a decision maker, who stays at a state, would leave it.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    dm
        The decision maker (key).
    concept
        Key of the concept of behaviour.
    grouping
        By what moves are taken away: "move" (one by one), "state" (all of somebody's from a state), "option" (all that take up, or all that
        give up, an option) or "party" (all of somebody's).  The coarser, the fewer sets there are.
    most
        Most sets held for one improvement; beyond, the search stops with "many".
    seconds
        Time after which it stops with "time"; by default it goes on to the end.
    progress
        Told what is being done.

    Returns
    -------
    SanctionCores
        The sets; `cores.complete` says whether they are all.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> found = sanction_cores(space, 0, space.conflict.decision_makers[0].key, "SEQ")
    >>> found.held, [len(lever.claim.removed) for lever in found.cores.found]
    (True, [1])

    References
    ----------
    Theory of hitting sets: Reiter 1987.  That sanctions are what stabilizes a state that is not Nash stable: Howard 1971; Fraser and
    Hipel 1979.
    """
    tell = progress or (lambda _: None)
    witness = SingleEngine(space).witness(concept_of(concept), dm, start)
    if isinstance(witness, Leaves) or not witness.answers:
        return SanctionCores(space, witness, grouping, Levers(KIND, (), None, True), None)
    search, until, stopped = _Search(space, witness, grouping), monotonic() + seconds if seconds else None, ""
    while (mask := search.open()) is not None:
        if until is not None and monotonic() > until:
            stopped = "time"
        elif max(map(len, search.sets.values())) > most:
            stopped = "many"
        if stopped:
            break
        tell(f"looking for answers that remain without {mask.bit_count()} groups of moves; {len(search.found)} sets found")
        verdict = search.witness(mask)
        if isinstance(verdict, Leaves):
            search.found[mask] = verdict
        else:
            search.learn(verdict)
    return _result(space, search, stopped, mask)


def _result(space: StateSpace, search: _Search, stopped: str, smallest_open: int | None) -> SanctionCores:
    claims = search.cores()
    keys = [party.key for party in space.conflict.decision_makers]
    levers = tuple(Lever(KIND, len(c.removed), tuple(k for k in keys if k in {g.by for g in c.removed}), None, c) for c in claims)
    least_cost = levers[0].cost if levers else smallest_open.bit_count() if smallest_open is not None else None
    every = None if stopped else AllCores(search.grouping, claims, search.witnesses())
    return SanctionCores(space, search.now, search.grouping, Levers(KIND, levers, least_cost, not stopped, stopped), every)
