"""Reads the preferences of decision makers, and checks them against the states once everything is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from detente.errors import ConflictError, Diagnostic, LimitError
from detente.io.bad import BAD
from detente.io.language import SPARE
from detente.io.nodes import Items, Node, Pairs
from detente.io.report import quoted
from detente.io.shaped import Shaped
from detente.io.states import StateReader
from detente.model.conflict import Conflict
from detente.model.preference import lists_states
from detente.model.rule import Merged
from detente.model.shape import Field
from detente.preference.checks import check_open_work, problems_in, problems_in_guesses, problems_in_views, viewed
from detente.preference.registry import all_kinds, kind_written_with, required_keys
from detente.space.states import StateSpace
from detente.text import listing

_LEADING = frozenset[str]().union(*map(required_keys, all_kinds()))


class PreferenceReader:
    """Makes preferences of the fields that stand under decision makers."""

    def __init__(self, shaped: Shaped) -> None:
        self.shaped = shaped

    def preference(self, fields: Sequence[tuple[Field, Node]], path: str) -> Any:
        """The preference that some fields make, None without any, or `BAD`."""
        read = {f.name: self.shaped.field(f, node, path) for f, node in fields}
        if not fields:
            return None
        leading = frozenset(f.key for f, _ in fields) & _LEADING
        kind = kind_written_with(leading)
        if kind is None:
            known = "; or ".join(listing(sorted(required_keys(k))) for k in all_kinds())
            message = f"{listing([quoted(f.key) for f, _ in fields])} can't stand " + ("together" if leading else "without a preference")
            return self.shaped.bad("P209", message, self.at(fields[-1][0], path), path, help=f"a preference is written with: {known}")
        for f, _ in fields:
            if f.key not in {own.key for own in kind.fields}:
                message = f"{quoted(f.key)} has no meaning beside {listing([quoted(k) for k in sorted(leading)])} alone"
                return self.shaped.bad("P209", message, self.at(f, path), path, help="give each statement a basis of its own")
        if any(value is BAD for value in read.values()):
            return BAD
        try:
            return kind(**read)
        except ConflictError as problem:
            for found in problem.diagnostics:
                self.shaped.bad(found.code, found.message, found.where or self.at(fields[0][0], path), path, found.value, found.help)
            return BAD

    def at(self, f: Field, path: str) -> Any:
        """Where the key of a field stands."""
        return self.shaped.positions[f"{path}/{f.key}"]

    def spares(self, node: Node, path: str) -> Any:
        """Preferences that are held but not used."""
        if not isinstance(node, Items):
            return self.shaped.unlike(node, "a list", path)
        found = []
        for place, item in enumerate(node.items, start=1):
            if not isinstance(item, Pairs) or not item.pairs:
                found.append(self.shaped.unlike(item, "a preference, a mapping,", f"{path}/{place}"))
            else:
                found.append(self.preference(self.shaped.fields(SPARE, item, f"{path}/{place}"), f"{path}/{place}"))
        return BAD if any(spare is BAD or spare is None for spare in found) else tuple(found)


def problems_of(conflict: Conflict, states: StateReader) -> Iterator[Diagnostic]:
    """What is wrong with the preferences of a conflict: rankings that leave states out, statements that merged states leave open.

    The state space is made only where a preference or a rule needs it.
    """
    merges = any(isinstance(rule, Merged) for rule in conflict.rules)
    space = states.known_space() if merges else None
    if space is not None:
        try:
            check_open_work(space, (*conflict.decision_makers, *(dm for _, dm, _ in viewed(conflict))))
        except LimitError as problem:
            yield from problem.diagnostics
            return
    for dm in conflict.decision_makers:
        if not (merges or lists_states(dm.preference)):
            continue
        space = states.known_space()
        if isinstance(space, StateSpace):
            try:
                yield from problems_in(space, dm)
            except LimitError as problem:
                yield from problem.diagnostics
    if merges and conflict.guesses and states.known_space() is not None:
        yield from problems_in_guesses(StateSpace(conflict))
    views = [dm for _, dm, _ in viewed(conflict)]
    if views and (merges or any(lists_states(dm.preference) for dm in views)):
        space = states.known_space()
        if isinstance(space, StateSpace):
            try:
                yield from problems_in_views(StateSpace(conflict))
            except LimitError as problem:
                yield from problem.diagnostics
