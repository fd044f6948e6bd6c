"""How far each guess moves a conclusion: its share when the guess comes out in each of its ways, all others left open.

Drawn as bars, the widest first, this is a tornado diagram, as decision analysis has it (Howard 1988, "Decision analysis: practice and
promise", Management Science 34, 679-695); there one number changes at a time and the others stay, here the others are open throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.analysis.sweep.single import exact, singles
from detente.analysis.sweep.tally import Swept, Tally
from detente.analysis.sweep.tree import Value


@dataclass(frozen=True, slots=True)
class Bar:
    """How far one guess moves the share of one value.

    Parameters
    ----------
    guess
        The key of the guess.
    value
        The value whose share it is.
    base
        Its share among all completions.
    shares
        For each alternative of the guess the share among the completions in which it comes out so; None where none of these was drawn.
        Exact, or to 12 decimals where completions together count more than 2**53.

    Examples
    --------
    >>> Bar("g", True, Fraction(1, 2), (Fraction(1), Fraction(0))).swing
    Fraction(1, 1)
    """

    guess: str
    value: Value
    base: Fraction
    shares: tuple[Fraction | None, ...]

    @property
    def low(self) -> Fraction:
        """The smallest of the shares."""
        return min((share for share in self.shares if share is not None), default=self.base)

    @property
    def high(self) -> Fraction:
        """The greatest of the shares."""
        return max((share for share in self.shares if share is not None), default=self.base)

    @property
    def swing(self) -> Fraction:
        """How far the shares lie apart."""
        return self.high - self.low


def tornado(swept: Swept, tally: Tally) -> tuple[Bar, ...]:
    """For each guess how far it moves the share of the value that a conclusion has as the conflict is written, the widest first.

    Parameters
    ----------
    swept
        The sweep.
    tally
        What it found of the conclusion.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> found = sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [Subject("holds")])
    >>> [(bar.guess, [str(share) for share in bar.shares]) for bar in tornado(found, found.tallies[0])][0]
    ('decision makers/Town/prefers/2', ['1/8', '1/2'])
    """
    value, bars, found = tally.as_written, [], singles(tally)
    for guess in swept.conflict.guesses:
        counted = found[guess.key]
        own = counted[list(tally.shares).index(value)] if value in tally.shares else [0.0] * len(guess.alternatives)
        every = [*counted.sum(axis=0).tolist(), *[0.0] * (len(guess.alternatives) - counted.shape[1])]
        shares = tuple(exact(a / b, a, b) if b else None for a, b in zip([*map(float, own), *[0.0] * len(every)], every, strict=False))
        bars.append(Bar(guess.key, value, tally.shares.get(value, Fraction(0)), shares))
    return tuple(sorted(bars, key=lambda bar: -bar.swing))
