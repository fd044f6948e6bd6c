"""Corrections of viewpoints: taken apart and put together; what they do at a state, against trying every set of them; forged claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations
from random import Random

import pytest

from detente.analysis.claims.base import Claim, refusal
from detente.analysis.claims.belief import BeliefCorrected, NoSmallCorrection, ViewChanged
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.hypergame.beliefs import at_state
from detente.analysis.hypergame.found import Beliefs
from detente.analysis.hypergame.views import Hypergame, holders
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import is_staying
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
from detente.model.correction import Correction, corrections, seen_after
from detente.model.formula import Formula, If, Not, Taken, all_of
from detente.model.preference import Statement
from detente.model.viewpoint import Altered, Viewpoint, seen_from
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.beliefs import with_viewpoints
from detente.testing.models import Shape, random_conflict
from detente.testing.transform import shuffled
from tests.definitions import believing, hypergames

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=8)
X, Y, Z = Taken("x"), Taken("y"), Taken("z")


def wants(*formulas: Formula) -> OptionPrioritization:
    return OptionPrioritization(tuple(map(Statement, formulas)))


def three() -> Conflict:
    """A with x and y, B with z; A acts on a viewpoint that has B's statements in another order, with one more and one red line less."""
    a = DecisionMaker("A", "A", wants(X, Not(Z)))
    b = DecisionMaker("B", "B", wants(X, Y, Z), red_lines=(RedLine(all_of(X, Z)),))
    seen = Viewpoint(
        "v", "as A has it", held_by=("A",), parties=(Altered("B", wants(Z, X, Not(Y), Y), red_lines=()),), unperceived_options=("y",)
    )
    options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)), Option("z", "z", ("B",)))
    return Conflict("three", (a, b), options, status_quo=frozenset(), viewpoints=(seen,))


def random_models(count: int, seed: str, shape: Shape = SHAPE) -> Iterator[tuple[str, Conflict]]:
    for number in range(count):
        name = f"{seed} {number}"
        rng = Random(name)
        yield name, with_viewpoints(rng, random_conflict(rng, shape))


def every_set(made: tuple[Correction, ...]) -> Iterator[tuple[Correction, ...]]:
    return chain.from_iterable(combinations(made, size) for size in range(len(made) + 1))


# -- taken apart and put together --------------------------------------------------------------------------------------
def test_the_elements_of_a_viewpoint() -> None:
    made = corrections(three(), "v")
    assert made == (
        Correction("statement", "B", formula=Not(Y), drop=True),
        Correction("statement", "B", formula=Z),
        Correction("red line", "B", formula=all_of(X, Z)),
        Correction("option", option="y"),
    )
    after = {one: seen_after(three(), "v", (one,)).decision_maker("B") for one in made}
    assert after[made[0]].preference == wants(Z, X, Y)
    assert after[made[1]].preference == wants(X, Not(Y), Y, Z)
    assert after[made[2]].red_lines == (RedLine(all_of(X, Z)),)
    assert after[made[3]].unperceived is None
    assert seen_after(three(), "v", made).decision_makers == three().decision_makers


def test_other_kinds_of_preference_are_one_element() -> None:
    base = three()
    for mine in (OptionWeighting((("z", 1),)), wants(X, X)):
        seen = replace(base.viewpoints[0], parties=(Altered("B", mine),), unperceived_options=(), unperceived=X)
        changed = replace(base, viewpoints=(seen,))
        assert corrections(changed, "v") == (Correction("preference", "B"), Correction("states"))
        assert seen_after(changed, "v", corrections(changed, "v")).decision_makers == base.decision_makers


def test_words_and_bases_are_no_difference() -> None:
    base = three()
    said = OptionPrioritization(tuple(replace(one, says="in words") for one in wants(X, Y, Z).ordered))
    seen = replace(base.viewpoints[0], parties=(Altered("B", said, description="somebody"),), unperceived_options=())
    assert corrections(replace(base, viewpoints=(seen,)), "v") == ()


def test_what_is_no_correction_of_it() -> None:
    with pytest.raises(ValueError, match="none of the corrections"):
        seen_after(three(), "v", (Correction("option", option="x"),))


