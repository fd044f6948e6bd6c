"""What the concepts that look further share: what the others can bring about together, and how a checker reads a list of positions.

The others answer a move of the focal decision maker by a legal sequence: at least one move, nobody twice in a row, anybody may move again
later (Fang, Hipel and Kilgour 1993).  With one other decision maker that is one move of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from detente.concepts.base import Facts, Ground, Moves
from detente.concepts.witness import AnyWitness, Position, Reached, Replies, Worked
from detente.errors import DetenteError, LimitError

MOST_STATES = 4096
"""Most states of a space for which everything is worked out at once."""
MOST_POSITIONS = 200_000
"""Most positions that a certificate lists, and most states that the others are followed to (S303)."""

Key = tuple[int, str, int]
T = TypeVar("T")


class Turns:
    """Moves, answers of the others and worth, for the rules of one engine; kept in its memory.

    Parameters
    ----------
    ground
        The graph.

    Examples
    --------
    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> two = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)), Option("y", "y", ("B",))))
    >>> turns_of(SingleEngine(StateSpace(two))).replies("A", 1, "any")
    (3,)
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.parties = ground.decision_makers
        self.is_whole = ground.space.is_listed and ground.space.states.count <= MOST_STATES
        self.states = tuple(ground.space.states.each()) if self.is_whole else ()
        self.worth = {dm: self._worths(dm) for dm in self.parties}
        self._gains: dict[tuple[str, int], tuple[int, ...]] = {}
        self._masks: dict[tuple[str, Moves], dict[int, int]] = {}
        self._unpacked: dict[int, tuple[int, ...]] = {}

    def _worths(self, dm: str) -> dict[int, Any]:
        """What each state is worth: a number where all states are known, otherwise what the order says, as it is asked for."""
        if not self.is_whole:
            return _Asked(self.ground, dm)
        keys = {state: self.ground.worth(dm, state) for state in self.states}
        place = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
        return {state: place[key] for state, key in keys.items()}

    def others(self, dm: str) -> tuple[str, ...]:
        """All decision makers but one."""
        return tuple(other for other in self.parties if other != dm)

    def steps(self, dm: str, state: int, kind: Moves) -> tuple[int, ...]:
        """The moves of a decision maker of one `kind`: all, or those to states that they prefer; ascending."""
        moves = self.ground.moves(dm, state)
        if kind == "any":
            return moves
        if (dm, state) not in self._gains:
            worth = self.worth[dm]
            self._gains[dm, state] = tuple(t for t in moves if worth[t] > worth[state])
        return self._gains[dm, state]

    def replies(self, dm: str, state: int, kind: Moves) -> tuple[int, ...]:
        """Every state that all but one decision maker bring about from a state by legal sequences of one `kind` of move, ascending."""
        others = self.others(dm)
        if len(others) <= 1:
            return self.steps(others[0], state, kind) if others else ()
        if self.is_whole:
            return self.unpacked(self.mask(dm, state, kind))
        return tuple(sorted({state for state, _ in _lengths(self, others, state, kind)}))

    def mask(self, dm: str, state: int, kind: Moves) -> int:
        """What `replies` gives for `dm` and `kind`, as bits over the places of the states; where all states are known."""
        if (dm, kind) not in self._masks:
            self._masks[dm, kind] = self._closure(self.others(dm), kind)
        return self._masks[dm, kind][state]

    def unpacked(self, mask: int) -> tuple[int, ...]:
        """The states of a set of bits (`mask`)."""
        if mask not in self._unpacked:
            self._unpacked[mask] = tuple(state for place, state in enumerate(self.states) if mask >> place & 1)
        return self._unpacked[mask]

    def _closure(self, movers: Sequence[str], kind: Moves) -> dict[int, int]:
        """For every state what legal sequences reach from it, from the sequences by their first mover until nothing is added."""
        place = {state: number for number, state in enumerate(self.states)}
        steps = {(mover, state): self.steps(mover, state, kind) for mover in movers for state in self.states}
        found = {key: reduce(or_, (1 << place[t] for t in reached), 0) for key, reached in steps.items()}
        grows = True
        while grows:
            grows = False
            then = {(m, s): reduce(or_, (found[o, s] for o in movers if o != m), 0) for m in movers for s in self.states}
            for (mover, state), reached in steps.items():
                mask = reduce(or_, (then[mover, t] for t in reached), found[mover, state])
                if mask != found[mover, state]:
                    found[mover, state], grows = mask, True
        return {state: reduce(or_, (found[mover, state] for mover in movers), 0) for state in self.states}

    def rank(self, dm: str, state: int) -> int:
        """How many states of the space are worth less to a decision maker, where all are known; otherwise 0 for every state."""
        return int(self.worth[dm][state]) if self.is_whole else 0

    def listed(self, dm: str, starts: Iterable[int], kind: Moves) -> tuple[Replies, ...]:
        """What a certificate lists of the answers of several, all but `dm`, by one `kind` of move at some states (`starts`)."""
        others = self.others(dm)
        return tuple(Replies(start, self._reached(others, start, kind)) for start in sorted(set(starts))) if len(others) > 1 else ()

    def _reached(self, others: Sequence[str], start: int, kind: Moves) -> tuple[Reached, ...]:
        lengths = _lengths(self, others, start, kind)
        movers: dict[int, list[str]] = defaultdict(list)
        for dm in others:
            for state, last in lengths:
                if last == dm:
                    movers[state].append(dm)
        return tuple(Reached(s, tuple(last), tuple(lengths[s, dm] for dm in last)) for s, last in sorted(movers.items()))


