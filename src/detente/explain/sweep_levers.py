"""What levers still do however the guesses come out, in words: of each in how many completions it works, and which works in most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from detente.analysis.sweep.attempt import Attempt
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value
from detente.explain.attempts import cost_words, kind_words, lever_words
from detente.explain.hanging import hanging_words
from detente.explain.sentence import Part, Sentence
from detente.explain.shares import of_completions, percent
from detente.text import capital, counted, listing, plural

if TYPE_CHECKING:
    from detente.analysis.sweep.found import Hanging
    from detente.analysis.sweep.looked import Looked
    from detente.analysis.sweep.tally import Swept, Tally

NAMED = 2
"""Most levers that are named as those that work in most completions; of more it is said how many they are."""


def levers_part(
    swept: Swept, looked: Looked, most: tuple[tuple[Subject, ...], bool], hanging: Mapping[Subject, Hanging] | None = None
) -> Part:
    """What was found of the levers that a sweep tried; or that there was none to try.

    Parameters
    ----------
    swept
        The sweep.
    looked
        The levers that were looked for.
    most
        Those that work in most completions, and whether that is settled.
    hanging
        On which guesses it hangs whether they work, as far as that is known.

    Examples
    --------
    >>> from detente.analysis.sweep.levers import lever_subjects, looked_for
    >>> from detente.analysis.sweep.looked import surviving
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> objection, profile = load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}
    >>> looked = looked_for(objection, profile)
    >>> swept = sweep(objection, profile, lever_subjects(looked.attempts))
    >>> print(levers_part(swept, looked, surviving(swept)).lead[1].text)
    All 5 work equally often: in all of the 4 completions in which the status quo holds.
    """
    if not looked.attempts:
        return Part((Sentence(_none(looked)),))
    words = _Words(swept, looked, hanging or {})
    lead = [Sentence(words.tried()), *words.first(most), *words.cheapest()]
    text = "The levers" if words.is_tie else "Each by itself"
    if words.shared is not None:
        lead.append(words.alike(words.shared))
    elif any(words.hangs(tally) is not None for tally in words.single):
        text += (
            ", and for those that fail in some which guesses can change that they work, settled otherwise while all others stay as written"
        )
    return Part((*lead, Sentence(f"{text}:")), tuple(map(words.item, words.single)))


def _kinds(looked: Looked) -> str:
    """What was looked for."""
    kinds = ["moves of groups", "single edits of the statements of each decision maker"]
    kinds += ["guarantees with which a named state is reached and holds"] if looked.named else []
    kinds += ["plans for a named state with one of the measures of the file"] if looked.named and looked.measures else []
    return listing(kinds)


def _of_the(count: int, kept: int) -> str:
    """Some of those completions in which the status quo holds."""
    if kept == 1:
        return f"{'in' if count else 'not in'} the one completion in which the status quo holds"
    number = "all" if count == kept else counted(count) if count else "none"
    some = f"in {number} of the {counted(kept)} completions in which the status quo holds"
    return f"{some} ({percent(Fraction(count, kept))})" if 0 < count < kept else some


def _none(looked: Looked) -> str:
    """Why no lever was tried."""
    if looked.reason == "left":
        return "No lever was looked for, as somebody leaves the status quo in the conflict as the file writes it."
    if looked.reason == "S353":
        return "No lever was looked for: a sweep tries levers under the six classical concepts."
    if looked.reason == "S354":
        return "No lever was tried: what one of those that were found changes can't be told in every completion."
    if looked.reason is not None:
        return f"No lever was looked for, as the conflict is too large for that ({looked.reason})."
    return f"No lever was found for the conflict as the file writes it. Looked for were {_kinds(looked)}; there may be others."


class _Words:
    """The sentences on levers."""

    def __init__(self, swept: Swept, looked: Looked, hanging: Mapping[Subject, Hanging]) -> None:
        self.conflict, self.swept, self.looked, self.hanging = swept.conflict, swept, looked, hanging
        asked = [tally for tally in swept.tallies if tally.subject.is_on_levers]
        self.single = [tally for tally in asked if len(tally.subject.attempts) == 1]
        self.several = [tally for tally in asked if len(tally.subject.attempts) > 1]

    @property
    def is_tie(self) -> bool:
        """Whether of several levers that were counted all work equally often, which then is said once."""
        same = {tally.counts.get(1, 0) for tally in self.single}
        return len(self.single) > 1 and len(same) == 1 and all(tally.is_exact for tally in self.single)

    def hangs(self, tally: Tally) -> Hanging | None:
        """On which guesses it hangs whether a lever works; None where it works wherever the status quo holds, and so hangs on the same."""
        return self.hanging.get(tally.subject) if "" in tally.counts else None

    @property
    def shared(self) -> Hanging | None:
        """On which guesses it hangs whether they work, where there are several and all hang on the same."""
        first, *others = [self.hangs(tally) for tally in self.single]
        return first if others and all(other == first for other in others) else None

    def alike(self, hangs: Hanging) -> Sentence:
        """On which guesses all hang."""
        text = "That they work hangs for all of them on the same guesses, settled otherwise while all others stay as written: "
        said = hanging_words(self.conflict, hangs)
        return Sentence(text + said[:1].lower() + said[1:], (), self._paths(hangs))

    def tried(self) -> str:
        """What was tried, and what it is to work."""
        count = len(self.looked.attempts)
        levers, were = plural(count, "lever"), "was" if count == 1 else "were"
        text = f"{levers} that {were} found for the conflict as the file writes it {were} tried in other completions, too; there may be "
        text += f"others. Looked for were {_kinds(self.looked)}; at most {self.looked.each} of each kind are tried, of edits "
        text += f"{self.looked.each} of each decision maker. "
        text += "A lever works where the status quo holds and the lever gives what it gives as written."
        holding = {(tally.counts.get("-", 0), tally.counts.get(None, 0)) for tally in self.single}
        if holding != {(0, 0)} and len(holding) == 1 and all(tally.is_exact for tally in self.single):
            tally = self.single[0]
            kept = tally.covered - sum(next(iter(holding)))
            text += f" The status quo holds {of_completions(kept, tally.covered)}; in the others no lever is counted as working."
        return text

    def first(self, most: tuple[tuple[Subject, ...], bool]) -> list[Sentence]:
        """Which lever works in most completions, with ties."""
        subjects, settled = most
        if len(self.single) < 2:
            return []
        works = next(tally for tally in self.single if tally.subject in subjects)
        if 1 not in works.shares:
            return [Sentence(f"None of them works in any completion{'' if settled else ' that was drawn'}.")]
        more = "" if settled else ", of the completions that were drawn,"
        if len(subjects) == len(self.single):
            text = f"{'Both' if len(subjects) == 2 else f'All {len(subjects)}'} work equally often: {self._in(works, [1])}."
        elif len(subjects) > NAMED:
            text = f"{len(subjects)} of the {len(self.single)} work equally often, and{more} more often than the others: "
            text += f"{self._in(works, [1])}."
        else:
            named = "; and ".join(lever_words(self.conflict, one.attempts[0]) for one in subjects)
            does = "works most often" if len(subjects) == 1 else "work equally often, and most often"
            text = f"{'This one' if len(subjects) == 1 else 'These two'}{more} {does} of the {len(self.single)}, "
            text += f"{self._in(works, [1])}: {named}."
        if not settled:
            text += " Which works most often in all completions is not settled by that: the ranges of their shares meet."
        return [Sentence(text)]

    def cheapest(self) -> list[Sentence]:
        """For each kind of which there are several how much the cheapest costs that works."""
        return [Sentence(text) for tally in self.several if (text := self._cheapest(tally))]

    def _cheapest(self, tally: Tally) -> str:
        attempts = tally.subject.attempts
        kind, costs = kind_words(attempts[0].kind), list(dict.fromkeys(cost_words(one) for one in attempts))
        if len(costs) == 1 and self._is_one_of_them(tally):
            return ""  # a single one of them works wherever any does
        if len(costs) == 1:
            text = f"Of the {len(attempts)} {kind}s, each of {costs[0]}, at least one works"
            return f"{text} {self._in(tally, self._places(attempts, costs[0]))}."
        told = [f"{cost} {self._in(tally, self._places(attempts, cost))}" for cost in costs]
        none = f"; none of them works {self._in(tally, [''])}" if "" in tally.counts else ""
        return f"The cheapest of the {len(attempts)} {kind}s that works costs {', '.join(told)}{none}."

    def _is_one_of_them(self, tally: Tally) -> bool:
        """Whether a single one of some levers works as often as at least one of them does."""
        works = sum(count for value, count in tally.counts.items() if isinstance(value, int))
        alone = [one for one in self.single if one.subject.attempts[0] in tally.subject.attempts]
        return any(one.covered == tally.covered and one.counts.get(1, 0) == works for one in alone)

    def _places(self, attempts: Sequence[Attempt], cost: str) -> list[Value]:
        return [place for place, one in enumerate(attempts, start=1) if cost_words(one) == cost]

    def item(self, tally: Tally) -> Sentence:
        """Of one lever in how many completions it works, and on which guesses that hangs."""
        one = tally.subject.attempts[0]
        name = lever_words(self.conflict, one)
        text = f"{capital(name)} ({kind_words(one.kind)}, {cost_words(one)})"
        text += "" if self.is_tie else f": it works {self._in(tally, [1])}"
        hangs = self.hangs(tally) if self.shared is None else None
        if hangs is None:
            return Sentence(f"{text}.")
        return Sentence(f"{text}. {hanging_words(self.conflict, hangs)}".rstrip(), (), self._paths(hangs))

    def _paths(self, hangs: Hanging) -> tuple[str, ...]:
        """The elements that guesses are about that can change it, each alone or two together."""
        keys = {key for each in hangs.breaking if len(each) < 3 for key in each}
        return tuple(dict.fromkeys(path for guess in self.conflict.guesses if guess.key in keys for path in guess.elements))

    def _in(self, tally: Tally, values: Sequence[Value]) -> str:
        """In how many completions a conclusion has one of some values."""
        count = sum(tally.counts.get(value, 0) for value in values)
        if not tally.is_exact:
            return self._drawn(tally, values, count)
        kept = tally.covered - tally.counts.get("-", 0) - tally.counts.get(None, 0)
        if not kept:
            return "in no completion, as the status quo holds in none"
        text = of_completions(count, kept) if kept == tally.covered else _of_the(count, kept)
        if not tally.weighed or count in (0, kept):
            return text
        whole = 1 - tally.shares.get("-", Fraction(0)) - tally.shares.get(None, Fraction(0))
        return f"{text}, which weigh {percent(sum((tally.shares.get(value, Fraction(0)) for value in values), Fraction(0)) / whole)}"

    def _drawn(self, tally: Tally, values: Sequence[Value], count: int) -> str:
        """The same of completions that were drawn, with the range of the share of all."""
        text = of_completions(count, tally.covered, "completion drawn", "completions drawn")
        ranges = [tally.intervals[value] for value in values if value in tally.intervals]
        if not ranges:
            return f"{text}, at most {percent(Fraction(tally.unseen or 0).limit_denominator(10**7))} of all"
        low, high = max(one.low for one in ranges), min(1.0, sum(one.high for one in ranges))
        ends = [percent(Fraction(end).limit_denominator(10**7)) for end in (low, high)]
        return f"{text}, from {ends[0]} to {ends[1]} of all"
