"""The section on the deadlock, from the document of a diagnosis."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from detente.explain.words import Words
from detente.report.diagnosis_content import DiagnosisView, GainRow, GainTable, Linked, LinkedBlock, Spelt
from detente.report.gathering import SHOWN_ITEMS, Data, Notes
from detente.space.states import StateSpace
from detente.text import listing, plural

SPELT = 40
"""Most states that the section spells out."""

_NUMBER = re.compile(r"\d[\d,]*")


def diagnosis_view(document: Data | None, notes: Notes, space: StateSpace, shown: Container[int]) -> DiagnosisView | None:
    """The section; None where there is no diagnosis.

    Parameters
    ----------
    document
        A document `detente.diagnosis/1` as JSON data, or None.
    notes
        Numbers the evidence.
    space
        Spells states out.
    shown
        Numbers of the states that the table of states shows; other states are spelt out at the end of the section.
    """
    if document is None:
        return None
    demands = document["dilemmas"]["paragraphs"] if document["dilemmas"] else ()
    mentioned = dict.fromkeys(number for paragraph in (*document["paragraphs"], *demands) for number in _states(paragraph))
    spelt = [number for number in mentioned if number not in shown][:SPELT]
    places = {number: f"#s{number}" for number in mentioned if number in shown} | {number: f"#spelt-{number}" for number in spelt}
    maker, words = _Blocks(notes, places), Words(space)
    head, *rest = document["paragraphs"]
    return DiagnosisView(
        title="What kind of stuck" if document["stuck"] else "Is it stuck?",
        verdict=maker.linked(head["sentences"][0]),
        blocks=tuple(map(maker.block, rest)),
        gains=tuple(_gains(document, space)),
        demands=tuple(map(maker.block, demands)),
        no_demands=document["no_dilemmas"] or "",
        states=tuple(Spelt(number, words.name(state), words.spelt(state)) for number in spelt for state in (space.state(number),)),
    )


def _states(paragraph: Data) -> Iterator[int]:
    for sentence in (*paragraph["sentences"], *(paragraph.get("items") or ())):
        yield from sentence["states"]


class _Blocks:
    """Makes paragraphs whose states lead to where they are shown."""

    def __init__(self, notes: Notes, places: Mapping[int, str]) -> None:
        self.notes = notes
        self.places = places

    def block(self, paragraph: Data) -> LinkedBlock:
        """A paragraph; a long list is cut into what is shown at once and what is shown on demand."""
        lead = tuple(map(self.linked, paragraph["sentences"]))
        items = tuple(map(self.linked, paragraph.get("items") or ()))
        first = len(items) if len(items) <= SHOWN_ITEMS + 2 else SHOWN_ITEMS
        return LinkedBlock(lead, items[:first], items[first:])

    def linked(self, sentence: Data) -> Linked:
        """A sentence in which the numbers of its states are links."""
        text, known = sentence["text"], {f"{number:,}": number for number in sentence["states"]}
        parts: list[tuple[str, str]] = []
        done = 0
        for match in _NUMBER.finditer(text):
            number = known.get(match[0].rstrip(","))
            end = match.start() + len(match[0].rstrip(","))
            if number in self.places and number is not None and _names_a_state(text, match.start(), end):
                parts += [(text[done : match.start()], ""), (text[match.start() : end], self.places[number])]
                done = end
        parts.append((text[done:], ""))
        return Linked(tuple(part for part in parts if part[0]), self.notes.said(sentence).notes)


def _names_a_state(text: str, start: int, end: int) -> bool:
    """Whether a number in a text is that of a state: it follows the word or an arrow, or an arrow follows it."""
    return bool(re.search(r"[Ss]tates? $|▸ $", text[:start])) or text[end:].startswith(" ▸")


def _gains(document: Data, space: StateSpace) -> Iterator[GainTable]:
    """The tables of what is better, for everybody and for nobody worse; none for a set of no or of one state, or one not counted."""
    names = {option.key: option.name for option in space.conflict.options}
    whole = document["better_for_all"]["count"]
    for key, kind in (("better_for_all", "better for everybody"), ("worse_for_none", "worse for nobody and better for somebody")):
        found = document[key]
        if found["hold"] is not None and found["count"] > 1:
            further = "further " if key == "worse_for_none" and whole else ""
            common = {*found["taken"], *(f"not {option}" for option in found["not_taken"])}
            rows = [_row(part, names, common) for part in found["by_condition"]]
            if len(rows) != 1:
                rows.append(GainRow("in all", found["count"], found["hold"], _ways(found["ways"])))
            heading = f"{plural(found['count'], f'{further}state', f'{further}states')} {kind}"
            yield GainTable(f"gains-{key.replace('_', '-')}", heading, _condition(found["taken"], found["not_taken"], names), tuple(rows))


def _row(part: Data, names: Mapping[str, str], common: Container[str]) -> GainRow:
    taken = [key for key in part["taken"] if key not in common]
    not_taken = [key for key in part["not_taken"] if f"not {key}" not in common]
    return GainRow(_condition(taken, not_taken, names) or "all of them", part["count"], part["hold"], _ways(part["ways"]))


def _condition(taken: Sequence[str], not_taken: Sequence[str], names: Mapping[str, str]) -> str:
    """A condition in words: "“x” and “y” taken, “z” not"."""
    said = [f"{listing([f'“{names[key]}”' for key in taken])} taken"] if taken else []
    said += [f"{listing([f'“{names[key]}”' for key in not_taken])} not" + ("" if taken else " taken")] if not_taken else []
    return ", ".join(said)


def _ways(ways: Data | None) -> tuple[int, int, int, int] | None:
    return None if ways is None else (ways["alone"], ways["by_improvements"], ways["together"], ways["out_of_reach"])
