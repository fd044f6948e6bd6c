"""Changes of a conflict whose effect on the verdicts is known beforehand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from detente.concepts.registry import all_concepts
from detente.engines.base import Engine
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, in_owner_order
from detente.model.formula import And, Not, Taken, any_of
from detente.model.preference import Statement
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape, conflicts
from detente.testing.transform import shuffled
from tests.conformance.seeds import fresh

Verdicts = dict[tuple[str, str], frozenset[int]]
MOVES = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
"""The concepts for which more moves have a known effect; SIM is not among them."""


def verdicts(engine: type[Engine], conflict: Conflict) -> Verdicts:
    """For each concept and decision maker the stable states, by their combinations."""
    space = StateSpace(conflict)
    asked = engine(space)
    return {(c.key, dm): frozenset(asked.stable(c, dm).each()) for c in all_concepts() for dm in space.masks}


def explicit(conflict: Conflict) -> Conflict:
    """The same conflict with every preference written as a ranking of the states: what stays fixed when moves change."""
    space = StateSpace(conflict)

    def ranked(dm: DecisionMaker) -> DecisionMaker:
        ranks = Order(space, dm.key).ranks
        levels = [tuple(conflict.taken(s) for s in ranks if ranks[s] == rank) for rank in range(1, max(ranks.values()) + 1)]
        return replace(dm, preference=StateRanking(tuple(levels)), red_lines=())

    return replace(conflict, decision_makers=tuple(map(ranked, conflict.decision_makers)))


def check_more_moves(engine: type[Engine], before: Conflict, after: Conflict, movers: set[str]) -> int:
    """More moves of the others destroy no stability, more of one's own create none; returns how many verdicts changed."""
    old, new = verdicts(engine, before), verdicts(engine, after)
    changed = 0
    for (key, dm), stable in old.items():
        if key in MOVES:
            if movers == {dm}:
                assert new[key, dm] <= stable, (key, dm, "more moves of their own created stability")
            elif dm not in movers:
                assert stable <= new[key, dm], (key, dm, "more moves of the others destroyed stability")
            changed += len(stable ^ new[key, dm])
    return changed


def with_option(conflict: Conflict, place: int, option: Option) -> Conflict:
    return replace(conflict, options=(*conflict.options[:place], option, *conflict.options[place + 1 :]))


# Adding an arc for an opponent never destroys Nash, GMR, SMR, SEQ or SSEQ stability; adding one's own never creates it.


