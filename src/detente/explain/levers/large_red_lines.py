"""Red lines and rules in a conflict too large to be listed: which leave nothing better for everybody, and which would have to go."""

from __future__ import annotations

from detente.analysis.claims.empties import Empties
from detente.analysis.claims.unlisted import Restores
from detente.analysis.large.found import LargeRedLines
from detente.explain.diagnosis.large_types import dropped as paths
from detente.explain.elements import element_words
from detente.explain.levers.red_lines import that_meet
from detente.explain.levers.shared import assured, placed
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.space.states import StateSpace
from detente.text import listing, plural


def told(space: StateSpace, claim: Empties | Restores) -> Explanation:
    """One minimal set of red lines and rules, after its claim has been checked.

    Parameters
    ----------
    space
        The space.
    claim
        That the set empties, or that it restores.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.large.proving import proved
    >>> from detente.analysis.claims.none_such import Question
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import TRUE, Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)), list_up_to=0)
    >>> claim = Empties((("A", 1),), (("A", 1),), proved(space, 0, Question("gain"), TRUE), ((("A", 1), 1),))
    >>> print(told(space, claim).verdict)
    In this model red line 1 of A, “x” alone leaves no state that everybody prefers to state 1.
    """
    assured(space, claim)
    words = Words(space)
    return _empties(words, claim) if isinstance(claim, Empties) else _restores(words, claim)


def _named(words: Words, elements: tuple[tuple[str | None, int], ...]) -> str:
    return listing(element_words(words.conflict, path) for path in paths(elements))


def _taken(words: Words, state: int) -> str:
    """What is taken in a combination, which may be one that a rule excludes."""
    taken = [quoted(option.name) for k, option in enumerate(words.conflict.options) if state >> k & 1]
    return f"{listing(taken) or 'no option'} taken and nothing else"


def _empties(words: Words, claim: Empties) -> Explanation:
    start, such = claim.none.start, that_meet(claim.none.where)
    if not claim.kept:
        text = f"In this model no state{such} is better for everybody than {placed(words, start)}, even without any red line or rule"
        return Explanation(Sentence(f"{text} that was looked at.", (start,)))
    together = "together leave" if len(claim.kept) > 1 else "alone leaves"
    tail = "; without any one of them there would be one" if len(claim.kept) > 1 else ""
    text = f"In this model {_named(words, claim.kept)} {together} no state{such} that everybody prefers to {placed(words, start)}{tail}."
    items = []
    for element, state in claim.lost:
        missing = element_words(words.conflict, paths((element,))[0])
        items.append(Sentence(f"without {missing}: {_taken(words, state)}", (), paths((element,))))
    lead = Sentence("What would be better for everybody, for instance:")
    return Explanation(Sentence(text, (start,), paths(claim.kept)), (Part((lead,), tuple(items)),))


def _restores(words: Words, claim: Restores) -> Explanation:
    here, such, elements = placed(words, claim.start), that_meet(claim.where), paths(claim.dropped)
    if not claim.dropped:
        text = f"In this model there is a state{such} that everybody prefers to {here} as things are; nothing has to go."
        return Explanation(Sentence(text, (claim.start,)))
    none = "as things are there is none"
    if len(claim.dropped) > 1:
        none += ", and without just a part of these there would be none either"
    text = f"In this model, without {_named(words, claim.dropped)}, there would be a state{such} that everybody prefers to {here}; {none}."
    lead = Sentence("For instance:", (), elements)
    items = (Sentence(_taken(words, claim.gained)),)
    return Explanation(Sentence(text, (claim.start,), elements), (Part((lead,), items),))


def account(words: Words, found: LargeRedLines, exists: bool | None) -> Sentence:
    """How many minimal sets were found, and whether these are all; `exists` says whether something is better for everybody as it is.

    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> from detente.model.formula import TRUE
    >>> account(Words(space), LargeRedLines(0, TRUE, True, (), (), True), True).text
    'As things are there are states that everybody prefers to the status quo (state 1); they were not counted, and nothing has to go.'
    """
    here, such = placed(words, found.start), that_meet(found.where)
    if exists:
        text = f"As things are there are states{such} that everybody prefers to {here}; they were not counted, and nothing has to go."
        return Sentence(text, (found.start,))
    what = "red lines and rules" if found.rules else "red lines"
    if found.complete and not found.restoring:
        text = f"No state{such} would be better for everybody than {here}, whichever {what} were dropped (worked out, not certified)."
        return Sentence(text, (found.start,))
    sets = plural(len(found.restoring), "set")
    why = {"time": "the time ran out", "sets": "there are more", "size": "too many choices would have to be tried"}.get(found.stopped, "")
    these = "these are all (worked out, not certified)" if found.complete else f"there may be others: {why}"
    text = f"As things are no state{such} that everybody prefers to {here} is there or was found; {sets} of {what} would have to go"
    return Sentence(f"{text}, none of which could be smaller; {these}.", (found.start,))
