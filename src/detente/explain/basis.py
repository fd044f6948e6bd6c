"""What an element of the conflict rests on, in words: reported by whom, inferred from what, assumed why."""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.checks_beliefs import believed_bases
from detente.model.checks_guesses import guess_bases
from detente.model.conflict import Conflict
from detente.model.evidence import Basis, BasisKind, Citation, is_hostile
from detente.text import listing


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one element rests on, and whom it is about.

    Parameters
    ----------
    basis
        Its basis; None if none is given.
    about
        The decision makers (keys) that it speaks of.
    """

    basis: Basis | None
    about: tuple[str, ...] = ()


def grounds(conflict: Conflict) -> dict[str, Grounds]:
    """The grounds of every element that can have a basis, by its path.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> sorted(grounds(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    ['decision makers/A', 'options/x']
    """
    found = {f"options/{option.key}": Grounds(option.basis, option.owners) for option in conflict.options}
    found.update({f"rules/{n}": Grounds(rule.basis) for n, rule in enumerate(conflict.rules, start=1)})
    found.update({f"positions/{position.party}": Grounds(position.basis, (position.party,)) for position in conflict.positions})
    found.update({} if conflict.fallback is None else {"fallback": Grounds(conflict.fallback.basis)})
    found.update({} if conflict.movers is None else {"movers": Grounds(conflict.movers.basis)})
    found.update({f"fronts/{front.key}": Grounds(front.basis, front.decision_makers) for front in conflict.fronts})
    found.update({f"bans/{n}": Grounds(ban.basis, (ban.by,)) for n, ban in enumerate(conflict.bans, start=1)})
    found.update({f"measures/{n}": Grounds(measure.basis) for n, measure in enumerate(conflict.measures, start=1)})
    found.update({path: Grounds(basis, about) for held in (believed_bases, guess_bases) for path, about, basis in held(conflict)})
    for dm in conflict.decision_makers:
        path, about = f"decision makers/{dm.key}", (dm.key,)
        found[path] = Grounds(dm.basis, about)
        for n, line in enumerate(dm.red_lines, start=1):
            found[f"{path}/red lines/{n}"] = Grounds(line.basis, about)
        if dm.preference is not None:
            for n, statement in enumerate(dm.preference.statements(), start=1):
                found[f"{path}/prefers/{n}"] = Grounds(statement.basis, about)
            basis = getattr(dm.preference, "basis", None)
            for name in ("ranking", "weights"):
                if hasattr(dm.preference, {"ranking": "levels"}.get(name, name)):
                    found[f"{path}/{name}"] = Grounds(basis, about)
    return found


def basis_of(conflict: Conflict, element: str) -> Basis | None:
    """The basis of the element with a path; None if it has none, or cannot have one."""
    found = grounds(conflict).get(element)
    return found.basis if found else None


def basis_words(conflict: Conflict, element: str) -> str:
    """What an element rests on, as a clause: "reported by ... (article ¶3)", "inferred from ...", "assumed: ...".

    Says so where everybody who is cited for it is adverse to the decision maker that it is about.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.evidence import Asserter, Evidence, Source
    >>> told = Basis(BasisKind.REPORTED, (Citation("article", "¶3", "officials"),))
    >>> conflict = Conflict(
    ...     "two",
    ...     (DecisionMaker("A", "A"), DecisionMaker("B", "B")),
    ...     (Option("x", "x", ("B",), basis=told),),
    ...     evidence=Evidence((Source("article", "An article"),), (Asserter("officials", "officials of A", ("A",), ("B",)),)),
    ... )
    >>> basis_words(conflict, "options/x")
    'reported by officials of A (article ¶3); everybody cited for it is adverse to B'
    """
    found = grounds(conflict).get(element)
    if found is None or found.basis is None:
        return "without a stated basis"
    basis, cited = found.basis, citations_words(conflict, found.basis.citations)
    match basis.kind:
        case BasisKind.REPORTED:
            words = f"reported {cited}" + (f": {basis.why}" if basis.why else "")
        case BasisKind.INFERRED:
            words = "inferred" + (f" from what is reported {cited}" if cited else "") + (f": {basis.why}" if basis.why else "")
        case BasisKind.ASSUMED:
            words = "assumed by whoever made the model" + (f": {basis.why}" if basis.why else "")
    adverse = [party for party in found.about if is_hostile(basis, party, conflict.evidence)]
    return words + (f"; everybody cited for it is adverse to {listing(adverse)}" if adverse else "")


def citations_words(conflict: Conflict, citations: tuple[Citation, ...]) -> str:
    """Who asserts something, and where that is printed: "by A (article ¶3, ¶4) and by B (letter p. 2)"."""
    places: dict[str | None, dict[str, list[str]]] = {}
    for citation in citations:
        places.setdefault(citation.by, {}).setdefault(citation.source, []).append(citation.at)
    said = []
    for by, sources in places.items():
        where = "; ".join(f"{source} {', '.join(at)}" for source, at in sources.items())
        asserter = conflict.evidence.asserter(by)
        said.append(f"in {where}" if by is None else f"by {asserter.name if asserter else by} ({where})")
    return listing(said)
