"""What holds whatever the comparisons that are not known turn out to be, and on which of them the rest hangs; from checked claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from detente.analysis.claims.base import Claim, refusal
from detente.analysis.claims.completions import InSome, Throughout
from detente.analysis.completions.found import Completions, Settled
from detente.errors import Diagnostic, UsageError
from detente.explain.sentence import Part, Sentence
from detente.explain.words import Words
from detente.preference.known import Supposed
from detente.preference.pairs import UNKNOWN, Pairs
from detente.space.sets import StateSet
from detente.text import capital, listing, plural


def undecided(words: Words) -> tuple[str, ...]:
    """The decision makers (keys) of whom the file says that comparisons are not known."""
    return tuple(dm.key for dm in words.conflict.decision_makers if any(pair.kind == UNKNOWN for pair in dm.pairs))


def lead(words: Words, what: str) -> Sentence:
    """Of whom comparisons are not known, and how what stands before it (`what`) takes them."""
    keys = undecided(words)
    elements = tuple(
        f"decision makers/{dm}/pairs/{place}"
        for dm in keys
        for place, pair in enumerate(words.conflict.decision_maker(dm).pairs, start=1)
        if pair.kind == UNKNOWN
    )
    who, order = listing(map(words.party, keys)), "the order" if len(keys) == 1 else "the orders"
    compare = "compares" if len(keys) == 1 else "compare"
    text = f"How {who} {compare} some states is not known. {capital(what)} {order} as written; any of these comparisons may be otherwise."
    return Sentence(text, elements=elements)


def read_as_written(words: Words, verdict: Sentence, settled: Sentence | None) -> Sentence:
    """The first sentence of a diagnosis (`verdict`) where comparisons are not known: that it takes the orders as written.

    What is so whatever they turn out to be (`settled`, or None where that is not worked out) follows at once.
    """
    keys, rest = undecided(words), () if settled is None else (settled,)
    whose = f"the comparisons of {listing(map(words.party, keys))} that are not known"
    text = f"With {whose} read as the {'order says' if len(keys) == 1 else 'orders say'}, {verdict.text[:1].lower()}{verdict.text[1:]}"
    elements = (*verdict.elements, *lead(words, "this takes").elements, *(element for one in rest for element in one.elements))
    states = (*verdict.states, *(state for one in rest for state in one.states))
    return Sentence(" ".join((text, *(one.text for one in rest))), tuple(dict.fromkeys(states)), tuple(dict.fromkeys(elements)))


def supposed(words: Words, suppositions: Iterable[Supposed]) -> Sentence:
    """Suppositions as a clause that follows "if"."""
    found, elements, states = [], [], []
    for one in suppositions:
        verb = "prefers" if one.prefers else "does not prefer"
        found.append(f"{words.party(one.dm)} {verb} {words.state(one.state)} to {words.state(one.over)}")
        states += [one.state, one.over]
        said = Pairs(words.space, one.dm).said(UNKNOWN, one.state, one.over)
        elements += [said.element(one.dm)] if said else []
    return Sentence(listing(found), tuple(dict.fromkeys(states)), tuple(dict.fromkeys(elements)))


def told(words: Words, found: Settled, concepts: Sequence[str] = ()) -> Sentence:
    """Whether somebody would stay, or a state is an equilibrium, whatever is the case; and if that hangs on something, on what.

    Parameters
    ----------
    words
        The words of the conflict.
    found
        What was settled, of one decision maker or of all.
    concepts
        Keys of the concepts that are named, where the same was settled under several.

    Raises
    ------
    UsageError
        U423 if a claim is refused.
    """
    state, keys = words.state(found.state), dict(found.behaviour)
    under = listing(concepts or dict.fromkeys(keys.values()))
    if len(keys) == 1 and len(words.decision_makers) > 1:
        party = words.party(next(iter(keys)))
        terms = _Terms(party, f"would stay at {state} under {under}", f"would leave {state} under {under}", party, "leave it")
    else:
        terms = _Terms(state, f"is an equilibrium under {under}", f"is no equilibrium under {under}", "it", "is none")
    if found.always or found.sometimes is False:
        _checked(words, found, found.stays, Throughout, stays=bool(found.always))
        text = f"whatever they turn out to be, {terms.subject} {terms.yes if found.always else terms.no}."
        return Sentence(capital(text), (found.state,))
    return _hanging(words, found, terms)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The words of a question: whose it is, both answers, how whose it is is named again, and the second answer in short."""

    subject: str
    yes: str
    no: str
    again: str
    otherwise: str