def test_all_corrections_give_the_conflict_as_written_and_none_the_viewpoint() -> None:
    """In the order of states of everybody, and in everybody's moves."""
    compared = 0
    for name, conflict in random_models(100, "apart"):
        written = StateSpace(conflict)
        for seen in conflict.viewpoints:
            assert seen_after(conflict, seen.key, ()) == seen_from(conflict, seen.key), name
            whole = StateSpace(seen_after(conflict, seen.key, corrections(conflict, seen.key)))
            for dm in (dm.key for dm in conflict.decision_makers):
                assert Order(whole, dm).ranks == Order(written, dm).ranks, (name, dm)
                for state in written.states.each():
                    assert whole.moves(dm, state) == written.moves(dm, state), (name, dm)
                    compared += 1
    assert compared > 300


# -- what they do ------------------------------------------------------------------------------------------------------
def found_in(name: str, conflict: Conflict) -> Beliefs:
    rng = Random(name)
    keys = [one.key for one in all_concepts()]
    space = StateSpace(conflict)
    game = Hypergame(space, {dm.key: rng.choice(keys) for dm in conflict.decision_makers}, holders(conflict))
    return at_state(game, rng.choice(list(space.states.each())))


def stays(conflict: Conflict, key: str, dm: str, state: int) -> bool:
    return is_staying(SingleEngine(StateSpace(conflict)).verdict(concept(key), dm, state))


def test_minimal_sets_are_those_that_trying_every_set_gives() -> None:
    counted = 0
    for name, conflict in random_models(80, "minimal"):
        found = found_in(name, conflict)
        told = {(claim.before.dm, frozenset(claim.made)) for claim in found.sets}
        told |= {(effect.dm, frozenset(effect.made)) for effect in found.single if effect.claim is not None}
        expected = set()
        for dm, view in found.game.views.items():
            made = () if view is None else corrections(conflict, view)
            if view is None or len(made) > 5:
                continue
            verdicts = {
                frozenset(part): stays(seen_after(conflict, view, part), found.game.profile[dm], dm, found.state)
                for part in every_set(made)
            }
            changing = [part for part, stay in verdicts.items() if stay != verdicts[frozenset()]]
            expected |= {(dm, part) for part in changing if not any(other < part for other in changing)}
            counted += len(changing)
        assert {one for one in told if found.elements[one[0]] <= 5} == expected, name
    assert counted > 10


def test_every_claim_is_accepted() -> None:
    kinds = set()
    for name, conflict in random_models(80, "claims"):
        found = found_in(name, conflict)
        for claim in found.claims:
            assert refusal(found.game.space, claim) is None, (name, claim)
            kinds.add(claim.kind)
    assert kinds == {"as seen", "better as seen", "belief corrected", "no small correction", "view changed"}


def test_what_seeing_it_otherwise_does_is_what_holds_then() -> None:
    """States that cease and come to hold, against the hypergame in which that decision maker acts on the other viewpoint."""
    lost = gained = 0
    for name, conflict in random_models(100, "otherwise"):
        found = found_in(name, conflict)
        effects = {(effect.dm, effect.to): effect for effect in found.whole}
        game = Hypergame(found.game.space, found.game.profile, found.game.views)
        for dm, view in game.views.items():
            for to in (None, *(one.key for one in conflict.viewpoints)):
                if to == view:
                    continue
                before, after = found.better & found.holds, found.better
                for other, key in {**game.views, dm: to}.items():
                    after &= game.stable(other, key)
                effect = effects.get((dm, to))
                assert (before - after).bits == (effect.lost.bits if effect else 0), (name, dm, to)
                assert (after - before).bits == (effect.gained.bits if effect else 0), (name, dm, to)
                lost, gained = lost + (before - after).count, gained + (after - before).count
                changes = game.stable(dm, view).contains(found.state) != game.stable(dm, to).contains(found.state)
                assert changes == (effect is not None and effect.claim is not None), (name, dm, to)
    assert lost > 5
    assert gained > 4


