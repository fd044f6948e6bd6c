"""One function for each command: asks a verb, prints its answer, gives the exit status."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from detente.cli.commands_evolution import evolve, forecast, one_thread
from detente.cli.commands_open import open_workbench
from detente.cli.commands_sure import LIMITED, sweep
from detente.cli.term import Terminal
from detente.text import plural

if TYPE_CHECKING:
    from detente.app.answers import WrittenDocument
    from detente.app.wanted import TableFile, Wanted


def check(asked: Namespace, terminal: Terminal) -> int:
    """`detente check`: status 1 if the file can't be analysed, or (with --strict) if there is any warning."""
    from detente.app.checking import check_with_text
    from detente.cli.check_text import show_check

    document, text = check_with_text(asked.file, sources=asked.sources)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_check(document, text, terminal)
    strict = asked.strict and document.counts["warning"] > 0
    return 0 if document.ok and not strict else 1


def analyze(asked: Namespace, terminal: Terminal) -> int:
    """`detente analyze`: status 1 if an expected verdict does not hold, or engines disagree; 3 if a limit was met before all was found."""
    from detente.app.analyzing import analyze as verb

    if asked.expect is not None:
        return _expect(asked, terminal)
    wanted = _wanted(asked, terminal)
    began = time.perf_counter()
    document = verb(asked.file, under=asked.under, wanted=wanted, progress=terminal.progress)
    seconds = time.perf_counter() - began
    if asked.json:
        terminal.write(document.json_text())
    else:
        from detente.cli.analysis_text import show_analysis

        show_analysis(document, terminal, seconds, everything=asked.all, describe=asked.describe)
    if document.table is not None:
        terminal.note(f"wrote {document.table.file} ({plural(document.table.rows, 'row')}, {document.table.bytes:,} bytes)")
    if document.engine.cross_check not in (None, "agrees"):
        return 1
    return LIMITED if any(one.limit for one in document.not_known or ()) else 0


def _wanted(asked: Namespace, terminal: Terminal) -> Wanted:
    """How much is wanted, and with what it is to be computed."""
    from detente.app.wanted import LIST_LIMIT, Wanted, memory_of

    limit = getattr(asked, "list_limit", None)
    return Wanted(
        engine=asked.engine,
        cross_check=getattr(asked, "cross_check", False),
        list_limit=LIST_LIMIT if limit is None else limit,
        lists=getattr(asked, "json", False),
        every_state=getattr(asked, "all", False),
        where=getattr(asked, "where", None),
        memory=None if asked.memory is None else memory_of(asked.memory),
        seconds=asked.time,
        note=lambda text: terminal.note(f"detente: {text}"),
        table=_table_file(asked),
    )


def _table_file(asked: Namespace) -> TableFile | None:
    """The file for all states, if one is asked for."""
    from detente.app.wanted import MOST_ROWS, TableFile

    path = getattr(asked, "parquet", None)
    limit = getattr(asked, "parquet_limit", None)
    return None if path is None else TableFile(path, MOST_ROWS if limit is None else limit, asked.force)


def _expect(asked: Namespace, terminal: Terminal) -> int:
    from detente.app.expect import expect
    from detente.cli.expect_text import show_expectations

    document = expect(asked.file, asked.expect, engine=asked.engine)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_expectations(document, terminal)
    return 0 if document.holds else 1


def explain(asked: Namespace, terminal: Terminal) -> int:
    """`detente explain`."""
    from detente.app.explaining import explain_all
    from detente.app.files import free, write_certificates
    from detente.cli.explain_text import show_explanations

    if asked.certificate is not None:
        free(asked.certificate, asked.force)
    document = explain_all(
        asked.file, asked.state, by=asked.by, under=asked.under, engine=asked.engine, seconds=asked.time, progress=terminal.progress
    )
    single = document.explanations[0] if len(document.explanations) == 1 else None
    if asked.json:
        terminal.write((single or document).json_text())
    else:
        show_explanations(document, terminal, everything=asked.all)
    if asked.certificate is not None:
        _written(write_certificates(asked.certificate, document.explanations), terminal)
    return 0


