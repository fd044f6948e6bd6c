"""The same conflict under other names and in another order, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from detente.model.conflict import Coalition, Conflict, DecisionMaker, NamedState, Option, RedLine, in_owner_order
from detente.model.evidence import Asserter, Evidence, Missing
from detente.model.formula import Formula, renamed
from detente.model.preference import Preference
from detente.model.rule import rename_rule
from detente.space.states import StateSpace

# Armenian letters stand for Latin ones, the last for the first, so that whatever is sorted by name comes out otherwise.
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHER = "".join(chr(0x0531 + 25 - i) for i in range(26))
AWAY = str.maketrans(_LATIN + _LATIN.lower(), _OTHER + _OTHER.lower())
BACK = str.maketrans(_OTHER + _OTHER.lower(), _LATIN + _LATIN.lower())


def renamed_conflict(conflict: Conflict) -> Conflict:
    """The conflict with every key and name of a decision maker and an option in other letters."""
    makers = {dm.key: dm.key.translate(AWAY) for dm in conflict.decision_makers}
    options = {option.key: option.key.translate(AWAY) for option in conflict.options}
    return _changed(conflict, makers, options, list(conflict.decision_makers), list(conflict.options))


def shuffled_conflict(conflict: Conflict, seed: int) -> Conflict:
    """The conflict with its decision makers, and each one's options, in another order."""
    draw = Random(seed)
    makers, options = list(conflict.decision_makers), list(conflict.options)
    draw.shuffle(makers)
    draw.shuffle(options)
    return _changed(conflict, {}, {}, makers, options)


def _changed(
    conflict: Conflict, makers: Mapping[str, str], options: Mapping[str, str], order: list[DecisionMaker], option_order: list[Option]
) -> Conflict:
    def key(name: str) -> str:
        return options.get(name, name)

    def formula(old: Formula) -> Formula:
        return renamed(old, options)

    def party(name: str) -> str:
        return makers.get(name, name)

    def preference(old: Preference) -> Preference:
        return old.map_formulas(formula, key)

    parties = tuple(
        replace(
            dm,
            key=party(dm.key),
            name=dm.name.translate(AWAY) if makers else dm.name,
            preference=None if dm.preference is None else preference(dm.preference),
            red_lines=tuple(RedLine(formula(line.never), line.basis, line.says) for line in dm.red_lines),
            spare_preferences=tuple(map(preference, dm.spare_preferences)),
            unperceived=None if dm.unperceived is None else formula(dm.unperceived),
        )
        for dm in order
    )
    owned = tuple(
        replace(o, key=key(o.key), name=o.name.translate(AWAY) if options else o.name, owners=tuple(map(party, o.owners)))
        for o in option_order
    )
    evidence = Evidence(
        conflict.evidence.sources,
        tuple(
            Asserter(a.key, a.name, tuple(map(party, a.speaks_for)), tuple(map(party, a.adverse_to))) for a in conflict.evidence.asserters
        ),
        tuple(Missing(m.what, None if m.about is None else party(m.about), m.matters) for m in conflict.evidence.missing),
    )
    return replace(
        conflict,
        decision_makers=parties,
        options=in_owner_order(parties, owned),
        rules=tuple(rename_rule(rule, options) for rule in conflict.rules),
        status_quo=None if conflict.status_quo is None else frozenset(map(key, conflict.status_quo)),
        evidence=evidence,
        named_states=tuple(NamedState(n.name, frozenset(map(key, n.taken))) for n in conflict.named_states),
        coalitions=tuple(Coalition(tuple(map(party, c.members)), c.name) for c in conflict.coalitions),
    )


def same_states(conflict: Conflict, shuffled: Conflict) -> dict[int, int]:
    """For each number of a state of the shuffled conflict the number that the same state has in the other."""
    space, other = StateSpace(conflict), StateSpace(shuffled)
    found = {}
    for state in other.states.each():
        same = space.state_of(conflict.combination(shuffled.taken(state)))
        assert same is not None
        found[other.number(state)] = space.number(same)
    return found
