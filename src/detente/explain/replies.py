"""The answers that would deter somebody but do not count, since a step of theirs is no gain for whoever takes it."""

from __future__ import annotations

from detente.analysis.certificate import Checker
from detente.analysis.images import Images
from detente.analysis.reach import Reach
from detente.analysis.route import Route
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Step
from detente.errors import Diagnostic, UsageError
from detente.explain.answers import Teller
from detente.explain.sentence import Part, Sentence
from detente.text import listing

MAX_LISTED = 2_000
"""Most states and last movers after an improvement for which the answers that do not count are listed."""


def hurting(teller: Teller, checker: Checker, leaves: Leaves, replies: Reach) -> list[Part]:
    """The answers by moves of any kind that would leave the decision maker no better off: a shortest one for each state and last mover.

    Nothing where the concept does not ask for improvements, where there is no such answer, or where there are more than `MAX_LISTED` cases.

    Raises `UsageError` (U423) if `replies` is not all that the others can reach from the improvement.
    """
    asked = concept(leaves.concept)
    if asked.answers != "improving":
        return []
    others = tuple(dm for dm in teller.decision_makers if dm != leaves.dm)
    if (replies.start, replies.kind, replies.movers, replies.complete) != (leaves.improvement, "any", others, True):
        raise _unfit("they do not begin at the improvement, or are not all moves of the others")
    if sum(bits.bit_count() for layer in replies.layers for bits in layer.values()) > MAX_LISTED:
        return []
    refused = checker.check_reached(replies.start, others, "any", replies.pairs())
    if refused:
        raise _unfit(refused)
    found, images = [], Images(teller.space)
    for state in replies.states.each():
        if teller.prefers(state) or (asked.counters and any(teller.prefers(v) for v in teller.space.moves(leaves.dm, state))):
            continue
        found += [way for last in replies.lengths(state) if (way := replies.way(state, last, images)) is not None]
    if not found:
        return []
    found.sort(key=lambda way: len(way.legs))
    party, here = teller.party(leaves.dm), teller.state(leaves.state)
    holding = f", wherever {party} then moves," if asked.counters else ""
    lead = (
        f"Answers that would leave {party} no better off than at {here}{holding} but in which a step is no gain for whoever takes it "
        "(a shortest one for each state and last mover):"
    )
    return [Part((Sentence(lead, (leaves.state,)),), tuple(_reply(teller, way) for way in found))]


def _reply(teller: Teller, way: Route) -> Sentence:
    steps, states, elements = teller.steps(way.start, (Step(leg.mover, leg.to) for leg in way.legs))
    text = f"{steps}; it ends at {teller.its_rank(way.end)}" if teller.ranked else steps
    better = [dm for dm in way.movers if teller.orders[dm].prefers(way.end, way.start)]
    if len(way.movers) > 1 and better == list(way.movers):
        who = "both" if len(better) == 2 else "all"
        text += f". {listing(map(teller.party, better))} would {who} end better off than at {teller.state(way.start)}"
    return Sentence(text, states, elements)


def _unfit(reason: str) -> UsageError:
    return UsageError(
        [
            Diagnostic(
                "U423",
                f"the replies given for an explanation do not fit it ({reason})",
                help="reach them from the improvement by any moves of all the others",
            )
        ]
    )