@given(conflict=conflicts(), rng=st.randoms(use_true_random=False))
def test_a_one_way_option_becomes_two_way(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    one_way = [place for place, option in enumerate(conflict.options) if option.direction is not Direction.BOTH and option.owners]
    assume(one_way)
    place = rng.choice(one_way)
    option = conflict.options[place]
    more = with_option(conflict, place, replace(option, direction=Direction.BOTH))
    check_more_moves(engine, conflict, more, set(option.owners))


@given(conflict=conflicts(), rng=st.randoms(use_true_random=False))
def test_an_option_gains_an_owner(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    """The new owner is not the first, so that the options stay in order."""
    place = rng.randrange(len(conflict.options))
    option = conflict.options[place]
    order = [dm.key for dm in conflict.decision_makers]
    later = [key for key in order if option.owners and key not in option.owners and key > min(option.owners)]
    assume(later)
    owner = rng.choice(later)
    check_more_moves(
        engine, conflict, with_option(conflict, place, replace(option, owners=tuple(sorted((*option.owners, owner))))), {owner}
    )


@given(conflict=conflicts(Shape(unperceived=0.7)), rng=st.randoms(use_true_random=False))
def test_somebody_perceives_more(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    blind = [dm.key for dm in conflict.decision_makers if dm.unperceived is not None]
    assume(blind)
    who = rng.choice(blind)
    parties = tuple(replace(dm, unperceived=None) if dm.key == who else dm for dm in conflict.decision_makers)
    check_more_moves(engine, conflict, replace(conflict, decision_makers=parties), {who})


def test_it_matters(engine: type[Engine]) -> None:
    """The laws above are not about changes that change nothing."""
    effects = 0
    for _, conflict in random_conflicts(300, fresh(), Shape(one_way=0.6)):
        for place, option in enumerate(conflict.options):
            if option.direction is not Direction.BOTH and option.owners:
                more = with_option(conflict, place, replace(option, direction=Direction.BOTH))
                effects += check_more_moves(engine, conflict, more, set(option.owners))
    assert effects > 300


@given(conflict=conflicts())
def test_only_the_order_counts(engine: type[Engine], conflict: Conflict) -> None:
    """Whatever way a preference is given in, the ranking that it amounts to gives the same verdicts."""
    assert verdicts(engine, explicit(conflict)) == verdicts(engine, conflict)


@given(conflict=conflicts(Shape(kinds=("prefers",))), rng=st.randoms(use_true_random=False))
def test_a_statement_said_again_further_down_changes_nothing(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    """Neither does its denial: the order is lexicographic."""

    def repeated(dm: DecisionMaker) -> DecisionMaker:
        if not isinstance(dm.preference, OptionPrioritization):
            return dm
        ordered = dm.preference.ordered
        again = rng.choice(ordered)
        return replace(dm, preference=OptionPrioritization((*ordered, again, Statement(Not(rng.choice(ordered).when)))))

    parties = tuple(map(repeated, conflict.decision_makers))
    assert verdicts(engine, replace(conflict, decision_makers=parties)) == verdicts(engine, conflict)


@given(conflict=conflicts(Shape().composing), rng=st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_else(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    check_neutral(engine, conflict, rng)


@given(conflict=conflicts(Shape(merged=1.0)), rng=st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_else_where_states_are_merged(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    """With preferences over the states themselves: a statement judges a merged state by its greatest member, which depends on the order."""
    check_neutral(engine, explicit(conflict), rng)


def check_neutral(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    changed = shuffled(conflict, rng)
    places = changed.states(StateSpace(conflict), StateSpace(changed.conflict))
    old, new = verdicts(engine, conflict), verdicts(engine, changed.conflict)
    assert {(key, changed.decision_makers[dm]): {places[s] for s in stable} for (key, dm), stable in old.items()} == new


@given(conflict=conflicts(Shape().composing), rng=st.randoms(use_true_random=False))
def test_an_option_that_nobody_cares_for_changes_nothing(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    """Each state becomes two, each with the old verdict, whoever owns the option and whichever way it goes."""
    owners = rng.choice([(), *((dm.key,) for dm in conflict.decision_makers)])
    idle = Option("idle", "idle", owners, rng.choice(list(Direction)))
    named = explicit_as_statements(conflict)
    more = replace(named, options=in_owner_order(conflict.decision_makers, (*conflict.options, idle)))
    idle_bit = 1 << more.option_index["idle"]
    old, new = verdicts(engine, conflict), verdicts(engine, more)
    for key, stable in new.items():
        without = frozenset(conflict.combination(more.taken(s) - {"idle"}) for s in stable)
        assert without == old[key]
        assert {s ^ idle_bit for s in stable} == stable


def explicit_as_statements(conflict: Conflict) -> Conflict:
    """The conflict with every ranking turned into statements "it is one of these states", which name no further option."""
    space = StateSpace(conflict)

    def stated(dm: DecisionMaker) -> DecisionMaker:
        ranks = Order(space, dm.key).ranks

        def one(state: int) -> And:
            return And(tuple(Taken(o.key) if state >> k & 1 else Not(Taken(o.key)) for k, o in enumerate(conflict.options)))

        levels = [any_of(*(one(s) for s in ranks if ranks[s] == rank)) for rank in range(1, max(ranks.values()) + 1)]
        return replace(dm, preference=OptionPrioritization(tuple(map(Statement, levels))), red_lines=())

    return replace(conflict, decision_makers=tuple(map(stated, conflict.decision_makers)))


@given(conflict=conflicts())
def test_somebody_indifferent_without_moves_changes_nothing(engine: type[Engine], conflict: Conflict) -> None:
    guest = replace(conflict, decision_makers=(*conflict.decision_makers, DecisionMaker("Z", "a guest")))
    old, new = verdicts(engine, conflict), verdicts(engine, guest)
    everywhere = frozenset(StateSpace(conflict).states.each())
    assert new == old | {(c.key, "Z"): everywhere for c in all_concepts()}


@given(conflict=conflicts(), rng=st.randoms(use_true_random=False))
def test_the_indifferent_are_stable_everywhere(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    who = rng.choice(conflict.decision_makers).key
    parties = tuple(replace(dm, preference=None, red_lines=()) if dm.key == who else dm for dm in conflict.decision_makers)
    everywhere = frozenset(StateSpace(conflict).states.each())
    found = verdicts(engine, replace(conflict, decision_makers=parties))
    assert all(stable == everywhere for (_, dm), stable in found.items() if dm == who)


@given(conflict=conflicts(), rng=st.randoms(use_true_random=False))
def test_gmr_and_smr_do_not_depend_on_what_others_want(engine: type[Engine], conflict: Conflict, rng: Random) -> None:
    who = rng.choice(conflict.decision_makers).key
    parties = tuple(dm if dm.key == who else replace(dm, preference=None, red_lines=()) for dm in conflict.decision_makers)
    old, new = verdicts(engine, conflict), verdicts(engine, replace(conflict, decision_makers=parties))
    assert all(new[key, who] == old[key, who] for key in ("Nash", "GMR", "SMR"))
