"""What holds whatever the comparisons that are not known turn out to be, for the documents of several verbs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.analysis.claims.completions import InSome, Throughout
from detente.analysis.completions.found import Completions, Settled
from detente.analysis.completions.settle import ASKED, Settler
from detente.analysis.completions.table import MAX_STATES, completions
from detente.app.asking import Behaviour, usual_profile
from detente.app.completions_documents import CasePart, CompletionsPart, HangingPart, SupposedPart
from detente.app.document_base import SentencePart
from detente.app.parts import Described
from detente.app.progress import Progress
from detente.concepts.registry import concept
from detente.explain.completions import lead, listed, part_of, read_as_written, told, undecided
from detente.explain.sentence import Part, Sentence
from detente.preference.known import MAX_COMPARED, known
from detente.space.sets import StateSet
from detente.text import listing

TOLD = 6
"""Most answers that hang on what is not known and of which an analysis says on what."""


def completions_part(described: Described, asked: Behaviour, progress: Progress) -> CompletionsPart | None:
    """What an analysis says of all completions; None where everything is known, or no concept is one for which they are worked out.

    `asked` is the behaviour that was asked for; the status quo is told of under that of the diagnosis.
    """
    words, space = described.words, described.space
    keys = [concept.key for concept in asked.concepts if concept.key in ASKED]
    if not undecided(words) or not keys:
        return None
    first = lead(words, f"the verdicts under {listing(keys)} take")
    if not space.is_listed or space.states.count > MAX_STATES:
        why = f"What holds whatever they turn out to be is worked out for up to {MAX_STATES:,} states together; there are more."
        return CompletionsPart(of=undecided(words), worked_out=False, sentences=tuple(map(described.sentence, (first, Sentence(why)))))
    progress("what holds whatever is not known turns out to be")
    mixed = asked.profile if asked.profile is not None and set(asked.profile.values()) <= set(keys) else None
    found, settler = completions(space, keys, profile=mixed), Settler(space)

    def numbers(sets: Mapping[str, StateSet]) -> dict[str, tuple[int, ...]]:
        return {key: described.ids(states.each()) for key, states in sets.items()}

    hanging, left = _hanging(described, found, settler)
    more = (*(told(words, one, under) for one, under in hanging), *_left(described, left))
    return CompletionsPart(
        of=undecided(words),
        worked_out=True,
        status_quo=_status_quo(described, settler, usual_profile(asked, described.conflict)),
        mixed_always=None if found.mixed_always is None else described.ids(found.mixed_always.each()),
        mixed_sometimes=None if found.mixed_sometimes is None else described.ids(found.mixed_sometimes.each()),
        equilibria_always=numbers(found.equilibria_always),
        equilibria_sometimes=numbers(found.equilibria_sometimes),
        stability_always={key: numbers(sets) for key, sets in found.always.items()},
        stability_sometimes={key: numbers(sets) for key, sets in found.sometimes.items()},
        not_settled=numbers(found.not_settled),
        hanging=tuple(
            HangingPart(
                state=space.number(one.state), under=tuple(under), holds=_case(described, one.stays), fails=_case(described, one.leaves)
            )
            for one, under in hanging
        ),
        sentences=tuple(map(described.sentence, (first, *listed(words, found), *more))),
    )


def _case(described: Described, claim: Throughout | InSome | None) -> CasePart | None:
    """What is enough, with an order for each whose comparisons are not known."""
    if not isinstance(claim, InSome):
        return None
    space = described.space
    orders = {}
    for dm in undecided(described.words):
        agreeing = known(space, dm).supposing(*(one for one in claim.supposed if one.dm == dm))
        if agreeing is not None:
            orders[dm] = tuple(described.ids(level) for level in agreeing.completion())
    supposed = tuple(
        SupposedPart(by=one.dm, state=space.number(one.state), over=space.number(one.over), prefers=one.prefers) for one in claim.supposed
    )
    return CasePart(supposed=supposed, completion=orders)


def _status_quo(described: Described, settler: Settler, profile: Mapping[str, str]) -> SentencePart | None:
    """Whether the status quo is an equilibrium whatever is the case; None without one, or for concepts for which that is not worked out."""
    state = described.space.status_quo
    if state is None or not set(profile.values()) <= set(ASKED):
        return None
    return described.sentence(told(described.words, settler.settle(state, profile)))


def _hanging(described: Described, found: Completions, settler: Settler) -> tuple[list[tuple[Settled, list[str]]], list[int]]:
    """Equilibria that hang on what is not known, the status quo first, with the concepts for which it is the same; and states left out."""
    hangs: dict[int, list[str]] = {}
    for key, states in found.equilibria_sometimes.items():
        for state in (states - found.equilibria_always[key]).each():
            hangs.setdefault(state, []).append(key)
    result: list[tuple[Settled, list[str]]] = []
    left = sorted(hangs, key=lambda state: (state != described.space.status_quo, state))
    while left and len(result) < TOLD:
        state, *left = left
        same: dict[tuple[object, ...], tuple[Settled, list[str]]] = {}
        for key in hangs[state]:
            one = settler.settle(state, dict.fromkeys(described.keys, key))
            what = (claim.supposed if isinstance(claim, InSome) else claim for claim in (one.stays, one.leaves))
            same.setdefault(tuple(what), (one, []))[1].append(key)
        result += same.values()
    return result, left


def _left(described: Described, left: Sequence[int]) -> Iterator[Sentence]:
    """That there are more."""
    if len(left) > TOLD:
        yield Sentence(f"So do verdicts on {len(left):,} other states; detente explain tells on what.")
    elif left:
        yield Sentence(f"So do verdicts on {described.words.states(left)}; detente explain tells on what.", tuple(left))


def as_written(described: Described, verdict: Sentence, state: int, profile: Mapping[str, str]) -> tuple[Sentence, Part | None]:
    """The first sentence of a diagnosis, and what is said at its end, where comparisons are not known; otherwise the same and None.

    The same and None too under readings of concepts, which say themselves what is made of such comparisons.

    Parameters
    ----------
    described
        The space.
    verdict
        The first sentence.
    state
        The state that it is about.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    """
    words, space, what = described.words, described.space, "what is said above takes"
    if not undecided(words) or any(concept(key).reading is not None for key in profile.values()):
        return verdict, None
    if not set(profile.values()) <= set(ASKED):
        return read_as_written(words, verdict, None), Part((lead(words, what),))
    if not space.is_listed or space.states.count > MAX_COMPARED:
        return read_as_written(words, verdict, None), completions_paragraph(described, state, [profile], what)
    return read_as_written(words, verdict, told(words, Settler(space).settle(state, profile))), Part((lead(words, what),))


def completions_paragraph(described: Described, state: int, asked: Sequence[Mapping[str, str]], what: str) -> Part | None:
    """A paragraph about one state; None where everything is known, or completions are not worked out for the concepts.

    Parameters
    ----------
    described
        The space.
    state
        The state.
    asked
        What is asked: in each, for one decision maker or for all (keys) the concept (key).
    what
        What takes the orders as written, with its verb.
    """
    words, space = described.words, described.space
    wanted = [one for one in asked if set(one.values()) <= set(ASKED)]
    if not undecided(words) or not wanted:
        return None
    if not space.is_listed or space.states.count > MAX_COMPARED:
        why = f"What holds whatever they turn out to be is worked out for up to {MAX_COMPARED:,} states; there are more."
        return Part((lead(words, what), Sentence(why)))
    settler = Settler(space)
    found: list[Settled] = [settler.settle(state, one) for one in wanted]
    return part_of(words, found, what)
