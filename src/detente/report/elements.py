"""The elements of a conflict by their paths: what each is called, what it says, and what it rests on."""

from __future__ import annotations

from collections.abc import Container, Iterator

from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.evidence import Basis, Evidence, is_hostile
from detente.model.formula import written
from detente.model.preference import Listed, Sums
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule
from detente.report.content import Element, Ground, Passage
from detente.text import listing

DIRECTIONS = {
    Direction.BOTH: "can be taken and given up",
    Direction.ONLY_ON: "once taken, cannot be given up",
    Direction.ONLY_OFF: "once given up, cannot be taken again",
}


def ground(basis: Basis | None, conflict: Conflict, party: str | None, *, single: bool = False) -> Ground:
    """A basis in the words of the report.

    >>> from detente.model.evidence import BasisKind
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> ground(Basis(BasisKind.ASSUMED, why="no report"), conflict, "A").kind, ground(None, conflict, None).kind
    ('assumed', 'no basis')
    """
    if basis is None:
        return Ground("no basis")
    evidence = conflict.evidence
    hostile = conflict.decision_maker(party).name if party is not None and is_hostile(basis, party, evidence) else None
    return Ground(basis.kind.value, _passages(basis, evidence), basis.why, hostile, single)


def _passages(basis: Basis, evidence: Evidence) -> tuple[Passage, ...]:
    found = []
    for citation in basis.citations:
        asserter = evidence.asserter(citation.by)
        found.append(Passage(citation.source, citation.at, asserter.name if asserter else citation.by, citation.quote))
    return tuple(found)


def elements_of(conflict: Conflict, single: Container[str] = ()) -> dict[str, Element]:
    """Every element that can carry a basis, by its path.

    Parameters
    ----------
    conflict
        The conflict.
    single
        Paths of the elements whose citations are all of one source.

    Examples
    --------
    >>> conflict = Conflict("one", (DecisionMaker("A", "Ann"),), (Option("x", "leave", ("A",)),))
    >>> for element in elements_of(conflict).values():
    ...     print(element.path, "|", element.label, "|", element.text)
    decision makers/A | Decision maker | Ann
    options/x | Option of Ann | leave
    """
    found = [*_parties(conflict, single), *_options(conflict, single), *_rules(conflict, single), *_given(conflict)]
    return {element.path: element for element in found}


def _parties(conflict: Conflict, single: Container[str]) -> Iterator[Element]:
    for dm in conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        yield Element(path, "Decision maker", dm.name, None, ground(dm.basis, conflict, dm.key, single=path in single))
        yield from statements(conflict, dm, single)
        yield from _order(conflict, dm, single)
        for i, line in enumerate(dm.red_lines, 1):
            where = f"{path}/red lines/{i}"
            formula = written(line.never)
            yield Element(
                where,
                f"Red line {i} of {dm.name}",
                line.says or f"never {formula}",
                formula,
                ground(line.basis, conflict, dm.key, single=where in single),
            )


def statements(conflict: Conflict, dm: DecisionMaker, single: Container[str]) -> Iterator[Element]:
    """The ordered statements of a decision maker's preference, most important first."""
    for i, statement in enumerate(dm.preference.statements() if dm.preference else (), 1):
        where, formula = f"decision makers/{dm.key}/prefers/{i}", written(statement.when)
        basis = ground(statement.basis, conflict, dm.key, single=where in single)
        yield Element(where, f"Statement {i} of {dm.name}", statement.says or formula, formula, basis)


def _order(conflict: Conflict, dm: DecisionMaker, single: Container[str]) -> Iterator[Element]:
    """Weights or a ranking as one element: their basis is that of the whole preference."""
    basis = getattr(dm.preference, "basis", None)
    for criterion in dm.preference.criteria() if dm.preference else ():
        if isinstance(criterion, Sums | Listed):
            weights = isinstance(criterion, Sums)
            where = f"decision makers/{dm.key}/{'weights' if weights else 'ranking'}"
            label = f"{'Weights of options' if weights else 'Ranking of states'}, {dm.name}"
            text = f"in what order {dm.name} prefers the states"
            yield Element(where, label, text, None, ground(basis, conflict, dm.key, single=where in single))


def _options(conflict: Conflict, single: Container[str]) -> Iterator[Element]:
    for option in conflict.options:
        path = f"options/{option.key}"
        owners = listing([conflict.decision_maker(key).name for key in option.owners])
        label = f"Option of {owners}" if owners else "Option without an owner"
        yield Element(path, label, option.name, None, option_ground(conflict, option, single))


def option_ground(conflict: Conflict, option: Option, single: Container[str]) -> Ground:
    """What an option rests on; it is about its first owner."""
    return ground(option.basis, conflict, next(iter(option.owners), None), single=f"options/{option.key}" in single)


def _rules(conflict: Conflict, single: Container[str]) -> Iterator[Element]:
    for i, rule in enumerate(conflict.rules, 1):
        path, formula = f"rules/{i}", rule_words(rule)
        yield Element(path, f"Rule {i}", rule.says or formula, formula, ground(rule.basis, conflict, None, single=path in single))


def rule_words(rule: Rule) -> str:
    """A rule as a conflict file says it.

    >>> rule_words(AtMostOne(("a", "b")))
    'at most one of a, b'
    """
    match rule:
        case Infeasible(when):
            return f"infeasible: {written(when)}"
        case AtMostOne(options):
            return f"at most one of {', '.join(options)}"
        case ExactlyOne(options):
            return f"exactly one of {', '.join(options)}"
        case AtLeastOne(options):
            return f"at least one of {', '.join(options)}"
        case OnlyIf(this, needs):
            return f"{written(this)} only if {written(needs)}"
        case Merged(when, name):
            return f"one state: {written(when)}" + (f" (called {name})" if name else "")


def _given(conflict: Conflict) -> Iterator[Element]:
    """What a conflict file states without a basis of its own."""
    if conflict.status_quo is not None:
        yield Element("status quo", "Status quo", taken_words(conflict, conflict.status_quo), None, Ground("given"))
    for named in conflict.named_states:
        yield Element(f"states/{named.name}", "Named state", named.name, None, Ground("given"))


def taken_words(conflict: Conflict, taken: frozenset[str]) -> str:
    """The names of the options taken, in the order of the conflict."""
    return ", ".join(option.name for option in conflict.options if option.key in taken) or "no option taken"
