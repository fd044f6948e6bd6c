"""Random conflicts and Elmira as values, and the same as plain models for the naive second statement of the definitions."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, RedLine, in_owner_order
from detente.model.formula import And, Formula, If, Not, Or, Taken, all_of, any_of, holds
from detente.model.preference import Preference, Statement
from detente.model.rule import ExactlyOne, Infeasible, Merged, Rule
from detente.preference.mixture import StatementsThenRanking
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import Levels, StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from tests.definitions.plain import Condition, PlainModel, State


def elmira() -> Conflict:
    """Elmira groundwater contamination, with the published rankings (tests/definitions/published.py says from where)."""
    order = {"MoE": [7, 3, 4, 8, 5, 1, 2, 6, 9], "Uniroyal": [1, 4, 8, 5, 9, 3, 7, 2, 6], "Local": [7, 3, 5, 1, 8, 6, 4, 2, 9]}
    states = [{"Delay"}, {"Modify", "Delay"}, {"Accept"}, {"Modify", "Accept"}]
    states += [{*state, "Insist"} for state in states]
    states.append({"Modify", "Abandon", "Insist"})
    names = {"MoE": "Ministry of the Environment", "Uniroyal": "Uniroyal Chemical Ltd.", "Local": "Local government"}
    return Conflict(
        "Elmira groundwater contamination",
        tuple(DecisionMaker(key, names[key], StateRanking(tuple((frozenset(states[n - 1]),) for n in order[key]))) for key in order),
        (
            Option("Modify", "Modify the control order", ("MoE",), Direction.ONLY_ON),
            Option("Delay", "Delay the appeal process", ("Uniroyal",), Direction.ONLY_OFF),
            Option("Accept", "Accept the control order", ("Uniroyal",)),
            Option("Abandon", "Abandon the Elmira operation", ("Uniroyal",), Direction.ONLY_ON),
            Option("Insist", "Insist on the original order", ("Local",)),
        ),
        (ExactlyOne(("Delay", "Accept", "Abandon")), Merged(Taken("Abandon"), "abandoned")),
        frozenset({"Delay"}),
    )


def random_conflict(random: Random, most_parties: int = 4, most_options: int = 6) -> Conflict:
    """A random conflict of 1 to 4 decision makers with one-way and shared options, rules, merged states, ties, red lines."""
    parties = "ABCDE"[: random.choice([1, 2, 2, 3, 3, *range(3, most_parties + 1)])]
    options = []
    for place in range(random.randint(2, most_options)):
        owners = tuple(random.sample(parties, min(len(parties), random.choice([1] * 9 + [2]))))
        direction = random.choice([Direction.BOTH] * 3 + [Direction.ONLY_ON, Direction.ONLY_OFF])
        options.append(Option(f"o{place}", f"option {place}", owners if random.random() < 0.95 else (), direction))
    keys = [option.key for option in options]
    rules: list[Rule] = [Infeasible(_pattern(random, keys, 2)) for _ in range(random.choice([0, 0, 1, 2]))]
    if random.random() < 0.3:
        rules.append(Merged(_pattern(random, keys, random.randint(1, 3))))
    bare = tuple(DecisionMaker(key, f"party {key}") for key in parties)
    ordered = in_owner_order(bare, tuple(options))
    frame = StateSpace(Conflict("frame", bare, ordered, tuple(rules)))
    if not frame.states:
        return random_conflict(random, most_parties, most_options)
    deciders = []
    for key in parties:
        red = (RedLine(_pattern(random, keys, 2)),) if random.random() < 0.15 else ()
        unperceived = _pattern(random, keys, 2) if random.random() < 0.08 else None
        deciders.append(DecisionMaker(key, f"party {key}", _preference(random, frame), red, unperceived=unperceived))
    quo = frame.conflict.taken(random.choice(list(frame.states.each())))
    return Conflict("random", tuple(deciders), ordered, tuple(rules), quo)


def _pattern(random: Random, keys: list[str], size: int) -> Formula:
    chosen = random.sample(keys, min(size, len(keys)))
    return all_of(*(Taken(key) if random.random() < 0.5 else Not(Taken(key)) for key in chosen))


def _formula(random: Random, keys: list[str]) -> Formula:
    a, b = _pattern(random, keys, random.choice([1, 1, 2])), _pattern(random, keys, 1)
    return random.choice([a, a, Or((a, b)), And((a, b)), If(b, a), Not(a)])


def _preference(random: Random, frame: StateSpace) -> Preference | None:
    keys = [option.key for option in frame.conflict.options]
    statements = tuple(Statement(_formula(random, keys)) for _ in range(random.randint(1, 5)))
    match random.choice(["statements"] * 4 + ["ranking"] * 4 + ["weights", "mixture", "none"]):
        case "statements":
            return OptionPrioritization(statements)
        case "weights":
            return OptionWeighting(tuple((key, random.randint(-3, 3)) for key in random.sample(keys, 2)))
        case "mixture":
            return StatementsThenRanking(statements, _ranking(random, frame))
        case "ranking":
            return StateRanking(_ranking(random, frame))
        case _:
            return None


def _ranking(random: Random, frame: StateSpace) -> Levels:
    levels: dict[int, list[frozenset[str]]] = {}
    ties = random.choice([2, 4, 1000])
    for state in frame.states.each():
        levels.setdefault(random.randrange(ties), []).append(frame.conflict.taken(state))
    return tuple(tuple(levels[level]) for level in sorted(levels))


def _met(formula: Formula) -> Condition:
    return lambda combination: holds(formula, combination.__getitem__)


def _levels(dm: DecisionMaker) -> Callable[[State], tuple[object, ...]]:
    """A sort key for states, the greater the more preferred, read off the decision maker's preference."""

    def key(state: State) -> tuple[object, ...]:
        taken = frozenset(option for option, on in state.combination.items() if on)
        found: list[object] = [not any(_met(line.never)(state.combination) for line in dm.red_lines)]
        match dm.preference:
            case OptionPrioritization(ordered):
                found += [_met(s.when)(state.combination) for s in ordered]
            case StatementsThenRanking(ordered, order):
                found += [_met(s.when)(state.combination) for s in ordered]
                found.append(-next(i for i, level in enumerate(order) if taken in level))
            case StateRanking(order):
                found.append(-next(i for i, level in enumerate(order) if taken in level))
            case OptionWeighting(weights):
                found.append(sum(weight for option, weight in weights if option in taken))
        return tuple(found)

    return key


def plain_model(conflict: Conflict) -> PlainModel:
    """The conflict for the naive definitions; states by their number, decision makers by key."""
    bad = [rule.when for rule in conflict.rules if isinstance(rule, Infeasible)]
    for rule in conflict.rules:
        if isinstance(rule, ExactlyOne):
            bad += [
                Not(any_of(*map(Taken, rule.options))),
                *(And((Taken(a), Taken(b))) for a in rule.options for b in rule.options if a < b),
            ]
    return PlainModel(
        [(o.key, o.owners, o.direction.value) for o in conflict.options],
        [dm.key for dm in conflict.decision_makers],
        {dm.key: _levels(dm) for dm in conflict.decision_makers},
        _met(any_of(*bad)),
        [_met(rule.when) for rule in conflict.rules if isinstance(rule, Merged)],
        {dm.key: _met(dm.unperceived) for dm in conflict.decision_makers if dm.unperceived is not None},
    )
