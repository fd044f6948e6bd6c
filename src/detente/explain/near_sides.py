"""In what two sides differ on the status quo, in words, where the states of one are too many to be listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.sides import Way, only_one
from detente.explain.telling import At, Side, Telling
from detente.explain.words import Words
from detente.text import listing, plural

LARGE = "The states are too many to be listed, so that only the status quo is asked about"


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

    def agrees(self, other: Judged) -> bool:
        """Whether an `other` is the same state, and no verdict that is known of both is another.

        >>> one = Judged(3, {"SEQ": {"A": True}})
        >>> one.agrees(Judged(3, {"SEQ": {"B": False}})), one.agrees(Judged(3, {"SEQ": {"A": False}}))
        (True, False)
        """
        known = [(self.stays(key, dm), stays) for key, verdicts in other.verdicts.items() for dm, stays in verdicts.items()]
        return self.state == other.state and all(mine in (None, theirs) for mine, theirs in known)

    def stays(self, key: str, dm: str) -> bool | None:
        """Whether a decision maker (`dm`) stays under a concept (`key`); None where that is not known."""
        return self.verdicts.get(key, {}).get(dm)

    def holds(self, key: str, parties: Sequence[str]) -> bool | None:
        """Whether everybody of the `parties` stays under a concept (`key`); None where that is not known."""
        found = [self.stays(key, dm) for dm in parties]
        return False if False in found else None if None in found else True


def near_account(
    judged: tuple[Judged | None, Judged | None], concepts: Sequence[str], words: tuple[Words, Words], telling: Telling
) -> Explanation:
    """In what the verdicts on the status quo differ; nothing else is asked where the states are too many to be listed.

    Parameters
    ----------
    judged
        The status quo of the two sides; None where there is none.
    concepts
        The keys of the concepts that were asked about.
    words
        The words of the two sides.
    telling
        How the two are told.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.explain.changing import CHANGE
    >>> from detente.explain.difference import DIFFERENCE
    >>> from detente.space.states import StateSpace
    >>> words = Words(StateSpace(load("elmira")))
    >>> judged = tuple(Judged(1, {"SEQ": {"MoE": True, "Uniroyal": True, "Local": local}}) for local in (True, False))
    >>> for telling in (CHANGE, DIFFERENCE):
    ...     for part in near_account(judged, ["SEQ"], (words, words), telling).parts:
    ...         print(*(sentence.text for sentence in (*part.lead, *part.items)), sep=" / ")
    The status quo is no equilibrium now under SEQ, and was before. / Local would leave now, and would have stayed before, under SEQ
    The status quo is an equilibrium under SEQ only in the first. / Local under SEQ: would stay in the first, and leave in the second
    """
    one, other = judged
    if one is None or other is None:
        said = telling.near_none if one is other else telling.near_quo_only[1 if one is None else 0]
        return Explanation(Sentence(f"{LARGE}; {said}.", () if other is None else (other.state,)))
    near = _Near((one, other), concepts, words, telling)
    lead, items, unknown = tuple(near.lead()), tuple(near.items()), tuple(near.unknown())
    if lead or items:
        return Explanation(Sentence(f"{LARGE}: {telling.near_differs}.", (other.state,)), (Part(lead, items), *unknown))
    shared = set(near.parties[0]) == set(near.parties[1])
    known = telling.near_known if unknown else "everybody's verdict on it" if shared else telling.near_shared
    return Explanation(Sentence(f"{LARGE}: {known} {near.under(concepts)} {telling.near_alike}.", (other.state,)), unknown)


class _Near:
    """The sentences on one status quo on two sides."""

    def __init__(self, judged: tuple[Judged, Judged], concepts: Sequence[str], words: tuple[Words, Words], telling: Telling) -> None:
        self.judged, self.concepts, self.words, self.telling = judged, concepts, words, telling
        self.parties = tuple(each.decision_makers for each in words)
        self.links = (judged[1].state,)

    def under(self, ways: Sequence[Way]) -> str:
        """Under which concepts."""
        return f"under {listing(ways)}"

    def lead(self) -> Iterator[Sentence]:
        """Which state it is, where that is another, and under what it is an equilibrium on one side only, as far as that is known."""
        one, other = self.words
        if one.conflict.status_quo != other.conflict.status_quo:
            at = [At.of(words, judged.state) for words, judged in zip(self.words, self.judged, strict=True)]
            yield Sentence(self.telling.near_moved.format(*at), self.links)

        def holds(side: Side, way: Way) -> bool | None:
            return self.judged[side].holds(str(way), self.parties[side])

        for words, ways in only_one(self.telling.held, self.telling.order, self.concepts, holds):
            yield Sentence(words.format(called="The status quo", under=self.under(ways)), self.links)

    def items(self) -> Iterator[Sentence]:
        """Under what each decision maker that both have stays on one side only."""
        first, second = self.parties
        for dm in (dm for dm in second if dm in first):

            def stays(side: Side, way: Way, dm: str = dm) -> bool | None:
                return self.judged[side].stays(str(way), dm)

            for words, ways in only_one(self.telling.stays, self.telling.order, self.concepts, stays):
                text = words.format(dm=self.words[1].party(dm), under=self.under(ways))
                yield Sentence(text, self.links, (f"decision makers/{dm}",))

    def unknown(self) -> Iterator[Part]:
        """How many verdicts are not known."""
        for side in self.telling.order:
            known = sum(len(self.judged[side].verdicts.get(key, {})) for key in self.concepts)
            if left := len(self.concepts) * len(self.parties[side]) - known:
                are = f"{'is' if left == 1 else 'are'} not known {self.telling.where[side]}"
                yield Part((Sentence(f"{plural(left, 'verdict')} on the status quo {are}."),))
