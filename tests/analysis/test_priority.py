"""Priority shifts and pressure: published conflicts, the flagship, limits, names, and the tables that settle many lists at once."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock import priority, priority_blocks, priority_lists, priority_trials
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.pressure import pressures
from detente.analysis.unlock.priority import priority_levers
from detente.analysis.unlock.priority_found import Pressures, PriorityLevers
from detente.analysis.unlock.priority_lists import List, rounds
from detente.analysis.unlock.priority_orders import Listed, Statements, Table, is_better
from detente.cases import FLAGSHIP, load
from detente.concepts.registry import concept
from detente.errors import Cannot, UsageError
from detente.explain.levers import pressure as pressure_words
from detente.explain.levers import priority as priority_words
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.edit import RenameDecisionMaker, apply_all
from detente.model.formula import Taken
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.preference.mixture import StatementsThenRanking
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from detente.testing.models import Shape
from tests.conformance.seeds import fresh
from tests.definitions.behaviour import leavers
from tests.definitions.changed import Changed
from tests.definitions.orders import keys
from tests.unlock.ground import grounds, random_profile
from tests.unlock.statements import names, order_with

STATEMENTS = Shape(most_decision_makers=4, most_options=5, most_states=16, red_lines=0.3, kinds=("prefers", "prefers, then ranking"))


@pytest.fixture(scope="module")
def flagship() -> StateSpace:
    return StateSpace(load(FLAGSHIP))


def goal(space: StateSpace, under: str, want: Want, *numbers: int) -> Goal:
    """A goal from the status quo, everybody under one concept; wanted states by their numbers."""
    assert space.status_quo is not None
    targets = space.set_of(*map(space.state, numbers)) if numbers else None
    return Goal(space.status_quo, {dm.key: under for dm in space.conflict.decision_makers}, want, targets)


def named(space: StateSpace, name: str) -> int:
    """The number of a state with a name."""
    state = space.state_of(next(space.conflict.combination(n.taken) for n in space.conflict.named_states if n.name == name))
    assert state is not None
    return space.number(state)


class TestPublished:
    @pytest.mark.parametrize(("under", "least"), [("GMR", 1), ("SMR", 1), ("SEQ", 1), ("Nash", 2)])
    def test_euphrates_needs_one_edit_or_two(self, under: str, least: int) -> None:
        """Syria has to put an attack below an escalation (theory notes: one reversal, under Nash three)."""
        space = StateSpace(load("euphrates-1975"))
        found = priority_levers(space, goal(space, under, "hold", 2))
        assert (found.least, found.proven, found.complete) == (least, True, True)
        assert {lever.by for lever in found.found if lever.cost == least} == {("Syria",)}

    def test_rankings_have_no_statements(self) -> None:
        space = StateSpace(load("elmira"))
        found = priority_levers(space, goal(space, "SEQ", "hold", 1))
        assert found.without == ("MoE", "Uniroyal", "Local")
        assert (found.found, found.tried, found.complete, found.least) == ((), (1, 0, 0), True, 3)
        assert "MoE, Uniroyal and Local have no ordered statements" in str(priority_words.account(found))
        pressed = pressures(space, space.state(1), {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "SEQ"})
        assert (pressed.found, pressed.idle, pressed.without) == ((), (), ("MoE", "Uniroyal", "Local"))


class TestFlagship:
    def test_one_edit_that_breaks_the_status_quo(self, flagship: StateSpace) -> None:
        """No statement that is only moved or dropped does it; twelve that are turned round do."""
        found = priority_levers(flagship, goal(flagship, "SEQ", "break"), most=1)
        assert found.tried == (1, 478)
        assert {lever.claim.edits[0].action for lever in found.found} == {"reverse"}
        assert [lever.by[0] for lever in found.found] == ["Israel"] * 6 + ["Hamas"] * 4 + ["Mediators", "Iran"]

    def test_two_edits_are_settled(self, flagship: StateSpace) -> None:
        found = priority_levers(flagship, goal(flagship, "SEQ", "break"), most=2)
        assert (found.tried, found.complete) == ((1, 478, 108_871), True)
        assert all(refusal(flagship, lever.claim) is None for lever in found.found)

    def test_a_threshold_is_told_with_all_further_places(self, flagship: StateSpace) -> None:
        target = named(flagship, "Hamas frees all hostages for prisoners alone")
        found = priority_levers(flagship, goal(flagship, "SEQ", "reach", target), most=1)
        moved = next(lever for lever in found.found if lever.claim.edits[0].place == 1 and lever.claim.edits[0].action == "move")
        assert (moved.claim.edits[0].to, [place for place, _ in moved.claim.also]) == (5, [6, 7, 8, 9, 10, 11, 12, 13])
        told = priority_words.told(flagship, moved)
        assert told.verdict.elements == ("decision makers/Hamas/prefers/1", "decision makers/Hamas/prefers/5")
        assert "what is asked for would be so as well at each later place, to place 13" in told.text(None, 10_000)

    def test_every_lever_has_words(self, flagship: StateSpace) -> None:
        wanted: dict[Want, str] = {"hold": "ReleaseAll and not IsraelYields", "reach": "ReleaseAll", "only": "ReleaseSome and Ceasefire"}
        for want, where in wanted.items():
            targets = flagship.where(parse_formula(where))
            asked = replace(goal(flagship, "SEQ", want), targets=targets)
            for lever in priority_levers(flagship, asked, most=1).found:
                assert "in this model" in str(priority_words.told(flagship, lever).verdict).lower()

    def test_no_place_of_any_statement_moves_the_status_quo(self, flagship: StateSpace) -> None:
        found = pressures(flagship, goal(flagship, "SEQ", "break").start, goal(flagship, "SEQ", "break").profile)
        assert (len(found.found), len(found.idle), found.complete) == (0, 42, True)
        text = "Each of 42 statements was tried in every place of its list, nothing else being changed, for the status quo (state 7,231)"
        assert str(pressure_words.account(flagship, found)) == f"{text}: in each nobody would leave it."


class TestLimits:
    def test_no_time_at_all(self, flagship: StateSpace) -> None:
        found = priority_levers(flagship, goal(flagship, "SEQ", "break"), seconds=-1)
        assert (found.found, found.complete, found.stopped, found.least) == ((), False, "time", 0)
        pressed = pressures(flagship, goal(flagship, "SEQ", "break").start, goal(flagship, "SEQ", "break").profile, seconds=-1)
        assert (pressed.complete, pressed.stopped) == (False, "time")
        assert "Not all statements were tried: the time was up." in str(pressure_words.account(flagship, pressed))

    def test_what_was_found_before_an_interruption_is_kept(self, flagship: StateSpace) -> None:
        def interrupt(what: str) -> None:
            if what.startswith("priority shifts: 2 at a time, part 4 of"):
                raise KeyboardInterrupt

        found = priority_levers(flagship, goal(flagship, "SEQ", "break"), progress=interrupt)
        assert (found.stopped, found.complete, found.tried, found.least) == ("interrupted", False, (1, 478), 1)
        assert found.proven
        assert "Changes by 2 edits were not all settled: it was interrupted" in str(priority_words.account(found))
        assert all(refusal(flagship, lever.claim) is None for lever in found.found)

    def test_too_many_lists(self, flagship: StateSpace, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(priority_lists, "MAX_LISTS", 10_000)
        monkeypatch.setattr(priority_lists, "_MADE", {})
        found = priority_levers(flagship, goal(flagship, "SEQ", "reach", named(flagship, "the same under guarantee")))
        assert (found.stopped, found.complete, found.tried, found.least) == ("size", False, (1, 478), 2)

    def test_blocks_in_parts_and_long_lists_of_what_is_reached(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """However a round is cut up, and whether or not reasons are made of all that improvements reach, the levers are the same."""
        random, count = Random(fresh()), 0
        for name, ground in grounds(30, f"{fresh()} parts", STATEMENTS):
            states = list(ground.space.states.each())
            for want in ("hold", "reach", "only"):
                wanted = ground.space.set_of(*random.sample(states, min(3, len(states))))
                asked = Goal(random.choice(states), random_profile(ground, random), want, wanted)
                whole = priority_levers(ground.space, asked, most=1)
                with monkeypatch.context() as patch:
                    patch.setattr(priority, "MAX_CELLS", 7)
                    patch.setattr(priority_blocks, "MAX_CLOSED", 0)
                    parts = priority_levers(ground.space, asked, most=1)
                assert [(lever.claim.edits, lever.cost) for lever in parts.found] == [
                    (lever.claim.edits, lever.cost) for lever in whole.found
                ], (name, asked)
                assert (parts.tried, parts.least, parts.complete) == (whole.tried, whole.least, True), (name, asked)
                count += len(whole.found)
        assert count > 10

    def test_a_ranking_that_no_longer_fits(self) -> None:
        """Without its statement, a ranking of one of two groups of tied states would list a part of one group."""
        wants = StatementsThenRanking((Statement(Taken("x")),), ((frozenset({"x"}),), (frozenset({"x", "y"}),)))
        space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
        found = priority_levers(space, Goal(1, {"A": "Nash"}, "break"), most=1)
        assert found.tried == (1, 1)
        assert [lever.claim.edits[0].action for lever in found.found] == ["reverse"]

    def test_a_concept_that_looks_at_another_play(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is reused of verdicts that may depend on more than is known."""
        space, usual = StateSpace(load("euphrates-1975")), concept("SEQ")
        deep = replace(usual, key="deep", plies=(*usual.plies, *usual.plies))
        monkeypatch.setattr(priority_trials, "concept", lambda key: deep)
        with pytest.raises(Cannot, match="deep"):
            priority_levers(space, goal(space, "SEQ", "break"))

    def test_a_false_claim_has_no_words(self) -> None:
        space = StateSpace(load("euphrates-1975"))
        lever = priority_levers(space, goal(space, "SEQ", "hold", 2), most=1).found[0]
        wrong = replace(lever, claim=replace(lever.claim, edits=()))
        with pytest.raises(UsageError) as caught:
            priority_words.told(space, wrong)
        assert caught.value.diagnostics[0].code == "U423"


