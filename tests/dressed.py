"""Random conflicts with everything that a file can say: evidence, texts, names, spare preferences, keys that need quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import TypeVar

from detente.errors import ConflictError, Severity
from detente.model.attitude import Attitude, Stance
from detente.model.conflict import Coalition, Conflict, DecisionMaker, Direction, NamedState, RedLine
from detente.model.edit import RenameDecisionMaker, RenameOption
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Missing, Source
from detente.model.front import Front
from detente.model.guess import Alternative, Guess
from detente.model.measure import Change, Measure, NewBan, NewOption, NewOwner, NewStatement, WithoutRedLine, WithoutRule
from detente.model.pairs import PairStatement, Threshold
from detente.model.position import Fallback, StatedPosition
from detente.model.preference import Preference, Statement
from detente.model.question import Conclusion, Question
from detente.model.rule import Merged, Rule
from detente.model.viewpoint import Altered, Viewpoint
from detente.preference.checks import problems_in, problems_in_guesses, problems_in_views
from detente.space.states import StateSpace
from detente.testing.guesses import with_guesses
from detente.testing.models import MAKERS, Shape, random_ban, random_conflict, random_formula

T = TypeVar("T")

TEXTS = (
    "plain", "two words", "12", "3.5e1", "1999-01-02", "yes", "No", "null", "~", "true", "-", "- a", "a: b", "a #b", "#a", "it's",
    'say "x"', "both ' and \"", "back\\slash", "two\nlines", "a paragraph\n\nand another\n", "ends\n\n", " leads", "trails ",
    "tab\there", "Genève, ¶3", "水の問題", "عربي", "\u202eright to left", "\x1b[31mred", "\x85", "\u2028", "\ufeffmark", "nb\xa0sp",
    "\U0001f600", "<<", "*a", "&a", "!x", "{a: b}", "[x]", "% y", "@z", "`q`", "...", "---", "a" * 300, "word " * 60 + "end", "x:",
    ": x", "\n", "", "  \n a", "a\n  b\n c", "=", "?", "? a", "a, b by c", "y", "0x1F", "1_000", "12:30", ".5", "+1", "1 2", "e", "0b1",
    "|", ">-", "\\n", "a\r\nb", "\ttab", "line \nspace", "a  b " * 40,
)  # fmt: skip
"""Texts that are hard to write down."""

KEYS = (
    "Plain", "two words", "12", "YNY", "not", "And", "a-b", "a.b", "x y z", "it's", 'so "called"', "Genève", "水", "y", "No", "null",
    "~", "<<", "-", "#1", "a: b", "a, b", "[x]", "{y}", "*s", "by", "a by b", "¶", "1999-01-02", "true", "a/b", "?", "=", "x:", "0",
    "%", "@", "`",
)  # fmt: skip
"""Keys that are hard to write down."""


def some(rng: Random, make: Callable[[], T], most: int = 3) -> tuple[T, ...]:
    """Up to so many random things."""
    return tuple(make() for _ in range(rng.randint(0, most)))


def maybe(rng: Random, make: Callable[[], T]) -> T | None:
    """A random thing, or None."""
    return make() if rng.random() < 0.5 else None


def subset(rng: Random, keys: Sequence[str]) -> tuple[str, ...]:
    """Some of the keys in a random order."""
    return tuple(rng.sample(keys, rng.randint(0, min(3, len(keys)))))


class Dresser:
    """Adds to a conflict what random models lack."""

    def __init__(self, rng: Random, conflict: Conflict) -> None:
        self.rng = rng
        self.conflict = conflict
        self.parties = [dm.key for dm in conflict.decision_makers]
        self.sources = list(rng.sample(KEYS, rng.randint(1, 4)))
        self.asserters = list(rng.sample(KEYS, rng.randint(1, 4)))

    def text(self) -> str:
        return self.rng.choice(TEXTS)

    def citation(self) -> Citation:
        by = maybe(self.rng, lambda: self.rng.choice(self.asserters))
        return Citation(self.rng.choice(self.sources), self.text(), by, self.text() if self.rng.random() < 0.2 else None)

    def basis(self) -> Basis | None:
        kind = self.rng.choice([None, *BasisKind])
        if kind is None:
            return None
        return Basis(kind, () if kind is BasisKind.ASSUMED else some(self.rng, self.citation), maybe(self.rng, self.text))

    def preference(self, preference: Preference | None) -> Preference | None:
        if preference is None:
            return None
        statements = tuple(
            Statement(s.when, self.basis(), maybe(self.rng, self.text), self.rng.choice([None, None, 1, 2, 7]))
            for s in preference.statements()
        )
        changed = preference.with_statements(statements) or preference
        if any(f.key == "preference basis" for f in changed.fields):
            changed = replace(changed, basis=self.basis())  # type: ignore[type-var]  # every kind of preference is a dataclass
        return changed

    def decision_maker(self, dm: DecisionMaker, space: StateSpace) -> DecisionMaker:
        rng = self.rng

        def spare() -> Preference:
            made = self.preference(MAKERS[rng.choice(tuple(MAKERS))](rng, space, dm.key))
            assert made is not None
            return made

        return replace(
            dm,
            name=rng.choice([dm.key, self.text()]),
            description=maybe(rng, self.text),
            basis=self.basis(),
            preference=self.preference(dm.preference),
            red_lines=tuple(RedLine(line.never, self.basis(), maybe(rng, self.text)) for line in dm.red_lines),
            spare_preferences=some(rng, spare, 2) if rng.random() < 0.2 else (),
            pairs=some(rng, self.pair, 2) if rng.random() < 0.4 else (),
            thresholds=self.thresholds() if rng.random() < 0.2 else (),
            attitudes=self.attitudes(),
        )

    def pair(self) -> PairStatement:
        """A statement about pairs of states, of any kind."""
        rng, options = self.rng, [option.key for option in self.conflict.options]
        numbers = [Fraction(0), Fraction(1), Fraction(3, 10), Fraction(1, 3), Fraction(1, 10**5), Fraction(123456789012345678, 10**18)]
        low, high, alone = sorted(rng.sample(numbers, 3))
        kind, values = rng.choice(
            [
                ("unknown", ()),
                ("degree", (Fraction(rng.choice([1, 3, 1000])),)),
                ("certainty", (alone,)),
                ("probability", (low,)),
                ("grey", rng.choice([(low, high), (low, low, high, high), (low, high, alone, alone), (high, high)])),
            ]
        )
        return PairStatement(kind, random_formula(rng, options), random_formula(rng, options), values, self.basis(), maybe(rng, self.text))

    def thresholds(self) -> tuple[Threshold, ...]:
        """Thresholds of some kinds."""
        kinds = self.rng.sample(["certainty", "grey"], self.rng.randint(1, 2))
        return tuple(Threshold(kind, self.rng.choice([Fraction(1), Fraction(1, 4), Fraction(2, 7)]), self.basis()) for kind in kinds)

    def attitudes(self) -> tuple[Attitude, ...]:
        """Attitudes toward some, perhaps toward oneself."""
        return tuple(Attitude(party, self.rng.choice(list(Stance)), self.basis()) for party in subset(self.rng, self.parties))

    def altered(self, party: str, space: StateSpace) -> Altered:
        """A decision maker as a viewpoint has them."""
        rng, options = self.rng, [option.key for option in self.conflict.options]
        return Altered(
            party,
            maybe(rng, lambda: self.preference(MAKERS[rng.choice(tuple(MAKERS))](rng, space, party))),
            maybe(rng, lambda: some(rng, lambda: RedLine(random_formula(rng, options), self.basis(), maybe(rng, self.text)), 2)),
            maybe(rng, lambda: some(rng, self.pair, 2)),
            maybe(rng, self.attitudes),
            maybe(rng, self.text),
            self.basis(),
        )

    def viewpoints(self, space: StateSpace) -> tuple[Viewpoint, ...]:
        """Up to two viewpoints, which nobody holds twice."""
        rng, options = self.rng, [option.key for option in self.conflict.options]
        keys = rng.sample(KEYS, rng.randint(1, 2)) if rng.random() < 0.4 else []
        holders = rng.sample(self.parties, len(self.parties))
        return tuple(
            Viewpoint(
                key,
                rng.choice([key, self.text()]),
                maybe(rng, self.text),
                (holders.pop(),) if holders and rng.random() < 0.5 else (),
                tuple(self.altered(party, space) for party in subset(rng, self.parties)),
                subset(rng, options),
                maybe(rng, lambda: random_formula(rng, options)),
                tuple((party, rng.choice(keys)) for party in subset(rng, self.parties)),
                some(rng, lambda: Missing(self.text(), maybe(rng, lambda: rng.choice(self.parties)), maybe(rng, self.text)), 1),
                self.basis(),
                maybe(rng, self.text),
            )
            for key in keys
        )

    def rule(self, rule: Rule) -> Rule:
        return replace(rule, basis=self.basis(), says=maybe(self.rng, self.text))

    def source(self, key: str) -> Source:
        rest = {name: self.text() for name in ("date", "author", "kind", "file", "sha256", "grade", "note") if self.rng.random() < 0.3}
        return Source(key, self.text(), **rest)

    def question(self, options: list[str]) -> Question:
        condition, state = random_formula(self.rng, options), frozenset(subset(self.rng, options))
        kinds: list[Question] = [
            Question("stuck", self.text()),
            Question("better for all", self.text()),
            Question("ends only if", self.text(), condition),
            Question("step", self.text(), state=state),
            Question("doubt", self.text()),
        ]
        return self.rng.choice(kinds)

    def conclusion(self, options: list[str]) -> Conclusion:
        condition, then = random_formula(self.rng, options), random_formula(self.rng, options)
        kinds: list[Conclusion] = [
            Conclusion("stuck", self.text(), stuck=self.rng.random() < 0.5),
            Conclusion("ends only if", self.text(), condition=condition),
            Conclusion("turns on", self.text(), parties=subset(self.rng, self.parties) or (self.parties[0],)),
            Conclusion("where", self.text(), condition=condition, then=then),
            Conclusion("outside", self.text(), outside=self.text()),
        ]
        return replace(self.rng.choice(kinds), basis=self.basis())

    def new_statement(self, options: list[str], party: str) -> NewStatement:
        return NewStatement(random_formula(self.rng, options), party, 1, maybe(self.rng, self.text))

    def measure(self, number: int, options: list[str]) -> Measure:
        """A measure that can be tried."""
        rng, conflict = self.rng, self.conflict
        new = f"new {number}"
        stated = [dm.key for dm in conflict.decision_makers if dm.preference is not None and dm.preference.statements()]
        lined = [dm.key for dm in conflict.decision_makers if dm.red_lines]
        banned = random_ban(rng, self.parties, options)
        changes: list[Change] = [NewBan(banned.by, banned.leaving, banned.reaching)]
        changes.append(NewOwner(rng.choice(self.parties), rng.choice(options)))
        if not any(isinstance(rule, Merged) for rule in conflict.rules):
            valued = tuple(self.new_statement([*options, new], party) for party in stated[:2])
            owners = subset(rng, self.parties) or (self.parties[0],)
            changes.append(NewOption(new, owners, maybe(rng, self.text), Direction.ONLY_ON, valued))
        if stated:
            changes.append(self.new_statement(options, rng.choice(stated)))
        if lined:
            changes.append(WithoutRedLine(1, rng.choice(lined)))
        if conflict.rules:
            changes.append(WithoutRule(rng.randint(1, len(conflict.rules))))
        made = tuple(rng.sample(changes, rng.randint(1, 2)))
        by, says = maybe(rng, self.text), maybe(rng, self.text)
        return Measure(f"{self.text()} {number}", made, rng.choice([1, 7]), by, self.basis(), says)

    def fronts(self, conflict: Conflict) -> tuple[Front, ...]:
        """Up to two fronts that leave something of the conflict; none where that can't be."""
        options = [option.key for option in self.rng.sample(conflict.options, len(conflict.options))]
        parties = self.rng.sample(self.parties, len(self.parties))
        found = tuple(
            Front(
                key,
                self.rng.choice([key, self.text()]),
                (options.pop(),),
                tuple(parties.pop() for _ in range(count)),
                self.basis(),
                maybe(self.rng, self.text),
            )
            for key, count in zip(self.rng.sample(KEYS, self.rng.randint(0, 2)), (0, 1), strict=False)
            if len(options) > 1 and len(parties) > count
        )
        try:
            return replace(conflict, fronts=found).fronts
        except ConflictError:  # they leave no option
            return ()

    def dressed(self) -> Conflict:
        rng, conflict = self.rng, self.conflict
        space = StateSpace(conflict)
        options = [option.key for option in conflict.options]
        names = tuple(NamedState(name, frozenset(subset(rng, options))) for name in rng.sample(KEYS, rng.randint(0, 4)))
        asserters = tuple(
            Asserter(k, rng.choice([k, self.text()]), subset(rng, self.parties), subset(rng, self.parties)) for k in self.asserters
        )
        missing = some(rng, lambda: Missing(self.text(), maybe(rng, lambda: rng.choice(self.parties)), maybe(rng, self.text)))
        made = replace(
            conflict,
            title=self.text(),
            decision_makers=tuple(self.decision_maker(dm, space) for dm in conflict.decision_makers),
            options=tuple(
                replace(o, name=rng.choice([o.key, self.text()]), description=maybe(rng, self.text), basis=self.basis())
                for o in conflict.options
            ),
            rules=tuple(map(self.rule, conflict.rules)),
            question=maybe(rng, self.text),
            about=maybe(rng, self.text),
            viewpoint=maybe(rng, self.text),
            evidence=Evidence(tuple(map(self.source, self.sources)), asserters, missing),
            named_states=names,
            positions=tuple(
                StatedPosition(party, frozenset(subset(rng, options)), self.basis(), maybe(rng, self.text))
                for party in subset(rng, self.parties)
            ),
            fallback=maybe(rng, lambda: Fallback(frozenset(subset(rng, options)), self.basis(), maybe(rng, self.text))),
            questions=some(rng, lambda: self.question(options), 3),
            conclusions=some(rng, lambda: self.conclusion(options), 3),
            bans=tuple(replace(ban, basis=self.basis(), says=maybe(rng, self.text)) for ban in conflict.bans),
            measures=tuple(self.measure(number, options) for number in range(rng.randint(0, 2))),
            fronts=self.fronts(conflict),
            coalitions=some(
                rng, lambda: Coalition(subset(rng, self.parties) or (self.parties[0],), maybe(rng, self.text), rng.random() < 0.3)
            ),
            viewpoints=self.viewpoints(space),
        )
        return replace(made, guesses=self.guesses(made)) if rng.random() < 0.4 else made

    def guesses(self, conflict: Conflict) -> tuple[Guess, ...]:
        """Up to four guesses of any kind, with words, bases, and keys that need quotes."""
        rng = self.rng
        drawn = with_guesses(rng, conflict, relations=True).guesses
        return tuple(
            replace(
                guess,
                key=key,
                alternatives=tuple(self.alternative(guess, place) for place in range(len(guess.alternatives))),
                says=maybe(rng, self.text),
                basis=self.basis(),
                weighed=self.basis() if guess.is_weighted else None,
            )
            for key, guess in zip(rng.sample(KEYS, len(drawn)), drawn, strict=True)
        )

    def alternative(self, guess: Guess, place: int) -> Alternative:
        """An alternative of a guess with words, where it can have some."""
        one = guess.alternatives[place]
        return one if guess.kind == "order" or not place else replace(one, says=maybe(self.rng, self.text))


