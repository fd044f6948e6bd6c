"""The first sentences of an analysis: what becomes of one state, under each concept and for each decision maker.

They are made from verdicts for every decision maker under every concept that was asked about, so they may say "each of them"; where a
decision maker would leave to comes from a checked certificate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.explain.sentence import Sentence
from detente.explain.words import Words
from detente.text import capital, listing


@dataclass(frozen=True, slots=True)
class Leave:
    """A decision maker would leave under some concepts, by an improvement that has no answer there, to a state (None if not known)."""

    by: str
    to: int | None
    under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What becomes of a state.

    Parameters
    ----------
    state
        The state (greatest combination).
    stays
        For each concept (key) that was asked about, and each decision maker (key), whether they stay.
    leaves
        Where those who leave would go.
    called
        What the state is called in the sentences besides its number ("the status quo"); empty for nothing.
    """

    state: int
    stays: Mapping[str, Mapping[str, bool]]
    leaves: tuple[Leave, ...] = ()
    called: str = "the status quo"

    def equilibrium_under(self) -> tuple[str, ...]:
        """The concepts under which every decision maker stays."""
        return tuple(key for key, verdicts in self.stays.items() if all(verdicts.values()))

    def stays_under(self, dm: str) -> tuple[str, ...]:
        """The concepts under which one decision maker stays."""
        return tuple(key for key, verdicts in self.stays.items() if verdicts[dm])


def standing(words: Words, found: Standing, *, told: bool = False, apart: str = "") -> tuple[Sentence, ...]:
    """The sentences: whether the state is an equilibrium and under which concepts, who stays under each, who would leave and to where.

    Parameters
    ----------
    words
        The words for states, moves and decision makers.
    found
        Verdicts for every decision maker under every concept that was asked about.
    told
        Whether the state has been named before, by a diagnosis, and also how those who leave would do it; this is then said more shortly.
    apart
        How these sentences take the conflict ("as the file writes it"), where that diagnosis spoke of other ways too; empty otherwise.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> for sentence in standing(Words(space), Standing(0, {"Nash": {"A": False}}, (Leave("A", 1, ("Nash",)),))):
    ...     print(sentence.text)
    In this model the status quo (state 1) is not an equilibrium under Nash.
    A would leave for state 2, taking up “x”, under Nash.
    """
    everyone = tuple(next(iter(found.stays.values()))) if found.stays else ()
    loyal = [dm for dm in everyone if len(found.stays_under(dm)) == len(found.stays)]
    sentences = [Sentence(_equilibrium(words, found, told, apart), (found.state,), ())]
    if loyal and len(loyal) < len(everyone):
        names = listing([words.party(dm) for dm in loyal])
        sentences.append(Sentence(f"{capital(names)} would stay there under {_each(tuple(found.stays))}.", (found.state,), ()))
    sentences += [_leaving(words, found, dm, told) for dm in everyone if dm not in loyal]
    return tuple(sentences)


def _equilibrium(words: Words, found: Standing, told: bool, apart: str) -> str:
    held, asked = found.equilibrium_under(), tuple(found.stays)
    state = words.state(found.state)
    start = (
        (f"{capital(apart)}, it is" if apart else "It is")
        if told
        else f"In this model {f'{found.called} ({state})' if found.called else state} is"
    )
    others = [key for key in asked if key not in held]
    if not others:
        reason = "" if told else ": nobody would leave it by a move of their own"
        return f"{start} an equilibrium under {_each(asked)}{reason}."
    if not held:
        return f"{start} not an equilibrium under {listing(asked, 'or')}."
    return f"{start} an equilibrium under {listing(held)}, and not under {listing(others, 'or')}."


def _each(concepts: Sequence[str]) -> str:
    return f"each of {listing(concepts)}" if len(concepts) > 1 else listing(concepts)


def _leaving(words: Words, found: Standing, dm: str, told: bool) -> Sentence:
    held = found.stays_under(dm)
    clauses, states = [], [found.state]
    for leave in found.leaves:
        if leave.by == dm:
            by = "" if leave.to is None or told else f", {words.by(found.state, leave.to, dm)},"
            where = "" if leave.to is None else f" for {words.state(leave.to)}{by}"
            clauses.append(f"would leave{where} under {listing(leave.under)}")
            states += [] if leave.to is None else [leave.to]
    if held:
        clauses.append(f"would stay under {listing(held)}")
    return Sentence(f"{capital(words.party(dm))} {', and '.join(clauses)}.", tuple(states), ())
