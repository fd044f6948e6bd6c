"""In what two accounts of a conflict differ in what follows from them, in words: a first and a second, neither before the other.

All that is counted is counted in full; of the states only some are named, and it is said how many.  Sentences link to the states of the
second; one that is only in the first goes by its number there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.analysis.changing import Changing, SetChange
from detente.explain.completions import lead as not_known
from detente.explain.completions import undecided
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.text import counted, listing, plural

NAMED = 10
"""Most states of each set that a list names."""
Way = str | None


def account(found: Changing, first: Words, second: Words) -> Explanation:
    """What follows otherwise from the second than from the first: whether the equilibria differ, then one paragraph for each question.

    Parameters
    ----------
    found
        What was compared; `before` is the first, `after` the second.
    first, second
        The words of the two.

    Examples
    --------
    >>> from detente.analysis.changing import Look
    >>> from detente.analysis.stability import analyse
    >>> from detente.cases import load
    >>> from detente.concepts.registry import concept
    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.edit_rankings import MoveRanked
    >>> from detente.space.states import StateSpace
    >>> one = StateSpace(load("elmira"))
    >>> other = StateSpace(MoveRanked("Local", frozenset({"Delay"}), up=True).apply(load("elmira")))
    >>> looks = [Look(space, analyse(space, [concept("Nash")], SingleEngine(space)).stable) for space in (one, other)]
    >>> print(account(Changing(*looks), Words(one), Words(other)).verdict)
    The equilibria differ under Nash.
    """
    words = _Words(found, first, second)
    if found.same:
        return Explanation(words.nothing(), tuple(words.as_written()))
    if not found.comparable:
        return Explanation(words.apart(), (Part(tuple(words.counts())), *words.as_written()))
    parts = (words.status_quo(), words.better(), *words.equilibria(), words.states(), words.named(), words.verdicts())
    return Explanation(words.verdict(), (*(part for part in parts if part is not None), *words.as_written()))


class _Words:
    """The sentences on one comparison."""

    def __init__(self, found: Changing, first: Words, second: Words) -> None:
        self.found, self.first, self.second = found, first, second
        self.ways: list[Way] = list(found.after.ways)
        self.sets = {way: found.equilibria(way) for way in self.ways}

    def under(self, ways: Sequence[Way]) -> str:
        """Under which behaviours: "under GMR and SMR"."""
        keys = [way for way in ways if way is not None]
        said = [f"under {listing(keys)}"] if keys else []
        if None in ways:
            profile = self.found.after.profile or {}
            said.append(f"with {listing(f'{dm} by {key}' for dm, key in profile.items())}")
        return " and ".join(said)

    # -- the first sentence ----------------------------------------------------------------------------------------
    def nothing(self) -> Sentence:
        """That all is the same."""
        verdicts = f"everybody's verdict on each of them {self.under(self.ways)}"
        better = self.found.after.space.status_quo is not None
        same = f"the states, {verdicts}, and what is better than the status quo" if better else f"the states and {verdicts}"
        return Sentence(f"Nothing that is asked here differs: {same} are the same in both.")

    def apart(self) -> Sentence:
        """That states are not matched, and why."""
        said = []
        for called, one, other in (
            ("decision makers", self.found.before.parties, self.found.after.parties),
            ("options", *([option.key for option in look.space.conflict.options] for look in (self.found.before, self.found.after))),
        ):
            alone = [
                (place, [key for key in mine if key not in theirs])
                for place, mine, theirs in (("first", one, other), ("second", other, one))
            ]
            said += [f"{called} only in the {place}: {listing(keys)}" for place, keys in alone if keys]
            if not any(keys for _, keys in alone) and list(one) != list(other):
                said.append(f"the {called} stand in another order")
        return Sentence(f"Single states can't be matched, and are not compared ({'; '.join(said)}).")

    def verdict(self) -> Sentence:
        """Under which behaviours the equilibria differ."""
        others = [way for way in self.ways if not self.sets[way].same]
        same = [way for way in self.ways if self.sets[way].same]
        if not others:
            return Sentence(f"The equilibria {self.under(same)} are the same states in both; other things that are asked here differ.")
        rest = f"; {self.under(same)} they are the same states" if same else ""
        return Sentence(f"The equilibria differ {self.under(others)}{rest}.")

    def as_written(self) -> Iterator[Part]:
        """How comparisons that are not known are taken."""
        for words in (self.second, self.first):
            if undecided(words):
                sentence = not_known(words, "what is compared here takes")
                yield Part((Sentence(sentence.text, elements=sentence.elements if words is self.second else ()),))
                return

    # -- the status quo --------------------------------------------------------------------------------------------
    def status_quo(self) -> Part | None:
        """Whether the status quo is another state, and in what the verdicts on it differ."""
        one, other = self.found.before.space.status_quo, self.found.after.space.status_quo
        if one is None or other is None:
            text = f"Only the {'second' if one is None else 'first'} has a status quo."
            return Part((Sentence(text, () if other is None else (other,)),)) if one != other else None
        lead = []
        if self.found.moved:
            ends = [f"{words.state(s)} ({words.space.choice(s)}) in the {place}" for words, s, place in self._both(one, other)]
            lead.append(Sentence(f"The status quo is {' and '.join(ends)}.", (other,)))
        lead += self._held("The status quo", one, other)
        items = [item for dm in self.found.after.parties for item in self._judged(dm, one, other)]
        if items:
            lead.append(Sentence("Verdicts on the status quo that differ:", (other,)))
        return Part(tuple(lead), tuple(items)) if lead else None

    def _both(self, one: int, other: int) -> tuple[tuple[Words, int, str], tuple[Words, int, str]]:
        return (self.first, one, "first"), (self.second, other, "second")

    def _held(self, called: str, one: int, other: int, elements: tuple[str, ...] = ()) -> Iterator[Sentence]:
        """Under what a state is an equilibrium in one of the two only."""
        held = {
            way: (self.found.before.equilibria(way).contains(one), self.found.after.equilibria(way).contains(other)) for way in self.ways
        }
        for pair, place in (((True, False), "first"), ((False, True), "second")):
            if ways := [way for way, both in held.items() if both == pair]:
                yield Sentence(f"{called} is an equilibrium {self.under(ways)} only in the {place}.", (other,), elements)

    def _judged(self, dm: str, one: int, other: int) -> Iterator[Sentence]:
        """Under what one decision maker stays at the status quo in one of the two only."""
        stays = {
            way: (self.found.before.stable(way, dm).contains(one), self.found.after.stable(way, dm).contains(other)) for way in self.ways
        }
        for pair, here, there in (((True, False), "first", "second"), ((False, True), "second", "first")):
            if ways := [way for way, both in stays.items() if both == pair]:
                text = f"{dm} {self.under(ways)}: would stay in the {here}, and leave in the {there}"
                yield Sentence(text, (other,), (f"decision makers/{dm}",))

    # -- sets ------------------------------------------------------------------------------------------------------
    def counts(self) -> Iterator[Sentence]:
        """How many there are of everything in each."""
        yield self._counted("States", self.found.states)
        for way, both in self.sets.items():
            yield self._counted(f"Equilibria {self.under([way])}", both)
        for called, both in self._better():
            yield self._counted(called, both)

    def _better(self) -> list[tuple[str, SetChange]]:
        return [
            ("States better for everybody than the status quo", self.found.better_for_all),
            ("States better for somebody than the status quo and worse for nobody", self.found.worse_for_none),
        ]

    def _counted(self, called: str, both: SetChange) -> Sentence:
        """How many a set has: "Equilibria under SEQ: 3 in the first, 4 in the second; 1 only in the first, 2 only in the second."."""
        nothing = "no status quo to compare with"
        numbers = [nothing if states is None else counted(states.count) for states in (both.before, both.after)]
        told = f"{called}: {numbers[0]} in the first, {numbers[1]} in the second"
        if both.gained is not None and both.lost is not None:
            told += f"; {counted(both.lost.count)} only in the first, {counted(both.gained.count)} only in the second"
        return Sentence(f"{told}.")

    def better(self) -> Part | None:
        """What is better than the status quo, where that differs."""
        told = [self._counted(called, both) for called, both in self._better() if not both.same]
        return Part(tuple(told)) if told else None

    def states(self) -> Part | None:
        """Which states are in one of the two only."""
        if self.found.states.same:
            return None
        numbers = Sentence("States in both go by their numbers in the second.")
        return Part((self._counted("States", self.found.states), numbers), tuple(self._some(self.found.states)))

    def equilibria(self) -> Iterator[Part]:
        """For each behaviour, those together in which all is alike, which equilibria are in one only, and by whose verdict."""
        groups: dict[tuple[int, ...], list[Way]] = {}
        for way, both in self.sets.items():
            if both.before is None or both.after is None or both.same:
                continue
            turned = [side.bits for dm in self.found.after.parties for side in self.found.turned(way, dm)]
            groups.setdefault((both.before.bits, both.after.bits, *turned), []).append(way)
        for ways in groups.values():
            lead = self._counted(f"Equilibria {self.under(ways)}", self.sets[ways[0]])
            yield Part((lead,), tuple(self._some(self.sets[ways[0]], ways[0], verdicts=True)))

    def _some(self, both: SetChange, way: Way = None, *, verdicts: bool = False) -> Iterator[Sentence]:
        """The first states that are in one of the two only; by whose verdict under a behaviour, if `verdicts`."""
        for place, states, side in (("first", both.lost, 1), ("second", both.gained, 0)):
            if states is None:
                continue
            for state in states.first(NAMED):
                why = self._why(state, way, side) if verdicts else ""
                here = self.first if place == "first" and not self.found.is_shared(state) else self.second
                yield Sentence(f"only in the {place}: {_named(here, state)}{why}", (state,) if here is self.second else ())
            if (more := states.count - NAMED) > 0:
                yield Sentence(f"only in the {place}: {counted(more)} more")

    def _why(self, state: int, way: Way, side: int) -> str:
        """By whose verdict a state is an equilibrium in the second only (`side` 0), or in the first only (1)."""
        other = "second" if side else "first"
        if not self.found.is_shared(state):
            return f", which is no state in the {other}"
        turned = [dm for dm in self.found.after.parties if self.found.turned(way, dm)[side].contains(state)]
        return f"; {listing(turned)} would leave it in the {other}"

    # -- named states and verdicts ---------------------------------------------------------------------------------
    def named(self) -> Part | None:
        """What differs for the states that have names in both, or are states in one only."""
        items: list[Sentence] = []
        for name in dict.fromkeys([*self.found.before.named, *self.found.after.named]):
            one, other = self.found.before.named.get(name), self.found.after.named.get(name)
            if one is None and other is None:
                continue
            if one is None or other is None:
                place = "second" if one is None else "first"
                known = name in self.found.before.named and name in self.found.after.named
                said = "is a state" if known else "is the name of a state"
                items.append(Sentence(f"{quoted(name)} {said} only in the {place}", () if other is None else (other,), (f"states/{name}",)))
                continue
            if one != other:
                text = f"{quoted(name)} is {_named(self.first, one)} in the first, and {_named(self.second, other)} in the second"
                items.append(Sentence(text, (other,), (f"states/{name}",)))
            items += self._held(f"{quoted(name)} ({self.second.state(other)})", one, other, (f"states/{name}",))
        return Part((Sentence("Named states:"),), tuple(items)) if items else None

    def verdicts(self) -> Part | None:
        """At how many states whose verdict differs."""
        items = []
        for dm in self.found.after.parties:
            groups: dict[tuple[int, int], list[Way]] = {}
            for way in self.ways:
                second, first = self.found.turned(way, dm)
                if first or second:
                    groups.setdefault((first.count, second.count), []).append(way)
            for (in_first, in_second), ways in groups.items():
                said = [f"at {plural(n, 'state')} only in the {place}" for n, place in ((in_first, "first"), (in_second, "second")) if n]
                items.append(Sentence(f"{dm} {self.under(ways)}: would stay {listing(said)}", (), (f"decision makers/{dm}",)))
        return Part((Sentence("Verdicts that differ, among all states that are in both:"),), tuple(items)) if items else None


def _named(words: Words, state: int) -> str:
    name = words.name(state)
    return f"{words.state(state)} ({words.space.choice(state)}{f', {quoted(name)}' if name else ''})"
