"""Detente: graph model for conflict resolution, from a written conflict to stable states and why they are stable.

The verbs of the command line are functions here; they take and give values and print nothing.

>>> import detente
>>> conflict = detente.read("elmira")
>>> detente.analyze(conflict, under="SEQ").equilibria
{'SEQ': (5, 8, 9)}
>>> detente.explain(conflict, 1, by="Local", under="SEQ").stays
False

Everything is loaded when it is first used, so that the import itself takes no time.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspect import Signature
    from pathlib import Path

    from detente.app.analyzing import analyze
    from detente.app.answering import AnswersDocument, answer
    from detente.app.answers import (
        CasesDocument,
        CheckDocument,
        CodeDocument,
        ConceptsDocument,
        ExpectationDocument,
        ExplanationDocument,
        PathDocument,
        WrittenDocument,
    )
    from detente.app.checking import check
    from detente.app.coalescing import CoalitionsDocument, coalitions
    from detente.app.comparing import CompareDocument, compare
    from detente.app.composing import ComposeDocument, compose
    from detente.app.condensing import condensed
    from detente.app.diagnosing import diagnose
    from detente.app.diagnosis_documents import DiagnosisDocument
    from detente.app.documents import AnalysisDocument
    from detente.app.evolution_documents import EvolutionDocument
    from detente.app.evolving import evolve
    from detente.app.expect import expect
    from detente.app.explaining import explain
    from detente.app.files import convert, new
    from detente.app.forecast_documents import ForecastDocument
    from detente.app.forecasting import forecast
    from detente.app.fronting import FrontsDocument, fronts
    from detente.app.hypergaming import HypergameDocument, hypergame
    from detente.app.lookup import concepts, explain_code
    from detente.app.moving import moves
    from detente.app.opening import read, seen_as
    from detente.app.pathing import path
    from detente.app.reporting import report
    from detente.app.sweep_documents import SweepDocument
    from detente.app.sweep_rows.wanted import RowsFolder
    from detente.app.sweep_writing import RowsDocument, sweep_rows
    from detente.app.sweeping import sweep
    from detente.app.table_documents import CondensedDocument, MovesDocument, StandingDocument, StatesDocument
    from detente.app.tabling import states
    from detente.app.unlock_documents import UnlockDocument
    from detente.app.unlocking import unlock
    from detente.app.verdicts import standing
    from detente.app.version import version
    from detente.app.wanted import TableFile, Wanted
    from detente.errors import Cannot, ConflictError, DetenteError, Diagnostic, EditError, LimitError, MissingExtra, UsageError
    from detente.model.conflict import Coalition, Conflict, DecisionMaker, Direction, NamedState, Option, RedLine
    from detente.space.sets import StateSet
    from detente.space.states import StateSpace

    __version__: str

    class _Cases:
        """What `detente.cases` is to a type checker: the verb, and the functions of the package."""

        def __call__(self, name: str | None = None) -> CasesDocument: ...
        def names(self) -> tuple[str, ...]: ...
        def generated(self) -> tuple[str, ...]: ...
        def exists(self, name: str) -> bool: ...
        def path(self, name: str) -> Path: ...
        def expect_path(self, name: str) -> Path | None: ...
        def describe(self, name: str) -> str: ...
        def load(self, name: str) -> Conflict: ...

    cases: _Cases

_HOMES = {
    "app.analyzing": ("analyze",),
    "app.answering": ("AnswersDocument", "answer"),
    "app.answers": (
        "CasesDocument",
        "CheckDocument",
        "CodeDocument",
        "ConceptsDocument",
        "ExpectationDocument",
        "ExplanationDocument",
        "PathDocument",
        "WrittenDocument",
    ),
    "app.checking": ("check",),
    "app.coalescing": ("CoalitionsDocument", "coalitions"),
    "app.comparing": ("CompareDocument", "compare"),
    "app.composing": ("ComposeDocument", "compose"),
    "app.condensing": ("condensed",),
    "app.diagnosing": ("diagnose",),
    "app.diagnosis_documents": ("DiagnosisDocument",),
    "app.documents": ("AnalysisDocument",),
    "app.evolution_documents": ("EvolutionDocument",),
    "app.evolving": ("evolve",),
    "app.expect": ("expect",),
    "app.explaining": ("explain",),
    "app.files": ("convert", "new"),
    "app.forecast_documents": ("ForecastDocument",),
    "app.forecasting": ("forecast",),
    "app.fronting": ("FrontsDocument", "fronts"),
    "app.hypergaming": ("HypergameDocument", "hypergame"),
    "app.lookup": ("cases", "concepts", "explain_code"),
    "app.moving": ("moves",),
    "app.opening": ("read", "seen_as"),
    "app.pathing": ("path",),
    "app.reporting": ("report",),
    "app.sweep_documents": ("SweepDocument",),
    "app.sweep_rows.wanted": ("RowsFolder",),
    "app.sweep_writing": ("RowsDocument", "sweep_rows"),
    "app.sweeping": ("sweep",),
    "app.table_documents": ("CondensedDocument", "MovesDocument", "StandingDocument", "StatesDocument"),
    "app.tabling": ("states",),
    "app.unlock_documents": ("UnlockDocument",),
    "app.unlocking": ("unlock",),
    "app.verdicts": ("standing",),
    "app.version": ("version",),
    "app.wanted": ("TableFile", "Wanted"),
    "errors": ("Cannot", "ConflictError", "DetenteError", "Diagnostic", "EditError", "LimitError", "MissingExtra", "UsageError"),
    "model.conflict": ("Coalition", "Conflict", "DecisionMaker", "Direction", "NamedState", "Option", "RedLine"),
    "space.sets": ("StateSet",),
    "space.states": ("StateSpace",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "AnalysisDocument",
    "AnswersDocument",
    "Cannot",
    "CasesDocument",
    "CheckDocument",
    "Coalition",
    "CoalitionsDocument",
    "CodeDocument",
    "CompareDocument",
    "ComposeDocument",
    "ConceptsDocument",
    "CondensedDocument",
    "Conflict",
    "ConflictError",
    "DecisionMaker",
    "DetenteError",
    "DiagnosisDocument",
    "Diagnostic",
    "Direction",
    "EditError",
    "EvolutionDocument",
    "ExpectationDocument",
    "ExplanationDocument",
    "ForecastDocument",
    "FrontsDocument",
    "HypergameDocument",
    "LimitError",
    "MissingExtra",
    "MovesDocument",
    "NamedState",
    "Option",
    "PathDocument",
    "RedLine",
    "RowsDocument",
    "RowsFolder",
    "StandingDocument",
    "StateSet",
    "StateSpace",
    "StatesDocument",
    "SweepDocument",
    "TableFile",
    "UnlockDocument",
    "UsageError",
    "Wanted",
    "WrittenDocument",
    "__version__",
    "analyze",
    "answer",
    "cases",
    "check",
    "coalitions",
    "compare",
    "compose",
    "concepts",
    "condensed",
    "convert",
    "diagnose",
    "evolve",
    "expect",
    "explain",
    "explain_code",
    "forecast",
    "fronts",
    "hypergame",
    "moves",
    "new",
    "path",
    "read",
    "report",
    "seen_as",
    "standing",
    "states",
    "sweep",
    "sweep_rows",
    "unlock",
    "version",
]


def _public(name: str) -> Any:
    if name == "__version__":
        return _public("version")()
    return getattr(import_module(f"detente.{_HOME[name]}"), name)


class _Verb(ModuleType):
    """A package of Detente that has the name of a verb: calling it asks the verb."""

    def __call__(self, *values: Any, **named: Any) -> Any:
        return _public(self.__name__.rpartition(".")[2])(*values, **named)

    @property
    def __signature__(self) -> Signature:
        from inspect import signature

        return signature(_public(self.__name__.rpartition(".")[2]))


class _Library(ModuleType):
    """The package as its users see it: names are loaded when they are first asked for.

    Four verbs (cases, concepts, explain, report) have the names of packages in it.  Such a package can be called, so that the name
    stands for both: `detente.cases()` is the verb, `from detente.cases import load` the package.
    """

    def __getattr__(self, name: str) -> Any:
        if name in _PACKAGES:
            return import_module(f"detente.{name}")
        if name in _HOME or name == "__version__":
            return _public(name)
        raise AttributeError(f"module 'detente' has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        if name in _PACKAGES and isinstance(value, ModuleType):
            value.__class__ = _Verb
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


_PACKAGES = ("cases", "concepts", "explain", "report")
sys.modules[__name__].__class__ = _Library
