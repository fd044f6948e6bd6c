"""Levers as a sweep tries them, in words: who does what, and what is to be so then."""

from __future__ import annotations

from detente.analysis.claims.statement_edits import StatementEdit
from detente.analysis.sweep.attempt import Attempt, Taking
from detente.explain.edits import describe, taken_words
from detente.explain.levers.statements import Edited
from detente.explain.words import quoted
from detente.model.conflict import Conflict
from detente.model.edit import AddStatement, Edit, MoveStatement, RemoveStatement, ReverseStatement, apply_all
from detente.model.edit_bans import SetMeasures
from detente.model.formula import written
from detente.text import listing, plural

_KINDS = {"coalition": "joint move", "priority shift": "priority shift", "guarantee": "guarantee", "plan": "plan"}


def kind_words(kind: str) -> str:
    """What a kind of lever (`kind`, as levers have it) is called.

    >>> kind_words("coalition"), kind_words("guarantee")
    ('joint move', 'guarantee')
    """
    return _KINDS.get(kind, kind)


def cost_words(attempt: Attempt) -> str:
    """What a lever (`attempt`) costs, in the unit of its kind.

    >>> cost_words(Attempt("coalition", 2, ("A", "B"), "together")), cost_words(Attempt("priority shift", 1, ("A",), "break"))
    ('2 who move', '1 edit')
    """
    return priced(attempt.kind, attempt.cost)


def priced(kind: str, cost: int) -> str:
    """What a lever of a `kind` costs (`cost`), in the unit of the kind.

    >>> priced("guarantee", 1), priced("guarantee", 3), priced("plan", 2)
    ('1 means', 'means that cost 3', 'cost 2')
    """
    match kind:
        case "coalition":
            return f"{cost} who move"
        case "priority shift":
            return plural(cost, "edit")
        case "guarantee":
            return "1 means" if cost == 1 else f"means that cost {cost}"
        case _:
            return f"cost {cost}"


def lever_words(conflict: Conflict, attempt: Attempt) -> str:
    """A lever for a conflict (`attempt`) as a clause.

    >>> from detente.model.conflict import DecisionMaker, NamedState, Option
    >>> parties = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    >>> deal = NamedState("the deal", frozenset({"x"}))
    >>> two = Conflict("two", parties, (Option("x", "x", ("A",)), Option("y", "y", ("B",))), named_states=(deal,))
    >>> lever_words(two, Attempt("coalition", 2, ("A", "B"), "together", frozenset({"x"})))
    'A and B go together to “the deal”'
    """
    to = _state(conflict, attempt)
    if attempt.want == "together":
        return f"{listing(attempt.by)} go together to {to}"
    condition = _condition(conflict, attempt, to)
    if attempt.want == "steps":
        then = f"{', then '.join(_leg(step) for step in attempt.steps)} to {to}" if attempt.steps else f"{to} is there already, and holds"
    else:
        then = {
            "break": "somebody would leave the status quo",
            "hold": f"{to} would hold",
            "reach": f"{to} would be reached and hold",
            "only": f"{to} would be reached and hold, and improvements would lead to nothing else that holds",
        }[attempt.want]
    return f"{condition}, {then}" if condition else then


def lever_label(conflict: Conflict, attempt: Attempt) -> str:
    """A lever for a conflict (`attempt`) in few words, for tables: of those with which somebody leaves the status quo only what is changed.

    >>> from detente.cases import load
    >>> made = Attempt("priority shift", 1, ("Syria",), "break", edits=(RemoveStatement("Syria", 2),))
    >>> lever_label(load("euphrates-1975"), made)
    'if Syria came to no longer value “Syria escalates”'
    """
    return lever_words(conflict, attempt).removesuffix(", somebody would leave the status quo")


def _leg(step: Taking) -> str:
    """Who takes a step of a plan."""
    return f"{step.movers[0]} goes" if len(step.movers) == 1 else f"{listing(step.movers)} go together"


def _condition(conflict: Conflict, attempt: Attempt, to: str) -> str:
    """What is changed, as a condition; empty where nothing is."""
    clauses = [f"{listing(attempt.kept)} were kept from leaving {to}"] if attempt.kept else []
    clauses += [f"the measure {quoted(name)} were taken" for name in attempt.measures]
    if clauses or not attempt.edits:
        return f"if {listing(clauses)}" if clauses else ""
    stated = [_stated(edit) for edit in attempt.edits]
    if all(one is not None for one in stated):
        return Edited(conflict, [one for one in stated if one is not None]).condition()
    return f"after this change: {_edits(conflict, attempt)}"


def _stated(edit: Edit) -> StatementEdit | None:
    """An edit of statements as claims hold it; None for any other."""
    match edit:
        case MoveStatement(dm, place, to):
            return StatementEdit(dm, "move", place, to)
        case RemoveStatement(dm, place):
            return StatementEdit(dm, "drop", place)
        case ReverseStatement(dm, place):
            return StatementEdit(dm, "reverse", place)
        case AddStatement(dm, place, statement):
            return StatementEdit(dm, "add", place, when=written(statement.when), says=statement.says or "")
    return None


def _edits(conflict: Conflict, attempt: Attempt) -> str:
    """What is changed, one edit after the other."""
    before = [apply_all(attempt.edits[:place], conflict) for place in range(len(attempt.edits))]
    told = ((edit, one) for edit, one in zip(attempt.edits, before, strict=True) if not isinstance(edit, SetMeasures))
    return "; then ".join(describe(edit, one).rstrip(".") for edit, one in told)


def _state(conflict: Conflict, attempt: Attempt) -> str:
    if attempt.target is None:
        return "another state"
    name = next((named.name for named in conflict.named_states if named.taken == attempt.target), None)
    return f"the state in which {taken_words(conflict, attempt.target)}" if name is None else f"“{name}”"
