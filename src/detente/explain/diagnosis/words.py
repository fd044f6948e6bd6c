"""The words of a diagnosis: the state that it is about, groups, conditions, and how states are reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.analysis.claims.joint import joint
from detente.analysis.claims.together import Together
from detente.analysis.deadlock.found import Diagnosis
from detente.analysis.description import Case
from detente.analysis.overview import Common
from detente.explain.sentence import Sentence
from detente.explain.words import Words, quoted
from detente.text import listing, plural


class DiagnosisWords(Words):
    """The words for one diagnosis.

    Parameters
    ----------
    found
        The diagnosis.

    Examples
    --------
    >>> from detente.analysis.deadlock.diagnose import diagnose
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> words = DiagnosisWords(diagnose(space, space.state(5)))
    >>> words.here, words.under, words.group(("MoE", "Local")), words.of_all(3)
    ('state 5', 'under SEQ', 'MoE and Local', 'all three')
    """

    def __init__(self, found: Diagnosis) -> None:
        super().__init__(found.space)
        self.found = found
        self.start = found.start
        self.here = self.state(found.start) if found.start != found.space.status_quo else f"the status quo ({self.state(found.start)})"

    @property
    def under(self) -> str:
        """By which behaviour: "under SEQ", or a concept for each decision maker."""
        concepts = list(dict.fromkeys(self.found.profile[dm] for dm in self.decision_makers))
        if len(concepts) == 1:
            return f"under {concepts[0]}"
        return "under " + listing(f"{self.found.profile[dm]} for {self.party(dm)}" for dm in self.decision_makers)

    def group(self, members: Iterable[str], word: str = "and") -> str:
        """Decision makers, listed."""
        return listing([self.party(dm) for dm in members], word)

    def of_all(self, count: int) -> str:
        """All of so many decision makers: "both", "all three", "all 12"; of one "the one party"."""
        numbers = {1: "the one party", 2: "both", 3: "all three", 4: "all four", 5: "all five", 6: "all six"}
        return numbers.get(count, f"all {count}")

    def those_who_lose(self, state: int, besides: Sequence[str]) -> str:
        """What a state is for those who are not of a group: "better for C; worse for D"; empty if there is nobody else."""
        said = []
        for word, meant in (("a gain", "better"), ("neither gain nor loss", "no different"), ("a loss", "worse")):
            who = [dm for dm in self.decision_makers if dm not in besides and self.effect(dm, self.start, state) == word]
            said += [f"{meant} for {self.group(who)}"] if who else []
        return ", ".join(said)

    # -- conditions ------------------------------------------------------------------------------------------------
    def options_named(self, keys: Iterable[str]) -> str:
        """Options by their names; with their owners where several options have the same name."""
        return listing(self._option(key) for key in keys)

    def _option(self, key: str) -> str:
        option = self.conflict.option(key)
        alone = sum(other.name == option.name for other in self.conflict.options) == 1
        return quoted(option.name) if alone or not option.owners else f"{quoted(option.name)} of {self.group(option.owners)}"

    def condition(self, case: Case | Common) -> str:
        """What is taken and what is not: "“x” and “y” are taken and “z” is not"."""
        taken, lacking = case.taken, case.not_taken
        said = []
        if taken:
            said.append(f"{self.options_named(taken)} {'is' if len(taken) == 1 else 'are'} taken")
        if lacking:
            verb = "is" if len(lacking) == 1 else "are"
            said.append(f"{self.options_named(lacking)} {verb} not" if taken else f"{self.options_named(lacking)} {verb} not taken")
        return " and ".join(said)

    # -- ways ------------------------------------------------------------------------------------------------------
    def way(self, claim: Together) -> Sentence:
        """How a group brings a state about: by whose changes at once, or by which moves one after the other."""
        changed = joint(self.space, claim.coalition, claim.start, claim.to) if not claim.steps else None
        if changed is not None:
            member, flip = changed
            each = [(dm, flip & self.space.masks[dm]) for dm in claim.coalition if flip & self.space.masks[dm]]
            said = listing(f"{self.party(dm)} {self.by_change(member, bits)}" for dm, bits in each)
            return Sentence(said, (claim.start, claim.to), self.options_in(flip))
        told, now = [], claim.start
        elements: list[str] = []
        for step in claim.steps:
            told.append(f"{self.party(step.mover)} {self.move(now, step.to)}, {self.by(now, step.to, step.mover)}")
            elements += self.options(now, step.to, step.mover)
            now = step.to
        return Sentence("; then ".join(told), (claim.start, *(step.to for step in claim.steps)), tuple(elements))

    def movers(self, claim: Together) -> tuple[str, ...]:
        """Those of a group who change something on the way that a claim shows."""
        if claim.steps:
            acting = {step.mover for step in claim.steps}
            return tuple(dm for dm in claim.coalition if dm in acting)
        changed = joint(self.space, claim.coalition, claim.start, claim.to)
        return tuple(dm for dm in claim.coalition if changed is not None and changed[1] & self.space.masks[dm])

    def ranks(self, members: Iterable[str], state: int) -> str:
        """How the ranks of members change from the start to a state."""
        return "; ".join(f"{self.party(dm)}: {self.change(dm, self.start, state)}" for dm in members)

    def counted(self, count: int) -> str:
        """So many states: "1 state", "20 states", "no state"."""
        return plural(count, "state") if count else "no state"
