"""`sweep`: each conclusion over all ways in which the guesses of a conflict may come out, and what it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TypeAlias, TypeVar

from detente.analysis.claims.base import CheckTimeError, Claim, within
from detente.analysis.sweep.asked import Subject, subjects_of
from detente.analysis.sweep.farther import farther
from detente.analysis.sweep.found import Hanging, Rechecked
from detente.analysis.sweep.hanging import hanging
from detente.analysis.sweep.information import information
from detente.analysis.sweep.levers import lever_subjects, looked_for
from detente.analysis.sweep.looked import Looked
from detente.analysis.sweep.matter import idle
from detente.analysis.sweep.near_found import CheckedEdits, Tipped
from detente.analysis.sweep.rechecked import recheck
from detente.analysis.sweep.shown import SHOWN, shown, shown_edits
from detente.analysis.sweep.sweeping import DRAWS
from detente.analysis.sweep.sweeping import sweep as swept_over
from detente.analysis.sweep.tally import Swept, telling
from detente.analysis.sweep.tipped import checked_edits
from detente.analysis.sweep.tipping import tipping as tip
from detente.analysis.sweep.voices import Without
from detente.analysis.sweep.without import without as without_each
from detente.app import asking
from detente.app.basis import element_parts
from detente.app.errors import InternalError, check_claims
from detente.app.guessing import with_open
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part
from detente.app.progress import Progress, silent
from detente.app.sweep_apart import tipping_part, without_part
from detente.app.sweep_documents import RecheckedPart, SweepDocument
from detente.app.sweep_levers import levers_part
from detente.app.sweep_parts import MOST_WORTH, guess_parts, swept_part, worth_part
from detente.app.version import version
from detente.errors import Cannot
from detente.explain.sweep import Findings, account
from detente.explain.sweep_in_short import in_short
from detente.explain.sweep_progress import progress_words
from detente.explain.tipping import parts as tipping_words
from detente.explain.without import parts as without_words
from detente.model.conflict import Conflict
from detente.model.formula import Formula
from detente.space.states import StateSpace

SECONDS = 60.0
"""How long counting may take, about, unless told otherwise; and then drawing."""
LOOKING = 10.0
"""How long each kind of lever is looked for; seldom needed, so that what is tried does not depend on the machine."""
SEED = 1
"""What draws by chance depend on, unless told otherwise."""
RECHECKED = 20
"""How many completions are analysed from scratch, and compared."""
MOST_OF_ALL = 4
"""How many times its part of the time the check of one count may take."""

Key = TypeVar("Key")
SoFar: TypeAlias = Callable[[SweepDocument], None]
"""Is told of conclusions as soon as they are counted."""
Making: TypeAlias = Callable[[float | None], Claim | None]
"""Makes a claim, if it can within so many seconds."""


def sweep(
    source: Source | Opened,
    *,
    open: str | Sequence[str] | None = None,
    under: str | Mapping[str, str] | None = None,
    where: Sequence[str] = (),
    levers: bool = True,
    without: bool = False,
    tipping: bool = False,
    draws: int = DRAWS,
    seed: int = SEED,
    seconds: float | None = SECONDS,
    kinds: Sequence[str] | None = None,
    progress: Progress = silent,
    so_far: SoFar | None = None,
) -> SweepDocument:
    """Each conclusion over all ways in which the guesses of a conflict may come out, and what it hangs on.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case; it has a status quo.
    open
        What is open besides what the file says: kinds of bases ("inferred,assumed", or a list); statements and red lines that rest on one
        of them may be left out, and rules too where "rules" is named.
    under
        The behaviour: one concept for everybody ("SEQ", the default), or one for each decision maker ("Local=Nash,SEQ", a mapping).
    where
        Conditions: is any state that meets them better for everybody, and does it hold?
    levers
        Whether levers are looked for in the conflict as it is written, and tried in the other completions.
    without
        Whether it is also asked what changes without each source, each asserter, and all who speak for, or against, one side.
    tipping
        Whether the nearest changes of the model are also sought with which a conclusion is another.
    draws
        How many completions are drawn by chance where a conclusion can't be counted over all.
    seed
        What the draws depend on.
    seconds
        How long counting may take, about, and then drawing; the nearest changes, and all voices together, each again as long; None for no
        limit.
    kinds
        Which kinds of conclusions are asked about ("holds", "stays", "gain", ...); all by default.
    progress
        Is told what is being done.
    so_far
        Is told, each time that more was counted, what is known of the conclusions on the conflict so far: their shares alone.

    Raises
    ------
    ConflictError
        The conflict, or a condition, can't be read.
    UsageError
        U530 where nothing is open, unless `without` or `tipping` are asked, which need nothing open; U531 if `open` can't be read; U413
        without a status quo; U443 for several concepts at once.

    Examples
    --------
    >>> document = sweep("misread-neighbours", open="assumed", seconds=None)
    >>> document.completions
    256
    """
    opening, progress = with_open(opened(source), open, needed=not (without or tipping)), _in_words(progress)
    conflict = opening.conflict
    space = StateSpace(conflict)
    asking.status_quo(space)
    profile = asking.profile(under, conflict)
    wheres = tuple(asking.formula(text, space) for text in where)
    subjects = tuple(subject for subject in asked_of(conflict, profile, wheres) if kinds is None or subject.kind in kinds)
    looked = _looked(conflict, profile, progress) if levers and conflict.guesses and (kinds is None or "cheapest" in kinds) else None
    telling = None if so_far is None else _telling(so_far, opening, space)
    over = partial(swept_over, conflict, profile, draws=draws, seed=seed, seconds=seconds, progress=progress, so_far=telling)
    try:
        found = over((*subjects, *lever_subjects(() if looked is None else looked.attempts)))
    except Cannot as refused:  # what an edit comes to can't always be told in another completion
        if looked is None or not looked.attempts:
            raise
        looked, found = Looked((), reason=refused.diagnostics[0].code), over(subjects)
    told = replace(findings(found, seed=seed, seconds=seconds, progress=progress), looked=looked)
    apart: tuple[Without, ...] = ()
    if without:
        apart = without_each(conflict, profile, subjects, draws=draws, seed=seed, seconds=seconds, progress=progress)
        told = replace(told, without=without_words(apart, _checked_apart(apart, None if seconds is None else seconds / 4)))
    tipped = tip(conflict, profile, subjects, seconds=seconds, progress=progress) if tipping else None
    if tipped is not None:
        each = None if seconds is None else seconds / 4
        tipped = farther(tipped, each, seed=seed, progress=progress)
        again = _as_told(checked_edits(tipped, each, progress))
        progress("checking what edits make of conclusions, case by case")
        told = replace(told, tipping=tipping_words(tipped, again, _checked_edits(tipped, each)))
    return _document(opening, space, told, apart, tipped)


def _in_words(progress: Progress) -> Progress:
    """Tells what is done in a user's words."""
    return lambda told: progress(progress_words(told))


