"""Two conflicts compared as the page asks for it: a file, a viewpoint of one, what is tried, or another file, on either side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from detente.app.differing import DifferenceDocument, difference
from detente.app.near_changing import is_large
from detente.app.progress import Progress, silent
from detente.workbench.asked import Asked, Conflicts
from detente.workbench.folder import Held
from detente.workbench.trying import looked_at
from detente.workbench.verbs import Under, Word

MOST_OPTIONS = 16
"""Most options of both up to which all concepts are asked where none is named."""
USUAL = "SEQ"
"""The concept that is asked of larger ones."""


class AskDifference(BaseModel):
    """In what two conflicts differ, the `first` and the `second`: what is written otherwise, and what follows; `under` names the concepts.

    Each of the two is said as a question about one conflict says it.  Where no concept is named all are asked, and SEQ alone where either
    has more than 16 options: the answer comes at once, and all concepts of so many states would take minutes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    first: Asked
    second: Asked
    under: Under | list[Word] | None = None


def differing(asked: AskDifference, conflicts: Conflicts, progress: Progress = silent) -> DifferenceDocument:
    """The answer to a request (`asked`) that compares two of the `conflicts`; `progress` is told what is being done.

    Raises
    ------
    ConflictError
        A text can't be read: everything that is wrong with it.
    UsageError
        U470 if there is no such viewpoint, or an unknown concept or decision maker is named.
    EditError
        A change does not fit.
    LimitError, Cannot
        A conflict is too large for what is asked.

    Examples
    --------
    >>> from detente.cases import path
    >>> elmira = Asked(name="elmira.yaml", text=path("elmira").read_text())
    >>> differing(AskDifference(first=elmira, second=elmira, under="SEQ"), Conflicts()).same
    True
    """
    first, second = conflicts.seen(asked.first), conflicts.seen(asked.second)
    large = max(len(seen.opened.conflict.options) for seen in (first, second)) > MOST_OPTIONS
    under = USUAL if asked.under is None and large else asked.under
    listed = not any(is_large(seen.opened) for seen in (first, second))
    one, other = (looked_at(seen.opened, under, progress) if listed else seen.opened for seen in (first, second))
    return difference(one, other, under=under, changes=(first.changes, second.changes), progress=progress)


def usual_sides(asked: Asked, viewpoints: Sequence[str], first: str | None, second: str | None) -> tuple[str, str | None]:
    """What the page compares at an address: "file", "tried", "view:KEY", "file:NAME" or "case:NAME" for each of the two.

    Parameters
    ----------
    asked
        What the page shows.
    viewpoints
        The keys of the viewpoints of the file.
    first, second
        What the address says; None where it says nothing.

    Examples
    --------
    >>> usual_sides(Asked(name="a", text=""), ["reader"], None, None), usual_sides(Asked(name="a", text=""), [], None, None)
    (('file', 'view:reader'), ('file', None))
    """
    here = [*(["tried"] if asked.changes else []), *(f"view:{key}" for key in viewpoints), "file"]
    known = {side: side if side in here or (side or "").startswith(("file:", "case:")) else None for side in (first, second)}
    begins = known[first] or (f"view:{asked.viewpoint}" if asked.changes and asked.viewpoint is not None else "file")
    return begins, known[second] or next((side for side in here if side != begins), None)


def side(name: str, asked: Asked, read: Callable[[str, str], Held]) -> Asked:
    """The question about one of the two.

    Parameters
    ----------
    name
        As `usual_sides` gives it.
    asked
        What the page shows.
    read
        Gives what a file, or a case, holds, by its kind and its name.

    Examples
    --------
    >>> shown = Asked(name="a", text="detente: 1", viewpoint="reader")
    >>> side("file", shown, lambda kind, name: Held(name, "")).viewpoint is None
    True
    >>> side("case:elmira", shown, lambda kind, name: Held(f"{name}.yaml", "title: Elmira")).text
    'title: Elmira'
    """
    kind, _, rest = name.partition(":")
    if name == "tried":
        return asked
    if kind == "view":
        return Asked(name=asked.name, text=asked.text, viewpoint=rest)
    if name == "file":
        return Asked(name=asked.name, text=asked.text)
    held = read(kind, rest)
    return Asked(name=held.name, text=held.text)