def dressed_conflict(rng: Random, shape: Shape | None = None) -> Conflict:
    """A random conflict with everything that a file can say, and keys that need quotes."""
    conflict = random_conflict(rng, shape or Shape(most_options=5, most_states=32))
    for old, new in zip([o.key for o in conflict.options], rng.sample(KEYS, len(conflict.options)), strict=True):
        conflict = RenameOption(old, new).apply(conflict) if rng.random() < 0.6 else conflict
    for old, new in zip([dm.key for dm in conflict.decision_makers], rng.sample(KEYS, len(conflict.decision_makers)), strict=True):
        conflict = RenameDecisionMaker(old, new).apply(conflict) if rng.random() < 0.6 else conflict
    return Dresser(rng, conflict).dressed()


def refused_codes(conflict: Conflict) -> set[str]:
    """The codes for which a file with this conflict is refused, although the model can hold it."""
    space = StateSpace(conflict)
    found = [d for dm in conflict.decision_makers for d in problems_in(space, dm)]
    return {d.code for d in (*found, *problems_in_views(space), *problems_in_guesses(space)) if d.severity is Severity.ERROR}


def random_condition(rng: Random, conflict: Conflict) -> Statement:
    """A statement of preference over the options of a conflict."""
    return Statement(random_formula(rng, [option.key for option in conflict.options]))
