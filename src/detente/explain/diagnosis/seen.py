"""What a diagnosis says of how the decision makers see the conflict."""

from __future__ import annotations

from detente.analysis.claims.as_seen import AsSeen, corrected_space
from detente.analysis.deadlock.found import Finding
from detente.concepts.witness import AnyWitness, Leaves
from detente.explain.diagnosis.words import DiagnosisWords
from detente.explain.equilibrium import stays_line
from detente.explain.sentence import Part, Sentence
from detente.explain.words import Words, quoted
from detente.model.viewpoint import viewpoint
from detente.text import listing


def misperception(words: DiagnosisWords) -> Sentence:
    """The first sentence on a state that nobody leaves as they see it, and somebody as the file writes it.

    Parameters
    ----------
    words
        The words of a diagnosis that found it.

    Examples
    --------
    >>> from detente.analysis.deadlock.diagnose import diagnose
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("misread-neighbours"))
    >>> misperception(DiagnosisWords(diagnose(space, space.status_quo))).text.partition(":")[0]
    'It is stuck as the decision makers see it'
    """
    found = words.found
    text = (
        f"It is stuck as the decision makers see it: in this model nobody would leave {words.here} on their own {words.under}, each in the "
    )
    first, *rest = found.leaving
    leave = f"{words.party(first.dm)} would leave it for {words.named(first.improvement)}"
    left = listing([leave, *(f"{words.party(one.dm)} for {words.named(one.improvement)}" for one in rest)])
    text += f"conflict as they see it; if everybody saw it as the file writes it, {left} "
    return Sentence(f"{text}(misperception, D8).", (found.start, *(leaves.improvement for leaves in found.leaving)))


def misperceived(words: DiagnosisWords, finding: Finding) -> list[Part]:
    """What shows it: for everybody who would leave as the file writes it, what they do as they see it (`finding` names them)."""
    seen = next(claim for claim in finding.claims if isinstance(claim, AsSeen))
    views, does = dict(seen.views), {witness.dm: witness for witness in seen.witnesses}
    file = {witness.dm: witness for witness in words.found.witnesses}
    here = words.state(words.start)
    lead = f"Misperception, D8: nobody would leave {here} as they see the conflict; as the file writes it, this is what would be otherwise:"
    items = []
    for dm in finding.by:
        key = views[dm]
        line = stays_line(Words(corrected_space(words.space, key, ())), does[dm])
        written = stays_line(words, file[dm])
        on = "" if key is None else f", on the viewpoint {quoted(viewpoint(words.conflict, key).name)}"
        text = f"{line.text}{on}; as the file writes it: {written.text.partition(': ')[2]}"
        elements = (*(() if key is None else (f"viewpoints/{key}",)), *line.elements, *written.elements)
        items.append(Sentence(text, tuple(dict.fromkeys((*line.states, *written.states))), tuple(dict.fromkeys(elements))))
    return [Part((Sentence(lead, (words.start,)),), tuple(items))]


def as_they_see(words: DiagnosisWords) -> Part | None:
    """Whether it holds as the decision makers see the conflict; None where nobody acts on a viewpoint, or that is told as misperception.

    Parameters
    ----------
    words
        The words of a diagnosis.

    Examples
    --------
    >>> from detente.analysis.deadlock.diagnose import diagnose
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("chicken"))
    >>> as_they_see(DiagnosisWords(diagnose(space, space.state(2)))) is None
    True
    """
    found = words.found
    if found.seen is None or found.finding("D8") is not None:
        return None
    return Part((told_as_seen(words, found.seen, words.under, stuck=found.stuck),))


def told_as_seen(words: Words, seen: AsSeen, under: str, *, stuck: bool) -> Sentence:
    """Who acts on viewpoints, and whether a state holds as they see the conflict.

    Parameters
    ----------
    words
        The words of the conflict.
    seen
        Who stays at the state, each in the conflict as they see it; the claim has been checked, and some act on viewpoints.
    under
        By which behaviour, as in "under SEQ".
    stuck
        Whether the state holds as the file writes it.

    Examples
    --------
    >>> from detente.concepts.witness import Stays
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.space.states import StateSpace
    >>> held = (Viewpoint("v", "as A sees it", held_by=("A",)),)
    >>> words = Words(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=held)))
    >>> seen = AsSeen(0, (("A", "Nash"),), (("A", "v"),), (Stays("Nash", "A", 0, ()),))
    >>> print(told_as_seen(words, seen, "under Nash", stuck=True).text.partition(". ")[2])
    As each of them sees the conflict, nobody would leave state 1 under Nash.
    """
    on = [f"{dm} on {quoted(viewpoint(words.conflict, key).name)}" for dm, key in seen.views if key is not None]
    who = f"Decision makers act on viewpoints of their own ({listing(on)}). "
    here, elements = words.state(seen.state), tuple(f"viewpoints/{key}" for _, key in seen.views if key is not None)
    if seen.holds:
        text = f"As each of them sees the conflict, nobody would leave {here} {under}."
    else:
        too = "" if stuck else " too"
        text = f"As they see the conflict, {here} would be left{too} {under}, {_left(words, seen.witnesses)}."
    states = (seen.state, *(w.improvement for w in seen.witnesses if isinstance(w, Leaves)))
    return Sentence(who + text, states, tuple(dict.fromkeys(elements)))


def _left(words: Words, witnesses: tuple[AnyWitness, ...]) -> str:
    """Who leaves, and to where."""
    return listing(
        f"by {words.party(witness.dm)} for {words.named(witness.improvement)}" for witness in witnesses if isinstance(witness, Leaves)
    )
