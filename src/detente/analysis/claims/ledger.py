"""What comparisons cost at least, party by party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.analysis.claims.comparisons import Atom, Pairs, RedLines
from detente.analysis.claims.unanswered import Clause
from detente.space.states import StateSpace

Vector = tuple[int, ...]
"""A number of pairs for each decision maker, in the order of the conflict."""


def at_least(vector: Vector, burden: Vector) -> bool:
    """Whether burdens are for nobody less than others.

    >>> at_least((2, 0), (0, 1))
    False
    """
    return all(mine >= theirs for mine, theirs in zip(vector, burden, strict=True))


class Ledger:
    """Lower bounds for what comparisons cost, party by party; keeps what it has worked out.

    Parameters
    ----------
    space
        The space.
    red_lines
        As for `Pairs`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> Ledger(space).vector(frozenset([Atom("A", 1, 0, True)]))
    (1,)
    """

    def __init__(self, space: StateSpace, red_lines: RedLines = "excluded") -> None:
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        self.pairs = {dm: Pairs(space, dm, red_lines) for dm in self.decision_makers}
        self._sorted: dict[Clause, list[tuple[int, Atom]]] = {}

    def one(self, dm: str, atoms: Iterable[Atom], floors: Iterable[Clause] = ()) -> int | None:
        """What a decision maker's comparisons among some cost at least, and one of each floor with them; None if they can't hold."""
        mine = frozenset(atom for atom in atoms if atom.dm == dm)
        least = self.pairs[dm].least(mine)
        for floor in floors:
            least = least if least is None else self._floor(dm, mine, floor, least)
        return least

    def _floor(self, dm: str, mine: Clause, floor: Clause, least: int) -> int | None:
        """What comparisons cost at least with one of a floor; the floor's cheapest alone come first, so that few are looked at."""
        if floor not in self._sorted:
            gaps = {atom: 0 if self.pairs[dm].holds(*atom[1:]) else self.pairs[dm].gap(atom.high, atom.low) for atom in floor}
            self._sorted[floor] = sorted((gap, atom) for atom, gap in gaps.items())
        best: int | None = None
        for gap, atom in self._sorted[floor]:
            if best is not None and max(gap, least) >= best:
                break
            cost = self.pairs[dm].least(mine | {atom})
            best = cost if best is None or (cost is not None and cost < best) else best
        return best

    def vector(self, atoms: Clause, floors: Mapping[str, tuple[Clause, ...]] | None = None) -> Vector | None:
        """What comparisons cost each decision maker at least; None if they can't hold together.

        `floors` are for each decision maker (key) clauses of theirs alone, of which one comparison each must hold too.
        """
        found = []
        for dm in self.decision_makers:
            cost = self.one(dm, atoms, (floors or {}).get(dm, ()))
            if cost is None:
                return None
            found.append(cost)
        return tuple(found)
