"""Parts of documents made from values: conflicts, states with their ranks, diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from detente.analysis.ranks import Ranks
from detente.app.documents import (
    ConceptPart,
    ConflictPart,
    DecisionMakerPart,
    DiagnosticPart,
    OptionPart,
    ParagraphPart,
    SentencePart,
    StatePart,
)
from detente.app.opening import SeenFile
from detente.concepts.base import SolutionConcept
from detente.errors import Diagnostic
from detente.explain.sentence import Explanation, Sentence
from detente.explain.sentence import Part as ExplanationPart
from detente.explain.words import Words
from detente.model.conflict import Conflict
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import unique_prefixes


class Described:
    """A space whose states can be described: with the ranks and the names of states.

    Parameters
    ----------
    space
        The space.
    """

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.conflict = space.conflict
        self.keys = tuple(dm.key for dm in space.conflict.decision_makers)

    @cached_property
    def ranks(self) -> Ranks:
        """The rank of each state for each decision maker."""
        return Ranks(self.space)

    @cached_property
    def words(self) -> Words:
        """The words for states, moves and decision makers."""
        return Words(self.space)

    def name(self, state: int) -> str | None:
        """The name of a state: a named state's own, or that of the rule that merged it."""
        return self.words.name(state)

    @cached_property
    def named(self) -> tuple[int, ...]:
        """The states that have names of their own in the file, in the order of their numbers."""
        found = {self.space.state_of(self.conflict.combination(named.taken)) for named in self.conflict.named_states}
        return tuple(sorted(state for state in found if state is not None))

    def state(self, state: int) -> StatePart:
        """A state with its number, choice and name, and its ranks where states are listed."""
        ranks = {key: self.ranks.of(key, state) for key in self.keys} if self.space.is_listed else {}
        return StatePart(id=self.space.number(state), choice=self.space.choice(state), rank=ranks, name=self.name(state))

    def ids(self, states: Iterable[int]) -> tuple[int, ...]:
        """The numbers of states, in the order given."""
        return tuple(self.space.number(state) for state in states)

    def listed(self, sets: Mapping[str, StateSet], limit: int) -> dict[str, tuple[int, ...]]:
        """The numbers of the states of each set that holds no more than a limit; the other sets are left out."""
        return {key: self.ids(states.each()) for key, states in sets.items() if states.count <= limit}

    def sentence(self, sentence: Sentence) -> SentencePart:
        """A sentence with the numbers of its states."""
        return SentencePart(text=sentence.text, states=self.ids(sentence.states), elements=sentence.elements)

    def paragraphs(self, explanation: Explanation, limit: int | None = None) -> tuple[ParagraphPart, ...]:
        """An explanation as paragraphs: its verdict, then its parts; lists are cut after `limit` items."""
        first = ParagraphPart(role="verdict", sentences=(self.sentence(explanation.verdict),))
        return (first, *(self._paragraph(part, limit) for part in explanation.parts))

    def _paragraph(self, part: ExplanationPart, limit: int | None) -> ParagraphPart:
        items = part.items if limit is None else part.items[:limit]
        return ParagraphPart(
            role="part",
            sentences=tuple(map(self.sentence, part.lead)),
            items=tuple(map(self.sentence, items)),
            more=len(part.items) - len(items),
        )


def conflict_part(space: StateSpace, file: str | None, moves: int | None = None, feasible: int | None = None) -> ConflictPart:
    """The conflict that a document is about; `feasible` counts its states where they are not listed, if they were counted."""
    conflict, status_quo = space.conflict, space.status_quo
    return ConflictPart(
        title=conflict.title,
        digest=conflict.digest,
        combinations=conflict.combinations,
        feasible=space.states.count if space.is_listed else feasible,
        status_quo=None if status_quo is None else space.number(status_quo),
        status_quo_infeasible=conflict.status_quo is not None and status_quo is None,
        numbering=None if space.is_listed else "combinations",
        moves=moves,
        file=file,
        question=conflict.question,
        about=conflict.about,
        viewpoint=conflict.viewpoint,
        seen_from=file.viewpoint if isinstance(file, SeenFile) else None,
    )


def letters(conflict: Conflict) -> dict[str, str]:
    """For each decision maker's key the letters that stand for it in tables."""
    keys = [dm.key for dm in conflict.decision_makers]
    return dict(zip(keys, unique_prefixes(keys), strict=True))


def decision_makers(conflict: Conflict, ranks: Ranks | None = None) -> tuple[DecisionMakerPart, ...]:
    """The decision makers of a conflict, with how many ranks they tell apart where the ranks are given."""
    short = letters(conflict)
    return tuple(
        DecisionMakerPart(
            key=dm.key,
            name=dm.name,
            letters=short[dm.key],
            description=dm.description,
            red_lines=len(dm.red_lines),
            ranks=ranks.count(dm.key) if ranks is not None and ranks.space.states else None,
        )
        for dm in conflict.decision_makers
    )


def options(conflict: Conflict) -> tuple[OptionPart, ...]:
    """The options of a conflict, in its order; the owner is the first among the decision makers who owns it."""
    place = {dm.key: i for i, dm in enumerate(conflict.decision_makers)}
    return tuple(
        OptionPart(
            key=option.key,
            name=option.name,
            owner=min(option.owners, key=place.__getitem__, default=None),
            direction=option.direction.value,
            owners=tuple(sorted(option.owners, key=place.__getitem__)),
            description=option.description,
        )
        for option in conflict.options
    )


def concept_parts(concepts: Iterable[SolutionConcept]) -> tuple[ConceptPart, ...]:
    """Solution concepts, as documents hold them.

    >>> from detente.concepts.registry import concept
    >>> [part.key for part in concept_parts([concept("SEQ"), concept("Nash")])]
    ['SEQ', 'Nash']
    """
    return tuple(ConceptPart(key=c.key, name=c.name, asks=c.asks, source=c.source) for c in concepts)


def diagnostic_part(found: Diagnostic) -> DiagnosticPart:
    """A diagnostic with its place."""
    where = found.where
    return DiagnosticPart(
        code=found.code,
        severity=found.severity.value,
        message=found.message,
        file=where.file if where else None,
        line=where.line if where else None,
        column=where.column if where else None,
        length=where.length if where else None,
        value=found.value,
        help=found.help,
        element=found.element,
    )
