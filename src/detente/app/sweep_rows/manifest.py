"""The manifest of a folder of rows: what the rows are, and which parts of them are there."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from detente.app.sweep_rows.plan import SCHEMA, Plan, identity_of
from detente.errors import ConflictError, UsageError
from detente.text import shortened

FILE = "manifest.json"
"""The name of the manifest's file."""
WORDS = {
    "conflict": "conflict",
    "completions": "number of completions",
    "how": "choice of completions (all or drawn)",
    "seed": "seed",
    "rows": "number of rows",
    "rows in a part": "size of parts",
    "profile": "behaviour of the decision makers",
    "guesses": "guesses",
    "conclusions": "conclusions",
}
"""What the entries are called where two manifests differ."""


def part_file(number: int) -> str:
    """The name of the file of a part, from 0.

    >>> part_file(7)
    'part-0000007.parquet'
    """
    return f"part-{number:07}.parquet"


@dataclass(frozen=True, slots=True)
class Entry:
    """A part that is there.

    Parameters
    ----------
    file
        The name of its file.
    rows
        How many completions it holds.
    bytes
        How large it is.
    sha256
        SHA-256 over it, in hexadecimal.
    """

    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What stands in a manifest.

    Parameters
    ----------
    about
        What holds of all parts, as `Plan.about` gives it.
    entries
        The parts that are there, by their numbers, from 0.

    Examples
    --------
    >>> text = Manifest({"schema": SCHEMA, "rows": 5, "rows in a part": 3}, {1: Entry(part_file(1), 2, 900, "ab")}).text
    >>> found = Manifest.of(text, "rows/manifest.json")
    >>> found.parts, found.missing, found.entries[1].rows
    (2, (0,), 2)
    """

    about: Mapping[str, Any]
    entries: Mapping[int, Entry]

    @property
    def rows(self) -> int:
        """How many completions there are in all parts."""
        return int(self.about["rows"])

    @property
    def parts(self) -> int:
        """How many parts there are when all are."""
        return -(-self.rows // int(self.about["rows in a part"]))

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the parts that are not there."""
        return tuple(number for number in range(self.parts) if number not in self.entries)

    @property
    def text(self) -> str:
        """The manifest as it stands in its file."""
        parts = [asdict(entry) for _, entry in sorted(self.entries.items())]
        content = {**self.about, "sweep": identity_of(self.about), "finished": not self.missing, "parts": parts}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    @staticmethod
    def of(text: str, name: str) -> Manifest:
        """What stands in a `text`; `name` is what the file is called in the message of the error.

        Raises `ConflictError` (F640) if it is no manifest, or was changed since it was written.
        """
        try:
            content = json.loads(text)
            entries = [Entry(**one) for one in content.pop("parts")]
            identity, _ = content.pop("sweep"), content.pop("finished")
            numbers = {int(entry.file.removeprefix("part-").removesuffix(".parquet")): entry for entry in entries}
            found = Manifest(content, numbers)
            is_whole = identity == identity_of(content) and content["schema"] == SCHEMA and found.parts > 0
            is_whole &= all(0 <= number < found.parts and entry.file == part_file(number) for number, entry in numbers.items())
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError):
            is_whole = False
        if not is_whole:
            help = "begin again in another folder"
            raise ConflictError.of("F640", f'"{name}" is not the manifest of a sweep, or was changed', value=name, help=help)
        return found


def read(folder: str | os.PathLike[str]) -> Manifest:
    """The manifest of a folder.

    Parameters
    ----------
    folder
        The folder.

    Raises
    ------
    ConflictError
        F640 if there is none, or it can't be read.

    Examples
    --------
    >>> read("no-such-folder")
    Traceback (most recent call last):
    ...
    detente.errors.ConflictError: error[F640]: there is no sweep in "no-such-folder"
    """
    name, path = os.fspath(folder), Path(folder, FILE)
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        help = "write one with: detente sweep CONFLICT --out FOLDER"
        raise ConflictError.of("F640", f'there is no sweep in "{name}"', value=name, help=help) from None
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "it is not a text"
        help = "check the folder and its permissions"
        raise ConflictError.of("F640", f'"{path}" can\'t be read: {reason.lower()}', value=name, help=help) from None
    return Manifest.of(text, str(path))


def same(found: Manifest, plan: Plan, folder: str) -> None:
    """Refuse to go on with another sweep than the one in a folder.

    Parameters
    ----------
    found
        What the folder holds.
    plan
        What is asked for.
    folder
        The folder.

    Raises
    ------
    UsageError
        U511, with what differs.
    ConflictError
        F648 if only the versions differ: the bytes of a part depend on them.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> one, other = (Plan(Numbered(load("elmira"), 10, seed), (), (), 10) for seed in (1, 2))
    >>> same(Manifest(one.about, {}), other, "rows")
    Traceback (most recent call last):
    ...
    detente.errors.UsageError: error[U511]: "rows" holds another sweep: the seed differs
    """
    wanted = plan.about
    others = [words for key, words in WORDS.items() if json.loads(json.dumps(wanted[key])) != found.about.get(key)]
    if others:
        what = ", ".join(others[:-1]) + (" and " if others[1:] else "") + others[-1]
        message = f'"{folder}" holds another sweep: the {what} {"differ" if others[1:] else "differs"}'
        raise UsageError.of("U511", message, value=folder, help="ask for the same again, or write into another folder")
    if wanted["versions"] != found.about.get("versions"):
        had, now = _versions(found.about.get("versions")), _versions(wanted["versions"])
        message = f'"{folder}" was written by other versions ({had}) than those that would go on ({now})'
        raise ConflictError.of("F648", message, value=folder, help="go on with the versions that began, or begin again in another folder")


def _versions(some: object) -> str:
    return shortened(", ".join(f"{name} {one}" for name, one in some.items())) if isinstance(some, dict) else "unknown"
