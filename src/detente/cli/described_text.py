"""Large sets of equilibria in the terminal: the one that is asked about most, in a few lines, or all of them in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from detente.app.documents import AnalysisDocument, BestPart, DescribedPart, NearestPart
from detente.cli.marks import number
from detente.cli.paragraphs import paragraph_lines
from detente.cli.term import Terminal, typed
from detente.cli.wrap import wrapped
from detente.explain.many import share
from detente.text import counted, listing, plural

LINES = 2
"""How many lines of a description are shown unless all are asked for."""


def described_lines(document: AnalysisDocument, terminal: Terminal, *, everything: bool = False) -> list[str]:
    """The set of equilibria under the concept by which the status quo is diagnosed, or else the first set, in a few lines.

    With `everything` all sets that are described, in sentences.
    """
    if not document.described:
        return []
    if everything:
        lines = []
        for part in document.described:
            lines += ["", terminal.style("bold", _heading(part))]
            for paragraph in part.said[1:]:
                lines += paragraph_lines(paragraph, terminal.width, len(paragraph.items), "  ")
        return lines[1:]
    part = _asked(document)
    return [terminal.style("bold", _heading(part)), *_short(document, part, terminal.width)]


def _heading(part: DescribedPart) -> str:
    return f"The {counted(part.count)} equilibria under {listing(part.under)}"


def _asked(document: AnalysisDocument) -> DescribedPart:
    profile = set(document.diagnosis.profile.values()) if document.diagnosis else {"SEQ"}
    return next((part for part in document.described if profile & set(part.under)), document.described[0])


def _short(document: AnalysisDocument, part: DescribedPart, width: int) -> list[str]:
    """What all have in common, the first lines, the nearest and the best."""
    lines: list[str] = []
    if part.shared is not None and part.shared.elements:
        lines += wrapped(f"{'exactly the states with' if part.whole else 'all'}: {part.shared.formula}", width, "  ", "    ")
    for line in part.lines[:LINES]:
        lines += wrapped(f"{counted(line.further)} ({share(line.further, part.count)}): {line.formula}", width, "  ", "    ")
    listed = document.conflict.numbering is None
    said = [_near(part.nearest) if listed else _near_by_options(document, part.nearest)] if part.nearest else []
    if part.best and listed:
        said.append("most preferred: " + ", ".join(f"{dm} {_which(best)}" for dm, best in part.best.items()))
    lines += wrapped("; ".join(said), width, "  ", "    ")
    rest = part.count - sum(line.further for line in part.lines[:LINES])
    others = [key for key in document.counts.equilibria if any(key in other.under for other in document.described if other is not part)]
    more = [f"the other {counted(rest)}"] if part.lines and rest else []
    more += [f"those under {listing(others)}"] if others else []
    more += ["what each decision maker prefers most among them"] if part.best and not listed else []
    command = f"detente analyze {typed(document.conflict)} --describe"
    return lines + wrapped(f"{'; '.join(more)}{': ' if more else 'more: '}{command}", width, "  ", "    ")


def _near(near: NearestPart) -> str:
    which = _numbers([state.id for state in near.states], near.count)
    return f"nearest to the status quo: {which} ({plural(near.distance, 'option')})"


def _near_by_options(document: AnalysisDocument, near: NearestPart) -> str:
    """The nearest by what differs: numbers of ten digits say nothing."""
    here = document.status_quo.state.choice if document.status_quo else ""
    signs = {"Y": "+", "N": "−"}
    each = [
        " ".join(
            f"{signs[after]}{option.key}"
            for option, before, after in zip(document.options, here, state.choice, strict=True)
            if before != after
        )
        for state in near.states
    ]
    which = "; ".join(each) if near.count == len(each) else f"{counted(near.count)} states, such as {each[0]}"
    return f"nearest to the status quo (+ taken up, − given up): {which} ({plural(near.distance, 'option')})"


def _which(best: BestPart) -> str:
    first = number(best.states[0].id)
    return first if best.count == 1 else f"{first} or {plural(best.count - 1, 'other', 'others')}"


def _numbers(numbers: Sequence[int], count: int) -> str:
    return listing(map(number, numbers)) if count == len(numbers) else f"{counted(count)} states, as {number(numbers[0])}"
