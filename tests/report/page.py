"""A strict reader of the report's HTML: every element closed in its turn, and what a test wants to know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "link", "img", "input", "hr", "wbr", "col", "area", "base", "embed", "source", "track"})


@dataclass
class Node:
    """An element with its attributes, its children and its text in between."""

    name: str
    attributes: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it, spaces as they are."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    @property
    def words(self) -> str:
        """The text in it, as a reader sees the spaces."""
        return " ".join(self.text.split())

    def all(self, *names: str) -> list[Node]:
        """Every element in it with one of these names (any name if none is given), in order."""
        found: list[Node] = []
        for part in self.inside:
            if isinstance(part, Node):
                found += [part, *part.all(*names)] if not names or part.name in names else part.all(*names)
        return found

    def by_class(self, name: str) -> list[Node]:
        """Every element in it with a class."""
        return [node for node in self.all() if name in node.attributes.get("class", "").split()]

    def by_id(self, name: str) -> Node:
        """The element with an id."""
        (found,) = [node for node in self.all() if node.attributes.get("id") == name]
        return found


class Reader(HTMLParser):
    """Builds the tree and refuses what browsers would repair."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute is given twice in <{tag}>"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(text: str) -> Node:
    """The tree of a page; fails if elements are not closed in their turn."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root], f"left open: {[node.name for node in reader.open[1:]]}"
    return reader.root
