"""Levers as a sweep tries them, in words: who does what, and what is to be so then."""

from __future__ import annotations

from detente.analysis.sweep.attempt import Attempt
from detente.explain.edits import describe, taken_words
from detente.model.conflict import Conflict
from detente.model.edit import apply_all
from detente.text import listing, plural


def lever_words(conflict: Conflict, attempt: Attempt) -> str:
    """A lever for a conflict (`attempt`) as a clause, after "by which".

    >>> from detente.model.conflict import DecisionMaker, NamedState, Option
    >>> parties = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    >>> deal = NamedState("the deal", frozenset({"x"}))
    >>> two = Conflict("two", parties, (Option("x", "x", ("A",)), Option("y", "y", ("B",))), named_states=(deal,))
    >>> lever_words(two, Attempt("coalition", 2, ("A", "B"), "together", frozenset({"x"})))
    'A and B together go to “the deal”'
    """
    to = _state(conflict, attempt)
    if attempt.want == "together":
        return f"{listing(attempt.by)} together go to {to}"
    if attempt.want == "steps":
        who = listing(dict.fromkeys(" with ".join(step.movers) for step in attempt.steps))
        changed = f", after this change: {_edits(conflict, attempt)}" if attempt.edits else ""
        return f"{who} go to {to} in {plural(len(attempt.steps), 'step')}{changed}"
    then = {
        "break": "the status quo gives way",
        "hold": f"{to} holds",
        "reach": f"{to} is reached and holds",
        "only": f"{to} is reached and holds, and nothing else is",
    }[attempt.want]
    return f"{then}, after this change: {_edits(conflict, attempt)}"


def _edits(conflict: Conflict, attempt: Attempt) -> str:
    """What is changed, one edit after the other."""
    before = [apply_all(attempt.edits[:place], conflict) for place in range(len(attempt.edits))]
    return "; then ".join(describe(edit, one).rstrip(".") for edit, one in zip(attempt.edits, before, strict=True))


def _state(conflict: Conflict, attempt: Attempt) -> str:
    if attempt.target is None:
        return "another state"
    name = next((named.name for named in conflict.named_states if named.taken == attempt.target), None)
    return f"the state in which {taken_words(conflict, attempt.target)}" if name is None else f"“{name}”"
