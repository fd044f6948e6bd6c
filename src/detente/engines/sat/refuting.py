"""Proofs that clauses can't all be met, from a solver that writes down what it learns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.engines.sat.solver import Clock, library


def refutation(clauses: Iterable[Sequence[int]], clock: Clock | None = None) -> tuple[tuple[int, ...], ...] | None:
    """A proof that clauses can't all be met, or None if they can.

    Parameters
    ----------
    clauses
        The clauses, each as numbers of its literals.
    clock
        A limit of time.

    Returns
    -------
    tuple or None
        Clauses each of which follows from the given ones and those before it by unit propagation, after the last of which nothing is
        left (`detente.analysis.propagation.proves`); often none is needed.

    Raises
    ------
    LimitError
        S330 when the time is over.

    Examples
    --------
    >>> refutation([(1, 2), (-1, 2), (1, -2), (-1, -2)])
    ((2,),)
    >>> refutation([(1,), (-1,)]), refutation([(1, 2)]) is None
    ((), True)
    """
    given = [list(clause) for clause in clauses]
    if not all(given):
        return ()
    made = library()(name="glucose4", with_proof=True, bootstrap_with=given)
    try:
        found = None
        while found is None:
            if clock is not None:
                clock.check()
            made.conf_budget(2_000)
            found = made.solve_limited()
        if found:
            return None
        lines = [line.split()[:-1] for line in made.get_proof()]
        return tuple(tuple(map(int, line)) for line in lines if line and line[0] != "d")
    finally:
        made.delete()
