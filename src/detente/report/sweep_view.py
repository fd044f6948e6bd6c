"""The section "How sure": what is the same however the guesses come out, from the document of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.analysis.sweep.subject import Subject
from detente.explain.subjects import answer_words
from detente.report.content import Block, Figure, Said
from detente.report.gathering import Data, Notes
from detente.report.robustness import Portion, Robustness, robustness
from detente.report.shading import per_cent
from detente.report.share_strip import StateShare, share_strip
from detente.report.tornado import Outcome, Swing, tornado, tornado_left
from detente.text import capital, counted, listing, plural

TORNADOES = 2
"""For how many conclusions the guesses that move them are drawn: those that are least sure."""
CHANGES = 4
"""Most conclusions that a row of the table of voices names."""


@dataclass(frozen=True, slots=True)
class WithoutRow:
    """A voice: how many elements rest on it alone, how many of them are open without it, and which conclusions are then not the same.

    `note` says what could not be looked at, or None; `more` counts the conclusions that are not named; `none` says that none is.
    """

    label: str
    kind: str
    rests: int
    opened: int
    completions: str
    changed: tuple[tuple[str, str], ...]
    more: int
    note: str | None
    none: str = "none"


@dataclass(frozen=True, slots=True)
class SweepView:
    """The section: the verdict, the table of voices, the pictures, and the account in paragraphs; `in_short` is for the first page."""

    verdict: Said
    in_short: str | None
    without: tuple[WithoutRow, ...]
    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]
    without_key: str = ""


def sweep_view(document: Data | None, notes: Notes) -> SweepView | None:
    """The section, from the `document` of `sweep` as JSON data, with evidence numbered by `notes`; None without one.

    >>> sweep_view(None, Notes({})) is None
    True
    """
    if document is None:
        return None
    first, *rest = document["paragraphs"]
    return SweepView(
        verdict=notes.said(first["sentences"][0]),
        in_short=document.get("in_short"),
        without=tuple(_without(document, one) for one in document["without"]),
        figures=sweep_figures(document),
        blocks=notes.blocks(rest),
        without_key=WITHOUT,
    )


# -- the table of voices --------------------------------------------------------------------------------------------------
WITHOUT = (
    "Without a voice: what rests on it alone is open, each such element as written or left out; everything else is as written. "
    "Elements that name no passage are not affected."
)
"""How the table of voices is to be read."""
KINDS = {"source": "source", "asserter": "who says it", "side": "who speaks for them", "adversaries": "said by adversaries"}
"""What kinds of voices are called."""


def _without(document: Data, one: Data) -> WithoutRow:
    changed = [(document["conclusions"][each["conclusion"]]["label"], _values(each["values"])) for each in one["changed"]]
    return WithoutRow(
        label=one["label"],
        kind=KINDS[one["kind"]],
        rests=len(one["rests"]),
        opened=len(one["opened"]),
        completions=counted(int(one["completions"])) + (", drawn" if one["drawn"] else ""),
        changed=tuple(changed[:CHANGES]),
        more=max(0, len(changed) - CHANGES),
        note=None if one["reason"] is None else f"not looked at ({one['reason']})",
        none=unchanged(one),
    )


def unchanged(one: Data) -> str:
    """What is told where no conclusion is named that is not the same without a voice (`one`).

    >>> unchanged({"drawn": False}), unchanged({"drawn": True})
    ('none', 'none that was seen in those drawn')
    """
    return "none that was seen in those drawn" if one["drawn"] else "none"


def _values(values: list[Data]) -> str:
    return ", ".join(f"{value['words']} {often(value)}" for value in values)


def often(value: Data) -> str:
    """How often a conclusion has a `value`: its share, or where completions were drawn the range of it.

    >>> often({"share": 0.5, "low": None}), often({"share": 0.5, "low": 0.25, "high": 0.75})
    ('50%', '25% to 75%')
    """
    if value["low"] is None:
        return per_cent(value["share"])
    return f"{per_cent(value['low'])} to {per_cent(value['high'])}"


# -- pictures -------------------------------------------------------------------------------------------------------------
def sweep_figures(document: Data) -> tuple[Figure, ...]:
    """The pictures of what a sweep found (`document`).

    >>> sweep_figures({"conclusions": [], "levers": None, "tipping": None})
    ()
    """
    figures = (_robustness(document), _levers(document), *_tornadoes(document), _strip(document))
    return tuple(figure for figure in figures if figure is not None)


def covered(document: Data, shown: Sequence[Data]) -> str:
    """How many completions a picture of some conclusions of a document covers (those `shown`), and how.

    >>> covered({"completions": 12}, [{"exact": True}])
    'Shares are of the 12 completions of this model, and are no likelihoods.'
    """
    total, drawn = int(document["completions"]), [one for one in shown if not one["exact"]]
    completions = plural(total, "completion") if total < 10**15 else f"completions ({counted(total)})"
    text = f"Shares are of the {completions} of this model, and are no likelihoods."
    if drawn:
        sizes = listing(dict.fromkeys(counted(int(one["covered"])) for one in drawn), "or")
        text += (
            f" {plural(len(drawn), 'conclusion')} {'was' if len(drawn) == 1 else 'were'} looked at in {sizes} completions drawn by chance; "
        )
        text += f"the line at the end of a bar is the range of the share (all ranges together at a level of {document['level']:.0%})."
    return text


def _robustness(document: Data) -> Figure | None:
    """A bar for each conclusion that is not the same in all completions."""
    told = asked_of(document)
    parted = [one for one in told if not one["same"]]
    rows = [Robustness(capital(one["label"]), _portions(one), _place(one)) for one in parted]
    title = "How often each conclusion holds"
    svg = robustness(rows, title, "The share of completions that give each answer.", "sweep-robustness")
    if svg is None:
        return None
    same = sum(one["same"] for one in told)
    others = f" {plural(same, 'further conclusion')} {'is' if same == 1 else 'are'} the same in all completions." if same else ""
    known = "" if all(one["exact"] for one in parted) else "known to be "
    caption = (
        f"For each conclusion that is not {known}the same in all completions the share that gives each answer; solid: as written.{others} "
    )
    return Figure(svg, title, caption + covered(document, told))


def asked_of(document: Data) -> list[Data]:
    """The conclusions without levers, and without whether what is better for everybody holds, where nothing ever is.

    >>> never = {"kind": "gain", "where": None, "same": True, "written": False}
    >>> kinds = [never, {"kind": "kept gain", "where": None}, {"kind": "lever", "where": None}, {"kind": "holds", "where": None}]
    >>> [one["kind"] for one in asked_of({"conclusions": kinds})]
    ['gain', 'holds']
    """
    never = [one["where"] for one in document["conclusions"] if one["kind"] == "gain" and one["same"] and one["written"] is False]
    told = [one for one in document["conclusions"] if one["kind"] not in ("lever", "cheapest")]
    return [one for one in told if one["kind"] != "kept gain" or one["where"] not in never]


def _levers(document: Data) -> Figure | None:
    """A bar for each lever: in which share of completions it works, does not, or the status quo does not hold."""
    levers = document["levers"]
    if levers is None or not levers["tried"]:
        return None
    shown = [document["conclusions"][lever["conclusion"]] for lever in levers["tried"]]
    rows = [Robustness(capital(lever["label"]), _portions(one), _place(one)) for lever, one in zip(levers["tried"], shown, strict=True)]
    title = "How often each lever works"
    about = "The share of completions in which the status quo holds and the lever gives what it gives as the file writes the conflict"
    about += ": the state that is named, or, where none is, that somebody leaves the status quo."
    svg = robustness(rows, title, about, "sweep-levers")
    return None if svg is None else Figure(svg, title, f"{about} There may be other levers. {covered(document, shown)}")


def _portions(one: Data) -> tuple[Portion, ...]:
    return tuple(Portion(value["words"], value["share"], value["low"], value["high"]) for value in one["values"])


def _place(one: Data) -> int | None:
    """The place of the value as written among the values; None where it was not drawn."""
    return next((place for place, value in enumerate(one["values"]) if value["value"] == one["written"]), None)


def _tornadoes(document: Data) -> list[Figure]:
    """For the conclusions that are least sure the guesses that move them most."""
    moved = [(place, one) for place, one in enumerate(document["conclusions"]) if one["moved_by"] and one in asked_of(document)]
    unsure = sorted(moved, key=lambda item: max(value["share"] for value in item[1]["values"]))[:TORNADOES]
    figures = (_tornado(document, place, one) for place, one in sorted(unsure))
    return [figure for figure in figures if figure is not None]


def _tornado(document: Data, place: int, one: Data) -> Figure | None:
    guesses = {guess["key"]: guess for guess in document["guesses"]}
    swings = []
    for moved in one["moved_by"]:
        guess = guesses[moved["guess"]]
        named = zip(guess["alternatives"], moved["shares"], strict=True)
        swings.append(Swing(guess["label"], tuple(Outcome(alternative["words"], share) for alternative, share in named)))
    written = next((value for value in one["values"] if value["value"] == one["written"]), None)
    base, answer = 0.0 if written is None else written["share"], answered(one, one["written"])
    title = f"Which guess moves it: {one['label']}"
    about = f"The share of completions with the answer as written ({answer}), by how single guesses come out."
    svg = tornado(swings, base, title, about, f"sweep-tornado-{place}")
    if svg is None:
        return None
    left = tornado_left(swings)
    more = f" {plural(left, 'further guess', 'further guesses')} {'moves' if left == 1 else 'move'} it less." if left else ""
    caption = f"{title}. {about} ◆ is the guess as written; the dashed line is the share over all completions.{more}"
    return Figure(svg, title, caption)


def answered(one: Data, value: Any) -> str:
    """The answer (`value`) to a conclusion of a document (`one`), in words.

    >>> one = {"kind": "type", "values": [{"value": "-", "words": "the status quo is not stuck"}]}
    >>> answered(one, "-"), answered(one, "D4"), answered({"kind": "holds", "values": []}, True)
    ('the status quo is not stuck', 'coordination (D4)', 'yes')
    """
    for each in one["values"]:
        if each["value"] == value and type(each["value"]) is type(value):
            return str(each["words"])
    if value is None:
        return "it can't occur"
    if isinstance(value, list | tuple):
        return " or ".join(listing(lines) for lines in value if lines) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return answer_words(Subject(one["kind"]), value)


def _strip(document: Data) -> Figure | None:
    """In which share of completions, and of single edits, the status quo and each named state hold."""
    held = [(place, one) for place, one in enumerate(document["conclusions"]) if one["kind"] == "holds" and _under_profile(document, one)]
    if len(held) < 2:
        return None
    tipping = document["tipping"]
    columns = ["completions", *(["single edits"] if tipping else [])]
    rows = []
    for place, one in held:
        share = sum(value["share"] for value in one["values"] if value["value"] is True)
        shares: list[float | None] = [share]
        if tipping:
            shares.append(next((_kept(tipping, point) for point in tipping["points"] if point["conclusion"] == place), None))
        rows.append(StateShare(one["state"] or "the status quo", tuple(shares), one["written"]))
    title = "Where states hold"
    about = f"The share of {listing(columns)} in which the status quo and the named states hold."
    svg = share_strip(rows, columns, title, about, "sweep-strip")
    return None if svg is None else Figure(svg, title, f"{about} {covered(document, [one for _, one in held])}")


def _kept(tipping: Data, point: Data) -> float:
    """The share of single edits after which a state holds."""
    holding = sum(each["edits"] for each in point["gives"] if each["value"] is True)
    return float(holding / max(1, tipping["edits"]))


def _under_profile(document: Data, one: Data) -> bool:
    concepts = set(document["profile"].values())
    return one["under"] is None or concepts == {one["under"]}
