"""A diagnosis in words: whether it is stuck, what kind of deadlock it is, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.claims.base import Claim, refusal
from detente.analysis.claims.gains import HangsOn
from detente.analysis.claims.standing import OutOfReach
from detente.analysis.deadlock.found import Diagnosis
from detente.analysis.hinges import decisive, nearest
from detente.errors import Diagnostic, UsageError
from detente.explain.certified import certified
from detente.explain.diagnosis.bargains import bargains, further, further_ways, hangs_on, in_short, ways
from detente.explain.diagnosis.seen import as_they_see
from detente.explain.diagnosis.types import evidence, silences
from detente.explain.diagnosis.verdict import standing, verdict
from detente.explain.diagnosis.words import DiagnosisWords
from detente.explain.sentence import Explanation, Part, Sentence
from detente.space.states import StateSpace

MAX_CHECKED = 50_000
"""Most states and last movers that a claim lists for it to be checked once more before it is told."""


def told(space: StateSpace, diagnosis: Diagnosis) -> Explanation:
    """A diagnosis in words, after its claims have been checked.

    Parameters
    ----------
    space
        The space.
    diagnosis
        What `detente.analysis.deadlock.diagnose.diagnose` gives for one of its states.

    Raises
    ------
    UsageError
        U423 if a claim does not hold.

    Examples
    --------
    >>> from detente.analysis.deadlock.diagnose import diagnose
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> print(told(space, diagnose(space, space.state(2))).text(width=100).partition("  State")[0].strip())
    It is stuck: in this model nobody would leave state 2 on their own under SEQ, and there is nothing
    that both prefer to it (no bargain, D1).
    """
    unchecked = _check(space, diagnosis)
    words = DiagnosisWords(diagnosis)
    parts: list[Part | None] = [standing(words), as_they_see(words)]
    for finding in diagnosis.found:
        parts += evidence(words, finding)
    parts += [bargains(words), ways(words), hangs_on(words), further(words), further_ways(words)]
    if diagnosis.silent:
        parts.append(silences(words))
    if unchecked:
        parts.append(Part((Sentence("What can be reached was worked out and, being so much, not checked a second time."),)))
    parts.append(_certified(words))
    return Explanation(verdict(words), tuple(part for part in parts if part is not None))


def _certified(words: DiagnosisWords) -> Part:
    """What was checked, and what was only worked out."""
    found = words.found
    some = bool(found.bargain.worse_for_none)
    seen = ", as the file writes the conflict and as they see it" if found.seen is not None else ""
    checked = [f"who stays at {words.state(found.start)} {words.under}{seen}", "which states are better for everybody, or worse for nobody"]
    worked_out = ["who stays under other concepts"] if found.stable else []
    if some:
        worked_out.append("how these states are described, how many of them hold, and how many could be had in which way")
        checked += ["that those called out of reach are"] * bool(found.unreached)
    if found.bargain.better_for_all and (decisive(found.hinges) or nearest(found.hinges) is not None):
        checked.append("on which order of statements those better for everybody hang")
    if found.found:
        checked.append("that the types of deadlock that are named apply")
        worked_out += ["that no other type comes before them"] * (found.primary not in ("D1", "D8"))
    return certified(checked, worked_out)


def short(space: StateSpace, diagnosis: Diagnosis) -> tuple[Sentence, ...]:
    """The first sentence of a diagnosis, how many states would be better for whom, and what those better for everybody hang on.

    The last is left out where they hang on no order of two statements.

    Raises `UsageError` (U423) if a claim does not hold.

    >>> from detente.analysis.deadlock.diagnose import diagnose
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> print(short(space, diagnose(space, space.state(2)))[1].text)
    Of the 3 other states none is better than state 2 for Row and 2 for Column; none is better for both.
    """
    _check(space, diagnosis)
    words = DiagnosisWords(diagnosis)
    hangs = in_short(words)
    return (verdict(words), bargains(words).lead[0], *((hangs,) if hangs is not None else ()))


def _claims(diagnosis: Diagnosis) -> Iterator[Claim]:
    """All claims that sentences are made from."""
    yield diagnosis.standing
    yield diagnosis.gains
    if diagnosis.seen is not None:
        yield diagnosis.seen
    yield from diagnosis.unreached
    for finding in diagnosis.found:
        yield from finding.claims
    if diagnosis.bargain.better_for_all:
        pairs = [(pair.dm, pair.upper, pair.lower) for pair in decisive(diagnosis.hinges)]
        moves = [*pairs, *((dm, lower, upper) for dm, upper, lower in pairs)]
        one = nearest(diagnosis.hinges)
        yield from (HangsOn(diagnosis.start, *move) for move in moves or ([one] if one is not None else []))


def _check(space: StateSpace, diagnosis: Diagnosis) -> bool:
    """Check the claims; whether some were too large to be checked once more."""
    large = False
    for claim in _claims(diagnosis):
        if isinstance(claim, OutOfReach) and len(claim.lengths) > MAX_CHECKED:
            large = True
            continue
        refused = refusal(space, claim)
        if refused:
            message = f"a claim of the diagnosis ({claim.kind}) does not hold: {refused}"
            raise UsageError([Diagnostic("U423", message, help="make the diagnosis from the same conflict")])
    return large
