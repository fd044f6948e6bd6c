"""What a change of a conflict changes in its conclusions: equilibria, verdicts, the status quo, the states; asked before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from detente.analysis.changing import Changing, Look, SetChange
from detente.analysis.stability import analyse
from detente.app import asking
from detente.app.document_base import Document, Part, Whole
from detente.app.documents import ConflictPart, ParagraphPart
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part
from detente.app.progress import Progress, silent
from detente.app.state_table import table_of
from detente.app.version import version
from detente.engines.choose import choose
from detente.explain.changing import CHANGE
from detente.explain.sides import account
from detente.explain.telling import Telling
from detente.space.sets import StateSet
from detente.space.states import MAX_OPTIONS, StateSpace

LISTED = 50
"""Most states of each set that a document names; all are counted."""
Under = str | Sequence[str] | Mapping[str, str] | None


class ChangedStatePart(Part):
    """A state that a set gained or lost: its number before and after, null where it is no state then; `choice` and `name` as it is there.

    `stay` gives the decision makers who stay there after the change and left before, `leave` those who leave and stayed before, under
    the behaviour that the set is about; both empty where it is about none, or the state is there only before or only after.
    """

    left_out = frozenset({"name"})

    before: Whole | None
    after: Whole | None
    choice: str
    name: str | None = None
    stay: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()


class SetChangePart(Part):
    """How many states a set has before and after; which it gained and lost, counted in full, the first of them named.

    `before` and `after` are null where there is no status quo to compare with; the rest is null where single states are not compared.
    """

    before: Whole | None
    after: Whole | None
    gained: Whole | None
    lost: Whole | None
    gained_states: tuple[ChangedStatePart, ...] | None
    lost_states: tuple[ChangedStatePart, ...] | None


class TurnedPart(Part):
    """At how many states a decision maker stays before, and after.

    Of the states that there are before and after, `to_stay` counts those at which they stay after and left before, `to_leave` those at
    which they leave after and stayed before; null where single states are not compared.
    """

    before: Whole
    after: Whole
    to_stay: Whole | None
    to_leave: Whole | None


class HoldsPart(Part):
    """A state before, or after: its number, under which concepts it is an equilibrium, and who stays there (true) under which."""

    state: Whole
    choice: str
    equilibrium_under: tuple[str, ...]
    verdicts: dict[str, dict[str, bool]]


class BothPart(Part):
    """One state as it is judged before and after; null where it is no state."""

    before: HoldsPart | None
    after: HoldsPart | None


class ChangingDocument(Document):
    """What is different in the conclusions on a conflict after a change; `same` where nothing that is asked is.

    `changes` are the changes in words, as they were given.  `comparable` says whether single states are compared: there are the same
    options and decision makers, in the same order.  `mixed` is about the `profile`, where one was asked for.  `verdicts` count states,
    by concept and decision maker.  Numbers of states count from 1 among the states before, or after: they are not the same where states
    come or go.  `said` is the same in sentences, with numbers after the change.  Where the states are too many to be listed (`listed` is
    false) only the status quo is compared, and `same` speaks of what is known of it: sets of states are null, or empty.
    """

    left_out = frozenset({"mixed", "profile"})

    schema_: Literal["detente.changing/1"] = Field(default="detente.changing/1", serialization_alias="schema", validation_alias="schema")
    before: ConflictPart
    after: ConflictPart
    changes: tuple[str, ...]
    concepts: tuple[str, ...]
    profile: dict[str, str] | None = None
    listed: bool = True
    same: bool
    comparable: bool
    said: tuple[ParagraphPart, ...]
    status_quo: BothPart
    status_quo_moved: bool
    better_for_all: SetChangePart
    worse_for_none: SetChangePart
    equilibria: dict[str, SetChangePart]
    mixed: SetChangePart | None = None
    verdicts: dict[str, dict[str, TurnedPart]]
    states: SetChangePart
    named: dict[str, BothPart]
    detente: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A conflict of which everything has been asked that a change is judged by; many changes may be compared with it.

    Parameters
    ----------
    opened
        The conflict.
    described
        Its states.
    look
        What was asked, and answered.
    """

    opened: Opened
    described: Described
    look: Look


def looked(source: Source | Opened, *, under: Under = None, beside: Looked | None = None) -> Looked:
    """Ask a conflict what a change is judged by.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    under
        As `changing` takes it.
    beside
        The same of another conflict; where the states and moves are the same they are not worked out again.

    Examples
    --------
    >>> looked("elmira", under="SEQ").look.equilibria("SEQ").count
    3
    """
    found = opened(source)
    asked = asking.behaviour(under, found.conflict)
    if len(found.conflict.options) <= MAX_OPTIONS:
        table = table_of(found.conflict)  # where others ask the same meanwhile
        stable, unknown = table.stability(asked.concepts)
        if not unknown:
            return Looked(found, table.described, Look(table.space, stable.stable, asked.profile))
    space = StateSpace(found.conflict) if beside is None else beside.described.space.of(found.conflict)
    engine, because = choose(space, asked.concepts)
    return Looked(found, Described(space), Look(space, analyse(space, asked.concepts, engine, because).stable, asked.profile))


