"""What guesses must satisfy: they speak of what is there and may be open, once, with alternatives that differ (`detente.model.checks`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from detente.errors import Problems
from detente.model.direction import Direction
from detente.model.evidence import Basis
from detente.model.formula import Formula, options_in
from detente.model.guess import (
    MAX_ALTERNATIVES,
    MAX_GUESSES,
    MAX_ORDERED,
    AsWritten,
    Decided,
    Guess,
    LeftOut,
    Ordered,
    SeenFrom,
    What,
    orders,
)
from detente.model.preference import lists_states
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Merged, Rule, formulas_of
from detente.text import plural

if TYPE_CHECKING:
    from detente.model.conflict import Conflict, DecisionMaker

MAX_WEIGHT_DIGITS = 9
"""Most digits of a weight."""

_PLACED = ("order", "statement", "red line", "relation", "rule")


def check_guesses(conflict: Conflict, problems: Problems) -> None:
    """Note problems with the guesses of a conflict: M180 to M187, and M104, M105, M143 for what they mention that is not there.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.guess import Alternative
    >>> lost = Guess("g", "rule", None, (1,), (Alternative(AsWritten()), Alternative(LeftOut())))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> object.__setattr__(one, "guesses", (lost,))  # a conflict refuses it
    >>> problems = Problems()
    >>> check_guesses(one, problems)
    >>> problems.found[0].message
    'the guess "g" is about rule 1, which is not there'
    """
    if len(conflict.guesses) > MAX_GUESSES:
        message = f"there are {len(conflict.guesses):,} guesses; there may be {MAX_GUESSES}"
        problems.error("M187", message, help="leave out those on which least hangs", element="uncertain")
        return
    for guess in conflict.guesses:
        _check(conflict, guess, problems)
    _check_once(conflict, problems)


def _check(conflict: Conflict, guess: Guess, problems: Problems) -> None:
    """Note problems with one guess."""
    if _is_there(conflict, guess, problems):
        _check_open(conflict, guess, problems)
        _check_alternatives(conflict, guess, problems)
    _check_weights(guess, problems)
    _check_mentions(conflict, guess, problems)


def fitting(conflict: Conflict, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """Of some `guesses` those that fit a conflict: that are about what it has and may be open.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.guess import Alternative
    >>> lost = Guess("g", "rule", None, (1,), (Alternative(AsWritten()), Alternative(LeftOut())))
    >>> fitting(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), (lost,))
    ()
    """
    found = []
    for guess in guesses:
        problems = Problems()
        _check(conflict, guess, problems)
        if not problems.found:
            found.append(guess)
    return tuple(found)


def guess_bases(conflict: Conflict) -> Iterator[tuple[str, tuple[str, ...], Basis | None]]:
    """What guesses, and their weights, rest on: the path, the decision makers whom it is about, the basis.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> list(guess_bases(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    []
    """
    for guess in conflict.guesses:
        about = () if guess.party is None else (guess.party,)
        yield f"uncertain/{guess.key}", about, guess.basis
        if guess.is_weighted:
            yield f"uncertain/{guess.key}/weights basis", about, guess.weighed


def _is_there(conflict: Conflict, guess: Guess, problems: Problems) -> bool:
    """Whether what a guess is about is there; if not, a problem is noted."""
    path = f"uncertain/{guess.key}"
    if guess.kind == "direction" and guess.of not in conflict.option_index:
        problems.error("M104", f'no option is called "{guess.of}"', value=guess.of, element=f"{path}/direction")
        return False
    count = len(guess.places)
    placed = count >= 1 if guess.kind == "order" else count == (1 if guess.kind in _PLACED else 0)
    if not placed or (guess.kind in ("viewpoint", "rule")) != (guess.of is None):
        problems.error("M180", f'the guess "{guess.key}" does not say what it is about', element=path)
        return False
    if guess.kind in ("direction", "viewpoint"):
        return True
    dm = next((dm for dm in conflict.decision_makers if dm.key == guess.of), None)
    if guess.kind != "rule" and dm is None:
        problems.error("M105", f'no decision maker is called "{guess.of}"', value=guess.of, element=f"{path}/of")
        return False
    noun, count = _counted(conflict, dm, guess)
    lost = [place for place in guess.places if not 1 <= place <= count]
    if lost:
        whose = "" if dm is None else f" of {dm.key}"
        message = f'the guess "{guess.key}" is about {noun} {lost[0]}{whose}, which is not there'
        here = f"there {'is' if count == 1 else 'are'} {plural(count, noun)}, counted from 1" if count else f"there is no {noun}"
        problems.error("M180", message, value=str(lost[0]), help=here, element=f"{path}/{guess.kind}")
    return not lost


def _counted(conflict: Conflict, dm: DecisionMaker | None, guess: Guess) -> tuple[str, int]:
    """What the places of a guess count, in a word, and how many of it there are."""
    if dm is None:
        return "rule", len(conflict.rules)
    match guess.kind:
        case "red line":
            return "red line", len(dm.red_lines)
        case "relation":
            return "statement about pairs", len(dm.pairs)
        case _:
            return "statement", len(dm.preference.statements()) if dm.preference is not None else 0


def _check_open(conflict: Conflict, guess: Guess, problems: Problems) -> None:
    """Note a guess about something that can't be open: beside lists of states, where states are merged, or what is known."""
    element = f"uncertain/{guess.key}"
    match guess.kind:
        case "order" | "statement":
            dm = conflict.decision_maker(guess.of or "")
            if lists_states(dm.preference):
                message = f'the guess "{guess.key}" is about statements of {dm.key}, whose preference lists states as well'
                help = "what the list says hangs on the statements; write the list as statements, or leave the guess out"
                problems.error("M182", message, value=guess.of, help=help, element=element)
        case "rule":
            merged = any(isinstance(rule, Merged) for rule in conflict.rules)
            listing = [dm.key for dm in conflict.decision_makers if lists_states(dm.preference)]
            asked = {key for other in conflict.guesses if other.kind == "viewpoint" for key in other.viewpoints}
            seen = [how for view in conflict.viewpoints if view.key in asked for how in view.parties]
            listing += [how.party for how in seen if lists_states(how.preference)]
            if merged or listing:
                why = "states are merged" if merged else f"a preference of {listing[0]} lists states"
                message = f'the guess "{guess.key}" is about a rule, and {why}'
                help = "without the rule there would be other states; leave the guess out, or write the conflict without them"
                problems.error("M182", message, help=help, element=element)
        case "relation":
            pair = conflict.decision_maker(guess.of or "").pairs[guess.places[0] - 1]
            if pair.kind != "unknown":
                message = f'the guess "{guess.key}" is about a comparison that the file does not call unknown (it gives a {pair.kind})'
                help = "a `relation` is about a statement with the key `unknown`"
                problems.error("M186", message, value=pair.kind, help=help, element=f"{element}/relation")


def _check_alternatives(conflict: Conflict, guess: Guess, problems: Problems) -> None:
    """Note alternatives that are missing, of another kind, twice, or as the conflict is written anyway."""
    element, whats = f"uncertain/{guess.key}", [one.what for one in guess.alternatives]
    if guess.kind == "order":
        good = 2 <= len(guess.places) <= MAX_ORDERED and list(guess.places) == sorted(set(guess.places))
        if not good or tuple(whats) != (AsWritten(), *orders(guess.places)) or guess.is_weighted:
            message = f'the guess "{guess.key}" is about an order of {plural(len(guess.places), "statement")}'
            help = f"an order is one of 2 to {MAX_ORDERED} statements, each named once; all their orders count the same"
            problems.error("M183", message, value=str(len(guess.places)), help=help, element=f"{element}/order")
        return
    if len(whats) < 2 or whats[0] != AsWritten():
        message = f'the guess "{guess.key}" has no alternative to what is written'
        problems.error("M185", message, help="say what it may be instead", element=element)
        return
    if len(whats) > MAX_ALTERNATIVES:
        message = f'the guess "{guess.key}" has {len(whats):,} alternatives, counting what is written; there may be {MAX_ALTERNATIVES:,}'
        problems.error("M187", message, help="leave out those that differ least", element=element)
        return
    held, seen = _written(conflict, guess), set[What]()
    for place, what in enumerate(whats[1:], start=1):
        key = "viewpoints" if guess.kind == "viewpoint" else "or"
        wrong = _unfit(guess, what)
        wrong = wrong or ("is what the file says anyway" if what == held else None)
        wrong = wrong or ("stands there twice" if what in seen else None)
        seen.add(what)
        if wrong is not None:
            message = f'alternative {place} of the guess "{guess.key}" {wrong}'
            help = "each alternative stands there once, and what is written counts as one of itself"
            problems.error("M185", message, help=help, element=f"{element}/{key}/{place}")


def _written(conflict: Conflict, guess: Guess) -> What | None:
    """What the conflict has at the place that a guess is about, as an alternative would be written."""
    match guess.kind:
        case "statement":
            preference = conflict.decision_maker(guess.of or "").preference
            return None if preference is None else preference.statements()[guess.places[0] - 1].when
        case "red line":
            return conflict.decision_maker(guess.of or "").red_lines[guess.places[0] - 1].never
        case "rule":
            return replace(conflict.rules[guess.places[0] - 1], basis=None, says=None)
        case "direction":
            return conflict.option(guess.of or "").direction
        case _:
            return None


def _unfit(guess: Guess, what: What) -> str | None:
    """Why something can't be an alternative of a guess of this kind; None if it can."""
    fit = {
        "statement": isinstance(what, LeftOut | Formula),
        "red line": isinstance(what, LeftOut | Formula),
        "relation": isinstance(what, Decided),
        "rule": isinstance(what, LeftOut | Rule) and not isinstance(what, Merged),
        "direction": isinstance(what, Direction),
        "viewpoint": isinstance(what, SeenFrom),
        "order": isinstance(what, Ordered),
    }[guess.kind]
    if not fit:
        return "merges states, which a guess can't" if isinstance(what, Merged) else f"does not fit a guess about a {guess.kind}"
    if isinstance(what, Rule) and (what.says is not None or what.basis is not None):
        return "is a rule with words or a basis of its own, which stand with the alternative and the guess"
    if isinstance(what, AtMostOne | ExactlyOne | AtLeastOne) and (not what.options or len(set(what.options)) < len(what.options)):
        return "lists an option twice, or lists nothing"
    return None


def _check_weights(guess: Guess, problems: Problems) -> None:
    """Note weights that are not positive, too long, given for some alternatives only, or a basis of weights that are not there."""
    element, weights = f"uncertain/{guess.key}", [one.weight for one in guess.alternatives]
    given = [weight for weight in weights if weight is not None]
    help = "give each alternative a positive weight, and the conflict as written one with `as written`; or give none"
    if given and len(given) < len(weights):
        message = f'the guess "{guess.key}" has weights for {len(given)} of {plural(len(weights), "alternative")}, counting what is written'
        problems.error("M184", message, help=help, element=element)
    most = 10**MAX_WEIGHT_DIGITS
    if any(weight <= 0 or max(weight.numerator, weight.denominator) > most for weight in given):
        message = f'the guess "{guess.key}" has a weight that is not positive, or has more than {MAX_WEIGHT_DIGITS} digits'
        problems.error("M184", message, help=help, element=element)
    if guess.weighed is not None and not given:
        problems.error("M184", f'the guess "{guess.key}" says what weights rest on, and has none', help=help, element=element)


def _check_mentions(conflict: Conflict, guess: Guess, problems: Problems) -> None:
    """Note options and viewpoints in alternatives that are not there."""
    views = [seen.key for seen in conflict.viewpoints]
    for place, one in enumerate(guess.alternatives[1:], start=1):
        element = f"uncertain/{guess.key}/{'viewpoints' if guess.kind == 'viewpoint' else 'or'}/{place}"
        if isinstance(one.what, SeenFrom) and one.what.viewpoint not in views:
            help = f"there are {', '.join(views)}" if views else "the conflict has no viewpoints"
            message = f'no viewpoint is called "{one.what.viewpoint}"'
            problems.error("M143", message, value=one.what.viewpoint, help=help, element=element)
        formulas = formulas_of(one.what) if isinstance(one.what, Rule) else (one.what,) if isinstance(one.what, Formula) else ()
        for key in sorted({key for formula in formulas for key in options_in(formula)} - set(conflict.option_index)):
            problems.error("M104", f'no option is called "{key}"', value=key, element=element)


def _check_once(conflict: Conflict, problems: Problems) -> None:
    """Note what several guesses of one kind are about."""
    named = [(guess, element) for guess in conflict.guesses for element in _claimed(guess)]
    counted = Counter((guess.kind, element) for guess, element in named)
    for (kind, element), count in counted.items():
        if count > 1:
            keys = [guess.key for guess, its in named if (guess.kind, its) == (kind, element)]
            what = "viewpoints" if kind == "viewpoint" else f"the {kind} of {element}" if kind in ("order", "direction") else element
            message = f'the guesses "{keys[0]}" and "{keys[1]}" are both about {what}'
            help = "make one guess of them, with all alternatives; statements whose order is open stand in one order"
            problems.error("M181", message, value=keys[1], help=help, element=f"uncertain/{keys[1]}")


def _claimed(guess: Guess) -> tuple[str, ...]:
    """What a guess is about, so that no other of its kind may be: for viewpoints, whose account is right."""
    return ("viewpoints",) if guess.kind == "viewpoint" else tuple(dict.fromkeys(guess.elements))
