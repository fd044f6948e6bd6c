"""What the kernels can serve, and what they need; asked before anything is loaded, so that NumPy is not."""

from __future__ import annotations

from functools import reduce
from operator import or_
from weakref import WeakKeyDictionary

from detente.engines.array.native import kernels
from detente.engines.array.native.programs import MOST_OPTIONS
from detente.model.conflict import Conflict
from detente.model.formula import Formula, options_in
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of
from detente.space.states import StateSpace

MOST_WORDS = 1 << 24
"""Most words of a schedule (64 MiB): the rows that rows may take values from, of one decision maker."""
_FEW_WORDS = 1 << 14
_compared: WeakKeyDictionary[StateSpace, int] = WeakKeyDictionary()  # what was worked out for a space is asked for again and again
_WIDTHS = ((7, 1), (15, 2), (31, 4))  # statements that fit, and how many bytes hold them


def own_ways(mask: int, ways: int) -> int:
    """Those of some options that are a decision maker's own, pushed together.

    >>> bin(own_ways(0b1101, 0b0110))
    '0b10'
    """
    bits = [k for k in range(mask.bit_length()) if mask >> k & 1]
    return sum(1 << place for place, k in enumerate(bits) if ways >> k & 1)


def words(mask: int, one_way: int) -> int:
    """How many words a schedule for a decision maker (own options, one-way options) has for one context, about.

    >>> words(0b111, 0), words(0b111, 0b001)
    (33, 37)
    """
    ways = (mask & one_way).bit_count()
    reached: int = 3**ways << (mask.bit_count() - ways)
    return (3 << mask.bit_count()) + reached + 1


def fits(space: StateSpace) -> bool:
    """Whether the kernels can serve a space: moves compose, and no decision maker has too many one-way options."""
    one_way = space.only_on | space.only_off
    small = all(words(mask, one_way) <= MOST_WORDS and (mask & one_way).bit_count() <= 20 for mask in space.masks.values())
    return bool(kernels()) and space.moves_compose and small


def bytes_needed(space: StateSpace) -> int:
    """How much memory the values of a space need, in bytes: a rank for each decision maker, one value besides, and sets."""
    width = value_bytes(space.conflict)
    hidden = sum(dm.unperceived is not None for dm in space.conflict.decision_makers)
    return space.conflict.combinations * ((len(space.masks) + 1 + hidden) * width + 1)


def comparisons(space: StateSpace) -> int:
    """How many pairs of states the kernels would compare in a pass over improvements, for the decision maker with the most; 0 for none."""
    if space in _compared:
        return _compared[space]
    one_way, found = space.only_on | space.only_off, 0
    for dm, mask in space.masks.items():
        if not is_narrow(space.conflict, dm, mask, most_codes(space, mask)):
            ways = (mask & one_way).bit_count()
            found = max(found, (space.conflict.combinations * 3**ways << (mask.bit_count() - ways)) >> ways)
    _compared[space] = found
    return found


def most_codes(space: StateSpace, mask: int) -> int:
    """Most numbers of contexts times choices that are worth it for a decision maker with these options."""
    each = words(mask, space.only_on | space.only_off)
    choices = 1 << mask.bit_count()
    return max(choices, min(MOST_WORDS, max(_FEW_WORDS, space.conflict.combinations // 2)) * choices // each)


def value_bytes(conflict: Conflict) -> int:
    """How many bytes hold the ranks of everybody: 1, 2 or 4.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> value_bytes(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    1
    """
    counts = [len(found) if (found := statements(conflict, dm.key)) is not None else _WIDTHS[-1][0] for dm in conflict.decision_makers]
    return next(width for most, width in _WIDTHS if max(counts, default=0) <= most)


def statements(conflict: Conflict, dm: str) -> list[Formula] | None:
    """The statements of a decision maker, where they alone order the states and are few enough to be numbers."""
    criteria = criteria_of(conflict.decision_maker(dm))
    found = [criterion.formula for criterion in criteria if isinstance(criterion, Meets)]
    few = len(found) == len(criteria) and len(found) <= _WIDTHS[-1][0] and len(conflict.options) <= MOST_OPTIONS
    return found if few else None


def is_narrow(conflict: Conflict, dm: str, own: int, most: int) -> bool:
    """Whether a decision maker has contexts at all; the parameters are those of `contexts`.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> is_narrow(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), "A", 1, 2)
    True
    """
    criteria = criteria_of(conflict.decision_maker(dm))
    others = others_of(counting(conflict, dm, own), conflict.option_index, own)
    return not any(isinstance(criterion, Listed) for criterion in criteria) and 1 << (others.bit_count() + own.bit_count()) <= most


def counting(conflict: Conflict, dm: str, own: int) -> list[Criterion]:
    """The criteria that speak of own options."""
    return [criterion for criterion in criteria_of(conflict.decision_maker(dm)) if mask_of(criterion, conflict.option_index) & own]


def others_of(counting: list[Criterion], index: dict[str, int], own: int) -> int:
    """The bits of the others' options that bear on an order: sums of weights do not, since they add the same to all own choices."""
    return reduce(or_, (mask_of(criterion, index) & ~own for criterion in counting if isinstance(criterion, Meets)), 0)


def mask_of(criterion: Criterion, index: dict[str, int]) -> int:
    """The bits of the options that a criterion speaks of."""
    match criterion:
        case Meets(formula):
            return sum(1 << index[key] for key in options_in(formula))
        case Sums(weights):
            return sum(1 << index[key] for key, weight in weights if weight)
        case Listed():
            return 0
