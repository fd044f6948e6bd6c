"""What a change changes, against the second statement of the definitions, and against two analyses from scratch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import jsonschema
import pytest

from detente import cases
from detente.app.analyzing import analyze
from detente.app.changing import LISTED, ChangingDocument, HoldsPart, SetChangePart, changing, looked
from detente.errors import DetenteError, EditError, LimitError, UsageError
from detente.model.conflict import Conflict, DecisionMaker, Direction, NamedState, Option
from detente.model.edit import (
    AddRedLine,
    AddRule,
    AddStatement,
    Edit,
    MoveStatement,
    RemoveRule,
    RenameOption,
    SetDirection,
    SetPreference,
    SetStatusQuo,
)
from detente.model.edit_bans import AddBan
from detente.model.edit_beliefs import AddPair
from detente.model.edit_rankings import MoveRanked
from detente.model.formula import Taken
from detente.model.pairs import PairStatement
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.model.rule import Infeasible, Merged
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.app.permuted import BACK, renamed_conflict
from tests.definitions.adapter import plain_model
from tests.definitions.bargain import better_for_all, worse_for_none
from tests.definitions.concepts import DEFINITIONS, stable_states
from tests.definitions.plain import PlainModel
from tests.model.test_edit import random_edit

Identity = frozenset[frozenset[str]]
"""What a state is: the combinations that it stands for, each as the options taken."""
SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=12, rules=0.7, merged=0.3)
HELD = re.compile(r"is (an|no) equilibrium now under (.*), and (was|was not) before")
JUDGED = re.compile(r"(\w+) would (stay|leave) now, and would have (left|stayed) before, under (.*)")
KINDS = (MoveRanked, MoveStatement, AddStatement, SetStatusQuo, AddRule, RemoveRule, SetDirection, AddBan, AddRedLine)


class Plain:
    """The answers on one conflict, by the definitions, with states by what they are."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict, self.model = conflict, plain_model(conflict)
        self.of = {state.number: frozenset(map(taken, state.members)) for state in self.model.states}
        self.number = {identity: number for number, identity in self.of.items()}
        self.parties = self.model.decision_makers
        self.stable = {key: {dm: self.those(stable_states(self.model, key, dm)) for dm in self.parties} for key in DEFINITIONS}
        self.held = {
            key: frozenset(one for one in self.number if all(one in sets[dm] for dm in self.parties)) for key, sets in self.stable.items()
        }
        self.now = self.named(conflict.status_quo)
        self.better = self.beyond(better_for_all)
        self.unharmed = self.beyond(worse_for_none)

    def those(self, numbers: set[int]) -> frozenset[Identity]:
        return frozenset(self.of[number] for number in numbers)

    def named(self, options: frozenset[str] | None) -> Identity | None:
        """The state in which just these options are taken."""
        return next((one for one in self.number if options in one), None)

    def beyond(self, question: Callable[[PlainModel, int], set[int]]) -> frozenset[Identity] | None:
        return None if self.now is None else self.those(question(self.model, self.number[self.now]))


def taken(combination: Mapping[str, bool]) -> frozenset[str]:
    return frozenset(option for option, is_taken in combination.items() if is_taken)


def check_set(
    found: SetChangePart, old: frozenset[Identity] | None, new: frozenset[Identity] | None, one: Plain, other: Plain, key: str | None
) -> None:
    """One set of the document against the same by the definitions."""
    assert found.before == (None if old is None else len(old))
    assert found.after == (None if new is None else len(new))
    if old is None and new is None:
        assert found.gained is None
        assert found.lost_states is None
        return
    gained, lost = (new or frozenset()) - (old or frozenset()), (old or frozenset()) - (new or frozenset())
    assert (found.gained, found.lost) == (len(gained), len(lost))
    assert found.gained_states is not None
    assert found.lost_states is not None
    assert [state.after for state in found.gained_states] == sorted(other.number[state] for state in gained)
    assert [state.before for state in found.lost_states] == sorted(one.number[state] for state in lost)
    for part in (*found.gained_states, *found.lost_states):
        identity = other.of[part.after] if part.after is not None else one.of[part.before or 0]
        assert (part.before, part.after) == (one.number.get(identity), other.number.get(identity))
        verdicts = {dm: (identity in one.stable[key][dm], identity in other.stable[key][dm]) for dm in one.parties} if key else {}
        shared = part.before is not None and part.after is not None
        assert part.stay == tuple(dm for dm, pair in verdicts.items() if shared and pair == (False, True))
        assert part.leave == tuple(dm for dm, pair in verdicts.items() if shared and pair == (True, False))


