"""What-if: what changes that a page tries make of the conclusions on a conflict, against the same without them.

What is asked of a conflict without changes is kept while its conflict is: what many changes are compared with is worked out once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from detente.app.changing import ChangingDocument, Looked, changing, looked
from detente.app.kept import Kept
from detente.app.near_changing import NearLooked, is_large, near_changing, near_looked
from detente.app.opening import Opened
from detente.app.progress import Progress, silent
from detente.app.state_table import LONG, MOST_AT_ONCE, table_of
from detente.concepts.registry import all_concepts
from detente.workbench.asked import Seen

KEPT, COMBINATIONS = 8, 1 << 22
"""How many conflicts, each with a behaviour, are remembered with what was asked of them, and of how many combinations together."""
_KEPT = Kept[Looked](KEPT, lambda before: before.opened.conflict.combinations, COMBINATIONS)
_NEAR = Kept[NearLooked](KEPT)


def tried(
    before: Opened, after: Seen, under: str | Sequence[str] | Mapping[str, str] | None = None, progress: Progress = silent
) -> ChangingDocument:
    """What changes make of the conclusions; where the states are too many to be listed, of those on the status quo.

    Parameters
    ----------
    before
        The conflict without the changes.
    after
        The same with them.
    under
        As `detente.app.changing.changing` takes it; where nothing is said, concepts that take long among very many states are left out.
    progress
        Is told what is being done.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> elmira = opened("elmira")
    >>> tried(elmira, Seen(elmira), "SEQ").same
    True
    """
    if is_large(before) or is_large(after.opened):
        near = _NEAR.of(_key(before, under), lambda: near_looked(before, under=under, progress=progress))
        return near_changing(near, near_looked(after.opened, under=under, progress=progress), after.changes)
    asked = under if under is not None else _at_once(before, after.opened)
    return changing(looked_at(before, asked, progress), after.opened, under=asked, says=after.changes, progress=progress)


def looked_at(opened: Opened, under: str | Sequence[str] | Mapping[str, str] | None = None, progress: Progress = silent) -> Looked:
    """What is asked of a conflict that others are compared with: as it is kept, or asked now.

    What is kept holds its conflict, so that no other can have the same identity.

    Parameters
    ----------
    opened
        The conflict.
    under
        As `detente.app.changing.changing` takes it.
    progress
        Is told what is being done.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> elmira = opened("elmira")
    >>> looked_at(elmira, "SEQ") is looked_at(elmira, "SEQ")
    True
    """

    def ask() -> Looked:
        progress("the conclusions before")
        return looked(opened, under=under)

    return _KEPT.of(_key(opened, under), ask)


def _at_once(*opened: Opened) -> list[str] | None:
    """The concepts that are asked about where none is named: all, or all but those that take long among so many states."""
    many = any(table_of(one.conflict).space.states.count > MOST_AT_ONCE for one in opened)
    return [one.key for one in all_concepts() if one.key not in LONG] if many else None


def _key(opened: Opened, under: str | Sequence[str] | Mapping[str, str] | None) -> tuple[int, str]:
    return id(opened.conflict), json.dumps(under, sort_keys=True)
