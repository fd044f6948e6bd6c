"""The pages of the diagnostic codes: one Markdown file for each, with What, Why, Example and Fix."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from detente.errors import UsageError
from detente.text import did_you_mean, shortened


@cache
def known() -> tuple[str, ...]:
    """The codes that have a page, in alphabetical order.

    >>> "U402" in known()
    True
    """
    return tuple(sorted(file.stem for file in _folder().glob("*.md")))


def page(code: str) -> str:
    """The page of a code, in Markdown; the case of letters does not matter.

    Raises `UsageError` (U418) if no page has this name.

    >>> page("u402").startswith("#")
    True
    """
    wanted = code.strip().upper()
    if wanted not in known():
        close = did_you_mean(wanted, known())
        hint = f'did you mean "{close}"?' if close else "a code is a letter and three digits, as between the brackets of a message"
        raise UsageError.of("U418", f'there is no code "{shortened(code)}"', value=code, help=hint)
    return (_folder() / f"{wanted}.md").read_text(encoding="utf-8")


def _folder() -> Path:
    return Path(str(files(__name__)))
