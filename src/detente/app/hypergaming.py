"""`hypergame`: every decision maker acts in the conflict as they see it; which states hold then, and what other beliefs would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from detente.analysis.hypergame.beliefs import at_state
from detente.analysis.hypergame.found import Acting, Beliefs, Effect, Key, expected_view, holders
from detente.analysis.hypergame.views import Hypergame
from detente.app import asking
from detente.app.answers import ElementPart
from detente.app.basis import element_parts
from detente.app.document_base import Document, Part
from detente.app.documents import ConflictPart, ParagraphPart, StatePart, Whole
from detente.app.errors import check_claims
from detente.app.explaining import State
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.concepts.witness import AnyWitness, is_staying
from detente.errors import LimitError, UsageError
from detente.explain.corrections import corrected
from detente.explain.hypergame import account
from detente.model.conflict import Conflict
from detente.model.correction import corrections
from detente.model.viewpoint import viewpoint
from detente.space.sets import StateSet
from detente.space.states import MAX_OPTIONS, StateSpace

LISTED = 200
"""Most states of a set whose numbers a document lists."""

Held = str | Sequence[str] | Mapping[str, str | None]


class ActingPart(Part):
    """On which viewpoint a decision maker acts (null: on the conflict as the file writes it), and on which they believe that others act.

    `elements` counts the single elements in which the viewpoint differs from the file.
    """

    by: str
    viewpoint: str | None
    name: str | None
    elements: int
    expects: dict[str, str | None]


class SeenPart(Part):
    """What a decision maker does at the state in the conflict as they see it, and if they saw it as the file writes it.

    `to` and `to_as_written` are where they leave to, null if they stay; `expects_to_leave` are those of whom they expect that they leave.
    """

    by: str
    under: str
    stays: bool
    to: Whole | None
    stays_as_written: bool
    to_as_written: Whole | None
    expects_to_leave: tuple[str, ...]


class CountedPart(Part):
    """A set of states: how many, and which (null where there are too many)."""

    count: int
    states: tuple[Whole, ...] | None


class BeliefPart(Part):
    """What it does that a decision maker saw the conflict otherwise.

    Without `elements` they come to see it as the viewpoint `seen_as` has it (null: as the file writes it); with `elements`, these elements
    of their viewpoint are put as the file writes them.  `breaks`: who stays at the state would leave it, for `to`; `binds`: who leaves it
    would stay; `own`: what they themselves want is then otherwise, so that it is more than a change of belief; `worse`: it makes a
    standstill at the state worse.  `lost` and `gained` are states better for everybody that no longer hold, or come to.
    """

    by: str
    viewpoint: str | None
    seen_as: str | None
    elements: tuple[str, ...]
    breaks: bool
    binds: bool
    own: bool
    worse: bool
    to: Whole | None
    lost: CountedPart
    gained: CountedPart


class TriedPart(Part):
    """How many single elements of a decision maker's viewpoint differ, and up to how many of them were tried together, in every way."""

    by: str
    elements: int
    together: int


