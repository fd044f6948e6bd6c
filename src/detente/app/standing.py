"""What becomes of the status quo: who would leave it, to where, and what can come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from detente.analysis.certificate import check
from detente.analysis.overview import crossed, preferred, worse
from detente.analysis.reach import reach
from detente.analysis.stability import StabilityTable
from detente.app.documents import LeavesPart, ParagraphPart, StatusQuoPart, StuckPart
from detente.app.errors import refused
from detente.app.parts import Described
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import concept
from detente.concepts.witness import is_staying
from detente.engines.single import MAX_REACHED, SingleEngine
from detente.errors import LimitError
from detente.explain.completions import undecided
from detente.explain.routes import status_quo as from_status_quo
from detente.explain.standing import Leave, Standing
from detente.space.sets import StateSet

TOLD = 50
"""How many of the states that can be reached a document lists."""


def standing_of(described: Described, table: StabilityTable, state: int, most_reached: int = MAX_REACHED) -> Standing:
    """The verdicts on one state, with where those who leave would go; each of these rests on a certificate that was checked.

    Where the others could reach more than `most_reached` states from an improvement, it is left open where somebody would go.
    """
    stays = {key: {dm: staying.contains(state) for dm, staying in sets.items()} for key, sets in table.stable.items()}
    engine = SingleEngine(described.space, most_reached)
    leaves = []
    for dm in described.keys:
        goals: dict[int | None, list[str]] = {}
        for key, verdicts in stays.items():
            if not verdicts[dm]:
                goals.setdefault(_goal(engine, concept(key), dm, state), []).append(key)
        leaves += [Leave(dm, to, tuple(under)) for to, under in goals.items()]
    return Standing(state, stays, tuple(leaves))


def _goal(engine: SingleEngine, under: SolutionConcept, dm: str, state: int) -> int | None:
    """The state to which a decision maker leaves, by an improvement without answer; None where the cases are too many to list."""
    try:
        witness = engine.verdict(under, dm, state)
    except LimitError:
        return None
    reason = check(engine.space, witness, under)
    if reason is None and is_staying(witness):
        reason = "the engines disagree"
    if reason is not None:
        raise refused(reason, dm, under.key, engine.space.number(state))
    to: int | None = getattr(witness, "improvement", None)
    return to


def status_quo_part(described: Described, found: Standing, equilibria: Mapping[str, StateSet]) -> StatusQuoPart:
    """What a document says of the status quo."""
    space, state = described.space, found.state
    better = reduce(StateSet.__and__, (preferred(space, dm, state) for dm in described.keys))
    unharmed = reduce(StateSet.__sub__, (worse(space, dm, state) for dm in described.keys), space.states)
    unharmed &= reduce(StateSet.__or__, (preferred(space, dm, state) for dm in described.keys))
    nearest = (better or unharmed).nearest(state)
    improvements = {}
    for dm in described.keys:
        ranks = {t: described.ranks.of(dm, t) for t in space.moves(dm, state)}
        gains = [t for t, rank in ranks.items() if rank < described.ranks.of(dm, state)]
        improvements[dm] = described.ids(sorted(gains, key=ranks.__getitem__))
    return StatusQuoPart(
        state=described.state(state),
        equilibrium_under=found.equilibrium_under(),
        verdicts={key: dict(verdicts) for key, verdicts in found.stays.items()},
        moves={dm: len(space.moves(dm, state)) for dm in described.keys},
        improvements=improvements,
        leaves=tuple(
            LeavesPart(by=leave.by, to=None if leave.to is None else space.number(leave.to), under=leave.under) for leave in found.leaves
        ),
        better_for_all=better.count,
        worse_for_none=unharmed.count,
        nearest=None if nearest is None else space.number(nearest),
        better_for_all_and_equilibrium={key: (better & states).count for key, states in equilibria.items()},
        worse_for_none_and_equilibrium={key: (unharmed & states).count for key, states in equilibria.items()},
        crosses_red_line_of=crossed(space, state),
    )


def story(described: Described, state: int, equilibria: Mapping[str, StateSet]) -> tuple[ParagraphPart, ...]:
    """What can come of a state, told from it on: which improvements follow one another, and which equilibria can be reached."""
    space = described.space
    try:
        told = from_status_quo(reach(space, state, "improving"), reach(space, state, "any"), equilibria)
    except LimitError:
        return ()
    return described.paragraphs(told, TOLD)


def apart(described: Described, stuck: StuckPart | None, concepts: Iterable[str]) -> str:
    """How what is said of `concepts` (keys) after the diagnosis takes the conflict, where that spoke of other ways too; else empty."""
    if stuck is not None and stuck.primary == "D8":
        return "as the file writes it, and so in all that follows"
    plain = stuck is not None and all(concept(key).reading is None for key in (*stuck.profile.values(), *concepts))
    whose = undecided(described.words) if plain else ()
    return "" if not whose else "by the order as written" if len(whose) == 1 else "by the orders as written"