def check_holds(found: HoldsPart | None, state: Identity | None, plain: Plain) -> None:
    """The verdicts on one state."""
    assert (found is None) == (state is None)
    if found is not None and state is not None:
        assert found.state == plain.number[state]
        assert found.verdicts == {key: {dm: state in sets[dm] for dm in plain.parties} for key, sets in plain.stable.items()}
        assert found.equilibrium_under == tuple(key for key, states in plain.held.items() if state in states)


def check_said(document: ChangingDocument) -> None:
    """The figures in the sentences are those of the document."""
    told = [sentence.text for part in document.said for sentence in (*part.sentences, *part.items)]
    assert document.same == told[0].startswith("Nothing that is asked here changes")
    figures = r": (\d+) now, (\d+) before; (\d+) gained, (\d+) lost\.$"
    spoken = [(match[1], match.groups()[1:]) for text in told if (match := re.search(f"^Equilibria under (.*){figures}", text))]
    by_concept = {key: tuple(map(int, numbers)) for keys, numbers in spoken for key in re.split(", | and ", keys)}
    parts = {key: (part.after, part.before, part.gained, part.lost) for key, part in document.equilibria.items()}
    assert by_concept == {key: numbers for key, numbers in parts.items() if numbers[2:] != (0, 0)}
    turned = {dm for key, sets in document.verdicts.items() for dm, part in sets.items() if part.to_stay or part.to_leave}
    texts = [item.text for part in document.said if "among all states" in part.sentences[0].text for item in part.items]
    assert {text.split(" under ")[0] for text in texts} == turned
    for text in texts:
        line = re.fullmatch(r"(.*?) under (.*?): (.*)", text)
        assert line
        dm, keys, rest = line.groups()
        for key in re.split(", | and ", keys):
            part = document.verdicts[key][dm]
            for verb, count in (("stay", part.to_stay), ("leave", part.to_leave)):
                match = re.search(rf"would {verb} now at (\d+) states?", rest)
                assert (int(match[1]) if match else 0) == count


def check_said_of_state(document: ChangingDocument, one: HoldsPart | None, other: HoldsPart | None, called: str) -> None:
    """What is said of a state that is there before and after, against its verdicts."""
    told = [item.text for part in document.said for item in (*part.sentences, *part.items) if item.text.startswith(called)]
    keys = {(match[1], key, match[3]) for text in told if (match := HELD.search(text)) for key in re.split(", | and ", match[2])}
    if one is None or other is None:
        return
    gained = {("an", key, "was not") for key in set(other.equilibrium_under) - set(one.equilibrium_under)}
    assert keys == gained | {("no", key, "was") for key in set(one.equilibrium_under) - set(other.equilibrium_under)}


def check_said_of_parties(document: ChangingDocument) -> None:
    """What is said of everybody's verdicts on the status quo, against the verdicts."""
    one, other = document.status_quo.before, document.status_quo.after
    leads = [part for part in document.said if any("Verdicts on the status quo" in lead.text for lead in part.sentences)]
    matches = [JUDGED.fullmatch(item.text) for part in leads for item in part.items]
    told = {(match[1], key, match[2], match[3]) for match in matches if match for key in re.split(", | and ", match[4])}
    words = {(False, True): ("stay", "left"), (True, False): ("leave", "stayed")}
    both = [one.verdicts, other.verdicts] if one is not None and other is not None else []
    pairs = [(dm, key, (both[0][key][dm], both[1][key][dm])) for key in DEFINITIONS for dm in both[0][key]] if both else []
    assert told == {(dm, key, *words[pair]) for dm, key, pair in pairs if pair in words}


