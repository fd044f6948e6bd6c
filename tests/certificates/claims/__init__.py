"""For each family of claims how true ones are had, and what they say in the second statement.

Each module of this package has a `FAMILY`; a kind of claim that no family knows fails the tests.
"""
