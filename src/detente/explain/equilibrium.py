"""Whether a state is an equilibrium, told from one witness for each decision maker."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.certificate import Checker
from detente.concepts.registry import concept
from detente.concepts.witness import AnyWitness, Closed, Covers, Leaves, Stays, Worked, is_staying
from detente.errors import Diagnostic, UsageError
from detente.explain.glosses import gloss
from detente.explain.read_verdict import read_line
from detente.explain.readings import Reader
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.verdict import refusal
from detente.explain.words import Words
from detente.explain.worked import worked_line
from detente.space.states import StateSpace
from detente.text import capital, listing, plural


def equilibrium(space: StateSpace, witnesses: Sequence[AnyWitness]) -> Explanation:
    """Whether everybody would stay at a state, and what that rests on for each decision maker.

    Every witness is checked before a word is written.

    Parameters
    ----------
    space
        The space that the witnesses speak of.
    witnesses
        One for each decision maker, all of one state; under one concept, or under a concept of each one's own.

    Raises
    ------
    UsageError
        U423 if the checker refuses a witness, or they are not one for each decision maker at one state.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> print(equilibrium(space, [Stays("Nash", "A", 0, ())]).text())
    In this model state 1 is an equilibrium under Nash: nobody would leave it on their own.
    <BLANKLINE>
      State 1 (N): A: not x. Nash looks only at the party's own next move, not at any answer.
        A: no improvement from here
    """
    words, checker = Words(space), Checker(space)
    if sorted(w.dm for w in witnesses) != sorted(words.decision_makers) or len({w.state for w in witnesses}) != 1:
        message = "an equilibrium needs one certificate for each decision maker, all for one state"
        raise UsageError([Diagnostic("U423", message, help="ask an engine for the witness of every decision maker at the state")])
    for witness in witnesses:
        refused = checker.check(witness)
        if refused:
            raise refusal(refused, witness)
    by_party = {witness.dm: witness for witness in witnesses}
    state = witnesses[0].state
    concepts = list(dict.fromkeys(by_party[dm].concept for dm in words.decision_makers))
    under = concepts[0] if len(concepts) == 1 else listing(f"{by_party[dm].concept} for {words.party(dm)}" for dm in words.decision_makers)
    leaving = [words.party(dm) for dm in words.decision_makers if not is_staying(by_party[dm])]
    is_one = (
        f"is not an equilibrium under {under}: {listing(leaving)} would leave it"
        if leaving
        else f"is an equilibrium under {under}: nobody would leave it on their own"
    )
    lead = [Sentence(f"{capital(words.full(state))}.", (state,)), *(Sentence(gloss(key)) for key in concepts)]
    items = tuple(stays_line(words, by_party[dm], len(concepts) > 1) for dm in words.decision_makers)
    return Explanation(Sentence(f"In this model {words.state(state)} {is_one}.", (state,)), (Part(tuple(lead), items),))


def stays_line(words: Words, witness: AnyWitness, name_concept: bool = False) -> Sentence:
    """What one decision maker's verdict rests on, in a line; with the name of the concept where there are several (`name_concept`)."""
    party = words.party(witness.dm) + (f" ({witness.concept})" if name_concept else "")
    if isinstance(witness, Worked):
        return worked_line(words, witness, party)
    asked = concept(witness.concept)
    if asked.reading is not None and isinstance(witness, Stays | Leaves):
        return read_line(Reader(words, asked), witness, party)
    if isinstance(witness, Leaves | Closed):
        move = f"{words.move(witness.state, witness.improvement)} by {words.by(witness.state, witness.improvement, witness.dm)}"
        elements = words.options(witness.state, witness.improvement, witness.dm)
        change = words.change(witness.dm, witness.state, witness.improvement)
        return Sentence(f"{party}: would leave, {move}: {change}", (witness.state, witness.improvement), elements)
    if not (witness.groups if isinstance(witness, Covers) else witness.answers):
        return Sentence(f"{party}: no improvement from here", (witness.state,))
    if isinstance(witness, Covers):
        return Sentence(f"{party}: improvements from here, each answered by {_one_of(len(witness.groups))}", (witness.state,))
    each = "answered" if len(witness.answers) == 1 else "each answered"
    return Sentence(f"{party}: {plural(len(witness.answers), 'improvement')} from here, {each}", (witness.state,))


def _one_of(count: int) -> str:
    return "one sequence of moves" if count == 1 else f"one of {count:,} sequences of moves"
