"""Preference shifts: the smallest changes of the parties' orders that give what is asked for, with proof.

A change of orders *burdens* each decision maker with the number of pairs of states that they come to compare differently.  A lever is
*minimal* if no change of orders that gives what is asked for burdens nobody more and somebody less.  Where a decision maker's verdict
depends on their own order alone (Nash, GMR, SMR), a theorem gives the smallest change at any size
(`detente.analysis.claims.raised`); otherwise it is searched for, with a tree of all cases (`detente.analysis.claims.smallest`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from time import monotonic

from detente.analysis.claims.answered import Answered
from detente.analysis.claims.asked import Asked
from detente.analysis.claims.comparisons import RedLines
from detente.analysis.claims.ledger import Vector, at_least
from detente.analysis.claims.raised import Raised
from detente.analysis.claims.separate import ALONE, Separate
from detente.analysis.claims.shifted import Shifts
from detente.analysis.claims.smallest import Smallest
from detente.analysis.claims.unanswered import Unanswered
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.raising import Raising
from detente.analysis.unlock.search.found import ShiftLevers
from detente.analysis.unlock.search.outcome import outcome
from detente.analysis.unlock.search.tree import Search
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Stays
from detente.engines.single import SingleEngine
from detente.errors import UsageError
from detente.preference.compared import compared
from detente.preference.shifted import Shift, shifted_orders
from detente.space.sets import bits_of
from detente.space.states import StateSpace

KIND = "preference shift"
"""What levers of this kind are called."""
MAX_STATES = 1 << 15
"""Most states of a space that is searched; by the theorem larger ones are answered too."""

Progress = Callable[[str], None]


def shift_levers(
    space: StateSpace,
    goal: Goal,
    *,
    weights: Mapping[str, int] | None = None,
    red_lines: RedLines = "excluded",
    seconds: float | None = None,
    most: int = 8,
    progress: Progress | None = None,
) -> ShiftLevers:
    """The minimal changes of orders that give what is asked for, cheapest first, each with a claim of what it gives and of its cost.

    Parameters
    ----------
    space
        The conflict.
    goal
        What is asked for.
    weights
        What a pair of each decision maker (key) counts in the cost, 1 or more; whoever is left out counts 1.
    red_lines
        "excluded" where a state that crosses a red line of a party stays worse for it than all that cross none; "counted" where such
        pairs count like others.
    seconds
        When to stop; by default not before all is settled.
    most
        How many levers are looked for beyond the proof that the cheapest is the smallest.
    progress
        Told how far the search has come.

    Returns
    -------
    ShiftLevers
        One lever for each minimal burden and each wanted state that can be had with it.  `least` is proven: nothing costs less.
        `stopped` is "time", "many" (more may be minimal than were looked for), "size" (too large for the search) or "interrupted".

    Raises
    ------
    UsageError
        U401 if the profile names no concept.
    LimitError
        S303 if a verdict has too many cases to be listed.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> target = space.set_of(space.state(2))
    >>> for key in ("Nash", "GMR", "SMR", "SEQ"):
    ...     profile = {dm.key: key for dm in space.conflict.decision_makers}
    ...     levers = shift_levers(space, Goal(space.state(1), profile, "hold", target))
    ...     print(key, levers.found[0].by, levers.found[0].cost, levers.proven)
    Nash ('Syria',) 3 True
    GMR ('Syria',) 1 True
    SMR ('Syria',) 1 True
    SEQ ('Syria',) 1 True
    """
    people = [dm.key for dm in space.conflict.decision_makers]
    profile = tuple((dm, concept(goal.profile[dm]).key) for dm in people)
    asked = Asked(goal.want, goal.start, profile, goal.targets.bits if goal.targets is not None and goal.want != "break" else 0)
    prices = tuple((weights or {}).get(dm, 1) for dm in people)
    if min(prices) < 1:
        raise UsageError.of("U442", "a party's weight must be 1 or more", help="leave out who is not to change anything by other means")
    if asked.want in ("hold", "break") and {key for _, key in profile} <= ALONE:
        return _separate(space, asked, prices, red_lines, seconds)
    if space.states.count > MAX_STATES:
        return ShiftLevers(KIND, (), 0, False, "size", red_lines)
    search = Search(space, asked, prices, red_lines)
    search.run(seconds, most, progress or (lambda _: None))
    proof, bound = None if search.missed else search.proof(), search.bound
    cheapest = min((search.total(way.vector) for way in search.ways), default=None)
    found = []
    for way in search.ways:
        total = search.total(way.vector)
        if bound is None or total <= bound or total == cheapest:
            shifts = tuple(shift for dm in people for shift in search.arrangers[dm].shifts(dm, way.moved[dm]))
            target = way.case.target if way.case.target >= 0 else None
            found.append(_lever(space, asked, shifts, way.vector, total, target, way.case.group, red_lines, proof))
    least = min((value for value in (cheapest, bound) if value is not None), default=None)
    return ShiftLevers(KIND, _sorted(people, found), least, bound is None, search.stopped, red_lines, proof)


def _lever(
    space: StateSpace,
    asked: Asked,
    shifts: tuple[Shift, ...],
    burdens: Vector,
    cost: int,
    target: int | None,
    group: tuple[str, ...],
    red_lines: RedLines,
    proof: Smallest | Separate | None,
) -> Lever[Shifts]:
    """A lever with its claim."""
    so = outcome(space, shifted_orders(space, shifts), asked, target, group)
    by = tuple(dm for (dm, _), burden in zip(asked.profile, burdens, strict=True) if burden)
    return Lever(KIND, cost, by, target, Shifts(shifts, burdens, red_lines, so, proof))


def _sorted(people: list[str], found: list[Lever[Shifts]]) -> tuple[Lever[Shifts], ...]:
    """Levers by cost, then by who has to change, then by their states."""
    place = {dm: k for k, dm in enumerate(people)}
    return tuple(sorted(found, key=lambda lever: (lever.cost, [place[dm] for dm in lever.by], lever.claim.burdens, lever.target or 0)))


def _separate(space: StateSpace, asked: Asked, prices: Vector, red_lines: RedLines, seconds: float | None) -> ShiftLevers:
    """The levers where each decision maker's verdict depends on their own order alone."""
    until = monotonic() + seconds if seconds is not None else float("inf")
    raising, people = Raising(space, red_lines=red_lines), [dm for dm, _ in asked.profile]
    least: list[Raised] = []
    unable: list[Unanswered | Answered] = []
    stopped = ""
    ways: list[tuple[int | None, tuple[Raised, ...]]] = []
    for target in bits_of(asked.targets) if asked.want == "hold" else (None,):
        if monotonic() > until:
            stopped = "time"
            break
        state = asked.start if target is None else target
        found = list(_each(raising, asked, state))
        missing = [source for source in found if not isinstance(source, Raised)]
        raised = tuple(one for one in found if isinstance(one, Raised))
        if target is None:
            unable += missing
            least += raised
            ways += [(None, (one,)) for one in raised]
        elif missing:
            unable.append(missing[0])
        else:
            least += raised
            ways.append((target, raised))
    proof = Separate(asked, red_lines, tuple(least), tuple(unable)) if not stopped else None
    vectors = {k: tuple(sum(one.cost for one in way if one.after.dm == dm) for dm in people) for k, (_, way) in enumerate(ways)}
    levers = []
    known: set[tuple[Vector, int | None]] = set()
    for k, (target, way) in enumerate(ways):
        if (vectors[k], target) in known:
            continue  # several leave the start as it is: one lever of no shift says so
        known.add((vectors[k], target))
        if not any(other != vectors[k] and at_least(vectors[k], other) for other in vectors.values()):
            shifts = tuple(one.shift for one in way if one.shift is not None)
            cost = sum(price * value for price, value in zip(prices, vectors[k], strict=True))
            levers.append(_lever(space, asked, shifts, vectors[k], cost, target, (), red_lines, proof))
    ordered = _sorted(people, levers)
    least_ = 0 if stopped else ordered[0].cost if ordered else None
    return ShiftLevers(KIND, ordered, least_, not stopped, stopped, red_lines, proof)