def path(asked: Namespace, terminal: Terminal) -> int:
    """`detente path`."""
    from detente.app.answers import PathsDocument
    from detente.app.pathing import paths
    from detente.cli.path_text import show_paths

    documents = paths(asked.file, *asked.states, by=asked.by, seconds=asked.time, progress=terminal.progress)
    if asked.json:
        terminal.write((documents[0] if len(documents) == 1 else PathsDocument(paths=documents)).json_text())
    else:
        show_paths(documents, terminal, everything=asked.all)
    return 0


def diagnose(asked: Namespace, terminal: Terminal) -> int:
    """`detente diagnose`: status 3 if the time was over before every type of deadlock was examined."""
    from detente.app.diagnosing import diagnose as verb
    from detente.cli.diagnose_text import show_diagnosis

    began = time.perf_counter()
    document = verb(asked.file, under=asked.under, start=asked.start, seconds=asked.time, progress=terminal.progress)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_diagnosis(document, terminal, time.perf_counter() - began, everything=asked.all)
    return LIMITED if document.stuck is None or any(one.reason == "time" for one in document.not_examined) else 0


def unlock(asked: Namespace, terminal: Terminal) -> int:
    """`detente unlock`: status 130 if the search was interrupted, 3 if its time was over; what was found until then is printed."""
    from detente.app.unlocking import sought_by
    from detente.app.unlocking import unlock as verb
    from detente.cli.unlock_text import show_unlock

    began = time.perf_counter()
    document = verb(
        asked.file,
        target=asked.target,
        start=asked.start,
        under=asked.under,
        want=asked.want,
        kinds=asked.kind,
        sought=sought_by(
            asked.file,
            weights=asked.weight,
            prices=asked.price,
            budgets=asked.budget,
            red_lines=asked.red_lines,
            edits=asked.edits,
            seconds=asked.time,
            progress=terminal.progress,
        ),
        keep_interrupted=True,
    )
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_unlock(document, terminal, time.perf_counter() - began, everything=asked.all, targets=bool(asked.target))
    if document.interrupted:
        return 130
    return LIMITED if any(search.stopped == "time" for goal in document.goals for search in goal.searches) else 0


def coalitions(asked: Namespace, terminal: Terminal) -> int:
    """`detente coalitions`: status 3 if a verdict was not settled."""
    from detente.app.coalescing import coalitions as verb
    from detente.cli.coalitions_text import show_coalitions

    began = time.perf_counter()
    document = verb(
        asked.file,
        asked.state,
        coalition=asked.coalition,
        partition=asked.partition,
        improvement=asked.improvement,
        joint=asked.joint,
        progress=terminal.progress,
    )
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_coalitions(document, terminal, time.perf_counter() - began, everything=asked.all)
    return LIMITED if None in document.stable.values() else 0


def fronts(asked: Namespace, terminal: Terminal) -> int:
    """`detente fronts`: status 3 if something was not settled in the time allowed."""
    from detente.app.fronting import fronts as verb
    from detente.cli.fronts_text import show_fronts

    began = time.perf_counter()
    document = verb(asked.file, under=asked.under, where=asked.where, beside=asked.beside, seconds=asked.time, progress=terminal.progress)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_fronts(document, terminal, time.perf_counter() - began, everything=asked.all)
    return LIMITED if any(one.same is None for one in document.sets) else 0


def compare(asked: Namespace, terminal: Terminal) -> int:
    """`detente compare`: status 3 if something was not settled, or an element not tried, in the time allowed."""
    from detente.app.comparing import compare as verb
    from detente.cli.compare_text import show_compare

    began = time.perf_counter()
    document = verb(
        asked.file, viewpoints=asked.viewpoints, under=asked.under, where=asked.where, seconds=asked.time, progress=terminal.progress
    )
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_compare(document, terminal, time.perf_counter() - began, everything=asked.all)
    return LIMITED if document.untried or any(topic.same is None for topic in document.topics) else 0


def compose(asked: Namespace, terminal: Terminal) -> int:
    """`detente compose`."""
    from detente.app.composing import compose as verb
    from detente.cli.compose_text import show_composition

    document = verb(asked.file, out=asked.output, under=asked.under)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_composition(document, terminal)
    return 0


