"""The drawing of which guess moves a conclusion: for each guess how far the share of one value goes from one alternative to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from markupsafe import Markup

from detente.report.plain import cut, width
from detente.report.shading import SMALL, Share, in_lines, labels, per_cent, small_width
from detente.report.svg import element, join, path, picture

LABEL, AXIS, GAP, SIDE, TOP = 232.0, 380.0, 20.0, 10.0, 44.0
HIGH, LINE = 12.0, 15.0
MOST_NAMED = 4
"""Most outcomes of a guess that are named; of an order with many, the lowest and the highest are, and the one as written."""
STEPS = (Fraction(1, 100), Fraction(1, 50), Fraction(1, 20), Fraction(1, 10), Fraction(1, 4))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a guess may come out, and the share of the value among the completions in which it does; None where there is none.

    >>> Outcome("left out", Fraction(1, 2)).label
    'left out'
    """

    label: str
    share: Share | None


@dataclass(frozen=True, slots=True)
class Swing:
    """A guess, and how it may come out; the first outcome is the conflict as it is written.

    >>> Swing("a guess", (Outcome("as written", 1), Outcome("left out", 0))).swing
    1
    """

    label: str
    outcomes: tuple[Outcome, ...]

    @property
    def known(self) -> list[Share]:
        """The shares that there are."""
        return [one.share for one in self.outcomes if one.share is not None]

    @property
    def swing(self) -> Share:
        """From the lowest share to the highest."""
        return max(self.known, default=0) - min(self.known, default=0)


def moving(swings: Sequence[Swing]) -> list[Swing]:
    """The guesses that move the share at all, in the order given.

    >>> moving([Swing("idle", (Outcome("as written", 1), Outcome("left out", 1)))])
    []
    """
    return [swing for swing in swings if swing.swing]


def tornado_left(swings: Sequence[Swing], most: int = 12) -> int:
    """How many guesses that move the share are not in the drawing because there are more than `most`.

    >>> tornado_left([Swing("a", (Outcome("as written", 1), Outcome("left out", 0)))] * 3, most=2)
    1
    """
    return max(0, len(moving(swings)) - most)


def tornado(swings: Sequence[Swing], base: Share, title: str, about: str, name: str, most: int = 12) -> Markup | None:
    """The drawing; None where no guess moves the share.

    Parameters
    ----------
    swings
        The guesses, the widest first; those that move nothing are left out.
    base
        The share over all completions: the dashed line.
    title, about
        What the drawing is called, and what it shows, for those who do not see it; what each guess does is added.
    name
        Beginning of the identifiers in the drawing, unique on the page.
    most
        Most guesses in the drawing.

    Examples
    --------
    >>> swing = Swing("whether it is held", (Outcome("as written", 0.25), Outcome("left out", 0.75)))
    >>> "whether it is held: as written 25%, left out 75%" in tornado([swing], 0.5, "What moves it", "Shares.", "t")
    True
    """
    shown = moving(swings)[:most]
    if not shown:
        return None
    scale = _Scale([share for swing in shown for share in swing.known] + [base])
    y, rows = TOP, []
    for swing in shown:
        row, high = _row(swing, scale, y)
        rows.append(row)
        y += high
    said = "; ".join(_words(swing) for swing in shown)
    wide = SIDE + LABEL + GAP + AXIS + 2 * SIDE + 14
    axis = scale.drawn(base, y - 6)
    return picture(wide, y, title, f"{about} {said}.", name, axis, *rows, least=560.0)


class _Scale:
    """Where shares lie on the axis: from 0 to 1, or less where all lie close together."""

    def __init__(self, shares: Sequence[Share]) -> None:
        low, high = Fraction(min(shares)), Fraction(max(shares))
        self.step = next(step for step in STEPS if (high - low) / step <= 4 or step == STEPS[-1])
        self.low, self.high = floor(low / self.step) * self.step, ceil(high / self.step) * self.step
        if self.low == self.high:
            self.high += self.step
        self.low, self.high = max(self.low, Fraction(0)), min(self.high, Fraction(1))

    def x(self, share: Share) -> float:
        return SIDE + LABEL + GAP + float((Fraction(share) - self.low) / (self.high - self.low)) * AXIS

    def drawn(self, base: Share, bottom: float) -> Markup:
        """The lines of the axis and that of the share over all."""
        parts, at = [], self.low
        while at <= self.high:
            parts.append(path([(self.x(at), TOP - 14), (self.x(at), bottom)], class_="rule"))
            parts.append(element("text", per_cent(at), x=self.x(at), y=TOP - 20, class_="small"))
            at += self.step
        x = self.x(base)
        parts.append(path([(x, TOP - 14), (x, bottom)], class_="base"))
        said, left = f"all {per_cent(base)}", SIDE + LABEL + GAP
        room = small_width(said) / 2
        parts.append(element("text", said, x=min(max(x, left + room), left + AXIS - room + 14), y=12, class_="small strongtext"))
        return join(parts)


def _words(swing: Swing) -> str:
    return f"{swing.label}: {', '.join(_item(one) for one in _named(swing))}"


def _item(one: Outcome, room: float = float("inf")) -> str:
    figure = "none drawn" if one.share is None else per_cent(one.share)
    return f"{cut(one.label, room - width(figure))} {figure}"


def _named(swing: Swing) -> list[Outcome]:
    """The outcomes that are named: all, or the one as written, the lowest and the highest, and how many there are besides."""
    known = [one for one in swing.outcomes if one.share is not None]
    if len(swing.outcomes) <= MOST_NAMED:
        return list(swing.outcomes)
    ends = [min(known, key=lambda one: one.share or 0), max(known, key=lambda one: one.share or 0)]
    return [swing.outcomes[0], *(one for one in ends if one is not swing.outcomes[0])]


def _row(swing: Swing, scale: _Scale, y: float) -> tuple[Markup, float]:
    said = labels(swing.label, LABEL, SIDE, y + 10)
    low, high = scale.x(min(swing.known)), scale.x(max(swing.known))
    middle = y + HIGH / 2
    parts = [element("title", _words(swing)), *said, element("rect", x=low, y=y, width=high - low, height=HIGH, class_="bar faint")]
    shares = dict.fromkeys(one.share for one in swing.outcomes[1:] if one.share is not None)
    parts += [element("circle", cx=scale.x(share), cy=middle, r=4.2, class_="box") for share in shares]
    if swing.outcomes[0].share is not None:
        x = scale.x(swing.outcomes[0].share)
        parts.append(element("path", d=f"M{x - 5.5:.1f} {middle:.1f}l5.5 -5.5l5.5 5.5l-5.5 5.5Z", class_="ink halo"))
    named, start = _named(swing), SIDE + LABEL + GAP
    marks = ["◆" if one is swing.outcomes[0] else "○" for one in named]
    texts = [f"{mark} {_item(one, AXIS / SMALL - 3)}" for mark, one in zip(marks, named, strict=True)]
    if len(named) < len(swing.outcomes):
        texts.append(f"{len(swing.outcomes):,} ways in all")
    lines = 0
    for text, (line, left) in zip(texts, in_lines([small_width(text) + 10 for text in texts], AXIS + 14), strict=True):
        parts.append(element("text", text, x=start + left, y=y + HIGH + 14 + LINE * line, class_="small start halo"))
        lines = max(lines, line + 1)
    return element("g", *parts), max(15.0 * len(said) + 4, HIGH + 6 + LINE * lines) + 14
