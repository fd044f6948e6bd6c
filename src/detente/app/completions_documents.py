"""Parts of documents: what holds under every completion of what is known of preferences, and what under some."""

from __future__ import annotations

from pydantic import Field

from detente.app.document_base import Part, SentencePart, Whole


class SupposedPart(Part):
    """A comparison that is not known, supposed to be so: `by` prefers `state` to `over`, or (`prefers` false) finds `over` no worse."""

    by: str
    state: Whole
    over: Whole
    prefers: bool


class CasePart(Part):
    """What is enough for a verdict: what is supposed, and for each whose comparisons are not known an order that agrees.

    `completion` gives the states best first, tied states together.
    """

    supposed: tuple[SupposedPart, ...]
    completion: dict[str, tuple[tuple[Whole, ...], ...]]


class HangingPart(Part):
    """A state that is an equilibrium in some cases and not in others: a case of each kind; null where that is not settled."""

    state: Whole
    under: tuple[str, ...]
    holds: CasePart | None
    fails: CasePart | None


class CompletionsPart(Part):
    """What holds whatever comparisons that are not known turn out to be, and what holds in some cases.

    `of` says whose comparisons are not known.  Where `worked_out` is false there are too many states.  For each concept `not_settled` lists
    states of which something is not known, because there were too many cases.  `status_quo` says of the status quo whether it is an
    equilibrium, under the behaviour of the diagnosis; null without a status quo.  `hanging` tells of some states on what they hang, the
    status quo first.  `mixed_always` and `mixed_sometimes` are the equilibria under a mixed profile; null where none was asked for.
    """

    of: tuple[str, ...]
    worked_out: bool
    status_quo: SentencePart | None = None
    mixed_always: tuple[Whole, ...] | None = None
    mixed_sometimes: tuple[Whole, ...] | None = None
    equilibria_always: dict[str, tuple[Whole, ...]] = Field(default_factory=dict)
    equilibria_sometimes: dict[str, tuple[Whole, ...]] = Field(default_factory=dict)
    stability_always: dict[str, dict[str, tuple[Whole, ...]]] = Field(default_factory=dict)
    stability_sometimes: dict[str, dict[str, tuple[Whole, ...]]] = Field(default_factory=dict)
    not_settled: dict[str, tuple[Whole, ...]] = Field(default_factory=dict)
    hanging: tuple[HangingPart, ...] = ()
    sentences: tuple[SentencePart, ...]
