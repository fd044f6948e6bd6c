"""Fronts in words: does what is concluded change when they are left out, which are enough, and what leaving one out means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from detente.analysis.fronts.found import Asked, Compared, FrontSet, Value
from detente.explain.certified import conclusions_certified, kept_shown
from detente.explain.diagnosis.verdict import NAMES
from detente.explain.sentence import Explanation, Part, Sentence
from detente.model.conflict import Conflict
from detente.model.formula import written
from detente.model.front import options_on
from detente.text import capital, listing, plural


class Profiled(Protocol):
    """A comparison under a profile."""

    @property
    def profile(self) -> Mapping[str, str]:
        """For each decision maker (key) the key of the concept that describes their behaviour."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The same conclusions on another conflict, named as the user named it."""

    name: str
    answers: dict[Asked, Value | None]


def account(found: Compared, beside: Beside | None = None) -> Explanation:
    """What becomes of the conclusions when fronts are left out.

    Parameters
    ----------
    found
        The conclusions for each set of fronts.
    beside
        Those on another conflict, to compare with.

    Examples
    --------
    >>> from detente.analysis.fronts.compare import compare_fronts
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.front import Front
    >>> parties = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    >>> two = Conflict("two", parties, options, status_quo=frozenset(), fronts=(Front("N", "the north", (), ("B",)),))
    >>> print(account(compare_fronts(two, {"A": "SEQ", "B": "SEQ"})).verdict)
    In this model none of the conclusions changes when “the north” is left out.
    """
    words = _Words(found)
    parts = [words.conclusions(), words.enough(), words.examples(), words.open_questions(), words.beside(beside), words.meaning()]
    parts.append(words.certified())
    return Explanation(words.verdict(), tuple(part for part in parts if part is not None))


def conclusion_words(found: Profiled, asked: Sequence[Asked], value: Value | None) -> str:
    """A conclusion, or several alike on concepts, with its value, as a clause; `value` None says that it was not settled.

    >>> from detente.analysis.fronts.compare import compare_fronts
    >>> from detente.cases import load
    >>> found = compare_fronts(load("elmira"), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ"))
    >>> conclusion_words(found, [Asked("holds", concept="SEQ")], True)
    'the status quo holds under SEQ'
    """
    one = asked[0]
    under = listing(dict.fromkeys(found.profile.values()))
    among = "" if one.where is None else f" among the states with “{written(one.where)}”"
    if one.kind == "holds":
        keys = listing([asking.concept or "" for asking in asked], "and" if value else "or")
        every = f"each of {keys}" if value and len(asked) > 1 else keys
        said = {True: f"the status quo holds under {every}", False: f"the status quo does not hold under {keys}"}
        return said.get(bool(value), "") if value is not None else f"whether the status quo holds under {keys} is not settled"
    if value is None:
        about = {"type": "which type of deadlock comes first", "gain": "whether any state is better for everybody in the model"}
        if one.kind == "kept gain":
            return f"whether any state that is better for everybody{among} also holds under {under} is not settled"
        about["red lines"] = "which red lines exclude all that would be better for everybody"
        return f"{about[one.kind]}{among} is not settled"
    match one.kind:
        case "type":
            return _type_words(str(value), under)
        case "gain":
            return f"some state is better for everybody in the model{among}" if value else f"no state is better for everybody{among}"
        case "kept gain":
            return f"one that is better for everybody{among} {'also holds' if value else 'that holds is not there'} under {under}"
        case _:
            return _red_line_words(value, among)


def _type_words(key: str, under: str) -> str:
    if key == "-":
        return f"the status quo is not stuck under {under}"
    if not key:
        return f"the status quo is stuck under {under}, and no type of deadlock applies"
    return f"the first type of deadlock that applies under {under} is {NAMES[key]} ({key})"


def _red_line_words(value: Value, among: str) -> str:
    if not isinstance(value, frozenset) or not value:
        return f"without red lines there would be none{among} either"
    sets = sorted(sorted(f"red line {place} of {dm}" for dm, place in elements) for elements in value)
    return f"what excludes all that would be better for everybody{among} is {'; or '.join(listing(names) for names in sets)}"