def check(before: Conflict, after: Conflict) -> ChangingDocument:
    """A whole document against two naive analyses."""
    found, one, other = changing(before, after), Plain(before), Plain(after)
    assert found.comparable == ([o.key for o in before.options] == [o.key for o in after.options] and one.parties == other.parties)
    check_holds(found.status_quo.before, one.now, one)
    check_holds(found.status_quo.after, other.now, other)
    if not found.comparable:
        assert {key: (part.before, part.after, part.gained) for key, part in found.equilibria.items()} == {
            key: (len(one.held[key]), len(other.held[key]), None) for key in DEFINITIONS
        }
        return found
    for key in DEFINITIONS:
        check_set(found.equilibria[key], one.held[key], other.held[key], one, other, key)
        for dm in one.parties:
            old, new = one.stable[key][dm], other.stable[key][dm]
            both = one.number.keys() & other.number.keys()
            part = found.verdicts[key][dm]
            assert (part.before, part.after) == (len(old), len(new))
            assert (part.to_stay, part.to_leave) == (len((new - old) & both), len((old - new) & both))
    check_set(found.better_for_all, one.better, other.better, one, other, None)
    check_set(found.worse_for_none, one.unharmed, other.unharmed, one, other, None)
    check_set(found.states, frozenset(one.number), frozenset(other.number), one, other, None)
    assert found.status_quo_moved == (one.now != other.now)
    names = {named.name: named.taken for conflict in (before, after) for named in conflict.named_states}
    for name, options in names.items():
        check_holds(found.named[name].before, one.named(options), one)
        check_holds(found.named[name].after, other.named(options), other)
    alike = [(plain.stable, plain.better, plain.unharmed, plain.now, plain.number.keys()) for plain in (one, other)]
    assert found.same == (alike[0] == alike[1])
    check_said(found)
    check_said_of_state(found, found.status_quo.before, found.status_quo.after, "The status quo")
    check_said_of_state(found, found.named["deal"].before, found.named["deal"].after, "“deal”")
    check_said_of_parties(found)
    return found


def changed(rng: Random) -> tuple[Conflict, Conflict] | None:
    """A random conflict with a named state, and the same after an edit, if it can be analysed."""
    conflict = random_conflict(rng, SHAPE)
    space = StateSpace(conflict)
    named = NamedState("deal", frozenset(conflict.taken(rng.choice(space.states.first(50)))))
    quo = frozenset(conflict.taken(rng.choice(space.states.first(50))))
    conflict = replace(conflict, named_states=(named,), status_quo=quo)
    kind = rng.choice(KINDS) if rng.random() < 0.8 else object
    edit: Edit = random_edit(rng, conflict)
    for _ in range(200):
        if isinstance(edit, kind):
            break
        edit = random_edit(rng, conflict)
    try:
        after = edit.apply(conflict)
        looked(after, under="Nash")
    except (EditError, DetenteError):
        return None
    return (conflict, after) if StateSpace(after).states else None


@pytest.mark.parametrize("block", range(4))
def test_two_naive_analyses_differ_in_the_same(block: int) -> None:
    seen: list[ChangingDocument] = []
    for seed in range(block * 1000, block * 1000 + 1000):
        if len(seen) == 50:
            break
        if pair := changed(Random(seed)):
            seen.append(check(*pair))
    assert len(seen) == 50
    assert 3 < sum(found.same for found in seen) < 40
    assert sum(bool(part.gained or part.lost) for found in seen for part in found.equilibria.values()) > 20


EDITS = [
    ("elmira", MoveRanked("Local", frozenset({"Delay"}), up=True)),
    ("elmira", SetDirection("Delay", Direction.BOTH)),
    ("cuban-missile-crisis", MoveStatement("US", 1, 3)),
    ("cuban-missile-crisis", RemoveRule(1)),
    ("cuban-missile-crisis", SetStatusQuo(frozenset())),
    ("north-korea-2017", SetStatusQuo(None)),
    pytest.param("gaza-hostage-talks", MoveStatement("Hamas", 1, 2), marks=pytest.mark.long),
    pytest.param("gaza-hostage-talks", RemoveRule(1), marks=pytest.mark.long),
]


