"""Possible and necessary stability: under some, or under all, weak orders that agree with what is known of everybody (own).

A completion gives each decision maker a weak order of the states in which every two states compare as the order of the model has it,
except those whose comparison is unknown; these compare in any way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from .changed import Changed
from .concepts import DEFINITIONS
from .orders import Levels, compared, keys, levels, weak_orders
from .pairs import PairModel


def completions(pairs: PairModel, i: str) -> list[Levels]:
    """Every weak order of i that keeps what is known."""
    model = pairs.model
    own = levels(model.keys[i])
    known = [(s, t) for s, t in combinations(model.numbers, 2) if not pairs.unknown(i, s, t)]
    return [order for order in weak_orders(len(model.numbers)) if all(compared(order, s, t) == compared(own, s, t) for s, t in known)]


def completed(pairs: PairModel) -> Iterator[Changed]:
    """The model under every choice of a completion for each decision maker."""
    everybody = pairs.model.decision_makers
    for orders in product(*(completions(pairs, i) for i in everybody)):
        yield Changed(pairs.model, {i: keys(order) for i, order in zip(everybody, orders, strict=True)})


def stable_under(pairs: PairModel, key: str, i: str) -> Sequence[set[int]]:
    """For every completion the states that are stable for i."""
    return [{s for s in model.numbers if DEFINITIONS[key](model, i, s)} for model in completed(pairs)]


def equilibria_under(pairs: PairModel, key: str) -> Sequence[set[int]]:
    """For every completion the states that are stable for everybody."""
    return [{s for s in model.numbers if all(DEFINITIONS[key](model, i, s) for i in model.decision_makers)} for model in completed(pairs)]
