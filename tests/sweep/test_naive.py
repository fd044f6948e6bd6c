"""Sweeps against a second statement on the text of files: completions, exact shares, cases that part them, intervals that cover."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod, sqrt
from random import Random

import numpy as np
import pytest

from detente import io
from detente.analysis.stability import analyse
from detente.analysis.sweep import sweeping
from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.counting import count_over
from detente.analysis.sweep.draw import drawn
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.rechecked import recheck
from detente.analysis.sweep.sweeping import sweep
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.errors import Cannot, ConflictError
from detente.model.completed import completed
from detente.model.conflict import Conflict
from detente.model.formula import Not
from detente.model.pairs import PairStatement
from detente.space.states import StateSpace
from detente.testing.beliefs import with_viewpoints
from detente.testing.guesses import with_guesses
from detente.testing.models import Shape, random_conflict, random_formula
from detente.testing.transform import shuffled
from tests.conformance.seeds import FIXED, fresh
from tests.sweep import naive
from tests.sweep.naive import Asked

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.3, kinds=("prefers", "prefers", "weights"), one_way=0.1)
KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")
MOST = 48
"""Most completions of a random conflict."""


@dataclass(frozen=True)
class Problem:
    """A conflict with guesses, who behaves how, and what is asked."""

    name: str
    conflict: Conflict
    profile: Mapping[str, str]
    asked: tuple[Asked, ...]

    @property
    def subjects(self) -> dict[Asked, Subject]:
        """What is asked, in the program's words."""
        made = {}
        for kind, of in self.asked:
            made[kind, of] = Subject(kind, of or None) if kind == "holds" else Subject(kind, dm=of or None)
        return made


def problems(count: int, seed: object) -> Iterator[Problem]:
    """So many random conflicts that a file can hold, with guesses of every kind."""
    made = number = 0
    while made < count:
        name, number = f"{seed} {number}", number + 1
        rng = Random(name)
        conflict = random_conflict(rng, SHAPE)
        if conflict.status_quo is None:
            continue
        conflict = replace(conflict, decision_makers=tuple(replace(dm, pairs=pairs(rng, conflict)) for dm in conflict.decision_makers))
        conflict = with_viewpoints(rng, conflict) if rng.random() < 0.3 else conflict
        conflict = with_guesses(rng, conflict, 5, relations=True)
        if prod(len(guess.alternatives) for guess in conflict.guesses) not in range(4, MOST) or not is_readable(conflict):
            continue
        made += 1
        parties = [dm.key for dm in conflict.decision_makers]
        asked = (("holds", ""), ("holds", rng.choice(KEYS)), ("stays", rng.choice(parties)), ("gain", ""))
        yield Problem(name, conflict, {dm: rng.choice(KEYS) for dm in parties}, tuple(dict.fromkeys(asked)))


def pairs(rng: Random, conflict: Conflict) -> tuple[PairStatement, ...]:
    """Up to two comparisons that are not known."""
    options = [option.key for option in conflict.options]
    drawn_ = [random_formula(rng, options) for _ in range(rng.choice((0, 0, 1, 2)))]
    return tuple(PairStatement("unknown", of, rng.choice([Not(of), random_formula(rng, options)])) for of in drawn_)


def is_readable(conflict: Conflict) -> bool:
    """Whether a file can hold the conflict: what a merged state leaves open it can't."""
    try:
        return io.loads(io.dumps(conflict)).conflict == conflict
    except ConflictError:
        return False


