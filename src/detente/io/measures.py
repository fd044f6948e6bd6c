"""Reading measures: their conditions may speak of the options that they bring, which nothing else in the file may."""

from __future__ import annotations

from collections.abc import Iterator

from detente.errors import Diagnostic, EditError
from detente.io.bad import BAD
from detente.io.nodes import Items, Node, Pairs, Scalar
from detente.io.shaped import Shaped
from detente.model.conflict import Conflict
from detente.model.measure import Measure
from detente.model.shape import Field, ListOf
from detente.model.trying import tried


def read_measures(shaped: Shaped, f: Field, node: Node) -> tuple[Measure, ...]:
    """The measures that stand at a place; what can't be read is left out, and noted.

    Parameters
    ----------
    shaped
        Reads the document.
    f
        The field of the measures.
    node
        What stands there.
    """
    if not isinstance(node, Items) or not isinstance(f.shape, ListOf):
        shaped.field(f, node, "")  # notes that it is no list
        return ()
    found = []
    known = shaped.names.owners
    for place, item in enumerate(node.items, start=1):
        path = f"{f.key}/{place}"
        shaped.positions.setdefault(path, shaped.source.where(item))
        shaped.names.owners = {**dict.fromkeys(_new_options(item), "new"), **known}
        try:
            found.append(shaped.value(f.shape.item, item, path))
        finally:
            shaped.names.owners = known
    return tuple(measure for measure in found if measure is not BAD)


def _new_options(measure: Node) -> Iterator[str]:
    """The keys of the options that a measure brings."""
    entry = measure.get("changes") if isinstance(measure, Pairs) else None
    changes = entry[1] if entry is not None else None
    for change in changes.items if isinstance(changes, Items) else [changes]:
        found = change.get("new option") if isinstance(change, Pairs) else None
        if found is not None and isinstance(found[1], Scalar):
            yield found[1].text


def untriable(conflict: Conflict) -> Iterator[Diagnostic]:
    """M169 for each measure that does not fit the conflict: a rule, red line or statement that is not there, a party without statements.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.measure import WithoutRule
    >>> measures = (Measure("no rule", (WithoutRule(1),)),)
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), measures=measures)
    >>> [found.message for found in untriable(one)]
    ['the measure "no rule" does not fit: there is no rule number 1 to change']
    """
    for place, measure in enumerate(conflict.measures, start=1):
        try:
            tried(conflict, [measure])
        except EditError as problem:
            why = problem.diagnostics[0]
            message = f'the measure "{measure.name}" does not fit: {why.message}'
            yield Diagnostic("M169", message, value=measure.name, help=why.help, element=f"measures/{place}")
