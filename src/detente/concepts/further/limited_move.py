"""Limited-move stability: the parties take turns, up to a horizon, and each does what serves them best in the end.

With two decision makers and strict orders it is Kilgour's (1985; Kilgour, Hipel and Fang 1987).  The one who has the turn either stays,
which ends the play, or moves to where the play will end best for them, if that is better than staying.  A state is L_h stable for a
decision maker who, having the first of h turns there, stays.  Ties, which the papers leave out, are read with caution: where several
moves serve the mover alike, any of them may be made, and whoever counts on it counts on the worst for themselves.

With more decision makers it is open who has the next turn; two readings stand side by side, both of which come to the same with two.
`L3.apart`: any one of the others may be next, each acts alone, and whoever moves counts on the worst for themselves.  `L3.together`: the
others take one turn together, by a legal sequence, and leave only for what serves each of them no worse and one of them better.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from detente.concepts.base import Facts, Family, Ground, SolutionConcept
from detente.concepts.further.play import Play, Variant
from detente.concepts.further.turns import Key, checked, demand, entry, remembered, replies_in, turns_of, verdict_of
from detente.concepts.witness import AnyWitness, Position, Worked
from detente.errors import Cannot

MOST = 99
"""The greatest horizon."""


def play_of(ground: Ground, dm: str, variant: Variant, key: str) -> Play:
    """The play of a decision maker, from the memory of a graph.

    Parameters
    ----------
    ground
        The graph.
    dm
        The focal decision maker.
    variant
        The reading for more than two.
    key
        The concept that asks, for the message.

    Raises
    ------
    Cannot
        U487 if the concept is for two decision makers and the conflict has another number.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> play_of(SingleEngine(StateSpace(load("chicken"))), "Row", "two", "L2").variant
    'two'
    """
    count = len(ground.decision_makers)
    if variant == "two" and count != 2:
        plain = key.partition("@")[0]
        hint = "give each decision maker a concept of their own" if plain != key else f"ask for {plain}.apart or {plain}.together"
        raise Cannot.of("U487", f"{key} is defined for two decision makers; this conflict has {count}", value=key, help=hint)
    name = f"limited move {variant} {dm if variant == 'together' else ''}"
    found = remembered(ground, name, lambda: Play(turns_of(ground), dm, variant))
    if found.dm != dm:  # the same table; only the focal decision maker differs
        found.dm = dm
    return found


def verdict(ground: Ground, dm: str, state: int, *, key: str, horizon: int, variant: Variant = "two") -> Worked:
    """Whether a decision maker who has the first of some turns at a state stays, with every position that it depends on.

    Parameters
    ----------
    ground
        The graph.
    dm, state
        Who, and where.
    key
        The concept that the witness is to name.
    horizon
        The number of turns.
    variant
        The reading for more than two decision makers.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> verdict(SingleEngine(StateSpace(load("elmira"))), "Local", 2, key="L2.apart", horizon=2, variant="apart").stays
    False
    """
    play = play_of(ground, dm, variant, key)
    entries = play.positions(state, horizon)
    replies = play.turns.listed(dm, (e.state for e in entries if not e.turn and e.left), "any")
    to = entries[0].to
    return Worked(key, dm, state, to is None, to, tuple(entries), replies)


def settled(ground: Ground, dm: str, state: int, *, key: str, horizon: int, variant: Variant = "two") -> bool:
    """The verdict alone; `ground`, `dm`, `state`, `key`, `horizon` and `variant` as for `verdict`.

    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> settled(SingleEngine(StateSpace(load("elmira"))), "Local", 2, key="L2.apart", horizon=2, variant="apart")
    False
    """
    return play_of(ground, dm, variant, key).comes_of(state, dm, horizon)[0] is None


# -- the check ---------------------------------------------------------------------------------------------------------
class Law:
    """The law of limited moves as the checker states it, by comparisons of two states alone.

    Parameters
    ----------
    facts
        Moves and comparisons.
    witness
        What is checked.
    variant
        The reading for more than two decision makers.

    Examples
    --------
    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> elmira = StateSpace(load("elmira"))
    >>> worked = verdict(SingleEngine(elmira), "Local", 2, key="L2.apart", horizon=2, variant="apart")
    >>> [to for to, following in Law(Checker(elmira), worked, "apart").children(2, "Local")]
    [18]
    """

    def __init__(self, facts: Facts, witness: Worked, variant: Variant) -> None:
        self.facts, self.dm, self.variant = facts, witness.dm, variant
        self.rest = tuple(dm for dm in facts.decision_makers if dm != witness.dm)
        demand(variant != "two" or len(self.rest) == 1, "concept: defined for two decision makers")
        self.replies = replies_in(facts, witness, "any") if variant == "together" else None
        demand(variant == "together" or not witness.replies, "replies: needless")

    def children(self, state: int, turn: str) -> list[tuple[int, tuple[str, ...]]]:
        """Each state that whoever has the turn can move to, and who may have the next."""
        if self.variant == "together":
            if turn:
                demand(turn == self.dm, f"turn: {turn} acts with the others")
                return [(to, ("",)) for to in self.facts.moves(turn, state)]
            assert self.replies is not None
            return [(to, (self.dm,)) for to in sorted(self.replies(state))]
        demand(bool(turn), "turn: nobody acts together here")
        return [(to, tuple(dm for dm in self.facts.decision_makers if dm != turn)) for to in self.facts.moves(turn, state)]

    def follows(self, position: Position, table: dict[Key, Position]) -> None:
        """Refuse a position that does not follow from those after it in a `table`."""
        here, what = position.state, f"position: ({position.state}, {position.turn or 'the others'}, {position.left})"
        if not position.left:
            demand(position.to is None and position.ends == (here,), f"{what} has no move left")
            return
        after: dict[int, tuple[int, ...]] = {}
        for to, following in self.children(here, position.turn):
            ends = {end for by in following for end in entry(table, to, by, position.left - 1).ends}
            after[to] = self.counting(ends or {to})
        best = self._best(position, after)
        if not best:
            demand(position.to is None and position.ends == (here,), f"{what} has nothing to gain by a move")
            return
        demand(position.to in best, f"{what} would not move to {position.to}")
        demand(position.ends == self.counting({end for to in best for end in after[to]}), f"{what} ends elsewhere")

    def _best(self, position: Position, after: dict[int, tuple[int, ...]]) -> list[int]:
        """The moves that serve whoever has the turn best, if any is better than to stay."""
        movers = (position.turn,) if position.turn else self.rest
        worst = {to: {dm: self.least(dm, ends) for dm in movers} for to, ends in after.items()}
        stay = dict.fromkeys(movers, position.state)
        gains = [to for to, ends in worst.items() if self._better(ends, stay)]
        return [to for to in gains if not any(self._better(worst[other], worst[to]) for other in gains)]

    def _better(self, one: dict[str, int], other: dict[str, int]) -> bool:
        """Whether one outcome is worse for none of some decision makers, and better for one."""
        prefers = self.facts.prefers
        return not any(prefers(dm, other[dm], one[dm]) for dm in one) and any(prefers(dm, one[dm], other[dm]) for dm in one)

    def least(self, dm: str, ends: Iterable[int]) -> int:
        """Of some `ends` the one that is worst for a decision maker, the first among equals."""
        return reduce(lambda a, b: b if self.facts.prefers(dm, a, b) else a, sorted(ends))

    def counting(self, ends: set[int]) -> tuple[int, ...]:
        """Of some `ends` one for each decision maker that is worst for them."""
        return tuple(sorted({self.least(dm, ends) for dm in self.facts.decision_makers}))


def check(facts: Facts, witness: AnyWitness, *, horizon: int, variant: Variant = "two") -> str | None:
    """None if a witness shows its verdict under limited moves; otherwise what is wrong.

    Parameters
    ----------
    facts
        Moves and comparisons.
    witness
        What is checked.
    horizon
        How many turns its first position must have.
    variant
        The reading for more than two decision makers.

    Examples
    --------
    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> elmira = StateSpace(load("elmira"))
    >>> worked = verdict(SingleEngine(elmira), "Local", 2, key="L2.apart", horizon=2, variant="apart")
    >>> [check(Checker(elmira), worked, horizon=horizon, variant="apart") for horizon in (2, 3)]
    [None, 'position: the first does not have the turns of the concept']
    """

    def work(worked: Worked, table: dict[Key, Position]) -> None:
        law, root = Law(facts, worked, variant), worked.entries[0]
        demand(root.left == horizon and not worked.repeats, "position: the first does not have the turns of the concept")
        for position in worked.entries:
            law.follows(position, table)
        verdict_of(worked, root.to)

    return checked(facts, witness, work)


_OTHERS: dict[Variant, str] = {
    "two": "",
    "apart": ", whoever of the others comes next",
    "together": ", the others acting as one where it serves them",
}
_NAMES: dict[Variant, str] = {"two": "", "apart": ", the others apart", "together": ", the others together"}
_FORMULAS: dict[Variant, str] = {
    "two": r"G_h(i,s)=s,\quad G_h(i,s)=\begin{cases}G_{h-1}(j,t^*)&\text{if it is }\succ_i s\\ s&\text{otherwise}\end{cases},"
    r"\ t^*\in\arg\max_{t\in R_i(s)}G_{h-1}(j,t)",
    "apart": r"G_h(i,s)=\{s\},\quad\forall t\in R_i(s)\ \exists j\ne i,\ u\in G_{h-1}(j,t): s\succeq_i u",
    "together": r"G_h(i,s)=\{s\},\quad\forall t\in R_i(s)\ \exists u\in G_{h-1}(N-i,t): s\succeq_i u",
}
SOURCES: dict[Variant, str] = {
    "two": "Kilgour 1985; Kilgour, Hipel and Fang 1987; Fang, Hipel and Kilgour 1989",
    "apart": "the project's reading for more than two decision makers, after Kilgour 1985",
    "together": "the project's reading for more than two decision makers, after Kilgour 1985",
}


def member(horizon: int, variant: Variant = "two") -> SolutionConcept:
    """The concept with a horizon, in one of the readings for more than two decision makers (`variant`).

    >>> member(3).key, member(2, "apart").key
    ('L3', 'L2.apart')
    """
    key = f"L{horizon}" + ("" if variant == "two" else f".{variant}")
    moves = f"{horizon} move{'s' if horizon > 1 else ''}"
    return SolutionConcept(
        key=key,
        name=f"Limited-move stability, horizon {horizon}{_NAMES[variant]}",
        asks=f"Looking {moves} ahead, each doing what serves them best in the end{_OTHERS[variant]}: is there nothing to gain by leaving?",
        plies=(),
        formula=_FORMULAS[variant],
        source=SOURCES[variant],
        rule=lambda ground, dm, state: verdict(ground, dm, state, key=key, horizon=horizon, variant=variant),
        settle=lambda ground, dm, state: settled(ground, dm, state, key=key, horizon=horizon, variant=variant),
        check=lambda facts, witness: check(facts, witness, horizon=horizon, variant=variant),
    )


FAMILIES = (
    Family("L", "L1, L2, ...", member, most=MOST),
    Family("L", "L1.apart, L2.apart, ...", lambda horizon: member(horizon, "apart"), most=MOST, ending=".apart"),
    Family("L", "L1.together, L2.together, ...", lambda horizon: member(horizon, "together"), most=MOST, ending=".together"),
)
