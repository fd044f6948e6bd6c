"""What the YAML parser complains of, in words that help a person who does not know YAML by heart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError

from detente.errors import ConflictError, Diagnostic
from detente.io.nodes import SourceText


@dataclass(frozen=True, slots=True)
class _Case:
    """A complaint of the parser (where `pattern` is found), what it means, and what to do; `opening`: point at where it began."""

    pattern: str
    message: str
    help: str
    opening: bool = False


_CASES = (
    _Case(
        r"mapping values are not allowed",
        'a ":" stands where none can',
        'a text that holds ": " needs quotes; a key needs the same indentation as its neighbours',
    ),
    _Case(
        r"scanning a quoted scalar.*(end of stream|document separator)",
        "a quotation mark is not closed",
        "close it; an apostrophe inside single quotes is written twice",
        opening=True,
    ),
    _Case(
        r"escape character|expected escape sequence|hexdecimal",
        "an escape in double quotes can't be read",
        "write \\\\ for a backslash, or use single quotes",
    ),
    _Case(
        r"parsing a block mapping.*expected <block end>",
        "the indentation does not fit what stands above, or something is left over",
        "keys of one mapping begin in the same column; after a quoted text nothing may follow",
    ),
    _Case(
        r"parsing a block collection.*expected <block end>",
        'an item of this list must begin with "- " in the same column as the others',
        "align the items",
    ),
    _Case(
        r"parsing a flow sequence",
        'a list in [ ] needs "," between items and "]" at its end',
        "quote items that hold [ ] { } or ,",
        opening=True,
    ),
    _Case(
        r"parsing a flow mapping",
        'a mapping in { } needs "," between entries and "}" at its end',
        "quote texts that hold [ ] { } or ,",
        opening=True,
    ),
    _Case(
        r"expected the node content, but found '<stream end>'",
        "the file ends inside a list or mapping that is not closed",
        "close it with ] or }",
    ),
    _Case(r"could not find expected ':'", 'a ":" is missing after a key', "a key and its value are written `key: value`"),
    _Case(r"scanning an? (alias|anchor)", "a name must follow * or &", "a text that begins with * or & needs quotes"),
    _Case(r"cannot start any token", "a text can't begin with this character", "put the text in quotes"),
    _Case(r"sequence entries are not allowed", "an item of a list can't begin here", 'put "- " on a line of its own below the key'),
    _Case(
        r"block scalar",
        "the head of a text block can't be read",
        "after | or > only + or - and a digit may follow on the line; the text begins on the next line",
    ),
    _Case(r"directive|%", "a line that begins with % can't be read", "delete the line, or quote the text"),
)
_ELSE = _Case("", "the file is no YAML that can be read", "look at the indentation, the quotes and the brackets at and above this place")


def explained(problem: MarkedYAMLError, source: SourceText) -> ConflictError:
    """The parser's complaint as a diagnostic: F606 for a tab where spaces belong, F605 otherwise.

    Parameters
    ----------
    problem
        What the parser raised.
    source
        The text that it was reading.
    """
    said = f"{problem.context or ''} {problem.problem or ''}"
    mark = problem.problem_mark or problem.context_mark
    at = min(mark.index if mark is not None else 0, len(source.text))
    if "\\t" in said or _in_indentation_tab(source.text, at):
        help = "indent with spaces; most editors can convert tabs"
        return ConflictError([Diagnostic("F606", "a tab stands where only spaces can", source.place(at, at + 1), help=help)])
    case = next((c for c in _CASES if re.search(c.pattern, said, re.DOTALL)), _ELSE)
    if case.opening and problem.context_mark is not None:
        at = min(problem.context_mark.index, len(source.text))
    return ConflictError([Diagnostic("F605", case.message, source.place(at, at + 1), help=case.help)])


def _in_indentation_tab(text: str, at: int) -> bool:
    """Whether a tab stands in the indentation of the line that holds a character."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return re.match(r" *\t", text[start : start + 200]) is not None
