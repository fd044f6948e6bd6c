"""Generalized metarationalities: the others can answer every gain, again and again, up to a number of moves.

The decision maker makes an improvement; the others answer, by a legal sequence, so that nothing is gained; the decision maker may move on
to another state that they prefer to the first; the others answer again; and so on, h moves in all (Zeng, Fang, Hipel and Kilgour 2006,
2007).  A state is MR_h stable if the others can answer each time, as long as moves are left.  MR_1 is Nash, MR_2 GMR, MR_3 SMR.

In the credible ones, CMR_h, each step of the others is an improvement for whoever takes it: CMR_1 is Nash, CMR_2 SEQ, CMR_3 SSEQ.  (The
decision maker's own moves are improvements in both: they stand at a state that is no better than the first, and move to one that is.)
"""

from __future__ import annotations

from detente.concepts.base import Facts, Family, Ground, Moves, SolutionConcept
from detente.concepts.further.maximin import value_of
from detente.concepts.further.turns import (
    MOST_POSITIONS,
    Key,
    Turns,
    checked,
    demand,
    entry,
    replies_in,
    too_many,
    turns_of,
    verdict_of,
)
from detente.concepts.witness import AnyWitness, Position, Worked

MOST = 99
"""The greatest number of moves."""


class Rounds:
    """Whether the others can hold a decision maker at or below one state, from each position, remembered.

    Parameters
    ----------
    turns
        The graph.
    dm
        The decision maker.
    origin
        The state.
    answers
        By which moves the others answer.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> Rounds(turns_of(SingleEngine(StateSpace(load("elmira")))), "Local", 2, "any").own(2, 1).to
    18
    """

    def __init__(self, turns: Turns, dm: str, origin: int, answers: Moves) -> None:
        self.turns, self.dm, self.answers = turns, dm, answers
        self.worth = turns.worth[dm]
        self.most = self.worth[origin]
        self.known: dict[Key, Position] = {}

    def is_held(self, position: Position) -> bool:
        """Whether the play from a position ends at a state that is no better than the first."""
        return bool(self.worth[position.ends[0]] <= self.most)

    def own(self, state: int, left: int) -> Position:
        """The decision maker's turn at a `state`, with some moves `left`: a move that the others can't answer, best first; or they stay."""
        key = (state, self.dm, left)
        if key not in self.known:
            self.known[key] = self._own(state, left)
            if len(self.known) > MOST_POSITIONS:
                raise too_many(f"the verdict depends on more than {MOST_POSITIONS:,} positions")
        return self.known[key]

    def _own(self, state: int, left: int) -> Position:
        if left and self.worth[state] <= self.most:
            gains = [t for t in self.turns.ground.moves(self.dm, state) if self.worth[t] > self.most]
            for to in sorted(gains, key=lambda t: (-self.turns.rank(self.dm, t), (state ^ t).bit_count(), t)):
                after = self.theirs(to, left - 1)
                if not self.is_held(after):
                    return Position(state, self.dm, left, to, after.ends)
        return Position(state, self.dm, left, None, (state,))

    def theirs(self, state: int, left: int) -> Position:
        """The turn of the others at a better state, with some moves `left`: the least answer that holds the decision maker, or none."""
        key = (state, "", left)
        if key not in self.known:
            self.known[key] = self._theirs(state, left)
        return self.known[key]

    def _theirs(self, state: int, left: int) -> Position:
        if left:
            replies = self.turns.replies(self.dm, state, self.answers)
            for to in sorted(replies, key=lambda t: ((state ^ t).bit_count(), t)):
                after = self.own(to, left - 1)
                if self.is_held(after):
                    return Position(state, "", left, to, after.ends)
        return Position(state, "", left, None, (state,))

    def positions(self, state: int, left: int) -> list[Position]:
        """The positions that the verdict on a state rests on, with some moves `left`: all gains and one answer each, or the reverse."""
        first = self.own(state, left)
        found: dict[Key, Position] = {}
        waiting = [first]
        while waiting:
            position = waiting.pop()
            key = (position.state, position.turn, position.left)
            if key not in found:
                found[key] = position
                waiting += self._needed(position)
        del found[first.state, self.dm, left]
        return [first, *(found[key] for key in sorted(found, key=lambda key: (-key[2], key[0], key[1])))]

    def _needed(self, position: Position) -> list[Position]:
        """The positions that one follows from: the one moved to, or all."""
        left = position.left - 1
        if left < 0:
            return []
        if position.to is not None:
            return [self.theirs(position.to, left) if position.turn else self.own(position.to, left)]
        if not position.turn:
            return [self.own(t, left) for t in self.turns.replies(self.dm, position.state, self.answers)]
        if not self.is_held(position):
            return []
        return [self.theirs(t, left) for t in self.turns.ground.moves(self.dm, position.state) if self.worth[t] > self.most]


