"""Guesses in words: what is open, how it may come out, and how many completions that makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.explain.edits import rule_words
from detente.explain.elements import element_words
from detente.model.conflict import Conflict
from detente.model.direction import Direction
from detente.model.formula import Formula, written
from detente.model.guess import AsWritten, Decided, Guess, LeftOut, Ordered, SeenFrom, What
from detente.model.viewpoint import viewpoint
from detente.text import listing

DIRECTIONS = {Direction.BOTH: "both ways", Direction.ONLY_ON: "only on", Direction.ONLY_OFF: "only off"}
"""Which changes an option allows, as conflict files write it."""


def guess_label(conflict: Conflict, guess: Guess) -> str:
    """A guess of a conflict by its name, for tables; the element that it is about where it has no name of its own.

    >>> from detente.model.conflict import DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative
    >>> one = Conflict("one", (DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),)),), (Option("x", "x", ("A",)),))
    >>> held = (Alternative(AsWritten()), Alternative(LeftOut()))
    >>> guess_label(one, Guess("decision makers/A/red lines/1", "red line", "A", (1,), held))
    'red line 1 of A, “x”'
    >>> guess_label(one, Guess("a doubt", "red line", "A", (1,), held))
    '“a doubt”'
    """
    return element_words(conflict, guess.key) if guess.key in guess.elements else f"“{guess.key}”"


def guess_short(conflict: Conflict, guess: Guess) -> str:
    """A guess of a conflict as it is spoken of among others: its name, or which element it is about, without its words.

    >>> from detente.model.conflict import DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative
    >>> one = Conflict("one", (DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),)),), (Option("x", "x", ("A",)),))
    >>> held = (Alternative(AsWritten()), Alternative(LeftOut()))
    >>> guess_short(one, Guess("decision makers/A/red lines/1", "red line", "A", (1,), held))
    'red line 1 of A'
    """
    return guess_label(conflict, guess).partition(", “")[0]


def guess_question(conflict: Conflict, guess: Guess) -> str:
    """What a guess of a conflict leaves open, as an indirect question.

    >>> from detente.model.conflict import DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative
    >>> one = Conflict("one", (DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),)),), (Option("x", "x", ("A",)),))
    >>> guess_question(one, Guess("g", "red line", "A", (1,), (Alternative(AsWritten()), Alternative(LeftOut()))))
    'whether A has red line 1, “x”'
    """
    place, of = guess.places[0] if guess.places else 0, guess.of or ""
    otherwise = any(not isinstance(one.what, AsWritten | LeftOut) for one in guess.alternatives)
    gone = any(isinstance(one.what, LeftOut) for one in guess.alternatives)
    head = {(True, True): "whether, and as what,", (False, True): "whether", (True, False): "as what"}.get((otherwise, gone), "whether")
    match guess.kind:
        case "order":
            return f"in which order {of} has statements {listing(guess.places)}: {listing(_statements(conflict, guess))}"
        case "statement" | "red line":
            called = element_words(conflict, guess.element).replace(f" of {of},", ",", 1)
            return f"{head} {of} {'holds' if guess.kind == 'statement' else 'has'} {called}"
        case "relation":
            pair = conflict.decision_maker(of).pairs[place - 1]
            return f"which of “{written(pair.of)}” and “{written(pair.over)}” {of} prefers"
        case "rule":
            return f"{head} {element_words(conflict, guess.element)} holds"
        case "direction":
            return f"which way “{conflict.option(of).name}” can be changed"
        case "viewpoint":
            return "on whose account the conflict is taken"


def _statements(conflict: Conflict, guess: Guess) -> list[str]:
    """The statements of which the order is open, in words; none where the decision maker has none."""
    preference = conflict.decision_maker(guess.of or "").preference
    stated = preference.statements() if preference is not None else ()
    if not stated:
        return []
    return [f"“{stated[place - 1].says or written(stated[place - 1].when)}”" for place in guess.places]


def outcome_label(conflict: Conflict, guess: Guess, number: int) -> str:
    """How a guess of a conflict comes out as the alternative with a `number` (from 0), in a few words.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.guess import Alternative
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> turned = Guess("g", "order", "A", (1, 2), (Alternative(AsWritten()), Alternative(Ordered((2, 1)))))
    >>> [outcome_label(one, turned, number) for number in (0, 1)]
    ['as written', 'with statements in the order 2, 1']
    """
    alternative = guess.alternatives[number]
    return f"“{alternative.says.rstrip('.')}”" if alternative.says else _what(conflict, guess, alternative.what)


def _what(conflict: Conflict, guess: Guess, what: What) -> str:
    match what:
        case AsWritten():
            return "as the file writes it" if guess.kind == "viewpoint" else "as written"
        case LeftOut():
            return "left out"
        case Ordered(places):
            words = dict(zip(guess.places, _statements(conflict, guess), strict=False))
            if len(places) == 2 and words:
                return f"with {words[places[0]]} first"
            return f"with statements in the order {', '.join(map(str, places))}"
        case Decided(preferred):
            pair = conflict.decision_maker(guess.of or "").pairs[guess.places[0] - 1]
            if preferred == "neither":
                return "both alike"
            return f"“{written(pair.of if preferred == 'first' else pair.over)}” preferred"
        case SeenFrom(key):
            return f"as “{viewpoint(conflict, key).key}” has it"
        case Direction():
            return DIRECTIONS[what]
        case _:
            return f"as “{written(what)}”" if isinstance(what, Formula) else f"with the rule that {rule_words(what)}"


def settled_words(conflict: Conflict, chosen: Mapping[str, int], keys: Sequence[str] | None = None) -> str:
    """Some guesses of a conflict with how they come out: “a” as written and “b” left out.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    chosen
        For the key of each guess that is named the number of its alternative, from 0.
    keys
        Which of them to name, in the order of the conflict; all by default.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative
    >>> doubt = Guess("doubt", "red line", "A", (1,), (Alternative(AsWritten()), Alternative(LeftOut())))
    >>> a = DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),))
    >>> settled_words(Conflict("one", (a,), (Option("x", "x", ("A",)),), guesses=(doubt,)), {"doubt": 1})
    '“doubt” left out'
    """
    named = [guess for guess in conflict.guesses if guess.key in chosen and (keys is None or guess.key in keys)]
    return listing(f"{guess_label(conflict, guess)} {outcome_label(conflict, guess, chosen[guess.key])}" for guess in named)
