"""Why a decision maker prefers one state to another: the statement that decides, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from detente.explain.basis import basis_words
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.model.formula import written
from detente.model.preference import Listed, Meets, Sums
from detente.space.states import StateSpace
from detente.text import capital, listing, plural


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one state is better than another for somebody.

    Parameters
    ----------
    text
        As a clause.
    label
        In a few words: the statement, the red line, the ranking or the weights.
    elements
        The paths of the elements that it rests on.
    """

    text: str
    label: str
    elements: tuple[str, ...]


def reason(words: Words, dm: str, better: int, worse: int) -> Reason:
    """What decides between two states one of which a decision maker prefers; `better` is the preferred one."""
    order = words.orders[dm]
    high, low = order.key(better), order.key(worse)
    place = next(k for k, (a, b) in enumerate(zip(high, low, strict=True)) if a != b)
    score, than = high[place], low[place]
    party, path, name = order.dm, f"decision makers/{dm}", words.party(dm)
    if party.red_lines and place == 0:
        return _red_line(words, dm, better, worse)
    place -= bool(party.red_lines)
    assert party.preference is not None
    match party.preference.criteria()[place]:
        case Meets(_):
            statements = party.preference.statements()
            element = f"{path}/prefers/{place + 1}"
            said = quoted(statements[place].says or written(statements[place].when)) + words.hostile(dm, element)
            where = f"holds in {words.state(better)} and not in {words.state(worse)}{_before(place)}"
            text = f"for {name}, statement {place + 1} of {len(statements)}, {said}, {where}"
            return Reason(text, f"statement {place + 1}, {said}", (element,))
        case Sums(_):
            remark = words.hostile(dm, f"{path}/weights")
            text = f"the weights that {name} would give to the options taken{remark} add up to more: {score:,} against {than:,}"
            return Reason(text, f"the weights{remark}", (f"{path}/weights",))
        case Listed(_):
            unlisted = " and does not list the other" if not than else ""
            remark = words.hostile(dm, f"{path}/ranking")
            text = f"the ranking of {name}{remark} puts {words.state(better)} higher{unlisted}{_before(place)}"
            return Reason(text, f"the ranking{remark}", (f"{path}/ranking",))


def deciding(words: Words, dm: str, state: int, other: int) -> tuple[str, ...]:
    """The paths of the elements that decide between two states for a decision maker; none where they are equally good."""
    order = words.orders[dm]
    if order.prefers(state, other):
        return reason(words, dm, state, other).elements
    return reason(words, dm, other, state).elements if order.prefers(other, state) else ()


def _red_line(words: Words, dm: str, better: int, worse: int) -> Reason:
    red_lines = words.orders[dm].dm.red_lines
    crossed = [n for n, line in enumerate(red_lines, start=1) if words.meets(line.never, worse)]
    paths = tuple(f"decision makers/{dm}/red lines/{n}" for n in crossed)
    labels = (quoted(red_lines[n - 1].says or written(red_lines[n - 1].never)) for n in crossed)
    said = listing(label + words.hostile(dm, path) for label, path in zip(labels, paths, strict=True))
    lines = "red line" if len(crossed) == 1 else "red lines"
    text = f"{words.state(worse)} crosses the {lines} {said} of {words.party(dm)}, and {words.state(better)} crosses none"
    return Reason(text, f"the {lines} {said}", paths)


def _before(place: int) -> str:
    if not place:
        return ""
    return (
        "; the statement before it does not tell them apart" if place == 1 else f"; the {place} statements before it do not tell them apart"
    )


def why_prefers(space: StateSpace, dm: str, state: int, other: int) -> Explanation:
    """How a decision maker compares two states, which statement decides, and what that rests on.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    state, other
        Two states.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(parse_formula("x")),))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "x", ("A",)),)))
    >>> print(why_prefers(space, "A", 1, 0).text())
    In this model state 2 (1st choice) is better for A than state 1 (2nd choice).
    <BLANKLINE>
      For A, statement 1 of 1, “x”, holds in state 2 and not in state 1.
    """
    words = Words(space)
    order = words.orders[dm]
    party = words.party(dm)
    if not order.prefers(state, other) and not order.prefers(other, state):
        text = f"In this model {words.states((state, other))} are equally good for {party}."
        return Explanation(Sentence(text, (state, other)), (Part((_indifferent(words, dm),)),))
    better, worse = (state, other) if order.prefers(state, other) else (other, state)
    ranks = [f" ({words.rank(dm, s)})" if words.ranked else "" for s in (better, worse)]
    verdict = Sentence(
        f"In this model {words.state(better)}{ranks[0]} is better for {party} than {words.state(worse)}{ranks[1]}.", (better, worse)
    )
    why = reason(words, dm, better, worse)
    sentences = [Sentence(f"{capital(why.text)}.", (better, worse), why.elements), *resting(words, dm, why)]
    return Explanation(verdict, (Part(tuple(sentences), _before_it(words, dm, better, worse)),))


def resting(words: Words, dm: str, why: Reason) -> list[Sentence]:
    """What the elements of a reason rest on, a sentence each; nothing in a conflict that names no source at all."""
    sentences = []
    for element in why.elements if words.conflict.evidence.sources else ():
        kind, _, number = element.removeprefix(f"decision makers/{dm}/").partition("/")
        noun = {"prefers": "This statement", "red lines": f"Red line {number}"}.get(kind, f"The {kind}")
        verb = "are" if kind == "weights" else "is"
        sentences.append(Sentence(f"{noun} {verb} {basis_words(words.conflict, element)}.", (), (element,)))
    return sentences


def _indifferent(words: Words, dm: str) -> Sentence:
    party = words.orders[dm].dm
    if not words.orders[dm].criteria:
        return Sentence(f"The model gives {words.party(dm)} no preference among states.", (), (f"decision makers/{dm}",))
    statements = party.preference.statements() if party.preference else ()
    what = plural(len(statements), "statement") if statements else "preference"
    parts = [f"the {what}", *(["red lines"] if party.red_lines else [])]
    paths = [f"decision makers/{dm}/prefers/{n}" for n in range(1, len(statements) + 1)]
    verb = "do" if len(statements) > 1 or party.red_lines else "does"
    return Sentence(f"{capital(listing(parts))} of {words.party(dm)} {verb} not tell them apart.", (), tuple(paths))


def _before_it(words: Words, dm: str, better: int, worse: int) -> tuple[Sentence, ...]:
    """The statements that come before the one that decides, each with what the two states make of it."""
    party, order = words.orders[dm].dm, words.orders[dm]
    statements = party.preference.statements() if party.preference else ()
    keys = zip(order.key(better), order.key(worse), strict=True)
    place = next(k for k, (a, b) in enumerate(keys) if a != b) - bool(party.red_lines)
    found = []
    for n, statement in enumerate(statements[: max(place, 0)], start=1):
        label = quoted(statement.says or written(statement.when))
        both = "in both" if words.meets(statement.when, better) else "in neither"
        found.append(Sentence(f"statement {n}, {label}: holds {both}", (better, worse), (f"decision makers/{dm}/prefers/{n}",)))
    return tuple(found)
