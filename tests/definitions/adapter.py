"""From a conflict of the program to the second statement: every formula, rule and preference is evaluated by the naive functions here.

Only the shape of the program's values is read (their classes and fields), never its truth tables, spaces, orders or criteria.
"""

from collections.abc import Mapping
from functools import cache

from detente.model import formula as program
from detente.model import rule as rules
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.preference import Preference as ProgramPreference
from detente.preference.mixture import StatementsThenRanking
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import Levels, StateRanking
from detente.preference.weighting import OptionWeighting

from .formulas import Formula, holds
from .plain import Combination, Condition, PlainModel, Preference
from .preferences import first_then, ranking, red_lines, statements, weights


def plain_formula(formula: program.Formula) -> Formula:
    """The formula in the notation of `formulas.py`."""
    match formula:
        case program.Const(value):
            return value
        case program.Taken(option):
            return option
        case program.Not(part):
            return ("not", plain_formula(part))
        case program.And(parts):
            return ("and", *map(plain_formula, parts))
        case program.Or(parts):
            return ("or", *map(plain_formula, parts))
        case program.If(then, condition):
            return ("if", plain_formula(then), plain_formula(condition))
        case program.Iff(left, right):
            return ("iff", plain_formula(left), plain_formula(right))


def meets(formula: program.Formula) -> Condition:
    """The condition that a formula holds."""
    plain = plain_formula(formula)
    return lambda combination: holds(plain, combination)


def taken_of(options: tuple[str, ...], combination: Combination) -> int:
    """How many of some options are taken."""
    return [combination[option] for option in options].count(True)


def breaks(rule: rules.Rule) -> Condition:
    """The condition that a combination breaks a rule."""
    match rule:
        case rules.Infeasible(when):
            return meets(when)
        case rules.AtMostOne(options):
            return lambda combination: taken_of(tuple(dict.fromkeys(options)), combination) > 1
        case rules.ExactlyOne(options):
            return lambda combination: taken_of(tuple(dict.fromkeys(options)), combination) != 1
        case rules.AtLeastOne(options):
            return lambda combination: taken_of(options, combination) == 0
        case rules.OnlyIf(this, needs):
            return lambda combination: meets(this)(combination) and not meets(needs)(combination)
        case rules.Merged():
            return lambda combination: False


class Remembering(PlainModel):
    """A plain model that looks up what it has found once; nothing is found otherwise than in a plain model."""

    def __init__(self, conflict: Conflict, prefers: Mapping[str, Preference]) -> None:
        broken = [breaks(rule) for rule in conflict.rules]
        super().__init__(
            options=[(option.key, option.owners, str(option.direction)) for option in conflict.options],
            decision_makers=[dm.key for dm in conflict.decision_makers],
            prefers=prefers,
            infeasible=lambda combination: any(breaks_it(combination) for breaks_it in broken),
            merges=[meets(rule.when) for rule in conflict.rules if isinstance(rule, rules.Merged)],
            unperceived={dm.key: meets(dm.unperceived) for dm in conflict.decision_makers if dm.unperceived is not None},
            bans=[(ban.by, meets(ban.leaving), meets(ban.reaching)) for ban in conflict.bans],
        )
        self._moves = cache(super().moves)
        self._improvements = cache(super().improvements)
        self._numbers = {tuple(member.items()): state.number for state in self.states for member in state.members}

    def moves(self, i: str, s: int) -> set[int]:
        """R_i(s), remembered."""
        return self._moves(i, s)

    def improvements(self, i: str, s: int) -> set[int]:
        """R_i^+(s), remembered."""
        return self._improvements(i, s)

    def number_of(self, combination: Combination) -> int | None:
        """The number of the state to which a combination belongs, remembered."""
        return self._numbers.get(tuple(combination.items()))


def plain_model(conflict: Conflict) -> PlainModel:
    """The conflict in the second statement; state numbers and keys are those of the program."""
    indifferent: Mapping[str, Preference] = {dm.key: lambda state: 0 for dm in conflict.decision_makers}
    numbered = Remembering(conflict, indifferent)
    return Remembering(conflict, {dm.key: plain_preference(numbered, dm) for dm in conflict.decision_makers})


def plain_preference(numbered: PlainModel, dm: DecisionMaker) -> Preference:
    """A decision maker's preference, red lines first."""
    base: Preference = _preference(numbered, dm.preference) if dm.preference else lambda state: 0
    return red_lines([plain_formula(line.never) for line in dm.red_lines], base) if dm.red_lines else base


def _preference(numbered: PlainModel, preference: ProgramPreference) -> Preference:
    if isinstance(preference, OptionPrioritization):
        ordered = [plain_formula(statement.when) for statement in preference.ordered]
        return statements(ordered)
    if isinstance(preference, OptionWeighting):
        return weights(dict(preference.weights))
    if isinstance(preference, StateRanking):
        return ranking(_numbers(numbered, preference.levels))
    if isinstance(preference, StatementsThenRanking):
        ordered = [plain_formula(statement.when) for statement in preference.ordered]
        listed = _numbers(numbered, preference.levels)
        unlisted = [s for s in numbered.numbers if not any(s in level for level in listed)]
        return first_then(statements(ordered), ranking([*listed, unlisted]))
    raise TypeError(f"the second statement has no {type(preference).__name__}")


def _numbers(numbered: PlainModel, levels: Levels) -> list[list[int]]:
    """An order of states given by the options taken, as an order of state numbers."""
    names = [name for name, _, _ in numbered.options]
    found = [[numbered.number_of({name: name in taken for name in names}) for taken in level] for level in levels]
    return [[number for number in level if number is not None] for level in found]
