"""Levers tried in all completions at once, against the same levers tried in each completion by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import pytest

from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.attempt import Attempt, attempt
from detente.analysis.sweep.changed import Listing
from detente.analysis.sweep.counting import count_over
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.play import Play
from detente.analysis.unlock.coalitions import coalition_levers
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.guarantee import guarantee_levers
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.means import gathered
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.priority import priority_levers
from detente.analysis.unlock.shifts import shift_levers
from detente.cases import load
from detente.errors import Cannot
from detente.model.completed import completed, completions
from detente.model.conflict import Conflict
from detente.model.edit import AddStatement, Edit, MoveStatement, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement, SetStatusQuo
from detente.model.preference import Statement
from detente.space.states import StateSpace
from detente.testing.guesses import with_guesses
from detente.testing.models import Shape, random_conflict, random_formula
from tests.conformance.seeds import FIXED, fresh
from tests.sweep import tried

SHAPE = Shape(
    most_decision_makers=3, most_options=4, most_states=16, red_lines=0.4, rules=0.7, merged=0, kinds=("prefers",), one_way=0.1, bans=0.05
)
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")


def found_levers(space: StateSpace, profile: Mapping[str, str]) -> Iterator[Attempt]:
    """Levers of several kinds for the conflict as it is written."""
    start = space.status_quo
    assert start is not None
    others = space.states - space.set_of(start)
    wants: tuple[Want, ...] = ("reach", "hold", "only")
    goals = [Goal(start, profile, "break"), *(Goal(start, profile, want, others) for want in wants)]
    for goal in goals:
        searches: list[Sequence[Lever[Any]]] = [priority_levers(space, goal, most=1, seconds=1.0).found]
        if goal.want == "reach":
            searches.append(coalition_levers(space, goal).found)
            searches.append(guarantee_levers(space, goal, seconds=1.0).found)
            means = tuple(one for one in gathered(space, goal, most_targets=3) if not one.shifts)
            searches.append(plans(space, goal, means, Terms(most_means=1, listed=2, seconds=1.0)).found)
        for levers in searches:
            yield from (attempt(space, lever) for lever in levers[:2])


def random_edits(rng: Random, conflict: Conflict) -> tuple[Edit, ...]:
    """Edits of the conflict as it is written, one after the other."""
    made: list[Edit] = []
    rules, lines = len(conflict.rules), {dm.key: len(dm.red_lines) for dm in conflict.decision_makers}
    held = {dm.key: len(dm.preference.statements()) for dm in conflict.decision_makers if dm.preference is not None}
    for _ in range(rng.randint(1, 3) if held else 0):
        dm = rng.choice(list(held))
        choice = rng.choice(("move", "move", "drop", "reverse", "add", "line", "rule"))
        place = rng.randint(1, max(1, held[dm]))
        if choice == "add":
            held[dm] += 1
            made.append(AddStatement(dm, rng.randint(1, held[dm]), Statement(random_formula(rng, [o.key for o in conflict.options]))))
        elif choice == "move" and held[dm] > 1:
            made.append(MoveStatement(dm, place, rng.choice([n for n in range(1, held[dm] + 1) if n != place])))
        elif choice == "reverse" and held[dm]:
            made.append(ReverseStatement(dm, place))
        elif choice == "drop" and held[dm]:
            held[dm] -= 1
            made.append(RemoveStatement(dm, place))
        elif choice == "line" and lines[dm]:
            made.append(RemoveRedLine(dm, rng.randint(1, lines[dm])))
            lines[dm] -= 1
        elif choice == "rule" and rules:
            made.append(RemoveRule(rng.randint(1, rules)))
            rules -= 1
    return tuple(made)


def attempts(rng: Random, conflict: Conflict, profile: Mapping[str, str]) -> list[Attempt]:
    """Levers that are found, and edits at random."""
    space = StateSpace(completed(conflict, {}))
    if space.status_quo is None:
        return []
    made = list(found_levers(space, profile)) if rng.random() < 0.5 else []
    parties, states = [dm.key for dm in conflict.decision_makers], space.states.first(99)
    for want in ("hold", "break", "reach", "only", "together"):
        target = None if want == "break" else space.conflict.taken(rng.choice(states))
        by = tuple(sorted(rng.sample(parties, rng.randint(1, len(parties)))))
        edits = () if want == "together" else random_edits(rng, space.conflict)
        made.append(Attempt("random", 1, by, want, target, edits))
    return made


def check(seed: object, seen: Counter[str]) -> None:
    rng = Random(f"levers {seed}")
    conflict = with_guesses(rng, random_conflict(rng, SHAPE), 3)
    opened = Open(conflict)
    if conflict.status_quo is None or not 2 <= opened.count <= 30:
        return
    profile = {dm.key: rng.choice(KEYS) for dm in conflict.decision_makers}
    made = attempts(rng, conflict, profile)
    plays = [Play(frame) for frame in opened.frames()]
    several = tuple(rng.sample(made, min(3, len(made))))
    naive: dict[Subject, Counter[object]] = {Subject("lever", attempts=(one,)): Counter() for one in made}
    naive[Subject("cheapest", attempts=several)] = Counter()
    for number, chosen in enumerate(completions(conflict)):
        space = StateSpace(completed(conflict, chosen))
        worked = {one: tried.works(tried.after(conflict, chosen, one), profile, one) for one in made}
        if number == 0:
            assert all(worked[one] for one in made if one.kind != "random"), seed
        for subject, amounts in naive.items():
            if space.status_quo is None:
                value: object = None
            elif subject.kind == "lever":
                value = worked[subject.attempts[0]]
            elif not Holding(space, profile).holds(space.status_quo):
                value = "-"
            else:
                value = next((place for place, one in enumerate(several, start=1) if worked[one]), "")
            amounts[value] += 1
    for subject, amounts in naive.items():
        counted = count_over(opened, [Question(subject, play, profile) for play in plays]).amounts()
        assert {value: amount for value, amount in counted.items() if amount} == amounts, (seed, subject)
        kind = subject.kind if subject.kind == "cheapest" else f"{subject.attempts[0].kind} {subject.attempts[0].want}"
        seen[kind] += 1
        seen["split"] += len(amounts) > 1
        seen["lacking"] += False in amounts and subject.attempts[0].kind != "random"


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_levers_work_where_they_work_in_single_completions(seed: int) -> None:
    seen = Counter[str]()
    for number in range(15):
        check((seed, number), seen)
    assert seen["split"] > 5
    assert seen["cheapest"] > 5


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_levers_work_where_they_work_in_single_completions_often(part: int) -> None:
    seen = Counter[str]()
    for number in range(150):
        check((fresh(), part, number), seen)
    assert seen["lacking"] > 5
    for kind in (
        "coalition together",
        "priority shift break",
        "priority shift reach",
        "priority shift only",
        "guarantee reach",
        "plan steps",
    ):
        assert seen[kind] > 0, kind


def test_a_statement_is_moved_past_what_it_passes_and_no_further() -> None:
    """Below what it passes; where it stands so already, or what it passes is not there, it stays."""
    statement = {n: Statement(random_formula(Random(n), ["x"])) for n in range(1, 5)}

    def moved(place: int, to: int, now: list[int]) -> list[int]:
        listing = Listing(4, [(n, statement[n]) for n in now])
        listing.edit(MoveStatement("A", place, to))
        return [n for one in listing.statements for n, other in statement.items() if one is other]

    assert moved(1, 3, [1, 2, 3, 4]) == [2, 3, 1, 4]
    assert moved(1, 3, [3, 2, 4, 1]) == [3, 2, 4, 1]
    assert moved(1, 3, [1, 4, 2]) == [4, 2, 1]
    assert moved(1, 3, [1, 4]) == [1, 4]
    assert moved(4, 2, [3, 1, 2, 4]) == [4, 3, 1, 2]
    assert moved(4, 2, [1, 2, 3]) == [1, 2, 3]


def test_levers_that_move_single_states_or_start_elsewhere_are_refused() -> None:
    space = StateSpace(load("euphrates-1975"))
    profile = dict.fromkeys(space.masks, "SEQ")
    assert space.status_quo is not None
    shift = shift_levers(space, Goal(space.status_quo, profile, "hold", space.set_of(space.state(2)))).found[0]
    other = SetStatusQuo(space.conflict.taken(space.state(2))).apply(space.conflict)
    elsewhere = priority_levers(space, Goal(space.status_quo, profile, "hold", space.set_of(space.state(2))), most=1).found[0]
    for there, lever in ((space, shift), (StateSpace(other), elsewhere)):
        with pytest.raises(Cannot) as caught:
            attempt(there, lever)
        assert [one.code for one in caught.value.diagnostics] == ["S354"]


def test_edits_whose_meaning_in_other_completions_is_not_told_are_refused() -> None:
    conflict = load("euphrates-1975")
    play = Play(next(Open(conflict).frames()))
    one = Attempt("edit", 1, (), "break", edits=(SetStatusQuo(frozenset()),))
    with pytest.raises(Cannot) as caught:
        _ = Question(Subject("lever", attempts=(one,)), play, {}).orders
    assert [one.code for one in caught.value.diagnostics] == ["S354"]
