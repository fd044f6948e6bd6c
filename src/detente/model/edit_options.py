"""Edits of options: a new one, one less, other owners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from detente.errors import EditError
from detente.model.conflict import Conflict, DecisionMaker, Option, in_owner_order
from detente.model.edit import Edit
from detente.model.parts import inserted, need_option
from detente.model.preference import Preference
from detente.model.rule import Merged
from detente.model.viewpoint import Viewpoint


@dataclass(frozen=True, slots=True)
class AddOption(Edit):
    """A further option, not taken in the status quo; preferences that list states come to list each with and without it, tied.

    It comes to stand after the other options of its first owner, or, with `place`, where the option with that number (from 1) stood.

    >>> from detente.model.conflict import DecisionMaker
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> [option.key for option in AddOption(Option("y", "y", ("A",))).apply(one).options]
    ['x', 'y']
    """

    option: Option
    place: int | None = None

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the option."""
        if any(isinstance(rule, Merged) for rule in conflict.rules):
            _refuse_listed(conflict, self.option.key)
        options = inserted(conflict.options, self.place or len(conflict.options) + 1, self.option, "option")
        parties, seen = _with_preferences(conflict, self.option.key, lambda preference: preference.with_option(self.option.key))
        ordered = in_owner_order(conflict.decision_makers, options)
        return replace(conflict, decision_makers=parties, viewpoints=seen, options=ordered)

    def undone(self, before: Conflict) -> Edit:
        """Without the option."""
        return RemoveOption(self.option.key)


@dataclass(frozen=True, slots=True)
class RemoveOption(Edit):
    """One option less, by its `key`; nothing in the conflict may speak of it."""

    key: str

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict without the option."""
        need_option(conflict, self.key)
        parties, seen = _with_preferences(conflict, self.key, lambda preference: preference.without_option(self.key))
        left = tuple(option for option in conflict.options if option.key != self.key)
        return replace(conflict, decision_makers=parties, viewpoints=seen, options=left)

    def undone(self, before: Conflict) -> Edit:
        """With the option, where it was."""
        need_option(before, self.key)
        return AddOption(before.option(self.key), before.option_index[self.key] + 1)


@dataclass(frozen=True, slots=True)
class SetOwners(Edit):
    """Other owners of an option (keys): each can change it alone.

    With `place`, it comes to stand where the option with that number (from 1) stands among the others; else where it stood, in the
    order of the owners.

    >>> from detente.model.conflict import DecisionMaker
    >>> two = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),))
    >>> SetOwners("x", ("A", "B")).apply(two).option("x").owners
    ('A', 'B')
    """

    option: str
    owners: tuple[str, ...]
    place: int | None = None

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with these owners."""
        need_option(conflict, self.option)
        now = conflict.option(self.option)
        others = tuple(option for option in conflict.options if option is not now)
        place = self.place or conflict.option_index[self.option] + 1
        options = inserted(others, place, replace(now, owners=self.owners), "option")
        return replace(conflict, options=in_owner_order(conflict.decision_makers, options))

    def undone(self, before: Conflict) -> Edit:
        """The owners of before."""
        need_option(before, self.option)
        return SetOwners(self.option, before.option(self.option).owners, before.option_index[self.option] + 1)


def _with_preferences(
    conflict: Conflict, key: str, change: Callable[[Preference], Preference | None]
) -> tuple[tuple[DecisionMaker, ...], tuple[Viewpoint, ...]]:
    """Decision makers and viewpoints with each preference changed; M134 where it can't be."""

    def changed(preference: Preference) -> Preference:
        made = change(preference)
        if made is None:
            raise EditError.of("M134", f'a preference says something of the option "{key}"', value=key, help="change the preference first")
        return made

    parties = tuple(
        replace(
            dm,
            preference=None if dm.preference is None else changed(dm.preference),
            spare_preferences=tuple(map(changed, dm.spare_preferences)),
        )
        for dm in conflict.decision_makers
    )
    seen = tuple(
        replace(
            view,
            parties=tuple(how if how.preference is None else replace(how, preference=changed(how.preference)) for how in view.parties),
        )
        for view in conflict.viewpoints
    )
    return parties, seen


def _refuse_listed(conflict: Conflict, key: str) -> None:
    """Refuse a new option where states are merged and a preference lists states: what a merged state would then be is not said."""
    held = [(dm.key, preference) for dm in conflict.decision_makers for preference in (dm.preference, *dm.spare_preferences)]
    held += [(how.party, how.preference) for seen in conflict.viewpoints for how in seen.parties]
    for party, preference in held:
        if preference is not None and preference.with_option(key) != preference:
            message = f"{party} ranks states one by one and states are merged, so that a new option would leave the ranking unclear"
            raise EditError.of("M134", message, value=key, help=f"give {party} ordered statements instead of a ranking")
