"""What the others could do about an improvement, as a witness lists it: the answers that deter, or every case in which nothing does."""

from __future__ import annotations

from collections.abc import Iterable

from detente.concepts.registry import concept
from detente.concepts.witness import Answer, JointAnswer, JointCase, Leaves, Reached, Stays, Step
from detente.explain.glosses import gloss
from detente.explain.prefer import Reason, deciding, reason
from detente.explain.sentence import Part, Sentence
from detente.explain.words import Words
from detente.space.states import StateSpace
from detente.text import listing, plural


class Teller(Words):
    """The words for one decision maker at one state: what is better or worse is so for them, compared with that state.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.
    origin
        The state that they would stay at or leave.
    """

    def __init__(self, space: StateSpace, dm: str, origin: int) -> None:
        super().__init__(space)
        self.dm, self.origin = dm, origin

    def prefers(self, state: int) -> bool:
        """Whether the decision maker prefers a state to the one they are at."""
        return self.orders[self.dm].prefers(state, self.origin)

    def why(self, improvement: int) -> Reason:
        """Why an improvement is one."""
        return reason(self, self.dm, improvement, self.origin)

    def because(self, state: int) -> str:
        """What decides between a state and the one they are at, in a few words; nothing where they are equally good."""
        better, worse = (state, self.origin) if self.prefers(state) else (self.origin, state)
        return f", by {reason(self, self.dm, better, worse).label}" if self.orders[self.dm].prefers(better, worse) else ""

    def best_first(self, states: Iterable[int]) -> list[int]:
        """States in the order of the decision maker's preference, best first; equal ones by number."""
        return sorted(sorted(states), key=self.orders[self.dm].key, reverse=True)

    def its_rank(self, state: int) -> str:
        """The decision maker's rank of a state, or how it compares with the one they are at."""
        if self.ranked:
            return f"the {self.rank(self.dm, state)} of {self.party(self.dm)}"
        return f"{self.compared(state)} for {self.party(self.dm)}"

    def compared(self, state: int) -> str:
        """How a state compares with the one they are at: "better than state 1", "worse than ...", "no better and no worse than ..."."""
        if state == self.origin:
            return "where it began"
        order = self.orders[self.dm]
        if order.prefers(state, self.origin):
            return f"better than {self.state(self.origin)}"
        worse = order.prefers(self.origin, state)
        return f"{'worse' if worse else 'no better and no worse'} than {self.state(self.origin)}"

    def steps(self, start: int, steps: Iterable[Step]) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
        """A sequence in words, its states, and the options that it changes: "MoE 5 ▸ 6 (a loss for MoE: 5th to 8th choice), then ..."."""
        said, states, now = [], [start], start
        elements: list[str] = []
        for step in steps:
            mover = self.party(step.mover)
            change = f": {self.change(step.mover, now, step.to)}" if self.ranked else ""
            said.append(f"{mover} {self.move(now, step.to)} ({self.effect(step.mover, now, step.to)} for {mover}{change})")
            elements += [*self.options(now, step.to, step.mover), *deciding(self, step.mover, now, step.to)]
            states.append(step.to)
            now = step.to
        return ", then ".join(said), tuple(states), tuple(elements)


def briefly(teller: Teller, answer: Answer | JointAnswer) -> Sentence:
    """An answer in a few words: who moves where."""
    if isinstance(answer, JointAnswer):
        changes = listing(f"{teller.party(who)} {teller.by_change(answer.origin, bits)}" for who, bits, _ in answer.steps)
        elements = tuple(element for _, bits, _ in answer.steps for element in teller.options_in(bits))
        return Sentence(f"{changes} at the same moment", (teller.origin, answer.improvement, answer.result), elements)
    said, states, now = [], [teller.origin, answer.improvement], answer.improvement
    options: list[str] = []
    for step in answer.steps:
        said.append(f"{teller.party(step.mover)} {teller.move(now, step.to)}")
        options += teller.options(now, step.to, step.mover)
        states.append(step.to)
        now = step.to
    return Sentence(", then ".join(said), tuple(states), tuple(options))


# -- answers that deter ------------------------------------------------------------------------------------------------
def answered(teller: Teller, stays: Stays) -> tuple[Sentence, ...]:
    """Each improvement with its answer, the best improvement first."""
    by_improvement = {answer.improvement: answer for answer in stays.answers}
    found = []
    for improvement in teller.best_first(by_improvement):
        answer = by_improvement[improvement]
        why = teller.why(improvement)
        gain = f"{teller.move(stays.state, improvement)} ({teller.change(stays.dm, stays.state, improvement)}; {why.text})."
        told = _joint_answer(teller, answer) if isinstance(answer, JointAnswer) else _answer(teller, stays, answer)
        own = teller.options(stays.state, improvement, stays.dm)
        end = answer.result if isinstance(answer, JointAnswer) else answer.steps[-1].to
        elements = dict.fromkeys((*own, *why.elements, *told.elements, *deciding(teller, stays.dm, stays.state, end)))
        found.append(Sentence(f"{gain} {told.text}", (stays.state, *told.states), tuple(elements)))
    return tuple(found)


def _answer(teller: Teller, stays: Stays, answer: Answer) -> Sentence:
    steps, states, elements = teller.steps(answer.improvement, answer.steps)
    text = f"Answer: {steps}. {_outcome(teller, answer.steps[-1].to)}"
    if concept(stays.concept).counters:
        text += f" {_no_escape(teller, answer)}"
    return Sentence(text, (*states, *answer.escapes), elements)


def _outcome(teller: Teller, state: int) -> str:
    party = teller.party(teller.dm)
    if state == teller.origin:
        return f"That is {teller.state(state)} again, and nothing is gained for {party}."
    rank = f", {teller.its_rank(state)}" if teller.ranked else ""
    return f"That leaves {party} at {teller.state(state)}{rank}, {teller.compared(state)}."


