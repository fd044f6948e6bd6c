"""A hypergame in words: who acts on what, which states hold as the decision makers see them, and what other beliefs would do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from detente.analysis.claims.belief import BeliefCorrected, ViewChanged
from detente.analysis.hypergame.found import MOST_SHOWN, Beliefs, Effect, Key, expected_view, nearest
from detente.concepts.witness import AnyWitness, Stays, is_staying
from detente.explain.certified import certified
from detente.explain.corrections import all_corrected, differing, elements_of
from detente.explain.equilibrium import stays_line
from detente.explain.glosses import gloss
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.model.correction import corrections
from detente.model.viewpoint import viewpoint
from detente.space.sets import StateSet
from detente.text import capital, listing, plural

NAMED = 12
"""Most states of a set that are named by number."""


def account(found: Beliefs) -> Explanation:
    """Whether a state holds as the decision makers see the conflict, and what other beliefs would do there.

    Its claims have been checked before.

    Parameters
    ----------
    found
        The state with what corrections of beliefs do there.

    Examples
    --------
    >>> from detente.analysis.hypergame.beliefs import at_state
    >>> from detente.analysis.hypergame.views import Hypergame, holders
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.viewpoint import Viewpoint
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> seen = Viewpoint("v", "as A sees it", held_by=("A",), unperceived_options=("x",))
    >>> one = Conflict("one", (a,), (Option("x", "open a door", ("A",)),), status_quo=frozenset(), viewpoints=(seen,))
    >>> print(account(at_state(Hypergame(StateSpace(one), {"A": "Nash"}, holders(one)), 0)).text().partition("  State")[0].strip())
    In this model nobody would leave the status quo (state 1) under Nash, as each of them sees the
    conflict. If everybody saw it as the file writes it, it would be left, by A for state 2.
    """
    words = _Words(found)
    parts = [words.acting(), words.doing(), words.expecting(), words.otherwise(), words.single(), words.worse(), words.classes()]
    parts.append(words.certified())
    return Explanation(words.verdict(), tuple(part for part in parts if part is not None))


class _Words:
    """The sentences on one state of a hypergame."""

    def __init__(self, found: Beliefs) -> None:
        self.found, self.game = found, found.game
        self.conflict = found.game.conflict
        self.words = Words(self.game.space)
        self._seen: dict[Key, Words] = {None: self.words}
        state = self.words.state(found.state)
        self.here = state if found.state != self.game.space.status_quo else f"the status quo ({state})"

    def seen(self, key: Key) -> Words:
        """The words for the conflict as a viewpoint has it."""
        if key not in self._seen:
            self._seen[key] = Words(self.game.space_of(key))
        return self._seen[key]

    @cached_property
    def under(self) -> str:
        concepts = list(dict.fromkeys(self.game.profile[dm] for dm in self.game.parties))
        if len(concepts) == 1:
            return f"under {concepts[0]}"
        return "under " + listing(f"{self.game.profile[dm]} for {dm}" for dm in self.game.parties)

    # -- the verdict -----------------------------------------------------------------------------------------------
    def verdict(self) -> Sentence:
        """Whether it holds as seen, and whether it would as written."""
        seen, file = self.found.seen, self.found.written
        states = [self.found.state, *(to for claim in (seen, file) for witness in claim.witnesses if (to := _to(witness)) is not None)]
        if seen.holds:
            text = f"In this model nobody would leave {self.here} {self.under}, as each of them sees the conflict."
        else:
            left = self._left(seen.witnesses)
            text = f"In this model {self.here} would be left {self.under}, as the decision makers see the conflict, {left}."
        if all(key is None for key in self.game.views.values()):
            return Sentence(f"{text} Everybody acts on the conflict as the file writes it.", tuple(dict.fromkeys(states)))
        if file.holds:
            text += f" {'Nor would anybody' if seen.holds else 'Nobody would leave it'} if everybody saw it as the file writes it."
            if all(isinstance(witness, Stays) and not witness.answers for witness in (*seen.witnesses, *file.witnesses)):
                text += " In either case nobody has an improvement from it: that they stay hangs on no belief about what others prefer."
        else:
            too = "" if seen.holds else " too"
            text += f" If everybody saw it as the file writes it, it would be left{too}, {self._left(file.witnesses)}."
        return Sentence(text, tuple(dict.fromkeys(states)))

    def _left(self, witnesses: tuple[AnyWitness, ...]) -> str:
        """Who leaves, and to where."""
        return listing(f"by {witness.dm} for {self.words.state(to)}" for witness in witnesses if (to := _to(witness)) is not None)

    # -- who acts on what ------------------------------------------------------------------------------------------
    def acting(self) -> Part:
        """The state in words, and on what each of them acts."""
        lead = [Sentence(f"{capital(self.words.full(self.found.state))}.", (self.found.state,))]
        lead += [Sentence(gloss(key)) for key in dict.fromkeys(self.game.profile.values())]
        if self.conflict.viewpoint:
            lead.append(Sentence(f"Whose account the file is: {self.conflict.viewpoint}."))
        lead.append(Sentence("On what each of them acts:"))
        return Part(tuple(lead), tuple(self._acts(dm, key) for dm, key in self.game.views.items()))

    def _acts(self, dm: str, key: Key) -> Sentence:
        if key is None:
            return Sentence(f"{dm}: on the conflict as the file writes it", (), (f"decision makers/{dm}",))
        seen, made = viewpoint(self.conflict, key), corrections(self.conflict, key)
        text = f"{dm}: on the viewpoint {quoted(seen.name)}" + (f" ({seen.whose})" if seen.whose else "")
        if not made:
            return Sentence(f"{text}, which changes no preference and nothing that is perceived", (), (f"viewpoints/{key}",))
        said = "; it ".join(differing(self.conflict, key, one) for one in made)
        elements = dict.fromkeys(element for one in made for element in elements_of(self.conflict, key, one))
        return Sentence(f"{text}: it {said}", (), (f"viewpoints/{key}", *elements))

    # -- what they do ----------------------------------------------------------------------------------------------
    def doing(self) -> Part:
        """What each of them does, as seen and as written."""
        several = len(set(self.game.profile.values())) > 1
        items = []
        for dm, seen, file in zip(self.game.parties, self.found.seen.witnesses, self.found.written.witnesses, strict=True):
            key = self.game.views[dm]
            line = stays_line(self.seen(key), seen, several)
            text, states, elements = line.text, line.states, line.elements
            if key is not None and is_staying(seen) != is_staying(file):
                other = stays_line(self.words, file).text.partition(": ")[2]
                text += f"; as the file writes it: {other}"
            items.append(Sentence(text, states, elements))
        return Part((Sentence(f"What each of them would do at {self.words.state(self.found.state)}, as they see it:", ()),), tuple(items))

    def expecting(self) -> Part | None:
        """What they expect of each other that is not so."""
        items, does = [], {witness.dm: witness for witness in self.found.seen.witnesses}
        for dm, claim in self.found.expected.items():
            for witness in claim.witnesses:
                if is_staying(witness) == is_staying(does[witness.dm]):
                    continue
                view = expected_view(self.conflict, self.game.views, dm, witness.dm)
                on = "" if view == self.game.views[dm] else f", believing that {witness.dm} acts on {self._view(view)}"
                wrong = (
                    f"{witness.dm} to stay{on}; {witness.dm} would leave" if is_staying(witness)
                    else f"{witness.dm} to leave for {self.words.state(_to(witness) or 0)}{on}; {witness.dm} would stay"
                )  # fmt: skip
                items.append(Sentence(f"{dm} expects {wrong}", (self.found.state,), () if view is None else (f"viewpoints/{view}",)))
        if not self.found.expected:
            return None
        if not items:
            return Part((Sentence("At that state nobody is mistaken about who would stay and who would leave."),))
        return Part((Sentence("What some of them expect of others at that state, and the others would not do:"),), tuple(items))

    def _view(self, key: Key) -> str:
        return "the conflict as the file writes it" if key is None else f"the viewpoint {quoted(viewpoint(self.conflict, key).name)}"

    # -- what other beliefs would do -------------------------------------------------------------------------------
    def otherwise(self) -> Part:
        """What it would do that one of them saw the conflict in another way."""
        changing = [effect for effect in self.found.whole if effect.claim is not None]
        way = "who came to see the conflict in another way (as the file writes it, or as another of its viewpoints has it)"
        lead = [Sentence("What one of them would do depends on how they see the conflict, and not on how the others see it.")]
        if not changing:
            lead.append(Sentence(f"None of them would do otherwise at that state {way}."))
            return Part(tuple(lead))
        lead.append(Sentence(f"At that state one of them would do otherwise {way}:"))
        return Part(tuple(lead), tuple(self._changed(effect) for effect in changing))

    def _changed(self, effect: Effect) -> Sentence:
        claim = effect.claim
        assert claim is not None
        how = f"if {effect.dm} saw it as {self._as(effect)}"
        return self._does(how, claim, effect.to, () if effect.to is None else (f"viewpoints/{effect.to}",))

    def _as(self, effect: Effect) -> str:
        """In which way, and whether that has what they themselves want otherwise."""
        key = effect.to
        how = "the file writes it" if key is None else f"the viewpoint {quoted(viewpoint(self.conflict, key).name)} has it"
        return how + (f", which puts otherwise what {effect.dm} itself wants" if effect.own else "")

    def _does(self, how: str, claim: BeliefCorrected | ViewChanged, key: Key, elements: tuple[str, ...]) -> Sentence:
        """What a decision maker does once they see the conflict otherwise, and what that is for the others."""
        dm, state = claim.before.dm, self.found.state
        to = _to(claim.after)
        if to is None:
            return Sentence(f"{how}, {dm} would stay at {self.words.state(state)}", (state,), elements)
        text = f"{how}, {dm} would leave for {self.words.state(to)}, {self.words.by(state, to, dm)}"
        others = self._for_others(dm, state, to)
        return Sentence(f"{text} ({others})" if others else text, (state, to), (*elements, *self.words.options(state, to, dm)))

    def _for_others(self, dm: str, state: int, to: int) -> str:
        """What a change of state is for the others, each by the preference on which they act."""
        effects: dict[str, list[str]] = {}
        for other in self.game.parties:
            if other != dm:
                effects.setdefault(self.seen(self.game.views[other]).effect(other, state, to), []).append(other)
        return "; ".join(
            f"{effect} for {listing(effects[effect])}" for effect in ("a gain", "neither gain nor loss", "a loss") if effect in effects
        )

    def single(self) -> Part | None:
        """The minimal sets of elements whose correction changes what their holder does."""
        if not self.found.limits:
            return None
        claims = [effect.claim for effect in self.found.single if isinstance(effect.claim, BeliefCorrected)]
        items = [self._corrected(claim) for claim in (*claims, *self.found.sets)]
        counted = []
        for limit in self.found.limits:
            count, dm = self.found.elements[limit.before.dm], limit.before.dm
            every = "every set of them was tried" if limit.most >= count else f"every set of up to {limit.most:,} of them was tried"
            counted.append(f"{plural(count, 'element')} for {dm} ({every})")
        lead = f"In single elements, viewpoints differ from the file in {listing(counted)}."
        if not items:
            return Part((Sentence(f"{lead} None of these sets changes what they do at that state."),))
        lead += " The minimal sets of elements that change what they do at that state, if they are seen as the file writes them:"
        return Part((Sentence(lead),), tuple(items))

    def _corrected(self, claim: BeliefCorrected) -> Sentence:
        elements = dict.fromkeys(element for one in claim.made for element in elements_of(self.conflict, claim.view, one))
        how = f"if {claim.before.dm} {all_corrected(self.conflict, claim.view, claim.made)}"
        return self._does(how, claim, claim.view, tuple(elements))

    # -- what would be worse ---------------------------------------------------------------------------------------
    def worse(self) -> Part | None:
        """What changes of belief do to the state and to those better for everybody; of the status quo, which make a standstill worse."""
        binding = [claim for claim in self.found.sets if not claim.breaks]
        if not self.found.effects and not binding:
            return None
        told = (effect for effect in self.found.effects if not effect.made or self.found.elements[effect.dm] > 1)
        items = [sentence for effect in told if (sentence := self._cost(effect)) is not None]
        items += [self._binding(claim) for claim in binding]
        lead = self._better() + self._worse(bool(binding), bool(items))
        return Part((Sentence(lead, (self.found.state, *nearest(self.found.ways_out, self.found.state)[:NAMED])),), tuple(items))

    def _better(self) -> str:
        """How many states are better for everybody, and which of them hold."""
        ways, better = self.found.ways_out, self.found.better
        everybody = f"better than {self.here} for everybody, each by the preference on which they act"
        if not better:
            return f"No state is {everybody}."
        which = f"{ways.count or 'none'} of them {'holds' if ways.count == 1 else 'hold'} as they see the conflict"
        which = which if better.count > 1 else f"it {'holds' if ways else 'does not hold'} as they see the conflict"
        are = f"{plural(better.count, 'state')} {'is' if better.count == 1 else 'are'} {everybody}, and {which}"
        return are + (f"{self._which(ways)}." if ways else ".")

    def _which(self, ways: StateSet) -> str:
        """Which states those are that were counted just before."""
        named = nearest(ways, self.found.state)
        if len(named) <= NAMED:
            return f": {self.words.states(sorted(named, key=self.game.space.number))}"
        return f" (among them {listing(self.words.number(one) for one in named[:3])})"

    def _worse(self, binding: bool, items: bool) -> str:
        """What the list that follows holds."""
        ways = self.found.ways_out
        if not self._marks:
            return f" What changes of belief do to it{' and to these' if self.found.better else ''}:" if items else ""
        if binding or any(effect.worse(ways) for effect in self.found.effects):
            return " What makes the standstill worse is marked so:"
        binds = "nobody who would leave that state comes to stay at it"
        if self.found.seen.holds:
            binds = "nobody would leave that state to begin with"
        kept = ", and some state better for everybody goes on to hold" if ways else ""
        return f" None of these changes of belief makes the standstill worse: {binds}{kept}."

    @property
    def _marks(self) -> bool:
        """Whether it is told what is worse: of the status quo, and not of a state that may be wanted."""
        return self.found.state == self.game.space.status_quo

    def _cost(self, effect: Effect) -> Sentence | None:
        """What one change of belief does to the states better for everybody, and whether it binds anybody to the state."""
        said = [f"{effect.dm} would no longer leave {self.words.state(self.found.state)}"] if effect.binds else []
        if effect.lost:
            said.append(f"{self._some(effect.lost)} would no longer hold")
        if effect.gained:
            said.append(f"{self._some(effect.gained)} would come to hold")
        if not said:
            return None
        how = f"saw it as {self._as(effect)}" if not effect.made else all_corrected(self.conflict, effect.view or "", effect.made)
        mark = "worse: " if self._marks and effect.worse(self.found.ways_out) else ""
        states = (*nearest(effect.lost, self.found.state)[:NAMED], *nearest(effect.gained, self.found.state)[:NAMED])
        return Sentence(f"{mark}if {effect.dm} {how}, {listing(said)}", states)

    def _binding(self, claim: BeliefCorrected) -> Sentence:
        """That several corrections together bind somebody to the state."""
        how = all_corrected(self.conflict, claim.view, claim.made)
        elements = dict.fromkeys(element for one in claim.made for element in elements_of(self.conflict, claim.view, one))
        here = self.words.state(self.found.state)
        text = f"if {claim.before.dm} {how}, {claim.before.dm} would no longer leave {here}"
        return Sentence(f"worse: {text}" if self._marks else text, (self.found.state,), tuple(elements))

    def _some(self, states: StateSet) -> str:
        """States by number; of many the nearest ones."""
        named = nearest(states, self.found.state)
        if len(named) <= NAMED:
            return self.words.states(sorted(named, key=self.game.space.number))
        return f"{plural(len(named), 'state')} (among them {listing(self.words.number(one) for one in named[:3])})"

    def certified(self) -> Part:
        """What was checked, and what was only worked out."""
        here = self.words.state(self.found.state)
        checked = [f"who stays at {here}, as they see the conflict, as the file writes it, and as they expect of each other"]
        checked += [f"what changes of belief do at {here}", f"which states are better than {here} for everybody"]
        worked_out = ["which of all states hold"]
        shown = [count for one in self.found.effects for count in (one.lost.count, one.gained.count)]
        if any(shown):
            most = "" if max(shown) <= MOST_SHOWN else f", for up to {MOST_SHOWN} states of each change"
            checked.append(f"which of these no longer hold or come to hold after a change of belief{most}")
        if self.found.better:
            worked_out.append("that changes of belief do nothing else to those better for everybody")
        return certified(checked, worked_out)

    # -- all states ------------------------------------------------------------------------------------------------
    def classes(self) -> Part:
        """Which states hold as they are seen, and which as they are written."""
        return Part((Sentence(f"The states of the whole conflict that nobody would leave {self.under}:"),), tuple(self._classes()))

    def _classes(self) -> Iterator[Sentence]:
        for said, states in (
            ("nobody leaves, as each of them sees the conflict, nor if everybody saw it as the file writes it", self.found.survives),
            (
                "nobody leaves, as each of them sees the conflict; somebody would if everybody saw it as the file writes it",
                self.found.breaks,
            ),
            ("somebody leaves, as they see the conflict; nobody would if everybody saw it as the file writes it", self.found.missed),
        ):
            named = nearest(states, self.found.state)[:NAMED]
            yield Sentence(f"{said}: {self._some(states) if states else 'no state'}", named)
        for dm in self.game.parties if self.found.holds else ():
            if unforeseen := self.found.holds - self.found.foreseen[dm]:
                named = nearest(unforeseen, self.found.state)[:NAMED]
                said = f"nobody leaves, as each of them sees the conflict, though in the eyes of {dm} somebody would"
                yield Sentence(f"{said}: {self._some(unforeseen)}", named)


def _to(witness: AnyWitness) -> int | None:
    """Where somebody leaves to; None if they stay."""
    to: int | None = getattr(witness, "improvement", None)
    return to
