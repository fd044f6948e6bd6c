"""Packaged conflicts: published ones with their expected verdicts, the flagship, and the strict ordinal 2×2 games, which are generated.

A packaged case is a conflict file of this folder; its expected verdicts, if there are any, stand beside it in a file that ends in
`.expect.yaml`.  Its first line is a comment that says in one sentence what the case is.  The generated cases are called `2x2:1` to
`2x2:78` (see `detente.cases.games`).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import DetenteError, UsageError
from detente.text import did_you_mean

if TYPE_CHECKING:
    from detente.model.conflict import Conflict

FLAGSHIP = "gaza-hostage-talks"
"""The case that the demonstration runs on."""
WIDE = "gaza-all-fronts"
"""The flagship with all fronts of the war in the model: too many combinations to list them."""
GENERATED = "2x2:"
"""How the names of generated cases begin; a number from 1 to 78 follows."""
GAMES = 78
"""How many strict ordinal 2×2 games there are (Rapoport and Guyer 1966)."""
_CONFLICT, _EXPECT = ".yaml", ".expect.yaml"


def _folder() -> Path:
    return Path(str(files(__name__)))


@cache
def names() -> tuple[str, ...]:
    """The packaged conflict files by name, the two flagships first and the others in alphabetical order; without the generated cases.

    >>> "elmira" in names()
    True
    """
    found = {file.name.removesuffix(_CONFLICT) for file in _folder().glob(f"*{_CONFLICT}") if not file.name.endswith(_EXPECT)}
    return tuple(sorted(found, key=lambda name: (name != FLAGSHIP, name != WIDE, name)))


def generated() -> tuple[str, ...]:
    """The names of the generated cases.

    >>> generated()[0], generated()[-1]
    ('2x2:1', '2x2:78')
    """
    return tuple(f"{GENERATED}{number}" for number in range(1, GAMES + 1))


def exists(name: str) -> bool:
    """Whether a packaged or a generated case has exactly this name.

    >>> exists("elmira"), exists("2x2:12"), exists("2x2:79")
    (True, True, False)
    """
    return name in names() or name in generated()


def path(name: str) -> Path:
    """The file of a packaged case.

    Parameters
    ----------
    name
        A name that `names` gives.

    Raises
    ------
    UsageError
        U402 if there is no such case, U403 if it is a generated one, which has no file.

    Examples
    --------
    >>> path("elmira").name
    'elmira.yaml'
    """
    if name in names():
        return _folder() / f"{name}{_CONFLICT}"
    if name in generated():
        problem, help = f'the case "{name}" is generated and has no file', f"analyze it by its name: detente analyze {name}"
        raise UsageError.of("U403", problem, value=name, help=help)
    raise _unknown(name)


def expect_path(name: str) -> Path | None:
    """The file of expected verdicts of a packaged case, or None if it has none (see `expected` for the generated ones).

    Raises `UsageError` (U402) if there is no such case.

    >>> expect_path("elmira").name, expect_path("2x2:12")
    ('elmira.expect.yaml', None)
    """
    if not exists(name):
        raise _unknown(name)
    found = _folder() / f"{name}{_EXPECT}"
    return found if found.is_file() else None


def expected(name: str) -> str | None:
    """The expected verdicts of a case, in the language of files of expected verdicts, or None if it has none.

    Those of the generated cases are not published; they were computed with a statement of the definitions apart from the engines'.
    Raises `UsageError` (U402) if there is no such case.

    >>> "equilibria: [5, 8, 9]" in (expected("elmira") or "")
    True
    """
    if name in generated():
        from detente.cases.games import expected as of_game

        return of_game(int(name.removeprefix(GENERATED)))
    file = expect_path(name)
    return file.read_text(encoding="utf-8") if file else None


def describe(name: str) -> str:
    """One line that says what a case is.  Raises `UsageError` (U402) if there is no such case.

    >>> describe("2x2:12")
    "Strict ordinal 2×2 game 12 (Prisoner's dilemma)"
    """
    if name in generated():
        from detente.cases.games import title

        return title(int(name.removeprefix(GENERATED)))
    with path(name).open(encoding="utf-8") as file:
        lines = [file.readline().strip(), *(line.strip() for line in file if line.startswith("title:"))]
    if lines[0].startswith("#"):
        return lines[0].lstrip("# ")
    return lines[-1].removeprefix("title:").strip(" \"'")


def load(name: str) -> Conflict:
    """The conflict of a packaged or generated case.

    Raises `UsageError` (U402) if there is no such case, and `ConflictError` if the file is damaged.

    >>> load("elmira").title, load("2x2:9").title
    ('Elmira groundwater contamination', 'Strict ordinal 2×2 game 9 (Deadlock)')
    """
    if name in generated():
        from detente.cases.games import game

        return game(int(name.removeprefix(GENERATED)))
    from detente.io import read

    return read(path(name)).conflict


def _unknown(name: str) -> DetenteError:
    close = did_you_mean(name, (*names(), *generated()))
    hint = f'did you mean "{close}"? ' if close else ""
    return UsageError.of("U402", f'no packaged case is called "{name}"', value=name, help=f"{hint}`detente cases` lists them")
