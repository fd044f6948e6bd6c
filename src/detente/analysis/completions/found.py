"""What is found about completions: for a question about one state, and for all states together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.analysis.claims.completions import Behaviour, InSome, Throughout
from detente.space.sets import StateSet


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found for some decision makers at a state: whether all of them stay.

    Parameters
    ----------
    state
        The state.
    behaviour
        Who is asked about (keys), and under which concept each (keys).
    always
        Whether all stay under every completion; None where the cases were too many.
    sometimes
        Whether all stay under some completion; None where the cases were too many.
    stays
        What shows that all stay under every completion, under some, or under none; None where that is not known.
    leaves
        What shows that somebody leaves under some completion; None where nobody does, or that is not known.
    cases
        How many cases were looked at.
    """

    state: int
    behaviour: Behaviour
    always: bool | None
    sometimes: bool | None
    stays: Throughout | InSome | None
    leaves: InSome | None
    cases: int


@dataclass(frozen=True, slots=True)
class Completions:
    """Which states are stable, and which are equilibria, under every completion of what is known, and under some.

    Parameters
    ----------
    always, sometimes
        For each concept (key) and each decision maker (key) the states that are stable under every completion, and under some.
    equilibria_always, equilibria_sometimes
        For each concept (key) the equilibria under every completion, and under some.
    not_settled
        For each concept (key) the states of which something of this is not known, because there were too many cases; they are left
        out of the sets above unless that part is known.
    mixed_always, mixed_sometimes, mixed_not_settled
        The same for the equilibria under a mixed profile; None where none was asked for.
    """

    always: Mapping[str, Mapping[str, StateSet]]
    sometimes: Mapping[str, Mapping[str, StateSet]]
    equilibria_always: Mapping[str, StateSet]
    equilibria_sometimes: Mapping[str, StateSet]
    not_settled: Mapping[str, StateSet]
    mixed_always: StateSet | None = None
    mixed_sometimes: StateSet | None = None
    mixed_not_settled: StateSet | None = None
