"""The second statement: every definition transcribed from the literature, as naively as possible.

Nothing here imports the program. The conformance tests compare the program's engines with these functions.
"""
