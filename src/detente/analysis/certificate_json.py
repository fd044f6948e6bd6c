"""Certificates as JSON values, so that they can be kept, sent, checked by another program, or by hand.

States are written by number, with the choice of options of each in a table; combinations by their choice of options, changes by the
options changed.  The digest says which conflict a certificate is about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from detente.analysis.certificate import check
from detente.concepts.witness import (
    Answer,
    AnyWitness,
    Closed,
    Covers,
    Group,
    JointAnswer,
    JointCase,
    Leaves,
    Position,
    Proof,
    Reached,
    Replies,
    Stays,
    Step,
    Worked,
    is_staying,
)
from detente.errors import ConflictError, Diagnostic, UsageError
from detente.model.formula import written
from detente.model.parse import parse_formula
from detente.space.states import StateSpace

SCHEMA = "detente.certificate/1"
"""Names the layout of the JSON value."""


def certificate_data(space: StateSpace, witness: AnyWitness) -> dict[str, Any]:
    """A witness as a JSON value, with the digest of the conflict and the version of the program.

    Parameters
    ----------
    space
        The space that the witness speaks of.
    witness
        What an engine gave.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> data = certificate_data(space, Stays("Nash", "A", 0, ()))
    >>> data["state"], data["stays"], data["choices"]
    (1, True, {'1': 'N'})
    """
    writer = _Writer(space)
    body = writer.body(witness)
    choices = {str(number): space.choice(state) for state, number in sorted(writer.numbers.items())}
    return {"schema": SCHEMA, "detente": version("detente"), "digest": space.conflict.digest, **body, "choices": choices}


class _Writer:
    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.numbers: dict[int, int] = {}

    def number(self, state: int) -> int:
        if state not in self.numbers:
            self.numbers[state] = self.space.number(state)
        return self.numbers[state]

    def change(self, bits: int) -> list[str]:
        return [option.key for k, option in enumerate(self.space.conflict.options) if bits >> k & 1]

    def combination(self, combination: int) -> str:
        return "".join("NY"[combination >> k & 1] for k in range(len(self.space.conflict.options)))

    def body(self, witness: AnyWitness) -> dict[str, Any]:
        head = {"concept": witness.concept, "by": witness.dm, "state": self.number(witness.state), "stays": is_staying(witness)}
        if isinstance(witness, Stays):
            return {**head, "answers": [self.answer(answer) for answer in witness.answers]}
        if isinstance(witness, Covers):
            return {**head, "groups": [self.group(group) for group in witness.groups]}
        if isinstance(witness, Closed):
            escapes = [self.change(setting) for setting in witness.escapes]
            proofs = [{"by": proof.by, "clauses": [list(clause) for clause in proof.clauses]} for proof in witness.proofs]
            condition = {"invariant": written(witness.invariant), "escapes": escapes, "proofs": proofs}
            return {**head, "improvement": self.number(witness.improvement), **condition}
        if isinstance(witness, Worked):
            entries = [self.position(position) for position in witness.entries]
            replies = [{"from": self.number(r.start), "reached": [self.reached(case) for case in r.reached]} for r in witness.replies]
            told = {"worked out": entries, "replies": replies, "repeats": witness.repeats}
            return {**head, "improvement": self.maybe(witness.improvement), **told}
        reached = [self.reached(case) for case in witness.reached]
        cases = [self.case(case) for case in witness.cases]
        return {**head, "improvement": self.number(witness.improvement), "reached": reached, "cases": cases}

    def maybe(self, state: int | None) -> int | None:
        return None if state is None else self.number(state)

    def position(self, position: Position) -> dict[str, Any]:
        ends = [self.number(state) for state in position.ends]
        where = {"state": self.number(position.state), "turn": position.turn, "left": position.left}
        return {**where, "to": self.maybe(position.to), "ends": ends}

    def answer(self, answer: Answer | JointAnswer) -> dict[str, Any]:
        improvement = self.number(answer.improvement)
        if isinstance(answer, Answer):
            steps = [{"by": step.mover, "to": self.number(step.to)} for step in answer.steps]
            return {"improvement": improvement, "steps": steps, "escapes": [self.number(s) for s in answer.escapes]}
        others = [{"by": who, "change": self.change(bits), "to": self.number(to)} for who, bits, to in answer.steps]
        origin, result = self.combination(answer.origin), self.number(answer.result)
        return {"improvement": improvement, "origin": origin, "change": self.change(answer.flip), "others": others, "result": result}

    def group(self, group: Group) -> dict[str, Any]:
        steps = [{"by": mover, "change": self.change(bits)} for mover, bits in group.steps]
        return {"taken": self.change(group.taken), "not taken": self.change(group.not_taken), "steps": steps}

    def reached(self, case: Reached) -> dict[str, Any]:
        last = [{"by": who, "after": after} for who, after in zip(case.last, case.after, strict=True)]
        return {"state": self.number(case.state), "last": last, "escape": self.maybe(case.escape)}

    def case(self, case: JointCase) -> dict[str, Any]:
        others = [{"by": who, "change": self.change(bits)} for who, bits in case.flips]
        return {
            "origin": self.combination(case.origin),
            "change": self.change(case.flip),
            "others": others,
            "result": self.maybe(case.result),
        }


def from_data(space: StateSpace, data: Mapping[str, Any]) -> AnyWitness:
    """The witness that a JSON value holds; says nothing of whether it proves anything, which `check` does.

    Parameters
    ----------
    space
        The space of the conflict that the certificate is about.
    data
        What `certificate_data` made, perhaps by way of a file.

    Raises
    ------
    UsageError
        U420 if the value is no certificate or is damaged, U421 if it is about another conflict.
    """
    try:
        schema, digest = data["schema"], data["digest"]
        if schema == SCHEMA and digest != space.conflict.digest:
            help = "check it against the conflict that it was made from, unchanged"
            raise UsageError([Diagnostic("U421", "the certificate is about another conflict", value=str(digest)[:64], help=help)])
        witness = _Reader(space).witness(data)
        made = {**certificate_data(space, witness), "detente": str(data["detente"])}
        whole = json.dumps(made, sort_keys=True) == json.dumps(data, sort_keys=True)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, ConflictError):
        whole = False
    if not whole:
        raise UsageError(
            [Diagnostic("U420", "this is no certificate, or a damaged one", help="make it again with `detente explain --json`")]
        )
    return witness


class _Reader:
    def __init__(self, space: StateSpace) -> None:
        self.space = space

    def change(self, keys: Iterable[str]) -> int:
        return self.space.conflict.combination(frozenset(keys))

    def combination(self, letters: str) -> int:
        return sum(1 << k for k, letter in enumerate(letters) if letter == "Y")

    def witness(self, data: Mapping[str, Any]) -> AnyWitness:
        state = self.space.state
        head = data["concept"], data["by"], state(data["state"])
        if "groups" in data:
            return Covers(*head, tuple(self.group(group) for group in data["groups"]))
        if "worked out" in data:
            return self.worked(data, *head)
        if data["stays"]:
            return Stays(*head, tuple(self.answer(a) for a in data["answers"]))
        if "invariant" in data:
            escapes = tuple(map(self.change, data["escapes"]))
            proofs = tuple(Proof(proof["by"], tuple(map(tuple, proof["clauses"]))) for proof in data["proofs"])
            return Closed(*head, state(data["improvement"]), parse_formula(data["invariant"]), escapes, proofs)
        reached = tuple(map(self.reached, data["reached"]))
        cases = tuple(self.case(case) for case in data["cases"])
        return Leaves(*head, state(data["improvement"]), reached, cases)

    def maybe(self, number: int | None) -> int | None:
        return None if number is None else self.space.state(number)

    def worked(self, data: Mapping[str, Any], concept: str, dm: str, state: int) -> Worked:
        number = self.space.state
        entries = tuple(
            Position(number(e["state"]), e["turn"], e["left"], self.maybe(e["to"]), tuple(map(number, e["ends"])))
            for e in data["worked out"]
        )
        replies = tuple(Replies(number(r["from"]), tuple(map(self.reached, r["reached"]))) for r in data["replies"])
        return Worked(concept, dm, state, data["stays"], self.maybe(data["improvement"]), entries, replies, data["repeats"])

    def reached(self, case: Mapping[str, Any]) -> Reached:
        last, after = tuple(last["by"] for last in case["last"]), tuple(last["after"] for last in case["last"])
        return Reached(self.space.state(case["state"]), last, after, self.maybe(case["escape"]))

    def group(self, data: Mapping[str, Any]) -> Group:
        steps = tuple((step["by"], self.change(step["change"])) for step in data["steps"])
        return Group(self.change(data["taken"]), self.change(data["not taken"]), steps)

    def answer(self, data: Mapping[str, Any]) -> Answer | JointAnswer:
        state = self.space.state
        if "steps" in data:
            steps = tuple(Step(step["by"], state(step["to"])) for step in data["steps"])
            return Answer(state(data["improvement"]), steps, tuple(state(s) for s in data["escapes"]))
        others = tuple((other["by"], self.change(other["change"]), state(other["to"])) for other in data["others"])
        origin, flip = self.combination(data["origin"]), self.change(data["change"])
        return JointAnswer(state(data["improvement"]), origin, flip, others, state(data["result"]))

    def case(self, data: Mapping[str, Any]) -> JointCase:
        others = tuple((other["by"], self.change(other["change"])) for other in data["others"])
        return JointCase(self.combination(data["origin"]), self.change(data["change"]), others, self.maybe(data["result"]))


def check_data(space: StateSpace, data: Mapping[str, Any]) -> str | None:
    """None if a JSON value is a certificate of this conflict and proves its verdict; otherwise what is wrong.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> data = certificate_data(space, Stays("Nash", "A", 0, ()))
    >>> check_data(space, data) is None, check_data(space, {**data, "digest": "0"})
    (True, 'U421: the certificate is about another conflict')
    """
    try:
        return check(space, from_data(space, data))
    except UsageError as refused:
        return "; ".join(f"{d.code}: {d.message}" for d in refused.diagnostics)