def _telling(so_far: SoFar, opening: Opened, space: StateSpace) -> Callable[[Swept], None]:
    """Tells what was counted so far, whenever it is more; levers are left out, which are told together."""
    told = 0

    def tell(swept: Swept) -> None:
        nonlocal told
        counted = replace(swept, tallies=tuple(tally for tally in swept.tallies if not tally.subject.is_on_levers))
        if len(counted.tallies) > told:
            told = len(counted.tallies)
            so_far(_document(opening, space, Findings(counted), moving=False))

    return tell


def _looked(conflict: Conflict, profile: Mapping[str, str], progress: Progress) -> Looked:
    """The levers that are tried in all completions."""
    progress("looking for levers in the conflict as it is written")
    return looked_for(conflict, profile, seconds=LOOKING)


def _as_told(checked: CheckedEdits) -> CheckedEdits:
    """The same, if no edited conflict that was analysed from scratch disagrees; raises `InternalError` (U501) otherwise."""
    if checked.differences:
        subject, _ = checked.differences[0]
        message = f"an edited conflict that was analysed from scratch disagrees on {subject.kind}"
        raise InternalError.of("U501", message, help="please report the conflict file and this message")
    return checked


def findings(swept: Swept, *, seed: int = SEED, seconds: float | None = SECONDS, progress: Progress = silent) -> Findings:
    """What a sweep found, with what it hangs on and what it would tell to know a guess; after checks.

    Parameters
    ----------
    swept
        What was found.
    seed, seconds, progress
        As for `sweep`.

    Raises
    ------
    InternalError
        D902 if a count is refused by the checker; U501 if a completion that is analysed from scratch disagrees.
    """
    progress("on which guesses it hangs")
    exact = [tally for tally in swept.tallies if tally.is_exact]
    parted = [tally for tally in swept.tallies if not tally.is_unanimous]
    until, hangs = None if seconds is None else monotonic() + seconds / 2, dict[Subject, Hanging]()
    for tally in sorted(parted, key=lambda tally: not tally.is_exact):
        if until is not None and hangs and monotonic() > until:
            break  # of the others it is not told on what they hang
        hangs[tally.subject] = hanging(swept, tally)
    progress("what it would tell to know a guess")
    asked = replace(swept, tallies=telling(swept))
    told = information(asked) if any(not tally.is_unanimous for tally in asked.tallies) else None
    progress("checking the counts, case by case")
    checked = _checked(swept, None if seconds is None else seconds / 4)
    progress("analysing completions from scratch")
    again = _agreeing(recheck(swept, RECHECKED, seed, None if seconds is None else seconds / 4))
    return Findings(
        swept,
        hanging=hangs,
        idle={tally.subject: idle(tally) for tally in exact},
        information=told,
        rechecked=again,
        shown=checked,
    )