def _done(conflict: Conflict, changed: Set[str]) -> list[str]:
    """Who takes up and gives up what, owner by owner, where some options change from the status quo."""
    by_owner: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for option in conflict.options:
        if option.key in changed:
            verb = "gives up" if option.key in (conflict.status_quo or ()) else "takes up"
            by_owner.setdefault(option.owners, {}).setdefault(verb, []).append(f"“{option.name}”")
    return [
        f"{listing(owners)} {' and '.join(f'{verb} {listing(names)}' for verb, names in sorted(verbs.items(), reverse=True))}"
        for owners, verbs in by_owner.items()
    ]


class _Words:
    """The sentences on one comparison."""

    def __init__(self, found: Compared) -> None:
        self.found = found
        self.conflict = found.conflict
        self.names = {front.key: front.name for front in found.conflict.fronts}
        self.paths = tuple(f"fronts/{front.key}" for front in found.conflict.fronts)
        self.same = [found.same(one) for one in found.sets]

    # -- the verdict -----------------------------------------------------------------------------------------------
    def verdict(self) -> Sentence:
        """Whether anything changes, in one sentence."""
        found, all_same = self.found, all(self.same)
        if found.whole.headline is None or not found.settled:
            text = "In this model it was not settled what is concluded with all fronts, so that nothing can be compared with it."
        elif all_same:
            text = f"In this model none of the conclusions changes when {self.whatever()} left out."
        elif False not in self.same:
            known = sum(one is True for one in self.same)
            text = (
                f"In this model no change was found when {self.whatever()} left out; "
                f"of {plural(len(self.same), 'set')} of fronts {known:,} were settled."
            )
        elif self.found.same(found.bare):
            text = "In this model the conclusions without any front are those with all of them, but change with some of the sets between."
        elif self.found.same(found.bare) is False:
            text = self._changed()
        else:
            text = "In this model conclusions change with the fronts that are left out."
        return Sentence(text, (), self.paths)

    def _changed(self) -> str:
        """That something changes without the fronts, and how much of it."""
        found, told = self.found, self._grouped()
        settled = [asked for asked in told if found.whole.answers.get(asked[0]) is not None]
        other = sum(found.same(found.bare, *asked) is False for asked in settled)
        some = f"{other} of {plural(len(settled), 'conclusion')} {'is' if other == 1 else 'are'} not"
        diagnosis = [one for one in found.settled if one.kind in ("holds", "type")]
        if diagnosis and all(found.same(one, *diagnosis) for one in found.sets) and found.every:
            same = "whether the status quo is stuck, and which type of deadlock comes first, is the same with every set of fronts"
            return f"In this model {same}; but {some} the same without the fronts as with all of them."
        return f"In this model {some} the same without the fronts as with all of them."

    def whatever(self) -> str:
        """What is left out, of all sets that were looked at, with its verb."""
        keys = list(self.names)
        if len(keys) == 1:
            return f"“{self.names[keys[0]]}” is"
        if self.found.every:
            return f"any of the {len(keys)} fronts, or any set of them, is"
        return f"any one of the {len(keys)} fronts, all but one, or all of them are"

    def fronts(self, keys: Iterable[str]) -> str:
        """Fronts by name, in the order of the conflict; "no front" for none."""
        chosen = set(keys)
        return listing([f"“{name}”" for key, name in self.names.items() if key in chosen]) if chosen else "no front"

    # -- one by one ------------------------------------------------------------------------------------------------
    def conclusions(self) -> Part:
        """Every conclusion with all fronts in the model, and what becomes of it."""
        items = []
        for asked in self._grouped():
            value = self.found.whole.answers.get(asked[0])
            clause = conclusion_words(self.found, asked, value)
            items.append(Sentence(f"{capital(clause)}{self._becomes(asked, value)}.", (), ()))
        head = "With all fronts in the model, and what becomes of each conclusion when some are left out:"
        return Part((Sentence(head, (), ()),), tuple(items))

    def _grouped(self) -> list[list[Asked]]:
        """The conclusions that are told: concepts together where they go together; red lines only where nothing is better."""
        found, told = self.found, []
        for one in found.asked:
            if one.kind in ("red lines", "kept gain") and self._idle(one):
                continue
            told.append(one)

        def alike(one: Asked) -> tuple[object, ...]:
            values = tuple(str(each.answers.get(one)) for each in found.sets)
            return (one.kind, values) if one.kind == "holds" else (one,)

        return [list(group) for _, group in groupby(told, key=alike)]

    def _idle(self, one: Asked) -> bool:
        """Whether a conclusion only repeats what another says: nothing better holds, or no red line excludes what is there."""
        return self.found.whole.answers.get(Asked("gain", where=one.where)) is not (one.kind == "kept gain")

    def _becomes(self, asked: list[Asked], value: Value | None) -> str:
        found = self.found
        if value is None:
            return ""
        same = [found.same(one, *asked) for one in found.sets[:-1]]
        if all(same):
            return "; the same with every set of fronts" if found.every else f"; the same with each of the {len(found.sets)} sets looked at"
        if False not in same:
            return f"; the same with {plural(same.count(True), 'other set')}, and not settled for {same.count(None):,}"
        parts = []
        if needed := [f"“{self.names[key]}”" for key in found.needed(*asked)]:
            parts.append(f"it changes when {listing(needed, 'or')} alone is left out")
        bare = found.bare.answers.get(asked[0])
        if bare is not None and bare != value:
            parts.append(f"without any front, {conclusion_words(found, asked, bare)}")
        smallest = [self.fronts(one.fronts) for one in found.enough(*asked) if one.fronts]
        if smallest:
            known = "known to be " if None in same else ""
            parts.append(f"{known}enough for it to stay the same is {'; or '.join(smallest)}")
        elif found.same(found.bare, *asked):
            between = plural(same.count(False), "of the sets between is", "of the sets between are")
            parts.append(f"without any front it is the same, and {between} not so")
        return "".join(f"; {part}" for part in parts)

    # -- sets ------------------------------------------------------------------------------------------------------
    def enough(self) -> Part | None:
        """The smallest sets of fronts that give the same conclusions as all of them."""
        found = self.found
        if not found.settled:
            return None
        smallest = found.enough()
        sets = [one for one in smallest if one is not found.whole]
        if not sets:
            text = "No smaller set of fronts is known to give the same conclusions." if found.doubtful() else self._none_smaller()
            return Part((Sentence(text, (), ()),))
        if not sets[0].fronts:
            text = "So the conflict without any of its fronts is enough for these conclusions."
            return Part((Sentence(text + self._rest(sets[0]), (), ()),))
        known = "known to be" if found.doubtful() else "that are"
        head = f"The smallest sets of fronts {known} enough for the same conclusions:"
        return Part((Sentence(head, (), ()),), tuple(Sentence(f"{self.fronts(one.fronts)}{self._rest(one)}", (), ()) for one in sets))

    def _none_smaller(self) -> str:
        sets = "smaller set of fronts" if self.found.every else "other set of fronts that was looked at"
        return f"No {sets} gives the same conclusions as all of them."

    def _rest(self, one: FrontSet) -> str:
        """Whether the sets that have more fronts give the same as well, where some are known not to."""
        other = [more for more in self.found.sets if one.fronts < more.fronts and self.found.same(more) is False]
        if not other:
            return ""
        more = f", and with {plural(len(other) - 1, 'other set')}" if len(other) > 1 else ""
        return f" (But with {self.fronts(other[0].fronts)} they change{more}.)"

    def examples(self) -> Part | None:
        """What somebody would do otherwise in a state that is better for everybody, without the fronts and with all of them."""
        found, items = self.found, []
        for one, head in ((found.bare, "Without the fronts"), (found.whole, "With all of them")):
            there = one.narrowed.conflict
            if one.headline is not None and None in one.headline.gained and there.status_quo is not None:
                changed = there.taken(one.headline.gained[None]) ^ there.status_quo
                done = _done(there, changed)
                everybody = plural(len(there.decision_makers), "decision maker")
                items.append(Sentence(f"{head} ({everybody}): {'; '.join(done)}", (), tuple(f"options/{key}" for key in sorted(changed))))
        lead = "A state that everybody in the model prefers to the status quo, among others:"
        return Part((Sentence(lead, (), ()),), tuple(items)) if items else None

    def open_questions(self) -> Part | None:
        """What was not settled, and why."""
        found = self.found
        missed = [one for one in found.sets if one.headline is None]
        doubtful = [one for one in found.doubtful() if one.headline is not None]
        lead = []
        if missed:
            lead.append(
                f"{plural(len(missed), 'set')} of fronts could not be looked at ({listing(sorted({one.reason or '' for one in missed}))})."
            )
        if doubtful:
            lead.append(
                f"Of {plural(len(doubtful), 'set')} of fronts some conclusion was not settled in the time allowed; --time allows more."
            )
        if open_ones := [one for one in found.asked if one not in found.settled]:
            clauses = [conclusion_words(found, [one], None) for one in open_ones]
            lead.append(f"With all fronts in the model, {listing(clauses)}; it is not compared.")
        return Part((Sentence(" ".join(lead), (), ()),)) if lead else None

    def certified(self) -> Part | None:
        """What was checked, and what was only worked out; None where nothing was looked at."""
        made = [one.headline for one in self.found.sets if one.headline is not None]
        if not made:
            return None
        answered = []
        for one in made:
            for asked, value in one.answers.items():
                gain = one.answers.get(Asked("gain", where=asked.where))
                if asked.kind not in ("kept gain", "red lines") or gain is (asked.kind == "kept gain"):
                    answered.append((asked.kind, value))
        listed = all(one.space.is_listed for one in made)
        kept = all(kept_shown(one.answers, one.claims) for one in made)
        return conclusions_certified(answered, self.found.profile.values(), listed=listed, kept=kept)

    def meaning(self) -> Part:
        """What it means here that a front is left out."""
        text = (
            "A front that is left out is not in the model: its options are held as they stand in the status quo, so that nobody can change "
            "them, and its decision makers make no move and are not asked what they prefer; “everybody” is everybody in the model. That a "
            "conclusion stays the same without it says nothing of what else the front decides, or of how much it matters to anybody."
        )
        items = []
        for front in self.conflict.fronts:
            held, quo = options_on(self.conflict, front), self.conflict.status_quo or frozenset()
            clauses = [
                f"{word} {listing([f'“{self.conflict.option(key).name}” of {listing(self.conflict.option(key).owners)}' for key in keys])}"
                for word, keys in (("taken:", [k for k in held if k in quo]), ("not taken:", [k for k in held if k not in quo]))
                if keys
            ]
            gone = f"; not in the model: {listing(front.decision_makers)}" if front.decision_makers else ""
            path = f"fronts/{front.key}"
            items.append(Sentence(f"{capital(front.name)}: {'; '.join(clauses)}{gone}", (), (path,)))
        return Part((Sentence(text, (), self.paths),), tuple(items))

    def beside(self, other: Beside | None) -> Part | None:
        """How another conflict compares with this one without its fronts, and with all of them."""
        if other is None:
            return None
        differing = []
        for one in self.found.asked:
            here = [found.answers.get(one) for found in (self.found.bare, self.found.whole)]
            there = other.answers.get(one)
            if None not in (there, *here) and any(there != value for value in here):
                clause = conclusion_words(self.found, [one], there)
                differing.append(Sentence(f"There {clause}; here {self._two(one, here)}.", (), ()))
        same = f"The conflict {other.name}, asked the same, gives the same conclusions"
        if not differing:
            return Part((Sentence(f"{same} as this one without its fronts and with all of them, as far as they were settled.", (), ()),))
        return Part((Sentence(f"The conflict {other.name}, asked the same, gives other conclusions in part:", (), ()),), tuple(differing))

    def _two(self, one: Asked, values: Sequence[Value | None]) -> str:
        bare, whole = (conclusion_words(self.found, [one], value) for value in values)
        return bare if bare == whole else f"without fronts, {bare}; with all of them, {whole}"
