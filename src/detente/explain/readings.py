"""The words of each reading of preferences: what it counts as a gain, as a sanction and as a credible step, and how it compares two states.

Where a concept reads preferences in a way of its own, no sentence says that a party "prefers" a state, unless the reading says so: of an
uncertain comparison it is told how certain it is, of an unknown one that it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.analysis.lint_readings import reading_findings
from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Relations
from detente.concepts.readings.attitudes import Attitudes
from detente.concepts.readings.fuzzy import CERTAINTY, Satisficing
from detente.concepts.readings.grey import GREY, Anticipating
from detente.concepts.readings.hybrid import Hybrid
from detente.concepts.readings.probabilistic import PROBABILITY, Probable
from detente.concepts.readings.strength import DEGREE, Degrees, Strength
from detente.concepts.readings.unknown import Certain, Conceivable, Treated
from detente.concepts.registry import concept as concept_of
from detente.concepts.registry import shown
from detente.explain.prefer import reason
from detente.explain.sentence import Sentence
from detente.explain.words import Words, quoted
from detente.model.attitude import Stance
from detente.model.formula import written
from detente.preference.known import Known
from detente.preference.pairs import UNKNOWN, Pairs, Said
from detente.text import listing


@dataclass(frozen=True, slots=True)
class Manner:
    """What a reading counts, as clauses.

    Parameters
    ----------
    gains
        When a move is worth leaving for, after "a move is worth leaving for if".
    deters
        When an answer deters, after "an answer deters if".
    steps
        When a step of the others counts, after "a step of the others counts if".
    """

    gains: str
    deters: str
    steps: str


_BETTER, _NO_BETTER = "it leads to a state that is better for the party", "it ends at a state that is no better for the party"
_FOR_MOVER = "for whoever takes it"
_HELD = "every move of the party from there leads to such a state as well"
_KNOWN = "it leads to a state that is known to be better"
_MAYBE = f"{_KNOWN} for the party, or of which it is not known whether it is"
_KNOWN_NO_BETTER = "it ends at a state that is known to be no better for the party"
_KNOWN_WORSE = "it ends at a state that is known to be worse for the party by a degree of at least 2"
_OR_UNKNOWN = ", or of which that is not known"
_STEP_MAYBE = f"{_KNOWN} {_FOR_MOVER}{_OR_UNKNOWN}"
_FEARS = {"a": "", "b": "", "c": _OR_UNKNOWN, "d": _OR_UNKNOWN}
_LEAVES = {"a": _MAYBE, "b": f"{_KNOWN} for the party", "c": _MAYBE, "d": f"{_KNOWN} for the party"}
_STRENGTH = f"{_BETTER}, by any degree"
_MANNERS: dict[str, Manner] = {
    "general": Manner(_STRENGTH, _NO_BETTER, f"it leads to a state that is better, by any degree, {_FOR_MOVER}"),
    "strong": Manner(
        _STRENGTH,
        "it ends at a state that is worse for the party by a degree of at least 2",
        f"it leads to a state that is better, by any degree, {_FOR_MOVER}",
    ),
    **{key: Manner(_LEAVES[key], _KNOWN_NO_BETTER + _FEARS[key], _STEP_MAYBE) for key in _FEARS},
    **{f"{key}-general": Manner(_LEAVES[key], _KNOWN_NO_BETTER + _FEARS[key], _STEP_MAYBE) for key in _FEARS},
    **{f"{key}-strong": Manner(_LEAVES[key], _KNOWN_WORSE + _FEARS[key], _STEP_MAYBE) for key in _FEARS},
    "necessary": Manner(
        "what is known leaves it open that it leads to a state that is better for the party",
        "by what is known it must end at a state that is no better for the party",
        f"by what is known it must lead to a state that is better {_FOR_MOVER}",
    ),
    "possible": Manner(
        "by what is known it must lead to a state that is better for the party",
        "what is known leaves it open that it ends at a state that is no better for the party",
        f"what is known leaves it open that it leads to a state that is better {_FOR_MOVER}",
    ),
    "fuzzy": Manner(
        "the relative certainty that it leads to a better state for the party reaches the party's threshold",
        "the relative certainty that it ends at a better state for the party does not reach the party's threshold",
        f"the relative certainty that it leads to a better state {_FOR_MOVER} reaches that party's threshold",
    ),
    "grey": Manner(
        "the kernel of the relative certainty that it leads to a better state for the party reaches the party's threshold",
        "the kernel of the relative certainty that it ends at a better state for the party does not reach the party's threshold",
        f"the kernel of the relative certainty that it leads to a better state {_FOR_MOVER} reaches that party's threshold",
    ),
    "attitudes": Manner(
        "it leads to a state no worse for each party toward whom the mover is positive, and worse for each toward whom they are negative",
        "it ends where it began, or at a state that is not of that kind",
        "it leads to a state of that kind for whoever takes it, by attitudes of their own",
    ),
}


def manner(concept: SolutionConcept) -> Manner:
    """What the reading of a concept counts.

    >>> from detente.concepts.registry import concept
    >>> manner(concept("SEQ:probable@0.9/0.8/0.5")).gains
    'with a probability above 0.1 it leads to a better state for the party'
    """
    assert concept.reading is not None
    numbers = concept.parameters
    match concept.reading.key:
        case "level":
            worse = f"it ends at a state that is worse for the party by a degree of at least {shown(numbers[0])}"
            return Manner(_STRENGTH, worse if numbers[0] else _NO_BETTER, _MANNERS["general"].steps)
        case "probable":
            alpha, beta, gamma = (*numbers, *(Fraction(1), Fraction(0))[len(numbers) - 1 :])
            return Manner(
                f"with a probability above {shown(1 - alpha)} it leads to a better state for the party",
                f"with a probability of at most {shown(1 - beta)} it ends at a better state for the party",
                f"with a probability above {shown(gamma)} it leads to a better state {_FOR_MOVER}",
            )
        case key:
            return _MANNERS[key]


def counts_read(concept: SolutionConcept) -> str:
    """What a concept with a reading counts, as a clause that follows its name.

    >>> from detente.concepts.registry import concept
    >>> print(counts_read(concept("Nash:strong")))
    looks only at the party's own next move: a move is worth leaving for if it leads to a state that is better for the party, by any degree
    """
    means = manner(concept)
    leaves = f"a move is worth leaving for if {means.gains}"
    if concept.answers is None:
        return f"looks only at the party's own next move: {leaves}"
    parts = [leaves, f"an answer deters if {means.deters}" + (f", and {_HELD}" if concept.counters else "")]
    if concept.answers == "improving":
        parts.append(f"a step of an answer counts if {means.steps}")
    else:
        parts.append("answers may be moves of any kind")
    return "takes preferences as follows: " + "; ".join(parts)


def left_aside(words: Words, key: str) -> tuple[Sentence, ...]:
    """That a concept without a reading (`key`) takes the order alone, where the model says more of somebody; otherwise nothing.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> left_aside(Words(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))), "SEQ")
    ()
    """
    plain = [asked for asked in [concept_of(key)] if asked.reading is None]
    found = [one for one in reading_findings(words.conflict, plain) if plain and one.code == "U483"]
    paths = tuple(f"decision makers/{dm.key}/pairs/{n}" for dm in words.conflict.decision_makers for n in range(1, len(dm.pairs) + 1))
    return tuple(Sentence(f"{one.message}.", (), paths) for one in found)


def reader_of(words: Words, key: str) -> Reader | None:
    """The words under a concept (`key`), if it has a reading; otherwise None.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> words = Words(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    >>> reader_of(words, "SEQ") is None, reader_of(words, "SEQ:strong") is None
    (True, False)
    """
    asked = concept_of(key)
    return None if asked.reading is None else Reader(words, asked)


def supposing(concept: SolutionConcept) -> str:
    """By what the party of a verdict is supposed to be deterred, where that is less than what is no better for them; else nothing.

    >>> from detente.concepts.registry import concept
    >>> supposing(concept("SEQ:strong")), supposing(concept("SEQ:a")), supposing(concept("Nash:strong"))
    ('deterred by nothing but what is worse by degree 2 or more, ', '', '')
    """
    if concept.reading is None or concept.answers is None:
        return ""
    key = concept.reading.key
    level = int(concept.parameters[0]) if key == "level" else 2 if key.endswith("strong") else 0
    unknown = " or not known" if key[0] in "cd" and key[1:2] == "-" else ""
    return f"deterred by nothing but what is worse by degree {level} or more{unknown}, " if level else ""


@dataclass(frozen=True, slots=True)
class Told:
    """How a reading compares a state with another.

    Parameters
    ----------
    text
        In a few words, of the first state.
    elements
        The paths of the elements that it rests on.
    """

    text: str
    elements: tuple[str, ...] = ()


class Reader(Words):
    """The words of one conflict under a concept with a reading.

    Parameters
    ----------
    words
        The words of the conflict.
    concept
        The concept.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> from detente.space.states import StateSpace
    >>> wants = OptionPrioritization((Statement(Taken("x"), degree=3),))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "x", ("A",)),)))
    >>> Reader(Words(space), concept("SEQ:strong")).told("A", 1, 0).text
    'better for A by degree 3, by statement 1, “x”'
    """

    def __init__(self, words: Words, concept: SolutionConcept) -> None:
        super().__init__(words.space)
        self.concept = concept
        self._relations: dict[str, Relations] = {}

    def relations(self, dm: str) -> Relations:
        """How the preference of a decision maker (`dm`, a key) enters the play."""
        if dm not in self._relations:
            assert self.concept.reading is not None
            self._relations[dm] = self.concept.reading.relations(self.space, dm, self.concept.parameters)
        return self._relations[dm]

    def told(self, dm: str, state: int, other: int) -> Told:
        """How a state compares with another for a decision maker, in the words of the reading.

        Parameters
        ----------
        dm
            Key of the decision maker.
        state, other
            Two states.
        """
        if state == other:
            return Told("where it began")
        match self.relations(dm):
            case Strength(degrees, _):
                return self._degree(degrees, dm, state, other)
            case Hybrid(degrees=degrees) as read:
                if read.unknown(state, other):
                    return self._unknown(degrees.pairs, dm, state, other)
                return self._degree(degrees, dm, state, other)
            case Treated(pairs=pairs):
                if pairs.unknown(state, other):
                    return self._unknown(pairs, dm, state, other)
                return self._by_order(dm, state, other)
            case Certain(known) | Conceivable(known):
                return self._follows(known, dm, state, other)
            case Satisficing(certain, threshold):
                said = certain.pairs.said(CERTAINTY, state, other)
                certainty = shown(certain.certainty(state, other))
                if said is None:
                    return self._for_certain(dm, state, other)
                return self._certain(dm, said, certainty, certain.relative(state, other), threshold, "relative certainty")
            case Anticipating(greys, threshold):
                said = greys.pairs.said(GREY, state, other)
                ranges = listing(
                    (shown(low) if low == high else f"from {shown(low)} to {shown(high)}" for low, high in greys.grey(state, other)), "or"
                )
                if said is None:
                    return self._for_certain(dm, state, other)
                return self._certain(dm, said, ranges, greys.relative(state, other), threshold, "kernel of the relative certainty")
            case Probable(likely):
                said = likely.pairs.said(PROBABILITY, state, other)
                text = f"better for {self.party(dm)} with probability {shown(likely.probability(state, other))}"
                return Told(f"{text}{self._by(dm, said)}", self._elements(dm, said, state, other))
            case Attitudes() as attitudes:
                return self._toward(attitudes, dm, state, other)
        raise NotImplementedError(self.concept.key)  # a reading without words, which a test does not let pass

    # -- the kinds of comparison ------------------------------------------------------------------------------------
    def _by(self, dm: str, said: Said | None) -> str:
        """The statement about pairs that says it; nothing where the order does."""
        if said is None:
            return ""
        statement = said.statement
        words = statement.says or f"{written(statement.of)} over {written(statement.over)}"
        return f", by statement {said.place} about pairs of states, {quoted(words)}{self.hostile(dm, said.element(dm))}"

    def _elements(self, dm: str, said: Said | None, state: int, other: int) -> tuple[str, ...]:
        if said is not None:
            return (said.element(dm),)
        order = self.orders[dm]
        if order.prefers(state, other):
            return reason(self, dm, state, other).elements
        return reason(self, dm, other, state).elements if order.prefers(other, state) else ()

    def _by_order(self, dm: str, state: int, other: int) -> Told:
        order, party = self.orders[dm], self.party(dm)
        if not order.prefers(state, other) and not order.prefers(other, state):
            return Told(f"neither better nor worse for {party}")
        better, worse = (state, other) if order.prefers(state, other) else (other, state)
        why = reason(self, dm, better, worse)
        return Told(f"{'better' if better == state else 'worse'} for {party}, by {why.label}", why.elements)

    def _degree(self, degrees: Degrees, dm: str, state: int, other: int) -> Told:
        said, degree, party = degrees.pairs.said(DEGREE, state, other), degrees.degree(state, other), self.party(dm)
        if degree == 0:
            return Told(f"neither better nor worse for {party}{self._by(dm, said)}", self._elements(dm, said, state, other))
        text = f"{'better' if degree > 0 else 'worse'} for {party} by degree {abs(degree)}"
        if said is not None:
            return Told(f"{text}{self._by(dm, said)}", (said.element(dm),))
        why = reason(self, dm, *((state, other) if degree > 0 else (other, state)))
        return Told(f"{text}, by {why.label}", why.elements)

    def _unknown(self, pairs: Pairs, dm: str, state: int, other: int) -> Told:
        said = pairs.said(UNKNOWN, state, other)
        assert said is not None
        return Told(f"it is not known whether better or worse for {self.party(dm)}{self._by(dm, said)}", (said.element(dm),))

    def _follows(self, known: Known, dm: str, state: int, other: int) -> Told:
        party = self.party(dm)
        if known.certainly_better(state, other):
            text = f"by what is known better for {party}"
        elif known.certainly_better(other, state):
            text = f"by what is known worse for {party}"
        elif known.certainly_no_worse(state, other) and known.certainly_no_worse(other, state):
            text = f"by what is known neither better nor worse for {party}"
        elif known.certainly_no_worse(state, other):
            text = f"by what is known no worse for {party}; whether better is open"
        elif known.certainly_no_worse(other, state):
            text = f"by what is known no better for {party}; whether worse is open"
        else:
            text = f"what is known leaves open whether it is better or worse for {party}"
        said = Pairs(self.space, dm).said(UNKNOWN, state, other)
        return Told(text, self._elements(dm, said, state, other))

    def _for_certain(self, dm: str, state: int, other: int) -> Told:
        """A comparison of which no statement says how certain it is: the order has it so."""
        told = self._by_order(dm, state, other)
        return Told(f"for certain {told.text}" if told.elements else told.text, told.elements)

    def _certain(self, dm: str, said: Said, certainty: str, relative: Fraction, threshold: Fraction, what: str) -> Told:
        reaches = "reaches" if relative >= threshold else "does not reach"
        text = f"certainty that it is better for {self.party(dm)}: {certainty}{self._by(dm, said)}"
        text += f"; the {what}, {shown(relative)}, {reaches} the threshold {shown(threshold)}"
        return Told(text, (said.element(dm),))

    def _toward(self, attitudes: Attitudes, dm: str, state: int, other: int) -> Told:
        parts, elements = [], []
        for toward, stance, holds in attitudes.relations_toward(state, other):
            if stance is Stance.NEUTRAL:
                continue
            positive = stance is Stance.POSITIVE
            how = ("no worse" if holds else "worse") if positive else ("worse" if holds else "no worse")
            whom = f", toward whom {self.party(dm)} is {stance}" if toward != dm or not positive else " itself"
            parts.append(f"{how} for {self.party(toward)}{whom}")
            stated = any(attitude.toward == toward for attitude in self.conflict.decision_maker(dm).attitudes)
            elements += [f"decision makers/{dm}/attitudes/{toward}"] if stated else []
            elements += self._elements(toward, None, state, other)
        return Told(listing(parts) or f"{self.party(dm)} is neutral toward everybody", tuple(dict.fromkeys(elements)))
