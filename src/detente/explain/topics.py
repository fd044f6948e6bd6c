"""What is asked of a conflict and its viewpoints, as a question with its answers."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.viewpoints.found import Compared, Topic, Value
from detente.explain.diagnosis.verdict import NAMES
from detente.model.formula import written
from detente.text import listing

CONCLUDED = {
    "agrees": "agrees with the model",
    "differs": "differs from what the model gives",
    "open": "is not decided by the model",
    "outside": "is about what the model leaves out",
}
"""How a conclusion of the sources stands to the model, by the value of its topic."""


def topic_question(found: Compared, topics: Sequence[Topic]) -> str:
    """What is asked by a topic, or by several alike on concepts, before its answers.

    Parameters
    ----------
    found
        The comparison.
    topics
        One topic, or several of the kind "holds".

    Examples
    --------
    >>> from detente.analysis.viewpoints.compare import compare_viewpoints
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset())
    >>> topic_question(compare_viewpoints(one, {"A": "SEQ"}), [Topic("holds", concept="SEQ"), Topic("holds", concept="SSEQ")])
    'Whether the status quo holds under SEQ, as under SSEQ'
    """
    one, under = topics[0], listing(dict.fromkeys(found.profile.values()))
    among = "" if one.where is None else f" among the states with “{written(one.where)}”"
    match one.kind:
        case "holds":
            first, *rest = [topic.concept or "" for topic in topics]
            return f"Whether the status quo holds under {first}" + (f", as under {listing(rest)}" if rest else "")
        case "type":
            return f"Which type of deadlock comes first under {under}"
        case "gain":
            return f"Whether some state is better for everybody{among}"
        case "kept gain":
            return f"Whether one that is better for everybody{among} also holds under {under}"
        case "red lines":
            return f"Which red lines exclude all that would be better for everybody{among}"
        case "state":
            return f"Whether the state “{one.name}” holds under {under}"
        case "onward":
            return f"Whether from “{one.name}” some group can go on to a state that all of it prefer and that holds under {under}"
        case "concluded":
            return f"What the sources conclude, “{found.conflict.conclusions[(one.place or 1) - 1].says}”"


def topic_answer(topic: Topic, value: Value | None) -> str:
    """The answer (`value`) to what a `topic` asks, before where it is given.

    >>> topic_answer(Topic("holds", concept="SEQ"), False), topic_answer(Topic("type"), "-"), topic_answer(Topic("type"), "D4")
    ('no', 'the status quo is not stuck', 'coordination (D4)')
    """
    if value is None:
        return "not settled"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return " or ".join(_lines(lines) for lines in sorted(value)) or "none, since without red lines nothing would be better either"
    if topic.kind == "concluded":
        return f"it {CONCLUDED[value]}"
    return {"-": "the status quo is not stuck", "": "none applies"}.get(value) or f"{NAMES[value]} ({value})"


def _lines(lines: tuple[tuple[str, str], ...]) -> str:
    """A set of red lines in words."""
    return listing(f"“{condition}” of {dm}" if dm else condition for dm, condition in lines)
