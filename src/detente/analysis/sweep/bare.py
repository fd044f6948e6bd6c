"""The conflict without red lines, and without rules where these can be dropped, beside the conflict as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.analysis.sweep.frame import Frame
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.worlds import Worlds
from detente.model.conflict import DecisionMaker
from detente.model.formula import Formula


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

    def lines(dm: str) -> Sequence[tuple[Formula, ...]]:
        return [tuple(line.never for line in party.red_lines) for party in frame.parties(dm)]

    return play.once(("bare", rules), lambda: Worlds([frame, Bare(frame, rules=rules)], lines))
