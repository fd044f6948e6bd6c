"""The conflict: who decides, what each can do, what can't happen, what each prefers, and what that rests on.

A graph model in option form (Kilgour, Hipel and Fang 1987; Fang, Hipel and Kilgour 1993): decision makers own binary options, a state
is a feasible choice of options, a decision maker moves by changing their own.  A `Conflict` is an immutable value: equal
conflicts have equal digests, and a change is an `Edit` (see `detente.model.edit`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from detente.errors import Problems
from detente.model.attitude import Attitude
from detente.model.ban import Ban
from detente.model.checks import MAX_NAME as MAX_NAME
from detente.model.checks import check_keys, check_lists, check_references
from detente.model.checks import formulas_in as formulas_in
from detente.model.digest import digest_of
from detente.model.direction import Direction as Direction
from detente.model.evidence import Basis, Evidence
from detente.model.formula import Formula
from detente.model.front import Front
from detente.model.guess import Guess
from detente.model.measure import Measure
from detente.model.mover import Movers
from detente.model.pairs import PairStatement, Threshold
from detente.model.position import Fallback, StatedPosition
from detente.model.preference import Preference
from detente.model.question import Conclusion, Question
from detente.model.rule import Rule
from detente.model.viewpoint import Viewpoint
from detente.text import plural


@dataclass(frozen=True, slots=True)
class Option:
    """A binary option: taken or not.

    Parameters
    ----------
    key
        Short name, unique in the conflict.
    name
        What taking it means, in a few words.
    owners
        Keys of the decision makers who can change it, each alone; without an owner nobody can.
    direction
        Which changes they can make.
    description
        More about it, or None.
    basis
        What it rests on, or None.

    Examples
    --------
    >>> Option("Abandon", "abandon the plant", ("Company",), Direction.ONLY_ON).direction.value
    'only_on'
    """

    key: str
    name: str
    owners: tuple[str, ...]
    direction: Direction = Direction.BOTH
    description: str | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class RedLine:
    """States that a decision maker never accepts: to them, each is worse than every state that crosses no red line of theirs.

    Parameters
    ----------
    never
        The condition that such states meet.
    basis
        What the red line rests on, or None.
    says
        The sentence that explanations use, or None.

    Examples
    --------
    >>> from detente.model.formula import Taken
    >>> RedLine(Taken("Surrender"), says="surrender").says
    'surrender'
    """

    never: Formula
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """Somebody who decides: preference, red lines and what is known of them.

    Parameters
    ----------
    key
        Short name, unique in the conflict.
    name
        Full name for reports.
    preference
        How they order the states; None means indifferent among all that cross no red line.
    red_lines
        States they never accept.
    description
        Who they are and what they decide, or None.
    basis
        What their place in the model rests on, or None.
    spare_preferences
        Preferences that the file holds but that are not in use (a `.gmcr` file may hold both statements and a ranking).
    unperceived
        A condition: they move neither from nor to states that meet it (from the misperceptions of a `.gmcr` file); None if none.
    pairs
        Statements about pairs of states: what is not known, how strongly or certainly something is preferred.
    thresholds
        From where on they act on what is uncertain.
    attitudes
        How they stand toward others and themselves; toward those who are not named, neutral, and toward themselves positive.
    """

    key: str
    name: str
    preference: Preference | None = None
    red_lines: tuple[RedLine, ...] = ()
    description: str | None = None
    basis: Basis | None = None
    spare_preferences: tuple[Preference, ...] = ()
    unperceived: Formula | None = None
    pairs: tuple[PairStatement, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    attitudes: tuple[Attitude, ...] = ()


@dataclass(frozen=True, slots=True)
class Coalition:
    """Decision makers who may act together.

    Parameters
    ----------
    members
        Keys of the decision makers.
    name
        What it is called, or None.
    joint
        Whether they can change options of theirs in one step, all at once, so that no state lies between.

    Examples
    --------
    >>> Coalition(("A", "B"), "both").members
    ('A', 'B')
    """

    members: tuple[str, ...]
    name: str | None = None
    joint: bool = False


@dataclass(frozen=True, slots=True)
class NamedState:
    """A state with a name of its own, given as the set of options taken.

    >>> sorted(NamedState("the deal", frozenset({"Pay", "Open"})).taken)
    ['Open', 'Pay']
    """

    name: str
    taken: frozenset[str]


@dataclass(frozen=True, repr=False)
class Conflict:
    """A conflict, as a value.

    Parameters
    ----------
    title
        One line.
    decision_makers
        In the order in which they are shown.
    options
        In the order of their owners: decision maker by decision maker, each in their own order; an option without an owner comes
        first, one with several owners stands with the first of them.  `in_owner_order` sorts them so.
    rules
        What can't happen, and which combinations are one state.
    status_quo
        The options taken now, or None when the conflict has no status quo.
    question, about, viewpoint
        What is asked; background; whose account this is.  Plain text.
    evidence
        Sources, asserters, what is missing.
    named_states
        States with names of their own.
    coalitions
        Declared coalitions.
    positions
        What decision makers demand, at most one position each.
    fallback
        What is threatened if no position is accepted; None for the status quo.
    bans
        Moves that somebody keeps from happening.
    measures
        What could be done; none of it counts until it is tried.
    questions, conclusions
        What is asked of the conflict, and what its sources conclude; no part of the model.
    fronts
        Parts of the conflict that can be left out (`detente.model.narrowed`); naming them changes nothing.
    viewpoints
        The conflict as others have it, and who acts on which of these (`detente.model.viewpoint`); naming them changes nothing.
    guesses
        What is not certain, with the alternatives (`detente.model.guess`); naming them changes nothing.
    movers
        How often each decision maker moves next (`detente.model.mover`), for how it would go on; None where nothing is said.

    Raises
    ------
    ConflictError
        M100 to M107, M109, M120, M121, M126, M127 and M180 to M187: no decision maker, a repeated or empty key, something twice, an
        unknown option, decision maker, source or asserter, options out of order, fronts that overlap or leave nothing, guesses about what
        is not there or can't be open.

    Examples
    --------
    >>> conflict = Conflict("two", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> conflict.digest[:8], conflict.combinations
    ('...', 2)
    """

    title: str
    decision_makers: tuple[DecisionMaker, ...]
    options: tuple[Option, ...]
    rules: tuple[Rule, ...] = ()
    status_quo: frozenset[str] | None = None
    question: str | None = None
    about: str | None = None
    viewpoint: str | None = None
    evidence: Evidence = field(default_factory=Evidence)
    named_states: tuple[NamedState, ...] = ()
    coalitions: tuple[Coalition, ...] = ()
    positions: tuple[StatedPosition, ...] = ()
    fallback: Fallback | None = None
    bans: tuple[Ban, ...] = ()
    measures: tuple[Measure, ...] = ()
    questions: tuple[Question, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    fronts: tuple[Front, ...] = ()
    viewpoints: tuple[Viewpoint, ...] = ()
    guesses: tuple[Guess, ...] = ()
    movers: Movers | None = None

    def __post_init__(self) -> None:
        problems = Problems()
        check_keys(self, problems)
        check_lists(self, problems)
        check_references(self, problems)
        if not problems.has_errors and in_owner_order(self.decision_makers, self.options) != self.options:
            problems.error(
                "M109",
                "the options are not in the order of their owners",
                help="sort them with `in_owner_order`",
                element="decision makers",
            )
        problems.raise_errors()

    def __repr__(self) -> str:
        parties, options = plural(len(self.decision_makers), "decision maker"), plural(len(self.options), "option")
        return f"<Conflict {self.title!r}: {parties}, {options}, {self.digest[:12]}>"

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over everything that the conflict says; equal conflicts have equal digests."""
        return digest_of(self)

    @property
    def combinations(self) -> int:
        """How many combinations of options there are, feasible or not: two to the number of options."""
        return 1 << len(self.options)

    def decision_maker(self, key: str) -> DecisionMaker:
        """The decision maker with this key.  Raises KeyError if there is none."""
        return self.decision_makers[self._dm_index[key]]

    def option(self, key: str) -> Option:
        """The option with this key.  Raises KeyError if there is none."""
        return self.options[self.option_index[key]]

    @cached_property
    def option_index(self) -> dict[str, int]:
        """The place of each option, from 0; also the place of its bit in a combination."""
        return {option.key: i for i, option in enumerate(self.options)}

    @cached_property
    def _dm_index(self) -> dict[str, int]:
        return {dm.key: i for i, dm in enumerate(self.decision_makers)}

    def options_of(self, key: str) -> tuple[Option, ...]:
        """The options that the decision maker with a key owns, alone or with others, in the order of the conflict."""
        return tuple(option for option in self.options if key in option.owners)

    def combination(self, taken: frozenset[str]) -> int:
        """The number of a combination: the sum of 2**k over the options taken, k being an option's place from 0."""
        return sum(1 << self.option_index[key] for key in taken)

    def taken(self, combination: int) -> frozenset[str]:
        """The keys of the options taken in a combination; the inverse of `combination`."""
        return frozenset(option.key for i, option in enumerate(self.options) if combination >> i & 1)

    def position_of(self, key: str) -> StatedPosition | None:
        """The position that the decision maker with a key is said to take, or None."""
        return next((position for position in self.positions if position.party == key), None)

    def name_of(self, taken: frozenset[str]) -> str | None:
        """The name of the state with exactly these options taken, if it has one."""
        return next((named.name for named in self.named_states if named.taken == taken), None)


def in_owner_order(decision_makers: tuple[DecisionMaker, ...], options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options in the order of their owners, and several owners of one in the order of the conflict; a stable sort.

    Parameters
    ----------
    decision_makers
        In the order of the conflict.
    options
        In any order.

    Examples
    --------
    >>> a, b = Option("x", "x", ("B",)), Option("y", "y", ("B", "A"))
    >>> [(o.key, o.owners) for o in in_owner_order((DecisionMaker("A", "A"), DecisionMaker("B", "B")), (a, b))]
    [('y', ('A', 'B')), ('x', ('B',))]
    """
    place = {dm.key: i for i, dm in enumerate(decision_makers)}

    def of(owner: str) -> int:
        return place.get(owner, len(place))

    ordered = (
        option if len(option.owners) < 2 else replace(option, owners=tuple(sorted(set(option.owners), key=of))) for option in options
    )
    return tuple(sorted(ordered, key=lambda option: min(map(of, option.owners), default=-1)))
