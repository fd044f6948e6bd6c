"""The table of an analysis: states as rows where the options fit beside one another, otherwise states as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.app.documents import AnalysisDocument, ShownPart
from detente.cli.columns import by_columns, compact
from detente.cli.marks import HEADING, MARKS, groups, here, leavers, legend, named_lines, number
from detente.cli.term import Terminal, cells, cut, pad
from detente.text import unique_prefixes


def table(document: AnalysisDocument, terminal: Terminal, *, everything: bool = False) -> list[str]:
    """The lines of the table, with its legend; `everything` says that all states were asked for, so that none may be left out."""
    states = sorted(document.shown, key=lambda state: state.id)
    if not states:
        return ["no state to show"]
    if document.conflict.numbering is not None:
        return by_columns(document, terminal)
    for gap in (3, 2):
        by_rows = _Rows(document, states, gap)
        if by_rows.width <= terminal.width:
            return by_rows.lines(terminal)
    return compact(document, states, terminal) if everything else by_columns(document, terminal)


class _Rows:
    """States as rows: options grouped by owner, ranks, and a column for each concept."""

    def __init__(self, document: AnalysisDocument, states: Sequence[ShownPart], gap: int) -> None:
        self.gap = " " * gap
        self.document, self.states = document, states
        labels = _labels([option.key for option in document.options])
        self.groups = groups(document)
        self.option_widths = {option.key: cells(labels[option.key]) for option in document.options}
        self.labels = labels
        self.group_widths = {
            owner: max(cells(owner or ""), sum(self.option_widths[o.key] + 1 for o in group) - 1) for owner, group in self.groups.items()
        }
        self.id_width = max(5, *(len(number(state.id)) for state in states))
        self.rank_widths = {
            dm.key: max(cells(dm.letters), *(len(number(state.rank[dm.key])) for state in states)) for dm in document.decision_makers
        }
        self.marks = {(s.id, c.key): leavers(document, s, c.key) for s in states for c in document.concepts}
        self.mark_widths = {c.key: max(len(c.key), *(cells(self.marks[s.id, c.key]) for s in states)) for c in document.concepts}
        left = 3 + self.id_width + sum(width + gap for width in self.group_widths.values())
        ranks = 4 + sum(width + 2 for width in self.rank_widths.values())
        held = max(len(HEADING) + 3, 2 + sum(width + 2 for width in self.mark_widths.values()))
        self.parts = (left, ranks, held)
        self.width = sum(self.parts)

    def lines(self, terminal: Terminal) -> list[str]:
        """Head, states, foot."""
        left, ranks, held = self.parts
        rule = "─" * (left - 1), "─" * (ranks - 1), "─" * (held - 1)
        names = "".join(self.gap + pad(cut(owner or "", width), width) for owner, width in self.group_widths.items())
        head = f"{' ' * (2 + self.id_width)}{names} │{pad('rank', ranks - 1, '^')}│  {HEADING}"
        rows = [terminal.style("bold", head.rstrip()), self._heads(), f" {rule[0]}┼{rule[1]}┼{rule[2]}"]
        rows += [self._row(state, terminal) for state in self.states]
        rows += [f" {rule[0]}┴{rule[1]}┴{rule[2]}", *legend(self.document, self.states, terminal.width)]
        return rows + named_lines(self.states, terminal.width)

    def _heads(self) -> str:
        shown = {option.key: self.labels[option.key] for option in self.document.options}
        ranks = "".join(f"  {pad(dm.letters, self.rank_widths[dm.key], '>')}" for dm in self.document.decision_makers)
        concepts = "".join(f"  {pad(c.key, self.mark_widths[c.key], '^')}" for c in self.document.concepts)
        return f"  {pad('state', self.id_width)}{self._options(shown)} │{ranks}  │{concepts}".rstrip()

    def _options(self, shown: Mapping[str, str]) -> str:
        text = ""
        for owner, group in self.groups.items():
            inner = " ".join(pad(shown[o.key], self.option_widths[o.key], "^") for o in group)
            text += self.gap + pad(inner, self.group_widths[owner])
        return text

    def _row(self, state: ShownPart, terminal: Terminal) -> str:
        marks = {option.key: MARKS[letter] for option, letter in zip(self.document.options, state.choice, strict=True)}
        ranks = "".join(f"  {pad(number(state.rank[dm.key]), self.rank_widths[dm.key], '>')}" for dm in self.document.decision_makers)
        held = "".join(f"  {pad(self.marks[state.id, c.key], self.mark_widths[c.key], '^')}" for c in self.document.concepts)
        row = f" {here(state) or ' '}{pad(number(state.id), self.id_width, '>')} {self._options(marks)[1:]} │{ranks}  │{held}".rstrip()
        return terminal.style("bold", row) if here(state) else row


def _labels(keys: Sequence[str]) -> dict[str, str]:
    """Three letters for each option, or as many as tell it from the others."""
    return {key: key[: max(3, len(prefix))] for key, prefix in zip(keys, unique_prefixes(keys), strict=True)}
