"""Leave-one-out against the plain reading: every way to leave out some of what rests on a voice alone, each analysed from scratch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from detente import cases
from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.voices import Voice, rests_on, voices
from detente.analysis.sweep.without import without
from detente.explain.without import parts
from detente.model.conflict import Conflict
from detente.model.edit import Edit, RemoveRedLine, RemoveRule, RemoveStatement, apply_all
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Source
from detente.model.preference import Statement
from detente.model.rule import Merged
from detente.testing.models import Shape, random_conflict
from tests.sweep.test_tipping import CONCEPTS, value

SMALL = Shape(most_decision_makers=2, most_options=4, most_states=10, red_lines=0.6, merged=0.05)


def a_cited_conflict(rng: Random) -> Conflict:
    """A random conflict of two or more whose statements, red lines and rules cite two sources and three who assert something."""
    made = random_conflict(rng, SMALL)
    if made.status_quo is None or len(made.decision_makers) < 2:
        return a_cited_conflict(rng)
    asserters = (
        Asserter("for A", "officials of A", ("A",), ("B",)),
        Asserter("for B", "officials of B", ("B",), ("A",)),
        Asserter("c", "C"),
    )
    evidence = Evidence((Source("gazette", "the gazette"), Source("letter", "a letter")), asserters)

    def basis() -> Basis | None:
        if rng.random() < 0.3:
            return rng.choice([None, Basis(BasisKind.ASSUMED, why="so it is taken")])
        said_by = ["for A", "for A", "for B", "c", None]
        cited = [Citation(rng.choice(["gazette", "letter"]), "¶1", rng.choice(said_by)) for _ in range(rng.randint(1, 2))]
        return Basis(BasisKind.REPORTED, tuple(cited))

    def stated(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(replace(statement, basis=basis()) for statement in statements)

    parties = []
    for dm in made.decision_makers:
        preference = dm.preference and (dm.preference.with_statements(stated(dm.preference.statements())) or dm.preference)
        lines = tuple(replace(line, basis=basis()) for line in dm.red_lines)
        parties.append(replace(dm, preference=preference, red_lines=lines, basis=basis()))
    rules = tuple(replace(rule, basis=basis()) for rule in made.rules)
    options = tuple(replace(option, basis=basis()) for option in made.options)
    return replace(made, decision_makers=tuple(parties), rules=rules, options=options, evidence=evidence)


def is_of(voice: Voice, basis: Basis | None, about: str | None) -> bool:
    """Whether an element about somebody rests on a voice alone; written out for the three who assert something here."""
    if basis is None or not basis.citations:
        return False
    match voice.kind, voice.key:
        case "source", key:
            return all(cited.source == key for cited in basis.citations)
        case "asserter", key:
            return all(cited.by == key for cited in basis.citations)
        case "side", key:
            return all(cited.by == f"for {key}" for cited in basis.citations)
        case _, key:
            return about == key and all(cited.by == {"A": "for B", "B": "for A"}.get(key) for cited in basis.citations)


def removable(conflict: Conflict, voice: Voice) -> Iterator[Edit]:
    """What of the conflict is open without a voice, as edits that can be made one after the other in this order."""
    ranked = {dm.key for dm in conflict.decision_makers if dm.preference and "ranking" in dm.preference.kind}
    for dm in conflict.decision_makers:
        statements = dm.preference.statements() if dm.preference else ()
        for place in range(len(statements), 0, -1):
            if dm.key not in ranked and is_of(voice, statements[place - 1].basis, dm.key):
                yield RemoveStatement(dm.key, place)
        for place in range(len(dm.red_lines), 0, -1):
            if is_of(voice, dm.red_lines[place - 1].basis, dm.key):
                yield RemoveRedLine(dm.key, place)
    if not ranked and not any(isinstance(rule, Merged) for rule in conflict.rules):
        for place in range(len(conflict.rules), 0, -1):
            if is_of(voice, conflict.rules[place - 1].basis, None):
                yield RemoveRule(place)


def compare(rng: Random, most: int) -> Counter[str]:
    """Compare the counts of every voice with those of the plain loop; what was met."""
    conflict, met = a_cited_conflict(rng), Counter[str]()
    profile = {dm.key: rng.choice(CONCEPTS) for dm in conflict.decision_makers}
    subjects = [Subject("holds", concept=rng.choice(CONCEPTS)), Subject("gain"), Subject("kept gain")]
    for found in without(conflict, profile, subjects, seconds=None):
        edits = list(removable(conflict, found.voice))
        assert len(edits) == len(found.opened)
        if len(edits) > most or not edits:
            assert (found.swept is None) == (not edits)
            continue
        assert found.swept is not None
        chosen = [[edit for edit, out in zip(edits, outs, strict=True) if out] for outs in product((False, True), repeat=len(edits))]
        made = [apply_all(some, conflict) for some in chosen]
        for tally in found.swept.tallies:
            assert tally.counts == Counter(value(one, profile, tally.subject) for one in made)
            assert (tally in found.changed) == (len(tally.counts) > 1)
            assert (tally in found.kept) == (len(tally.counts) == 1)
            met["changed" if len(tally.counts) > 1 else "kept"] += 1
        met[found.voice.kind] += 1
    return met


def test_counts_without_a_voice_are_those_of_the_plain_loop() -> None:
    met = sum((compare(Random(seed), 5) for seed in range(24)), Counter[str]())
    assert min(met[kind] for kind in ("source", "asserter", "side", "adversaries")) >= 3
    assert min(met["changed"], met["kept"]) > 15


@pytest.mark.long
def test_counts_without_a_voice_are_those_of_the_plain_loop_in_many_conflicts() -> None:
    for seed in range(1_000, 1_400):
        compare(Random(seed), 6)


def test_what_cites_two_voices_or_nothing_is_not_touched() -> None:
    talks = cases.load("gaza-hostage-talks")
    resting = rests_on(talks, Voice("asserter", "israeli-officials"))
    assert "decision makers/Israel/prefers/2" in resting  # reported by them alone
    assert "decision makers/Israel/prefers/1" not in resting  # by the article as well
    assert "decision makers/Israel/prefers/10" not in resting  # assumed
    assert "decision makers/Israel/prefers/1" in rests_on(talks, Voice("source", "article"))


def test_nothing_is_left_out_where_nothing_is_cited() -> None:
    bare = random_conflict(Random(1))
    assert voices(bare) == ()
    assert without(bare, {dm.key: "SEQ" for dm in bare.decision_makers}, [Subject("holds")]) == ()
    (told,) = parts(())
    assert told.lead[0].text.startswith("Leave one out: no element of this model rests on one source")
    assert not told.items


def test_what_can_not_be_left_out_is_told_and_not_opened() -> None:
    elmira = cases.load("elmira")  # its rules are cited, and states are merged and ranked
    found = without(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, [Subject("holds")])
    assert [one.voice.kind for one in found] == ["source", "source", "asserter"]
    assert all(one.rests and not one.opened and one.swept is None and one.code is None for one in found)
    assert parts(found)[1].lead[0].text.startswith("Nothing is open without the source")


def test_too_much_at_once_is_told_by_its_code() -> None:
    talks = cases.load("gaza-hostage-talks")
    party = talks.decision_maker("Hamas")
    assert party.preference is not None
    (first, *_) = [one for one in party.preference.statements() if one.basis is not None and one.basis.citations]
    long = replace(party, preference=party.preference.with_statements((first,) * 65))
    many = replace(talks, decision_makers=tuple(long if dm.key == "Hamas" else dm for dm in talks.decision_makers), guesses=())
    (found,) = without(many, {dm.key: "SEQ" for dm in many.decision_makers}, [Subject("holds")], chosen=[Voice("source", "article")])
    assert (found.swept, found.code) == (None, "M187")
    assert "could not be worked out (M187)" in parts((found,))[0].items[0].text
