"""A model with other preferences, or with fewer moves; its states stay."""

from collections.abc import Mapping
from typing import Any

from .plain import PlainModel

Arcs = Mapping[str, set[tuple[int, int]]]


class Changed(PlainModel):
    """A model whose preferences are sort keys given for each state, and from which moves may have been taken.

    Whoever is left out of `keys` keeps theirs; `without` are the moves that are taken away.
    """

    def __init__(self, model: PlainModel, keys: Mapping[str, Mapping[int, Any]] | None = None, without: Arcs | None = None) -> None:
        self.__dict__.update(vars(model))
        self.keys = {i: dict((keys or {}).get(i, model.keys[i])) for i in model.decision_makers}
        self.arcs = {i: model.arcs[i] - (without or {}).get(i, set()) for i in model.decision_makers}
        self.to: dict[tuple[str, int], set[int]] = {(i, s): set() for i in model.decision_makers for s in model.numbers}
        for i, arcs in self.arcs.items():
            for s, t in arcs:
                self.to[i, s].add(t)

    def moves(self, i: str, s: int) -> set[int]:
        """R_i(s)."""
        return self.to[i, s]

    def improvements(self, i: str, s: int) -> set[int]:
        """R_i^+(s)."""
        return {t for t in self.to[i, s] if self.better(i, t, s)}
