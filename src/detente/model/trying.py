"""Measures tried: the edits that make a conflict what it would be if they were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.model.ban import Ban
from detente.model.conflict import Conflict, Option
from detente.model.edit import AddStatement, Edit, RemoveRedLine, RemoveRule, apply_all
from detente.model.edit_bans import AddBan, SetMeasures
from detente.model.edit_options import AddOption, SetOwners
from detente.model.measure import Measure, NewBan, NewOption, NewOwner, WithoutRedLine, WithoutRule, statements_of
from detente.model.preference import Statement


def edits_of(conflict: Conflict, measures: Sequence[Measure]) -> tuple[Edit, ...]:
    """The edits that take measures together, in the order in which they are to be applied to a conflict.

    All places count in the conflict as it is, whatever other measures are taken with it: a new statement stands directly before
    what is now the statement with its number.  The conflict that comes of it has no measures, because their places would be others.

    Parameters
    ----------
    conflict
        The conflict before.
    measures
        The measures, in any number.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> edits_of(one, [Measure("a ban", (NewBan("A"),), says="A is watched")])[-1].ban.says
    'A is watched'
    """
    edits: list[Edit] = [SetMeasures(())]
    changes = [(measure, change) for measure in measures for change in measure.changes]
    for _, change in changes:
        if isinstance(change, NewOption):
            name = change.key if change.name is None else change.name
            edits.append(AddOption(Option(change.key, name, change.owners, change.direction)))
    owners = {option.key: option.owners for option in conflict.options}
    for _, change in changes:
        if isinstance(change, NewOwner) and change.option in owners:
            owners[change.option] = tuple(dict.fromkeys((*owners[change.option], change.owner)))
    edits += [SetOwners(option.key, owners[option.key]) for option in conflict.options if owners[option.key] != option.owners]
    place = len(conflict.bans)
    for measure, change in changes:
        if isinstance(change, NewBan):
            place += 1
            edits.append(AddBan(place, Ban(change.by, change.leaving, change.reaching, measure.basis, measure.says)))
    statements = sorted((statement for measure in measures for statement in statements_of(measure)), key=lambda s: s.place)
    edits += [AddStatement(s.party, s.place, Statement(s.when, says=s.says)) for s in reversed(statements)]
    lines = {(c.party, c.place) for _, c in changes if isinstance(c, WithoutRedLine)}
    edits += [RemoveRedLine(party, at) for party, at in sorted(lines, key=lambda line: (line[0], -line[1]))]
    edits += [RemoveRule(at) for at in sorted({c.place for _, c in changes if isinstance(c, WithoutRule)}, reverse=True)]
    return tuple(edits)


def tried(conflict: Conflict, measures: Iterable[Measure]) -> Conflict:
    """The conflict as it would be if measures were taken.

    Parameters
    ----------
    conflict
        The conflict before.
    measures
        The measures.

    Raises
    ------
    EditError
        M130, M131, M134 or what `Conflict` raises, where a measure does not fit, or measures do not go together.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> [option.key for option in tried(one, [Measure("more", (NewOption("y", ("A",)),))]).options]
    ['x', 'y']
    """
    return apply_all(edits_of(conflict, tuple(measures)), conflict)
