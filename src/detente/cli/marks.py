"""The signs of the tables of an analysis, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from detente.app.documents import AnalysisDocument, OptionPart, ShownPart
from detente.cli.term import cells
from detente.cli.wrap import wrapped

MARKS = {"Y": "✓", "N": "·", "-": "–"}
HELD = "●"
UNKNOWN = "?"
HEADING = "equilibrium under"


def leavers(document: AnalysisDocument, state: ShownPart, concept: str) -> str:
    """The mark of a state under a concept: a filled circle, or the letters of all who would leave, or how many where that is long."""
    who = state.leavers.get(concept)
    if who is None:
        return UNKNOWN
    if not who:
        return HELD
    short = {dm.key: dm.letters for dm in document.decision_makers}
    found = "".join(short[dm].lower() for dm in who)
    return found if cells(found) <= max(4, len(concept)) else f"{len(who)}×"


def legend(document: AnalysisDocument, states: Sequence[ShownPart], width: int) -> list[str]:
    """What the signs of the table mean, as far as they occur in it, in lines of a width."""
    marks = [leavers(document, state, concept.key) for state in states for concept in document.concepts]
    parts = [f"{HELD} equilibrium"] if HELD in marks else []
    if any(mark not in (HELD, UNKNOWN) and not mark.endswith("×") for mark in marks):
        parts.append(" ".join(dm.letters.lower() for dm in document.decision_makers) + " who would leave")
    if any(mark.endswith("×") for mark in marks):
        parts.append("3× how many would leave")
    if UNKNOWN in marks:
        parts.append("? not known")
    if any("status quo" in state.why for state in states):
        parts.append("▸ status quo")
    if any("-" in state.choice for state in states):
        parts.append("– either")
    of = document.where.states if document.where else document.conflict.feasible
    if of is not None and of > len(states) and document.conflict.numbering is None:
        parts.append(f"{of - len(states):,} more: --all")
    lines = [""]
    for part in parts:
        if lines[-1] and cells(lines[-1]) + 2 + cells(part) > width:
            lines.append("")
        lines[-1] += f"  {part}" if lines[-1] else f" {part}"
    return lines


def named_lines(states: Sequence[ShownPart], width: int) -> list[str]:
    """The names of the states that have one."""
    named = [f"{state.id:,} {state.name}" for state in states if state.name]
    return wrapped("; ".join(named), width, " ", "   ") if named else []


def groups(document: AnalysisDocument) -> dict[str | None, list[OptionPart]]:
    """The options by owner, in the order of the document."""
    found: dict[str | None, list[OptionPart]] = {}
    for option in document.options:
        found.setdefault(option.owner, []).append(option)
    return found


def here(state: ShownPart) -> str:
    """A pointer for the status quo, nothing for other states."""
    return "▸" if "status quo" in state.why else ""


def number(value: int) -> str:
    """A number as it stands in sentences: 7,231.

    >>> number(7231)
    '7,231'
    """
    return f"{value:,}"
