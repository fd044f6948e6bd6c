"""What the words for all kinds of joint levers share: checked claims, who changes what, who gains, and who stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.analysis.claims.base import Claim, refusal
from detente.concepts.witness import AnyWitness, Closed, Leaves
from detente.errors import Diagnostic, UsageError
from detente.explain.equilibrium import stays_line
from detente.explain.prefer import deciding
from detente.explain.sentence import Sentence
from detente.explain.words import Words, quoted
from detente.model.formula import written
from detente.preference.order import Ordering
from detente.preference.shifted import Shift
from detente.space.states import StateSpace
from detente.text import listing


def assured(space: StateSpace, claim: Claim) -> None:
    """Check a claim before a word is written of it.  Raises `UsageError` (U423) if it is refused."""
    reason = refusal(space, claim)
    if reason is not None:
        message = f"what is said of {claim.kind} proves nothing here ({reason})"
        raise UsageError([Diagnostic("U423", message, help="give what was found, for the same conflict")])


def placed(words: Words, state: int) -> str:
    """A state by its number, and as the status quo where it is that: "the status quo (state 5)"."""
    return f"the status quo ({words.state(state)})" if state == words.space.status_quo else words.named(state)


def parties(words: Words, keys: Iterable[str], word: str = "and") -> str:
    """Decision makers, listed."""
    return listing([words.party(dm) for dm in keys], word)


def shares(words: Words, movers: Sequence[str], combination: int, flip: int) -> tuple[Sentence, ...]:
    """Who changes what in a step of several: a line for each option's first owner among them, in their order."""
    found, rest = [], flip
    for dm in movers:
        own = rest & words.space.masks[dm]
        rest &= ~own
        if own:
            found.append(Sentence(f"{words.party(dm)}: {words.by_change(combination, own)}", (), words.options_in(own)))
    return tuple(found)


def effects(words: Words, keys: Iterable[str], start: int, to: int, orders: Mapping[str, Ordering] | None = None) -> tuple[Sentence, ...]:
    """What a change of state is for each of some parties, a line each: "A: a gain (4th to 3rd choice)"."""
    found = []
    elements: tuple[str, ...]
    for dm in keys:
        if orders is not None and dm in orders:
            better = orders[dm].prefers(to, start)
            worse = orders[dm].prefers(start, to)
            effect, ranks, elements = "a gain" if better else "a loss" if worse else "neither gain nor loss", "", ()
        else:
            effect, elements = words.effect(dm, start, to), deciding(words, dm, to, start)
            ranks = f" ({words.change(dm, start, to)})" if words.ranked else ""
        found.append(Sentence(f"{words.party(dm)}: {effect}{ranks}", (start, to), elements))
    return tuple(found)


def under(witnesses: Sequence[AnyWitness]) -> str:
    """The concepts of witnesses: "SEQ", or "SEQ for A and Nash for B"."""
    concepts = list(dict.fromkeys(witness.concept for witness in witnesses))
    return concepts[0] if len(concepts) == 1 else listing(f"{witness.concept} for {witness.dm}" for witness in witnesses)


def staying(words: Words, witnesses: Sequence[AnyWitness]) -> tuple[Sentence, ...]:
    """Whether each party stays at a state, and what that rests on, a line each."""
    several = len({witness.concept for witness in witnesses}) > 1
    return tuple(stays_line(words, witness, several) for witness in witnesses)


def goes(words: Words, leaves: Leaves | Closed) -> str:
    """Who leaves and to where: "A would leave it for state 5, taking up “x”"."""
    by = words.by(leaves.state, leaves.improvement, leaves.dm)
    return f"{words.party(leaves.dm)} would leave it for {words.state(leaves.improvement)}, {by}"


def would_prefer(words: Words, shift: Shift) -> Sentence:
    """A raise as a condition: "if A came to prefer state 5 to state 2"; with the red lines that the raised state crosses."""
    party, dm = words.party(shift.dm), words.conflict.decision_maker(shift.dm)
    crossed = [n for n, line in enumerate(dm.red_lines, start=1) if words.meets(line.never, shift.state)]
    aside = ""
    if crossed:
        lines = listing(quoted(dm.red_lines[n - 1].says or written(dm.red_lines[n - 1].never)) for n in crossed)
        aside = f", which crosses the red {'line' if len(crossed) == 1 else 'lines'} {lines} of {party},"
    text = f"if {party} came to prefer {words.named(shift.state)}{aside} to {words.named(shift.past)}"
    return Sentence(text, (shift.state, shift.past), tuple(f"decision makers/{dm.key}/red lines/{n}" for n in crossed))
