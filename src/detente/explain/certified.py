"""What of an account was checked by a program that searches for nothing, and what was only worked out, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detente.analysis.claims.base import Claim
from detente.analysis.claims.gains import Gains
from detente.analysis.claims.standing import Standing
from detente.explain.sentence import Part, Sentence
from detente.text import listing

KEPT = "that something better for everybody also holds, where that is said"
_SHOWN = {
    "holds": "under which concepts the status quo holds",
    "state": "whether the named states hold",
    "gain": "what is better for everybody",
    "red lines": "which red lines exclude what would be better",
}
"""What claims show of a conclusion, by its kind, where the states are listed."""
_WORKED_OUT = {
    "onward": "where a group can go on to",
    "concluded": "how what the sources conclude stands to the model",
}
"""What no claim shows, by the kind of the conclusion."""


def certified(checked: Sequence[str], worked_out: Sequence[str]) -> Part:
    """The paragraph that tells what was checked, and what was only worked out.

    Parameters
    ----------
    checked
        What was checked, each a clause.
    worked_out
        What was not.

    Examples
    --------
    >>> print(certified(["whether it holds"], []).lead[0])
    Checked case by case, by a separate checker: whether it holds.
    """
    said = [f"Checked case by case, by a separate checker: {'; '.join(checked)}."] if checked else []
    said += [f"Only worked out: {'; '.join(worked_out)}."] if worked_out else []
    return Part((Sentence(" ".join(said or ["Nothing was checked."])),))


def kept_shown(answers: Mapping[Any, object], claims: Sequence[Claim]) -> bool:
    """Whether some of the `claims` shows that a state that is better for everybody holds, if `answers` (by conclusion) say so.

    >>> kept_shown({}, ())
    True
    """
    if not any(topic.kind == "kept gain" and value for topic, value in answers.items()):
        return True
    better = sum(claim.better for claim in claims if isinstance(claim, Gains))
    return any(isinstance(one, Standing) and one.holds and better >> one.state & 1 for one in claims)


def conclusions_certified(
    answered: Iterable[tuple[str, object]], profile: Iterable[str], *, listed: bool, kept: bool, more: Sequence[str] = ()
) -> Part:
    """What was checked of conclusions on the status quo that are compared.

    Parameters
    ----------
    answered
        The kind of each conclusion (as of a topic), and its value.
    profile
        The keys of the concepts that decision makers behave by.
    listed
        Whether the states of all the conflicts were listed; otherwise only some of the conclusions have claims.
    kept
        Whether claims show of each conflict in which something better is said to hold that it does.
    more
        What was only worked out besides, each a clause.

    Examples
    --------
    >>> found = conclusions_certified([("gain", True), ("type", "D4")], ["SEQ"], listed=True, kept=True)
    >>> print(found.lead[0].text.partition("checker: ")[2])
    what is better for everybody; that the types of deadlock that are named apply. Only worked out: that no other type comes before them.
    """
    found = list(answered)
    if not listed:
        stays = f"who stays at the status quo under {listing(dict.fromkeys(profile))}, where that is settled"
        proofs = "the proofs that were found for types of deadlock, and for nothing being better for everybody"
        return certified((stays, proofs), ("whatever else is said", *more))
    kinds = dict.fromkeys(kind for kind, _ in found)
    checked = [clause for kind, clause in _SHOWN.items() if kind in kinds]
    worked_out = []
    types = {value for kind, value in found if kind == "type"} - {None, "-"}
    if types - {""}:
        checked.append("that the types of deadlock that are named apply")
        worked_out += ["that no other type comes before them"] * bool(types - {"", "D1", "D8"})
    if "" in types:
        worked_out.append("that no type applies, where that is said")
    holding = {value for kind, value in found if kind == "kept gain"}
    if True in holding:
        (checked if kept else worked_out).append(KEPT)
    if False in holding:
        worked_out.append("that nothing better for everybody holds, where that is said")
    worked_out += [clause for kind, clause in _WORKED_OUT.items() if kind in kinds]
    return certified(checked, (*worked_out, *more))
