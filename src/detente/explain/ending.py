"""The last sentence of an analysis: what ends a standstill in this model, in the plainest terms that a quick look finds."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.claims.together import Together
from detente.analysis.concluded import Ways
from detente.analysis.unlock.lever import Lever
from detente.explain.margin import hangs
from detente.explain.sentence import Sentence
from detente.explain.together import assured, shares
from detente.explain.unlocking import behaviour
from detente.explain.words import Words, quoted
from detente.text import listing, plural


def together(words: Words, ways: Ways, lever: Lever[Together]) -> tuple[Sentence, ...]:
    """That a group ends it by moving together: who does what, who gains, that the state holds; and how many other such states there are.

    Raises `UsageError` (U423) if the claim is refused.

    >>> from detente.analysis.conclusions import ways_out
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> ways = ways_out(space, space.state(5), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"))
    >>> print(together(Words(space), ways, ways.lever(space.state(8)))[0].text[:60])
    It ends in this model if MoE and Uniroyal move together, MoE
    """
    claim = assured(words.space, lever)
    start, to = claim.start, claim.to
    done = shares(words, claim.coalition, start, to)
    name = words.name(to)
    state = f"{words.state(to)}{f', {quoted(name)}' if name else ''}"
    everybody = to in ways.better
    gain = "everybody is better off" if everybody else "both are better off" if len(claim.coalition) == 2 else "each of them is better off"
    others = [dm for dm in words.decision_makers if dm not in claim.coalition and words.orders[dm].prefers(start, to)]
    worse = f", {listing(map(words.party, others))} worse off" if others else ""
    group = listing(map(words.party, claim.coalition))
    move = f"if {group} move together" if len(claim.coalition) > 1 else f"with a move by {group}"
    how = "; ".join(sentence.text for sentence in done)
    text = f"It ends in this model {move}, {how}: in {state}, {gain}{worse}, and nobody would leave it {behaviour(ways.profile)}."
    elements = tuple(element for sentence in done for element in sentence.elements)
    doubt = hangs(words, claim.coalition, to, start)
    doubts = (Sentence(f"{doubt.text}.", doubt.states, doubt.elements),) if doubt is not None else ()
    left = Sentence("That it ends says that the status quo is left, not that the conflict is settled.", (start,))
    return (Sentence(text, (start, to), elements), *doubts, left, Sentence(_looked(words, ways), (start,)))


def _looked(words: Words, ways: Ways) -> str:
    groups = [move for move in ways.moves.moves if move.holding]
    count = plural(ways.out.count, "state")
    needed = listing(map(words.party, ways.needed))
    holds = "holds" if ways.out.count == 1 else "hold"
    text = f"Looked at was what every group can bring about together and all of it prefer: {count} of that kind {holds}"
    return f"{text}, and each takes at least {needed}." if ways.needed and groups else f"{text}."


def shifted(ways: Ways, changes: Sequence[Sentence], all_tried: bool) -> tuple[Sentence, ...]:
    """That no group ends it by moving together as things are, and the smallest changes of priorities that were found.

    Parameters
    ----------
    ways
        The ways out, of which there is none.
    changes
        The changes, a sentence for each: one for everybody with a change of the least cost.
    all_tried
        Whether all smaller ones were tried.
    """
    first = (
        "As things are, no group can end it by moving together in this model: nothing that it can bring about and all of it prefers holds. "
        "That was worked out for every group, and is not certified."
    )
    tried = "All smaller changes of priorities were tried, and none does it."
    last = tried if all_tried else "A smaller change of priorities is not ruled out."
    return (Sentence(first, (ways.start,)), *changes, Sentence(last, (ways.start,)))


def nothing(ways: Ways, tried: bool) -> tuple[Sentence, ...]:
    """That nothing was found that ends it; `tried` says whether changes of priorities were tried.

    >>> from detente.analysis.conclusions import ways_out
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> nothing(ways_out(space, space.state(8), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")), False)[0].text[:26]
    'A quick look found nothing'
    """
    text = "A quick look found nothing that ends it in this model: no group can bring about a state that holds and that all of it prefer"
    also = ", and no change of priorities that was tried makes the status quo give way" if tried else ""
    return (Sentence(f"{text}{also}.", (ways.start,)),)