def verdict(ground: Ground, dm: str, state: int, *, key: str, moves: int, answers: Moves) -> Worked:
    """Whether the others can answer every gain of a decision maker from a state, with the positions that this rests on.

    Parameters
    ----------
    ground
        The graph.
    dm, state
        Who, and where.
    key
        The concept that the witness is to name.
    moves
        How many moves there are in all.
    answers
        By which moves the others answer.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> verdict(SingleEngine(StateSpace(load("elmira"))), "Local", 2, key="MR2", moves=2, answers="any").stays
    True
    """
    rounds = Rounds(turns_of(ground), dm, state, answers)
    entries = rounds.positions(state, moves)
    replies = rounds.turns.listed(dm, (e.state for e in entries if not e.turn and e.left), answers)
    to = entries[0].to
    return Worked(key, dm, state, to is None, to, tuple(entries), replies)


def check(facts: Facts, witness: AnyWitness, *, moves: int, answers: Moves) -> str | None:
    """None if a witness shows its verdict; otherwise what is wrong with it.

    Parameters
    ----------
    facts
        Moves and comparisons.
    witness
        What is checked.
    moves
        How many moves its first position must have.
    answers
        By which moves the others answer.

    Examples
    --------
    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> elmira = StateSpace(load("elmira"))
    >>> worked = verdict(SingleEngine(elmira), "Local", 2, key="MR2", moves=2, answers="any")
    >>> [check(Checker(elmira), worked, moves=moves, answers="any") for moves in (2, 3)]
    [None, 'position: the first does not have the moves of the concept']
    """

    def work(worked: Worked, table: dict[Key, Position]) -> None:
        demand(worked.entries[0].left == moves and not worked.repeats, "position: the first does not have the moves of the concept")
        demand(all(len(position.ends) == 1 for position in worked.entries), "ends: one of each position counts")
        replies = replies_in(facts, worked, answers)
        for position in worked.entries:
            demand(position.turn in (worked.dm, ""), f"turn: {position.turn} acts with the others")
            reached = (facts.moves(worked.dm, position.state) if position.turn else replies(position.state)) if position.left else ()
            _follows(facts, worked, position, frozenset(reached), table)
        verdict_of(worked, worked.entries[0].to)

    return checked(facts, witness, work)


def _follows(facts: Facts, worked: Worked, position: Position, reached: frozenset[int], table: dict[Key, Position]) -> None:
    """Refuse a position that does not follow from those after it."""
    dm, here, left = worked.dm, position.state, position.left
    what = f"position: ({here}, {position.turn or 'the others'}, {left})"

    def gains(state: int) -> bool:
        """Whether a state is better than the first."""
        return facts.prefers(dm, state, worked.state)

    def after(to: int) -> Position:
        """The position after a move."""
        return entry(table, to, "" if position.turn else dm, left - 1)

    if position.to is not None:
        demand(position.to in reached, f"{what}: no move to {position.to}")
        demand(after(position.to).ends == position.ends, f"{what} ends elsewhere")
        demand(gains(position.ends[0]) == bool(position.turn), f"{what} has nothing to gain by a move")
        demand(gains(here) != bool(position.turn), f"{what} needs no move")
        return
    demand(position.ends == (here,), f"{what} ends elsewhere")
    if position.turn and not gains(here):
        for to in reached:
            demand(not gains(to) or not gains(after(to).ends[0]), f"{what} has a gain that is not answered")
    elif not position.turn:
        demand(gains(here), f"{what} is no gain")
        for to in reached:
            demand(gains(after(to).ends[0]), f"{what} has an answer")


def member(moves: int, answers: Moves = "any") -> SolutionConcept:
    """The concept with a number of `moves` in all; the others answer by moves of one kind (`answers`).

    >>> member(2).key, member(2, "improving").key
    ('MR2', 'CMR2')
    """
    credible = answers == "improving"
    key = f"{'C' if credible else ''}MR{moves}"
    answer = r"R_{N-i}^+" if credible else r"R_{N-i}"
    who = "gaining at each step" if credible else "at whatever cost to themselves"
    count = f"{moves} move{'s' if moves > 1 else ''} in all"
    return SolutionConcept(
        key=key,
        name=f"{'Credible' if credible else 'Generalized'} metarationality, {count}",
        asks=f"Could the others, {who}, answer every gain each time it is made anew, with {count}?",
        plies=(),
        formula=r"O_h(s),\quad O_h(u)\iff s\succeq_i u\wedge(h=0\vee\forall t\in R_i(u),t\succ_i s: H_{h-1}(t)),"
        rf"\quad H_h(t)\iff h>0\wedge\exists u\in {answer}(t): O_{{h-1}}(u)",
        source="Zeng, Fang, Hipel and Kilgour 2006, 2007 (abstracts seen; the recursion from memory)",
        rule=lambda ground, dm, state: verdict(ground, dm, state, key=key, moves=moves, answers=answers),
        settle=lambda ground, dm, state: value_of(ground, dm, answers).own(state, moves)[0] is None,
        check=lambda facts, witness: check(facts, witness, moves=moves, answers=answers),
    )


FAMILIES = (
    Family("MR", "MR1, MR2, ...", member, most=MOST),
    Family("CMR", "CMR1, CMR2, ...", lambda moves: member(moves, "improving"), most=MOST),
)
