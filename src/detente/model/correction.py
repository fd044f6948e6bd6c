"""Corrections of a viewpoint: the single elements in which it differs from the conflict as it is written, each put as written there.

A viewpoint replaces lists.  So what it changes is taken apart: an option or a state becomes perceived, a statement is put where the
conflict has it or left out where the conflict has none, a red line is added or dropped.  All corrections together give the conflict as
it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from detente.model.formula import Formula
from detente.model.preference import Preference, Statement
from detente.model.viewpoint import Altered, seen_as, viewpoint

if TYPE_CHECKING:
    from detente.model.conflict import Conflict, DecisionMaker, RedLine

Kind = Literal["option", "states", "preference", "statement", "red line", "pairs", "attitudes"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One element of a viewpoint, put as the conflict has it.

    Parameters
    ----------
    kind
        "option": an option comes to be perceived; "states": the states that the viewpoint names do; "statement": one statement of an
        option prioritization stands where the conflict has it; "red line": one is added or dropped; "preference" (of another kind, or
        that repeats a statement), "pairs", "attitudes": the whole of them.
    party
        Whose preference, red line, pairs or attitudes (key); None for what is perceived.
    option
        For "option" its key.
    formula
        For "statement" and "red line" the condition.
    degree
        For "statement" its degree.
    drop
        Whether the statement or the red line is left out, because the conflict has none such.

    Examples
    --------
    >>> Correction("option", option="x").drop
    False
    """

    kind: Kind
    party: str | None = None
    option: str | None = None
    formula: Formula | None = None
    degree: int | None = None
    drop: bool = False


Corrections = tuple[Correction, ...]


def corrections(conflict: Conflict, key: str) -> Corrections:
    """The single elements in which a viewpoint differs from the conflict as it is written, decision maker by decision maker.

    Statements are told apart by condition and degree, red lines by condition; words and bases don't count.  Of two lists of statements as
    much as possible is left in its place (a longest common subsequence): the other statements are the elements.

    Parameters
    ----------
    conflict
        The conflict with its viewpoints.
    key
        Key of the viewpoint.

    Raises
    ------
    UsageError
        U470 if there is no such viewpoint.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> a = DecisionMaker("A", "A", OptionPrioritization((Statement(Taken("x")), Statement(Taken("y")))))
    >>> turned = OptionPrioritization((Statement(Taken("y")), Statement(Taken("x"))))
    >>> seen = Viewpoint("v", "v", parties=(Altered("A", turned),), unperceived_options=("y",))
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> [(one.kind, one.formula or one.option) for one in corrections(Conflict("one", (a,), options, viewpoints=(seen,)), "v")]
    [('statement', Taken(option='y')), ('option', 'y')]
    """
    seen = viewpoint(conflict, key)
    found: list[Correction] = []
    for dm in conflict.decision_makers:
        if (altered := seen.altered(dm.key)) is not None:
            found += _of_party(dm, altered)
    found += [Correction("option", option=option) for option in seen.unperceived_options]
    if seen.unperceived is not None:
        found.append(Correction("states"))
    return tuple(found)


def seen_after(conflict: Conflict, key: str, corrected: Iterable[Correction]) -> Conflict:
    """The conflict as a viewpoint has it after some corrections; after all of them its states, moves and preferences are as written.

    Parameters
    ----------
    conflict
        The conflict with its viewpoints.
    key
        Key of the viewpoint.
    corrected
        Some of its `corrections`.

    Raises
    ------
    UsageError
        U470 if there is no such viewpoint.
    ValueError
        If one of the corrections is none of its.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "v", unperceived_options=("x",))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> seen_after(one, "v", corrections(one, "v")).decision_makers == one.decision_makers
    True
    """
    seen, wanted = viewpoint(conflict, key), tuple(corrected)
    known = set(corrections(conflict, key))
    for one in wanted:
        if one not in known:
            raise ValueError(f"{one} is none of the corrections of {key}")
    perceived = {one.option for one in wanted if one.kind == "option"}
    parties = tuple(
        _corrected(conflict.decision_maker(altered.party), altered, [one for one in wanted if one.party == altered.party])
        for altered in seen.parties
    )
    made = replace(
        seen,
        parties=parties,
        unperceived_options=tuple(option for option in seen.unperceived_options if option not in perceived),
        unperceived=None if any(one.kind == "states" for one in wanted) else seen.unperceived,
    )
    return seen_as(conflict, made)