def changing(
    before: Source | Opened | Looked,
    after: Source | Opened,
    *,
    under: Under = None,
    says: Sequence[str] = (),
    progress: Progress = silent,
) -> ChangingDocument:
    """What a change of a conflict changes in its conclusions.

    Asked before and after are, under each concept, which states hold and for whom; who stays at the status quo; which states are better
    than it for everybody, or for somebody and worse for nobody; which states there are; and whether named states hold.  What could
    unstick it is not asked.

    Parameters
    ----------
    before
        A conflict, a file or the name of a packaged case; or what `looked` made of one, under the same behaviour.
    after
        The same after the change.
    under
        Concepts ("SEQ", "Nash,SEQ", a list) or a mixed profile ("Local=SEQ,Nash", a mapping); all concepts by default.
    says
        The changes in words, for the document.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        A conflict can't be read or analysed.
    UsageError
        An unknown concept or decision maker is named.
    LimitError, Cannot
        A conflict is too large for its states to be listed.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.edit_rankings import MoveRanked
    >>> found = changing("elmira", MoveRanked("Local", frozenset({"Delay"}), up=True).apply(load("elmira")), under="SEQ")
    >>> found.equilibria["SEQ"].before, found.equilibria["SEQ"].after, found.said[0].sentences[0].text
    (3, 3, 'The equilibria change under SEQ.')
    """
    if not isinstance(before, Looked):
        progress("the conclusions before")
        before = looked(before, under=under)
    progress("the conclusions after")
    later = looked(after, under=under, beside=before)
    return ChangingDocument(
        before=conflict_part(before.described.space, before.opened.name),
        after=conflict_part(later.described.space, later.opened.name),
        changes=tuple(says),
        **ChangeParts(before, later).conclusions(CHANGE),
    )


class ChangeParts:
    """The parts of documents on one comparison.

    Parameters
    ----------
    before, after
        What is compared, asked under the same behaviour.

    Examples
    --------
    >>> elmira = looked("elmira", under="SEQ")
    >>> ChangeParts(elmira, elmira).turned("SEQ", "Local").before
    7
    """

    def __init__(self, before: Looked, after: Looked) -> None:
        self.before, self.after = before, after
        self.found = Changing(before.look, after.look)

    def conclusions(self, telling: Telling) -> dict[str, Any]:
        """The fields of a document that say what is different in the conclusions; in sentences as the two are told (`telling`)."""
        before, after, found = self.before, self.after, self.found
        ways = [way for way in found.ways if way is not None]
        shared = [dm for dm in after.look.parties if dm in before.look.parties]
        profile = after.look.profile
        return {
            "concepts": tuple(ways),
            "profile": None if profile is None else dict(profile),
            "same": found.same,
            "comparable": found.comparable,
            "said": after.described.paragraphs(account(found, (before.described.words, after.described.words), telling)),
            "status_quo": self.both(before.described.space.status_quo, after.described.space.status_quo),
            "status_quo_moved": found.moved,
            "better_for_all": self.sets(found.better_for_all),
            "worse_for_none": self.sets(found.worse_for_none),
            "equilibria": {way: self.sets(found.equilibria(way), way) for way in ways},
            "mixed": None if profile is None else self.sets(found.equilibria(None), None, verdicts=True),
            "verdicts": {way: {dm: self.turned(way, dm) for dm in shared} for way in ways},
            "states": self.sets(found.states),
            "named": {name: self.both(*(side.look.named.get(name) for side in (before, after))) for name in found.names(telling.order)},
            "detente": version(),
        }

    def sets(self, change: SetChange, way: str | None = None, *, verdicts: bool = False) -> SetChangePart:
        """What is different in a set (`change`); with whose `verdicts` under a behaviour (`way`), if it is named, or asked for."""
        verdicts = verdicts or way is not None
        return SetChangePart(
            before=None if change.before is None else change.before.count,
            after=None if change.after is None else change.after.count,
            gained=None if change.gained is None else change.gained.count,
            lost=None if change.lost is None else change.lost.count,
            gained_states=self._some(change.gained, way, verdicts),
            lost_states=self._some(change.lost, way, verdicts),
        )

    def _some(self, states: StateSet | None, way: str | None, verdicts: bool) -> tuple[ChangedStatePart, ...] | None:
        if states is None:
            return None
        parties = self.after.look.parties if verdicts and states else ()
        turned = {dm: self.found.turned(way, dm) for dm in parties}
        late = states.space is self.after.described.space
        return tuple(self._state(state, late, turned) for state in states.first(LISTED))

    def _state(self, state: int, late: bool, turned: Mapping[str, tuple[StateSet, StateSet]]) -> ChangedStatePart:
        """One state of a set of states after (`late`), or before."""
        shared = self.found.is_shared(state)
        home = (self.after if late or shared else self.before).described
        return ChangedStatePart(
            before=self.before.described.space.number(state) if shared or not late else None,
            after=self.after.described.space.number(state) if shared or late else None,
            choice=home.space.choice(state),
            name=home.name(state),
            stay=tuple(dm for dm, (stays, _) in turned.items() if stays.contains(state)),
            leave=tuple(dm for dm, (_, leaves) in turned.items() if leaves.contains(state)),
        )

    def turned(self, way: str, dm: str) -> TurnedPart:
        """How many verdicts of a decision maker (`dm`) are different under a concept (`way`)."""
        now, then = self.found.turned(way, dm) if self.found.comparable else (None, None)
        return TurnedPart(
            before=self.before.look.stable(way, dm).count,
            after=self.after.look.stable(way, dm).count,
            to_stay=None if now is None else now.count,
            to_leave=None if then is None else then.count,
        )

    def both(self, before: int | None, after: int | None) -> BothPart:
        """A state as it is judged `before`, and one as it is `after`; None for no state."""
        return BothPart(before=_holds(self.before, before), after=_holds(self.after, after))


def _holds(where: Looked, state: int | None) -> HoldsPart | None:
    if state is None:
        return None
    stays = {
        way: {dm: where.look.stable(way, dm).contains(state) for dm in where.look.parties} for way in where.look.ways if way is not None
    }
    return HoldsPart(
        state=where.described.space.number(state),
        choice=where.described.space.choice(state),
        equilibrium_under=tuple(way for way, verdicts in stays.items() if all(verdicts.values())),
        verdicts=stays,
    )
