"""What can be changed in a conflict: an outline of it as it stands after changes, with what each of them was about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from detente.app.explaining import State
from detente.app.moving import moves
from detente.app.opening import Opened
from detente.app.state_table import table_of
from detente.explain.bans import ban_words
from detente.explain.edits import rule_words
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, RedLine
from detente.model.edit_rankings import Levels, levels_of, ranks_states
from detente.model.formula import any_of, holds, written
from detente.model.preference import Statement, Sums
from detente.model.rule import Merged, Rule
from detente.space.conditions import exactly
from detente.space.states import MAX_OPTIONS, StateSpace
from detente.workbench.asked import Seen
from detente.workbench.changeable_documents import (
    ChangeableDocument,
    ItemPart,
    JointPart,
    MoveChangeablePart,
    OptionChangeablePart,
    PartyChangeablePart,
    QuoPart,
    RankedPart,
    WeightPart,
)
from detente.workbench.changes import AddBanChange, Change
from detente.workbench.following import Follower, Of, followed

RANKED = 500
"""Most states of a ranking that are given."""
MEMBERS = 8
"""Most combinations that a state stands for if moves from and to it can be forbidden by themselves."""


def changeable(before: Opened, after: Seen, changes: Sequence[Change], state: State | None = None) -> ChangeableDocument:
    """What can be changed in a conflict as it stands after some changes.

    Parameters
    ----------
    before
        The conflict without the changes.
    after
        The same with them.
    changes
        The changes.
    state
        A state whose moves are given as well, each with the ban that would forbid it.

    Raises
    ------
    UsageError
        The state is not known.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> elmira = opened("elmira")
    >>> found = changeable(elmira, Seen(elmira), [], 5)
    >>> [(one.place, one.means) for one in found.rules]
    [(1, 'exactly one of Delay, Accept and Abandon is taken'), (2, 'all states with “Abandon” are one')]
    >>> [(one.by, one.state, one.ban.leaving) for one in found.moves][:1]
    [('MoE', 6, 'not Modify and Delay and not Accept and not Abandon and Insist')]
    """
    first, now = before.conflict, after.opened.conflict
    outline = _Outline(first, now, followed(first, changes))
    here, around, count = (None, None, None) if state is None else _moves(after.opened, state)
    return ChangeableDocument(
        same=replace(first, guesses=()) == replace(now, guesses=()),
        says=after.changes,
        decision_makers=tuple(outline.party(dm) for dm in now.decision_makers),
        rules=outline.items(("rule", None), now.rules, first.rules, _rule),
        bans=outline.items(("ban", None), now.bans, first.bans, _ban),
        options=tuple(outline.options()),
        coalitions=tuple(
            JointPart(place=place, members=one.members, name=one.name, joint=one.joint, was=old.joint)
            for place, (one, old) in enumerate(zip(now.coalitions, first.coalitions, strict=True), 1)
        ),
        status_quo=QuoPart(taken=_in_order(now, now.status_quo), was=_in_order(first, first.status_quo)),
        here=here,
        moves=around,
        moves_in_all=count,
    )


def _statement(one: Statement) -> tuple[str | None, str]:
    return one.says, written(one.when)


def _red_line(one: RedLine) -> tuple[str | None, str]:
    return one.says, written(one.never)


def _rule(one: Rule) -> tuple[str | None, str]:
    return one.says, rule_words(one)


def _ban(one: Ban) -> tuple[str | None, str]:
    return one.says, ban_words(replace(one, says=None))


Item = TypeVar("Item")
"""A statement, a red line, a rule or a ban."""
Told: TypeAlias = Callable[[Item], tuple[str | None, str]]
"""The words that a file has for an item, and what it means."""


class _Outline:
    """The parts of the document about two conflicts, of which the second (`now`) was made from the first by changes."""

    def __init__(self, first: Conflict, now: Conflict, lists: Mapping[Of, Follower]) -> None:
        self.first, self.now, self.lists = first, now, lists

    def items(self, of: Of, now: Sequence[Item], first: Sequence[Item], told: Told[Item]) -> tuple[ItemPart, ...]:
        """The items of a list, with those that were taken away: each after what it stood behind."""
        follower = self.lists[of]
        there = {token: place for place, token in enumerate(follower.tokens)}
        order = list(follower.tokens)
        for gone in (token for token in range(follower.first) if token not in there):
            order.insert(order.index(gone - 1) + 1 if gone else 0, gone)
        return tuple(self._item(token, there.get(token), follower, now, first, told) for token in order)

    def _item(
        self, token: int, place: int | None, follower: Follower, now: Sequence[Item], first: Sequence[Item], told: Told[Item]
    ) -> ItemPart:
        item = first[token] if place is None else now[place]
        says, means = told(item)
        return ItemPart(
            place=None if place is None else place + 1,
            was=token + 1 if token >= 0 else None,
            says=says,
            means=means,
            by=item.by if isinstance(item, Ban) else None,
            changes=follower.spoken.get(token, ()),
        )

    def party(self, dm: DecisionMaker) -> PartyChangeablePart:
        """What can be changed of what a decision maker wants."""
        old, preference = self.first.decision_maker(dm.key), dm.preference
        listed = preference is not None and preference.with_statements(preference.statements()) is not None
        before = old.preference.statements() if old.preference is not None else ()
        statements = preference.statements() if preference is not None else ()
        levels = levels_of(dm)
        return PartyChangeablePart(
            key=dm.key,
            statements=self.items(("statement", dm.key), statements, before, _statement) if listed else None,
            levels=self._levels(levels, levels_of(old)) if ranks_states(dm) else None,
            ranked=sum(map(len, levels)),
            weights=self._weights(dm, old),
            red_lines=self.items(("red line", dm.key), dm.red_lines, old.red_lines, _red_line),
        )

    def _levels(self, levels: Levels, old: Levels) -> tuple[tuple[RankedPart, ...], ...] | None:
        """A ranking; None for one of too many states."""
        if sum(map(len, levels)) > RANKED:
            return None
        was = {taken: level for level, states in enumerate(old, 1) for taken in states}
        space = table_of(self.now).space if len(self.now.options) <= MAX_OPTIONS else None  # a ranking may be of other states by now
        return tuple(tuple(self._ranked(taken, space, was.get(taken)) for taken in states) for states in levels)

    def _ranked(self, taken: frozenset[str], space: StateSpace | None, was: int | None) -> RankedPart:
        merged = (rule.name for rule in self.now.rules if isinstance(rule, Merged) and holds(rule.when, taken.__contains__))
        keys, name = _in_order(self.now, taken) or (), self.now.name_of(taken) or next(merged, None)
        state = None if space is None else space.state_of(self.now.combination(taken))
        if space is None or state is None:
            return RankedPart(taken=keys, state=None, choice=None, name=name, was=was)
        return RankedPart(taken=keys, state=space.number(state), choice=space.choice(state), name=name, was=was)

    def _weights(self, dm: DecisionMaker, old: DecisionMaker) -> tuple[WeightPart, ...] | None:
        """The weight of each option; None for a decision maker who does not weigh options."""
        first = self.now.options[0].key
        if dm.preference is None or dm.preference.with_weight(first, 0) is None:
            return None
        now, then = _weights_of(dm), _weights_of(old)
        return tuple(WeightPart(option=one.key, weight=now.get(one.key, 0), was=then.get(one.key, 0)) for one in self.now.options)

    def options(self) -> Iterator[OptionChangeablePart]:
        """The options with their directions."""
        for option in self.now.options:
            old = self.first.option(option.key) if option.key in self.first.option_index else None
            yield OptionChangeablePart(
                key=option.key,
                name=option.name,
                owners=option.owners,
                direction=option.direction.value,
                was=None if old is None else old.direction.value,
            )


def _weights_of(dm: DecisionMaker) -> dict[str, int]:
    criteria = dm.preference.criteria() if dm.preference is not None else ()
    return {key: weight for one in criteria if isinstance(one, Sums) for key, weight in one.weights}


def _in_order(conflict: Conflict, taken: frozenset[str] | None) -> tuple[str, ...] | None:
    """Options that are taken, in the order of the conflict."""
    return None if taken is None else tuple(option.key for option in conflict.options if option.key in taken)


# -- moves that can be forbidden ------------------------------------------------------------------------------------------
def _moves(opened: Opened, state: State) -> tuple[tuple[str, ...], tuple[MoveChangeablePart, ...], int]:
    """The options taken in a state, the moves from it that are given, and how many there are."""
    found = moves(opened, state, under=None, drawn="none")
    conflict = opened.conflict
    conditions = _Conditions(conflict)
    leaving = conditions.of(found.state.id, found.state.choice)
    here = conditions.taken(found.state.id, found.state.choice)
    given = []
    for party in found.moves:
        for move in party.from_.moves:
            reaching = conditions.of(move.state, move.choice)
            ban = None
            if leaving is not None and reaching is not None:
                place = len(conflict.bans) + 1
                ban = AddBanChange(change="add ban", place=place, by=party.by, leaving=leaving, reaching=reaching)
            given.append(MoveChangeablePart(by=party.by, state=move.state, choice=move.choice, name=move.name, kind=move.kind, ban=ban))
    return _in_order(conflict, here) or (), tuple(given), sum(sum(party.from_.counts.values()) for party in found.moves)


class _Conditions:
    """Conditions that single states meet and no others."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict

    def of(self, number: int, choice: str) -> str | None:
        """The condition of the state with a number and a choice; None for a merged state of too many combinations."""
        if "-" not in choice:
            return written(exactly(self.conflict, self.taken(number, choice)))
        if len(self.conflict.options) > MAX_OPTIONS:
            return None
        space = table_of(self.conflict).space
        members = space.members(space.state(number))
        if len(members) > MEMBERS:
            return None
        return written(any_of(*(exactly(self.conflict, self.conflict.taken(member)) for member in members)))

    def taken(self, number: int, choice: str) -> frozenset[str]:
        """The options taken in a state; in a merged one those of the combination that stands for it."""
        if "-" in choice and len(self.conflict.options) <= MAX_OPTIONS:
            return self.conflict.taken(table_of(self.conflict).space.state(number))
        return frozenset(option.key for option, letter in zip(self.conflict.options, choice, strict=True) if letter == "Y")