class TestNames:
    @pytest.mark.parametrize("under", ["GMR", "SEQ"])
    def test_renaming_changes_nothing_but_names(self, under: str) -> None:
        conflict = load("euphrates-1975")
        other = apply_all([RenameDecisionMaker("Syria", "Aaa"), RenameDecisionMaker("Iraq", "Bbb")], conflict)

        def texts(which: Conflict) -> list[str]:
            space = StateSpace(which)
            levers: PriorityLevers = priority_levers(space, goal(space, under, "reach", 2, 3))
            said = [priority_words.told(space, lever).text(None, 10_000) for lever in levers.found]
            found: Pressures = pressures(space, space.state(1), goal(space, under, "break").profile)
            return said + [pressure_words.told(space, lever).text(None, 10_000) for lever in (*found.found, *found.idle)]

        plain = [text.replace("Syria", "Aaa").replace("Iraq", "Bbb") for text in texts(conflict)]
        assert [text.replace("Syria", "Aaa").replace("Iraq", "Bbb") for text in texts(other)] == plain


class TestTables:
    def test_a_pattern_stands_for_its_states(self) -> None:
        """Of two states the better one is the same by the definition, by the pattern, and in the table of all lists."""
        random, compared = Random(fresh()), 0
        for name, ground in grounds(40, f"{fresh()} tables", STATEMENTS):
            for i in ground.parties:
                statements = Statements(ground.space, i)
                lists: list[List] = [made.order for part in rounds(statements.count, 0, 1) for made in part] or [()]
                lists = random.sample(lists, min(len(lists), 12))
                table = Table(lists, statements.count)
                states = list(ground.space.states.each())
                for _ in range(5):
                    one, other = random.choice(states), random.choice(states)
                    pattern = statements.pattern(one, other)
                    plain = [Listed(statements, order).prefers(other, one) for order in lists]
                    assert [is_better(pattern, order) for order in lists] == plain, (name, i, one, other)
                    assert table.better(pattern).tolist() == plain, (name, i, one, other)
                    compared += len(lists)
        assert compared > 1_000

    def test_lists_without_statements(self) -> None:
        assert [made.order for part in rounds(1, 0, 2) for made in part] == [(0,), (), (1,)]
        assert Table([()], 0).better((0, 0, 1)).tolist() == [True]


