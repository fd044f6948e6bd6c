"""Every claim that an explanation of a random conflict makes is read from its text and derived again by the naive definitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from detente.analysis.reach import reach
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Leaves
from detente.engines.single import SingleEngine
from detente.explain.sentence import Explanation
from detente.explain.verdict import verdict
from detente.model.conflict import Conflict
from detente.model.formula import holds, written
from detente.space.states import StateSpace
from tests.certificates.conflicts import plain_model, random_conflict
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel
from tests.definitions.sequences import last_movers

CHANGE = r"(?:(\d+)\w\w to (\d+)\w\w choice|(\d+)\w\w choice both times)"
PARTY = "[A-E]"


class Facts:
    """What the naive model says, by numbers of states."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.plain: PlainModel = plain_model(conflict)
        self.deciders = self.plain.decision_makers
        self.ranks = {}
        for dm, keys in self.plain.keys.items():
            order = sorted(set(keys.values()), reverse=True)
            self.ranks[dm] = {state: order.index(key) + 1 for state, key in keys.items()}

    def others(self, dm: str) -> list[str]:
        """Everybody else."""
        return [other for other in self.deciders if other != dm]


def explanations(seed: int) -> Iterator[tuple[Facts, str, int, str, Explanation]]:
    """Some verdicts of a random conflict, explained with everything there is to say."""
    random = Random(seed)
    conflict = random_conflict(random)
    space, facts = StateSpace(conflict), Facts(conflict)
    engine = SingleEngine(space)
    asked = [(dm, state) for dm in engine.decision_makers for state in space.states.each()]
    for dm, state in random.sample(asked, min(4, len(asked))):
        witnesses = {c.key: engine.witness(c, dm, state) for c in all_concepts()}
        for key, witness in witnesses.items():
            replies = None
            if isinstance(witness, Leaves):
                replies = reach(space, witness.improvement, "any", facts.others(dm))
            others = [other for other in witnesses.values() if other is not witness]
            yield facts, dm, space.number(state), key, verdict(space, witness, others, replies)


