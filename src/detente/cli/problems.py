"""Errors, as users see them: with the place in the file and what to do; as a document where `--json` was asked for."""

from __future__ import annotations

from argparse import Namespace

from detente.cli.term import Terminal
from detente.errors import DetenteError, Diagnostic
from detente.explain.diagnostics import render, render_all


def show(error: DetenteError, asked: Namespace, terminal: Terminal) -> None:
    """Print what is wrong on standard error, and with `--json` the document on standard output as well."""
    from detente.app.checking import text_of

    text = text_of(error.diagnostics)
    if len(error.diagnostics) == 1:
        terminal.note(render(error.diagnostics[0], text))
    else:
        terminal.note(render_all(error.diagnostics, text))
    if getattr(asked, "json", False):
        from detente.app.answers import ProblemsDocument
        from detente.app.parts import diagnostic_part

        terminal.write(ProblemsDocument(diagnostics=tuple(map(diagnostic_part, error.diagnostics))).json_text())


def internal(error: Exception, terminal: Terminal) -> None:
    """Print that something happened that should not have, in a few lines, and how to learn more."""
    what = " ".join(str(error).split())[:200]
    message = f"internal error: {type(error).__name__}" + (f": {what}" if what else "")
    hint = "nothing is wrong with your question; please report it, with what the same command prints with --debug"
    terminal.note(render(Diagnostic("D901", message, help=hint)))
