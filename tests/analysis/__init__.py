"""Analyses, held against the naive second statement."""
