"""Tables for many options: states as columns, or a line for each state with its choice of options as letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from detente.app.documents import AnalysisDocument, ShownPart
from detente.cli.marks import MARKS, groups, here, leavers, legend, named_lines, number
from detente.cli.term import Terminal, cells, cut, pad
from detente.cli.wrap import wrapped

OWNER, KEY = 14, 20
"""Widest columns for owners and for keys."""


def by_columns(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    """States as columns, as many as fit: the options in which they differ, then ranks, then concepts."""
    return _Columns(document, terminal).lines()


class _Columns:
    """The table with states as columns."""

    def __init__(self, document: AnalysisDocument, terminal: Terminal) -> None:
        self.document, self.terminal = document, terminal
        parties = document.decision_makers
        self.ranked = {dm.key: dm.key + (f" of {dm.ranks:,}" if dm.ranks is not None else "") for dm in parties}
        self.owner_width = min(OWNER, max(cells("under"), *(cells(dm.key) for dm in parties)))
        keys = [*(option.key for option in document.options), *self.ranked.values(), "state"]
        self.key_width = min(KEY, max(map(cells, keys)))
        self.letters = document.conflict.numbering is not None and len(document.shown) <= len(ascii_lowercase)
        self.width = 1 + max(
            cells(cell) for state in document.shown for cell in (_cells(document, state)[1:] if self.letters else _cells(document, state))
        )
        margin = self.owner_width + self.key_width + 3
        room = max(2, (terminal.width - margin) // self.width)
        self.states = document.shown[:room]
        self.rule = " " + "─" * (margin + self.width * len(self.states) - 1)

    def line(self, owner: str, key: str, values: Sequence[str]) -> str:
        """One line: who, what, and a value for each state."""
        start = f" {pad(cut(owner, self.owner_width), self.owner_width)} {pad(cut(key, self.key_width), self.key_width)} "
        return (start + "".join(pad(value, self.width, ">") for value in values)).rstrip()

    def lines(self) -> list[str]:
        """The whole table, with what stands below it."""
        names = [here(state) + (ascii_lowercase[i] if self.letters else number(state.id)) for i, state in enumerate(self.states)]
        head = self.line("", "state", names)
        options, alike = self._options()
        ranks = (
            []
            if self.document.conflict.numbering is not None
            else [
                self.line("" if i else "rank", self.ranked[dm.key], [number(state.rank[dm.key]) for state in self.states])
                for i, dm in enumerate(self.document.decision_makers)
            ]
        )
        held = [
            self.line("" if i else "under", concept.key, [leavers(self.document, state, concept.key) for state in self.states])
            for i, concept in enumerate(self.document.concepts)
        ]
        bold = self.terminal.style("bold", head)
        ranked = [*ranks, self.rule] if ranks else []
        return [bold, self.rule, *options, self.rule, *ranked, *held, self.rule, *self._below(alike)]

    def _options(self) -> tuple[list[str], Mapping[str, Sequence[str]]]:
        """The lines of options in which the states differ, and those in which they are alike."""
        lines, alike = [], {"Y": list[str](), "N": list[str]()}
        for owner, group in groups(self.document).items():
            shown = owner or ""
            for option in group:
                place = self.document.options.index(option)
                letters = [state.choice[place] for state in self.states]
                if len(set(letters)) == 1 and letters[0] in alike and len(self.states) > 1:
                    alike[letters[0]].append(option.key)
                    continue
                lines.append(self.line(shown, option.key, [MARKS[letter] for letter in letters]))
                shown = ""
        return lines, alike

    def _below(self, alike: Mapping[str, Sequence[str]]) -> list[str]:
        width = self.terminal.width
        lines = legend(self.document, self.states, width)
        for letter, where in (("Y", "all"), ("N", "none")):
            if alike[letter]:
                lines += wrapped(f"taken in {where} of these: {', '.join(alike[letter])}", width, " ", "   ")
        if not self.letters:
            return lines + named_lines(self.states, width)
        for i, state in enumerate(self.states):
            called = f", {state.name}" if state.name else ""
            lines += wrapped(f"{ascii_lowercase[i]}: state {number(state.id)}{called}", width, " ", "    ")
        return lines


def _cells(document: AnalysisDocument, state: ShownPart) -> list[str]:
    return [
        here(state) + number(state.id),
        *(f"{rank:,}" for rank in state.rank.values()),
        *(leavers(document, state, c.key) for c in document.concepts),
    ]


def compact(document: AnalysisDocument, states: Sequence[ShownPart], terminal: Terminal) -> list[str]:
    """A line for each state: number, choice of options as letters, ranks, and marks under the concepts."""
    choice = max(len(document.options), len("options"))
    heads = ["state", "options", *(dm.letters for dm in document.decision_makers), *(c.key for c in document.concepts)]
    rows = [
        [
            here(state) + number(state.id),
            state.choice,
            *(number(state.rank[dm.key]) for dm in document.decision_makers),
            *(leavers(document, state, c.key) for c in document.concepts),
        ]
        for state in states
    ]
    widths = [max(cells(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    widths[1] = choice

    def line(row: Sequence[str]) -> str:
        padded = (pad(cell, width, "<" if i == 1 else ">") for i, (cell, width) in enumerate(zip(row, widths, strict=True)))
        return f" {'  '.join(padded)}".rstrip()

    order = wrapped(f"options in this order: {', '.join(option.key for option in document.options)}", terminal.width, " ", "   ")
    lines = [terminal.style("bold", line(heads))]
    for state, row in zip(states, rows, strict=True):
        lines.append(terminal.style("bold", line(row)) if here(state) else line(row))
    return [*lines, *legend(document, states, terminal.width), *order, *named_lines(states, terminal.width)]
