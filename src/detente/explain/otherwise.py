"""What is written otherwise in one of two conflicts: decision makers, options, preferences, red lines, rules, bans and the status quo.

Only what can make a difference to what follows is compared: not titles, names, sources or what is said of an element in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from detente.explain.bans import ban_words
from detente.explain.edits import rule_words, taken_words
from detente.explain.words import quoted
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Direction
from detente.model.edit_rankings import levels_of
from detente.model.formula import written
from detente.model.preference import Criterion, Listed, Preference, Statement, Sums
from detente.text import listing, plural

Kind = Literal["decision maker", "option", "statement", "preference", "red line", "perception", "rule", "ban", "status quo", "coalition"]
Item = TypeVar("Item", tuple[str, int | None], frozenset[str])
PRIORITIES = "prefers"
"""The kind of preference that is nothing but statements."""
RANKED = 20
"""Most states of two rankings that are told one by one."""
DIRECTIONS = {Direction.BOTH: "both ways", Direction.ONLY_ON: "taken up only", Direction.ONLY_OFF: "given up only"}


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One element that two conflicts have otherwise.

    Parameters
    ----------
    kind
        What it is.
    party
        Whose it is (key), or None.
    what
        The element, in words.
    first, second
        How each of the two has it; None where it is not there.
    """

    kind: Kind
    party: str | None
    what: str
    first: str | None
    second: str | None


def otherwise(first: Conflict, second: Conflict) -> tuple[Otherwise, ...]:
    """Every element that two conflicts have otherwise, as they are written.

    Parameters
    ----------
    first, second
        The conflicts.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.edit import SetStatusQuo
    >>> one = load("elmira")
    >>> [(each.kind, each.first, each.second) for each in otherwise(one, SetStatusQuo(frozenset()).apply(one))]
    [('status quo', 'Delay is taken and nothing else', 'no option is taken')]
    """
    return (*_decision_makers(first, second), *_options(first, second), *_common(first, second))


def _decision_makers(first: Conflict, second: Conflict) -> Iterator[Otherwise]:
    one, other = ({dm.key: dm for dm in conflict.decision_makers} for conflict in (first, second))
    for key in dict.fromkeys([*one, *other]):
        if key not in one or key not in other:
            yield Otherwise("decision maker", key, (one.get(key) or other[key]).name, _there(key in one), _there(key in other))
        else:
            yield from _of_party(first, one[key], other[key])
    if set(one) == set(other) and list(one) != list(other):
        yield Otherwise("decision maker", None, "the order of the decision makers", listing(one), listing(other))


def _of_party(conflict: Conflict, one: DecisionMaker, other: DecisionMaker) -> Iterator[Otherwise]:
    """What one decision maker has otherwise; `conflict` is the first's."""
    yield from _preference(conflict, one, other)
    lines = [list(dict.fromkeys(written(line.never) for line in dm.red_lines)) for dm in (one, other)]
    for never in dict.fromkeys([*lines[0], *lines[1]]):
        if (never in lines[0]) != (never in lines[1]):
            yield Otherwise("red line", one.key, f"never {quoted(never)}", _there(never in lines[0]), _there(never in lines[1]))
    for what, (mine, theirs) in (
        ("statements on pairs of states", [[replace(pair, basis=None, says=None) for pair in dm.pairs] for dm in (one, other)]),
        ("attitudes", [[replace(attitude, basis=None) for attitude in dm.attitudes] for dm in (one, other)]),
        ("thresholds", [[replace(threshold, basis=None) for threshold in dm.thresholds] for dm in (one, other)]),
    ):
        if mine != theirs:
            how = "of its own" if len(mine) == len(theirs) else "written"  # as many, and not the same
            yield Otherwise("preference", one.key, what, *(f"{len(found)} {how}" if found else None for found in (mine, theirs)))
    if one.unperceived != other.unperceived:
        seen = [None if dm.unperceived is None else quoted(written(dm.unperceived)) for dm in (one, other)]
        yield Otherwise("perception", one.key, "states not perceived", *seen)


