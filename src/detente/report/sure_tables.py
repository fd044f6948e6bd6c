"""What a sweep found, in tables: from the document to words, figure by figure, with how each of them is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from detente.explain.attempts import kind_words, priced
from detente.explain.shares import bits, percent, percent_of
from detente.explain.sweep import WHY_DRAWN
from detente.explain.tipping import AN_EDIT
from detente.report.gathering import Data
from detente.report.sweep_view import CHANGES, KINDS, WITHOUT, answered, asked_of, covered, often, unchanged
from detente.report.told import Cell, Line, Told, at_most, cells
from detente.text import capital, counted, listing, plural

MOVING = 8
"""Of how many guesses, at most, it is told how far they move one conclusion."""
MANY = 10**15
"""From so many completions on it is not told beside every share how many have it."""
LEAST = 1e-9
"""What is less than this is taken for nothing."""
NO_IDLE = "none was found"
"""Where no guess is known never to matter: not of all it can always be told."""
SURVIVES = ("not every single edit", "every single edit", "every single edit and every pair")
"""What a conclusion survives, by the number that a document has."""


def sure_tables(document: Data) -> tuple[Told, ...]:
    """The tables of a document `detente.sweep/1` (as JSON data): those that have rows, the one on single voices first.

    >>> from detente.app.sweeping import sweep
    >>> found = sure_tables(sweep("half-known-objection", seconds=None, levers=False).data())
    >>> [(table.key, len(table.rows)) for table in found]
    [('conclusions', 12), ('hangs', 8), ('moved', 14), ('worth', 6), ('first', 14), ('guesses', 3)]
    >>> [line.text for line in found[0].rows[0][2]]
    ['yes 66.7% (8 of 12)', 'no 33.3% (4 of 12)']
    """
    made = (_voices, _conclusions, _levers, _cheapest, _hangs, _moved, _worth, _first, _tipping, guesses_table)
    return tuple(table for make in made if (table := make(document)).rows)


# -- shares -----------------------------------------------------------------------------------------------------------
def _conclusions(document: Data) -> Told:
    asked = sorted(asked_of(document), key=lambda one: one["same"])
    return Told(
        "conclusions",
        "How often each conclusion holds",
        f"In which share of completions each answer comes out; a solid bar: as written. {covered(document, asked)}",
        ("Conclusion", "as written", "how often", "how that is known"),
        tuple(cells(capital(one["label"]), answered(one, one["written"]), _values(document, one), _known(one)) for one in asked),
    )


def _values(document: Data, one: Data, values: Sequence[Data] | None = None) -> tuple[Line, ...]:
    """Every value of a conclusion with its share."""
    return tuple(
        Line(
            f"{value['words']} {_often(document, one, value)}",
            value["share"],
            value["low"],
            value["high"],
            solid=_is(value["value"], one["written"]),
        )
        for value in (one["values"] if values is None else values)
    )


def _is(value: Any, other: Any) -> bool:
    """Whether two values are the same: a number is no yes."""
    return bool(value == other and type(value) is type(other))


def _often(document: Data, one: Data, value: Data) -> str:
    """How often a value comes out, in per cent and in completions."""
    total, count = int(one["covered"]), int(value["completions"])
    if value["low"] is not None:
        return f"{often(value)} ({counted(count)} of {counted(total)} drawn)"
    if one["same"]:
        return "in the only one" if total == 1 else f"in all {total:,}" if total < MANY else "in all"
    weighing = " by weight" if document["weighed"] else ""
    return f"{often(value)}{weighing}" + (f" ({count:,} of {total:,})" if total < MANY else "")


def _known(one: Data) -> str:
    """Whether it was counted or judged by a sample, and whether the count was checked."""
    if not one["exact"]:
        why = WHY_DRAWN.get(one["reason"], str(one["reason"]))
        return f"judged by {plural(int(one['covered']), 'completion')} drawn by chance: {why}"
    return f"counted over all; {'checked case by case' if one['checked'] else 'only worked out'}"


# -- voices -----------------------------------------------------------------------------------------------------------
def _voices(document: Data) -> Told:
    return Told(
        "voices",
        "Without a voice",
        WITHOUT,
        ("Without", "what it is", "rest on it alone", "open", "completions", "conclusions that are then not the same in all"),
        tuple(
            cells(
                one["label"],
                KINDS[one["kind"]],
                f"{len(one['rests']):,}",
                f"{len(one['opened']):,}",
                counted(int(one["completions"])) + (", drawn" if one["drawn"] else ""),
                at_most(list(_changed(document, one)), "conclusion", CHANGES) or unchanged(one),
            )
            for one in document["without"]
        ),
    )


def _changed(document: Data, one: Data) -> Iterable[str]:
    if one["reason"] is not None:
        yield f"not looked at ({one['reason']})"
    for each in one["changed"]:
        said = ", ".join(f"{value['words']} {often(value)}" for value in each["values"])
        yield f"{capital(document['conclusions'][each['conclusion']]['label'])}: {said}"


# -- guesses ----------------------------------------------------------------------------------------------------------
def guesses_table(document: Data) -> Told:
    """The guesses of a `document`, each with what is open, how it may come out, and whether that matters, where anything was counted.

    >>> way = {"words": "as written", "weight": 0.5}
    >>> one = {"label": "“resolve”", "question": "whether it holds", "alternatives": [way], "idle": None}
    >>> guesses_table({"guesses": [one]}).columns
    ('Guess', 'what is open', 'how it may come out')
    """
    matters = {True: "to none of the conclusions that were counted", False: "to some conclusion", None: "not settled"}
    open_, rows = all(one["idle"] is None for one in document["guesses"]), []
    for one in document["guesses"]:
        given = [each["weight"] or 0.0 for each in one["alternatives"]]  # as the file has them, which need not be 1 together
        weights = [f", which weighs {percent_of(weight / sum(given))}" if weight else "" for weight in given]
        ways = [each["words"] + weight for each, weight in zip(one["alternatives"], weights, strict=True)]
        last = [] if open_ else [matters[one["idle"]]]
        rows.append(cells(capital(one["label"]), one["question"], ways, *last))
    return Told(
        "guesses",
        "What is a guess",
        "What is open in this model, and how it may come out; the first way is as the file writes it.",
        ("Guess", "what is open", "how it may come out", "matters")[: max(map(len, rows), default=4)],
        tuple(rows),
    )


def _labels(document: Data) -> dict[str, str]:
    """What each guess is called, by its key."""
    return {one["key"]: one["label"] for one in document["guesses"]}


def _hangs(document: Data) -> Told:
    names = _labels(document)
    rows = []
    for one in asked_of(document):
        if (found := one["hangs"]) is not None:
            rows.append(
                cells(
                    capital(one["label"]),
                    at_most(_changing(names, found), "set"),
                    at_most(_keeping(names, found), "set"),
                    at_most([names[key] for key in one["idle"]], "guess", several="guesses") or NO_IDLE if one["exact"] else "not told",
                )
            )
    return Told(
        "hangs",
        "On which guesses it hangs",
        "The smallest sets of guesses: those that can change a conclusion if they come out otherwise while all others come out as written; "
        "and those that keep it as written, however the others come out, if they come out as written. Each line is one such set.",
        ("Conclusion", "can change it", "keep it", "never matter to it"),
        tuple(rows),
    )


def _together(names: dict[str, str], keys: Sequence[str]) -> str:
    return " with ".join(names[key] for key in keys)


def _changing(names: dict[str, str], found: Data) -> list[str]:
    if found["complete"] or found["up_to"] >= len(names):
        return [_together(names, keys) for keys in found["breaking"]]
    looked = [_together(names, keys) for keys in found["breaking"] if len(keys) <= found["up_to"]]  # of larger sets only a few were met
    if not found["up_to"]:
        return ["not looked at"]
    none = [] if looked else [f"none of at most {plural(found['up_to'], 'guess', 'guesses')}"]
    return [*looked, *none, f"sets of more than {plural(found['up_to'], 'guess', 'guesses')} were not all looked at"]


def _keeping(names: dict[str, str], found: Data) -> list[str]:
    if not found["sufficient"]:
        return [f"at least {plural(found['least'], 'guess', 'guesses')}"] if found["least"] else ["not looked at"]
    return [_together(names, keys) if keys else "nothing has to: it stays so however they come out" for keys in found["sufficient"]]


def _moved(document: Data) -> Told:
    guesses = {one["key"]: one for one in document["guesses"]}
    rows: list[tuple[Cell, ...]] = []
    for one in asked_of(document):
        for each in one["moved_by"][:MOVING]:
            guess = guesses[each["guess"]]
            named = zip(guess["alternatives"], each["shares"], strict=True)
            lines = [
                Line(f"{way['words']}: {'none drawn' if share is None else percent(Fraction(share))}", share, solid=not place)
                for place, (way, share) in enumerate(named)
            ]
            rows.append(cells(capital(one["label"]), answered(one, one["written"]), capital(guess["label"]), at_most(lines, "way")))
    return Told(
        "moved",
        "How far single guesses move it",
        "The share of completions with the answer as written, by how a single guess comes out, all others left open; solid: the guess as "
        f"written. At most {MOVING} guesses are told for each conclusion, those that move it most.",
        ("Conclusion", "as written", "guess", "share of that answer"),
        tuple(rows),
    )


# -- information ------------------------------------------------------------------------------------------------------
def _worth(document: Data) -> Told:
    asked, names = len(asked_of(document)), _labels(document)
    counting = "as the completions weigh" if document["weighed"] else "if every completion counted the same"
    drawn = " Estimates, since some were judged by completions drawn by chance." if _is_drawn(document) else ""
    return Told(
        "worth",
        "What is worth finding out",
        f"On how many of {plural(asked, 'conclusion')} the commonest answers would be right on average, {counting}: as it is, and with a "
        f"guess, or two, known first; how many would then be settled; and how much uncertainty that takes away.{drawn}",
        ("Guess", "right as it is", "right if known", "settled then", "takes away"),
        tuple(
            cells(
                capital(_together(names, one["guesses"])),
                *(_on_average(one[key], asked) for key in ("before", "after", "settled")),
                bits(one["bits"]),
            )
            for one in (*document["worth"], *document["worth_pairs"])
        ),
    )


def _on_average(number: float, most: int) -> str:
    """A number of conclusions, with two decimals; never none or all of what is not."""
    if LEAST < number < 0.005:
        return "less than 0.01"
    return f"more than {most - 0.01:,.2f}" if most - 0.005 <= number < most - LEAST else f"{number:,.2f}"


def _first(document: Data) -> Told:
    names = _labels(document)
    rows = [
        cells(
            capital(one["label"]), capital(_together(names, each["guesses"])),
            *map(percent_of, (each["before"], each["after"], each["settled"])), bits(each["bits"]),
        )
        for one in asked_of(document)
        for each in one["worth"]
        if each["bits"] > LEAST or each["after"] > each["before"] + LEAST
    ]  # fmt: skip
    return Told(
        "first",
        "What is worth finding out for each conclusion",
        "In which share of completions the commonest answer is right: as it is, and with a guess known first; in which share it is then "
        "settled; and how much uncertainty that takes away.",
        ("Conclusion", "guess", "right as it is", "right if known", "settled then", "takes away"),
        tuple(rows),
    )


def _is_drawn(document: Data) -> bool:
    return any(not one["exact"] for one in asked_of(document))


# -- levers and edits ---------------------------------------------------------------------------------------------------
def _levers(document: Data) -> Told:
    found = document["levers"] or {"tried": ()}
    shown = [document["conclusions"][one["conclusion"]] for one in found["tried"]]
    rows = []
    for place, (lever, one) in enumerate(zip(found["tried"], shown, strict=True)):
        is_most = place in found["most"] and len(found["most"]) < len(shown)
        most = ["most often of all" if found["settled"] else "most often of all, of the completions that were drawn"] if is_most else []
        who = listing(lever["by"])
        rows.append(
            cells(capital(lever["words"]), f"{kind_words(lever['kind'])}, {priced(lever['kind'], lever['cost'])}", who,
                  (*_values(document, one), *most), _known(one))
        )  # fmt: skip
    return Told(
        "levers",
        "How often each lever works",
        "Levers that were found for the conflict as the file writes it, tried in all completions; there may be others. A lever works where "
        f"the status quo holds and the lever gives what it gives as written. {covered(document, shown)}",
        ("Lever", "kind and cost", "who acts", "how often it works", "how that is known"),
        tuple(rows),
    )


def _cheapest(document: Data) -> Told:
    places = (document["levers"] or {"cheapest": ()})["cheapest"]
    shown = [document["conclusions"][place] for place in places]
    return Told(
        "cheapest",
        "The cheapest lever that works",
        f"Of several levers of one kind, in their order in the table before. {covered(document, shown)}",
        ("Levers", "how often", "how that is known"),
        tuple(cells(capital(one["question"]), _values(document, one), _known(one)) for one in shown),
    )


def _tipping(document: Data) -> Told:
    found = document["tipping"] or {"points": (), "edits": 0, "pairs": None}
    rows = []
    for point in found["points"]:
        one = document["conclusions"][point["conclusion"]]
        flips = [f"{flip['condition']}: {answered(one, flip['value'])} ({plural(flip['edits'], 'edit')})" for flip in point["flips"]]
        gives = [
            Line(
                f"{answered(one, each['value'])}: {each['edits']:,}",
                each["edits"] / found["edits"],
                solid=_is(each["value"], one["written"]),
            )
            for each in point["gives"]
        ]
        rows.append(
            cells(
                capital(one["label"]),
                answered(one, one["written"]),
                SURVIVES[point["survives"]] if found["edits"] else "–",
                flips or "none was found",
                gives,
            )
        )
    return Told(
        "tipping",
        "The nearest changes",
        (
            f"Each of {plural(found['edits'], 'single edit')} of the model as it is written was tried{_pairs(found)}. "
            if found["edits"]
            else "There is no edit to try. "
        )
        + AN_EDIT,
        ("Conclusion", "as written", "survives", "nearest changes that were found", "single edits that give each answer"),
        tuple(rows),
    )


def _pairs(found: Data) -> str:
    """How many pairs of edits were tried."""
    if found["pairs"] is None:
        return ""
    whole = found["pairs_tried"] == found["pairs"]
    tried = (
        f"all {counted(found['pairs'])}"
        if whole
        else f"{counted(found['pairs_tried'])} of {counted(found['pairs'])}, in the time there was,"
    )
    return f", and of pairs {tried} where no single one changes a conclusion"
