"""In what two accounts differ on the status quo, in words, where the states of one are too many to be listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.explain.near_changing import Judged
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.text import listing, plural


def near_difference(first: Judged | None, second: Judged | None, concepts: Sequence[str], one: Words, other: Words) -> Explanation:
    """In what the verdicts on the status quo differ; nothing else is asked where states are too many to be listed.

    Parameters
    ----------
    first, second
        The status quo of the two; None where there is none.
    concepts
        The keys of the concepts that were asked about.
    one, other
        The words of the two.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> words = Words(StateSpace(load("elmira")))
    >>> stays, leaves = ({"SEQ": {"MoE": True, "Uniroyal": True, "Local": local}} for local in (True, False))
    >>> for part in near_difference(Judged(1, stays), Judged(1, leaves), ["SEQ"], words, words).parts:
    ...     print(*(sentence.text for sentence in (*part.lead, *part.items)), sep=" / ")
    The status quo is an equilibrium under SEQ only in the first. / Local under SEQ: would stay in the first, and leave in the second
    """
    large = "The states are too many to be listed, so that only the status quo is asked about"
    if first is None or second is None:
        said = "there is none in either" if first is second else f"only the {'second' if first is None else 'first'} has one"
        return Explanation(Sentence(f"{large}; {said}.", () if second is None else (second.state,)))
    lead = []
    if one.conflict.status_quo != other.conflict.status_quo:
        ends = (f"{words.space.choice(at.state)} in the {place}" for words, at, place in ((one, first, "first"), (other, second, "second")))
        lead.append(Sentence(f"The status quo is {' and '.join(ends)}.", (second.state,)))
    lead += _held(first, second, concepts, one.decision_makers, other.decision_makers)
    shared = [dm for dm in other.decision_makers if dm in one.decision_makers]
    items = tuple(item for dm in shared for item in _judged(first, second, concepts, dm))
    unknown = tuple(_unknown(first, second, concepts, one, other))
    if not lead and not items:
        known = "every verdict on it that is known in both" if unknown else "everybody's verdict on it"
        return Explanation(Sentence(f"{large}: {known} under {listing(list(concepts))} is the same.", (second.state,)), unknown)
    return Explanation(Sentence(f"{large}: the two differ there.", (second.state,)), (Part(tuple(lead), items), *unknown))


def _held(first: Judged, second: Judged, concepts: Sequence[str], parties: Sequence[str], others: Sequence[str]) -> Iterator[Sentence]:
    """Under what the status quo is an equilibrium in one of the two only, as far as that is known."""
    held = {key: (first.holds(key, parties), second.holds(key, others)) for key in concepts}
    for pair, place in (((True, False), "first"), ((False, True), "second")):
        if ways := [key for key, both in held.items() if both == pair]:
            yield Sentence(f"The status quo is an equilibrium under {listing(ways)} only in the {place}.", (second.state,))


def _judged(first: Judged, second: Judged, concepts: Sequence[str], dm: str) -> Iterator[Sentence]:
    """Under what one decision maker stays in one of the two only."""
    stays = {key: (first.verdicts.get(key, {}).get(dm), second.verdicts.get(key, {}).get(dm)) for key in concepts}
    for pair, here, there in (((True, False), "first", "second"), ((False, True), "second", "first")):
        if ways := [key for key, both in stays.items() if both == pair]:
            text = f"{dm} under {listing(ways)}: would stay in the {here}, and leave in the {there}"
            yield Sentence(text, (second.state,), (f"decision makers/{dm}",))


def _unknown(first: Judged, second: Judged, concepts: Sequence[str], one: Words, other: Words) -> Iterator[Part]:
    """How many verdicts are not known."""
    for judged, words, place in ((first, one, "first"), (second, other, "second")):
        left = len(concepts) * len(words.decision_makers) - sum(len(judged.verdicts.get(key, {})) for key in concepts)
        if left:
            yield Part((Sentence(f"{plural(left, 'verdict')} on the status quo {'is' if left == 1 else 'are'} not known in the {place}."),))
