"""How a conflict would go on, in tables: from the document to words, every probability beside what the baselines give."""

from __future__ import annotations

from collections.abc import Mapping

from detente.explain.likelihood import between, chance
from detente.report.gathering import Data
from detente.report.told import Line, Told, at_most, cells
from detente.text import plural

NAMED = 6
"""Most states of one end that are named."""
FROM = {
    "stated": "The weights of the file: the greater, the more often somebody is the next to move.",
    "given": "The weights given with the question: the greater, the more often somebody is the next to move.",
    "equal": "Nobody states how often each moves, so everybody who can move is the next one equally often: a baseline, no finding.",
}
"""Where weights come from, and how they are to be read."""
EFFECTS = {"loss": "worse for them", "neither": "neither better nor worse for them"}
"""What a first move that is no improvement is to whoever makes it."""


def going_on_tables(document: Data) -> tuple[Told, ...]:
    """The tables of a document `detente.evolution/1` (as JSON data): those that have rows.

    >>> from detente.app.evolving import evolve
    >>> found = going_on_tables(evolve("chicken", start="CC", movers="Row=2,Column=1").data())
    >>> [table.key for table in found]
    ['ends', 'rounds', 'weights']
    >>> [[line.text for cell in row for line in cell] for row in found[0].rows][0]
    ['state 2 (“DC”)', '66.7%', '50%', '66.7%', 'from 8.3% to 91.7%', '1 ─Row▸ 2']
    """
    told = _Words(document)
    made = (told.ends(), told.rounds(), told.passages(), told.first_moves(), told.weights())
    return tuple(table for table in made if table.rows)


class _Words:
    """The tables on one document."""

    def __init__(self, document: Data) -> None:
        self.document = document
        self.names: Mapping[int, str | None] = {one["id"]: one.get("name") for one in (*document["states"], document["start"])}
        self.parties: Mapping[str, str] = {one["key"]: one["name"] for one in document["decision_makers"]}

    def state(self, number: int) -> str:
        name = self.names.get(number)
        return f"state {number:,}" + (f" (“{name}”)" if name else "")

    def end(self, states: tuple[int, ...]) -> Line:
        """An end: a state that is left no more, or several that it goes round in."""
        if len(states) == 1:
            return Line(self.state(states[0]), states=tuple(states))
        shown = f": {', '.join(map(self.state, states))}" if len(states) <= NAMED else ""
        return Line(f"{len(states):,} states round and round{shown}", states=tuple(states[:NAMED]))

    def reading(self, reading: Data) -> str:
        if reading["choice"] == self.document["readings"][0]["choice"]:
            return "with equal weights"
        return "if each takes what they prefer most" if reading["choice"] == "best" else "if each takes any improvement"

    def ends(self) -> Told:
        found, over = self.document, self.document["swept"]
        grid = [] if over is None else [f"over {over['count']} weightings"]
        rows = []
        for one in () if found["stays"] else found["ends"]:
            first, *others = one["probabilities"]
            word = f", {one['likelihood']}" if one["likelihood"] else ""
            swept = "–" if one["least"] is None else between(one["least"], one["greatest"])
            way = "–" if not one["way"] else f"{found['start']['id']:,}" + "".join(f" ─{step['by']}▸ {step['to']:,}" for step in one["way"])
            states = tuple(step["to"] for step in one["way"] or ())
            rows.append(
                cells(
                    self.end(one["states"]),
                    Line(f"{chance(first)}{word}", first, solid=True),
                    *(Line(chance(value), value) for value in others),
                    *([swept] if grid else []),
                    Line(way, states=states),
                )
            )
        beside = [self.reading(one) for one in found["readings"][1:]]
        return Told(
            "ends",
            "Where it ends",
            "The probability of each end in this model and with these weights, beside what the baselines say. Nothing is said of when.",
            ("End", "how probable", *beside, *grid, "a most probable way there"),
            tuple(rows),
        )

    def rounds(self) -> Told:
        rows = []
        for one in self.document["rounds"]:
            lines: list[Line | str] = [
                Line(f"{self.state(each['state'])} {chance(each['probability'])}", each["probability"], states=(each["state"],))
                for each in one["states"]
            ]
            more = [f"and {plural(one['more'], 'less probable state')}"] if one["more"] else []
            rows.append(cells(f"after {plural(one['moves'], 'move')}", (*lines, *more), chance(one["ended"])))
        expected = self.document["readings"][0]["expected_moves"]
        return Told(
            "rounds",
            "The next moves",
            f"Where it stands after each of the next moves, and whether it has ended by then. Moves expected until then: {expected:.1f}.",
            ("When", "where it stands", "ended by then"),
            tuple(rows),
        )

    def passages(self) -> Told:
        rows = [
            cells(
                one["asked"],
                plural(one["states"], "state"),
                Line(chance(one["probability"]), one["probability"]),
                [
                    Line(f"within {plural(moves, 'move')} {chance(share)}", share)
                    for moves, share in enumerate(one["within"][:NAMED], start=1)
                ],
                "not certain that it comes there" if one["expected_moves"] is None else f"{one['expected_moves']:.1f}",
            )
            for one in self.document["first_passages"]
        ]
        return Told(
            "passages",
            "Whether it ever comes there",
            "Of what was asked about, whether it is ever reached, whatever comes after.",
            ("What was asked", "that is", "ever", "soon", "moves expected until then"),
            tuple(rows),
        )

    def first_moves(self) -> Told:
        start = self.document["start"]["id"]
        rows = [
            cells(
                self.parties[one["by"]],
                Line(self.state(one["to"]), states=(one["to"],)),
                one["change"],
                EFFECTS[one["effect"]],
                Line(chance(one["back"]), one["back"]),
                at_most([self.reached(each) for each in one["ends"] if each["states"] != [start]], "end") or "nowhere else",
            )
            for one in self.document["first_moves"] or ()
        ]
        followed, in_all = len(rows), self.document["first_moves_in_all"]
        some = f" Of {in_all:,} those that change the fewest options were followed." if followed < in_all else ""
        return Told(
            "first moves",
            "What first moves would lead to",
            "What if somebody moved first although it is no improvement for them? No expectation that anybody does: it says where "
            f"improvements would lead after that.{some}",
            ("Who", "to", "what changes", "the move is", "it ends where it began", "it ends elsewhere"),
            tuple(rows),
        )

    def reached(self, end: Data) -> Line:
        where = self.end(end["states"])
        swept = "" if end["least"] is None or end["least"] == end["greatest"] else f", {between(end['least'], end['greatest'])}"
        beside = "" if self.document["readings"][0]["source"] == "equal" else f", with equal weights {chance(end['equal'])}"
        over = f" over {self.document['first_moves'][0]['swept']['count']} weightings" if swept and self._grid else ""
        return Line(f"{where.text} {chance(end['probability'])}{beside}{swept}{over}", end["probability"], states=where.states)

    @property
    def _grid(self) -> bool:
        return bool(self.document["first_moves"] and self.document["first_moves"][0]["swept"])

    def weights(self) -> Told:
        first = self.document["readings"][0]
        rows = [cells(self.parties.get(key, key), weight) for key, weight in first["weights"].items()]
        return Told("weights", "How often each moves", FROM[first["source"]], ("Who", "weight"), tuple(rows))