def check(problem: Problem, seen: Counter[str]) -> None:
    """Hold the shares, and the value in each completion, against the second statement."""
    tables = naive.values(problem.conflict, problem.profile, problem.asked)
    data = naive.file_of(problem.conflict)
    found = sweep(problem.conflict, problem.profile, list(problem.subjects.values()), seconds=None)
    for asked, subject in problem.subjects.items():
        tally = next(tally for tally in found.tallies if tally.subject == subject)
        assert tally.is_exact
        assert tally.covered == len(tables[asked]), problem.name
        assert tally.counts == Counter(tables[asked].values()), (problem.name, asked)
        assert tally.shares == naive.shares(data, tables[asked]), (problem.name, asked)
        seen["split"] += len(set(tables[asked].values())) > 1
    seen.update(guess.kind for guess in problem.conflict.guesses)
    seen["compared"] += len(problem.subjects)


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_shares_are_those_of_the_list_of_all_completions(seed: int) -> None:
    seen = Counter[str]()
    for problem in problems(25, f"naive {seed}"):
        check(problem, seen)
    assert seen["split"] > 5
    assert all(seen[kind] > 0 for kind in ("order", "statement", "rule", "direction"))


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_shares_are_those_of_the_list_of_all_completions_often(part: int) -> None:
    """A thousand problems in all."""
    seen = Counter[str]()
    for problem in problems(100, f"naive often {part} {fresh()}"):
        check(problem, seen)
    assert seen["compared"] > 300
    assert seen["split"] > 30
    assert all(seen[kind] > 0 for kind in ("order", "statement", "red line", "relation", "rule", "direction", "viewpoint"))


def test_a_completion_is_the_file_with_its_guesses_settled() -> None:
    """What the program makes of a completion is what the edited file says, to the last statement."""
    looked = Counter[str]()
    for problem in problems(25, f"completion {fresh()}"):
        conflict, data = problem.conflict, naive.file_of(problem.conflict)
        keys = [guess.key for guess in conflict.guesses]
        for row in naive.rows(data):
            made = completed(conflict, dict(zip(keys, row, strict=True)))
            read = io.loads(json.dumps(naive.settled(data, row))).conflict
            if any("unperceived" in str(view) for view in data.get("viewpoints", {}).values()):  # one condition, written in two ways
                assert StateSpace(made).states.count == StateSpace(read).states.count
                continue
            assert replace(made, viewpoint=read.viewpoint, evidence=read.evidence) == read, (problem.name, row)
            looked["alike"] += 1
    assert looked["alike"] > 100


def test_decided_comparisons_count_as_certain_ones_do_under_the_fuzzy_reading() -> None:
    """With a threshold of 1, by the engine for single states, of each completion; and as written the order alone counts."""
    looked = differ = 0
    for problem in problems(150, f"relations {fresh()}"):
        if not any(guess.kind == "relation" for guess in problem.conflict.guesses):
            continue
        conflict = replace(problem.conflict, guesses=tuple(g for g in problem.conflict.guesses if g.kind == "relation"))
        keys = [guess.key for guess in conflict.guesses]
        parties = [dm.key for dm in conflict.decision_makers]
        subjects = [Subject("stays", key, dm) for key in ("Nash", "GMR", "SMR", "SEQ", "SSEQ") for dm in parties]
        opened = Open(conflict)
        plays = [Play(frame) for frame in opened.frames()]
        counted = {one: count_over(opened, [Question(one, play, dict.fromkeys(parties, "SEQ")) for play in plays]) for one in subjects}
        for row in product(*(range(len(guess.alternatives)) for guess in conflict.guesses)):
            space = StateSpace(completed(conflict, dict(zip(keys, row, strict=True))))
            if space.status_quo is None:
                continue
            for one in subjects:
                assert one.concept is not None
                assert one.dm is not None
                name = f"{one.concept}:fuzzy@1"
                table = analyse(space, [concept(name), concept(one.concept)], SingleEngine(space))
                expected = space.status_quo in table.stable[name][one.dm]
                assert counted[one].value(row) == expected, (problem.name, row, one)
                differ += expected != (space.status_quo in table.stable[one.concept][one.dm])
                looked += 1
    assert looked > 200
    assert differ > 0


def test_analyses_of_single_completions_leave_comparisons_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """They go by the order, so that completions in which a guess decides a comparison are not analysed again, or refused."""
    checked = 0
    for problem in problems(60, f"again {fresh()}"):
        places = [place for place, guess in enumerate(problem.conflict.guesses) if guess.kind == "relation"]
        if not places:
            continue
        found = sweep(problem.conflict, problem.profile, list(problem.subjects.values()), seconds=None)
        again = recheck(found, 10)
        assert again.differences == (), problem.name
        assert again.agrees
        checked += 1
        with monkeypatch.context() as patched:
            patched.setattr(sweeping, "_DRAWN", set[str]())
            with pytest.raises(Cannot) as caught:
                sweep(problem.conflict, problem.profile, [Subject("holds")], draws=60, most=0, seconds=None)
            assert [d.code for d in caught.value.diagnostics] == ["S354"]
        if checked == 5:
            return
    raise AssertionError(checked)