def _preference(conflict: Conflict, one: DecisionMaker, other: DecisionMaker) -> Iterator[Otherwise]:
    """What is otherwise in how two order the states: statements, places in rankings, weights; or that it is written in another way."""
    here, there = one.preference, other.preference
    kinds = [PRIORITIES if preference is None else preference.kind for preference in (here, there)]
    found: list[Otherwise] = []
    if kinds[0] == kinds[1]:
        found += _statements(one.key, here.statements() if here else (), there.statements() if there else ())
        found += _ranked(conflict, one, other)
        found += _weights(one, other)
    if not found and _bare(here) != _bare(there):
        said = _ordered(here), _ordered(there)
        same = said[0] == said[1]
        found.append(
            Otherwise("preference", one.key, "how states are ordered", *((f"one {said[0]}", f"another {said[1]}") if same else said))
        )
    yield from found


def _ranked(conflict: Conflict, one: DecisionMaker, other: DecisionMaker) -> Iterator[Otherwise]:
    """States that do not keep their place among the others of a ranking; the first of them one by one."""
    levels = [levels_of(dm) for dm in (one, other)]
    here, there = (list(map(frozenset, found)) for found in levels)
    plain = [[sorted(map(sorted, level)) for level in found] for found in (here, there)]
    order = (here, there) if plain[0] <= plain[1] else (there, here)  # the same either way round
    kept: set[frozenset[str]] = set()
    for block in SequenceMatcher(None, *order, autojunk=False).get_matching_blocks():
        kept.update(*order[0][block.a : block.a + block.size])
    places = [{taken: _placed(place, len(level) - 1) for place, level in enumerate(found, 1) for taken in level} for found in levels]
    every = {taken: tuple(found.get(taken) for found in places) for taken in dict.fromkeys([*places[0], *places[1]])}
    moved = _moved(every, [taken for taken in every if taken not in kept])
    for taken in moved[:RANKED]:
        yield Otherwise("preference", one.key, f"in the ranking, the state in which {_taken(conflict, taken)}", *every[taken])
    if (more := len(moved) - RANKED) > 0:
        yield Otherwise("preference", one.key, f"in the ranking, {plural(more, 'further state')}", "in other places", "in other places")


def _placed(place: int, others: int) -> str:
    """A place in a ranking, where a state may be tied with `others`."""
    return f"in place {place:,}" + (f", tied with {plural(others, 'other state')}" if others else "")


def _taken(conflict: Conflict, taken: frozenset[str]) -> str:
    """A ranked state in words, with options of the other conflict by their keys."""
    known = {option.key for option in conflict.options}
    return taken_words(conflict, taken) if taken <= known else f"{listing(sorted(taken))} are taken and nothing else"


def _weights(one: DecisionMaker, other: DecisionMaker) -> Iterator[Otherwise]:
    """Weights of options."""
    weights = []
    for dm in (one, other):
        criteria = dm.preference.criteria() if dm.preference is not None and dm.preference.kind == "weights" else ()
        weights.append({key: weight for sums in criteria if isinstance(sums, Sums) for key, weight in sums.weights})
    for key in dict.fromkeys([*weights[0], *weights[1]]):
        if weights[0].get(key, 0) != weights[1].get(key, 0):
            yield Otherwise("preference", one.key, f"the weight of {key}", *(f"{found.get(key, 0):,}" for found in weights))


def _statements(dm: str, one: Sequence[Statement], other: Sequence[Statement]) -> Iterator[Otherwise]:
    """Statements that only one has, and those that do not keep their place among the others."""
    here, there = ([(written(statement.when), statement.degree) for statement in found] for found in (one, other))
    order = (here, there) if repr(here) <= repr(there) else (there, here)  # the same either way round
    kept: set[tuple[str, int | None]] = set()
    for block in SequenceMatcher(None, *order, autojunk=False).get_matching_blocks():
        kept.update(order[0][block.a : block.a + block.size])
    every, apart = dict[tuple[str, int | None], tuple[str | None, ...]](), []
    for told in dict.fromkeys([*here, *there]):
        places = [[place for place, each in enumerate(found, 1) if each == told] for found in (here, there)]
        every[told] = tuple(f"in place {listing(map(str, each))}" if each else None for each in places)
        if told not in kept or len(places[0]) != len(places[1]):
            apart.append(told)
    for told in _moved(every, apart):
        condition, degree = told
        what = quoted(condition) + ("" if degree is None else f" (degree {degree})")
        yield Otherwise("statement", dm, what, *every[told])