@pytest.mark.parametrize(("name", "edit"), EDITS)
def test_two_analyses_from_scratch_differ_in_the_same(name: str, edit: Edit) -> None:
    before = cases.load(name)
    after = edit.apply(before)
    found, old, new = changing(before, after, under="Nash,SEQ"), analyze(before, under="Nash,SEQ"), analyze(after, under="Nash,SEQ")
    assert old.states is not None
    assert new.states is not None
    one, other = ({state.id: state.choice for state in document.states or ()} for document in (old, new))
    for key in ("Nash", "SEQ"):
        held = [{one[state] for state in old.equilibria[key]}, {other[state] for state in new.equilibria[key]}]
        part = found.equilibria[key]
        assert (part.before, part.after) == (len(held[0]), len(held[1]))
        assert part.gained_states is not None
        assert part.lost_states is not None
        in_order = [[states[s] for s in document.equilibria[key]] for states, document in ((one, old), (other, new))]
        assert [state.choice for state in part.gained_states] == [c for c in in_order[1] if c not in held[0]][:LISTED]
        assert [state.choice for state in part.lost_states] == [c for c in in_order[0] if c not in held[1]][:LISTED]
    for status_quo, mine, better, worse in (
        (old.status_quo, found.status_quo.before, found.better_for_all.before, found.worse_for_none.before),
        (new.status_quo, found.status_quo.after, found.better_for_all.after, found.worse_for_none.after),
    ):
        if status_quo is not None and mine is not None:
            assert (mine.state, mine.verdicts) == (status_quo.state.id, status_quo.verdicts)
            assert (better, worse) == (status_quo.better_for_all, status_quo.worse_for_none)
        else:
            assert status_quo is None
            assert mine is None
            assert better is None
            assert worse is None
    jsonschema.validate(json.loads(found.json_text()), ChangingDocument.json_schema())


def said(found: ChangingDocument) -> str:
    return "\n".join(sentence.text for part in found.said for sentence in (*part.sentences, *part.items))


def test_what_is_said_of_elmira() -> None:
    before = cases.load("elmira")
    edit = MoveRanked("Local", frozenset({"Delay"}), up=True)
    text = said(changing(before, edit.apply(before), under="SEQ,GMR"))
    assert "The equilibria change under SEQ; under GMR they are the same states as before." in text
    assert "The status quo is an equilibrium now under SEQ, and was not before." in text
    assert "Equilibria under SEQ: 3 now, 3 before; 1 gained, 1 lost.\ngained: state 1 (NYNNN); Local would stay now\n" in text
    assert changing(before, before).same
    assert "the states, which of them are better than the status quo for everybody" in said(changing(before, before, under="SEQ"))


def test_states_that_are_merged_are_other_states() -> None:
    a = DecisionMaker("A", "A")
    before = Conflict("two", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",))), status_quo=frozenset({"x", "y"}))
    found = changing(before, AddRule(1, Merged(Taken("x"), "either")).apply(before), under="Nash")
    assert found.states.gained_states is not None
    assert found.states.lost_states is not None
    assert [(state.before, state.after, state.choice) for state in found.states.gained_states] == [(None, 3, "Y-")]
    assert [(state.before, state.after, state.choice) for state in found.states.lost_states] == [(2, None, "YN"), (4, None, "YY")]
    assert found.status_quo_moved
    assert "The status quo is state 3 (Y-) now, and was state 4 before (YY)." in said(found)
    assert "lost: state 2 before (YN)" in said(found)
    named = replace(before, named_states=(NamedState("deal", frozenset("x")),))
    found = changing(named, AddRule(1, Merged(Taken("x"), "either")).apply(named), under="Nash")
    assert "“deal” is state 3 now (Y-), and was state 2 before (YN)" in said(found)


def test_more_states_than_are_named_are_counted() -> None:
    options = tuple(Option(f"o{k}", f"o{k}", ("A",)) for k in range(8))
    before = Conflict("one", (DecisionMaker("A", "A"),), options)
    found = changing(AddRule(1, Infeasible(Taken("o7"))).apply(before), before, under="Nash")
    assert (found.states.gained, found.states.lost) == (128, 0)
    assert len(found.states.gained_states or ()) == LISTED
    assert "States: 256 now, 128 before; 128 gained, 0 lost." in said(found)
    assert "gained: 118 more" in said(found)


def test_a_name_that_only_one_has_is_said_to_be_a_name() -> None:
    before = cases.load("elmira")
    after = replace(before, named_states=(NamedState("talks", frozenset({"Delay"})),))
    assert "“talks” is the name of a state now, and was not before" in said(changing(before, after, under="Nash"))
    assert "“talks” is not the name of a state now, and was before" in said(changing(after, before, under="Nash"))
    one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), named_states=(NamedState("deal", frozenset("x")),))
    other = AddRule(1, Infeasible(Taken("x"))).apply(one)
    assert "“deal” is no state now, and was one before" in said(changing(one, other, under="Nash"))
    assert "“deal” is a state now, and was none before" in said(changing(other, one, under="Nash"))


