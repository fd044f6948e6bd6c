"""What is asked of a conflict, and what its sources conclude, in a form that a program can test.

They are no part of the model: no state, move or preference depends on them.  A question is answered from the model; a conclusion is
compared with what the model gives (`detente.analysis.conclusions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.model.evidence import Basis
from detente.model.formula import Formula, renamed

QuestionKind = Literal["stuck", "better for all", "ends only if", "step", "doubt"]
"""What a question is about.

"stuck"
    whether the status quo holds, for whom, and what kind of deadlock it is;
"better for all"
    whether there is a state that everybody prefers to it, and what stands between;
"ends only if"
    whether there is a way out that does not meet a condition;
"step"
    whether a state holds, and what it leads to;
"doubt"
    which of the answers change within what is not known.
"""

ConclusionKind = Literal["stuck", "ends only if", "turns on", "where", "outside"]
"""What a conclusion claims: that the status quo holds (or not); that every way out meets a condition; that no change that leaves certain
decision makers as they are moves it; that states that meet one condition and hold meet another; or something that the model leaves out."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a conflict.

    Parameters
    ----------
    kind
        What it is about.
    asks
        The question in words.
    condition
        For "ends only if": the condition.
    state
        For "step": the state, as the options taken.

    Examples
    --------
    >>> Question("stuck", "Is it stuck?").kind
    'stuck'
    """

    kind: QuestionKind
    asks: str
    condition: Formula | None = None
    state: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Something that a source concludes about a conflict.

    Parameters
    ----------
    kind
        What it claims.
    says
        The conclusion in words.
    stuck
        For "stuck": whether it claims that the status quo holds.
    condition, then
        For "ends only if" the condition of every way out; for "where" the condition, and what is claimed of states that meet it.
    parties
        For "turns on": keys of the decision makers without whom nothing moves.
    outside
        For "outside": what the model leaves out, so that it can't say.
    basis
        Where it is concluded, and by whom.

    Examples
    --------
    >>> Conclusion("stuck", "the talks stand still", stuck=True).kind
    'stuck'
    """

    kind: ConclusionKind
    says: str
    stuck: bool | None = None
    condition: Formula | None = None
    then: Formula | None = None
    parties: tuple[str, ...] = ()
    outside: str | None = None
    basis: Basis | None = None


def rename_question(question: Question, options: Mapping[str, str]) -> Question:
    """A question with options renamed.

    >>> rename_question(Question("step", "And then?", state=frozenset({"x"})), {"x": "y"}).state
    frozenset({'y'})
    """
    state = question.state
    return Question(
        question.kind,
        question.asks,
        None if question.condition is None else renamed(question.condition, options),
        None if state is None else frozenset(options.get(key, key) for key in state),
    )


def rename_conclusion(conclusion: Conclusion, options: Mapping[str, str], parties: Mapping[str, str]) -> Conclusion:
    """A conclusion with options and decision makers renamed.

    >>> rename_conclusion(Conclusion("turns on", "it is up to A", parties=("A",)), {}, {"A": "B"}).parties
    ('B',)
    """
    return Conclusion(
        conclusion.kind,
        conclusion.says,
        conclusion.stuck,
        None if conclusion.condition is None else renamed(conclusion.condition, options),
        None if conclusion.then is None else renamed(conclusion.then, options),
        tuple(parties.get(key, key) for key in conclusion.parties),
        conclusion.outside,
        conclusion.basis,
    )
