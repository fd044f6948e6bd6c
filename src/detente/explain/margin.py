"""On which order of two statements it hangs that somebody of a group prefers a state, in words."""

from __future__ import annotations

from collections.abc import Iterable

from detente.analysis.margin import narrowest
from detente.explain.sentence import Sentence
from detente.explain.words import Words, quoted
from detente.model.formula import written


def hangs(words: Words, members: Iterable[str], better: int, worse: int) -> Sentence | None:
    """The two statements, of whichever member, that are fewest places apart and whose order decides that they prefer a state to another.

    None where no move of a single statement would change the preference of any member.

    Parameters
    ----------
    words
        The words of the space.
    members
        Decision makers (keys) who prefer `better` to `worse`.
    better, worse
        The two states.
    """
    found = narrowest(words.orders, members, better, worse)
    if found is None:
        return None
    preference = words.orders[found.dm].dm.preference
    statements = preference.statements() if preference is not None else ()
    upper, lower = (quoted(statements[n - 1].says or written(statements[n - 1].when)) for n in (found.upper, found.lower))
    party = words.party(found.dm)
    if_so = f"were statement {found.lower} of {party}, {lower}, above statement {found.upper}, {upper}"
    elements = tuple(f"decision makers/{found.dm}/prefers/{place}" for place in (found.upper, found.lower))
    return Sentence(f"{party} would not prefer {words.state(better)} {if_so}", (better, worse), elements)
