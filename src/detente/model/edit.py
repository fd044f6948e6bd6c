"""Changes to a conflict as values: each can be described, applied and inverted.  A what-if is a list of them.

An edit knows nothing of the conflict until it is applied.  `inverted(before)` gives the edit that undoes it, so that

    edit.inverted(before).apply(edit.apply(before)) == before

for every conflict to which the edit can be applied, to the last word and with the same digest.  The guesses of a conflict are carried
along (`Edit.carried`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from detente.errors import EditError
from detente.model.conflict import Conflict, Direction, RedLine
from detente.model.edit_base import Edit as Edit
from detente.model.edit_base import Restoring as Restoring
from detente.model.edit_base import apply_all as apply_all
from detente.model.edit_base import invert_all as invert_all
from detente.model.formula import Not
from detente.model.guess import Guess, after_adding, after_moving, after_removing, rename_guess, shifted
from detente.model.parts import at, inserted, need_free, need_option, party_there, with_party, without
from detente.model.preference import Preference, Statement
from detente.model.renaming import with_renamed_decision_maker, with_renamed_option
from detente.model.rule import Rule


# -- the conflict as a whole -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SetStatusQuo(Edit):
    """Another status quo, as the options taken; None for none."""

    taken: frozenset[str] | None

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with this status quo."""
        return replace(conflict, status_quo=self.taken)

    def undone(self, before: Conflict) -> Edit:
        """The status quo of before."""
        return SetStatusQuo(before.status_quo)


@dataclass(frozen=True, slots=True)
class AddRule(Edit):
    """A further rule, which becomes rule number `place` (from 1)."""

    place: int
    rule: Rule

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the rule."""
        return replace(conflict, rules=inserted(conflict.rules, self.place, self.rule, "rule"))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """Rules after the new one have other numbers."""
        return shifted(guesses, "rule", None, after_adding(self.place))

    def undone(self, before: Conflict) -> Edit:
        """Without the rule."""
        return RemoveRule(self.place)


@dataclass(frozen=True, slots=True)
class RemoveRule(Edit):
    """One rule less: number `place` (from 1)."""

    place: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict without the rule."""
        return replace(conflict, rules=without(conflict.rules, self.place, "rule"))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The rule is no longer open; those after it have other numbers."""
        return shifted(guesses, "rule", None, after_removing(self.place))

    def undone(self, before: Conflict) -> Edit:
        """With the rule, where it was."""
        return AddRule(self.place, at(before.rules, self.place, "rule"))


@dataclass(frozen=True, slots=True)
class SetDirection(Edit):
    """Another direction for an option: which changes its owners can make."""

    option: str
    direction: Direction

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the direction."""
        need_option(conflict, self.option)
        options = tuple(replace(o, direction=self.direction) if o.key == self.option else o for o in conflict.options)
        return replace(conflict, options=options)

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The direction is no longer open."""
        return tuple(guess for guess in guesses if (guess.kind, guess.of) != ("direction", self.option))

    def undone(self, before: Conflict) -> Edit:
        """The direction of before."""
        need_option(before, self.option)
        return SetDirection(self.option, before.option(self.option).direction)


@dataclass(frozen=True, slots=True)
class RenameOption(Edit):
    """A new key for an option in the place of the old one, wherever it occurs; its name in full stays."""

    old: str
    new: str

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict under the new key."""
        need_option(conflict, self.old)
        need_free(self.old, self.new, conflict.option_index)
        return with_renamed_option(conflict, self.old, self.new)

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The guesses under the new key."""
        return tuple(rename_guess(guess, {self.old: self.new}, {}) for guess in guesses)

    def undone(self, before: Conflict) -> Edit:
        """The old key."""
        need_option(before, self.old)
        return RenameOption(self.new, self.old)


@dataclass(frozen=True, slots=True)
class RenameDecisionMaker(Edit):
    """A new key for a decision maker in the place of the old one, wherever it occurs; the name in full stays."""

    old: str
    new: str

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict under the new key."""
        party_there(conflict, self.old)
        others = {measure.by for measure in conflict.measures if measure.by is not None}  # in words, or by key
        need_free(self.old, self.new, {dm.key for dm in conflict.decision_makers} | others)
        return with_renamed_decision_maker(conflict, self.old, self.new)

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The guesses under the new key."""
        return tuple(rename_guess(guess, {}, {self.old: self.new}) for guess in guesses)

    def undone(self, before: Conflict) -> Edit:
        """The old key."""
        party_there(before, self.old)
        return RenameDecisionMaker(self.new, self.old)


# -- preferences -------------------------------------------------------------------------------------------------------
class PreferenceEdit(Edit):
    """An edit that leaves a decision maker (`dm`, a key) with another preference, however it makes it."""

    dm: str

    def undone(self, before: Conflict) -> Edit:
        """The preference of before."""
        return SetPreference(self.dm, party_there(before, self.dm).preference)


@dataclass(frozen=True, slots=True)
class SetPreference(PreferenceEdit):
    """Another preference for a decision maker; None for indifference."""

    dm: str
    preference: Preference | None

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the preference."""
        return with_party(conflict, self.dm, lambda dm: replace(dm, preference=self.preference))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """Nothing of the preference is open any more."""
        return shifted(guesses, "statement", self.dm, lambda _: None)


