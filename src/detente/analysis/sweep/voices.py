"""Leave one out: what is still concluded if nothing that a source, somebody, or one side says is taken for granted.

What cites nothing but a voice is open without it: it may be as written, or not be there.  All else stays as it is written.  The
conclusions are then counted over the completions, so that whatever they still agree on does not hang on that voice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from detente.analysis.evidence import element_index
from detente.analysis.sweep.tally import Swept, Tally
from detente.model.completed import completed
from detente.model.conflict import Conflict
from detente.model.evidence import Citation
from detente.model.near import not_edited
from detente.model.opened import opened

VoiceKind: TypeAlias = Literal["source", "asserter", "side", "adversaries"]
"""A source; whoever asserts something; all who speak for a decision maker; all who are adverse to one, where they speak of that one."""
Part: TypeAlias = Literal["statements", "red lines", "rules", "pairs", "other"]
"""What elements are counted by."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whoever or whatever says things, as it is left out.

    Parameters
    ----------
    kind
        "source", "asserter", "side" or "adversaries".
    key
        Key of the source, of the asserter, or of the decision maker for whom, or against whom, they speak.

    Examples
    --------
    >>> Voice("side", "Israel").key
    'Israel'
    """

    kind: VoiceKind
    key: str

    def says(self, conflict: Conflict, citation: Citation) -> bool:
        """Whether a citation is of this voice; who speaks for whom, or against whom, is as the `conflict` has it."""
        if self.kind == "source":
            return citation.source == self.key
        if self.kind == "asserter":
            return citation.by == self.key
        asserter = conflict.evidence.asserter(citation.by)
        if asserter is None:
            return False
        return self.key in (asserter.speaks_for if self.kind == "side" else asserter.adverse_to)


def voices(conflict: Conflict) -> tuple[Voice, ...]:
    """The voices of a conflict on which some element rests alone: sources, those who assert, sides, adversaries who speak of somebody.

    Examples
    --------
    >>> from detente.cases import load
    >>> [voice.key for voice in voices(load("gaza-hostage-talks")) if voice.kind in ("side", "adversaries")]
    ['Israel', 'Hamas', 'Iran']
    """
    evidence, parties = conflict.evidence, [dm.key for dm in conflict.decision_makers]
    found = [Voice("source", source.key) for source in evidence.sources]
    found += [Voice("asserter", asserter.key) for asserter in evidence.asserters]
    found += [Voice("side", key) for key in parties]
    found += [Voice("adversaries", key) for key in parties]
    return tuple(voice for voice in found if rests_on(conflict, voice))


def rests_on(conflict: Conflict, voice: Voice) -> tuple[str, ...]:
    """The elements (their paths) all of whose citations come from a voice; an element without citations rests on nobody.

    Of adversaries only what is about the decision maker to whom they are adverse is counted.

    Examples
    --------
    >>> from detente.cases import load
    >>> talks = load("gaza-hostage-talks")
    >>> rests_on(talks, Voice("adversaries", "Hamas"))[1:3]
    ('decision makers/Hamas/prefers/3', 'decision makers/Hamas/prefers/4')
    """
    return tuple(
        element.path
        for element in element_index(conflict)
        if element.basis is not None
        and element.basis.citations
        and (voice.kind != "adversaries" or voice.key in element.about)
        and all(voice.says(conflict, citation) for citation in element.basis.citations)
    )


def opened_without(conflict: Conflict, voice: Voice) -> Conflict:
    """The conflict with what rests on a voice alone open: statements, red lines and rules, each as written or not there.

    Other guesses and all viewpoints count for nothing.  What can't be left out (see `detente.model.near.not_edited`) stays.

    Examples
    --------
    >>> from detente.cases import load
    >>> len(opened_without(load("gaza-hostage-talks"), Voice("adversaries", "Hamas")).guesses)
    6
    """
    base, rests = completed(conflict, {}), set(rests_on(conflict, voice)) - set(not_edited(conflict))
    return replace(base, guesses=opened(base, lambda path, _: path in rests))


@dataclass(frozen=True)
class Without:
    """What is concluded without a voice.

    Parameters
    ----------
    voice
        The voice.
    rests
        The elements (their paths) that cite nothing else.
    conflict
        The conflict with those of them open that can be.
    swept
        In which share of the completions each conclusion holds; None where nothing is open, or it could not be worked out.
    code
        The code of the diagnostic that says why it could not be worked out; None otherwise.
    """

    voice: Voice
    rests: tuple[str, ...]
    conflict: Conflict
    swept: Swept | None
    code: str | None = None

    @property
    def opened(self) -> tuple[str, ...]:
        """The elements that are open."""
        return tuple(guess.element for guess in self.conflict.guesses)

    @property
    def counts(self) -> Mapping[Part, int]:
        """How many of the elements that rest on the voice are statements, red lines, rules, statements about pairs, and others."""
        return Counter(map(part_of, self.rests))

    @property
    def changed(self) -> tuple[Tally, ...]:
        """The conclusions that are not the same in all completions."""
        return tuple(tally for tally in self.swept.tallies if len(tally.shares) > 1) if self.swept is not None else ()

    @property
    def kept(self) -> tuple[Tally, ...]:
        """The conclusions that are the same in all completions, all of which were counted."""
        return tuple(tally for tally in self.swept.tallies if tally.is_unanimous) if self.swept is not None else ()


def part_of(path: str) -> Part:
    """What the element with a path is counted as.

    >>> part_of("decision makers/A/prefers/1"), part_of("rules/2"), part_of("options/x")
    ('statements', 'rules', 'other')
    """
    kinds: dict[str, Part] = {"prefers": "statements", "red lines": "red lines", "pairs": "pairs"}
    match path.split("/"):
        case ["rules", _]:
            return "rules"
        case ["decision makers", *_, kind, number] if number.isdigit() and kind in kinds:
            return kinds[kind]
        case _:
            return "other"
