"""The section of a report on how it would go on: which ways the flow shows, and how it is to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.explain.likelihood import SCALE_SOURCE, chance
from detente.report.content import Figure
from detente.report.flow import Arrow, Node, flow
from detente.report.gathering import Data
from detente.report.palette import Party
from detente.report.plain import cut
from detente.report.standalone import standalone

MOST_ENDS = 6
"""Most ends to which a flow shows a way."""
FIRST_MOVES = 2
"""First moves of each decision maker that are shown where nobody has an improvement."""
MOST_FIRST = 8
"""Most first moves that are shown in all."""


def evolution_figure(document: Data, parties: Sequence[Party], name: str = "flow", *, selectable: bool = False) -> Figure | None:
    """The flow of a document `detente.evolution/1` (as JSON data); None where there is no way to show.

    Parameters
    ----------
    document
        The document.
    parties
        The decision makers as they are shown.
    name
        Beginning of the identifiers in the drawing, unique on the page.
    selectable
        Whether states in it carry their numbers; see `detente.report.flow.flow`.
    """
    names = {state["id"]: state.get("name") for state in (*document["states"], document["start"])}
    if document["stays"]:
        start, caption = _what_if(document, names), _WHAT_IF
    else:
        start, caption = _ways(document, names), _WAYS
    if start is None:
        return None
    if any(end["likelihood"] for end in document["ends"]):
        caption = f"{caption} Words for likelihoods with their ranges: {SCALE_SOURCE}."
    return Figure(
        flow(start, parties, name, selectable),
        "The most probable ways" if not document["stays"] else "What first moves would lead to",
        caption,
    )


_WAYS = (
    "Left to right, a most probable way to each end. On an arrow stands who moves, and how probable that move is as the next one, in this "
    "model and with the weights named above; moves that are not on these ways are left out. A double border: an end, which is left by no "
    "improvement, or a round that is never left. The bar is the probability of the end, by all ways together."
)
_WHAT_IF = (
    "Nobody has an improvement here. Dashed arrows: first moves that are no improvement for whoever makes them, the smallest changes of "
    "each; then where improvements would end, with their probability in this model. No expectation that anybody makes such a move."
)


def _ways(document: Data, names: Mapping[int, str | None]) -> Node | None:
    """The tree of the ways to the ends."""
    shown = [end for end in document["ends"] if end["way"]][:MOST_ENDS]
    if not shown:
        return None
    tree: dict[tuple[int, ...], dict[tuple[str, int], float]] = {}
    ends: dict[tuple[int, ...], Data] = {}
    start = int(document["start"]["id"])
    for end in shown:
        here: tuple[int, ...] = (start,)
        for step in end["way"]:
            tree.setdefault(here, {})[step["by"], step["to"]] = step["probability"]
            here = (*here, step["to"])
        ends[here] = end
    several = len(document["ends"]) > 1

    def node(here: tuple[int, ...]) -> Node:
        end = ends.get(here)
        after = tuple((Arrow(by, chance(p), True), node((*here, to))) for (by, to), p in tree.get(here, {}).items())
        if end is None:
            return Node(here[-1], names.get(here[-1]), False, after=after)
        share = end["probabilities"][0]
        lines = [chance(share), *([end["likelihood"]] if end["likelihood"] else [])] if several else []
        lines += [f"round of {len(end['states'])} states"] if len(end["states"]) > 1 else []
        return Node(here[-1], names.get(here[-1]), True, share if several else None, tuple(lines), after)

    return node((start,))


def _what_if(document: Data, names: Mapping[int, str | None]) -> Node | None:
    """The tree of some first moves and of where they lead."""
    chosen: list[dict[str, Any]] = []
    for by in dict.fromkeys(one["by"] for one in document["first_moves"] or ()):
        chosen += [one for one in document["first_moves"] if one["by"] == by][:FIRST_MOVES]
    if not chosen:
        return None
    start = document["start"]
    after = tuple((Arrow(one["by"], "", False), _after(one, names, start["id"])) for one in chosen[:MOST_FIRST])
    return Node(start["id"], start.get("name"), True, after=after)


def _after(one: Data, names: Mapping[int, str | None], start: int) -> Node:
    ends = one["ends"]
    stays = len(ends) == 1 and ends[0]["states"] == [one["to"]]
    said = [f"{_end(end, start)}: {chance(end['probability'])}" for end in ends[:2]]
    if len(ends) > 2:
        said.append(f"{len(ends) - 2} more: {chance(sum(end['probability'] for end in ends[2:]))}")
    told = ["then nobody has an improvement"] if stays else said
    return Node(one["to"], names.get(one["to"]), stays, None, (cut(one["change"], 26), *told))


def _end(end: Data, start: int) -> str:
    if end["states"] == [start]:
        return f"back to {start:,}"
    return f"ends at {end['states'][0]:,}" if len(end["states"]) == 1 else f"round of {len(end['states'])}"


def flow_file(document: Data, parties: Sequence[Party]) -> str | None:
    """The flow as the text of a file of its own, with its style; None where there is no way to show."""
    found = evolution_figure(document, parties)
    return None if found is None else standalone(found.svg)
