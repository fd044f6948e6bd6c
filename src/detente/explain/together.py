"""What several decision makers do at once, in words: who changes what, and what it is for each."""

from __future__ import annotations

from detente.analysis.claims.base import refusal
from detente.analysis.claims.joint import joint
from detente.analysis.claims.together import Together
from detente.analysis.unlock.lever import Lever
from detente.errors import Diagnostic, UsageError
from detente.explain.prefer import deciding
from detente.explain.sentence import Sentence
from detente.explain.words import Words
from detente.space.states import StateSpace
from detente.text import capital, listing


def assured(space: StateSpace, lever: Lever[Together]) -> Together:
    """The claim of a way out, after it has been checked.  Raises `UsageError` (U423) if it is refused."""
    reason = refusal(space, lever.claim)
    if reason is not None:
        raise UsageError(
            [Diagnostic("U423", f"what is said to be a way out is not shown to be one ({reason})", help="give what was found")]
        )
    return lever.claim


def parts(words: Words, members: tuple[str, ...], start: int, to: int) -> tuple[Sentence, ...]:
    """What each member of a group changes from one state to another, and how its rank changes; first those who change something.

    An option that several members own is told with the first of them.
    """
    found = joint(words.space, members, start, to)
    combination, flip = found if found is not None else (start, start ^ to)
    done: list[Sentence] = []
    idle: list[Sentence] = []
    for dm in members:
        own = flip & words.space.masks[dm]
        flip &= ~own
        change = words.by_change(combination, own) if own else "without a change of its own options"
        rank = words.change(dm, start, to)
        elements = (*words.options_in(own), *deciding(words, dm, to, start))
        (done if own else idle).append(Sentence(f"{capital(words.party(dm))}, {change}: {rank}", (start, to), elements))
    return (*done, *idle)


def shares(words: Words, members: tuple[str, ...], start: int, to: int) -> tuple[Sentence, ...]:
    """Who of a group changes which of their own options between two states: "A by taking up “x”"; whoever changes none is left out."""
    found = joint(words.space, members, start, to)
    combination, flip = found if found is not None else (start, start ^ to)
    result = []
    for dm in members:
        own = flip & words.space.masks[dm]
        flip &= ~own
        if own:
            result.append(Sentence(f"{words.party(dm)} by {words.by_change(combination, own)}", (start, to), words.options_in(own)))
    return tuple(result)


def way_out(words: Words, lever: Lever[Together]) -> Sentence:
    """A way out in one sentence: who brings about which state, that each of them gains, and whether everybody stays there.

    Raises `UsageError` (U423) if the claim is refused.
    """
    claim = assured(words.space, lever)
    group = listing(map(words.party, claim.coalition))
    members = "each of them gains" if len(claim.coalition) > 1 else f"it is a gain for {group}"
    name = words.name(claim.to)
    state = f"{words.state(claim.to)}{f' (“{name}”)' if name else ''}"
    how = f"{group} would bring about {state}" + (" by moving at once" if not claim.steps and len(claim.coalition) > 1 else "")
    under = listing(dict.fromkeys(witness.concept for witness in claim.ends))
    holds = f", and nobody would leave it under {under}" if claim.holds else ""
    return Sentence(f"{how}: {members}{holds}.", (claim.start, claim.to), ())
