"""The checker of certificates: does a witness really show that a decision maker stays, or leaves?

It asks no engine and searches nothing: it looks up moves, compares states, and holds what it finds against what the witness lists.
That nothing else can be reached is seen from the lengths of shortest legal sequences that a witness gives for each state and last
mover: each is one more than the least of those before it, and these equations have one solution only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from detente.analysis.joint_certificate import check_cases, check_joint_answer
from detente.analysis.large_certificate import check_closed, check_covers, improvements, is_improvement
from detente.analysis.refused import RefusedError as _RefusedError
from detente.analysis.refused import need as _need
from detente.analysis.refused import reason as _reason
from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Crisp, Relations
from detente.concepts.registry import concept as concept_of
from detente.concepts.witness import Answer, AnyWitness, Closed, Covers, JointAnswer, Leaves, Stays, Worked
from detente.errors import UsageError
from detente.preference.order import Order, Ordering
from detente.space.states import StateSpace

Kind = Literal["any", "improving", "no loss"]
"""Which moves count: all; those to a state that the mover prefers (where preferences are read otherwise: which count as credible); those to
a state that the mover finds no worse."""


class Checker:
    """Checks certificates of one space, with its preferences or with other orders; keeps the moves that it has looked up.

    `reading` is a concept whose reading of preferences counts in the place of orders.
    """

    def __init__(self, space: StateSpace, orders: Mapping[str, Ordering] | None = None, reading: SolutionConcept | None = None) -> None:
        self.space, self._reading = space, reading
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        self._orders: dict[str, Ordering] = dict(orders or {})
        self._own = not orders
        self._moves: dict[tuple[str, int, Kind], tuple[int, ...]] = {}
        self._relations: dict[str, Relations] = {}
        self._readers: dict[str, Checker] = {}

    def prefers(self, dm: str, state: int, other: int) -> bool:
        """Whether a decision maker prefers a state to another."""
        if dm not in self._orders:
            self._orders[dm] = Order(self.space, dm)
        return self._orders[dm].prefers(state, other)

    def relations(self, dm: str) -> Relations:
        """How the preference of a decision maker enters a play: by their order, or as the reading says."""
        if dm not in self._relations:
            asked = self._reading
            order = self._orders.setdefault(dm, Order(self.space, dm))
            read = None if asked is None or asked.reading is None else asked.reading.relations(self.space, dm, asked.parameters)
            self._relations[dm] = read or Crisp(order)
        return self._relations[dm]

    def moves(self, dm: str, state: int, kind: Kind = "any") -> tuple[int, ...]:
        """The states that a decision maker can move to, of all kinds or of one."""
        if (dm, state, kind) not in self._moves:
            self._moves[dm, state, kind] = self._found(dm, state, kind)
        return self._moves[dm, state, kind]

    def _found(self, dm: str, state: int, kind: Kind) -> tuple[int, ...]:
        if kind == "any":
            return self.space.moves(dm, state)
        if kind == "improving" and self._reading is None and self._own and not self.space.is_listed:
            return improvements(self.space, dm, state)
        if kind == "no loss":
            return tuple(t for t in self.moves(dm, state) if not self.prefers(dm, state, t))
        return tuple(t for t in self.moves(dm, state) if self.relations(dm).steps(t, state))

    def gains(self, dm: str, state: int) -> tuple[int, ...]:
        """The states for which a decision maker would leave a state, if nothing deterred them."""
        if self._reading is None:
            return self.moves(dm, state, "improving")
        return tuple(t for t in self.moves(dm, state) if self.relations(dm).gains(t, state))

    def check(self, witness: AnyWitness, concept: SolutionConcept | None = None) -> str | None:
        """None if the witness proves its verdict under its concept; otherwise what is wrong, as a code, a colon and details."""
        try:
            named = concept or concept_of(witness.concept)
        except (UsageError, AttributeError, TypeError):  # no key at all
            named = None
        if named is not None and named.reading is not None and self._reading is None:
            if not self._own:
                return f"orders: {named.key} reads the preferences of the conflict, no others"
            self._readers[named.key] = self._readers.get(named.key) or self.reader(named)
            return self._readers[named.key].check(witness, named)
        return _reason(lambda: self._check(witness, named))

    def reader(self, concept: SolutionConcept) -> Checker:
        """A checker like this one for certificates under a concept with a reading."""
        return Checker(self.space, reading=concept)

    def check_reached(self, start: int, movers: Iterable[str], kind: Kind, lengths: Mapping[tuple[int, str], int]) -> str | None:
        """None if legal sequences of movers by one kind of move reach from a start exactly these, with these lengths of shortest ones."""
        return _reason(lambda: self._reached(start, tuple(movers), kind, lengths))

    def _check(self, witness: AnyWitness, concept: SolutionConcept | None) -> None:
        if concept is None or concept.key != witness.concept or not (concept.is_simple or concept.key == "SIM" or concept.check):
            raise _RefusedError(f"concept: {witness.concept} is not asked for, or can't be checked")
        _need(witness.dm in self.decision_makers, f"decision-maker: {witness.dm}")
        self.state(witness.state)
        if isinstance(witness, Worked) or not (concept.is_simple or concept.key == "SIM"):
            wrong = concept.check(self, witness) if concept.check else "witness: of another kind"
            _need(wrong is None, wrong or "")
            return
        if isinstance(witness, Covers | Closed):
            _need(self._own, "orders: a certificate for a large space is about the preferences of the conflict")
            check_covers(self.space, witness, concept) if isinstance(witness, Covers) else check_closed(self.space, witness, concept)
            return
        if isinstance(witness, Stays):
            gains = self.gains(witness.dm, witness.state)
            answered = [answer.improvement for answer in witness.answers]
            _need(sorted(answered) == sorted(gains), f"improvements: listed {answered}, there are {list(gains)}")
            for answer in witness.answers:
                _need(isinstance(answer, JointAnswer) == (concept.key == "SIM"), "answer: of another concept")
                if isinstance(answer, JointAnswer):
                    check_joint_answer(self, witness, answer)
                else:
                    self._answer(witness, concept, answer)
            return
        _need(self._improves(witness), f"improvement: {witness.dm} has no improvement from {witness.state} to {witness.improvement}")
        sequences, joint = concept.answers is not None, concept.key == "SIM"
        _need((joint or not witness.cases) and (sequences or not witness.reached), "cases: not of this concept")
        if joint:
            check_cases(self, witness)
        elif sequences:
            self._no_answer(witness, concept)

    def _improves(self, leaves: Leaves) -> bool:
        if self.space.is_listed or not self._own or self._reading is not None:
            return leaves.improvement in self.gains(leaves.dm, leaves.state)
        return is_improvement(self.space, leaves.dm, leaves.state, leaves.improvement)

    def state(self, state: int) -> None:
        """Refuse what is no state."""
        _need(self.space.state_of(state) == state, f"state: {state} is none")

    def _answer(self, stays: Stays, concept: SolutionConcept, answer: Answer) -> None:
        _need(concept.answers is not None and bool(answer.steps), f"answer: {concept.key} looks at none, or no step")
        now, last = answer.improvement, ""
        for step in answer.steps:
            _need(step.mover in self.decision_makers and step.mover not in (last, stays.dm), f"sequence: {step.mover} can't move here")
            steps = self.moves(step.mover, now, concept.answers or "any")
            _need(step.to in steps, f"step: {step.mover} has no such move from {now} to {step.to}")
            now, last = step.to, step.mover
        read = self.relations(stays.dm)
        _need(read.deterred(now, stays.state), f"sanction: {stays.dm} prefers {now}")
        escapes = self.moves(stays.dm, now) if concept.counters else ()
        _need(sorted(answer.escapes) == sorted(escapes), f"escapes: listed {list(answer.escapes)}, there are {list(escapes)}")
        for escape in escapes:
            _need(read.held(escape, stays.state), f"escape: {stays.dm} prefers {escape}")

    def _no_answer(self, leaves: Leaves, concept: SolutionConcept) -> None:
        lengths: dict[tuple[int, str], int] = {}
        read = self.relations(leaves.dm)
        for case in leaves.reached:
            self.state(case.state)
            _need(len(set(case.last)) == len(case.last) == len(case.after) > 0, f"reached: {case.state} needs a length for each last mover")
            _need(not any((case.state, dm) in lengths for dm in self.decision_makers), f"reached: {case.state} is listed twice")
            lengths.update(((case.state, mover), after) for mover, after in zip(case.last, case.after, strict=True))
            if not read.deterred(case.state, leaves.state):
                _need(case.escape is None, f"escape: {case.state} needs none")
                continue
            if case.escape is None or not concept.counters:
                raise _RefusedError(f"deterred: {leaves.dm} does not prefer {case.state}")
            _need(case.escape in self.moves(leaves.dm, case.state), f"escape: no move from {case.state} to {case.escape}")
            _need(not read.held(case.escape, leaves.state), f"escape: {leaves.dm} does not prefer {case.escape}")
        self._reached(leaves.improvement, tuple(dm for dm in self.decision_makers if dm != leaves.dm), concept.answers or "any", lengths)

    def _reached(self, start: int, movers: tuple[str, ...], kind: Kind, lengths: Mapping[tuple[int, str], int]) -> None:
        expected = {mover: dict.fromkeys(self.moves(mover, start, kind), 1) for mover in movers}
        for (state, last), length in sorted(lengths.items(), key=lambda pair: pair[1]):  # the least of those before a pair comes first
            self.state(state)
            _need(last in movers and length >= 1, f"reached: {state} by {last} after {length}")
            for mover in movers:
                for to in self.moves(mover, state, kind) if mover != last else ():
                    expected[mover].setdefault(to, length + 1)
        more = {(to, mover) for mover in movers for to in expected[mover]} - lengths.keys()
        _need(not more, f"reached: not listed {sorted(more)[:3]}")
        for (state, last), length in lengths.items():
            _need(expected[last].get(state) == length, f"reached: {state} by {last} does not come after {length}")


def check(space: StateSpace, witness: AnyWitness, concept: SolutionConcept | None = None) -> str | None:
    """None if a witness proves its verdict; otherwise what is wrong with it, as a code, a colon and details.

    `concept` is what it must be about, by default the one that it names.  States in a reason are combinations, as in a witness.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> check(space, Stays("Nash", "A", 0, ())) is None, check(space, Leaves("Nash", "A", 0, 1))
    (True, 'improvement: A has no improvement from 0 to 1')
    """
    return Checker(space).check(witness, concept)
