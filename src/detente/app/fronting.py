"""`fronts`: does what is concluded of the status quo change when fronts of the conflict are left out, and which are enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field

from detente.analysis.fronts.compare import compare_fronts, conditions_apart
from detente.analysis.fronts.found import Asked, Compared, FrontSet, Value
from detente.analysis.fronts.headline import LISTED, LISTED_AT_ALL, asked_of, headline
from detente.app import asking
from detente.app.answers import ElementPart
from detente.app.basis import element_parts
from detente.app.document_base import Document, Part
from detente.app.documents import ConflictPart, ParagraphPart, SentencePart
from detente.app.errors import check_found
from detente.app.opening import Opened, Source, opened
from detente.app.parts import conflict_part
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.errors import UsageError
from detente.explain.fronts import Beside, account
from detente.explain.sentence import Explanation
from detente.model.conflict import Conflict
from detente.model.formula import Formula, Not, options_in, written
from detente.model.front import options_on
from detente.model.narrowed import leave_out
from detente.model.rule import Merged
from detente.space.states import MAX_OPTIONS, StateSpace
from detente.text import listing

SECONDS = 60.0
"""How long a comparison may take, about, unless told otherwise."""

Answer = bool | str | tuple[tuple[str, ...], ...] | None
"""The value of a conclusion: a type by its key, sets of red lines by the paths of the red lines; null where it was not settled."""


class HeldPart(Part):
    """An option that is held while its front is left out, and whether it is taken then, as it is in the status quo."""

    option: str
    taken: bool


class FrontPart(Part):
    """A front: what is held while it is left out, and which decision makers are then not in the model."""

    key: str
    name: str
    held: tuple[HeldPart, ...]
    decision_makers: tuple[str, ...]


class AskedPart(Part):
    """A conclusion that is compared: its value with all fronts in the model, and what becomes of it.

    `kind` is "holds" (the status quo holds under `under`), "type" (the first type of deadlock that applies; "" for none, "-" where the
    status quo is not stuck), "gain" (some state that meets `where` is better for everybody), "kept gain" (such a state also holds) or "red
    lines" (the minimal sets of red lines that exclude all that would be better).  `same`, `other` and `unsettled` count sets of
    fronts; `changed_by` names the fronts that change it when they alone are left out, `enough` the smallest sets with the same value.
    """

    kind: Literal["holds", "type", "gain", "kept gain", "red lines"]
    under: str | None
    where: str | None
    value: Answer
    without_fronts: Answer
    same: int
    other: int
    unsettled: int
    changed_by: tuple[str, ...]
    enough: tuple[tuple[str, ...], ...]


class FrontSetPart(Part):
    """The conclusions with some fronts in the model and the others left out, in the order of `asked`.

    `same` says whether they are those with all fronts (null: not settled).  `leaves` gives for each concept who would leave the status quo.
    `reason` is the code of what kept the set from being looked at.
    """

    left_out = frozenset({"reason"})

    fronts: tuple[str, ...]
    options: int
    decision_makers: int
    answers: tuple[Answer, ...]
    leaves: dict[str, tuple[str, ...]]
    same: bool | None
    reason: str | None = None


class BesidePart(Part):
    """Another conflict that was asked the same: its conclusions in the order of `asked`, null where they do not fit it."""

    conflict: ConflictPart
    answers: tuple[Answer, ...]


class FrontsDocument(Document):
    """The answer of `fronts`: the conclusions for each set of fronts, and which sets are enough.

    `every` says whether all sets were looked at; `enough` holds the smallest sets of fronts that give the same conclusions as all of
    them.  The claims that were found were checked; the last of `paragraphs` tells which conclusions they show, and which were only worked
    out.
    """

    schema_: Literal["detente.fronts/1"] = Field(default="detente.fronts/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    profile: dict[str, str]
    fronts: tuple[FrontPart, ...]
    asked: tuple[AskedPart, ...]
    sets: tuple[FrontSetPart, ...]
    every: bool
    enough: tuple[tuple[str, ...], ...]
    beside: BesidePart | None
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...]
    detente: str


def fronts(
    source: Source | Opened,
    *,
    under: str | Mapping[str, str] | None = None,
    where: Sequence[str] = (),
    beside: Source | Opened | None = None,
    seconds: float | None = SECONDS,
    progress: Progress = silent,
) -> FrontsDocument:
    """Whether what is concluded of the status quo changes when fronts are left out, and which fronts are enough.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case; it names fronts and has a status quo.
    under
        The behaviour: one concept for everybody ("SEQ", the default), or one for each decision maker ("Local=Nash,SEQ", a mapping).
    where
        Conditions: is any state that meets them better for everybody?  Those that the file's questions and conclusions name as what every
        way out meets are asked about the other way round besides.
    beside
        Another conflict to ask the same.
    seconds
        How long it may take, about; None for no limit.  What is not settled by then is said to be so.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict, or a condition, can't be read.
    EditError
        M135 if no front can be left out.
    UsageError
        U460 without fronts, U461 for a condition on what a front holds; U413 without a status quo; U443 for several concepts at once.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.front import Front
    >>> parties = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    >>> two = Conflict("two", parties, options, status_quo=frozenset(), fronts=(Front("N", "the north", (), ("B",)),))
    >>> [(part.fronts, part.same) for part in fronts(two).sets]
    [((), True), (('N',), True)]
    """
    opening = opened(source)
    conflict = opening.conflict
    if not conflict.fronts:
        raise UsageError.of("U460", "the conflict names no front", help="name parts of it that may be left out under `fronts:`")
    space = _space(conflict)
    asking.status_quo(space)
    profile = asking.profile(under, conflict)
    wheres = _conditions(conflict, where, space)
    found = compare_fronts(conflict, profile, wheres=wheres, seconds=seconds, progress=progress)
    for one in found.sets:
        check_found(one.headline)
    other = None if beside is None else _beside(opened(beside), found, profile, seconds)
    told = account(found, other[1] if other else None)
    return _document(opening, found, told, other[0] if other else None)


def _space(conflict: Conflict) -> StateSpace:
    """The space of a conflict, without a list of its states where that is possible."""
    return StateSpace(conflict, MAX_OPTIONS if any(isinstance(rule, Merged) for rule in conflict.rules) else LISTED)


def _conditions(conflict: Conflict, where: Sequence[str], space: StateSpace) -> tuple[Formula, ...]:
    """The conditions that were asked for, then what the file's "ends only if" says no way out lacks, reversed."""
    wanted = [asking.formula(text, space) for text in where]
    held = set(leave_out(conflict, [front.key for front in conflict.fronts]).held)
    for formula in wanted:
        if spoken := held & options_in(formula):
            raise UsageError.of(
                "U461",
                f"the condition speaks of {listing(sorted(spoken))}, which a front holds when it is left out",
                value=written(formula),
                help="ask about options that belong to no front",
            )
    own = [question.condition for question in conflict.questions if question.kind == "ends only if" and question.condition is not None]
    own += [found.condition for found in conflict.conclusions if found.kind == "ends only if" and found.condition is not None]
    return conditions_apart(conflict, [*wanted, *map(Not, own)])


