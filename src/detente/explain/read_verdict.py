"""Why a decision maker stays at a state, or leaves it, under a concept that reads preferences in a way of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.concepts.registry import concept
from detente.concepts.witness import Answer, AnyWitness, Closed, Leaves, Reached, Stays, Worked, is_staying
from detente.explain.glosses import counts, gloss
from detente.explain.readings import Reader
from detente.explain.sentence import Part, Sentence
from detente.text import capital, listing, plural

_WORTH = "worth leaving for"


def read_parts(reader: Reader, witness: Stays | Leaves, others: Sequence[AnyWitness] = ()) -> list[Part]:
    """Why a decision maker stays or leaves, in the words of the reading; then how the verdict is under other concepts.

    Parameters
    ----------
    reader
        The words of the conflict under the concept.
    witness
        A witness that the checker has accepted.
    others
        Such witnesses for the same decision maker and state under other concepts.

    Examples
    --------
    >>> from detente.explain.words import Words
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> told = read_parts(Reader(Words(space), concept("Nash:strong")), Stays("Nash:strong", "A", 0, ()))
    >>> [sentence.text for sentence in told[-1].items]
    ['1 ▸ 2 by taking up “x”: neither better nor worse for A']
    """
    setting = Part((Sentence(f"{capital(reader.full(witness.state))}.", (witness.state,)),))
    why = _stays(reader, witness) if isinstance(witness, Stays) else _leaves(reader, witness)
    return [setting, *why, *([_elsewhere(reader, witness, others)] if others else []), *_weakly(reader, witness, others)]


def read_line(reader: Reader, witness: Stays | Leaves, party: str) -> Sentence:
    """What one decision maker's verdict rests on, in a line that begins with their name (`party`, in words)."""
    if isinstance(witness, Leaves):
        start, to = witness.state, witness.improvement
        told = reader.told(witness.dm, to, start)
        text = f"{party}: would leave, {reader.move(start, to)} by {reader.by(start, to, witness.dm)}: {told.text}"
        return Sentence(text, (start, to), (*reader.options(start, to, witness.dm), *told.elements))
    if not witness.answers:
        return Sentence(f"{party}: no move {_WORTH} from here", (witness.state,))
    each = "answered" if len(witness.answers) == 1 else "each answered"
    return Sentence(f"{party}: {plural(len(witness.answers), 'move')} {_WORTH} from here, {each}", (witness.state,))


def read_answers(reader: Reader, witness: Stays) -> tuple[Sentence, ...]:
    """Each move that is worth leaving for, with its answer; none of them first in any sense."""
    by_improvement = {answer.improvement: answer for answer in witness.answers if isinstance(answer, Answer)}
    return tuple(_answered(reader, witness, by_improvement[t]) for t in _by_number(reader, by_improvement))


def _by_number(reader: Reader, states: Iterable[int]) -> list[int]:
    return sorted(states, key=reader.space.number)


# -- staying -----------------------------------------------------------------------------------------------------------
def _stays(reader: Reader, witness: Stays) -> list[Part]:
    party, here, asked = reader.party(witness.dm), witness.state, Sentence(gloss(witness.concept))
    if witness.answers:
        one = len(witness.answers) == 1
        each = "it has an answer that deters" if one else "each has an answer that deters; one is given for each"
        lead = f"From {reader.state(here)} {party} has {plural(len(witness.answers), 'move')} {_WORTH}, and {each}:"
        return [Part((asked, Sentence(lead, (here,))), read_answers(reader, witness))]
    nothing = Sentence(f"From {reader.state(here)} {party} has no move {_WORTH}.", (here,))
    moves = reader.space.moves(witness.dm, here)
    if not moves:
        return [Part((asked, nothing, Sentence(f"{party} can make no move from it at all.", (here,))))]
    lead = f"{party} could make {plural(len(moves), 'move')} from it:"
    items = tuple(_moved(reader, witness.dm, here, to) for to in _by_number(reader, moves))
    return [Part((asked, nothing, Sentence(lead, (here,))), items)]


def _moved(reader: Reader, dm: str, start: int, to: int) -> Sentence:
    """A move, and how the state that it leads to compares with where it began."""
    told = reader.told(dm, to, start)
    text = f"{reader.move(start, to)} by {reader.by(start, to, dm)}: {told.text}"
    return Sentence(text, (start, to), (*reader.options(start, to, dm), *told.elements))


def _answered(reader: Reader, stays: Stays, answer: Answer) -> Sentence:
    """A move that is worth leaving for, with its answer step by step and where that ends."""
    moved = _moved(reader, stays.dm, stays.state, answer.improvement)
    said, elements, states, now = [], [*moved.elements], [*moved.states], answer.improvement
    credible = concept(stays.concept).answers == "improving"
    for step in answer.steps:
        told = reader.told(step.mover, step.to, now)
        said.append(f"{reader.party(step.mover)} {reader.move(now, step.to)}" + (f" ({told.text})" if credible else ""))
        elements += [*reader.options(now, step.to, step.mover), *(told.elements if credible else ())]
        states.append(step.to)
        now = step.to
    end = reader.told(stays.dm, now, stays.state)
    text = f"{moved.text}. Answer: {', then '.join(said)}. That ends at {reader.state(now)}: {end.text}, which deters."
    if concept(stays.concept).counters:
        held = [(to, reader.told(stays.dm, to, stays.state)) for to in _by_number(reader, answer.escapes)]
        where = listing(f"{reader.state(to)} ({told.text})" for to, told in held)
        onward = f"can move on to {where}; {'that deters' if len(held) == 1 else 'each of these deters'} as well"
        text += f" From there {reader.party(stays.dm)} {onward if held else 'can make no move'}."
        elements += [element for _, told in held for element in told.elements]
        states += [to for to, _ in held]
    return Sentence(text, tuple(states), tuple(dict.fromkeys((*elements, *end.elements))))


