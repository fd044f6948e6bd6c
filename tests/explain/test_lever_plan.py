"""The words for plans: cost, steps, what can go wrong and what could break the result; all from claims that were checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.unlock.edited import edited, preferring
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.means import gathered
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.planned import Means, Plans
from detente.app.unlocking import unlock
from detente.cases import load
from detente.errors import UsageError
from detente.explain.levers.plan import account, told
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.measure import Measure, NewBan, NewOption, NewStatement
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace

from .test_lever_phases import BOTH, exchange


def asked(space: StateSpace, start: int, target: int) -> Goal:
    profile = {dm.key: "SEQ" for dm in space.conflict.decision_makers}
    return Goal(space.state(start), profile, "reach", space.set_of(space.state(target)))


@pytest.fixture(scope="module")
def elmira() -> StateSpace:
    return StateSpace(load("elmira"))


@pytest.fixture(scope="module")
def gaza() -> StateSpace:
    return StateSpace(load("gaza-hostage-talks"))


def told_whole(space: StateSpace, found: Plans, place: int = 0) -> str:
    return told(space, found.found[place], found.prices).text(limit=None, width=10_000)


def test_a_joint_move_alone(elmira: StateSpace) -> None:
    text = told_whole(elmira, plans(elmira, asked(elmira, 5, 8)))
    assert "It costs 1:\n    1 joint move, falling on MoE and Uniroyal" in text
    assert "Nobody has an improvement from state 8" in text


def test_what_can_go_wrong_at_a_state_on_the_way(elmira: StateSpace) -> None:
    text = told_whole(elmira, plans(elmira, asked(elmira, 1, 8)))
    assert "Step 1, state 1 to state 5: Local could move alone, an improvement that has no answer under SEQ:" in text
    assert (
        "state 5 would hold, so the parties could also stop there. If it stopped there, Uniroyal would be worse off than at the start."
        in text
    )


def test_a_change_that_lapses_is_told_with_who_would_leave(elmira: StateSpace) -> None:
    goal = asked(elmira, 1, 4)
    found = plans(elmira, goal, gathered(elmira, goal), Terms(prices={"ban": 2}))
    text = told_whole(elmira, found, 2)
    assert "if Uniroyal came to prefer state 4 to state 1 and Local were kept from leaving state 4 alone" in text
    assert "1 ban at 2, falling on Local" in text
    assert "without change 2: at state 4, Local would leave it for state 8, taking up “insist on the original order”" in text
    assert "without change 1: step 1 would be no gain for Uniroyal" in text
    assert "Each ban counts 2" not in account(elmira, plans(elmira, asked(elmira, 5, 8))).text()
    assert "and each ban counts 2." in account(elmira, found).text(width=10_000)


def test_edits_and_red_lines_of_the_flagship(gaza: StateSpace) -> None:
    goal = asked(gaza, 7231, 7374)
    none = plans(gaza, goal, gathered(gaza, goal))
    assert account(gaza, none).verdict.text == "In this model there is no plan out of 1 means considered and joint moves."
    found = plans(gaza, goal, gathered(gaza, goal, red_lines="counted"), Terms(listed=1))
    text = told_whole(gaza, found)
    assert (
        "if Israel dropped the red line “a full withdrawal with a permanent ceasefire that leaves Hamas armed”, Israel and Hamas could"
        in text
    )
    assert "1 red line dropped, falling on Israel" in text
    disarmed = asked(gaza, 7231, 7806)
    text = told_whole(gaza, plans(gaza, disarmed, edited(gaza, disarmed), Terms(listed=1)))
    assert "Hamas came to value “the fighting ends for good” above “Hamas keeps its arms and its hold on territory”" in text


def test_a_state_raised_across_a_red_line_is_said_to_cross_it(gaza: StateSpace) -> None:
    goal = asked(gaza, 7231, 7374)
    means = [one for one in gathered(gaza, goal, red_lines="counted") if one.kind == "preference shift"]
    text = told_whole(gaza, plans(gaza, goal, means, Terms(listed=1, most_joint=1)))
    assert "(“all three demands for all hostages”), which crosses the red line “a full withdrawal" in text


def test_measures_with_new_options_and_bans_of_any_kind(elmira: StateSpace) -> None:
    fine = NewOption("Fine", ("MoE",), "fine Uniroyal", valued=())
    measures = [
        Means(
            "measure",
            3,
            (),
            measure=Measure(
                "a fine",
                (
                    fine,
                    NewBan("Local", parse_formula("Accept")),
                ),
                cost=3,
            ),
        ),
        Means("measure", 1, (), measure=Measure("watch Local", (NewBan("Local", parse_formula("Accept")),))),
    ]
    goal = asked(elmira, 1, 4)
    means = (*measures, *gathered(elmira, goal))
    found = plans(elmira, goal, means, Terms(listed=50))
    texts = [told_whole(elmira, found, place) for place in range(len(found.found))]
    assert any("the measure “watch Local” were taken" in text for text in texts)
    with_option = plans(elmira, asked(elmira, 5, 8), measures[:1], Terms(listed=5))
    assert told_whole(elmira, with_option)


def test_searches_without_proof_say_so(elmira: StateSpace) -> None:
    goal = asked(elmira, 1, 4)
    late = account(elmira, plans(elmira, goal, gathered(elmira, goal), Terms(seconds=0))).text(width=10_000)
    assert "In this model no plan was found" in late
    assert "It is shown only that no plan costs less than 0, because the time was over; 0 sets of means were tried." in late
    none = account(elmira, plans(elmira, asked(elmira, 5, 3))).text(width=10_000)
    assert "there is no plan out of joint moves alone" in none
    assert "Ways of at most 2 joint moves were tried." in none


def test_a_joint_move_that_can_be_made_in_steps() -> None:
    space = exchange()
    text = told_whole(space, plans(space, Goal(0, BOTH, "reach", space.set_of(15))))
    assert "It could also be made in 2 steps, each a gain for all who take it, over states that hold: 1 ─A, B▸ 6 ─A, B▸ 16." in text


def test_a_start_that_is_wanted(elmira: StateSpace) -> None:
    text = told_whole(elmira, plans(elmira, asked(elmira, 8, 8)))
    assert "nobody would leave state 8 under SEQ; nothing has to move." in text
    assert "It costs nothing." in text


def test_a_false_plan_is_refused(elmira: StateSpace) -> None:
    plan = plans(elmira, asked(elmira, 5, 8)).found[0]
    with pytest.raises(UsageError, match="U423"):
        told(elmira, replace(plan, claim=replace(plan.claim, wanted=0)))


def test_edits_that_make_a_party_prefer_a_state(gaza: StateSpace) -> None:
    start, aim = gaza.state(7231), gaza.state(7806)
    assert [(edit.action, edit.place, edit.to) for edit in preferring(gaza, "Hamas", aim, start)] == [
        ("move", 3, 2),
        ("move", 4, 2),
        ("move", 5, 2),
        ("reverse", 2, 0),
    ]
    assert preferring(gaza, "Israel", aim, start) == ()
    assert preferring(gaza, "Israel", gaza.state(7374), start) == ()
    assert edited(gaza, Goal(start, {}, "break")) == ()


def test_states_of_two_numberings_are_not_mixed() -> None:
    """A new option makes other states: those on the way have no number among the states before, and what is said of them leads nowhere."""
    fund = NewOption("fund", ("Ann",), "fund", valued=(NewStatement(parse_formula("fund & sign"), "Ann", 1),))
    orders = [OptionPrioritization((Statement(parse_formula(text)),)) for text in ("not sign", "pay iff sign")]
    parties = tuple(DecisionMaker(name, name, order) for name, order in zip(("Ann", "Bob"), orders, strict=True))
    options = (Option("sign", "sign", ("Ann",)), Option("pay", "pay", ("Bob",)))
    conflict = Conflict("a fund", parties, options, status_quo=frozenset(), measures=(Measure("a fund", (fund,)),))
    found = unlock(conflict, target="4", want="reach", kinds="plan")
    (lever, *_) = found.goals[0].searches[0].levers
    (verdict,), *parts = (part.sentences for part in lever.paragraphs)
    assert verdict.text == (
        "In this model, if the measure “a fund” were taken, Ann could move alone from the status quo (state 1) to the state in which sign "
        "and fund are taken and nothing else, then Bob alone from there to state 4, which nobody would then leave under SEQ."
    )
    assert verdict.states == (1, 4)
    numbered = next(
        place for place, part in enumerate(parts) if part[0].text == "States are numbered below as they are after these changes."
    )
    assert parts[numbered + 1][0].text.startswith("Step 1, state 1 to state 4: Ann could move alone")
    below = [one for part in lever.paragraphs[numbered + 1 :] for one in (*part.sentences, *part.items)]
    assert len(below) > 5
    assert not [one for one in below if one.states or one.elements]
