"""`answer`: the questions that a conflict file asks, answered from the model, and what its sources conclude beside what the model gives."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from detente.analysis.claims.base import refusal
from detente.analysis.conclusions import WaysOut, ways_out, weigh
from detente.analysis.deadlock.d8_misperception import as_seen
from detente.analysis.doubted import Doubts
from detente.analysis.doubts import doubts
from detente.analysis.evidence import element_index
from detente.analysis.stability import StabilityTable, analyse
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Lever, Levers
from detente.app.answers import ElementPart
from detente.app.basis import element_parts
from detente.app.documents import ConflictPart, DecisionMakerPart, Document, ParagraphPart, Part, SentencePart, StatePart
from detente.app.errors import InternalError
from detente.app.levers import all_kinds
from detente.app.levers.base import LeverKind, Sought
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.standing import standing_of
from detente.app.unlocking import need_order, profile_of
from detente.app.version import version
from detente.concepts.registry import all_concepts
from detente.engines.choose import choose
from detente.errors import LimitError, UsageError
from detente.explain import conclusions as said
from detente.explain import questions as told
from detente.explain.diagnosis.seen import told_as_seen
from detente.explain.sentence import Explanation, Sentence
from detente.model.evidence import BasisKind, is_hostile
from detente.model.question import Conclusion, Question
from detente.space.states import StateSpace
from detente.text import listing, plural

SECONDS = 10.0
"""How long it is looked for the smallest changes of priorities, and how long elements are tried one by one."""


class AnswerPart(Part):
    """A question, and its answer: first a sentence that answers it, then what that rests on."""

    about: str
    asks: str
    paragraphs: tuple[ParagraphPart, ...]


class ComparedPart(Part):
    """What a source concludes (`says`, by whom and where in `cited`), and what the model gives.

    `result` is "agrees", "differs", "open" (the model does not decide it) or "outside" (it leaves out what this is about).
    """

    says: str
    cited: str
    result: Literal["agrees", "differs", "open", "outside"]
    in_words: str
    sentence: SentencePart
    why: str | None


class AnswersDocument(Document):
    """The answer of `answer`: the questions of a conflict file, answered, and the comparison with what its sources conclude."""

    schema_: Literal["detente.answers/1"] = Field(default="detente.answers/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    start: StatePart
    profile: dict[str, str]
    answers: tuple[AnswerPart, ...]
    compared: tuple[ComparedPart, ...]
    evidence: tuple[ElementPart, ...]
    detente: str


def answer(
    source: Source | Opened, *, under: str | Mapping[str, str] | None = None, seconds: float | None = SECONDS, progress: Progress = silent
) -> AnswersDocument:
    """The questions that a conflict file asks, answered from the model, and what its sources conclude beside what the model gives.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    under
        The behaviour: a concept, or one for each decision maker; SEQ for everybody by default.
    seconds
        How long it is looked for the smallest changes of priorities, and again how long elements are tried; None for no limit.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        U413 without a status quo; U444 if the file asks and concludes nothing; U414 and U443 for the behaviour.
    LimitError
        S301 if the conflict is too large for its states to be listed.
    Cannot
        S302, S333 under a behaviour for which levers are not looked for.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> asks = Question("stuck", "Is it stuck?")
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), status_quo=frozenset(), questions=(asks,))
    >>> answer(one).answers[0].paragraphs[0].sentences[0].text.split(".")[0]
    'Yes'
    """
    found = opened(source)
    conflict = found.conflict
    if not conflict.questions and not conflict.conclusions:
        help = "add `questions:` or `conclusions:` to the file; `detente unlock` says what would change the conflict"
        raise UsageError.of("U444", "the conflict file asks no question and gives no conclusion of its sources", help=help)
    space = StateSpace(conflict)
    if not space.is_listed:
        options = plural(len(conflict.options), "option")
        help = "ask `detente diagnose`, `unlock` or `explain`; or leave options out (`detente fronts` says what that changes)"
        raise LimitError.of(
            "S301", f"the questions of a conflict are answered from a list of all its states; with {options} there is none", help=help
        )
    profile = profile_of(under, conflict)
    need_order(profile)
    return _Answering(Described(space), profile, seconds, progress).document(found.name)


@dataclass
class _Answering:
    """What the answers to one conflict's questions share; each part is computed when it is first needed."""

    described: Described
    profile: dict[str, str]
    seconds: float | None
    progress: Progress

    def __post_init__(self) -> None:
        from detente.app import asking

        self.space, self.conflict = self.described.space, self.described.conflict
        self.words = self.described.words
        self.start = asking.status_quo(self.space)

    @cached_property
    def table(self) -> StabilityTable:
        self.progress("which states hold")
        concepts = all_concepts()
        engine, because = choose(self.space, concepts)
        return analyse(self.space, concepts, engine, because)

    @cached_property
    def ways(self) -> WaysOut:
        return ways_out(self.space, self.start, self.profile, self.table.mixed(self.profile))

    @cached_property
    def doubts(self) -> Doubts:
        self.progress("what hangs on single elements")
        condition = next((q.condition for q in self.conflict.questions if q.condition is not None), None)
        end = None if self.seconds is None else time.monotonic() + self.seconds
        return doubts(self.conflict, self.start, self.profile, condition, enough=lambda: end is not None and time.monotonic() > end)

    @cached_property
    def priorities(self) -> tuple[LeverKind | None, Levers[Any] | None]:
        """The smallest changes of priorities with which the status quo gives way; the first is None where there is no such kind."""
        kind = next((kind for kind in all_kinds() if kind.key == "priority"), None)
        if kind is None or not self.ways.stuck:
            return kind, None
        self.progress("the smallest changes of priorities")
        return kind, kind.search(self.space, Goal(self.start, self.profile, "break"), Sought(seconds=self.seconds))

    @cached_property
    def smallest(self) -> Mapping[str, Lever[Any] | None]:
        """For each decision maker the smallest change of their own priorities alone; None where none was found, empty if not looked for."""
        _, levers = self.priorities
        if levers is None:
            return {}
        return {dm: next((lever for lever in levers.found if lever.by == (dm,)), None) for dm in self.profile}

    def document(self, file: str | None) -> AnswersDocument:
        answered = [(question, self.answer(question)) for question in self.conflict.questions]
        compared = [self.compare(conclusion) for conclusion in self.conflict.conclusions]
        elements = dict.fromkeys(element for _, one in answered for element in one.elements)
        elements.update(dict.fromkeys(element for part in compared for element in part.sentence.elements))
        return AnswersDocument(
            conflict=conflict_part(self.space, file),
            decision_makers=decision_makers(self.conflict),
            start=self.described.state(self.start),
            profile=self.profile,
            answers=tuple(
                AnswerPart(about=question.kind, asks=question.asks, paragraphs=self.described.paragraphs(one)) for question, one in answered
            ),
            compared=tuple(compared),
            evidence=element_parts(self.conflict, elements),
            detente=version(),
        )

    def as_seen(self) -> tuple[Sentence, ...]:
        """Whether the status quo holds as the decision makers see the conflict, where some of them act on viewpoints."""
        seen = as_seen(self.space, self.start, self.profile)
        if seen is None:
            return ()
        if (reason := refusal(self.space, seen)) is not None:
            raise InternalError.of("D902", f"a claim ({seen.kind}) was refused: {reason}", help="please report the conflict file")
        under = f"under {listing(dict.fromkeys(self.profile.values()))}"
        return (told_as_seen(self.words, seen, under, stuck=self.ways.stuck),)

    # -- answers ---------------------------------------------------------------------------------------------------
    def answer(self, question: Question) -> Explanation:
        """The answer to one question."""
        match question.kind:
            case "stuck":
                moves = {dm: len(self.space.moves(dm, self.start)) for dm in self.profile}
                return told.stuck(self.words, self.ways, standing_of(self.described, self.table, self.start), moves, self.as_seen())
            case "better for all":
                nearest = self.ways.nearest(self.ways.out & self.ways.better or self.ways.out)
                return told.better_for_all(self.words, self.ways, None if nearest is None else self.ways.lever(nearest))
            case "ends only if":
                assert question.condition is not None
                found = self.ways.nearest(self.ways.out - self.space.where(question.condition))
                example = None if found is None else self.ways.lever(found)
                return told.ends_only_if(self.words, self.ways, question.condition, example, self.in_sentences())
            case "step":
                assert question.state is not None
                state = self.space.state_of(self.conflict.combination(question.state))
                if state is None:
                    return Explanation(Sentence("The state that is asked about can't occur under the rules."))
                after = ways_out(self.space, state, self.profile, self.ways.holding.equilibria)
                leaves = tuple(dm for dm, key in self.profile.items() if not self.table.stable[key][dm].contains(state))
                nearest = after.nearest(after.out)
                return told.step(self.words, self.ways, after, leaves, None if nearest is None else after.lever(nearest))
            case "doubt":
                return told.doubt(self.words, self.doubts, self.conflict.viewpoint, self.doubtful())

    def in_sentences(self) -> dict[str, Sentence | None]:
        """For each decision maker the smallest change of their own priorities, in a sentence."""
        kind, _ = self.priorities
        if kind is None:
            return {}
        return {dm: None if lever is None else kind.told(self.space, lever).verdict for dm, lever in self.smallest.items()}

    def doubtful(self) -> dict[str, str]:
        """For each element that is not plainly reported, what it rests on, in a word."""
        found = {}
        for element in element_index(self.conflict):
            basis = element.basis
            if basis is None:
                found[element.path] = "given without a basis"
            elif any(is_hostile(basis, party, self.conflict.evidence) for party in element.about):
                found[element.path] = f"{basis.kind.value}, and said by adversaries alone"
            elif basis.kind is not BasisKind.REPORTED:
                found[element.path] = basis.kind.value
        return found

    # -- conclusions -----------------------------------------------------------------------------------------------
    def compare(self, conclusion: Conclusion) -> ComparedPart:
        """What a source concludes beside what the model gives."""
        alone = (
            {dm: None if lever is None else lever.cost for dm, lever in self.smallest.items()} if conclusion.kind == "turns on" else None
        )
        weighed = weigh(self.ways, conclusion, alone)
        return ComparedPart(
            says=conclusion.says,
            cited=said.where_from(self.words, weighed),
            result=weighed.result,
            in_words=said.RESULTS[weighed.result],
            sentence=self.described.sentence(said.compared(self.words, weighed)),
            why=conclusion.basis.why if conclusion.basis is not None else None,
        )
