"""What is left of guesses where some options stand as they are known to stand (see `detente.model.narrowed`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from detente.model.assuming import assuming, rule_assuming
from detente.model.conflict import Conflict
from detente.model.formula import FALSE, Const, Formula
from detente.model.guess import Guess, LeftOut, What, shifted
from detente.model.rule import Rule


def guesses_assuming(conflict: Conflict, known: Mapping[str, bool], gone: Collection[str]) -> tuple[Guess, ...]:
    """The guesses of a conflict in which some options stand as is `known` of them, without the decision makers who are `gone`.

    A guess stays where what it is about stays and its alternatives still differ; an alternative that no longer says anything is that
    the element is left out.  So each alternative of a guess that stays makes the same of the narrower conflict as of the wider one.

    Parameters
    ----------
    conflict
        The wider conflict.
    known
        For keys of options whether they are taken.
    gone
        Keys of decision makers.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative, AsWritten
    >>> lines = (RedLine(Taken("y")), RedLine(Taken("x")))
    >>> doubts = tuple(Guess(f"g{n}", "red line", "A", (n,), (Alternative(AsWritten()), Alternative(LeftOut()))) for n in (1, 2))
    >>> a, options = DecisionMaker("A", "A", red_lines=lines), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> left = guesses_assuming(Conflict("one", (a,), options, guesses=doubts), {"y": False}, ())
    >>> [(guess.key, guess.places) for guess in left]
    [('g2', (1,))]
    """
    guesses = tuple(guess for guess in conflict.guesses if guess.party not in gone or guess.party is None)
    guesses = tuple(guess for guess in guesses if guess.kind != "direction" or guess.of not in known)
    for noun, party, stay in _staying(conflict, known):
        guesses = shifted(guesses, noun, party, _numbers(stay))
    return tuple(made for guess in guesses if (made := _assuming(conflict, guess, known)) is not None)


def _staying(conflict: Conflict, known: Mapping[str, bool]) -> Iterator[tuple[str, str | None, list[bool]]]:
    """For everything that is counted from 1: what it is, whose, and which of it stays."""
    for dm in conflict.decision_makers:
        statements = dm.preference.statements() if dm.preference is not None else ()
        yield "statement", dm.key, [not isinstance(assuming(one.when, known), Const) for one in statements]
        yield "red line", dm.key, [assuming(line.never, known) != FALSE for line in dm.red_lines]
        yield "pair", dm.key, [FALSE not in (assuming(pair.of, known), assuming(pair.over, known)) for pair in dm.pairs]
    yield "rule", None, [rule_assuming(rule, known) is not None for rule in conflict.rules]


def _numbers(stay: list[bool]) -> Callable[[int], int | None]:
    """The new number of each old one."""
    return lambda place: sum(stay[:place]) if stay[place - 1] else None


def _assuming(conflict: Conflict, guess: Guess, known: Mapping[str, bool]) -> Guess | None:
    """A guess with what is left of its alternatives; None where two of them come to be the same, or as what is written."""
    alternatives = tuple(replace(one, what=_what(guess, one.what, known)) for one in guess.alternatives)
    old = next(one for one in conflict.guesses if one.key == guess.key)
    whats: list[What] = [one.what for one in alternatives]
    held = _held(conflict, old, known)
    if held in whats or any(what in whats[:place] for place, what in enumerate(whats)):
        return None
    return replace(guess, alternatives=alternatives)


def _what(guess: Guess, what: What, known: Mapping[str, bool]) -> What:
    """What is left of an alternative."""
    if isinstance(what, Rule):
        return rule_assuming(what, known) or LeftOut()
    if not isinstance(what, Formula):
        return what
    left = assuming(what, known)
    empty = left == FALSE if guess.kind == "red line" else isinstance(left, Const)
    return LeftOut() if empty else left


def _held(conflict: Conflict, guess: Guess, known: Mapping[str, bool]) -> What | None:
    """What is left of the element as the wider conflict has it."""
    match guess.kind:
        case "statement":
            preference = conflict.decision_maker(guess.of or "").preference
            return None if preference is None else _what(guess, preference.statements()[guess.places[0] - 1].when, known)
        case "red line":
            return _what(guess, conflict.decision_maker(guess.of or "").red_lines[guess.places[0] - 1].never, known)
        case "rule":
            return _what(guess, replace(conflict.rules[guess.places[0] - 1], basis=None, says=None), known)
        case _:
            return None
