"""The same conflict under other names and in another order, with the map from old states to new ones.

Neutrality tests use it: renaming and reordering decision makers and options must permute results and change nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from detente.model.attitude import rename_attitude
from detente.model.ban import rename_ban
from detente.model.conflict import Conflict, DecisionMaker, RedLine, in_owner_order
from detente.model.formula import Formula, renamed
from detente.model.front import rename_front
from detente.model.guess import rename_guess
from detente.model.measure import rename_measure
from detente.model.mover import rename_movers
from detente.model.pairs import rename_pair
from detente.model.preference import Preference
from detente.model.question import rename_conclusion, rename_question
from detente.model.rule import rename_rule
from detente.model.viewpoint import rename_viewpoint
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class Transformed:
    """A conflict that says the same as another, and where everything went.

    Parameters
    ----------
    conflict
        The new conflict.
    decision_makers, options
        For each old key the new one.
    bits
        For each old option, in order, its new place.
    """

    conflict: Conflict
    decision_makers: Mapping[str, str]
    options: Mapping[str, str]
    bits: tuple[int, ...]

    def combination(self, old: int) -> int:
        """The new combination in which the same options are taken as in an old one."""
        return sum(1 << new for place, new in enumerate(self.bits) if old >> place & 1)

    def states(self, old: StateSpace, new: StateSpace) -> dict[int, int]:
        """For each old state the new one; a merged state may be represented by another of its members.

        Raises
        ------
        ValueError
            If a state has become infeasible, so that the conflict is not the same.
        """
        found = {}
        for state in old.states.each():
            there = new.state_of(self.combination(state))
            if there is None:
                raise ValueError(f"state {old.number(state)} has become infeasible")
            found[state] = there
        return found


def rename(conflict: Conflict, decision_makers: Mapping[str, str], options: Mapping[str, str]) -> Transformed:
    """The conflict with other keys for decision makers and options, wherever they occur; keys not given stay.

    Names that equal the old key follow it; other names and texts stay.  Options keep their order.

    Examples
    --------
    >>> from detente.model.conflict import Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset({"x"}))
    >>> changed = rename(one, {"A": "Z"}, {"x": "deal"}).conflict
    >>> changed.options[0].owners, changed.status_quo
    (('Z',), frozenset({'deal'}))
    """
    people = {dm.key: decision_makers.get(dm.key, dm.key) for dm in conflict.decision_makers}
    things = {option.key: options.get(option.key, option.key) for option in conflict.options}

    def party(dm: DecisionMaker) -> DecisionMaker:
        return replace(
            dm,
            key=people[dm.key],
            name=people[dm.key] if dm.name == dm.key else dm.name,
            preference=dm.preference and _renamed_preference(dm.preference, things),
            red_lines=tuple(RedLine(renamed(line.never, things), line.basis, line.says) for line in dm.red_lines),
            spare_preferences=tuple(_renamed_preference(spare, things) for spare in dm.spare_preferences),
            unperceived=None if dm.unperceived is None else renamed(dm.unperceived, things),
            pairs=tuple(rename_pair(pair, things) for pair in dm.pairs),
            attitudes=tuple(rename_attitude(attitude, people) for attitude in dm.attitudes),
        )

    evidence = replace(
        conflict.evidence,
        asserters=tuple(
            replace(a, speaks_for=_keys(a.speaks_for, people), adverse_to=_keys(a.adverse_to, people)) for a in conflict.evidence.asserters
        ),
        missing=tuple(replace(m, about=people.get(m.about or "", m.about)) for m in conflict.evidence.missing),
    )
    changed = replace(
        conflict,
        decision_makers=tuple(map(party, conflict.decision_makers)),
        options=tuple(
            replace(o, key=things[o.key], name=things[o.key] if o.name == o.key else o.name, owners=_keys(o.owners, people))
            for o in conflict.options
        ),
        rules=tuple(rename_rule(rule, things) for rule in conflict.rules),
        bans=tuple(rename_ban(ban, things, people) for ban in conflict.bans),
        questions=tuple(rename_question(question, things) for question in conflict.questions),
        conclusions=tuple(rename_conclusion(conclusion, things, people) for conclusion in conflict.conclusions),
        measures=tuple(rename_measure(measure, things, people) for measure in conflict.measures),
        fronts=tuple(rename_front(front, things, people) for front in conflict.fronts),
        viewpoints=tuple(rename_viewpoint(seen, things, people) for seen in conflict.viewpoints),
        guesses=tuple(rename_guess(guess, things, people) for guess in conflict.guesses),
        movers=rename_movers(conflict.movers, people),
        status_quo=None if conflict.status_quo is None else frozenset(things[key] for key in conflict.status_quo),
        named_states=tuple(replace(named, taken=_things(named.taken, things)) for named in conflict.named_states),
        positions=tuple(replace(p, party=people[p.party], taken=_things(p.taken, things)) for p in conflict.positions),
        fallback=conflict.fallback and replace(conflict.fallback, taken=_things(conflict.fallback.taken, things)),
        coalitions=tuple(replace(coalition, members=_keys(coalition.members, people)) for coalition in conflict.coalitions),
        evidence=evidence,
    )
    return Transformed(changed, people, things, tuple(range(len(conflict.options))))


def reorder(conflict: Conflict, decision_makers: Sequence[str], options: Sequence[str]) -> Transformed:
    """The conflict with decision makers in another order, and each one's options in the order in which they are given.

    Examples
    --------
    >>> from detente.model.conflict import Option
    >>> parties = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    >>> two = Conflict("two", parties, (Option("x", "x", ("A",)), Option("y", "y", ("B",))))
    >>> turned = reorder(two, ["B", "A"], ["x", "y"])
    >>> [option.key for option in turned.conflict.options], turned.combination(0b01)
    (['y', 'x'], 2)
    """
    parties = tuple(conflict.decision_maker(key) for key in decision_makers)
    ordered = in_owner_order(parties, tuple(conflict.option(key) for key in options))
    changed = replace(conflict, decision_makers=parties, options=ordered)
    same = {key: key for key in decision_makers}
    return Transformed(changed, same, {key: key for key in options}, tuple(changed.option_index[o.key] for o in conflict.options))


def shuffled(conflict: Conflict, rng: Random) -> Transformed:
    """The conflict under new names and in a random order of decision makers and options.

    Examples
    --------
    >>> from detente.testing.models import random_conflict
    >>> old = random_conflict(Random(1))
    >>> new = shuffled(old, Random(2))
    >>> sorted(new.decision_makers) == sorted(dm.key for dm in old.decision_makers)
    True
    """
    people = [dm.key for dm in conflict.decision_makers]
    things = [option.key for option in conflict.options]
    turned = reorder(conflict, rng.sample(people, len(people)), rng.sample(things, len(things)))
    new_people = {key: f"Party {number}" for number, key in enumerate(rng.sample(people, len(people)), start=1)}
    new_things = {key: f"choice {number}" for number, key in enumerate(rng.sample(things, len(things)), start=1)}
    again = rename(turned.conflict, new_people, new_things)
    return Transformed(again.conflict, new_people, new_things, turned.bits)


def _keys(keys: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(key, key) for key in keys)


def _things(keys: frozenset[str], names: Mapping[str, str]) -> frozenset[str]:
    return frozenset(names[key] for key in keys)


def _renamed_preference(preference: Preference, names: Mapping[str, str]) -> Preference:
    def change(formula: Formula) -> Formula:
        return renamed(formula, names)

    return preference.map_formulas(change, lambda key: names.get(key, key))
