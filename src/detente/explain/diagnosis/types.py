"""The evidence for each type of deadlock that applies, sentence by sentence, from claims that have been checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.analysis.claims.fear import Removed
from detente.analysis.claims.fear_sets import AllCores
from detente.analysis.claims.red_lines import Restoring
from detente.analysis.claims.ruled_out import NoBargain
from detente.analysis.claims.spoiler import Attrition, Concession, Spoiled
from detente.analysis.claims.standing import NoneHolds, Standing
from detente.analysis.claims.together import Together
from detente.analysis.deadlock.found import Finding
from detente.analysis.hinges import decisive
from detente.analysis.overview import in_common
from detente.concepts.witness import Leaves, Stays
from detente.explain.answers import Teller, answered
from detente.explain.diagnosis.seen import misperceived
from detente.explain.diagnosis.verdict import dropped, headed, kind
from detente.explain.diagnosis.words import DiagnosisWords
from detente.explain.elements import element_words
from detente.explain.levers.fear import conditions
from detente.explain.margin import hangs
from detente.explain.prefer import deciding
from detente.explain.read_verdict import read_answers
from detente.explain.readings import reader_of
from detente.explain.route_ends import in_turn
from detente.explain.sentence import Part, Sentence
from detente.space.sets import bits_of
from detente.text import listing, plural


def evidence(words: DiagnosisWords, finding: Finding) -> list[Part]:
    """What shows that a type applies."""
    return _PARTS[finding.key](words, finding)


def _no_bargain(words: DiagnosisWords, finding: Finding) -> list[Part]:
    claim = next(claim for claim in finding.claims if isinstance(claim, NoBargain))
    text = f"no state is better than {words.here} for {words.of_all(len(words.decision_makers))}"
    lines = any(dm.red_lines for dm in words.conflict.decision_makers)
    rules = claim.rules and bool(words.conflict.rules)
    if lines or rules:
        what = listing([*(["red lines"] if lines else []), *(["rules"] if rules else [])], "or")
        text += f", and none would be, whichever {what} were dropped"
    lead = [Sentence(headed("D1", f"{text}."), (words.start,))]
    if len(words.decision_makers) > 2:
        lead.append(Sentence("Nor is there a state that some of them, two at the least, could bring about and would all prefer."))
    return [Part(tuple(lead))]


def _ruled_out(words: DiagnosisWords, finding: Finding) -> list[Part]:
    claims = [claim for claim in finding.claims if isinstance(claim, Restoring)]
    text = f"no state is better than {words.here} for {words.of_all(len(words.decision_makers))}"
    if not claims:
        text += ", but some combination of options would be without red lines and rules"
        return [Part((Sentence(headed("D2", f"{text}."), (words.start,)),))]
    lead = [Sentence(headed("D2", f"{text}, and it is red lines or rules that exclude what would be."), (words.start,))]
    if any(dm is None for claim in claims for dm, _ in claim.dropped):
        lead.append(Sentence("A rule that holds by the meaning of its words is nothing that anybody could drop."))
    lead.append(Sentence("The smallest sets of them without which something would be better for everybody:"))
    return [Part(tuple(lead), tuple(_without(words, claim) for claim in claims))]


def _without(words: DiagnosisWords, claim: Restoring) -> Sentence:
    elements = dropped(claim)
    state = min(bits_of(claim.gained), key=lambda state: ((state ^ words.start).bit_count(), state))
    taken = [option.key for k, option in enumerate(words.conflict.options) if state >> k & 1]
    then = f"with {words.options_named(taken)} and nothing else taken" if taken else "with no option taken"
    said = listing(element_words(words.conflict, element) for element in elements)
    return Sentence(f"{said}: then, for instance, what is better for everybody is a state {then}", (), elements)


def _out_of_reach(words: DiagnosisWords, finding: Finding) -> list[Part]:
    count, everybody = finding.states.count, words.of_all(len(words.decision_makers))
    which = f"the state better for {everybody}" if count == 1 else f"any of the {count:,} states better for {everybody}"
    turns = in_turn(words.found.bargain.moves)
    text = f"no sequence of moves by anybody leads from {words.state(words.start)} to {which}{turns}, and no joint move either."
    lead = [Sentence(headed("D3", text), (words.start,))]
    lead += _cannot_go_back(words, finding)
    items = tuple(Sentence(words.full(state), (state,)) for state in finding.states.first(MOST_LISTED)) if count <= MOST_LISTED else ()
    return [Part(tuple(lead), items)]


MOST_LISTED = 50
"""Most states that are listed in full."""


def _cannot_go_back(words: DiagnosisWords, finding: Finding) -> list[Sentence]:
    """The options that can't be changed any more at the start and are otherwise in all the states of a finding."""
    common, choice, space = in_common(finding.states), words.space.choice(words.start), words.space
    here, said = words.state(words.start), []
    for k, option in enumerate(words.conflict.options):
        name = words.options_named([option.key])
        if choice[k] == "Y" and space.only_on >> k & 1 and option.key in common.not_taken:
            said.append((f"{name} is taken in {here} and can't be given up again; in none of those states is it taken", option.key))
        if choice[k] == "N" and space.only_off >> k & 1 and option.key in common.taken:
            said.append((f"{name} is not taken in {here} and can't be taken up again; in each of those states it is taken", option.key))
    return [Sentence(f"{text}.", (words.start,), (f"options/{key}",)) for text, key in said]


