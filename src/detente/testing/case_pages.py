"""The manual's page of packaged cases, made from the files themselves.

`python -m detente.testing.case_pages` writes `docs/reference/cases.md` of the current folder; a test compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from detente.cases import FLAGSHIP, WIDE, describe, expect_path, load, names
from detente.cases.games import KNOWN_AS, NUMBERED, game
from detente.concepts.registry import all_concepts
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.text import listing, plural

PAGE = Path("docs/reference/cases.md")
"""Where the page stands, from the root of the repository."""

_INTRODUCTION = """# Packaged cases

Every case below is read with `detente analyze NAME`, and listed by `detente cases`. Beside each file stands one with the verdicts that are
expected of it, each with its source; the tests hold every engine to them. A published verdict that is not reproduced stays, marked
disputed, with the reason and with what is computed instead. *Recalled* means that somebody wrote it down from memory and that the printed
page was not at hand. Five cases, `half-known-objection`, `market-days`, `misread-neighbours`, `shared-lake` and `unknown-resolve`, are
made up to teach one thing each; their verdicts were worked out by hand. The flagships, `gaza-hostage-talks` and `gaza-all-fronts`, are not
on this page: they are no published analyses.
"""
_GAMES = """## 2x2:1 to 2x2:78

The strict ordinal 2×2 games, generated from all 576 ways in which two decision makers can order four outcomes. The numbers are those of
Rapoport and Guyer (1966), as Albrecht, Christianos and Schäfer (2024, section 11.2) list them. A game is written as its outcomes CC, CD, DC
and DD, each with its worth to Row and to Column, 4 the best. The equilibria are computed; a second statement of the definitions,
written separately, gives the same.
"""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _expected(name: str) -> Mapping[str, Any]:
    file = expect_path(name)
    return YAML(typ="safe").load(file) or {} if file else {}


def _concept(keys: str | Sequence[str]) -> str:
    return keys if isinstance(keys, str) else listing(keys, "or")


def _states(states: Sequence[object]) -> str:
    return ", ".join(map(str, states)) or "none"


def _claim(verdict: Mapping[str, Any]) -> str:
    if "stable" in verdict:
        return "; ".join(f"{dm} stays at {_states(states)}" for dm, states in verdict["stable"].items())
    return _states(verdict["equilibria"])


def _verdicts(verdicts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The verdicts as a table, then the disputed ones with their reasons."""
    rows = []
    for verdict in verdicts:
        mark = " (disputed)" if "disputed" in verdict else ""
        rows.append([_concept(verdict["concept"]), _claim(verdict) + mark, verdict["source"]])
    yield _table(["Concept", "Equilibria, or where a decision maker stays", "Source"], rows)
    for verdict in verdicts:
        if "disputed" in verdict:
            reason = " ".join(verdict["disputed"].split())
            yield f"Disputed: {_concept(verdict['concept'])} {_claim(verdict)}; computed {_states(verdict['computed'])}. {reason}\n"


def _case(name: str) -> Iterator[str]:
    """One case: what it is, where it is from, what is expected of it, what is missing."""
    conflict = load(name)
    space = StateSpace(conflict)
    expected = _expected(name)
    yield f"## {name}\n"
    yield f"**{conflict.title}.** {conflict.question or ''}\n"
    if conflict.about:
        yield "\n\n".join(" ".join(paragraph.split()) for paragraph in conflict.about.strip().split("\n\n")) + "\n"
    if conflict.viewpoint:
        yield f"Viewpoint: {conflict.viewpoint}.\n"
    counts = [plural(len(conflict.decision_makers), "decision maker"), plural(len(conflict.options), "option")]
    yield f"{', '.join(counts)}, {plural(space.states.count, 'feasible state')} of {conflict.combinations}.\n"
    yield "".join(_source(conflict))
    if labels := expected.get("labels"):
        yield f"States as the source calls them: {', '.join(f'{label} is {state}' for label, state in labels.items())}.\n"
    yield from _verdicts(expected["verdicts"])
    if conflict.evidence.missing:
        yield "Missing: " + "; ".join(f"{missing.what} ({missing.matters})" for missing in conflict.evidence.missing) + ".\n"


def _source(conflict: Conflict) -> Iterator[str]:
    for source in conflict.evidence.sources:
        yield f"- {source.author}, {source.date}: {source.title}; {source.kind}. {source.note or ''}".rstrip() + "\n"


def _game_table() -> str:
    """All generated games with their equilibria under every concept."""
    concepts = all_concepts()
    rows = []
    for number, text in enumerate(NUMBERED, start=1):
        conflict = game(number)
        space = StateSpace(conflict)
        engine = SingleEngine(space)
        cells = []
        for concept in concepts:
            both = engine.stable(concept, "Row") & engine.stable(concept, "Column")
            found = [named.name for named in conflict.named_states if conflict.combination(named.taken) in both]
            cells.append(" ".join(found) or "-")
        rows.append([f"{number}", text, KNOWN_AS.get(number, ""), *cells])
    return _table(["Number", "Game", "Known as", *(concept.key for concept in concepts)], rows)


def page() -> str:
    """The page of packaged cases, as Markdown.

    >>> page().splitlines()[0]
    '# Packaged cases'
    """
    published = [name for name in names() if name not in (FLAGSHIP, WIDE)]
    overview = [[f"[{name}](#{name})", describe(name)] for name in published]
    overview += [["[2x2:1 to 2x2:78](#2x21-to-2x278)", "The strict ordinal 2×2 games, generated."]]
    parts = [_INTRODUCTION, _table(["Case", "What it is"], overview)]
    for name in published:
        parts += _case(name)
    return "\n".join([*parts, _GAMES, _game_table()])


def main(arguments: Sequence[str]) -> int:
    """Write the page below a folder, the current one if none is given; returns 0."""
    target = Path(*arguments[:1]) / PAGE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(), encoding="utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
