"""In what two sides differ in what follows from them, in words: a conflict before and after a change, or two accounts of one.

All that is counted is counted in full; of the states only some are named, and it is said how many.  Sentences link to the states of the
second side; a state that is only on the first goes by its number there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from detente.analysis.changing import Changing, SetChange
from detente.explain.completions import lead as not_known
from detente.explain.completions import undecided
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.telling import At, Pair, Side, Telling
from detente.explain.words import Words, quoted
from detente.space.sets import StateSet
from detente.text import counted, listing, plural

NAMED = 10
"""Most states of each set that a list names."""
Way = str | None


def account(found: Changing, words: tuple[Words, Words], telling: Telling) -> Explanation:
    """What follows otherwise on the two sides: first whether the equilibria do, then one paragraph for each question.

    Parameters
    ----------
    found
        What was compared.
    words
        The words of the two sides.
    telling
        How the two are told.

    Examples
    --------
    >>> from detente.analysis.changing import Look
    >>> from detente.analysis.stability import analyse
    >>> from detente.cases import load
    >>> from detente.concepts.registry import concept
    >>> from detente.engines.single import SingleEngine
    >>> from detente.explain.difference import DIFFERENCE
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> seen = Look(space, analyse(space, [concept("Nash")], SingleEngine(space)).stable)
    >>> account(Changing(seen, seen), (Words(space), Words(space)), DIFFERENCE).parts
    ()
    """
    told = _Sides(found, words, telling)
    if found.same:
        return Explanation(told.nothing(), tuple(told.as_written()))
    if not found.comparable:
        return Explanation(Sentence(telling.apart(found)), (Part(tuple(told.counts())), *told.as_written()))
    parts = (told.status_quo(), told.better(), *told.equilibria(), told.states(), told.named(), told.verdicts())
    return Explanation(told.verdict(), (*(part for part in parts if part is not None), *told.as_written()))


def only_one(
    words: Pair, order: tuple[Side, Side], ways: Sequence[Way], holds: Callable[[Side, Way], bool | None]
) -> Iterator[tuple[str, list[Way]]]:
    """Under which of the `ways` something holds on one side only, with the words for that side, in the order of the telling.

    What is not known (None) on a side is no difference.

    >>> list(only_one(("first", "second"), (0, 1), ["Nash", "SEQ"], lambda side, way: (side == 0) == (way == "SEQ")))
    [('first', ['SEQ']), ('second', ['Nash'])]
    """
    found = {way: (holds(0, way), holds(1, way)) for way in ways}
    for side in order:
        if these := [way for way, both in found.items() if both == ((True, False), (False, True))[side]]:
            yield words[side], these


class _Sides:
    """The sentences on one comparison."""

    def __init__(self, found: Changing, words: tuple[Words, Words], telling: Telling) -> None:
        self.found, self.words, self.telling = found, words, telling
        self.looks = (found.before, found.after)
        self.parties = found.after.parties
        self.ways: list[Way] = list(found.ways)
        self.sets = {way: found.equilibria(way) for way in self.ways}

    def under(self, ways: Sequence[Way]) -> str:
        """Under which behaviours: "under GMR and SMR"."""
        keys = [way for way in ways if way is not None]
        said = [f"under {listing(keys)}"] if keys else []
        if None in ways:
            profile = self.found.after.profile or {}
            said.append(f"with {listing(f'{self.words[1].party(dm)} by {key}' for dm, key in profile.items())}")
        return " and ".join(said)

    def both(self, one: int, other: int) -> tuple[At, At]:
        """A state of each side."""
        return At.of(self.words[0], one), At.of(self.words[1], other)

    # -- the first sentence ----------------------------------------------------------------------------------------
    def nothing(self) -> Sentence:
        """That all is the same."""
        verdicts = f"everybody's verdict on each of them {self.under(self.ways)}"
        better = self.found.after.space.status_quo is not None
        gains = "which of them are better than the status quo for everybody, or for somebody and worse for nobody"
        same = f"the states, {gains}, and {verdicts}" if better else f"the states and {verdicts}"
        return Sentence(self.telling.nothing.format(same=same))

    def verdict(self) -> Sentence:
        """Under which behaviours the equilibria differ."""
        others = [way for way in self.ways if not self.sets[way].same]
        same = [way for way in self.ways if self.sets[way].same]
        if not others:
            return Sentence(self.telling.alike.format(under=self.under(same)))
        rest = self.telling.rest.format(under=self.under(same)) if same else ""
        return Sentence(f"{self.telling.other.format(under=self.under(others))}{rest}.")

    def as_written(self) -> Iterator[Part]:
        """How comparisons that are not known are taken."""
        for words in reversed(self.words):
            if undecided(words):
                sentence = not_known(words, "what is compared here takes")
                yield Part((Sentence(sentence.text, elements=sentence.elements if words is self.words[1] else ()),))
                return

    # -- the status quo --------------------------------------------------------------------------------------------
    def status_quo(self) -> Part | None:
        """Whether the status quo is another state, and in what the verdicts on it differ."""
        one, other = (look.space.status_quo for look in self.looks)
        if one is None or other is None:
            said = self.telling.quo_only[1 if one is None else 0]
            return Part((Sentence(said, () if other is None else (other,)),)) if one != other else None
        lead = []
        if self.found.moved:
            lead.append(Sentence(self.telling.quo_moved.format(*self.both(one, other)), (other,)))
        lead += self._held("The status quo", one, other)
        items = [item for dm in self.parties for item in self._judged(dm, one, other)]
        if not lead and not items:
            if self.telling.quo_alike is None:
                return None
            at = At.of(self.words[1], other)
            return Part((Sentence(self.telling.quo_alike.format(at=at, under=self.under(self.ways)), (other,)),))
        if items:
            lead.append(Sentence(self.telling.quo_judged, (other,)))
        return Part(tuple(lead), tuple(items))

    def _held(self, called: str, one: int, other: int, elements: tuple[str, ...] = ()) -> Iterator[Sentence]:
        """Under what a state is an equilibrium on one side only."""

        def holds(side: Side, way: Way) -> bool:
            return self.looks[side].equilibria(way).contains((one, other)[side])

        for words, ways in only_one(self.telling.held, self.telling.order, self.ways, holds):
            yield Sentence(words.format(called=called, under=self.under(ways)), (other,), elements)

    def _judged(self, dm: str, one: int, other: int) -> Iterator[Sentence]:
        """Under what one decision maker stays at the status quo on one side only."""

        def stays(side: Side, way: Way) -> bool:
            return self.looks[side].stable(way, dm).contains((one, other)[side])

        for words, ways in only_one(self.telling.stays, self.telling.order, self.ways, stays):
            text = words.format(dm=self.words[1].party(dm), under=self.under(ways))
            yield Sentence(text, (other,), (f"decision makers/{dm}",))

    # -- sets ------------------------------------------------------------------------------------------------------
    def counts(self) -> Iterator[Sentence]:
        """How many there are of everything on each side."""
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
        """How many a set has: "Equilibria under SEQ: 4 now, 3 before; 2 gained, 1 lost."."""
        nothing = "no status quo to compare with"
        numbers = [nothing if states is None else counted(states.count) for states in (both.before, both.after)]
        told = f"{called}: {self.telling.numbers.format(*numbers)}"
        if both.gained is not None and both.lost is not None:
            told += f"; {self.telling.numbers_only.format(counted(both.lost.count), counted(both.gained.count))}"
        return Sentence(f"{told}.")

    def better(self) -> Part | None:
        """What is better than the status quo, where that differs."""
        told = [self._counted(called, both) for called, both in self._better() if not both.same]
        return Part(tuple(told)) if told else None

    def states(self) -> Part | None:
        """Which states are on one side only."""
        if self.found.states.same:
            return None
        lead = self._counted("States", self.found.states), Sentence(self.telling.numbered)
        return Part(lead, tuple(self._some(self.found.states)))

    def equilibria(self) -> Iterator[Part]:
        """For each behaviour, those together in which all is alike, which equilibria are on one side only, and by whose verdict."""
        groups: dict[tuple[int, ...], list[Way]] = {}
        for way, both in self.sets.items():
            if both.before is None or both.after is None or both.same:
                continue
            turned = [side.bits for dm in self.parties for side in self.found.turned(way, dm)]
            groups.setdefault((both.before.bits, both.after.bits, *turned), []).append(way)
        for ways in groups.values():
            lead = self._counted(f"Equilibria {self.under(ways)}", self.sets[ways[0]])
            yield Part((lead,), tuple(self._some(self.sets[ways[0]], ways[0], verdicts=True)))

    def _some(self, both: SetChange, way: Way = None, *, verdicts: bool = False) -> Iterator[Sentence]:
        """The first states that are on one side only; by whose verdict under a behaviour, if `verdicts`."""
        for side in self.telling.order:
            states, only = (both.lost, both.gained)[side], self.telling.only[side]
            if states is None:
                continue
            for state in states.first(NAMED):
                why = self._why(state, way, side) if verdicts else ""
                home: Side = 0 if side == 0 and not self.found.is_shared(state) else 1
                shown = self.telling.shown[home].format(at=At.of(self.words[home], state))
                yield Sentence(f"{only}: {shown}{why}", (state,) if home else ())
            if (more := states.count - NAMED) > 0:
                yield Sentence(f"{only}: {counted(more)} more")

    def _why(self, state: int, way: Way, side: Side) -> str:
        """By whose verdict a state is an equilibrium on one side only."""
        if not self.found.is_shared(state):
            return self.telling.no_state[side]
        turned = [dm for dm in self.parties if self._stays_only(way, dm)[side].contains(state)]
        return self.telling.turned[side].format(dms=listing(map(self.words[1].party, turned)))

    def _stays_only(self, way: Way, dm: str) -> tuple[StateSet, StateSet]:
        """At which of the states that are on both sides a decision maker stays on the first only, and on the second only."""
        second, first = self.found.turned(way, dm)
        return first, second

    # -- named states and verdicts ---------------------------------------------------------------------------------
    def named(self) -> Part | None:
        """What differs for the states that have names."""
        items: list[Sentence] = []
        for name in self.found.names(self.telling.order):
            one, other = (look.named.get(name) for look in self.looks)
            if one is None and other is None:
                continue
            elements = (f"states/{name}",)
            if one is None or other is None:
                only = self.telling.state_only if all(name in look.named for look in self.looks) else self.telling.name_only
                text = f"{quoted(name)} {only[1 if one is None else 0]}"
                items.append(Sentence(text, () if other is None else (other,), elements))
                continue
            if one != other:
                text = self.telling.name_moved.format(*self.both(one, other), name=quoted(name))
                items.append(Sentence(text, (other,), elements))
            items += self._held(f"{quoted(name)} ({self.words[1].state(other)})", one, other, elements)
        return Part((Sentence("Named states:"),), tuple(items)) if items else None

    def verdicts(self) -> Part | None:
        """At how many states whose verdict differs."""
        items = []
        for dm in self.parties:
            groups: dict[tuple[int, int], list[Way]] = {}
            for way in self.ways:
                first, second = self._stays_only(way, dm)
                if first or second:
                    groups.setdefault((first.count, second.count), []).append(way)
            for counts, ways in groups.items():
                said = [self.telling.stays_at[s].format(states=plural(counts[s], "state")) for s in self.telling.order if counts[s]]
                turned = self.telling.between.join(said)
                text = self.telling.verdict.format(dm=self.words[1].party(dm), under=self.under(ways), turned=turned)
                items.append(Sentence(text, (), (f"decision makers/{dm}",)))
        return Part((Sentence(self.telling.verdicts),), tuple(items)) if items else None