# -- leaving -----------------------------------------------------------------------------------------------------------
def _leaves(reader: Reader, witness: Leaves) -> list[Part]:
    party, start, to = reader.party(witness.dm), witness.state, witness.improvement
    told = reader.told(witness.dm, to, start)
    move = f"{party} can move {reader.move(start, to)} by {reader.by(start, to, witness.dm)}: {told.text}. That is {_WORTH}."
    first = [Sentence(move, (start, to), (*reader.options(start, to, witness.dm), *told.elements))]
    gains = [t for t in reader.space.moves(witness.dm, start) if reader.relations(witness.dm).gains(t, start)]
    if len(gains) > 1:
        text = f"From {reader.state(start)} {party} has {len(gains):,} such moves; one without an answer is enough to leave."
        first.append(Sentence(text, (start,)))
    return [Part(tuple(first)), _unanswered(reader, witness)]


def _unanswered(reader: Reader, leaves: Leaves) -> Part:
    """Everything that the others could do about the move, none of which deters."""
    asked, party, to = Sentence(gloss(leaves.concept)), reader.party(leaves.dm), reader.state(leaves.improvement)
    under = concept(leaves.concept)
    if len(reader.decision_makers) == 1:
        return Part((asked, Sentence(f"There is nobody else who could answer, so {party} would leave.", (leaves.improvement,))))
    if under.answers is None:
        return Part((asked, Sentence(f"This move is enough for {party} to leave.", (leaves.improvement,))))
    credible = under.answers == "improving"
    if not leaves.reached:
        what = "step that counts" if credible else "move"
        text = f"From {to} there is no {what} for any of the others, so there is no answer and {party} would leave."
        return Part((asked, Sentence(text, (leaves.improvement,))))
    kind = "steps that count" if credible else "moves of any kind"
    count, escaping = plural(len(leaves.reached), "state"), any(case.escape is not None for case in leaves.reached)
    deters = f"None of them deters {party}" + (", by itself or by all that can follow from it" if escaping else "")
    lead = f"From {to} the others can bring about {count} by {kind}, nobody moving twice in a row. {deters}:"
    by_state = {case.state: case for case in leaves.reached}
    items = tuple(_reached(reader, leaves, by_state[state]) for state in _by_number(reader, by_state))
    return Part((asked, Sentence(lead, (leaves.improvement,))), items)


def _reached(reader: Reader, leaves: Leaves, case: Reached) -> Sentence:
    told, last = reader.told(leaves.dm, case.state, leaves.state), listing([reader.party(who) for who in case.last], "or")
    text = f"{reader.number(case.state)}, {told.text}: after {plural(min(case.after), 'move')} at the least, the last by {last}"
    if case.escape is None:
        return Sentence(text, (case.state,), told.elements)
    onward = reader.told(leaves.dm, case.escape, leaves.state)
    text += f"; that would deter, but {reader.party(leaves.dm)} can move on {reader.move(case.state, case.escape)} ({onward.text})"
    return Sentence(text, (case.state, case.escape), (*told.elements, *onward.elements))


# -- other concepts ----------------------------------------------------------------------------------------------------
def _elsewhere(reader: Reader, witness: Stays | Leaves, others: Sequence[AnyWitness]) -> Part:
    """How the verdict is under other concepts."""
    party, stays, lead = reader.party(witness.dm), isinstance(witness, Stays), []
    same = [other.concept for other in others if is_staying(other) == stays]
    differ = [other for other in others if is_staying(other) != stays]
    if same:
        lead.append(Sentence(f"Under {listing(same)} {party} would {'stay' if stays else 'leave'} as well.", (witness.state,)))
    if differ:
        names = listing(other.concept for other in differ)
        lead.append(Sentence(f"Under {names} {party} would {'leave' if stays else 'stay'}:", (witness.state,)))
    return Part(tuple(lead), tuple(_differing(reader, witness, other) for other in differ))


def _weakly(reader: Reader, witness: Stays | Leaves, others: Sequence[AnyWitness]) -> list[Part]:
    """Whether a state that is stable generally is so strongly or weakly; nothing where the witnesses do not settle that."""
    asked = concept(witness.concept)
    base, _, key = asked.key.partition(":")
    general = f"{base}:{key.removesuffix('strong')}general"
    found = next((other for other in others if other.concept == general), None)
    if not key.endswith("strong") or asked.answers is None or found is None or not is_staying(found):
        return []
    how = "strongly" if isinstance(witness, Stays) else "weakly"
    why = "" if how == "strongly" else " (generally, and not strongly)"
    text = f"That makes {reader.state(witness.state)} {how} stable for {reader.party(witness.dm)}{why}."
    return [Part((Sentence(text, (witness.state,)),))]


def _differing(reader: Reader, witness: Stays | Leaves, other: AnyWitness) -> Sentence:
    read, party = concept(other.concept).reading, reader.party(witness.dm)
    start = f"{other.concept} ({read.says})" if read else f"{other.concept}, by the order of preference alone, {counts(other.concept)}"
    if isinstance(other, Leaves | Closed) or (isinstance(other, Worked) and other.improvement is not None):
        to = other.improvement
        assert to is not None
        return Sentence(f"{start}; {party} would move {reader.move(other.state, to)}", (other.state, to))
    assert isinstance(witness, Leaves)
    move = reader.move(witness.state, witness.improvement)
    if isinstance(other, Stays) and all(answer.improvement != witness.improvement for answer in other.answers):
        return Sentence(f"{start}; there {move} is not {_WORTH}", (witness.state, witness.improvement))
    return Sentence(f"{start}; there {move} has an answer", (witness.state, witness.improvement))
