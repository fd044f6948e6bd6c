"""Edits of ordered statements in words, and what a changed order makes of two states: always in the words of the statements themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.analysis.claims.statement_edits import StatementEdit
from detente.explain.basis import basis_words
from detente.explain.prefer import reason
from detente.explain.sentence import Sentence
from detente.explain.words import Words, ordinal, quoted
from detente.model.conflict import Conflict
from detente.model.formula import written
from detente.model.parse import parse_formula


@dataclass(frozen=True, slots=True)
class Tag:
    """A statement as it is spoken of.

    Parameters
    ----------
    dm
        Whose it is (key).
    number
        Its number in the conflict; 0 for one that is added.
    says
        Its words, or its condition where it has none.
    turned
        Whether its opposite is wanted.
    """

    dm: str
    number: int
    says: str
    turned: bool = False

    @property
    def label(self) -> str:
        """The statement in quotation marks, or its opposite."""
        return f"the opposite of {quoted(self.says)}" if self.turned else quoted(self.says)

    @property
    def elements(self) -> tuple[str, ...]:
        """Its path; none for one that is added."""
        return (f"decision makers/{self.dm}/prefers/{self.number}",) if self.number else ()


def tags(conflict: Conflict, dm: str) -> tuple[Tag, ...]:
    """The statements of a decision maker (`dm`, a key) as they are spoken of, in order.

    >>> from detente.cases import load
    >>> tags(load("euphrates-1975"), "Syria")[1].label
    '“Syria escalates”'
    """
    preference = conflict.decision_maker(dm).preference
    statements = preference.statements() if preference is not None else ()
    return tuple(Tag(dm, n, statement.says or written(statement.when)) for n, statement in enumerate(statements, start=1))


class Edited:
    """A conflict's statements before and after edits, as they are spoken of.

    Parameters
    ----------
    conflict
        The conflict before.
    edits
        The edits, made one after the other.

    Examples
    --------
    >>> from detente.cases import load
    >>> edited = Edited(load("euphrates-1975"), [StatementEdit("Syria", "move", 3, 2)])
    >>> edited.condition()
    'if Syria came to value “Iraq does not attack” above “Syria escalates”'
    """

    def __init__(self, conflict: Conflict, edits: Sequence[StatementEdit]) -> None:
        self.conflict = conflict
        self.edits = tuple(edits)
        self.before = {dm.key: tags(conflict, dm.key) for dm in conflict.decision_makers}
        self.after: dict[str, list[Tag]] = {dm: list(found) for dm, found in self.before.items()}
        self._clauses: dict[str, list[str]] = {}
        self._passed: list[Tag] = []
        last: Tag | None = None
        for edit in self.edits:
            last = self._made(edit, last)

    def _made(self, edit: StatementEdit, last: Tag | None) -> Tag:
        """Make one edit, and put it into words; `last` is the statement that the edit before was about."""
        listed, at = self.after[edit.dm], edit.place - 1
        if edit.action == "add":
            tag = Tag(edit.dm, 0, edit.says or edit.when)
            above = f"above {listed[at].label}" if at < len(listed) else "below all its other statements"
            self._passed += listed[at : at + 1]
            listed.insert(at, tag)
            return self._said(tag, f"to value {tag.label} as well, {above}")
        tag = listed.pop(at)
        that = "that" if tag == last else tag.label
        match edit.action:
            case "drop":
                return self._said(tag, f"to no longer value {that}")
            case "reverse":
                turned = Tag(tag.dm, tag.number, tag.says, not tag.turned)
                listed.insert(at, turned)
                opposite = "the opposite of that" if tag == last else turned.label
                return self._said(turned, f"to want {opposite}")
            case _:
                passed = listed[edit.to - 1] if edit.to < edit.place else listed[edit.to - 2]
                listed.insert(edit.to - 1, tag)
                self._passed.append(passed)
                beside = "that" if passed == last else passed.label
                return self._said(tag, f"to value {that} {'above' if edit.to < edit.place else 'below'} {beside}")

    def _said(self, tag: Tag, clause: str) -> Tag:
        self._clauses.setdefault(tag.dm, []).append(clause)
        return tag

    def condition(self) -> str:
        """The edits as one condition: "if A came to value “x” above “y”"."""
        return "if " + ", and ".join(f"{dm} came {' and '.join(clauses)}" for dm, clauses in self._clauses.items())

    @property
    def touched(self) -> tuple[Tag, ...]:
        """The statements that are edited, and those past which one is moved, as they are in the conflict; added ones too."""
        edited = []
        lists: dict[str, list[Tag]] = {dm: list(found) for dm, found in self.before.items()}
        for edit in self.edits:
            listed = lists[edit.dm]
            if edit.action == "add":
                listed.insert(edit.place - 1, Tag(edit.dm, 0, edit.says or edit.when))
                edited.append(listed[edit.place - 1])
                continue
            tag = listed.pop(edit.place - 1)
            edited.append(tag)
            if edit.action != "drop":
                listed.insert((edit.to or edit.place) - 1, tag)
        passed = [Tag(tag.dm, tag.number, tag.says) for tag in self._passed]
        return tuple(dict.fromkeys([*edited, *passed]))

    @property
    def elements(self) -> tuple[str, ...]:
        """The paths of these statements."""
        return tuple(element for tag in self.touched for element in tag.elements)

    def grounds(self) -> tuple[Sentence, ...]:
        """Of each of these statements its place among its party's, and what it rests on, a line each."""
        return tuple(self._ground(tag) for tag in self.touched)

    def _ground(self, tag: Tag) -> Sentence:
        count = len(self.before[tag.dm])
        if not tag.number:
            return Sentence(f"{quoted(tag.says)}: given by whoever asks; {tag.dm} does not hold it in this model")
        where = f"the {ordinal(tag.number)} of the {count} statements of {tag.dm}" if count > 1 else f"the only statement of {tag.dm}"
        rests = f", {basis_words(self.conflict, tag.elements[0])}" if self.conflict.evidence.sources else ""
        return Sentence(f"{quoted(tag.says)}: {where}{rests}", (), tag.elements)

    def why(self, words: Words, dm: str, better: int, worse: int) -> tuple[str, tuple[str, ...]]:
        """What decides, after the edits, between two states one of which a decision maker then prefers, with the elements concerned.

        Parameters
        ----------
        words
            The words of the changed conflict.
        dm, better, worse
            Who prefers which state to which.
        """
        order = words.orders[dm]
        place = next(k for k, (a, b) in enumerate(zip(order.key(better), order.key(worse), strict=True)) if a != b)
        place -= bool(order.dm.red_lines)
        listed = self.after[dm]
        if not 0 <= place < len(listed):
            found = reason(words, dm, better, worse)
            return found.label, found.elements
        return listed[place].label, listed[place].elements


def condition_written(when: str) -> str:
    """A condition in its usual form, as it stands for a statement that has no words.

    >>> condition_written("(x)")
    'x'
    """
    return written(parse_formula(when))
