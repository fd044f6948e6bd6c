"""The function of the command that opens the workbench."""

from __future__ import annotations

import os
import sys
import webbrowser
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from detente.cli.term import Terminal
from detente.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from detente.workbench.folder import Folder

    Serve: TypeAlias = Callable[[Folder, int, Callable[[str], None], str], None]

INSTALL = 'pip install "detente[workbench]"'
"""The command that installs what the workbench needs."""


def open_workbench(asked: Namespace, terminal: Terminal) -> int:
    """`detente open`: serves until it is interrupted, which is how it ends."""
    serve = _serving()
    folder, path = _place(asked.file)

    def begun(address: str) -> None:
        terminal.print(address)
        terminal.close()  # whoever waits for the address reads it now
        terminal.note("This is the workbench, for this machine only; Ctrl-C ends it.")
        if not asked.no_browser:
            _show(address, terminal)

    try:
        serve(folder, asked.port, begun, path)
    except KeyboardInterrupt:
        terminal.note("The workbench is closed.")
    return 0


def _serving() -> Serve:
    """What serves; raises `MissingExtra` (U549) where it is not installed, or has no page to show."""
    try:
        from detente.workbench.server import STATIC
        from detente.workbench.serving import serve
    except ImportError:
        raise MissingExtra.of("U549", "the workbench needs libraries that are not installed", help=f"install them: {INSTALL}") from None
    if not (STATIC / "index.html").is_file():
        message = "the page of the workbench was not built in this source tree"
        raise MissingExtra.of("U549", message, help="build it, with Node and npm: make workbench")
    return serve


def _place(name: str) -> tuple[Folder, str]:
    """The folder that is meant, and what of the page; raises as reading a conflict does for what is neither folder, file nor case."""
    from detente import cases
    from detente.app.opening import opened
    from detente.workbench.folder import SUFFIXES, Folder

    if name in cases.names():
        return Folder(Path.cwd()), f"?{urlencode({'case': name})}"
    path = Path(os.path.realpath(name))
    if path.is_dir():
        return Folder(path), ""
    if not path.is_file():
        opened(name)  # says what is meant instead
    if not path.name.lower().endswith(SUFFIXES) or path.name.startswith("."):
        message = "the workbench opens conflict files in the language of Detente"
        help = f"name a file that ends in {', '.join(SUFFIXES)}, or make one: detente import {name} FILE.yaml"
        raise UsageError.of("U541", message, value=name, help=help)
    return Folder(path.parent), f"?{urlencode({'file': path.name})}"


def _show(address: str, terminal: Terminal) -> None:
    """Open the address in the browser of the desktop; a browser within the terminal would cover what is told there."""
    desktop = sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))

    def show() -> None:
        if not desktop or not webbrowser.open(address):
            terminal.note("There is no browser to open here: open the address above in one.")

    Thread(target=show, daemon=True).start()
