"""Viewpoints compared, in words: what all share, in what they differ, which conclusions hang on that, and on which single element."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from detente.analysis.fronts.found import Value as FrontValue
from detente.analysis.viewpoints.found import Compared, Effect, Topic, Trial, Value, View, says
from detente.explain.certified import conclusions_certified, kept_shown
from detente.explain.corrections import differing, elements_of
from detente.explain.fronts import conclusion_words
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.topics import CONCLUDED, topic_answer, topic_question
from detente.explain.words import Words
from detente.model.conflict import Conflict
from detente.model.correction import Correction
from detente.model.formula import written
from detente.model.viewpoint import viewpoint
from detente.text import capital, listing, plural

LISTED = 12
"""Most states that are named as holding in all."""
EFFECTS: tuple[Effect, ...] = ("decides", "enough", "needed")
"""What a single element may do, in the order in which it is told."""


def account(found: Compared) -> Explanation:
    """What a conflict and its viewpoints have in common, in what they differ, and what hangs on it.

    Parameters
    ----------
    found
        The conclusions on the conflict as it is written and as its viewpoints have it.

    Examples
    --------
    >>> from detente.analysis.viewpoints.compare import compare_viewpoints
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> seen = Viewpoint("v", "as A sees it")
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset(), viewpoints=(seen,))
    >>> print(account(compare_viewpoints(one, {"A": "SEQ"})).verdict)
    All 8 conclusions that are compared are the same as the file writes the conflict and in its viewpoint.
    """
    words = _Words(found)
    alike = (words.surviving(), words.sourced())
    parts = [words.shared(), *words.differences(), *alike, words.asked_apart(), words.hanging(), words.deciding(), words.holding()]
    parts += [words.open(), words.certified()]
    return Explanation(words.verdict(), tuple(part for part in parts if part is not None))


def topic_label(topic: Topic, conflict: Conflict | None = None) -> str:
    """A conclusion (`topic`) in a few words, for tables; what the sources of a conflict conclude in their words, if it is given.

    >>> topic_label(Topic("holds", concept="SEQ")), topic_label(Topic("state", name="deal"))
    ('the status quo holds under SEQ', '“deal” holds')
    """
    among = "" if topic.where is None else f", with “{written(topic.where)}”"
    match topic.kind:
        case "holds":
            return f"the status quo holds under {topic.concept}"
        case "type":
            return "the first type of deadlock"
        case "gain":
            return f"something is better for everybody{among}"
        case "kept gain":
            return f"something better also holds{among}"
        case "red lines":
            return f"red lines that exclude what is better{among}"
        case "state":
            return f"“{topic.name}” holds"
        case "onward":
            return f"a group can go on from “{topic.name}”"
        case "concluded":
            said = f", “{conflict.conclusions[topic.place - 1].says}”" if conflict is not None and topic.place else ""
            return f"conclusion {topic.place} of the sources" if not said else f"conclusion {topic.place}{said}"


def value_label(value: bool | str | Collection[object] | None, unknown: str = "?") -> str:
    """The value of a conclusion in a word, for tables; `unknown` for None.

    >>> value_label(True), value_label(None), value_label("")
    ('yes', '?', 'none')
    """
    if value is None:
        return unknown
    if isinstance(value, bool):
        return "yes" if value else "no"
    return {"-": "not stuck", "": "none"}.get(value, value) if isinstance(value, str) else plural(len(value), "set")


class _Words:
    """The sentences on one comparison."""

    def __init__(self, found: Compared) -> None:
        self.found, self.conflict = found, found.conflict
        self.others = [view for view in found.views if view.key is not None]
        self.told = found.told
        self.same = {topic: found.same(topic) for topic in self.told}
        self.apart = [topic for topic in self.told if self.same[topic] and not found.everywhere(topic)]

    # -- names -----------------------------------------------------------------------------------------------------
    def every(self) -> str:
        """All that are compared."""
        count, all_of_them = len(self.others), len(self.others) == len(self.conflict.viewpoints)
        if count == 1:
            return "as the file writes the conflict and in " + ("its viewpoint" if all_of_them else f"“{self.others[0].key}”")
        return f"as the file writes the conflict and in each of {'its' if all_of_them else 'these'} {count} viewpoints"

    def among(self, views: Sequence[View]) -> str:
        """Where something is concluded: "as the file writes the conflict, and in ..."."""
        named = [f"“{view.key}”" for view in views if view.key is not None]
        file = any(view.key is None for view in views)
        inside = f"in {listing(named)}" if named else ""
        return "as the file writes the conflict" + (f" and {inside}" if named else "") if file else inside

    def clause(self, topics: Sequence[Topic], value: Value | None) -> str:
        """A conclusion, or several alike on concepts, with its value."""
        one, under = topics[0], listing(dict.fromkeys(self.found.profile.values()))
        if one.kind == "state":
            return f"the state “{one.name}” {'holds' if value else 'does not hold'} under {under}"
        if one.kind == "onward":
            group = "some group" if value else "no group"
            return f"from “{one.name}” {group} can go on to a state that all of it prefer and that holds under {under}"
        if one.kind == "concluded":
            said = self.conflict.conclusions[(one.place or 1) - 1].says
            return f"what the sources conclude, “{said}”, {CONCLUDED[str(value)]}"
        if isinstance(value, frozenset):
            among = "" if one.where is None else f" among the states with “{written(one.where)}”"
            sets = "; or ".join(
                listing(f"“{condition}” of {dm}" if dm else condition for dm, condition in lines) for lines in sorted(value)
            )
            if not value:
                return f"without red lines nothing{among} would be better for everybody either"
            return f"what excludes all that would be better for everybody{among} are the red lines {sets}"
        plain: FrontValue | None = value
        asked = [found for topic in topics if (found := topic.asked) is not None]
        return conclusion_words(self.found, asked, plain)

    # -- the verdict -----------------------------------------------------------------------------------------------
    def verdict(self) -> Sentence:
        """How many conclusions are the same in all."""
        paths = tuple(f"viewpoints/{view.key}" for view in self.others)
        number = len(self.told) - len(self.apart)
        kept = sum(same is True for same in self.same.values()) - len(self.apart)
        hang = sum(same is False for same in self.same.values())
        open_ones = number - kept - hang
        if kept == number:
            return Sentence(f"All {plural(number, 'conclusion')} that are compared are the same {self.every()}.", (), paths)
        text = f"Of {plural(number, 'conclusion')} that are compared {kept:,} {'is' if kept == 1 else 'are'} the same {self.every()}"
        text += f", and {hang:,} {'hangs' if hang == 1 else 'hang'} on the viewpoint" if hang else ""
        text += f"; for {open_ones:,} it was not settled" if open_ones else ""
        return Sentence(f"{text}.", (), paths)

    # -- elements --------------------------------------------------------------------------------------------------
    def shared(self) -> Part:
        """What no viewpoint puts otherwise."""
        touched = {one.party for view in self.others for one in view.differs if one.party is not None}
        plain = [dm.key for dm in self.conflict.decision_makers if dm.key not in touched]
        text = "A viewpoint changes no option, no rule and not the status quo: these are the same for all."
        if plain:
            text += f" What {listing(plain)} {'wants' if len(plain) == 1 else 'want'} is the same in the file and in every viewpoint."
        if equal := [f"“{view.key}”" for view in self.others if view.key is not None and not view.differs]:
            text += (
                f" {listing(equal)} {'differs' if len(equal) == 1 else 'differ'} from the file in no element that counts in an analysis."
            )
        items = [item for dm in self.conflict.decision_makers if dm.key in touched for item in self._kept(dm.key)]
        return Part((Sentence(text, (), ()),), tuple(items))

    def _kept(self, party: str) -> Iterable[Sentence]:
        """The statements of a decision maker that stand in every viewpoint."""
        dm = self.conflict.decision_maker(party)
        statements = dm.preference.statements() if dm.preference is not None else ()
        moved = {
            (one.formula, one.degree) for view in self.others for one in view.differs if one.party == party and one.kind == "statement"
        }
        whole = any(one.party == party and one.kind == "preference" for view in self.others for one in view.differs)
        left = [(place, one) for place, one in enumerate(statements, start=1) if (one.when, one.degree) not in moved]
        if not statements or whole or not left:
            return
        said = "; ".join(f"“{(one.says or written(one.when)).rstrip('.')}”" for _, one in left)
        count, every = len(left), len(left) == len(statements)
        all_of_them = f"all {count:,} statements" if count > 2 else "both statements" if count > 1 else "the only statement"
        many = all_of_them if every else f"{count:,} of the {len(statements):,} statements"
        stand = "stand in every viewpoint, in the same order" if count > 1 else "stands in every viewpoint"
        paths = tuple(f"decision makers/{party}/prefers/{place}" for place, _ in left)
        yield Sentence(f"Of {party} {many} of the file {stand}: {said}", (), paths)

    def differences(self) -> Iterable[Part]:
        """For each viewpoint the elements in which it differs from the file."""
        for view in self.others:
            if view.key is None or not view.differs:
                continue
            seen = viewpoint(self.conflict, view.key)
            about = [part for part in (seen.whose, f"held by {listing(seen.held_by)}" if seen.held_by else None) if part]
            named = seen.name != seen.key
            head = f"“{seen.key}”" + (f", {seen.name}" if named else "") + (f" ({'; '.join(about)})" if about else "")
            lead = f"{head}{',' if named else ''} differs from the file in {plural(len(view.differs), 'element')}:"
            yield Part((Sentence(lead, (), (f"viewpoints/{seen.key}",)),), tuple(self._difference(seen.key, one) for one in view.differs))

    def _difference(self, key: str, one: Correction) -> Sentence:
        return Sentence(f"It {differing(self.conflict, key, one)}", (), elements_of(self.conflict, key, one))

    # -- conclusions -----------------------------------------------------------------------------------------------
    def groups(self, topics: Iterable[Topic]) -> list[list[Topic]]:
        """Conclusions, on concepts together where they go together."""

        def alike(one: Topic) -> tuple[object, ...]:
            return (one.kind, *(str(view.value(one)) for view in self.found.views)) if one.kind == "holds" else (one,)

        return [list(group) for _, group in groupby(topics, key=alike)]

    def surviving(self) -> Part | None:
        """The conclusions that are the same in all."""
        items = []
        alike = (topic for topic in self.told if self.same[topic] and topic.kind != "concluded" and topic not in self.apart)
        for group in self.groups(alike):
            clause = self.clause(group, self.found.views[0].value(group[0]))
            items.append(Sentence(capital(clause), (), ()))
        lead = f"The same {self.every()}:"
        return Part((Sentence(lead, (), ()),), tuple(items)) if items else None

    def asked_apart(self) -> Part | None:
        """The conclusions that are not asked in all, and the same where they are."""
        items = []
        for topic in self.apart:
            views = [view for view in self.found.views if self.found.applies(view, topic)]
            clause = self.clause([topic], views[0].value(topic))
            items.append(Sentence(f"{capital(clause)} ({self.among(views)})", (), ()))
        lead = "Asked only where it says something, and not counted above:"
        return Part((Sentence(lead, (), ()),), tuple(items)) if items else None

    def sourced(self) -> Part | None:
        """The conclusions of the sources that stand in the same way to the model in all; which ones are not compared."""
        conclusions, items = self.conflict.conclusions, []
        for topic in self.told:
            if topic.kind == "concluded" and self.same[topic]:
                said = conclusions[(topic.place or 1) - 1].says
                items.append(Sentence(f"“{said}”: {CONCLUDED[str(self.found.views[0].value(topic))]}", (), ()))
        compared = {topic.place for topic in self.told if topic.kind == "concluded"}
        lead = (
            f"What the sources conclude, and stands in the same way to the model {self.every()}:" if items else "What the sources conclude:"
        )
        left = [one for place, one in enumerate(conclusions, start=1) if place not in compared and one.kind != "outside"]
        search = "as what turns on somebody takes a search of its own (detente answer)"
        for why, ones in (
            (search, [one for one in left if one.kind == "turns on"]),
            ("as the states are not listed", [one for one in left if one.kind != "turns on"]),
        ):
            if ones:
                items.append(Sentence(f"not compared here, {why}: {listing(f'“{one.says}”' for one in ones)}", (), ()))
        return Part((Sentence(lead, (), ()),), tuple(items)) if items else None

    def hanging(self) -> Part | None:
        """The conclusions that are not the same in all, and where which is drawn."""
        items = []
        for group in self.groups(topic for topic in self.told if self.same[topic] is False):
            views: dict[Value | None, list[View]] = {}
            for view in self.found.views:
                if self.found.applies(view, group[0]):
                    views.setdefault(view.value(group[0]), []).append(view)
            text = "; ".join(f"{topic_answer(group[0], value)} {self.among(those)}" for value, those in views.items())
            items.append(Sentence(f"{topic_question(self.found, group)}: {text}", (), ()))
        return Part((Sentence("These hang on the viewpoint:", (), ()),), tuple(items)) if items else None

    # -- single elements -------------------------------------------------------------------------------------------
    def deciding(self) -> Part | None:
        """For each viewpoint with other conclusions, what single elements do."""
        items = [item for view in self.others for item in self._decisions(view)]
        lead = (
            "Each element in which these viewpoints differ was tried by itself: put into the file's conflict as the viewpoint has it, and "
            "put into the viewpoint as the file has it."
        )
        return Part((Sentence(lead, (), ()),), tuple(items)) if items else None

    def _decisions(self, view: View) -> Iterable[Sentence]:
        """What single elements of a viewpoint do: conclusions together where the same elements do the same."""
        trials = [trial for trial in self.found.trials if trial.viewpoint == view.key]
        alike: dict[tuple[Effect | None, ...], list[list[Topic]]] = {}
        for group in self.groups(self.found.disputed(view)):
            alike.setdefault(tuple(self.found.effect(one, group[0]) for one in trials), []).append(group)
        for effects, groups in alike.items():
            yield self._decided(
                view, groups, {effect: [o for o, e in zip(trials, effects, strict=True) if e == effect] for effect in EFFECTS}
            )

    def _decided(self, view: View, groups: list[list[Topic]], effects: Mapping[Effect, list[Trial]]) -> Sentence:
        """What single elements of a viewpoint do to some of its conclusions, alike to all of them."""
        assert view.key is not None
        key, tried = view.key, [trial for trial in self.found.trials if trial.viewpoint == view.key]
        clauses = [self.clause(group, view.value(group[0])) for group in groups]
        paths = tuple(dict.fromkeys(p for those in effects.values() for one in those for p in elements_of(self.conflict, key, one.element)))
        said = [self._effect(key, effect, those, len(groups) > 1) for effect, those in effects.items() if those]
        missed = sum(one.alone is None or one.without is None for one in tried) + len(view.differs) - len(tried)
        if missed:
            said.append(f"{plural(missed, 'element')} of it could not be tried in the time allowed on both sides.")
        elif not said:
            said.append(f"No single one of its {plural(len(tried), 'element')} makes the difference: what does, does so together.")
        if len(clauses) > 1:
            numbered = "; ".join(f"({place}) {clause}" for place, clause in enumerate(clauses, start=1))
            return Sentence(f"In “{key}” {len(clauses)} conclusions go together: {numbered}. {' '.join(said)}", (), paths)
        return Sentence(f"In “{key}” {clauses[0]}. {' '.join(said)}", (), paths)

    def _effect(self, key: str, effect: Effect, trials: list[Trial], many: bool) -> str:
        """What elements of a viewpoint do, each by itself, to one conclusion or to `many`."""
        name, does = f"“{key}”", [f"“{key}” {differing(self.conflict, key, one.element)}" for one in trials]
        several = len(does) > 1
        what = "; ".join(f"({chr(96 + place)}) {one}" for place, one in enumerate(does, start=1)) if several else does[0]
        head = f"Each of {len(does)} elements" if several else "One element"
        any_one, this = "any one of them" if several else "it", "all of them" if many else "this"
        both = f"With {any_one} as in {name}, the file gives the same"
        match effect:
            case "decides":
                head += f" decides {this} by itself" if several else f" decides {this}"
                return f"{head}: {what}. {both}; with {any_one} as in the file, {name} gives what the file gives."
            case "enough":
                return f"{head} is enough for {this}: {what}. {both}; with {any_one} as in the file, {name} does so still."
            case "needed":
                only = f"with {any_one} as in {name}, the file does not give the same"
                return f"{head} is needed for {this}: {what}. With {any_one} as in the file, {name} gives what the file gives; {only}."

    # -- states ----------------------------------------------------------------------------------------------------
    def holding(self) -> Part | None:
        """How many states hold in each, and in all."""
        sets = [(view, view.concluded.equilibria) for view in self.found.views if view.concluded is not None]
        if len(sets) < len(self.found.views) or any(held is None for _, held in sets):
            return None
        words = Words(self.found.written.concluded.space) if self.found.written.concluded is not None else None
        common = None
        for _, held in sets:
            common = held if common is None else common & held if held is not None else common
        if common is None or words is None:
            return None
        under = listing(dict.fromkeys(self.found.profile.values()))
        counts = listing(f"{'the file' if view.key is None else f'“{view.key}”'} {held.count:,}" for view, held in sets if held is not None)
        all_of_them = (
            "none holds in all of them" if not common else f"{common.count:,} {'holds' if common.count == 1 else 'hold'} in all of them"
        )
        text = f"States that hold under {under}: {counts}; {all_of_them}"
        shown = tuple(common.each()) if common.count <= LISTED else ()
        text += f": {listing([words.state(state) for state in shown])}" if shown else ""
        return Part((Sentence(f"{text}.", shown, ()),))

    def certified(self) -> Part | None:
        """What was checked, and what was only worked out; None where nothing was looked at."""
        made = [view.concluded for view in self.found.views if view.concluded is not None]
        made += [side for trial in self.found.trials for side in (trial.alone, trial.without) if side is not None]
        if not made:
            return None
        answered = [(topic.kind, value) for one in made for topic, value in one.answers.items() if says(one, topic)]
        listed = all(one.equilibria is not None for one in made)
        kept = all(kept_shown(one.answers, one.claims) for one in made)
        more = ("which states hold, and how many",) if self.holding() is not None else ()
        return conclusions_certified(answered, self.found.profile.values(), listed=listed, kept=kept, more=more)

    def open(self) -> Part | None:
        """What was not settled, and why."""
        lead = []
        for view in self.found.views:
            if view.concluded is None:
                name = "The file's conflict" if view.key is None else f"“{view.key}”"
                lead.append(f"{name} could not be looked at ({view.reason}).")
        unsettled = [topic for topic in self.told if self.same[topic] is None]
        if unsettled and not lead:
            lead.append(f"Of {plural(len(unsettled), 'conclusion')} it was not settled in the time allowed; --time allows more.")
        return Part((Sentence(" ".join(lead), (), ()),)) if lead else None
