"""From what a user names, a file, a packaged case or a conflict in hand, to a conflict with the warnings of its reader."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from detente import cases
from detente.errors import Diagnostic, Position
from detente.model.conflict import Conflict
from detente.model.viewpoint import seen_from, viewpoint

Source: TypeAlias = "Conflict | str | os.PathLike[str]"
"""What verbs accept: a conflict, the path of a file, or the name of a packaged case."""


class SeenFile(str):
    """The name of a file whose conflict is seen from a viewpoint.

    >>> SeenFile("water.yaml", "officials").viewpoint
    'officials'
    """

    viewpoint: str

    def __new__(cls, name: str, viewpoint: str) -> SeenFile:
        """The `name`, with the key of the `viewpoint`."""
        made = super().__new__(cls, name)
        made.viewpoint = viewpoint
        return made


@dataclass(frozen=True, slots=True)
class Opened:
    """A conflict and where it came from.

    Parameters
    ----------
    conflict
        The conflict.
    name
        How the user calls it: the path or the case's name as given; None for a conflict in hand.  A `SeenFile` where it is seen from a
        viewpoint.
    path
        The file that was read, or None.
    diagnostics
        Warnings of the reader.
    positions
        Where each element stands in the file.
    text
        The text of the file; empty where there is none.
    dropped
        For each front (key) of a composition the paths, in its local conflict, of what has no place in the whole.
    """

    conflict: Conflict
    name: str | None = None
    path: Path | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=dict)
    text: str = ""
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def opened(source: Source | Opened) -> Opened:
    """Read a conflict file, or a packaged case; a conflict in hand is returned as it is.

    Parameters
    ----------
    source
        A `Conflict`, a path, or the name of a packaged case (see `detente cases`).  A packaged case is preferred to a file
        of the same name in the current folder; write `./elmira` for the file.

    Raises
    ------
    ConflictError
        The file can't be read or is not well formed; with everything that is wrong in it.
    UsageError
        U402 if it is neither a file nor a packaged case.

    Examples
    --------
    >>> opened("elmira").conflict.title
    'Elmira groundwater contamination'
    """
    if isinstance(source, Opened):
        return source
    if isinstance(source, Conflict):
        return Opened(source)
    name = os.fspath(source)
    if name in cases.generated():
        return Opened(cases.load(name), name)
    from detente import io

    if cases.exists(name) or not _looks_like_a_path(name):
        path = cases.path(name)
        loaded = io.loads(path.read_text(encoding="utf-8"), path.name)  # so that places don't show where the program is installed
    else:
        path = Path(name)
        if (whole := _whole(path, name)) is not None:
            return whole
        loaded = io.read(path)
    return Opened(loaded.conflict, name, path, loaded.diagnostics, loaded.positions, loaded.text)


def _whole(path: Path, name: str) -> Opened | None:
    """The whole that a composition file makes; None for any other file."""
    from detente.io.composition import is_composition
    from detente.io.decoding import MAX_BYTES

    try:
        if path.suffix.lower() not in (".yaml", ".yml", ".json") or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):  # whoever reads the file as a conflict says what is wrong with it
        return None
    if not is_composition(text):
        return None
    from detente.app.composing import read_whole

    made, loaded = read_whole(name)
    return Opened(made.conflict, name, path, (), loaded.positions, loaded.text, made.dropped)


def opened_as(source: Source | Opened, key: str) -> Opened:
    """A conflict file, or a packaged case, as a viewpoint of it (`key`) has the conflict; every verb takes what it gives.

    Raises as `opened` does, and `UsageError` (U470) if there is no such viewpoint.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(Viewpoint("v", "as A sees it"),))
    >>> opened_as(one, "v").conflict.viewpoint
    'as A sees it'
    """
    found = opened(source)
    conflict = seen_from(found.conflict, key)
    name = None if found.name is None else SeenFile(found.name, key)
    return replace(found, conflict=conflict, name=name, positions=_positions_as(found, key))


def _positions_as(found: Opened, key: str) -> Mapping[str, Position]:
    """Where each element stands; what the viewpoint says of somebody stands in the viewpoint."""
    start = f"viewpoints/{key}/"
    own = {path.removeprefix(start): where for path, where in found.positions.items() if path.startswith(f"{start}decision makers/")}
    said = {how.party: how for how in viewpoint(found.conflict, key).parties}
    replaced = [
        f"decision makers/{party}/{kind}"
        for party, how in said.items()
        for kind, part in (
            ("prefers", how.preference),
            ("ranking", how.preference),
            ("weights", how.preference),
            ("red lines", how.red_lines),
            ("pairs", how.pairs),
            ("attitudes", how.attitudes),
        )
        if part is not None
    ]
    old = {
        path: where for path, where in found.positions.items() if not any(path == gone or path.startswith(f"{gone}/") for gone in replaced)
    }
    bare = {f"decision makers/{party}" for party, how in said.items() if how.basis is None and how.description is None}
    return {**old, **{path: where for path, where in own.items() if path not in bare}}


def seen_as(source: Source, viewpoint: str) -> Conflict:
    """The conflict in a file, or a packaged case, as a viewpoint has it: the same options and rules with what the viewpoint changes.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case; it has viewpoints.
    viewpoint
        The key of a viewpoint.

    Returns
    -------
    Conflict
        A conflict without viewpoints, which every verb takes.

    Raises
    ------
    ConflictError
        The conflict can't be read.
    UsageError
        U470 if there is no such viewpoint.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(Viewpoint("v", "as A sees it"),))
    >>> seen_as(one, "v").viewpoint
    'as A sees it'
    """
    return opened_as(source, viewpoint).conflict


def _looks_like_a_path(name: str) -> bool:
    return os.sep in name or "." in name or Path(name).exists()


def read(source: str | os.PathLike[str]) -> Conflict:
    """The conflict in a file, or a packaged case.

    Parameters
    ----------
    source
        The path of a file (`.yaml`, `.yml`, `.json` or `.gmcr`) or the name of a packaged case.

    Returns
    -------
    Conflict
        The conflict; what the reader had to remark is among the diagnostics of `detente.check`.

    Raises
    ------
    ConflictError
        The file can't be read or is not well formed; with everything that is wrong in it.
    UsageError
        There is no such file or case.

    Examples
    --------
    >>> read("elmira").combinations
    32
    """
    return opened(source).conflict
