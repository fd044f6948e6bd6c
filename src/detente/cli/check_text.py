"""`check` in the terminal: diagnostics, then what the conflict rests on, then what its sources lack."""

from __future__ import annotations

from detente.app.answers import CheckDocument
from detente.app.documents import DiagnosticPart, EvidencePart
from detente.cli.term import Terminal
from detente.cli.wrap import wrapped
from detente.errors import Diagnostic, Position, Severity
from detente.explain.diagnostics import render
from detente.text import plural

_ORDER = ("error", "warning", "note")
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def show_check(document: CheckDocument, text: str, terminal: Terminal) -> None:
    """Print what was found; errors first, in the order of the file."""
    last = len(text) + 1
    in_order = sorted(document.diagnostics, key=lambda d: (_ORDER.index(d.severity), last if d.line is None else d.line, d.column or 0))
    for found in in_order:
        terminal.print(_coloured(render(_diagnostic(found), text), found.severity, terminal))
        terminal.print()
    if document.evidence is not None:
        terminal.print("\n".join(_evidence(document.evidence, terminal)))
        terminal.print()
    if document.passages:
        terminal.print("\n".join(_passages(document, terminal)))
        terminal.print()
    terminal.print(_verdict(document))


def _diagnostic(part: DiagnosticPart) -> Diagnostic:
    place = None
    if part.file is not None and part.line is not None and part.column is not None:
        place = Position(part.file, part.line, part.column, part.length or 1)
    return Diagnostic(part.code, part.message, place, part.value, part.help, Severity(part.severity), part.element)


def _coloured(text: str, severity: str, terminal: Terminal) -> str:
    head, line, rest = text.partition("\n")
    return terminal.style(_COLOURS[severity], head) + line + rest


def _evidence(evidence: EvidencePart, terminal: Terminal) -> list[str]:
    without = len(evidence.without_basis)
    counts = f"{evidence.reported:,} reported, {evidence.inferred:,} inferred, {evidence.assumed:,} assumed"
    lines = [terminal.style("bold", "What it rests on")]
    lines += wrapped(f"{plural(evidence.elements, 'element')}: {counts}, {without:,} without a basis", terminal.width, "  ", "    ")
    for party, found in evidence.by_party.items():
        hostile = len({one.element for one in evidence.hostile if one.party == party})
        text = f"about {party}: {found.elements:,}; {found.reported:,} reported, {found.inferred:,} inferred, {found.assumed:,} assumed"
        text += f"; {hostile:,} rest only on what adversaries assert" if hostile else ""
        lines += wrapped(text, terminal.width, "  ", "    ")
    if evidence.missing:
        lines += ["", terminal.style("bold", "What the sources lack")]
        for one in evidence.missing:
            text = one.what + (f" (about {one.about})" if one.about else "") + (f": {one.matters}" if one.matters else "")
            lines += wrapped(text, terminal.width, "  ", "    ")
    return lines


def _passages(document: CheckDocument, terminal: Terminal) -> list[str]:
    counts: dict[str, int] = {}
    for passage in document.passages:
        counts[passage.result] = counts.get(passage.result, 0) + 1
    text = ", ".join(f"{count:,} {result}" for result, count in counts.items())
    return wrapped(f"{plural(len(document.passages), 'cited passage')}: {text}", terminal.width, "  ", "    ")


def _verdict(document: CheckDocument) -> str:
    name = document.file or "the conflict"
    counts = [plural(count, severity) for severity, count in document.counts.items() if count]
    state = "can be analysed" if document.ok else "can't be analysed"
    return f"{name}: {state}" + (f"; {', '.join(counts)}" if counts else "")
