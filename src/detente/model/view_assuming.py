"""What is left of viewpoints and of statements about pairs of states where some options stand as they are known to stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from detente.model.assuming import assuming
from detente.model.formula import FALSE
from detente.model.pairs import PairStatement
from detente.model.preference import Preference
from detente.model.viewpoint import Altered, Viewpoint


def pairs_assuming(pairs: tuple[PairStatement, ...], known: Mapping[str, bool]) -> tuple[PairStatement, ...]:
    """The statements about pairs of the states in which some options (keys) stand as is known; those that cover no pair are left out.

    >>> from detente.model.formula import And, Taken
    >>> one = PairStatement("unknown", And((Taken("x"), Taken("y"))), Taken("z"))
    >>> [pair.of for pair in pairs_assuming((one,), {"y": True})], pairs_assuming((one,), {"y": False})
    ([Taken(option='x')], ())
    """
    left = (replace(pair, of=assuming(pair.of, known), over=assuming(pair.over, known)) for pair in pairs)
    return tuple(pair for pair in left if FALSE not in (pair.of, pair.over))


def seen_assuming(seen: Viewpoint, known: Mapping[str, bool], gone: Collection[str]) -> Viewpoint:
    """A viewpoint (`seen`) of a conflict in which some options stand as is `known` of them, without the decision makers who are `gone`.

    >>> seen = Viewpoint("v", "v", held_by=("A", "B"), unperceived_options=("x", "y"))
    >>> left = seen_assuming(seen, {"y": True}, {"B"})
    >>> left.held_by, left.unperceived_options
    (('A',), ('x',))
    """
    hidden = None if seen.unperceived is None else assuming(seen.unperceived, known)
    return replace(
        seen,
        held_by=tuple(key for key in seen.held_by if key not in gone),
        parties=tuple(_altered(how, known, gone) for how in seen.parties if how.party not in gone),
        unperceived_options=tuple(key for key in seen.unperceived_options if key not in known),
        unperceived=None if hidden == FALSE else hidden,
        believes=tuple((party, view) for party, view in seen.believes if party not in gone),
        missing=tuple(gap for gap in seen.missing if gap.about not in gone),
    )


def _altered(how: Altered, known: Mapping[str, bool], gone: Collection[str]) -> Altered:
    """What a viewpoint says of a decision maker who stays."""
    lines = None if how.red_lines is None else tuple(replace(line, never=assuming(line.never, known)) for line in how.red_lines)
    return replace(
        how,
        preference=None if how.preference is None else _preference(how.preference, known),
        red_lines=None if lines is None else tuple(line for line in lines if line.never != FALSE),
        pairs=None if how.pairs is None else pairs_assuming(how.pairs, known),
        attitudes=None if how.attitudes is None else tuple(one for one in how.attitudes if one.toward not in gone),
    )


def _preference(preference: Preference, known: Mapping[str, bool]) -> Preference:
    """What is left of a preference; indifference has to be said here, where nothing said means that the file's preference counts."""
    left = preference.holding(known)
    return preference.indifferent() if left is None else left
