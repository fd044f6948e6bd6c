"""The table of an analysis: states as rows where the options fit beside one another, otherwise states as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.app.documents import AnalysisDocument, OptionPart, ShownPart
from detente.cli.term import Terminal, cells, cut, pad
from detente.cli.wrap import wrapped
from detente.text import unique_prefixes

MARKS = {"Y": "✓", "N": "·", "-": "–"}
HELD = "●"
HEADING = "equilibrium under"


def table(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    """The lines of the table, with its legend."""
    rows = sorted(document.shown, key=lambda state: state.id)
    if not rows:
        return ["no state to show"]
    for gap in (3, 2):
        by_rows = _Rows(document, rows, gap)
        if by_rows.width <= terminal.width:
            return by_rows.lines(terminal)
    return _columns(document, terminal)


def leavers(document: AnalysisDocument, state: ShownPart, concept: str) -> str:
    """The mark of a state under a concept: a filled circle, or the letters of all who would leave, or how many where that is long."""
    who = state.leavers[concept]
    if not who:
        return HELD
    short = {dm.key: dm.letters for dm in document.decision_makers}
    found = "".join(short[dm].lower() for dm in who)
    return found if cells(found) <= max(4, len(concept)) else f"{len(who)}×"


def legend(document: AnalysisDocument, states: Sequence[ShownPart], width: int) -> list[str]:
    """What the signs of the table mean, as far as they occur in it, in lines of a width."""
    marks = [leavers(document, state, concept.key) for state in states for concept in document.concepts]
    parts = [f"{HELD} equilibrium"] if HELD in marks else []
    if any(mark != HELD and not mark.endswith("×") for mark in marks):
        parts.append(" ".join(dm.letters.lower() for dm in document.decision_makers) + " who would leave")
    if any(mark.endswith("×") for mark in marks):
        parts.append("3× how many would leave")
    if any("status quo" in state.why for state in states):
        parts.append("▸ status quo")
    if any("-" in state.choice for state in states):
        parts.append("– either")
    of = document.where.states if document.where else document.conflict.feasible
    if of > len(states):
        parts.append(f"{of - len(states):,} more: --all")
    lines = [""]
    for part in parts:
        if lines[-1] and cells(lines[-1]) + 2 + cells(part) > width:
            lines.append("")
        lines[-1] += f"  {part}" if lines[-1] else f" {part}"
    return lines


def named_lines(states: Sequence[ShownPart], width: int) -> list[str]:
    """The names of the states that have one."""
    named = [f"{state.id} {state.name}" for state in states if state.name]
    return wrapped("; ".join(named), width, " ", "   ") if named else []


class _Rows:
    """States as rows: options grouped by owner, ranks, and a column for each concept."""

    def __init__(self, document: AnalysisDocument, states: Sequence[ShownPart], gap: int) -> None:
        self.gap = " " * gap
        self.document, self.states = document, states
        labels = _labels([option.key for option in document.options])
        self.groups = _groups(document)
        self.option_widths = {option.key: cells(labels[option.key]) for option in document.options}
        self.labels = labels
        self.group_widths = {
            owner: max(cells(owner or ""), sum(self.option_widths[o.key] + 1 for o in group) - 1) for owner, group in self.groups.items()
        }
        self.id_width = max(5, *(len(str(state.id)) for state in states))
        self.rank_widths = {
            dm.key: max(cells(dm.letters), *(len(str(state.rank[dm.key])) for state in states)) for dm in document.decision_makers
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
        ranks = "".join(f"  {pad(str(state.rank[dm.key]), self.rank_widths[dm.key], '>')}" for dm in self.document.decision_makers)
        held = "".join(f"  {pad(self.marks[state.id, c.key], self.mark_widths[c.key], '^')}" for c in self.document.concepts)
        here = "▸" if "status quo" in state.why else " "
        row = f" {here}{pad(str(state.id), self.id_width, '>')} {self._options(marks)[1:]} │{ranks}  │{held}".rstrip()
        return terminal.style("bold", row) if here == "▸" else row


def _groups(document: AnalysisDocument) -> dict[str | None, list[OptionPart]]:
    groups: dict[str | None, list[OptionPart]] = {}
    for option in document.options:
        groups.setdefault(option.owner, []).append(option)
    return groups


def _labels(keys: Sequence[str]) -> dict[str, str]:
    """Three letters for each option, or as many as tell it from the others."""
    return {key: key[: max(3, len(prefix))] for key, prefix in zip(keys, unique_prefixes(keys), strict=True)}


def _columns(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    """States as columns: what differs among the states shown, then ranks, then concepts."""
    owner_width = max(cells("under"), *(cells(dm.key) for dm in document.decision_makers))
    key_width = max(*(cells(option.key) for option in document.options), *(cells(dm.key) for dm in document.decision_makers), 6)
    owner_width, key_width = min(owner_width, 14), min(key_width, 18)
    width = 2 + max(cells(cell) for state in document.shown for cell in _cells(document, state))
    ranks = max(len(str(dm.ranks or "")) for dm in document.decision_makers) + 5
    room = max(2, (terminal.width - owner_width - key_width - 4 - ranks) // width)
    states = document.shown[:room]
    margin = owner_width + key_width + 3

    def line(owner: str, key: str, values: Sequence[str]) -> str:
        start = f" {pad(cut(owner, owner_width), owner_width)} {pad(cut(key, key_width), key_width)} "
        return (start + "".join(pad(value, width, ">") for value in values)).rstrip()

    rule = " " + "─" * (margin + width * len(states) - 1)
    head = line("", "state", [("▸" if "status quo" in state.why else "") + str(state.id) for state in states])
    lines, alike = [terminal.style("bold", head), rule], {"Y": list[str](), "N": list[str]()}
    for owner, group in _groups(document).items():
        shown = owner or ""
        for option in group:
            place = document.options.index(option)
            letters = [state.choice[place] for state in states]
            if len(set(letters)) == 1 and letters[0] in alike and len(states) > 1:
                alike[letters[0]].append(option.key)
                continue
            lines.append(line(shown, option.key, [MARKS[letter] for letter in letters]))
            shown = ""
    lines.append(rule)
    for i, dm in enumerate(document.decision_makers):
        of = f"  of {dm.ranks}" if dm.ranks is not None else ""
        lines.append(line("" if i else "rank", dm.key, [str(state.rank[dm.key]) for state in states]) + of)
    lines.append(rule)
    for i, concept in enumerate(document.concepts):
        lines.append(line("" if i else "under", concept.key, [leavers(document, state, concept.key) for state in states]))
    lines.append(rule)
    return lines + _below(document, states, alike, terminal)


def _cells(document: AnalysisDocument, state: ShownPart) -> list[str]:
    here = "▸" if "status quo" in state.why else ""
    return [here + str(state.id), *map(str, state.rank.values()), *(leavers(document, state, c.key) for c in document.concepts)]


def _below(document: AnalysisDocument, states: Sequence[ShownPart], alike: Mapping[str, Sequence[str]], terminal: Terminal) -> list[str]:
    lines = legend(document, states, terminal.width)
    if alike["Y"]:
        lines += wrapped(f"taken in all of these: {', '.join(alike['Y'])}", terminal.width, " ", "   ")
    if alike["N"]:
        lines += wrapped(f"taken in none of these: {', '.join(alike['N'])}", terminal.width, " ", "   ")
    return lines + named_lines(states, terminal.width)
