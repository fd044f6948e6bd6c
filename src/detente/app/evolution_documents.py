"""The parts of the answer of `evolve`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.answers import ElementPart
from detente.app.document_base import Document, Part, Whole
from detente.app.documents import ConflictPart, DecisionMakerPart, ParagraphPart, StatePart


class ReadingPart(Part):
    """One way to read who moves and where to.

    `source` says where the weights come from: "stated" in the file, "given" with the question, "equal" where nobody says anything.
    `choice` is "any" where a mover takes each improvement as often as any other, "best" where one that they prefer most.  `residual` is
    null where the figures are exact; otherwise the greatest amount by which the visits to some state do not balance.
    """

    source: Literal["stated", "given", "equal"]
    choice: Literal["any", "best"]
    weights: dict[str, str]
    expected_moves: float
    residual: float | None


class StepTakenPart(Part):
    """One move of a way: by whom, to which state, with which probability it comes next."""

    by: str
    to: Whole
    probability: float


class EndPart(Part):
    """Where it can end: a state that is left no more, or several that lead to one another and to no other.

    `probabilities` has one entry for each reading; `exact` holds those of the first reading as a ratio, null where it is not exact.
    `least` and `greatest` are over the grid of weights, null where there is none or the end is one of a baseline only.  `likelihood` is
    the word of ICD 203 with its range, null where the weights have no source in the file, or the scale has no word.  `way` is a most
    probable way there in the first reading, null where that does not end there.
    """

    states: tuple[Whole, ...]
    probabilities: tuple[float, ...]
    exact: str | None
    least: float | None
    greatest: float | None
    likelihood: str | None
    way: tuple[StepTakenPart, ...] | None


class StandsPart(Part):
    """A state and the probability that it stands there."""

    state: Whole
    probability: float


class RoundPart(Part):
    """Where it stands after some moves (of many states the most probable), and with which probability it has ended by then."""

    moves: int
    states: tuple[StandsPart, ...]
    more: int
    ended: float


class SweptPart(Part):
    """The grid of weights: among whom, in how many equal parts, how many weightings; the least and greatest expected number of moves.

    Everybody has one part, and the others are given in lots of `lot` parts.
    """

    movers: tuple[str, ...]
    parts: int
    lot: int
    count: int
    expected_moves: tuple[float, float]


class FirstPassagePart(Part):
    """Whether one of some states is ever reached: how many they are, with which probability, and within one move, two and so on.

    `expected_moves` counts until then, and is null where it is not certain that one is reached.
    """

    asked: str
    states: int
    probability: float
    within: tuple[float, ...]
    expected_moves: float | None


class ReachedPart(Part):
    """An end, and its probability: in the first reading, with equal weights, and the least and the greatest over the grid of weights.

    `least` and `greatest` are null where there is no grid, or the end is not reached with equal weights.
    """

    states: tuple[Whole, ...]
    probability: float
    equal: float
    least: float | None
    greatest: float | None


class FirstMovePart(Part):
    """A first move that is no improvement, and where improvements would end after it.

    `change` says in words which options it takes up or gives up; `back` is the probability that it ends where it began.
    """

    by: str
    to: Whole
    change: str
    effect: Literal["loss", "neither"]
    back: float
    ends: tuple[ReachedPart, ...]
    swept: SweptPart | None


class EvolutionDocument(Document):
    """The answer of `evolve`: how the conflict would go on from a state, in the model.

    `stays` says that the chain does not leave the state; `readings` holds the reading that was asked for, then the baselines;
    `first_moves` what would follow moves that are no improvement, null where the state is left by one, or they are too many to follow.
    Of many those that change the fewest options are followed; `first_moves_in_all` counts all.
    """

    schema_: Literal["detente.evolution/1"] = Field(default="detente.evolution/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    start: StatePart
    moves: Literal["improving", "any"]
    stays: bool
    readings: tuple[ReadingPart, ...]
    ends: tuple[EndPart, ...]
    rounds: tuple[RoundPart, ...]
    swept: SweptPart | None
    first_passages: tuple[FirstPassagePart, ...]
    first_moves_in_all: int
    first_moves: tuple[FirstMovePart, ...] | None
    checked: bool
    confidence: Literal["low", "moderate"] | None
    states: tuple[StatePart, ...]
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html(self.paragraphs)
