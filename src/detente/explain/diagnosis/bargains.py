"""What everybody would prefer to the state of a diagnosis: how many states, which, how they could be had, and what they hang on."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.bargain import Together, Ways
from detente.analysis.deadlock.found import Turned
from detente.analysis.description import Description
from detente.analysis.hinges import Hinge, decisive, nearest
from detente.explain.basis import basis_words
from detente.explain.diagnosis.verdict import kind
from detente.explain.diagnosis.words import DiagnosisWords
from detente.explain.route_ends import in_turn
from detente.explain.sentence import Part, Sentence
from detente.explain.words import quoted
from detente.model.formula import written
from detente.space.sets import StateSet
from detente.text import listing, plural


def bargains(words: DiagnosisWords) -> Part:
    """How many states are better for whom, and what those better for everybody are."""
    found, around = words.found, words.found.bargain
    here, count = words.state(words.start), around.better_for_all.count
    everybody = words.of_all(len(around.better))
    (first, of_first), *rest = ((_number(states.count), words.party(dm)) for dm, states in around.better.items())
    others = listing([f"{first} than {here} for {of_first}", *(f"{number.split()[0]} for {party}" for number, party in rest)])
    text = f"Of the {plural(words.space.states.count - 1, 'other state')} {others}; {_number(count)} for {everybody}."
    lead = [Sentence(text, (words.start,))]
    items: list[Sentence] = []
    if count:
        said, items = _described(words, found.better, f"better for {everybody}", around.better_for_all)
        lead.append(said)
    return Part(tuple(lead), tuple(items))


def further(words: DiagnosisWords) -> Part | None:
    """The states worse for nobody and better for somebody, without those better for everybody; None where these are all."""
    found, around = words.found, words.found.bargain
    states = around.worse_for_none - around.better_for_all
    which = "worse for nobody and better for somebody"
    if not states and around.better_for_all:
        return None
    if not states:
        text = f"No state is better than {words.state(words.start)} for somebody without being worse for somebody else."
        return Part((Sentence(text, (words.start,)),))
    more = "further " if around.better_for_all else ""
    head = f"{states.count:,} {more}{'state is' if states.count == 1 else 'states are'} {which}."
    said, items = _described(words, found.weakly_better, "of this kind", states)
    return Part((Sentence(head, (words.start,)), said), tuple(items))


def _number(count: int) -> str:
    """So many of some states, and that they are better: "none is better", "1 is better", "20 are better"."""
    return f"{count:,} are better" if count > 1 else "1 is better" if count else "none is better"


def _described(words: DiagnosisWords, description: Description, which: str, states: StateSet) -> tuple[Sentence, list[Sentence]]:
    """Which states they are: exactly, in one condition or a list of them, or what they have in common."""
    count = description.count
    if count == 1:
        state = states.first(1)[0]
        return Sentence(f"That is {words.full(state)}.", (state,)), []
    if len(description.cases) == 1:
        case = description.cases[0]
        text = f"The {count:,} states {which} are exactly those in which {words.condition(case)}."
        return Sentence(text, (), _options((*case.taken, *case.not_taken))), []
    if description.cases:
        lead = Sentence(f"The {count:,} states {which} are exactly those in which one of these is so:")
        items = []
        for place, case in enumerate(description.cases):
            further = "further " if place else ""
            text = f"{words.condition(case)} ({case.count:,} {further}{'state' if case.count == 1 else 'states'})"
            items.append(Sentence(text, (), _options((*case.taken, *case.not_taken))))
        return lead, items
    common = description.common
    if not (common.taken or common.not_taken):
        return Sentence(f"No option is the same in all {count:,} states {which}."), []
    text = f"In all {count:,} states {which} {words.condition(common)}; so it may be in other states too."
    return Sentence(text, (), _options((*common.taken, *common.not_taken))), []


def _options(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"options/{key}" for key in keys)


def ways(words: DiagnosisWords) -> Part | None:
    """How the states better for everybody could be had; None if there is none, or none within reach."""
    bargains, found = words.found.bargain.better_for_all, words.found.ways
    if not bargains or found is None or found.out_of_reach == bargains:
        return None
    which = f"the {plural(bargains.count, 'state')} better for {words.of_all(len(words.decision_makers))}"
    return _had(words, found, which, "a gain for whoever makes it")


def further_ways(words: DiagnosisWords) -> Part | None:
    """How the states worse for nobody and better for somebody could be had; None if there is none."""
    found = words.found
    states = found.bargain.worse_for_none - found.bargain.better_for_all
    if not states or found.weak_ways is None:
        return None
    which = f"the {plural(states.count, 'state')} worse for nobody and better for somebody"
    return _had(words, found.weak_ways, which, "no loss for whoever makes it")


def _had(words: DiagnosisWords, found: Ways, which: str, single: str) -> Part:
    """How some states could be had, class by class."""
    items: list[Sentence] = []
    for dm, states in found.alone_by.items():
        items.append(Sentence(f"{words.counted(states.count)} by a single move of {words.party(dm)}, {single}"))
    if found.by_improvements:
        items.append(Sentence(f"{words.counted(found.by_improvements.count)} by improvements one after the other"))
    items += [_together(words, group, found.smallest) for group in found.groups]
    if found.out_of_reach:
        count, turns = words.counted(found.out_of_reach.count), in_turn(words.found.bargain.moves)
        items.append(Sentence(f"{count} not at all: neither moves{f'{turns},' if turns else ''} nor a joint move lead there"))
    return Part((Sentence(f"How {which} could be had:", (words.start,)),), tuple(items))


def _together(words: DiagnosisWords, group: Together, smallest: bool) -> Sentence:
    """What a group could bring about, and whether move by move or only at once."""
    who, count = words.group(group.members), group.states.count
    if len(group.members) == 1:
        return Sentence(f"{words.counted(count)} by moves of {who}")
    at_once = count - group.in_turn.count
    how = ", move by move or at once" if not at_once else f", {at_once:,} of them only at once" if group.in_turn else ", only at once"
    return Sentence(f"{words.counted(count)} by {who} together{', and by no part of them' if smallest else ''}{how}")


# -- what they hang on -------------------------------------------------------------------------------------------------
def hangs_on(words: DiagnosisWords) -> Part | None:
    """The statements whose order decides whether anything is better for everybody; None where there is nothing to say."""
    count = words.found.bargain.better_for_all.count
    if not count or not words.found.hinges:
        return None
    pairs = decisive(words.found.hinges)
    if pairs:
        what = f"All {count:,} of them hang" if count > 1 else "It hangs"
        lead = Sentence(f"{what} on the order of two statements; were one moved past the other, no state would be better for everybody:")
        after = [sentence for turn in words.found.turned for sentence in _turned(words, turn)]
        return Part((lead,), (*(_hinge(words, pair) for pair in pairs), *after))
    move = nearest(words.found.hinges)
    if move is None:
        return None
    dm, place, to = move
    side = "below" if to > place else "above"
    text = (
        f"With one statement at another place nothing can be better for everybody: so it would be, for instance, if {words.party(dm)} had "
    )
    text += f"{_said(words, dm, place)} just {side} {_said(words, dm, to)}."
    return Part((Sentence(text, (), tuple(f"decision makers/{dm}/prefers/{n}" for n in (place, to))),))


def in_short(words: DiagnosisWords) -> Sentence | None:
    """That what is better for everybody hangs on the order of two statements, and of which; None where it hangs on none."""
    pairs, count = decisive(words.found.hinges), words.found.bargain.better_for_all.count
    if not count or not pairs:
        return None
    told = [_ordered(words, pair) for pair in pairs]
    what = f"The {count:,} states better for everybody hang" if count > 1 else "The state better for everybody hangs"
    text = f"{what} on the order of two statements: {'; '.join(sentence.text for sentence in told)}."
    return Sentence(text, (), tuple(element for sentence in told for element in sentence.elements))


def _turned(words: DiagnosisWords, turn: Turned) -> list[Sentence]:
    """Which types of deadlock would apply with one of two statements moved past the other; worked out, and not certified."""
    elements = tuple(f"decision makers/{turn.dm}/prefers/{place}" for place in (turn.upper, turn.lower))
    ways = [((turn.lower, "above", turn.upper), turn.raised), ((turn.upper, "below", turn.lower), turn.lowered)]
    if turn.raised == turn.lowered:
        ways = ways[:1]
    result = []
    for (place, side, other), types in ways:
        text = f"with statement {place} of {words.party(turn.dm)} just {side} statement {other} "
        if types is None:
            text += f"{words.state(words.start)} would not be stuck"
        elif not types:
            text += "none of the types that were examined would apply"
        else:
            text += f"it would be {kind(types[0])}" + (f", and also {listing(map(kind, types[1:]))}" if types[1:] else "")
        result.append(Sentence(f"{text} (worked out, not certified)", (words.start,), elements))
    return result


def _ordered(words: DiagnosisWords, pair: Hinge) -> Sentence:
    """Which of two statements of somebody stands above which."""
    places = (pair.upper, pair.lower)
    said = " above ".join(_said(words, pair.dm, place) for place in places)
    return Sentence(f"{words.party(pair.dm)} has {said}", (), tuple(f"decision makers/{pair.dm}/prefers/{place}" for place in places))


def _hinge(words: DiagnosisWords, pair: Hinge) -> Sentence:
    """A pair of statements, and what each rests on."""
    ordered, places = _ordered(words, pair), (pair.upper, pair.lower)
    bases = _bases(words, ordered.elements)
    rests = "; ".join(f"statement {place} is {words_of}" for place, words_of in zip(places, bases, strict=False))
    return Sentence(ordered.text + (f"; {rests}" if rests else ""), (), ordered.elements)


def _bases(words: DiagnosisWords, elements: tuple[str, ...]) -> Iterator[str]:
    """What the elements rest on; nothing in a conflict that names no source at all."""
    if words.conflict.evidence.sources:
        yield from (basis_words(words.conflict, element) for element in elements)


def _said(words: DiagnosisWords, dm: str, place: int) -> str:
    """A statement by its place and its words."""
    preference = words.conflict.decision_maker(dm).preference
    assert preference is not None
    statement = preference.statements()[place - 1]
    return f"statement {place} ({quoted(statement.says or written(statement.when))})"
