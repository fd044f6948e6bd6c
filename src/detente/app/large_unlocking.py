"""`unlock` in a conflict too large to be listed: joint moves, priorities, pressure, red lines; of other kinds, why they are not sought."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.analysis.claims.base import Claim
from detente.analysis.claims.empties import Empties
from detente.analysis.large.joint_moves import joint_moves
from detente.analysis.large.priorities import pressed, priority_shifts
from detente.analysis.large.red_line_claims import empties_claim, restores_claim
from detente.analysis.large.red_lines import large_red_lines
from detente.analysis.large.seek import Seek
from detente.analysis.large.trial import LargeGoal
from detente.analysis.large.verdicts import Verdicts, leaves
from detente.analysis.unlock.goal import Want
from detente.analysis.unlock.lever import Levers
from detente.analysis.unlock.priority_found import PriorityLevers
from detente.analysis.unlock.tries import dropping
from detente.app import asking
from detente.app.as_changes import try_parts
from detente.app.basis import element_parts
from detente.app.large_standing import crossed
from detente.app.levers.base import LeverKind, Sought
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.search_parts import search_part
from detente.app.unlock_documents import GoalPart, RedLineSetPart, RedLinesPart, SearchPart, UnlockDocument
from detente.app.version import version
from detente.engines.sat.solver import Clock
from detente.errors import ConflictError, LimitError, UsageError
from detente.explain.levers.large_red_lines import account as told_account
from detente.explain.levers.large_red_lines import told as told_red_lines
from detente.explain.levers.priority import account as told_of_priorities
from detente.explain.sentence import Explanation, Sentence
from detente.explain.unlocking import goal_words, standing
from detente.model.formula import TRUE, Formula, written

BY_DEFAULT = {"break": ("coalitions", "priority"), "reach": ("coalitions",)}
"""The kinds that are looked for where none is named and no target either."""
LOOKED_FOR = ("coalitions", "priority", "pressure")
"""The kinds that can be looked for, besides red lines."""


@dataclass(frozen=True)
class LargeTarget:
    """What is wanted: a state, or a condition that states meet."""

    state: int | None = None
    condition: Formula | None = None


def large_target(text: str, described: Described) -> LargeTarget:
    """A target as a user names it: a state, or a condition over options.

    Raises `UsageError` (U441) if it is neither.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> large_target("2", Described(StateSpace(load("euphrates-1975"), list_up_to=0))).state
    1
    """
    space = described.space
    if text.strip() not in space.conflict.option_index:
        try:
            return LargeTarget(asking.state(text, space))
        except UsageError as no_state:
            problem = no_state
    try:
        return LargeTarget(condition=asking.formula(text, space))
    except ConflictError as no_condition:
        found = no_condition.diagnostics[0]
        help = f"as a state: {problem.diagnostics[0].help or ''}; as a condition: {found.message}"
        raise UsageError.of("U441", f"“{text}” is neither a state nor a condition over options", value=text, help=help) from None


class LargeSearch:
    """Looks for levers, goal by goal and kind by kind, and keeps what is found, so that it is there when the search is broken off.

    Parameters
    ----------
    described
        The space.
    start
        The state that the conflict is in.
    profile
        The behaviour.
    sought
        Weights, prices, limits.
    kinds
        The kinds of levers to look for.
    named
        Whether these were named.
    """

    def __init__(
        self, described: Described, start: int, profile: Mapping[str, str], sought: Sought, kinds: tuple[LeverKind, ...], named: bool
    ) -> None:
        self.described, self.start, self.profile, self.sought, self.kinds = described, start, dict(profile), sought, kinds
        self.named = named
        self.space = described.space
        sought.progress("who stays")
        self.verdicts = Verdicts(self.space, profile, Clock(sought.seconds))
        self.witnesses = {dm: self._witness(dm, start) for dm in profile}
        self.interrupted = False
        self.targets: list[LargeTarget] = []
        self.more: Callable[[], None] = lambda: None
        """Called whenever a kind of lever was looked for."""
        self._found: list[tuple[Want, LargeTarget, list[SearchPart], list[str]]] = []
        self._red_lines: list[RedLinesPart] = []
        self._elements: dict[str, None] = {}

    def _witness(self, dm: str, state: int) -> Any:
        try:
            return self.verdicts.witness(self.profile[dm], dm, state)
        except LimitError:
            return None

    @property
    def leavers(self) -> tuple[str, ...]:
        """The decision makers who would leave the start."""
        return tuple(dm for dm, witness in self.witnesses.items() if witness is not None and leaves(witness))

    @property
    def stuck(self) -> bool | None:
        """Whether nobody leaves the start; None where that was not settled."""
        return False if self.leavers else None if None in self.witnesses.values() else True

    def run(self, targets: Sequence[str], want: Want | None) -> None:
        """Look for levers of every kind for every goal."""
        self.targets = [large_target(text, self.described) for text in targets]
        goals: list[tuple[Want, LargeTarget]] = []
        if want == "break":
            goals = [("break", LargeTarget())]
        elif targets:
            wants: tuple[Want, ...] = ("hold", "reach") if want is None else (want,)
            goals = [(one, target) for target in self.targets for one in wants]
        else:
            goals = [("break", LargeTarget())] if not self.leavers else []
            goals += [(want or "reach", LargeTarget(state)) for state in self._usual()]
        for one, target in goals:
            parts: list[SearchPart] = []
            unsought: list[str] = []
            self._found.append((one, target, parts, unsought))
            for kind in (kind for kind in self.kinds if one in kind.wants):
                if not self.named and not targets and kind.key in LOOKED_FOR and kind.key not in BY_DEFAULT.get(one, ()):
                    unsought.append(kind.key)
                else:
                    parts.append(self._searched(one, target, kind))
                if self.interrupted:
                    return
                self.more()
        self._look_at_red_lines()

    def _usual(self) -> list[int]:
        """The states with names, and the nearest that everybody prefers to the start."""
        named = [state for state in self.described.named if state != self.start]
        seek = Seek(self.space, self.start, Clock(self.sought.seconds))
        near = seek.nearest(seek.better_for_all).state
        return [*named, *([near] if near is not None and near not in named else [])]

    def _searched(self, want: Want, target: LargeTarget, kind: LeverKind) -> SearchPart:
        self.sought.progress(f"{self._called(want, target).text}: {kind.key}")
        searches: dict[str, Callable[[LargeGoal], Levers[Any]]] = {
            "coalitions": lambda goal: joint_moves(self.space, goal, self.sought.seconds),
            "priority": lambda goal: priority_shifts(self.space, goal, self.sought.seconds, self.sought.progress),
            "pressure": self._pressed,
        }
        stopped = "unlisted" if kind.key not in searches else "only" if want == "only" else ""
        if target.condition is not None and not stopped:
            stopped = "condition"
        try:
            levers = Levers[Any](kind.key, (), 0, False, stopped)
            if not stopped:
                levers = searches[kind.key](LargeGoal(self.start, self.profile, want, target.state))
        except KeyboardInterrupt:
            levers = Levers[Any](kind.key, (), 0, False, "interrupted")
        self.interrupted = levers.stopped == "interrupted"
        return self._part(kind, levers)

    def _pressed(self, goal: LargeGoal) -> Levers[Any]:
        found = pressed(self.space, goal.start, goal.profile, self.sought.seconds, self.sought.progress)
        least = found.found[0].cost if found.found else None
        return Levers("pressure", found.found, least if found.complete else 0, found.complete, found.stopped)

    def _part(self, kind: LeverKind, levers: Levers[Any]) -> SearchPart:
        account = Explanation(told_of_priorities(levers)) if isinstance(levers, PriorityLevers) else None
        return search_part(self.described, kind, levers, account, self._elements)

    # -- red lines ---------------------------------------------------------------------------------------------------
    def _look_at_red_lines(self) -> None:
        stated = any(dm.red_lines for dm in self.space.conflict.decision_makers)
        if any(kind.key == "red-lines" for kind in self.kinds) and (stated or len(self.kinds) == 1):
            for where in dict.fromkeys([None, *(target.condition for target in self.targets if target.condition is not None)]):
                self._red_lines.append(self._red_line_part(where))

    def _red_line_part(self, where: Formula | None) -> RedLinesPart:
        self.sought.progress("which red lines and rules exclude what would be better for everybody")
        counted_states, clock = where or TRUE, Clock(self.sought.seconds)
        seek = Seek(self.space, self.start, clock, counted_states)
        now = seek.find(seek.better_for_all)
        exists = None if not now.sure else now.state is not None
        found = large_red_lines(self.space, self.start, where=counted_states, rules=True, clock=clock)
        restoring, emptying = found.restoring if not exists else (), found.emptying if not exists else ()
        claims: list[list[Claim]] = [[], []]
        for dropped, gained in restoring:
            made = restores_claim(self.space, self.start, counted_states, dropped, gained, clock)
            claims[1] += [made] if made is not None else []
        for kept in emptying:
            shown = empties_claim(self.space, found, kept, clock)
            claims[0] += [shown] if shown is not None else []
        sets = [[self._set(claim) for claim in some] for some in claims]
        said = told_account(self.described.words, found, exists)
        return RedLinesPart(
            condition=None if where is None else written(where),
            now=0 if exists is False else None,
            rules=found.rules,
            complete=found.complete and len(claims[0]) + len(claims[1]) == len(restoring) + len(emptying),
            says=self.described.sentence(said),
            emptying=tuple(sets[0]),
            restoring=tuple(sets[1]),
        )

    def _set(self, claim: Any) -> RedLineSetPart:
        words = told_red_lines(self.space, claim)
        self._elements.update(dict.fromkeys(words.elements))
        elements = claim.kept if isinstance(claim, Empties) else claim.dropped
        by = tuple(dm for dm in self.profile if any(owner == dm for owner, _ in elements))
        states = 0 if isinstance(claim, Empties) else None
        tries = () if isinstance(claim, Empties) else try_parts(self.space.conflict, [dropping(claim.dropped)])
        return RedLineSetPart(
            elements=words.verdict.elements, by=by, states=states, paragraphs=self.described.paragraphs(words), tries=tries
        )

    # -- the document ------------------------------------------------------------------------------------------------
    def _called(self, want: Want, target: LargeTarget) -> Sentence:
        condition = None if target.condition is None else written(target.condition)
        return goal_words(self.described.words, want, self.start, target.state, condition)

    def document(self, file: str | None) -> UnlockDocument:
        """What was found so far."""
        described = self.described
        answer = standing(described.words, self.start, self.profile, self.leavers)
        if self.stuck is None:
            answer = Sentence("In this model it was not settled in time whether anybody would leave the start.", (self.start,))
        return UnlockDocument(
            conflict=conflict_part(self.space, file),
            decision_makers=decision_makers(self.space.conflict),
            start=described.state(self.start),
            profile=self.profile,
            stuck=self.stuck,
            kinds=tuple(kind.key for kind in self.kinds),
            red_lines=self.sought.red_lines,
            answer=(described.sentence(answer),),
            goals=tuple(self._goal(*one) for one in self._found),
            red_line_sets=tuple(self._red_lines),
            interrupted=self.interrupted,
            evidence=element_parts(self.space.conflict, self._elements),
            detente=version(),
        )

    def _goal(self, want: Want, target: LargeTarget, parts: Sequence[SearchPart], unsought: Sequence[str]) -> GoalPart:
        state = target.state
        holds = None if state is None else self._holds(state)
        return GoalPart(
            want=want,
            target=None if state is None else self.described.state(state),
            condition=None if target.condition is None else written(target.condition),
            states=1 if state is not None else 0 if target.condition is None else None,
            holds=0 if want == "break" else None if holds is None else int(holds),
            called=self.described.sentence(self._called(want, target)),
            headline=next((part.levers[0].paragraphs[0].sentences[0] for part in parts if part.levers), None),
            searches=tuple(parts),
            crosses=() if state is None else crossed(self.described, state),
            unsought=tuple(unsought),
        )

    def _holds(self, state: int) -> bool | None:
        verdicts = Verdicts(self.space, self.profile, Clock(self.sought.seconds))
        try:
            return verdicts.holds(state)
        except LimitError:
            return None