def _coordination(words: DiagnosisWords, finding: Finding) -> list[Part]:
    claims = [claim for claim in finding.claims if isinstance(claim, Together)]
    count, start = finding.states.count, words.state(words.start)
    groups = list(dict.fromkeys(claim.coalition for claim in claims))
    who = f"{', or '.join(words.group(group) for group in groups)}{',' if len(groups) > 1 else ''} could together bring about"
    prefer = f"{words.of_all(len(groups[0]))} prefer" if len({len(group) for group in groups}) == 1 else "all of the group prefer"
    text = f"{who} {plural(count, 'state')} that {prefer} to {start} and that then {'holds' if count == 1 else 'hold'}"
    in_all = finding.states & words.found.bargain.better_for_all
    if in_all and len(words.decision_makers) > 2:
        which = "it" if count == 1 else f"{in_all.count:,} of them"
        text += f"; {which} {'is' if in_all.count == 1 else 'are'} better for {words.of_all(len(words.decision_makers))}"
        if decisive(words.found.hinges):
            text += f" ({'it hangs' if in_all.count == 1 else 'all of these hang'} on one order of two statements, told below)"
    none = ("it" if count == 1 else "any of them") + in_turn(words.found.bargain.improving)
    lead = [Sentence(headed("D4", f"{text}."), (words.start,)), Sentence(f"No sequence of improvements leads to {none}. For instance:")]
    items = []
    for claim in claims:
        way = words.way(claim)
        text = f"to {words.named(claim.to)}: {way.text} ({words.ranks(claim.coalition, claim.to)})"
        others = words.those_who_lose(claim.to, claim.coalition)
        doubt = hangs(words, claim.coalition, claim.to, claim.start)
        text += (f"; {others}" if others else "") + (f"; {doubt.text}" if doubt is not None else "")
        items.append(Sentence(text, way.states, (*way.elements, *(doubt.elements if doubt is not None else ()))))
    return [Part(tuple(lead), tuple(items))]


