"""What becomes of each item of a list as changes are made: which change moved, turned or took it away; and lists of changes with one less.

Statements, red lines, rules and bans are spoken of by their numbers, which are others after each change.  Here each item keeps a token of
its own, so that a change can be taken back though others came after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from detente.model.conflict import Conflict
from detente.workbench.changes import Change, changed

Of: TypeAlias = tuple[str, str | None]
"""A list: what it is of ("statement", "red line", "rule" or "ban"), and the key of the decision maker whose it is, if it is one's."""
Does: TypeAlias = Literal["add", "remove", "move", "alter"]
See: TypeAlias = Callable[[Sequence[Change]], Conflict]
"""Gives the conflict after some changes."""
_DOES: Mapping[str, tuple[str, Does]] = {
    **{f"add {what}": (what, "add") for what in ("statement", "red line", "rule", "ban")},
    **{f"remove {what}": (what, "remove") for what in ("statement", "red line", "rule", "ban")},
    "move statement": ("statement", "move"),
    "reverse statement": ("statement", "alter"),
    "replace statement": ("statement", "alter"),
}
_SETS = {"set direction": ("option",), "set joint": ("place",), "set status quo": (), "set weight": ("dm", "option")}
"""What sets something to a value, by the name of the change; with the keys that say what is set."""
_RANKS = ("place ranked state", "move ranked state")


def listed(change: Change) -> tuple[Of, Does] | None:
    """Which list a change is about, and what it does to it; None for what is about no list.

    >>> from detente.workbench.changes import RemoveRuleChange
    >>> listed(RemoveRuleChange(change="remove rule", place=1))
    (('rule', None), 'remove')
    """
    if change.change not in _DOES:
        return None
    what, does = _DOES[change.change]
    return (what, getattr(change, "dm", None)), does


@dataclass(frozen=True, slots=True)
class Follower:
    """Items of one list after some changes.

    Parameters
    ----------
    tokens
        Those that are there, in order: the items of the conflict without changes by their place there, from 0; one that was added by the
        number of the change, below zero.
    first
        How many there were.
    spoken
        For each token the numbers (from 1) of the changes that spoke of it.
    """

    tokens: tuple[int, ...]
    first: int
    spoken: Mapping[int, tuple[int, ...]]


def sizes(conflict: Conflict) -> dict[Of, int]:
    """How many items each list of a conflict has.

    >>> from detente.cases import load
    >>> sizes(load("elmira"))[("rule", None)]
    2
    """
    found: dict[Of, int] = {("rule", None): len(conflict.rules), ("ban", None): len(conflict.bans)}
    for dm in conflict.decision_makers:
        found["statement", dm.key] = len(dm.preference.statements()) if dm.preference is not None else 0
        found["red line", dm.key] = len(dm.red_lines)
    return found


def followed(conflict: Conflict, changes: Sequence[Change]) -> dict[Of, Follower]:
    """Each list after changes that are known to fit.

    Parameters
    ----------
    conflict
        The conflict without them.
    changes
        The changes, in order.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.workbench.changes import RemoveRuleChange
    >>> gone = RemoveRuleChange(change="remove rule", place=1)
    >>> followed(load("elmira"), [gone])[("rule", None)]
    Follower(tokens=(1,), first=2, spoken={0: (1,)})
    """
    first = sizes(conflict)
    tokens = {of: list(range(count)) for of, count in first.items()}
    spoken: dict[Of, dict[int, tuple[int, ...]]] = defaultdict(dict)
    for number, change in enumerate(changes, 1):
        about = listed(change)
        if about is None:
            continue
        of, does = about
        token = _made(tokens[of], change, does, -number)
        spoken[of][token] = (*spoken[of].get(token, ()), number)
    return {of: Follower(tuple(found), first[of], dict(spoken[of])) for of, found in tokens.items()}


def _made(tokens: list[int], change: Change, does: Does, new: int) -> int:
    """Make a change to a list; which item it is about."""
    said = dict(change)
    place: int = said["place"] - 1
    if does == "add":
        tokens.insert(place, new)
        return new
    if does == "alter":
        return tokens[place]
    token = tokens.pop(place)
    if does == "move":
        tokens.insert(said["to"] - 1, token)
    return token


