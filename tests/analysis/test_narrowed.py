"""What a narrower conflict gives, against the second statement: the wide one, in which the options of the fronts never change."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.analysis.bargain import bargain
from detente.concepts.registry import all_concepts, concept
from detente.engines.single import SingleEngine
from detente.errors import ConflictError, EditError
from detente.model.conflict import Conflict, DecisionMaker, in_owner_order
from detente.model.formula import Not, Taken
from detente.model.front import Front
from detente.model.narrowed import leave_out
from detente.model.rule import Infeasible, permits
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from detente.testing.transform import shuffled
from tests.definitions.adapter import plain_model
from tests.definitions.bargain import better_for_all
from tests.definitions.concepts import stable_states

SHAPE = Shape(most_options=5, most_states=20)


def fronted(rng: Random, shape: Shape = SHAPE) -> Conflict | None:
    """A random conflict with a status quo that can occur and a front or two; None where fronts would leave nothing."""
    conflict = random_conflict(rng, shape)
    states = [taken for taken in map(conflict.taken, range(conflict.combinations)) if all(permits(rule, taken) for rule in conflict.rules)]
    options, parties = [option.key for option in conflict.options], [dm.key for dm in conflict.decision_makers]
    rng.shuffle(options)
    rng.shuffle(parties)
    fronts = (
        Front("N", "north", tuple(options[: rng.randint(0, 2)]), tuple(parties[: rng.randint(0, 1)])),
        Front("S", "south", (options[-1],)),
    )
    chosen = tuple(front for front in fronts[: rng.randint(1, 2)] if front.options or front.decision_makers)
    try:
        return replace(conflict, status_quo=rng.choice(states), fronts=chosen)
    except ConflictError:
        return None


def held_still(wide: Conflict, gone: tuple[str, ...], held: dict[str, bool]) -> Conflict:
    """The wide conflict in which some options stand as they are held, whoever owned them, and some parties decide nothing."""
    rules = tuple(Infeasible(Not(Taken(key)) if taken else Taken(key)) for key, taken in held.items())
    left = tuple(dm for dm in wide.decision_makers if dm.key not in gone)
    options = tuple(replace(o, owners=tuple(key for key in o.owners if key not in gone)) for o in wide.options)
    return replace(
        wide, decision_makers=left, options=in_owner_order(left, options), rules=(*wide.rules, *rules), fronts=(),
        bans=tuple(ban for ban in wide.bans if ban.by not in gone),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_every_verdict_is_that_of_the_wide_conflict_with_the_fronts_held(seed: int) -> None:
    rng = Random(seed)
    wide = fronted(rng)
    assume(wide is not None)
    assert wide is not None
    try:
        narrow = leave_out(wide, [front.key for front in wide.fronts])
    except EditError as problem:
        assume(problem.diagnostics[0].code != "M135")  # a ranking where states are merged
        raise
    plain = plain_model(held_still(wide, narrow.decision_makers, dict(narrow.held)))
    space = StateSpace(narrow.conflict)
    assert space.states.count == len(plain.states)
    number = {
        state: plain.number_of(
            {o: o in narrow.conflict.taken(state) or narrow.held.get(o, False) for o in (n for n, _, _ in plain.options)}
        )
        for state in space.states.each()
    }
    engine = SingleEngine(space)
    for key in [c.key for c in all_concepts()]:
        for dm in narrow.conflict.decision_makers:
            found = {number[state] for state in engine.stable(concept(key), dm.key).each()}
            assert found == stable_states(plain, key, dm.key), (key, dm.key)
    quo = space.status_quo
    assert quo is not None
    there = number[quo]
    assert there is not None
    assert {number[state] for state in bargain(space, quo).better_for_all.each()} == better_for_all(plain, there)


def apart(conflict: Conflict, party: str, option: str) -> Conflict:
    """The conflict with one more party, of whom and of whose option nothing else speaks."""
    from detente.model.conflict import Option
    from detente.model.preference import Statement
    from detente.preference.prioritization import OptionPrioritization

    parties = (*conflict.decision_makers, DecisionMaker(party, party, OptionPrioritization((Statement(Taken(option)),))))
    options = in_owner_order(parties, (*conflict.options, Option(option, option, (party,))))
    return replace(conflict, decision_makers=parties, options=options, fronts=(Front("Apart", "apart", (), (party,)),))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_a_front_that_touches_nothing_changes_nothing_for_the_others(seed: int) -> None:
    """No party outside stays or leaves for it, at any state, under any concept, whether it is there or not."""
    rng = Random(seed)
    base = random_conflict(rng, replace(SHAPE, kinds=("prefers", "weights"), most_options=4))
    wide = apart(replace(base, status_quo=frozenset(base.taken(StateSpace(base).states.first(1)[0]))), "Elsewhere", "elsewhere")
    narrow = leave_out(wide, ["Apart"]).conflict
    here, there = StateSpace(narrow), StateSpace(wide)
    one, other = SingleEngine(here), SingleEngine(there)
    bit = wide.combination(frozenset({"elsewhere"}))
    for key in [c.key for c in all_concepts()]:
        for dm in narrow.decision_makers:
            inside, outside = one.stable(concept(key), dm.key), other.stable(concept(key), dm.key)
            for state in here.states.each():
                wider = wide.combination(narrow.taken(state))
                for both in (wider, wider | bit):
                    place = there.state_of(both)
                    assert place is not None
                    assert inside.contains(state) == outside.contains(place), (key, dm.key)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_leaving_out_under_other_names_is_the_same_under_other_names(seed: int) -> None:
    rng = Random(seed)
    wide = fronted(rng, replace(SHAPE, merged=0.0))
    assume(wide is not None)
    assert wide is not None
    turned = shuffled(wide, rng)
    keys = [front.key for front in wide.fronts]
    one, other = leave_out(wide, keys), leave_out(turned.conflict, keys)
    assert {turned.options[key]: value for key, value in one.held.items()} == other.held
    assert {turned.decision_makers[key] for key in one.decision_makers} == set(other.decision_makers)
    here, there = StateSpace(one.conflict), StateSpace(other.conflict)
    for state in here.states.each():
        taken = frozenset(turned.options[key] for key in one.conflict.taken(state))
        assert there.state_of(other.conflict.combination(taken)) is not None
    assert here.states.count == there.states.count
