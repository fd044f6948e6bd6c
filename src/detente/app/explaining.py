"""`explain`: why a decision maker stays at a state, or leaves it, under a concept; every sentence from a checked certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from detente.analysis.certificate_json import certificate_data
from detente.analysis.reach import reach
from detente.app import asking
from detente.app.answers import ExplanationDocument, ExplanationsDocument
from detente.app.basis import element_parts
from detente.app.completing import completions_paragraph
from detente.app.deciding import Decider, goal
from detente.app.documents import NotKnownPart, SentencePart
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts, compared_with, concept
from detente.concepts.witness import AnyWitness, Leaves
from detente.errors import Cannot, LimitError, MissingExtra
from detente.explain.standing import Leave, Standing, standing
from detente.explain.verdict import verdict
from detente.space.states import StateSpace

COMPARED = 5.0
"""Most seconds for a verdict that an explanation is only compared with, where states are not listed."""

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
    engine, seconds
        Which engine answers, and how long it may take for a verdict; see `detente.app.deciding.Decider`.
    progress
        Is told of each verdict that is looked for, and of what is made of them.
    """

    described: Described
    file: str | None = None
    engine: str | None = None
    seconds: float | None = None
    progress: Progress = silent

    def __post_init__(self) -> None:
        self.space = self.described.space
        self.decider = Decider(self.space, self.engine, self.seconds)

    def witness(self, under: SolutionConcept, by: str, state: int) -> AnyWitness:
        """The witness of a verdict, after the checker of certificates has accepted it; see `detente.app.deciding.Decider.witness`."""
        return self.decider.witness(under, by, state)

    def document(self, under: SolutionConcept, by: str, state: int, *, compare: bool = True) -> ExplanationDocument:
        """The explanation of one verdict; `compare` adds how the other concepts differ."""
        self.progress(f"{by} under {under.key}")
        found = self.witness(under, by, state)
        replies = None
        if isinstance(found, Leaves) and under.answers == "improving" and self.space.is_listed:  # elsewhere they may be too many to look at
            others = [dm for dm in self.described.keys if dm != by]
            replies = reach(self.space, found.improvement, "any", movers=others)
        others_found = self._others(under, by, state) if compare else ()
        self.progress("the sentences")
        told = verdict(self.space, found, others_found, replies, self.decider.refused)
        if (open_ := completions_paragraph(self.described, state, [{by: under.key}], "the verdict above takes")) is not None:
            told = replace(told, parts=(*told.parts, open_))
        return ExplanationDocument(
            conflict=conflict_part(self.space, self.file),
            decision_makers=decision_makers(self.space.conflict),
            state=self.described.state(state),
            by=by,
            under=under.key,
            stays=goal(found) is None,
            paragraphs=self.described.paragraphs(told),
            evidence=element_parts(self.space.conflict, told.elements),
            certificate=certificate_data(self.space, found),
            detente=version(),
        )

    def _others(self, under: SolutionConcept, by: str, state: int) -> tuple[AnyWitness, ...]:
        """The witnesses under the other concepts, as far as they can be listed; of a reading, under those that it is compared with."""
        result = []
        for other in all_concepts() if under.reading is None else compared_with(under):
            if other.key != under.key:
                self.progress(f"{by} under {other.key}")
                try:
                    result.append(self.decider.witness(other, by, state, COMPARED))
                except (LimitError, Cannot, MissingExtra):
                    continue
        return tuple(result)


def explain(
    source: Source | Opened,
    state: State,
    *,
    by: str,
    under: str,
    engine: str | None = None,
    seconds: float | None = None,
    progress: Progress = silent,
) -> ExplanationDocument:
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
    engine
        "single" or "sat", or None to let the program choose.
    seconds
        Most time, where states are not listed; 0 for no limit, None for `detente.app.deciding.SECONDS`.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        The state, the decision maker or the concept is not known.
    LimitError
        The certificate would have too many cases (S303), or was not found in time.
    Cannot, MissingExtra
        No engine that is installed can answer.

    Examples
    --------
    >>> explain("elmira", 1, by="Local", under="SEQ").stays
    False
    """
    found = opened(source)
    space = StateSpace(found.conflict)
    explainer = Explainer(Described(space), found.name, engine, seconds, progress)
    return explainer.document(concept(under), asking.party(by, found.conflict), asking.state(state, space))


def explain_all(
    source: Source | Opened,
    state: State,
    *,
    by: str | None = None,
    under: str | None = None,
    engine: str | None = None,
    seconds: float | None = None,
    progress: Progress = silent,
) -> ExplanationsDocument:
    """Explanations of one state: for every decision maker under every concept, unless one or some are named; see `explain`.

    >>> [document.by for document in explain_all("elmira", 5, under="SEQ").explanations]
    ['MoE', 'Uniroyal', 'Local']
    """
    found = opened(source)
    space = StateSpace(found.conflict)
    asked = asking.behaviour(under, found.conflict)
    place = asking.state(state, space)
    explainer = Explainer(Described(space), found.name, engine, seconds)
    parties = explainer.described.keys if by is None else (asking.party(by, found.conflict),)
    wanted = [(one, dm) for one in asked.concepts for dm in parties if asked.profile is None or asked.profile[dm] == one.key]
    documents, unknown = [], []
    for one, dm in wanted:
        progress(f"{dm} under {one.key}")
        try:
            documents.append(explainer.document(one, dm, place, compare=len(asked.concepts) == 1))
        except (LimitError, Cannot, MissingExtra) as problem:
            if len(wanted) == 1 or (not documents and (one, dm) == wanted[-1]):
                raise
            reason, limit = problem.diagnostics[0].message, isinstance(problem, LimitError)
            unknown.append(NotKnownPart(what="status quo", under=one.key, by=dm, reason=reason, limit=limit))
    summary = _summary(explainer, documents, place) if by is None and asked.profile is None else ()
    return ExplanationsDocument(summary=summary, explanations=tuple(documents), not_known=tuple(unknown) or None)


def _summary(explainer: Explainer, documents: Sequence[ExplanationDocument], state: int) -> tuple[SentencePart, ...]:
    """What becomes of a state under the concepts for which there is an explanation for every decision maker."""
    described, keys = explainer.described, list(dict.fromkeys(one.under for one in documents))
    whole = [key for key in keys if sum(one.under == key for one in documents) == len(described.keys)]
    goals = {key: {dm: goal(explainer.witness(concept(key), dm, state)) for dm in described.keys} for key in whole}
    leaves = []
    for dm in described.keys:
        under: dict[int, list[str]] = {}
        for key, found in goals.items():
            to = found[dm]
            if to is not None:
                under.setdefault(to, []).append(key)
        leaves += [Leave(dm, to, tuple(concepts)) for to, concepts in under.items()]
    called = "the status quo" if state == explainer.space.status_quo else ""
    stays = {key: {dm: to is None for dm, to in found.items()} for key, found in goals.items()}
    return tuple(map(described.sentence, standing(described.words, Standing(state, stays, tuple(leaves), called)))) if whole else ()
