"""What each solution concept asks, in one line of plain English."""

from __future__ import annotations

from detente.concepts.registry import concept
from detente.explain.looking import counts_further
from detente.explain.readings import counts_read

_HOLDS = "the party cannot move on to a state better than where it began"
_COUNTS = {
    "Nash": "looks only at the party's own next move, not at any answer",
    "GMR": "counts every answer that the others could give, whatever it costs them",
    "SMR": f"counts every answer that the others could give, whatever it costs them, if after it {_HOLDS}",
    "SEQ": "counts only answers in which every step is a gain for whoever takes it",
    "SSEQ": f"counts only answers in which every step is a gain for whoever takes it, and after which {_HOLDS}",
    "SIM": "counts only what others would do at the same moment, each by an improvement of their own",
}


def counts(key: str) -> str:
    """What a concept counts as an answer, as a clause that follows its name.

    >>> counts("SEQ")
    'counts only answers in which every step is a gain for whoever takes it'
    """
    if key in _COUNTS:
        return _COUNTS[key]
    asked = concept(key)
    if asked.reading is not None:
        return counts_read(asked)
    return counts_further(asked.key) or f"asks: {asked.asks}"


def gloss(key: str) -> str:
    """A concept in one sentence; raises `UsageError` (U401) if there is none of that name.

    >>> gloss("Nash")
    "Nash looks only at the party's own next move, not at any answer."
    """
    return f"{concept(key).key} {counts(concept(key).key)}".rstrip(".?") + "."
