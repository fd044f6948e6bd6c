"""Leave one out in words: which conclusions are still the same without a source, without somebody who asserts, without one side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from detente.explain.certified import certified
from detente.explain.sentence import Part, Sentence
from detente.explain.spreads import spread_words
from detente.explain.subjects import subject_question
from detente.model.conflict import Conflict
from detente.text import counted, plural

if TYPE_CHECKING:
    from detente.analysis.sweep.tally import Swept
    from detente.analysis.sweep.voices import Voice, Without

LONGEST = 60
"""Longest title of a source that stands for it; others go by their key."""
TOLD = 6
"""How many conclusions that are not the same are told of each voice; the others are counted."""


def voice_words(conflict: Conflict, voice: Voice) -> str:
    """What a voice of a conflict is called, after "without".

    >>> from detente.analysis.sweep.voices import Voice
    >>> from detente.cases import load
    >>> talks = load("gaza-hostage-talks")
    >>> voice_words(talks, Voice("asserter", "officials")), voice_words(talks, Voice("adversaries", "Hamas"))
    ('the assertions of unnamed officials', 'what adversaries of Hamas assert of Hamas')
    """
    evidence = conflict.evidence
    match voice.kind:
        case "source":
            source = evidence.source(voice.key)
            return f"the source “{source.title if source is not None and len(source.title) <= LONGEST else voice.key}”"
        case "asserter":
            asserter = evidence.asserter(voice.key)
            return f"the assertions of {asserter.name if asserter is not None else voice.key}"
        case "side":
            return f"the assertions of those who speak for {voice.key}"
        case "adversaries":
            return f"what adversaries of {voice.key} assert of {voice.key}"


def parts(found: Sequence[Without], shown: Mapping[tuple[str, ...], int] | None = None) -> tuple[Part, ...]:
    """What is concluded without each voice, paragraph by paragraph.

    Parameters
    ----------
    found
        What is concluded without each.
    shown
        For the elements that rest on a voice of how many conclusions a checker accepted the counts without them, case by case.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.voices import Voice
    >>> from detente.analysis.sweep.without import without
    >>> from detente.cases import load
    >>> talks = load("gaza-hostage-talks")
    >>> profile = {dm.key: "SEQ" for dm in talks.decision_makers}
    >>> told = parts(without(talks, profile, [Subject("holds")], chosen=[Voice("adversaries", "Hamas")]))
    >>> print(told[0].items[0].text.partition(", ")[0])
    Without what adversaries of Hamas assert of Hamas
    """
    if not found:
        text = (
            "Leave one out: no element of this model rests on one source, one who asserts it or one side alone, so that without any one of "
        )
        text += "them all stays as it is written."
        return (Part((Sentence(text),)),)
    lead = "Leave one out: each statement, red line and rule all of whose citations come from one voice is open without it, "
    lead += "as written or not there; all else stays as it is written. What cites nothing is not touched."
    items = [_item(group) for group in _groups(one for one in found if one.conflict.guesses or one.code)]
    said = [Part((Sentence(lead),), tuple(items))]
    nothing = [one for one in found if not one.conflict.guesses and not one.code]
    if nothing:
        named = ", or without ".join(voice_words(one.conflict, one.voice) for one in nothing)
        why = "no statement, red line or rule that can be left out rests on one of these alone"
        said.append(Part((Sentence(f"Nothing is open without {named}: {why}."),)))
    swept = {one.rests: one.swept for one in found if one.swept is not None}
    if swept:
        said.append(_certified(list(swept.values()), sum((shown or {}).get(rests, 0) for rests in swept)))
    return tuple(said)


def _certified(swept: Sequence[Swept], accepted: int) -> Part:
    """Of how many counts a checker accepted all cases, and what was only worked out."""
    tallies = [tally for one in swept for tally in one.tallies]
    counts = sum(tally.is_exact for tally in tallies)
    checked = [f"{accepted:,} of {plural(counts, 'count')}, in how many completions a conclusion holds without a voice"] if accepted else []
    worked_out = []
    if left := counts - accepted:
        which = f"the other {plural(left, 'count')}" if accepted else "in how many completions a conclusion holds"
        worked_out.append(which)
    if len(tallies) > counts:
        worked_out.append("the draws where that is said")
    return certified(checked, worked_out)


def _groups(found: Iterable[Without]) -> list[list[Without]]:
    """Voices on which the same elements rest, together."""
    made: dict[tuple[str, ...], list[Without]] = {}
    for one in found:
        made.setdefault(one.rests, []).append(one)
    return list(made.values())


def _item(group: Sequence[Without]) -> Sentence:
    """What is concluded without a voice, or without each of several on which the same rests."""
    one = group[0]
    names = ", or without ".join(voice_words(other.conflict, other.voice) for other in group)
    many, opened = len(one.rests), len(one.opened)
    if one.swept is None:
        return Sentence(f"Without {names}: it could not be worked out ({one.code})", (), one.rests)
    rest = f"of the {plural(many, 'element')} that {'rests' if many == 1 else 'rest'} on it alone"
    text = f"Without {names}, {opened:,} {rest} {'is' if opened == 1 else 'are'} open, in {plural(one.swept.count, 'completion')}: "
    return Sentence(text + "; ".join(_conclusions(one.swept)), (), one.opened)


def _conclusions(swept: Swept) -> list[str]:
    """Which conclusions are the same, and how the others are spread."""
    tallies = swept.tallies
    total, kept = len(tallies), [tally for tally in tallies if tally.is_unanimous]
    changed = [tally for tally in tallies if len(tally.shares) > 1]
    drawn = [tally for tally in tallies if not tally.is_exact and len(tally.shares) == 1]
    if len(kept) == total:
        return [f"{'the conclusion is' if total == 1 else f'all {total:,} conclusions are'} the same in all of them"]
    said = [f"{len(kept):,} of {plural(total, 'conclusion')} {'is' if len(kept) == 1 else 'are'} the same in all of them"]
    if drawn:
        fewest = counted(min(tally.covered for tally in drawn))
        said.append(f"{len(drawn):,} came out the same in all that were drawn by chance, {fewest} or more, which are not all")
    said += [f"{subject_question(swept.conflict, swept.profile, tally.subject)}: {spread_words(tally)}" for tally in changed[:TOLD]]
    if len(changed) > TOLD:
        said.append(f"{len(changed) - TOLD:,} more are not the same in all")
    return said
