"""What the grammar of the command line is made of: a parser that says what was meant, and what many commands have in common."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

from detente.text import did_you_mean, shortened

COMMANDS = (
    "analyze",
    "answer",
    "cases",
    "check",
    "compare",
    "compose",
    "coalitions",
    "concepts",
    "diagnose",
    "evolve",
    "explain",
    "explain-code",
    "export",
    "forecast",
    "fronts",
    "hypergame",
    "import",
    "new",
    "open",
    "path",
    "report",
    "sweep",
    "unlock",
)
"""Names of the commands."""
QUO = "status quo"
"""The state that is meant where none is named."""


class Parser(argparse.ArgumentParser):
    """A parser that says what was meant, and leaves with status 2."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the command, in one line and a hint, and leave."""
        message = shortened(_with_suggestion(message), 400)
        print(f"error[U416]: {message}\nhelp: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def _with_suggestion(message: str) -> str:
    if "invalid choice: '" not in message:
        return message
    wrong = message.split("invalid choice: '", 1)[1].split("'", 1)[0]
    if message.startswith("argument COMMAND"):
        close = did_you_mean(wrong, COMMANDS)
        return f'there is no command "{wrong}"' + (f'; did you mean "{close}"?' if close else "")
    return message


def text_format(prog: str) -> argparse.HelpFormatter:
    """How help is laid out for the program (`prog`): as it is written."""
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26)


class Builder:
    """Adds commands one by one, so that each is a few lines below."""

    def __init__(self, parser: Parser) -> None:
        self.commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=Parser)

    def add(self, name: str, summary: str, more: str = "") -> Parser:
        """A command with the options that all commands have."""
        made: Parser = self.commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=more or None,
            formatter_class=text_format,
            allow_abbrev=False,
        )
        made.add_argument("--debug", action="store_true", help="show where in the program an internal error happened")
        return made


def json_flag(parser: Parser) -> None:
    """Let a command (`parser`) print its document."""
    parser.add_argument("--json", action="store_true", help="print the document instead of text")


def limits(parser: Parser, engines: str, memory: bool = True) -> None:
    """What a run may take, where the conflict is too large for its states to be listed."""
    parser.add_argument("--engine", metavar="NAME", help=f"{engines}, instead of what the program would choose")
    if memory:
        parser.add_argument("--memory", metavar="SIZE", help="most memory for an engine, e.g. 4GiB; it says beforehand what it needs")
    time_flag(parser)


def time_flag(parser: Parser) -> None:
    """Let a command (`parser`) be limited in time where the conflict is too large to be listed."""
    parser.add_argument("--time", metavar="SECONDS", type=limit, help="most time in a conflict too large to be listed; 0 for no limit")


def conflict(parser: Parser) -> None:
    """Let a command (`parser`) take a conflict, and be asked of it as a viewpoint has it."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--viewpoint", metavar="KEY", help="the conflict as this viewpoint of the file has it")


def state(parser: Parser) -> None:
    """Let a command (`parser`) be asked about a state, the status quo by default."""
    parser.add_argument("state", metavar="STATE", nargs="?", default=QUO, help="the state asked about (the status quo)")


def start(parser: Parser, what: str) -> None:
    """Let a command (`parser`) start from another state than the status quo; `what` says what that state is."""
    parser.add_argument("--from", metavar="STATE", dest="start", default=QUO, help=f"{what} (the status quo)")


def behaviour(parser: Parser) -> None:
    """Let a command (`parser`) be asked for one concept, or one for each decision maker."""
    parser.add_argument("--under", metavar="NAMES", help="a concept, or one for each decision maker; SEQ by default")


def conditions(parser: Parser) -> None:
    """Let a command (`parser`) draw further conclusions, about conditions."""
    parser.add_argument(
        "--where", metavar="CONDITION", action="append", default=[], help="ask also whether states that meet it are better for everybody"
    )


def patience(parser: Parser, default: float, what: str = "most time") -> None:
    """Let a command (`parser`) take more or less time than the `default`, in seconds; `what` says for what."""
    parser.add_argument("--time", metavar="SECONDS", type=seconds, default=float(default), help=f"{what}; 0 for no limit ({default:g})")


def everything(parser: Parser, what: str = "list everything that is counted") -> None:
    """Let a command (`parser`) print all that it else cuts short; `what` says what that is."""
    parser.add_argument("--all", action="store_true", help=what)


def force(parser: Parser) -> None:
    """Let a command (`parser`) replace files."""
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def count(text: str) -> int:
    """A number that is not negative, from `text`.

    >>> count("1,000")
    1000
    """
    number = int(text.replace(",", "").replace("_", ""))
    if number < 0:
        raise argparse.ArgumentTypeError("a count is not negative")
    return number


def limit(text: str) -> float:
    """A time in seconds from `text`; 0 for none.

    >>> limit("1.5")
    1.5
    """
    return seconds(text) or 0.0


def seconds(text: str) -> float | None:
    """A time in seconds from `text`; None where it is 0, for no limit.

    >>> seconds("30"), seconds("0")
    (30.0, None)
    """
    number = float(text)
    if not 0 <= number < 1e6:
        raise argparse.ArgumentTypeError("a time is a number of seconds from 0 to a million")
    return number or None
