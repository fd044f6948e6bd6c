"""`compose`: local conflicts on several fronts with common decision makers, made into one conflict."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field

from detente import cases, io
from detente.analysis.composing.found import Holding, OnFront
from detente.analysis.composing.holding import holding
from detente.analysis.composing.whole import Composed, composed
from detente.app import asking
from detente.app.document_base import Document, Part, Whole
from detente.app.documents import ConflictPart, ParagraphPart, SentencePart
from detente.app.parts import conflict_part
from detente.app.version import version
from detente.errors import ConflictError
from detente.explain.composing import account
from detente.explain.sentence import Explanation
from detente.io.composition import LoadedComposition, located, read_composition
from detente.model.conflict import Conflict
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MOST_LISTED = 200
"""Most states that a list of the document names; more are counted only."""


class WithinPart(Part):
    """Local states of a front, by number: how many, and which if they are not too many."""

    count: Whole
    states: tuple[int, ...] | None


class ComponentPart(Part):
    """A front: its local conflict, what holds there alone, and what of it is part of a state of the whole that holds.

    `states`, `alone` and `within` are null where states were not listed; `dropped` holds the paths, in the local conflict, of what has
    no place in the whole.
    """

    key: str
    name: str
    file: str
    decision_makers: tuple[str, ...]
    options: tuple[str, ...]
    states: Whole | None
    alone: WithinPart | None
    within: WithinPart | None
    dropped: tuple[str, ...]


class CommonPart(Part):
    """How a common decision maker combines fronts: their order, the most important first, or a weight for each."""

    party: str
    lexicographic: tuple[str, ...] | None
    weighted: dict[str, int] | None


class ComposeDocument(Document):
    """The answer of `compose`: the whole, its fronts, and what holds on each alone and within the whole.

    `states` and `holding` are null where the states of the whole were not listed; `written` is the file that the whole was written to,
    or null.
    """

    schema_: Literal["detente.compose/1"] = Field(default="detente.compose/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[str, ...]
    options: tuple[str, ...]
    states: Whole | None
    profile: dict[str, str]
    fronts: tuple[ComponentPart, ...]
    common: tuple[CommonPart, ...]
    same_options: tuple[str, ...]
    links: tuple[str, ...]
    holding: WithinPart | None
    written: str | None
    paragraphs: tuple[ParagraphPart, ...]
    detente: str


def read_whole(path: str | os.PathLike[str]) -> tuple[Composed, LoadedComposition]:
    """Read a composition file and make the whole.

    Parameters
    ----------
    path
        The file.  Local conflicts are files beside it, or packaged cases.

    Raises
    ------
    ConflictError
        With everything that is wrong: in the file, in a local conflict (F630), or in how these fit together (M170 to M175).
    UsageError
        U404 if there is no such file.
    """
    name = os.fspath(path)
    folder = Path(name).parent

    def load(file: str) -> Conflict:
        return cases.load(file) if cases.exists(file) else io.read(folder / file).conflict

    loaded = read_composition(io.text_of(path), name, load)
    try:
        return composed(loaded.composition), loaded
    except ConflictError as problem:
        raise ConflictError([located(loaded, found) for found in problem.diagnostics]) from None


def compose(path: str | os.PathLike[str], *, out: str | os.PathLike[str] | None = None, under: str | None = None) -> ComposeDocument:
    """Make one conflict of local conflicts on several fronts, and say what holds on each front alone and within the whole.

    Every verb that takes a conflict file takes a composition file as well, and answers for the whole.

    Parameters
    ----------
    path
        A composition file.
    out
        Where to write the whole as a conflict file; None to write nothing.
    under
        The behaviour: one concept for everybody ("SEQ", the default), or one for each decision maker ("Patron=Nash,SEQ").

    Raises
    ------
    ConflictError
        The composition, or a local conflict, can't be read, or they do not fit together; F608 if the whole can't be written.
    UsageError
        U404 if there is no such file, U405 for the suffix of `out`, U443 for several concepts at once.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> local = "{detente: 1, title: t, decision makers: {A: {options: {x: }}, %s: {options: {y: }}}, status quo: []}"
    >>> for key in ("north", "south"):
    ...     _ = (folder / f"{key}.yaml").write_text(local % key)
    >>> whole = "{detente: 1, title: both, common: {A: {lexicographic: [north, south]}}, compose: {%s}}"
    >>> parts = ", ".join("%s: {conflict: %s.yaml, prefix: %s_}" % (key, key, key[0]) for key in ("north", "south"))
    >>> _ = (folder / "both.yaml").write_text(whole % parts)
    >>> made = compose(folder / "both.yaml")
    >>> made.states, [front.states for front in made.fronts]
    (16, [4, 4])
    """
    whole, _ = read_whole(path)
    profile = asking.profile(under, whole.conflict)
    found = holding(whole, profile)
    if out is not None:
        io.write(whole.conflict, out)
    return _document(os.fspath(path), found, account(found), None if out is None else os.fspath(out))


def _document(path: str, found: Holding, told: Explanation, out: str | None) -> ComposeDocument:
    made = found.composed.composition
    return ComposeDocument(
        conflict=conflict_part(found.space, path),
        decision_makers=tuple(dm.key for dm in found.composed.conflict.decision_makers),
        options=tuple(option.key for option in found.composed.conflict.options),
        states=found.space.states.count if found.space.is_listed else None,
        profile=dict(found.profile),
        fronts=tuple(_front(found.composed, front) for front in found.fronts),
        common=tuple(
            CommonPart(party=one.party, lexicographic=one.order or None, weighted=dict(one.weights) or None) for one in made.common
        ),
        same_options=made.same,
        links=tuple(f"rules/{found.composed.conflict.rules.index(rule) + 1}" for rule in made.links),
        holding=None if found.holding is None else _states(found.space, found.holding),
        written=out,
        paragraphs=_paragraphs(told),
        detente=version(),
    )


def _front(whole: Composed, found: OnFront) -> ComponentPart:
    front = next(one for one in whole.fronts if one.key == found.key)
    return ComponentPart(
        key=front.key,
        name=front.name,
        file=front.file,
        decision_makers=tuple(dm.key for dm in front.conflict.decision_makers),
        options=tuple(option.key for option in front.conflict.options),
        states=found.space.states.count if found.space.is_listed else None,
        alone=None if found.holding is None else _states(found.space, found.holding),
        within=None if found.within is None else _states(found.space, found.within),
        dropped=whole.dropped[front.key],
    )


def _states(space: StateSpace, states: StateSet) -> WithinPart:
    few = states.count <= MOST_LISTED
    return WithinPart(count=states.count, states=tuple(space.number(state) for state in states.each()) if few else None)


def _paragraphs(told: Explanation) -> tuple[ParagraphPart, ...]:
    verdict = SentencePart(text=told.verdict.text, elements=told.verdict.elements)
    parts = (
        ParagraphPart(
            role="part",
            sentences=tuple(SentencePart(text=one.text, elements=one.elements) for one in part.lead),
            items=tuple(SentencePart(text=one.text, elements=one.elements) for one in part.items),
        )
        for part in told.parts
    )
    return (ParagraphPart(role="verdict", sentences=(verdict,)), *parts)