class _Asked(dict[int, Any]):
    """What states are worth to a decision maker, as it is asked for."""

    def __init__(self, ground: Ground, dm: str) -> None:
        self._ground, self._dm = ground, dm

    def __missing__(self, state: int) -> Any:
        self[state] = found = self._ground.worth(self._dm, state)
        return found


def _lengths(turns: Turns, movers: Sequence[str], start: int, kind: Moves) -> dict[tuple[int, str], int]:
    """Each state that legal sequences reach, by last mover, with the length of a shortest one."""
    found: dict[tuple[int, str], int] = {}
    frontier, length = [(start, "")], 0
    while frontier:
        length += 1
        following = [(to, mover) for state, last in frontier for mover in movers if mover != last for to in turns.steps(mover, state, kind)]
        frontier = [node for node in dict.fromkeys(following) if node not in found]
        found.update(dict.fromkeys(frontier, length))
        if len(found) > MOST_POSITIONS:
            raise too_many(f"the others can reach more than {MOST_POSITIONS:,} states after one move")
    return found


def turns_of(ground: Ground) -> Turns:
    """What is known of a graph (`ground`), from its memory.

    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> engine = SingleEngine(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    >>> turns_of(engine) is turns_of(engine)
    True
    """
    found = ground.memory.get("turns")
    if not isinstance(found, Turns):
        found = ground.memory["turns"] = Turns(ground)
    return found


def positions_from(
    root: Key, entry: Callable[[int, str, int], Position], after: Callable[[int, str], Iterable[tuple[int, str]]]
) -> list[Position]:
    """A position and every one that it depends on, itself first, then those with more moves left first.

    Parameters
    ----------
    root
        The position: a state, whose turn it is, and how many moves are left.
    entry
        What comes of a position.
    after
        The states and turns that follow a state and a turn, with one move less left.

    Raises
    ------
    LimitError
        S303 if there are too many.

    Examples
    --------
    >>> found = positions_from((1, "A", 1), lambda at, turn, left: Position(at, turn, left, None, ()), lambda at, turn: [(2, ""), (0, "")])
    >>> [(one.state, one.left) for one in found]
    [(1, 1), (0, 0), (2, 0)]
    """
    found: dict[Key, Position] = {}
    waiting = [root]
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        at, turn, left = key
        found[key] = entry(at, turn, left)
        if len(found) > MOST_POSITIONS:
            raise too_many(f"the verdict depends on more than {MOST_POSITIONS:,} positions")
        if left:
            waiting += [(to, by, left - 1) for to, by in after(at, turn)]
    return in_order(found, root)


def in_order(found: dict[Key, Position], root: Key) -> list[Position]:
    """The position at the `root` of those that were `found`, then those with more moves left first.

    >>> found = {("ab".index(turn), turn, 1): Position("ab".index(turn), turn, 1, None, ()) for turn in "ba"}
    >>> [position.turn for position in in_order(found, (1, "b", 1))]
    ['b', 'a']
    """
    first = found.pop(root)
    return [first, *(found[key] for key in sorted(found, key=lambda key: (-key[2], key[0], key[1])))]


def remembered(ground: Ground, name: str, make: Callable[[], T]) -> T:
    """What is kept under a `name` in the memory of a graph (`ground`), made (`make`) when it is first asked for.

    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> ground = SingleEngine(StateSpace(load("elmira")))
    >>> remembered(ground, "plays", list) is remembered(ground, "plays", list)
    True
    """
    if name not in ground.memory:
        ground.memory[name] = make()
    found: T = ground.memory[name]
    return found


def too_many(what: str) -> DetenteError:
    """The error (S303) for a verdict that takes more positions than are listed; `what` is its message.

    >>> too_many("too many").diagnostics[0].code
    'S303'
    """
    return LimitError.of("S303", what, help="ask under a concept that looks less far, or narrow the conflict")


def nearest(state: int, choices: Iterable[int]) -> int:
    """Of some states that serve alike (`choices`), the one for which the fewest options change from a `state`, then the first.

    >>> nearest(0, [3, 4])
    4
    """
    return min(choices, key=lambda other: ((state ^ other).bit_count(), other))


# -- reading a certificate ---------------------------------------------------------------------------------------------
class WrongError(Exception):
    """A certificate does not show what it says; the text tells in what."""


def demand(holds: bool, reason: str) -> None:
    """Refuse a certificate with a `reason` unless something `holds`.

    >>> demand(True, "anything") is None
    True
    """
    if not holds:
        raise WrongError(reason)


