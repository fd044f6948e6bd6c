"""In what two conflicts differ: counted over all states against two analyses, the same either way round, and what is written otherwise."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, replace
from random import Random

import pytest

from detente import analyze, cases
from detente.app.differing import DifferenceDocument, difference
from detente.app.opening import opened, opened_as
from detente.explain.difference import DIFFERENCE
from detente.explain.otherwise import otherwise
from detente.model.ban import Ban
from detente.model.conflict import Coalition, Conflict, DecisionMaker, Direction, NamedState, Option, RedLine
from detente.model.edit import AddRule, MoveStatement, SetDirection, SetStatusQuo
from detente.model.edit_bans import AddBan
from detente.model.edit_rankings import MoveRanked
from detente.model.evidence import Basis, BasisKind
from detente.model.formula import Not, Taken
from detente.model.pairs import PairStatement
from detente.model.preference import Preference, Statement
from detente.model.rule import Infeasible
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from tests.app.permuted import BACK, renamed_conflict
from tests.certificates.conflicts import random_conflict

ELMIRA = cases.load("elmira")
MOVED = MoveRanked("Local", frozenset({"Delay"}), up=True).apply(ELMIRA)
WHICH = "in the ranking, the state in which Delay and Insist are taken and nothing else"


def said(document: DifferenceDocument) -> str:
    return "\n".join(one.text for part in document.said for one in (*part.sentences, *part.items))


def test_what_is_only_in_one_is_what_two_analyses_say() -> None:
    one, other = analyze(ELMIRA), analyze(MOVED)
    found = difference(ELMIRA, MOVED)
    differ = 0
    for concept in found.concepts:
        sets = found.equilibria[concept]
        here, there = set(one.equilibria[concept]), set(other.equilibria[concept])
        assert (sets.before, sets.after) == (len(here), len(there))
        assert {state.before for state in sets.lost_states or ()} == here - there
        assert {state.after for state in sets.gained_states or ()} == there - here
        differ += here != there
    assert differ
    assert found.first.conflict.digest == ELMIRA.digest


@pytest.mark.parametrize("seed", range(20))
def test_the_other_way_round_it_is_the_same(seed: int) -> None:
    conflict, random = random_conflict(Random(seed)), Random(seed)
    other = SetStatusQuo(frozenset(random.sample([o.key for o in conflict.options], 1))).apply(conflict)
    if random.random() < 0.5:
        other = AddBan(1, Ban(conflict.decision_makers[0].key)).apply(conflict)
    there, back = difference(conflict, other, under="Nash,SEQ"), difference(other, conflict, under="Nash,SEQ")
    assert (there.same, there.comparable) == (back.same, back.comparable)
    for mine, theirs in ((there.states, back.states), *((there.equilibria[c], back.equilibria[c]) for c in there.concepts)):
        assert (mine.before, mine.after, mine.gained, mine.lost) == (theirs.after, theirs.before, theirs.lost, theirs.gained)
    for concept, verdicts in there.verdicts.items():
        for dm, turned in verdicts.items():
            mirrored = back.verdicts[concept][dm]
            assert (turned.to_stay, turned.to_leave) == (mirrored.to_leave, mirrored.to_stay)
    assert [(one.first, one.second) for one in there.otherwise] == [(one.second, one.first) for one in back.otherwise]
    if not there.same:
        swapped = said(back).replace("first", "FIRST").replace("second", "first").replace("FIRST", "second")
        assert said(there).splitlines()[0] == swapped.splitlines()[0]


def mirrored(text: str) -> str:
    return re.sub("first|second", lambda match: "second" if match[0] == "first" else "first", text)


def skeletons(lines: list[str]) -> Counter[tuple[object, ...]]:
    """What lines say, whatever the order of their clauses: their words, and which number and which state is said of which side.

    States in both go by their numbers and names in the second: the names are left out.
    """
    told = (re.sub(r"[.,;:]", " ", re.sub(r", “\w+”\)", ")", line)) for line in lines)
    return Counter((*sorted(line.split()), *sorted(re.findall(r"(\d+|\)) +(?:only )?in the (first|second)", line))) for line in told)


@pytest.mark.parametrize("block", range(5))
def test_all_that_is_said_is_said_of_the_other_the_other_way_round(block: int) -> None:
    told = 0
    for seed in range(block * 20, block * 20 + 20):
        rng = Random(seed)
        conflict = random_conflict(rng)
        named = tuple(
            NamedState(name, frozenset(conflict.taken(rng.choice(StateSpace(conflict).states.first(9))))) for name in ("deal", "war")
        )
        options = [option.key for option in conflict.options]
        conflict = replace(conflict, named_states=named[: rng.randint(1, 2)], status_quo=frozenset(named[0].taken))
        other = replace(conflict, named_states=named[rng.randint(0, 1) :], status_quo=frozenset(rng.sample(options, 1)))
        other = AddBan(1, Ban(conflict.decision_makers[0].key)).apply(other)
        there, back = (said(difference(*pair, under="Nash,SEQ")).splitlines() for pair in ((conflict, other), (other, conflict)))
        assert skeletons(there) == skeletons([mirrored(line) for line in back]), (there, back)
        told += len(there)
    assert told > 100


def test_the_words_for_either_are_the_same() -> None:
    pairs = {field.name: getattr(DIFFERENCE, field.name) for field in fields(DIFFERENCE)}
    assert pairs.pop("order") == (0, 1)
    pairs = {name: words for name, words in pairs.items() if isinstance(words, tuple)}
    assert len(pairs) > 8
    assert {name: mirrored(words[0]) for name, words in pairs.items()} == {name: words[1] for name, words in pairs.items()}


def test_other_names_give_the_same_answer_with_other_names() -> None:
    one, other = cases.load("cuban-missile-crisis"), MoveStatement("US", 1, 3).apply(cases.load("cuban-missile-crisis"))
    assert said(difference(renamed_conflict(one), renamed_conflict(other))).translate(BACK) == said(difference(one, other))


def test_behaviours_of_those_who_are_in_one_only_are_not_compared() -> None:
    row, column = DecisionMaker("Row", "Row"), DecisionMaker("Column", "Column")
    alone, two = (Conflict("few", parties, (Option("x", "x", ("Row",)),)) for parties in ((row,), (row, column)))
    found = difference(alone, two, under="Row=SEQ,Nash")
    assert (found.concepts, list(found.equilibria), found.comparable) == (("SEQ",), ["SEQ"], False)
    assert "Equilibria with Row by SEQ" in said(found)


def test_tied_states_of_a_ranking_are_told_as_they_are_written() -> None:
    keys = tuple(f"o{place}" for place in range(9))
    tied = tuple(frozenset({key}) for key in keys)
    options = tuple(Option(key, key, ("A",)) for key in keys)
    one, other = (Conflict("ties", (DecisionMaker("A", "A", StateRanking(levels)),), options) for levels in ((tied,), ((frozenset(),),)))
    found = otherwise(one, other)
    assert [each.what.split()[7] for each in found[:9]] == list(keys)


def test_a_state_that_is_tied_in_one_only_is_said_to_be_tied() -> None:
    """It is in the first place in both."""
    x, y = frozenset({"x"}), frozenset({"y"})
    options = tuple(Option(key, key, ("A",)) for key in "xy")
    tied = StateRanking(((x, y), (frozenset(),))), StateRanking(((x,), (y,), (frozenset(),)))
    one, other = (Conflict("ties", (DecisionMaker("A", "A", ranking),), options) for ranking in tied)
    found = [(each.first, each.second) for each in otherwise(one, other)]
    assert found == [("in place 1, tied with 1 other state", "in place 1"), ("in place 1, tied with 1 other state", "in place 2")]


def test_what_has_the_same_place_in_both_is_not_told() -> None:
    """Where the first and the last are exchanged, the one between them stays where it is: in orders of statements, and in rankings."""
    keys = ("x", "y", "z")
    states = {key: frozenset({key}) for key in keys}
    options = tuple(Option(key, key, ("A",)) for key in keys)

    wants = [OptionPrioritization(tuple(Statement(Taken(key)) for key in order)) for order in (keys, keys[::-1])]
    ranks = [StateRanking(tuple((states[key],) for key in order)) for order in (keys, keys[::-1])]
    for orders in (wants, ranks):
        one, other = (Conflict("turned", (DecisionMaker("A", "A", order),), options) for order in orders)
        places = [(each.first, each.second) for each in otherwise(one, other)]
        assert places == [("in place 1", "in place 3"), ("in place 3", "in place 1")]


def test_what_a_preference_rests_on_is_no_difference() -> None:
    """Nor in which order tied states and weights are written, nor whether somebody who wants nothing has an empty list of statements."""
    x, y, said = frozenset({"x"}), frozenset({"y"}), Basis(BasisKind.ASSUMED, why="by the other side")
    options = tuple(Option(key, key, ("A",)) for key in "xy")
    pairs: list[tuple[Preference | None, Preference | None]] = [
        (StateRanking(((x,), (y,))), StateRanking(((x,), (y,)), said)),
        (StateRanking(((x, y),)), StateRanking(((y, x),))),
        (OptionWeighting((("x", 1), ("y", 2))), OptionWeighting((("y", 2), ("x", 1)), said)),
        (None, OptionPrioritization(())),
    ]
    for pair in pairs:
        one, other = (Conflict("same", (DecisionMaker("A", "A", order),), options) for order in pair)
        assert otherwise(one, other) == ()


def test_as_many_statements_on_pairs_are_not_told_alike() -> None:
    pairs = [(PairStatement("unknown", Taken(key), Not(Taken(key))),) for key in ("Delay", "Insist")]
    local = next(place for place, dm in enumerate(ELMIRA.decision_makers) if dm.key == "Local")
    parties = ELMIRA.decision_makers
    one, other = (replace(ELMIRA, decision_makers=(*parties[:local], replace(parties[local], pairs=said))) for said in pairs)
    assert [(each.first, each.second) for each in otherwise(one, other)] == [("1 of its own", "1 of its own")]
    assert [(each.first, each.second) for each in otherwise(one, ELMIRA)] == [("1 written", None)]
    named = replace(parties[local], pairs=(replace(pairs[0][0], says="nobody asked them"),))
    assert otherwise(one, replace(ELMIRA, decision_makers=(*parties[:local], named))) == ()


def test_nothing_differs_from_itself() -> None:
    found = difference("elmira", "elmira", under="Local=Nash,SEQ")
    assert (found.same, found.comparable, found.otherwise, len(found.said)) == (True, True, (), 1)
    assert found.profile == {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "Nash"}
    assert "are the same in both" in said(found)


def test_states_that_can_not_be_matched_are_not_compared() -> None:
    found = difference("elmira", "chicken", under="Nash")
    assert (found.same, found.comparable, found.equilibria["Nash"].gained) == (False, False, None)
    assert "decision makers only in the first: MoE, Uniroyal and Local" in said(found)
    assert "Equilibria under Nash: 3 in the first, 2 in the second." in said(found)
    parties = ELMIRA.decision_makers
    turned = replace(
        ELMIRA, decision_makers=(parties[1], parties[0], parties[2]), options=(*ELMIRA.options[1:4], ELMIRA.options[0], *ELMIRA.options[4:])
    )
    again = difference(ELMIRA, turned, under="Nash")
    assert not again.comparable
    assert "the decision makers stand in another order" in said(again)
    assert {one.what for one in again.otherwise} == {"the order of the decision makers", "the order of the options"}


def test_who_would_leave_an_equilibrium_in_the_other() -> None:
    told = said(difference(ELMIRA, MOVED, under="SEQ,Nash"))
    assert "only in the second: state 1 (NYNNN)" in told or "only in the first: state 5 (NYNNY)" in told
    assert "Local would leave it in the" in told
    assert "now" not in told.split()
    assert "before" not in told.split()


def test_viewpoints_of_one_file() -> None:
    talks = opened("misread-neighbours")
    seen = opened_as(talks, talks.conflict.viewpoints[0].key)
    found = difference(talks, seen, under="SEQ")
    assert (found.first.conflict.seen_from, found.second.conflict.seen_from) == (None, talks.conflict.viewpoints[0].key)
    assert found.otherwise


def flagship() -> Conflict:
    return cases.load("gaza-hostage-talks")


def test_what_is_written_otherwise() -> None:
    one = flagship()
    hamas, israel = one.decision_maker("Hamas"), one.decision_maker("Israel")
    count = len(hamas.preference.statements()) if hamas.preference else 0
    (moved,) = otherwise(one, MoveStatement("Hamas", count, 1).apply(one))
    assert (moved.kind, moved.party, moved.first, moved.second) == ("statement", "Hamas", f"in place {count}", "in place 1")
    line = RedLine(Taken(one.options[0].key))
    drawn = replace(one, decision_makers=tuple(replace(dm, red_lines=(line,)) if dm == israel else dm for dm in one.decision_makers))
    kinds = [(found.kind, found.party, found.first, found.second) for found in otherwise(one, drawn)]
    assert ("red line", "Israel", None, "there") in kinds
    option = ELMIRA.options[-1]
    (turned,) = otherwise(ELMIRA, SetDirection(option.key, Direction.ONLY_ON).apply(ELMIRA))
    assert (turned.kind, turned.party, turned.first, turned.second) == ("option", "Local", "both ways", "taken up only")
    banned = replace(ELMIRA, bans=(Ban("Local", says="Local is watched"),))
    assert otherwise(banned, replace(ELMIRA, bans=(Ban("Local", says="in other words"),))) == ()
    (ban,) = otherwise(ELMIRA, banned)
    assert (ban.kind, ban.party, ban.first, ban.second) == ("ban", "Local", None, "there")
    (joint,) = otherwise(ELMIRA, replace(ELMIRA, coalitions=(Coalition(("MoE", "Local"), joint=True),)))
    assert (joint.what, joint.second) == ("MoE and Local in one step", "there")
    (ranked,) = otherwise(ELMIRA, MOVED)
    assert (ranked.kind, ranked.party) == ("preference", "Local")
    assert (ranked.what, ranked.first, ranked.second) == (WHICH, "in place 3", "in place 4")
    assert [(one.what, one.first, one.second) for one in otherwise(MOVED, ELMIRA)] == [(WHICH, "in place 4", "in place 3")]
    local = next(dm for dm in ELMIRA.decision_makers if dm.key == "Local")
    weighed = [replace(ELMIRA, decision_makers=tuple(replace(dm, preference=how) if dm == local else dm for dm in ELMIRA.decision_makers))
               for how in (OptionWeighting((("Delay", 1), ("Insist", 2))), OptionWeighting((("Insist", 3), ("Delay", 1))))]  # fmt: skip
    (weight,) = otherwise(*weighed)
    assert (weight.what, weight.first, weight.second) == ("the weight of Insist", "2", "3")
    (kind,) = otherwise(ELMIRA, weighed[0])
    assert (kind.what, kind.first, kind.second) == ("how states are ordered", "written with “ranking”", "written with “weights”")
    (rule,) = otherwise(ELMIRA, AddRule(1, Infeasible(Taken("Insist"))).apply(ELMIRA))
    assert (rule.what, rule.first, rule.second) == ("“Insist” can't happen", None, "there")
    assert otherwise(ELMIRA, replace(ELMIRA, title="another title", about="words")) == ()


def test_of_states_that_are_not_listed_only_the_status_quo_is_asked_about() -> None:
    def large(*prefers: str, quo: frozenset[str] = frozenset()) -> Conflict:
        options = tuple(Option(f"o{place}", f"option {place}", ("AB"[place // 14],)) for place in range(28))
        wants = OptionPrioritization(tuple(Statement(Taken(key)) for key in prefers))
        return Conflict("large", (DecisionMaker("A", "A", wants), DecisionMaker("B", "B")), options, status_quo=quo)

    found = difference(large("o1"), large("o20"), under="Nash")
    assert (found.listed, found.comparable, found.same, found.equilibria) == (False, False, False, {})
    assert "The status quo is an equilibrium under Nash only in the second." in said(found)
    assert "A under Nash: would stay in the second, and leave in the first" in said(found)
    assert [(one.what, one.first, one.second) for one in found.otherwise] == [("“o1”", "in place 1", None), ("“o20”", None, "in place 1")]
    assert difference(large("o1"), large("o1"), under="Nash").same
    moved = difference(large("o1"), large("o1", quo=frozenset({"o1"})), under="Nash")
    assert (moved.status_quo_moved, moved.same) == (True, False)
    apart = difference("elmira", large("o1"), under="Nash")
    assert (apart.listed, apart.status_quo.before is None, apart.status_quo.after is None) == (False, False, False)
