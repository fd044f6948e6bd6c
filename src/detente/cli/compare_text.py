"""`compare` in the terminal: the account in sentences, and a table of the conclusions that hang on the viewpoint."""

from __future__ import annotations

from detente.app.comparing import CompareDocument
from detente.cli.sections import account, cost_lines, show_sections
from detente.cli.term import Terminal, cells, pad
from detente.cli.wrap import wrapped
from detente.explain.compare import value_label
from detente.text import listing, plural

ITEMS = 5
"""Most items of a list that are shown without --all."""


def show_compare(document: CompareDocument, terminal: Terminal, seconds: float | None = None, *, everything: bool = False) -> None:
    """Print what viewpoints share and what hangs on them; `everything` shows all conclusions in the table, and every list in full."""
    sections = account(document.conflict, document.paragraphs, terminal, None if everything else ITEMS)
    cost = [f"types of deadlock under {listing(dict.fromkeys(document.profile.values()))}"]
    if document.tried or document.untried:
        tried = f"{plural(document.tried, 'element')} tried by themselves" if document.tried != 1 else "1 element tried by itself"
        cost.insert(0, tried)
    sections += [_table(document, terminal, everything), cost_lines(cost, seconds, terminal.width)]
    show_sections(sections, terminal)


def _table(document: CompareDocument, terminal: Terminal, everything: bool) -> list[str]:
    """A row for each conclusion that is shown, a column for the file and each viewpoint."""
    shown = [topic for topic in document.topics if everything or topic.same is not True]
    if not shown:
        return []
    keys = ["file", *(view.key or "" for view in document.views[1:])]
    rows = [["", *keys], *([topic.label, *(value_label(value, "·") for value in topic.values)] for topic in shown)]
    columns = [max(cells(row[i]) for row in rows) for i in range(1, len(keys) + 1)]
    first = max(20, min(max(cells(row[0]) for row in rows), terminal.width - 2 - sum(columns) - 2 * len(columns)))
    lines = [terminal.style("bold", "Conclusions" if everything else "Conclusions that hang on the viewpoint")]
    for label, *values in rows:
        head, *rest = wrapped(label, first - 2) or [""]
        made = [pad(head, first), *(pad(value, width, "^") for value, width in zip(values, columns, strict=True))]
        lines.append(f"  {'  '.join(made)}".rstrip())
        lines += [f"    {line}" for line in rest]
    more = len(document.topics) - len(shown)
    if more:
        apart = "" if all(topic.everywhere for topic in document.topics if topic.same) else " where they are asked"
        lines.append(f"  {more:,} more, the same in all{apart}: --all")
    return lines
