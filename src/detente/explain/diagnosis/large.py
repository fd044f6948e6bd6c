"""A diagnosis in a space too large to be listed, in words: the same sentences, from examples, witnesses and proofs."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.claims.base import Claim, refusal
from detente.analysis.large.found import Existence, LargeDiagnosis
from detente.analysis.overview import Common
from detente.concepts.witness import AnyWitness, Covers, is_staying
from detente.errors import Diagnostic, UsageError
from detente.explain.certified import certified
from detente.explain.diagnosis.large_types import clause, evidence, silences
from detente.explain.diagnosis.large_words import LargeWords, certain
from detente.explain.diagnosis.verdict import kind
from detente.explain.glosses import gloss
from detente.explain.prefer import deciding
from detente.explain.sentence import Explanation, Part, Sentence
from detente.space.states import StateSpace
from detente.text import capital, listing, plural


def told(space: StateSpace, diagnosis: LargeDiagnosis) -> Explanation:
    """A large diagnosis in words, after its claims have been checked.

    Parameters
    ----------
    space
        The space.
    diagnosis
        What `detente.analysis.large.diagnose.large_diagnosis` gives for one of its states.

    Raises
    ------
    UsageError
        U423 if a claim does not hold.

    Examples
    --------
    >>> from detente.analysis.large.diagnose import large_diagnosis
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> print(told(space, large_diagnosis(space, space.status_quo)).verdict)
    It is not stuck: in this model the status quo would be left under SEQ, by Iraq for state 5 (“attack”), taking up “attack”.
    """
    checked(space, diagnosis)
    words = LargeWords(diagnosis)
    parts: list[Part | None] = [standing(words)]
    for finding in diagnosis.found:
        parts += evidence(words, finding)
    parts += [better(words), weakly_better(words)]
    if diagnosis.silent:
        parts.append(silences(words))
    worked_out = ("what is marked so", *(("who stays under other concepts",) if diagnosis.stable else ()))
    parts.append(certified(("what is told here and not marked as worked out",), worked_out))
    return Explanation(verdict(words), tuple(part for part in parts if part is not None))


def short(space: StateSpace, diagnosis: LargeDiagnosis) -> tuple[Sentence, Sentence]:
    """The first sentence of a large diagnosis, and whether anything would be better for everybody.

    Raises `UsageError` (U423) if a claim does not hold.

    >>> from detente.analysis.large.diagnose import large_diagnosis
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> print(short(space, large_diagnosis(space, space.status_quo))[1])
    No state is better than the status quo for both.
    """
    checked(space, diagnosis)
    words = LargeWords(diagnosis)
    return verdict(words), better(words).lead[0]


def checked(space: StateSpace, diagnosis: LargeDiagnosis) -> None:
    """Check every claim that sentences are made from; raises `UsageError` (U423) if one does not hold.

    >>> from detente.analysis.large.diagnose import large_diagnosis
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> checked(space, large_diagnosis(space, space.status_quo))
    """
    for claim in _claims(diagnosis):
        refused = refusal(space, claim)
        if refused:
            message = f"a claim of the diagnosis ({claim.kind}) does not hold: {refused}"
            raise UsageError([Diagnostic("U423", message, help="make the diagnosis from the same conflict")])


def _claims(diagnosis: LargeDiagnosis) -> Iterator[Claim]:
    if diagnosis.standing is not None:
        yield diagnosis.standing
    yield from diagnosis.better.claims
    yield from diagnosis.weakly_better.claims
    for finding in diagnosis.found:
        yield from finding.claims


# -- the verdict -------------------------------------------------------------------------------------------------------
def verdict(words: LargeWords) -> Sentence:
    """Whether it is stuck; if so, what kind of deadlock it is first of all, and if not, who leaves and to where."""
    found = words.large
    if found.stuck is None:
        missing = [dm for dm, witness in zip(found.profile, found.witnesses, strict=True) if witness is None]
        text = f"Whether {words.here} is stuck is not known: {words.in_time} it was not settled {words.under} whether "
        rest = "; nobody else would leave" if len(missing) < len(found.profile) else ""
        return Sentence(f"{text}{words.group(missing, 'or')} would stay{rest}.", (words.start,))
    if not found.stuck:
        return _leaving(words)
    text = f"It is stuck: in this model nobody would leave {words.here} on their own {words.under}"
    first = found.primary
    if first is None:
        return Sentence(f"{text}; which type of deadlock comes first was not settled {words.in_time}.", (words.start,))
    finding = found.finding(first)
    assert finding is not None
    why = clause(words, finding)
    return Sentence(f"{text}, {why.text} ({kind(first)}).", (words.start, *why.states), why.elements)


def _leaving(words: LargeWords) -> Sentence:
    said, states = [], [words.start]
    elements: list[str] = []
    for leaves in words.large.leaving:
        to = destination(leaves)
        said.append(f"{words.party(leaves.dm)} for {words.named(to)}, {words.by(words.start, to, leaves.dm)}")
        states.append(to)
        elements += [*words.options(words.start, to, leaves.dm), *deciding(words, leaves.dm, to, words.start)]
    text = f"It is not stuck: in this model {words.here} would be left {words.under}, by {'; by '.join(said)}."
    missing = [dm for dm, witness in zip(words.large.profile, words.large.witnesses, strict=True) if witness is None]
    text += f" Of {words.group(missing)} it was not settled {words.in_time}." if missing else ""
    return Sentence(text, tuple(states), tuple(dict.fromkeys(elements)))


def destination(witness: AnyWitness) -> int:
    """Where somebody who leaves would go.

    >>> from detente.concepts.witness import Leaves
    >>> destination(Leaves("Nash", "A", 0, 1))
    1
    """
    assert not is_staying(witness)
    to: int = getattr(witness, "improvement")  # noqa: B009  # both kinds of leaving have it
    return to


# -- what everybody does -----------------------------------------------------------------------------------------------
def standing(words: LargeWords) -> Part:
    """What each decision maker does at the state, and under which other concepts it holds."""
    found = words.large
    lead = [Sentence(f"{capital(words.full(words.start))}.", (words.start,))]
    known = [witness for witness in found.witnesses if witness is not None]
    items: tuple[Sentence, ...] = ()
    if len(known) == len(found.witnesses) and all(is_staying(witness) and not _answered(witness) for witness in known):
        lead.append(Sentence(f"From {words.here} there is no move for anybody that is a gain for whoever makes it.", (words.start,)))
    else:
        lead += [Sentence(gloss(key)) for key in dict.fromkeys(found.profile.values())]
        items = tuple(_does(words, dm, witness) for dm, witness in zip(found.profile, found.witnesses, strict=True))
    return Part((*lead, *_elsewhere(words)), items)


def _answered(witness: AnyWitness) -> int:
    """How many answers, or groups of answers, a witness of staying lists."""
    return len(witness.groups if isinstance(witness, Covers) else getattr(witness, "answers", ()))


def _does(words: LargeWords, dm: str, witness: AnyWitness | None) -> Sentence:
    party = words.party(dm) + (f" ({words.large.profile[dm]})" if len(set(words.large.profile.values())) > 1 else "")
    if witness is None:
        return Sentence(f"{party}: not settled {words.in_time}", (words.start,))
    if not is_staying(witness):
        to = destination(witness)
        text = f"{party}: would leave, {words.move(witness.state, to)}: {words.change(dm, witness.state, to)}"
        return Sentence(text, (witness.state, to), deciding(words, dm, to, witness.state))
    count = _answered(witness)
    if not count:
        return Sentence(f"{party}: would stay, without any improvement from here", (witness.state,))
    if isinstance(witness, Covers):
        by = "one sequence of moves answers them all" if count == 1 else f"{count:,} sequences of moves answer them all"
        return Sentence(f"{party}: would stay, with improvements from here; {by}", (witness.state,))
    each = "which has an answer" if count == 1 else "each of which has an answer"
    return Sentence(f"{party}: would stay, with {plural(count, 'improvement')}, {each}", (witness.state,))


def _elsewhere(words: LargeWords) -> list[Sentence]:
    """Whether the state holds under the concepts that were asked about besides, the same for everybody, as far as it is known."""
    same, everybody = set(words.large.profile.values()), len(words.large.profile)
    holds: list[str] = []
    not_holds: list[str] = []
    open_: list[str] = []
    for key, verdicts in words.large.stable.items():
        if same == {key}:
            continue
        group = not_holds if not all(verdicts.values()) else holds if len(verdicts) == everybody else open_
        group.append(key)
    said = [f"it would hold under {listing(holds)}"] if holds else []
    said += [f"it would not hold under {listing(not_holds, 'or')}"] if not_holds else []
    said += [f"under {listing(open_)} it was not settled"] if open_ else []
    return [Sentence(f"If everybody behaved alike, {', and '.join(said)}.", (words.start,))] if said else []


# -- what would be better ----------------------------------------------------------------------------------------------
def better(words: LargeWords) -> Part:
    """Whether anything is better for everybody, what is nearest, and what all of it has in common."""
    return _existing(words, words.large.better, f"better than {words.here} for {words.everybody}", f"better for {words.everybody}")


def weakly_better(words: LargeWords) -> Part | None:
    """Whether anything is worse for nobody and better for somebody; None where what is better for everybody was told at length."""
    found = words.large.weakly_better
    if found.exists is False and words.large.better.exists:
        return None
    which = f"better than {words.here} for somebody and worse for nobody"
    if words.large.better.exists is not False:
        which += f", and not better for {words.everybody},"
    return _existing(words, found, which, "of this kind")


def _existing(words: LargeWords, found: Existence, which: str, of_them: str) -> Part:
    """Whether there is a state with some property, and what is said of such states."""
    start = (words.start,)
    if found.exists is None:
        return Part((Sentence(f"Whether any state is {which.rstrip(',')} was not settled {words.in_time}.", start),))
    if not found.exists:
        return Part((Sentence(f"No state is {which.rstrip(',')}{certain(found.none is not None)}.", start),))
    count = len(found.states)
    if found.all_listed:
        exactly = f"{count:,} states are {which.rstrip(',')}" if count > 1 else f"Just 1 state is {which.rstrip(',')}"
        lead = [Sentence(f"{exactly}{certain(found.others is not None)}.", start)]
    else:
        lead = [Sentence(f"There are states {which.rstrip(',')}; they were not counted.", start)]
    if found.nearest is not None and found.nearest > 1:
        text = f"None of them differs from {words.here} in fewer than {found.nearest:,} options"
        lead.append(Sentence(f"{text}{certain(found.nearer is not None)}.", start))
    if (found.taken or found.not_taken) and count > 1:
        common = words.condition(Common(found.taken, found.not_taken))
        text = f"In every state {of_them} {common}{certain(found.otherwise is not None)}."
        lead.append(Sentence(text, (), tuple(f"options/{key}" for key in (*found.taken, *found.not_taken))))
    if count > 1:
        lead.append(Sentence("These are:" if found.all_listed else "Some of them:"))
    else:
        lead.append(Sentence("It is:" if found.all_listed else "One of them:"))
    items = tuple(Sentence(words.placed(state), (state,), words.options_in(state ^ words.start)) for state in found.states)
    return Part(tuple(lead), items)
