"""What a completion is: the conflict with every guess settled by one of its alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from detente.model.direction import Direction
from detente.model.formula import Formula
from detente.model.guess import AsWritten, Decided, Guess, LeftOut, Ordered, SeenFrom, What
from detente.model.preference import Statement
from detente.model.rule import Rule
from detente.model.viewpoint import has_otherwise, seen_from, viewpoint

if TYPE_CHECKING:
    from detente.model.conflict import Conflict, DecisionMaker, RedLine


def completed(conflict: Conflict, chosen: Mapping[str, int]) -> Conflict:
    """The conflict with guesses settled: for the key of a guess the number of an alternative, from 0; those left out stay as written.

    A viewpoint comes first: guesses about what it has otherwise (the preference, the red lines or the comparisons of a decision maker)
    then change nothing.  Statements of which several guesses speak are first put otherwise or left out, then brought into order.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    chosen
        The alternatives.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.guess import Alternative
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(Taken("x")), Statement(Taken("y"))))
    >>> turned = Guess("g", "order", "A", (1, 2), (Alternative(AsWritten()), Alternative(Ordered((2, 1)))))
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> one = Conflict("one", (DecisionMaker("A", "A", wants),), options, guesses=(turned,))
    >>> [statement.when.option for statement in completed(one, {"g": 1}).decision_makers[0].preference.statements()]
    ['y', 'x']
    """
    made = [(guess, guess.alternatives[chosen.get(guess.key, 0)].what) for guess in conflict.guesses]
    made = [(guess, what) for guess, what in made if not isinstance(what, AsWritten)]
    seen = next((what.viewpoint for _, what in made if isinstance(what, SeenFrom)), None)
    base = replace(conflict if seen is None else seen_from(conflict, seen), guesses=(), viewpoints=())
    live = still_open(conflict, chosen)
    made = [(guess, what) for guess, what in made if guess.party is None or guess in live]
    directions = {guess.of: what for guess, what in made if isinstance(what, Direction)}
    options = tuple(replace(option, direction=directions.get(option.key, option.direction)) for option in base.options)
    rules = _rules(base.rules, {guess.places[0]: what for guess, what in made if guess.kind == "rule"})
    parties = tuple(
        party_completed(dm, {g.key: w for g, w in made}, [g for g, _ in made if g.party == dm.key]) for dm in base.decision_makers
    )
    return replace(base, decision_makers=parties, options=options, rules=rules)


def party_completed(dm: DecisionMaker, made: Mapping[str, What], guesses: list[Guess]) -> DecisionMaker:
    """A decision maker (`dm`) with some `guesses` about them settled as `made` (by their keys).

    >>> from detente.model.conflict import DecisionMaker, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative
    >>> doubt = Guess("g", "red line", "A", (1,), (Alternative(AsWritten()), Alternative(LeftOut())))
    >>> party_completed(DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),)), {"g": LeftOut()}, [doubt]).red_lines
    ()
    """
    if not guesses:
        return dm
    statements: dict[int, Statement] = {}
    if dm.preference is not None:
        statements = dict(enumerate(dm.preference.statements(), start=1))
    lines: dict[int, RedLine] = dict(enumerate(dm.red_lines, start=1))
    pairs = dict(enumerate(dm.pairs, start=1))
    for guess in guesses:
        what, place = made[guess.key], guess.places[0]
        match guess.kind, what:
            case ("order", _) | ("statement", LeftOut()):
                pass  # see `kept`
            case "statement", _:
                assert isinstance(what, Formula)
                statements[place] = Statement(what, degree=statements[place].degree)
            case "red line", LeftOut():
                del lines[place]
            case "red line", _:
                assert isinstance(what, Formula)
                lines[place] = replace(lines[place], never=what, says=None, basis=None)
            case "relation", Decided():
                pairs[place] = pairs[place].decided(what.preferred)
    listed = tuple(statements[number] for number in kept(dm, made, guesses))
    preference = dm.preference and (dm.preference.with_statements(listed) or dm.preference)
    return replace(dm, preference=preference, red_lines=tuple(lines.values()), pairs=tuple(pairs.values()))


def kept(dm: DecisionMaker, made: Mapping[str, What], guesses: list[Guess]) -> tuple[int, ...]:
    """The numbers of the statements that a decision maker (`dm`) has with some `guesses` settled as `made`, the most important first.

    >>> from detente.model.conflict import DecisionMaker
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> two = DecisionMaker("A", "A", OptionPrioritization((Statement(Taken("x")), Statement(Taken("y")))))
    >>> kept(two, {"g": Ordered((2, 1))}, [Guess("g", "order", "A", (1, 2), (Alternative(AsWritten()), Alternative(Ordered((2, 1)))))])
    (2, 1)
    """
    order = range(1, len(dm.preference.statements() if dm.preference is not None else ()) + 1)
    numbers, gone = list(order), set[int]()
    for guess in guesses:
        match made[guess.key]:
            case Ordered(places):
                free = iter(places)
                numbers = [next(free) if number in guess.places else number for number in numbers]
            case LeftOut() if guess.kind == "statement":
                gone |= set(guess.places)
    return tuple(number for number in numbers if number not in gone)


def still_open(conflict: Conflict, chosen: Mapping[str, int]) -> tuple[Guess, ...]:
    """The guesses about decision makers that still make a difference once those about the whole are settled as `chosen`.

    A viewpoint may have what they are about otherwise.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> still_open(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), {})
    ()
    """
    whole = [guess.alternatives[chosen.get(guess.key, 0)].what for guess in conflict.guesses if guess.party is None]
    seen = next((what.viewpoint for what in whole if isinstance(what, SeenFrom)), None)
    view = None if seen is None else viewpoint(conflict, seen)
    return tuple(g for g in conflict.guesses if g.party is not None and (view is None or not has_otherwise(view, g)))


def _rules(rules: tuple[Rule, ...], made: Mapping[int, What]) -> tuple[Rule, ...]:
    now: list[What] = [made.get(place, rule) for place, rule in enumerate(rules, start=1)]
    return tuple(what for what in now if isinstance(what, Rule))


def completions(conflict: Conflict) -> Iterator[dict[str, int]]:
    """Every completion of a conflict, as the number of an alternative for the key of each guess; the conflict as written first.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> next(completions(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    {}
    """
    keys = [guess.key for guess in conflict.guesses]
    for numbers in product(*(range(len(guess.alternatives)) for guess in conflict.guesses)):
        yield dict(zip(keys, numbers, strict=True))
