"""The figures of a report with their captions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from detente.analysis.basins import condensed
from detente.errors import LimitError
from detente.preference.order import Order, ranked
from detente.report.condensed import HEADING, box_of, caption_of, drawn, reduced
from detente.report.content import Figure, Path
from detente.report.drawing import whole
from detente.report.gathering import Data, Notes
from detente.report.links import Link, orders_of
from detente.report.neighbourhood import Marked, around, branches
from detente.report.ordering import MAX_STATES, Ordered, ordering
from detente.report.palette import Party
from detente.report.strip import Leg, Stop, strip
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import plural

PREFERRED = "SEQ"
"""The concept whose equilibria are marked in drawings, where it was asked for."""
MAX_LEADING = 1 << 17
"""Most states of which it is drawn where improvements lead."""


def _set_of(space: StateSpace, states: Iterable[int]) -> Marked:
    return space.set_of(*states) if space.is_listed else frozenset(states)


class Figures:
    """Draws for one report.

    Parameters
    ----------
    space, parties
        The states, and the decision makers as they are shown.
    analysis
        The document of the analysis.
    equilibria
        For each concept all equilibria; concepts that are missing here are taken from the analysis, as far as it lists them.
    selectable
        Whether states and moves in drawings carry what tells them apart; see `detente.report.drawing.whole`.
    """

    def __init__(
        self, space: StateSpace, parties: Sequence[Party], analysis: Data, equilibria: Mapping[str, StateSet], selectable: bool = False
    ) -> None:
        self._selectable = selectable
        self.space, self.parties, self.analysis = space, parties, analysis
        listed = {key: _set_of(space, map(space.state, ids)) for key, ids in analysis["equilibria"].items()}
        self._known: dict[str, Marked] = {**listed, **equilibria}

    @cached_property
    def orders(self) -> dict[str, Order]:
        """Each decision maker's order over the states."""
        return orders_of(self.space)

    @cached_property
    def under(self) -> str | None:
        """The concept whose equilibria get a double ring; None where no concept's are known."""
        asked = [c["key"] for c in self.analysis["concepts"] if c["key"] in self._known]
        return PREFERRED if PREFERRED in asked else next(iter(asked), None)

    @cached_property
    def marked(self) -> Marked:
        """The states with a double ring."""
        return self._known[self.under] if self.under is not None else _set_of(self.space, ())

    @property
    def _ring(self) -> str:
        return f"A double outline marks an equilibrium under {self.under}. " if self.under else ""

    def states(self) -> Figure | None:
        """All states in one picture if it can be read, otherwise what each decision maker could do from the status quo."""
        shown = self.analysis.get("shown", ())
        state = self.space.status_quo if self.space.status_quo is not None else self.space.state(shown[0]["id"]) if shown else None
        return self.whole() or (None if state is None else self.around(state))

    def whole(self) -> Figure | None:
        """All states and moves in one picture; None if it can't be read."""
        marked = self.marked
        if not isinstance(marked, StateSet):
            return None
        drawn = whole(self.space, self.orders, self.parties, marked, self.under or "", selectable=self._selectable)
        if drawn is None:
            return None
        left_out = " Moves that are no improvement are left out." if drawn.improvements_only else " Hollow arrowheads: other moves."
        caption = (
            "Every move runs along its mover's own direction. Coloured lines with a filled arrowhead and the mover's letter: "
            "improvements."
            f"{left_out} {self._ring}The triangle ▸ points at the status quo."
        )
        return Figure(drawn.svg, "States and moves", caption.replace("  ", " "), tuple(self._rows(drawn.moves)))

    def leading(self) -> Figure | None:
        """Where improvements lead, in groups of states; None where all states are drawn, or are too many to be looked through here."""
        if not self.space.is_listed or self.space.states.count > MAX_LEADING or self.whole() is not None:
            return None
        try:
            found = condensed(self.space)
        except LimitError:
            return None
        boxes = [box_of(self.space, found, place) for place in range(len(found.groups))]
        rows = [
            (boxes[lead.start], party.name, boxes[lead.end], f"an improvement, from {plural(lead.by[party.key], 'state')}")
            for lead in reduced(found.leads)
            for party in self.parties
            if party.key in lead.by
        ]
        return Figure(drawn(self.space, self.parties, found, selectable=self._selectable), HEADING, caption_of(found), tuple(rows))

    def around(self, state: int, instead: bool = True) -> Figure | None:
        """What each decision maker could do from a state; None if too many changes would have to be looked at.

        `instead` says that it stands in for a picture of all states, which could not be read.
        """
        svg = around(self.space, self.orders, self.parties, state, self.marked, self.under or "", selectable=self._selectable)
        found = branches(self.space, self.orders, self.parties, state, self.marked)
        if svg is None or found is None:
            return None
        number = self.space.number(state)
        caption = (
            "For each decision maker: their improvements, the best for them first (at most three "
            "are drawn, with a coloured arrow), then moves to named states and to equilibria (pale arrow), or the most preferred of the "
            f"other moves where there is none of these. + is taken up, − given up, ± left open. {self._ring}"
        )
        caption = ("All states together could not be read. " if instead else "") + caption
        caption += "The triangle ▸ marks the status quo." if state == self.space.status_quo else ""
        rows = [
            (
                f"{number:,}",
                branch.party.name,
                f"{self.space.number(target):,}",
                "an improvement" if target in branch.better else "no improvement",
            )
            for branch in found
            for target in branch.shown
        ]
        return Figure(svg, f"Moves from state {number:,}", caption.strip(), tuple(rows))

    def _rows(self, moves: Sequence[Link]) -> list[tuple[str, str, str, str]]:
        names = {party.key: party.name for party in self.parties}
        place = {name: i for i, name in enumerate(names.values())}  # by the order of the parties, not by how they are called
        rows = []
        for link in moves:
            a, b = self.space.number(link.start), self.space.number(link.end)
            ways = [(a, b, link.gain)] * link.forth + [(b, a, -link.gain)] * link.back
            words = {1: "an improvement", 0: "as good for them", -1: "worse for them"}
            rows += [(start, names[link.mover], end, words[gain]) for start, end, gain in ways]
        return [
            (f"{start:,}", mover, f"{end:,}", kind)
            for start, mover, end, kind in sorted(rows, key=lambda row: (row[0], place[row[1]], row[2]))
        ]

    def preferred(self) -> Figure | None:
        """The states that the analysis shows, in each decision maker's order; None where there is nothing to compare."""
        shown = self.analysis.get("shown", ())[:MAX_STATES]
        if len(shown) < 2:
            return None
        now = self.analysis["conflict"]["status_quo"]
        ranks = self._ranks([state["id"] for state in shown if not state["rank"]])
        states = [
            Ordered(state["id"], state["id"] == now, self.space.state(state["id"]) in self.marked, state["rank"] or ranks[state["id"]])
            for state in shown
        ]
        left = "What stands to the left of ▸ is better for them than the status quo. " if any(s.status_quo for s in states) else ""
        caption = f"Equal signs join what they value alike. Distances say nothing about how strongly somebody prefers. {left}{self._ring}"
        legend = tuple((state["id"], state.get("name") or ("the status quo" if state["id"] == now else "")) for state in shown)
        return Figure(
            ordering(states, self.parties, "order"),
            "What each prefers among these states",
            caption.strip(),
            legend=tuple((number, name) for number, name in legend if name),
        )

    def _ranks(self, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
        """The ranks of some states among one another, for each decision maker."""
        found: dict[int, dict[str, int]] = {number: {} for number in numbers}
        for dm, order in self.orders.items():
            for number, rank in ranked({number: order.key(self.space.state(number)) for number in numbers}).items():
                found[number][dm] = rank
        return found

    def strip_key(self) -> str:
        """How to read the strips of paths."""
        return (
            "In the drawings of ways: under each state its rank for every decision maker, 1 being the most preferred; ▲ better, ▼ worse "
            f"for them than the state before. A dashed arrow is a step by which its mover gains nothing at once. {self._ring}"
        ).strip()

    # -- paths ---------------------------------------------------------------------------------------------------------
    def path(self, document: Data, notes: Notes, number: int) -> Path:
        """A way from one state to another, with its strip: of improvements if there is one, else of any moves."""
        end = document["end"]
        heading = f"To state {end['id']:,}" + (f", {end['name']}" if end.get("name") else "")
        figures: list[Figure] = []
        for kind, words in (("improvements", "by improvements alone"), ("moves", "by any moves")):
            route = document.get(kind)
            if route and route["steps"] and not figures:
                figures.append(self._strip(route, f"path-{number}", words))
        return Path(heading, notes.blocks(document.get("paragraphs", ())), tuple(figures))

    def _strip(self, route: Data, name: str, words: str) -> Figure:
        stops = [
            Stop(state["id"], state.get("name"), self.space.state(state["id"]) in self.marked, state["rank"]) for state in route["states"]
        ]
        legs = [
            Leg(step["by"], (step["rank_before"] > step["rank_after"]) - (step["rank_before"] < step["rank_after"]))
            for step in route["steps"]
        ]
        caption = f"A shortest way {words}."
        return Figure(
            strip(stops, legs, self.parties, name), f"From state {stops[0].number:,} to state {stops[-1].number:,}", caption.strip()
        )
