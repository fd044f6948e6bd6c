"""In what two accounts of a conflict differ: what is written otherwise, and what follows otherwise; neither comes before the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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
from detente.app.near_changing import NOTHING, NearLooked, is_large, judged_part, near_looked
from detente.app.opening import Opened, Source, opened
from detente.app.parts import conflict_part
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.explain.difference import account
from detente.explain.near_difference import near_difference
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
        return _near(near, far, changes)
    progress("what follows from the first")
    one = first if isinstance(first, Looked) else looked(first, under=under)
    progress("what follows from the second")
    other = second if isinstance(second, Looked) else looked(second, under=under, beside=one)
    parts = ChangeParts(one, other)
    found, ways = parts.found, [way for way in other.look.ways if way is not None]
    shared = [dm for dm in other.look.parties if dm in one.look.parties]
    names = dict.fromkeys([*one.look.named, *other.look.named])
    return DifferenceDocument(
        first=_side(one, changes[0]),
        second=_side(other, changes[1]),
        concepts=tuple(ways),
        profile=None if other.look.profile is None else dict(other.look.profile),
        same=found.same,
        comparable=found.comparable,
        otherwise=_written(one.opened.conflict, other.opened.conflict),
        said=other.described.paragraphs(account(found, one.described.words, other.described.words)),
        status_quo=parts.both(one.described.space.status_quo, other.described.space.status_quo),
        status_quo_moved=found.moved,
        better_for_all=parts.sets(found.better_for_all),
        worse_for_none=parts.sets(found.worse_for_none),
        equilibria={way: parts.sets(found.equilibria(way), way) for way in ways},
        mixed=None if other.look.profile is None else parts.sets(found.equilibria(None), None, verdicts=True),
        verdicts={way: {dm: parts.turned(way, dm) for dm in shared} for way in ways},
        states=parts.sets(found.states),
        named={name: parts.both(one.look.named.get(name), other.look.named.get(name)) for name in names},
        detente=version(),
    )


def _near(first: NearLooked, second: NearLooked, changes: tuple[Sequence[str], Sequence[str]]) -> DifferenceDocument:
    """The document where the states of one are too many to be listed."""
    told = near_difference(first.judged, second.judged, second.concepts, first.described.words, second.described.words)
    written = _written(first.opened.conflict, second.opened.conflict)
    moved = first.opened.conflict.status_quo != second.opened.conflict.status_quo
    return DifferenceDocument(
        first=_side(first, changes[0]),
        second=_side(second, changes[1]),
        concepts=second.concepts,
        listed=False,
        same=not moved and first.judged == second.judged,
        comparable=False,
        otherwise=written,
        said=second.described.paragraphs(told),
        status_quo=BothPart(before=judged_part(first), after=judged_part(second)),
        status_quo_moved=moved,
        better_for_all=NOTHING,
        worse_for_none=NOTHING,
        equilibria={},
        verdicts={},
        states=NOTHING,
        named={},
        detente=version(),
    )


def _written(first: Conflict, second: Conflict) -> tuple[OtherwisePart, ...]:
    found = otherwise(first, second)
    return tuple(OtherwisePart(kind=one.kind, party=one.party, what=one.what, first=one.first, second=one.second) for one in found)


def _side(looked_at: Looked | NearLooked, changes: Sequence[str]) -> SidePart:
    return SidePart(conflict=conflict_part(looked_at.described.space, looked_at.opened.name), changes=tuple(changes))
