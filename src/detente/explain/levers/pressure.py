"""Pressure in words: at which places of a statement a state gives way, and at which it holds, so also where pressure hardens a deadlock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from detente.analysis.claims.pressure import Pressed
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.priority_found import Pressures
from detente.concepts.witness import Closed, Leaves
from detente.explain.glosses import gloss
from detente.explain.levers.shared import assured, goes, parties, placed
from detente.explain.levers.statements import Tag, tags
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.space.states import StateSpace
from detente.text import capital, listing

Span: TypeAlias = tuple[int, int, tuple[str, ...]]


def told(space: StateSpace, lever: Lever[Pressed]) -> Explanation:
    """What a state comes to as one statement rises or falls in a party's priorities.

    Parameters
    ----------
    space
        The space of the conflict as it is.
    lever
        What `pressures` found.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.pressure import pressures
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> found = pressures(space, space.state(1), {"Syria": "GMR", "Iraq": "GMR"}, parties=["Syria"])
    >>> told(space, found.found[1]).verdict.text.partition(", Syria")[0]
    'If Syria came to value “Syria escalates” above “the reservoir is filled, and neither side goes further”'
    >>> [str(item) for item in told(space, found.found[1]).parts[1].items]
    ['place 1: Syria would leave it for state 3, taking up “escalate”', 'places 2 to 4 (it is in place 2): nobody would leave']
    """
    claim = lever.claim
    assured(space, claim)
    words = Words(space)
    listed = tags(space.conflict, claim.dm)
    tag = listed[claim.place - 1] if claim.place else Tag(claim.dm, 0, claim.says or claim.when)
    first = Sentence(f"{capital(words.full(claim.state))}.", (claim.state,))
    glosses = tuple(Sentence(gloss(key)) for key in dict.fromkeys(key for _, key in claim.profile))
    lead = Sentence(f"{tag.label} in each place among the statements of {words.party(claim.dm)}:", (claim.state,), tag.elements)
    items = tuple(_span(words, claim, span) for span in claim.spans)
    end = Sentence("Every place was tried, with nothing else changed. This does not say that the statement will rise or fall.")
    verdict = Sentence(_verdict(words, claim, tag, listed), (claim.state,), tag.elements)
    return Explanation(verdict, (Part((first, *glosses)), Part((lead,), items), Part((end,))))


# -- the headline ------------------------------------------------------------------------------------------------------
def _verdict(words: Words, claim: Pressed, tag: Tag, listed: Sequence[Tag]) -> str:
    """What happens as the statement rises, and what as it falls."""
    now, here, party = _now(claim), placed(words, claim.state), words.party(claim.dm)
    rising, falling = _changes(claim, up=True), _changes(claim, up=False)
    if not rising and not falling:
        where = "in whatever place" if claim.place else "with it or without it, in whatever place"
        who = f"{parties(words, now)} would leave {here}" if now else f"nobody would leave {here}"
        return f"In this model {who}, {where} {party} held {tag.label} among its statements."
    said = []
    if rising:
        said.append(_course(words, claim, listed, rising, True, f"if {party} came to value {tag.label}"))
    if falling:
        start = f"if {party} came to value {tag.label}" if not rising else "if it came to value that less,"
        said.append(_course(words, claim, listed, falling, False, start))
    return capital("; ".join(said)) + "."


def _now(claim: Pressed) -> tuple[str, ...]:
    """Who leaves as the statements are."""
    return dict(claim.left)[claim.place]


def _changes(claim: Pressed, up: bool) -> tuple[Span, ...]:
    """The stretches of places above where the statement is (or below it), nearest first, from the first on at which something changes."""
    if not claim.place:
        spans = [span for span in reversed(claim.spans) if span[0]] if up else []
    elif up:
        spans = [(first, min(last, claim.place - 1), who) for first, last, who in reversed(claim.spans) if first < claim.place]
    else:
        spans = [(max(first, claim.place + 1), last, who) for first, last, who in claim.spans if last > claim.place]
    while spans and spans[0][2] == _now(claim):
        spans.pop(0)
    return tuple(spans)


def _course(words: Words, claim: Pressed, listed: Sequence[Tag], changes: Sequence[Span], up: bool, start: str) -> str:
    """What happens as the statement moves in one direction: the threshold, and what comes after it."""
    first, here, now = changes[0], placed(words, claim.state), _now(claim)
    said = f"{start} {_beside(claim, listed, _near(first, up), up)}, "
    if not first[2]:
        said += f"nobody would in this model leave {here} any more: it would harden rather than give way"
    elif now:
        alone = " alone" if len(now) == 1 else ""
        said += f"{parties(words, first[2])} would in this model leave {here}, instead of {parties(words, now)}{alone}"
    else:
        leaves = _leaves(claim, _near(first, up))
        by = words.by(claim.state, leaves[0].improvement, leaves[0].dm)
        said += f"{words.party(leaves[0].dm)} would in this model leave {here} for {words.state(leaves[0].improvement)}, {by}"
        said += f" ({parties(words, [other.dm for other in leaves[1:]])} would leave it as well)" if leaves[1:] else ""
    for span in changes[1:]:
        again = " again" if span[2] == now else ""
        then = f"{parties(words, span[2])} would leave it{again}" if span[2] else f"nobody would leave it{again and ', as now'}"
        said += f"; {_beside(claim, listed, _near(span, up), up).removeprefix('as well, ')} {then}"
    return said


def _near(span: Span, up: bool) -> int:
    """The place of a stretch that is nearest to where the statement is."""
    return span[1] if up else span[0]


def _beside(claim: Pressed, listed: Sequence[Tag], place: int, up: bool) -> str:
    """Next to which statement it then stands: "above “x”", or "below “x”"."""
    rest = [tag for tag in listed if not claim.place or tag.number != claim.place]
    as_well = "" if claim.place else "as well, "
    if not up:
        return f"below {rest[place - 2].label}"
    return f"{as_well}above {rest[place - 1].label}" if place <= len(rest) else f"{as_well}even below all its other statements"


def _leaves(claim: Pressed, place: int) -> list[Leaves | Closed]:
    """Who leaves when the statement is in a place."""
    witnesses = claim.verdicts[claim.places.index(place)]
    return [witness for witness in witnesses if isinstance(witness, Leaves | Closed)]


# -- every place -------------------------------------------------------------------------------------------------------
def _span(words: Words, claim: Pressed, span: Span) -> Sentence:
    """A stretch of places, and who leaves there."""
    first, last, who = span
    where = f"place {first}" if first == last else f"places {first} to {last}"
    if not first:
        where = "not held"
    if first <= claim.place <= last:
        where += ", as it is" if first == last else f" (it is in place {claim.place})"
    if not who:
        return Sentence(f"{where}: nobody would leave", (claim.state,))
    nearest = claim.place if first <= claim.place <= last else _near(span, last < claim.place)
    leaves = _leaves(claim, nearest)
    at = "" if first == last else f" (told for place {nearest})"
    others = f"; {parties(words, [other.dm for other in leaves[1:]])} would leave it as well" if leaves[1:] else ""
    elements = words.options(claim.state, leaves[0].improvement, leaves[0].dm)
    return Sentence(f"{where}: {goes(words, leaves[0])}{at}{others}", (claim.state, leaves[0].improvement), elements)


# -- all statements ----------------------------------------------------------------------------------------------------
def account(space: StateSpace, found: Pressures) -> Sentence:
    """How many statements were tried in every place, and for how many of them the place makes no difference.

    Every claim is checked before a word is written.

    Parameters
    ----------
    space
        The space.
    found
        What `pressures` found.

    Raises
    ------
    UsageError
        U423 if a claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.pressure import pressures
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> found = pressures(space, space.state(1), {"Syria": "GMR", "Iraq": "GMR"}, parties=["Syria"])
    >>> print(account(space, found))
    Of 4 statements, each tried in every place, 2 make a difference to who would leave the status quo (state 1), and 2 make none.
    """
    for lever in found.idle:
        assured(space, lever.claim)
    words, said = Words(space), []
    total, idle = len(found.found) + len(found.idle), len(found.idle)
    if total:
        here = placed(words, (*found.found, *found.idle)[0].claim.state)
        who = {lever.claim.left[0][1] for lever in found.idle}
        leave = "nobody would leave it" if who == {()} else "the same would leave it as now"
        if idle == total:
            each = "The statement was" if total == 1 else f"Each of {total} statements was"
            said.append(f"{each} tried in every place of its list, nothing else being changed, for {here}: in each {leave}.")
        else:
            some = f"{total - idle} {'makes' if total - idle == 1 else 'make'} a difference to who would leave {here}"
            none = f", and {idle} {'makes' if idle == 1 else 'make'} none" if idle else ""
            said.append(f"Of {total} statements, each tried in every place, {some}{none}.")
    if found.unfit:
        which = listing(f"statement {n} of {dm}" for dm, n in found.unfit)
        said.append(f"Not tried: {which}; a ranking that breaks ties would no longer fit.")
    if found.stopped:
        why = "the time was up" if found.stopped == "time" else "it was interrupted"
        said.append(f"Not all statements were tried: {why}.")
    if found.without:
        verb = "has" if len(found.without) == 1 else "have"
        said.append(f"{listing(found.without)} {verb} no ordered statements.")
    return Sentence(" ".join(said))