def _each(raising: Raising, asked: Asked, state: int) -> Iterator[Raised | Unanswered | Answered]:
    """For each decision maker the smallest change of their order, or why none does it."""
    stable = asked.want == "hold"
    for dm, key in asked.profile:
        found = raising.cheapest(dm, key, state, stable=stable)
        yield found if found is not None else _unable(raising, asked, dm, key, state)


def _unable(raising: Raising, asked: Asked, dm: str, key: str, state: int) -> Unanswered | Answered:
    """Why no change of a decision maker's order makes them stay at a state, or leave it: how it is when they value it most, or least."""
    space, stable = raising.space, asked.want == "hold"
    before = shifted_orders(space, ())[dm]
    tied = compared(space, dm, state)[1] & ~(1 << state)
    others = [*(other for other in raising.levels(dm) if other != state), *([tied.bit_length() - 1] if tied else [])]
    if space.conflict.decision_maker(dm).red_lines and raising.red_lines == "excluded":
        others = [other for other in others if before.key(other)[0] == before.key(state)[0]]
    shifts = (Shift(dm, state, max(others, key=before.key) if stable else min(others, key=before.key), stable),) if others else ()
    witness = SingleEngine(space, orders=shifted_orders(space, shifts)).witness(concept(key), dm, state)
    if isinstance(witness, Stays):
        return Answered(key, dm, state, witness.answers)
    assert isinstance(witness, Leaves)
    reached = tuple((one.state, last) for one in witness.reached for last in one.last)
    escapes = tuple((one.state, one.escape) for one in witness.reached if one.escape is not None)
    return Unanswered(key, dm, state, witness.improvement, reached, escapes)