def _hanging(words: Words, found: Settled, terms: _Terms) -> Sentence:
    """What holds under some completions and not under others, or was not settled."""
    stays, leaves = _some(words, found, stays=True), _some(words, found, stays=False)
    clauses = [clause for clause in (stays, leaves) if clause]
    many = f"{plural(found.cases, 'case')} did not settle whether"
    if stays and leaves and _contrary(found):
        text = f"{terms.subject} {terms.yes} if {stays.text}, and {terms.otherwise} if not."
    elif stays and leaves:
        text = f"{terms.subject} {terms.yes}, for instance, if {stays.text}; {terms.again} {terms.no}, for instance, if {leaves.text}."
    elif stays:
        text = f"{terms.subject} {terms.yes}, for instance, if {stays.text}; {many} that is so whatever they turn out to be."
    elif leaves:
        text = f"{terms.subject} {terms.no}, for instance, if {leaves.text}; {many} that is so whatever they turn out to be."
    else:
        text = f"{many} {terms.subject} {terms.yes}."
    states = dict.fromkeys((found.state, *(state for clause in clauses for state in clause.states)))
    return Sentence(capital(text), tuple(states), tuple(dict.fromkeys(e for clause in clauses for e in clause.elements)))


def _contrary(found: Settled) -> bool:
    """Whether one supposition is enough for one answer, and its contrary for the other."""
    assert isinstance(found.stays, InSome)
    assert found.leaves is not None
    return len(found.stays.supposed) == 1 and found.leaves.supposed == (found.stays.supposed[0].turned,)


def _some(words: Words, found: Settled, *, stays: bool) -> Sentence | None:
    """What is enough for one answer, if a claim gives it."""
    claim = found.stays if stays else found.leaves
    if not isinstance(claim, InSome):
        return None
    _checked(words, found, claim, InSome, stays=stays)
    return supposed(words, claim.supposed)


def _checked(words: Words, found: Settled, claim: Throughout | InSome | None, kind: type[Claim], *, stays: bool) -> None:
    """Raises `UsageError` (U423) unless a claim of a kind says what is asked of it, and holds."""
    if claim is None or not isinstance(claim, kind) or (claim.state, claim.behaviour, claim.stays) != (found.state, found.behaviour, stays):
        reason: str | None = "no claim says it"
    else:
        reason = refusal(words.space, claim)
    if reason is not None:
        message = f"what is said of all completions is not shown ({reason})"
        raise UsageError([Diagnostic("U423", message, help="explain what was found")])


def part_of(words: Words, found: Sequence[Settled], what: str) -> Part:
    """A paragraph: of whom comparisons are not known, and what holds whatever they turn out to be.

    Parameters
    ----------
    words
        The words of the conflict.
    found
        What was settled, at least one question.
    what
        What takes the orders as written, with its verb ("the verdict takes").
    """
    items = tuple(told(words, one) for one in found)
    return Part((lead(words, what), *items)) if len(items) == 1 else Part((lead(words, what),), items)


def listed(words: Words, found: Completions) -> tuple[Sentence, ...]:
    """For each concept the equilibria whatever the comparisons turn out to be, and those that hang on them."""
    groups: dict[_Three, list[str]] = {}
    for key, always in found.equilibria_always.items():
        groups.setdefault(_three(always, found.equilibria_sometimes[key], found.not_settled[key]), []).append(key)
    lines = [(three, listing(keys)) for three, keys in groups.items()]
    if found.mixed_always is not None and found.mixed_sometimes is not None and found.mixed_not_settled is not None:
        three = _three(found.mixed_always, found.mixed_sometimes, found.mixed_not_settled)
        lines.append((three, "the profile that was asked for"))
    sentences = []
    for (always_, some, open_), under in lines:
        first, then = _set(words, always_), _set(words, some)
        text = f"Equilibria under {under}: whatever they turn out to be, {first}; in some cases and not in others, {then}"
        text += f"; not settled: {words.states(open_)}" if open_ else ""
        sentences.append(Sentence(f"{text}.", (*always_, *some, *open_)))
    return tuple(sentences)


_Three: TypeAlias = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def _three(always: StateSet, sometimes: StateSet, open_: StateSet) -> _Three:
    """States that are equilibria always, those that are so in some cases and not in others, and those of which that was not settled."""
    return tuple(always.each()), tuple((sometimes - always - open_).each()), tuple((open_ - always).each())


def _set(words: Words, states: tuple[int, ...]) -> str:
    return words.states(states) if states else "none"
