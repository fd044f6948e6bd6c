"""`explain`: why a decision maker stays at a state, or leaves it, under a concept; every sentence from a checked certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.analysis.certificate import check
from detente.analysis.certificate_json import certificate_data
from detente.analysis.reach import reach
from detente.app import asking
from detente.app.answers import ExplanationDocument, ExplanationsDocument
from detente.app.basis import element_parts
from detente.app.documents import SentencePart
from detente.app.errors import refused
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import Leaves, Witness
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.explain.standing import Leave, Standing, standing
from detente.explain.verdict import verdict
from detente.space.states import StateSpace

State = int | str | Mapping[str, Sequence[str]]
"""How a state is asked for; see `detente.app.asking.state`."""


@dataclass
class Explainer:
    """Explains verdicts on one conflict; keeps what several explanations share.

    Parameters
    ----------
    described
        The space with its orders and names.
    file
        What the user calls the conflict.
    """

    described: Described
    file: str | None = None

    def __post_init__(self) -> None:
        self.space = self.described.space
        self.engine = SingleEngine(self.space)
        self._witnesses: dict[tuple[str, str, int], Witness] = {}

    def witness(self, under: SolutionConcept, by: str, state: int) -> Witness:
        """The witness of a verdict, after the checker of certificates has accepted it.

        Raises `InternalError` (D902) if it is refused, and `LimitError` (S303) if it has too many cases to list.
        """
        key = (under.key, by, state)
        if key not in self._witnesses:
            found = self.engine.witness(under, by, state)
            reason = check(self.space, found, under)
            if reason is not None:
                raise refused(reason, by, under.key, self.space.number(state))
            self._witnesses[key] = found
        return self._witnesses[key]

    def document(self, under: SolutionConcept, by: str, state: int, *, compare: bool = True) -> ExplanationDocument:
        """The explanation of one verdict; `compare` adds how the other concepts differ."""
        found = self.witness(under, by, state)
        replies = None
        if isinstance(found, Leaves) and under.answers == "improving":
            others = [dm for dm in self.described.keys if dm != by]
            replies = reach(self.space, found.improvement, "any", movers=others)
        told = verdict(self.space, found, self._others(under, by, state) if compare else (), replies)
        return ExplanationDocument(
            conflict=conflict_part(self.space, self.file),
            decision_makers=decision_makers(self.space.conflict),
            state=self.described.state(state),
            by=by,
            under=under.key,
            stays=not isinstance(found, Leaves),
            paragraphs=self.described.paragraphs(told),
            evidence=element_parts(self.space.conflict, told.elements),
            certificate=certificate_data(self.space, found),
            detente=version(),
        )

    def _others(self, under: SolutionConcept, by: str, state: int) -> tuple[Witness, ...]:
        """The witnesses under the other concepts, as far as they can be listed."""
        result = []
        for other in all_concepts():
            if other.key != under.key:
                try:
                    result.append(self.witness(other, by, state))
                except LimitError:
                    continue
        return tuple(result)


def explain(source: Source | Opened, state: State, *, by: str, under: str) -> ExplanationDocument:
    """Why a decision maker stays at a state, or leaves it, under a concept of behaviour.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    state
        A number, a choice pattern, the name of a named state, or "status quo".
    by
        The decision maker.
    under
        The concept.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        The state, the decision maker or the concept is not known.
    LimitError
        The certificate would have too many cases (S303).

    Examples
    --------
    >>> explain("elmira", 1, by="Local", under="SEQ").stays
    False
    """
    found = opened(source)
    space = StateSpace(found.conflict)
    explainer = Explainer(Described(space), found.name)
    return explainer.document(concept(under), asking.party(by, found.conflict), asking.state(state, space))


def explain_all(
    source: Source | Opened, state: State, *, by: str | None = None, under: str | None = None, progress: Progress = silent
) -> ExplanationsDocument:
    """Explanations of one state: for every decision maker under every concept, unless one or some are named.

    >>> [document.by for document in explain_all("elmira", 5, under="SEQ").explanations]
    ['MoE', 'Uniroyal', 'Local']
    """
    found = opened(source)
    space = StateSpace(found.conflict)
    asked = asking.behaviour(under, found.conflict)
    place = asking.state(state, space)
    explainer = Explainer(Described(space), found.name)
    parties = explainer.described.keys if by is None else (asking.party(by, found.conflict),)
    documents = []
    for one in asked.concepts:
        for dm in parties:
            if asked.profile is None or asked.profile[dm] == one.key:
                progress(f"{dm} under {one.key}")
                documents.append(explainer.document(one, dm, place, compare=len(asked.concepts) == 1))
    summary = _summary(explainer, asked.concepts, place) if by is None and asked.profile is None else ()
    return ExplanationsDocument(summary=summary, explanations=tuple(documents))


def _summary(explainer: Explainer, concepts: Sequence[SolutionConcept], state: int) -> tuple[SentencePart, ...]:
    """What becomes of a state, from the witnesses for every decision maker under each concept."""
    described = explainer.described
    witnesses = {c.key: {dm: explainer.witness(c, dm, state) for dm in described.keys} for c in concepts}
    stays = {key: {dm: not isinstance(one, Leaves) for dm, one in found.items()} for key, found in witnesses.items()}
    leaves = []
    for dm in described.keys:
        goals: dict[int, list[str]] = {}
        for key, found in witnesses.items():
            one = found[dm]
            if isinstance(one, Leaves):
                goals.setdefault(one.improvement, []).append(key)
        leaves += [Leave(dm, to, tuple(under)) for to, under in goals.items()]
    called = "the status quo" if state == explainer.space.status_quo else ""
    return tuple(map(described.sentence, standing(described.words, Standing(state, stays, tuple(leaves), called))))
