"""The play that limited-move and non-myopic stability look at, worked out backwards, position by position or for a whole space at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import ge
from typing import Any, Literal

from detente.concepts.further.turns import MOST_POSITIONS, Key, Turns, nearest, positions_from, too_many
from detente.concepts.witness import Position
from detente.errors import LimitError

MOST_HORIZONS = 500
"""The greatest horizon that is looked at for a repetition (U489)."""
Variant = Literal["two", "apart", "together"]
After = Callable[[int, str], tuple[int, ...]]
"""Where the play can end from a state at which somebody has the turn."""
Outcome = tuple[int | None, tuple[int, ...]]
"""What comes of a position: where whoever has the turn moves, if they do, and each state at which the play can end, if it counts."""
Values = Mapping[int, Any]
Ends = Mapping[int, tuple[int, ...]]


class Play:
    """The play of one focal decision maker in one reading; what comes of each position is remembered.

    Parameters
    ----------
    turns
        The graph.
    dm
        The focal decision maker; only `together` depends on it.
    variant
        The reading for more than two decision makers.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.concepts.further.turns import turns_of
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("chicken"))
    >>> play = Play(turns_of(SingleEngine(space)), space.conflict.decision_makers[0].key, "two")
    >>> play.comes_of(0, play.dm, 2)
    (1, (1,))
    """

    def __init__(self, turns: Turns, dm: str, variant: Variant) -> None:
        self.turns, self.dm, self.variant = turns, dm, variant
        self.moves, self.worth = turns.ground.moves, turns.worth
        self.horizons = Horizons(self, turns.states) if turns.is_whole else None
        self._known: dict[Key, Outcome] = {}
        self._reduced: dict[frozenset[int], tuple[int, ...]] = {}

    def comes_of(self, state: int, turn: str, left: int) -> Outcome:
        """Where whoever has the `turn` moves (None: they stay), with some moves `left`, and every state at which the play can then end."""
        if self.horizons is not None:
            return self.horizons.at(state, turn, left)
        key = (state, turn, left)
        if key not in self._known:
            if len(self._known) > MOST_POSITIONS:
                raise too_many(f"the verdict depends on more than {MOST_POSITIONS:,} positions")
            self._known[key] = self._law(state, turn, left) if left else (None, (state,))
        return self._known[key]

    def _law(self, state: int, turn: str, left: int) -> Outcome:
        """What comes of a position, from what comes of those after it."""
        reached = self.reached(state, turn)
        ends = {to: self.ends(to, turn, lambda to, by: self.comes_of(to, by, left - 1)[1]) for to in reached}
        if turn:
            worth = self.worth[turn]
            return self.choice(state, turn, reached, {to: min(worth[end] for end in after) for to, after in ends.items()}, ends)
        return self.agreed(state, self.best({to: self.values(after) for to, after in ends.items()}), ends)

    def choice(self, state: int, turn: str, reached: Iterable[int], least: Values, ends: Ends) -> Outcome:
        """What a decision maker does who has the turn.

        Parameters
        ----------
        state, turn
            The position.
        reached
            The states that they can move to.
        least, ends
            For each of these what they can count on after it, and where the play can end.
        """
        best = max((least[to] for to in reached), default=self.worth[turn][state])
        if best <= self.worth[turn][state]:
            return None, (state,)
        chosen = [to for to in reached if least[to] == best]
        if len(chosen) == 1:
            return chosen[0], ends[chosen[0]]
        return nearest(state, chosen), self.reduced(end for to in chosen for end in ends[to])

    def values(self, ends: tuple[int, ...]) -> tuple[Any, ...]:
        """What each of the others can count on where the play can end at some states (`ends`)."""
        return tuple(min(self.worth[dm][end] for end in ends) for dm in self.turns.others(self.dm))

    def best(self, values: Mapping[int, tuple[Any, ...]]) -> dict[tuple[Any, ...], list[int]]:
        """Of some moves of the others together, with what each of them can count on (`values`), those that no other serves all better."""
        found: dict[tuple[Any, ...], list[int]] = {}
        for to, value in values.items():
            found.setdefault(value, []).append(to)
        kept: list[tuple[Any, ...]] = []
        for value in sorted(found, reverse=True):  # what serves all better comes before what it serves better than
            if not any(all(map(ge, other, value)) for other in kept):
                kept.append(value)
        return {value: found[value] for value in kept}

    def agreed(self, state: int, best: Mapping[tuple[Any, ...], list[int]], ends: Ends) -> Outcome:
        """What the others together do: what serves none of them worse than to stay, and one better.

        `state` and `ends` are as for `choice`, `best` as it gives it.

        What nothing serves all better among such moves, nothing serves all better among all of them.
        """
        here = self.values((state,))
        chosen = [to for value, moves in best.items() if value != here and all(map(ge, value, here)) for to in moves]
        if not chosen:
            return None, (state,)
        return nearest(state, chosen), self.reduced(end for to in chosen for end in ends[to])

    def ends(self, to: int, mover: str, after: After) -> tuple[int, ...]:
        """Where the play can end after a move of a `mover` to a state (`to`)."""
        following = self.following(mover)
        return after(to, following[0]) if len(following) == 1 else self.reduced(end for by in following for end in after(to, by)) or (to,)

    def following(self, mover: str) -> tuple[str, ...]:
        """Who may have the turn after the move of a `mover`; "" for the others together."""
        if self.variant == "together":
            return (self.dm,) if mover == "" else ("",)
        return self.turns.others(mover)

    def reduced(self, ends: Iterable[int]) -> tuple[int, ...]:
        """Of some ends those that count: for each decision maker one that is worst for them, the first among equals."""
        key = frozenset(ends)
        if len(key) < 2:
            return tuple(key)
        if key not in self._reduced:
            worst = {min((worth[end], end) for end in key)[1] for worth in self.worth.values()}
            self._reduced[key] = tuple(sorted(worst))
        return self._reduced[key]

    def positions(self, state: int, left: int) -> list[Position]:
        """The position of the focal decision maker at a state, with some moves `left`, and every one that it depends on, itself first."""

        def entry(at: int, turn: str, more: int) -> Position:
            return Position(at, turn, more, *self.comes_of(at, turn, more))

        return positions_from((state, self.dm, left), entry, self.children)

    def children(self, state: int, turn: str) -> list[tuple[int, str]]:
        """The positions after that of a `state` and a `turn`."""
        return [(to, by) for to in self.reached(state, turn) for by in self.following(turn)]

    def reached(self, state: int, turn: str) -> tuple[int, ...]:
        """The states that whoever has the `turn` can move to from a `state`."""
        return self.moves(turn, state) if turn else self.turns.replies(self.dm, state, "any")


class Horizons:
    """What comes of every position of some states that lead to no others, horizon by horizon, until the results repeat.

    Parameters
    ----------
    play
        The play.
    states
        The states.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.concepts.further.turns import turns_of
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> play = Play(turns_of(SingleEngine(space)), "Row", "two")
    >>> Horizons(play, play.turns.states).repetition()
    (2, 3)
    """

    def __init__(self, play: Play, states: Sequence[int]) -> None:
        self.play, self.states = play, states
        self.place = {state: number for number, state in enumerate(states)}
        self.turns = (play.dm, "") if play.variant == "together" else play.turns.parties
        self.rows: list[dict[str, list[Outcome]]] = [{turn: [(None, (state,)) for state in states] for turn in self.turns}]
        self._seen: dict[int, list[int]] = {self._sign(): [0]}
        self._repetition: tuple[int, int] | None = None
        self._same: dict[Outcome, Outcome] = {}

    def at(self, state: int, turn: str, left: int) -> Outcome:
        """What comes of a position: a `state`, whose `turn` it is, how many moves are `left`."""
        while len(self.rows) <= left and self._repetition is None:
            self._look_further()
        if self._repetition is not None and left > self._repetition[1]:
            first, again = self._repetition
            left = first + 1 + (left - first - 1) % (again - first)  # the first may move otherwise than the last, to the same ends
        return self.rows[left][turn][self.place[state]]

    def repetition(self) -> tuple[int, int]:
        """Two horizons, the least there are, at which all comes out alike, so that what lies between repeats for ever.

        Raises
        ------
        LimitError
            U489 if nothing repeats within `MOST_HORIZONS`.
        """
        while self._repetition is None:
            if len(self.rows) > MOST_HORIZONS:
                raise LimitError.of(
                    "U489",
                    f"what parties do who look ever further has not begun to repeat within {MOST_HORIZONS} moves",
                    help="ask for limited moves of some horizon, as L5",
                )
            self._look_further()
        return self._repetition

    def _look_further(self) -> None:
        """One horizon more, and whether it comes out as an earlier one."""
        play, last = self.play, self.rows[-1]
        after: After = lambda to, by: last[by][self.place[to]][1]  # noqa: E731
        row: dict[str, list[Outcome]] = {}
        for turn in self.turns:
            ends = {to: play.ends(to, turn, after) for to in self.states}
            row[turn] = [self._same.setdefault(out, out) for out in (self._of(turn, ends) if turn else self._of_others(ends))]
        self.rows.append(row)
        number = len(self.rows) - 1
        for earlier in self._seen.setdefault(self._sign(), []):
            if all(a[1] == b[1] for turn in self.turns for a, b in zip(row[turn], self.rows[earlier][turn], strict=True)):
                self._repetition = (earlier, number)
                return
        self._seen[self._sign()].append(number)

    def _of(self, turn: str, ends: Ends) -> Iterator[Outcome]:
        """What one decision maker does who has the turn, at each state."""
        play, worth = self.play, self.play.worth[turn]
        least = {to: min(worth[end] for end in after) for to, after in ends.items()}
        return (play.choice(state, turn, play.moves(turn, state), least, ends) for state in self.states)

    def _of_others(self, ends: Ends) -> Iterator[Outcome]:
        """What the others do together, at each state; what they could do is looked at once where several states share it."""
        play, known = self.play, dict[tuple[int, ...], dict[tuple[Any, ...], list[int]]]()
        values = {to: play.values(after) for to, after in ends.items()}
        for state in self.states:
            reached = play.reached(state, "")
            if reached not in known:
                known[reached] = play.best({to: values[to] for to in reached})
            yield play.agreed(state, known[reached], ends)

    def _sign(self) -> int:
        return hash(tuple(ends for turn in self.turns for _, ends in self.rows[-1][turn]))
