"""Concepts that look further: laws, certificates, the 78 games, and what users see."""