def _moved(every: Mapping[Item, tuple[str | None, ...]], apart: list[Item]) -> list[Item]:
    """What is told of an order: what did not keep its place among the others (`apart`), or else all that has another place.

    The latter where something that is apart is in the same place in both, as what stands between two that are exchanged.
    """
    if all(one != other for one, other in map(every.__getitem__, apart)):
        return apart
    return [item for item, (one, other) in every.items() if one != other]


def _bare(preference: Preference | None) -> tuple[object, ...]:
    """A preference as what it says, without words and bases, and without the order in which tied states or weights are written."""
    if preference is None:
        return PRIORITIES, (), ()
    statements = tuple((one.when, one.degree) for one in preference.statements())
    return preference.kind, statements, tuple(map(_criterion, preference.criteria()))


def _criterion(criterion: Criterion) -> object:
    match criterion:
        case Listed(levels):
            return tuple(map(frozenset, levels))
        case Sums(weights):
            return frozenset((key, weight) for key, weight in weights if weight)
        case _:
            return criterion


def _ordered(preference: Preference | None) -> str | None:
    """How states are ordered, in a few words."""
    if preference is None:
        return None
    count = len(preference.statements())
    return f"written with {quoted(preference.kind)}" + (f", {plural(count, 'statement')}" if count else "")


def _options(first: Conflict, second: Conflict) -> Iterator[Otherwise]:
    one, other = ({option.key: option for option in conflict.options} for conflict in (first, second))
    for key in dict.fromkeys([*one, *other]):
        mine, theirs = one.get(key), other.get(key)
        named = mine or theirs
        assert named is not None
        owner = named.owners[0] if named.owners else None
        what = f"the option {quoted(named.name)}"
        if mine is None or theirs is None:
            yield Otherwise("option", owner, what, _there(mine is not None), _there(theirs is not None))
            continue
        if set(mine.owners) != set(theirs.owners):
            yield Otherwise("option", owner, f"who decides on {what}", *(listing(each.owners) or "nobody" for each in (mine, theirs)))
        if mine.direction is not theirs.direction:
            yield Otherwise("option", owner, f"how {what} can change", DIRECTIONS[mine.direction], DIRECTIONS[theirs.direction])
    if set(one) == set(other) and list(one) != list(other):
        yield Otherwise("option", None, "the order of the options", listing(one), listing(other))


def _common(first: Conflict, second: Conflict) -> Iterator[Otherwise]:
    """What belongs to nobody: rules, bans, the status quo, who may act in one step."""
    rules = [[rule_words(rule) for rule in conflict.rules] for conflict in (first, second)]
    for said in dict.fromkeys([*rules[0], *rules[1]]):
        if (said in rules[0]) != (said in rules[1]):
            yield Otherwise("rule", None, said, _there(said in rules[0]), _there(said in rules[1]))
    bans = [[_ban(ban) for ban in conflict.bans] for conflict in (first, second)]
    for ban in dict.fromkeys([*bans[0], *bans[1]]):
        if (ban in bans[0]) != (ban in bans[1]):
            yield Otherwise("ban", ban.by, ban_words(ban), _there(ban in bans[0]), _there(ban in bans[1]))
    if first.status_quo != second.status_quo:
        ends = (None if one.status_quo is None else taken_words(one, one.status_quo) for one in (first, second))
        yield Otherwise("status quo", None, "the status quo", *ends)
    joint = [[frozenset(one.members) for one in conflict.coalitions if one.joint] for conflict in (first, second)]
    for members in dict.fromkeys([*joint[0], *joint[1]]):
        if (members in joint[0]) != (members in joint[1]):
            who = listing(dm.key for dm in first.decision_makers if dm.key in members) or listing(sorted(members))
            yield Otherwise("coalition", None, f"{who} in one step", _there(members in joint[0]), _there(members in joint[1]))


def _ban(ban: Ban) -> Ban:
    """A ban as its conditions, without words and basis."""
    return Ban(ban.by, ban.leaving, ban.reaching)


def _there(found: bool) -> str | None:
    return "there" if found else None
