"""From what a sweep found to the parts of its document."""

from __future__ import annotations

from fractions import Fraction

from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.information import Worth
from detente.analysis.sweep.tally import Tally
from detente.analysis.sweep.tornado import tornado
from detente.analysis.sweep.tree import Value
from detente.app.sweep_documents import AlternativePart, Answer, GuessPart, HangingPart, MovingPart, SweptPart, ValuePart, WorthPart
from detente.explain.attempts import lever_words
from detente.explain.guessed import guess_label, guess_question, outcome_label
from detente.explain.subjects import answer_words, subject_label, subject_question
from detente.explain.sweep import Findings
from detente.model.conflict import Conflict
from detente.model.formula import written
from detente.model.guess import Guess

MOST_WORTH = 12
"""Most guesses, and most pairs of guesses, of which a document says what it would tell to know them."""


def guess_parts(found: Findings) -> tuple[GuessPart, ...]:
    """Every guess of the conflict that was swept, as it came out of what was `found`.

    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> swept = sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, [Subject("holds")])
    >>> [(part.kind, len(part.alternatives)) for part in guess_parts(Findings(swept))]
    [('order', 2), ('statement', 3), ('direction', 2)]
    """
    return tuple(guess_part(found.conflict, guess, _idle(found, guess.key)) for guess in found.conflict.guesses)


def _idle(found: Findings, key: str) -> bool | None:
    """Whether a guess (`key`) matters to nothing that was counted; None where nothing was, or where it was not settled."""
    counted = tuple(found.idle.values())
    if any(one.complete and key not in one.keys for one in counted):
        return False
    return True if counted and all(key in one.keys for one in counted) else None


def guess_part(conflict: Conflict, guess: Guess, idle: bool | None = None) -> GuessPart:
    """A guess of a conflict, and whether it matters to nothing that was counted (`idle`).

    >>> from detente.cases import load
    >>> quarry = load("half-known-objection")
    >>> [one.words for one in guess_part(quarry, quarry.guesses[2]).alternatives]
    ['as written', 'only on']
    """
    return GuessPart(
        key=guess.key,
        kind=guess.kind,
        of=guess.of,
        elements=guess.elements,
        label=guess_label(conflict, guess),
        question=guess.says or guess_question(conflict, guess),
        alternatives=tuple(
            AlternativePart(words=outcome_label(conflict, guess, number), weight=None if one.weight is None else float(one.weight))
            for number, one in enumerate(guess.alternatives)
        ),
        idle=idle,
    )


def swept_part(found: Findings, tally: Tally, *, moving: bool = True) -> SweptPart:
    """What a sweep found of one conclusion (`tally`), with how far single guesses move it (`moving`).

    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> swept = sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, [Subject("holds")])
    >>> part = swept_part(Findings(swept), swept.tallies[0])
    >>> part.written, part.same, part.exact
    (True, False, True)
    """
    conflict, subject = found.conflict, tally.subject
    hanging, worths = found.hanging.get(subject), () if found.information is None else found.information.single.get(subject, ())
    return SweptPart(
        kind=subject.kind,
        under=subject.concept,
        by=subject.dm,
        where=None if subject.where is None else written(subject.where),
        state=subject.state,
        conclusion=subject.place,
        levers=levers(conflict, subject),
        label=subject_label(conflict, subject),
        question=subject_question(conflict, found.swept.profile, subject),
        written=answer(tally.as_written),
        same=tally.is_unanimous,
        exact=tally.is_exact,
        covered=tally.covered,
        cases=tally.cases,
        reason=tally.why_drawn,
        unseen=tally.unseen,
        values=value_parts(tally),
        hangs=None
        if hanging is None
        else HangingPart(
            breaking=hanging.breaking,
            sufficient=hanging.sufficient,
            least=hanging.least,
            complete=hanging.complete,
            up_to=hanging.up_to,
        ),
        idle=found.idle[subject].keys if subject in found.idle else (),
        moved_by=_moved_by(found, tally) if moving and not tally.is_unanimous else (),
        worth=tuple(worth_part(worth) for worth in worths[:MOST_WORTH]),
        checked=subject in found.shown,
    )


def _moved_by(found: Findings, tally: Tally) -> tuple[MovingPart, ...]:
    return tuple(_moving(bar.guess, bar.shares) for bar in tornado(found.swept, tally) if bar.swing)


def _moving(guess: str, shares: tuple[Fraction | None, ...]) -> MovingPart:
    return MovingPart(guess=guess, shares=tuple(None if share is None else float(share) for share in shares))


def value_parts(tally: Tally) -> tuple[ValuePart, ...]:
    """The values of a conclusion (`tally`), the commonest first.

    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> swept = sweep(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"}, [Subject("holds")])
    >>> [(part.value, part.completions) for part in value_parts(swept.tallies[0])]
    [(False, 8), (True, 4)]
    """
    parts = []
    for value, share in tally.shares.items():
        interval = tally.intervals.get(value)
        low, high = (None, None) if interval is None else (interval.low, interval.high)
        words = answer_words(tally.subject, value)
        parts.append(ValuePart(value=answer(value), words=words, completions=tally.counts[value], share=float(share), low=low, high=high))
    return tuple(parts)


def worth_part(worth: Worth) -> WorthPart:
    """What it would tell to know one guess or two (`worth`).

    >>> worth_part(Worth(("a",), 0.5, 0.75, 0.5, 0.3)).after
    0.75
    """
    return WorthPart(guesses=worth.guesses, before=worth.before, after=worth.after, settled=worth.settled, bits=worth.bits)


def answer(value: Value) -> Answer:
    """The `value` of a conclusion as documents hold it.

    >>> answer(True), answer(frozenset({(("A", "x"), ("", "rule 1"))}))
    (True, (('A: x', 'rule 1'),))
    """
    if not isinstance(value, frozenset):
        made: Answer = value
        return made
    return tuple(sorted(tuple(f"{dm}: {condition}" if dm else condition for dm, condition in lines) for lines in value))


def levers(conflict: Conflict, subject: Subject) -> tuple[str, ...]:
    """What the levers are that a conclusion on a conflict (`subject`) is about.

    >>> from detente.cases import load
    >>> levers(load("elmira"), Subject("holds"))
    ()
    """
    return tuple(lever_words(conflict, one) for one in subject.attempts)
