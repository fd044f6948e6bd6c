"""What coalitions can bring about, and what of it is an improvement for them: sets of states, found by sets of states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from detente.analysis.claims.coalition_terms import Group, Lasts, Moved, Terms
from detente.analysis.images import Images
from detente.analysis.joint import joint_targets
from detente.preference.compared import compared
from detente.space.sets import bits_of
from detente.space.states import StateSpace

Layer = dict[Group, int]
"""For each mover a set of states, as an integer."""


@dataclass(frozen=True)
class Ways:
    """From where legal sequences of a group lead into a set of states, and by which moves.

    Parameters
    ----------
    play
        Knows the moves.
    wanted
        The set, as an integer.
    layers
        For each number of moves, from 1, and each mover: the states from which a shortest sequence that begins with that mover has that
        many.
    """

    play: Play
    wanted: int
    layers: tuple[Layer, ...]

    @property
    def sources(self) -> int:
        """All states from which some sequence leads into the set, as an integer."""
        return reduce(or_, (bits for layer in self.layers for bits in layer.values()), 0)

    def steps(self, state: int) -> tuple[Moved, ...]:
        """One shortest sequence from a state, always the same one.  Raises LookupError if there is none."""
        length, mover = next((h, m) for h, layer in enumerate(self.layers, start=1) for m, bits in layer.items() if bits >> state & 1)
        now, found = state, []
        for h in range(length, 0, -1):
            image = self.play.image(mover, 1 << now)
            following = None
            if h == 1:
                now = next(bits_of(image & self.wanted))
            else:
                layer = self.layers[h - 2]
                following, now = next((m, s) for m, bits in layer.items() if m != mover for s in bits_of(image & bits))
            found.append(Moved(mover, now))
            mover = following or mover
        return tuple(found)


class Play:
    """The moves of coalitions and the improvements among them, on given terms; keeps what it has found.

    Parameters
    ----------
    space
        The space; it must be listed.
    terms
        What counts as an improvement, and who acts together.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> play = Play(space, Terms())
    >>> both, five = ("MoE", "Uniroyal"), space.state(5)
    >>> [space.number(state) for state in bits_of(play.improving(both, five))]
    [8]
    """

    def __init__(self, space: StateSpace, terms: Terms) -> None:
        self.space = space
        self.terms = terms
        self.images = Images(space)
        self.decision_makers: Group = tuple(dm.key for dm in space.conflict.decision_makers)
        self._lasts: dict[tuple[Group, int], Lasts] = {}
        self._compared: dict[tuple[str, int], tuple[int, int]] = {}
        self._together: dict[tuple[Group, int, bool], int] = {}

    def others(self, group: Group) -> Group:
        """Everybody who is not in a group."""
        return tuple(dm for dm in self.decision_makers if dm not in group)

    def image(self, mover: Group, states: int, backward: bool = False) -> int:
        """The states that a mover reaches by one move from some state of a set; backward: those from which it reaches the set."""
        if len(mover) == 1:
            return self.images.image(mover[0], states, backward)
        found = 0
        for state in bits_of(states):
            if (mover, state, backward) not in self._together:
                self._together[mover, state, backward] = joint_targets(self.space, mover, state, backward)
            found |= self._together[mover, state, backward]
        return found

    def layers(self, group: Group, states: int, backward: bool = False) -> tuple[Layer, ...]:
        """The states first reached by legal sequences of a group from a set, by their length and their last mover.

        Backward: the states from which legal sequences first lead into the set, by their length and their first mover.
        """
        movers = self.terms.movers(group)
        seen = dict.fromkeys(movers, 0)
        frontier = {mover: self.image(mover, states, backward) for mover in movers}
        found: list[Layer] = []
        while any(frontier.values()):
            found.append(frontier)
            following = {}
            once = twice = 0
            for mover, bits in frontier.items():
                seen[mover] |= bits
                once, twice = once | bits, twice | once & bits
            for mover in movers:
                before = twice | once & ~frontier[mover]  # what somebody else moved to
                following[mover] = self.image(mover, before, backward) & ~seen[mover] if before else 0
            frontier = following
        return tuple(found)

    def lasts(self, group: Group, state: int) -> Lasts:
        """For each mover of a group where its legal sequences from a state may end with this mover last."""
        if (group, state) not in self._lasts:
            layers = self.layers(group, 1 << state)
            self._lasts[group, state] = tuple(
                (mover, reduce(or_, (layer[mover] for layer in layers), 0)) for mover in self.terms.movers(group)
            )
        return self._lasts[group, state]

    def reached(self, group: Group, state: int) -> int:
        """R_H(s): all states that legal sequences of a group reach, as an integer; `state` itself if one comes back to it."""
        return reduce(or_, (bits for _, bits in self.lasts(group, state)), 0)

    def ways(self, group: Group, wanted: int) -> Ways:
        """From where legal sequences of a group lead into a set of states."""
        return Ways(self, wanted, self.layers(group, wanted, backward=True))

    def better(self, group: Sequence[str], state: int) -> int:
        """The states that are an improvement on one for a group, as far as preferences go, as an integer."""
        for dm in group:
            if (dm, state) not in self._compared:
                self._compared[dm, state] = compared(self.space, dm, state)
        each = [self._compared[dm, state] for dm in group]
        if self.terms.improvement == "strict":
            return reduce(and_, (better for better, _ in each))
        return reduce(and_, (better | tied for better, tied in each)) & reduce(or_, (better for better, _ in each))

    def improving(self, group: Group, state: int) -> int:
        """R_H^{++}(s): the improvements that a group can bring about, as an integer."""
        better = self.better(group, state)
        return better & self.reached(group, state) if better else 0


def by_nearness(space: StateSpace, state: int, states: int) -> list[int]:
    """The states of a set, those with names first, then those that differ in fewer options from one.

    Parameters
    ----------
    space
        The space.
    state
        The state that they are compared with.
    states
        The set, as an integer.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> by_nearness(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), options)), 0, 0b1110)
    [1, 2, 3]
    """
    named = {space.state_of(space.conflict.combination(one.taken)) for one in space.conflict.named_states}
    return sorted(bits_of(states), key=lambda other: (other not in named, (state ^ other).bit_count(), other))
