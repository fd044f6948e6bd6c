"""What would change a conflict, and the answers to its questions, as a report shows them: made from their documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.explain.unlocking import KINDS, behaviour, crossing
from detente.report.content import Block, Said
from detente.report.gathering import Data, Notes
from detente.report.palette import Party

SHOWN = 3
"""How many levers of one kind are shown at once; further ones are folded."""


@dataclass(frozen=True, slots=True)
class LeverView:
    """A lever: its cost in words, whose preference or move it is, whether it is proven smallest, its sentence and its reasons."""

    counted: str
    by: tuple[Party, ...]
    smallest: bool
    said: Said
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The levers of one kind for one goal, and how far the search went."""

    kind: str
    says: str
    levers: tuple[LeverView, ...]
    more: tuple[LeverView, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class GoalView:
    """Something to be had: what it is called, whether it holds already, and the kinds of levers; `none` are those with a proof of none.

    `left_out` are kinds that were not looked for here, `unlisted` those that can't be looked for in a conflict of this size.
    """

    heading: str
    holding: str
    searches: tuple[SearchView, ...]
    none: tuple[str, ...]
    left_out: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeversView:
    """All goals, under which behaviour, what was looked for, and what can't be in a conflict of this size."""

    behaviour: str
    answer: tuple[Said, ...]
    goals: tuple[GoalView, ...]
    kinds: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """A question of the file, its answer in a sentence, and what that rests on."""

    asks: str
    verdict: Said
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ComparedView:
    """What a source concludes, by whom and where, and what the model gives."""

    says: str
    cited: str
    result: str
    in_words: str
    said: Said
    why: str | None


KEPT = 12
"""How many levers of one kind are on the page at all."""


def levers_view(document: Data | None, notes: Notes, parties: Sequence[Party]) -> LeversView | None:
    """What would change the conflict, from the document of `unlock`; None where there is none.

    >>> levers_view(None, Notes({}), ()) is None
    True
    """
    if document is None:
        return None
    by_key = {party.key: party for party in parties}
    goals = tuple(_goal(goal, notes, by_key, document["profile"]) for goal in document["goals"])
    unlisted = {name for goal in goals for name in goal.unlisted}
    return LeversView(
        behaviour(document["profile"]),
        tuple(map(notes.said, document["answer"])),
        goals,
        tuple(KINDS[kind] for kind in document["kinds"] if KINDS[kind] not in unlisted),
        tuple(KINDS[kind] for kind in document["kinds"] if KINDS[kind] in unlisted),
    )


def _goal(goal: Data, notes: Notes, parties: Mapping[str, Party], profile: Mapping[str, str]) -> GoalView:
    unlisted = tuple(KINDS[search["kind"]] for search in goal["searches"] if search["stopped"] == "unlisted")
    found = [search for search in goal["searches"] if search["stopped"] != "unlisted" and (search["levers"] or not search["proven"])]
    none = tuple(KINDS[search["kind"]] for search in goal["searches"] if not search["levers"] and search["proven"])
    left_out = tuple(KINDS[kind] for kind in goal["unsought"])
    holding = ""
    if goal["target"] is not None:
        holding = f"It {'holds' if goal['holds'] else 'does not hold'} {behaviour(profile)} as things are.{crossing(goal['crosses'])}"
    return GoalView(goal["called"]["text"], holding, tuple(_search(search, notes, parties) for search in found), none, left_out, unlisted)


def _search(search: Data, notes: Notes, parties: Mapping[str, Party]) -> SearchView:
    levers = tuple(_lever(lever, notes, parties) for lever in search["levers"][:KEPT])
    first = len({tuple(lever["by"]) for lever in search["levers"] if lever["cost"] == search["levers"][0]["cost"]})
    shown = max(SHOWN, first)  # one for everybody whom a lever of the least cost asks to act
    return SearchView(KINDS[search["kind"]], search["says"]["text"], levers[:shown], levers[shown:], max(0, search["count"] - KEPT))


def _lever(lever: Data, notes: Notes, parties: Mapping[str, Party]) -> LeverView:
    verdict, *rest = lever["paragraphs"]
    by = tuple(parties[key] for key in lever["by"] if key in parties)
    smallest = lever["smallest"] and lever["kind"] != "plan"  # of plans it is known only among the means considered
    return LeverView(lever["counted"], by, smallest, notes.said(verdict["sentences"][0]), notes.blocks(rest))


def answers_view(document: Data | None, notes: Notes) -> tuple[tuple[AnsweredView, ...], tuple[ComparedView, ...]]:
    """The answers to the questions of a file, and the comparison with its sources, from the document of `answer`.

    >>> answers_view(None, Notes({}))
    ((), ())
    """
    if document is None:
        return (), ()
    answers = []
    for one in document["answers"]:
        verdict, *rest = one["paragraphs"]
        answers.append(AnsweredView(one["asks"], notes.said(verdict["sentences"][0]), notes.blocks(rest)))
    compared = [
        ComparedView(part["says"], part["cited"], part["result"], part["in_words"], notes.said(part["sentence"]), part["why"])
        for part in document["compared"]
    ]
    return tuple(answers), tuple(compared)
