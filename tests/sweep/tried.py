"""What a lever comes to in one completion, told a second time: by edits of the completion itself, analysed alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.analysis.certificate import Checker
from detente.analysis.claims.joint import joint
from detente.analysis.reach import reach
from detente.analysis.sweep.attempt import Attempt, Taken
from detente.analysis.unlock.coalitions import coalition_moves
from detente.analysis.unlock.guarantee import World
from detente.analysis.unlock.holding import Holding
from detente.errors import EditError
from detente.model.completed import completed
from detente.model.conflict import Conflict
from detente.model.edit import AddStatement, MoveStatement, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement
from detente.model.formula import Not
from detente.model.guess import LeftOut, Ordered
from detente.model.preference import Statement
from detente.space.states import StateSpace

Numbered = list[tuple[int, Statement]]


def numbers(conflict: Conflict, chosen: Mapping[str, int], dm: str) -> list[int]:
    """The numbers of the statements of a decision maker in a completion."""
    preference = conflict.decision_maker(dm).preference
    found = list(range(1, 1 + len(preference.statements() if preference is not None else ())))
    for guess in conflict.guesses:
        what = guess.alternatives[chosen[guess.key]].what
        if guess.of == dm and isinstance(what, Ordered):
            for old, new in zip(sorted(what.places), what.places, strict=True):
                found[old - 1] = new
    return [number for number in found if number not in left_out(conflict, chosen, "statement", dm)]


def left_out(conflict: Conflict, chosen: Mapping[str, int], kind: str, dm: str | None = None) -> set[int]:
    """The numbers of what a completion lacks."""
    return {
        guess.places[0]
        for guess in conflict.guesses
        if (guess.kind, guess.of) == (kind, dm) and isinstance(guess.alternatives[chosen[guess.key]].what, LeftOut)
    }


def after(conflict: Conflict, chosen: Mapping[str, int], one: Attempt) -> Conflict | None:
    """A completion after a lever; None where the lever can't be used."""
    made = completed(conflict, chosen)
    for dm in conflict.decision_makers:
        if dm.preference is None or not dm.preference.statements():
            continue
        party = made.decision_maker(dm.key)
        assert party.preference is not None
        now: Numbered = list(zip(numbers(conflict, chosen, dm.key), party.preference.statements(), strict=True))
        written = list(range(1, len(dm.preference.statements()) + 1))
        for edit in one.edits:
            if getattr(edit, "dm", None) == dm.key and not isinstance(edit, RemoveRedLine):
                now = edited(edit, written, now)
        party = replace(party, preference=party.preference.with_statements(tuple(statement for _, statement in now)))
        made = replace(made, decision_makers=tuple(party if other.key == dm.key else other for other in made.decision_makers))
    gone: dict[tuple[str, str | None], set[int]] = {("rule", None): left_out(conflict, chosen, "rule")}
    gone |= {("line", dm.key): left_out(conflict, chosen, "red line", dm.key) for dm in conflict.decision_makers}
    dropped: dict[tuple[str, str | None], set[int]] = {key: set() for key in gone}
    try:
        for edit in one.edits:
            if isinstance(edit, RemoveRule | RemoveRedLine):
                key = "rule" if isinstance(edit, RemoveRule) else "line", None if isinstance(edit, RemoveRule) else edit.dm
                number = [n for n in range(1, 100) if n not in dropped[key]][edit.place - 1]
                place = len([n for n in range(1, number + 1) if n not in gone[key] | dropped[key]])
                made = made if number in gone[key] else replace(edit, place=place).apply(made)
                dropped[key].add(number)
            elif not isinstance(edit, AddStatement | MoveStatement | RemoveStatement | ReverseStatement):
                made = edit.apply(made)
    except EditError:
        return None
    return made


def edited(edit: object, written: list[int], now: Numbered) -> Numbered:
    """A list after an edit; also changes what is `written`."""
    match edit:
        case MoveStatement(place=place, to=to):
            number = written[place - 1]
            passed = written[place:to] if to > place else written[to - 1 : place - 1]
            written.remove(number)
            written.insert(to - 1, number)
            if number not in [n for n, _ in now]:
                return now
            at = [n for n, _ in now].index(number)
            rest = [one for one in now if one[0] != number]
            places = [
                k
                for k in range(len(now))
                if all((n in [m for m, _ in rest[:k]]) == (to > place) for n in passed if n in [m for m, _ in rest])
            ]
            best = min(places, key=lambda k: abs(k - at))
            return [*rest[:best], now[at], *rest[best:]]
        case RemoveStatement(place=place):
            number = written.pop(place - 1)
            return [one for one in now if one[0] != number]
        case ReverseStatement(place=place):
            number = written[place - 1]
            return [(n, turned(statement) if n == number else statement) for n, statement in now]
        case AddStatement(place=place, statement=statement):
            below = [n for n in written[place - 1 :] if n in [m for m, _ in now]]
            written.insert(place - 1, -1 - len(written) * 100)
            at = [n for n, _ in now].index(below[0]) if below else len(now)
            return [*now[:at], (written[place - 1], statement), *now[at:]]
    raise AssertionError(edit)


def turned(statement: Statement) -> Statement:
    """A statement turned round."""
    return Statement(statement.when.part if isinstance(statement.when, Not) else Not(statement.when))


def works(made: Conflict | None, profile: Mapping[str, str], one: Attempt) -> bool:
    """Whether what a lever is to give is so in a completion after it."""
    space = None if made is None else StateSpace(made)
    if space is None or space.status_quo is None:
        return False
    start, holding = space.status_quo, Holding(space, profile)

    def state(taken: Taken) -> int | None:
        return space.state_of(space.conflict.combination(taken))

    if one.want == "break":
        return not holding.holds(start)
    if one.want == "steps":
        return steps(space, profile, holding, one)
    assert one.target is not None
    target = state(one.target)
    if target is None or not holding.holds(target):
        return False
    if one.want == "together":
        return coalition_moves(space, start, profile, [one.by]).of(one.by).holding.contains(target)
    if one.want == "hold":
        return True
    if target == start or World(space, (), start, profile).way(target) is None:
        return False
    others = [s for s in reach(space, start, "improving").states.each() if s not in (target, start)]
    return one.want == "reach" or not any(holding.holds(s) for s in others)


def steps(space: StateSpace, profile: Mapping[str, str], holding: Holding, one: Attempt) -> bool:
    """Whether each step of a plan is taken, and its end holds."""
    now, checker = space.status_quo, Checker(space)
    for step in one.steps:
        to = space.state_of(space.conflict.combination(step.to))
        if now is None or to is None:
            return False
        if len(step.movers) == 1:
            (dm,) = step.movers
            if to not in holding.single.improvements(dm, now) or holding.leaves_by(dm, now, to) is None:
                return False
        elif joint(space, step.movers, now, to) is None or not all(checker.prefers(dm, to, now) for dm in step.movers):
            return False
        now = to
    return now is not None and holding.holds(now)
