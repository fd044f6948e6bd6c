"""From the text of a YAML (or JSON) document to nodes: bounded, without running anything, every problem with its place.

Only the events of ruamel's pure-Python parser are used.  Tags never make objects, aliases are counted by what they stand for, and
the parser is asked for one event at a time, so that a hostile file is left as soon as it passes a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, DocumentStartEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from detente.errors import ConflictError, Diagnostic, Position, Problems
from detente.io.nodes import Items, Node, Pairs, Scalar, SourceText
from detente.io.syntax import explained
from detente.text import plural, shortened

MAX_TEXT = 2_000_000
"""Longest text that is read, in characters."""
MAX_DEPTH = 30
"""Deepest nesting of lists and mappings that is read."""
MAX_NODES = 200_000
"""Most values that are read, an alias counting as all that it stands for."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDLESS_TAG = re.compile(r"(?:^|[\s,\[\]{}:?-])(!\S{20000})", re.MULTILINE)  # the parser takes very long for it
_CORE = "tag:yaml.org,2002:"
_CORE_TAGS = frozenset(_CORE + kind for kind in ("str", "int", "null", "bool", "float", "seq", "map"))


def compose(source: SourceText, problems: Problems) -> Node:
    """The root of a document.

    Parameters
    ----------
    source
        The text with its name.
    problems
        Takes problems after which reading goes on: F610 (a key stands twice), F612 (a tag), F613 (a merge key), F615 (a key that is
        no single value).

    Raises
    ------
    ConflictError
        F601 (empty), F604 (too long), F605 (no YAML), F606 (a tab), F607 (a limit), F609 (half a surrogate pair), F611 (several documents),
        F614 (an alias without its anchor), F616 (a control character).

    Examples
    --------
    >>> root = compose(SourceText("a: [1, 2]", "f.yaml"), Problems())
    >>> [key.text for key, _ in root.pairs]
    ['a']
    """
    text = source.text
    if len(text) > MAX_TEXT:
        help = "leave out what the analysis does not need; the texts of sources stand in files of their own"
        raise _refusal("F604", f"the file is longer than {plural(MAX_TEXT, 'character')}", Position(source.name, 1, 1), help)
    if match := _UNPRINTABLE.search(text):
        help = "delete it, or write it as an escape in double quotation marks"
        shown = f"U+{ord(match[0]):04X}"
        raise _refusal("F616", f"the file holds the control character {shown}", source.place(match.start(), match.end()), help, shown)
    if match := _ENDLESS_TAG.search(text):
        help = "delete it; a text that begins with ! needs quotes"
        raise _refusal("F612", "a tag of more than 20,000 characters has no meaning", source.place(match.start(1), match.end(1)), help)
    if source.name.lower().endswith(".json"):
        text = text.replace("\t", " ")  # JSON may be indented by tabs; within texts it writes them as \t
    return _Composer(source, text, problems).document()


@dataclass(slots=True)
class _Anchored:
    """What an anchor stands for: the node, how many values it holds, and whether it is complete."""

    node: Node
    size: int = 0
    complete: bool = False


