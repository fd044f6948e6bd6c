"""One conflict made of local conflicts on several fronts.

The states of the whole are the combinations of a state of each front that no link forbids; a move changes options on any fronts at once, as
far as they are the mover's own.  Whoever takes part on one front alone orders the states of the whole as they order those of that front.
A common decision maker combines their local orders: by the importance of the fronts, or by weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from detente.analysis.composing.local import levels_of, preference_of, statements_of
from detente.analysis.composing.parts import checked, renamed_component
from detente.errors import Problems
from detente.model.attitude import Attitude
from detente.model.ban import Ban
from detente.model.composition import Common, Component, Composition
from detente.model.conflict import Conflict, DecisionMaker, Option, in_owner_order
from detente.model.formula import Not, Taken, all_of, any_of
from detente.model.front import Front
from detente.model.pairs import Threshold
from detente.model.preference import Preference
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace

MOST_STATES = 4_096
"""Most states of a whole in which weighted levels are added up, state by state."""
MOST_OPTIONS = 20
"""Most options of such a whole."""


@dataclass(frozen=True)
class Composed:
    """A whole with the fronts that it is made of.

    Parameters
    ----------
    composition
        What it was made from.
    conflict
        The whole.
    fronts
        The local conflicts with the keys of the whole.
    dropped
        For each front (key) the paths, in its local conflict, of what has no place in the whole.

    Examples
    --------
    >>> from detente.model.conflict import Option
    >>> a, options = DecisionMaker("A", "A"), (Option("x", "x", ("A",)),)
    >>> north, south = (Component(key, key, Conflict(key, (a,), options), prefix=key[0]) for key in ("north", "south"))
    >>> made = composed(Composition("both", (north, south), (Common("A", order=("north", "south")),)))
    >>> made.conflict.combinations, made.local("south", 2)
    (4, 1)
    """

    composition: Composition
    conflict: Conflict
    fronts: tuple[Component, ...]
    dropped: dict[str, tuple[str, ...]]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        index = self.conflict.option_index
        return {front.key: [index[option.key] for option in front.conflict.options] for front in self.fronts}

    def local(self, front: str, state: int) -> int:
        """The combination of a front (key) that a combination of the whole is on it."""
        return sum(1 << k for k, place in enumerate(self._places[front]) if state >> place & 1)


def composed(composition: Composition) -> Composed:
    """One conflict made of the local ones.

    Parameters
    ----------
    composition
        The local conflicts and what connects them.

    Raises
    ------
    ConflictError
        M170 (a front has no decision maker in common with another), M171 (a key on two fronts), M172 (merged states), M173 (how the fronts
        are combined is not said, or is said of others), M174 (an option that is to be the same differs), M175 (too many states), M176
        (movers who never move).

    Examples
    --------
    >>> from detente.model.conflict import Option
    >>> a, options = DecisionMaker("A", "A", OptionWeighting((("x", 1),))), (Option("x", "x", ("A",)),)
    >>> north, south = (Component(key, key, Conflict(key, (a,), options), prefix=key[0] + "_") for key in ("north", "south"))
    >>> made = composed(Composition("both", (north, south), (Common("A", weights=(("north", 1), ("south", 2))),)))
    >>> [option.key for option in made.conflict.options], made.conflict.decision_makers[0].preference.weights
    (['n_x', 's_x'], (('n_x', 1), ('s_x', 2)))

    References
    ----------
    He, Kilgour and Hipel 2017, "A basic hierarchical graph model for conflict resolution with weighted preference", Journal of
    Environmental Informatics, doi 10.3808/jei.201700382.
    """
    renamed = [renamed_component(component, composition.same) for component in composition.components]
    checked(composition, renamed)
    fronts = tuple(one.component for one in renamed)
    whole = _joined(composition, fronts)
    parties = tuple(_combined(composition, fronts, whole, dm) for dm in whole.decision_makers)
    conflict = replace(whole, decision_makers=parties, fronts=_fronts(composition, fronts))
    return Composed(composition, conflict, fronts, {one.component.key: one.dropped for one in renamed})


def _joined(composition: Composition, fronts: tuple[Component, ...]) -> Conflict:
    """The whole, decision makers with all but their preferences."""
    parties = tuple(_party(fronts, key) for key in dict.fromkeys(dm.key for front in fronts for dm in front.conflict.decision_makers))
    options = _options(fronts)
    rules = dict.fromkeys([*(rule for front in fronts for rule in front.conflict.rules), *composition.links])
    quos = [front.conflict.status_quo for front in fronts]
    coalitions = {one.members: one for front in fronts for one in front.conflict.coalitions}
    evidence = [front.conflict.evidence for front in fronts]
    return Conflict(
        composition.title,
        parties,
        in_owner_order(parties, options),
        tuple(rules),
        frozenset[str]().union(*(quo for quo in quos if quo is not None)) if None not in quos else None,
        composition.question,
        composition.about,
        composition.viewpoint,
        replace(
            evidence[0],
            sources=tuple(dict.fromkeys(source for one in evidence for source in one.sources)),
            asserters=tuple(dict.fromkeys(asserter for one in evidence for asserter in one.asserters)),
            missing=tuple(dict.fromkeys(missing for one in evidence for missing in one.missing)),
        ),
        coalitions=tuple(coalitions.values()),
        bans=tuple(dict.fromkeys(ban for front in fronts for ban in _bans(composition, front))),
        movers=composition.movers,
    )


def _options(fronts: tuple[Component, ...]) -> tuple[Option, ...]:
    """The options of all fronts; those of one name on several are told apart by the names of the fronts."""
    on: dict[str, Component] = {}
    for front in fronts:
        for option in front.conflict.options:
            on.setdefault(option.key, front)
    options = {key: front.conflict.option(key) for key, front in on.items()}
    names = Counter(option.name for option in options.values())
    told = (
        replace(option, name=f"{option.name} ({on[key].name})") if names[option.name] > 1 and option.name != key else option
        for key, option in options.items()
    )
    return tuple(told)


def _bans(composition: Composition, front: Component) -> Iterator[Ban]:
    """The bans of a front; one on a common decision maker says for each of their options there that this very option changes.

    Otherwise a move on another front, with this one as it is, would be banned where the state here meets both conditions.
    """
    common = {one.party for one in composition.common}
    for ban in front.conflict.bans:
        if ban.by not in common:
            yield ban
            continue
        for option in front.conflict.options_of(ban.by):
            taken = Taken(option.key)
            yield replace(ban, leaving=all_of(ban.leaving, taken), reaching=all_of(ban.reaching, Not(taken)))
            yield replace(ban, leaving=all_of(ban.leaving, Not(taken)), reaching=all_of(ban.reaching, taken))


def _party(fronts: tuple[Component, ...], key: str) -> DecisionMaker:
    """A decision maker of the whole, without a preference: what each front says of them, the first where only one can count."""
    found = [dm for front in fronts for dm in front.conflict.decision_makers if dm.key == key]
    unperceived = [dm.unperceived for dm in found if dm.unperceived is not None]
    thresholds: dict[str, Threshold] = {}
    attitudes: dict[str, Attitude] = {}
    for dm in found:
        for threshold in dm.thresholds:
            thresholds.setdefault(threshold.kind, threshold)
        for attitude in dm.attitudes:
            attitudes.setdefault(attitude.toward, attitude)
    return replace(
        found[0],
        preference=None,
        spare_preferences=(),
        red_lines=tuple(line for dm in found for line in dm.red_lines),
        unperceived=any_of(*unperceived) if unperceived else None,
        pairs=tuple(pair for dm in found for pair in dm.pairs),
        thresholds=tuple(thresholds.values()),
        attitudes=tuple(attitudes.values()),
    )


def _combined(composition: Composition, fronts: tuple[Component, ...], whole: Conflict, dm: DecisionMaker) -> DecisionMaker:
    """The decision maker with the preference that they have in the whole."""
    own = {front.key: front for front in fronts if any(one.key == dm.key for one in front.conflict.decision_makers)}
    common = next((one for one in composition.common if one.party == dm.key), None)
    if common is None:
        (only,) = own.values()
        return replace(dm, preference=preference_of(only, dm.key))
    if common.order:
        found = tuple(statement for key in common.order for statement in statements_of(own[key], dm.key))
        return replace(dm, preference=OptionPrioritization(found) if found else None)
    return replace(dm, preference=_weighted(common, own, whole))


def _weighted(common: Common, own: dict[str, Component], whole: Conflict) -> Preference | None:
    """The order of the weighted sums: of option weights, where all local orders are such, otherwise of levels, state by state."""
    dm = common.party
    local = {key: own[key].conflict.decision_maker(dm).preference for key, _ in common.weights}
    if all(preference is None or isinstance(preference, OptionWeighting) for preference in local.values()):
        sums: dict[str, int] = {}
        for key, weight in common.weights:
            preference = local[key]
            for option, one in preference.weights if isinstance(preference, OptionWeighting) else ():
                sums[option] = sums.get(option, 0) + weight * one
        return OptionWeighting(tuple(sums.items()), common.basis) if sums else None
    space = StateSpace(whole, MOST_OPTIONS)
    if not space.is_listed or space.states.count > MOST_STATES:
        many = f"{space.states.count:,} states" if space.is_listed else f"{len(whole.options)} options"
        problems = Problems()
        problems.error(
            "M175",
            f"the whole has {many}, too many to add up what each front is worth to {dm} in each",
            value=dm,
            element=f"common/{dm}",
            help=f"order the fronts by importance, give {dm} option weights on each, or add links (up to {MOST_STATES:,} states)",
        )
        problems.raise_errors()
    worth = dict.fromkeys(space.states.each(), 0)
    for key, weight in common.weights:
        levels = levels_of(own[key], dm)
        below = {state: len(levels) - 1 - place for place, level in enumerate(levels) for state in level}
        index = whole.option_index
        places = [index[option.key] for option in own[key].conflict.options]
        for state in worth:
            worth[state] += weight * below[sum(1 << k for k, place in enumerate(places) if state >> place & 1)]
    ordered = sorted(set(worth.values()), reverse=True)
    return StateRanking(tuple(tuple(whole.taken(s) for s in worth if worth[s] == value) for value in ordered), common.basis)


def _fronts(composition: Composition, fronts: tuple[Component, ...]) -> tuple[Front, ...]:
    """The fronts that can be left out; where all options lie on fronts, the first is what is left when all others are out."""
    makers = [key for front in fronts for key in {dm.key for dm in front.conflict.decision_makers}]
    named = fronts if composition.same else fronts[1:]
    return tuple(_front(front, composition.same, {key for key in makers if makers.count(key) == 1}) for front in named)


def _front(front: Component, same: tuple[str, ...], single: set[str]) -> Front:
    own = tuple(dm.key for dm in front.conflict.decision_makers if dm.key in single)
    options = tuple(o.key for o in front.conflict.options if o.key not in same and not (o.owners and set(o.owners) <= set(own)))
    return Front(front.key, front.name, options, own, front.basis, front.says)
