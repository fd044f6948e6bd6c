"""The search for one line of a description: conditions that hold of many members and of no state outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from detente.analysis.many.conditions import IsTaken
from detente.analysis.many.looking import Examples

WIDTH = 6
"""How many beginnings of a line are followed at a time."""
LONGEST = 16
"""Most conditions of a line before those that are not needed are left out."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A line that has been begun: the places of its conditions, the examples that they hold of, and how much there is to read."""

    places: tuple[int, ...]
    holds: int
    cost: int


def found_line(examples: Examples, wanted: int) -> tuple[int, ...] | None:
    """Places of conditions that hold of no example outside, and of as many of the wanted examples as could be found; None if of none.

    Lines are begun with single conditions and made longer one by one; the most promising are followed, those that tell most about
    whether an example is wanted.  No condition of the result can be left out, and none be replaced by that of a single option.
    """
    best: tuple[int, int, Begun] | None = None
    begun = [Begun((), examples.inside | examples.outside, 0)]
    for _ in range(LONGEST):
        following: dict[int, tuple[float, Begun]] = {}
        for line in begun:
            out, gain = line.holds & examples.outside, (line.holds & wanted).bit_count()
            if not out:
                if best is None or (gain, -line.cost) > best[:2]:
                    best = (gain, -line.cost, line)
            elif best is None or gain >= best[0]:
                _longer(examples, line, wanted, out, following)
        ranked = sorted(following.values(), key=lambda entry: (-entry[0], entry[1].cost))
        begun = [line for _, line in ranked[:WIDTH]]
        if not begun:
            break
    if best is None or not best[0]:
        return None
    return _simplified(examples, _shortened(examples, best[2].places, wanted), wanted)


def _longer(examples: Examples, line: Begun, wanted: int, out: int, following: dict[int, tuple[float, Begun]]) -> None:
    """The line with each condition that keeps out an example that it does not keep out yet, by what it holds of."""
    base = log2(wanted.bit_count() + examples.outside.bit_count()) - log2(wanted.bit_count())
    inside, many = line.holds & wanted, out.bit_count()
    for place, column in enumerate(examples.columns):
        kept = (inside & column).bit_count()
        stay = (out & column).bit_count() if kept else many
        if stay == many:
            continue
        holds, cost = line.holds & column, line.cost + examples.conditions[place].cost
        worth = kept * (log2(kept / (kept + stay)) + base)
        known = following.get(holds)
        if known is None or cost < known[1].cost:
            following[holds] = (worth, Begun((*line.places, place), holds, cost))


def _shortened(examples: Examples, places: Sequence[int], wanted: int) -> tuple[int, ...]:
    """The line without conditions that are not needed, left out one by one: the one without which it holds of most."""
    kept = list(places)
    while True:
        choices = []
        for place in kept:
            holds = examples.meeting(other for other in kept if other != place)
            if not holds & examples.outside:
                choices.append(((holds & wanted).bit_count(), examples.conditions[place].cost, place))
        if not choices:
            return tuple(kept)
        kept.remove(max(choices, key=lambda choice: choice[:2])[2])


def _simplified(examples: Examples, places: tuple[int, ...], wanted: int) -> tuple[int, ...]:
    """The line with single options in place of other conditions, where it then holds of no less."""
    line = list(places)
    gain = (examples.meeting(line) & wanted).bit_count()
    single = [place for place, condition in enumerate(examples.conditions) if isinstance(condition, IsTaken)]
    for place in places:
        if isinstance(examples.conditions[place], IsTaken):
            continue
        others = examples.meeting(other for other in line if other != place)
        best = max(single, key=lambda one: _gain(examples, others & examples.columns[one], wanted), default=None)
        if best is not None and _gain(examples, others & examples.columns[best], wanted) >= gain:
            line[line.index(place)] = best
            gain = _gain(examples, others & examples.columns[best], wanted)
    return _shortened(examples, list(dict.fromkeys(line)), wanted)


def _gain(examples: Examples, holds: int, wanted: int) -> int:
    """Of how many wanted examples a line holds; -1 if it holds of one outside."""
    return -1 if holds & examples.outside else (holds & wanted).bit_count()