@pytest.mark.parametrize("block", range(6))
def test_claims(block: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(block * 40, block * 40 + 40):
        for facts, dm, state, key, told in explanations(seed):
            place = f"seed {seed}, {dm} at {state} under {key}\n{told.text(limit=None)}"
            for check in (
                the_verdict,
                ranks_and_moves,
                steps,
                statements,
                lists,
                what_is_reached,
                replies,
                sanctions,
                escapes,
                other_concepts,
            ):
                done = check(facts, dm, state, key, told)
                assert done is not None, f"{check.__name__}: {place}"
                seen[check.__name__] += done
    assert all(count > 5 for count in seen.values()), seen


# Each of these gives the number of claims that it found and that are true, or None where one is not.
def the_verdict(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    stable = DEFINITIONS[key](facts.plain, dm, state)
    wanted = f"is stable for {dm} under {key}: {dm} would stay." if stable else f"is not stable for {dm} under {key}: {dm} would leave it."
    return 1 if told.verdict.text == f"In this model state {state} {wanted}" else None


def ranks_and_moves(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Moves of the focal decision maker with their ranks, as "1 ▸ 5 by ...: 4th to 3rd choice"; and "the 4th choice of A"."""
    count = 0
    for sentence in told.sentences():
        for start, to, one, two, same in re.findall(rf"^(?:{dm} can move )?(\d+) ▸ (\d+) (?:by [^:]*: |\(){CHANGE}", sentence.text):
            ranks = facts.ranks[dm][int(start)], facts.ranks[dm][int(to)]
            if int(to) not in facts.plain.moves(dm, int(start)) or ranks != (int(one or same), int(two or same)):
                return None
            count += 1
        for number, rank, who in re.findall(rf"(?:state |^)(\d+), the (\d+)\w\w choice of ({PARTY})", sentence.text):
            if facts.ranks[who][int(number)] != int(rank):
                return None
            count += 1
    return count


def steps(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Steps of answers: "B 5 ▸ 6 (a loss for B: 5th to 8th choice)"."""
    count = 0
    pattern = rf"({PARTY}) (\d+) ▸ (\d+) \((a gain|a loss|neither gain nor loss) for ({PARTY}): {CHANGE}\)"
    for sentence in told.sentences():
        for mover, start, to, effect, who, one, two, same in re.findall(pattern, sentence.text):
            before, after = facts.ranks[mover][int(start)], facts.ranks[mover][int(to)]
            really = "a gain" if after < before else "a loss" if after > before else "neither gain nor loss"
            if mover != who or int(to) not in facts.plain.moves(mover, int(start)) or really != effect:
                return None
            if (before, after) != (int(one or same), int(two or same)):
                return None
            count += 1
    return count


def statements(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """That a statement holds in one state and not in the other, and tells them apart as none before it does."""
    count = 0
    pattern = rf"for ({PARTY}), statement (\d+) of (\d+), “([^”]*)”, holds in state (\d+) and not in state (\d+)"
    ranking = rf"the ranking of ({PARTY}) puts state (\d+) higher"
    for sentence in told.sentences():
        for who, place, of, label, better, worse in re.findall(pattern, sentence.text):
            preference = facts.conflict.decision_maker(who).preference
            wanted = preference.statements() if preference else ()
            views = [[holds(s.when, facts.plain.state(int(n)).combination.__getitem__) for s in wanted] for n in (better, worse)]
            first = next(k for k, (a, b) in enumerate(zip(*views, strict=True)) if a != b)
            if len(wanted) != int(of) or first + 1 != int(place) or not views[0][first] or written(wanted[first].when) != label:
                return None
            if facts.ranks[who][int(better)] >= facts.ranks[who][int(worse)]:
                return None
            count += 1
        for who, better in re.findall(ranking, sentence.text):
            if facts.ranks[who][int(better)] >= facts.ranks[who][state]:
                return None
            count += 1
    return count


def lists(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Numbers of moves, improvements and ways, and the lists that belong to them."""
    count = 0
    improvements, moves = facts.plain.improvements(dm, state), facts.plain.moves(dm, state)
    for part in told.parts:
        lead = " ".join(sentence.text for sentence in part.lead)
        firsts = [int(hit[1]) for item in part.items if (hit := re.match(rf"{state} ▸ (\d+) ", item.text))]
        for found in re.findall(r"there (?:is|are) (no|\d+) improvements? for (?!any)", lead):
            count += 1
            if int(found.replace("no", "0")) != len(improvements):
                return None
        if "could make" in lead and "from it" in lead:
            count += 1
            if sorted(firsts) != sorted(moves) or len(part.items) != len(moves) or improvements:
                return None
        if "has an answer" in lead or "it has an answer" in lead:
            count += 1
            if sorted(firsts) != sorted(improvements):
                return None
        if "can make no move from it at all" in lead and moves:
            return None
        ways = re.findall(r"There (?:is|are) (\d+) ways? in which", lead)
        if ways and int(ways[0]) != len(part.items):
            return None
    return count


def what_is_reached(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Everything that the others can bring about, with the last movers."""
    count = 0
    for part in told.parts:
        lead = " ".join(sentence.text for sentence in part.lead)
        hit = re.search(r"From state (\d+) the others can bring about (\d+) states? by moves (of any kind|that are a gain)", lead)
        if hit:
            count += 1
            omega = last_movers(facts.plain, facts.others(dm), int(hit[1]), hit[3] == "that are a gain")
            listed = {}
            for item in part.items:
                found = re.match(r"(\d+), .* the last by ([A-E, or]+?)(?:;|$)", item.text)
                assert found
                listed[int(found[1])] = set(re.findall(PARTY, found[2]))
                onward = re.search(r"can move on (\d+) ▸ (\d+)", item.text)
                better = facts.plain.better(dm, int(onward[2] if onward else found[1]), state)
                if not better or (onward and int(onward[2]) not in facts.plain.moves(dm, int(onward[1]))):
                    return None
            if listed != omega or len(listed) != int(hit[2]):
                return None
        hit = re.search(r"From state (\d+) there is no (improvement|move) for any of the others", lead)
        if hit and last_movers(facts.plain, facts.others(dm), int(hit[1]), hit[2] == "improvement"):
            return None
    return count


def replies(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Answers that would deter but hold a step that is no gain."""
    count = 0
    for part in told.parts:
        if part.lead and part.lead[0].text.startswith("Answers that would leave"):
            for item in part.items:
                taken = re.findall(rf"({PARTY}) (\d+) ▸ (\d+) \((a gain|a loss|neither gain nor loss)", item.text)
                end = int(taken[-1][2])
                movers = [step[0] for step in taken]
                if facts.plain.better(dm, end, state) or all(step[3] == "a gain" for step in taken):
                    return None
                if dm in movers or any(a == b for a, b in pairwise(movers)):
                    return None
                happy = all(facts.plain.better(mover, end, int(taken[0][1])) for mover in movers)
                if ("would both end" in item.text or "would all end" in item.text) != (happy and len(set(movers)) > 1):
                    return None
                count += 1
    return count


def sanctions(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Where an answer leaves the decision maker: "That leaves A at state 6, ..., worse than state 1."."""
    count = 0
    pattern = r"That leaves [A-E] at state (\d+), .*?, (worse|no better and no worse) than state (\d+)\."
    for sentence in told.sentences():
        for end, how, origin in re.findall(pattern, sentence.text):
            ranks = facts.ranks[dm][int(end)], facts.ranks[dm][int(origin)]
            if int(origin) != state or (ranks[0] > ranks[1]) != (how == "worse") or ranks[0] < ranks[1]:
                return None
            count += 1
    return count


def escapes(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Where the decision maker could go on from a sanction: all of it, and nothing better."""
    count = 0
    for sentence in told.sentences():
        for start, listed in re.findall(r"From state (\d+) [A-E] can move to states? (.*?)(?: alone|, none)", sentence.text):
            numbers = {int(number) for number in re.findall(r"(\d+) \(\d+\w\w choice\)", listed)}
            if numbers != facts.plain.moves(dm, int(start)) or any(facts.plain.better(dm, v, state) for v in numbers):
                return None
            count += 1
        for start in re.findall(r"can make no move from state (\d+)", sentence.text):
            if facts.plain.moves(dm, int(start)):
                return None
            count += 1
    return count


def other_concepts(facts: Facts, dm: str, state: int, key: str, told: Explanation) -> int | None:
    """Who would stay or leave under which other concept."""
    count = 0
    for names, what in re.findall(rf"Under ([\w, ]+?) {dm} would (stay|leave)", told.parts[-1].lead[-1].text if told.parts else ""):
        for name in re.findall("Nash|SSEQ|GMR|SMR|SEQ|SIM", names):
            if DEFINITIONS[name](facts.plain, dm, state) != (what == "stay"):
                return None
            count += 1
    return count
