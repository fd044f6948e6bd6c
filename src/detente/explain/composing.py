"""A whole made of local conflicts, in words: its fronts, who combines them and how, what links them, what holds alone and within."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.composing.found import Holding, OnFront, felt_elsewhere
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import quoted
from detente.model.composition import Common
from detente.model.formula import written
from detente.model.rule import Rule, formulas_of, permits
from detente.preference.weighting import OptionWeighting
from detente.space.sets import StateSet
from detente.text import listing, plural

MOST_NAMED = 12
"""Most states that a sentence names by number."""


def account(found: Holding) -> Explanation:
    """What the whole is made of, and what holds on each front alone and within it.

    Parameters
    ----------
    found
        The whole with what holds.

    Examples
    --------
    >>> from detente.analysis.composing.holding import holding
    >>> from detente.analysis.composing.whole import composed
    >>> from detente.model.composition import Component, Composition
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, options = DecisionMaker("A", "A"), (Option("x", "x", ("A",)),)
    >>> north, south = (Component(key, f"the {key}", Conflict(key, (a,), options), prefix=key[0]) for key in ("north", "south"))
    >>> made = composed(Composition("both", (north, south), (Common("A", order=("north", "south")),)))
    >>> print(account(holding(made, {"A": "SEQ"})).verdict)
    “the north” and “the south” make one conflict of 1 decision maker, 2 options and 4 states.
    """
    words = _Words(found)
    parts = [words.common(), words.links(), words.holding(), words.limits(), words.dropped(), words.left_out()]
    return Explanation(words.verdict(), tuple(part for part in parts if part is not None))


class _Words:
    """The sentences about one whole."""

    def __init__(self, found: Holding) -> None:
        self.found, self.composed, self.conflict = found, found.composed, found.composed.conflict
        self.names = {front.key: quoted(front.name) for front in found.composed.fronts}

    def verdict(self) -> Sentence:
        """What was made of what."""
        conflict = self.conflict
        size = [plural(len(conflict.decision_makers), "decision maker"), plural(len(conflict.options), "option")]
        size += [plural(self.found.space.states.count, "state")] if self.found.space.is_listed else []
        return Sentence(f"{listing(self.names.values())} make one conflict of {listing(size)}.")

    def common(self) -> Part:
        """How each common decision maker combines the fronts."""
        lead = "Who takes part on several fronts, and how they compare states of the whole:"
        return Part((Sentence(lead),), tuple(map(self.combined, self.composed.composition.common)))

    def combined(self, common: Common) -> Sentence:
        """How one does it."""
        name = self.conflict.decision_maker(common.party).name
        if common.order:
            first, *later = (self.names[key] for key in common.order)
            said = f"{name}: by what happens on {first}; where that is tied, by {listing(later, 'then by')}."
        else:
            weights = listing([f"{weight} on {self.names[key]}" for key, weight in common.weights])
            summed = "option weights" if self.by_options(common.party) else "levels of the local order that lie below a local state"
            said = f"{name}: by the sum of {summed}, times {weights}."
        return Sentence(said, elements=(f"decision makers/{common.party}",))

    def by_options(self, party: str) -> bool:
        """Whether the order of a common decision maker came out as one of option weights."""
        preference = self.conflict.decision_maker(party).preference
        return preference is None or isinstance(preference, OptionWeighting)

    def links(self) -> Part | None:
        """What links the fronts."""
        made = self.composed.composition
        items = [Sentence(self.rule(rule), elements=(f"rules/{self.conflict.rules.index(rule) + 1}",)) for rule in made.links]
        items += [Sentence(f"{self.conflict.option(key).name}: the same option on all fronts where it stands.") for key in made.same]
        if not items:
            return Part((Sentence("Nothing links the fronts but who takes part on several of them."),))
        return Part((Sentence("What links the fronts:"),), tuple(items))

    def rule(self, rule: Rule) -> str:
        """A link in its own words, or as conditions."""
        return f"{rule.says}." if rule.says else "a rule on " + listing([quoted(written(formula)) for formula in formulas_of(rule)]) + "."

    def holding(self) -> Part:
        """What holds on each front alone and within the whole."""
        concepts = listing(dict.fromkeys(self.found.profile.values()))
        whole = self.found.holding
        if whole is None:
            lead = f"States that hold under {concepts} on each front alone; the states of the whole are too many to be listed here:"
        else:
            lead = f"Under {concepts} {self.count(whole)} of the whole {'holds' if whole.count == 1 else 'hold'}. On each front:"
        return Part((Sentence(lead),), tuple(map(self.on_front, self.found.fronts)))

    def on_front(self, front: OnFront) -> Sentence:
        """One front."""
        if front.holding is None:
            return Sentence(f"{self.names[front.key]}: too many states to be listed here.")
        alone = f"{self.names[front.key]} alone: {self.numbers(front, front.holding)}"
        if front.within is None:
            return Sentence(f"{alone}.")
        return Sentence(f"{alone}; as part of a state of the whole that holds: {self.numbers(front, front.within)}.")

    def count(self, states: StateSet) -> str:
        """How many states."""
        return plural(states.count, "state") if states.count else "no state"

    def numbers(self, front: OnFront, states: StateSet) -> str:
        """States of a front by number."""
        if not states.count:
            return "none"
        if states.count > MOST_NAMED:
            return f"{states.count:,} of its {front.space.states.count:,} states"
        word = "state" if states.count == 1 else "states"
        return f"{word} {listing(str(front.space.number(state)) for state in states.each())}"

    def limits(self) -> Part | None:
        """Where a front as it stands is felt on others."""
        items = (*self.broken(), *map(self.felt, felt_elsewhere(self.composed)))
        return Part((Sentence("As the fronts stand:"),), items) if items else None

    def broken(self) -> Iterator[Sentence]:
        """Links that the fronts, each as it stands, break together."""
        quo = self.conflict.status_quo
        for rule in self.composed.composition.links if quo is not None else ():
            if quo is not None and not permits(rule, quo):
                place = self.conflict.rules.index(rule) + 1
                yield Sentence(f"the status quo of all fronts together can't occur: {self.rule(rule)}", elements=(f"rules/{place}",))

    def felt(self, where: tuple[str, str, str]) -> Sentence:
        """One such thing."""
        party, front, what = where
        name = self.conflict.decision_maker(party).name
        if what == "red line":
            return Sentence(
                f"{self.names[front]} crosses a red line of {name}; while it does, none of theirs tells states of other fronts apart."
            )
        return Sentence(f"{name} does not perceive how {self.names[front]} stands, and makes no move on other fronts while it stands so.")

    def dropped(self) -> Part | None:
        """What of local conflicts has no place in the whole."""
        items = tuple(Sentence(f"of {self.names[key]}: {listing(paths)}.") for key, paths in self.composed.dropped.items() if paths)
        return Part((Sentence("Not taken over, since it speaks of a local conflict as a whole:"),), items) if items else None

    def left_out(self) -> Part:
        """Which fronts can be left out by `fronts`."""
        if self.conflict.status_quo is None:
            return Part((Sentence("Not every front has a status quo, so that the whole has none, and no front can be left out of it."),))
        named = {front.key for front in self.conflict.fronts}
        out = listing([name for key, name in self.names.items() if key in named])
        rest = [name for key, name in self.names.items() if key not in named]
        more = f"; {listing(rest)} is what is left then" if rest else ""
        return Part((Sentence(f"`detente fronts` asks what changes when {out} {'are' if len(named) > 1 else 'is'} left out{more}."),))
