"""Priority shifts and pressure: the second statement edits the lists itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import get_args

from detente.analysis.claims.base import Claim
from detente.analysis.claims.pressure import Pressed
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.claims.statement_edits import StatementEdit
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.pressure import pressures
from detente.analysis.unlock.priority import priority_levers
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.testing.models import Shape, random_conflict, random_formula
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import outcome_is_so, verdicts
from tests.definitions.changed import Changed
from tests.definitions.edits import Listed
from tests.definitions.orders import keys
from tests.unlock.ground import Ground, random_profile
from tests.unlock.statements import names, order_with

STATEMENTS = Shape(
    most_decision_makers=3, most_options=4, most_states=10, red_lines=0.2, kinds=("prefers", "prefers", "prefers, then ranking")
)


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """For each goal some levers; some statements at all of their places, one of them added."""
    states, options = list(ground.space.states.each()), [option.key for option in ground.conflict.options]
    added = [(i, Statement(random_formula(random, options, 1), says=f"new {i}")) for i in ground.parties if names(ground, i)]
    for want in get_args(Want):
        targets = None if want == "break" else ground.space.set_of(*random.sample(states, min(len(states), random.randint(1, 3))))
        goal = Goal(random.choice(states), random_profile(ground, random), want, targets)
        most = 2 if sum(len(names(ground, i)) for i in ground.parties) < 8 else 1
        levers = priority_levers(ground.space, goal, added=added, most=most).found
        for lever in random.sample(levers, min(len(levers), 3)):
            yield lever.claim
    found = pressures(ground.space, random.choice(states), random_profile(ground, random), added=added[:1])
    for pressed in (*found.found[:2], *found.idle[:1]):
        yield pressed.claim


def planted(random: Random) -> Ground:
    """A conflict in which everybody has statements."""
    return Ground(random_conflict(random, STATEMENTS))


def edited(ground: Ground, edits: Sequence[StatementEdit]) -> Changed | None:
    """The model after edits, made one after the other; None if they don't fit."""
    lists: dict[str, list[tuple[str, bool]]] = {i: list(names(ground, i)) for i in ground.parties}
    added: dict[str, dict[str, Statement]] = {i: {} for i in ground.parties}
    for edit in edits:
        listed = lists[edit.dm]
        if edit.action == "add":
            name = f"new {len(added[edit.dm])}"
            added[edit.dm][name] = Statement(parse_formula(edit.when))
            listed.insert(edit.place - 1, (name, False))
            continue
        if not 1 <= edit.place <= len(listed):
            return None
        name, turned = listed.pop(edit.place - 1)
        if edit.action == "move":
            listed.insert(edit.to - 1, (name, turned))
        elif edit.action == "reverse":
            listed.insert(edit.place - 1, (name, not turned))
    orders = {i: order_with(ground, i, tuple(listed), added[i]) for i, listed in lists.items()}
    known = {i: order for i, order in orders.items() if order is not None}
    return Changed(ground.model, {i: keys(order) for i, order in known.items()}) if len(known) == len(orders) else None


def true(ground: Ground, claim: PriorityShift | Pressed) -> bool:
    """What is said is so in the conflict with the changed lists, at every place that is told."""
    if isinstance(claim, Pressed):
        return pressed_is_so(ground, claim)
    several = [(claim.edits, claim.outcome)]
    several += [((StatementEdit(e.dm, "move", e.place, place),), outcome) for e in claim.edits for place, outcome in claim.also]
    asked = {(o.want, o.start, o.profile, o.targets) for _, o in several}
    models = [edited(ground, edits) for edits, _ in several]
    return len(asked) == 1 and all(
        model is not None and outcome_is_so(ground, model, outcome) for model, (_, outcome) in zip(models, several, strict=True)
    )


def pressed_is_so(ground: Ground, claim: Pressed) -> bool:
    """At each place everybody stays or leaves as is said, and no place is left out."""
    listed: Listed = names(ground, claim.dm)
    places = range(1, len(listed) + 1) if claim.place else range(len(listed) + 2)
    if list(claim.places) != list(places):
        return False
    for place, witnesses in zip(places, claim.verdicts, strict=True):
        model = edited(ground, claim.edits(place))
        said = sorted(witness.dm for witness in witnesses) == sorted(ground.parties)
        if model is None or not said or not verdicts(ground, model, witnesses):
            return False
        if any(witness.state != claim.state or (witness.dm, witness.concept) not in claim.profile for witness in witnesses):
            return False
    return True


FAMILY = Family((PriorityShift, Pressed), made, true, (planted,))