def without(conflict: Conflict, changes: Sequence[Change], number: int) -> tuple[Change, ...]:
    """Changes with one less, so that the others still speak of what they spoke of; those that spoke of what it had added go with it.

    Parameters
    ----------
    conflict
        The conflict without changes.
    changes
        Changes that are known to fit.
    number
        Number of the one that is taken back, from 1.

    Raises
    ------
    EditError
        What is left does not fit: a change of a ranking came after.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.workbench.changes import RemoveRuleChange
    >>> one = RemoveRuleChange(change="remove rule", place=1)  # and then the second, which is the first by then
    >>> [change.place for change in without(load("elmira"), [one, one], 1)]
    [2]
    """
    whole = {of: list(range(count)) for of, count in sizes(conflict).items()}
    kept = {of: list(tokens) for of, tokens in whole.items()}
    left: list[tuple[int, Change]] = []
    for at, change in enumerate(changes, 1):
        about = listed(change)
        if about is None:
            left += [] if at == number else [(at, change)]
            continue
        of, does = about
        token = _made(whole[of], change, does, -at)
        if at != number:
            left += [(at, one) for one in _again(whole[of], kept[of], change, does, token)]
    for at, change in left:
        conflict, _ = changed(conflict, [change], [""] * (at - 1))  # a problem gives the number that the change has so far
    return tuple(change for _, change in left)


def _again(whole: Sequence[int], kept: list[int], change: Change, does: Does, token: int) -> list[Change]:
    """A change that was made to the `whole` list, about the item with a `token`, made to the list as it is `kept`."""
    if does == "add":
        place = _after(whole, kept, token)
        kept.insert(place, token)
        return [change.model_copy(update={"place": place + 1})]
    if token not in kept:
        return []
    place = kept.index(token)
    if does == "alter":
        return [change.model_copy(update={"place": place + 1})]
    kept.pop(place)
    if does == "remove":
        return [change.model_copy(update={"place": place + 1})]
    to = _after(whole, kept, token)
    kept.insert(to, token)
    return [change.model_copy(update={"place": place + 1, "to": to + 1})] if to != place else []


def _after(whole: Sequence[int], kept: Sequence[int], token: int) -> int:
    """Where an item of the `whole` list goes among those that are `kept`: after the nearest before it that is among them."""
    before = [one for one in whole[: whole.index(token)] if one in kept]
    return kept.index(before[-1]) + 1 if before else 0


def joined(see: See, changes: Sequence[Change], new: Change) -> tuple[Change, ...]:
    """Changes with one more, as few as say the same: what sets something anew stands for what set it before, steps in a row are one.

    Parameters
    ----------
    see
        Gives the conflict after some changes.
    changes
        The changes so far.
    new
        The one that is made after them.

    Raises
    ------
    EditError, ConflictError
        As `see` does.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.workbench.changes import DirectionChange
    >>> way = {both: DirectionChange(change="set direction", option="Modify", direction=both) for both in ("both", "only_on")}
    >>> elmira = load("elmira")  # whose option can only be taken up
    >>> see = lambda changes: changed(elmira, changes)[0]
    >>> one = joined(see, [], way["both"])
    >>> len(one), joined(see, one, way["only_on"])
    (1, ())
    """
    kept = [change for change in changes if not _sets_anew(change, new)]
    last: list[Change] = [new]
    if kept:
        merged = _merged(kept[-1], new)
        if merged is not None:
            kept, last = kept[:-1], merged
    before, after = see(kept), see([*kept, *last])
    same = replace(before, guesses=()) == replace(after, guesses=())
    return tuple(kept) if same else (*kept, *last)


def _sets_anew(old: Change, new: Change) -> bool:
    """Whether a new change sets what an old one has set."""
    if old.change != new.change or old.change not in _SETS:
        return False
    one, other = dict(old), dict(new)
    return all(one[key] == other[key] for key in _SETS[old.change])


def _merged(last: Change, new: Change) -> list[Change] | None:
    """One change, or none, that does what two in a row do; None if there is none."""
    old, now = dict(last), dict(new)
    if old.get("dm") != now.get("dm"):
        return None
    pair, place = (last.change, new.change), (old.get("place"), now.get("place"))
    if pair == ("move statement", "move statement") and old["to"] == now["place"]:
        return [last.model_copy(update={"to": now["to"]})]
    if pair == ("reverse statement", "reverse statement") and place[0] == place[1]:
        return []
    if pair[0] in _RANKS and pair[1] == "place ranked state" and set(old["taken"]) == set(now["taken"]):
        return [new]
    about, other = listed(last), listed(new)
    undone = about is not None and other is not None and about[0] == other[0] and (about[1], other[1]) == ("add", "remove")
    return [] if undone and place[0] == place[1] else None
