"""Expected verdicts: a file of claims about a conflict, each with its source, and whether the analysis bears them out.

A file ``X.expect.yaml`` beside a conflict ``X.yaml`` makes the conflict a test.  It holds `verdicts`, a list of mappings, each with

- `concept`: a key ("SEQ"); a list of keys with ``any: true`` (each decision maker stays under at least one of them); or a mapping from
  decision makers to keys (a mixed profile);
- `source`: who says so;
- claims: `equilibria` (exactly these states), `includes` and `excludes` (some states that are equilibria, or are not), `count`
  (of equilibria), `stable` (for a decision maker exactly these states), `stays` and `leaves` (for a decision maker some states);
- optionally `disputed`, why a claim is not reproduced: it is then reported and never fails; and `computed`, what is found instead,
  which must be so.

Optional besides: `case` (its name), `labels` (the source's own names of states), `counts` (`combinations`, `feasible`, `moves`) and
`status quo`.
A state is a number, a choice pattern, a name, "status quo", a label, or ``{taken: [options]}``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from detente.analysis.overview import count_moves
from detente.analysis.stability import StabilityTable, analyse
from detente.app import asking
from detente.app.answers import DifferencePart, ExpectationDocument
from detente.app.expect_file import Expectations, Verdict, read_expectations
from detente.app.opening import Source, opened
from detente.concepts.registry import concept, in_order
from detente.engines.choose import choose
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import listing

_SHOWN = 12


def compare(space: StateSpace, expected: Expectations, engine: str | None = None) -> ExpectationDocument:
    """Which of the expected verdicts hold.

    Parameters
    ----------
    space
        The space of the conflict.
    expected
        What is expected; see `detente.app.expect_file.read_expectations`.
    engine
        Name of the engine to use, or None.

    Raises
    ------
    UsageError
        The expectations name a state, a decision maker or a concept that there is not.

    Examples
    --------
    >>> from detente import cases
    >>> from detente.app.expect_file import read_expectations
    >>> compare(StateSpace(cases.load("elmira")), read_expectations(cases.expect_path("elmira"))).holds
    True
    """
    judge = _Judge(space, expected, engine)
    claims = [*judge.counts(), *judge.status_quo()]
    for verdict in expected.verdicts:
        claims += judge.verdict(verdict)
    return ExpectationDocument(file=expected.file, holds=all(c.agrees or c.disputed is not None for c in claims), claims=tuple(claims))


def expect(source: Source, expected: str | os.PathLike[str] | Expectations, *, engine: str | None = None) -> ExpectationDocument:
    """Which verdicts of a file of expected verdicts hold for a conflict.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    expected
        A file (see `detente.app.expect`) or what was read from one.
    engine
        Name of the engine to use, or None.

    Raises
    ------
    ConflictError
        One of the files can't be read.
    UsageError
        The expectations name a state, a decision maker or a concept that there is not.

    Examples
    --------
    >>> from detente import cases
    >>> expect("elmira", cases.expect_path("elmira")).holds
    True
    """
    wanted = expected if isinstance(expected, Expectations) else read_expectations(expected)
    return compare(StateSpace(opened(source).conflict), wanted, engine)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the analysis says under one verdict's concepts: the stable states of each decision maker."""

    space: StateSpace
    stable: Mapping[str, StateSet]

    @property
    def equilibria(self) -> StateSet:
        return reduce(StateSet.__and__, self.stable.values(), self.space.states)


