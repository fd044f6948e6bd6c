"""Certificates: every verdict has one that the checker accepts, and none survives a falsification."""
