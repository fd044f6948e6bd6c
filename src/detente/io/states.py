"""States as conflict files name them: numbers, choice patterns, named states, options taken.

A number or a pattern with `-` means a state of the state space, and becomes the options taken in the state's greatest combination;
a pattern without `-` and a list of options mean exactly that combination.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from detente.errors import LimitError
from detente.io.bad import BAD, Bad
from detente.io.nodes import Items, Node, Pairs, Scalar
from detente.io.report import known_words, quoted, suggestion
from detente.model.conflict import Conflict
from detente.model.formula import Formula, Not, Taken, all_of
from detente.model.rule import permits
from detente.model.shape import Key, ListOf, Noun, State
from detente.space.states import StateSpace
from detente.text import plural

if TYPE_CHECKING:
    from detente.io.shaped import Shaped

_NUMBER = re.compile(r"[0-9]{1,12}")
_PATTERN = re.compile(r"[YN-]+")
_NEARLY = re.compile(r"[YyNnXx01*_?.-]+")
_TAKEN = ListOf(Key(Noun.OPTION), distinct=True)
_FORMS = "a state is its number, a pattern like YN-Y, the name of a named state, or {taken: [options]}"


def looks_like_a_state(name: str) -> bool:
    """Whether a name reads as a number or a pattern, so that it can't name a state where numbers and patterns may stand.

    >>> looks_like_a_state("12"), looks_like_a_state("YN-"), looks_like_a_state("deal")
    (True, True, False)
    """
    return bool(_NUMBER.fullmatch(name) or _PATTERN.fullmatch(name))


class StateReader:
    """Finds the states that a file names; knows them once the options and rules have been read (`begin`)."""

    def __init__(self, shaped: Shaped) -> None:
        self.shaped = shaped
        self.draft: Conflict | None = None
        self.named: dict[str, frozenset[str] | Bad] = {}
        self._refused = False

    def known_space(self) -> StateSpace | None:
        """The state space, or None where there is none; nothing is noted."""
        return self._space if self.draft is not None and isinstance(self._space, StateSpace) else None

    def begin(self, draft: Conflict) -> None:
        """Take the options and rules that the states are made of."""
        self.draft = draft

    @cached_property
    def _space(self) -> StateSpace | LimitError:
        assert self.draft is not None
        try:
            space = StateSpace(self.draft)
            space.listing  # noqa: B018  # raises where the states are too many to be numbered
        except LimitError as problem:
            return problem
        return space

    def space(self, node: Node, path: str) -> StateSpace | None:
        """The state space, or None where there is none; that it is too large is noted once."""
        if self.draft is None:
            return None
        if isinstance(self._space, StateSpace):
            return self._space
        if not self._refused:
            self._refused = True
            found = self._space.diagnostics[0]
            self.shaped.bad(found.code, f"the states can't be listed, which this place needs: {found.message}", node, path, help=found.help)
        return None

    # -- one state -------------------------------------------------------------------------------------------------
    def state(self, shape: State, node: Node, path: str) -> Any:
        """The options taken in the state that a node names, or `BAD`."""
        if isinstance(node, Pairs) or (isinstance(node, Items) and shape.bare):
            taken = self.listed(node, path)
        elif isinstance(node, Scalar) and not node.is_null:
            taken = self.named_or_numbered(shape, node, path)
        else:
            return self.shaped.unlike(node, "a state", path)
        if isinstance(taken, frozenset) and shape.possible and self.draft is not None and not self.feasible(taken):
            return self.shaped.bad(
                "P202", "this state can't occur: the rules exclude it", node, path, help="take it out of the ranking, or change the rules"
            )
        return BAD if self.draft is None else taken

    def feasible(self, taken: frozenset[str]) -> bool:
        """Whether the rules allow a combination."""
        assert self.draft is not None
        return all(permits(rule, taken) for rule in self.draft.rules)

    def listed(self, node: Pairs | Items, path: str) -> Any:
        """The options of `[A, B]` or `{taken: [A, B]}`."""
        if isinstance(node, Pairs):
            if len(node.pairs) != 1 or node.pairs[0][0].text != "taken":
                odd = next((key for key, _ in node.pairs if key.text != "taken"), None)
                return self.shaped.bad("M113", "a state is not written so", odd or node, path, odd.text if odd else None, _FORMS)
            node_of_options, path = node.pairs[0][1], f"{path}/taken"
        else:
            node_of_options = node
        options = self.shaped.items(_TAKEN, node_of_options, path)
        return frozenset(options) if isinstance(options, tuple) else BAD

    def named_or_numbered(self, shape: State, node: Scalar, path: str) -> Any:
        """The state that a single value names."""
        text = node.text
        if node.style is None and _NUMBER.fullmatch(text):
            return self.numbered(int(text), node, path)
        options = len(self.shaped.names.known.get(Noun.OPTION, {}))
        if _PATTERN.fullmatch(text) and len(text) == options:
            return self.patterned(text, node, path)
        if shape.named and text in self.named:
            return self.named[text]
        if text in self.shaped.names.owners and shape.bare:
            return self.shaped.bad(
                "P206", f"{quoted(text)} is an option, not a state", node, path, text, f"write a list of the options taken: [{text}]"
            )
        if _NEARLY.fullmatch(text):
            detail = f"it has {plural(len(text), 'letter')}" if _PATTERN.fullmatch(text) else "it has other letters"
            message = f"a choice pattern has a Y, N or - for each of the {plural(options, 'option')}; {detail}"
            return self.shaped.bad(
                "P204", message, node, path, text, "the options stand in the order of the file, decision maker by decision maker"
            )
        known = self.named if shape.named else {}
        help = suggestion(text, known) + (f"{known_words('named state', known)}; " if known else "") + _FORMS
        return BAD if self.draft is None else self.shaped.bad("P206", f"no state is called {quoted(text)}", node, path, text, help)

    def numbered(self, number: int, node: Scalar, path: str) -> Any:
        """The state with a number."""
        space = self.space(node, path)
        if space is None:
            return BAD
        try:
            return space.conflict.taken(space.state(number))
        except KeyError:
            message = f"there is no state {number}; the conflict has {plural(space.states.count, 'feasible state')}"
            return self.shaped.bad("P203", message, node, path, node.text, f"states are numbered from 1 to {space.states.count:,}")

    def patterned(self, pattern: str, node: Scalar, path: str) -> Any:
        """The state with a choice pattern."""
        if self.draft is None:
            return BAD
        literals = [(option.key, letter) for option, letter in zip(self.draft.options, pattern, strict=True) if letter != "-"]
        if "-" not in pattern:
            return frozenset(key for key, letter in literals if letter == "Y")
        space = self.space(node, path)
        if space is None:
            return BAD
        state = self._merged_choices.get(pattern)
        if state is not None:
            return space.conflict.taken(state)
        formula: Formula = all_of(*(Taken(key) if letter == "Y" else Not(Taken(key)) for key, letter in literals))
        first = _states_of(space, space.where_bits(formula) & space.feasible)
        if len(first) == 1:
            return space.conflict.taken(first[0])
        message = "no feasible state fits this pattern" if not first else "more than one state fits this pattern"
        return self.shaped.bad(
            "P205", message, node, path, pattern, "- stands for an option that a merged state leaves open; write Y or N for the others"
        )

    @cached_property
    def _merged_choices(self) -> dict[str, int]:
        space = self._space
        assert isinstance(space, StateSpace)
        patterns = [(space.choice(state), state) for state in space.classes]
        counted: dict[str, int] = {}
        for pattern, _ in patterns:
            counted[pattern] = counted.get(pattern, 0) + 1
        return {pattern: state for pattern, state in patterns if counted[pattern] == 1}

    # -- rankings --------------------------------------------------------------------------------------------------
    def ranking(self, node: Node, path: str) -> Any:
        """Levels of states, best first; each state at most once."""
        if not isinstance(node, Items):
            return self.shaped.unlike(node, "a list of states, best first,", path)
        seen: dict[int, str] = {}
        levels: list[Any] = []
        for place, item in enumerate(node.items, start=1):
            self.shaped.positions.setdefault(f"{path}/{place}", self.shaped.source.where(item))
            tied = item.items if isinstance(item, Items) else [item]
            if not tied:
                levels.append(self.shaped.unlike(item, "at least one state", f"{path}/{place}"))
            read = [self.once(part, f"{path}/{place}", seen) for part in tied]
            levels.append(BAD if any(taken is BAD for taken in read) else tuple(read))
        return BAD if any(level is BAD for level in levels) else tuple(levels)

    def once(self, node: Node, path: str, seen: dict[int, str]) -> Any:
        """The state that a node of a ranking names, if it was not named before."""
        taken = self.state(State(possible=True), node, path)
        space = self.space(node, path)
        if not isinstance(taken, frozenset) or space is None:
            return BAD
        state = space.state_of(space.conflict.combination(taken))
        assert state is not None
        if state in seen:
            help = "list every feasible state exactly once; tied states share a list"
            return self.shaped.bad(
                "P201", f"state {space.number(state)} stands in the ranking twice; first in {seen[state]}", node, path, help=help
            )
        seen[state] = f"line {self.shaped.source.where(node).line}"
        return taken


def _states_of(space: StateSpace, bits: int) -> list[int]:
    """Up to two of the states that combinations belong to."""
    found: list[int] = []
    while bits and len(found) < 2:
        state = space.state_of((bits & -bits).bit_length() - 1)
        assert state is not None
        found.append(state)
        bits &= ~space.set_of(*space.members(state)).bits
    return found
