"""`states`: states as rows of a table, some at a time, in any order, all or those that meet a condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.app import asking
from detente.app.explaining import State
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, concept_parts, conflict_part, decision_makers, options
from detente.app.progress import Progress, silent
from detente.app.state_table import LONG, Sort, table_of
from detente.app.table_documents import RowPart, StatesDocument
from detente.app.version import version
from detente.concepts.base import SolutionConcept
from detente.errors import UsageError
from detente.model.conflict import Conflict
from detente.model.formula import Formula, written
from detente.space.states import MAX_OPTIONS, StateSpace
from detente.text import did_you_mean, listing, shortened

MOST_ROWS = 1_000
"""Most rows that are given at once."""
NUMBER = "number"
"""The order of states by their numbers."""


def states(
    source: Source | Opened,
    *,
    where: str | None = None,
    order: str = NUMBER,
    reverse: bool = False,
    offset: int = 0,
    limit: int = 100,
    find: State | None = None,
    paged: bool = False,
    under: str | Sequence[str] | Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> StatesDocument:
    """States as rows of a table: what is taken in each, its rank for everybody, where it is an equilibrium, and who would leave it.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    where
        A condition; only states that meet it are rows.
    order
        "number"; the key of a decision maker for their order of preference, the most preferred first; or a concept that was asked for, the
        states first that fewest would leave.  Where a decision maker has the key of a concept, the decision maker is meant; write
        "party/KEY" or "concept/KEY" to say which.  States that are alike in this come by number.
    reverse
        Whether the order is turned round.
    offset, limit
        From which row on, from 0, and how many, at most `MOST_ROWS`.
    find
        A state whose place is looked for.
    paged
        Whether the rows are the page with that state, where it is one of them: `limit` rows from a multiple of `limit` on, in place of
        those from `offset` on.
    under
        The concepts; by default all, but for SIM among very many states (2^17), where it takes long: who asks for it by name, also as an
        order, has it.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict, or the condition, can't be read.
    UsageError
        U560 for an order or a part of the table that there is none of; an unknown concept or state is named.

    Examples
    --------
    >>> [row.id for row in states("elmira", order="Local", limit=3).rows]
    [7, 3, 5]
    >>> states("elmira", where="Accept", under="SEQ").equilibria
    {'SEQ': 1}
    """
    if offset < 0 or not 0 <= limit <= MOST_ROWS:
        help = f"ask for at most {MOST_ROWS:,} rows at a time, from row 0 on"
        raise UsageError.of("U560", f"a table has no {limit:,} rows from row {offset:,} on to give at once", help=help)
    found = opened(source)
    concepts = asking.behaviour(under, found.conflict).concepts
    sort = _sort(order, found.conflict, concepts)
    if len(found.conflict.options) > MAX_OPTIONS:
        return _few(found, StateSpace(found.conflict, MAX_OPTIONS), concepts, where, offset, limit)
    table = table_of(found.conflict)
    space, described = table.space, table.described
    formula = None if where is None else asking.formula(where, space)
    wanted = space.states if formula is None else space.states.where(formula)
    stable, unknown = table.stability(concepts, progress, patient=under is not None or sort.key in LONG)
    ordered = table.ordered(sort, formula)
    place = None if find is None else ordered.place(asking.state(find, space))
    if reverse and place is not None:
        place = ordered.count - 1 - place
    if paged and limit and place is not None:
        offset = place // limit * limit
    first = max(ordered.count - offset - limit, 0) if reverse else offset
    rows = list(ordered.part(first, min(limit, max(ordered.count - offset, 0))))
    return StatesDocument(
        conflict=conflict_part(space, found.name),
        decision_makers=decision_makers(space.conflict, described.ranks),
        options=options(space.conflict),
        concepts=concept_parts(concepts),
        where=None if formula is None else written(formula),
        order=sort.kind if sort.kind == NUMBER else f"{sort.kind}/{sort.key}",
        reverse=reverse,
        offset=offset,
        total=ordered.count,
        equilibria={key: (stable.equilibria(key) & wanted).count for key in stable.stable},
        place=place,
        rows=tuple(_row(described, state, table.leavers(stable, state)) for state in (reversed(rows) if reverse else rows)),
        not_known=unknown,
        detente=version(),
    )


def _row(described: Described, state: int, leavers: Mapping[str, tuple[str, ...]] | None) -> RowPart:
    part = described.state(state)
    return RowPart(
        id=part.id,
        choice=part.choice,
        rank=part.rank,
        name=part.name,
        status_quo=state == described.space.status_quo,
        equilibrium_under=None if leavers is None else tuple(key for key, leaving in leavers.items() if not leaving),
        leavers=None if leavers is None else {key: leaving for key, leaving in leavers.items() if leaving},
    )


def _sort(order: str, conflict: Conflict, concepts: Sequence[SolutionConcept]) -> Sort:
    """By what rows are put in order; raises `UsageError` (U560)."""
    if order == NUMBER:
        return Sort("number")
    parties, keys = [dm.key for dm in conflict.decision_makers], [found.key for found in concepts]
    if order in parties or (order.removeprefix("party/") in parties and order.startswith("party/")):
        return Sort("party", order if order in parties else order.removeprefix("party/"))
    if order.removeprefix("concept/") in keys:
        return Sort("concept", order.removeprefix("concept/"))
    close = did_you_mean(order, [NUMBER, *parties, *keys])
    hint = (f'did you mean "{close}"? ' if close else "") + f"there are {listing([NUMBER, *parties, *keys])}"
    raise UsageError.of("U560", f'states can\'t be put in the order "{shortened(order)}"', value=order, help=hint)


def _few(
    found: Opened, space: StateSpace, concepts: Sequence[SolutionConcept], where: str | None, offset: int, limit: int
) -> StatesDocument:
    """Of a conflict whose states are not listed the status quo and the states with names, as far as they meet a condition."""
    described = Described(space)
    formula: Formula | None = None if where is None else asking.formula(where, space)
    known = [state for state in (space.status_quo, *described.named) if state is not None]
    rows = sorted(state for state in set(known) if formula is None or described.words.meets(formula, state))
    return StatesDocument(
        conflict=conflict_part(space, found.name),
        decision_makers=decision_makers(space.conflict),
        options=options(space.conflict),
        concepts=concept_parts(concepts),
        where=None if formula is None else written(formula),
        order=NUMBER,
        reverse=False,
        offset=offset,
        total=None,
        equilibria=None,
        place=None,
        rows=tuple(_row(described, state, None) for state in rows[offset : offset + limit]),
        detente=version(),
    )
