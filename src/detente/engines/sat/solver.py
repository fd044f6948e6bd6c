"""An incremental SAT solver with a limit of time; the only module that knows which library does the work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, cast

from detente.errors import LimitError, MissingExtra

_CONFLICTS = 2_000  # between two looks at the clock


class Clock:
    """A limit of time for one question.

    Parameters
    ----------
    seconds
        How long it may take from now on; None for no limit.

    Examples
    --------
    >>> Clock(None).check() is None
    True
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        self._begun = time.monotonic()

    @property
    def spent(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self._begun

    def check(self) -> None:
        """Raises `LimitError` (S330) once the time is over."""
        if self.seconds is not None and self.spent > self.seconds:
            raise LimitError.of(
                "S330",
                f"no answer within {self.seconds:g} seconds",
                help="allow more time, or ask under a concept that looks less far ahead",
            )


def library() -> Callable[..., Any]:
    """What makes a solver of the library by its name.  Raises `MissingExtra` (S331) if the library is not installed.

    >>> library()(name="minisat22").solve()
    True
    """
    try:
        library = import_module("pysat.solvers")
    except ImportError:
        raise MissingExtra.of(
            "S331", "verdicts on single states by satisfiability need python-sat", help='install it with: pip install "detente[sat]"'
        ) from None
    return cast(Callable[..., Any], library.Solver)


class Solver:
    """Clauses over numbered variables, added one by one; a literal is a variable or, negated, minus the variable.

    Variable 1 is true in every solution, so that a constant is a literal like any other.

    Parameters
    ----------
    clock
        Limits every `solve`; it may be replaced between two questions.
    name
        Which solver of the library.

    Raises
    ------
    MissingExtra
        S331 if python-sat is not installed.

    Examples
    --------
    >>> solver = Solver()
    >>> a, b = solver.new(), solver.new()
    >>> solver.add(a, b)
    >>> solver.add(-a, -b)
    >>> solver.solve(a), solver.value(b), solver.solve(a, b), sorted(solver.core) == [a, b]
    (True, False, False, True)
    """

    TRUE = 1
    FALSE = -1

    def __init__(self, clock: Clock | None = None, name: str = "minisat22") -> None:
        self.clock = clock or Clock()
        self._made = library()(name=name)
        self._add = self._made.add_clause
        self._variables = 1
        self.clauses = 1
        """How many clauses were added."""
        self._model: Sequence[int] = ()
        self._made.add_clause([1])

    def new(self) -> int:
        """A new variable."""
        self._variables += 1
        return self._variables

    @property
    def variables(self) -> int:
        """How many variables there are."""
        return self._variables

    def add(self, *literals: int) -> None:
        """Add a clause: at least one of the literals is true."""
        self.clauses += 1
        self._add(literals)

    def solve(self, *assumptions: int) -> bool:
        """Whether all clauses can be met together with some assumed literals.  Raises `LimitError` (S330) when the time is over."""
        return self.solve_under(assumptions)

    def solve_under(self, assumptions: Iterable[int]) -> bool:
        """The same as `solve`, with the assumptions in one value."""
        assumed, made = list(assumptions), self._made
        self.clock.check()
        while True:
            made.conf_budget(_CONFLICTS)
            found = made.solve_limited(assumptions=assumed)
            if found is not None:
                break
            self.clock.check()
        self._model = made.get_model() if found else ()
        return bool(found)

    def value(self, literal: int) -> bool:
        """The value of a literal in the solution found last; of a variable that no clause names: false."""
        variable = abs(literal)
        positive = variable <= len(self._model) and self._model[variable - 1] > 0
        return positive if literal > 0 else not positive

    def number(self, literals: Sequence[int]) -> int:
        """Some literals in the solution found last as an integer, bit k for the k-th literal."""
        model, size, found = self._model, len(self._model), 0
        for k, literal in enumerate(literals):
            variable = abs(literal)
            if ((model[variable - 1] > 0) if variable <= size else False) == (literal > 0):
                found |= 1 << k
        return found

    def true_of(self, variables: Iterable[int]) -> list[int]:
        """For each variable the literal that is true in the solution found last."""
        model, size = self._model, len(self._model)
        return [model[variable - 1] if variable <= size else -variable for variable in variables]

    @property
    def core(self) -> frozenset[int]:
        """Assumptions that already cannot be met together, after `solve` said no."""
        return frozenset(self._made.get_core() or ())

    def close(self) -> None:
        """Free what the library holds."""
        self._made.delete()
