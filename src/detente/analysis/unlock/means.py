"""Means: the single changes out of which plans are made, what each costs and on whom it falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.analysis.claims.changed import exactly
from detente.analysis.claims.raised import pairs
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.planned import BAN, MEASURE, PREFERENCE, RED_LINE, Means
from detente.analysis.unlock.raising import Raising, RedLines
from detente.concepts.witness import Leaves
from detente.model.ban import Ban
from detente.model.conflict import Conflict
from detente.model.edit import Edit
from detente.model.edit_bans import AddBan
from detente.model.measure import Measure, WithoutRedLine
from detente.model.trying import edits_of
from detente.preference.order import Order
from detente.preference.shifted import Shift
from detente.space.states import StateSpace


def all_edits(conflict: Conflict, means: Sequence[Means]) -> tuple[Edit, ...]:
    """The edits of several means taken together, in the order in which they are made: of statements, then bans, then measures.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> len(all_edits(one, [Means("ban", 1, ("A",), bans=(Ban("A"),))]))
    1
    """
    edits: list[Edit] = [edit.edit() for one in means for edit in one.edits]
    bans = [ban for one in means for ban in one.bans]
    edits += [AddBan(len(conflict.bans) + place, ban) for place, ban in enumerate(bans, start=1)]
    measures = [one.measure for one in means if one.measure is not None]
    if measures:
        now = conflict
        for edit in edits:
            now = edit.apply(now)
        edits += edits_of(now, measures)
    return tuple(edits)


def fit(means: Sequence[Means]) -> bool:
    """Whether means can be taken together.

    Not if two shift the same state of the same party, of which the greater holds the smaller; not if two edit one party's statements, or
    its red lines, whose places are those of the list before; and not if states are shifted where there are to be other states.
    """
    shifted = [(shift.dm, shift.state) for one in means for shift in one.shifts]
    edited = [(one.kind, dm) for one in means if one.edits for dm in one.by]
    if len(set(shifted)) < len(shifted) or len(set(edited)) < len(edited):
        return False
    return not (shifted and any(one.brings_options for one in means))


# -- means that the program finds itself -------------------------------------------------------------------------------
def gathered(
    space: StateSpace,
    goal: Goal,
    *,
    most_targets: int = 20,
    red_lines: RedLines = "excluded",
    measures: Iterable[Measure] | None = None,
    weights: Mapping[str, int] | None = None,
) -> tuple[Means, ...]:
    """Means that bear on a goal: measures of the analyst's, bans on leaving a wanted state, and states raised in orders.

    For each wanted state (the first `most_targets`) and each party that leaves it: a ban on leaving it, and the smallest raise of the state
    that makes it stable for this party, all other orders unchanged; and for each party that does not prefer it to the start the smallest
    raise with which it would.  Where red lines count like others, also to drop those that a wanted state crosses.  Edits of statements are
    found by `detente.analysis.unlock.edited`.

    Parameters
    ----------
    space
        The space.
    goal
        What is asked for.
    most_targets
        Most wanted states for which means are made.
    red_lines
        Whether raises across a red line are left out, or counted like others.
    measures
        The measures; by default those that the conflict lists.
    weights
        For each decision maker (key) how much a pair of states of theirs counts; 1 for those who are not named.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> profile = dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")
    >>> goal = Goal(space.state(5), profile, "reach", space.set_of(space.state(8)))
    >>> [(means.kind, means.by, means.cost) for means in gathered(space, goal)]
    [('preference shift', ('Local',), 2)]
    """
    given = space.conflict.measures if measures is None else tuple(measures)
    keys = [dm.key for dm in space.conflict.decision_makers]
    found = [Means(MEASURE, measure.cost, (measure.by,) if measure.by in keys else (), measure=measure) for measure in given]
    holding, raising = Holding(space, goal.profile), Raising(space, red_lines=red_lines)
    targets = goal.targets.first(most_targets) if goal.targets is not None else ()
    if red_lines == "counted":
        found += [_dropped(dm, place) for dm in keys for place in _crossed(space, dm, targets)]
    for target in targets:
        for dm in keys:
            weight = (weights or {}).get(dm, 1)
            leaves = isinstance(holding.witness(dm, target), Leaves)
            if leaves:
                found.append(Means(BAN, 1, (dm,), bans=(Ban(dm, exactly(space, target)),)))
            raises: dict[tuple[int, int], Shift] = {}
            if leaves and (raised := raising.cheapest(dm, goal.profile[dm], target)) and raised.shift is not None:
                raises[raised.cost, 0] = raised.shift
            if target != goal.start and (gain := _raised_past(space, dm, target, goal.start, red_lines)):
                raises[gain[0], 1] = gain[1]
            found += [Means(PREFERENCE, cost * weight, (dm,), shifts=(shift,)) for (cost, _), shift in sorted(raises.items())]
    return tuple(found)


def _raised_past(space: StateSpace, dm: str, state: int, start: int, red_lines: RedLines) -> tuple[int, Shift] | None:
    """The raise with which a party comes to prefer a state to the start, and its pairs; None if it does already, or never can."""
    order = Order(space, dm)
    high, low = order.key(state), order.key(start)
    if high > low or (order.dm.red_lines and red_lines == "excluded" and high[0] != low[0]):
        return None
    shift = Shift(dm, state, start)
    return pairs(space, shift), shift


def _crossed(space: StateSpace, dm: str, targets: Sequence[int]) -> tuple[int, ...]:
    """The places (from 1) of a party's red lines that some of these states cross."""
    aims = space.set_of(*targets).bits
    lines = space.conflict.decision_maker(dm).red_lines
    return tuple(place for place, line in enumerate(lines, start=1) if space.where_bits(line.never) & aims)


def _dropped(dm: str, place: int) -> Means:
    """A party drops one red line; as its measure, so that several can be dropped together."""
    return Means(RED_LINE, 1, (dm,), measure=Measure(f"decision makers/{dm}/red lines/{place}", (WithoutRedLine(place, dm),)))
