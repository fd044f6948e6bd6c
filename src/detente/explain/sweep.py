"""A sweep in words: what is the same however the guesses come out, what is not and how often, and what that hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from detente.analysis.sweep.looked import surviving
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tally import telling
from detente.explain.asking_first import worth_parts
from detente.explain.certified import certified
from detente.explain.guessed import guess_label, guess_question, guess_short, outcome_label
from detente.explain.hanging import hanging_words
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.shares import percent
from detente.explain.spreads import spread_words
from detente.explain.subjects import answer_words, subject_question, value_words
from detente.explain.sweep_levers import levers_part
from detente.model.conflict import Conflict
from detente.text import capital, listing, plural

if TYPE_CHECKING:
    from detente.analysis.sweep.found import Hanging, Rechecked
    from detente.analysis.sweep.information import Information
    from detente.analysis.sweep.looked import Looked
    from detente.analysis.sweep.matter import Idle
    from detente.analysis.sweep.tally import Swept, Tally

WHY_DRAWN = {
    "S350": "it asks about preferences that can't be asked of many at once",
    "S351": "it falls into too many cases to be counted",
    "S352": "the guesses can be settled in too many ways to be counted",
    "S353": "it asks under a concept that is looked at in one completion at a time",
    "S354": "it can only be asked of one completion at a time",
    "U500": "the time was over before it was counted",
    "rows": "not all of them are among the rows that were read",
}
"""Why a conclusion was looked at in completions drawn by chance, by the code of the reason."""

COUNTED = {
    "holds": "states hold",
    "stays": "decision makers stay",
    "gain": "something is better for everybody",
    "kept gain": "something that is better for everybody also holds",
}
"""What conclusions whose counts can be checked are about, by their kind, after "whether"."""


@dataclass(frozen=True)
class Findings:
    """All that a sweep found, as it is told.

    Parameters
    ----------
    swept
        The conclusions over the completions.
    hanging
        For conclusions that were counted and are not the same in all what they hang on.
    idle
        For conclusions that were counted the guesses that never matter to them.
    information
        How much each guess would settle; None where all conclusions are the same in all completions.
    rechecked
        What completions that were analysed from scratch gave; None where none were.
    shown
        The conclusions whose count a checker accepted, case by case.
    looked
        The levers that were looked for, to be tried in all completions; None where none were to be.
    without, tipping
        What becomes of the conclusions without a source; the nearest changes at which they flip.
    """

    swept: Swept
    hanging: Mapping[Subject, Hanging] = field(default_factory=dict)
    idle: Mapping[Subject, Idle] = field(default_factory=dict)
    information: Information | None = None
    rechecked: Rechecked | None = None
    shown: frozenset[Subject] = frozenset()
    looked: Looked | None = None
    without: tuple[Part, ...] = ()
    tipping: tuple[Part, ...] = ()

    @property
    def conflict(self) -> Conflict:
        """The conflict with its guesses."""
        return self.swept.conflict


def account(found: Findings) -> Explanation:
    """What a sweep of a conflict says.

    Parameters
    ----------
    found
        What was found.

    Examples
    --------
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> swept = sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, [Subject("holds", concept="Nash")])
    >>> print(account(Findings(swept)).verdict)
    The 3 guesses in this model can be settled in 12 ways, its completions. The conclusion that is asked is the same in all of them.
    """
    words = _Words(found)
    parts = [*found.without, words.unanimous(), words.parted(), words.drawn(), words.idle()]
    if found.looked is not None:
        parts.append(levers_part(found.swept, found.looked, surviving(found.swept), found.hanging))
    if found.information is not None:
        parts += worth_parts(found.swept, found.information)
    parts += [*found.tipping, words.open_parts(), words.certified(), words.meaning() if found.conflict.guesses else None]
    return Explanation(words.verdict(), tuple(part for part in parts if part is not None))


class _Words:
    """The sentences on one sweep."""

    def __init__(self, found: Findings) -> None:
        self.found, self.swept, self.conflict = found, found.swept, found.conflict
        self.told = telling(self.swept)
        self.exact = [tally for tally in self.told if tally.is_exact]
        self.rest = [tally for tally in self.told if not tally.is_exact]
        self.elements = tuple(dict.fromkeys(element for guess in self.conflict.guesses for element in guess.elements))

    # -- the verdict -----------------------------------------------------------------------------------------------
    def verdict(self) -> Sentence:
        """How many completions there are, and how many conclusions are the same in all of them."""
        if not self.conflict.guesses:
            text = "Nothing is open in this model: no guess is named, or was opened. What follows is concluded of it as it is written."
            return Sentence(text, (), ())
        total = plural(self.swept.count, "way")
        guesses = plural(len(self.conflict.guesses), "guess", "guesses")
        text = f"The {guesses} in this model can be settled in {total}, its completions. "
        same = sum(tally.is_unanimous for tally in self.exact)
        asked = len(self.told)
        if not self.rest:
            text += self._same(same, asked) + "."
        elif not self.exact:
            text += f"Each of {plural(asked, 'conclusion')} was looked at in completions drawn by chance, and not in all."
        else:
            drawn = len(self.rest)
            counted = f"{len(self.exact):,} {'was' if len(self.exact) == 1 else 'were'} counted over all of them"
            text += f"Of {plural(asked, 'conclusion')} {counted}, and {same:,} of these "
            text += f"{'is' if same == 1 else 'are'} the same in all; {drawn:,} {'was' if drawn == 1 else 'were'} looked at in "
            text += "completions drawn by chance."
        return Sentence(text, (), ())

    def _same(self, same: int, asked: int) -> str:
        if same == asked:
            return f"{'The conclusion that is asked is' if asked == 1 else f'All {asked:,} conclusions are'} the same in all of them"
        if asked == 1:
            return "The conclusion that is asked is not the same in all of them"
        kept = f"{same:,} {'is' if same == 1 else 'are'} the same in all of them"
        each = ", counted for each concept by itself," if any(len(group) > 1 for group in self.groups(self.told)) else ""
        return f"Of {asked:,} conclusions{each} {kept}, and {asked - same:,} {'is' if asked - same == 1 else 'are'} not"

    # -- conclusions -----------------------------------------------------------------------------------------------
    def groups(self, tallies: Iterable[Tally]) -> list[list[Tally]]:
        """Conclusions, on concepts and on decision makers together where they go together."""

        def alike(tally: Tally) -> tuple[object, ...]:
            one = tally.subject
            if one.kind not in ("holds", "stays") or (one.kind == "holds" and one.concept is None):
                return (one,)
            under = one.concept if one.kind == "stays" else None
            hangs = self.found.hanging.get(one)
            return (one.kind, one.state, under, tally.as_written, tuple(tally.counts.items()), tuple(tally.shares.items()), hangs)

        return [list(group) for _, group in groupby(tallies, key=alike)]

    def clause(self, tallies: Sequence[Tally]) -> str:
        """A conclusion, or several alike, with the commonest value, as a clause."""
        one, value = tallies[0], tallies[0].commonest
        clause = value_words(self.conflict, self.swept.profile, one.subject, value)
        if len(tallies) == 1 or value is None:
            return clause
        if one.subject.kind == "holds":
            keys = listing([tally.subject.concept or "" for tally in tallies], "and" if value else "or")
            return clause.replace(f" under {one.subject.concept}", f" under {'each of ' if value else ''}{keys}")
        who = listing([tally.subject.dm or "" for tally in tallies], "and" if value else "or")
        verb = ("stay", "stays") if value else ("stays", "does not stay")
        if value:
            return clause.replace(f"{one.subject.dm} {verb[1]}", f"{who} {verb[0]}", 1)
        return clause.replace(f"{one.subject.dm} {verb[1]}", f"neither {who.replace(' or ', ' nor ')} {verb[0]}", 1)

    def question(self, tallies: Sequence[Tally]) -> str:
        """What a conclusion asks, and which others have the same answers equally often and hang on the same guesses."""
        one = tallies[0].subject
        question = subject_question(self.conflict, self.swept.profile, one)
        if len(tallies) == 1:
            return question
        others = [(tally.subject.concept if one.kind == "holds" else tally.subject.dm) or "" for tally in tallies[1:]]
        return f"{question} ({'the same counts under' if one.kind == 'holds' else 'the same counts for'} {listing(others)})"

    def unanimous(self) -> Part | None:
        """The conclusions that are the same in all completions."""
        items = [Sentence(capital(self.clause(group))) for group in self.groups(tally for tally in self.exact if tally.is_unanimous)]
        lead = f"The same in all {plural(self.swept.count, 'completion')}:" if self.swept.count > 1 else "As written:"
        return Part((Sentence(lead),), tuple(items)) if items else None

    def parted(self) -> Part | None:
        """The conclusions that are not the same in all completions: their shares, and on which guesses they hang."""
        items = [self._shares(group) for group in self.groups(tally for tally in self.exact if not tally.is_unanimous)]
        lead = "Not the same in all, counted over all completions"
        if self.found.hanging:
            lead += "; and which guesses can change what is concluded as the file writes the conflict, settled otherwise while all others "
            lead += "stay as written"
        return Part((Sentence(f"{lead}:"),), tuple(items)) if items else None

    def _shares(self, group: Sequence[Tally]) -> Sentence:
        one = group[0]
        hangs = self.found.hanging.get(one.subject)
        written = f"as written, {answer_words(one.subject, one.as_written)}"
        text = f"{capital(self.question(group))}: {spread_words(one)}; {written}."
        return Sentence(text if hangs is None else f"{text} {hanging_words(self.conflict, hangs)}", (), self._paths(hangs))

    def _paths(self, hangs: Hanging | None) -> tuple[str, ...]:
        """The elements that the guesses are about that can change a conclusion, each alone or two together."""
        keys = set() if hangs is None else {key for each in hangs.breaking if len(each) < 3 for key in each}
        return tuple(dict.fromkeys(path for guess in self.conflict.guesses if guess.key in keys for path in guess.elements))

    def drawn(self) -> Part | None:
        """The conclusions that were looked at in completions drawn by chance, with ranges."""
        if not self.rest:
            return None
        groups: dict[tuple[int, str | None], list[Tally]] = {}
        for tally in self.rest:
            groups.setdefault((tally.covered, tally.why_drawn), []).append(tally)
        items = [self._drawn(tally) for tallies in groups.values() for tally in tallies]
        sizes = listing([f"{covered:,}" for covered in dict.fromkeys(covered for covered, _ in groups)], "or")
        why = listing(dict.fromkeys(WHY_DRAWN.get(code or "", code or "") for _, code in groups), "or")
        text = f"Not counted over all completions, as {why}, but looked at in {sizes} of them drawn by chance (seed {self.swept.seed}). "
        level = percent_level(self.swept.level)
        text += "Each range tells between which shares of all completions the true one lies; "
        text += f"all ranges together are right in {level} of such draws, or more:"
        return Part((Sentence(text),), tuple(items))

    def _drawn(self, tally: Tally) -> Sentence:
        unseen = f"; any other answer in at most {_at_most(tally.unseen)} of all" if tally.unseen is not None else ""
        written, hangs = answer_words(tally.subject, tally.as_written), self.found.hanging.get(tally.subject)
        text = f"{capital(self.question([tally]))}: {spread_words(tally)}{unseen}; as written, {written}."
        return Sentence(text if hangs is None else f"{text} {hanging_words(self.conflict, hangs)}", (), self._paths(hangs))

    # -- guesses ---------------------------------------------------------------------------------------------------
    def idle(self) -> Part | None:
        """The guesses that never matter to any conclusion that was counted."""
        if not self.found.idle or (self.rest and not self.exact):
            return None
        common = set.intersection(*(set(one.keys) for one in self.found.idle.values()))
        named = [guess_short(self.conflict, guess) for guess in self.conflict.guesses if guess.key in common]
        if not named:
            return None
        what = "any of these conclusions" if len(self.exact) > 1 else "this conclusion"
        what += "" if not self.rest else " that were counted over all completions"
        verb = "never matters" if len(named) == 1 else "never matter"
        lead = f"{plural(len(named), 'guess', 'guesses')} {verb} to {what}, however the others come out: {listing(named)}."
        return Part((Sentence(lead, (), ()),))

    # -- what is open ----------------------------------------------------------------------------------------------
    def open_parts(self) -> Part | None:
        """Every guess, and how it may come out; nothing where there is none."""
        if not self.conflict.guesses:
            return None
        items = []
        for guess in self.conflict.guesses:
            ways = [outcome_label(self.conflict, guess, number) for number in range(len(guess.alternatives))]
            orders = (
                f"as written, or in any of {len(ways) - 1:,} other orders"
                if guess.kind == "order" and len(ways) > 3
                else listing(ways, "or")
            )
            question = guess.says.rstrip(".") if guess.says else guess_question(self.conflict, guess)
            items.append(Sentence(f"{capital(guess_label(self.conflict, guess))}: {question}; {orders}", (), guess.elements))
        return Part((Sentence("What is a guess, and how it may come out:"),), tuple(items))

    # -- what was checked ------------------------------------------------------------------------------------------
    def certified(self) -> Part:
        """What was checked, and what was only worked out."""
        checked, worked_out = [], []
        shown = [tally for tally in self.exact if tally.subject in self.found.shown]
        if shown:
            checked.append(f"{self._counts(len(shown))}{plural(len(shown), 'conclusion')} on whether {self._counted(shown)}")
        if left := len(self.exact) - len(shown):
            worked_out.append(f"{self._counts(left)}{plural(left, 'other conclusion') if shown else plural(left, 'conclusion')}")
        if self.rest:
            worked_out.append(f"{plural(len(self.rest), 'conclusion')} in completions that were drawn")
        if any(tally.subject.is_on_levers for tally in self.swept.tallies):
            worked_out.append("in how many completions levers work")
        if self.found.hanging:
            worked_out.append("on which guesses conclusions hang")
        if self.found.information is not None:
            worked_out.append("how much it would tell to know a guess")
        part = certified(checked, worked_out)
        again = self.found.rechecked
        if again is None or not again.number:
            return part
        were = "was" if again.number == 1 else "were"
        drawn = (
            f"All {plural(again.number, 'completion')}"
            if again.number == self.swept.count
            else f"{plural(again.number, 'completion')} drawn by chance"
        )
        text = f"{drawn} {were} also analysed from scratch, one by one: "
        if not self.conflict.guesses:
            text = "The conflict was also analysed from scratch: "
        text += f"{plural(again.compared, 'answer')} came out as in the sweep, and none otherwise."
        return Part((*part.lead, Sentence(text)))

    def _counts(self, many: int) -> str:
        """What conclusions have that is checked or worked out: counts, unless there is but one completion."""
        if not self.conflict.guesses:
            return ""
        return "the count of " if many == 1 else "the counts of "

    def _counted(self, shown: Sequence[Tally]) -> str:
        """What conclusions whose counts were checked are about."""
        if len(shown) == 1:
            return self.question(shown).removeprefix("whether ")
        kinds = dict.fromkeys(tally.subject.kind for tally in shown)
        return listing([words for kind, words in COUNTED.items() if kind in kinds])

    def meaning(self) -> Part:
        """What shares are, and what they are not."""
        weighted = [guess for guess in self.conflict.guesses if guess.is_weighted]
        if not weighted:
            text = "A share counts completions of this model, each of them the same. "
            text += "It says how much hangs on the guesses that are named, and is no likelihood."
            return Part((Sentence(text),))
        count = len(weighted)
        named = listing(guess_label(self.conflict, guess) for guess in weighted)
        guesses = plural(len(self.conflict.guesses), "guess", "guesses")
        text = f"Of {guesses} {count:,} {'has' if count == 1 else 'have'} weights, from what the file cites: {named}. "
        if count < len(self.conflict.guesses):
            text += "The alternatives of every other guess count the same. So shares by weight are no likelihoods."
        else:
            text += "A share by weight is as good as these weights are, and as it is that the guesses come out independently of each other."
        return Part((Sentence(text, (), tuple(f"uncertain/{guess.key}" for guess in weighted)),))


def percent_level(level: float) -> str:
    """A level in percent.

    >>> percent_level(0.95), percent_level(0.995)
    ('95%', '99.5%')
    """
    return f"{level * 100:.4g}%"


def _at_most(share: float) -> str:
    from fractions import Fraction

    return percent(Fraction(share).limit_denominator(10**7)).removeprefix("less than ")
