"""Corrections of viewpoints in words: in what a viewpoint differs from the file, and what it would be to see it as the file writes it."""

from __future__ import annotations

from collections.abc import Iterable

from detente.explain.words import ordinal, quoted
from detente.model.conflict import Conflict
from detente.model.correction import Correction
from detente.model.formula import written
from detente.model.viewpoint import viewpoint
from detente.text import listing


def differing(conflict: Conflict, key: str, one: Correction) -> str:
    """In what a viewpoint differs from the file, as a clause after "it".

    Parameters
    ----------
    conflict
        The conflict with its viewpoints.
    key
        Key of the viewpoint.
    one
        One of its corrections.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "v", unperceived_options=("x",))
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "open a door", ("A",)),), viewpoints=(seen,))
    >>> differing(conflict, "v", Correction("option", option="x"))
    'does not perceive the option “open a door” of A'
    """
    return _clauses(conflict, key, one)[0]


def corrected(conflict: Conflict, key: str, one: Correction) -> str:
    """What it would be to see one element as the file writes it, as a clause in the past tense after "if A"; parameters as of `differing`.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "v", unperceived_options=("x",))
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> corrected(conflict, "v", Correction("option", option="x"))
    'perceived the option “x” of A'
    """
    return _clauses(conflict, key, one)[1]


def _clauses(conflict: Conflict, key: str, one: Correction) -> tuple[str, str]:
    """In what the viewpoint differs, after "it"; and what it would be to see this as the file writes it, after "if A"."""
    if one.kind in ("statement", "red line"):
        return _of_line(conflict, key, one)
    if one.kind in ("option", "states"):
        what = _option(conflict, one) if one.kind == "option" else f"the states with {_unperceived(conflict, key)}"
        return f"does not perceive {what}", f"perceived {what}"
    return f"has {_whole(one)} otherwise than the file", f"had {_whole(one)} as the file does"


def _of_line(conflict: Conflict, key: str, one: Correction) -> tuple[str, str]:
    """Both clauses about a statement or a red line: it is not in the file, it has another place there, or it is only there."""
    said = f"{_called(one)} {_said(conflict, key, one)}"
    if one.drop:
        return f"ascribes to {one.party} {said}, which the file does not", f"no longer ascribed to {one.party} {said}"
    where = _place(conflict, one)
    if one.kind == "statement" and _there(conflict, key, one)[0]:
        differs = f"has {said} of {one.party} as {_place(conflict, one, key)}; in the file it is {where}"
        return differs, f"had {said} of {one.party} where the file has it, {where}"
    differs = f"does not ascribe to {one.party} {said}, as the file does" + (f" ({where} there)" if where else "")
    return differs, f"ascribed to {one.party} {said}" + (f" ({where} in the file)" if where else "")


def all_corrected(conflict: Conflict, key: str, made: Iterable[Correction]) -> str:
    """Several corrections (`made`) as one clause.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "v", unperceived_options=("x",))
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> all_corrected(conflict, "v", [Correction("option", option="x")])
    'perceived the option “x” of A'
    """
    return listing(corrected(conflict, key, one) for one in made)


def elements_of(conflict: Conflict, key: str, one: Correction) -> tuple[str, ...]:
    """The paths of the elements of the viewpoint and of the conflict that a correction (`one`) is about.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "v", unperceived_options=("x",))
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> elements_of(conflict, "v", Correction("option", option="x"))
    ('options/x', 'viewpoints/v')
    """
    if one.kind == "option":
        return f"options/{one.option}", f"viewpoints/{key}"
    if one.kind not in ("statement", "red line"):
        return (f"viewpoints/{key}",)
    place = f"decision makers/{one.party}/{'prefers' if one.kind == 'statement' else 'red lines'}"
    seen, file = _there(conflict, key, one)
    return (*(f"viewpoints/{key}/{place}/{n}" for n in seen), *(f"{place}/{n}" for n in file))


def _there(conflict: Conflict, key: str, one: Correction) -> tuple[list[int], list[int]]:
    """At which places, from 1, the viewpoint and the file have the statement or the red line of a correction."""
    seen = viewpoint(conflict, key).altered(one.party or "") if key else None
    dm = conflict.decision_maker(one.party or "")
    if one.kind == "statement":
        lists = [() if part is None or part.preference is None else part.preference.statements() for part in (seen, dm)]
        told = [[(each.when, each.degree) for each in statements] for statements in lists]
    else:
        told = [[(line.never, None) for line in (() if part is None else part.red_lines or ())] for part in (seen, dm)]
    here, there = ([n for n, each in enumerate(found, start=1) if each == (one.formula, one.degree)] for found in told)
    return here, there


def _place(conflict: Conflict, one: Correction, key: str | None = None) -> str:
    """Which place a statement has in the file, or in a viewpoint; empty for a red line."""
    if one.kind != "statement":
        return ""
    dm = conflict.decision_maker(one.party or "")
    has = dm if key is None else viewpoint(conflict, key).altered(dm.key)
    preference = None if has is None else has.preference
    statements = () if preference is None else preference.statements()
    places = _there(conflict, key, one)[0] if key is not None else _there(conflict, "", one)[1]
    return f"{ordinal(places[0])} of {len(statements)}"


def _said(conflict: Conflict, key: str, one: Correction) -> str:
    """A statement or a red line in words: those of the viewpoint, those of the file, or its condition."""
    assert one.formula is not None
    seen, dm = viewpoint(conflict, key).altered(one.party or ""), conflict.decision_maker(one.party or "")
    for part in (seen, dm):
        if part is None:
            continue
        if one.kind == "statement" and part.preference is not None:
            words = [each.says for each in part.preference.statements() if (each.when, each.degree) == (one.formula, one.degree)]
        else:
            words = [line.says for line in part.red_lines or () if line.never == one.formula]
        if words and words[0]:
            return quoted(words[0].rstrip("."))
    return quoted(written(one.formula))


def _called(one: Correction) -> str:
    return "the statement" if one.kind == "statement" else "the red line"


def _option(conflict: Conflict, one: Correction) -> str:
    option = conflict.option(one.option or "")
    return f"the option {quoted(option.name)}" + (f" of {listing(option.owners)}" if option.owners else "")


def _unperceived(conflict: Conflict, key: str) -> str:
    unseen = viewpoint(conflict, key).unperceived
    return quoted("" if unseen is None else written(unseen))


def _whole(one: Correction) -> str:
    return {
        "preference": f"the preference of {one.party}",
        "pairs": f"what is said of pairs of states for {one.party}",
        "attitudes": f"the attitudes of {one.party}",
    }[one.kind]
