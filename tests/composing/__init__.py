"""Composing local conflicts on several fronts into one."""
