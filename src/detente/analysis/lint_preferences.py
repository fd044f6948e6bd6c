"""What an analyst would want to know of preferences: statements that do nothing, that contradict, and states that nobody tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, compress

from detente.analysis.lint_model import found
from detente.errors import ConflictError, Diagnostic, Severity
from detente.model.checks import formulas_in
from detente.model.conflict import DecisionMaker
from detente.model.formula import Formula, options_in
from detente.model.preference import Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
from detente.space.states import StateSpace
from detente.text import listing, plural

MAX_LISTED = 1 << 16
"""Most states that are looked at one by one; beyond that only sets are."""
_STEPS = 2_000
_SHOWN = 4
_COMPARED = 200


def preference_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """P201, P202 (wrong rankings), P210 to P215 for each decision maker, and P216 (states that all are indifferent between)."""
    wrong = False
    for dm in space.conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        problems = list(_ranking_errors(space, dm, f"{path}/ranking"))
        yield from problems
        wrong = wrong or bool(problems)
        if not problems:
            yield from _statement_findings(space, dm, path)
            if space.states.count > 1 and _indifferent(space, dm):
                message = f"{dm.name} is indifferent between all states" + (
                    "" if dm.preference or dm.red_lines else ": no preference is given"
                )
                yield found("P215", message, path, "say what they prefer, unless nothing is at stake for them")
    if not wrong:
        yield from _alike(space)


def _ranking_errors(space: StateSpace, dm: DecisionMaker, element: str) -> Iterator[Diagnostic]:
    for criterion in criteria_of(dm):
        if isinstance(criterion, Listed):
            try:
                listed_scores(space, dm, criterion)
            except ConflictError as problem:
                for d in problem.diagnostics:
                    yield Diagnostic(d.code, d.message, d.where, d.value, d.help, d.severity, element)


# -- statements --------------------------------------------------------------------------------------------------------
def _statement_findings(space: StateSpace, dm: DecisionMaker, path: str) -> Iterator[Diagnostic]:
    statements = dm.preference.statements() if dm.preference else ()
    states = space.states.bits
    before = [(c.formula, space.where_bits(c.formula) & states) for c in criteria_of(dm)[: bool(dm.red_lines)] if isinstance(c, Meets)]
    telling: dict[int, int] = {}
    for i, statement in enumerate(statements, start=1):
        table, element, what = space.where_bits(statement.when) & states, f"{path}/prefers/{i}", f"statement {i} of {dm.name}"
        if table in (0, states):
            code, which = ("P211", "no feasible state meets") if not table else ("P212", "every feasible state meets")
            yield found(code, f"{which} {what}; it decides nothing", element, "leave it out, or look whether it says what is meant")
            continue
        if table in telling:
            message = f"{what} holds in exactly the states in which statement {telling[table]} holds; it never decides anything"
            yield found("P214", message, element, "leave it out, or look whether it says what is meant")
        elif states ^ table in telling:
            other = telling[states ^ table]
            message = f"{what} contradicts statement {other}: it holds in exactly the other states, and never decides anything"
            yield found("P213", message, element, "keep the one that is meant; the earlier one counts now")
        elif not _decides(space, before, statement.when, table):
            message = f"{what} never decides anything: states that differ on it are told apart by what stands before it"
            yield found("P210", message, element, "leave it out, or move it forward if it is meant to count")
        telling.setdefault(table, i)
        before.append((statement.when, table))
    yield from _apart(dm, list(telling.items()), states, path)


def _apart(dm: DecisionMaker, telling: list[tuple[int, int]], states: int, path: str) -> Iterator[Diagnostic]:
    """One note on all pairs of statements that no state meets both of (opposites are said already)."""
    looked_at = telling[:_COMPARED]
    pairs = [(i, j) for (a, i), (b, j) in combinations(looked_at, 2) if not a & b and a | b != states]
    if pairs:
        shown = listing(
            [f"{i} with {j}" for i, j in pairs[:_SHOWN]] + ([f"{len(pairs) - _SHOWN} more pairs"] if len(pairs) > _SHOWN else [])
        )
        among = f" (among the first {_COMPARED})" if len(telling) > _COMPARED else ""
        message = f"no feasible state meets both of two statements of {dm.name}{among}: {shown}"
        help = "this is right where statements describe single states; otherwise the earlier one wins wherever they compete"
        yield found("P213", message, f"{path}/prefers/{pairs[0][1]}", help, Severity.NOTE)


def _decides(space: StateSpace, before: Sequence[tuple[Formula, int]], formula: Formula, table: int) -> bool:
    """Whether two states that agree on all that stands before a statement differ on it; True as well if that can't be found out."""
    mentioned = options_in(formula)
    near = sorted(before, key=lambda entry: -len(options_in(entry[0]) & mentioned))  # what speaks of the same options settles it soonest
    answer = decides(space.states.bits, [other for _, other in near], table, _steps(space))
    if answer is None and space.states.count <= MAX_LISTED:
        columns = _Columns(space)
        classes = [0] * columns.count
        for _, other in before:
            classes = refined(classes, columns.of(other))
        return max(refined(classes, columns.of(table))) > max(classes)
    return answer is not False


