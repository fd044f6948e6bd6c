"""`compare`: what a conflict and its viewpoints have in common, which conclusions hang on the viewpoint, and on which single element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from detente.analysis.viewpoints.compare import compare_viewpoints
from detente.analysis.viewpoints.found import Compared, RedLines, Topic, Trial, View
from detente.app import asking
from detente.app.answers import ElementPart
from detente.app.basis import element_parts
from detente.app.document_base import Document, Part
from detente.app.documents import ConflictPart, ParagraphPart
from detente.app.errors import check_found
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.errors import UsageError
from detente.explain.compare import EFFECTS, account, topic_label
from detente.explain.corrections import differing, elements_of
from detente.model.correction import Correction
from detente.model.formula import Formula, written
from detente.model.viewpoint import viewpoint
from detente.space.states import StateSpace

SECONDS = 120.0
"""How long a comparison may take, about, unless told otherwise."""

Answer = bool | str | tuple[tuple[str, ...], ...] | None
"""The value of a conclusion: a type by its key, sets of red lines by whose they are and their conditions; null where it was not settled."""


class DifferencePart(Part):
    """A single element in which a viewpoint differs from the file; `in_words` says how, after "it".

    `elements` are the paths of the element in the viewpoint and in the file, as far as it stands there.
    """

    kind: Literal["option", "states", "preference", "statement", "red line", "pairs", "attitudes"]
    party: str | None
    condition: str | None
    in_words: str
    elements: tuple[str, ...]


class SeenPart(Part):
    """A viewpoint: whose it is, who holds it, and in which single elements it differs from the file.

    `leaves` gives for each concept who would leave the status quo, `equilibria` counts the states that hold; both are left empty where
    the conflict could not be looked at so, and `reason` is the code of what kept it from being looked at.  The first one, whose key is
    null, is the conflict as the file writes it.
    """

    left_out = frozenset({"reason"})

    key: str | None
    name: str | None
    whose: str | None
    held_by: tuple[str, ...]
    differs: tuple[DifferencePart, ...]
    leaves: dict[str, tuple[str, ...]]
    equilibria: int | None
    reason: str | None = None


class TopicPart(Part):
    """A conclusion that is compared, and its value in each view, in the order of `views` (null: not settled, or it says nothing there).

    `kind` is "holds" (the status quo holds under `under`), "type" (the first type of deadlock that applies; "" for none, "-" where the
    status quo is not stuck), "gain" (some state that meets `where` is better for everybody), "kept gain" (such a state also holds), "red
    lines" (the minimal sets of red lines that exclude all that would be better), "state" (the named state holds), "onward" (from the named
    state some group can go on to a state that all of it prefer and that holds) or "concluded" (how a conclusion of the sources compares
    with the model).  `same` says whether it is the same in all (null: not settled), `everywhere` whether it says something in all of them.
    """

    kind: Literal["holds", "type", "gain", "kept gain", "red lines", "state", "onward", "concluded"]
    under: str | None
    where: str | None
    name: str | None
    conclusion: int | None
    label: str
    values: tuple[Answer, ...]
    same: bool | None
    everywhere: bool


class DecidingPart(Part):
    """What a single element of a viewpoint, tried by itself, does to a conclusion on which the viewpoint and the file part.

    `topic` is the place of the conclusion in `topics`, from 0, and `element` that of the element in the viewpoint's `differs`.  `effect` is
    "decides" (with it as in the viewpoint the file gives the same; with it as in the file the viewpoint gives what the file gives),
    "enough" (the former alone) or "needed" (the latter alone).
    """

    viewpoint: str
    element: int
    topic: int
    effect: Literal["decides", "enough", "needed"]


class CompareDocument(Document):
    """The answer of `compare`: the conclusions in each view, what differs, and which single elements make a difference.

    `tried` counts the elements that were tried by themselves, `untried` those that could not be, on both sides, in the time allowed.  The
    claims that were found were checked, each in its own conflict; the last of `paragraphs` tells which conclusions they show, and which
    were only worked out.
    """

    schema_: Literal["detente.compare/1"] = Field(default="detente.compare/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    profile: dict[str, str]
    views: tuple[SeenPart, ...]
    topics: tuple[TopicPart, ...]
    deciding: tuple[DecidingPart, ...]
    tried: int
    untried: int
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...]
    detente: str


def compare(
    source: Source | Opened,
    *,
    viewpoints: str | Sequence[str] | None = None,
    under: str | Mapping[str, str] | None = None,
    where: Sequence[str] = (),
    seconds: float | None = SECONDS,
    progress: Progress = silent,
) -> CompareDocument:
    """What a conflict and its viewpoints have in common, which conclusions hang on the viewpoint, and on which single element.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case; it has viewpoints and a status quo.
    viewpoints
        Keys of the viewpoints to compare with the file ("officials,reader", or a list); all by default.
    under
        The behaviour: one concept for everybody ("SEQ", the default), or one for each decision maker ("Local=Nash,SEQ", a mapping).  It is
        the same in every viewpoint.
    where
        Conditions: is any state that meets them better for everybody?
    seconds
        How long it may take, about; None for no limit.  What is not settled by then is said to be so.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict, or a condition, can't be read.
    UsageError
        U470 for an unknown viewpoint, U471 without viewpoints; U413 without a status quo; U443 for several concepts at once.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "as A sees it")
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset(), viewpoints=(seen,))
    >>> {topic.same for topic in compare(one).topics}
    {True}
    """
    opening = opened(source)
    conflict = opening.conflict
    if not conflict.viewpoints:
        raise UsageError.of("U471", "the conflict has no viewpoints to compare", help="write them under `viewpoints:` in the file")
    space = StateSpace(conflict)
    asking.status_quo(space)
    profile = asking.profile(under, conflict)
    wheres = tuple(asking.formula(text, space) for text in where)
    found = compare_viewpoints(conflict, profile, viewpoints=_keys(viewpoints), wheres=wheres, seconds=seconds, progress=progress)
    for one in (*(view.concluded for view in found.views), *(side for trial in found.trials for side in (trial.alone, trial.without))):
        check_found(one)
    return _document(opening, space, found)


def _keys(viewpoints: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """The keys of viewpoints that were asked for."""
    if viewpoints is None:
        return None
    return tuple(key.strip() for key in viewpoints.split(",") if key.strip()) if isinstance(viewpoints, str) else tuple(viewpoints)


def _document(opening: Opened, space: StateSpace, found: Compared) -> CompareDocument:
    told, described = account(found), Described(space)
    deciding = [part for trial in found.trials for part in _deciding(found, trial)]
    untried = sum(trial.alone is None or trial.without is None for trial in found.trials)
    return CompareDocument(
        conflict=conflict_part(space, opening.name),
        profile=dict(found.profile),
        views=tuple(_seen(found, view) for view in found.views),
        topics=tuple(_topic(found, topic) for topic in found.told),
        deciding=tuple(deciding),
        tried=len(found.trials) - untried,
        untried=untried,
        paragraphs=described.paragraphs(told),
        evidence=element_parts(found.conflict, told.elements),
        detente=version(),
    )


def _seen(found: Compared, view: View) -> SeenPart:
    seen = None if view.key is None else viewpoint(found.conflict, view.key)
    concluded = view.concluded
    return SeenPart(
        key=view.key,
        name=None if seen is None else seen.name,
        whose=None if seen is None else seen.whose,
        held_by=() if seen is None else seen.held_by,
        differs=tuple(_difference(found, view.key, one) for one in view.differs if view.key is not None),
        leaves={} if concluded is None else {key: dms for key, dms in concluded.leaving.items() if dms},
        equilibria=None if concluded is None or concluded.equilibria is None else concluded.equilibria.count,
        reason=view.reason,
    )


def _difference(found: Compared, key: str, one: Correction) -> DifferencePart:
    return DifferencePart(
        kind=one.kind,
        party=one.party,
        condition=_condition(one.formula),
        in_words=differing(found.conflict, key, one),
        elements=elements_of(found.conflict, key, one),
    )


def _condition(formula: Formula | None) -> str | None:
    return None if formula is None else written(formula)


def _topic(found: Compared, topic: Topic) -> TopicPart:
    return TopicPart(
        kind=topic.kind,
        under=topic.concept,
        where=_condition(topic.where),
        name=topic.name,
        conclusion=topic.place,
        label=topic_label(topic, found.conflict),
        values=tuple(_answer(found.value(view, topic)) for view in found.views),
        same=found.same(topic),
        everywhere=found.everywhere(topic),
    )


def _answer(value: bool | str | RedLines | None) -> Answer:
    """The value of a conclusion as documents hold it."""
    if not isinstance(value, frozenset):
        return value
    return tuple(sorted(tuple(f"{dm}: {condition}" if dm else condition for dm, condition in lines) for lines in value))


def _deciding(found: Compared, trial: Trial) -> list[DecidingPart]:
    """What an element does to each conclusion on which the viewpoint and the file part."""
    view = found.view(trial.viewpoint)
    place, told = view.differs.index(trial.element), found.told
    effects = [(topic, found.effect(trial, topic)) for topic in found.disputed(view)]
    ordered = sorted(effects, key=lambda one: (EFFECTS.index(one[1]) if one[1] else 0, told.index(one[0])))
    return [
        DecidingPart(viewpoint=trial.viewpoint, element=place, topic=told.index(topic), effect=effect)
        for topic, effect in ordered
        if effect is not None
    ]