def _beside(other: Opened, found: Compared, profile: Mapping[str, str], seconds: float | None) -> tuple[BesidePart, Beside]:
    """The same conclusions on another conflict."""
    space = StateSpace(other.conflict, LISTED_AT_ALL if any(isinstance(r, Merged) for r in other.conflict.rules) else LISTED)
    asking.status_quo(space)
    known = set(other.conflict.option_index)
    wheres = tuple(dict.fromkeys(one.where for one in found.asked if one.where is not None and options_in(one.where) <= known))
    usual = next(iter(profile.values()))
    mine = {dm.key: profile.get(dm.key, usual) for dm in other.conflict.decision_makers}
    concepts = tuple(one.concept for one in found.asked if one.concept is not None)
    made = headline(space, mine, asked_of(wheres, concepts), None if seconds is None else seconds / 4)
    check_found(made)
    answers = {one: made.answers.get(one) for one in found.asked}
    part = BesidePart(conflict=conflict_part(space, other.name), answers=tuple(map(_answer, answers.values())))
    return part, Beside(other.name or other.conflict.title, answers)


def _answer(value: Value | None) -> Answer:
    """The value of a conclusion as documents hold it."""
    if not isinstance(value, frozenset):
        return value
    return tuple(sorted(tuple(f"decision makers/{dm}/red lines/{place}" for dm, place in elements) for elements in value))


def _document(opening: Opened, found: Compared, told: Explanation, beside: BesidePart | None) -> FrontsDocument:
    conflict = found.conflict
    quo = conflict.status_quo or frozenset()
    return FrontsDocument(
        conflict=conflict_part(_space(conflict), opening.name),
        profile=dict(found.profile),
        fronts=tuple(
            FrontPart(
                key=front.key,
                name=front.name,
                held=tuple(HeldPart(option=key, taken=key in quo) for key in options_on(conflict, front)),
                decision_makers=front.decision_makers,
            )
            for front in conflict.fronts
        ),
        asked=tuple(_asked(found, one) for one in found.asked),
        sets=tuple(_set(found, one) for one in found.sets),
        every=found.every,
        enough=_keys(found, found.enough()) if found.settled else (),
        beside=beside,
        paragraphs=tuple(_paragraphs(told)),
        evidence=element_parts(conflict, told.elements),
        detente=version(),
    )


def _asked(found: Compared, one: Asked) -> AskedPart:
    same = [found.same(each, one) for each in found.sets]
    return AskedPart(
        kind=one.kind,
        under=one.concept,
        where=None if one.where is None else written(one.where),
        value=_answer(found.whole.answers.get(one)),
        without_fronts=_answer(found.bare.answers.get(one)),
        same=same.count(True),
        other=same.count(False),
        unsettled=same.count(None),
        changed_by=found.needed(one),
        enough=_keys(found, found.enough(one)),
    )


def _set(found: Compared, one: FrontSet) -> FrontSetPart:
    return FrontSetPart(
        fronts=_keys(found, (one,))[0],
        options=len(one.narrowed.conflict.options),
        decision_makers=len(one.narrowed.conflict.decision_makers),
        answers=tuple(_answer(one.answers.get(each)) for each in found.asked),
        leaves={} if one.headline is None else {key: dms for key, dms in one.headline.leaving.items() if dms},
        same=found.same(one),
        reason=one.reason,
    )


def _keys(found: Compared, sets: Sequence[FrontSet]) -> tuple[tuple[str, ...], ...]:
    """Sets of fronts by their keys, in the order of the conflict."""
    return tuple(tuple(front.key for front in found.conflict.fronts if front.key in one.fronts) for one in sets)


def _paragraphs(told: Explanation) -> Iterator[ParagraphPart]:
    """The account as paragraphs; its sentences speak of no state by number."""
    yield ParagraphPart(role="verdict", sentences=(SentencePart(text=told.verdict.text, elements=told.verdict.elements),))
    for part in told.parts:
        lead = tuple(SentencePart(text=sentence.text, elements=sentence.elements) for sentence in part.lead)
        yield ParagraphPart(
            role="part", sentences=lead, items=tuple(SentencePart(text=item.text, elements=item.elements) for item in part.items)
        )
