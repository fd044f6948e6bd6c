"""Edits: what they change, that they are undone exactly, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import cases
from detente.errors import EditError
from detente.explain.edits import describe
from detente.model.attitude import Attitude, Stance
from detente.model.conflict import Conflict, Direction, Option, RedLine
from detente.model.edit import (
    AddRedLine,
    AddRule,
    AddStatement,
    Edit,
    MoveStatement,
    RemoveRedLine,
    RemoveRule,
    RemoveStatement,
    RenameDecisionMaker,
    RenameOption,
    ReplaceStatement,
    ReverseStatement,
    SetDirection,
    SetPreference,
    SetStatusQuo,
    apply_all,
    invert_all,
)
from detente.model.edit_bans import AddBan, RemoveBan, SetMeasures
from detente.model.edit_beliefs import AddPair, RemovePair, SetAttitudes, SetJoint, SetThresholds, SetViewpoints
from detente.model.edit_fronts import SetFronts
from detente.model.edit_guesses import SetGuesses
from detente.model.edit_options import AddOption, RemoveOption, SetOwners
from detente.model.edit_positions import SetFallback, SetPositions
from detente.model.edit_rankings import MoveRanked, PlaceRanked, SetWeight, levels_of
from detente.model.formula import Not, Taken
from detente.model.front import Front
from detente.model.pairs import PairStatement, Threshold
from detente.model.position import Fallback, StatedPosition
from detente.model.preference import Statement
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule
from detente.model.viewpoint import Viewpoint
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import MAKERS, Shape, random_ban, random_formula
from tests.dressed import KEYS, dressed_conflict, subset

ELMIRA = cases.load("elmira")
CUBA = cases.load("cuban-missile-crisis")


def random_rule(rng: Random, options: list[str]) -> Rule:
    """A rule of any kind."""
    some = tuple(rng.sample(options, rng.randint(1, len(options))))
    one, two = random_formula(rng, options), random_formula(rng, options)
    rules: list[Rule] = [Infeasible(one), AtMostOne(some), ExactlyOne(some), AtLeastOne(some), OnlyIf(one, two), Merged(one, "merged")]
    return rng.choice(rules)


def random_edit(rng: Random, conflict: Conflict) -> Edit:
    """An edit of any kind that fits a conflict, or nearly does."""
    options = [o.key for o in conflict.options]
    dm = rng.choice(conflict.decision_makers)
    count = len(dm.preference.statements()) if dm.preference is not None else 0
    statement = Statement(random_formula(rng, options), says=rng.choice([None, "words"]))

    certain = StateSpace(replace(conflict, guesses=()))  # a random preference has other statements than guesses speak of

    def place(most: int) -> int:
        return rng.randint(1, max(1, most))

    edits: list[Edit] = [
        SetStatusQuo(rng.choice([None, frozenset(rng.sample(options, rng.randint(0, len(options))))])),
        AddRule(place(len(conflict.rules) + 1), random_rule(rng, options)),
        RemoveRule(place(len(conflict.rules))),
        SetDirection(rng.choice(options), rng.choice(list(Direction))),
        RenameOption(rng.choice(options), rng.choice(KEYS)),
        RenameDecisionMaker(dm.key, rng.choice(KEYS)),
        SetPreference(dm.key, rng.choice([None, MAKERS[rng.choice(tuple(MAKERS))](rng, certain, dm.key)])),
        AddStatement(dm.key, place(count + 1), statement),
        RemoveStatement(dm.key, place(count)),
        ReplaceStatement(dm.key, place(count), statement),
        MoveStatement(dm.key, place(count), place(count)),
        ReverseStatement(dm.key, place(count)),
        MoveRanked(dm.key, rng.choice([taken for level in levels_of(dm) for taken in level] or [frozenset()]), rng.random() < 0.5),
        PlaceRanked(
            dm.key,
            rng.choice([taken for level in levels_of(dm) for taken in level] or [frozenset()]),
            place(len(levels_of(dm)) + 1),
            tied=rng.random() < 0.5,
        ),
        SetWeight(dm.key, rng.choice(options), rng.randint(-3, 3)),
        AddRedLine(dm.key, place(len(dm.red_lines) + 1), RedLine(statement.when, says=statement.says)),
        RemoveRedLine(dm.key, place(len(dm.red_lines))),
        AddBan(place(len(conflict.bans) + 1), random_ban(rng, [dm.key], options)),
        RemoveBan(place(len(conflict.bans))),
        SetMeasures(conflict.measures[:1]),
        AddOption(Option(rng.choice(KEYS), "new", subset(rng, [dm.key for dm in conflict.decision_makers]))),
        RemoveOption(rng.choice(options)),
        SetOwners(rng.choice(options), subset(rng, [dm.key for dm in conflict.decision_makers])),
        SetPositions((StatedPosition(dm.key, frozenset(rng.sample(options, 1)), says="words"),)),
        SetFallback(rng.choice([None, Fallback(frozenset(rng.sample(options, 1)))])),
        AddPair(dm.key, place(len(dm.pairs) + 1), PairStatement("unknown", statement.when, random_formula(rng, options))),
        RemovePair(dm.key, place(len(dm.pairs))),
        SetThresholds(dm.key, rng.choice([(), (Threshold("certainty", Fraction(1, 3)),)])),
        SetAttitudes(dm.key, rng.choice([(), (Attitude(dm.key, Stance.NEUTRAL),)])),
        SetViewpoints(rng.choice([(), conflict.viewpoints[:1], (Viewpoint("a view", "a view", unperceived=statement.when),)])),
        SetJoint(place(len(conflict.coalitions)), rng.random() < 0.5),
        SetGuesses(rng.choice([(), conflict.guesses[:1]])),
        SetFronts(rng.choice([(), (Front("side", "the side", tuple(rng.sample(options, 1))),)])),
    ]
    return rng.choice(edits)


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_every_edit_is_undone_exactly(seed: int) -> None:
    rng = Random(seed)
    before = dressed_conflict(rng, Shape(most_options=4, most_states=16))
    for _ in range(12):
        edit = random_edit(rng, before)
        try:
            after = edit.apply(before)
        except EditError:  # what is refused, and why, is tested below
            continue
        back = edit.inverted(before).apply(after)
        assert back == before
        assert back.digest == before.digest
        assert describe(edit, before).endswith(".")


@given(st.integers(0, 2**32))
def test_a_chain_of_edits_is_undone_exactly(seed: int) -> None:
    rng = Random(seed)
    before = dressed_conflict(rng, Shape(most_options=4, most_states=16))
    edits: list[Edit] = []
    now = before
    for _ in range(6):
        edit = random_edit(rng, now)
        if not isinstance(edit, AddRule):  # a rule may leave no state, for which no ranking can be drawn
            try:
                now = edit.apply(now)
            except EditError:
                continue
            edits.append(edit)
    assert apply_all(edits, before) == now
    assert apply_all(invert_all(edits, before), now) == before


def statements(conflict: Conflict, dm: str) -> list[str]:
    preference = conflict.decision_maker(dm).preference
    assert preference is not None
    return [str(s.when) for s in preference.statements()]


def test_statements_are_moved_turned_and_replaced() -> None:
    old = statements(CUBA, "US")
    assert statements(MoveStatement("US", 1, 3).apply(CUBA), "US") == [old[1], old[2], old[0], *old[3:]]
    assert statements(RemoveStatement("US", 2).apply(CUBA), "US") == [old[0], *old[2:]]
    added = AddStatement("US", 2, Statement(Taken("Escalate"))).apply(CUBA)
    assert statements(added, "US") == [old[0], str(Taken("Escalate")), *old[1:]]
    turned = ReverseStatement("US", 2).apply(CUBA)
    assert statements(turned, "US")[1] == str(Taken("Escalate"))
    assert statements(ReverseStatement("US", 2).apply(turned), "US")[1] == str(Not(Taken("Escalate")))


def test_a_new_key_reaches_every_place() -> None:
    changed = RenameOption("Abandon", "Leave").apply(ELMIRA)
    assert "'Abandon'" not in repr(changed)
    parties = RenameDecisionMaker("MoE", "Ministry").apply(ELMIRA)
    assert "'MoE'" not in repr(parties)
    assert RenameOption("Abandon", "Abandon").apply(ELMIRA) == ELMIRA


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (RemoveRule(3), "M130"),
        (RemoveRule(0), "M130"),
        (AddRule(5, Infeasible(Taken("Delay"))), "M130"),
        (AddRule(1, Infeasible(Taken("Dleay"))), "M104"),
        (AddRule(1, AtMostOne(("Delay", "Delay"))), "M106"),
        (AddRule(1, AtMostOne(())), "M107"),
        (SetStatusQuo(frozenset({"Nothing"})), "M104"),
        (SetDirection("Dleay", Direction.BOTH), "M130"),
        (RenameOption("Dleay", "x"), "M130"),
        (RenameOption("Delay", "Accept"), "M132"),
        (RenameOption("Delay", ""), "M103"),
        (RenameDecisionMaker("Moe", "x"), "M130"),
        (RenameDecisionMaker("MoE", "Local"), "M132"),
        (AddStatement("MoE", 1, Statement(Taken("Delay"))), "M131"),
        (ReverseStatement("MoE", 1), "M130"),
        (RemoveStatement("Nobody", 1), "M130"),
        (AddRedLine("MoE", 2, RedLine(Taken("Delay"))), "M130"),
        (RemoveRedLine("MoE", 1), "M130"),
        (SetPreference("Nobody", None), "M130"),
        (PlaceRanked("Local", frozenset({"Delay"}), 10), "M130"),
        (PlaceRanked("Local", frozenset({"Delay"}), 9, tied=True), "M130"),
        (PlaceRanked("Local", frozenset({"Nothing"}), 1), "M130"),
        (SetWeight("Local", "Delay", 2), "M130"),
        (SetWeight("Local", "Dleay", 2), "M130"),
    ],
)
def test_what_does_not_fit_is_refused(edit: Edit, code: str) -> None:
    with pytest.raises(EditError) as caught:
        edit.apply(ELMIRA)
    assert [d.code for d in caught.value.diagnostics] == [code]
    with pytest.raises(EditError):
        describe(edit, ELMIRA)


def test_a_near_miss_is_suggested() -> None:
    with pytest.raises(EditError) as caught:
        SetDirection("Dleay", Direction.BOTH).apply(ELMIRA)
    assert caught.value.diagnostics[0].help == 'did you mean "Delay"?'


WORDS = [
    (SetStatusQuo(frozenset({"AirStrike", "Withdraw"})), "The status quo is that AirStrike and Withdraw are taken and nothing else."),
    (SetStatusQuo(None), "There is no status quo."),
    (RemoveRule(1), "Rule 1 is taken away: “Withdraw and Escalate” can't happen."),
    (AddRule(1, OnlyIf(Taken("Escalate"), Taken("Blockade"))), "A rule is added as number 1: “Escalate” only if “Blockade”."),
    (SetDirection("Escalate", Direction.ONLY_ON), "The option Escalate can be taken up, and not given up again."),
    (
        MoveStatement("US", 2, 1),
        "US puts in place 1 instead of 2, so that it counts more: “the Soviet Union does not escalate” (“not Escalate”).",
    ),
    (MoveStatement("US", 2, 2), "US keeps in place 2: “the Soviet Union does not escalate” (“not Escalate”)."),
    (ReverseStatement("US", 1), "US now prefers the contrary, in place 1, of: “the missiles are withdrawn” (“Withdraw”)."),
    (SetPreference("US", None), "US is indifferent among all states that cross none of its red lines."),
    (AddRedLine("US", 1, RedLine(Taken("Escalate"))), "US has a further red line, number 1: never “Escalate”."),
]


@pytest.mark.parametrize(("edit", "words"), WORDS)
def test_edits_in_words(edit: Edit, words: str) -> None:
    assert describe(edit, CUBA) == words


def test_places_in_rankings_and_weights_in_words() -> None:
    delay, insist = frozenset({"Delay"}), frozenset({"Delay", "Insist"})
    state = "the state in which Delay is taken and nothing else"
    assert describe(PlaceRanked("Local", delay, 1), ELMIRA) == f"Local puts in place 1 of the ranking instead of 4: {state}."
    tied = PlaceRanked("Local", delay, 1, tied=True)
    assert describe(tied, ELMIRA) == f"Local puts in place 1 of the ranking instead of 4, tied with 1 other state: {state}."
    assert describe(PlaceRanked("Local", insist, 8), tied.apply(ELMIRA)).startswith("Local puts in place 8 of the ranking instead of 3: ")
    weighing = SetPreference("Local", OptionWeighting((("Insist", 3), ("Accept", -1)))).apply(ELMIRA)
    weighed = SetWeight("Local", "Insist", 1_234)
    assert describe(weighed, weighing) == "Local gives Insist the weight 1,234 instead of 3."
    assert describe(SetWeight("Local", "Delay", -2), weighing) == "Local gives Delay the weight -2 instead of 0."
    without = SetWeight("Local", "Insist", 0).apply(weighing).decision_maker("Local").preference
    assert without == OptionWeighting((("Accept", -1),))
