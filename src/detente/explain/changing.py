"""What a change of a conflict changes, in words: equilibria, verdicts, what is better than the status quo, and the states themselves.

All that is counted is counted in full; of the states only some are named, and it is said how many.  States go by their numbers after the
change; one that is there only before goes by its number then, and by the options taken.
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


def account(found: Changing, before: Words, after: Words) -> Explanation:
    """What is different after a change: first whether the equilibria are, then the rest, one paragraph for each question.

    Parameters
    ----------
    found
        What was compared.
    before, after
        The words of the conflict before and after.

    Examples
    --------
    >>> from detente.analysis.changing import Look
    >>> from detente.analysis.stability import analyse
    >>> from detente.concepts.registry import concept
    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> one = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> seen = Look(one, analyse(one, [concept("Nash")], SingleEngine(one)).stable)
    >>> print(account(Changing(seen, seen), Words(one), Words(one)).verdict)
    Nothing that is asked here changes: the states and everybody's verdict on each of them under Nash are the same.
    """
    words = _Words(found, before, after)
    if found.same:
        return Explanation(words.nothing(), tuple(words.as_written()))
    if not found.comparable:
        return Explanation(words.apart(), (Part(tuple(words.counts())), *words.as_written()))
    parts = (words.status_quo(), words.better(), *words.equilibria(), words.states(), words.named(), words.verdicts())
    return Explanation(words.verdict(), (*(part for part in parts if part is not None), *words.as_written()))


class _Words:
    """The sentences on one comparison."""

    def __init__(self, found: Changing, before: Words, after: Words) -> None:
        self.found, self.before, self.after = found, before, after
        self.ways: list[Way] = list(found.after.ways)
        self.changes = {way: found.equilibria(way) for way in self.ways}

    def under(self, ways: Sequence[Way]) -> str:
        """Under which behaviours: "under GMR and SMR"."""
        keys = [way for way in ways if way is not None]
        said = [f"under {listing(keys)}"] if keys else []
        if None in ways:
            profile = self.found.after.profile or {}
            said.append(f"with {listing(f'{self.after.party(dm)} by {key}' for dm, key in profile.items())}")
        return " and ".join(said)

    # -- the first sentence ----------------------------------------------------------------------------------------
    def nothing(self) -> Sentence:
        """That all is as before."""
        verdicts = f"everybody's verdict on each of them {self.under(self.ways)}"
        better = self.found.after.space.status_quo is not None
        same = f"the states, {verdicts}, and what is better than the status quo" if better else f"the states and {verdicts}"
        return Sentence(f"Nothing that is asked here changes: {same} are the same.")

    def apart(self) -> Sentence:
        """That states are not compared one by one."""
        return Sentence("The options, the decision makers or their order are not the same, so that single states are not compared.")

    def verdict(self) -> Sentence:
        """Under which behaviours the equilibria are others."""
        others = [way for way in self.ways if not self.changes[way].same]
        same = [way for way in self.ways if self.changes[way].same]
        if not others:
            return Sentence(f"The equilibria {self.under(same)} are the same states as before; other things that are asked here change.")
        rest = f"; {self.under(same)} they are the same states as before" if same else ""
        return Sentence(f"The equilibria change {self.under(others)}{rest}.")

    def as_written(self) -> Iterator[Part]:
        """How comparisons that are not known are taken."""
        for words in (self.after, self.before):
            if undecided(words):
                sentence = not_known(words, "what is compared here takes")
                elements = sentence.elements if words is self.after else ()
                yield Part((Sentence(sentence.text, elements=elements),))
                return

    # -- the status quo --------------------------------------------------------------------------------------------
    def status_quo(self) -> Part | None:
        """Whether the status quo is another state, and what is different in the verdicts on it."""
        old, new = self.found.before.space.status_quo, self.found.after.space.status_quo
        if new is None or old is None:
            text = f"There is {'no' if new is None else 'a'} status quo now, and there was {'none' if old is None else 'one'} before."
            return Part((Sentence(text, () if new is None else (new,)),)) if old != new else None
        lead = []
        if self.found.moved:
            text = f"The status quo is {self.after.state(new)} ({self.after.space.choice(new)}) now, and was {self._before(old)}."
            lead.append(Sentence(text, (new,)))
        lead += self._held("The status quo", old, new)
        items = [item for dm in self.found.after.parties for item in self._judged(dm, old, new)]
        if not lead and not items:
            text = f"On the status quo ({self.after.state(new)}) everybody's verdict {self.under(self.ways)} is the same as before."
            return Part((Sentence(text, (new,)),))
        if items:
            lead.append(Sentence("Verdicts on the status quo that are different:", (new,)))
        return Part(tuple(lead), tuple(items))

    def _held(self, called: str, old: int, new: int, elements: tuple[str, ...] = ()) -> Iterator[Sentence]:
        """Under what a state is an equilibrium only now, or only before."""
        held = {way: (self.found.before.equilibria(way).contains(old), self.found.after.equilibria(way).contains(new)) for way in self.ways}
        for pair, now, then in (((False, True), "an", "was not"), ((True, False), "no", "was")):
            if ways := [way for way, one in held.items() if one == pair]:
                yield Sentence(f"{called} is {now} equilibrium now {self.under(ways)}, and {then} before.", (new,), elements)

    def _judged(self, dm: str, old: int, new: int) -> Iterator[Sentence]:
        """Under what one decision maker stays at the status quo only now, or only before."""
        stays = {
            way: (self.found.before.stable(way, dm).contains(old), self.found.after.stable(way, dm).contains(new)) for way in self.ways
        }
        for ways, now, then in (
            ([way for way, one in stays.items() if one == (False, True)], "stay", "left"),
            ([way for way, one in stays.items() if one == (True, False)], "leave", "stayed"),
        ):
            if ways:
                text = f"{self.after.party(dm)} would {now} now, and would have {then} before, {self.under(ways)}"
                yield Sentence(text, (new,), (f"decision makers/{dm}",))

    # -- sets ------------------------------------------------------------------------------------------------------
    def counts(self) -> Iterator[Sentence]:
        """How many there are of everything, before and after."""
        yield self._counted("States", self.found.states)
        for way, change in self.changes.items():
            yield self._counted(f"Equilibria {self.under([way])}", change)
        for called, change in self._better():
            yield self._counted(called, change)

    def _better(self) -> list[tuple[str, SetChange]]:
        return [
            ("States better for everybody than the status quo", self.found.better_for_all),
            ("States better for somebody than the status quo and worse for nobody", self.found.worse_for_none),
        ]

    def _counted(self, called: str, change: SetChange) -> Sentence:
        """How many a set has after and before: "Equilibria under SEQ: 4 now, 3 before; 2 gained, 1 lost."."""
        nothing = "no status quo to compare with"
        now = nothing if change.after is None else counted(change.after.count)
        old = nothing if change.before is None else counted(change.before.count)
        told = f"{called}: {now} now, {old} before"
        if change.gained is not None and change.lost is not None:
            told += f"; {counted(change.gained.count)} gained, {counted(change.lost.count)} lost"
        return Sentence(f"{told}.")

    def better(self) -> Part | None:
        """What is better than the status quo, where that is different."""
        told = [self._counted(called, change) for called, change in self._better() if not change.same]
        return Part(tuple(told)) if told else None

    def states(self) -> Part | None:
        """Which states are there only before, or only after."""
        if self.found.states.same:
            return None
        numbers = Sentence("Numbers of states are those after the change, unless it says before.")
        return Part((self._counted("States", self.found.states), numbers), tuple(self._some(self.found.states)))

    def equilibria(self) -> Iterator[Part]:
        """For each behaviour, those together in which all is alike, which equilibria are gained and lost, and by whose verdict."""
        groups: dict[tuple[int, ...], list[Way]] = {}
        for way, change in self.changes.items():
            if change.before is None or change.after is None or change.same:
                continue
            turned = [side.bits for dm in self.found.after.parties for side in self.found.turned(way, dm)]
            groups.setdefault((change.before.bits, change.after.bits, *turned), []).append(way)
        for ways in groups.values():
            lead = self._counted(f"Equilibria {self.under(ways)}", self.changes[ways[0]])
            yield Part((lead,), tuple(self._some(self.changes[ways[0]], ways[0], verdicts=True)))

    def _some(self, change: SetChange, way: Way = None, *, verdicts: bool = False) -> Iterator[Sentence]:
        """The first states that a set gained, and lost; by whose verdict under a behaviour, if `verdicts`."""
        for called, states, place in (("gained", change.gained, 0), ("lost", change.lost, 1)):
            if states is None:
                continue
            for state in states.first(NAMED):
                why = self._why(state, way, place) if verdicts else ""
                shown = self._after(state) if place == 0 or self.found.is_shared(state) else self._before(state)
                linked = (state,) if place == 0 or self.found.is_shared(state) else ()
                yield Sentence(f"{called}: {shown}{why}", linked)
            if (more := states.count - NAMED) > 0:
                yield Sentence(f"{called}: {counted(more)} more")

    def _why(self, state: int, way: Way, place: int) -> str:
        """By whose verdict a state is an equilibrium now (`place` 0), or no longer (1)."""
        if not self.found.is_shared(state):
            return ", which was no state before" if place == 0 else ", which is no state now"
        turned = [dm for dm in self.found.after.parties if self.found.turned(way, dm)[place].contains(state)]
        return f"; {listing(map(self.after.party, turned))} would {'leave' if place else 'stay'} now"

    def _after(self, state: int) -> str:
        name = self.after.name(state)
        return f"{self.after.state(state)} ({self.after.space.choice(state)}{f', {quoted(name)}' if name else ''})"

    def _before(self, state: int) -> str:
        name = self.before.name(state)
        return f"{self.before.state(state)} before ({self.before.space.choice(state)}{f', {quoted(name)}' if name else ''})"

    # -- named states and verdicts ---------------------------------------------------------------------------------
    def named(self) -> Part | None:
        """What is different for the states that have names."""
        items = []
        for name in dict.fromkeys([*self.found.after.named, *self.found.before.named]):
            old, new = self.found.before.named.get(name), self.found.after.named.get(name)
            if old is None and new is None:
                continue
            if old is None or new is None:
                said = "is a state now, and was none before" if old is None else "is no state now, and was one before"
                items.append(Sentence(f"{quoted(name)} {said}", () if new is None else (new,), (f"states/{name}",)))
                continue
            items += self._held(f"{quoted(name)} ({self.after.state(new)})", old, new, (f"states/{name}",))
        return Part((Sentence("Named states:"),), tuple(items)) if items else None

    def verdicts(self) -> Part | None:
        """At how many states whose verdict is different."""
        items = []
        for dm in self.found.after.parties:
            groups: dict[tuple[int, int], list[Way]] = {}
            for way in self.ways:
                now, then = self.found.turned(way, dm)
                if now or then:
                    groups.setdefault((now.count, then.count), []).append(way)
            for (now_count, then_count), ways in groups.items():
                text = f"{self.after.party(dm)} {self.under(ways)}: {self._turns(now_count, then_count)}"
                items.append(Sentence(text, (), (f"decision makers/{dm}",)))
        lead = Sentence("Verdicts that are different, among all states that there are before and after:")
        return Part((lead,), tuple(items)) if items else None

    def _turns(self, stays: int, leaves: int) -> str:
        said = [f"would stay now at {plural(stays, 'state')} and have left before"] if stays else []
        said += [f"would leave now at {plural(leaves, 'state')} and have stayed before"] if leaves else []
        return "; ".join(said)