class _Composer:
    """One document on its way from events to nodes."""

    def __init__(self, source: SourceText, text: str, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.events: Iterator[Any] = self._parsed(text)
        self.count = 0
        self.anchors: dict[str, _Anchored] = {}

    def _parsed(self, text: str) -> Iterator[Any]:
        """The events of the parser; whatever it trips over becomes a diagnostic."""
        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except MarkedYAMLError as problem:
            raise explained(problem, self.source) from None
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
            # hostile escapes and directives make the parser itself stumble (chr() of a number that is too great)
            raise _refusal(
                "F605",
                "the file is no YAML that can be read",
                Position(self.source.name, 1, 1),
                "look for an escape that names no character",
            ) from None

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    where = self.source.place(event.start_mark.index, event.end_mark.index)
                    raise _refusal(
                        "F611",
                        "the file holds more than one document",
                        where,
                        "keep each conflict in a file of its own; delete the line ---",
                    )
                root = self.node(next(self.events), 1)
        if root is None or (isinstance(root, Scalar) and root.is_null):
            help = "`detente new` writes a conflict to begin with; the first line is `detente: 1`"
            raise _refusal("F601", "the file is empty", Position(self.source.name, 1, 1), help)
        return root

    def node(self, event: Any, depth: int) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, AliasEvent):
            return self.alias(event.anchor, start, end)
        self.counted(1, start, end)
        if depth > MAX_DEPTH:
            raise _refusal("F607", f"lists and mappings are nested deeper than {MAX_DEPTH} levels", self.source.place(start, end))
        tag = event.tag
        self.check_tag(tag, start, end)
        before = self.count
        made: Node
        if isinstance(event, ScalarEvent):
            made = Scalar(self.whole(event.value, start, end), start, end, event.style or ("!" if tag == _CORE + "str" else None))
        elif isinstance(event, SequenceStartEvent):
            made = Items(start, end)
        else:
            made = Pairs(start, end)
        anchored = _Anchored(made)
        if event.anchor is not None:
            self.anchors[event.anchor] = anchored
        if isinstance(made, Items):
            self.fill_items(made, depth)
        elif isinstance(made, Pairs):
            self.fill_pairs(made, depth)
        anchored.size, anchored.complete = self.count - before + 1, True
        return made

    def alias(self, name: str, start: int, end: int) -> Node:
        anchored = self.anchors.get(name)
        where = self.source.place(start, end)
        if anchored is None:
            raise _refusal(
                "F614",
                f'the alias "*{shortened(name)}" has no anchor before it',
                where,
                f"a text that begins with * needs quotes: '*{shortened(name)}'",
            )
        if not anchored.complete:
            raise _refusal("F614", f'the alias "*{shortened(name)}" stands inside of what it stands for', where, "write the value out")
        self.counted(anchored.size, start, end)
        return anchored.node

    def counted(self, more: int, start: int, end: int) -> None:
        self.count += more
        if self.count > MAX_NODES:
            help = "write aliases out where they are meant, and leave out what the analysis does not need"
            raise _refusal(
                "F607",
                f"the file holds more than {plural(MAX_NODES, 'value')} when its aliases are written out",
                self.source.place(start, end),
                help,
            )

    def fill_items(self, made: Items, depth: int) -> None:
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                made.end = event.end_mark.index
                return
            made.items.append(self.node(event, depth + 1))

    def fill_pairs(self, made: Pairs, depth: int) -> None:
        seen: dict[str, Scalar] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                made.end = event.end_mark.index
                return
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self.problems.error(
                    "F615",
                    "a key must be a single value",
                    self.source.where(key),
                    help="put a text before the colon; quote it if it begins with [ or {",
                )
            elif key.text == "<<" and key.style is None:
                help = "write the keys out, or give single values an anchor (&name) and use them again (*name)"
                self.problems.error("F613", "the merge key << is not read", self.source.where(key), help=help)
            elif key.text in seen:
                first = self.source.where(seen[key.text]).line
                self.problems.error(
                    "F610",
                    f'the key "{shortened(key.text)}" stands twice; first in line {first}',
                    self.source.where(key),
                    value=key.text[:200],
                    help="keep one of them, or rename one",
                )
            else:
                seen[key.text] = key
                made.pairs.append((key, value))

    def check_tag(self, tag: str | None, start: int, end: int) -> None:
        if tag is not None and tag != "!" and tag not in _CORE_TAGS:
            shown = shortened(tag.removeprefix(_CORE))
            self.problems.error(
                "F612",
                f'the tag "{shown}" has no meaning here',
                self.source.place(start, end),
                value=shown,
                help="delete the tag; conflict files hold plain values, and nothing in them is run",
            )

    def whole(self, value: str, start: int, end: int) -> str:
        """The value with pairs of surrogates, as JSON writes them, made into the characters that they stand for."""
        if _SURROGATE.search(value) is None:
            return value
        try:
            return value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            message = "a text holds half of a surrogate pair, which is no character"
            raise _refusal("F609", message, self.source.place(start, end), "write the character itself") from None


def _refusal(code: str, message: str, where: Position, help: str | None = None, value: str | None = None) -> ConflictError:
    return ConflictError([Diagnostic(code, message, where, value, help)])
