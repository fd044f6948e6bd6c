"""The checker of certificates: does a witness really show that a decision maker stays, or leaves?

It asks no engine and searches nothing: it looks up moves, compares states, and holds what it finds against what the witness lists.
That nothing else can be reached is seen from the lengths of shortest legal sequences that a witness gives for each state and last
mover: each is one more than the least of those before it, and these equations have one solution only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Literal

from detente.analysis.large_certificate import check_closed, check_covers, improvements, is_improvement
from detente.analysis.refused import RefusedError as _RefusedError
from detente.analysis.refused import need as _need
from detente.analysis.refused import reason as _reason
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Answer, AnyWitness, Closed, Covers, JointAnswer, Leaves, Stays
from detente.preference.order import Order, Ordering
from detente.space.states import StateSpace

Kind = Literal["any", "improving", "no loss"]
"""Which moves count: all; those to a state that the mover prefers; those to a state that the mover finds no worse."""


class Checker:
    """Checks certificates of one space, with its preferences or with other orders; keeps the moves that it has looked up."""

    def __init__(self, space: StateSpace, orders: Mapping[str, Ordering] | None = None) -> None:
        self.space = space
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        self._orders: dict[str, Ordering] = dict(orders or {})
        self._own = not orders
        self._moves: dict[tuple[str, int, Kind], tuple[int, ...]] = {}

    def prefers(self, dm: str, state: int, other: int) -> bool:
        """Whether a decision maker prefers a state to another."""
        if dm not in self._orders:
            self._orders[dm] = Order(self.space, dm)
        return self._orders[dm].prefers(state, other)

    def moves(self, dm: str, state: int, kind: Kind = "any") -> tuple[int, ...]:
        """The states that a decision maker can move to, of all kinds or of one."""
        if (dm, state, kind) not in self._moves:
            if by_tables := kind == "improving" and self._own and not self.space.is_listed:
                found = improvements(self.space, dm, state)
            else:
                found = self.space.moves(dm, state) if kind == "any" else self.moves(dm, state)
            if kind != "any" and not by_tables:
                found = tuple(t for t in found if self.prefers(dm, t, state) or (kind == "no loss" and not self.prefers(dm, state, t)))
            self._moves[dm, state, kind] = found
        return self._moves[dm, state, kind]

    def check(self, witness: AnyWitness, concept: SolutionConcept | None = None) -> str | None:
        """None if the witness proves its verdict under its concept; otherwise what is wrong, as a code, a colon and details."""
        named = concept or next((c for c in all_concepts() if c.key == witness.concept), None)
        return _reason(lambda: self._check(witness, named))

    def check_reached(self, start: int, movers: Iterable[str], kind: Kind, lengths: Mapping[tuple[int, str], int]) -> str | None:
        """None if legal sequences of movers by one kind of move reach from a start exactly these, with these lengths of shortest ones."""
        return _reason(lambda: self._reached(start, tuple(movers), kind, lengths))

    def _check(self, witness: AnyWitness, concept: SolutionConcept | None) -> None:
        if concept is None or concept.key != witness.concept or not (concept.is_classical or concept.key == "SIM"):
            raise _RefusedError(f"concept: {witness.concept} is not asked for, or can't be checked")
        _need(witness.dm in self.decision_makers, f"decision-maker: {witness.dm}")
        self._state(witness.state)
        if isinstance(witness, Covers | Closed):
            _need(self._own, "orders: a certificate for a large space is about the preferences of the conflict")
            check_covers(self.space, witness, concept) if isinstance(witness, Covers) else check_closed(self.space, witness, concept)
            return
        if isinstance(witness, Stays):
            gains = self.moves(witness.dm, witness.state, "improving")
            answered = [answer.improvement for answer in witness.answers]
            _need(sorted(answered) == sorted(gains), f"improvements: listed {answered}, there are {list(gains)}")
            for answer in witness.answers:
                _need(isinstance(answer, JointAnswer) == (concept.key == "SIM"), "answer: of another concept")
                if isinstance(answer, JointAnswer):
                    self._joint_answer(witness, answer)
                else:
                    self._answer(witness, concept, answer)
            return
        _need(self._improves(witness), f"improvement: {witness.dm} has no improvement from {witness.state} to {witness.improvement}")
        sequences, joint = concept.answers is not None, concept.key == "SIM"
        _need((joint or not witness.cases) and (sequences or not witness.reached), "cases: not of this concept")
        if joint:
            self._cases(witness)
        elif sequences:
            self._no_answer(witness, concept)

    def _improves(self, leaves: Leaves) -> bool:
        if self.space.is_listed or not self._own:
            return leaves.improvement in self.moves(leaves.dm, leaves.state, "improving")
        return is_improvement(self.space, leaves.dm, leaves.state, leaves.improvement)

    def _state(self, state: int) -> None:
        _need(self.space.state_of(state) == state, f"state: {state} is none")

    def _answer(self, stays: Stays, concept: SolutionConcept, answer: Answer) -> None:
        _need(concept.answers is not None and bool(answer.steps), f"answer: {concept.key} looks at none, or no step")
        now, last = answer.improvement, ""
        for step in answer.steps:
            _need(step.mover in self.decision_makers and step.mover not in (last, stays.dm), f"sequence: {step.mover} can't move here")
            steps = self.moves(step.mover, now, concept.answers or "any")
            _need(step.to in steps, f"step: {step.mover} has no such move from {now} to {step.to}")
            now, last = step.to, step.mover
        _need(not self.prefers(stays.dm, now, stays.state), f"sanction: {stays.dm} prefers {now}")
        escapes = self.moves(stays.dm, now) if concept.counters else ()
        _need(sorted(answer.escapes) == sorted(escapes), f"escapes: listed {list(answer.escapes)}, there are {list(escapes)}")
        for escape in escapes:
            _need(not self.prefers(stays.dm, escape, stays.state), f"escape: {stays.dm} prefers {escape}")

    def _no_answer(self, leaves: Leaves, concept: SolutionConcept) -> None:
        lengths: dict[tuple[int, str], int] = {}
        for case in leaves.reached:
            self._state(case.state)
            _need(len(set(case.last)) == len(case.last) == len(case.after) > 0, f"reached: {case.state} needs a length for each last mover")
            _need(not any((case.state, dm) in lengths for dm in self.decision_makers), f"reached: {case.state} is listed twice")
            lengths.update(((case.state, mover), after) for mover, after in zip(case.last, case.after, strict=True))
            if self.prefers(leaves.dm, case.state, leaves.state):
                _need(case.escape is None, f"escape: {case.state} needs none")
                continue
            if case.escape is None or not concept.counters:
                raise _RefusedError(f"deterred: {leaves.dm} does not prefer {case.state}")
            _need(case.escape in self.moves(leaves.dm, case.state), f"escape: no move from {case.state} to {case.escape}")
            _need(self.prefers(leaves.dm, case.escape, leaves.state), f"escape: {leaves.dm} does not prefer {case.escape}")
        others = tuple(dm for dm in self.decision_makers if dm != leaves.dm)
        self._reached(leaves.improvement, others, concept.answers or "any", lengths)

    def _reached(self, start: int, movers: tuple[str, ...], kind: Kind, lengths: Mapping[tuple[int, str], int]) -> None:
        expected = {(to, mover): 1 for mover in movers for to in self.moves(mover, start, kind)}
        for (state, last), length in lengths.items():
            self._state(state)
            _need(last in movers and length >= 1, f"reached: {state} by {last} after {length}")
            for mover in movers:
                for to in self.moves(mover, state, kind) if mover != last else ():
                    expected[to, mover] = min(length + 1, expected.get((to, mover), length + 1))
        _need(expected.keys() <= lengths.keys(), f"reached: not listed {sorted(expected.keys() - lengths.keys())[:3]}")
        for pair, length in lengths.items():
            _need(expected.get(pair) == length, f"reached: {pair[0]} by {pair[1]} does not come after {length}")

    def _joint(self, dm: str, state: int, origin: int, flip: int) -> Iterator[tuple[frozenset[tuple[str, int]], int | None]]:
        """Every non-empty choice of one improvement each by some of the others, with the state that all changes give."""
        menus: list[list[tuple[str, int]]] = []
        for other in self.decision_makers:
            gains = self.moves(other, state, "improving") if other != dm else ()
            menus.append([("", 0), *((other, f) for f, t in self.space.flips(other, origin) if self.space.state_of(t) in gains)])
        for choice in product(*menus):
            made = frozenset(change for change in choice if change[0])
            together = flip
            for _, bits in made:
                together |= bits
            if made:
                yield made, self.space.state_of(origin ^ together)

    def _joint_answer(self, stays: Stays, answer: JointAnswer) -> None:
        origin, together = answer.origin, answer.flip
        _need(origin in self.space.members(stays.state), f"origin: {origin} is not in {stays.state}")
        self._change(stays.dm, origin, answer.flip, answer.improvement)
        movers = [who for who, _, _ in answer.steps]
        _need(bool(movers) and len(set(movers)) == len(movers) and stays.dm not in movers, f"joint: {movers} change at once")
        for who, bits, to in answer.steps:
            _need(who in self.decision_makers and to in self.moves(who, stays.state, "improving"), f"step: {to} is no improvement of {who}")
            self._change(who, origin, bits, to)
            together |= bits
        self._state(answer.result)
        _need(self.space.state_of(origin ^ together) == answer.result, f"joint: the changes do not give {answer.result}")
        _need(not self.prefers(stays.dm, answer.result, stays.state), f"sanction: {stays.dm} prefers {answer.result}")

    def _change(self, dm: str, origin: int, flip: int, to: int) -> None:
        _need(self.space.may_change(dm, origin, flip), f"change: {dm} can't change {flip} from {origin}")
        _need(self.space.state_of(origin ^ flip) == to, f"change: {flip} from {origin} does not lead to {to}")

    def _cases(self, leaves: Leaves) -> None:
        listed = [(case.origin, case.flip, frozenset(case.flips), case.result) for case in leaves.cases]
        expected = {
            (origin, flip, made, result)
            for origin in self.space.members(leaves.state)
            for flip, target in self.space.flips(leaves.dm, origin)
            if self.space.state_of(target) == leaves.improvement
            for made, result in self._joint(leaves.dm, leaves.state, origin, flip)
        }
        _need(len(listed) == len(expected) and set(listed) == expected, f"cases: {len(listed)} listed, there are {len(expected)}")
        for _, _, _, result in listed:
            _need(result is None or self.prefers(leaves.dm, result, leaves.state), f"deterred: {leaves.dm} does not prefer {result}")


def check(space: StateSpace, witness: AnyWitness, concept: SolutionConcept | None = None) -> str | None:
    """None if a witness proves its verdict; otherwise what is wrong with it, as a code, a colon and details.

    `concept` is what it must be about, by default the one that it names.  States in a reason are combinations, as in a witness.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> check(space, Stays("Nash", "A", 0, ())) is None, check(space, Leaves("Nash", "A", 0, 1))
    (True, 'improvement: A has no improvement from 0 to 1')
    """
    return Checker(space).check(witness, concept)
