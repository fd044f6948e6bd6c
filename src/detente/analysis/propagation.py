"""The checker of clausal proofs: does a list of clauses show that some clauses can't all be met?

It knows one step only: where all literals of a clause but one are false, the last is true.  A clause follows if, with all its
literals false, some clause has no literal left (Goldberg and Novikov 2003); a proof is a list of clauses each of which follows
from what came before, and ends when nothing is left to be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Propagation:
    """Clauses, and what follows from them by unit propagation.

    Parameters
    ----------
    clauses
        The clauses, each as numbers of its literals.

    Examples
    --------
    >>> clauses = [(1, 2), (-1, 2), (1, -2), (-1, -2)]
    >>> Propagation(clauses).refuted, Propagation([*clauses, (2,)]).refuted
    (False, True)
    """

    def __init__(self, clauses: Iterable[Sequence[int]]) -> None:
        self.refuted = False
        """Whether there is a clause of which no literal can be true."""
        self._true: set[int] = set()
        self._watching: dict[int, list[list[int]]] = {}
        for clause in clauses:
            self.add(clause)

    def add(self, clause: Sequence[int]) -> None:
        """Add a clause, and all that follows by propagation."""
        literals = list(dict.fromkeys(clause))
        if any(-literal in literals for literal in literals):
            return  # always true
        # of two literals that are watched at least one is true or still open, if any is
        literals.sort(key=lambda literal: -literal in self._true)
        for literal in literals[:2]:
            self._watching.setdefault(literal, []).append(literals)
        if not literals or -literals[0] in self._true:
            self.refuted = True
        elif len(literals) == 1 or -literals[1] in self._true:
            self.refuted |= self._propagate([literals[0]]) is None

    def follows(self, clause: Iterable[int]) -> bool:
        """Whether a clause follows: its literals can't all be false."""
        made = self._propagate([-literal for literal in clause])
        for literal in made or ():
            self._true.discard(literal)
        return made is None

    def _propagate(self, literals: Iterable[int]) -> list[int] | None:
        """Make literals true, with what follows; the literals made true, or None (and nothing is changed) if a clause is left without."""
        true, at = self._true, 0
        made: list[int] = []
        for literal in literals:
            if -literal in true:
                true.difference_update(made)
                return None
            if literal not in true:
                true.add(literal)
                made.append(literal)
        while at < len(made):
            false, at = -made[at], at + 1
            watching = self._watching.get(false, [])
            staying = []
            for place, clause in enumerate(watching):
                unit = self._moved(clause, false)
                if unit is None:
                    continue
                staying.append(clause)
                if -unit in true:
                    staying += watching[place + 1 :]
                    self._watching[false] = staying
                    true.difference_update(made)
                    return None
                if unit not in true:
                    true.add(unit)
                    made.append(unit)
            self._watching[false] = staying
        return made

    def _moved(self, clause: list[int], false: int) -> int | None:
        """Watch another literal of a clause than one that became false; the literal that must be true if there is none to watch."""
        if len(clause) == 1:
            return false
        if clause[0] == false:
            clause[0], clause[1] = clause[1], clause[0]
        if clause[0] in self._true:
            return clause[0]
        for place in range(2, len(clause)):
            if -clause[place] not in self._true:
                clause[1], clause[place] = clause[place], false
                self._watching.setdefault(clause[1], []).append(clause)
                return None
        return clause[0]


def proves(clauses: Iterable[Sequence[int]], proof: Iterable[Sequence[int]]) -> bool:
    """Whether a proof shows that clauses can't all be met.

    Parameters
    ----------
    clauses
        The clauses.
    proof
        Clauses each of which follows from these and from those before it, by unit propagation; after the last nothing is left.

    Examples
    --------
    >>> clauses = [(1, 2), (-1, 2), (1, -2), (-1, -2)]
    >>> proves(clauses, [(2,)]), proves(clauses, []), proves(clauses[:3], [(2,)]), proves(clauses, [(3,)])
    (True, False, False, False)
    """
    known = Propagation(clauses)
    for clause in proof:
        if known.refuted:
            return True
        if not known.follows(clause):
            return False
        known.add(clause)
    return known.refuted
