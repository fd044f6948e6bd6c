"""What if somebody moved first from a state that no improvement leaves: where improvements would lead after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from detente.analysis.evolution.found import Concession, Evolution
from detente.analysis.evolution.passage import End
from detente.explain.levers.shared import placed
from detente.explain.likelihood import chance
from detente.explain.prefer import deciding
from detente.explain.sentence import Part, Sentence
from detente.explain.words import Words
from detente.text import listing, plural

ENDS = 3
"""Most ends of a first move that are named."""


def concession_parts(words: Words, found: Evolution) -> list[Part]:
    """For each decision maker the first moves that are no improvement, the smallest changes first, and where they would lead.

    Parameters
    ----------
    words
        The words of the conflict.
    found
        What `evolve` found.

    Examples
    --------
    >>> from detente.analysis.evolution.found import evolve
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("north-korea-2017"))
    >>> [len(part.items) for part in concession_parts(Words(space), evolve(space, space.state(1)))]
    [0, 2, 3, 1]
    """
    if not found.stays or found.moves != "improving":
        return []
    if found.concessions is None:
        return [Part((Sentence("Who could move first although they gain nothing, and where that would lead, is too much to follow."),))]
    if not found.concessions:
        return []
    text = (
        f"What if somebody moved first from {placed(words, found.start)} although it is no improvement for them? This is no expectation: "
        "it says where improvements would lead after such a move, the mover's own among them. The simplest baseline is that nobody moves "
        "first, and nothing changes."
    )
    parts = [Part((Sentence(text, (found.start,)), *_figures(found)))]
    ordered = by_change(found)
    for dm in words.decision_makers:
        own = [one for one in ordered if one.by == dm]
        if own:
            parts.append(Part((_lead(words, found, dm, own),), tuple(_line(words, found, one) for one in own)))
    return [*parts, _ends(words, found)]


def _figures(found: Evolution) -> list[Sentence]:
    """Which first moves were followed, and what stands beside a percentage."""
    told, count = [], len(found.concessions or ())
    if count < found.first_moves:
        text = f"Of the {found.first_moves:,} first moves those that change the fewest options were followed, {count} in all."
        told.append(Sentence(text))
    if any(len(one.passage.ends) > 1 for one in found.concessions or ()):
        even = "" if found.readings[0].source == "equal" else "what it is with equal weights, and "
        grid = next((one.swept for one in found.concessions or () if one.swept is not None), None)
        if grid is not None:
            text = f"the least and the greatest over {grid.count} weightings of who moves how often, where these differ"
            told.append(Sentence(f"In brackets beside a percentage: {even}{text}."))
        elif even:
            told.append(Sentence("In brackets beside a percentage: what it is with equal weights."))
    return told


def compared(words: Words, start: int, to: int) -> str:
    """For whom a state is better than another, and for whom worse: "better for A, worse for B and C than state 1".

    Parameters
    ----------
    words
        The words of the conflict.
    start, to
        The other state, and the state.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> compared(Words(space), space.state(1), space.state(5))
    'better for MoE and Local, worse for Uniroyal than state 1'
    """
    better = [words.party(dm) for dm in words.decision_makers if words.orders[dm].prefers(to, start)]
    worse = [words.party(dm) for dm in words.decision_makers if words.orders[dm].prefers(start, to)]
    said = [f"{word} for {listing(those)}" for word, those in (("better", better), ("worse", worse)) if those]
    return f"{', '.join(said)} than {words.state(start)}" if said else f"neither better nor worse for anybody than {words.state(start)}"


def _ends(words: Words, found: Evolution) -> Part:
    """The ends that first moves lead to, those that most of them lead to first, and how they differ from the start."""
    counts = Counter(end.states for one in found.concessions or () for end in one.passage.ends if end.states != (found.start,))
    items = []
    for states, count in sorted(counts.items(), key=lambda one: (-one[1], [words.space.number(state) for state in one[0]])):
        often = f"after {count} of {plural(len(found.concessions or ()), 'first move')}"
        if len(states) > 1:
            items.append(Sentence(f"{plural(len(states), 'state')} round and round, {often}", states[:1]))
            continue
        (to,) = states
        change = words.by_change(found.start, found.start ^ to)
        items.append(Sentence(f"{words.named(to)}, {often}: {change}; {compared(words, found.start, to)}", (to,)))
    lead = f"The ends that these moves may lead to, and what differs there from {words.state(found.start)}:"
    lead = lead if items else "No such move leads to another end."
    return Part((Sentence(lead, (found.start,)),), tuple(items))


def by_change(found: Evolution) -> list[Concession]:
    """The first moves by decision maker, those that change the fewest options first, then by number.

    >>> from detente.analysis.evolution.found import evolve
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("north-korea-2017"))
    >>> [space.number(one.to) for one in by_change(evolve(space, space.state(1)))]
    [2, 3, 4, 7, 10]
    """
    words, parties = Words(found.space), [dm.key for dm in found.space.conflict.decision_makers]

    def place(one: Concession) -> tuple[int, int, int]:
        return parties.index(one.by), words.changed(found.start, one.to, one.by)[1].bit_count(), found.space.number(one.to)

    return sorted(found.concessions or (), key=place)


def _lead(words: Words, found: Evolution, dm: str, own: Sequence[Concession]) -> Sentence:
    """How many first moves somebody has, after how many of them improvements lead back in every case, perhaps, or never."""
    ends = [{end.states for end in one.passage.ends} for one in own]
    surely = sum(those == {(found.start,)} for those in ends)
    never = sum((found.start,) not in those for those in ends)
    perhaps = len(own) - surely - never
    groups = [("lead back in every case", surely), ("may lead back or elsewhere", perhaps), ("never lead back", never)]
    present = [(text, count) for text, count in groups if count]
    if len(present) == 1:
        said = f"after {'it' if len(own) == 1 else 'each of them'} improvements {present[0][0]}"
    else:
        many = ["one" if count == 1 else str(count) for _, count in present]
        each = zip(many, ("improvements", "they", "they"), present, strict=False)
        said = ", ".join(f"after {count} of them {what} {text}" for count, what, (text, _) in each)
    return Sentence(f"First moves of {words.party(dm)}: {len(own)}; {said}:", (found.start,))


def _line(words: Words, found: Evolution, one: Concession) -> Sentence:
    start, to = found.start, one.to
    effect = words.effect(one.by, start, to)
    ends = one.passage.ends
    if not one.passage.visits and len(ends[0].states) == 1:
        after = "from there nobody has an improvement"
    else:
        shown = [f"{_end(words, found, end.states)} ({_share(found, one, end)})" for end in ends[:ENDS]]
        if len(ends) == 1:
            shown = [_end(words, found, ends[0].states)]
        rest = sum((end.probability for end in ends[ENDS:]), ends[0].probability * 0)
        more = [f"to {plural(len(ends) - ENDS, 'other end')} ({chance(rest)})"] if len(ends) > ENDS else []
        after = f"then {listing([*shown, *more])}"
    text = f"{words.move(start, to)} by {words.by(start, to, one.by)}, {effect} for {words.party(one.by)}: {after}"
    return Sentence(
        text, (start, to, *(end.states[0] for end in ends[:ENDS])), (*words.options(start, to, one.by), *deciding(words, one.by, start, to))
    )


def _share(found: Evolution, one: Concession, end: End) -> str:
    """With what percentage a first move leads to an end, beside it the baseline and the range over other weights."""
    said = [chance(end.probability)]
    if found.readings[0].source != "equal":
        said.append(f"equal weights {chance(one.even.at(end.states))}")
    if one.swept is not None and end.states in one.swept.least:
        low, high = chance(one.swept.least[end.states]), chance(one.swept.greatest[end.states])
        said += [f"{low} to {high}"] if low != high else []
    return "; ".join(said)


def _end(words: Words, found: Evolution, states: tuple[int, ...]) -> str:
    if states == (found.start,):
        return f"back to {words.number(found.start)}"
    return f"to {words.number(states[0])}" if len(states) == 1 else f"round and round {len(states)} states"
