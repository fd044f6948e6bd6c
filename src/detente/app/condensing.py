"""`condensed`: where improvements lead, from all states at once: the ends, and groups of states that lead to the same of them."""

from __future__ import annotations

from detente.analysis import basins
from detente.app.documents import NotKnownPart
from detente.app.opening import Opened, Source, opened
from detente.app.parts import conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.state_table import table_of
from detente.app.table_documents import CondensedDocument, DrawingPart, GroupPart, LeadPart
from detente.app.version import version
from detente.concepts.registry import concept
from detente.report.condensed import HEADING, caption_of, drawn, reduced, said
from detente.report.palette import parties_of
from detente.space.sets import StateSet
from detente.space.states import MAX_OPTIONS, StateSpace
from detente.text import plural


def condensed(source: Source | Opened, *, under: str | None = "SEQ", progress: Progress = silent) -> CondensedDocument:
    """Where improvements lead: the states and cycles at which they end, and from how many states they can end where.

    Improvements follow one another as they may, whoever makes them, and nobody looks ahead.  States from which the same ends can be reached
    are one group; at most `detente.analysis.basins.GROUPS` groups are told apart.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    under
        The concept whose equilibria are counted in each group; None to count none.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        The concept is not known.
    LimitError
        S301 where the states are too many to be listed, S347 where they are too many to be looked through together.

    Examples
    --------
    >>> found = condensed("elmira")
    >>> [(group.first.id, group.states, group.ends) for group in found.groups if group.kind == "leading"]
    [(1, 1, (1,)), (4, 1, (2,)), (3, 2, (3,)), (2, 2, (2, 3))]
    >>> found.groups[3].says
    'from 1 state improvements can lead to 5 alone'
    """
    found = opened(source)
    asked = None if under is None else concept(under)
    if len(found.conflict.options) > MAX_OPTIONS:
        StateSpace(found.conflict, MAX_OPTIONS).listing  # noqa: B018 - refuses, and says why
    table = table_of(found.conflict)
    space, described = table.space, table.described
    unknown: tuple[NotKnownPart, ...] = ()
    equilibria: StateSet | None = None
    if asked is not None:
        stable, unknown = table.stability([asked], progress)
        equilibria = None if unknown else stable.equilibria(asked.key)
    progress(f"where improvements lead, {plural(space.states.count, 'state')}")
    graph = basins.condensed(space)
    progress("the drawing")
    arrows = reduced(graph.leads)
    svg = drawn(space, parties_of(found.conflict), graph, selectable=True)
    return CondensedDocument(
        conflict=conflict_part(space, found.name),
        decision_makers=decision_makers(found.conflict),
        under=None if asked is None else asked.key,
        ends=graph.ends,
        groups=tuple(
            GroupPart(
                number=place + 1,
                kind=group.kind,
                states=group.states,
                ends=tuple(end + 1 for end in group.ends),
                ends_counted=group.count,
                first=described.state(group.first),
                status_quo=group.holds_status_quo,
                equilibria=None if equilibria is None else (equilibria & graph.members[place]).count,
                says=said(space, graph, place),
            )
            for place, group in enumerate(graph.groups)
        ),
        leads=tuple(LeadPart(from_=lead.start + 1, to=lead.end + 1, by=dict(lead.by), drawn=lead in arrows) for lead in graph.leads),
        drawing=DrawingPart(shows="condensed", title=HEADING, caption=caption_of(graph), svg=str(svg)),
        not_known=unknown,
        detente=version(),
    )
