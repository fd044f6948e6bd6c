"""The ways to give a preference, each as a sort key of states: the greater, the more preferred.

A merged state is judged by the combination that represents it, its greatest member.
"""

from collections.abc import Mapping, Sequence

from .formulas import Formula, holds
from .plain import Preference


def statements(formulas: Sequence[Formula]) -> Preference:
    """Option prioritization: statement j of k counts 2^(k-j) where it holds (Peng 1999; Fang et al. 2003)."""
    k = len(formulas)
    return lambda state: sum(2 ** (k - j) for j, formula in enumerate(formulas, start=1) if holds(formula, state.combination))


def weights(weight: Mapping[str, int]) -> Preference:
    """Option weighting: the sum of the weights of the options taken."""
    return lambda state: sum(weight.get(name, 0) for name, taken in state.combination.items() if taken)


def ranking(best_first: Sequence[int | Sequence[int]]) -> Preference:
    """A ranking of state numbers, most preferred first; a list within it is a tie. Every state must be in it."""
    place = {number: place for place, entry in enumerate(best_first) for number in ([entry] if isinstance(entry, int) else entry)}
    return lambda state: -place[state.number]


def first_then(first: Preference, then: Preference) -> Preference:
    """Lexicographic: what the first leaves tied, the second decides (statements, then a ranking)."""
    return lambda state: (first(state), then(state))


def red_lines(crossed: Sequence[Formula], base: Preference) -> Preference:
    """Every state that crosses a red line is worse than every state that crosses none; within each, the base decides."""
    return lambda state: (not any(holds(line, state.combination) for line in crossed), base(state))
