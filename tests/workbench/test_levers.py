"""Levers as changes that can be tried: each edit that a lever asks for becomes a change of the workbench, and the change that edit again;
and with what is tried the conflict is as the lever says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from pydantic import TypeAdapter

from detente import cases
from detente.analysis.deadlock.diagnose import profile_table
from detente.app.as_changes import TryPart, change_data, try_part
from detente.app.levers.base import Sought
from detente.app.unlock_documents import GoalPart, LeverPart, UnlockDocument
from detente.app.unlocking import unlock
from detente.errors import EditError
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
from detente.model.edit import AddRedLine, AddRule, AddStatement, Edit, RemoveRule, SetPreference, SetStatusQuo
from detente.model.edit_bans import AddBan, SetMeasures
from detente.model.edit_base import apply_all
from detente.model.edit_options import AddOption
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Source
from detente.model.formula import TRUE, And, Formula, Not, Taken
from detente.model.measure import Measure, NewBan, NewOption, NewOwner, NewStatement, WithoutRedLine, WithoutRule
from detente.model.preference import Statement
from detente.model.rule import AtMostOne, Infeasible
from detente.model.trying import edits_of
from detente.preference.edit_shifts import ShiftState, shift_edit
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.shifted import Shift, Shifted
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from detente.workbench.changes import Change, Changes, changed
from tests.unlock.test_guarantee import with_measures

CHANGES: TypeAdapter[list[Change]] = TypeAdapter(Changes)
FLAGSHIPS = ("gaza-hostage-talks", "gaza-all-fronts")
SMALL = [name for name in cases.names() if name not in FLAGSHIPS]
TINY = Shape(most_decision_makers=3, most_options=3, most_states=6, merged=0.15, bans=0.2, red_lines=0.3, rules=0.3)


def made(conflict: Conflict, part: TryPart) -> tuple[Conflict, tuple[Edit, ...]]:
    """The conflict with what is tried, after a look at each change: it is one edit, the edit is that change, and is told by these words."""
    changes = CHANGES.validate_python(list(part.changes))
    after, said = changed(conflict, changes)
    assert said == part.says
    known = after if any(change["change"] == "add option" for change in part.changes) else conflict
    edits = tuple(change.edit(known) for change in changes)
    assert [change_data(edit) for edit in edits] == CHANGES.dump_python(changes)
    assert tuple(change.edit(known) for change in CHANGES.validate_python([change_data(edit) for edit in edits])) == edits
    return after, edits


def found(document: UnlockDocument, most: int | None = None) -> Iterator[tuple[GoalPart, LeverPart]]:
    """Every lever, or the first of each kind for each goal, with what it is for."""
    for goal in document.goals:
        for search in goal.searches:
            for lever in search.levers[:most]:
                yield goal, lever


def held(conflict: Conflict, profile: Mapping[str, str], before: StateSpace, state: int) -> bool:
    """Whether what is a state of the conflict before is an equilibrium of this one."""
    space = StateSpace(conflict)
    there = space.state_of(conflict.combination(before.conflict.taken(state)))
    assert there is not None
    return profile_table(space, profile).mixed(profile).contains(there)


def tried(conflict: Conflict, document: UnlockDocument, most: int | None = None) -> Counter[str]:
    """Try what a document has to be tried, and see that it does what the lever says; how often each kind of lever was tried.

    Of each kind for each goal all, or the first `most`.
    """
    space, seen = StateSpace(conflict), Counter[str]()
    start = space.state(int(document.start.id))
    for goal, lever in found(document, most):
        target = None if lever.target is None else space.state(int(lever.target))
        for part in lever.tries:
            after, _ = made(conflict, part)
            seen[lever.kind] += 1
            if goal.want == "break":
                assert not held(after, document.profile, space, start), (lever.paragraphs[0], part)
            else:
                assert target is not None
                assert held(after, document.profile, space, target), (lever.paragraphs[0], part)
        assert lever.checked
        assert (lever.goes is None) == (not lever.way)
        if lever.goes is not None:
            assert lever.way[0].start == document.start.id
            assert [step.to for step in lever.way[:-1]] == [step.start for step in lever.way[1:]]
            end = lever.way[-1].to
            assert goal.want == "break" or end == lever.target
            *before, last = lever.goes.changes
            assert before == (list(lever.tries[0].changes) if lever.tries else [])
            assert last == {"change": "set status quo", "taken": sorted(conflict.taken(space.state(int(end))))}
            seen["goes"] += 1
    return seen


def begun(name: str) -> tuple[Conflict, int]:
    """A packaged case, and the number of a state that it may be in."""
    space = StateSpace(cases.load(name))
    status_quo = space.status_quo
    return space.conflict, 5 if name == "elmira" else 1 if status_quo is None else space.number(status_quo)


def test_the_levers_of_packaged_cases_can_be_tried() -> None:
    """In each case to its last named state, or to its last, and where it is stuck to anywhere."""
    seen = Counter[str]()
    for name in SMALL:
        conflict, start = begun(name)
        named = conflict.named_states[-1].name if conflict.named_states else str(StateSpace(conflict).states.count - 1)
        document = unlock(conflict, start=start, target=named, want="reach", sought=Sought(seconds=5))
        seen += tried(conflict, document, 2)
        if document.stuck:
            seen += tried(conflict, unlock(conflict, start=start, want="break", sought=Sought(seconds=5)), 3)
    assert min(seen[kind] for kind in ("preference", "priority", "plan", "goes")) > 10, seen
    assert min(seen[kind] for kind in ("pressure", "fear", "guarantee")) > 1, seen


@pytest.mark.long
@pytest.mark.parametrize("name", SMALL)
def test_every_lever_of_packaged_cases_can_be_tried(name: str) -> None:
    conflict, start = begun(name)
    tried(conflict, unlock(conflict, start=start, sought=Sought(seconds=5)))


@pytest.mark.long
@pytest.mark.parametrize("name", FLAGSHIPS)
def test_levers_of_the_largest_packaged_cases_can_be_tried(name: str) -> None:
    conflict, start = begun(name)
    kinds = "coalitions,priority,plan,red-lines"
    document = unlock(conflict, start=start, target=conflict.named_states[0].name, kinds=kinds, sought=Sought(seconds=10))
    seen = tried(conflict, document, 2)
    assert seen["goes"] + seen["priority"] > 0
    for sets in document.red_line_sets:
        for one in sets.restoring:
            made(conflict, one.tries[0])


def test_pressure_fear_and_priorities_of_a_conflict_that_is_stuck() -> None:
    seen = tried(cases.load("shared-lake"), unlock("shared-lake", sought=Sought(seconds=None)))
    assert seen["pressure"] >= 4
    assert seen["fear"] == 2
    assert seen["priority"] == 10


KINDS = ("guarantee", "guarantee,coalitions", "plan", "priority,phases", "preference")


def test_the_levers_of_models_at_random_can_be_tried() -> None:
    seen = Counter[str]()
    stated = replace(TINY, kinds=("prefers",))
    for name, drawn in (*random_conflicts(12, 977, TINY), *random_conflicts(12, 979, stated)):
        random = Random(name)
        conflict = with_measures(drawn, random)
        space = StateSpace(conflict)
        states = space.states.first(space.states.count)
        start, target = (space.number(state) for state in (random.choice(states), random.choice(states)))
        to_target = unlock(conflict, start=start, target=str(target), kinds=random.choice(KINDS), sought=Sought(seconds=2))
        to_leave = unlock(conflict, start=start, want="break", kinds="priority,preference,pressure,fear", sought=Sought(seconds=2))
        seen += tried(conflict, to_target, 3)
        seen += tried(conflict, to_leave, 3)
    assert min(seen[kind] for kind in ("guarantee", "preference", "priority", "pressure", "plan", "goes")) > 2, seen


# -- what few conflicts have -------------------------------------------------------------------------------------------
X, Y = Taken("x"), Taken("y")
PASSAGE = Basis(BasisKind.REPORTED, (Citation("letter", "p. 1", "clerk", "we watch"), Citation("letter", "p. 2")), "said twice")

EVIDENCE = Evidence((Source("letter", "A letter"),), (Asserter("clerk", "a clerk"),))


def two(*wants: Formula, **more: Any) -> Conflict:
    """A, who can take x and wants something, and B, who can take y and wants A not to."""
    parties = (
        DecisionMaker("A", "A", OptionPrioritization(tuple(map(Statement, wants))), red_lines=(RedLine(And((X, Y)), says="not both"),)),
        DecisionMaker("B", "B", OptionPrioritization((Statement(Not(X)), Statement(Y)))),
    )
    return Conflict("two", parties, (Option("x", "x", ("A",)), Option("y", "y", ("B",))), status_quo=frozenset(), evidence=EVIDENCE, **more)


def test_measures_of_all_kinds_can_be_tried_and_taken_apart() -> None:
    """All changes that a measure can make, taken together: the conflict is the one that the measures make of it."""
    measures = (
        Measure("watch", (NewBan("A", Not(X), X),), basis=PASSAGE, says="observers watch"),
        Measure("fund", (NewOption("fund", ("B",), "a fund", valued=(NewStatement(Taken("fund"), "A", 1, "a fund is there"),)),)),
        Measure("hand over", (NewOwner("B", "x"), WithoutRedLine(1, "A"), WithoutRule(1))),
    )
    conflict = two(Not(X), X, measures=measures, rules=(Infeasible(And((X, Not(Y)))),))
    edits = edits_of(conflict, measures)
    part = try_part(conflict, edits)
    after, again = made(conflict, part)
    assert again == edits
    assert after == apply_all(edits, conflict)
    assert after.bans[0].basis == PASSAGE
    kinds = {change["change"] for change in part.changes}
    assert kinds >= {"add option", "set owners", "add ban", "add statement", "remove red line", "remove rule", "drop measures"}


def test_red_lines_that_keep_something_better_away_can_be_dropped() -> None:
    """With each set that is offered as many states are better for everybody as it says."""
    conflict = cases.load("gaza-hostage-talks")
    document = unlock(conflict, target="ReleaseAll", want="hold", kinds="red-lines", sought=Sought(seconds=None))
    (_, part) = document.red_line_sets
    assert part.condition == "ReleaseAll"
    counts = []
    for one in part.restoring:
        after, edits = made(conflict, one.tries[0])
        assert len(edits) == len(one.elements)
        counts.append(better(after, Taken("ReleaseAll")))
    assert counts == [one.states for one in part.restoring] == [8, 116]
    assert part.emptying
    assert not any(one.tries for one in part.emptying)


def test_rules_that_keep_something_better_away_can_be_dropped() -> None:
    """Of rules as well, and where states are not listed."""
    conflict = two(And((X, Y)), rules=(Infeasible(And((Not(X), Y))), Infeasible(X)))
    wants = OptionPrioritization((Statement(Y),))
    conflict = replace(conflict, decision_makers=tuple(replace(dm, preference=wants, red_lines=()) for dm in conflict.decision_makers))
    for limit in (20, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("detente.space.states.MAX_OPTIONS", limit)
            (part,) = unlock(conflict, kinds="red-lines", sought=Sought(seconds=None)).red_line_sets
        assert len(part.restoring) == 2
        for one in part.restoring:
            after, edits = made(conflict, one.tries[0])
            assert [f"rules/{edit.place}" for edit in edits if isinstance(edit, RemoveRule)] == list(one.elements)
            assert better(after, TRUE) > 0


def better(conflict: Conflict, where: Formula) -> int:
    """How many states that meet a condition everybody prefers to the status quo."""
    space = StateSpace(conflict)
    assert space.status_quo is not None
    orders = [Order(space, dm.key) for dm in conflict.decision_makers]
    states = space.states.where(where).each()
    return sum(all(order.prefers(state, space.status_quo) for order in orders) for state in states)


def test_a_state_is_moved_as_a_shift_moves_it() -> None:
    """The ranking that an edit makes is the order that the shift gives, for preferences of all kinds, and goes back."""
    moved, refused = 0, 0
    for name, conflict in random_conflicts(150, 978, TINY):
        random, space = Random(name), StateSpace(conflict)
        states = space.states.first(space.states.count)
        if len(states) < 2:
            continue
        dm, (state, past) = random.choice(conflict.decision_makers).key, random.sample(states, 2)
        shift = Shift(dm, state, past, random.random() < 0.5, random.random() < 0.3)
        edit = shift_edit(conflict, shift)
        ranks = Shifted(Order(space, dm), shift).ranks
        lines = conflict.decision_maker(dm).red_lines
        crosses = {one: any(space.where_bits(line.never) >> one & 1 for line in lines) for one in states}
        last = max((ranks[one] for one in states if not crosses[one]), default=0)
        first = min((ranks[one] for one in states if crosses[one]), default=len(states) + 1)
        if last >= first:
            with pytest.raises(EditError, match="M136"):
                edit.apply(conflict)
            refused += 1
            continue
        after = edit.apply(conflict)
        assert Order(StateSpace(after), dm).ranks == ranks
        assert edit.inverted(conflict).apply(after) == conflict
        assert CHANGES.validate_python([change_data(edit)])[0].edit(conflict) == edit
        moved += 1
    assert moved > 80
    assert refused > 3


@pytest.mark.parametrize(
    ("taken", "past", "code"),
    [({"x"}, {"x"}, "M136"), ({"z"}, {"x"}, "M130"), ({"x", "y"}, set(), "M136"), (set(), {"x", "y"}, "M136")],
)
def test_what_cannot_be_moved_is_refused(taken: set[str], past: set[str], code: str) -> None:
    conflict = two(X, rules=(AtMostOne(("x", "y")),))
    with pytest.raises(EditError, match=code):
        ShiftState("A", frozenset(taken), frozenset(past), "above").apply(conflict)


def test_a_ranking_of_very_many_states_is_refused() -> None:
    options = tuple(Option(f"o{number}", "o", ("A",)) for number in range(17))
    wide = Conflict("wide", (DecisionMaker("A", "A"),), options)
    with pytest.raises(EditError, match="too many"):
        ShiftState("A", frozenset({"o1"}), frozenset(), "above").apply(wide)


@pytest.mark.parametrize(
    "edit",
    [
        SetPreference("A", None),
        SetStatusQuo(None),
        SetMeasures((Measure("m", ()),)),
        AddRule(1, AtMostOne(("x", "y"))),
        AddRule(1, Infeasible(X, PASSAGE)),
        AddStatement("A", 1, Statement(X, PASSAGE)),
        AddStatement("A", 1, Statement(X, degree=2)),
        AddRedLine("A", 1, RedLine(X, PASSAGE)),
        AddOption(Option("z", "z", ("A",), description="of what it is")),
    ],
    ids=lambda edit: type(edit).__name__,
)
def test_an_edit_that_no_change_says_in_full_is_refused(edit: Edit) -> None:
    with pytest.raises(EditError, match="M133"):
        change_data(edit)


def test_a_ban_keeps_what_it_rests_on() -> None:
    conflict = two(X)
    for basis in (None, PASSAGE, Basis(BasisKind.ASSUMED, why="a guess")):
        edit = AddBan(1, Ban("A", Not(X), X, basis, "watched"))
        assert CHANGES.validate_python([change_data(edit)])[0].edit(conflict) == edit


def test_levers_in_a_conflict_too_large_to_be_listed_can_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found without listing states can be tried just so."""
    conflict = cases.load("shared-lake")
    listed = unlock(conflict, kinds="priority,pressure", sought=Sought(seconds=None))
    assert StateSpace(conflict).is_listed
    monkeypatch.setattr("detente.space.states.MAX_OPTIONS", 0)
    large = unlock(conflict, kinds="priority,pressure", sought=Sought(seconds=None))
    assert not StateSpace(conflict).is_listed
    tries = [Counter(part.model_dump_json() for _, lever in found(document) for part in lever.tries) for document in (listed, large)]
    assert tries[1]
    assert tries[1] <= tries[0]
    for _, lever in found(large):
        for part in lever.tries:
            made(conflict, part)
