"""Maximin stability: the decision maker leaves only for what they can be sure of, whatever the others do.

The decision maker and the others take turns, h in all; the others answer together, by a legal sequence, and do what is worst for the
decision maker, whatever it costs themselves.  Whoever stays ends the play.  A state is Maximin_h stable if the decision maker, moving
first, can't make sure of ending at a state that they prefer to it (Rêgo and Vieira).  Maximin_1 is Nash, Maximin_2 GMR, Maximin_3 SMR.
"""

from __future__ import annotations

from detente.concepts.base import Facts, Family, Ground, Moves, SolutionConcept
from detente.concepts.further.turns import (
    MOST_POSITIONS,
    Key,
    Turns,
    checked,
    demand,
    entry,
    nearest,
    positions_from,
    remembered,
    replies_in,
    too_many,
    turns_of,
    verdict_of,
)
from detente.concepts.witness import AnyWitness, Position, Worked

MOST = 99
"""The greatest horizon."""


class Value:
    """What a decision maker can make sure of from each position, remembered.

    Parameters
    ----------
    turns
        The graph.
    dm
        The decision maker.
    answers
        By which moves the others answer.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> Value(turns_of(SingleEngine(StateSpace(load("elmira")))), "Local").own(2, 1)
    (18, 18)
    """

    def __init__(self, turns: Turns, dm: str, answers: Moves = "any") -> None:
        self.turns, self.dm, self.answers = turns, dm, answers
        self.worth = turns.worth[dm]
        self._own: dict[tuple[int, int], tuple[int | None, int]] = {}
        self._theirs: dict[tuple[int, int], tuple[int | None, int]] = {}
        self._least: dict[tuple[int, int], int] = {}

    def own(self, state: int, left: int) -> tuple[int | None, int]:
        """On the decision maker's turn at a state, with moves `left`: where they move (None: they stay), and where the play then ends."""
        found = self._own.get((state, left))
        if found is None:
            self._within_limits()
            found = None, state
            if left:
                best = self.worth[state]
                ends = {to: self.theirs(to, left - 1)[1] for to in self.turns.ground.moves(self.dm, state)}
                most = max((self.worth[end] for end in ends.values()), default=best)
                if most > best:
                    to = nearest(state, (to for to, end in ends.items() if self.worth[end] == most))
                    found = to, ends[to]
            self._own[state, left] = found
        return found

    def _within_limits(self) -> None:
        """Refuse (S303) to look at too many positions of a space that is not known as a whole."""
        if not self.turns.is_whole and len(self._own) + len(self._theirs) > MOST_POSITIONS:
            raise too_many(f"the verdict depends on more than {MOST_POSITIONS:,} positions")

    def theirs(self, state: int, left: int) -> tuple[int | None, int]:
        """The same at a `state` on the turn of the others, with some moves `left`."""
        found = self._theirs.get((state, left))
        if found is None:
            self._within_limits()
            found = None, state
            if left and (to := self._worst(state, left)) is not None:
                end = self.own(to, left - 1)[1]
                if self.worth[end] < self.worth[state]:
                    found = to, end
            self._theirs[state, left] = found
        return found

    def _worst(self, state: int, left: int) -> int | None:
        """Of what the others can bring about the worst for the decision maker; looked for once where several states share it."""
        turns = self.turns
        if not turns.is_whole or len(turns.parties) < 3:
            replies = turns.replies(self.dm, state, self.answers)
            return min(replies, key=lambda to: self._rank(to, left, state), default=None)
        key = (turns.mask(self.dm, state, self.answers), left)
        if key not in self._least:
            replies = turns.unpacked(key[0])
            self._least[key] = min(replies, key=lambda to: self._rank(to, left, 0), default=-1)
        return None if self._least[key] < 0 else self._least[key]

    def _rank(self, to: int, left: int, state: int) -> tuple[int, int, int]:
        return self.worth[self.own(to, left - 1)[1]], (state ^ to).bit_count(), to

    def positions(self, state: int, left: int) -> list[Position]:
        """The position of the decision maker at a state, with some moves `left`, and every one that it depends on, itself first."""

        def entry(at: int, turn: str, more: int) -> Position:
            to, end = self.own(at, more) if turn else self.theirs(at, more)
            return Position(at, turn, more, to, (end,))

        def after(at: int, turn: str) -> list[tuple[int, str]]:
            reached = self.turns.ground.moves(self.dm, at) if turn else self.turns.replies(self.dm, at, self.answers)
            return [(to, "" if turn else self.dm) for to in reached]

        return positions_from((state, self.dm, left), entry, after)


