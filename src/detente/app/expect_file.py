"""Reads files of expected verdicts (`*.expect.yaml`); `detente.app.expect` says what they hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.errors import ConflictError, Diagnostic, Problems
from detente.io.compose import compose
from detente.io.decoding import MAX_BYTES, decoded
from detente.io.nodes import Items, Node, Pairs, Scalar, SourceText
from detente.text import did_you_mean, listing, shortened

CLAIMS = ("equilibria", "includes", "excludes", "count", "stable", "stays", "leaves")
_TOP = ("case", "labels", "counts", "status quo", "verdicts")
_VERDICT = ("concept", "any", "source", "disputed", "computed", *CLAIMS)
_COUNTS = ("combinations", "feasible", "moves")
_BY_PARTY = ("stable", "stays", "leaves")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One expected verdict: under which concepts, what is claimed, who says so, and whether it is disputed.

    Parameters
    ----------
    concepts
        Keys of all concepts that it is about; several where each decision maker stays under at least one of them.
    profile
        For each decision maker the key of a concept, or None.
    claims
        What is claimed, by kind: lists of states, lists by decision maker, or a number.
    source
        Who says so.
    disputed
        Why a claim is not reproduced, or None.
    computed
        What is found instead of a disputed claim, or None.
    """

    concepts: tuple[str, ...]
    profile: Mapping[str, str] | None
    claims: Mapping[str, Any]
    source: str
    disputed: str | None = None
    computed: Any = None


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a file of expected verdicts holds."""

    verdicts: tuple[Verdict, ...]
    labels: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    has_status_quo: bool = False
    status_quo: Any = None
    file: str | None = None


def read_expectations(path: str | os.PathLike[str]) -> Expectations:
    """Read a file of expected verdicts.

    Raises `ConflictError`: F600 if it can't be read, U417 with the place of everything in it that can't be understood.

    >>> from detente import cases
    >>> read_expectations(cases.expect_path("elmira")).verdicts[0].concepts
    ('Nash',)
    """
    name = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise ConflictError.of("F600", f'"{name}" can\'t be read: {reason}', value=name, help="name a file of expected verdicts") from None
    return parse_expectations(decoded(data, name), name)


def parse_expectations(text: str, name: str = "<text>") -> Expectations:
    """The expected verdicts in a text; see `read_expectations`.

    >>> parse_expectations("verdicts: [{concept: SEQ, equilibria: [1], source: me}]").verdicts[0].claims
    {'equilibria': [1]}
    """
    source, problems = SourceText(text, name), Problems()
    top = compose(source, problems)
    problems.raise_errors()
    return _Reader(source).file(top)


class _Reader:
    """Reads nodes, and notes every problem with its place before it gives up."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []

    def wrong(self, node: Node, message: str, help: str | None = None) -> None:
        self.problems.append(Diagnostic("U417", message, self.source.where(node), help=help))

    def file(self, top: Node) -> Expectations:
        """The whole file."""
        parts = self.mapping(top, "a file of expected verdicts", _TOP)
        verdicts = parts.get("verdicts")
        if not isinstance(verdicts, Items):
            self.wrong(verdicts or top, "`verdicts` must be a list", "see `detente explain-code U417`")
        read = [self.verdict(node) for node in verdicts.items] if isinstance(verdicts, Items) else []
        counts = {key: self.number(node) for key, node in self.mapping(parts.get("counts"), "`counts`", _COUNTS).items()}
        labels = {key: _plain(node) for key, node in self.mapping(parts.get("labels"), "`labels`", None).items()}
        status_quo = parts.get("status quo")
        if self.problems:
            raise ConflictError(self.problems)
        return Expectations(
            tuple(verdict for verdict in read if verdict is not None), labels, counts, status_quo is not None,
            None if status_quo is None else _plain(status_quo), self.source.name,
        )  # fmt: skip

    def mapping(self, node: Node | None, what: str, known: tuple[str, ...] | None) -> dict[str, Node]:
        """The pairs of a mapping whose keys are known."""
        if node is None:
            return {}
        if not isinstance(node, Pairs):
            self.wrong(node, f"{what} must be a mapping")
            return {}
        for key, _ in node.pairs:
            if known is not None and key.text not in known:
                close = did_you_mean(key.text, known)
                hint = f'did you mean "{close}"?' if close else f"there are {listing(known)}"
                self.wrong(key, f'{what} has no key "{shortened(key.text)}"', hint)
        return {key.text: value for key, value in node.pairs}

    def verdict(self, node: Node) -> Verdict | None:
        """One verdict, or None if it can't be understood."""
        before = len(self.problems)
        parts = self.mapping(node, "a verdict", _VERDICT)
        claims = {kind: self.claim(kind, parts[kind]) for kind in CLAIMS if kind in parts}
        concepts, profile = self.concepts(node, parts)
        source = parts.get("source")
        if not isinstance(source, Scalar) or source.is_null:
            self.wrong(node, "a verdict has no source", "say who found it: `source: author and year`, or `source: computed`")
        if not claims:
            self.wrong(node, "a verdict claims nothing", f"add one of {listing(CLAIMS)}")
        disputed, computed = parts.get("disputed"), parts.get("computed")
        if computed is not None and (disputed is None or len(claims) != 1):
            self.wrong(computed, "`computed` needs `disputed`, and one claim only", "split the verdict")
        if len(self.problems) > before:
            return None
        found = None if computed is None else self.claim(next(iter(claims)), computed)
        reason = None if disputed is None else str(_plain(disputed))
        return None if len(self.problems) > before else Verdict(concepts, profile, claims, str(_plain(source or node)), reason, found)

    def concepts(self, node: Node, parts: Mapping[str, Node]) -> tuple[tuple[str, ...], Mapping[str, str] | None]:
        """The concepts of a verdict, and its profile if it has one."""
        found = parts.get("concept")
        if isinstance(found, Scalar) and not found.is_null:
            return (found.text,), None
        if isinstance(found, Items) and all(isinstance(item, Scalar) for item in found.items) and found.items:
            if str(_plain(parts.get("any", node))).lower() != "true":
                self.wrong(found, "several concepts need `any: true`", "or write a verdict for each of them")
            return tuple(str(_plain(item)) for item in found.items), None
        if isinstance(found, Pairs) and found.pairs:
            profile = {key.text: str(_plain(value)) for key, value in found.pairs}
            return tuple(dict.fromkeys(profile.values())), profile
        self.wrong(found or node, "a verdict has no concept", "`concept: SEQ`, a list with `any: true`, or a mapping from decision makers")
        return (), None

    def claim(self, kind: str, node: Node) -> Any:
        """The value of one claim."""
        if kind == "count":
            return self.number(node)
        if kind in _BY_PARTY:
            return {key: self.states(value) for key, value in self.mapping(node, f"`{kind}`", None).items()}
        return self.states(node)

    def states(self, node: Node) -> list[Any]:
        """A list of states."""
        if not isinstance(node, Items):
            self.wrong(node, "a list of states is expected", "[1, 5, YNNNN]")
            return []
        return [_plain(item) for item in node.items]

    def number(self, node: Node) -> int:
        """A count."""
        if isinstance(node, Scalar) and node.text.replace("_", "").isascii() and node.text.replace("_", "").isdigit():
            return int(node.text.replace("_", "")[:30])
        self.wrong(node, "a whole number is expected")
        return 0


def _plain(node: Node) -> Any:
    """A node as a plain value: numbers that are written as such, other values as text."""
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    if isinstance(node, Pairs):
        return {key.text: _plain(value) for key, value in node.pairs}
    if node.is_null:
        return None
    return int(node.text) if node.style is None and node.text.isascii() and node.text.isdigit() and len(node.text) < 20 else node.text
