"""The same conflict under other names and in another order, and the way back."""

from __future__ import annotations

from random import Random

from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.transform import rename, reorder

# Armenian letters stand for Latin ones, the last for the first, so that whatever is sorted by name comes out otherwise.
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHER = "".join(chr(0x0531 + 25 - i) for i in range(26))
_AWAY = str.maketrans(_LATIN + _LATIN.lower(), _OTHER + _OTHER.lower())
BACK = str.maketrans(_OTHER + _OTHER.lower(), _LATIN + _LATIN.lower())
"""Turns a text about a renamed conflict into what it would be about the conflict itself."""


def renamed_conflict(conflict: Conflict) -> Conflict:
    """The conflict with every key of a decision maker and an option in other letters."""
    makers = {dm.key: dm.key.translate(_AWAY) for dm in conflict.decision_makers}
    options = {option.key: option.key.translate(_AWAY) for option in conflict.options}
    return rename(conflict, makers, options).conflict


def shuffled_conflict(conflict: Conflict, seed: int) -> Conflict:
    """The conflict with its decision makers, and each one's options, in another order."""
    draw = Random(seed)
    makers, options = [dm.key for dm in conflict.decision_makers], [option.key for option in conflict.options]
    draw.shuffle(makers)
    draw.shuffle(options)
    return reorder(conflict, makers, options).conflict


def same_states(conflict: Conflict, shuffled: Conflict) -> dict[int, int]:
    """For each number of a state of the shuffled conflict the number that the same state has in the other."""
    space, other = StateSpace(conflict), StateSpace(shuffled)
    found = {}
    for state in other.states.each():
        same = space.state_of(conflict.combination(shuffled.taken(state)))
        assert same is not None
        found[other.number(state)] = space.number(same)
    return found
