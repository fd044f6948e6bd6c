"""A statement that rises through somebody's priorities, place by place, and what becomes of a state."""

from collections.abc import Sequence

from .behaviour import Profile, leavers
from .changed import Changed
from .edits import sort_keys
from .formulas import Formula
from .plain import PlainModel


def risen(listed: Sequence[Formula], pressure: Formula) -> list[tuple[Formula, ...]]:
    """The statements with the new one at each place, from the last (least important) to the first."""
    return [(*listed[:place], pressure, *listed[place:]) for place in range(len(listed), -1, -1)]


def left_by(
    model: PlainModel, profile: Profile, s: int, i: str, listed: Sequence[Formula], pressure: Formula, red: Sequence[frozenset[int]] = ()
) -> list[set[str]]:
    """Who leaves s when the pressure on i stands at each place, from the last to the first."""
    return [leavers(Changed(model, {i: sort_keys(model, more, red)}), profile, s) for more in risen(listed, pressure)]
