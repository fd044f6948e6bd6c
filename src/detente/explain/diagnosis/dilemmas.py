"""The dilemmas of drama theory in words that a mediator recognises: what is demanded, how each compares it, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.analysis.claims.base import refusal
from detente.analysis.claims.dilemmas import Dilemma, Dilemmas, fallback_of, stated
from detente.errors import Diagnostic, UsageError
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.space.states import StateSpace
from detente.text import listing, plural


def told(space: StateSpace, claim: Dilemmas | None) -> Explanation:
    """The dilemmas, after the claim has been checked.

    Parameters
    ----------
    space
        The space.
    claim
        What `detente.analysis.dilemmas.dilemmas` gives for it; None where no position is stated, and then that is what is said.

    Raises
    ------
    UsageError
        U423 if the claim does not hold, or does not belong to the conflict.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> print(told(space, None).verdict)
    No position is stated, so no dilemma of drama theory is looked for; none is derived from what somebody prefers.
    """
    words = Words(space)
    if claim is None:
        if stated(space):
            raise UsageError([Diagnostic("U423", "there are stated positions, but no claim about them")])
        return Explanation(Sentence(_NONE_POSSIBLE if space.conflict.positions else _NONE_STATED))
    own = (claim.positions, claim.fallback) == (stated(space), fallback_of(space))
    refused = refusal(space, claim) if own else "positions: the conflict states others"
    if refused:
        raise UsageError([Diagnostic("U423", f"the claim about dilemmas does not hold: {refused}")])
    return _Teller(words, claim).explanation()


_NONE_STATED = "No position is stated, so no dilemma of drama theory is looked for; none is derived from what somebody prefers."
_NONE_POSSIBLE = "No stated position can occur under the rules, so no dilemma of drama theory is looked for."


def _quoted(says: str | None) -> str:
    return f"{quoted(says)}; " if says else ""


class _Teller:
    """Puts one checked claim into words."""

    def __init__(self, words: Words, claim: Dilemmas) -> None:
        self.words = words
        self.claim = claim
        self.at = dict(claim.positions)
        self.conflict = words.conflict

    def explanation(self) -> Explanation:
        """The verdict, what is demanded, how it is compared, and the dilemmas party by party."""
        parts = [self.demands(), self.comparisons()]
        parts += [part for party in self.at if (part := self.of(party)) is not None]
        return Explanation(self.verdict(), tuple(parts))

    def verdict(self) -> Sentence:
        """How many dilemmas there are, and who faces them."""
        found = self.claim.found
        if not found:
            return Sentence("In this model no dilemma of drama theory arises from the positions as stated.")
        counts = {party: sum(dilemma.by == party for dilemma in found) for party in self.at}
        shared = listing([f"{count:,} for {self.words.party(party)}" for party, count in counts.items() if count])
        many = plural(len(found), "dilemma")
        return Sentence(f"In this model {many} of drama theory {'arises' if len(found) == 1 else 'arise'} from the positions: {shared}.")

    # -- what is demanded ------------------------------------------------------------------------------------------
    def demands(self) -> Part:
        """The positions, the fallback, and who has stated none."""
        items = []
        for position in sorted(self.conflict.positions, key=lambda p: self.words.decision_makers.index(p.party)):
            element, state = f"positions/{position.party}", self.at.get(position.party)
            lead = f"{self.words.party(position.party)}{self.words.hostile(position.party, element)}: {_quoted(position.says)}"
            where = "cannot occur under the rules, and is left out" if state is None else self.words.full(state)
            items.append(Sentence(f"{lead}{where}", () if state is None else (state,), (element,)))
        fallback, given = self.claim.fallback, self.conflict.fallback
        if fallback is not None:
            lead = f"otherwise: {_quoted(given.says) if given else 'no fallback is stated, so the status quo counts; '}"
            items.append(Sentence(f"{lead}{self.words.full(fallback)}", (fallback,), ("fallback",) if given else ("status quo",)))
        elif given is not None:
            items.append(Sentence(f"otherwise: {_quoted(given.says)}cannot occur under the rules, and is left out", (), ("fallback",)))
        silent = listing([self.words.party(dm) for dm in self.words.decision_makers if self.conflict.position_of(dm) is None])
        none = f" (nothing is stated for {silent}, and nothing is derived from what is preferred)" if silent else ""
        return Part((Sentence(f"What is demanded, and what is said to come otherwise{none}:"),), tuple(items))

    def comparisons(self) -> Part:
        """How each decision maker orders the positions and the fallback."""
        items = [Sentence(f"{self.words.party(dm)}: {self.order(dm, levels)}", self.states(levels)) for dm, levels in self.claim.orders]
        return Part((Sentence("How each compares these, the most preferred first:"),), tuple(items))

    def states(self, levels: Sequence[Sequence[int]]) -> tuple[int, ...]:
        """The states of an order."""
        return tuple(state for level in levels for state in level)

    def order(self, dm: str, levels: Sequence[Sequence[int]]) -> str:
        """An order in words; what is the same to a party is said to be so."""
        return "; then ".join(listing([self.called(state, dm) for state in level], "and, no different,") for level in levels)

    def called(self, state: int, dm: str | None = None) -> str:
        """What a compared state is: whose position it is, or the fallback."""
        owners = [party for party, position in self.at.items() if position == state]
        others = [self.words.party(party) for party in owners if party != dm]
        names = [*(["their own position"] if dm in owners else []), *([f"the position of {listing(others)}"] if others else [])]
        names += ["the fallback"] if state == self.claim.fallback else []
        return f"{', which is also '.join(names)} ({self.words.state(state)})"

    # -- the dilemmas ----------------------------------------------------------------------------------------------
    def of(self, party: str) -> Part | None:
        """The dilemmas that one party faces; None if there are none."""
        found = [dilemma for dilemma in self.claim.found if dilemma.by == party]
        if not found:
            return None
        lead = Sentence(f"{self.words.party(party)} would face:")
        return Part((lead,), tuple(self.sentence(dilemma) for dilemma in found))

    def sentence(self, found: Dilemma) -> Sentence:
        """One dilemma, with the states that show it."""
        me, other = self.words.party(found.by), self.words.party(found.of)
        states = (found.than, *found.better)
        match found.kind:
            case "cooperation":
                text = (
                    f"cooperation: if their own position came about, {me} would gain by {self.move(found, found.by)}. "
                    f"Others may doubt that {me} would keep to it."
                )
            case "trust":
                text = f"trust: if the position of {me} came about, {other} would gain by {self.move(found, found.of)}. {self.harm(found)}"
            case "deterrence":
                text = (
                    f"deterrence: {other} would rather have the fallback ({self.words.state(found.better[0])}) than the position of {me} "
                    f"({self.words.state(found.than)}). The prospect of the fallback gives {other} no reason to give in."
                )
            case "inducement":
                text = (
                    f"inducement: {me} would rather have the position of {other} ({self.words.state(found.better[0])}) than the fallback "
                    f"({self.words.state(found.than)}). Others may doubt that {me} would hold out."
                )
            case "threat":
                text = (
                    f"threat: at the fallback, {me} would gain by {self.move(found, found.by)}. "
                    f"Others may doubt that {me} would go through with it."
                )
            case "positioning":
                text = (
                    f"positioning: {me} would rather have the position of {other} ({self.words.state(found.better[0])}) than their own "
                    f"({self.words.state(found.than)})."
                )
        positions = [f"positions/{found.by}", *([f"positions/{found.of}"] if found.of in self.at and found.of != found.by else [])]
        return Sentence(text, states, (*positions, *self.moved(found)))

    def move(self, found: Dilemma, mover: str) -> str:
        """The best of the improvements that show a dilemma, and how many more there are."""
        best = self.best(found, mover)
        more = len(found.better) - 1
        others = f", or by {'one other move' if more == 1 else f'{more:,} other moves'}" if more else ""
        return f"{self.words.by(found.than, best, mover)} ({self.words.move(found.than, best)}){others}"

    def harm(self, found: Dilemma) -> str:
        """What the moves of another that break a position are to the party that holds it."""
        me, other, order = self.words.party(found.by), self.words.party(found.of), self.words.orders[found.by]
        worse = sum(order.prefers(found.than, to) for to in found.better)
        if not worse:
            return f"That would not leave {me} worse off." if len(found.better) == 1 else f"None of these would leave {me} worse off."
        which = "That" if len(found.better) == 1 else "Each of these" if worse == len(found.better) else f"{worse:,} of these"
        return f"{which} would leave {me} worse off: {me} may doubt that {other} would keep to it."

    def best(self, found: Dilemma, mover: str) -> int:
        """The improvement that its mover prefers; of several the one that changes the fewest options."""
        return max(found.better, key=lambda to: (self.words.orders[mover].key(to), -(to ^ found.than).bit_count(), -to))

    def moved(self, found: Dilemma) -> Iterator[str]:
        """The options that the improvement which is told changes."""
        if found.kind in ("cooperation", "trust", "threat"):
            mover = found.of if found.kind == "trust" else found.by
            yield from self.words.options(found.than, self.best(found, mover), mover)
