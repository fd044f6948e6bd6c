"""Sums of weights in many combinations at once, as binary digits: one set for each digit."""

from __future__ import annotations

from collections.abc import Mapping


def by_sum(weights: Mapping[str, int], columns: Mapping[str, int], everything: int, mine: int) -> tuple[int, int]:
    """Where the sum of weights is greater than a number, and where it is the same, as integers.

    The weights are added with carry, digit by digit.  A negative weight counts as its amount on the option not taken, which shifts all
    sums alike.

    Parameters
    ----------
    weights
        Whole-number weights of options, by key.
    columns
        For each option the set of places in which it is taken, as an integer.
    everything
        The set of all places.
    mine
        The sum of weights to compare with.

    Examples
    --------
    >>> [bin(found) for found in by_sum({"x": 2, "y": -1}, {"x": 0b1010, "y": 0b1100}, 0b1111, 0)]
    ['0b1010', '0b1']
    """
    digits: list[int] = []
    for key, weight in weights.items():
        column = columns[key] if weight > 0 else everything ^ columns[key]
        mine += abs(weight) if weight < 0 else 0
        for place in range(abs(weight).bit_length()):
            carry, at = column if abs(weight) >> place & 1 else 0, place
            while carry:
                digits += [0] * (at + 1 - len(digits))
                digits[at], carry, at = digits[at] ^ carry, digits[at] & carry, at + 1
    if mine < 0 or mine.bit_length() > len(digits):  # less, or more, than any sum
        return (everything, 0) if mine < 0 else (0, 0)
    above, same = 0, everything
    for place in reversed(range(len(digits))):
        if mine >> place & 1:
            same &= digits[place]
        else:
            above |= same & digits[place]
            same &= ~digits[place]
    return above, same
