"""Changes that only levers ask for: a state moved in an order, options, owners, and measures that are no longer there to be tried."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from detente.model.conflict import Conflict, Direction, Option
from detente.model.edit import Edit
from detente.model.edit_bans import SetMeasures
from detente.model.edit_options import AddOption, SetOwners
from detente.preference.edit_shifts import ShiftState
from detente.workbench.changes_base import Key, OneChange, Place, Says, Taken

Owners = Annotated[list[Key], Field(max_length=1_000)]


class ShiftStateChange(OneChange):
    """A state, given by the options `taken`, comes to stand next to another (`past`) in a decision maker's order, however that is written.

    The preference becomes a ranking of all states.

    >>> from detente.cases import load
    >>> change = ShiftStateChange(change="shift state", dm="Local", taken=["Delay"], past=["Delay", "Insist"], how="above")
    >>> change.edit(load("elmira")).apply(load("elmira")) != load("elmira")
    True
    """

    change: Literal["shift state"]
    dm: Key
    taken: Taken
    past: Taken
    how: Literal["above", "below", "level"]

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return ShiftState(self.dm, frozenset(self.taken), frozenset(self.past), self.how)


class AddOptionChange(OneChange):
    """There is a further option, not taken in the status quo; without a name it is called by its key.

    >>> from detente.cases import load
    >>> change = AddOptionChange(change="add option", key="Fund", owners=["Row"])
    >>> "Fund" in change.edit(load("chicken")).apply(load("chicken")).option_index
    True
    """

    change: Literal["add option"]
    key: Key
    owners: Owners
    name: Says = None
    direction: Literal["both", "only_on", "only_off"] = "both"
    place: Place | None = None

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        name = self.key if self.name is None else self.name
        return AddOption(Option(self.key, name, tuple(self.owners), Direction(self.direction)), self.place)


class OwnersChange(OneChange):
    """An option can be changed by these decision makers, each alone.

    >>> from detente.cases import load
    >>> change = OwnersChange(change="set owners", option="Insist", owners=["Local", "MoE"])
    >>> change.edit(load("elmira")).apply(load("elmira")).option("Insist").owners
    ('MoE', 'Local')
    """

    change: Literal["set owners"]
    option: Key
    owners: Owners
    place: Place | None = None

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return SetOwners(self.option, tuple(self.owners), self.place)


class DropMeasuresChange(OneChange):
    """No measure is left to be tried: one that is tried makes the places of which others speak other ones.

    >>> from detente.cases import load
    >>> DropMeasuresChange(change="drop measures").edit(load("elmira")).apply(load("elmira")).measures
    ()
    """

    change: Literal["drop measures"]

    def edit(self, conflict: Conflict) -> Edit:
        """As of `OneChange`."""
        return SetMeasures(())