class _Judge:
    """Compares claims with one analysis of the concepts that they mention."""

    def __init__(self, space: StateSpace, expected: Expectations, engine: str | None) -> None:
        self.space, self.expected = space, expected
        mentioned = {concept(key).key for verdict in expected.verdicts for key in verdict.concepts}
        asked = [concept(key) for key in sorted(mentioned, key=in_order)]
        if asked:
            chosen, because = choose(space, asked, engine)
            self.table = analyse(space, asked, chosen, because)
        else:
            self.table = StabilityTable(space, {}, "none")

    def counts(self) -> Iterable[DifferencePart]:
        """The claims on how many combinations, states and moves there are."""
        for what, number in self.expected.counts.items():
            if what == "moves":
                found = sum(count_moves(self.space, dm.key) for dm in self.space.conflict.decision_makers)
            else:
                found = self.space.conflict.combinations if what == "combinations" else self.space.states.count
            yield _claim(f"{what}", "the model", found == number, f"expected {number:,}, found {found:,}")

    def status_quo(self) -> Iterable[DifferencePart]:
        """The claim on which state is the status quo, if there is one."""
        if self.expected.has_status_quo:
            wanted, now = self.expected.status_quo, self.space.status_quo
            state = None if wanted is None else self.state(wanted)
            yield _claim("status quo", "the model", state == now, f"expected {self.shown(state)}, found {self.shown(now)}")

    def verdict(self, verdict: Verdict) -> Iterable[DifferencePart]:
        """All claims of one verdict; a disputed one is compared with what is computed instead."""
        found, name = self.found(verdict), _named(verdict)
        for kind, value in verdict.claims.items():
            for what, agrees, difference in self.compared(found, kind, value):
                if verdict.disputed is None:
                    yield _claim(f"{name} {what}", verdict.source, agrees, difference)
                    continue
                note = difference if not agrees else "it agrees, although it is disputed"
                yield DifferencePart(
                    claim=f"{name} {what}", source=verdict.source, agrees=agrees, disputed=verdict.disputed, difference=note
                )
                if verdict.computed is not None:
                    for again, same, other in self.compared(found, kind, verdict.computed):
                        yield _claim(f"{name} {again}, computed instead", "computed", same, other)

    def found(self, verdict: Verdict) -> _Found:
        """The stable states under the concepts of a verdict."""
        keys = [concept(key).key for key in verdict.concepts]
        stable = {}
        for dm in (dm.key for dm in self.space.conflict.decision_makers):
            own = [self.table.stable[key][dm] for key in keys]
            if verdict.profile is not None:
                chosen = {asking.party(name, self.space.conflict): concept(key).key for name, key in verdict.profile.items()}
                own = [self.table.stable[chosen[dm]][dm]] if dm in chosen else []
            stable[dm] = reduce(StateSet.__or__, own) if own else self.space.states
        return _Found(self.space, stable)

    def compared(self, found: _Found, kind: str, value: Any) -> Iterable[tuple[str, bool, str]]:
        """For each single claim what it says, whether it holds, and how it differs."""
        equilibria = found.equilibria
        if kind == "equilibria":
            yield "equilibria", *self.exactly(self.set_of(value), equilibria)
        elif kind == "count":
            yield "count of equilibria", equilibria.count == value, f"expected {value:,}, found {equilibria.count:,}"
        elif kind in ("includes", "excludes"):
            yield (
                "equilibria" if kind == "includes" else "no equilibria",
                *self.among(self.set_of(value), equilibria, wanted=kind == "includes"),
            )
        else:
            for name, states in value.items():
                dm = asking.party(name, self.space.conflict)
                own = found.stable[dm]
                if kind == "stable":
                    yield f"stable for {dm}", *self.exactly(self.set_of(states), own)
                else:
                    yield f"{dm} {kind}", *self.among(self.set_of(states), own, wanted=kind == "stays")

    def exactly(self, expected: StateSet, found: StateSet) -> tuple[bool, str]:
        """Whether two sets are the same, and how they differ."""
        parts = []
        if missing := found - expected:
            parts.append(f"{self.several(missing)} {'is' if missing.count == 1 else 'are'} extra")
        if missing := expected - found:
            parts.append(f"{self.several(missing)} {'is' if missing.count == 1 else 'are'} missing")
        return not parts, f"expected {self.several(expected)}, found {self.several(found)} ({'; '.join(parts)})"

    def among(self, states: StateSet, found: StateSet, *, wanted: bool) -> tuple[bool, str]:
        """Whether all states belong to a set, or none does."""
        wrong = states - found if wanted else states & found
        return not wrong, f"not so for {self.several(wrong)}"

    def set_of(self, states: Sequence[Any]) -> StateSet:
        """The set of the states that a claim names."""
        return self.space.set_of(*map(self.state, states))

    def state(self, wanted: Any) -> int:
        """A state by number, pattern, name or label."""
        label = self.expected.labels.get(str(wanted)) if not isinstance(wanted, Mapping) else None
        return asking.state(wanted if label is None else label, self.space)

    def several(self, states: StateSet) -> str:
        """The numbers of states, shortened; with labels where there are some."""
        numbers = [self.shown(state) for state in states.first(_SHOWN)]
        return " ".join(numbers) + (" …" if states.count > _SHOWN else "") if numbers else "none"

    def shown(self, state: int | None) -> str:
        """A state's number, with the label of the source if it has one."""
        if state is None:
            return "none"
        label = next((key for key, wanted in self.expected.labels.items() if asking.state(wanted, self.space) == state), None)
        number = str(self.space.number(state))
        return number if label in (None, number) else f"{number} ({label})"


def _named(verdict: Verdict) -> str:
    if verdict.profile is not None:
        return ", ".join(f"{dm} {concept(key).key}" for dm, key in verdict.profile.items()) + ":"
    return listing([concept(key).key for key in verdict.concepts], "or")


def _claim(claim: str, source: str, agrees: bool, difference: str) -> DifferencePart:
    return DifferencePart(claim=claim, source=source, agrees=agrees, difference=None if agrees else difference)
