"""From the bytes of a file to its text: bounded, in UTF-8, and never a guess."""

from __future__ import annotations

from detente.errors import ConflictError, Diagnostic, Position
from detente.text import plural

MAX_BYTES = 4_000_000
"""Longest file that is read, in bytes."""

_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def decoded(data: bytes, name: str) -> str:
    """The text of a file, without a byte order mark at its beginning.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        Name of the file, for positions.

    Raises
    ------
    ConflictError
        F604 (too long), F602 (not a text), F603 (not in UTF-8).

    Examples
    --------
    >>> decoded("title: Genève".encode(), "a.yaml")
    'title: Genève'
    >>> decoded("title: Genève".encode("latin-1"), "a.yaml")
    Traceback (most recent call last):
    ...
    detente.errors.ConflictError: a.yaml:1:11: error[F603]: the file is not in UTF-8: the byte E8 stands in line 1
    """
    check_length(len(data), name)
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            raise _refused("F603", f"the file is in {encoding}, not in UTF-8", name)
    if (zero := data.find(b"\0")) >= 0:
        if len(data) >= 4 and data[:4].count(0) in (2, 3) and not data[:4].isalnum():
            raise _refused("F603", "the file is not in UTF-8; it looks like UTF-16 or UTF-32", name)
        raise _refused("F602", "the file is not a text: it holds a byte 00", name, _place(data, zero, name))
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        where = _place(data, problem.start, name)
        message = f"the file is not in UTF-8: the byte {data[problem.start]:02X} stands in line {where.line}"
        raise _refused("F603", message, name, where) from None


def check_length(length: int, name: str) -> None:
    """Refuse a text that is too long (F604)."""
    if length > MAX_BYTES:
        message = f"the file is longer than {plural(MAX_BYTES, 'byte')}"
        raise ConflictError.of(
            "F604",
            message,
            where=Position(name, 1, 1),
            help="leave out what the analysis does not need; sources stand in files of their own",
        )


def _place(data: bytes, at: int, name: str) -> Position:
    """The position of a byte, its column counted in characters as far as what stands before can be read."""
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return Position(name, len(before), len(before[-1].decode("utf-8", "replace")) + 1)


def _refused(code: str, message: str, name: str, where: Position | None = None) -> ConflictError:
    help = "save it as UTF-8 text" if code == "F603" else "a conflict file is a text in YAML or JSON"
    return ConflictError([Diagnostic(code, message, where or Position(name, 1, 1), help=help)])
