"""The checker of certificates for spaces of any size: groups of improvements with one answer each, and conditions that nobody leads out of.

It searches nothing.  That groups hold every improvement, and that each answer serves its whole group, is worked out in truth tables
over the settings of the decision maker's own options (`detente.preference.settings`); that a condition is kept by all moves follows
from clausal proofs (`detente.analysis.propagation`) of claims that it writes down itself (`detente.preference.claims`).
"""

from __future__ import annotations

from detente.analysis.propagation import proves
from detente.analysis.refused import need
from detente.concepts.base import SolutionConcept
from detente.concepts.witness import Closed, Covers, Group
from detente.model.clauses import clauses_of
from detente.model.formula import holds, options_in
from detente.preference.claims import deterring, left_by, names_of
from detente.preference.settings import Settings
from detente.space.states import StateSpace


def improvements(space: StateSpace, dm: str, state: int) -> tuple[int, ...]:
    """The improvements of a decision maker from a state, ascending, in a space without merged states.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> improvements(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), "A", 0)
    ()
    """
    here = Settings(space, dm, state)
    return tuple(sorted(here.local.combinations(here.local.open & here.better(state))))


def is_improvement(space: StateSpace, dm: str, state: int, to: int) -> bool:
    """Whether a decision maker has an improvement from a state to another, in a space without merged states.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> is_improvement(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), "A", 0, 1)
    False
    """
    here = Settings(space, dm, state)
    gains = here.local.open & here.better(state)
    return not (state ^ to) & ~space.masks[dm] and bool(gains >> here.local.setting(to) & 1)


def check_covers(space: StateSpace, covers: Covers, concept: SolutionConcept) -> None:
    """Refuse a `Covers` that does not show that its decision maker stays.

    Parameters
    ----------
    space
        The space, without merged states.
    covers
        The certificate; its state and decision maker are known to exist.
    concept
        What it is about; an improvement, at most one answer to it, at most one further move.

    Raises
    ------
    RefusedError
        What is wrong with it.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> check_covers(space, Covers("GMR", "A", 0, ()), concept("GMR")) is None
    True
    """
    need(concept.is_classical and not (space.is_listed and space.classes), f"concept: {concept.key}, or merged states")
    here = Settings(space, covers.dm, covers.state)
    gains = here.local.open & here.better(covers.state)
    left = gains
    for group in covers.groups:
        need(concept.answers is not None and bool(group.steps), f"answer: {concept.key} looks at none, or no step")
        need(not (group.taken | group.not_taken) & ~space.masks[covers.dm], "group: by options of others")
        members = gains & here.matching(group.taken, group.not_taken)
        need(bool(members), "group: it holds no improvement")
        _answers(space, covers, concept, group, here, members)
        left &= ~members
    need(not left, f"improvements: {left.bit_count()} in no group")


def _answers(space: StateSpace, covers: Covers, concept: SolutionConcept, group: Group, here: Settings, members: int) -> None:
    """Refuse a group whose steps are no answer to each of its members."""
    now, last = here, ""
    for mover, bits in group.steps:
        need(mover in space.masks and mover not in (last, covers.dm), f"sequence: {mover} can't move here")
        able = now.step(mover, bits, improving=concept.answers == "improving")
        need(not members & ~able, f"step: {mover} has no such move after {(members & ~able).bit_count()} improvements")
        now, last = now.flipped(bits), mover
    better = now.better(covers.state)
    need(not members & better, f"sanction: {covers.dm} prefers what comes after {(members & better).bit_count()} improvements")
    if concept.counters:
        escaping = members & now.onward(better)
        need(not escaping, f"escape: {covers.dm} can move on after {escaping.bit_count()} improvements")


def check_closed(space: StateSpace, closed: Closed, concept: SolutionConcept) -> None:
    """Refuse a `Closed` that does not show that its decision maker leaves.

    Parameters
    ----------
    space
        The space, without merged states.
    closed
        The certificate; its state and decision maker are known to exist.
    concept
        What it is about; a concept with answers.

    Raises
    ------
    RefusedError
        What is wrong with it.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.concepts.witness import Proof
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import TRUE, Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a, b = DecisionMaker("A", "A", OptionWeighting((("x", 1),))), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> check_closed(space, Closed("GMR", "A", 0, 1, Taken("x"), (), (Proof("B"), Proof(""))), concept("GMR")) is None
    True
    """
    need(concept.is_classical and concept.answers is not None, f"concept: {concept.key} looks at no answer")
    need(not (space.is_listed and space.classes), "concept: merged states")
    index, gains = space.conflict.option_index, is_improvement(space, closed.dm, closed.state, closed.improvement)
    need(gains, f"improvement: {closed.dm} has no improvement from {closed.state} to {closed.improvement}")
    need(options_in(closed.invariant) <= index.keys(), "invariant: of unknown options")
    need(holds(closed.invariant, lambda key: bool(closed.improvement >> index[key] & 1)), "invariant: the improvement does not meet it")
    need(concept.counters or not closed.escapes, f"escape: {concept.key} looks at none")
    need(not any(setting & ~space.masks[closed.dm] for setting in closed.escapes), "escape: by options of others")
    proofs = {proof.by: proof.clauses for proof in closed.proofs}
    movers = [dm for dm, own in space.masks.items() if own and dm != closed.dm]
    need(len(proofs) == len(closed.proofs) and proofs.keys() == {*movers, ""}, f"proofs: of {list(proofs)}")
    names = names_of(space)
    for mover in movers:
        claim = left_by(space, closed.invariant, mover, improving=concept.answers == "improving")
        need(proves(clauses_of(claim, names), proofs[mover]), f"kept: it is not shown that moves of {mover} keep the invariant")
    claim = deterring(space, closed.invariant, closed.dm, closed.state, closed.escapes)
    need(proves(clauses_of(claim, names), proofs[""]), f"deterred: it is not shown that nothing deters {closed.dm}")
