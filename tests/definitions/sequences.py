"""Legal sequences of a group: moves by its members, nobody twice in a row, anybody may move again later.

The inductive definition is the one of the reachable list of a coalition (Fang, Hipel & Kilgour 1993; page not
checked; restated as Definition 1 in Int. J. Environ. Res. Public Health 15(2):393, 2018). `improving` makes every
step an improvement of its mover from the state where it moves.
"""

from collections.abc import Callable, Sequence

from .plain import PlainModel

Steps = Callable[[str, int], set[int]]
"""For a mover and a state the states to which they may step."""


def last_movers(model: PlainModel, group: Sequence[str], s: int, improving: bool) -> dict[int, set[str]]:
    """Omega_H(s, t) for every t in R_H(s): who can be the last mover of a legal sequence of H from s to t."""
    return last_movers_by(lambda j, t: model.steps(j, t, improving), group, s)


def last_movers_by(steps: Steps, group: Sequence[str], s: int) -> dict[int, set[str]]:
    """The same for steps of any kind."""
    omega: dict[int, set[str]] = {}
    # (1) j in H and t in R_j(s): then t is in R_H(s) and j in Omega_H(s, t).
    for j in group:
        for t in steps(j, s):
            omega.setdefault(t, set()).add(j)
    # (2) t in R_H(s), j in H, u in R_j(t), Omega_H(s, t) is not {j}: then u is in R_H(s) and j in Omega_H(s, u).
    #     Repeated until nothing is added.
    while True:
        found = [(u, j) for t in omega for j in group if omega[t] != {j} for u in steps(j, t) if j not in omega.get(u, set())]
        if not found:
            return omega
        for u, j in found:
            omega.setdefault(u, set()).add(j)


def reachable(model: PlainModel, group: Sequence[str], s: int, improving: bool = False) -> set[int]:
    """R_H(s), or R_H^+(s) if `improving`: where the legal sequences of H from s can end."""
    return set(last_movers(model, group, s, improving))


def reached(steps: Steps, group: Sequence[str], s: int) -> set[int]:
    """Where the legal sequences of H from s can end, for steps of any kind."""
    return set(last_movers_by(steps, group, s))


def sequences(model: PlainModel, group: Sequence[str], s: int, improving: bool, longest: int) -> list[list[tuple[str, int]]]:
    """Every legal sequence of H from s of one to `longest` steps, each step written (mover, state it leads to)."""

    def extended(walk: list[tuple[str, int]], at: int) -> list[list[tuple[str, int]]]:
        if len(walk) == longest:
            return []
        longer = [[*walk, (j, t)] for j in group if not walk or walk[-1][0] != j for t in sorted(model.steps(j, at, improving))]
        return longer + [last for next_walk in longer for last in extended(next_walk, next_walk[-1][1])]

    return extended([], s)
