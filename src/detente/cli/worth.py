"""What is worth knowing about an analysis: at most four remarks, each computed, each with the command that shows more.

Before them, where there is something to say, what the concepts that were asked for do not take into account.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.app.documents import AnalysisDocument, StatusQuoPart
from detente.cli.term import Terminal, cells, quoted, typed
from detente.cli.wrap import under, wrapped
from detente.text import counted, listing, plural

MOST = 4
_FAR_SIGHTED = ("SEQ", "SSEQ")


def worth_knowing(document: AnalysisDocument, terminal: Terminal) -> list[str]:
    """The lines, with a heading; none if there is nothing."""
    file = typed(document.conflict)
    remarks = [remark for found in (_at_status_quo, _threats, _evidence, _warnings) for remark in found(document, file)][:MOST]
    remarks = [*_readings(document), *_strength(document, file), *remarks]
    lines: list[str] = []
    for text, command in remarks:
        found = wrapped(text, terminal.width, "  ", "    ")
        gap = terminal.width - cells(found[-1]) - cells(command)
        if gap >= 2:
            found[-1] += " " * gap + terminal.style("cyan", command)
        else:
            found.append(" " * max(4, terminal.width - cells(command)) + terminal.style("cyan", command))
        lines += found
    return [terminal.style("bold", "Worth knowing"), *lines] if lines else []


def _at_status_quo(document: AnalysisDocument, file: str) -> Iterator[tuple[str, str]]:
    now = document.status_quo
    if now is None:
        return
    if now.crosses_red_line_of:
        yield f"The status quo crosses a red line of {listing(now.crosses_red_line_of)}.", f"detente check {file}"
    text, command = _better_for_all(now, file)
    hangs = document.diagnosis.hangs if document.diagnosis else None
    yield f"{text} {hangs.text}" if hangs is not None else text, command


def _better_for_all(now: StatusQuoPart, file: str) -> tuple[str, str]:
    """Whether there is a state that nobody, or not everybody, would have reason to refuse."""
    if now.worse_for_none is None or now.better_for_all is None:
        return _uncounted(now, file)
    if not now.worse_for_none:
        text = "No feasible state is better than the status quo for one decision maker without being worse for another."
        return text, f"detente diagnose {file}"
    all_of_them = plural(now.better_for_all, "state is", "states are") if now.better_for_all else "No state is"
    text = f"{all_of_them} better than the status quo for every decision maker"
    if now.worse_for_none > now.better_for_all:
        count = f"{counted(now.worse_for_none)}{' (these included)' if now.better_for_all else ''}"
        text += f", {count} {'is' if now.worse_for_none == 1 else 'are'} better for some and worse for none"
    return f"{text}; {_held(now)}.", f"detente path {file} {now.nearest}"


def _uncounted(now: StatusQuoPart, file: str) -> tuple[str, str]:
    """What is known of better states where they were not counted."""
    more = f"detente diagnose {file}"
    if now.some_better_for_all:
        at = "" if now.nearest is None else f", state {now.nearest:,} for one"
        return f"There are states better than the status quo for every decision maker{at}; they were not counted.", more
    if now.some_worse_for_none:
        return "No state is better than the status quo for every decision maker; some are better for one and worse for none.", more
    if now.some_better_for_all is None or now.some_worse_for_none is None:
        return "Whether any state is better than the status quo for every decision maker is not known.", more
    return "No feasible state is better than the status quo for one decision maker without being worse for another.", more


def _held(now: StatusQuoPart) -> str:
    """Under which concepts the states that are worse for none are equilibria."""
    of = counted(now.worse_for_none or 0)
    found = {key: count for key, count in now.worse_for_none_and_equilibrium.items() if count}
    if now.worse_for_none == 1:
        return f"it is an equilibrium under {listing(found)}" if found else "it is no equilibrium"
    return f"equilibria among the {of}: {under(found)}" if found else f"of the {of} none is an equilibrium"


def _readings(document: AnalysisDocument) -> Iterator[tuple[str, str]]:
    """What concepts leave aside that the conflict says beside an order of preference; readings that have nothing to read."""
    for code in ("U483", "U486"):
        told = [found.message for found in document.warnings if found.code == code]
        if told:
            yield f"{told[0]}{f' ({len(told) - 1} more like this)' if told[1:] else ''}.", f"detente explain-code {code}"


def _strength(document: AnalysisDocument, file: str) -> Iterator[tuple[str, str]]:
    """Of equilibria with strength of preference, how many are so strongly; or that weak stability was not asked for."""
    for key in [key for key in document.counts.equilibria if key.endswith("strong") and not key.startswith("Nash:")]:
        general = key.removesuffix("strong") + "general"
        if general not in document.counts.equilibria:
            text = f"{key} tells strong stability alone; what is stable weakly is what {general} has besides."
            yield text, f"detente analyze {file} --under {general},{key}"
            continue
        all_of_them, strong = document.counts.equilibria[general], document.counts.equilibria[key]
        if all_of_them:
            text = f"{plural(all_of_them, 'state is an equilibrium', 'states are equilibria')} under {general}, "
            text += f"{counted(strong)} of {'it' if all_of_them == 1 else 'them'} strongly for everybody and "
            yield f"{text}{counted(all_of_them - strong)} weakly for somebody.", f"detente explain {file} STATE --under {key}"


def _threats(document: AnalysisDocument, file: str) -> Iterator[tuple[str, str]]:
    """Where the status quo holds only as long as answers count that do not gain by themselves."""
    now = document.status_quo
    credible = next((key for key in _FAR_SIGHTED if now and key in now.verdicts), None)
    if now is None or credible is None or "GMR" not in now.verdicts:
        return
    held = [dm for dm, stays in now.verdicts["GMR"].items() if stays and not now.verdicts[credible][dm]]
    if held:
        text = (
            f"What keeps {listing(held)} at the status quo under GMR does not count under {credible}, "
            "where every step of an answer must be a gain for whoever takes it."
        )
        yield text, f'detente explain {file} "status quo" --by {quoted(held[0])} --under {credible}'


def _evidence(document: AnalysisDocument, file: str) -> Iterator[tuple[str, str]]:
    found = document.evidence
    of = f"of {plural(found.elements, 'element')}"
    parts = []
    if found.hostile:
        about = listing(dict.fromkeys(hostile.party for hostile in found.hostile))
        count = len({hostile.element for hostile in found.hostile})
        parts.append(f"{count:,} {of} {'rests' if count == 1 else 'rest'} only on what adversaries of {about} assert")
    for count, what in ((len(found.without_basis), "without a stated basis"), (found.assumed, "assumed")):
        if count:
            parts.append(f"{count:,} {of if not parts else ''} {'is' if count == 1 else 'are'} {what}".replace("  ", " "))
    if found.missing:
        parts.append(f"the sources lack {plural(len(found.missing), 'thing')} that may matter")
    if parts:
        text = listing(parts)
        yield f"{text[0].upper()}{text[1:]}.", f"detente check {file}"


def _warnings(document: AnalysisDocument, file: str) -> Iterator[tuple[str, str]]:
    """Warnings about the model; those about evidence are counted above."""
    warnings = [found for found in document.warnings if found.severity == "warning" and not found.code.startswith("E")]
    if warnings:
        codes = listing(dict.fromkeys(found.code for found in warnings))
        verb = "is" if len(warnings) == 1 else "are"
        yield f"There {verb} {plural(len(warnings), 'warning')} about the model ({codes}).", f"detente check {file}"