def test_shares_do_not_hang_on_names_or_on_the_order_of_decision_makers_and_options() -> None:
    compared = 0
    for problem in problems(10, f"neutral {fresh()}"):
        turned = shuffled(problem.conflict, Random(problem.name))
        profile = {turned.decision_makers[dm]: key for dm, key in problem.profile.items()}
        subjects = [replace(one, dm=one.dm and turned.decision_makers[one.dm]) for one in problem.subjects.values()]
        found = sweep(problem.conflict, problem.profile, list(problem.subjects.values()), seconds=None)
        again = sweep(turned.conflict, {dm.key: profile[dm.key] for dm in turned.conflict.decision_makers}, subjects, seconds=None)
        for one, other in zip(problem.subjects.values(), subjects, strict=True):
            assert found.of(one).shares == again.of(other).shares, problem.name
            compared += 1
    assert compared >= 30


def test_cases_part_the_completions() -> None:
    """Every combination of orders is in one case and in no other, with the value of that case; their masses make up all completions."""
    cases = 0
    for problem in problems(12, f"cases {fresh()}"):
        opened = Open(problem.conflict)
        plays = [Play(frame) for frame in opened.frames()]
        for subject in problem.subjects.values():
            questions = [Question(subject, play, problem.profile) for play in plays]
            spread = count_over(opened, questions)
            assert sum(spread.amounts().values()) == opened.count
            for question in questions:
                leaves = list(question.tree.leaves())
                cases += len(leaves)
                sizes = {dm: orders.count for dm, orders in question.orders.items()}
                for numbers in product(*map(range, sizes.values())):
                    row = dict(zip(sizes, numbers, strict=True))
                    inside = [leaf for leaf in leaves if all(number in leaf.within[dm] for dm, number in row.items())]
                    assert len(inside) == 1, problem.name
                    assert inside[0].value == question.tree.value(row)
    assert cases > 60


def test_intervals_of_drawn_shares_cover_at_the_rate_that_is_stated() -> None:
    """For one conclusion with a known share, many small samples: intervals cover it as often as is stated, and are no wider than needed."""
    covered = narrow = trials = 0
    for problem in problems(40, f"cover {FIXED}"):
        exact = sweep(problem.conflict, problem.profile, [Subject("holds")], seconds=None).tallies[0]
        share = exact.shares.get(True, Fraction(0))
        if not Fraction(1, 10) < share < Fraction(9, 10):
            continue
        for seed in range(30):
            drawn_ = sweep(problem.conflict, problem.profile, [Subject("holds")], draws=100, most=0, seconds=None, seed=seed, level=0.8)
            tally = drawn_.tallies[0]
            assert not tally.is_exact
            covered += all(each in tally.intervals[value] for value, each in exact.shares.items() if value in tally.intervals)
            widest = max(one.high - one.low for one in tally.intervals.values())
            narrow += widest < 6 * sqrt(float(share * (1 - share)) / 100)
            trials += 1
        if trials >= 120:
            break
    assert trials >= 120
    assert covered >= 0.8 * trials - 4 * sqrt(0.16 * trials)
    assert narrow == trials


def test_draws_are_of_all_completions_by_their_weights() -> None:
    """Each alternative of each guess comes up as often as its weight says, in 20,000 draws; five times the standard error is let pass."""
    compared = 0
    for problem in problems(10, f"draws {FIXED}"):
        numbers = drawn(problem.conflict.guesses, 7, 0, 20_000)
        for column, guess in enumerate(problem.conflict.guesses):
            for number, share in enumerate(guess.weights):
                hits = int(np.count_nonzero(numbers[:, column] == number))
                assert abs(hits - 20_000 * share) < 5 * sqrt(20_000 * float(share * (1 - share))) + 1, (problem.name, guess.key)
                compared += 1
    assert compared > 40
