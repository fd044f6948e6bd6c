"""Lists of cases and concepts in the terminal."""

from __future__ import annotations

from detente.app.answers import CasesDocument, ConceptsDocument
from detente.cli.formula_text import plain
from detente.cli.term import Terminal
from detente.cli.wrap import wrapped


def show_cases(document: CasesDocument, terminal: Terminal) -> None:
    """Print the packaged cases; of the generated ones only the first and the last."""
    packaged = [case for case in document.cases if not case.generated]
    generated = [case for case in document.cases if case.generated]
    width = max((len(case.name) for case in packaged), default=0)
    for case in packaged:
        terminal.print("\n".join(wrapped(case.about, terminal.width, f"{case.name:<{width}}  ", " " * (width + 2))))
    if generated:
        first, last = generated[0], generated[-1]
        text = f"{len(generated)} generated cases, from {first.about} to {last.about}"
        name = f"{first.name} … {last.name}"
        terminal.print("\n".join(wrapped(text, terminal.width, f"{name:<{width}}  ", " " * (width + 2))))


def show_concepts(document: ConceptsDocument, terminal: Terminal, *, in_full: bool) -> None:
    """Print the concepts, one line each, then families and readings; or one concept in full."""
    if not in_full:
        _show_all(document, terminal)
        return
    for concept in document.concepts:
        terminal.print(terminal.style("bold", f"{concept.key}: {concept.name}"))
        for text in (concept.gloss, concept.asks):
            terminal.print("\n".join(wrapped(text, terminal.width, "  ")))
        facts = {
            "definition": plain(concept.formula),
            "implies": ", ".join(concept.implies),
            "implied by": ", ".join(concept.implied_by),
            "source": concept.source,
            "example": _command(concept.example, concept.key),
        }
        for name, text in facts.items():
            if text:
                terminal.print("\n".join(wrapped(text, terminal.width, f"  {name:<11} ", " " * 14)))


def _show_all(document: ConceptsDocument, terminal: Terminal) -> None:
    for concept in document.concepts:
        terminal.print("\n".join(wrapped(concept.asks, terminal.width, f"{concept.key:<5} {concept.name:<34} ", " " * 6)))
    further = [(concept.key, concept.name, concept.asks) for concept in document.further or ()]
    for one in document.families or ():
        further.append((one.written if one.example == one.written else f"{one.written} as {one.example}", one.name, one.asks))
    if further:
        terminal.print("")
        terminal.print(terminal.style("bold", "Concepts that look further"))
        for key, name, asks in sorted(further):
            _entry(terminal, key, name, asks)
    if document.readings:
        terminal.print("")
        terminal.print(terminal.style("bold", "Readings, for preferences that are more than an order"))
        terminal.print("\n".join(wrapped(_HOW, terminal.width, "  ")))
        for reading in document.readings:
            numbers = "; ".join(f"{number.name}: {number.says}, {number.range}" for number in reading.numbers)
            _entry(terminal, reading.written, reading.name, f"{reading.says}{f' ({numbers})' if numbers else ''}")


_HOW = (
    "Written behind a concept, as SEQ:strong or GMR:fuzzy@0.3, they say what counts as a gain, as a sanction and as a credible step. "
    "Without one a concept takes the order of preference alone."
)


def _entry(terminal: Terminal, key: str, name: str, text: str) -> None:
    """A key with its name, and below it a text."""
    terminal.print("\n".join([*wrapped(name, terminal.width, f"  {key}: ", " " * 4), *wrapped(text, terminal.width, " " * 6)]))


def _command(example: str, key: str) -> str:
    """The command that shows an example, given as a case and a state ("elmira#1")."""
    case, _, state = example.partition("#")
    return f"detente explain {case} {state} --under {key}" if state else f"detente analyze {case}" if case else ""
