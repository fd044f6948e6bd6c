"""Viewpoints: one conflict as several people have it, each an overlay of the conflict as it is written.

A viewpoint changes preferences, red lines, and what is perceived; options, rules, moves and the status quo stay, so that results can be
compared state by state.  A viewpoint that decision makers *hold* is what they act on: with these the conflict is a hypergame (Bennett
1977).  What they believe of others' viewpoints makes it one of the second level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.errors import UsageError
from detente.model.attitude import Attitude, rename_attitude
from detente.model.evidence import Basis, Missing
from detente.model.formula import Formula, Not, Taken, any_of, renamed
from detente.model.guess import Guess
from detente.model.pairs import PairStatement, rename_pair
from detente.model.preference import Preference
from detente.text import did_you_mean

if TYPE_CHECKING:
    from detente.model.conflict import Conflict, DecisionMaker, RedLine


@dataclass(frozen=True, slots=True)
class Altered:
    """A decision maker as a viewpoint has them; None where nothing is changed.

    Parameters
    ----------
    party
        Key of the decision maker.
    preference
        How they order the states.
    red_lines
        States that they never accept.
    pairs
        Statements about pairs of states.
    attitudes
        How they stand toward others.
    description
        Who they are and what they decide.
    basis
        What this rests on.

    Examples
    --------
    >>> Altered("A").red_lines is None
    True
    """

    party: str
    preference: Preference | None = None
    red_lines: tuple[RedLine, ...] | None = None
    pairs: tuple[PairStatement, ...] | None = None
    attitudes: tuple[Attitude, ...] | None = None
    description: str | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """The conflict as somebody has it.

    Parameters
    ----------
    key
        Short name, unique among the viewpoints of the conflict.
    name
        In full, for reports.
    whose
        Whose account it is, in words.
    held_by
        Keys of the decision makers who act on it.
    parties
        The decision makers whom it has otherwise; for the others the conflict as it is written counts.
    unperceived_options
        Keys of options that are not perceived: they stand as in the status quo.
    unperceived
        States that are not perceived, or None.
    believes
        Pairs of a decision maker and the key of the viewpoint on which, as those who hold this one believe, that decision maker acts.
    missing
        What this account leaves out.
    basis
        What it rests on, or None.
    says
        The viewpoint in words, or None.

    Examples
    --------
    >>> Viewpoint("north", "as North has it", held_by=("North",)).parties
    ()
    """

    key: str
    name: str
    whose: str | None = None
    held_by: tuple[str, ...] = ()
    parties: tuple[Altered, ...] = ()
    unperceived_options: tuple[str, ...] = ()
    unperceived: Formula | None = None
    believes: tuple[tuple[str, str], ...] = ()
    missing: tuple[Missing, ...] = ()
    basis: Basis | None = None
    says: str | None = None

    def altered(self, party: str) -> Altered | None:
        """How it has a decision maker (`party`, a key), or None if as the conflict is written."""
        return next((one for one in self.parties if one.party == party), None)


def viewpoint(conflict: Conflict, key: str) -> Viewpoint:
    """The viewpoint of a conflict with a key.  Raises `UsageError` (U470) if there is none.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(Viewpoint("v", "v"),))
    >>> viewpoint(one, "v").name
    'v'
    """
    found = next((one for one in conflict.viewpoints if one.key == key), None)
    if found is None:
        known = [one.key for one in conflict.viewpoints]
        close = did_you_mean(key, known)
        hint = (f'did you mean "{close}"? ' if close else "") + ("there are " + ", ".join(known) if known else "the conflict has none")
        raise UsageError.of("U470", f'no viewpoint is called "{key}"', value=key, help=hint)
    return found


def seen_from(conflict: Conflict, key: str) -> Conflict:
    """The conflict as a viewpoint has it: the same options, rules and status quo, with what the viewpoint changes.

    Those who hold the viewpoint neither move from nor to what it does not perceive.  An option that is not perceived stands as in the
    status quo: states in which it stands otherwise are not perceived.  Guesses about what the viewpoint has otherwise are left out, and
    those about whose account is right.

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
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(Taken("x")),))
    >>> seen = Viewpoint("v", "v", parties=(Altered("A", wants),))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> seen_from(one, "v").decision_makers[0].preference == wants, seen_from(one, "v").viewpoints
    (True, ())
    """
    return seen_as(conflict, viewpoint(conflict, key))


def seen_as(conflict: Conflict, seen: Viewpoint) -> Conflict:
    """The conflict as a viewpoint has it, which need not be one of the conflict's; see `seen_from`.

    Parameters
    ----------
    conflict
        The conflict.
    seen
        The viewpoint.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> seen_as(one, Viewpoint("v", "as somebody has it")).viewpoint
    'as somebody has it'
    """
    hidden = unseen_by(conflict, seen)
    parties = []
    for dm in conflict.decision_makers:
        made = _altered(dm, seen.altered(dm.key))
        if hidden is not None:
            made = replace(made, unperceived=hidden if made.unperceived is None else any_of(made.unperceived, hidden))
        parties.append(made)
    evidence = replace(conflict.evidence, missing=(*conflict.evidence.missing, *seen.missing))
    account = seen.name if seen.whose is None else f"{seen.name} ({seen.whose})"
    open_still = tuple(g for g in conflict.guesses if g.kind != "viewpoint" and not has_otherwise(seen, g))
    return replace(conflict, decision_makers=tuple(parties), viewpoint=account, evidence=evidence, viewpoints=(), guesses=open_still)


def has_otherwise(seen: Viewpoint, guess: Guess) -> bool:
    """Whether a viewpoint (`seen`) has what a guess is about otherwise: the preference, the red lines or the comparisons of somebody.

    >>> from detente.model.guess import Alternative, AsWritten, LeftOut
    >>> doubt = Guess("g", "red line", "A", (1,), (Alternative(AsWritten()), Alternative(LeftOut())))
    >>> has_otherwise(Viewpoint("v", "v", parties=(Altered("A", red_lines=()),)), doubt)
    True
    """
    how = None if guess.party is None else seen.altered(guess.party)
    if how is None:
        return False
    return {"red line": how.red_lines, "relation": how.pairs}.get(guess.kind, how.preference) is not None


def unseen_by(conflict: Conflict, seen: Viewpoint) -> Formula | None:
    """What a viewpoint (`seen`) does not perceive, as one condition: its states, and options that stand otherwise than in the status quo.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset())
    >>> unseen_by(one, Viewpoint("v", "v", unperceived_options=("x",)))
    Taken(option='x')
    """
    quo = conflict.status_quo or frozenset()
    parts: list[Formula] = [Not(Taken(option)) if option in quo else Taken(option) for option in seen.unperceived_options]
    parts += [] if seen.unperceived is None else [seen.unperceived]
    return None if not parts else parts[0] if len(parts) == 1 else any_of(*parts)


def _altered(dm: DecisionMaker, how: Altered | None) -> DecisionMaker:
    if how is None:
        return dm
    named = ("preference", "red_lines", "pairs", "attitudes", "description", "basis")
    return replace(dm, **{name: getattr(how, name) for name in named if getattr(how, name) is not None})


def rename_viewpoint(seen: Viewpoint, options: Mapping[str, str], decision_makers: Mapping[str, str]) -> Viewpoint:
    """A viewpoint (`seen`) with keys of options and decision makers replaced; keys that the mappings lack stay.

    >>> rename_viewpoint(Viewpoint("v", "v", held_by=("A",), unperceived_options=("x",)), {"x": "y"}, {"A": "B"}).held_by
    ('B',)
    """

    def party(key: str) -> str:
        return decision_makers.get(key, key)

    return replace(
        seen,
        held_by=tuple(map(party, seen.held_by)),
        parties=tuple(_renamed(how, options, decision_makers) for how in seen.parties),
        unperceived_options=tuple(options.get(key, key) for key in seen.unperceived_options),
        unperceived=None if seen.unperceived is None else renamed(seen.unperceived, options),
        believes=tuple((party(key), view) for key, view in seen.believes),
        missing=tuple(gap if gap.about is None else replace(gap, about=party(gap.about)) for gap in seen.missing),
    )


def _renamed(how: Altered, options: Mapping[str, str], decision_makers: Mapping[str, str]) -> Altered:
    """What a viewpoint says of a decision maker under other keys."""
    lines = how.red_lines

    def formula(condition: Formula) -> Formula:
        return renamed(condition, options)

    return replace(
        how,
        party=decision_makers.get(how.party, how.party),
        preference=how.preference and how.preference.map_formulas(formula, lambda key: options.get(key, key)),
        red_lines=None if lines is None else tuple(replace(line, never=formula(line.never)) for line in lines),
        pairs=None if how.pairs is None else tuple(rename_pair(pair, options) for pair in how.pairs),
        attitudes=None if how.attitudes is None else tuple(rename_attitude(one, decision_makers) for one in how.attitudes),
    )
