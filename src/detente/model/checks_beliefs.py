"""What statements about pairs, thresholds, attitudes and viewpoints must satisfy (see `detente.model.checks`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.errors import Problems
from detente.model.evidence import Basis
from detente.model.formula import Formula
from detente.model.pairs import KINDS, MAX_DEGREE, THRESHOLDS, PairStatement, is_long
from detente.model.preference import Preference
from detente.model.viewpoint import Altered, Viewpoint

if TYPE_CHECKING:
    from detente.model.conflict import Conflict, DecisionMaker


def altered_parties(conflict: Conflict) -> Iterator[tuple[str, DecisionMaker, Altered]]:
    """Each decision maker as a viewpoint has them, with the path, and with nothing but what the viewpoint says of them.

    Those who are not there are passed over.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> seen = Viewpoint("v", "v", parties=(Altered("A", description="a stranger"),))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> [(path, dm.description) for path, dm, _ in altered_parties(one)]
    [('viewpoints/v/decision makers/A', 'a stranger')]
    """
    known = {dm.key: dm for dm in conflict.decision_makers}
    for seen in conflict.viewpoints:
        yield from _altered(known, seen)


def _altered(known: Mapping[str, DecisionMaker], seen: Viewpoint) -> Iterator[tuple[str, DecisionMaker, Altered]]:
    """The decision makers, of those known by their keys, as one viewpoint has them."""
    for how in seen.parties:
        if how.party in known:
            bare = replace(
                known[how.party],
                preference=how.preference,
                red_lines=how.red_lines or (),
                pairs=how.pairs or (),
                attitudes=how.attitudes or (),
                description=how.description,
                basis=how.basis,
                thresholds=(),
                spare_preferences=(),
                unperceived=None,
            )
            yield f"viewpoints/{seen.key}/decision makers/{how.party}", bare, how


def everybody(conflict: Conflict) -> Iterator[tuple[str, DecisionMaker]]:
    """Each decision maker with the path: first as the conflict is written, then what each viewpoint says of them.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> [path for path, _ in everybody(one)]
    ['decision makers/A']
    """
    yield from ((f"decision makers/{dm.key}", dm) for dm in conflict.decision_makers)
    yield from ((path, dm) for path, dm, _ in altered_parties(conflict))


def preferences_in_views(conflict: Conflict) -> Iterator[tuple[str, Preference]]:
    """The preferences that viewpoints give, each with its path.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> list(preferences_in_views(one))
    []
    """
    for path, dm, _ in altered_parties(conflict):
        if dm.preference is not None:
            yield f"{path}/{dm.preference.fields[0].key}", dm.preference


def believed_formulas(conflict: Conflict) -> Iterator[tuple[str, Formula]]:
    """The conditions of statements about pairs and of viewpoints, each with the path of its element; those of preferences are left out.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> unsure = DecisionMaker("A", "A", pairs=(PairStatement("unknown", Taken("x"), Taken("x")),))
    >>> [path for path, _ in believed_formulas(Conflict("one", (unsure,), (Option("x", "x", ("A",)),)))]
    ['decision makers/A/pairs/1', 'decision makers/A/pairs/1']
    """
    for path, dm in everybody(conflict):
        for place, pair in enumerate(dm.pairs, start=1):
            yield f"{path}/pairs/{place}", pair.of
            yield f"{path}/pairs/{place}", pair.over
    for path, dm, _ in altered_parties(conflict):
        for place, line in enumerate(dm.red_lines, start=1):
            yield f"{path}/red lines/{place}", line.never
    for seen in conflict.viewpoints:
        if seen.unperceived is not None:
            yield f"viewpoints/{seen.key}/unperceived", seen.unperceived


def believed_bases(conflict: Conflict) -> Iterator[tuple[str, tuple[str, ...], Basis | None]]:
    """What pairs, thresholds, attitudes and viewpoints rest on: the path, the decision makers whom it is about, the basis.

    What a viewpoint says of a decision maker counts as one element, and so does each of its statements and red lines.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> seen = Viewpoint("v", "v", held_by=("A",), parties=(Altered("A", red_lines=()),))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> [path for path, _, _ in believed_bases(one)]
    ['viewpoints/v', 'viewpoints/v/decision makers/A']
    """
    for dm in conflict.decision_makers:
        yield from _bases_of(f"decision makers/{dm.key}", dm)
    known = {dm.key: dm for dm in conflict.decision_makers}
    for seen in conflict.viewpoints:
        yield f"viewpoints/{seen.key}", seen.held_by, seen.basis
        for path, dm, _ in _altered(known, seen):
            yield path, (dm.key,), dm.basis
            yield from _preferred(path, dm)
            yield from _bases_of(path, dm)


def _preferred(path: str, dm: DecisionMaker) -> Iterator[tuple[str, tuple[str, ...], Basis | None]]:
    if dm.preference is not None:
        for place, statement in enumerate(dm.preference.statements(), start=1):
            yield f"{path}/prefers/{place}", (dm.key,), statement.basis
        for name, attribute in (("ranking", "levels"), ("weights", "weights")):
            if hasattr(dm.preference, attribute):
                yield f"{path}/{name}", (dm.key,), getattr(dm.preference, "basis", None)
    for place, line in enumerate(dm.red_lines, start=1):
        yield f"{path}/red lines/{place}", (dm.key,), line.basis


def _bases_of(path: str, dm: DecisionMaker) -> Iterator[tuple[str, tuple[str, ...], Basis | None]]:
    for place, pair in enumerate(dm.pairs, start=1):
        yield f"{path}/pairs/{place}", (dm.key,), pair.basis
    for threshold in dm.thresholds:
        yield f"{path}/thresholds/{threshold.kind}", (dm.key,), threshold.basis
    for attitude in dm.attitudes:
        yield f"{path}/attitudes/{attitude.toward}", (dm.key,), attitude.basis


def believing_parties(conflict: Conflict) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every mention of decision makers in attitudes and viewpoints with the path of the element that mentions them.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(Viewpoint("v", "v", held_by=("A",)),))
    >>> list(believing_parties(one))
    [('viewpoints/v', ('A',))]
    """
    for path, dm in everybody(conflict):
        for attitude in dm.attitudes:
            yield f"{path}/attitudes/{attitude.toward}", (attitude.toward,)
    for seen in conflict.viewpoints:
        path = f"viewpoints/{seen.key}"
        yield path, (*seen.held_by, *(how.party for how in seen.parties), *(party for party, _ in seen.believes))
        if seen.missing:
            yield path, tuple(gap.about for gap in seen.missing if gap.about is not None)