# -- one decision maker ------------------------------------------------------------------------------------------------
def _of_party(dm: DecisionMaker, altered: Altered) -> list[Correction]:
    found: list[Correction] = []
    if altered.preference is not None:
        mine, theirs = _statements(altered.preference), _statements(dm.preference)
        if mine is not None and theirs is not None:
            found += _of_statements(dm.key, mine, theirs)
        elif _bare(altered.preference) != _bare(dm.preference):
            found.append(Correction("preference", dm.key))
    if altered.red_lines is not None:
        here, there = [line.never for line in altered.red_lines], [line.never for line in dm.red_lines]
        found += [Correction("red line", dm.key, formula=one, drop=True) for one in dict.fromkeys(here) if one not in there]
        found += [Correction("red line", dm.key, formula=one) for one in dict.fromkeys(there) if one not in here]
    if altered.pairs is not None and altered.pairs != dm.pairs:
        found.append(Correction("pairs", dm.key))
    if altered.attitudes is not None and altered.attitudes != dm.attitudes:
        found.append(Correction("attitudes", dm.key))
    return found


def _corrected(dm: DecisionMaker, altered: Altered, wanted: Sequence[Correction]) -> Altered:
    """How a viewpoint has a decision maker after corrections."""
    kinds = {one.kind for one in wanted}
    preference = dm.preference if "preference" in kinds else altered.preference
    made = [one for one in wanted if one.kind == "statement"]
    mine, theirs = _statements(altered.preference), _statements(dm.preference)
    if made and mine is not None and theirs is not None and altered.preference is not None:
        preference = altered.preference.with_statements(_placed(mine, theirs, made))
    lines = altered.red_lines
    if "red line" in kinds and lines is not None:
        lines = _lines(lines, dm.red_lines, [one for one in wanted if one.kind == "red line"])
    pairs = dm.pairs if "pairs" in kinds else altered.pairs
    attitudes = dm.attitudes if "attitudes" in kinds else altered.attitudes
    return replace(altered, preference=preference, red_lines=lines, pairs=pairs, attitudes=attitudes)


def _lines(lines: tuple[RedLine, ...], base: tuple[RedLine, ...], made: Sequence[Correction]) -> tuple[RedLine, ...]:
    dropped = {one.formula for one in made if one.drop}
    added = {one.formula for one in made if not one.drop}
    return (*(line for line in lines if line.never not in dropped), *(line for line in base if line.never in added))


# -- statements --------------------------------------------------------------------------------------------------------
Told = tuple[Formula, int | None]


def _told(statement: Statement) -> Told:
    return statement.when, statement.degree


def _statements(preference: Preference | None) -> tuple[Statement, ...] | None:
    """The statements of a preference that is nothing but different statements; None for any other."""
    if preference is None or preference.kind != "prefers":
        return None
    found = preference.statements()
    return found if len({_told(one) for one in found}) == len(found) else None


def _bare(preference: Preference | None) -> object:
    """A preference without words and bases, to be compared."""
    if preference is None or not preference.statements():
        return preference
    return preference.with_statements(tuple(replace(one, basis=None, says=None) for one in preference.statements()))


def _of_statements(dm: str, mine: Sequence[Statement], theirs: Sequence[Statement]) -> list[Correction]:
    here, there = [_told(one) for one in mine], [_told(one) for one in theirs]
    kept = _common(here, there)
    found = [Correction("statement", dm, formula=when, degree=degree, drop=True) for when, degree in here if (when, degree) not in there]
    found += [Correction("statement", dm, formula=when, degree=degree) for when, degree in there if (when, degree) not in kept]
    return found


def _placed(mine: Sequence[Statement], theirs: Sequence[Statement], made: Sequence[Correction]) -> tuple[Statement, ...]:
    """Statements after corrections: each one that is put in its place stands right after those that come before it in the conflict."""
    gone = {(one.formula, one.degree) for one in made}
    placed = {(one.formula, one.degree) for one in made if not one.drop}
    found = [one for one in mine if _told(one) not in gone]
    for place, statement in enumerate(theirs):
        if _told(statement) in placed:
            before = [_told(one) for one in theirs[:place]]
            at = max((n + 1 for n, one in enumerate(found) if _told(one) in before), default=0)
            found.insert(at, statement)
    return tuple(found)


def _common(here: Sequence[Told], there: Sequence[Told]) -> set[Told]:
    """A longest common subsequence, as a set."""
    lengths = [[0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for i in range(len(here) - 1, -1, -1):
        for j in range(len(there) - 1, -1, -1):
            longer = max(lengths[i + 1][j], lengths[i][j + 1])
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if here[i] == there[j] else longer
    found, i, j = set(), 0, 0
    while i < len(here) and j < len(there):
        if here[i] == there[j]:
            found.add(here[i])
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
