"""Reports: one self-contained page for a conflict, and its drawings."""

from detente.report.page import html

__all__ = ["html"]
