"""Does somebody stay at a state under every completion of what is known of preferences, under some, or under none?

Two bounds answer most questions: who stays by what is certain stays under every completion, and who leaves by what may be leaves under
every one.  With Nash, GMR and SMR nothing lies between.  With SEQ and SSEQ the answers of the others have to be
credible under one and the same completion, and what lies between takes a search: some comparison on which the verdict may hang is supposed,
and its contrary, until each case is settled.  The search leaves nothing out, and says so where it was not finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from detente.analysis.claims.completions import Cases, InSome, Split, Throughout
from detente.analysis.completions.found import Settled
from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Relations
from detente.concepts.readings.unknown import Certain, Conceivable, supposing
from detente.concepts.registry import concept
from detente.concepts.witness import Answer, Leaves, Stays, Witness
from detente.engines.single import SingleEngine
from detente.errors import Cannot
from detente.preference.known import Known, Supposed, known
from detente.space.states import StateSpace

MOST_CASES = 2_000
"""Most cases that are looked at for one question, unless told otherwise."""

ASKED = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
"""Keys of the concepts under which completions can be asked about."""

Supposition = tuple[Supposed, ...]


class Settler:
    """Settles questions about one space; keeps the moves that it has looked up.

    Parameters
    ----------
    space
        The space.
    most
        Most cases for one question.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.pairs import PairStatement
    >>> one = DecisionMaker("A", "A", pairs=(PairStatement("unknown", Taken("x"), Not(Taken("x"))),))
    >>> space = StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),)))
    >>> found = Settler(space).settle(0, {"A": "SEQ"})
    >>> found.always, found.sometimes, found.stays.supposed
    (False, True, (Supposed(dm='A', state=1, over=0, prefers=False),))
    """

    def __init__(self, space: StateSpace, most: int = MOST_CASES) -> None:
        self.space, self.most = space, most
        self._known = {dm: known(space, dm) for dm in space.masks}
        self._engine = _Supposing(space, self._known)
        pairs = [(concept, certain) for concept in map(askable, ASKED) for certain in (True, False)]
        self._supposing = {(concept.key, certain): supposing(concept, certain=certain) for concept, certain in pairs}

    def settle(self, state: int, behaviour: Mapping[str, str], *, fewest: bool = True) -> Settled:
        """Whether decision makers stay at a state, each under their own concept, under every completion and under some.

        Parameters
        ----------
        state
            The state.
        behaviour
            For each decision maker in question (key) the concept (key).
        fewest
            Whether suppositions are left out as long as the rest is enough.

        Raises
        ------
        Cannot
            S345 for a concept that is not one of improvements and answers.
        """
        asked = {dm: askable(key) for dm, key in behaviour.items()}
        pairs = tuple(behaviour.items())
        first = _Search(self, state, asked, wanted=False, fewest=fewest)
        leaves = first.run()
        cases = first.looked
        if isinstance(leaves, Throughout):
            return Settled(state, pairs, True, True, leaves, None, cases)
        assert leaves is None or isinstance(leaves, InSome)
        second = _Search(self, state, asked, wanted=True, fewest=fewest)
        stays = second.run()
        sometimes = None if stays is None else isinstance(stays, InSome)
        always = None if leaves is None and sometimes is not False else False
        return Settled(state, pairs, always, sometimes, stays, leaves, cases + second.looked)

    def verdict(self, concept: SolutionConcept, dm: str, state: int, *, certain: bool, knowns: Mapping[str, Known]) -> Witness:
        """The verdict by what is certain, or by what may be, where the known comparisons are as given (`knowns`, by key)."""
        self._engine.ask(knowns, certain=certain)
        return self._engine.witness(self._supposing[concept.key, certain], dm, state)

    @property
    def knowns(self) -> dict[str, Known]:
        """What is known of each decision maker, with nothing supposed."""
        return dict(self._known)

    def open_in(self, witness: Witness, concept: SolutionConcept, knowns: Mapping[str, Known]) -> Iterator[Supposed]:
        """The comparisons on which a verdict hangs and that are open, each as the verdict takes it.

        With all of them supposed a witness of staying by what may be shows staying by what is certain; likewise one of leaving.
        """
        for one in self._used(witness, concept):
            if knowns[one.dm].is_open(one.state, one.over):
                yield one

    def _used(self, witness: Witness, concept: SolutionConcept) -> Iterator[Supposed]:
        dm, origin = witness.dm, witness.state
        credible = concept.answers == "improving"
        if isinstance(witness, Stays):
            answers = [answer for answer in witness.answers if isinstance(answer, Answer)]
            answered = {answer.improvement for answer in answers}
            yield from (Supposed(dm, t, origin, False) for t in self._engine.moves(dm, origin) if t not in answered)
            for answer in answers:
                now = answer.improvement
                for step in answer.steps:
                    if credible:
                        yield Supposed(step.mover, step.to, now, True)
                    now = step.to
                yield from (Supposed(dm, u, origin, False) for u in (now, *answer.escapes))
            return
        yield Supposed(dm, witness.improvement, origin, True)
        for case in witness.reached:
            yield Supposed(dm, case.state if case.escape is None else case.escape, origin, True)
        if credible:
            yield from self._blocked(witness)

    def _blocked(self, witness: Leaves) -> Iterator[Supposed]:
        """For each state that the others reach, the moves that they do not make from there."""
        movers = [dm for dm in self.space.masks if dm != witness.dm]
        last = {case.state: case.last for case in witness.reached}
        for now in dict.fromkeys((witness.improvement, *last)):
            for mover in movers:
                if now == witness.improvement or last[now] != (mover,):
                    yield from (Supposed(mover, to, now, False) for to in self._engine.moves(mover, now))


def askable(key: str) -> SolutionConcept:
    """The concept with a key, if completions can be asked about under it.  Raises `Cannot` (S345) if not.

    >>> askable("SEQ").key
    'SEQ'
    """
    found = concept(key)
    if found.key not in ASKED:
        message = f"what holds under every completion is worked out for Nash, GMR, SMR, SEQ and SSEQ, not for {found.key}"
        raise Cannot.of("S345", message, value=found.key, help="ask under one of these")
    return found


class _Supposing(SingleEngine):
    """The single engine, with what is known given to it for each question; it keeps which steps are certain, and which may be."""

    def __init__(self, space: StateSpace, knowns: Mapping[str, Known]) -> None:
        super().__init__(space)
        self._first, self._knowns, self._certain = dict(knowns), dict(knowns), True
        self._read: dict[str, Relations] = {}
        self._arcs: dict[tuple[str, int], tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def ask(self, knowns: Mapping[str, Known], *, certain: bool) -> None:
        """Answer from now on by what is certain, or by what may be, where the known comparisons are as given."""
        self._knowns, self._certain = dict(knowns), certain
        self._read = {key: Certain(one) if certain else Conceivable(one) for key, one in knowns.items()}

    def relations(self, concept: SolutionConcept, dm: str) -> Relations:
        """What was asked for."""
        return self._read[dm]

    def steps(self, concept: SolutionConcept, dm: str, state: int) -> tuple[int, ...]:
        """The moves that count as answers; with nothing supposed of somebody as they were found before."""
        if concept.answers != "improving":
            return self.moves(dm, state)
        if (dm, state) not in self._arcs:
            first = self._first[dm]
            may = tuple(t for t in self.moves(dm, state) if not first.certainly_no_worse(state, t))
            self._arcs[dm, state] = tuple(t for t in may if first.certainly_better(t, state)), may
        certain, may = self._arcs[dm, state]
        if self._knowns[dm] is self._first[dm] or len(certain) == len(may):
            return certain if self._certain else may
        return tuple(t for t in may if t in certain or self._read[dm].steps(t, state))


class _Search:
    """One question: is there a completion under which all stay (`wanted`), or under which somebody leaves?"""

    def __init__(self, settler: Settler, state: int, asked: Mapping[str, SolutionConcept], *, wanted: bool, fewest: bool = True) -> None:
        self.settler, self.state, self.asked, self.wanted, self.fewest = settler, state, asked, wanted, fewest
        self.looked = 0

    def run(self) -> InSome | Throughout | None:
        """What shows that there is one, or that there is none; None where the cases are too many."""
        behaviour = tuple((dm, under.key) for dm, under in self.asked.items())
        found = self._look(self.settler.knowns, ())
        if found is None:
            return None
        if isinstance(found, _Found):
            supposed, witnesses = self._fewest(found) if self.fewest else (found.supposed, found.witnesses)
            return InSome(self.state, behaviour, self.wanted, supposed, witnesses)
        return Throughout(self.state, behaviour, not self.wanted, found.cases)

    def _look(self, knowns: dict[str, Known], supposed: Supposition) -> _Found | _None | None:
        """What is found among the completions that agree with what is supposed."""
        if self.looked >= self.settler.most:
            return None
        self.looked += 1
        shown = self._shown(knowns, wanted=not self.wanted)
        if shown is not None:
            return _None(shown)
        if (witnesses := self._shown(knowns, wanted=self.wanted)) is not None:
            return _Found(supposed, witnesses)
        hinges = self._hinges(knowns)
        if (together := _with(knowns, hinges)) is not None:
            enough = self._shown(together, wanted=self.wanted)
            assert enough is not None, "with all of them supposed the verdict is certain"
            return _Found((*supposed, *hinges), enough)
        on = hinges[0]
        parts: list[Cases] = []
        unfinished = False
        for one in (on, on.turned):
            made = _with(knowns, [one])
            assert made is not None, "it is open"
            found = self._look(made, (*supposed, one))
            if isinstance(found, _Found):
                return found
            unfinished |= found is None
            parts.append(() if found is None else found.cases)
        if unfinished:
            return None
        if not on.prefers:
            parts.reverse()
        return _None(Split(on if on.prefers else on.turned, *parts))

    def _shown(self, knowns: Mapping[str, Known], *, wanted: bool) -> tuple[Witness, ...] | None:
        """Witnesses that under all completions everybody stays (`wanted`), or that somebody leaves under all; None if neither."""
        found: list[Witness] = []
        for dm, under in self.asked.items():
            witness = self.settler.verdict(under, dm, self.state, certain=wanted, knowns=knowns)
            if isinstance(witness, Leaves):
                return None if wanted else (witness,)
            found.append(witness)
        return tuple(found) if wanted else None

    def _hinges(self, knowns: Mapping[str, Known]) -> list[Supposed]:
        """The open comparisons on which the verdicts hang, as the verdicts take them; of those who leave the first is enough."""
        verdict, found = self.settler.verdict, dict[Supposed, None]()
        for dm, under in self.asked.items():
            if self.wanted and isinstance(verdict(under, dm, self.state, certain=True, knowns=knowns), Stays):
                continue
            witness = verdict(under, dm, self.state, certain=not self.wanted, knowns=knowns)
            if isinstance(witness, Stays) == self.wanted:
                found |= dict.fromkeys(self.settler.open_in(witness, under, knowns))
                if not self.wanted:
                    break
        return list(found)

    def _fewest(self, found: _Found) -> tuple[Supposition, tuple[Witness, ...]]:
        """As few of the suppositions as are enough, none of which can be left out, with the witnesses."""
        kept, witnesses = list(found.supposed), found.witnesses
        for one in reversed(found.supposed):
            rest = [other for other in kept if other != one]
            knowns = _with(self.settler.knowns, rest)
            assert knowns is not None, "fewer suppositions agree as well"
            if (enough := self._shown(knowns, wanted=self.wanted)) is not None:
                kept, witnesses = rest, enough
        return tuple(kept), witnesses


def _with(knowns: Mapping[str, Known], supposed: Iterable[Supposed]) -> dict[str, Known] | None:
    """What is known with more supposed; None if no completion agrees."""
    found, together = dict(knowns), list(supposed)
    for dm in {one.dm for one in together}:
        made = found[dm].supposing(*(one for one in together if one.dm == dm))
        if made is None:
            return None
        found[dm] = made
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """A completion was found: suppositions under which all that agree are of the kind wanted."""

    supposed: Supposition
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class _None:
    """There is none: all cases."""

    cases: Cases


def settle(space: StateSpace, state: int, behaviour: Mapping[str, str], most: int = MOST_CASES) -> Settled:
    """Whether decision makers stay at a state under every completion of what is known, and under some; see `Settler.settle`."""
    return Settler(space, most).settle(state, behaviour)
