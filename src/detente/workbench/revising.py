"""Lists of changes as the page makes them: what can be changed as things stand, one change more, one taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from detente.app.explaining import State
from detente.errors import UsageError
from detente.text import plural
from detente.workbench.asked import Asked, Conflicts, Seen
from detente.workbench.changeable import changeable
from detente.workbench.changeable_documents import ChangeableDocument, ChangesDocument
from detente.workbench.changes import Change
from detente.workbench.following import joined, without

AT_ONCE = 100
"""Most changes that are made in one step."""


class AskChangeable(Asked):
    """What can be changed in a conflict as it stands after the changes, with what each was about; and the moves from a `state`."""

    state: Annotated[int, Field(ge=0)] | Annotated[str, Field(max_length=1_000)] | None = None


class AskChanges(Asked):
    """The changes after further ones (`also`), as few as say the same; or without the one of a number, the others following."""

    also: Annotated[list[Change], Field(default_factory=list, max_length=AT_ONCE)]
    without: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


def what_can_change(asked: AskChangeable, conflicts: Conflicts) -> ChangeableDocument:
    """What can be changed in a conflict; raises as `Conflicts.seen` and `changeable` do.

    >>> from detente.cases import path
    >>> text = path("elmira").read_text(encoding="utf-8")
    >>> [one.members for one in what_can_change(AskChangeable(name="elmira.yaml", text=text), Conflicts()).coalitions]
    [('MoE', 'Uniroyal')]
    """
    state: State | None = asked.state
    seen = conflicts.seen(asked)
    return changeable(conflicts.seen(_plain(asked)).opened, seen, asked.changes, state)


def revised(asked: AskChanges, conflicts: Conflicts) -> ChangesDocument:
    """A list of changes after one step.

    Parameters
    ----------
    asked
        The conflict, the changes so far, and the step.
    conflicts
        Reads conflicts.

    Raises
    ------
    UsageError
        U564 if there is no change of the number.
    EditError, ConflictError
        A change does not fit.

    Examples
    --------
    >>> from detente.cases import path
    >>> text = path("elmira").read_text(encoding="utf-8")
    >>> from detente.workbench.changes import StatusQuoChange
    >>> quo = StatusQuoChange(change="set status quo", taken=["Insist"])
    >>> asked = AskChanges(name="elmira.yaml", text=text, changes=[quo], without=1)
    >>> found = revised(asked, Conflicts())
    >>> found.changes, found.said
    ((), 'The status quo is that Insist is taken and nothing else.')
    """

    def seen(changes: Sequence[Change]) -> Seen:
        return conflicts.seen(Asked(name=asked.name, text=asked.text, viewpoint=asked.viewpoint, changes=list(changes)))

    changes, said = tuple(asked.changes), list[str]()
    if asked.without is not None:
        if asked.without > len(changes):
            there = f"there are {plural(len(changes), 'change')}" if changes else "there is no change"
            raise UsageError.of("U564", f"there is no change number {asked.without} to take back", value=str(asked.without), help=there)
        said.append(seen(changes).changes[asked.without - 1])
        changes = without(seen(()).opened.conflict, changes, asked.without)
    for change in asked.also:
        said.append(seen([*changes, change]).changes[-1])
        changes = joined(lambda made: seen(made).opened.conflict, changes, change)
    return ChangesDocument(changes=changes, says=seen(changes).changes, said=" ".join(said))


def _plain(asked: Asked) -> Asked:
    """The same conflict without changes."""
    return Asked(name=asked.name, text=asked.text, viewpoint=asked.viewpoint)
