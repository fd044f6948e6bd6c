"""One search for levers of a kind, as documents hold it."""

from __future__ import annotations

from typing import Any

from detente.analysis.unlock.lever import Levers
from detente.app.levers import in_turn
from detente.app.levers.base import LeverKind
from detente.app.parts import Described
from detente.app.unlock_documents import LeverPart, SearchPart
from detente.explain.sentence import Explanation
from detente.explain.unlocking import Searched, counted, searched


def search_part(
    described: Described, kind: LeverKind, levers: Levers[Any], account: Explanation | None, elements: dict[str, None]
) -> SearchPart:
    """What a search found.

    Parameters
    ----------
    described
        The space with its names.
    kind
        The kind of lever that was looked for.
    levers
        What was found.
    account
        What is told of the search as a whole, or None.
    elements
        Takes the paths of the elements that are spoken of.

    Examples
    --------
    >>> from detente.app.levers import all_kinds
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> coalition = next(kind for kind in all_kinds() if kind.key == "coalitions")
    >>> nothing = Levers("coalitions", (), None, True)
    >>> found = search_part(Described(StateSpace(load("chicken"))), coalition, nothing, None, {})
    >>> found.count, found.proven
    (0, True)
    """
    cheapest = levers.found[0].cost if levers.found else None
    said = Searched(kind.key, len(levers.found), cheapest, levers.least, levers.complete, levers.stopped)
    parts = []
    for lever in in_turn(levers.found):
        told = kind.told(described.space, lever)
        elements.update(dict.fromkeys(told.elements))
        parts.append(
            LeverPart(
                kind=kind.key,
                cost=lever.cost,
                counted=counted(kind.key, lever.cost),
                by=lever.by,
                target=None if lever.target is None else described.space.number(lever.target),
                smallest=lever.cost == levers.least,
                paragraphs=described.paragraphs(told),
            )
        )
    elements.update(dict.fromkeys(account.elements if account is not None else ()))
    return SearchPart(
        kind=kind.key,
        levers=tuple(parts),
        count=len(parts),
        least=levers.least,
        proven=levers.proven,
        complete=levers.complete,
        stopped=levers.stopped,
        says=described.sentence(searched(said)),
        account=() if account is None else described.paragraphs(account),
    )
