"""The conclusions that a sweep counts, in words: a label, a question, and each value as a clause."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value
from detente.explain.attempts import kind_words, lever_label, lever_words
from detente.explain.diagnosis.verdict import NAMES
from detente.explain.topics import CONCLUDED
from detente.explain.words import ordinal
from detente.model.conflict import Conflict
from detente.model.formula import written
from detente.text import listing, plural

Profile = Mapping[str, str]


def subject_label(conflict: Conflict, subject: Subject) -> str:
    """A conclusion on a conflict (`subject`) in a few words, for tables.

    >>> from detente.cases import load
    >>> subject_label(load("elmira"), Subject("holds", concept="SEQ")), subject_label(load("elmira"), Subject("kept gain"))
    ('the status quo holds under SEQ', 'something better for everybody also holds')
    """
    state, among, under = _state(subject), _among(subject), f" under {subject.concept}" if subject.concept else ""
    match subject.kind:
        case "holds":
            return f"{state} holds{under}"
        case "stays":
            return f"{subject.dm} stays at {state}{under}"
        case "gain":
            return f"something is better for everybody{among}"
        case "kept gain":
            return f"something better for everybody{among} also holds"
        case "type":
            return f"the first type of deadlock{under}"
        case "red lines":
            return f"red lines that exclude what is better{among}"
        case "onward":
            return f"a group can go on from {state}"
        case "concluded":
            return f"conclusion {subject.place}, “{_said(conflict, subject)}”"
        case "lever":
            return f"a lever works: {lever_label(conflict, subject.attempts[0])}"
        case _ if len(subject.attempts) == 1:
            return f"a lever works: {lever_label(conflict, subject.attempts[0])}"
        case _:
            return f"the cheapest {kind_words(subject.attempts[0].kind)} that works"


def subject_question(conflict: Conflict, profile: Profile, subject: Subject) -> str:
    """What is asked by a conclusion on a conflict (`subject`), as an indirect question; `profile` gives each decision maker's concept.

    >>> from detente.cases import load
    >>> subject_question(load("elmira"), {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "SEQ"}, Subject("holds"))
    'whether the status quo holds under SEQ'
    """
    state, among, under = _state(subject), _among(subject), _under(profile, subject)
    match subject.kind:
        case "type":
            return f"which type of deadlock comes first{under}"
        case "red lines":
            return f"which red lines exclude all that would be better for everybody{among}"
        case "concluded":
            return f"how the model stands to what the sources conclude, “{_said(conflict, subject)}”"
        case "lever":
            return f"whether the lever works{under}: {_lever(conflict, subject)}"
        case "cheapest" if len(subject.attempts) == 1:
            return f"whether the lever works{under}: {_lever(conflict, subject)}"
        case "cheapest":
            return f"which of {plural(len(subject.attempts), kind_words(subject.attempts[0].kind))} is the cheapest that works{under}"
        case "onward":
            return f"whether from {state} some group can go on to a state that all of it prefer and that holds{under}"
        case _:
            return f"whether {value_words(conflict, profile, subject, True)}"


def value_words(conflict: Conflict, profile: Profile, subject: Subject, value: Value) -> str:
    """A conclusion on a conflict (`subject`) with its value, as a clause; `profile` gives each decision maker's concept.

    >>> from detente.cases import load
    >>> value_words(load("elmira"), {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "SEQ"}, Subject("stays", dm="Local"), False)
    'Local does not stay at the status quo under SEQ'
    """
    state, among, under = _state(subject), _among(subject), _under(profile, subject)
    if value is None:
        return f"{state} can't occur"
    match subject.kind:
        case "holds":
            return f"{state} {'holds' if value else 'does not hold'}{under}"
        case "stays":
            return f"{subject.dm} {'stays' if value else 'does not stay'} at {state}{under}"
        case "gain":
            return f"{'some' if value else 'no'} state{among} is better than {state} for everybody"
        case "kept gain":
            return f"{'some' if value else 'no'} state{among} that is better than {state} for everybody also holds{under}"
        case "type":
            return _type(value, under)
        case "red lines":
            return _red_lines(value, among)
        case "onward":
            group = "some group" if value else "no group"
            return f"from {state} {group} can go on to a state that all of it prefer and that holds{under}"
        case "concluded":
            return f"what the sources conclude, “{_said(conflict, subject)}”, {CONCLUDED[value]}"
        case "lever":
            return f"the lever {'works' if value else 'does not work'}{under}: {_lever(conflict, subject)}"
        case _:
            return _cheapest(conflict, subject, value, under)


def value_label(subject: Subject, value: Value) -> str:
    """The value of a conclusion (`subject`) in a word or two, for tables.

    >>> [value_label(Subject("holds"), value) for value in (True, False, None)]
    ['yes', 'no', 'can’t occur']
    """
    if value is None:
        return "can’t occur"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return {"-": "not stuck", "": "none"}.get(value, value)
    return plural(len(value), "set")


def answer_words(subject: Subject, value: Value) -> str:
    """The answer (`value`) to what a conclusion (`subject`) asks, before where it is given.

    >>> answer_words(Subject("holds"), False), answer_words(Subject("type"), "D4"), answer_words(Subject("cheapest"), "-")
    ('no', 'coordination (D4)', 'the status quo does not hold')
    """
    if value is None:
        return "it can't occur"
    if isinstance(value, bool):
        return "yes" if value else "no"
    match subject.kind:
        case "type":
            return {"-": "the status quo is not stuck", "": "none applies"}.get(value) or f"{NAMES[value]} ({value})"
        case "red lines":
            sets = (listing(f"“{condition}” of {dm}" if dm else condition for dm, condition in lines) for lines in sorted(value))
            return " or ".join(sets) if value - {()} else "none"
        case "concluded":
            return f"it {CONCLUDED[value]}"
        case _:
            if value == "-":
                return "the status quo does not hold"
            if len(subject.attempts) == 1:
                return "it works" if value else "it does not work"
            return f"the {ordinal(value)} of {len(subject.attempts)}" if value else "none works"


def _type(value: Value, under: str) -> str:
    if value == "-":
        return f"the status quo is not stuck{under}"
    return f"the first type of deadlock that applies{under} is {NAMES[value]} ({value})" if value else f"no type of deadlock applies{under}"


def _red_lines(value: Value, among: str) -> str:
    """Which red lines exclude what would be better; none where something is better, or would not be without them either."""
    if not value - {()}:
        return f"no red lines exclude all that would otherwise be better for everybody{among}"
    sets = (listing(f"“{condition}” of {dm}" if dm else condition for dm, condition in lines) for lines in sorted(value))
    return f"what excludes all that would be better for everybody{among} is {'; or '.join(sets)}"


def _cheapest(conflict: Conflict, subject: Subject, value: Value, under: str) -> str:
    if value == "-":
        return f"the status quo does not hold{under}, so that no lever is tried"
    if len(subject.attempts) == 1:
        return f"the lever {'works' if value else 'does not work'}{under}: {_lever(conflict, subject)}"
    if value == "":
        return f"none of the {plural(len(subject.attempts), 'lever')} that are tried works{under}"
    return f"the cheapest lever that works{under}, of those that are tried, is this: {lever_words(conflict, subject.attempts[value - 1])}"


def _said(conflict: Conflict, subject: Subject) -> str:
    """What the sources conclude."""
    return conflict.conclusions[(subject.place or 1) - 1].says


def _lever(conflict: Conflict, subject: Subject) -> str:
    """What a lever is."""
    return lever_words(conflict, subject.attempts[0])


def _state(subject: Subject) -> str:
    return "the status quo" if subject.state is None else f"“{subject.state}”"


def _among(subject: Subject) -> str:
    return "" if subject.where is None else f" with “{written(subject.where)}”"


def _under(profile: Profile, subject: Subject) -> str:
    """The concept under which it is asked."""
    if subject.concept is not None:
        return f" under {subject.concept}"
    named = [profile[subject.dm]] if subject.dm is not None else dict.fromkeys(profile.values())
    return f" under {listing(named)}"
