"""The array engine: all states at once, in NumPy's arrays, and no relation between states.

It has three forms.  The *grid* holds a number for each combination and moves along the bits of options; it serves spaces without
merged states or bans.  The *native* form is the same on compiled kernels, where there are any.  The *lists* hold an entry for each move
and keep the last mover; they serve the rest, and spaces in which few of many combinations are feasible.  NumPy is imported when the
first array engine is made, so that small conflicts need none.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal
from weakref import WeakKeyDictionary

from detente.concepts.base import SolutionConcept
from detente.engines.base import ONE_ORDER, Refusal
from detente.space.sets import StateSet
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.engines.array.grid import Grid
    from detente.engines.array.lists import Lists
    from detente.engines.array.native.grid import NativeGrid
    from detente.engines.array.tables import Column, Columns, Mask

Form = Literal["native", "grid", "lists"]

MAX_BYTES = 6 << 30
"""Most memory, in bytes, that a grid, native or not, may need."""
MAX_COMPARISONS = 1 << 38
"""Most comparisons of two states, of one decision maker, in one pass over improvements."""
MAX_PAIRS = 1 << 25
"""Most pairs of combinations from which moves are listed."""
MAX_CHANGES = 1 << 32
"""Most changes of own options, over all combinations, that a rule of its own may look at for one decision maker."""
MAX_GAINS = 1 << 24
"""Most improvements of one decision maker, one for each feasible combination and change, that are kept once they are worked out."""
MAX_OWN = 20
"""Most options of one decision maker for such a rule: it holds all changes of them at once."""
_ALWAYS_GRID = 1 << 16  # combinations: below this the grid takes no time
_SPARSE, _SPARSE_NATIVE = 2, 64  # combinations for each pair to list moves from: above this the lists are quicker than a grid


class ArrayEngine:
    """Stability of all states at once.

    Parameters
    ----------
    space
        The space to answer for.
    form
        "native", "grid" or "lists"; by default whichever suits the space (see `form_for`).

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> ArrayEngine(space).stable(concept("Nash"), "A").first(2)
    (1,)
    """

    name: ClassVar[str] = "array"
    suits: ClassVar[str] = "looked at faster all at once"

    def __init__(self, space: StateSpace, form: Form | None = None) -> None:
        self.space = space
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        self._forced = form
        self._gained: dict[str, Mask] = {}

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        """Refuses what would take too much memory or time, and rules that have no form for all states at once."""
        form = form_for(space, concept)
        return form if isinstance(form, Refusal) else None

    @classmethod
    def seconds(cls, space: StateSpace, concept: SolutionConcept) -> float:
        """Roughly how long it takes for all decision makers: mostly a share of NumPy's start, until there are many combinations."""
        each = 5e-9 if space.conflict.combinations > _ALWAYS_GRID and form_for(space, concept) == "native" else 1e-7
        return 0.01 + len(space.masks) * (2e-4 + space.conflict.combinations * each)

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        """The states that are stable for a decision maker under a concept."""
        if concept.rule is not None:
            if concept.array_rule is None:
                raise ValueError(f"{concept.key} has no rule for all states at once; ask `can` first")
            return concept.array_rule(self, dm)
        form = self._forced or form_for(self.space, concept)
        if isinstance(form, Refusal):
            raise ValueError(f"{concept.key} can't be answered: {form.reason}; ask `can` first")
        if form == "native":
            return StateSet(self.space, self.native.stable(concept, dm))
        if form == "grid":
            return self.set_of(self.grid.worst(dm, concept.plies[1:]) <= self.columns.ranks(dm))
        return self.set_of(self.lists.over_combinations(self.lists.worst(dm, concept.plies) <= self.lists.ranks(dm)))

    # -- what rules may ask ----------------------------------------------------------------------------------------
    @cached_property
    def columns(self) -> Columns:
        """Ranks and sets of combinations."""
        from detente.engines.array.tables import Columns

        return Columns(self.space)

    @cached_property
    def grid(self) -> Grid:
        """The grid form."""
        from detente.engines.array.grid import Grid

        return Grid(self.columns)

    @cached_property
    def native(self) -> NativeGrid:
        """The grid form on compiled kernels."""
        from detente.engines.array.native.grid import NativeGrid

        return NativeGrid(self.space)

    @cached_property
    def lists(self) -> Lists:
        """The form with lists of moves."""
        from detente.engines.array.lists import Lists

        return Lists(self.columns)

    def ranks(self, dm: str) -> Column:
        """The rank of each combination, 0 if infeasible, greater is preferred; a merged state's members share its rank."""
        return self.columns.ranks(dm)

    def changes(self, dm: str) -> Column:
        """Every non-empty set of a decision maker's own options, as bits to flip, ascending."""
        import numpy as np

        from detente.engines.array.grid import submasks

        return np.array(submasks(self.space.masks[dm])[1:], np.int64)

    def gains(self, dm: str, origins: Column) -> Mask:
        """For each of some feasible combinations (rows) and each of a decision maker's changes (columns): whether it is an improvement."""
        if self.space.feasible.bit_count() * self.changes(dm).size > MAX_GAINS:
            return self._gains(dm, origins)
        if dm not in self._gained:
            self._gained[dm] = self._gains(dm, self._origins)
        found: Mask = self._gained[dm][self._places[origins]]
        return found

    @cached_property
    def _origins(self) -> Column:
        """The feasible combinations, ascending."""
        import numpy as np

        return np.flatnonzero(self.columns.feasible)

    @cached_property
    def _places(self) -> Column:
        """For each combination its place among the feasible ones, if it is one."""
        import numpy as np

        return np.cumsum(self.columns.feasible, dtype=np.int32) - 1

    def _gains(self, dm: str, origins: Column) -> Mask:
        """The same, worked out anew."""
        space, ranks, changes = self.space, self.columns.ranks(dm), self.changes(dm)
        hidden = self.columns.unperceived(dm)
        targets = origins[:, None] ^ changes
        gains: Mask = ranks[targets] > ranks[origins][:, None]
        for bit in (1 << k for k in range(len(space.conflict.options)) if space.masks[dm] >> k & 1):
            if (space.only_on | space.only_off) & bit:
                settled = (origins & bit != 0) == bool(space.only_on & bit)
                gains &= ~(settled[:, None] & (changes & bit != 0))
        if hidden is not None:
            gains &= ~hidden[targets] & ~hidden[origins][:, None]
        for leaving, reaching in self.columns.bans(dm):
            gains &= ~(leaving[origins][:, None] & reaching[targets])
        return gains

    def least_freely(self, value: Column, dm: str) -> Column:
        """The least value over all changes of a decision maker's options that the directions allow, or none, feasible or not."""
        return self.grid.least_freely(value, dm)

    def set_of(self, mask: Mask) -> StateSet:
        """The states for whose combination something holds."""
        from detente.engines.array.tables import bits_of_mask

        return StateSet(self.space, bits_of_mask(mask) & self.space.states.bits)


