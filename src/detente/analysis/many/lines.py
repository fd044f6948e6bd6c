"""A set of states described line by line: conditions that each hold of some members and of no other state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.analysis.many.conditions import Condition, GoTogether, IsMet, IsTaken, of_options, of_pairs, of_statements
from detente.analysis.many.looking import DRAWN, SEED, Examples, Look
from detente.analysis.many.search import found_line
from detente.analysis.many.shared import Shared, always, shared
from detente.space.members import Members

MOST_LINES = 8
"""Most lines of a description; what they leave out is counted, and not described."""
MOST_CONDITIONS = 12
"""Most conditions of a line."""
MOST_TURNS = 60
"""How often a line is sought again after a state outside the set was found that it holds of."""
_COUNTER = 16  # such states that are taken up as examples at a time
_PAIRS = 24  # ways in which two options go together that lines may be made of
_LINE = 2  # what a line costs the reader besides its conditions


@dataclass(frozen=True, slots=True)
class Line:
    """Some members of a set: all states that have what is shared, and of which these conditions hold.

    Parameters
    ----------
    conditions
        The conditions: options in the order of the conflict, then how options go together, then statements.
    count
        How many states these are; all of them belong to the set.
    further
        How many of them belong to no line before.
    """

    conditions: tuple[Condition, ...]
    count: int
    further: int


@dataclass(frozen=True, slots=True)
class Lines:
    """A description of a set of states.

    Parameters
    ----------
    count
        How many states there are.
    shared
        What all of them have in common; every line is meant among the states that have it.
    whole
        Whether the set is exactly the states that have what is shared, so that there is no line.
    lines
        The lines, the one that adds most first.
    left
        How many members belong to no line.
    stopped
        Whether the time was up before more lines were sought.
    """

    count: int
    shared: Shared
    whole: bool
    lines: tuple[Line, ...]
    left: int
    stopped: bool = False


def lines_of(look: Look, members: Members, most: int = MOST_LINES) -> Lines:
    """A set of states in lines, each as short as it can be: in terms of options alone, or also of statements, whichever is shorter.

    Each line holds of members only, whether or not the lines are complete; which lines are found depends on the order of the options
    only where several are equally good, and in large spaces on which states are drawn as examples.

    Parameters
    ----------
    look
        All states of the space.
    members
        The set; held as the states are.
    most
        Most lines.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), tuple(Option(key, key, ("A",)) for key in "xyz")))
    >>> found = lines_of(Look(space.states), space.set_of(3, 5, 7))
    >>> found.shared.conditions, [(line.conditions, line.count, line.further) for line in found.lines], found.left
    ((IsTaken(key='x', taken=True), GoTogether(first='y', second='z', how=<Together.AT_LEAST_ONE: ...>)), [], 0)
    """
    if not members:
        return Lines(0, Shared((), ()), False, (), 0)
    common = shared(look, members, always(look, members))
    plain = _described(look, members, common, of_options(look.space.conflict), most)
    if not plain.lines and not plain.left:
        return plain
    rich = _described(look, members, common, _richer(look, members, common), most)
    return rich if (rich.left, _cost(rich)) < (plain.left, _cost(plain)) else plain


def _cost(found: Lines) -> int:
    """How much there is to read, besides what is shared."""
    return sum(_LINE + sum(condition.cost for condition in line.conditions) for line in found.lines)


def _described(look: Look, members: Members, common: Shared, conditions: Sequence[Condition], most: int) -> Lines:
    outside = look.meeting(look.states, common.conditions) - members
    if not outside:
        return Lines(members.count, common, True, (), 0)
    known = set(common.conditions)
    examples = Examples(look, members, outside, [condition for condition in conditions if condition not in known])
    found: list[tuple[Condition, ...]] = []
    left = members
    while left and len(found) < most:
        line = _line(look, examples, found, left, outside)
        if line is None or len(line) > MOST_CONDITIONS:
            break
        found.append(line)
        left = left - look.meeting(left, line)
    return Lines(members.count, common, False, _ordered(look, members, found), left.count, bool(left) and look.clock.is_over)


def _line(
    look: Look, examples: Examples, found: Sequence[tuple[Condition, ...]], left: Members, outside: Members
) -> tuple[Condition, ...] | None:
    """One line, which holds of no state outside: found on examples and checked on all states, with more examples until it does."""
    if not examples.is_whole:
        examples.add(left.sample(DRAWN // 4, SEED), inside=True)
    place_of = {condition: place for place, condition in enumerate(examples.conditions)}
    described = [[place_of[condition] for condition in line] for line in found]
    for _ in range(MOST_TURNS):
        if look.clock.is_over:
            return None
        wanted = examples.inside
        for earlier in described:
            wanted &= ~examples.meeting(earlier)
        places = found_line(examples, wanted) if wanted else None
        if places is None:
            return None
        line = tuple(examples.conditions[place] for place in places)
        wrong = look.meeting(outside, line)
        if not wrong:
            return _needed(look, line, outside)
        examples.add(wrong.sample(_COUNTER, SEED), inside=False)
    return None


def _needed(look: Look, line: tuple[Condition, ...], outside: Members) -> tuple[Condition, ...]:
    """The line without conditions that no state outside makes necessary, in the order in which it is read."""
    for condition in sorted(line, key=lambda condition: -condition.cost):
        rest = tuple(other for other in line if other != condition)
        if not look.meeting(outside, rest):
            line = rest
    place = look.space.conflict.option_index

    def order(condition: Condition) -> tuple[int, int, int]:
        match condition:
            case IsTaken(key, taken):
                return (0 if taken else 1, place[key], 0)
            case GoTogether(first, second, _):
                return (2, place[first], place[second])
            case IsMet(dm, at, _, _):
                return (3, [maker.key for maker in look.space.conflict.decision_makers].index(dm), at)

    return tuple(sorted(line, key=order))


def _ordered(look: Look, members: Members, found: Sequence[tuple[Condition, ...]]) -> tuple[Line, ...]:
    """The lines, the one that adds most to those before it first; lines that add nothing are left out."""
    whole = {line: look.meeting(members, line) for line in found}
    rest, result = dict(whole), []
    while rest:
        line = max(rest, key=lambda one: rest[one].count)
        taken = rest.pop(line)
        if not taken:
            break
        result.append(Line(line, whole[line].count, taken.count))
        rest = {one: states - taken for one, states in rest.items()}
    return tuple(result)


def _richer(look: Look, members: Members, common: Shared) -> list[Condition]:
    """Conditions on options, on how two of them go together (those that tell members from others best), and statements."""
    conflict = look.space.conflict
    outside = look.meeting(look.states, common.conditions) - members
    fixed = {condition.key for condition in common.options}
    pairs = [pair for pair in of_pairs(conflict) if not {pair.first, pair.second} & fixed]
    examples = Examples(look, members, outside, pairs)
    inside, others = examples.inside.bit_count(), examples.outside.bit_count()

    def worth(place: int) -> float:
        column = examples.columns[place]
        return (column & examples.inside).bit_count() / inside - (column & examples.outside).bit_count() / max(others, 1)

    ranked = sorted(range(len(pairs)), key=lambda place: -worth(place))[:_PAIRS]
    return [*of_options(conflict), *(pairs[place] for place in ranked if worth(place) > 0), *of_statements(conflict)]
