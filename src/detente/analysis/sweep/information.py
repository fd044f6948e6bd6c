"""The fact worth finding out: how much knowing a guess, or two, would settle.

Somebody who knows only the completions names a conclusion's value rightly most often by its commonest value; somebody who first learns how
a guess comes out, by the value that is the commonest then.  By how much more often is the *value of the information* (Howard 1966,
"Information value theory", IEEE Transactions on Systems Science and Cybernetics 2, 22-26), for a reward of one for a right answer.  All of
it is in shares of completions, as if each counted the same, or by the weights that there are; it is no probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.analysis.sweep.single import singles
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tables import Floats, table
from detente.analysis.sweep.tally import Swept
from detente.model.guess import Guess

MOST_WAYS = 120
"""Guesses that come out in more ways (the order of more than five statements) are not looked at in pairs."""
MOST_COLUMNS = 1_500
"""Most alternatives together of the guesses that are looked at; of more, those with the fewest alternatives are."""
PAIRS = 10
"""How many pairs are kept for each conclusion."""
ENOUGH = 30
"""How often a way has to be drawn, always with one value, for the conclusion to count as settled then."""
SURE = 4.0
"""How many standard deviations the gain from knowing a guess has to be above none to be told, where completions were drawn: of many
guesses, and more pairs of them, chance alone makes some look worth knowing."""
SAME = 9
"""Digits to which values are compared: sums of shares in another order differ in the last."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What it is worth to know how one or two guesses come out.

    Parameters
    ----------
    guesses
        Their keys.
    before
        The share of completions in which the value named beforehand is right.
    after
        The same once the guesses are known.
    settled
        The share of completions in which the conclusion is certain then.
    bits
        By how much the entropy of the value drops on average, in bits.

    Examples
    --------
    >>> round(Worth(("g",), 0.5, 0.75, 0.5, 0.3).value, 3)
    0.25
    """

    guesses: tuple[str, ...]
    before: float
    after: float
    settled: float
    bits: float

    @property
    def value(self) -> float:
        """The value of the information: how much more often the right value is named."""
        return self.after - self.before


@dataclass(frozen=True)
class Information:
    """What it is worth to know the guesses, one by one and in pairs; the worthiest first, of equals the earlier in the conflict.

    Parameters
    ----------
    single
        For each conclusion each guess.
    together
        Each guess, summed over the conclusions.
    pairs
        For each conclusion the worthiest pairs.
    pairs_together
        The worthiest pairs, summed over the conclusions.
    left_out
        Keys of guesses that come out in too many ways to be looked at in pairs.
    """

    single: Mapping[Subject, tuple[Worth, ...]]
    together: tuple[Worth, ...]
    pairs: Mapping[Subject, tuple[Worth, ...]]
    pairs_together: tuple[Worth, ...]
    left_out: tuple[str, ...]

    @property
    def best(self) -> Worth | None:
        """The best question; None where no answer to a single question would help to name a value rightly."""
        return _worthy(self.together)

    @property
    def best_two(self) -> Worth | None:
        """The best two questions together; None where no two would help."""
        return _worthy(self.pairs_together)


def _worthy(found: Sequence[Worth]) -> Worth | None:
    return found[0] if found and round(found[0].value, SAME) > 0 else None


def information(swept: Swept) -> Information:
    """What it is worth to know the guesses of a sweep.

    Parameters
    ----------
    swept
        The sweep.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> found = information(sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [Subject("holds")]))
    >>> found.best, found.best_two.guesses, found.best_two.value
    (None, ('decision makers/Town/prefers/2', 'decision makers/Estate/prefers/2'), 0.25)
    """
    guesses = swept.conflict.guesses
    paired = _paired(guesses)
    single, pairs = dict[Subject, list[Worth]](), dict[Subject, list[Worth]]()
    for tally in swept.tallies:
        if tally.is_unanimous and tally.is_exact:  # nothing is left to be known
            single[tally.subject] = [_settled((guess.key,)) for guess in guesses]
            pairs[tally.subject] = [_settled((one.key, other.key)) for one, other in combinations(paired, 2)]
            continue
        found = table(tally, paired)
        worth = _worth if tally.is_exact else _estimated
        own = {guess.key: worth((guess.key,), found.one(place)) for place, guess in enumerate(paired)}
        if len(paired) < len(guesses):
            alone = singles(tally)
            own |= {guess.key: worth((guess.key,), alone[guess.key]) for guess in guesses if guess.key not in own}
        single[tally.subject] = [own[guess.key] for guess in guesses]
        pairs[tally.subject] = [
            worth((paired[one].key, paired[other].key), found.two(one, other)) for one, other in combinations(range(len(paired)), 2)
        ]
    return Information(
        {subject: _ranked(each) for subject, each in single.items()},
        _ranked(_sums(single.values())),
        {subject: _ranked(each)[:PAIRS] for subject, each in pairs.items()},
        _ranked(_sums(pairs.values()))[:PAIRS],
        tuple(guess.key for guess in guesses if guess not in paired),
    )


def _paired(guesses: Sequence[Guess]) -> list[Guess]:
    """The guesses that are looked at in pairs, in their order."""
    found, columns = set[str](), 0
    for guess in sorted(guesses, key=lambda guess: len(guess.alternatives)):
        columns += len(guess.alternatives)
        if len(guess.alternatives) <= MOST_WAYS and columns <= MOST_COLUMNS:
            found.add(guess.key)
    return [guess for guess in guesses if guess.key in found]


def _worth(guesses: tuple[str, ...], amounts: Floats) -> Worth:
    """What it is worth to know some guesses, from what the completions count for each value and way in which these come out."""
    total, ways, values = float(amounts.sum()), amounts.sum(axis=0), amounts.sum(axis=1)
    certain = float(ways[(amounts > 0).sum(axis=0) == 1].sum())
    bits = _entropy(values) - _entropy(amounts.reshape(-1)) + _entropy(ways)
    return Worth(guesses, float(values.max()) / total, float(amounts.max(axis=0).sum()) / total, certain / total, max(0.0, bits))


def _estimated(guesses: tuple[str, ...], counts: Floats) -> Worth:
    """The same from completions that were drawn, of which chance alone would make a guess of many ways look worth knowing.

    Each completion is named by the others that were drawn with it, and by all where there are none; a way settles a conclusion if it was
    drawn `ENOUGH` times and with one value alone; the bits are corrected for their bias (Miller 1955, "Note on the bias of information
    estimates").  A gain that chance might give (`SURE`) counts as none.
    """
    told, total, base = _worth(guesses, counts), float(counts.sum()), counts.sum(axis=1) / counts.sum()
    right = 0.0
    for value in range(len(counts)):
        others = counts + base[:, None]
        others[value] -= 1
        right += float(counts[value, others.argmax(axis=0) == value].sum())
    ways = counts.sum(axis=0)
    certain = float(ways[((counts > 0).sum(axis=0) == 1) & (ways >= ENOUGH)].sum())
    bias = (np.count_nonzero(base) - 1) * (np.count_nonzero(ways) - 1) / (2 * total * np.log(2))
    after = max(told.before, right / total) if _is_sure(counts) else told.before
    return Worth(guesses, told.before, after, certain / total, max(0.0, told.bits - float(bias)))


def _is_sure(counts: Floats) -> bool:
    """Whether naming the commonest value of each way was right so much more often than naming that of all that chance is no reason.

    By the test of signs, on the completions in which the two differ.
    """
    ways, common = np.arange(counts.shape[1]), int(counts.sum(axis=1).argmax())
    named = counts.argmax(axis=0)
    differ = named != common
    gained, lost = float(counts[named, ways][differ].sum()), float(counts[common][differ].sum())
    return bool(gained - lost > SURE * np.sqrt(gained + lost))


def _settled(guesses: tuple[str, ...]) -> Worth:
    """What it is worth to know some guesses where all completions have one value."""
    return Worth(guesses, 1.0, 1.0, 1.0, 0.0)


def _entropy(amounts: Floats) -> float:
    shares = amounts[amounts > 0] / amounts.sum()
    return float(-(shares * np.log2(shares)).sum())


def _sums(each: Iterable[Sequence[Worth]]) -> list[Worth]:
    """The same guesses over several conclusions."""
    return [
        Worth(some[0].guesses, *(sum(getattr(one, name) for one in some) for name in ("before", "after", "settled", "bits")))
        for some in zip(*each, strict=True)
    ]


def _ranked(found: Sequence[Worth]) -> tuple[Worth, ...]:
    return tuple(sorted(found, key=lambda one: (-round(one.value, SAME), -round(one.bits, SAME))))
