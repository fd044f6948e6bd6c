"""`unlock` in the terminal: the answer, then for each goal the levers in a few lines, then what each of them says in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.app.unlock_documents import GoalPart, LeverPart, SearchPart, UnlockDocument
from detente.cli.paragraphs import paragraph_lines
from detente.cli.sections import cost_lines, title_line
from detente.cli.term import Terminal, quoted, typed
from detente.cli.wrap import wrapped
from detente.explain.unlocking import KINDS, behaviour, crossing
from detente.text import listing, plural

ITEMS = 5
LEVERS = 3
"""How many levers of one kind are told in full unless everything is asked for."""


def show_unlock(
    document: UnlockDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False, targets: bool = False
) -> None:
    """Print what would change a conflict.

    Parameters
    ----------
    document
        What was found.
    terminal
        Where it is printed.
    seconds
        How long it took.
    everything
        Whether everything is listed in full.
    targets
        Whether targets were named; then each lever is told in full, and not only the first of each kind in a sentence.
    """
    lines = [*_identity(document, terminal), ""]
    for sentence in document.answer:
        lines += wrapped(sentence.text, terminal.width)
    full = targets or everything or len(document.kinds) == 1
    for goal in document.goals:
        lines += ["", *_goal(document, goal, terminal, full, everything)]
    if document.red_line_sets:
        lines += ["", *_red_lines(document, terminal, full, everything)]
    lines += ["", *_end(document, terminal, seconds)]
    terminal.print("\n".join(lines))


def _identity(document: UnlockDocument, terminal: Terminal) -> list[str]:
    what = f"what would change it, from state {document.start.id:,} on, {behaviour(document.profile)}"
    return [title_line(document.conflict, terminal), *wrapped(what, terminal.width)]


def _goal(document: UnlockDocument, goal: GoalPart, terminal: Terminal, full: bool, everything: bool) -> list[str]:
    """A goal: its heading, the first lever of each kind, and, where `full`, every lever with its reasons."""
    lines = wrapped(goal.called.text, terminal.width)
    lines = [terminal.style("bold", line) for line in lines]
    lines += wrapped(_holding(goal, document), terminal.width, "  ", "  ") if goal.want != "break" else []
    if not goal.searches:
        return [*lines, *wrapped("  No kind of lever was looked for.", terminal.width, "", "  ")]
    several = len(document.kinds) > 1
    brief = {search.kind: said for search in goal.searches if (said := _brief(search)) and (not full or (several and said == UNLISTED))}
    for search in _plainest_first(goal.searches):
        lines += [] if search.kind in brief else _search(document, goal, search, terminal, full, everything)
    for said in _BRIEFLY:
        kinds = [KINDS[kind] for kind, one in brief.items() if one == said]
        lines += wrapped(f"{said}: {', '.join(kinds)}", terminal.width, "  ", "    ") if kinds else []
    if goal.unsought:
        names = ", ".join(KINDS[kind] for kind in goal.unsought)
        lines += wrapped(f"not looked for unless named: {names} (--kind {','.join(goal.unsought)})", terminal.width, "  ", "    ")
    return lines


UNLISTED = "not looked for at this size"
_BRIEFLY = ("nothing needs to change", "none does it", "not settled in the time given", UNLISTED)


def _brief(search: SearchPart) -> str:
    """What is said of a kind in a few words, where there is no lever to be told; empty where there is."""
    if search.stopped == "unlisted":
        return UNLISTED
    if search.levers:
        return _BRIEFLY[0] if not search.levers[0].cost else ""
    return _BRIEFLY[1] if search.proven else _BRIEFLY[2] if search.stopped == "time" and not search.least else ""


def _holding(goal: GoalPart, document: UnlockDocument) -> str:
    by = behaviour(document.profile)
    if goal.condition is not None and goal.states is None:
        return f"How many states meet it, and hold {by}, was not counted."
    if goal.condition is None and goal.holds is None:
        return f"Whether it holds {by} as things are was not settled.{crossing(goal.crosses)}"
    if goal.condition is None:
        return f"It {'holds' if goal.holds else 'does not hold'} {by} as things are.{crossing(goal.crosses)}"
    return f"{plural(goal.states or 0, 'state meets', 'states meet')} it, of which {goal.holds or 0:,} hold {by} as things are."


def _plainest_first(searches: Sequence[SearchPart]) -> Iterator[SearchPart]:
    """Those that found something, in their order, then the others."""
    yield from (search for search in searches if search.levers)
    yield from (search for search in searches if not search.levers)


def _search(document: UnlockDocument, goal: GoalPart, search: SearchPart, terminal: Terminal, full: bool, everything: bool) -> list[str]:
    width = terminal.width
    if not search.levers:
        lines = wrapped(f"{KINDS[search.kind]}: {search.says.text}", width, "  ", "    ")
        return [*lines, *_account(search, width, full, everything)]
    lines = wrapped(f"{KINDS[search.kind]}: {search.says.text}", width, "  ", "    ")
    shown = search.levers if everything else search.levers[: max(LEVERS, one_each(search.levers)) if full else one_each(search.levers)]
    for lever in shown:
        lines += _lever(lever, width, full, None if everything else ITEMS)
    if len(shown) < len(search.levers):
        more = f"detente unlock {typed(document.conflict)}{_again(goal)} --kind {search.kind}"
        lines += wrapped(f"{len(search.levers) - len(shown):,} more: {'--all' if full else more}", width, "    ", "      ")
    return [*lines, *_account(search, width, full, everything)] if full else lines


def one_each(levers: Sequence[LeverPart]) -> int:
    """How many levers, from the first on, there are with one of the least cost for everybody whom one asks to act."""
    return len({lever.by for lever in levers if lever.cost == levers[0].cost})


def _account(search: SearchPart, width: int, full: bool, everything: bool) -> list[str]:
    """What else is to be said of a search: its first sentence, and where `full`, all of it."""
    lines: list[str] = []
    for paragraph in search.account if full else search.account[:1]:
        lines += paragraph_lines(paragraph, width, None if everything else ITEMS, "    ")
    return lines


def _again(goal: GoalPart) -> str:
    """The words that ask for one goal again."""
    if goal.want == "break":
        return " --want break"
    target = goal.condition or (goal.target and (goal.target.name or str(goal.target.id))) or ""
    return f" --target {quoted(target)} --want {goal.want}"


def _lever(lever: LeverPart, width: int, full: bool, items: int | None) -> list[str]:
    """A lever: what it costs, whose preference or move it is, and its sentence; where `full`, the reasons too."""
    verdict, *rest = lever.paragraphs
    sure = ", smallest" if lever.smallest and lever.kind != "plan" else ""  # other plans were not considered
    head = f"{lever.counted}{f' ({listing(lever.by)})' if lever.by else ''}{sure}"
    lines = wrapped(f"{head}: {verdict.sentences[0].text}", width, "    ", "      ")
    for paragraph in rest if full else ():
        lines += paragraph_lines(paragraph, width, items, "      ")
    return lines


def _red_lines(document: UnlockDocument, terminal: Terminal, full: bool, everything: bool) -> list[str]:
    """What red lines leave better for everybody: how many sets there are, and each in a sentence; where `full`, with what follows it."""
    lines = [terminal.style("bold", "Red lines: what they leave better for everybody")]
    for part in document.red_line_sets:
        lines += wrapped(part.says.text, terminal.width, "  ", "    ")
        for found in (*part.emptying, *part.restoring):
            verdict, *rest = found.paragraphs
            lines += wrapped(verdict.sentences[0].text, terminal.width, "    ", "      ")
            for paragraph in rest if full else ():
                lines += paragraph_lines(paragraph, terminal.width, None if everything else ITEMS, "      ")
    return lines


def _end(document: UnlockDocument, terminal: Terminal, seconds: float | None) -> list[str]:
    """What was looked for, and what it took."""
    lines = []
    if document.interrupted:
        lines.append("Interrupted: goals and kinds that are not above were not looked at.")
    if document.red_lines == "excluded" and "preference" in document.kinds and any(dm.red_lines for dm in document.decision_makers):
        lines.append("Preference shifts across red lines are left out: --red-lines counted")
    unlisted = _unlisted(document)
    if unlisted:
        why = "Such levers are found by comparing all states, which a conflict of this size does not allow; there may be some."
        lines.append(f"{UNLISTED[0].upper()}{UNLISTED[1:]}: {listing([KINDS[kind] for kind in unlisted])}. {why}")
    seen = {search.kind for goal in document.goals for search in goal.searches} | ({"red-lines"} if document.red_line_sets else set())
    sought = [KINDS[kind] for kind in document.kinds if kind in seen and kind not in unlisted]
    looked = f"looked for: {listing(sought)}" if sought else "nothing was looked for"
    return [*(line for text in lines for line in wrapped(text, terminal.width)), *cost_lines([looked], seconds, terminal.width)]


def _unlisted(document: UnlockDocument) -> list[str]:
    """The kinds (keys) that were not looked for because states are not listed."""
    stopped = {search.kind for goal in document.goals for search in goal.searches if search.stopped == "unlisted"}
    return [kind for kind in document.kinds if kind in stopped]