@dataclass(frozen=True, slots=True)
class AddStatement(Edit):
    """A further statement of a decision maker's preference, which becomes number `place` (from 1, most important first)."""

    dm: str
    place: int
    statement: Statement

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the statement."""
        return _with_statements(conflict, self.dm, lambda old: inserted(old, self.place, self.statement, "statement"))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """Statements after the new one have other numbers."""
        return shifted(guesses, "statement", self.dm, after_adding(self.place))

    def undone(self, before: Conflict) -> Edit:
        """Without the statement."""
        return RemoveStatement(self.dm, self.place)


@dataclass(frozen=True, slots=True)
class RemoveStatement(Edit):
    """One statement of a decision maker's preference less: number `place` (from 1)."""

    dm: str
    place: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict without the statement."""
        return _with_statements(conflict, self.dm, lambda old: without(old, self.place, "statement"))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The statement is no longer open; those after it have other numbers."""
        return shifted(guesses, "statement", self.dm, after_removing(self.place))

    def undone(self, before: Conflict) -> Edit:
        """With the statement, where it was."""
        return AddStatement(self.dm, self.place, at(_statements(before, self.dm), self.place, "statement"))


@dataclass(frozen=True, slots=True)
class ReplaceStatement(Edit):
    """Another statement of a decision maker's preference in the place of one (from 1)."""

    dm: str
    place: int
    statement: Statement

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the other statement."""
        return _with_statements(
            conflict, self.dm, lambda old: inserted(without(old, self.place, "statement"), self.place, self.statement, "statement")
        )

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """Whether the statement holds is no longer open; where it stands may be."""
        return _settled(guesses, self.dm, self.place)

    def undone(self, before: Conflict) -> Edit:
        """The statement of before."""
        return ReplaceStatement(self.dm, self.place, at(_statements(before, self.dm), self.place, "statement"))


@dataclass(frozen=True, slots=True)
class MoveStatement(Edit):
    """A statement of a decision maker's preference moved from one place to another (from 1): more important or less."""

    dm: str
    place: int
    to: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the statement in its new place."""

        def moved(old: tuple[Statement, ...]) -> tuple[Statement, ...]:
            statement = at(old, self.place, "statement")
            return inserted(without(old, self.place, "statement"), self.to, statement, "statement")

        return _with_statements(conflict, self.dm, moved)

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The guesses follow the statements."""
        return shifted(guesses, "statement", self.dm, after_moving(self.place, self.to))

    def undone(self, before: Conflict) -> Edit:
        """Back to the old place."""
        return MoveStatement(self.dm, self.to, self.place)


@dataclass(frozen=True, slots=True)
class ReverseStatement(Edit):
    """A decision maker's statement turned round: what was wanted is now to be avoided.

    It stays at its place; its words and basis, which say the old, go.
    """

    dm: str
    place: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the statement turned round."""
        when = at(_statements(conflict, self.dm), self.place, "statement").when
        turned = Statement(when.part if isinstance(when, Not) else Not(when))
        return ReplaceStatement(self.dm, self.place, turned).change(conflict)

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """Whether the statement holds is no longer open; where it stands may be."""
        return _settled(guesses, self.dm, self.place)

    def undone(self, before: Conflict) -> Edit:
        """The statement of before, with its words and basis."""
        return ReplaceStatement(self.dm, self.place, at(_statements(before, self.dm), self.place, "statement"))


@dataclass(frozen=True, slots=True)
class AddRedLine(Edit):
    """A further red line (`red_line`) of a decision maker, which becomes number `place` (from 1)."""

    dm: str
    place: int
    red_line: RedLine

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the red line."""
        return with_party(
            conflict, self.dm, lambda dm: replace(dm, red_lines=inserted(dm.red_lines, self.place, self.red_line, "red line"))
        )

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """Red lines after the new one have other numbers."""
        return shifted(guesses, "red line", self.dm, after_adding(self.place))

    def undone(self, before: Conflict) -> Edit:
        """Without the red line."""
        return RemoveRedLine(self.dm, self.place)


@dataclass(frozen=True, slots=True)
class RemoveRedLine(Edit):
    """One red line of a decision maker less: number `place` (from 1)."""

    dm: str
    place: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict without the red line."""
        return with_party(conflict, self.dm, lambda dm: replace(dm, red_lines=without(dm.red_lines, self.place, "red line")))

    def carried(self, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
        """The red line is no longer open; those after it have other numbers."""
        return shifted(guesses, "red line", self.dm, after_removing(self.place))

    def undone(self, before: Conflict) -> Edit:
        """With the red line, where it was."""
        return AddRedLine(self.dm, self.place, at(party_there(before, self.dm).red_lines, self.place, "red line"))


def _settled(guesses: tuple[Guess, ...], dm: str, place: int) -> tuple[Guess, ...]:
    return tuple(guess for guess in guesses if (guess.kind, guess.of, guess.places) != ("statement", dm, (place,)))


# -- parts ------------------------------------------------------------------------------------------------------------------
def _statements(conflict: Conflict, key: str) -> tuple[Statement, ...]:
    preference = party_there(conflict, key).preference
    return preference.statements() if preference is not None else ()


def _with_statements(conflict: Conflict, key: str, change: Callable[[tuple[Statement, ...]], tuple[Statement, ...]]) -> Conflict:
    preference = party_there(conflict, key).preference
    changed = preference.with_statements(change(preference.statements())) if preference is not None else None
    if changed is None:
        help = "give the decision maker ordered statements first, with `SetPreference`"
        raise EditError.of("M131", f'the preference of "{key}" has no statements', value=key, help=help)
    return with_party(conflict, key, lambda dm: replace(dm, preference=changed))
