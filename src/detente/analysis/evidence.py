"""What the elements of a conflict rest on, counted: reported, inferred, assumed, nothing; on one source, one voice, or adversaries alone.

Nothing here judges whether an element is true.  The rules are the same for every party.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.errors import Diagnostic, Severity
from detente.model.checks_beliefs import believed_bases
from detente.model.checks_guesses import guess_bases
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.evidence import Basis, BasisKind, Evidence, Missing, Source, is_hostile
from detente.text import listing, plural

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the conflict that can have a basis.

    Parameters
    ----------
    path
        Its path, e.g. ``decision makers/A/prefers/1``.
    about
        Keys of the decision makers that it is about: the owners of an option, the party of a statement; empty for rules.
    basis
        What it rests on; None if nothing is said.
    """

    path: str
    about: tuple[str, ...]
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class Hostile:
    """An element about a party that rests, as far as it rests on citations, on assertions by its adversaries alone.

    Parameters
    ----------
    element
        Path of the element.
    party
        Key of the decision maker whom it is about.
    asserters
        Keys of those who assert it.
    """

    element: str
    party: str
    asserters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many elements rest on what; `none` counts those without a basis."""

    reported: int = 0
    inferred: int = 0
    assumed: int = 0
    none: int = 0

    @property
    def elements(self) -> int:
        """How many elements there are.

        >>> Counts(reported=2, none=1).elements
        3
        """
        return self.reported + self.inferred + self.assumed + self.none


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What a conflict rests on.  Elements are given by their paths, in the order of `element_index`.

    Parameters
    ----------
    counts
        Over all elements.
    by_party
        For each decision maker (key) over the elements that are about them; a shared option counts for each owner.
    without_basis
        Elements without a basis.
    single_source
        Elements with citations, all from one source.
    single_asserter
        Elements with citations, all asserted by the same one asserter.
    without_asserter
        Elements with a citation that does not say who asserts it.
    incomplete
        Elements reported or inferred without a citation, inferred without a reasoning, or assumed without a reason.
    hostile
        Elements that rest on the assertions of adversaries alone.
    missing
        What the file itself says that its sources lack.
    uncited
        Keys of sources that no element cites.
    without_file, without_hash, without_grade
        Keys of sources without a text at hand, without a SHA-256, without a grade.
    """

    counts: Counts
    by_party: dict[str, Counts] = field(default_factory=dict)
    without_basis: tuple[str, ...] = ()
    single_source: tuple[str, ...] = ()
    single_asserter: tuple[str, ...] = ()
    without_asserter: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    hostile: tuple[Hostile, ...] = ()
    missing: tuple[Missing, ...] = ()
    uncited: tuple[str, ...] = ()
    without_file: tuple[str, ...] = ()
    without_hash: tuple[str, ...] = ()
    without_grade: tuple[str, ...] = ()


def element_index(conflict: Conflict) -> tuple[Element, ...]:
    """Every element that can have a basis.

    Decision makers with what they prefer and never accept, options, rules, bans, positions, fronts, statements about pairs of states,
    thresholds, attitudes, who moves how often, viewpoints with what they say of decision makers, guesses and their weights.  Preferences
    that are held but not in use are left out.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> [(element.path, element.about) for element in element_index(conflict)]
    [('decision makers/A', ('A',)), ('options/x', ('A',))]
    """
    found: list[Element] = []
    for dm in conflict.decision_makers:
        found += _of_party(dm)
        found += [Element(f"options/{o.key}", o.owners, o.basis) for o in conflict.options if o.owners[:1] == (dm.key,)]
    found += [Element(f"options/{o.key}", (), o.basis) for o in conflict.options if not o.owners]
    found += [Element(f"rules/{i}", (), rule.basis) for i, rule in enumerate(conflict.rules, start=1)]
    found += [Element(f"bans/{i}", (ban.by,), ban.basis) for i, ban in enumerate(conflict.bans, start=1)]
    found += [Element(f"positions/{position.party}", (position.party,), position.basis) for position in conflict.positions]
    found += [] if conflict.fallback is None else [Element("fallback", (), conflict.fallback.basis)]
    found += [Element(f"fronts/{front.key}", front.decision_makers, front.basis) for front in conflict.fronts]
    found += [] if conflict.movers is None else [Element("movers", (), conflict.movers.basis)]
    found += [Element(path, about, basis) for held in (believed_bases, guess_bases) for path, about, basis in held(conflict)]
    return tuple(found)


