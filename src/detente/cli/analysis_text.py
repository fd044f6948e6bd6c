"""`analyze` in the terminal: identity, answer, table, story, what is worth knowing, cost."""

from __future__ import annotations

from collections.abc import Sequence

from detente.app.documents import AnalysisDocument, NotKnownPart
from detente.cli.described_text import described_lines
from detente.cli.marks import number
from detente.cli.paragraphs import paragraph_lines
from detente.cli.sections import cost_lines, show_sections, title_line
from detente.cli.table import table
from detente.cli.term import Terminal, typed
from detente.cli.worth import worth_knowing
from detente.cli.wrap import joined, under, wrapped
from detente.text import listing, plural

STORY_ITEMS = 4


def show_analysis(
    document: AnalysisDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False, describe: bool = False
) -> None:
    """Print an analysis; `everything` says that all its states are to be seen, `describe` that all large sets are to be described."""
    sections = [
        _identity(document, terminal),
        _answer(document, terminal),
        table(document, terminal, everything=everything),
        _mixed(document, terminal),
        _common(document, terminal),
        described_lines(document, terminal, everything=describe),
        _completions(document, terminal),
        _story(document, terminal),
        worth_knowing(document, terminal),
        _ends(document, terminal),
        not_known_lines(document.not_known or (), terminal),
        cost_lines(_cost(document), seconds, terminal.width),
    ]
    show_sections(sections, terminal)


def _identity(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    conflict = document.conflict
    facts = [
        plural(len(document.decision_makers), "decision maker"),
        plural(len(document.options), "option"),
        f"{plural(conflict.feasible, 'feasible state')} of {number(conflict.combinations)}"
        if conflict.feasible is not None
        else f"{number(conflict.combinations)} combinations",
    ]
    if conflict.moves is not None:
        facts.append(plural(conflict.moves, "move"))
    if conflict.status_quo is not None:
        facts.append(f"status quo {conflict.status_quo:,}")
    lines = [title_line(conflict, terminal), *joined(facts, terminal.width)]
    if conflict.viewpoint:
        lines += wrapped(f"viewpoint: {conflict.viewpoint}", terminal.width)
    if conflict.question:
        lines += wrapped(conflict.question, terminal.width)
    return lines


def _answer(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    first = document.diagnosis.sentences if document.diagnosis else ()
    lines = [terminal.style("bold", line) for sentence in first for line in wrapped(sentence.text, terminal.width)]
    lines += [line for sentence in document.answer for line in wrapped(sentence.text, terminal.width)]
    if document.completions and document.completions.status_quo and not document.diagnosis:
        whose = f"Some comparisons of {listing(document.completions.of)} are not known. {document.completions.status_quo.text}"
        lines += wrapped(whose, terminal.width)
    if document.conflict.status_quo_infeasible:
        lines += wrapped("The rules exclude the status quo that the file gives.", terminal.width)
    if document.counts.equilibria:
        lines += wrapped(f"Equilibria in this model: {under(document.counts.equilibria)}.", terminal.width)
    if document.where:
        found = document.where
        met = "How many states meet" if found.states is None else plural(found.states, "state meets", "states meet")
        what = f"{met} “{found.formula}”" + (" was not counted" if found.states is None else "")
        lines += wrapped(f"{what}; equilibria among them: {under(found.equilibria)}.", terminal.width)
    return lines


def _mixed(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    if document.mixed is None:
        return []
    profile = ", ".join(f"{dm}: {key}" for dm, key in document.mixed.profile.items())
    states = document.mixed.equilibria
    more = f" and {len(states) - 12:,} more" if states and len(states) > 12 else ""
    listed = f": {listing(map(number, states[:12]))}{more}" if states else ""
    count = plural(document.mixed.count, "state is an equilibrium", "states are equilibria")
    return wrapped(f"Under the profile that was asked for ({profile}), {count}{listed}.", terminal.width)


def _common(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    """What all equilibria under a concept share, where there are more of them than the table shows."""
    shown = {key: sum(key in state.equilibrium_under for state in document.shown) for key in document.counts.equilibria}
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    described = {key for part in document.described for key in part.under}
    for key, found in document.common.items():
        if key not in described and found.count > shown[key] and (found.taken or found.not_taken):
            groups.setdefault((found.taken, found.not_taken), []).append(key)
    lines = []
    for (taken, not_taken), keys in groups.items():
        counts = listing([f"{key} ({document.common[key].count:,})" for key in keys])
        has = [f"have {listing(taken)}"] if taken else []
        has += [f"lack {listing(not_taken)}"] if not_taken else []
        lines += wrapped(f"All equilibria under {counts} {', and '.join(has)}.", terminal.width, "  ", "    ")
    return [terminal.style("bold", "What equilibria have in common"), *lines] if lines else []


def _story(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    if not document.story:
        return []
    lines: list[str] = []
    for paragraph in document.story:
        lines += paragraph_lines(paragraph, terminal.width, STORY_ITEMS, "  ")
    return [terminal.style("bold", "From the status quo"), *lines]


def _completions(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    """What holds whatever the comparisons that are not known turn out to be."""
    if document.completions is None:
        return []
    first, *rest = document.completions.sentences
    lines = wrapped(first.text, terminal.width, "  ")
    lines += [line for one in rest for line in wrapped(one.text, terminal.width, "  ", "    ")]
    return [terminal.style("bold", "What is not known of preferences"), *lines]


def not_known_lines(parts: Sequence[NotKnownPart], terminal: Terminal) -> list[str]:
    """What was asked about and is not known, each reason once, with what it is the reason for."""
    if not parts:
        return []
    together: dict[str, dict[tuple[str, tuple[str, ...]], list[str]]] = {}
    by_concept: dict[tuple[str, str, str], list[str]] = {}
    for part in parts:
        by_concept.setdefault((part.reason, part.what, part.under), []).extend([part.by] if part.by else [])
    for (reason, what, concept), keys in by_concept.items():
        together.setdefault(reason, {}).setdefault((what, tuple(keys)), []).append(concept)
    lines = [terminal.style("bold", "What is not known")]
    for reason, found in together.items():
        subjects = []
        for (what, parties), concepts in found.items():
            whom = f" for {listing(parties)}" if parties else ""
            start = "which states are stable" if what == "stable states" else "who stays there"
            subjects.append(f"{start}{whom} under {listing(concepts)}")
        text = listing(subjects)
        lines += wrapped(f"{text[0].upper()}{text[1:]}: {reason}.", terminal.width, "  ", "    ")
    if any(part.limit for part in parts):
        lines += wrapped("A greater limit may find it: --time, --memory.", terminal.width, "  ", "    ")
    return lines


def _ends(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    """What a quick look found that ends the standstill, and which command shows more."""
    if not document.ends:
        return []
    lines = [line for sentence in document.ends for line in wrapped(sentence.text, terminal.width, "  ")]
    more = f"detente unlock {typed(document.conflict)}"
    return [terminal.style("bold", "What would end it"), *lines, *wrapped(more, terminal.width, "  ")]


def _cost(document: AnalysisDocument) -> list[str]:
    parts = [plural(len(document.concepts), "concept"), f"engine: {document.engine.name}, because {document.engine.because}"]
    check = document.engine.cross_check
    if check == "agrees":
        parts.append("every engine that can answer agrees")
    elif check == "agrees on a sample":
        parts.append(f"engines agree on the {plural(document.engine.compared or 0, 'verdict')} compared, a sample")
    elif check is not None:
        parts.append(f"ENGINES DISAGREE: {'; '.join(check)}")
    return parts