def _commitment(words: DiagnosisWords, finding: Finding) -> list[Part]:
    count, start = finding.states.count, words.state(words.start)
    claim = next((claim for claim in finding.claims if isinstance(claim, NoneHolds)), None)
    leaving = [leaves for leaves in claim.leaving if isinstance(leaves, Leaves)] if claim else []
    one = "there is 1 state" if count == 1 else f"there are {count:,} states"
    them = "it" if count == 1 else "each of them"
    who = words.group(words.decision_makers) if len(words.decision_makers) == 2 else "some of them, two at the least,"
    text = (
        f"{one} that {who} could together bring about and would {'both' if len(words.decision_makers) == 2 else 'all'} prefer to {start}. "
    )
    text += f"Somebody would leave {them} {words.under}"
    if len(leaving) < count:
        text += f"; shown here for {len(leaving):,}, and worked out by the engine for all"
    lead = [Sentence(headed("D5", f"{text}{':' if leaving else '.'}"), (words.start,))]
    return [Part(tuple(lead), tuple(_leaves(words, leaves) for leaves in leaving))]


def _leaves(words: DiagnosisWords, leaves: Leaves) -> Sentence:
    start, to, reader = leaves.state, leaves.improvement, reader_of(words, leaves.concept)
    change = words.change(leaves.dm, start, to) if reader is None else reader.told(leaves.dm, to, start).text
    gainers = words.group(words.found.bargain.preferring(start))
    text = f"{words.named(start)}, better for {gainers}: {words.party(leaves.dm)} would leave it for {words.state(to)}, "
    text += f"{words.by(start, to, leaves.dm)} ({change})"
    return Sentence(text, (start, to), (*words.options(start, to, leaves.dm), *deciding(words, leaves.dm, to, start)))


def _fear(words: DiagnosisWords, finding: Finding) -> list[Part]:
    claim = next(claim for claim in finding.claims if isinstance(claim, Standing))
    parts = []
    held = [witness for witness in claim.witnesses if isinstance(witness, Stays) and witness.answers]
    for place, witness in enumerate(held):
        party, count = words.party(witness.dm), len(witness.answers)
        each = "it has an answer" if count == 1 else "each of them has an answer"
        reader = reader_of(words, witness.concept)
        counted = f"would gain by {plural(count, 'move')}" if reader is None else f"has {plural(count, 'move')} worth leaving for"
        text = f"{party} {counted} from {words.state(words.start)}, and {each} under {witness.concept}:"
        lead = Sentence(headed("D6", text) if not place else text, (words.start,))
        told = answered(Teller(words.space, witness.dm, words.start), witness) if reader is None else read_answers(reader, witness)
        parts.append(Part((lead,), told))
    parts += [_held(words, claim) for claim in finding.claims if isinstance(claim, AllCores)]
    return parts


def _held(words: DiagnosisWords, claim: AllCores) -> Part:
    """Without which moves of others somebody would leave: all the smallest sets."""
    party, here = words.party(claim.now[0].dm), words.state(words.start)
    if not claim.cores:
        return Part((Sentence(f"No moves of others, taken away, would make {party} leave {here}.", (words.start,)),))
    lead = Sentence(f"{party} would leave {here} if others could not make certain changes. All the smallest sets of such changes:")
    items = []
    place = {dm: n for n, dm in enumerate(words.decision_makers)}

    def order(group: Removed) -> tuple[int, int, str]:
        return place[group.by], words.conflict.option_index.get(group.option, -1), group.kind

    ordered = [(sorted(core.removed, key=order), core.then.improvement) for core in claim.cores]
    for removed, to in sorted(ordered, key=lambda item: (len(item[0]), [order(group) for group in item[0]])):
        options = tuple(dict.fromkeys(f"options/{group.option}" for group in removed if group.option))
        items.append(Sentence(f"if {conditions(words, removed)}: to {words.state(to)}", (words.start, to), options))
    return Part((lead,), tuple(items))


