"""`coalitions`: for which coalitions a state is stable, when each acts together and others may answer together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from detente.analysis.claims.coalition_holds import CoalitionHolds
from detente.analysis.claims.coalition_leaves import CoalitionLeaves
from detente.analysis.claims.coalition_terms import CONCEPTS, Group, Moved, Terms
from detente.analysis.coalitional.found import Coalitional, ForCoalition, analyse_coalitions
from detente.analysis.coalitional.stability import Verdict
from detente.app import asking
from detente.app.answers import ElementPart
from detente.app.basis import element_parts
from detente.app.document_base import Document, Part, Whole
from detente.app.documents import ConflictPart, ParagraphPart, StatePart
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.errors import UsageError
from detente.explain.coalitions import account
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.text import did_you_mean, listing

IMPROVEMENTS = {"strict": "strict", "weak": "weak", "pareto": "weak"}
"""What counts as an improvement, by what a user calls it."""
LISTED = 1_000
"""Most improvements of a coalition that a document lists."""


class MovedPart(Part):
    """One move: the mover (several where they move in one step), and the state that it leads to."""

    by: tuple[str, ...]
    to: Whole


class TurnPart(Part):
    """What one coalition does in an answer: a legal sequence of moves of its members."""

    by: tuple[str, ...]
    moves: tuple[MovedPart, ...]


class AnswerPart(Part):
    """An improvement, and how others answer it."""

    improvement: Whole
    turns: tuple[TurnPart, ...]


class CoalitionVerdictPart(Part):
    """Whether the state is stable for a coalition under CNash, CGMR, CSMR or CSEQ; `stable` is null where that was not settled.

    Where it is not stable `improvement` is what the coalition would leave for, by `moves`; where it is, `answers` lists the improvements
    with an answer to each.  `checked` says that all cases were listed and checked.
    """

    left_out = frozenset({"improvement"})

    under: str
    stable: bool | None
    checked: bool
    improvement: Whole | None = None
    moves: tuple[MovedPart, ...] = ()
    answers: tuple[AnswerPart, ...] = ()


class CoalitionPart(Part):
    """A coalition: how many improvements it can bring about, their numbers where they are no more than 1,000, and the verdicts."""

    members: tuple[str, ...]
    improvements: int
    states: tuple[Whole, ...] | None
    verdicts: tuple[CoalitionVerdictPart, ...]


class CoalitionsDocument(Document):
    """The answer of `coalitions`: for which coalitions a state is stable under each concept of coalition stability.

    `joint` lists the coalitions that can change options in one step, `joint_for_all` says that any can.  `every` says that all coalitions
    were looked at; `partition` lists the blocks where one was asked about, and is null elsewhere.  `stable` gives for each concept whether
    the state is stable for all coalitions that were looked at (null: not settled), `decision_makers` the same for those with a member, and
    `everywhere` the states that are stable for all of them (null where there are too many to ask).
    """

    schema_: Literal["detente.coalitions/1"] = Field(
        default="detente.coalitions/1", serialization_alias="schema", validation_alias="schema"
    )
    conflict: ConflictPart
    state: StatePart
    improvement: Literal["strict", "weak"]
    joint: tuple[tuple[str, ...], ...]
    joint_for_all: bool
    partition: tuple[tuple[str, ...], ...] | None
    every: bool
    coalitions: tuple[CoalitionPart, ...]
    stable: dict[str, bool | None]
    decision_makers: dict[str, dict[str, bool | None]]
    everywhere: dict[str, tuple[Whole, ...]] | None
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html(self.paragraphs)


def coalitions(
    source: Source | Opened,
    state: str | int = asking.STATUS_QUO,
    *,
    coalition: Sequence[str | Sequence[str]] = (),
    partition: str | Sequence[Sequence[str]] | None = None,
    improvement: str = "strict",
    joint: bool = False,
    progress: Progress = silent,
) -> CoalitionsDocument:
    """For which coalitions a state is stable under CNash, CGMR, CSMR and CSEQ, and why.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    state
        The state that is asked about.
    coalition
        The coalitions to look at, each as keys or as text ("MoE+Uniroyal"); every one by default.
    partition
        Which coalitions there are, each decision maker in one of them ("MoE+Uniroyal,Local"); they alone are looked at, and they alone
        answer one another.
    improvement
        "strict": all members prefer it.  "weak" or "pareto": none finds it worse, and some prefer it.
    joint
        Whether the members of any coalition can change options of theirs in one step; otherwise those that the conflict declares to can.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read.
    UsageError
        U411 for an unknown state, U412 for an unknown decision maker, U413 without a status quo; U490 for a partition that leaves
        somebody out or names somebody twice, U491 for an unknown kind of improvement, U492 for coalitions beside a partition.
    LimitError
        S301 in a conflict too large for its states to be listed, S308 for every coalition of more than ten decision makers.

    Examples
    --------
    >>> found = coalitions("elmira", 5)
    >>> [(one.members, one.states) for one in found.coalitions if one.improvements]
    [(('MoE', 'Uniroyal'), (8,))]
    >>> coalitions("elmira", 8, partition="MoE+Uniroyal,Local").stable
    {'CNash': True, 'CGMR': True, 'CSMR': True, 'CSEQ': True}
    """
    opening = opened(source)
    conflict = opening.conflict
    space = StateSpace(conflict)
    start = asking.state(state, space)
    if coalition and partition is not None:
        raise UsageError.of(
            "U492", "coalitions are named beside a partition", help="name either; a partition is its own list of coalitions"
        )
    terms = Terms(_improvement(improvement), _declared(conflict), joint, () if partition is None else _blocks(partition, conflict))
    named = [asking.group(one, conflict) for one in coalition]
    progress("what coalitions can bring about, and how others answer")
    found = analyse_coalitions(space, start, terms, named or None)
    return document_of(found, opening.name)


def document_of(found: Coalitional, name: str | None) -> CoalitionsDocument:
    """What was found as a document; `name` is how the user calls the conflict.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> document_of(analyse_coalitions(space, space.state(8), Terms()), None).every
    True
    """
    described, told = Described(found.space), account(found)
    everywhere = found.everywhere
    return CoalitionsDocument(
        conflict=conflict_part(found.space, name),
        state=described.state(found.state),
        improvement="strict" if found.terms.improvement == "strict" else "weak",
        joint=found.terms.joint,
        joint_for_all=found.terms.everyone,
        partition=found.terms.blocks or None,
        every=found.every,
        coalitions=tuple(_coalition(described, found, one) for one in found.coalitions),
        stable={concept: found.stable(concept) for concept in CONCEPTS},
        decision_makers={dm: {concept: found.stable(concept, found.of(dm)) for concept in CONCEPTS} for dm in described.keys},
        everywhere=None if everywhere is None else {concept: described.ids(states.each()) for concept, states in everywhere.items()},
        paragraphs=described.paragraphs(told),
        evidence=element_parts(described.conflict, told.elements),
        detente=version(),
    )


def _coalition(described: Described, found: Coalitional, one: ForCoalition) -> CoalitionPart:
    count = one.improvements.count
    checked = {id(verdict) for verdict in found.checked}
    return CoalitionPart(
        members=one.members,
        improvements=count,
        states=described.ids(one.improvements.each()) if count <= LISTED else None,
        verdicts=tuple(_verdict(described, verdict, id(verdict) in checked) for verdict in one.verdicts.values()),
    )


def _verdict(described: Described, verdict: Verdict, checked: bool) -> CoalitionVerdictPart:
    claim, space = verdict.claim, described.space
    return CoalitionVerdictPart(
        under=verdict.concept,
        stable=verdict.stable,
        checked=checked,
        improvement=None if verdict.improvement is None else space.number(verdict.improvement),
        moves=_moves(space, claim.steps) if isinstance(claim, CoalitionLeaves) else (),
        answers=tuple(
            AnswerPart(
                improvement=space.number(answer.improvement),
                turns=tuple(TurnPart(by=turn.by, moves=_moves(space, turn.steps)) for turn in answer.turns),
            )
            for answer in claim.answers
        )
        if isinstance(claim, CoalitionHolds)
        else (),
    )


def _moves(space: StateSpace, steps: Sequence[Moved]) -> tuple[MovedPart, ...]:
    return tuple(MovedPart(by=step.by, to=space.number(step.to)) for step in steps)


# -- what a user asks for --------------------------------------------------------------------------------------------------
def _improvement(text: str) -> str:
    """The kind of improvement that is asked for."""
    found = IMPROVEMENTS.get(text.strip().lower())
    if found is None:
        close = did_you_mean(text, IMPROVEMENTS)
        hint = (f'did you mean "{close}"? ' if close else "") + f"there are {listing(IMPROVEMENTS)}"
        raise UsageError.of("U491", f'no kind of improvement is called "{text}"', value=text, help=hint)
    return found


def _declared(conflict: Conflict) -> tuple[Group, ...]:
    """The coalitions that the conflict declares to change options in one step, each in the order of the conflict."""
    found = (tuple(dm.key for dm in conflict.decision_makers if dm.key in one.members) for one in conflict.coalitions if one.joint)
    return tuple(dict.fromkeys(group for group in found if len(group) > 1))


def _blocks(partition: str | Sequence[Sequence[str]], conflict: Conflict) -> tuple[Group, ...]:
    """The blocks of a partition; raises `UsageError` (U490) if it is none."""
    parts = [part for part in partition.split(",") if part.strip()] if isinstance(partition, str) else list(partition)
    blocks = [asking.group(part, conflict) for part in parts]
    counts = {dm.key: sum(dm.key in block for block in blocks) for dm in conflict.decision_makers}
    missing, twice = [dm for dm, count in counts.items() if not count], [dm for dm, count in counts.items() if count > 1]
    if missing or twice:
        wrong = [f"{listing(missing)} in none"] * bool(missing) + [f"{listing(twice)} in several"] * bool(twice)
        shown = partition if isinstance(partition, str) else ",".join("+".join(block) for block in blocks)
        message = f"in a partition everybody is in one coalition; here {listing(wrong)}"
        raise UsageError.of("U490", message, value=shown, help='name everybody once: "A+B,C"')
    place = {dm.key: number for number, dm in enumerate(conflict.decision_makers)}
    return tuple(sorted(blocks, key=lambda block: place[block[0]]))
