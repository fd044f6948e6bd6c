"""Conclusions for each set of fronts, against the second statement asked about every narrower conflict; and which sets are enough."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.fronts.compare import MAX_ALL, compare_fronts, conditions_apart
from detente.analysis.fronts.found import Asked, Compared, Value
from detente.analysis.fronts.headline import LISTED
from detente.errors import ConflictError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Formula, If, Not, Taken
from detente.model.front import Front
from detente.model.narrowed import leave_out
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.testing.models import Shape, random_conflict, random_formula
from detente.testing.transform import shuffled
from tests.conformance.seeds import fresh
from tests.definitions import deadlock
from tests.definitions.adapter import meets
from tests.definitions.bargain import better_for_all
from tests.definitions.behaviour import everybody, holds
from tests.definitions.minimal import minimal_sets, subsets
from tests.unlock.dropping import corrections, emptying, red_lines, rules
from tests.unlock.ground import Ground

SHAPE = Shape(most_decision_makers=4, most_options=5, most_states=16, red_lines=0.5, merged=0.0, kinds=("prefers", "weights"))
CONCEPTS = ("Nash", "GMR", "SEQ")


def fronted(rng: Random) -> Conflict:
    """A random conflict with a status quo, and up to three fronts that leave something of it."""
    while True:
        conflict = random_conflict(rng, SHAPE)
        options = rng.sample([option.key for option in conflict.options], len(conflict.options))
        parties = rng.sample([dm.key for dm in conflict.decision_makers], len(conflict.decision_makers))
        count = rng.randint(1, 3)
        fronts = tuple(
            Front(f"F{n}", f"front {n}", tuple(options[n : n + 1]), tuple(parties[n : n + 1][: rng.randint(0, 1)])) for n in range(count)
        )
        ground = Ground(conflict)
        stuck = [s for s in ground.model.numbers if holds(ground.model, everybody(ground.model, "SEQ"), s)]
        quo = conflict.taken(ground.state(rng.choice(stuck or ground.model.numbers)))
        try:
            made = replace(conflict, status_quo=quo, fronts=tuple(front for front in fronts if front.options or front.decision_makers))
        except ConflictError:  # they leave nothing
            continue
        return made


def naive(wide: Conflict, kept: frozenset[str], wheres: tuple[Formula, ...]) -> dict[Asked, Value]:
    """The conclusions on a narrower conflict, by the second statement."""
    narrowed = leave_out(wide, [front.key for front in wide.fronts if front.key not in kept])
    ground = Ground(narrowed.conflict)
    model, quo = ground.model, narrowed.conflict.status_quo
    assert quo is not None
    s = ground.number(narrowed.conflict.combination(quo))
    profile = everybody(model, "SEQ")
    found: dict[Asked, Value] = {Asked("holds", key): holds(model, everybody(model, key), s) for key in CONCEPTS}
    gains = better_for_all(model, s)
    if not holds(model, profile, s):
        found[Asked("type")] = "-"
    else:
        dropped = not gains and bool(corrections(ground, s))
        found[Asked("type")] = next(iter(deadlock.types(model, profile, s, bargain_if_dropped=dropped)), "")
    for where in (None, *wheres):
        met = {x for x in gains if where is None or meets(where)(model.state(x).combination)}
        found[Asked("gain", where=where)] = bool(met)
        found[Asked("kept gain", where=where)] = any(holds(model, profile, x) for x in met)
        sets = set() if met else emptying(ground, s, red_lines(narrowed.conflict), *(() if where is None else (where,)))
        placed = (tuple(sorted((dm, narrowed.red_lines[dm, n]) for dm, n in elements)) for elements in sets if elements)
        found[Asked("red lines", where=where)] = frozenset(placed)
    return found


def small_enough(wide: Conflict) -> bool:
    return len(red_lines(wide)) + len(rules(wide)) <= 5


def check_sets(found: Compared, expected: dict[frozenset[str], dict[Asked, Value]]) -> None:
    """The smallest sets that are enough, and the fronts that change a conclusion alone, by trying every set."""
    whole = expected[found.whole.fronts]
    smallest = minimal_sets(found.whole.fronts, lambda kept: expected[kept] == whole)
    assert {one.fronts for one in found.enough()} == smallest
    for asked in found.asked:
        alone = [f.key for f in found.conflict.fronts if expected[found.whole.fronts - {f.key}][asked] != whole[asked]]
        assert list(found.needed(asked)) == alone


@pytest.mark.parametrize("list_up_to", [LISTED, 0], ids=["listed", "sought"])
@pytest.mark.parametrize("part", range(2))
def test_every_conclusion_for_every_set_of_fronts(part: int, list_up_to: int) -> None:
    rng, compared, changed = Random(f"{fresh()} fronts {part}"), 0, 0
    while compared < 25 or changed < 4:  # by chance few of a run's conflicts have a front that matters
        wide = fronted(rng)
        if not small_enough(wide):
            continue
        wheres = conditions_apart(wide, [random_formula(rng, [option.key for option in wide.options], 1)])
        profile = {dm.key: "SEQ" for dm in wide.decision_makers}
        found = compare_fronts(wide, profile, wheres=wheres, concepts=CONCEPTS, list_up_to=list_up_to)
        assert [one.fronts for one in found.sets] == subsets([front.key for front in wide.fronts])
        expected = {one.fronts: naive(wide, one.fronts, wheres) for one in found.sets}
        for one in found.sets:
            known = {asked: value for asked, value in one.answers.items() if value is not None}
            assert known == {asked: expected[one.fronts][asked] for asked in known}, (one.fronts, wide)
            left = set(one.answers) - set(known)
            assert not left if list_up_to else {asked.kind for asked in left} <= {"type"}  # of large ones a type may stay open
            assert one.headline is not None
            for claim in one.headline.claims:
                assert refusal(one.headline.space, claim) is None, claim
        if any(one.answers[Asked("type")] is None for one in found.sets):
            continue
        check_sets(found, expected)
        whole = expected[found.whole.fronts]
        compared, changed = compared + 1, changed + any(value != whole for value in expected.values())


def three_fronts(*, linked: bool) -> Conflict:
    """A dam and two other quarrels; where they are linked, the city pays only as long as the strike goes on."""
    wants: dict[str, list[Formula]] = {
        "Upstream": [Taken("Pay"), Not(Taken("Release"))],
        "City": [Taken("Release"), If(Not(Taken("Pay")), Taken("Strike")) if linked else Not(Taken("Pay"))],
        "Union": [Taken("Strike")],
        "Press": [Taken("Report")],
    }
    parties = tuple(
        DecisionMaker(key, key, OptionPrioritization(tuple(Statement(when) for when in ordered))) for key, ordered in wants.items()
    )
    owned = {"Release": "Upstream", "Pay": "City", "Strike": "Union", "Report": "Press"}
    options = tuple(Option(key, key.lower(), (owner,)) for key, owner in owned.items())
    fronts = (Front("Works", "the works", (), ("Union",)), Front("Papers", "the papers", (), ("Press",)))
    return Conflict("dam", parties, options, status_quo=frozenset({"Strike", "Report"}), fronts=fronts)


def compared_dam(*, linked: bool) -> Compared:
    wide = three_fronts(linked=linked)
    return compare_fronts(wide, {dm.key: "SEQ" for dm in wide.decision_makers}, wheres=(Taken("Release"),))


def test_a_front_that_touches_nothing_still_has_somebody_to_ask() -> None:
    """Nobody else stays or leaves for it; but with it in the model, better for everybody has to be better for its people too."""
    found = compared_dam(linked=False)
    holds_under = [one for one in found.asked if one.kind == "holds"]
    assert all(found.same(one, *holds_under) for one in found.sets)
    gain = Asked("gain")
    assert {tuple(sorted(one.fronts)): one.answers[gain] for one in found.sets} == {
        (): True,
        ("Papers",): False,
        ("Works",): False,
        ("Papers", "Works"): False,
    }
    assert found.needed(gain) == ()
    assert [sorted(one.fronts) for one in found.enough(gain)] == [["Works"], ["Papers"]]


def test_what_is_not_settled_is_told_apart_from_what_differs() -> None:
    wide = three_fronts(linked=True)
    found = compare_fronts(wide, {dm.key: "SEQ" for dm in wide.decision_makers}, seconds=0.0)
    assert {one.reason for one in found.sets} == {"time"}
    assert found.settled == ()
    assert all(found.same(one) is None for one in found.sets)
    assert found.enough() == ()


def test_of_many_fronts_only_some_sets_are_looked_at() -> None:
    keys = [f"o{n}" for n in range(MAX_ALL + 2)]
    one = Conflict(
        "one", (DecisionMaker("A", "A"),), tuple(Option(key, key, ("A",)) for key in keys), status_quo=frozenset(),
        fronts=tuple(Front(key, key, (key,)) for key in keys[1:]),
    )  # fmt: skip
    found = compare_fronts(one, {"A": "SEQ"}, concepts=("SEQ",))
    assert not found.every
    assert {len(each.fronts) for each in found.sets} == {0, 1, MAX_ALL, MAX_ALL + 1}
    assert all(found.same(each) for each in found.sets)


def test_under_other_names_and_in_another_order_the_same_sets_are_enough() -> None:
    rng = Random(f"{fresh()} neutral")
    for _ in range(15):
        wide = fronted(rng)
        turned = shuffled(wide, rng)
        found, other = (compare_fronts(c, {dm.key: "SEQ" for dm in c.decision_makers}, concepts=CONCEPTS) for c in (wide, turned.conflict))
        assert [one.fronts for one in found.enough()] == [one.fronts for one in other.enough()]
        for one, same in zip(found.sets, other.sets, strict=True):
            for asked, value in one.answers.items():
                if isinstance(value, frozenset):
                    value = frozenset(tuple(sorted((turned.decision_makers[str(dm)], n) for dm, n in elements)) for elements in value)
                assert same.answers[asked] == value, asked
