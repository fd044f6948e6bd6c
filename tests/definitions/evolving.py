"""How a conflict goes on by moves of movers drawn at random: the second statement, by equations over all states and by simulation.

An absorbing chain after Kemeny & Snell 1960, Finite Markov Chains, chapter 3 (standard; pages not checked).  The next move is made by one
of those who can go somewhere, in proportion to weights, and leads to each of their targets equally often.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from random import Random

from .plain import PlainModel

Row = Mapping[int, Fraction]


def targets(model: PlainModel, i: str, s: int, choice: str, moves: str) -> list[int]:
    """Where i goes from s: anywhere, to any improvement, or to an improvement to which i prefers none."""
    if moves == "any":
        return sorted(model.moves(i, s))
    better = model.improvements(i, s)
    if choice == "any":
        return sorted(better)
    return sorted(t for t in better if all(model.keys[i][t] >= model.keys[i][u] for u in better))


def chain(
    model: PlainModel, weights: Mapping[str, Fraction], choice: str = "any", moves: str = "improving", of_one: bool = False
) -> dict[int, Row]:
    """For every state the probability of each next one; a state that nobody leaves comes after itself.

    With `of_one` that of the most probable single mover who brings it about, instead of all of them together.
    """
    rows: dict[int, Row] = {}
    for s in model.numbers:
        acting = [i for i in model.decision_makers if weights[i] > 0 and targets(model, i, s, choice, moves)]
        total = sum((weights[i] for i in acting), Fraction(0))
        row = dict.fromkeys(model.numbers, Fraction(0))
        for i in acting:
            reached = targets(model, i, s, choice, moves)
            for t in reached:
                share = weights[i] / total / len(reached)
                row[t] = max(row[t], share) if of_one else row[t] + share
        if not acting:
            row[s] = Fraction(1)
        rows[s] = row
    return rows


def led_to(rows: Mapping[int, Row]) -> dict[int, set[int]]:
    """For every state those that the chain can lead to from it, itself included (Warshall's closure)."""
    found = {s: {s, *(t for t in rows if rows[s][t])} for s in rows}
    for middle, s in product(rows, rows):
        if middle in found[s]:
            found[s] |= found[middle]
    return found


def recurrent(rows: Mapping[int, Row]) -> set[frozenset[int]]:
    """The recurrent classes: states that lead back to one another and nowhere else."""
    reach = led_to(rows)
    return {frozenset(reach[s]) for s in rows if all(s in reach[t] for t in reach[s])}


def solved(matrix: list[list[Fraction]]) -> list[Fraction]:
    """The x of a square system of equations, whose last column is the right side, by elimination."""
    size = len(matrix)
    for i in range(size):
        pivot = next(k for k in range(i, size) if matrix[k][i] != 0)
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        matrix[i] = [value / matrix[i][i] for value in matrix[i]]
        for k in range(size):
            if k != i:
                matrix[k] = [a - matrix[k][i] * b for a, b in zip(matrix[k], matrix[i], strict=True)]
    return [row[size] for row in matrix]


def hitting(rows: Mapping[int, Row], goal: frozenset[int]) -> dict[int, Fraction]:
    """For every state the probability that the chain from there is ever in the goal: u = 1 in it, u(s) = sum of q(s, t) u(t) elsewhere.

    States that can't lead there have u = 0, so that the equations have one solution.
    """
    reach = led_to(rows)
    open_ = [s for s in rows if s not in goal and reach[s] & goal]
    place = {s: k for k, s in enumerate(open_)}
    matrix = []
    for s in open_:
        line = [Fraction(int(s == t)) - rows[s][t] for t in open_]
        matrix.append([*line, sum((rows[s][t] for t in goal), Fraction(0))])
    values = solved(matrix)
    return {s: Fraction(1) if s in goal else values[place[s]] if s in place else Fraction(0) for s in rows}


def expected_moves(rows: Mapping[int, Row], until: frozenset[int]) -> dict[int, Fraction]:
    """For every state the expected number of moves until the chain is in a set that it is certain to reach: m(s) = 1 + sum q(s, t) m(t)."""
    open_ = [s for s in rows if s not in until]
    matrix = [[*(Fraction(int(s == t)) - rows[s][t] for t in open_), Fraction(1)] for s in open_]
    found = dict(zip(open_, solved(matrix), strict=True))
    return {s: found.get(s, Fraction(0)) for s in rows}


def after(rows: Mapping[int, Row], start: int, moves: int) -> dict[int, Fraction]:
    """Where the chain stands after some moves."""
    now = {s: Fraction(int(s == start)) for s in rows}
    for _ in range(moves):
        now = {t: sum((now[s] * rows[s][t] for s in rows), Fraction(0)) for t in rows}
    return now


def drawable(rows: Mapping[int, Row]) -> dict[int, tuple[list[int], list[float]]]:
    """For every state those that can come next and their probabilities, to draw from."""
    return {s: ([t for t in row if row[t]], [float(p) for p in row.values() if p]) for s, row in rows.items()}


def simulated(rows: Mapping[int, tuple[list[int], list[float]]], start: int, random: Random, moves: int) -> int:
    """Where one run of a chain stands after some moves, or before that in a state that it does not leave."""
    now = start
    for _ in range(moves):
        states, probabilities = rows[now]
        if states == [now]:
            break
        now = random.choices(states, probabilities)[0]
    return now


def most_probable(rows: Mapping[int, Row], start: int, goal: frozenset[int]) -> Fraction:
    """The greatest probability of a way from a state into a set: by relaxing until nothing changes."""
    best = {s: Fraction(int(s == start)) for s in rows}
    for _ in rows:
        best = {t: max([best[t], *(best[s] * rows[s][t] for s in rows)]) for t in rows}
    return max(best[s] for s in goal)