class HypergameDocument(Document):
    """The answer of `hypergame`: whether a state holds as the decision makers see the conflict, and what other beliefs would do.

    `level` is 0 where everybody acts on the conflict as the file writes it, 2 where somebody believes of another that they act on another
    viewpoint than their own, otherwise 1.  `survives`, `breaks` and `missed` part the states that hold: as they are seen and as the file
    writes them; only as they are seen; only as the file writes them.  `foreseen` are the states that hold as each expects.  `beliefs` are
    changes of belief that do something, `sets` the minimal sets of two or more elements that change what their holder does.  The
    claims that were found were checked; the last of `paragraphs` tells what they show, and what was only worked out.
    """

    schema_: Literal["detente.hypergame/1"] = Field(default="detente.hypergame/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    profile: dict[str, str]
    level: int
    acting: tuple[ActingPart, ...]
    state: StatePart
    holds: bool
    holds_as_written: bool
    verdicts: tuple[SeenPart, ...]
    better_for_all: CountedPart
    ways_out: CountedPart
    beliefs: tuple[BeliefPart, ...]
    sets: tuple[BeliefPart, ...]
    tried: tuple[TriedPart, ...]
    survives: CountedPart
    breaks: CountedPart
    missed: CountedPart
    foreseen: dict[str, CountedPart]
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html(self.paragraphs)


def hypergame(
    source: Source | Opened,
    state: State = "status quo",
    *,
    under: str | Mapping[str, str] | None = None,
    held: Held | None = None,
    progress: Progress = silent,
) -> HypergameDocument:
    """Whether a state holds where every decision maker acts in the conflict as they see it, and what other beliefs would do.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case; it names viewpoints.
    state
        A state; by default the status quo.
    under
        The behaviour: one concept for everybody ("SEQ", the default), or one for each decision maker ("Local=Nash,SEQ", a mapping).
    held
        On which viewpoints decision makers act, where that is to differ from the file: "North=south,South=" or a mapping; nothing
        after the sign, or None, for the conflict as the file writes it.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        U475 where there is no viewpoint, or nobody holds one and `held` names none; U476 if `held` can't be read; U470 for an unknown
        viewpoint; an unknown concept, decision maker or state.
    LimitError, Cannot
        The states can't be listed, or no engine answers.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> seen = Viewpoint("v", "as A sees it", held_by=("A",), unperceived_options=("x",))
    >>> one = Conflict("one", (a,), (Option("x", "open a door", ("A",)),), status_quo=frozenset(), viewpoints=(seen,))
    >>> document = hypergame(one)
    >>> document.holds, document.holds_as_written, [part.by for part in document.beliefs if part.breaks]
    (True, False, ['A', 'A'])
    """
    opening = opened(source)
    conflict = opening.conflict
    views = held_views(conflict, held)
    if all(key is None for key in views.values()):
        raise UsageError.of("U475", _nobody(conflict), help=_who(conflict))
    described = Described(StateSpace(conflict))
    place, profile = asking.state(state, described.space), asking.profile(under, conflict)
    if not described.space.is_listed:
        raise LimitError.of(
            "S301",
            f"the conflict has {len(conflict.options)} options; what holds as each sees it is worked out by listing the states of at most "
            f"{MAX_OPTIONS}",
            help="ask about one verdict in one viewpoint (detente explain --viewpoint), or leave out options that do not matter",
        )
    progress("who stays, as each of them sees the conflict")
    found = checked(at_state(Hypergame(described.space, profile, views), place))
    return _document(described, found, opening.name)


def held_views(conflict: Conflict, held: Held | None) -> dict[str, Key]:
    """On which viewpoint each decision maker acts, by the file and by what a user says besides (`held`).

    Raises `UsageError` (U476) if that can't be read, U412 or U470 if it names nobody, or no viewpoint.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(Viewpoint("v", "v"),))
    >>> held_views(one, "A=v"), held_views(one, {"a": None})
    ({'A': 'v'}, {'A': None})
    """
    if held is None:
        return holders(conflict)
    if isinstance(held, Mapping):
        return holders(conflict, {asking.party(name, conflict): key for name, key in held.items()})
    said: dict[str, Key] = {}
    for entry in held.split(",") if isinstance(held, str) else held:
        name, sign, key = entry.partition("=")
        if not sign:
            hint = 'name a decision maker and a viewpoint: "North=south"; nothing after the sign for the conflict as the file writes it'
            raise UsageError.of("U476", f'"{entry.strip()}" does not say who acts on what', value=entry, help=hint)
        said[asking.party(name, conflict)] = key.strip() or None
    return holders(conflict, said)


def checked(found: Beliefs) -> Beliefs:
    """The same, after the checkers have accepted all its claims; raises `InternalError` (D902) if one is refused."""
    check_claims(found.game.space, found.claims)
    return found


def _nobody(conflict: Conflict) -> str:
    return "no decision maker holds any of its viewpoints" if conflict.viewpoints else "the conflict has no viewpoints"


def _who(conflict: Conflict) -> str:
    if not conflict.viewpoints:
        return "write under `viewpoints:` how decision makers see the conflict, with `held by:`"
    dm, key = conflict.decision_makers[0].key, conflict.viewpoints[0].key
    return f'write `held by:` into a viewpoint, or say who acts on what: --held "{dm}={key}"'


def _document(described: Described, found: Beliefs, file: str | None) -> HypergameDocument:
    game, told = found.game, account(found)
    return HypergameDocument(
        conflict=conflict_part(described.space, file),
        profile=dict(game.profile),
        level=game.level,
        acting=tuple(_acting(game, dm) for dm in game.parties),
        state=described.state(found.state),
        holds=found.seen.holds,
        holds_as_written=found.written.holds,
        verdicts=tuple(_verdict(described, found, n) for n in range(len(game.parties))),
        better_for_all=_counted(described, found.better),
        ways_out=_counted(described, found.ways_out),
        beliefs=tuple(_belief(described, found, effect) for effect in found.effects),
        sets=tuple(
            _belief(described, found, Effect(claim.before.dm, claim.view, claim.view, claim.made, claim, none, none))
            for none in (described.space.set_of(),)
            for claim in found.sets
        ),
        tried=tuple(TriedPart(by=one.before.dm, elements=found.elements[one.before.dm], together=one.most) for one in found.limits),
        survives=_counted(described, found.survives),
        breaks=_counted(described, found.breaks),
        missed=_counted(described, found.missed),
        foreseen={dm: _counted(described, found.foreseen[dm]) for dm in game.parties},
        paragraphs=described.paragraphs(told),
        evidence=element_parts(described.conflict, told.elements),
        detente=version(),
    )


def _acting(game: Acting, dm: str) -> ActingPart:
    key = game.views[dm]
    return ActingPart(
        by=dm,
        viewpoint=key,
        name=None if key is None else viewpoint(game.conflict, key).name,
        elements=0 if key is None else len(corrections(game.conflict, key)),
        expects={other: expected_view(game.conflict, game.views, dm, other) for other in game.parties if other != dm},
    )


def _verdict(described: Described, found: Beliefs, place: int) -> SeenPart:
    seen, file = found.seen.witnesses[place], found.written.witnesses[place]
    expects = found.expected.get(seen.dm)
    return SeenPart(
        by=seen.dm,
        under=seen.concept,
        stays=is_staying(seen),
        to=_to(described, seen),
        stays_as_written=is_staying(file),
        to_as_written=_to(described, file),
        expects_to_leave=() if expects is None else tuple(one.dm for one in expects.witnesses if one.dm != seen.dm and not is_staying(one)),
    )


def _belief(described: Described, found: Beliefs, effect: Effect) -> BeliefPart:
    return BeliefPart(
        by=effect.dm,
        viewpoint=effect.view,
        seen_as=effect.to,
        elements=tuple(corrected(found.game.conflict, effect.view or "", one) for one in effect.made),
        breaks=effect.breaks,
        binds=effect.binds,
        own=effect.own,
        worse=effect.worse(found.ways_out),
        to=None if effect.claim is None else _to(described, effect.claim.after),
        lost=_counted(described, effect.lost),
        gained=_counted(described, effect.gained),
    )


def _to(described: Described, witness: AnyWitness) -> int | None:
    to: int | None = getattr(witness, "improvement", None)
    return None if to is None else described.space.number(to)


def _counted(described: Described, states: StateSet) -> CountedPart:
    return CountedPart(count=states.count, states=described.ids(states.each()) if states.count <= LISTED else None)
