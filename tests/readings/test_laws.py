"""What implies what among readings, to what they come down at their crisp limits, and what is not implied."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from detente.concepts.reading import all_readings
from detente.concepts.readings.strength import Degrees
from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
from detente.model.formula import And, Formula, Not, Taken
from detente.model.pairs import PairStatement
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from tests.conformance.seeds import FIXED, fresh
from tests.readings.asked import FIVE, Asked, drawn, without

PROBABLE = {"Nash": "@{}", "GMR": "@{}/{}", "SMR": "@{}/{}", "SEQ": "@{}/{}/{}", "SSEQ": "@{}/{}/{}"}
GRADED = ("general", "strong", "level@1", "level@3", *(f"{x}-{how}" for x in "abcd" for how in ("general", "strong")), "fuzzy", "grey")
WITHIN = (("Nash", "SSEQ"), ("SSEQ", "SEQ"), ("SSEQ", "SMR"), ("SEQ", "GMR"), ("SMR", "GMR"))


def probable(key: str, *numbers: float) -> str:
    """A concept with the probabilistic reading, with as many numbers as it takes."""
    return f"{key}:probable" + PROBABLE[key].format(*numbers)


def implies(asked: Asked, stronger: str, weaker: str, name: str) -> int:
    """Check that what is stable under one is stable under another; how many verdicts that was."""
    assert asked.stable(stronger) <= asked.stable(weaker), (name, stronger, weaker, asked.stable(stronger) - asked.stable(weaker))
    return asked.space.states.count * len(asked.conflict.decision_makers)


def same(asked: Asked, one: str, other: str, name: str) -> int:
    """Check that the same is stable under both; how many verdicts that was."""
    assert asked.stable(one) == asked.stable(other), (name, one, other, asked.stable(one) ^ asked.stable(other))
    return asked.space.states.count * len(asked.conflict.decision_makers)


def implications(count: int, seed: object) -> int:
    """Every implication that a reading says, for each concept; levels in their order; and those among the concepts, for each reading."""
    checks = 0
    readings = {reading.key: reading for reading in all_readings()}
    plain = [reading for reading in readings.values() if not reading.parameters]
    for name, asked in drawn(count, seed):
        for reading in plain:
            for weaker in reading.implies:
                both = [key for key in FIVE if key in reading.concepts and key in readings[weaker].concepts]
                checks += sum(implies(asked, f"{key}:{reading.key}", f"{key}:{weaker}", name) for key in both)
        for key in FIVE:
            checks += sum(implies(asked, f"{key}:level@{k + 1}", f"{key}:level@{k}", name) for k in range(3))
        for graded in GRADED:
            checks += sum(implies(asked, f"{one}:{graded}", f"{other}:{graded}", name) for one, other in WITHIN)
        numbers = (0.7, 0.8, 0.4)
        checks += sum(implies(asked, probable(one, *numbers), probable(other, *numbers), name) for one, other in WITHIN)
    return checks


def test_implications() -> None:
    assert implications(12, f"{fresh()} implied") > 2_000


@pytest.mark.long
def test_implications_in_many_conflicts() -> None:
    assert implications(600, f"{fresh()} implied in many") > 200_000


def reductions(count: int, seed: object) -> int:
    """Each reading where nothing of its kind is said; what is left is the plain concept."""
    checks = 0
    for name, asked in drawn(count, f"{seed} degree", without("degree")):
        for key in FIVE:
            checks += same(asked, f"{key}:general", key, name) + same(asked, f"{key}:level@0", key, name)
            checks += sum(same(asked, f"{key}:{x}-general", f"{key}:{x}", name) for x in "abcd")
    for name, asked in drawn(count, f"{seed} unknown", without("unknown")):
        for key in FIVE:
            checks += sum(same(asked, f"{key}:{x}", key, name) for x in "abcd")
            checks += sum(same(asked, f"{key}:{x}-strong", f"{key}:strong", name) for x in "abcd")
            checks += sum(same(asked, f"{key}:{x}-general", f"{key}:general", name) for x in "abcd")
        checks += sum(same(asked, f"{key}:{x}", key, name) for key in ("Nash", "GMR", "SMR") for x in ("necessary", "possible"))
    for name, asked in drawn(count, f"{seed} certainty", without("certainty")):
        checks += sum(same(asked, f"{key}:fuzzy{gamma}", key, name) for key in FIVE for gamma in ("", "@0.01", "@1"))
    for name, asked in drawn(count, f"{seed} grey", without("grey")):
        checks += sum(same(asked, f"{key}:grey{gamma}", key, name) for key in FIVE for gamma in ("", "@0.01", "@1"))
    for name, asked in drawn(count, f"{seed} probability", without("probability")):
        limits = ((1, 1, 0), (0.1, 0.1, 0.9), (0.5, 1, 0.3))
        checks += sum(same(asked, probable(key, *numbers), key, name) for key in FIVE for numbers in limits)
    return checks


def test_reductions() -> None:
    assert reductions(10, f"{fresh()} reduced") > 3_000


@pytest.mark.long
def test_reductions_in_many_conflicts() -> None:
    assert reductions(300, f"{fresh()} reduced in many") > 200_000


def crisp(conflict: Conflict, kind: str, asked: Asked) -> Conflict:
    """The same conflict, with each strict comparison said by statements about pairs of one kind as the order has it, to the last degree."""
    space, index = asked.space, {option.key: n for n, option in enumerate(conflict.options)}
    parties = []
    for dm in conflict.decision_makers:
        order, pairs = asked.engine.orders[dm.key], []
        for state in space.states.each():
            for other in space.states.each():
                if order.prefers(state, other):
                    values = (Fraction(1), Fraction(1)) if kind == "grey" else (Fraction(1),)
                    pairs.append(PairStatement(kind, _only(index, state), _only(index, other), values))
        parties.append(replace(dm, pairs=tuple(pairs), thresholds=()))
    return replace(conflict, decision_makers=tuple(parties))


def _only(index: dict[str, int], state: int) -> Formula:
    """The condition that a combination alone meets."""
    return And(tuple(Taken(key) if state >> bit & 1 else Not(Taken(key)) for key, bit in index.items()))


@pytest.mark.parametrize(
    ("kind", "reading"), [("certainty", "fuzzy@0.6"), ("grey", "grey@0.6"), ("degree", "general"), ("probability", "")]
)
def test_what_is_said_to_be_certain_is_as_the_order_has_it(kind: str, reading: str) -> None:
    checks = 0
    for name, asked in drawn(30, f"{fresh()} crisp", ("unknown",)):
        read = Asked(crisp(asked.conflict, kind, asked))
        for key in FIVE:
            written = f"{key}:{reading}" if reading else probable(key, 0.5, 0.5, 0.5)
            assert read.stable(written) == asked.stable(key), (name, written)
            checks += asked.space.states.count
    assert checks > 60


def test_grey_certainties_without_width_are_fuzzy_ones() -> None:
    checks = 0
    for name, asked in drawn(30, f"{fresh()} width", ("certainty",)):
        parties = [
            replace(dm, pairs=tuple(replace(pair, kind="grey", values=pair.values * 2) for pair in dm.pairs))
            for dm in asked.conflict.decision_makers
        ]
        grey = Asked(replace(asked.conflict, decision_makers=tuple(parties)))
        for key in FIVE:
            assert grey.stable(f"{key}:grey@0.3") == asked.stable(f"{key}:fuzzy@0.3"), (name, key)
            checks += asked.space.states.count
    assert checks > 120


def test_numbers_make_it_harder_or_easier_one_way() -> None:
    """More alpha, beta or gamma: less is stable. A greater threshold: more is, but for concepts whose answers must be credible."""
    checks = 0
    for name, asked in drawn(30, f"{fresh()} one way", ("probability", "certainty")):
        for key in FIVE:
            for less, more in (((0.4, 0.5, 0.3), (0.8, 0.5, 0.3)), ((0.4, 0.3, 0.3), (0.4, 0.9, 0.3)), ((0.4, 0.5, 0.2), (0.4, 0.5, 0.7))):
                checks += implies(asked, probable(key, *more), probable(key, *less), name)
        checks += sum(implies(asked, f"{key}:fuzzy@0.2", f"{key}:fuzzy@0.8", name) for key in ("Nash", "GMR", "SMR"))
    assert checks > 1_000


NOT_IMPLIED = [
    *((f"{key}:general", f"{key}:strong") for key in ("GMR", "SMR", "SEQ", "SSEQ")),
    *((f"{key}:level@2", f"{key}:level@3") for key in ("GMR", "SMR", "SEQ", "SSEQ")),
    *((f"{one}:strong", f"{other}:strong") for one, other in (("SMR", "SEQ"), ("SEQ", "SMR"), ("GMR", "SMR"), ("GMR", "SEQ"))),
    *((f"{key}:{x}-{how}", f"{key}:{y}-{how}") for key in ("GMR", "SMR", "SEQ") for x, y in ("bc", "cb") for how in ("general", "strong")),
    *((f"{key}:d-strong", f"{key}:{x}-strong") for key in ("GMR", "SMR", "SEQ") for x in "bc"),
    ("Nash:b-general", "Nash:c-general"),
    *((f"{key}:{reading}", key) for key in FIVE for reading in ("fuzzy@0.5", "grey@0.5", "general")),
    *((key, f"{key}:{reading}") for key in FIVE for reading in ("fuzzy@0.5", "grey@0.5", "general")),
    *((probable(key, 0.5, 0.5, 0.5), key) for key in FIVE),
    *((key, probable(key, 0.5, 0.5, 0.5)) for key in FIVE),
    *((f"{key}:fuzzy@0.8", f"{key}:fuzzy@0.2") for key in FIVE),
    *((f"{key}:fuzzy@0.2", f"{key}:fuzzy@0.8") for key in ("SEQ", "SSEQ")),
    ("SMR:fuzzy@0.5", "SEQ:fuzzy@0.5"),
    ("SEQ:fuzzy@0.5", "SMR:fuzzy@0.5"),
    (probable("SMR", 0.5, 0.5), probable("SEQ", 0.5, 0.5, 0.5)),
    (probable("SEQ", 0.5, 0.5, 0.5), probable("SMR", 0.5, 0.5)),
]
"""What does not imply what: a state that is stable under the first and not under the second is found."""


def test_what_is_not_implied_is_met() -> None:
    missing = set(NOT_IMPLIED)
    for _, asked in drawn(3_000, f"{FIXED} not implied"):
        missing -= {(one, other) for one, other in missing if asked.stable(one) - asked.stable(other)}
        if not missing:
            break
    assert not missing


def test_a_return_to_where_it_began_is_no_strong_sanction() -> None:
    """It is worse by no degree; so strong and general stability differ even where each preference is of degree 2."""
    x = Taken("x")
    parties = [DecisionMaker(key, key, OptionPrioritization((Statement(when, degree=2),))) for key, when in (("A", x), ("B", Not(x)))]
    asked = Asked(Conflict("shared", tuple(parties), (Option("x", "x", ("A", "B")),)))
    assert ("A", 0) in asked.stable("SEQ:general") & asked.stable("SEQ")
    assert ("A", 0) not in asked.stable("SEQ:strong")


def test_a_red_line_counts_by_the_greatest_degree() -> None:
    degrees = {}
    for given in (None, 3):
        wants = OptionPrioritization((Statement(Taken("x"), degree=given),))
        one = DecisionMaker("A", "A", wants, red_lines=(RedLine(Taken("y")),))
        space = StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
        degrees[given] = [Degrees(space, "A").degree(state, 0) for state in (0, 1, 2, 3)]
    assert degrees == {None: [0, 1, -2, -2], 3: [0, 3, -3, -3]}