def test_a_mixed_profile_is_asked_as_well() -> None:
    before = cases.load("elmira")
    after = MoveRanked("Local", frozenset({"Delay"}), up=True).apply(before)
    found = changing(before, after, under="Local=SEQ,GMR", says=["One."])
    old, new = (analyze(one, under="Local=SEQ,GMR").mixed for one in (before, after))
    assert found.mixed is not None
    assert old is not None
    assert new is not None
    assert old.equilibria
    assert new.equilibria
    assert (found.mixed.before, found.mixed.after) == (old.count, new.count)
    assert [s.after for s in found.mixed.gained_states or ()] == sorted(set(new.equilibria) - set(old.equilibria))
    assert "with MoE by GMR, Uniroyal by GMR and Local by SEQ" in said(found)
    assert found.changes == ("One.",)


def test_what_is_better_for_one_and_worse_for_another_is_not_said_to_be_the_same() -> None:
    """Carol comes to prefer the state that Ann finds worse than the status quo: nobody is asked what is better for Carol alone."""
    wanting = [OptionPrioritization((Statement(parse_formula(text)),)) for text in ("not x", "x")]
    parties = (DecisionMaker("Ann", "Ann", wanting[0]), DecisionMaker("Carol", "Carol"))
    before = Conflict("two", parties, (Option("x", "x", ("Ann",)),), status_quo=frozenset())
    found = changing(before, SetPreference("Carol", wanting[1]).apply(before), under="SEQ")
    assert found.same
    assert said(found) == (
        "Nothing that is asked here changes: the states, which of them are better than the status quo for everybody, or for somebody and "
        "worse for nobody, and everybody's verdict on each of them under SEQ are the same."
    )


def test_other_options_are_not_compared_state_by_state() -> None:
    before = cases.load("elmira")
    found = changing(before, RenameOption("Delay", "Wait").apply(before), under="SEQ")
    assert not found.comparable
    assert not found.same
    assert found.equilibria["SEQ"].gained is None
    assert "so that single states are not compared.\nStates: 9 now, 9 before." in said(found)


def test_comparisons_that_are_not_known_are_taken_as_written() -> None:
    before = cases.load("cuban-missile-crisis")
    condition = Taken(before.options[0].key)
    after = AddPair("US", 1, PairStatement("unknown", condition, condition)).apply(before)
    assert "What is compared here takes the order as written" in said(changing(before, after, under="SEQ"))
    assert "What is compared here takes the order as written" in said(changing(after, before, under="SEQ"))
    assert "not known" not in said(changing(before, before, under="SEQ"))


def test_other_names_give_the_same_answer_with_other_names() -> None:
    before = cases.load("cuban-missile-crisis")
    after = MoveStatement("US", 1, 3).apply(before)

    def plainly(found: ChangingDocument) -> Any:
        data = json.loads(found.json_text().translate(BACK))
        del data["before"]["digest"], data["after"]["digest"]
        return data

    assert plainly(changing(renamed_conflict(before), renamed_conflict(after))) == plainly(changing(before, after))


def test_what_can_not_be_asked() -> None:
    with pytest.raises(UsageError):
        changing("elmira", "elmira", under="Nosh")
    many = Conflict("many", (DecisionMaker("A", "A"),), tuple(Option(f"o{k}", f"o{k}", ("A",)) for k in range(30)))
    with pytest.raises(LimitError) as caught:
        changing(many, many)
    assert caught.value.diagnostics[0].code == "S301"
