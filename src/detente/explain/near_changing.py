"""What a change of a conflict too large for its states to be listed changes on the status quo, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.text import listing, plural


@dataclass(frozen=True, slots=True)
class Judged:
    """A status quo as it is judged.

    Parameters
    ----------
    state
        The state.
    verdicts
        For each concept (key) and each decision maker (key) whether they stay; what is not known is left out.

    Examples
    --------
    >>> Judged(3, {"SEQ": {"A": True, "B": False}}).holds("SEQ", ("A", "B")), Judged(3, {"SEQ": {"A": True}}).holds("SEQ", ("A", "B"))
    (False, None)
    """

    state: int
    verdicts: Mapping[str, Mapping[str, bool]]

    def holds(self, key: str, parties: Sequence[str]) -> bool | None:
        """Whether everybody of the `parties` stays under a concept (`key`); None where that is not known."""
        found = [self.verdicts.get(key, {}).get(dm) for dm in parties]
        return False if False in found else None if None in found else True


def near_account(before: Judged | None, after: Judged | None, concepts: Sequence[str], then: Words, now: Words) -> Explanation:
    """What is different on the status quo after a change; nothing else is asked where the states are too many to be listed.

    Parameters
    ----------
    before, after
        The status quo of the conflict before and after; None where it has none.
    concepts
        The keys of the concepts that were asked about.
    then, now
        The words of the conflict before and after.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> words = Words(StateSpace(load("elmira")))
    >>> stays, leaves = ({"SEQ": {"MoE": True, "Uniroyal": True, "Local": local}} for local in (True, False))
    >>> for part in near_account(Judged(1, stays), Judged(1, leaves), ["SEQ"], words, words).parts:
    ...     print(*(sentence.text for sentence in (*part.lead, *part.items)), sep=" / ")
    The status quo is no equilibrium now under SEQ, and was before. / Local would leave now, and would have stayed before, under SEQ
    """
    large = "The states are too many to be listed, so that only the status quo is asked about"
    if before is None or after is None:
        text = f"there is {'no' if after is None else 'a'} status quo now, and there was {'none' if before is None else 'one'} before"
        said = "there is none, before or now" if before is after else text
        return Explanation(Sentence(f"{large}; {said}.", () if after is None else (after.state,)))
    near = _Near(before, after, concepts, then, now)
    differs = near.moved or near.held or near.items
    unknown = tuple(near.unknown())
    if not differs:
        known = "everybody's verdict on it" if not unknown else "every verdict on it that is known before and now"
        verdict = f"{large}: {known} under {listing(list(concepts))} is the same as before."
        return Explanation(Sentence(verdict, (after.state,)), unknown)
    return Explanation(Sentence(f"{large}: something is different there.", (after.state,)), (Part(near.lead(), near.items), *unknown))


class _Near:
    """The sentences on one status quo before and after."""

    def __init__(self, before: Judged, after: Judged, concepts: Sequence[str], then: Words, now: Words) -> None:
        self.before, self.after, self.concepts, self.then, self.now = before, after, concepts, then, now
        self.parties = now.decision_makers
        self.moved = then.conflict.status_quo != now.conflict.status_quo
        self.held = tuple(self._held())
        self.items = tuple(item for dm in self.parties for item in self._judged(dm))

    def lead(self) -> tuple[Sentence, ...]:
        """Which state it is, where that is another, and under what it is an equilibrium only now, or only before."""
        if not self.moved:
            return self.held
        choice = self.now.space.choice(self.after.state)
        return (Sentence(f"The status quo is another state now: {choice}.", (self.after.state,)), *self.held)

    def _held(self) -> Iterator[Sentence]:
        pairs = {key: (self.before.holds(key, self.parties), self.after.holds(key, self.parties)) for key in self.concepts}
        for pair, now, then in (((False, True), "an", "was not"), ((True, False), "no", "was")):
            if ways := [key for key, one in pairs.items() if one == pair]:
                yield Sentence(f"The status quo is {now} equilibrium now under {listing(ways)}, and {then} before.", (self.after.state,))

    def _judged(self, dm: str) -> Iterator[Sentence]:
        pairs = {key: (self.before.verdicts.get(key, {}).get(dm), self.after.verdicts.get(key, {}).get(dm)) for key in self.concepts}
        for pair, now, then in (((False, True), "stay", "left"), ((True, False), "leave", "stayed")):
            if ways := [key for key, one in pairs.items() if one == pair]:
                text = f"{self.now.party(dm)} would {now} now, and would have {then} before, under {listing(ways)}"
                yield Sentence(text, (self.after.state,), (f"decision makers/{dm}",))

    def unknown(self) -> Iterator[Part]:
        """How many verdicts are not known."""
        for judged, when in ((self.after, "now"), (self.before, "before")):
            known = sum(len(judged.verdicts.get(key, {})) for key in self.concepts)
            left = len(self.concepts) * len(self.parties) - known
            if left:
                yield Part((Sentence(f"{plural(left, 'verdict')} on the status quo {_are(left)} not known {when}."),))


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
