"""A conflict under another key of an option or a decision maker, wherever the key occurs."""

from __future__ import annotations

from dataclasses import replace

from detente.model.attitude import rename_attitude
from detente.model.ban import rename_ban
from detente.model.conflict import Conflict, DecisionMaker, RedLine
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


def with_renamed_option(conflict: Conflict, old: str, new: str) -> Conflict:
    """The conflict with a new key for an option in the place of the old one; names in full and other texts stay.

    Raises `ConflictError` if the new key can't be used (M102, M103).

    >>> from detente.model.conflict import Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset({"x"}))
    >>> with_renamed_option(one, "x", "deal").status_quo
    frozenset({'deal'})
    """
    names = {old: new}

    def key(option: str) -> str:
        return names.get(option, option)

    def formula(condition: Formula) -> Formula:
        return renamed(condition, names)

    def preference(old_one: Preference) -> Preference:
        return old_one.map_formulas(formula, key)

    def decision_maker(dm: DecisionMaker) -> DecisionMaker:
        return replace(
            dm,
            preference=None if dm.preference is None else preference(dm.preference),
            spare_preferences=tuple(map(preference, dm.spare_preferences)),
            red_lines=tuple(RedLine(formula(line.never), line.basis, line.says) for line in dm.red_lines),
            unperceived=None if dm.unperceived is None else formula(dm.unperceived),
            pairs=tuple(rename_pair(pair, names) for pair in dm.pairs),
        )

    return replace(
        conflict,
        decision_makers=tuple(map(decision_maker, conflict.decision_makers)),
        options=tuple(replace(option, key=key(option.key)) for option in conflict.options),
        rules=tuple(rename_rule(rule, names) for rule in conflict.rules),
        bans=tuple(rename_ban(ban, names, {}) for ban in conflict.bans),
        questions=tuple(rename_question(question, names) for question in conflict.questions),
        conclusions=tuple(rename_conclusion(conclusion, names, {}) for conclusion in conflict.conclusions),
        measures=tuple(rename_measure(measure, names, {}) for measure in conflict.measures),
        fronts=tuple(rename_front(front, names, {}) for front in conflict.fronts),
        viewpoints=tuple(rename_viewpoint(seen, names, {}) for seen in conflict.viewpoints),
        guesses=tuple(rename_guess(guess, names, {}) for guess in conflict.guesses),
        status_quo=None if conflict.status_quo is None else frozenset(map(key, conflict.status_quo)),
        named_states=tuple(replace(named, taken=frozenset(map(key, named.taken))) for named in conflict.named_states),
        positions=tuple(replace(position, taken=frozenset(map(key, position.taken))) for position in conflict.positions),
        fallback=conflict.fallback and replace(conflict.fallback, taken=frozenset(map(key, conflict.fallback.taken))),
    )


def with_renamed_decision_maker(conflict: Conflict, old: str, new: str) -> Conflict:
    """The conflict with a new key for a decision maker in the place of the old one; names in full and other texts stay.

    Raises `ConflictError` if the new key can't be used (M102, M103).

    >>> from detente.model.conflict import Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> with_renamed_decision_maker(one, "A", "B").options[0].owners
    ('B',)
    """

    def key(party: str) -> str:
        return new if party == old else party

    def keys(parties: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(key, parties))

    evidence = conflict.evidence
    return replace(
        conflict,
        decision_makers=tuple(
            replace(dm, key=key(dm.key), attitudes=tuple(rename_attitude(attitude, {old: new}) for attitude in dm.attitudes))
            for dm in conflict.decision_makers
        ),
        options=tuple(replace(option, owners=keys(option.owners)) for option in conflict.options),
        coalitions=tuple(replace(coalition, members=keys(coalition.members)) for coalition in conflict.coalitions),
        positions=tuple(replace(position, party=key(position.party)) for position in conflict.positions),
        bans=tuple(rename_ban(ban, {}, {old: new}) for ban in conflict.bans),
        conclusions=tuple(rename_conclusion(conclusion, {}, {old: new}) for conclusion in conflict.conclusions),
        measures=tuple(rename_measure(measure, {}, {old: new}) for measure in conflict.measures),
        fronts=tuple(rename_front(front, {}, {old: new}) for front in conflict.fronts),
        viewpoints=tuple(rename_viewpoint(seen, {}, {old: new}) for seen in conflict.viewpoints),
        guesses=tuple(rename_guess(guess, {}, {old: new}) for guess in conflict.guesses),
        movers=rename_movers(conflict.movers, {old: new}),
        evidence=replace(
            evidence,
            asserters=tuple(replace(a, speaks_for=keys(a.speaks_for), adverse_to=keys(a.adverse_to)) for a in evidence.asserters),
            missing=tuple(m if m.about is None else replace(m, about=key(m.about)) for m in evidence.missing),
        ),
    )
