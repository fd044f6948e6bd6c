"""What is certain about comparisons: against every completion, listed one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from detente.errors import LimitError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import TRUE, And, Not, Taken
from detente.model.pairs import PairStatement
from detente.preference import known as module
from detente.preference.known import Known, Supposed, known
from detente.preference.pairs import Pairs
from detente.space.states import StateSpace

from .models import completions, levels_of, ranks_of, unknown_conflict, weak_orders


def test_every_weak_order_is_listed() -> None:
    """The ordered Bell numbers."""
    assert [len(weak_orders(n)) for n in range(6)] == [1, 1, 3, 13, 75, 541]


def test_what_is_certain_holds_in_every_completion_and_what_is_open_in_some() -> None:
    """Forced comparisons, and the completions in which a state stands as high and as low as it can."""
    seen: Counter[str] = Counter()
    for seed in range(300):
        space = StateSpace(unknown_conflict(seed))
        states = space.states.first(space.states.count)
        for dm in space.masks:
            found, every = Known(space, dm), list(completions(space, dm))
            assert every, "the order itself is one"
            for s in states:
                for t in states:
                    no_worse = all(levels[s] <= levels[t] for levels in every)
                    better = all(levels[s] < levels[t] for levels in every)
                    assert found.certainly_no_worse(s, t) == no_worse, (seed, dm, s, t)
                    assert found.certainly_better(s, t) == better, (seed, dm, s, t)
                    open_pair = not better and any(levels[s] < levels[t] for levels in every)
                    assert found.is_open(s, t) == open_pair
                    seen["open" if open_pair else "forced" if found.is_unknown(s, t) else "known"] += 1
    assert all(seen[kind] > least for kind, least in (("open", 300), ("known", 1000), ("forced", 60))), seen


def test_completions_are_told_from_other_orders() -> None:
    """`completes` accepts just the weak orders that are completions, and nothing that is no order of the states."""
    taken = left = 0
    for seed in range(120):
        space = StateSpace(unknown_conflict(seed))
        states = space.states.first(space.states.count)
        for dm in space.masks:
            found, every = Known(space, dm), {levels_of(levels) for levels in completions(space, dm)}
            for levels in weak_orders(len(states)):
                tried = levels_of(dict(zip(states, levels, strict=True)))
                assert found.completes(tried) == (tried in every)
                taken, left = taken + (tried in every), left + (tried not in every)
            whole = found.completion()
            assert whole == levels_of({s: rank - 1 for s, rank in ranks_of(space, dm).items()}), "the order itself"
            assert found.completes(whole)
            assert not found.completes(whole[1:])
            assert not found.completes((*whole, whole[0]))
    assert min(taken, left) > 300, (taken, left)


def test_what_is_supposed_counts_as_known() -> None:
    """Suppositions leave just the completions that agree with them; None where no completion does."""
    seen: Counter[str] = Counter()
    for seed in range(200):
        rng, space = Random(seed), StateSpace(unknown_conflict(seed))
        states = space.states.first(space.states.count)
        for dm in space.masks:
            found, every = Known(space, dm), list(completions(space, dm))
            supposed: list[Supposed] = []
            for _ in range(4):
                s, t = rng.choice(states), rng.choice(states)
                supposed.append(Supposed(dm, s, t, rng.random() < 0.5))
                every = [levels for levels in every if (levels[s] < levels[t]) == supposed[-1].prefers]
                made = found.supposing(*supposed)
                assert (made is None) == (not every), (seed, dm, supposed)
                if made is None:
                    seen["none"] += 1
                    break
                seen["some"] += 1
                for a in states:
                    for b in states:
                        assert made.certainly_no_worse(a, b) == all(levels[a] <= levels[b] for levels in every)
                        assert made.certainly_better(a, b) == all(levels[a] < levels[b] for levels in every)
                levels = made.completion()
                place = {x: n for n, level in enumerate(levels) for x in level}
                assert place in every, (seed, dm, supposed, levels)
                assert found.completes(levels)
    assert min(seen["none"], seen["some"]) > 60, seen


def test_without_unknown_pairs_everything_is_known() -> None:
    """No pair is open, and the one completion is the order itself."""
    conflict = unknown_conflict(3)
    bare = StateSpace(replace(conflict, decision_makers=tuple(replace(dm, pairs=()) for dm in conflict.decision_makers)))
    for dm in bare.masks:
        found = known(bare, dm)
        assert found is known(bare, dm), "worked out once"
        assert len(list(completions(bare, dm))) == 1
        assert not any(found.is_open(s, t) for s in bare.states.each() for t in bare.states.each())


def test_too_many_states_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """S344, before anything is worked out."""
    monkeypatch.setattr(module, "MAX_COMPARED", 1)
    space = StateSpace(unknown_conflict(3))
    assert space.states.count > 1
    with pytest.raises(LimitError) as caught:
        Known(space, "A")
    assert caught.value.diagnostics[0].code == "S344"


def test_the_first_statement_that_covers_a_pair_counts() -> None:
    """Directed statements say nothing where both states could be either; an earlier one of the same kind goes before."""
    x, y = Taken("o0"), Taken("o1")
    pairs = (
        PairStatement("degree", And((x, y)), Not(x), (Fraction(2),)),
        PairStatement("degree", TRUE, TRUE, (Fraction(2),)),
        PairStatement("degree", x, Not(x), (Fraction(2),)),
        PairStatement("unknown", TRUE, TRUE),
    )
    one = DecisionMaker("A", "A", pairs=pairs)
    space = StateSpace(Conflict("one", (one,), (Option("o0", "x", ("A",)), Option("o1", "y", ("A",)))))
    found = Pairs(space, "A")

    def said(s: int, t: int) -> tuple[int, bool] | None:
        covering = found.said("degree", s, t)
        return None if covering is None else (covering.place, covering.turned)

    assert said(3, 0) == (1, False)
    assert said(0, 3) == (1, True)
    assert said(1, 0) == (3, False)
    assert said(2, 1) == (3, True)
    assert said(3, 1) is None
    assert said(2, 0) is None
    assert said(3, 3) is None
    assert found.unknown(3, 1)
    assert found.unknown(2, 0)
    assert not found.unknown(2, 2)