def hypergame(asked: Namespace, terminal: Terminal) -> int:
    """`detente hypergame`."""
    from detente.app.hypergaming import hypergame as verb
    from detente.cli.hypergame_text import show_hypergame

    began = time.perf_counter()
    document = verb(asked.file, asked.state, under=asked.under, held=asked.held, progress=terminal.progress)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_hypergame(document, terminal, time.perf_counter() - began, everything=asked.all)
    return 0


def answer(asked: Namespace, terminal: Terminal) -> int:
    """`detente answer`."""
    from detente.app.answering import answer as verb
    from detente.cli.answer_text import show_answers

    document = verb(asked.file, under=asked.under, seconds=asked.time, progress=terminal.progress)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_answers(document, terminal, everything=asked.all)
    return 0


def report(asked: Namespace, terminal: Terminal) -> int:
    """`detente report`."""
    one_thread()
    from detente.app.reporting import report as verb

    document = verb(
        asked.file, asked.output, under=asked.under, wanted=_wanted(asked, terminal), rows=asked.rows, progress=terminal.progress
    )
    _written(document, terminal)
    return 0


def cases(asked: Namespace, terminal: Terminal) -> int:
    """`detente cases`: the list, or the text of one."""
    from detente.app.lookup import case_text
    from detente.app.lookup import cases as verb
    from detente.cli.lookup_text import show_cases

    document = verb(asked.name)
    if asked.json:
        terminal.write(document.json_text())
    elif asked.name is not None:
        terminal.write(case_text(asked.name))
    else:
        show_cases(document, terminal)
    return 0


def concepts(asked: Namespace, terminal: Terminal) -> int:
    """`detente concepts`."""
    from detente.app.lookup import concepts as verb
    from detente.cli.lookup_text import show_concepts

    document = verb(asked.name)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_concepts(document, terminal, in_full=asked.name is not None)
    return 0


def explain_code(asked: Namespace, terminal: Terminal) -> int:
    """`detente explain-code`."""
    from detente.app.lookup import explain_code as verb

    document = verb(asked.code)
    terminal.write(document.json_text() if asked.json else document.page.rstrip() + "\n")
    return 0


def new(asked: Namespace, terminal: Terminal) -> int:
    """`detente new`: writes a file, or prints its text."""
    from detente.app.files import new as verb
    from detente.app.starter import starter

    parties = None if asked.parties is None else [party for party in asked.parties.split(",") if party.strip()]
    if asked.file is None:
        terminal.write(starter(parties, asked.title))
    else:
        _written(verb(asked.file, parties=parties, title=asked.title, force=asked.force), terminal)
        terminal.note(f"next: detente check {asked.file}")
    return 0


def convert(asked: Namespace, terminal: Terminal) -> int:
    """`detente import` and `detente export`."""
    from detente.app.files import convert as verb

    _written(verb(asked.file, asked.output, force=asked.force, allow_loss=asked.allow_loss), terminal)
    return 0


def _written(document: WrittenDocument, terminal: Terminal) -> None:
    """Say what was written, and what was lost on the way."""
    for note in document.notes:
        place = f"{note.file}:{note.line}:{note.column}: " if note.line is not None else ""
        terminal.note(f"{place}{note.severity}[{note.code}]: {note.message}")
    terminal.note(f"wrote {document.file} ({document.bytes:,} bytes)")


COMMANDS: Mapping[str, Callable[[Namespace, Terminal], int]] = {
    "analyze": analyze,
    "answer": answer,
    "cases": cases,
    "check": check,
    "compare": compare,
    "compose": compose,
    "coalitions": coalitions,
    "concepts": concepts,
    "diagnose": diagnose,
    "evolve": evolve,
    "explain": explain,
    "explain-code": explain_code,
    "export": convert,
    "forecast": forecast,
    "fronts": fronts,
    "hypergame": hypergame,
    "import": convert,
    "new": new,
    "open": open_workbench,
    "path": path,
    "report": report,
    "sweep": sweep,
    "unlock": unlock,
}
"""The function of each command."""
