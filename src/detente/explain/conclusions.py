"""What a source concludes, beside what the model gives: agreed, different, not decided, or not in the model; in words that take no side."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.concluded import Result, Weighed
from detente.explain.basis import citations_words
from detente.explain.sentence import Sentence
from detente.explain.together import way_out
from detente.explain.words import Words, quoted
from detente.model.formula import written
from detente.text import capital, listing, plural

RESULTS: Mapping[Result, str] = {
    "agrees": "the model agrees",
    "differs": "the model differs",
    "open": "the model does not decide it",
    "outside": "not in this model",
}
"""How a conclusion compares, in a few words."""


def where_from(words: Words, weighed: Weighed) -> str:
    """Who concludes it, and where: "by unnamed observers (article ¶10)"; empty where the file does not say.

    A conclusion without citations is the analyst's own wording of what is at issue.
    """
    basis = weighed.conclusion.basis
    return citations_words(words.conflict, basis.citations) if basis is not None and basis.citations else ""


def compared(words: Words, weighed: Weighed) -> Sentence:
    """What the model gives where a source concludes something.

    Raises `UsageError` (U423) if an example is not shown to be a way out.
    """
    match weighed.conclusion.kind:
        case "stuck":
            return Sentence(f"In this model the status quo {'holds' if _holds(weighed) else 'does not hold'}.")
        case "ends only if":
            return _ends(words, weighed)
        case "where":
            return _where(words, weighed)
        case "turns on":
            return _turns(words, weighed)
        case "outside":
            return Sentence(f"{capital((weighed.conclusion.outside or '').rstrip('.'))}.")


def _holds(weighed: Weighed) -> bool:
    return (weighed.result == "agrees") == bool(weighed.conclusion.stuck)


def _ends(words: Words, weighed: Weighed) -> Sentence:
    assert weighed.conclusion.condition is not None
    asked = quoted(written(weighed.conclusion.condition))
    total = weighed.among.count if weighed.among is not None else 0
    if weighed.example is not None and weighed.against is not None:
        shown = way_out(words, weighed.example)
        some = f"{weighed.against.count:,} of {plural(total, 'way')} out {'lacks' if weighed.against.count == 1 else 'lack'}"
        count = f"none of {plural(total, 'way')} out meets" if weighed.against.count == total > 1 else some
        better = (
            ""
            if weighed.better is None
            else f" Of {plural(weighed.better[0], 'way')} out that everybody prefers, {_lack(*weighed.better)} {asked}."
        )
        one = "The one without it" if weighed.against.count == 1 else "One without it"
        return Sentence(f"In this model {count} {asked}. {one}: {shown.text}{better}", shown.states, shown.elements)
    if weighed.result == "agrees":
        each = "the one way out" if total == 1 else f"each of {total:,} ways out"
        return Sentence(f"In this model {each} meets {asked}.")
    return Sentence(f"In this model as it is there is no way out at all, so nothing is said of ways out with {asked}.")


def _lack(total: int, lacking: int) -> str:
    """How many of some states lack something."""
    if not lacking:
        return "each has"
    return f"{f'{lacking:,}' if lacking < total else 'each'} {'lacks' if lacking in (1, total) else 'lack'}"


def _where(words: Words, weighed: Weighed) -> Sentence:
    assert weighed.conclusion.condition is not None
    assert weighed.conclusion.then is not None
    assert weighed.among is not None
    assert weighed.against is not None
    if_, then = quoted(written(weighed.conclusion.condition)), quoted(written(weighed.conclusion.then))
    if weighed.followed is not None:
        return _followed(words, weighed, if_, then)
    total, against = plural(weighed.among.count, "state"), weighed.against.count
    if not against:
        each = "holds, and it has" if weighed.among.count == 1 else "hold, and each has"
        return Sentence(f"In this model {total} with {if_} {each} {then}.")
    first = weighed.against.first(1)
    text = f"In this model {total} with {if_} {'holds' if weighed.among.count == 1 else 'hold'}; {against:,} of them without {then}"
    return Sentence(f"{text}, such as {words.state(first[0])}.", first)


def _followed(words: Words, weighed: Weighed, if_: str, then: str) -> Sentence:
    """Where no state with the condition holds: how many of them somebody would leave, by a gain, for one with what is concluded."""
    assert weighed.against is not None
    assert weighed.followed is not None
    lacking, followed = weighed.against.count, weighed.followed.count
    start = f"In this model no state with {if_} holds"
    if not lacking:
        return Sentence(f"{start}; each such state has {then}.")
    count = f"{plural(lacking, 'such state')} without {then}"
    if not followed:
        return Sentence(f"{start}; from {count} nobody has an improvement to one with it.")
    by, some = listing(map(words.party, weighed.needed)), f"{followed:,} of " if followed < lacking else "each of "
    return Sentence(f"{start}; from {some}{count} there is an improvement, by {by}, to one with it.")


def _turns(words: Words, weighed: Weighed) -> Sentence:
    """Without whom no group gets out, and whose own priorities, changed alone, make the start give way."""
    sentences = []
    if weighed.needed:
        sentences.append(f"In this model every way out takes at least {listing(map(words.party, weighed.needed))}.")
    tried = weighed.alone or {}
    moved = {dm: edits for dm, edits in tried.items() if edits is not None}
    if moved:
        said = listing(f"{words.party(dm)} ({plural(edits, 'edit')})" for dm, edits in moved.items())
        text = "A change of priorities of one decision maker alone makes the status quo give way, which need not be a way out"
        sentences.append(f"{text}: {said}.")
    rest = [words.party(dm) for dm, edits in tried.items() if edits is None]
    if rest:
        sentences.append(f"For {listing(rest, 'or')} no change that was tried does.")
    return Sentence(" ".join(sentences) or "Which changes of priorities would move it was not looked at.")