def value_of(ground: Ground, dm: str, answers: Moves = "any") -> Value:
    """What a decision maker (`dm`) can make sure of in a graph (`ground`), from its memory; `answers`: by which moves the others answer.

    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> value = value_of(SingleEngine(StateSpace(load("elmira"))), "Local")
    >>> value.own(2, 1)[0]
    18
    """
    return remembered(ground, f"maximin {answers} {dm}", lambda: Value(turns_of(ground), dm, answers))


def verdict(ground: Ground, dm: str, state: int, *, key: str, horizon: int) -> Worked:
    """Whether a decision maker can make sure of better than a state, with every position that it depends on.

    Parameters
    ----------
    ground
        The graph.
    dm, state
        Who, and where.
    key
        The concept that the witness is to name.
    horizon
        The number of turns.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> verdict(SingleEngine(StateSpace(load("elmira"))), "Local", 2, key="Maximin1", horizon=1).improvement
    18
    """
    value = value_of(ground, dm)
    entries = value.positions(state, horizon)
    replies = value.turns.listed(dm, (e.state for e in entries if not e.turn and e.left), "any")
    to = entries[0].to
    return Worked(key, dm, state, to is None, to, tuple(entries), replies)


def check(facts: Facts, witness: AnyWitness, *, horizon: int) -> str | None:
    """None if a witness shows its verdict; otherwise what is wrong with it.

    Parameters
    ----------
    facts
        Moves and comparisons.
    witness
        What is checked.
    horizon
        How many turns its first position must have.

    Examples
    --------
    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> elmira = StateSpace(load("elmira"))
    >>> worked = verdict(SingleEngine(elmira), "Local", 2, key="Maximin1", horizon=1)
    >>> [check(Checker(elmira), worked, horizon=horizon) for horizon in (1, 2)]
    [None, 'position: the first does not have the turns of the concept']
    """

    def work(worked: Worked, table: dict[Key, Position]) -> None:
        dm, replies = worked.dm, replies_in(facts, worked, "any")
        demand(worked.entries[0].left == horizon and not worked.repeats, "position: the first does not have the turns of the concept")
        for position in worked.entries:
            here, left = position.state, position.left
            demand(position.turn in (dm, ""), f"turn: {position.turn} acts with the others")
            reached = (facts.moves(dm, here) if position.turn else replies(here)) if left else ()
            ends = {to: entry(table, to, "" if position.turn else dm, left - 1).ends for to in reached}
            demand(all(len(end) == 1 for end in ends.values()), "ends: one of each position counts")
            _follows(facts, dm, position, {to: end[0] for to, end in ends.items()})
        verdict_of(worked, worked.entries[0].to)

    return checked(facts, witness, work)


def _follows(facts: Facts, dm: str, position: Position, ends: dict[int, int]) -> None:
    """Refuse a position that does not follow from where each move from it would end."""
    what = f"position: ({position.state}, {position.turn or 'the others'}, {position.left})"

    def better(one: int, other: int) -> bool:
        """Whether an end serves whoever has the turn better than another: the decision maker, or those who do them harm."""
        return facts.prefers(dm, one, other) if position.turn else facts.prefers(dm, other, one)

    mine = position.state if position.to is None else ends.get(position.to, -1)
    demand(mine >= 0, f"{what}: no move to {position.to}")
    demand(position.ends == (mine,), f"{what} ends elsewhere")
    demand(position.to is None or better(mine, position.state), f"{what} has nothing to gain by a move")
    demand(not any(better(end, mine) for end in ends.values()), f"{what} has a better move")


def member(horizon: int) -> SolutionConcept:
    """The concept with a `horizon`.

    >>> member(2).key
    'Maximin2'
    """
    key, moves = f"Maximin{horizon}", f"{horizon} move{'s' if horizon > 1 else ''}"
    return SolutionConcept(
        key=key,
        name=f"Maximin stability, horizon {horizon}",
        asks=f"Looking {moves} ahead, and whatever the others do: can they make sure of nothing better?",
        plies=(),
        formula=r"V_h(i,s)\preceq_i s,\quad V_h(i,x)=\max(x,\max_{t\in R_i(x)}V_{h-1}(N-i,t)),"
        r"\ V_h(N-i,t)=\min(t,\min_{u\in R_{N-i}(t)}V_{h-1}(i,u)),\ V_0(\cdot,x)=x",
        source="Rêgo and Vieira 2021 (from memory; the article was not at hand)",
        rule=lambda ground, dm, state: verdict(ground, dm, state, key=key, horizon=horizon),
        settle=lambda ground, dm, state: value_of(ground, dm).own(state, horizon)[0] is None,
        check=lambda facts, witness: check(facts, witness, horizon=horizon),
    )


FAMILIES = (Family("Maximin", "Maximin1, Maximin2, ...", member, most=MOST),)