ENGINE = ArrayEngine


def form_for(space: StateSpace, concept: SolutionConcept) -> Form | Refusal:
    """In which form the array engine answers for a space and a concept, or why it does not."""
    if concept.reading is not None:
        return Refusal(ONE_ORDER.format(concept.key))
    if concept.rule is not None:
        return _form_for_rule(space, concept)
    if not space.moves_compose or not concept.is_classical:
        return _refuse_lists(space, concept) or "lists"
    native = _suits_kernels(space, concept)
    if space.conflict.combinations <= _ALWAYS_GRID:
        return "native" if native else "grid"
    if _lists_fit(space, space.conflict.combinations // (_SPARSE_NATIVE if native else _SPARSE)):
        return "lists"
    return "native" if native else _refuse_grid(space, concept) or "grid"


def _suits_kernels(space: StateSpace, concept: SolutionConcept) -> bool:
    """Whether there are kernels, they can serve the space, and need neither too much memory nor too many comparisons of states."""
    from detente.engines.array.native import kernels

    if kernels() is None:
        return False
    from detente.engines.array.native.fitting import bytes_needed, comparisons, fits

    if not fits(space) or bytes_needed(space) > MAX_BYTES:
        return False
    return not any(ply.moves == "improving" for ply in concept.plies[1:]) or comparisons(space) <= MAX_COMPARISONS


def _form_for_rule(space: StateSpace, concept: SolutionConcept) -> Form | Refusal:
    if concept.array_rule is None:
        return Refusal(f"has no rule for {concept.key} that looks at all states at once")
    widest = max(mask.bit_count() for mask in space.masks.values())
    changes = space.feasible.bit_count() << widest
    if changes > MAX_CHANGES or widest > MAX_OWN:
        limit = f"limit {MAX_CHANGES:,}, of at most {MAX_OWN} options"
        return Refusal(f"would look at {changes:,} changes of one decision maker's options for {concept.key} ({limit})")
    return "grid"


def _refuse_grid(space: StateSpace, concept: SolutionConcept) -> Refusal | None:
    from detente.engines.array.grid import Fibres

    need = space.conflict.combinations * 4 * (2 * len(space.masks) + 8)
    if need > MAX_BYTES:
        what = f"{need / (1 << 30):.1f} GiB of memory for {space.conflict.combinations:,} combinations"
        return Refusal(f"would need {what} (limit {MAX_BYTES >> 30} GiB)")
    if any(ply.moves == "improving" for ply in concept.plies[1:]):
        options = len(space.conflict.options)
        hardest = max(min(Fibres(options, mask, space.only_on, space.only_off).costs()) for mask in space.masks.values())
        if hardest > MAX_COMPARISONS:
            return Refusal(f"would compare {hardest:,} pairs of states for one decision maker (limit {MAX_COMPARISONS:,})")
    return None


def _refuse_lists(space: StateSpace, concept: SolutionConcept) -> Refusal | None:
    if _lists_fit(space, MAX_PAIRS):
        return None
    why = "states are merged" if space.classes else "moves are banned" if space.conflict.bans else f"{concept.key} asks for it"
    return Refusal(f"lists every move, because {why}, and there are more than {MAX_PAIRS:,} pairs of combinations to list them from")


_counted: WeakKeyDictionary[StateSpace, int] = WeakKeyDictionary()


def _lists_fit(space: StateSpace, limit: int) -> bool:
    """Whether moves would be listed from at most so many pairs of combinations."""
    count = space.feasible.bit_count()
    if sum(count << mask.bit_count() for mask in space.masks.values()) <= limit:
        return True
    if count * len(space.masks) > limit:
        return False
    if space not in _counted:
        from detente.engines.array.lists import pairs_of

        _counted[space] = pairs_of(space)
    return _counted[space] <= limit
