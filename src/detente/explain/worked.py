"""Verdicts that are worked out backwards, in words."""

from __future__ import annotations

from detente.concepts.registry import concept
from detente.concepts.witness import Worked
from detente.explain.glosses import gloss
from detente.explain.sentence import Part, Sentence
from detente.explain.words import Words


def worked(words: Words, witness: Worked) -> list[Part]:
    """Why a decision maker stays or leaves under a concept that works its verdicts out backwards.

    Parameters
    ----------
    words
        How states and parties are called.
    witness
        A witness that the checker has accepted.

    Examples
    --------
    >>> worked.__name__
    'worked'
    """
    return [Part((Sentence(gloss(witness.concept)), worked_line(words, witness, words.party(witness.dm))))]


def worked_line(words: Words, witness: Worked, party: str) -> Sentence:
    """The verdict of a decision maker (`party`, in words) in a line.

    >>> worked_line.__name__
    'worked_line'
    """
    name = concept(witness.concept).name
    if witness.improvement is None:
        return Sentence(f"{party}: stays under {witness.concept} ({name})", (witness.state,))
    to = witness.improvement
    text = f"{party}: leaves under {witness.concept} ({name}), {words.move(witness.state, to)} by {words.by(witness.state, to, witness.dm)}"
    return Sentence(text, (witness.state, to), words.options(witness.state, to, witness.dm))