def asked_of(conflict: Conflict, profile: Mapping[str, str], wheres: Sequence[Formula] = ()) -> tuple[Subject, ...]:
    """What is asked of every completion of a conflict under a `profile`, also of states that meet conditions (`wheres`).

    Without red lines it is not asked which of them exclude anything.

    >>> from detente.cases import load
    >>> [subject.kind for subject in asked_of(load("half-known-objection"), {"Quarry": "SEQ", "Village": "SEQ"})][6:9]
    ['type', 'gain', 'kept gain']
    """
    subjects = subjects_of(conflict, profile, wheres)
    lines = [dm.red_lines for dm in conflict.decision_makers]
    lines += [one.red_lines or () for seen in conflict.viewpoints for one in seen.parties]
    return tuple(subject for subject in subjects if any(lines) or subject.kind != "red lines")


def _checked(swept: Swept, seconds: float | None) -> frozenset[Subject]:
    """The conclusions whose counts a checker accepts, case by case, as far as there is time; `InternalError` (D902) if it refuses one."""
    tallies = sorted((one for one in swept.tallies if one.subject.kind in SHOWN), key=lambda one: _takes_long(one.subject))
    made = [(tally.subject, partial(shown, swept, tally)) for tally in tallies]
    return frozenset(_accepted(swept.conflict, made, seconds))


def _takes_long(subject: Subject) -> bool:
    """Whether a conclusion comes after the others, because what shows it takes longer."""
    return subject.kind == "kept gain"


def _checked_apart(apart: Sequence[Without], seconds: float | None) -> dict[tuple[str, ...], int]:
    """For the elements that rest on each voice how many counts without them a checker accepts, as far as there is time."""
    swept = {one.rests: one.swept for one in apart if one.swept is not None}
    until, found = None if seconds is None else monotonic() + seconds, dict[tuple[str, ...], int]()
    for place, (rests, each) in enumerate(swept.items()):
        left = None if until is None else (until - monotonic()) / (len(swept) - place)
        found[rests] = len(_checked(each, left))
    return found


def _checked_edits(tipped: Tipped, seconds: float | None) -> dict[Subject, int]:
    """The conclusions of which a checker accepts what single edits make of them (1), and pairs as well (2), as far as there is time."""
    points = sorted((point for point in tipped.points if point.subject.kind in SHOWN), key=lambda point: _takes_long(point.subject))
    asked = [(point, 1) for point in points] + [(point, 2) for point in points if point.pairs is not None]
    made = [((point.subject, edits), partial(shown_edits, tipped, point, edits)) for point, edits in asked]
    accepted = set(_accepted(tipped.conflict, made, seconds))
    return {subject: 2 if (subject, 2) in accepted else 1 for subject, edits in accepted if edits == 1}


def _accepted(conflict: Conflict, made: Sequence[tuple[Key, Making]], seconds: float | None) -> list[Key]:
    """The keys of the claims that are made in time and that a checker accepts in time; `InternalError` (D902) if it refuses one.

    Each may take `MOST_OF_ALL` times its part of the time that is left.
    """
    until, space, accepted = None if seconds is None else monotonic() + seconds, StateSpace(conflict), list[Key]()
    for place, (key, make) in enumerate(made):
        end = None
        if until is not None:
            now = monotonic()
            if now > until:
                break
            end = min(until, now + MOST_OF_ALL * (until - now) / (len(made) - place))
        if (claim := make(None if end is None else end - monotonic())) is not None:
            try:
                with within(None if end is None else end - monotonic()):
                    check_claims(space, [claim])
            except CheckTimeError:
                continue
            accepted.append(key)
    return accepted


def _agreeing(again: Rechecked) -> Rechecked:
    """The same, if no completion that was analysed from scratch disagrees; raises `InternalError` (U501) otherwise."""
    if again.differences:
        one = again.differences[0]
        message = f"a completion that was analysed from scratch disagrees with the sweep: {one}"
        raise InternalError.of("U501", message, help="please report the conflict file and this message")
    return again


def _document(
    opening: Opened,
    space: StateSpace,
    found: Findings,
    apart: Sequence[Without] = (),
    tipped: Tipped | None = None,
    *,
    moving: bool = True,
) -> SweepDocument:
    told, described, swept, worth = account(found), Described(space), found.swept, found.information
    again, subjects = found.rechecked, [tally.subject for tally in swept.tallies]
    return SweepDocument(
        conflict=conflict_part(space, opening.name),
        profile=dict(swept.profile),
        completions=swept.count,
        guesses=guess_parts(found),
        conclusions=tuple(swept_part(found, tally, moving=moving) for tally in swept.tallies),
        worth=() if worth is None else tuple(map(worth_part, worth.together[:MOST_WORTH])),
        worth_pairs=() if worth is None else tuple(map(worth_part, worth.pairs_together[:MOST_WORTH])),
        without=tuple(without_part(one, subjects) for one in apart),
        tipping=None if tipped is None else tipping_part(tipped, subjects),
        levers=None if found.looked is None else levers_part(swept, found.looked, subjects),
        rechecked=None if again is None else RecheckedPart(completions=again.number, compared=again.compared),
        seed=swept.seed,
        level=swept.level,
        weighed=swept.weighed,
        in_short=in_short(swept, found.shown),
        paragraphs=described.paragraphs(told),
        evidence=element_parts(found.conflict, told.elements),
        detente=version(),
    )