def check_beliefs(conflict: Conflict, problems: Problems) -> None:
    """Note problems with pairs, thresholds, attitudes and viewpoints.

    M106 (something twice), M140 and M141 (numbers out of range, unknown kinds),
    M142 (somebody holds two viewpoints), M143 (a viewpoint that is not there), M104 (options that are not there).

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> problems = Problems()
    >>> check_beliefs(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), problems)
    >>> problems.found
    []
    """
    for path, dm in everybody(conflict):
        _check_numbers(path, dm, problems)
        _twice([attitude.toward for attitude in dm.attitudes], "an attitude toward", f"{path}/attitudes", problems)
        _twice([threshold.kind for threshold in dm.thresholds], "a threshold of", f"{path}/thresholds", problems)
        for statement in dm.preference.statements() if dm.preference is not None else ():
            if statement.degree is not None and not 1 <= statement.degree <= MAX_DEGREE:
                _out_of_range(f"a degree is a whole number from 1 to {MAX_DEGREE:,}", str(statement.degree), f"{path}/prefers", problems)
    known, options = {seen.key for seen in conflict.viewpoints}, set(conflict.option_index)
    for seen in conflict.viewpoints:
        _check_viewpoint(seen, known, options, problems)
    for party, count in Counter(key for seen in conflict.viewpoints for key in set(seen.held_by)).items():
        if count > 1:
            message = f'"{party}" holds {count} viewpoints, and can act on one only'
            problems.error("M142", message, value=party, help="name each decision maker under `held by` once", element="viewpoints")


def _check_viewpoint(seen: Viewpoint, known: set[str], options: set[str], problems: Problems) -> None:
    """Note what is wrong with one viewpoint."""
    path = f"viewpoints/{seen.key}"
    _twice([how.party for how in seen.parties], "the decision maker", path, problems)
    _twice(seen.held_by, "among those who hold it", path, problems)
    _twice(seen.unperceived_options, "the option", path, problems)
    _twice([party for party, _ in seen.believes], "a belief about", path, problems)
    for option in seen.unperceived_options:
        if option not in options:
            problems.error("M104", f'no option is called "{option}"', value=option, element=path)
    for _, view in seen.believes:
        if view not in known:
            problems.error(
                "M143", f'no viewpoint is called "{view}"', value=view, element=path, help=f"there are {', '.join(sorted(known))}"
            )


def _twice(listed: tuple[str, ...] | list[str], what: str, element: str, problems: Problems) -> None:
    for key, count in Counter(listed).items():
        if count > 1:
            problems.error("M106", f'{what} "{key}" stands here {count} times', value=key, help="keep one of them", element=element)


def _check_numbers(path: str, dm: DecisionMaker, problems: Problems) -> None:
    """Note numbers of pairs and thresholds that mean nothing."""
    for place, pair in enumerate(dm.pairs, start=1):
        wrong = _wrong_pair(pair)
        if wrong is not None:
            _out_of_range(wrong, ", ".join(map(str, pair.values)), f"{path}/pairs/{place}", problems)
    for threshold in dm.thresholds:
        element = f"{path}/thresholds/{threshold.kind}"
        if threshold.kind not in THRESHOLDS:
            message = f'no threshold is called "{threshold.kind}"'
            problems.error("M141", message, value=threshold.kind, help=f"there are {', '.join(THRESHOLDS)}", element=element)
        if not 0 < threshold.value <= 1 or is_long(threshold.value):
            _out_of_range("a threshold is more than 0 and at most 1", str(threshold.value), element, problems)


def _out_of_range(message: str, value: str, element: str, problems: Problems) -> None:
    problems.error("M140", message, value=value[:200], help="see the reference of conflict files", element=element)


def _wrong_pair(pair: PairStatement) -> str | None:
    """Why the numbers of a statement about pairs mean nothing; None if they are as they must be."""
    values = pair.values
    if pair.kind not in KINDS:
        return f"a statement about pairs is of one of the kinds {', '.join(KINDS)}"
    if any(map(is_long, values)):
        return "a number has at most 18 digits"
    match pair.kind:
        case "unknown":
            return "what is not known has no number" if values else None
        case "degree":
            good = len(values) == 1 and values[0].denominator == 1 and 1 <= values[0] <= MAX_DEGREE
            return None if good else f"a degree is a whole number from 1 to {MAX_DEGREE:,}"
        case "grey":
            inside = all(0 <= value <= 1 for value in values)
            ordered = all(low <= high for low, high in list(pairwise(values))[::2])
            good = len(values) > 0 and len(values) % 2 == 0 and inside and ordered
            return None if good else "grey numbers are intervals from 0 to 1, each with two ends, the lesser first"
        case _:
            return None if len(values) == 1 and 0 <= values[0] <= 1 else f"a {pair.kind} is one number from 0 to 1"
