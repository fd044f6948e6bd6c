"""The program: what is asked, its answer, and the status it leaves with.  No traceback reaches a user."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from detente.cli.parser import build
from detente.cli.term import Terminal
from detente.errors import DetenteError, UsageError


def run() -> None:
    """The entry point of the command `detente`."""
    raise SystemExit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Answer one command line; returns the exit status.

    0 done, 1 the model or an expectation is wrong (or an internal error), 2 the command is wrong, 3 a limit was met before all was found,
    130 interrupted.
    """
    terminal = Terminal()
    try:
        return _answer(list(arguments), terminal)
    except KeyboardInterrupt:
        terminal.note("interrupted")
        return 130
    except BrokenPipeError:
        return 0
    finally:
        terminal.close()


def _answer(arguments: list[str], terminal: Terminal) -> int:
    parser = build()
    asked = parser.parse_args(arguments)
    if asked.version:
        from detente.app.version import version

        terminal.print(f"detente {version()}")
        return 0
    if asked.command is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        from detente.cli.commands import COMMANDS

        if getattr(asked, "viewpoint", None) is not None:
            _see(asked, terminal)
        return COMMANDS[asked.command](asked, terminal)
    except DetenteError as error:
        from detente.cli.problems import show

        show(error, asked, terminal)
        return 2 if isinstance(error, UsageError) else 1
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        if asked.debug:
            raise
        from detente.cli.problems import internal

        internal(error, terminal)
        return 1


def _see(asked: Namespace, terminal: Terminal) -> None:
    """Put the conflict as a viewpoint has it in the place of the file, and say so where the command does not."""
    from detente.app.opening import opened_as
    from detente.cli.wrap import wrapped

    asked.file = opened_as(asked.file, asked.viewpoint)
    if asked.command not in ("analyze", "diagnose", "report") and not getattr(asked, "json", False):
        terminal.print("\n".join(wrapped(f"viewpoint: {asked.file.conflict.viewpoint}", terminal.width)) + "\n")
