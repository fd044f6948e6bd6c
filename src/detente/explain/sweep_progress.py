"""What a sweep is doing, in words for those who wait for it."""

from __future__ import annotations

import re

KINDS = {
    "holds": "whether states hold",
    "stays": "who stays",
    "gain": "whether something is better for everybody",
    "kept gain": "whether something that is better for everybody also holds",
    "red lines": "which red lines exclude what is better",
    "type": "which type of deadlock comes first",
    "onward": "from where groups can go on",
    "concluded": "what the sources conclude",
    "lever": "which levers work",
    "cheapest": "which lever is the cheapest that works",
}
"""What the kinds of conclusions ask."""
_NAMES = "|".join(sorted(KINDS, key=len, reverse=True))
_DOING = re.compile(rf"(counting|drawing completions for|drawing) ({_NAMES})\b")


def progress_words(told: str) -> str:
    """What is being done, where a sweep names conclusions by their kind (`told`), as a user would say it.

    A frame is the conflict with all that is guessed of its rules, its directions and its viewpoints settled in one way.

    >>> progress_words("counting kept gain, frame 3 of 48")
    'counting whether something that is better for everybody also holds: settled rules, directions and viewpoints 3 of 48'
    >>> progress_words("counting holds, frame 1 of 1"), progress_words("drawing completions for type")
    ('counting whether states hold', 'drawing completions for which type of deadlock comes first')
    """
    said = _DOING.sub(lambda found: f"{found[1]} {KINDS[found[2]]}", told)
    said = re.sub(r", frame 1 of 1$", "", said)
    return re.sub(r", frame (\d+) of (\d+)$", r": settled rules, directions and viewpoints \1 of \2", said)
