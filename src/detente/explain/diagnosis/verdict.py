"""The first sentence of a diagnosis, and what everybody does at the state that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.analysis.claims.red_lines import Restoring
from detente.analysis.claims.together import Together
from detente.analysis.deadlock.found import Finding
from detente.analysis.lint_readings import kinds_said
from detente.concepts.witness import Leaves, Stays
from detente.explain.diagnosis.seen import misperception
from detente.explain.diagnosis.words import DiagnosisWords
from detente.explain.elements import element_words
from detente.explain.glosses import gloss
from detente.explain.prefer import deciding
from detente.explain.read_verdict import read_line
from detente.explain.readings import left_aside, reader_of
from detente.explain.route_ends import in_turn
from detente.explain.sentence import Part, Sentence
from detente.text import capital, listing, plural

MOST_NAMED = 3
"""Most groups, or sets of red lines and rules, that a first sentence names."""

NAMES = {
    "D1": "no bargain",
    "D2": "a bargain ruled out",
    "D3": "a bargain out of reach",
    "D4": "coordination",
    "D5": "commitment",
    "D6": "fear",
    "D7": "spoiler",
    "D8": "misperception",
    "D9": "attrition",
}
"""What the types of deadlock are called."""


def verdict(words: DiagnosisWords) -> Sentence:
    """Whether it is stuck; if so, what kind of deadlock it is first of all, and if not, who leaves and to where."""
    found = words.found
    if not found.stuck:
        return misperception(words) if found.primary == "D8" else _leaving(words)
    first = found.found[0]
    clause = _CLAUSES[first.key](words, first)
    text = f"It is stuck: in this model nobody would leave {words.here} on their own {words.under}, {clause.text} ({kind(first.key)})."
    return Sentence(text, (found.start, *clause.states), clause.elements)


def kind(key: str) -> str:
    """A type of deadlock by name and key.

    >>> kind("D4")
    'coordination, D4'
    """
    return f"{NAMES[key]}, {key}"


def headed(key: str, text: str) -> str:
    """What is said (`text`) of a type of deadlock (`key`), under its name.

    >>> headed("D4", "two ways.")
    'Coordination, D4: two ways.'
    """
    return f"{capital(kind(key))}: {text}"


def _leaving(words: DiagnosisWords) -> Sentence:
    """Who would leave, to where and by what."""
    said, states = [], [words.start]
    elements: list[str] = []
    for leaves in words.found.leaving:
        to = leaves.improvement
        said.append(f"{words.party(leaves.dm)} for {words.named(to)}, {words.by(words.start, to, leaves.dm)}")
        states.append(to)
        elements += [*words.options(words.start, to, leaves.dm), *deciding(words, leaves.dm, to, words.start)]
    text = f"It is not stuck: in this model {words.here} would be left {words.under}, by {'; by '.join(said)}."
    return Sentence(text, tuple(states), tuple(dict.fromkeys(elements)))


# -- why, in a clause --------------------------------------------------------------------------------------------------
def _no_bargain(words: DiagnosisWords, finding: Finding) -> Sentence:
    text = f"and there is nothing that {words.of_all(len(words.decision_makers))} prefer to it"
    if len(words.decision_makers) == 1:
        return Sentence("and there is nothing better")
    if len(words.decision_makers) > 2:
        text += ", nor anything that some of them could have together and would all prefer"
    return Sentence(text)


def _ruled_out(words: DiagnosisWords, finding: Finding) -> Sentence:
    claims, everybody = [claim for claim in finding.claims if isinstance(claim, Restoring)], words.of_all(len(words.decision_makers))
    if not 0 < len(claims) <= MOST_NAMED:
        return Sentence(f"and nothing is better for {everybody}, but something would be without some of the red lines and rules")
    elements = tuple(dict.fromkeys(element for claim in claims for element in dropped(claim)))
    each = [listing(element_words(words.conflict, element) for element in dropped(claim)) for claim in claims]
    text = f"and nothing is better for {everybody}, but something would be if it were not for {', or if it were not for '.join(each)}"
    return Sentence(text, (), elements)


def _out_of_reach(words: DiagnosisWords, finding: Finding) -> Sentence:
    everybody, turns = words.of_all(len(words.decision_makers)), in_turn(words.found.bargain.moves)
    if finding.states.count == 1:
        state = finding.states.first(1)[0]
        text = f"and the only state that {everybody} prefer to it, {words.named(state)}, can't be reached from there{turns}"
        return Sentence(text, (state,))
    return Sentence(f"and none of the {finding.states.count:,} states that {everybody} prefer to it can be reached from there{turns}")


def _coordination(words: DiagnosisWords, finding: Finding) -> Sentence:
    claims = [claim for claim in finding.claims if isinstance(claim, Together)]
    size = min(len(claim.coalition) for claim in claims)
    groups = [claim for claim in claims if len(claim.coalition) == size]
    if len(groups) > MOST_NAMED:
        many = f"though there are {len(groups)} groups of {size} each of which could together bring about a state"
        return Sentence(f"{many} that all of the group prefer to it and that then holds")
    who, comma = ", or ".join(words.group(claim.coalition) for claim in groups), "," if len(groups) > 1 else ""
    text = f"though {who}{comma} could together bring about a state that {words.of_all(size)} prefer to it and that then holds"
    return Sentence(text, tuple(claim.to for claim in groups))


def _commitment(words: DiagnosisWords, finding: Finding) -> Sentence:
    each = f"each of the {finding.states.count:,} states" if finding.states.count > 1 else "the one state"
    two = len(words.decision_makers) == 2
    who = "both could bring about together and would prefer" if two else "some of them could bring about together and would all prefer"
    return Sentence(f"and somebody would leave {each} that {who}")


def _fear(words: DiagnosisWords, finding: Finding) -> Sentence:
    if any(reader_of(words, key) for key in words.found.profile.values()):
        return Sentence(f"since each move worth leaving for of {words.group(finding.by)} would have an answer")
    return Sentence(f"since each improvement of {words.group(finding.by)} would have an answer")


_CLAUSES: Mapping[str, Callable[[DiagnosisWords, Finding], Sentence]] = {
    "D1": _no_bargain,
    "D2": _ruled_out,
    "D3": _out_of_reach,
    "D4": _coordination,
    "D5": _commitment,
    "D6": _fear,
}  # every state stuck as written is of one of these; D7 and D9 only come besides


def dropped(claim: Restoring) -> tuple[str, ...]:
    """The paths of the red lines and rules that a claim drops."""
    return tuple(f"rules/{n}" if dm is None else f"decision makers/{dm}/red lines/{n}" for dm, n in claim.dropped)


# -- what everybody does -----------------------------------------------------------------------------------------------
def standing(words: DiagnosisWords) -> Part:
    """What each decision maker does at the state, and under which other concepts it holds."""
    found, here = words.found, words.state(words.start)
    concepts = list(dict.fromkeys(found.profile.values()))
    lead = [Sentence(f"{capital(words.full(words.start))}.", (words.start,))]
    if found.seen is not None:
        lead.append(Sentence("Unless it says otherwise, what follows is said of the conflict as the file writes it."))
    if any(isinstance(witness, Leaves) or witness.answers for witness in found.witnesses):
        lead += [Sentence(gloss(key)) for key in concepts]
        items = tuple(_does(words, witness) for witness in found.witnesses)
    else:
        gain = "worth leaving for" if any(reader_of(words, key) for key in concepts) else "a gain for whoever makes it"
        lead.append(Sentence(f"From {here} there is no move for anybody that is {gain}.", (words.start,)))
        items = ()
    if any(kind != "unknown" for dm in words.conflict.decision_makers for kind in kinds_said(dm)):  # of unknown ones more is said
        lead += [sentence for key in concepts for sentence in left_aside(words, key)]
    if any(reader_of(words, key) for key in concepts):
        lead.append(Sentence("What somebody, or everybody, would prefer to it is told by the order of preference alone."))
    return Part((*lead, *_elsewhere(words)), items)


def _does(words: DiagnosisWords, witness: Stays | Leaves) -> Sentence:
    party = words.party(witness.dm) + (f" ({witness.concept})" if len(set(words.found.profile.values())) > 1 else "")
    reader = reader_of(words, witness.concept)
    if reader is not None and isinstance(witness, Leaves):
        return read_line(reader, witness, party)
    gain = "improvement" if reader is None else "move worth leaving for"
    if isinstance(witness, Leaves):
        to = witness.improvement
        text = f"{party}: would leave, {words.move(witness.state, to)}: {words.change(witness.dm, witness.state, to)}"
        return Sentence(text, (witness.state, to), deciding(words, witness.dm, to, witness.state))
    if not witness.answers:
        return Sentence(f"{party}: would stay, without any {gain} from here", (witness.state,))
    each = "which has an answer" if len(witness.answers) == 1 else "each of which has an answer"
    return Sentence(f"{party}: would stay, with {_many(len(witness.answers), gain)}, {each}", (witness.state,))


def _many(count: int, gain: str) -> str:
    """So many moves that gain, in the words for one."""
    return plural(count, gain, gain.replace("move ", "moves ") if gain.startswith("move ") else f"{gain}s")


def _elsewhere(words: DiagnosisWords) -> list[Sentence]:
    """Whether the state holds under the concepts that were asked about besides, the same for everybody."""
    found = words.found
    same = set(found.profile.values())
    asked = {key: all(verdicts.values()) for key, verdicts in found.stable.items() if same != {key}}
    holds, not_holds = ([key for key, answer in asked.items() if answer is wanted] for wanted in (True, False))
    if not asked:
        return []
    said = [f"it would hold under {listing(holds)}"] if holds else []
    said += [f"it would not hold under {listing(not_holds, 'or')}"] if not_holds else []
    return [Sentence(f"If everybody behaved alike, {', and '.join(said)}.", (words.start,))]
