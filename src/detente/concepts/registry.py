"""All solution concepts, found by discovery.

The classical ones are the `CONCEPT` of each module of this package; they are what is asked where nothing else is said.  Further ones, with
a name or of a family with a number, stand in `detente.concepts.further`; readings in `detente.concepts.readings`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from types import ModuleType

from detente.concepts.base import Members, SolutionConcept
from detente.concepts.reading import Reading, all_readings
from detente.errors import DetenteError, UsageError
from detente.text import did_you_mean, listing

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,12})?|\.\d{1,12}", re.ASCII)
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


@cache
def further_concepts() -> tuple[SolutionConcept, ...]:
    """The further concepts that are not members of a family, by key: the `CONCEPTS` of the modules of `detente.concepts.further`.

    >>> isinstance(further_concepts(), tuple)
    True
    """
    found = [concept for module in _further() for concept in getattr(module, "CONCEPTS", ())]
    return tuple(sorted(found, key=lambda concept: concept.key))


@cache
def families() -> tuple[Members, ...]:
    """The families of concepts with a number, as limited moves of some horizon: the `FAMILIES` of the same modules.

    >>> isinstance(families(), tuple)
    True
    """
    found = [family for module in _further() for family in getattr(module, "FAMILIES", ())]
    return tuple(sorted(found, key=lambda family: family.key))


@cache
def _further() -> tuple[ModuleType, ...]:
    package = importlib.import_module(f"{__name__.rpartition('.')[0]}.further")
    return tuple(importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__))


@cache
def concept(key: str) -> SolutionConcept:
    """The concept with a key, in any case of letters: a classical one, a further one, a member of a family, or one with a reading.

    Raises `UsageError` (U401) with a suggestion if there is none.

    >>> concept("seq").name
    'Sequential stability'
    """
    wanted = key.strip()
    if ":" in wanted:
        return _read(wanted)
    for found in (*all_concepts(), *further_concepts()):
        if found.key.lower() == wanted.lower():
            return found
    for family in families():
        if (made := family.member(wanted)) is not None:
            return made
    known = [c.key for c in (*all_concepts(), *further_concepts())]
    close = did_you_mean(key, known)
    hint = (f'did you mean "{close}"? ' if close else "") + f"there are {', '.join([*known, *(f.written for f in families())])}"
    raise UsageError.of("U401", f'no solution concept is called "{key}"', value=key, help=hint)


def in_order(key: str) -> tuple[int, str]:
    """A key to sort concepts by: the classical ones first, each followed by its readings.

    >>> sorted(["SEQ", "Nash", "GMR"], key=in_order)
    ['Nash', 'GMR', 'SEQ']
    """
    plain = key.partition(":")[0]
    return (_ORDER.index(plain) if plain in _ORDER else len(_ORDER), key)


def compared_with(under: SolutionConcept) -> tuple[SolutionConcept, ...]:
    """The concepts that a verdict under one with a reading (`under`) is held against: the plain one, and the weaker readings of it.

    >>> [one.key for one in compared_with(concept("SEQ:strong"))]
    ['SEQ', 'SEQ:general']
    """
    assert under.reading is not None
    plain = under.key.partition(":")[0]
    known = {reading.key: reading for reading in all_readings()}
    weaker = [key for key in under.reading.implies if key in known and plain in known[key].concepts and not known[key].takes(plain)]
    return (concept(plain), *(concept(f"{plain}:{key}") for key in weaker))


def _read(key: str) -> SolutionConcept:
    """A classical concept with a reading."""
    plain, _, rest = key.partition(":")
    name, _, numbers = rest.partition("@")
    base = concept(plain)
    fitting = [reading for reading in all_readings() if base.key in reading.concepts and base.reading is None]
    found = next((reading for reading in fitting if reading.key.lower() == name.strip().lower()), None)
    if found is None:
        raise _no_reading(base, name.strip(), fitting, key)
    values = _numbers(found, base.key, numbers if "@" in rest else None, key)
    written = "/".join(shown(value) for value in values)
    made = f"{base.key}:{found.key}" + (f"@{written}" if values else "")
    clause = f"{base.asks} ({found.says})"
    return replace(
        base, key=made, name=f"{base.name}, {found.name}", asks=clause, source=found.source, reading=found, parameters=values,
        formula="", implied_by=(), implies=(), example="",
    )  # fmt: skip


def _no_reading(base: SolutionConcept, name: str, fitting: Sequence[Reading], key: str) -> DetenteError:
    """That a classical concept has no reading of a name, with those that it has."""
    known = ", ".join(f"{base.key}:{reading.key}" for reading in fitting)
    elsewhere = next((reading for reading in all_readings() if reading.key.lower() == name.lower()), None)
    if elsewhere is not None and fitting:
        message = f'the reading "{elsewhere.key}" goes with {listing(elsewhere.concepts)}, not with {base.key}'
        hint = f"with {base.key} go {known}"
        if elsewhere.key in ("possible", "necessary"):
            hint = (
                f"analyze, explain and diagnose tell beside the verdict under {base.key} what is so whatever is not known turns out to be"
            )
        return UsageError.of("U401", message, value=key, help=hint)
    close = did_you_mean(name, [reading.key for reading in fitting])
    hint = (f'did you mean "{base.key}:{close}"? ' if close else "") + (
        f"with {base.key} go {known}" if fitting else f"{base.key} is read in one way only"
    )
    return UsageError.of("U401", f'no reading of {base.key} is called "{name}"', value=key, help=hint)


def _numbers(reading: Reading, base: str, written: str | None, key: str) -> tuple[Fraction, ...]:
    """The parameters of a reading of a classical concept (`base`) as they are written; none where they may be left out."""
    takes = reading.takes(base)
    if written is None and (reading.optional or not takes):
        return ()
    parts = [part.strip() for part in (written or "").split("/")]
    values = tuple(Fraction(part) for part in parts) if all(map(_NUMBER.fullmatch, parts)) else ()
    if not takes or len(values) != len(takes):
        example = f"{base}:{reading.key}@" + "/".join(parameter.name for parameter in takes)
        hint = f'write "{example}" with a number for each' if takes else "leave out the @ and what follows it"
        raise UsageError.of("U485", f'the numbers of "{key}" can\'t be read', value=key, help=hint)
    for parameter, value in zip(takes, values, strict=True):
        if not parameter.fits(value):
            message = f'in "{key}" the number {shown(value)} ({parameter.name}) is out of range'
            raise UsageError.of("U485", message, value=shown(value), help=f"{parameter.name} is {parameter.says}: {parameter.range}")
    return values


def shown(value: Fraction) -> str:
    """A fraction (`value`) as a decimal number where it is one, otherwise as a quotient.

    >>> shown(Fraction(3, 10)), shown(Fraction(1, 3)), shown(Fraction(1))
    ('0.3', '1/3', '1')
    """
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest, places = (rest // 10 if rest % 10 == 0 else rest // 2 if rest % 2 == 0 else rest // 5), places + 1
    if rest != 1 or places > 12:
        return str(value)
    return f"{float(value):.{places}f}".rstrip("0").rstrip(".") if places else str(value.numerator)