def test_every_place_of_every_statement() -> None:
    """Who leaves at each place, against the naive statement; the cost is the distance of the nearest place that differs."""
    random, places = Random(fresh()), 0
    for name, ground in grounds(60, f"{fresh()} pressure", STATEMENTS):
        profile, start = random_profile(ground, random), random.choice(ground.model.numbers)
        added = [(i, Statement(parse_formula("o0"), says="new")) for i in ground.parties if names(ground, i) and random.random() < 0.5]
        found = pressures(ground.space, ground.state(start), profile, added=added)
        assert found.complete
        levers = (*found.found, *found.idle)
        assert len(levers) + len(found.unfit) == sum(len(names(ground, i)) for i in ground.parties) + len(added), name
        for lever in levers:
            claim, listed = lever.claim, names(ground, lever.by[0])
            for place, who in claim.left:
                rest = [token for n, token in enumerate(listed, start=1) if n != claim.place]
                moved = (*rest[: place - 1], ("new", False) if not claim.place else listed[claim.place - 1], *rest[place - 1 :])
                order = order_with(ground, lever.by[0], moved if place else listed, {"new": Statement(parse_formula("o0"))})
                assert order is not None
                assert set(who) == leavers(Changed(ground.model, {lever.by[0]: keys(order)}), profile, start), (name, claim, place)
                places += 1
            different = [place for place, who in claim.left if who != dict(claim.left)[claim.place]]
            stands = claim.place or len(listed) + 2  # one that is to be added comes in at the end, as its first step
            assert lever.cost == min((abs(place - stands) for place in different), default=0), name
            assert refusal(ground.space, claim) is None, name
            pressure_words.told(ground.space, lever)
    assert places > 500


def test_added_statements_are_told_as_such() -> None:
    wants = OptionPrioritization((Statement(parse_formula("not x"), says="nothing is signed"),))
    space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "sign", ("A",)),), status_quo=frozenset()))
    peace = Statement(Taken("x"), says="it is signed")
    found = priority_levers(space, Goal(0, {"A": "Nash"}, "break"), added=[("A", peace)], most=1)
    told = [priority_words.told(space, lever) for lever in found.found]
    ends = "A would in this model leave the status quo (state 1) for state 2, taking up “sign”; nobody would then leave state 2 under Nash."
    assert [str(one.verdict) for one in told] == [
        f"If A came to value “it is signed” as well, above “nothing is signed”, {ends}",
        f"If A came to want the opposite of “nothing is signed”, {ends}",
    ]
    assert "“it is signed”: given by whoever asks; A does not hold it in this model" in told[0].text(None, 200)
    pressed = pressures(space, 0, {"A": "Nash"}, added=[("A", peace)])
    assert [lever.claim.spans for lever in pressed.found] == [((0, 0, ()), (1, 1, ("A",)), (2, 2, ()))]
