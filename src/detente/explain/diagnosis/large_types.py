"""The types of deadlock in a space too large to be listed: the clause of the verdict, and the evidence for each that applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.analysis.claims.none_such import NoneSuch
from detente.analysis.claims.spoiler import Attrition, Spoiled
from detente.analysis.claims.together import Together
from detente.analysis.claims.unlisted import NotReached, Restores, SomebodyLeaves
from detente.analysis.large.found import LargeFinding
from detente.explain.diagnosis.large_words import LargeWords, certain
from detente.explain.diagnosis.verdict import MOST_NAMED, headed, kind
from detente.explain.elements import element_words
from detente.explain.prefer import deciding
from detente.explain.route_ends import IN_TURN
from detente.explain.sentence import Part, Sentence
from detente.text import listing


def clause(words: LargeWords, finding: LargeFinding) -> Sentence:
    """Why it is stuck first of all, as the clause of a sentence."""
    return _CLAUSES[finding.key](words, finding)


def evidence(words: LargeWords, finding: LargeFinding) -> list[Part]:
    """What shows that a type applies."""
    return _PARTS[finding.key](words, finding)


def _proven(finding: LargeFinding, kind_: str) -> bool:
    """Whether a proof shows that there is no state of a kind."""
    return any(isinstance(claim, NoneSuch) and claim.question.kind == kind_ for claim in finding.claims)


# -- D1, D2 ------------------------------------------------------------------------------------------------------------
def _no_bargain(words: LargeWords, finding: LargeFinding) -> Sentence:
    if len(words.decision_makers) == 1:
        return Sentence(f"and there is nothing better{certain(_proven(finding, 'gain'))}")
    text = f"and there is nothing that {words.everybody} prefer to it"
    shown = _proven(finding, "gain")
    if len(words.decision_makers) > 2:
        text += ", nor anything that some of them could have together and would all prefer"
        shown = shown and _proven(finding, "shared gain")
    return Sentence(f"{text}{certain(shown)}")


def _no_bargain_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    text = f"no state is better than {words.here} for {words.everybody}{certain(_proven(finding, 'gain'))}"
    lines = any(dm.red_lines for dm in words.conflict.decision_makers)
    dropping = next((claim for claim in finding.claims if isinstance(claim, NoneSuch) and claim.question.kind == "possible gain"), None)
    rules = bool(words.conflict.rules) and (dropping is None or dropping.question.rules)
    if lines or rules:
        what = listing([*(["red lines"] if lines else []), *(["rules"] if rules else [])], "or")
        text += f", and none would be, whichever {what} were dropped{certain(dropping is not None)}"
    lead = [Sentence(headed("D1", f"{text}."), (words.start,))]
    if len(words.decision_makers) > 2:
        shown = certain(_proven(finding, "shared gain"))
        text = f"Nor is there a state that some of them, two at the least, could bring about and would all prefer{shown}."
        lead.append(Sentence(text))
    return [Part(tuple(lead))]


def dropped(elements: tuple[tuple[str | None, int], ...]) -> tuple[str, ...]:
    """The paths of red lines and rules.

    >>> dropped(((None, 2), ("A", 1)))
    ('rules/2', 'decision makers/A/red lines/1')
    """
    return tuple(f"rules/{n}" if dm is None else f"decision makers/{dm}/red lines/{n}" for dm, n in elements)


def _ruled_out(words: LargeWords, finding: LargeFinding) -> Sentence:
    claims = [claim for claim in finding.claims if isinstance(claim, Restores)]
    none = f"and nothing is better for {words.everybody}{certain(_proven(finding, 'gain'))}"
    if not 0 < len(claims) <= MOST_NAMED or not finding.complete:
        return Sentence(f"{none}, but something would be without some of the red lines and rules")
    elements = tuple(dict.fromkeys(element for claim in claims for element in dropped(claim.dropped)))
    each = [listing(element_words(words.conflict, element) for element in dropped(claim.dropped)) for claim in claims]
    return Sentence(f"{none}, but something would be if it were not for {', or if it were not for '.join(each)}", (), elements)


def _ruled_out_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    claims = [claim for claim in finding.claims if isinstance(claim, Restores)]
    text = f"no state is better than {words.here} for {words.everybody}{certain(_proven(finding, 'gain'))}"
    if not claims:
        text += ", but some combination of options would be without red lines and rules"
        return [Part((Sentence(headed("D2", f"{text}."), (words.start,)),))]
    lead = [Sentence(headed("D2", f"{text}, and it is red lines or rules that exclude what would be."), (words.start,))]
    if any(dm is None for claim in claims for dm, _ in claim.dropped):
        lead.append(Sentence("A rule that holds by the meaning of its words is nothing that anybody could drop."))
    all_of_them = finding.complete and len(claims) == len(finding.states)
    which = (
        f"{'These' if all_of_them else 'Some'} sets of them, none of which could be smaller, are such that without them something would be "
    )
    which += f"better for {words.everybody}"
    which += "; that there are no others was worked out, and not certified:" if all_of_them else "; there may be others:"
    lead.append(Sentence(which))
    items = []
    for claim in claims:
        elements = dropped(claim.dropped)
        said = listing(element_words(words.conflict, element) for element in elements)
        text = f"{said}: then, for instance, what is better for {words.everybody} is a state {words.changes(claim.gained)}"
        items.append(Sentence(text, (), elements))
    return [Part(tuple(lead), tuple(items))]


def _in_turn(words: LargeWords) -> str:
    """That nobody moves twice in a row, where bans could make that a difference."""
    return "" if words.space.moves_compose else IN_TURN


# -- D3, D4, D5 --------------------------------------------------------------------------------------------------------
def _out_of_reach(words: LargeWords, finding: LargeFinding) -> Sentence:
    shown = _in_turn(words) + certain(_proven(finding, "gain in reach"))
    return Sentence(f"and no state that {words.everybody} prefer to it can be reached from there{shown}", finding.states[:1])


def _out_of_reach_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    which = f"a state better for {words.everybody}{_in_turn(words)}"
    text = f"no sequence of moves by anybody leads from {words.here} to {which}, and no joint move either"
    lead = Sentence(headed("D3", f"{text}{certain(_proven(finding, 'gain in reach'))}. Some that can't be reached:"), (words.start,))
    return [Part((lead,), tuple(Sentence(words.placed(state), (state,)) for state in finding.states))]


def _coordination(words: LargeWords, finding: LargeFinding) -> Sentence:
    claims = [claim for claim in finding.claims if isinstance(claim, Together)]
    size = min((len(claim.coalition) for claim in claims), default=0)
    groups = list(dict.fromkeys(claim.coalition for claim in claims if len(claim.coalition) == size))[:MOST_NAMED]
    who, comma = ", or ".join(map(words.group, groups)), "," if len(groups) > 1 else ""
    text = f"though {who}{comma} could together bring about a state that {words.of_all(size)} prefer to it and that then holds"
    return Sentence(text, tuple(claim.to for claim in claims if claim.coalition in groups)[:MOST_NAMED])


def _coordination_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    claims = [claim for claim in finding.claims if isinstance(claim, Together)]
    apart = any(isinstance(claim, NotReached) for claim in finding.claims)
    text = f"groups could together bring about what all of the group prefer to {words.here} and what then holds"
    lead = [Sentence(headed("D4", f"{text}."), (words.start,))]
    which = "it" if len(claims) == 1 else "any of these"
    lead.append(Sentence(f"No sequence of improvements leads to {which}{_in_turn(words)}{certain(apart)}:"))
    items = []
    for claim in claims:
        way = words.way(claim)
        text = f"to {words.named(claim.to)}: {way.text} (better for {words.group(claim.coalition)})"
        others = words.those_who_lose(claim.to, claim.coalition)
        items.append(Sentence(text + (f"; {others}" if others else ""), way.states, way.elements))
    if not finding.complete:
        lead.insert(1, Sentence("Those that were found first; there may be others, and smaller groups for other states."))
    return [Part(tuple(lead), tuple(items))]


def _commitment(words: LargeWords, finding: LargeFinding) -> Sentence:
    two = len(words.decision_makers) == 2
    who = "both could bring about together and would prefer" if two else "some of them could bring about together and would all prefer"
    each = f"each of the {len(finding.states):,} states" if len(finding.states) > 1 else "the one state"
    return Sentence(f"and somebody would leave {each} that {who}{certain(_proven(finding, 'shared gain'))}")


def _commitment_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    leaving = next((claim.leaving for claim in finding.claims if isinstance(claim, SomebodyLeaves)), ())
    count = len(finding.states)
    one = "there is 1 state" if count == 1 else f"there are {count:,} states"
    two = len(words.decision_makers) == 2
    who = f"{words.group(words.decision_makers)} could together bring about and would both prefer"
    who = who if two else "some of them, two at the least, could together bring about and would all prefer"
    text = f"{one} that {who} to {words.here}{certain(_proven(finding, 'shared gain'))}. "
    text += f"Somebody would leave {'it' if count == 1 else 'each of them'} {words.under}:"
    items = []
    for witness in leaving:
        to: int = getattr(witness, "improvement", witness.state)
        said = f"{words.named(witness.state)}: {words.party(witness.dm)} would leave it for {words.state(to)}, "
        said += f"{words.by(witness.state, to, witness.dm)} ({words.change(witness.dm, witness.state, to)})"
        elements = (*words.options(witness.state, to, witness.dm), *deciding(words, witness.dm, to, witness.state))
        items.append(Sentence(said, (witness.state, to), elements))
    return [Part((Sentence(headed("D5", text), (words.start,)),), tuple(items))]


# -- D6, D7, D9 --------------------------------------------------------------------------------------------------------
def _fear(words: LargeWords, finding: LargeFinding) -> Sentence:
    return Sentence(f"since each improvement of {words.group(finding.by)} would have an answer")


def _fear_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    text = f"{words.group(finding.by)} would gain by moves from {words.here}, and each of them has an answer."
    lead = [Sentence(headed("D6", text), (words.start,)), Sentence("For instance:")]
    items = []
    for dm, gain in zip(finding.by, finding.states, strict=False):
        text = f"{words.party(dm)} would gain by {words.by(words.start, gain, dm)} ({words.move(words.start, gain)})"
        items.append(Sentence(text, (words.start, gain), words.options(words.start, gain, dm)))
    return [Part(tuple(lead), tuple(items))]


def _spoiler_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    items = []
    for claim in finding.claims:
        if isinstance(claim, Spoiled):
            gain, way, who = claim.gain, words.way(claim.gain), words.party(claim.spoiler)
            text = f"{words.group(gain.coalition)} could bring about {words.named(gain.to)}, which they prefer ({way.text}); "
            text += f"everybody but {who} would stay there. {who} would leave it for {words.state(claim.to)}, "
            text += f"{words.by(gain.to, claim.to, claim.spoiler)}, which is worse than {words.here} for {words.party(claim.harmed)}"
            elements = dict.fromkeys((*way.elements, *words.options(gain.to, claim.to, claim.spoiler)))
            items.append(Sentence(text, (*way.states, claim.to), tuple(elements)))
    who = words.group(finding.by, "or")
    text = f"what a group could have and would keep, {who} would leave for what harms a member of it; for instance:"
    return [Part((Sentence(headed("D7", text), (words.start,)),), tuple(items))]


def _attrition_parts(words: LargeWords, finding: LargeFinding) -> list[Part]:
    items = []
    for claim in finding.claims:
        if isinstance(claim, Attrition):
            one, other = words.party(claim.first.by), words.party(claim.second.by)
            steps = []
            for step in (claim.second, claim.first):
                text = f"if {words.party(step.by)} concedes, {words.by(words.start, step.to, step.by)}, "
                steps.append(f"{text}there is an improvement for {words.party(step.taken_up_by)} to {words.state(step.end)}")
            after_other, after_one = words.state(claim.second.end), words.state(claim.first.end)
            text = f"{'; '.join(steps)}. For {one} {after_other} is better than {after_one}, for {other} it is the other way round; "
            text += f"both would hold {words.under}, and neither is worse than {words.here} for {one} or for {other}"
            items.append(Sentence(text, (claim.start, claim.second.to, claim.second.end, claim.first.to, claim.first.end)))
    lead = headed("D9", "for two of them what follows if the other concedes first is best, so that each may wait for the other:")
    return [Part((Sentence(lead, (words.start,)),), tuple(items))]


_CLAUSES: Mapping[str, Callable[[LargeWords, LargeFinding], Sentence]] = {
    "D1": _no_bargain,
    "D2": _ruled_out,
    "D3": _out_of_reach,
    "D4": _coordination,
    "D5": _commitment,
    "D6": _fear,
    "D7": lambda words, finding: Sentence(f"though {words.group(finding.by, 'or')} would spoil what others could have together"),
    "D9": lambda words, finding: Sentence(f"and {words.group(finding.by)} each may wait for another to concede first"),
}
_PARTS: Mapping[str, Callable[[LargeWords, LargeFinding], list[Part]]] = {
    "D1": _no_bargain_parts,
    "D2": _ruled_out_parts,
    "D3": _out_of_reach_parts,
    "D4": _coordination_parts,
    "D5": _commitment_parts,
    "D6": _fear_parts,
    "D7": _spoiler_parts,
    "D9": _attrition_parts,
}
_SILENCES = {
    "beliefs": "no decision maker holds a viewpoint of their own",
    "seen": "how decision makers see a conflict is not looked at where it is too large to be listed",
    "rankings": "what somebody would make of states that a rule excludes is not known, so no rule could be dropped",
    "sets of red lines": "not all sets of red lines and rules were found",
    "time": "not settled in the time that was allowed",
    "candidates": "too many states would have to be asked about one by one",
    "sequences": "where bans or perceptions stand in the way, it was not settled which states sequences of moves reach",
    "improvements": "whether improvements lead to what was found was not settled",
    "sets": "the smallest sets of others' changes that hold somebody are not looked for in a conflict too large to be listed",
}


def silences(words: LargeWords) -> Part:
    """The types that could not be examined, or not wholly, and why."""
    silent = words.large.silent
    said = "; ".join(f"{kind(silence.key)} ({_SILENCES[silence.reason]})" for silence in silent)
    only_beliefs = all(silence.reason == "beliefs" for silence in silent)
    return Part((Sentence(f"{'Not examined' if only_beliefs else 'Not examined, or not wholly'}: {said}."),))
