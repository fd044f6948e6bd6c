"""What a conflict must satisfy to be a model: usable keys, and no mention of what does not exist.

Nothing here knows of files; the element that a problem is about is named by its path, so that a reader can say where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.errors import Problems
from detente.model.checks_beliefs import (
    believed_bases,
    believed_formulas,
    believing_parties,
    check_beliefs,
    preferences_in_views,
)
from detente.model.checks_guesses import check_guesses, guess_bases
from detente.model.evidence import Basis, BasisKind
from detente.model.formula import Formula, Taken, options_in
from detente.model.front import options_on
from detente.model.measure import NewOption, NewOwner, conditions_of, parties_of
from detente.model.mover import check_movers
from detente.model.preference import Listed, Meets, Preference, Sums
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, formulas_of
from detente.model.shape import Noun

if TYPE_CHECKING:
    from detente.model.conflict import Conflict, DecisionMaker

MAX_NAME = 200
"""Longest key, in characters."""


def unusable(noun: Noun, key: str) -> tuple[str, str] | None:
    """Why a key can't be used, and what to do; None if it can.

    >>> unusable(Noun.OPTION, "deal") is None, unusable(Noun.SOURCE, "")[0]
    (True, 'is empty')
    """
    if not key.strip():
        return "is empty", "give it a short name"
    if len(key) > MAX_NAME:
        return f"is longer than {MAX_NAME} characters", "shorten it; the full name goes under `name`"
    if not key.isprintable():
        return "holds a character that can't be printed", "use printable characters only"
    if noun is Noun.OPTION and '"' in key and "'" in key:
        return "holds both kinds of quotation marks, so that no condition can name it", "use one kind at most"
    return None


def formulas_in(preference: Preference) -> list[Formula]:
    """The conditions and, as one-option conditions, the options that a preference's criteria mention.

    >>> from detente.preference.weighting import OptionWeighting
    >>> formulas_in(OptionWeighting((("deal", 3),)))
    [Taken(option='deal')]
    """
    found: list[Formula] = []
    for criterion in preference.criteria():
        match criterion:
            case Meets(formula):
                found.append(formula)
            case Sums(weights):
                found.extend(Taken(key) for key, _ in weights)
            case Listed(levels):
                found.extend(Taken(key) for key in {key for level in levels for taken in level for key in taken})
    return found


def check_keys(conflict: Conflict, problems: Problems) -> None:
    """Note problems with the keys of a conflict: M100, M101 (nobody, nothing to decide), M102 (a key twice), M103 (one that can't be used).

    >>> from detente.errors import Problems
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> problems = Problems()
    >>> check_keys(one, problems)
    >>> problems.found
    []
    """
    if not conflict.decision_makers:
        problems.error(
            "M100", "the conflict has no decision maker", help="add at least one under `decision makers`", element="decision makers"
        )
    if not conflict.options:
        problems.error("M101", "the conflict has no option", help="give a decision maker at least one option", element="decision makers")
    groups: dict[Noun, tuple[str, list[str]]] = {
        Noun.DECISION_MAKER: ("decision makers", [dm.key for dm in conflict.decision_makers]),
        Noun.OPTION: ("options", [option.key for option in conflict.options]),
        Noun.SOURCE: ("sources", [source.key for source in conflict.evidence.sources]),
        Noun.ASSERTER: ("asserters", [asserter.key for asserter in conflict.evidence.asserters]),
        Noun.NAMED_STATE: ("states", [named.name for named in conflict.named_states]),
        Noun.FRONT: ("fronts", [front.key for front in conflict.fronts]),
        Noun.VIEWPOINT: ("viewpoints", [seen.key for seen in conflict.viewpoints]),
        Noun.GUESS: ("uncertain", [guess.key for guess in conflict.guesses]),
    }
    _check_measures(conflict, problems)
    for noun, (table, keys) in groups.items():
        for key, count in Counter(keys).items():
            if count > 1:
                problems.error(
                    "M102", f'two {noun.many} are called "{key}"', value=key, help="give each its own key", element=f"{table}/{key}"
                )
            if (reason := unusable(noun, key)) is not None:
                message = f"the key of a {noun} {reason[0]}: {key[:40]!r}"
                problems.error("M103", message, value=key[:MAX_NAME], help=reason[1], element=f"{table}/{key[:MAX_NAME]}")


def _check_measures(conflict: Conflict, problems: Problems) -> None:
    """Note measures of one name, new options whose keys are taken or can't be used, and what changes nothing or has no cost."""
    for name, count in Counter(measure.name for measure in conflict.measures).items():
        if count > 1:
            problems.error("M102", f'two measures are called "{name}"', value=name, help="give each its own name", element="measures")
    for place, measure in enumerate(conflict.measures, start=1):
        path = f"measures/{place}"
        if not measure.changes:
            problems.error("M107", f'the measure "{measure.name}" changes nothing', help="say what it changes", element=path)
        if measure.cost < 1:
            message = f'the measure "{measure.name}" costs {measure.cost}; a cost is a positive whole number'
            problems.error("M119", message, value=str(measure.cost), help="write 1 where nothing is known of costs", element=path)
        for change in measure.changes:
            if isinstance(change, NewOption):
                if change.key in conflict.option_index or measure.options.count(change.key) > 1:
                    message = f'a new option is called "{change.key}", as another option is'
                    problems.error("M102", message, value=change.key, help="give it its own key", element=path)
                if (reason := unusable(Noun.OPTION, change.key)) is not None:
                    message = f"the key of a new option {reason[0]}: {change.key[:40]!r}"
                    problems.error("M103", message, value=change.key[:MAX_NAME], help=reason[1], element=path)
                if not change.owners:
                    problems.error("M107", f'the new option "{change.key}" has no owner', help="say whose it would be", element=path)


def check_lists(conflict: Conflict, problems: Problems) -> None:
    """Note problems with the lists of a conflict: M106 and M107, something listed twice, or nothing listed; M126 and M127, of fronts.

    >>> from detente.errors import Problems
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> problems = Problems()
    >>> check_lists(one, problems)
    >>> problems.found
    []
    """
    lists = [
        (f"rules/{place}", "rule", rule.options)
        for place, rule in enumerate(conflict.rules, start=1)
        if isinstance(rule, AtMostOne | ExactlyOne | AtLeastOne)
    ]
    lists += [(f"coalitions/{place}", "coalition", c.members) for place, c in enumerate(conflict.coalitions, start=1)]
    _check_fronts(conflict, problems)
    check_beliefs(conflict, problems)
    check_movers(conflict.movers, problems)
    for element, noun, listed in lists:
        if not listed:
            problems.error("M107", f"a {noun} lists nothing", help="name something in it, or delete it", element=element)
        for key, count in Counter(listed).items():
            if count > 1:
                problems.error("M106", f'a {noun} lists "{key}" twice', value=key, help="keep one of them", element=element)
    for party, count in Counter(position.party for position in conflict.positions).items():
        if count > 1:
            message, help = f'there are {count} positions of "{party}"', "keep one of them; a position is one state"
            problems.error("M106", message, value=party, help=help, element=f"positions/{party}")
    for dm in conflict.decision_makers:
        for element, preference in _preferences(dm, f"decision makers/{dm.key}"):
            _check_levels(preference, element, problems)
    for element, preference in preferences_in_views(conflict):
        _check_levels(preference, element, problems)


def _check_levels(preference: Preference, element: str, problems: Problems) -> None:
    """Note a ranking with a level that holds no state."""
    if any(isinstance(c, Listed) and not all(c.levels) for c in preference.criteria()):
        problems.error("M107", "a level of a ranking has no state", help="delete the level, or name its states", element=element)


def _check_fronts(conflict: Conflict, problems: Problems) -> None:
    """Note fronts that name nothing, what stands on two of them, and fronts that together leave nothing of the conflict."""
    seen: dict[tuple[str, str], str] = {}
    for front in conflict.fronts:
        element = f"fronts/{front.key}"
        if not front.options and not front.decision_makers:
            problems.error(
                "M127", f'the front "{front.key}" has nothing that belongs to it', help="name options or decision makers", element=element
            )
        for noun, keys in (("option", front.options), ("decision maker", front.decision_makers)):
            for key in keys:
                if (first := seen.setdefault((noun, key), front.key)) != front.key or keys.count(key) > 1:
                    message = f'the {noun} "{key}" stands twice among the fronts' + (f', first in "{first}"' if first != front.key else "")
                    problems.error("M127", message, value=key, help="keep one of them; fronts do not overlap", element=element)
    outside = {dm.key for dm in conflict.decision_makers} - {key for noun, key in seen if noun == "decision maker"}
    held = {key for front in conflict.fronts for key in options_on(conflict, front)}
    held |= {o.key for o in conflict.options if o.owners and outside.isdisjoint(o.owners)}
    if conflict.fronts and (not outside or all(option.key in held for option in conflict.options)):
        what = "option" if outside else "decision maker"
        help = "a front is what can be left out; take the heart of the conflict out of the fronts"
        problems.error("M126", f"with all fronts left out no {what} would be left", help=help, element="fronts")


def check_references(conflict: Conflict, problems: Problems) -> None:
    """Note problems with what a conflict mentions: M104, M105, M120, M121 (nothing is called so), M108, M180 to M187.

    >>> from detente.errors import Problems
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> problems = Problems()
    >>> check_references(one, problems)
    >>> problems.found
    []
    """
    check_guesses(conflict, problems)
    options, parties = set(conflict.option_index), {dm.key for dm in conflict.decision_makers}
    for element, formula in _formulas(conflict):
        for key in sorted(options_in(formula) - options):
            problems.error("M104", f'no option is called "{key}"', value=key, element=element)
    for place, measure in enumerate(conflict.measures, start=1):
        mentioned = {key for formula in conditions_of(measure) for key in options_in(formula)} - set(measure.options)
        mentioned |= {change.option for change in measure.changes if isinstance(change, NewOwner)}
        for key in sorted(mentioned - options):
            problems.error("M104", f'no option is called "{key}"', value=key, element=f"measures/{place}")
    states = [("status quo", conflict.status_quo or frozenset()), *((f"states/{n.name}", n.taken) for n in conflict.named_states)]
    states += [(f"positions/{position.party}", position.taken) for position in conflict.positions]
    states += [] if conflict.fallback is None else [("fallback", conflict.fallback.taken)]
    states += [(f"questions/{place}", q.state) for place, q in enumerate(conflict.questions, start=1) if q.state is not None]
    for element, taken in states:
        for key in sorted(taken - options):
            problems.error("M104", f'no option is called "{key}"', value=key, element=element)
    for front in conflict.fronts:
        for key in (key for key in front.options if key not in options):
            problems.error("M104", f'no option is called "{key}"', value=key, element=f"fronts/{front.key}")
    for element, keys in _parties(conflict):
        for key in keys:
            if key not in parties:
                problems.error("M105", f'no decision maker is called "{key}"', value=key, element=element)
    sources = {source.key for source in conflict.evidence.sources}
    asserters = {asserter.key for asserter in conflict.evidence.asserters}
    for element, basis in bases_of(conflict):
        if basis.kind is BasisKind.ASSUMED and basis.citations:
            help = "say reported or inferred, or leave the citations out"
            problems.error("M108", "what is assumed rests on no passage, but passages are cited", help=help, element=element)
        for citation in basis.citations:
            if citation.source not in sources:
                problems.error("M120", f'no source is called "{citation.source}"', value=citation.source, element=element)
            if citation.by is not None and citation.by not in asserters:
                problems.error("M121", f'no asserter is called "{citation.by}"', value=citation.by, element=element)


def bases_of(conflict: Conflict) -> Iterator[tuple[str, Basis]]:
    """Everything in a conflict that says what it rests on, by the path of the element, in the order of a conflict file.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.evidence import BasisKind
    >>> option = Option("x", "x", ("A",), basis=Basis(BasisKind.ASSUMED, why="an example"))
    >>> [element for element, _ in bases_of(Conflict("one", (DecisionMaker("A", "A"),), (option,)))]
    ['options/x']
    """
    for dm in conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        for place, (preference, prefix) in enumerate([(dm.preference, path), *((p, "") for p in dm.spare_preferences)]):
            if preference is None:
                continue
            where = prefix or f"{path}/spare preferences/{place}"
            statements = [(f"{where}/prefers/{i}", s.basis) for i, s in enumerate(preference.statements(), start=1)]
            for element, basis in [*statements, (f"{where}/preference basis", getattr(preference, "basis", None))]:
                if basis is not None:
                    yield element, basis
        lines = [(f"{path}/red lines/{i}", line.basis) for i, line in enumerate(dm.red_lines, start=1)]
        for element, basis in [(path, dm.basis), *lines]:
            if basis is not None:
                yield element, basis
    others = [(f"options/{option.key}", option.basis) for option in conflict.options]
    others += [(f"rules/{place}", rule.basis) for place, rule in enumerate(conflict.rules, start=1)]
    others += [(f"positions/{position.party}", position.basis) for position in conflict.positions]
    others += [] if conflict.fallback is None else [("fallback", conflict.fallback.basis)]
    others += [(f"bans/{place}", ban.basis) for place, ban in enumerate(conflict.bans, start=1)]
    others += [(f"measures/{place}", measure.basis) for place, measure in enumerate(conflict.measures, start=1)]
    others += [(f"fronts/{front.key}", front.basis) for front in conflict.fronts]
    others += [(f"conclusions/{place}", conclusion.basis) for place, conclusion in enumerate(conflict.conclusions, start=1)]
    others += [(element, basis) for held in (believed_bases, guess_bases) for element, _, basis in held(conflict)]
    others += [] if conflict.movers is None else [("movers", conflict.movers.basis)]
    yield from ((element, basis) for element, basis in others if basis is not None)


def _formulas(conflict: Conflict) -> Iterator[tuple[str, Formula]]:
    """Every condition of a conflict with the path of the element that it belongs to."""
    for place, rule in enumerate(conflict.rules, start=1):
        for formula in formulas_of(rule):
            yield f"rules/{place}", formula
    for place, ban in enumerate(conflict.bans, start=1):
        yield f"bans/{place}", ban.leaving
        yield f"bans/{place}", ban.reaching
    for place, question in enumerate(conflict.questions, start=1):
        if question.condition is not None:
            yield f"questions/{place}", question.condition
    for place, conclusion in enumerate(conflict.conclusions, start=1):
        for claimed in (conclusion.condition, conclusion.then):
            if claimed is not None:
                yield f"conclusions/{place}", claimed
    for dm in conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        for place, line in enumerate(dm.red_lines, start=1):
            yield f"{path}/red lines/{place}", line.never
        if dm.unperceived is not None:
            yield f"{path}/unperceived", dm.unperceived
        for element, preference in _preferences(dm, path):
            for formula in formulas_in(preference):
                yield element, formula
    for element, preference in preferences_in_views(conflict):
        yield from ((element, formula) for formula in formulas_in(preference))
    yield from believed_formulas(conflict)


def _preferences(dm: DecisionMaker, path: str) -> Iterator[tuple[str, Preference]]:
    if dm.preference is not None:
        yield f"{path}/{dm.preference.fields[0].key}", dm.preference
    for place, spare in enumerate(dm.spare_preferences, start=1):
        yield f"{path}/spare preferences/{place}", spare


def _parties(conflict: Conflict) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every mention of decision makers with the path of the element that mentions them."""
    for option in conflict.options:
        yield f"options/{option.key}", option.owners
    for place, ban in enumerate(conflict.bans, start=1):
        yield f"bans/{place}", (ban.by,)
    for place, measure in enumerate(conflict.measures, start=1):
        yield f"measures/{place}", tuple(parties_of(measure))
    for place, coalition in enumerate(conflict.coalitions, start=1):
        yield f"coalitions/{place}", coalition.members
    for asserter in conflict.evidence.asserters:
        yield f"asserters/{asserter.key}", (*asserter.speaks_for, *asserter.adverse_to)
    for position in conflict.positions:
        yield f"positions/{position.party}", (position.party,)
    for place, conclusion in enumerate(conflict.conclusions, start=1):
        yield f"conclusions/{place}", conclusion.parties
    for front in conflict.fronts:
        yield f"fronts/{front.key}", front.decision_makers
    if conflict.movers is not None:
        yield "movers", tuple(key for key, _ in conflict.movers.weights)
    for place, missing in enumerate(conflict.evidence.missing, start=1):
        yield f"missing/{place}", () if missing.about is None else (missing.about,)
    yield from believing_parties(conflict)
