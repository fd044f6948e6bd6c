"""All solution concepts, found by discovery: each module of this package that defines `CONCEPT`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from detente.concepts.base import SolutionConcept
from detente.errors import UsageError
from detente.text import did_you_mean

_ORDER = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")  # the field's usual order; others follow by name


@cache
def all_concepts() -> tuple[SolutionConcept, ...]:
    """Every solution concept there is, the classical ones first.

    >>> [concept.key for concept in all_concepts()][:6]
    ['Nash', 'GMR', 'SMR', 'SEQ', 'SSEQ', 'SIM']
    """
    package = importlib.import_module(__name__.rpartition(".")[0])
    modules = [importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)]
    found = [module.CONCEPT for module in modules if hasattr(module, "CONCEPT")]
    return tuple(sorted(found, key=lambda c: (_ORDER.index(c.key) if c.key in _ORDER else len(_ORDER), c.key)))


def concept(key: str) -> SolutionConcept:
    """The concept with a key, in any case of letters.

    Raises `UsageError` (U401) with a suggestion if there is none.

    >>> concept("seq").name
    'Sequential stability'
    """
    for found in all_concepts():
        if found.key.lower() == key.strip().lower():
            return found
    known = [c.key for c in all_concepts()]
    close = did_you_mean(key, known)
    hint = (f'did you mean "{close}"? ' if close else "") + f"there are {', '.join(known)}"
    raise UsageError.of("U401", f'no solution concept is called "{key}"', value=key, help=hint)
