"""One search for levers of a kind, as documents hold it."""

from __future__ import annotations

from typing import Any

from detente.analysis.unlock.lever import Lever, Levers
from detente.app.as_changes import try_part, try_parts
from detente.app.levers import in_turn
from detente.app.levers.base import LeverKind
from detente.app.parts import Described
from detente.app.unlock_documents import LeverPart, SearchPart, StepPart
from detente.explain.sentence import Explanation
from detente.explain.unlocking import Searched, counted, searched
from detente.model.edit import Edit, SetStatusQuo


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
                **_tried(described, kind, lever),
                checked=True,  # `told` raises where the claim is refused
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


def _tried(described: Described, kind: LeverKind, lever: Lever[Any]) -> dict[str, Any]:
    """What of a lever can be tried, and where that leads."""
    conflict, trial = described.conflict, kind.tries(described.space, lever.claim)
    goes: tuple[Edit, ...] = ()
    if trial.way:
        goes = (*(trial.edits[0] if trial.edits else ()), SetStatusQuo(conflict.taken(trial.way[-1].to)))
    number = described.space.number
    return {
        "tries": try_parts(conflict, trial.edits),
        "way": tuple(StepPart(by=going.by, start=number(going.start), to=number(going.to)) for going in trial.way),
        "goes": try_part(conflict, goes) if goes else None,
    }
