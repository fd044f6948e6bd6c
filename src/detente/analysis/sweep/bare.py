"""The conflict without red lines, and without rules where these can be dropped, beside the conflict as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.analysis.sweep.frame import Frame
from detente.analysis.sweep.laid import red_lines
from detente.analysis.sweep.lists import Lists
from detente.analysis.sweep.orders import derived
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.worlds import Worlds
from detente.analysis.sweep.worths import Split, Worths
from detente.model.conflict import DecisionMaker


class Bare(Frame):
    """A frame without any red line.

    Parameters
    ----------
    frame
        The frame.
    rules
        Whether rules are dropped as well, where preferences say what then is better.

    Examples
    --------
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.cases import load
    >>> frame = next(Open(load("gaza-hostage-talks")).frames())
    >>> frame.space.states.count, Bare(frame, rules=False).space.states.count, Bare(frame, rules=True).space.states.count
    (10944, 10944, 65536)
    """

    def __init__(self, frame: Frame, *, rules: bool) -> None:
        self.axes, self.chosen, self.number, self.base, self.open = frame.axes, frame.chosen, frame.number, frame, frame.open
        dropped = None if rules and can_drop_rules(frame.conflict) else frozenset[int]()
        self.conflict = without(frame.conflict, None, dropped)
        self.space = frame.space.of(self.conflict)

    def lists(self, dm: str) -> Lists:
        """What criteria each completion gives a decision maker (`dm`, a key), without red lines."""
        return self.base.lists(dm).once("bare", lambda: self._without_lines(dm))

    def _without_lines(self, dm: str) -> Lists:
        laid_out = self.laid(dm, ("order", "statement")) if type(self.base).parties is Frame.parties else None
        return laid_out or super().lists(dm)

    def worths(self, dm: str) -> Worths:
        """What states are worth without red lines: where rules hold, the states of all frames."""
        before = self.base.orders[dm].worths
        held = self.space.states == self.base.space.states
        return Worths.shared(self.space, self.lists(dm), before.states if held else self.space.states.bits)

    def ways(self, dm: str) -> npt.NDArray[np.integer]:
        """The ways to settle the guesses about a decision maker (`dm`) that are looked at, as in the frame with red lines."""
        return self.base.ways(dm)

    def parties(self, dm: str) -> Iterator[DecisionMaker]:
        """A decision maker (`dm`, a key) in each completion, without red lines."""
        return (replace(party, red_lines=()) for party in self.base.parties(dm))


def with_bare(play: Play, *, rules: bool) -> Worlds:
    """The frame of a play, and as its second world the same without red lines; orders tell the red lines of a completion.

    Parameters
    ----------
    play
        The play.
    rules
        Whether the second world is without rules, too.
    """
    frame = play.frame

    def lines(dm: str) -> Split:
        return frame.lists(dm).once("red lines", lambda: _lines(frame, dm))

    return play.once(("bare", rules), lambda: Worlds([frame, Bare(frame, rules=rules)], lines))


def _lines(frame: Frame, dm: str) -> Split:
    """The red lines of a decision maker in each completion, as conditions."""
    if type(frame).parties is not Frame.parties:
        facts = [tuple(line.never for line in party.red_lines) for party in frame.parties(dm)]
        place = {fact: number for number, fact in enumerate(dict.fromkeys(facts))}
        return Split(np.array([place[fact] for fact in facts], dtype=np.int32), tuple(place))
    live = frame.live(dm)
    guesses = [guess for guess, is_live in zip(frame.axes[dm].guesses, live, strict=True) if is_live]
    found = red_lines(frame.conflict.decision_maker(dm), guesses, frame.ways(dm)[:, live])
    return derived(found, lambda lines: tuple(line.never for line in lines) if isinstance(lines, tuple) else ())
