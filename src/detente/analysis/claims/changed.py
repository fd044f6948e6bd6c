"""The conflict as it is after changes: edits of the model, and single states moved in the orders of decision makers."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.claims.base import RefusedError
from detente.errors import DetenteError
from detente.model.edit import Edit, apply_all
from detente.model.formula import Formula, Not, Taken, all_of, any_of
from detente.preference.order import Ordering
from detente.preference.shifted import Shift, shifted_orders
from detente.space.states import StateSpace


def changed(space: StateSpace, edits: tuple[Edit, ...], shifts: tuple[Shift, ...] = ()) -> tuple[StateSpace, Mapping[str, Ordering] | None]:
    """The space after edits, and the orders of its decision makers after shifts; None for the orders that the conflict gives.

    Parameters
    ----------
    space
        The space before; itself, where nothing of the model is edited.
    edits
        Edits of the model, made one after the other.
    shifts
        States moved in orders, as the edited conflict has them.

    Raises
    ------
    EditError
        If an edit does not fit.

    Examples
    --------
    >>> from detente.model.ban import Ban
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.edit_bans import AddBan
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> changed(space, (AddBan(1, Ban("A")),))[0].moves("A", 0)
    ()
    """
    after = StateSpace(apply_all(edits, space.conflict)) if edits else space
    return after, shifted_orders(after, shifts) if shifts else None


def as_claimed(
    space: StateSpace, edits: tuple[Edit, ...], shifts: tuple[Shift, ...] = ()
) -> tuple[StateSpace, Mapping[str, Ordering] | None]:
    """The same as `changed` for a claim that is checked: it is refused if its edits do not fit the conflict.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> as_claimed(space, ())[0] is space
    True
    """
    try:
        return changed(space, edits, shifts)
    except DetenteError as problem:
        raise RefusedError(f"edits: {problem}") from None


def exactly(space: StateSpace, state: int) -> Formula:
    """The condition that just the combinations of one state meet.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import written
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> written(exactly(space, 0))
    'not x'
    """
    keys = [option.key for option in space.conflict.options]
    literals = [
        all_of(*(Taken(key) if member >> k & 1 else Not(Taken(key)) for k, key in enumerate(keys))) for member in space.members(state)
    ]
    return any_of(*literals)
