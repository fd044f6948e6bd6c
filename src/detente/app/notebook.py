"""How documents show themselves in notebooks: small HTML, without scripts and without anything loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.app.answers import CheckDocument
    from detente.app.documents import AnalysisDocument, ParagraphPart, ShownPart

_MARKS = {"Y": "✓", "N": "·", "-": "–"}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], bold: int | None = None) -> str:
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = []
    for place, row in enumerate(rows):
        style = ' style="font-weight:bold"' if place == bold else ""
        lines.append(f"<tr{style}>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>")
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def analysis_html(document: AnalysisDocument) -> str:
    """The table of an analysis with its first sentences."""
    conflict = document.conflict
    known = "" if conflict.feasible is None else f"{conflict.feasible:,} feasible states of "
    facts = f"{known}{conflict.combinations:,} combinations; engine {document.engine.name}"
    sentences = " ".join(sentence.text for sentence in document.answer)
    states = sorted(document.shown, key=lambda state: state.id)
    head = [
        "state",
        *(option.key for option in document.options),
        *(f"rank {dm.letters}" for dm in document.decision_makers),
        *(concept.key for concept in document.concepts),
    ]
    now = next((i for i, state in enumerate(states) if "status quo" in state.why), None)
    rest = "" if document.shown_of <= len(states) else f"<p>{document.shown_of - len(states):,} more states are not shown.</p>"
    table = _table(head, (_row(document, state) for state in states), now)
    return f"<div><p><strong>{escape(conflict.title)}</strong><br>{escape(facts)}</p><p>{escape(sentences)}</p>{table}{rest}</div>"


def _held(letters: Mapping[str, str], leavers: Sequence[str] | None) -> str:
    return "?" if leavers is None else "".join(letters[dm] for dm in leavers) or "●"


def _row(document: AnalysisDocument, state: ShownPart) -> list[str]:
    letters = {dm.key: dm.letters.lower() for dm in document.decision_makers}
    held = [_held(letters, state.leavers.get(c.key)) for c in document.concepts]
    ranks = [str(state.rank.get(dm.key, "")) for dm in document.decision_makers]
    name = f"{state.id} {state.name}" if state.name else str(state.id)
    return [name, *(_MARKS[letter] for letter in state.choice), *ranks, *held]


def paragraphs_html(paragraphs: Sequence[ParagraphPart]) -> str:
    """Paragraphs of an explanation, with their lists."""
    parts = []
    for paragraph in paragraphs:
        text = escape(" ".join(sentence.text for sentence in paragraph.sentences))
        parts.append(f"<p><strong>{text}</strong></p>" if paragraph.role == "verdict" else f"<p>{text}</p>")
        if paragraph.items:
            parts.append("<ul>" + "".join(f"<li>{escape(item.text)}</li>" for item in paragraph.items) + "</ul>")
    return f"<div>{''.join(parts)}</div>"


def check_html(document: CheckDocument) -> str:
    """The diagnostics of a file as a table."""
    rows = [
        (found.severity, found.code, "" if found.line is None else f"{found.line}:{found.column}", found.message, found.help or "")
        for found in document.diagnostics
    ]
    verdict = "can be analysed" if document.ok else "can't be analysed"
    name = escape(document.file or "the conflict")
    return f"<div><p><strong>{name}</strong> {verdict}.</p>{_table(('', 'code', 'place', 'message', 'help'), rows) if rows else ''}</div>"