def _steps(space: StateSpace) -> int:
    return max(50, min(_STEPS, (1 << 32) // space.conflict.combinations))


def decides(states: int, before: Sequence[int], table: int, steps: int) -> bool | None:
    """Whether two states that agree on every table before differ on this one; None if so many steps do not tell.

    The states are split by the tables before it, one after the other, but only as long as a part differs on this one.

    >>> decides(0b1111, [0b1100], 0b1010, 100), decides(0b1111, [0b1010, 0b1100], 0b0110, 100)
    (True, False)
    """
    waiting = [(states, 0)]
    while waiting:
        part, depth = waiting.pop()
        inside = part & table
        if inside in (0, part):
            continue
        if depth == len(before):
            return True
        steps -= 1
        if steps < 0:
            return None
        half = part & before[depth]
        waiting += [(half, depth + 1), (part ^ half, depth + 1)]
    return False


# -- indifference ------------------------------------------------------------------------------------------------------
def _indifferent(space: StateSpace, dm: DecisionMaker) -> bool:
    """Whether a decision maker ties all states (False as well if that can't be found out by sets)."""
    states = space.states.bits
    for criterion in criteria_of(dm):
        match criterion:
            case Meets(formula):
                if space.where_bits(formula) & states not in (0, states):
                    return False
            case Sums(weights):
                varying = [key for key, weight in weights if weight and space.columns[key] & states not in (0, states)]
                if varying and (space.states.count > MAX_LISTED or len(set(_Columns(space).sums(dict(weights)))) > 1):
                    return False
            case _:
                scores = listed_scores(space, dm, criterion)
                if len(set(scores.values())) > (1 if len(scores) == space.states.count else 0):
                    return False
    return True


def _alike(space: StateSpace) -> Iterator[Diagnostic]:
    """One finding on all groups of states between which every decision maker is indifferent."""
    if not 1 < space.states.count <= MAX_LISTED:
        return
    columns = _Columns(space)
    classes = [0] * columns.count
    for dm in space.conflict.decision_makers:
        for column in columns.of_criteria(dm):
            classes = refined(classes, column)
            if max(classes) == columns.count - 1:
                return
    groups: dict[int, list[int]] = {}
    for state, group in zip(space.states.each(), classes, strict=True):
        groups.setdefault(group, []).append(state)
    tied = [group for group in groups.values() if len(group) > 1]
    largest = max(tied, key=len)
    numbers = [space.number(state) for state in largest[:_SHOWN]]
    shown = listing([*numbers, f"{len(largest) - _SHOWN:,} more"] if len(largest) > _SHOWN else numbers)
    held = plural(sum(map(len, tied)), "state")
    alone = " by the order of preference alone" if any(dm.pairs for dm in space.conflict.decision_makers) else ""
    message = f"no decision maker tells these states apart{alone}: {shown}"
    if len(tied) > 1:
        message = f"{held} lie in {plural(len(tied), 'group')} that no decision maker tells apart{alone}; the largest is {shown}"
    yield found("P216", message, "decision makers", _unmentioned(space))


def _unmentioned(space: StateSpace) -> str:
    mentioned: set[str] = set()
    for dm in space.conflict.decision_makers:
        formulas = [*(formulas_in(dm.preference) if dm.preference else ()), *(line.never for line in dm.red_lines)]
        formulas += [formula for pair in dm.pairs for formula in (pair.of, pair.over)]
        mentioned = mentioned.union(*map(options_in, formulas))
    silent = [f'"{o.name}"' for o in space.conflict.options if o.key not in mentioned]
    if silent:
        return f"no preference mentions {listing(silent, 'or')}"
    return "this is right if it makes no difference to anybody; otherwise a preference lacks a statement"


# -- one value for each state, in order ---------------------------------------------------------------------------------
def refined(classes: Sequence[int], column: Iterable[object]) -> list[int]:
    """The classes split by a column of values, one for each state.

    >>> refined([0, 0, 1, 1], [5, 5, 5, 7])
    [0, 0, 1, 2]
    """
    numbers: dict[tuple[int, object], int] = {}
    return [numbers.setdefault(pair, len(numbers)) for pair in zip(classes, column, strict=True)]


class _Columns:
    """Tables of combinations as columns of the states, for spaces in which states may be looked at one by one."""

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.count = space.states.count
        self._chosen = [digit == "1" for digit in self._digits(space.states.bits)]

    def _digits(self, table: int) -> str:
        return format(table, f"0{self.space.conflict.combinations}b")[::-1]

    def of(self, table: int) -> Iterable[str]:
        """For each state "1" or "0"."""
        return compress(self._digits(table), self._chosen)

    def sums(self, weights: dict[str, int]) -> list[int]:
        """The sum of the weights of the options taken, for each state."""
        sums = [0] * self.count
        for key, weight in weights.items():
            bits = self.of(self.space.columns[key])
            sums = [total + weight if bit == "1" else total for total, bit in zip(sums, bits, strict=True)]
        return sums

    def of_criteria(self, dm: DecisionMaker) -> Iterator[Iterable[object]]:
        """A column for each criterion of a decision maker."""
        for criterion in criteria_of(dm):
            match criterion:
                case Meets(formula):
                    yield self.of(self.space.where_bits(formula))
                case Sums(weights):
                    yield self.sums(dict(weights))
                case _:
                    scores = listed_scores(self.space, dm, criterion)
                    yield [scores.get(state, 0) for state in self.space.states.each()]
