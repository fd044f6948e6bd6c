"""Whether a state is stable for a coalition under CNash, CGMR, CSMR or CSEQ, and what shows it.

For a coalition H at a state s, with R_H^{++}(s) its improvements and phi_H(s) the states that are no improvement on s for it:

- CNash: R_H^{++}(s) is empty;
- CGMR: from every t in R_H^{++}(s) the others can reach a u in phi_H(s);
- CSMR: one from which H reaches no state that is better for it than s;
- CSEQ: one by turns of coalitions of the others, each turn an improvement for those who take it, no coalition twice in a row.

Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.analysis.claims.base import Claim
from detente.analysis.claims.coalition_holds import Answered, CoalitionHolds
from detente.analysis.claims.coalition_leaves import CoalitionLeaves, Within
from detente.analysis.claims.coalition_terms import Group, Lasts, Moved, Turn
from detente.analysis.coalitional.play import Play, Ways, by_nearness
from detente.space.sets import bits_of

MAX_ANSWERS = 500
"""Most improvements of a coalition for which a claim lists the answers."""
MAX_TURNS = 5_000
"""Most ends of turns that are looked at for one improvement before a verdict under CSEQ is left open."""

Node = tuple[int, Group]
"""A state at which a turn ended, and whose it was."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a state is stable for a coalition.

    Parameters
    ----------
    concept
        "CNash", "CGMR", "CSMR" or "CSEQ".
    coalition
        The coalition (keys).
    stable
        The verdict; None where more turns would have to be looked at than `MAX_TURNS`.
    improvement
        Where it is not stable: an improvement without an answer, of several the first of `by_nearness`.
    claim
        What shows it; None where the verdict is open, or more than `MAX_ANSWERS` answers would have to be listed.
    """

    concept: str
    coalition: Group
    stable: bool | None
    improvement: int | None = None
    claim: Claim | None = None


@dataclass
class _Turns:
    """A search for turns from one improvement: what was reached, and from where."""

    came_from: dict[Node, Node | None] = field(default_factory=dict)
    end: Node | None = None
    cut: bool = False


def verdict(play: Play, concept: str, coalition: Group, state: int, *, shown: bool = True) -> Verdict:
    """Whether a state is stable for a coalition under one concept.

    Parameters
    ----------
    play
        The moves and improvements, on the terms that count.
    concept
        "CNash", "CGMR", "CSMR" or "CSEQ".
    coalition
        The coalition (keys, in the order of the conflict).
    state
        The state.
    shown
        Whether a claim is wanted as well.

    Examples
    --------
    >>> from detente.analysis.claims.coalition_terms import Terms
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> found = verdict(Play(space, Terms()), "CSEQ", ("MoE", "Uniroyal"), space.state(5))
    >>> found.stable, space.number(found.improvement), found.claim.check(space)
    (False, 8, None)

    References
    ----------
    Kilgour, Hipel, Fang and Peng 2001, "Coalition analysis in group decision support", Group Decision and Negotiation 10, 159-175.
    """
    improvements = play.improving(coalition, state)
    if concept == "CSEQ":
        return _by_turns(play, coalition, state, improvements, shown)
    answering = _answering(play, concept, coalition, state, improvements)
    left = improvements & ~answering.sources if answering else improvements
    if left:
        improvement = by_nearness(play.space, state, left)[0]
        claim = _leaves(play, concept, coalition, state, improvement) if shown else None
        return Verdict(concept, coalition, False, improvement, claim)
    if not shown or improvements.bit_count() > MAX_ANSWERS:
        return Verdict(concept, coalition, True)
    others = play.others(coalition)
    answers = tuple(Answered(t, (Turn(others, answering.steps(t)),)) for t in bits_of(improvements)) if answering else ()
    held: dict[int, Lasts] = {a.end: play.lasts(coalition, a.end) for a in answers} if concept == "CSMR" else {}
    last = play.lasts(coalition, state)
    return Verdict(
        concept, coalition, True, claim=CoalitionHolds(concept, coalition, state, play.terms, last, answers, tuple(held.items()))
    )


def _answering(play: Play, concept: str, coalition: Group, state: int, improvements: int) -> Ways | None:
    """From where the others reach what deters a coalition; None under CNash, and where there is no improvement."""
    if concept == "CNash" or not improvements:
        return None
    better = play.better(coalition, state)
    deterring = play.space.states.bits & ~better
    if concept == "CSMR":
        deterring &= ~play.ways(coalition, better).sources
    return play.ways(play.others(coalition), deterring)


def _leaves(play: Play, concept: str, coalition: Group, state: int, improvement: int) -> CoalitionLeaves:
    """The claim that an improvement has no answer, under CNash, CGMR or CSMR."""
    steps = play.ways(coalition, 1 << improvement).steps(state)
    if concept == "CNash":
        return CoalitionLeaves(concept, coalition, state, play.terms, steps)
    others, better = play.others(coalition), play.better(coalition, state)
    escapes: tuple[tuple[int, tuple[Moved, ...]], ...] = ()
    if concept == "CSMR":
        out = play.ways(coalition, better)
        escapes = tuple((end, out.steps(end)) for end in bits_of(play.reached(others, improvement) & ~better))
    return CoalitionLeaves(concept, coalition, state, play.terms, steps, play.lasts(others, improvement), escapes)


# -- turns of coalitions -------------------------------------------------------------------------------------------------
def _by_turns(play: Play, coalition: Group, state: int, improvements: int, shown: bool) -> Verdict:
    """The verdict under CSEQ."""
    better, cut, found = play.better(coalition, state), False, dict[int, _Turns]()
    for improvement in by_nearness(play.space, state, improvements):
        search = _turns(play, coalition, improvement, better)
        if search.end is None and not search.cut:
            left = _unanswered(play, coalition, state, improvement, search) if shown else None
            return Verdict("CSEQ", coalition, False, improvement, left)
        cut = cut or search.cut
        found[improvement] = search
    if cut:
        return Verdict("CSEQ", coalition, None)
    if not shown or improvements.bit_count() > MAX_ANSWERS:
        return Verdict("CSEQ", coalition, True)
    answers = tuple(Answered(t, tuple(_path(play, t, search))) for t, search in found.items())
    claim = CoalitionHolds("CSEQ", coalition, state, play.terms, play.lasts(coalition, state), answers)
    return Verdict("CSEQ", coalition, True, claim=claim)


def _turns(play: Play, coalition: Group, improvement: int, better: int) -> _Turns:
    """Turns of coalitions of the others from an improvement, fewest first, until one ends at a state that deters."""
    acting = play.terms.acting(play.decision_makers, coalition)
    search, frontier = _Turns(), [(improvement, Group())]
    while frontier:
        following: list[Node] = []
        for node in frontier:
            for by in acting:
                for to in bits_of(play.improving(by, node[0])) if by != node[1] else ():
                    reached = (to, by)
                    if reached in search.came_from:
                        continue
                    search.came_from[reached] = node if node[1] else None
                    following.append(reached)
                    if not better >> to & 1:
                        search.end = reached
                        return search
                if len(search.came_from) > MAX_TURNS:
                    search.cut = True
                    return search
        frontier = following
    return search


def _path(play: Play, improvement: int, search: _Turns) -> Iterator[Turn]:
    """The turns of an answer, each as a shortest sequence of its coalition's movers."""
    nodes: list[Node] = []
    node = search.end
    while node is not None:
        nodes.append(node)
        node = search.came_from[node]
    now = improvement
    for to, by in reversed(nodes):
        yield Turn(by, play.ways(by, 1 << to).steps(now))
        now = to


def _unanswered(play: Play, coalition: Group, state: int, improvement: int, search: _Turns) -> CoalitionLeaves:
    """The claim that no turns answer an improvement: all that were found, and what each coalition reaches from where they end."""
    acting = play.terms.acting(play.decision_makers, coalition)
    ends = dict.fromkeys(acting, 0)
    for to, by in search.came_from:
        ends[by] |= 1 << to
    within = []
    for by in acting:
        sources = 1 << improvement
        for other in acting:
            sources |= ends[other] if other != by else 0
        within += [Within(by, source, play.lasts(by, source)) for source in bits_of(sources)]
    steps = play.ways(coalition, 1 << improvement).steps(state)
    return CoalitionLeaves("CSEQ", coalition, state, play.terms, steps, turns=tuple(ends.items()), within=tuple(within))
