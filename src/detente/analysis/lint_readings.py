"""Findings about what is asked of a conflict: concepts that leave aside what it says, and readings of which it says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.analysis.lint_model import found
from detente.concepts.base import SolutionConcept
from detente.concepts.readings.strength import STRONG
from detente.errors import Diagnostic, Severity
from detente.model.attitude import Stance
from detente.model.conflict import Conflict, DecisionMaker
from detente.text import listing, plural

_READINGS = {
    "unknown": ("SEQ:a, SEQ:b, SEQ:c or SEQ:d", "what is not known"),
    "degree": ("SEQ:general and SEQ:strong", "degrees"),
    "certainty": ("SEQ:fuzzy", "certainties"),
    "grey": ("SEQ:grey", "grey certainties"),
    "probability": ("SEQ:probable", "probabilities"),
    "attitude": ("SEQ:attitudes", "attitudes"),
}
_KIND = {"general": "degree", "fuzzy": "certainty", "grey": "grey", "probable": "probability", "attitudes": "attitude"}
_OF_KIND = {
    "unknown": "no comparison is said to be unknown",
    "degree": "no statement about pairs of states gives a degree",
    "certainty": "no statement about pairs of states gives a certainty",
    "grey": "no statement about pairs of states gives a grey certainty",
    "probability": "no statement about pairs of states gives a probability",
    "attitude": "nobody has an attitude other than the usual ones, positive toward themselves and neutral toward others",
}


def kinds_said(dm: DecisionMaker) -> tuple[str, ...]:
    """The kinds of statements about pairs of states that a decision maker (`dm`) has, and "attitude" where one is not as usual.

    >>> from detente.model.attitude import Attitude
    >>> kinds_said(DecisionMaker("A", "A", attitudes=(Attitude("A", Stance.POSITIVE), Attitude("B", Stance.NEGATIVE))))
    ('attitude',)
    """
    kinds = tuple(dict.fromkeys(pair.kind for pair in dm.pairs))
    return (*kinds, "attitude") if _unusual(dm) else kinds


def _unusual(dm: DecisionMaker) -> tuple[str, ...]:
    """Toward whom a decision maker has an attitude other than the usual one."""
    usual = {True: Stance.POSITIVE, False: Stance.NEUTRAL}
    return tuple(found.toward for found in dm.attitudes if found.stance is not usual[found.toward == dm.key])


def reading_findings(conflict: Conflict, concepts: Sequence[SolutionConcept] | None = None) -> Iterator[Diagnostic]:
    """U483 (what takes the order alone, and leaves aside what is said beside it), U486 (nothing is said of what a reading reads).

    Parameters
    ----------
    conflict
        The conflict.
    concepts
        What is asked of it; None where nothing is asked yet.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> [found.code for found in reading_findings(conflict, [concept("SEQ"), concept("SEQ:fuzzy")])]
    ['U486']
    """
    plain = [asked.key for asked in concepts or () if asked.reading is None]
    said = {dm.key: kinds for dm in conflict.decision_makers if (kinds := kinds_said(dm))}
    if said:
        yield _left_aside(conflict, said, plain, bool(plain) or concepts is None)
    for asked in concepts or ():
        missing = _missing(conflict, asked)
        if missing:
            help = "ask without the reading, or say what it reads (see the page of the reading)"
            yield Diagnostic("U486", f"{asked.key}: {missing}", help=help, severity=Severity.NOTE)


def _left_aside(conflict: Conflict, said: dict[str, tuple[str, ...]], plain: Sequence[str], verdicts: bool) -> Diagnostic:
    """What concepts without a reading leave aside, if any are asked for (`verdicts`), and ranks always."""
    parts = []
    for key in said:
        dm = conflict.decision_maker(key)
        what = [plural(len(dm.pairs), "statement") + " about pairs of states"] if dm.pairs else []
        what += [f"an attitude toward {toward}" for toward in _unusual(dm)]
        parts.append(f"{key} has {listing(what)}")
    who = listing(plain) if plain else "concepts without a reading"
    takes = f"{who} {'takes' if len(plain) == 1 else 'take'} the order of preference alone, and so do ranks"
    if not verdicts:
        takes = "ranks, and what is said to be better for everybody, take the order of preference alone"
    kinds = dict.fromkeys(kind for kinds in said.values() for kind in kinds)
    readings = listing(f"{_READINGS[kind][0]} for {_READINGS[kind][1]}" for kind in kinds)
    first = next(iter(said))
    element = f"decision makers/{first}/pairs/1" if conflict.decision_maker(first).pairs else f"decision makers/{first}"
    return found("U483", f"{'; '.join(parts)}; {takes}", element, f"ask with a reading as well: {readings}", Severity.NOTE)


def _missing(conflict: Conflict, asked: SolutionConcept) -> str:
    """What a reading reads and the conflict does not say, with what follows; nothing where it says some."""
    if asked.reading is None:
        return ""
    key, base = asked.reading.key, asked.key.partition(":")[0]
    kinds = {kind for dm in conflict.decision_makers for kind in kinds_said(dm)}
    unknown = key in ("necessary", "possible") or key[:2] in ("a", "b", "c", "d", "a-", "b-", "c-", "d-")
    level = STRONG if key.endswith("strong") else int(asked.parameters[0]) if key == "level" else 0
    if level >= STRONG:
        if _greatest(conflict) >= level or (unknown and "unknown" in kinds):
            return ""
        as_nash = f"says the same as Nash:{asked.key.partition(':')[2]}" if base != "Nash" else "hangs on no sanction"
        return f"no preference has a degree of {level} or more, so no sanction counts, and it {as_nash}"
    kind = "unknown" if unknown else _KIND.get(key, "degree")
    if kind in kinds or level == 1 or (kind == "degree" and _greatest(conflict) > 1):
        return ""
    same = kind not in ("attitude", "probability") and not (unknown and "-" in key) and level == 0
    return _OF_KIND[kind] + (f", so it says the same as {base}" if same else "")


def _greatest(conflict: Conflict) -> int:
    """The greatest degree of any preference: of statements, of statements about pairs, and of red lines."""
    given = [1]
    for dm in conflict.decision_makers:
        given += [statement.degree or 1 for statement in (dm.preference.statements() if dm.preference else ())]
        given += [int(pair.values[0]) for pair in dm.pairs if pair.kind == "degree"]
        given += [STRONG] if dm.red_lines else []
    return max(given)
