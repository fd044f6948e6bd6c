"""Parts of a conflict that an edit changes: they must be there, and lists are counted from 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from detente.errors import EditError
from detente.model.conflict import Conflict, DecisionMaker
from detente.text import did_you_mean, plural

T = TypeVar("T")


def missing(noun: str, key: str, known: Iterable[str]) -> EditError:
    """That there is no such thing (`noun`, `key`) to change: M130, with the nearest of the known keys.

    >>> missing("option", "dael", ["deal"]).diagnostics[0].help
    'did you mean "deal"?'
    """
    close = did_you_mean(key, known)
    found = EditError.of("M130", f'there is no {noun} "{key}" to change', value=key, help=close and f'did you mean "{close}"?')
    assert isinstance(found, EditError)
    return found


def need_option(conflict: Conflict, key: str) -> None:
    """Refuse (M130) an option (`key`) that a conflict does not have.

    >>> from detente.model.conflict import Option
    >>> need_option(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), "x")
    """
    if key not in conflict.option_index:
        raise missing("option", key, conflict.option_index)


def party_there(conflict: Conflict, key: str) -> DecisionMaker:
    """The decision maker of a conflict with a key.  Raises `EditError` (M130) if there is none.

    >>> from detente.model.conflict import Option
    >>> party_there(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), "A").name
    'A'
    """
    found = next((dm for dm in conflict.decision_makers if dm.key == key), None)
    if found is None:
        raise missing("decision maker", key, [dm.key for dm in conflict.decision_makers])
    return found


def with_party(conflict: Conflict, key: str, change: Callable[[DecisionMaker], DecisionMaker]) -> Conflict:
    """A conflict with a `change` of the decision maker with a key.  Raises `EditError` (M130) if there is none.

    >>> from detente.model.conflict import Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> with_party(one, "A", lambda dm: replace(dm, name="Anna")).decision_makers[0].name
    'Anna'
    """
    party_there(conflict, key)
    return replace(conflict, decision_makers=tuple(change(dm) if dm.key == key else dm for dm in conflict.decision_makers))


def need_free(old: str, new: str, taken: Iterable[str]) -> None:
    """Refuse (M132) a new key in the place of an old one if something else has it, among the keys that are taken.

    >>> need_free("x", "y", ["x", "z"])
    """
    if new != old and new in set(taken):
        raise EditError.of("M132", f'the key "{new}" is taken', value=new, help="choose another key")


def at(items: Sequence[T], place: int, noun: str) -> T:
    """The item at a place, from 1, of items that are called by a noun.  Raises `EditError` (M130) if there is none.

    >>> at(("a", "b"), 2, "rule")
    'b'
    """
    if not 1 <= place <= len(items):
        here = f"there are {plural(len(items), noun)}" if items else f"there is no {noun}"
        raise EditError.of("M130", f"there is no {noun} number {place} to change", value=str(place), help=f"{here}, counted from 1")
    return items[place - 1]


def without(items: tuple[T, ...], place: int, noun: str) -> tuple[T, ...]:
    """The items, called by a noun, without the one at a place, from 1.  Raises `EditError` (M130) if there is none.

    >>> without(("a", "b"), 2, "rule")
    ('a',)
    """
    at(items, place, noun)
    return items[: place - 1] + items[place:]


def inserted(items: tuple[T, ...], place: int, item: T, noun: str) -> tuple[T, ...]:
    """The items, called by a noun, with a further one that comes to stand at a place, from 1.  Raises `EditError` (M130) if it can't.

    >>> inserted(("a", "b"), 2, "c", "rule")
    ('a', 'c', 'b')
    """
    if not 1 <= place <= len(items) + 1:
        help = f"the places are 1 to {len(items) + 1}"
        raise EditError.of("M130", f"a {noun} can't become number {place}", value=str(place), help=help)
    return (*items[: place - 1], item, *items[place - 1 :])