def test_forged_claims_are_refused() -> None:
    """Another verdict, a smaller set left out, a correction that is none, another state."""
    refused = 0
    for name, conflict in random_models(50, "forged"):
        found = found_in(name, conflict)
        space = found.game.space
        for claim in found.claims:
            forged: list[Claim] = []
            if isinstance(claim, BeliefCorrected):
                forged = [replace(claim, after=claim.before), replace(claim, made=(), fewer=()), replace(claim, view="nowhere")]
                forged += [replace(claim, fewer=claim.fewer[1:])] if claim.fewer else []
                forged += [replace(claim, made=(*claim.made, Correction("option", option="?")))]
            if isinstance(claim, NoSmallCorrection) and claim.same:
                forged = [replace(claim, same=claim.same[1:]), replace(claim, same=(*claim.same, claim.same[0]))]
                forged += [replace(claim, before=replace(claim.before, dm="?"))]
            if isinstance(claim, ViewChanged):
                forged = [replace(claim, to=claim.view), replace(claim, before=claim.after)]
            for one in forged:
                assert refusal(space, one) is not None, (name, one)
                refused += 1
        seen = found.seen
        views = tuple((dm, "nowhere") for dm, _ in seen.views)
        assert refusal(space, replace(seen, views=views)) is not None
        assert refusal(space, replace(seen, witnesses=seen.witnesses[1:])) is not None
        better = found.better_claim
        assert refusal(space, replace(better, states=better.states ^ 1 << found.state)) is not None
    assert refused > 50


def test_misperception_is_diagnosed_where_the_second_statement_says_so() -> None:
    """Of states that hold as everybody sees the conflict and not as it is written, of all these and of no other."""
    counted = [0, 0]
    for name, conflict in random_models(60, "misperceived"):
        space, profile = StateSpace(conflict), {dm.key: "SEQ" for dm in conflict.decision_makers}
        written = believing.model_of(conflict, None)
        expected = hypergames.holds(believing.views(conflict), profile) - hypergames.holds(dict.fromkeys(profile, written), profile)
        for number, state in list(enumerate(space.states.each(), start=1))[:4]:
            found = diagnose(space, state, profile, concepts=())
            assert (found.finding("D8") is not None) == (number in expected), (name, state)
            counted[number in expected] += 1
    assert min(counted) > 5


def test_other_names_and_another_order_change_nothing() -> None:
    """The same states hold, and the same changes of belief do the same to the same decision makers.

    Without merged states: what a random viewpoint says need not be alike in all of their members, as a file's must be.
    """
    told = 0
    for name, conflict in random_models(30, "shuffled", replace(SHAPE, merged=0.0)):
        found = found_in(name, conflict)
        turned = shuffled(conflict, Random(name))
        old, new = found.game.space, StateSpace(turned.conflict)
        states, parties = turned.states(old, new), turned.decision_makers
        game = Hypergame(new, {parties[dm]: key for dm, key in found.game.profile.items()}, holders(turned.conflict))
        other = at_state(game, states[found.state])
        for mine, theirs in ((found.holds, other.holds), (found.missed, other.missed), (found.better, other.better)):
            assert {states[one] for one in mine.each()} == set(theirs.each()), name
        assert sorted((parties[e.dm], str(e.to), e.breaks, e.binds, e.own, e.lost.count, e.gained.count) for e in found.whole) == sorted(
            (e.dm, str(e.to), e.breaks, e.binds, e.own, e.lost.count, e.gained.count) for e in other.whole
        ), name
        assert sorted((parties[c.before.dm], len(c.made)) for c in found.sets) == sorted((c.before.dm, len(c.made)) for c in other.sets), (
            name
        )
        told += len(found.whole)
    assert told > 5


# -- one common game is no hypergame -----------------------------------------------------------------------------------
def test_a_common_game_without_unperceived_moves_has_phantom_equilibria() -> None:
    """A would gain by x; B would answer with y, which A does not know of.  So A leaves, and only in a common game is A held by y."""
    a = DecisionMaker("A", "A", wants(Not(Y), X))
    b = DecisionMaker("B", "B", wants(If(Y, X), Not(Y)))
    seen = Viewpoint("v", "as A has it", held_by=("A",), unperceived_options=("y",))
    options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    conflict = Conflict("phantom", (a, b), options, status_quo=frozenset(), viewpoints=(seen,))
    common = replace(conflict, decision_makers=(replace(a, unperceived=Y), b), viewpoints=())
    for key in ("GMR", "SMR", "SEQ", "SSEQ"):
        game = Hypergame(StateSpace(conflict), {"A": key, "B": key}, holders(conflict))
        together = Hypergame(StateSpace(common), {"A": key, "B": key}, holders(common))
        assert not game.holds.contains(0), key
        assert together.holds.contains(0), key
        assert [w.dm for w in game.as_seen(0).witnesses if not is_staying(w)] == ["A"]