def _of_party(dm: DecisionMaker) -> Iterator[Element]:
    path, about = f"decision makers/{dm.key}", (dm.key,)
    yield Element(path, about, dm.basis)
    if dm.preference is not None:
        for i, statement in enumerate(dm.preference.statements(), start=1):
            yield Element(f"{path}/prefers/{i}", about, statement.basis)
        for name, attribute in (("ranking", "levels"), ("weights", "weights")):
            if hasattr(dm.preference, attribute):
                yield Element(f"{path}/{name}", about, getattr(dm.preference, "basis", None))
    for i, line in enumerate(dm.red_lines, start=1):
        yield Element(f"{path}/red lines/{i}", about, line.basis)


def evidence_report(conflict: Conflict) -> EvidenceReport:
    """What the elements of a conflict rest on.

    Parameters
    ----------
    conflict
        The conflict.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> basis = Basis(BasisKind.ASSUMED, why="no report speaks of it")
    >>> conflict = Conflict("one", (DecisionMaker("A", "A", basis=basis),), (Option("x", "x", ("A",)),))
    >>> report = evidence_report(conflict)
    >>> report.counts, report.without_basis
    (Counts(reported=0, inferred=0, assumed=1, none=1), ('options/x',))
    """
    elements, evidence = element_index(conflict), conflict.evidence
    based = [(element.path, element.basis) for element in elements if element.basis is not None]
    cited = [(path, basis) for path, basis in based if basis.citations]
    used = {citation.source for _, basis in cited for citation in basis.citations}
    return EvidenceReport(
        counts=_counted(elements),
        by_party={dm.key: _counted(tuple(e for e in elements if dm.key in e.about)) for dm in conflict.decision_makers},
        without_basis=tuple(element.path for element in elements if element.basis is None),
        single_source=tuple(path for path, basis in cited if len({c.source for c in basis.citations}) == 1),
        single_asserter=tuple(path for path, basis in cited if len(by := {c.by for c in basis.citations}) == 1 and None not in by),
        without_asserter=tuple(path for path, basis in cited if any(c.by is None for c in basis.citations)),
        incomplete=tuple(path for path, basis in based if _incomplete(basis)),
        hostile=tuple(_hostile(elements, evidence)),
        missing=evidence.missing,
        uncited=tuple(source.key for source in evidence.sources if source.key not in used),
        without_file=_lacking(evidence.sources, "file"),
        without_hash=_lacking(evidence.sources, "sha256"),
        without_grade=_lacking(evidence.sources, "grade"),
    )


def _counted(elements: tuple[Element, ...]) -> Counts:
    kinds = [element.basis.kind if element.basis else None for element in elements]
    numbers = (kinds.count(kind) for kind in (BasisKind.REPORTED, BasisKind.INFERRED, BasisKind.ASSUMED, None))
    return Counts(*numbers)


def _incomplete(basis: Basis) -> bool:
    if basis.kind is BasisKind.REPORTED:
        return not basis.citations
    return not basis.why or (basis.kind is BasisKind.INFERRED and not basis.citations)


def _hostile(elements: tuple[Element, ...], evidence: Evidence) -> Iterator[Hostile]:
    for element in elements:
        for party in element.about:
            if element.basis is not None and is_hostile(element.basis, party, evidence):
                asserters = dict.fromkeys(citation.by for citation in element.basis.citations if citation.by is not None)
                yield Hostile(element.path, party, tuple(asserters))


def _lacking(sources: tuple[Source, ...], attribute: str) -> tuple[str, ...]:
    return tuple(source.key for source in sources if getattr(source, attribute) is None)


