"""A text in YAML or JSON changed where the data that it says have changed; all else stays as it is written, to the byte.

What is made here may still say something else, where data are written in a way of their own: `detente.io.patched` reads it back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from detente.io.aligned import of_items, of_keys, written
from detente.io.emit import Data, emitted, entry_lines, escaped, item_lines, scalar
from detente.io.nodes import Items, Node, Pairs, Scalar
from detente.io.respelled import respelled
from detente.io.spots import Spot, Unplaced, block_spots, comment_of, flow_spots, is_flow, line_end, line_start

_DIGITS = re.compile(r"[0-9]+")
_UNIT = re.compile(r"[\r\n]([ \t]+)\S")


@dataclass(frozen=True, slots=True)
class Change:
    """The characters from `start` to `end` of a text make way for others."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that was there before, by its number, with what changes in it."""

    number: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry that is new: its key, None for an item of a list, and its value."""

    key: str | None
    value: Data


Slot: TypeAlias = Kept | Fresh


def applied(text: str, changes: Sequence[Change], start: int = 0, end: int | None = None) -> str:
    """A part of a text with changes made.

    >>> applied("one two", [Change(4, 7, "three")])
    'one three'
    """
    parts, at, end = [], start, len(text) if end is None else end
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        if change.start < at or change.end > end:
            raise Unplaced
        parts += [text[at : change.start], change.text]
        at = change.end
    return "".join([*parts, text[at:end]])


class Patcher:
    """Makes the changes to one text.

    Parameters
    ----------
    text
        The text.
    is_json
        Whether it is to stay JSON.
    deepest
        How deep it is looked for what changed; what is deeper is written anew as a whole.
    numbers
        Whether states that are written as numbers are written anew: after a change they may be other numbers.
    """

    def __init__(self, text: str, is_json: bool, deepest: int = 100, numbers: bool = False) -> None:
        self.text, self.is_json, self.deepest, self.numbers = text, is_json, deepest, numbers
        self.newline = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
        found = _UNIT.search(text)
        self.unit = found[1] if found else "  "

    def patched(self, root: Node, old: Data, new: Data) -> str:
        """The text, whose root says `old`, changed to say `new`; raises `Unplaced` where it can't be changed in parts."""
        return applied(self.text, self.changes(root, old, new, 0))

    # -- what changes ----------------------------------------------------------------------------------------------
    def changes(self, node: Node, old: Data, new: Data, depth: int) -> list[Change]:
        """What changes inside a node; raises `Unplaced` where all of it has to be written anew."""
        old, new = _fitted(node, old, new)
        same = written(old) == written(new)
        if same and not (self.numbers and depth <= self.deepest):
            return []
        if isinstance(node, Scalar):
            if same and not (node.style is None and _DIGITS.fullmatch(node.text) and isinstance(old, str) and old != node.text):
                return []
            raise Unplaced
        try:
            return self.inside(node, old, new, depth)
        except Unplaced:
            if not same:
                raise
            return []

    def inside(self, node: Items | Pairs, old: Data, new: Data, depth: int) -> list[Change]:
        """What changes inside a mapping or list; raises `Unplaced` where all of it has to be written anew."""
        if depth > self.deepest:
            raise Unplaced
        if isinstance(node, Pairs) and isinstance(old, dict) and isinstance(new, dict):
            return self.laid_out(node, self.pairs(node, old, new, depth))
        if isinstance(node, Items) and isinstance(old, list) and isinstance(new, list) and len(old) == len(node.items):
            old, new = _as_stands(node, old, new)
            return self.laid_out(node, self.items(node, old, new, depth))
        raise Unplaced

    def pairs(self, node: Pairs, old: Mapping[str, Data], new: Mapping[str, Data], depth: int) -> list[Slot]:
        """The entries of a mapping after the change, in order."""
        numbers = {key.text: number for number, (key, _) in enumerate(node.pairs)}
        sources = of_keys(old, new)
        if sources is None or not all(key in numbers for key in old):
            raise Unplaced
        sources = {**{key: key for key in new if key in numbers and key not in old}, **sources}
        targets = {numbers[source]: key for key, source in sources.items()}
        kept = [n for n, (key, _) in enumerate(node.pairs) if n in targets or key.text not in old]
        order = [numbers[sources[key]] for key in new if sources.get(key) in old]
        if order != sorted(order, key=[numbers[key] for key in old].index):
            places = iter(order)
            kept = [next(places) if n in order else n for n in kept]
        slots: list[Slot] = []
        for n in kept:
            key = targets.get(n)
            said = node.pairs[n][0].text
            within = () if key is None else self.within(node, n, old.get(said, _Unsaid()), new[key], depth, key)
            slots.append(Kept(n, tuple(within)))
        return _with_fresh(slots, new, sources, targets)

    def items(self, node: Items, old: Sequence[Data], new: Sequence[Data], depth: int) -> list[Slot]:
        """The items of a list after the change, in order."""
        sources = of_items(old, new)
        if sources is None:
            raise Unplaced
        return [
            Fresh(None, value) if n is None else Kept(n, tuple(self.within(node, n, old[n], value, depth)))
            for n, value in zip(sources, new, strict=True)
        ]

    def within(self, node: Items | Pairs, number: int, old: Data | _Unsaid, new: Data, depth: int, key: str | None = None) -> list[Change]:
        """What changes in an entry of a mapping or list."""
        renamed: list[Change] = []
        if isinstance(node, Pairs):
            stands, value = node.pairs[number]
            if key is not None and key != stands.text:
                renamed = [Change(stands.start, stands.end, self.inline(key, is_key=True))]
        else:
            value = node.items[number]
        try:
            if isinstance(old, _Unsaid):
                raise Unplaced
            return renamed + self.changes(value, old, new, depth + 1)
        except Unplaced:
            pass
        if isinstance(value, Scalar) and isinstance(old, str) and isinstance(new, str) and value.text != old:
            new = respelled(value.text, old, new) or new
        if is_flow(self.text, node):
            return [*renamed, self.flow_value(node, number, new)]
        return self.block_value(node, number, new, renamed)

    # -- a value written anew --------------------------------------------------------------------------------------
    def flow_value(self, node: Items | Pairs, number: int, new: Data) -> Change:
        """A value in brackets makes way for another."""
        spot = flow_spots(self.text, node)[number]
        one_line = not re.search(r"[\r\n]", self.text[node.start : node.end])
        if isinstance(node, Items):
            return Change(spot.start, spot.stop, self.inline(new, spot.start, one_line))
        key, value = node.pairs[number]
        if value.end > value.start:
            return Change(value.start, spot.stop, self.inline(new, key.start, one_line))
        colon = "" if spot.stop > key.end else ":"
        return Change(spot.stop, spot.stop, f"{colon} {self.inline(new, key.start, one_line)}")

    def block_value(self, node: Items | Pairs, number: int, new: Data, renamed: list[Change]) -> list[Change]:
        """A value on lines of its own, or on the line of its key or dash, makes way for another."""
        spot = block_spots(self.text, node)[number]
        head_end, value = (
            (node.pairs[number][0].end, node.pairs[number][1]) if isinstance(node, Pairs) else (spot.start + 1, node.items[number])
        )
        indent = spot.start - line_start(self.text, spot.start)
        head = applied(self.text, renamed, spot.start, head_end)
        laid = entry_lines(f"{' ' * indent}{head}:", new, indent) if isinstance(node, Pairs) else item_lines([new], indent)
        lines = list(laid)
        end = line_end(self.text, spot.start)
        plain = isinstance(value, Scalar) and value.style not in ("|", ">") and head_end <= value.start <= value.end <= end
        shown = lines[0].lstrip(" ").removeprefix(head).removeprefix(":" if isinstance(node, Pairs) else "").lstrip(" ")
        if plain and len(lines) == 1 and shown:
            space = " " if value.start == value.end and self.text[value.start - 1 : value.start] not in (" ", "\t") else ""
            return [*renamed, Change(value.start, value.end, space + shown)]
        comment = comment_of(self.text, head_end, value)
        first, *others = lines
        return [Change(spot.start, spot.stop, self.newline.join([first.lstrip(" ") + comment, *others]))]

    def inline(self, data: Data, at: int = 0, one_line: bool = True, is_key: bool = False) -> str:
        """Data as they stand in brackets; `at` is where, for the indentation of JSON on several lines."""
        if not self.is_json:
            return _flow(data) if not is_key else scalar(str(data), inside=True)
        said = escaped(json.dumps(data, ensure_ascii=False, indent=None if one_line else self.unit))
        margin = self.text[(own := line_start(self.text, at)) : line_end(self.text, own)]
        return said.replace("\n", self.newline + margin[: len(margin) - len(margin.lstrip())])

    # -- the entries laid out --------------------------------------------------------------------------------------
    def laid_out(self, node: Items | Pairs, slots: list[Slot]) -> list[Change]:
        """The changes that give a mapping or list these entries."""
        numbers = [slot.number for slot in slots if isinstance(slot, Kept)]
        count = len(node.pairs if isinstance(node, Pairs) else node.items)
        if len(numbers) == len(slots) and numbers == list(range(count)):
            return [change for slot in slots if isinstance(slot, Kept) for change in slot.changes]
        if not slots or not count:
            raise Unplaced
        return [self.flow(node, slots) if is_flow(self.text, node) else self.block(node, slots)]

    def flow(self, node: Items | Pairs, slots: list[Slot]) -> Change:
        """The entries in brackets, with the commas and spaces that are there."""
        spots = flow_spots(self.text, node)
        gaps = [self.text[a.stop : b.start] for a, b in pairwise(spots)]
        one_line = not re.search(r"[\r\n]", self.text[node.start : node.end])
        ahead = self.text[line_start(self.text, spots[0].start) : spots[0].start]
        usual = re.sub(r"#[^\r\n]*", "", gaps[0]) if gaps else ", " if one_line or ahead.strip() else f",{self.newline}{ahead}"
        parts = []
        for slot in slots:
            if isinstance(slot, Kept):
                parts.append(applied(self.text, slot.changes, spots[slot.number].start, spots[slot.number].stop))
            else:
                value = self.inline(slot.value, spots[0].start, one_line)
                parts.append(value if slot.key is None else f"{self.inline(slot.key, is_key=True)}: {value}")
        between = _between(slots, gaps, usual)
        return Change(spots[0].start, spots[-1].stop, "".join(a + b for a, b in zip(parts, [*between, ""], strict=True)))

    def block(self, node: Items | Pairs, slots: list[Slot]) -> Change:
        """The entries on lines of their own, with their comments, and with the blank lines that are there."""
        text, spots = self.text, block_spots(self.text, node)
        gaps = [text[a.stop : b.lead] for a, b in pairwise(spots)]
        blank = [gap for gap in gaps if not gap.strip()]
        usual = max(blank, key=blank.count) if blank else self.newline
        own = line_start(text, spots[0].start)
        indent = " " * (spots[0].start - own)
        beside = bool(text[own : spots[0].start].strip(" "))  # the first entry stands behind the dash of what it is in
        parts = []
        for place, slot in enumerate(slots):
            lead, body = self.chunk(slot, spots, len(indent))
            if place == 0 and beside and lead:
                raise Unplaced
            parts.append(body if place == 0 and beside else lead + indent + body)
        between = _between(slots, gaps, usual)
        start = spots[0].start if beside else spots[0].lead
        return Change(start, spots[-1].stop, "".join(a + b for a, b in zip(parts, [*between, ""], strict=True)))

    def chunk(self, slot: Slot, spots: Sequence[Spot], indent: int) -> tuple[str, str]:
        """The comments above an entry, and its lines without the indentation of the first."""
        if isinstance(slot, Kept):
            spot = spots[slot.number]
            own = max(line_start(self.text, spot.start), spot.lead) if spot.lead < spot.start else spot.start
            return self.text[spot.lead : own], applied(self.text, slot.changes, spot.start, spot.stop)
        lines = list(item_lines([slot.value], indent) if slot.key is None else emitted({slot.key: slot.value}, indent))
        return "", self.newline.join([lines[0].lstrip(" "), *lines[1:]])