def _spoiler(words: DiagnosisWords, finding: Finding) -> list[Part]:
    claims = [claim for claim in finding.claims if isinstance(claim, Spoiled)]
    items = []
    for claim in claims:
        gain, way = claim.gain, words.way(claim.gain)
        both, spoiler = words.of_all(len(gain.coalition)), words.party(claim.spoiler)
        movers = words.movers(gain)
        who = f"{words.group(movers)} could {'together ' if len(movers) > 1 else ''}bring about {words.named(gain.to)}"
        prefer = both if movers == gain.coalition else words.group(gain.coalition)
        text = f"{who}, which {prefer} prefer ({way.text}); "
        text += f"everybody but {spoiler} would stay there. {spoiler} would leave it for {words.state(claim.to)}, "
        text += (
            f"{words.by(gain.to, claim.to, claim.spoiler)}, which is worse than {words.state(words.start)} for {words.party(claim.harmed)}"
        )
        elements = dict.fromkeys((*way.elements, *words.options(gain.to, claim.to, claim.spoiler)))
        items.append(Sentence(text, (*way.states, claim.to), tuple(elements)))
    lead = headed(
        "D7",
        f"what a group could have and would keep, {words.group(finding.by, 'or')} would leave for what harms a member of it; for instance:",
    )
    return [Part((Sentence(lead, (words.start,)),), tuple(items))]


def _attrition(words: DiagnosisWords, finding: Finding) -> list[Part]:
    items = []
    for claim in finding.claims:
        if isinstance(claim, Attrition):
            one, other = words.party(claim.first.by), words.party(claim.second.by)
            after_other, after_one = words.state(claim.second.end), words.state(claim.first.end)
            text = f"{_concession(words, claim.second)}; {_concession(words, claim.first)}. For {one} {after_other} is better than "
            text += f"{after_one}, for {other} it is the other way round; both would hold {words.under}, and neither is worse than "
            text += f"{words.state(claim.start)} for {one} or for {other}"
            states = tuple(state for step in (claim.second, claim.first) for state in (step.to, step.end))
            items.append(Sentence(text, (claim.start, *states), _conceded(words, claim)))
    lead = headed("D9", "for two of them what follows if the other concedes first is best, so that each may wait for the other:")
    return [Part((Sentence(lead, (words.start,)),), tuple(items))]


def _concession(words: DiagnosisWords, step: Concession) -> str:
    start = words.start
    return (
        f"if {words.party(step.by)} concedes, {words.move(start, step.to)}, {words.by(start, step.to, step.by)} "
        f"({words.change(step.by, start, step.to)}), there is an improvement for {words.party(step.taken_up_by)} to {words.state(step.end)}"
    )


def _conceded(words: DiagnosisWords, claim: Attrition) -> tuple[str, ...]:
    found: list[str] = []
    for step in (claim.second, claim.first):
        found += [*words.options(claim.start, step.to, step.by), *words.options(step.to, step.end, step.taken_up_by)]
    return tuple(dict.fromkeys(found))


_PARTS: Mapping[str, Callable[[DiagnosisWords, Finding], list[Part]]] = {
    "D1": _no_bargain,
    "D2": _ruled_out,
    "D3": _out_of_reach,
    "D4": _coordination,
    "D5": _commitment,
    "D6": _fear,
    "D7": _spoiler,
    "D8": misperceived,
    "D9": _attrition,
}

_SILENCES = {
    "beliefs": "no decision maker holds a viewpoint of their own",
    "rankings": "what somebody would make of states that a rule excludes is not known, so no rule could be dropped",
    "size": "there are too many red lines and rules to look at every set of them",
    "many": "there is too much to show one by one",
    "improvements": "there are too many improvements to follow",
    "sets": "the smallest sets of others' changes that hold somebody were not all looked for, or not all found in time",
    "answers": "there are too many answers to list them all",
}


def silences(words: DiagnosisWords) -> Part:
    """What was not examined, or not wholly."""
    only_beliefs = all(silence.reason == "beliefs" for silence in words.found.silent)
    said = "; ".join(f"{kind(silence.key)} ({_SILENCES[silence.reason]})" for silence in words.found.silent)
    return Part((Sentence(f"{'Not examined' if only_beliefs else 'Not examined, or not wholly'}: {said}."),))
