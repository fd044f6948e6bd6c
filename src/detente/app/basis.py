"""What the sentences of an answer rest on, element by element."""

from __future__ import annotations

from collections.abc import Iterable

from detente.app.answers import CitationPart, ElementPart
from detente.explain.basis import basis_words, grounds
from detente.explain.elements import element_words
from detente.model.conflict import Conflict
from detente.model.evidence import is_hostile


def element_parts(conflict: Conflict, elements: Iterable[str]) -> tuple[ElementPart, ...]:
    """The elements with these paths, each with its basis, in the order given.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "open a door", ("A",)),))
    >>> [(part.called, part.words) for part in element_parts(conflict, ["options/x"])]
    [('the option “open a door” of A', 'without a stated basis')]
    """
    known = grounds(conflict)
    parts = []
    for element in elements:
        found = known.get(element)
        basis = found.basis if found else None
        about = found.about if found else ()
        parts.append(
            ElementPart(
                element=element,
                kind=basis.kind.value if basis else None,
                why=basis.why if basis else None,
                citations=tuple(CitationPart(source=c.source, at=c.at, by=c.by, quote=c.quote) for c in basis.citations) if basis else (),
                hostile=basis is not None and any(is_hostile(basis, party, conflict.evidence) for party in about),
                called=element_words(conflict, element),
                words=basis_words(conflict, element),
            )
        )
    return tuple(parts)