def evidence_findings(conflict: Conflict, report: EvidenceReport) -> tuple[Diagnostic, ...]:
    """The report as diagnostics: one for each kind of finding, however many elements it concerns.

    E510 (no basis), E511 (one source), E512 (adversaries alone), E513 (a source lacks something), E514 (a basis lacks something),
    E515 (a source that nothing cites).

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> [found.message for found in evidence_findings(conflict, evidence_report(conflict))]
    ['none of the 2 elements says what it rests on']
    """
    return tuple(_findings(conflict, report))


def _findings(conflict: Conflict, report: EvidenceReport) -> Iterator[Diagnostic]:
    every = plural(report.counts.elements, "element")
    note, warning = Severity.NOTE, Severity.WARNING
    if report.without_basis:
        bare = len(report.without_basis)
        message = f"{_of(report.without_basis, every)} {'has' if bare == 1 else 'have'} no basis: {_some(report.without_basis)}"
        if bare == report.counts.elements:
            message = f"none of the {every} says what it rests on"
        help = "give each a `basis`: reported, inferred or assumed"
        yield Diagnostic("E510", message, help=help, severity=note, element=report.without_basis[0])
    if report.single_source:
        yield _single(conflict, report, every)
    for party in dict.fromkeys(hostile.party for hostile in report.hostile):
        paths = tuple(hostile.element for hostile in report.hostile if hostile.party == party)
        name, total = conflict.decision_maker(party).name, report.by_party[party].elements
        rests = f"{_of(paths, plural(total, 'element'))} about {name} {'rests' if len(paths) == 1 else 'rest'}"
        message = f"{rests} only on what adversaries of {name} assert: {_some(paths)}"
        help = f"look for {name}'s own account; until then say under `missing` what hangs on it"
        yield Diagnostic("E512", message, help=help, severity=warning, element=paths[0])
    lacking = [
        f"no {word}: {_some(keys)}"
        for word, keys in (("file", report.without_file), ("SHA-256", report.without_hash), ("grade", report.without_grade))
        if keys
    ]
    if lacking:
        first = next(
            s.key for s in conflict.evidence.sources if s.key in (*report.without_file, *report.without_hash, *report.without_grade)
        )
        help = "with a file and its SHA-256, passages can be found again"
        yield Diagnostic("E513", f"sources have {'; '.join(lacking)}", help=help, severity=note, element=f"sources/{first}")
    if report.incomplete:
        message = f"the basis of {plural(len(report.incomplete), 'element')} is not complete: {_some(report.incomplete)}"
        help = "what is reported needs a citation, what is inferred a citation and the reasoning, what is assumed the reason"
        yield Diagnostic("E514", message, help=help, severity=warning, element=report.incomplete[0])
    if report.uncited:
        message, help = (
            f"nothing cites these sources: {_some(report.uncited)}",
            "cite them where they bear something out, or leave them out",
        )
        yield Diagnostic("E515", message, help=help, severity=note, element=f"sources/{report.uncited[0]}")


def _single(conflict: Conflict, report: EvidenceReport, every: str) -> Diagnostic:
    """That elements, or all that cite anything, rest on one source."""
    paths, help = report.single_source, "look whether another source bears it out, or says otherwise"
    cited = {c.source for e in element_index(conflict) if e.basis is not None for c in e.basis.citations}
    if len(cited) == 1:
        source = min(cited)
        message = f'every element that cites anything cites one source alone, "{source}"'
        return Diagnostic("E511", message, help=help, severity=Severity.NOTE, element=f"sources/{source}")
    message = f"{_of(paths, every)} {'rests' if len(paths) == 1 else 'rest'} on a single source: {_some(paths)}"
    return Diagnostic("E511", message, help=help, severity=Severity.NOTE, element=paths[0])


def _of(paths: tuple[str, ...], every: str) -> str:
    return f"{len(paths):,} of {every}"


def _some(paths: tuple[str, ...]) -> str:
    return listing([*paths[:_SHOWN], f"{len(paths) - _SHOWN:,} more"] if len(paths) > _SHOWN else paths)