class _Unsaid:
    """What a text says that its data leave out: what a reader assumes anyway."""


def _fitted(node: Node, old: Data, new: Data) -> tuple[Data, Data]:
    """Data as a node spells them: nothing as an empty mapping or list, a single value as the list or the mapping that it is short for."""
    if isinstance(node, Items):
        return _listed(old), _listed(new)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new) == 1:
        old, new = old[0], new[0]
    if not isinstance(node, Pairs):
        return old, new
    short = next(iter(old), None) if isinstance(old, dict) else node.pairs[0][0].text if len(node.pairs) == 1 else None
    return _mapped(old, short), _mapped(new, short)


def _listed(data: Data) -> Data:
    return [] if data is None else [data] if isinstance(data, str | int | float) else data


def _mapped(data: Data, short: str | None) -> Data:
    if data is None:
        return {}
    return {short: data} if short is not None and isinstance(data, str | int | float) else data


def _as_stands(node: Items, old: list[Data], new: list[Data]) -> tuple[list[Data], list[Data]]:
    """Two lists in the order in which a text has the first, where that is another: then order does not count."""
    texts: list[Data] = [item.text for item in node.items if isinstance(item, Scalar)]
    if texts == old or sorted(map(written, texts)) != sorted(map(written, old)):
        return old, new
    return texts, [text for text in texts if text in new] + [part for part in new if part not in texts]


