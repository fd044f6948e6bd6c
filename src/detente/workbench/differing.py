"""Two conflicts compared as the page asks for it: a file, a viewpoint of one, what is tried, or another file, on either side."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from detente.app.changing import Looked
from detente.app.differing import DifferenceDocument, difference
from detente.workbench.asked import Asked, Conflicts, Seen
from detente.workbench.trying import looked_at
from detente.workbench.verbs import Under, Word


class AskDifference(BaseModel):
    """In what two conflicts differ, the `first` and the `second`: what is written otherwise, and what follows; `under` names the concepts.

    Each of the two is said as a question about one conflict says it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    first: Asked
    second: Asked
    under: Under | list[Word] | None = None


def differing(asked: AskDifference, conflicts: Conflicts) -> DifferenceDocument:
    """The answer to a request (`asked`) that compares two of the `conflicts`.

    Raises
    ------
    ConflictError
        A text can't be read: everything that is wrong with it.
    UsageError
        U470 if there is no such viewpoint, or an unknown concept or decision maker is named.
    EditError
        A change does not fit.
    LimitError, Cannot
        A conflict is too large for its states to be listed.

    Examples
    --------
    >>> from detente.cases import path
    >>> elmira = Asked(name="elmira.yaml", text=path("elmira").read_text())
    >>> differing(AskDifference(first=elmira, second=elmira, under="SEQ"), Conflicts()).same
    True
    """
    first, second = conflicts.seen(asked.first), conflicts.seen(asked.second)
    return difference(_looked(first, asked), _looked(second, asked), under=asked.under, changes=(first.changes, second.changes))


def _looked(seen: Seen, asked: AskDifference) -> Looked:
    return looked_at(seen.opened, asked.under)