def checked(facts: Facts, witness: AnyWitness, work: Callable[[Worked, dict[Key, Position]], None]) -> str | None:
    """What is wrong with a certificate (`witness`): its form, its root, or what `work` finds of its positions; None if nothing is.

    Every state named must be one by the `facts`, no position may be listed twice, and the first must be that of the question.

    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> elmira = StateSpace(load("elmira"))
    >>> twice = (Position(2, "Local", 1, None, (2,)),) * 2
    >>> checked(Checker(elmira), Worked("L1", "Local", 2, True, None, twice, ()), lambda worked, table: None)
    "position: (2, 'Local', 1) is listed twice"
    """
    if not isinstance(witness, Worked):
        return "witness: of another kind"
    try:
        work(witness, _table(facts, witness))
    except WrongError as wrong:
        return str(wrong)
    return None


def _table(facts: Facts, witness: Worked) -> dict[Key, Position]:
    table: dict[Key, Position] = {}
    repeats: Any = witness.repeats
    demand(isinstance(repeats, int) and isinstance(witness.entries, tuple), "repeats: no number")
    entries: tuple[Any, ...] = witness.entries  # from outside, it may hold anything
    for position in entries:
        demand(isinstance(position, Position) and isinstance(position.ends, tuple), "position: none")
        key = (position.state, position.turn, position.left)
        named = (position.state, *position.ends, *(() if position.to is None else (position.to,)))
        demand(all(isinstance(number, int) for number in (position.left, *named)), f"position: {key} is not written in numbers")
        demand(position.turn in (*facts.decision_makers, "") and position.left >= 0, f"position: {key}")
        demand(all(facts.space.state_of(state) == state for state in named), f"position: {key} names what is no state")
        demand(key not in table, f"position: {key} is listed twice")
        table[key] = position
    demand(bool(table), "positions: none")
    root = witness.entries[0]
    demand((root.state, root.turn) == (witness.state, witness.dm), "position: the first is not that of the question")
    return table


def entry(table: dict[Key, Position], state: int, turn: str, left: int) -> Position:
    """One position of a certificate, by `state`, `turn` and moves `left`, from a `table`; refuses it if the position is not listed.

    >>> entry({(0, "A", 1): Position(0, "A", 1, None, (0,))}, 0, "A", 1).ends
    (0,)
    """
    found = table.get((state, turn, left))
    if found is None:
        raise WrongError(f"position: ({state}, {turn or 'the others'}, {left}) is not listed")
    return found


def steps_in(facts: Facts, dm: str, state: int, kind: Moves) -> tuple[int, ...]:
    """The moves of a decision maker (`dm`) from a `state` of one `kind`, as a checker looks them up among its `facts`.

    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> steps_in(Checker(StateSpace(load("elmira"))), "Local", 2, "improving")
    (18,)
    """
    return tuple(t for t in facts.moves(dm, state) if kind == "any" or facts.prefers(dm, t, state))


def replies_in(facts: Facts, witness: Worked, kind: Moves) -> Callable[[int], frozenset[int]]:
    """What the others bring about from a state by one `kind` of move, as a `witness` lists it and is seen to be complete by the `facts`.

    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> dilemma = Checker(StateSpace(load("prisoners-dilemma")))
    >>> sorted(replies_in(dilemma, Worked("L1", "Row", 0, True, None, (), ()), "any")(0))
    [2]
    """
    others = tuple(dm for dm in facts.decision_makers if dm != witness.dm)
    if len(others) <= 1:
        demand(not witness.replies, "replies: needless")
        return lambda state: frozenset(steps_in(facts, others[0], state, kind)) if others else frozenset()
    found: dict[int, frozenset[int]] = {}
    given: tuple[Any, ...] = witness.replies  # from outside, it may hold anything
    for replies in given:
        demand(isinstance(replies, Replies) and all(isinstance(case, Reached) for case in replies.reached), "replies: none")
        demand(replies.start not in found and facts.space.state_of(replies.start) == replies.start, f"replies: {replies.start}")
        lengths: dict[tuple[int, str], int] = {}
        for case in replies.reached:
            demand(len(case.last) == len(case.after) > 0 and case.escape is None, f"replies: {case.state}")
            lengths.update(((case.state, mover), after) for mover, after in zip(case.last, case.after, strict=True))
        demand(len(lengths) == sum(len(case.last) for case in replies.reached), f"replies: listed twice after {replies.start}")
        wrong = facts.check_reached(replies.start, others, kind, lengths)
        demand(wrong is None, wrong or "")
        found[replies.start] = frozenset(case.state for case in replies.reached)

    def listed(state: int) -> frozenset[int]:
        demand(state in found, f"replies: not listed for {state}")
        return found[state]

    return listed


def verdict_of(witness: Worked, to: int | None) -> None:
    """Refuse a `witness` whose verdict is not that of its first position, which moves `to` a state or stays.

    >>> verdict_of(Worked("L1", "A", 0, True, None, ()), None) is None
    True
    """
    demand(witness.stays == (to is None) and witness.improvement == to, "verdict: not that of the first position")
