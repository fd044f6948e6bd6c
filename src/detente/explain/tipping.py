"""Tipping points in words: the nearest changes of the model with which a conclusion is another, and what survives every such change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from detente.analysis.claims.statement_edits import StatementEdit
from detente.explain.certified import certified
from detente.explain.edits import taken_words
from detente.explain.elements import element_words
from detente.explain.levers.statements import Edited
from detente.explain.sentence import Part, Sentence
from detente.explain.subjects import subject_label, value_words
from detente.model.conflict import Conflict
from detente.model.edit import Edit, MoveStatement, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement
from detente.model.edit_rankings import MoveRanked
from detente.model.near import Edits, not_edited
from detente.text import capital, counted, listing, plural

if TYPE_CHECKING:
    from detente.analysis.sweep.near_found import CheckedEdits, Flip, Point, Tipped
    from detente.analysis.sweep.subject import Subject

AN_EDIT = (
    "An edit moves one statement of a party to another place, leaves one out or turns it round, moves a ranked state by one step, "
    "or leaves out a red line or a rule."
)
"""What counts as one edit."""
WHY_NOT = {
    "S353": "they ask under a concept that is looked at in one conflict at a time",
    "S354": "what a lever means in an edited conflict can't be told",
    "S355": "there are too many red lines to look at every set of them",
    "U505": "they took too long",
}
"""Why conclusions were not tried with edits, by the code of the reason."""


def edits_condition(conflict: Conflict, edits: Edits) -> str:
    """Edits of a conflict as one condition: "if A came to value “x” above “y”, and rule 2 did not hold".

    Parameters
    ----------
    conflict
        The conflict before.
    edits
        The edits, made one after the other; those of rules as `detente.model.near` gives them, the later rule first.

    Examples
    --------
    >>> from detente.cases import load
    >>> edits_condition(load("euphrates-1975"), (RemoveStatement("Syria", 1),)).partition("value ")[0]
    'if Syria came to no longer '
    """
    statements = [made for edit in edits if (made := statement_edit(edit)) is not None]
    said = [Edited(conflict, statements).condition().removeprefix("if ")] if statements else []
    others = Counter(edit for edit in edits if statement_edit(edit) is None)
    for edit in sorted(others, key=_place):
        match edit:
            case RemoveRedLine(dm, place):
                line = element_words(conflict, f"decision makers/{dm}/red lines/{place}").replace(f" of {dm},", ",", 1)
                said.append(f"{dm} did not have {line}")
            case RemoveRule(place):
                said.append(f"{element_words(conflict, f'rules/{place}')} did not hold")
            case MoveRanked(dm, taken, up):
                steps = "one step" if others[edit] == 1 else plural(others[edit], "step")
                said.append(f"{dm} ranked {steps} {'higher' if up else 'lower'} the state in which {taken_words(conflict, taken)}")
            case _:
                raise ValueError(f"no words are known for {edit!r}")
    return f"if {', and '.join(said)}"


def _place(edit: Edit) -> int:
    return edit.place if isinstance(edit, RemoveRedLine | RemoveRule) else 0


def statement_edit(edit: Edit) -> StatementEdit | None:
    """An edit of a statement in the form in which it is put into words; None for other edits.

    >>> statement_edit(MoveStatement("A", 3, 1)), statement_edit(RemoveRule(1))
    (StatementEdit(dm='A', action='move', place=3, to=1, when='', says=''), None)
    """
    match edit:
        case MoveStatement(dm, place, to):
            return StatementEdit(dm, "move", place, to)
        case RemoveStatement(dm, place):
            return StatementEdit(dm, "drop", place)
        case ReverseStatement(dm, place):
            return StatementEdit(dm, "reverse", place)
        case _:
            return None


def edits_elements(conflict: Conflict, edits: Edits) -> tuple[str, ...]:
    """The paths of the elements of a conflict that edits are about.

    >>> from detente.cases import load
    >>> edits_elements(load("euphrates-1975"), (RemoveStatement("Syria", 1), RemoveRule(1)))
    ('decision makers/Syria/prefers/1', 'rules/1')
    """
    statements = [made for edit in edits if (made := statement_edit(edit)) is not None]
    found = list(Edited(conflict, statements).elements) if statements else []
    for edit in edits:
        match edit:
            case RemoveRedLine(dm, place):
                found.append(f"decision makers/{dm}/red lines/{place}")
            case RemoveRule(place):
                found.append(f"rules/{place}")
            case MoveRanked(dm, _, _):
                found.append(f"decision makers/{dm}/ranking")
            case _:
                pass
    return tuple(dict.fromkeys(found))


def parts(tipped: Tipped, checked: CheckedEdits | None = None, shown: Mapping[Subject, int] | None = None) -> tuple[Part, ...]:
    """What single edits and pairs of edits make of the conclusions, paragraph by paragraph.

    Parameters
    ----------
    tipped
        What was found.
    checked
        What analyses from scratch gave; None where none were made.
    shown
        The conclusions of which a checker accepted, case by case, what single edits make of them (1), and what pairs do as well (2).

    Examples
    --------
    >>> from detente.analysis.sweep.subject import Subject
    >>> from detente.analysis.sweep.tipping import tipping
    >>> from detente.cases import load
    >>> river = load("euphrates-1975")
    >>> found = parts(tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds")]))
    >>> print(found[0].lead[0].text.partition(". ")[0])
    The nearest changes: each of 44 single edits of the model was tried
    >>> print(found[1].items[0].text.partition(";")[0])
    As written the status quo does not hold under SEQ
    """
    words = _Words(tipped)
    kept = [words.survivors(2), words.survivors(1), words.flipped(), words.not_told()]
    return (words.lead(), *(part for part in kept if part is not None), words.certified(checked, shown or {}))


class _Words:
    """The sentences on one set of tipping points."""

    def __init__(self, tipped: Tipped) -> None:
        self.tipped, self.conflict, self.profile = tipped, tipped.conflict, tipped.profile

    def lead(self) -> Part:
        """What was tried."""
        tipped = self.tipped
        if not tipped.singles:
            return Part((Sentence(f"The nearest changes: there is no edit to try. {AN_EDIT}"),))
        said = [f"The nearest changes: each of {plural(tipped.singles, 'single edit')} of the model was tried. {AN_EDIT}"]
        if tipped.pairs is not None:
            whole, pairs = tipped.pairs_tried == tipped.pairs, f"{counted(tipped.pairs)} pairs"
            tried = (
                f"all {pairs} of edits were tried"
                if whole
                else f"{counted(tipped.pairs_tried)} of {pairs} were tried, until the time was over"
            )
            said.append(f"Where no single edit changes a conclusion, {tried}.")
        left = not_edited(self.conflict)
        if left:
            said.append(f"{self._elements(left)} can't be left out by an edit.")
        return Part((Sentence(" ".join(said)),))

    def _elements(self, paths: Sequence[str]) -> str:
        named = [element_words(self.conflict, path) for path in paths]
        return capital(listing(named if len(named) <= 3 else [*named[:2], f"{plural(len(named) - 2, 'further element')}"]))

    def says(self, subject: Subject, value: object) -> str:
        """A conclusion with its value."""
        return value_words(self.conflict, self.profile, subject, value)

    def survivors(self, edits: int) -> Part | None:
        """What survives every pair, or every single edit and not every pair."""
        found = [point for point in self.tipped.surviving(edits) if point.survives == edits]
        if not found:
            return None
        if edits == 2:
            several = "conclusions survive" if len(found) > 1 else "conclusion survives"
            lead = f"{len(found):,} {several} every single edit and every pair, so that at least three edits are needed to change "
            return Part((Sentence(lead + ("them:" if len(found) > 1 else "it:")),), tuple(self._same(point) for point in found))
        several = "conclusions survive" if len(found) > 1 else "conclusion survives"
        return Part((Sentence(f"{len(found):,} {several} every single edit:"),), tuple(self._by_pair(point) for point in found))

    def _same(self, point: Point) -> Sentence:
        now = capital(self.says(point.subject, point.written))
        return Sentence(now) if point.farther is None else self._by_more(point, f"{now}; ", point.farther)

    def _by_more(self, point: Point, now: str, flip: Flip) -> Sentence:
        """Edits found by a search, and what is known of fewer."""
        many = len(flip.edits)
        if many <= point.survives + 1:
            text = f"{plural(many, 'edit')} {'is' if many == 1 else 'are'} enough: {self._then(point, flip)}"
        else:
            text = f"{plural(many, 'edit')} that were found change it, and whether fewer do is not known: {self._then(point, flip)}"
        return Sentence(f"{now}{text}", (), self._of(flip))

    def _by_pair(self, point: Point) -> Sentence:
        now, flip = capital(self.says(point.subject, point.written)), point.nearest
        if flip is None:
            why = "not all pairs were tried, and none of those tried changes it" if self.tipped.pairs_tried else "pairs were not tried"
            return Sentence(f"{now}; {why}") if point.farther is None else self._by_more(point, f"{now}; {why}; ", point.farther)
        if point.pairs is None:
            return Sentence(f"{now}; some pair of edits changes it, among those tried: {self._then(point, flip)}", (), self._of(flip))
        many = sum(count for value, count in point.pairs.items() if value != point.written)
        change = f"{plural(many, 'pair')} of edits {'changes' if many == 1 else 'change'} it"
        return Sentence(f"{now}; {change}, nearest: {self._then(point, flip)}", (), self._of(flip))

    def _of(self, flip: Flip) -> tuple[str, ...]:
        return edits_elements(self.conflict, flip.edits)

    def _then(self, point: Point, flip: Flip) -> str:
        """What is concluded after edits."""
        return f"{edits_condition(self.conflict, flip.edits)}, {self.says(point.subject, flip.value)}"

    def flipped(self) -> Part | None:
        """What a single edit changes: for each conclusion how many do, and the nearest."""
        found = [point for point in self.tipped.points if point.flips and point.written is not None]
        if not found:
            return None
        several = "conclusions are" if len(found) > 1 else "conclusion is"
        lead = (
            f"{len(found):,} {several} another after some single edit. The nearest is told: a move before what leaves out, and that before "
        )
        lead += "what turns round; of moves the shortest. To be near in the model does not mean that it is likely:"
        groups = [list(group) for _, group in groupby(found, key=self._alike)]
        return Part((Sentence(lead),), tuple(self._flip(group) for group in groups))

    @staticmethod
    def _alike(point: Point) -> tuple[object, ...]:
        """Neighbours that differ in the concept alone, and change with the same edits, are told together."""
        if point.subject.kind != "holds" or point.subject.concept is None:
            return (point.subject,)
        return (point.subject.state, point.written, point.flips)

    def _flip(self, group: Sequence[Point]) -> Sentence:
        point = group[0]
        flip, subject = point.flips[0], point.subject
        under = f" (and so under {listing([one.subject.concept or '' for one in group[1:]])})" if len(group) > 1 else ""
        give = "gives" if len(point.flips) == 1 else "give"
        many = f"{len(point.flips):,} of {plural(self.tipped.singles, 'single edit')} {give} something else"
        nearest = edits_condition(self.conflict, flip.edits)
        then = self.says(subject, flip.value)
        return Sentence(f"As written {self.says(subject, point.written)}{under}; {nearest}, {then}; {many}", (), self._of(flip))

    def not_told(self) -> Part | None:
        """What says nothing as it stands, and what could not be tried."""
        said = []
        nothing = [point for point in self.tipped.points if point.written is None]
        if nothing:
            labels = listing([f"whether {subject_label(self.conflict, point.subject)}" for point in nothing])
            said.append(f"Of a state that can't occur as the conflict is written nothing is told ({labels}).")
        for code in dict.fromkeys(self.tipped.refused.values()):
            labels = listing([subject_label(self.conflict, one) for one, why in self.tipped.refused.items() if why == code])
            said.append(f"Not tried with edits, because {WHY_NOT.get(code, 'it could not be worked out')} ({code}): {labels}.")
        return Part((Sentence(" ".join(said)),)) if said else None

    def certified(self, checked: CheckedEdits | None, shown: Mapping[Subject, int]) -> Part:
        """What was checked, and what was only worked out."""
        cases, worked_out = self._counted(shown)
        if checked is None or not checked.compared:
            return certified(cases, (*worked_out, "the changes that are told"))
        changes = len(checked.edited) - 1
        told = f"the conclusions told after {plural(changes, 'change')}" if changes else "the conclusions as written"
        if not checked.agrees:
            wrong = "the changes that are told, of which some came out otherwise when analysed from scratch: the program is wrong somewhere"
            return certified(cases, (*worked_out, wrong))
        accepted = f"{plural(checked.accepted, 'claim')} that a separate checker accepted"
        scratch = f"Analysed again from scratch, with the same result: {told}, with {accepted}."
        return Part((Sentence(scratch), *certified(cases, worked_out).lead))

    def _counted(self, shown: Mapping[Subject, int]) -> tuple[list[str], list[str]]:
        """Of how many conclusions it was checked what all single edits, and all pairs, make of them; and what was only worked out."""
        checked, worked_out = [], []
        told = [point for point in self.tipped.points if point.written is not None]
        for edits, what in ((1, "every single edit"), (2, "every pair of edits")):
            asked = [point.subject for point in told if edits == 1 or point.pairs is not None]
            accepted = sum(shown.get(subject, 0) >= edits for subject in asked)
            left = len(asked) - accepted
            if accepted:
                checked.append(f"what {what} makes of {plural(accepted, 'conclusion')}")
            if left:
                worked_out.append(f"what {what} makes of {plural(left, 'other conclusion' if accepted else 'conclusion')}")
        if any(point.pair_flips and point.pairs is None for point in told):
            worked_out.append("which pair of those tried is the nearest")
        return checked, worked_out


def table(tipped: Tipped) -> tuple[tuple[str, str, str, str], ...]:
    """A row for each conclusion: its label, how many edits it survives, how many single edits change it, and the nearest change.

    >>> from detente.analysis.sweep.subject import Subject
    >>> from detente.analysis.sweep.tipping import tipping
    >>> from detente.cases import load
    >>> river = load("euphrates-1975")
    >>> table(tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds")]))[0][:3]
    ('the status quo holds', 'not every single edit', '12 of 44')
    """
    survives = {0: "not every single edit", 1: "every single edit", 2: "every pair"}
    rows = []
    for point in tipped.points:
        nearest = "" if point.nearest is None else edits_condition(tipped.conflict, point.nearest.edits)
        changed = f"{len(point.flips):,} of {tipped.singles:,}"
        rows.append((subject_label(tipped.conflict, point.subject), survives[point.survives], changed, nearest))
    return tuple(rows)
