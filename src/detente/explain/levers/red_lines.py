"""Red lines and rules that leave nothing better for everybody, and those that would have to go, in words."""

from __future__ import annotations

from detente.analysis.claims.red_lines import Element, Emptying, Restoring
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.red_lines import RedLineConflicts
from detente.explain.elements import element_words
from detente.explain.levers.shared import assured, placed
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.model.formula import TRUE, Formula, written
from detente.space.sets import bits_of
from detente.space.states import StateSpace
from detente.text import capital, listing, plural

MAX_LISTED = 200
"""Most states that are listed; of more the nearest to the start are."""


def told(space: StateSpace, lever: Lever[Emptying] | Lever[Restoring]) -> Explanation:
    """One minimal set of red lines and rules: that it leaves nothing better for everybody, or that something is without it.

    Parameters
    ----------
    space
        The space.
    lever
        What `red_line_conflicts` found.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.red_lines import red_line_conflicts
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> print(told(space, red_line_conflicts(space, 0).restoring.found[0]).verdict)
    In this model, without red line 1 of A, “x”, there would be 1 state that everybody prefers to state 1; as things are there is none.
    """
    assured(space, lever.claim)
    words = Words(space)
    if isinstance(lever.claim, Emptying):
        return _emptying(words, lever.claim)
    return _restoring(words, lever.claim)


def _path(element: Element) -> str:
    dm, place = element
    return f"rules/{place}" if dm is None else f"decision makers/{dm}/red lines/{place}"


def _named(words: Words, elements: tuple[Element, ...], word: str = "and") -> str:
    return listing([element_words(words.conflict, _path(element)) for element in elements], word)


def that_meet(where: Formula) -> str:
    """The condition that counted states meet (`where`), as it follows the word "state".

    >>> that_meet(TRUE)
    ''
    """
    return "" if where == TRUE else f" with {quoted(written(where))}"


def _start(words: Words, start: int) -> Part:
    return Part((Sentence(f"{capital(words.full(start))}.", (start,)),))


def _emptying(words: Words, claim: Emptying) -> Explanation:
    here, such, elements = placed(words, claim.start), that_meet(claim.where), tuple(map(_path, claim.kept))
    if not claim.kept:
        text = f"In this model no state{such} is better for everybody than {here}, even without any red line{_or_rule(claim.rules)}."
        return Explanation(Sentence(text, (claim.start,)), (_start(words, claim.start),))
    together = "together leave" if len(claim.kept) > 1 else "alone leaves"
    tail = "; with just a part of them there would be one" if len(claim.kept) > 1 else ""
    text = f"In this model {_named(words, claim.kept)} {together} no state{such} that everybody prefers to {here}{tail}."
    items = []
    for part, state in claim.lost:
        if len(part) == len(claim.kept) - 1:
            missing = next(element for element in claim.kept if element not in part)
            kept = f"with {_named(words, part)} alone" if part else f"without any red line{_or_rule(claim.rules)}"
            text_of = f"{kept}, this would be better for everybody: {_shown(words, state)}"
            items.append(Sentence(text_of, _known(words, state), (_path(missing),)))
    lead = Sentence("Each of them is needed:" if len(claim.kept) > 1 else "It is needed:", (), elements)
    return Explanation(Sentence(text, (claim.start,), elements), (_start(words, claim.start), Part((lead,), tuple(items))))


def _or_rule(rules: bool) -> str:
    return " or rule" if rules else ""


def _known(words: Words, state: int) -> tuple[int, ...]:
    return (state,) if words.space.is_feasible(state) and words.space.states.contains(state) else ()


def _shown(words: Words, state: int) -> str:
    """A state by number and in words; what a rule excludes by the options taken."""
    if _known(words, state):
        return words.full(state)
    taken = [quoted(option.name) for k, option in enumerate(words.conflict.options) if state >> k & 1]
    return f"what a rule now excludes, {listing(taken) or 'no option'} taken and nothing else"


def _restoring(words: Words, claim: Restoring) -> Explanation:
    here, such, count = placed(words, claim.start), that_meet(claim.where), claim.gained.bit_count()
    elements = tuple(map(_path, claim.dropped))
    found = f"{plural(count, 'state')}{such} that everybody prefers to {here}"
    if not claim.dropped:
        are = "there is" if count == 1 else "there are"
        text = f"In this model {are} {found} as things are; no red line{_or_rule(claim.rules)} has to go."
    else:
        none = "as things are there is none"
        if len(claim.dropped) > 1:
            none += ", and without just a part of these there would be none either"
        text = f"In this model, without {_named(words, claim.dropped)}, there would be {found}; {none}."
    near = sorted(bits_of(claim.gained), key=lambda state: ((state ^ claim.start).bit_count(), state))
    listed = near[:MAX_LISTED]
    lead = "These would be:" if claim.dropped else "These are:"
    if len(listed) < count:
        lead = f"{plural(len(listed), 'state')} of them, those that the fewest changes of options lead to:"
    items = tuple(Sentence(_shown(words, state), _known(words, state)) for state in listed)
    parts = [_start(words, claim.start), Part((Sentence(lead, (), elements),), items)]
    return Explanation(Sentence(text, (claim.start,), elements), tuple(parts))


def account(space: StateSpace, found: RedLineConflicts) -> Explanation:
    """How many minimal sets of red lines and rules there are, and that these are all.

    Parameters
    ----------
    space
        The space.
    found
        What `red_line_conflicts` found.

    Raises
    ------
    UsageError
        U423 if the claim that these are all is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.red_lines import red_line_conflicts
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> print(account(space, red_line_conflicts(space, 0)).verdict)
    In this model no red line is stated.
    """
    words = Words(space)
    rules = "red lines and rules" if found.rules else "red lines"
    if not found.elements:
        return Explanation(Sentence(f"In this model no red line{_or_rule(found.rules)} is stated.", (found.start,)))
    if found.every is None:
        text = f"There are too many sets of {rules} to tell which of them are the smallest."
        return Explanation(Sentence(text, (found.start,)))
    assured(space, found.every)
    here, such = placed(words, found.start), that_meet(found.where)
    now = found.now.bit_count()
    are = f"there {'is' if now == 1 else 'are'} {plural(now, 'state')}{such}" if now else f"there is no state{such}"
    lead = f"In this model {are} that everybody prefers to {here}."
    less, more = len(found.emptying.found), len(found.restoring.found)
    if now:
        text = f"{lead} So no red line{_or_rule(found.rules)} has to go for there to be one."
        return Explanation(Sentence(text, (found.start,)))
    if not more:
        text = f"{lead} Dropping {rules} would not change that."
        return Explanation(Sentence(text, (found.start,)))
    sets = f"There {'is' if less == 1 else 'are'} {plural(less, 'set')} of {rules} that {'leaves' if less == 1 else 'leave'} none"
    back = f"{plural(more, 'set')} of which one would have to go for there to be one" if more > 1 else "one that would have to go"
    kept = "" if found.rules else " Rules were taken as given."
    text = f"{lead} {sets}, and {back}; smaller ones would not do, and there are no others.{kept}"
    return Explanation(Sentence(text, (found.start,), tuple(map(_path, found.elements))))
