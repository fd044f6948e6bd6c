"""Coalitions: what the members of a group can bring about together and all prefer, and which of it then holds.

A *coalition improvement* of a group from a state is a state that all of its members prefer and that they can bring about by a legal
sequence of their moves (Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008) or by one joint move.  An *equilibrium jump* is a
coalition improvement from an equilibrium to an equilibrium.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import chain, combinations
from operator import and_

from detente.analysis.claims.together import Together
from detente.analysis.images import Images
from detente.analysis.joint import joint_targets
from detente.analysis.reach import reach
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.grouped import CoalitionMove, CoalitionMoves, every_group
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.lever import Lever, Levers
from detente.concepts.witness import Step
from detente.errors import UsageError
from detente.preference.compared import compared
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import did_you_mean

KIND = "coalition"
"""What levers of this kind are called."""


def coalition_moves(
    space: StateSpace,
    start: int,
    profile: Mapping[str, str] | None,
    coalitions: Sequence[Sequence[str]] | None = None,
    *,
    equilibria: StateSet | None = None,
) -> CoalitionMoves:
    """What groups can bring about from a state that all of their members prefer to it.

    Works on sets of states, so that what a group reaches takes a few operations for each of its moves, whatever the number of states.

    Parameters
    ----------
    space
        The space.
    start
        A state.
    profile
        For each decision maker (key) the key of the concept that says whether they stay; None to say nothing of what holds.
    coalitions
        The groups to look at (keys); None for every group.
    equilibria
        All states that hold under the profile, if they are known already.

    Raises
    ------
    LimitError
        S308 if every group is asked for and there are more than ten decision makers.
    UsageError
        U412 if a group names nobody or somebody who is not in the conflict.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", -1), ("y", 2))))
    >>> b = DecisionMaker("B", "B", OptionWeighting((("x", 2), ("y", -1))))
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> found = coalition_moves(space, 0, {"A": "SEQ", "B": "SEQ"})
    >>> [(move.members, move.improvements.first(3), move.holding.first(3)) for move in found.improving]
    [(('A', 'B'), (3,), (3,))]
    >>> found.jumps[0][0].members
    ('A', 'B')

    References
    ----------
    Kilgour, Hipel, Fang and Peng 2001, "Coalition analysis in group decision support", Group Decision and Negotiation 10, 159-175.
    """
    groups = every_group(space) if coalitions is None else tuple(dict.fromkeys(_ordered(space, members) for members in coalitions))
    holding = Holding(space, profile, equilibria) if profile is not None else None
    images, nothing = Images(space), space.set_of()
    better = {dm.key: compared(space, dm.key, start)[0] for dm in space.conflict.decision_makers}
    known: dict[tuple[str, ...], tuple[int, int]] = {}

    def of(group: tuple[str, ...]) -> tuple[int, int]:
        if group not in known:
            known[group] = _improvements(space, start, group, better, images)
        return known[group]

    moves = []
    for group in sorted(groups, key=len):
        improvements, jointly = of(group)
        suffices = 0
        for part in chain.from_iterable(combinations(group, n) for n in range(1, len(group))) if improvements else ():
            suffices |= of(part)[0] & improvements
        every, joint, minimal = (StateSet(space, bits) for bits in (improvements, jointly, improvements & ~suffices))
        moves.append(CoalitionMove(group, every, joint, minimal, every & holding.equilibria if holding and improvements else nothing))
    return CoalitionMoves(space, start, profile, holding.equilibria if holding is not None else None, tuple(moves))


def _ordered(space: StateSpace, members: Sequence[str]) -> tuple[str, ...]:
    """A group in the order of the conflict."""
    keys = [dm.key for dm in space.conflict.decision_makers]
    for dm in members:
        if dm not in keys:
            close = did_you_mean(dm, keys)
            raise UsageError.of(
                "U412", f'no decision maker is called "{dm}"', value=dm, help=f'did you mean "{close}"?' if close else _known(keys)
            )
    if not members:
        raise UsageError.of("U412", "a group needs a member", help=_known(keys))
    return tuple(dm for dm in keys if dm in members)


def _known(keys: Sequence[str]) -> str:
    """Who there is, as help for somebody who named another."""
    return f"there are {', '.join(keys)}"


def _improvements(space: StateSpace, start: int, group: tuple[str, ...], better: Mapping[str, int], images: Images) -> tuple[int, int]:
    """What a group can bring about and all of it prefers, and the part of it that a joint move brings about."""
    preferred = reduce(and_, (better[dm] for dm in group))
    if not preferred:
        return 0, 0
    jointly = joint_targets(space, group, start) & preferred
    return reach(space, start, "any", group, images=images).states.bits & preferred | jointly, jointly


def brought_about(space: StateSpace, start: int, members: Sequence[str], images: Images | None = None) -> StateSet:
    """Every state that a group can bring about from one, by a legal sequence of its moves or by a joint move, preferred or not.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> brought_about(space, 0, ["A"]).first(2)
    (1,)
    """
    group = _ordered(space, members)
    return reach(space, start, "any", group, images=images).states | StateSet(space, joint_targets(space, group, start))


# -- levers and claims ---------------------------------------------------------------------------------------------------
def coalition_lever(found: CoalitionMoves, move: CoalitionMove, state: int, holding: Holding | None = None) -> Lever[Together]:
    """One coalition improvement as a lever: the way there, and who stays at its end; its cost is the number of members.

    A joint move is shown where there is one, otherwise a shortest sequence.

    Parameters
    ----------
    found
        What `coalition_moves` found.
    move
        One of its groups.
    state
        One of the group's improvements.
    holding
        What is known of who stays; for several levers of one conflict the same may be given.
    """
    if holding is None and found.profile is not None:
        holding = Holding(found.space, found.profile, found.equilibria)
    steps: tuple[Step, ...] = ()
    if not move.jointly.contains(state):
        way = reach(found.space, found.start, "any", move.members, found.space.set_of(state)).way(state)
        assert way is not None
        steps = tuple(Step(leg.mover, leg.to) for leg in way.legs)
    ends = holding.witnesses(state) if holding is not None else ()
    starts = holding.witnesses(found.start) if holding is not None and found.stuck else ()
    claim = Together(move.members, found.start, state, steps, ends, starts)
    return Lever(KIND, len(move.members), move.members, state, claim)


def coalition_levers(
    space: StateSpace, goal: Goal, coalitions: Sequence[Sequence[str]] | None = None, *, listed: int = 1000
) -> Levers[Together]:
    """The groups of two or more that can give what is asked for by moving together, each for each state and without idle members.

    To "reach" (or "hold", or "only") a group must bring about a wanted state that all of it prefers to the start and that holds; to
    "break" any state that all of it prefers will do.  Preferences, moves and rules stay as they are.

    Parameters
    ----------
    space
        The space.
    goal
        What is asked for.
    coalitions
        The groups to look at (keys); None for every group.
    listed
        Most levers to give; the rest is left out, and said to be ("many").

    Returns
    -------
    Levers
        By the number of members, then in the order of the conflict, then by state.  `least` is the number of members of the smallest of
        all groups, if every group was looked at.

    Raises
    ------
    LimitError, UsageError
        As `coalition_moves` does.
    """
    found = coalition_moves(space, goal.start, goal.profile, coalitions)
    assert found.equilibria is not None
    holding = Holding(space, goal.profile, found.equilibria)
    wanted = space.states if goal.want == "break" else found.equilibria
    wanted = wanted & goal.targets if goal.targets is not None else wanted
    pairs = [
        (move, state) for move in found.moves if len(move.members) > 1 for state in (move.minimal & wanted).each()
    ]  # fmt: skip
    levers = tuple(coalition_lever(found, move, state, holding) for move, state in pairs[:listed])
    many = "many" if len(pairs) > listed else ""
    return Levers(KIND, levers, len(pairs[0][0].members) if pairs else None, coalitions is None and not many, many)
