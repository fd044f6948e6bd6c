"""Nonmyopic equilibria of 2×2 games as Brams and Wittman (1981) define them, stated naively from memory: the article was not at hand.

From an outcome one of the two departs first, then they alternate, and the fourth move would bring back the first outcome, where the
process ends.  Each chooses by backward induction; where it serves them no better to move, they stay.  The process must be one that ends:
somewhere in it whoever has the next move has their best outcome.  An outcome is a nonmyopic equilibrium if both would stay, whoever departs
first, and the process is one that ends in both cases.
"""

from __future__ import annotations

Game = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]
"""What the outcomes 0 to 3 are worth to both; the first changes bit 2, the second bit 1."""


def moved(outcome: int, who: int) -> int:
    """The outcome after a move."""
    return outcome ^ (2, 1)[who]


def ends_at(game: Game, who: int, outcome: int, left: int) -> int:
    """Where it ends if somebody has the move."""
    if left == 0:
        return outcome
    further = ends_at(game, 1 - who, moved(outcome, who), left - 1)
    return further if game[further][who] > game[outcome][who] else outcome


def comes_to_an_end(game: Game, who: int, outcome: int) -> bool:
    """Whether whoever has the move has their best outcome, somewhere on the way round."""
    for _ in range(4):
        if game[outcome][who] == 4:
            return True
        outcome, who = moved(outcome, who), 1 - who
    return False


def equilibria(game: Game) -> set[int]:
    """The nonmyopic equilibria."""
    return {s for s in range(4) if all(ends_at(game, who, s, 4) == s and comes_to_an_end(game, who, s) for who in (0, 1))}
