"""The elements of a conflict by their paths: what each is called, what it says, and what it rests on."""

from __future__ import annotations

from collections.abc import Container, Iterator

from detente.explain.bans import ban_words
from detente.explain.basis import grounds
from detente.explain.elements import element_words
from detente.model.checks_beliefs import believed_bases
from detente.model.conflict import Conflict, Direction
from detente.model.evidence import Basis, Evidence, is_hostile
from detente.model.formula import written
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule
from detente.report.content import Element, Ground, Passage
from detente.text import listing

DIRECTIONS = {
    Direction.BOTH: "can be taken and given up",
    Direction.ONLY_ON: "once taken, cannot be given up",
    Direction.ONLY_OFF: "once given up, cannot be taken again",
}

Named = tuple[str, str, str, str | None]
"""An element without its ground: path, what it is, what it says, and the condition that it is written with."""


def elements_of(conflict: Conflict, single: Container[str] = ()) -> dict[str, Element]:
    """Every element that sentences may rest on, by its path.

    Parameters
    ----------
    conflict
        The conflict.
    single
        Paths of the elements whose citations are all of one source.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "Ann"),), (Option("x", "leave", ("A",)),))
    >>> for element in elements_of(conflict).values():
    ...     print(element.path, "|", element.label, "|", element.text, "|", element.ground.kind)
    decision makers/A | Decision maker | Ann | no basis
    options/x | Option of Ann | leave | no basis
    """
    known = grounds(conflict)
    result = {}
    named = (*_parties(conflict), *_options(conflict), *_rules(conflict), *_bans(conflict), *_demands(conflict), *_beliefs(conflict))
    for path, label, text, formula in named:
        if path in known:
            ground = _ground(known[path].basis, conflict, known[path].about, path in single)
            result[path] = Element(path, label, text, formula, ground)
    for path, label, text in _given(conflict):
        result[path] = Element(path, label, text, None, Ground("given"))
    return result


def _ground(basis: Basis | None, conflict: Conflict, about: tuple[str, ...], single: bool) -> Ground:
    if basis is None:
        return Ground("no basis")
    adverse = [conflict.decision_maker(party).name for party in about if is_hostile(basis, party, conflict.evidence)]
    return Ground(basis.kind.value, _passages(basis, conflict.evidence), basis.why, listing(adverse) or None, single)


def _passages(basis: Basis, evidence: Evidence) -> tuple[Passage, ...]:
    found = []
    for citation in basis.citations:
        asserter = evidence.asserter(citation.by)
        place = 1 + [source.key for source in evidence.sources].index(citation.source)
        found.append(Passage(citation.source, place, citation.at, asserter.name if asserter else citation.by, citation.quote))
    return tuple(found)


def _parties(conflict: Conflict) -> Iterator[Named]:
    for dm in conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        yield path, "Decision maker", dm.name, None
        for i, statement in enumerate(dm.preference.statements() if dm.preference else (), 1):
            formula = written(statement.when)
            yield f"{path}/prefers/{i}", f"Statement {i} of {dm.name}", statement.says or formula, formula
        yield f"{path}/ranking", f"Ranking of states, {dm.name}", f"in what order {dm.name} prefers states", None
        yield f"{path}/weights", f"Weights of options, {dm.name}", f"what options count for {dm.name}", None
        for i, line in enumerate(dm.red_lines, 1):
            formula = written(line.never)
            yield f"{path}/red lines/{i}", f"Red line {i} of {dm.name}", line.says or f"never {formula}", formula


def _options(conflict: Conflict) -> Iterator[Named]:
    for option in conflict.options:
        owners = listing([conflict.decision_maker(key).name for key in option.owners])
        yield f"options/{option.key}", f"Option of {owners}" if owners else "Option without an owner", option.name, None


def _rules(conflict: Conflict) -> Iterator[Named]:
    for i, rule in enumerate(conflict.rules, 1):
        formula = rule_words(rule)
        yield f"rules/{i}", f"Rule {i}", rule.says or formula, formula


def _bans(conflict: Conflict) -> Iterator[Named]:
    for i, ban in enumerate(conflict.bans, 1):
        words = ban_words(ban).strip("“”")
        yield f"bans/{i}", f"Ban {i}", words, f"{written(ban.leaving)} → {written(ban.reaching)}"


def _demands(conflict: Conflict) -> Iterator[Named]:
    for position in conflict.positions:
        name = conflict.decision_maker(position.party).name
        yield f"positions/{position.party}", f"Position of {name}", position.says or taken_words(conflict, position.taken), None
    if conflict.fallback is not None:
        yield "fallback", "Fallback", conflict.fallback.says or taken_words(conflict, conflict.fallback.taken), None
    for front in conflict.fronts:
        yield f"fronts/{front.key}", "Front", front.says or front.name, None


def _beliefs(conflict: Conflict) -> Iterator[Named]:
    """Statements about pairs of states, thresholds, attitudes, and viewpoints with what they say."""
    kinds = (("/pairs/", "Pairs of states"), ("/thresholds/", "Threshold"), ("/attitudes/", "Attitude"))
    for path, _, _ in believed_bases(conflict):
        label = next((label for part, label in kinds if part in path), "Decision maker")
        yield path, "Viewpoint" if path.startswith("viewpoints/") else label, element_words(conflict, path), None


def _given(conflict: Conflict) -> Iterator[tuple[str, str, str]]:
    """What a conflict file states without a basis of its own."""
    if conflict.status_quo is not None:
        yield "status quo", "Status quo", taken_words(conflict, conflict.status_quo)
    for named in conflict.named_states:
        yield f"states/{named.name}", "Named state", named.name


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


def taken_words(conflict: Conflict, taken: frozenset[str]) -> str:
    """The names of the options taken, in the order of the conflict.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "Ann"),), (Option("x", "leave", ("A",)),))
    >>> taken_words(conflict, frozenset({"x"})), taken_words(conflict, frozenset())
    ('leave', 'no option taken')
    """
    return ", ".join(option.name for option in conflict.options if option.key in taken) or "no option taken"
