"""Attitudes: the laws that are printed of them, on random conflicts; and small conflicts worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from detente.analysis.certificate import check
from detente.concepts.readings.attitudes import Attitudes
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.model.attitude import Attitude, Stance
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import FIXED, fresh

SHAPE = Shape(most_decision_makers=4, most_options=4, most_states=10, merged=0.3, shared=0.2)
MODELS = 100
PLAIN = ("Nash", "GMR", "SMR", "SEQ")


def strictly(conflict: Conflict, random: Random) -> Conflict:
    """The conflict with an order of all states without ties for everybody."""
    space = StateSpace(conflict)
    states = [conflict.taken(state) for state in space.states.each()]

    def ranking() -> StateRanking:
        return StateRanking(tuple((state,) for state in random.sample(states, len(states))))

    return replace(conflict, decision_makers=tuple(replace(dm, preference=ranking(), red_lines=()) for dm in conflict.decision_makers))


def with_attitudes(conflict: Conflict, random: Random) -> Conflict:
    """The conflict with any attitudes of everybody toward everybody; some are not said."""
    keys = [dm.key for dm in conflict.decision_makers]
    stances = list(Stance)
    parties = tuple(
        replace(dm, attitudes=tuple(Attitude(key, random.choice(stances)) for key in keys if random.random() < 0.7))
        for dm in conflict.decision_makers
    )
    return replace(conflict, decision_makers=parties)


def neutral(conflict: Conflict) -> Conflict:
    """The conflict with nobody minding what anybody wants, themselves included."""
    parties = tuple(
        replace(dm, attitudes=tuple(Attitude(other.key, Stance.NEUTRAL) for other in conflict.decision_makers))
        for dm in conflict.decision_makers
    )
    return replace(conflict, decision_makers=parties)


def conflicts(what: str) -> list[tuple[Random, Conflict]]:
    """Random conflicts, half of them the same in every run."""
    found = []
    for seed in (FIXED, fresh()):
        for number in range(MODELS):
            random = Random(f"{seed} {what} {number}")
            found.append((random, random_conflict(random, SHAPE)))
    return found


def stable(conflict: Conflict, key: str) -> dict[str, int]:
    """For each decision maker the stable states, as an integer."""
    engine = SingleEngine(StateSpace(conflict))
    return {dm: engine.stable(concept(key), dm).bits for dm in engine.decision_makers}


def test_with_discrete_attitudes_and_no_ties_nothing_changes() -> None:
    for random, drawn in conflicts("discrete"):
        conflict = strictly(drawn, random)
        for key in PLAIN:
            assert stable(conflict, f"{key}:attitudes") == stable(conflict, key), (key, conflict)


def test_with_ties_it_may() -> None:
    """A move that changes nothing for its mover is a total relational reply, so that discrete attitudes do not give Nash back."""
    tied = StateSpace(Conflict("tied", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    engine = SingleEngine(tied)
    assert engine.stable(concept("Nash"), "A").count == 2
    assert engine.stable(concept("Nash:attitudes"), "A").count == 0


def test_under_totally_neutral_attitudes_two_and_two_are_the_same() -> None:
    apart = 0
    for _, drawn in conflicts("neutral"):
        conflict = neutral(drawn)
        found = {key: stable(conflict, f"{key}:attitudes") for key in PLAIN}
        assert found["Nash"] == found["SMR"], conflict
        assert found["GMR"] == found["SEQ"], conflict
        apart += found["Nash"] != found["GMR"]
    assert apart > 0, "no conflict in which the two pairs differ: what the laws say was not met"


def test_implications_hold_under_any_attitudes() -> None:
    for random, drawn in conflicts("any"):
        conflict = with_attitudes(drawn, random)
        found = {key: stable(conflict, f"{key}:attitudes") for key in PLAIN}
        for stronger, weaker in (("Nash", "SMR"), ("SMR", "GMR"), ("Nash", "SEQ"), ("SEQ", "GMR")):
            for dm, states in found[stronger].items():
                assert not states & ~found[weaker][dm], (stronger, weaker, conflict)


def test_certificates_are_accepted() -> None:
    for random, drawn in conflicts("certificates")[:: MODELS // 20]:
        space = StateSpace(with_attitudes(drawn, random))
        engine = SingleEngine(space)
        for key in PLAIN:
            for dm in engine.decision_makers:
                for state in space.states.each():
                    assert check(space, engine.witness(concept(f"{key}:attitudes"), dm, state)) is None


def two(mine: tuple[Attitude, ...]) -> StateSpace:
    """A decides on x, which A dislikes a little and B wants; B decides on nothing."""
    a = DecisionMaker("A", "A", OptionWeighting((("x", -1),)), attitudes=mine)
    b = DecisionMaker("B", "B", OptionWeighting((("x", 1),)))
    return StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)),)))


def test_small_conflicts_by_hand() -> None:
    """0: x not taken (A's better state); 1: x taken (B's better state)."""
    selfish = SingleEngine(two(()))
    assert selfish.stable(concept("Nash:attitudes"), "A").first(2) == (0,)
    devoted = (Attitude("A", Stance.NEUTRAL), Attitude("B", Stance.POSITIVE))
    assert SingleEngine(two(devoted)).stable(concept("Nash:attitudes"), "A").first(2) == (1,)
    torn = (Attitude("B", Stance.POSITIVE),)
    assert SingleEngine(two(torn)).stable(concept("Nash:attitudes"), "A").first(2) == (0, 1)
    hostile = (Attitude("A", Stance.NEUTRAL), Attitude("B", Stance.NEGATIVE))
    assert SingleEngine(two(hostile)).stable(concept("Nash:attitudes"), "A").first(2) == (0,)


def test_it_says_toward_whom_what_holds() -> None:
    read = Attitudes(two((Attitude("B", Stance.NEGATIVE),)), "A")
    assert read.relations_toward(0, 1) == (("A", Stance.POSITIVE, True), ("B", Stance.NEGATIVE, True))
    assert read.relations_toward(1, 0) == (("A", Stance.POSITIVE, False), ("B", Stance.NEGATIVE, False))
    assert read.deterred(0, 0)
    assert not read.gains(0, 0)
