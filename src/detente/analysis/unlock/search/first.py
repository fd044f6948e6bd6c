"""What the search begins with: clauses of single decision makers, and a first way by raising the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.analysis.claims.asked import Asked, Case
from detente.analysis.claims.comparisons import Atom
from detente.analysis.claims.ledger import Ledger
from detente.analysis.claims.unanswered import Clause, Unanswered, weaker
from detente.analysis.unlock.search import cuts
from detente.analysis.unlock.search.world import Board, World

ALONE = ("Nash", "SMR", "GMR")
"""Concepts under which a decision maker's verdict depends on their own order alone, the strongest first."""


def floors(board: Board, asked: Asked, case: Case, ledger: Ledger) -> Iterator[Unanswered]:
    """For each decision maker who must stay at the target the dearest clause of theirs alone, by a weaker concept if need be."""
    world = World(board, {})

    def price(atom: Atom) -> float:
        cost = ledger.one(atom.dm, [atom])
        return cuts.DEAR if cost is None else cost

    for dm, key in asked.profile if case.target >= 0 else ():
        alone = next((each for each in ALONE if each in weaker(key)), None)
        best: tuple[float, int, Unanswered] | None = None
        for to in world.improvements(dm, case.target) if alone is not None else ():
            assert alone is not None
            found = cuts.unanswered(world, alone, dm, case.target, to, price)
            assert isinstance(found, Unanswered)
            cost = min(price(atom) for atom in found.clause(board.checker))
            if cost > 0 and (best is None or cost > best[0]):
                best = (cost, to, found)
        if best is not None:
            yield best[2]


def raised(asked: Asked, case: Case, root: Clause, ledger: Ledger, nearest: Callable[[Clause], World]) -> Clause | None:
    """Comparisons under which everybody stays at the target, by raising it, over and over, as little as will do for whoever leaves it.

    None where that ends without everybody staying, or there is no target.
    """
    atoms = root
    for _ in range(2 * len(asked.profile)):
        world = nearest(atoms)
        leaver = next(((dm, key) for dm, key in asked.profile if case.target >= 0 and not world.stays(key, dm, case.target)), None)
        if leaver is None:
            return atoms if case.target >= 0 else None
        more = _enough(case.target, *leaver, atoms, ledger, nearest)
        if more is None:
            return None
        atoms = atoms | {more}
    return None


def _enough(target: int, dm: str, key: str, atoms: Clause, ledger: Ledger, nearest: Callable[[Clause], World]) -> Atom | None:
    """The least level above which the target must be raised so that a decision maker stays at it."""
    rank = ledger.pairs[dm].rank
    levels = sorted({rank[state]: state for state in rank if rank[state] <= rank[target] and state != target}.items(), reverse=True)
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        more = atoms | {Atom(dm, target, levels[middle][1], True)}
        if ledger.one(dm, more) is None or nearest(more).stays(key, dm, target):
            high = middle
        else:
            low = middle + 1
    if low == len(levels):
        return None
    more_ = Atom(dm, target, levels[low][1], True)
    return None if ledger.one(dm, atoms | {more_}) is None else more_
