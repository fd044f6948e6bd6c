"""In what two accounts of a conflict differ: what is written otherwise, and what follows otherwise; neither comes before the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from detente.app.changing import (
    BothPart,
    ChangeParts,
    Looked,
    SetChangePart,
    TurnedPart,
    Under,
    looked,
)
from detente.app.document_base import Document, Part
from detente.app.documents import ConflictPart, ParagraphPart
from detente.app.near_changing import NearLooked, is_large, near_conclusions, near_looked
from detente.app.opening import Opened, Source, opened
from detente.app.parts import conflict_part
from detente.app.progress import Progress, silent
from detente.explain.difference import DIFFERENCE
from detente.explain.otherwise import otherwise
from detente.model.conflict import Conflict


class OtherwisePart(Part):
    """One element that the two have otherwise: whose it is, the element in words, and how each has it (null: it is not there)."""

    kind: Literal["decision maker", "option", "statement", "preference", "red line", "perception", "rule", "ban", "status quo", "coalition"]
    party: str | None
    what: str
    first: str | None
    second: str | None


class SidePart(Part):
    """One of the two: the conflict, and what was changed in it beforehand, in words."""

    conflict: ConflictPart
    changes: tuple[str, ...]


class DifferenceDocument(Document):
    """In what two accounts differ; `same` where nothing that is asked does.

    `otherwise` lists what is written otherwise.  The rest is about what follows: in all its parts `before` is the first and `after` the
    second, "gained" is only in the second and "lost" only in the first, and a verdict counted "to stay" is that of somebody who would
    stay only in the second.  `comparable` says whether single states are matched: there are the same options and decision makers, in
    the same order.  `listed` is false where the states of one are too many to be listed: only the status quo is then asked about, the
    sets are null, and verdicts that are not known are left out of it.  `said` is the same in sentences, linked to states of the second.
    """

    left_out = frozenset({"mixed", "profile"})

    schema_: Literal["detente.difference/1"] = Field(
        default="detente.difference/1", serialization_alias="schema", validation_alias="schema"
    )
    first: SidePart
    second: SidePart
    concepts: tuple[str, ...]
    profile: dict[str, str] | None = None
    listed: bool = True
    same: bool
    comparable: bool
    otherwise: tuple[OtherwisePart, ...]
    said: tuple[ParagraphPart, ...]
    status_quo: BothPart
    status_quo_moved: bool
    better_for_all: SetChangePart
    worse_for_none: SetChangePart
    equilibria: dict[str, SetChangePart]
    mixed: SetChangePart | None = None
    verdicts: dict[str, dict[str, TurnedPart]]
    states: SetChangePart
    named: dict[str, BothPart]
    detente: str


def difference(
    first: Source | Opened | Looked,
    second: Source | Opened | Looked,
    *,
    under: Under = None,
    changes: tuple[Sequence[str], Sequence[str]] = ((), ()),
    progress: Progress = silent,
) -> DifferenceDocument:
    """In what two accounts of a conflict differ: two files, two viewpoints, or what is tried on either.

    Compared are the elements that make a difference, under each concept which states hold and for whom, who stays at the status quo, what
    is better than it, which states there are, and whether named states hold.  Where the states of one are too many to be listed, only the
    elements are, and who stays at the status quo.

    Parameters
    ----------
    first, second
        Conflicts, files or names of packaged cases; or what `detente.app.changing.looked` made of one, under the same behaviour.
    under
        Concepts ("SEQ", "Nash,SEQ", a list) or a mixed profile ("Local=SEQ,Nash", a mapping) of the second; all concepts by default.
    changes
        What was changed in each beforehand, in words, for the document.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        A conflict can't be read or analysed.
    UsageError
        An unknown concept or decision maker is named.
    LimitError, Cannot
        A conflict is too large for what is asked.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.edit_rankings import MoveRanked
    >>> found = difference("elmira", MoveRanked("Local", frozenset({"Delay"}), up=True).apply(load("elmira")), under="SEQ,Nash")
    >>> found.said[0].sentences[0].text, [(one.party, one.first, one.second) for one in found.otherwise]
    ('The equilibria differ under SEQ and Nash.', [('Local', 'in place 3', 'in place 4')])
    """
    opens = tuple(side.opened if isinstance(side, Looked) else opened(side) for side in (first, second))
    if any(map(is_large, opens)):
        near, far = (near_looked(side, under=under, progress=progress) for side in opens)
        return _document(near, far, changes, near_conclusions(near, far, DIFFERENCE))
    progress("what follows from the first")
    one = first if isinstance(first, Looked) else looked(first, under=under)
    progress("what follows from the second")
    other = second if isinstance(second, Looked) else looked(second, under=under, beside=one)
    return _document(one, other, changes, ChangeParts(one, other).conclusions(DIFFERENCE))


def _document(
    first: Looked | NearLooked, second: Looked | NearLooked, changes: tuple[Sequence[str], Sequence[str]], conclusions: dict[str, Any]
) -> DifferenceDocument:
    return DifferenceDocument(
        first=_side(first, changes[0]),
        second=_side(second, changes[1]),
        otherwise=_written(first.opened.conflict, second.opened.conflict),
        **conclusions,
    )


def _written(first: Conflict, second: Conflict) -> tuple[OtherwisePart, ...]:
    found = otherwise(first, second)
    return tuple(OtherwisePart(kind=one.kind, party=one.party, what=one.what, first=one.first, second=one.second) for one in found)


def _side(looked_at: Looked | NearLooked, changes: Sequence[str]) -> SidePart:
    return SidePart(conflict=conflict_part(looked_at.described.space, looked_at.opened.name), changes=tuple(changes))
