"""Starts the workbench: a server on this machine alone, at a port that is free, under a token that only the opened address carries."""

from __future__ import annotations

import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Thread

import uvicorn

from detente.errors import UsageError
from detente.workbench.folder import Folder
from detente.workbench.guard import Guard
from detente.workbench.server import Workbench

HOST = "127.0.0.1"
"""Where the server listens: nobody outside this machine reaches it."""
LONGEST = 1 << 18
"""Most bytes that the head of a request may have.  The page writes at most 8,000 letters of what is tried into an address, and as many of
what was asked; written as an address has it, a letter takes up to nine."""
AHEAD = 1.0
"""Seconds that the conflict of the first page is read before its address is told; a larger one is read on beside it."""


def serve(folder: Folder, port: int, begun: Callable[[str], None], path: str = "") -> None:
    """Serve until interrupted.

    Parameters
    ----------
    folder
        All that is read and written.
    port
        The port; 0 for any that is free.
    begun
        Is told the address to open, once the server answers there.
    path
        What of the page the address names, after its host.

    Raises
    ------
    UsageError
        U548 if the port can't be had.
    """
    with closing(listening(port)) as listener:
        guard, workbench = guarded(folder, listener)

        def answers() -> None:
            reading = Thread(target=workbench.read_ahead, args=(path,), daemon=True)
            reading.start()
            reading.join(AHEAD)  # a browser that begins meanwhile takes the processor from it, and waits for it all the same
            begun(guard.address(path))

        server = Server(guard, workbench, answers)
        with _hung_up(server):
            server.run(sockets=[listener])


def configured(guard: Guard) -> uvicorn.Config:
    """How the server runs that hands its requests to a `guard`: plain HTTP, nothing written down but warnings.

    >>> configured(Guard(app=None, port=8000, token="secret")).server_header
    False
    """
    return uvicorn.Config(
        guard,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        h11_max_incomplete_event_size=LONGEST,
    )


def guarded(folder: Folder, listener: socket.socket) -> tuple[Guard, Workbench]:
    """The application that answers at a socket (`listener`) about a `folder`, and the workbench within.

    >>> import tempfile
    >>> with closing(listening(0)) as listener:
    ...     guard, _ = guarded(Folder(tempfile.gettempdir()), listener)
    >>> len(guard.token)
    43
    """
    workbench = Workbench(folder)
    return Guard(workbench.app, listener.getsockname()[1], secrets.token_urlsafe(32)), workbench


def listening(port: int) -> socket.socket:
    """A socket at a `port` of this machine, 0 for any that is free; raises `UsageError` (U548) if it can't be had.

    >>> with closing(listening(0)) as listener:
    ...     listener.getsockname()[0]
    '127.0.0.1'
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as problem:
        listener.close()
        reason = getattr(problem, "strerror", None) or str(problem)
        message = f"port {port} can't be had: {reason}"
        raise UsageError.of("U548", message, value=str(port), help="leave --port out, and any that is free is taken") from None
    return listener


class Server(uvicorn.Server):
    """A server that tells when it answers, and gives up all jobs when it is told to end, however it is told.

    Parameters
    ----------
    guard
        What answers requests.
    workbench
        What runs the jobs.
    begun
        Is called once it answers.

    Examples
    --------
    >>> import tempfile
    >>> with closing(listening(0)) as listener:
    ...     server = Server(*guarded(Folder(tempfile.gettempdir()), listener), lambda: print("it answers"))
    >>> server.started
    False
    """

    def __init__(self, guard: Guard, workbench: Workbench, begun: Callable[[], None] = lambda: None) -> None:
        super().__init__(configured(guard))
        self._workbench, self._begun = workbench, begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        await super().startup(sockets)
        self._begun()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Give up what runs, so that nobody waits for it, and end; here already, since uvicorn ends the process itself on some signals."""
        self._workbench.close()
        await super().shutdown(sockets)


@contextmanager
def _hung_up(server: Server) -> Iterator[None]:
    """End a server also where the terminal that it was begun from is closed, as uvicorn does on other signals."""
    if not hasattr(signal, "SIGHUP") or signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:  # as `nohup` wants it
        yield
        return
    heard: list[int] = []

    def hear(number: int, _: object) -> None:
        heard.append(number)
        server.should_exit = True

    before = signal.signal(signal.SIGHUP, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
    for number in heard[:1]:
        signal.raise_signal(number)
