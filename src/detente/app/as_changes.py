"""Edits as JSON data, as the workbench takes changes that are tried: a mapping that names the kind of change and what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from detente.app.documents import Part
from detente.errors import EditError
from detente.explain.edits import fitting_words
from detente.model.ban import Ban
from detente.model.conflict import Conflict
from detente.model.edit import (
    AddRedLine,
    AddRule,
    AddStatement,
    Edit,
    MoveStatement,
    RemoveRedLine,
    RemoveRule,
    RemoveStatement,
    ReplaceStatement,
    ReverseStatement,
    SetDirection,
    SetStatusQuo,
)
from detente.model.edit_bans import AddBan, RemoveBan, SetMeasures
from detente.model.edit_beliefs import SetJoint
from detente.model.edit_options import AddOption, SetOwners
from detente.model.edit_rankings import MoveRanked, PlaceRanked, SetWeight
from detente.model.evidence import Basis
from detente.model.formula import written
from detente.model.rule import Infeasible
from detente.preference.edit_shifts import ShiftState


class TryPart(Part):
    """Something that can be tried: changes of the conflict, made one after the other, as the workbench takes them; each in words."""

    says: tuple[str, ...]
    changes: tuple[dict[str, Any], ...]


def try_part(conflict: Conflict, edits: Sequence[Edit]) -> TryPart:
    """Edits of a conflict that are known to fit, as something that can be tried.

    Raises `EditError` as `change_data` does.

    >>> from detente.cases import load
    >>> print(*try_part(load("elmira"), [SetStatusQuo(frozenset({"Delay", "Insist"}))]).says)
    The status quo is that Delay and Insist are taken and nothing else.
    """
    says = []
    for edit in edits:
        says.append(fitting_words(edit, conflict))
        if edit is not edits[-1] and not isinstance(edit, ShiftState):  # whose words need nothing of the order before
            conflict = edit.apply(conflict)
    return TryPart(says=tuple(says), changes=tuple(map(change_data, edits)))


def try_parts(conflict: Conflict, tries: Iterable[Sequence[Edit]]) -> tuple[TryPart, ...]:
    """Several of these, without those that ask for nothing.

    >>> from detente.cases import load
    >>> try_parts(load("elmira"), [()])
    ()
    """
    return tuple(try_part(conflict, edits) for edits in tries if edits)


def change_data(edit: Edit) -> dict[str, Any]:
    """An edit as the workbench takes it.

    Raises `EditError` (M133) for kinds of edits of which the workbench knows no change.

    >>> change_data(MoveStatement("A", 3, 1))
    {'change': 'move statement', 'dm': 'A', 'place': 3, 'to': 1}
    """
    made = _of_preference(edit) or _of_the_rest(edit)
    if made is None:
        raise EditError.of("M133", f"no change is known for {type(edit).__name__}", help="describe it by its `repr`")
    return made


def _of_preference(edit: Edit) -> dict[str, Any] | None:
    match edit:
        case MoveStatement(dm, place, to):
            return {"change": "move statement", "dm": dm, "place": place, "to": to}
        case RemoveStatement(dm, place):
            return {"change": "remove statement", "dm": dm, "place": place}
        case ReverseStatement(dm, place):
            return {"change": "reverse statement", "dm": dm, "place": place}
        case AddStatement(dm, place, statement) if statement.basis is None and statement.degree is None:
            return {"change": "add statement", "dm": dm, "place": place, "when": written(statement.when), "says": statement.says}
        case ReplaceStatement(dm, place, statement) if statement.basis is None and statement.degree is None:
            return {"change": "replace statement", "dm": dm, "place": place, "when": written(statement.when), "says": statement.says}
        case MoveRanked(dm, taken, up):
            return {"change": "move ranked state", "dm": dm, "taken": sorted(taken), "up": up}
        case PlaceRanked(dm, taken, to, tied):
            return {"change": "place ranked state", "dm": dm, "taken": sorted(taken), "to": to, "tied": tied}
        case SetWeight(dm, option, weight):
            return {"change": "set weight", "dm": dm, "option": option, "weight": weight}
        case ShiftState(dm, taken, past, how):
            return {"change": "shift state", "dm": dm, "taken": sorted(taken), "past": sorted(past), "how": how}
        case AddRedLine(dm, place, line) if line.basis is None:
            return {"change": "add red line", "dm": dm, "place": place, "never": written(line.never), "says": line.says}
        case RemoveRedLine(dm, place):
            return {"change": "remove red line", "dm": dm, "place": place}
    return None


def _of_the_rest(edit: Edit) -> dict[str, Any] | None:
    match edit:
        case AddRule(place, Infeasible(when, None, says)):
            return {"change": "add rule", "place": place, "never": written(when), "says": says}
        case RemoveRule(place):
            return {"change": "remove rule", "place": place}
        case SetDirection(option, direction):
            return {"change": "set direction", "option": option, "direction": direction.value}
        case AddBan(place, ban):
            return {"change": "add ban", "place": place, **_ban(ban)}
        case RemoveBan(place):
            return {"change": "remove ban", "place": place}
        case SetJoint(place, joint):
            return {"change": "set joint", "place": place, "joint": joint}
        case SetStatusQuo(taken) if taken is not None:
            return {"change": "set status quo", "taken": sorted(taken)}
        case AddOption(option, place) if option.basis is None and option.description is None:
            said = {"owners": list(option.owners), "name": option.name, "direction": option.direction.value}
            return {"change": "add option", "key": option.key, **said, "place": place}
        case SetOwners(option, owners, place):
            return {"change": "set owners", "option": option, "owners": list(owners), "place": place}
        case SetMeasures(()):
            return {"change": "drop measures"}
    return None


def _ban(ban: Ban) -> dict[str, Any]:
    said = {"by": ban.by, "leaving": written(ban.leaving), "reaching": written(ban.reaching), "says": ban.says}
    return said | {"basis": None if ban.basis is None else _basis(ban.basis)}


def _basis(basis: Basis) -> dict[str, Any]:
    cited = [{"source": one.source, "at": one.at, "by": one.by, "quote": one.quote} for one in basis.citations]
    return {"kind": basis.kind.value, "citations": cited, "why": basis.why}
