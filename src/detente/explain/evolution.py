"""How a conflict would go on, in words: where it ends, by which ways, with what it hangs on beside every probability.

Nothing is said of dates: a chain counts moves.  A likelihood word stands only where the weights of the movers have a source, and never in
one sentence with a confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from detente.analysis.evolution.balance import Balance
from detente.analysis.evolution.found import Evolution, FirstPassage, Reading, Scenario
from detente.analysis.evolution.graph import equal
from detente.analysis.evolution.rounds import Round, Way
from detente.analysis.evolution.swept import Swept
from detente.errors import Diagnostic, UsageError
from detente.explain.basis import basis_words
from detente.explain.concessions import compared, concession_parts
from detente.explain.levers.shared import placed
from detente.explain.likelihood import SCALE_SOURCE, Level, between, chance, confidence, likelihood
from detente.explain.prefer import deciding
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.model.conflict import Conflict
from detente.model.evidence import Basis
from detente.text import listing, plural

NAMED = 6
"""Most states of one end that a sentence names."""
TOLD = 5
"""Most states of a round that a sentence names."""
AT_TIMES = "as long as each does at times"
"""What is left out where weights are said not to matter: somebody who never moves."""


def evolution_account(found: Evolution) -> Explanation:
    """How a conflict would go on, as far as the model says; every reading is checked before a word is written of it.

    Parameters
    ----------
    found
        What `evolve` found.

    Raises
    ------
    UsageError
        U423 if a reading does not balance.

    Examples
    --------
    >>> from detente.analysis.evolution.found import evolve
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> print(evolution_account(evolve(space, space.state(1))).verdict)
    In this model improvements lead from the status quo (state 1) to state 5.
    """
    _assure(found)
    words = Words(found.space)
    parts = [Part(_inputs(words, found)), *_ends(words, found)]
    parts += [part for part in (_rounds(words, found), _passed(words, found)) if part is not None]
    parts += [*concession_parts(words, found), *filter(None, [_trusted(words, found)])]
    return Explanation(_verdict(words, found), (*parts, Part((_checked(found),))))


def _assure(found: Evolution) -> None:
    """Check each reading, and what follows each first move, state by state."""
    if not found.checkable:
        return
    wrong = [Balance(found.space, one.weights, one.choice, found.moves).wrong(one.passage) for one in found.readings]
    if found.concessions:
        first = found.readings[0]
        again = Balance(found.space, first.weights, first.choice, found.moves)
        wrong += [again.wrong(one.passage) for one in found.concessions]
        if first.source != "equal":
            even = Balance(found.space, equal(first.weights), first.choice, found.moves)
            wrong += [even.wrong(one.even) for one in found.concessions]
    if any(wrong):
        message = f"what is said of how it goes on does not balance ({next(filter(None, wrong))})"
        raise UsageError([Diagnostic("U423", message, help="explain what `evolve` found, for the same conflict")])


# -- where it ends ---------------------------------------------------------------------------------------------------------
def _verdict(words: Words, found: Evolution) -> Sentence:
    start, kind = placed(words, found.start), "improvements" if found.moves == "improving" else "moves of any kind"
    first = found.readings[0].passage
    states = (found.start, *(state for end in first.ends for state in end.states[:NAMED]))
    if found.stays:
        who = "nobody has an improvement" if found.moves == "improving" else "nobody has a move"
        moving = _moving(found)
        limit = "" if moving is None else f" among those who move in this reading ({moving})"
        return Sentence(f"In this model {who}{limit} from {start}: it stays there.", states)
    ends = [_end(words, one.states) for one in first.ends]
    if not first.visits:
        return Sentence(f"In this model {kind} lead from {start} round and round, and never out of {ends[0]}.", states)
    if len(ends) == 1:
        return Sentence(f"In this model {kind} lead from {start} to {ends[0]}{_however(found)}.", states)
    if len(ends) <= NAMED:
        return Sentence(f"In this model {kind} lead from {start} to one of {len(ends)} ends: {listing(ends, 'or')}.", states)
    return Sentence(f"In this model {kind} lead from {start} to one of {len(ends)} ends.", states)


def _however(found: Evolution) -> str:
    """On what it does not hang, or hangs, that there is one end."""
    first = found.readings[0]
    conditions = [] if (moving := _moving(found)) is None else [f"those who move are {moving}"]
    if any(one.choice != first.choice and one.passage.by_states.keys() != first.passage.by_states.keys() for one in found.readings):
        way = "any of their improvements" if first.choice == "any" else "what they prefer most"
        conditions.append(f"each who moves takes {way}")
    if not conditions:
        return "" if found.swept is None else f", however often each of those who can move does so, {AT_TIMES}"
    return f" if {listing(conditions)}" + ("; by another reading (below) it ends elsewhere" if len(found.scenarios) > 1 else "")


def _moving(found: Evolution) -> str | None:
    """Who moves, where somebody has the weight 0."""
    weights = found.readings[0].weights
    still = [dm for dm, weight in weights.items() if not weight]
    return listing([dm for dm, weight in weights.items() if weight]) if still else None


def _end(words: Words, states: tuple[int, ...]) -> str:
    """An end: a state that is left no more, or several that it goes round in."""
    if len(states) == 1:
        return words.named(states[0])
    shown = f", {words.states(states)}" if len(states) <= NAMED else ""
    return f"{len(states)} states that lead to one another and to no other{shown}"


def _inputs(words: Words, found: Evolution) -> tuple[Sentence, ...]:
    """What every probability comes from."""
    first = found.readings[0]
    movers, told = words.conflict.movers, []
    weights = ", ".join(f"{words.party(dm)} {_number(weight)}" for dm, weight in first.weights.items())
    if first.source == "stated" and movers is not None:
        says = f"“{movers.says}”, " if movers.says else ""
        text = f"Who moves next is drawn by the weights of the file, {weights}: {says}{basis_words(words.conflict, 'movers')}."
        told.append(Sentence(text, (), ("movers",)))
    elif first.source == "given":
        told.append(Sentence(f"Who moves next is drawn by the weights given with the question, {weights}; nothing says what they rest on."))
    else:
        text = (
            "Nobody states how often each of them moves, so everybody who can move is the next one equally often: a baseline, no finding."
        )
        told.append(Sentence(text))
    text = "Percentages are of this model and these inputs; moves are counted, and nothing is said of when they are made."
    told += [Sentence(_taken(found)), Sentence(text), *_as_written(words.conflict)]
    return tuple(told)


def _as_written(conflict: Conflict) -> Iterator[Sentence]:
    """What of the file is not varied here."""
    if any(pair.kind == "unknown" for dm in conflict.decision_makers for pair in dm.pairs):
        yield Sentence("Comparisons that the file leaves unknown are taken as its order has them.")
    if conflict.guesses:
        yield Sentence("What the file marks as uncertain is taken as it is written; `detente sweep` asks about all completions.")


def _taken(found: Evolution) -> str:
    if found.moves == "any":
        return "Whoever moves makes each move that they can as often as any other, wanted or not."
    if found.readings[0].choice == "best":
        text = "Whoever moves takes what they prefer most among their improvements, each of several such as often as the others"
    else:
        text = "Whoever moves takes each of their improvements as often as any other"
    return f"{text}; what others might answer holds nobody back here."


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _ends(words: Words, found: Evolution) -> Iterator[Part]:
    """Each end with its probability in all readings, beside the baseline that nothing changes."""
    if found.stays:
        return
    first, start = found.readings[0].passage, placed(words, found.start)
    stated = found.readings[0].source == "stated"
    items = tuple(_scenario(words, found, one, stated) for one in found.scenarios)
    lead = "Where it ends, and beside it what the baselines say" if len(items) > 1 else "Where it ends, in every case"
    source = f" (words for likelihoods with their ranges: {SCALE_SOURCE})" if stated and len(first.ends) > 1 else ""
    same = [_reading(found, one) for one in _same(found)] if len(items) > 1 else []
    alike = [Sentence(f"The percentages are the same {listing(same)}.")] if same else []
    if len(items) > 1 or first.visits:
        yield Part((Sentence(f"{lead}{source}:"),), items)
    again = "" if first.visits else ", and comes back again and again"
    text = f"The simplest baseline is that nothing changes. In this chain {start} is left{again}."
    yield Part((*alike, Sentence(text, (found.start,))))


def _same(found: Evolution) -> list[Reading]:
    """The readings that give every end the probability that the first reading gives it."""
    values = [[one.probabilities[place] for one in found.scenarios] for place in range(len(found.readings))]
    return [reading for reading, those in zip(found.readings[1:], values[1:], strict=True) if those == values[0]]


def _scenario(words: Words, found: Evolution, one: Scenario, stated: bool) -> Sentence:
    states = (*one.states[:NAMED], *(step.to for step in one.way.steps)) if one.way else one.states[:NAMED]
    way = "" if one.way is None or not one.way.steps else f". A most probable way there: {_way(words, one.way)}"
    rests = _rests(words, one.way)
    views = "" if len(one.states) > 1 else f", {compared(words, found.start, one.states[0])}"
    if len(found.scenarios) == 1:
        return Sentence(f"{_end(words, one.states)}{views}{way}", states, rests)
    first, same = one.probabilities[0], _same(found)
    word = likelihood(first) if stated else None
    said = [f"{chance(first)}" + (f", {word}" if word else "")]
    beside = list(zip(found.readings[1:], one.probabilities[1:], strict=True))
    said += [f"{_reading(found, reading)} {chance(value)}" for reading, value in beside if reading not in same]
    if found.swept is not None and one.states in found.swept.least and len(found.readings[0].passage.ends) > 1:
        said.append(f"over {found.swept.count} weightings {between(found.swept.least[one.states], found.swept.greatest[one.states])}")
    return Sentence(f"{_end(words, one.states)}{views}: {'; '.join(said)}{way}", states, rests)


def _rests(words: Words, way: Way | None) -> tuple[str, ...]:
    """The options that a way changes, and what makes its moves improvements."""
    found, now = list[str](), way.start if way is not None else 0
    for step in way.steps if way is not None else ():
        found += (*words.options(now, step.to, step.by), *deciding(words, step.by, now, step.to))
        now = step.to
    return tuple(dict.fromkeys(found))


def _reading(found: Evolution, reading: Reading) -> str:
    if reading.choice == found.readings[0].choice:
        return "with equal weights"
    return "if each takes what they prefer most" if reading.choice == "best" else "if each takes any improvement"


def _way(words: Words, way: Way) -> str:
    strip = words.number(way.start) + "".join(f" ─{words.party(step.by)}▸ {words.number(step.to)}" for step in way.steps)
    return f"{strip} (exactly so: {chance(way.probability)})" if way.probability < 1 else strip


# -- the next moves --------------------------------------------------------------------------------------------------------
def _rounds(words: Words, found: Evolution) -> Part | None:
    first = found.readings[0].passage
    if not found.rounds or not first.visits:
        return None
    moves = float(first.moves)
    low, high = found.swept.moves if found.swept is not None else (moves, moves)
    count = found.swept.count if found.swept is not None else 0
    over = f"; over {count} weightings of who moves how often from {low:.1f} to {high:.1f}" if high - low >= 0.05 else ""
    return Part(
        (Sentence(f"Until it has ended, {_expected(moves)}{over}. Where it stands after each of the next moves:", (found.start,)),),
        tuple(_round(words, each) for each in found.rounds),
    )


def _expected(moves: float) -> str:
    """An expected number of moves: "1 move is expected", "4.5 moves are expected"."""
    shown = f"{moves:.1f}".removesuffix(".0")
    return "1 move is expected" if shown == "1" else f"{shown} moves are expected"


def _round(words: Words, one: Round) -> Sentence:
    shown = [f"{words.named(state)} {chance(share)}" for state, share in one.states[:TOLD]]
    rest = sum((share for _, share in one.states[TOLD:]), Fraction(0))
    more = [f"{plural(len(one.states) - TOLD, 'other state')} {chance(rest)} together"] if rest else []
    ended = f"; ended by then {chance(one.settled)}"
    text = f"after {plural(one.moves, 'move')}: {listing([*shown, *more])}{ended}"
    return Sentence(text, tuple(state for state, _ in one.states[:TOLD]))


def _passed(words: Words, found: Evolution) -> Part | None:
    if not found.passages:
        return None
    items = tuple(_first(words, found, one) for one in found.passages)
    return Part((Sentence("Whether it ever comes to what was asked about, whatever comes after:"),), items)


def _first(words: Words, found: Evolution, one: FirstPassage) -> Sentence:
    goal = words.named(one.goal[0]) if len(one.goal) == 1 else f"one of {plural(len(one.goal), 'state')} that meet the condition"
    states = one.goal[:NAMED]
    if found.start in one.goal:
        return Sentence(f"{goal}: it is there to begin with", states)
    if not one.probability:
        return Sentence(f"{goal}: never in this chain", states)
    by = [f"within {plural(number, 'move')} {chance(share)}" for number, share in enumerate(one.within, start=1) if share]
    moves = f"; {_expected(float(one.moves))} until then" if one.moves is not None else ""
    return Sentence(f"{goal}: {chance(one.probability)}{''.join(f', {each}' for each in by)}{moves}", states)


# -- how far to trust it -----------------------------------------------------------------------------------------------------
def _trusted(words: Words, found: Evolution) -> Part | None:
    """What the probabilities hang on, and with which confidence, in sentences of their own."""
    first = found.readings[0]
    level = trust(found)
    if level is None and (found.stays or not first.passage.visits):
        return None
    if level is None:
        more = ", and on which of their improvements those who move take" if "takes" in _however(found) else ""
        alone = (
            f"how often each of those who move does so, {AT_TIMES}"
            if found.swept is not None
            else "weights, since no two decision makers could move"
        )
        text = f"Where it ends does not hang on {alone}; it hangs on the preferences as they are written{more}."
        return Part((Sentence(text, (found.start,)),))
    over = next(iter(_grids(found)), None)
    _, why = _confidence(found)
    basis = _basis(found)
    told = [Sentence(f"Confidence in these percentages is {level}: {why}.", (), ("movers",) if basis is not None else ())]
    if over is not None:
        lots = "at least one for each" if over.lot == 1 else f"one for each and the others in lots of {over.lot}"
        among = f"among {listing(map(words.party, over.movers))} in {over.parts} equal parts"
        told.append(Sentence(f"The {over.count} weightings divide the weight {among}, {lots}; other weights were not tried."))
    told.append(Sentence("The model was not tested against what came, so that confidence is not called high."))
    return Part(tuple(told))


def _grids(found: Evolution) -> list[Swept]:
    """The sweeps over weights behind the percentages: of the chain, or of those after first moves."""
    of_each = [one.swept for one in found.concessions or ()] if found.stays else [found.swept]
    return [over for over in of_each if over is not None]


def _basis(found: Evolution) -> Basis | None:
    """What the weights of the first reading rest on."""
    movers = found.space.conflict.movers
    return movers.basis if found.readings[0].source == "stated" and movers is not None else None


def _confidence(found: Evolution) -> tuple[Level, str]:
    if not _grids(found):
        return "low", "one decision maker alone moves, and nothing says which of several improvements they take"
    spreads = [over.greatest[states] - over.least[states] for over in _grids(found) for states in over.least]
    return confidence(_basis(found), max(spreads, default=None), given=found.readings[0].source == "given")


def trust(found: Evolution) -> Level | None:
    """With which confidence the percentages of ends are given; None where no chain has several ends, so that nothing hangs on the weights.

    Parameters
    ----------
    found
        How the conflict goes on.

    Examples
    --------
    >>> from detente.analysis.evolution.found import evolve
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> spaces = [StateSpace(load(name)) for name in ("chicken", "elmira")]
    >>> [trust(evolve(space, space.state(1))) for space in spaces]
    ['low', None]
    """
    chains = [one.passage for one in found.concessions or ()] if found.stays else [found.readings[0].passage]
    return _confidence(found)[0] if any(len(one.ends) > 1 for one in chains) else None


def _checked(found: Evolution) -> Sentence:
    every_passage = [reading.passage for reading in found.readings] + [one.passage for one in found.concessions or ()]
    how = "in exact fractions" if all(one.residual is None for one in every_passage) else "in floating point"
    if not found.checkable:
        return Sentence(f"These figures were worked out {how}; they are too many to be checked again state by state.")
    if found.concessions:
        what = f"Where it ends after each first move, and with what percentages, was worked out {how}"
    elif found.stays:
        return Sentence("That it stays there was checked again, move by move.")
    else:
        what = f"The ends and their percentages{' in each reading' if len(found.readings) > 1 else ''} were worked out {how}"
    return Sentence(f"{what} and checked again state by state; the rest was only worked out.")
