"""What stands where in a `.gmcr` file: values of the right kind, numbers in range, conditions; everything else is a diagnostic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from detente.errors import Diagnostic, Problems, Severity
from detente.io.gmcr_conditions import Terms
from detente.io.json_text import JsonText, Node
from detente.text import did_you_mean, listing, shortened

MAX_ERRORS = 30
"""After this many errors the rest of a file is not looked at."""
MAX_NAME = 1_000
"""Longest name that is read, in characters."""
MAX_LISTED = 10
"""Most warnings of one code, and most ignored keys, that are listed."""


@dataclass(slots=True)
class Shape:
    """Typed access to the values of one file.

    Each method notes an error (I702 wrong kind, I704 missing, I705 no such number) and gives an empty value where the file is
    wrong, so that one reading finds all problems; after `MAX_ERRORS` it raises `ConflictError`.
    """

    json: JsonText
    problems: Problems
    ignored: list[tuple[str, Node]] = field(default_factory=list)
    warned: Counter[str] = field(default_factory=Counter)

    def error(self, code: str, message: str, node: Node, help: str | None = None) -> None:
        """Note an error at a value."""
        shown = shortened(self.json.text[node.start : min(node.end, node.start + 200)])
        self.problems.error(code, message, self.json.where(node), value=shown, help=help)
        if len(self.problems.found) >= MAX_ERRORS:
            self.problems.raise_errors()

    def warn(self, code: str, message: str, node: Node, help: str | None = None, severity: Severity = Severity.WARNING) -> None:
        """Note something that does not stop the reading; of each code only the first are listed."""
        self.warned[code] += 1
        if self.warned[code] <= MAX_LISTED:
            shown = shortened(self.json.text[node.start : min(node.end, node.start + 200)])
            self.problems.found.append(Diagnostic(code, message, self.json.where(node), shown, help, severity))

    def wrong(self, node: Node, what: str, expected: str, help: str | None = None) -> None:
        """Note that a value is not what its place asks for."""
        self.error("I702", f"{what} must be {expected}, not {node.kind}", node, help)

    def object(self, node: Node, what: str) -> Mapping[str, Node]:
        """The object at a place."""
        if isinstance(node.value, dict):
            return node.value
        self.wrong(node, what, "an object in braces")
        return {}

    def needed(self, node: Node, key: str, what: str) -> Node | None:
        """The value of a key that has to be there."""
        found = node.value.get(key) if isinstance(node.value, dict) else None
        if found is None and isinstance(node.value, dict):
            close = did_you_mean(key, [k for k in node.value if len(k) < 60])
            self.error("I704", f'{what} lacks the key "{key}"', node, f'is "{shortened(close)}" meant to be it?' if close else None)
        return found

    def items(self, node: Node | None, what: str) -> list[Node]:
        """The items of a list; none where the key is missing or null."""
        if node is None or node.value is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self.wrong(node, what, "a list")
        return []

    def text(self, node: Node | None, what: str) -> str:
        """A text."""
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.wrong(node, what, "a text in quotation marks")
            return ""
        if len(node.value) > MAX_NAME:
            self.error("I701", f"{what} is longer than {MAX_NAME:,} characters", node)
        return node.value

    def truth(self, node: Node, what: str) -> bool:
        """True or false."""
        if not isinstance(node.value, bool):
            self.wrong(node, what, "true or false")
        return node.value is True

    def number(self, node: Node, what: str, first: int, last: int) -> int | None:
        """A whole number from `first` to `last`, or None."""
        if not isinstance(node.value, int) or isinstance(node.value, bool):
            self.wrong(node, what, "a whole number")
            return None
        if not first <= node.value <= last:
            there = f"they run from {first} to {last}" if last >= first else "there is none"
            self.error("I705", f"{what} is {node.value}; {there}", node)
            return None
        return node.value

    def numbers(self, node: Node | None, what: str, noun: str, count: int) -> list[int]:
        """The numbers, from 0, in a list; one that stands twice counts once (I710, a warning)."""
        found: dict[int, None] = {}
        for item in self.items(node, what):
            number = self.number(item, f"a number of {noun} in {what}", 0, count - 1)
            if number in found:
                self.warn("I710", f"{what} names {noun} {number} twice; it counts once", item)
            elif number is not None:
                found[number] = None
        return list(found)

    def condition(self, node: Node, what: str, options: int) -> list[list[tuple[int, bool]]]:
        """A condition, simple or compound, as conjunctions any of which holds; nested compounds become one list."""
        if not isinstance(node.value, dict):
            return [self.conjunction(node, what, options)]
        self.unknown(node, {"compound", "members"}, what)
        compound = self.needed(node, "compound", f"{what}, an object,")
        if compound is not None and not self.truth(compound, f'"compound" of {what}'):
            self.error("I702", f'"compound" of {what} must be true', compound, "write a simple condition as a list")
        members = self.items(self.needed(node, "members", f"{what}, a compound condition,"), f"the members of {what}")
        return [
            term for member in members for term in self.condition(member, f"a member of {what}" if "member" not in what else what, options)
        ]

    def conjunction(self, node: Node, what: str, options: int) -> list[tuple[int, bool]]:
        """A list of pairs of an option's number and "Y" or "N", all of which hold."""
        found = []
        for pair in self.items(node, what):
            parts = self.items(pair, f"each part of {what}")
            if len(parts) != 2:
                self.error("I702", f'each part of {what} must be a pair, like [0, "Y"]', pair)
                continue
            number = self.number(parts[0], f"an option's number in {what}", 0, options - 1)
            if parts[1].value not in ("Y", "N"):
                self.error("I702", f'what {what} says of an option must be "Y" or "N"', parts[1])
            elif number is not None:
                found.append((number, parts[1].value == "Y"))
        return found

    def unknown(self, node: Node, known: Collection[str], what: str) -> None:
        """Remember the keys of an object that mean nothing here."""
        if isinstance(node.value, dict):
            self.ignored.extend((f'"{shortened(key, 40)}" of {what}', value) for key, value in node.value.items() if key not in known)

    def say_the_rest(self) -> None:
        """Note which keys were passed over (I707), and how many warnings were not listed."""
        if self.ignored:
            named = [name for name, _ in self.ignored[:MAX_LISTED]]
            more = len(self.ignored) - len(named)
            keys = listing([*named, f"{more:,} more"] if more else named)
            message = f"passed over, because they are no part of the format: {keys}"
            self.problems.note("I707", message, self.json.where(self.ignored[0][1]), help="nothing of what they hold is in the conflict")
        for code, count in self.warned.items():
            if count > MAX_LISTED:
                self.problems.note(code, f"{count - MAX_LISTED:,} more of {code} are not listed")


def keyed(terms: list[list[tuple[int, bool]]], keys: list[str]) -> Terms:
    """Conjunctions with the keys of options in place of their numbers."""
    return [tuple((keys[number], taken) for number, taken in term) for term in terms]
