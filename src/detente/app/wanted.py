"""How much of an analysis is wanted, and with what it is to be computed."""

from __future__ import annotations

from dataclasses import dataclass

LIST_LIMIT = 20_000
"""How many states, and how many numbers in a list, a document gives before it only counts them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much an analysis shows, and with what it is computed.

    Parameters
    ----------
    engine
        Name of the engine to use, or None to let the program choose.
    cross_check
        Whether every engine that can is asked and the answers are compared.
    list_limit
        How many states, and numbers in a list, are given before only counts are.
    lists
        Whether states and numbers are listed at all; a table in the terminal does without.
    every_state
        Whether the table holds every state (up to `list_limit`) instead of a few.
    where
        A condition; the table then holds only states that meet it.
    """

    engine: str | None = None
    cross_check: bool = False
    list_limit: int = LIST_LIMIT
    lists: bool = True
    every_state: bool = False
    where: str | None = None
