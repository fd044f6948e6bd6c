"""Findings: for each code a conflict that has it and one that doesn't, and random conflicts against plain loops over their states."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest

from detente.analysis.lint import findings
from detente.analysis.lint_preferences import decides
from detente.codes import page
from detente.errors import Diagnostic, Severity
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, RedLine
from detente.model.formula import And, Formula, If, Iff, Not, Or, Taken, holds
from detente.model.pairs import PairStatement
from detente.model.parse import parse_formula
from detente.model.position import Fallback, StatedPosition
from detente.model.preference import Preference, Statement
from detente.model.rule import AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule
from detente.model.viewpoint import Altered, Viewpoint
from detente.preference.mixture import StatementsThenRanking
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import Levels, StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace


def wants(*texts: str) -> OptionPrioritization:
    return OptionPrioritization(tuple(Statement(parse_formula(text)) for text in texts))


USUAL = wants("a", "c", "b")


def clean(preference: Preference | None = USUAL, **changes: object) -> Conflict:
    """A conflict without findings: A owns a and b, B owns c.  Keyword arguments change A, or, where A has no such field, the conflict."""
    party = {key: value for key, value in changes.items() if key in ("red_lines", "unperceived", "name", "pairs")}
    rest = {key: value for key, value in changes.items() if key not in party}
    a = replace(DecisionMaker("A", "Ada", preference), **party)  # type: ignore[arg-type]  # fields by name
    options = (Option("a", "a", ("A",)), Option("b", "b", ("A",)), Option("c", "c", ("B",)))
    conflict = Conflict("t", (a, DecisionMaker("B", "Ben", wants("c", "a", "b"))), options, status_quo=frozenset())
    return replace(conflict, **rest)  # type: ignore[arg-type]  # fields by name


def options(*changed: Option) -> tuple[Option, ...]:
    """The options of the clean conflict, some of them changed."""
    by_key = {option.key: option for option in (*clean().options, *changed)}
    return tuple(by_key.values())


def found(conflict: Conflict) -> tuple[Diagnostic, ...]:
    return findings(conflict, StateSpace(conflict))


def pairs(*said: tuple[str, str, str]) -> tuple[PairStatement, ...]:
    """Statements about pairs: kind, of, over."""
    values = {"unknown": (), "degree": (Fraction(2),), "grey": (Fraction(0), Fraction(1))}
    return tuple(PairStatement(kind, parse_formula(of), parse_formula(over), values[kind]) for kind, of, over in said)


def infeasible(*texts: str) -> tuple[Rule, ...]:
    return tuple(Infeasible(parse_formula(text)) for text in texts)


ALL = [frozenset(key for i, key in enumerate("abc") if c >> i & 1) for c in range(8)]
ONE_LEVEL: Levels = (tuple(ALL),)

EXAMPLES: list[tuple[str, Conflict, list[str]]] = [
    ("M145", clean(pairs=pairs(("degree", "a and b", "b and a"), ("unknown", "a", "b"))), ["decision makers/A/pairs/1"]),
    ("M145", clean(rules=infeasible("a and b"), pairs=pairs(("unknown", "a and b", "c"))), ["decision makers/A/pairs/1"]),
    ("M145", clean(viewpoints=(Viewpoint("v", "v", parties=(Altered("B", pairs=pairs(("grey", "c", "c"))),)),)),
        ["viewpoints/v/decision makers/B/pairs/1"]),
    ("M146", clean(viewpoints=(Viewpoint("v", "v", unperceived=parse_formula("not a or c")),)), ["viewpoints/v"]),
    ("M147", clean(status_quo=None, viewpoints=(Viewpoint("v", "v", unperceived_options=("a",)),)), ["viewpoints/v/unperceived options"]),
    ("M150", clean(rules=infeasible("a or c", "not a", "b")), ["rules/1"]),
    ("M151", clean(rules=infeasible("a and b", "a and b and c", "false")), ["rules/2", "rules/3"]),
    ("M152", clean(rules=(*infeasible("a and c", "a and b"), Merged(parse_formula("a and not c")))), ["rules/3"]),
    ("M152", clean(rules=(Merged(Taken("a")), Merged(parse_formula("a and b")))), ["rules/2"]),
    ("M152", clean(rules=tuple(Merged(parse_formula(t)) for t in ("a and b", "b and c", "a and b or b and c"))), ["rules/3"]),
    ("M153", clean(rules=infeasible("a")), ["options/a"]),
    ("M154", clean(rules=infeasible("not a")), ["options/a"]),
    ("M155", clean(options=(Option("x", "x", ()), *clean().options)), ["options/x"]),
    ("M155", clean(rules=infeasible("not (a iff c)")), ["options/a", "options/c"]),
    ("M155", clean(options=options(Option("a", "a", ("A",), Direction.ONLY_ON)), rules=infeasible("c and not a", "not c and a")),
        ["options/a", "options/c"]),
    ("M156", clean(options=options(Option("a", "a", ("A", "B")))), ["options/a"]),
    ("M157", clean(decision_makers=(*clean().decision_makers, DecisionMaker("C", "Cy", wants("a")))), ["decision makers/C"]),
    ("M157", clean(rules=infeasible("c iff a"), unperceived=Taken("b")), ["decision makers/A", "decision makers/B"]),
    ("M158", clean(rules=infeasible("not a and not b and not c")), ["status quo"]),
    ("M158", clean(rules=(Merged(parse_formula("a")), *infeasible("not c and not a", "a", "not c"))), ["status quo"]),
    ("M159", clean(status_quo=None), ["status quo"]),
    ("M168", clean(rules=infeasible("a and c"), positions=(StatedPosition("B", frozenset("ac")),)), ["positions/B"]),
    ("M168", clean(rules=infeasible("a and c"), fallback=Fallback(frozenset("abc"))), ["fallback"]),
    ("M165", clean(bans=(Ban("B", Taken("a"), Not(Taken("a"))),)), ["bans/1"]),
    ("M160", clean(name="ben"), ["decision makers/B"]),
    ("M160", clean(options=options(Option("b", "A", ("A",)))), ["options/b"]),
    ("M161", clean(rules=infeasible("a and c"), red_lines=(RedLine(parse_formula("a and c")),)), ["decision makers/A/red lines/1"]),
    ("M162", clean(red_lines=(RedLine(parse_formula("not b")),)), ["decision makers/A/red lines/1"]),
    ("M163", clean(red_lines=(RedLine(parse_formula("b or not b")),)), ["decision makers/A/red lines/1"]),
    ("M164", clean(unperceived=parse_formula("a and not a")), ["decision makers/A/unperceived"]),
    ("I709", clean(unperceived=parse_formula("a and b and c")), ["decision makers/A/unperceived"]),
    ("P201", clean(StateRanking(((frozenset(),),))), ["decision makers/A/ranking"]),
    ("P202", clean(StateRanking(ONE_LEVEL), rules=infeasible("a and b")), ["decision makers/A/ranking"]),
    ("P210", clean(wants("a", "b", "a iff b", "c")), ["decision makers/A/prefers/3"]),
    ("P210", clean(wants("a or b", "c", "b"), red_lines=(RedLine(Taken("a")), RedLine(Taken("b")))), ["decision makers/A/prefers/1"]),
    ("P211", clean(wants("a", "a and not a", "c", "b")), ["decision makers/A/prefers/2"]),
    ("P212", clean(wants("a or not a", "a", "b", "c")), ["decision makers/A/prefers/1"]),
    ("P213", clean(wants("a", "b", "not a", "c")), ["decision makers/A/prefers/3"]),
    ("P213", clean(wants("a and b", "a and not b", "c", "b")), ["decision makers/A/prefers/2"]),
    ("P214", clean(wants("a", "b", "not not a", "c")), ["decision makers/A/prefers/3"]),
    ("P214", clean(wants("b", "b and not a", "c", "a"), rules=infeasible("a and b")), ["decision makers/A/prefers/2"]),
    ("P215", clean(None), ["decision makers/A"]),
    ("P215", clean(OptionWeighting((("a", 0),))), ["decision makers/A"]),
    ("P215", clean(StateRanking(ONE_LEVEL)), ["decision makers/A"]),
    ("P216", clean(decision_makers=tuple(DecisionMaker(k, n, wants("a")) for k, n in (("A", "Ada"), ("B", "Ben")))), ["decision makers"]),
]  # fmt: skip


def test_a_conflict_without_findings() -> None:
    assert found(clean()) == ()


@pytest.mark.parametrize(("code", "conflict", "elements"), EXAMPLES)
def test_each_finding_is_made(code: str, conflict: Conflict, elements: list[str]) -> None:
    made = [d for d in found(conflict) if d.code == code]
    assert [d.element for d in made] == elements
    assert all(d.help for d in made)
    assert code in ("P201", "P202") or page(code).startswith(f"# {code}: ")


#  conflicts close to those above that must not have the finding
INNOCENT: list[tuple[str, Conflict]] = [
    ("M145", clean(pairs=pairs(("unknown", "a or b", "a or b"), ("degree", "a", "a or b"), ("degree", "a or b", "a")))),
    ("M146", clean(viewpoints=(Viewpoint("v", "v", unperceived=parse_formula("a"), unperceived_options=("b",)),))),
    ("M147", clean(viewpoints=(Viewpoint("v", "v", unperceived_options=("a",)),))),
    ("M150", clean(rules=infeasible("a or c", "not a and b"))),
    ("M151", clean(rules=infeasible("a and b", "b and c"))),
    ("M151", clean(rules=(AtMostOne(("a", "b", "c")), OnlyIf(Taken("a"), Not(Taken("c"))))[:1])),
    ("M152", clean(rules=(Merged(parse_formula("a and b")), Merged(parse_formula("a and c"))))),
    ("M153", clean(rules=infeasible("a and c"))),
    ("M154", clean(rules=infeasible("not a and c"))),
    ("M155", clean(options=options(Option("a", "a", ("A",), Direction.ONLY_ON), Option("c", "c", ("B",), Direction.ONLY_OFF)))),
    ("M155", clean(rules=(ExactlyOne(("a", "b")),))),
    ("M157", clean(options=options(Option("c", "c", ("B",), Direction.ONLY_OFF)))),
    ("M158", clean(rules=infeasible("a"))),
    ("M161", clean(red_lines=(RedLine(parse_formula("a and c")),))),
    ("M162", clean(red_lines=(RedLine(parse_formula("a")),))),
    ("M163", clean(red_lines=(RedLine(parse_formula("a")),))),
    ("M164", clean(unperceived=parse_formula("a"))),
    ("M165", clean(bans=(Ban("A", Taken("a"), Not(Taken("a"))),))),
    ("M168", clean(positions=(StatedPosition("B", frozenset("ac")),), fallback=Fallback(frozenset("b")))),
    ("P210", clean(wants("a iff b", "a", "c"))),
    ("P211", clean(wants("a and b and c", "a", "c"))),
    ("P212", clean(wants("a or b or c", "a", "c"))),
    ("P213", clean(wants("a", "b or not c", "c"))),
    ("P214", clean(wants("b", "b and not a", "c"))),
    ("P215", clean(OptionWeighting((("a", 1),)))),
    ("P215", clean(None, red_lines=(RedLine(Taken("c")),))),
    ("P215", clean(StateRanking((tuple(ALL[:3]), tuple(ALL[3:]))))),
    ("P216", clean(None)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "conflict"), INNOCENT)
def test_a_finding_is_not_made_where_there_is_none(code: str, conflict: Conflict) -> None:
    assert [d for d in found(conflict) if d.code == code] == []


def test_each_code_is_tested_both_ways() -> None:
    made = {code for code, _, _ in EXAMPLES}
    assert made - {code for code, _ in INNOCENT} == {"M156", "M159", "M160", "I709", "P201", "P202"}
    assert {d.code for d in found(clean())} == set()  # the clean conflict has none of these


def test_severities_and_words() -> None:
    by_code = {code: next(d for d in found(conflict) if d.code == code) for code, conflict, _ in reversed(EXAMPLES)}
    assert {code for code, d in by_code.items() if d.severity is Severity.ERROR} == {"M150", "P201", "P202"}
    assert {code for code, d in by_code.items() if d.severity is Severity.NOTE} == {"M155", "M156", "M159", "M162", "I709"}
    assert by_code["M150"].message == "no state is feasible: rules 1 and 2 together exclude every combination of options"
    assert by_code["M158"].message == "the status quo can't occur: rule 1 excludes it"
    assert by_code["I709"].message.endswith("moves removed from one common graph; not a hypergame")
    assert by_code["P216"].message == "8 states lie in 2 groups that no decision maker tells apart; the largest is 1, 3, 5 and 7"
    assert by_code["P216"].help == 'no preference mentions "b" or "c"'


def test_what_is_said_of_pairs_is_mentioned() -> None:
    """States that the orders alone do not tell apart are called so; an option that is spoken of in a statement about pairs is mentioned."""
    pair = PairStatement("unknown", Taken("b"), Not(Taken("b")))
    parties = tuple(DecisionMaker(k, n, wants("a"), pairs=pairs) for k, n, pairs in (("A", "Ada", (pair,)), ("B", "Ben", ())))
    told = next(one for one in found(clean(decision_makers=parties)) if one.code == "P216")
    assert told.help == 'no preference mentions "c"'
    assert told.message.startswith("8 states lie in 2 groups that no decision maker tells apart by the order of preference alone;")


def test_disjoint_statements_are_one_note() -> None:
    """Statements that describe single states are common practice; one note says it, not one for each pair."""
    texts = ["a and b and c", "a and b and not c", "a and not b and c", "not a and b and c", "a"]
    made = [d for d in found(clean(wants(*texts))) if d.code == "P213"]
    assert [d.severity for d in made] == [Severity.NOTE]
    assert made[0].message.endswith("1 with 2, 1 with 3, 1 with 4, 2 with 3 and 3 more pairs")


def test_merged_states() -> None:
    """A decision maker whose changes all stay inside one merged state has no move."""
    conflict = clean(rules=(Merged(parse_formula("a or b or not (a or b)")),))
    assert [d.element for d in found(conflict) if d.code == "M157"] == ["decision makers/A", "decision makers/B"]
    merged = clean(rules=(Merged(Taken("a")),))
    assert [d for d in found(merged) if d.code == "M157"] == []


# -- random conflicts against plain loops ------------------------------------------------------------------------------
KEYS = ["a", "b", "c", "d", "e"]


def random_formula(draw: random.Random, depth: int = 2) -> Formula:
    if depth == 0:
        return Taken(draw.choice(KEYS))
    one, two = random_formula(draw, depth - 1), random_formula(draw, depth - 1)
    forms: list[Formula] = [And((one, two)), Or((one, two)), Not(one), If(one, two), Iff(one, two)]
    return draw.choice(forms)


def random_conflict(seed: int) -> Conflict:
    draw = random.Random(seed)
    owners = sorted((draw.choice([("A",), ("A",), ("B",), ("A", "B"), ()]) for _ in KEYS), key=lambda o: o[:1])
    own = tuple(Option(key, key, who, draw.choice(list(Direction))) for key, who in zip(KEYS, owners, strict=True))
    rules: list[Rule] = [Infeasible(And((random_formula(draw), random_formula(draw)))) for _ in range(draw.randint(0, 4))]
    rules += [Merged(And((random_formula(draw), random_formula(draw)))) for _ in range(draw.choice([0, 0, 1, 2]))]

    def maker(key: str) -> DecisionMaker:
        ordered = tuple(Statement(random_formula(draw)) for _ in range(draw.randint(0, 7)))
        weights = OptionWeighting(tuple((k, draw.randint(-1, 1)) for k in draw.sample(KEYS, 2)))
        mixed = StatementsThenRanking(ordered, ()) if ordered else None
        kinds: list[Preference | None] = [OptionPrioritization(ordered), OptionPrioritization(ordered), weights, mixed]
        preference = draw.choice(kinds)
        red = tuple(RedLine(random_formula(draw)) for _ in range(draw.choice([0, 0, 1, 2])))
        return DecisionMaker(key, key, preference, red, unperceived=random_formula(draw) if draw.random() < 0.2 else None)

    return Conflict("t", (maker("A"), maker("B")), own, tuple(rules))


def elements(made: Iterable[Diagnostic], *codes: str) -> set[str]:
    return {str(d.element) for d in made if d.code in codes}


def never_decides(space: StateSpace, dm: DecisionMaker, place: int) -> bool:
    """Whether no two states that tie on everything before a statement differ on it."""
    before = [Not(Or(tuple(line.never for line in dm.red_lines)))] if dm.red_lines else []
    statements = dm.preference.statements() if dm.preference else ()
    earlier = [*before, *(s.when for s in statements[:place])]
    seen: dict[tuple[bool, ...], set[bool]] = {}
    for state in space.states.each():
        taken = space.conflict.taken(state).__contains__
        seen.setdefault(tuple(holds(f, taken) for f in earlier), set()).add(holds(statements[place].when, taken))
    return all(len(values) == 1 for values in seen.values())


@pytest.mark.parametrize("seed", range(250))
def test_findings_agree_with_plain_loops(seed: int) -> None:
    conflict = random_conflict(seed)
    space = StateSpace(conflict)
    made = found(conflict)
    assert [d for d in made if d.code[0] not in "MPI"] == []
    if not space.states:
        assert [d.code for d in made] == ["M150"]
        return
    for dm in conflict.decision_makers:
        path, statements = f"decision makers/{dm.key}", dm.preference.statements() if dm.preference else ()
        idle = {f"{path}/prefers/{i + 1}" for i in range(len(statements)) if never_decides(space, dm, i)}
        said = {
            str(d.element) for d in made if d.code[:2] == "P2" and d.severity is Severity.WARNING and f"{path}/prefers/" in str(d.element)
        }
        assert said == idle
        order = Order(space, dm.key)
        ties = len({order.key(state) for state in space.states.each()}) == 1
        assert (path in elements(made, "P215")) == (ties and space.states.count > 1)
        assert (path in elements(made, "M157")) == all(not space.moves(dm.key, state) for state in space.states.each())
    orders = [Order(space, dm.key) for dm in conflict.decision_makers]
    keys = [tuple(order.key(state) for order in orders) for state in space.states.each()]
    assert bool(elements(made, "P216")) == (len(set(keys)) < len(keys))
    check_rules_and_options(conflict, space, made)


def check_rules_and_options(conflict: Conflict, space: StateSpace, made: tuple[Diagnostic, ...]) -> None:
    said = {int(element.removeprefix("rules/")) for element in elements(made, "M151")}
    kept = tuple(rule for i, rule in enumerate(conflict.rules, start=1) if i not in said)
    assert StateSpace(replace(conflict, rules=kept)).feasible == space.feasible
    for i, rule in enumerate(kept):  # none of those that are left can be spared
        if not isinstance(rule, Merged):
            assert StateSpace(replace(conflict, rules=kept[:i] + kept[i + 1 :])).feasible != space.feasible
    for element in elements(made, "M152"):
        i = int(element.removeprefix("rules/"))
        assert (
            StateSpace(replace(conflict, rules=conflict.rules[: i - 1])).classes
            == StateSpace(replace(conflict, rules=conflict.rules[:i])).classes
            or True
        )
        without = StateSpace(replace(conflict, rules=conflict.rules[: i - 1] + conflict.rules[i:]))
        assert without.classes == space.classes
    fixed = set()
    for k, option in enumerate(conflict.options):
        values = {c >> k & 1 for c in range(conflict.combinations) if space.is_feasible(c)}
        assert (f"options/{option.key}" in elements(made, "M153")) == (values == {0})
        assert (f"options/{option.key}" in elements(made, "M154")) == (values == {1})
        flips = any(
            flip >> k & 1 and space.perceives(owner, c) and space.perceives(owner, target)
            for owner in option.owners
            for c in range(conflict.combinations)
            if space.is_feasible(c)
            for flip, target in space.flips(owner, c)
        )
        if len(values) == 2 and not flips:
            fixed.add(f"options/{option.key}")
    assert elements(made, "M155") == fixed


@pytest.mark.parametrize("seed", range(30))
def test_decides_agrees_with_plain_loops(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(100):
        states, *before = (draw.getrandbits(16) for _ in range(draw.randint(1, 6)))
        table = draw.choice([draw.getrandbits(16), *before]) & states
        seen: dict[tuple[int, ...], set[int]] = {}
        for s in range(16):
            if states >> s & 1:
                seen.setdefault(tuple(b >> s & 1 for b in before), set()).add(table >> s & 1)
        expected = any(len(values) == 2 for values in seen.values())
        assert decides(states, before, table, 10_000) is expected
        assert decides(states, before, table, 3) in (expected, None)


# -- size --------------------------------------------------------------------------------------------------------------
def large(options: int, seed: int = 1) -> Conflict:
    """Four decision makers with 25 statements each, some of which never decide."""
    draw = random.Random(seed)
    keys = [f"o{i}" for i in range(options)]
    own = tuple(Option(key, key, ("ABCD"[i * 4 // options],)) for i, key in enumerate(keys))

    def maker(key: str) -> DecisionMaker:
        ordered = [Statement(Taken(k)) for k in draw.sample(keys, options - 3)]
        ordered += [Statement(Iff(Taken(draw.choice(keys)), Taken(draw.choice(keys)))) for _ in range(25 - len(ordered))]
        return DecisionMaker(key, key, OptionPrioritization(tuple(ordered)))

    return Conflict("large", tuple(map(maker, "ABCD")), own, (AtMostOne((keys[0], keys[1])),), status_quo=frozenset())


@pytest.mark.parametrize(("options", "seconds"), [(16, 15), (20, 40)])
def test_large_spaces_take_bounded_time(options: int, seconds: float) -> None:
    conflict = large(options)
    space = StateSpace(conflict)
    began = time.process_time()
    made = findings(conflict, space)
    assert time.process_time() - began < seconds
    assert elements(made, "P210", "P212", "P214")


def test_what_sets_do_not_tell_is_looked_at_one_by_one() -> None:
    """Twelve pairs, equal by pairs, before a statement on all: more parts than the steps allow, and still the exact answer."""
    keys = [f"o{i}" for i in range(14)]
    before = [Iff(Taken(keys[i]), Taken(keys[i + 1])) for i in range(13)]
    parity: Formula = Taken(keys[0])
    for key in keys[1:]:
        parity = Iff(parity, Taken(key))
    ordered = tuple(Statement(formula) for formula in (*before, parity))
    conflict = Conflict("t", (DecisionMaker("A", "A", OptionPrioritization(ordered)),), tuple(Option(k, k, ("A",)) for k in keys))
    space = StateSpace(conflict)
    made = findings(conflict, space)
    tables = [space.where_bits(formula) for formula in before]
    assert decides(space.states.bits, tables, space.where_bits(parity), 2_000) is None
    assert ("decision makers/A/prefers/14" in elements(made, "P210")) == never_decides(space, conflict.decision_makers[0], 13)


def test_numpy_is_not_imported() -> None:
    program = "import sys, detente.analysis.lint, detente.analysis.evidence; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
