"""`unlock`: what would make the status quo give way, and what would make a wanted state hold and be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.analysis.deadlock.diagnose import profile_table
from detente.analysis.overview import crossed
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.lever import Levers
from detente.app import asking
from detente.app.basis import element_parts
from detente.app.explaining import State
from detente.app.large_unlocking import LargeSearch
from detente.app.levers import kinds_named
from detente.app.levers.base import LeverKind, RedLines, Sought
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.red_lines import red_line_parts
from detente.app.search_parts import search_part
from detente.app.targets import Target, amounts, target, usual_targets
from detente.app.unlock_documents import GoalPart, RedLinesPart, SearchPart, UnlockDocument
from detente.app.version import version
from detente.concepts.registry import concept
from detente.errors import Cannot, LimitError, UsageError
from detente.explain.sentence import Sentence
from detente.explain.unlocking import goal_words, standing
from detente.model.conflict import Conflict
from detente.space.sets import StateSet
from detente.space.states import StateSpace

NOT_ASKED = "not asked"
"""Why a search ended that cannot be made for a goal; such a search is not told."""


def unlock(
    source: Source | Opened,
    *,
    target: str | Sequence[str] | None = None,
    start: State = asking.STATUS_QUO,
    under: str | Mapping[str, str] | None = None,
    want: Want | None = None,
    kinds: str | None = None,
    sought: Sought | None = None,
    keep_interrupted: bool = False,
    so_far: Callable[[UnlockDocument], None] | None = None,
) -> UnlockDocument:
    """What would make a conflict move: the smallest changes, of several kinds, that make the status quo give way or a wanted state hold.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    target
        Wanted states or conditions; by default it is asked what would make the start give way, and then for each named state, and for the
        nearest states that everybody prefers, what would make it hold and be reached.
    start
        The state that the conflict is in.
    under
        The behaviour: a concept, or one for each decision maker; SEQ for everybody by default.
    want
        What is to be had of a target: that it holds, that it also is reached, or that in the end nothing else is; by default it is asked
        what makes it hold, and then what has it reached as well.
    kinds
        The kinds of levers, separated by commas; all by default.
    sought
        Weights, prices, limits of time and of edits.
    keep_interrupted
        Whether a document of what is found so far is given, and no KeyboardInterrupt raised, when the search is interrupted.
    so_far
        Is told what was found, as of a search that was interrupted there, whenever a kind of lever was looked for.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        U440 to U443: an unknown kind, target, or way of asking; U411 to U414 for states and concepts.
    LimitError
        The conflict is too large for any engine.
    Cannot
        S302 under a concept with a reading of preferences: levers are looked for by the order of preference.

    Examples
    --------
    >>> unlock("elmira", start=5).stuck
    True
    """
    found = opened(source)
    space = StateSpace(found.conflict)
    begin = asking.state(start, space)
    profile = profile_of(under, found.conflict)
    need_order(profile)
    targets = [target] if isinstance(target, str) else list(target or ())
    if not space.is_listed:
        large = LargeSearch(Described(space), begin, profile, sought or Sought(), kinds_named(kinds), kinds is not None)
        large.more = _telling(large, found.name, so_far)
        return _large(large, targets, want, found.name, keep_interrupted)
    search = Search(Described(space), begin, profile, sought or Sought(), kinds_named(kinds))
    search.named = kinds is not None
    search.accounts = bool(targets) or len(search.kinds) == 1
    search.more = _telling(search, found.name, so_far)
    try:
        search.run(search.goals(targets, want))
    except KeyboardInterrupt:
        if not keep_interrupted:
            raise
        search.interrupted = True
    return search.document(found.name)


def need_order(profile: Mapping[str, str]) -> None:
    """Refuse concepts with a reading, under which the words of levers would say other than what is, and those without answers.

    Raises `Cannot` (S302, S333).

    >>> need_order({"A": "SEQ"})
    """
    for key in dict.fromkeys(profile.values()):
        if concept(key).check is not None:
            message = f"levers change improvements and the answers to them; {key} works its verdicts out in another way"
            raise Cannot.of("S333", message, value=key, help="ask under a concept with answers, as SEQ, or explain single states")
        if concept(key).reading is not None:
            message = f"levers are looked for by the order of preference alone, and {key} takes preferences in another way"
            help = f"ask under {key.partition(':')[0]}, and explain what is found under {key}"
            raise Cannot.of("S302", message, value=key, help=help)


def _telling(search: Search | LargeSearch, file: str | None, so_far: Callable[[UnlockDocument], None] | None) -> Callable[[], None]:
    """What tells what a search has found until now."""
    if so_far is None:
        return lambda: None
    return lambda: so_far(search.document(file).model_copy(update={"interrupted": True}))


def _large(search: LargeSearch, targets: Sequence[str], want: Want | None, file: str | None, keep_interrupted: bool) -> UnlockDocument:
    """What is found in a conflict too large to be listed."""
    try:
        search.run(targets, want)
    except KeyboardInterrupt:
        if not keep_interrupted:
            raise
        search.interrupted = True
    return search.document(file)


PRICED: Mapping[str, str] = {
    "measure": "measure",
    "ban": "ban",
    "preference": "preference shift",
    "priority": "priority shift",
    "red-line": "red line",
    "joint": "joint move",
}
"""What has a price in a plan: as users name it, and as plans do."""


def sought_by(
    source: Source | Opened,
    *,
    weights: Sequence[str] = (),
    prices: Sequence[str] = (),
    budgets: Sequence[str] = (),
    red_lines: RedLines = "excluded",
    edits: int = 2,
    seconds: float | None = 30.0,
    progress: Progress = silent,
) -> Sought:
    """How levers are looked for, from texts such as "Israel=3" and "joint=2".

    Raises `UsageError` (U442) for a text that can't be read, or names neither a decision maker nor a kind of means.

    >>> sought_by("elmira", weights=["MoE=3"]).weights
    {'MoE': 3}
    """
    parties = [dm.key for dm in opened(source).conflict.decision_makers] if weights or budgets else []
    return Sought(
        amounts(weights, parties, "--weight"),
        {PRICED[name]: amount for name, amount in amounts(prices, list(PRICED), "--price").items()},
        {PRICED.get(name, name): amount for name, amount in amounts(budgets, [*parties, *PRICED], "--budget").items()},
        red_lines,
        edits,
        seconds,
        progress,
    )


def profile_of(under: str | Mapping[str, str] | None, conflict: Conflict) -> dict[str, str]:
    """The behaviour that a user asks for: one concept for everybody (SEQ by default), or one for each.

    Raises `UsageError` (U443) where several concepts are named for everybody.

    >>> from detente.cases import load
    >>> profile_of("MoE=Nash,SEQ", load("elmira"))
    {'MoE': 'Nash', 'Uniroyal': 'SEQ', 'Local': 'SEQ'}
    """
    asked = asking.behaviour("SEQ" if under is None else under, conflict)
    if asked.profile is not None:
        return dict(asked.profile)
    if len(asked.concepts) > 1:
        names = ", ".join(c.key for c in asked.concepts)
        help = 'name one, or one for each decision maker: "Israel=Nash,SEQ"'
        raise UsageError.of("U443", f"levers are looked for under one behaviour, not under {names} at once", value=names, help=help)
    return {dm.key: asked.concepts[0].key for dm in conflict.decision_makers}


@dataclass(frozen=True)
class Asked:
    """A goal, and the target that it is about (None where the start is to be left)."""

    goal: Goal
    target: Target | None


class Search:
    """Looks for levers, goal by goal and kind by kind, and keeps what is found, so that it is there when the search is broken off.

    Parameters
    ----------
    described
        The space with its orders and names.
    start
        The state that the conflict is in.
    profile
        The behaviour.
    sought
        Weights, prices, limits.
    kinds
        The kinds of levers to look for.
    """

    def __init__(self, described: Described, start: int, profile: Mapping[str, str], sought: Sought, kinds: tuple[LeverKind, ...]) -> None:
        self.described, self.start, self.profile, self.sought, self.kinds = described, start, dict(profile), sought, kinds
        self.space = described.space
        sought.progress("which states hold")
        self.table = profile_table(self.space, profile)
        self.equilibria: StateSet = self.table.mixed(self.profile)
        self.interrupted = False
        self.named = False
        """Whether the kinds were named, so that each of them is looked for, however long that takes."""
        self.accounts = False
        """Whether more is told of a search than what it found; that may take as long as the search."""
        self.more: Callable[[], None] = lambda: None
        """Called whenever a kind of lever was looked for."""
        self._found: list[tuple[Asked, list[SearchPart]]] = []
        self._red_lines: tuple[RedLinesPart, ...] = ()
        self._elements: dict[str, None] = {}

    @property
    def leaves(self) -> tuple[str, ...]:
        """The decision makers who would leave the start."""
        return tuple(dm for dm, key in self.profile.items() if not self.table.stable[key][dm].contains(self.start))

    def goals(self, targets: Sequence[str], want: Want | None) -> tuple[Asked, ...]:
        """What is asked: for the targets that are named, or, where none is, what would come first to a mediator's mind."""
        if want == "break":
            return (Asked(Goal(self.start, self.profile, "break"), None),)
        if targets:
            chosen = tuple(target(text, self.space) for text in targets)
            wants: tuple[Want, ...] = ("hold", "reach") if want is None else (want,)
            return tuple(Asked(Goal(self.start, self.profile, one, wanted.states), wanted) for wanted in chosen for one in wants)
        usual = usual_targets(self.described, self.start, self.equilibria)
        first = () if self.leaves else (Asked(Goal(self.start, self.profile, "break"), None),)
        return (*first, *(Asked(Goal(self.start, self.profile, want or "reach", one.states), one) for one in usual))

    def run(self, asked: Sequence[Asked]) -> None:
        """Look for levers of every kind for every goal; what is found is kept at once."""
        for one in [one for one in asked if any(one.goal.want in kind.wants for kind in self.kinds)]:
            parts: list[SearchPart] = []
            self._found.append((one, parts))
            for kind in self.kinds:
                if one.goal.want in kind.wants and self._is_usual(one, kind, parts):
                    part = self._searched(one, kind)
                    if part is not None:
                        parts.append(part)
                        self.more()
                    if self.interrupted:
                        return
        self._look_at_red_lines(asked)

    def _is_usual(self, one: Asked, kind: LeverKind, parts: Sequence[SearchPart]) -> bool:
        """Whether a kind is looked for: always if kinds were named; otherwise not where it seldom ends, or adds nothing to a joint move."""
        if self.named:
            return True
        reached = one.goal.want in ("reach", "only")
        if reached and kind.most_states is not None and self.space.states.count > kind.most_states:
            return False
        return not (kind.spared and any(part.kind == "coalitions" and part.levers for part in parts))

    def _look_at_red_lines(self, asked: Sequence[Asked]) -> None:
        """What red lines leave better for everybody, of all states and of those that meet a condition that was named."""
        alone = len(self.kinds) == 1
        stated = any(dm.red_lines for dm in self.space.conflict.decision_makers)
        if any(kind.key == "red-lines" for kind in self.kinds) and (stated or alone):
            named = [one.target.condition for one in asked if one.target is not None and one.target.condition is not None]
            self._red_lines = red_line_parts(self.described, self.start, dict.fromkeys([None, *named]), self.sought.progress)
            sets = [found for part in self._red_lines for found in (*part.emptying, *part.restoring)]
            self._elements.update(dict.fromkeys(element for found in sets for element in found.elements))

    def _searched(self, one: Asked, kind: LeverKind) -> SearchPart | None:
        self.sought.progress(f"{self._called(one).text}: {kind.key}")
        try:
            levers = kind.search(self.space, one.goal, self.sought)
        except LimitError:
            levers = Levers[Any](kind.key, (), 0, False, "size")
        self.interrupted = levers.stopped == "interrupted"
        return None if levers.stopped == NOT_ASKED else self._part(kind, one.goal, levers)

    def _part(self, kind: LeverKind, goal: Goal, levers: Levers[Any]) -> SearchPart:
        account = kind.account(self.space, goal, levers) if self.accounts else None
        return search_part(self.described, kind, levers, account, self._elements)

    def _called(self, one: Asked) -> Sentence:
        state = one.target.state if one.target else None
        return goal_words(self.described.words, one.goal.want, self.start, state, one.target.condition if one.target else None)

    # -- the document ----------------------------------------------------------------------------------------------
    def document(self, file: str | None) -> UnlockDocument:
        """What was found so far."""
        described = self.described
        return UnlockDocument(
            conflict=conflict_part(self.space, file),
            decision_makers=decision_makers(self.space.conflict),
            start=described.state(self.start),
            profile=self.profile,
            stuck=not self.leaves,
            kinds=tuple(kind.key for kind in self.kinds),
            red_lines=self.sought.red_lines,
            answer=(described.sentence(standing(described.words, self.start, self.profile, self.leaves)),),
            goals=tuple(self._goal(one, parts) for one, parts in self._found),
            red_line_sets=self._red_lines,
            interrupted=self.interrupted,
            evidence=element_parts(self.space.conflict, self._elements),
            detente=version(),
        )

    def _goal(self, one: Asked, parts: Sequence[SearchPart]) -> GoalPart:
        states = one.goal.targets
        wanted = one.target
        return GoalPart(
            want=one.goal.want,
            target=None if wanted is None or wanted.state is None else self.described.state(wanted.state),
            condition=None if wanted is None else wanted.condition,
            states=0 if states is None else states.count,
            holds=0 if states is None else (states & self.equilibria).count,
            called=self.described.sentence(self._called(one)),
            headline=next((part.levers[0].paragraphs[0].sentences[0] for part in parts if part.levers), None),
            searches=tuple(parts),
            crosses=() if wanted is None or wanted.state is None else crossed(self.space, wanted.state),
            unsought=tuple(kind.key for kind in self.kinds if one.goal.want in kind.wants and not self._is_usual(one, kind, parts)),
        )