def _with_fresh(slots: list[Slot], new: Mapping[str, Data], sources: Mapping[str, str], targets: Mapping[int, str]) -> list[Slot]:
    """The entries with those that are new, each behind the one that it follows in the data."""
    keys: list[str | None] = [targets.get(slot.number) if isinstance(slot, Kept) else slot.key for slot in slots]
    said = list(new)
    for place, key in enumerate(said):
        if key in sources:
            continue
        before = next((keys.index(other) for other in reversed(said[:place]) if other in keys), None)
        after = next((keys.index(other) for other in said[place:] if other in keys), len(keys))
        at = after if before is None else before + 1
        slots.insert(at, Fresh(key, new[key]))
        keys.insert(at, key)
    return slots


def _between(slots: Sequence[Slot], gaps: Sequence[str], usual: str) -> list[str]:
    """What stands between entries after the change: gaps stay at their places, go with what goes, and come with what comes."""
    numbers = {slot.number for slot in slots if isinstance(slot, Kept)}
    left = list(range(len(gaps) + 1))
    kept = list(gaps)
    for number in reversed(range(len(gaps) + 1)):
        if number not in numbers:
            at = left.index(number)
            left.remove(number)
            gone = kept.pop(min(at, len(kept) - 1)) if kept else ""
            if "#" in gone and kept and not gone.lstrip().startswith(","):
                near = max(min(at, len(kept)) - 1, 0)
                kept[near] = kept[near].rstrip() + gone if not kept[near].strip() else kept[near] + gone.lstrip("\r\n")
    for place, slot in enumerate(slots):
        if isinstance(slot, Fresh):
            kept.insert(min(place, len(kept)), usual)
    return kept[: len(slots) - 1]


def _flow(data: Data) -> str:
    """Data on one line of YAML."""
    if isinstance(data, dict):
        return f"{{{', '.join(f'{scalar(key, inside=True)}: {_flow(value)}' for key, value in data.items())}}}"
    if isinstance(data, list):
        return f"[{', '.join(map(_flow, data))}]"
    return "null" if data is None else scalar(data, inside=True) if isinstance(data, str) else str(data)
