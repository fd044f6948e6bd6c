"""Conditions as `.gmcr` files hold them: any of several conjunctions of options taken or not taken.

A formula that already has this form is written as it stands; any other is brought into it (disjunctive normal form), term by
term and without the terms that others make superfluous.  "A if B" becomes "A, or not B".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from detente.errors import ConflictError
from detente.model.formula import And, Const, Formula, If, Not, Or, Taken, all_of, any_of

MAX_TERMS = 512
"""Most conjunctions that one formula may become."""
MAX_RAW = 20_000
"""Most conjunctions on the way there, before superfluous ones are left out."""

Literal: TypeAlias = tuple[str, bool]
"""An option key, and whether it is taken."""
Terms: TypeAlias = list[tuple[Literal, ...]]
"""Conjunctions, any of which holds."""
_Set: TypeAlias = frozenset[Literal]


def formula_of(terms: Iterable[Iterable[Literal]]) -> Formula:
    """The formula that holds where any of the conjunctions does; none holds nowhere, an empty conjunction everywhere.

    >>> from detente.model.formula import written
    >>> written(formula_of([[("a", True), ("b", False)], [("c", True)]]))
    'a and not b or c'
    """
    return any_of(*(all_of(*(Taken(key) if taken else Not(Taken(key)) for key, taken in term)) for term in terms))


def as_terms(formula: Formula) -> Terms | None:
    """The conjunctions of a formula that has the form of the file already, so that `formula_of` gives it back; None for others.

    >>> as_terms(Or((Taken("a"), And((Taken("b"), Not(Taken("c")))))))
    [(('a', True),), (('b', True), ('c', False))]
    >>> as_terms(Not(And((Taken("a"), Taken("b"))))) is None
    True
    """
    parts: tuple[Formula, ...] = formula.parts if isinstance(formula, Or) else () if formula == Const(False) else (formula,)
    terms: Terms = []
    for part in parts:
        literals = [_literal(p) for p in (part.parts if isinstance(part, And) else () if part == Const(True) else (part,))]
        term = tuple(literal for literal in literals if literal is not None)
        if len(term) < len(literals):
            return None
        terms.append(term)
    return terms if formula_of(terms) == formula else None


def _literal(part: Formula) -> Literal | None:
    match part:
        case Taken(key):
            return key, True
        case Not(Taken(key)):
            return key, False
        case _:
            return None


def disjunction(formula: Formula, order: Callable[[str], int]) -> Terms:
    """Any formula as conjunctions, any of which holds.

    Parameters
    ----------
    formula
        What to bring into this form.
    order
        The place of an option, by key; literals and conjunctions are sorted by it.

    Raises
    ------
    ConflictError
        I723 if it needs more than `MAX_TERMS` conjunctions on the way.

    Examples
    --------
    >>> disjunction(If(Taken("a"), Taken("b")), "ab".index)
    [(('a', True),), (('b', False),)]
    """
    terms = _Normal().terms(formula, True)
    in_order = [tuple(sorted(term, key=lambda literal: (order(literal[0]), literal[1]))) for term in terms]
    return sorted(in_order, key=lambda term: [(order(key), not taken) for key, taken in term])


class _Normal:
    """Disjunctive normal form of the parts of one formula and of their negations, each worked out once."""

    def __init__(self) -> None:
        self.known: dict[tuple[Formula, bool], frozenset[_Set]] = {}

    def terms(self, formula: Formula, wanted: bool) -> frozenset[_Set]:
        """The conjunctions under which a formula is true (`wanted`) or false."""
        key = (formula, wanted)
        if key not in self.known:
            self.known[key] = self._terms(formula, wanted)
        return self.known[key]

    def _terms(self, formula: Formula, wanted: bool) -> frozenset[_Set]:
        match formula:
            case Const(value):
                return frozenset({frozenset()}) if value is wanted else frozenset()
            case Taken(option):
                return frozenset({frozenset({(option, wanted)})})
            case Not(part):
                return self.terms(part, not wanted)
            case And(parts):
                return self._join(parts, wanted, wanted)
            case Or(parts):
                return self._join(parts, not wanted, wanted)
            case If(then, condition):
                return self.terms(Or((then, Not(condition))), wanted)
            case _:
                left, right = formula.left, formula.right
                same = And((left, right)), And((Not(left), Not(right)))
                different = And((left, Not(right))), And((Not(left), right))
                return self._join(same if wanted else different, False, True)

    def _join(self, parts: tuple[Formula, ...], all_hold: bool, wanted: bool) -> frozenset[_Set]:
        """The terms of a conjunction (`all_hold`) or a disjunction of parts, each wanted true or false."""
        if not all_hold:
            return _shortest(term for part in parts for term in self.terms(part, wanted))
        result: frozenset[_Set] = frozenset({frozenset()})
        for part in parts:
            following = self.terms(part, wanted)
            result = _shortest(a | b for a in result for b in following if not any((key, not taken) in a for key, taken in b))
        return result


def _shortest(terms: Iterable[_Set]) -> frozenset[_Set]:
    """The terms without those that contain another; refuses when too many are left."""
    raw: set[_Set] = set()
    for term in terms:
        raw.add(term)
        _bounded(len(raw), MAX_RAW)
    kept: list[_Set] = []
    for term in sorted(raw, key=len):
        if not any(shorter <= term for shorter in kept):
            kept.append(term)
            _bounded(len(kept), MAX_TERMS)
    return frozenset(kept)


def _bounded(count: int, limit: int) -> None:
    if count > limit:
        raise ConflictError.of(
            "I723",
            f"a condition would become more than {limit:,} conjunctions, which a .gmcr file would have to list",
            help="split it into several rules or statements, or keep the conflict as .yaml",
        )
