"""Conditions on states put together of others: that a state can occur, is near to another, is within reach of a group by a joint move.

A condition is a formula, so that a question about all states of a space of any size is a question about one formula.  A part that is
used in several places is one and the same object, and whoever encodes a formula encodes it once: sums would be far too long without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.errors import LimitError
from detente.model.conflict import Conflict
from detente.model.evaluate import evaluator
from detente.model.formula import FALSE, TRUE, And, Const, Formula, If, Iff, Not, Or, Taken, all_of, any_of
from detente.model.rule import required
from detente.space.states import StateSpace

MAX_SUMS = 20_000
"""Most different sums that a condition on weights, or on how many options differ, tells apart."""


def occurs(conflict: Conflict, dropped: Iterable[int] = ()) -> Formula:
    """That a combination can occur: what the rules require, but for some that are dropped (places from 1).

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> occurs(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    Const(value=True)
    """
    left = frozenset(dropped)
    conditions = [required(rule) for n, rule in enumerate(conflict.rules, start=1) if n not in left]
    return both(*(condition for condition in conditions if condition is not None))


def both(*parts: Formula) -> Formula:
    """The conjunction of some parts, with the constants among them worked out.

    >>> both(TRUE, Taken("x")), both(FALSE, Taken("x"))
    (Taken(option='x'), Const(value=False))
    """
    left = [part for part in parts if not (isinstance(part, Const) and part.value)]
    return FALSE if any(isinstance(part, Const) for part in left) else all_of(*left)


def either(*parts: Formula) -> Formula:
    """The disjunction of some parts, with the constants among them worked out.

    >>> either(FALSE, Taken("x")), either(TRUE, Taken("x"))
    (Taken(option='x'), Const(value=True))
    """
    left = [part for part in parts if not (isinstance(part, Const) and not part.value)]
    return TRUE if any(isinstance(part, Const) for part in left) else any_of(*left)


def opposite(part: Formula) -> Formula:
    """The negation of a part, with constants worked out.

    >>> opposite(TRUE)
    Const(value=False)
    """
    return Const(not part.value) if isinstance(part, Const) else Not(part)


def choice(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    """One formula (`then`) where a condition is so, another (`otherwise`) where it is not.

    >>> choice(Taken("x"), TRUE, FALSE)
    Taken(option='x')
    """
    return then if then is otherwise else both(either(opposite(condition), then), either(condition, otherwise))


def exactly(conflict: Conflict, taken: frozenset[str]) -> Formula:
    """That just these options (keys) are taken.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> exactly(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), frozenset({"x"}))
    Taken(option='x')
    """
    return both(*(Taken(option.key) if option.key in taken else Not(Taken(option.key)) for option in conflict.options))


def weighed(entries: Iterable[tuple[str, int, int]], rest: Formula, offset: int = 0) -> Formula:
    """That a sum over options is above zero, or is zero and something else is so.

    Parameters
    ----------
    entries
        For options (keys) what each adds where it is taken, and where it is not.
    rest
        What else is so where the sum is zero.
    offset
        What is added to the sum in any case.

    Raises
    ------
    LimitError
        S350 for more than `MAX_SUMS` sums.

    Examples
    --------
    >>> from detente.model.formula import written
    >>> written(weighed([("x", 1, 0)], FALSE)), written(weighed([("x", -1, 0)], TRUE))
    ('x', 'not x')
    """
    left = sorted((entry for entry in entries if entry[1] or entry[2]), key=lambda entry: abs(entry[1] - entry[2]))
    sums: list[set[int]] = [{offset}]  # of the greatest first, so that most sums are soon settled
    most, least = [0], [0]
    for _, one, other in left:
        most.append(most[-1] + max(one, other))
        least.append(least[-1] + min(one, other))
    for place in range(len(left), 0, -1):
        _, one, other = left[place - 1]
        open_ = {total for total in sums[-1] if total + least[place] <= 0 <= total + most[place]}
        sums.append({total + part for total in open_ for part in (one, other)})
        if sum(map(len, sums)) > MAX_SUMS:
            raise LimitError.of("S350", f"the weights have more than {MAX_SUMS:,} different sums", help="use fewer or rounder weights")
    sums.reverse()
    known: dict[int, Formula] = {}

    def settled(total: int, place: int, after: Mapping[int, Formula]) -> Formula:
        return TRUE if total + least[place] > 0 else FALSE if total + most[place] < 0 else after[total]

    for place in range(len(left) + 1):
        before, known = known, {}
        for total in sums[place]:
            if place == 0:
                known[total] = TRUE if total > 0 else FALSE if total < 0 else rest
            elif total + least[place] <= 0 <= total + most[place]:
                key, one, other = left[place - 1]
                known[total] = choice(Taken(key), settled(total + one, place - 1, before), settled(total + other, place - 1, before))
    return settled(offset, len(left), known)


def at_least_two(parts: Iterable[Formula]) -> Formula:
    """That two or more of some conditions (`parts`) are so.

    >>> from detente.model.formula import written
    >>> written(at_least_two([Taken("x"), Taken("y")]))
    'x and y'
    """
    one: Formula = FALSE
    two: Formula = FALSE
    for part in parts:
        two = either(two, both(one, part))
        one = either(one, part)
    return two


def near(conflict: Conflict, state: int, most: int) -> Formula:
    """That at most so many options (`most`) are otherwise than in a state.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> near(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), 0, 0)
    Not(part=Taken(option='x'))
    """
    entries = [(option.key, -1 + (state >> k & 1), -(state >> k & 1)) for k, option in enumerate(conflict.options)]
    return weighed(entries, TRUE, most)


def able(space: StateSpace, dm: str, start: int) -> Formula:
    """That a decision maker may go from a state to a combination, as far as their perception and the bans on their moves go.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    start
        The state.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> able(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), "A", 0)
    Const(value=True)
    """
    conflict = space.conflict
    if not space.perceives(dm, start):
        return FALSE
    unseen = conflict.decision_maker(dm).unperceived
    bans = [ban.reaching for ban in conflict.bans if ban.by == dm and evaluator(ban.leaving, conflict.option_index)(start)]
    return both(*([] if unseen is None else [opposite(unseen)]), *map(opposite, bans))


def jointly(space: StateSpace, members: Mapping[str, Formula], start: int) -> Formula:
    """That a group reaches a combination from a state by a joint move (see `detente.analysis.claims.joint`), or it is that state.

    Parameters
    ----------
    space
        The space.
    members
        For decision makers (keys) under which condition on the combination they belong to the group.
    start
        The state.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("y", "y", ()), Option("x", "x", ("A",)))))
    >>> jointly(space, {"A": TRUE}, 0)
    Not(part=Taken(option='y'))
    """
    acting = {dm: both(condition, able(space, dm, start)) for dm, condition in members.items()}
    parts = []
    for k, option in enumerate(space.conflict.options):
        taken = bool(start >> k & 1)
        stays = Taken(option.key) if taken else Not(Taken(option.key))
        fixed = (space.only_on if taken else space.only_off) >> k & 1
        parts.append(stays if fixed else either(stays, *(acting[dm] for dm in option.owners if dm in acting)))
    return both(*parts)


def flipped(formula: Formula, options: frozenset[str]) -> Formula:
    """The formula as it is once some options (keys) are changed: taken where they were not.

    >>> flipped(Taken("x"), frozenset({"x"}))
    Not(part=Taken(option='x'))
    """
    match formula:
        case Taken(option):
            return Not(formula) if option in options else formula
        case Not(part):
            return Not(flipped(part, options))
        case And(parts):
            return And(tuple(flipped(part, options) for part in parts))
        case Or(parts):
            return Or(tuple(flipped(part, options) for part in parts))
        case If(then, condition):
            return If(flipped(then, options), flipped(condition, options))
        case Iff(left, right):
            return Iff(flipped(left, options), flipped(right, options))
        case Const():
            return formula
