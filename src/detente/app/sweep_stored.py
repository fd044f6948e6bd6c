"""How sure conclusions are, told from the rows of a finished sweep in a folder: its tables are queries in DuckDB."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from detente.analysis.sweep.afresh import Afresh, alone
from detente.analysis.sweep.draw import how_many
from detente.analysis.sweep.drawing import valued
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tally import Swept, Tally, intervals
from detente.analysis.sweep.tree import Value
from detente.app.basis import element_parts
from detente.app.opening import Opened
from detente.app.parts import Described, conflict_part
from detente.app.progress import Progress, silent
from detente.app.sweep_documents import SweepDocument
from detente.app.sweep_parts import guess_parts, swept_part
from detente.app.sweep_rows.columns import guess_about
from detente.app.sweep_rows.reading import Stored, stored
from detente.app.version import version
from detente.errors import Cannot, LimitError, UsageError
from detente.explain.sweep import Findings, account
from detente.explain.sweep_in_short import in_short
from detente.model.conflict import Conflict
from detente.space.states import StateSpace

LEVEL = 0.95
"""The chance, at least, with which all ranges together hold the true shares, where completions were drawn."""
ROWS = "rows"
"""The reason for which not all completions were counted: not all are among the rows."""


def stored_sweep(opening: Opened, folder: str | os.PathLike[str], profile: Mapping[str, str], progress: Progress = silent) -> SweepDocument:
    """What `sweep` tells of a conflict, counted from the rows that `sweep --out` wrote of it.

    Shares, and those by how each guess comes out, are counted by DuckDB over the parts.  On which guesses conclusions hang, and what it
    would tell to know one, is not.

    Parameters
    ----------
    opening
        The conflict.
    folder
        The folder.
    profile
        The behaviour that is told of: for each decision maker (key) the key of a concept.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        F640, F649: there is no sweep in the folder, or it is not finished, or damaged.
    UsageError
        U515 if it is a sweep of another conflict, or under another behaviour.
    MissingExtra
        F644 without DuckDB.

    Examples
    --------
    >>> import tempfile
    >>> from detente.app.opening import opened
    >>> from detente.app.sweep_rows.wanted import RowsFolder
    >>> from detente.app.sweep_writing import sweep_rows
    >>> with tempfile.TemporaryDirectory() as place:
    ...     written = sweep_rows("half-known-objection", RowsFolder(f"{place}/rows", workers=1))
    ...     found = stored_sweep(opened("half-known-objection"), f"{place}/rows", written.profile)
    >>> [(value.words, value.completions) for value in found.conclusions[3].values]
    [('no', 8), ('yes', 4)]
    """
    rows = stored(folder)
    _refuse_others(rows, opening.conflict, profile, os.fspath(folder))
    swept = _swept(rows, opening.conflict, profile, progress)
    found, space = Findings(swept), StateSpace(opening.conflict)
    told = account(found)
    return SweepDocument(
        conflict=conflict_part(space, opening.name),
        profile=dict(profile),
        completions=swept.count,
        guesses=guess_parts(found),
        conclusions=tuple(swept_part(found, tally) for tally in swept.tallies),
        worth=(),
        worth_pairs=(),
        without=(),
        tipping=None,
        levers=None,
        rechecked=None,
        seed=swept.seed,
        level=swept.level,
        weighed=swept.weighed,
        in_short=in_short(swept, found.shown),
        paragraphs=Described(space).paragraphs(told),
        evidence=element_parts(opening.conflict, told.elements),
        detente=version(),
    )


def _refuse_others(rows: Stored, conflict: Conflict, profile: Mapping[str, str], folder: str) -> None:
    """Refuse (U515) a folder whose rows are not of this conflict, with these guesses, under this behaviour."""
    about, column = rows.manifest.about, [guess["column"] for guess in rows.manifest.about["guesses"]]
    other = None
    if about["conflict"]["digest"] != conflict.digest:
        here = [guess_about(guess, name) for guess, name in zip(conflict.guesses, column, strict=False)]
        same = about["conflict"]["title"] == conflict.title and about["guesses"] != here
        other = "what is open in it is something else" if same else f'they are of another conflict, "{about["conflict"]["title"]}"'
    elif about["profile"] != dict(profile):
        under = ", ".join(f"{dm}={key}" for dm, key in about["profile"].items())
        other = f"they tell of other behaviour: {under}"
    if other is not None:
        help = "write them again with: detente sweep FILE --out FOLDER; with --under where the behaviour is not the usual one"
        raise UsageError.of("U515", f'the rows in "{folder}" can\'t be told of this conflict: {other}', value=folder, help=help)


def _swept(rows: Stored, conflict: Conflict, profile: Mapping[str, str], progress: Progress) -> Swept:
    """What the rows say, as a sweep finds it; ranges where they were drawn."""
    about = rows.manifest.about
    listed, weighed = about["how"] == "listed", any(guess.is_weighted for guess in conflict.guesses)
    as_written = _as_written(conflict, profile, [spread.subject for spread in rows.spreads])
    tallies = []
    for spread in rows.spreads:
        progress(f"counting {spread.column} in the rows")
        why = None if listed else ROWS
        tallies.append(Tally(spread.subject, spread, as_written[spread.subject], weighed, int(about["rows"]), why))
    found = Swept(conflict, dict(profile), tuple(tallies), how_many(conflict.guesses), int(about["seed"] or 0), LEVEL)
    return replace(found, tallies=intervals(found))


def _as_written(conflict: Conflict, profile: Mapping[str, str], subjects: Sequence[Subject]) -> dict[Subject, Value]:
    """What each conclusion is in the conflict as it is written."""
    row, found = np.zeros((1, len(conflict.guesses)), dtype=np.uint16), dict[Subject, Value]()
    for subject in subjects:
        try:
            found[subject] = valued(conflict, profile, [subject], row)[subject].kinds[0]
        except (Cannot, LimitError):
            found[subject] = Afresh(alone(conflict, {}), profile, [subject]).value(subject)[0]
    return found
