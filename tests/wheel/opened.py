"""A workbench that `detente open` serves from another environment, and the same requests to it as to one of these tests' own."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.cli.program import environment
from tests.workbench.served import Served

from detente.workbench.guard import Guard


class Opened(Served):
    """A workbench that another process serves; requests bring the token of its address.

    Parameters
    ----------
    address
        What `detente open` printed.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        (token,) = parse_qs(parts.query)["token"]
        assert parts.hostname == "127.0.0.1"
        assert parts.port is not None
        self.guard, self.port, self.origin = Guard(_nothing, port=parts.port, token=token), parts.port, f"http://{parts.netloc}"

    def headers(self, **other: str | None) -> dict[str, str]:
        """The headers that a program's requests carry."""
        return super().headers(Cookie=None, Authorization=f"Bearer {self.guard.token}", **other)


async def _nothing(*_: object) -> None:
    """The application of a guard that is only asked for addresses."""


@contextmanager
def opened(python: Path, folder: Path) -> Iterator[Opened]:
    """Run `detente open` of an environment on a folder, until the end of a block; it must end well, and complain of nothing."""
    hidden = {name: value for name, value in environment().items() if name not in ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME")}
    command = [str(python), "-m", "detente", "open", ".", "--no-browser"]
    with subprocess.Popen(
        command, cwd=folder, env=hidden, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            yield Opened(process.stdout.readline().strip())
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
    assert (process.returncode, said.splitlines()[1:]) == (0, ["The workbench is closed."]), said
