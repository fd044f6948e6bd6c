"""Conflict files: read with positions, written whole or not at all."""

from __future__ import annotations

from detente.io.files import dumps, loads, read, text_of, write
from detente.io.loaded import Loaded

__all__ = ["Loaded", "dumps", "loads", "read", "text_of", "write"]
