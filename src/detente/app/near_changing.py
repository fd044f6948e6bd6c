"""What a change of a conflict too large for its states to be listed changes: who stays at the status quo, asked before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.app import asking
from detente.app.changing import BothPart, ChangingDocument, HoldsPart, SetChangePart, Under
from detente.app.deciding import Decider
from detente.app.large_standing import large_standing
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.explain.changing import CHANGE
from detente.explain.near_sides import Judged, near_account
from detente.explain.telling import Telling
from detente.space.states import MAX_OPTIONS, StateSpace

SECONDS = 1.0
"""Most seconds for the verdict of one decision maker under one concept."""
NOTHING = SetChangePart(before=None, after=None, gained=None, lost=None, gained_states=None, lost_states=None)
"""Of sets that are not compared."""


@dataclass(frozen=True, slots=True)
class NearLooked:
    """A conflict whose status quo was judged.

    Parameters
    ----------
    opened
        The conflict.
    described
        Its states.
    concepts
        The keys of the concepts that were asked about.
    judged
        Its status quo; None where there is none.
    """

    opened: Opened
    described: Described
    concepts: tuple[str, ...]
    judged: Judged | None


def is_large(conflict: Opened) -> bool:
    """Whether the states of a conflict are too many to be listed.

    >>> is_large(opened("elmira"))
    False
    """
    return len(conflict.conflict.options) > MAX_OPTIONS


def near_looked(source: Source | Opened, *, under: Under = None, seconds: float = SECONDS, progress: Progress = silent) -> NearLooked:
    """Judge the status quo of a conflict.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    under
        Concepts ("SEQ", "Nash,SEQ", a list), all by default; of a mixed profile the concepts.
    seconds
        Most time for a verdict.
    progress
        Is told what is being done.

    Examples
    --------
    >>> found = near_looked("elmira", under="SEQ")
    >>> found.judged.verdicts
    {'SEQ': {'MoE': True, 'Uniroyal': True, 'Local': False}}
    """
    found = opened(source)
    concepts = asking.behaviour(under, found.conflict).concepts
    described = Described(StateSpace(found.conflict, MAX_OPTIONS))
    at, judged = described.space.status_quo, None
    if at is not None:
        standing = large_standing(described, concepts, Decider(described.space, seconds=seconds), at, progress)
        judged = Judged(at, standing.verdicts)
    return NearLooked(found, described, tuple(one.key for one in concepts), judged)


def near_changing(before: NearLooked, after: NearLooked, says: Sequence[str] = ()) -> ChangingDocument:
    """What is different between two conflicts whose status quo was judged under the same concepts; sets of states are not compared.

    Parameters
    ----------
    before, after
        What was judged.
    says
        The changes in words, for the document.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.edit_rankings import PlaceRanked
    >>> later = PlaceRanked("Local", frozenset({"Delay"}), 1).apply(load("elmira"))
    >>> found = near_changing(near_looked("elmira", under="SEQ"), near_looked(later, under="SEQ"))
    >>> found.listed, found.same, found.status_quo.after.equilibrium_under
    (False, False, ('SEQ',))
    """
    return ChangingDocument(
        before=conflict_part(before.described.space, before.opened.name),
        after=conflict_part(after.described.space, after.opened.name),
        changes=tuple(says),
        **near_conclusions(before, after, CHANGE),
    )


def near_conclusions(before: NearLooked, after: NearLooked, telling: Telling) -> dict[str, Any]:
    """The fields of a document that say what is different on the status quo of two conflicts, judged under the same concepts.

    Parameters
    ----------
    before, after
        What was judged.
    telling
        How the two are told.

    Examples
    --------
    >>> near = near_looked("elmira", under="SEQ")
    >>> found = near_conclusions(near, near, CHANGE)
    >>> found["listed"], found["same"], found["status_quo"].before == found["status_quo"].after
    (False, True, True)
    """
    moved = before.opened.conflict.status_quo != after.opened.conflict.status_quo
    told = near_account((before.judged, after.judged), after.concepts, (before.described.words, after.described.words), telling)
    return {
        "concepts": after.concepts,
        "listed": False,
        "same": not moved and _same(before, after),
        "comparable": False,
        "said": after.described.paragraphs(told),
        "status_quo": BothPart(before=judged_part(before), after=judged_part(after)),
        "status_quo_moved": moved,
        "better_for_all": NOTHING,
        "worse_for_none": NOTHING,
        "equilibria": {},
        "verdicts": {},
        "states": NOTHING,
        "named": {},
        "detente": version(),
    }


def _same(before: NearLooked, after: NearLooked) -> bool:
    """Whether there are the same decision makers, and nothing that is known of both is another."""
    if before.judged is None or after.judged is None:
        return before.judged is after.judged
    return set(before.described.keys) == set(after.described.keys) and before.judged.agrees(after.judged)


def judged_part(found: NearLooked) -> HoldsPart | None:
    """The status quo as it is judged in what was `found`, with the verdicts that are known; None where there is none.

    >>> judged_part(near_looked("elmira", under="SEQ")).equilibrium_under
    ()
    """
    if found.judged is None:
        return None
    space, judged = found.described.space, found.judged
    return HoldsPart(
        state=space.number(judged.state),
        choice=space.choice(judged.state),
        equilibrium_under=tuple(key for key in found.concepts if judged.holds(key, found.described.keys)),
        verdicts={key: dict(judged.verdicts.get(key, {})) for key in found.concepts},
    )
