"""Why a decision maker stays at a state, or leaves it: sentences made from a witness that the checker has accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.analysis.certificate import Checker
from detente.analysis.reach import Reach
from detente.concepts.registry import concept
from detente.concepts.witness import AnyWitness, Closed, Covers, Leaves, Stays, Worked, is_staying
from detente.errors import Diagnostic, UsageError
from detente.explain.answers import Teller, answered, briefly, unanswered
from detente.explain.glosses import counts, gloss
from detente.explain.large_verdict import briefly_answered, gaining, leaving, staying
from detente.explain.prefer import deciding, resting
from detente.explain.read_verdict import read_parts
from detente.explain.readings import Reader, left_aside, supposing
from detente.explain.replies import hurting
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.worked import worked, worked_line
from detente.space.states import StateSpace
from detente.text import capital, listing, plural


def verdict(
    space: StateSpace,
    witness: AnyWitness,
    others: Sequence[AnyWitness] = (),
    replies: Reach | None = None,
    refused: Callable[[AnyWitness], str | None] | None = None,
) -> Explanation:
    """Why a decision maker stays at a state, or leaves it, under one concept.

    Every witness is checked before a word is written.  Lists are complete; nothing is said of a case that no witness lists.

    Parameters
    ----------
    space
        The space that the witnesses speak of.
    witness
        What shows the verdict.
    others
        Witnesses for the same decision maker and state under other concepts, to say how these differ.
    replies
        Where somebody leaves under a concept that asks for answers by improvements: all that the others reach from the improvement
        by moves of any kind (`reach(space, witness.improvement, "any", movers=...)`), to list answers that would deter but do not count.
    refused
        Says of each witness why the checker of certificates refuses it, None if it accepts it; for those who know that already.

    Raises
    ------
    UsageError
        U423 if the checker refuses a witness, or one does not belong here.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "open a door", ("A",)),)))
    >>> print(verdict(space, Stays("Nash", "A", 0, ())).text())
    In this model state 1 is stable for A under Nash: A would stay.
    <BLANKLINE>
      State 1 (N): A: not open a door. The model gives A no preference among states.
    <BLANKLINE>
      Nash looks only at the party's own next move, not at any answer. From state 1 there is no
      improvement for A. A could make 1 move from it, to a state that is no better for A:
        1 ▸ 2 by taking up “open a door”: 1st choice both times
    """
    teller = Teller(space, witness.dm, witness.state)
    checker = Checker(space)
    for each in (witness, *others):
        wrong = (refused or checker.check)(each)
        belongs = (each.dm, each.state) == (witness.dm, witness.state)
        if wrong or not belongs:
            raise refusal(wrong or "of another decision maker or state", each)
    asked = concept(witness.concept)
    if asked.reading is not None and isinstance(witness, Stays | Leaves):
        return Explanation(_verdict(teller, witness), tuple(read_parts(Reader(teller, asked), witness, others)))
    parts = [Part((_setting(teller), *left_aside(teller, witness.concept))), *_why(teller, witness)]
    if isinstance(witness, Leaves) and replies is not None:
        parts += hurting(teller, checker, witness, replies)
    if others:
        parts.append(_elsewhere(teller, witness, others))
    return Explanation(_verdict(teller, witness), tuple(parts))


def _why(teller: Teller, witness: AnyWitness) -> list[Part]:
    match witness:
        case Stays():
            return _stays(teller, witness)
        case Leaves():
            return [Part(tuple(_gaining(teller, witness))), unanswered(teller, witness)]
        case Covers():
            return staying(teller, witness)
        case Closed():
            return leaving(teller, witness)
        case Worked():
            return worked(teller, witness)


def refusal(reason: str, witness: AnyWitness) -> UsageError:
    """The error for a witness that proves nothing here."""
    message = f"the certificate for {witness.dm} under {witness.concept} proves nothing here ({reason})"
    return UsageError(
        [Diagnostic("U423", message, help="explain a witness of the same conflict, decision maker and state, as an engine gave it")]
    )


def _verdict(teller: Teller, witness: AnyWitness) -> Sentence:
    state, party = teller.state(witness.state), teller.party(witness.dm)
    if_so = supposing(concept(witness.concept))
    if is_staying(witness):
        text = f"In this model {state} is stable for {party} under {witness.concept}: {if_so}{party} would stay."
        return Sentence(text, (witness.state,))
    text = f"In this model {state} is not stable for {party} under {witness.concept}: {if_so}{party} would leave it."
    return Sentence(text, (witness.state,))


def _setting(teller: Teller) -> Sentence:
    """The state in words, and what it is for the decision maker."""
    party, state = teller.party(teller.dm), teller.origin
    if not teller.orders[teller.dm].criteria:
        rank = f" The model gives {party} no preference among states."
    elif not teller.ranked:
        rank = ""
    else:
        ranks = teller.orders[teller.dm].ranks
        tied = sum(rank == ranks[state] for rank in ranks.values()) - 1
        rank = f" For {party} it is the {teller.rank(teller.dm, state)} of {teller.levels(teller.dm):,}"
        rank += f", tied with {plural(tied, 'other state')}." if tied else "."
    return Sentence(f"{capital(teller.full(state))}.{rank}", (state,))


def _stays(teller: Teller, witness: Stays) -> list[Part]:
    """The improvements with their answers; without improvements all moves, none of which leads to a preferred state."""
    party, here = teller.party(witness.dm), witness.state
    asked = Sentence(gloss(witness.concept))
    if witness.answers:
        one = len(witness.answers) == 1
        each = "it has an answer" if one else "each has an answer; one is given for each"
        count = plural(len(witness.answers), "improvement")
        return [
            Part(
                (
                    asked,
                    Sentence(
                        f"From {teller.state(here)} there {'is' if one else 'are'} {count} for {party}, and {each}:", (witness.state,)
                    ),
                ),
                answered(teller, witness),
            )
        ]
    nothing = Sentence(f"From {teller.state(here)} there is no improvement for {party}.", (witness.state,))
    moves = teller.space.moves(witness.dm, witness.state)
    if not moves:
        return [Part((asked, nothing, Sentence(f"{party} can make no move from it at all.", (witness.state,))))]
    one = len(moves) == 1
    lead = f"{party} could make {plural(len(moves), 'move')} from it, {'' if one else 'each '}to a state that is no better for {party}:"
    items = (
        Sentence(
            f"{teller.move(here, to)} by {teller.by(here, to, witness.dm)}: {teller.change(witness.dm, here, to)}{teller.because(to)}",
            (here, to),
            (*teller.options(here, to, witness.dm), *deciding(teller, witness.dm, here, to)),
        )
        for to in teller.best_first(moves)
    )
    return [Part((asked, nothing, Sentence(lead, (witness.state,))), tuple(items))]


def _gaining(teller: Teller, witness: Leaves) -> list[Sentence]:
    """The improvement, why it is one, and how many there are."""
    if not teller.space.is_listed:
        return gaining(teller, witness)
    party, start, to = teller.party(witness.dm), witness.state, witness.improvement
    why = teller.why(to)
    move = f"{party} can move {teller.move(start, to)} by {teller.by(start, to, witness.dm)}: {teller.change(witness.dm, start, to)}."
    sentences = [
        Sentence(move, (start, to), teller.options(start, to, witness.dm)),
        Sentence(f"It is an improvement, because {why.text}.", (to, start), why.elements),
        *resting(teller, witness.dm, why),
    ]
    gains = [t for t in teller.space.moves(witness.dm, start) if teller.prefers(t)]
    if len(gains) > 1:
        text = f"From {teller.state(start)} there are {len(gains):,} improvements for {party}; one without an answer is enough to leave."
        sentences.append(Sentence(text, (start,)))
    return sentences


def _elsewhere(teller: Teller, witness: AnyWitness, others: Sequence[AnyWitness]) -> Part:
    """How the verdict is under other concepts: a line for each that differs, one sentence for those that agree."""
    party, lead = teller.party(witness.dm), []
    stays = is_staying(witness)
    same = [other.concept for other in others if is_staying(other) == stays]
    differ = [other for other in others if is_staying(other) != stays]
    if same:
        lead.append(Sentence(f"Under {listing(same)} {party} would {'stay' if stays else 'leave'} as well.", (witness.state,)))
    if differ:
        lead.append(
            Sentence(f"Under {listing(other.concept for other in differ)} {party} would {'leave' if stays else 'stay'}:", (witness.state,))
        )
    return Part(tuple(lead), tuple(_differing(teller, witness, other) for other in differ))


def _differing(teller: Teller, witness: AnyWitness, other: AnyWitness) -> Sentence:
    """What another concept counts, and what follows from it."""
    start = f"{other.concept} {counts(other.concept)}"
    if isinstance(other, Worked):
        return worked_line(teller, other, f"{start}; {teller.party(other.dm)}")
    if isinstance(other, Leaves | Closed):
        lacks = " without such an answer" if concept(other.concept).answers or concept(other.concept).rule else ""
        move = teller.move(other.state, other.improvement)
        return Sentence(f"{start}; for {teller.party(other.dm)} there is the improvement {move}{lacks}", (other.state, other.improvement))
    assert isinstance(witness, Leaves | Closed | Worked)
    assert witness.improvement is not None
    if isinstance(other, Covers):
        told = briefly_answered(teller, other, witness.improvement) if teller.prefers(witness.improvement) else None
    else:
        found = next((answer for answer in other.answers if answer.improvement == witness.improvement), None)
        told = None if found is None else briefly(teller, found)
    if told is None:  # a move that pays only in the end is no improvement
        nothing = "every improvement is answered" if isinstance(other, Covers) or other.answers else "there is no improvement"
        return Sentence(f"{start}; for {teller.party(other.dm)} {nothing} from here", (other.state,))
    return Sentence(f"{start}; {teller.move(other.state, witness.improvement)} is answered by {told.text}", told.states, told.elements)
