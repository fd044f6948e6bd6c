"""What the clauses say of states, preferences and moves, held against the space and the orders on random conflicts."""

from __future__ import annotations

from random import Random

from detente.analysis.claims.joint import joint
from detente.engines.sat.encoding import Encoding
from detente.engines.sat.solver import Solver
from detente.preference.order import Order
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict

SHAPE = Shape(merged=0.0)


def test_conditions_preferences_and_moves() -> None:
    compared = 0
    for seed in range(120):
        rng = Random(f"encoding:{seed}")
        space = StateSpace(random_conflict(rng, SHAPE))
        encoding = Encoding(space, Solver())
        solve, one, two = encoding.solver.solve_under, encoding.copy(), encoding.copy()
        members = space.conflict.decision_makers
        group = rng.sample([dm.key for dm in members], rng.randint(1, len(members)))
        states = space.states.first(100)
        feasible, together = encoding.feasible(one), encoding.joint_move(group, one, two)
        for combination in range(space.conflict.combinations):
            assert solve([*encoding.is_state(one, combination), feasible]) == space.is_feasible(combination)
        for _ in range(6):
            a, b = rng.choice(states), rng.choice(states)
            here = [*encoding.is_state(one, a), *encoding.is_state(two, b)]
            if a != b:
                assert solve([*here, together]) == (joint(space, group, a, b) is not None)
            for dm in space.masks:
                order = Order(space, dm)
                prefers, tied = encoding.compare(dm, one, two)
                assert solve([*here, prefers]) == order.prefers(a, b), (seed, dm, a, b)
                assert solve([*here, tied]) == (order.key(a) == order.key(b))
                known = encoding.compare(dm, one, encoding.known(b))
                assert [solve([*here, literal]) for literal in known] == [order.prefers(a, b), order.key(a) == order.key(b)]
                assert solve([*here, encoding.no_worse(dm, one, encoding.known(b))]) == (not order.prefers(b, a))
                may = (a == b and space.perceives(dm, a)) or b in space.moves(dm, a)
                if a != b:
                    assert solve([*here, encoding.move(dm, one, two)]) == may, (seed, dm, a, b)
                assert solve([*here, encoding.move(dm, one, two, improving=True)]) == (may and order.prefers(b, a))
                compared += 1
    assert compared > 1_000


def test_moves_by_a_copy_that_shares_what_others_own() -> None:
    for seed in range(80):
        space = StateSpace(random_conflict(Random(f"shared:{seed}"), SHAPE))
        encoding = Encoding(space, Solver())
        one = encoding.copy()
        for dm, own in space.masks.items():
            two = encoding.changed(one, own)
            for state in space.states.first(8):
                found, differs = set(), encoding.differs(one, two)
                step = encoding.move(dm, one, two)
                blocked: list[int] = []
                gate = encoding.solver.new()
                while encoding.solver.solve_under([*encoding.is_state(one, state), step, differs, gate, *blocked]):
                    found.add(encoding.read(two))
                    encoding.solver.add(-gate, *(-x for x in encoding.is_state(two, encoding.read(two))))
                assert sorted(found) == list(space.moves(dm, state)), (seed, dm, state)