def _no_escape(teller: Teller, answer: Answer) -> str:
    party, there = teller.party(teller.dm), teller.state(answer.steps[-1].to)
    if not answer.escapes:
        return f"{party} can make no move from {there}."
    states = teller.best_first(answer.escapes)
    ranks = [f"{teller.number(s)} ({teller.rank(teller.dm, s)})" if teller.ranked else teller.number(s) for s in states]
    if len(states) == 1:
        return f"From {there} {party} can move to state {ranks[0]} alone, which is no better than {teller.state(teller.origin)}."
    return f"From {there} {party} can move to states {listing(ranks)}, none of them better than {teller.state(teller.origin)}."


def _joint_answer(teller: Teller, answer: JointAnswer) -> Sentence:
    changes = [f"{teller.party(who)}, {teller.by_change(answer.origin, bits)}" for who, bits, _ in answer.steps]
    alone = [f"alone, {teller.move(teller.origin, to)}, a gain for {teller.party(who)}" for who, _, to in answer.steps]
    said = listing(f"{change} ({gain})" for change, gain in zip(changes, alone, strict=True))
    flips = [bits for _, bits, _ in answer.steps]
    elements = tuple(element for bits in flips for element in teller.options_in(bits))
    states = (answer.improvement, *(to for _, _, to in answer.steps), answer.result)
    return Sentence(f"Answer at the same moment: {said}. {_outcome(teller, answer.result)}", states, elements)


# -- no answer ---------------------------------------------------------------------------------------------------------
def unanswered(teller: Teller, leaves: Leaves) -> Part:
    """Everything that the others could do about the improvement, none of which deters."""
    asked = Sentence(gloss(leaves.concept))
    party, to = teller.party(leaves.dm), teller.state(leaves.improvement)
    if len(teller.decision_makers) == 1:
        return Part((asked, Sentence(f"There is nobody else who could answer, so {party} would leave.", (leaves.improvement,))))
    if concept(leaves.concept).rule is not None:
        return _cases(teller, leaves, asked)
    if concept(leaves.concept).answers is None:
        return Part((asked, Sentence(f"This improvement is enough for {party} to leave.", (leaves.improvement,))))
    what = "improvement" if concept(leaves.concept).answers == "improving" else "move"
    if not leaves.reached:
        text = f"From {to} there is no {what} for any of the others, so there is no answer and {party} would leave."
        return Part((asked, Sentence(text, (leaves.improvement,))))
    kind = "moves that are a gain for whoever makes them" if concept(leaves.concept).answers == "improving" else "moves of any kind"
    count = plural(len(leaves.reached), "state")
    lead = f"From {to} the others can bring about {count} by {kind}, nobody moving twice in a row. {_deters_nobody(teller, leaves)}:"
    by_state = {case.state: case for case in leaves.reached}
    items = tuple(_reached(teller, by_state[state]) for state in reversed(teller.best_first(by_state)))
    return Part((asked, Sentence(lead, (leaves.improvement,))), items)


def _deters_nobody(teller: Teller, leaves: Leaves) -> str:
    party, here = teller.party(leaves.dm), teller.state(leaves.state)
    one = len(leaves.reached) == 1
    escaping = [case for case in leaves.reached if case.escape is not None]
    if not escaping:
        return f"{'It' if one else 'Every one of them'} is better for {party} than {here}"
    if len(escaping) == len(leaves.reached):
        return f"From {'it' if one else 'every one of them'} {party} can move on to a state better than {here}"
    return f"Every one of them is better for {party} than {here}, or {party} can move on from it to a state that is"


def _reached(teller: Teller, case: Reached) -> Sentence:
    fewest = min(case.after)
    last = listing([teller.party(who) for who in case.last], "or")
    text = f"{teller.number(case.state)}, {teller.its_rank(case.state)}: after {plural(fewest, 'move')} at the least, the last by {last}"
    if case.escape is None:
        return Sentence(text, (case.state,), deciding(teller, teller.dm, teller.origin, case.state))
    onward = f"{teller.move(case.state, case.escape)} ({teller.its_rank(case.escape)})"
    return Sentence(
        f"{text}; {teller.party(teller.dm)} can move on {onward}",
        (case.state, case.escape),
        deciding(teller, teller.dm, teller.origin, case.escape),
    )


def _cases(teller: Teller, leaves: Leaves, asked: Sentence) -> Part:
    party, here = teller.party(leaves.dm), teller.state(leaves.state)
    if not leaves.cases:
        text = f"From {here} there is no improvement that any of the others could make at the same moment, so {party} would leave."
        return Part((asked, Sentence(text, (leaves.state,))))
    none = f"none of which gives a state that is no better for {party} than {here}"
    lead = f"There are {len(leaves.cases):,} ways in which others could improve at the same moment, {none}:"
    if len(leaves.cases) == 1:
        none = f"and it gives no state that is no better for {party} than {here}"
        lead = f"There is 1 way in which others could improve at the same moment, {none}:"
    return Part((asked, Sentence(lead, (leaves.state,))), tuple(_case(teller, case) for case in leaves.cases))


def _case(teller: Teller, case: JointCase) -> Sentence:
    changes = listing(f"{teller.party(who)} {teller.by_change(case.origin, bits)}" for who, bits in case.flips)
    elements = tuple(element for _, bits in case.flips for element in teller.options_in(bits))
    if case.result is None:
        return Sentence(f"{changes}: all together cannot occur", (), elements)
    return Sentence(f"{changes}: all together give {teller.state(case.result)}, {teller.its_rank(case.result)}", (case.result,), elements)
