"""How states, moves and ranks are put into words.  Every party is spoken of in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from detente.explain.basis import Grounds, grounds
from detente.model.evidence import is_hostile
from detente.model.formula import Formula, holds
from detente.model.rule import Merged
from detente.preference.order import Order
from detente.space.states import StateSpace
from detente.text import listing

MAX_RANKED = 1 << 16
"""Most states for which ranks are named; in larger spaces sentences say better and worse only."""
MAX_SPELT = 8
"""Most options for which a state is spelt out with what is not done in it."""


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, ... 11th, ... 21st.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 1003)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '1,003rd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return f"“{text}”"


class Words:
    """The words of one conflict.

    Parameters
    ----------
    space
        The space that is spoken of.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> options = (Option("x", "open a door", ("A",)), Option("y", "sign", ("B",)))
    >>> words = Words(StateSpace(Conflict("two", (a, b), options, status_quo=frozenset({"x"}))))
    >>> words.full(1)
    'state 2 (YN, the status quo): A: open a door; B: not sign'
    >>> words.by(words.space.moves("A", 1)[0], 1, "A"), words.rank("A", 0)
    ('taking up “open a door”', '1st choice')
    """

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.conflict = space.conflict
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        self.orders = {dm: Order(space, dm) for dm in self.decision_makers}

    def party(self, dm: str) -> str:
        """A decision maker's name in sentences: the short one, as in tables."""
        return self.conflict.decision_maker(dm).key

    # -- states ----------------------------------------------------------------------------------------------------
    def number(self, state: int) -> str:
        """The number of a state."""
        return f"{self.space.number(state):,}"

    def state(self, state: int) -> str:
        """A state by its number: "state 5"."""
        return f"state {self.number(state)}"

    def states(self, states: Iterable[int], word: str = "and") -> str:
        """States by their numbers: "state 5", "states 2, 5 and 8"."""
        numbers = [self.number(state) for state in states]
        return f"{'state' if len(numbers) == 1 else 'states'} {listing(numbers, word)}"

    @cached_property
    def _names(self) -> dict[int, str]:
        names: dict[int, str] = {}
        for rule in self.conflict.rules:
            if isinstance(rule, Merged) and rule.name:
                merged = self.space.where_bits(rule.when)
                names.update({state: rule.name for state, members in self.space.classes.items() if merged >> members[0] & 1})
        for named in self.conflict.named_states:
            state = self.space.state_of(self.conflict.combination(named.taken))
            if state is not None:
                names[state] = named.name
        return names

    def name(self, state: int) -> str | None:
        """The name of a state, given in the conflict file for itself or for the rule that merges it; None if it has none."""
        return self._names.get(state)

    def named(self, state: int) -> str:
        """A state by its number, with its name if it has one: "state 5 (“the deal”)"."""
        name = self.name(state)
        return f"{self.state(state)} ({quoted(name)})" if name else self.state(state)

    def full(self, state: int) -> str:
        """A state by number, choice of options, name if it has one, and in words."""
        name = self.name(state)
        known = [
            self.space.choice(state),
            *([quoted(name)] if name else []),
            *(["the status quo"] if state == self.space.status_quo else []),
        ]
        return f"{self.state(state)} ({', '.join(known)}): {self.spelt(state)}"

    def spelt(self, state: int) -> str:
        """What each party does in a state: with what they do not do, where there are at most `MAX_SPELT` options."""
        choice = self.space.choice(state)
        groups: dict[str, list[str]] = {}
        for option, letter in zip(self.conflict.options, choice, strict=True):
            owner = listing(self.party(dm) for dm in self.decision_makers if dm in option.owners) or "nobody's to decide"
            said = groups.setdefault(owner, [])
            if letter == "Y":
                said.append(option.name)
            elif letter == "-":
                said.append(f"{option.name} or not")
            elif len(choice) <= MAX_SPELT:
                said.append(f"not {option.name}")
        return "; ".join(f"{owner}: {', '.join(said) or 'none of the options'}" for owner, said in groups.items())

    def meets(self, condition: Formula, state: int) -> bool:
        """Whether a state meets a condition (a merged state: by its greatest combination)."""
        index = self.conflict.option_index
        return holds(condition, lambda option: bool(state >> index[option] & 1))

    @cached_property
    def _grounds(self) -> dict[str, Grounds]:
        return grounds(self.conflict)

    def hostile(self, dm: str, element: str) -> str:
        """A remark where all who are cited for an element about a decision maker are adverse to them; otherwise nothing."""
        found = self._grounds.get(element)
        if found is None or found.basis is None or not is_hostile(found.basis, dm, self.conflict.evidence):
            return ""
        return f" (as described only by parties adverse to {self.party(dm)})"

    # -- moves -----------------------------------------------------------------------------------------------------
    def move(self, start: int, to: int) -> str:
        """A move by the numbers of its states: "1 ▸ 5"."""
        return f"{self.number(start)} ▸ {self.number(to)}"

    def changed(self, start: int, to: int, dm: str) -> tuple[int, int]:
        """A change of a decision maker's options that makes a move: the combination that it starts from and the bits changed.

        Where a merged state leaves several, the one that changes the fewest options.
        """
        if start not in self.space.classes and to not in self.space.classes:
            return start, start ^ to
        found = [
            (flip.bit_count(), member, flip)
            for member in self.space.members(start)
            for flip, target in self.space.flips(dm, member)
            if self.space.state_of(target) == to
        ]
        _, member, flip = min(found)
        return member, flip

    def by(self, start: int, to: int, dm: str) -> str:
        """How a move is made: "taking up “insist” and giving up “delay”"."""
        return self.by_change(*self.changed(start, to, dm))

    def by_change(self, combination: int, flip: int) -> str:
        """How a change of options is made."""
        changed = [(k, option) for k, option in enumerate(self.conflict.options) if flip >> k & 1]
        up = [quoted(option.name) for k, option in changed if not combination >> k & 1]
        down = [quoted(option.name) for k, option in changed if combination >> k & 1]
        return listing([*([f"taking up {listing(up)}"] if up else []), *([f"giving up {listing(down)}"] if down else [])])

    def options(self, start: int, to: int, dm: str) -> tuple[str, ...]:
        """The paths of the options that a move changes."""
        _, flip = self.changed(start, to, dm)
        return self.options_in(flip)

    def options_in(self, flip: int) -> tuple[str, ...]:
        """The paths of the options with these bits."""
        return tuple(f"options/{option.key}" for k, option in enumerate(self.conflict.options) if flip >> k & 1)

    # -- ranks -----------------------------------------------------------------------------------------------------
    @cached_property
    def ranked(self) -> bool:
        """Whether ranks are named."""
        return self.space.is_listed and self.space.states.count <= MAX_RANKED

    def rank(self, dm: str, state: int) -> str:
        """A decision maker's rank of a state: "4th choice"; only if ranks are named."""
        return f"{ordinal(self.orders[dm].ranks[state])} choice"

    def levels(self, dm: str) -> int:
        """How many ranks a decision maker tells apart."""
        return max(self.orders[dm].ranks.values())

    def change(self, dm: str, start: int, to: int) -> str:
        """How a decision maker's rank changes from one state to another: "4th to 3rd choice", or in which direction."""
        if not self.ranked:
            order = self.orders[dm]
            return "better" if order.prefers(to, start) else "worse" if order.prefers(start, to) else "no different"
        before, after = self.orders[dm].ranks[start], self.orders[dm].ranks[to]
        return f"{ordinal(before)} to {ordinal(after)} choice" if before != after else f"{ordinal(before)} choice both times"

    def effect(self, dm: str, start: int, to: int) -> str:
        """What a change of state is for a decision maker: "a gain", "a loss", or "neither gain nor loss"."""
        order = self.orders[dm]
        return "a gain" if order.prefers(to, start) else "a loss" if order.prefers(start, to) else "neither gain nor loss"
