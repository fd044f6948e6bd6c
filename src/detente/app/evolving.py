"""`evolve`: how a conflict would go on from the status quo, in the model, with baselines beside every probability."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

from detente.analysis.evolution.found import Concession, Evolution, FirstPassage, Scenario, Source
from detente.analysis.evolution.found import evolve as chain_from
from detente.analysis.evolution.graph import Weights
from detente.analysis.evolution.passage import End
from detente.analysis.evolution.rounds import Round
from detente.analysis.evolution.swept import Swept
from detente.app import asking
from detente.app.basis import element_parts
from detente.app.evolution_documents import (
    EndPart,
    EvolutionDocument,
    FirstMovePart,
    FirstPassagePart,
    ReachedPart,
    ReadingPart,
    RoundPart,
    StandsPart,
    StepTakenPart,
    SweptPart,
)
from detente.app.files import free, write_text
from detente.app.opening import Opened, opened
from detente.app.opening import Source as Asked
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.errors import ConflictError, UsageError
from detente.explain.concessions import by_change
from detente.explain.evolution import evolution_account, trust
from detente.explain.likelihood import likelihood
from detente.model.formula import written
from detente.model.mover import MAX_WEIGHT
from detente.report.evolution_view import flow_file
from detente.report.palette import parties_of
from detente.space.states import StateSpace
from detente.text import did_you_mean, listing, shortened

EQUAL = "equal"
"""What asks for equal weights whatever the file says."""
LISTED = 20
"""Most states of a round that a document lists."""
MOST_ROUNDS = 50
"""Most moves that are followed one by one."""


def evolve(
    source: Asked | Opened,
    *,
    start: str | int = asking.STATUS_QUO,
    movers: str | Mapping[str, float | str] | None = None,
    choice: str = "any",
    moves: str = "improving",
    to: Sequence[str] = (),
    rounds: int = 4,
    flow: str | os.PathLike[str] | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> EvolutionDocument:
    """How a conflict would go on from a state, as far as the model says.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    start
        Where it begins.
    movers
        How often each decision maker moves next ("North=2,South=1", or a mapping); by default the weights of the file, and equal ones
        where it has none.  "equal" asks for equal ones in any case.
    choice
        "any": a mover takes each of their improvements as often as any other; "best": one that they prefer most.
    moves
        "improving" for improvements, "any" for moves of any kind.
    to
        States or conditions of which it is asked whether it ever comes to them.
    rounds
        How many moves are followed one by one.
    flow
        A file (.svg) into which the most probable ways are drawn as well.
    force
        Whether to replace such a file.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read.
    UsageError
        U411 for an unknown state, U412 for an unknown decision maker, U413 without a status quo, U520 for weights that can't be read or
        leave somebody out, U523 for a composition of which the fronts alone have weights, U521 for an unknown kind of choice or of moves,
        U415 if the file of the drawing is there
        or is not named like one.
    LimitError
        S301 for a condition in a conflict too large for its states to be listed, S360 where too many states are reached.

    Examples
    --------
    >>> found = evolve("chicken", start="CC", movers="Row=2,Column=1")
    >>> [(end.states, end.exact) for end in found.ends]
    [((2,), '2/3'), ((3,), '1/3')]
    """
    if flow is not None:
        _named(flow, force)
    opening = opened(source)
    space = StateSpace(opening.conflict)
    begin = asking.state(start, space)
    weights, origin = _weights(movers, opening)
    goals = [(text, _goal(text, space)) for text in to]
    progress("where improvements lead" if moves == "improving" else "where moves lead")
    found = chain_from(
        space,
        begin,
        weights,
        origin,
        _choice(choice),
        _moves(moves),
        goals=[goal for _, goal in goals],
        most=min(max(rounds, 0), MOST_ROUNDS),
    )
    document = document_of(found, opening.name, tuple(text for text, _ in goals))
    if flow is not None:
        drawn = flow_file(document.data(), parties_of(opening.conflict))
        if drawn is None:
            raise UsageError.of("U522", "there is nothing to draw: it stays where it begins, and nobody could move first")
        write_text(flow, drawn)
    return document


def _named(path: str | os.PathLike[str], force: bool) -> None:
    """Refuse a file that is there, or is not named like a drawing."""
    if Path(path).suffix.lower() != ".svg":
        raise UsageError.of("U415", f'no drawing is written into "{path}"', value=str(path), help="its name must end in .svg")
    free(path, force)


def document_of(found: Evolution, name: str | None, asked: Sequence[str] = ()) -> EvolutionDocument:
    """What was found as a document.

    Parameters
    ----------
    found
        How the conflict goes on.
    name
        How the user calls the conflict.
    asked
        The texts by which first passages were asked for.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> document_of(chain_from(space, space.state(1)), None).stays
    False
    """
    described, told = Described(found.space), evolution_account(found)
    parts = described.paragraphs(told)
    numbers = sorted({found.space.state(number) for part in parts for each in (*part.sentences, *part.items) for number in each.states})
    confidence = trust(found)
    return EvolutionDocument(
        conflict=conflict_part(found.space, name),
        decision_makers=decision_makers(found.space.conflict),
        start=described.state(found.start),
        moves=found.moves,
        stays=found.stays,
        readings=tuple(
            ReadingPart(
                source=one.source,
                choice=one.choice,
                weights={dm: str(weight) for dm, weight in one.weights.items()},
                expected_moves=float(one.passage.moves),
                residual=one.passage.residual,
            )
            for one in found.readings
        ),
        ends=tuple(_end(described, found, one) for one in found.scenarios),
        rounds=tuple(_round(described, one) for one in found.rounds),
        swept=_swept(found.swept),
        first_passages=tuple(_passed(one, text) for one, text in zip(found.passages, asked, strict=True)),
        first_moves_in_all=found.first_moves,
        first_moves=None if found.concessions is None else tuple(_first_move(described, found, one) for one in by_change(found)),
        checked=found.checkable,
        confidence=confidence,
        states=tuple(described.state(state) for state in numbers),
        paragraphs=parts,
        evidence=element_parts(described.conflict, told.elements),
        detente=version(),
    )


def _swept(over: Swept | None) -> SweptPart | None:
    if over is None:
        return None
    return SweptPart(movers=over.movers, parts=over.parts, lot=over.lot, count=over.count, expected_moves=over.moves)


def _end(described: Described, found: Evolution, one: Scenario) -> EndPart:
    first, over = one.probabilities[0], found.swept
    several = len(found.readings[0].passage.ends) > 1
    swept = over if over is not None and one.states in over.least else None
    number = described.space.number
    way = None if one.way is None else one.way.steps
    return EndPart(
        states=described.ids(one.states),
        probabilities=tuple(float(value) for value in one.probabilities),
        exact=str(first) if isinstance(first, Fraction) else None,
        least=None if swept is None else swept.least[one.states],
        greatest=None if swept is None else swept.greatest[one.states],
        likelihood=likelihood(first) if several and found.readings[0].source == "stated" else None,
        way=None
        if way is None
        else tuple(StepTakenPart(by=step.by, to=number(step.to), probability=float(step.probability)) for step in way),
    )


def _round(described: Described, one: Round) -> RoundPart:
    return RoundPart(
        moves=one.moves,
        states=tuple(StandsPart(state=described.space.number(state), probability=float(share)) for state, share in one.states[:LISTED]),
        more=max(len(one.states) - LISTED, 0),
        ended=float(one.settled),
    )


def _passed(one: FirstPassage, asked: str) -> FirstPassagePart:
    return FirstPassagePart(
        asked=asked,
        states=len(one.goal),
        probability=float(one.probability),
        within=tuple(float(share) for share in one.within),
        expected_moves=None if one.moves is None else float(one.moves),
    )


def _first_move(described: Described, found: Evolution, one: Concession) -> FirstMovePart:
    worse = described.words.orders[one.by].prefers(found.start, one.to)
    return FirstMovePart(
        by=one.by,
        to=described.space.number(one.to),
        change=described.words.by(found.start, one.to, one.by),
        effect="loss" if worse else "neither",
        back=float(one.passage.at((found.start,))),
        ends=tuple(_reached(described, one, end) for end in one.passage.ends),
        swept=_swept(one.swept),
    )


def _reached(described: Described, one: Concession, end: End) -> ReachedPart:
    over = one.swept if one.swept is not None and end.states in one.swept.least else None
    return ReachedPart(
        states=described.ids(end.states),
        probability=float(end.probability),
        equal=float(one.even.at(end.states)),
        least=None if over is None else over.least[end.states],
        greatest=None if over is None else over.greatest[end.states],
    )


# -- what a user asks for --------------------------------------------------------------------------------------------------
def _weights(movers: str | Mapping[str, float | str] | None, opening: Opened) -> tuple[Weights | None, Source]:
    """The weights that are asked for, and where they come from."""
    conflict = opening.conflict
    owners = [dm.key for dm in conflict.decision_makers if conflict.options_of(dm.key)]
    if movers is None:
        if conflict.movers is None:
            _refuse_local(opening)
            return None, "equal"
        stated = dict(conflict.movers.weights)
        if left := [dm for dm in owners if dm not in stated]:
            message = f"the weights under `movers` say nothing of {listing(left)}"
            raise UsageError.of("U520", message, help="name everybody who owns an option, with 0 for those who never move")
        return {dm: stated[dm] for dm in owners}, "stated"
    if isinstance(movers, str) and movers.strip().lower() == EQUAL:
        return None, "equal"
    pairs = _pairs(movers) if isinstance(movers, str) else [(key, str(value)) for key, value in movers.items()]
    given = {asking.party(key, conflict): _weight(value) for key, value in pairs}
    left = [dm for dm in owners if dm not in given]
    if left or len(given) < len(pairs) or not any(given.get(dm) for dm in owners):
        wrong = f"say nothing of {listing(left)}" if left else "name somebody twice" if len(given) < len(pairs) else "let nobody move"
        help = 'name everybody who owns an option once, with 0 for those who never move: "North=2,South=1"'
        raise UsageError.of("U520", f"these weights {wrong}", value=str(movers), help=help)
    return {dm: given[dm] for dm in owners}, "given"


def _refuse_local(opening: Opened) -> None:
    """Refuse weights of local conflicts alone (U523): they do not say how often something happens on one front beside another."""
    fronts = [f'"{front}"' for front, paths in opening.dropped.items() if "movers" in paths]
    if fronts:
        said = f"the front {fronts[0]} says" if len(fronts) == 1 else f"the fronts {listing(fronts)} say"
        message = f"{said} how often each moves there, the whole does not"
        help = "write `movers` of the whole into the composition, or ask with weights of your own or with `--movers equal`"
        raise UsageError.of("U523", message, help=help)


def _pairs(text: str) -> list[tuple[str, str]]:
    entries = [entry.partition("=") for entry in text.split(",") if entry.strip()]
    return [(key.strip(), value.strip()) for key, _, value in entries]


def _weight(text: str) -> Fraction:
    """A weight as it is written.  Raises `UsageError` (U520) if it is none."""
    try:
        found = Fraction(text[:40])
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= MAX_WEIGHT:
        message = f'"{shortened(text, 40)}" is no weight'
        raise UsageError.of("U520", message, value=text, help=f'a weight is a number from 0 to {MAX_WEIGHT:,}: "North=2,South=1/2"')
    return found


def _goal(text: str, space: StateSpace) -> tuple[int, ...]:
    """The states that a text means: one state, or those that meet a condition."""
    try:
        return (asking.state(text, space),)
    except UsageError as unknown:
        try:
            formula, states = asking.condition(text, space)
        except ConflictError:
            raise unknown from None
        if not states:
            message = f"no state meets {written(formula)}"
            raise UsageError.of("U411", message, value=text, help="name a condition that some state meets") from None
        return tuple(states.each())


def _choice(text: str) -> Literal["any", "best"]:
    return "best" if _one_of(text, ("any", "best"), "choice of improvements") == "best" else "any"


def _moves(text: str) -> Literal["improving", "any"]:
    return "any" if _one_of(text, ("improving", "any"), "kind of moves") == "any" else "improving"


def _one_of(text: str, known: Sequence[str], what: str) -> str:
    if (said := text.strip().lower()) in known:
        return said
    close = did_you_mean(text, known)
    hint = (f'did you mean "{close}"? ' if close else "") + f"there are {listing(known)}"
    raise UsageError.of("U521", f'no {what} is called "{shortened(text)}"', value=text, help=hint)
