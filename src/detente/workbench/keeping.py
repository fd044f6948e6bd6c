"""What was tried, kept: as the text of a file of its own, or as a further viewpoint of the file."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from detente.errors import EditError, UsageError
from detente.io.patched import patched
from detente.model.conflict import Conflict
from detente.model.viewpoint import Altered, Viewpoint, seen_as, viewpoint
from detente.workbench.asked import Asked, Conflicts, Seen
from detente.workbench.changes import changed
from detente.workbench.documents import TextDocument
from detente.workbench.forms import loaded_of, text_document, with_changes

_NAMED = ("preference", "red_lines", "pairs", "attitudes", "description", "basis")
"""What a viewpoint can have otherwise of a decision maker."""


class KeepAs(BaseModel):
    """A viewpoint that has the conflict as the changes make it: its name, its key (made from the name without one), whose account it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Annotated[str, Field(min_length=1, max_length=1_000)]
    key: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
    whose: Annotated[str, Field(max_length=1_000)] | None = None


class AskText(Asked):
    """The text of the file with the changes made in it, under another `title` if one is given; or with a further viewpoint that has them.

    Nothing is written.  Seen from a viewpoint it is the text of the conflict as that viewpoint has it; a further viewpoint (`keep_as`) is
    added to the file as it is, and the title stays.
    """

    title: Annotated[str, Field(min_length=1, max_length=10_000)] | None = None
    keep_as: KeepAs | None = None


def kept(asked: AskText, conflicts: Conflicts) -> TextDocument:
    """The text that keeps what was tried.

    Parameters
    ----------
    asked
        The text, the changes, and how they are kept.
    conflicts
        Reads conflicts.

    Raises
    ------
    ConflictError
        The text can't be read, or no text can say what comes of the changes.
    EditError
        A change does not fit; M132: the file has a viewpoint with this key.
    UsageError
        U565: no viewpoint can say what a change changes.

    Examples
    --------
    >>> from detente.workbench.changes import ReverseStatementChange
    >>> text = "{detente: 1, title: t, decision makers: {A: {options: {x: }, prefers: [x]}}}"
    >>> change = ReverseStatementChange(change="reverse statement", dm="A", place=1)
    >>> asked = AskText(name="f.yaml", text=text, changes=[change], keep_as=KeepAs(name="The other way"))
    >>> found = kept(asked, Conflicts())
    >>> found.viewpoint, found.text.removeprefix(text[:-1])[:60]
    ('the-other-way', ', viewpoints: {the-other-way: {name: The other way, decision')
    """
    if asked.keep_as is None:
        return with_changes(asked, conflicts, asked.title)
    loaded = loaded_of(conflicts.seen(Asked(name=asked.name, text=asked.text)).opened)
    seen = conflicts.seen(asked)
    view = _view(asked, asked.keep_as, loaded.conflict, seen)
    after = replace(loaded.conflict, viewpoints=(*loaded.conflict.viewpoints, view))
    return text_document(asked.name, asked.text, patched(loaded, after), seen.changes, view.key)


def _view(asked: AskText, keep_as: KeepAs, conflict: Conflict, seen: Seen) -> Viewpoint:
    """The viewpoint of a conflict that has it as it is seen."""
    taken = {one.key for one in conflict.viewpoints}
    key = keep_as.key or _key(keep_as.name, taken)
    if key in taken:
        raise EditError.of("M132", f'the key "{key}" is taken', value=key, help="choose another key")
    now, start = seen.opened.conflict, conflict
    base = Viewpoint(key, keep_as.name)
    if asked.viewpoint is not None:
        base, start = viewpoint(conflict, asked.viewpoint), seen_as(conflict, viewpoint(conflict, asked.viewpoint))
    if _beside(now) != _beside(start):
        raise _unsaid(asked, start, seen)
    parties = []
    for dm, old in zip(now.decision_makers, conflict.decision_makers, strict=True):
        others = {name: getattr(dm, name) for name in _NAMED if getattr(dm, name) != getattr(old, name)}
        parties += [Altered(dm.key, **others)] if others else []
    says = " ".join(seen.changes) or None
    view = replace(
        base, key=key, name=keep_as.name, whose=keep_as.whose, held_by=(), believes=(), parties=tuple(parties), basis=None, says=says
    )
    if _shown(seen_as(conflict, view)) != _shown(now):
        raise _unsaid(asked, start, seen)
    return view


def _shown(conflict: Conflict) -> Conflict:
    """What two conflicts have to have in common for one to stand for the other."""
    return replace(conflict, viewpoint=None, viewpoints=(), guesses=())


def _unsaid(asked: Asked, start: Conflict, seen: Seen) -> UsageError:
    """That a viewpoint can't say the first change that changes more than a decision maker."""
    help = "keep it as a file of its own, or take this change back; viewpoints have preferences and red lines otherwise, and nothing else"
    before = _beside(start)
    for number, words in enumerate(seen.changes, 1):
        if _beside(changed(start, asked.changes[:number])[0]) != before:
            found = UsageError.of("U565", f"a viewpoint can't say change {number}: {words}", value=str(number), help=help)
            break
    else:
        found = UsageError.of("U565", "a viewpoint can't say what these changes make of the conflict", help=help)
    assert isinstance(found, UsageError)
    return found


def _beside(conflict: Conflict) -> list[object]:
    """All of a conflict but its decision makers."""
    shown = _shown(conflict)
    return [getattr(shown, field.name) for field in fields(shown) if field.name != "decision_makers"]


def _key(name: str, taken: set[str]) -> str:
    """A key made from a name, that is not taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or name
    number = next(number for number in range(1, len(taken) + 2) if _numbered(plain, number) not in taken)
    return _numbered(plain, number)


def _numbered(key: str, number: int) -> str:
    return key if number == 1 else f"{key}-{number}"
