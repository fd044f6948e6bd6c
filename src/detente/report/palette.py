"""The decision makers as the report shows them: a colour by position, and a letter, so that nothing is said by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.conflict import Conflict
from detente.text import unique_prefixes

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000")
"""The colours of Okabe and Ito (2002), which readers with any kind of colour vision can tell apart; the darker ones first."""


@dataclass(frozen=True, slots=True)
class Party:
    """A decision maker on the page.

    Parameters
    ----------
    key, name
        As in the conflict.
    letter
        Shortest beginning of the key that no other key shares; its place where that would be longer than four characters.
    colour
        Place of its colour, from 1; the ninth decision maker takes the first colour again, with its own letter.
    """

    key: str
    name: str
    letter: str
    colour: int


def parties_of(conflict: Conflict) -> tuple[Party, ...]:
    """The decision makers in the order of the conflict.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> dms = (DecisionMaker("Iran", "Iran"), DecisionMaker("Israel", "Israel"))
    >>> [(p.letter, p.colour) for p in parties_of(Conflict("c", dms, (Option("x", "x", ("Iran",)),)))]
    [('Ir', 1), ('Is', 2)]
    """
    found = unique_prefixes([dm.key for dm in conflict.decision_makers])
    letters = found if all(len(letter) <= 4 for letter in found) else [str(i + 1) for i in range(len(found))]
    return tuple(Party(dm.key, dm.name, letters[i], i % len(COLOURS) + 1) for i, dm in enumerate(conflict.decision_makers))
