"""The language of movers: how often each decision maker moves next (see `detente.io.language`)."""

from __future__ import annotations

from detente.model.mover import MAX_WEIGHT, Movers
from detente.model.shape import Decimal, Field, Noun, Record, Table, Text
from detente.model.written import BASIS

MOVERS = Record(
    "a record of movers",
    (
        Field(
            "weights",
            Table(Noun.DECISION_MAKER, Decimal(0, MAX_WEIGHT), new=False),
            "For each decision maker who owns an option how often they move next; weights count by their proportions.",
            required=True,
        ),
        Field("says", Text(), "The judgement in words."),
        Field("basis", BASIS, "What the weights rest on; nothing is worked out from weights without a source.", required=True),
    ),
    make=Movers,
)
"""Who moves next."""
