"""The claim that certain sets of red lines and rules are all the minimal ones that empty, or restore, what is better for everybody.

Each combination is preferred by everybody to the start under just those choices of kept elements that meet a few conditions, read off
the red lines that it and the start cross and the rules that it breaks.  Combinations with the same conditions are taken together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.hitting import TooManyError, hitting, least
from detente.analysis.claims.red_lines import Elements, all_elements
from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.model.formula import Formula
from detente.model.rule import required
from detente.preference.compared import compared
from detente.space.states import StateSpace

MAX_PATTERNS = 4096
"""Most groups of combinations, by what stands against them, that are told apart."""
MAX_TRIED = 16
"""Most elements that matter of which every choice is tried, where keeping more can make something better for everybody."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """When combinations are better for everybody: conditions on which elements are kept, each set of elements a bit mask.

    Parameters
    ----------
    against
        None of these may be kept.
    needs
        Of each of these sets one must be kept: the start crosses these red lines, and would else be no worse for the party.
    unless
        Of a pair: if one of the first set is kept, one of the second must be.

    Examples
    --------
    >>> pattern = Pattern(0b01)
    >>> pattern.better(0b10), pattern.better(0b11)
    (True, False)
    """

    against: int
    needs: tuple[int, ...] = ()
    unless: tuple[tuple[int, int], ...] = ()

    def better(self, kept: int) -> bool:
        """Whether the combinations are better for everybody than the start when just these elements are kept."""
        met = not kept & self.against and all(kept & some for some in self.needs)
        return met and all(not kept & one or kept & other for one, other in self.unless)

    @property
    def mentioned(self) -> int:
        """All elements that it depends on."""
        found = self.against
        for mask in (*self.needs, *(mask for pair in self.unless for mask in pair)):
            found |= mask
        return found


def patterns(space: StateSpace, start: int, where: Formula, elements: Elements) -> dict[Pattern, int]:
    """The combinations that can be better for everybody than the start, grouped by when they are; sets as integers.

    Raises `TooManyError` beyond `MAX_PATTERNS` groups.
    """
    place = {element: 1 << k for k, element in enumerate(elements)}
    rules = frozenset(n for dm, n in elements if dm is None)
    bare = StateSpace(without(space.conflict, None, rules))
    parts = {Pattern(0): bare.states.bits & bare.where_bits(where)}
    for dm in space.conflict.decision_makers:
        better = compared(bare, dm.key, start)[0]
        lines = [(place[dm.key, n], bare.where_bits(line.never)) for n, line in enumerate(dm.red_lines, start=1)]
        crossed = sum(mask for mask, bits in lines if bits >> start & 1)
        groups = {(gain, 0): bits for gain, bits in ((True, better), (False, bare.states.bits & ~better if crossed else 0)) if bits}
        for mask, bits in lines:
            groups = {
                (gain, lines_crossed | more): part
                for (gain, lines_crossed), old in groups.items()
                for more, part in ((mask, old & bits), (0, old & ~bits))
                if part
            }
        parts = _joined(
            (_with(old, gain, over, crossed), bits & old_bits) for old, old_bits in parts.items() for (gain, over), bits in groups.items()
        )
    for n in sorted(rules):
        condition = required(space.conflict.rules[n - 1])
        broken = 0 if condition is None else bare.everything & ~bare.where_bits(condition)
        mask = place[None, n]
        parts = _joined(
            (Pattern(old.against | extra, old.needs, old.unless), part)
            for old, bits in parts.items()
            for extra, part in ((mask, bits & broken), (0, bits & ~broken))
        )
    return parts


def _with(old: Pattern, gain: bool, over: int, crossed: int) -> Pattern:
    """A pattern with the conditions of one more party: whether it gains without red lines, those crossed there, and by the start."""
    if not crossed:
        return Pattern(old.against | over, old.needs, old.unless)
    if not gain:
        return Pattern(old.against | over, tuple(sorted({*old.needs, crossed})), old.unless)
    return Pattern(old.against, old.needs, tuple(sorted({*old.unless, (over, crossed)} - {(0, crossed)})))


def _joined(parts: Iterable[tuple[Pattern, int]]) -> dict[Pattern, int]:
    found: dict[Pattern, int] = {}
    for pattern, bits in parts:
        if bits:
            found[pattern] = found.get(pattern, 0) | bits
            if len(found) > MAX_PATTERNS:
                raise TooManyError("patterns")
    return found


def minimal_sets(known: Iterable[Pattern], every: int) -> tuple[set[int], set[int]]:
    """All minimal sets that, kept alone, leave nothing, and all minimal sets that, dropped, give something; bit masks.

    Raises `TooManyError` where these are too many, or where too many choices would have to be tried.

    >>> minimal_sets([Pattern(0b011), Pattern(0b110)], 0b111)
    ({2, 5}, {3, 6})
    """
    listed = tuple(dict.fromkeys(known))
    if not any(pattern.needs or pattern.unless for pattern in listed):
        return set(hitting([pattern.against for pattern in listed])), set(least(pattern.against for pattern in listed))
    mentioned = 0
    for pattern in listed:
        mentioned |= pattern.mentioned
    bits = [1 << k for k in range(mentioned.bit_length()) if mentioned >> k & 1]
    if len(bits) > MAX_TRIED:
        raise TooManyError("choices")
    emptying: list[int] = []
    restoring: list[int] = []
    for size in range(len(bits) + 1):
        for chosen in map(sum, combinations(bits, size)):
            if not any(small & chosen == small for small in emptying) and not any(p.better(chosen) for p in listed):
                emptying.append(chosen)
            if not any(small & chosen == small for small in restoring) and any(p.better(every & ~chosen) for p in listed):
                restoring.append(chosen)
    return set(emptying), set(restoring)


@dataclass(frozen=True)
class AllSets(Claim):
    """That these are all minimal sets of elements that empty, and all that restore, what is better for everybody than the start.

    Parameters
    ----------
    start
        The start.
    where
        The condition that the combinations that count meet.
    rules
        Whether rules are among the elements.
    emptying, restoring
        The sets.
    """

    kind: ClassVar[str] = "all sets of red lines"
    start: int
    where: Formula
    rules: bool
    emptying: tuple[Elements, ...]
    restoring: tuple[Elements, ...]

    def check(self, space: StateSpace) -> None:
        """Work the sets out anew from what each combination and the start cross and break."""
        need(space.states.contains(self.start), f"start: {self.start} is no state")
        need(not self.rules or can_drop_rules(space.conflict), "rules: the preferences say nothing of what they exclude")
        elements = all_elements(space, self.rules)
        place = {element: 1 << k for k, element in enumerate(elements)}
        try:
            found = minimal_sets(patterns(space, self.start, self.where, elements), (1 << len(elements)) - 1)
        except TooManyError as limit:
            need(False, f"size: too many {limit}")
            return
        for listed, masks in zip((self.emptying, self.restoring), found, strict=True):
            said = [sum(place[element] for element in chosen) for chosen in listed]
            need(len(set(said)) == len(said) and set(said) == masks, f"sets: {len(said)} listed, there are {len(masks)}")
