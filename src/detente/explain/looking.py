"""What the concepts that look further count, as clauses that follow their names."""

from __future__ import annotations

_TURNS = "each does what serves them best in the end, and whoever stays ends it"
_APART = "any of the others may be next, and whoever moves counts on the worst of that"
_AS_ONE = "the others move as one, where it serves none of them worse and one of them better"


def _ahead(moves: str) -> str:
    return f"{moves} move{'' if moves == '1' else 's'}"


def counts_further(key: str) -> str | None:
    """What a concept that looks further counts, as a clause that follows its name; None for other concepts.

    Parameters
    ----------
    key
        Key of the concept.

    Examples
    --------
    >>> counts_further("Maximin2")
    'looks 2 moves ahead, in turn: the party, then the others, who do whatever is worst for the party; whoever stays ends it'
    """
    plain, _, reading = key.partition(".")
    how = {"apart": f"; {_APART}", "together": f"; {_AS_ONE}"}.get(reading, "")
    if plain.startswith("Stackelberg@"):
        return f"has {plain.partition('@')[2]} lead, who sees the other's best answer coming, and the other look one move ahead"
    if plain == "NM":
        return f"looks further and further ahead, until the results repeat: in turn, {_TURNS}{how}"
    if plain == "Policy":
        credible = ", each move of which is a gain for whoever makes it" if reading else ""
        return f"counts the plans of the others, one for every state{credible}, and asks where the play can come to rest under them"
    number = plain.lstrip("LMRCaximn")
    if plain == f"L{number}":
        return f"looks {_ahead(number)} ahead: in turn, {_TURNS}{how}"
    if plain == f"Maximin{number}":
        others = "the party, then the others, who do whatever is worst for the party"
        return f"looks {_ahead(number)} ahead, in turn: {others}; whoever stays ends it"
    if plain in (f"MR{number}", f"CMR{number}"):
        which = "answers in which every step is a gain for whoever takes it" if plain[0] == "C" else "any answers of the others"
        return f"counts {which}, as long as they can be given anew to each new gain, with {_ahead(number)} in all"
    return None
