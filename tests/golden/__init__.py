"""Texts as they are shown, compared letter by letter."""
