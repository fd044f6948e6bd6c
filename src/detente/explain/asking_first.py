"""Which guess is worth finding out first, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.explain.guessed import guess_question, guess_short
from detente.explain.sentence import Part, Sentence
from detente.explain.shares import bits, percent_of
from detente.explain.subjects import subject_question
from detente.model.conflict import Conflict
from detente.text import capital, listing, plural

if TYPE_CHECKING:
    from detente.analysis.sweep.information import Information, Worth
    from detente.analysis.sweep.subject import Subject
    from detente.analysis.sweep.tally import Swept

SAME = 1e-9
"""Values that differ by less are taken to be the same."""


def worth_parts(swept: Swept, found: Information) -> tuple[Part, ...]:
    """How much it would tell to know a guess, or two: for all conclusions together, and for each.

    Parameters
    ----------
    swept
        The conclusions over the completions.
    found
        What knowing each guess would settle.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.information import information
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.app.guessing import with_open
    >>> from detente.app.opening import opened
    >>> one = with_open(opened("misread-neighbours"), "assumed").conflict
    >>> swept = sweep(one, {"North": "SEQ", "South": "SEQ"}, [Subject("holds", state="WH")])
    >>> print(worth_parts(swept, information(swept))[0].lead[0].text.partition(". ")[0])
    Worth finding out first: whether South holds statement 2, “South has withdrawn”
    """
    best = found.best
    if best is None:
        return (Part((Sentence(_nothing(swept, found)),)),)
    conflict, asked = swept.conflict, len(found.single)
    alike = _alike(found.together, best)
    first = [
        Sentence(f"Worth finding out first: {_either(conflict, alike)}. {_meaning(swept, best, asked)}", (), _elements(conflict, alike))
    ]
    two = found.best_two
    if two is not None and two.value > best.value + SAME:
        pairs = _alike(found.pairs_together, two)
        more = f" (and {plural(len(pairs) - 1, 'other pair')} as much)" if len(pairs) > 1 else ""
        text = f"Of two facts together {_short(conflict, two)} would tell the most{more}: {_right(two, asked)}."
        first.append(Sentence(text, (), _elements(conflict, [two])))
    items = _each(swept, found)
    unmoved = sum(not worths or worths[0].value <= SAME for worths in found.single.values())
    if asked == 1:
        return (Part(tuple(first)),)
    if unmoved:
        seen = "changes" if all(tally.is_exact for tally in swept.tallies) else "is seen to change"
        kept = f"For {plural(unmoved, 'conclusion')} no single guess {seen} which answer is the commonest."
        first.append(Sentence(f"{kept} For the others the most telling is:" if items else kept))
    else:
        first.append(Sentence("For each by itself the most telling is:"))
    return (Part(tuple(first), tuple(items)),)


def _alike(worths: Sequence[Worth], best: Worth) -> list[Worth]:
    """Those that tell as much as the best."""
    return [worth for worth in worths if worth.value >= best.value - SAME]


def _nothing(swept: Swept, found: Information) -> str:
    """That no guess tells anything."""
    if not all(tally.is_exact for tally in swept.tallies):
        return (
            "No single guess is seen to be worth finding out by itself; where completions were drawn, a gain that chance might give is "
            "not told."
        )
    if not any(found.single.values()):
        return "No guess is worth finding out for these conclusions: they are the same however it comes out."
    return (
        "No single guess is worth finding out by itself: whichever is known, and however it comes out, the commonest answer to each "
        "of these conclusions stays the commonest."
    )


def _meaning(swept: Swept, best: Worth, asked: int) -> str:
    """What knowing the best guess is worth, in how often the commonest answers are right."""
    head = "Counted as the completions weigh" if swept.weighed else "If every completion counted the same"
    if asked == 1:
        return f"{head}, the commonest answer would be right in {percent_of(best.before)} of them; {_right(best, asked)}."
    about = "" if all(tally.is_exact for tally in swept.tallies) else "about "
    would = f"the commonest answers to {asked:,} conclusions would be right on {about}{best.before:.2f} of them on average"
    return f"{head}, {would}; {_right(best, asked)}."


def _right(worth: Worth, asked: int) -> str:
    known = "this" if len(worth.guesses) == 1 else "both"
    if asked == 1:
        return f"with {known} known first, in {percent_of(worth.after)}"
    return f"with {known} known first, on {worth.after:.2f}"


def _each(swept: Swept, found: Information) -> list[Sentence]:
    """For each conclusion what tells the most; concepts of which the same is told together."""
    told: dict[tuple[object, ...], list[Subject]] = {}
    for subject, worths in found.single.items():
        if worths and worths[0].value > SAME:
            alone = subject if subject.concept is None else (subject.kind, subject.dm, subject.state)
            told.setdefault((alone, tuple(_alike(worths, worths[0]))), []).append(subject)
    return [_of_some(swept, subjects, found.single[subjects[0]]) for subjects in told.values()]


def _of_some(swept: Swept, subjects: Sequence[Subject], worths: Sequence[Worth]) -> Sentence:
    """What knowing a guess tells of a conclusion, or of several alike under several concepts."""
    alike, best = _alike(worths, worths[0]), worths[0]
    question = subject_question(swept.conflict, swept.profile, subjects[0])
    if others := [subject.concept or "" for subject in subjects[1:]]:
        question += f", as under {listing(others)}"
    named = listing((_short(swept.conflict, worth) for worth in alike), "or")
    if best.settled > 1 - SAME:
        told = "known, it is settled"
    else:
        settled = f"; it is then settled in {percent_of(best.settled)}" if best.settled > SAME else ""
        told = f"the commonest answer would be right in {percent_of(best.after)} and not {percent_of(best.before)}{settled}"
    text = f"{capital(question)}: {named}; {told} ({bits(best.bits)})"
    return Sentence(text, (), _elements(swept.conflict, alike))


def _either(conflict: Conflict, alike: Sequence[Worth]) -> str:
    """What is asked by the guesses that tell the most, in full."""
    keys = [worth.guesses[0] for worth in alike]
    asked = []
    for guess in conflict.guesses:
        if guess.key in keys:
            question = guess.says.rstrip(".") if guess.says else guess_question(conflict, guess)
            asked.append(question if guess.key in guess.elements else f"“{guess.key}”, {question}")
    return "; or, which tells as much, ".join(asked)


def _short(conflict: Conflict, worth: Worth) -> str:
    return listing(guess_short(conflict, guess) for guess in conflict.guesses if guess.key in worth.guesses)


def _elements(conflict: Conflict, worths: Sequence[Worth]) -> tuple[str, ...]:
    keys = {key for worth in worths for key in worth.guesses}
    return tuple(dict.fromkeys(path for guess in conflict.guesses if guess.key in keys for path in guess.elements))
