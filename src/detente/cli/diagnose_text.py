"""`diagnose` in the terminal: the diagnosis in sentences, who stays under which concept, bargains by condition, dilemmas."""

from __future__ import annotations

from collections.abc import Iterator

from detente.app.diagnosis_documents import DiagnosisDocument, GainsPart, WaysPart
from detente.app.documents import ParagraphPart
from detente.cli.explain_text import evidence_lines
from detente.cli.marks import HELD
from detente.cli.paragraphs import paragraph_lines
from detente.cli.sections import ITEMS, account, cost_lines, show_sections, small_table
from detente.cli.term import Terminal, cells, cut
from detente.cli.wrap import wrapped
from detente.text import listing

LEAVES = "–"
OPEN = "?"
_MARKS = {True: HELD, False: LEAVES, None: OPEN}


def show_diagnosis(document: DiagnosisDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print a diagnosis; `everything` says that lists are not to be cut, and that all swaps of statements are to be seen."""
    items = None if everything else ITEMS
    sections = account(document.conflict, document.paragraphs, terminal, items)
    if document.conflict.viewpoint:
        sections[0] += wrapped(f"viewpoint: {document.conflict.viewpoint}", terminal.width)
    sections += [_stability(document, terminal), _by_condition(document, terminal), _swaps(document, terminal) if everything else []]
    sections += _dilemmas(document, terminal, items)
    if document.evidence:
        sections.append(evidence_lines(document.evidence, terminal.width, everything))
    cost = [f"under {listing(dict.fromkeys(document.profile.values()))}"]
    show_sections([*sections, cost_lines(cost, seconds, terminal.width)], terminal)


def _stability(document: DiagnosisDocument, terminal: Terminal) -> list[str]:
    """Who would stay under which concept."""
    keys = list(document.stable)
    if not keys:
        return []
    rows = [["", *keys]]
    for dm in document.decision_makers:
        rows.append([cut(dm.key, 24), *(_MARKS[document.stable[key].get(dm.key)] for key in keys)])
    title = f"Who would stay at state {document.start.id:,}"
    open_ = any(len(stays) < len(document.decision_makers) for stays in document.stable.values())
    legend = f"  {HELD} would stay  {LEAVES} would leave{f'  {OPEN} not settled' if open_ else ''}"
    return [terminal.style("bold", title), *small_table(rows, "<^"), legend]


def _by_condition(document: DiagnosisDocument, terminal: Terminal) -> list[str]:
    """The states that are better, by condition, and how they could be had."""
    lines: list[str] = []
    for what, found in (
        ("better for everybody", document.better_for_all),
        ("worse for nobody, better for somebody", document.worse_for_none),
    ):
        if found.count is not None and found.count > 1 and found.exists is None:
            further = "further " if found is document.worse_for_none and document.better_for_all.count else ""
            lines += wrapped(
                f"{found.count:,} {further}states {what}; each is counted once, in the first line that fits:", terminal.width, "  "
            )
            lines += list(_members(found, terminal.width))
    return [terminal.style("bold", "Bargains by condition, and how they could be had"), *lines] if lines else []


def _members(found: GainsPart, width: int) -> Iterator[str]:
    """A line for each condition, with what all of its states have in common above."""
    common = {*found.taken, *(f"not {key}" for key in found.not_taken)}
    if common:
        yield from wrapped(f"in common: {', '.join([*found.taken, *(f'not {key}' for key in found.not_taken)])}", width, "    ", "      ")
    rows = [["condition", "states", "hold", "alone", "in turn", "together", "not at all"]]
    for part in found.by_condition:
        rest = [key for key in (*part.taken, *(f"not {key}" for key in part.not_taken)) if key not in common]
        rows.append([", ".join(rest) or "all of them", f"{part.count:,}", f"{part.hold:,}", *_counts(part.ways)])
    if len(found.by_condition) != 1:
        rows.append(["in all", f"{found.count or 0:,}", f"{found.hold or 0:,}", *_counts(found.ways)])
    room = width - 4 - sum(max(cells(row[i]) for row in rows) + 2 for i in range(1, len(rows[0])))
    for row, line in zip(
        rows, small_table([["" if cells(first) > room else first, *row] for first, *row in rows], "<^", "    "), strict=True
    ):
        if cells(row[0]) > room:
            yield from wrapped(row[0], width, "    ", "      ")
        yield line


def _counts(ways: WaysPart | None) -> list[str]:
    if ways is None:
        return ["?"] * 4
    return [f"{count:,}" if count else "·" for count in (ways.alone, ways.by_improvements, ways.together, ways.out_of_reach)]


def _swaps(document: DiagnosisDocument, terminal: Terminal) -> list[str]:
    """Two statements of a party, and how many states would be better for everybody if one of them stood past the other."""
    now = document.better_for_all.count
    rows = [["statements", "first moved down", "second moved up"]]
    for swap in document.swaps:
        if {swap.lowered.better_for_all, swap.raised.better_for_all} != {now}:
            rows.append(
                [f"{cut(swap.by, 24)} {swap.upper}, {swap.lower}", f"{swap.lowered.better_for_all:,}", f"{swap.raised.better_for_all:,}"]
            )
    if len(rows) == 1:
        return []
    lead = f"Of each two statements, how many states would be better for everybody (now {now:,}) once one is moved past the other:"
    return [
        terminal.style("bold", "What the order of statements decides"),
        *wrapped(lead, terminal.width, "  "),
        *small_table(rows, "<^", "    "),
    ]


def _dilemmas(document: DiagnosisDocument, terminal: Terminal, items: int | None) -> list[list[str]]:
    """The dilemmas of drama theory, or that there is nothing to look for them in."""
    found = document.dilemmas
    title = terminal.style("bold", "What is demanded")
    if found is None:
        return [[title, *wrapped(document.no_dilemmas or "", terminal.width, "  ")]]
    first, *rest = found.paragraphs
    return [
        [title, *paragraph_lines(first, terminal.width, None, "  ")],
        *(paragraph_lines(paragraph, terminal.width, _cut(paragraph, items), "  ") for paragraph in rest),
    ]


def _cut(paragraph: ParagraphPart, items: int | None) -> int | None:
    """How many items of a list are shown; one more than fits is shown rather than counted."""
    return None if items is None or len(paragraph.items) <= items + 1 else items
